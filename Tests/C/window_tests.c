/* Windows on the headless display: classes, creation, destruction, what they keep. */
#include "support.h"

#include <string.h>

static RatResult otherProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    if (message == RAT_WM_APP) return 4321;
    return RatDefWindowProc(window, message, wparam, lparam);
}

TEST(aClassIsRegisteredOnceInWhateverCase)
{
    RatWindowClass class = {.size = sizeof class, .proc = loggingProc, .name = "Box"};
    RatAtom atom = 0;
    CHECK_STATUS(RatRegisterClass(&class, &atom), RAT_IPC_OK);
    CHECK(atom >= 0xC000);
    class.name = "bOX";
    CHECK_STATUS(RatRegisterClass(&class, NULL), RAT_IPC_ERR_ALREADY_EXISTS);
    CHECK_STATUS(RatUnregisterClass("BOX"), RAT_IPC_OK);
    CHECK_STATUS(RatUnregisterClass("Box"), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatRegisterClass(&class, NULL), RAT_IPC_OK);
}

TEST(aClassThatMakesNoSenseIsRefused)
{
    char longName[257];
    memset(longName, 'a', 256);
    longName[256] = 0;
    const RatWindowClass good = {.size = sizeof good, .proc = loggingProc, .name = "Good"};
    RatWindowClass class = good;
    class.size = 0;
    CHECK_STATUS(RatRegisterClass(&class, NULL), RAT_IPC_ERR_INVALID_ARG);
    class.size = sizeof class + 1000;
    CHECK_STATUS(RatRegisterClass(&class, NULL), RAT_IPC_ERR_INVALID_ARG);
    class = good;
    class.proc = NULL;
    CHECK_STATUS(RatRegisterClass(&class, NULL), RAT_IPC_ERR_INVALID_ARG);
    class = good;
    class.name = NULL;
    CHECK_STATUS(RatRegisterClass(&class, NULL), RAT_IPC_ERR_INVALID_ARG);
    class.name = "";
    CHECK_STATUS(RatRegisterClass(&class, NULL), RAT_IPC_ERR_INVALID_ARG);
    class.name = longName;
    CHECK_STATUS(RatRegisterClass(&class, NULL), RAT_IPC_ERR_INVALID_ARG);
    class = good;
    class.cursor = 1;
    CHECK_STATUS(RatRegisterClass(&class, NULL), RAT_IPC_ERR_INVALID_ARG);
    class = good;
    class.style = 0x80000000u;
    CHECK_STATUS(RatRegisterClass(&class, NULL), RAT_IPC_ERR_INVALID_ARG);
    longName[255] = 0;
    class = good;
    class.name = longName;
    CHECK_STATUS(RatRegisterClass(&class, NULL), RAT_IPC_OK);
}

TEST(aClassWithWindowsStaysRegistered)
{
    RatWindow window = makeWindow(0);
    CHECK_STATUS(RatUnregisterClass("Test"), RAT_IPC_ERR_ACCESS_DENIED);
    CHECK_STATUS(RatDestroyWindow(window), RAT_IPC_OK);
    CHECK_STATUS(RatUnregisterClass("Test"), RAT_IPC_OK);
}

