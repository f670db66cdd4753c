/** @file ratinput.h
 *  Input: who is active and has the mouse, keys, the mouse, accelerators and hot keys, and programs
 *  that send input themselves. RatSetFocus() and RatTranslateMessage() are ratgui.h's.
 *
 *  Input is turned into messages when it is retrieved. The mouse asks first: RAT_WM_NCHITTEST what lies
 *  there, from the front to the back until one answers something else than RAT_HTTRANSPARENT; of a
 *  press RAT_WM_PARENTNOTIFY tells those the window is in, and RAT_WM_MOUSEACTIVATE asks whether it
 *  activates; RAT_WM_SETCURSOR asks for a pointer. Outside of a client area the messages are
 *  RAT_WM_NC*, with the part in wparam and a place of the screen.
 */
#ifndef RATINPUT_H
#define RATINPUT_H

#include "ratpos.h"

#ifdef __cplusplus
extern "C" {
#endif

/** @name Messages */
#define RAT_WM_SETCURSOR 0x0020 /**< wparam: the window; low lparam: RAT_HT*, high: the mouse message. 1 ends it. */
#define RAT_WM_MOUSEACTIVATE 0x0021 /**< wparam: the top-level window; lparam as in RAT_WM_SETCURSOR. The
                                         result is RAT_MA_*. */
#define RAT_WM_CONTEXTMENU 0x007B /**< wparam: the window; lparam: a point of the screen, or -1 for a key. */
#define RAT_WM_NCMOUSEMOVE 0x00A0 /**< wparam: RAT_HT*, of extra buttons 1 or 2 in the high half; lparam: screen. */
#define RAT_WM_NCLBUTTONDOWN 0x00A1
#define RAT_WM_NCLBUTTONUP 0x00A2
#define RAT_WM_NCLBUTTONDBLCLK 0x00A3
#define RAT_WM_NCRBUTTONDOWN 0x00A4
#define RAT_WM_NCRBUTTONUP 0x00A5
#define RAT_WM_NCRBUTTONDBLCLK 0x00A6
#define RAT_WM_NCMBUTTONDOWN 0x00A7
#define RAT_WM_NCMBUTTONUP 0x00A8
#define RAT_WM_NCMBUTTONDBLCLK 0x00A9
#define RAT_WM_NCXBUTTONDOWN 0x00AB
#define RAT_WM_NCXBUTTONUP 0x00AC
#define RAT_WM_NCXBUTTONDBLCLK 0x00AD
#define RAT_WM_COMMAND 0x0111 /**< low wparam: the command, high: 1 from an accelerator. */
#define RAT_WM_CAPTURECHANGED 0x0215 /**< lparam: the window that has the mouse now, or 0. */
#define RAT_WM_NCMOUSEHOVER 0x02A0
#define RAT_WM_MOUSEHOVER 0x02A1 /**< wparam: RAT_MK_*; lparam: client x, y. */
#define RAT_WM_NCMOUSELEAVE 0x02A2
#define RAT_WM_MOUSELEAVE 0x02A3
#define RAT_WM_HOTKEY 0x0312 /**< wparam: the number; low lparam: RAT_MOD_*, high: RAT_VK_*. */
#define RAT_WM_APPCOMMAND 0x0319 /**< wparam: the window; lparam: by an extra button, 0x8001 or 0x8002 in the
                                      high half, RAT_MK_* in the low one. */

/** @name Results of RAT_WM_MOUSEACTIVATE */
#define RAT_MA_ACTIVATE 1
#define RAT_MA_ACTIVATEANDEAT 2 /**< The press itself is not told. */
#define RAT_MA_NOACTIVATE 3
#define RAT_MA_NOACTIVATEANDEAT 4

/** @name More results of RAT_WM_NCHITTEST */
#define RAT_HTERROR (-2) /**< A disabled window; only RAT_WM_SETCURSOR comes of it. */
#define RAT_HTCAPTION 2

/** @name What RAT_WM_SYSCOMMAND asks for; the lowest four bits are the sender's own */
#define RAT_SC_MOVE 0xF010
#define RAT_SC_MINIMIZE 0xF020
#define RAT_SC_MAXIMIZE 0xF030
#define RAT_SC_KEYMENU 0xF100 /**< Alt or F10 alone, or Alt with the character in lparam. */
#define RAT_SC_RESTORE 0xF120

#define RAT_WS_EX_NOACTIVATE 0x08000000u /**< A press does not make the window active. */

/** @name Virtual keys that are not in ratgui.h */
#define RAT_VK_LBUTTON 0x01
#define RAT_VK_RBUTTON 0x02
#define RAT_VK_MBUTTON 0x04
#define RAT_VK_XBUTTON1 0x05
#define RAT_VK_XBUTTON2 0x06
#define RAT_VK_PACKET 0xE7 /**< A character without a key. */

/** @name What RatInput is about */
#define RAT_INPUT_MOUSE 0u
#define RAT_INPUT_KEYBOARD 1u

/** @name What the mouse does */
#define RAT_MOUSEEVENTF_MOVE 0x0001u /**< By x, y pixels; with RAT_MOUSEEVENTF_ABSOLUTE to x, y. */
#define RAT_MOUSEEVENTF_LEFTDOWN 0x0002u
#define RAT_MOUSEEVENTF_LEFTUP 0x0004u
#define RAT_MOUSEEVENTF_RIGHTDOWN 0x0008u
#define RAT_MOUSEEVENTF_RIGHTUP 0x0010u
#define RAT_MOUSEEVENTF_MIDDLEDOWN 0x0020u
#define RAT_MOUSEEVENTF_MIDDLEUP 0x0040u
#define RAT_MOUSEEVENTF_XDOWN 0x0080u /**< data: RAT_XBUTTON1 or RAT_XBUTTON2. */
#define RAT_MOUSEEVENTF_XUP 0x0100u
#define RAT_MOUSEEVENTF_WHEEL 0x0800u  /**< data: the turn, signed, 120 a notch. */
#define RAT_MOUSEEVENTF_HWHEEL 0x1000u
#define RAT_MOUSEEVENTF_VIRTUALDESK 0x4000u /**< Of all screens, which are one here. */
#define RAT_MOUSEEVENTF_ABSOLUTE 0x8000u /**< x and y are 65,536ths of the screen: see RatGetScreenSize(). */
#define RAT_XBUTTON1 1
#define RAT_XBUTTON2 2

/** @name What a key does */
#define RAT_KEYEVENTF_EXTENDEDKEY 0x0001u /**< The scan code has the E0 prefix. */
#define RAT_KEYEVENTF_KEYUP 0x0002u
#define RAT_KEYEVENTF_UNICODE 0x0004u /**< scanCode is a UTF-16 unit, key is 0: it comes as RAT_VK_PACKET. */

/** One thing that the mouse or the keyboard is to do. */
typedef struct {
    uint32_t type;  /**< RAT_INPUT_*. */
    uint32_t flags; /**< RAT_MOUSEEVENTF_* or RAT_KEYEVENTF_*. */
    int32_t x;      /**< The mouse's move. */
    int32_t y;
    int32_t data;      /**< The wheel's turn, or which extra button. */
    uint16_t key;      /**< RAT_VK_*; that of one side says which. */
    uint16_t scanCode; /**< Set 1, or a UTF-16 unit. */
    uint64_t time;     /**< Nanoseconds of CLOCK_MONOTONIC; 0 for now. */
    intptr_t extraInfo; /**< What RatGetMessageExtraInfo() tells. */
} RatInput;

/** Where the pointer was. */
typedef struct {
    int32_t x; /**< On the screen. */
    int32_t y;
    uint64_t time; /**< Nanoseconds of CLOCK_MONOTONIC. */
} RatMovePoint;

/** @name What RatTrackMouseEvent() is to do */
#define RAT_TME_HOVER 0x00000001u
#define RAT_TME_LEAVE 0x00000002u
#define RAT_TME_NONCLIENT 0x00000010u /**< Outside of the client area. */
#define RAT_TME_QUERY 0x40000000u
#define RAT_TME_CANCEL 0x80000000u
#define RAT_HOVER_DEFAULT 0xFFFFFFFFu /**< 400 milliseconds; so does 0. */

/** What is tracked. */
typedef struct {
    uint32_t size;  /**< sizeof(RatTrackMouse). */
    uint32_t flags; /**< RAT_TME_*. */
    RatWindow window;
    uint32_t hoverTime_ms; /**< How long the pointer rests, or RAT_HOVER_DEFAULT; below 10 counts as 10. */
    uint32_t reserved; /**< 0. */
} RatTrackMouse;

/** @name Modifiers of hot keys */
#define RAT_MOD_ALT 0x0001u
#define RAT_MOD_CONTROL 0x0002u
#define RAT_MOD_SHIFT 0x0004u
#define RAT_MOD_WIN 0x0008u
#define RAT_MOD_NOREPEAT 0x4000u /**< A key that is held comes once. */

/** @name Flags of accelerators */
#define RAT_FVIRTKEY 0x01u /**< key is RAT_VK_*, not a UTF-16 unit. */
#define RAT_FNOINVERT 0x02u
#define RAT_FSHIFT 0x04u
#define RAT_FCONTROL 0x08u
#define RAT_FALT 0x10u

/** A key that is a command. */
typedef struct {
    uint8_t flags; /**< RAT_F*; without RAT_FVIRTKEY only RAT_FALT counts. */
    uint8_t reserved; /**< 0. */
    uint16_t key;
    uint16_t command;
} RatAccelerator;

/** What RAT_WM_HELP is about. */
typedef struct {
    uint32_t size;       /**< sizeof(RatHelpInfo). */
    int32_t contextType; /**< 1: a window. */
    int32_t controlId;   /**< A child's number; 0 of others. */
    uint64_t window;     /**< Which window had the key. */
    uintptr_t contextId; /**< 0. */
    RatPoint mouse;      /**< Where the pointer was, on the screen. */
} RatHelpInfo;

/** Names a table of accelerators. 0 names none. */
typedef uint64_t RatAcceleratorTable;

/** Makes a top-level window the active one of the calling thread.
 *
 *  RAT_WM_NCACTIVATE and RAT_WM_ACTIVATE go to the one that was, which is still active then, and to the
 *  new one; RAT_WM_ACTIVATEAPP between these where the thread had none. The new one gets the focus, if
 *  nothing in it has it by then. The display is asked for the keyboard, which it may refuse, unless the
 *  foreground window is another thread's: then that stays so, and wparam of the new one's RAT_WM_NCACTIVATE is
 *  0. The new one comes to lie above the others. A child changes nothing. The window may be hidden or disabled.
 *
 *  @param  window            A window, or RAT_INVALID_HANDLE: then the thread has no active window any more.
 *  @param[out] outPrevious  Receives the window that was active, or RAT_INVALID_HANDLE; may be NULL.
 *  @retval RAT_IPC_OK                  It was made so, or a procedure has made another one active.
 *  @retval RAT_IPC_ERR_INVALID_ARG     It is a message-only window.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's, and RatAttachThreadInput() has not joined the two.
 *  @retval RAT_IPC_ERR_CANCELLED       A hook refused: RAT_HCBT_ACTIVATE.
 *  @reentrancy Runs window procedures, those of joined threads' windows on their threads, and waits for them.
 *  @threadsafety The window's own thread, and those that its input is joined with.
 *  @win32 SetActiveWindow; for a child it also returns the active window and does nothing.
 *  @since 0.1
 *  @see RatGetActiveWindow
 */
RatStatus RatSetActiveWindow(RatWindow window, RatWindow* outPrevious);

/** Tells which of the calling thread's windows is the active one.
 *
 *  @param[out] outWindow  Receives it, or RAT_INVALID_HANDLE when none is.
 *  @retval RAT_IPC_OK               There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG  outWindow is NULL.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; each has its own answer.
 *  @win32 GetActiveWindow; none known.
 *  @since 0.1
 *  @see RatSetActiveWindow
 */
RatStatus RatGetActiveWindow(RatWindow* outWindow);

/** Makes a top-level window the active one, and the one that keys go to.
 *
 *  On the window's own thread it is done at once; on another one the window's thread is asked, and does it in
 *  its next retrieval. A foreground window of a third thread is told, by RAT_WM_NCACTIVATE, RAT_WM_ACTIVATE and
 *  RAT_WM_ACTIVATEAPP, when that thread retrieves next; nobody waits for anybody. Showing a window, raising it and
 *  a press of the mouse do the same.
 *
 *  @param  window  A top-level window of any thread of the process.
 *  @retval RAT_IPC_OK                  Done, or asked for.
 *  @retval RAT_IPC_ERR_INVALID_ARG     It is a child or a message-only window.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_CANCELLED       A hook of the calling thread's own window refused: RAT_HCBT_ACTIVATE.
 *  @reentrancy Runs window procedures, on the window's own thread only.
 *  @threadsafety Any thread.
 *  @win32 SetForegroundWindow, without its rules on who may; the display has rules of its own.
 *  @since 0.1
 *  @see RatGetForegroundWindow
 */
RatStatus RatSetForegroundWindow(RatWindow window);

/** Tells which window of the process keys go to, of any of its threads.
 *
 *  It is the active window of the thread that has the foreground. Where threads have different displays, each of
 *  these has a foreground of its own, and the calling thread's is asked about.
 *
 *  @param[out] outWindow  Receives it, or RAT_INVALID_HANDLE while that thread has no active window, or another
 *                         program has the keyboard.
 *  @retval RAT_IPC_OK               There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG  outWindow is NULL.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetForegroundWindow, among the windows of the process only.
 *  @since 0.1
 *  @see RatSetForegroundWindow
 */
RatStatus RatGetForegroundWindow(RatWindow* outWindow);

/** Gives a window all that the mouse does, until it is released.
 *
 *  Moves, presses and the wheel go to it with client coordinates wherever the pointer is, without
 *  RAT_WM_NCHITTEST, RAT_WM_SETCURSOR and RAT_WM_MOUSEACTIVATE. Who had the mouse gets
 *  RAT_WM_CAPTURECHANGED, in which it has moved already. A window that is disabled releases it by the
 *  default RAT_WM_CANCELMODE; one that is destroyed loses it without a message, one that is hidden
 *  keeps it.
 *
 *  @param  window            A window, or RAT_INVALID_HANDLE, which releases.
 *  @param[out] outPrevious  Receives who had it, or RAT_INVALID_HANDLE; may be NULL.
 *  @retval RAT_IPC_OK                  It has the mouse.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's, and RatAttachThreadInput() has not joined the two.
 *  @reentrancy Runs window procedures.
 *  @threadsafety The window's own thread, and those that its input is joined with.
 *  @win32 SetCapture; the one that has it already gets RAT_WM_CAPTURECHANGED too, as Wine does it.
 *  @since 0.1
 *  @see RatReleaseCapture
 */
RatStatus RatSetCapture(RatWindow window, RatWindow* outPrevious);

/** Ends that one of the calling thread's windows has the mouse to itself.
 *
 *  That one gets RAT_WM_CAPTURECHANGED.
 *
 *  @retval RAT_IPC_OK  Nobody has it.
 *  @reentrancy Runs window procedures.
 *  @threadsafety Any thread; each has its own.
 *  @win32 ReleaseCapture; none known.
 *  @since 0.1
 *  @see RatSetCapture
 */
RatStatus RatReleaseCapture(void);

/** Tells which of the calling thread's windows has the mouse to itself.
 *
 *  @param[out] outWindow  Receives it, or RAT_INVALID_HANDLE when none has.
 *  @retval RAT_IPC_OK               There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG  outWindow is NULL.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; each has its own answer.
 *  @win32 GetCapture; none known.
 *  @since 0.1
 *  @see RatSetCapture
 */
RatStatus RatGetCapture(RatWindow* outWindow);

/** Gives a window the keyboard focus, and tells who had it.
 *
 *  As RatSetFocus(). Who had it is told as of the moment in which this window got it: where its top-level window
 *  became the active one for it, the default RAT_WM_ACTIVATE had given the focus to that one, as a rule.
 *
 *  @param  window            A window, or RAT_INVALID_HANDLE to take the focus away from all of the thread's.
 *  @param[out] outPrevious  Receives who had it, or RAT_INVALID_HANDLE; may be NULL. window itself if that had it
 *                            already.
 *  @retval RAT_IPC_OK                  It has the focus, or a procedure has given it to another one since.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_INVALID_ARG     It is a message-only window, or it or what it is in is disabled or
 *                                      minimised.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's, and RatAttachThreadInput() has not joined the two.
 *  @retval RAT_IPC_ERR_CANCELLED       A procedure has destroyed it, or made another window active; or a hook
 *                                      refused: RAT_HCBT_SETFOCUS, RAT_HCBT_ACTIVATE.
 *  @reentrancy Runs window procedures, those of joined threads' windows on their threads, and waits for them.
 *  @threadsafety The window's own thread, and those that its input is joined with.
 *  @win32 SetFocus, whose result is outPrevious, or NULL where this fails.
 *  @since 0.1
 *  @see RatGetFocus
 */
RatStatus RatSetFocusEx(RatWindow window, RatWindow* outPrevious);

/** Joins a thread's input with another one's, or takes it out again.
 *
 *  Joined threads have one active window, one focus, one window with the mouse to itself, one picture of the
 *  keys (RatGetKeyState()), and retrieve what the mouse and the keyboard do in one order: while the oldest of it is
 *  one thread's, the others get nothing later. Each may make any of their windows active and give it the focus
 *  or the mouse; messages that come of it are sent to the windows' threads, and waited for.
 *
 *  Who joins brings its active window and its focus along where the others have none; else it has neither any
 *  more, nor the mouse. Who leaves takes what its own windows have. Nobody is told by messages. What is held down is
 *  forgotten by all of them on joining, and by the leaver on leaving. Joining those that are joined changes nothing.
 *  A thread that ends leaves by itself.
 *
 *  @param  from    The own queue of the thread that joins or leaves.
 *  @param  to      The own queue of one of the threads that it joins, or is joined with.
 *  @param  attach  true to join, false to leave.
 *  @retval RAT_IPC_OK                   It is so.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED    from is to; or they are to be taken apart and are not joined.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE   One of them names no live thread's own queue, or that of a thread, not the
 *                                       calling one, that never had windows.
 *  @retval RAT_IPC_ERR_NO_RESOURCES     The calling thread had no queue and none could be made.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 AttachThreadInput; as in Wine, a thread is joined or not, however often it was joined. Where the thread
 *         that joins or leaves had the foreground window, that stays the foreground one.
 *  @since 0.1
 *  @see RatGetThreadMessageQueue
 */
RatStatus RatAttachThreadInput(RatMessageQueue from, RatMessageQueue to, bool attach);

/** Tells whether a key was down when the message retrieved last was made.
 *
 *  @param  key  RAT_VK_*, also of a mouse button. Others are never down.
 *  @return Negative if it is down; the lowest bit is set if it is switched on, which every press changes.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; each has its own answer.
 *  @win32 GetKeyState; none known.
 *  @since 0.1
 *  @see RatGetAsyncKeyState
 */
int16_t RatGetKeyState(int32_t key);

/** Tells whether a key is down now, whatever of it was retrieved.
 *
 *  It knows of what displays have told the process, and programs have sent.
 *
 *  @param  key  RAT_VK_*, also of a mouse button. Others are never down.
 *  @return Negative if it is down; the lowest bit is set if it went down since the last call for it.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetAsyncKeyState; keys that other programs get are not seen.
 *  @since 0.1
 *  @see RatGetKeyState
 */
int16_t RatGetAsyncKeyState(int32_t key);

/** Tells the state of all keys, as RatGetKeyState() has it.
 *
 *  @param[out] state  Receives 256 bytes: the highest bit says down, the lowest switched on.
 *  @retval RAT_IPC_OK               There they are.
 *  @retval RAT_IPC_ERR_INVALID_ARG  state is NULL.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; each has its own answer.
 *  @win32 GetKeyboardState; none known.
 *  @since 0.1
 *  @see RatSetKeyboardState
 */
RatStatus RatGetKeyboardState(uint8_t* state);

/** Changes the calling thread's picture of the keys.
 *
 *  RatGetKeyState(), RatTranslateMessage() of a program's keys and accelerators go by it; no message comes of it.
 *
 *  @param  state  256 bytes: the highest bit says down, the lowest switched on; the others are ignored.
 *  @retval RAT_IPC_OK                Changed.
 *  @retval RAT_IPC_ERR_INVALID_ARG   state is NULL.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  The thread had no queue and none could be made.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; each has its own.
 *  @win32 SetKeyboardState; none known.
 *  @since 0.1
 *  @see RatGetKeyboardState
 */
RatStatus RatSetKeyboardState(const uint8_t* state);

/** Has the mouse and the keyboard do something, as if a user had.
 *
 *  It comes in by the door that displays use, all of it in one step, and becomes messages when it is
 *  retrieved. Keys go to the thread of the foreground window, without one to the calling thread; what
 *  the mouse does to that thread too if it has captured it, else to that of the topmost window under the
 *  pointer; the wheel without one to the focus. The pointer stays on the screen. What nobody is there for changes
 *  what is held down and where the pointer is, and no more. Keys and buttons that a user holds, and those that
 *  programs hold down, are the same: a release by anyone ends it.
 *  RatTranslateMessage() types these keys as a United States keyboard does, or the character they carry.
 *
 *  @param  inputs  What to do, in order.
 *  @param  count   How many, 1 to 65,536.
 *  @param  size    sizeof(RatInput).
 *  @retval RAT_IPC_OK               All of it came in.
 *  @retval RAT_IPC_ERR_INVALID_ARG  inputs is NULL, count or size is out of range, or one of them has an unknown
 *                                   type or flag, no key, or extra buttons that are none; nothing came in.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 SendInput; moves are not accelerated, all or nothing comes in, and other programs get nothing of it.
 *  @since 0.1
 *  @see RatGetAsyncKeyState
 */
RatStatus RatSendInput(const RatInput* inputs, uint32_t count, uint32_t size);

/** Tells where the pointer is now.
 *
 *  @param[out] outPoint  Receives the place on the screen.
 *  @retval RAT_IPC_OK               There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG  outPoint is NULL.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetCursorPos; known from what displays have told the process, and programs have sent.
 *  @since 0.1
 *  @see RatGetMessagePos
 */
RatStatus RatGetCursorPos(RatPoint* outPoint);

/** Tells how large the screen is.
 *
 *  That of the display which the process has opened last; 1024 by 768 pixels before there is one.
 *
 *  @param[out] outWidth   Receives the width in pixels; may be NULL.
 *  @param[out] outHeight  Receives the height in pixels; may be NULL.
 *  @retval RAT_IPC_OK  There it is.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetSystemMetrics with SM_CXSCREEN and SM_CYSCREEN; of all screens together.
 *  @since 0.1
 *  @see RatSendInput
 */
RatStatus RatGetScreenSize(int32_t* outWidth, int32_t* outHeight);

/** Tells where the pointer was lately, of which messages may tell less.
 *
 *  @param[out] points     Receives the latest places first.
 *  @param  count          Room at points; there are never more than 64.
 *  @param[out] outCount   Receives how many there are.
 *  @retval RAT_IPC_OK               There they are.
 *  @retval RAT_IPC_ERR_INVALID_ARG  A pointer is NULL.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetMouseMovePointsEx; without a place to begin from.
 *  @since 0.1
 *  @see RatKeepMouseMoves
 */
RatStatus RatGetMouseMovePoints(RatMovePoint* points, uint32_t count, uint32_t* outCount);

/** Has every move of the mouse come to the calling thread as a message of its own.
 *
 *  Without this, moves in one window that wait with nothing between them are one message, of the latest: a
 *  program that is slow does not lag behind the pointer. A program that draws what the mouse draws needs them all.
 *  It counts for moves that come in from now on, and may be asked for before the thread has a window.
 *
 *  @param  keep  Whether to keep them; false is how a thread begins.
 *  @retval RAT_IPC_OK                 So it is from now on.
 *  @retval RAT_IPC_ERR_NO_RESOURCES   No memory for the thread's queue.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; each has its own choice. Not async-signal-safe.
 *  @win32 None there: what was left out is asked for with GetMouseMovePointsEx.
 *  @since 0.1
 *  @see RatGetMouseMovePoints
 */
RatStatus RatKeepMouseMoves(bool keep);

/** Says what presses are a double click.
 *
 *  @param  time_ms  From the first press to the second at most; 0 for Win32's 500, at most 5,000.
 *  @param  width    Of the rectangle around the first press that the second one lies in; 0 for 4 pixels.
 *  @param  height   Likewise.
 *  @retval RAT_IPC_OK               It is so for the process.
 *  @retval RAT_IPC_ERR_INVALID_ARG  One of them is out of range: sizes are at most 32,767.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 SetDoubleClickTime with SystemParametersInfo; for the process only.
 *  @since 0.1
 *  @see RatGetDoubleClick
 */
RatStatus RatSetDoubleClick(uint32_t time_ms, uint32_t width, uint32_t height);

/** Tells what presses are a double click.
 *
 *  @param[out] outTime_ms  Receives the time; may be NULL.
 *  @param[out] outWidth    Receives the width; may be NULL.
 *  @param[out] outHeight   Receives the height; may be NULL.
 *  @retval RAT_IPC_OK  There it is.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetDoubleClickTime with GetSystemMetrics; none known.
 *  @since 0.1
 *  @see RatSetDoubleClick
 */
RatStatus RatGetDoubleClick(uint32_t* outTime_ms, uint32_t* outWidth, uint32_t* outHeight);

/** Has a window told, once, that the pointer leaves it or rests on it.
 *
 *  RAT_WM_MOUSELEAVE comes when the pointer is retrieved elsewhere, also on a child, or the display says
 *  that it has left the surface; at once if it is elsewhere already. RAT_WM_MOUSEHOVER is posted when it has moved by no more than 2 pixels for the time.
 *  One window of a thread is tracked: another one takes its place. Told is told: ask again for more.
 *
 *  @param[in,out] track  What to do. With RAT_TME_QUERY it receives what is tracked: flags, window and time.
 *  @retval RAT_IPC_OK                  Done.
 *  @retval RAT_IPC_ERR_INVALID_ARG     track is NULL, its size is wrong, or something unknown is set in it.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    The thread had no queue and none could be made.
 *  @reentrancy Runs window procedures, which are asked what the pointer is on.
 *  @threadsafety The window's own thread.
 *  @win32 TrackMouseEvent; none known.
 *  @since 0.1
 *  @see RatSetCapture
 */
RatStatus RatTrackMouseEvent(RatTrackMouse* track);

/** Has a key with modifiers come as RAT_WM_HOTKEY, whichever of the program's windows has the focus.
 *
 *  Pressed with exactly these modifiers it is no key for anyone; its release stays one. RAT_WM_HOTKEY is posted,
 *  and counts as RAT_QS_HOTKEY too. One thread of the process can have it. It ends with the window, or with the
 *  thread.
 *
 *  @param  window     A window of the calling thread, or RAT_INVALID_HANDLE for a message of the thread's queue.
 *  @param  id         The program's number; one that is there already is replaced.
 *  @param  modifiers  RAT_MOD_*.
 *  @param  key        RAT_VK_*.
 *  @retval RAT_IPC_OK                  Registered.
 *  @retval RAT_IPC_ERR_INVALID_ARG     modifiers has unknown bits, or key is not 1 to 254.
 *  @retval RAT_IPC_ERR_ALREADY_EXISTS  Somebody, perhaps the window itself, has the key with these modifiers.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    The thread had no queue and none could be made.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 RegisterHotKey; it works while the program has the keyboard.
 *  @since 0.1
 *  @see RatUnregisterHotKey
 */
RatStatus RatRegisterHotKey(RatWindow window, int32_t id, uint32_t modifiers, uint32_t key);

/** Ends what RatRegisterHotKey() began.
 *
 *  @param  window  As it was registered.
 *  @param  id      The number.
 *  @retval RAT_IPC_OK                  Ended; a message that was posted still comes.
 *  @retval RAT_IPC_ERR_NOT_FOUND       There is no such hot key.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 UnregisterHotKey; none known.
 *  @since 0.1
 *  @see RatRegisterHotKey
 */
RatStatus RatUnregisterHotKey(RatWindow window, int32_t id);

/** Makes a table of keys that are commands.
 *
 *  @param  accelerators   The keys, which are copied; the first that matches counts.
 *  @param  count          How many, 1 to 32,767.
 *  @param[out] outTable   Receives the table; RatDestroyAcceleratorTable() is owed.
 *  @retval RAT_IPC_OK               Made.
 *  @retval RAT_IPC_ERR_INVALID_ARG  A pointer is NULL, count is out of range, or something unknown is set.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; any may use the table.
 *  @win32 CreateAcceleratorTable; none known.
 *  @since 0.1
 *  @see RatDestroyAcceleratorTable
 */
RatStatus RatCreateAcceleratorTable(const RatAccelerator* accelerators, uint32_t count,
                                    RatAcceleratorTable* outTable);

/** Copies a table's keys.
 *
 *  @param  table              A table.
 *  @param[out] accelerators  Receives the first of them; may be NULL when count is 0.
 *  @param  count              Room at accelerators.
 *  @param[out] outCount      Receives how many the table has; may be NULL.
 *  @retval RAT_IPC_OK                  Copied, as many as there is room for.
 *  @retval RAT_IPC_ERR_INVALID_ARG     accelerators is NULL and count is not 0.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  There is no such table.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CopyAcceleratorTable; none known.
 *  @since 0.1
 *  @see RatCreateAcceleratorTable
 */
RatStatus RatCopyAcceleratorTable(RatAcceleratorTable table, RatAccelerator* accelerators,
                                  uint32_t count, uint32_t* outCount);

/** Ends a table.
 *
 *  @param  table  A table.
 *  @retval RAT_IPC_OK                  Ended.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  There is no such table.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 DestroyAcceleratorTable, which says no more of a stale handle.
 *  @since 0.1
 *  @see RatCreateAcceleratorTable
 */
RatStatus RatDestroyAcceleratorTable(RatAcceleratorTable table);

/** Has a window do the command that a key message is.
 *
 *  Sends RAT_WM_COMMAND with the command in the low half of wparam and 1 in the high half. Virtual keys are
 *  looked up in presses, with the modifiers that RatGetKeyState() has; characters in RAT_WM_CHAR, with
 *  RAT_FALT in RAT_WM_SYSCHAR. Call it in the loop, and leave the message alone then.
 *
 *  @param  window  Who gets the command.
 *  @param  table   A table.
 *  @param  msg     A message as it was retrieved.
 *  @retval RAT_IPC_OK                  It was one, and was done.
 *  @retval RAT_IPC_ERR_NOT_FOUND       It is none of the table's.
 *  @retval RAT_IPC_ERR_INVALID_ARG     msg is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window, or there is no such table.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @reentrancy Runs window procedures.
 *  @threadsafety The window's own thread.
 *  @win32 TranslateAccelerator, without menus: no RAT_WM_SYSCOMMAND and no RAT_WM_INITMENU.
 *  @since 0.1
 *  @see RatCreateAcceleratorTable
 */
RatStatus RatTranslateAccelerator(RatWindow window, RatAcceleratorTable table, const RatMessage* msg);

/** Tells where the pointer was when a message was made.
 *
 *  That of the posted or retrieved message whose procedure runs, else of the input retrieved last.
 *
 *  @param[out] outPoint  Receives the place on the screen.
 *  @retval RAT_IPC_OK               There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG  outPoint is NULL.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; each has its own answer.
 *  @win32 GetMessagePos; outside of a procedure the message's own x and y are better.
 *  @since 0.1
 *  @see RatGetMessageTime
 */
RatStatus RatGetMessagePos(RatPoint* outPoint);

/** Tells when a message was made.
 *
 *  Which one, RatGetMessagePos() says.
 *
 *  @return Nanoseconds of CLOCK_MONOTONIC; 0 if there was no message yet.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; each has its own answer.
 *  @win32 GetMessageTime, in nanoseconds.
 *  @since 0.1
 *  @see RatGetMessagePos
 */
uint64_t RatGetMessageTime(void);

/** Tells what came along with the input that was retrieved last.
 *
 *  @return RatInput's extraInfo, or what RatSetMessageExtraInfo() has set since; 0 for what a user does.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; each has its own answer.
 *  @win32 GetMessageExtraInfo; none known.
 *  @since 0.1
 *  @see RatSetMessageExtraInfo
 */
intptr_t RatGetMessageExtraInfo(void);

/** Sets what RatGetMessageExtraInfo() tells until the next input is retrieved.
 *
 *  @param  extraInfo  The program's own.
 *  @return What it was; 0 also where the thread had no queue and none could be made.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; each has its own.
 *  @win32 SetMessageExtraInfo; none known.
 *  @since 0.1
 *  @see RatGetMessageExtraInfo
 */
intptr_t RatSetMessageExtraInfo(intptr_t extraInfo);

#ifdef __cplusplus
}
#endif
#endif /* RATINPUT_H */
