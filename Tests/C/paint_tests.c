/* Painting and timers on the headless display. */
#include "support.h"

#include <string.h>

static RatWindow shown(void)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    drain(); /* the default procedure validates the first paint */
    loggedCount = 0;
    return window;
}

static RatPaint painted; /* what the last paint gave */

static bool paintGreen(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam,
                       RatResult* result)
{
    (void)wparam;
    (void)lparam;
    if (message != RAT_WM_PAINT) return false;
    CHECK_STATUS(RatBeginPaint(window, &painted), RAT_IPC_OK);
    for (int32_t y = painted.rect.top; y < painted.rect.bottom; y++)
        for (int32_t x = painted.rect.left; x < painted.rect.right; x++)
            painted.pixels[(size_t)y * painted.stride / 4 + (size_t)x] = 0xFF00FF00;
    CHECK_STATUS(RatEndPaint(window, &painted), RAT_IPC_OK);
    *result = 0;
    return true;
}

static void checkRect(RatRect rect, int32_t left, int32_t top, int32_t right, int32_t bottom)
{
    CHECK_EQ(rect.left, left);
    CHECK_EQ(rect.top, top);
    CHECK_EQ(rect.right, right);
    CHECK_EQ(rect.bottom, bottom);
}

TEST(theFirstPaintIsOfEverythingAndPaintingEndsIt)
{
    onMessage = paintGreen;
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    pumpUntil(RAT_WM_PAINT);
    CHECK_EQ(painted.width, 200);
    CHECK_EQ(painted.height, 100);
    CHECK(painted.pixels != NULL && painted.stride >= 800 && painted.stride % 4 == 0);
    checkRect(painted.rect, 0, 0, 200, 100);
    loggedCount = 0;
    drain();
    CHECK_EQ(findLogged(RAT_WM_PAINT, 0), -1);
    REQUIRE_OK(RatDestroyWindow(window));
}

TEST(onlyWhatWasMarkedNeedsPaintingAndTheRestIsKept)
{
    onMessage = paintGreen;
    RatWindow window = shown();
    REQUIRE_OK(RatInvalidateRect(window, NULL, false));
    drain();
    RatRect first = {10, 10, 20, 20}, second = {30, 5, 40, 50}, outside = {190, 90, 400, 400};
    REQUIRE_OK(RatInvalidateRect(window, &first, false));
    REQUIRE_OK(RatInvalidateRect(window, &second, false));
    REQUIRE_OK(RatUpdateWindow(window));
    checkRect(painted.rect, 10, 5, 40, 50);
    REQUIRE_OK(RatInvalidateRect(window, &outside, false));
    drain();
    checkRect(painted.rect, 190, 90, 200, 100);

    RatPaint paint;
    REQUIRE_OK(RatBeginPaint(window, &paint));
    CHECK(paint.rect.left >= paint.rect.right || paint.rect.top >= paint.rect.bottom);
    CHECK_EQ(paint.clipCount, 0);
    REQUIRE_OK(RatEndPaint(window, &paint));
    REQUIRE_OK(RatGetWindowPixels(window, RAT_INVALID_HANDLE, 0, &paint));
    CHECK_EQ(paint.pixels[0], 0xFF00FF00);
    REQUIRE_OK(RatReleaseWindowPixels(window, &paint));
}

TEST(updatePaintsAtOnceAndOnlyWhatNeedsIt)
{
    onMessage = paintGreen;
    RatWindow window = shown();
    REQUIRE_OK(RatUpdateWindow(window));
    CHECK_EQ(findLogged(RAT_WM_PAINT, 0), -1);
    REQUIRE_OK(RatInvalidateRect(window, NULL, false));
    REQUIRE_OK(RatUpdateWindow(window));
    CHECK(findLogged(RAT_WM_PAINT, 0) >= 0);
    loggedCount = 0;
    drain();
    CHECK_EQ(findLogged(RAT_WM_PAINT, 0), -1);
}

static bool ignorePaint(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam,
                        RatResult* result)
{
    (void)window;
    (void)wparam;
    (void)lparam;
    *result = 0;
    return message == RAT_WM_PAINT;
}