TEST(aWindowWithoutAClassIsNotCreated)
{
    RatWindow window = 5;
    CHECK_STATUS(RatCreateWindow(0, "Nope", "", 0, 0, 0, 9, 9, 0, NULL, &window),
                 RAT_IPC_ERR_NOT_FOUND);
    CHECK_EQ(window, RAT_INVALID_HANDLE);
    window = 5;
    CHECK_STATUS(RatCreateWindow(0, NULL, "", 0, 0, 0, 9, 9, 0, NULL, &window),
                 RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(window, RAT_INVALID_HANDLE);
    registerTestClass();
    CHECK_STATUS(RatCreateWindow(0, "Test", "", 0, 0, 0, 9, 9, 0, NULL, NULL),
                 RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(tryWindow(RAT_WS_CHILD, &window), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(window, RAT_INVALID_HANDLE);
    CHECK_EQ(loggedCount, 0);
}

static int parameter;

static bool lookAtCreation(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam,
                           RatResult* result)
{
    (void)wparam;
    (void)result;
    CHECK(RatIsWindow(window));
    if (message == RAT_WM_NCCREATE || message == RAT_WM_CREATE) {
        const RatCreateStruct* create = (const RatCreateStruct*)lparam;
        CHECK(create->param == &parameter);
        CHECK_STR(create->className, "Test");
        CHECK_STR(create->title, "Title");
        CHECK_EQ(create->style & RAT_WS_CAPTION, RAT_WS_CAPTION);
        CHECK_EQ(create->exStyle, 0x10);
        CHECK_EQ(create->x, 10);
        CHECK_EQ(create->y, 20);
        CHECK_EQ(create->width, 200);
        CHECK_EQ(create->height, 100);
        CHECK_EQ(create->parent, RAT_INVALID_HANDLE);
    }
    return false;
}

TEST(creationTellsTheProcedureInWin32sOrder)
{
    registerTestClass();
    onMessage = lookAtCreation;
    RatWindow window = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateWindow(0x10, "tEST", "Title", RAT_WS_OVERLAPPEDWINDOW, 10, 20, 200, 100,
                               RAT_INVALID_HANDLE, &parameter, &window));
    const uint32_t order[] = {RAT_WM_GETMINMAXINFO, RAT_WM_NCCREATE, RAT_WM_NCCALCSIZE,
                              RAT_WM_CREATE};
    CHECK_EQ(loggedCount, 4);
    for (size_t i = 0; i < 4; i++) {
        CHECK_EQ(logged[i].message, order[i]);
        CHECK_EQ(logged[i].window, window);
    }
}

TEST(anOverlappedWindowHearsOfItsSizeWhenItIsShownFirst)
{
    registerTestClass();
    RatWindow window = makeWindow(0);
    for (int i = 0; i < 2; i++) {
        size_t before = loggedCount;
        CHECK_STATUS(RatShowWindow(window, RAT_SW_SHOW), RAT_IPC_OK);
        size_t sizes = 0;
        for (size_t at = before; at < loggedCount; at++) sizes += logged[at].message == RAT_WM_SIZE;
        CHECK_EQ(sizes, i == 0);
        if (i == 0 && CHECK(loggedCount >= before + 2)) {
            CHECK_EQ(logged[loggedCount - 2].message, RAT_WM_SIZE);
            CHECK_EQ(logged[loggedCount - 2].wparam, RAT_SIZE_RESTORED);
            CHECK_EQ(logged[loggedCount - 2].lparam, 100 << 16 | 200);
            CHECK_EQ(logged[loggedCount - 1].message, RAT_WM_MOVE);
            CHECK_EQ(logged[loggedCount - 1].lparam, 20 << 16 | 10);
        }
        CHECK_STATUS(RatShowWindow(window, RAT_SW_HIDE), RAT_IPC_OK);
    }
}

TEST(aVisibleWindowIsToldSoAndIsPainted)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    int shown = findLogged(RAT_WM_SHOWWINDOW, 0);
    REQUIRE(shown >= 0);
    CHECK_EQ(logged[shown].wparam, 1);
    RatMessage msg = pumpUntil(RAT_WM_PAINT);
    CHECK_EQ(msg.header.target, window);
}

static uint32_t refusedAt;

static bool refuse(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam,
                   RatResult* result)
{
    (void)window;
    (void)wparam;
    (void)lparam;
    *result = message == RAT_WM_CREATE ? -1 : 0;
    return message == refusedAt;
}

TEST(aProcedureRefusesBeforeAnythingIsMade)
{
    onMessage = refuse;
    refusedAt = RAT_WM_NCCREATE;
    RatWindow window = 5;
    CHECK_STATUS(tryWindow(RAT_WS_VISIBLE, &window), RAT_IPC_ERR_CANCELLED);
    CHECK_EQ(window, RAT_INVALID_HANDLE);
    CHECK_EQ(findLogged(RAT_WM_CREATE, 0), -1);
    CHECK_EQ(findLogged(RAT_WM_SHOWWINDOW, 0), -1);
    CHECK(!RatIsWindow(logged[0].window));
}

TEST(aProcedureRefusesAtCreate)
{
    onMessage = refuse;
    refusedAt = RAT_WM_CREATE;
    RatWindow window = 5;
    CHECK_STATUS(tryWindow(RAT_WS_VISIBLE, &window), RAT_IPC_ERR_CANCELLED);
    CHECK_EQ(window, RAT_INVALID_HANDLE);
    CHECK_EQ(findLogged(RAT_WM_SHOWWINDOW, 0), -1);
    CHECK_EQ(logged[loggedCount - 1].message, RAT_WM_NCDESTROY);
    CHECK(!RatIsWindow(logged[0].window));
    REQUIRE_OK(RatUnregisterClass("Test")); /* no window of it is left */
}

static uint32_t destroyedAt;

static bool destroyOnce(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam,
                        RatResult* result)
{
    (void)wparam;
    (void)lparam;
    (void)result;
    if (message != destroyedAt) return false;
    destroyedAt = UINT32_MAX;
    CHECK_STATUS(RatDestroyWindow(window), RAT_IPC_OK);
    return false;
}

/* How often a message was logged. */
static int count(uint32_t message)
{
    int found = 0;
    for (size_t i = 0; i < loggedCount; i++) found += logged[i].message == message;
    return found;
}

TEST(aProcedureDestroysItsWindowInAnyMessage)
{
    const uint32_t whileCreating[] = {RAT_WM_NCCREATE, RAT_WM_NCCALCSIZE, RAT_WM_CREATE,
                                      RAT_WM_SIZE, RAT_WM_MOVE, RAT_WM_SHOWWINDOW};
    onMessage = destroyOnce;
    for (size_t i = 0; i < sizeof whileCreating / sizeof whileCreating[0]; i++) {
        loggedCount = 0;
        destroyedAt = whileCreating[i];
        RatWindow window = 5;
        CHECK_STATUS(tryWindow(RAT_WS_VISIBLE, &window), RAT_IPC_ERR_CANCELLED);
        CHECK_EQ(window, RAT_INVALID_HANDLE);
        CHECK_EQ(count(RAT_WM_NCDESTROY), 1);
        CHECK(!RatIsWindow(logged[0].window));
    }
    const uint32_t whileAlive[] = {RAT_WM_APP, RAT_WM_CLOSE, RAT_WM_PAINT, RAT_WM_TIMER,
                                   RAT_WM_DESTROY, RAT_WM_NCDESTROY};
    for (size_t i = 0; i < sizeof whileAlive / sizeof whileAlive[0]; i++) {
        loggedCount = 0;
        destroyedAt = UINT32_MAX;
        RatWindow window = makeWindow(RAT_WS_VISIBLE);
        RatMessage msg = plain(whileAlive[i]);
        if (msg.header.message == RAT_WM_TIMER) {
            REQUIRE_OK(RatSetTimer(window, 1, 10, NULL, NULL));
        } else if (msg.header.message == RAT_WM_DESTROY ||
                   msg.header.message == RAT_WM_NCDESTROY) {
            msg.header.message = RAT_WM_CLOSE;
            REQUIRE_OK(RatPostMessage(window, &msg));
        } else if (msg.header.message != RAT_WM_PAINT) {
            REQUIRE_OK(RatPostMessage(window, &msg));
        }
        destroyedAt = whileAlive[i];
        pumpUntil(msg.header.message);
        CHECK(!RatIsWindow(window));
        CHECK_EQ(count(RAT_WM_DESTROY), 1);
        CHECK_EQ(count(RAT_WM_NCDESTROY), 1);
        CHECK_EQ(logged[loggedCount - 1].message, RAT_WM_NCDESTROY);
    }
    drain();
}

TEST(destructionEndsWithNcdestroyAndADeadHandle)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    drain();
    REQUIRE_OK(RatSetTimer(window, 1, 10, NULL, NULL));
    RatMessage msg = plain(RAT_WM_APP);
    REQUIRE_OK(RatPostMessage(window, &msg));
    loggedCount = 0;
    CHECK_STATUS(RatDestroyWindow(window), RAT_IPC_OK);
    int destroyed = findLogged(RAT_WM_DESTROY, 0);
    CHECK(destroyed >= 0);
    CHECK_EQ(findLogged(RAT_WM_NCDESTROY, destroyed), (int)loggedCount - 1);
    CHECK(!RatIsWindow(window));
    CHECK_STATUS(RatDestroyWindow(window), RAT_IPC_ERR_INVALID_HANDLE);
    /* What was queued for it is gone, and its timer too. */
    CHECK_STATUS(RatGetMessage(threadQueue(), &msg, 50), RAT_IPC_ERR_TIMEOUT);
}

