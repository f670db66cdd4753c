/* Focus, capture, keys, the mouse, hot keys and accelerators. */
#include "internal.h"

/* -- Who has what ------------------------------------------------------------------------------ */

static HWND told(RatStatus (*ask)(RatWindow* out))
{
    RatWindow window = 0;
    return succeeded(ask(&window), SUBJECT_WINDOW) ? objectOf(window) : NULL;
}

HWND GetFocus(VOID)
{
    return told(RatGetFocus);
}

HWND GetActiveWindow(VOID)
{
    return told(RatGetActiveWindow);
}

HWND GetForegroundWindow(VOID)
{
    return told(RatGetForegroundWindow);
}

HWND GetCapture(VOID)
{
    return told(RatGetCapture);
}

/* Each thread knows its own alone. */
BOOL GetGUIThreadInfo(DWORD id, PGUITHREADINFO info)
{
    if (info == NULL) return failWith(ERROR_NOACCESS);
    if (info->cbSize != sizeof *info) return failWith(ERROR_INVALID_PARAMETER);
    bool isOwn = id == GetCurrentThreadId() ||
                 (id == 0 && GetWindowThreadProcessId(GetForegroundWindow(), NULL) == GetCurrentThreadId());
    if (!isOwn) return failWith(ERROR_INVALID_PARAMETER);
    *info = (GUITHREADINFO){ .cbSize = sizeof *info, .hwndActive = GetActiveWindow(), .hwndFocus = GetFocus(),
                             .hwndCapture = GetCapture() };
    return TRUE;
}

/* Whether the calling thread has a queue, which one that asks for it then has. */
BOOL IsGUIThread(BOOL convert)
{
    return thread.queue != 0 || (convert && ownQueue() != 0);
}

/* There are no rules on who may take the foreground that would need an exception. */
BOOL AllowSetForegroundWindow(DWORD processId)
{
    (void)processId;
    return TRUE;
}

VOID SwitchToThisWindow(HWND window, BOOL restores)
{
    if (restores && IsIconic(window)) ShowWindow(window, SW_RESTORE);
    SetForegroundWindow(window);
}

HWND SetFocus(HWND window)
{
    RatWindow previous = 0;
    RatStatus status = RatSetFocusEx(handleOf(window), &previous);
    return succeeded(status, SUBJECT_WINDOW) ? objectOf(previous) : NULL;
}

HWND SetActiveWindow(HWND window)
{
    RatWindow previous = 0;
    RatStatus status = RatSetActiveWindow(handleOf(window), &previous);
    return succeeded(status, SUBJECT_WINDOW) ? objectOf(previous) : NULL;
}

BOOL SetForegroundWindow(HWND window)
{
    return succeeded(RatSetForegroundWindow(handleOf(window)), SUBJECT_WINDOW);
}

HWND SetCapture(HWND window)
{
    RatWindow previous = 0;
    RatStatus status = RatSetCapture(handleOf(window), &previous);
    return succeeded(status, SUBJECT_WINDOW) ? objectOf(previous) : NULL;
}

BOOL ReleaseCapture(VOID)
{
    return succeeded(RatReleaseCapture(), SUBJECT_WINDOW);
}

BOOL AttachThreadInput(DWORD from, DWORD to, BOOL attach)
{
    RatMessageQueue own = ownQueue();
    RatMessageQueue fromQueue = from == GetCurrentThreadId() ? own : queueOfThread(from);
    RatMessageQueue toQueue = to == GetCurrentThreadId() ? own : queueOfThread(to);
    if (fromQueue == 0 || toQueue == 0) return failWith(ERROR_INVALID_PARAMETER);
    return succeeded(RatAttachThreadInput(fromQueue, toQueue, attach != FALSE), SUBJECT_WINDOW);
}

/* -- Keys -------------------------------------------------------------------------------------- */

SHORT GetKeyState(int key)
{
    return RatGetKeyState(key);
}

SHORT GetAsyncKeyState(int key)
{
    return RatGetAsyncKeyState(key);
}

BOOL GetKeyboardState(PBYTE state)
{
    return succeeded(RatGetKeyboardState(state), SUBJECT_WINDOW);
}

BOOL SetKeyboardState(LPBYTE state)
{
    return succeeded(RatSetKeyboardState(state), SUBJECT_WINDOW);
}

