/* Waits for shared objects together with others. */
#define _GNU_SOURCE
#include "shared_sync.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static RatEvent localEvent(bool initial)
{
    RatEvent event = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateEvent(false, initial, &event));
    return event;
}

static void sleepForEver(char* page)
{
    (void)page;
    for (;;) pause();
}

/* A handle that only the kernel can signal, so that waits with it poll. */
static RatProcess processThatSleeps(pid_t* child)
{
    RatProcess process = RAT_INVALID_HANDLE;
    *child = inChild(sleepForEver, NULL);
    REQUIRE_OK(RatOpenProcess((uint32_t)*child, &process));
    return process;
}

typedef struct {
    RatHandle handles[300];
    size_t count, index;
    bool all;
} Several;

static intptr_t waitForSeveral(void* context)
{
    Several* several = context;
    several->index = 999;
    return (intptr_t)RatWaitForMultipleObjects(several->handles, several->count, several->all, SOON,
                                               &several->index);
}

/* Starts the wait, has it sleep, signals, and tells which object ended it. */
static size_t endedBy(Several* several, RatIpcStatus (*signal)(RatHandle), RatHandle handle,
                      RatWaitResult expected)
{
    Thread thread;
    start(&thread, waitForSeveral, several);
    untilAsleep(&thread);
    REQUIRE_OK(signal(handle));
    CHECK_EQ(join(&thread), expected);
    return several->index;
}

static RatIpcStatus releaseOne(RatHandle semaphore)
{
    return RatReleaseSemaphore(semaphore, 1, NULL);
}

static RatIpcStatus setTimer(RatHandle timer)
{
    return RatSetWaitableTimer(timer, 1000000, 0);
}

/* Every object of a wait ends it, with and without one that the kernel signals among them. */
static void checkMixed(bool isPolling)
{
    char* page = sharedPage();
    RatWaitableTimer timer = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateWaitableTimer(false, &timer));
    pid_t child = 0;
    RatPipe reading, writing;
    REQUIRE_OK(RatCreatePipe(&reading, &writing));
    Several several = {{placeEvent(page, 0, false, false), localEvent(false),
                        placeSemaphore(page, 1, 0, 2), timer},
                       4, 0, false};
    if (isPolling) {
        several.handles[several.count++] = reading;
        several.handles[several.count++] = processThatSleeps(&child);
    }
    for (int round = 0; round < 8; round++) {
        CHECK_EQ(endedBy(&several, RatSetEvent, attachEvent(page, 0), RAT_WAIT_OK), 0);
        CHECK_EQ(endedBy(&several, RatSetEvent, several.handles[1], RAT_WAIT_OK), 1);
        CHECK_EQ(endedBy(&several, releaseOne, attachSemaphore(page, 1), RAT_WAIT_OK), 2);
        Thread thread;
        start(&thread, waitForSeveral, &several);
        REQUIRE_OK(setTimer(timer));
        CHECK_EQ(join(&thread), RAT_WAIT_OK);
        CHECK_EQ(several.index, 3);
        if (!isPolling) continue;
        start(&thread, waitForSeveral, &several);
        untilAsleep(&thread);
        size_t count = 0;
        REQUIRE_OK(RatWritePipe(writing, "x", 1, &count));
        CHECK_EQ(join(&thread), RAT_WAIT_OK);
        CHECK_EQ(several.index, 4);
        char byte;
        REQUIRE_OK(RatReadPipe(reading, &byte, 1, &count));
    }
    if (isPolling) {
        Thread thread;
        start(&thread, waitForSeveral, &several);
        untilAsleep(&thread);
        killChild(child);
        CHECK_EQ(join(&thread), RAT_WAIT_OK);
        CHECK_EQ(several.index, 5);
    }
    CHECK_EQ(RatWaitForMultipleObjects(several.handles, 4, false, 30, NULL), RAT_WAIT_TIMEOUT);
}

TEST(sharedAndLocalObjectsAreWaitedForTogether)
{
    checkMixed(false);
}

TEST(sharedObjectsAreWaitedForTogetherWithDescriptors)
{
    checkMixed(true);
}

TEST(aWaitForSharedObjectsAndDescriptorsTimesOutInTime)
{
    char* page = sharedPage();
    pid_t child;
    RatHandle handles[2] = {placeEvent(page, 0, false, false), processThatSleeps(&child)};
    uint64_t before = now();
    CHECK_EQ(RatWaitForMultipleObjects(handles, 2, false, 30, NULL), RAT_WAIT_TIMEOUT);
    CHECK(now() - before >= 30000000u);
    CHECK_EQ(RatWaitForMultipleObjects(handles, 2, true, 30, NULL), RAT_WAIT_TIMEOUT);
}

