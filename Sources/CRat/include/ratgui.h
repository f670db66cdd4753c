/** @file ratgui.h
 *  Windows: classes, procedures, painting, timers and the display they are shown on.
 *
 *  A window belongs to the thread that created it. Only that thread runs its procedure, and only it
 *  may change the window; any thread may post and send to it. How windows lie in each other is rattree.h's, hooks
 *  are rathook.h's.
 *
 *  Procedures may nest as deep as the thread's stack allows. With less than 256 KiB of it left, or a quarter
 *  of a stack below 1 MiB, every function of the window headers that may run a procedure gives
 *  RAT_IPC_ERR_NO_RESOURCES and does nothing, and so do RatSendMessage() and its like, RatDispatchMessage()
 *  and, on a thread's own queue, RatGetMessage(), once they would run one; those who send from other threads
 *  are told the same. What had been begun goes on. On a stack that the program made itself, nothing is
 *  refused.
 *
 *  Message numbers, styles and key codes are Win32's. Coordinates are pixels; a client area's origin
 *  is its top left corner.
 */
#ifndef RATGUI_H
#define RATGUI_H

#include "ratcore.h"
#include "ratmsg.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Names a window. */
typedef RatHandle RatWindow;

/** Names a registered class by number: 0xC000 to 0xFFFF. 0 names none. */
typedef uint16_t RatAtom;

/** Handles one message for a window. Runs on the window's thread, may call any function, and may
 *  destroy the window. Pass on to RatDefWindowProc() what it does not handle. */
typedef RatResult (*RatWindowProc)(RatWindow window, uint32_t message, uintptr_t wparam,
                                   intptr_t lparam);

/** Called for a timer instead of RAT_WM_TIMER. message is RAT_WM_TIMER, id the timer's, time the
 *  moment in nanoseconds of CLOCK_MONOTONIC. */
typedef void (*RatTimerProc)(RatWindow window, uint32_t message, uintptr_t id, uint64_t time);

/** A rectangle: right and bottom lie just outside it. */
typedef struct {
    int32_t left;
    int32_t top;
    int32_t right;
    int32_t bottom;
} RatRect;

/** What windows have in common. Set size, proc and name; zero is a good value for the rest.
 *  ratclass.h has more about classes. */
typedef struct {
    uint32_t size;       /**< sizeof(RatWindowClass). */
    uint32_t style;      /**< RAT_CS_*. */
    RatWindowProc proc;  /**< Handles the messages of the windows. */
    const char* name;    /**< 1 to 255 bytes of UTF-8, compared without regard to ASCII case. Copied. */
    uint32_t background; /**< 0xAARRGGBB that RAT_WM_ERASEBKGND fills with; 0 leaves it to the program. */
    uint32_t classExtra;  /**< Bytes that the class keeps for the program, 0 to 65,536. */
    uint32_t windowExtra; /**< Bytes that each window keeps for the program, 0 to 65,536. */
    uint32_t cursor;      /**< RAT_CURSOR_* that RAT_WM_SETCURSOR shows over client areas; 0 leaves it as it is. */
} RatWindowClass;

/** How a window is being created: lparam of RAT_WM_NCCREATE and RAT_WM_CREATE points to it. */
typedef struct {
    void* param;           /**< As given to RatCreateWindow(). */
    uint32_t exStyle;      /**< As given to RatCreateWindow(). */
    uint32_t style;        /**< RAT_WS_*. */
    const char* className; /**< The class, as registered. */
    const char* title;     /**< UTF-8; "" if none was given. */
    int32_t x;             /**< Position, a child's in its parent, and outer size, as resolved. */
    int32_t y;
    int32_t width;
    int32_t height;
    RatWindow parent; /**< As given to RatCreateWindow(). */
    uintptr_t id;     /**< As given to RatCreateWindowEx(). */
} RatCreateStruct;

/** A style that changes: lparam of RAT_WM_STYLECHANGING and RAT_WM_STYLECHANGED points to it. */
typedef struct {
    uint32_t oldStyle;
    uint32_t newStyle; /**< In RAT_WM_STYLECHANGING the procedure may change it. */
} RatStyleStruct;

/** Where a window goes: lparam of RAT_WM_WINDOWPOSCHANGING and RAT_WM_WINDOWPOSCHANGED points to it. */
typedef struct {
    RatWindow window;
    RatWindow insertAfter; /**< A sibling above it, or RAT_HWND_TOP and its like. */
    int32_t x;             /**< On the screen, a child's in its parent. */
    int32_t y;
    int32_t width; /**< Outer size. */
    int32_t height;
    uint32_t flags; /**< RAT_SWP_*; afterwards also 0x0800 and 0x1000: client area not resized, not moved. */
    uint32_t reserved;
} RatWindowPos;

/** What becomes of a window's size: lparam of RAT_WM_NCCALCSIZE points to it where wparam is 1. */
typedef struct {
    RatRect rect;      /**< In: the new outer rectangle. Out: the new client area. */
    RatRect oldWindow; /**< The outer rectangle until now. */
    RatRect oldClient; /**< The client area until now. */
    RatWindowPos* position;
} RatSizeCalculation;

/** Pixels lent to the program: where to draw, and what of it is wanted.
 *
 *  Each pixel is 32 bits in the machine's byte order, 0xAARRGGBB with colours multiplied by alpha, as
 *  cairo's ARGB32. Within the clip they hold what the window shows; elsewhere they hold anything, may be
 *  written, and are not shown. Valid until they are given back, or until the window is destroyed. */
typedef struct {
    uint32_t* pixels;    /**< The area's top left pixel; NULL if the area is empty. */
    size_t stride;       /**< Bytes from one row to the next. */
    int32_t width;       /**< The client area, or the window where that was asked for, in pixels. */
    int32_t height;
    RatRect rect;        /**< What is wanted: the smallest rectangle around the clip. */
    uint32_t erase;      /**< Not 0: the background is still to be erased. */
    uint32_t clipCount;  /**< How many rectangles clip has. */
    const RatRect* clip; /**< What is shown of the pixels: rectangles that do not overlap, from top to bottom,
                              from left to right. */
    uint64_t token;      /**< Names what was lent, for the library. */
} RatPaint;

