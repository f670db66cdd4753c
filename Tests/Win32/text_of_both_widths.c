/* Strings of A and W functions, procedures and senders meet in every way. */
#include <windows.h>
#include <stdio.h>
#include <string.h>

/* Wine's and Windows' own encoding of A functions is not UTF-8, so what both can say is ASCII here. */
static WCHAR wideName[] = { 'W', 'i', 'd', 'e', 0 };
static WCHAR wideTitle[] = { 'a', 0xE9, 0x4E2D, 0xD83D, 0xDE00, 0 };
static WCHAR plainTitle[] = { 'p', 'l', 'a', 'i', 'n', 0 };
static int calls;

static void printWide(const WCHAR* text)
{
    for (; text != NULL && *text != 0; text++)
        if (*text < 0x7F) printf("%c", (char)*text);
        else printf("\\%04x", (unsigned)*text);
}

static LRESULT CALLBACK wideProc(HWND h, UINT m, WPARAM w, LPARAM l)
{
    switch (m) {
    case WM_NCCREATE:
    case WM_CREATE: {
        const CREATESTRUCTW* cs = (const CREATESTRUCTW*)l;
        printf("  wide %s class ", m == WM_CREATE ? "create" : "nccreate");
        printWide(cs->lpszClass);
        printf(" title ");
        printWide(cs->lpszName);
        printf(" at %d,%d size %d,%d param %d\n", cs->x, cs->y, cs->cx, cs->cy, cs->lpCreateParams != NULL);
        break;
    }
    case WM_SETTEXT:
        printf("  wide set text ");
        printWide((const WCHAR*)l);
        printf("\n");
        break;
    case WM_GETTEXT: printf("  wide get text\n"); break;
    case WM_CHAR: printf("  wide char %04x\n", (unsigned)w); break;
    default: break;
    }
    return DefWindowProcW(h, m, w, l);
}

static LRESULT CALLBACK narrowProc(HWND h, UINT m, WPARAM w, LPARAM l)
{
    switch (m) {
    case WM_NCCREATE: {
        const CREATESTRUCTA* cs = (const CREATESTRUCTA*)l;
        printf("  narrow nccreate class %s title %s\n", cs->lpszClass, cs->lpszName);
        break;
    }
    case WM_SETTEXT: printf("  narrow set text %s\n", (const char*)l); break;
    case WM_CHAR: printf("  narrow char %02x\n", (unsigned)w); break;
    default: break;
    }
    return DefWindowProcA(h, m, w, l);
}

static WNDPROC before;

static LRESULT CALLBACK narrowSubclass(HWND h, UINT m, WPARAM w, LPARAM l)
{
    calls++;
    if (m == WM_SETTEXT) printf("  subclass set text %s\n", (const char*)l);
    return CallWindowProcA(before, h, m, w, l);
}

static void ask(HWND h, const char* what)
{
    char narrow[64] = "";
    WCHAR wide[64] = { 0 };
    int n;
    printf("%s\n", what);
    n = GetWindowTextA(h, narrow, 64);
    printf(" narrow %d \"%s\"\n", n, n < 20 ? narrow : "?");
    n = GetWindowTextW(h, wide, 64);
    printf(" wide %d \"", n);
    printWide(wide);
    printf("\" length %d\n", GetWindowTextLengthW(h));
}

int main(void)
{
    WNDCLASSW wc;
    WNDCLASSA ac;
    HWND wide, narrow;
    WCHAR text[64];
    MSG msg;
    int i, n;

    memset(&wc, 0, sizeof wc);
    wc.lpfnWndProc = wideProc;
    wc.hInstance = GetModuleHandleW(NULL);
    wc.lpszClassName = wideName;
    printf("class %d\n", RegisterClassW(&wc) != 0);
    wide = CreateWindowExW(0, wideName, wideTitle, WS_POPUP, 1, 2, 30, 40, NULL, NULL, wc.hInstance, &calls);
    printf("unicode %d\n", IsWindowUnicode(wide) != 0);
    memset(text, 0, sizeof text);
    n = GetWindowTextW(wide, text, 64);
    printf("title %d ", n);
    printWide(text);
    printf(" length %d\n", GetWindowTextLengthW(wide));
    /* Cut before the middle of a pair or in it, as the buffer says. */
    for (i = 2; i <= 4; i++) {
        n = GetWindowTextW(wide, text, i);
        printf("buffer of %d: %d\n", i, n);
    }
    SetWindowTextW(wide, plainTitle);
    ask(wide, "plain");
    SetWindowTextA(wide, "by bytes");
    ask(wide, "by bytes");
    n = GetClassNameW(wide, text, 64);
    printf("class name %d ", n);
    printWide(text);
    printf("\n");
    printf("found %d %d\n", FindWindowW(wideName, NULL) == wide, FindWindowA("Wide", "by bytes") == wide);

    memset(&ac, 0, sizeof ac);
    ac.lpfnWndProc = narrowProc;
    ac.hInstance = wc.hInstance;
    ac.lpszClassName = "Narrow";
    RegisterClassA(&ac);
    narrow = CreateWindowExW(0, (const WCHAR[]){ 'N', 'a', 'r', 'r', 'o', 'w', 0 }, plainTitle, WS_POPUP, 0, 0, 5, 5,
                             NULL, NULL, wc.hInstance, NULL);
    printf("unicode %d\n", IsWindowUnicode(narrow) != 0);
    SetWindowTextW(narrow, plainTitle);
    ask(narrow, "narrow");
    SendMessageA(narrow, WM_CHAR, 'x', 1);
    SendMessageW(narrow, WM_CHAR, 'y', 1);
    SendMessageW(wide, WM_CHAR, 0x4E2D, 1);
    PostMessageW(wide, WM_CHAR, 0x20AC, 1);
    while (PeekMessageW(&msg, NULL, WM_CHAR, WM_CHAR, PM_REMOVE)) DispatchMessageW(&msg);

    /* What a procedure of the other strings is shown as is no pointer, and can be called all the same. */
    printf("same %d\n", (WNDPROC)GetWindowLongPtrW(wide, GWLP_WNDPROC) == wideProc);
    printf("other %d\n", (WNDPROC)GetWindowLongPtrA(wide, GWLP_WNDPROC) != wideProc);
    before = (WNDPROC)SetWindowLongPtrA(wide, GWLP_WNDPROC, (LONG_PTR)narrowSubclass);
    printf("unicode %d\n", IsWindowUnicode(wide) != 0);
    calls = 0;
    SetWindowTextA(wide, "through both");
    SetWindowTextW(wide, plainTitle);
    printf("called %d\n", calls > 0);
    SetWindowLongPtrA(wide, GWLP_WNDPROC, (LONG_PTR)before);
    printf("unicode %d procedure %d\n", IsWindowUnicode(wide) != 0,
           (WNDPROC)GetWindowLongPtrW(wide, GWLP_WNDPROC) == wideProc);
    DestroyWindow(narrow);
    DestroyWindow(wide);
    printf("unregister %d %d\n", UnregisterClassW(wideName, NULL) != 0, UnregisterClassA("Narrow", NULL) != 0);
    return 0;
}
