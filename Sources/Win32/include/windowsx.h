/** @file windowsx.h
 *  Message crackers: a function for each message, with its parameters spelled out.
 */
#ifndef RAT_WINDOWSX_H
#define RAT_WINDOWSX_H

#include "windows.h"

#define GET_X_LPARAM(lParam) ((int)(short)LOWORD(lParam))
#define GET_Y_LPARAM(lParam) ((int)(short)HIWORD(lParam))
#define GET_WM_COMMAND_ID(wParam, lParam) LOWORD(wParam)
#define GET_WM_COMMAND_HWND(wParam, lParam) ((HWND)(lParam))
#define GET_WM_COMMAND_CMD(wParam, lParam) HIWORD(wParam)
#define GET_WM_COMMAND_MPS(id, window, code) (WPARAM)MAKELONG(id, code), (LPARAM)(window)

#define GetInstanceModule(instance) ((HMODULE)(instance))
#define GlobalPtrHandle(memory) ((HGLOBAL)GlobalHandle(memory))
#define GlobalAllocPtr(flags, size) (GlobalLock(GlobalAlloc((flags), (size))))
#define GlobalFreePtr(memory) (GlobalUnlock(GlobalHandle(memory)), GlobalFree(GlobalHandle(memory)))
#define DeleteBrush(brush) DeleteObject((HGDIOBJ)(HBRUSH)(brush))
#define DeletePen(pen) DeleteObject((HGDIOBJ)(HPEN)(pen))
#define DeleteFont(font) DeleteObject((HGDIOBJ)(HFONT)(font))
#define DeleteBitmap(bitmap) DeleteObject((HGDIOBJ)(HBITMAP)(bitmap))
#define DeleteRgn(region) DeleteObject((HGDIOBJ)(HRGN)(region))
#define GetStockBrush(object) ((HBRUSH)GetStockObject(object))
#define GetStockPen(object) ((HPEN)GetStockObject(object))
#define GetStockFont(object) ((HFONT)GetStockObject(object))
#define SelectPen(dc, pen) ((HPEN)SelectObject((dc), (HGDIOBJ)(HPEN)(pen)))
#define SelectBrush(dc, brush) ((HBRUSH)SelectObject((dc), (HGDIOBJ)(HBRUSH)(brush)))
#define SelectFont(dc, font) ((HFONT)SelectObject((dc), (HGDIOBJ)(HFONT)(font)))
#define SelectBitmap(dc, bitmap) ((HBITMAP)SelectObject((dc), (HGDIOBJ)(HBITMAP)(bitmap)))
#define CopyRgn(to, from) CombineRgn(to, from, 0, RGN_COPY)
#define IntersectRgn(to, a, b) CombineRgn(to, a, b, RGN_AND)
#define SubtractRgn(to, a, b) CombineRgn(to, a, b, RGN_DIFF)
#define UnionRgn(to, a, b) CombineRgn(to, a, b, RGN_OR)
#define XorRgn(to, a, b) CombineRgn(to, a, b, RGN_XOR)

#define GetWindowInstance(window) ((HMODULE)GetWindowLongPtr(window, GWLP_HINSTANCE))
#define GetWindowStyle(window) ((DWORD)GetWindowLong(window, GWL_STYLE))
#define GetWindowExStyle(window) ((DWORD)GetWindowLong(window, GWL_EXSTYLE))
#define GetWindowOwner(window) GetWindow(window, GW_OWNER)
#define GetFirstChild(window) GetTopWindow(window)
#define GetFirstSibling(window) GetWindow(window, GW_HWNDFIRST)
#define GetLastSibling(window) GetWindow(window, GW_HWNDLAST)
#define GetNextSibling(window) GetWindow(window, GW_HWNDNEXT)
#define GetPrevSibling(window) GetWindow(window, GW_HWNDPREV)
#define GetWindowID(window) GetDlgCtrlID(window)
#define IsMinimized(window) IsIconic(window)
#define IsMaximized(window) IsZoomed(window)
#define IsRestored(window) ((GetWindowStyle(window) & (WS_MINIMIZE | WS_MAXIMIZE)) == 0)
#define SetWindowRedraw(window, redraw)                                                            \
    ((void)SendMessage(window, WM_SETREDRAW, (WPARAM)(BOOL)(redraw), 0))
