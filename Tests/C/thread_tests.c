/* Threads of the library: their end, their exit code, and what they leave. */
#define _GNU_SOURCE
#include "sync_support.h"

#include <alloca.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static uint32_t giveBack(void* argument)
{
    return (uint32_t)(uintptr_t)argument;
}

static RatThread run(RatThreadProc proc, void* argument)
{
    RatThread thread = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateThread(proc, argument, 0, &thread));
    return thread;
}

TEST(aThreadsExitCodeIsWhatItReturned)
{
    static const uint32_t codes[] = {0, 1, 259, UINT32_MAX};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        RatThread thread = run(giveBack, (void*)(uintptr_t)codes[i]);
        CHECK_EQ(RatGetHandleKind(thread), RAT_HANDLE_THREAD);
        uint32_t code = 77;
        CHECK_STATUS(RatJoinThread(thread, SOON, &code), RAT_IPC_OK);
        CHECK_EQ(code, codes[i]);
        /* It stays ended for everybody. */
        code = 77;
        CHECK_STATUS(RatJoinThread(thread, 0, &code), RAT_IPC_OK);
        CHECK_EQ(code, codes[i]);
        CHECK_STATUS(RatJoinThread(thread, UINT64_MAX, NULL), RAT_IPC_OK);
        CHECK_EQ(RatWaitForObject(thread, 0), RAT_WAIT_OK);
        CHECK_STATUS(RatCloseThread(thread), RAT_IPC_OK);
        CHECK_STATUS(RatJoinThread(thread, 0, &code), RAT_IPC_ERR_INVALID_HANDLE);
        CHECK_STATUS(RatCloseThread(thread), RAT_IPC_ERR_INVALID_HANDLE);
    }
}

