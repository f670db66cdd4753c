/* Input that programs send, keys, the mouse and who is active, seen from C. */
#include "support.h"

#include <string.h>

static int count(uint32_t message)
{
    int found = 0;
    for (int at = -1; (at = findLogged(message, at + 1)) >= 0;) found++;
    return found;
}

static RatInput mouse(uint32_t flags, int32_t x, int32_t y)
{
    return (RatInput){.type = RAT_INPUT_MOUSE, .flags = flags, .x = x, .y = y};
}

/* To a place of the screen in pixels, and then what the flags say. */
static RatInput mouseAt(uint32_t flags, int32_t x, int32_t y)
{
    int32_t width = 0, height = 0;
    REQUIRE_OK(RatGetScreenSize(&width, &height));
    return mouse(RAT_MOUSEEVENTF_MOVE | RAT_MOUSEEVENTF_ABSOLUTE | flags,
                 (x * 65536 + width - 1) / width, (y * 65536 + height - 1) / height);
}

static RatInput key(uint16_t virtualKey, uint32_t flags)
{
    return (RatInput){.type = RAT_INPUT_KEYBOARD, .flags = flags, .key = virtualKey};
}

#define SEND(...)                                                                                  \
    do {                                                                                           \
        RatInput sent[] = {__VA_ARGS__};                                                           \
        REQUIRE_OK(RatSendInput(sent, sizeof sent / sizeof *sent, sizeof *sent));                  \
    } while (0)

/* Messages that the loop retrieves, translated and dispatched. */
static void drainTranslated(void)
{
    RatHandle queue = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatGetThreadMessageQueue(&queue));
    RatMessage msg;
    while (RatGetMessage(queue, &msg, 0) == RAT_IPC_OK) {
        RatTranslateMessage(&msg);
        RatDispatchMessage(&msg);
    }
}

TEST(whatAProgramSendsComesInItsOrderAsWineGivesIt)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    RatRect rect;
    REQUIRE_OK(RatGetWindowRect(window, &rect));
    drainTranslated();
    loggedCount = 0;
    SEND(mouseAt(0, rect.left + 20, rect.top + 30), key('J', 0), key('J', RAT_KEYEVENTF_KEYUP),
         mouse(RAT_MOUSEEVENTF_LEFTDOWN, 7, -5), mouse(RAT_MOUSEEVENTF_LEFTUP, 0, 0), key('K', 0),
         key('K', RAT_KEYEVENTF_KEYUP));
    drainTranslated();
    const struct {
        uint32_t message;
        uintptr_t wparam;
    } expected[] = {
        {RAT_WM_MOUSEMOVE, 0},   {RAT_WM_KEYDOWN, 'J'}, {RAT_WM_CHAR, 'j'},
        {RAT_WM_KEYUP, 'J'},     {RAT_WM_LBUTTONDOWN, RAT_MK_LBUTTON},
        {RAT_WM_LBUTTONUP, 0},   {RAT_WM_KEYDOWN, 'K'}, {RAT_WM_CHAR, 'k'},
        {RAT_WM_KEYUP, 'K'},
    };
    int at = -1;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        at = findLogged(expected[i].message, at + 1);
        REQUIRE(at >= 0);
        CHECK_EQ(logged[at].wparam, expected[i].wparam);
        if (expected[i].message == RAT_WM_LBUTTONDOWN) {
            /* Without RAT_MOUSEEVENTF_MOVE x and y say nothing. */
            CHECK_EQ((int16_t)logged[at].lparam, 20);
            CHECK_EQ((int16_t)(logged[at].lparam >> 16), 30);
        }
    }
    RatPoint place;
    REQUIRE_OK(RatGetCursorPos(&place));
    CHECK(place.x == rect.left + 20 && place.y == rect.top + 30);
}

