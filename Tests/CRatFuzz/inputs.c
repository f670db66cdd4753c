/* ratinput.h. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

static void setActive(Fuzz* f)
{
    RatWindow previous;
    RatSetActiveWindow(some(f, WINDOWS), oneIn(f, 2) ? &previous : NULL);
}

/* What the thread says that it has is its own and alive. */
static void check(const char* function, RatStatus status, RatWindow window)
{
    if (status == RAT_IPC_OK && window && !RatIsWindow(window)) complain(function, "a dead window");
}

static void getActive(Fuzz* f)
{
    RatWindow window = RAT_INVALID_HANDLE;
    check("RatGetActiveWindow", RatGetActiveWindow(oneIn(f, 30) ? NULL : &window), window);
}

static void setForeground(Fuzz* f) { RatSetForegroundWindow(some(f, WINDOWS)); }

static void getForeground(Fuzz* f)
{
    RatWindow window;
    RatGetForegroundWindow(oneIn(f, 30) ? NULL : &window);
}

static void setCapture(Fuzz* f)
{
    RatWindow previous;
    RatSetCapture(some(f, WINDOWS), oneIn(f, 2) ? &previous : NULL);
}

static void releaseCapture(Fuzz* f)
{
    (void)f;
    RatReleaseCapture();
}

static void getCapture(Fuzz* f)
{
    RatWindow window = RAT_INVALID_HANDLE;
    check("RatGetCapture", RatGetCapture(oneIn(f, 30) ? NULL : &window), window);
}

static void setFocusEx(Fuzz* f)
{
    RatWindow previous;
    RatSetFocusEx(some(f, WINDOWS), oneIn(f, 2) ? &previous : NULL);
}

/* Joins threads only where RAT_FUZZ_JOIN is set. */
static void attachInput(Fuzz* f)
{
    bool joins = getenv("RAT_FUZZ_JOIN") != NULL;
    RatMessageQueue from = oneIn(f, 2) ? some(f, WINDOWS) : ownQueue(f);
    RatAttachThreadInput(from, joins ? ownQueue(f) : bits(f), oneIn(f, 2));
}

static void screenSize(Fuzz* f)
{
    int32_t width, height;
    RatGetScreenSize(oneIn(f, 8) ? NULL : &width, oneIn(f, 8) ? NULL : &height);
}

static int32_t key(Fuzz* f)
{
    static const int32_t keys[] = {RAT_VK_TAB, RAT_VK_RETURN, RAT_VK_SHIFT, RAT_VK_CONTROL,
                                   RAT_VK_MENU, RAT_VK_LMENU, RAT_VK_F1 + 3, RAT_VK_F1 + 9,
                                   RAT_VK_SPACE, RAT_VK_APPS, 'A', RAT_VK_CAPITAL};
    if (oneIn(f, 20)) return extremeNumber(f);
    return oneIn(f, 3) ? (int32_t)below(f, 256) : ONE_OF(f, keys);
}

static void keyState(Fuzz* f) { RatGetKeyState(key(f)); }
static void asyncKeyState(Fuzz* f) { RatGetAsyncKeyState(key(f)); }

static void keyboardState(Fuzz* f)
{
    uint8_t state[256];
    RatGetKeyboardState(oneIn(f, 30) ? NULL : state);
}

static void setKeyboardState(Fuzz* f)
{
    uint8_t state[256];
    memset(state, (int)below(f, 256), sizeof state);
    RatSetKeyboardState(oneIn(f, 30) ? NULL : state);
}

static RatInput input(Fuzz* f)
{
    static const uint32_t mouse[] = {
        RAT_MOUSEEVENTF_MOVE,       RAT_MOUSEEVENTF_MOVE | RAT_MOUSEEVENTF_ABSOLUTE,
        RAT_MOUSEEVENTF_LEFTDOWN,   RAT_MOUSEEVENTF_LEFTUP,
        RAT_MOUSEEVENTF_RIGHTDOWN,  RAT_MOUSEEVENTF_RIGHTUP,
        RAT_MOUSEEVENTF_MIDDLEDOWN, RAT_MOUSEEVENTF_MIDDLEUP,
        RAT_MOUSEEVENTF_XDOWN,      RAT_MOUSEEVENTF_XUP,
        RAT_MOUSEEVENTF_WHEEL,      RAT_MOUSEEVENTF_HWHEEL,
    };
    static const uint32_t keys[] = {0, RAT_KEYEVENTF_KEYUP, RAT_KEYEVENTF_EXTENDEDKEY,
                                    RAT_KEYEVENTF_UNICODE};
    RatInput input;
    memset(&input, 0, sizeof input);
    input.type = oneIn(f, 40) ? (uint32_t)bits(f) : below(f, 2);
    input.flags = input.type == RAT_INPUT_MOUSE ? ONE_OF(f, mouse) : ONE_OF(f, keys);
    if (oneIn(f, 30)) input.flags = (uint32_t)bits(f);
    input.x = coordinate(f);
    input.y = coordinate(f);
    input.data = oneIn(f, 8) ? extremeNumber(f) : (int32_t)below(f, 4);
    input.key = input.flags & RAT_KEYEVENTF_UNICODE ? 0 : (uint16_t)key(f);
    input.scanCode = (uint16_t)below(f, oneIn(f, 8) ? 0x10000 : 0x80);
    input.time = oneIn(f, 4) ? bits(f) : 0;
    input.extraInfo = (intptr_t)bits(f);
    return input;
}

