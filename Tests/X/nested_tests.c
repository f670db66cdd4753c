/* Procedures that retrieve themselves while they are told what the display has said. */
#define _GNU_SOURCE
#include "person.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIZES = 4 };

static xcb_connection_t* person;
static char typed[64];
static int sizes;

static void retrieve(void)
{
    RatMessage msg;
    REQUIRE_OK(RatGetMessage(threadQueue(), &msg, SOON));
    RatTranslateMessage(&msg);
    RatDispatchMessage(&msg);
}

/* A window that has been painted and has the keyboard. */
static RatWindow showFocused(void)
{
    RatWindow window = makeWindow(RAT_WS_POPUP | RAT_WS_VISIBLE);
    const xcb_window_t native = serversWindow(window);
    pumpUntil(RAT_WM_PAINT);
    const uint64_t deadline = now() + (uint64_t)SOON * 1000000;
    for (bool hasKeyboard = false; !hasKeyboard;) {
        REQUIRE(now() < deadline);
        drain();
        xcb_get_input_focus_reply_t* reply = xcb_get_input_focus_reply(person, xcb_get_input_focus(person), NULL);
        REQUIRE(reply != NULL);
        hasKeyboard = reply->focus == native;
        free(reply);
    }
    drain();
    return window;
}

static void type(uint8_t code)
{
    pressKey(person, code, true);
    pressKey(person, code, false);
}

/* In the news of its size it types, is sized again, and retrieves until one more letter has come. */
static bool nest(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam, RatResult* result)
{
    (void)lparam, (void)result;
    if (message == RAT_WM_CHAR) typed[strlen(typed)] = (char)wparam;
    if (message != RAT_WM_SIZE || sizes == SIZES) return false;
    sizes++;
    type(KEY_A);
    type(KEY_B);
    placeWindow(person, serversWindow(window), 10, 20, 100 + 10 * sizes, 80);
    arrive(person);
    const size_t before = strlen(typed);
    while (strlen(typed) == before) retrieve();
    return false;
}

static int widthOf(RatWindow window)
{
    RatRect rect;
    REQUIRE_OK(RatGetWindowRect(window, &rect));
    return rect.right - rect.left;
}

TEST(whatTheDisplaySaysKeepsItsOrderThroughLoopsInsideOfProcedures)
{
    person = comeTo(NULL);
    RatWindow window = showFocused();
    onMessage = nest;
    placeWindow(person, serversWindow(window), 10, 20, 90, 80);
    arrive(person);
    while (strlen(typed) < 2 * SIZES || widthOf(window) != 100 + 10 * SIZES) retrieve();
    CHECK_STR(typed, "abababab");
    xcb_disconnect(person);
}

static uint32_t endingMessage;

static bool endAt(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam, RatResult* result)
{
    (void)wparam, (void)lparam, (void)result;
    if (message != endingMessage) return false;
    endingMessage = RAT_WM_NULL;
    CHECK_STATUS(RatDestroyWindow(window), RAT_IPC_OK);
    return false;
}

TEST(aWindowMayEndInAnythingThatTheDisplayTellsIt)
{
    static const uint32_t messages[] = {
        RAT_WM_WINDOWPOSCHANGED, RAT_WM_MOVE,        RAT_WM_SIZE,      RAT_WM_NCACTIVATE, RAT_WM_ACTIVATE,
        RAT_WM_NCHITTEST,        RAT_WM_SETCURSOR,   RAT_WM_MOUSEMOVE, RAT_WM_LBUTTONDOWN, RAT_WM_LBUTTONUP,
        RAT_WM_KEYDOWN,          RAT_WM_KILLFOCUS,   RAT_WM_PAINT,     RAT_WM_ERASEBKGND};
    person = comeTo(NULL);
    onMessage = endAt;
    for (size_t i = 0; i < sizeof messages / sizeof messages[0]; i++) {
        char row[16];
        snprintf(row, sizeof row, "0x%x", messages[i]);
        inRow(row);
        movePointer(person, 500, 500);
        RatWindow window = showFocused();
        endingMessage = messages[i];
        placeWindow(person, serversWindow(window), 30, 40, 320, 180);
        movePointer(person, 60, 60);
        pressButton(person, 1, true);
        pressButton(person, 1, false);
        type(KEY_A);
        xcb_set_input_focus(person, XCB_INPUT_FOCUS_POINTER_ROOT, XCB_INPUT_FOCUS_NONE, XCB_CURRENT_TIME);
        arrive(person);
        const uint64_t deadline = now() + (uint64_t)SOON * 1000000;
        while (RatIsWindow(window)) {
            RatMessage msg;
            REQUIRE(now() < deadline);
            if (RatGetMessage(threadQueue(), &msg, 0) == RAT_IPC_OK) RatDispatchMessage(&msg);
        }
        CHECK(findLogged(RAT_WM_NCDESTROY, 0) >= 0);
        loggedCount = 0;
        drain();
    }
    inRow(NULL);
    xcb_disconnect(person);
}
