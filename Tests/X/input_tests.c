/* What a person does with keys and mouse, by a second client: it waits for the server's reply, and so does the
 * program for its own. Then all that was done has come. */
#define _GNU_SOURCE
#include "support.h"

#include <stdlib.h>
#include <xcb/xcb.h>
#include <xcb/xtest.h>

/* X's codes of keys: the kernel's plus 8. */
enum {
    KEY_1 = 10, KEY_ACUTE = 21, KEY_Q = 24, KEY_E = 26, KEY_CONTROL = 37, KEY_A = 38, KEY_SHIFT = 50,
    KEY_ALT = 64, KEY_CAPS = 66, KEY_F12 = 96, KEY_ALTGR = 108
};
enum { VK_CAPS = 0x14, VK_F12 = 0x7B, VK_LEFT_BUTTON = 0x01 };

static xcb_connection_t* person;
static xcb_window_t root;

static void meetPerson(void)
{
    person = xcb_connect(NULL, NULL);
    REQUIRE(xcb_connection_has_error(person) == 0);
    root = xcb_setup_roots_iterator(xcb_get_setup(person)).data->root;
}

static void roundTrip(xcb_connection_t* connection)
{
    free(xcb_get_input_focus_reply(connection, xcb_get_input_focus(connection), NULL));
}

static void press(uint8_t key, bool isDown)
{
    xcb_test_fake_input(person, isDown ? XCB_KEY_PRESS : XCB_KEY_RELEASE, key, 0, root, 0, 0, 0);
}

static void tap(uint8_t key)
{
    press(key, true);
    press(key, false);
}

static void tapWith(uint8_t held, uint8_t key)
{
    press(held, true);
    tap(key);
    press(held, false);
}

static void point(int16_t x, int16_t y)
{
    xcb_test_fake_input(person, XCB_MOTION_NOTIFY, 0, 0, root, x, y, 0);
}

static void button(bool isDown)
{
    uint8_t type = isDown ? XCB_BUTTON_PRESS : XCB_BUTTON_RELEASE;
    xcb_test_fake_input(person, type, 1, 0, root, 0, 0, 0);
}

/* A window at 100, 50 that has the keyboard. */
static RatWindow windowWithKeyboard(void)
{
    meetPerson();
    registerTestClass();
    RatWindow window = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateWindow(0, "Test", "input", RAT_WS_POPUP | RAT_WS_VISIBLE, 100, 50, 300, 200,
                               RAT_INVALID_HANDLE, NULL, &window));
    pumpUntil(RAT_WM_PAINT);
    return window;
}

/* Retrieves all that has come to the program by now. */
static void settle(RatWindow window)
{
    RatNativeWindow native = {.size = sizeof native};
    roundTrip(person);
    REQUIRE_OK(RatGetNativeWindow(window, &native));
    for (int i = 0; i < 2; i++) {
        roundTrip(native.connection);
        drain();
    }
}

/* What is typed until F12 goes up: characters as they are, dead ones with a bit above them all. */
enum { DEAD = 0x10000, MOST_TYPED = 16 };
static uint32_t typed[MOST_TYPED];

static size_t readTyped(void)
{
    size_t count = 0;
    tap(KEY_F12);
    roundTrip(person);
    for (;;) {
        RatMessage msg;
        REQUIRE_OK(RatGetMessage(threadQueue(), &msg, SOON));
        RatTranslateMessage(&msg);
        RatDispatchMessage(&msg);
        uint32_t message = msg.header.message;
        if (message == RAT_WM_KEYUP && msg.header.wparam == VK_F12) return count;
        if (message != RAT_WM_CHAR && message != RAT_WM_DEADCHAR) continue;
        REQUIRE(count < MOST_TYPED);
        typed[count++] = (uint32_t)msg.header.wparam | (message == RAT_WM_DEADCHAR ? DEAD : 0);
    }
}

static void expectTyped(const char* what, const uint32_t* expected, size_t count)
{
    inRow(what);
    CHECK_EQ(readTyped(), count);
    for (size_t i = 0; i < count; i++) CHECK_EQ(typed[i], expected[i]);
    inRow(NULL);
}