TEST(aMessageForADeadWindowHasNoOneToRun)
{
    RatWindow window = makeWindow(0);
    RatMessage msg = plain(RAT_WM_APP);
    REQUIRE_OK(RatPostMessage(window, &msg));
    REQUIRE_OK(RatGetMessage(threadQueue(), &msg, 0));
    CHECK_EQ(msg.header.target, window);
    REQUIRE_OK(RatDestroyWindow(window));
    CHECK_STATUS(RatDispatchMessage(&msg), RAT_IPC_ERR_NOT_FOUND);
}

TEST(closeDestroysByDefault)
{
    RatWindow window = makeWindow(0);
    RatMessage msg = plain(RAT_WM_SYSCOMMAND);
    msg.header.wparam = RAT_SC_CLOSE;
    REQUIRE_OK(RatPostMessage(window, &msg));
    drain();
    CHECK(findLogged(RAT_WM_CLOSE, 0) > 0);
    CHECK(!RatIsWindow(window));
}

static bool lookAtCurrent(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam,
                          RatResult* result)
{
    (void)lparam;
    (void)result;
    RatMessage current;
    if (message == RAT_WM_APP) {
        CHECK_STATUS(RatGetCurrentMessage(&current), RAT_IPC_OK);
        CHECK_EQ(current.header.target, window);
        CHECK_EQ(current.header.wparam, wparam);
        CHECK_EQ(current.header.sender, 99);
        CHECK_STR(current.payload, "payload");
    } else if (message == RAT_WM_DESTROY) {
        CHECK_STATUS(RatGetCurrentMessage(&current), RAT_IPC_OK);
        CHECK_EQ(current.header.message, RAT_WM_DESTROY);
    }
    return false;
}

