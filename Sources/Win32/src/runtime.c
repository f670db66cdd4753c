/* Threads as Microsoft's C library begins them. */
#include "internal.h"

#include <errno.h>
#include <process.h>
#include <unistd.h>

uintptr_t _beginthreadex(void* security, unsigned stackSize, _beginthreadex_proc_type start, void* argument,
                         unsigned flags, unsigned* id)
{
    DWORD number = 0;
    /* unsigned is what a DWORD is: the two kinds of routines are called alike. */
    HANDLE handle = CreateThread(security, stackSize, (LPTHREAD_START_ROUTINE)(uintptr_t)start, argument, flags,
                                 id != NULL ? &number : NULL);
    if (id != NULL) *id = number;
    if (handle == NULL) errno = thread.lastError == ERROR_INVALID_PARAMETER ? EINVAL : EAGAIN;
    return (uintptr_t)handle;
}

void _endthreadex(unsigned code)
{
    ExitThread(code);
}

/* The handle that a thread of _beginthread() closes when it ends; NULL on others. */
static __thread HANDLE begun __attribute__((tls_model("initial-exec")));

typedef struct {
    _beginthread_proc_type start;
    void* argument;
    HANDLE handle;
} Begin;

static void closeBegun(void)
{
    if (begun != NULL) CloseHandle(begun);
    begun = NULL;
}

static DWORD WINAPI run(LPVOID argument)
{
    Begin begin = *(Begin*)argument;
    free(argument);
    begun = begin.handle;
    begin.start(begin.argument);
    closeBegun();
    return 0;
}

uintptr_t _beginthread(_beginthread_proc_type start, unsigned stackSize, void* argument)
{
    Begin* begin = start != NULL ? malloc(sizeof *begin) : NULL;
    if (begin == NULL) {
        errno = start != NULL ? ENOMEM : EINVAL;
        return (uintptr_t)-1;
    }
    *begin = (Begin){ start, argument, NULL };
    /* Suspended, so that the thread finds its handle. */
    HANDLE handle = CreateThread(NULL, stackSize, run, begin, CREATE_SUSPENDED, NULL);
    if (handle == NULL) {
        free(begin);
        errno = EAGAIN;
        return (uintptr_t)-1;
    }
    begin->handle = handle;
    ResumeThread(handle);
    return (uintptr_t)handle;
}

void _endthread(void)
{
    closeBegun();
    ExitThread(0);
}

int _getpid(void)
{
    return (int)getpid();
}
