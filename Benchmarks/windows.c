/* Many windows: what each costs, and what it costs to find one among them. */
#include "bench.h"

#include <rat.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MANY = 100000, FEW = 100, CROWD = 10000, FOUND = 1000000, POINTS = 20000 };

typedef struct {
    RatWindow parent;
    RatWindow windows[MANY];
    size_t count;
    uint32_t style;
    RatMessageQueue queue;
    RatWindow crowded;
} Windows;

static void create(Windows* windows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (RatCreateWindow(0, "Many", "", windows->style, (int)(i % 300) * 4, (int)(i / 300), 20,
                            20, windows->parent, NULL, &windows->windows[i]) != RAT_IPC_OK)
            abort();
    windows->count = count;
}

static void destroy(Windows* windows)
{
    for (size_t i = 0; i < windows->count; i++) RatDestroyWindow(windows->windows[i]);
    windows->count = 0;
}

/* -- What one costs ---------------------------------------------------------------------------- */

/* So many at once; destroying them does not count. */
static double createAll(Windows* windows, size_t count, size_t rounds)
{
    uint64_t time = 0;
    for (size_t round = 0; round < rounds; round++) {
        uint64_t from = benchNow();
        create(windows, count);
        time += benchNow() - from;
        destroy(windows);
    }
    return (double)time / (double)(count * rounds);
}

static double createMany(void* windows) { return createAll(windows, MANY, 1); }
static double createFew(void* windows) { return createAll(windows, FEW, MANY / FEW); }

/* The process's memory that is there. */
static long residentBytes(void)
{
    long pages = 0;
    FILE* file = fopen("/proc/self/statm", "r");
    BENCH_CHECK(file != NULL);
    BENCH_CHECK(fscanf(file, "%*d %ld", &pages) == 1);
    fclose(file);
    return pages * sysconf(_SC_PAGESIZE);
}

static void begin(Windows* windows)
{
    RatWindowClass many = {.size = sizeof many, .proc = RatDefWindowProc, .name = "Many"};
    BENCH_CHECK(RatAttachDisplay("headless") == RAT_IPC_OK);
    BENCH_CHECK(RatRegisterClass(&many, NULL) == RAT_IPC_OK);
    BENCH_CHECK(RatGetThreadMessageQueue(&windows->queue) == RAT_IPC_OK);
}

static void beginChildren(Windows* windows)
{
    windows->style = RAT_WS_CHILD | RAT_WS_VISIBLE;
    BENCH_CHECK(RatCreateWindow(0, "Many", "", RAT_WS_POPUP, 0, 0, 1200, 1200, 0, NULL,
                                &windows->parent) == RAT_IPC_OK);
}

static void beginTopLevel(Windows* windows)
{
    windows->parent = RAT_INVALID_HANDLE;
    windows->style = RAT_WS_OVERLAPPEDWINDOW;
}

/* In a process of its own, which has no memory yet that was freed. */
static void proveSmall(const char* work, Windows* windows, void (*beginKind)(Windows*))
{
    if (!benchIsWanted(work)) return;
    int ends[2];
    long each = 0;
    BENCH_CHECK(pipe(ends) == 0);
    pid_t child = fork();
    BENCH_CHECK(child >= 0);
    if (child == 0) {
        begin(windows);
        beginKind(windows);
        long before = residentBytes();
        create(windows, MANY);
        each = (residentBytes() - before) / MANY;
        _exit(write(ends[1], &each, sizeof each) == sizeof each ? 0 : 1);
    }
    BENCH_CHECK(read(ends[0], &each, sizeof each) == sizeof each);
    BENCH_CHECK(waitpid(child, NULL, 0) == child);
    close(ends[0]);
    close(ends[1]);
    char found[32];
    snprintf(found, sizeof found, "%ld bytes", each);
    benchProve(work, "1,024 bytes each", each <= 1024, found);
}

/* -- Finding one ------------------------------------------------------------------------------- */

static double lookUpAmong(Windows* windows, size_t count)
{
    create(windows, count);
    uint64_t from = benchNow();
    size_t place = 0;
    for (int i = 0; i < FOUND; i++) {
        place = (place + 7919) % count;
        if (!RatIsWindow(windows->windows[place])) abort();
    }
    double time = (double)(benchNow() - from) / FOUND;
    destroy(windows);
    return time;
}

