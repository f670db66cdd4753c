#define _GNU_SOURCE
#include "sync_support.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

RatEvent newEvent(bool manual, bool initial)
{
    RatEvent event = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateEvent(manual, initial, &event));
    return event;
}

RatMutex newMutex(bool owned)
{
    RatMutex mutex = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateMutex(owned, &mutex));
    return mutex;
}

RatSemaphore newSemaphore(uint32_t count, uint32_t maximum)
{
    RatSemaphore semaphore = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateSemaphore(count, maximum, &semaphore));
    return semaphore;
}

RatWaitableTimer newTimer(bool manual)
{
    RatWaitableTimer timer = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateWaitableTimer(manual, &timer));
    return timer;
}

RatMessageQueue newQueue(void)
{
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateMessageQueue(16, &queue));
    return queue;
}

static uint32_t runUntilTold(void* end)
{
    return (uint32_t)RatWaitForObject(*(RatEvent*)end, SOON);
}

RatThread newThread(RatEvent* end)
{
    RatThread thread = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateThread(runUntilTold, end, 0, &thread));
    return thread;
}

RatProcess newProcess(pid_t pid)
{
    RatProcess process = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatOpenProcess((uint32_t)pid, &process));
    return process;
}

pid_t forkSleeper(void)
{
    pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        alarm(TEST_SECONDS);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;) pause();
    }
    return child;
}

void killAndReap(pid_t child)
{
    REQUIRE(kill(child, SIGKILL) == 0);
    REQUIRE(waitpid(child, NULL, 0) == child);
}

static intptr_t waitParked(void* context)
{
    Parked* parked = context;
    RatWaitResult result = RatWaitForMultipleObjects(parked->handles, parked->count, parked->all,
                                                     parked->timeout, &parked->index);
    parked->endedAt = now();
    return (intptr_t)result;
}

void park(Parked* parked, bool all, size_t count, const RatHandle* handles, uint64_t timeout)
{
    REQUIRE(count <= MOST_WAITED_FOR);
    memcpy(parked->handles, handles, count * sizeof *handles);
    parked->count = count;
    parked->all = all;
    parked->timeout = timeout;
    parked->index = 99;
    start(&parked->thread, waitParked, parked);
    untilAsleep(&parked->thread);
}

static intptr_t waitForTheOne(void* context)
{
    Parked* parked = context;
    RatWaitResult result = RatWaitForObject(parked->handles[0], parked->timeout);
    parked->endedAt = now();
    return (intptr_t)result;
}

void parkOne(Parked* parked, RatHandle handle)
{
    parked->handles[0] = handle;
    parked->count = 1;
    parked->timeout = SOON;
    parked->index = 99;
    start(&parked->thread, waitForTheOne, parked);
    untilAsleep(&parked->thread);
}

RatWaitResult unpark(Parked* parked)
{
    return (RatWaitResult)join(&parked->thread);
}

static intptr_t ownAndRelease(void* context)
{
    Owner* owner = context;
    for (int i = 0; i < owner->acquisitions; i++)
        CHECK_EQ(RatWaitForObject(owner->mutex, SOON), RAT_WAIT_OK);
    RatSetEvent(owner->owns);
    CHECK_EQ(RatWaitForObject(owner->end, SOON), RAT_WAIT_OK);
    for (int i = 0; i < owner->releases; i++)
        CHECK_STATUS(RatReleaseMutex(owner->mutex), RAT_IPC_OK);
    return 0;
}

void own(Owner* owner, RatMutex mutex, int acquisitions, int releases)
{
    owner->mutex = mutex;
    owner->acquisitions = acquisitions;
    owner->releases = releases;
    owner->owns = newEvent(false, false);
    owner->end = newEvent(false, false);
    start(&owner->thread, ownAndRelease, owner);
    REQUIRE(RatWaitForObject(owner->owns, SOON) == RAT_WAIT_OK);
}

void endOwner(Owner* owner)
{
    RatSetEvent(owner->end);
    join(&owner->thread);
    RatCloseEvent(owner->owns);
    RatCloseEvent(owner->end);
}

static intptr_t look(void* context)
{
    RatMutex mutex = *(RatMutex*)context;
    RatWaitResult result = RatWaitForObject(mutex, 0);
    if (result == RAT_WAIT_OK || result == RAT_WAIT_ABANDONED)
        CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_OK);
    return (intptr_t)result;
}

RatWaitResult lookFromElsewhere(RatMutex mutex)
{
    return (RatWaitResult)onThread(look, &mutex);
}
