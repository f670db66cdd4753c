/* Waits for thousands, closes during waits, storms of signals, forks: for objects of all kinds. */
#define _GNU_SOURCE
#include "sync_support.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EVENT, MUTEX, SEMAPHORE, TIMER, QUEUE, THREAD, PROCESS, KINDS };
static const char* const names[KINDS] = {"event", "mutex",  "semaphore", "timer",
                                         "queue", "thread", "process"};

/* What makes objects that are not signalled, and signals them. */
typedef struct {
    Owner owner;
    RatEvent end;
    pid_t child;
} Source;

static RatHandle make(Source* source, int kind)
{
    RatHandle handle;
    switch (kind) {
    case EVENT: return newEvent(false, false);
    case MUTEX:
        handle = newMutex(false);
        own(&source->owner, handle, 1, 1);
        return handle;
    case SEMAPHORE: return newSemaphore(0, 1);
    case TIMER: return newTimer(false);
    case QUEUE: return newQueue();
    case THREAD:
        source->end = newEvent(true, false);
        return newThread(&source->end);
    default:
        source->child = forkSleeper();
        return newProcess(source->child);
    }
}

static void signalIt(Source* source, int kind, RatHandle handle)
{
    RatMessage msg = plain(1);
    switch (kind) {
    case EVENT: REQUIRE_OK(RatSetEvent(handle)); break;
    case MUTEX: endOwner(&source->owner); break;
    case SEMAPHORE: REQUIRE_OK(RatReleaseSemaphore(handle, 1, NULL)); break;
    case TIMER: REQUIRE_OK(RatSetWaitableTimer(handle, 1, 0)); break;
    case QUEUE: REQUIRE_OK(RatPostMessage(handle, &msg)); break;
    case THREAD: REQUIRE_OK(RatSetEvent(source->end)); break;
    default: killAndReap(source->child);
    }
}

enum { LARGE = 10000, PROCESSES = 50 };

/* Ten thousand of all kinds, none signalled; the processes are all one child. */
static RatHandle* makeLarge(Source* sources)
{
    RatHandle* handles = calloc(LARGE, sizeof *handles);
    REQUIRE(handles != NULL);
    for (int kind = 0; kind < KINDS; kind++) handles[kind] = make(&sources[kind], kind);
    for (int i = KINDS; i < LARGE; i++) {
        switch (i % 5) {
        case EVENT: handles[i] = newEvent(i & 1, false); break;
        case MUTEX: handles[i] = newMutex(false); break;
        case SEMAPHORE: handles[i] = newSemaphore(0, 3); break;
        case TIMER: handles[i] = newTimer(i & 1); break;
        case QUEUE: handles[i] = newQueue(); break;
        }
        if (i < KINDS + PROCESSES) {
            REQUIRE_OK(RatCloseHandle(handles[i]));
            handles[i] = newProcess(sources[PROCESS].child);
        }
    }
    return handles;
}

/* The free mutexes among them are taken by another thread, so that nothing is signalled. */
static intptr_t takeMutexes(void* context)
{
    Parked* parked = context;
    RatHandle* handles = (RatHandle*)(uintptr_t)parked->timeout;
    for (int i = KINDS; i < LARGE; i++)
        if (RatGetHandleKind(handles[i]) == RAT_HANDLE_MUTEX)
            REQUIRE(RatWaitForObject(handles[i], 0) == RAT_WAIT_OK);
    RatSetEvent(parked->handles[0]);
    REQUIRE(RatWaitForObject(parked->handles[1], SOON) == RAT_WAIT_OK);
    for (int i = KINDS; i < LARGE; i++)
        if (RatGetHandleKind(handles[i]) == RAT_HANDLE_MUTEX)
            REQUIRE_OK(RatReleaseMutex(handles[i]));
    return 0;
}

typedef struct {
    RatHandle* handles;
    bool all;
    size_t index;
    Thread thread;
} LargeWait;

static intptr_t waitForLarge(void* context)
{
    LargeWait* wait = context;
    return (intptr_t)RatWaitForMultipleObjects(wait->handles, LARGE, wait->all, SOON,
                                               &wait->index);
}

