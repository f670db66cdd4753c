/* Windows on a real X server, which each test has for itself: scripts/test-x.sh starts it, and tells
 * its process in XVFB_PID, so that a test can take it away. */
#define _GNU_SOURCE
#include "support.h"

#include <signal.h>
#include <stdlib.h>

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
