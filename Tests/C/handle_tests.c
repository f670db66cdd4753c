/* No argument and no handle crashes the library or is taken for something that it is not. */
#define _GNU_SOURCE
#include "handle_functions.h"
#include "sync_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

TEST(zeroNamesNothing)
{
    refusedByAll(RAT_INVALID_HANDLE, NOTHING);
    CHECK_EQ(RatGetHandleKind(RAT_INVALID_HANDLE), RAT_HANDLE_NONE);
    CHECK(!RatIsWindow(RAT_INVALID_HANDLE));
    CHECK_EQ(RatDefWindowProc(RAT_INVALID_HANDLE, RAT_WM_CLOSE, 0, 0), 0);
}

TEST(aClosedHandleNamesNothing)
{
    RatHandle stale[KINDS];
    makeOneOfEach(stale);
    for (int i = 0; i < KINDS; i++) REQUIRE_OK(RatCloseHandle(stale[i]));
    for (int i = 0; i < KINDS; i++) {
        refusedByAll(stale[i], 0);
        CHECK_EQ(RatGetHandleKind(stale[i]), RAT_HANDLE_NONE);
        CHECK(!RatIsWindow(stale[i]));
        CHECK_EQ(RatDefWindowProc(stale[i], RAT_WM_CLOSE, 0, 0), 0);
    }
}

TEST(aClosedHandleStaysStaleWhenItsPlaceIsUsedAgain)
{
    RatHandle stale[KINDS];
    makeOneOfEach(stale);
    for (int i = 0; i < KINDS; i++) REQUIRE_OK(RatCloseHandle(stale[i]));
    for (int round = 0; round < 1000; round++) {
        RatHandle fresh[KINDS];
        makeOneOfEach(fresh);
        for (int i = 0; i < KINDS; i++) {
            REQUIRE(fresh[i] != stale[i]);
            REQUIRE(RatGetHandleKind(stale[i]) == RAT_HANDLE_NONE);
            REQUIRE_OK(RatCloseHandle(fresh[i]));
        }
    }
}

TEST(objectsThatLiveAtOnceHaveDifferentPlaces)
{
    enum { COUNT = 300 };
    RatHandle handles[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        if (i % 2 == 0) REQUIRE_OK(RatCreateEvent(true, false, &handles[i]));
        else REQUIRE_OK(RatCreateMutex(false, &handles[i]));
        CHECK(RAT_HANDLE_INDEX(handles[i]) < RAT_HANDLE_INDEX_COUNT);
        for (size_t j = 0; j < i; j++) CHECK(RAT_HANDLE_INDEX(handles[j]) != RAT_HANDLE_INDEX(handles[i]));
    }
    for (size_t i = 0; i < COUNT; i++) RatCloseHandle(handles[i]);
}

TEST(aHandleOfAnotherKindIsRefused)
{
    RatHandle handles[KINDS];
    makeOneOfEach(handles);
    for (int i = 0; i < KINDS; i++) {
        refusedByAll(handles[i], kindBits[i]);
        CHECK_EQ(RatIsWindow(handles[i]), i == WINDOW_PLACE);
    }
    /* And none of them was hurt. */
    for (int i = 0; i < KINDS; i++) CHECK_EQ(RatGetHandleKind(handles[i]), kindNumbers[i]);
}

TEST(noOtherNumberNamesALiveObject)
{
    RatHandle live[KINDS];
    makeOneOfEach(live);
    /* What came with the window: the desktop, and the root of the message-only windows. */
    RatWindow desktop, only, root;
    REQUIRE_OK(RatGetDesktopWindow(&desktop));
    REQUIRE_OK(RatCreateWindow(0, "Test", "", 0, 0, 0, 0, 0, RAT_HWND_MESSAGE, NULL, &only));
    REQUIRE_OK(RatGetAncestor(only, RAT_GA_PARENT, &root));
    REQUIRE_OK(RatDestroyWindow(only));
    for (int i = 0; i < KINDS; i++) {
        for (int bit = 0; bit < 64; bit++) {
            RatHandle other = live[i] ^ (UINT64_C(1) << bit);
            bool isLive = other == threadQueue() || other == desktop || other == root;
            for (int k = 0; k < KINDS; k++) isLive |= other == live[k];
            if (isLive) continue;
            CHECK_EQ(RatGetHandleKind(other), RAT_HANDLE_NONE);
            CHECK_STATUS(RatCloseHandle(other), RAT_IPC_ERR_INVALID_HANDLE);
        }
    }
    refusedByAll(UINT64_MAX, 0);
    refusedByAll(1, 0);
}

/* Not a test of its own when asked for by aHandleOfAnotherProcessIsRefused: tells its handles. */
TEST(anotherProcessHasHandlesToo)
{
    RatHandle handles[KINDS];
    makeOneOfEach(handles);
    const char* descriptor = getenv("TELL_HANDLES");
    if (descriptor)
        REQUIRE(write(atoi(descriptor), handles, sizeof handles) == (ssize_t)sizeof handles);
}

