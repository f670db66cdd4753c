/** @file winuser.h
 *  user32: classes, windows, messages, input, timers, hooks and painting.
 *
 *  Strings of the A functions are UTF-8, those of the W functions UTF-16.
 */
#ifndef RAT_WINUSER_H
#define RAT_WINUSER_H

#include "windef.h"
#include "winerror.h"
#include "wingdi.h"

RAT_BEGIN_C

typedef LRESULT(CALLBACK* WNDPROC)(HWND window, UINT message, WPARAM wParam, LPARAM lParam);
typedef LRESULT(CALLBACK* HOOKPROC)(int code, WPARAM wParam, LPARAM lParam);
typedef VOID(CALLBACK* TIMERPROC)(HWND window, UINT message, UINT_PTR id, DWORD time);
typedef BOOL(CALLBACK* WNDENUMPROC)(HWND window, LPARAM param);
typedef VOID(CALLBACK* SENDASYNCPROC)(HWND window, UINT message, ULONG_PTR data, LRESULT result);
typedef BOOL(CALLBACK* PROPENUMPROCA)(HWND window, LPCSTR name, HANDLE value);
typedef BOOL(CALLBACK* PROPENUMPROCW)(HWND window, LPCWSTR name, HANDLE value);
typedef BOOL(CALLBACK* PROPENUMPROCEXA)(HWND window, LPSTR name, HANDLE value, ULONG_PTR param);
typedef BOOL(CALLBACK* PROPENUMPROCEXW)(HWND window, LPWSTR name, HANDLE value, ULONG_PTR param);
#define PROPENUMPROC RAT_AW(PROPENUMPROC)
#define PROPENUMPROCEX RAT_AW(PROPENUMPROCEX)

/* In the place of a name: a number. */
#define IS_INTRESOURCE(name) ((((ULONG_PTR)(name)) >> 16) == 0)
#define MAKEINTRESOURCEA(number) ((LPSTR)(ULONG_PTR)(WORD)(number))
#define MAKEINTRESOURCEW(number) ((LPWSTR)(ULONG_PTR)(WORD)(number))
#define MAKEINTRESOURCE RAT_AW(MAKEINTRESOURCE)
#define MAKEINTATOM(atom) ((LPTSTR)(ULONG_PTR)(WORD)(atom))

#define MAKEWPARAM(low, high) ((WPARAM)(DWORD)MAKELONG(low, high))
#define MAKELPARAM(low, high) ((LPARAM)(DWORD)MAKELONG(low, high))
#define MAKELRESULT(low, high) ((LRESULT)(DWORD)MAKELONG(low, high))
#define POINTSTOPOINT(to, from)                                                                    \
    ((to).x = (LONG)(SHORT)LOWORD(*(LONG*)&(from)), (to).y = (LONG)(SHORT)HIWORD(*(LONG*)&(from)))
#define MAKEPOINTS(number) (*((POINTS*)&(number)))

#define HWND_BROADCAST ((HWND)(ULONG_PTR)0xFFFF)
#define HWND_MESSAGE ((HWND)(LONG_PTR)-3)
#define HWND_DESKTOP ((HWND)0)
#define HWND_TOP ((HWND)0)
#define HWND_BOTTOM ((HWND)1)
#define HWND_TOPMOST ((HWND)(LONG_PTR)-1)
#define HWND_NOTOPMOST ((HWND)(LONG_PTR)-2)

/* Window messages */
#define WM_NULL 0x0000
#define WM_CREATE 0x0001
#define WM_DESTROY 0x0002
#define WM_MOVE 0x0003
#define WM_SIZE 0x0005
#define WM_ACTIVATE 0x0006
#define WM_SETFOCUS 0x0007
#define WM_KILLFOCUS 0x0008
#define WM_ENABLE 0x000A
#define WM_SETREDRAW 0x000B
#define WM_SETTEXT 0x000C
#define WM_GETTEXT 0x000D
#define WM_GETTEXTLENGTH 0x000E
#define WM_PAINT 0x000F
#define WM_CLOSE 0x0010
#define WM_QUERYENDSESSION 0x0011
#define WM_QUIT 0x0012
#define WM_QUERYOPEN 0x0013
#define WM_ERASEBKGND 0x0014
#define WM_SYSCOLORCHANGE 0x0015
#define WM_ENDSESSION 0x0016
#define WM_SHOWWINDOW 0x0018
#define WM_WININICHANGE 0x001A
#define WM_SETTINGCHANGE WM_WININICHANGE
#define WM_DEVMODECHANGE 0x001B
#define WM_ACTIVATEAPP 0x001C
#define WM_FONTCHANGE 0x001D
#define WM_TIMECHANGE 0x001E
#define WM_CANCELMODE 0x001F
#define WM_SETCURSOR 0x0020
#define WM_MOUSEACTIVATE 0x0021
#define WM_CHILDACTIVATE 0x0022
#define WM_QUEUESYNC 0x0023
#define WM_GETMINMAXINFO 0x0024
#define WM_PAINTICON 0x0026
#define WM_ICONERASEBKGND 0x0027
#define WM_NEXTDLGCTL 0x0028
#define WM_SPOOLERSTATUS 0x002A
#define WM_DRAWITEM 0x002B
#define WM_MEASUREITEM 0x002C
#define WM_DELETEITEM 0x002D
#define WM_VKEYTOITEM 0x002E
#define WM_CHARTOITEM 0x002F
#define WM_SETFONT 0x0030
#define WM_GETFONT 0x0031
#define WM_SETHOTKEY 0x0032
#define WM_GETHOTKEY 0x0033
#define WM_QUERYDRAGICON 0x0037
#define WM_COMPAREITEM 0x0039
#define WM_GETOBJECT 0x003D
#define WM_COMPACTING 0x0041
#define WM_WINDOWPOSCHANGING 0x0046
#define WM_WINDOWPOSCHANGED 0x0047
#define WM_POWER 0x0048
#define WM_COPYDATA 0x004A
#define WM_CANCELJOURNAL 0x004B
#define WM_NOTIFY 0x004E
#define WM_INPUTLANGCHANGEREQUEST 0x0050
#define WM_INPUTLANGCHANGE 0x0051
#define WM_TCARD 0x0052
#define WM_HELP 0x0053
#define WM_USERCHANGED 0x0054
#define WM_NOTIFYFORMAT 0x0055
#define WM_CONTEXTMENU 0x007B
#define WM_STYLECHANGING 0x007C
#define WM_STYLECHANGED 0x007D
#define WM_DISPLAYCHANGE 0x007E
#define WM_GETICON 0x007F
#define WM_SETICON 0x0080
#define WM_NCCREATE 0x0081
#define WM_NCDESTROY 0x0082
#define WM_NCCALCSIZE 0x0083
#define WM_NCHITTEST 0x0084
#define WM_NCPAINT 0x0085
#define WM_NCACTIVATE 0x0086
#define WM_GETDLGCODE 0x0087
#define WM_SYNCPAINT 0x0088
#define WM_NCMOUSEMOVE 0x00A0
#define WM_NCLBUTTONDOWN 0x00A1
#define WM_NCLBUTTONUP 0x00A2
#define WM_NCLBUTTONDBLCLK 0x00A3
#define WM_NCRBUTTONDOWN 0x00A4
#define WM_NCRBUTTONUP 0x00A5
#define WM_NCRBUTTONDBLCLK 0x00A6
#define WM_NCMBUTTONDOWN 0x00A7
#define WM_NCMBUTTONUP 0x00A8
#define WM_NCMBUTTONDBLCLK 0x00A9
#define WM_NCXBUTTONDOWN 0x00AB
#define WM_NCXBUTTONUP 0x00AC
#define WM_NCXBUTTONDBLCLK 0x00AD
#define WM_INPUT 0x00FF
#define WM_KEYFIRST 0x0100
#define WM_KEYDOWN 0x0100
#define WM_KEYUP 0x0101
#define WM_CHAR 0x0102
#define WM_DEADCHAR 0x0103
#define WM_SYSKEYDOWN 0x0104
#define WM_SYSKEYUP 0x0105
#define WM_SYSCHAR 0x0106
#define WM_SYSDEADCHAR 0x0107
#define WM_UNICHAR 0x0109
#define WM_KEYLAST 0x0109
#define UNICODE_NOCHAR 0xFFFF
#define WM_INITDIALOG 0x0110
#define WM_COMMAND 0x0111
#define WM_SYSCOMMAND 0x0112
#define WM_TIMER 0x0113
#define WM_HSCROLL 0x0114
#define WM_VSCROLL 0x0115
#define WM_INITMENU 0x0116
#define WM_INITMENUPOPUP 0x0117
#define WM_MENUSELECT 0x011F
#define WM_MENUCHAR 0x0120
#define WM_ENTERIDLE 0x0121
#define WM_CTLCOLORMSGBOX 0x0132
#define WM_CTLCOLOREDIT 0x0133
#define WM_CTLCOLORLISTBOX 0x0134
#define WM_CTLCOLORBTN 0x0135
#define WM_CTLCOLORDLG 0x0136
#define WM_CTLCOLORSCROLLBAR 0x0137
#define WM_CTLCOLORSTATIC 0x0138
#define WM_MOUSEFIRST 0x0200
#define WM_MOUSEMOVE 0x0200
#define WM_LBUTTONDOWN 0x0201
#define WM_LBUTTONUP 0x0202
#define WM_LBUTTONDBLCLK 0x0203
#define WM_RBUTTONDOWN 0x0204
#define WM_RBUTTONUP 0x0205
#define WM_RBUTTONDBLCLK 0x0206
#define WM_MBUTTONDOWN 0x0207
#define WM_MBUTTONUP 0x0208
#define WM_MBUTTONDBLCLK 0x0209
#define WM_MOUSEWHEEL 0x020A
#define WM_XBUTTONDOWN 0x020B
#define WM_XBUTTONUP 0x020C
#define WM_XBUTTONDBLCLK 0x020D
#define WM_MOUSEHWHEEL 0x020E
#define WM_MOUSELAST 0x020E
#define WM_PARENTNOTIFY 0x0210
#define WM_ENTERMENULOOP 0x0211
#define WM_EXITMENULOOP 0x0212
#define WM_SIZING 0x0214
#define WM_CAPTURECHANGED 0x0215
#define WM_MOVING 0x0216
#define WM_POWERBROADCAST 0x0218
#define WM_DEVICECHANGE 0x0219
#define WM_ENTERSIZEMOVE 0x0231
#define WM_EXITSIZEMOVE 0x0232
#define WM_DROPFILES 0x0233
#define WM_NCMOUSEHOVER 0x02A0
#define WM_MOUSEHOVER 0x02A1
#define WM_NCMOUSELEAVE 0x02A2
#define WM_MOUSELEAVE 0x02A3
#define WM_CUT 0x0300
#define WM_COPY 0x0301
#define WM_PASTE 0x0302
#define WM_CLEAR 0x0303
#define WM_UNDO 0x0304
#define WM_RENDERFORMAT 0x0305
#define WM_RENDERALLFORMATS 0x0306
#define WM_DESTROYCLIPBOARD 0x0307
#define WM_DRAWCLIPBOARD 0x0308
#define WM_PAINTCLIPBOARD 0x0309
#define WM_VSCROLLCLIPBOARD 0x030A
#define WM_SIZECLIPBOARD 0x030B
#define WM_ASKCBFORMATNAME 0x030C
#define WM_CHANGECBCHAIN 0x030D
#define WM_HSCROLLCLIPBOARD 0x030E
#define WM_HOTKEY 0x0312
#define WM_PRINT 0x0317
#define WM_PRINTCLIENT 0x0318
#define WM_APPCOMMAND 0x0319
#define WM_THEMECHANGED 0x031A
#define WM_CLIPBOARDUPDATE 0x031D
#define WM_USER 0x0400
#define WM_APP 0x8000

