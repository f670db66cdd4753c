/* What the tests of objects to wait for share: making them, threads that are in a wait, and threads
 * that own a mutex. */
#ifndef SYNC_SUPPORT_H
#define SYNC_SUPPORT_H

#include "support.h"

#include <sys/types.h>

RatEvent newEvent(bool manual, bool initial);
RatMutex newMutex(bool owned);
RatSemaphore newSemaphore(uint32_t count, uint32_t maximum);
RatWaitableTimer newTimer(bool manual);
RatMessageQueue newQueue(void);
/* A thread that runs until the event is set. */
RatThread newThread(RatEvent* end);
/* A handle to a process. */
RatProcess newProcess(pid_t pid);

/* A child that does nothing until it is killed; it does not outlive the test. */
pid_t forkSleeper(void);
void killAndReap(pid_t child);

enum { MOST_WAITED_FOR = 8 };

/* A thread in a wait. */
typedef struct {
    RatHandle handles[MOST_WAITED_FOR];
    size_t count;
    bool all;
    uint64_t timeout;
    /* Set when it has ended; before, 99. */
    size_t index;
    uint64_t endedAt;
    Thread thread;
} Parked;

/* Starts a thread that waits for the objects, and returns when it sleeps in the wait. */
void park(Parked* parked, bool all, size_t count, const RatHandle* handles, uint64_t timeout);
void parkOne(Parked* parked, RatHandle handle);
/* How the wait ended. The thread has ended then too. */
RatWaitResult unpark(Parked* parked);

/* A thread that owns a mutex. */
typedef struct {
    RatMutex mutex;
    int acquisitions, releases;
    RatEvent owns, end;
    Thread thread;
} Owner;

/* Starts a thread that takes the mutex so many times, and returns when it has; told to end, it
 * releases it so many times. */
void own(Owner* owner, RatMutex mutex, int acquisitions, int releases);
void endOwner(Owner* owner);

/* What a wait of another thread, with timeout 0, gives. It gives back what it took. */
RatWaitResult lookFromElsewhere(RatMutex mutex);

#endif /* SYNC_SUPPORT_H */
