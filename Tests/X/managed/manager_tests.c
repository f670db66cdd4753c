/* The messages that windows get of what a person does by a window manager, and of what the program does itself: where
 * nobody manages windows, under one that does what it is asked, and under one that tiles and refuses. Each test has a
 * server and a manager for itself. */
#include "desk.h"

#include <stdlib.h>
#include <string.h>

static RatRect clientOf(RatWindow window)
{
    RatRect rect;
    REQUIRE_OK(RatGetClientRect(window, &rect));
    return rect;
}

static RatRect outerOf(RatWindow window)
{
    RatRect rect;
    REQUIRE_OK(RatGetWindowRect(window, &rect));
    return rect;
}

/* That the window was told one size, of this kind, and has it, on the server too. */
static void checkOneSize(RatWindow window, uintptr_t kind)
{
    REQUIRE(CHECK_EQ(timesTold(window, RAT_WM_SIZE), 1));
    Logged size = lastTold(window, RAT_WM_SIZE);
    RatRect client = clientOf(window);
    CHECK_EQ(size.wparam, kind);
    CHECK_EQ(size.lparam & 0xFFFF, client.right);
    CHECK_EQ(size.lparam >> 16 & 0xFFFF, client.bottom);
    xcb_get_geometry_reply_t* place =
        xcb_get_geometry_reply(desk(), xcb_get_geometry(desk(), nativeOf(window)), NULL);
    REQUIRE(place != NULL);
    if (kind != 1) {
        CHECK_EQ(place->width, client.right);
        CHECK_EQ(place->height, client.bottom);
    }
    free(place);
}

static void checkPlace(RatWindow window, RatRect expected)
{
    RatRect rect = outerOf(window);
    CHECK_EQ(rect.left, expected.left);
    CHECK_EQ(rect.top, expected.top);
    CHECK_EQ(rect.right, expected.right);
    CHECK_EQ(rect.bottom, expected.bottom);
}

TEST(aWindowIsMaximizedByItsProgramWithOneSizeOrNotAtAll)
{
    RatWindow window = showWindow(60, 70);
    RatRect place = outerOf(window);
    REQUIRE_OK(RatShowWindow(window, RAT_SW_MAXIMIZE));
    CHECK_EQ(RatIsZoomed(window), !isTiling());
    settle();
    CHECK_EQ(RatIsZoomed(window), !isTiling());
    if (isTiling()) {
        CHECK_EQ(timesTold(window, RAT_WM_SIZE), 0);
        checkPlace(window, place);
        return;
    }
    checkOneSize(window, 2);
    CHECK(clientOf(window).right > 1200);
    forget();
    REQUIRE_OK(RatShowWindow(window, RAT_SW_RESTORE));
    CHECK(!RatIsZoomed(window));
    settle();
    checkOneSize(window, 0);
    checkPlace(window, place);
}

TEST(aWindowIsMinimizedByItsProgramAndPaintsNoMoreOrGoesOnPainting)
{
    RatWindow window = showWindow(60, 70);
    RatRect place = outerOf(window);
    REQUIRE_OK(RatShowWindow(window, RAT_SW_MINIMIZE));
    CHECK_EQ(RatIsIconic(window), !isTiling());
    settle();
    CHECK_EQ(RatIsIconic(window), !isTiling());
    if (isTiling()) {
        CHECK_EQ(timesTold(window, RAT_WM_SIZE), 0);
    } else {
        checkOneSize(window, 1);
    }
    forget();
    RatInvalidateRect(window, NULL, true);
    drain();
    CHECK_EQ(timesTold(window, RAT_WM_PAINT), isTiling());
    forget();
    REQUIRE_OK(RatShowWindow(window, RAT_SW_RESTORE));
    settle();
    CHECK(!RatIsIconic(window));
    checkPlace(window, place);
    if (!isTiling()) checkOneSize(window, 0);
    RatInvalidateRect(window, NULL, true);
    loggedCount = 0;
    drain();
    CHECK_EQ(timesTold(window, RAT_WM_PAINT), 1);
}

TEST(aWindowIsCreatedMaximizedWithOneSize)
{
    registerTestClass();
    RatWindow window = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateWindow(0, "Test", "A title",
                               RAT_WS_OVERLAPPEDWINDOW | RAT_WS_VISIBLE | RAT_WS_MAXIMIZE, 60, 70, 200,
                               100, RAT_INVALID_HANDLE, NULL, &window));
    CHECK_EQ(RatIsZoomed(window), !isTiling());
    settle();
    settle();
    CHECK_EQ(RatIsZoomed(window), !isTiling());
    if (!isTiling()) {
        checkOneSize(window, 2);
    } else {
        CHECK_EQ(lastTold(window, RAT_WM_SIZE).wparam, 0);
    }
}

