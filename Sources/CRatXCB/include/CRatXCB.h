/* Re-exports xcb and xkbcommon, and wraps what Swift cannot name. No logic.
 * Without RAT_X11 it is empty, so that the package builds where there is no X library. */
#ifndef C_RAT_XCB_H
#define C_RAT_XCB_H

#ifdef RAT_X11
#endif

#endif /* C_RAT_XCB_H */