/* What messages tell */
#define SIZE_RESTORED 0
#define SIZE_MINIMIZED 1
#define SIZE_MAXIMIZED 2
#define SIZE_MAXSHOW 3
#define SIZE_MAXHIDE 4
#define WA_INACTIVE 0
#define WA_ACTIVE 1
#define WA_CLICKACTIVE 2
#define SW_PARENTCLOSING 1
#define SW_OTHERZOOM 2
#define SW_PARENTOPENING 3
#define SW_OTHERUNZOOM 4
#define WMSZ_LEFT 1
#define WMSZ_RIGHT 2
#define WMSZ_TOP 3
#define WMSZ_TOPLEFT 4
#define WMSZ_TOPRIGHT 5
#define WMSZ_BOTTOM 6
#define WMSZ_BOTTOMLEFT 7
#define WMSZ_BOTTOMRIGHT 8
#define MA_ACTIVATE 1
#define MA_ACTIVATEANDEAT 2
#define MA_NOACTIVATE 3
#define MA_NOACTIVATEANDEAT 4
#define WVR_ALIGNTOP 0x0010
#define WVR_ALIGNLEFT 0x0020
#define WVR_ALIGNBOTTOM 0x0040
#define WVR_ALIGNRIGHT 0x0080
#define WVR_HREDRAW 0x0100
#define WVR_VREDRAW 0x0200
#define WVR_REDRAW (WVR_HREDRAW | WVR_VREDRAW)
#define WVR_VALIDRECTS 0x0400
#define HTERROR (-2)
#define HTTRANSPARENT (-1)
#define HTNOWHERE 0
#define HTCLIENT 1
#define HTCAPTION 2
#define HTSYSMENU 3
#define HTGROWBOX 4
#define HTSIZE HTGROWBOX
#define HTMENU 5
#define HTHSCROLL 6
#define HTVSCROLL 7
#define HTMINBUTTON 8
#define HTMAXBUTTON 9
#define HTREDUCE HTMINBUTTON
#define HTZOOM HTMAXBUTTON
#define HTLEFT 10
#define HTRIGHT 11
#define HTTOP 12
#define HTTOPLEFT 13
#define HTTOPRIGHT 14
#define HTBOTTOM 15
#define HTBOTTOMLEFT 16
#define HTBOTTOMRIGHT 17
#define HTBORDER 18
#define HTOBJECT 19
#define HTCLOSE 20
#define HTHELP 21
#define SC_SIZE 0xF000
#define SC_MOVE 0xF010
#define SC_MINIMIZE 0xF020
#define SC_ICON SC_MINIMIZE
#define SC_MAXIMIZE 0xF030
#define SC_ZOOM SC_MAXIMIZE
#define SC_NEXTWINDOW 0xF040
#define SC_PREVWINDOW 0xF050
#define SC_CLOSE 0xF060
#define SC_VSCROLL 0xF070
#define SC_HSCROLL 0xF080
#define SC_MOUSEMENU 0xF090
#define SC_KEYMENU 0xF100
#define SC_ARRANGE 0xF110
#define SC_RESTORE 0xF120
#define SC_TASKLIST 0xF130
#define SC_SCREENSAVE 0xF140
#define SC_HOTKEY 0xF150
#define SC_DEFAULT 0xF160
#define SC_MONITORPOWER 0xF170
#define SC_CONTEXTHELP 0xF180
#define MK_LBUTTON 0x0001
#define MK_RBUTTON 0x0002
#define MK_SHIFT 0x0004
#define MK_CONTROL 0x0008
#define MK_MBUTTON 0x0010
#define MK_XBUTTON1 0x0020
#define MK_XBUTTON2 0x0040
#define XBUTTON1 0x0001
#define XBUTTON2 0x0002
#define WHEEL_DELTA 120
#define WHEEL_PAGESCROLL 0xFFFFFFFF
#define KF_EXTENDED 0x0100
#define KF_DLGMODE 0x0800
#define KF_MENUMODE 0x1000
#define KF_ALTDOWN 0x2000
#define KF_REPEAT 0x4000
#define KF_UP 0x8000
#define DLGC_WANTARROWS 0x0001
#define DLGC_WANTTAB 0x0002
#define DLGC_WANTALLKEYS 0x0004
#define DLGC_WANTMESSAGE 0x0004
#define DLGC_HASSETSEL 0x0008
#define DLGC_DEFPUSHBUTTON 0x0010
#define DLGC_UNDEFPUSHBUTTON 0x0020
#define DLGC_RADIOBUTTON 0x0040
#define DLGC_WANTCHARS 0x0080
#define DLGC_STATIC 0x0100
#define DLGC_BUTTON 0x2000
#define ICON_SMALL 0
#define ICON_BIG 1
#define GET_WHEEL_DELTA_WPARAM(wParam) ((short)HIWORD(wParam))
#define GET_XBUTTON_WPARAM(wParam) HIWORD(wParam)
#define GET_KEYSTATE_WPARAM(wParam) LOWORD(wParam)
#define GET_NCHITTEST_WPARAM(wParam) ((short)LOWORD(wParam))
#define GET_SC_WPARAM(wParam) ((int)(wParam) & 0xFFF0)

/* Styles */
#define CS_VREDRAW 0x0001
#define CS_HREDRAW 0x0002
#define CS_DBLCLKS 0x0008
#define CS_OWNDC 0x0020
#define CS_CLASSDC 0x0040
#define CS_PARENTDC 0x0080
#define CS_NOCLOSE 0x0200
#define CS_SAVEBITS 0x0800
#define CS_BYTEALIGNCLIENT 0x1000
#define CS_BYTEALIGNWINDOW 0x2000
#define CS_GLOBALCLASS 0x4000
#define CS_DROPSHADOW 0x00020000
#define WS_OVERLAPPED 0x00000000L
#define WS_POPUP 0x80000000L
#define WS_CHILD 0x40000000L
#define WS_MINIMIZE 0x20000000L
#define WS_VISIBLE 0x10000000L
#define WS_DISABLED 0x08000000L
#define WS_CLIPSIBLINGS 0x04000000L
#define WS_CLIPCHILDREN 0x02000000L
#define WS_MAXIMIZE 0x01000000L
#define WS_CAPTION 0x00C00000L
#define WS_BORDER 0x00800000L
#define WS_DLGFRAME 0x00400000L
#define WS_VSCROLL 0x00200000L
#define WS_HSCROLL 0x00100000L
#define WS_SYSMENU 0x00080000L
#define WS_THICKFRAME 0x00040000L
#define WS_GROUP 0x00020000L
#define WS_TABSTOP 0x00010000L
#define WS_MINIMIZEBOX 0x00020000L
#define WS_MAXIMIZEBOX 0x00010000L
#define WS_TILED WS_OVERLAPPED
#define WS_ICONIC WS_MINIMIZE
#define WS_SIZEBOX WS_THICKFRAME
#define WS_CHILDWINDOW WS_CHILD
#define WS_OVERLAPPEDWINDOW                                                                        \
    (WS_OVERLAPPED | WS_CAPTION | WS_SYSMENU | WS_THICKFRAME | WS_MINIMIZEBOX | WS_MAXIMIZEBOX)
#define WS_TILEDWINDOW WS_OVERLAPPEDWINDOW
#define WS_POPUPWINDOW (WS_POPUP | WS_BORDER | WS_SYSMENU)
#define WS_EX_DLGMODALFRAME 0x00000001L
#define WS_EX_NOPARENTNOTIFY 0x00000004L
#define WS_EX_TOPMOST 0x00000008L
#define WS_EX_ACCEPTFILES 0x00000010L
#define WS_EX_TRANSPARENT 0x00000020L
#define WS_EX_MDICHILD 0x00000040L
#define WS_EX_TOOLWINDOW 0x00000080L
#define WS_EX_WINDOWEDGE 0x00000100L
#define WS_EX_CLIENTEDGE 0x00000200L
#define WS_EX_CONTEXTHELP 0x00000400L
#define WS_EX_RIGHT 0x00001000L
#define WS_EX_LEFT 0x00000000L
#define WS_EX_RTLREADING 0x00002000L
#define WS_EX_LTRREADING 0x00000000L
#define WS_EX_LEFTSCROLLBAR 0x00004000L
#define WS_EX_RIGHTSCROLLBAR 0x00000000L
#define WS_EX_CONTROLPARENT 0x00010000L
#define WS_EX_STATICEDGE 0x00020000L
#define WS_EX_APPWINDOW 0x00040000L
#define WS_EX_OVERLAPPEDWINDOW (WS_EX_WINDOWEDGE | WS_EX_CLIENTEDGE)
#define WS_EX_PALETTEWINDOW (WS_EX_WINDOWEDGE | WS_EX_TOOLWINDOW | WS_EX_TOPMOST)
#define WS_EX_LAYERED 0x00080000L
#define WS_EX_NOINHERITLAYOUT 0x00100000L
#define WS_EX_LAYOUTRTL 0x00400000L
#define WS_EX_COMPOSITED 0x02000000L
#define WS_EX_NOACTIVATE 0x08000000L
#define CW_USEDEFAULT ((int)0x80000000)

/* Virtual keys */
#define VK_LBUTTON 0x01
#define VK_RBUTTON 0x02
#define VK_CANCEL 0x03
#define VK_MBUTTON 0x04
#define VK_XBUTTON1 0x05
#define VK_XBUTTON2 0x06
#define VK_BACK 0x08
#define VK_TAB 0x09
#define VK_CLEAR 0x0C
#define VK_RETURN 0x0D
#define VK_SHIFT 0x10
#define VK_CONTROL 0x11
#define VK_MENU 0x12
#define VK_PAUSE 0x13
#define VK_CAPITAL 0x14
#define VK_ESCAPE 0x1B
#define VK_SPACE 0x20
#define VK_PRIOR 0x21
#define VK_NEXT 0x22
#define VK_END 0x23
#define VK_HOME 0x24
#define VK_LEFT 0x25
#define VK_UP 0x26
#define VK_RIGHT 0x27
#define VK_DOWN 0x28
#define VK_SELECT 0x29
#define VK_PRINT 0x2A
#define VK_EXECUTE 0x2B
#define VK_SNAPSHOT 0x2C
#define VK_INSERT 0x2D
#define VK_DELETE 0x2E
#define VK_HELP 0x2F
#define VK_LWIN 0x5B
#define VK_RWIN 0x5C
#define VK_APPS 0x5D
#define VK_SLEEP 0x5F
#define VK_NUMPAD0 0x60
#define VK_NUMPAD1 0x61
#define VK_NUMPAD2 0x62
#define VK_NUMPAD3 0x63
#define VK_NUMPAD4 0x64
#define VK_NUMPAD5 0x65
#define VK_NUMPAD6 0x66
#define VK_NUMPAD7 0x67
#define VK_NUMPAD8 0x68
#define VK_NUMPAD9 0x69
#define VK_MULTIPLY 0x6A
#define VK_ADD 0x6B
#define VK_SEPARATOR 0x6C
#define VK_SUBTRACT 0x6D
#define VK_DECIMAL 0x6E
#define VK_DIVIDE 0x6F
#define VK_F1 0x70
#define VK_F2 0x71
#define VK_F3 0x72
#define VK_F4 0x73
#define VK_F5 0x74
#define VK_F6 0x75
#define VK_F7 0x76
#define VK_F8 0x77
#define VK_F9 0x78
#define VK_F10 0x79
#define VK_F11 0x7A
#define VK_F12 0x7B
#define VK_F13 0x7C
#define VK_F14 0x7D
#define VK_F15 0x7E
#define VK_F16 0x7F
#define VK_F17 0x80
#define VK_F18 0x81
#define VK_F19 0x82
#define VK_F20 0x83
#define VK_F21 0x84
#define VK_F22 0x85
#define VK_F23 0x86
#define VK_F24 0x87
#define VK_NUMLOCK 0x90
#define VK_SCROLL 0x91
#define VK_LSHIFT 0xA0
#define VK_RSHIFT 0xA1
#define VK_LCONTROL 0xA2
#define VK_RCONTROL 0xA3
#define VK_LMENU 0xA4
#define VK_RMENU 0xA5
#define VK_BROWSER_BACK 0xA6
#define VK_BROWSER_FORWARD 0xA7
#define VK_VOLUME_MUTE 0xAD
#define VK_VOLUME_DOWN 0xAE
#define VK_VOLUME_UP 0xAF
#define VK_OEM_1 0xBA
#define VK_OEM_PLUS 0xBB
#define VK_OEM_COMMA 0xBC
#define VK_OEM_MINUS 0xBD
#define VK_OEM_PERIOD 0xBE
#define VK_OEM_2 0xBF
#define VK_OEM_3 0xC0
#define VK_OEM_4 0xDB
#define VK_OEM_5 0xDC
#define VK_OEM_6 0xDD
#define VK_OEM_7 0xDE
#define VK_OEM_8 0xDF
#define VK_OEM_102 0xE2
#define VK_PROCESSKEY 0xE5
#define VK_PACKET 0xE7

