/* Message boxes: a window with a text and buttons, and a loop of its own until one of them is chosen.
 *
 * The box is an ordinary owned window, each button a child of it. Keys are taken in the loop, before they would be
 * dispatched; what a button tells the box is WM_COMMAND, which also a program may send. The loop ends when the box
 * has a result, when it is destroyed, or when the program quits; the quit is posted again. */
#include "gdi.h"

#include <pthread.h>
#include <wctype.h>

#define BOX_CLASS "#32770"
#define BUTTON_CLASS "RatMessageBoxButton"

/* Windows' own distances at 96 dots per inch. */
#define MARGIN 12
#define GAP 8
#define BUTTON_WIDTH 75
#define BUTTON_HEIGHT 23
#define ICON_SIZE 32

#define BUTTONS_MAX 3

typedef struct {
    int id;
    const char* label;
} Choice;

/* By the style's number; a row ends with what has no label. */
static const Choice choices[][BUTTONS_MAX + 1] = {
    [MB_OK] = { { IDOK, "OK" } },
    [MB_OKCANCEL] = { { IDOK, "OK" }, { IDCANCEL, "Cancel" } },
    [MB_ABORTRETRYIGNORE] = { { IDABORT, "&Abort" }, { IDRETRY, "&Retry" }, { IDIGNORE, "&Ignore" } },
    [MB_YESNOCANCEL] = { { IDYES, "&Yes" }, { IDNO, "&No" }, { IDCANCEL, "Cancel" } },
    [MB_YESNO] = { { IDYES, "&Yes" }, { IDNO, "&No" } },
    [MB_RETRYCANCEL] = { { IDRETRY, "&Retry" }, { IDCANCEL, "Cancel" } },
    [MB_CANCELTRYCONTINUE] = { { IDCANCEL, "Cancel" }, { IDTRYAGAIN, "&Try Again" }, { IDCONTINUE, "&Continue" } },
};

typedef struct {
    const char* text;
    UINT type;
    HWND window;
    HWND buttons[BUTTONS_MAX];
    int count;
    int focus;     /* The button that has the focus; Enter chooses it. */
    int pressed;   /* The one that Space or the mouse holds down, or -1. */
    int result;    /* 0 while nothing is chosen. */
    bool destroyed;
    bool iconic;   /* There is an icon. */
    RECT textRect;
    POINT icon;
} Box;

/* What Esc and the close button choose; 0 if there is none. */
static int cancelOf(const Box* box)
{
    const Choice* row = choices[box->type & MB_TYPEMASK];
    if (box->count == 1) return row[0].id;
    for (int i = 0; i < box->count; i++)
        if (row[i].id == IDCANCEL) return IDCANCEL;
    return 0;
}

/* -- Buttons ----------------------------------------------------------------------------------- */

static int indexOf(const Box* box, HWND button)
{
    for (int i = 0; i < box->count; i++)
        if (box->buttons[i] == button) return i;
    return -1;
}

static void choose(Box* box, int index)
{
    SendMessageA(box->window, WM_COMMAND, (WPARAM)GetDlgCtrlID(box->buttons[index]), (LPARAM)box->buttons[index]);
}

static void press(Box* box, int index)
{
    int before = box->pressed;
    if (before == index) return;
    box->pressed = index;
    if (before >= 0) InvalidateRect(box->buttons[before], NULL, FALSE);
    if (index >= 0) InvalidateRect(box->buttons[index], NULL, FALSE);
}

static void moveFocus(Box* box, int index)
{
    press(box, -1);
    SetFocus(box->buttons[(index + box->count) % box->count]);
}