TEST(relativeMovesAddUpAndLeaveATrail)
{
    makeWindow(RAT_WS_VISIBLE);
    SEND(mouseAt(0, 10, 20),
         mouse(RAT_MOUSEEVENTF_MOVE, 5, -6), mouse(RAT_MOUSEEVENTF_MOVE, -1, 0));
    RatMovePoint points[4];
    uint32_t count = 9;
    REQUIRE_OK(RatGetMouseMovePoints(points, 4, &count));
    REQUIRE(count == 3);
    CHECK(points[0].x == 14 && points[0].y == 14);
    CHECK(points[1].x == 15 && points[2].x == 10);
    CHECK(points[0].time >= points[2].time && points[2].time != 0);
    REQUIRE_OK(RatGetMouseMovePoints(points, 1, &count));
    CHECK_EQ(count, 1);
}

TEST(movesAreOneMessageUnlessTheyAreToBeKept)
{
    makeWindow(RAT_WS_VISIBLE);
    drain();
    for (int keeps = 0; keeps < 2; keeps++) {
        REQUIRE_OK(RatKeepMouseMoves(keeps == 1));
        SEND(mouseAt(0, 10, 20), mouseAt(0, 20, 20), mouseAt(0, 30, 20));
        loggedCount = 0;
        drain();
        int moves = 0;
        for (size_t i = 0; i < loggedCount; i++) moves += logged[i].message == RAT_WM_MOUSEMOVE;
        CHECK_EQ(moves, keeps ? 3 : 1);
    }
}

TEST(textWithoutKeysIsTyped)
{
    makeWindow(RAT_WS_VISIBLE);
    drainTranslated();
    loggedCount = 0;
    RatInput euro = {.type = RAT_INPUT_KEYBOARD, .flags = RAT_KEYEVENTF_UNICODE, .scanCode = 0x20AC};
    RatInput released = euro;
    released.flags |= RAT_KEYEVENTF_KEYUP;
    SEND(euro, released);
    drainTranslated();
    int down = findLogged(RAT_WM_KEYDOWN, 0), typed = findLogged(RAT_WM_CHAR, 0);
    REQUIRE(down >= 0 && typed > down);
    CHECK_EQ(logged[down].wparam, RAT_VK_PACKET);
    CHECK_EQ(logged[typed].wparam, 0x20AC);
}

static RatHelpInfo helped;
static RatWindow helpedWindow;

static RatResult takeHelp(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    if (message == RAT_WM_HELP) {
        helped = *(const RatHelpInfo*)lparam;
        helpedWindow = window;
        return 1;
    }
    return RatDefWindowProc(window, message, wparam, lparam);
}

TEST(theHelpKeyAsksTheWindowsOutward)
{
    RatWindow parent = makeWindow(RAT_WS_VISIBLE), child;
    REQUIRE_OK(RatCreateWindow(0, "Test", "", RAT_WS_CHILD | RAT_WS_VISIBLE, 0, 0, 10, 10, parent, NULL, &child));
    intptr_t old;
    REQUIRE_OK(RatSetWindowLong(child, RAT_GWLP_ID, 77, &old));
    REQUIRE_OK(RatSetWindowLong(parent, RAT_GWLP_WNDPROC, (intptr_t)takeHelp, &old));
    REQUIRE_OK(RatSetFocus(child));
    SEND(key(RAT_VK_F1, 0), key(RAT_VK_F1, RAT_KEYEVENTF_KEYUP));
    drain();
    CHECK_EQ(helpedWindow, parent);
    CHECK_EQ(helped.size, sizeof helped);
    CHECK_EQ(helped.contextType, 1);
    CHECK_EQ(helped.controlId, 77);
    CHECK_EQ(helped.window, child);
}

