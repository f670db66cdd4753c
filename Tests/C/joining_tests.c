#define _GNU_SOURCE
/* Threads that take the foreground from each other, and threads whose input is joined, seen from C. The
 * sequences are recorded from Wine, but for the order of RAT_WM_ACTIVATEAPP among windows: the active one lies on top
 * here, as in Windows. */
#include "support.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Two threads' windows: main's are a and b, the other's x and y; c is in a, z in x. */
enum { A, B, C, X, Y, Z, WINDOWS };
static RatWindow windows[WINDOWS];
static const char* const names[WINDOWS] = {"a", "b", "c", "x", "y", "z"};
static pid_t mainThread, otherThread;
static RatMessageQueue mainQueue, otherQueue;

/* What the windows were told, a line each. */
static char told[64][48];
static size_t toldCount;
static pthread_mutex_t toldLock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t toldMore = PTHREAD_COND_INITIALIZER;

static const char* name(RatWindow window)
{
    for (int i = 0; i < WINDOWS; i++)
        if (windows[i] == window && window != RAT_INVALID_HANDLE) return names[i];
    return window == RAT_INVALID_HANDLE ? "-" : "?";
}

static const char* threadName(intptr_t id)
{
    return id == 0 ? "-" : id == mainThread ? "main" : id == otherThread ? "other" : "?";
}

static void tell(const char* format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    pthread_mutex_lock(&toldLock);
    if (toldCount < sizeof told / sizeof *told)
        vsnprintf(told[toldCount++], sizeof *told, format, arguments);
    pthread_cond_broadcast(&toldMore);
    pthread_mutex_unlock(&toldLock);
    va_end(arguments);
}

/* Waits until the other thread's windows were told that. */
static void untilTold(const char* line)
{
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec += 10;
    pthread_mutex_lock(&toldLock);
    for (size_t at = 0; at == toldCount || strcmp(told[at], line) != 0;) {
        if (at < toldCount)
            at++;
        else
            REQUIRE(pthread_cond_timedwait(&toldMore, &toldLock, &deadline) == 0);
    }
    pthread_mutex_unlock(&toldLock);
}

typedef void (*Action)(void);

static RatResult joinedProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    const char* own = name(window);
    switch (message) {
    case RAT_WM_APP:
        ((Action)wparam)();
        return 0;
    case RAT_WM_ACTIVATEAPP:
        tell("%s ACTIVATEAPP %d %s", own, (int)wparam, threadName(lparam));
        break;
    case RAT_WM_NCACTIVATE:
        tell("%s NCACTIVATE %d %s", own, (int)wparam, name((RatWindow)lparam));
        break;
    case RAT_WM_ACTIVATE:
        tell("%s ACTIVATE %d %s", own, (int)wparam, name((RatWindow)lparam));
        break;
    case RAT_WM_SETFOCUS: tell("%s SETFOCUS %s", own, name(wparam)); break;
    case RAT_WM_KILLFOCUS: tell("%s KILLFOCUS %s", own, name(wparam)); break;
    case RAT_WM_KEYDOWN: tell("%s KEYDOWN", own); break;
    case RAT_WM_CAPTURECHANGED: tell("%s CAPTURECHANGED %s", own, name((RatWindow)lparam)); break;
    default: break;
    }
    return RatDefWindowProc(window, message, wparam, lparam);
}

/* Whether that is all that was told since the last such question; says what was, if not. */
static bool wasTold(const char* first, ...)
{
    va_list arguments;
    va_start(arguments, first);
    pthread_mutex_lock(&toldLock);
    bool isSame = true;
    size_t at = 0;
    for (const char* line = first; line != NULL; line = va_arg(arguments, const char*))
        isSame = at < toldCount && strcmp(told[at++], line) == 0 && isSame;
    isSame = isSame && at == toldCount;
    if (!isSame)
        for (size_t i = 0; i < toldCount; i++) fprintf(stderr, "told: %s\n", told[i]);
    toldCount = 0;
    pthread_mutex_unlock(&toldLock);
    va_end(arguments);
    return isSame;
}

