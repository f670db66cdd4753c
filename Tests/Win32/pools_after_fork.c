/* A forked child has a pool and timers of its own. */
#include <windows.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static LONG done, ticks;

static DWORD WINAPI Item(LPVOID parameter)
{
    (void)parameter;
    InterlockedIncrement(&done);
    return 0;
}

static VOID CALLBACK Tick(PVOID parameter, BOOLEAN timer)
{
    (void)parameter, (void)timer;
    InterlockedIncrement(&ticks);
}

/* Until a deadline that only a failure reaches. */
static BOOL reaches(LONG* count, LONG wanted)
{
    DWORD begin = GetTickCount();
    while (InterlockedCompareExchange(count, 0, 0) < wanted && GetTickCount() - begin < 10000) Sleep(1);
    return *count >= wanted;
}

static BOOL work(void)
{
    HANDLE timer;
    LONG before = done, tick = ticks;
    if (!QueueUserWorkItem(Item, NULL, 0) || !CreateTimerQueueTimer(&timer, NULL, Tick, NULL, 1, 1, 0)) return FALSE;
    return reaches(&done, before + 1) && reaches(&ticks, tick + 2) &&
           DeleteTimerQueueTimer(NULL, timer, INVALID_HANDLE_VALUE);
}

int main(void)
{
    int status = -1;
    printf("parent %d\n", work());
    fflush(stdout);
    if (fork() == 0) _exit(work() ? 0 : 1);
    wait(&status);
    printf("child %d\n", WIFEXITED(status) && WEXITSTATUS(status) == 0);
    printf("parent %d\n", work());
    return 0;
}
