/** @file ratlook.h
 *  How a display shows a top-level window, beside its place and state: icons, and covering the screen.
 *
 *  A window manager takes a window with an owner for a dialog, one with RAT_WS_EX_TOOLWINDOW for a palette.
 *  What has no frame (RAT_WS_POPUP without RAT_WS_CAPTION) and is a tool or has RAT_WS_EX_NOACTIVATE is a menu or a
 *  hint: it is not managed at all. RAT_WS_EX_TOPMOST keeps a window above others, RAT_WS_EX_NOACTIVATE
 *  keeps the keyboard from it.
 */
#ifndef RATLOOK_H
#define RATLOOK_H

#include "ratgui.h"

#ifdef __cplusplus
extern "C" {
#endif

/** @name Messages that tell of the screen, sent to each top-level window */
#define RAT_WM_SETTINGCHANGE 0x001A /**< wparam 0x2F: another part of the screen is free for windows;
                                         0x20: other presses make a double click. */
#define RAT_WM_INPUTLANGCHANGE 0x0051 /**< Only to that of the focus. wparam: the character set of fonts;
                                           lparam: the layout, its language in the lower half. */
#define RAT_WM_DISPLAYCHANGE 0x007E /**< lparam: its width and height now; wparam: bits of a pixel. */
#define RAT_WM_DPICHANGED 0x02E0    /**< Both halves of wparam: dots an inch; lparam points to a RatRect, where
                                         the window would be as large as before to a person. */

/** A picture of a window, for lists of windows and frames. */
typedef struct {
    uint32_t width;         /**< In pixels, 1 to 1,024. */
    uint32_t height;        /**< Likewise. */
    const uint32_t* pixels; /**< 0xAARRGGBB, row by row; colours are not multiplied by alpha. */
} RatIcon;

/** Sets the pictures of a window, which the display takes the best of for each use.
 *
 *  @param window  A top-level window.
 *  @param icons   In any order; copied. NULL when count is 0.
 *  @param count   How many, 0 to 16. 0 leaves it to the display.
 *  @retval RAT_IPC_OK                  They are set.
 *  @retval RAT_IPC_ERR_INVALID_ARG     icons or pixels is NULL, count or a size is out of range, or window is no
 *                                      top-level window.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED   Its display is lost.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   Together they are more than the display takes.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 WM_SETICON with handles, one for each of two sizes; here it keeps a number and shows nothing.
 *  @since 0.1
 *  @see RatSetWindowText
 */
RatStatus RatSetWindowIcons(RatWindow window, const RatIcon* icons, uint32_t count);

/** Asks the display to let a window cover the screen, without a frame, or to end that.
 *
 *  The display may refuse. When it has done it, RatIsWindowFullscreen() says so, and the window gets
 *  RAT_WM_SIZE; ending it gives back the size of before. A hidden window does so when it is shown. A person may
 *  do the same by the window manager.
 *
 *  @param window        A top-level window.
 *  @param isFullscreen  Whether it is to cover the screen.
 *  @retval RAT_IPC_OK                  Asked.
 *  @retval RAT_IPC_ERR_INVALID_ARG     window is no top-level window.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED   Its display is lost.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 None known; there programs take the frame off and resize, which a window manager may not allow.
 *  @since 0.1
 *  @see RatIsWindowFullscreen
 */
RatStatus RatSetWindowFullscreen(RatWindow window, bool isFullscreen);

/** Tells whether the display lets a window cover the screen, as it said last.
 *
 *  @param      window           A top-level window.
 *  @param[out] outIsFullscreen  Receives it.
 *  @retval RAT_IPC_OK                  There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outIsFullscreen is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 None known.
 *  @since 0.1
 *  @see RatSetWindowFullscreen
 */
RatStatus RatIsWindowFullscreen(RatWindow window, bool* outIsFullscreen);

/** Tells how many dots an inch has for what a window draws.
 *
 *  96 where nobody says otherwise; a person with a fine screen has more. It is one number for all screens,
 *  as people set it for X programs (Xft.dpi). RAT_WM_DPICHANGED tells of another.
 *
 *  @param      window  A window.
 *  @param[out] outDpi  Receives it.
 *  @retval RAT_IPC_OK                  There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outDpi is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 GetDpiForWindow; the same for all screens.
 *  @since 0.1
 *  @see RatGetScreenSize
 */
RatStatus RatGetWindowDpi(RatWindow window, uint32_t* outDpi);

#ifdef __cplusplus
}
#endif

#endif /* RATLOOK_H */
