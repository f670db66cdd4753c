/* What the benchmarks share. A measure runs a piece of work many times and returns the nanoseconds
 * that one took; ours and a peer's run in turn, round by round, in one process, so that what else the
 * machine does meets both alike. Each round is one line on the standard output, tabs between:
 *
 *     round  WORK  PEER  LIMIT  OURS  PEER'S      nanoseconds; PEER and PEER'S are "-" without one
 *     proof  WORK  CLAIM  yes|no  FOUND           what was found: "none", "612 bytes"
 *
 * LIMIT is "1.2x" for a ratio to the peer, "25 ns" for ours alone, "-" for none. scripts/bench-table.py
 * makes the table of it.
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef double (*Measure)(void* context);
typedef void (*Part)(void* context);

/* Runs the program's benchmarks, or with an argument those whose work contains it. With --once a
 * single round of each, to see that they run. */
void benchBegin(int argc, char** argv);

/* Whether the work is among those asked for: what is costly to prepare asks first. */
bool benchIsWanted(const char* work);

/* Measures our work, and a peer's beside it; peer is NULL for none. Both get the context. */
void benchCompare(const char* work, const char* limit, Measure ours, const char* peer,
                  Measure theirs, void* context);

/* Tells whether count runs of body, after as many to warm up, make no system call: they run in a
 * child that the kernel kills at the first one. */
void benchProveSilent(const char* work, Part body, int count, void* context);

/* Tells whether a claim about some work holds, and what was found. */
void benchProve(const char* work, const char* claim, bool holds, const char* found);

uint64_t benchNow(void);

/* Runs two parts at the same time, on two threads, and returns the nanoseconds from their common
 * start to the end of the later one. The threads have a processor each, if there are two, or share
 * one. */
double benchTogether(Part first, Part second, void* context, bool onOneProcessor);

/* Runs one part on some threads and another on one more, as benchTogether. One producer and the consumer
 * have a processor each; more of them run wherever the system puts them. */
double benchStream(Part producer, int producers, Part consumer, void* context);

/* Ends the program, saying what failed and where. */
#define BENCH_CHECK(condition)                                                                     \
    ((condition) ? (void)0 : benchFail(#condition, __FILE__, __LINE__))
void benchFail(const char* condition, const char* file, int line);

#ifdef __cplusplus
}
#endif
#endif /* BENCH_H */
