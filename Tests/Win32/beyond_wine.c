/* What Windows documents and Wine does otherwise. */
#include <windows.h>
#include <commctrl.h>
#include <stdio.h>
#include <string.h>

static int subclassed, longs;
static WNDPROC before;
static HANDLE reached, release, finished;

static LRESULT CALLBACK Base(HWND window, UINT message, WPARAM wParam, LPARAM lParam)
{
    return message == WM_APP ? (LRESULT)wParam : DefWindowProcA(window, message, wParam, lParam);
}

static LRESULT CALLBACK Sub(HWND window, UINT message, WPARAM wParam, LPARAM lParam, UINT_PTR id, DWORD_PTR data)
{
    (void)id;
    if (message != WM_APP) return DefSubclassProc(window, message, wParam, lParam);
    subclassed++;
    if (data == 2) return DefSubclassProc(window, message, 1, 0) + DefSubclassProc(window, message, 2, 0);
    return DefSubclassProc(window, message, wParam, lParam) + (LRESULT)data;
}

static LRESULT CALLBACK Long(HWND window, UINT message, WPARAM wParam, LPARAM lParam)
{
    longs += message == WM_APP;
    return CallWindowProcA(before, window, message, wParam, lParam);
}

static DWORD WINAPI Other(LPVOID window)
{
    DWORD_PTR data = 99;
    printf("other thread: set %d", SetWindowSubclass((HWND)window, Sub, 9, 9));
    printf(" get %d", GetWindowSubclass((HWND)window, Sub, 1, &data));
    printf(" %d", (int)data);
    printf(" remove %d\n", RemoveWindowSubclass((HWND)window, Sub, 1));
    return 0;
}

static VOID CALLBACK Slow(PVOID parameter, BOOLEAN timer)
{
    (void)timer;
    SetEvent(reached);
    WaitForSingleObject(release, 5000);
    ++*(int*)parameter;
}

int main(void)
{
    WNDCLASSA wc;
    SYSTEMTIME time = { 1900, 2, 0, 29, 0, 0, 0, 0 };
    FILETIME file;
    HANDLE thread, queue, timer, opened;
    HWND window;
    int fired = 0;

    memset(&wc, 0, sizeof wc);
    wc.lpfnWndProc = Base;
    wc.hInstance = GetModuleHandleA(NULL);
    wc.lpszClassName = "Beyond";
    RegisterClassA(&wc);
    window = CreateWindowA("Beyond", "", WS_POPUP, 0, 0, 10, 10, NULL, NULL, wc.hInstance, NULL);

    /* Subclassing is for the window's own thread, and passes on as often as it likes. */
    SetWindowSubclass(window, Sub, 1, 100);
    thread = CreateThread(NULL, 0, Other, window, 0, NULL);
    WaitForSingleObject(thread, 5000);
    CloseHandle(thread);
    SetWindowSubclass(window, Sub, 2, 2);
    printf("passed on twice %d\n", (int)SendMessageA(window, WM_APP, 0, 0));
    RemoveWindowSubclass(window, Sub, 2);
    /* A procedure that was set since stays, and what is beneath it goes. */
    before = (WNDPROC)SetWindowLongPtrA(window, GWLP_WNDPROC, (LONG_PTR)Long);
    RemoveWindowSubclass(window, Sub, 1);
    subclassed = longs = 0;
    printf("answer %d", (int)SendMessageA(window, WM_APP, 7, 0));
    printf(" subclassed %d long %d\n", subclassed, longs);
    SetWindowSubclass(window, Sub, 3, 1000);
    printf("answer %d\n", (int)SendMessageA(window, WM_APP, 7, 0));
    DestroyWindow(window);
    printf("dead %d\n", SetWindowSubclass(window, Sub, 1, 1));

    /* A day that the month has not. */
    SetLastError(0);
    printf("29 February 1900 %d", SystemTimeToFileTime(&time, &file));
    printf(" error %u\n", (unsigned)GetLastError());
    time.wYear = 2000;
    printf("29 February 2000 %d\n", SystemTimeToFileTime(&time, &file));

    /* The event of a deleted queue is set when the last function has returned. */
    reached = CreateEventA(NULL, FALSE, FALSE, NULL);
    release = CreateEventA(NULL, TRUE, FALSE, NULL);
    finished = CreateEventA(NULL, TRUE, FALSE, NULL);
    queue = CreateTimerQueue();
    CreateTimerQueueTimer(&timer, queue, Slow, &fired, 0, 0, 0);
    WaitForSingleObject(reached, 5000);
    printf("delete %d", DeleteTimerQueueEx(queue, finished));
    printf(" error %u", (unsigned)GetLastError());
    printf(" finished %d", WaitForSingleObject(finished, 0) == WAIT_OBJECT_0);
    SetEvent(release);
    printf(" %d", WaitForSingleObject(finished, 5000) == WAIT_OBJECT_0);
    printf(" fired %d\n", fired);

    /* A file that is open to be read cannot be cut. */
    opened = CreateFileA("rat-test-beyond", GENERIC_READ, 0, NULL, CREATE_NEW, FILE_FLAG_DELETE_ON_CLOSE, NULL);
    printf("cut %d", SetEndOfFile(opened));
    printf(" error %u", (unsigned)GetLastError());
    CloseHandle(opened);
    printf(" truncate %d", CreateFileA("rat-test-beyond", GENERIC_READ, 0, NULL, TRUNCATE_EXISTING, 0, NULL) !=
                               INVALID_HANDLE_VALUE);
    printf(" error %u\n", (unsigned)GetLastError());
    SetLastError(0);
    printf("atom 0: %d", AddAtomA(NULL));
    printf(" error %u\n", (unsigned)GetLastError());
    return 0;
}
