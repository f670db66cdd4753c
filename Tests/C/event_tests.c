/* Events, and waiting for one object. */
#define _GNU_SOURCE
#include "support.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

static RatEvent makeEvent(bool manual, bool initial)
{
    RatEvent event = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateEvent(manual, initial, &event));
    return event;
}

static intptr_t waitForIt(void* event)
{
    return (intptr_t)RatWaitForObject(*(RatEvent*)event, SOON);
}

static intptr_t waitForEver(void* event)
{
    return (intptr_t)RatWaitForObject(*(RatEvent*)event, UINT64_MAX);
}

TEST(anEventIsWhatItWasCreatedAs)
{
    RatEvent event = makeEvent(true, false);
    CHECK_EQ(RatGetHandleKind(event), RAT_HANDLE_EVENT);
    CHECK_EQ(RatWaitForObject(event, 0), RAT_WAIT_TIMEOUT);
    CHECK_EQ(RatWaitForObject(makeEvent(true, true), 0), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(makeEvent(false, true), 0), RAT_WAIT_OK);
    CHECK_STATUS(RatCloseEvent(event), RAT_IPC_OK);
}

TEST(aManualEventStaysSignalledUntilItIsReset)
{
    RatEvent event = makeEvent(true, false);
    CHECK_STATUS(RatSetEvent(event), RAT_IPC_OK);
    CHECK_STATUS(RatSetEvent(event), RAT_IPC_OK);
    for (int i = 0; i < 3; i++) CHECK_EQ(RatWaitForObject(event, 0), RAT_WAIT_OK);
    CHECK_STATUS(RatResetEvent(event), RAT_IPC_OK);
    CHECK_STATUS(RatResetEvent(event), RAT_IPC_OK);
    CHECK_EQ(RatWaitForObject(event, 0), RAT_WAIT_TIMEOUT);
}

TEST(anAutoEventReleasesOneWaitForAnyNumberOfSignals)
{
    RatEvent event = makeEvent(false, false);
    for (int i = 0; i < 3; i++) CHECK_STATUS(RatSetEvent(event), RAT_IPC_OK);
    CHECK_EQ(RatWaitForObject(event, 0), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(event, 0), RAT_WAIT_TIMEOUT);
}

TEST(aWaitTakesAsLongAsItWasGiven)
{
    RatEvent event = makeEvent(false, false);
    uint64_t before = now();
    CHECK_EQ(RatWaitForObject(event, 30), RAT_WAIT_TIMEOUT);
    CHECK(now() - before >= 30000000u);
}

TEST(aManualEventReleasesEverybody)
{
    RatEvent event = makeEvent(true, false);
    Thread threads[4];
    for (int i = 0; i < 4; i++) start(&threads[i], waitForIt, &event);
    for (int i = 0; i < 4; i++) untilAsleep(&threads[i]);
    CHECK_STATUS(RatSetEvent(event), RAT_IPC_OK);
    for (int i = 0; i < 4; i++) CHECK_EQ(join(&threads[i]), RAT_WAIT_OK);
}

/* Waits, then tells its place in the order of release. */
typedef struct {
    RatEvent event;
    RatEvent released;
    atomic_int* count;
    int place;
} Waiter;

static intptr_t waitAndTell(void* context)
{
    Waiter* waiter = context;
    CHECK_EQ(RatWaitForObject(waiter->event, SOON), RAT_WAIT_OK);
    waiter->place = atomic_fetch_add(waiter->count, 1);
    RatSetEvent(waiter->released);
    return 0;
}

TEST(anAutoEventReleasesWhoHasWaitedLongest)
{
    RatEvent event = makeEvent(false, false), released = makeEvent(false, false);
    atomic_int count = 0;
    Waiter waiters[3];
    Thread threads[3];
    for (int i = 0; i < 3; i++) {
        waiters[i] = (Waiter){event, released, &count, -1};
        start(&threads[i], waitAndTell, &waiters[i]);
        untilAsleep(&threads[i]);
    }
    for (int i = 0; i < 3; i++) {
        CHECK_STATUS(RatSetEvent(event), RAT_IPC_OK);
        CHECK_EQ(RatWaitForObject(released, SOON), RAT_WAIT_OK);
        CHECK_EQ(atomic_load(&count), i + 1);
    }
    for (int i = 0; i < 3; i++) {
        join(&threads[i]);
        CHECK_EQ(waiters[i].place, i);
    }
}

