/** @file ratx11.h
 *  A window as the X server knows it, for programs that draw on it with xcb, OpenGL or Vulkan themselves.
 *
 *  The connection is the one that Rat reads the thread's events from. A program that shares it
 *  - uses it on the window's thread, and until the thread's display is lost or the thread ends;
 *  - makes requests and waits for their replies as it likes, but never takes events: xcb_wait_for_event(),
 *    xcb_poll_for_event() and xcb_disconnect() are Rat's. Special events (xcb_register_for_special_xge())
 *    are the program's own;
 *  - flushes what is to be seen soon. What it leaves goes out before the thread sleeps in a retrieval;
 *  - leaves to Rat what is Rat's: the window's place, size, state, properties of window managers and event mask.
 *
 *  Who draws for himself paints nothing with Rat there: RatBeginPaint() and RatEndPaint() with nothing
 *  between show the pixels of before, so such a procedure answers RAT_WM_PAINT with
 *  RatValidateRect() and draws. With a connection of its own (Xlib, Vulkan) a program uses
 *  the number of the window there; it exists when this has returned and one reply has been waited for.
 */
#ifndef RATX11_H
#define RATX11_H

#include "ratgui.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A window of an X server. Set size. */
typedef struct {
    uint32_t size;    /**< sizeof(RatNativeWindow). */
    uint32_t window;  /**< xcb_window_t. */
    void* connection; /**< xcb_connection_t*; Rat's, see above. */
    uint32_t root;    /**< xcb_window_t of its screen. */
    uint32_t visual;  /**< xcb_visualid_t. */
    uint32_t depth;
    uint32_t screen;  /**< Which of the server's screens. */
} RatNativeWindow;

/** Tells what a top-level window is called outside of Rat.
 *
 *  Sends what was asked of the server so far. The header says how the connection is shared.
 *
 *  @param window             A top-level window.
 *  @param[in,out] outNative  Set its size; receives the rest.
 *  @retval RAT_IPC_OK                  There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outNative is NULL, its size is unknown, or window is no top-level
 *                                      window.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED   Its display is lost.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   Its display is no X server.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 None known; there an HWND is what others draw on.
 *  @since 0.1
 *  @see RatAttachDisplay
 */
RatStatus RatGetNativeWindow(RatWindow window, RatNativeWindow* outNative);

#ifdef __cplusplus
}
#endif

#endif /* RATX11_H */
