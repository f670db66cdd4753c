/* The thread pool: work that any thread of it does. A thread is made where work waits and none is idle; one that has
 * been idle for some seconds ends. */
#include "internal.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

#define THREADS_MAX 500
#define IDLE_SECONDS 10

typedef struct Work {
    LPTHREAD_START_ROUTINE function;
    LPVOID context;
    struct Work* next;
} Work;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t hasWork;
static pthread_once_t once = PTHREAD_ONCE_INIT;
/* All under the lock. */
static Work *first, *last;
static size_t waiting, idle, threads;

static void makeCondition(void)
{
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&hasWork, &monotonic);
    pthread_condattr_destroy(&monotonic);
}

/* A forked child has none of the threads, and none of the work. */
static void forget(void)
{
    lock = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
    makeCondition();
    first = last = NULL;
    waiting = idle = threads = 0;
}

static void begin(void)
{
    makeCondition();
    pthread_atfork(NULL, NULL, forget);
}

/* Under the lock. NULL if none has come for too long. */
static Work* take(void)
{
    struct timespec until;
    int result = 0;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += IDLE_SECONDS;
    idle++;
    while (first == NULL && result != ETIMEDOUT) result = pthread_cond_timedwait(&hasWork, &lock, &until);
    idle--;
    Work* work = first;
    if (work == NULL) return NULL;
    first = work->next;
    if (first == NULL) last = NULL;
    waiting--;
    return work;
}

static void* run(void* ignored)
{
    (void)ignored;
    pthread_mutex_lock(&lock);
    for (Work* work; (work = take()) != NULL;) {
        pthread_mutex_unlock(&lock);
        Work done = *work;
        free(work);
        done.function(done.context);
        pthread_mutex_lock(&lock);
    }
    threads--;
    pthread_mutex_unlock(&lock);
    return NULL;
}

/* Under the lock. */
static bool addThread(void)
{
    pthread_t made;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    bool isMade = pthread_create(&made, &attributes, run, NULL) == 0;
    pthread_attr_destroy(&attributes);
    threads += isMade;
    return isMade;
}

/* The flags are hints for a pool that has threads of several kinds. */
BOOL QueueUserWorkItem(LPTHREAD_START_ROUTINE function, PVOID context, ULONG flags)
{
    (void)flags;
    if (function == NULL) return failWith(ERROR_INVALID_PARAMETER);
    Work* work = malloc(sizeof *work);
    if (work == NULL) return failWith(ERROR_NOT_ENOUGH_MEMORY);
    *work = (Work){ function, context, NULL };
    pthread_once(&once, begin);
    pthread_mutex_lock(&lock);
    bool isServed = waiting < idle || (threads < THREADS_MAX && addThread()) || threads > 0;
    if (isServed) {
        if (last != NULL) last->next = work;
        else first = work;
        last = work;
        waiting++;
        pthread_cond_signal(&hasWork);
    }
    pthread_mutex_unlock(&lock);
    if (isServed) return TRUE;
    free(work);
    return failWith(ERROR_NOT_ENOUGH_MEMORY);
}
