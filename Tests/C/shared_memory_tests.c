/* Shared memory within one process: objects, names, mappings. */
#define _GNU_SOURCE
#include "shared_memory.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAGE = 4096 };

TEST(sharedMemoryIsWhatItWasCreatedAs)
{
    ownDirectory();
    const size_t sizes[] = {1, PAGE - 1, PAGE, PAGE + 1, 1 << 20};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        RatSharedMemory shm = RAT_INVALID_HANDLE;
        REQUIRE_OK(RatCreateSharedMemory("thing", sizes[i], &shm));
        CHECK_EQ(RatGetHandleKind(shm), RAT_HANDLE_SHARED_MEMORY);
        CHECK_EQ(RatWaitForObject(shm, 0), RAT_WAIT_FAILED);
        uint64_t told = 0;
        CHECK_STATUS(RatGetSharedMemorySize(shm, &told), RAT_IPC_OK);
        CHECK_EQ(told, sizes[i]);
        void* address = NULL;
        size_t mapped = 0;
        REQUIRE_OK(RatMapSharedMemory(shm, &address, &mapped));
        CHECK_EQ(mapped, sizes[i]);
        CHECK_EQ((uintptr_t)address % PAGE, 0);
        for (size_t at = 0; at < mapped; at++) REQUIRE(((char*)address)[at] == 0);
        memset(address, 'x', mapped);
        CHECK_STATUS(RatUnmapSharedMemory(address, mapped), RAT_IPC_OK);
        CHECK_STATUS(RatUnlinkSharedMemory("thing"), RAT_IPC_OK);
        CHECK_STATUS(RatCloseSharedMemory(shm), RAT_IPC_OK);
        CHECK_EQ(RatGetHandleKind(shm), RAT_HANDLE_NONE);
    }
}

TEST(allWhoMapItSeeOneMemory)
{
    ownDirectory();
    RatSharedMemory created = createMemory("thing", 10000, 0), opened = openMemory("thing");
    CHECK(created != opened);
    char *first = mapMemory(created), *second = mapMemory(opened), *third = mapMemory(created);
    CHECK(first != second && first != third);
    first[9999] = 'a';
    CHECK_EQ(second[9999], 'a');
    second[0] = 'b';
    CHECK_EQ(third[0], 'b');
    uint64_t size = 0;
    CHECK_STATUS(RatGetSharedMemorySize(opened, &size), RAT_IPC_OK);
    CHECK_EQ(size, 10000);
}

TEST(aMappingOutlivesHandleAndName)
{
    ownDirectory();
    RatSharedMemory shm = createMemory("thing", PAGE, 0);
    char* memory = mapMemory(shm);
    CHECK_STATUS(RatCloseSharedMemory(shm), RAT_IPC_OK);
    CHECK_STATUS(RatUnlinkSharedMemory("thing"), RAT_IPC_OK);
    strcpy(memory, "still there");
    CHECK_STR(memory, "still there");
    CHECK_STATUS(RatUnmapSharedMemory(memory, PAGE), RAT_IPC_OK);
}

