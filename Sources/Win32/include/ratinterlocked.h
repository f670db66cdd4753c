/** @file ratinterlocked.h
 *  The Interlocked functions, all of them full barriers.
 */
#ifndef RAT_INTERLOCKED_H
#define RAT_INTERLOCKED_H

#include "winnt.h"

/* One function each, of an operation that the compiler has for every width. */
#define RAT_INTERLOCKED(name, type, operation)                                                     \
    FORCEINLINE type name(type volatile* target, type value)                                       \
    {                                                                                              \
        return operation(target, value, __ATOMIC_SEQ_CST);                                         \
    }
#define RAT_INTERLOCKED_STEP(name, type, operation)                                                \
    FORCEINLINE type name(type volatile* target)                                                   \
    {                                                                                              \
        return (type)operation(target, 1, __ATOMIC_SEQ_CST);                                       \
    }
#define RAT_INTERLOCKED_COMPARE(name, type)                                                        \
    FORCEINLINE type name(type volatile* target, type value, type expected)                        \
    {                                                                                              \
        __atomic_compare_exchange_n(target, &expected, value, 0, __ATOMIC_SEQ_CST,                 \
                                    __ATOMIC_SEQ_CST);                                             \
        return expected;                                                                           \
    }
/* The bit as it was before. */
#define RAT_INTERLOCKED_BIT(name, type, operation, inverts)                                        \
    FORCEINLINE BOOLEAN name(type volatile* target, type bit)                                      \
    {                                                                                              \
        type mask = (type)(1ull << ((unsigned)bit % (8 * sizeof(type))));                          \
        return (operation(target, inverts mask, __ATOMIC_SEQ_CST) & mask) != 0;                    \
    }

RAT_INTERLOCKED_STEP(InterlockedIncrement, LONG, __atomic_add_fetch)
RAT_INTERLOCKED_STEP(InterlockedDecrement, LONG, __atomic_sub_fetch)
RAT_INTERLOCKED_STEP(InterlockedIncrement64, LONG64, __atomic_add_fetch)
RAT_INTERLOCKED_STEP(InterlockedDecrement64, LONG64, __atomic_sub_fetch)
RAT_INTERLOCKED_STEP(InterlockedIncrement16, SHORT, __atomic_add_fetch)
RAT_INTERLOCKED_STEP(InterlockedDecrement16, SHORT, __atomic_sub_fetch)

RAT_INTERLOCKED(InterlockedExchange, LONG, __atomic_exchange_n)
RAT_INTERLOCKED(InterlockedExchange64, LONG64, __atomic_exchange_n)
RAT_INTERLOCKED(InterlockedExchange16, SHORT, __atomic_exchange_n)
RAT_INTERLOCKED(InterlockedExchange8, char, __atomic_exchange_n)
RAT_INTERLOCKED(InterlockedExchangePointer, PVOID, __atomic_exchange_n)

RAT_INTERLOCKED(InterlockedExchangeAdd, LONG, __atomic_fetch_add)
RAT_INTERLOCKED(InterlockedExchangeAdd64, LONG64, __atomic_fetch_add)
RAT_INTERLOCKED(InterlockedAnd, LONG, __atomic_fetch_and)
RAT_INTERLOCKED(InterlockedAnd64, LONG64, __atomic_fetch_and)
RAT_INTERLOCKED(InterlockedAnd16, SHORT, __atomic_fetch_and)
RAT_INTERLOCKED(InterlockedAnd8, char, __atomic_fetch_and)
RAT_INTERLOCKED(InterlockedOr, LONG, __atomic_fetch_or)
RAT_INTERLOCKED(InterlockedOr64, LONG64, __atomic_fetch_or)
RAT_INTERLOCKED(InterlockedOr16, SHORT, __atomic_fetch_or)
RAT_INTERLOCKED(InterlockedOr8, char, __atomic_fetch_or)
RAT_INTERLOCKED(InterlockedXor, LONG, __atomic_fetch_xor)
RAT_INTERLOCKED(InterlockedXor64, LONG64, __atomic_fetch_xor)
RAT_INTERLOCKED(InterlockedXor16, SHORT, __atomic_fetch_xor)
RAT_INTERLOCKED(InterlockedXor8, char, __atomic_fetch_xor)
RAT_INTERLOCKED(InterlockedAdd, LONG, __atomic_add_fetch)
RAT_INTERLOCKED(InterlockedAdd64, LONG64, __atomic_add_fetch)

RAT_INTERLOCKED_COMPARE(InterlockedCompareExchange, LONG)
RAT_INTERLOCKED_COMPARE(InterlockedCompareExchange64, LONG64)
RAT_INTERLOCKED_COMPARE(InterlockedCompareExchange16, SHORT)
RAT_INTERLOCKED_COMPARE(InterlockedCompareExchangePointer, PVOID)

