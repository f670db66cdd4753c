/* Re-exports xcb and xkbcommon, and does what Swift cannot. No logic.
 * A macro of this target does not reach Swift's importer, so the header cannot hide behind RAT_X11:
 * the trait keeps Swift from importing it, and anchor.c from including it. */
#ifndef C_RAT_XCB_H
#define C_RAT_XCB_H

#include <linux/memfd.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <xcb/xcb.h>
#include <xcb/xcb_cursor.h>
#include <xcb/xinput.h>
#include <xcb/shm.h>
#include <xcb/sync.h>
#include <xcb/xfixes.h>
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

/* Starts a thread that no signal is delivered to: one that is to be joined, or a detached one where joined is NULL. 0, or
 * an error number. */
static inline int rat_xcb_start_thread(pthread_t* joined, void* (*body)(void*), void* context) {
    sigset_t all, before;
    pthread_attr_t attributes;
    pthread_t detached;
    int error = pthread_attr_init(&attributes);
    if (error != 0) return error;
    if (joined == NULL) pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    error = pthread_create(joined != NULL ? joined : &detached, &attributes, body, context);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    return error;
}

/* What a thread in a poll is woken by, or -1. */
static inline int rat_xcb_make_bell(void) {
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

/* A file in memory, or -1. glibc declares it for GNU programs only. */
static inline int rat_xcb_make_file(void) {
    return (int)syscall(SYS_memfd_create, "rat-pixels", MFD_CLOEXEC);
}

/* The names of extensions have a type that xcb does not tell the inside of, and Swift imports none such. */
static inline const xcb_query_extension_reply_t* rat_xcb_shm_data(xcb_connection_t* connection) {
    return xcb_get_extension_data(connection, &xcb_shm_id);
}
static inline const xcb_query_extension_reply_t* rat_xcb_sync_data(xcb_connection_t* connection) {
    return xcb_get_extension_data(connection, &xcb_sync_id);
}
static inline const xcb_query_extension_reply_t* rat_xcb_xkb_data(xcb_connection_t* connection) {
    return xcb_get_extension_data(connection, &xcb_xkb_id);
}
static inline const xcb_query_extension_reply_t* rat_xcb_input_data(xcb_connection_t* connection) {
    return xcb_get_extension_data(connection, &xcb_input_id);
}
static inline const xcb_query_extension_reply_t* rat_xcb_fixes_data(xcb_connection_t* connection) {
    return xcb_get_extension_data(connection, &xcb_xfixes_id);
}

#endif /* C_RAT_XCB_H */