TEST(aHandleOfAnotherProcessIsRefused)
{
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        char number[16];
        snprintf(number, sizeof number, "%d", ends[1]);
        setenv("TELL_HANDLES", number, 1);
        execl("/proc/self/exe", "rat-tests", "anotherProcessHasHandlesToo", (char*)NULL);
        _exit(127);
    }
    close(ends[1]);
    RatHandle foreign[KINDS];
    REQUIRE(read(ends[0], foreign, sizeof foreign) == (ssize_t)sizeof foreign);
    int state;
    REQUIRE(waitpid(child, &state, 0) == child && state == 0);

    /* The same objects in the same places, so that only the process tells them apart. */
    RatHandle own[KINDS];
    makeOneOfEach(own);
    for (int i = 0; i < KINDS; i++) {
        CHECK(foreign[i] != own[i]);
        refusedByAll(foreign[i], 0);
        CHECK_EQ(RatGetHandleKind(foreign[i]), RAT_HANDLE_NONE);
    }
}

TEST(afterForkTheParentsHandlesAreInvalidAndTheChildStartsAnew)
{
    RatHandle handles[KINDS];
    makeOneOfEach(handles);
    pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        alarm(TEST_SECONDS);
        for (int i = 0; i < KINDS; i++) {
            if (!refusedByAll(handles[i], 0)) _exit(1);
            if (RatGetHandleKind(handles[i]) != RAT_HANDLE_NONE) _exit(2);
        }
        RatEvent event = RAT_INVALID_HANDLE;
        if (RatCreateEvent(true, true, &event) != RAT_IPC_OK) _exit(3);
        if (RatWaitForObject(event, 0) != RAT_WAIT_OK) _exit(4);
        RatMessage msg = plain(RAT_WM_APP);
        RatMessageQueue queue = RAT_INVALID_HANDLE;
        if (RatGetThreadMessageQueue(&queue) != RAT_IPC_OK) _exit(5);
        if (RatPostMessage(queue, &msg) != RAT_IPC_OK) _exit(6);
        if (RatGetMessage(queue, &msg, SOON) != RAT_IPC_OK) _exit(7);
        _exit(0);
    }
    int state = 0;
    REQUIRE(waitpid(child, &state, 0) == child);
    CHECK_EQ(state, 0);
    /* The parent noticed nothing. */
    for (int i = 0; i < KINDS; i++) CHECK_STATUS(RatCloseHandle(handles[i]), RAT_IPC_OK);
}

TEST(everyReferenceIsClosedOnce)
{
    RatHandle handles[KINDS];
    makeOneOfEach(handles);
    for (int i = 0; i < KINDS; i++) {
        if (i == WINDOW_PLACE) continue;
        CHECK_STATUS(RatRetainHandle(handles[i]), RAT_IPC_OK);
        CHECK_STATUS(RatRetainHandle(handles[i]), RAT_IPC_OK);
        CHECK_STATUS(RatCloseHandle(handles[i]), RAT_IPC_OK);
        CHECK_STATUS(RatCloseHandle(handles[i]), RAT_IPC_OK);
        CHECK_EQ(RatGetHandleKind(handles[i]), kindNumbers[i]);
        CHECK_STATUS(RatCloseHandle(handles[i]), RAT_IPC_OK);
        CHECK_STATUS(RatCloseHandle(handles[i]), RAT_IPC_ERR_INVALID_HANDLE);
    }
}