TEST(aProcedureSeesTheWholeMessage)
{
    onMessage = lookAtCurrent;
    RatWindow window = makeWindow(0);
    RatMessage msg = plain(RAT_WM_APP);
    char text[] = "payload";
    msg.header.wparam = 17;
    msg.header.sender = 99;
    msg.header.size = sizeof text;
    msg.payload = text;
    CHECK_STATUS(RatGetCurrentMessage(&msg), RAT_IPC_ERR_NOT_FOUND);
    CHECK(msg.payload == text);
    REQUIRE_OK(RatPostMessage(window, &msg));
    drain();
    CHECK(findLogged(RAT_WM_APP, 0) > 0);
    REQUIRE_OK(RatDestroyWindow(window));
    CHECK_STATUS(RatGetCurrentMessage(&msg), RAT_IPC_ERR_NOT_FOUND);
}

TEST(aWindowKeepsTheProgramsNumberAndGivesTheOldOne)
{
    RatWindow window = makeWindow(RAT_WS_OVERLAPPEDWINDOW);
    intptr_t value = 5;
    CHECK_STATUS(RatGetWindowLong(window, RAT_GWLP_USERDATA, &value), RAT_IPC_OK);
    CHECK_EQ(value, 0);
    CHECK_STATUS(RatSetWindowLong(window, RAT_GWLP_USERDATA, INTPTR_MIN, &value), RAT_IPC_OK);
    CHECK_EQ(value, 0);
    CHECK_STATUS(RatSetWindowLong(window, RAT_GWLP_USERDATA, 3, &value), RAT_IPC_OK);
    CHECK_EQ(value, INTPTR_MIN);
    CHECK_STATUS(RatGetWindowLong(window, RAT_GWL_STYLE, &value), RAT_IPC_OK);
    CHECK_EQ(value & RAT_WS_OVERLAPPEDWINDOW, RAT_WS_OVERLAPPEDWINDOW);
    CHECK_STATUS(RatGetWindowLong(window, RAT_GWLP_WNDPROC, &value), RAT_IPC_OK);
    CHECK_EQ(value, (intptr_t)loggingProc);
}

