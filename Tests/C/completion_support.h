/* Completion queues for tests. A claim about them is tested over both of the kernel's ways:
 *
 *     BOTH(aReadTakesWhatThereIs) { ... }
 *
 * is two tests. Where the kernel has no io_uring, that one says so and passes. */
#ifndef COMPLETION_SUPPORT_H
#define COMPLETION_SUPPORT_H

#include "socket_support.h"

#define BOTH(name)                                                                                 \
    static void name(void);                                                                        \
    TEST(name##OverEpoll)                                                                          \
    {                                                                                              \
        if (useEngine("epoll")) name();                                                            \
    }                                                                                              \
    TEST(name##OverUring)                                                                          \
    {                                                                                              \
        if (useEngine("uring")) name();                                                            \
    }                                                                                              \
    static void name(void)

/* Chooses the engine of this process; false if the kernel lacks it. */
bool useEngine(const char* name);

RatCompletionQueue completions(size_t depth);

typedef struct {
    RatPipe read, write;
} Pipe;
Pipe makePipe(void);

/* The next completion, which has to come. */
RatCompletion collect(RatCompletionQueue queue);
/* Collects the next one and compares. */
void expectDone(RatCompletionQueue queue, uint64_t tag, RatIpcStatus status, size_t bytes);
/* None comes: none is ready, and so many are outstanding. */
void expectOutstanding(RatCompletionQueue queue, size_t outstanding);

/* Submits and returns the name. */
RatSubmission readInto(RatCompletionQueue queue, RatHandle object, void* buf, size_t size,
                       uint64_t tag);
void writeText(RatHandle pipe, const char* text);

#endif /* COMPLETION_SUPPORT_H */
