/** @file rathook.h
 *  Hooks: functions that are called where something happens to messages, windows or input.
 *
 *  A hook is one thread's or the whole process's. It is called on the thread where the thing happens: first
 *  that thread's hooks, then the process's, the youngest first. A hook passes on to the next one with
 *  RatCallNextHook(), or does not; what the first one answers counts. Hooks may be set and removed from inside
 *  any of them: one that is removed is not called any more, one that is set is called from the next time on.
 *
 *  While no hook of a kind is set anywhere, nothing is called and nothing is looked for. Hooks that send
 *  messages may call themselves; from the 25th such call on they are passed over.
 */
#ifndef RATHOOK_H
#define RATHOOK_H

#include "ratgui.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Names a hook. Numbers are never used again. 0 names none. */
typedef uint64_t RatHook;

/** A hook. What code, wparam and lparam are, and what the result means, its kind says; what lparam points to
 *  is valid during the call. */
typedef RatResult (*RatHookProc)(int32_t code, uintptr_t wparam, intptr_t lparam);

/** @name Kinds of hooks
 *  Win32's numbers. */
/** A loop of its own asks about a message: RatCallMsgFilter(). code: as given; lparam: RatMessage*. Not 0: it
 *  was handled. */
#define RAT_WH_MSGFILTER (-1)
/** A key was retrieved. code: RAT_HC_*; wparam, lparam: as of RAT_WM_KEYDOWN. Not 0: nobody gets it. */
#define RAT_WH_KEYBOARD 2
/** A message was retrieved. wparam: RAT_PM_*; lparam: RatMessage*, which may be changed into another one. What
 *  is sent is not retrieved. The result means nothing. */
#define RAT_WH_GETMESSAGE 3
/** A message is sent to a window, and its procedure not called yet. wparam: 1 if this thread sends it, 0 if
 *  another one; lparam: const RatCallHook*. The result means nothing. */
#define RAT_WH_CALLWNDPROC 4
/** Something is about to happen to a window. code: RAT_HCBT_*, and there what it may refuse. */
#define RAT_WH_CBT 5
/** The pointer's message was retrieved. code: RAT_HC_*; wparam: the message; lparam: const RatMouseHook*. Not
 *  0: nobody gets it. */
#define RAT_WH_MOUSE 7
/** A retrieval of the thread that has the active window is about to wait. The result means nothing. */
#define RAT_WH_FOREGROUNDIDLE 11
/** A procedure has handled what was sent. As RAT_WH_CALLWNDPROC, but lparam: const RatReturnHook*. */
#define RAT_WH_CALLWNDPROCRET 12
/** Refused, as are Win32's other kinds: input is seen here when it is retrieved. */
#define RAT_WH_KEYBOARD_LL 13
/** Refused. */
#define RAT_WH_MOUSE_LL 14

#define RAT_HC_ACTION 0   /**< The message is taken. */
#define RAT_HC_NOREMOVE 3 /**< The message was looked at, and stays. */

/** @name Codes of RAT_WH_CBT
 *  Not 0 as result refuses, except where something was skipped. Win32's numbers. */
/** wparam: a window; lparam: the RAT_SW_* that would minimise, maximise or restore it. */
#define RAT_HCBT_MINMAX 1
/** wparam: a new window, which had no message yet; lparam: RatCreateHook*. */
#define RAT_HCBT_CREATEWND 3
/** wparam: a window, before all else. What is destroyed with its owner cannot be kept; children are not told
 *  of, nor are windows that are left over when their thread ends. */
#define RAT_HCBT_DESTROYWND 4
/** wparam: the window that is to be the active one; lparam: const RatActivateHook*. */
#define RAT_HCBT_ACTIVATE 5
/** A mouse hook has refused. wparam, lparam: as of RAT_WH_MOUSE. */
#define RAT_HCBT_CLICKSKIPPED 6
/** A keyboard hook has refused. wparam, lparam: as of RAT_WH_KEYBOARD. */
#define RAT_HCBT_KEYSKIPPED 7
/** The default procedure is about to do what RAT_WM_SYSCOMMAND asks. wparam, lparam: the message's. */
#define RAT_HCBT_SYSCOMMAND 8
/** wparam: the window that is to have the focus, or 0; lparam: the one that has it, or 0. Comes where the program
 *  or the default procedure gives the focus, not where it has to go elsewhere. */