/** @name Class styles */
#define RAT_CS_VREDRAW 0x0001u /**< A new height invalidates everything. */
#define RAT_CS_HREDRAW 0x0002u /**< A new width invalidates everything. */
#define RAT_CS_DBLCLKS 0x0008u /**< Second presses arrive as double clicks. */
#define RAT_CS_NOCLOSE 0x0200u /**< A person cannot close it by its frame. */
#define RAT_CS_GLOBALCLASS 0x4000u /**< As every class: for all code of the process. */
#define RAT_CS_THREADCLASS 0x01000000u /**< For windows of the registering thread only, which finds it before
                                            others of that name; it ends with the thread. Not Win32's. */

/** @name Window styles */
#define RAT_WS_OVERLAPPED 0x00000000u
#define RAT_WS_POPUP 0x80000000u /**< No frame unless RAT_WS_CAPTION asks for one. */
#define RAT_WS_CHILD 0x40000000u /**< Lies in a parent, and moves with it. */
#define RAT_WS_MINIMIZE 0x20000000u
#define RAT_WS_VISIBLE 0x10000000u
#define RAT_WS_DISABLED 0x08000000u
#define RAT_WS_CLIPSIBLINGS 0x04000000u
#define RAT_WS_CLIPCHILDREN 0x02000000u
#define RAT_WS_MAXIMIZE 0x01000000u
#define RAT_WS_CAPTION 0x00C00000u
#define RAT_WS_BORDER 0x00800000u
#define RAT_WS_SYSMENU 0x00080000u
#define RAT_WS_THICKFRAME 0x00040000u /**< The user may resize it. */
#define RAT_WS_MINIMIZEBOX 0x00020000u
#define RAT_WS_MAXIMIZEBOX 0x00010000u
#define RAT_WS_OVERLAPPEDWINDOW                                                            \
    (RAT_WS_OVERLAPPED | RAT_WS_CAPTION | RAT_WS_SYSMENU | RAT_WS_THICKFRAME |             \
     RAT_WS_MINIMIZEBOX | RAT_WS_MAXIMIZEBOX)

/** @name Extended window styles */
#define RAT_WS_EX_NOPARENTNOTIFY 0x00000004u /**< A child without RAT_WM_PARENTNOTIFY. */
#define RAT_WS_EX_TOPMOST 0x00000008u        /**< Above the top-level windows that are not. */
#define RAT_WS_EX_TRANSPARENT 0x00000020u

/** Position or size that the display chooses; for x it also covers y, for width also height. */
#define RAT_CW_USEDEFAULT ((int32_t)0x80000000)

/** @name What becomes of a window's position; bits of RatWindowPos' flags */
#define RAT_SWP_NOSIZE 0x0001u
#define RAT_SWP_NOMOVE 0x0002u
#define RAT_SWP_NOZORDER 0x0004u
#define RAT_SWP_NOREDRAW 0x0008u       /**< Nothing is invalidated. */
#define RAT_SWP_NOACTIVATE 0x0010u
#define RAT_SWP_FRAMECHANGED 0x0020u   /**< RAT_WM_NCCALCSIZE comes also for an old size. */
#define RAT_SWP_SHOWWINDOW 0x0040u     /**< Without RAT_WM_SHOWWINDOW. */
#define RAT_SWP_HIDEWINDOW 0x0080u
#define RAT_SWP_NOCOPYBITS 0x0100u     /**< All of the client area is invalidated. */
#define RAT_SWP_NOOWNERZORDER 0x0200u  /**< Owners and owned windows stay where they are. */
#define RAT_SWP_NOSENDCHANGING 0x0400u /**< No RAT_WM_WINDOWPOSCHANGING. */
#define RAT_SWP_DEFERERASE 0x2000u
#define RAT_SWP_ASYNCWINDOWPOS 0x4000u

/** @name Places in the z-order, instead of a sibling */
#define RAT_HWND_TOP ((RatWindow)0)
#define RAT_HWND_BOTTOM ((RatWindow)1)
#define RAT_HWND_TOPMOST ((RatWindow)-1)   /**< Above all others, and stays there. */
#define RAT_HWND_NOTOPMOST ((RatWindow)-2) /**< On top of those that are not topmost. */

/** @name Show commands */
#define RAT_SW_HIDE 0
#define RAT_SW_SHOWNORMAL 1 /**< Shown, neither minimised nor maximised. */
#define RAT_SW_NORMAL 1
#define RAT_SW_SHOWMINIMIZED 2
#define RAT_SW_SHOWMAXIMIZED 3
#define RAT_SW_MAXIMIZE 3
#define RAT_SW_SHOWNOACTIVATE 4 /**< As RAT_SW_SHOWNORMAL, without activating. */
#define RAT_SW_SHOW 5           /**< Shown as it is. */
#define RAT_SW_MINIMIZE 6
#define RAT_SW_SHOWMINNOACTIVE 7
#define RAT_SW_SHOWNA 8  /**< As RAT_SW_SHOW, without activating. */
#define RAT_SW_RESTORE 9 /**< From minimised to what it was before. */
#define RAT_SW_SHOWDEFAULT 10
#define RAT_SW_FORCEMINIMIZE 11

/** @name Indices for RatGetWindowLong() and RatSetWindowLong() */
#define RAT_GWLP_WNDPROC (-4)    /**< The procedure. */
#define RAT_GWLP_HWNDPARENT (-8) /**< A child's parent, another window's owner. */
#define RAT_GWLP_ID (-12)        /**< A child's number. */
#define RAT_GWL_STYLE (-16)      /**< RAT_WS_*. Sends RAT_WM_STYLECHANGING and RAT_WM_STYLECHANGED. */
#define RAT_GWL_EXSTYLE (-20)    /**< RAT_WS_EX_*, likewise; RAT_WS_EX_TOPMOST stays as it is. */
#define RAT_GWLP_USERDATA (-21)  /**< The program's own, 0 at first. */

