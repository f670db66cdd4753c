#define _GNU_SOURCE
#include "support.h"

#include <dirent.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static void* enter(void* context)
{
    Thread* thread = context;
    atomic_store(&thread->tid, (int)gettid());
    return (void*)thread->body(thread->context);
}

void start(Thread* thread, intptr_t (*body)(void*), void* context)
{
    atomic_init(&thread->tid, 0);
    thread->body = body;
    thread->context = context;
    REQUIRE(pthread_create(&thread->thread, NULL, enter, thread) == 0);
}

intptr_t join(Thread* thread)
{
    void* result = NULL;
    REQUIRE(pthread_join(thread->thread, &result) == 0);
    return (intptr_t)result;
}

intptr_t onThread(intptr_t (*body)(void*), void* context)
{
    Thread thread;
    start(&thread, body, context);
    return join(&thread);
}

uint64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

void untilAsleep(Thread* thread)
{
    /* Seen asleep many times in a row, with the processor given away between: a thread that only
     * passes through a short sleep on its way, at a lock for example, is not taken for one that
     * waits. */
    uint64_t deadline = now() + (uint64_t)SOON * 1000000u;
    for (int seen = 0; seen < 50;) {
        REQUIRE(now() < deadline);
        sched_yield();
        char path[64], line[512];
        snprintf(path, sizeof path, "/proc/self/task/%d/stat", atomic_load(&thread->tid));
        FILE* file = atomic_load(&thread->tid) ? fopen(path, "r") : NULL;
        if (!file) continue;
        size_t length = fread(line, 1, sizeof line - 1, file);
        line[length] = 0;
        fclose(file);
        /* "tid (name) S ...", and the name may hold anything. */
        const char* close = strrchr(line, ')');
        seen = close && close[2] == 'S' ? seen + 1 : 0;
    }
}

static struct {
    Thread thread;
    pthread_t victim;
    atomic_bool isOver;
    atomic_int strikes;
} storm;

static void strike(int number)
{
    (void)number;
    atomic_fetch_add(&storm.strikes, 1);
}

static intptr_t rage(void* context)
{
    (void)context;
    while (!atomic_load(&storm.isOver)) {
        pthread_kill(storm.victim, SIGUSR1);
        sched_yield();
    }
    return 0;
}

void startStorm(Thread* victim)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = strike; /* without SA_RESTART: system calls return EINTR */
    REQUIRE(sigaction(SIGUSR1, &action, NULL) == 0);
    storm.victim = victim ? victim->thread : pthread_self();
    atomic_store(&storm.isOver, false);
    atomic_store(&storm.strikes, 0);
    start(&storm.thread, rage, NULL);
    uint64_t deadline = now() + (uint64_t)SOON * 1000000u;
    while (atomic_load(&storm.strikes) < 20) REQUIRE(now() < deadline);
}

void stopStorm(void)
{
    atomic_store(&storm.isOver, true);
    join(&storm.thread);
}

int openDescriptors(void)
{
    DIR* directory = opendir("/proc/self/fd");
    REQUIRE(directory != NULL);
    int count = 0;
    while (readdir(directory)) count++;
    closedir(directory);
    return count;
}

int useUpDescriptors(void)
{
    struct rlimit limit;
    REQUIRE(getrlimit(RLIMIT_NOFILE, &limit) == 0);
    limit.rlim_cur = 256;
    REQUIRE(setrlimit(RLIMIT_NOFILE, &limit) == 0);
    int last = -1;
    for (int next; (next = dup(0)) >= 0;) last = next;
    REQUIRE(last >= 0);
    return last;
}

Logged logged[MOST_LOGGED];
size_t loggedCount;
bool (*onMessage)(RatWindow, uint32_t, uintptr_t, intptr_t, RatResult*);

int findLogged(uint32_t message, int from)
{
    for (size_t i = (size_t)from; i < loggedCount; i++)
        if (logged[i].message == message) return (int)i;
    return -1;
}

RatResult loggingProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    if (loggedCount < MOST_LOGGED)
        logged[loggedCount++] = (Logged){window, message, wparam, lparam};
    RatResult result = 0;
    if (onMessage && onMessage(window, message, wparam, lparam, &result)) return result;
    return RatDefWindowProc(window, message, wparam, lparam);
}

void registerTestClass(void)
{
    RatWindowClass class = {.size = sizeof class, .proc = loggingProc, .name = "Test"};
    RatStatus status = RatRegisterClass(&class, NULL);
    REQUIRE(status == RAT_IPC_OK || status == RAT_IPC_ERR_ALREADY_EXISTS);
}

RatStatus tryWindow(uint32_t style, RatWindow* out)
{
    registerTestClass();
    return RatCreateWindow(0, "Test", "A title", style, 10, 20, 200, 100, RAT_INVALID_HANDLE, NULL,
                           out);
}

RatWindow makeWindow(uint32_t style)
{
    RatWindow window = RAT_INVALID_HANDLE;
    REQUIRE_OK(tryWindow(style, &window));
    return window;
}

RatMessageQueue threadQueue(void)
{
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatGetThreadMessageQueue(&queue));
    return queue;
}

void drain(void)
{
    RatMessageQueue queue = threadQueue();
    RatMessage msg;
    RatStatus status;
    while ((status = RatGetMessage(queue, &msg, 0)) == RAT_IPC_OK) RatDispatchMessage(&msg);
    CHECK_STATUS(status, RAT_IPC_ERR_TIMEOUT);
}

RatMessage pumpUntil(uint32_t message)
{
    RatMessageQueue queue = threadQueue();
    for (;;) {
        RatMessage msg;
        REQUIRE_OK(RatGetMessage(queue, &msg, SOON));
        RatDispatchMessage(&msg);
        if (msg.header.message == message) return msg;
    }
}

RatMessage plain(uint32_t message)
{
    RatMessage msg;
    memset(&msg, 0, sizeof msg);
    msg.header.message = message;
    return msg;
}
