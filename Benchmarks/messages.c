/* Messages on one thread: posted, retrieved, dispatched, sent. */
#include "bench.h"
#include "moodycamel.h"
#include "qt.h"

#include <glib.h>
#include <rat.h>
#include <stdio.h>
#include <stdlib.h>

/* A batch is what a loop finds when it was away for a moment. */
enum { BATCH = 64, BATCHES = 2000, SENT = 100000, SILENT = 2000 };
/* The load that is retrieved window by window. */
enum { WINDOWS = 1000, QUEUED_EACH = 10, QUEUED = WINDOWS * QUEUED_EACH };
enum { LARGEST_PAYLOAD = 4096 };

typedef struct {
    RatMessageQueue own;
    RatMessageQueue queue;
    RatWindow window;
    RatWindow* windows;
    uint32_t payloadSize;
    GAsyncQueue* glib;
} Messages;

static uintptr_t dispatched;

static RatResult countMessage(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    if (message != RAT_WM_USER) return RatDefWindowProc(window, message, wparam, lparam);
    dispatched++;
    return 0;
}

static RatResult countQueued(RatMessageQueue queue, const RatMessage* msg, void* context)
{
    (void)queue, (void)msg, (void)context;
    dispatched++;
    return 0;
}

/* Nanoseconds of one message. */
static double timeBatches(Part batch, void* context)
{
    uint64_t from = benchNow();
    for (int i = 0; i < BATCHES; i++) batch(context);
    return (double)(benchNow() - from) / BATCHES / BATCH;
}

static double timeDispatches(Part batch, void* context)
{
    dispatched = 0;
    double time = timeBatches(batch, context);
    BENCH_CHECK(dispatched == (uintptr_t)BATCHES * BATCH);
    return time;
}

/* -- Posted and retrieved ---------------------------------------------------------------------- */

static void postBatch(RatHandle target)
{
    RatMessage msg = {.header = {.message = RAT_WM_USER}};
    for (int i = 0; i < BATCH; i++) {
        msg.header.wparam = (uintptr_t)i;
        if (RatPostMessage(target, &msg) != RAT_IPC_OK) abort();
    }
}

static void getBatch(RatMessageQueue queue, bool dispatching)
{
    RatMessage msg;
    for (int i = 0; i < BATCH; i++) {
        if (RatGetMessage(queue, &msg, -1) != RAT_IPC_OK) abort();
        if (msg.header.wparam != (uintptr_t)i) abort();
        if (dispatching && RatDispatchMessage(&msg) != RAT_IPC_OK) abort();
    }
}

static void windowBatch(void* context)
{
    Messages* messages = context;
    postBatch(messages->window);
    getBatch(messages->own, true);
}

static void dispatchedQueueBatch(void* context)
{
    Messages* messages = context;
    postBatch(messages->queue);
    getBatch(messages->queue, true);
}

static void queueBatch(void* context)
{
    Messages* messages = context;
    postBatch(messages->queue);
    getBatch(messages->queue, false);
}

static double timeWindow(void* context) { return timeDispatches(windowBatch, context); }
static double timeQueue(void* context) { return timeBatches(queueBatch, context); }

static double timeDispatchedQueue(void* context)
{
    return timeDispatches(dispatchedQueueBatch, context);
}

/* -- The peers of that ------------------------------------------------------------------------- */

/* What a message carries at least. */
typedef struct {
    uint64_t target;
    uint32_t message;
    uintptr_t wparam;
    intptr_t lparam;
} Item;

/* GLib's queue carries pointers: each message is allocated, and freed by who takes it. */
static void glibBatch(void* context)
{
    Messages* messages = context;
    for (int i = 0; i < BATCH; i++) {
        Item* item = g_new(Item, 1);
        *item = (Item){1, 2, (uintptr_t)i, 0};
        g_async_queue_push(messages->glib, item);
    }
    for (int i = 0; i < BATCH; i++) {
        Item* item = g_async_queue_pop(messages->glib);
        if (item->wparam != (uintptr_t)i) abort();
        g_free(item);
    }
}

static void glibPointerBatch(void* context)
{
    Messages* messages = context;
    static Item list[BATCH];
    for (int i = 0; i < BATCH; i++) {
        list[i].wparam = (uintptr_t)i;
        g_async_queue_push(messages->glib, &list[i]);
    }
    for (int i = 0; i < BATCH; i++) {
        const Item* item = g_async_queue_pop(messages->glib);
        if (item->wparam != (uintptr_t)i) abort();
    }
}

static gboolean countIdle(gpointer data)
{
    if ((uintptr_t)data != dispatched % BATCH) abort();
    dispatched++;
    return G_SOURCE_REMOVE;
}

static void idleBatch(void* context)
{
    (void)context;
    uintptr_t end = dispatched + BATCH;
    for (uintptr_t i = 0; i < BATCH; i++) g_idle_add(countIdle, (gpointer)i);
    while (dispatched < end) g_main_context_iteration(NULL, FALSE);
}