/* -- What programs send ------------------------------------------------------------------------ */

/* The bits that Rat knows; Windows ignores others. */
#define KNOWN_MOUSE 0xD9FFu

/* Win32's times are those of GetTickCount(): the latest moment that has these bits. */
static uint64_t momentOf(DWORD milliseconds)
{
    if (milliseconds == 0) return 0;
    uint64_t now = GetTickCount64();
    return (now - (DWORD)((DWORD)now - milliseconds)) * 1000000u;
}

static bool toInput(const INPUT* from, RatInput* to)
{
    memset(to, 0, sizeof *to);
    to->type = from->type;
    switch (from->type) {
    case INPUT_MOUSE:
        to->flags = from->mi.dwFlags & KNOWN_MOUSE;
        to->x = from->mi.dx;
        to->y = from->mi.dy;
        to->data = (int32_t)from->mi.mouseData;
        to->time = momentOf(from->mi.time);
        to->extraInfo = (intptr_t)from->mi.dwExtraInfo;
        return true;
    case INPUT_KEYBOARD:
        /* A scan code without its key, which Rat does not know to turn into one. */
        if ((from->ki.dwFlags & 0x0008) != 0) return false;
        to->flags = from->ki.dwFlags;
        to->key = from->ki.wVk;
        to->scanCode = from->ki.wScan;
        to->time = momentOf(from->ki.time);
        to->extraInfo = (intptr_t)from->ki.dwExtraInfo;
        return true;
    default: return false;
    }
}

UINT SendInput(UINT count, LPINPUT inputs, int size)
{
    RatInput few[16];
    if (count == 0 || size != sizeof(INPUT)) return (UINT)failWith(ERROR_INVALID_PARAMETER);
    if (inputs == NULL) return (UINT)failWith(ERROR_NOACCESS);
    RatInput* all = count <= ARRAYSIZE(few) ? few : calloc(count, sizeof *all);
    if (all == NULL) return (UINT)failWith(ERROR_NOT_ENOUGH_MEMORY);
    UINT i = 0;
    while (i < count && toInput(&inputs[i], &all[i])) i++;
    RatStatus status = i == count ? RatSendInput(all, count, sizeof *all) : RAT_IPC_ERR_INVALID_ARG;
    if (all != few) free(all);
    return succeeded(status, SUBJECT_WINDOW) ? count : 0;
}

VOID mouse_event(DWORD flags, DWORD dx, DWORD dy, DWORD data, ULONG_PTR extraInfo)
{
    INPUT input = { .type = INPUT_MOUSE };
    input.mi.dx = (LONG)dx;
    input.mi.dy = (LONG)dy;
    input.mi.mouseData = data;
    input.mi.dwFlags = flags;
    input.mi.dwExtraInfo = extraInfo;
    SendInput(1, &input, sizeof input);
}

VOID keybd_event(BYTE key, BYTE scanCode, DWORD flags, ULONG_PTR extraInfo)
{
    INPUT input = { .type = INPUT_KEYBOARD };
    input.ki.wVk = key;
    input.ki.wScan = scanCode;
    input.ki.dwFlags = flags;
    input.ki.dwExtraInfo = extraInfo;
    SendInput(1, &input, sizeof input);
}

/* -- The pointer ------------------------------------------------------------------------------- */

BOOL GetCursorPos(LPPOINT point)
{
    return succeeded(RatGetCursorPos((RatPoint*)(void*)point), SUBJECT_WINDOW);
}

/* The least of 65,536 parts of the screen that is this pixel. */
static int32_t partOf(int pixel, int32_t size)
{
    int64_t inside = pixel < 0 ? 0 : pixel >= size ? size - 1 : pixel;
    return (int32_t)((inside * 65536 + size - 1) / size);
}

BOOL SetCursorPos(int x, int y)
{
    int32_t width = 1, height = 1;
    RatGetScreenSize(&width, &height);
    RatInput input = {
        .type = RAT_INPUT_MOUSE,
        .flags = RAT_MOUSEEVENTF_MOVE | RAT_MOUSEEVENTF_ABSOLUTE,
        .x = partOf(x, width),
        .y = partOf(y, height),
    };
    return succeeded(RatSendInput(&input, 1, sizeof input), SUBJECT_WINDOW);
}