TEST(anyOfTenThousandMixedObjectsEndsAWait)
{
    static const int last[] = {EVENT, MUTEX, SEMAPHORE, TIMER, QUEUE, THREAD, PROCESS};
    Source sources[KINDS];
    RatHandle* handles = makeLarge(sources);
    Parked holder = {.handles = {newEvent(false, false), newEvent(false, false)},
                     .timeout = (uint64_t)(uintptr_t)handles};
    start(&holder.thread, takeMutexes, &holder);
    REQUIRE(RatWaitForObject(holder.handles[0], SOON) == RAT_WAIT_OK);
    CHECK_EQ(RatWaitForMultipleObjects(handles, LARGE, false, 0, NULL), RAT_WAIT_TIMEOUT);
    CHECK_EQ(RatWaitForMultipleObjects(handles, LARGE, true, 0, NULL), RAT_WAIT_TIMEOUT);
    CHECK_EQ(RatWaitForMultipleObjects(handles, LARGE, false, 30, NULL), RAT_WAIT_TIMEOUT);
    CHECK_EQ(RatWaitForMultipleObjects(handles, LARGE, true, 30, NULL), RAT_WAIT_TIMEOUT);
    for (size_t i = 0; i < sizeof last / sizeof last[0]; i++) {
        inRow(names[last[i]]);
        LargeWait wait = {.handles = handles, .all = false, .index = SIZE_MAX};
        RatHandle handle = handles[last[i]];
        start(&wait.thread, waitForLarge, &wait);
        untilAsleep(&wait.thread);
        signalIt(&sources[last[i]], last[i], handle);
        CHECK_EQ(join(&wait.thread), RAT_WAIT_OK);
        /* All handles of the one child are signalled with it. */
        if (last[i] == PROCESS)
            CHECK(wait.index == PROCESS || (wait.index >= KINDS && wait.index < KINDS + PROCESSES));
        else
            CHECK_EQ(wait.index, last[i]);
        /* What is signalled now would end every wait that follows. */
        handles[last[i]] = newEvent(false, false);
    }
    RatSetEvent(holder.handles[1]);
    join(&holder.thread);
    free(handles);
}

TEST(allOfTenThousandMixedObjectsEndAWait)
{
    Source sources[KINDS];
    RatHandle* handles = makeLarge(sources);
    LargeWait wait = {.handles = handles, .all = true, .index = SIZE_MAX};
    start(&wait.thread, waitForLarge, &wait);
    untilAsleep(&wait.thread);
    for (int i = 0; i < LARGE; i++) {
        RatHandleKind kind = RatGetHandleKind(handles[i]);
        if (i < KINDS)
            signalIt(&sources[i], i, handles[i]);
        else if (kind == RAT_HANDLE_EVENT)
            signalIt(NULL, EVENT, handles[i]);
        else if (kind == RAT_HANDLE_SEMAPHORE)
            signalIt(NULL, SEMAPHORE, handles[i]);
        else if (kind == RAT_HANDLE_TIMER)
            signalIt(NULL, TIMER, handles[i]);
        else if (kind == RAT_HANDLE_MESSAGE_QUEUE)
            signalIt(NULL, QUEUE, handles[i]);
    }
    CHECK_EQ(join(&wait.thread), RAT_WAIT_OK);
    for (int i = 0; i < LARGE; i++) {
        RatHandleKind kind = RatGetHandleKind(handles[i]);
        if (kind == RAT_HANDLE_SEMAPHORE)
            REQUIRE(RatWaitForObject(handles[i], 0) == RAT_WAIT_TIMEOUT); /* taken, once */
        if (kind == RAT_HANDLE_MUTEX)
            REQUIRE(RatWaitForObject(handles[i], 0) == RAT_WAIT_ABANDONED); /* taken, and left */
    }
    free(handles);
}

