#define _GNU_SOURCE
#include "bench.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Odd, so that the median is one of them. */
enum { ROUNDS = 25 };
enum { MOST_PRODUCERS = 8 };

static const char* wanted = "";
static int rounds = ROUNDS;
static int processors[2];

void benchFail(const char* condition, const char* file, int line)
{
    fprintf(stderr, "%s:%d: %s does not hold (errno: %s)\n", file, line, condition,
            strerror(errno));
    exit(1);
}

static void doNothing(void* context) { (void)context; }

void benchBegin(int argc, char** argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--once") == 0) {
            rounds = 1;
        } else {
            wanted = argv[i];
        }
    }
    setvbuf(stdout, NULL, _IOLBF, 0);

    cpu_set_t allowed;
    int found = 0;
    BENCH_CHECK(sched_getaffinity(0, sizeof allowed, &allowed) == 0);
    for (int cpu = 0; cpu < CPU_SETSIZE && found < 2; cpu++) {
        if (CPU_ISSET(cpu, &allowed)) processors[found++] = cpu;
    }
    if (found == 1) {
        fprintf(stderr, "Only one processor: what two threads do says little.\n");
        processors[1] = processors[0];
    }
    /* The C library's locks are cheaper in a process that never had a second thread, which the
     * programs that need locks are not. */
    benchTogether(doNothing, doNothing, NULL, false);
}

bool benchIsWanted(const char* work) { return strstr(work, wanted) != NULL; }

uint64_t benchNow(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void benchCompare(const char* work, const char* limit, Measure ours, const char* peer,
                  Measure theirs, void* context)
{
    if (!benchIsWanted(work)) return;
    /* The first round warms caches and pools, and is not told. */
    for (int round = -1; round < rounds; round++) {
        double our = 0, their = 0;
        /* Who goes first changes, so that neither always runs on what the other left behind. */
        if (round % 2 == 0) our = ours(context);
        if (theirs != NULL) their = theirs(context);
        if (round % 2 != 0) our = ours(context);
        if (round < 0) continue;
        printf("round\t%s\t%s\t%s\t%.3f\t", work, peer != NULL ? peer : "-", limit, our);
        if (theirs != NULL) {
            printf("%.3f\n", their);
        } else {
            printf("-\n");
        }
    }
}

/* From here on the thread may end, and nothing else. */
static void forbidSystemCalls(void)
{
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    };
    struct sock_fprog program = {.len = sizeof filter / sizeof *filter, .filter = filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) _exit(2);
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) _exit(2);
}

static void runSilently(Part body, int count, void* context, bool callsOne)
{
    for (int i = 0; i < count; i++) body(context);
    forbidSystemCalls();
    for (int i = 0; i < count; i++) body(context);
    if (callsOne) syscall(SYS_getppid);
    _exit(0);
}

/* 0 if none was made, SIGSYS if one was. */
static int childStatus(Part body, int count, void* context, bool callsOne)
{
    int status;
    fflush(stdout);
    pid_t child = fork();
    BENCH_CHECK(child >= 0);
    if (child == 0) runSilently(body, count, context, callsOne);
    BENCH_CHECK(waitpid(child, &status, 0) == child);
    return status;
}

void benchProveSilent(const char* work, Part body, int count, void* context)
{
    if (!benchIsWanted(work)) return;
    int status = childStatus(body, count, context, false);
    bool isSilent = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    /* The proof is worth something only where it can fail. */
    int expected = childStatus(body, 1, context, true);
    BENCH_CHECK(WIFSIGNALED(expected));
    BENCH_CHECK(isSilent || WIFSIGNALED(status));
    benchProve(work, "no system call", isSilent, isSilent ? "none" : "some");
}

void benchProve(const char* work, const char* claim, bool holds, const char* found)
{
    if (!benchIsWanted(work)) return;
    printf("proof\t%s\t%s\t%s\t%s\n", work, claim, holds ? "yes" : "no", found);
}

typedef struct {
    pthread_barrier_t* start;
    Part part;
    void* context;
    int processor; /* -1: any. */
    uint64_t startedAt;
    uint64_t endedAt;
} Runner;

static void* run(void* argument)
{
    Runner* runner = argument;
    if (runner->processor >= 0) {
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(runner->processor, &one);
        BENCH_CHECK(pthread_setaffinity_np(pthread_self(), sizeof one, &one) == 0);
    }
    pthread_barrier_wait(runner->start);
    runner->startedAt = benchNow();
    runner->part(runner->context);
    runner->endedAt = benchNow();
    return NULL;
}

static double runAll(Runner* runners, int count)
{
    pthread_barrier_t start;
    pthread_t threads[1 + MOST_PRODUCERS];
    pthread_barrier_init(&start, NULL, (unsigned)count);
    for (int i = 0; i < count; i++) {
        runners[i].start = &start;
        BENCH_CHECK(pthread_create(&threads[i], NULL, run, &runners[i]) == 0);
    }
    for (int i = 0; i < count; i++) pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&start);
    uint64_t from = runners[0].startedAt, to = runners[0].endedAt;
    for (int i = 1; i < count; i++) {
        if (runners[i].startedAt < from) from = runners[i].startedAt;
        if (runners[i].endedAt > to) to = runners[i].endedAt;
    }
    return (double)(to - from);
}

double benchTogether(Part first, Part second, void* context, bool onOneProcessor)
{
    Runner runners[2] = {
        {.part = first, .context = context, .processor = processors[0]},
        {.part = second, .context = context, .processor = processors[onOneProcessor ? 0 : 1]}};
    return runAll(runners, 2);
}

double benchStream(Part producer, int producers, Part consumer, void* context)
{
    if (producers == 1) return benchTogether(producer, consumer, context, false);
    BENCH_CHECK(producers <= MOST_PRODUCERS);
    Runner runners[1 + MOST_PRODUCERS] = {
        {.part = consumer, .context = context, .processor = -1}};
    for (int i = 1; i <= producers; i++) {
        runners[i] = (Runner){.part = producer, .context = context, .processor = -1};
    }
    return runAll(runners, 1 + producers);
}