/* -- Classes ----------------------------------------------------------------------------------- */

typedef struct tagWNDCLASSA {
    UINT style;
    WNDPROC lpfnWndProc;
    int cbClsExtra;
    int cbWndExtra;
    HINSTANCE hInstance;
    HICON hIcon;
    HCURSOR hCursor;
    HBRUSH hbrBackground;
    LPCSTR lpszMenuName;
    LPCSTR lpszClassName;
} WNDCLASSA, *PWNDCLASSA, *NPWNDCLASSA, *LPWNDCLASSA;

typedef struct tagWNDCLASSEXA {
    UINT cbSize;
    UINT style;
    WNDPROC lpfnWndProc;
    int cbClsExtra;
    int cbWndExtra;
    HINSTANCE hInstance;
    HICON hIcon;
    HCURSOR hCursor;
    HBRUSH hbrBackground;
    LPCSTR lpszMenuName;
    LPCSTR lpszClassName;
    HICON hIconSm;
} WNDCLASSEXA, *PWNDCLASSEXA, *NPWNDCLASSEXA, *LPWNDCLASSEXA;

typedef struct tagWNDCLASSW {
    UINT style;
    WNDPROC lpfnWndProc;
    int cbClsExtra;
    int cbWndExtra;
    HINSTANCE hInstance;
    HICON hIcon;
    HCURSOR hCursor;
    HBRUSH hbrBackground;
    LPCWSTR lpszMenuName;
    LPCWSTR lpszClassName;
} WNDCLASSW, *PWNDCLASSW, *NPWNDCLASSW, *LPWNDCLASSW;

typedef struct tagWNDCLASSEXW {
    UINT cbSize;
    UINT style;
    WNDPROC lpfnWndProc;
    int cbClsExtra;
    int cbWndExtra;
    HINSTANCE hInstance;
    HICON hIcon;
    HCURSOR hCursor;
    HBRUSH hbrBackground;
    LPCWSTR lpszMenuName;
    LPCWSTR lpszClassName;
    HICON hIconSm;
} WNDCLASSEXW, *PWNDCLASSEXW, *NPWNDCLASSEXW, *LPWNDCLASSEXW;

#define WNDCLASS RAT_AW(WNDCLASS)
#define PWNDCLASS RAT_AW(PWNDCLASS)
#define LPWNDCLASS RAT_AW(LPWNDCLASS)
#define WNDCLASSEX RAT_AW(WNDCLASSEX)
#define PWNDCLASSEX RAT_AW(PWNDCLASSEX)
#define LPWNDCLASSEX RAT_AW(LPWNDCLASSEX)

#define GCL_MENUNAME (-8)
#define GCL_HBRBACKGROUND (-10)
#define GCL_HCURSOR (-12)
#define GCL_HICON (-14)
#define GCL_HMODULE (-16)
#define GCL_CBWNDEXTRA (-18)
#define GCL_CBCLSEXTRA (-20)
#define GCL_WNDPROC (-24)
#define GCL_STYLE (-26)
#define GCW_ATOM (-32)
#define GCL_HICONSM (-34)
#define GCLP_MENUNAME (-8)
#define GCLP_HBRBACKGROUND (-10)
#define GCLP_HCURSOR (-12)
#define GCLP_HICON (-14)
#define GCLP_HMODULE (-16)
#define GCLP_WNDPROC (-24)
#define GCLP_HICONSM (-34)

RAT_WIN32(ATOM, RegisterClassA, (const WNDCLASSA* windowClass));
RAT_WIN32(ATOM, RegisterClassExA, (const WNDCLASSEXA* windowClass));
RAT_WIN32(BOOL, UnregisterClassA, (LPCSTR name, HINSTANCE instance));
RAT_WIN32(BOOL, GetClassInfoA, (HINSTANCE instance, LPCSTR name, LPWNDCLASSA windowClass));
RAT_WIN32(BOOL, GetClassInfoExA, (HINSTANCE instance, LPCSTR name, LPWNDCLASSEXA windowClass));
RAT_WIN32(ATOM, RegisterClassW, (const WNDCLASSW* windowClass));
RAT_WIN32(ATOM, RegisterClassExW, (const WNDCLASSEXW* windowClass));
RAT_WIN32(BOOL, UnregisterClassW, (LPCWSTR name, HINSTANCE instance));
RAT_WIN32(BOOL, GetClassInfoW, (HINSTANCE instance, LPCWSTR name, LPWNDCLASSW windowClass));
RAT_WIN32(BOOL, GetClassInfoExW, (HINSTANCE instance, LPCWSTR name, LPWNDCLASSEXW windowClass));
#define RegisterClass RAT_AW(RegisterClass)
#define RegisterClassEx RAT_AW(RegisterClassEx)
#define UnregisterClass RAT_AW(UnregisterClass)
#define GetClassInfo RAT_AW(GetClassInfo)
#define GetClassInfoEx RAT_AW(GetClassInfoEx)

/* The system's own icons and pointers */
#define IDI_APPLICATION MAKEINTRESOURCE(32512)
#define IDI_HAND MAKEINTRESOURCE(32513)
#define IDI_QUESTION MAKEINTRESOURCE(32514)
#define IDI_EXCLAMATION MAKEINTRESOURCE(32515)
#define IDI_ASTERISK MAKEINTRESOURCE(32516)
#define IDI_WINLOGO MAKEINTRESOURCE(32517)
#define IDI_ERROR IDI_HAND
#define IDI_WARNING IDI_EXCLAMATION
#define IDI_INFORMATION IDI_ASTERISK
#define IDC_ARROW MAKEINTRESOURCE(32512)
#define IDC_IBEAM MAKEINTRESOURCE(32513)
#define IDC_WAIT MAKEINTRESOURCE(32514)
#define IDC_CROSS MAKEINTRESOURCE(32515)
#define IDC_UPARROW MAKEINTRESOURCE(32516)
#define IDC_SIZENWSE MAKEINTRESOURCE(32642)
#define IDC_SIZENESW MAKEINTRESOURCE(32643)
#define IDC_SIZEWE MAKEINTRESOURCE(32644)
#define IDC_SIZENS MAKEINTRESOURCE(32645)
#define IDC_SIZEALL MAKEINTRESOURCE(32646)
#define IDC_NO MAKEINTRESOURCE(32648)
#define IDC_HAND MAKEINTRESOURCE(32649)
#define IDC_APPSTARTING MAKEINTRESOURCE(32650)
#define IDC_HELP MAKEINTRESOURCE(32651)
/* Give the handles that classes are registered with; nothing is shown of them yet. */
RAT_WIN32(HICON, LoadIconA, (HINSTANCE instance, LPCSTR name));
RAT_WIN32(HICON, LoadIconW, (HINSTANCE instance, LPCWSTR name));
#define LoadIcon RAT_AW(LoadIcon)
RAT_WIN32(HCURSOR, LoadCursorA, (HINSTANCE instance, LPCSTR name));
RAT_WIN32(HCURSOR, LoadCursorW, (HINSTANCE instance, LPCWSTR name));
#define LoadCursor RAT_AW(LoadCursor)
RAT_WIN32(int, GetClassNameA, (HWND window, LPSTR buffer, int size));
RAT_WIN32(int, GetClassNameW, (HWND window, LPWSTR buffer, int size));
#define GetClassName RAT_AW(GetClassName)
RAT_WIN32(DWORD, GetClassLongA, (HWND window, int index));
RAT_WIN32(DWORD, GetClassLongW, (HWND window, int index));
#define GetClassLong RAT_AW(GetClassLong)
RAT_WIN32(ULONG_PTR, GetClassLongPtrA, (HWND window, int index));
RAT_WIN32(ULONG_PTR, GetClassLongPtrW, (HWND window, int index));
#define GetClassLongPtr RAT_AW(GetClassLongPtr)
RAT_WIN32(DWORD, SetClassLongA, (HWND window, int index, LONG value));
RAT_WIN32(DWORD, SetClassLongW, (HWND window, int index, LONG value));
#define SetClassLong RAT_AW(SetClassLong)
RAT_WIN32(ULONG_PTR, SetClassLongPtrA, (HWND window, int index, LONG_PTR value));
RAT_WIN32(ULONG_PTR, SetClassLongPtrW, (HWND window, int index, LONG_PTR value));
#define SetClassLongPtr RAT_AW(SetClassLongPtr)
RAT_WIN32(WORD, GetClassWord, (HWND window, int index));
RAT_WIN32(WORD, SetClassWord, (HWND window, int index, WORD value));

/* -- Creation and destruction ------------------------------------------------------------------ */

typedef struct tagCREATESTRUCTA {
    LPVOID lpCreateParams;
    HINSTANCE hInstance;
    HMENU hMenu;
    HWND hwndParent;
    int cy;
    int cx;
    int y;
    int x;
    LONG style;
    LPCSTR lpszName;
    LPCSTR lpszClass;
    DWORD dwExStyle;
} CREATESTRUCTA, *LPCREATESTRUCTA;

typedef struct tagCREATESTRUCTW {
    LPVOID lpCreateParams;
    HINSTANCE hInstance;
    HMENU hMenu;
    HWND hwndParent;
    int cy;
    int cx;
    int y;
    int x;
    LONG style;
    LPCWSTR lpszName;
    LPCWSTR lpszClass;
    DWORD dwExStyle;
} CREATESTRUCTW, *LPCREATESTRUCTW;

#define CREATESTRUCT RAT_AW(CREATESTRUCT)
#define LPCREATESTRUCT RAT_AW(LPCREATESTRUCT)

RAT_WIN32(HWND, CreateWindowExA,
          (DWORD exStyle, LPCSTR className, LPCSTR title, DWORD style, int x, int y, int width,
           int height, HWND parent, HMENU menu, HINSTANCE instance, LPVOID param));
RAT_WIN32(HWND, CreateWindowExW,
          (DWORD exStyle, LPCWSTR className, LPCWSTR title, DWORD style, int x, int y, int width,
           int height, HWND parent, HMENU menu, HINSTANCE instance, LPVOID param));
#define CreateWindowEx RAT_AW(CreateWindowEx)
#define CreateWindowA(className, title, style, x, y, width, height, parent, menu, instance, param) \
    CreateWindowExA(0, className, title, style, x, y, width, height, parent, menu, instance, param)
#define CreateWindowW(className, title, style, x, y, width, height, parent, menu, instance, param) \
    CreateWindowExW(0, className, title, style, x, y, width, height, parent, menu, instance, param)
#define CreateWindow RAT_AW(CreateWindow)
RAT_WIN32(BOOL, DestroyWindow, (HWND window));
RAT_WIN32(BOOL, IsWindow, (HWND window));
RAT_WIN32(BOOL, IsWindowUnicode, (HWND window));

#define WS_ACTIVECAPTION 0x0001

typedef struct tagWINDOWINFO {
    DWORD cbSize;
    RECT rcWindow;
    RECT rcClient;
    DWORD dwStyle;
    DWORD dwExStyle;
    DWORD dwWindowStatus;
    UINT cxWindowBorders;
    UINT cyWindowBorders;
    ATOM atomWindowType;
    WORD wCreatorVersion;
} WINDOWINFO, *PWINDOWINFO, *LPWINDOWINFO;

RAT_WIN32(BOOL, GetWindowInfo, (HWND window, PWINDOWINFO info));
RAT_WIN32(BOOL, AnyPopup, (VOID));
RAT_WIN32(BOOL, ShowOwnedPopups, (HWND owner, BOOL shows));
RAT_WIN32(BOOL, SetProcessDPIAware, (VOID));
RAT_WIN32(BOOL, IsProcessDPIAware, (VOID));
RAT_WIN32(UINT, GetDpiForWindow, (HWND window));
RAT_WIN32(UINT, RealGetWindowClassA, (HWND window, LPSTR buffer, UINT size));
RAT_WIN32(UINT, RealGetWindowClassW, (HWND window, LPWSTR buffer, UINT size));
#define RealGetWindowClass RAT_AW(RealGetWindowClass)
RAT_WIN32(LRESULT, DefWindowProcA, (HWND window, UINT message, WPARAM wParam, LPARAM lParam));
RAT_WIN32(LRESULT, DefWindowProcW, (HWND window, UINT message, WPARAM wParam, LPARAM lParam));
#define DefWindowProc RAT_AW(DefWindowProc)
RAT_WIN32(LRESULT, CallWindowProcA,
          (WNDPROC procedure, HWND window, UINT message, WPARAM wParam, LPARAM lParam));
