/* The peers that are written in C++: moodycamel's queues, which carry what a message carries at
 * least. Loops and all, so that no call of ours stands between. */
#ifndef MOODYCAMEL_H
#define MOODYCAMEL_H

#ifdef __cplusplus
extern "C" {
#endif

/* Enqueues and dequeues rounds batches on the calling thread; nanoseconds of one message. */
double moodycamelBatches(int batch, int rounds);

/* Streams messages from one thread to another that blocks; nanoseconds of one message. */
double moodycamelStream(int messages);

#ifdef __cplusplus
}
#endif
#endif /* MOODYCAMEL_H */
