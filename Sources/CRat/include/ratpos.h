/** @file ratpos.h
 *  Where windows are, in which state, and what lies at a point.
 */
#ifndef RATPOS_H
#define RATPOS_H

#include "ratgui.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A point. */
typedef struct {
    int32_t x;
    int32_t y;
} RatPoint;

/** Limits of a window's size: lparam of RAT_WM_GETMINMAXINFO points to it. The screen's size is not known:
 *  where it would stand is 32,767. */
typedef struct {
    RatPoint reserved;
    RatPoint maxSize;     /**< Of the maximised window; a child's parent's client area. */
    RatPoint maxPosition; /**< Of the maximised window. */
    RatPoint minTrack;    /**< What a sizeable window has at least. */
    RatPoint maxTrack;    /**< What it has at most. */
} RatMinMaxInfo;

/** Where a window is in its other states. */
typedef struct {
    uint32_t size;     /**< sizeof(RatWindowPlacement). */
    uint32_t flags;    /**< RAT_WPF_RESTORETOMAXIMIZED or 0. */
    int32_t command;   /**< RAT_SW_*; RAT_SW_SHOWNORMAL, RAT_SW_SHOWMINIMIZED or RAT_SW_SHOWMAXIMIZED when
                            asked for, whether or not the window is hidden. */
    RatPoint minPosition; /**< Of a minimised child; -1, -1 leaves it to the library. */
    RatPoint maxPosition; /**< -1, -1: the library's or the display's to say. */
    RatRect normal;       /**< Outer rectangle when it is neither. */
} RatWindowPlacement;

#define RAT_WPF_RESTORETOMAXIMIZED 0x0002u /**< A minimised window is maximised when it is restored. */

/** Names positions that are taken together. 0 names none. */
typedef uint64_t RatDeferredPos;

/** @name What RatChildWindowFromPoint() looks through */
#define RAT_CWP_ALL 0x0000u
#define RAT_CWP_SKIPINVISIBLE 0x0001u
#define RAT_CWP_SKIPDISABLED 0x0002u
#define RAT_CWP_SKIPTRANSPARENT 0x0004u /**< RAT_WS_EX_TRANSPARENT. */

/** @name Results of RAT_WM_NCHITTEST */
#define RAT_HTTRANSPARENT (-1) /**< Look for another window there. */
#define RAT_HTNOWHERE 0
#define RAT_HTCLIENT 1
#define RAT_HTBORDER 18

/** Moves, resizes, restacks, shows or hides a window, in one step.
 *
 *  RAT_WM_WINDOWPOSCHANGING comes first, with what was asked, and may change every part of it; by
 *  default it asks a sizeable window for its limits with RAT_WM_GETMINMAXINFO. RAT_WM_NCCALCSIZE
 *  follows where the size is new, and RAT_WM_WINDOWPOSCHANGED where anything changed. A child that
 *  may be activated gets RAT_WM_CHILDACTIVATE; for a top-level window the display is asked.
 *
 *  Owned windows stay above their owner, and topmost ones above all others; windows that a window
 *  owns come along when it is raised. The display is told what the call orders; a window manager may
 *  place a window otherwise.
 *
 *  @param window       A window.
 *  @param insertAfter  A sibling that comes to lie above it, or RAT_HWND_TOP and its like. A window
 *                      that is no sibling leaves everything as it is.
 *  @param x            Left edge on the screen, a child's in its parent's client area; cut to 16
 *                      signed bits.
 *  @param y            Top edge, likewise.
 *  @param width        Outer width; cut to 0 to 32,767.
 *  @param height       Outer height, likewise.
 *  @param flags        RAT_SWP_*.
 *  @retval RAT_IPC_OK                  Done, or there was nothing to do.
 *  @retval RAT_IPC_ERR_INVALID_ARG     flags has an unknown bit.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window or insertAfter names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED   It is a top-level window, and its display is lost.
 *  @reentrancy Runs the window's procedure.
 *  @threadsafety The window's own thread.
 *  @win32 SetWindowPos; none known.
 *  @since 0.1
 *  @see RatGetWindowRect
 */
RatStatus RatSetWindowPos(RatWindow window, RatWindow insertAfter, int32_t x, int32_t y,
                          int32_t width, int32_t height, uint32_t flags);

/** Begins to collect positions of several windows.
 *
 *  @param count             How many are to be expected, from 0 up; there may be more.
 *  @param[out] outDeferred  Receives their name; RatEndDeferWindowPos() is owed.
 *  @retval RAT_IPC_OK                Collect.
 *  @retval RAT_IPC_ERR_INVALID_ARG   outDeferred is NULL, or count is negative.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  The thread had no queue and none could be made.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; the name is its own.
 *  @win32 BeginDeferWindowPos; none known.
 *  @since 0.1
 *  @see RatEndDeferWindowPos
 */