/** @name Messages */
#define RAT_WM_NULL 0x0000
#define RAT_WM_CREATE 0x0001     /**< lparam: RatCreateStruct*. -1 refuses. */
#define RAT_WM_DESTROY 0x0002
#define RAT_WM_MOVE 0x0003       /**< lparam: client x, y on the screen, 16 signed bits each. */
#define RAT_WM_SIZE 0x0005       /**< wparam: RAT_SIZE_*; lparam: client width, height. */
#define RAT_WM_ACTIVATE 0x0006   /**< low wparam: RAT_WA_*; high: not 0 when minimised. */
#define RAT_WM_SETFOCUS 0x0007   /**< wparam: the window that lost it, or 0. */
#define RAT_WM_KILLFOCUS 0x0008  /**< wparam: the window that gets it, or 0. */
#define RAT_WM_ENABLE 0x000A     /**< wparam: 1 enabled, 0 disabled. */
#define RAT_WM_SETREDRAW 0x000B   /**< wparam: 0 ends painting and marking, 1 begins it again. */
#define RAT_WM_SETTEXT 0x000C    /**< lparam: const char*, UTF-8. 1: taken. */
#define RAT_WM_GETTEXT 0x000D    /**< wparam: bytes at lparam, a char*. The result leaves out the NUL. */
#define RAT_WM_GETTEXTLENGTH 0x000E /**< The result is in bytes, without a NUL. */
#define RAT_WM_PAINT 0x000F      /**< Comes again until RatBeginPaint() or the default procedure. */
#define RAT_WM_CLOSE 0x0010
#define RAT_WM_QUIT 0x0012       /**< wparam: the exit code. */
#define RAT_WM_QUERYOPEN 0x0013  /**< 0 keeps a minimised window as it is. */
#define RAT_WM_ERASEBKGND 0x0014 /**< lparam: RatPaint*. Not 0: erased. */
#define RAT_WM_SHOWWINDOW 0x0018 /**< wparam: 1 shown, 0 hidden. */
#define RAT_WM_ACTIVATEAPP 0x001C
#define RAT_WM_CANCELMODE 0x001F /**< Ends what the window is in the middle of: it is being disabled. */
#define RAT_WM_CHILDACTIVATE 0x0022      /**< A child was moved or restacked, and not told to stay inactive. */
#define RAT_WM_GETMINMAXINFO 0x0024      /**< lparam: RatMinMaxInfo*, which may be changed. */
#define RAT_WM_WINDOWPOSCHANGING 0x0046  /**< lparam: RatWindowPos*, which may be changed. */
#define RAT_WM_WINDOWPOSCHANGED 0x0047   /**< lparam: const RatWindowPos*. By default sends MOVE and SIZE. */
#define RAT_WM_COPYDATA 0x004A   /**< wparam: who sends it, a window; lparam: const RatCopyData*. */
#define RAT_WM_HELP 0x0053       /**< F1 was pressed, from the default procedure, which hands it outward. lparam: const
                                      RatHelpInfo*. */
#define RAT_WM_STYLECHANGING 0x007C /**< wparam: RAT_GWL_STYLE or RAT_GWL_EXSTYLE, as intptr_t; lparam:
                                         RatStyleStruct*, whose new style may be changed. */
#define RAT_WM_STYLECHANGED 0x007D  /**< The same, const. */
#define RAT_WM_NCCREATE 0x0081   /**< lparam: RatCreateStruct*. 0 refuses. */
#define RAT_WM_NCDESTROY 0x0082  /**< The last message of a window. */
#define RAT_WM_NCCALCSIZE 0x0083 /**< lparam: RatRect*; in: outer, out: client; wparam 0: on the screen, 1: in
                                      the parent, and it begins a RatSizeCalculation. */
#define RAT_WM_NCHITTEST 0x0084  /**< lparam: a point of the screen. The result is RAT_HT*. */
#define RAT_WM_NCPAINT 0x0085    /**< What is not client area is to be painted. wparam: a RatRegion on the screen,
                                      which lives until this returns, or 1 for all. */
#define RAT_WM_NCACTIVATE 0x0086
#define RAT_WM_SYNCPAINT 0x0088  /**< By default sends what is due before a paint, to what is in it too. */
#define RAT_WM_KEYDOWN 0x0100    /**< wparam: RAT_VK_*; lparam: repeat 0-15, scan 16-23, ext 24, alt 29,
                                      was down 30, up 31. */
#define RAT_WM_KEYUP 0x0101
#define RAT_WM_CHAR 0x0102       /**< wparam: one UTF-16 unit; lparam: the key's. */
#define RAT_WM_DEADCHAR 0x0103
#define RAT_WM_SYSKEYDOWN 0x0104
#define RAT_WM_SYSKEYUP 0x0105
#define RAT_WM_SYSCHAR 0x0106
#define RAT_WM_SYSDEADCHAR 0x0107
#define RAT_WM_SYSCOMMAND 0x0112 /**< wparam: RAT_SC_*. */
#define RAT_WM_TIMER 0x0113      /**< wparam: the timer's id. */
#define RAT_WM_MOUSEMOVE 0x0200  /**< wparam: RAT_MK_*; lparam: client x, y, 16 signed bits each. */
#define RAT_WM_LBUTTONDOWN 0x0201
#define RAT_WM_LBUTTONUP 0x0202
#define RAT_WM_LBUTTONDBLCLK 0x0203
#define RAT_WM_RBUTTONDOWN 0x0204
#define RAT_WM_RBUTTONUP 0x0205
#define RAT_WM_RBUTTONDBLCLK 0x0206
#define RAT_WM_MBUTTONDOWN 0x0207
#define RAT_WM_MBUTTONUP 0x0208
#define RAT_WM_MBUTTONDBLCLK 0x0209
#define RAT_WM_MOUSEWHEEL 0x020A /**< high wparam: signed, 120 a notch, away is positive, to be added up: smooth wheels
                                      turn by less; lparam: screen. To the window under the pointer, else to
                                      the focus. */
#define RAT_WM_XBUTTONDOWN 0x020B /**< high wparam: 1 or 2. */
#define RAT_WM_XBUTTONUP 0x020C
#define RAT_WM_XBUTTONDBLCLK 0x020D
#define RAT_WM_MOUSEHWHEEL 0x020E /**< As RAT_WM_MOUSEWHEEL, right is positive. */
#define RAT_WM_PARENTNOTIFY 0x0210 /**< low wparam: RAT_WM_CREATE or RAT_WM_DESTROY, high: the child's
                                        number; lparam: the child. Or a press's message, the number of
                                        an extra button; client x, y. */
