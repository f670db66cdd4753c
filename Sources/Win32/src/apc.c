/* Procedures that are queued to a thread, and run within its alertable waits.
 *
 * A thread has an event that is signalled while something is queued to it; an alertable wait waits for that too. A
 * waitable timer with a completion routine has a twin, which its thread waits for in the same way: the program's own
 * timer is signalled and taken as if there were no routine. Only the thread that set a timer closes its twin, so none
 * is closed under a wait; others mark it.
 */
#include "internal.h"

#include <pthread.h>

typedef struct Apc {
    PAPCFUNC function;
    ULONG_PTR data;
    struct Apc* next;
} Apc;

/* All under the lock. */
struct Apcs {
    uint32_t shares;
    bool hasEnded;
    Apc *first, *last;
    RatEvent event; /* 0 until its thread waits for the first time. */
};

typedef struct ApcTimer {
    RatWaitableTimer timer;
    RatWaitableTimer twin;
    PTIMERAPCROUTINE routine; /* NULL: it is over, and its thread may close it. */
    LPVOID argument;
    const Apcs* owner;
    struct ApcTimer* next;
} ApcTimer;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static ApcTimer* timers;
static pthread_key_t endKey;
static pthread_once_t endOnce = PTHREAD_ONCE_INIT;

Apcs* makeApcs(void)
{
    Apcs* apcs = calloc(1, sizeof *apcs);
    if (apcs != NULL) apcs->shares = 1;
    return apcs;
}

Apcs* shareApcs(Apcs* apcs)
{
    __atomic_add_fetch(&apcs->shares, 1, __ATOMIC_RELAXED);
    return apcs;
}

void dropApcs(Apcs* apcs)
{
    if (apcs != NULL && __atomic_sub_fetch(&apcs->shares, 1, __ATOMIC_ACQ_REL) == 0) free(apcs);
}

/* Takes those of the list away that the rule holds for. Under the lock; the caller closes them. */
static ApcTimer* takeTimers(const Apcs* owner, bool all)
{
    ApcTimer* taken = NULL;
    for (ApcTimer** at = &timers; *at != NULL;) {
        ApcTimer* one = *at;
        if (one->owner != owner || (!all && one->routine != NULL)) {
            at = &one->next;
            continue;
        }
        *at = one->next;
        one->next = taken;
        taken = one;
    }
    return taken;
}

static void closeTimers(ApcTimer* taken)
{
    while (taken != NULL) {
        ApcTimer* next = taken->next;
        RatCloseWaitableTimer(taken->twin);
        free(taken);
        taken = next;
    }
}

static void endThread(void* value)
{
    Apcs* apcs = value;
    pthread_mutex_lock(&lock);
    Apc* left = apcs->first;
    RatEvent event = apcs->event;
    apcs->hasEnded = true;
    apcs->first = apcs->last = NULL;
    apcs->event = 0;
    ApcTimer* taken = takeTimers(apcs, true);
    pthread_mutex_unlock(&lock);
    while (left != NULL) {
        Apc* next = left->next;
        free(left);
        left = next;
    }
    closeTimers(taken);
    if (event != 0) RatCloseEvent(event);
    dropApcs(apcs);
}

static void makeEndKey(void)
{
    if (pthread_key_create(&endKey, endThread) != 0) abort();
}

bool adoptApcs(Apcs* apcs)
{
    pthread_once(&endOnce, makeEndKey);
    if (apcs == NULL || pthread_setspecific(endKey, apcs) != 0) return failWith(ERROR_NOT_ENOUGH_MEMORY);
    thread.apcs = shareApcs(apcs);
    return true;
}

/* The calling thread's; NULL and an error if there can be none. */
static Apcs* ownApcs(void)
{
    if (thread.apcs != NULL) return thread.apcs;
    Apcs* apcs = makeApcs();
    bool isAdopted = adoptApcs(apcs);
    dropApcs(apcs);
    return isAdopted ? thread.apcs : NULL;
}

DWORD QueueUserAPC(PAPCFUNC function, HANDLE object, ULONG_PTR data)
{
    if (function == NULL) return (DWORD)failWith(ERROR_INVALID_PARAMETER);
    Apcs* apcs = object == GetCurrentThread() ? ownApcs() : takeApcsOfThread(handleOf(object));
    if (apcs == NULL) return 0;
    Apc* apc = malloc(sizeof *apc);
    DWORD error = apc != NULL ? ERROR_SUCCESS : ERROR_NOT_ENOUGH_MEMORY;
    pthread_mutex_lock(&lock);
    if (apcs->hasEnded) error = ERROR_GEN_FAILURE;
    if (error == ERROR_SUCCESS) {
        *apc = (Apc){ function, data, NULL };
        if (apcs->last != NULL) apcs->last->next = apc;
        else apcs->first = apc;
        apcs->last = apc;
        if (apcs->event != 0) RatSetEvent(apcs->event);
    }
    pthread_mutex_unlock(&lock);
    if (object != GetCurrentThread()) dropApcs(apcs);
    if (error == ERROR_SUCCESS) return 1;
    free(apc);
    return (DWORD)failWith(error);
}

