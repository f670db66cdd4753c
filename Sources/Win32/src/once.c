/* InitOnce, over a futex word in the program's memory. */
#define _GNU_SOURCE
#include "futex.h"
#include "internal.h"

#include <limits.h>

/* The two lowest bits of the pointer say how far it is; above them is the context, whose lowest bits are 0 by Win32's
 * rule. Little-endian: the futex word is its lower half. */
enum { ONCE_BEFORE, ONCE_RUNNING, ONCE_DONE, ONCE_RACING, ONCE_STATES };

static bool move(PINIT_ONCE once, uintptr_t from, uintptr_t to)
{
    return __atomic_compare_exchange_n((uintptr_t*)(void*)&once->Ptr, &from, to, false, __ATOMIC_ACQ_REL,
                                       __ATOMIC_RELAXED);
}

VOID InitOnceInitialize(PINIT_ONCE once)
{
    once->Ptr = NULL;
}

BOOL InitOnceBeginInitialize(LPINIT_ONCE once, DWORD flags, BOOL* pending, LPVOID* outContext)
{
    if (once == NULL || pending == NULL || (flags != 0 && flags != INIT_ONCE_CHECK_ONLY && flags != INIT_ONCE_ASYNC))
        return failWith(ERROR_INVALID_PARAMETER);
    uintptr_t running = flags == INIT_ONCE_ASYNC ? ONCE_RACING : ONCE_RUNNING;
    for (;;) {
        uintptr_t state = (uintptr_t)__atomic_load_n(&once->Ptr, __ATOMIC_ACQUIRE);
        *pending = state % ONCE_STATES != ONCE_DONE;
        if (!*pending) {
            if (outContext != NULL) *outContext = (LPVOID)(state - ONCE_DONE);
            return TRUE;
        }
        if (flags == INIT_ONCE_CHECK_ONLY) return failWith(ERROR_GEN_FAILURE);
        if (state == ONCE_BEFORE && move(once, ONCE_BEFORE, running)) return TRUE;
        if (state == ONCE_BEFORE) continue;
        /* One thread alone and several at once do not go together. */
        if (state != running) return failWith(ERROR_INVALID_PARAMETER);
        if (state == ONCE_RACING) return TRUE;
        sleepOn((uint32_t*)(void*)once, ONCE_RUNNING, NULL);
    }
}

BOOL InitOnceComplete(LPINIT_ONCE once, DWORD flags, LPVOID context)
{
    bool hasFailed = flags == INIT_ONCE_INIT_FAILED;
    if (once == NULL || (flags != 0 && flags != INIT_ONCE_ASYNC && !hasFailed) || (uintptr_t)context % ONCE_STATES != 0 ||
        (hasFailed && context != NULL))
        return failWith(ERROR_INVALID_PARAMETER);
    uintptr_t to = hasFailed ? ONCE_BEFORE : (uintptr_t)context + ONCE_DONE;
    if (!move(once, flags == INIT_ONCE_ASYNC ? ONCE_RACING : ONCE_RUNNING, to)) return failWith(ERROR_GEN_FAILURE);
    wake((uint32_t*)(void*)once, INT_MAX);
    return TRUE;
}

BOOL InitOnceExecuteOnce(PINIT_ONCE once, PINIT_ONCE_FN function, PVOID parameter, LPVOID* outContext)
{
    BOOL pending;
    PVOID context = NULL;
    if (function == NULL) return failWith(ERROR_INVALID_PARAMETER);
    if (!InitOnceBeginInitialize(once, 0, &pending, outContext)) return FALSE;
    if (!pending) return TRUE;
    if (!function(once, parameter, &context)) {
        InitOnceComplete(once, INIT_ONCE_INIT_FAILED, NULL);
        return FALSE;
    }
    if (!InitOnceComplete(once, 0, context)) return FALSE;
    if (outContext != NULL) *outContext = context;
    return TRUE;
}
