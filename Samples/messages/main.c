/* Shows every message that its window gets, live: keys, characters, mouse, wheel, timer, size,
 * focus, and messages with a text that a worker thread posts.
 *
 *     cc *.c $(pkg-config --cflags --libs rat cairo) -o messages && ./messages [--trace FILE]
 *
 * --trace writes each message to a file as well: name, wparam, lparam, and what they mean.
 * Escape or the close button ends it. If the display is lost it says so, and ends with status 3.
 */
#include "journal.h"
#include "view.h"

#include <pthread.h>
#include <rat.h>
#include <stdio.h>
#include <string.h>

enum { TICK = 1, TICK_MS = 500, WORKER_MS = 1000, EXIT_DISPLAY_LOST = 3 };

static Journal journal;
static int exitCode;

static void paint(RatWindow window)
{
    RatPaint area;
    if (RatBeginPaint(window, &area) != RAT_IPC_OK) return;
    viewDraw(&journal, &area);
    RatEndPaint(window, &area);
}

static RatResult messagesProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    /* The list grew: ask for a paint, which comes when nothing more urgent is left to do. However
     * many messages ask, it comes once. */
    if (journalAdd(&journal, message, wparam, lparam)) RatInvalidateRect(window, NULL, false);

    switch (message) {
    case RAT_WM_CREATE:
        RatSetTimer(window, TICK, TICK_MS, NULL, NULL);
        return 0;
    case RAT_WM_PAINT:
        paint(window);
        return 0;
    case RAT_WM_ERASEBKGND:
        return 1; /* every paint fills everything that it is asked for */
    case RAT_WM_KEYDOWN:
        if (wparam == RAT_VK_ESCAPE) RatDestroyWindow(window);
        return 0;
    case RAT_WM_DISPLAYLOST:
        fprintf(stderr, "display lost: %s\n", RatStatusName((RatStatus)wparam));
        exitCode = EXIT_DISPLAY_LOST;
        RatDestroyWindow(window);
        return 0;
    case RAT_WM_DESTROY:
        RatPostQuitMessage(exitCode);
        return 0;
    }
    return RatDefWindowProc(window, message, wparam, lparam);
}

/* What the worker needs to know. */
typedef struct {
    RatWindow window;
    RatEvent stop;
} Work;

/* Posts a text to the window once in a while, on a thread of its own, until it is told to stop. */
static void* work(void* context)
{
    const Work* job = context;
    for (int number = 1; RatWaitForObject(job->stop, WORKER_MS) == RAT_WAIT_TIMEOUT; number++) {
        char text[64];
        int length = snprintf(text, sizeof text, "Greeting %d of the worker thread", number);
        RatMessage msg = {
            .header = {.message = RAT_WM_APP,
                       .wparam = (uintptr_t)number,
                       .size = (uint32_t)length},
            .payload = text, /* copied: the next round may write over it */
        };
        if (RatPostMessage(job->window, &msg) == RAT_IPC_ERR_INVALID_HANDLE) break;
    }
    return NULL;
}

static int failed(const char* what, RatStatus status)
{
    fprintf(stderr, "messages: %s: %s: %s\n", what, RatStatusName(status),
            RatStatusMessage(status));
    return 1;
}

/* Retrieves and dispatches until the quit message; gives its exit code. */
static int run(void)
{
    RatMessageQueue queue;
    RatMessage msg;
    RatStatus status = RatGetThreadMessageQueue(&queue);
    if (status != RAT_IPC_OK) return failed("no queue", status);
    while ((status = RatGetMessage(queue, &msg, -1)) == RAT_IPC_OK) {
        RatTranslateMessage(&msg); /* makes characters of keys */
        RatDispatchMessage(&msg);
    }
    return status == RAT_IPC_QUIT ? (int)msg.header.wparam : failed("no message", status);
}

int main(int argc, char** argv)
{
    FILE* trace = NULL;
    if (argc == 3 && strcmp(argv[1], "--trace") == 0) {
        trace = fopen(argv[2], "w");
        if (!trace) {
            perror(argv[2]);
            return 1;
        }
    } else if (argc != 1) {
        fprintf(stderr, "usage: messages [--trace FILE]\n");
        return 2;
    }
    journalOpen(&journal, trace);

    RatWindowClass windowClass = {
        .size = sizeof windowClass,
        .style = RAT_CS_HREDRAW | RAT_CS_VREDRAW | RAT_CS_DBLCLKS,
        .proc = messagesProc,
        .name = "Messages",
        .background = 0xFF1E222A, /* what is new has it until it is painted */
    };
    RatStatus status = RatRegisterClass(&windowClass, NULL);
    if (status != RAT_IPC_OK) return failed("no class", status);

    Work job = {RAT_INVALID_HANDLE, RAT_INVALID_HANDLE};
    const uint32_t style = RAT_WS_OVERLAPPEDWINDOW | RAT_WS_VISIBLE;
    status = RatCreateWindow(0, "Messages", "Rat messages", style, RAT_CW_USEDEFAULT, 0, 900, 620,
                             RAT_INVALID_HANDLE, NULL, &job.window);
    if (status != RAT_IPC_OK) return failed("no window", status);
    status = RatCreateEvent(true, false, &job.stop);
    if (status != RAT_IPC_OK) return failed("no event", status);

    pthread_t worker;
    if (pthread_create(&worker, NULL, work, &job) != 0) {
        fprintf(stderr, "messages: no thread\n");
        return 1;
    }
    int code = run();
    RatSetEvent(job.stop);
    pthread_join(worker, NULL);
    RatCloseEvent(job.stop);
    if (trace) fclose(trace);
    return code;
}