static void create(int which, uint32_t style, RatWindow parent)
{
    REQUIRE_OK(RatCreateWindow(0, "Joined", "", style, which < X ? 0 : 300, 100 * (which % X), 90, 90,
                               parent, NULL, &windows[which]));
}

/* ---- The other thread: retrieves and dispatches until it is told to end. */

static RatWindow door;
static RatEvent ready;

static intptr_t other(void* context)
{
    (void)context;
    otherThread = gettid();
    REQUIRE_OK(RatGetThreadMessageQueue(&otherQueue));
    REQUIRE_OK(RatCreateWindow(0, "Joined", "", 0, 0, 0, 0, 0, RAT_HWND_MESSAGE, NULL, &door));
    REQUIRE_OK(RatSetEvent(ready));
    RatMessage msg;
    while (RatGetMessage(otherQueue, &msg, -1) == RAT_IPC_OK) RatDispatchMessage(&msg);
    return 0;
}

static Thread otherOne;

/* Has the other thread do something, and waits for it; sent messages are served meanwhile. */
static void onOther(Action action)
{
    RatMessage call = plain(RAT_WM_APP);
    call.header.wparam = (uintptr_t)action;
    REQUIRE_OK(RatSendMessage(door, &call, NULL, 10000));
}

static void drainHere(void)
{
    RatMessageQueue queue = threadQueue();
    RatMessage msg;
    while (RatGetMessage(queue, &msg, 0) == RAT_IPC_OK) RatDispatchMessage(&msg);
}

static void endOther(void)
{
    RatPostQuitMessage(0);
}

static void startBoth(void)
{
    RatWindowClass joined = {.size = sizeof joined, .proc = joinedProc, .name = "Joined"};
    REQUIRE_OK(RatRegisterClass(&joined, NULL));
    mainThread = gettid();
    mainQueue = threadQueue();
    REQUIRE_OK(RatCreateEvent(true, false, &ready));
    create(A, RAT_WS_POPUP | RAT_WS_VISIBLE, RAT_INVALID_HANDLE);
    create(C, RAT_WS_CHILD | RAT_WS_VISIBLE, windows[A]);
    create(B, RAT_WS_POPUP | RAT_WS_VISIBLE, RAT_INVALID_HANDLE);
    drainHere();
    start(&otherOne, other, NULL);
    REQUIRE(RatWaitForObject(ready, 10000) == RAT_WAIT_OK);
    toldCount = 0;
}

static void endBoth(void)
{
    onOther(endOther);
    join(&otherOne);
}

static RatWindow focusOf(void)
{
    RatWindow window = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatGetFocus(&window));
    return window;
}

static RatWindow activeOf(void)
{
    RatWindow window = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatGetActiveWindow(&window));
    return window;
}

static RatWindow captureOf(void)
{
    RatWindow window = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatGetCapture(&window));
    return window;
}

static RatWindow foreground(void)
{
    RatWindow window = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatGetForegroundWindow(&window));
    return window;
}

/* The other thread's answers to the same. */
static struct {
    RatWindow focus, active, capture;
    int16_t key;
} seen;

static void look(void)
{
    seen.focus = focusOf();
    seen.active = activeOf();
    seen.capture = captureOf();
    seen.key = RatGetKeyState('K');
}

static void showX(void)
{
    create(X, RAT_WS_POPUP | RAT_WS_VISIBLE, RAT_INVALID_HANDLE);
    create(Z, RAT_WS_CHILD | RAT_WS_VISIBLE, windows[X]);
}

static void createY(void)
{
    create(Y, RAT_WS_POPUP, RAT_INVALID_HANDLE);
}

/* ---- The foreground */