/* Whether the mouse leaves a small rectangle around that point of the screen before the button is released. */
BOOL DragDetect(HWND window, POINT point)
{
    int width = GetSystemMetrics(SM_CXDRAG), height = GetSystemMetrics(SM_CYDRAG);
    SetCapture(window);
    while (GetCapture() == window) {
        MSG msg;
        while (PeekMessageW(&msg, NULL, WM_MOUSEFIRST, WM_MOUSELAST, PM_REMOVE)) {
            bool isReleased = msg.message == WM_LBUTTONUP;
            bool isDragged = msg.message == WM_MOUSEMOVE &&
                             (abs(msg.pt.x - point.x) > width || abs(msg.pt.y - point.y) > height);
            if (!isReleased && !isDragged) continue;
            ReleaseCapture();
            return isDragged;
        }
        WaitMessage();
    }
    return FALSE;
}

/* From the place that is given, as a message told it, back in time. */
int GetMouseMovePointsEx(UINT size, LPMOUSEMOVEPOINT from, LPMOUSEMOVEPOINT points, int count, DWORD resolution)
{
    RatMovePoint trail[64];
    uint32_t known = 0, begin = 0;
    bool isValid = size == sizeof *from && count >= 0 && count <= 64 && resolution == GMMP_USE_DISPLAY_POINTS;
    if (!isValid) return failWith(ERROR_INVALID_PARAMETER) - 1;
    if (from == NULL || (points == NULL && count > 0)) return failWith(ERROR_NOACCESS) - 1;
    if (!succeeded(RatGetMouseMovePoints(trail, ARRAYSIZE(trail), &known), SUBJECT_WINDOW)) return -1;
    while (begin < known && (trail[begin].x != from->x || trail[begin].y != from->y ||
                             (from->time != 0 && (DWORD)(trail[begin].time / 1000000u) != from->time)))
        begin++;
    if (begin == known) return failWith(ERROR_POINT_NOT_FOUND) - 1;
    int given = (int)min(known - begin, (uint32_t)count);
    for (int i = 0; i < given; i++) {
        const RatMovePoint* place = &trail[begin + (uint32_t)i];
        points[i] = (MOUSEMOVEPOINT){ .x = place->x, .y = place->y, .time = (DWORD)(place->time / 1000000u) };
    }
    return given;
}

_Static_assert(sizeof(TRACKMOUSEEVENT) == sizeof(RatTrackMouse) &&
                   offsetof(TRACKMOUSEEVENT, hwndTrack) == offsetof(RatTrackMouse, window) &&
                   offsetof(TRACKMOUSEEVENT, dwHoverTime) == offsetof(RatTrackMouse, hoverTime_ms),
               "they differ in their last four bytes, which Win32 leaves open");

BOOL TrackMouseEvent(LPTRACKMOUSEEVENT event)
{
    if (event == NULL) return failWith(ERROR_INVALID_PARAMETER);
    if (event->cbSize != sizeof *event) return failWith(ERROR_INVALID_PARAMETER);
    RatTrackMouse track = {
        .size = sizeof track,
        .flags = event->dwFlags,
        .window = handleOf(event->hwndTrack),
        .hoverTime_ms = event->dwHoverTime,
    };
    if (!succeeded(RatTrackMouseEvent(&track), SUBJECT_WINDOW)) return FALSE;
    if ((event->dwFlags & TME_QUERY) != 0) {
        event->dwFlags = track.flags;
        event->hwndTrack = objectOf(track.window);
        event->dwHoverTime = track.hoverTime_ms;
    }
    return TRUE;
}

UINT GetDoubleClickTime(VOID)
{
    uint32_t time = 0;
    RatGetDoubleClick(&time, NULL, NULL);
    return time;
}

BOOL SetDoubleClickTime(UINT milliseconds)
{
    uint32_t width = 0, height = 0;
    RatGetDoubleClick(NULL, &width, &height);
    return succeeded(RatSetDoubleClick(milliseconds > 5000 ? 5000 : milliseconds, width, height),
                     SUBJECT_WINDOW);
}

/* -- The pointer's image ----------------------------------------------------------------------- */

