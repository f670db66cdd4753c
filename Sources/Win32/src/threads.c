/* Threads, and what the library keeps of each: its number and its queue, by which others find it. */
#define _GNU_SOURCE
#include "futex.h"
#include "internal.h"

#include <limits.h>
#include <pthread.h>
#include <setjmp.h>
#include <sys/resource.h>

__thread Thread thread;

/* -- Threads by their numbers ------------------------------------------------------------------ */

/* Threads that have a queue, and only while they have it. */
typedef struct Known {
    DWORD id;
    RatMessageQueue queue;
    struct Known* next;
} Known;

#define BUCKETS 256
static Known* known[BUCKETS];
static pthread_rwlock_t knownLock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_key_t endKey;
static pthread_once_t endOnce = PTHREAD_ONCE_INIT;

static void endThread(void* value)
{
    (void)value;
    pthread_rwlock_wrlock(&knownLock);
    Known** at = &known[thread.id % BUCKETS];
    while (*at != NULL && (*at)->id != thread.id) at = &(*at)->next;
    Known* gone = *at;
    if (gone != NULL) *at = gone->next;
    pthread_rwlock_unlock(&knownLock);
    free(gone);
    endHooksOfThread(thread.id);
}

static void makeEndKey(void)
{
    if (pthread_key_create(&endKey, endThread) != 0) abort();
}

RatMessageQueue makeOwnQueue(void)
{
    RatMessageQueue queue;
    DWORD id = GetCurrentThreadId();
    if (!succeeded(RatGetThreadMessageQueue(&queue), SUBJECT_POST)) return 0;
    Known* entry = malloc(sizeof *entry);
    pthread_once(&endOnce, makeEndKey);
    if (entry == NULL || pthread_setspecific(endKey, &thread) != 0) {
        free(entry);
        failWith(ERROR_NOT_ENOUGH_MEMORY);
        return 0;
    }
    *entry = (Known){ id, queue, NULL };
    pthread_rwlock_wrlock(&knownLock);
    entry->next = known[id % BUCKETS];
    known[id % BUCKETS] = entry;
    pthread_rwlock_unlock(&knownLock);
    return thread.queue = queue;
}

RatMessageQueue queueOfThread(DWORD id)
{
    RatMessageQueue queue = 0;
    pthread_rwlock_rdlock(&knownLock);
    for (const Known* at = known[id % BUCKETS]; at != NULL; at = at->next)
        if (at->id == id) queue = at->queue;
    pthread_rwlock_unlock(&knownLock);
    return queue;
}

DWORD threadOfQueue(RatMessageQueue queue)
{
    DWORD id = 0;
    if (queue == 0) return 0;
    if (queue == thread.queue) return GetCurrentThreadId();
    pthread_rwlock_rdlock(&knownLock);
    for (size_t i = 0; i < BUCKETS && id == 0; i++)
        for (const Known* at = known[i]; at != NULL; at = at->next)
            if (at->queue == queue) id = at->id;
    pthread_rwlock_unlock(&knownLock);
    return id;
}

/* After fork() the child has one thread, which begins anew, as it does in Rat. */
static void forget(void)
{
    memset(known, 0, sizeof known);
    pthread_rwlock_init(&knownLock, NULL);
    thread = (Thread){ .id = 0 };
}

__attribute__((constructor)) static void mindFork(void)
{
    pthread_atfork(NULL, NULL, forget);
}

DWORD GetCurrentThreadId(VOID)
{
    if (UNLIKELY(thread.id == 0)) thread.id = (DWORD)syscall(SYS_gettid);
    return thread.id;
}

/* -- Creation ---------------------------------------------------------------------------------- */

/* What a thread begins with. Its creator and the thread have a share each. */
typedef struct ThreadStart {
    LPTHREAD_START_ROUTINE routine;
    LPVOID parameter;
    uint32_t suspended; /* 1 until ResumeThread(); a futex. */
    uint32_t id;        /* 0 until the thread runs; a futex. */
    uint32_t isCreating; /* 1 until its handle stands here; a futex. */
    uint32_t shares;
    jmp_buf end;
    DWORD exitCode;
    RatThread handle;
    Apcs* apcs;
    int priority;
    struct ThreadStart* next;
} ThreadStart;

