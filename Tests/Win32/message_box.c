/* Message boxes: what keys, clicks and commands choose, and who waits meanwhile. A timer does
 * what a user would, once the box is there. */
#include <windows.h>
#include <stdio.h>
#include <string.h>

static HWND frame, captor;
static const struct Play* play;
static int tries;

typedef struct Play {
    const char* what;
    UINT type;
    void (*act)(HWND box);
} Play;

static void key(HWND box, WPARAM code)
{
    HWND target = GetFocus();
    if (target == NULL || !IsChild(box, target)) target = box;
    PostMessage(target, WM_KEYDOWN, code, 1);
    PostMessage(target, WM_KEYUP, code, (LPARAM)0xC0000001);
}

static void letter(HWND box, char c)
{
    HWND target = GetFocus();
    PostMessage(IsChild(box, target) ? target : box, WM_CHAR, (WPARAM)c, 1);
}

static void enter(HWND box) { key(box, VK_RETURN); }
static void escape(HWND box) { key(box, VK_ESCAPE); }
static void space(HWND box) { key(box, VK_SPACE); }
static void tabEnter(HWND box) { key(box, VK_TAB); key(box, VK_RETURN); }
static void tabSpace(HWND box) { key(box, VK_TAB); key(box, VK_SPACE); }
static void leftEnter(HWND box) { key(box, VK_LEFT); key(box, VK_RETURN); }
static void downDownEnter(HWND box) { key(box, VK_DOWN); key(box, VK_DOWN); key(box, VK_RETURN); }
static void no(HWND box) { letter(box, 'n'); }
static void capitalYes(HWND box) { letter(box, 'Y'); }
static void retry(HWND box) { letter(box, 'r'); }
static void again(HWND box) { letter(box, 't'); }
static void closeBox(HWND box) { PostMessage(box, WM_CLOSE, 0, 0); }
static void command(HWND box) { PostMessage(box, WM_COMMAND, IDNO, 0); }

static void look(HWND box)
{
    char text[64];
    GetWindowText(box, text, sizeof text);
    printf("  caption '%s', owner %d, owner enabled %d\n", text, GetWindow(box, GW_OWNER) == frame,
           IsWindowEnabled(frame) != 0);
    HWND ok = GetDlgItem(box, IDOK), cancel = GetDlgItem(box, IDCANCEL);
    GetWindowText(ok, text, sizeof text);
    printf("  '%s', visible %d, focus %d\n", text, IsWindowVisible(ok) != 0, GetFocus() == ok);
    GetWindowText(cancel, text, sizeof text);
    printf("  '%s', active %d\n", text, GetActiveWindow() == box);
    key(box, VK_RETURN);
}

static void click(HWND box)
{
    RECT rect;
    HWND cancel = GetDlgItem(box, IDCANCEL);
    GetClientRect(cancel, &rect);
    LPARAM middle = MAKELPARAM(rect.right / 2, rect.bottom / 2);
    PostMessage(cancel, WM_LBUTTONDOWN, MK_LBUTTON, middle);
    PostMessage(cancel, WM_LBUTTONUP, 0, middle);
}

static void clickBeside(HWND box)
{
    HWND cancel = GetDlgItem(box, IDCANCEL);
    SendMessage(cancel, WM_LBUTTONDOWN, MK_LBUTTON, MAKELPARAM(5, 5));
    SendMessage(cancel, WM_MOUSEMOVE, MK_LBUTTON, MAKELPARAM(500, 500));
    SendMessage(cancel, WM_LBUTTONUP, 0, MAKELPARAM(500, 500));
    printf("  still there %d\n", IsWindow(box) != 0);
    key(box, VK_ESCAPE);
}

static VOID CALLBACK act(HWND window, UINT message, UINT_PTR id, DWORD time)
{
    (void)message, (void)time;
    HWND box = FindWindow("#32770", play->what);
    /* Not before it is there for the user too. */
    if (box == NULL || !IsWindowVisible(box) || !IsChild(box, GetFocus())) {
        if (++tries > 2000) printf("  no box\n"), ExitProcess(1);
        return;
    }
    KillTimer(window, id);
    play->act(box);
}

static LRESULT CALLBACK FrameProc(HWND window, UINT message, WPARAM wParam, LPARAM lParam)
{
    if (message == WM_ENABLE) printf("  frame %s\n", wParam ? "enabled" : "disabled");
    if (message == WM_CANCELMODE) printf("  %s cancels\n", window == captor ? "captor" : "frame");
    return DefWindowProc(window, message, wParam, lParam);
}

int main(void)
{
    static const Play plays[] = {
        { "what is in it", MB_OKCANCEL, look },
        { "Enter", MB_OK, enter },
        { "Enter, second", MB_OKCANCEL | MB_DEFBUTTON2, enter },
        { "Esc", MB_OKCANCEL | MB_ICONERROR, escape },
        { "Enter, third", MB_ABORTRETRYIGNORE | MB_DEFBUTTON3 | MB_ICONWARNING, enter },
        { "Space", MB_YESNO | MB_ICONQUESTION, space },
        { "Tab, Enter", MB_YESNOCANCEL, tabEnter },
        { "Tab, Space", MB_YESNOCANCEL | MB_DEFBUTTON3, tabSpace },
        { "Left, Enter", MB_YESNOCANCEL, leftEnter },
        { "Down, Down, Enter", MB_CANCELTRYCONTINUE, downDownEnter },
        { "n", MB_YESNO, no },
        { "Y", MB_YESNOCANCEL | MB_DEFBUTTON2, capitalYes },
        { "r", MB_RETRYCANCEL | MB_DEFBUTTON2, retry },
        { "t", MB_CANCELTRYCONTINUE, again },
        { "close", MB_YESNOCANCEL, closeBox },
        { "command", MB_YESNOCANCEL, command },
        { "click", MB_OKCANCEL, click },
        { "click beside", MB_RETRYCANCEL, clickBeside },
        { "captured", MB_OK, enter },
    };
    WNDCLASS frameClass = { .lpfnWndProc = FrameProc, .lpszClassName = "Frame" };
    RegisterClass(&frameClass);
    frame = CreateWindow("Frame", "frame", WS_OVERLAPPEDWINDOW | WS_VISIBLE, 50, 50, 400, 300, NULL, NULL, NULL, NULL);
    captor = CreateWindow("Frame", "captor", WS_CHILD | WS_VISIBLE, 10, 10, 50, 50, frame, NULL, NULL, NULL);
    for (size_t i = 0; i < sizeof plays / sizeof plays[0]; i++) {
        play = &plays[i];
        tries = 0;
        printf("%s\n", play->what);
        if (strcmp(play->what, "captured") == 0) SetCapture(captor);
        SetTimer(NULL, 0, 10, act);
        int result = MessageBox(frame, "Text, and\na second line.", play->what, play->type);
        printf("  chosen %d, frame enabled %d, active %d\n", result, IsWindowEnabled(frame) != 0,
               GetActiveWindow() == frame);
        if (GetCapture() != NULL) printf("  the mouse is still captured\n");
    }
    return 0;
}
