/** @file ratinterlocked.h
 *  The Interlocked functions, all of them full barriers.
 */
#ifndef RAT_INTERLOCKED_H
#define RAT_INTERLOCKED_H

#include "winnt.h"

FORCEINLINE LONG InterlockedIncrement(LONG volatile* target)
{
    return (LONG)__atomic_add_fetch(target, 1, __ATOMIC_SEQ_CST);
}

FORCEINLINE LONG InterlockedDecrement(LONG volatile* target)
{
    return (LONG)__atomic_sub_fetch(target, 1, __ATOMIC_SEQ_CST);
}

FORCEINLINE LONG InterlockedExchange(LONG volatile* target, LONG value)
{
    return __atomic_exchange_n(target, value, __ATOMIC_SEQ_CST);
}

FORCEINLINE LONG InterlockedExchangeAdd(LONG volatile* target, LONG value)
{
    return __atomic_fetch_add(target, value, __ATOMIC_SEQ_CST);
}

FORCEINLINE LONG InterlockedAnd(LONG volatile* target, LONG value)
{
    return __atomic_fetch_and(target, value, __ATOMIC_SEQ_CST);
}

FORCEINLINE LONG InterlockedOr(LONG volatile* target, LONG value)
{
    return __atomic_fetch_or(target, value, __ATOMIC_SEQ_CST);
}

FORCEINLINE LONG InterlockedXor(LONG volatile* target, LONG value)
{
    return __atomic_fetch_xor(target, value, __ATOMIC_SEQ_CST);
}

FORCEINLINE LONG InterlockedCompareExchange(LONG volatile* target, LONG value, LONG expected)
{
    __atomic_compare_exchange_n(target, &expected, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    return expected;
}

FORCEINLINE LONG64 InterlockedIncrement64(LONG64 volatile* target)
{
    return (LONG64)__atomic_add_fetch(target, 1, __ATOMIC_SEQ_CST);
}

FORCEINLINE LONG64 InterlockedDecrement64(LONG64 volatile* target)
{
    return (LONG64)__atomic_sub_fetch(target, 1, __ATOMIC_SEQ_CST);
}

FORCEINLINE LONG64 InterlockedExchange64(LONG64 volatile* target, LONG64 value)
{
    return __atomic_exchange_n(target, value, __ATOMIC_SEQ_CST);
}

FORCEINLINE LONG64 InterlockedExchangeAdd64(LONG64 volatile* target, LONG64 value)
{
    return __atomic_fetch_add(target, value, __ATOMIC_SEQ_CST);
}

FORCEINLINE LONG64 InterlockedAnd64(LONG64 volatile* target, LONG64 value)
{
    return __atomic_fetch_and(target, value, __ATOMIC_SEQ_CST);
}

FORCEINLINE LONG64 InterlockedOr64(LONG64 volatile* target, LONG64 value)
{
    return __atomic_fetch_or(target, value, __ATOMIC_SEQ_CST);
}

FORCEINLINE LONG64 InterlockedXor64(LONG64 volatile* target, LONG64 value)
{
    return __atomic_fetch_xor(target, value, __ATOMIC_SEQ_CST);
}

FORCEINLINE LONG64 InterlockedCompareExchange64(LONG64 volatile* target, LONG64 value,
                                                LONG64 expected)
{
    __atomic_compare_exchange_n(target, &expected, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    return expected;
}

FORCEINLINE SHORT InterlockedIncrement16(SHORT volatile* target)
{
    return (SHORT)__atomic_add_fetch(target, 1, __ATOMIC_SEQ_CST);
}

FORCEINLINE SHORT InterlockedDecrement16(SHORT volatile* target)
{
    return (SHORT)__atomic_sub_fetch(target, 1, __ATOMIC_SEQ_CST);
}

FORCEINLINE SHORT InterlockedExchange16(SHORT volatile* target, SHORT value)
{
    return __atomic_exchange_n(target, value, __ATOMIC_SEQ_CST);
}

FORCEINLINE SHORT InterlockedAnd16(SHORT volatile* target, SHORT value)
{
    return __atomic_fetch_and(target, value, __ATOMIC_SEQ_CST);
}

FORCEINLINE SHORT InterlockedOr16(SHORT volatile* target, SHORT value)
{
    return __atomic_fetch_or(target, value, __ATOMIC_SEQ_CST);
}

FORCEINLINE SHORT InterlockedXor16(SHORT volatile* target, SHORT value)
{
    return __atomic_fetch_xor(target, value, __ATOMIC_SEQ_CST);
}

FORCEINLINE SHORT InterlockedCompareExchange16(SHORT volatile* target, SHORT value, SHORT expected)
{
    __atomic_compare_exchange_n(target, &expected, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    return expected;
}

FORCEINLINE PVOID InterlockedExchangePointer(PVOID volatile* target, PVOID value)
{
    return __atomic_exchange_n(target, value, __ATOMIC_SEQ_CST);
}

FORCEINLINE PVOID InterlockedCompareExchangePointer(PVOID volatile* target, PVOID value,
                                                    PVOID expected)
{
    __atomic_compare_exchange_n(target, &expected, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    return expected;
}

FORCEINLINE BOOLEAN InterlockedBitTestAndSet(LONG volatile* target, LONG bit)
{
    LONG mask = (LONG)(1u << (bit & 31));
    return (__atomic_fetch_or(target, mask, __ATOMIC_SEQ_CST) & mask) != 0;
}

FORCEINLINE BOOLEAN InterlockedBitTestAndReset(LONG volatile* target, LONG bit)
{
    LONG mask = (LONG)(1u << (bit & 31));
    return (__atomic_fetch_and(target, ~mask, __ATOMIC_SEQ_CST) & mask) != 0;
}

#define InterlockedIncrementAcquire InterlockedIncrement
#define InterlockedIncrementRelease InterlockedIncrement
#define InterlockedDecrementAcquire InterlockedDecrement
#define InterlockedDecrementRelease InterlockedDecrement
#define InterlockedCompareExchangeAcquire InterlockedCompareExchange
#define InterlockedCompareExchangeRelease InterlockedCompareExchange
#define _InterlockedIncrement InterlockedIncrement
#define _InterlockedDecrement InterlockedDecrement
#define _InterlockedExchange InterlockedExchange
#define _InterlockedExchangeAdd InterlockedExchangeAdd
#define _InterlockedCompareExchange InterlockedCompareExchange
#define _InterlockedAnd InterlockedAnd
#define _InterlockedOr InterlockedOr
#define _InterlockedXor InterlockedXor

#endif /* RAT_INTERLOCKED_H */
