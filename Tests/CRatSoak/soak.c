/* Without the trait there may be no X library, and nothing here to compile. */
#ifdef RAT_X11
#define _GNU_SOURCE
#include "CRatSoak.h"

#include <pthread.h>
#include <rat.h>
#include <sched.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <xcb/xcb.h>
#include <xcb/xtest.h>

enum {
    THREADS = 8,
    COLUMNS = 4,
    CELL_WIDTH = 200,
    CELL_HEIGHT = 300,
    MOST_GUESTS = 4,
    KEY_A = 38,
    SETTLING = 1000, /* retrievals: many times as many as go by between two looks at the display */
    PATIENCE_SECONDS = 120, /* that only a failure waits for */
    PATIENCE_MS = PATIENCE_SECONDS * 1000,
};

/* Numbers of messages: an order to do something, which the person posts, and what threads tell each other. */
enum { STIR = RAT_WM_APP, SEIZE, SETTLE, TOLD, ASKED };

typedef struct {
    int number;
    _Atomic RatWindow window;
    _Atomic uint32_t native;
    /* Of the window that stays. */
    atomic_int presses, releases, keysDown, keysUp, hasFocus, gains, losses, paints;
    atomic_int stirred, seized, settled, tells, asks;
    /* What it has posted to the next one, and sent. */
    atomic_int posted, sent;

    /* Its own thread's. */
    RatWindow guests[MOST_GUESTS];
    uint32_t random;
    int lastTold, depth;
} Actor;

static Actor actors[THREADS];
static _Thread_local Actor* self;
static atomic_int ready;
static xcb_connection_t* person;

/* -- What went wrong ----------------------------------------------------------------------------- */

static pthread_mutex_t reportLock = PTHREAD_MUTEX_INITIALIZER;
static char report[4096];
static atomic_bool hasFailed;

static void fail(const char* format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    pthread_mutex_lock(&reportLock);
    const size_t length = strlen(report);
    vsnprintf(report + length, sizeof report - length, format, arguments);
    strncat(report, "\n", sizeof report - strlen(report) - 1);
    pthread_mutex_unlock(&reportLock);
    va_end(arguments);
    hasFailed = true;
}

const char* soakReport(void) { return report; }

static void expect(const char* what, int number, int actual, int expected)
{
    if (actual != expected) fail("%s of %d: %d, not %d", what, number, actual, expected);
}

static void expectOK(const char* what, RatStatus status)
{
    if (status != RAT_IPC_OK) fail("%s: %s", what, RatStatusName(status));
}

static time_t seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec;
}

/* -- The threads --------------------------------------------------------------------------------- */

static uint32_t chance(uint32_t count)
{
    self->random ^= self->random << 13;
    self->random ^= self->random >> 17;
    self->random ^= self->random << 5;
    return self->random % count;
}

static Actor* next(void) { return &actors[(self->number + 1) % THREADS]; }

static RatMessage plain(uint32_t number, uintptr_t wparam)
{
    RatMessage message;
    memset(&message, 0, sizeof message);
    message.header.message = number;
    message.header.wparam = wparam;
    return message;
}

/* The cell's upper part is the window's that stays; guests come and go in the lower one. */
static int cellLeft(int number) { return number % COLUMNS * CELL_WIDTH; }
static int cellTop(int number) { return number / COLUMNS * CELL_HEIGHT; }

static void replaceGuest(void)
{
    RatWindow* place = &self->guests[chance(MOST_GUESTS)];
    if (*place != RAT_INVALID_HANDLE) {
        expectOK("the end of a guest", RatDestroyWindow(*place));
        *place = RAT_INVALID_HANDLE;
        return;
    }
    expectOK("a guest", RatCreateWindow(0, "Soak", "guest", RAT_WS_POPUP,
                                        cellLeft(self->number) + (int)chance(60),
                                        cellTop(self->number) + 150 + (int)chance(40), 90, 80,
                                        chance(2) ? self->window : RAT_INVALID_HANDLE, NULL, place));
    expectOK("its showing", RatShowWindow(*place, RAT_SW_SHOWNOACTIVATE));
}