RAT_WIN32(LRESULT, CallWindowProcW,
          (WNDPROC procedure, HWND window, UINT message, WPARAM wParam, LPARAM lParam));
#define CallWindowProc RAT_AW(CallWindowProc)

/* -- Longs, text and properties ---------------------------------------------------------------- */

#define GWL_WNDPROC (-4)
#define GWL_HINSTANCE (-6)
#define GWL_HWNDPARENT (-8)
#define GWL_ID (-12)
#define GWL_STYLE (-16)
#define GWL_EXSTYLE (-20)
#define GWL_USERDATA (-21)
#define GWLP_WNDPROC (-4)
#define GWLP_HINSTANCE (-6)
#define GWLP_HWNDPARENT (-8)
#define GWLP_ID (-12)
#define GWLP_USERDATA (-21)

typedef struct tagSTYLESTRUCT {
    DWORD styleOld;
    DWORD styleNew;
} STYLESTRUCT, *LPSTYLESTRUCT;

RAT_WIN32(LONG, GetWindowLongA, (HWND window, int index));
RAT_WIN32(LONG, GetWindowLongW, (HWND window, int index));
#define GetWindowLong RAT_AW(GetWindowLong)
RAT_WIN32(LONG_PTR, GetWindowLongPtrA, (HWND window, int index));
RAT_WIN32(LONG_PTR, GetWindowLongPtrW, (HWND window, int index));
#define GetWindowLongPtr RAT_AW(GetWindowLongPtr)
RAT_WIN32(LONG, SetWindowLongA, (HWND window, int index, LONG value));
RAT_WIN32(LONG, SetWindowLongW, (HWND window, int index, LONG value));
#define SetWindowLong RAT_AW(SetWindowLong)
RAT_WIN32(LONG_PTR, SetWindowLongPtrA, (HWND window, int index, LONG_PTR value));
RAT_WIN32(LONG_PTR, SetWindowLongPtrW, (HWND window, int index, LONG_PTR value));
#define SetWindowLongPtr RAT_AW(SetWindowLongPtr)
RAT_WIN32(WORD, GetWindowWord, (HWND window, int index));
RAT_WIN32(WORD, SetWindowWord, (HWND window, int index, WORD value));
RAT_WIN32(BOOL, SetWindowTextA, (HWND window, LPCSTR text));
RAT_WIN32(BOOL, SetWindowTextW, (HWND window, LPCWSTR text));
#define SetWindowText RAT_AW(SetWindowText)
RAT_WIN32(int, GetWindowTextA, (HWND window, LPSTR buffer, int size));
RAT_WIN32(int, GetWindowTextW, (HWND window, LPWSTR buffer, int size));
#define GetWindowText RAT_AW(GetWindowText)
RAT_WIN32(int, GetWindowTextLengthA, (HWND window));
RAT_WIN32(int, GetWindowTextLengthW, (HWND window));
#define GetWindowTextLength RAT_AW(GetWindowTextLength)
RAT_WIN32(BOOL, SetPropA, (HWND window, LPCSTR name, HANDLE value));
RAT_WIN32(BOOL, SetPropW, (HWND window, LPCWSTR name, HANDLE value));
#define SetProp RAT_AW(SetProp)
RAT_WIN32(HANDLE, GetPropA, (HWND window, LPCSTR name));
RAT_WIN32(HANDLE, GetPropW, (HWND window, LPCWSTR name));
#define GetProp RAT_AW(GetProp)
RAT_WIN32(HANDLE, RemovePropA, (HWND window, LPCSTR name));
RAT_WIN32(HANDLE, RemovePropW, (HWND window, LPCWSTR name));
#define RemoveProp RAT_AW(RemoveProp)
RAT_WIN32(int, EnumPropsA, (HWND window, PROPENUMPROCA procedure));
RAT_WIN32(int, EnumPropsW, (HWND window, PROPENUMPROCW procedure));
#define EnumProps RAT_AW(EnumProps)
RAT_WIN32(int, EnumPropsExA, (HWND window, PROPENUMPROCEXA procedure, LPARAM param));
RAT_WIN32(int, EnumPropsExW, (HWND window, PROPENUMPROCEXW procedure, LPARAM param));
#define EnumPropsEx RAT_AW(EnumPropsEx)

/* -- The tree ---------------------------------------------------------------------------------- */

#define GW_HWNDFIRST 0
#define GW_HWNDLAST 1
#define GW_HWNDNEXT 2
#define GW_HWNDPREV 3
#define GW_OWNER 4
#define GW_CHILD 5
#define GW_ENABLEDPOPUP 6
#define GA_PARENT 1
#define GA_ROOT 2
#define GA_ROOTOWNER 3

RAT_WIN32(HWND, GetDesktopWindow, (VOID));
RAT_WIN32(HWND, GetParent, (HWND window));
RAT_WIN32(HWND, SetParent, (HWND window, HWND parent));
RAT_WIN32(HWND, GetAncestor, (HWND window, UINT which));
RAT_WIN32(HWND, GetWindow, (HWND window, UINT relation));
#define GetNextWindow(window, relation) GetWindow(window, relation)
RAT_WIN32(HWND, GetTopWindow, (HWND window));
RAT_WIN32(HWND, GetLastActivePopup, (HWND window));
RAT_WIN32(BOOL, IsChild, (HWND parent, HWND window));
RAT_WIN32(HWND, FindWindowA, (LPCSTR className, LPCSTR title));
RAT_WIN32(HWND, FindWindowW, (LPCWSTR className, LPCWSTR title));
#define FindWindow RAT_AW(FindWindow)
RAT_WIN32(HWND, FindWindowExA, (HWND parent, HWND after, LPCSTR className, LPCSTR title));
RAT_WIN32(HWND, FindWindowExW, (HWND parent, HWND after, LPCWSTR className, LPCWSTR title));
#define FindWindowEx RAT_AW(FindWindowEx)
RAT_WIN32(BOOL, EnumWindows, (WNDENUMPROC procedure, LPARAM param));
RAT_WIN32(BOOL, EnumChildWindows, (HWND window, WNDENUMPROC procedure, LPARAM param));
RAT_WIN32(BOOL, EnumThreadWindows, (DWORD thread, WNDENUMPROC procedure, LPARAM param));
#define EnumTaskWindows(task, procedure, param)                                                    \
    EnumThreadWindows(HandleToULong(task), procedure, param)
RAT_WIN32(DWORD, GetWindowThreadProcessId, (HWND window, LPDWORD process));
RAT_WIN32(HWND, GetDlgItem, (HWND window, int id));
RAT_WIN32(int, GetDlgCtrlID, (HWND window));
RAT_WIN32(LRESULT, SendDlgItemMessageA,
          (HWND window, int id, UINT message, WPARAM wParam, LPARAM lParam));
RAT_WIN32(LRESULT, SendDlgItemMessageW,
          (HWND window, int id, UINT message, WPARAM wParam, LPARAM lParam));
#define SendDlgItemMessage RAT_AW(SendDlgItemMessage)
RAT_WIN32(BOOL, SetDlgItemTextA, (HWND window, int id, LPCSTR text));
RAT_WIN32(BOOL, SetDlgItemTextW, (HWND window, int id, LPCWSTR text));
#define SetDlgItemText RAT_AW(SetDlgItemText)
RAT_WIN32(UINT, GetDlgItemTextA, (HWND window, int id, LPSTR buffer, int size));
RAT_WIN32(UINT, GetDlgItemTextW, (HWND window, int id, LPWSTR buffer, int size));
#define GetDlgItemText RAT_AW(GetDlgItemText)
RAT_WIN32(BOOL, SetDlgItemInt, (HWND window, int id, UINT value, BOOL isSigned));
RAT_WIN32(UINT, GetDlgItemInt, (HWND window, int id, BOOL* translated, BOOL isSigned));

/* -- Places, sizes and states ------------------------------------------------------------------ */

#define SW_HIDE 0
#define SW_SHOWNORMAL 1
#define SW_NORMAL 1
#define SW_SHOWMINIMIZED 2
#define SW_SHOWMAXIMIZED 3
#define SW_MAXIMIZE 3
#define SW_SHOWNOACTIVATE 4
#define SW_SHOW 5
#define SW_MINIMIZE 6
#define SW_SHOWMINNOACTIVE 7
#define SW_SHOWNA 8
#define SW_RESTORE 9
#define SW_SHOWDEFAULT 10
#define SW_FORCEMINIMIZE 11
#define SW_MAX 11
#define SWP_NOSIZE 0x0001
#define SWP_NOMOVE 0x0002
#define SWP_NOZORDER 0x0004
#define SWP_NOREDRAW 0x0008
#define SWP_NOACTIVATE 0x0010
#define SWP_FRAMECHANGED 0x0020
#define SWP_SHOWWINDOW 0x0040
#define SWP_HIDEWINDOW 0x0080
#define SWP_NOCOPYBITS 0x0100
#define SWP_NOOWNERZORDER 0x0200
#define SWP_NOSENDCHANGING 0x0400
#define SWP_DRAWFRAME SWP_FRAMECHANGED
#define SWP_NOREPOSITION SWP_NOOWNERZORDER
#define SWP_DEFERERASE 0x2000
#define SWP_ASYNCWINDOWPOS 0x4000
#define WPF_SETMINPOSITION 0x0001
#define WPF_RESTORETOMAXIMIZED 0x0002
#define WPF_ASYNCWINDOWPLACEMENT 0x0004
#define CWP_ALL 0x0000
#define CWP_SKIPINVISIBLE 0x0001
#define CWP_SKIPDISABLED 0x0002
#define CWP_SKIPTRANSPARENT 0x0004

typedef struct tagWINDOWPOS {
    HWND hwnd;
    HWND hwndInsertAfter;
    int x;
    int y;
    int cx;
    int cy;
    UINT flags;
} WINDOWPOS, *LPWINDOWPOS, *PWINDOWPOS;

typedef struct tagNCCALCSIZE_PARAMS {
    RECT rgrc[3];
    PWINDOWPOS lppos;
} NCCALCSIZE_PARAMS, *LPNCCALCSIZE_PARAMS;

typedef struct tagMINMAXINFO {
    POINT ptReserved;
    POINT ptMaxSize;
    POINT ptMaxPosition;
    POINT ptMinTrackSize;
    POINT ptMaxTrackSize;
} MINMAXINFO, *PMINMAXINFO, *LPMINMAXINFO;

#define HELPINFO_WINDOW 1
#define HELPINFO_MENUITEM 2

typedef struct tagHELPINFO {
    UINT cbSize;
    int iContextType;
    int iCtrlId;
    HANDLE hItemHandle;
    DWORD_PTR dwContextId;
    POINT MousePos;
} HELPINFO, *LPHELPINFO;

typedef struct tagWINDOWPLACEMENT {
    UINT length;
    UINT flags;
    UINT showCmd;
    POINT ptMinPosition;
    POINT ptMaxPosition;
    RECT rcNormalPosition;
} WINDOWPLACEMENT, *PWINDOWPLACEMENT, *LPWINDOWPLACEMENT;

RAT_WIN32(BOOL, ShowWindow, (HWND window, int command));
RAT_WIN32(BOOL, ShowWindowAsync, (HWND window, int command));
RAT_WIN32(BOOL, SetWindowPos,
          (HWND window, HWND after, int x, int y, int width, int height, UINT flags));
RAT_WIN32(BOOL, MoveWindow, (HWND window, int x, int y, int width, int height, BOOL repaint));
RAT_WIN32(HDWP, BeginDeferWindowPos, (int count));
RAT_WIN32(HDWP, DeferWindowPos,
          (HDWP deferred, HWND window, HWND after, int x, int y, int width, int height,
           UINT flags));
