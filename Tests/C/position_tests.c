/* Positions, states, coordinates and points, seen from C. */
#include "support.h"

#include <string.h>

static RatWindow childOf(RatWindow parent)
{
    RatWindow window = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateWindow(0, "Test", "", RAT_WS_CHILD | RAT_WS_VISIBLE, 5, 6, 70, 80, parent,
                               NULL, &window));
    return window;
}

static bool widen(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam,
                  RatResult* result)
{
    (void)wparam;
    (void)result;
    if (message == RAT_WM_WINDOWPOSCHANGING) {
        RatWindowPos* position = (RatWindowPos*)lparam;
        CHECK_EQ(position->window, window);
        CHECK_EQ(position->flags, RAT_SWP_NOZORDER | RAT_SWP_NOACTIVATE);
        position->width += 3;
    } else if (message == RAT_WM_NCCALCSIZE && wparam) {
        RatSizeCalculation* calculation = (RatSizeCalculation*)lparam;
        CHECK_EQ(calculation->rect.right, 1 + 43);
        CHECK_EQ(calculation->oldWindow.left, 5);
        CHECK_EQ(calculation->oldClient.bottom, 86);
        CHECK_EQ(calculation->position->window, window);
        calculation->rect.left += 2;
    }
    return false;
}

TEST(aPositionIsWhatTheProcedureMakesOfIt)
{
    RatWindow window = childOf(makeWindow(RAT_WS_VISIBLE));
    onMessage = widen;
    CHECK_STATUS(RatSetWindowPos(window, RAT_HWND_TOP, 1, 2, 40, 50,
                                 RAT_SWP_NOZORDER | RAT_SWP_NOACTIVATE),
                 RAT_IPC_OK);
    onMessage = NULL;
    RatRect rect;
    REQUIRE_OK(RatGetWindowRect(window, &rect));
    CHECK(rect.left == 11 && rect.top == 22 && rect.right == 54 && rect.bottom == 72);
    REQUIRE_OK(RatGetClientRect(window, &rect));
    CHECK_EQ(rect.right, 41);
    RatPoint point = {0, 0};
    CHECK_STATUS(RatClientToScreen(window, &point), RAT_IPC_OK);
    CHECK(point.x == 13 && point.y == 22);
    CHECK_STATUS(RatScreenToClient(window, &point), RAT_IPC_OK);
    CHECK(point.x == 0 && point.y == 0);
}

TEST(whatCannotBeAPositionIsRefused)
{
    RatWindow parent = makeWindow(0), window = childOf(parent);
    loggedCount = 0;
    CHECK_STATUS(RatSetWindowPos(window, 0, 0, 0, 0, 0, 0x0800), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetWindowPos(window, 0, 0, 0, 0, 0, 0x80000000u), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetWindowPos(window, 77, 0, 0, 0, 0, 0), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatSetWindowPos(window, parent, 9, 9, 9, 9, 0), RAT_IPC_OK);
    CHECK_EQ(loggedCount, 0);
    CHECK_STATUS(RatSetWindowPos(window, 0, INT32_MIN, INT32_MAX, INT32_MAX, INT32_MIN,
                                 RAT_SWP_NOZORDER | RAT_SWP_NOACTIVATE),
                 RAT_IPC_OK);
    RatRect rect;
    REQUIRE_OK(RatGetWindowRect(window, &rect));
    CHECK(rect.left == 10 - 32768 && rect.right - rect.left == 32767 && rect.top == rect.bottom);
}

