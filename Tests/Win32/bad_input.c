/* What cannot be: nothing where something is needed, handles that are closed or of another kind, sizes and flags that are
 * none. Left out is where Wine ends the program, or differs from what Windows documents. */
#include <windows.h>
#include <mmsystem.h>
#include <stdio.h>
#include <string.h>

static void said(const char* what, long long value)
{
    printf("%s: %lld error %u\n", what, value, (unsigned)GetLastError());
    SetLastError(0);
}

static DWORD WINAPI Nothing(LPVOID parameter)
{
    (void)parameter;
    return 0;
}

int main(void)
{
    HANDLE event = CreateEventA(NULL, FALSE, FALSE, NULL), mutex = CreateMutexA(NULL, FALSE, NULL), closed, thread;
    HANDLE many[2];
    MONITORINFO monitor;
    LARGE_INTEGER due;
    PVOID context;
    BOOL pending;
    INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    char text[32];
    DWORD size = 32;

    thread = CreateThread(NULL, 0, Nothing, NULL, 0, NULL);
    WaitForSingleObject(thread, 5000);
    closed = CreateEventA(NULL, FALSE, FALSE, NULL);
    CloseHandle(closed);
    SetLastError(0);
    said("just closed", WaitForSingleObject(closed, 0) == WAIT_FAILED);
    /* Windows gives the number of a closed handle to the next one. */
    closed = (HANDLE)(ULONG_PTR)0x0EADBEE0;
    due.QuadPart = -1;
    many[0] = event;
    many[1] = closed;
    SetLastError(0);

    printf("waits\n");
    said("closed", WaitForSingleObjectEx(closed, 0, TRUE) == WAIT_FAILED);
    said("null", WaitForSingleObjectEx(NULL, 0, TRUE) == WAIT_FAILED);
    said("several", WaitForMultipleObjectsEx(2, many, FALSE, 0, TRUE) == WAIT_FAILED);
    said("all", WaitForMultipleObjectsEx(2, many, TRUE, 0, TRUE) == WAIT_FAILED);
    said("none", WaitForMultipleObjectsEx(0, many, FALSE, 0, TRUE) == WAIT_FAILED);
    said("too many", WaitForMultipleObjectsEx(65, many, FALSE, 0, TRUE) == WAIT_FAILED);
    said("messages", MsgWaitForMultipleObjectsEx(2, many, 0, QS_ALLINPUT, MWMO_ALERTABLE) == WAIT_FAILED);
    said("signal closed", SignalObjectAndWait(closed, event, 0, FALSE) == WAIT_FAILED);
    said("wait for closed", SignalObjectAndWait(event, closed, 0, FALSE) == WAIT_FAILED);
    said("release what is not owned", SignalObjectAndWait(mutex, event, 0, FALSE) == WAIT_FAILED);
    said("queue to closed", QueueUserAPC((PAPCFUNC)(ULONG_PTR)Nothing, closed, 0) != 0);
    said("queue to an event", QueueUserAPC((PAPCFUNC)(ULONG_PTR)Nothing, event, 0) != 0);
    said("timer of an event", SetWaitableTimer(event, &due, 0, NULL, NULL, FALSE));
    said("timer closed", SetWaitableTimer(closed, &due, 0, NULL, NULL, FALSE));
    said("cancel an event", CancelWaitableTimer(event));
    said("priority of an event", SetThreadPriority(event, 0));
    said("priority closed", GetThreadPriority(closed) == THREAD_PRIORITY_ERROR_RETURN);
    said("priority null", SetThreadPriority(NULL, 0));

    printf("once\n");
    said("both", InitOnceBeginInitialize(&once, INIT_ONCE_CHECK_ONLY | INIT_ONCE_ASYNC, &pending, &context));
    said("complete nothing", InitOnceComplete(&once, 0, NULL));
    said("bad context", InitOnceComplete(&once, 0, (PVOID)(ULONG_PTR)1));
    said("failed with a context", InitOnceComplete(&once, INIT_ONCE_INIT_FAILED, (PVOID)(ULONG_PTR)8));

    printf("timers\n");
    said("kill none", timeKillEvent(12345) != 0);
    said("delete queue", DeleteTimerQueueEx(NULL, NULL));
    said("period", timeBeginPeriod(0));

    printf("screen\n");
    monitor.cbSize = 7;
    printf("size %d\n", GetMonitorInfoA(MonitorFromWindow(NULL, MONITOR_DEFAULTTOPRIMARY), &monitor));
    SetLastError(0);
    monitor.cbSize = sizeof monitor;
    said("no monitor", GetMonitorInfoA(NULL, &monitor));
    said("no window", MonitorFromWindow((HWND)(ULONG_PTR)0x12345, MONITOR_DEFAULTTONULL) == NULL);
    said("its monitor", MonitorFromWindow((HWND)(ULONG_PTR)0x12345, MONITOR_DEFAULTTONEAREST) != NULL);
    SetLastError(0);
    said("no metric", GetSystemMetrics(9999));
    said("no setting", SystemParametersInfoA(0xFFFF, 0, NULL, 0));

    printf("texts\n");
    said("no text", CharUpperBuffA(NULL, 4));
    said("one is nothing", (LONG_PTR)CharLowerA(NULL));
    said("no name", GlobalFindAtomA("") != 0);
    said("no name", GlobalAddAtomA("") != 0);
    said("no name", AddAtomA("") != 0);
    said("a sign", GlobalAddAtomA("#") == GlobalFindAtomA("#"));
    said("no number", GlobalFindAtomA("#12x") != 0);
    said("no buffer", GetEnvironmentVariableA("PATH", NULL, 0) > 0);
    said("too long a name", (memset(text, 'x', sizeof text), text[31] = 0, GetEnvironmentVariableA(text, NULL, 0)));
    said("no size", GetComputerNameA(text, &size) != 0);
    said("no memory status", GlobalMemoryStatusEx(&(MEMORYSTATUSEX){ .dwLength = 3 }));

    printf("files\n");
    said("of an event", ReadFile(event, text, 1, &size, NULL));
    said("of nothing", WriteFile(NULL, text, 1, &size, NULL));
    said("of no handle", GetFileSize(INVALID_HANDLE_VALUE, NULL) == INVALID_FILE_SIZE);
    said("cut an event", SetEndOfFile(event));
    said("flush an event", FlushFileBuffers(event));
    said("seek in an event", SetFilePointer(event, 0, NULL, FILE_BEGIN) == INVALID_SET_FILE_POINTER);

    printf("modules\n");
    said("no name", LoadLibraryA("rat-no/such.library") != NULL);
    said("free null", FreeLibrary(NULL));
    said("of no module", GetProcAddress((HMODULE)(ULONG_PTR)0x4321, "x") != NULL);
    said("by a number", GetProcAddress(GetModuleHandleA("kernel32"), (LPCSTR)(ULONG_PTR)0xFFFE) != NULL);
    return 0;
}
