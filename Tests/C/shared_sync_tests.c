/* Events, mutexes and semaphores in shared memory: what each does, and what is refused. */
#define _GNU_SOURCE
#include "shared_sync.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

TEST(aPlacedEventIsAnEvent)
{
    char* page = sharedPage();
    RatEvent event = placeEvent(page, 0, false, false), other = attachEvent(page, 0);
    CHECK_EQ(RatGetHandleKind(event), RAT_HANDLE_EVENT);
    CHECK_EQ(RatWaitForObject(event, 0), RAT_WAIT_TIMEOUT);
    for (int i = 0; i < 3; i++) CHECK_STATUS(RatSetEvent(other), RAT_IPC_OK);
    CHECK_EQ(RatWaitForObject(event, 0), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(other, 0), RAT_WAIT_TIMEOUT);
    CHECK_STATUS(RatSetEvent(event), RAT_IPC_OK);
    CHECK_STATUS(RatResetEvent(other), RAT_IPC_OK);
    CHECK_STATUS(RatResetEvent(other), RAT_IPC_OK);
    CHECK_EQ(RatWaitForObject(event, 0), RAT_WAIT_TIMEOUT);
    CHECK_STATUS(RatCloseEvent(event), RAT_IPC_OK);
    CHECK_STATUS(RatSetEvent(event), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatSetEvent(other), RAT_IPC_OK);
    CHECK_EQ(RatWaitForObject(other, 0), RAT_WAIT_OK);
}

TEST(aPlacedManualEventStaysSignalled)
{
    char* page = sharedPage();
    placeEvent(page, 1, true, true);
    RatEvent event = attachEvent(page, 1);
    for (int i = 0; i < 3; i++) CHECK_EQ(RatWaitForObject(event, 0), RAT_WAIT_OK);
    CHECK_STATUS(RatResetEvent(event), RAT_IPC_OK);
    CHECK_EQ(RatWaitForObject(event, 20), RAT_WAIT_TIMEOUT);
}

TEST(aPlacedSemaphoreCounts)
{
    char* page = sharedPage();
    RatSemaphore semaphore = placeSemaphore(page, 0, 1, UINT32_MAX);
    RatSemaphore other = attachSemaphore(page, 0);
    uint32_t previous = 99;
    CHECK_EQ(RatWaitForObject(other, 0), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(semaphore, 0), RAT_WAIT_TIMEOUT);
    CHECK_STATUS(RatReleaseSemaphore(other, UINT32_MAX, &previous), RAT_IPC_OK);
    CHECK_EQ(previous, 0);
    CHECK_STATUS(RatReleaseSemaphore(semaphore, 1, &previous), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_EQ(previous, 0);
    CHECK_STATUS(RatReleaseSemaphore(semaphore, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(RatWaitForObject(semaphore, 0), RAT_WAIT_OK);
    CHECK_STATUS(RatReleaseSemaphore(semaphore, 1, &previous), RAT_IPC_OK);
    CHECK_EQ(previous, UINT32_MAX - 1);
    CHECK_STATUS(RatCloseSemaphore(semaphore), RAT_IPC_OK);
}

static intptr_t tryLock(void* context)
{
    RatMutex mutex = *(RatMutex*)context;
    RatWaitResult result = RatWaitForObject(mutex, 0);
    if (result == RAT_WAIT_TIMEOUT)
        CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_ERR_WRONG_THREAD);
    return result; /* and end, with the mutex if it is owned */
}

TEST(aPlacedMutexIsOwnedByAThreadAsOftenAsItLocks)
{
    char* page = sharedPage();
    RatMutex mutex = placeMutex(page, 0), other = attachMutex(page, 0);
    CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_ERR_WRONG_THREAD);
    CHECK_EQ(RatWaitForObject(mutex, 0), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(other, 0), RAT_WAIT_OK);
    CHECK_EQ(onThread(tryLock, &other), RAT_WAIT_TIMEOUT);
    CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_OK);
    CHECK_EQ(onThread(tryLock, &mutex), RAT_WAIT_TIMEOUT);
    CHECK_STATUS(RatReleaseMutex(other), RAT_IPC_OK);
    CHECK_STATUS(RatReleaseMutex(other), RAT_IPC_ERR_WRONG_THREAD);
    CHECK_EQ(onThread(tryLock, &mutex), RAT_WAIT_OK);
}

TEST(aThreadOwnsAPlacedMutex1023TimesAtMost)
{
    RatMutex mutex = placeMutex(sharedPage(), 0);
    for (int i = 0; i < 1023; i++) REQUIRE(RatWaitForObject(mutex, 0) == RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(mutex, 0), RAT_WAIT_FAILED);
    CHECK_EQ(RatWaitForMultipleObjects(&mutex, 1, false, SOON, NULL), RAT_WAIT_FAILED);
    CHECK_EQ(RatWaitForMultipleObjects(&mutex, 1, true, SOON, NULL), RAT_WAIT_FAILED);
    for (int i = 0; i < 1023; i++) REQUIRE_OK(RatReleaseMutex(mutex));
    CHECK_EQ(onThread(tryLock, &mutex), RAT_WAIT_OK);
}

