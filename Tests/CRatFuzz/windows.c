/* ratgui.h and what of it is no window's alone. */
#include "procedures.h"

#include <string.h>

static void attachDisplay(Fuzz* f)
{
    static const char* const names[] = {"headless", "", "wayland", NULL};
    RatAttachDisplay(ONE_OF(f, names));
}

static void registerClass(Fuzz* f)
{
    RatWindowClass class = {
        .size = sizeOr(f, sizeof class),
        .style = oneIn(f, 4) ? RAT_CS_THREADCLASS : flags(f, RAT_CS_DBLCLKS | RAT_CS_HREDRAW | RAT_CS_VREDRAW),
        .proc = oneIn(f, 20) ? NULL : fuzzProc,
        .name = className(f),
        .background = (uint32_t)bits(f),
        .classExtra = oneIn(f, 20) ? UINT32_MAX : below(f, 64),
        .windowExtra = oneIn(f, 20) ? 65536 + below(f, 2) : below(f, 64),
        .cursor = oneIn(f, 40) ? below(f, 9) : oneIn(f, 2) ? RAT_CURSOR_IBEAM : RAT_CURSOR_NONE,
    };
    RatAtom atom;
    RatRegisterClass(&class, oneIn(f, 2) ? &atom : NULL);
}

static void unregisterClass(Fuzz* f) { RatUnregisterClass(className(f)); }

static RatWindow parentFor(Fuzz* f)
{
    if (oneIn(f, 12)) return RAT_HWND_MESSAGE;
    return oneIn(f, 5) ? RAT_INVALID_HANDLE : some(f, WINDOWS);
}

static void createWindow(Fuzz* f)
{
    static const uint32_t exStyles[] = {0, 0, RAT_WS_EX_NOPARENTNOTIFY, RAT_WS_EX_TOPMOST,
                                        RAT_WS_EX_TRANSPARENT, RAT_WS_EX_NOACTIVATE};
    RatWindow window = RAT_INVALID_HANDLE;
    int32_t x = oneIn(f, 8) ? RAT_CW_USEDEFAULT : coordinate(f);
    RatCreateWindow(oneIn(f, 30) ? (uint32_t)bits(f) : ONE_OF(f, exStyles), className(f), text(f),
                    style(f), x, coordinate(f), width(f), height(f), parentFor(f), f,
                    oneIn(f, 40) ? NULL : &window);
    keep(f, WINDOWS, window);
}

static void createWindowEx(Fuzz* f)
{
    RatWindowCreation creation = {
        .size = sizeOr(f, sizeof creation),
        .className = className(f),
        .title = text(f),
        .style = style(f),
        .x = coordinate(f),
        .y = coordinate(f),
        .width = width(f),
        .height = height(f),
        .reserved = oneIn(f, 40),
        .parent = parentFor(f),
        .id = below(f, 4),
        .param = f,
    };
    RatWindow window = RAT_INVALID_HANDLE;
    RatCreateWindowEx(oneIn(f, 60) ? NULL : &creation, &window);
    keep(f, WINDOWS, window);
}

static void destroyWindow(Fuzz* f) { RatDestroyWindow(some(f, WINDOWS)); }

static void defWindowProc(Fuzz* f)
{
    RatMessage message;
    Block* block = fill(f, &message);
    RatDefWindowProc(some(f, WINDOWS), message.header.message, message.header.wparam,
                     message.header.lparam);
    drop(f, block, false);
}

static void currentMessage(Fuzz* f)
{
    RatMessage message;
    RatGetCurrentMessage(oneIn(f, 30) ? NULL : &message);
}

static void showWindow(Fuzz* f)
{
    RatShowWindow(some(f, WINDOWS), oneIn(f, 20) ? extremeNumber(f) : (int32_t)below(f, 12));
}

static void moveWindow(Fuzz* f)
{
    RatMoveWindow(some(f, WINDOWS), coordinate(f), coordinate(f), width(f), height(f));
}

static void windowRect(Fuzz* f)
{
    RatRect rect;
    RatGetWindowRect(some(f, WINDOWS), oneIn(f, 30) ? NULL : &rect);
}

static void clientRect(Fuzz* f)
{
    RatRect rect;
    RatGetClientRect(some(f, WINDOWS), oneIn(f, 30) ? NULL : &rect);
}

static void setText(Fuzz* f) { RatSetWindowText(some(f, WINDOWS), text(f)); }

static void getText(Fuzz* f)
{
    char buffer[300];
    size_t size = 0;
    size_t room = oneIn(f, 3) ? below(f, 8) : sizeof buffer;
    RatStatus status = RatGetWindowText(some(f, WINDOWS), oneIn(f, 20) ? NULL : buffer, room, &size);
    if (status == RAT_IPC_OK && (size > room || memchr(buffer, 0, room) == NULL))
        complain("RatGetWindowText", "the text does not end in its buffer");
}