TEST(anUnpaintedWindowIsAskedAgain)
{
    RatWindow window = shown();
    onMessage = ignorePaint;
    REQUIRE_OK(RatInvalidateRect(window, NULL, false));
    for (int i = 0; i < 3; i++) {
        RatMessage msg;
        REQUIRE_OK(RatGetMessage(threadQueue(), &msg, SOON));
        CHECK_EQ(msg.header.message, RAT_WM_PAINT);
        REQUIRE_OK(RatDispatchMessage(&msg));
    }
    onMessage = NULL;
    drain();
}

TEST(aHiddenWindowNeedsNoPainting)
{
    RatWindow window = makeWindow(0);
    REQUIRE_OK(RatInvalidateRect(window, NULL, true));
    drain();
    CHECK_EQ(findLogged(RAT_WM_PAINT, 0), -1);
}

TEST(onePaintAtATime)
{
    RatWindow window = shown();
    RatPaint paint, second;
    memset(&paint, 0, sizeof paint);
    CHECK_STATUS(RatEndPaint(window, &paint), RAT_IPC_ERR_INVALID_ARG);
    REQUIRE_OK(RatBeginPaint(window, &paint));
    CHECK_STATUS(RatBeginPaint(window, &second), RAT_IPC_ERR_ALREADY_EXISTS);
    REQUIRE_OK(RatEndPaint(window, &paint));
    CHECK_STATUS(RatEndPaint(window, &paint), RAT_IPC_ERR_INVALID_ARG);
}

TEST(theBackgroundIsErasedWhereAskedFor)
{
    RatWindowClass class = {
        .size = sizeof class, .proc = loggingProc, .name = "Red", .background = 0xFFFF0000};
    REQUIRE_OK(RatRegisterClass(&class, NULL));
    RatWindow window = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateWindow(0, "Red", NULL, RAT_WS_VISIBLE, 0, 0, 50, 40, RAT_INVALID_HANDLE,
                               NULL, &window));
    drain();
    loggedCount = 0;
    RatPaint paint;
    REQUIRE_OK(RatInvalidateRect(window, NULL, false));
    REQUIRE_OK(RatBeginPaint(window, &paint));
    CHECK_EQ(findLogged(RAT_WM_ERASEBKGND, 0), -1);
    CHECK_EQ(paint.erase, 0);
    paint.pixels[5] = 0xFF0000FF;
    REQUIRE_OK(RatEndPaint(window, &paint));
    REQUIRE_OK(RatInvalidateRect(window, NULL, true));
    REQUIRE_OK(RatBeginPaint(window, &paint));
    int erased = findLogged(RAT_WM_ERASEBKGND, 0);
    CHECK(erased >= 0 && logged[erased].lparam != 0);
    CHECK_EQ(paint.erase, 0);
    CHECK_EQ(paint.pixels[5], 0xFFFF0000);
    REQUIRE_OK(RatEndPaint(window, &paint));
}

TEST(withoutABackgroundTheProgramErases)
{
    RatWindow window = shown();
    RatPaint paint;
    REQUIRE_OK(RatInvalidateRect(window, NULL, true));
    REQUIRE_OK(RatBeginPaint(window, &paint));
    CHECK(paint.erase != 0);
    REQUIRE_OK(RatEndPaint(window, &paint));
}

TEST(paintsComeAfterPostedMessagesAndBeforeTimers)
{
    RatWindow window = shown();
    onMessage = ignorePaint;
    RatEvent never = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateEvent(true, false, &never));
    REQUIRE_OK(RatSetTimer(window, 1, 10, NULL, NULL));
    REQUIRE_OK(RatInvalidateRect(window, NULL, false));
    CHECK_EQ(RatWaitForObject(never, 20), RAT_WAIT_TIMEOUT); /* now the timer is due too */
    RatMessage msg = plain(RAT_WM_APP);
    REQUIRE_OK(RatPostMessage(window, &msg));
    REQUIRE_OK(RatGetMessage(threadQueue(), &msg, 0));
    CHECK_EQ(msg.header.message, RAT_WM_APP);
    REQUIRE_OK(RatGetMessage(threadQueue(), &msg, 0));
    CHECK_EQ(msg.header.message, RAT_WM_PAINT);
    RatPaint paint;
    REQUIRE_OK(RatBeginPaint(window, &paint));
    REQUIRE_OK(RatEndPaint(window, &paint));
    REQUIRE_OK(RatGetMessage(threadQueue(), &msg, 0));
    CHECK_EQ(msg.header.message, RAT_WM_TIMER);
}

