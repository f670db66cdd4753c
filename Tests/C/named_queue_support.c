#define _GNU_SOURCE
#include "named_queue_support.h"

#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_DIRECTORIES = 4 };
static char directories[MOST_DIRECTORIES][64];
static size_t directoryCount;
static pid_t directoryOwner;

static int removeOne(const char* path, const struct stat* facts, int kind, struct FTW* walk)
{
    (void)facts, (void)kind, (void)walk;
    return remove(path);
}

static void removeDirectories(void)
{
    if (getpid() != directoryOwner) return;
    for (size_t i = 0; i < directoryCount; i++)
        nftw(directories[i], removeOne, 8, FTW_DEPTH | FTW_PHYS);
}

const char* ownRuntime(void)
{
    REQUIRE(directoryCount < MOST_DIRECTORIES);
    char* directory = directories[directoryCount];
    snprintf(directory, sizeof directories[0], "/tmp/rat-test-XXXXXX");
    REQUIRE(mkdtemp(directory) != NULL);
    if (directoryCount++ == 0) {
        directoryOwner = getpid();
        atexit(removeDirectories);
    }
    setenv("RAT_RUNTIME_DIR", directory, 1);
    return directory;
}

void* shareMemory(size_t size)
{
    void* memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    REQUIRE(memory != MAP_FAILED);
    return memory;
}

static int ordersIn = -1, answersOut = -1;

Servant hire(void (*duty)(void* context), void* context)
{
    int orders[2], answers[2];
    REQUIRE(pipe2(orders, O_CLOEXEC) == 0 && pipe2(answers, O_CLOEXEC) == 0);
    pid_t test = getpid(), process = fork();
    REQUIRE(process >= 0);
    if (process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != test) _exit(1);
        alarm(TEST_SECONDS);
        close(orders[1]);
        close(answers[0]);
        ordersIn = orders[0];
        answersOut = answers[1];
        duty(context);
        _exit(0);
    }
    close(orders[0]);
    close(answers[1]);
    return (Servant){process, orders[1], answers[0]};
}

void tell(const Servant* servant, int64_t order)
{
    REQUIRE(write(servant->orders, &order, sizeof order) == sizeof order);
}

int64_t hear(const Servant* servant)
{
    int64_t answer = 0;
    struct pollfd ready = {.fd = servant->answers, .events = POLLIN};
    REQUIRE(poll(&ready, 1, SOON) == 1);
    REQUIRE(read(servant->answers, &answer, sizeof answer) == sizeof answer);
    return answer;
}

int64_t ask(const Servant* servant, int64_t order)
{
    tell(servant, order);
    return hear(servant);
}

static int bury(Servant* servant)
{
    int state = 0;
    REQUIRE(waitpid(servant->process, &state, 0) == servant->process);
    close(servant->orders);
    close(servant->answers);
    return state;
}

void release(Servant* servant)
{
    int state = bury(servant);
    CHECK(WIFEXITED(state) && WEXITSTATUS(state) == 0);
}

void killServant(Servant* servant)
{
    kill(servant->process, SIGKILL);
    mourn(servant);
}

void mourn(Servant* servant)
{
    int state = bury(servant);
    CHECK(WIFSIGNALED(state) && WTERMSIG(state) == SIGKILL);
}

void untilServantSleeps(const Servant* servant)
{
    /* As untilAsleep(). */
    uint64_t deadline = now() + (uint64_t)SOON * 1000000u;
    for (int seen = 0; seen < 50;) {
        REQUIRE(now() < deadline);
        sched_yield();
        char path[64], line[512];
        snprintf(path, sizeof path, "/proc/%d/stat", (int)servant->process);
        FILE* file = fopen(path, "r");
        REQUIRE(file != NULL);
        size_t length = fread(line, 1, sizeof line - 1, file);
        line[length] = 0;
        fclose(file);
        const char* close = strrchr(line, ')');
        seen = close && close[2] == 'S' ? seen + 1 : 0;
    }
}

int64_t await(void)
{
    int64_t order = 0;
    if (read(ordersIn, &order, sizeof order) != sizeof order) _exit(1);
    return order;
}

void report(int64_t answer)
{
    if (write(answersOut, &answer, sizeof answer) != sizeof answer) _exit(1);
}

void die(void)
{
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

RatMessageQueue createQueue(const char* name)
{
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateNamedMessageQueue(name, 0, &queue));
    return queue;
}

RatMessageQueue createQueueWith(const char* name, RatQueueOptions options)
{
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    options.size = sizeof options;
    REQUIRE_OK(RatCreateNamedMessageQueueEx(name, &options, &queue));
    return queue;
}

RatMessageQueue openQueue(const char* name)
{
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatOpenNamedMessageQueue(name, &queue));
    return queue;
}

RatIpcStatus findQueue(const char* name)
{
    RatMessageQueue queue = 1;
    RatIpcStatus status = RatOpenNamedMessageQueue(name, &queue);
    REQUIRE((queue != RAT_INVALID_HANDLE) == (status == RAT_IPC_OK));
    if (status == RAT_IPC_OK) REQUIRE_OK(RatCloseMessageQueue(queue));
    return status;
}

int64_t awaitNumber(RatMessageQueue queue)
{
    RatMessage msg;
    RatIpcStatus status = RatGetMessage(queue, &msg, SOON);
    return status == RAT_IPC_OK ? (int64_t)msg.header.message : -(int64_t)status;
}

void untilRequests(RatMessageQueue queue, size_t count)
{
    uint64_t deadline = now() + (uint64_t)SOON * 1000000u;
    while (requestsIn(queue) != count) {
        REQUIRE(now() < deadline);
        sched_yield();
    }
}

static size_t filesSeen;

static int countOne(const char* path, const struct stat* facts, int kind, struct FTW* walk)
{
    (void)path, (void)facts, (void)walk;
    filesSeen += kind != FTW_D;
    return 0;
}

size_t filesBelow(const char* path)
{
    filesSeen = 0;
    REQUIRE(nftw(path, countOne, 8, FTW_PHYS) == 0);
    return filesSeen;
}
