/* What GetLastError() says of calls that cannot be done. Left out is where Wine differs from what Windows documents. */
#include <windows.h>
#include <stdio.h>
#include <string.h>

static HWND window, dead, other;
static HANDLE ready, finish;

static LRESULT CALLBACK proc(HWND h, UINT m, WPARAM w, LPARAM l)
{
    return DefWindowProcA(h, m, w, l);
}

static void says(const char* what, LONG_PTR result)
{
    printf("%s: %d error %u\n", what, result != 0, (unsigned)GetLastError());
    SetLastError(0);
}

static HWND make(HWND parent, DWORD style)
{
    return CreateWindowA("Errors", "", style, 0, 0, 10, 10, parent, NULL, GetModuleHandleA(NULL), NULL);
}

static DWORD WINAPI thread(LPVOID parameter)
{
    MSG msg;
    (void)parameter;
    other = make(NULL, WS_POPUP);
    SetEvent(ready);
    while (MsgWaitForMultipleObjects(1, &finish, FALSE, 5000, QS_ALLINPUT) == WAIT_OBJECT_0 + 1)
        while (PeekMessageA(&msg, NULL, 0, 0, PM_REMOVE)) DispatchMessageA(&msg);
    return 0;
}

int main(void)
{
    WNDCLASSA wc;
    WNDCLASSEXA ex;
    HANDLE t;
    MSG msg;
    RECT rect;
    char text[8];
    DWORD_PTR result;
    WINDOWPLACEMENT placement;
    COPYDATASTRUCT copy = { 0 };

    memset(&wc, 0, sizeof wc);
    wc.lpfnWndProc = proc;
    wc.hInstance = GetModuleHandleA(NULL);
    wc.lpszClassName = "Errors";
    RegisterClassA(&wc);
    says("class again", RegisterClassA(&wc));
    memset(&ex, 0, sizeof ex);
    says("class of no size", RegisterClassExA(&ex));
    says("unregister none", UnregisterClassA("NoSuchClass", NULL));
    window = make(NULL, WS_POPUP);
    says("unregister in use", UnregisterClassA("Errors", NULL));
    dead = make(NULL, WS_POPUP);
    DestroyWindow(dead);
    SetLastError(0);

    says("send", SendMessageA(dead, WM_USER, 0, 0));
    says("send timeout", SendMessageTimeoutA(dead, WM_USER, 0, 0, 0, 100, &result));
    says("notify", SendNotifyMessageA(dead, WM_USER, 0, 0));
    says("post", PostMessageA(dead, WM_USER, 0, 0));
    says("post pointers", PostMessageA(window, WM_SETTEXT, 0, (LPARAM) "x"));
    says("post copy data", PostMessageA(window, WM_COPYDATA, 0, (LPARAM)&copy));
    says("get", GetMessageA(&msg, dead, 0, 0) == -1);
    says("text", SetWindowTextA(dead, "x"));
    says("get text", GetWindowTextA(dead, text, sizeof text));
    says("rect", GetWindowRect(dead, &rect));
    says("position", SetWindowPos(dead, NULL, 0, 0, 1, 1, 0));
    says("parent", GetParent(dead) != NULL);
    says("long", GetWindowLongPtrA(dead, GWL_STYLE));
    says("set long", SetWindowLongPtrA(dead, GWLP_USERDATA, 1));
    says("long of no index", GetWindowLongPtrA(window, 4));
    says("set long of no index", SetWindowLongPtrA(window, 400, 1));
    says("prop", SetPropA(dead, "x", window));
    says("no prop", GetPropA(window, "x") != NULL);
    says("kill none", KillTimer(window, 99));
    says("focus", SetFocus(dead) != NULL);
    says("invalidate", InvalidateRect(dead, NULL, TRUE));
    says("thread", (LONG_PTR)GetWindowThreadProcessId(dead, NULL));
    placement.length = 1;
    says("placement of no size", SetWindowPlacement(window, &placement));
    says("unhook", UnhookWindowsHookEx((HHOOK)(ULONG_PTR)0x1234));
    says("no module", GetModuleHandleA("no-such-module") != NULL);

    ready = CreateEventA(NULL, FALSE, FALSE, NULL);
    finish = CreateEventA(NULL, FALSE, FALSE, NULL);
    t = CreateThread(NULL, 0, thread, NULL, 0, NULL);
    WaitForSingleObject(ready, 5000);
    SetLastError(0);
    says("destroy another thread's", DestroyWindow(other));
    says("focus another thread's", SetFocus(other) != NULL);
    says("capture another thread's", SetCapture(other) != NULL);
    says("notify pointers", SendNotifyMessageA(other, WM_SETTEXT, 0, (LPARAM) "x"));
    says("text of another thread's", SetWindowTextA(other, "from here"));
    SetEvent(finish);
    WaitForSingleObject(t, 5000);
    says("its window", IsWindow(other));
    DestroyWindow(window);
    says("unregister", UnregisterClassA("Errors", NULL));
    return 0;
}