static void paintButton(const Box* box, HWND window)
{
    PAINTSTRUCT paint;
    RECT rect;
    WCHAR label[64];
    HDC dc = BeginPaint(window, &paint);
    if (dc == NULL) return;
    int index = indexOf(box, window);
    bool isPressed = index >= 0 && index == box->pressed, hasFocus = index == box->focus;
    GetClientRect(window, &rect);
    if (hasFocus) {
        FrameRect(dc, &rect, GetSysColorBrush(COLOR_WINDOWFRAME));
        InflateRect(&rect, -1, -1);
    }
    DrawEdge(dc, &rect, isPressed ? EDGE_SUNKEN : EDGE_RAISED, BF_RECT | BF_MIDDLE);
    if (isPressed) OffsetRect(&rect, 1, 1);
    SelectObject(dc, GetStockObject(DEFAULT_GUI_FONT));
    SetBkMode(dc, TRANSPARENT);
    SetTextColor(dc, GetSysColor(COLOR_BTNTEXT));
    int length = GetWindowTextW(window, label, ARRAYSIZE(label));
    DrawTextW(dc, label, length, &rect, DT_CENTER | DT_VCENTER | DT_SINGLELINE);
    if (hasFocus) {
        InflateRect(&rect, -4, -4);
        DrawFocusRect(dc, &rect);
    }
    EndPaint(window, &paint);
}

static LRESULT CALLBACK buttonProcedure(HWND window, UINT message, WPARAM wParam, LPARAM lParam)
{
    Box* box = (Box*)GetWindowLongPtrA(GetParent(window), 0);
    int index = box != NULL ? indexOf(box, window) : -1;
    if (index < 0) return DefWindowProcA(window, message, wParam, lParam);
    switch (message) {
    case WM_PAINT: paintButton(box, window); return 0;
    case WM_ERASEBKGND: return 1;
    case WM_GETDLGCODE: return DLGC_BUTTON | (index == box->focus ? DLGC_DEFPUSHBUTTON : DLGC_UNDEFPUSHBUTTON);
    case WM_SETFOCUS:
    case WM_KILLFOCUS:
        if (message == WM_SETFOCUS) {
            int before = box->focus;
            box->focus = index;
            InvalidateRect(box->buttons[before], NULL, FALSE);
        }
        InvalidateRect(window, NULL, FALSE);
        return 0;
    case WM_SETTEXT: {
        LRESULT result = DefWindowProcA(window, message, wParam, lParam);
        InvalidateRect(window, NULL, FALSE);
        return result;
    }
    case WM_LBUTTONDOWN:
    case WM_LBUTTONDBLCLK:
        SetFocus(window);
        SetCapture(window);
        press(box, index);
        return 0;
    case WM_MOUSEMOVE:
        if (GetCapture() == window) {
            RECT rect;
            POINT point = { (SHORT)LOWORD(lParam), (SHORT)HIWORD(lParam) };
            GetClientRect(window, &rect);
            press(box, PtInRect(&rect, point) ? index : -1);
        }
        return 0;
    case WM_LBUTTONUP: {
        bool isChosen = box->pressed == index && GetCapture() == window;
        if (GetCapture() == window) ReleaseCapture();
        press(box, -1);
        if (isChosen) choose(box, index);
        return 0;
    }
    case WM_CAPTURECHANGED: press(box, -1); return 0;
    default: return DefWindowProcA(window, message, wParam, lParam);
    }
}

/* -- The box ----------------------------------------------------------------------------------- */

