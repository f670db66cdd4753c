/* Plays a script of keyboard and mouse input into a window, as a person would: from a second X
 * client.
 *
 *     cc *.c $(pkg-config --cflags --libs xcb xcb-xtest cairo) -o xplay
 *     ./xplay [--trace FILE] < script
 *
 * A line of the script is a command; blank lines and lines that start with # are for people.
 *
 *     window TITLE               find the window, once it is on the screen
 *     focus                      give it the keyboard, as a window manager does
 *     resize WIDTH HEIGHT        size it, as a window manager does
 *     move X Y                   move the pointer, in the window's coordinates
 *     press N, release N         a button: 1 left, 2 middle, 3 right, 8 and 9 the others
 *     click N                    both
 *     wheel up|down|left|right N notches
 *     key NAME                   press and release: a, Left, F1, Control+a
 *     type TEXT                  every character of the rest of the line
 *     ping                       wait until the window has read all of this
 *     await TEXT                 wait for a line with TEXT in the trace, after the last one found
 *     pixel X Y RRGGBB           wait until the window shows that colour there
 *     managed                    wait until a window manager is at work
 *     screenshot FILE            what the window shows, as PNG
 *     screenshot-root FILE       what the screen shows
 *     close                      ask the window to close
 *     gone                       wait until it is destroyed
 *
 * The trace is a file that the program under test appends lines to.
 */
#define _GNU_SOURCE
#include "player.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

/* X key symbols that are not their own character. */
static const struct {
    const char* name;
    uint32_t symbol;
} keyNames[] = {
    {"BackSpace", 0xFF08}, {"Tab", 0xFF09},    {"Return", 0xFF0D},    {"Escape", 0xFF1B},
    {"Delete", 0xFFFF},    {"Home", 0xFF50},   {"Left", 0xFF51},      {"Up", 0xFF52},
    {"Right", 0xFF53},     {"Down", 0xFF54},   {"Prior", 0xFF55},     {"Next", 0xFF56},
    {"End", 0xFF57},       {"Insert", 0xFF63}, {"Shift", 0xFFE1},     {"Control", 0xFFE3},
    {"Alt", 0xFFE9},       {"space", 0x20},    {"Caps_Lock", 0xFFE5},
    {"Multi_key", 0xFF20}, {"dead_grave", 0xFE50}, {"dead_acute", 0xFE51},
};

static uint32_t findSymbol(const char* name)
{
    if (name[0] && !name[1]) return (unsigned char)name[0];
    int function = 0;
    if (sscanf(name, "F%d", &function) == 1 && function >= 1 && function <= 24)
        return 0xFFBE + (uint32_t)function - 1;
    for (size_t i = 0; i < sizeof keyNames / sizeof keyNames[0]; i++)
        if (strcmp(keyNames[i].name, name) == 0) return keyNames[i].symbol;
    fail("there is no key %s", name);
}

/* Presses from left to right, releases from right to left. */
static void playKeys(Player* player, char* names)
{
    char* plus = names[0] ? strchr(names + 1, '+') : NULL;
    if (plus) *plus = 0;
    uint32_t symbol = findSymbol(names);
    playerKey(player, symbol, true);
    if (plus) playKeys(player, plus + 1);
    playerKey(player, symbol, false);
}

static void playText(Player* player, const char* text)
{
    for (; *text; text++) {
        playerKey(player, (unsigned char)*text, true);
        playerKey(player, (unsigned char)*text, false);
    }
}

static void click(Player* player, int button)
{
    playerButton(player, button, true);
    playerButton(player, button, false);
}

static void playWheel(Player* player, const char* argument)
{
    static const char* const directions[] = {"up", "down", "left", "right"};
    char direction[8];
    int notches = 0;
    if (sscanf(argument, "%7s %d", direction, &notches) != 2) fail("wheel: %s?", argument);
    for (int i = 0; i < 4; i++)
        if (strcmp(direction, directions[i]) == 0)
            while (notches-- > 0) click(player, 4 + i);
}

static void playPixel(Player* player, const char* argument)
{
    int x = 0, y = 0;
    unsigned wanted = 0;
    if (sscanf(argument, "%d %d %x", &x, &y, &wanted) != 3) fail("pixel: %s?", argument);
    playerAwaitPixel(player, x, y, wanted);
}