TEST(quitComesBeforePaint)
{
    RatWindow window = shown();
    REQUIRE_OK(RatInvalidateRect(window, NULL, false));
    REQUIRE_OK(RatPostQuitMessage(4));
    RatMessage msg;
    CHECK_STATUS(RatGetMessage(threadQueue(), &msg, 0), RAT_IPC_QUIT);
    CHECK_EQ(msg.header.wparam, 4);
}

TEST(aTimerTicksUntilItIsKilled)
{
    RatWindow window = shown();
    uintptr_t id = 0;
    REQUIRE_OK(RatSetTimer(window, 7, 10, NULL, &id));
    CHECK_EQ(id, 7);
    for (int i = 0; i < 3; i++) {
        RatMessage msg = pumpUntil(RAT_WM_TIMER);
        CHECK_EQ(msg.header.wparam, 7);
        CHECK_EQ(msg.header.target, window);
    }
    CHECK_STATUS(RatKillTimer(window, 7), RAT_IPC_OK);
    RatMessage msg;
    CHECK_STATUS(RatGetMessage(threadQueue(), &msg, 50), RAT_IPC_ERR_TIMEOUT);
    CHECK_STATUS(RatKillTimer(window, 7), RAT_IPC_ERR_NOT_FOUND);
}

TEST(aDueTimerIsOneMessageHoweverLateItIs)
{
    RatWindow window = shown();
    RatEvent never = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateEvent(true, false, &never));
    REQUIRE_OK(RatSetTimer(window, 1, 40, NULL, NULL));
    CHECK_EQ(RatWaitForObject(never, 200), RAT_WAIT_TIMEOUT);
    RatMessage msg;
    REQUIRE_OK(RatGetMessage(threadQueue(), &msg, 0));
    CHECK_EQ(msg.header.message, RAT_WM_TIMER);
    CHECK_STATUS(RatGetMessage(threadQueue(), &msg, 0), RAT_IPC_ERR_TIMEOUT);
}

static int ticks;

static void tick(RatWindow window, uint32_t message, uintptr_t id, uint64_t time)
{
    CHECK_EQ(message, RAT_WM_TIMER);
    CHECK(time <= now());
    if (++ticks == 3) CHECK_STATUS(RatKillTimer(window, id), RAT_IPC_OK);
}

TEST(aTimersProcedureRunsInItsPlace)
{
    RatWindow window = shown();
    REQUIRE_OK(RatSetTimer(window, 2, 10, tick, NULL));
    for (int i = 1; i <= 3; i++) {
        pumpUntil(RAT_WM_TIMER);
        CHECK_EQ(ticks, i);
    }
    CHECK_EQ(findLogged(RAT_WM_TIMER, 0), -1); /* the window's procedure was not run */
    RatMessage msg;
    CHECK_STATUS(RatGetMessage(threadQueue(), &msg, 50), RAT_IPC_ERR_TIMEOUT);
}

TEST(aThreadHasTimersWithoutAWindow)
{
    uintptr_t first = 0, second = 0;
    REQUIRE_OK(RatSetTimer(RAT_INVALID_HANDLE, 0, 10, tick, &first));
    REQUIRE_OK(RatSetTimer(RAT_INVALID_HANDLE, 0, 10, NULL, &second));
    CHECK(first != 0 && second != 0 && first != second);
    pumpUntil(RAT_WM_TIMER);
    CHECK_STATUS(RatKillTimer(RAT_INVALID_HANDLE, second), RAT_IPC_OK);
    while (ticks < 3) pumpUntil(RAT_WM_TIMER);
    CHECK_STATUS(RatKillTimer(RAT_INVALID_HANDLE, first), RAT_IPC_ERR_NOT_FOUND);
}
