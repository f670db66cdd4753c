/* Re-exports xcb and xkbcommon, and wraps what Swift cannot name. No logic.
 * A macro of this target does not reach Swift's importer, so the header cannot hide behind RAT_X11:
 * the trait keeps Swift from importing it, and anchor.c from including it. */
#ifndef C_RAT_XCB_H
#define C_RAT_XCB_H

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <xcb/xcb.h>
#include <xcb/xkb.h>
#include <xcb/xproto.h>
#include <xkbcommon/xkbcommon-compose.h>
#include <xkbcommon/xkbcommon-x11.h>
#include <xkbcommon/xkbcommon.h>

/* xcb writes with plain writev, so a dead server would kill the process by SIGPIPE. MSG_NOSIGNAL
 * cannot be passed through it; what can be done is to keep the signal from the writing thread. */
static inline int rat_xcb_block_sigpipe(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    return pthread_sigmask(SIG_BLOCK, &set, NULL);
}

/* Swift 6.3 refuses the extension record: its type is incomplete in the headers. */
static inline xcb_extension_t *rat_xcb_xkb_extension(void) { return &xcb_xkb_id; }

#endif /* C_RAT_XCB_H */
