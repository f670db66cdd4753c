/* A line of text to write in: a caret, a selection by keys and mouse, dead keys and compose, cut and paste
 * within the program. The field is a window in a window.
 *
 *     cc *.c $(pkg-config --cflags --libs rat cairo) -o text-field && ./text-field [--trace FILE]
 *
 * --trace writes to a file what the field shows, with | for the caret, or [ ] around what is selected. Escape or
 * the close button ends it. If the display is lost it says so, and ends with status 3.
 */
#include "clipboard.h"
#include "view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLINK = 1, BLINK_MS = 530, EXIT_DISPLAY_LOST = 3 };

static Text text;
static Look look;
static unsigned highHalf; /* of a character that comes in two */
static bool isSelecting;  /* by the mouse */
static RatWindow field;
static FILE* trace;
static int exitCode;

static void tell(void)
{
    size_t from;
    const size_t count = textSelection(&text, &from), after = text.length - from - count;
    const char* bytes = text.bytes ? text.bytes : "";
    if (!trace) return;
    if (count == 0)
        fprintf(trace, "text %.*s|%.*s\n", (int)from, bytes, (int)after, bytes + from);
    else
        fprintf(trace, "text %.*s[%.*s]%.*s\n", (int)from, bytes, (int)count, bytes + from, (int)after,
                bytes + from + count);
    if (look.pending[0]) fprintf(trace, "pending %s\n", look.pending);
    fflush(trace);
}

/* The text, the selection or the caret is another: the caret is seen at once, wherever it was in its blinking. */
static void change(void)
{
    RatRect area;
    if (RatGetClientRect(field, &area) == RAT_IPC_OK) viewFollow(&text, &look, area.right);
    look.showsCaret = look.hasFocus;
    if (look.hasFocus) RatSetTimer(field, BLINK, BLINK_MS, NULL, NULL);
    RatInvalidateRect(field, NULL, false);
    RatWindow form;
    if (RatGetParent(field, &form) == RAT_IPC_OK) RatInvalidateRect(form, NULL, false);
    tell();
}

/* -- Keys ---------------------------------------------------------------------------------------- */

static void copy(void)
{
    size_t from;
    const size_t count = textSelection(&text, &from);
    if (count > 0) clipboardSet(field, text.bytes + from, count);
}

static void paste(void)
{
    char* copied = clipboardGet(field);
    if (!copied) return;
    /* One line: what would begin another is left out. */
    textInsert(&text, copied, strcspn(copied, "\r\n"));
    free(copied);
}

/* Whether the key is one of ours. */
static bool pressKey(uintptr_t key)
{
    const bool hasShift = RatGetKeyState(RAT_VK_SHIFT) < 0;
    const bool hasControl = RatGetKeyState(RAT_VK_CONTROL) < 0;
    const Step step = hasControl ? STEP_WORD : STEP_CHARACTER;
    switch (key) {
    case RAT_VK_LEFT: textMove(&text, step, -1, hasShift); break;
    case RAT_VK_RIGHT: textMove(&text, step, 1, hasShift); break;
    case RAT_VK_HOME: textMove(&text, STEP_ALL, -1, hasShift); break;
    case RAT_VK_END: textMove(&text, STEP_ALL, 1, hasShift); break;
    case RAT_VK_DELETE: textErase(&text, step, 1); break;
    case 'A':
        if (!hasControl) return false;
        textPut(&text, 0, false);
        textPut(&text, text.length, true);
        break;
    case 'C':
    case 'X':
        if (!hasControl) return false;
        copy();
        if (key == 'X' && text.caret != text.anchor) textErase(&text, STEP_CHARACTER, 1);
        break;
    case 'V':
        if (!hasControl) return false;
        paste();
        break;
    default: return false;
    }
    return true;
}

/* A UTF-16 unit was typed; Control and a letter are one as well. */
static void typeUnit(unsigned unit)
{
    char bytes[4];
    look.pending[0] = 0;
    if (unit >= 0xD800 && unit < 0xDC00) {
        highHalf = unit;
        return;
    }
    if (unit >= 0xDC00 && unit < 0xE000) unit = 0x10000 + ((highHalf & 0x3FF) << 10) + (unit & 0x3FF);
    if (unit == '\b')
        textErase(&text, STEP_CHARACTER, -1);
    else if (unit == 0x7F) /* Control+Backspace */
        textErase(&text, STEP_WORD, -1);
    else if (unit >= ' ')
        textInsert(&text, bytes, textEncode(unit, bytes));
    else
        return;
    change();
}

/* -- The windows --------------------------------------------------------------------------------- */

static void paint(RatWindow window)
{
    RatPaint area;
    if (RatBeginPaint(window, &area) != RAT_IPC_OK) return;
    if (window == field)
        viewField(&area, &text, &look);
    else
        viewForm(&area, &text);
    RatEndPaint(window, &area);
}