TEST(theKeysOfNowAndOfTheMessageAreToldApartAsWineDoes)
{
    makeWindow(RAT_WS_VISIBLE);
    drain();
    CHECK_EQ(RatGetAsyncKeyState('H'), 0);
    SEND(key('H', 0), key('H', RAT_KEYEVENTF_KEYUP));
    CHECK_EQ(RatGetKeyState('H'), 0);
    CHECK_EQ(RatGetAsyncKeyState('H'), 1);
    CHECK_EQ(RatGetAsyncKeyState('H'), 0);
    pumpUntil(RAT_WM_KEYDOWN);
    CHECK(RatGetKeyState('H') < 0);
    pumpUntil(RAT_WM_KEYUP);
    CHECK_EQ(RatGetKeyState('H'), 1);
    SEND(key(0xA1, 0));
    CHECK(RatGetAsyncKeyState(RAT_VK_SHIFT) < 0);
    CHECK(RatGetAsyncKeyState(0xA1) < 0);
    CHECK(RatGetAsyncKeyState(0xA0) >= 0);
    uint8_t state[256];
    pumpUntil(RAT_WM_KEYDOWN);
    REQUIRE_OK(RatGetKeyboardState(state));
    CHECK_EQ(state[RAT_VK_SHIFT], 0x81);
    memset(state, 0, sizeof state);
    state[RAT_VK_CAPITAL] = 1;
    REQUIRE_OK(RatSetKeyboardState(state));
    CHECK_EQ(RatGetKeyState(RAT_VK_CAPITAL), 1);
    CHECK(RatGetAsyncKeyState(RAT_VK_SHIFT) < 0);
    loggedCount = 0;
    SEND(key('C', 0));
    drainTranslated();
    CHECK(findLogged(RAT_WM_CHAR, 0) >= 0);
    CHECK_EQ(logged[findLogged(RAT_WM_CHAR, 0)].wparam, 'C');
    CHECK_EQ(RatGetKeyState(-1), 0);
    CHECK_EQ(RatGetAsyncKeyState(256), 0);
}

TEST(inputCarriesWhatTheProgramGaveItAlong)
{
    makeWindow(RAT_WS_VISIBLE);
    drain();
    RatInput press = key('A', 0);
    press.extraInfo = 4711;
    press.time = 1234567;
    SEND(press);
    pumpUntil(RAT_WM_KEYDOWN);
    CHECK_EQ(RatGetMessageExtraInfo(), 4711);
    CHECK_EQ(RatGetMessageTime(), 1234567);
    CHECK_EQ(RatSetMessageExtraInfo(5), 4711);
    CHECK_EQ(RatGetMessageExtraInfo(), 5);
}

TEST(whatCannotBeInputIsRefusedWhole)
{
    makeWindow(RAT_WS_VISIBLE);
    drain();
    loggedCount = 0;
    RatInput good = key('A', 0), bad[2] = {good, good};
    CHECK_STATUS(RatSendInput(NULL, 1, sizeof good), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSendInput(&good, 0, sizeof good), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSendInput(&good, 1, 3), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSendInput(&good, UINT32_MAX, sizeof good), RAT_IPC_ERR_INVALID_ARG);
    const RatInput wrong[] = {
        {.type = 2},
        {.type = RAT_INPUT_KEYBOARD, .flags = 0x10, .key = 'A'},
        {.type = RAT_INPUT_KEYBOARD, .key = 0},
        {.type = RAT_INPUT_KEYBOARD, .key = 256},
        {.type = RAT_INPUT_KEYBOARD, .key = 'A', .scanCode = 256},
        {.type = RAT_INPUT_MOUSE, .flags = 0x2000},
        {.type = RAT_INPUT_MOUSE, .flags = RAT_MOUSEEVENTF_XDOWN, .data = 3},
        {.type = RAT_INPUT_MOUSE, .flags = RAT_MOUSEEVENTF_XDOWN | RAT_MOUSEEVENTF_WHEEL, .data = 1},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        bad[1] = wrong[i];
        CHECK_STATUS(RatSendInput(bad, 2, sizeof good), RAT_IPC_ERR_INVALID_ARG);
    }
    drain();
    CHECK_EQ(count(RAT_WM_KEYDOWN), 0);
    CHECK_EQ(RatGetAsyncKeyState('A'), 0);
}

static intptr_t sendKeyFromElsewhere(void* context)
{
    (void)context;
    SEND(key('Q', 0));
    return 0;
}

TEST(keysThatAnotherThreadSendsWakeTheForegroundWindowsThread)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE), foreground = 0;
    drain();
    REQUIRE_OK(RatGetForegroundWindow(&foreground));
    CHECK_EQ(foreground, window);
    Thread thread;
    start(&thread, sendKeyFromElsewhere, NULL);
    RatMessage msg = pumpUntil(RAT_WM_KEYDOWN);
    join(&thread);
    CHECK_EQ(msg.header.target, window);
    CHECK_EQ(msg.header.wparam, 'Q');
}