/* A letter within a disc or a triangle. */
static void drawIcon(HDC dc, UINT kind, int x, int y)
{
    static const struct {
        COLORREF fill, ink;
        const char* letter;
    } looks[] = {
        [MB_ICONHAND >> 4] = { RGB(200, 30, 30), RGB(255, 255, 255), "\xC3\x97" },
        [MB_ICONQUESTION >> 4] = { RGB(0, 90, 180), RGB(255, 255, 255), "?" },
        [MB_ICONEXCLAMATION >> 4] = { RGB(255, 200, 0), RGB(0, 0, 0), "!" },
        [MB_ICONASTERISK >> 4] = { RGB(0, 90, 180), RGB(255, 255, 255), "i" },
    };
    size_t look = kind >> 4;
    if (look == 0 || look >= ARRAYSIZE(looks)) return;
    int state = SaveDC(dc);
    HFONT font = CreateFontA(24, 0, 0, 0, FW_BOLD, FALSE, FALSE, FALSE, DEFAULT_CHARSET, 0, 0, 0, 0, "");
    RECT rect = { x, y, x + ICON_SIZE, y + ICON_SIZE };
    SelectObject(dc, font);
    SelectObject(dc, GetStockObject(NULL_PEN));
    SelectObject(dc, CreateSolidBrush(looks[look].fill));
    if (kind == MB_ICONEXCLAMATION) {
        POINT corners[3] = { { x + ICON_SIZE / 2, y }, { x + ICON_SIZE, y + ICON_SIZE - 2 }, { x, y + ICON_SIZE - 2 } };
        Polygon(dc, corners, 3);
        rect.top += 6;
    } else {
        Ellipse(dc, rect.left, rect.top, rect.right, rect.bottom);
    }
    SetBkMode(dc, TRANSPARENT);
    SetTextColor(dc, looks[look].ink);
    DrawTextA(dc, looks[look].letter, -1, &rect, DT_CENTER | DT_VCENTER | DT_SINGLELINE | DT_NOPREFIX);
    RestoreDC(dc, state);
    DeleteObject(font);
}

static const UINT textFormat = DT_NOPREFIX | DT_WORDBREAK | DT_EXPANDTABS;

static void paintBox(const Box* box)
{
    PAINTSTRUCT paint;
    RECT rect = box->textRect;
    HDC dc = BeginPaint(box->window, &paint);
    if (dc == NULL) return;
    if (box->iconic) drawIcon(dc, box->type & MB_ICONMASK, box->icon.x, box->icon.y);
    SelectObject(dc, GetStockObject(DEFAULT_GUI_FONT));
    SetBkMode(dc, TRANSPARENT);
    SetTextColor(dc, GetSysColor(COLOR_WINDOWTEXT));
    DrawTextA(dc, box->text, -1, &rect, textFormat | ((box->type & MB_RIGHT) != 0 ? DT_RIGHT : 0));
    EndPaint(box->window, &paint);
}

static LRESULT CALLBACK boxProcedure(HWND window, UINT message, WPARAM wParam, LPARAM lParam)
{
    Box* box = (Box*)GetWindowLongPtrA(window, 0);
    if (box == NULL) return DefWindowProcA(window, message, wParam, lParam);
    switch (message) {
    case WM_PAINT: paintBox(box); return 0;
    case WM_COMMAND:
        /* Esc, and who sends it, may ask for a cancel where the button is an OK. */
        for (int i = 0; i < box->count; i++)
            if (GetDlgCtrlID(box->buttons[i]) == LOWORD(wParam)) box->result = LOWORD(wParam);
        if (LOWORD(wParam) == IDCANCEL && box->result == 0) box->result = cancelOf(box);
        return 0;
    case WM_CLOSE:
        if (cancelOf(box) != 0) box->result = cancelOf(box);
        return 0;
    case WM_ACTIVATE:
        /* Back in front, it has the focus where it was. */
        if (LOWORD(wParam) != WA_INACTIVE && HIWORD(wParam) == 0 && box->count > 0) SetFocus(box->buttons[box->focus]);
        return 0;
    case WM_SETFOCUS: SetFocus(box->buttons[box->focus]); return 0;
    case WM_DESTROY:
        box->destroyed = true;
        SetWindowLongPtrA(window, 0, 0);
        return 0;
    default: return DefWindowProcA(window, message, wParam, lParam);
    }
}

static pthread_once_t registered = PTHREAD_ONCE_INIT;

