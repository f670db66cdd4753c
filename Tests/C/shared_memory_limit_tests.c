/* Shared memory where it runs out of something: memory, descriptors, rights, a safe directory. */
#define _GNU_SOURCE
#include "shared_memory.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAGE = 4096, NOBODY = 65534 };

static uint64_t freeSpace(void)
{
    struct statvfs facts;
    REQUIRE(statvfs("/dev/shm", &facts) == 0);
    return (uint64_t)facts.f_bavail * facts.f_frsize;
}

TEST(moreMemoryThanThereIsIsRefusedAtOnce)
{
    const char* directory = ownDirectory();
    const uint64_t sizes[] = {freeSpace() + (1u << 20), UINT64_C(1) << 50, INT64_MAX,
                              (uint64_t)INT64_MAX + 1, SIZE_MAX - PAGE, SIZE_MAX};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        RatSharedMemory shm = 1;
        const RatIpcStatus expected = RAT_IPC_ERR_NO_RESOURCES;
        CHECK_STATUS(RatCreateSharedMemory("large", sizes[i], &shm), expected);
        CHECK_EQ(shm, RAT_INVALID_HANDLE);
        CHECK_STATUS(RatCreateSharedMemoryEx("large", sizes[i], 1, &shm), expected);
        CHECK_STATUS(probe("large"), RAT_IPC_ERR_NOT_FOUND);
        if (i > 0) CHECK_STATUS(RatCreateSharedMemoryEx(NULL, sizes[i], 0, &shm), expected);
    }
    /* A name that is taken is told before the memory is missed. */
    createMemory("large", 1, 0);
    RatSharedMemory shm = 1;
    CHECK_STATUS(RatCreateSharedMemory("large", sizes[0], &shm), RAT_IPC_ERR_ALREADY_EXISTS);
    CHECK_EQ(access(directory, F_OK), 0);
}