HCURSOR SetCursor(HCURSOR cursor)
{
    RatCursor before = RAT_CURSOR_NONE;
    return succeeded(RatSetCursor(shapeOf(cursor), &before), SUBJECT_OBJECT) ? pointerOf(before) : NULL;
}

HCURSOR GetCursor(VOID)
{
    RatCursor cursor = RAT_CURSOR_NONE;
    return succeeded(RatGetCursor(&cursor), SUBJECT_OBJECT) ? pointerOf(cursor) : NULL;
}

int ShowCursor(BOOL show)
{
    int32_t count = 0;
    succeeded(RatShowCursor(show != FALSE, &count), SUBJECT_OBJECT);
    return count;
}

/* -- Hot keys and accelerators ----------------------------------------------------------------- */

BOOL RegisterHotKey(HWND window, int id, UINT modifiers, UINT key)
{
    return ownQueue() != 0 &&
           succeeded(RatRegisterHotKey(handleOf(window), id, modifiers, key), SUBJECT_HOTKEY);
}

BOOL UnregisterHotKey(HWND window, int id)
{
    return succeeded(RatUnregisterHotKey(handleOf(window), id), SUBJECT_HOTKEY);
}

static HACCEL createTable(const ACCEL* accelerators, int count)
{
    RatAcceleratorTable table = 0;
    if (accelerators == NULL || count <= 0) return nullWith(ERROR_INVALID_PARAMETER);
    RatAccelerator* copies = calloc((size_t)count, sizeof *copies);
    if (copies == NULL) return nullWith(ERROR_NOT_ENOUGH_MEMORY);
    for (int i = 0; i < count; i++) {
        /* The highest bit marks the last one of a resource. */
        copies[i].flags = accelerators[i].fVirt & 0x1F;
        copies[i].key = accelerators[i].key;
        copies[i].command = accelerators[i].cmd;
    }
    RatStatus status = RatCreateAcceleratorTable(copies, (uint32_t)count, &table);
    free(copies);
    return succeeded(status, SUBJECT_ACCELERATOR) ? objectOf(table) : NULL;
}

HACCEL CreateAcceleratorTableA(LPACCEL accelerators, int count)
{
    return createTable(accelerators, count);
}

HACCEL CreateAcceleratorTableW(LPACCEL accelerators, int count)
{
    return createTable(accelerators, count);
}

_Static_assert(sizeof(ACCEL) == sizeof(RatAccelerator) && offsetof(ACCEL, cmd) == offsetof(RatAccelerator, command),
               "the two are one");

/* Without a buffer: how many there are. Else how many were copied. */
static int copyTable(HACCEL table, LPACCEL accelerators, int count)
{
    uint32_t total = 0;
    if (accelerators != NULL && count < 0) return failWith(ERROR_INVALID_PARAMETER);
    uint32_t room = accelerators != NULL ? (uint32_t)count : 0;
    RatStatus status =
        RatCopyAcceleratorTable(handleOf(table), (RatAccelerator*)(void*)accelerators, room, &total);
    if (!succeeded(status, SUBJECT_ACCELERATOR)) return 0;
    return (int)(accelerators == NULL || total < room ? total : room);
}

int CopyAcceleratorTableA(HACCEL table, LPACCEL accelerators, int count)
{
    return copyTable(table, accelerators, count);
}

int CopyAcceleratorTableW(HACCEL table, LPACCEL accelerators, int count)
{
    return copyTable(table, accelerators, count);
}

BOOL DestroyAcceleratorTable(HACCEL table)
{
    return succeeded(RatDestroyAcceleratorTable(handleOf(table)), SUBJECT_ACCELERATOR);
}

static int translate(HWND window, HACCEL table, LPMSG msg)
{
    RatMessage message;
    if (msg == NULL) return 0;
    fromMsg(msg, &message);
    RatStatus status = RatTranslateAccelerator(handleOf(window), handleOf(table), &message);
    if (status == RAT_IPC_ERR_NOT_FOUND) return 0;
    return succeeded(status, RatIsWindow(handleOf(window)) ? SUBJECT_ACCELERATOR : SUBJECT_WINDOW);
}

int TranslateAcceleratorA(HWND window, HACCEL table, LPMSG msg)
{
    return translate(window, table, msg);
}

int TranslateAcceleratorW(HWND window, HACCEL table, LPMSG msg)
{
    return translate(window, table, msg);
}
