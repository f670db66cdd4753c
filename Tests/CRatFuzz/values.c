/* Random values: mostly such as make sense, now and then such as do not. */
#include "fuzz.h"
#include "handles.h"

#include <stdlib.h>
#include <string.h>

uint64_t bits(Fuzz* f)
{
    uint64_t value = f->state += UINT64_C(0x9E3779B97F4A7C15);
    value = (value ^ value >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    value = (value ^ value >> 27) * UINT64_C(0x94D049BB133111EB);
    return value ^ value >> 31;
}

uint32_t below(Fuzz* f, uint32_t count)
{
    return (uint32_t)(bits(f) >> 32) % count;
}

bool oneIn(Fuzz* f, uint32_t count)
{
    return below(f, count) == 0;
}

/* -- Handles --------------------------------------------------------------------------------------- */

static RatHandle ofThread(Fuzz* f, int place, Kind kind)
{
    return atomic_load(&handles.live[place][kind][below(f, slotCount(kind))]);
}

RatHandle some(Fuzz* f, Kind kind)
{
    static const RatHandle special[] = {
        1, RAT_HWND_BROADCAST, RAT_HWND_MESSAGE, RAT_THREAD_MESSAGES, RAT_HWND_NOTOPMOST, UINT64_MAX / 2,
    };
    uint32_t choice = below(f, 40);
    switch (choice) {
    case 0: return RAT_INVALID_HANDLE;
    case 1: return ONE_OF(f, special);
    case 2: return bits(f);
    case 3: return ofThread(f, f->place, kind) ^ UINT64_C(1) << below(f, 64);
    case 4: return atomic_load(&handles.dead[below(f, DEAD_COUNT)]);
    case 5: return anything(f);
    case 6: {
        RatWindow desktop = RAT_INVALID_HANDLE;
        RatGetDesktopWindow(&desktop);
        return desktop;
    }
    case 7: return ownQueue(f);
    default: break;
    }
    if (choice < 16) return ofThread(f, (int)below(f, FUZZ_THREADS), kind);
    if (choice < 22 && kind == WINDOWS && f->subject) return f->subject;
    for (int tries = 0; tries < 4; tries++) {
        RatHandle handle = ofThread(f, f->place, kind);
        if (RatGetHandleKind(handle) != RAT_HANDLE_NONE) return handle;
    }
    return ofThread(f, f->place, kind);
}

RatHandle anything(Fuzz* f)
{
    return ofThread(f, (int)below(f, FUZZ_THREADS), (Kind)below(f, HANDLE_KINDS));
}

RatMessageQueue ownQueue(Fuzz* f)
{
    return atomic_load(&handles.own[oneIn(f, 2) ? (uint32_t)f->place : below(f, FUZZ_THREADS)]);
}

RatWindow ownWindow(Fuzz* f)
{
    for (int tries = 0; tries < 8; tries++) {
        RatWindow window = ofThread(f, f->place, WINDOWS);
        if (RatIsWindow(window)) return window;
    }
    return RAT_INVALID_HANDLE;
}

void keep(Fuzz* f, Kind kind, uint64_t handle)
{
    if (!handle) return;
    uint64_t old =
        atomic_exchange(&handles.live[f->place][kind][below(f, slotCount(kind))], handle);
    if (!old) return;
    if (kind < HANDLE_KINDS) atomic_store(&handles.dead[below(f, DEAD_COUNT)], old);
    endHandle(kind, old);
}

void endHandle(Kind kind, uint64_t handle)
{
    switch (kind) {
    case HOOKS: RatUnhook(handle); break;
    case WINDOWS: RatDestroyWindow(handle); break;
    default:
        /* It may have been retained. */
        while (RatCloseHandle(handle) == RAT_IPC_OK) {}
    }
}

/* -- Numbers --------------------------------------------------------------------------------------- */

uint32_t moment(Fuzz* f)
{
    return oneIn(f, 12) ? 1 : 0;
}

int32_t extremeNumber(Fuzz* f)
{
    static const int32_t values[] = {INT32_MIN, INT32_MAX, -32768, 32767, -1, 65536, INT32_MIN + 1};
    return ONE_OF(f, values);
}

int32_t coordinate(Fuzz* f)
{
    return oneIn(f, 24) ? extremeNumber(f) : (int32_t)below(f, 160) - 20;
}

int32_t width(Fuzz* f)
{
    if (oneIn(f, 40)) return extremeNumber(f);
    return oneIn(f, 8) ? (int32_t)below(f, 2) : (int32_t)below(f, 150);
}

int32_t height(Fuzz* f)
{
    if (oneIn(f, 40)) return -(int32_t)below(f, 9);
    return oneIn(f, 8) ? (int32_t)below(f, 2) : (int32_t)below(f, 100);
}

RatRect rect(Fuzz* f)
{
    RatRect rect = {coordinate(f), coordinate(f), coordinate(f), coordinate(f)};
    return rect;
}

const RatRect* maybe(Fuzz* f, RatRect* place)
{
    if (oneIn(f, 3)) return NULL;
    *place = rect(f);
    return place;
}

RatPoint point(Fuzz* f)
{
    RatPoint point = {coordinate(f), coordinate(f)};
    return point;
}

uint32_t style(Fuzz* f)
{
    static const uint32_t styles[] = {
        RAT_WS_CHILD | RAT_WS_VISIBLE,
        RAT_WS_CHILD | RAT_WS_VISIBLE | RAT_WS_CLIPSIBLINGS,
        RAT_WS_CHILD,
        RAT_WS_CHILD | RAT_WS_VISIBLE | RAT_WS_DISABLED,
        RAT_WS_CHILD | RAT_WS_VISIBLE | RAT_WS_MAXIMIZE,
        RAT_WS_CHILD | RAT_WS_MINIMIZE,
        RAT_WS_POPUP | RAT_WS_VISIBLE,
        RAT_WS_POPUP,
        RAT_WS_OVERLAPPEDWINDOW | RAT_WS_VISIBLE,
        RAT_WS_OVERLAPPEDWINDOW | RAT_WS_VISIBLE | RAT_WS_CLIPCHILDREN,
        RAT_WS_OVERLAPPEDWINDOW,
    };
    return oneIn(f, 30) ? (uint32_t)bits(f) : ONE_OF(f, styles);
}

uint32_t sizeOr(Fuzz* f, size_t size)
{
    if (!oneIn(f, 30)) return (uint32_t)size;
    return oneIn(f, 2) ? (uint32_t)below(f, 2) : (uint32_t)bits(f);
}

uint32_t flags(Fuzz* f, uint32_t among)
{
    uint32_t value = (uint32_t)bits(f);
    return oneIn(f, 30) ? value : value & among;
}

/* -- Texts ----------------------------------------------------------------------------------------- */

static const char* badText(Fuzz* f)
{
    switch (below(f, 5)) {
    case 0: return NULL;
    case 1: return "";
    case 2: return "\xff\xfe\x80";
    case 3: return texts.long100000;
    default: return oneIn(f, 50) ? texts.tooLong : texts.long256;
    }
}

const char* className(Fuzz* f)
{
    static const char* const names[] = {"FuzzA", "fuzza", "FuzzB", "FuzzC", "FuzzD",
                                        "FuzzE", "FuzzF", "FUZZG", "none such"};
    if (oneIn(f, 20)) return badText(f);
    if (oneIn(f, 30)) return RAT_ATOM_NAME(oneIn(f, 2) ? 0xC000 + below(f, 8) : below(f, 0x10000));
    return oneIn(f, 2) ? names[0] : ONE_OF(f, names);
}

const char* text(Fuzz* f)
{
    static const char* const choices[] = {"one", "two", "\xc3\xa4\xc3\xb6\xe2\x82\xac", "a longer text than others"};
    return oneIn(f, 10) ? badText(f) : ONE_OF(f, choices);
}

const char* shortName(Fuzz* f)
{
    static const char* const names[] = {"a", "b", "c", "Name", "name", "\xc3\xa4"};
    return oneIn(f, 16) ? badText(f) : ONE_OF(f, names);
}

/* -- Messages -------------------------------------------------------------------------------------- */

uint32_t messageNumber(Fuzz* f)
{
    static const uint32_t numbers[] = {
        RAT_WM_NULL,     RAT_WM_CREATE,       RAT_WM_DESTROY,    RAT_WM_MOVE,
        RAT_WM_SIZE,     RAT_WM_ACTIVATE,     RAT_WM_SETFOCUS,   RAT_WM_KILLFOCUS,
        RAT_WM_ENABLE,   RAT_WM_SETREDRAW,    RAT_WM_SETTEXT,    RAT_WM_GETTEXT,
        RAT_WM_GETTEXTLENGTH, RAT_WM_PAINT,   RAT_WM_CLOSE,      RAT_WM_QUERYOPEN,
        RAT_WM_ERASEBKGND, RAT_WM_SHOWWINDOW, RAT_WM_ACTIVATEAPP, RAT_WM_CANCELMODE,
        RAT_WM_CHILDACTIVATE, RAT_WM_GETMINMAXINFO, RAT_WM_WINDOWPOSCHANGING,
        RAT_WM_WINDOWPOSCHANGED, RAT_WM_COPYDATA, RAT_WM_STYLECHANGING, RAT_WM_STYLECHANGED,
        RAT_WM_NCCREATE, RAT_WM_NCDESTROY,    RAT_WM_NCCALCSIZE, RAT_WM_NCHITTEST,
        RAT_WM_NCPAINT,  RAT_WM_NCACTIVATE,   RAT_WM_SYNCPAINT,  RAT_WM_KEYDOWN,
        RAT_WM_KEYUP,    RAT_WM_CHAR,         RAT_WM_SYSKEYDOWN, RAT_WM_SYSKEYUP,
        RAT_WM_SYSCHAR,  RAT_WM_SYSCOMMAND,   RAT_WM_TIMER,      RAT_WM_MOUSEMOVE,
        RAT_WM_LBUTTONDOWN, RAT_WM_RBUTTONUP, RAT_WM_XBUTTONUP,  RAT_WM_MOUSEWHEEL,
        RAT_WM_PARENTNOTIFY, RAT_WM_DISPLAYLOST, RAT_WM_REMOTEREDRAW, RAT_WM_SETCURSOR,
        RAT_WM_MOUSEACTIVATE, RAT_WM_CONTEXTMENU, RAT_WM_NCLBUTTONDOWN, RAT_WM_NCLBUTTONDBLCLK,
        RAT_WM_COMMAND,  RAT_WM_CAPTURECHANGED, RAT_WM_HOTKEY,   RAT_WM_APPCOMMAND,
        RAT_WM_MOUSELEAVE, RAT_WM_QUIT,
    };
    switch (below(f, 8)) {
    case 0: return RAT_WM_USER + below(f, 4);
    case 1: return RAT_WM_APP + below(f, 4);
    case 2: return 0xC000 + below(f, 8);
    case 3: return below(f, 0x0410);
    case 4: return oneIn(f, 8) ? (uint32_t)bits(f) : RAT_WM_APP;
    default: return ONE_OF(f, numbers);
    }
}

/* Whether a message's second parameter is a pointer that somebody may follow. */
static bool hasPointer(uint32_t number)
{
    switch (number) {
    case RAT_WM_CREATE:
    case RAT_WM_NCCREATE:
    case RAT_WM_SETTEXT:
    case RAT_WM_GETTEXT:
    case RAT_WM_GETMINMAXINFO:
    case RAT_WM_WINDOWPOSCHANGING:
    case RAT_WM_WINDOWPOSCHANGED:
    case RAT_WM_COPYDATA:
    case RAT_WM_STYLECHANGING:
    case RAT_WM_STYLECHANGED:
    case RAT_WM_NCCALCSIZE: return true;
    default: return false;
    }
}

static void fillHeader(Fuzz* f, RatMessage* message)
{
    memset(message, 0, sizeof *message);
    message->header.message = messageNumber(f);
    message->header.wparam = oneIn(f, 3) ? (uintptr_t)bits(f) : below(f, 0x110);
    message->header.lparam = oneIn(f, 3) ? (intptr_t)bits(f) : (intptr_t)below(f, 0x00400040);
    message->header.sender = oneIn(f, 4) ? anything(f) : RAT_INVALID_HANDLE;
    message->header.priority = oneIn(f, 3) ? (int32_t)below(f, 10) - 5 : RAT_PRIORITY_NORMAL;
    if (!oneIn(f, 4)) return;
    message->payload = oneIn(f, 12) ? NULL : texts.long100000;
    static const uint32_t sizes[] = {0, 1, 16, 63, 64, 65, 200, 5000, 100000};
    message->header.size = ONE_OF(f, sizes);
    if (oneIn(f, 40)) message->header.size = RAT_MAX_PAYLOAD_SIZE + 1;
}

Block* fill(Fuzz* f, RatMessage* message)
{
    fillHeader(f, message);
    uint32_t number = message->header.message;
    if (!hasPointer(number)) return NULL;
    message->header.wparam &= number == RAT_WM_NCCALCSIZE ? 1 : 0xFF;
    message->header.lparam = 0;
    if (oneIn(f, 6)) return NULL;
    Block* block = calloc(1, sizeof *block);
    if (!block) abort();
    message->header.lparam = (intptr_t)block->bytes;
    if (number == RAT_WM_SETTEXT) memcpy(block->bytes, "text", 5);
    if (number == RAT_WM_COPYDATA) {
        RatCopyData* data = (RatCopyData*)block->bytes;
        data->size = oneIn(f, 20) ? UINT32_MAX : below(f, 300);
        data->bytes = oneIn(f, 6) ? NULL : texts.long100000;
    }
    return block;
}

void fillToPost(Fuzz* f, RatMessage* message)
{
    fillHeader(f, message);
    if (message->header.message == RAT_WM_QUIT && !oneIn(f, 20)) message->header.message = 0;
}

void drop(Fuzz* f, Block* block, bool mayBeUsed)
{
    if (!block) return;
    if (mayBeUsed) {
        block->next = f->lost;
        f->lost = block;
    } else {
        free(block);
    }
}
