/* Shared events, mutexes and semaphores between processes, some of which are killed. */
#define _GNU_SOURCE
#include "shared_sync.h"

#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Where the tests keep what is no object. */
static atomic_int* numbers(char* page)
{
    return (atomic_int*)(page + 2048);
}

static void untilAtLeast(atomic_int* number, int value)
{
    uint64_t deadline = now() + (uint64_t)SOON * 1000000u;
    while (atomic_load(number) < value) {
        REQUIRE(now() < deadline);
        sched_yield();
    }
}

/* -- Signals ----------------------------------------------------------------------------------- */

enum { TRIPS = 20000 };

static void answer(char* page)
{
    RatEvent there = attachEvent(page, 0), back = attachEvent(page, 1);
    for (int i = 0; i < TRIPS; i++) {
        REQUIRE(RatWaitForObject(there, SOON) == RAT_WAIT_OK);
        REQUIRE_OK(RatSetEvent(back));
    }
}

TEST(noSignalIsLostBetweenTwoProcesses)
{
    char* page = sharedPage();
    RatEvent there = placeEvent(page, 0, false, false), back = placeEvent(page, 1, false, false);
    pid_t child = inChild(answer, page);
    for (int i = 0; i < TRIPS; i++) {
        REQUIRE_OK(RatSetEvent(there));
        REQUIRE(RatWaitForObject(back, SOON) == RAT_WAIT_OK);
    }
    CHECK(childPassed(child));
}

enum { UNITS = 3, TURNS = 5000, WORKERS = 4 };

static void useUnits(char* page)
{
    RatSemaphore semaphore = attachSemaphore(page, 0);
    atomic_int* inside = numbers(page);
    for (int i = 0; i < TURNS; i++) {
        REQUIRE(RatWaitForObject(semaphore, SOON) == RAT_WAIT_OK);
        REQUIRE(atomic_fetch_add(inside, 1) < UNITS);
        if (i % 7 == 0) sched_yield();
        atomic_fetch_sub(inside, 1);
        REQUIRE_OK(RatReleaseSemaphore(semaphore, 1, NULL));
    }
}

TEST(aSemaphoreNeverGivesMoreUnitsThanItHas)
{
    char* page = sharedPage();
    RatSemaphore semaphore = placeSemaphore(page, 0, UNITS, UNITS);
    pid_t children[WORKERS];
    for (int i = 0; i < WORKERS; i++) children[i] = inChild(useUnits, page);
    for (int i = 0; i < WORKERS; i++) CHECK(childPassed(children[i]));
    for (int i = 0; i < UNITS; i++) CHECK_EQ(RatWaitForObject(semaphore, 0), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(semaphore, 0), RAT_WAIT_TIMEOUT);
}

static void takeOne(char* page)
{
    REQUIRE(RatWaitForObject(attachSemaphore(page, 0), SOON) == RAT_WAIT_OK);
}

TEST(aReleaseOfSeveralUnitsReleasesAsManyProcesses)
{
    char* page = sharedPage();
    RatSemaphore semaphore = placeSemaphore(page, 0, 0, WORKERS);
    pid_t children[WORKERS];
    for (int i = 0; i < WORKERS; i++) {
        children[i] = inChild(takeOne, page);
        untilChildSleeps(children[i]);
    }
    uint32_t previous = 9;
    CHECK_STATUS(RatReleaseSemaphore(semaphore, WORKERS, &previous), RAT_IPC_OK);
    CHECK_EQ(previous, 0);
    for (int i = 0; i < WORKERS; i++) CHECK(childPassed(children[i]));
    CHECK_EQ(RatWaitForObject(semaphore, 0), RAT_WAIT_TIMEOUT);
}

static void waitForEvent(char* page)
{
    REQUIRE(RatWaitForObject(attachEvent(page, 0), SOON) == RAT_WAIT_OK);
}

TEST(aManualEventReleasesAllProcesses)
{
    char* page = sharedPage();
    RatEvent event = placeEvent(page, 0, true, false);
    pid_t children[WORKERS];
    for (int i = 0; i < WORKERS; i++) {
        children[i] = inChild(waitForEvent, page);
        untilChildSleeps(children[i]);
    }
    CHECK_STATUS(RatSetEvent(event), RAT_IPC_OK);
    for (int i = 0; i < WORKERS; i++) CHECK(childPassed(children[i]));
}

/* Waits again and again, until killed; says how often it got through. */
static void takeForEver(char* page)
{
    RatEvent event = attachEvent(page, 0), taken = attachEvent(page, 1);
    for (;;) {
        REQUIRE(RatWaitForObject(event, RAT_INFINITE) == RAT_WAIT_OK);
        REQUIRE_OK(RatSetEvent(taken));
    }
}

