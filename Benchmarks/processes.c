/* Messages between processes: queues that others open by name, beside what else two processes have.
 *
 * This process never uses the library: those that it forks for each round begin with nothing. */
#define _GNU_SOURCE
#include "asleep.h"
#include "bench.h"
#include "ways.h"

#include <ftw.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    STREAMED = 50000,
    BLOCKS = 200,
    IDLE_TRIPS = 300,
    RUNNING_TRIPS = 5000,
    FEW = 4,
    MANY = 64,
    CONNECTED = 1000,
    /* As many as a queue of ours holds if one does not say. */
    CAPACITY = 10000,
    /* What only a process that hangs reaches. */
    LONGEST_SECONDS = 120,
};

/* -- Processes --------------------------------------------------------------------------------- */

/* What is measured in the owner and in each sender, so many times. */
typedef struct {
    void (*receive)(Line* line, int count);
    void (*send)(Line* line, int count);
} Act;

static void meet(Line* line) { pthread_barrier_wait(&line->shared->meeting); }

static void noteLatest(_Atomic uint64_t* time)
{
    uint64_t now = benchNow(), seen = atomic_load(time);
    while (seen < now && !atomic_compare_exchange_weak(time, &seen, now)) continue;
}

/* The threads that the library begins inherit it. */
static void takePlace(const Line* line)
{
    cpu_set_t allowed, one;
    BENCH_CHECK(sched_getaffinity(0, sizeof allowed, &allowed) == 0);
    int wanted = line->number > 0 && line->placement != TOGETHER ? 1 : 0;
    int processor = -1;
    for (int cpu = 0, found = 0; cpu < CPU_SETSIZE && found <= wanted; cpu++) {
        if (!CPU_ISSET(cpu, &allowed)) continue;
        processor = cpu;
        found++;
    }
    CPU_ZERO(&one);
    CPU_SET(processor, &one);
    BENCH_CHECK(sched_setaffinity(0, sizeof one, &one) == 0);
    if (line->placement != ANYWHERE) return;
    BENCH_CHECK(sched_setaffinity(0, sizeof allowed, &allowed) == 0);
}

static void perform(const Act* act, Line* line)
{
    bool isOwner = line->number == 0;
    void (*part)(Line*, int) = isOwner ? act->receive : act->send;
    takePlace(line);
    atomic_store(isOwner ? &line->shared->owner : &line->shared->sender, getpid());
    if (isOwner && line->way->create != NULL) line->way->create(line);
    meet(line);
    if (!isOwner && line->way->open != NULL) line->way->open(line);
    meet(line);
    /* To warm up. */
    part(line, line->count / 10);
    /* Not afterwards: who lets the others go on may have to wait for them itself. */
    noteLatest(&line->shared->startedAt);
    meet(line);
    part(line, line->count);
    noteLatest(&line->shared->endedAt);
    /* What the end of a process takes is not measured. */
    meet(line);
}

/* A child that ends with this process, or when it hangs. */
static pid_t forkOne(void)
{
    pid_t harness = getpid(), child = fork();
    BENCH_CHECK(child >= 0);
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != harness) _exit(1);
        alarm(LONGEST_SECONDS);
    }
    return child;
}