#define RAT_WM_DISPLAYLOST 0x03F0 /**< The display is gone for good; wparam: a RatStatus. Not Win32's. */
#define RAT_WM_REMOTEREDRAW 0x03F1 /**< Another thread called RatRedrawWindow() or its like; the default procedure
                                        does it. Not Win32's. */
#define RAT_WM_USER 0x0400        /**< First number for a class's own messages. */
#define RAT_WM_APP 0x8000         /**< First number for a program's own messages. */

#define RAT_SIZE_RESTORED 0
#define RAT_SIZE_MINIMIZED 1
#define RAT_SIZE_MAXIMIZED 2
#define RAT_WA_INACTIVE 0
#define RAT_WA_ACTIVE 1
#define RAT_WA_CLICKACTIVE 2
#define RAT_SC_CLOSE 0xF060
#define RAT_WHEEL_DELTA 120

/** @name Buttons and keys held, in mouse messages */
#define RAT_MK_LBUTTON 0x0001
#define RAT_MK_RBUTTON 0x0002
#define RAT_MK_SHIFT 0x0004
#define RAT_MK_CONTROL 0x0008
#define RAT_MK_MBUTTON 0x0010
#define RAT_MK_XBUTTON1 0x0020
#define RAT_MK_XBUTTON2 0x0040

/** @name Virtual keys; letters and digits are their ASCII capitals */
#define RAT_VK_CANCEL 0x03
#define RAT_VK_BACK 0x08
#define RAT_VK_TAB 0x09
#define RAT_VK_CLEAR 0x0C
#define RAT_VK_RETURN 0x0D
#define RAT_VK_SHIFT 0x10
#define RAT_VK_CONTROL 0x11
#define RAT_VK_MENU 0x12
#define RAT_VK_PAUSE 0x13
#define RAT_VK_CAPITAL 0x14
#define RAT_VK_ESCAPE 0x1B
#define RAT_VK_SPACE 0x20
#define RAT_VK_PRIOR 0x21
#define RAT_VK_NEXT 0x22
#define RAT_VK_END 0x23
#define RAT_VK_HOME 0x24
#define RAT_VK_LEFT 0x25
#define RAT_VK_UP 0x26
#define RAT_VK_RIGHT 0x27
#define RAT_VK_DOWN 0x28
#define RAT_VK_SELECT 0x29
#define RAT_VK_PRINT 0x2A
#define RAT_VK_EXECUTE 0x2B
#define RAT_VK_SNAPSHOT 0x2C
#define RAT_VK_INSERT 0x2D
#define RAT_VK_DELETE 0x2E
#define RAT_VK_HELP 0x2F
#define RAT_VK_LWIN 0x5B
#define RAT_VK_RWIN 0x5C
#define RAT_VK_APPS 0x5D
#define RAT_VK_SLEEP 0x5F
#define RAT_VK_NUMPAD0 0x60
#define RAT_VK_NUMPAD9 0x69
#define RAT_VK_MULTIPLY 0x6A
#define RAT_VK_ADD 0x6B
#define RAT_VK_SEPARATOR 0x6C
#define RAT_VK_SUBTRACT 0x6D
#define RAT_VK_DECIMAL 0x6E
#define RAT_VK_DIVIDE 0x6F
#define RAT_VK_F1 0x70
#define RAT_VK_F12 0x7B
#define RAT_VK_F24 0x87
#define RAT_VK_NUMLOCK 0x90
#define RAT_VK_SCROLL 0x91
#define RAT_VK_LSHIFT 0xA0
#define RAT_VK_RSHIFT 0xA1
#define RAT_VK_LCONTROL 0xA2
#define RAT_VK_RCONTROL 0xA3
#define RAT_VK_LMENU 0xA4
#define RAT_VK_RMENU 0xA5
#define RAT_VK_OEM_1 0xBA
#define RAT_VK_OEM_PLUS 0xBB
#define RAT_VK_OEM_COMMA 0xBC
#define RAT_VK_OEM_MINUS 0xBD
#define RAT_VK_OEM_PERIOD 0xBE
#define RAT_VK_OEM_2 0xBF
#define RAT_VK_OEM_3 0xC0
#define RAT_VK_OEM_4 0xDB
#define RAT_VK_OEM_5 0xDC
#define RAT_VK_OEM_6 0xDD
#define RAT_VK_OEM_7 0xDE
#define RAT_VK_OEM_102 0xE2

/** Chooses the display for this process and opens the calling thread's connection to it.
 *
 *  Without this call the first window does it, with NULL. Each thread that shows windows has its own
 *  connection. After a loss (RAT_WM_DISPLAYLOST to each window, RAT_IPC_ERR_NOT_CONNECTED from each call
 *  that needs the display) it is to be called again, on a thread that goes on, before that creates windows. The variable
 *  RAT_X11_DISABLE names, with commas, what of an X server is not to be used: shm, xkb, sync, xfixes, smooth
 *  for turns of a wheel that are less than a notch (then every turn is a multiple of 120), sendevent for
 *  input that other programs make up, and deadlines: then a window manager is waited for as long as it takes.
 *
 *  @param name  "x11" (what DISPLAY names), "x11:" and a display's name such as "x11::1", "headless",
 *               or "auto": x11 where DISPLAY is set, headless where it is not. NULL takes the variable
 *               RAT_DISPLAY, and "auto" where that is not set.
 *  @retval RAT_IPC_OK                 Attached.
 *  @retval RAT_IPC_ERR_INVALID_ARG    name is none of these.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED  No server there.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED  The server does not let this user in.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED  This build has no such display.
 *  @retval RAT_IPC_ERR_ALREADY_EXISTS The calling thread shows windows on another display.
 *  @retval RAT_IPC_ERR_NO_RESOURCES   No memory or descriptor is left, or the server takes no more clients.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known; Win32 has one display.
 *  @since 0.1
 *  @see RatCreateWindow
 */
RatStatus RatAttachDisplay(const char* name);

