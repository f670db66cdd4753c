/* What is queued to a thread, timers with a routine, and the waits that run them; priorities; one-time initialisation. */
#include <windows.h>
#include <stdio.h>

static HANDLE ready, finish;
static DWORD mainThread;

static void said(const char* what, long long value)
{
    printf("%s: %lld error %u\n", what, value, (unsigned)GetLastError());
    SetLastError(0);
}

static VOID CALLBACK Told(ULONG_PTR data)
{
    printf("  told %d, own thread %d\n", (int)data, GetCurrentThreadId() == mainThread);
}

static VOID CALLBACK Again(ULONG_PTR data)
{
    printf("  again %d\n", (int)data);
    if (data > 0) QueueUserAPC(Again, GetCurrentThread(), data - 1);
}

static VOID CALLBACK Due(LPVOID argument, DWORD low, DWORD high)
{
    printf("  due %d at %d\n", ++*(int*)argument, low != 0 || high != 0);
}

static DWORD WINAPI Waiter(LPVOID parameter)
{
    DWORD ended;
    SetEvent(ready);
    ended = WaitForSingleObjectEx((HANDLE)parameter, INFINITE, TRUE);
    return ended;
}

static DWORD WINAPI Sleeper(LPVOID parameter)
{
    DWORD ended;
    SetEvent(ready);
    do ended = SleepEx(INFINITE, TRUE);
    while (WaitForSingleObject((HANDLE)parameter, 0) != WAIT_OBJECT_0);
    return ended;
}

static DWORD WINAPI Queuer(LPVOID parameter)
{
    WaitForSingleObject((HANDLE)parameter, INFINITE);
    return 5;
}

static VOID CALLBACK Count(ULONG_PTR data)
{
    InterlockedIncrement((LONG*)data);
}

static VOID CALLBACK Leave(ULONG_PTR data)
{
    SetEvent((HANDLE)data);
}

static BOOL CALLBACK InitOnce(PINIT_ONCE once, PVOID parameter, PVOID* context)
{
    (void)once;
    *context = parameter;
    return parameter != NULL;
}