TEST(aReplacedProcedureGetsTheMessages)
{
    RatWindow window = makeWindow(0);
    intptr_t old = 0;
    CHECK_STATUS(RatSetWindowLong(window, RAT_GWLP_WNDPROC, (intptr_t)otherProc, &old), RAT_IPC_OK);
    CHECK_EQ(old, (intptr_t)loggingProc);
    size_t before = loggedCount;
    RatMessage msg = plain(RAT_WM_APP);
    REQUIRE_OK(RatPostMessage(window, &msg));
    drain();
    CHECK_EQ(loggedCount, before);
}

TEST(aTitleIsCopiedWholeOrNotAtAll)
{
    RatWindow window = makeWindow(0);
    char text[64] = "untouched";
    size_t size = 0;
    CHECK_STATUS(RatGetWindowText(window, NULL, 0, &size), RAT_IPC_ERR_BUFFER_TOO_SMALL);
    CHECK_EQ(size, sizeof "A title");
    size = 0;
    CHECK_STATUS(RatGetWindowText(window, text, sizeof "A title" - 1, &size),
                 RAT_IPC_ERR_BUFFER_TOO_SMALL);
    CHECK_EQ(size, sizeof "A title");
    CHECK_STR(text, "untouched");
    CHECK_STATUS(RatGetWindowText(window, text, sizeof "A title", &size), RAT_IPC_OK);
    CHECK_STR(text, "A title");
    CHECK_STATUS(RatSetWindowText(window, "Gr\xc3\xb6\xc3\x9f" "e \xf0\x9f\x90\x80"), RAT_IPC_OK);
    CHECK_STATUS(RatGetWindowText(window, text, sizeof text, &size), RAT_IPC_OK);
    CHECK_STR(text, "Gr\xc3\xb6\xc3\x9f" "e \xf0\x9f\x90\x80");
    CHECK_STATUS(RatSetWindowText(window, NULL), RAT_IPC_OK);
    CHECK_STATUS(RatGetWindowText(window, text, sizeof text, &size), RAT_IPC_OK);
    CHECK_STR(text, "");
    CHECK_EQ(size, 1);
}

TEST(aWindowIsWhereItWasPut)
{
    RatWindow window = makeWindow(0);
    RatRect rect;
    REQUIRE_OK(RatGetWindowRect(window, &rect));
    CHECK(rect.left == 10 && rect.top == 20 && rect.right == 210 && rect.bottom == 120);
    REQUIRE_OK(RatGetClientRect(window, &rect));
    CHECK(rect.left == 0 && rect.top == 0 && rect.right == 200 && rect.bottom == 100);
    loggedCount = 0;
    REQUIRE_OK(RatMoveWindow(window, -5, 7, 300, 150));
    int size = findLogged(RAT_WM_SIZE, 0), move = findLogged(RAT_WM_MOVE, 0);
    REQUIRE(size >= 0 && move >= 0);
    CHECK_EQ(logged[size].lparam, 150 << 16 | 300);
    CHECK_EQ((int16_t)(logged[move].lparam & 0xFFFF), -5);
    CHECK_EQ((int16_t)(logged[move].lparam >> 16), 7);
    REQUIRE_OK(RatGetWindowRect(window, &rect));
    CHECK(rect.left == -5 && rect.top == 7 && rect.right == 295 && rect.bottom == 157);
    loggedCount = 0;
    REQUIRE_OK(RatMoveWindow(window, -5, 7, 300, 150));
    CHECK_EQ(findLogged(RAT_WM_SIZE, 0), -1);
    CHECK_EQ(findLogged(RAT_WM_MOVE, 0), -1);
}

TEST(showingIsToldWhenItChangesSomething)
{
    RatWindow window = makeWindow(0);
    loggedCount = 0;
    CHECK_STATUS(RatShowWindow(window, RAT_SW_HIDE), RAT_IPC_OK);
    CHECK_EQ(count(RAT_WM_SHOWWINDOW), 0);
    CHECK_STATUS(RatShowWindow(window, RAT_SW_SHOW), RAT_IPC_OK);
    CHECK_STATUS(RatShowWindow(window, RAT_SW_SHOWNORMAL), RAT_IPC_OK);
    CHECK_EQ(count(RAT_WM_SHOWWINDOW), 1);
    CHECK_STATUS(RatShowWindow(window, RAT_SW_HIDE), RAT_IPC_OK);
    CHECK_EQ(count(RAT_WM_SHOWWINDOW), 2);
}