TEST(positionsAreCollected)
{
    RatWindow parent = makeWindow(0), a = childOf(parent), b = childOf(parent);
    RatDeferredPos deferred = 5;
    const uint32_t flags = RAT_SWP_NOZORDER | RAT_SWP_NOACTIVATE;
    CHECK_STATUS(RatBeginDeferWindowPos(-1, &deferred), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(deferred, 0);
    CHECK_STATUS(RatBeginDeferWindowPos(1, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatBeginDeferWindowPos(0, &deferred), RAT_IPC_OK);
    CHECK_STATUS(RatDeferWindowPos(deferred, a, 0, 1, 2, 3, 4, flags), RAT_IPC_OK);
    CHECK_STATUS(RatDeferWindowPos(deferred, b, 0, 5, 6, 7, 8, flags), RAT_IPC_OK);
    CHECK_STATUS(RatDeferWindowPos(deferred, a, 0, 1, 2, 3, 4, 0x0800), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatDeferWindowPos(deferred + 1, a, 0, 1, 2, 3, 4, flags),
                 RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatEndDeferWindowPos(deferred), RAT_IPC_OK);
    CHECK_STATUS(RatEndDeferWindowPos(deferred), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatEndDeferWindowPos(0), RAT_IPC_ERR_INVALID_HANDLE);
    RatRect rect;
    REQUIRE_OK(RatGetWindowRect(b, &rect));
    CHECK(rect.left == 15 && rect.bottom == 34);
}

TEST(aWindowHasItsStates)
{
    RatWindow parent = makeWindow(RAT_WS_VISIBLE), window = childOf(parent);
    CHECK(!RatIsIconic(window) && !RatIsZoomed(window) && !RatIsIconic(0) && !RatIsZoomed(0));
    CHECK_STATUS(RatShowWindow(window, RAT_SW_MAXIMIZE), RAT_IPC_OK);
    CHECK(RatIsZoomed(window));
    CHECK_STATUS(RatShowWindow(window, RAT_SW_MINIMIZE), RAT_IPC_OK);
    CHECK(RatIsIconic(window) && !RatIsZoomed(window));
    RatWindowPlacement placement = {.size = sizeof placement};
    CHECK_STATUS(RatGetWindowPlacement(window, &placement), RAT_IPC_OK);
    CHECK_EQ(placement.command, RAT_SW_SHOWMINIMIZED);
    CHECK_EQ(placement.flags, RAT_WPF_RESTORETOMAXIMIZED);
    CHECK(placement.normal.left == 5 && placement.normal.bottom == 86);
    placement.command = RAT_SW_SHOWNORMAL;
    placement.flags = 0;
    placement.normal.left = 0;
    CHECK_STATUS(RatSetWindowPlacement(window, &placement), RAT_IPC_OK);
    CHECK_STATUS(RatShowWindow(window, RAT_SW_RESTORE), RAT_IPC_OK);
    RatRect rect;
    REQUIRE_OK(RatGetWindowRect(window, &rect));
    CHECK(!RatIsIconic(window) && rect.left == 10 && rect.bottom == 106);
    placement.flags = 1;
    CHECK_STATUS(RatSetWindowPlacement(window, &placement), RAT_IPC_ERR_INVALID_ARG);
    placement.flags = 0;
    placement.command = 12;
    CHECK_STATUS(RatSetWindowPlacement(window, &placement), RAT_IPC_ERR_INVALID_ARG);
    placement.command = RAT_SW_SHOW;
    placement.normal.right = INT32_MAX;
    CHECK_STATUS(RatSetWindowPlacement(window, &placement), RAT_IPC_ERR_INVALID_ARG);
    placement.size = 1;
    CHECK_STATUS(RatSetWindowPlacement(window, &placement), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetWindowPlacement(window, &placement), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetWindowPlacement(window, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetWindowPlacement(window, NULL), RAT_IPC_ERR_INVALID_ARG);
}

TEST(aWindowIsEnabledUntilItIsNot)
{
    RatWindow window = makeWindow(0);
    bool wasDisabled = true;
    CHECK(RatIsWindowEnabled(window) && !RatIsWindowEnabled(0));
    CHECK_STATUS(RatEnableWindow(window, false, &wasDisabled), RAT_IPC_OK);
    CHECK(!wasDisabled && !RatIsWindowEnabled(window));
    CHECK_STATUS(RatEnableWindow(window, true, NULL), RAT_IPC_OK);
    CHECK(RatIsWindowEnabled(window));
}

TEST(pointsAreMappedFromWindowToWindow)
{
    RatWindow parent = makeWindow(RAT_WS_VISIBLE), a = childOf(parent), found = 5;
    RatRect rect = {0, 0, 10, 20};
    CHECK_STATUS(RatMapWindowPoints(a, parent, (RatPoint*)&rect, 2), RAT_IPC_OK);
    CHECK(rect.left == 5 && rect.top == 6 && rect.right == 15 && rect.bottom == 26);
    CHECK_STATUS(RatMapWindowPoints(a, parent, NULL, 0), RAT_IPC_OK);
    CHECK_STATUS(RatMapWindowPoints(a, parent, NULL, 1), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatMapWindowPoints(a, 3, (RatPoint*)&rect, 2), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatClientToScreen(a, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatScreenToClient(a, NULL), RAT_IPC_ERR_INVALID_ARG);
    RatPoint at = {20, 30};
    CHECK_STATUS(RatWindowFromPoint(at, &found), RAT_IPC_OK);
    CHECK_EQ(found, a);
    at.x = 11;
    CHECK_STATUS(RatWindowFromPoint(at, &found), RAT_IPC_OK);
    CHECK_EQ(found, parent);
    at.x = 5000;
    CHECK_STATUS(RatWindowFromPoint(at, &found), RAT_IPC_OK);
    CHECK_EQ(found, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatWindowFromPoint(at, NULL), RAT_IPC_ERR_INVALID_ARG);
    at = (RatPoint){5, 6};
    CHECK_STATUS(RatChildWindowFromPoint(parent, at, RAT_CWP_ALL, &found), RAT_IPC_OK);
    CHECK_EQ(found, a);
    CHECK_STATUS(RatChildWindowFromPoint(parent, at, 8, &found), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatChildWindowFromPoint(parent, at, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
}
