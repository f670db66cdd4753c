/* The X11 bridge: how long an event takes from a person's hand to the window procedure, and what many
 * events cost. Three loops, each with a window and a thread of its own on one X server: ours, a bare one
 * over xcb that only reads, and GLFW's. A second client plays the person with XTEST. */
#define _GNU_SOURCE
#include "bench.h"

#include <GLFW/glfw3.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <rat.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <xcb/xcb.h>
#include <xcb/xtest.h>

/* Of native access we need the window's number alone; the header would need Xlib's. */
unsigned long glfwGetX11Window(GLFWwindow* window);

enum { SIDE = 200, SAMPLES = 200, FLOOD = 4000, FIRST_KEY = 24, KEYS = 10 };

/* A loop under measure. The person's thread plays input and reads what the loop's thread has written
 * before it counted. */
typedef struct {
    void (*run)(void);
    int16_t x;
    xcb_window_t window;
    int stat; /* of its thread */
    sem_t isReady;
    /* Input handled; a futex. */
    _Atomic uint32_t handled;
    uint64_t handledAt;
    /* The count at which the handler waits at the gate; 0 for none. */
    _Atomic uint32_t holdAt;
    sem_t gate;
    uint64_t releasedAt;
    _Atomic bool isOver;
} Loop;

static xcb_connection_t* person;
static int serverStat;

/* -- The loops ---------------------------------------------------------------------------------- */

/* What each does with a move, a button or a key. */
static void handle(Loop* loop)
{
    loop->handledAt = benchNow();
    uint32_t count = atomic_fetch_add(&loop->handled, 1) + 1;
    syscall(SYS_futex, &loop->handled, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
    if (count != atomic_load(&loop->holdAt)) return;
    while (sem_wait(&loop->gate) != 0) BENCH_CHECK(errno == EINTR);
    loop->releasedAt = benchNow();
}

static int openStat(const char* path)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    BENCH_CHECK(descriptor >= 0);
    return descriptor;
}

static void announce(Loop* loop, xcb_window_t window)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/task/%ld/stat", (long)syscall(SYS_gettid));
    loop->stat = openStat(path);
    loop->window = window;
    sem_post(&loop->isReady);
}

static void runOurs(void);
static void runBare(void);
static void runGLFW(void);
static Loop ours = {.run = runOurs, .x = 0}, bare = {.run = runBare, .x = 300},
            glfw = {.run = runGLFW, .x = 600};

static RatResult oursProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    switch (message) {
    case RAT_WM_MOUSEMOVE:
    case RAT_WM_LBUTTONDOWN:
    case RAT_WM_LBUTTONUP:
    case RAT_WM_KEYDOWN:
    case RAT_WM_KEYUP:
        handle(&ours);
        return 0;
    }
    return RatDefWindowProc(window, message, wparam, lparam);
}

static void runOurs(void)
{
    RatWindowClass class = {.size = sizeof class, .proc = oursProc, .name = "Bridge"};
    RatNativeWindow native = {.size = sizeof native};
    RatWindow window;
    RatMessageQueue queue;
    RatMessage message;
    BENCH_CHECK(RatAttachDisplay("x11") == RAT_IPC_OK);
    BENCH_CHECK(RatRegisterClass(&class, NULL) == RAT_IPC_OK);
    BENCH_CHECK(RatCreateWindow(0, "Bridge", "", RAT_WS_POPUP | RAT_WS_VISIBLE, ours.x, 0, SIDE, SIDE,
                                0, NULL, &window) == RAT_IPC_OK);
    BENCH_CHECK(RatGetNativeWindow(window, &native) == RAT_IPC_OK);
    BENCH_CHECK(RatGetThreadMessageQueue(&queue) == RAT_IPC_OK);
    announce(&ours, native.window);
    while (!atomic_load(&ours.isOver)) {
        BENCH_CHECK(RatGetMessage(queue, &message, -1) == RAT_IPC_OK);
        RatTranslateMessage(&message);
        RatDispatchMessage(&message);
    }
}