static void reapOne(void)
{
    int status = 0;
    BENCH_CHECK(wait(&status) > 0);
    BENCH_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void play(const Act* act, Line* line)
{
    Shared* shared = line->shared;
    pthread_barrierattr_t attributes;
    pthread_barrierattr_init(&attributes);
    pthread_barrierattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    memset(shared, 0, sizeof *shared);
    pthread_barrier_init(&shared->meeting, &attributes, 1 + (unsigned)line->senders);
    pthread_barrierattr_destroy(&attributes);

    if (line->way->prepare != NULL) line->way->prepare(line);
    for (line->number = 0; line->number <= line->senders; line->number++) {
        if (forkOne() != 0) continue;
        perform(act, line);
        _exit(0);
    }
    for (int i = 0; i <= line->senders; i++) reapOne();
    if (line->way->clear != NULL) line->way->clear(line);
    pthread_barrier_destroy(&shared->meeting);
}

/* -- Streams ----------------------------------------------------------------------------------- */

/* What a payload begins with. */
typedef struct {
    uint64_t index;
    uint32_t sender;
} Item;

/* Of which each process has a copy. */
static char block[MEBIBYTE];

static void sendAll(Line* line, int count)
{
    for (int i = 0; i < count / line->senders; i++) {
        Item item = {(uint64_t)i, (uint32_t)line->number};
        memcpy(block, &item, sizeof item);
        block[line->size - 1] = (char)i;
        line->way->send(line, THERE, block);
    }
}

/* Each sender's messages come whole and in order. */
static void receiveAll(Line* line, int count)
{
    uint64_t next[1 + MANY] = {0};
    for (int i = 0; i < count / line->senders * line->senders; i++) {
        const char* bytes = line->way->receive(line, THERE);
        Item item;
        memcpy(&item, bytes, sizeof item);
        BENCH_CHECK(item.sender >= 1 && item.sender <= (uint32_t)line->senders);
        BENCH_CHECK(item.index == next[item.sender]++);
        BENCH_CHECK(bytes[line->size - 1] == (char)item.index);
    }
}

/* Nanoseconds of one message. */
static double timeStream(Line* line, const Way* way)
{
    static const Act act = {receiveAll, sendAll};
    line->way = way;
    play(&act, line);
    uint64_t from = atomic_load(&line->shared->startedAt), to = atomic_load(&line->shared->endedAt);
    return (double)(to - from) / (line->count / line->senders * line->senders);
}

static double ourStream(void* context) { return timeStream(context, &ours); }
static double boostStream(void* context) { return timeStream(context, &boostQueues); }
static double posixStream(void* context) { return timeStream(context, &posixQueues); }
static double socketStream(void* context) { return timeStream(context, &packetSockets); }
static double busStream(void* context) { return timeStream(context, &busSignals); }

static void compareStreams(Shared* shared)
{
    Line line = {.size = 64, .count = STREAMED, .capacity = CAPACITY, .shared = shared};
    const char* work = "stream of 64 bytes to a process";
    line.senders = 1;
    benchCompare(work, "1x", ourStream, "Boost message_queue", boostStream, &line);
    benchCompare(work, "-", ourStream, "POSIX message queue", posixStream, &line);
    benchCompare(work, "-", ourStream, "SEQPACKET socket pair", socketStream, &line);
    benchCompare(work, "-", ourStream, "sd-bus signals", busStream, &line);
    line.placement = APART;
    work = "stream of 64 bytes to a process, a processor each";
    benchCompare(work, "1x", ourStream, "Boost message_queue", boostStream, &line);
}

static double streamOf(Line* line, int senders, const Way* way)
{
    line->senders = senders;
    return timeStream(line, way);
}

static double ourMany(void* context) { return streamOf(context, MANY, &ours); }
static double ourFew(void* context) { return streamOf(context, FEW, &ours); }
static double boostMany(void* context) { return streamOf(context, MANY, &boostQueues); }

static void compareMany(Shared* shared)
{
    Line line = {.size = 64, .count = STREAMED, .capacity = CAPACITY, .shared = shared};
    const char* work = "stream of 64 bytes, 64 processes to one";
    benchCompare(work, "1x", ourMany, "ours, 4 processes to one", ourFew, &line);
    benchCompare(work, "-", ourMany, "Boost message_queue", boostMany, &line);
}

/* -- Large payloads ---------------------------------------------------------------------------- */

static char target[MEBIBYTE];

static void copyAtOnce(void) { memcpy(target, block, MEBIBYTE); }

/* In and out of a ring that holds a quarter of it, half a ring at a time. */
static void copyThroughRing(void)
{
    enum { RING = MEBIBYTE / 4, PART = RING / 2 };
    static char ring[RING];
    for (size_t offset = 0; offset < MEBIBYTE; offset += PART) {
        char* place = ring + offset % RING;
        memcpy(place, block + offset, PART);
        /* The compiler may not make one copy of the two. */
        __asm__ volatile("" : : "r"(place) : "memory");
        memcpy(target + offset, place, PART);
    }
}

static double timeCopies(void (*copy)(void))
{
    uint64_t from = benchNow();
    for (int i = 0; i < BLOCKS; i++) {
        block[MEBIBYTE - 1] = (char)i;
        copy();
        if (*(volatile char*)&target[MEBIBYTE - 1] != (char)i) abort();
    }
    return (double)(benchNow() - from) / BLOCKS;
}

static double oneCopy(void* context) { return (void)context, timeCopies(copyAtOnce); }
static double twoCopies(void* context) { return (void)context, timeCopies(copyThroughRing); }

static void compareBlocks(Shared* shared)
{
    Line line = {.senders = 1, .size = MEBIBYTE, .count = BLOCKS, .capacity = 10, .shared = shared};
    const char* work = "stream of 1 MiB to a process";
    benchCompare(work, "1.5x", ourStream, "memcpy, once", oneCopy, &line);
    benchCompare(work, "1.5x", ourStream, "memcpy, in and out of a ring", twoCopies, &line);
    benchCompare(work, "-", ourStream, "Boost message_queue", boostStream, &line);
}

/* -- Requests and replies ---------------------------------------------------------------------- */

static void prepareTrips(Line* line, int other)
{
    if (line->isIdle && !isWatchingThreads()) {
        watchThreadsOf(getpid());
        watchThreadsOf(other);
    }
    atomic_store(&line->shared->waited, 0);
    meet(line);
}

static void replyAll(Line* line, int count)
{
    prepareTrips(line, atomic_load(&line->shared->sender));
    for (int i = 0; i < count; i++) {
        line->way->take(line);
        if (line->isIdle) {
            uint64_t from = benchNow();
            awaitSleep();
            atomic_fetch_add(&line->shared->waited, benchNow() - from);
        }
        line->way->reply(line);
    }
}

static void askAll(Line* line, int count)
{
    uint64_t elapsed = 0;
    prepareTrips(line, atomic_load(&line->shared->owner));
    if (line->isIdle) {
        for (int i = 0; i < count; i++) {
            awaitSleep();
            uint64_t from = benchNow();
            line->way->ask(line);
            elapsed += benchNow() - from;
        }
    } else {
        uint64_t from = benchNow();
        for (int i = 0; i < count; i++) line->way->ask(line);
        elapsed = benchNow() - from;
    }
    atomic_store(&line->shared->elapsed, elapsed);
}

/* Nanoseconds of one request with its reply. */
static double timeTrips(Line* line, const Way* way, uint64_t look)
{
    static const Act act = {replyAll, askAll};
    line->way = way;
    line->look = look;
    play(&act, line);
    const Shared* shared = line->shared;
    return (double)(atomic_load(&shared->elapsed) - atomic_load(&shared->waited)) / line->count;
}

static double ourTrips(void* context) { return timeTrips(context, &ours, 0); }
static double futexTrips(void* context) { return timeTrips(context, &futexWords, 0); }

/* For as long as our threads look when that has paid, and with a processor each: on one, looking
 * keeps off who is to write what is looked for. */
static double lookingTrips(void* context)
{
    Line line = *(Line*)context;
    line.placement = APART;
    return timeTrips(&line, &futexWords, 10000);
}

static double posixTrips(void* context) { return timeTrips(context, &posixQueues, 0); }
static double socketTrips(void* context) { return timeTrips(context, &packetSockets, 0); }

static void compareTrips(Shared* shared)
{
    static const struct {
        const char* work;
        Placement placement;
    } idle[] = {{"send to a process, all asleep, one processor", TOGETHER},
                {"send to a process, all asleep, a processor each", APART}};
    Line line = {.senders = 1, .size = 64, .capacity = 10, .shared = shared};
    line.isIdle = true;
    line.count = IDLE_TRIPS;
    for (size_t i = 0; i < sizeof idle / sizeof *idle; i++) {
        line.placement = idle[i].placement;
        benchCompare(idle[i].work, "1.3x", ourTrips, "futex wake + wait", futexTrips, &line);
        benchCompare(idle[i].work, "-", ourTrips, "POSIX message queue", posixTrips, &line);
        benchCompare(idle[i].work, "-", ourTrips, "SEQPACKET socket pair", socketTrips, &line);
    }
    const char* running = "send to a process, both running";
    line.isIdle = false;
    line.count = RUNNING_TRIPS;
    line.placement = ANYWHERE;
    benchCompare(running, "1.3x", ourTrips, "futex, after a look", lookingTrips, &line);
    benchCompare(running, "-", ourTrips, "futex wake + wait", futexTrips, &line);
    benchCompare(running, "-", ourTrips, "POSIX message queue", posixTrips, &line);
    benchCompare(running, "-", ourTrips, "SEQPACKET socket pair", socketTrips, &line);
}

/* -- Many that do nothing ---------------------------------------------------------------------- */

/* Whether the owner may have a socket to each. */
static bool allowDescriptors(size_t count)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_max < count) return false;
    if (limit.rlim_cur < count) limit.rlim_cur = count;
    return setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