TEST(closingASharedObjectFailsAWaitThatPolls)
{
    char* page = sharedPage();
    pid_t child;
    Several several = {{processThatSleeps(&child), placeEvent(page, 0, false, false)}, 2, 0, false};
    CHECK_EQ(endedBy(&several, RatCloseHandle, several.handles[1], RAT_WAIT_FAILED), 1);
}

TEST(theLowestSignalledObjectWinsAmongSharedOnesToo)
{
    char* page = sharedPage();
    RatHandle handles[3] = {placeEvent(page, 0, false, false), placeSemaphore(page, 1, 1, 1),
                            localEvent(true)};
    size_t index = 9;
    CHECK_EQ(RatWaitForMultipleObjects(handles, 3, false, SOON, &index), RAT_WAIT_OK);
    CHECK_EQ(index, 1);
    CHECK_EQ(RatWaitForMultipleObjects(handles, 3, false, SOON, &index), RAT_WAIT_OK);
    CHECK_EQ(index, 2);
    CHECK_EQ(RatWaitForMultipleObjects(handles, 3, false, 0, &index), RAT_WAIT_TIMEOUT);
}

TEST(allOfSharedAndLocalObjectsAreTakenOrNone)
{
    char* page = sharedPage();
    Several several = {{placeEvent(page, 0, false, true), placeSemaphore(page, 1, 1, 1),
                        placeMutex(page, 2), localEvent(true), placeEvent(page, 3, false, false)},
                       5, 0, true};
    RatHandle* handles = several.handles;
    CHECK_EQ(RatWaitForMultipleObjects(handles, 5, true, 0, NULL), RAT_WAIT_TIMEOUT);
    CHECK_EQ(RatWaitForMultipleObjects(handles, 5, true, 20, NULL), RAT_WAIT_TIMEOUT);
    for (int i = 0; i < 4; i++) CHECK_EQ(RatWaitForObject(handles[i], 0), RAT_WAIT_OK);
    RatSetEvent(handles[0]);
    REQUIRE_OK(RatReleaseSemaphore(handles[1], 1, NULL));
    REQUIRE_OK(RatReleaseMutex(handles[2]));
    RatSetEvent(handles[3]);
    endedBy(&several, RatSetEvent, attachEvent(page, 3), RAT_WAIT_OK);
    for (int i = 0; i < 5; i++)
        if (i != 2) CHECK_EQ(RatWaitForObject(handles[i], 0), RAT_WAIT_TIMEOUT);
    /* The thread that took it has ended. */
    CHECK_EQ(RatWaitForObject(handles[2], 0), RAT_WAIT_ABANDONED);
}

TEST(twoHandlesToOneSharedObjectAreRefusedInAWaitForAll)
{
    char* page = sharedPage();
    RatHandle handles[3] = {localEvent(true), placeEvent(page, 0, true, true), 0};
    handles[2] = attachEvent(page, 0);
    size_t index = 9;
    CHECK_EQ(RatWaitForMultipleObjects(handles, 3, true, SOON, &index), RAT_WAIT_FAILED);
    CHECK(index == 1 || index == 2);
    CHECK_EQ(RatWaitForMultipleObjects(handles + 1, 2, false, SOON, &index), RAT_WAIT_OK);
    CHECK_EQ(index, 0);
    CHECK_EQ(RatWaitForObject(handles[0], 0), RAT_WAIT_OK);
}

TEST(waitingForAllTellsOfAnAbandonedSharedMutex)
{
    char* page = sharedPage();
    RatMutex mutex = placeMutex(page, 0);
    RatHandle handles[2] = {placeEvent(page, 1, false, false), mutex};
    Several one = {{mutex}, 1, 0, true};
    CHECK_EQ(onThread(waitForSeveral, &one), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForMultipleObjects(handles, 2, true, 0, NULL), RAT_WAIT_TIMEOUT);
    RatSetEvent(handles[0]);
    size_t index = 9;
    CHECK_EQ(RatWaitForMultipleObjects(handles, 2, true, 0, &index), RAT_WAIT_ABANDONED);
    CHECK_EQ(index, 1);
    CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_OK);
}