TEST(aWindowIsCreatedMinimizedAndOpened)
{
    registerTestClass();
    RatWindow window = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateWindow(0, "Test", "A title",
                               RAT_WS_OVERLAPPEDWINDOW | RAT_WS_VISIBLE | RAT_WS_MINIMIZE, 60, 70, 200,
                               100, RAT_INVALID_HANDLE, NULL, &window));
    settle();
    CHECK_EQ(RatIsIconic(window), !isTiling());
    forget();
    REQUIRE_OK(RatShowWindow(window, RAT_SW_RESTORE));
    settle();
    CHECK(!RatIsIconic(window));
    if (isTiling()) return;
    checkOneSize(window, 0);
    checkPlace(window, (RatRect){60, 70, 260, 170});
}

TEST(aHiddenWindowIsShownMaximizedWithOneSize)
{
    RatWindow window = showWindow(60, 70);
    REQUIRE_OK(RatShowWindow(window, RAT_SW_HIDE));
    forget();
    REQUIRE_OK(RatShowWindow(window, RAT_SW_MAXIMIZE));
    settle();
    CHECK_EQ(RatIsZoomed(window), !isTiling());
    if (!isTiling()) checkOneSize(window, 2);
    CHECK(RatIsWindowVisible(window));
}

TEST(aWindowIsMaximizedByItsManagerWithOneSize)
{
    if (!isManaged()) return;
    RatWindow window = showWindow(60, 70);
    RatRect place = outerOf(window);
    for (int round = 0; round < 3; round++) {
        maximize(window, true);
        settle();
        CHECK_EQ(RatIsZoomed(window), !isTiling());
        if (!isTiling()) checkOneSize(window, 2);
        forget();
        maximize(window, false);
        settle();
        CHECK(!RatIsZoomed(window));
        if (!isTiling()) checkOneSize(window, 0);
        checkPlace(window, place);
        forget();
    }
}

TEST(aWindowIsMinimizedAndOpenedByItsManager)
{
    if (!isManaged() || isTiling()) return;
    RatWindow window = showWindow(60, 70);
    tell(window, "WM_CHANGE_STATE", (uint32_t[5]){3}, true);
    settle();
    CHECK(RatIsIconic(window));
    checkOneSize(window, 1);
    CHECK_EQ(lastTold(window, RAT_WM_ACTIVATE).wparam & 0xFFFF, 0);
    forget();
    tell(window, "_NET_ACTIVE_WINDOW", (uint32_t[5]){2}, true);
    settle();
    CHECK(!RatIsIconic(window));
    checkOneSize(window, 0);
    CHECK_EQ(lastTold(window, RAT_WM_ACTIVATE).wparam & 0xFFFF, 1);
}

TEST(aWindowThatATilingManagerTakesAwayIsNotMinimized)
{
    if (!isTiling()) return;
    RatWindow window = showWindow(60, 70);
    command("workspace 2");
    settle();
    CHECK(!RatIsIconic(window));
    command("workspace 1");
    settle();
    CHECK(!RatIsIconic(window));
    CHECK_EQ(timesTold(window, RAT_WM_SIZE), 0);
}

TEST(aWindowIsMovedAndSizedByOthers)
{
    RatWindow window = showWindow(60, 70);
    if (isTiling()) command("floating enable");
    forget();
    if (isTiling()) {
        command("move position 150 160");
    } else if (isManaged()) {
        /* Of gravity Static, by a pager, x and y alone. */
        tell(window, "_NET_MOVERESIZE_WINDOW", (uint32_t[5]){10 | 3 << 8 | 2 << 12, 150, 160, 0, 0}, true);
    } else {
        xcb_configure_window(desk(), nativeOf(window), XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y,
                             (uint32_t[]){150, 160});
    }
    settle();
    CHECK_EQ(timesTold(window, RAT_WM_SIZE), 0);
    CHECK_EQ(timesTold(window, RAT_WM_MOVE), 1);
    CHECK(timesTold(window, RAT_WM_WINDOWPOSCHANGED) >= 1);
    Logged move = lastTold(window, RAT_WM_MOVE);
    RatRect rect = outerOf(window);
    CHECK_EQ((int16_t)(move.lparam & 0xFFFF), rect.left);
    CHECK_EQ((int16_t)(move.lparam >> 16 & 0xFFFF), rect.top);
    if (!isTiling()) CHECK_EQ(rect.left, 150);
    forget();
    if (isTiling()) {
        command("resize set 333 222");
    } else if (isManaged()) {
        tell(window, "_NET_MOVERESIZE_WINDOW", (uint32_t[5]){10 | 12 << 8 | 2 << 12, 0, 0, 333, 222}, true);
    } else {
        xcb_configure_window(desk(), nativeOf(window), XCB_CONFIG_WINDOW_WIDTH | XCB_CONFIG_WINDOW_HEIGHT,
                             (uint32_t[]){333, 222});
    }
    settle();
    checkOneSize(window, 0);
}