static void tellNext(void)
{
    RatMessage message = plain(TOLD, (uintptr_t)self->posted + 1);
    expectOK("a post", RatPostMessage(next()->window, &message));
    self->posted++;
}

static void askNext(void)
{
    const uintptr_t number = (uintptr_t)self->sent + 1;
    RatMessage message = plain(ASKED, number), answer;
    self->sent++;
    const RatStatus status = RatSendMessage(next()->window, &message, &answer, PATIENCE_MS);
    expectOK("a send", status);
    if (status == RAT_IPC_OK && answer.header.lparam != (intptr_t)number * 3)
        fail("a send of %d has another's answer", self->number);
}

/* One thing of all that a thread does. */
static void stir(void)
{
    switch (chance(6)) {
    case 0:
    case 1: replaceGuest(); break;
    case 2: tellNext(); break;
    /* Who is asked meanwhile answers out of this; a chain of them all would be as deep as there are threads. */
    case 3:
        if (self->depth == 0) {
            self->depth++;
            askNext();
            self->depth--;
        }
        break;
    case 4: expectOK("a mark", RatInvalidateRect(self->window, NULL, true)); break;
    case 5: {
        RatWindow guest = self->guests[chance(MOST_GUESTS)];
        if (guest == RAT_INVALID_HANDLE) break;
        expectOK("a move", RatMoveWindow(guest, cellLeft(self->number) + (int)chance(60),
                                         cellTop(self->number) + 150, 60 + (int)chance(60), 70));
        break;
    }
    }
}

static void paint(RatWindow window)
{
    RatPaint paint;
    const RatStatus status = RatBeginPaint(window, &paint);
    expectOK("a paint", status);
    if (status != RAT_IPC_OK) return;
    for (int32_t y = paint.rect.top; y < paint.rect.bottom; y++)
        for (int32_t x = paint.rect.left; x < paint.rect.right; x++)
            paint.pixels[(size_t)y * (paint.stride / 4) + (size_t)x] = 0xFF000000u | (uint32_t)(x * y);
    expectOK("its end", RatEndPaint(window, &paint));
}

static RatResult soakProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    if (message == RAT_WM_PAINT) {
        paint(window);
        if (window == self->window) self->paints++;
        return 0;
    }
    if (window != self->window) return RatDefWindowProc(window, message, wparam, lparam);
    switch (message) {
    case RAT_WM_LBUTTONDOWN: self->presses++; break;
    case RAT_WM_LBUTTONUP: self->releases++; break;
    case RAT_WM_KEYDOWN: self->keysDown++; break;
    case RAT_WM_KEYUP: self->keysUp++; break;
    case RAT_WM_SETFOCUS:
        if (self->hasFocus++ != 0) fail("%d gets the focus twice", self->number);
        self->gains++;
        break;
    case RAT_WM_KILLFOCUS:
        if (self->hasFocus-- != 1) fail("%d loses a focus that it does not have", self->number);
        self->losses++;
        break;
    case STIR:
        stir();
        self->stirred++;
        return 0;
    case SEIZE:
        /* Refused where another thread was faster. */
        RatSetForegroundWindow(window);
        self->seized++;
        return 0;
    case SETTLE: {
        /* However much is posted, the display is read now and then; and what it is asked for goes out by that. */
        RatMessage again = plain(SETTLE, wparam + 1);
        if (wparam < SETTLING) expectOK("a post to itself", RatPostMessage(window, &again));
        else self->settled++;
        return 0;
    }
    case TOLD:
        if ((int)wparam != ++self->lastTold) fail("%d is told %d", self->number, (int)wparam);
        self->tells++;
        return 0;
    case ASKED: self->asks++; return (RatResult)wparam * 3;
    }
    return RatDefWindowProc(window, message, wparam, lparam);
}