TEST(closingAnObjectOfAnyKindFailsTheWaitsOnIt)
{
    for (int kind = 0; kind < KINDS; kind++) {
        inRow(names[kind]);
        Source source;
        RatHandle handle = make(&source, kind);
        RatHandle handles[3] = {newEvent(false, false), handle, newEvent(true, true)};
        Parked one, any, all;
        parkOne(&one, handle);
        park(&any, false, 2, handles, SOON);
        park(&all, true, 3, handles, SOON);
        CHECK_STATUS(RatCloseHandle(handle), RAT_IPC_OK);
        CHECK_EQ(unpark(&one), RAT_WAIT_FAILED);
        CHECK_EQ(unpark(&any), RAT_WAIT_FAILED);
        CHECK_EQ(unpark(&all), RAT_WAIT_FAILED);
        CHECK_EQ(any.index, 1);
        CHECK_EQ(all.index, 1);
        CHECK_EQ(RatGetHandleKind(handle), RAT_HANDLE_NONE);
        CHECK_EQ(RatWaitForObject(handle, 0), RAT_WAIT_FAILED);
    }
}

TEST(aRetainedObjectOfAnyKindSurvivesAClose)
{
    for (int kind = 0; kind < KINDS; kind++) {
        inRow(names[kind]);
        Source source;
        RatHandle handle = make(&source, kind);
        CHECK_STATUS(RatRetainHandle(handle), RAT_IPC_OK);
        Parked parked;
        parkOne(&parked, handle);
        CHECK_STATUS(RatCloseHandle(handle), RAT_IPC_OK);
        signalIt(&source, kind, handle);
        CHECK_EQ(unpark(&parked), RAT_WAIT_OK);
        CHECK_STATUS(RatCloseHandle(handle), RAT_IPC_OK);
        CHECK_STATUS(RatCloseHandle(handle), RAT_IPC_ERR_INVALID_HANDLE);
    }
}

static atomic_int handled;

static void handle(int number)
{
    (void)number;
    atomic_fetch_add(&handled, 1);
}

static void interruptOnSignals(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handle; /* without SA_RESTART: system calls return EINTR */
    REQUIRE(sigaction(SIGUSR1, &action, NULL) == 0);
}

/* Signals the thread until that many handlers ran. */
static void storm(Thread* thread, int count)
{
    uint64_t deadline = now() + (uint64_t)SOON * 1000000u;
    int last = atomic_load(&handled) + count;
    while (atomic_load(&handled) < last) {
        REQUIRE(pthread_kill(thread->thread, SIGUSR1) == 0);
        REQUIRE(now() < deadline);
    }
}

TEST(noStormOfSignalsEndsAWaitOfAnyKind)
{
    interruptOnSignals();
    for (int kind = 0; kind < KINDS; kind++) {
        for (int all = 0; all < 2; all++) {
            inRow(names[kind]);
            Source source;
            RatHandle handles[2] = {make(&source, kind), newEvent(true, all)};
            Parked parked;
            park(&parked, all, 2, handles, SOON);
            storm(&parked.thread, 500);
            CHECK_EQ(parked.index, 99);
            signalIt(&source, kind, handles[0]);
            CHECK_EQ(unpark(&parked), RAT_WAIT_OK);
            if (!all) CHECK_EQ(parked.index, 0);
        }
    }
}

TEST(noStormOfSignalsShortensATimeoutOrATimer)
{
    const uint64_t while_ = 300 * UINT64_C(1000000);
    interruptOnSignals();
    pid_t child = forkSleeper();
    for (int polled = 0; polled < 2; polled++) {
        for (int timed = 0; timed < 2; timed++) {
            RatWaitableTimer timer = newTimer(false);
            RatHandle handles[2] = {timer, polled ? newProcess(child) : newEvent(false, false)};
            uint64_t before = now();
            if (timed) REQUIRE_OK(RatSetWaitableTimer(timer, while_, 0));
            Parked parked;
            park(&parked, false, 2, handles, timed ? SOON : while_ / 1000000);
            if (now() - before < while_ / 2) storm(&parked.thread, 500);
            CHECK_EQ(unpark(&parked), timed ? RAT_WAIT_OK : RAT_WAIT_TIMEOUT);
            CHECK(parked.endedAt - before >= while_);
        }
    }
    killAndReap(child);
}