RAT_INTERLOCKED_BIT(InterlockedBitTestAndSet, LONG, __atomic_fetch_or, )
RAT_INTERLOCKED_BIT(InterlockedBitTestAndReset, LONG, __atomic_fetch_and, ~)
RAT_INTERLOCKED_BIT(InterlockedBitTestAndComplement, LONG, __atomic_fetch_xor, )
RAT_INTERLOCKED_BIT(InterlockedBitTestAndSet64, LONG64, __atomic_fetch_or, )
RAT_INTERLOCKED_BIT(InterlockedBitTestAndReset64, LONG64, __atomic_fetch_and, ~)
RAT_INTERLOCKED_BIT(InterlockedBitTestAndComplement64, LONG64, __atomic_fetch_xor, )

/* Their weaker kinds are the same, and so are the compiler's own names. */
#define InterlockedIncrementAcquire InterlockedIncrement
#define InterlockedIncrementRelease InterlockedIncrement
#define InterlockedIncrementNoFence InterlockedIncrement
#define InterlockedDecrementAcquire InterlockedDecrement
#define InterlockedDecrementRelease InterlockedDecrement
#define InterlockedDecrementNoFence InterlockedDecrement
#define InterlockedIncrement64Acquire InterlockedIncrement64
#define InterlockedIncrement64Release InterlockedIncrement64
#define InterlockedIncrement64NoFence InterlockedIncrement64
#define InterlockedDecrement64Acquire InterlockedDecrement64
#define InterlockedDecrement64Release InterlockedDecrement64
#define InterlockedDecrement64NoFence InterlockedDecrement64
#define InterlockedCompareExchangeAcquire InterlockedCompareExchange
#define InterlockedCompareExchangeRelease InterlockedCompareExchange
#define InterlockedCompareExchangeNoFence InterlockedCompareExchange
#define InterlockedCompareExchange64Acquire InterlockedCompareExchange64
#define InterlockedCompareExchange64Release InterlockedCompareExchange64
#define InterlockedCompareExchange64NoFence InterlockedCompareExchange64
#define InterlockedCompareExchangePointerAcquire InterlockedCompareExchangePointer
#define InterlockedCompareExchangePointerRelease InterlockedCompareExchangePointer
#define InterlockedCompareExchangePointerNoFence InterlockedCompareExchangePointer
#define InterlockedExchangeAcquire InterlockedExchange
#define InterlockedExchangeNoFence InterlockedExchange
#define InterlockedExchangePointerAcquire InterlockedExchangePointer
#define InterlockedExchangePointerNoFence InterlockedExchangePointer
#define InterlockedExchangeAddAcquire InterlockedExchangeAdd
#define InterlockedExchangeAddRelease InterlockedExchangeAdd
#define InterlockedExchangeAddNoFence InterlockedExchangeAdd
#define InterlockedExchangeAdd64Acquire InterlockedExchangeAdd64
#define InterlockedExchangeAdd64Release InterlockedExchangeAdd64
#define InterlockedExchangeAdd64NoFence InterlockedExchangeAdd64
#define InterlockedAndAcquire InterlockedAnd
#define InterlockedAndRelease InterlockedAnd
#define InterlockedAndNoFence InterlockedAnd
#define InterlockedOrAcquire InterlockedOr
#define InterlockedOrRelease InterlockedOr
#define InterlockedOrNoFence InterlockedOr
#define InterlockedXorAcquire InterlockedXor
#define InterlockedXorRelease InterlockedXor
#define InterlockedXorNoFence InterlockedXor
#define _InterlockedIncrement InterlockedIncrement
#define _InterlockedIncrement64 InterlockedIncrement64
#define _InterlockedIncrement16 InterlockedIncrement16
#define _InterlockedDecrement InterlockedDecrement
#define _InterlockedDecrement64 InterlockedDecrement64
#define _InterlockedDecrement16 InterlockedDecrement16
#define _InterlockedExchange InterlockedExchange
#define _InterlockedExchange64 InterlockedExchange64
#define _InterlockedExchange16 InterlockedExchange16
#define _InterlockedExchangeAdd InterlockedExchangeAdd
#define _InterlockedExchangeAdd64 InterlockedExchangeAdd64
#define _InterlockedCompareExchange InterlockedCompareExchange
#define _InterlockedCompareExchange64 InterlockedCompareExchange64
#define _InterlockedCompareExchange16 InterlockedCompareExchange16
#define _InterlockedAnd InterlockedAnd
#define _InterlockedAnd64 InterlockedAnd64
#define _InterlockedAnd16 InterlockedAnd16
#define _InterlockedOr InterlockedOr
#define _InterlockedOr64 InterlockedOr64
#define _InterlockedOr16 InterlockedOr16
#define _InterlockedXor InterlockedXor
#define _InterlockedXor64 InterlockedXor64
#define _InterlockedXor16 InterlockedXor16
#define _InterlockedExchange8 InterlockedExchange8
#define _InterlockedAnd8 InterlockedAnd8
#define _InterlockedOr8 InterlockedOr8
#define _InterlockedXor8 InterlockedXor8
#define _InterlockedExchangePointer InterlockedExchangePointer
#define _InterlockedCompareExchangePointer InterlockedCompareExchangePointer
#define _interlockedbittestandset InterlockedBitTestAndSet
#define _interlockedbittestandreset InterlockedBitTestAndReset

#endif /* RAT_INTERLOCKED_H */
