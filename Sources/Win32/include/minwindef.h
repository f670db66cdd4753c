/** @file minwindef.h
 *  The types that everything is made of. LONG, DWORD, UINT and BOOL have 32 bits.
 */
#ifndef RAT_MINWINDEF_H
#define RAT_MINWINDEF_H

#include "basetsd.h"
#include "sal.h"

#ifndef NULL
#ifdef __cplusplus
#define NULL 0
#else
#define NULL ((void*)0)
#endif
#endif
#ifndef FALSE
#define FALSE 0
#endif
#ifndef TRUE
#define TRUE 1
#endif
#define MAX_PATH 260

#ifndef IN
#define IN
#endif
#ifndef OUT
#define OUT
#endif
#ifndef OPTIONAL
#define OPTIONAL
#endif

#define VOID void
typedef char CHAR, *PCHAR;
typedef short SHORT, *PSHORT;
typedef int32_t LONG, *PLONG, *LPLONG;
typedef int INT, *PINT, *LPINT;
typedef int BOOL, *PBOOL, *LPBOOL;
typedef unsigned char BYTE, *PBYTE, *LPBYTE, UCHAR, *PUCHAR, BOOLEAN, *PBOOLEAN;
typedef unsigned short WORD, *PWORD, *LPWORD, USHORT, *PUSHORT, ATOM;
typedef uint32_t DWORD, *PDWORD, *LPDWORD, ULONG, *PULONG;
typedef unsigned int UINT, *PUINT;
typedef float FLOAT, *PFLOAT;
typedef long long LONGLONG, *PLONGLONG;
typedef unsigned long long ULONGLONG, *PULONGLONG, DWORDLONG, *PDWORDLONG;
typedef void *PVOID, *LPVOID;
typedef const void* LPCVOID;

typedef UINT_PTR WPARAM;
typedef LONG_PTR LPARAM;
typedef LONG_PTR LRESULT;

/* With STRICT each kind of handle is a type of its own, a pointer to what is nowhere defined. It is
 * the default; NO_STRICT makes them all void*. */
#if !defined(STRICT) && !defined(NO_STRICT)
#define STRICT 1
#endif
typedef void* HANDLE;
typedef HANDLE *PHANDLE, *LPHANDLE;
#ifndef NO_STRICT
#define DECLARE_HANDLE(name) typedef struct name##__* name
#else
#define DECLARE_HANDLE(name) typedef HANDLE name
#endif
DECLARE_HANDLE(HINSTANCE);
typedef HINSTANCE HMODULE;
typedef HANDLE HGLOBAL, HLOCAL;

typedef INT_PTR(WINAPI* FARPROC)(void);
typedef INT_PTR(WINAPI* NEARPROC)(void);
typedef INT_PTR(WINAPI* PROC)(void);

#define MAKEWORD(low, high)                                                                        \
    ((WORD)(((BYTE)((DWORD_PTR)(low) & 0xFF)) | ((WORD)((BYTE)((DWORD_PTR)(high) & 0xFF))) << 8))
#define MAKELONG(low, high)                                                                        \
    ((LONG)(((WORD)((DWORD_PTR)(low) & 0xFFFF)) |                                                  \
            ((DWORD)((WORD)((DWORD_PTR)(high) & 0xFFFF))) << 16))
#define LOWORD(number) ((WORD)((DWORD_PTR)(number) & 0xFFFF))
#define HIWORD(number) ((WORD)(((DWORD_PTR)(number) >> 16) & 0xFFFF))
#define LOBYTE(number) ((BYTE)((DWORD_PTR)(number) & 0xFF))
#define HIBYTE(number) ((BYTE)(((DWORD_PTR)(number) >> 8) & 0xFF))

typedef struct _FILETIME {
    DWORD dwLowDateTime;
    DWORD dwHighDateTime;
} FILETIME, *PFILETIME, *LPFILETIME;

/* In C++ min and max are functions, since macros of these names break the standard library's
 * headers. Where both apply, std's are chosen. */
#ifndef NOMINMAX
#ifndef __cplusplus
#ifndef min
#define min(a, b) (((a) < (b)) ? (a) : (b))
#endif
#ifndef max
#define max(a, b) (((a) > (b)) ? (a) : (b))
#endif
#else
template <class A, class B>
constexpr auto min(A a, B b) -> decltype(true ? static_cast<A>(a) : static_cast<B>(b))
{
    return a < b ? a : b;
}
template <class A, class B>
constexpr auto max(A a, B b) -> decltype(true ? static_cast<A>(a) : static_cast<B>(b))
{
    return a > b ? a : b;
}
#endif
#endif

#endif /* RAT_MINWINDEF_H */