TEST(aWindowThatIsShownTakesTheForegroundFromAnotherThreadsAsInWine)
{
    startBoth();
    onOther(showX);
    CHECK(wasTold("? ACTIVATEAPP 1 -", "? NCACTIVATE 1 -", "? ACTIVATE 1 -", "? SETFOCUS -", NULL));
    CHECK_EQ(foreground(), windows[X]);
    CHECK_EQ(activeOf(), windows[B]);
    drainHere();
    CHECK(wasTold("b NCACTIVATE 0 -", "b ACTIVATE 0 -", "b ACTIVATEAPP 0 -", "a ACTIVATEAPP 0 -",
                  "b KILLFOCUS -", NULL));
    CHECK_EQ(activeOf(), RAT_INVALID_HANDLE);
    endBoth();
}

TEST(anotherThreadsWindowIsMadeTheForegroundOneWhenThatThreadRetrievesAsInWine)
{
    startBoth();
    onOther(showX);
    drainHere();
    REQUIRE_OK(RatSetForegroundWindow(windows[A]));
    untilTold("x KILLFOCUS -");
    CHECK_EQ(foreground(), windows[A]);
    toldCount = 0;
    REQUIRE_OK(RatSetForegroundWindow(windows[X]));
    CHECK_EQ(activeOf(), RAT_INVALID_HANDLE);
    untilTold("x SETFOCUS -");
    CHECK(wasTold("a NCACTIVATE 0 -", "a ACTIVATE 0 -", "a ACTIVATEAPP 0 -", "b ACTIVATEAPP 0 -",
                  "a KILLFOCUS -", "x ACTIVATEAPP 1 -", "x NCACTIVATE 1 -", "x ACTIVATE 1 -",
                  "x SETFOCUS -", NULL));
    CHECK_EQ(foreground(), windows[X]);
    endBoth();
}

static void activateY(void)
{
    RatWindow previous = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatSetActiveWindow(windows[Y], &previous));
    CHECK_EQ(previous, RAT_INVALID_HANDLE);
}

TEST(aThreadInTheBackgroundHasAnActiveWindowThatLooksInactiveAsInWine)
{
    startBoth();
    onOther(createY);
    onOther(activateY);
    CHECK(wasTold("y ACTIVATEAPP 1 -", "y NCACTIVATE 0 -", "y ACTIVATE 1 -", "y SETFOCUS -", NULL));
    CHECK_EQ(foreground(), windows[B]);
    drainHere();
    CHECK_EQ(activeOf(), windows[B]);
    CHECK(wasTold(NULL, NULL));
    endBoth();
}

static void hideX(void)
{
    RatShowWindow(windows[X], RAT_SW_HIDE);
}

TEST(hidingTheForegroundWindowActivatesTheNextOneOfAnyThreadAsInWine)
{
    startBoth();
    onOther(showX);
    drainHere();
    toldCount = 0;
    onOther(hideX);
    CHECK(wasTold("x NCACTIVATE 0 -", "x ACTIVATE 0 -", "x ACTIVATEAPP 0 -", "x KILLFOCUS -", NULL));
    drainHere();
    CHECK(wasTold("b ACTIVATEAPP 1 -", "a ACTIVATEAPP 1 -", "b NCACTIVATE 1 -", "b ACTIVATE 1 -",
                  "b SETFOCUS -", NULL));
    CHECK_EQ(foreground(), windows[B]);
    endBoth();
}

/* ---- Joined threads */

static void startJoined(void)
{
    startBoth();
    onOther(showX);
    drainHere();
    REQUIRE_OK(RatSetForegroundWindow(windows[A]));
    untilTold("x KILLFOCUS -");
    drainHere();
    REQUIRE_OK(RatAttachThreadInput(otherQueue, mainQueue, true));
    toldCount = 0;
}

TEST(whoJoinsSeesTheActiveWindowAndTheFocusOfTheOthersAndNobodyIsTold)
{
    startJoined();
    onOther(look);
    CHECK_EQ(seen.focus, windows[A]);
    CHECK_EQ(seen.active, windows[A]);
    CHECK(wasTold(NULL, NULL));
    CHECK_EQ(foreground(), windows[A]);
    endBoth();
}