static RatResult fieldProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    const int x = (int16_t)(lparam & 0xFFFF);
    RatWindow form;
    switch (message) {
    case RAT_WM_PAINT: paint(window); return 0;
    case RAT_WM_ERASEBKGND: return 1; /* every paint fills everything that it is asked for */
    case RAT_WM_SETFOCUS:
    case RAT_WM_KILLFOCUS:
        look.hasFocus = message == RAT_WM_SETFOCUS;
        look.pending[0] = 0;
        if (!look.hasFocus) RatKillTimer(window, BLINK);
        change();
        return 0;
    case RAT_WM_TIMER:
        look.showsCaret = !look.showsCaret;
        RatInvalidateRect(window, NULL, false);
        return 0;
    case RAT_WM_KEYDOWN:
        if (pressKey(wparam)) change();
        return 0;
    case RAT_WM_CHAR:
        if (wparam == 0x1B && RatGetParent(window, &form) == RAT_IPC_OK) /* Escape */
            RatDestroyWindow(form);
        else
            typeUnit((unsigned)wparam);
        return 0;
    case RAT_WM_DEADCHAR:
        look.pending[textEncode((unsigned)wparam, look.pending)] = 0;
        change();
        return 0;
    case RAT_WM_LBUTTONDOWN:
        RatSetFocus(window);
        RatSetCapture(window, NULL);
        isSelecting = true;
        textPut(&text, viewPlaceAt(&text, &look, x), (wparam & RAT_MK_SHIFT) != 0);
        change();
        return 0;
    case RAT_WM_LBUTTONDBLCLK:
        textSelectWord(&text, viewPlaceAt(&text, &look, x));
        change();
        return 0;
    case RAT_WM_MOUSEMOVE:
        if (isSelecting) {
            textPut(&text, viewPlaceAt(&text, &look, x), true);
            change();
        }
        return 0;
    case RAT_WM_LBUTTONUP: RatReleaseCapture(); return 0;
    case RAT_WM_CAPTURECHANGED: isSelecting = false; return 0;
    }
    return RatDefWindowProc(window, message, wparam, lparam);
}

static RatResult formProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    const int width = (int)(lparam & 0xFFFF);
    switch (message) {
    case RAT_WM_CREATE: {
        RatRect area;
        RatStatus status = RatGetClientRect(window, &area);
        if (status == RAT_IPC_OK)
            status = RatCreateWindow(0, "Field", "", RAT_WS_CHILD | RAT_WS_VISIBLE, MARGIN, FIELD_TOP,
                                     area.right - 2 * MARGIN, FIELD_HEIGHT, window, NULL, &field);
        return status == RAT_IPC_OK ? 0 : -1; /* -1 refuses the form as well */
    }
    case RAT_WM_SIZE:
        RatMoveWindow(field, MARGIN, FIELD_TOP, width > 3 * MARGIN ? width - 2 * MARGIN : MARGIN,
                      FIELD_HEIGHT);
        return 0;
    case RAT_WM_SETFOCUS: RatSetFocus(field); return 0;
    case RAT_WM_PAINT: paint(window); return 0;
    case RAT_WM_ERASEBKGND: return 1;
    case RAT_WM_DISPLAYLOST:
        fprintf(stderr, "display lost: %s\n", RatStatusName((RatStatus)wparam));
        exitCode = EXIT_DISPLAY_LOST;
        RatDestroyWindow(window);
        return 0;
    case RAT_WM_DESTROY: RatPostQuitMessage(exitCode); return 0;
    }
    return RatDefWindowProc(window, message, wparam, lparam);
}

static RatStatus makeWindows(RatWindow* window)
{
    RatWindowClass form = {.size = sizeof form,
                           .style = RAT_CS_HREDRAW | RAT_CS_VREDRAW,
                           .proc = formProc,
                           .name = "Form",
                           .background = 0xFFF1EEE6, /* what is new has it until it is painted */
                           .cursor = RAT_CURSOR_ARROW};
    RatWindowClass edit = {.size = sizeof edit,
                           .style = RAT_CS_DBLCLKS | RAT_CS_HREDRAW,
                           .proc = fieldProc,
                           .name = "Field",
                           .cursor = RAT_CURSOR_IBEAM};
    RatStatus status = RatRegisterClass(&form, NULL);
    if (status == RAT_IPC_OK) status = RatRegisterClass(&edit, NULL);
    if (status != RAT_IPC_OK) return status;
    return RatCreateWindow(0, "Form", "Rat takes text",
                           RAT_WS_OVERLAPPEDWINDOW | RAT_WS_CLIPCHILDREN | RAT_WS_VISIBLE,
                           RAT_CW_USEDEFAULT, 0, 680, 220, RAT_INVALID_HANDLE, NULL, window);
}

int main(int argc, char** argv)
{
    if (argc == 3 && strcmp(argv[1], "--trace") == 0) {
        trace = fopen(argv[2], "w");
        if (!trace) return perror(argv[2]), 1;
    } else if (argc != 1) {
        return fprintf(stderr, "usage: text-field [--trace FILE]\n"), 2;
    }
    RatWindow window;
    RatMessageQueue queue;
    RatMessage msg;
    RatStatus status = makeWindows(&window);
    if (status == RAT_IPC_OK) status = RatGetThreadMessageQueue(&queue);
    if (status != RAT_IPC_OK)
        return fprintf(stderr, "text-field: %s: %s\n", RatStatusName(status), RatStatusMessage(status)), 1;
    while ((status = RatGetMessage(queue, &msg, -1)) == RAT_IPC_OK) {
        RatTranslateMessage(&msg); /* makes characters of keys */
        RatDispatchMessage(&msg);
    }
    free(text.bytes);
    if (trace) fclose(trace);
    return status == RAT_IPC_QUIT ? (int)msg.header.wparam : 1;
}