TEST(aThreadNeedsAProcedureAndAPlaceForItsHandle)
{
    RatThread thread = 1;
    CHECK_STATUS(RatCreateThread(NULL, NULL, 0, &thread), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(thread, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatCreateThread(giveBack, NULL, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
}

TEST(aThreadThatRunsCanBeJoinedLater)
{
    RatEvent end = newEvent(true, false);
    RatThread thread = newThread(&end);
    uint32_t code = 77;
    CHECK_STATUS(RatJoinThread(thread, 0, &code), RAT_IPC_ERR_TIMEOUT);
    uint64_t before = now();
    CHECK_STATUS(RatJoinThread(thread, 20, &code), RAT_IPC_ERR_TIMEOUT);
    CHECK(now() - before >= 20000000u);
    CHECK_EQ(RatWaitForObject(thread, 0), RAT_WAIT_TIMEOUT);
    CHECK_EQ(code, 77);
    Parked waiters[2];
    for (int i = 0; i < 2; i++) parkOne(&waiters[i], thread);
    RatSetEvent(end);
    CHECK_STATUS(RatJoinThread(thread, SOON, &code), RAT_IPC_OK);
    CHECK_EQ(code, RAT_WAIT_OK);
    for (int i = 0; i < 2; i++) CHECK_EQ(unpark(&waiters[i]), RAT_WAIT_OK);
}

/* A thread that needs its own handle. */
typedef struct {
    RatThread self;
    RatEvent go;
    RatMutex mutex;
    RatWindow window;
} Self;

static uint32_t joinMyself(void* context)
{
    Self* self = context;
    CHECK_EQ(RatWaitForObject(self->go, SOON), RAT_WAIT_OK);
    uint32_t code = 77;
    CHECK_STATUS(RatJoinThread(self->self, SOON, &code), RAT_IPC_ERR_DEADLOCK);
    CHECK_STATUS(RatJoinThread(self->self, 0, NULL), RAT_IPC_ERR_DEADLOCK);
    CHECK_EQ(code, 77);
    return 0;
}

TEST(aThreadThatJoinsItselfIsTold)
{
    Self self = {.go = newEvent(false, false)};
    self.self = run(joinMyself, &self);
    RatSetEvent(self.go);
    CHECK_STATUS(RatJoinThread(self.self, SOON, NULL), RAT_IPC_OK);
}

static atomic_int ended;

static uint32_t countEnd(void* end)
{
    CHECK_EQ(RatWaitForObject(*(RatEvent*)end, SOON), RAT_WAIT_OK);
    atomic_fetch_add(&ended, 1);
    return 0;
}

static intptr_t joinIt(void* thread)
{
    return (intptr_t)RatJoinThread(*(RatThread*)thread, SOON, NULL);
}

TEST(aThreadRunsOnWhenItsHandleIsClosed)
{
    RatEvent end = newEvent(true, false);
    RatThread thread = run(countEnd, &end);
    Parked waiter;
    parkOne(&waiter, thread);
    Thread joiner;
    start(&joiner, joinIt, &thread);
    untilAsleep(&joiner);
    CHECK_STATUS(RatCloseThread(thread), RAT_IPC_OK);
    CHECK_EQ(unpark(&waiter), RAT_WAIT_FAILED);
    CHECK_STATUS(join(&joiner), RAT_IPC_ERR_CANCELLED);
    CHECK_STATUS(RatJoinThread(thread, 0, NULL), RAT_IPC_ERR_INVALID_HANDLE);
    RatSetEvent(end);
    uint64_t deadline = now() + (uint64_t)SOON * 1000000u;
    while (atomic_load(&ended) == 0) REQUIRE(now() < deadline);
}

static uint32_t leaveThingsBehind(void* context)
{
    Self* self = context;
    CHECK_EQ(RatWaitForObject(self->mutex, 0), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(self->mutex, 0), RAT_WAIT_OK);
    self->window = makeWindow(RAT_WS_VISIBLE);
    self->self = threadQueue();
    return 5;
}

TEST(aThreadIsSignalledWhenItsMutexesAndWindowsAndQueueAreGone)
{
    for (int i = 0; i < 50; i++) {
        Self self = {.mutex = newMutex(false)};
        RatThread thread = run(leaveThingsBehind, &self);
        REQUIRE(RatWaitForObject(thread, SOON) == RAT_WAIT_OK);
        CHECK_EQ(RatWaitForObject(self.mutex, 0), RAT_WAIT_ABANDONED);
        CHECK(!RatIsWindow(self.window));
        CHECK_EQ(RatGetHandleKind(self.self), RAT_HANDLE_NONE);
        REQUIRE_OK(RatCloseThread(thread));
    }
}

TEST(aThousandThreadsOneAfterTheOther)
{
    for (uint32_t i = 0; i < 1000; i++) {
        RatThread thread = run(giveBack, (void*)(uintptr_t)i);
        uint32_t code = 77777;
        REQUIRE_OK(RatJoinThread(thread, SOON, &code));
        REQUIRE(code == i);
        REQUIRE_OK(RatCloseThread(thread));
    }
}

TEST(sixtyFourThreadsAtOnce)
{
    enum { COUNT = 64 };
    RatEvent end = newEvent(true, false);
    RatHandle threads[COUNT];
    for (int i = 0; i < COUNT; i++) threads[i] = run(countEnd, &end);
    CHECK_EQ(RatWaitForMultipleObjects(threads, COUNT, false, 0, NULL), RAT_WAIT_TIMEOUT);
    RatSetEvent(end);
    CHECK_EQ(RatWaitForMultipleObjects(threads, COUNT, true, SOON, NULL), RAT_WAIT_OK);
    CHECK_EQ(atomic_load(&ended), COUNT);
    for (int i = 0; i < COUNT; i++) CHECK_STATUS(RatJoinThread(threads[i], 0, NULL), RAT_IPC_OK);
}

/* Each thread of the process has this, beside its stack. */
static _Thread_local volatile char ownBytes[256 * 1024];

static uint32_t useStack(void* size)
{
    ownBytes[sizeof ownBytes - 1] = 1;
    volatile char* bytes = alloca((size_t)(uintptr_t)size);
    for (size_t i = 0; i < (size_t)(uintptr_t)size; i += 1024) bytes[i] = (char)i;
    RatEvent event = newEvent(false, true);
    CHECK_EQ(RatWaitForObject(event, 0), RAT_WAIT_OK);
    return 0;
}

TEST(aThreadHasTheStackThatItWasGiven)
{
    static const struct {
        size_t size, used;
    } rows[] = {{1, 1024}, {100000, 20000}, {64u << 20, 63u << 20}, {0, 1u << 20}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        RatThread thread = RAT_INVALID_HANDLE;
        REQUIRE_OK(RatCreateThread(useStack, (void*)(uintptr_t)rows[i].used, rows[i].size,
                                   &thread));
        CHECK_STATUS(RatJoinThread(thread, SOON, NULL), RAT_IPC_OK);
    }
}

TEST(aStackThatCannotBeIsRefused)
{
    static const struct {
        size_t size;
        RatIpcStatus status;
    } rows[] = {
        {SIZE_MAX, RAT_IPC_ERR_INVALID_ARG},
        {SIZE_MAX - 4095, RAT_IPC_ERR_INVALID_ARG},
        {SIZE_MAX / 2 + 1, RAT_IPC_ERR_INVALID_ARG},
        {(size_t)1 << 48, RAT_IPC_ERR_NO_RESOURCES},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        RatThread thread = 1;
        CHECK_STATUS(RatCreateThread(giveBack, NULL, rows[i].size, &thread), rows[i].status);
        CHECK_EQ(thread, RAT_INVALID_HANDLE);
    }
    RatThread thread = 1;
    RatIpcStatus status = RatCreateThread(giveBack, NULL, SIZE_MAX / 2, &thread);
    CHECK(status == RAT_IPC_ERR_INVALID_ARG || status == RAT_IPC_ERR_NO_RESOURCES);
    CHECK_EQ(thread, RAT_INVALID_HANDLE);
}

TEST(aThreadThatMemoryDoesNotSufficeForIsRefused)
{
    RatThread thread = run(giveBack, NULL);
    REQUIRE_OK(RatJoinThread(thread, SOON, NULL));
    struct rlimit limit = {64u << 20, 64u << 20};
    REQUIRE(setrlimit(RLIMIT_AS, &limit) == 0);
    CHECK_STATUS(RatCreateThread(giveBack, NULL, 128u << 20, &thread), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_EQ(thread, RAT_INVALID_HANDLE);
}

static uint32_t exitEarly(void* context)
{
    Self* self = context;
    CHECK_EQ(RatWaitForObject(self->mutex, 0), RAT_WAIT_OK);
    pthread_exit((void*)(uintptr_t)9);
}

TEST(aThreadThatCallsPthreadExitEndsToo)
{
    Self self = {.mutex = newMutex(false)};
    RatThread thread = run(exitEarly, &self);
    uint32_t code = 77;
    CHECK_STATUS(RatJoinThread(thread, SOON, &code), RAT_IPC_OK);
    CHECK_EQ(code, 0);
    CHECK_EQ(RatWaitForObject(self.mutex, 0), RAT_WAIT_ABANDONED);
}

/* Starts another thread and ends; so there is always one more, until the count is reached. */
static uint32_t chain(void* context)
{
    if (atomic_fetch_add(&ended, 1) + 1 < 100) {
        RatThread next = run(chain, context);
        CHECK_STATUS(RatCloseThread(next), RAT_IPC_OK);
    } else {
        RatSetEvent(*(RatEvent*)context);
    }
    return 0;
}

TEST(aThreadMayStartThreadsAndEndBeforeThem)
{
    RatEvent last = newEvent(false, false);
    REQUIRE_OK(RatCloseThread(run(chain, &last)));
    CHECK_EQ(RatWaitForObject(last, SOON), RAT_WAIT_OK);
    CHECK_EQ(atomic_load(&ended), 100);
}