static void sendInput(Fuzz* f)
{
    RatInput inputs[4] = {input(f), input(f), input(f), input(f)};
    uint32_t count = oneIn(f, 20) ? UINT32_MAX - below(f, 2) : below(f, 5);
    RatSendInput(oneIn(f, 30) ? NULL : inputs, count, sizeOr(f, sizeof inputs[0]));
}

static void cursorPos(Fuzz* f)
{
    RatPoint place;
    RatGetCursorPos(oneIn(f, 30) ? NULL : &place);
}

static void movePoints(Fuzz* f)
{
    RatMovePoint points[70];
    uint32_t count;
    RatGetMouseMovePoints(oneIn(f, 30) ? NULL : points, below(f, 71), oneIn(f, 30) ? NULL : &count);
}

static void keepMoves(Fuzz* f) { RatKeepMouseMoves(oneIn(f, 2)); }

static void setDoubleClick(Fuzz* f)
{
    uint32_t time = oneIn(f, 8) ? (uint32_t)bits(f) : below(f, 6000);
    RatSetDoubleClick(time, below(f, 40000), below(f, 8));
}

static void getDoubleClick(Fuzz* f)
{
    uint32_t time, width, height;
    RatGetDoubleClick(oneIn(f, 8) ? NULL : &time, oneIn(f, 8) ? NULL : &width,
                      oneIn(f, 8) ? NULL : &height);
}

static void trackMouse(Fuzz* f)
{
    RatTrackMouse track = {
        .size = sizeOr(f, sizeof track),
        .flags = flags(f, RAT_TME_HOVER | RAT_TME_LEAVE | RAT_TME_NONCLIENT | RAT_TME_CANCEL),
        .window = some(f, WINDOWS),
        .hoverTime_ms = oneIn(f, 4) ? RAT_HOVER_DEFAULT : below(f, 20),
        .reserved = oneIn(f, 40),
    };
    if (oneIn(f, 8)) track.flags |= RAT_TME_QUERY;
    RatTrackMouseEvent(oneIn(f, 30) ? NULL : &track);
}

static void registerHotKey(Fuzz* f)
{
    uint32_t modifiers =
        flags(f, RAT_MOD_ALT | RAT_MOD_CONTROL | RAT_MOD_SHIFT | RAT_MOD_NOREPEAT);
    RatRegisterHotKey(some(f, WINDOWS), (int32_t)below(f, 3), modifiers, (uint32_t)key(f));
}

static void unregisterHotKey(Fuzz* f)
{
    RatUnregisterHotKey(some(f, WINDOWS), (int32_t)below(f, 3));
}

static void createAccelerators(Fuzz* f)
{
    RatAccelerator accelerators[5];
    for (int i = 0; i < 5; i++) {
        RatAccelerator one = {.flags = (uint8_t)(below(f, 0x20) | (oneIn(f, 40) ? 0x80 : 0)),
                              .reserved = oneIn(f, 60),
                              .key = (uint16_t)key(f),
                              .command = (uint16_t)bits(f)};
        accelerators[i] = one;
    }
    RatAcceleratorTable table = 0;
    uint32_t count = oneIn(f, 20) ? UINT32_MAX : below(f, 6);
    RatCreateAcceleratorTable(oneIn(f, 30) ? NULL : accelerators, count,
                              oneIn(f, 40) ? NULL : &table);
    RatAcceleratorTable* place = &ONE_OF(f, f->accelerators);
    RatDestroyAcceleratorTable(*place);
    *place = table;
}

static RatAcceleratorTable table(Fuzz* f)
{
    return oneIn(f, 10) ? bits(f) : ONE_OF(f, f->accelerators);
}

static void copyAccelerators(Fuzz* f)
{
    RatAccelerator accelerators[8];
    uint32_t count;
    RatCopyAcceleratorTable(table(f), oneIn(f, 20) ? NULL : accelerators, below(f, 9),
                            oneIn(f, 2) ? NULL : &count);
}

static void destroyAccelerators(Fuzz* f) { RatDestroyAcceleratorTable(table(f)); }

static void translateAccelerator(Fuzz* f)
{
    RatMessage message;
    memset(&message, 0, sizeof message);
    message.header.message = oneIn(f, 2) ? RAT_WM_KEYDOWN : RAT_WM_SYSKEYDOWN;
    message.header.wparam = (uintptr_t)key(f);
    RatTranslateAccelerator(some(f, WINDOWS), table(f), oneIn(f, 30) ? NULL : &message);
}