static double lookUpMany(void* windows) { return lookUpAmong(windows, MANY); }
static double lookUpFew(void* windows) { return lookUpAmong(windows, FEW); }

/* A window with children that lie side by side, or none. */
static void crowd(Windows* windows, int children)
{
    BENCH_CHECK(RatCreateWindow(0, "Many", "", RAT_WS_POPUP | RAT_WS_VISIBLE, 0, 0, 1200, 1200, 0,
                                NULL, &windows->crowded) == RAT_IPC_OK);
    for (int i = 0; i < children; i++) {
        RatWindow child;
        BENCH_CHECK(RatCreateWindow(0, "Many", "", RAT_WS_CHILD | RAT_WS_VISIBLE, i % 100 * 12,
                                    i / 100 * 12, 10, 10, windows->crowded, NULL,
                                    &child) == RAT_IPC_OK);
    }
}

static double findPoints(Windows* windows, int children)
{
    crowd(windows, children);
    uint64_t from = benchNow();
    for (int i = 0; i < POINTS; i++) {
        RatWindow found;
        RatPoint point = {i * 37 % 1200, i * 53 % 1200};
        if (RatWindowFromPoint(point, &found) != RAT_IPC_OK || found == 0) abort();
    }
    double time = (double)(benchNow() - from) / POINTS;
    RatDestroyWindow(windows->crowded);
    return time;
}

static double findInCrowd(void* windows) { return findPoints(windows, CROWD); }
static double findAlone(void* windows) { return findPoints(windows, 1); }

/* A move of the mouse, from where a program sends it to its message; what it asks procedures is part
 * of it. */
static double moveMouse(Windows* windows, int children)
{
    crowd(windows, children);
    RatInput back = {.type = RAT_INPUT_MOUSE,
                     .flags = RAT_MOUSEEVENTF_MOVE | RAT_MOUSEEVENTF_ABSOLUTE};
    RatMessage message;
    RatSendInput(&back, 1, sizeof back);
    while (RatGetMessage(windows->queue, &message, 0) == RAT_IPC_OK) RatDispatchMessage(&message);
    uint64_t from = benchNow();
    int seen = 0;
    for (int i = 0; i < POINTS; i++) {
        RatInput move = back;
        move.x = i * 37 % 1200;
        move.y = i * 53 % 1200;
        if (RatSendInput(&move, 1, sizeof move) != RAT_IPC_OK) abort();
        while (RatGetMessage(windows->queue, &message, 0) == RAT_IPC_OK)
            seen += message.header.message == RAT_WM_MOUSEMOVE;
    }
    double time = (double)(benchNow() - from) / POINTS;
    BENCH_CHECK(seen > POINTS / 2);
    RatDestroyWindow(windows->crowded);
    return time;
}

static double moveInCrowd(void* windows) { return moveMouse(windows, CROWD); }
static double moveAlone(void* windows) { return moveMouse(windows, 1); }

int main(int argc, char** argv)
{
    static Windows windows;
    benchBegin(argc, argv);
    proveSmall("memory of 100,000 children", &windows, beginChildren);
    proveSmall("memory of 100,000 top-level windows, headless", &windows, beginTopLevel);
    begin(&windows);
    beginChildren(&windows);
    benchCompare("create one of 100,000 children", "3000 ns", createMany, "the same of 100",
                 createFew, &windows);
    RatDestroyWindow(windows.parent);
    beginTopLevel(&windows);
    benchCompare("create one of 100,000 top-level windows, headless", "3000 ns", createMany,
                 "the same of 100", createFew, &windows);
    benchCompare("look up one of 100,000 windows", "3x", lookUpMany, "the same of 100", lookUpFew,
                 &windows);
    benchCompare("find a point's window among 10,000 children", "4x", findInCrowd,
                 "the same with one child", findAlone, &windows);
    benchCompare("move the mouse over 10,000 children", "2x", moveInCrowd,
                 "the same with one child", moveAlone, &windows);
    return 0;
}
