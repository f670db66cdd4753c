/* Who has the focus when windows are hidden, disabled, minimised and destroyed, and what each change of a window's
 * state sends. */
#include <windows.h>
#include <stdio.h>

#define MOST_WINDOWS 16

static HWND windows[MOST_WINDOWS];
static const char* names[MOST_WINDOWS];
static int count, depth, quiet;
static const char* coming;

static const char* name(HWND window)
{
    int i;
    if (window == NULL) return "none";
    for (i = count - 1; i >= 0; i--)
        if (windows[i] == window) return names[i];
    return "?";
}

/* Where a window is in its order is not looked at: the one that is active lies on top in Windows. */
static void tellPosition(const char* what, const WINDOWPOS* position)
{
    UINT flags = position->flags & 0x1FFF & ~(UINT)SWP_NOZORDER;
    printf("%s %x", what, flags);
    if (!(flags & SWP_NOMOVE)) printf(" at %d,%d", position->x, position->y);
    if (!(flags & SWP_NOSIZE)) printf(" size %d,%d", position->cx, position->cy);
}

static void tell(HWND window, UINT message, WPARAM wParam, LPARAM lParam)
{
    static const struct {
        UINT message;
        const char* name;
    } plain[] = {
        { WM_CREATE, "create" },         { WM_DESTROY, "destroy" },       { WM_NCDESTROY, "ncdestroy" },
        { WM_CANCELMODE, "cancelmode" }, { WM_NCPAINT, "ncpaint" },       { WM_ERASEBKGND, "erase" },
        { WM_PAINT, "paint" },           { WM_NCCALCSIZE, "nccalcsize" }, { WM_QUERYOPEN, "queryopen" },
        { WM_CHILDACTIVATE, "childactivate" },
    };
    size_t i;
    int known = 1;
    if (quiet) return;
    for (i = 0; i < sizeof plain / sizeof *plain; i++)
        if (plain[i].message == message) {
            printf("  %*s%s %s\n", 2 * depth, "", name(window), plain[i].name);
            return;
        }
    switch (message) {
    case WM_WINDOWPOSCHANGING: case WM_WINDOWPOSCHANGED: case WM_SHOWWINDOW: case WM_ENABLE: case WM_MOVE: case WM_SIZE:
    case WM_SETFOCUS: case WM_KILLFOCUS: case WM_NCACTIVATE: case WM_ACTIVATE: case WM_ACTIVATEAPP: case WM_PARENTNOTIFY:
        break;
    default: known = 0;
    }
    if (!known) return;
    printf("  %*s%s ", 2 * depth, "", name(window));
    switch (message) {
    case WM_WINDOWPOSCHANGING: tellPosition("changing", (const WINDOWPOS*)lParam); break;
    case WM_WINDOWPOSCHANGED: tellPosition("changed", (const WINDOWPOS*)lParam); break;
    case WM_SHOWWINDOW: printf("%s %d", wParam ? "show" : "hide", (int)lParam); break;
    case WM_ENABLE: printf(wParam ? "enable" : "disable"); break;
    case WM_MOVE: printf("move %d,%d", (short)LOWORD(lParam), (short)HIWORD(lParam)); break;
    case WM_SIZE: printf("size %d: %d,%d", (int)wParam, LOWORD(lParam), HIWORD(lParam)); break;
    case WM_SETFOCUS: printf("setfocus from %s", name((HWND)wParam)); break;
    case WM_KILLFOCUS: printf("killfocus to %s", name((HWND)wParam)); break;
    case WM_NCACTIVATE: printf("ncactivate %d %s", (int)wParam, name((HWND)lParam)); break;
    case WM_ACTIVATE: printf("activate %x %s", (unsigned)wParam, name((HWND)lParam)); break;
    case WM_ACTIVATEAPP: printf("activateapp %d", (int)wParam); break;
    default: printf("child %s %s", LOWORD(wParam) == WM_CREATE ? "created" : "destroyed", name((HWND)lParam));
    }
    printf("\n");
}

static LRESULT CALLBACK WindowProc(HWND window, UINT message, WPARAM wParam, LPARAM lParam)
{
    LRESULT result;
    if (message == WM_NCCREATE && coming != NULL) {
        windows[count] = window;
        names[count++] = coming;
        coming = NULL;
    }
    tell(window, message, wParam, lParam);
    depth++;
    result = DefWindowProc(window, message, wParam, lParam);
    depth--;
    return result;
}

