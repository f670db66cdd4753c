/* Handles of every kind: closed, and copied. */
#include "internal.h"

/* What the library keeps of an object goes with its last handle. */
static void forget(RatHandleKind kind, RatHandle handle)
{
    switch (kind) {
    case RAT_HANDLE_THREAD: forgetThread(handle); break;
    case RAT_HANDLE_EVENT:
    case RAT_HANDLE_MUTEX:
    case RAT_HANDLE_SEMAPHORE: forgetNamed(handle); break;
    case RAT_HANDLE_TIMER: forgetApcTimer(handle); break;
    default: break;
    }
}

BOOL CloseHandle(HANDLE object)
{
    RatHandle handle = handleOf(object);
    if (object == GetCurrentThread() || object == GetCurrentProcess()) return TRUE;
    if (isFileHandle(object)) return closeFile(object);
    RatHandleKind kind = RatGetHandleKind(handle);
    if (kind == RAT_HANDLE_WINDOW || kind == RAT_HANDLE_REGION || kind == RAT_HANDLE_MESSAGE_QUEUE)
        return failWith(ERROR_INVALID_HANDLE);
    RatStatus status = RatCloseHandle(handle);
    if (RatGetHandleKind(handle) == RAT_HANDLE_NONE) forget(kind, handle);
    return succeeded(status, SUBJECT_OBJECT);
}

/* The copy has the same number, and is closed once more. Objects are this process's only, and files have no copies. */
BOOL DuplicateHandle(HANDLE sourceProcess, HANDLE source, HANDLE targetProcess, LPHANDLE target, DWORD access,
                     BOOL inherit, DWORD options)
{
    (void)access, (void)inherit;
    if (sourceProcess != GetCurrentProcess() || targetProcess != GetCurrentProcess())
        return failWith(ERROR_INVALID_HANDLE);
    if (isFileHandle(source)) return failWith(ERROR_NOT_SUPPORTED);
    RatHandle handle = handleOf(source);
    if (source == GetCurrentThread()) {
        /* Threads that others have made have no handle. */
        handle = ownHandle();
        if (handle == 0) return failWith(ERROR_NOT_SUPPORTED);
    }
    if (target != NULL) {
        if (!succeeded(RatRetainHandle(handle), SUBJECT_OBJECT)) return FALSE;
        *target = objectOf(handle);
    }
    return (options & DUPLICATE_CLOSE_SOURCE) == 0 || CloseHandle(objectOf(handle));
}
