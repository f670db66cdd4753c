/* What the tests of shared memory have in common. */
#ifndef SHARED_MEMORY_H
#define SHARED_MEMORY_H

#include "support.h"

/* Gives the test a directory of its own to keep objects in, removed when it ends. Its path. */
const char* ownDirectory(void);

/* Creates or opens; the handle. */
RatSharedMemory createMemory(const char* name, size_t size, uint32_t flags);
RatSharedMemory openMemory(const char* name);

/* Maps all of it. */
char* mapMemory(RatSharedMemory shm);

/* How a name can be found: RAT_IPC_OK if it can. */
RatIpcStatus probe(const char* name);

#endif /* SHARED_MEMORY_H */
