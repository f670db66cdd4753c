/* Whether the threads of processes sleep, as the kernel says. */
#ifndef ASLEEP_H
#define ASLEEP_H

#include <stdbool.h>

/* Adds all threads that a process has now to those that are watched, but for the calling one. They
 * stay watched as long as this process lives. */
void watchThreadsOf(int process);

bool isWatchingThreads(void);

/* Runs until all of them sleep. */
void awaitSleep(void);

#endif /* ASLEEP_H */
