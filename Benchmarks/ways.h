/* Ways for messages from some processes to another, and for requests and their replies: ours, and
 * what else two processes have. */
#ifndef WAYS_H
#define WAYS_H

#include <mqueue.h>
#include <pthread.h>
#include <rat.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <systemd/sd-bus.h>

enum { MEBIBYTE = 1 << 20 };

/* From the senders to the owner, and from it to the only one of them. */
enum { THERE, BACK };

/* On which processor a process runs. */
typedef enum {
    ANYWHERE, /* Apart at first; then the system moves it as it likes. */
    APART,    /* The owner with all its threads on one, the senders on another. */
    TOGETHER, /* All on one. */
} Placement;

typedef struct Way Way;

/* What the processes share while they are measured. */
typedef struct {
    pthread_barrier_t meeting;
    _Atomic int owner, sender;
    /* When the last of them was ready, and when the last was done. */
    _Atomic uint64_t startedAt, endedAt;
    /* How long the owner has waited until all others slept, and the requests took with that. */
    _Atomic uint64_t waited, elapsed;
    _Alignas(64) _Atomic uint32_t words[2][16];
} Shared;

/* What is measured, and each process's own part in it. */
typedef struct {
    const Way* way;
    Placement placement;
    int senders;
    /* Bytes of a message, how many messages or requests, and how many messages may wait at once. */
    size_t size;
    int count;
    size_t capacity;
    /* Whether each side of a request acts only when all threads of both processes sleep. */
    bool isIdle;
    /* How long the word that replaces a message is looked at before the sleep, nanoseconds. */
    uint64_t look;
    Shared* shared;
    /* Which process this is: the owner is 0, the senders follow. */
    int number;
    RatMessageQueue queue;
    RatMessage request;
    void* boost[2];
    mqd_t posix[2];
    int sockets[2];
    sd_bus* bus;
} Line;

/* What a way has no need of, or cannot do, is NULL. A failure ends the program. */
struct Way {
    /* In the harness: makes what the processes that it forks have in common, and frees it. */
    void (*prepare)(Line* line);
    void (*clear)(Line* line);
    /* In the owner's process, and then in each of the senders. */
    void (*create)(Line* line);
    void (*open)(Line* line);
    /* One message; what was received stays until the next call. */
    void (*send)(Line* line, int direction, const void* bytes);
    const void* (*receive)(Line* line, int direction);
    /* One request: all of it in the sender; in the owner, before and after it is looked at. */
    void (*ask)(Line* line);
    void (*take)(Line* line);
    void (*reply)(Line* line);
};

extern const Way ours;
extern const Way boostQueues;
extern const Way posixQueues;
extern const Way packetSockets;
extern const Way busSignals;
/* A word of shared memory each way, which the futex call wakes the other from. */
extern const Way futexWords;

#endif /* WAYS_H */
