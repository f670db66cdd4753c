/* Where windows are, how large, and in which state. What another thread's window is told to do, that thread does. */
#include "internal.h"

/* The bits of SetWindowPos that Win32 has; it ignores others, and Rat refuses them. */
#define KNOWN_FLAGS 0x67FFu

typedef struct {
    OwnerCall call;
    RatWindow window;
    RatWindow after;
    int32_t x, y, width, height;
    uint32_t flags;
    int32_t command;
    bool enable;
    bool wasDisabled;
    RatWindowPlacement* placement;
    bool sets;
} PositionCall;

static RatStatus runPosition(OwnerCall* call)
{
    PositionCall* c = (PositionCall*)call;
    return RatSetWindowPos(c->window, c->after, c->x, c->y, c->width, c->height, c->flags);
}

static RatStatus runShow(OwnerCall* call)
{
    PositionCall* c = (PositionCall*)call;
    return RatShowWindow(c->window, c->command);
}

static RatStatus runEnable(OwnerCall* call)
{
    PositionCall* c = (PositionCall*)call;
    return RatEnableWindow(c->window, c->enable, &c->wasDisabled);
}

static RatStatus runPlacement(OwnerCall* call)
{
    PositionCall* c = (PositionCall*)call;
    return c->sets ? RatSetWindowPlacement(c->window, c->placement)
                   : RatGetWindowPlacement(c->window, c->placement);
}

BOOL SetWindowPos(HWND window, HWND after, int x, int y, int width, int height, UINT flags)
{
    PositionCall c = { .call = { .run = runPosition }, .window = handleOf(window), .after = handleOf(after),
                       .x = x, .y = y, .width = width, .height = height, .flags = flags & KNOWN_FLAGS };
    return succeeded(callOwner(c.window, &c.call), SUBJECT_WINDOW);
}

BOOL MoveWindow(HWND window, int x, int y, int width, int height, BOOL repaint)
{
    UINT flags = SWP_NOZORDER | SWP_NOACTIVATE | (repaint ? 0u : SWP_NOREDRAW);
    return SetWindowPos(window, NULL, x, y, width, height, flags);
}

BOOL BringWindowToTop(HWND window)
{
    return SetWindowPos(window, HWND_TOP, 0, 0, 0, 0, SWP_NOMOVE | SWP_NOSIZE);
}

HDWP BeginDeferWindowPos(int count)
{
    RatDeferredPos deferred = 0;
    if (ownQueue() == 0) return NULL;
    return succeeded(RatBeginDeferWindowPos(count, &deferred), SUBJECT_DEFERRED) ? objectOf(deferred) : NULL;
}

HDWP DeferWindowPos(HDWP deferred, HWND window, HWND after, int x, int y, int width, int height, UINT flags)
{
    RatStatus status = RatDeferWindowPos(handleOf(deferred), handleOf(window), handleOf(after), x, y, width,
                                         height, flags & KNOWN_FLAGS);
    Subject subject = RatIsWindow(handleOf(window)) ? SUBJECT_DEFERRED : SUBJECT_WINDOW;
    return succeeded(status, subject) ? deferred : NULL;
}

BOOL EndDeferWindowPos(HDWP deferred)
{
    return succeeded(RatEndDeferWindowPos(handleOf(deferred)), SUBJECT_DEFERRED);
}

/* -- States ------------------------------------------------------------------------------------ */

/* Whether it was visible before. */
BOOL ShowWindow(HWND window, int command)
{
    PositionCall c = { .call = { .run = runShow }, .window = handleOf(window), .command = command };
    intptr_t style = 0;
    RatGetWindowLong(c.window, RAT_GWL_STYLE, &style);
    succeeded(callOwner(c.window, &c.call), SUBJECT_WINDOW);
    return ((DWORD)style & WS_VISIBLE) != 0;
}

/* Another thread's window is shown when that thread retrieves next. */
BOOL ShowWindowAsync(HWND window, int command)
{
    if (GetWindowThreadProcessId(window, NULL) == GetCurrentThreadId()) {
        ShowWindow(window, command);
        return TRUE;
    }
    PositionCall* c = malloc(sizeof *c);
    if (c == NULL) return failWith(ERROR_NOT_ENOUGH_MEMORY);
    *c = (PositionCall){ .call = { .run = runShow }, .window = handleOf(window), .command = command };
    return callOwnerLater(c->window, &c->call);
}

BOOL CloseWindow(HWND window)
{
    if (!RatIsWindow(handleOf(window))) return failWith(ERROR_INVALID_WINDOW_HANDLE);
    ShowWindow(window, SW_SHOWMINIMIZED);
    return TRUE;
}

BOOL OpenIcon(HWND window)
{
    if (!RatIsWindow(handleOf(window))) return failWith(ERROR_INVALID_WINDOW_HANDLE);
    ShowWindow(window, SW_SHOWNORMAL);
    return TRUE;
}

