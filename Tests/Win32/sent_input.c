/* Input that a program sends to itself: characters without keys, keys without a focus, hot keys that are taken. */
#include <windows.h>
#include <stdio.h>

static LRESULT CALLBACK WindowProc(HWND window, UINT message, WPARAM wParam, LPARAM lParam)
{
    const char* what = NULL;
    switch (message) {
    case WM_KEYDOWN: what = "keydown"; break;
    case WM_KEYUP: what = "keyup"; break;
    case WM_SYSKEYDOWN: what = "syskeydown"; break;
    case WM_SYSKEYUP: what = "syskeyup"; break;
    case WM_CHAR: what = "char"; break;
    case WM_SYSCHAR: what = "syschar"; break;
    case WM_HOTKEY: what = "hotkey"; break;
    default: break;
    }
    if (what != NULL) printf("  %s %x %lx\n", what, (unsigned)wParam, (unsigned long)lParam);
    return DefWindowProcW(window, message, wParam, lParam);
}

static void pump(void)
{
    MSG message;
    while (PeekMessageW(&message, NULL, 0, 0, PM_REMOVE)) {
        TranslateMessage(&message);
        DispatchMessageW(&message);
    }
}

static void character(WORD unit)
{
    INPUT inputs[2] = { { 0 } };
    inputs[0].type = inputs[1].type = INPUT_KEYBOARD;
    inputs[0].ki.wScan = inputs[1].ki.wScan = unit;
    inputs[0].ki.dwFlags = KEYEVENTF_UNICODE;
    inputs[1].ki.dwFlags = KEYEVENTF_UNICODE | KEYEVENTF_KEYUP;
    printf("character %x: %u\n", unit, SendInput(2, inputs, sizeof(INPUT)));
    pump();
}

static void press(WORD key, WORD scanCode)
{
    INPUT inputs[2] = { { 0 } };
    inputs[0].type = inputs[1].type = INPUT_KEYBOARD;
    inputs[0].ki.wVk = inputs[1].ki.wVk = key;
    inputs[0].ki.wScan = inputs[1].ki.wScan = scanCode;
    inputs[1].ki.dwFlags = KEYEVENTF_KEYUP;
    printf("key %x: %u\n", key, SendInput(2, inputs, sizeof(INPUT)));
    pump();
}

static void tell(const char* what, BOOL done)
{
    printf("%s: %d, error %lu\n", what, done, (unsigned long)(done ? 0 : GetLastError()));
}

int main(void)
{
    WNDCLASSW typed = { 0 };
    HWND window;
    INPUT none = { 0 };
    typed.lpfnWndProc = WindowProc;
    typed.lpszClassName = L"Typed";
    RegisterClassW(&typed);
    window = CreateWindowW(L"Typed", L"", WS_POPUP | WS_VISIBLE, 0, 0, 100, 100, NULL, NULL, NULL, NULL);
    pump();
    character('x');
    character(0x20AC);
    character(0xD83D);
    character(0xDE00);
    press('A', 0x1E);
    SetFocus(NULL);
    press('B', 0x30);
    SetFocus(window);
    EnableWindow(window, FALSE);
    press('C', 0x2E);
    EnableWindow(window, TRUE);
    SetFocus(window);
    tell("a hot key", RegisterHotKey(window, 5, 0, VK_F5));
    tell("the same again", RegisterHotKey(window, 5, 0, VK_F5));
    tell("another number", RegisterHotKey(window, 6, 0, VK_F5));
    press(VK_F5, 0x3F);
    tell("it ends", UnregisterHotKey(window, 5));
    tell("twice", UnregisterHotKey(window, 5));
    tell("no window", RegisterHotKey((HWND)(UINT_PTR)0x123450, 5, 0, VK_F5));
    SetLastError(0);
    tell("no inputs", SendInput(0, &none, sizeof none) != 0);
    tell("inputs nowhere", SendInput(1, NULL, sizeof none) != 0);
    tell("inputs of another size", SendInput(1, &none, 4) != 0);
    return 0;
}
