/** @file rattree.h
 *  Windows among each other: parents, owners, z-order, enumeration, search.
 *
 *  Every window is in another: top-level windows in the desktop, message-only windows in a root of their
 *  own, children in their parents. A window may be owned by a top-level one: it stays above its owner and
 *  is destroyed with it. Parents belong to the thread of what they hold, but for the desktop, which is
 *  nobody's; an owner may be another thread's.
 *
 *  Questions may be asked by any thread about any window of the process; changes are made by the
 *  window's own thread.
 */
#ifndef RATTREE_H
#define RATTREE_H

#include "ratgui.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Instead of a parent: the root of the message-only windows, which are never seen and need no display. */
#define RAT_HWND_MESSAGE ((RatWindow)-3)

/** Instead of a class's name: its atom. */
#define RAT_ATOM_NAME(atom) ((const char*)(uintptr_t)(RatAtom)(atom))

/** @name What RatGetWindow() is asked for */
#define RAT_GW_HWNDFIRST 0    /**< The topmost sibling. */
#define RAT_GW_HWNDLAST 1     /**< The lowest sibling. */
#define RAT_GW_HWNDNEXT 2     /**< The sibling below. */
#define RAT_GW_HWNDPREV 3     /**< The sibling above. */
#define RAT_GW_OWNER 4
#define RAT_GW_CHILD 5        /**< The topmost child. */
#define RAT_GW_ENABLEDPOPUP 6 /**< The topmost visible and enabled window that it owns, else itself. */
#define RAT_GW_LASTACTIVEPOPUP 7 /**< Of itself and what it owns, the one that was active last; itself if it is owned. */

/** @name What RatGetAncestor() is asked for */
#define RAT_GA_PARENT 1    /**< What it is in, also the desktop. */
#define RAT_GA_ROOT 2      /**< The window below a root that it is or is in. */
#define RAT_GA_ROOTOWNER 3 /**< The same, from owner to owner up. */

/** How a window is to be created. Set size and className; zero is a good value for the rest, but for
 *  x and width, where it is 0 and not RAT_CW_USEDEFAULT. */
typedef struct {
    uint32_t size;         /**< sizeof(RatWindowCreation). */
    uint32_t exStyle;      /**< RAT_WS_EX_*. */
    const char* className; /**< A registered class, or RAT_ATOM_NAME(). */
    const char* title;     /**< UTF-8; NULL is "". */
    uint32_t style;        /**< RAT_WS_*. */
    int32_t x;             /**< As in RatCreateWindow(). */
    int32_t y;
    int32_t width;
    int32_t height;
    uint32_t reserved; /**< 0. */
    RatWindow parent;  /**< As in RatCreateWindow(). */
    uintptr_t id;      /**< A child's number among its siblings, for the program. */
    void* param;       /**< Handed to the procedure in RatCreateStruct. */
} RatWindowCreation;

/** Called for a window of an enumeration. Returns false to end it. */
typedef bool (*RatEnumWindowProc)(RatWindow window, intptr_t param);

/** Creates a window, with a number among its siblings.
 *
 *  RatCreateWindow() says what happens.
 *
 *  @param creation        What to create; read during the call.
 *  @param[out] outWindow  Receives the handle.
 *  @retval RAT_IPC_OK                  The window exists.
 *  @retval RAT_IPC_ERR_INVALID_ARG     A pointer is NULL, the size is unknown, reserved is not 0,
 *                                      or as for RatCreateWindow().
 *  @retval RAT_IPC_ERR_NOT_FOUND       There is no such class.
 *  @retval RAT_IPC_ERR_CANCELLED       The procedure refused, or destroyed the window meanwhile.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED   No display, or it is lost.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  The parent names no live window, or is in its last message.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    The window is to be a child, and the parent is another thread's.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    No handle, memory, stack or display resource is left.
 *  @reentrancy Runs the window's procedure, and its parent's.
 *  @threadsafety Any thread; the window is that thread's.
 *  @win32 CreateWindowEx; id is its hMenu.
 *  @since 0.1
 *  @see RatDestroyWindow
 */
RatStatus RatCreateWindowEx(const RatWindowCreation* creation, RatWindow* outWindow);

/** Tells the window that all top-level windows are in.
 *
 *  It belongs to no thread, takes no messages, and lives as long as the process. Only questions
 *  about the tree can be asked of it.
 *
 *  @param[out] outWindow  Receives it.
 *  @retval RAT_IPC_OK                There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG   outWindow is NULL.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No handle is left for it.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetDesktopWindow; it has no size and no pixels.
 *  @since 0.1
 *  @see RatEnumWindows
 */
RatStatus RatGetDesktopWindow(RatWindow* outWindow);

/** Tells a child's parent, or a popup's owner.
 *
 *  @param window          A window.
 *  @param[out] outParent  Receives it; RAT_INVALID_HANDLE for a popup without owner, and for a
 *                         window that is neither child nor popup.
 *  @retval RAT_IPC_OK                  There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outParent is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. What another thread's window is can have changed by the time the
 *                answer arrives.
 *  @win32 GetParent; none known.
 *  @since 0.1
 *  @see RatGetAncestor
 */
