#define _GNU_SOURCE
#include "journal.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

const char* const kindNames[KINDS] = {"keys",   "text",   "mouse",  "wheel",
                                      "timer",  "posted", "window", "paint"};

/* Every message that has a name, and what kind it is. */
static const struct {
    uint32_t message;
    Kind kind;
    const char* name;
} known[] = {
#define MESSAGE(name, kind) {RAT_##name, KIND_##kind, #name}
    MESSAGE(WM_CREATE, WINDOW),      MESSAGE(WM_DESTROY, WINDOW),
    MESSAGE(WM_MOVE, WINDOW),        MESSAGE(WM_SIZE, WINDOW),
    MESSAGE(WM_ACTIVATE, WINDOW),    MESSAGE(WM_SETFOCUS, WINDOW),
    MESSAGE(WM_KILLFOCUS, WINDOW),   MESSAGE(WM_PAINT, PAINT),
    MESSAGE(WM_CLOSE, WINDOW),       MESSAGE(WM_ERASEBKGND, PAINT),
    MESSAGE(WM_SHOWWINDOW, WINDOW),  MESSAGE(WM_ACTIVATEAPP, WINDOW),
    MESSAGE(WM_NCCREATE, WINDOW),    MESSAGE(WM_NCDESTROY, WINDOW),
    MESSAGE(WM_NCCALCSIZE, WINDOW),  MESSAGE(WM_NCACTIVATE, WINDOW),
    MESSAGE(WM_KEYDOWN, KEY),        MESSAGE(WM_KEYUP, KEY),
    MESSAGE(WM_CHAR, TEXT),          MESSAGE(WM_DEADCHAR, TEXT),
    MESSAGE(WM_SYSKEYDOWN, KEY),     MESSAGE(WM_SYSKEYUP, KEY),
    MESSAGE(WM_SYSCHAR, TEXT),       MESSAGE(WM_SYSDEADCHAR, TEXT),
    MESSAGE(WM_SYSCOMMAND, WINDOW),  MESSAGE(WM_TIMER, TIMER),
    MESSAGE(WM_MOUSEMOVE, MOUSE),    MESSAGE(WM_LBUTTONDOWN, MOUSE),
    MESSAGE(WM_LBUTTONUP, MOUSE),    MESSAGE(WM_LBUTTONDBLCLK, MOUSE),
    MESSAGE(WM_RBUTTONDOWN, MOUSE),  MESSAGE(WM_RBUTTONUP, MOUSE),
    MESSAGE(WM_RBUTTONDBLCLK, MOUSE), MESSAGE(WM_MBUTTONDOWN, MOUSE),
    MESSAGE(WM_MBUTTONUP, MOUSE),    MESSAGE(WM_MBUTTONDBLCLK, MOUSE),
    MESSAGE(WM_MOUSEWHEEL, WHEEL),   MESSAGE(WM_XBUTTONDOWN, MOUSE),
    MESSAGE(WM_XBUTTONUP, MOUSE),    MESSAGE(WM_XBUTTONDBLCLK, MOUSE),
    MESSAGE(WM_MOUSEHWHEEL, WHEEL),  MESSAGE(WM_DISPLAYLOST, WINDOW),
    MESSAGE(WM_APP, POSTED),
#undef MESSAGE
};

/* Keys that are not named by their own character. */
static const struct {
    uint32_t key;
    const char* name;
} keys[] = {
#define KEY(name) {RAT_VK_##name, #name}
    KEY(BACK),     KEY(TAB),       KEY(RETURN),    KEY(SHIFT),      KEY(CONTROL), KEY(MENU),
    KEY(PAUSE),    KEY(CAPITAL),   KEY(ESCAPE),    KEY(SPACE),      KEY(PRIOR),   KEY(NEXT),
    KEY(END),      KEY(HOME),      KEY(LEFT),      KEY(UP),         KEY(RIGHT),   KEY(DOWN),
    KEY(SNAPSHOT), KEY(INSERT),    KEY(DELETE),    KEY(LWIN),       KEY(RWIN),    KEY(APPS),
    KEY(MULTIPLY), KEY(ADD),       KEY(SUBTRACT),  KEY(DECIMAL),    KEY(DIVIDE),  KEY(NUMLOCK),
    KEY(SCROLL),   KEY(OEM_1),     KEY(OEM_PLUS),  KEY(OEM_COMMA),  KEY(OEM_2),   KEY(OEM_3),
    KEY(OEM_MINUS), KEY(OEM_PERIOD), KEY(OEM_4),   KEY(OEM_5),      KEY(OEM_6),   KEY(OEM_7),
    KEY(OEM_102),
#undef KEY
};

