/* Windows on a real X server, which each test has for itself: scripts/test-x.sh starts it, and tells
 * its process in XVFB_PID, so that a test can take it away. */
#define _GNU_SOURCE
#include "support.h"

#include <signal.h>
#include <stdlib.h>
#include <xcb/xcb.h>

static void killTheServer(void)
{
    const char* pid = getenv("XVFB_PID");
    REQUIRE(pid != NULL);
    REQUIRE(kill(atoi(pid), SIGKILL) == 0);
}

TEST(aVisibleWindowIsShownAndPainted)
{
    REQUIRE_OK(RatAttachDisplay("x11"));
    RatWindow window = makeWindow(RAT_WS_VISIBLE | RAT_WS_OVERLAPPEDWINDOW);
    RatMessage msg = pumpUntil(RAT_WM_PAINT);
    CHECK_EQ(msg.header.target, window);
    REQUIRE_OK(RatDestroyWindow(window));
    drain();
}

TEST(theVariableDisplayIsEnough)
{
    makeWindow(RAT_WS_VISIBLE);
    pumpUntil(RAT_WM_PAINT);
    CHECK_STATUS(RatAttachDisplay("headless"), RAT_IPC_ERR_ALREADY_EXISTS);
}

TEST(aThreadKeepsItsDisplayWhileItShowsWindows)
{
    REQUIRE_OK(RatAttachDisplay("x11"));
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    CHECK_STATUS(RatAttachDisplay("headless"), RAT_IPC_ERR_ALREADY_EXISTS);
    CHECK_STATUS(RatAttachDisplay("x11"), RAT_IPC_OK);
    pumpUntil(RAT_WM_PAINT);
    REQUIRE_OK(RatDestroyWindow(window));
    CHECK_STATUS(RatAttachDisplay("headless"), RAT_IPC_OK);
    makeWindow(RAT_WS_VISIBLE);
    pumpUntil(RAT_WM_PAINT);
}

TEST(whatTheDisplaySaysEndsAWaitForTheThreadsQueue)
{
    makeWindow(RAT_WS_VISIBLE);
    while (findLogged(RAT_WM_PAINT, 0) < 0) {
        REQUIRE(RatWaitForObject(threadQueue(), SOON) == RAT_WAIT_OK);
        drain();
    }
}

static intptr_t showAndPaint(void* unused)
{
    (void)unused;
    RatWindow window = RAT_INVALID_HANDLE;
    REQUIRE_OK(tryWindow(RAT_WS_VISIBLE, &window));
    pumpUntil(RAT_WM_PAINT);
    return RatDestroyWindow(window);
}

static RatNativeWindow nativeOf(RatWindow window)
{
    RatNativeWindow native = {.size = sizeof native};
    REQUIRE_OK(RatGetNativeWindow(window, &native));
    return native;
}

TEST(aProgramMayDrawOnItsWindowWithXcb)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    pumpUntil(RAT_WM_PAINT);
    drain();
    RatNativeWindow native = nativeOf(window);
    xcb_connection_t* connection = native.connection;
    CHECK(native.depth == 24 || native.depth == 32);
    xcb_gcontext_t context = xcb_generate_id(connection);
    uint32_t colour = 0x123456;
    xcb_create_gc(connection, context, native.window, XCB_GC_FOREGROUND, &colour);
    xcb_rectangle_t part = {0, 0, 20, 10};
    xcb_poly_fill_rectangle(connection, native.window, context, 1, &part);
    xcb_get_image_reply_t* image = xcb_get_image_reply(
        connection,
        xcb_get_image(connection, XCB_IMAGE_FORMAT_Z_PIXMAP, native.window, 0, 0, 20, 10, ~0u), NULL);
    REQUIRE(image != NULL);
    const uint32_t* pixels = (const uint32_t*)(const void*)xcb_get_image_data(image);
    CHECK_EQ(pixels[0] & 0xFFFFFF, colour);
    CHECK_EQ(pixels[199] & 0xFFFFFF, colour);
    free(image);
}

