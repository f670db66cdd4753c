/* A person at the keyboard and the mouse, for windows under test: a second X client that injects
 * real input with the XTEST extension and looks at the result. Knows nothing of Rat.
 *
 * Every function returns when the server has done what it asks for, and ends the program with a
 * sentence where that cannot be. Nothing sleeps: what is waited for is an event of the server, with
 * a deadline that only a failure reaches. */
#ifndef PLAYER_H
#define PLAYER_H

#include <stdbool.h>
#include <xcb/xcb.h>

enum { DEADLINE_MS = 10000 };

typedef struct {
    xcb_connection_t* connection;
    xcb_screen_t* screen;
    xcb_window_t window; /* the one that was found last */
} Player;

/* Prints a sentence and ends the program with status 1. */
_Noreturn void fail(const char* format, ...);

void playerOpen(Player* player);

/* Finds the window of that title, once it is on the screen. */
void playerFind(Player* player, const char* title);

/* What a window manager does: gives it the keyboard, sizes it, asks it to close, asks whether it is
 * alive (and so waits until it has read all that was sent before). */
void playerFocus(Player* player);
void playerResize(Player* player, unsigned width, unsigned height);
void playerClose(Player* player);
void playerPing(Player* player);

/* Returns when the window is gone. */
void playerAwaitEnd(Player* player);

/* Moves the pointer to a place in the window. */
void playerMove(Player* player, int x, int y);
void playerButton(Player* player, int button, bool press);

/* Presses or releases the key of a symbol, such as 'a' or 0xFF0D. Shift is pressed along where the
 * symbol needs it. */
void playerKey(Player* player, uint32_t symbol, bool press);

/* Returns when the window shows a colour at a place. */
void playerAwaitPixel(Player* player, int x, int y, uint32_t colour);

/* Returns when a window manager is at work. */
void playerAwaitManager(Player* player);

/* Writes what the drawable shows to a PNG file. */
void playerScreenshot(Player* player, xcb_drawable_t drawable, const char* path);

#endif /* PLAYER_H */
