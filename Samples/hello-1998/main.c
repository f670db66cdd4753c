/* A program for Windows, as they were written in 1998: a window that says hello, counts its clicks, and asks before it
 * closes. Nothing in it is Rat's; it builds for Linux with
 *
 *     cc main.c $(pkg-config --cflags --libs rat-win32) -o hello-1998
 *
 * and for Windows with any compiler for it.
 */
#include <windows.h>
#include <tchar.h>

static int clicks;

static void OnPaint(HWND hwnd)
{
    PAINTSTRUCT ps;
    RECT rc;
    TCHAR szText[64];
    HDC hdc = BeginPaint(hwnd, &ps);
    HFONT hFont = CreateFont(36, 0, 0, 0, FW_BOLD, FALSE, FALSE, FALSE, DEFAULT_CHARSET, OUT_DEFAULT_PRECIS,
                             CLIP_DEFAULT_PRECIS, DEFAULT_QUALITY, DEFAULT_PITCH | FF_ROMAN, TEXT("Times New Roman"));
    HFONT hOldFont = (HFONT)SelectObject(hdc, hFont);
    GetClientRect(hwnd, &rc);
    SetBkMode(hdc, TRANSPARENT);
    SetTextColor(hdc, RGB(0, 0, 128));
    DrawText(hdc, TEXT("Hello, Windows!"), -1, &rc, DT_SINGLELINE | DT_CENTER | DT_VCENTER);
    SelectObject(hdc, hOldFont);
    DeleteObject(hFont);
    SetTextColor(hdc, RGB(0, 0, 0));
    wsprintf(szText, TEXT("Clicks: %d"), clicks);
    TextOut(hdc, 10, 10, szText, lstrlen(szText));
    EndPaint(hwnd, &ps);
}

static LRESULT CALLBACK WndProc(HWND hwnd, UINT msg, WPARAM wParam, LPARAM lParam)
{
    switch (msg) {
    case WM_PAINT:
        OnPaint(hwnd);
        return 0;
    case WM_LBUTTONDOWN:
        clicks++;
        InvalidateRect(hwnd, NULL, TRUE);
        return 0;
    case WM_CLOSE:
        if (MessageBox(hwnd, TEXT("Do you want to leave?"), TEXT("Leave?"), MB_YESNO | MB_ICONQUESTION) == IDYES)
            DestroyWindow(hwnd);
        return 0;
    case WM_DESTROY:
        PostQuitMessage(0);
        return 0;
    }
    return DefWindowProc(hwnd, msg, wParam, lParam);
}

int WINAPI _tWinMain(HINSTANCE hInstance, HINSTANCE hPrevInstance, LPTSTR lpCmdLine, int nCmdShow)
{
    WNDCLASS wc;
    MSG msg;
    HWND hwnd;
    (void)hPrevInstance;
    (void)lpCmdLine;
    ZeroMemory(&wc, sizeof(wc));
    wc.style = CS_HREDRAW | CS_VREDRAW;
    wc.lpfnWndProc = WndProc;
    wc.hInstance = hInstance;
    wc.hIcon = LoadIcon(NULL, IDI_APPLICATION);
    wc.hCursor = LoadCursor(NULL, IDC_ARROW);
    wc.hbrBackground = (HBRUSH)(COLOR_WINDOW + 1);
    wc.lpszClassName = TEXT("Hello");
    if (!RegisterClass(&wc))
        return 1;
    hwnd = CreateWindow(TEXT("Hello"), TEXT("Hello, 1998"), WS_OVERLAPPEDWINDOW, CW_USEDEFAULT, CW_USEDEFAULT, 400, 250,
                        NULL, NULL, hInstance, NULL);
    if (hwnd == NULL)
        return 1;
    ShowWindow(hwnd, nCmdShow);
    UpdateWindow(hwnd);
    while (GetMessage(&msg, NULL, 0, 0) > 0) {
        TranslateMessage(&msg);
        DispatchMessage(&msg);
    }
    return (int)msg.wParam;
}
