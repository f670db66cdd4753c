/* The peers that are written in C++: moodycamel's queues, which carry what a message carries at
 * least. Loops and all, so that no call of ours stands between. */
#ifndef MOODYCAMEL_H
#define MOODYCAMEL_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Enqueues and dequeues rounds batches on the calling thread; nanoseconds of one message. */
double moodycamelBatches(int batch, int rounds);

/* The same with a payload: inside the message up to 64 bytes, allocated above. size is one of those
 * that the messages have. */
double moodycamelPayloads(int batch, int rounds, int size);

/* Streams messages from some threads to another that blocks; nanoseconds of one message. With
 * tokens each side looks its part of the queue up once, not for every message. */
double moodycamelStream(int messages, int producers, bool withTokens);

#ifdef __cplusplus
}
#endif
#endif /* MOODYCAMEL_H */
