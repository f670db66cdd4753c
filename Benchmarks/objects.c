/* Objects: what it costs to have one for a moment, and to find one by its handle. */
#include "bench.h"

#include <glib.h>
#include <rat.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { MADE = 20000, WINDOWS = 1000, LOOKED_UP = 1000000, ALIVE = 1024, CROWD = 10000, TIMERS = 1000000 };

typedef struct {
    RatHandle alive[ALIVE];
    RatWindow crowded;
    RatWindow tiled;
    RatWindow tiles[CROWD];
    GHashTable* table;
} Objects;

/* Nanoseconds of one of count runs of the block that follows. */
#define TIME_EACH(count, block)                                                                    \
    do {                                                                                           \
        uint64_t from = benchNow();                                                                \
        for (size_t i = 0; i < (count); i++) block;                                                \
        return (double)(benchNow() - from) / (count);                                              \
    } while (0)

static double makeEvents(void* context)
{
    (void)context;
    TIME_EACH(MADE, {
        RatEvent event;
        if (RatCreateEvent(false, false, &event) != RAT_IPC_OK) abort();
        RatCloseEvent(event);
    });
}

static double makeDescriptors(void* context)
{
    (void)context;
    TIME_EACH(MADE, close(eventfd(0, EFD_CLOEXEC)));
}

static double makeQueues(void* context)
{
    (void)context;
    TIME_EACH(MADE, {
        RatMessageQueue queue;
        if (RatCreateMessageQueue(0, &queue) != RAT_IPC_OK) abort();
        RatCloseMessageQueue(queue);
    });
}

static double makeGlibQueues(void* context)
{
    (void)context;
    TIME_EACH(MADE, g_async_queue_unref(g_async_queue_new()));
}

static double makeWindows(void* context)
{
    (void)context;
    TIME_EACH(WINDOWS, {
        RatWindow window;
        if (RatCreateWindow(0, "Brief", "", RAT_WS_OVERLAPPEDWINDOW, 0, 0, 100, 100, 0, NULL,
                            &window) != RAT_IPC_OK) abort();
        RatDestroyWindow(window);
    });
}

static RatWindow makeChild(RatWindow parent)
{
    RatWindow window = RAT_INVALID_HANDLE;
    RatCreateWindow(0, "Brief", "", RAT_WS_CHILD, 0, 0, 9, 9, parent, NULL, &window);
    if (window == RAT_INVALID_HANDLE) abort();
    return window;
}

/* A child more and less, beside CROWD others. */
static double makeChildren(void* context)
{
    Objects* objects = context;
    TIME_EACH(WINDOWS, { RatDestroyWindow(makeChild(objects->crowded)); });
}

static bool count(RatWindow window, intptr_t param)
{
    (void)window;
    ++*(long*)param;
    return true;
}

/* For each of CROWD children. */
static double enumerate(void* context)
{
    Objects* objects = context;
    long seen = 0;
    uint64_t from = benchNow();
    if (RatEnumChildWindows(objects->crowded, count, (intptr_t)&seen) != RAT_IPC_OK) abort();
    if (seen != CROWD) abort();
    return (double)(benchNow() - from) / CROWD;
}

/* Paints nothing: what remains is what the library does for it. */
static RatResult tileProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    if (message != RAT_WM_PAINT) return RatDefWindowProc(window, message, wparam, lparam);
    RatPaint paint;
    if (RatBeginPaint(window, &paint) != RAT_IPC_OK || paint.clipCount == 0) abort();
    RatEndPaint(window, &paint);
    return 0;
}

static void makeTiles(Objects* objects)
{
    RatWindowClass tile = {.size = sizeof tile, .proc = tileProc, .name = "Tile"};
    RatRegisterClass(&tile, NULL);
    RatCreateWindow(0, "Tile", "", RAT_WS_POPUP | RAT_WS_VISIBLE | RAT_WS_CLIPCHILDREN, 0, 0, 1100,
                    1100, 0, NULL, &objects->tiled);
    for (int i = 0; i < CROWD; i++)
        RatCreateWindow(0, "Tile", "", RAT_WS_CHILD | RAT_WS_VISIBLE | RAT_WS_CLIPSIBLINGS,
                        i % 100 * 11, i / 100 * 11, 10, 10, objects->tiled, NULL,
                        &objects->tiles[i]);
    RatUpdateWindow(objects->tiled);
}

/* One of CROWD children. */
static double paintOne(void* context)
{
    Objects* objects = context;
    TIME_EACH(WINDOWS, {
        RatWindow window = objects->tiles[i * 7919 % CROWD];
        RatInvalidateRect(window, NULL, false);
        RatUpdateWindow(window);
    });
}