TEST(aKilledWaiterTakesNoSignalWithIt)
{
    char* page = sharedPage();
    RatEvent event = placeEvent(page, 0, false, false), taken = placeEvent(page, 1, false, false);
    pid_t survivor = inChild(takeForEver, page);
    untilChildSleeps(survivor);
    for (int i = 0; i < rounds(100, 1000); i++) {
        pid_t victim = inChild(takeForEver, page);
        untilChildSleeps(victim);
        if (i % 2) {
            /* Dead before the signal: the survivor takes it, whoever slept first. */
            killChild(victim);
            REQUIRE_OK(RatSetEvent(event));
            REQUIRE(RatWaitForObject(taken, SOON) == RAT_WAIT_OK);
        } else {
            /* Killed as it wakes: if it took this signal with it, the next finds the survivor. */
            REQUIRE_OK(RatSetEvent(event));
            killChild(victim);
            if (RatWaitForObject(taken, 20) != RAT_WAIT_OK) {
                REQUIRE_OK(RatSetEvent(event));
                REQUIRE(RatWaitForObject(taken, SOON) == RAT_WAIT_OK);
            }
        }
        REQUIRE(RatWaitForObject(event, 0) == RAT_WAIT_TIMEOUT);
        RatResetEvent(taken);
    }
    killChild(survivor);
}

static void signalForEver(char* page)
{
    RatEvent event = attachEvent(page, 0);
    RatSemaphore semaphore = attachSemaphore(page, 1);
    for (;;) {
        RatSetEvent(event);
        RatReleaseSemaphore(semaphore, 3, NULL);
        atomic_fetch_add(numbers(page), 1);
    }
}

/* What is signalled is seen, though the signaller was killed wherever it was. */
static void lookAlways(char* page)
{
    RatEvent event = attachEvent(page, 0);
    RatSemaphore semaphore = attachSemaphore(page, 1);
    for (;;) {
        REQUIRE(RatWaitForObject(event, RAT_INFINITE) == RAT_WAIT_OK);
        REQUIRE(RatWaitForObject(semaphore, RAT_INFINITE) == RAT_WAIT_OK);
        atomic_fetch_add(&numbers(page)[1], 1);
    }
}

TEST(aKilledSignallerLeavesNobodyAsleepBesideASignal)
{
    char* page = sharedPage();
    RatEvent event = placeEvent(page, 0, false, false);
    RatSemaphore semaphore = placeSemaphore(page, 1, 0, 5);
    pid_t lookers[2] = {inChild(lookAlways, page), inChild(lookAlways, page)};
    for (int i = 0; i < rounds(60, 600); i++) {
        pid_t signaller = inChild(signalForEver, page);
        untilAtLeast(numbers(page), atomic_load(numbers(page)) + 1 + i % 50);
        killChild(signaller);
        /* All that it signalled is taken: with another event for each unit that is left. */
        int seen = atomic_load(&numbers(page)[1]);
        REQUIRE_OK(RatSetEvent(event));
        RatReleaseSemaphore(semaphore, 1, NULL);
        untilAtLeast(&numbers(page)[1], seen + 1);
    }
    for (int i = 0; i < 2; i++) killChild(lookers[i]);
}

/* -- Mutexes and death ------------------------------------------------------------------------- */

static void lockAndStay(char* page)
{
    RatMutex mutex = attachMutex(page, 0);
    REQUIRE(RatWaitForObject(mutex, SOON) != RAT_WAIT_FAILED);
    atomic_fetch_add(numbers(page), 1);
    RatWaitForObject(attachEvent(page, 1), RAT_INFINITE);
    _exit(0); /* with the mutex */
}

static intptr_t lockIt(void* context)
{
    RatMutex mutex = *(RatMutex*)context;
    RatWaitResult result = RatWaitForObject(mutex, SOON);
    RatReleaseMutex(mutex);
    return result;
}

