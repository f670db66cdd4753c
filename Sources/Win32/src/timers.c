/* Window timers. */
#include "internal.h"

/* A TIMERPROC is handed to Rat as it is: Rat calls it with the time of the message that is dispatched, and
 * DispatchMessage() writes what a TIMERPROC expects there. */
static UINT_PTR setTimer(HWND window, UINT_PTR id, UINT milliseconds, TIMERPROC procedure, ULONG tolerance)
{
    uintptr_t set = 0;
    if (ownQueue() == 0) return 0;
    RatTimerProc called = (RatTimerProc)(uintptr_t)procedure;
    RatStatus status =
        RatSetCoalescableTimer(handleOf(window), id, milliseconds, called,
                               tolerance == TIMERV_NO_COALESCING ? TIMERV_DEFAULT_COALESCING : tolerance, &set);
    if (!succeeded(status, SUBJECT_WINDOW)) return 0;
    /* A window's timer may have the number 0; it is no failure all the same. */
    return set != 0 ? set : 1;
}

UINT_PTR SetTimer(HWND window, UINT_PTR id, UINT milliseconds, TIMERPROC procedure)
{
    return setTimer(window, id, milliseconds, procedure, TIMERV_DEFAULT_COALESCING);
}

UINT_PTR SetCoalescableTimer(HWND window, UINT_PTR id, UINT milliseconds, TIMERPROC procedure, ULONG tolerance)
{
    return setTimer(window, id, milliseconds, procedure, tolerance);
}

BOOL KillTimer(HWND window, UINT_PTR id)
{
    RatStatus status = RatKillTimer(handleOf(window), id);
    /* No such timer: FALSE, and the error that Wine gives. */
    if (status == RAT_IPC_ERR_NOT_FOUND) return failWith(ERROR_INVALID_PARAMETER);
    return succeeded(status, SUBJECT_WINDOW);
}
