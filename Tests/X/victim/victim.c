/* Lives through all that a program does with a display, again and again, until the display is lost: two threads
 * connect, make windows, paint, get input and destroy. Each then says where that reached it, and ends by its own
 * decision; the status is 3. A second process plays the input.
 *
 * usage, with DISPLAY set: victim
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <rat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>
#include <signal.h>
#include <xcb/xtest.h>

enum { STATUS_LOST = 3, SIDE = 120, MOST_WINDOWS = 6, MOST_PAINTS = 3, MOST_INPUT = 60 };

/* What a thread is doing. */
typedef struct {
    const char* stage;
    int number;
    int painted, input;
    bool isLost, isGone;
} Life;

static _Thread_local Life life;

static RatResult victimProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    switch (message) {
    case RAT_WM_PAINT: {
        RatPaint paint;
        if (RatBeginPaint(window, &paint) == RAT_IPC_OK) {
            for (int32_t y = 0; y < paint.height; y++)
                for (int32_t x = 0; x < paint.width; x++)
                    paint.pixels[(size_t)y * (paint.stride / 4) + (size_t)x] = 0xFF000000u | (uint32_t)life.painted;
            RatEndPaint(window, &paint);
        }
        life.painted++;
        return 0;
    }
    case RAT_WM_MOUSEMOVE:
    case RAT_WM_LBUTTONDOWN:
    case RAT_WM_LBUTTONUP:
    case RAT_WM_KEYDOWN:
    case RAT_WM_CHAR:
        life.input++;
        RatInvalidateRect(window, NULL, false);
        return 0;
    case RAT_WM_DISPLAYLOST:
        life.isLost = true;
        RatDestroyWindow(window);
        return 0;
    case RAT_WM_NCDESTROY: life.isGone = true; break;
    }
    return RatDefWindowProc(window, message, wparam, lparam);
}

/* Whether the thread may go on. Whatever else than a lost display stops it is a failure. */
static bool check(const char* what, RatStatus status)
{
    if (status == RAT_IPC_OK && !life.isLost) return true;
    if (status == RAT_IPC_OK || status == RAT_IPC_ERR_NOT_CONNECTED) {
        life.isLost = true;
        return false;
    }
    fprintf(stderr, "%s: %s\n", what, RatStatusName(status));
    exit(1);
}

static bool step(RatMessageQueue queue)
{
    RatMessage msg;
    if (!check("get", RatGetMessage(queue, &msg, -1))) return false;
    RatTranslateMessage(&msg);
    RatDispatchMessage(&msg);
    return check("dispatch", RAT_IPC_OK);
}

/* What there is, without waiting for more. */
static bool drain(RatMessageQueue queue)
{
    RatMessage msg;
    RatStatus status;
    while ((status = RatGetMessage(queue, &msg, 0)) == RAT_IPC_OK) RatDispatchMessage(&msg);
    return check("drain", status == RAT_IPC_ERR_TIMEOUT ? RAT_IPC_OK : status);
}

/* Some windows from their making to their end. */
static bool live(RatMessageQueue queue)
{
    RatWindow windows[MOST_WINDOWS];
    life.stage = "creation";
    life.painted = life.input = 0;
    for (int i = 0; i < MOST_WINDOWS; i++)
        if (!check("create", RatCreateWindow(0, "Victim", "Victim", RAT_WS_POPUP | RAT_WS_VISIBLE,
                                             life.number * 2 * SIDE, 0, SIDE, SIDE, 0, NULL, &windows[i])))
            return false;
    life.stage = "painting";
    for (int i = 1; i <= MOST_PAINTS; i++) {
        RatInvalidateRect(windows[0], NULL, true);
        if (!check("paint", RatUpdateWindow(windows[0])) ||
            !check("move", RatMoveWindow(windows[0], life.number * 2 * SIDE, 0, SIDE + i, SIDE)))
            return false;
    }
    life.stage = "input";
    while (life.input < MOST_INPUT)
        if (!step(queue)) return false;
    life.stage = "destroying";
    for (int i = 0; i < MOST_WINDOWS; i++) {
        life.isGone = false;
        RatStatus status = RatDestroyWindow(windows[i]);
        if (!check("destroy", status)) return false;
        /* With the display or without, it is gone. */
        if (!life.isGone) return fprintf(stderr, "a window stayed\n"), exit(1), false;
        if (!drain(queue)) return false;
    }
    return true;
}

static void* liveOn(void* number)
{
    RatMessageQueue queue;
    life = (Life){.stage = "start", .number = (int)(intptr_t)number};
    if (RatGetThreadMessageQueue(&queue) != RAT_IPC_OK) exit(1);
    if (check("attach", RatAttachDisplay("x11")))
        while (live(queue)) continue;
    printf("lost at %s\n", life.stage);
    return NULL;
}

/* Moves, clicks and types as long as there is a server. */
static void play(void)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    xcb_connection_t* connection = xcb_connect(NULL, NULL);
    for (unsigned i = 0; xcb_connection_has_error(connection) == 0; i++) {
        const int16_t x = (int16_t)(i % 2 * 2 * SIDE + i % 97);
        xcb_test_fake_input(connection, XCB_MOTION_NOTIFY, 0, 0, XCB_NONE, x, (int16_t)(i % 89), 0);
        xcb_test_fake_input(connection, i % 4 < 2 ? XCB_BUTTON_PRESS : XCB_BUTTON_RELEASE, 1, 0, XCB_NONE, 0,
                            0, 0);
        xcb_test_fake_input(connection, i % 2 ? XCB_KEY_PRESS : XCB_KEY_RELEASE, 38, 0, XCB_NONE, 0, 0, 0);
        free(xcb_get_input_focus_reply(connection, xcb_get_input_focus(connection), NULL));
    }
    _exit(0);
}

int main(void)
{
    RatWindowClass victim = {.size = sizeof victim, .proc = victimProc, .name = "Victim"};
    pthread_t threads[2];
    const pid_t person = fork();
    if (person == 0) play();
    if (person < 0 || RatRegisterClass(&victim, NULL) != RAT_IPC_OK) return 1;
    for (int i = 0; i < 2; i++)
        if (pthread_create(&threads[i], NULL, liveOn, (void*)(intptr_t)i) != 0) return 1;
    for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
    return STATUS_LOST;
}