static void messagePos(Fuzz* f)
{
    RatPoint place;
    RatGetMessagePos(oneIn(f, 30) ? NULL : &place);
}

static void messageTime(Fuzz* f)
{
    (void)f;
    RatGetMessageTime();
}

static void extraInfo(Fuzz* f)
{
    (void)f;
    RatGetMessageExtraInfo();
}

static void setExtraInfo(Fuzz* f) { RatSetMessageExtraInfo((intptr_t)bits(f)); }

/* -- The pointer ----------------------------------------------------------------------------------- */

static void setCursor(Fuzz* f)
{
    static const RatCursor shapes[] = {RAT_CURSOR_NONE, RAT_CURSOR_ARROW, RAT_CURSOR_HELP, RAT_CURSOR_SIZEWE};
    RatCursor previous;
    RatSetCursor(oneIn(f, 20) ? bits(f) : ONE_OF(f, shapes), oneIn(f, 2) ? &previous : NULL);
}

static void getCursor(Fuzz* f)
{
    RatCursor cursor;
    RatGetCursor(oneIn(f, 20) ? NULL : &cursor);
}

static void showCursor(Fuzz* f)
{
    int32_t count;
    RatShowCursor(oneIn(f, 2), oneIn(f, 2) ? &count : NULL);
}

static void setIcons(Fuzz* f)
{
    static const uint32_t pixels[64];
    RatIcon icons[2] = {{8, 8, pixels}, {1, oneIn(f, 10) ? below(f, 2000) / 1999 * 1025 : 64, pixels}};
    if (oneIn(f, 20)) icons[0].pixels = NULL;
    RatSetWindowIcons(some(f, WINDOWS), oneIn(f, 20) ? NULL : icons, oneIn(f, 20) ? UINT32_MAX : below(f, 3));
}

static void setFullscreen(Fuzz* f) { RatSetWindowFullscreen(some(f, WINDOWS), oneIn(f, 3)); }

static void isFullscreen(Fuzz* f)
{
    bool is;
    RatIsWindowFullscreen(some(f, WINDOWS), oneIn(f, 20) ? NULL : &is);
}

static void windowDpi(Fuzz* f)
{
    uint32_t dpi;
    RatGetWindowDpi(some(f, WINDOWS), oneIn(f, 20) ? NULL : &dpi);
}

static void nativeWindow(Fuzz* f)
{
    RatNativeWindow native = {.size = sizeOr(f, sizeof native)};
    RatGetNativeWindow(some(f, WINDOWS), oneIn(f, 20) ? NULL : &native);
}

const FuzzCall inputCalls[] = {
    {"RatSetCursor", 3, setCursor},
    {"RatGetCursor", 1, getCursor},
    {"RatShowCursor", 1, showCursor},
    {"RatGetNativeWindow", 1, nativeWindow},
    {"RatSetWindowIcons", 1, setIcons},
    {"RatSetWindowFullscreen", 2, setFullscreen},
    {"RatIsWindowFullscreen", 1, isFullscreen},
    {"RatGetWindowDpi", 1, windowDpi},
    {"RatSetActiveWindow", 6, setActive},
    {"RatGetActiveWindow", 3, getActive},
    {"RatSetForegroundWindow", 6, setForeground},
    {"RatGetForegroundWindow", 3, getForeground},
    {"RatSetCapture", 6, setCapture},
    {"RatReleaseCapture", 3, releaseCapture},
    {"RatGetCapture", 3, getCapture},
    {"RatSetFocusEx", 4, setFocusEx},
    {"RatAttachThreadInput", 2, attachInput},
    {"RatGetScreenSize", 1, screenSize},
    {"RatGetKeyState", 3, keyState},
    {"RatGetAsyncKeyState", 3, asyncKeyState},
    {"RatGetKeyboardState", 3, keyboardState},
    {"RatSetKeyboardState", 3, setKeyboardState},
    {"RatSendInput", 16, sendInput},
    {"RatGetCursorPos", 3, cursorPos},
    {"RatGetMouseMovePoints", 3, movePoints},
    {"RatKeepMouseMoves", 2, keepMoves},
    {"RatSetDoubleClick", 2, setDoubleClick},
    {"RatGetDoubleClick", 2, getDoubleClick},
    {"RatTrackMouseEvent", 5, trackMouse},
    {"RatRegisterHotKey", 4, registerHotKey},
    {"RatUnregisterHotKey", 4, unregisterHotKey},
    {"RatCreateAcceleratorTable", 3, createAccelerators},
    {"RatCopyAcceleratorTable", 3, copyAccelerators},
    {"RatDestroyAcceleratorTable", 2, destroyAccelerators},
    {"RatTranslateAccelerator", 4, translateAccelerator},
    {"RatGetMessagePos", 2, messagePos},
    {"RatGetMessageTime", 2, messageTime},
    {"RatGetMessageExtraInfo", 2, extraInfo},
    {"RatSetMessageExtraInfo", 2, setExtraInfo},
    {NULL, 0, NULL},
};