RatStatus RatGetParent(RatWindow window, RatWindow* outParent);

/** Puts a window into another, above what is in it already.
 *
 *  It keeps its place relative to the client area that it is in. A visible window is hidden for
 *  that and shown again; RAT_WM_SHOWWINDOW and the messages of RatSetWindowPos() tell. Styles,
 *  owner and number stay as they are.
 *
 *  @param window       A window.
 *  @param parent       What it goes into; RAT_INVALID_HANDLE for the desktop, or RAT_HWND_MESSAGE.
 *  @param[out] outOld  Receives what it was in; may be NULL.
 *  @retval RAT_IPC_OK                  It is there.
 *  @retval RAT_IPC_ERR_INVALID_ARG     parent is the window, is in it, or is owned by it, in
 *                                      whatever way.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window or parent names no live window, or parent is in its
 *                                      last message.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    window or parent is another thread's.
 *  @retval RAT_IPC_ERR_CANCELLED       The window is being destroyed, or was meanwhile.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED   It would need a display, and there is none.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    No display resource is left for it, or no stack.
 *  @reentrancy Runs the window's procedure, and those of windows that lose or gain the focus.
 *  @threadsafety The window's own thread.
 *  @win32 SetParent; parents of other threads are refused.
 *  @since 0.1
 *  @see RatGetAncestor
 */
RatStatus RatSetParent(RatWindow window, RatWindow parent, RatWindow* outOld);

/** Tells what a window is in.
 *
 *  @param window            A window.
 *  @param which             RAT_GA_*.
 *  @param[out] outAncestor  Receives it; RAT_INVALID_HANDLE if there is none.
 *  @retval RAT_IPC_OK                  There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outAncestor is NULL, or which is none of these.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. What another thread's window is can have changed by the time the
 *                answer arrives.
 *  @win32 GetAncestor; none known.
 *  @since 0.1
 *  @see RatGetParent
 */
RatStatus RatGetAncestor(RatWindow window, uint32_t which, RatWindow* outAncestor);

/** Tells a relative of a window.
 *
 *  @param window          A window.
 *  @param relation        RAT_GW_*.
 *  @param[out] outWindow  Receives it; RAT_INVALID_HANDLE if there is none.
 *  @retval RAT_IPC_OK                  There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outWindow is NULL, or relation is none of these.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. What another thread's window is can have changed by the time the
 *                answer arrives.
 *  @win32 GetWindow and GetLastActivePopup; none known. To walk siblings while they change is to lose the way: enumerate.
 *  @since 0.1
 *  @see RatEnumChildWindows
 */
RatStatus RatGetWindow(RatWindow window, uint32_t relation, RatWindow* outWindow);

/** Tells whether a window is a child in another, at whatever depth.
 *
 *  @param parent  Any value.
 *  @param window  Any value.
 *  @return True if both live, and children lead from window up to parent.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. What another thread's window is can have changed by the time the
 *                answer arrives.
 *  @win32 IsChild; none known.
 *  @since 0.1
 *  @see RatGetAncestor
 */
bool RatIsChild(RatWindow parent, RatWindow window);

/** Tells whether a window is visible, as far as styles go.
 *
 *  @param window  Any value.
 *  @return True if it lives and has RAT_WS_VISIBLE, and so has all that it is in. It may be
 *          covered, or lie outside.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. What another thread's window is can have changed by the time the
 *                answer arrives.
 *  @win32 IsWindowVisible; none known.
 *  @since 0.1
 *  @see RatShowWindow
 */
bool RatIsWindowVisible(RatWindow window);

/** Finds a child by its number.
 *
 *  @param window         A window.
 *  @param id             As given to RatCreateWindowEx(), or set since.
 *  @param[out] outChild  Receives the topmost child that has it.
 *  @retval RAT_IPC_OK                  There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outChild is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_NOT_FOUND       No child has that number.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. What another thread's window is can have changed by the time the
 *                answer arrives.
 *  @win32 GetDlgItem; none known.
 *  @since 0.1
 *  @see RatCreateWindowEx
 */
RatStatus RatGetChildById(RatWindow window, uintptr_t id, RatWindow* outChild);

/** Tells whose a window is, by the queue of that thread.
 *
 *  @param window         A window.
 *  @param[out] outQueue  Receives the queue; RAT_INVALID_HANDLE for the desktop. No close is owed
 *                        for it.
 *  @retval RAT_IPC_OK                  There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outQueue is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. What another thread's window is can have changed by the time the
 *                answer arrives.
 *  @win32 GetWindowThreadProcessId, with a queue in the place of a number.
 *  @since 0.1
 *  @see RatGetThreadMessageQueue
 */
RatStatus RatGetWindowThread(RatWindow window, RatMessageQueue* outQueue);

