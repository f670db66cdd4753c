/* A person and a window manager, as a test has them do things. */
#ifndef DESK_H
#define DESK_H

#include "atoms.h"
#include "support.h"

/* Which manager is at work, as RAT_X_MANAGER says. */
bool isManaged(void);
bool isTiling(void);

/* Shows a window with a frame: 200 by 100 at x, y. Nothing of it is under way when this returns. */
RatWindow showWindow(int x, int y);

/* The connection of the person and the other programs. */
xcb_connection_t* desk(void);
xcb_window_t root(void);
xcb_window_t nativeOf(RatWindow window);

/* Returns when all that was asked for by anybody has been done and told. */
void settle(void);

/* The same; what is logged from then on is what comes of what the test does next. */
void forget(void);

/* Sends a client message of five words: to the root, as pagers and taskbars do, or to the window. */
void tell(RatWindow window, const char* type, const uint32_t data[5], bool toRoot);

/* Has the manager maximise a window or end that. */
void maximize(RatWindow window, bool isOn);

/* Has i3 do something to the window with the keyboard. */
void command(const char* text);

/* Clicks at a place of the screen, or in the middle of a window. */
void clickAt(int x, int y);
void click(RatWindow window);

/* Whether a window has an atom in a property. */
bool hasAtom(RatWindow window, const char* property, const char* atom);

/* How often a window was told something. */
int timesTold(RatWindow window, uint32_t message);

/* What it was told last; the test ends if it was not. */
Logged lastTold(RatWindow window, uint32_t message);

/* Which of two windows the server has above. */
bool isAbove(RatWindow window, RatWindow other);

#endif