TEST(aWindowIsMovedAndSizedByItsProgramWithOneMessageEachOrBackAgain)
{
    RatWindow window = showWindow(60, 70);
    RatRect place = outerOf(window);
    REQUIRE_OK(RatMoveWindow(window, 222, 233, 244, 255));
    settle();
    if (isTiling()) {
        checkPlace(window, place);
        return;
    }
    CHECK_EQ(timesTold(window, RAT_WM_MOVE), 1);
    checkOneSize(window, 0);
    checkPlace(window, (RatRect){222, 233, 222 + 244, 233 + 255});
}

TEST(aWindowIsClosedByItsManager)
{
    RatWindow window = showWindow(60, 70);
    if (isTiling()) {
        command("kill");
    } else if (isManaged()) {
        tell(window, "_NET_CLOSE_WINDOW", (uint32_t[5]){0, 2}, true);
    } else {
        tell(window, "WM_PROTOCOLS", (uint32_t[5]){atomOf(desk(), "WM_DELETE_WINDOW")}, false);
    }
    RatMessage msg;
    while (RatIsWindow(window)) {
        RatStatus status = RatGetMessage(threadQueue(), &msg, SOON);
        REQUIRE(status == RAT_IPC_OK || !RatIsWindow(window));
        if (status == RAT_IPC_OK) RatDispatchMessage(&msg);
    }
    int command = findLogged(RAT_WM_SYSCOMMAND, 0);
    REQUIRE(command >= 0);
    CHECK_EQ(logged[command].wparam, 0xF060);
    CHECK(findLogged(RAT_WM_CLOSE, command) > command);
    CHECK(findLogged(RAT_WM_DESTROY, command) > findLogged(RAT_WM_CLOSE, command));
}

TEST(aWindowOfAClassWithoutCloseStaysOpen)
{
    RatWindowClass class = {.size = sizeof class, .proc = loggingProc, .name = "Lasting",
                            .style = RAT_CS_NOCLOSE};
    REQUIRE_OK(RatRegisterClass(&class, NULL));
    RatWindow window = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateWindow(0, "Lasting", "A title", RAT_WS_OVERLAPPEDWINDOW | RAT_WS_VISIBLE, 60, 70,
                               200, 100, RAT_INVALID_HANDLE, NULL, &window));
    pumpUntil(RAT_WM_PAINT);
    forget();
    tell(window, "WM_PROTOCOLS", (uint32_t[5]){atomOf(desk(), "WM_DELETE_WINDOW")}, false);
    settle();
    CHECK(RatIsWindow(window));
    CHECK_EQ(timesTold(window, RAT_WM_SYSCOMMAND), 0);
}

TEST(aClickAsksBeforeItActivates)
{
    RatWindow first = showWindow(60, 70), second = showWindow(500, 400);
    for (int round = 0; round < 6; round++) {
        RatWindow target = round % 2 ? second : first, other = round % 2 ? first : second;
        forget();
        click(target);
        pumpUntil(RAT_WM_LBUTTONUP);
        int asked = findLogged(RAT_WM_MOUSEACTIVATE, 0), pressed = findLogged(RAT_WM_LBUTTONDOWN, 0);
        REQUIRE(asked >= 0 && pressed > asked);
        CHECK_EQ(logged[asked].window, target);
        CHECK_EQ(logged[asked].wparam, target);
        CHECK_EQ(logged[asked].lparam, 0x02010001);
        CHECK_EQ(timesTold(target, RAT_WM_ACTIVATE), 1);
        CHECK_EQ(lastTold(target, RAT_WM_ACTIVATE).wparam, 2);
        CHECK_EQ(lastTold(target, RAT_WM_ACTIVATE).lparam, (intptr_t)other);
        CHECK_EQ(lastTold(other, RAT_WM_ACTIVATE).wparam, 0);
        int activated = findLogged(RAT_WM_ACTIVATE, asked);
        CHECK(activated > asked && activated < pressed);
        settle();
        CHECK_EQ(timesTold(target, RAT_WM_ACTIVATE), 1);
        CHECK_EQ(timesTold(target, RAT_WM_SETFOCUS), 1);
        CHECK_EQ(timesTold(other, RAT_WM_KILLFOCUS), 1);
    }
}

/* Two that overlap, where that can be. */
static void showBoth(RatWindow* lower, RatWindow* upper)
{
    *lower = showWindow(60, 70);
    *upper = showWindow(110, 120);
}