/* Forks a process that opens the queue, or owns it, and waits until it says that it has. */
static pid_t forkReady(Line* line, void (*begin)(Line*), const int* leave)
{
    int ready[2];
    char byte = 0;
    BENCH_CHECK(pipe(ready) == 0);
    pid_t child = forkOne();
    if (child == 0) {
        close(leave[1]);
        begin(line);
        BENCH_CHECK(write(ready[1], &byte, 1) == 1);
        close(ready[0]);
        close(ready[1]);
        if (begin == ours.create) {
            ours.receive(line, THERE);
        } else if (read(leave[0], &byte, 1) == 1) {
            ours.send(line, THERE, block);
        }
        _exit(0);
    }
    close(ready[1]);
    BENCH_CHECK(read(ready[0], &byte, 1) == 1);
    close(ready[0]);
    return child;
}

/* What the owner's process takes while it waits for a message that nobody sends, nanoseconds. */
static uint64_t idleTime(pid_t owner)
{
    const struct timespec second = {.tv_sec = 1};
    struct timespec before, after;
    clockid_t clock;
    watchThreadsOf(owner);
    awaitSleep();
    BENCH_CHECK(clock_getcpuclockid(owner, &clock) == 0);
    BENCH_CHECK(clock_gettime(clock, &before) == 0);
    nanosleep(&second, NULL);
    BENCH_CHECK(clock_gettime(clock, &after) == 0);
    return (uint64_t)(after.tv_sec - before.tv_sec) * 1000000000u + (uint64_t)after.tv_nsec -
           (uint64_t)before.tv_nsec;
}

