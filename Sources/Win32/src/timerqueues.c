/* Timers that call functions: those of timer queues, and winmm's.
 *
 * One thread sleeps until the first of them is due. It calls what asks for that, and leaves the rest to the pool. A
 * timer that is deleted while its function runs goes when that returns.
 */
#include "internal.h"

#include <errno.h>
#include <mmsystem.h>
#include <pthread.h>
#include <time.h>

#define NEVER UINT64_MAX

typedef struct TimerQueue TimerQueue;

typedef struct QueueTimer {
    TimerQueue* queue;
    WAITORTIMERCALLBACK function;
    LPVOID context;
    uint64_t due;    /* Milliseconds of the monotonic clock; NEVER when it is over. */
    uint64_t period; /* 0: once. */
    ULONG flags;
    unsigned running;
    bool callsHere; /* On the timers' own thread. */
    bool isDeleted;
    HANDLE completion; /* Set when the last call has returned. */
    UINT number;       /* winmm's; 0 of a queue's. */
    struct QueueTimer* next;
} QueueTimer;

/* The default one, and winmm's, stay. */
struct TimerQueue {
    size_t timers;
    bool isDeleted;
    HANDLE completion; /* Set when the last of them is gone. */
    TimerQueue* next;
};

/* All under the lock. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed, returned;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static QueueTimer* timers;
static TimerQueue defaultQueue;
static UINT lastNumber;
static TimerQueue* queues;
static bool hasThread;
static __thread QueueTimer* current __attribute__((tls_model("initial-exec")));

static void makeConditions(void)
{
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&changed, &monotonic);
    pthread_cond_init(&returned, &monotonic);
    pthread_condattr_destroy(&monotonic);
}

/* A forked child has not the thread, and none of the timers. */
static void forget(void)
{
    lock = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
    makeConditions();
    timers = NULL;
    queues = NULL;
    defaultQueue.timers = 0;
    hasThread = false;
}

static void begin(void)
{
    makeConditions();
    pthread_atfork(NULL, NULL, forget);
}

/* NULL if it is none. */
static QueueTimer** placeOf(const QueueTimer* timer)
{
    QueueTimer** at = &timers;
    while (*at != NULL && *at != timer) at = &(*at)->next;
    return *at != NULL ? at : NULL;
}

static void sweepQueue(TimerQueue* queue)
{
    if (!queue->isDeleted || queue->timers > 0) return;
    if (queue->completion != NULL) SetEvent(queue->completion);
    free(queue);
}

/* Frees one that is deleted once nothing of it runs. */
static void sweep(QueueTimer* timer)
{
    if (!timer->isDeleted || timer->running > 0) return;
    TimerQueue* queue = timer->queue;
    *placeOf(timer) = timer->next;
    if (timer->completion != NULL) SetEvent(timer->completion);
    free(timer);
    queue->timers--;
    sweepQueue(queue);
}

static void invoke(const QueueTimer* timer)
{
    if (timer->number == 0) timer->function(timer->context, TRUE);
    else if ((timer->flags & TIME_CALLBACK_EVENT_SET) != 0) SetEvent(timer->context);
    else ((LPTIMECALLBACK)(uintptr_t)timer->function)(timer->number, 0, (DWORD_PTR)timer->context, 0, 0);
}

/* Enters with the timer counted as running. */
static DWORD WINAPI call(LPVOID parameter)
{
    QueueTimer* timer = parameter;
    QueueTimer* outer = current;
    current = timer;
    invoke(timer);
    current = outer;
    pthread_mutex_lock(&lock);
    timer->running--;
    sweep(timer);
    pthread_cond_broadcast(&returned);
    pthread_mutex_unlock(&lock);
    return 0;
}

static QueueTimer* firstDue(void)
{
    QueueTimer* first = NULL;
    for (QueueTimer* one = timers; one != NULL; one = one->next)
        if (one->due != NEVER && (first == NULL || one->due < first->due)) first = one;
    return first;
}

static void* run(void* ignored)
{
    (void)ignored;
    pthread_mutex_lock(&lock);
    for (;;) {
        QueueTimer* timer = firstDue();
        uint64_t now = GetTickCount64();
        if (timer == NULL) {
            pthread_cond_wait(&changed, &lock);
        } else if (timer->due > now) {
            struct timespec until = { (time_t)(timer->due / 1000), (long)(timer->due % 1000) * 1000000 };
            pthread_cond_timedwait(&changed, &lock, &until);
        } else {
            bool isOnce = timer->period == 0;
            /* Periods that were missed are not made up for. */
            if (isOnce) timer->due = NEVER;
            else timer->due = timer->due + timer->period > now ? timer->due + timer->period : now + timer->period;
            bool isOver = isOnce && timer->number != 0;
            timer->isDeleted |= isOver;
            timer->running++;
            pthread_mutex_unlock(&lock);
            if (timer->callsHere || !QueueUserWorkItem(call, timer, 0)) call(timer);
            pthread_mutex_lock(&lock);
        }
    }
    return NULL;
}

