/* Every function that takes a handle, and an object of every kind, for tests of what is refused. */
#ifndef HANDLE_FUNCTIONS_H
#define HANDLE_FUNCTIONS_H

#include "support.h"

/* Kinds of objects, as bits. NOTHING where RAT_INVALID_HANDLE has a meaning. */
enum {
    EVENT = 1,
    QUEUE = 2,
    WINDOW = 4,
    NOTHING = 8,
    MUTEX = 16,
    SEMAPHORE = 32,
    TIMER = 64,
    THREAD = 128,
    PROCESS = 256,
    PIPE = 512,
    SOCKET = 1024,
    MEMORY = 2048,
    REGION = 4096,
    COMPLETIONS = 8192,
    TO_WAIT_FOR =
        EVENT | QUEUE | MUTEX | SEMAPHORE | TIMER | THREAD | PROCESS | PIPE | SOCKET | COMPLETIONS
};

typedef struct {
    const char* name;
    RatIpcStatus (*call)(RatHandle);
    /* The kinds that it takes. */
    int takes;
    /* Whether it may be called for a window by any thread. */
    bool isForAnyThread;
} HandleFunction;

extern const HandleFunction handleFunctions[];
extern const size_t handleFunctionCount;

/* The same for handles beside the first one, and for completion queues: handle_arguments.c. */
extern const HandleFunction handleArguments[];
extern const size_t handleArgumentCount;

enum { KINDS = 13, WINDOW_PLACE = 2 };
extern const int kindBits[KINDS];
extern const RatHandleKind kindNumbers[KINDS];

/* One object of each kind, in the order of kindBits. The thread has ended. */
void makeOneOfEach(RatHandle handles[KINDS]);

/* Expects that no function but those that take one of these kinds takes this handle. */
bool refusedByAll(RatHandle handle, int exceptThoseThatTake);

#endif /* HANDLE_FUNCTIONS_H */