TEST(whoJoinsThoseWithoutAnActiveWindowBringsItsOwnAlongAsInWine)
{
    startBoth();
    onOther(showX);
    drainHere();
    CHECK_EQ(activeOf(), RAT_INVALID_HANDLE);
    REQUIRE_OK(RatAttachThreadInput(otherQueue, mainQueue, true));
    CHECK_EQ(activeOf(), windows[X]);
    CHECK_EQ(focusOf(), windows[X]);
    CHECK_EQ(foreground(), windows[X]);
    endBoth();
}

TEST(theFocusGoesToAJoinedThreadsWindowAsInWine)
{
    startJoined();
    RatWindow previous = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatSetFocusEx(windows[Z], &previous));
    CHECK_EQ(previous, windows[X]);
    CHECK(wasTold("a NCACTIVATE 0 x", "a ACTIVATE 0 x", "a ACTIVATEAPP 0 other",
                  "b ACTIVATEAPP 0 other", "x ACTIVATEAPP 1 main", "x NCACTIVATE 1 a",
                  "x ACTIVATE 1 a", "a KILLFOCUS x", "x SETFOCUS a", "x KILLFOCUS z",
                  "z SETFOCUS x", NULL));
    CHECK_EQ(focusOf(), windows[Z]);
    CHECK_EQ(activeOf(), windows[X]);
    CHECK_EQ(foreground(), windows[X]);
    REQUIRE_OK(RatSetFocusEx(windows[Z], &previous));
    CHECK_EQ(previous, windows[Z]);
    CHECK(wasTold(NULL, NULL));
    REQUIRE_OK(RatSetActiveWindow(windows[B], &previous));
    CHECK_EQ(previous, windows[X]);
    CHECK(wasTold("x NCACTIVATE 0 b", "x ACTIVATE 0 b", "x ACTIVATEAPP 0 main",
                  "a ACTIVATEAPP 1 other", "b ACTIVATEAPP 1 other", "b NCACTIVATE 1 x",
                  "b ACTIVATE 1 x", "z KILLFOCUS b", "b SETFOCUS z", NULL));
    endBoth();
}

static void focusC(void)
{
    RatWindow previous = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatSetFocusEx(windows[C], &previous));
    CHECK_EQ(previous, windows[A]);
}

TEST(whoHasJoinedMayGiveTheFocusToTheOthersWindows)
{
    startJoined();
    REQUIRE_OK(RatSetFocus(windows[X]));
    toldCount = 0;
    onOther(focusC);
    CHECK(wasTold("x NCACTIVATE 0 a", "x ACTIVATE 0 a", "x ACTIVATEAPP 0 main",
                  "a ACTIVATEAPP 1 other", "b ACTIVATEAPP 1 other", "a NCACTIVATE 1 x",
                  "a ACTIVATE 1 x", "x KILLFOCUS a", "a SETFOCUS x", "a KILLFOCUS c", "c SETFOCUS a",
                  NULL));
    CHECK_EQ(focusOf(), windows[C]);
    endBoth();
}

static void captureC(void)
{
    RatWindow previous = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatSetCapture(windows[C], &previous));
    CHECK_EQ(previous, windows[Z]);
}

static void release(void)
{
    REQUIRE_OK(RatReleaseCapture());
}

TEST(joinedThreadsShareTheCaptureAsInWine)
{
    startJoined();
    RatWindow previous = 5;
    REQUIRE_OK(RatSetCapture(windows[Z], &previous));
    CHECK_EQ(previous, RAT_INVALID_HANDLE);
    onOther(look);
    CHECK_EQ(seen.capture, windows[Z]);
    onOther(captureC);
    CHECK(wasTold("z CAPTURECHANGED c", NULL));
    CHECK_EQ(captureOf(), windows[C]);
    onOther(release);
    CHECK(wasTold("c CAPTURECHANGED -", NULL));
    CHECK_EQ(captureOf(), RAT_INVALID_HANDLE);
    endBoth();
}

