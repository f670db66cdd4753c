/* Messages between threads: streams of them, and requests with their replies. */
#define _GNU_SOURCE
#include "bench.h"
#include "moodycamel.h"

#include <fcntl.h>
#include <glib.h>
#include <linux/futex.h>
#include <rat.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* -- Streams ----------------------------------------------------------------------------------- */

enum { STREAMED = 100000, MOST_PRODUCERS = 4 };

typedef struct {
    RatMessageQueue queue;
    GAsyncQueue* glib;
    int producers;
    _Atomic int started;
    /* The consumer's own queue, while it has one. */
    _Atomic RatHandle own;
} Stream;

/* What a message carries at least. */
typedef struct {
    uint64_t target;
    uint32_t message;
    uintptr_t wparam;
    intptr_t lparam;
} Item;

static void postAll(Stream* stream, RatHandle target)
{
    int producer = atomic_fetch_add(&stream->started, 1);
    RatMessage msg = {.header = {.message = RAT_WM_USER, .lparam = producer}};
    for (int i = 0; i < STREAMED / stream->producers; i++) {
        msg.header.wparam = (uintptr_t)i;
        if (RatPostMessage(target, &msg) != RAT_IPC_OK) abort();
    }
}

static void getAll(RatMessageQueue queue)
{
    uintptr_t next[MOST_PRODUCERS] = {0};
    RatMessage msg;
    for (int i = 0; i < STREAMED; i++) {
        if (RatGetMessage(queue, &msg, -1) != RAT_IPC_OK) abort();
        if (msg.header.wparam != next[msg.header.lparam]++) abort();
    }
}

static void produce(void* context)
{
    Stream* stream = context;
    postAll(stream, stream->queue);
}

static void consume(void* context)
{
    Stream* stream = context;
    getAll(stream->queue);
}

static void produceForThread(void* context)
{
    Stream* stream = context;
    RatHandle own;
    while ((own = atomic_load(&stream->own)) == 0) sched_yield();
    postAll(stream, own);
}

static void consumeOwn(void* context)
{
    Stream* stream = context;
    RatQueueOptions options = {.size = sizeof options, .capacity = 2 * STREAMED};
    RatMessageQueue own;
    BENCH_CHECK(RatCreateThreadMessageQueue(&options, &own) == RAT_IPC_OK);
    atomic_store(&stream->own, own);
    getAll(own);
}

static void pushAll(void* context)
{
    Stream* stream = context;
    int producer = atomic_fetch_add(&stream->started, 1);
    for (int i = 0; i < STREAMED / stream->producers; i++) {
        Item* item = g_new(Item, 1);
        *item = (Item){1, 2, (uintptr_t)i, producer};
        g_async_queue_push(stream->glib, item);
    }
}

static void popAll(void* context)
{
    Stream* stream = context;
    uintptr_t next[MOST_PRODUCERS] = {0};
    for (int i = 0; i < STREAMED; i++) {
        Item* item = g_async_queue_pop(stream->glib);
        if (item->wparam != next[item->lparam]++) abort();
        g_free(item);
    }
}

/* Nanoseconds of one message. */
static double timeStream(Stream* stream, Part producer, Part consumer)
{
    atomic_store(&stream->started, 0);
    atomic_store(&stream->own, 0);
    return benchStream(producer, stream->producers, consumer, stream) / STREAMED;
}

static double timeQueue(void* context) { return timeStream(context, produce, consume); }
static double timeOwn(void* context) { return timeStream(context, produceForThread, consumeOwn); }
static double timeGlib(void* context) { return timeStream(context, pushAll, popAll); }

static double timeMoodycamel(void* context)
{
    return moodycamelStream(STREAMED, ((Stream*)context)->producers, false);
}

static double timeMoodycamelTokens(void* context)
{
    return moodycamelStream(STREAMED, ((Stream*)context)->producers, true);
}

static void compareStreams(void)
{
    static const struct {
        const char* work;
        int producers;
        Measure ours;
    } rows[] = {
        {"stream, 1 producer, to a queue", 1, timeQueue},
        {"stream, 1 producer, to a thread", 1, timeOwn},
        {"stream, 4 producers, to a queue", 4, timeQueue},
        {"stream, 4 producers, to a thread", 4, timeOwn},
    };
    Stream stream = {.glib = g_async_queue_new()};
    /* Room for a whole stream: the peers' queues have no bound. */
    BENCH_CHECK(RatCreateMessageQueue(2 * STREAMED, &stream.queue) == RAT_IPC_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        stream.producers = rows[i].producers;
        benchCompare(rows[i].work, "1x", rows[i].ours, "moodycamel blocking queue", timeMoodycamel,
                     &stream);
        benchCompare(rows[i].work, "-", rows[i].ours, "the same, with tokens",
                     timeMoodycamelTokens, &stream);
        benchCompare(rows[i].work, "-", rows[i].ours, "GAsyncQueue of items", timeGlib, &stream);
    }
    RatCloseMessageQueue(stream.queue);
    g_async_queue_unref(stream.glib);
}