/** Registers a window class for this process.
 *
 *  @param windowClass   Copied with its name.
 *  @param[out] outAtom  Receives the class's atom; may be NULL.
 *  @retval RAT_IPC_OK                  Windows of it can be created.
 *  @retval RAT_IPC_ERR_INVALID_ARG     windowClass, proc or name is NULL, the size is unknown, reserved
 *                                      or a style is not 0 where it must be, extra bytes are too many, or
 *                                      the name is not 1 to 255 bytes of UTF-8.
 *  @retval RAT_IPC_ERR_ALREADY_EXISTS  A class of that name is registered: for the calling thread alone
 *                                      with RAT_CS_THREADCLASS, else for all.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    16,384 classes are registered.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; the class serves all threads, or with RAT_CS_THREADCLASS the calling one.
 *  @win32 RegisterClassEx; classes are the process's, as with CS_GLOBALCLASS, and have no instance.
 *  @since 0.1
 *  @see RatUnregisterClass
 */
RatStatus RatRegisterClass(const RatWindowClass* windowClass, RatAtom* outAtom);

/** Removes a window class; of two of that name the calling thread's own.
 *
 *  @param name  As registered, or RAT_ATOM_NAME().
 *  @retval RAT_IPC_OK                 The name is free again.
 *  @retval RAT_IPC_ERR_INVALID_ARG    name is NULL.
 *  @retval RAT_IPC_ERR_NOT_FOUND      There is no such class.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED  Windows of it exist.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 UnregisterClass; none known.
 *  @since 0.1
 *  @see RatRegisterClass
 */
RatStatus RatUnregisterClass(const char* name);

/** Creates a window, owned by the calling thread.
 *
 *  Sends RAT_WM_NCCREATE, RAT_WM_NCCALCSIZE and RAT_WM_CREATE before it returns, then RAT_WM_SIZE and
 *  RAT_WM_MOVE to a child or popup, which an overlapped window gets when it is shown for the first time,
 *  and RAT_WM_PARENTNOTIFY to a child's parent; with RAT_WS_VISIBLE it also shows the window. A window that is overlapped or has RAT_WS_THICKFRAME is asked for its limits before all
 *  that, with RAT_WM_GETMINMAXINFO. A procedure refuses by returning 0 from RAT_WM_NCCREATE or -1 from
 *  RAT_WM_CREATE; then the window is gone again and this fails.
 *
 *  A child comes to lie below its siblings, another window above the top-level ones.
 *
 *  @param exStyle         RAT_WS_EX_*; Win32's other numbers are kept and mean nothing.
 *  @param className       A registered class, or RAT_ATOM_NAME().
 *  @param title           UTF-8, copied; NULL is "".
 *  @param style           RAT_WS_*.
 *  @param x               Left edge on the screen, a child's in its parent's client area, or
 *                         RAT_CW_USEDEFAULT, which is 0 for a child.
 *  @param y               Top edge.
 *  @param width           Outer width, 0 to 32,767, or RAT_CW_USEDEFAULT. The frame that a window manager
 *                         adds is not counted.
 *  @param height          Outer height, likewise.
 *  @param parent          With RAT_WS_CHILD and without RAT_WS_POPUP: what the window is in. Otherwise its
 *                         owner is the top-level window that parent is or is in; RAT_INVALID_HANDLE for
 *                         none, RAT_HWND_MESSAGE for a message-only window.
 *  @param param           Handed to the procedure in RatCreateStruct.
 *  @param[out] outWindow  Receives the handle.
 *  @retval RAT_IPC_OK                  The window exists.
 *  @retval RAT_IPC_ERR_INVALID_ARG     className or outWindow is NULL, a size is out of range, the title
 *                                      is not UTF-8 or longer than 1 MiB, a child has no parent, or it is the
 *                                      thread's first window and RAT_DISPLAY names no display.
 *  @retval RAT_IPC_ERR_NOT_FOUND       There is no such class.
 *  @retval RAT_IPC_ERR_CANCELLED       The procedure or a hook refused, or destroyed the window meanwhile.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED   No display, or it is lost.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED   The display does not let this user in.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  parent names no live window, or one in its last message.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    The window is to be a child, and parent is another thread's.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    No handle, memory, stack or display resource is left.
 *  @reentrancy Runs the window's procedure, and its parent's.
 *  @threadsafety Any thread; the window is that thread's.
 *  @win32 CreateWindowEx; the outer size is the client area's, since the frame is the window manager's.
 *         A child's parent must be of the same thread, and owners of other threads do not join the threads' input.
 *  @since 0.1
 *  @see RatDestroyWindow
 */
RatStatus RatCreateWindow(uint32_t exStyle, const char* className, const char* title, uint32_t style,
                          int32_t x, int32_t y, int32_t width, int32_t height, RatWindow parent,
                          void* param, RatWindow* outWindow);

/** Destroys a window: RAT_WM_DESTROY, then RAT_WM_NCDESTROY, then the handle is dead.
 *
 *  Before that a child's parent gets RAT_WM_PARENTNOTIFY, the window is hidden, and what it owns is
 *  destroyed completely; what it owns on other threads is destroyed by those, in their next retrieval, and has no
 *  owner until then. All that is in the window goes with it: RAT_WM_DESTROY comes to each before what
 *  is in it, RAT_WM_NCDESTROY to each after.
 *
 *  Messages still queued for it are dropped, its timers stop. A call of its procedure that is still in
 *  progress returns as usual. Destroying a window that is being destroyed changes nothing.
 *
 *  @param window  A window.
 *  @retval RAT_IPC_OK                  Gone, or on its way.
 *  @retval RAT_IPC_ERR_CANCELLED       A hook refused: RAT_HCBT_DESTROYWND.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    The stack is nearly used up; the window is as it was.
 *  @reentrancy Runs the window's procedure and those of its parent, of what it owns and of what is in it;
 *              may be called from any of them, also on RAT_WM_CREATE.
 *  @threadsafety The window's own thread.
 *  @win32 DestroyWindow; none known.
 *  @since 0.1
 *  @see RatCreateWindow
 */
RatStatus RatDestroyWindow(RatWindow window);

/** Tells whether a handle names a window that exists.
 *
 *  @param window  Any value.
 *  @return True from before RAT_WM_NCCREATE until RAT_WM_NCDESTROY has returned.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. Another thread's window may be gone by the time the answer arrives.
 *  @win32 IsWindow, without its reuse of numbers.
 *  @since 0.1
 *  @see RatGetHandleKind
 */
