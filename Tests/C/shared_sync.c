#define _GNU_SOURCE
#include "shared_sync.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

char* sharedPage(void)
{
    char* page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    REQUIRE(page != MAP_FAILED);
    return page;
}

static void* at(char* page, int place)
{
    return page + (size_t)place * RAT_SHARED_OBJECT_SIZE;
}

RatEvent placeEvent(char* page, int place, bool manual, bool initial)
{
    RatEvent event = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatPlaceEvent(at(page, place), manual, initial, &event));
    return event;
}

RatMutex placeMutex(char* page, int place)
{
    RatMutex mutex = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatPlaceMutex(at(page, place), false, &mutex));
    return mutex;
}

RatSemaphore placeSemaphore(char* page, int place, uint32_t count, uint32_t maximum)
{
    RatSemaphore semaphore = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatPlaceSemaphore(at(page, place), count, maximum, &semaphore));
    return semaphore;
}

RatEvent attachEvent(char* page, int place)
{
    RatEvent event = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatAttachEvent(at(page, place), &event));
    return event;
}

RatMutex attachMutex(char* page, int place)
{
    RatMutex mutex = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatAttachMutex(at(page, place), &mutex));
    return mutex;
}

RatSemaphore attachSemaphore(char* page, int place)
{
    RatSemaphore semaphore = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatAttachSemaphore(at(page, place), &semaphore));
    return semaphore;
}

pid_t inChild(void (*body)(char*), char* page)
{
    fflush(NULL);
    pid_t parent = getpid(), child = fork();
    REQUIRE(child >= 0);
    if (child > 0) return child;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    REQUIRE(getppid() == parent);
    body(page);
    fflush(NULL);
    _exit(0);
}

bool childPassed(pid_t child)
{
    int state = 0;
    REQUIRE(waitpid(child, &state, 0) == child);
    return WIFEXITED(state) && WEXITSTATUS(state) == 0;
}

void killChild(pid_t child)
{
    REQUIRE(kill(child, SIGKILL) == 0);
    int state = 0;
    REQUIRE(waitpid(child, &state, 0) == child);
    REQUIRE(WIFSIGNALED(state) && WTERMSIG(state) == SIGKILL);
}

void untilChildSleeps(pid_t child)
{
    uint64_t deadline = now() + (uint64_t)SOON * 1000000u;
    /* Fewer looks than untilAsleep() takes: every round of a stress comes by here. */
    for (int seen = 0; seen < 5;) {
        REQUIRE(now() < deadline);
        sched_yield();
        char path[64], line[512];
        snprintf(path, sizeof path, "/proc/%d/task/%d/stat", child, child);
        FILE* file = fopen(path, "r");
        REQUIRE(file != NULL);
        size_t length = fread(line, 1, sizeof line - 1, file);
        line[length] = 0;
        fclose(file);
        const char* close = strrchr(line, ')');
        seen = close && close[2] == 'S' ? seen + 1 : 0;
    }
}

int rounds(int normal, int stress)
{
    const char* wish = getenv("RAT_STRESS");
    if (!wish || strcmp(wish, "1") != 0) return normal;
    alarm(20 * TEST_SECONDS);
    return stress;
}