TEST(theActiveWindowChangesByTheProgram)
{
    RatWindow first = makeWindow(RAT_WS_VISIBLE), second = makeWindow(RAT_WS_VISIBLE), active = 5;
    REQUIRE_OK(RatGetActiveWindow(&active));
    CHECK_EQ(active, second);
    CHECK_STATUS(RatSetActiveWindow(first, &active), RAT_IPC_OK);
    CHECK_EQ(active, second);
    CHECK_STATUS(RatSetForegroundWindow(second), RAT_IPC_OK);
    REQUIRE_OK(RatGetActiveWindow(&active));
    CHECK_EQ(active, second);
    CHECK_STATUS(RatSetActiveWindow(RAT_INVALID_HANDLE, NULL), RAT_IPC_OK);
    REQUIRE_OK(RatGetActiveWindow(&active));
    CHECK_EQ(active, RAT_INVALID_HANDLE);
    REQUIRE_OK(RatGetForegroundWindow(&active));
    CHECK_EQ(active, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatSetForegroundWindow(RAT_INVALID_HANDLE), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatGetActiveWindow(NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetForegroundWindow(NULL), RAT_IPC_ERR_INVALID_ARG);
}

TEST(theMouseIsCapturedAndReleased)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE), holder = 5;
    drain();
    REQUIRE_OK(RatSetCapture(window, &holder));
    CHECK_EQ(holder, RAT_INVALID_HANDLE);
    loggedCount = 0;
    SEND(mouseAt(0, 900, 700));
    drain();
    CHECK_EQ(count(RAT_WM_MOUSEMOVE), 1);
    CHECK_EQ(count(RAT_WM_NCHITTEST), 0);
    REQUIRE_OK(RatGetCapture(&holder));
    CHECK_EQ(holder, window);
    CHECK_STATUS(RatReleaseCapture(), RAT_IPC_OK);
    CHECK_STATUS(RatReleaseCapture(), RAT_IPC_OK);
    CHECK_EQ(count(RAT_WM_CAPTURECHANGED), 1);
    CHECK_STATUS(RatGetCapture(NULL), RAT_IPC_ERR_INVALID_ARG);
}

TEST(theTimeAndTheSizeOfADoubleClickCanBeSet)
{
    uint32_t time, width, height;
    REQUIRE_OK(RatGetDoubleClick(&time, &width, &height));
    CHECK(time == 500 && width == 4 && height == 4);
    REQUIRE_OK(RatSetDoubleClick(200, 10, 0));
    REQUIRE_OK(RatGetDoubleClick(&time, &width, &height));
    CHECK(time == 200 && width == 10 && height == 4);
    CHECK_STATUS(RatSetDoubleClick(5001, 0, 0), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetDoubleClick(0, 32768, 0), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetDoubleClick(NULL, NULL, NULL), RAT_IPC_OK);
}

TEST(trackingTellsWhatItWasAskedFor)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    RatRect rect;
    REQUIRE_OK(RatGetWindowRect(window, &rect));
    SEND(mouseAt(0, rect.left + 2, rect.top + 2));
    drain();
    RatTrackMouse track = {.size = sizeof track, .flags = RAT_TME_LEAVE | RAT_TME_HOVER,
                           .window = window, .hoverTime_ms = RAT_HOVER_DEFAULT};
    CHECK_STATUS(RatTrackMouseEvent(&track), RAT_IPC_OK);
    RatTrackMouse query = {.size = sizeof query, .flags = RAT_TME_QUERY};
    CHECK_STATUS(RatTrackMouseEvent(&query), RAT_IPC_OK);
    CHECK_EQ(query.flags, RAT_TME_LEAVE | RAT_TME_HOVER);
    CHECK_EQ(query.window, window);
    CHECK_EQ(query.hoverTime_ms, 400);
    track.flags = 0x100;
    CHECK_STATUS(RatTrackMouseEvent(&track), RAT_IPC_ERR_INVALID_ARG);
    track.size = 4;
    CHECK_STATUS(RatTrackMouseEvent(&track), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatTrackMouseEvent(NULL), RAT_IPC_ERR_INVALID_ARG);
    loggedCount = 0;
    SEND(mouseAt(0, rect.left - 5, rect.top - 5));
    drain();
    /* Nothing of the thread's is there: only the display can tell. */
    CHECK_EQ(count(RAT_WM_MOUSEMOVE), 0);
}

