/* Events and mutexes: how long a signal takes to arrive, and what one costs that nobody waits for. */
#define _GNU_SOURCE
#include "bench.h"

#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <rat.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* -- There and back between two threads -------------------------------------------------------- */

enum { TRIPS = 5000 };

typedef struct {
    RatEvent ping, pong;
    /* On cache lines of their own, as the events are. */
    _Alignas(64) _Atomic uint32_t pingWord;
    _Alignas(64) _Atomic uint32_t pongWord;
    bool onOneProcessor;
} Trip;

static void sendPings(void* context)
{
    Trip* trip = context;
    for (int i = 0; i < TRIPS; i++) {
        RatSetEvent(trip->ping);
        BENCH_CHECK(RatWaitForObject(trip->pong, RAT_INFINITE) == RAT_WAIT_OK);
    }
}

static void sendPongs(void* context)
{
    Trip* trip = context;
    for (int i = 0; i < TRIPS; i++) {
        BENCH_CHECK(RatWaitForObject(trip->ping, RAT_INFINITE) == RAT_WAIT_OK);
        RatSetEvent(trip->pong);
    }
}

static double eventTrips(void* context)
{
    Trip* trip = context;
    return benchTogether(sendPings, sendPongs, trip, trip->onOneProcessor) / TRIPS;
}

static void raise(_Atomic uint32_t* word)
{
    atomic_store(word, 1);
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static void await(_Atomic uint32_t* word)
{
    while (atomic_load(word) == 0) syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
    atomic_store(word, 0);
}

static void raisePings(void* context)
{
    Trip* trip = context;
    for (int i = 0; i < TRIPS; i++) {
        raise(&trip->pingWord);
        await(&trip->pongWord);
    }
}

static void raisePongs(void* context)
{
    Trip* trip = context;
    for (int i = 0; i < TRIPS; i++) {
        await(&trip->pingWord);
        raise(&trip->pongWord);
    }
}

static double futexTrips(void* context)
{
    Trip* trip = context;
    return benchTogether(raisePings, raisePongs, trip, trip->onOneProcessor) / TRIPS;
}

static void compareTrips(void)
{
    Trip trip = {0};
    BENCH_CHECK(RatCreateEvent(false, false, &trip.ping) == RAT_IPC_OK);
    BENCH_CHECK(RatCreateEvent(false, false, &trip.pong) == RAT_IPC_OK);
    benchCompare("set + wait, there and back, two processors", "1.2x", eventTrips,
                 "futex wake + wait", futexTrips, &trip);
    trip.onOneProcessor = true;
    benchCompare("set + wait, there and back, one processor", "1.2x", eventTrips,
                 "futex wake + wait", futexTrips, &trip);
    RatCloseEvent(trip.ping);
    RatCloseEvent(trip.pong);
}

/* -- Alone ------------------------------------------------------------------------------------- */

enum { CALLS = 200000, SILENT = 100000 };

typedef struct {
    RatEvent event;
    RatMutex mutex;
    pthread_mutex_t recursive;
    _Atomic uint32_t word;
} Alone;

static void setAndReset(void* context)
{
    Alone* alone = context;
    RatSetEvent(alone->event);
    RatResetEvent(alone->event);
}

static void lookAtSignalled(void* context)
{
    Alone* alone = context;
    RatSetEvent(alone->event);
    if (RatWaitForObject(alone->event, 0) != RAT_WAIT_OK) abort();
}

static void waitAndRelease(void* context)
{
    Alone* alone = context;
    RatWaitForObject(alone->mutex, RAT_INFINITE);
    if (RatReleaseMutex(alone->mutex) != RAT_IPC_OK) abort();
}

/* Nanoseconds of one call, of which body makes two. */
#define TIME_PAIRS(body, context)                                                                  \
    do {                                                                                           \
        uint64_t from = benchNow();                                                                \
        for (int i = 0; i < CALLS; i++) body(context);                                             \
        return (double)(benchNow() - from) / CALLS / 2;                                            \
    } while (0)

static double timeSetAndReset(void* context) { TIME_PAIRS(setAndReset, context); }
static double timeSetAndLook(void* context) { TIME_PAIRS(lookAtSignalled, context); }
static double timeWaitAndRelease(void* context) { TIME_PAIRS(waitAndRelease, context); }

static void swapAndSwap(void* context)
{
    Alone* alone = context;
    atomic_exchange(&alone->word, 1);
    atomic_exchange(&alone->word, 0);
}

static void lockAndUnlock(void* context)
{
    Alone* alone = context;
    pthread_mutex_lock(&alone->recursive);
    pthread_mutex_unlock(&alone->recursive);
}

static double timeSwaps(void* context) { TIME_PAIRS(swapAndSwap, context); }
static double timeLockAndUnlock(void* context) { TIME_PAIRS(lockAndUnlock, context); }

static void compareAlone(void)
{
    Alone alone = {0};
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&alone.recursive, &attributes);
    BENCH_CHECK(RatCreateEvent(false, false, &alone.event) == RAT_IPC_OK);
    BENCH_CHECK(RatCreateMutex(false, &alone.mutex) == RAT_IPC_OK);

    benchCompare("set, reset an event, each", "25 ns", timeSetAndReset, "atomic exchange",
                 timeSwaps, &alone);
    benchCompare("set, wait for that event, each", "25 ns", timeSetAndLook, "atomic exchange",
                 timeSwaps, &alone);
    benchCompare("wait for, release a free mutex, each", "25 ns", timeWaitAndRelease,
                 "recursive pthread mutex", timeLockAndUnlock, &alone);

    RatCloseEvent(alone.event);
    RatCloseMutex(alone.mutex);
}