TEST(whatItsOwnerEndsTakesNoReferences)
{
    CHECK_STATUS(RatRetainHandle(makeWindow(0)), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK_STATUS(RatRetainHandle(threadQueue()), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK_STATUS(RatCloseHandle(threadQueue()), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK_STATUS(RatCloseMessageQueue(threadQueue()), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK_EQ(RatGetHandleKind(threadQueue()), RAT_HANDLE_MESSAGE_QUEUE);
}

TEST(closingAWindowsHandleDestroysTheWindow)
{
    RatWindow window = makeWindow(0);
    CHECK_STATUS(RatCloseHandle(window), RAT_IPC_OK);
    CHECK(!RatIsWindow(window));
    CHECK(findLogged(RAT_WM_NCDESTROY, 0) >= 0);
}

/* NULL, checked before the handle: each is called with a handle that names nothing too. */
TEST(aMissingPointerIsRefusedWhateverTheHandle)
{
    RatHandle handles[KINDS + 2];
    makeOneOfEach(handles);
    handles[KINDS] = RAT_INVALID_HANDLE;
    handles[KINDS + 1] = UINT64_MAX;
    for (int i = 0; i < KINDS + 2; i++) {
        RatHandle h = handles[i];
        RatMessage unpaid = plain(RAT_WM_APP);
        unpaid.header.size = 1;
        size_t size = 77;
        CHECK_STATUS(RatPostMessage(h, NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatPostMessage(h, &unpaid), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatGetMessage(h, NULL, 0), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatPeekMessage(h, NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatGetWindowRect(h, NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatGetClientRect(h, NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatGetWindowText(h, NULL, 8, &size), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatGetWindowText(h, NULL, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatGetWindowLong(h, RAT_GWL_STYLE, NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatBeginPaint(h, NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatEndPaint(h, NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatGetProcessExitCode(h, NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatReleaseSemaphore(h, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_EQ(size, 77);
    }
    CHECK_STATUS(RatDispatchMessage(NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatDispatchMessageEx(NULL, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetCurrentMessage(NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetFocus(NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetThreadMessageQueue(NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateEvent(true, true, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateMessageQueue(0, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateMutex(true, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateSemaphore(0, 1, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateWaitableTimer(true, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateThread(NULL, NULL, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatOpenProcess(1, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatRegisterClass(NULL, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatUnregisterClass(NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK(!RatTranslateMessage(NULL));
    CHECK_EQ(RatWaitForMultipleObjects(NULL, 1, false, 0, NULL), RAT_WAIT_FAILED);
}

TEST(valuesOutOfRangeAreRefused)
{
    RatWindow window = makeWindow(0);
    RatWindow other = 1;
    intptr_t value = 5;
    CHECK_STATUS(RatShowWindow(window, 77), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatShowWindow(window, -1), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatMoveWindow(window, 0, 0, -1, 10), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatMoveWindow(window, 0, 0, 10, 32768), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetWindowLong(window, 3, &value), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetWindowLong(window, RAT_GWLP_WNDPROC, 0, &value), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(value, 5);
    CHECK_STATUS(RatSetCoalescableTimer(window, 1, 10, NULL, 0x7FFFFFF6u, NULL),
                 RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetWindowText(window, "\xff\xfe"), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateWindow(0, "Test", "\xc3", 0, 0, 0, 10, 10, 0, NULL, &other),
                 RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(other, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatCreateWindow(0, "Test", "", 0, 0, 0, -5, 10, 0, NULL, &other),
                 RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateWindow(0, "Test", "", 0, 0, 0, 10, 40000, 0, NULL, &other),
                 RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatAttachDisplay("wayland"), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatAttachDisplay(""), RAT_IPC_ERR_INVALID_ARG);
}

/* What answers without a status says no, or does nothing. */
static void askAbout(RatHandle nobody, RatWindow window)
{
    CHECK(!RatIsWindow(nobody));
    CHECK(!RatIsIconic(nobody));
    CHECK(!RatIsZoomed(nobody));
    CHECK(!RatIsWindowEnabled(nobody));
    CHECK(!RatIsWindowVisible(nobody));
    CHECK(!RatIsChild(nobody, window));
    CHECK(!RatIsChild(window, nobody));
    CHECK_EQ(RatDefWindowProc(nobody, RAT_WM_CLOSE, 0, 0), 0);
    CHECK_EQ(RatDefSubclassProc(nobody, RAT_WM_CLOSE, 0, 0), 0);
    CHECK_EQ(RatCallWindowProc(NULL, nobody, RAT_WM_CLOSE, 0, 0), 0);
    CHECK_EQ(RatCallWindowProc(RatDefWindowProc, nobody, RAT_WM_CLOSE, 0, 0), 0);
}

TEST(aQuestionAboutNoWindowIsAnsweredNo)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    RatHandle handles[KINDS];
    makeOneOfEach(handles);
    askAbout(RAT_INVALID_HANDLE, window);
    askAbout(UINT64_MAX, window);
    for (int i = 0; i < KINDS; i++)
        if (i != WINDOW_PLACE) askAbout(handles[i], window);
    REQUIRE_OK(RatDestroyWindow(handles[WINDOW_PLACE]));
    askAbout(handles[WINDOW_PLACE], window);
    CHECK(RatIsWindow(window));
}

static intptr_t tryAllFromHere(void* context)
{
    RatWindow window = *(RatWindow*)context;
    for (size_t i = 0; i < handleFunctionCount; i++) {
        if (!(handleFunctions[i].takes & WINDOW) || handleFunctions[i].isForAnyThread) continue;
        inRow(handleFunctions[i].name);
        CHECK_STATUS(handleFunctions[i].call(window), RAT_IPC_ERR_WRONG_THREAD);
    }
    inRow(NULL);
    CHECK(RatIsWindow(window));
    CHECK_EQ(RatDefWindowProc(window, RAT_WM_CLOSE, 0, 0), 0);
    RatMessage msg = plain(RAT_WM_APP);
    msg.header.target = window;
    CHECK_STATUS(RatDispatchMessage(&msg), RAT_IPC_ERR_WRONG_THREAD);
    return 0;
}

TEST(onlyItsOwnThreadChangesAWindow)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    size_t before = loggedCount;
    onThread(tryAllFromHere, &window);
    CHECK_EQ(loggedCount, before);
    CHECK(RatIsWindow(window));
}
