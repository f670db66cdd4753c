/* Windows among each other, and children by their numbers. */
#include "internal.h"

#include <unistd.h>

/* For Rat's questions that give a window. */
static HWND found(RatStatus status, RatWindow window)
{
    return succeeded(status, SUBJECT_WINDOW) ? objectOf(window) : NULL;
}

HWND GetDesktopWindow(VOID)
{
    RatWindow window = 0;
    RatStatus status = RatGetDesktopWindow(&window);
    return found(status, window);
}

HWND GetParent(HWND window)
{
    RatWindow parent = 0;
    RatStatus status = RatGetParent(handleOf(window), &parent);
    return found(status, parent);
}

typedef struct {
    OwnerCall call;
    RatWindow window;
    RatWindow parent;
    RatWindow old;
} ParentCall;

static RatStatus runParent(OwnerCall* call)
{
    ParentCall* c = (ParentCall*)call;
    return RatSetParent(c->window, c->parent, &c->old);
}

HWND SetParent(HWND window, HWND parent)
{
    ParentCall c = { .call = { .run = runParent }, .window = handleOf(window), .parent = handleOf(parent) };
    RatStatus status = callOwner(c.window, &c.call);
    return found(status, c.old);
}

HWND GetAncestor(HWND window, UINT which)
{
    RatWindow ancestor = 0;
    RatStatus status = RatGetAncestor(handleOf(window), which, &ancestor);
    return found(status, ancestor);
}

HWND GetWindow(HWND window, UINT relation)
{
    RatWindow other = 0;
    /* What Rat knows beyond these is no relation of Win32's. */
    if (relation > GW_ENABLEDPOPUP) return nullWith(ERROR_INVALID_PARAMETER);
    RatStatus status = RatGetWindow(handleOf(window), relation, &other);
    return found(status, other);
}

HWND GetTopWindow(HWND window)
{
    return GetWindow(window != NULL ? window : GetDesktopWindow(), GW_CHILD);
}

HWND GetLastActivePopup(HWND window)
{
    RatWindow popup = 0;
    RatStatus status = RatGetWindow(handleOf(window), RAT_GW_LASTACTIVEPOPUP, &popup);
    return found(status, popup);
}

BOOL IsChild(HWND parent, HWND window)
{
    return RatIsChild(handleOf(parent), handleOf(window));
}

static BOOL CALLBACK isNoPopup(HWND window, LPARAM found)
{
    bool isPopup = IsWindowVisible(window) && GetWindow(window, GW_OWNER) != NULL;
    if (isPopup) *(BOOL*)found = TRUE;
    return !isPopup;
}

BOOL AnyPopup(VOID)
{
    BOOL found = FALSE;
    EnumWindows(isNoPopup, (LPARAM)&found);
    return found;
}

/* -- Search ------------------------------------------------------------------------------------ */

/* No such window is no failure: the error stays as it is. */
static HWND find(HWND parent, HWND after, const void* className, const void* title, bool wide)
{
    char *classCopy, *titleCopy;
    const char* class = narrowName(className, wide, &classCopy);
    const char* text = narrowText(title, wide, &titleCopy);
    RatWindow window = 0;
    RatStatus status = RatFindWindowEx(handleOf(parent), handleOf(after), class, text, &window);
    free(classCopy);
    free(titleCopy);
    if (status == RAT_IPC_ERR_NOT_FOUND) return NULL;
    return found(status, window);
}

HWND FindWindowA(LPCSTR className, LPCSTR title)
{
    return find(NULL, NULL, className, title, false);
}

HWND FindWindowW(LPCWSTR className, LPCWSTR title)
{
    return find(NULL, NULL, className, title, true);
}

HWND FindWindowExA(HWND parent, HWND after, LPCSTR className, LPCSTR title)
{
    return find(parent, after, className, title, false);
}

HWND FindWindowExW(HWND parent, HWND after, LPCWSTR className, LPCWSTR title)
{
    return find(parent, after, className, title, true);
}

typedef struct {
    WNDENUMPROC procedure;
    LPARAM param;
} Enumeration;

static bool enumerate(RatWindow window, intptr_t param)
{
    const Enumeration* e = (const Enumeration*)param;
    return e->procedure((HWND)objectOf(window), e->param) != FALSE;
}

/* FALSE where the procedure ended it, which is no failure. */
static BOOL enumerated(RatStatus status)
{
    return status != RAT_IPC_ERR_CANCELLED && succeeded(status, SUBJECT_WINDOW);
}

BOOL EnumWindows(WNDENUMPROC procedure, LPARAM param)
{
    Enumeration e = { procedure, param };
    if (procedure == NULL) return failWith(ERROR_INVALID_PARAMETER);
    return enumerated(RatEnumWindows(enumerate, (intptr_t)&e));
}

BOOL EnumChildWindows(HWND window, WNDENUMPROC procedure, LPARAM param)
{
    Enumeration e = { procedure, param };
    if (procedure == NULL) return failWith(ERROR_INVALID_PARAMETER);
    return enumerated(RatEnumChildWindows(handleOf(window), enumerate, (intptr_t)&e));
}

