/* Critical sections, SRW locks, condition variables, InitOnce, thread-local places, interlocked functions. */
#include <windows.h>
#include <stdio.h>

#define THREADS 4
#define ROUNDS 20000

static CRITICAL_SECTION section;
static SRWLOCK lock = SRWLOCK_INIT;
static CONDITION_VARIABLE filled = CONDITION_VARIABLE_INIT, emptied = CONDITION_VARIABLE_INIT;
static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
static int underSection, underLock, initialised, box = -1, sum;
static LONG counted;
static LONG64 counted64;
static volatile LONG torn;
static DWORD place;

static BOOL CALLBACK initialise(PINIT_ONCE which, PVOID parameter, PVOID* context)
{
    (void)which;
    initialised += *(int*)parameter;
    *context = &initialised;
    return TRUE;
}

static DWORD WINAPI counter(LPVOID parameter)
{
    int i, step = 1;
    PVOID context = NULL;
    TlsSetValue(place, parameter);
    InitOnceExecuteOnce(&once, initialise, &step, &context);
    if (context != &initialised) InterlockedIncrement(&torn);
    for (i = 0; i < ROUNDS; i++) {
        EnterCriticalSection(&section);
        EnterCriticalSection(&section);
        underSection++;
        LeaveCriticalSection(&section);
        LeaveCriticalSection(&section);
        AcquireSRWLockExclusive(&lock);
        underLock++;
        ReleaseSRWLockExclusive(&lock);
        AcquireSRWLockShared(&lock);
        if (underLock <= i) InterlockedIncrement(&torn);
        ReleaseSRWLockShared(&lock);
        InterlockedIncrement(&counted);
        InterlockedExchangeAdd64(&counted64, 3);
    }
    if (TlsGetValue(place) != parameter) InterlockedIncrement(&torn);
    return 0;
}

static DWORD WINAPI producer(LPVOID parameter)
{
    int i;
    (void)parameter;
    for (i = 1; i <= 2000; i++) {
        EnterCriticalSection(&section);
        while (box >= 0) SleepConditionVariableCS(&emptied, &section, INFINITE);
        box = i;
        LeaveCriticalSection(&section);
        WakeConditionVariable(&filled);
    }
    return 0;
}

static DWORD WINAPI waker(LPVOID parameter)
{
    (void)parameter;
    AcquireSRWLockExclusive(&lock);
    box = 1;
    ReleaseSRWLockExclusive(&lock);
    WakeAllConditionVariable(&filled);
    return 0;
}

int main(void)
{
    HANDLE threads[THREADS];
    ULONG_PTR i;
    LONG value = 5;
    BOOL result;

    InitializeCriticalSection(&section);
    place = TlsAlloc();
    for (i = 0; i < THREADS; i++) threads[i] = CreateThread(NULL, 0, counter, (LPVOID)(i + 1), 0, NULL);
    printf("all %u\n", (unsigned)WaitForMultipleObjects(THREADS, threads, TRUE, 20000));
    printf("section %d lock %d counted %d %d initialised %d torn %d\n", underSection, underLock, (int)counted,
           (int)counted64, initialised, (int)torn);
    for (i = 0; i < THREADS; i++) CloseHandle(threads[i]);
    printf("own place %d\n", TlsGetValue(place) == NULL);

    threads[0] = CreateThread(NULL, 0, producer, NULL, 0, NULL);
    for (i = 1; i <= 2000; i++) {
        EnterCriticalSection(&section);
        while (box < 0) SleepConditionVariableCS(&filled, &section, INFINITE);
        sum += box;
        box = -1;
        LeaveCriticalSection(&section);
        WakeConditionVariable(&emptied);
    }
    WaitForSingleObject(threads[0], 5000);
    CloseHandle(threads[0]);
    printf("sum %d\n", sum);

    AcquireSRWLockExclusive(&lock);
    threads[0] = CreateThread(NULL, 0, waker, NULL, 0, NULL);
    while (box < 0) SleepConditionVariableSRW(&filled, &lock, 5000, 0);
    ReleaseSRWLockExclusive(&lock);
    WaitForSingleObject(threads[0], 5000);
    printf("woken %d\n", box);
    EnterCriticalSection(&section);
    SetLastError(0);
    result = SleepConditionVariableCS(&filled, &section, 5);
    printf("timed out %d error %u\n", result, (unsigned)GetLastError());
    LeaveCriticalSection(&section);

    printf("try %d", TryAcquireSRWLockShared(&lock) != 0);
    printf(" %d", TryAcquireSRWLockShared(&lock) != 0);
    printf(" %d\n", TryAcquireSRWLockExclusive(&lock) != 0);
    ReleaseSRWLockShared(&lock);
    ReleaseSRWLockShared(&lock);
    printf("try %d %d\n", TryAcquireSRWLockExclusive(&lock) != 0, TryEnterCriticalSection(&section) != 0);

    printf("exchange %d", (int)InterlockedExchange(&value, 9));
    printf(" compare %d", (int)InterlockedCompareExchange(&value, 1, 8));
    printf(" %d", (int)InterlockedCompareExchange(&value, 2, 9));
    printf(" add %d", (int)InterlockedExchangeAdd(&value, 40));
    printf(" or %d", (int)InterlockedOr(&value, 1));
    printf(" and %d", (int)InterlockedAnd(&value, 0xF));
    printf(" decrement %d\n", (int)InterlockedDecrement(&value));
    DeleteCriticalSection(&section);
    printf("free %d %d\n", TlsFree(place) != 0, TlsFree(0x7FFFFFF) != 0);
    return 0;
}