#define EXPECT_TYPED(what, ...)                                                                    \
    expectTyped(what, (const uint32_t[]){__VA_ARGS__},                                             \
                sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

TEST(deadKeysOutlastShiftAndControlWithAltTypesNothing)
{
    windowWithKeyboard();
    REQUIRE(system("setxkbmap de") == 0);
    tap(KEY_ACUTE);
    tap(KEY_E);
    EXPECT_TYPED("a dead key and a letter", 0xB4 | DEAD, 0xE9);
    tap(KEY_ACUTE);
    tapWith(KEY_SHIFT, KEY_E);
    EXPECT_TYPED("a dead key and a capital", 0xB4 | DEAD, 0xC9);
    tap(KEY_ACUTE);
    tapWith(KEY_SHIFT, KEY_1);
    EXPECT_TYPED("a dead key and what it does not go with", 0xB4 | DEAD, 0xB4, '!');
    tapWith(KEY_ALTGR, KEY_Q);
    EXPECT_TYPED("AltGr", '@');
    press(KEY_CONTROL, true);
    tapWith(KEY_ALT, KEY_A);
    press(KEY_CONTROL, false);
    tap(KEY_A);
    EXPECT_TYPED("Control and Alt, then nothing held", 'a');
    tapWith(KEY_CONTROL, KEY_A);
    EXPECT_TYPED("Control", 1);
}

TEST(vietnameseDeadKeysShowWhatTheyAre)
{
    windowWithKeyboard();
    /* With the dead keys on the first digits. */
    REQUIRE(system("xkbcomp -w0 - \"$DISPLAY\" <<'END' 2> /dev/null\n"
                   "xkb_keymap {\n"
                   "xkb_keycodes { include \"evdev+aliases(qwerty)\" };\n"
                   "xkb_types { include \"complete\" };\n"
                   "xkb_compat { include \"complete\" };\n"
                   "xkb_symbols { include \"pc+us+inet(evdev)\"\n"
                   "key <AE01> { [ dead_belowdot ] };\n"
                   "key <AE02> { [ dead_hook ] };\n"
                   "key <AE03> { [ dead_horn ] };\n"
                   "};\n"
                   "};\n"
                   "END\n") == 0);
    tap(KEY_1);
    tap(KEY_A);
    EXPECT_TYPED("the dot below", 0x323 | DEAD, 0x1EA1);
    tap(KEY_1 + 1);
    tap(KEY_A);
    EXPECT_TYPED("the hook", 0x309 | DEAD, 0x1EA3);
    tap(KEY_1 + 2);
    tap(KEY_Q);
    EXPECT_TYPED("the horn, and what it does not go with", 0x31B | DEAD, 0x31B, 'q');
}

TEST(locksFollowWhateverSwitchesThem)
{
    RatWindow window = windowWithKeyboard();
    settle(window);
    CHECK((RatGetKeyState(VK_CAPS) & 1) == 0);
    uint8_t mode = XCB_GRAB_MODE_ASYNC;
    free(xcb_grab_keyboard_reply(
        person, xcb_grab_keyboard(person, 0, root, 0, mode, mode), NULL));
    for (int isOn = 1; isOn >= 0; isOn--) {
        tap(KEY_CAPS);
        settle(window);
        CHECK_EQ(RatGetKeyState(VK_CAPS) & 1, isOn);
    }
}

TEST(aChildThatComesUnderARestingPointerHasIt)
{
    RatWindow window = windowWithKeyboard();
    point(130, 80);
    roundTrip(person);
    RatMessage move = pumpUntil(RAT_WM_MOUSEMOVE);
    CHECK_EQ(move.header.target, window);
    RatTrackMouse track = {.size = sizeof track, .flags = RAT_TME_LEAVE, .window = window};
    REQUIRE_OK(RatTrackMouseEvent(&track));
    RatWindow child = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateWindow(0, "Test", "child", RAT_WS_CHILD | RAT_WS_VISIBLE, 20, 20, 50, 50,
                               window, NULL, &child));
    loggedCount = 0;
    move = pumpUntil(RAT_WM_MOUSEMOVE);
    CHECK_EQ(move.header.target, child);
    CHECK_EQ(move.header.lparam, 10 << 16 | 10);
    CHECK(findLogged(RAT_WM_SETCURSOR, 0) >= 0);
    CHECK_EQ(pumpUntil(RAT_WM_MOUSELEAVE).header.target, window);
    REQUIRE_OK(RatDestroyWindow(child));
    CHECK_EQ(pumpUntil(RAT_WM_MOUSEMOVE).header.target, window);
}

TEST(aWindowThatIsHiddenWhileItIsPressedDoesNotKeepTheButtonDown)
{
    RatWindow window = windowWithKeyboard();
    point(130, 80);
    button(true);
    roundTrip(person);
    pumpUntil(RAT_WM_LBUTTONDOWN);
    CHECK(RatGetKeyState(VK_LEFT_BUTTON) < 0);
    RatShowWindow(window, RAT_SW_HIDE);
    settle(window);
    button(false);
    settle(window);
    CHECK(RatGetKeyState(VK_LEFT_BUTTON) >= 0);
    CHECK(RatGetAsyncKeyState(VK_LEFT_BUTTON) >= 0);
}

TEST(aPointerThatLeavesDuringAnothersGrabHasLeft)
{
    RatWindow window = windowWithKeyboard();
    point(130, 80);
    roundTrip(person);
    pumpUntil(RAT_WM_MOUSEMOVE);
    RatTrackMouse track = {.size = sizeof track, .flags = RAT_TME_LEAVE, .window = window};
    REQUIRE_OK(RatTrackMouseEvent(&track));
    uint8_t mode = XCB_GRAB_MODE_ASYNC;
    free(xcb_grab_pointer_reply(
        person, xcb_grab_pointer(person, 0, root, 0, mode, mode, 0, 0, 0), NULL));
    settle(window);
    CHECK_EQ(findLogged(RAT_WM_MOUSELEAVE, 0), -1);
    point(600, 400);
    roundTrip(person);
    CHECK_EQ(pumpUntil(RAT_WM_MOUSELEAVE).header.target, window);
}
