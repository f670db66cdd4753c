/* What real programs do with windows.h, in C and in C++: compiles without a warning in every dialect, or does not. */
#include <SDKDDKVer.h>
#define WIN32_LEAN_AND_MEAN
#include <Windows.h>
#include <WindowsX.h>
#include <process.h>
#include <tchar.h>

typedef struct {
    HWND window;
    TCHAR title[MAX_PATH];
    CRITICAL_SECTION lock;
} State;

static State state;
static const TCHAR className[] = _T("Habits");

static BOOL OnCreate(HWND window, LPCREATESTRUCT create)
{
    state.window = window;
    lstrcpyn(state.title, create->lpszName != NULL ? create->lpszName : TEXT(""), MAX_PATH);
    return create->cx >= 0;
}

static void OnDestroy(HWND window)
{
    UNREFERENCED_PARAMETER(window);
    PostQuitMessage(0);
}

static void OnSize(HWND window, UINT kind, int cx, int cy)
{
    (void)kind;
    MoveWindow(window, 0, 0, max(cx, 1), min(cy, 100), TRUE);
}

static void OnCommand(HWND window, int id, HWND control, UINT code)
{
    FORWARD_WM_COMMAND(window, id, control, code, DefWindowProc);
}

static LRESULT CALLBACK Procedure(_In_ HWND window, UINT message, WPARAM wParam, LPARAM lParam)
{
    switch (message) {
        HANDLE_MSG(window, WM_CREATE, OnCreate);
        HANDLE_MSG(window, WM_DESTROY, OnDestroy);
        HANDLE_MSG(window, WM_SIZE, OnSize);
        HANDLE_MSG(window, WM_COMMAND, OnCommand);
    case WM_MOUSEMOVE:
        return GET_X_LPARAM(lParam) > GET_Y_LPARAM(lParam);
    case WM_PAINT: {
        PAINTSTRUCT ps;
        HDC dc = BeginPaint(window, &ps);
        (void)dc;
        EndPaint(window, &ps);
        return 0;
    }
    default:
        return DefWindowProc(window, message, wParam, lParam);
    }
}

static unsigned __stdcall Worker(void* parameter)
{
    EnterCriticalSection(&((State*)parameter)->lock);
    LeaveCriticalSection(&((State*)parameter)->lock);
    return 0;
}

int APIENTRY _tWinMain(_In_ HINSTANCE hInstance, _In_opt_ HINSTANCE hPrevInstance, _In_ LPTSTR lpCmdLine,
                       _In_ int nCmdShow)
{
    WNDCLASSEX wc;
    MSG msg;
    TCHAR text[64];
    HANDLE thread;
    UNREFERENCED_PARAMETER(hPrevInstance);
    ZeroMemory(&wc, sizeof(wc));
    wc.cbSize = sizeof(WNDCLASSEX);
    wc.style = CS_HREDRAW | CS_VREDRAW;
    wc.lpfnWndProc = Procedure;
    wc.hInstance = hInstance;
    wc.hIcon = LoadIcon(NULL, IDI_APPLICATION);
    wc.hCursor = LoadCursor(NULL, IDC_ARROW);
    wc.hbrBackground = (HBRUSH)(COLOR_WINDOW + 1);
    wc.lpszClassName = className;
    if (!RegisterClassEx(&wc)) return 2;
    InitializeCriticalSection(&state.lock);
    thread = (HANDLE)_beginthreadex(NULL, 0, Worker, &state, 0, NULL);
    WaitForSingleObject(thread, INFINITE);
    CloseHandle(thread);
    HWND window = CreateWindow(className, TEXT("A title"), WS_OVERLAPPEDWINDOW, CW_USEDEFAULT, 0, CW_USEDEFAULT, 0,
                               NULL, NULL, hInstance, NULL);
    if (window == NULL || _tcscmp(state.title, _T("A title")) != 0) return 3;
    ShowWindow(window, nCmdShow);
    SetWindowLongPtr(window, GWLP_USERDATA, reinterpret(LONG_PTR, &state));
    if (GetWindowLongPtr(window, GWLP_USERDATA) != reinterpret(LONG_PTR, &state)) return 4;
    wsprintf(text, TEXT("%s %d"), lpCmdLine, 7);
    if (_tcscmp(text, _T("first \"second third\" 7")) != 0) return 5;
    _sntprintf(text, 64, _T("%d %.2f"), 8, 1.5);
    if (_tcscmp(text, _T("8 1.50")) != 0) return 6;
    PostMessage(window, WM_CLOSE, 0, 0);
    while (GetMessage(&msg, NULL, 0, 0) > 0) {
        TranslateMessage(&msg);
        DispatchMessage(&msg);
    }
    DeleteCriticalSection(&state.lock);
    return (int)msg.wParam;
}
