/* What programs ask of all their windows, of a thread, of keys by their layout, and of densities. */
#include <windows.h>
#include <stdio.h>

static void said(const char* what, long long value)
{
    printf("%s: %lld error %u\n", what, value, (unsigned)GetLastError());
    SetLastError(0);
}

/* An answer that is no failure, whatever happened on the way. */
static void is(const char* what, BOOL value)
{
    printf("%s: %s\n", what, value ? "yes" : "no");
    SetLastError(0);
}

static HWND make(HWND parent, DWORD style, DWORD exStyle)
{
    return CreateWindowExA(exStyle, "Whole", "", style, 10, 10, 100, 50, parent, NULL, NULL, NULL);
}

int main(void)
{
    WNDCLASSA wc = { 0 };
    GUITHREADINFO info = { .cbSize = sizeof info };
    POINT point = { 12, 12 };
    HWND window, popup, child, hole;
    wc.lpfnWndProc = DefWindowProcA;
    wc.lpszClassName = "Whole";
    RegisterClassA(&wc);
    is("a popup", AnyPopup());
    window = make(NULL, WS_POPUP | WS_VISIBLE, 0);
    is("unowned", AnyPopup());
    popup = make(window, WS_POPUP, 0);
    is("hidden", AnyPopup());
    ShowWindow(popup, SW_SHOW);
    is("shown", AnyPopup());
    SwitchToThisWindow(window, TRUE);
    is("switched to", GetForegroundWindow() == window);
    ShowWindow(popup, SW_MINIMIZE);
    SwitchToThisWindow(popup, TRUE);
    is("restored", GetForegroundWindow() == popup && !IsIconic(popup));

    child = make(window, WS_CHILD | WS_VISIBLE, 0);
    hole = make(window, WS_CHILD | WS_VISIBLE, WS_EX_TRANSPARENT);
    SetWindowPos(hole, HWND_TOP, 0, 0, 0, 0, SWP_NOMOVE | SWP_NOSIZE);
    is("through what is transparent", RealChildWindowFromPoint(window, point) == child);
    point.x = 500;
    is("outside", RealChildWindowFromPoint(window, point) != NULL);

    SetForegroundWindow(window);
    SetFocus(child);
    SetCapture(window);
    said("the thread", GetGUIThreadInfo(GetCurrentThreadId(), &info));
    is("active, focus, capture", info.hwndActive == window && info.hwndFocus == child && info.hwndCapture == window);
    is("the foreground's", GetGUIThreadInfo(0, &info) && info.hwndFocus == child);
    info.cbSize = 5;
    said("another size", GetGUIThreadInfo(0, &info));
    is("a thread with windows", IsGUIThread(FALSE));

    said("a key", MapVirtualKeyExA('A', MAPVK_VK_TO_VSC, NULL));
    said("its key", VkKeyScanExA('A', NULL));
    SetLastErrorEx(77, 1);
    said("an error", 0);
    is("aware", SetProcessDPIAware() && IsProcessDPIAware());
    said("density", GetDpiForWindow(window));
    said("of nothing", GetDpiForWindow(NULL));
    return 0;
}