RAT_WIN32(BOOL, EndDeferWindowPos, (HDWP deferred));
RAT_WIN32(BOOL, BringWindowToTop, (HWND window));
RAT_WIN32(BOOL, CloseWindow, (HWND window));
RAT_WIN32(BOOL, OpenIcon, (HWND window));
RAT_WIN32(BOOL, GetWindowRect, (HWND window, LPRECT rect));
RAT_WIN32(BOOL, GetClientRect, (HWND window, LPRECT rect));
RAT_WIN32(BOOL, GetWindowPlacement, (HWND window, WINDOWPLACEMENT* placement));
RAT_WIN32(BOOL, SetWindowPlacement, (HWND window, const WINDOWPLACEMENT* placement));
/* A window is as large as its client area: the frame is the window manager's. */
RAT_WIN32(BOOL, AdjustWindowRect, (LPRECT rect, DWORD style, BOOL menu));
RAT_WIN32(BOOL, AdjustWindowRectEx, (LPRECT rect, DWORD style, BOOL menu, DWORD exStyle));
RAT_WIN32(BOOL, IsWindowVisible, (HWND window));
RAT_WIN32(BOOL, IsIconic, (HWND window));
RAT_WIN32(BOOL, IsZoomed, (HWND window));
RAT_WIN32(BOOL, EnableWindow, (HWND window, BOOL enable));
RAT_WIN32(BOOL, IsWindowEnabled, (HWND window));
RAT_WIN32(BOOL, ClientToScreen, (HWND window, LPPOINT point));
RAT_WIN32(BOOL, ScreenToClient, (HWND window, LPPOINT point));
RAT_WIN32(int, MapWindowPoints, (HWND from, HWND to, LPPOINT points, UINT count));
RAT_WIN32(HWND, WindowFromPoint, (POINT point));
RAT_WIN32(HWND, ChildWindowFromPoint, (HWND window, POINT point));
RAT_WIN32(HWND, ChildWindowFromPointEx, (HWND window, POINT point, UINT flags));
RAT_WIN32(HWND, RealChildWindowFromPoint, (HWND window, POINT point));

/* -- Messages ---------------------------------------------------------------------------------- */

typedef struct tagMSG {
    HWND hwnd;
    UINT message;
    WPARAM wParam;
    LPARAM lParam;
    DWORD time;
    POINT pt;
} MSG, *PMSG, *NPMSG, *LPMSG;

typedef struct tagCOPYDATASTRUCT {
    ULONG_PTR dwData;
    DWORD cbData;
    PVOID lpData;
} COPYDATASTRUCT, *PCOPYDATASTRUCT;

#define PM_NOREMOVE 0x0000
#define PM_REMOVE 0x0001
#define PM_NOYIELD 0x0002
#define QS_KEY 0x0001
#define QS_MOUSEMOVE 0x0002
#define QS_MOUSEBUTTON 0x0004
#define QS_POSTMESSAGE 0x0008
#define QS_TIMER 0x0010
#define QS_PAINT 0x0020
#define QS_SENDMESSAGE 0x0040
#define QS_HOTKEY 0x0080
#define QS_ALLPOSTMESSAGE 0x0100
#define QS_MOUSE (QS_MOUSEMOVE | QS_MOUSEBUTTON)
#define QS_INPUT (QS_MOUSE | QS_KEY)
#define QS_ALLEVENTS (QS_INPUT | QS_POSTMESSAGE | QS_TIMER | QS_PAINT | QS_HOTKEY)
#define QS_ALLINPUT (QS_ALLEVENTS | QS_SENDMESSAGE)
#define PM_QS_INPUT (QS_INPUT << 16)
#define PM_QS_POSTMESSAGE ((QS_POSTMESSAGE | QS_HOTKEY | QS_TIMER) << 16)
#define PM_QS_PAINT (QS_PAINT << 16)
#define PM_QS_SENDMESSAGE (QS_SENDMESSAGE << 16)
#define MWMO_WAITALL 0x0001
#define MWMO_ALERTABLE 0x0002
#define MWMO_INPUTAVAILABLE 0x0004
#define SMTO_NORMAL 0x0000
#define SMTO_BLOCK 0x0001
#define SMTO_ABORTIFHUNG 0x0002
#define SMTO_NOTIMEOUTIFNOTHUNG 0x0008
#define SMTO_ERRORONEXIT 0x0020
#define ISMEX_NOSEND 0x00000000
#define ISMEX_SEND 0x00000001
#define ISMEX_NOTIFY 0x00000002
#define ISMEX_CALLBACK 0x00000004
#define ISMEX_REPLIED 0x00000008

RAT_WIN32(BOOL, GetMessageA, (LPMSG message, HWND window, UINT first, UINT last));
RAT_WIN32(BOOL, GetMessageW, (LPMSG message, HWND window, UINT first, UINT last));
#define GetMessage RAT_AW(GetMessage)
RAT_WIN32(BOOL, PeekMessageA, (LPMSG message, HWND window, UINT first, UINT last, UINT flags));
RAT_WIN32(BOOL, PeekMessageW, (LPMSG message, HWND window, UINT first, UINT last, UINT flags));
#define PeekMessage RAT_AW(PeekMessage)
RAT_WIN32(LRESULT, DispatchMessageA, (const MSG* message));
RAT_WIN32(LRESULT, DispatchMessageW, (const MSG* message));
#define DispatchMessage RAT_AW(DispatchMessage)
RAT_WIN32(BOOL, TranslateMessage, (const MSG* message));
RAT_WIN32(BOOL, PostMessageA, (HWND window, UINT message, WPARAM wParam, LPARAM lParam));
RAT_WIN32(BOOL, PostMessageW, (HWND window, UINT message, WPARAM wParam, LPARAM lParam));
#define PostMessage RAT_AW(PostMessage)
RAT_WIN32(BOOL, PostThreadMessageA, (DWORD thread, UINT message, WPARAM wParam, LPARAM lParam));
RAT_WIN32(BOOL, PostThreadMessageW, (DWORD thread, UINT message, WPARAM wParam, LPARAM lParam));
#define PostThreadMessage RAT_AW(PostThreadMessage)
RAT_WIN32(VOID, PostQuitMessage, (int exitCode));
RAT_WIN32(LRESULT, SendMessageA, (HWND window, UINT message, WPARAM wParam, LPARAM lParam));
RAT_WIN32(LRESULT, SendMessageW, (HWND window, UINT message, WPARAM wParam, LPARAM lParam));
#define SendMessage RAT_AW(SendMessage)
RAT_WIN32(LRESULT, SendMessageTimeoutA,
          (HWND window, UINT message, WPARAM wParam, LPARAM lParam, UINT flags, UINT timeout,
           PDWORD_PTR result));
RAT_WIN32(LRESULT, SendMessageTimeoutW,
          (HWND window, UINT message, WPARAM wParam, LPARAM lParam, UINT flags, UINT timeout,
           PDWORD_PTR result));
#define SendMessageTimeout RAT_AW(SendMessageTimeout)
RAT_WIN32(BOOL, SendNotifyMessageA, (HWND window, UINT message, WPARAM wParam, LPARAM lParam));
RAT_WIN32(BOOL, SendNotifyMessageW, (HWND window, UINT message, WPARAM wParam, LPARAM lParam));
#define SendNotifyMessage RAT_AW(SendNotifyMessage)
RAT_WIN32(BOOL, SendMessageCallbackA,
          (HWND window, UINT message, WPARAM wParam, LPARAM lParam, SENDASYNCPROC callback,
           ULONG_PTR data));
RAT_WIN32(BOOL, SendMessageCallbackW,
          (HWND window, UINT message, WPARAM wParam, LPARAM lParam, SENDASYNCPROC callback,
           ULONG_PTR data));
#define SendMessageCallback RAT_AW(SendMessageCallback)
RAT_WIN32(BOOL, ReplyMessage, (LRESULT result));
RAT_WIN32(BOOL, InSendMessage, (VOID));
RAT_WIN32(DWORD, InSendMessageEx, (LPVOID reserved));
RAT_WIN32(UINT, RegisterWindowMessageA, (LPCSTR name));
RAT_WIN32(UINT, RegisterWindowMessageW, (LPCWSTR name));
#define RegisterWindowMessage RAT_AW(RegisterWindowMessage)
RAT_WIN32(BOOL, WaitMessage, (VOID));
RAT_WIN32(DWORD, GetQueueStatus, (UINT flags));
RAT_WIN32(BOOL, GetInputState, (VOID));
RAT_WIN32(DWORD, MsgWaitForMultipleObjects,
          (DWORD count, const HANDLE* objects, BOOL all, DWORD milliseconds, DWORD wakeMask));
RAT_WIN32(DWORD, MsgWaitForMultipleObjectsEx,
          (DWORD count, const HANDLE* objects, DWORD milliseconds, DWORD wakeMask, DWORD flags));
RAT_WIN32(DWORD, GetMessagePos, (VOID));
RAT_WIN32(LONG, GetMessageTime, (VOID));
RAT_WIN32(LPARAM, GetMessageExtraInfo, (VOID));
RAT_WIN32(LPARAM, SetMessageExtraInfo, (LPARAM extraInfo));

/* -- Timers ------------------------------------------------------------------------------------ */

#define USER_TIMER_MAXIMUM 0x7FFFFFFF
#define USER_TIMER_MINIMUM 0x0000000A
#define TIMERV_DEFAULT_COALESCING 0
#define TIMERV_NO_COALESCING 0xFFFFFFFF
#define TIMERV_COALESCING_MIN 1
#define TIMERV_COALESCING_MAX 0x7FFFFFF5

RAT_WIN32(UINT_PTR, SetTimer, (HWND window, UINT_PTR id, UINT milliseconds, TIMERPROC procedure));
RAT_WIN32(UINT_PTR, SetCoalescableTimer,
          (HWND window, UINT_PTR id, UINT milliseconds, TIMERPROC procedure, ULONG tolerance));
RAT_WIN32(BOOL, KillTimer, (HWND window, UINT_PTR id));

/* -- Focus, capture, keys and the mouse -------------------------------------------------------- */

typedef struct tagMOUSEINPUT {
    LONG dx;
    LONG dy;
    DWORD mouseData;
    DWORD dwFlags;
    DWORD time;
    ULONG_PTR dwExtraInfo;
} MOUSEINPUT, *PMOUSEINPUT, *LPMOUSEINPUT;

typedef struct tagKEYBDINPUT {
    WORD wVk;
    WORD wScan;
    DWORD dwFlags;
    DWORD time;
    ULONG_PTR dwExtraInfo;
} KEYBDINPUT, *PKEYBDINPUT, *LPKEYBDINPUT;

typedef struct tagHARDWAREINPUT {
    DWORD uMsg;
    WORD wParamL;
    WORD wParamH;
} HARDWAREINPUT, *PHARDWAREINPUT, *LPHARDWAREINPUT;

typedef struct tagINPUT {
    DWORD type;
    __extension__ union {
        MOUSEINPUT mi;
        KEYBDINPUT ki;
        HARDWAREINPUT hi;
    };
} INPUT, *PINPUT, *LPINPUT;

typedef struct tagTRACKMOUSEEVENT {
    DWORD cbSize;
    DWORD dwFlags;
    HWND hwndTrack;
    DWORD dwHoverTime;
} TRACKMOUSEEVENT, *LPTRACKMOUSEEVENT;

typedef struct tagACCEL {
    BYTE fVirt;
    WORD key;
    WORD cmd;
} ACCEL, *LPACCEL;

#define INPUT_MOUSE 0
#define INPUT_KEYBOARD 1
#define INPUT_HARDWARE 2
#define MOUSEEVENTF_MOVE 0x0001
#define MOUSEEVENTF_LEFTDOWN 0x0002
#define MOUSEEVENTF_LEFTUP 0x0004
#define MOUSEEVENTF_RIGHTDOWN 0x0008
#define MOUSEEVENTF_RIGHTUP 0x0010
#define MOUSEEVENTF_MIDDLEDOWN 0x0020
#define MOUSEEVENTF_MIDDLEUP 0x0040
#define MOUSEEVENTF_XDOWN 0x0080
#define MOUSEEVENTF_XUP 0x0100
#define MOUSEEVENTF_WHEEL 0x0800
#define MOUSEEVENTF_HWHEEL 0x1000
#define MOUSEEVENTF_VIRTUALDESK 0x4000
#define MOUSEEVENTF_ABSOLUTE 0x8000
#define KEYEVENTF_EXTENDEDKEY 0x0001
#define KEYEVENTF_KEYUP 0x0002
#define KEYEVENTF_UNICODE 0x0004
#define TME_HOVER 0x00000001
#define TME_LEAVE 0x00000002
#define TME_NONCLIENT 0x00000010
#define TME_QUERY 0x40000000
#define TME_CANCEL 0x80000000
#define HOVER_DEFAULT 0xFFFFFFFF
#define MOD_ALT 0x0001
#define MOD_CONTROL 0x0002
#define MOD_SHIFT 0x0004
#define MOD_WIN 0x0008
#define MOD_NOREPEAT 0x4000
#define HOTKEYF_SHIFT 0x01
#define HOTKEYF_CONTROL 0x02
#define HOTKEYF_ALT 0x04
#define FVIRTKEY TRUE
#define FNOINVERT 0x02
#define FSHIFT 0x04
#define FCONTROL 0x08
#define FALT 0x10