static HWND make(const char* title, DWORD style, HWND parent, int x, int y, int width, int height)
{
    HWND window;
    coming = title;
    window = CreateWindow("Told", title, style | WS_VISIBLE | WS_CLIPCHILDREN, x, y, width, height, parent, NULL, NULL,
                          NULL);
    coming = NULL;
    return window;
}

static void pump(void)
{
    MSG message;
    while (PeekMessage(&message, NULL, 0, 0, PM_REMOVE)) DispatchMessage(&message);
}

#define STEP(call)                                                                                 \
    do {                                                                                           \
        printf("%s\n", #call);                                                                     \
        call;                                                                                      \
        printf("  = focus %s, active %s\n", name(GetFocus()), name(GetActiveWindow()));            \
    } while (0)

#define STAYS (SWP_NOMOVE | SWP_NOSIZE | SWP_NOZORDER)

static void children(HWND a)
{
    HWND b = make("b", WS_CHILD, a, 10, 10, 100, 80), d = make("d", WS_CHILD, b, 5, 5, 30, 20);
    HWND c = make("c", WS_CHILD, a, 200, 5, 30, 20);
    pump();
    STEP(SetFocus(c));
    STEP(SetWindowPos(c, 0, 0, 0, 0, 0, STAYS | SWP_HIDEWINDOW));
    STEP(ShowWindow(c, SW_SHOW));
    STEP(SetFocus(a));
    STEP(SetFocus(c));
    STEP(ShowWindow(c, SW_HIDE));
    STEP(ShowWindow(c, SW_SHOW));
    STEP(ShowWindow(c, SW_SHOWNA));
    STEP(ShowWindow(c, SW_SHOWNOACTIVATE));
    STEP(SetFocus(d));
    STEP(ShowWindow(b, SW_HIDE));
    STEP(ShowWindow(b, SW_SHOW));
    STEP(EnableWindow(b, FALSE));
    STEP(SetFocus(a));
    STEP(SetFocus(d));
    STEP(EnableWindow(b, TRUE));
    STEP(SetFocus(c));
    STEP(EnableWindow(c, FALSE));
    STEP(EnableWindow(c, TRUE));
    STEP(SetFocus(c));
    /* What is painted when frames are shown and hidden without a retrieval between is not told. */
    quiet = 1;
    pump();
    quiet = 0;
    STEP(DestroyWindow(c));
    STEP(SetFocus(d));
    STEP(DestroyWindow(b));
    pump();
}

static void states(HWND a)
{
    HWND b = make("e", WS_CHILD, a, 10, 10, 100, 80);
    pump();
    STEP(ShowWindow(a, SW_MINIMIZE));
    STEP(ShowWindow(a, SW_RESTORE));
    pump();
    STEP(SetFocus(b));
    STEP(ShowWindow(a, SW_MINIMIZE));
    STEP(ShowWindow(a, SW_RESTORE));
    pump();
    STEP(SetWindowPos(a, 0, 0, 0, 310, 210, SWP_NOMOVE | SWP_NOZORDER));
    pump();
    STEP(ShowWindow(a, SW_SHOWNA));
    STEP(ShowWindow(a, SW_SHOWNORMAL));
    STEP(ShowWindow(b, SW_MAXIMIZE));
    pump();
    STEP(ShowWindow(b, SW_RESTORE));
    pump();
    STEP(SetParent(b, NULL));
    STEP(SetParent(b, a));
    pump();
    STEP(ShowWindow(a, SW_HIDE));
    STEP(ShowWindow(a, SW_SHOWNOACTIVATE));
    STEP(SetActiveWindow(a));
    STEP(DestroyWindow(a));
}

int main(void)
{
    WNDCLASS told = { 0 };
    HWND a;
    told.lpfnWndProc = WindowProc;
    told.lpszClassName = "Told";
    told.hbrBackground = (HBRUSH)(COLOR_WINDOW + 1);
    RegisterClass(&told);
    a = make("a", WS_POPUP, NULL, 100, 100, 300, 200);
    pump();
    children(a);
    states(a);
    return 0;
}