TEST(focusMovesBetweenTheWindowsOfAThread)
{
    RatWindow first = makeWindow(RAT_WS_VISIBLE), second = makeWindow(RAT_WS_VISIBLE), focus = 5;
    drain();
    REQUIRE_OK(RatSetFocus(first));
    drain();
    loggedCount = 0;
    REQUIRE_OK(RatSetFocus(second));
    REQUIRE_OK(RatGetFocus(&focus));
    CHECK_EQ(focus, second);
    int lost = findLogged(RAT_WM_KILLFOCUS, 0), got = findLogged(RAT_WM_SETFOCUS, 0);
    REQUIRE(lost >= 0 && got > lost);
    CHECK(logged[lost].window == first && logged[lost].wparam == second);
    CHECK(logged[got].window == second && logged[got].wparam == first);
    REQUIRE_OK(RatSetFocus(RAT_INVALID_HANDLE));
    REQUIRE_OK(RatGetFocus(&focus));
    CHECK_EQ(focus, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatSetFocus(makeWindow(RAT_WS_DISABLED)), RAT_IPC_ERR_INVALID_ARG);
}

static intptr_t postFromElsewhere(void* context)
{
    RatMessage msg = plain(RAT_WM_APP);
    msg.header.wparam = 8;
    CHECK_STATUS(RatPostMessage(*(RatWindow*)context, &msg), RAT_IPC_OK);
    return 0;
}

TEST(aPostToAWindowRunsOnTheWindowsThread)
{
    RatWindow window = makeWindow(0);
    Thread thread;
    start(&thread, postFromElsewhere, &window);
    RatMessage msg = pumpUntil(RAT_WM_APP);
    join(&thread);
    CHECK_EQ(msg.header.target, window);
    int at = findLogged(RAT_WM_APP, 0);
    REQUIRE(at >= 0);
    CHECK_EQ(logged[at].window, window);
    CHECK_EQ(logged[at].wparam, 8);
}

static intptr_t makeAndLeave(void* out)
{
    *(RatWindow*)out = makeWindow(RAT_WS_VISIBLE);
    return 0;
}

TEST(aThreadsWindowsEndWithIt)
{
    RatWindow window = RAT_INVALID_HANDLE;
    onThread(makeAndLeave, &window);
    CHECK(window != RAT_INVALID_HANDLE);
    CHECK(!RatIsWindow(window));
    RatMessage msg = plain(RAT_WM_APP);
    CHECK_STATUS(RatPostMessage(window, &msg), RAT_IPC_ERR_INVALID_HANDLE);
}

static RatResult answerForty(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    if (message == RAT_WM_APP) return 40 + (RatResult)wparam;
    return RatDefWindowProc(window, message, wparam, lparam);
}

TEST(dispatchingTellsTheProceduresResult)
{
    RatWindowClass windowClass = {.size = sizeof windowClass, .proc = answerForty, .name = "forty"};
    RatMessageQueue queue;
    RatWindow window;
    RatMessage msg = {.header = {.message = RAT_WM_APP, .wparam = 2}};
    RatResult result = 0;
    REQUIRE_OK(RatRegisterClass(&windowClass, NULL));
    REQUIRE_OK(RatCreateWindow(0, "forty", "", 0, 0, 0, 10, 10, RAT_HWND_MESSAGE, NULL, &window));
    REQUIRE_OK(RatGetThreadMessageQueue(&queue));
    REQUIRE_OK(RatPostMessage(window, &msg));
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_STATUS(RatDispatchMessageEx(&msg, &result), RAT_IPC_OK);
    CHECK_EQ(result, 42);
    CHECK_STATUS(RatDispatchMessageEx(&msg, NULL), RAT_IPC_OK);
    REQUIRE_OK(RatDestroyWindow(window));
    CHECK_STATUS(RatDispatchMessageEx(&msg, &result), RAT_IPC_ERR_NOT_FOUND);
    CHECK_EQ(result, 42);
}
