/* Random calls of the whole message and window interface, by three threads at once.
 *
 * The arguments are live handles of the thread and of the others, dead ones, handles of other kinds and
 * random bits; missing pointers; sizes of 0, 1 and far too much. Procedures, hooks, timers and callbacks
 * make such calls too. Threads end with all they own destroyed, or as they stand, and others take over
 * from them.
 *
 * What must hold: nothing crashes, nothing hangs; the tree of windows is one whenever nobody is changing
 * it; nothing is left when all threads have ended, and memory does not grow.
 */
#ifndef CRATFUZZ_H
#define CRATFUZZ_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    /* The same numbers give the same calls, as far as one thread goes. */
    uint64_t seed;
    /* Of all threads together, those from inside procedures counted. */
    uint64_t calls;
    /* What only the library's own parts can tell; each may be NULL. The first two say what is wrong, or
     * NULL: with the tree, asked at any time; with the calling thread's windows. The last counts the live
     * objects of the process. */
    const char* (*treeFault)(void);
    const char* (*threadFault)(void);
    int64_t (*liveObjects)(void);
    /* Whether the allocator can say how much is in use; not so under a sanitizer. */
    bool measuresMemory;
} FuzzPlan;

/* Runs the plan, where RAT_FUZZ_SEED and RAT_FUZZ_CALLS say nothing else. Prints the seed, and what did
 * not hold. Whether all did. Needs a process of its own, and a headless display. */
bool runFuzz(FuzzPlan plan);

/* What it printed of what did not hold. */
const char* fuzzReport(void);

#endif /* CRATFUZZ_H */
