/* What the tests of named queues share: a runtime directory of their own, and servants. A servant
 * is a child of the test that does one duty and speaks with the test in numbers. It is hired before
 * the test itself uses the library, so that it is forked from a process with one thread; it starts
 * with no handles, and does not outlive the test. */
#ifndef NAMED_QUEUE_SUPPORT_H
#define NAMED_QUEUE_SUPPORT_H

#include "queue_support.h"
#include "send_support.h"

#include <sys/types.h>

/* The name that tests use which need no other. */
#define NAME "thing"

/* Gives the test a runtime directory of its own, removed when it ends. Its path. */
const char* ownRuntime(void);

/* Memory that the test and the servants hired afterwards share, all zero. */
void* shareMemory(size_t size);

typedef struct {
    pid_t process;
    int orders, answers;
} Servant;

/* -- The test's side. */

/* Hires one. When the duty returns, the servant exits with 0. */
Servant hire(void (*duty)(void* context), void* context);
void tell(const Servant* servant, int64_t order);
/* Its next answer; ends the test if there is none SOON. */
int64_t hear(const Servant* servant);
int64_t ask(const Servant* servant, int64_t order);
/* Waits for its end, which must be a good one: every REQUIRE of its duty held. */
void release(Servant* servant);
/* Kills it; returns when it is gone. */
void killServant(Servant* servant);
/* Waits until it was killed, by itself. */
void mourn(Servant* servant);
/* Returns when its main thread sleeps in the kernel. */
void untilServantSleeps(const Servant* servant);

/* -- The servant's side. Here checks are REQUIRE: a CHECK would be lost. */

/* The next order; if the test is gone, so is the servant. */
int64_t await(void);
void report(int64_t answer);
/* Ends the servant as a crash would, without any cleaning up. */
_Noreturn void die(void);

/* -- Both. */

RatMessageQueue createQueue(const char* name);
RatMessageQueue createQueueWith(const char* name, RatQueueOptions options);
RatMessageQueue openQueue(const char* name);

/* How a name can be found: RAT_IPC_OK if it can. */
RatIpcStatus findQueue(const char* name);

/* Takes the next message, waiting for it: its number, or minus the status if there is none. */
int64_t awaitNumber(RatMessageQueue queue);

/* Expects that these many requests wait in the queue, SOON. */
void untilRequests(RatMessageQueue queue, size_t count);

/* How many files of any kind but directories there are below a directory. */
size_t filesBelow(const char* directory);

#endif /* NAMED_QUEUE_SUPPORT_H */