#define SubclassWindow(window, procedure)                                                          \
    ((WNDPROC)SetWindowLongPtr((window), GWLP_WNDPROC, (LPARAM)(WNDPROC)(procedure)))
#define IsLButtonDown() (GetKeyState(VK_LBUTTON) < 0)
#define IsRButtonDown() (GetKeyState(VK_RBUTTON) < 0)
#define IsMButtonDown() (GetKeyState(VK_MBUTTON) < 0)
#define MapWindowRect(from, to, rect) MapWindowPoints((from), (to), (POINT*)(rect), 2)

#define HANDLE_MSG(window, message, function)                                                      \
    case (message): return HANDLE_##message((window), (wParam), (lParam), (function))

#define HANDLE_WM_COMMAND(window, wParam, lParam, function)                                        \
    ((function)((window), (int)LOWORD(wParam), (HWND)(lParam), (UINT)HIWORD(wParam)),              \
        (LRESULT)0)
#define FORWARD_WM_COMMAND(window, id, control, code, function)                                    \
    (void)(function)((window), WM_COMMAND, MAKEWPARAM((UINT)(id), (UINT)(code)),                   \
        (LPARAM)(HWND)(control))
#define HANDLE_WM_CREATE(window, wParam, lParam, function)                                         \
    ((function)((window), (LPCREATESTRUCT)(lParam)) ? (LRESULT)0 : (LRESULT)-1)
#define FORWARD_WM_CREATE(window, create, function)                                                \
    ((BOOL)((function)((window), WM_CREATE, 0, (LPARAM)(LPCREATESTRUCT)(create)) != -1))
#define HANDLE_WM_NCCREATE(window, wParam, lParam, function)                                       \
    ((LRESULT)(BOOL)(function)((window), (LPCREATESTRUCT)(lParam)))
#define FORWARD_WM_NCCREATE(window, create, function)                                              \
    ((BOOL)(DWORD)(function)((window), WM_NCCREATE, 0, (LPARAM)(LPCREATESTRUCT)(create)))
#define HANDLE_WM_DESTROY(window, wParam, lParam, function) ((function)((window)), (LRESULT)0)
#define FORWARD_WM_DESTROY(window, function) (void)(function)((window), WM_DESTROY, 0, 0)
#define HANDLE_WM_NCDESTROY(window, wParam, lParam, function) ((function)((window)), (LRESULT)0)
#define FORWARD_WM_NCDESTROY(window, function) (void)(function)((window), WM_NCDESTROY, 0, 0)
#define HANDLE_WM_CLOSE(window, wParam, lParam, function) ((function)((window)), (LRESULT)0)
#define FORWARD_WM_CLOSE(window, function) (void)(function)((window), WM_CLOSE, 0, 0)
#define HANDLE_WM_QUERYENDSESSION(window, wParam, lParam, function)                                \
    ((LRESULT)(BOOL)(function)((window)))
#define FORWARD_WM_QUERYENDSESSION(window, function)                                               \
    ((BOOL)(DWORD)(function)((window), WM_QUERYENDSESSION, 0, 0))
#define HANDLE_WM_ENDSESSION(window, wParam, lParam, function)                                     \
    ((function)((window), (BOOL)(wParam)), (LRESULT)0)
#define FORWARD_WM_ENDSESSION(window, ending, function)                                            \
    (void)(function)((window), WM_ENDSESSION, (WPARAM)(BOOL)(ending), 0)
#define HANDLE_WM_QUIT(window, wParam, lParam, function)                                           \
    ((function)((window), (int)(wParam)), (LRESULT)0)
#define FORWARD_WM_QUIT(window, exitCode, function)                                                \
    (void)(function)((window), WM_QUIT, (WPARAM)(exitCode), 0)
#define HANDLE_WM_PAINT(window, wParam, lParam, function) ((function)((window)), (LRESULT)0)
#define FORWARD_WM_PAINT(window, function) (void)(function)((window), WM_PAINT, 0, 0)
#define HANDLE_WM_ERASEBKGND(window, wParam, lParam, function)                                     \
    ((LRESULT)(BOOL)(function)((window), (HDC)(wParam)))
