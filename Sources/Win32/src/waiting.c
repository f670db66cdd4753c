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

RatWaitResult waitAlertably(const RatHandle* handles, size_t count, DWORD milliseconds, const DWORD* wakeMask,
                            uint32_t flags, size_t* index, bool* ranApcs)
{
    RatHandle all[MAXIMUM_WAIT_OBJECTS + 1 + APC_TIMERS];
    uint64_t begin = GetTickCount64();
    *ranApcs = false;
    if (count > 0) memcpy(all, handles, count * sizeof *handles);
    for (;;) {
        size_t total = addApcHandles(all, count), ended = 0;
        if (total == 0) return RAT_WAIT_FAILED;
        uint64_t passed = GetTickCount64() - begin;
        uint64_t left = milliseconds == INFINITE ? RAT_INFINITE : passed < milliseconds ? milliseconds - passed : 0;
        RatWaitResult result = wakeMask != NULL
                                   ? RatMsgWaitForMultipleObjects(all, total, left, *wakeMask, flags, &ended)
                                   : RatWaitForMultipleObjects(all, total, false, left, &ended);
        if (result != RAT_WAIT_OK || ended < count || ended == total) {
            *index = ended < count ? ended : count;
            return result;
        }
        /* What ended it may have been called off meanwhile. */
        *ranApcs = runApcs(all[ended]);
        if (*ranApcs) return RAT_WAIT_OK;
    }
}

DWORD WaitForSingleObject(HANDLE object, DWORD milliseconds)
{
    return waitResult(RatWaitForObject(handleOf(object), milliseconds), 0);
}

DWORD WaitForSingleObjectEx(HANDLE object, DWORD milliseconds, BOOL alertable)
{
    if (!alertable) return WaitForSingleObject(object, milliseconds);
    RatHandle handle = handleOf(object);
    size_t index = 0;
    bool ranApcs;
    RatWaitResult result = waitAlertably(&handle, 1, milliseconds, NULL, 0, &index, &ranApcs);
    return ranApcs ? WAIT_IO_COMPLETION : waitResult(result, 0);
}

/* What is queued to the thread does not end a wait for all of several objects, which takes them at one moment or not
 * at all: it runs before. */
DWORD WaitForMultipleObjectsEx(DWORD count, const HANDLE* objects, BOOL all, DWORD milliseconds, BOOL alertable)
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
    RatWaitResult result;
    if (alertable && (!all || different == 1)) {
        bool ranApcs;
        result = waitAlertably(handles, different, milliseconds, NULL, 0, &index, &ranApcs);
        if (ranApcs) return WAIT_IO_COMPLETION;
    } else {
        result = RatWaitForMultipleObjects(handles, different, all != FALSE, alertable ? 0 : milliseconds, &index);
        if (alertable && result == RAT_WAIT_TIMEOUT) {
            if (runApcs(0)) return WAIT_IO_COMPLETION;
            result = RatWaitForMultipleObjects(handles, different, true, milliseconds, &index);
        }
    }
    return waitResult(result, all || index >= different ? 0 : places[index]);
}

DWORD WaitForMultipleObjects(DWORD count, const HANDLE* objects, BOOL all, DWORD milliseconds)
{
    return WaitForMultipleObjectsEx(count, objects, all, milliseconds, FALSE);
}

DWORD SignalObjectAndWait(HANDLE signalled, HANDLE object, DWORD milliseconds, BOOL alertable)
{
    BOOL isSignalled;
    switch (RatGetHandleKind(handleOf(signalled))) {
    case RAT_HANDLE_EVENT: isSignalled = SetEvent(signalled); break;
    case RAT_HANDLE_MUTEX: isSignalled = ReleaseMutex(signalled); break;
    case RAT_HANDLE_SEMAPHORE: isSignalled = ReleaseSemaphore(signalled, 1, NULL); break;
    default: isSignalled = failWith(ERROR_INVALID_HANDLE);
    }
    return isSignalled ? WaitForSingleObjectEx(object, milliseconds, alertable) : WAIT_FAILED;
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
    (void)resume;
    if (due == NULL || period < 0) return failWith(ERROR_INVALID_PARAMETER);
    /* Negative is from now on. */
    uint64_t left = due->QuadPart < 0 ? (0 - (uint64_t)due->QuadPart) * 100 : until(due->QuadPart);
    uint64_t every = (uint64_t)period * 1000000;
    if (!succeeded(RatSetWaitableTimer(handleOf(timer), left, every), SUBJECT_OBJECT)) return FALSE;
    forgetApcTimer(handleOf(timer));
    return routine == NULL || addApcTimer(handleOf(timer), left, every, routine, argument);
}

BOOL CancelWaitableTimer(HANDLE timer)
{
    if (!succeeded(RatCancelWaitableTimer(handleOf(timer)), SUBJECT_OBJECT)) return FALSE;
    forgetApcTimer(handleOf(timer));
    return TRUE;
}