static double timeGlib(void* context) { return timeBatches(glibBatch, context); }
static double timeGlibPointers(void* context) { return timeBatches(glibPointerBatch, context); }
static double timeIdle(void* context) { return timeDispatches(idleBatch, context); }

static double timeMoodycamel(void* context)
{
    (void)context;
    return moodycamelBatches(BATCH, BATCHES);
}

static double timeQt(void* context)
{
    (void)context;
    return qtBatches(BATCH, BATCHES);
}

static void comparePosts(Messages* messages)
{
    /* The limits are what users of the library are promised. */
    const char* work = "post, get, dispatch to a window, 64 at a time";
    benchCompare(work, "1x", timeWindow, "GAsyncQueue of items", timeGlib, messages);
    benchCompare(work, "-", timeWindow, "GAsyncQueue of pointers", timeGlibPointers, messages);
    benchCompare(work, "-", timeWindow, "moodycamel enqueue, dequeue", timeMoodycamel, messages);
    benchCompare(work, "-", timeWindow, "Qt postEvent, event()", timeQt, messages);
    benchCompare(work, "-", timeWindow, "GLib idle source, dispatch", timeIdle, messages);

    work = "post, get, dispatch to a queue, 64 at a time";
    BENCH_CHECK(RatSetMessageProc(messages->queue, countQueued, NULL) == RAT_IPC_OK);
    benchCompare(work, "1x", timeDispatchedQueue, "GAsyncQueue of items", timeGlib, messages);
    benchCompare(work, "-", timeDispatchedQueue, "GAsyncQueue of pointers", timeGlibPointers,
                 messages);
    benchCompare(work, "-", timeDispatchedQueue, "moodycamel enqueue, dequeue", timeMoodycamel,
                 messages);
    benchCompare("post, get, dispatch to a window, 64 at a time", "1.3x", timeWindow,
                 "the same to a queue", timeDispatchedQueue, messages);

    work = "post, get on a queue, 64 at a time";
    benchCompare(work, "1x", timeQueue, "GAsyncQueue of items", timeGlib, messages);
    benchCompare(work, "-", timeQueue, "GAsyncQueue of pointers", timeGlibPointers, messages);
    benchCompare(work, "-", timeQueue, "moodycamel enqueue, dequeue", timeMoodycamel, messages);
}

/* -- Payloads ---------------------------------------------------------------------------------- */

static void payloadBatch(void* context)
{
    Messages* messages = context;
    static unsigned char source[LARGEST_PAYLOAD];
    uint32_t size = messages->payloadSize;
    RatMessage msg = {.header = {.message = RAT_WM_USER, .size = size}, .payload = source};
    for (int i = 0; i < BATCH; i++) {
        msg.header.wparam = (uintptr_t)i;
        source[size - 1] = (unsigned char)i;
        if (RatPostMessage(messages->queue, &msg) != RAT_IPC_OK) abort();
    }
    for (int i = 0; i < BATCH; i++) {
        if (RatGetMessage(messages->queue, &msg, -1) != RAT_IPC_OK) abort();
        const unsigned char* payload = msg.payload;
        if (payload[size - 1] != (unsigned char)i) abort();
    }
}

static double timePayloads(void* context)
{
    Messages* messages = context;
    return timeBatches(messages->payloadSize > 0 ? payloadBatch : queueBatch, messages);
}

static double timeMoodycamelPayloads(void* context)
{
    Messages* messages = context;
    return moodycamelPayloads(BATCH, BATCHES, (int)messages->payloadSize);
}

static void comparePayloads(Messages* messages)
{
    static const uint32_t sizes[] = {0, 16, 64, 65, 256, LARGEST_PAYLOAD};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char work[64];
        messages->payloadSize = sizes[i];
        snprintf(work, sizeof work, "post, get with a payload of %u bytes", sizes[i]);
        bool isInside = sizes[i] <= 64;
        benchCompare(work, "-", timePayloads,
                     isInside ? "moodycamel, payload inside" : "moodycamel, payload allocated",
                     timeMoodycamelPayloads, messages);
    }
    /* Ends the life of the last payload. */
    queueBatch(messages);
}

/* -- Filters ----------------------------------------------------------------------------------- */

static void postForAllWindows(Messages* messages)
{
    RatMessage msg = {.header = {.message = RAT_WM_USER}};
    for (int i = 0; i < QUEUED; i++) {
        msg.header.wparam = (uintptr_t)(i / WINDOWS);
        if (RatPostMessage(messages->windows[i % WINDOWS], &msg) != RAT_IPC_OK) abort();
    }
}

/* What is posted in turn is retrieved in turn, or window by window. */
static double timeUnfiltered(void* context)
{
    Messages* messages = context;
    RatMessage msg;
    postForAllWindows(messages);
    uint64_t from = benchNow();
    for (int i = 0; i < QUEUED; i++) {
        if (RatGetMessage(messages->own, &msg, -1) != RAT_IPC_OK) abort();
        if (msg.header.wparam != (uintptr_t)(i / WINDOWS)) abort();
    }
    return (double)(benchNow() - from) / QUEUED;
}

