/* Several threads with windows, each with a connection of its own. */
#define _GNU_SOURCE
#include "atoms.h"
#include "person.h"
#include "support.h"

#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <xcb/xcb.h>

enum { THREADS = 4, ROUNDS = 300 };

/* What a thread's window has been told, for others to read. */
typedef struct {
    _Atomic RatWindow window;
    _Atomic uint32_t native;
    atomic_int hasFocus, gains, losses, order, wrongOrder, pings, paints;
} Seen;

static Seen seen[THREADS];
static atomic_int ready;

static Seen* seenOf(RatWindow window)
{
    for (int i = 0; i < THREADS; i++)
        if (seen[i].window == window) return &seen[i];
    return NULL;
}

/* Win32's order: active before the focus comes, and inactive before it goes. */
static RatResult seeingProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    Seen* it = seenOf(window);
    if (it != NULL && message == RAT_WM_ACTIVATE) it->order = (wparam & 0xFFFF) != 0 ? 1 : 2;
    if (it != NULL && message == RAT_WM_SETFOCUS) {
        if (it->order != 1) it->wrongOrder++;
        it->hasFocus = 1;
        it->gains++;
    }
    if (it != NULL && message == RAT_WM_KILLFOCUS) {
        if (it->order != 2) it->wrongOrder++;
        it->hasFocus = 0;
        it->losses++;
    }
    if (it != NULL && message == RAT_WM_APP) {
        it->pings++;
        return (RatResult)wparam + 1;
    }
    if (message == RAT_WM_APP + 1) CHECK_STATUS(RatSetActiveWindow(window, NULL), RAT_IPC_OK);
    if (it != NULL && message == RAT_WM_PAINT) it->paints++;
    return RatDefWindowProc(window, message, wparam, lparam);
}

static void registerClass(void)
{
    RatWindowClass class = {.size = sizeof class, .name = "Seeing", .proc = seeingProc};
    RatStatus status = RatRegisterClass(&class, NULL);
    REQUIRE(status == RAT_IPC_OK || status == RAT_IPC_ERR_ALREADY_EXISTS);
}

static RatWindow showWindow(int number)
{
    RatWindow window = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateWindow(0, "Seeing", "window", RAT_WS_OVERLAPPEDWINDOW | RAT_WS_VISIBLE,
                               20 + number * 300, 20, 200, 100, RAT_INVALID_HANDLE, NULL, &window));
    RatNativeWindow native = {.size = sizeof native};
    REQUIRE_OK(RatGetNativeWindow(window, &native));
    seen[number].native = native.window;
    seen[number].window = window;
    ready++;
    return window;
}

/* Serves the thread's windows until a stop is asked for. */
static intptr_t serve(void* number)
{
    RatWindow window = showWindow((int)(intptr_t)number);
    RatMessage msg;
    while (RatGetMessage(threadQueue(), &msg, -1) == RAT_IPC_OK) RatDispatchMessage(&msg);
    return RatDestroyWindow(window);
}

/* Has every thread retrieve: what is sent is answered there only. */
static void haveAllRetrieve(int count)
{
    for (int i = 0; i < count; i++) {
        RatMessage msg = plain(RAT_WM_NULL);
        CHECK_STATUS(RatSendMessage(seen[i].window, &msg, NULL, SOON), RAT_IPC_OK);
    }
}

static bool hasKeyboard(int holder, int count)
{
    RatWindow foreground = RAT_INVALID_HANDLE;
    if (RatGetForegroundWindow(&foreground) != RAT_IPC_OK || foreground != seen[holder].window)
        return false;
    for (int i = 0; i < count; i++)
        if (seen[i].hasFocus != (i == holder)) return false;
    return true;
}

static void untilKeyboardIsAt(int holder, int count)
{
    uint64_t deadline = now() + (uint64_t)SOON * 1000000;
    while (!hasKeyboard(holder, count)) {
        REQUIRE(now() < deadline);
        haveAllRetrieve(count);
    }
}

/* By the window manager on a person's behalf, where there is one. */
static void giveByManager(xcb_connection_t* other, int holder)
{
    xcb_client_message_event_t event = {
        .response_type = XCB_CLIENT_MESSAGE, .format = 32, .window = seen[holder].native,
        .type = atomOf(other, "_NET_ACTIVE_WINDOW"), .data.data32 = {2, 0, 0, 0, 0}};
    xcb_window_t root = xcb_setup_roots_iterator(xcb_get_setup(other)).data->root;
    xcb_send_event(other, 0, root, 1 << 19 | 1 << 20, (const char*)&event);
    free(xcb_get_input_focus_reply(other, xcb_get_input_focus(other), NULL));
}

static void give(xcb_connection_t* other, int holder)
{
    xcb_set_input_focus(other, XCB_INPUT_FOCUS_PARENT, seen[holder].native, XCB_CURRENT_TIME);
    free(xcb_get_input_focus_reply(other, xcb_get_input_focus(other), NULL));
}

/* A window takes the keyboard when it comes onto a screen that nobody manages. */
static void untilServerGaveIt(xcb_connection_t* other, int holder)
{
    uint64_t deadline = now() + (uint64_t)SOON * 1000000;
    for (bool hasIt = false; !hasIt;) {
        REQUIRE(now() < deadline);
        xcb_get_input_focus_reply_t* reply = xcb_get_input_focus_reply(other, xcb_get_input_focus(other), NULL);
        REQUIRE(reply != NULL);
        hasIt = reply->focus == seen[holder].native;
        free(reply);
    }
}

