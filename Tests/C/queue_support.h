/* What tests of queues share: making them, posting and retrieving by number, and what their books
 * must say. */
#ifndef QUEUE_SUPPORT_H
#define QUEUE_SUPPORT_H

#include "support.h"

/* A queue with these options; their size is filled in. */
RatMessageQueue queueWith(RatQueueOptions options);

/* The calling thread's own queue, made with these options. */
RatMessageQueue threadQueueWith(RatQueueOptions options);

/* Posts a message without payload. */
RatIpcStatus postNumber(RatMessageQueue target, uint32_t number);
RatIpcStatus postUrgent(RatMessageQueue target, uint32_t number, int32_t priority);

/* Posts a message with so many bytes of payload, each of them the low byte of the number. */
RatIpcStatus postBytes(RatMessageQueue target, uint32_t number, size_t size);

/* Posts as the options say, whose size is filled in. */
RatIpcStatus postWith(RatMessageQueue target, uint32_t number, RatPostOptions options,
                      uint64_t* outToken);

/* Takes the next message and gives its number; minus the status if there is none. */
int64_t takeNumber(RatMessageQueue queue);

/* The same through a filter, whose size is filled in. */
int64_t takeFiltered(RatMessageQueue queue, RatMessageFilter filter);

/* Expects to take exactly these numbers, and nothing after them. */
#define CHECK_TAKES(queue, ...)                                                                    \
    checkTakes((queue), (const uint32_t[]){__VA_ARGS__},                                           \
               sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t), __FILE__, __LINE__)
void checkTakes(RatMessageQueue queue, const uint32_t* numbers, size_t count, const char* file,
                int line);

/* Whether a payload is as postBytes() made it. */
bool isIntact(const RatMessage* msg);

/* What the queue says of itself; its equation is checked. */
RatQueueInfo infoOf(RatMessageQueue queue);

/* A moment that no test lives to see, for messages whose time does not come. */
#define NEVER (now() + (uint64_t)3600 * 1000000000u)

/* A thread that retrieves one message and gives what takeNumber() would, waiting for it. */
intptr_t getNumber(void* queue);

#endif /* QUEUE_SUPPORT_H */
