/* The thread pool, timer queues, and winmm's timers. */
#include <windows.h>
#include <mmsystem.h>
#include <stdio.h>

static LONG done, ticks, fired;
static HANDLE all, reached, release;
static DWORD mainThread;

static void said(const char* what, long long value)
{
    printf("%s: %lld error %u\n", what, value, (unsigned)GetLastError());
    SetLastError(0);
}

static DWORD WINAPI Item(LPVOID parameter)
{
    if (GetCurrentThreadId() == mainThread) printf("on the own thread\n");
    if (InterlockedAdd(&done, (LONG)(LONG_PTR)parameter) == 50) SetEvent(all);
    return 0;
}

static DWORD WINAPI Meet(LPVOID parameter)
{
    /* Two that wait for each other: the pool has a thread for each. */
    HANDLE* pair = (HANDLE*)parameter;
    SignalObjectAndWait(pair[0], pair[1], 5000, FALSE);
    if (InterlockedIncrement(&done) == 2) SetEvent(all);
    return 0;
}

static VOID CALLBACK Tick(PVOID parameter, BOOLEAN timer)
{
    if (!timer) printf("no timer\n");
    if (InterlockedIncrement((LONG*)parameter) == 3) SetEvent(reached);
}

static VOID CALLBACK Slow(PVOID parameter, BOOLEAN timer)
{
    (void)timer;
    SetEvent(reached);
    WaitForSingleObject(release, 5000);
    InterlockedIncrement((LONG*)parameter);
}

static void CALLBACK Period(UINT id, UINT message, DWORD_PTR user, DWORD_PTR first, DWORD_PTR second)
{
    (void)id, (void)message, (void)first, (void)second;
    if (InterlockedIncrement((LONG*)user) == 3) SetEvent(reached);
}

int main(void)
{
    HANDLE pairs[2][2], queue, timer, finished;
    TIMECAPS caps;
    UINT id;
    int i;

    mainThread = GetCurrentThreadId();
    all = CreateEventA(NULL, FALSE, FALSE, NULL);
    reached = CreateEventA(NULL, FALSE, FALSE, NULL);
    release = CreateEventA(NULL, TRUE, FALSE, NULL);
    finished = CreateEventA(NULL, FALSE, FALSE, NULL);

    printf("pool\n");
    for (i = 0; i < 50; i++) QueueUserWorkItem(Item, (PVOID)1, WT_EXECUTEDEFAULT);
    said("all", WaitForSingleObject(all, 5000));
    pairs[0][0] = pairs[1][1] = CreateEventA(NULL, FALSE, FALSE, NULL);
    pairs[0][1] = pairs[1][0] = CreateEventA(NULL, FALSE, FALSE, NULL);
    done = 0;
    said("long", QueueUserWorkItem(Meet, pairs[0], WT_EXECUTELONGFUNCTION));
    said("long", QueueUserWorkItem(Meet, pairs[1], WT_EXECUTELONGFUNCTION));
    said("met", WaitForSingleObject(all, 5000));

    printf("timer queues\n");
    queue = CreateTimerQueue();
    said("queue", queue != NULL);
    said("timer", CreateTimerQueueTimer(&timer, queue, Tick, &ticks, 1, 2, WT_EXECUTEINTIMERTHREAD));
    said("third", WaitForSingleObject(reached, 5000));
    said("delete", DeleteTimerQueueTimer(queue, timer, INVALID_HANDLE_VALUE));
    ticks = 0;
    said("once", CreateTimerQueueTimer(&timer, NULL, Tick, &ticks, 1, 0, WT_EXECUTEONLYONCE));
    while (InterlockedCompareExchange(&ticks, 0, 0) == 0) Sleep(1);
    said("change", ChangeTimerQueueTimer(NULL, timer, 1, 0));
    said("delete", DeleteTimerQueueTimer(NULL, timer, INVALID_HANDLE_VALUE));
    said("slow", CreateTimerQueueTimer(&timer, queue, Slow, &fired, 0, 0, 0));
    WaitForSingleObject(reached, 5000);
    said("delete while it runs", DeleteTimerQueueTimer(queue, timer, NULL));
    SetEvent(release);
    said("delete queue", DeleteTimerQueueEx(queue, INVALID_HANDLE_VALUE));
    said("has run", fired);
    queue = CreateTimerQueue();
    ResetEvent(release);
    CreateTimerQueueTimer(&timer, queue, Slow, &fired, 0, 0, 0);
    WaitForSingleObject(reached, 5000);
    said("delete queue", DeleteTimerQueueEx(queue, finished));
    SetEvent(release);
    said("finished", WaitForSingleObject(finished, 5000));

    printf("winmm\n");
    said("caps", timeGetDevCaps(&caps, sizeof caps));
    said("period", caps.wPeriodMin == 1 && caps.wPeriodMax >= 65535);
    said("caps of no size", timeGetDevCaps(&caps, 1));
    said("begin", timeBeginPeriod(1));
    said("end", timeEndPeriod(1));
    said("begin zero", timeBeginPeriod(0));
    fired = 0;
    id = timeSetEvent(1, 0, Period, (DWORD_PTR)&fired, TIME_PERIODIC | TIME_KILL_SYNCHRONOUS);
    said("set", id != 0);
    said("third", WaitForSingleObject(reached, 5000));
    said("kill", timeKillEvent(id));
    said("kill again", timeKillEvent(id) != 0);
    id = timeSetEvent(1, 0, (LPTIMECALLBACK)(ULONG_PTR)finished, 0, TIME_ONESHOT | TIME_CALLBACK_EVENT_SET);
    said("event", WaitForSingleObject(finished, 5000));
    said("none", timeSetEvent(0, 0, Period, 0, TIME_ONESHOT));
    said("clock", timeGetTime() - GetTickCount() <= 100 || GetTickCount() - timeGetTime() <= 100);
    return 0;
}