RatStatus RatBeginDeferWindowPos(int32_t count, RatDeferredPos* outDeferred);

/** Collects a position, for a window of the calling thread.
 *
 *  What was collected for the same window before stays where this says nothing.
 *
 *  @param deferred     From RatBeginDeferWindowPos().
 *  @param window       A window.
 *  @param insertAfter  A sibling that comes to lie above it, or RAT_HWND_TOP and its like. A window
 *                      that is no sibling leaves everything as it is.
 *  @param x            Left edge on the screen, a child's in its parent's client area; cut to 16
 *                      signed bits.
 *  @param y            Top edge, likewise.
 *  @param width        Outer width; cut to 0 to 32,767.
 *  @param height       Outer height, likewise.
 *  @param flags        RAT_SWP_*.
 *  @retval RAT_IPC_OK                  Collected.
 *  @retval RAT_IPC_ERR_INVALID_ARG     flags has an unknown bit.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  deferred is none of the thread, or window names no live
 *                                      window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 DeferWindowPos; the name stays the same.
 *  @since 0.1
 *  @see RatEndDeferWindowPos
 */
RatStatus RatDeferWindowPos(RatDeferredPos deferred, RatWindow window, RatWindow insertAfter,
                            int32_t x, int32_t y, int32_t width, int32_t height, uint32_t flags);

/** Gives the windows the positions that were collected, as RatSetWindowPos() does, one after the
 *  other.
 *
 *  Windows that are gone are left out.
 *
 *  @param deferred  From RatBeginDeferWindowPos(); it names nothing from then on.
 *  @retval RAT_IPC_OK                  Done.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  deferred is none of the thread, or the neighbour that a
 *                                      window was to lie below is gone; the others have their
 *                                      positions.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED   The display of one is lost; the others have their positions.
 *  @reentrancy Runs the windows' procedures.
 *  @threadsafety The thread that began it.
 *  @win32 EndDeferWindowPos; not all at once, as nothing is.
 *  @since 0.1
 *  @see RatBeginDeferWindowPos
 */
RatStatus RatEndDeferWindowPos(RatDeferredPos deferred);

/** Tells where a window is in its other states.
 *
 *  @param window                A window.
 *  @param[in,out] outPlacement  Set its size; receives the rest.
 *  @retval RAT_IPC_OK                  There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outPlacement is NULL, or its size is unknown.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 GetWindowPlacement; on the own thread only so far.
 *  @since 0.1
 *  @see RatSetWindowPlacement
 */
RatStatus RatGetWindowPlacement(RatWindow window, RatWindowPlacement* outPlacement);

/** Says where a window is in its other states, and in which it is to be.
 *
 *  @param window     A window.
 *  @param placement  As from RatGetWindowPlacement().
 *  @retval RAT_IPC_OK                  Done.
 *  @retval RAT_IPC_ERR_INVALID_ARG     placement is NULL, its size, flags or command is unknown, or
 *                                      the rectangle is no size of a window.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED   It is a top-level window, and its display is lost.
 *  @retval RAT_IPC_ERR_CANCELLED       The window was destroyed meanwhile, or a hook refused the new state.
 *  @reentrancy Runs the window's procedure.
 *  @threadsafety The window's own thread.
 *  @win32 SetWindowPlacement; a top-level window maximises where the display has it.
 *  @since 0.1
 *  @see RatGetWindowPlacement
 */
RatStatus RatSetWindowPlacement(RatWindow window, const RatWindowPlacement* placement);

/** Tells whether a window is minimised.
 *
 *  @param window  Any value.
 *  @return True if it lives and has RAT_WS_MINIMIZE.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. What another thread's window is can have changed by the time the
 *                answer arrives.
 *  @win32 IsIconic; none known.
 *  @since 0.1
 *  @see RatShowWindow
 */
bool RatIsIconic(RatWindow window);

/** Tells whether a window is maximised.
 *
 *  @param window  Any value.
 *  @return True if it lives and has RAT_WS_MAXIMIZE.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. What another thread's window is can have changed by the time the
 *                answer arrives.
 *  @win32 IsZoomed; none known.
 *  @since 0.1
 *  @see RatShowWindow
 */
bool RatIsZoomed(RatWindow window);