TEST(aThreadThatEndsAbandonsItsPlacedMutexes)
{
    char* page = sharedPage();
    RatMutex mutex = placeMutex(page, 0), other = attachMutex(page, 0);
    CHECK_EQ(onThread(tryLock, &mutex), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(other, 0), RAT_WAIT_ABANDONED);
    CHECK_EQ(RatWaitForObject(other, 0), RAT_WAIT_OK); /* it is told once */
    CHECK_STATUS(RatReleaseMutex(other), RAT_IPC_OK);
    CHECK_STATUS(RatReleaseMutex(other), RAT_IPC_OK);
    CHECK_STATUS(RatReleaseMutex(other), RAT_IPC_ERR_WRONG_THREAD);
}

TEST(closingTheHandleThatLockedItAbandonsAPlacedMutex)
{
    char* page = sharedPage();
    RatMutex mutex = placeMutex(page, 0), other = attachMutex(page, 0), owned = 0;
    CHECK_EQ(RatWaitForObject(mutex, 0), RAT_WAIT_OK);
    CHECK_STATUS(RatCloseMutex(mutex), RAT_IPC_OK);
    CHECK_EQ(RatWaitForObject(other, 0), RAT_WAIT_ABANDONED);

    REQUIRE_OK(RatPlaceMutex(page + 64, true, &owned));
    RatMutex second = attachMutex(page, 1);
    CHECK_EQ(onThread(tryLock, &second), RAT_WAIT_TIMEOUT);
    CHECK_STATUS(RatCloseMutex(second), RAT_IPC_OK); /* which locked nothing */
    CHECK_STATUS(RatReleaseMutex(owned), RAT_IPC_OK);
}

static intptr_t waitForIt(void* context)
{
    return (intptr_t)RatWaitForObject(*(RatHandle*)context, SOON);
}

TEST(closingAPlacedObjectFailsTheWaitsByThisHandle)
{
    char* page = sharedPage();
    RatHandle handles[3] = {placeEvent(page, 0, false, false), placeSemaphore(page, 1, 0, 1), 0};
    REQUIRE_OK(RatPlaceMutex(page + 128, true, &handles[2]));
    for (int i = 0; i < 3; i++) {
        Thread thread;
        start(&thread, waitForIt, &handles[i]);
        untilAsleep(&thread);
        CHECK_STATUS(RatCloseHandle(handles[i]), RAT_IPC_OK);
        CHECK_EQ(join(&thread), RAT_WAIT_FAILED);
    }
}

TEST(aSleepingWaiterIsWokenByEachKindOfSignal)
{
    char* page = sharedPage();
    RatHandle waited[3] = {placeEvent(page, 0, false, false), placeSemaphore(page, 1, 0, 9), 0};
    REQUIRE_OK(RatPlaceMutex(page + 128, true, &waited[2]));
    RatHandle others[3] = {attachEvent(page, 0), attachSemaphore(page, 1), attachMutex(page, 2)};
    for (int i = 0; i < 3; i++) {
        Thread thread;
        start(&thread, waitForIt, &waited[i]);
        untilAsleep(&thread);
        if (i == 0) CHECK_STATUS(RatSetEvent(others[i]), RAT_IPC_OK);
        if (i == 1) CHECK_STATUS(RatReleaseSemaphore(others[i], 1, NULL), RAT_IPC_OK);
        if (i == 2) CHECK_STATUS(RatReleaseMutex(others[i]), RAT_IPC_OK);
        CHECK_EQ(join(&thread), RAT_WAIT_OK);
    }
}

TEST(placedObjectsOutliveTheMappingTheyWerePlacedThrough)
{
    char* page = sharedPage();
    RatEvent event = placeEvent(page, 5, false, false), other = attachEvent(page, 5);
    RatMutex mutex = placeMutex(page, 6);
    REQUIRE(munmap(page, 4096) == 0);
    CHECK_STATUS(RatSetEvent(event), RAT_IPC_OK);
    CHECK_EQ(RatWaitForObject(other, 0), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(mutex, 0), RAT_WAIT_OK);
    CHECK_STATUS(RatCloseMutex(mutex), RAT_IPC_OK);
}