static void* act(void* actor)
{
    self = actor;
    RatWindow window = RAT_INVALID_HANDLE;
    RatNativeWindow native = {.size = sizeof native};
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    expectOK("a queue", RatGetThreadMessageQueue(&queue));
    expectOK("a window", RatCreateWindow(0, "Soak", "stays", RAT_WS_POPUP, cellLeft(self->number) + 10,
                                         cellTop(self->number) + 10, 160, 120, RAT_INVALID_HANDLE, NULL, &window));
    self->window = window;
    expectOK("its showing", RatShowWindow(window, RAT_SW_SHOWNOACTIVATE));
    expectOK("its number", RatGetNativeWindow(window, &native));
    self->native = native.window;
    ready++;
    RatMessage message;
    RatStatus status;
    while ((status = RatGetMessage(queue, &message, -1)) == RAT_IPC_OK) {
        RatTranslateMessage(&message);
        RatDispatchMessage(&message);
    }
    if (status != RAT_IPC_QUIT) fail("%d ends with %s", self->number, RatStatusName(status));
    for (int i = 0; i < MOST_GUESTS; i++)
        if (self->guests[i] != RAT_INVALID_HANDLE) expectOK("a last guest", RatDestroyWindow(self->guests[i]));
    expectOK("the end", RatDestroyWindow(window));
    return NULL;
}

/* -- The person ---------------------------------------------------------------------------------- */

static void play(uint8_t type, uint8_t detail, int x, int y)
{
    xcb_test_fake_input(person, type, detail, 0, XCB_NONE, (int16_t)x, (int16_t)y, 0);
}

static xcb_window_t arrive(void)
{
    xcb_get_input_focus_reply_t* reply = xcb_get_input_focus_reply(person, xcb_get_input_focus(person), NULL);
    const xcb_window_t focus = reply != NULL ? reply->focus : XCB_NONE;
    free(reply);
    return focus;
}

static void click(const Actor* actor)
{
    play(XCB_MOTION_NOTIFY, 0, cellLeft(actor->number) + 60, cellTop(actor->number) + 60);
    play(XCB_BUTTON_PRESS, 1, 0, 0);
    play(XCB_BUTTON_RELEASE, 1, 0, 0);
}

static void type(int count)
{
    while (count-- > 0) {
        play(XCB_KEY_PRESS, KEY_A, 0, 0);
        play(XCB_KEY_RELEASE, KEY_A, 0, 0);
    }
}

static void order(Actor* actor, uint32_t what)
{
    RatMessage message = plain(what, 0);
    expectOK("an order", RatPostMessage(actor->window, &message));
}

/* Whether the server and all windows say that the keyboard is there. */
static bool hasKeyboard(const Actor* actor)
{
    if (arrive() != actor->native) return false;
    for (int i = 0; i < THREADS; i++)
        if (actors[i].hasFocus != (&actors[i] == actor)) return false;
    return true;
}

static int countHolders(void)
{
    int count = 0;
    for (int i = 0; i < THREADS; i++) count += hasKeyboard(&actors[i]);
    return count;
}

/* Gives way until it holds. */
#define UNTIL(condition, ...)                                                                                \
    for (const time_t untilEnd = seconds() + PATIENCE_SECONDS; !(condition) && !hasFailed; sched_yield())      \
        if (seconds() > untilEnd) fail(__VA_ARGS__)

/* What each was pressed, and how often it got an order. */
static int clicked[THREADS], stirs[THREADS], seizes[THREADS];

