/* Drags, the pointer's trail, and popups that go and come with their owner. */
#include <windows.h>
#include <stdio.h>

static HWND window, popup, hidden;

static void said(const char* what, long long value)
{
    printf("%s: %lld error %u\n", what, value, (unsigned)GetLastError());
    SetLastError(0);
}

static LRESULT CALLBACK Proc(HWND from, UINT message, WPARAM wParam, LPARAM lParam)
{
    if (message == WM_SHOWWINDOW)
        printf("  %s %d for %d\n", from == popup ? "popup" : from == hidden ? "hidden" : "window", (int)wParam,
               (int)lParam);
    return DefWindowProcA(from, message, wParam, lParam);
}

static HWND make(HWND owner, DWORD style)
{
    return CreateWindowExA(0, "Dragged", "", style, 0, 0, 200, 200, owner, NULL, NULL, NULL);
}

static void mouse(DWORD flags, int x, int y)
{
    INPUT input = { 0 };
    SetCursorPos(x, y);
    input.type = INPUT_MOUSE;
    input.mi.dwFlags = flags;
    if (flags != 0) SendInput(1, &input, sizeof input);
}

static void pump(void)
{
    MSG msg;
    while (PeekMessageA(&msg, NULL, 0, 0, PM_REMOVE)) DispatchMessageA(&msg);
}

int main(void)
{
    WNDCLASSA wc = { 0 };
    POINT start = { 50, 50 };
    MOUSEMOVEPOINT from = { 0 }, points[64];
    wc.lpfnWndProc = Proc;
    wc.lpszClassName = "Dragged";
    RegisterClassA(&wc);
    window = make(NULL, WS_POPUP | WS_VISIBLE);
    pump();

    mouse(MOUSEEVENTF_LEFTDOWN, 50, 50);
    pump();
    mouse(0, 51, 51);
    mouse(MOUSEEVENTF_LEFTUP, 51, 51);
    printf("a click: %d\n", DragDetect(window, start));
    mouse(MOUSEEVENTF_LEFTDOWN, 50, 50);
    pump();
    mouse(0, 90, 50);
    printf("a drag: %d, captured %d\n", DragDetect(window, start), GetCapture() != NULL);
    mouse(MOUSEEVENTF_LEFTUP, 90, 50);
    pump();

    from.x = 5000;
    SetLastError(0);
    said("another size", GetMouseMovePointsEx(3, &from, points, 64, GMMP_USE_DISPLAY_POINTS));
    said("too many", GetMouseMovePointsEx(sizeof from, &from, points, 65, GMMP_USE_DISPLAY_POINTS));
    said("nowhere", GetMouseMovePointsEx(sizeof from, &from, points, 64, GMMP_USE_DISPLAY_POINTS));
    from.x = 90;
    from.y = 50;
    printf("there: %d\n", GetMouseMovePointsEx(sizeof from, &from, points, 1, GMMP_USE_DISPLAY_POINTS) == 1 &&
                              points[0].x == 90 && points[0].y == 50);

    popup = make(window, WS_POPUP | WS_VISIBLE);
    hidden = make(window, WS_POPUP);
    pump();
    printf("hide them: %d\n", ShowOwnedPopups(window, FALSE));
    printf("visible %d %d\n", IsWindowVisible(popup) != 0, IsWindowVisible(hidden) != 0);
    printf("again: %d\n", ShowOwnedPopups(window, FALSE));
    printf("show them: %d\n", ShowOwnedPopups(window, TRUE));
    printf("visible %d %d\n", IsWindowVisible(popup) != 0, IsWindowVisible(hidden) != 0);
    printf("again: %d\n", ShowOwnedPopups(window, TRUE));
    return 0;
}