bool RatIsWindow(RatWindow window);

/** Does for a message what every window does by default.
 *
 *  Pointers in a message are believed only while its sender waits: not if it was posted, if another thread
 *  sent it with RatSendNotifyMessage() or RatSendMessageCallback(), or if it has its reply already.
 *
 *  @param window   The window the procedure was called for.
 *  @param message  The message, with its parameters.
 *  @param wparam   First parameter.
 *  @param lparam   Second parameter.
 *  @return The message's default result; 0 for messages without one, and for a dead window.
 *  @reentrancy Runs the window's procedure: RAT_WM_CLOSE destroys, RAT_WM_SYSCOMMAND with RAT_SC_CLOSE
 *              sends RAT_WM_CLOSE, so does RAT_WM_DISPLAYLOST; RAT_WM_PAINT validates;
 *              RAT_WM_WINDOWPOSCHANGING sends RAT_WM_GETMINMAXINFO, RAT_WM_WINDOWPOSCHANGED sends
 *              RAT_WM_MOVE and RAT_WM_SIZE.
 *  @threadsafety The window's own thread; on another it does nothing and returns 0.
 *  @win32 DefWindowProc; RAT_WM_DISPLAYLOST is ours.
 *  @since 0.1
 *  @see RatDispatchMessage
 */
RatResult RatDefWindowProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam);

/** Gives the message that the calling thread's running window procedure handles, whole.
 *
 *  @param[out] outMsg  Receives it: sender, time, position and payload of a dispatched message; for a
 *                      message that the library sent itself, its number and parameters.
 *  @retval RAT_IPC_OK               Copied; the payload stays the library's.
 *  @retval RAT_IPC_ERR_INVALID_ARG  outMsg is NULL.
 *  @retval RAT_IPC_ERR_NOT_FOUND    No window procedure runs on this thread.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetMessageTime, GetMessagePos and GetMessageExtraInfo in one, for the message at hand.
 *  @since 0.1
 *  @see RatDispatchMessage
 */
RatStatus RatGetCurrentMessage(RatMessage* outMsg);

/** Posts the characters that a key message types, as RAT_WM_CHAR and its like.
 *
 *  Feeds dead keys and Compose. Call it in the loop, between RatGetMessage() and RatDispatchMessage().
 *
 *  @param msg  A message as it was retrieved. Anything but RAT_WM_KEYDOWN and RAT_WM_SYSKEYDOWN is left
 *              alone.
 *  @return True if it was one of these and its text was looked up, whether or not it typed anything.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The thread that retrieved the message.
 *  @win32 TranslateMessage, which also returns TRUE for key releases.
 *  @since 0.1
 *  @see RatGetMessage
 */
bool RatTranslateMessage(const RatMessage* msg);

/** Shows, hides, minimises, maximises or restores a window.
 *
 *  Sends RAT_WM_SHOWWINDOW when that changes something, then RAT_WM_WINDOWPOSCHANGING and
 *  RAT_WM_WINDOWPOSCHANGED, between which it becomes the active one and its frame and background are drawn; for
 *  a window in one that is hidden only the style changes. An overlapped window that is shown for the first time
 *  gets RAT_WM_SIZE and RAT_WM_MOVE then. RAT_SW_SHOWNA and its like leave the active window what it is; on X11
 *  the window manager is asked to.
 *
 *  A new state is told by RAT_WM_MOVE and RAT_WM_SIZE. A minimised top-level window is at -32000, -32000 and has
 *  no client area, nothing of it is painted, and RAT_SW_MINIMIZE activates the next window. A maximised one
 *  fills its screen, a child its parent, if RAT_WM_GETMINMAXINFO does not say otherwise. On X11 the window manager
 *  has the last word, and is waited for, for two seconds at most: what it refuses leaves the window as it is, and
 *  what it does only later comes like what a person does. Where there is none the window fills the screen, or goes.
 *
 *  @param window   A window.
 *  @param command  RAT_SW_*.
 *  @retval RAT_IPC_OK                  Done, or it was so already, or a window manager refused.
 *  @retval RAT_IPC_ERR_INVALID_ARG     command is none of these.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED   Its display is lost.
 *  @retval RAT_IPC_ERR_CANCELLED       A hook refused: RAT_HCBT_MINMAX.
 *  @reentrancy Runs the window's procedure.
 *  @threadsafety The window's own thread.
 *  @win32 ShowWindow, which returns whether the window was visible instead.
 *  @since 0.1
 *  @see RatCreateWindow
 */
RatStatus RatShowWindow(RatWindow window, int32_t command);

/** Moves and resizes a window.
 *
 *  RAT_WM_WINDOWPOSCHANGING may change where it goes; RAT_WM_WINDOWPOSCHANGED tells, and by default sends
 *  RAT_WM_MOVE and RAT_WM_SIZE for what changed, at once. A window manager may overrule it; then they are
 *  sent again when it says so.
 *
 *  @param window  A window.
 *  @param x       Left edge on the screen, a child's in its parent's client area.
 *  @param y       Top edge.
 *  @param width   Outer width, 0 to 32,767.
 *  @param height  Outer height, likewise.
 *  @retval RAT_IPC_OK                  Done, or asked for.
 *  @retval RAT_IPC_ERR_INVALID_ARG     A size is out of range.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED   Its display is lost.
 *  @reentrancy Runs the window's procedure.
 *  @threadsafety The window's own thread.
 *  @win32 MoveWindow; the repaint is always asked for.
 *  @since 0.1
 *  @see RatGetWindowRect
 */
RatStatus RatMoveWindow(RatWindow window, int32_t x, int32_t y, int32_t width, int32_t height);

/** Tells a window's outer rectangle.
 *
 *  @param window         A window.
 *  @param[out] outRect   Receives it, in screen coordinates.
 *  @retval RAT_IPC_OK                  There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outRect is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetWindowRect; the window manager's frame is not counted.
 *  @since 0.1
 *  @see RatMoveWindow
 */
RatStatus RatGetWindowRect(RatWindow window, RatRect* outRect);

