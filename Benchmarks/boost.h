/* Boost.Interprocess as a peer: its message queue, which lives in shared memory. */
#ifndef BOOST_H
#define BOOST_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A queue of so many messages of so many bytes at most, for this process and what it forks. */
void* boostCreate(size_t messages, size_t size);

void boostDestroy(void* queue);

/* Waits while the queue is full. */
void boostSend(void* queue, const void* bytes, size_t size);

/* Waits for a message, and returns its size. */
size_t boostReceive(void* queue, void* buffer, size_t size);

#ifdef __cplusplus
}
#endif
#endif /* BOOST_H */
