/** @file ratwin32.h
 *  What the Win32 headers here are written with: how names become symbols, and what the keywords of
 *  Microsoft's compilers are called by gcc and clang.
 */
#ifndef RATWIN32_H
#define RATWIN32_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#if !defined(__linux__) || !defined(__LP64__)
#error "These headers are for Linux, where pointers have 64 bits."
#endif

#ifdef __cplusplus
#define RAT_EXTERN_C extern "C"
#define RAT_BEGIN_C extern "C" {
#define RAT_END_C }
#else
#define RAT_EXTERN_C
#define RAT_BEGIN_C
#define RAT_END_C
#endif

/* Declares a function. Win32's name is the compiler's only: the symbol is RatWin32's, so that no
 * bare Win32 name is ever linked, and other libraries may have functions of these names. */
#define RAT_WIN32(result, name, parameters) result name parameters __asm__("RatWin32" #name)

/* One that never returns. */
#define RAT_WIN32_NORETURN(name, parameters)                                                       \
    __attribute__((__noreturn__)) void name parameters __asm__("RatWin32" #name)

/* The function that a name without A or W stands for. */
#ifdef UNICODE
#define RAT_AW(name) name##W
#else
#define RAT_AW(name) name##A
#endif

#define WINAPI
#define APIENTRY
#define CALLBACK
#define WINAPIV
#define PASCAL
#define CDECL
#define APIPRIVATE
#define NTAPI
#define FAR
#define NEAR
#define far
#define near
#define pascal
#define cdecl
#define CONST const
#define __stdcall
#define __cdecl
#define __fastcall
#define __thiscall
#define _stdcall
#define _cdecl
#define __int8 char
#define __int16 short
#define __int32 int
#define __int64 long long
#define __forceinline static inline __attribute__((__always_inline__))
#define FORCEINLINE static inline __attribute__((__always_inline__))

/* __declspec(x): what has a meaning here gets it, dllexport and its like need none. */
#define __declspec(attribute) RAT_DECLSPEC_##attribute
#define RAT_DECLSPEC_dllexport __attribute__((__visibility__("default")))
#define RAT_DECLSPEC_dllimport
#define RAT_DECLSPEC_thread __thread
#define RAT_DECLSPEC_noreturn __attribute__((__noreturn__))
#define RAT_DECLSPEC_noinline __attribute__((__noinline__))
#define RAT_DECLSPEC_align(bytes) __attribute__((__aligned__(bytes)))
#define RAT_DECLSPEC_selectany __attribute__((__weak__))
#define RAT_DECLSPEC_novtable
#define RAT_DECLSPEC_nothrow
#define RAT_DECLSPEC_deprecated __attribute__((__deprecated__))

#endif /* RATWIN32_H */
