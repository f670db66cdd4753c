/* Counts what the program and the library under test ask of the system: memory and calls. */
#ifndef COUNTING_H
#define COUNTING_H

#include <stddef.h>

/* Counts allocations and frees of every thread, from one to the other. */
void startCountingMemory(void);
void stopCountingMemory(size_t* outAllocations, size_t* outFrees);

/* Has system calls of the calling thread fail from now on, and counts them. There is no way back. */
void forbidCalls(void);

/* How many were tried, and the number of the last. */
int forbiddenCalls(int* outLast);

#endif /* COUNTING_H */
