/* Critical sections, SRW locks and condition variables, over futex words in the program's memory. */
#define _GNU_SOURCE
#include "futex.h"
#include "internal.h"

#include <limits.h>

static uint32_t load(uint32_t* word)
{
    return __atomic_load_n(word, __ATOMIC_SEQ_CST);
}

static bool swap(uint32_t* word, uint32_t from, uint32_t to)
{
    return __atomic_compare_exchange_n(word, &from, to, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

/* -- Critical sections ------------------------------------------------------------------------- */

/* LockCount is 0 while nobody has it, 1 while somebody has, 2 while others may wait for it too. */
static uint32_t* lockWord(LPCRITICAL_SECTION section)
{
    return (uint32_t*)(void*)&section->LockCount;
}

static HANDLE self(void)
{
    return (HANDLE)(uintptr_t)GetCurrentThreadId();
}

VOID InitializeCriticalSection(LPCRITICAL_SECTION section)
{
    memset(section, 0, sizeof *section);
}

BOOL InitializeCriticalSectionAndSpinCount(LPCRITICAL_SECTION section, DWORD spins)
{
    InitializeCriticalSection(section);
    section->SpinCount = spins & 0x00FFFFFF;
    return TRUE;
}

BOOL InitializeCriticalSectionEx(LPCRITICAL_SECTION section, DWORD spins, DWORD flags)
{
    (void)flags;
    return InitializeCriticalSectionAndSpinCount(section, spins);
}

DWORD SetCriticalSectionSpinCount(LPCRITICAL_SECTION section, DWORD spins)
{
    DWORD before = (DWORD)section->SpinCount;
    section->SpinCount = spins & 0x00FFFFFF;
    return before;
}

static bool isOwn(LPCRITICAL_SECTION section)
{
    return __atomic_load_n(&section->OwningThread, __ATOMIC_RELAXED) == self();
}

static void begin(LPCRITICAL_SECTION section)
{
    __atomic_store_n(&section->OwningThread, self(), __ATOMIC_RELAXED);
    section->RecursionCount = 1;
}

VOID EnterCriticalSection(LPCRITICAL_SECTION section)
{
    uint32_t* word = lockWord(section);
    if (LIKELY(swap(word, 0, 1))) {
        begin(section);
        return;
    }
    if (isOwn(section)) {
        section->RecursionCount++;
        return;
    }
    for (ULONG_PTR i = 0; i < section->SpinCount; i++) {
        if (load(word) == 0 && swap(word, 0, 1)) {
            begin(section);
            return;
        }
        YieldProcessor();
    }
    while (__atomic_exchange_n(word, 2, __ATOMIC_SEQ_CST) != 0) sleepOn(word, 2, NULL);
    begin(section);
}

BOOL TryEnterCriticalSection(LPCRITICAL_SECTION section)
{
    if (swap(lockWord(section), 0, 1)) begin(section);
    else if (isOwn(section)) section->RecursionCount++;
    else return FALSE;
    return TRUE;
}

/* By a thread that does not have it, it does nothing, as the documentation leaves open. */
VOID LeaveCriticalSection(LPCRITICAL_SECTION section)
{
    if (!isOwn(section) || --section->RecursionCount > 0) return;
    __atomic_store_n(&section->OwningThread, NULL, __ATOMIC_RELAXED);
    if (__atomic_exchange_n(lockWord(section), 0, __ATOMIC_SEQ_CST) == 2) wake(lockWord(section), 1);
}

VOID DeleteCriticalSection(LPCRITICAL_SECTION section)
{
    memset(section, 0, sizeof *section);
}

/* -- SRW locks --------------------------------------------------------------------------------- */

/* The pointer's two halves. Whoever sleeps is counted before it looks at `state` again, and whoever frees the lock
 * looks at the count afterwards: so one of them sees the other. Readers stand back while a writer waits. */
typedef struct {
    uint32_t state;   /* 0 free, WRITER, or how many readers. */
    uint32_t waiting; /* How many sleep; of the writers among them also WAITING_WRITER each. */
} Srw;

#define WRITER UINT32_MAX
#define WAITING_WRITER 0x10001u
#define WAITING_READER 0x1u

static Srw* srwOf(PSRWLOCK lock)
{
    return (Srw*)(void*)&lock->Ptr;
}

VOID InitializeSRWLock(PSRWLOCK lock)
{
    lock->Ptr = NULL;
}

BOOLEAN TryAcquireSRWLockExclusive(PSRWLOCK lock)
{
    return swap(&srwOf(lock)->state, 0, WRITER);
}

static bool tryShare(Srw* srw)
{
    for (;;) {
        uint32_t state = load(&srw->state);
        if (state == WRITER || load(&srw->waiting) >= 0x10000u) return false;
        if (swap(&srw->state, state, state + 1)) return true;
    }
}

BOOLEAN TryAcquireSRWLockShared(PSRWLOCK lock)
{
    return tryShare(srwOf(lock));
}

VOID AcquireSRWLockExclusive(PSRWLOCK lock)
{
    Srw* srw = srwOf(lock);
    if (LIKELY(swap(&srw->state, 0, WRITER))) return;
    __atomic_fetch_add(&srw->waiting, WAITING_WRITER, __ATOMIC_SEQ_CST);
    for (;;) {
        uint32_t state = load(&srw->state);
        if (state == 0 && swap(&srw->state, 0, WRITER)) break;
        if (state != 0) sleepOn(&srw->state, state, NULL);
    }
    __atomic_fetch_sub(&srw->waiting, WAITING_WRITER, __ATOMIC_SEQ_CST);
}

VOID AcquireSRWLockShared(PSRWLOCK lock)
{
    Srw* srw = srwOf(lock);
    if (LIKELY(tryShare(srw))) return;
    __atomic_fetch_add(&srw->waiting, WAITING_READER, __ATOMIC_SEQ_CST);
    for (;;) {
        uint32_t state = load(&srw->state);
        if (tryShare(srw)) break;
        /* With 0 a writer is awake and about to take it, and wakes everybody when it is done. */
        if (state != 0) sleepOn(&srw->state, state, NULL);
        else YieldProcessor();
    }
    __atomic_fetch_sub(&srw->waiting, WAITING_READER, __ATOMIC_SEQ_CST);
}

VOID ReleaseSRWLockExclusive(PSRWLOCK lock)
{
    Srw* srw = srwOf(lock);
    __atomic_store_n(&srw->state, 0, __ATOMIC_SEQ_CST);
    if (UNLIKELY(load(&srw->waiting) != 0)) wake(&srw->state, INT_MAX);
}

VOID ReleaseSRWLockShared(PSRWLOCK lock)
{
    Srw* srw = srwOf(lock);
    if (__atomic_sub_fetch(&srw->state, 1, __ATOMIC_SEQ_CST) != 0) return;
    if (UNLIKELY(load(&srw->waiting) != 0)) wake(&srw->state, INT_MAX);
}

/* -- Condition variables ----------------------------------------------------------------------- */

/* The pointer's two halves: `turn` changes with every wake-up, so a wake-up between letting the lock go and sleeping
 * is not lost. */
typedef struct {
    uint32_t turn;
    uint32_t waiting;
} Condition;

static Condition* conditionOf(PCONDITION_VARIABLE condition)
{
    return (Condition*)(void*)&condition->Ptr;
}

VOID InitializeConditionVariable(PCONDITION_VARIABLE condition)
{
    condition->Ptr = NULL;
}

static void wakeCondition(PCONDITION_VARIABLE variable, int count)
{
    Condition* condition = conditionOf(variable);
    if (load(&condition->waiting) == 0) return;
    __atomic_fetch_add(&condition->turn, 1, __ATOMIC_SEQ_CST);
    wake(&condition->turn, count);
}

VOID WakeConditionVariable(PCONDITION_VARIABLE condition)
{
    wakeCondition(condition, 1);
}

VOID WakeAllConditionVariable(PCONDITION_VARIABLE condition)
{
    wakeCondition(condition, INT_MAX);
}

/* Begins a wait while the lock is still held. */
static uint32_t enterCondition(Condition* condition)
{
    __atomic_fetch_add(&condition->waiting, 1, __ATOMIC_SEQ_CST);
    return load(&condition->turn);
}

static BOOL waitCondition(Condition* condition, uint32_t turn, DWORD milliseconds)
{
    struct timespec until;
    bool inTime = true;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += milliseconds / 1000;
    until.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) until.tv_sec++, until.tv_nsec -= 1000000000;
    while (inTime && load(&condition->turn) == turn)
        inTime = sleepOn(&condition->turn, turn, milliseconds == INFINITE ? NULL : &until);
    __atomic_fetch_sub(&condition->waiting, 1, __ATOMIC_SEQ_CST);
    return inTime || failWith(ERROR_TIMEOUT);
}

BOOL SleepConditionVariableCS(PCONDITION_VARIABLE variable, PCRITICAL_SECTION section, DWORD milliseconds)
{
    Condition* condition = conditionOf(variable);
    uint32_t turn = enterCondition(condition);
    LeaveCriticalSection(section);
    BOOL result = waitCondition(condition, turn, milliseconds);
    EnterCriticalSection(section);
    return result;
}

BOOL SleepConditionVariableSRW(PCONDITION_VARIABLE variable, PSRWLOCK lock, DWORD milliseconds, ULONG flags)
{
    Condition* condition = conditionOf(variable);
    bool shares = (flags & CONDITION_VARIABLE_LOCKMODE_SHARED) != 0;
    uint32_t turn = enterCondition(condition);
    if (shares) ReleaseSRWLockShared(lock);
    else ReleaseSRWLockExclusive(lock);
    BOOL result = waitCondition(condition, turn, milliseconds);
    if (shares) AcquireSRWLockShared(lock);
    else AcquireSRWLockExclusive(lock);
    return result;
}
