/* Shared events, mutexes and semaphores with names. */
#define _GNU_SOURCE
#include "shared_memory.h"
#include "shared_sync.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

TEST(aNamedObjectIsOpenedByItsName)
{
    ownDirectory();
    RatEvent event, otherEvent;
    RatMutex mutex, otherMutex;
    RatSemaphore semaphore, otherSemaphore;
    REQUIRE_OK(RatCreateNamedEvent("event", false, true, &event));
    REQUIRE_OK(RatCreateNamedMutex("/mutex", true, &mutex));
    REQUIRE_OK(RatCreateNamedSemaphore("semaphore", 1, 2, &semaphore));
    REQUIRE_OK(RatOpenNamedEvent("/event", &otherEvent));
    REQUIRE_OK(RatOpenNamedMutex("mutex", &otherMutex));
    REQUIRE_OK(RatOpenNamedSemaphore("semaphore", &otherSemaphore));

    CHECK_EQ(RatWaitForObject(otherEvent, 0), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(event, 0), RAT_WAIT_TIMEOUT);
    CHECK_STATUS(RatReleaseMutex(otherMutex), RAT_IPC_OK);
    CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_ERR_WRONG_THREAD);
    CHECK_STATUS(RatReleaseSemaphore(otherSemaphore, 1, NULL), RAT_IPC_OK);
    CHECK_STATUS(RatReleaseSemaphore(semaphore, 1, NULL), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_EQ(RatGetHandleKind(otherSemaphore), RAT_HANDLE_SEMAPHORE);
}

TEST(aNamedObjectStaysUntilItIsUnlinked)
{
    ownDirectory();
    RatEvent event;
    REQUIRE_OK(RatCreateNamedEvent("thing", true, true, &event));
    CHECK_STATUS(RatCloseEvent(event), RAT_IPC_OK);
    REQUIRE_OK(RatOpenNamedEvent("thing", &event));
    CHECK_EQ(RatWaitForObject(event, 0), RAT_WAIT_OK);
    CHECK_STATUS(RatUnlinkNamedObject("/thing"), RAT_IPC_OK);
    CHECK_STATUS(RatUnlinkNamedObject("thing"), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatResetEvent(event), RAT_IPC_OK); /* it lives on */
    RatMutex mutex;
    CHECK_STATUS(RatOpenNamedEvent("thing", &event), RAT_IPC_ERR_NOT_FOUND);
    CHECK_EQ(event, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatCreateNamedMutex("thing", false, &mutex), RAT_IPC_OK);
}

TEST(oneNameIsOneObjectOfOneKind)
{
    ownDirectory();
    RatHandle handle;
    REQUIRE_OK(RatCreateNamedEvent("thing", true, true, &handle));
    CHECK_STATUS(RatCreateNamedEvent("thing", true, true, &handle), RAT_IPC_ERR_ALREADY_EXISTS);
    CHECK_EQ(handle, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatCreateNamedMutex("/thing", true, &handle), RAT_IPC_ERR_ALREADY_EXISTS);
    CHECK_STATUS(RatCreateNamedSemaphore("thing", 1, 1, &handle), RAT_IPC_ERR_ALREADY_EXISTS);
    CHECK_STATUS(RatOpenNamedMutex("thing", &handle), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatOpenNamedSemaphore("thing", &handle), RAT_IPC_ERR_INVALID_ARG);
    /* Memory has names of its own. */
    createMemory("thing", 100, 0);
    CHECK_STATUS(RatUnlinkNamedObject("thing"), RAT_IPC_OK);
    CHECK_STATUS(probe("thing"), RAT_IPC_OK);
}

