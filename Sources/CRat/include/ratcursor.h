/** @file ratcursor.h
 *  What the pointer looks like.
 *
 *  While the mouse moves over a window, RAT_WM_SETCURSOR asks it for a pointer. By default the parent
 *  is asked first; then a client area shows the cursor of the window's class if that has one, the borders of
 *  a window show how they size it, and everything else is an arrow. A procedure that wants another one
 *  calls RatSetCursor() and returns 1.
 */
#ifndef RATCURSOR_H
#define RATCURSOR_H

#include "ratgui.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What the pointer looks like: RAT_CURSOR_*. */
typedef uint64_t RatCursor;

/** @name Shapes that every display has; the numbers are Win32's IDC_* */
#define RAT_CURSOR_NONE 0        /**< No pointer is seen. */
#define RAT_CURSOR_ARROW 32512
#define RAT_CURSOR_IBEAM 32513   /**< Over text. */
#define RAT_CURSOR_WAIT 32514
#define RAT_CURSOR_CROSS 32515
#define RAT_CURSOR_UPARROW 32516
#define RAT_CURSOR_SIZENWSE 32642
#define RAT_CURSOR_SIZENESW 32643
#define RAT_CURSOR_SIZEWE 32644
#define RAT_CURSOR_SIZENS 32645
#define RAT_CURSOR_SIZEALL 32646
#define RAT_CURSOR_NO 32648
#define RAT_CURSOR_HAND 32649
#define RAT_CURSOR_APPSTARTING 32650
#define RAT_CURSOR_HELP 32651

/** Sets what the pointer looks like over the calling thread's windows.
 *
 *  It is seen at once if the pointer is over one of them, and holds until somebody sets another one; the
 *  next move of the mouse asks RAT_WM_SETCURSOR, unless a window has captured the mouse. A thread begins
 *  with an arrow.
 *
 *  @param      cursor       RAT_CURSOR_*.
 *  @param[out] outPrevious  Receives what it was; may be NULL.
 *  @retval RAT_IPC_OK                Set.
 *  @retval RAT_IPC_ERR_INVALID_ARG   cursor is none of these.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No memory is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread, for itself.
 *  @win32 SetCursor; joined threads have one each.
 *  @since 0.1
 *  @see RatGetCursor
 */
RatStatus RatSetCursor(RatCursor cursor, RatCursor* outPrevious);

/** Tells what the calling thread has set the pointer to.
 *
 *  Also while it is hidden by RatShowCursor().
 *
 *  @param[out] outCursor  Receives RAT_CURSOR_*.
 *  @retval RAT_IPC_OK               There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG  outCursor is NULL.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread, for itself.
 *  @win32 GetCursor; joined threads have one each.
 *  @since 0.1
 *  @see RatSetCursor
 */
RatStatus RatGetCursor(RatCursor* outCursor);

/** Counts how often the pointer was shown more often than hidden.
 *
 *  It is seen over the calling thread's windows while that is not negative; a thread begins with 0.
 *
 *  @param      show      true counts up, false down.
 *  @param[out] outCount  Receives the new count; may be NULL.
 *  @retval RAT_IPC_OK                Counted.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No memory is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread, for itself.
 *  @win32 ShowCursor; joined threads have one count each.
 *  @since 0.1
 *  @see RatSetCursor
 */
RatStatus RatShowCursor(bool show, int32_t* outCount);

#ifdef __cplusplus
}
#endif

#endif /* RATCURSOR_H */