TEST(theLimitOfAFilesSizeIsAStatusAndNoSignal)
{
    ownDirectory();
    const struct rlimit limit = {10 * PAGE, 10 * PAGE};
    REQUIRE(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    RatSharedMemory shm = 1;
    CHECK_STATUS(RatCreateSharedMemory("a", 11 * PAGE, &shm), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_STATUS(RatCreateSharedMemoryEx(NULL, 11 * PAGE, 0, &shm), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_STATUS(RatCreateSharedMemory("a", 10 * PAGE, &shm), RAT_IPC_OK);
}

TEST(theMemoryIsThereFromTheStart)
{
    const char* directory = ownDirectory();
    char path[128];
    createMemory("thing", 1 << 20, 0);
    snprintf(path, sizeof path, "%s/m/thing", directory);
    struct stat facts;
    REQUIRE(stat(path, &facts) == 0);
    CHECK_EQ(facts.st_size, 1 << 20);
    CHECK(facts.st_blocks * 512 >= 1 << 20);
}

TEST(fiveGibibytesHaveAFirstAndALastByte)
{
    const size_t size = UINT64_C(5) << 30;
    if (freeSpace() < UINT64_C(6) << 30) {
        printf("skipped fiveGibibytesHaveAFirstAndALastByte: /dev/shm has less than 6 GiB free\n");
        return;
    }
    ownDirectory();
    RatSharedMemory shm = RAT_INVALID_HANDLE;
    RatIpcStatus status = RatCreateSharedMemory("large", size, &shm);
    if (status == RAT_IPC_ERR_NO_RESOURCES && RatGetLastErrno() == ENOMEM) {
        printf("skipped fiveGibibytesHaveAFirstAndALastByte: less than 5 GiB of memory is free\n");
        return;
    }
    REQUIRE_OK(status);
    RatSharedMemory other = openMemory("large");
    CHECK_STATUS(RatUnlinkSharedMemory("large"), RAT_IPC_OK);
    uint64_t told = 0;
    CHECK_STATUS(RatGetSharedMemorySize(other, &told), RAT_IPC_OK);
    CHECK_EQ(told, size);
    char *memory = mapMemory(shm), *same = mapMemory(other);
    memory[0] = 'a';
    memory[size - 1] = 'z';
    CHECK_EQ(same[0], 'a');
    CHECK_EQ(same[size - 1], 'z');
    void* part = NULL;
    size_t mapped = 0;
    REQUIRE_OK(RatMapSharedMemoryEx(shm, RAT_MAP_READ, size - PAGE, 0, &part, &mapped));
    CHECK_EQ(mapped, PAGE);
    CHECK_EQ(((char*)part)[PAGE - 1], 'z');
}

TEST(withoutDescriptorsThereIsNoNewHandle)
{
    ownDirectory();
    RatSharedMemory kept = createMemory("kept", PAGE, 0);
    const struct rlimit limit = {64, 64};
    REQUIRE(setrlimit(RLIMIT_NOFILE, &limit) == 0);
    RatSharedMemory handles[64];
    int count = 0;
    RatIpcStatus status;
    while ((status = RatCreateSharedMemoryEx(NULL, 1, 0, &handles[count])) == RAT_IPC_OK) {
        count++;
        REQUIRE(count < 64);
    }
    CHECK_STATUS(status, RAT_IPC_ERR_NO_RESOURCES);
    CHECK_EQ(RatGetLastErrno(), EMFILE);
    RatSharedMemory shm = 1;
    CHECK_STATUS(RatCreateSharedMemory("more", 1, &shm), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_STATUS(RatOpenSharedMemory("kept", &shm), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_STATUS(RatUnlinkSharedMemory("kept"), RAT_IPC_ERR_NO_RESOURCES);
    mapMemory(kept)[0] = 'x';
    while (count > 0) CHECK_STATUS(RatCloseSharedMemory(handles[--count]), RAT_IPC_OK);
    CHECK_STATUS(probe("more"), RAT_IPC_ERR_NOT_FOUND);
    CHECK_EQ(mapMemory(openMemory("kept"))[0], 'x');
}

TEST(theLastCloseNeedsNoFreeDescriptor)
{
    ownDirectory();
    RatSharedMemory shm = createMemory("thing", PAGE, RAT_SHM_UNLINK_ON_LAST_CLOSE);
    struct rlimit limit = {0, 64}; /* lowered: what is open stays open */
    REQUIRE(setrlimit(RLIMIT_NOFILE, &limit) == 0);
    CHECK_STATUS(probe("thing"), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_STATUS(RatCloseSharedMemory(shm), RAT_IPC_OK);
    limit.rlim_cur = 64;
    REQUIRE(setrlimit(RLIMIT_NOFILE, &limit) == 0);
    char path[128];
    snprintf(path, sizeof path, "%s/m/thing", getenv("RAT_SHM_DIR"));
    CHECK_EQ(access(path, F_OK), -1);
}

TEST(closedHandlesLeaveNoDescriptorAndOpenOnesCloseOnExec)
{
    ownDirectory();
    RatSharedMemory warm = createMemory("warm", 1, 0);
    bool isOthers[64];
    for (int fd = 0; fd < 64; fd++) isOthers[fd] = fcntl(fd, F_GETFD) >= 0;
    for (int i = 0; i < 10; i++) {
        RatSharedMemory handles[] = {createMemory("a", 1, 0), createMemory("b", 1, 1),
                                     createMemory(NULL, 1, 0), openMemory("a"), openMemory("b")};
        int opened = 0;
        for (int fd = 0; fd < 64; fd++) {
            int flags = fcntl(fd, F_GETFD);
            if (isOthers[fd] || flags < 0) continue;
            opened++;
            CHECK(flags & FD_CLOEXEC);
        }
        CHECK(opened >= 5);
        for (size_t at = 0; at < sizeof handles / sizeof handles[0]; at++)
            CHECK_STATUS(RatCloseSharedMemory(handles[at]), RAT_IPC_OK);
        CHECK_STATUS(RatUnlinkSharedMemory("a"), RAT_IPC_OK);
        RatSharedMemory shm = 1;
        CHECK_STATUS(RatOpenSharedMemory("b", &shm), RAT_IPC_ERR_NOT_FOUND);
        CHECK_STATUS(RatCreateSharedMemory("warm", 1, &shm), RAT_IPC_ERR_ALREADY_EXISTS);
    }
    for (int fd = 0; fd < 64; fd++) CHECK_EQ(fcntl(fd, F_GETFD) >= 0, isOthers[fd]);
    CHECK_STATUS(RatCloseSharedMemory(warm), RAT_IPC_OK);
}

TEST(aSuccessLeavesTheErrnoOfAnEarlierFailure)
{
    ownDirectory();
    CHECK_STATUS(probe("thing"), RAT_IPC_ERR_NOT_FOUND);
    CHECK_EQ(RatGetLastErrno(), ENOENT);
    for (uint32_t flags = 0; flags < 2; flags++) {
        RatSharedMemory shm = createMemory("thing", PAGE, flags);
        mapMemory(openMemory("thing"));
        CHECK_STATUS(probe("thing"), RAT_IPC_OK);
        CHECK_STATUS(RatUnlinkSharedMemory("thing"), RAT_IPC_OK);
        CHECK_STATUS(RatCloseSharedMemory(shm), RAT_IPC_OK);
        CHECK_EQ(RatGetLastErrno(), ENOENT);
    }
    createMemory("thing", PAGE, 0);
    RatSharedMemory shm = 1;
    CHECK_STATUS(RatCreateSharedMemory("thing", PAGE, &shm), RAT_IPC_ERR_ALREADY_EXISTS);
    CHECK_EQ(RatGetLastErrno(), EEXIST);
}

/* All that takes a name, in a directory that is not what it must be. */
static void checkDirectory(const char* what, RatIpcStatus creating, RatIpcStatus finding)
{
    RatSharedMemory shm = 1;
    inRow(what);
    CHECK_STATUS(RatCreateSharedMemory("thing", PAGE, &shm), creating);
    CHECK_EQ(shm, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatOpenSharedMemory("thing", &shm), finding);
    CHECK_STATUS(RatUnlinkSharedMemory("thing"), finding);
    inRow(NULL);
}

TEST(aDirectoryThatIsNotSafeIsRefused)
{
    const char* directory = ownDirectory();
    char other[100], inner[128];
    const RatIpcStatus denied = RAT_IPC_ERR_ACCESS_DENIED, missing = RAT_IPC_ERR_NOT_FOUND;
    snprintf(other, sizeof other, "%s/other", directory);
    snprintf(inner, sizeof inner, "%s/other/m", directory);

    REQUIRE(mkdir(other, 0700) == 0 && chmod(other, 0720) == 0);
    setenv("RAT_SHM_DIR", other, 1);
    checkDirectory("others may write", denied, denied);
    REQUIRE(chmod(other, 0700) == 0 && mkdir(inner, 0700) == 0 && chmod(inner, 0702) == 0);
    checkDirectory("others may write to the inner one", denied, denied);
    REQUIRE(rmdir(inner) == 0 && symlink(directory, inner) == 0);
    checkDirectory("the inner one is a link", denied, denied);
    REQUIRE(unlink(inner) == 0 && rmdir(other) == 0 && symlink(directory, other) == 0);
    checkDirectory("a link", denied, denied);
    snprintf(inner, sizeof inner, "%s//", other);
    setenv("RAT_SHM_DIR", inner, 1);
    checkDirectory("a link with slashes", denied, denied);
    setenv("RAT_SHM_DIR", other, 1);
    int file = unlink(other) == 0 ? open(other, O_CREAT | O_EXCL | O_WRONLY, 0600) : -1;
    REQUIRE(file >= 0);
    checkDirectory("a file", denied, denied);
    setenv("RAT_SHM_DIR", "/", 1);
    if (geteuid() != 0) checkDirectory("somebody else's", denied, denied);
    setenv("RAT_SHM_DIR", "/nowhere/at-all", 1);
    checkDirectory("not there, nor its parent", missing, missing);
    CHECK_EQ(RatGetLastErrno(), ENOENT);
    setenv("RAT_SHM_DIR", "relative", 1);
    checkDirectory("relative", RAT_IPC_ERR_INVALID_ARG, RAT_IPC_ERR_INVALID_ARG);
    setenv("RAT_SHM_DIR", "/sys/nothing", 1);
    RatSharedMemory shm = 1;
    CHECK(RatCreateSharedMemory("thing", PAGE, &shm) != RAT_IPC_OK);
    setenv("RAT_SHM_DIR", directory, 1);
    CHECK_STATUS(RatCreateSharedMemory("thing", PAGE, &shm), RAT_IPC_OK);
}

TEST(whatIsNoObjectInTheDirectoryIsNotOpened)
{
    const char* directory = ownDirectory();
    char path[128], target[128];
    createMemory("thing", PAGE, 0);
    snprintf(target, sizeof target, "%s/m/thing", directory);
    snprintf(path, sizeof path, "%s/m/link", directory);
    REQUIRE(symlink(target, path) == 0);
    snprintf(path, sizeof path, "%s/m/directory", directory);
    REQUIRE(mkdir(path, 0700) == 0);
    snprintf(path, sizeof path, "%s/m/pipe", directory);
    REQUIRE(mkfifo(path, 0600) == 0);
    snprintf(path, sizeof path, "%s/m/empty", directory);
    REQUIRE(close(open(path, O_CREAT | O_EXCL | O_WRONLY, 0600)) == 0);
    const char* names[] = {"link", "directory", "pipe", "empty"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        inRow(names[i]);
        CHECK_STATUS(probe(names[i]), RAT_IPC_ERR_ACCESS_DENIED);
    }
}

TEST(theUsersOwnDirectoryIsMadeForHimAlone)
{
    unsetenv("RAT_SHM_DIR");
    umask(077);
    char name[64], path[128];
    struct stat facts;
    snprintf(name, sizeof name, "rat-test-%d", (int)getpid());
    RatSharedMemory shm = createMemory(name, PAGE, RAT_SHM_UNLINK_ON_LAST_CLOSE);
    for (int inner = 0; inner < 2; inner++) {
        snprintf(path, sizeof path, "/dev/shm/rat-%d%s", (int)geteuid(), inner ? "/m" : "");
        REQUIRE(lstat(path, &facts) == 0);
        CHECK(S_ISDIR(facts.st_mode));
        CHECK_EQ(facts.st_mode & 0777, 0711);
        CHECK_EQ(facts.st_uid, geteuid());
    }
    snprintf(path, sizeof path, "/dev/shm/rat-%d/m/%s", (int)geteuid(), name);
    REQUIRE(lstat(path, &facts) == 0);
    CHECK_EQ(facts.st_mode & 0777, 0600);
    CHECK_STATUS(RatCloseSharedMemory(shm), RAT_IPC_OK);
    CHECK_EQ(lstat(path, &facts), -1);
}

/* Goes on as a user who is not root, in a directory of his. */
static void becomeSomebody(void)
{
    const char* directory = ownDirectory();
    if (geteuid() != 0) return;
    REQUIRE(chown(directory, NOBODY, NOBODY) == 0);
    REQUIRE(setgid(NOBODY) == 0 && setuid(NOBODY) == 0);
}

TEST(whatMayOnlyBeReadIsMappedForReading)
{
    becomeSomebody();
    char path[128];
    strcpy(mapMemory(createMemory("thing", PAGE, 0)), "to read");
    createMemory("holders", PAGE, RAT_SHM_UNLINK_ON_LAST_CLOSE);
    snprintf(path, sizeof path, "%s/m/thing", getenv("RAT_SHM_DIR"));
    REQUIRE(chmod(path, 0400) == 0);
    RatSharedMemory shm = openMemory("thing");
    CHECK_EQ(RatGetLastErrno(), 0);
    char* memory = mapMemory(shm);
    CHECK_STR(memory, "to read");
    pid_t child = fork();
    if (child == 0) {
        *(volatile char*)memory = 1;
        _exit(0);
    }
    int state = 0;
    REQUIRE(child > 0 && waitpid(child, &state, 0) == child);
    CHECK(WIFSIGNALED(state) && WTERMSIG(state) == SIGSEGV);
    void* address = NULL;
    size_t size = 0;
    CHECK_STATUS(RatMapSharedMemoryEx(shm, RAT_MAP_WRITE, 0, 0, &address, &size),
                 RAT_IPC_ERR_ACCESS_DENIED);
    CHECK_STATUS(RatMapSharedMemoryEx(shm, RAT_MAP_READ, 0, 0, &address, &size), RAT_IPC_OK);
    REQUIRE(chmod(path, 0) == 0);
    CHECK_STATUS(probe("thing"), RAT_IPC_ERR_ACCESS_DENIED);
    CHECK_EQ(RatGetLastErrno(), EACCES);
    CHECK_STATUS(RatCreateSharedMemory("thing", 1, &shm), RAT_IPC_ERR_ALREADY_EXISTS);
    CHECK_STATUS(RatUnlinkSharedMemory("thing"), RAT_IPC_OK);
}

TEST(somebodyElsesDirectoryIsRefused)
{
    const char* directory = ownDirectory();
    if (geteuid() != 0) {
        printf("skipped somebodyElsesDirectoryIsRefused: only root can give files away\n");
        return;
    }
    REQUIRE(chown(directory, NOBODY, NOBODY) == 0);
    checkDirectory("root in nobody's", RAT_IPC_ERR_ACCESS_DENIED, RAT_IPC_ERR_ACCESS_DENIED);
    REQUIRE(chown(directory, 0, 0) == 0 && chmod(directory, 0755) == 0);
    createMemory("thing", PAGE, 0);
    REQUIRE(seteuid(NOBODY) == 0);
    checkDirectory("nobody in root's", RAT_IPC_ERR_ACCESS_DENIED, RAT_IPC_ERR_ACCESS_DENIED);
    REQUIRE(seteuid(0) == 0);
}