#define FORWARD_WM_ERASEBKGND(window, dc, function)                                                \
    ((BOOL)(DWORD)(function)((window), WM_ERASEBKGND, (WPARAM)(HDC)(dc), 0))
#define HANDLE_WM_NCPAINT(window, wParam, lParam, function)                                        \
    ((function)((window), (HRGN)(wParam)), (LRESULT)0)
#define FORWARD_WM_NCPAINT(window, region, function)                                               \
    (void)(function)((window), WM_NCPAINT, (WPARAM)(HRGN)(region), 0)
#define HANDLE_WM_SIZE(window, wParam, lParam, function)                                           \
    ((function)((window), (UINT)(wParam), (int)(short)LOWORD(lParam),                              \
        (int)(short)HIWORD(lParam)), (LRESULT)0)
#define FORWARD_WM_SIZE(window, state, cx, cy, function)                                           \
    (void)(function)((window), WM_SIZE, (WPARAM)(UINT)(state), MAKELPARAM((cx), (cy)))
#define HANDLE_WM_MOVE(window, wParam, lParam, function)                                           \
    ((function)((window), (int)(short)LOWORD(lParam), (int)(short)HIWORD(lParam)), (LRESULT)0)
#define FORWARD_WM_MOVE(window, x, y, function)                                                    \
    (void)(function)((window), WM_MOVE, 0, MAKELPARAM((x), (y)))
#define HANDLE_WM_GETMINMAXINFO(window, wParam, lParam, function)                                  \
    ((function)((window), (LPMINMAXINFO)(lParam)), (LRESULT)0)
#define FORWARD_WM_GETMINMAXINFO(window, info, function)                                           \
    (void)(function)((window), WM_GETMINMAXINFO, 0, (LPARAM)(LPMINMAXINFO)(info))
#define HANDLE_WM_WINDOWPOSCHANGING(window, wParam, lParam, function)                              \
    ((LRESULT)(BOOL)(function)((window), (LPWINDOWPOS)(lParam)))
#define FORWARD_WM_WINDOWPOSCHANGING(window, position, function)                                   \
    ((BOOL)(DWORD)(function)((window), WM_WINDOWPOSCHANGING, 0,                                    \
        (LPARAM)(LPWINDOWPOS)(position)))
#define HANDLE_WM_WINDOWPOSCHANGED(window, wParam, lParam, function)                               \
    ((function)((window), (const LPWINDOWPOS)(lParam)), (LRESULT)0)
#define FORWARD_WM_WINDOWPOSCHANGED(window, position, function)                                    \
    (void)(function)((window), WM_WINDOWPOSCHANGED, 0, (LPARAM)(const LPWINDOWPOS)(position))
#define HANDLE_WM_NCCALCSIZE(window, wParam, lParam, function)                                     \
    ((LRESULT)(UINT)(function)((window), (BOOL)(wParam), (NCCALCSIZE_PARAMS*)(lParam)))
#define FORWARD_WM_NCCALCSIZE(window, calculates, params, function)                                \
    ((UINT)(DWORD)(function)((window), WM_NCCALCSIZE, (WPARAM)(BOOL)(calculates),                  \
        (LPARAM)(NCCALCSIZE_PARAMS*)(params)))
#define HANDLE_WM_NCHITTEST(window, wParam, lParam, function)                                      \
    ((LRESULT)(UINT)(function)((window), (int)(short)LOWORD(lParam),                               \
        (int)(short)HIWORD(lParam)))
#define FORWARD_WM_NCHITTEST(window, x, y, function)                                               \
    ((UINT)(DWORD)(function)((window), WM_NCHITTEST, 0, MAKELPARAM((x), (y))))
#define HANDLE_WM_SHOWWINDOW(window, wParam, lParam, function)                                     \
    ((function)((window), (BOOL)(wParam), (UINT)(lParam)), (LRESULT)0)
#define FORWARD_WM_SHOWWINDOW(window, show, status, function)                                      \
    (void)(function)((window), WM_SHOWWINDOW, (WPARAM)(BOOL)(show), (LPARAM)(UINT)(status))
#define HANDLE_WM_ENABLE(window, wParam, lParam, function)                                         \
    ((function)((window), (BOOL)(wParam)), (LRESULT)0)
#define FORWARD_WM_ENABLE(window, enable, function)                                                \
    (void)(function)((window), WM_ENABLE, (WPARAM)(BOOL)(enable), 0)
