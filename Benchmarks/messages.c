/* Messages: to a window and to a plain queue, on one thread and from one to another. */
#include "bench.h"
#include "moodycamel.h"

#include <glib.h>
#include <rat.h>
#include <stdlib.h>

/* A batch is what a loop finds when it was away for a moment. */
enum { BATCH = 64, BATCHES = 2000, STREAMED = 100000, SILENT = 2000 };

typedef struct {
    RatMessageQueue queue;
    RatWindow window;
    GAsyncQueue* glib;
    uintptr_t seen;
} Messages;

static uintptr_t dispatched;

static RatResult countMessage(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    if (message != RAT_WM_USER) return RatDefWindowProc(window, message, wparam, lparam);
    dispatched++;
    return 0;
}

/* -- On one thread ----------------------------------------------------------------------------- */

static void postGetDispatch(void* context)
{
    Messages* messages = context;
    RatMessageQueue own;
    RatMessage msg = {.header = {.message = RAT_WM_USER}};
    RatGetThreadMessageQueue(&own);
    for (int i = 0; i < BATCH; i++) {
        msg.header.wparam = (uintptr_t)i;
        if (RatPostMessage(messages->window, &msg) != RAT_IPC_OK) abort();
    }
    for (int i = 0; i < BATCH; i++) {
        if (RatGetMessage(own, &msg, -1) != RAT_IPC_OK) abort();
        if (RatDispatchMessage(&msg) != RAT_IPC_OK) abort();
    }
}

static void postGet(void* context)
{
    Messages* messages = context;
    RatMessage msg = {.header = {.message = RAT_WM_USER}};
    for (int i = 0; i < BATCH; i++) {
        msg.header.wparam = (uintptr_t)i;
        if (RatPostMessage(messages->queue, &msg) != RAT_IPC_OK) abort();
    }
    for (int i = 0; i < BATCH; i++) {
        if (RatGetMessage(messages->queue, &msg, -1) != RAT_IPC_OK) abort();
        if (msg.header.wparam != (uintptr_t)i) abort();
    }
}

static void pushPop(void* context)
{
    Messages* messages = context;
    static RatMessage list[BATCH];
    for (int i = 0; i < BATCH; i++) {
        list[i].header.wparam = (uintptr_t)i;
        g_async_queue_push(messages->glib, &list[i]);
    }
    for (int i = 0; i < BATCH; i++) {
        const RatMessage* msg = g_async_queue_pop(messages->glib);
        if (msg->header.wparam != (uintptr_t)i) abort();
    }
}

/* Nanoseconds of one message. */
static double timeBatches(Part batch, void* context)
{
    uint64_t from = benchNow();
    for (int i = 0; i < BATCHES; i++) batch(context);
    return (double)(benchNow() - from) / BATCHES / BATCH;
}

static double timePostGetDispatch(void* context)
{
    dispatched = 0;
    double time = timeBatches(postGetDispatch, context);
    BENCH_CHECK(dispatched == (uintptr_t)BATCHES * BATCH);
    return time;
}

static double timePostGet(void* context) { return timeBatches(postGet, context); }
static double timePushPop(void* context) { return timeBatches(pushPop, context); }

static double timeMoodycamel(void* context)
{
    (void)context;
    return moodycamelBatches(BATCH, BATCHES);
}

/* -- From one thread to another ---------------------------------------------------------------- */

static void streamPosts(void* context)
{
    Messages* messages = context;
    RatMessage msg = {.header = {.message = RAT_WM_USER}};
    for (int i = 0; i < STREAMED; i++) {
        msg.header.wparam = (uintptr_t)i;
        if (RatPostMessage(messages->queue, &msg) != RAT_IPC_OK) abort();
    }
}

static void streamGets(void* context)
{
    Messages* messages = context;
    RatMessage msg;
    for (int i = 0; i < STREAMED; i++) {
        if (RatGetMessage(messages->queue, &msg, -1) != RAT_IPC_OK) abort();
        if (msg.header.wparam != (uintptr_t)i) abort();
    }
}

