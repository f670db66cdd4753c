/* Displays that come after others, and that a program cannot have. */
#define _GNU_SOURCE
#include "person.h"
#include "support.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool stayAlive(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam,
                      RatResult* result)
{
    (void)window, (void)wparam, (void)lparam;
    *result = 0;
    return message == RAT_WM_DISPLAYLOST;
}

static void attachTo(const char* display)
{
    char name[32];
    snprintf(name, sizeof name, "x11:%s", display);
    REQUIRE_OK(RatAttachDisplay(name));
}

/* Retrieves until the window was told that. */
static void untilTold(RatWindow window, uint32_t message)
{
    RatMessage msg;
    for (;;) {
        for (size_t i = 0; i < loggedCount; i++)
            if (logged[i].window == window && logged[i].message == message) return;
        RatStatus status = RatGetMessage(threadQueue(), &msg, SOON);
        REQUIRE(status == RAT_IPC_OK);
        RatTranslateMessage(&msg);
        RatDispatchMessage(&msg);
    }
}

/* Shows a window, and plays a person in it: the mouse, a key, another size. */
static RatWindow useDisplay(const char* display)
{
    loggedCount = 0;
    RatWindow window = makeWindow(RAT_WS_POPUP | RAT_WS_VISIBLE);
    untilTold(window, RAT_WM_PAINT);
    drain();
    xcb_connection_t* person = comeTo(display);
    xcb_window_t native = serversWindow(window);
    movePointer(person, 60, 60);
    pressButton(person, 1, true);
    pressButton(person, 1, false);
    arrive(person);
    untilTold(window, RAT_WM_LBUTTONUP);
    xcb_set_input_focus(person, XCB_INPUT_FOCUS_PARENT, native, XCB_CURRENT_TIME);
    pressKey(person, KEY_A, true);
    pressKey(person, KEY_A, false);
    arrive(person);
    untilTold(window, RAT_WM_CHAR);
    loggedCount = 0;
    placeWindow(person, native, 30, 40, 150, 90);
    arrive(person);
    untilTold(window, RAT_WM_SIZE);
    RatRect rect;
    REQUIRE_OK(RatGetWindowRect(window, &rect));
    CHECK_EQ(rect.left, 30);
    CHECK_EQ(rect.right, 180);
    xcb_disconnect(person);
    return window;
}

/* The server is gone; then the next one is attached. What the first one showed lives on unseen. */
TEST(afterAServerIsLostAnotherIsAttachedAndItsWindowsWork)
{
    enum { SERVERS = 3 };
    onMessage = stayAlive;
    RatWindow windows[SERVERS];
    for (int i = 0; i < SERVERS; i++) {
        Server server = startServer("640x480x24");
        attachTo(server.display);
        windows[i] = useDisplay(server.display);
        loggedCount = 0;
        endProcess(server.pid, SIGKILL);
        untilTold(windows[i], RAT_WM_DISPLAYLOST);
        CHECK_STATUS(RatShowWindow(windows[i], RAT_SW_HIDE), RAT_IPC_ERR_NOT_CONNECTED);
    }
    drain();
    for (int i = 0; i < SERVERS; i++) {
        RatMessage msg = plain(RAT_WM_APP);
        CHECK(RatIsWindow(windows[i]));
        CHECK_STATUS(RatPostMessage(windows[i], &msg), RAT_IPC_OK);
        pumpUntil(RAT_WM_APP);
        REQUIRE_OK(RatDestroyWindow(windows[i]));
    }
}

/* A window of the server that is gone, between others of the one that came after it. */
TEST(aWindowOfALostServerKeepsNoOtherFromTheNext)
{
    onMessage = stayAlive;
    Server first = startServer("640x480x24");
    attachTo(first.display);
    RatWindow lost = useDisplay(first.display);
    loggedCount = 0;
    endProcess(first.pid, SIGKILL);
    untilTold(lost, RAT_WM_DISPLAYLOST);
    Server second = startServer("640x480x24");
    attachTo(second.display);
    RatWindow window = useDisplay(second.display);
    CHECK_STATUS(RatMoveWindow(lost, 1, 2, 3, 4), RAT_IPC_ERR_NOT_CONNECTED);
    CHECK_STATUS(RatMoveWindow(window, 5, 6, 70, 80), RAT_IPC_OK);
    REQUIRE_OK(RatDestroyWindow(lost));
    CHECK_STATUS(RatMoveWindow(window, 7, 8, 90, 80), RAT_IPC_OK);
    REQUIRE_OK(RatDestroyWindow(window));
    endProcess(second.pid, SIGTERM);
}

typedef struct {
    const char* display;
    RatStatus status;
} Try;

static intptr_t tryOnThread(void* context)
{
    Try* try = context;
    RatWindow window = RAT_INVALID_HANDLE;
    try->status = tryWindow(RAT_WS_VISIBLE, &window);
    CHECK(try->status == RAT_IPC_OK || window == RAT_INVALID_HANDLE);
    return try->status == RAT_IPC_OK ? RatDestroyWindow(window) : RAT_IPC_OK;
}

/* The server lets so and so many clients in, and each thread is one. */
TEST(aThreadThatTheServerDoesNotTakeGetsNoWindowAndKeepsNoOtherFromIts)
{
    enum { MOST = 600 };
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    pumpUntil(RAT_WM_PAINT);
    static xcb_connection_t* clients[MOST];
    int count = 0;
    while (count < MOST) {
        xcb_connection_t* client = xcb_connect(NULL, NULL);
        if (xcb_connection_has_error(client) != 0) {
            xcb_disconnect(client);
            break;
        }
        clients[count++] = client;
    }
    REQUIRE(count > 0 && count < MOST);
    Try try = {0};
    Thread thread;
    start(&thread, tryOnThread, &try);
    join(&thread);
    CHECK_STATUS(try.status, RAT_IPC_ERR_NO_RESOURCES);

    /* The window that is there works as before. */
    CHECK_STATUS(RatMoveWindow(window, 5, 6, 70, 80), RAT_IPC_OK);
    CHECK_STATUS(RatInvalidateRect(window, NULL, true), RAT_IPC_OK);
    pumpUntil(RAT_WM_PAINT);

    while (count > 1) xcb_disconnect(clients[--count]);
    /* The server notices one by one that they have gone, and answers another client between. */
    for (int i = 0; i < MOST && try.status != RAT_IPC_OK; i++) {
        arrive(clients[0]);
        start(&thread, tryOnThread, &try);
        join(&thread);
    }
    CHECK_STATUS(try.status, RAT_IPC_OK);
}

TEST(aScreenOfSixteenBitsIsNotSupported)
{
    Server server = startServer("320x200x16");
    char name[32];
    snprintf(name, sizeof name, "x11:%s", server.display);
    CHECK_STATUS(RatAttachDisplay(name), RAT_IPC_ERR_NOT_SUPPORTED);
    setenv("DISPLAY", server.display, 1);
    RatWindow window = 5;
    CHECK_STATUS(tryWindow(RAT_WS_VISIBLE, &window), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK_EQ(window, RAT_INVALID_HANDLE);
    endProcess(server.pid, SIGTERM);
}