RAT_WIN32(HWND, SetFocus, (HWND window));
RAT_WIN32(HWND, SetActiveWindow, (HWND window));
RAT_WIN32(HWND, SetCapture, (HWND window));
RAT_WIN32(HWND, GetFocus, (VOID));
RAT_WIN32(HWND, GetActiveWindow, (VOID));
RAT_WIN32(HWND, GetForegroundWindow, (VOID));
RAT_WIN32(BOOL, AllowSetForegroundWindow, (DWORD processId));
RAT_WIN32(VOID, SwitchToThisWindow, (HWND window, BOOL restores));
RAT_WIN32(BOOL, IsGUIThread, (BOOL convert));

typedef struct tagGUITHREADINFO {
    DWORD cbSize;
    DWORD flags;
    HWND hwndActive;
    HWND hwndFocus;
    HWND hwndCapture;
    HWND hwndMenuOwner;
    HWND hwndMoveSize;
    HWND hwndCaret;
    RECT rcCaret;
} GUITHREADINFO, *PGUITHREADINFO, *LPGUITHREADINFO;

RAT_WIN32(BOOL, GetGUIThreadInfo, (DWORD id, PGUITHREADINFO info));
RAT_WIN32(HWND, GetCapture, (VOID));
RAT_WIN32(BOOL, SetForegroundWindow, (HWND window));
RAT_WIN32(BOOL, AttachThreadInput, (DWORD from, DWORD to, BOOL attach));
RAT_WIN32(BOOL, ReleaseCapture, (VOID));
RAT_WIN32(SHORT, GetKeyState, (int key));
RAT_WIN32(SHORT, GetAsyncKeyState, (int key));
RAT_WIN32(BOOL, GetKeyboardState, (PBYTE state));
RAT_WIN32(BOOL, SetKeyboardState, (LPBYTE state));
RAT_WIN32(UINT, SendInput, (UINT count, LPINPUT inputs, int size));
RAT_WIN32(VOID, mouse_event, (DWORD flags, DWORD dx, DWORD dy, DWORD data, ULONG_PTR extraInfo));
RAT_WIN32(VOID, keybd_event, (BYTE key, BYTE scanCode, DWORD flags, ULONG_PTR extraInfo));
RAT_WIN32(BOOL, GetCursorPos, (LPPOINT point));
RAT_WIN32(BOOL, DragDetect, (HWND window, POINT point));

#define GMMP_USE_DISPLAY_POINTS 1

typedef struct tagMOUSEMOVEPOINT {
    int x;
    int y;
    DWORD time;
    ULONG_PTR dwExtraInfo;
} MOUSEMOVEPOINT, *PMOUSEMOVEPOINT, *LPMOUSEMOVEPOINT;

RAT_WIN32(int, GetMouseMovePointsEx,
          (UINT size, LPMOUSEMOVEPOINT from, LPMOUSEMOVEPOINT points, int count, DWORD resolution));
RAT_WIN32(BOOL, SetCursorPos, (int x, int y));
RAT_WIN32(BOOL, TrackMouseEvent, (LPTRACKMOUSEEVENT event));

/* Windows are as large as their client areas: what Windows puts between the two is 0. */
#define SM_CXSCREEN 0
#define SM_CYSCREEN 1
#define SM_CXVSCROLL 2
#define SM_CYHSCROLL 3
#define SM_CYCAPTION 4
#define SM_CXBORDER 5
#define SM_CYBORDER 6
#define SM_CXDLGFRAME 7
#define SM_CYDLGFRAME 8
#define SM_CYVTHUMB 9
#define SM_CXHTHUMB 10
#define SM_CXICON 11
#define SM_CYICON 12
#define SM_CXCURSOR 13
#define SM_CYCURSOR 14
#define SM_CYMENU 15
#define SM_CXFULLSCREEN 16
#define SM_CYFULLSCREEN 17
#define SM_CYKANJIWINDOW 18
#define SM_MOUSEPRESENT 19
#define SM_CYVSCROLL 20
#define SM_CXHSCROLL 21
#define SM_DEBUG 22
#define SM_SWAPBUTTON 23
#define SM_CXMIN 28
#define SM_CYMIN 29
#define SM_CXSIZE 30
#define SM_CYSIZE 31
#define SM_CXFRAME 32
#define SM_CYFRAME 33
#define SM_CXMINTRACK 34
#define SM_CYMINTRACK 35
#define SM_CXDOUBLECLK 36
#define SM_CYDOUBLECLK 37
#define SM_CXICONSPACING 38
#define SM_CYICONSPACING 39
#define SM_MENUDROPALIGNMENT 40
#define SM_PENWINDOWS 41
#define SM_DBCSENABLED 42
#define SM_CMOUSEBUTTONS 43
#define SM_SECURE 44
#define SM_CXEDGE 45
#define SM_CYEDGE 46
#define SM_CXMINSPACING 47
#define SM_CYMINSPACING 48
#define SM_CXSMICON 49
#define SM_CYSMICON 50
#define SM_CYSMCAPTION 51
#define SM_CXSMSIZE 52
#define SM_CYSMSIZE 53
#define SM_CXMENUSIZE 54
#define SM_CYMENUSIZE 55
#define SM_ARRANGE 56
#define SM_CXMINIMIZED 57
#define SM_CYMINIMIZED 58
#define SM_CXMAXTRACK 59
#define SM_CYMAXTRACK 60
#define SM_CXMAXIMIZED 61
#define SM_CYMAXIMIZED 62
#define SM_NETWORK 63
#define SM_CLEANBOOT 67
#define SM_CXDRAG 68
#define SM_CYDRAG 69
#define SM_SHOWSOUNDS 70
#define SM_CXMENUCHECK 71
#define SM_CYMENUCHECK 72
#define SM_SLOWMACHINE 73
#define SM_MIDEASTENABLED 74
#define SM_MOUSEWHEELPRESENT 75
#define SM_XVIRTUALSCREEN 76
#define SM_YVIRTUALSCREEN 77
#define SM_CXVIRTUALSCREEN 78
#define SM_CYVIRTUALSCREEN 79
#define SM_CMONITORS 80
#define SM_SAMEDISPLAYFORMAT 81
#define SM_IMMENABLED 82
#define SM_CXFOCUSBORDER 83
#define SM_CYFOCUSBORDER 84
#define SM_TABLETPC 86
#define SM_MEDIACENTER 87
#define SM_MOUSEHORIZONTALWHEELPRESENT 91
#define SM_CXPADDEDBORDER 92
#define SM_REMOTESESSION 0x1000
#define SM_CXFIXEDFRAME SM_CXDLGFRAME
#define SM_CYFIXEDFRAME SM_CYDLGFRAME
#define SM_CXSIZEFRAME SM_CXFRAME
#define SM_CYSIZEFRAME SM_CYFRAME
RAT_WIN32(int, GetSystemMetrics, (int index));
#define SPI_GETKEYBOARDSPEED 0x000A
#define SPI_GETSCREENSAVEACTIVE 0x0010
#define SPI_GETKEYBOARDDELAY 0x0016
#define SPI_SETDOUBLECLKWIDTH 0x001D
#define SPI_SETDOUBLECLKHEIGHT 0x001E
#define SPI_SETDOUBLECLICKTIME 0x0020
#define SPI_GETDRAGFULLWINDOWS 0x0026
#define SPI_GETWORKAREA 0x0030
#define SPI_GETSCREENREADER 0x0046
#define SPI_GETFONTSMOOTHING 0x004A
#define SPI_GETMOUSEHOVERWIDTH 0x0062
#define SPI_GETMOUSEHOVERHEIGHT 0x0064
#define SPI_GETMOUSEHOVERTIME 0x0066
#define SPI_GETWHEELSCROLLLINES 0x0068
#define SPI_GETMENUSHOWDELAY 0x006A
#define SPI_GETWHEELSCROLLCHARS 0x006C
#define SPI_GETFOREGROUNDLOCKTIMEOUT 0x2000
#define SPIF_UPDATEINIFILE 0x0001
#define SPIF_SENDWININICHANGE 0x0002
#define SPIF_SENDCHANGE 0x0002
/* What these numbers ask for; others fail. */
RAT_WIN32(BOOL, SystemParametersInfoA, (UINT action, UINT number, PVOID value, UINT update));
RAT_WIN32(BOOL, SystemParametersInfoW, (UINT action, UINT number, PVOID value, UINT update));
#define SystemParametersInfo RAT_AW(SystemParametersInfo)

#define MONITOR_DEFAULTTONULL 0x00000000
#define MONITOR_DEFAULTTOPRIMARY 0x00000001
#define MONITOR_DEFAULTTONEAREST 0x00000002
#define MONITORINFOF_PRIMARY 0x00000001
#define CCHDEVICENAME 32

typedef struct tagMONITORINFO {
    DWORD cbSize;
    RECT rcMonitor;
    RECT rcWork;
    DWORD dwFlags;
} MONITORINFO, *LPMONITORINFO;

typedef struct tagMONITORINFOEXA {
    __extension__ struct {
        DWORD cbSize;
        RECT rcMonitor;
        RECT rcWork;
        DWORD dwFlags;
    };
    CHAR szDevice[CCHDEVICENAME];
} MONITORINFOEXA, *LPMONITORINFOEXA;

typedef struct tagMONITORINFOEXW {
    __extension__ struct {
        DWORD cbSize;
        RECT rcMonitor;
        RECT rcWork;
        DWORD dwFlags;
    };
    WCHAR szDevice[CCHDEVICENAME];
} MONITORINFOEXW, *LPMONITORINFOEXW;

#define MONITORINFOEX RAT_AW(MONITORINFOEX)
#define LPMONITORINFOEX RAT_AW(LPMONITORINFOEX)
typedef BOOL(CALLBACK* MONITORENUMPROC)(HMONITOR monitor, HDC dc, LPRECT rect, LPARAM param);

/* There is one, of all that displays show. */
RAT_WIN32(HMONITOR, MonitorFromPoint, (POINT point, DWORD flags));
RAT_WIN32(HMONITOR, MonitorFromRect, (LPCRECT rect, DWORD flags));
RAT_WIN32(HMONITOR, MonitorFromWindow, (HWND window, DWORD flags));
RAT_WIN32(BOOL, GetMonitorInfoA, (HMONITOR monitor, LPMONITORINFO info));
RAT_WIN32(BOOL, GetMonitorInfoW, (HMONITOR monitor, LPMONITORINFO info));
#define GetMonitorInfo RAT_AW(GetMonitorInfo)
RAT_WIN32(BOOL, EnumDisplayMonitors,
          (HDC dc, LPCRECT clip, MONITORENUMPROC procedure, LPARAM param));

#define MAPVK_VK_TO_VSC 0
#define MAPVK_VSC_TO_VK 1
#define MAPVK_VK_TO_CHAR 2
#define MAPVK_VSC_TO_VK_EX 3
#define MAPVK_VK_TO_VSC_EX 4
/* Of the keyboard of the United States. */
RAT_WIN32(UINT, MapVirtualKeyA, (UINT code, UINT kind));
RAT_WIN32(UINT, MapVirtualKeyW, (UINT code, UINT kind));
#define MapVirtualKey RAT_AW(MapVirtualKey)
RAT_WIN32(SHORT, VkKeyScanA, (CHAR character));
RAT_WIN32(SHORT, VkKeyScanW, (WCHAR character));
#define VkKeyScan RAT_AW(VkKeyScan)
RAT_WIN32(UINT, MapVirtualKeyExA, (UINT code, UINT kind, HKL layout));
RAT_WIN32(UINT, MapVirtualKeyExW, (UINT code, UINT kind, HKL layout));
#define MapVirtualKeyEx RAT_AW(MapVirtualKeyEx)
RAT_WIN32(SHORT, VkKeyScanExA, (CHAR character, HKL layout));
RAT_WIN32(SHORT, VkKeyScanExW, (WCHAR character, HKL layout));
#define VkKeyScanEx RAT_AW(VkKeyScanEx)
RAT_WIN32(VOID, SetLastErrorEx, (DWORD error, DWORD kind));
RAT_WIN32(int, GetKeyNameTextA, (LONG lParam, LPSTR buffer, int size));
RAT_WIN32(int, GetKeyNameTextW, (LONG lParam, LPWSTR buffer, int size));
#define GetKeyNameText RAT_AW(GetKeyNameText)

