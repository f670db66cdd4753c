/* Sleeping, and places of a thread's own. */
#include "internal.h"

#include <pthread.h>
#include <sched.h>
#include <time.h>
#include <unistd.h>

VOID Sleep(DWORD milliseconds)
{
    if (milliseconds == 0) {
        sched_yield();
        return;
    }
    struct timespec left = { milliseconds / 1000, (long)(milliseconds % 1000) * 1000000 };
    if (milliseconds == INFINITE)
        for (;;) pause();
    while (nanosleep(&left, &left) != 0) {}
}

DWORD SleepEx(DWORD milliseconds, BOOL alertable)
{
    bool ranApcs = false;
    size_t index;
    if (!alertable) Sleep(milliseconds);
    else waitAlertably(NULL, 0, milliseconds, NULL, 0, &index, &ranApcs);
    return ranApcs ? WAIT_IO_COMPLETION : 0;
}

BOOL SwitchToThread(VOID)
{
    return sched_yield() == 0;
}

/* An index is a key of POSIX threads. */
DWORD TlsAlloc(VOID)
{
    pthread_key_t key;
    if (pthread_key_create(&key, NULL) == 0) return (DWORD)key;
    failWith(ERROR_NOT_ENOUGH_MEMORY);
    return TLS_OUT_OF_INDEXES;
}

BOOL TlsFree(DWORD index)
{
    return pthread_key_delete((pthread_key_t)index) == 0 || failWith(ERROR_INVALID_PARAMETER);
}

/* Success must be told apart from a value of NULL, so it clears the error. */
LPVOID TlsGetValue(DWORD index)
{
    thread.lastError = ERROR_SUCCESS;
    return pthread_getspecific((pthread_key_t)index);
}

BOOL TlsSetValue(DWORD index, LPVOID value)
{
    return pthread_setspecific((pthread_key_t)index, value) == 0 || failWith(ERROR_INVALID_PARAMETER);
}