TEST(sharedMemoryStaysUntilItIsUnlinked)
{
    ownDirectory();
    RatSharedMemory shm = createMemory("thing", PAGE, 0);
    strcpy(mapMemory(shm), "written");
    CHECK_STATUS(RatCloseSharedMemory(shm), RAT_IPC_OK);
    shm = openMemory("/thing");
    CHECK_STR(mapMemory(shm), "written");
    RatSharedMemory other = 1;
    CHECK_STATUS(RatCreateSharedMemory("thing", PAGE, &other), RAT_IPC_ERR_ALREADY_EXISTS);
    CHECK_EQ(other, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatUnlinkSharedMemory("thing"), RAT_IPC_OK);
    CHECK_STATUS(RatUnlinkSharedMemory("thing"), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(probe("thing"), RAT_IPC_ERR_NOT_FOUND);
    /* The old one lives on beside a new one of the name. */
    char* fresh = mapMemory(createMemory("thing", 2 * PAGE, 0));
    CHECK_EQ(fresh[0], 0);
    CHECK_STR(mapMemory(shm), "written");
}

TEST(everyRetainOwesAClose)
{
    RatSharedMemory shm = createMemory(NULL, PAGE, 0);
    CHECK_STATUS(RatRetainHandle(shm), RAT_IPC_OK);
    CHECK_STATUS(RatCloseSharedMemory(shm), RAT_IPC_OK);
    CHECK_EQ(mapMemory(shm)[0], 0);
    CHECK_STATUS(RatCloseHandle(shm), RAT_IPC_OK);
    CHECK_STATUS(RatCloseSharedMemory(shm), RAT_IPC_ERR_INVALID_HANDLE);
}

TEST(whatNamesNoSharedMemoryIsRefused)
{
    RatSharedMemory closed = createMemory(NULL, PAGE, 0);
    CHECK_STATUS(RatCloseSharedMemory(closed), RAT_IPC_OK);
    RatEvent event = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateEvent(false, false, &event));
    const RatHandle handles[] = {RAT_INVALID_HANDLE, 1, UINT64_MAX, closed, event};
    for (size_t i = 0; i < sizeof handles / sizeof handles[0]; i++) {
        void* address = &address;
        size_t size = 77;
        uint64_t told = 77;
        const RatIpcStatus expected = RAT_IPC_ERR_INVALID_HANDLE;
        CHECK_STATUS(RatMapSharedMemory(handles[i], &address, &size), expected);
        CHECK_STATUS(RatMapSharedMemoryEx(handles[i], RAT_MAP_READ, 0, 0, &address, &size),
                     expected);
        CHECK_STATUS(RatGetSharedMemorySize(handles[i], &told), expected);
        CHECK_STATUS(RatCloseSharedMemory(handles[i]), expected);
        CHECK(address == &address && size == 77 && told == 77);
    }
    CHECK_STATUS(RatSetEvent(event), RAT_IPC_OK);
}