static void proveIdle(Shared* shared)
{
    const char* work = "1,000 processes have a queue open, 1 s of its owner";
    Line line = {.size = 64, .capacity = CAPACITY, .shared = shared};
    int leave[2];
    char found[64];
    if (!benchIsWanted(work)) return;
    if (!allowDescriptors(CONNECTED + 100)) {
        fprintf(stderr, "Too few descriptors are allowed for %d processes.\n", CONNECTED);
        return;
    }
    BENCH_CHECK(pipe(leave) == 0);
    pid_t owner = forkReady(&line, ours.create, leave);
    for (int i = 0; i < CONNECTED; i++) forkReady(&line, ours.open, leave);
    uint64_t time = idleTime(owner);
    snprintf(found, sizeof found, "%.3f ms", (double)time / 1e6);
    benchProve(work, "under 1 ms of a processor", time < 1000000, found);
    /* One of them posts what the owner still waits for; the others see the end of the pipe. */
    BENCH_CHECK(write(leave[1], "", 1) == 1);
    close(leave[1]);
    close(leave[0]);
    for (int i = 0; i <= CONNECTED; i++) reapOne();
}

/* -- The program ------------------------------------------------------------------------------- */

static char directory[] = "/tmp/rat-benchmark-XXXXXX";
static pid_t harness;

static int removeOne(const char* path, const struct stat* facts, int kind, struct FTW* walk)
{
    (void)facts, (void)kind, (void)walk;
    return remove(path);
}

static void removeDirectory(void)
{
    if (getpid() == harness) nftw(directory, removeOne, 8, FTW_DEPTH | FTW_PHYS);
}

int main(int argc, char** argv)
{
    benchBegin(argc, argv);
    BENCH_CHECK(mkdtemp(directory) != NULL);
    harness = getpid();
    atexit(removeDirectory);
    setenv("RAT_RUNTIME_DIR", directory, 1);
    Shared* shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    BENCH_CHECK(shared != MAP_FAILED);

    compareStreams(shared);
    compareMany(shared);
    compareTrips(shared);
    compareBlocks(shared);
    proveIdle(shared);
    return 0;
}
