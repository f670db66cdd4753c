/* A tree of windows with subclassing, hooks, properties, enumeration and deferred positions; what comes is told. */
#include <windows.h>
#include <stdio.h>
#include <string.h>

static HWND names[16];
static const char* texts[16];
static int named, quiet, vetoes;
static WNDPROC panelBefore;
static HHOOK callHook, cbtHook, getHook;

static const char* name(HWND window)
{
    int i;
    if (window == NULL) return "none";
    for (i = 0; i < named; i++)
        if (names[i] == window) return texts[i];
    return "?";
}

static HWND call(HWND window, const char* text)
{
    names[named] = window;
    texts[named++] = text;
    return window;
}

static void tell(const char* who, UINT message, WPARAM wParam)
{
    const char* what = NULL;
    switch (message) {
    case WM_NCCREATE: what = "nccreate"; break;
    case WM_CREATE: what = "create"; break;
    case WM_SIZE: what = "size"; break;
    case WM_MOVE: what = "move"; break;
    case WM_SHOWWINDOW: what = wParam ? "show" : "hide"; break;
    case WM_ENABLE: what = wParam ? "enable" : "disable"; break;
    case WM_SETTEXT: what = "settext"; break;
    case WM_PARENTNOTIFY: what = LOWORD(wParam) == WM_CREATE ? "child created" : "child destroyed"; break;
    case WM_DESTROY: what = "destroy"; break;
    case WM_NCDESTROY: what = "ncdestroy"; break;
    default: break;
    }
    if (what != NULL && !quiet) printf("  %s %s\n", who, what);
}

static LRESULT CALLBACK FrameProc(HWND window, UINT message, WPARAM wParam, LPARAM lParam)
{
    tell("frame", message, wParam);
    if (message == WM_COMMAND) {
        printf("  command %d code %d from %s\n", LOWORD(wParam), HIWORD(wParam), name((HWND)lParam));
        return 11;
    }
    return DefWindowProc(window, message, wParam, lParam);
}

static LRESULT CALLBACK PanelProc(HWND window, UINT message, WPARAM wParam, LPARAM lParam)
{
    tell(name(window), message, wParam);
    switch (message) {
    case WM_USER:
        return GetWindowLongPtr(window, GWLP_USERDATA) + (LRESULT)wParam;
    case WM_USER + 1:
        return SendMessage(GetParent(window), WM_COMMAND, MAKEWPARAM(GetDlgCtrlID(window), 5), (LPARAM)window);
    default:
        return DefWindowProc(window, message, wParam, lParam);
    }
}

static LRESULT CALLBACK Subclass(HWND window, UINT message, WPARAM wParam, LPARAM lParam)
{
    if (message == WM_USER) return 1000 + CallWindowProc(panelBefore, window, message, wParam, lParam);
    if (message == WM_SETTEXT) printf("  subclass sees \"%s\"\n", (const char*)lParam);
    return CallWindowProc(panelBefore, window, message, wParam, lParam);
}

static LRESULT CALLBACK OnCall(int code, WPARAM wParam, LPARAM lParam)
{
    const CWPSTRUCT* told = (const CWPSTRUCT*)lParam;
    if (code == HC_ACTION && told->message == WM_USER) printf("  hook: WM_USER to %s\n", name(told->hwnd));
    return CallNextHookEx(callHook, code, wParam, lParam);
}

static LRESULT CALLBACK OnCbt(int code, WPARAM wParam, LPARAM lParam)
{
    if (code == HCBT_CREATEWND) {
        CBT_CREATEWND* told = (CBT_CREATEWND*)lParam;
        printf("  hook: creating %s of \"%s\" at %d,%d\n", told->lpcs->lpszName, told->lpcs->lpszClass, told->lpcs->x,
               told->lpcs->y);
        if (strcmp(told->lpcs->lpszName, "refused") == 0) return 1;
    }
    if (code == HCBT_DESTROYWND && vetoes > 0 && name((HWND)wParam)[0] == 'p') {
        vetoes--;
        return 1;
    }
    return CallNextHookEx(cbtHook, code, wParam, lParam);
}

static LRESULT CALLBACK OnGet(int code, WPARAM wParam, LPARAM lParam)
{
    MSG* msg = (MSG*)lParam;
    if (msg->message == WM_USER + 5) msg->wParam *= 2;
    return CallNextHookEx(getHook, code, wParam, lParam);
}

static BOOL CALLBACK Each(HWND window, LPARAM param)
{
    printf(" %s", name(window));
    return ++*(int*)param < 5;
}

static BOOL CALLBACK EachProperty(HWND window, LPSTR property, HANDLE value, ULONG_PTR param)
{
    if (window != NULL && property[0] == 'r') *(ULONG_PTR*)param += (ULONG_PTR)value;
    return TRUE;
}

static HWND child(HWND parent, const char* title, int id, int x)
{
    return CreateWindow("TreePanel", title, WS_CHILD | WS_VISIBLE, x, 10, 40, 30, parent, (HMENU)(INT_PTR)id,
                        GetModuleHandle(NULL), NULL);
}

