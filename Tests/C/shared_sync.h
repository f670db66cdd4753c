/* What the tests of shared events, mutexes and semaphores have in common. */
#ifndef SHARED_SYNC_H
#define SHARED_SYNC_H

#include "support.h"

#include <sys/types.h>

/* A page that this process and its children share, all zero. */
char* sharedPage(void);

/* Objects placed there, at 64 bytes times their place. */
RatEvent placeEvent(char* page, int place, bool manual, bool initial);
RatMutex placeMutex(char* page, int place);
RatSemaphore placeSemaphore(char* page, int place, uint32_t count, uint32_t maximum);

/* Second handles to them. */
RatEvent attachEvent(char* page, int place);
RatMutex attachMutex(char* page, int place);
RatSemaphore attachSemaphore(char* page, int place);

/* A process that runs a function, and fails where a REQUIRE in it does. It dies with the test. */
pid_t inChild(void (*body)(char* page), char* page);

/* Waits for the end of a process; whether it passed. */
bool childPassed(pid_t child);

/* Kills a process, and returns when it is gone. */
void killChild(pid_t child);

/* Returns when the process, which has one thread of its own that does nothing but wait, sleeps. */
void untilChildSleeps(pid_t child);

/* How often a stress is repeated: `normal`, or `stress` where RAT_STRESS=1, which gives the test
 * more time too. */
int rounds(int normal, int stress);

#endif /* SHARED_SYNC_H */