/* Under the lock. */
static bool needThread(void)
{
    pthread_t made;
    if (!hasThread) hasThread = pthread_create(&made, NULL, run, NULL) == 0;
    else return true;
    if (hasThread) pthread_detach(made);
    return hasThread;
}

static QueueTimer* addTimer(const QueueTimer* wish, DWORD due)
{
    QueueTimer* timer = malloc(sizeof *timer);
    if (timer == NULL) return nullWith(ERROR_NOT_ENOUGH_MEMORY);
    *timer = *wish;
    pthread_once(&once, begin);
    pthread_mutex_lock(&lock);
    bool isServed = needThread();
    if (isServed) {
        timer->due = due == INFINITE ? NEVER : GetTickCount64() + due;
        timer->next = timers;
        timers = timer;
        timer->queue->timers++;
        pthread_cond_signal(&changed);
    }
    pthread_mutex_unlock(&lock);
    if (isServed) return timer;
    free(timer);
    return nullWith(ERROR_NOT_ENOUGH_MEMORY);
}

/* Under the lock. FALSE with ERROR_IO_PENDING while a call of it runs that nobody waits for. */
static BOOL deleteTimer(QueueTimer* timer, HANDLE completion)
{
    bool waits = completion == INVALID_HANDLE_VALUE;
    timer->due = NEVER;
    timer->isDeleted = true;
    timer->completion = waits ? NULL : completion;
    if (timer->running == 0) {
        sweep(timer);
        return TRUE;
    }
    /* A call that waited for its own end would never return. */
    if (!waits || current == timer) return failWith(ERROR_IO_PENDING);
    while (placeOf(timer) != NULL) pthread_cond_wait(&returned, &lock);
    return TRUE;
}

/* -- Timer queues ------------------------------------------------------------------------------ */

HANDLE CreateTimerQueue(VOID)
{
    TimerQueue* queue = calloc(1, sizeof *queue);
    if (queue == NULL) return nullWith(ERROR_NOT_ENOUGH_MEMORY);
    pthread_mutex_lock(&lock);
    queue->next = queues;
    queues = queue;
    pthread_mutex_unlock(&lock);
    return queue;
}

/* Under the lock. NULL if it is none. */
static TimerQueue* queueOf(HANDLE handle)
{
    if (handle == NULL) return &defaultQueue;
    TimerQueue* queue = queues;
    while (queue != NULL && queue != handle) queue = queue->next;
    return queue;
}

BOOL CreateTimerQueueTimer(PHANDLE out, HANDLE handle, WAITORTIMERCALLBACK function, PVOID parameter, DWORD due,
                           DWORD period, ULONG flags)
{
    if (out == NULL || function == NULL) return failWith(ERROR_INVALID_PARAMETER);
    *out = NULL;
    pthread_mutex_lock(&lock);
    TimerQueue* queue = queueOf(handle);
    pthread_mutex_unlock(&lock);
    if (queue == NULL) return failWith(ERROR_INVALID_HANDLE);
    QueueTimer wish = { .queue = queue, .function = function, .context = parameter, .period = period,
                        .callsHere = (flags & WT_EXECUTEINTIMERTHREAD) != 0 };
    if ((flags & WT_EXECUTEONLYONCE) != 0) wish.period = 0;
    return (*out = addTimer(&wish, due)) != NULL;
}

BOOL ChangeTimerQueueTimer(HANDLE queue, HANDLE handle, ULONG due, ULONG period)
{
    (void)queue;
    pthread_mutex_lock(&lock);
    QueueTimer** at = placeOf(handle);
    bool isThere = at != NULL && !(*at)->isDeleted;
    if (isThere) {
        (*at)->due = due == INFINITE ? NEVER : GetTickCount64() + due;
        (*at)->period = period;
        pthread_cond_signal(&changed);
    }
    pthread_mutex_unlock(&lock);
    return isThere || failWith(ERROR_INVALID_PARAMETER);
}