static void checkAbandoned(void (*end)(pid_t, char*))
{
    char* page = sharedPage();
    RatMutex mutex = placeMutex(page, 0);
    placeEvent(page, 1, true, false);
    for (int asleep = 0; asleep < 2; asleep++) {
        atomic_store(numbers(page), 0);
        pid_t child = inChild(lockAndStay, page);
        untilAtLeast(numbers(page), 1);
        CHECK_EQ(RatWaitForObject(mutex, 0), RAT_WAIT_TIMEOUT);
        CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_ERR_WRONG_THREAD);
        Thread threads[3];
        for (int i = 0; i < 3 * asleep; i++) start(&threads[i], lockIt, &mutex);
        for (int i = 0; i < 3 * asleep; i++) untilAsleep(&threads[i]);
        end(child, page);
        int abandoned = 0;
        for (int i = 0; i < 3 * asleep; i++) abandoned += join(&threads[i]) == RAT_WAIT_ABANDONED;
        CHECK_EQ(abandoned, asleep);
        CHECK_EQ(RatWaitForObject(mutex, 0), asleep ? RAT_WAIT_OK : RAT_WAIT_ABANDONED);
        CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_OK);
        RatEvent event = attachEvent(page, 1);
        CHECK_STATUS(RatResetEvent(event), RAT_IPC_OK);
    }
}

static void byKilling(pid_t child, char* page)
{
    (void)page;
    killChild(child);
}

static void byExit(pid_t child, char* page)
{
    CHECK_STATUS(RatSetEvent(attachEvent(page, 1)), RAT_IPC_OK);
    CHECK(childPassed(child));
}

TEST(aKilledOwnerLeavesAnAbandonedMutexToWhoSleepsForIt)
{
    checkAbandoned(byKilling);
}

TEST(anOwnerThatExitsLeavesAnAbandonedMutexToWhoSleepsForIt)
{
    checkAbandoned(byExit);
}

/* What the mutex protects. It is whole while first equals second and nobody is inside. */
typedef struct {
    volatile int first, second, inside;
    atomic_int turns[2], abandoned;
} Guarded;

/* Alone, beside memory, beside a descriptor: each way to sleep. */
static RatWaitResult lockSomehow(RatMutex mutex, RatEvent event, RatPipe pipe, int way)
{
    RatHandle beside[2] = {way == 1 ? event : pipe, mutex};
    return way == 0 ? RatWaitForObject(mutex, SOON)
                    : RatWaitForMultipleObjects(beside, 2, false, SOON, NULL);
}

static void hammer(char* page, int who)
{
    Guarded* guarded = (Guarded*)(page + 1024);
    RatMutex mutex = attachMutex(page, 0);
    RatEvent event;
    RatPipe reading, writing;
    REQUIRE_OK(RatCreateEvent(false, false, &event));
    REQUIRE_OK(RatCreatePipe(&reading, &writing));
    for (int turn = 0;; turn++) {
        RatWaitResult result = lockSomehow(mutex, event, reading, turn % 3);
        REQUIRE(result == RAT_WAIT_OK || result == RAT_WAIT_ABANDONED);
        if (result == RAT_WAIT_ABANDONED) {
            guarded->second = guarded->first;
            atomic_fetch_add(&guarded->abandoned, 1);
        } else {
            REQUIRE(guarded->inside == 0);
        }
        guarded->inside = who + 1;
        REQUIRE(guarded->first == guarded->second);
        guarded->first++;
        for (int i = 0; i < 20; i++) REQUIRE(guarded->inside == who + 1);
        if (who == 0 && guarded->first % 8 == 0) sched_yield();
        guarded->second++;
        REQUIRE(guarded->first == guarded->second);
        guarded->inside = 0;
        atomic_fetch_add(&guarded->turns[who], 1);
        REQUIRE_OK(RatReleaseMutex(mutex));
    }
}

static void victim(char* page)
{
    hammer(page, 0);
}

static void survivor(char* page)
{
    hammer(page, 1);
}

TEST(aMutexProtectsThoughItsOwnersAreKilled)
{
    char* page = sharedPage();
    placeMutex(page, 0);
    Guarded* guarded = (Guarded*)(page + 1024);
    pid_t lasting = inChild(survivor, page);
    int count = rounds(100, 1000);
    for (int i = 0; i < count; i++) {
        pid_t child = inChild(victim, page);
        untilAtLeast(&guarded->turns[0], atomic_load(&guarded->turns[0]) + 1 + i * 7 % 40);
        killChild(child);
        untilAtLeast(&guarded->turns[1], atomic_load(&guarded->turns[1]) + 1);
        REQUIRE(waitpid(lasting, NULL, WNOHANG) == 0);
    }
    CHECK(atomic_load(&guarded->abandoned) > count / 20);
    killChild(lasting);
    RatWaitResult result = RatWaitForObject(attachMutex(page, 0), SOON);
    CHECK(result == RAT_WAIT_OK || result == RAT_WAIT_ABANDONED);
    CHECK(guarded->first - guarded->second <= (result == RAT_WAIT_ABANDONED));
}