TEST(badArgumentsAreRefused)
{
    ownDirectory();
    RatSharedMemory shm = 1;
    const RatIpcStatus bad = RAT_IPC_ERR_INVALID_ARG;
    CHECK_STATUS(RatCreateSharedMemory(NULL, PAGE, &shm), bad);
    CHECK_EQ(shm, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatCreateSharedMemory("thing", PAGE, NULL), bad);
    CHECK_STATUS(RatCreateSharedMemory("thing", 0, &shm), bad);
    CHECK_STATUS(RatCreateSharedMemoryEx("thing", PAGE, 2, &shm), bad);
    CHECK_STATUS(RatCreateSharedMemoryEx("thing", PAGE, UINT32_MAX, &shm), bad);
    CHECK_STATUS(RatCreateSharedMemoryEx(NULL, 0, 0, &shm), bad);
    CHECK_STATUS(RatCreateSharedMemoryEx(NULL, PAGE, 0, NULL), bad);
    CHECK_STATUS(RatOpenSharedMemory(NULL, &shm), bad);
    CHECK_STATUS(RatOpenSharedMemory("thing", NULL), bad);
    CHECK_STATUS(RatUnlinkSharedMemory(NULL), bad);
    CHECK_STATUS(RatUnlinkSharedMemory("thing"), RAT_IPC_ERR_NOT_FOUND);

    void* address = NULL;
    size_t size = 0;
    RatSharedMemory good = createMemory(NULL, 3 * PAGE + 5, 0);
    CHECK_STATUS(RatMapSharedMemory(good, NULL, &size), bad);
    CHECK_STATUS(RatMapSharedMemory(good, &address, NULL), bad);
    CHECK_STATUS(RatMapSharedMemoryEx(good, RAT_MAP_READ, 0, 0, NULL, &size), bad);
    CHECK_STATUS(RatMapSharedMemoryEx(good, RAT_MAP_READ, 0, 0, &address, NULL), bad);
    const struct {
        uint32_t access;
        uint64_t offset;
        size_t size;
    } parts[] = {
        {0, 0, 0},
        {4, 0, 0},
        {RAT_MAP_READ | 0x80000000u, 0, 0},
        {RAT_MAP_READ, 1, 0},
        {RAT_MAP_READ, PAGE / 2, 0},
        {RAT_MAP_READ, 4 * PAGE, 0},
        {RAT_MAP_READ, 4 * PAGE, 1},
        {RAT_MAP_READ, 0, 3 * PAGE + 6},
        {RAT_MAP_READ, 3 * PAGE, 6},
        {RAT_MAP_READ, 0, SIZE_MAX},
        {RAT_MAP_READ, PAGE, SIZE_MAX - PAGE + 1},
        {RAT_MAP_READ, UINT64_MAX, 0},
        {RAT_MAP_READ, UINT64_MAX - PAGE + 1, 0},
        {RAT_MAP_READ, INT64_MAX - PAGE + 1, PAGE},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        CHECK_STATUS(RatMapSharedMemoryEx(good, parts[i].access, parts[i].offset, parts[i].size,
                                          &address, &size),
                     bad);
    CHECK_STATUS(RatGetSharedMemorySize(good, NULL), bad);
    CHECK_EQ(address, NULL);
}

TEST(aPartIsMappedFromWhereItIsAskedFor)
{
    RatSharedMemory shm = createMemory(NULL, 3 * PAGE + 5, 0);
    char* whole = mapMemory(shm);
    void* address = NULL;
    size_t size = 0;
    REQUIRE_OK(RatMapSharedMemoryEx(shm, RAT_MAP_WRITE, 2 * PAGE, 0, &address, &size));
    CHECK_EQ(size, PAGE + 5);
    ((char*)address)[PAGE + 4] = 'z';
    CHECK_EQ(whole[3 * PAGE + 4], 'z');
    CHECK_STATUS(RatUnmapSharedMemory(address, size), RAT_IPC_OK);
    const uint32_t both = RAT_MAP_READ | RAT_MAP_WRITE;
    REQUIRE_OK(RatMapSharedMemoryEx(shm, both, PAGE, 7, &address, &size));
    CHECK_EQ(size, 7);
    ((char*)address)[6] = 'y';
    CHECK_EQ(whole[PAGE + 6], 'y');
}

TEST(onlyWhatIsMappedIsUnmappedAndOnlyAllOfIt)
{
    RatSharedMemory shm = createMemory(NULL, 2 * PAGE + 10, 0);
    char* memory = mapMemory(shm);
    int local = 0;
    const struct {
        void* address;
        size_t size;
    } wrong[] = {
        {NULL, 0},
        {NULL, 2 * PAGE + 10},
        {memory, 0},
        {memory, PAGE},
        {memory, 2 * PAGE},
        {memory, 3 * PAGE},
        {memory, SIZE_MAX},
        {memory + PAGE, PAGE + 10},
        {memory + 1, 2 * PAGE + 9},
        {&local, sizeof local},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        CHECK_STATUS(RatUnmapSharedMemory(wrong[i].address, wrong[i].size),
                     RAT_IPC_ERR_INVALID_ARG);
    memory[2 * PAGE + 9] = 'x';
    CHECK_STATUS(RatUnmapSharedMemory(memory, 2 * PAGE + 10), RAT_IPC_OK);
    CHECK_STATUS(RatUnmapSharedMemory(memory, 2 * PAGE + 10), RAT_IPC_ERR_INVALID_ARG);
}

/* What kills a child that writes to an address; 0 if nothing does. */
static int deathByWriting(char* address)
{
    pid_t child = fork();
    if (child == 0) {
        *(volatile char*)address = 1;
        _exit(0);
    }
    int state = 0;
    REQUIRE(child > 0 && waitpid(child, &state, 0) == child);
    return WIFSIGNALED(state) ? WTERMSIG(state) : 0;
}

TEST(aMappingForReadingCannotBeWrittenTo)
{
    RatSharedMemory shm = createMemory(NULL, PAGE, 0);
    void* address = NULL;
    size_t size = 0;
    REQUIRE_OK(RatMapSharedMemoryEx(shm, RAT_MAP_READ, 0, 0, &address, &size));
    CHECK_EQ(*(char*)address, 0);
    CHECK_EQ(deathByWriting(address), SIGSEGV);
    CHECK_EQ(deathByWriting(mapMemory(shm)), 0);
    CHECK_EQ(*(char*)address, 1);
}

TEST(everyNameKeepsAnObjectOfItsOwn)
{
    ownDirectory();
    char longest[256], shorter[255];
    memset(longest, 'n', 255);
    memset(shorter, 'n', 254);
    longest[255] = shorter[254] = 0;
    const char* names[] = {
        ".",   "..",  "...", "1",    "2",    "m",       "d",       "a",         "A",
        " ",   "a b", "\\",  "-rf",  "~",    "*",       "\x01\n\t\x7f",        "%s%n",
        "\xc3\xa9\xe2\x82\xac\xf0\x9f\x90\x80", "\xff\xfe", longest, shorter, "a.", "lock",
    };
    const size_t count = sizeof names / sizeof names[0];
    RatSharedMemory handles[sizeof names / sizeof names[0]];
    for (size_t i = 0; i < count; i++) {
        inRow(names[i]);
        CHECK_STATUS(probe(names[i]), RAT_IPC_ERR_NOT_FOUND);
        handles[i] = createMemory(names[i], PAGE, i % 2 ? RAT_SHM_UNLINK_ON_LAST_CLOSE : 0);
        *mapMemory(handles[i]) = (char)(i + 1);
    }
    for (size_t i = 0; i < count; i++) {
        char slashed[300];
        snprintf(slashed, sizeof slashed, "/%s", names[i]);
        inRow(names[i]);
        CHECK_EQ(*mapMemory(openMemory(names[i])), (char)(i + 1));
        CHECK_EQ(*mapMemory(openMemory(slashed)), (char)(i + 1));
        RatSharedMemory other = 1;
        CHECK_STATUS(RatCreateSharedMemory(slashed, 1, &other), RAT_IPC_ERR_ALREADY_EXISTS);
        CHECK_STATUS(RatUnlinkSharedMemory(slashed), RAT_IPC_OK);
        CHECK_STATUS(probe(names[i]), RAT_IPC_ERR_NOT_FOUND);
    }
}

TEST(whatIsNoNameIsRefused)
{
    ownDirectory();
    static char tooLong[257], slashTooLong[258], farTooLong[100001];
    memset(tooLong, 'n', 256);
    memset(slashTooLong, 'n', 257);
    slashTooLong[0] = '/';
    memset(farTooLong, 'n', 100000);
    const char* names[] = {"",     "/",     "//",    "//a",     "a/",         "a/b",
                           "/a/b", "../m/a", "/../a", tooLong, slashTooLong, farTooLong};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        RatSharedMemory shm = 1;
        inRow(strlen(names[i]) < 20 ? names[i] : "a long one");
        CHECK_STATUS(RatCreateSharedMemory(names[i], 1, &shm), RAT_IPC_ERR_INVALID_ARG);
        CHECK_EQ(shm, RAT_INVALID_HANDLE);
        CHECK_STATUS(RatCreateSharedMemoryEx(names[i], 1, 0, &shm), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatOpenSharedMemory(names[i], &shm), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatUnlinkSharedMemory(names[i]), RAT_IPC_ERR_INVALID_ARG);
    }
}

TEST(memoryWithoutANameGoesWithItsHandleAndCannotBeShrunk)
{
    const char* directory = ownDirectory();
    RatSharedMemory shm = createMemory(NULL, 5 * PAGE, RAT_SHM_UNLINK_ON_LAST_CLOSE);
    char* memory = mapMemory(shm);
    memory[5 * PAGE - 1] = 'x';
    CHECK_EQ(rmdir(directory), 0); /* nothing is in it */
    bool found = false;
    for (int fd = 3; fd < 64; fd++) {
        char link[64], target[64] = "";
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        if (readlink(link, target, sizeof target - 1) < 0 || !strstr(target, "memfd:rat")) continue;
        found = true;
        CHECK_EQ(ftruncate(fd, PAGE), -1);
        CHECK_EQ(ftruncate(fd, 6 * PAGE), -1);
    }
    CHECK(found);
    CHECK_STATUS(RatCloseSharedMemory(shm), RAT_IPC_OK);
    CHECK_EQ(memory[5 * PAGE - 1], 'x');
}

TEST(theNameGoesWithTheLastHandleIfThatWasAskedFor)
{
    ownDirectory();
    RatSharedMemory first = createMemory("thing", PAGE, RAT_SHM_UNLINK_ON_LAST_CLOSE);
    RatSharedMemory second = openMemory("thing");
    char* memory = mapMemory(second);
    CHECK_STATUS(RatCloseSharedMemory(first), RAT_IPC_OK);
    CHECK_STATUS(probe("thing"), RAT_IPC_OK);
    CHECK_STATUS(RatRetainHandle(second), RAT_IPC_OK);
    CHECK_STATUS(RatCloseSharedMemory(second), RAT_IPC_OK);
    CHECK_STATUS(RatCreateSharedMemory("thing", 1, &first), RAT_IPC_ERR_ALREADY_EXISTS);
    CHECK_STATUS(probe("thing"), RAT_IPC_OK);
    CHECK_STATUS(RatCloseSharedMemory(second), RAT_IPC_OK);
    CHECK_STATUS(probe("thing"), RAT_IPC_ERR_NOT_FOUND);
    memory[0] = 'x';

    /* Closing the last handle of an unlinked object leaves a new one of its name alone. */
    RatSharedMemory old = createMemory("thing", PAGE, RAT_SHM_UNLINK_ON_LAST_CLOSE);
    CHECK_STATUS(RatUnlinkSharedMemory("thing"), RAT_IPC_OK);
    RatSharedMemory fresh = createMemory("thing", PAGE, 0);
    CHECK_STATUS(RatCloseSharedMemory(old), RAT_IPC_OK);
    CHECK_STATUS(RatCloseSharedMemory(fresh), RAT_IPC_OK);
    CHECK_STATUS(probe("thing"), RAT_IPC_OK);
}

/* Holds an object for its holders again and again, together with others, and sees that it is there
 * and one as long as it is held. */
static intptr_t holdAgainAndAgain(void* context)
{
    const int thread = (int)(intptr_t)context;
    for (int i = 0; i < 4000; i++) {
        RatSharedMemory mine = RAT_INVALID_HANDLE, other = RAT_INVALID_HANDLE;
        RatIpcStatus status =
            RatCreateSharedMemoryEx("thing", PAGE, RAT_SHM_UNLINK_ON_LAST_CLOSE, &mine);
        if (status == RAT_IPC_ERR_ALREADY_EXISTS) status = RatOpenSharedMemory("thing", &mine);
        if (status == RAT_IPC_ERR_NOT_FOUND) continue; /* it went between the two */
        REQUIRE_OK(status);
        REQUIRE(RatCreateSharedMemory("thing", 1, &other) == RAT_IPC_ERR_ALREADY_EXISTS);
        REQUIRE_OK(RatOpenSharedMemory("thing", &other));
        atomic_int *here = (void*)mapMemory(mine), *there = (void*)mapMemory(other);
        int before = atomic_fetch_or(here, 1 << thread);
        REQUIRE((before & 1 << thread) == 0);
        REQUIRE(atomic_fetch_and(there, ~(1 << thread)) & 1 << thread);
        if (i % 2) REQUIRE_OK(RatCloseSharedMemory(other));
        REQUIRE_OK(RatUnmapSharedMemory(here, PAGE));
        REQUIRE_OK(RatCloseSharedMemory(mine));
        if (i % 2 == 0) REQUIRE_OK(RatCloseSharedMemory(other));
        REQUIRE_OK(RatUnmapSharedMemory(there, PAGE));
    }
    return 0;
}

TEST(anObjectForItsHoldersIsThereAndOneWhileItIsHeld)
{
    ownDirectory();
    Thread threads[4];
    for (int i = 0; i < 4; i++) start(&threads[i], holdAgainAndAgain, (void*)(intptr_t)i);
    for (int i = 0; i < 4; i++) join(&threads[i]);
    CHECK_STATUS(probe("thing"), RAT_IPC_ERR_NOT_FOUND);
}