static void registerClasses(void)
{
    WNDCLASSEXA box = {
        .cbSize = sizeof box,
        .lpfnWndProc = boxProcedure,
        .cbWndExtra = sizeof(Box*),
        .hCursor = LoadCursorA(NULL, (LPCSTR)IDC_ARROW),
        .hbrBackground = (HBRUSH)(COLOR_BTNFACE + 1),
        .lpszClassName = BOX_CLASS,
    };
    WNDCLASSEXA button = {
        .cbSize = sizeof button,
        .style = CS_HREDRAW | CS_VREDRAW | CS_DBLCLKS,
        .lpfnWndProc = buttonProcedure,
        .hCursor = LoadCursorA(NULL, (LPCSTR)IDC_ARROW),
        .lpszClassName = BUTTON_CLASS,
    };
    RegisterClassExA(&box);
    RegisterClassExA(&button);
}

/* -- Keys -------------------------------------------------------------------------------------- */

/* The letter that a label underlines, as a capital; 0 if there is none. */
static WCHAR mnemonicOf(HWND button)
{
    WCHAR label[64];
    int length = GetWindowTextW(button, label, ARRAYSIZE(label));
    for (int i = 0; i + 1 < length; i++) {
        if (label[i] != '&') continue;
        if (label[i + 1] != '&') return (WCHAR)towupper((wint_t)label[i + 1]);
        i++;
    }
    return 0;
}

/* Takes a key that the box has a use for. */
static bool takeKey(Box* box, const MSG* msg)
{
    /* The arrows go on from the button that the key was for, and Space presses it. */
    int at = indexOf(box, msg->hwnd) >= 0 ? indexOf(box, msg->hwnd) : box->focus;
    switch (msg->message) {
    case WM_KEYDOWN:
        switch (msg->wParam) {
        case VK_RETURN: choose(box, box->focus); return true;
        case VK_ESCAPE: SendMessageA(box->window, WM_COMMAND, IDCANCEL, 0); return true;
        case VK_TAB: moveFocus(box, box->focus + (GetKeyState(VK_SHIFT) < 0 ? -1 : 1)); return true;
        case VK_RIGHT:
        case VK_DOWN: moveFocus(box, at + 1); return true;
        case VK_LEFT:
        case VK_UP: moveFocus(box, at - 1); return true;
        case VK_SPACE: press(box, at); return true;
        default: return false;
        }
    case WM_KEYUP:
        if (msg->wParam != VK_SPACE) return false;
        if (box->pressed >= 0) {
            int index = box->pressed;
            press(box, -1);
            choose(box, index);
        }
        return true;
    case WM_CHAR:
    case WM_SYSCHAR: {
        WCHAR key = (WCHAR)towupper((wint_t)(WCHAR)msg->wParam);
        for (int i = 0; i < box->count; i++) {
            if (key == 0 || mnemonicOf(box->buttons[i]) != key) continue;
            choose(box, i);
            return true;
        }
        return msg->message == WM_CHAR;
    }
    default: return false;
    }
}

static void runLoop(Box* box)
{
    MSG msg;
    while (box->result == 0 && !box->destroyed) {
        BOOL got = GetMessageW(&msg, NULL, 0, 0);
        if (got <= 0) {
            /* The loop around this one is to end too. Windows says that OK was chosen. */
            if (got == 0) PostQuitMessage((int)msg.wParam);
            box->result = IDOK;
            return;
        }
        if (CallMsgFilterW(&msg, MSGF_DIALOGBOX)) continue;
        if ((msg.hwnd == box->window || IsChild(box->window, msg.hwnd)) && takeKey(box, &msg)) continue;
        TranslateMessage(&msg);
        DispatchMessageW(&msg);
    }
}

/* -- Its place --------------------------------------------------------------------------------- */