/* Moves the keyboard to and fro between the windows of two threads. */
static void moveKeyboard(void (*to)(xcb_connection_t*, int))
{
    registerClass();
    xcb_connection_t* other = comeTo(NULL);
    Thread threads[2];
    for (intptr_t i = 0; i < 2; i++) {
        start(&threads[i], serve, (void*)i);
        while (ready <= i) sched_yield();
        if (to == give) untilServerGaveIt(other, (int)i);
    }
    for (int round = 0; round < 20; round++) {
        to(other, round % 2);
        untilKeyboardIsAt(round % 2, 2);
    }
    CHECK_EQ(seen[0].wrongOrder + seen[1].wrongOrder, 0);
    CHECK(seen[0].gains >= 10 && seen[1].gains >= 9);
    /* Nobody waits for anybody: each thread hears of it when it comes to it, and the last word counts. */
    for (int round = 0; round < 20; round++) {
        for (int step = 0; step <= round; step++) to(other, step % 2);
        untilKeyboardIsAt(round % 2, 2);
    }
    CHECK_EQ(seen[0].wrongOrder + seen[1].wrongOrder, 0);
    xcb_disconnect(other);
    for (int i = 0; i < 2; i++) {
        RatMessage msg = plain(RAT_WM_QUIT);
        CHECK_STATUS(RatPostMessage(seen[i].window, &msg), RAT_IPC_OK);
        CHECK_STATUS(join(&threads[i]), RAT_IPC_OK);
    }
}

TEST(theKeyboardMovesBetweenTheWindowsOfThreadsInWin32sOrder)
{
    moveKeyboard(give);
}

TEST(aWindowManagerMovesTheKeyboardBetweenTheWindowsOfThreads)
{
    pid_t manager = startOpenbox();
    moveKeyboard(giveByManager);
    endProcess(manager, SIGTERM);
}

/* A thread in the background may have an active window, which has the focus among its own. */
TEST(aClickGivesTheKeyboardToAWindowThatIsActiveInTheBackground)
{
    registerClass();
    xcb_connection_t* other = comeTo(NULL);
    Thread threads[2];
    for (intptr_t i = 0; i < 2; i++) {
        start(&threads[i], serve, (void*)i);
        while (ready <= i) sched_yield();
        untilServerGaveIt(other, (int)i);
    }
    give(other, 0);
    untilKeyboardIsAt(0, 2);
    RatMessage activate = plain(RAT_WM_APP + 1);
    CHECK_STATUS(RatSendMessage(seen[1].window, &activate, NULL, SOON), RAT_IPC_OK);
    CHECK_EQ(seen[1].hasFocus, 1);
    RatWindow foreground = RAT_INVALID_HANDLE;
    CHECK_STATUS(RatGetForegroundWindow(&foreground), RAT_IPC_OK);
    CHECK_EQ(foreground, seen[0].window);
    movePointer(other, 20 + 300 + 50, 20 + 50);
    pressButton(other, 1, true);
    pressButton(other, 1, false);
    arrive(other);
    untilKeyboardIsAt(1, 2);
    xcb_disconnect(other);
    for (int i = 0; i < 2; i++) {
        RatMessage msg = plain(RAT_WM_QUIT);
        CHECK_STATUS(RatPostMessage(seen[i].window, &msg), RAT_IPC_OK);
        CHECK_STATUS(join(&threads[i]), RAT_IPC_OK);
    }
}

static atomic_int finished;

/* Asks the next thread's window again and again, and paints meanwhile. */
static intptr_t askAround(void* number)
{
    int own = (int)(intptr_t)number, next = (own + 1) % THREADS;
    RatWindow window = showWindow(own);
    RatMessage msg;
    while (ready < THREADS)
        if (RatGetMessage(threadQueue(), &msg, 10) == RAT_IPC_OK) RatDispatchMessage(&msg);
    for (uintptr_t round = 0; round < ROUNDS; round++) {
        RatMessage question = plain(RAT_WM_APP), answer;
        question.header.wparam = round;
        CHECK_STATUS(RatSendMessage(seen[next].window, &question, &answer, SOON), RAT_IPC_OK);
        CHECK_EQ(answer.header.lparam, (intptr_t)round + 1);
        CHECK_STATUS(RatInvalidateRect(window, NULL, true), RAT_IPC_OK);
        while (RatGetMessage(threadQueue(), &msg, 0) == RAT_IPC_OK) RatDispatchMessage(&msg);
    }
    if (++finished == THREADS)
        for (int i = 0; i < THREADS; i++) {
            RatMessage quit = plain(RAT_WM_QUIT);
            CHECK_STATUS(RatPostMessage(seen[i].window, &quit), RAT_IPC_OK);
        }
    while (RatGetMessage(threadQueue(), &msg, -1) == RAT_IPC_OK) RatDispatchMessage(&msg);
    return RatDestroyWindow(window);
}

TEST(threadsWithWindowsThatAskEachOtherLoseNothing)
{
    registerClass();
    Thread threads[THREADS];
    for (intptr_t i = 0; i < THREADS; i++) start(&threads[i], askAround, (void*)i);
    for (int i = 0; i < THREADS; i++) CHECK_STATUS(join(&threads[i]), RAT_IPC_OK);
    for (int i = 0; i < THREADS; i++) {
        CHECK_EQ(seen[i].pings, ROUNDS);
        CHECK(seen[i].paints > 0);
    }
}