TEST(joinedThreadsShareThePictureOfTheKeysWhichBeginsEmptyAsInWine)
{
    startBoth();
    uint8_t keys[256] = {0};
    keys['K'] = 0x81;
    REQUIRE_OK(RatSetKeyboardState(keys));
    REQUIRE_OK(RatAttachThreadInput(otherQueue, mainQueue, true));
    CHECK_EQ(RatGetKeyState('K'), 0);
    REQUIRE_OK(RatSetKeyboardState(keys));
    onOther(look);
    CHECK(seen.key < 0);
    REQUIRE_OK(RatAttachThreadInput(otherQueue, mainQueue, false));
    CHECK(RatGetKeyState('K') < 0);
    onOther(look);
    CHECK_EQ(seen.key, 0);
    endBoth();
}

TEST(whoLeavesTakesWhatItsWindowsHaveAlong)
{
    startJoined();
    REQUIRE_OK(RatSetFocus(windows[Z]));
    REQUIRE_OK(RatSetCapture(windows[C], NULL));
    toldCount = 0;
    REQUIRE_OK(RatAttachThreadInput(otherQueue, mainQueue, false));
    onOther(look);
    CHECK_EQ(seen.focus, windows[Z]);
    CHECK_EQ(seen.active, windows[X]);
    CHECK_EQ(seen.capture, RAT_INVALID_HANDLE);
    CHECK_EQ(focusOf(), RAT_INVALID_HANDLE);
    CHECK_EQ(activeOf(), RAT_INVALID_HANDLE);
    CHECK_EQ(captureOf(), windows[C]);
    CHECK_EQ(foreground(), windows[X]);
    CHECK(wasTold(NULL, NULL));
    CHECK_STATUS(RatSetFocus(windows[Z]), RAT_IPC_ERR_WRONG_THREAD);
    CHECK_STATUS(RatSetActiveWindow(windows[X], NULL), RAT_IPC_ERR_WRONG_THREAD);
    CHECK_STATUS(RatSetCapture(windows[Z], NULL), RAT_IPC_ERR_WRONG_THREAD);
    endBoth();
}

TEST(onlyTwoThreadsWithWindowsCanBeJoined)
{
    startBoth();
    CHECK_STATUS(RatAttachThreadInput(mainQueue, mainQueue, true), RAT_IPC_ERR_ACCESS_DENIED);
    CHECK_STATUS(RatAttachThreadInput(otherQueue, mainQueue, false), RAT_IPC_ERR_ACCESS_DENIED);
    const RatHandle wrong[] = {RAT_INVALID_HANDLE, windows[A], ready, 0x1234567890};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        CHECK_STATUS(RatAttachThreadInput(wrong[i], mainQueue, true), RAT_IPC_ERR_INVALID_HANDLE);
        CHECK_STATUS(RatAttachThreadInput(mainQueue, wrong[i], false), RAT_IPC_ERR_INVALID_HANDLE);
    }
    /* Joined is joined, in either direction. */
    CHECK_STATUS(RatAttachThreadInput(otherQueue, mainQueue, true), RAT_IPC_OK);
    CHECK_STATUS(RatAttachThreadInput(otherQueue, mainQueue, true), RAT_IPC_OK);
    CHECK_STATUS(RatAttachThreadInput(mainQueue, otherQueue, true), RAT_IPC_OK);
    CHECK_STATUS(RatAttachThreadInput(mainQueue, otherQueue, false), RAT_IPC_OK);
    CHECK_STATUS(RatAttachThreadInput(otherQueue, mainQueue, false), RAT_IPC_ERR_ACCESS_DENIED);
    endBoth();
}

TEST(aThreadThatEndsLeavesTheOthersWithoutItsWindows)
{
    startJoined();
    REQUIRE_OK(RatSetFocus(windows[Z]));
    REQUIRE_OK(RatSetCapture(windows[Z], NULL));
    endBoth();
    CHECK_EQ(focusOf(), RAT_INVALID_HANDLE);
    CHECK_EQ(activeOf(), RAT_INVALID_HANDLE);
    CHECK_EQ(captureOf(), RAT_INVALID_HANDLE);
    CHECK_STATUS(RatAttachThreadInput(otherQueue, mainQueue, false), RAT_IPC_ERR_INVALID_HANDLE);
    toldCount = 0;
    REQUIRE_OK(RatSetFocus(windows[A]));
    CHECK(wasTold("a ACTIVATEAPP 1 -", "b ACTIVATEAPP 1 -", "a NCACTIVATE 1 -", "a ACTIVATE 1 -",
                  "a SETFOCUS -", NULL));
}