/* Finds where everything is; returns the size of the client area. */
static SIZE layOut(Box* box, int widths[BUTTONS_MAX])
{
    HDC dc = CreateCompatibleDC(NULL);
    SelectObject(dc, GetStockObject(DEFAULT_GUI_FONT));
    const Choice* row = choices[box->type & MB_TYPEMASK];
    int buttons = -GAP;
    for (int i = 0; i < box->count; i++) {
        RECT label = { 0, 0, 0, 0 };
        DrawTextA(dc, row[i].label, -1, &label, DT_CALCRECT | DT_SINGLELINE);
        widths[i] = max(BUTTON_WIDTH, label.right + 2 * GAP);
        buttons += widths[i] + GAP;
    }
    int iconWidth = box->iconic ? ICON_SIZE + MARGIN : 0;
    int widest = GetSystemMetrics(SM_CXSCREEN) * 5 / 8 - 2 * MARGIN - iconWidth;
    RECT text = { 0, 0, max(widest, 100), 0 };
    DrawTextA(dc, box->text, -1, &text, DT_CALCRECT | textFormat);
    DeleteDC(dc);
    int inner = max(max((int)text.right + iconWidth, buttons), 2 * BUTTON_WIDTH);
    int height = max((int)text.bottom, box->iconic ? ICON_SIZE : 0);
    box->icon = (POINT){ MARGIN, MARGIN + (height - ICON_SIZE) / 2 };
    OffsetRect(&text, MARGIN + iconWidth, MARGIN + (height - text.bottom) / 2);
    if ((box->type & MB_RIGHT) != 0) text.right = MARGIN + inner;
    box->textRect = text;
    return (SIZE){ inner + 2 * MARGIN, height + 3 * MARGIN + BUTTON_HEIGHT };
}

static bool createButtons(Box* box, SIZE size, const int widths[BUTTONS_MAX])
{
    const Choice* row = choices[box->type & MB_TYPEMASK];
    int x = size.cx + GAP;
    for (int i = 0; i < box->count; i++) x -= widths[i] + GAP;
    x /= 2;
    for (int i = 0; i < box->count; i++) {
        box->buttons[i] = CreateWindowExA(0, BUTTON_CLASS, row[i].label, WS_CHILD | WS_VISIBLE | WS_TABSTOP, x,
                                          size.cy - MARGIN - BUTTON_HEIGHT, widths[i], BUTTON_HEIGHT, box->window,
                                          (HMENU)(INT_PTR)row[i].id, NULL, NULL);
        if (box->buttons[i] == NULL) return false;
        x += widths[i] + GAP;
    }
    return true;
}

/* Over the middle of its owner, and within the screen. */
static POINT placeOf(HWND owner, SIZE size)
{
    int width = GetSystemMetrics(SM_CXSCREEN), height = GetSystemMetrics(SM_CYSCREEN);
    RECT rect = { 0, 0, width, height };
    if (owner != NULL && IsWindowVisible(owner)) GetWindowRect(owner, &rect);
    int x = (rect.left + rect.right - size.cx) / 2, y = (rect.top + rect.bottom - size.cy) / 2;
    return (POINT){ max(min(x, width - (int)size.cx), 0), max(min(y, height - (int)size.cy), 0) };
}

/* -- Who has to wait --------------------------------------------------------------------------- */

/* The windows that are disabled meanwhile. */
typedef struct {
    HWND* windows;
    size_t count, capacity;
} Waiting;

static void disable(Waiting* waiting, HWND window)
{
    if (!IsWindowEnabled(window) || !IsWindowVisible(window)) return;
    if (waiting->count == waiting->capacity) {
        size_t capacity = waiting->capacity * 2 + 1;
        HWND* windows = realloc(waiting->windows, capacity * sizeof *windows);
        if (windows == NULL) return;
        waiting->windows = windows;
        waiting->capacity = capacity;
    }
    waiting->windows[waiting->count++] = window;
    EnableWindow(window, FALSE);
}

static BOOL CALLBACK disableOne(HWND window, LPARAM waiting)
{
    disable((Waiting*)waiting, window);
    return TRUE;
}

static void enableAll(Waiting* waiting)
{
    for (size_t i = 0; i < waiting->count; i++) EnableWindow(waiting->windows[i], TRUE);
    free(waiting->windows);
}

/* -- The functions ----------------------------------------------------------------------------- */