/* Each of CROWD children, as retrieval finds them. */
static double paintAll(void* context)
{
    Objects* objects = context;
    RatMessageQueue queue;
    if (RatGetThreadMessageQueue(&queue) != RAT_IPC_OK) abort();
    uint64_t from = benchNow();
    for (int i = 0; i < CROWD; i++) RatInvalidateRect(objects->tiles[i], NULL, false);
    RatMessage message;
    while (RatGetMessage(queue, &message, 0) == RAT_IPC_OK) RatDispatchMessage(&message);
    return (double)(benchNow() - from) / CROWD;
}

/* One of CROWD children, there and back, with what that uncovers. */
static double moveOne(void* context)
{
    Objects* objects = context;
    TIME_EACH(WINDOWS, {
        size_t tile = i / 2 * 7919 % CROWD;
        int x = (int)(tile % 100 * 11) + (i % 2 == 0 ? 1 : 0);
        RatSetWindowPos(objects->tiles[tile], 0, x, (int)(tile / 100 * 11), 0, 0,
                        RAT_SWP_NOSIZE | RAT_SWP_NOZORDER | RAT_SWP_NOACTIVATE);
        RatUpdateWindow(objects->tiled);
    });
}

static double lookUp(void* context)
{
    Objects* objects = context;
    TIME_EACH(LOOKED_UP, {
        if (RatGetHandleKind(objects->alive[i % ALIVE]) != RAT_HANDLE_EVENT) abort();
    });
}

static double lookUpInTable(void* context)
{
    Objects* objects = context;
    TIME_EACH(LOOKED_UP, {
        if (g_hash_table_lookup(objects->table, &objects->alive[i % ALIVE]) == NULL) abort();
    });
}

static uintptr_t setTimer(void)
{
    uintptr_t id = 0;
    if (RatSetTimer(RAT_INVALID_HANDLE, 0, 60000, NULL, &id) != RAT_IPC_OK) abort();
    return id;
}

/* So many at once, each set and killed. */
static double runTimers(uintptr_t* ids, size_t count, size_t rounds)
{
    uint64_t from = benchNow();
    for (size_t round = 0; round < rounds; round++) {
        for (size_t i = 0; i < count; i++) ids[i] = setTimer();
        for (size_t i = 0; i < count; i++)
            if (RatKillTimer(RAT_INVALID_HANDLE, ids[i]) != RAT_IPC_OK) abort();
    }
    return (double)(benchNow() - from) / (double)(count * rounds);
}

static double manyTimers(void* ids) { return runTimers(ids, TIMERS, 1); }
static double fewTimers(void* ids) { return runTimers(ids, 1000, TIMERS / 1000); }

int main(int argc, char** argv)
{
    static Objects objects;
    benchBegin(argc, argv);
    BENCH_CHECK(RatAttachDisplay("headless") == RAT_IPC_OK);
    RatWindowClass brief = {.size = sizeof brief, .proc = RatDefWindowProc, .name = "Brief"};
    BENCH_CHECK(RatRegisterClass(&brief, NULL) == RAT_IPC_OK);
    objects.table = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (int i = 0; i < ALIVE; i++) {
        BENCH_CHECK(RatCreateEvent(false, false, &objects.alive[i]) == RAT_IPC_OK);
        g_hash_table_insert(objects.table, &objects.alive[i], &objects);
    }

    benchCompare("look a handle up", "-", lookUp, "GHashTable lookup", lookUpInTable, &objects);
    benchCompare("create, close an event", "-", makeEvents, "eventfd, close", makeDescriptors,
                 &objects);
    benchCompare("create, close a queue", "-", makeQueues, "GAsyncQueue new, unref",
                 makeGlibQueues, &objects);
    benchCompare("create, destroy a window, headless", "-", makeWindows, NULL, NULL, &objects);
    objects.crowded = makeChild(RAT_HWND_MESSAGE);
    for (int i = 0; i < CROWD; i++) makeChild(objects.crowded);
    benchCompare("create, destroy a child beside 10,000", "-", makeChildren, NULL, NULL, &objects);
    benchCompare("enumerate 10,000 children, each", "-", enumerate, NULL, NULL, &objects);
    RatDestroyWindow(objects.crowded);
    makeTiles(&objects);
    benchCompare("invalidate, paint one of 10,000 children", "-", paintOne, NULL, NULL, &objects);
    benchCompare("retrieve, paint 10,000 children, each", "-", paintAll, NULL, NULL, &objects);
    benchCompare("move one of 10,000 children, paint", "-", moveOne, NULL, NULL, &objects);
    RatDestroyWindow(objects.tiled);
    if (benchIsWanted("set, kill one of 1,000,000 timers")) {
        uintptr_t* ids = calloc(TIMERS, sizeof *ids);
        BENCH_CHECK(ids != NULL);
        benchCompare("set, kill one of 1,000,000 timers", "2x", manyTimers, "the same of 1,000",
                     fewTimers, ids);
        free(ids);
    }

    for (int i = 0; i < ALIVE; i++) RatCloseEvent(objects.alive[i]);
    g_hash_table_unref(objects.table);
    return 0;
}
