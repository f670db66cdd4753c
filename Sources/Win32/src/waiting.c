/* Waiting, and the objects that are waited for. */
#include "internal.h"

#include <time.h>

DWORD waitResult(RatWaitResult result, size_t index)
{
    switch (result) {
    case RAT_WAIT_OK: return WAIT_OBJECT_0 + (DWORD)index;
    case RAT_WAIT_ABANDONED: return WAIT_ABANDONED_0 + (DWORD)index;
    case RAT_WAIT_TIMEOUT: return WAIT_TIMEOUT;
    default: failWith(ERROR_INVALID_HANDLE); return WAIT_FAILED;
    }
}

DWORD WaitForSingleObject(HANDLE object, DWORD milliseconds)
{
    return waitResult(RatWaitForObject(handleOf(object), milliseconds), 0);
}

DWORD WaitForSingleObjectEx(HANDLE object, DWORD milliseconds, BOOL alertable)
{
    (void)alertable;
    return WaitForSingleObject(object, milliseconds);
}

DWORD WaitForMultipleObjects(DWORD count, const HANDLE* objects, BOOL all, DWORD milliseconds)
{
    RatHandle handles[MAXIMUM_WAIT_OBJECTS];
    DWORD places[MAXIMUM_WAIT_OBJECTS];
    size_t different = 0, index = 0;
    if (count == 0 || count > MAXIMUM_WAIT_OBJECTS || objects == NULL) {
        failWith(ERROR_INVALID_PARAMETER);
        return WAIT_FAILED;
    }
    for (DWORD i = 0; i < count; i++) {
        size_t j = 0;
        while (j < different && handles[j] != handleOf(objects[i])) j++;
        if (j == different) {
            places[different] = i;
            handles[different++] = handleOf(objects[i]);
        } else if (all) {
            failWith(ERROR_INVALID_PARAMETER);
            return WAIT_FAILED;
        }
    }
    RatWaitResult result = RatWaitForMultipleObjects(handles, different, all != FALSE, milliseconds, &index);
    return waitResult(result, all || index >= different ? 0 : places[index]);
}

DWORD WaitForMultipleObjectsEx(DWORD count, const HANDLE* objects, BOOL all, DWORD milliseconds, BOOL alertable)
{
    (void)alertable;
    return WaitForMultipleObjects(count, objects, all, milliseconds);
}

BOOL SetEvent(HANDLE event)
{
    return succeeded(RatSetEvent(handleOf(event)), SUBJECT_OBJECT);
}

BOOL ResetEvent(HANDLE event)
{
    return succeeded(RatResetEvent(handleOf(event)), SUBJECT_OBJECT);
}

BOOL ReleaseMutex(HANDLE mutex)
{
    return succeeded(RatReleaseMutex(handleOf(mutex)), SUBJECT_OBJECT);
}

BOOL ReleaseSemaphore(HANDLE semaphore, LONG count, LPLONG previous)
{
    uint32_t before = 0;
    if (count <= 0) return failWith(ERROR_INVALID_PARAMETER);
    RatStatus status = RatReleaseSemaphore(handleOf(semaphore), (uint32_t)count, &before);
    if (status == RAT_IPC_ERR_NO_RESOURCES) return failWith(ERROR_TOO_MANY_POSTS);
    if (!succeeded(status, SUBJECT_OBJECT)) return FALSE;
    if (previous != NULL) *previous = (LONG)before;
    return TRUE;
}

/* -- Waitable timers --------------------------------------------------------------------------- */

static HANDLE createTimer(BOOL manualReset, bool hasName)
{
    RatWaitableTimer timer = 0;
    RatStatus status =
        hasName ? RAT_IPC_ERR_NOT_SUPPORTED : RatCreateWaitableTimer(manualReset != FALSE, &timer);
    return succeeded(status, SUBJECT_OBJECT) ? objectOf(timer) : NULL;
}

HANDLE CreateWaitableTimerA(LPSECURITY_ATTRIBUTES security, BOOL manualReset, LPCSTR name)
{
    (void)security;
    return createTimer(manualReset, name != NULL);
}

HANDLE CreateWaitableTimerW(LPSECURITY_ATTRIBUTES security, BOOL manualReset, LPCWSTR name)
{
    (void)security;
    return createTimer(manualReset, name != NULL);
}

/* Nanoseconds until a moment in Win32's count of 100 ns from 1601 on; 0 if it has passed. */
static uint64_t until(int64_t moment)
{
    FILETIME now;
    GetSystemTimeAsFileTime(&now);
    int64_t left = moment - (int64_t)((uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime);
    return left > 0 ? (uint64_t)left * 100 : 0;
}

BOOL SetWaitableTimer(HANDLE timer, const LARGE_INTEGER* due, LONG period, PTIMERAPCROUTINE routine,
                      LPVOID argument, BOOL resume)
{
    (void)argument, (void)resume;
    if (due == NULL || period < 0) return failWith(ERROR_INVALID_PARAMETER);
    if (routine != NULL) return failWith(ERROR_NOT_SUPPORTED);
    /* Negative is from now on. */
    uint64_t left = due->QuadPart < 0 ? (0 - (uint64_t)due->QuadPart) * 100 : until(due->QuadPart);
    return succeeded(RatSetWaitableTimer(handleOf(timer), left, (uint64_t)period * 1000000),
                     SUBJECT_OBJECT);
}

BOOL CancelWaitableTimer(HANDLE timer)
{
    return succeeded(RatCancelWaitableTimer(handleOf(timer)), SUBJECT_OBJECT);
}