/* ---- The order of input */

static uint32_t lastSeen;

static void retrieveOne(void)
{
    RatMessage msg;
    lastSeen = RatGetMessage(threadQueue(), &msg, 0) == RAT_IPC_OK ? msg.header.message : 0;
    /* What is to be painted comes until it is. */
    if (lastSeen == RAT_WM_PAINT) RatDispatchMessage(&msg);
}

static uint32_t nextHere(void)
{
    retrieveOne();
    return lastSeen;
}

/* The other thread, which retrieves when it is told to only. */
static RatEvent step, stepped;
static bool isOver;

static void obey(void)
{
    while (RatWaitForObject(step, 10000) == RAT_WAIT_OK && !isOver) {
        retrieveOne();
        RatSetEvent(stepped);
    }
}

static uint32_t nextThere(void)
{
    REQUIRE_OK(RatSetEvent(step));
    REQUIRE(RatWaitForObject(stepped, 10000) == RAT_WAIT_OK);
    return lastSeen;
}

TEST(joinedThreadsRetrieveInputInItsOrderAsInWine)
{
    startJoined();
    int32_t width = 0, height = 0;
    REQUIRE_OK(RatGetScreenSize(&width, &height));
    RatInput inputs[] = {
        {.type = RAT_INPUT_KEYBOARD, .key = 'K'},
        {.type = RAT_INPUT_MOUSE, .flags = RAT_MOUSEEVENTF_MOVE | RAT_MOUSEEVENTF_ABSOLUTE,
         .x = (310 * 65536 + width - 1) / width, .y = (10 * 65536 + height - 1) / height},
        {.type = RAT_INPUT_KEYBOARD, .key = 'L'},
    };
    REQUIRE_OK(RatCreateEvent(false, false, &step));
    REQUIRE_OK(RatCreateEvent(false, false, &stepped));
    RatMessage order = plain(RAT_WM_APP);
    order.header.wparam = (uintptr_t)obey;
    REQUIRE_OK(RatPostMessage(door, &order));
    while (nextThere() != 0 || nextHere() != 0) {}
    REQUIRE_OK(RatSendInput(inputs, 3, sizeof *inputs));
    uint32_t status = 0;
    REQUIRE_OK(RatGetQueueStatus(RAT_QS_KEY | RAT_QS_MOUSE, &status));
    CHECK_EQ(status >> 16, RAT_QS_KEY);
    CHECK_EQ(nextThere(), 0);
    CHECK_EQ(nextHere(), RAT_WM_KEYDOWN);
    CHECK_EQ(nextHere(), 0);
    CHECK_EQ(nextThere(), RAT_WM_MOUSEMOVE);
    CHECK_EQ(nextThere(), 0);
    CHECK_EQ(nextHere(), RAT_WM_KEYDOWN);
    isOver = true;
    REQUIRE_OK(RatSetEvent(step));
    endBoth();
}

static void sendK(void)
{
    RatInput key = {.type = RAT_INPUT_KEYBOARD, .key = 'K'};
    REQUIRE_OK(RatSendInput(&key, 1, sizeof key));
}

TEST(whatAJoinedThreadSendsWakesWhoHasTheFocusAlsoWhenThatIsAnotherOneByThen)
{
    startJoined();
    onOther(sendK);
    CHECK_EQ(pumpUntil(RAT_WM_KEYDOWN).header.target, windows[A]);
    onOther(sendK);
    REQUIRE_OK(RatSetFocus(windows[X]));
    untilTold("x KEYDOWN");
    endBoth();
}