#define HANDLE_WM_ACTIVATE(window, wParam, lParam, function)                                       \
    ((function)((window), (UINT)LOWORD(wParam), (HWND)(lParam), (BOOL)HIWORD(wParam)),             \
        (LRESULT)0)
#define FORWARD_WM_ACTIVATE(window, state, other, minimized, function)                             \
    (void)(function)((window), WM_ACTIVATE, MAKEWPARAM((state), (minimized)),                      \
        (LPARAM)(HWND)(other))
#define HANDLE_WM_ACTIVATEAPP(window, wParam, lParam, function)                                    \
    ((function)((window), (BOOL)(wParam), (DWORD)(lParam)), (LRESULT)0)
#define FORWARD_WM_ACTIVATEAPP(window, activate, thread, function)                                 \
    (void)(function)((window), WM_ACTIVATEAPP, (WPARAM)(BOOL)(activate), (LPARAM)(thread))
#define HANDLE_WM_NCACTIVATE(window, wParam, lParam, function)                                     \
    ((LRESULT)(BOOL)(function)((window), (BOOL)(wParam), 0, 0))
#define FORWARD_WM_NCACTIVATE(window, active, ignored1, ignored2, function)                        \
    ((BOOL)(DWORD)(function)((window), WM_NCACTIVATE, (WPARAM)(BOOL)(active), 0))
#define HANDLE_WM_SETFOCUS(window, wParam, lParam, function)                                       \
    ((function)((window), (HWND)(wParam)), (LRESULT)0)
#define FORWARD_WM_SETFOCUS(window, old, function)                                                 \
    (void)(function)((window), WM_SETFOCUS, (WPARAM)(HWND)(old), 0)
#define HANDLE_WM_KILLFOCUS(window, wParam, lParam, function)                                      \
    ((function)((window), (HWND)(wParam)), (LRESULT)0)
#define FORWARD_WM_KILLFOCUS(window, next, function)                                               \
    (void)(function)((window), WM_KILLFOCUS, (WPARAM)(HWND)(next), 0)
#define HANDLE_WM_SETCURSOR(window, wParam, lParam, function)                                      \
    ((LRESULT)(BOOL)(function)((window), (HWND)(wParam), (UINT)LOWORD(lParam),                     \
        (UINT)HIWORD(lParam)))
#define FORWARD_WM_SETCURSOR(window, cursor, hit, mouse, function)                                 \
    ((BOOL)(DWORD)(function)((window), WM_SETCURSOR, (WPARAM)(HWND)(cursor), MAKELPARAM((hit),     \
        (mouse))))
#define HANDLE_WM_SETTEXT(window, wParam, lParam, function)                                        \
    ((function)((window), (LPCTSTR)(lParam)), (LRESULT)0)
#define FORWARD_WM_SETTEXT(window, text, function)                                                 \
    (void)(function)((window), WM_SETTEXT, 0, (LPARAM)(LPCTSTR)(text))
#define HANDLE_WM_GETTEXT(window, wParam, lParam, function)                                        \
    ((LRESULT)(INT)(function)((window), (int)(wParam), (LPTSTR)(lParam)))
#define FORWARD_WM_GETTEXT(window, size, text, function)                                           \
    ((INT)(DWORD)(function)((window), WM_GETTEXT, (WPARAM)(int)(size), (LPARAM)(LPTSTR)(text)))
#define HANDLE_WM_GETTEXTLENGTH(window, wParam, lParam, function)                                  \
    ((LRESULT)(INT)(function)((window)))
#define FORWARD_WM_GETTEXTLENGTH(window, function)                                                 \
    ((INT)(DWORD)(function)((window), WM_GETTEXTLENGTH, 0, 0))
#define HANDLE_WM_CHAR(window, wParam, lParam, function)                                           \
    ((function)((window), (TCHAR)(wParam), (int)LOWORD(lParam)), (LRESULT)0)
#define FORWARD_WM_CHAR(window, ch, repeat, function)                                              \
    (void)(function)((window), WM_CHAR, (WPARAM)(TCHAR)(ch), MAKELPARAM((repeat), 0))
#define HANDLE_WM_DEADCHAR(window, wParam, lParam, function)                                       \
    ((function)((window), (TCHAR)(wParam), (int)LOWORD(lParam)), (LRESULT)0)