/* Those whose handles are open, for GetThreadId() and ResumeThread(). */
static ThreadStart* starts;
static pthread_mutex_t startsLock = PTHREAD_MUTEX_INITIALIZER;

static void waitWhile(uint32_t* word, uint32_t value)
{
    while (__atomic_load_n(word, __ATOMIC_ACQUIRE) == value)
        sleepOn(word, value, NULL);
}

static void setAndWake(uint32_t* word, uint32_t value)
{
    __atomic_store_n(word, value, __ATOMIC_RELEASE);
    wake(word, INT_MAX);
}

static void dropStart(ThreadStart* start)
{
    if (__atomic_sub_fetch(&start->shares, 1, __ATOMIC_ACQ_REL) != 0) return;
    dropApcs(start->apcs);
    free(start);
}

/* What Linux calls nice. Who may not raise it gets as much as the system lets. */
static int niceOf(int priority)
{
    switch (priority) {
    case THREAD_PRIORITY_IDLE: return 19;
    case THREAD_PRIORITY_LOWEST: return 10;
    case THREAD_PRIORITY_BELOW_NORMAL: return 5;
    case THREAD_PRIORITY_NORMAL: return 0;
    case THREAD_PRIORITY_ABOVE_NORMAL: return -5;
    case THREAD_PRIORITY_HIGHEST: return -10;
    default: return -15;
    }
}

static uint32_t runThread(void* argument)
{
    ThreadStart* start = argument;
    thread.start = start;
    adoptApcs(start->apcs);
    setAndWake(&start->id, GetCurrentThreadId());
    waitWhile(&start->suspended, 1);
    int priority = __atomic_load_n(&start->priority, __ATOMIC_RELAXED);
    if (priority != 0) setpriority(PRIO_PROCESS, thread.id, niceOf(priority));
    /* ExitThread() comes back here, past whatever was running. */
    if (setjmp(start->end) == 0) {
        /* What was queued to it already comes first. */
        runApcs(0);
        start->exitCode = start->routine(start->parameter);
    }
    DWORD code = start->exitCode;
    thread.start = NULL;
    dropStart(start);
    return code;
}

HANDLE CreateThread(LPSECURITY_ATTRIBUTES security, SIZE_T stackSize, LPTHREAD_START_ROUTINE routine,
                    LPVOID parameter, DWORD flags, LPDWORD id)
{
    (void)security;
    if (routine == NULL) return nullWith(ERROR_INVALID_PARAMETER);
    ThreadStart* start = calloc(1, sizeof *start);
    Apcs* apcs = makeApcs();
    if (start == NULL || apcs == NULL) {
        free(start);
        dropApcs(apcs);
        return nullWith(ERROR_NOT_ENOUGH_MEMORY);
    }
    start->apcs = apcs;
    start->routine = routine;
    start->parameter = parameter;
    start->suspended = (flags & CREATE_SUSPENDED) != 0;
    start->isCreating = 1;
    start->shares = 2;
    RatThread handle;
    if (!succeeded(RatCreateThread(runThread, start, stackSize, &handle), SUBJECT_OBJECT)) {
        dropApcs(apcs);
        free(start);
        return NULL;
    }
    if (id != NULL) {
        waitWhile(&start->id, 0);
        *id = start->id;
    }
    pthread_mutex_lock(&startsLock);
    start->handle = handle;
    start->next = starts;
    starts = start;
    pthread_mutex_unlock(&startsLock);
    setAndWake(&start->isCreating, 0);
    return objectOf(handle);
}

/* Takes the start of a thread's handle, with a share; NULL if it is none of CreateThread()'s. */
static ThreadStart* takeStart(RatHandle handle, bool forgets)
{
    pthread_mutex_lock(&startsLock);
    ThreadStart** at = &starts;
    while (*at != NULL && (*at)->handle != handle) at = &(*at)->next;
    ThreadStart* start = *at;
    if (start != NULL) {
        if (forgets) *at = start->next;
        else __atomic_add_fetch(&start->shares, 1, __ATOMIC_RELAXED);
    }
    pthread_mutex_unlock(&startsLock);
    return start;
}

void forgetThread(RatHandle handle)
{
    ThreadStart* start = takeStart(handle, true);
    if (start != NULL) dropStart(start);
}