TEST(aReplyThatTheProgramWaitsForHidesNoEventFromTheLoop)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    pumpUntil(RAT_WM_PAINT);
    drain();
    RatNativeWindow native = nativeOf(window);
    xcb_connection_t* other = xcb_connect(NULL, NULL);
    REQUIRE(xcb_connection_has_error(other) == 0);
    for (uint32_t step = 1; step <= 20; step++) {
        uint32_t place[] = {step * 10, step * 5};
        xcb_configure_window(other, native.window, XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y, place);
        free(xcb_get_input_focus_reply(other, xcb_get_input_focus(other), NULL));
        /* The event comes before the reply, and xcb keeps it. */
        free(xcb_get_input_focus_reply(native.connection, xcb_get_input_focus(native.connection), NULL));
        loggedCount = 0;
        RatMessage msg;
        while (findLogged(RAT_WM_MOVE, 0) < 0)
            REQUIRE(RatGetMessage(threadQueue(), &msg, 0) == RAT_IPC_ERR_TIMEOUT ||
                    RatDispatchMessage(&msg) == RAT_IPC_OK);
        RatRect rect;
        REQUIRE_OK(RatGetWindowRect(window, &rect));
        CHECK_EQ(rect.left, (int32_t)place[0]);
        CHECK_EQ(rect.top, (int32_t)place[1]);
    }
    xcb_disconnect(other);
}

TEST(aWindowThatAnotherProgramDestroysGetsItsLastMessages)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    pumpUntil(RAT_WM_PAINT);
    drain();
    RatNativeWindow native = nativeOf(window);
    xcb_connection_t* other = xcb_connect(NULL, NULL);
    REQUIRE(xcb_connection_has_error(other) == 0);
    xcb_destroy_window(other, native.window);
    free(xcb_get_input_focus_reply(other, xcb_get_input_focus(other), NULL));
    xcb_disconnect(other);

    /* Nobody knows yet, and what is asked of the server meanwhile harms nobody. */
    RatPaint paint;
    CHECK_STATUS(RatSetWindowText(window, "gone"), RAT_IPC_OK);
    CHECK_STATUS(RatMoveWindow(window, 5, 6, 70, 80), RAT_IPC_OK);
    CHECK_STATUS(RatBeginPaint(window, &paint), RAT_IPC_OK);
    CHECK_STATUS(RatEndPaint(window, &paint), RAT_IPC_OK);
    CHECK_STATUS(RatSetWindowFullscreen(window, true), RAT_IPC_OK);

    loggedCount = 0;
    RatMessage msg;
    while (RatIsWindow(window)) {
        RatStatus status = RatGetMessage(threadQueue(), &msg, SOON);
        REQUIRE(status == RAT_IPC_OK || !RatIsWindow(window));
        if (status == RAT_IPC_OK) RatDispatchMessage(&msg);
    }
    CHECK(findLogged(RAT_WM_DESTROY, 0) >= 0);
    CHECK(findLogged(RAT_WM_NCDESTROY, 0) > findLogged(RAT_WM_DESTROY, 0));
    CHECK_STATUS(RatDestroyWindow(window), RAT_IPC_ERR_INVALID_HANDLE);

    makeWindow(RAT_WS_VISIBLE);
    pumpUntil(RAT_WM_PAINT);
}

TEST(requestsThatTheProgramLeavesGoOutBeforeItsThreadSleeps)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    pumpUntil(RAT_WM_PAINT);
    drain();
    RatNativeWindow native = nativeOf(window);
    /* Not flushed; what it leads to ends the wait. */
    uint32_t place[] = {300, 200};
    xcb_configure_window(native.connection, native.window, XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y,
                         place);
    loggedCount = 0;
    while (findLogged(RAT_WM_MOVE, 0) < 0) {
        RatMessage msg;
        RatStatus status = RatGetMessage(threadQueue(), &msg, SOON);
        REQUIRE(findLogged(RAT_WM_MOVE, 0) >= 0 || status == RAT_IPC_OK);
        if (status == RAT_IPC_OK) RatDispatchMessage(&msg);
    }
}