int main(void)
{
    HANDLE thread, timer, events[2];
    LARGE_INTEGER due;
    DWORD code;
    LONG counted = 0;
    int fired = 0;
    INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    PVOID context = NULL;
    BOOL pending = FALSE;

    mainThread = GetCurrentThreadId();
    ready = CreateEventA(NULL, FALSE, FALSE, NULL);
    finish = CreateEventA(NULL, TRUE, FALSE, NULL);
    events[0] = CreateEventA(NULL, FALSE, FALSE, NULL);
    events[1] = CreateEventA(NULL, FALSE, FALSE, NULL);

    printf("nothing queued\n");
    said("sleep", SleepEx(0, TRUE));
    said("wait", WaitForSingleObjectEx(events[0], 1, TRUE));
    printf("queued\n");
    said("queue", QueueUserAPC(Told, GetCurrentThread(), 1) != 0);
    QueueUserAPC(Told, GetCurrentThread(), 2);
    said("not alertable", WaitForSingleObject(events[0], 1));
    said("sleep not alertable", SleepEx(1, FALSE));
    said("sleep", SleepEx(1000, TRUE));
    said("once", SleepEx(0, TRUE));
    printf("queued from within\n");
    QueueUserAPC(Again, GetCurrentThread(), 2);
    said("wait", WaitForSingleObjectEx(events[0], 1000, TRUE));
    QueueUserAPC(Told, GetCurrentThread(), 3);
    said("several", WaitForMultipleObjectsEx(2, events, FALSE, 1000, TRUE));
    QueueUserAPC(Told, GetCurrentThread(), 4);
    said("all", WaitForMultipleObjectsEx(2, events, TRUE, 1000, TRUE));
    QueueUserAPC(Told, GetCurrentThread(), 5);
    said("messages", MsgWaitForMultipleObjectsEx(1, events, 1000, QS_ALLINPUT, MWMO_ALERTABLE));
    SetEvent(events[1]);
    said("an object", WaitForMultipleObjectsEx(2, events, FALSE, 1000, TRUE));
    PostThreadMessageA(mainThread, WM_USER, 0, 0);
    said("a message", MsgWaitForMultipleObjectsEx(1, events, 1000, QS_POSTMESSAGE, MWMO_ALERTABLE | MWMO_INPUTAVAILABLE));

    printf("another thread\n");
    thread = CreateThread(NULL, 0, Waiter, events[0], 0, NULL);
    WaitForSingleObject(ready, 5000);
    said("queue", QueueUserAPC(Count, thread, (ULONG_PTR)&counted) != 0);
    said("ended", WaitForSingleObject(thread, 5000));
    GetExitCodeThread(thread, &code);
    printf("code %u counted %d\n", (unsigned)code, (int)counted);
    said("queue to none", QueueUserAPC(Count, thread, 0) != 0);
    CloseHandle(thread);
    thread = CreateThread(NULL, 0, Queuer, finish, CREATE_SUSPENDED, NULL);
    QueueUserAPC(Count, thread, (ULONG_PTR)&counted);
    ResumeThread(thread);
    SetEvent(finish);
    WaitForSingleObject(thread, 5000);
    GetExitCodeThread(thread, &code);
    printf("before it began %d code %u\n", (int)counted, (unsigned)code);
    CloseHandle(thread);
    ResetEvent(finish);
    thread = CreateThread(NULL, 0, Sleeper, finish, 0, NULL);
    WaitForSingleObject(ready, 5000);
    for (fired = 0; fired < 1000; fired++) QueueUserAPC(Count, thread, (ULONG_PTR)&counted);
    QueueUserAPC(Leave, thread, (ULONG_PTR)finish);
    said("ended", WaitForSingleObject(thread, 5000));
    printf("counted %d\n", (int)counted);
    CloseHandle(thread);
    said("queue to no thread", QueueUserAPC(Count, events[0], 0) != 0);
    said("queue to nothing", QueueUserAPC(Count, NULL, 0) != 0);

    printf("signal and wait\n");
    said("event", SignalObjectAndWait(events[0], events[0], 1000, FALSE));
    said("no object", SignalObjectAndWait(GetCurrentThread(), events[0], 0, FALSE) == WAIT_FAILED);

    printf("timers\n");
    fired = 0;
    timer = CreateWaitableTimerA(NULL, FALSE, NULL);
    due.QuadPart = -10000;
    said("set", SetWaitableTimer(timer, &due, 0, Due, &fired, FALSE));
    said("sleep", SleepEx(5000, TRUE));
    said("signalled too", WaitForSingleObject(timer, 0));
    said("no more", SleepEx(20, TRUE));
    said("set", SetWaitableTimer(timer, &due, 5, Due, &fired, FALSE));
    said("sleep", SleepEx(5000, TRUE));
    said("sleep", SleepEx(5000, TRUE));
    said("cancel", CancelWaitableTimer(timer));
    said("no more", SleepEx(20, TRUE));
    SetWaitableTimer(timer, &due, 0, Due, &fired, FALSE);
    CloseHandle(timer);
    said("closed", SleepEx(20, TRUE));
    said("no timer", SetWaitableTimer(events[0], &due, 0, Due, &fired, FALSE));

    printf("priorities\n");
    said("usual", GetThreadPriority(GetCurrentThread()));
    said("set", SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_BELOW_NORMAL));
    said("get", GetThreadPriority(GetCurrentThread()));
    said("no such", SetThreadPriority(GetCurrentThread(), 99));
    said("no thread", SetThreadPriority(events[0], 0));
    said("no thread", GetThreadPriority(NULL) == THREAD_PRIORITY_ERROR_RETURN);
    thread = CreateThread(NULL, 0, Queuer, finish, CREATE_SUSPENDED, NULL);
    said("another's", SetThreadPriority(thread, THREAD_PRIORITY_LOWEST));
    said("get", GetThreadPriority(thread));
    ResumeThread(thread);
    WaitForSingleObject(thread, 5000);
    CloseHandle(thread);

    printf("once\n");
    said("failed", InitOnceExecuteOnce(&once, InitOnce, NULL, &context));
    said("done", InitOnceExecuteOnce(&once, InitOnce, (PVOID)(ULONG_PTR)64, &context));
    printf("context %d\n", (int)(ULONG_PTR)context);
    InitOnceInitialize(&once);
    said("check", InitOnceBeginInitialize(&once, INIT_ONCE_CHECK_ONLY, &pending, &context));
    said("begin", InitOnceBeginInitialize(&once, 0, &pending, &context));
    printf("pending %d\n", pending);
    said("as one of several", InitOnceBeginInitialize(&once, INIT_ONCE_ASYNC, &pending, &context));
    said("complete", InitOnceComplete(&once, 0, (PVOID)(ULONG_PTR)128));
    said("again", InitOnceComplete(&once, 0, NULL));
    said("check", InitOnceBeginInitialize(&once, INIT_ONCE_CHECK_ONLY, &pending, &context));
    printf("pending %d context %d\n", pending, (int)(ULONG_PTR)context);
    InitOnceInitialize(&once);
    said("race", InitOnceBeginInitialize(&once, INIT_ONCE_ASYNC, &pending, &context));
    said("race", InitOnceBeginInitialize(&once, INIT_ONCE_ASYNC, &pending, &context));
    said("won", InitOnceComplete(&once, INIT_ONCE_ASYNC, (PVOID)(ULONG_PTR)256));
    said("lost", InitOnceComplete(&once, INIT_ONCE_ASYNC, (PVOID)(ULONG_PTR)512));
    InitOnceBeginInitialize(&once, 0, &pending, &context);
    printf("pending %d context %d\n", pending, (int)(ULONG_PTR)context);
    return 0;
}
