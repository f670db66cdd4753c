/* What a window tells of itself in one call, which popup was active last, and showing without waiting. */
#include <windows.h>
#include <stdio.h>
#include <string.h>

static HWND other;
static HANDLE ready, shown;

static void said(const char* what, long long value)
{
    printf("%s: %lld error %u\n", what, value, (unsigned)GetLastError());
    SetLastError(0);
}

static LRESULT CALLBACK Proc(HWND window, UINT message, WPARAM wParam, LPARAM lParam)
{
    if (message == WM_SHOWWINDOW && window == other && wParam) SetEvent(shown);
    return DefWindowProcA(window, message, wParam, lParam);
}

static HWND make(HWND owner, DWORD style, DWORD exStyle)
{
    return CreateWindowExA(exStyle, "Informed", "", style, 30, 40, 100, 50, owner, NULL, GetModuleHandleA(NULL), NULL);
}

static DWORD WINAPI Other(LPVOID parameter)
{
    MSG msg;
    (void)parameter;
    other = make(NULL, WS_POPUP, 0);
    SetEvent(ready);
    while (GetMessageA(&msg, NULL, 0, 0) > 0) DispatchMessageA(&msg);
    DestroyWindow(other);
    return 0;
}

int main(void)
{
    WNDCLASSA wc;
    WINDOWINFO info;
    HWND owner, popup, child;
    HANDLE thread;
    DWORD id;
    ATOM atom;
    char name[32];

    memset(&wc, 0, sizeof wc);
    wc.lpfnWndProc = Proc;
    wc.hInstance = GetModuleHandleA(NULL);
    wc.lpszClassName = "Informed";
    atom = RegisterClassA(&wc);
    owner = make(NULL, WS_POPUP, WS_EX_TOOLWINDOW);
    child = make(owner, WS_CHILD | WS_VISIBLE, 0);
    popup = make(owner, WS_POPUP, 0);

    memset(&info, 0, sizeof info);
    info.cbSize = sizeof info;
    SetLastError(0);
    said("info", GetWindowInfo(child, &info));
    printf("window %d,%d to %d,%d\n", (int)info.rcWindow.left, (int)info.rcWindow.top, (int)info.rcWindow.right, (int)info.rcWindow.bottom);
    printf("client %d,%d to %d,%d\n", (int)info.rcClient.left, (int)info.rcClient.top, (int)info.rcClient.right, (int)info.rcClient.bottom);
    printf("style %08x atom %d status %u borders %u %u\n", (unsigned)info.dwStyle, info.atomWindowType == atom,
           (unsigned)info.dwWindowStatus, info.cxWindowBorders, info.cyWindowBorders);
    said("extended", GetWindowInfo(owner, &info) && (info.dwExStyle & WS_EX_TOOLWINDOW) != 0);
    said("no window", GetWindowInfo((HWND)(ULONG_PTR)0x1234, &info));
    said("class", RealGetWindowClassA(child, name, sizeof name));
    printf("%s\n", name);
    said("class of none", RealGetWindowClassA(NULL, name, sizeof name));

    said("itself", GetLastActivePopup(owner) == owner);
    ShowWindow(owner, SW_SHOW);
    ShowWindow(popup, SW_SHOW);
    SetActiveWindow(popup);
    SetLastError(0);
    said("popup", GetLastActivePopup(owner) == popup);
    SetActiveWindow(owner);
    SetLastError(0);
    said("owner", GetLastActivePopup(owner) == owner);

    ready = CreateEventA(NULL, FALSE, FALSE, NULL);
    shown = CreateEventA(NULL, FALSE, FALSE, NULL);
    thread = CreateThread(NULL, 0, Other, NULL, 0, &id);
    WaitForSingleObject(ready, 5000);
    SetLastError(0);
    said("show another thread's", ShowWindowAsync(other, SW_SHOWNA));
    said("shown", WaitForSingleObject(shown, 5000));
    printf("own %d\n", ShowWindowAsync(child, SW_HIDE));
    SetLastError(0);
    said("hidden", !IsWindowVisible(child));
    said("show none", ShowWindowAsync((HWND)(ULONG_PTR)0x1234, SW_SHOW));
    PostThreadMessageA(id, WM_QUIT, 0, 0);
    WaitForSingleObject(thread, 5000);
    DestroyWindow(owner);
    return 0;
}