static void place(HWND window)
{
    RECT rect;
    GetWindowRect(window, &rect);
    MapWindowPoints(NULL, GetParent(window), (POINT*)&rect, 2);
    printf("%s at %d,%d size %d,%d\n", name(window), (int)rect.left, (int)rect.top, (int)(rect.right - rect.left),
           (int)(rect.bottom - rect.top));
}

int main(void)
{
    WNDCLASS wc;
    HWND frame, a, b, inner, late;
    HDWP deferred;
    MSG msg;
    ULONG_PTR sum = 0;
    int count = 0;
    char text[32];

    memset(&wc, 0, sizeof wc);
    wc.lpfnWndProc = FrameProc;
    wc.hInstance = GetModuleHandle(NULL);
    wc.lpszClassName = "TreeFrame";
    RegisterClass(&wc);
    wc.lpfnWndProc = PanelProc;
    wc.lpszClassName = "TreePanel";
    RegisterClass(&wc);
    frame = call(CreateWindow("TreeFrame", "frame", WS_POPUP, 50, 60, 300, 200, NULL, NULL, wc.hInstance, NULL), "frame");
    quiet = 1;
    a = call(child(frame, "a", 1, 0), "panel a");
    b = call(child(frame, "b", 2, 50), "panel b");
    inner = call(child(b, "inner", 3, 2), "inner");
    quiet = 0;
    printf("children");
    EnumChildWindows(frame, Each, (LPARAM)&count);
    printf("\nroot of inner %s, parent %s, next of a %s, top %s\n", name(GetAncestor(inner, GA_ROOT)), name(GetParent(inner)),
           name(GetWindow(a, GW_HWNDNEXT)), name(GetTopWindow(frame)));

    printf("hooks\n");
    callHook = SetWindowsHookEx(WH_CALLWNDPROC, OnCall, NULL, GetCurrentThreadId());
    cbtHook = SetWindowsHookEx(WH_CBT, OnCbt, NULL, GetCurrentThreadId());
    getHook = SetWindowsHookEx(WH_GETMESSAGE, OnGet, NULL, GetCurrentThreadId());
    SetWindowLongPtr(a, GWLP_USERDATA, 7);
    printf("answer %d\n", (int)SendMessage(a, WM_USER, 30, 0));
    panelBefore = (WNDPROC)SetWindowLongPtr(a, GWLP_WNDPROC, (LONG_PTR)Subclass);
    printf("answer %d\n", (int)SendMessage(a, WM_USER, 30, 0));
    SetWindowText(a, "renamed");
    GetWindowText(a, text, sizeof text);
    printf("text %s\n", text);
    SetWindowLongPtr(a, GWLP_WNDPROC, (LONG_PTR)panelBefore);
    printf("answer %d\n", (int)SendMessage(a, WM_USER, 30, 0));
    quiet = 1;
    late = call(child(frame, "late", 4, 5), "panel late");
    quiet = 0;
    place(late);
    printf("refused %d\n", child(frame, "refused", 5, 5) == NULL);
    PostMessage(a, WM_USER + 5, 21, 0);
    PeekMessage(&msg, NULL, WM_USER + 5, WM_USER + 5, PM_REMOVE);
    printf("doubled %d\n", (int)msg.wParam);
    vetoes = 1;
    printf("destroy %d", DestroyWindow(late));
    printf(" still there %d\n", IsWindow(late) != 0);
    UnhookWindowsHookEx(callHook);
    UnhookWindowsHookEx(cbtHook);
    UnhookWindowsHookEx(getHook);
    printf("destroy\n");
    DestroyWindow(late);

    printf("properties\n");
    SetProp(b, "red", (HANDLE)3);
    SetProp(b, "round", (HANDLE)4);
    SetProp(b, "other", (HANDLE)50);
    printf("get %d", (int)(INT_PTR)GetProp(b, "RED"));
    EnumPropsEx(b, EachProperty, (LPARAM)&sum);
    printf(" sum %d removed %d", (int)sum, (int)(INT_PTR)RemoveProp(b, "red"));
    printf(" gone %d\n", GetProp(b, "red") == NULL);

    printf("command\n");
    printf("answered %d\n", (int)SendMessage(b, WM_USER + 1, 0, 0));
    printf("deferred\n");
    deferred = BeginDeferWindowPos(2);
    deferred = DeferWindowPos(deferred, a, NULL, 3, 4, 60, 20, SWP_NOZORDER);
    deferred = DeferWindowPos(deferred, b, a, 70, 8, 0, 0, SWP_NOSIZE);
    printf("done %d\n", EndDeferWindowPos(deferred) != 0);
    place(a);
    place(b);
    printf("states\n");
    EnableWindow(inner, FALSE);
    printf("enabled %d\n", IsWindowEnabled(inner) != 0);
    ShowWindow(b, SW_HIDE);
    printf("inner visible %d\n", IsWindowVisible(inner) != 0);
    printf("parent was %s\n", name(SetParent(inner, a)));
    printf("now %s, child of a %d\n", name(GetParent(inner)), IsChild(a, inner) != 0);
    printf("end\n");
    DestroyWindow(frame);
    printf("left %d %d %d\n", IsWindow(frame) != 0, IsWindow(a) != 0, IsWindow(inner) != 0);
    return 0;
}