#define FORWARD_WM_DEADCHAR(window, ch, repeat, function)                                          \
    (void)(function)((window), WM_DEADCHAR, (WPARAM)(TCHAR)(ch), MAKELPARAM((repeat), 0))
#define HANDLE_WM_SYSCHAR(window, wParam, lParam, function)                                        \
    ((function)((window), (TCHAR)(wParam), (int)LOWORD(lParam)), (LRESULT)0)
#define FORWARD_WM_SYSCHAR(window, ch, repeat, function)                                           \
    (void)(function)((window), WM_SYSCHAR, (WPARAM)(TCHAR)(ch), MAKELPARAM((repeat), 0))
#define HANDLE_WM_SYSCOMMAND(window, wParam, lParam, function)                                     \
    ((function)((window), (UINT)(wParam), (int)(short)LOWORD(lParam),                              \
        (int)(short)HIWORD(lParam)), (LRESULT)0)
#define FORWARD_WM_SYSCOMMAND(window, command, x, y, function)                                     \
    (void)(function)((window), WM_SYSCOMMAND, (WPARAM)(UINT)(command), MAKELPARAM((x), (y)))
#define HANDLE_WM_TIMER(window, wParam, lParam, function)                                          \
    ((function)((window), (UINT)(wParam)), (LRESULT)0)
#define FORWARD_WM_TIMER(window, id, function)                                                     \
    (void)(function)((window), WM_TIMER, (WPARAM)(UINT)(id), 0)
#define HANDLE_WM_HOTKEY(window, wParam, lParam, function)                                         \
    ((function)((window), (int)(wParam), (UINT)LOWORD(lParam), (UINT)HIWORD(lParam)),              \
        (LRESULT)0)
#define FORWARD_WM_HOTKEY(window, id, modifiers, key, function)                                    \
    (void)(function)((window), WM_HOTKEY, (WPARAM)(id), MAKELPARAM((modifiers), (key)))
#define HANDLE_WM_MOUSEWHEEL(window, wParam, lParam, function)                                     \
    ((function)((window), (int)(short)LOWORD(lParam), (int)(short)HIWORD(lParam),                  \
        (int)(short)HIWORD(wParam), (UINT)(short)LOWORD(wParam)), (LRESULT)0)
#define FORWARD_WM_MOUSEWHEEL(window, x, y, delta, keys, function)                                 \
    (void)(function)((window), WM_MOUSEWHEEL, MAKEWPARAM((keys), (delta)), MAKELPARAM((x), (y)))
#define HANDLE_WM_MOUSEMOVE(window, wParam, lParam, function)                                      \
    ((function)((window), (int)(short)LOWORD(lParam), (int)(short)HIWORD(lParam),                  \
        (UINT)(wParam)), (LRESULT)0)
#define FORWARD_WM_MOUSEMOVE(window, x, y, keys, function)                                         \
    (void)(function)((window), WM_MOUSEMOVE, (WPARAM)(UINT)(keys), MAKELPARAM((x), (y)))
#define HANDLE_WM_MOUSEACTIVATE(window, wParam, lParam, function)                                  \
    ((LRESULT)(int)(function)((window), (HWND)(wParam), (UINT)LOWORD(lParam),                      \
        (UINT)HIWORD(lParam)))
#define FORWARD_WM_MOUSEACTIVATE(window, top, hit, mouse, function)                                \
    ((int)(DWORD)(function)((window), WM_MOUSEACTIVATE, (WPARAM)(HWND)(top), MAKELPARAM((hit),     \
        (mouse))))
#define HANDLE_WM_CANCELMODE(window, wParam, lParam, function) ((function)((window)), (LRESULT)0)
#define FORWARD_WM_CANCELMODE(window, function) (void)(function)((window), WM_CANCELMODE, 0, 0)
#define HANDLE_WM_CONTEXTMENU(window, wParam, lParam, function)                                    \
    ((function)((window), (HWND)(wParam), (UINT)LOWORD(lParam), (UINT)HIWORD(lParam)),             \
        (LRESULT)0)
#define FORWARD_WM_CONTEXTMENU(window, other, x, y, function)                                      \
    (void)(function)((window), WM_CONTEXTMENU, (WPARAM)(HWND)(other), MAKELPARAM((UINT)(x),        \
        (UINT)(y)))