/* The trace, and the part of a line that has been read. */
typedef struct {
    FILE* file;
    int watch; /* readable when the file has grown */
    char* line;
    size_t length, room;
} Trace;

static void traceOpen(Trace* trace, const char* path)
{
    trace->watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (trace->watch < 0 || inotify_add_watch(trace->watch, path, IN_MODIFY) < 0)
        fail("%s cannot be watched", path);
    trace->file = fopen(path, "r");
    if (!trace->file) fail("%s cannot be read", path);
}

/* Reads on until a whole line contains the text. */
static void traceAwait(Trace* trace, const char* text)
{
    if (!trace->file) fail("await needs --trace");
    for (;;) {
        int byte;
        while ((byte = getc(trace->file)) != EOF) {
            if (trace->length + 1 >= trace->room) {
                trace->room = trace->room * 2 + 256;
                trace->line = realloc(trace->line, trace->room);
                if (!trace->line) fail("no memory");
            }
            trace->line[trace->length++] = (char)byte;
            if (byte != '\n') continue;
            trace->line[trace->length - 1] = 0;
            trace->length = 0;
            if (strstr(trace->line, text)) return;
        }
        clearerr(trace->file);
        struct pollfd grown = {trace->watch, POLLIN, 0};
        if (poll(&grown, 1, DEADLINE_MS) <= 0)
            fail("waited %d s in vain for \"%s\" in the trace", DEADLINE_MS / 1000, text);
        char events[4096];
        while (read(trace->watch, events, sizeof events) > 0) continue;
    }
}

/* Plays one line; the command and its argument are apart. */
static void play(Player* player, Trace* trace, const char* command, char* argument)
{
    int first = 0, second = 0;
    int numbers = sscanf(argument, "%d %d", &first, &second);
    if (strcmp(command, "window") == 0)
        playerFind(player, argument);
    else if (strcmp(command, "await") == 0)
        traceAwait(trace, argument);
    else if (strcmp(command, "managed") == 0)
        playerAwaitManager(player);
    else if (strcmp(command, "screenshot-root") == 0)
        playerScreenshot(player, player->screen->root, argument);
    else if (!player->window)
        fail("%s: of which window?", command);
    else if (strcmp(command, "focus") == 0)
        playerFocus(player);
    else if (strcmp(command, "resize") == 0 && numbers == 2)
        playerResize(player, (unsigned)first, (unsigned)second);
    else if (strcmp(command, "move") == 0 && numbers == 2)
        playerMove(player, first, second);
    else if (strcmp(command, "press") == 0 && numbers == 1)
        playerButton(player, first, true);
    else if (strcmp(command, "release") == 0 && numbers == 1)
        playerButton(player, first, false);
    else if (strcmp(command, "click") == 0 && numbers == 1)
        click(player, first);
    else if (strcmp(command, "wheel") == 0)
        playWheel(player, argument);
    else if (strcmp(command, "key") == 0)
        playKeys(player, argument);
    else if (strcmp(command, "type") == 0)
        playText(player, argument);
    else if (strcmp(command, "ping") == 0)
        playerPing(player);
    else if (strcmp(command, "screenshot") == 0)
        playerScreenshot(player, player->window, argument);
    else if (strcmp(command, "pixel") == 0)
        playPixel(player, argument);
    else if (strcmp(command, "close") == 0)
        playerClose(player);
    else if (strcmp(command, "gone") == 0)
        playerAwaitEnd(player);
    else
        fail("not understood: %s %s", command, argument);
}

int main(int argc, char** argv)
{
    Trace trace = {NULL, -1, NULL, 0, 0};
    if (argc == 3 && strcmp(argv[1], "--trace") == 0)
        traceOpen(&trace, argv[2]);
    else if (argc != 1)
        fail("usage: xplay [--trace FILE] < script");

    Player player;
    playerOpen(&player);
    char line[1024];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        if (!line[0] || line[0] == '#') continue;
        char* argument = line + strcspn(line, " ");
        if (*argument) *argument++ = 0;
        play(&player, &trace, line, argument);
    }
    xcb_disconnect(player.connection);
    return 0;
}
