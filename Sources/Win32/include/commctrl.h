/** @file commctrl.h
 *  comctl32's subclassing. There are no controls.
 */
#ifndef RAT_COMMCTRL_H
#define RAT_COMMCTRL_H

#include "windows.h"

RAT_BEGIN_C

typedef LRESULT(CALLBACK* SUBCLASSPROC)(HWND window, UINT message, WPARAM wParam, LPARAM lParam,
                                        UINT_PTR id, DWORD_PTR data);

/* By the window's own thread. */
RAT_WIN32(BOOL, SetWindowSubclass,
          (HWND window, SUBCLASSPROC procedure, UINT_PTR id, DWORD_PTR data));
RAT_WIN32(BOOL, GetWindowSubclass,
          (HWND window, SUBCLASSPROC procedure, UINT_PTR id, DWORD_PTR* data));
RAT_WIN32(BOOL, RemoveWindowSubclass, (HWND window, SUBCLASSPROC procedure, UINT_PTR id));
RAT_WIN32(LRESULT, DefSubclassProc,
          (HWND window, UINT message, WPARAM wParam, LPARAM lParam));

RAT_END_C

#endif /* RAT_COMMCTRL_H */