#define HANDLE_WM_COPYDATA(window, wParam, lParam, function)                                       \
    ((LRESULT)(BOOL)(function)((window), (HWND)(wParam), (PCOPYDATASTRUCT)(lParam)))
#define FORWARD_WM_COPYDATA(window, from, data, function)                                          \
    ((BOOL)(DWORD)(function)((window), WM_COPYDATA, (WPARAM)(from), (LPARAM)(data)))
#define HANDLE_WM_PARENTNOTIFY(window, wParam, lParam, function)                                   \
    ((function)((window), (UINT)LOWORD(wParam), (HWND)(lParam), (UINT)HIWORD(wParam)),             \
        (LRESULT)0)
#define FORWARD_WM_PARENTNOTIFY(window, event, child, id, function)                                \
    (void)(function)((window), WM_PARENTNOTIFY, MAKEWPARAM(event, id), (LPARAM)(HWND)(child))
#define HANDLE_WM_STYLECHANGING(window, wParam, lParam, function)                                  \
    ((function)((window), (int)(wParam), (LPSTYLESTRUCT)(lParam)), (LRESULT)0)
#define FORWARD_WM_STYLECHANGING(window, which, style, function)                                   \
    (void)(function)((window), WM_STYLECHANGING, (WPARAM)(which), (LPARAM)(style))
#define HANDLE_WM_STYLECHANGED(window, wParam, lParam, function)                                   \
    ((function)((window), (int)(wParam), (const LPSTYLESTRUCT)(lParam)), (LRESULT)0)
#define FORWARD_WM_STYLECHANGED(window, which, style, function)                                    \
    (void)(function)((window), WM_STYLECHANGED, (WPARAM)(which), (LPARAM)(style))
#define HANDLE_WM_KEYDOWN(window, wParam, lParam, function)                                        \
    ((function)((window), (UINT)(wParam), TRUE, (int)(short)LOWORD(lParam),                        \
        (UINT)HIWORD(lParam)), (LRESULT)0)
#define FORWARD_WM_KEYDOWN(window, key, down, repeat, flags, function)                             \
    (void)(function)((window), WM_KEYDOWN, (WPARAM)(UINT)(key), MAKELPARAM((repeat), (flags)))
#define HANDLE_WM_KEYUP(window, wParam, lParam, function)                                          \
    ((function)((window), (UINT)(wParam), FALSE, (int)(short)LOWORD(lParam),                       \
        (UINT)HIWORD(lParam)), (LRESULT)0)
#define FORWARD_WM_KEYUP(window, key, down, repeat, flags, function)                               \
    (void)(function)((window), WM_KEYUP, (WPARAM)(UINT)(key), MAKELPARAM((repeat), (flags)))
#define HANDLE_WM_SYSKEYDOWN(window, wParam, lParam, function)                                     \
    ((function)((window), (UINT)(wParam), TRUE, (int)(short)LOWORD(lParam),                        \
        (UINT)HIWORD(lParam)), (LRESULT)0)
#define FORWARD_WM_SYSKEYDOWN(window, key, down, repeat, flags, function)                          \
    (void)(function)((window), WM_SYSKEYDOWN, (WPARAM)(UINT)(key), MAKELPARAM((repeat),            \
        (flags)))
#define HANDLE_WM_SYSKEYUP(window, wParam, lParam, function)                                       \
    ((function)((window), (UINT)(wParam), FALSE, (int)(short)LOWORD(lParam),                       \
        (UINT)HIWORD(lParam)), (LRESULT)0)
#define FORWARD_WM_SYSKEYUP(window, key, down, repeat, flags, function)                            \
    (void)(function)((window), WM_SYSKEYUP, (WPARAM)(UINT)(key), MAKELPARAM((repeat), (flags)))
#define HANDLE_WM_LBUTTONDOWN(window, wParam, lParam, function)                                    \
    ((function)((window), FALSE, (int)(short)LOWORD(lParam), (int)(short)HIWORD(lParam),           \
        (UINT)(wParam)), (LRESULT)0)
#define FORWARD_WM_LBUTTONDOWN(window, isDouble, x, y, keys, function)                             \
    (void)(function)((window), WM_LBUTTONDOWN, (WPARAM)(UINT)(keys), MAKELPARAM((x), (y)))