/* In the child after a fork, whose library is empty. */
static void makeAlone(Alone* alone)
{
    RatCreateEvent(false, false, &alone->event);
    RatCreateMutex(false, &alone->mutex);
}

static void silentEvent(void* context)
{
    Alone* alone = context;
    if (RatGetHandleKind(alone->event) == RAT_HANDLE_NONE) makeAlone(alone);
    setAndReset(alone);
    lookAtSignalled(alone);
}

static void silentMutex(void* context)
{
    Alone* alone = context;
    if (RatGetHandleKind(alone->mutex) == RAT_HANDLE_NONE) makeAlone(alone);
    waitAndRelease(alone);
}

static void proveSilence(void)
{
    Alone alone = {0};
    benchProveSilent("set, reset and wait for an event", silentEvent, SILENT, &alone);
    benchProveSilent("wait for and release a free mutex", silentMutex, SILENT, &alone);
}

/* -- Many -------------------------------------------------------------------------------------- */

enum { MOST = 10000 };

typedef struct {
    size_t count, repeats;
    RatEvent events[MOST];
    RatEvent answer;
    struct pollfd list[MOST];
    int answerDescriptor;
    /* Of the last measurement of fewer events. */
    size_t fewer;
} Many;

/* Finds the last one signalled. The event stays signalled: it is a manual one. */
static double findLast(void* context)
{
    Many* many = context;
    size_t index = 0;
    RatSetEvent(many->events[many->count - 1]);
    uint64_t from = benchNow();
    for (size_t i = 0; i < many->repeats; i++) {
        RatWaitResult result = RatWaitForMultipleObjects(many->events, many->count, false,
                                                         RAT_INFINITE, &index);
        if (result != RAT_WAIT_OK || index != many->count - 1) abort();
    }
    uint64_t to = benchNow();
    RatResetEvent(many->events[many->count - 1]);
    return (double)(to - from) / (double)many->repeats;
}

static void raiseDescriptor(int descriptor)
{
    uint64_t one = 1;
    if (write(descriptor, &one, sizeof one) != sizeof one) abort();
}

static void clearDescriptor(int descriptor)
{
    uint64_t value;
    if (read(descriptor, &value, sizeof value) != sizeof value) abort();
}

static double pollLast(void* context)
{
    Many* many = context;
    raiseDescriptor(many->list[many->count - 1].fd);
    uint64_t from = benchNow();
    for (size_t i = 0; i < many->repeats; i++) {
        if (poll(many->list, many->count, -1) != 1) abort();
        size_t index = 0;
        while (many->list[index].revents == 0) index++;
        if (index != many->count - 1) abort();
    }
    uint64_t to = benchNow();
    clearDescriptor(many->list[many->count - 1].fd);
    return (double)(to - from) / (double)many->repeats;
}

static double perEvent(void* context)
{
    Many* many = context;
    return findLast(many) / (double)many->count;
}

static double perEventOfFewer(void* context)
{
    Many* many = context;
    size_t count = many->count, repeats = many->repeats;
    many->count = many->fewer;
    many->repeats = repeats * count / many->fewer;
    double time = findLast(many) / (double)many->count;
    many->count = count, many->repeats = repeats;
    return time;
}

/* One side waits for all of them, the other sets the last and waits for the answer. */
static void parkForAny(void* context)
{
    Many* many = context;
    RatEvent last = many->events[many->count - 1];
    for (size_t i = 0; i < many->repeats; i++) {
        size_t index = 0;
        RatWaitResult result = RatWaitForMultipleObjects(many->events, many->count, false,
                                                         RAT_INFINITE, &index);
        if (result != RAT_WAIT_OK || index != many->count - 1) abort();
        RatResetEvent(last);
        RatSetEvent(many->answer);
    }
}

