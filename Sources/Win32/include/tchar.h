/** @file tchar.h
 *  Names that stand for char, or with _UNICODE for WCHAR. Over WCHAR they are the library's own:
 *  the C library's wide characters have 32 bits.
 */
#ifndef RAT_TCHAR_H
#define RAT_TCHAR_H

#include "winnt.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifndef _UNICODE
#include <strings.h>
#endif

#ifdef _UNICODE
typedef WCHAR _TCHAR, _TSCHAR, _TXCHAR;
typedef WCHAR _TUCHAR;
typedef int _TINT;
#define _T(text) RAT_WIDE(text)
#define _TEXT(text) RAT_WIDE(text)
#define __T(text) RAT_WIDE(text)
#define _TEOF ((int)0xFFFF)
#define _tWinMain wWinMain
#else
typedef char _TCHAR, _TSCHAR, _TXCHAR;
typedef unsigned char _TUCHAR;
typedef int _TINT;
#define _T(text) text
#define _TEXT(text) text
#define __T(text) text
#define _TEOF EOF
#define _tWinMain WinMain
#define _tmain main
#endif

RAT_BEGIN_C

RAT_WIN32(size_t, rat_wcslen, (const WCHAR* text));
RAT_WIN32(WCHAR*, rat_wcscpy, (WCHAR* to, const WCHAR* from));
RAT_WIN32(WCHAR*, rat_wcsncpy, (WCHAR* to, const WCHAR* from, size_t count));
RAT_WIN32(WCHAR*, rat_wcscat, (WCHAR* to, const WCHAR* from));
RAT_WIN32(WCHAR*, rat_wcsncat, (WCHAR* to, const WCHAR* from, size_t count));
RAT_WIN32(int, rat_wcscmp, (const WCHAR* a, const WCHAR* b));
RAT_WIN32(int, rat_wcsncmp, (const WCHAR* a, const WCHAR* b, size_t count));
RAT_WIN32(int, rat_wcsicmp, (const WCHAR* a, const WCHAR* b));
RAT_WIN32(int, rat_wcsnicmp, (const WCHAR* a, const WCHAR* b, size_t count));
RAT_WIN32(WCHAR*, rat_wcschr, (const WCHAR* text, WCHAR unit));
RAT_WIN32(WCHAR*, rat_wcsrchr, (const WCHAR* text, WCHAR unit));
RAT_WIN32(WCHAR*, rat_wcsstr, (const WCHAR* text, const WCHAR* part));
RAT_WIN32(WCHAR*, rat_wcsdup, (const WCHAR* text));
RAT_WIN32(long, rat_wcstol, (const WCHAR* text, WCHAR** end, int base));
RAT_WIN32(unsigned long, rat_wcstoul, (const WCHAR* text, WCHAR** end, int base));
RAT_WIN32(double, rat_wcstod, (const WCHAR* text, WCHAR** end));
RAT_WIN32(int, rat_wtoi, (const WCHAR* text));
RAT_WIN32(int, rat_snwprintf, (WCHAR* buffer, size_t size, const WCHAR* format, ...));
RAT_WIN32(int, rat_vsnwprintf,
          (WCHAR* buffer, size_t size, const WCHAR* format, va_list arguments));
RAT_WIN32(int, rat_swprintf, (WCHAR* buffer, const WCHAR* format, ...));
RAT_WIN32(int, rat_vswprintf, (WCHAR* buffer, const WCHAR* format, va_list arguments));
RAT_WIN32(int, rat_fwprintf, (FILE* file, const WCHAR* format, ...));
RAT_WIN32(int, rat_vfwprintf, (FILE* file, const WCHAR* format, va_list arguments));
RAT_WIN32(int, rat_wprintf, (const WCHAR* format, ...));

RAT_END_C

#ifdef _UNICODE
#define _tcslen rat_wcslen
#define _tcscpy rat_wcscpy
#define _tcsncpy rat_wcsncpy
#define _tcscat rat_wcscat
#define _tcsncat rat_wcsncat
#define _tcscmp rat_wcscmp
#define _tcsncmp rat_wcsncmp
#define _tcsicmp rat_wcsicmp
#define _tcscmpi rat_wcsicmp
#define _tcsnicmp rat_wcsnicmp
#define _tcschr rat_wcschr
#define _tcsrchr rat_wcsrchr
#define _tcsstr rat_wcsstr
#define _tcsdup rat_wcsdup
#define _tcstol rat_wcstol
#define _tcstoul rat_wcstoul
#define _tcstod rat_wcstod
#define _ttoi rat_wtoi
#define _ttol(text) rat_wcstol((text), NULL, 10)
#define _sntprintf rat_snwprintf
#define _vsntprintf rat_vsnwprintf
#define _stprintf rat_swprintf
#define _vstprintf rat_vswprintf
#define _tprintf rat_wprintf
#define _ftprintf rat_fwprintf
#define _vftprintf rat_vfwprintf
#else
#define _tcslen strlen
#define _tcscpy strcpy
#define _tcsncpy strncpy
#define _tcscat strcat
#define _tcsncat strncat
#define _tcscmp strcmp
#define _tcsncmp strncmp
#define _tcsicmp strcasecmp
#define _tcscmpi strcasecmp
#define _tcsnicmp strncasecmp
#define _tcschr strchr
#define _tcsrchr strrchr
#define _tcsstr strstr
#define _tcsdup strdup
#define _tcstol strtol
#define _tcstoul strtoul
#define _tcstod strtod
#define _ttoi atoi
#define _ttol atol
#define _sntprintf snprintf
#define _vsntprintf vsnprintf
#define _stprintf sprintf
#define _vstprintf vsprintf
#define _tprintf printf
#define _ftprintf fprintf
#define _vftprintf vfprintf
#endif

/* Of ASCII alone, as the C library's in its first locale. */
#define _totupper(unit) ((unit) >= 'a' && (unit) <= 'z' ? (unit) - 32 : (unit))
#define _totlower(unit) ((unit) >= 'A' && (unit) <= 'Z' ? (unit) + 32 : (unit))
#define _istdigit(unit) ((unit) >= '0' && (unit) <= '9')
#define _istupper(unit) ((unit) >= 'A' && (unit) <= 'Z')
#define _istlower(unit) ((unit) >= 'a' && (unit) <= 'z')
#define _istalpha(unit) (_istupper(unit) || _istlower(unit))
#define _istalnum(unit) (_istalpha(unit) || _istdigit(unit))
#define _istspace(unit) ((unit) == ' ' || ((unit) >= 9 && (unit) <= 13))

/* How many units there are in a text, and the next one's place. */
#define _tcsclen _tcslen
#define _tcsinc(text) ((text) + 1)

#endif /* RAT_TCHAR_H */