TEST(eachThreadHasAConnectionOfItsOwn)
{
    Thread threads[3];
    for (int i = 0; i < 3; i++) {
        start(&threads[i], showAndPaint, NULL);
        CHECK_STATUS(join(&threads[i]), RAT_IPC_OK);
    }
    CHECK_STATUS(showAndPaint(NULL), RAT_IPC_OK);
}

/* Keeps the windows alive through the loss. */
static bool stayAlive(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam,
                      RatResult* result)
{
    (void)window;
    (void)lparam;
    *result = 0;
    if (message != RAT_WM_DISPLAYLOST) return false;
    CHECK_STATUS(wparam, RAT_IPC_ERR_NOT_CONNECTED);
    return true;
}

TEST(everyWindowIsToldOnceThatTheDisplayIsLost)
{
    onMessage = stayAlive;
    RatWindow windows[2] = {makeWindow(RAT_WS_VISIBLE), makeWindow(0)};
    pumpUntil(RAT_WM_PAINT);
    drain();
    loggedCount = 0;
    killTheServer();
    pumpUntil(RAT_WM_DISPLAYLOST);
    pumpUntil(RAT_WM_DISPLAYLOST);
    drain();
    int told[2] = {0, 0};
    for (size_t i = 0; i < loggedCount; i++)
        for (int j = 0; j < 2; j++)
            told[j] += logged[i].message == RAT_WM_DISPLAYLOST && logged[i].window == windows[j];
    CHECK_EQ(told[0], 1);
    CHECK_EQ(told[1], 1);
}

TEST(withoutItsDisplayAWindowLivesOnAndSaysSo)
{
    onMessage = stayAlive;
    RatWindow window = makeWindow(RAT_WS_VISIBLE), other = 5;
    pumpUntil(RAT_WM_PAINT);
    drain();
    killTheServer();
    pumpUntil(RAT_WM_DISPLAYLOST);

    RatPaint paint;
    CHECK(RatIsWindow(window));
    CHECK_STATUS(RatShowWindow(window, RAT_SW_HIDE), RAT_IPC_ERR_NOT_CONNECTED);
    CHECK_STATUS(RatMoveWindow(window, 1, 2, 30, 40), RAT_IPC_ERR_NOT_CONNECTED);
    CHECK_STATUS(RatBeginPaint(window, &paint), RAT_IPC_ERR_NOT_CONNECTED);
    CHECK_STATUS(tryWindow(RAT_WS_VISIBLE, &other), RAT_IPC_ERR_NOT_CONNECTED);
    CHECK_EQ(other, RAT_INVALID_HANDLE);

    /* Posts and timers are not the display's. */
    RatMessage msg = plain(RAT_WM_APP);
    CHECK_STATUS(RatPostMessage(window, &msg), RAT_IPC_OK);
    pumpUntil(RAT_WM_APP);
    REQUIRE_OK(RatSetTimer(window, 1, 10, NULL, NULL));
    pumpUntil(RAT_WM_TIMER);
    REQUIRE_OK(RatDestroyWindow(window));

    CHECK_STATUS(RatAttachDisplay("headless"), RAT_IPC_OK);
    makeWindow(RAT_WS_VISIBLE);
    pumpUntil(RAT_WM_PAINT);
}

TEST(byDefaultALostDisplayClosesTheWindow)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    pumpUntil(RAT_WM_PAINT);
    killTheServer();
    pumpUntil(RAT_WM_DISPLAYLOST);
    CHECK(findLogged(RAT_WM_CLOSE, 0) >= 0);
    CHECK(findLogged(RAT_WM_NCDESTROY, 0) >= 0);
    CHECK(!RatIsWindow(window));
}