/* What each function that takes memory says about it. */
static void checkRefused(void* memory, const char* why)
{
    inRow(why);
    RatHandle out = 1;
    CHECK_STATUS(RatPlaceEvent(memory, true, true, &out), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(out, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatPlaceMutex(memory, false, &out), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatPlaceSemaphore(memory, 0, 1, &out), RAT_IPC_ERR_INVALID_ARG);
    out = 1;
    CHECK_STATUS(RatAttachEvent(memory, &out), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(out, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatAttachMutex(memory, &out), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatAttachSemaphore(memory, &out), RAT_IPC_ERR_INVALID_ARG);
    inRow(NULL);
}

TEST(memoryThatCannotHoldAnObjectIsRefused)
{
    char* page = sharedPage();
    checkRefused(NULL, "NULL");
    for (int offset = 1; offset < 64; offset += offset) checkRefused(page + offset, "unaligned");
    checkRefused((void*)(UINTPTR_MAX - 63), "no address");

    char* own = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    checkRefused(own, "private");
    REQUIRE(munmap(own, 4096) == 0);
    checkRefused(own, "not mapped");
    placeEvent(page, 0, false, false);
    REQUIRE(mprotect(page, 4096, PROT_READ) == 0);
    checkRefused(page, "read only");
    REQUIRE(mprotect(page, 4096, PROT_NONE) == 0);
    checkRefused(page, "no access");

    int file = memfd_create("empty", 0);
    char* beyond = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    REQUIRE(file >= 0 && beyond != MAP_FAILED);
    checkRefused(beyond, "beyond the end");
}

TEST(badArgumentsOfPlacingAreRefused)
{
    char* page = sharedPage();
    RatHandle out = 1;
    CHECK_STATUS(RatPlaceEvent(page, true, true, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatPlaceMutex(page, true, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatPlaceSemaphore(page, 0, 1, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatPlaceSemaphore(page, 0, 0, &out), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatPlaceSemaphore(page, 2, 1, &out), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(out, RAT_INVALID_HANDLE);
    for (int i = 0; i < 4096; i++) REQUIRE(page[i] == 0);
}

TEST(whatIsNoObjectOfTheKindIsNotAttachedTo)
{
    char* page = sharedPage();
    RatHandle out = 1;
    placeEvent(page, 0, true, false);
    placeMutex(page, 1);
    placeSemaphore(page, 2, 3, 4);
    for (int i = 0; i < 4; i++) {
        char* block = page + 64 * i;
        CHECK_STATUS(RatAttachEvent(block, &out), i == 0 ? RAT_IPC_OK : RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatAttachMutex(block, &out), i == 1 ? RAT_IPC_OK : RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatAttachSemaphore(block, &out),
                     i == 2 ? RAT_IPC_OK : RAT_IPC_ERR_INVALID_ARG);
    }
    /* Any other bit in what says what it is, and it is nothing. Not the state and the identity. */
    for (int at = 8; at < 64; at += at == 15 ? 9 : 1) {
        for (int bit = 0; bit < 8; bit++) {
            page[128 + at] ^= (char)(1 << bit);
            bool isCount = at >= 32 && at < 36; /* another maximum is a good one */
            CHECK_STATUS(RatAttachSemaphore(page + 128, &out),
                         isCount && page[128 + 32] ? RAT_IPC_OK : RAT_IPC_ERR_INVALID_ARG);
            page[128 + at] ^= (char)(1 << bit);
        }
    }
}

TEST(anyStateThatOthersWriteIsSurvived)
{
    char* page = sharedPage();
    RatEvent event = placeEvent(page, 0, false, false);
    RatSemaphore semaphore = placeSemaphore(page, 1, 0, 5);
    RatMutex mutex = placeMutex(page, 2);
    placeEvent(page, 3, true, false);
    char guard[64];
    memcpy(guard, page + 192, 64);
    srand(7);
    for (int i = 0; i < 20000; i++) {
        uint64_t state[3];
        for (int j = 0; j < 3; j++) {
            state[j] = (uint64_t)rand() << 33 ^ (uint64_t)rand() << 16 ^ (uint64_t)rand();
            if (i % 3 == 0) state[j] = i % 2 ? ~UINT64_C(0) : UINT64_C(3) << 30;
            memcpy(page + 64 * j, &state[j], 8);
        }
        RatSetEvent(event);
        RatWaitForObject(event, 0);
        RatResetEvent(event);
        RatReleaseSemaphore(semaphore, 1 + (uint32_t)rand() % 5, NULL);
        RatWaitForObject(semaphore, 0);
        RatWaitForObject(mutex, 0);
        RatReleaseMutex(mutex);
        RatReleaseMutex(mutex);
    }
    CHECK_EQ(memcmp(guard, page + 192, 64), 0);
}

TEST(aFailureToAttachTellsItsErrno)
{
    RatHandle out;
    char* own = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK_STATUS(RatAttachEvent(own, &out), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(RatGetLastErrno(), EINVAL);
}

TEST(manyPlacedMutexesAreRefusedAtALimitAndFreedByClosing)
{
    char* page = sharedPage();
    placeMutex(page, 0);
    static RatMutex mutexes[2100];
    int count = 0;
    while (count < 2100 && RatAttachMutex(page, &mutexes[count]) == RAT_IPC_OK) count++;
    CHECK_EQ(count, 1999);
    RatHandle event = attachEvent((placeEvent(page, 1, true, true), page), 1);
    CHECK_EQ(RatWaitForObject(event, 0), RAT_WAIT_OK);
    for (int i = 0; i < count; i++) REQUIRE_OK(RatCloseMutex(mutexes[i]));
    CHECK_STATUS(RatAttachMutex(page, &mutexes[0]), RAT_IPC_OK);
}