static uint64_t clockNow(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* The signed 16-bit halves that Win32 packs into a parameter. */
static int low(uintptr_t word)
{
    return (int16_t)(word & 0xFFFF);
}

static int high(uintptr_t word)
{
    return (int16_t)(word >> 16 & 0xFFFF);
}

static void describeKey(char* text, size_t size, uintptr_t key, intptr_t lparam)
{
    char name[24];
    snprintf(name, sizeof name, "key 0x%02X", (unsigned)key);
    if ((key >= 'A' && key <= 'Z') || (key >= '0' && key <= '9'))
        snprintf(name, sizeof name, "%c", (int)key);
    else if (key >= RAT_VK_F1 && key <= RAT_VK_F24)
        snprintf(name, sizeof name, "F%d", (int)(key - RAT_VK_F1 + 1));
    else if (key >= RAT_VK_NUMPAD0 && key <= RAT_VK_NUMPAD9)
        snprintf(name, sizeof name, "NUMPAD%d", (int)(key - RAT_VK_NUMPAD0));
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (keys[i].key == key) snprintf(name, sizeof name, "%s", keys[i].name);

    bool up = (lparam >> 31 & 1) != 0, held = !up && (lparam >> 30 & 1) != 0;
    snprintf(text, size, "%s%s  scan 0x%02X%s", name, held ? " (held)" : "",
             (unsigned)(lparam >> 16 & 0xFF), lparam >> 24 & 1 ? " extended" : "");
}

/* One UTF-16 unit as UTF-8, or its number where it is no character alone. */
static void describeCharacter(char* text, size_t size, uintptr_t unit)
{
    if (unit < 0x20 || unit == 0x7F || (unit >= 0xD800 && unit <= 0xDFFF))
        snprintf(text, size, "U+%04X", (unsigned)unit);
    else if (unit < 0x80)
        snprintf(text, size, "'%c'", (char)unit);
    else if (unit < 0x800)
        snprintf(text, size, "'%c%c'", (char)(0xC0 | unit >> 6), (char)(0x80 | (unit & 0x3F)));
    else
        snprintf(text, size, "'%c%c%c'", (char)(0xE0 | unit >> 12),
                 (char)(0x80 | (unit >> 6 & 0x3F)), (char)(0x80 | (unit & 0x3F)));
}

/* Where the pointer is, and what is held down. */
static void describeMouse(char* text, size_t size, uintptr_t wparam, intptr_t lparam)
{
    snprintf(text, size, "at %d,%d%s%s%s%s%s%s%s", low((uintptr_t)lparam), high((uintptr_t)lparam),
             wparam & RAT_MK_LBUTTON ? " left" : "", wparam & RAT_MK_MBUTTON ? " middle" : "",
             wparam & RAT_MK_RBUTTON ? " right" : "", wparam & RAT_MK_XBUTTON1 ? " x1" : "",
             wparam & RAT_MK_XBUTTON2 ? " x2" : "", wparam & RAT_MK_SHIFT ? " Shift" : "",
             wparam & RAT_MK_CONTROL ? " Ctrl" : "");
}

static void describeWindow(char* text, size_t size, uint32_t message, uintptr_t wparam,
                           intptr_t lparam)
{
    static const char* const sizes[] = {"restored", "minimised", "maximised"};
    static const char* const activations[] = {"inactive", "active", "active by a click"};
    switch (message) {
    case RAT_WM_SIZE:
        snprintf(text, size, "%d x %d %s", (int)(lparam & 0xFFFF), (int)(lparam >> 16 & 0xFFFF),
                 wparam < 3 ? sizes[wparam] : "");
        break;
    case RAT_WM_MOVE:
        snprintf(text, size, "to %d,%d", low((uintptr_t)lparam), high((uintptr_t)lparam));
        break;
    case RAT_WM_ACTIVATE:
        snprintf(text, size, "%s", (wparam & 0xFFFF) < 3 ? activations[wparam & 0xFFFF] : "");
        break;
    case RAT_WM_ACTIVATEAPP:
    case RAT_WM_NCACTIVATE:
        snprintf(text, size, "%s", wparam ? "active" : "inactive");
        break;
    case RAT_WM_SHOWWINDOW:
        snprintf(text, size, "%s", wparam ? "shown" : "hidden");
        break;
    case RAT_WM_SYSCOMMAND:
        snprintf(text, size, "%s", wparam == RAT_SC_CLOSE ? "SC_CLOSE" : "");
        break;
    case RAT_WM_DISPLAYLOST:
        snprintf(text, size, "%s", RatStatusName((RatStatus)wparam));
        break;
    }
}

/* A message that this program's worker posted brings a text. */
static void describePosted(char* text, size_t size)
{
    RatMessage msg;
    if (RatGetCurrentMessage(&msg) != RAT_IPC_OK || msg.header.size == 0) return;
    snprintf(text, size, "\"%.*s\"", (int)msg.header.size, (const char*)msg.payload);
}

static void describe(Entry* entry)
{
    char* text = entry->detail;
    const size_t size = sizeof entry->detail;
    switch (entry->kind) {
    case KIND_KEY:
        describeKey(text, size, entry->wparam, entry->lparam);
        break;
    case KIND_TEXT:
        describeCharacter(text, size, entry->wparam);
        break;
    case KIND_MOUSE:
        describeMouse(text, size, entry->wparam, entry->lparam);
        break;
    case KIND_WHEEL:
        snprintf(text, size, "by %+.3g at screen %d,%d",
                 (double)high(entry->wparam) / RAT_WHEEL_DELTA, low((uintptr_t)entry->lparam),
                 high((uintptr_t)entry->lparam));
        break;
    case KIND_TIMER:
        snprintf(text, size, "timer %d", (int)entry->wparam);
        break;
    case KIND_POSTED:
        describePosted(text, size);
        break;
    default:
        describeWindow(text, size, entry->message, entry->wparam, entry->lparam);
    }
}

void journalOpen(Journal* journal, FILE* trace)
{
    memset(journal, 0, sizeof *journal);
    journal->start = clockNow();
    journal->trace = trace;
}

bool journalAdd(Journal* journal, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    Entry entry = {.kind = KIND_WINDOW,
                   .seconds = (double)(clockNow() - journal->start) / 1e9,
                   .message = message,
                   .name = "WM_?",
                   .wparam = wparam,
                   .lparam = lparam,
                   .times = 1};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (known[i].message != message) continue;
        entry.kind = known[i].kind;
        entry.name = known[i].name;
    }
    describe(&entry);
    journal->counts[entry.kind]++;

    if (journal->trace) {
        fprintf(journal->trace, "%s 0x%" PRIxPTR " 0x%" PRIxPTR " %s\n", entry.name, wparam,
                (uintptr_t)lparam, entry.detail);
        fflush(journal->trace); /* whoever follows the file sees each line at once */
    }
    if (entry.kind == KIND_PAINT) return false;

    /* Movement and ticks come in floods: the newest of a row stands for all of it. */
    Entry* newest = &journal->entries[(journal->total + JOURNAL_SIZE - 1) % JOURNAL_SIZE];
    if (journal->total > 0 && newest->message == message &&
        (message == RAT_WM_MOUSEMOVE || message == RAT_WM_TIMER)) {
        entry.times = newest->times + 1;
        *newest = entry;
    } else {
        journal->entries[journal->total++ % JOURNAL_SIZE] = entry;
    }
    return true;
}
