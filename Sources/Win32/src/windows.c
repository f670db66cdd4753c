/* Creation and destruction. */
#include "internal.h"

static int32_t withinSize(int size)
{
    return size == CW_USEDEFAULT ? RAT_CW_USEDEFAULT : size < 0 ? 0 : size > 32767 ? 32767 : size;
}

static HWND createWindow(CreationFrame* frame, DWORD exStyle, DWORD style, int x, int y, int width, int height,
                         HWND parent, HMENU menu, HINSTANCE instance, LPVOID param)
{
    bool isChild = (style & (WS_CHILD | WS_POPUP)) == WS_CHILD;
    if (isChild && parent == NULL) {
        failWith(ERROR_TLW_WITH_WSCHILD);
        return NULL;
    }
    char *classCopy, *titleCopy;
    const char* className = narrowName(frame->className, frame->wide, &classCopy);
    const char* title = narrowText(frame->title, frame->wide, &titleCopy);
    frame->instance = instance != NULL ? instance : ownModule();
    frame->outer = thread.creations;
    RatWindowCreation creation = {
        .size = sizeof creation,
        .exStyle = exStyle,
        .className = className,
        .title = title,
        .style = style,
        .x = x,
        .y = y,
        .width = withinSize(width),
        .height = withinSize(height),
        .parent = handleOf(parent),
        .id = (uintptr_t)menu,
        .param = param,
    };
    RatWindow window = RAT_INVALID_HANDLE;
    RatStatus status = RAT_IPC_ERR_NOT_FOUND;
    if (className != NULL && ownQueue() != 0) {
        thread.creations = frame;
        status = RatCreateWindowEx(&creation, &window);
        thread.creations = frame->outer;
    }
    free(classCopy);
    free(titleCopy);
    switch (status) {
    case RAT_IPC_OK: break;
    case RAT_IPC_ERR_NOT_FOUND: failWith(ERROR_CANNOT_FIND_WND_CLASS); break;
    /* The procedure has refused, and says why if it wants to. */
    case RAT_IPC_ERR_CANCELLED: break;
    default: succeeded(status, SUBJECT_WINDOW);
    }
    return objectOf(window);
}

HWND CreateWindowExA(DWORD exStyle, LPCSTR className, LPCSTR title, DWORD style, int x, int y, int width,
                     int height, HWND parent, HMENU menu, HINSTANCE instance, LPVOID param)
{
    CreationFrame frame = { .className = className, .title = title, .wide = false };
    return createWindow(&frame, exStyle, style, x, y, width, height, parent, menu, instance, param);
}

HWND CreateWindowExW(DWORD exStyle, LPCWSTR className, LPCWSTR title, DWORD style, int x, int y, int width,
                     int height, HWND parent, HMENU menu, HINSTANCE instance, LPVOID param)
{
    CreationFrame frame = { .className = className, .title = title, .wide = true };
    return createWindow(&frame, exStyle, style, x, y, width, height, parent, menu, instance, param);
}

BOOL DestroyWindow(HWND window)
{
    return succeeded(RatDestroyWindow(handleOf(window)), SUBJECT_WINDOW);
}

BOOL IsWindow(HWND window)
{
    return RatIsWindow(handleOf(window)) || failWith(ERROR_INVALID_WINDOW_HANDLE);
}

/* cbSize is not looked at, as Windows does not. */
BOOL GetWindowInfo(HWND window, PWINDOWINFO info)
{
    if (info == NULL) return failWith(ERROR_NOACCESS);
    if (!GetWindowRect(window, &info->rcWindow) || !GetClientRect(window, &info->rcClient)) return FALSE;
    MapWindowPoints(window, NULL, (LPPOINT)(void*)&info->rcClient, 2);
    info->dwStyle = (DWORD)GetWindowLongPtrA(window, GWL_STYLE);
    info->dwExStyle = (DWORD)GetWindowLongPtrA(window, GWL_EXSTYLE);
    info->dwWindowStatus = GetActiveWindow() == window ? WS_ACTIVECAPTION : 0;
    info->cxWindowBorders = (UINT)(info->rcClient.left - info->rcWindow.left);
    info->cyWindowBorders = (UINT)(info->rcWindow.bottom - info->rcClient.bottom);
    info->atomWindowType = (ATOM)GetClassLongA(window, GCW_ATOM);
    info->wCreatorVersion = 0x0602;
    return TRUE;
}

/* -- Densities --------------------------------------------------------------------------------- */

/* Nothing is scaled behind a program's back. */
BOOL SetProcessDPIAware(VOID)
{
    return TRUE;
}

BOOL IsProcessDPIAware(VOID)
{
    return TRUE;
}

UINT GetDpiForWindow(HWND window)
{
    uint32_t dpi = 0;
    return succeeded(RatGetWindowDpi(handleOf(window), &dpi), SUBJECT_WINDOW) ? dpi : 0;
}

/* -- Names of classes -------------------------------------------------------------------------- */

/* No class stands for another here. */
UINT RealGetWindowClassA(HWND window, LPSTR buffer, UINT size)
{
    return (UINT)GetClassNameA(window, buffer, (int)min(size, (UINT)INT32_MAX));
}

UINT RealGetWindowClassW(HWND window, LPWSTR buffer, UINT size)
{
    return (UINT)GetClassNameW(window, buffer, (int)min(size, (UINT)INT32_MAX));
}

BOOL IsWindowUnicode(HWND window)
{
    WindowRecord record;
    return readRecord(handleOf(window), &record) && record.wide;
}