/* Fails by its exit code: nothing else of the parent's can be relied on here. */
static int checkChild(const RatHandle* parents, int count)
{
    for (int i = 0; i < count; i++) {
        if (RatGetHandleKind(parents[i]) != RAT_HANDLE_NONE) return 1;
        if (RatWaitForObject(parents[i], 0) != RAT_WAIT_FAILED) return 2;
        if (RatCloseHandle(parents[i]) != RAT_IPC_ERR_INVALID_HANDLE) return 3;
    }
    RatEvent end = RAT_INVALID_HANDLE;
    RatHandle made[6];
    uint32_t code = 77;
    if (RatCreateEvent(true, true, &end) != RAT_IPC_OK) return 10;
    made[0] = end;
    if (RatCreateMutex(false, &made[1]) != RAT_IPC_OK) return 11;
    if (RatCreateSemaphore(1, 1, &made[2]) != RAT_IPC_OK) return 12;
    if (RatCreateWaitableTimer(false, &made[3]) != RAT_IPC_OK) return 13;
    if (RatSetWaitableTimer(made[3], 1000000, 0) != RAT_IPC_OK) return 14;
    if (RatCreateMessageQueue(4, &made[4]) != RAT_IPC_OK) return 15;
    RatMessage msg = plain(1);
    if (RatPostMessage(made[4], &msg) != RAT_IPC_OK) return 16;
    made[5] = newThread(&end);
    if (RatWaitForMultipleObjects(made, 6, true, SOON, NULL) != RAT_WAIT_OK) return 17;
    if (RatReleaseMutex(made[1]) != RAT_IPC_OK) return 18;
    if (RatJoinThread(made[5], SOON, &code) != RAT_IPC_OK || code != RAT_WAIT_OK) return 19;
    for (int i = 0; i < 6; i++)
        if (RatCloseHandle(made[i]) != RAT_IPC_OK) return 20;
    return 0;
}

static void checkInChild(const RatHandle* parents, int count)
{
    pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        alarm(SOON / 1000);
        _exit(checkChild(parents, count));
    }
    int state = 0;
    REQUIRE(waitpid(child, &state, 0) == child);
    REQUIRE(checkEqual(state, 0, "state", "0", __FILE__, __LINE__));
}

TEST(aForkLeavesTheChildALibraryThatWorksAndTheParentItsObjects)
{
    Source sources[KINDS];
    RatHandle handles[KINDS + 1];
    Parked waiters[KINDS];
    for (int kind = 0; kind < KINDS; kind++) {
        handles[kind] = make(&sources[kind], kind);
        parkOne(&waiters[kind], handles[kind]);
    }
    handles[KINDS] = newMutex(true);
    checkInChild(handles, KINDS + 1);
    CHECK_STATUS(RatReleaseMutex(handles[KINDS]), RAT_IPC_OK);
    for (int kind = 0; kind < KINDS; kind++) {
        inRow(names[kind]);
        signalIt(&sources[kind], kind, handles[kind]);
        CHECK_EQ(unpark(&waiters[kind]), RAT_WAIT_OK);
        CHECK_STATUS(RatCloseHandle(handles[kind]), RAT_IPC_OK);
    }
}

static atomic_bool isOver;

static intptr_t createAndClose(void* unused)
{
    (void)unused;
    while (!atomic_load(&isOver)) {
        RatHandle made[5] = {newEvent(false, false), newMutex(true), newSemaphore(1, 1),
                             newTimer(false), newQueue()};
        for (int i = 0; i < 5; i++) REQUIRE_OK(RatCloseHandle(made[i]));
    }
    return 0;
}

TEST(aForkAmidTheCallsOfOtherThreadsLeavesTheChildALibraryThatWorks)
{
    Thread threads[3];
    /* The first use of each kind sets up the Swift runtime's part, which no fork waits for. */
    REQUIRE(checkChild(NULL, 0) == 0);
    for (int i = 0; i < 3; i++) start(&threads[i], createAndClose, NULL);
    for (int i = 0; i < 300; i++) checkInChild(NULL, 0);
    atomic_store(&isOver, true);
    for (int i = 0; i < 3; i++) join(&threads[i]);
}