TEST(theOrderThatAProgramAsksForIsTheServers)
{
    if (isTiling()) return;
    RatWindow a, b;
    showBoth(&a, &b);
    CHECK(isAbove(b, a));
    uint32_t still = RAT_SWP_NOMOVE | RAT_SWP_NOSIZE | RAT_SWP_NOACTIVATE;
    REQUIRE_OK(RatSetWindowPos(a, RAT_HWND_TOP, 0, 0, 0, 0, still));
    settle();
    CHECK(isAbove(a, b));
    REQUIRE_OK(RatSetWindowPos(a, b, 0, 0, 0, 0, still));
    settle();
    CHECK(isAbove(b, a));
    REQUIRE_OK(RatSetWindowPos(b, RAT_HWND_BOTTOM, 0, 0, 0, 0, still));
    settle();
    CHECK(isAbove(a, b));
    REQUIRE_OK(RatSetWindowPos(a, RAT_HWND_BOTTOM, 0, 0, 0, 0, still));
    settle();
    CHECK(isAbove(b, a));
    REQUIRE_OK(RatSetForegroundWindow(a));
    settle();
    CHECK(isAbove(a, b));
}

TEST(aTopmostWindowStaysAbove)
{
    if (isTiling()) return;
    RatWindow a, b;
    showBoth(&a, &b);
    uint32_t still = RAT_SWP_NOMOVE | RAT_SWP_NOSIZE | RAT_SWP_NOACTIVATE;
    REQUIRE_OK(RatSetWindowPos(a, RAT_HWND_TOPMOST, 0, 0, 0, 0, still));
    settle();
    CHECK(isAbove(a, b));
    REQUIRE_OK(RatSetWindowPos(b, RAT_HWND_TOP, 0, 0, 0, 0, still));
    settle();
    CHECK(isAbove(a, b));
    REQUIRE_OK(RatSetForegroundWindow(b));
    settle();
    CHECK(isAbove(a, b));
}

TEST(aClickedWindowComesToTheTopWhereNobodyManagesWindows)
{
    if (isManaged()) return;
    RatWindow a, b;
    showBoth(&a, &b);
    clickAt(70, 80);
    pumpUntil(RAT_WM_LBUTTONUP);
    settle();
    CHECK(isAbove(a, b));
}

TEST(aPopupThatIsShownAgainLiesAboveItsOwner)
{
    RatWindow owner = showWindow(60, 70), popup = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateWindow(RAT_WS_EX_NOACTIVATE, "Test", "menu", RAT_WS_POPUP, 80, 90, 50,
                               40, owner, NULL, &popup));
    for (int round = 0; round < 2; round++) {
        REQUIRE_OK(RatShowWindow(popup, RAT_SW_SHOWNA));
        settle();
        CHECK(isAbove(popup, owner));
        REQUIRE_OK(RatShowWindow(popup, RAT_SW_HIDE));
        RatSetForegroundWindow(owner);
        settle();
    }
}

TEST(aDialogWhoseOwnerIsDisabledIsModal)
{
    RatWindow owner = showWindow(60, 70), dialog = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatEnableWindow(owner, false, NULL));
    REQUIRE_OK(RatCreateWindow(0, "Test", "dialog", RAT_WS_POPUP | RAT_WS_CAPTION | RAT_WS_VISIBLE, 80, 90, 150, 40,
                               owner, NULL, &dialog));
    settle();
    CHECK(hasAtom(dialog, "_NET_WM_STATE", "_NET_WM_STATE_MODAL"));
    REQUIRE_OK(RatEnableWindow(owner, true, NULL));
    settle();
    /* One that does not know the word leaves it where it is. */
    if (isManaged() && !isTiling()) CHECK(!hasAtom(dialog, "_NET_WM_STATE", "_NET_WM_STATE_MODAL"));
}

TEST(aLoopThatLivesAnswersAPing)
{
    RatWindow window = showWindow(60, 70);
    uint32_t events = XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY;
    xcb_connection_t* watcher = xcb_connect(NULL, NULL);
    xcb_change_window_attributes(watcher, root(), XCB_CW_EVENT_MASK, &events);
    free(xcb_get_input_focus_reply(watcher, xcb_get_input_focus(watcher), NULL));
    uint32_t data[5] = {atomOf(desk(), "_NET_WM_PING"), 4711, nativeOf(window)};
    tell(window, "WM_PROTOCOLS", data, false);
    settle();
    bool isAnswered = false;
    for (xcb_generic_event_t* any; (any = xcb_poll_for_event(watcher)) != NULL; free(any)) {
        const xcb_client_message_event_t* event = (const xcb_client_message_event_t*)any;
        isAnswered |= (any->response_type & 0x7F) == XCB_CLIENT_MESSAGE && event->window == root() &&
                      memcmp(event->data.data32, data, sizeof data) == 0;
    }
    CHECK(isAnswered);
    xcb_disconnect(watcher);
}