/* Kept for each thread; nothing is shown of them yet. */
RAT_WIN32(HCURSOR, SetCursor, (HCURSOR cursor));
RAT_WIN32(HCURSOR, GetCursor, (VOID));
RAT_WIN32(int, ShowCursor, (BOOL show));
RAT_WIN32(UINT, GetDoubleClickTime, (VOID));
RAT_WIN32(BOOL, SetDoubleClickTime, (UINT milliseconds));
RAT_WIN32(BOOL, RegisterHotKey, (HWND window, int id, UINT modifiers, UINT key));
RAT_WIN32(BOOL, UnregisterHotKey, (HWND window, int id));
RAT_WIN32(HACCEL, CreateAcceleratorTableA, (LPACCEL accelerators, int count));
RAT_WIN32(HACCEL, CreateAcceleratorTableW, (LPACCEL accelerators, int count));
#define CreateAcceleratorTable RAT_AW(CreateAcceleratorTable)
RAT_WIN32(int, CopyAcceleratorTableA, (HACCEL table, LPACCEL accelerators, int count));
RAT_WIN32(int, CopyAcceleratorTableW, (HACCEL table, LPACCEL accelerators, int count));
#define CopyAcceleratorTable RAT_AW(CopyAcceleratorTable)
RAT_WIN32(BOOL, DestroyAcceleratorTable, (HACCEL table));
RAT_WIN32(int, TranslateAcceleratorA, (HWND window, HACCEL table, LPMSG message));
RAT_WIN32(int, TranslateAcceleratorW, (HWND window, HACCEL table, LPMSG message));
#define TranslateAccelerator RAT_AW(TranslateAccelerator)

/* -- Hooks ------------------------------------------------------------------------------------- */

#define WH_MSGFILTER (-1)
#define WH_KEYBOARD 2
#define WH_GETMESSAGE 3
#define WH_CALLWNDPROC 4
#define WH_CBT 5
#define WH_MOUSE 7
#define WH_FOREGROUNDIDLE 11
#define WH_CALLWNDPROCRET 12
#define HC_ACTION 0
#define HC_GETNEXT 1
#define HC_SKIP 2
#define HC_NOREMOVE 3
#define HC_NOREM HC_NOREMOVE
#define HCBT_MOVESIZE 0
#define HCBT_MINMAX 1
#define HCBT_QS 2
#define HCBT_CREATEWND 3
#define HCBT_DESTROYWND 4
#define HCBT_ACTIVATE 5
#define HCBT_CLICKSKIPPED 6
#define HCBT_KEYSKIPPED 7
#define HCBT_SYSCOMMAND 8
#define HCBT_SETFOCUS 9
#define MSGF_DIALOGBOX 0
#define MSGF_MESSAGEBOX 1
#define MSGF_MENU 2
#define MSGF_SCROLLBAR 5
#define MSGF_NEXTWINDOW 6
#define MSGF_MAX 8
#define MSGF_USER 4096

typedef struct tagCWPSTRUCT {
    LPARAM lParam;
    WPARAM wParam;
    UINT message;
    HWND hwnd;
} CWPSTRUCT, *PCWPSTRUCT, *LPCWPSTRUCT;

typedef struct tagCWPRETSTRUCT {
    LRESULT lResult;
    LPARAM lParam;
    WPARAM wParam;
    UINT message;
    HWND hwnd;
} CWPRETSTRUCT, *PCWPRETSTRUCT, *LPCWPRETSTRUCT;

typedef struct tagMOUSEHOOKSTRUCT {
    POINT pt;
    HWND hwnd;
    UINT wHitTestCode;
    ULONG_PTR dwExtraInfo;
} MOUSEHOOKSTRUCT, *PMOUSEHOOKSTRUCT, *LPMOUSEHOOKSTRUCT;

typedef struct tagCBT_CREATEWNDA {
    struct tagCREATESTRUCTA* lpcs;
    HWND hwndInsertAfter;
} CBT_CREATEWNDA, *LPCBT_CREATEWNDA;

typedef struct tagCBT_CREATEWNDW {
    struct tagCREATESTRUCTW* lpcs;
    HWND hwndInsertAfter;
} CBT_CREATEWNDW, *LPCBT_CREATEWNDW;

#define CBT_CREATEWND RAT_AW(CBT_CREATEWND)
#define LPCBT_CREATEWND RAT_AW(LPCBT_CREATEWND)

typedef struct tagCBTACTIVATESTRUCT {
    BOOL fMouse;
    HWND hWndActive;
} CBTACTIVATESTRUCT, *LPCBTACTIVATESTRUCT;

RAT_WIN32(HHOOK, SetWindowsHookExA, (int kind, HOOKPROC procedure, HINSTANCE module, DWORD thread));
RAT_WIN32(HHOOK, SetWindowsHookExW, (int kind, HOOKPROC procedure, HINSTANCE module, DWORD thread));
#define SetWindowsHookEx RAT_AW(SetWindowsHookEx)
RAT_WIN32(BOOL, UnhookWindowsHookEx, (HHOOK hook));
RAT_WIN32(LRESULT, CallNextHookEx, (HHOOK hook, int code, WPARAM wParam, LPARAM lParam));
RAT_WIN32(BOOL, CallMsgFilterA, (LPMSG message, int code));
RAT_WIN32(BOOL, CallMsgFilterW, (LPMSG message, int code));
#define CallMsgFilter RAT_AW(CallMsgFilter)

/* -- Painting ---------------------------------------------------------------------------------- */

#define RDW_INVALIDATE 0x0001
#define RDW_INTERNALPAINT 0x0002
#define RDW_ERASE 0x0004
#define RDW_VALIDATE 0x0008
#define RDW_NOINTERNALPAINT 0x0010
#define RDW_NOERASE 0x0020
#define RDW_NOCHILDREN 0x0040
#define RDW_ALLCHILDREN 0x0080
#define RDW_UPDATENOW 0x0100
#define RDW_ERASENOW 0x0200
#define RDW_FRAME 0x0400
#define RDW_NOFRAME 0x0800
#define SW_SCROLLCHILDREN 0x0001
#define SW_INVALIDATE 0x0002
#define SW_ERASE 0x0004
#define SW_SMOOTHSCROLL 0x0010
#define DCX_WINDOW 0x00000001L
#define DCX_CACHE 0x00000002L
#define DCX_NORESETATTRS 0x00000004L
#define DCX_CLIPCHILDREN 0x00000008L
#define DCX_CLIPSIBLINGS 0x00000010L
#define DCX_PARENTCLIP 0x00000020L
#define DCX_EXCLUDERGN 0x00000040L
#define DCX_INTERSECTRGN 0x00000080L
#define DCX_EXCLUDEUPDATE 0x00000100L
#define DCX_INTERSECTUPDATE 0x00000200L
#define DCX_LOCKWINDOWUPDATE 0x00000400L
#define DCX_VALIDATE 0x00200000L
#define COLOR_SCROLLBAR 0
#define COLOR_BACKGROUND 1
#define COLOR_DESKTOP 1
#define COLOR_ACTIVECAPTION 2
#define COLOR_INACTIVECAPTION 3
#define COLOR_MENU 4
#define COLOR_WINDOW 5
#define COLOR_WINDOWFRAME 6
#define COLOR_MENUTEXT 7
#define COLOR_WINDOWTEXT 8
#define COLOR_CAPTIONTEXT 9
#define COLOR_ACTIVEBORDER 10
#define COLOR_INACTIVEBORDER 11
#define COLOR_APPWORKSPACE 12
#define COLOR_HIGHLIGHT 13
#define COLOR_HIGHLIGHTTEXT 14
#define COLOR_BTNFACE 15
#define COLOR_3DFACE 15
#define COLOR_BTNSHADOW 16
#define COLOR_3DSHADOW 16
#define COLOR_GRAYTEXT 17
#define COLOR_BTNTEXT 18
#define COLOR_INACTIVECAPTIONTEXT 19
#define COLOR_BTNHIGHLIGHT 20
#define COLOR_3DHIGHLIGHT 20
#define COLOR_3DHILIGHT 20
#define COLOR_3DDKSHADOW 21
#define COLOR_3DLIGHT 22
#define COLOR_INFOTEXT 23
#define COLOR_INFOBK 24
#define COLOR_HOTLIGHT 26
#define COLOR_GRADIENTACTIVECAPTION 27
#define COLOR_GRADIENTINACTIVECAPTION 28
#define COLOR_MENUHILIGHT 29
#define COLOR_MENUBAR 30

typedef struct tagPAINTSTRUCT {
    HDC hdc;
    BOOL fErase;
    RECT rcPaint;
    BOOL fRestore;
    BOOL fIncUpdate;
    BYTE rgbReserved[32];
} PAINTSTRUCT, *PPAINTSTRUCT, *NPPAINTSTRUCT, *LPPAINTSTRUCT;

RAT_WIN32(HDC, BeginPaint, (HWND window, LPPAINTSTRUCT paint));
RAT_WIN32(BOOL, EndPaint, (HWND window, const PAINTSTRUCT* paint));
RAT_WIN32(HDC, GetDC, (HWND window));
RAT_WIN32(HDC, GetDCEx, (HWND window, HRGN region, DWORD flags));
RAT_WIN32(HDC, GetWindowDC, (HWND window));
RAT_WIN32(int, ReleaseDC, (HWND window, HDC dc));
RAT_WIN32(HWND, WindowFromDC, (HDC dc));
RAT_WIN32(BOOL, InvalidateRect, (HWND window, const RECT* rect, BOOL erase));
RAT_WIN32(BOOL, InvalidateRgn, (HWND window, HRGN region, BOOL erase));
RAT_WIN32(BOOL, ValidateRect, (HWND window, const RECT* rect));
RAT_WIN32(BOOL, ValidateRgn, (HWND window, HRGN region));
RAT_WIN32(BOOL, RedrawWindow, (HWND window, const RECT* rect, HRGN region, UINT flags));
RAT_WIN32(BOOL, UpdateWindow, (HWND window));
RAT_WIN32(BOOL, GetUpdateRect, (HWND window, LPRECT rect, BOOL erase));
RAT_WIN32(int, GetUpdateRgn, (HWND window, HRGN region, BOOL erase));
RAT_WIN32(BOOL, ScrollWindow, (HWND window, int dx, int dy, const RECT* rect, const RECT* clip));
RAT_WIN32(int, ScrollWindowEx,
          (HWND window, int dx, int dy, const RECT* rect, const RECT* clip, HRGN updateRegion,
           LPRECT updateRect, UINT flags));
RAT_WIN32(DWORD, GetSysColor, (int index));
RAT_WIN32(HBRUSH, GetSysColorBrush, (int index));

/* -- Rectangles -------------------------------------------------------------------------------- */

RAT_WIN32(BOOL, SetRect, (LPRECT rect, int left, int top, int right, int bottom));
RAT_WIN32(BOOL, SetRectEmpty, (LPRECT rect));
RAT_WIN32(BOOL, CopyRect, (LPRECT to, const RECT* from));
RAT_WIN32(BOOL, InflateRect, (LPRECT rect, int dx, int dy));
RAT_WIN32(BOOL, OffsetRect, (LPRECT rect, int dx, int dy));
RAT_WIN32(BOOL, IntersectRect, (LPRECT result, const RECT* a, const RECT* b));
RAT_WIN32(BOOL, UnionRect, (LPRECT result, const RECT* a, const RECT* b));
RAT_WIN32(BOOL, SubtractRect, (LPRECT result, const RECT* a, const RECT* b));
RAT_WIN32(BOOL, IsRectEmpty, (const RECT* rect));
RAT_WIN32(BOOL, EqualRect, (const RECT* a, const RECT* b));
RAT_WIN32(BOOL, PtInRect, (const RECT* rect, POINT point));

/* -- Text: up to 1,024 units ------------------------------------------------------------------- */