static int32_t longIndex(Fuzz* f)
{
    static const int32_t indices[] = {RAT_GWLP_WNDPROC, RAT_GWLP_HWNDPARENT, RAT_GWLP_ID,
                                      RAT_GWL_STYLE, RAT_GWL_EXSTYLE, RAT_GWLP_USERDATA};
    if (oneIn(f, 20)) return extremeNumber(f);
    return oneIn(f, 4) ? (int32_t)below(f, 66) : ONE_OF(f, indices);
}

static void getLong(Fuzz* f)
{
    intptr_t value;
    RatGetWindowLong(some(f, WINDOWS), longIndex(f), oneIn(f, 30) ? NULL : &value);
}

static void setLong(Fuzz* f)
{
    int32_t index = longIndex(f);
    intptr_t value = (intptr_t)bits(f);
    if (index == RAT_GWLP_WNDPROC) {
        static RatWindowProc const procedures[] = {fuzzProc, otherProc, RatDefWindowProc, NULL};
        value = (intptr_t)ONE_OF(f, procedures);
    } else if (index == RAT_GWLP_HWNDPARENT) {
        value = (intptr_t)some(f, WINDOWS);
    } else if (index == RAT_GWL_STYLE) {
        value = (intptr_t)style(f);
    }
    intptr_t old;
    RatSetWindowLong(some(f, WINDOWS), index, value, oneIn(f, 2) ? &old : NULL);
}

static void setFocus(Fuzz* f) { RatSetFocus(some(f, WINDOWS)); }

static void getFocus(Fuzz* f)
{
    RatWindow window;
    if (RatGetFocus(oneIn(f, 30) ? NULL : &window) == RAT_IPC_OK && window && !RatIsWindow(window))
        complain("RatGetFocus", "a dead window has the focus");
}

static void setTimer(Fuzz* f)
{
    RatWindow window = some(f, WINDOWS);
    uintptr_t id = below(f, 3);
    if (RatSetTimer(window, id, below(f, 30), oneIn(f, 2) ? fuzzTimer : NULL, &id) != RAT_IPC_OK)
        return;
    /* Without a window each is a new one. */
    if (window) return;
    uintptr_t* place = &ONE_OF(f, f->timers);
    RatKillTimer(RAT_INVALID_HANDLE, *place);
    *place = id;
}

static void setCoalescableTimer(Fuzz* f)
{
    static const uint32_t tolerances[] = {RAT_TIMERV_DEFAULT_COALESCING, RAT_TIMERV_NO_COALESCING,
                                          5, RAT_TIMERV_COALESCING_MAX, 0x80000000u};
    RatWindow window = some(f, WINDOWS);
    if (!window) return;
    RatSetCoalescableTimer(window, below(f, 3), oneIn(f, 4) ? UINT32_MAX : below(f, 30), fuzzTimer,
                           ONE_OF(f, tolerances), NULL);
}

static void killTimer(Fuzz* f) { RatKillTimer(some(f, WINDOWS), below(f, 3)); }

static void isWindow(Fuzz* f)
{
    RatHandle handle = some(f, WINDOWS);
    if (RatIsWindow(handle) && RatGetHandleKind(handle) == RAT_HANDLE_EVENT)
        complain("RatIsWindow", "an event is a window");
}

const FuzzCall windowCalls[] = {
    {"RatAttachDisplay", 1, attachDisplay},
    {"RatRegisterClass", 4, registerClass},
    {"RatUnregisterClass", 3, unregisterClass},
    {"RatCreateWindow", 60, createWindow},
    {"RatCreateWindowEx", 30, createWindowEx},
    {"RatDestroyWindow", 8, destroyWindow},
    {"RatIsWindow", 4, isWindow},
    {"RatDefWindowProc", 8, defWindowProc},
    {"RatGetCurrentMessage", 4, currentMessage},
    {"RatShowWindow", 16, showWindow},
    {"RatMoveWindow", 8, moveWindow},
    {"RatGetWindowRect", 5, windowRect},
    {"RatGetClientRect", 5, clientRect},
    {"RatSetWindowText", 6, setText},
    {"RatGetWindowText", 6, getText},
    {"RatGetWindowLong", 8, getLong},
    {"RatSetWindowLong", 12, setLong},
    {"RatSetFocus", 8, setFocus},
    {"RatGetFocus", 4, getFocus},
    {"RatSetTimer", 6, setTimer},
    {"RatSetCoalescableTimer", 3, setCoalescableTimer},
    {"RatKillTimer", 5, killTimer},
    {NULL, 0, NULL},
};