/* -- Requests and replies ---------------------------------------------------------------------- */

enum { IDLE_TRIPS = 300, RUNNING_TRIPS = 20000 };

typedef struct {
    int trips;
    /* Whether each side acts only when the other sleeps. */
    bool isIdle;
    RatMessageQueue queue;
    _Atomic RatHandle target;
    /* What tells whether a thread sleeps: its stat file; 0 until it is open. */
    _Atomic int clientStat, serverStat;
    /* How long the server has waited until the client slept. */
    _Atomic uint64_t waited;
    /* How long the client's requests took, with that. */
    uint64_t elapsed;
    _Alignas(64) _Atomic uint32_t request;
    _Alignas(64) _Atomic uint32_t reply;
} Trip;

static void openStat(_Atomic int* stat)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/task/%ld/stat", (long)syscall(SYS_gettid));
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    BENCH_CHECK(descriptor > 0);
    atomic_store(stat, descriptor);
}

static void closeStat(_Atomic int* stat) { close(atomic_exchange(stat, 0)); }

/* Runs until the kernel says that the other thread does not. */
static void awaitSleep(const _Atomic int* stat)
{
    int descriptor;
    while ((descriptor = atomic_load(stat)) == 0) sched_yield();
    for (;;) {
        char text[256];
        ssize_t length = pread(descriptor, text, sizeof text - 1, 0);
        BENCH_CHECK(length > 0);
        text[length] = 0;
        /* The name in parentheses may hold anything; the state follows. */
        const char* name = strrchr(text, ')');
        BENCH_CHECK(name != NULL);
        if (name[2] == 'S') return;
    }
}

/* The server's side of a request, before it answers. */
static void serve(Trip* trip)
{
    if (!trip->isIdle) return;
    uint64_t from = benchNow();
    awaitSleep(&trip->clientStat);
    atomic_fetch_add(&trip->waited, benchNow() - from);
}

/* The client's side: some requests to warm up, then those that count. */
static void request(Trip* trip, void (*ask)(Trip* trip))
{
    int warmingUp = trip->trips / 10;
    trip->elapsed = 0;
    openStat(&trip->clientStat);
    if (trip->isIdle) {
        for (int i = -warmingUp; i < trip->trips; i++) {
            awaitSleep(&trip->serverStat);
            if (i == 0) atomic_store(&trip->waited, 0);
            uint64_t from = benchNow();
            ask(trip);
            if (i >= 0) trip->elapsed += benchNow() - from;
        }
    } else {
        for (int i = 0; i < warmingUp; i++) ask(trip);
        uint64_t from = benchNow();
        for (int i = 0; i < trip->trips; i++) ask(trip);
        trip->elapsed = benchNow() - from;
    }
}

static void askByMessage(Trip* trip)
{
    RatMessage msg = {.header = {.message = RAT_WM_USER, .wparam = 7}}, reply;
    RatIpcStatus status = RatSendMessage(atomic_load(&trip->target), &msg, &reply, RAT_INFINITE);
    if (status != RAT_IPC_OK || reply.header.lparam != 8) abort();
}

static void client(void* context)
{
    Trip* trip = context;
    while (atomic_load(&trip->target) == 0) sched_yield();
    request(trip, askByMessage);
    RatMessage quit = {.header = {.message = RAT_WM_QUIT}};
    BENCH_CHECK(RatPostMessage(atomic_load(&trip->target), &quit) == RAT_IPC_OK);
}

static void queueServer(void* context)
{
    Trip* trip = context;
    RatMessage msg, reply = {.header = {.lparam = 0}};
    openStat(&trip->serverStat);
    atomic_store(&trip->target, trip->queue);
    for (;;) {
        if (RatGetMessage(trip->queue, &msg, -1) != RAT_IPC_OK) abort();
        if (msg.header.message != RAT_WM_USER) break;
        serve(trip);
        reply.header.lparam = (intptr_t)msg.header.wparam + 1;
        if (RatReplyMessage(&msg, &reply) != RAT_IPC_OK) abort();
    }
}

static Trip* serverTrip;

static RatResult answer(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    if (message != RAT_WM_USER) return RatDefWindowProc(window, message, wparam, lparam);
    serve(serverTrip);
    return (RatResult)wparam + 1;
}

