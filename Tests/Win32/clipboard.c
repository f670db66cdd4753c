/* The clipboard within one process: who may do what when, which messages come in which order, what is made of text. */
#include <windows.h>
#include <stdio.h>
#include <string.h>

static HWND first, second;
static int renders; /* Whether WM_RENDERFORMAT is answered. */

static const char* nameOf(UINT message)
{
    switch (message) {
    case WM_RENDERFORMAT: return "RENDERFORMAT";
    case WM_RENDERALLFORMATS: return "RENDERALLFORMATS";
    case WM_DESTROYCLIPBOARD: return "DESTROYCLIPBOARD";
    case WM_CLIPBOARDUPDATE: return "CLIPBOARDUPDATE";
    case WM_DESTROY: return "DESTROY";
    case WM_NCDESTROY: return "NCDESTROY";
    default: return NULL;
    }
}

static const char* who(HWND window)
{
    return window == NULL ? "nobody" : window == first ? "first" : window == second ? "second" : "another";
}

static HANDLE bytes(const void* data, size_t size)
{
    HANDLE memory = GlobalAlloc(GMEM_MOVEABLE, size);
    memcpy(GlobalLock(memory), data, size);
    GlobalUnlock(memory);
    return memory;
}

#define TRY(call) \
    do { \
        SetLastError(0xdead); \
        long long result = (long long)(call); \
        DWORD error = GetLastError(); \
        printf("%s: %s", #call, result ? "yes" : "no"); \
        if (!result && error != 0xdead) printf(", error %lu", (unsigned long)error); \
        printf("\n"); \
    } while (0)

static LRESULT CALLBACK procedure(HWND window, UINT message, WPARAM wParam, LPARAM lParam)
{
    if (nameOf(message)) {
        printf("  %s: %s %u %ld, in send %d, owner %s, open %s\n", who(window), nameOf(message), (unsigned)wParam,
               (long)lParam, InSendMessage() ? 1 : 0, who(GetClipboardOwner()), who(GetOpenClipboardWindow()));
    }
    if (message == WM_RENDERFORMAT && renders) {
        TRY(OpenClipboard(window) && CloseClipboard() && 0);
        TRY(SetClipboardData((UINT)wParam, bytes("rendered", 9)));
        return 0;
    }
    if (message == WM_RENDERALLFORMATS && renders) {
        TRY(OpenClipboard(window));
        printf("  owner %s\n", who(GetClipboardOwner()));
        TRY(SetClipboardData(CF_TEXT, bytes("all of it", 10)));
        TRY(CloseClipboard());
        return 0;
    }
    return DefWindowProcA(window, message, wParam, lParam);
}

static void pump(void)
{
    MSG message;
    while (PeekMessageA(&message, NULL, 0, 0, PM_REMOVE)) DispatchMessageA(&message);
}

static void list(void)
{
    char name[64];
    printf("  %d formats:", CountClipboardFormats());
    for (UINT format = EnumClipboardFormats(0); format != 0; format = EnumClipboardFormats(format)) {
        if (format >= 0xC000 && GetClipboardFormatNameA(format, name, sizeof name)) printf(" \"%s\"", name);
        else printf(" %u", format);
    }
    printf("\n");
}

static void show(const char* text)
{
    for (; text != NULL && *text; text++) putchar(*text < ' ' ? '.' : *text);
}

static void texts(void)
{
    const char* narrow = GlobalLock(GetClipboardData(CF_TEXT));
    const char* oem = GlobalLock(GetClipboardData(CF_OEMTEXT));
    const WCHAR* wide = GlobalLock(GetClipboardData(CF_UNICODETEXT));
    printf("  text ");
    show(narrow);
    printf(", oem ");
    show(oem);
    printf(", wide");
    if (wide == NULL) printf(" -");
    else for (; *wide; wide++) printf(" %04x", *wide);
    printf("\n");
}

static DWORD WINAPI otherThread(LPVOID argument)
{
    (void)argument;
    printf("on another thread\n");
    TRY(OpenClipboard(NULL));
    TRY(OpenClipboard(second));
    TRY(CloseClipboard());
    TRY(EmptyClipboard());
    TRY(GetClipboardData(CF_TEXT));
    TRY(EnumClipboardFormats(0));
    return 0;
}

static DWORD WINAPI rendering(LPVOID argument)
{
    (void)argument;
    printf("another thread asks for what is not rendered\n");
    TRY(OpenClipboard(NULL));
    HANDLE memory = GetClipboardData(CF_TEXT);
    printf("  %s\n", memory ? (const char*)GlobalLock(memory) : "nothing");
    TRY(CloseClipboard());
    PostMessageA(first, WM_APP, 0, 0);
    return 0;
}

int main(void)
{
    setvbuf(stdout, NULL, _IONBF, 0);
    WNDCLASSA class = { .lpfnWndProc = procedure, .lpszClassName = "clip", .hInstance = GetModuleHandleA(NULL) };
    RegisterClassA(&class);
    first = CreateWindowA("clip", "first", WS_OVERLAPPEDWINDOW, 0, 0, 100, 100, NULL, NULL, class.hInstance, NULL);
    second = CreateWindowA("clip", "second", WS_OVERLAPPEDWINDOW, 0, 0, 100, 100, NULL, NULL, class.hInstance, NULL);
    pump();

    printf("closed\n");
    TRY(CloseClipboard());
    TRY(EmptyClipboard());
    TRY(GetClipboardData(CF_TEXT));
    TRY(SetClipboardData(CF_TEXT, NULL));
    TRY(EnumClipboardFormats(0));
    TRY(OpenClipboard((HWND)(ULONG_PTR)0x1234));
    TRY(GetOpenClipboardWindow());

    printf("opening\n");
    TRY(OpenClipboard(first));
    printf("  open %s\n", who(GetOpenClipboardWindow()));
    TRY(OpenClipboard(first));
    TRY(OpenClipboard(second));
    TRY(OpenClipboard(NULL));
    HANDLE thread = CreateThread(NULL, 0, otherThread, NULL, 0, NULL);
    WaitForSingleObject(thread, INFINITE);
    TRY(EmptyClipboard());
    printf("  owner %s\n", who(GetClipboardOwner()));
    TRY(CountClipboardFormats());
    TRY(IsClipboardFormatAvailable(CF_TEXT));
    TRY(GetClipboardData(CF_TEXT));
    TRY(CloseClipboard());
    TRY(CloseClipboard());
    printf("  open %s, owner %s\n", who(GetOpenClipboardWindow()), who(GetClipboardOwner()));

    printf("by nobody\n");
    TRY(OpenClipboard(NULL));
    printf("  open %s\n", who(GetOpenClipboardWindow()));
    TRY(EmptyClipboard());
    TRY(SetClipboardData(CF_TEXT, bytes("nobody's", 9)));
    TRY(CloseClipboard());
    printf("  owner %s\n", who(GetClipboardOwner()));
    pump();

    printf("text\n");
    TRY(OpenClipboard(first));
    TRY(EmptyClipboard());
    TRY(SetClipboardData(CF_UNICODETEXT, bytes(L"a\r\nb", 10)));
    list();
    texts();
    TRY(CloseClipboard());
    TRY(OpenClipboard(NULL));
    list();
    texts();
    HANDLE locale = GetClipboardData(CF_LOCALE);
    printf("  locale %lu bytes\n", locale ? (unsigned long)GlobalSize(locale) : 0);
    TRY(GetClipboardData(CF_UNICODETEXT) == GetClipboardData(CF_UNICODETEXT));
    TRY(GetClipboardData(CF_TEXT) == GetClipboardData(CF_TEXT));
    TRY(CloseClipboard());
    TRY(IsClipboardFormatAvailable(CF_TEXT));
    TRY(IsClipboardFormatAvailable(CF_LOCALE));
    TRY(IsClipboardFormatAvailable(CF_DIB));
    TRY(IsClipboardFormatAvailable(0));
    UINT wanted[] = { CF_DIB, CF_TEXT, CF_UNICODETEXT };
    printf("  priority %d %d %d\n", GetPriorityClipboardFormat(wanted, 3), GetPriorityClipboardFormat(wanted, 1),
           GetPriorityClipboardFormat(wanted, 0));

    printf("text of another kind\n");
    OpenClipboard(first);
    EmptyClipboard();
    TRY(SetClipboardData(CF_OEMTEXT, bytes("oem", 4)));
    UINT own = RegisterClipboardFormatA("Rat Test Format");
    printf("  own %d\n", own >= 0xC000);
    TRY(SetClipboardData(own, bytes("\0\1\2\3", 4)));
    TRY(SetClipboardData(CF_TEXT, bytes("text", 5)));
    TRY(SetClipboardData(0, bytes("zero", 5)));
    CloseClipboard();
    OpenClipboard(second);
    list();
    texts();
    HANDLE data = GetClipboardData(own);
    printf("  %lu bytes\n", (unsigned long)GlobalSize(data));
    TRY(EnumClipboardFormats(CF_DIB));
    TRY(GetClipboardData(CF_DIB));
    TRY(EnumClipboardFormats(CF_UNICODETEXT));
    TRY(SetClipboardData(CF_TEXT, bytes("second's", 9)));
    printf("  owner %s\n", who(GetClipboardOwner()));
    texts();
    list();
    CloseClipboard();

    printf("names\n");
    WCHAR wide[32];
    char name[32];
    TRY(RegisterClipboardFormatA("rat test FORMAT") == own);
    TRY(RegisterClipboardFormatW(L"Rat Test Format") == own);
    TRY(RegisterWindowMessageA("Rat Test Format") == own);
    TRY(RegisterClipboardFormatA(""));
    TRY(GetClipboardFormatNameA(own, name, sizeof name));
    printf("  \"%s\" %d\n", name, GetClipboardFormatNameW(own, wide, 32));
    TRY(GetClipboardFormatNameA(CF_TEXT, name, sizeof name));
    TRY(GetClipboardFormatNameA(0xFFF0, name, sizeof name));

    printf("listeners\n");
    TRY(AddClipboardFormatListener(second));
    TRY(AddClipboardFormatListener(second));
    TRY(AddClipboardFormatListener(NULL));
    TRY(AddClipboardFormatListener((HWND)(ULONG_PTR)0x1234));
    pump();
    DWORD before = GetClipboardSequenceNumber();
    OpenClipboard(first);
    CloseClipboard();
    printf("  opened and closed: %ld\n", (long)(GetClipboardSequenceNumber() - before));
    pump();
    OpenClipboard(first);
    EmptyClipboard();
    printf("  emptied: %d\n", GetClipboardSequenceNumber() != before);
    before = GetClipboardSequenceNumber();
    SetClipboardData(CF_TEXT, bytes("news", 5));
    printf("  set: %d\n", GetClipboardSequenceNumber() != before);
    before = GetClipboardSequenceNumber();
    pump();
    printf("  closing\n");
    CloseClipboard();
    printf("  closed\n");
    pump();
    before = GetClipboardSequenceNumber();

    printf("delayed\n");
    OpenClipboard(first);
    EmptyClipboard();
    TRY(SetClipboardData(CF_TEXT, NULL));
    TRY(IsClipboardFormatAvailable(CF_TEXT));
    CloseClipboard();
    pump();
    before = GetClipboardSequenceNumber();
    TRY(IsClipboardFormatAvailable(CF_UNICODETEXT));
    OpenClipboard(second);
    list();
    TRY(GetClipboardData(CF_TEXT));
    renders = 1;
    texts();
    texts();
    CloseClipboard();
    printf("  number the same: %d\n", GetClipboardSequenceNumber() == before);
    pump();

    printf("another's handle stays while it is there\n");
    HANDLE given = bytes("given", 6);
    OpenClipboard(first);
    EmptyClipboard();
    TRY(SetClipboardData(CF_TEXT, given) == given);
    TRY(GetClipboardData(CF_TEXT) == given);
    CloseClipboard();
    OpenClipboard(second);
    TRY(GetClipboardData(CF_TEXT) == given);
    CloseClipboard();
    pump();

    printf("delayed, other thread\n");
    OpenClipboard(first);
    EmptyClipboard();
    SetClipboardData(CF_TEXT, NULL);
    CloseClipboard();
    pump();
    thread = CreateThread(NULL, 0, rendering, NULL, 0, NULL);
    for (MSG message; GetMessageA(&message, NULL, 0, 0) && message.message != WM_APP;) DispatchMessageA(&message);
    WaitForSingleObject(thread, INFINITE);

    printf("emptied by another\n");
    OpenClipboard(second);
    TRY(EmptyClipboard());
    printf("  owner %s\n", who(GetClipboardOwner()));
    SetClipboardData(CF_TEXT, NULL);
    SetClipboardData(own, NULL);
    CloseClipboard();
    pump();
    TRY(RemoveClipboardFormatListener(second));
    TRY(RemoveClipboardFormatListener(second));
    TRY(AddClipboardFormatListener(first));

    printf("the owner goes\n");
    before = GetClipboardSequenceNumber();
    DestroyWindow(second);
    printf("  owner %s, number the same: %d\n", who(GetClipboardOwner()), GetClipboardSequenceNumber() == before);
    pump();
    OpenClipboard(first);
    list();
    texts();
    CloseClipboard();

    printf("the window that opened it goes\n");
    second = CreateWindowA("clip", "second", WS_OVERLAPPEDWINDOW, 0, 0, 100, 100, NULL, NULL, class.hInstance, NULL);
    OpenClipboard(second);
    EmptyClipboard();
    SetClipboardData(CF_TEXT, bytes("left", 5));
    renders = 0;
    DestroyWindow(second);
    printf("  open %s, owner %s\n", who(GetOpenClipboardWindow()), who(GetClipboardOwner()));
    pump();
    TRY(CloseClipboard());
    TRY(OpenClipboard(first));
    list();
    TRY(EmptyClipboard());
    TRY(CloseClipboard());
    pump();
    DestroyWindow(first);
    return 0;
}
