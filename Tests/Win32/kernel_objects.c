/* Threads, events, mutexes, semaphores, timers, names and file mappings. */
#include <windows.h>
#include <process.h>
#include <stdio.h>

static HANDLE go, taken;
static DWORD ids[2];

static DWORD WINAPI worker(LPVOID parameter)
{
    ids[1] = GetCurrentThreadId();
    WaitForSingleObject(go, 5000);
    return (DWORD)(ULONG_PTR)parameter;
}

static DWORD WINAPI leaver(LPVOID parameter)
{
    ExitThread((DWORD)(ULONG_PTR)parameter + 1);
}

static DWORD WINAPI abandoner(LPVOID parameter)
{
    WaitForSingleObject((HANDLE)parameter, 5000);
    return 0;
}

static unsigned __stdcall begun(void* parameter)
{
    _endthreadex(*(unsigned*)parameter * 2);
    return 0;
}

static void said(const char* what, long long value)
{
    printf("%s %lld error %u\n", what, value, (unsigned)GetLastError());
    SetLastError(0);
}

int main(void)
{
    HANDLE thread, event, again, mutex, semaphore, timer, many[3], map, copy;
    DWORD id = 0, code = 0;
    LONG previous = -1;
    LARGE_INTEGER due;
    unsigned number = 21;
    char* view;

    go = CreateEventA(NULL, TRUE, FALSE, NULL);
    thread = CreateThread(NULL, 0, worker, (LPVOID)(ULONG_PTR)77, CREATE_SUSPENDED, &id);
    printf("id %d suspended %d\n", id != 0 && id != GetCurrentThreadId(), ids[1] == 0);
    said("wait", WaitForSingleObject(thread, 10));
    printf("resume %u %u\n", (unsigned)ResumeThread(thread), (unsigned)GetThreadId(thread) == (unsigned)id);
    GetExitCodeThread(thread, &code);
    printf("running %d\n", code == STILL_ACTIVE);
    SetEvent(go);
    said("wait", WaitForSingleObject(thread, 5000));
    GetExitCodeThread(thread, &code);
    printf("code %u id %d\n", (unsigned)code, ids[1] == id);
    said("close", CloseHandle(thread));
    said("close again", CloseHandle(thread));
    said("wait closed", WaitForSingleObject(thread, 0) == WAIT_FAILED);
    thread = CreateThread(NULL, 0, leaver, (LPVOID)(ULONG_PTR)5, 0, NULL);
    WaitForSingleObject(thread, 5000);
    GetExitCodeThread(thread, &code);
    printf("left with %u\n", (unsigned)code);
    CloseHandle(thread);
    thread = (HANDLE)_beginthreadex(NULL, 0, begun, &number, 0, NULL);
    WaitForSingleObject(thread, 5000);
    GetExitCodeThread(thread, &code);
    printf("begun with %u\n", (unsigned)code);
    CloseHandle(thread);

    event = CreateEventA(NULL, FALSE, TRUE, "rat-test-event");
    said("named event", event != NULL);
    again = CreateEventA(NULL, FALSE, FALSE, "rat-test-event");
    said("again", again != NULL);
    said("as a mutex", CreateMutexA(NULL, FALSE, "rat-test-event") != NULL);
    said("open", (copy = OpenEventA(EVENT_ALL_ACCESS, FALSE, "rat-test-event")) != NULL);
    said("open none", OpenEventA(EVENT_ALL_ACCESS, FALSE, "rat-test-none") != NULL);
    said("signalled", WaitForSingleObject(again, 0));
    said("consumed", WaitForSingleObject(event, 0));
    SetEvent(copy);
    said("set by the third", WaitForSingleObject(event, 0));
    CloseHandle(event);
    CloseHandle(again);
    CloseHandle(copy);
    said("gone with the last", OpenEventA(EVENT_ALL_ACCESS, FALSE, "rat-test-event") != NULL);

    mutex = CreateMutexA(NULL, TRUE, NULL);
    said("owned", WaitForSingleObject(mutex, 0));
    said("release", ReleaseMutex(mutex));
    said("release", ReleaseMutex(mutex));
    said("release too often", ReleaseMutex(mutex));
    thread = CreateThread(NULL, 0, abandoner, mutex, 0, NULL);
    WaitForSingleObject(thread, 5000);
    CloseHandle(thread);
    said("abandoned", WaitForSingleObject(mutex, 0));
    ReleaseMutex(mutex);

    semaphore = CreateSemaphoreA(NULL, 1, 3, NULL);
    said("semaphore", WaitForSingleObject(semaphore, 0));
    said("empty", WaitForSingleObject(semaphore, 0));
    said("too many", ReleaseSemaphore(semaphore, 4, &previous));
    said("release", ReleaseSemaphore(semaphore, 2, &previous));
    printf("previous %d\n", (int)previous);
    said("bad counts", CreateSemaphoreA(NULL, 4, 3, NULL) != NULL);

    many[0] = mutex;
    many[1] = semaphore;
    many[2] = CreateEventA(NULL, FALSE, FALSE, NULL);
    said("any", WaitForMultipleObjects(3, many, FALSE, 0));
    said("all", WaitForMultipleObjects(3, many, TRUE, 0));
    SetEvent(many[2]);
    said("all", WaitForMultipleObjects(3, many, TRUE, 0));
    said("none", WaitForMultipleObjects(0, many, TRUE, 0) == WAIT_FAILED);

    timer = CreateWaitableTimerA(NULL, FALSE, NULL);
    due.QuadPart = -10000;
    said("set", SetWaitableTimer(timer, &due, 0, NULL, NULL, FALSE));
    said("due", WaitForSingleObject(timer, 5000));
    said("once", WaitForSingleObject(timer, 0));

    map = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 5000, "rat-test-map");
    said("map", map != NULL);
    copy = OpenFileMappingA(FILE_MAP_ALL_ACCESS, FALSE, "rat-test-map");
    said("open", copy != NULL);
    view = MapViewOfFile(map, FILE_MAP_WRITE, 0, 0, 0);
    lstrcpyA(view, "shared");
    CloseHandle(map);
    printf("through the other \"%s\"\n", (char*)MapViewOfFile(copy, FILE_MAP_READ, 0, 0, 0));
    said("unmap", UnmapViewOfFile(view));
    said("no such view", UnmapViewOfFile(&due));
    CloseHandle(copy);

    said("duplicate", DuplicateHandle(GetCurrentProcess(), go, GetCurrentProcess(), &taken, 0, FALSE,
                                      DUPLICATE_SAME_ACCESS));
    CloseHandle(go);
    said("still there", WaitForSingleObject(taken, 0));
    said("set what is none", SetEvent((HANDLE)(ULONG_PTR)0x1234));
    return 0;
}