/* While all do their things, one is clicked and typed into. */
static void useOne(int which)
{
    Actor* actor = &actors[which];
    for (int i = 0; i < THREADS; i++)
        for (int j = 0; j < 3; j++) {
            order(&actors[i], STIR);
            stirs[i]++;
        }
    /* Over guests, which may end below it. */
    for (int i = 0; i < 20; i++)
        play(XCB_MOTION_NOTIFY, 0, cellLeft(i % THREADS) + 20 + i, cellTop(i % THREADS) + 160 + i);
    click(actor);
    clicked[which]++;
    UNTIL(hasKeyboard(actor), "%d was clicked and has no keyboard", which);
    const int downs = actor->keysDown, ups = actor->keysUp;
    type(5);
    arrive();
    UNTIL(actor->keysUp >= ups + 5, "%d misses keys", which);
    expect("presses of keys", which, actor->keysDown - downs, 5);
    expect("releases of keys", which, actor->keysUp - ups, 5);
}

/* All want the keyboard at once, while the person clicks and types on; in the end the person has the last word. */
static void useAll(int which)
{
    for (int i = 0; i < THREADS; i++) {
        order(&actors[i], SEIZE);
        seizes[i]++;
        click(&actors[(which + i) % THREADS]);
        clicked[(which + i) % THREADS]++;
        type(1);
    }
    arrive();
    for (int i = 0; i < THREADS; i++) {
        UNTIL(actors[i].seized == seizes[i], "%d does not take its order", i);
        UNTIL(actors[i].releases == clicked[i], "%d misses a click", i);
    }
}

/* Returns when no thread has anything left that it wants of the display, and all agree on where the keyboard is. */
static void settleAll(void)
{
    static int settled;
    for (int turn = 0; turn < 3; turn++) {
        settled++;
        for (int i = 0; i < THREADS; i++) order(&actors[i], SETTLE);
        for (int i = 0; i < THREADS; i++) UNTIL(actors[i].settled == settled, "%d does not settle", i);
    }
    UNTIL(countHolders() == 1, "%d windows have the keyboard", countHolders());
}

static void check(void)
{
    for (int i = 0; i < THREADS; i++) {
        UNTIL(actors[i].stirred == stirs[i], "%d did %d of %d", i, actors[i].stirred, stirs[i]);
        UNTIL(actors[i].releases == clicked[i], "%d misses a click", i);
    }
    for (int i = 0; i < THREADS; i++) {
        const Actor* actor = &actors[i];
        const Actor* before = &actors[(i + THREADS - 1) % THREADS];
        UNTIL(actor->tells == before->posted, "%d was told %d of %d", i, actor->tells, before->posted);
        expect("asks", i, actor->asks, before->sent);
        expect("presses", i, actor->presses, clicked[i]);
        expect("releases", i, actor->releases, clicked[i]);
        expect("gains without a loss", i, actor->gains - actor->losses, actor->hasFocus);
        if (actor->paints == 0) fail("%d has never painted", i);
    }
}

bool runSoak(int rounds)
{
    pthread_t threads[THREADS];
    RatWindowClass class = {.size = sizeof class, .name = "Soak", .proc = soakProc, .background = 0xFF808080};
    expectOK("the class", RatRegisterClass(&class, NULL));
    person = xcb_connect(NULL, NULL);
    if (xcb_connection_has_error(person) != 0) fail("there is no server");
    for (int i = 0; i < THREADS && !hasFailed; i++) {
        actors[i].number = i;
        actors[i].random = 77 + (uint32_t)i;
        pthread_create(&threads[i], NULL, act, &actors[i]);
        UNTIL(ready > i, "%d does not start", i);
    }
    for (int i = 0; i < rounds && !hasFailed; i++) {
        useOne(i * 5 % THREADS);
        if (i % 8 == 7) {
            useAll(i % THREADS);
            settleAll();
        }
    }
    if (!hasFailed) check();
    /* Whoever hangs is left to the end of the process. */
    if (hasFailed) return false;
    for (int i = 0; i < THREADS; i++) order(&actors[i], RAT_WM_QUIT);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    xcb_disconnect(person);
    return !hasFailed;
}
#endif