/** Tells a window's client area.
 *
 *  @param window        A window.
 *  @param[out] outRect  Receives it: left and top are 0.
 *  @retval RAT_IPC_OK                  There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outRect is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetClientRect; none known.
 *  @since 0.1
 *  @see RatGetWindowRect
 */
RatStatus RatGetClientRect(RatWindow window, RatRect* outRect);

/** Sets a window's text, by RAT_WM_SETTEXT. A top-level window's is its title.
 *
 *  @param window  A window.
 *  @param text    UTF-8, copied; NULL is "".
 *  @retval RAT_IPC_OK                  Set.
 *  @retval RAT_IPC_ERR_INVALID_ARG     text is not UTF-8, or longer than 1 MiB.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @retval RAT_IPC_ERR_CANCELLED       The procedure did not take it.
 *  @reentrancy Runs the window's procedure.
 *  @threadsafety The window's own thread.
 *  @win32 SetWindowText, on the own thread only so far.
 *  @since 0.1
 *  @see RatGetWindowText
 */
RatStatus RatSetWindowText(RatWindow window, const char* text);

/** Copies a window's text, by RAT_WM_GETTEXTLENGTH and RAT_WM_GETTEXT.
 *
 *  @param window        A window.
 *  @param[out] buffer   Receives the text and a NUL; may be NULL when size is 0.
 *  @param size          Bytes at buffer.
 *  @param[out] outSize  Receives the bytes needed with the NUL, also when the buffer is too small.
 *  @retval RAT_IPC_OK                    Copied whole.
 *  @retval RAT_IPC_ERR_INVALID_ARG       outSize is NULL, or buffer is NULL and size is not 0.
 *  @retval RAT_IPC_ERR_BUFFER_TOO_SMALL  Nothing was copied.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE    window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD      It is another thread's.
 *  @reentrancy Runs the window's procedure.
 *  @threadsafety The window's own thread.
 *  @win32 GetWindowText, which cuts instead of refusing, as RAT_WM_GETTEXT does.
 *  @since 0.1
 *  @see RatSetWindowText
 */
RatStatus RatGetWindowText(RatWindow window, char* buffer, size_t size, size_t* outSize);

/** Reads a number that a window keeps.
 *
 *  @param window         A window.
 *  @param index          RAT_GWL_* or RAT_GWLP_*; from 0 up the offset of sizeof(intptr_t) extra bytes, which
 *                        need not be aligned.
 *  @param[out] outValue  Receives it.
 *  @retval RAT_IPC_OK                  There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outValue is NULL, index is none of these, or the extra bytes end
 *                                      before.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread; any for RAT_GWL_STYLE, RAT_GWL_EXSTYLE and RAT_GWLP_ID.
 *  @win32 GetWindowLongPtr; the rest on the own thread only so far.
 *  @since 0.1
 *  @see RatSetWindowLong
 */
RatStatus RatGetWindowLong(RatWindow window, int32_t index, intptr_t* outValue);

/** Changes a number that a window keeps. RAT_GWLP_WNDPROC replaces the procedure.
 *
 *  A style that says visible or not makes the window so, without RAT_WM_SHOWWINDOW.
 *
 *  @param window         A window.
 *  @param index          As in RatGetWindowLong(). RAT_GWLP_HWNDPARENT puts a child elsewhere, as
 *                        RatSetParent(), and gives another window an owner, or none.
 *  @param value          The new value; a procedure is not 0.
 *  @param[out] outValue  Receives the old one; may be NULL.
 *  @retval RAT_IPC_OK                  Changed.
 *  @retval RAT_IPC_ERR_INVALID_ARG     index is none of these, the extra bytes end before, the procedure
 *                                      is 0, or a window would own or hold itself.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @reentrancy Runs the window's procedure for styles and a child's parent.
 *  @threadsafety The window's own thread.
 *  @win32 SetWindowLongPtr, on the own thread only so far.
 *  @since 0.1
 *  @see RatGetWindowLong
 */
RatStatus RatSetWindowLong(RatWindow window, int32_t index, intptr_t value, intptr_t* outValue);

/** Gives a window the keyboard focus.
 *
 *  Sends RAT_WM_KILLFOCUS to the thread's window that has it and RAT_WM_SETFOCUS to this one, with
 *  RAT_WM_NCACTIVATE and RAT_WM_ACTIVATE around them where the active window changes. The display is asked to make it the active window; it may refuse.
 *
 *  @param window  A window, or RAT_INVALID_HANDLE to take the focus away from all of the thread's.
 *  @retval RAT_IPC_OK                  It has the focus among this thread's windows, or a procedure has
 *                                      given it to another one.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_INVALID_ARG     It is a message-only window, or it or what it is in is disabled or
 *                                      minimised.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's, and RatAttachThreadInput() has not joined the two.
 *  @retval RAT_IPC_ERR_CANCELLED       A procedure has destroyed it, or made another window active; or a hook
 *                                      refused: RAT_HCBT_SETFOCUS, RAT_HCBT_ACTIVATE.
 *  @reentrancy Runs window procedures.
 *  @threadsafety The window's own thread, and those that its input is joined with.
 *  @win32 SetFocus; the previous focus, which that returns, RatSetFocusEx() tells.
 *  @since 0.1
 *  @see RatGetFocus, RatSetFocusEx
 */
RatStatus RatSetFocus(RatWindow window);

/** Tells which of the calling thread's windows, and joined threads', has the keyboard focus.
 *
 *  @param[out] outWindow  Receives it, or RAT_INVALID_HANDLE when none has.
 *  @retval RAT_IPC_OK               There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG  outWindow is NULL.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; each has its own answer.
 *  @win32 GetFocus; none known.
 *  @since 0.1
 *  @see RatSetFocus
 */
RatStatus RatGetFocus(RatWindow* outWindow);

/** Marks part of a window's client area as in need of painting.
 *
 *  RAT_WM_PAINT comes when the thread has nothing of higher rank to retrieve. A hidden window needs no
 *  painting and takes no mark. What is in the window is marked too, unless its style is RAT_WS_CLIPCHILDREN;
 *  ratpaint.h has more.
 *
 *  Another thread's window is marked within that thread's next retrieval: RAT_WM_REMOTEREDRAW is sent to it.
 *
 *  @param window  A window.
 *  @param rect    Client coordinates; NULL for all of it. Cut to the client area.
 *  @param erase   True: RAT_WM_ERASEBKGND first.
 *  @retval RAT_IPC_OK                  Marked, or sent.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is the desktop, or the root of message-only windows.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 InvalidateRect; another thread's window is marked when that one retrieves.
 *  @since 0.1
 *  @see RatBeginPaint
 */