static void bareEvent(const xcb_generic_event_t* event)
{
    switch (event->response_type & 0x7F) {
    case XCB_MOTION_NOTIFY:
    case XCB_BUTTON_PRESS:
    case XCB_BUTTON_RELEASE:
    case XCB_KEY_PRESS:
    case XCB_KEY_RELEASE:
        handle(&bare);
    }
}

static void runBare(void)
{
    xcb_connection_t* connection = xcb_connect(NULL, NULL);
    BENCH_CHECK(xcb_connection_has_error(connection) == 0);
    const xcb_screen_t* screen = xcb_setup_roots_iterator(xcb_get_setup(connection)).data;
    const uint32_t values[] = {
        1, XCB_EVENT_MASK_KEY_PRESS | XCB_EVENT_MASK_KEY_RELEASE | XCB_EVENT_MASK_BUTTON_PRESS |
               XCB_EVENT_MASK_BUTTON_RELEASE | XCB_EVENT_MASK_POINTER_MOTION};
    xcb_window_t window = xcb_generate_id(connection);
    xcb_create_window(connection, XCB_COPY_FROM_PARENT, window, screen->root, bare.x, 0, SIDE, SIDE, 0,
                      XCB_WINDOW_CLASS_INPUT_OUTPUT, XCB_COPY_FROM_PARENT,
                      XCB_CW_OVERRIDE_REDIRECT | XCB_CW_EVENT_MASK, values);
    xcb_map_window(connection, window);
    free(xcb_get_input_focus_reply(connection, xcb_get_input_focus(connection), NULL));
    announce(&bare, window);
    while (!atomic_load(&bare.isOver)) {
        xcb_generic_event_t* event;
        while ((event = xcb_poll_for_event(connection)) != NULL) {
            bareEvent(event);
            free(event);
        }
        BENCH_CHECK(xcb_connection_has_error(connection) == 0);
        xcb_flush(connection);
        if (atomic_load(&bare.isOver)) break;
        struct pollfd descriptor = {xcb_get_file_descriptor(connection), POLLIN, 0};
        poll(&descriptor, 1, -1);
    }
    xcb_disconnect(connection);
}

static void glfwMoved(GLFWwindow* window, double x, double y)
{
    (void)window, (void)x, (void)y;
    handle(&glfw);
}

static void glfwPressed(GLFWwindow* window, int button, int action, int modifiers)
{
    (void)window, (void)button, (void)action, (void)modifiers;
    handle(&glfw);
}

static void glfwTyped(GLFWwindow* window, int key, int scan, int action, int modifiers)
{
    (void)window, (void)key, (void)scan, (void)action, (void)modifiers;
    handle(&glfw);
}

static void runGLFW(void)
{
    BENCH_CHECK(glfwInit());
    glfwWindowHint(GLFW_CLIENT_API, GLFW_NO_API);
    glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
    GLFWwindow* window = glfwCreateWindow(SIDE, SIDE, "", NULL, NULL);
    BENCH_CHECK(window != NULL);
    glfwSetWindowPos(window, glfw.x, 0);
    glfwSetCursorPosCallback(window, glfwMoved);
    glfwSetMouseButtonCallback(window, glfwPressed);
    glfwSetKeyCallback(window, glfwTyped);
    glfwShowWindow(window);
    glfwPollEvents();
    announce(&glfw, (xcb_window_t)glfwGetX11Window(window));
    while (!atomic_load(&glfw.isOver)) glfwWaitEvents();
    glfwTerminate();
}

static void* runLoop(void* loop)
{
    ((Loop*)loop)->run();
    return NULL;
}

/* -- The person --------------------------------------------------------------------------------- */

static void roundTrip(void)
{
    free(xcb_get_input_focus_reply(person, xcb_get_input_focus(person), NULL));
    BENCH_CHECK(xcb_connection_has_error(person) == 0);
}