static void setLast(void* context)
{
    Many* many = context;
    for (size_t i = 0; i < many->repeats; i++) {
        RatSetEvent(many->events[many->count - 1]);
        if (RatWaitForObject(many->answer, RAT_INFINITE) != RAT_WAIT_OK) abort();
    }
}

static double parkAndWake(void* context)
{
    Many* many = context;
    return benchTogether(parkForAny, setLast, many, false) / (double)many->repeats;
}

static void pollForAny(void* context)
{
    Many* many = context;
    for (size_t i = 0; i < many->repeats; i++) {
        if (poll(many->list, many->count, -1) != 1) abort();
        clearDescriptor(many->list[many->count - 1].fd);
        raiseDescriptor(many->answerDescriptor);
    }
}

static void raiseLast(void* context)
{
    Many* many = context;
    struct pollfd answer = {many->answerDescriptor, POLLIN, 0};
    for (size_t i = 0; i < many->repeats; i++) {
        raiseDescriptor(many->list[many->count - 1].fd);
        if (poll(&answer, 1, -1) != 1) abort();
        clearDescriptor(many->answerDescriptor);
    }
}

static double pollAndRaise(void* context)
{
    Many* many = context;
    return benchTogether(pollForAny, raiseLast, many, false) / (double)many->repeats;
}

/* How many descriptors poll may take; the peer needs one for each event. */
static bool allowDescriptors(size_t count)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return false;
    if (limit.rlim_cur >= count) return true;
    limit.rlim_cur = limit.rlim_max == RLIM_INFINITY || limit.rlim_max > count ? count
                                                                                : limit.rlim_max;
    return setrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur >= count;
}

static const struct {
    size_t count, finds, parks;
    const char *find, *park;
} sizes[] = {
    {1, 50000, 3000, "wait for any of 1, the last is set",
     "wait for any of 1, park, set, and back"},
    {64, 5000, 2000, "wait for any of 64, the last is set",
     "wait for any of 64, park, set, and back"},
    {MOST, 30, 30, "wait for any of 10,000, the last is set",
     "wait for any of 10,000, park, set, and back"},
};
enum { SIZES = sizeof sizes / sizeof *sizes };
static const char eventAmongMany[] = "wait for any of 10,000, per event";

static bool isAnyWanted(void)
{
    for (size_t i = 0; i < SIZES; i++) {
        if (benchIsWanted(sizes[i].find) || benchIsWanted(sizes[i].park)) return true;
    }
    return benchIsWanted(eventAmongMany);
}

static void compareMany(void)
{
    if (!isAnyWanted()) return;
    static Many many;
    bool hasPeer = allowDescriptors(MOST + 100);
    if (!hasPeer) fprintf(stderr, "Too few descriptors are allowed for poll as a peer.\n");
    for (size_t i = 0; i < MOST; i++) {
        BENCH_CHECK(RatCreateEvent(true, false, &many.events[i]) == RAT_IPC_OK);
        many.list[i] = (struct pollfd){-1, POLLIN, 0};
        if (hasPeer) BENCH_CHECK((many.list[i].fd = eventfd(0, EFD_CLOEXEC)) >= 0);
    }
    BENCH_CHECK(RatCreateEvent(false, false, &many.answer) == RAT_IPC_OK);
    BENCH_CHECK((many.answerDescriptor = eventfd(0, EFD_CLOEXEC)) >= 0);

    Measure poller = hasPeer ? pollLast : NULL, raiser = hasPeer ? pollAndRaise : NULL;
    const char* peer = hasPeer ? "poll of eventfds" : NULL;
    for (size_t i = 0; i < SIZES; i++) {
        many.count = sizes[i].count;
        many.repeats = sizes[i].finds;
        benchCompare(sizes[i].find, "-", findLast, peer, poller, &many);
        many.repeats = sizes[i].parks;
        benchCompare(sizes[i].park, "-", parkAndWake, peer, raiser, &many);
    }
    many.count = MOST;
    many.fewer = 64;
    many.repeats = 30;
    benchCompare(eventAmongMany, "2x", perEvent, "ours of 64, per event", perEventOfFewer, &many);

    for (size_t i = 0; i < MOST; i++) {
        RatCloseEvent(many.events[i]);
        if (hasPeer) close(many.list[i].fd);
    }
    RatCloseEvent(many.answer);
    close(many.answerDescriptor);
}

int main(int argc, char** argv)
{
    benchBegin(argc, argv);
    proveSilence();
    compareTrips();
    compareAlone();
    compareMany();
    return 0;
}
