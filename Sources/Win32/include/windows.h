/** @file windows.h
 *  Win32 for Linux, over Rat. What is not there is not declared: a program that needs it fails to
 *  compile with the name of the function.
 */
#ifndef RAT_WINDOWS_H
#define RAT_WINDOWS_H

#if defined(UNICODE) && !defined(_UNICODE)
#define _UNICODE
#endif
#if defined(_UNICODE) && !defined(UNICODE)
#define UNICODE
#endif

#include "sdkddkver.h"

#include "windef.h"
#include "winbase.h"
#include "wingdi.h"
#include "winuser.h"
#ifndef WIN32_LEAN_AND_MEAN
#include "mmsystem.h"
#endif

#endif /* RAT_WINDOWS_H */