TEST(whatIsNoNameNamesNoObject)
{
    ownDirectory();
    char longest[257], tooLong[258], slash[258];
    memset(longest, 'x', 255), longest[255] = 0;
    memset(tooLong, 'x', 256), tooLong[256] = 0;
    snprintf(slash, sizeof slash, "/%s", longest);
    const char* bad[] = {NULL, "", "/", "//", "//a", "a/", "a/b", "/a/b", "../x", tooLong};
    RatHandle handle;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        inRow(bad[i] ? bad[i] : "NULL");
        handle = 1;
        CHECK_STATUS(RatCreateNamedEvent(bad[i], true, true, &handle), RAT_IPC_ERR_INVALID_ARG);
        CHECK_EQ(handle, RAT_INVALID_HANDLE);
        CHECK_STATUS(RatCreateNamedMutex(bad[i], true, &handle), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatCreateNamedSemaphore(bad[i], 1, 1, &handle), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatOpenNamedEvent(bad[i], &handle), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatOpenNamedMutex(bad[i], &handle), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatOpenNamedSemaphore(bad[i], &handle), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatUnlinkNamedObject(bad[i]), RAT_IPC_ERR_INVALID_ARG);
    }
    const char* good[] = {"a", ".", "/..", "a b", "\xff\xfe", "...", slash};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        inRow(good[i]);
        CHECK_STATUS(RatUnlinkNamedObject(good[i]), RAT_IPC_ERR_NOT_FOUND);
        CHECK_STATUS(RatCreateNamedMutex(good[i], false, &handle), RAT_IPC_OK);
        CHECK_STATUS(RatOpenNamedMutex(good[i], &handle), RAT_IPC_OK);
        CHECK_STATUS(RatUnlinkNamedObject(good[i]), RAT_IPC_OK);
    }
    CHECK_STATUS(RatUnlinkNamedObject(longest), RAT_IPC_ERR_NOT_FOUND);
    inRow(NULL);
    CHECK_STATUS(RatCreateNamedEvent("a", true, true, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateNamedMutex("a", true, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateNamedSemaphore("a", 1, 1, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateNamedSemaphore("a", 2, 1, &handle), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateNamedSemaphore("a", 0, 0, &handle), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatOpenNamedEvent("a", NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatOpenNamedMutex("a", NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatOpenNamedSemaphore("a", NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatUnlinkNamedObject("a"), RAT_IPC_ERR_NOT_FOUND);
}

TEST(aFileThatIsNoObjectIsNotOpened)
{
    const char* directory = ownDirectory();
    RatHandle handle;
    REQUIRE_OK(RatCreateNamedEvent("thing", true, true, &handle));
    char path[128];
    snprintf(path, sizeof path, "%s/s/thing", directory);
    struct stat facts;
    REQUIRE(stat(path, &facts) == 0);
    CHECK_EQ(facts.st_mode & 07777, 0600);
    CHECK_EQ(facts.st_size, RAT_SHARED_OBJECT_SIZE);

    int file = open(path, O_RDWR);
    char garbage[64];
    memset(garbage, 'g', sizeof garbage);
    REQUIRE(pwrite(file, garbage, 64, 0) == 64);
    CHECK_STATUS(RatOpenNamedEvent("thing", &handle), RAT_IPC_ERR_INVALID_ARG);
    REQUIRE(ftruncate(file, 1) == 0);
    CHECK_STATUS(RatOpenNamedEvent("thing", &handle), RAT_IPC_ERR_INVALID_ARG);
    REQUIRE(ftruncate(file, 0) == 0);
    CHECK_STATUS(RatOpenNamedEvent("thing", &handle), RAT_IPC_ERR_ACCESS_DENIED);
    CHECK_STATUS(RatUnlinkNamedObject("thing"), RAT_IPC_OK);
    REQUIRE(symlink("/dev/null", path) == 0);
    CHECK_STATUS(RatOpenNamedEvent("thing", &handle), RAT_IPC_ERR_ACCESS_DENIED);
    CHECK_STATUS(RatCreateNamedEvent("thing", true, true, &handle), RAT_IPC_ERR_ALREADY_EXISTS);
}

TEST(anUnsafeDirectoryIsRefused)
{
    const char* directory = ownDirectory();
    RatHandle handle;
    REQUIRE(chmod(directory, 0777) == 0);
    CHECK_STATUS(RatCreateNamedEvent("a", true, true, &handle), RAT_IPC_ERR_ACCESS_DENIED);
    CHECK_STATUS(RatOpenNamedMutex("a", &handle), RAT_IPC_ERR_ACCESS_DENIED);
    CHECK_STATUS(RatUnlinkNamedObject("a"), RAT_IPC_ERR_ACCESS_DENIED);
}

/* Another program, as far as that goes: this one, started anew. Answers until it is killed. */
__attribute__((constructor)) static void answerByName(void)
{
    if (!getenv("RAT_TEST_ANSWERS")) return;
    RatEvent there, back;
    RatMutex mutex;
    REQUIRE_OK(RatOpenNamedEvent("there", &there));
    REQUIRE_OK(RatOpenNamedEvent("back", &back));
    REQUIRE_OK(RatOpenNamedMutex("mutex", &mutex));
    for (;;) {
        REQUIRE(RatWaitForObject(there, SOON) == RAT_WAIT_OK);
        RatWaitResult result = RatWaitForObject(mutex, 0);
        REQUIRE(result == RAT_WAIT_OK || result == RAT_WAIT_TIMEOUT);
        REQUIRE_OK(RatSetEvent(back));
    }
}

TEST(twoProgramsMeetByName)
{
    ownDirectory();
    RatEvent there, back;
    RatMutex mutex;
    REQUIRE_OK(RatCreateNamedEvent("there", false, false, &there));
    REQUIRE_OK(RatCreateNamedEvent("back", false, false, &back));
    REQUIRE_OK(RatCreateNamedMutex("mutex", false, &mutex));
    pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        setenv("RAT_TEST_ANSWERS", "1", 1);
        execl("/proc/self/exe", "answers", (char*)NULL);
        _exit(127);
    }
    for (int i = 0; i < 1000; i++) {
        REQUIRE_OK(RatSetEvent(there));
        REQUIRE(RatWaitForObject(back, SOON) == RAT_WAIT_OK);
    }
    CHECK_EQ(RatWaitForObject(mutex, 0), RAT_WAIT_TIMEOUT);
    killChild(child);
    CHECK_EQ(RatWaitForObject(mutex, SOON), RAT_WAIT_ABANDONED);
}

enum { RACES = 200, RACERS = 3 };

/* Creates each of many names, all racers together; counts who won. */
static void race(char* page)
{
    atomic_int* numbers = (atomic_int*)(page + 2048);
    RatEvent gun = attachEvent(page, 0);
    atomic_fetch_add(&numbers[0], 1);
    REQUIRE(RatWaitForObject(gun, SOON) == RAT_WAIT_OK);
    for (int i = 0; i < RACES; i++) {
        char name[32];
        snprintf(name, sizeof name, "race %d", i);
        RatMutex mutex;
        RatIpcStatus status = RatCreateNamedMutex(name, false, &mutex);
        REQUIRE(status == RAT_IPC_OK || status == RAT_IPC_ERR_ALREADY_EXISTS);
        if (status == RAT_IPC_OK) atomic_fetch_add(&numbers[1 + i], 1);
        else REQUIRE_OK(RatOpenNamedMutex(name, &mutex));
        REQUIRE(RatWaitForObject(mutex, SOON) == RAT_WAIT_OK);
        REQUIRE_OK(RatReleaseMutex(mutex));
        REQUIRE_OK(RatCloseMutex(mutex));
    }
}

TEST(ofSeveralCreatorsOfANameExactlyOneWins)
{
    ownDirectory();
    char* page = sharedPage();
    atomic_int* numbers = (atomic_int*)(page + 2048);
    RatEvent gun = placeEvent(page, 0, true, false);
    pid_t racers[RACERS];
    for (int i = 0; i < RACERS; i++) {
        racers[i] = inChild(race, page);
        untilChildSleeps(racers[i]);
    }
    CHECK_EQ(atomic_load(&numbers[0]), RACERS);
    CHECK_STATUS(RatSetEvent(gun), RAT_IPC_OK);
    for (int i = 0; i < RACERS; i++) CHECK(childPassed(racers[i]));
    for (int i = 0; i < RACES; i++) CHECK_EQ(atomic_load(&numbers[1 + i]), 1);
}

static void holdNamed(char* page)
{
    (void)page;
    RatMutex mutex;
    REQUIRE_OK(RatCreateNamedMutex("held", true, &mutex));
    REQUIRE_OK(RatSetEvent(attachEvent(page, 0)));
    for (;;) pause();
}

TEST(aNamedMutexOutlivesItsKilledCreatorAbandoned)
{
    ownDirectory();
    char* page = sharedPage();
    RatEvent held = placeEvent(page, 0, false, false);
    pid_t child = inChild(holdNamed, page);
    REQUIRE(RatWaitForObject(held, SOON) == RAT_WAIT_OK);
    RatMutex mutex;
    REQUIRE_OK(RatOpenNamedMutex("held", &mutex));
    CHECK_EQ(RatWaitForObject(mutex, 0), RAT_WAIT_TIMEOUT);
    killChild(child);
    CHECK_EQ(RatWaitForObject(mutex, SOON), RAT_WAIT_ABANDONED);
    REQUIRE_OK(RatReleaseMutex(mutex));
    REQUIRE_OK(RatOpenNamedMutex("held", &mutex));
    CHECK_EQ(RatWaitForObject(mutex, 0), RAT_WAIT_OK);
}
