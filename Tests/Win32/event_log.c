/* An event log of 1998's manner: worker threads report to a window by SendMessage, PostMessage, WM_COPYDATA and a
 * registered message; the window keeps them, answers, and closes when all have said that they are done. */
#include <windows.h>
#include <process.h>
#include <stdio.h>
#include <string.h>

#define WORKERS 3
#define ENTRIES 8
#define WM_ENTRY (WM_APP + 1)
#define WM_NOTE (WM_APP + 2)
#define WM_FINISHED (WM_APP + 3)

typedef struct {
    int severity;
    char text[48];
} Entry;

typedef struct {
    HWND log;
    int number;
    int accepted;
    int refused;
} Worker;

static struct {
    CRITICAL_SECTION lock;
    int bySeverity[4];
    int notes[WORKERS];
    int copies;
    int finished;
    int ticks;
    size_t bytes;
} book;

static UINT askSummary;
static HANDLE started;

static LRESULT AddEntry(const Entry* entry)
{
    LRESULT accepted = entry->severity < 4 && strncmp(entry->text, "worker", 6) == 0;
    if (accepted) {
        EnterCriticalSection(&book.lock);
        book.bySeverity[entry->severity]++;
        book.bytes += strlen(entry->text);
        LeaveCriticalSection(&book.lock);
    }
    return accepted;
}

static LRESULT CALLBACK LogProc(HWND window, UINT message, WPARAM wParam, LPARAM lParam)
{
    switch (message) {
    case WM_CREATE:
        printf("log created as \"%s\"\n", ((LPCREATESTRUCT)lParam)->lpszName);
        SetTimer(window, 1, 10, NULL);
        return 0;
    case WM_ENTRY:
        if (!InSendMessage()) printf("an entry that was not sent\n");
        return AddEntry((const Entry*)lParam);
    case WM_NOTE:
        if ((int)lParam != book.notes[wParam]++) printf("note %d of %d out of order\n", (int)lParam, (int)wParam);
        return 0;
    case WM_COPYDATA: {
        const COPYDATASTRUCT* copy = (const COPYDATASTRUCT*)lParam;
        if (copy->dwData != 42 || copy->cbData != sizeof(Entry)) return FALSE;
        book.copies++;
        return AddEntry((const Entry*)copy->lpData);
    }
    case WM_TIMER:
        if (book.ticks++ == 0) printf("timer %d\n", (int)wParam);
        return 0;
    case WM_FINISHED:
        if (++book.finished == WORKERS) PostMessage(window, WM_CLOSE, 0, 0);
        return 0;
    case WM_CLOSE:
        printf("closing after %d\n", book.finished);
        DestroyWindow(window);
        return 0;
    case WM_DESTROY:
        KillTimer(window, 1);
        PostQuitMessage(book.finished);
        return 0;
    default:
        if (message == askSummary) {
            /* The asker goes on before this is printed. */
            ReplyMessage(book.bySeverity[0] + book.bySeverity[1]);
            return -1;
        }
        return DefWindowProc(window, message, wParam, lParam);
    }
}

static unsigned __stdcall Work(void* parameter)
{
    Worker* worker = (Worker*)parameter;
    int i;
    WaitForSingleObject(started, INFINITE);
    for (i = 0; i < ENTRIES; i++) {
        Entry entry;
        COPYDATASTRUCT copy;
        DWORD_PTR answer = 0;
        entry.severity = i % 5;
        wsprintf(entry.text, "worker %d entry %d", worker->number, i);
        PostMessage(worker->log, WM_NOTE, (WPARAM)worker->number, 2 * i);
        if (SendMessage(worker->log, WM_ENTRY, 0, (LPARAM)&entry)) worker->accepted++;
        else worker->refused++;
        PostMessage(worker->log, WM_NOTE, (WPARAM)worker->number, 2 * i + 1);
        copy.dwData = 42;
        copy.cbData = sizeof entry;
        copy.lpData = &entry;
        entry.severity = 3;
        if (!SendMessageTimeout(worker->log, WM_COPYDATA, 0, (LPARAM)&copy, SMTO_NORMAL, 5000, &answer) || !answer)
            printf("worker %d: copy %d failed\n", worker->number, i);
    }
    if (SendMessage(worker->log, askSummary, 0, 0) < 0) printf("the reply was lost\n");
    PostMessage(worker->log, WM_FINISHED, 0, 0);
    return (unsigned)worker->accepted;
}

int main(void)
{
    WNDCLASS wc;
    Worker workers[WORKERS];
    HANDLE threads[WORKERS];
    DWORD code;
    MSG msg;
    HWND log;
    int i, rest;

    InitializeCriticalSection(&book.lock);
    askSummary = RegisterWindowMessage("EventLog.Summary");
    printf("registered %d again %d\n", askSummary >= 0xC000, RegisterWindowMessage("eventlog.SUMMARY") == askSummary);
    memset(&wc, 0, sizeof wc);
    wc.lpfnWndProc = LogProc;
    wc.hInstance = GetModuleHandle(NULL);
    wc.lpszClassName = "EventLog";
    RegisterClass(&wc);
    log = CreateWindow("EventLog", "The log", WS_OVERLAPPEDWINDOW, 0, 0, 300, 200, NULL, NULL, wc.hInstance, NULL);
    started = CreateEvent(NULL, TRUE, FALSE, NULL);
    for (i = 0; i < WORKERS; i++) {
        memset(&workers[i], 0, sizeof workers[i]);
        workers[i].log = log;
        workers[i].number = i;
        threads[i] = (HANDLE)_beginthreadex(NULL, 0, Work, &workers[i], 0, NULL);
    }
    /* The first timer is there before the workers are. */
    for (;;) {
        rest = (int)MsgWaitForMultipleObjects(1, &started, FALSE, 5000, QS_TIMER);
        if (rest != WAIT_OBJECT_0 + 1) break;
        PeekMessage(&msg, NULL, WM_TIMER, WM_TIMER, PM_REMOVE);
        DispatchMessage(&msg);
        SetEvent(started);
    }
    printf("started %d\n", rest == WAIT_OBJECT_0);
    while (GetMessage(&msg, NULL, 0, 0) > 0) {
        TranslateMessage(&msg);
        DispatchMessage(&msg);
    }
    printf("quit with %d\n", (int)msg.wParam);
    printf("all ended %d\n", WaitForMultipleObjects(WORKERS, threads, TRUE, 5000) == WAIT_OBJECT_0);
    for (i = 0; i < WORKERS; i++) {
        GetExitCodeThread(threads[i], &code);
        printf("worker %d: accepted %d refused %d notes %d code %u\n", i, workers[i].accepted, workers[i].refused,
               book.notes[i], (unsigned)code);
        CloseHandle(threads[i]);
    }
    for (i = 0; i < 4; i++) printf("severity %d: %d\n", i, book.bySeverity[i]);
    printf("copies %d bytes %u window %d\n", book.copies, (unsigned)book.bytes, IsWindow(log) != 0);
    DeleteCriticalSection(&book.lock);
    return 0;
}