static void streamPushes(void* context)
{
    Messages* messages = context;
    static uintptr_t list[STREAMED];
    for (int i = 0; i < STREAMED; i++) {
        list[i] = (uintptr_t)i;
        g_async_queue_push(messages->glib, &list[i]);
    }
}

static void streamPops(void* context)
{
    Messages* messages = context;
    for (int i = 0; i < STREAMED; i++) {
        const uintptr_t* value = g_async_queue_pop(messages->glib);
        if (*value != (uintptr_t)i) abort();
    }
}

static double timeStream(void* context)
{
    return benchTogether(streamPosts, streamGets, context, false) / STREAMED;
}

static double timeGlibStream(void* context)
{
    return benchTogether(streamPushes, streamPops, context, false) / STREAMED;
}

static double timeMoodycamelStream(void* context)
{
    (void)context;
    return moodycamelStream(STREAMED);
}

/* -- The rows ---------------------------------------------------------------------------------- */

static void makeWindow(Messages* messages)
{
    RatWindowClass counting = {.size = sizeof counting, .proc = countMessage, .name = "Counting"};
    RatRegisterClass(&counting, NULL);
    RatCreateWindow(0, "Counting", "", RAT_WS_OVERLAPPEDWINDOW, 0, 0, 100, 100, 0, NULL,
                    &messages->window);
}

/* Both make what they need first: the library is empty in a child after a fork. */
static void silentWindow(void* context)
{
    Messages* messages = context;
    if (!RatIsWindow(messages->window)) {
        RatAttachDisplay("headless");
        makeWindow(messages);
    }
    postGetDispatch(messages);
}

static void silentQueue(void* context)
{
    Messages* messages = context;
    if (RatGetHandleKind(messages->queue) == RAT_HANDLE_NONE) {
        RatCreateMessageQueue(0, &messages->queue);
    }
    postGet(messages);
}

int main(int argc, char** argv)
{
    Messages messages = {0};
    benchBegin(argc, argv);
    benchProveSilent("post, get, dispatch to a window, 64 at a time", silentWindow, SILENT,
                     &messages);
    benchProveSilent("post, get on a queue, 64 at a time", silentQueue, SILENT, &messages);

    BENCH_CHECK(RatAttachDisplay("headless") == RAT_IPC_OK);
    makeWindow(&messages);
    BENCH_CHECK(RatIsWindow(messages.window));
    /* Room for a whole stream: the peers' queues have no bound. */
    BENCH_CHECK(RatCreateMessageQueue(2 * STREAMED, &messages.queue) == RAT_IPC_OK);
    messages.glib = g_async_queue_new();

    const char* work = "post, get, dispatch to a window, 64 at a time";
    /* The limit is what SWELL needs, as a share of what GLib needs on the same machine. */
    benchCompare(work, "1x", timePostGetDispatch, "GAsyncQueue push, pop", timePushPop,
                 &messages);
    benchCompare(work, "-", timePostGetDispatch, "moodycamel enqueue, dequeue", timeMoodycamel,
                 &messages);
    work = "post, get on a queue, 64 at a time";
    benchCompare(work, "1x", timePostGet, "GAsyncQueue push, pop", timePushPop, &messages);
    benchCompare(work, "-", timePostGet, "moodycamel enqueue, dequeue", timeMoodycamel, &messages);
    work = "stream of messages, one thread to another";
    benchCompare(work, "1x", timeStream, "moodycamel blocking queue", timeMoodycamelStream,
                 &messages);
    benchCompare(work, "-", timeStream, "GAsyncQueue push, pop", timeGlibStream, &messages);

    g_async_queue_unref(messages.glib);
    RatCloseMessageQueue(messages.queue);
    RatDestroyWindow(messages.window);
    return 0;
}