BOOL EnumThreadWindows(DWORD id, WNDENUMPROC procedure, LPARAM param)
{
    Enumeration e = { procedure, param };
    if (procedure == NULL) return failWith(ERROR_INVALID_PARAMETER);
    RatMessageQueue queue = queueOfThread(id);
    /* A thread without a queue has no windows. */
    return queue == 0 || enumerated(RatEnumThreadWindows(queue, enumerate, (intptr_t)&e));
}

/* Those of the calling thread. What was hidden by itself stays so when the others come back. */
typedef struct {
    HWND owner;
    bool shows;
} PopupCall;

static BOOL CALLBACK showPopup(HWND window, LPARAM param)
{
    const PopupCall* call = (const PopupCall*)param;
    WindowRecord* record = ownRecord(handleOf(window));
    if (record == NULL || GetWindow(window, GW_OWNER) != call->owner) return TRUE;
    if (call->shows ? !record->isHiddenByOwner : !IsWindowVisible(window)) return TRUE;
    record->isHiddenByOwner = !call->shows;
    SendMessageA(window, WM_SHOWWINDOW, call->shows, call->shows ? SW_PARENTOPENING : SW_PARENTCLOSING);
    return TRUE;
}

BOOL ShowOwnedPopups(HWND owner, BOOL shows)
{
    PopupCall call = { owner, shows != FALSE };
    if (!RatIsWindow(handleOf(owner))) return failWith(ERROR_INVALID_WINDOW_HANDLE);
    return EnumThreadWindows(GetCurrentThreadId(), showPopup, (LPARAM)&call);
}

DWORD GetWindowThreadProcessId(HWND window, LPDWORD process)
{
    RatMessageQueue queue;
    if (!succeeded(RatGetWindowThread(handleOf(window), &queue), SUBJECT_WINDOW)) return 0;
    if (process != NULL) *process = (DWORD)getpid();
    return threadOfQueue(queue);
}

/* -- Children by their numbers ----------------------------------------------------------------- */

HWND GetDlgItem(HWND window, int id)
{
    RatWindow child = 0;
    /* A number that a program gave as a HMENU may be sign-extended, or may not. */
    RatStatus status = RatGetChildById(handleOf(window), (uintptr_t)(intptr_t)id, &child);
    if (status == RAT_IPC_ERR_NOT_FOUND && id < 0)
        status = RatGetChildById(handleOf(window), (uint32_t)id, &child);
    if (status == RAT_IPC_ERR_NOT_FOUND) failWith(ERROR_CONTROL_ID_NOT_FOUND);
    else succeeded(status, SUBJECT_WINDOW);
    return objectOf(child);
}

int GetDlgCtrlID(HWND window)
{
    return (int)GetWindowLongPtrA(window, GWLP_ID);
}

LRESULT SendDlgItemMessageA(HWND window, int id, UINT message, WPARAM wparam, LPARAM lparam)
{
    HWND child = GetDlgItem(window, id);
    return child != NULL ? SendMessageA(child, message, wparam, lparam) : 0;
}

LRESULT SendDlgItemMessageW(HWND window, int id, UINT message, WPARAM wparam, LPARAM lparam)
{
    HWND child = GetDlgItem(window, id);
    return child != NULL ? SendMessageW(child, message, wparam, lparam) : 0;
}

BOOL SetDlgItemTextA(HWND window, int id, LPCSTR text)
{
    HWND child = GetDlgItem(window, id);
    return child != NULL && SetWindowTextA(child, text);
}

BOOL SetDlgItemTextW(HWND window, int id, LPCWSTR text)
{
    HWND child = GetDlgItem(window, id);
    return child != NULL && SetWindowTextW(child, text);
}

UINT GetDlgItemTextA(HWND window, int id, LPSTR buffer, int size)
{
    HWND child = GetDlgItem(window, id);
    if (child != NULL) return (UINT)GetWindowTextA(child, buffer, size);
    if (buffer != NULL && size > 0) buffer[0] = 0;
    return 0;
}

UINT GetDlgItemTextW(HWND window, int id, LPWSTR buffer, int size)
{
    HWND child = GetDlgItem(window, id);
    if (child != NULL) return (UINT)GetWindowTextW(child, buffer, size);
    if (buffer != NULL && size > 0) buffer[0] = 0;
    return 0;
}

BOOL SetDlgItemInt(HWND window, int id, UINT value, BOOL isSigned)
{
    char text[16];
    wsprintfA(text, isSigned ? "%d" : "%u", value);
    return SetDlgItemTextA(window, id, text);
}

/* A number that is out of range, or followed by anything but blanks, is none. */
UINT GetDlgItemInt(HWND window, int id, BOOL* translated, BOOL isSigned)
{
    char text[64], *end = text;
    if (translated != NULL) *translated = FALSE;
    if (GetDlgItemTextA(window, id, text, sizeof text) == 0) return 0;
    long long value = strtoll(text, &end, 10);
    bool isWritten = end != text;
    while (*end == ' ' || *end == '\t') end++;
    bool isInRange = isSigned ? value >= INT32_MIN && value <= INT32_MAX : value >= 0 && value <= UINT32_MAX;
    if (!isWritten || *end != 0 || !isInRange) return 0;
    if (translated != NULL) *translated = TRUE;
    return (UINT)value;
}