static int run(Box* box, HWND owner, const char* caption)
{
    int widths[BUTTONS_MAX];
    SIZE size = layOut(box, widths);
    POINT place = placeOf(owner, size);
    DWORD exStyle = WS_EX_DLGMODALFRAME | ((box->type & (MB_TOPMOST | MB_SYSTEMMODAL)) != 0 ? WS_EX_TOPMOST : 0);
    box->window = CreateWindowExA(exStyle, BOX_CLASS, caption, WS_POPUP | WS_CAPTION | WS_SYSMENU, place.x, place.y,
                                  size.cx, size.cy, owner, NULL, NULL, NULL);
    if (box->window == NULL) return 0;
    SetWindowLongPtrA(box->window, 0, (LONG_PTR)box);
    if (!createButtons(box, size, widths)) {
        DWORD error = GetLastError();
        DestroyWindow(box->window);
        failWith(error);
        return 0;
    }
    Waiting waiting = { NULL, 0, 0 };
    if (owner != NULL) disable(&waiting, owner);
    else if ((box->type & MB_TASKMODAL) != 0) EnumThreadWindows(GetCurrentThreadId(), disableOne, (LPARAM)&waiting);
    ShowWindow(box->window, SW_SHOW);
    SetFocus(box->buttons[box->focus]);
    UpdateWindow(box->window);
    /* A drag of somebody's would keep the mouse from the box. */
    HWND captor = GetCapture();
    if (captor != NULL) SendMessageA(captor, WM_CANCELMODE, 0, 0);
    if ((box->type & MB_SETFOREGROUND) != 0) SetForegroundWindow(box->window);
    runLoop(box);
    /* Before the box goes, so that its owner is the next one in front. */
    enableAll(&waiting);
    if (!box->destroyed) DestroyWindow(box->window);
    return box->result;
}

static int messageBox(HWND owner, const char* text, const char* caption, UINT type)
{
    if ((type & MB_TYPEMASK) >= ARRAYSIZE(choices)) return failWith(ERROR_INVALID_MSGBOX_STYLE);
    if (owner != NULL && !IsWindow(owner)) return failWith(ERROR_INVALID_WINDOW_HANDLE);
    pthread_once(&registered, registerClasses);
    Box box = { .text = text != NULL ? text : "", .type = type, .pressed = -1 };
    while (choices[type & MB_TYPEMASK][box.count].label != NULL) box.count++;
    box.focus = (int)((type & MB_DEFMASK) >> 8);
    if (box.focus >= box.count) box.focus = 0;
    UINT icon = (type & MB_ICONMASK) >> 4;
    box.iconic = icon >= 1 && icon <= 4;
    return run(&box, owner != NULL ? GetAncestor(owner, GA_ROOT) : NULL, caption != NULL ? caption : "Error");
}

int MessageBoxA(HWND owner, LPCSTR text, LPCSTR caption, UINT type)
{
    return messageBox(owner, text, caption, type);
}

int MessageBoxW(HWND owner, LPCWSTR text, LPCWSTR caption, UINT type)
{
    size_t size;
    char* narrow = text != NULL ? narrowText(text, -1, &size, NULL) : NULL;
    char* narrowCaption = caption != NULL ? narrowText(caption, -1, &size, NULL) : NULL;
    int result = 0;
    if ((text == NULL || narrow != NULL) && (caption == NULL || narrowCaption != NULL))
        result = messageBox(owner, narrow, narrowCaption, type);
    free(narrow);
    free(narrowCaption);
    return result;
}

int MessageBoxExA(HWND owner, LPCSTR text, LPCSTR caption, UINT type, WORD language)
{
    (void)language;
    return MessageBoxA(owner, text, caption, type);
}

int MessageBoxExW(HWND owner, LPCWSTR text, LPCWSTR caption, UINT type, WORD language)
{
    (void)language;
    return MessageBoxW(owner, text, caption, type);
}

BOOL MessageBeep(UINT type)
{
    (void)type;
    return TRUE;
}