static bool isAsleep(int stat)
{
    char text[512];
    ssize_t length = pread(stat, text, sizeof text - 1, 0);
    BENCH_CHECK(length > 0);
    text[length] = 0;
    /* The name in parentheses may hold anything; the state follows. */
    const char* name = strrchr(text, ')');
    BENCH_CHECK(name != NULL);
    return name[2] == 'S';
}

/* Until neither the server nor the loop has anything left to do. */
static void awaitSleep(const Loop* loop)
{
    while (!isAsleep(serverStat) || !isAsleep(loop->stat) || !isAsleep(serverStat)) sched_yield();
}

static void awaitHandled(Loop* loop, uint32_t count)
{
    uint32_t seen;
    while ((int32_t)((seen = atomic_load(&loop->handled)) - count) < 0)
        syscall(SYS_futex, &loop->handled, FUTEX_WAIT_PRIVATE, seen, NULL, NULL, 0);
}

static void play(uint8_t type, uint8_t detail, int16_t x, int16_t y)
{
    xcb_test_fake_input(person, type, detail, XCB_CURRENT_TIME, XCB_NONE, x, y, 0);
}

/* The n-th move: each is to another place. */
static void playMove(const Loop* loop, unsigned n)
{
    play(XCB_MOTION_NOTIFY, 0, (int16_t)(loop->x + 20 + n % 100), (int16_t)(20 + n / 100 % 100));
}

/* The n-th press or release, of q to p in turn: GLFW drops a press in the very millisecond of the one before
 * of the same key. */
static void playKey(unsigned n)
{
    play(n % 2 == 0 ? XCB_KEY_PRESS : XCB_KEY_RELEASE, (uint8_t)(FIRST_KEY + n / 2 % KEYS), 0, 0);
}

/* Puts the pointer and the keyboard into the loop's window. */
static void turnTo(Loop* loop)
{
    xcb_set_input_focus(person, XCB_INPUT_FOCUS_POINTER_ROOT, loop->window, XCB_CURRENT_TIME);
    play(XCB_MOTION_NOTIFY, 0, (int16_t)(loop->x + SIDE / 2), 10);
    roundTrip();
    awaitSleep(loop);
}

/* -- Latency ------------------------------------------------------------------------------------ */

static int compareTimes(const void* left, const void* right)
{
    double a = *(const double*)left, b = *(const double*)right;
    return (a > b) - (a < b);
}

/* The median of many: from when the server is asked to play it to the handler. Everybody sleeps before. */
static double latency(Loop* loop, bool isKey)
{
    double samples[SAMPLES];
    turnTo(loop);
    for (unsigned i = 0; i < SAMPLES; i++) {
        awaitSleep(loop);
        uint32_t before = atomic_load(&loop->handled);
        if (isKey) {
            playKey(i);
        } else {
            playMove(loop, i);
        }
        uint64_t from = benchNow();
        xcb_flush(person);
        awaitHandled(loop, before + 1);
        samples[i] = (double)(loop->handledAt - from);
    }
    qsort(samples, SAMPLES, sizeof *samples, compareTimes);
    return samples[SAMPLES / 2];
}

/* -- Floods ------------------------------------------------------------------------------------- */

/* Moves, and a button between each two of them, so that none may stand for another. */
static void playFlood(const Loop* loop)
{
    for (unsigned i = 0; i < FLOOD / 4; i++) {
        playMove(loop, i * 2);
        play(XCB_BUTTON_PRESS, 1, 0, 0);
        playMove(loop, i * 2 + 1);
        play(XCB_BUTTON_RELEASE, 1, 0, 0);
        if (i % 64 == 63) roundTrip();
    }
    roundTrip();
}

/* All of them have arrived before the loop takes the first. */
static double drain(Loop* loop)
{
    turnTo(loop);
    uint32_t before = atomic_load(&loop->handled) + 1;
    atomic_store(&loop->holdAt, before);
    playMove(loop, 1);
    xcb_flush(person);
    awaitHandled(loop, before);
    playFlood(loop);
    while (!isAsleep(serverStat)) sched_yield();
    sem_post(&loop->gate);
    awaitHandled(loop, before + FLOOD);
    return (double)(loop->handledAt - loop->releasedAt) / FLOOD;
}

