/** @file process.h
 *  Threads as Microsoft's C library begins and ends them.
 */
#ifndef RAT_PROCESS_H
#define RAT_PROCESS_H

#include "basetsd.h"

RAT_BEGIN_C

typedef unsigned(__stdcall* _beginthreadex_proc_type)(void* argument);
typedef void(__cdecl* _beginthread_proc_type)(void* argument);

/* The handle of a thread, for WaitForSingleObject() and CloseHandle(); 0 and errno for none. */
RAT_WIN32(uintptr_t, _beginthreadex,
          (void* security, unsigned stackSize, _beginthreadex_proc_type start, void* argument,
           unsigned flags, unsigned* id));
RAT_WIN32_NORETURN(_endthreadex, (unsigned code));
/* The thread closes its handle itself when it ends; -1 and errno if there is none. */
RAT_WIN32(uintptr_t, _beginthread,
          (_beginthread_proc_type start, unsigned stackSize, void* argument));
RAT_WIN32_NORETURN(_endthread, (void));
RAT_WIN32(int, _getpid, (void));

RAT_END_C

#endif /* RAT_PROCESS_H */
