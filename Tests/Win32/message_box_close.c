/* Message boxes as Windows is documented, where Wine does otherwise: Esc and the close button without a button that
 * cancels, a quit that comes into the box, and an owner that was disabled before. */
#include <windows.h>
#include <stdio.h>

static HWND frame;
static void (*play)(HWND box);
static int tries;

static void key(HWND box, WPARAM code)
{
    PostMessage(box, WM_KEYDOWN, code, 1);
    PostMessage(box, WM_KEYUP, code, (LPARAM)0xC0000001);
}

static void enter(HWND box) { key(box, VK_RETURN); }
static void escape(HWND box) { key(box, VK_ESCAPE); }
static void closeBox(HWND box) { PostMessage(box, WM_CLOSE, 0, 0); }

static void closeInVain(HWND box)
{
    SendMessage(box, WM_CLOSE, 0, 0);
    printf("  still there %d\n", IsWindow(box) != 0);
    key(box, VK_ESCAPE);
    key(box, VK_RETURN);
}

static void quit(HWND box)
{
    (void)box;
    PostQuitMessage(42);
}

static void destroy(HWND box)
{
    DestroyWindow(box);
}

static VOID CALLBACK act(HWND window, UINT message, UINT_PTR id, DWORD time)
{
    (void)message, (void)time;
    HWND box = FindWindow("#32770", NULL);
    if (box == NULL || !IsWindowVisible(box)) {
        if (++tries > 2000) printf("  no box\n"), ExitProcess(1);
        return;
    }
    KillTimer(window, id);
    play(box);
}

static void show(const char* what, UINT type, void (*how)(HWND box))
{
    play = how;
    tries = 0;
    SetTimer(NULL, 0, 10, act);
    int result = MessageBox(frame, "Text", NULL, type);
    printf("%s: chosen %d, frame enabled %d\n", what, result, IsWindowEnabled(frame) != 0);
}

int main(void)
{
    WNDCLASS frameClass = { .lpfnWndProc = DefWindowProc, .lpszClassName = "Frame" };
    RegisterClass(&frameClass);
    frame = CreateWindow("Frame", "frame", WS_OVERLAPPEDWINDOW | WS_VISIBLE, 50, 50, 400, 300, NULL, NULL, NULL, NULL);
    show("Esc is OK", MB_OK, escape);
    show("close is OK", MB_OK | MB_ICONINFORMATION, closeBox);
    show("close in vain", MB_YESNO | MB_DEFBUTTON2, closeInVain);
    show("close in vain too", MB_ABORTRETRYIGNORE | MB_DEFBUTTON2, closeInVain);
    show("quit", MB_OKCANCEL, quit);
    MSG msg;
    BOOL got = GetMessage(&msg, NULL, 0, 0);
    printf("quit again %d, %d\n", got, (int)msg.wParam);
    EnableWindow(frame, FALSE);
    show("disabled before", MB_OK, enter);
    EnableWindow(frame, TRUE);
    show("destroyed", MB_OKCANCEL, destroy);
    SetLastError(0);
    int result = MessageBox((HWND)(UINT_PTR)0x12344, "", "", 0);
    printf("no owner: %d, error %lu\n", result, (unsigned long)GetLastError());
    result = MessageBox(frame, "", "", MB_TYPEMASK);
    printf("no such kind: %d, error %lu\n", result, (unsigned long)GetLastError());
    return 0;
}