BOOL DeleteTimerQueueTimer(HANDLE queue, HANDLE handle, HANDLE completion)
{
    (void)queue;
    pthread_mutex_lock(&lock);
    QueueTimer** at = placeOf(handle);
    bool isThere = at != NULL && !(*at)->isDeleted;
    BOOL result = isThere ? deleteTimer(*at, completion) : failWith(ERROR_INVALID_PARAMETER);
    pthread_mutex_unlock(&lock);
    return result;
}

/* Under the lock. Deletes a timer of the queue, if there is one left. */
static bool deleteOneOf(const TimerQueue* queue, HANDLE completion, bool* isPending)
{
    for (QueueTimer* one = timers; one != NULL; one = one->next) {
        if (one->queue != queue || one->isDeleted) continue;
        *isPending |= !deleteTimer(one, completion);
        return true;
    }
    return false;
}

BOOL DeleteTimerQueueEx(HANDLE handle, HANDLE completion)
{
    bool isPending = false, waits = completion == INVALID_HANDLE_VALUE;
    pthread_mutex_lock(&lock);
    TimerQueue** at = &queues;
    while (*at != NULL && *at != handle) at = &(*at)->next;
    TimerQueue* queue = *at;
    if (queue != NULL) {
        *at = queue->next;
        while (deleteOneOf(queue, NULL, &isPending)) {}
        /* Those that were deleted before too; but a call that waited for its own end would never return. */
        bool isOwn = current != NULL && current->queue == queue;
        while (waits && !isOwn && queue->timers > 0) pthread_cond_wait(&returned, &lock);
        if (waits && !isOwn) isPending = false;
        queue->isDeleted = true;
        queue->completion = waits ? NULL : completion;
        sweepQueue(queue);
    }
    pthread_mutex_unlock(&lock);
    if (queue == NULL) return failWith(ERROR_INVALID_HANDLE);
    return !isPending || failWith(ERROR_IO_PENDING);
}

BOOL DeleteTimerQueue(HANDLE handle)
{
    return DeleteTimerQueueEx(handle, NULL);
}

/* -- winmm's ----------------------------------------------------------------------------------- */

#define LONGEST_PERIOD 1000000u

DWORD timeGetTime(VOID)
{
    return GetTickCount();
}

MMRESULT timeGetDevCaps(LPTIMECAPS caps, UINT size)
{
    if (caps == NULL || size != sizeof *caps) return TIMERR_NOCANDO;
    caps->wPeriodMin = 1;
    caps->wPeriodMax = LONGEST_PERIOD;
    return TIMERR_NOERROR;
}

/* Timers are as exact as the system has them, whatever is asked for. */
MMRESULT timeBeginPeriod(UINT period)
{
    return period >= 1 && period <= LONGEST_PERIOD ? TIMERR_NOERROR : TIMERR_NOCANDO;
}

MMRESULT timeEndPeriod(UINT period)
{
    return timeBeginPeriod(period);
}

/* Its number; 0 for none. */
MMRESULT timeSetEvent(UINT delay, UINT resolution, LPTIMECALLBACK function, DWORD_PTR user, UINT flags)
{
    (void)resolution;
    UINT known = TIME_PERIODIC | TIME_CALLBACK_EVENT_SET | TIME_KILL_SYNCHRONOUS;
    if (delay < 1 || delay > LONGEST_PERIOD || function == NULL || (flags & ~known) != 0) return 0;
    bool setsEvent = (flags & TIME_CALLBACK_EVENT_SET) != 0;
    QueueTimer wish = { .queue = &defaultQueue, .function = (WAITORTIMERCALLBACK)(uintptr_t)function,
                        .context = setsEvent ? (LPVOID)(uintptr_t)function : (LPVOID)user,
                        .period = (flags & TIME_PERIODIC) != 0 ? delay : 0, .flags = flags, .callsHere = true };
    pthread_mutex_lock(&lock);
    if (++lastNumber == 0) lastNumber = 1;
    UINT number = wish.number = lastNumber;
    pthread_mutex_unlock(&lock);
    return addTimer(&wish, delay) != NULL ? number : 0;
}

MMRESULT timeKillEvent(UINT number)
{
    pthread_mutex_lock(&lock);
    QueueTimer* timer = timers;
    while (timer != NULL && (timer->number != number || timer->isDeleted)) timer = timer->next;
    bool isThere = timer != NULL && number != 0;
    if (isThere) deleteTimer(timer, (timer->flags & TIME_KILL_SYNCHRONOUS) != 0 ? INVALID_HANDLE_VALUE : NULL);
    pthread_mutex_unlock(&lock);
    return isThere ? TIMERR_NOERROR : MMSYSERR_INVALPARAM;
}
