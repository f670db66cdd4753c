#define _GNU_SOURCE
#include "shared_memory.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char directory[64];
static pid_t owner;

static int removeOne(const char* path, const struct stat* facts, int kind, struct FTW* walk)
{
    (void)facts, (void)kind, (void)walk;
    return remove(path);
}

static void removeDirectory(void)
{
    if (getpid() == owner) nftw(directory, removeOne, 8, FTW_DEPTH | FTW_PHYS);
}

const char* ownDirectory(void)
{
    snprintf(directory, sizeof directory, "/dev/shm/rat-test-XXXXXX");
    REQUIRE(mkdtemp(directory) != NULL);
    owner = getpid();
    atexit(removeDirectory);
    setenv("RAT_SHM_DIR", directory, 1);
    return directory;
}

RatSharedMemory createMemory(const char* name, size_t size, uint32_t flags)
{
    RatSharedMemory shm = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateSharedMemoryEx(name, size, flags, &shm));
    return shm;
}

RatSharedMemory openMemory(const char* name)
{
    RatSharedMemory shm = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatOpenSharedMemory(name, &shm));
    return shm;
}

char* mapMemory(RatSharedMemory shm)
{
    void* address = NULL;
    size_t size = 0;
    REQUIRE_OK(RatMapSharedMemory(shm, &address, &size));
    return address;
}

RatIpcStatus probe(const char* name)
{
    RatSharedMemory shm = 1;
    RatIpcStatus status = RatOpenSharedMemory(name, &shm);
    CHECK_EQ(shm != RAT_INVALID_HANDLE, status == RAT_IPC_OK);
    if (status == RAT_IPC_OK) CHECK_STATUS(RatCloseSharedMemory(shm), RAT_IPC_OK);
    return status;
}