TEST(bothNumbersForEverWaitForEver)
{
    RatEvent event = makeEvent(false, false);
    Thread thread;
    start(&thread, waitForEver, &event);
    untilAsleep(&thread);
    RatSetEvent(event);
    CHECK_EQ(join(&thread), RAT_WAIT_OK);
    RatSetEvent(event);
    CHECK_EQ(RatWaitForObject(event, RAT_INFINITE), RAT_WAIT_OK);
}

TEST(closingAnEventFailsTheWaitsOnIt)
{
    RatEvent event = makeEvent(true, false);
    Thread threads[2];
    for (int i = 0; i < 2; i++) start(&threads[i], waitForIt, &event);
    for (int i = 0; i < 2; i++) untilAsleep(&threads[i]);
    CHECK_STATUS(RatCloseEvent(event), RAT_IPC_OK);
    for (int i = 0; i < 2; i++) CHECK_EQ(join(&threads[i]), RAT_WAIT_FAILED);
}

TEST(aRetainedEventOutlivesItsFirstClose)
{
    RatEvent event = makeEvent(false, false);
    CHECK_STATUS(RatRetainHandle(event), RAT_IPC_OK);
    Thread thread;
    start(&thread, waitForIt, &event);
    untilAsleep(&thread);
    CHECK_STATUS(RatCloseEvent(event), RAT_IPC_OK);
    CHECK_STATUS(RatSetEvent(event), RAT_IPC_OK);
    CHECK_EQ(join(&thread), RAT_WAIT_OK);
}

static atomic_int signalsHandled;

static void handleSignal(int number)
{
    (void)number;
    atomic_fetch_add(&signalsHandled, 1);
}

TEST(aSignalHandlerDoesNotEndAWait)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handleSignal; /* without SA_RESTART: system calls return EINTR */
    REQUIRE(sigaction(SIGUSR1, &action, NULL) == 0);

    RatEvent event = makeEvent(false, false);
    Thread thread;
    start(&thread, waitForIt, &event);
    for (int i = 1; i <= 3; i++) {
        untilAsleep(&thread);
        REQUIRE(pthread_kill(thread.thread, SIGUSR1) == 0);
        uint64_t deadline = now() + (uint64_t)SOON * 1000000u;
        while (atomic_load(&signalsHandled) < i) REQUIRE(now() < deadline);
    }
    untilAsleep(&thread);
    RatSetEvent(event);
    CHECK_EQ(join(&thread), RAT_WAIT_OK);
}

TEST(aFailureThatTheLibraryDecidesLeavesErrnoAlone)
{
    errno = EDOM;
    CHECK_STATUS(RatSetEvent(12345), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_EQ(RatGetLastErrno(), 0);
}

/* Each round trip needs both directions; a lost signal would end in a timeout. */
typedef struct {
    RatEvent there, back;
} PingPong;

static intptr_t answer(void* context)
{
    PingPong* game = context;
    for (int i = 0; i < 20000; i++) {
        REQUIRE(RatWaitForObject(game->there, SOON) == RAT_WAIT_OK);
        RatSetEvent(game->back);
    }
    return 0;
}

TEST(noSignalIsLostBetweenTwoThreads)
{
    PingPong game = {makeEvent(false, false), makeEvent(false, false)};
    Thread thread;
    start(&thread, answer, &game);
    for (int i = 0; i < 20000; i++) {
        RatSetEvent(game.there);
        REQUIRE(RatWaitForObject(game.back, SOON) == RAT_WAIT_OK);
    }
    join(&thread);
}