TEST(absolutePositionsAre65536thsOfTheScreenAsInWine)
{
    const struct {
        int32_t part, x, y;
    } wine[] = {{0, 0, 0},       {63, 0, 0},      {64, 1, 0},           {95, 1, 1},
                {128, 2, 1},     {32767, 511, 383}, {32768, 512, 384},  {65471, 1022, 767},
                {65535, 1023, 767}, {70000, 1023, 767}, {-1, 0, 0},     {INT32_MIN, 0, 0},
                {INT32_MAX, 1023, 767}};
    makeWindow(RAT_WS_VISIBLE);
    RatPoint place;
    int32_t width = 0, height = 0;
    REQUIRE_OK(RatGetScreenSize(&width, &height));
    CHECK(width == 1024 && height == 768);
    REQUIRE_OK(RatGetScreenSize(NULL, NULL));
    for (size_t i = 0; i < sizeof wine / sizeof *wine; i++) {
        SEND(mouse(RAT_MOUSEEVENTF_MOVE | RAT_MOUSEEVENTF_ABSOLUTE | RAT_MOUSEEVENTF_VIRTUALDESK,
                   wine[i].part, wine[i].part));
        REQUIRE_OK(RatGetCursorPos(&place));
        CHECK_EQ(place.x, wine[i].x);
        CHECK_EQ(place.y, wine[i].y);
    }
    SEND(mouse(RAT_MOUSEEVENTF_ABSOLUTE, 300, 300));
    REQUIRE_OK(RatGetCursorPos(&place));
    CHECK_EQ(place.x, 1023);
    SEND(mouse(RAT_MOUSEEVENTF_MOVE, -5000, -5000));
    REQUIRE_OK(RatGetCursorPos(&place));
    CHECK(place.x == 0 && place.y == 0);
}

TEST(aHotKeyIsPosted)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    drain();
    REQUIRE_OK(RatRegisterHotKey(window, 5, RAT_MOD_CONTROL, 'H'));
    CHECK_STATUS(RatRegisterHotKey(RAT_INVALID_HANDLE, 5, RAT_MOD_CONTROL, 'H'),
                 RAT_IPC_ERR_ALREADY_EXISTS);
    CHECK_STATUS(RatRegisterHotKey(window, 5, 0x10, 'H'), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatRegisterHotKey(window, 5, 0, 0), RAT_IPC_ERR_INVALID_ARG);
    loggedCount = 0;
    SEND(key(RAT_VK_CONTROL, 0), key('H', 0), key('H', RAT_KEYEVENTF_KEYUP),
         key(RAT_VK_CONTROL, RAT_KEYEVENTF_KEYUP));
    drain();
    CHECK_EQ(count(RAT_WM_HOTKEY), 1);
    int at = findLogged(RAT_WM_HOTKEY, 0);
    REQUIRE(at >= 0);
    CHECK_EQ(logged[at].wparam, 5);
    CHECK_EQ(logged[at].lparam, ('H' << 16) | RAT_MOD_CONTROL);
    CHECK_EQ(count(RAT_WM_KEYDOWN), 1);
    CHECK(at < findLogged(RAT_WM_KEYDOWN, 0));
    CHECK_STATUS(RatUnregisterHotKey(window, 5), RAT_IPC_OK);
    CHECK_STATUS(RatUnregisterHotKey(window, 5), RAT_IPC_ERR_NOT_FOUND);
}

