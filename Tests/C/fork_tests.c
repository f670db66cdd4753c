/* Programs that fork, and use the library in the child: as daemons do. */
#define _GNU_SOURCE
#include "harness.h"
#include "support.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

static _Atomic int ready;

/* What a thread does first, at the same moment as another. */
static void* begin(void* context)
{
    RatMessageQueue queue;
    atomic_fetch_add(&ready, 1);
    while (ready < 2) sched_yield();
    (void)context;
    if (RatGetThreadMessageQueue(&queue) != RAT_IPC_OK) _exit(1);
    RatMessage msg = {.header = {.message = RAT_WM_USER}};
    if (RatPostMessage(queue, &msg) != RAT_IPC_OK || RatGetMessage(queue, &msg, 0) != RAT_IPC_OK) _exit(1);
    return NULL;
}

/* What is set up when it is first needed, several threads need at once. */
TEST(theThreadsOfAChildBeginTogether)
{
    for (int i = 0; i < 150; i++) {
        pid_t child = fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            pthread_t other;
            alarm(TEST_SECONDS / 2);
            if (pthread_create(&other, NULL, begin, NULL) != 0) _exit(1);
            begin(NULL);
            pthread_join(other, NULL);
            _exit(0);
        }
        int status = -1;
        REQUIRE(waitpid(child, &status, 0) == child);
        CHECK_EQ(status, 0);
        if (status != 0) return;
    }
}