BOOL EnableWindow(HWND window, BOOL enable)
{
    PositionCall c = { .call = { .run = runEnable }, .window = handleOf(window), .enable = enable != FALSE };
    return succeeded(callOwner(c.window, &c.call), SUBJECT_WINDOW) && c.wasDisabled;
}

BOOL IsWindowEnabled(HWND window)
{
    return RatIsWindowEnabled(handleOf(window));
}

BOOL IsWindowVisible(HWND window)
{
    return RatIsWindowVisible(handleOf(window));
}

BOOL IsIconic(HWND window)
{
    return RatIsIconic(handleOf(window));
}

BOOL IsZoomed(HWND window)
{
    return RatIsZoomed(handleOf(window));
}

/* -- Where ------------------------------------------------------------------------------------- */

_Static_assert(sizeof(RECT) == sizeof(RatRect) && sizeof(POINT) == sizeof(RatPoint), "they are one");
_Static_assert(sizeof(WINDOWPLACEMENT) == sizeof(RatWindowPlacement) &&
                   offsetof(WINDOWPLACEMENT, showCmd) == offsetof(RatWindowPlacement, command) &&
                   offsetof(WINDOWPLACEMENT, rcNormalPosition) == offsetof(RatWindowPlacement, normal),
               "they are one");

BOOL GetWindowRect(HWND window, LPRECT rect)
{
    return succeeded(RatGetWindowRect(handleOf(window), (RatRect*)(void*)rect), SUBJECT_WINDOW);
}

BOOL GetClientRect(HWND window, LPRECT rect)
{
    return succeeded(RatGetClientRect(handleOf(window), (RatRect*)(void*)rect), SUBJECT_WINDOW);
}

BOOL GetWindowPlacement(HWND window, WINDOWPLACEMENT* placement)
{
    if (placement == NULL) return failWith(ERROR_INVALID_PARAMETER);
    PositionCall c = { .call = { .run = runPlacement }, .window = handleOf(window),
                       .placement = (RatWindowPlacement*)(void*)placement };
    placement->length = sizeof *placement;
    return succeeded(callOwner(c.window, &c.call), SUBJECT_WINDOW);
}

BOOL SetWindowPlacement(HWND window, const WINDOWPLACEMENT* placement)
{
    if (placement == NULL || placement->length != sizeof *placement) return failWith(ERROR_INVALID_PARAMETER);
    RatWindowPlacement copy;
    memcpy(&copy, placement, sizeof copy);
    copy.size = sizeof copy;
    copy.flags &= RAT_WPF_RESTORETOMAXIMIZED;
    PositionCall c = { .call = { .run = runPlacement }, .window = handleOf(window), .placement = &copy,
                       .sets = true };
    return succeeded(callOwner(c.window, &c.call), SUBJECT_WINDOW);
}

BOOL AdjustWindowRectEx(LPRECT rect, DWORD style, BOOL menu, DWORD exStyle)
{
    (void)style, (void)menu, (void)exStyle;
    return rect != NULL || failWith(ERROR_INVALID_PARAMETER);
}

BOOL AdjustWindowRect(LPRECT rect, DWORD style, BOOL menu)
{
    return AdjustWindowRectEx(rect, style, menu, 0);
}

BOOL ClientToScreen(HWND window, LPPOINT point)
{
    return succeeded(RatClientToScreen(handleOf(window), (RatPoint*)(void*)point), SUBJECT_WINDOW);
}

BOOL ScreenToClient(HWND window, LPPOINT point)
{
    return succeeded(RatScreenToClient(handleOf(window), (RatPoint*)(void*)point), SUBJECT_WINDOW);
}

/* How far the points have moved: right in the low half, down in the high one. */
int MapWindowPoints(HWND from, HWND to, LPPOINT points, UINT count)
{
    RatPoint origin = { 0, 0 };
    RatStatus status = RatMapWindowPoints(handleOf(from), handleOf(to), &origin, 1);
    if (status == RAT_IPC_OK)
        status = RatMapWindowPoints(handleOf(from), handleOf(to), (RatPoint*)(void*)points, count);
    return succeeded(status, SUBJECT_WINDOW) ? MAKELONG(origin.x, origin.y) : 0;
}

HWND WindowFromPoint(POINT point)
{
    RatWindow window = 0;
    RatStatus status = RatWindowFromPoint((RatPoint){ point.x, point.y }, &window);
    return succeeded(status, SUBJECT_WINDOW) ? objectOf(window) : NULL;
}

HWND RealChildWindowFromPoint(HWND window, POINT point)
{
    return ChildWindowFromPointEx(window, point, CWP_SKIPTRANSPARENT | CWP_SKIPINVISIBLE);
}

HWND ChildWindowFromPointEx(HWND window, POINT point, UINT flags)
{
    RatWindow child = 0;
    RatStatus status =
        RatChildWindowFromPoint(handleOf(window), (RatPoint){ point.x, point.y }, flags & 7, &child);
    return succeeded(status, SUBJECT_WINDOW) ? objectOf(child) : NULL;
}

HWND ChildWindowFromPoint(HWND window, POINT point)
{
    return ChildWindowFromPointEx(window, point, CWP_ALL);
}