/** Lets a window have input, or not.
 *
 *  Sends RAT_WM_ENABLE where that changes something. Before disabling it sends RAT_WM_CANCELMODE; a
 *  disabled window loses the focus to none.
 *
 *  @param window               A window.
 *  @param enable               True: it gets keys and the pointer.
 *  @param[out] outWasDisabled  Receives whether it was disabled; may be NULL.
 *  @retval RAT_IPC_OK                  It is so.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @reentrancy Runs the window's procedure.
 *  @threadsafety The window's own thread.
 *  @win32 EnableWindow; none known.
 *  @since 0.1
 *  @see RatIsWindowEnabled
 */
RatStatus RatEnableWindow(RatWindow window, bool enable, bool* outWasDisabled);

/** Tells whether a window gets input, as far as its own style goes.
 *
 *  @param window  Any value.
 *  @return True if it lives and has no RAT_WS_DISABLED.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. What another thread's window is can have changed by the time the
 *                answer arrives.
 *  @win32 IsWindowEnabled; none known.
 *  @since 0.1
 *  @see RatEnableWindow
 */
bool RatIsWindowEnabled(RatWindow window);

/** Turns client coordinates of one window into another's.
 *
 *  @param from            Whose the points are; RAT_INVALID_HANDLE for the screen.
 *  @param to              Whose they become; RAT_INVALID_HANDLE for the screen.
 *  @param[in,out] points  Changed in place. A RatRect is two of them. May be NULL when count is 0.
 *  @param count           How many.
 *  @retval RAT_IPC_OK                  Turned.
 *  @retval RAT_IPC_ERR_INVALID_ARG     points is NULL and count is not 0, or count is above half the address space.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  from or to names no live window.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. What another thread's window is can have changed by the time the
 *                answer arrives.
 *  @win32 MapWindowPoints, without mirrored windows.
 *  @since 0.1
 *  @see RatClientToScreen
 */
RatStatus RatMapWindowPoints(RatWindow from, RatWindow to, RatPoint* points, size_t count);

/** Turns client coordinates into those of the screen.
 *
 *  @param window         A window.
 *  @param[in,out] point  Changed in place.
 *  @retval RAT_IPC_OK                  Turned.
 *  @retval RAT_IPC_ERR_INVALID_ARG     point is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. What another thread's window is can have changed by the time the
 *                answer arrives.
 *  @win32 ClientToScreen; none known.
 *  @since 0.1
 *  @see RatScreenToClient
 */
RatStatus RatClientToScreen(RatWindow window, RatPoint* point);

/** Turns coordinates of the screen into client coordinates.
 *
 *  @param window         A window.
 *  @param[in,out] point  Changed in place.
 *  @retval RAT_IPC_OK                  Turned.
 *  @retval RAT_IPC_ERR_INVALID_ARG     point is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. What another thread's window is can have changed by the time the
 *                answer arrives.
 *  @win32 ScreenToClient; none known.
 *  @since 0.1
 *  @see RatClientToScreen
 */
RatStatus RatScreenToClient(RatWindow window, RatPoint* point);

/** Tells which of the process's windows is seen at a point.
 *
 *  By the z-order that the library knows. Hidden windows are looked through, and disabled children
 *  with all that is in them. Windows of the calling thread are asked with RAT_WM_NCHITTEST: where
 *  they are RAT_HTTRANSPARENT, the next one is looked for.
 *
 *  @param point           On the screen.
 *  @param[out] outWindow  Receives the window, or RAT_INVALID_HANDLE.
 *  @retval RAT_IPC_OK               There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG  outWindow is NULL.
 *  @reentrancy Runs procedures of the calling thread.
 *  @threadsafety Any thread. What another thread's window is can have changed by the time the
 *                answer arrives.
 *  @win32 WindowFromPoint, of this process; other programs' windows that cover it are not known.
 *  @since 0.1
 *  @see RatChildWindowFromPoint
 */
RatStatus RatWindowFromPoint(RatPoint point, RatWindow* outWindow);

/** Tells which child lies at a point of a window.
 *
 *  The topmost that contains it, which may be hidden, disabled or transparent unless the flags
 *  leave such out. What is in the children is not looked at.
 *
 *  @param window          A window.
 *  @param point           Client coordinates.
 *  @param flags           RAT_CWP_*.
 *  @param[out] outWindow  Receives the child, the window itself where no child is, or
 *                         RAT_INVALID_HANDLE outside its client area.
 *  @retval RAT_IPC_OK                  There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outWindow is NULL, or flags has an unknown bit.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. What another thread's window is can have changed by the time the
 *                answer arrives.
 *  @win32 ChildWindowFromPointEx; none known.
 *  @since 0.1
 *  @see RatWindowFromPoint
 */
RatStatus RatChildWindowFromPoint(RatWindow window, RatPoint point, uint32_t flags,
                                  RatWindow* outWindow);

#ifdef __cplusplus
}
#endif
#endif /* RATPOS_H */