/** Calls a function for each of the process's top-level windows, the topmost first.
 *
 *  Of all threads. The list is made first: windows that come meanwhile are left out, and so are
 *  those that are gone when their turn comes.
 *
 *  @param proc   Called for each.
 *  @param param  Handed to it.
 *  @retval RAT_IPC_OK                All were called for.
 *  @retval RAT_IPC_ERR_INVALID_ARG   proc is NULL.
 *  @retval RAT_IPC_ERR_CANCELLED     proc ended it.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No handle is left for the desktop.
 *  @reentrancy Calls proc, which may do anything.
 *  @threadsafety Any thread.
 *  @win32 EnumWindows, of this process.
 *  @since 0.1
 *  @see RatEnumChildWindows
 */
RatStatus RatEnumWindows(RatEnumWindowProc proc, intptr_t param);

/** Calls a function for each of a thread's top-level windows, the topmost first.
 *
 *  The list is made first: windows that come meanwhile are left out, and so are those that are gone
 *  when their turn comes.
 *
 *  @param queue  The thread's own queue; RAT_INVALID_HANDLE for the calling thread's.
 *  @param proc   Called for each.
 *  @param param  Handed to it.
 *  @retval RAT_IPC_OK                  All were called for.
 *  @retval RAT_IPC_ERR_INVALID_ARG     proc is NULL.
 *  @retval RAT_IPC_ERR_CANCELLED       proc ended it.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  queue names no live queue.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    No handle is left for the desktop.
 *  @reentrancy Calls proc, which may do anything.
 *  @threadsafety Any thread.
 *  @win32 EnumThreadWindows, with a queue in the place of a number.
 *  @since 0.1
 *  @see RatEnumWindows
 */
RatStatus RatEnumThreadWindows(RatMessageQueue queue, RatEnumWindowProc proc, intptr_t param);

/** Calls a function for all that is in a window, each before what is in it, the topmost first.
 *
 *  The list is made first: windows that come meanwhile are left out, and so are those that are gone
 *  when their turn comes.
 *
 *  @param window  A window; RAT_INVALID_HANDLE for the desktop: then as RatEnumWindows().
 *  @param proc    Called for each.
 *  @param param   Handed to it.
 *  @retval RAT_IPC_OK                  All were called for.
 *  @retval RAT_IPC_ERR_INVALID_ARG     proc is NULL.
 *  @retval RAT_IPC_ERR_CANCELLED       proc ended it.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    No handle is left for the desktop.
 *  @reentrancy Calls proc, which may do anything.
 *  @threadsafety Any thread.
 *  @win32 EnumChildWindows; of the desktop it gives the top-level windows alone.
 *  @since 0.1
 *  @see RatEnumWindows
 */
RatStatus RatEnumChildWindows(RatWindow window, RatEnumWindowProc proc, intptr_t param);

/** Finds a top-level window of the process by its class and its text.
 *
 *  The topmost that fits; both are compared without regard to ASCII case. The text is what the
 *  window keeps, which its procedure is not asked for.
 *
 *  @param className       A class, or RAT_ATOM_NAME(); NULL for any.
 *  @param title           UTF-8, the whole text; NULL for any.
 *  @param[out] outWindow  Receives it.
 *  @retval RAT_IPC_OK                There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG   outWindow is NULL, or title is not UTF-8 or longer than 1 MiB.
 *  @retval RAT_IPC_ERR_NOT_FOUND     None fits, or there is no such class.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No handle is left for the desktop.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. What another thread's window is can have changed by the time the
 *                answer arrives.
 *  @win32 FindWindow, of this process.
 *  @since 0.1
 *  @see RatFindWindowEx
 */
RatStatus RatFindWindow(const char* className, const char* title, RatWindow* outWindow);

/** Finds a window directly in another by its class and its text.
 *
 *  As RatFindWindow().
 *
 *  @param parent          Where to look; RAT_INVALID_HANDLE for the desktop, or RAT_HWND_MESSAGE.
 *  @param after           Looks below this one, which is in parent; RAT_INVALID_HANDLE looks from
 *                         the top.
 *  @param className       A class, or RAT_ATOM_NAME(); NULL for any.
 *  @param title           UTF-8, the whole text; NULL for any.
 *  @param[out] outWindow  Receives it.
 *  @retval RAT_IPC_OK                  There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outWindow is NULL, or title is not UTF-8 or longer than 1
 *                                      MiB.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  parent or after names no live window, or after is not in
 *                                      parent.
 *  @retval RAT_IPC_ERR_NOT_FOUND       None fits, or there is no such class.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    No handle is left for the desktop.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. What another thread's window is can have changed by the time the
 *                answer arrives.
 *  @win32 FindWindowEx, of this process; with both NULL it looks at top-level windows only.
 *  @since 0.1
 *  @see RatFindWindow
 */
RatStatus RatFindWindowEx(RatWindow parent, RatWindow after, const char* className,
                          const char* title, RatWindow* outWindow);

#ifdef __cplusplus
}
#endif
#endif /* RATTREE_H */