#define RAT_HCBT_SETFOCUS 9

/** What RAT_WH_CALLWNDPROC is told. */
typedef struct {
    intptr_t lparam;
    uintptr_t wparam;
    uint32_t message;
    RatWindow window;
} RatCallHook;

/** What RAT_WH_CALLWNDPROCRET is told. */
typedef struct {
    RatResult result;
    intptr_t lparam;
    uintptr_t wparam;
    uint32_t message;
    RatWindow window;
} RatReturnHook;

/** What RAT_WH_MOUSE is told. */
typedef struct {
    int32_t x; /**< On the screen. */
    int32_t y;
    RatWindow window;    /**< Whose message it is. */
    uint32_t hitTest;    /**< RAT_HT*. */
    uintptr_t extraInfo; /**< 0. */
    uint32_t mouseData;  /**< In the upper half: what the wheel has turned, or the number of the X button. */
} RatMouseHook;

/** What RAT_HCBT_CREATEWND is told. */
typedef struct {
    RatCreateStruct* creation; /**< x, y, width and height may be changed. */
    RatWindow insertAfter;     /**< RAT_HWND_TOP. */
} RatCreateHook;

/** What RAT_HCBT_ACTIVATE is told. */
typedef struct {
    uint32_t mouse;   /**< 1 where a click does it. */
    RatWindow active; /**< The active window until now, or 0. */
} RatActivateHook;

/** Sets a hook.
 *
 *  It is called before those that are there, and on the threads that it is for: for its process, on every
 *  thread. A thread's hooks end with it.
 *
 *  @param kind          RAT_WH_*.
 *  @param proc          Must stay callable until the hook is removed and no call of it is running any more.
 *  @param thread        The own queue of a thread of this process, or RAT_INVALID_HANDLE for all threads.
 *  @param[out] outHook  Receives its number; may be NULL for a hook that is never removed.
 *  @retval RAT_IPC_OK                  Set.
 *  @retval RAT_IPC_ERR_INVALID_ARG     proc is NULL, or kind is none.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   kind is one of Win32's that is not there.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  thread names no live thread's own queue.
 *  @reentrancy Calls nothing back. May be called from a hook.
 *  @threadsafety Any thread; another thread's calls that are beginning may not see it yet.
 *  @win32 SetWindowsHookEx, for this process's threads, without a module.
 *  @since 0.1
 *  @see RatUnhook
 */
RatStatus RatSetHook(int32_t kind, RatHookProc proc, RatMessageQueue thread, RatHook* outHook);

/** Removes a hook.
 *
 *  A call of it that is running goes on to its end, also on another thread, and may pass on to the next one.
 *
 *  @param hook  Of RatSetHook().
 *  @retval RAT_IPC_OK                  It is not called any more.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  There is no such hook: it was removed, or its thread has ended.
 *  @reentrancy Calls nothing back. May be called from a hook, also from itself.
 *  @threadsafety Any thread.
 *  @win32 UnhookWindowsHookEx; none known.
 *  @since 0.1
 *  @see RatSetHook
 */
RatStatus RatUnhook(RatHook hook);

/** Calls the hook after the running one, and answers what it does.
 *
 *  @param code    As the running hook was given, or another.
 *  @param wparam  The same.
 *  @param lparam  The same.
 *  @return 0 where there is no other hook, or no hook is running on the calling thread.
 *  @reentrancy Runs a hook, which may do anything.
 *  @threadsafety The thread that the running hook was called on.
 *  @win32 CallNextHookEx, without the hook, which Win32 does not look at either.
 *  @since 0.1
 *  @see RatSetHook
 */
RatResult RatCallNextHook(int32_t code, uintptr_t wparam, intptr_t lparam);

/** Asks the RAT_WH_MSGFILTER hooks about a message. For loops of a program's own, such as a menu's.
 *
 *  @param msg   In and out: the hooks may change it.
 *  @param code  Handed to the hooks; says which loop asks.
 *  @return true if a hook has handled it; false also where msg is NULL or there is no hook.
 *  @reentrancy Runs hooks.
 *  @threadsafety Any thread; its own hooks and the process's are asked.
 *  @win32 CallMsgFilter; there are no system message filters.
 *  @since 0.1
 *  @see RatSetHook
 */
bool RatCallMsgFilter(RatMessage* msg, int32_t code);

#ifdef __cplusplus
}
#endif
#endif /* RATHOOK_H */