static void windowServer(void* context)
{
    Trip* trip = context;
    RatMessageQueue own;
    RatWindow window = 0;
    RatMessage msg;
    serverTrip = trip;
    openStat(&trip->serverStat);
    RatCreateWindow(0, "Answering", "", RAT_WS_OVERLAPPEDWINDOW, 0, 0, 100, 100, 0, NULL, &window);
    BENCH_CHECK(RatIsWindow(window));
    BENCH_CHECK(RatGetThreadMessageQueue(&own) == RAT_IPC_OK);
    atomic_store(&trip->target, window);
    while (RatGetMessage(own, &msg, -1) == RAT_IPC_OK) RatDispatchMessage(&msg);
    RatDestroyWindow(window);
}

/* Nanoseconds of one request with its reply. */
static double timeTrips(Trip* trip, Part clientPart, Part serverPart)
{
    atomic_store(&trip->target, 0);
    atomic_store(&trip->waited, 0);
    atomic_store(&trip->request, 0);
    atomic_store(&trip->reply, 0);
    benchTogether(clientPart, serverPart, trip, false);
    closeStat(&trip->clientStat);
    closeStat(&trip->serverStat);
    return (double)(trip->elapsed - atomic_load(&trip->waited)) / trip->trips;
}

static double timeQueueTrips(void* context) { return timeTrips(context, client, queueServer); }
static double timeWindowTrips(void* context) { return timeTrips(context, client, windowServer); }

/* -- The peers of that: two words -------------------------------------------------------- */

enum { ASKED = 1, LEAVE = 2 };

static void raiseWord(_Atomic uint32_t* word, uint32_t value)
{
    atomic_store(word, value);
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static uint32_t awaitWord(_Atomic uint32_t* word)
{
    uint32_t value;
    while ((value = atomic_load(word)) == 0) {
        syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
    }
    atomic_store(word, 0);
    return value;
}

static void askByFutex(Trip* trip)
{
    raiseWord(&trip->request, ASKED);
    awaitWord(&trip->reply);
}

static void futexClient(void* context)
{
    Trip* trip = context;
    request(trip, askByFutex);
    raiseWord(&trip->request, LEAVE);
}

static void futexServer(void* context)
{
    Trip* trip = context;
    openStat(&trip->serverStat);
    while (awaitWord(&trip->request) != LEAVE) {
        serve(trip);
        raiseWord(&trip->reply, ASKED);
    }
}

static uint32_t spinFor(_Atomic uint32_t* word)
{
    uint32_t value;
    while ((value = atomic_load_explicit(word, memory_order_acquire)) == 0) __builtin_ia32_pause();
    atomic_store_explicit(word, 0, memory_order_relaxed);
    return value;
}

static void askBySpinning(Trip* trip)
{
    atomic_store_explicit(&trip->request, ASKED, memory_order_release);
    spinFor(&trip->reply);
}

static void spinningClient(void* context)
{
    Trip* trip = context;
    request(trip, askBySpinning);
    atomic_store(&trip->request, LEAVE);
}

static void spinningServer(void* context)
{
    Trip* trip = context;
    openStat(&trip->serverStat);
    while (spinFor(&trip->request) != LEAVE) {
        atomic_store_explicit(&trip->reply, ASKED, memory_order_release);
    }
}

static double timeFutexTrips(void* context) { return timeTrips(context, futexClient, futexServer); }

static double timeSpinningTrips(void* context)
{
    return timeTrips(context, spinningClient, spinningServer);
}

static void compareTrips(void)
{
    Trip trip = {.trips = IDLE_TRIPS, .isIdle = true};
    RatWindowClass answering = {.size = sizeof answering, .proc = answer, .name = "Answering"};
    BENCH_CHECK(RatRegisterClass(&answering, NULL) == RAT_IPC_OK);
    BENCH_CHECK(RatCreateMessageQueue(0, &trip.queue) == RAT_IPC_OK);

    benchCompare("send to a queue, reply, both threads asleep", "1.2x", timeQueueTrips,
                 "futex wake + wait", timeFutexTrips, &trip);
    benchCompare("send to a window, both threads asleep", "1.2x", timeWindowTrips,
                 "futex wake + wait", timeFutexTrips, &trip);
    trip.trips = RUNNING_TRIPS;
    trip.isIdle = false;
    benchCompare("send to a queue, reply, both threads running", "1000 ns", timeQueueTrips,
                 "two words, spinning", timeSpinningTrips, &trip);
    benchCompare("send to a window, both threads running", "1000 ns", timeWindowTrips,
                 "two words, spinning", timeSpinningTrips, &trip);
    RatCloseMessageQueue(trip.queue);
}

int main(int argc, char** argv)
{
    benchBegin(argc, argv);
    BENCH_CHECK(RatAttachDisplay("headless") == RAT_IPC_OK);
    compareStreams();
    compareTrips();
    return 0;
}