/* The loop takes them as they come. */
static double stream(Loop* loop)
{
    turnTo(loop);
    uint32_t before = atomic_load(&loop->handled);
    uint64_t from = benchNow();
    playFlood(loop);
    awaitHandled(loop, before + FLOOD);
    return (double)(loop->handledAt - from) / FLOOD;
}

/* -- All of it ---------------------------------------------------------------------------------- */

#define MEASURES(loop)                                                                             \
    static double loop##Move(void* context) { return (void)context, latency(&loop, false); }       \
    static double loop##Key(void* context) { return (void)context, latency(&loop, true); }         \
    static double loop##Drain(void* context) { return (void)context, drain(&loop); }               \
    static double loop##Stream(void* context) { return (void)context, stream(&loop); }
MEASURES(ours)
MEASURES(bare)
MEASURES(glfw)

static void pin(pid_t process, int processor)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(processor, &one);
    BENCH_CHECK(sched_setaffinity(process, sizeof one, &one) == 0);
}

/* The server gets a processor of its own; the person sleeps while a loop works, and shares one with it. Else
 * where the system puts the three decides more than the loops do. */
static void pinAll(pid_t server)
{
    cpu_set_t allowed;
    int first = CPU_SETSIZE, last = -1;
    BENCH_CHECK(sched_getaffinity(0, sizeof allowed, &allowed) == 0);
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (!CPU_ISSET(cpu, &allowed)) continue;
        if (cpu < first) first = cpu;
        last = cpu;
    }
    pin(0, first);
    pin(server, last);
}

static void begin(Loop* loop, pthread_t* thread)
{
    BENCH_CHECK(sem_init(&loop->isReady, 0, 0) == 0 && sem_init(&loop->gate, 0, 0) == 0);
    BENCH_CHECK(pthread_create(thread, NULL, runLoop, loop) == 0);
    while (sem_wait(&loop->isReady) != 0) BENCH_CHECK(errno == EINTR);
}

/* What is played last lets the loop see that it is over. */
static void end(Loop* loop, pthread_t thread)
{
    turnTo(loop);
    atomic_store(&loop->isOver, true);
    playMove(loop, 1);
    roundTrip();
    pthread_join(thread, NULL);
}

int main(int argc, char** argv)
{
    benchBegin(argc, argv);
    const char* server = getenv("XVFB_PID");
    BENCH_CHECK(server != NULL);
    char path[64];
    snprintf(path, sizeof path, "/proc/%s/stat", server);
    serverStat = openStat(path);
    pinAll(atoi(server));
    person = xcb_connect(NULL, NULL);
    BENCH_CHECK(xcb_connection_has_error(person) == 0);
    pthread_t threads[3];
    begin(&ours, &threads[0]);
    begin(&bare, &threads[1]);
    begin(&glfw, &threads[2]);

    const char* work = "X11: a move of the pointer to its procedure, all asleep";
    benchCompare(work, "1.15x", oursMove, "bare xcb loop", bareMove, NULL);
    benchCompare(work, "1.15x", oursMove, "GLFW callback", glfwMove, NULL);
    work = "X11: a key to its procedure, all asleep";
    benchCompare(work, "1.15x", oursKey, "bare xcb loop", bareKey, NULL);
    benchCompare(work, "1.15x", oursKey, "GLFW callback", glfwKey, NULL);
    work = "X11: moves and buttons as fast as the server makes them";
    benchCompare(work, "-", oursStream, "bare xcb loop", bareStream, NULL);
    benchCompare(work, "-", oursStream, "GLFW callback", glfwStream, NULL);
    work = "X11: moves and buttons that have arrived, each";
    benchCompare(work, "-", oursDrain, "bare xcb loop", bareDrain, NULL);
    benchCompare(work, "-", oursDrain, "GLFW callback", glfwDrain, NULL);

    end(&ours, threads[0]);
    end(&bare, threads[1]);
    end(&glfw, threads[2]);
    xcb_disconnect(person);
    return 0;
}