TEST(acceleratorsAreCommands)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    drain();
    const RatAccelerator keys[] = {{RAT_FVIRTKEY, 0, 0x74, 104}, {RAT_FALT, 0, 'z', 103}};
    RatAcceleratorTable table = 1;
    CHECK_STATUS(RatCreateAcceleratorTable(keys, 0, &table), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(table, 0);
    CHECK_STATUS(RatCreateAcceleratorTable(NULL, 1, &table), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateAcceleratorTable(keys, 2, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateAcceleratorTable(keys, 40000, &table), RAT_IPC_ERR_INVALID_ARG);
    REQUIRE_OK(RatCreateAcceleratorTable(keys, 2, &table));
    RatAccelerator copies[3];
    uint32_t copied = 0;
    REQUIRE_OK(RatCopyAcceleratorTable(table, copies, 1, &copied));
    CHECK_EQ(copied, 2);
    CHECK_EQ(copies[0].command, 104);
    CHECK_STATUS(RatCopyAcceleratorTable(table, NULL, 1, &copied), RAT_IPC_ERR_INVALID_ARG);
    RatMessage msg = plain(RAT_WM_KEYDOWN);
    msg.header.wparam = 0x74;
    loggedCount = 0;
    CHECK_STATUS(RatTranslateAccelerator(window, table, &msg), RAT_IPC_OK);
    int at = findLogged(RAT_WM_COMMAND, 0);
    REQUIRE(at >= 0);
    CHECK_EQ(logged[at].wparam, 0x10068);
    msg.header.wparam = 'A';
    CHECK_STATUS(RatTranslateAccelerator(window, table, &msg), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatTranslateAccelerator(window, table, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatDestroyAcceleratorTable(table), RAT_IPC_OK);
    CHECK_STATUS(RatDestroyAcceleratorTable(table), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatCopyAcceleratorTable(table, copies, 1, NULL), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatDestroyAcceleratorTable(0), RAT_IPC_ERR_INVALID_HANDLE);
}

TEST(whereNothingCanBeToldInputFunctionsSaySo)
{
    CHECK_STATUS(RatGetKeyboardState(NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetKeyboardState(NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetCursorPos(NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetMessagePos(NULL), RAT_IPC_ERR_INVALID_ARG);
    RatMovePoint point;
    uint32_t count;
    CHECK_STATUS(RatGetMouseMovePoints(NULL, 1, &count), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetMouseMovePoints(&point, 1, NULL), RAT_IPC_ERR_INVALID_ARG);
    /* A thread without windows. */
    RatPoint place = {7, 7};
    CHECK_STATUS(RatGetMessagePos(&place), RAT_IPC_OK);
    CHECK(place.x == 0 && place.y == 0);
    CHECK_EQ(RatGetMessageTime(), 0);
    CHECK_EQ(RatGetMessageExtraInfo(), 0);
    CHECK_EQ(RatSetMessageExtraInfo(1), 0);
    CHECK_EQ(RatGetKeyState('A'), 0);
    uint8_t state[256];
    CHECK_STATUS(RatGetKeyboardState(state), RAT_IPC_OK);
    CHECK_EQ(state['A'], 0);
    CHECK_STATUS(RatReleaseCapture(), RAT_IPC_OK);
}

static bool tellPlace(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam,
                      RatResult* result)
{
    (void)window, (void)wparam, (void)lparam, (void)result;
    RatPoint place;
    if (message == RAT_WM_LBUTTONDOWN) {
        REQUIRE_OK(RatGetMessagePos(&place));
        CHECK(place.x == 103 && place.y == 104);
        CHECK_EQ(RatGetMessageTime(), 77);
    }
    return false;
}

TEST(aProcedureIsToldWhereAndWhenItsMessageWasMade)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    REQUIRE_OK(RatMoveWindow(window, 100, 100, 200, 200));
    drain();
    RatInput press = mouseAt(RAT_MOUSEEVENTF_LEFTDOWN, 103, 104);
    press.time = 77;
    onMessage = tellPlace;
    loggedCount = 0;
    SEND(press, mouse(RAT_MOUSEEVENTF_MOVE, 50, 50));
    drain();
    onMessage = NULL;
    CHECK_EQ(count(RAT_WM_LBUTTONDOWN), 1);
}

/* What several threads do with windows and input, at random. */
typedef struct {
    unsigned seed;
    RatWindow* windows; /* One of each thread, which may be gone. */
} Player;

enum { PLAYERS = 3, TURNS = 1500 };

static unsigned choose(unsigned* seed, unsigned bound)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % bound;
}

static RatResult play(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    return RatDefWindowProc(window, message, wparam, lparam);
}

static intptr_t playWithInput(void* context)
{
    Player* player = context;
    unsigned* seed = &player->seed;
    RatWindow* own = &player->windows[*seed % PLAYERS];
    RatHandle queue = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatGetThreadMessageQueue(&queue));
    for (int turn = 0; turn < TURNS; turn++) {
        RatWindow any = __atomic_load_n(&player->windows[choose(seed, PLAYERS)], __ATOMIC_RELAXED);
        RatWindow mine = __atomic_load_n(own, __ATOMIC_RELAXED);
        switch (choose(seed, 12)) {
        case 0: {
            RatWindow window = RAT_INVALID_HANDLE;
            if (RatIsWindow(mine)) RatDestroyWindow(mine);
            REQUIRE_OK(RatCreateWindow(0, "Players", "", RAT_WS_POPUP | RAT_WS_VISIBLE, 10, 10, 80,
                                       80, RAT_INVALID_HANDLE, NULL, &window));
            __atomic_store_n(own, window, __ATOMIC_RELAXED);
            break;
        }
        case 1: RatSetForegroundWindow(any); break;
        case 2: RatSetCapture(mine, NULL); break;
        case 3: RatReleaseCapture(); break;
        case 4: RatSetFocus(any); break;
        case 5: {
            RatTrackMouse track = {.size = sizeof track, .flags = RAT_TME_LEAVE | RAT_TME_HOVER,
                                   .window = any, .hoverTime_ms = 10};
            RatTrackMouseEvent(&track);
            break;
        }
        case 6: RatRegisterHotKey(mine, 1, 0, 'A' + choose(seed, 26)); break;
        case 7: {
            RatMessageQueue theirs = RAT_INVALID_HANDLE;
            if (RatGetWindowThread(any, &theirs) == RAT_IPC_OK)
                RatAttachThreadInput(queue, theirs, choose(seed, 3) != 0);
            break;
        }
        case 8: RatSetActiveWindow(any, NULL); break;
        case 9: RatSetCapture(any, NULL); break;
        default: {
            int32_t x = (int32_t)choose(seed, 100), y = (int32_t)choose(seed, 100);
            SEND(mouseAt(0, x, y),
                 mouse(RAT_MOUSEEVENTF_LEFTDOWN, 0, 0), mouse(RAT_MOUSEEVENTF_LEFTUP, 0, 0),
                 key((uint16_t)('A' + choose(seed, 26)), 0));
        }
        }
        RatMessage msg;
        for (int i = 0; i < 8 && RatGetMessage(queue, &msg, 0) == RAT_IPC_OK; i++) {
            RatTranslateMessage(&msg);
            RatDispatchMessage(&msg);
        }
    }
    return 0;
}

TEST(severalThreadsMaySendInputToEachOthersWindowsWhileTheseComeAndGo)
{
    RatWindowClass players = {.size = sizeof players, .proc = play, .name = "Players"};
    REQUIRE_OK(RatRegisterClass(&players, NULL));
    RatWindow windows[PLAYERS] = {0};
    Player player[PLAYERS];
    Thread threads[PLAYERS];
    for (unsigned i = 0; i < PLAYERS; i++) {
        player[i] = (Player){.seed = i + PLAYERS * 7, .windows = windows};
        start(&threads[i], playWithInput, &player[i]);
    }
    for (unsigned i = 0; i < PLAYERS; i++) join(&threads[i]);
    for (unsigned i = 0; i < PLAYERS; i++) CHECK(!RatIsWindow(windows[i]));
    RatWindow window = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatGetForegroundWindow(&window));
    CHECK_EQ(window, RAT_INVALID_HANDLE);
}