static double timeFiltered(void* context)
{
    Messages* messages = context;
    RatMessage msg;
    RatMessageFilter filter = {.size = sizeof filter};
    postForAllWindows(messages);
    uint64_t from = benchNow();
    for (int i = 0; i < QUEUED; i++) {
        filter.target = messages->windows[i / QUEUED_EACH];
        if (RatGetMessageEx(messages->own, &msg, &filter, -1) != RAT_IPC_OK) abort();
        if (msg.header.wparam != (uintptr_t)(i % QUEUED_EACH)) abort();
    }
    return (double)(benchNow() - from) / QUEUED;
}

static RatWindow makeWindow(void)
{
    RatWindow window = 0;
    RatCreateWindow(0, "Counting", "", RAT_WS_OVERLAPPEDWINDOW, 0, 0, 100, 100, 0, NULL, &window);
    return window;
}

static void compareFilters(Messages* messages)
{
    const char* work = "get for one of 1,000 windows, 10,000 queued";
    if (!benchIsWanted(work)) return;
    RatMessage msg;
    messages->windows = calloc(WINDOWS, sizeof *messages->windows);
    for (int i = 0; i < WINDOWS; i++) {
        messages->windows[i] = makeWindow();
        BENCH_CHECK(RatIsWindow(messages->windows[i]));
    }
    while (RatGetMessage(messages->own, &msg, 0) == RAT_IPC_OK) RatDispatchMessage(&msg);
    benchCompare(work, "2x", timeFiltered, "the same for any window", timeUnfiltered, messages);
    for (int i = 0; i < WINDOWS; i++) RatDestroyWindow(messages->windows[i]);
    free(messages->windows);
}

/* -- Sent to the same thread ------------------------------------------------------------------- */

static double timeDirectSends(void* context)
{
    Messages* messages = context;
    RatMessage msg = {.header = {.message = RAT_WM_USER}};
    dispatched = 0;
    uint64_t from = benchNow();
    for (int i = 0; i < SENT; i++) {
        RatMessage reply;
        if (RatSendMessage(messages->window, &msg, &reply, RAT_INFINITE) != RAT_IPC_OK) abort();
    }
    double time = (double)(benchNow() - from) / SENT;
    BENCH_CHECK(dispatched == SENT);
    return time;
}

static RatResult (*volatile procedure)(RatWindow, uint32_t, uintptr_t, intptr_t) = countMessage;
static __thread volatile uintptr_t perThread;

static double timeCalls(void* context)
{
    Messages* messages = context;
    dispatched = 0;
    uint64_t from = benchNow();
    for (int i = 0; i < SENT; i++) {
        if (procedure(messages->window, RAT_WM_USER, perThread, 0) != 0) abort();
    }
    double time = (double)(benchNow() - from) / SENT;
    BENCH_CHECK(dispatched == SENT);
    return time;
}

/* -- The rows ---------------------------------------------------------------------------------- */

static void prepare(Messages* messages)
{
    RatWindowClass counting = {.size = sizeof counting, .proc = countMessage, .name = "Counting"};
    BENCH_CHECK(RatAttachDisplay("headless") == RAT_IPC_OK);
    BENCH_CHECK(RatRegisterClass(&counting, NULL) == RAT_IPC_OK);
    messages->window = makeWindow();
    BENCH_CHECK(RatIsWindow(messages->window));
    BENCH_CHECK(RatGetThreadMessageQueue(&messages->own) == RAT_IPC_OK);
    BENCH_CHECK(RatCreateMessageQueue(0, &messages->queue) == RAT_IPC_OK);
}

/* They make what they need first: the library is empty in a child after a fork. */
static void silentWindow(void* context)
{
    Messages* messages = context;
    if (messages->own == 0) prepare(messages);
    windowBatch(messages);
}

static void silentQueue(void* context)
{
    Messages* messages = context;
    if (messages->own == 0) prepare(messages);
    queueBatch(messages);
}

static void silentPayloads(void* context)
{
    Messages* messages = context;
    if (messages->own == 0) prepare(messages);
    messages->payloadSize = 64;
    payloadBatch(messages);
}

int main(int argc, char** argv)
{
    Messages messages = {0};
    benchBegin(argc, argv);
    benchProveSilent("post, get, dispatch to a window, 64 at a time", silentWindow, SILENT,
                     &messages);
    benchProveSilent("post, get on a queue, 64 at a time", silentQueue, SILENT, &messages);
    benchProveSilent("post, get with a payload of 64 bytes", silentPayloads, SILENT, &messages);

    prepare(&messages);
    messages.glib = g_async_queue_new();
    comparePosts(&messages);
    comparePayloads(&messages);
    compareFilters(&messages);
    benchCompare("send to a window of the same thread", "10 ns", timeDirectSends,
                 "call, thread-local read", timeCalls, &messages);

    g_async_queue_unref(messages.glib);
    RatCloseMessageQueue(messages.queue);
    RatDestroyWindow(messages.window);
    return 0;
}
