/* The handles of all threads, to be picked from. */
#ifndef HANDLES_H
#define HANDLES_H

#include "fuzz.h"

#include <stdatomic.h>

enum { MOST_SLOTS = 40, DEAD_COUNT = 256 };

/* Written by whom they belong to, read by all. */
extern struct Handles {
    _Atomic(uint64_t) live[FUZZ_THREADS][KINDS][MOST_SLOTS];
    _Atomic(uint64_t) dead[DEAD_COUNT];
    /* Each thread's own queue. */
    _Atomic(uint64_t) own[FUZZ_THREADS];
} handles;

static inline uint32_t slotCount(Kind kind)
{
    static const uint32_t counts[KINDS] = {MOST_SLOTS, 4, 10, 8, 3};
    return counts[kind];
}

/* Ends what a handle or a number names. */
void endHandle(Kind kind, uint64_t handle);

/* Written once, before the threads begin. */
extern struct Texts {
    char long256[257];
    char long100000[100001];
    /* Longer than a window's text may be. */
    char* tooLong;
} texts;

#endif /* HANDLES_H */