RatStatus RatInvalidateRect(RatWindow window, const RatRect* rect, bool erase);

/** Paints now what needs painting: runs procedures with RAT_WM_PAINT, of the window and then of what is in
 *  it, each before what is in that one and the topmost first, where anything needs it.
 *
 *  @param window  A window.
 *  @retval RAT_IPC_OK                  Painted, or nothing was to do.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @reentrancy Runs the window's procedure.
 *  @threadsafety The window's own thread.
 *  @win32 UpdateWindow; none known.
 *  @since 0.1
 *  @see RatInvalidateRect
 */
RatStatus RatUpdateWindow(RatWindow window);

/** Begins to paint: gives the pixels, and clears the mark that called for it.
 *
 *  All of a top-level window lies on one surface, and children draw on their part of it. What is lent is the
 *  update region, as far as it can be seen: without what lies above the window where its style is
 *  RAT_WS_CLIPSIBLINGS, without what is in it where it is RAT_WS_CLIPCHILDREN.
 *
 *  Sends RAT_WM_NCPAINT and RAT_WM_ERASEBKGND first where they are due.
 *
 *  @param window         A window.
 *  @param[out] outPaint  Receives where and what to paint; one RatEndPaint() is owed.
 *  @retval RAT_IPC_OK                  Paint. rect is empty if nothing needed it.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outPaint is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @retval RAT_IPC_ERR_ALREADY_EXISTS  A paint of this window is in progress.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED   Its display is lost.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    No memory for the pixels.
 *  @reentrancy Runs the window's procedure.
 *  @threadsafety The window's own thread.
 *  @win32 BeginPaint, with pixels in the place of a device context.
 *  @since 0.1
 *  @see RatEndPaint
 */
RatStatus RatBeginPaint(RatWindow window, RatPaint* outPaint);

/** Ends a paint and shows what was drawn.
 *
 *  @param window  The window of RatBeginPaint().
 *  @param paint   What that gave. Its clip is shown, as far as it can still be seen.
 *  @retval RAT_IPC_OK                  Handed to the display.
 *  @retval RAT_IPC_ERR_INVALID_ARG     paint is NULL, or no paint of this window is in progress.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED   Its display is lost; the paint is over all the same.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 EndPaint; none known.
 *  @since 0.1
 *  @see RatBeginPaint
 */
RatStatus RatEndPaint(RatWindow window, const RatPaint* paint);

/** Starts a timer, or restarts the one of the same window and id.
 *
 *  It comes as RAT_WM_TIMER, or as a call of proc from RatDispatchMessage(), whenever the thread has
 *  nothing of higher rank to retrieve. Periods that passed meanwhile are not made up for. A message of a
 *  timer that has been stopped, or got another procedure, before it is dispatched calls nothing.
 *
 *  @param window      A window of the calling thread, or RAT_INVALID_HANDLE for a timer of the thread.
 *  @param id          Any number with a window. Without one it is ignored unless it names such a timer: then
 *                     a new id is chosen, and the message's target is the thread's queue.
 *  @param elapse_ms   Period in milliseconds; below 10 counts as 10, above 2^31 - 1 as that.
 *  @param proc        May be NULL: then the message is dispatched to the window. Without a window the
 *                     program handles it in its loop.
 *  @param[out] outId  Receives the id; may be NULL.
 *  @retval RAT_IPC_OK                  Running.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    The thread had no queue and none could be made.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 SetTimer; none known.
 *  @since 0.1
 *  @see RatKillTimer
 */
RatStatus RatSetTimer(RatWindow window, uintptr_t id, uint32_t elapse_ms, RatTimerProc proc,
                      uintptr_t* outId);

/** @name Tolerances of timers */
#define RAT_TIMERV_DEFAULT_COALESCING 0u           /**< As RatSetTimer(). */
#define RAT_TIMERV_NO_COALESCING 0xFFFFFFFFu       /**< The same. */
#define RAT_TIMERV_COALESCING_MIN 1u
#define RAT_TIMERV_COALESCING_MAX 0x7FFFFFF5u

/** Starts a timer that may come late, so that it comes together with others.
 *
 *  The moment is chosen between the end of the period and the tolerance after it, such that timers which all may be
 *  late agree on one. So the thread wakes less often.
 *
 *  @param window        As in RatSetTimer().
 *  @param id            As in RatSetTimer().
 *  @param elapse_ms     As in RatSetTimer().
 *  @param proc          As in RatSetTimer().
 *  @param tolerance_ms  Milliseconds, or RAT_TIMERV_*.
 *  @param[out] outId    As in RatSetTimer().
 *  @retval RAT_IPC_OK                  Running.
 *  @retval RAT_IPC_ERR_INVALID_ARG     The tolerance is over RAT_TIMERV_COALESCING_MAX.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  As in RatSetTimer(), as are the other failures.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    As in RatSetTimer().
 *  @retval RAT_IPC_ERR_NO_RESOURCES    As in RatSetTimer().
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 SetCoalescableTimer, which returns the id.
 *  @since 0.1
 *  @see RatKillTimer
 */
RatStatus RatSetCoalescableTimer(RatWindow window, uintptr_t id, uint32_t elapse_ms,
                                 RatTimerProc proc, uint32_t tolerance_ms, uintptr_t* outId);

/** Stops a timer. No message of it is retrieved any more.
 *
 *  @param window  As in RatSetTimer().
 *  @param id      The timer's id.
 *  @retval RAT_IPC_OK                  Stopped.
 *  @retval RAT_IPC_ERR_NOT_FOUND       There is no such timer.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @reentrancy Calls nothing back; may be called from the timer's own procedure.
 *  @threadsafety The window's own thread.
 *  @win32 KillTimer; none known.
 *  @since 0.1
 *  @see RatSetTimer
 */
RatStatus RatKillTimer(RatWindow window, uintptr_t id);

#ifdef __cplusplus
}
#endif
#endif /* RATGUI_H */