/* -- Timers with a completion routine ---------------------------------------------------------- */

void forgetApcTimer(RatWaitableTimer timer)
{
    pthread_mutex_lock(&lock);
    for (ApcTimer* one = timers; one != NULL; one = one->next) {
        if (one->timer != timer || one->routine == NULL) continue;
        one->routine = NULL;
        RatCancelWaitableTimer(one->twin);
    }
    pthread_mutex_unlock(&lock);
}

bool addApcTimer(RatWaitableTimer timer, uint64_t due, uint64_t period, PTIMERAPCROUTINE routine, LPVOID argument)
{
    Apcs* apcs = ownApcs();
    if (apcs == NULL) return false;
    size_t count = 0;
    pthread_mutex_lock(&lock);
    ApcTimer* taken = takeTimers(apcs, false);
    for (const ApcTimer* one = timers; one != NULL; one = one->next) count += one->owner == apcs;
    pthread_mutex_unlock(&lock);
    closeTimers(taken);
    if (count >= APC_TIMERS) return failWith(ERROR_NO_SYSTEM_RESOURCES);
    ApcTimer* one = malloc(sizeof *one);
    if (one == NULL) return failWith(ERROR_NOT_ENOUGH_MEMORY);
    *one = (ApcTimer){ .timer = timer, .routine = routine, .argument = argument, .owner = apcs };
    RatStatus status = RatCreateWaitableTimer(false, &one->twin);
    if (status == RAT_IPC_OK) status = RatSetWaitableTimer(one->twin, due, period);
    if (!succeeded(status, SUBJECT_OBJECT)) {
        if (one->twin != 0) RatCloseWaitableTimer(one->twin);
        free(one);
        return false;
    }
    pthread_mutex_lock(&lock);
    one->next = timers;
    timers = one;
    pthread_mutex_unlock(&lock);
    return true;
}

/* -- Within a wait ----------------------------------------------------------------------------- */

size_t addApcHandles(RatHandle* handles, size_t count)
{
    Apcs* apcs = ownApcs();
    if (apcs == NULL) return 0;
    RatStatus status = RAT_IPC_OK;
    pthread_mutex_lock(&lock);
    if (apcs->event == 0) status = RatCreateEvent(true, apcs->first != NULL, &apcs->event);
    handles[count++] = apcs->event;
    ApcTimer* taken = takeTimers(apcs, false);
    for (const ApcTimer* one = timers; one != NULL; one = one->next)
        if (one->owner == apcs) handles[count++] = one->twin;
    pthread_mutex_unlock(&lock);
    closeTimers(taken);
    return succeeded(status, SUBJECT_OBJECT) ? count : 0;
}

static bool runQueued(Apcs* apcs)
{
    bool ran = false;
    for (;; ran = true) {
        pthread_mutex_lock(&lock);
        Apc* apc = apcs->first;
        if (apc != NULL) apcs->first = apc->next;
        if (apcs->first == NULL) {
            apcs->last = NULL;
            if (apcs->event != 0) RatResetEvent(apcs->event);
        }
        pthread_mutex_unlock(&lock);
        if (apc == NULL) return ran;
        Apc called = *apc;
        free(apc);
        called.function(called.data);
    }
}

static bool runTimer(RatWaitableTimer twin, bool isDue)
{
    ApcTimer due = { .routine = NULL };
    FILETIME now;
    if (!isDue && RatWaitForObject(twin, 0) != RAT_WAIT_OK) return false;
    pthread_mutex_lock(&lock);
    for (const ApcTimer* one = timers; one != NULL; one = one->next)
        if (one->twin == twin) due = *one;
    pthread_mutex_unlock(&lock);
    if (due.routine == NULL) return false;
    GetSystemTimeAsFileTime(&now);
    due.routine(due.argument, now.dwLowDateTime, now.dwHighDateTime);
    return true;
}

bool runApcs(RatHandle ended)
{
    RatHandle twins[1 + APC_TIMERS];
    if (thread.apcs == NULL) return false;
    bool ran = runQueued(thread.apcs);
    size_t count = addApcHandles(twins, 0);
    for (size_t i = 1; i < count; i++) ran |= runTimer(twins[i], twins[i] == ended);
    return ran;
}