/* Two processes wait for the same two objects, in different orders. */
static void takeBoth(char* page)
{
    RatHandle handles[2] = {attachSemaphore(page, getpid() % 2), attachSemaphore(page, 1)};
    if (getpid() % 2) handles[1] = attachSemaphore(page, 0);
    for (int i = 0; i < 2000; i++) {
        REQUIRE(RatWaitForMultipleObjects(handles, 2, true, SOON, NULL) == RAT_WAIT_OK);
        REQUIRE_OK(RatReleaseSemaphore(handles[0], 1, NULL));
        REQUIRE_OK(RatReleaseSemaphore(handles[1], 1, NULL));
    }
}

TEST(processesThatWaitForAllOfTheSameGetOn)
{
    char* page = sharedPage();
    RatSemaphore first = placeSemaphore(page, 0, 1, 1), second = placeSemaphore(page, 1, 1, 1);
    pid_t children[4];
    for (int i = 0; i < 4; i++) children[i] = inChild(takeBoth, page);
    for (int i = 0; i < 4; i++) CHECK(childPassed(children[i]));
    CHECK_EQ(RatWaitForObject(first, 0), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(second, 0), RAT_WAIT_OK);
}

TEST(moreSharedObjectsThanTheKernelWatchesAreWaitedFor)
{
    Several several = {.count = 300};
    for (int i = 0; i < 300; i++) {
        static char* page;
        if (i % 60 == 0) page = sharedPage();
        several.handles[i] = placeEvent(page, i % 60, false, false);
    }
    CHECK_EQ(RatWaitForMultipleObjects(several.handles, 300, false, 20, NULL), RAT_WAIT_TIMEOUT);
    size_t places[] = {0, 126, 127, 128, 299};
    for (size_t i = 0; i < 5; i++) {
        RatHandle handle = several.handles[places[i]];
        CHECK_EQ(endedBy(&several, RatSetEvent, handle, RAT_WAIT_OK), places[i]);
    }
}

/* Owns both mutexes until it is killed. */
static void lockBoth(char* page)
{
    RatHandle mutexes[2] = {attachMutex(page, 0), attachMutex(page, 1)};
    REQUIRE(RatWaitForMultipleObjects(mutexes, 2, true, SOON, NULL) != RAT_WAIT_FAILED);
    REQUIRE_OK(RatSetEvent(attachEvent(page, 2)));
    sleepForEver(page);
}

static intptr_t waitAndRelease(void* context)
{
    Several* several = context;
    intptr_t result = waitForSeveral(several);
    if (result == RAT_WAIT_ABANDONED) RatReleaseMutex(several->handles[several->index]);
    return result;
}

TEST(severalSharedMutexesAreWaitedForThoughTheirOwnerIsKilled)
{
    char* page = sharedPage();
    RatMutex first = placeMutex(page, 0), second = placeMutex(page, 1);
    RatEvent locked = placeEvent(page, 2, false, false);
    for (int round = 0; round < 4; round++) {
        pid_t owner = inChild(lockBoth, page), other;
        REQUIRE(RatWaitForObject(locked, SOON) == RAT_WAIT_OK);
        Several several = {{first, second}, 2, 0, false};
        if (round % 2) several.handles[several.count++] = processThatSleeps(&other);
        Thread thread;
        start(&thread, waitAndRelease, &several);
        untilAsleep(&thread);
        killChild(owner);
        CHECK_EQ(join(&thread), RAT_WAIT_ABANDONED);
        CHECK(several.index < 2);
    }
}

TEST(aProcessWithSharedObjectsSleepsWhileItWaits)
{
    char* page = sharedPage();
    pid_t child;
    Several several = {{placeEvent(page, 0, false, false), placeSemaphore(page, 1, 0, 1),
                        placeMutex(page, 2), processThatSleeps(&child)},
                       3, 0, true};
    several.all = false;
    REQUIRE(RatWaitForObject(several.handles[2], 0) == RAT_WAIT_OK);
    for (int polling = 0; polling < 2; polling++) {
        several.count = polling ? 4 : 3;
        Thread thread;
        start(&thread, waitForSeveral, &several);
        untilAsleep(&thread);
        struct timespec before, after;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
        CHECK_EQ(RatWaitForObject(localEvent(false), 300), RAT_WAIT_TIMEOUT);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
        int64_t used = (after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec - before.tv_nsec;
        CHECK(used < 2000000);
        REQUIRE_OK(RatSetEvent(several.handles[0]));
        CHECK_EQ(join(&thread), RAT_WAIT_OK);
    }
}