#define HANDLE_WM_LBUTTONDBLCLK(window, wParam, lParam, function)                                  \
    ((function)((window), TRUE, (int)(short)LOWORD(lParam), (int)(short)HIWORD(lParam),            \
        (UINT)(wParam)), (LRESULT)0)
#define FORWARD_WM_LBUTTONDBLCLK(window, isDouble, x, y, keys, function)                           \
    (void)(function)((window), WM_LBUTTONDBLCLK, (WPARAM)(UINT)(keys), MAKELPARAM((x), (y)))
#define HANDLE_WM_LBUTTONUP(window, wParam, lParam, function)                                      \
    ((function)((window), (int)(short)LOWORD(lParam), (int)(short)HIWORD(lParam),                  \
        (UINT)(wParam)), (LRESULT)0)
#define FORWARD_WM_LBUTTONUP(window, x, y, keys, function)                                         \
    (void)(function)((window), WM_LBUTTONUP, (WPARAM)(UINT)(keys), MAKELPARAM((x), (y)))
#define HANDLE_WM_RBUTTONDOWN(window, wParam, lParam, function)                                    \
    ((function)((window), FALSE, (int)(short)LOWORD(lParam), (int)(short)HIWORD(lParam),           \
        (UINT)(wParam)), (LRESULT)0)
#define FORWARD_WM_RBUTTONDOWN(window, isDouble, x, y, keys, function)                             \
    (void)(function)((window), WM_RBUTTONDOWN, (WPARAM)(UINT)(keys), MAKELPARAM((x), (y)))
#define HANDLE_WM_RBUTTONDBLCLK(window, wParam, lParam, function)                                  \
    ((function)((window), TRUE, (int)(short)LOWORD(lParam), (int)(short)HIWORD(lParam),            \
        (UINT)(wParam)), (LRESULT)0)
#define FORWARD_WM_RBUTTONDBLCLK(window, isDouble, x, y, keys, function)                           \
    (void)(function)((window), WM_RBUTTONDBLCLK, (WPARAM)(UINT)(keys), MAKELPARAM((x), (y)))
#define HANDLE_WM_RBUTTONUP(window, wParam, lParam, function)                                      \
    ((function)((window), (int)(short)LOWORD(lParam), (int)(short)HIWORD(lParam),                  \
        (UINT)(wParam)), (LRESULT)0)
#define FORWARD_WM_RBUTTONUP(window, x, y, keys, function)                                         \
    (void)(function)((window), WM_RBUTTONUP, (WPARAM)(UINT)(keys), MAKELPARAM((x), (y)))
#define HANDLE_WM_MBUTTONDOWN(window, wParam, lParam, function)                                    \
    ((function)((window), FALSE, (int)(short)LOWORD(lParam), (int)(short)HIWORD(lParam),           \
        (UINT)(wParam)), (LRESULT)0)
#define FORWARD_WM_MBUTTONDOWN(window, isDouble, x, y, keys, function)                             \
    (void)(function)((window), WM_MBUTTONDOWN, (WPARAM)(UINT)(keys), MAKELPARAM((x), (y)))
#define HANDLE_WM_MBUTTONDBLCLK(window, wParam, lParam, function)                                  \
    ((function)((window), TRUE, (int)(short)LOWORD(lParam), (int)(short)HIWORD(lParam),            \
        (UINT)(wParam)), (LRESULT)0)
#define FORWARD_WM_MBUTTONDBLCLK(window, isDouble, x, y, keys, function)                           \
    (void)(function)((window), WM_MBUTTONDBLCLK, (WPARAM)(UINT)(keys), MAKELPARAM((x), (y)))
#define HANDLE_WM_MBUTTONUP(window, wParam, lParam, function)                                      \
    ((function)((window), (int)(short)LOWORD(lParam), (int)(short)HIWORD(lParam),                  \
        (UINT)(wParam)), (LRESULT)0)
#define FORWARD_WM_MBUTTONUP(window, x, y, keys, function)                                         \
    (void)(function)((window), WM_MBUTTONUP, (WPARAM)(UINT)(keys), MAKELPARAM((x), (y)))

#endif /* RAT_WINDOWSX_H */