RAT_WIN32(int, wvsprintfA, (LPSTR buffer, LPCSTR format, va_list arguments));
RAT_WIN32(int, wvsprintfW, (LPWSTR buffer, LPCWSTR format, va_list arguments));
#define wvsprintf RAT_AW(wvsprintf)
RAT_WIN32(int, wsprintfA, (LPSTR buffer, LPCSTR format, ...));
RAT_WIN32(int, wsprintfW, (LPWSTR buffer, LPCWSTR format, ...));
#define wsprintf RAT_AW(wsprintf)

RAT_WIN32(LPSTR, CharUpperA, (LPSTR text));
RAT_WIN32(LPWSTR, CharUpperW, (LPWSTR text));
#define CharUpper RAT_AW(CharUpper)
RAT_WIN32(LPSTR, CharLowerA, (LPSTR text));
RAT_WIN32(LPWSTR, CharLowerW, (LPWSTR text));
#define CharLower RAT_AW(CharLower)
#define AnsiUpper CharUpperA
#define AnsiLower CharLowerA
#define AnsiNext CharNextA
#define AnsiPrev CharPrevA
RAT_WIN32(DWORD, CharUpperBuffA, (LPSTR text, DWORD length));
RAT_WIN32(DWORD, CharUpperBuffW, (LPWSTR text, DWORD length));
#define CharUpperBuff RAT_AW(CharUpperBuff)
RAT_WIN32(DWORD, CharLowerBuffA, (LPSTR text, DWORD length));
RAT_WIN32(DWORD, CharLowerBuffW, (LPWSTR text, DWORD length));
#define CharLowerBuff RAT_AW(CharLowerBuff)
RAT_WIN32(LPSTR, CharNextA, (LPCSTR text));
RAT_WIN32(LPWSTR, CharNextW, (LPCWSTR text));
#define CharNext RAT_AW(CharNext)
RAT_WIN32(LPSTR, CharPrevA, (LPCSTR start, LPCSTR text));
RAT_WIN32(LPWSTR, CharPrevW, (LPCWSTR start, LPCWSTR text));
#define CharPrev RAT_AW(CharPrev)
/* A byte of more than 7 bits is a part of a character, and of no kind. */
RAT_WIN32(BOOL, IsCharAlphaA, (CHAR character));
RAT_WIN32(BOOL, IsCharAlphaW, (WCHAR character));
#define IsCharAlpha RAT_AW(IsCharAlpha)
RAT_WIN32(BOOL, IsCharAlphaNumericA, (CHAR character));
RAT_WIN32(BOOL, IsCharAlphaNumericW, (WCHAR character));
#define IsCharAlphaNumeric RAT_AW(IsCharAlphaNumeric)
RAT_WIN32(BOOL, IsCharUpperA, (CHAR character));
RAT_WIN32(BOOL, IsCharUpperW, (WCHAR character));
#define IsCharUpper RAT_AW(IsCharUpper)
RAT_WIN32(BOOL, IsCharLowerA, (CHAR character));
RAT_WIN32(BOOL, IsCharLowerW, (WCHAR character));
#define IsCharLower RAT_AW(IsCharLower)

/* Drawing */
#define DT_TOP 0x00000000
#define DT_LEFT 0x00000000
#define DT_CENTER 0x00000001
#define DT_RIGHT 0x00000002
#define DT_VCENTER 0x00000004
#define DT_BOTTOM 0x00000008
#define DT_WORDBREAK 0x00000010
#define DT_SINGLELINE 0x00000020
#define DT_EXPANDTABS 0x00000040
#define DT_TABSTOP 0x00000080
#define DT_NOCLIP 0x00000100
#define DT_EXTERNALLEADING 0x00000200
#define DT_CALCRECT 0x00000400
#define DT_NOPREFIX 0x00000800
#define DT_INTERNAL 0x00001000
#define DT_EDITCONTROL 0x00002000
#define DT_PATH_ELLIPSIS 0x00004000
#define DT_END_ELLIPSIS 0x00008000
#define DT_RTLREADING 0x00020000
#define DT_WORD_ELLIPSIS 0x00040000
#define DT_NOFULLWIDTHCHARBREAK 0x00080000
#define DT_HIDEPREFIX 0x00100000
#define DT_PREFIXONLY 0x00200000
#define BDR_RAISEDOUTER 0x0001
#define BDR_SUNKENOUTER 0x0002
#define BDR_RAISEDINNER 0x0004
#define BDR_SUNKENINNER 0x0008
#define BDR_OUTER (BDR_RAISEDOUTER | BDR_SUNKENOUTER)
#define BDR_INNER (BDR_RAISEDINNER | BDR_SUNKENINNER)
#define BDR_RAISED (BDR_RAISEDOUTER | BDR_RAISEDINNER)
#define BDR_SUNKEN (BDR_SUNKENOUTER | BDR_SUNKENINNER)
#define EDGE_RAISED (BDR_RAISEDOUTER | BDR_RAISEDINNER)
#define EDGE_SUNKEN (BDR_SUNKENOUTER | BDR_SUNKENINNER)
#define EDGE_ETCHED (BDR_SUNKENOUTER | BDR_RAISEDINNER)
#define EDGE_BUMP (BDR_RAISEDOUTER | BDR_SUNKENINNER)
#define BF_LEFT 0x0001
#define BF_TOP 0x0002
#define BF_RIGHT 0x0004
#define BF_BOTTOM 0x0008
#define BF_TOPLEFT (BF_TOP | BF_LEFT)
#define BF_TOPRIGHT (BF_TOP | BF_RIGHT)
#define BF_BOTTOMLEFT (BF_BOTTOM | BF_LEFT)
#define BF_BOTTOMRIGHT (BF_BOTTOM | BF_RIGHT)
#define BF_RECT (BF_LEFT | BF_TOP | BF_RIGHT | BF_BOTTOM)
#define BF_MIDDLE 0x0800
#define BF_ADJUST 0x2000

RAT_WIN32(int, FillRect, (HDC dc, const RECT* rect, HBRUSH brush));
RAT_WIN32(int, FrameRect, (HDC dc, const RECT* rect, HBRUSH brush));
RAT_WIN32(BOOL, InvertRect, (HDC dc, const RECT* rect));
RAT_WIN32(BOOL, DrawFocusRect, (HDC dc, const RECT* rect));
RAT_WIN32(BOOL, DrawEdge, (HDC dc, LPRECT rect, UINT edge, UINT flags));
RAT_WIN32(int, DrawTextA, (HDC dc, LPCSTR text, int length, LPRECT rect, UINT format));
RAT_WIN32(int, DrawTextW, (HDC dc, LPCWSTR text, int length, LPRECT rect, UINT format));
#define DrawText RAT_AW(DrawText)

/* Message boxes */
#define MB_OK 0x00000000L
#define MB_OKCANCEL 0x00000001L
#define MB_ABORTRETRYIGNORE 0x00000002L
#define MB_YESNOCANCEL 0x00000003L
#define MB_YESNO 0x00000004L
#define MB_RETRYCANCEL 0x00000005L
#define MB_CANCELTRYCONTINUE 0x00000006L
#define MB_ICONHAND 0x00000010L
#define MB_ICONQUESTION 0x00000020L
#define MB_ICONEXCLAMATION 0x00000030L
#define MB_ICONASTERISK 0x00000040L
#define MB_ICONWARNING MB_ICONEXCLAMATION
#define MB_ICONERROR MB_ICONHAND
#define MB_ICONINFORMATION MB_ICONASTERISK
#define MB_ICONSTOP MB_ICONHAND
#define MB_DEFBUTTON1 0x00000000L
#define MB_DEFBUTTON2 0x00000100L
#define MB_DEFBUTTON3 0x00000200L
#define MB_DEFBUTTON4 0x00000300L
#define MB_APPLMODAL 0x00000000L
#define MB_SYSTEMMODAL 0x00001000L
#define MB_TASKMODAL 0x00002000L
#define MB_NOFOCUS 0x00008000L
#define MB_SETFOREGROUND 0x00010000L
#define MB_DEFAULT_DESKTOP_ONLY 0x00020000L
#define MB_TOPMOST 0x00040000L
#define MB_RIGHT 0x00080000L
#define MB_RTLREADING 0x00100000L
#define MB_SERVICE_NOTIFICATION 0x00200000L
#define MB_TYPEMASK 0x0000000FL
#define MB_ICONMASK 0x000000F0L
#define MB_DEFMASK 0x00000F00L
#define MB_MODEMASK 0x00003000L
#define MB_MISCMASK 0x0000C000L
#define IDOK 1
#define IDCANCEL 2
#define IDABORT 3
#define IDRETRY 4
#define IDIGNORE 5
#define IDYES 6
#define IDNO 7
#define IDCLOSE 8
#define IDHELP 9
#define IDTRYAGAIN 10
#define IDCONTINUE 11

RAT_WIN32(int, MessageBoxA, (HWND owner, LPCSTR text, LPCSTR caption, UINT type));
RAT_WIN32(int, MessageBoxW, (HWND owner, LPCWSTR text, LPCWSTR caption, UINT type));
#define MessageBox RAT_AW(MessageBox)
RAT_WIN32(int, MessageBoxExA, (HWND owner, LPCSTR text, LPCSTR caption, UINT type, WORD language));
RAT_WIN32(int, MessageBoxExW, (HWND owner, LPCWSTR text, LPCWSTR caption, UINT type, WORD language));
#define MessageBoxEx RAT_AW(MessageBoxEx)
/* Nothing is heard. */
RAT_WIN32(BOOL, MessageBeep, (UINT type));

/* -- The clipboard ------------------------------------------------------------------------------ */

#define CF_TEXT 1
#define CF_BITMAP 2
#define CF_METAFILEPICT 3
#define CF_SYLK 4
#define CF_DIF 5
#define CF_TIFF 6
#define CF_OEMTEXT 7
#define CF_DIB 8
#define CF_PALETTE 9
#define CF_PENDATA 10
#define CF_RIFF 11
#define CF_WAVE 12
#define CF_UNICODETEXT 13
#define CF_ENHMETAFILE 14
#define CF_HDROP 15
#define CF_LOCALE 16
#define CF_DIBV5 17
#define CF_MAX 18
#define CF_OWNERDISPLAY 0x0080
#define CF_DSPTEXT 0x0081
#define CF_DSPBITMAP 0x0082
#define CF_DSPMETAFILEPICT 0x0083
#define CF_DSPENHMETAFILE 0x008E
#define CF_PRIVATEFIRST 0x0200
#define CF_PRIVATELAST 0x02FF
#define CF_GDIOBJFIRST 0x0300
#define CF_GDIOBJLAST 0x03FF

RAT_WIN32(BOOL, OpenClipboard, (HWND window));
RAT_WIN32(BOOL, CloseClipboard, (VOID));
RAT_WIN32(BOOL, EmptyClipboard, (VOID));
RAT_WIN32(HANDLE, SetClipboardData, (UINT format, HANDLE memory));
RAT_WIN32(HANDLE, GetClipboardData, (UINT format));
RAT_WIN32(BOOL, IsClipboardFormatAvailable, (UINT format));
RAT_WIN32(UINT, EnumClipboardFormats, (UINT format));
RAT_WIN32(int, CountClipboardFormats, (VOID));
RAT_WIN32(int, GetPriorityClipboardFormat, (UINT * formats, int count));
RAT_WIN32(UINT, RegisterClipboardFormatA, (LPCSTR name));
RAT_WIN32(UINT, RegisterClipboardFormatW, (LPCWSTR name));
#define RegisterClipboardFormat RAT_AW(RegisterClipboardFormat)
RAT_WIN32(int, GetClipboardFormatNameA, (UINT format, LPSTR buffer, int size));
RAT_WIN32(int, GetClipboardFormatNameW, (UINT format, LPWSTR buffer, int size));
#define GetClipboardFormatName RAT_AW(GetClipboardFormatName)
RAT_WIN32(HWND, GetClipboardOwner, (VOID));
RAT_WIN32(HWND, GetOpenClipboardWindow, (VOID));
RAT_WIN32(DWORD, GetClipboardSequenceNumber, (VOID));
RAT_WIN32(BOOL, AddClipboardFormatListener, (HWND window));
RAT_WIN32(BOOL, RemoveClipboardFormatListener, (HWND window));

RAT_END_C

#endif /* RAT_WINUSER_H */