RatHandle ownHandle(void)
{
    if (thread.start == NULL) return 0;
    waitWhile(&thread.start->isCreating, 1);
    return thread.start->handle;
}

Apcs* takeApcsOfThread(RatHandle handle)
{
    ThreadStart* start = takeStart(handle, false);
    if (start == NULL) return nullWith(ERROR_INVALID_HANDLE);
    Apcs* apcs = shareApcs(start->apcs);
    dropStart(start);
    return apcs;
}

/* How often it was suspended before, which is once at most. */
DWORD ResumeThread(HANDLE object)
{
    ThreadStart* start = takeStart(handleOf(object), false);
    if (start == NULL) {
        failWith(ERROR_INVALID_HANDLE);
        return (DWORD)-1;
    }
    DWORD before = __atomic_exchange_n(&start->suspended, 0, __ATOMIC_ACQ_REL);
    if (before != 0) setAndWake(&start->suspended, 0);
    dropStart(start);
    return before;
}

VOID ExitThread(DWORD code)
{
    if (thread.start != NULL) {
        thread.start->exitCode = code;
        longjmp(thread.start->end, 1);
    }
    pthread_exit((void*)(uintptr_t)code);
}

DWORD GetThreadId(HANDLE object)
{
    if (object == GetCurrentThread()) return GetCurrentThreadId();
    ThreadStart* start = takeStart(handleOf(object), false);
    if (start == NULL) return (DWORD)failWith(ERROR_INVALID_HANDLE);
    waitWhile(&start->id, 0);
    DWORD id = start->id;
    dropStart(start);
    return id;
}

BOOL GetExitCodeThread(HANDLE object, LPDWORD code)
{
    uint32_t exitCode = STILL_ACTIVE;
    if (code == NULL) return failWith(ERROR_INVALID_PARAMETER);
    if (object != GetCurrentThread()) {
        RatStatus status = RatJoinThread(handleOf(object), 0, &exitCode);
        if (status != RAT_IPC_ERR_TIMEOUT && status != RAT_IPC_ERR_DEADLOCK &&
            !succeeded(status, SUBJECT_OBJECT))
            return FALSE;
        if (status != RAT_IPC_OK) exitCode = STILL_ACTIVE;
    }
    *code = exitCode;
    return TRUE;
}

HANDLE GetCurrentThread(VOID)
{
    return (HANDLE)(LONG_PTR)-2;
}

HANDLE GetCurrentProcess(VOID)
{
    return (HANDLE)(LONG_PTR)-1;
}

/* -- Priorities -------------------------------------------------------------------------------- */

BOOL SetThreadPriority(HANDLE object, int priority)
{
    bool isKnown = (priority >= THREAD_PRIORITY_LOWEST && priority <= THREAD_PRIORITY_HIGHEST) ||
                   priority == THREAD_PRIORITY_IDLE || priority == THREAD_PRIORITY_TIME_CRITICAL;
    if (!isKnown) return failWith(ERROR_INVALID_PARAMETER);
    bool isOwn = object == GetCurrentThread();
    ThreadStart* start = isOwn ? thread.start : takeStart(handleOf(object), false);
    if (start == NULL && !isOwn) return failWith(ERROR_INVALID_HANDLE);
    if (start != NULL) __atomic_store_n(&start->priority, priority, __ATOMIC_RELAXED);
    else thread.priority = priority;
    id_t id = isOwn ? GetCurrentThreadId() : __atomic_load_n(&start->id, __ATOMIC_RELAXED);
    /* One that does not run yet takes it when it does. */
    if (id != 0) setpriority(PRIO_PROCESS, id, niceOf(priority));
    if (!isOwn) dropStart(start);
    return TRUE;
}

int GetThreadPriority(HANDLE object)
{
    if (object == GetCurrentThread())
        return thread.start != NULL ? __atomic_load_n(&thread.start->priority, __ATOMIC_RELAXED) : thread.priority;
    ThreadStart* start = takeStart(handleOf(object), false);
    if (start == NULL) {
        failWith(ERROR_INVALID_HANDLE);
        return THREAD_PRIORITY_ERROR_RETURN;
    }
    int priority = __atomic_load_n(&start->priority, __ATOMIC_RELAXED);
    dropStart(start);
    return priority;
}
