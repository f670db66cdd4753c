/* No argument and no handle crashes the library or is taken for something that it is not. */
#define _GNU_SOURCE
#include "support.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Every function that takes a handle, called with everything else in order. */
static RatIpcStatus retain(RatHandle h) { return RatRetainHandle(h); }
static RatIpcStatus closeAny(RatHandle h) { return RatCloseHandle(h); }
static RatIpcStatus setEvent(RatHandle h) { return RatSetEvent(h); }
static RatIpcStatus resetEvent(RatHandle h) { return RatResetEvent(h); }
static RatIpcStatus closeEvent(RatHandle h) { return RatCloseEvent(h); }
static RatIpcStatus closeQueue(RatHandle h) { return RatCloseMessageQueue(h); }
static RatIpcStatus post(RatHandle h)
{
    RatMessage msg = plain(RAT_WM_APP);
    return RatPostMessage(h, &msg);
}
static RatIpcStatus get(RatHandle h)
{
    RatMessage msg;
    return RatGetMessage(h, &msg, 0);
}
static RatIpcStatus peek(RatHandle h)
{
    RatMessage msg;
    return RatPeekMessage(h, &msg);
}
static RatIpcStatus waitOne(RatHandle h)
{
    return RatWaitForObject(h, 0) == RAT_WAIT_FAILED ? RAT_IPC_ERR_INVALID_HANDLE : RAT_IPC_OK;
}
static RatIpcStatus waitMany(RatHandle h)
{
    size_t index = 99;
    RatWaitResult result = RatWaitForMultipleObjects(&h, 1, false, 0, &index);
    if (result != RAT_WAIT_FAILED) return RAT_IPC_OK;
    CHECK_EQ(index, 0);
    return RAT_IPC_ERR_INVALID_HANDLE;
}
static RatIpcStatus waitAll(RatHandle h)
{
    return RatWaitForMultipleObjects(&h, 1, true, 0, NULL) == RAT_WAIT_FAILED
               ? RAT_IPC_ERR_INVALID_HANDLE
               : RAT_IPC_OK;
}
static RatIpcStatus destroyWindow(RatHandle h) { return RatDestroyWindow(h); }
static RatIpcStatus showWindow(RatHandle h) { return RatShowWindow(h, RAT_SW_SHOW); }
static RatIpcStatus moveWindow(RatHandle h) { return RatMoveWindow(h, 0, 0, 50, 50); }
static RatIpcStatus windowRect(RatHandle h)
{
    RatRect rect;
    return RatGetWindowRect(h, &rect);
}
static RatIpcStatus clientRect(RatHandle h)
{
    RatRect rect;
    return RatGetClientRect(h, &rect);
}
static RatIpcStatus setText(RatHandle h) { return RatSetWindowText(h, "text"); }
static RatIpcStatus getText(RatHandle h)
{
    char text[64];
    size_t size;
    return RatGetWindowText(h, text, sizeof text, &size);
}
static RatIpcStatus getLong(RatHandle h)
{
    intptr_t value;
    return RatGetWindowLong(h, RAT_GWLP_USERDATA, &value);
}
static RatIpcStatus setLong(RatHandle h)
{
    return RatSetWindowLong(h, RAT_GWLP_USERDATA, 1, NULL);
}
static RatIpcStatus setFocus(RatHandle h) { return RatSetFocus(h); }
static RatIpcStatus invalidate(RatHandle h) { return RatInvalidateRect(h, NULL, false); }
static RatIpcStatus update(RatHandle h) { return RatUpdateWindow(h); }
static RatIpcStatus beginPaint(RatHandle h)
{
    RatPaint paint;
    return RatBeginPaint(h, &paint);
}
static RatIpcStatus endPaint(RatHandle h)
{
    RatPaint paint;
    memset(&paint, 0, sizeof paint);
    return RatEndPaint(h, &paint);
}
static RatIpcStatus setTimer(RatHandle h) { return RatSetTimer(h, 1, 1000, NULL, NULL); }
static RatIpcStatus killTimer(RatHandle h) { return RatKillTimer(h, 1); }

static RatIpcStatus setFlags(RatHandle h) { return RatSetHandleFlags(h, 0, 0); }
static RatIpcStatus getFlags(RatHandle h)
{
    uint32_t flags;
    return RatGetHandleFlags(h, &flags);
}
static RatIpcStatus getDescriptor(RatHandle h)
{
    int descriptor;
    return RatGetHandleDescriptor(h, &descriptor);
}
static RatIpcStatus readPipe(RatHandle h)
{
    size_t count;
    return RatReadPipe(h, NULL, 0, &count);
}
static RatIpcStatus readPipeEx(RatHandle h)
{
    size_t count;
    return RatReadPipeEx(h, NULL, 0, 0, &count);
}
static RatIpcStatus writePipe(RatHandle h)
{
    size_t count;
    return RatWritePipe(h, NULL, 0, &count);
}
static RatIpcStatus closePipe(RatHandle h) { return RatClosePipe(h); }
static const struct sockaddr_in nowhere = {.sin_family = AF_INET};
static RatIpcStatus bindSocket(RatHandle h) { return RatBindSocket(h, &nowhere, sizeof nowhere); }
static RatIpcStatus listenSocket(RatHandle h) { return RatListenSocket(h, 1); }
static RatIpcStatus acceptSocket(RatHandle h)
{
    RatSocket client;
    return RatAcceptSocket(h, &client);
}
static RatIpcStatus acceptSocketEx(RatHandle h)
{
    RatSocket client;
    return RatAcceptSocketEx(h, 0, &client);
}
static RatIpcStatus connectSocket(RatHandle h)
{
    return RatConnectSocket(h, &nowhere, sizeof nowhere);
}
static RatIpcStatus connectSocketEx(RatHandle h)
{
    return RatConnectSocketEx(h, &nowhere, sizeof nowhere, 0);
}
static RatIpcStatus sendSocket(RatHandle h)
{
    size_t count;
    return RatSendSocket(h, NULL, 0, &count);
}
static RatIpcStatus sendSocketTo(RatHandle h)
{
    size_t count;
    return RatSendSocketTo(h, NULL, 0, &nowhere, sizeof nowhere, &count);
}
static RatIpcStatus recvSocket(RatHandle h)
{
    size_t count;
    return RatRecvSocket(h, NULL, 0, &count);
}
static RatIpcStatus recvSocketEx(RatHandle h)
{
    size_t count;
    return RatRecvSocketEx(h, NULL, 0, 0, &count);
}
static RatIpcStatus recvSocketFrom(RatHandle h)
{
    size_t size = 0, count;
    return RatRecvSocketFrom(h, NULL, 0, NULL, &size, &count);
}
static RatIpcStatus shutdownSocket(RatHandle h) { return RatShutdownSocket(h, RAT_SHUTDOWN_BOTH); }
static RatIpcStatus socketName(RatHandle h)
{
    size_t size = 0;
    return RatGetSocketName(h, NULL, &size);
}
static RatIpcStatus socketPeerName(RatHandle h)
{
    size_t size = 0;
    return RatGetSocketPeerName(h, NULL, &size);
}
static RatIpcStatus setOption(RatHandle h) { return RatSetSocketOption(h, RAT_SOCKET_LINGER, -1); }
static RatIpcStatus getOption(RatHandle h)
{
    int value;
    return RatGetSocketOption(h, RAT_SOCKET_LINGER, &value);
}
static RatIpcStatus closeSocket(RatHandle h) { return RatCloseSocket(h); }

enum { EVENT = 1, QUEUE = 2, WINDOW = 4, NOTHING = 8, PIPE = 16, SOCKET = 32 };

/* What each takes; NOTHING where RAT_INVALID_HANDLE has a meaning. */
static const struct {
    const char* name;
    RatIpcStatus (*call)(RatHandle);
    int takes;
} functions[] = {
    {"RatRetainHandle", retain, EVENT | QUEUE | WINDOW | PIPE | SOCKET},
    {"RatCloseHandle", closeAny, EVENT | QUEUE | WINDOW | PIPE | SOCKET},
    {"RatSetEvent", setEvent, EVENT},
    {"RatResetEvent", resetEvent, EVENT},
    {"RatCloseEvent", closeEvent, EVENT},
    {"RatCloseMessageQueue", closeQueue, QUEUE},
    {"RatPostMessage", post, QUEUE | WINDOW},
    {"RatGetMessage", get, QUEUE},
    {"RatPeekMessage", peek, QUEUE},
    {"RatWaitForObject", waitOne, EVENT | QUEUE | PIPE | SOCKET},
    {"RatWaitForMultipleObjects, any", waitMany, EVENT | QUEUE | PIPE | SOCKET},
    {"RatWaitForMultipleObjects, all", waitAll, EVENT | QUEUE | PIPE | SOCKET},
    {"RatDestroyWindow", destroyWindow, WINDOW},
    {"RatShowWindow", showWindow, WINDOW},
    {"RatMoveWindow", moveWindow, WINDOW},
    {"RatGetWindowRect", windowRect, WINDOW},
    {"RatGetClientRect", clientRect, WINDOW},
    {"RatSetWindowText", setText, WINDOW},
    {"RatGetWindowText", getText, WINDOW},
    {"RatGetWindowLong", getLong, WINDOW},
    {"RatSetWindowLong", setLong, WINDOW},
    {"RatSetFocus", setFocus, WINDOW | NOTHING},
    {"RatInvalidateRect", invalidate, WINDOW},
    {"RatUpdateWindow", update, WINDOW},
    {"RatBeginPaint", beginPaint, WINDOW},
    {"RatEndPaint", endPaint, WINDOW},
    {"RatSetTimer", setTimer, WINDOW | NOTHING},
    {"RatKillTimer", killTimer, WINDOW | NOTHING},
    {"RatSetHandleFlags", setFlags, EVENT | QUEUE | WINDOW | PIPE | SOCKET},
    {"RatGetHandleFlags", getFlags, EVENT | QUEUE | WINDOW | PIPE | SOCKET},
    {"RatGetHandleDescriptor", getDescriptor, EVENT | QUEUE | WINDOW | PIPE | SOCKET},
    {"RatReadPipe", readPipe, PIPE},
    {"RatReadPipeEx", readPipeEx, PIPE},
    {"RatWritePipe", writePipe, PIPE},
    {"RatClosePipe", closePipe, PIPE},
    {"RatBindSocket", bindSocket, SOCKET},
    {"RatListenSocket", listenSocket, SOCKET},
    {"RatAcceptSocket", acceptSocket, SOCKET},
    {"RatAcceptSocketEx", acceptSocketEx, SOCKET},
    {"RatConnectSocket", connectSocket, SOCKET},
    {"RatConnectSocketEx", connectSocketEx, SOCKET},
    {"RatSendSocket", sendSocket, SOCKET},
    {"RatSendSocketTo", sendSocketTo, SOCKET},
    {"RatRecvSocket", recvSocket, SOCKET},
    {"RatRecvSocketEx", recvSocketEx, SOCKET},
    {"RatRecvSocketFrom", recvSocketFrom, SOCKET},
    {"RatShutdownSocket", shutdownSocket, SOCKET},
    {"RatGetSocketName", socketName, SOCKET},
    {"RatGetSocketPeerName", socketPeerName, SOCKET},
    {"RatSetSocketOption", setOption, SOCKET},
    {"RatGetSocketOption", getOption, SOCKET},
    {"RatCloseSocket", closeSocket, SOCKET},
};
enum { FUNCTIONS = sizeof functions / sizeof functions[0] };

static RatEvent newEvent(void)
{
    RatEvent event = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateEvent(false, false, &event));
    return event;
}

static RatMessageQueue newQueue(void)
{
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateMessageQueue(4, &queue));
    return queue;
}

static RatPipe newPipe(void)
{
    RatPipe reader = RAT_INVALID_HANDLE, writer = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreatePipe(&reader, &writer));
    return reader;
}

static RatSocket newSocket(void)
{
    RatSocket socket = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateSocket(AF_INET, SOCK_DGRAM, &socket));
    return socket;
}

/* Expects that no function that takes one of these kinds takes this handle. */
static bool refusedByAll(RatHandle handle, int exceptThoseThatTake)
{
    bool refused = true;
    for (int i = 0; i < FUNCTIONS; i++) {
        if (functions[i].takes & exceptThoseThatTake) continue;
        inRow(functions[i].name);
        refused &= CHECK_STATUS(functions[i].call(handle), RAT_IPC_ERR_INVALID_HANDLE);
    }
    inRow(NULL);
    return refused;
}

TEST(zeroNamesNothing)
{
    refusedByAll(RAT_INVALID_HANDLE, NOTHING);
    CHECK_EQ(RatGetHandleKind(RAT_INVALID_HANDLE), RAT_HANDLE_NONE);
    CHECK(!RatIsWindow(RAT_INVALID_HANDLE));
    CHECK_EQ(RatDefWindowProc(RAT_INVALID_HANDLE, RAT_WM_CLOSE, 0, 0), 0);
}

TEST(aClosedHandleNamesNothing)
{
    RatHandle stale[5] = {newEvent(), newQueue(), makeWindow(0), newPipe(), newSocket()};
    for (int i = 0; i < 5; i++) REQUIRE_OK(RatCloseHandle(stale[i]));
    for (int i = 0; i < 5; i++) {
        refusedByAll(stale[i], 0);
        CHECK_EQ(RatGetHandleKind(stale[i]), RAT_HANDLE_NONE);
        CHECK(!RatIsWindow(stale[i]));
        CHECK_EQ(RatDefWindowProc(stale[i], RAT_WM_CLOSE, 0, 0), 0);
    }
}

TEST(aClosedHandleStaysStaleWhenItsPlaceIsUsedAgain)
{
    RatHandle stale[3] = {newEvent(), newQueue(), makeWindow(0)};
    for (int i = 0; i < 3; i++) REQUIRE_OK(RatCloseHandle(stale[i]));
    for (int round = 0; round < 2000; round++) {
        RatHandle fresh[3] = {newEvent(), newQueue(), makeWindow(0)};
        for (int i = 0; i < 3; i++) {
            REQUIRE(fresh[i] != stale[i]);
            REQUIRE(RatGetHandleKind(stale[i]) == RAT_HANDLE_NONE);
            REQUIRE_OK(RatCloseHandle(fresh[i]));
        }
    }
}

TEST(aHandleOfAnotherKindIsRefused)
{
    RatEvent event = newEvent();
    RatMessageQueue queue = newQueue();
    RatWindow window = makeWindow(0);
    refusedByAll(event, EVENT);
    refusedByAll(queue, QUEUE);
    refusedByAll(window, WINDOW);
    RatPipe pipe = newPipe();
    RatSocket socket = newSocket();
    refusedByAll(pipe, PIPE);
    refusedByAll(socket, SOCKET);
    CHECK_EQ(RatGetHandleKind(pipe), RAT_HANDLE_PIPE);
    CHECK_EQ(RatGetHandleKind(socket), RAT_HANDLE_SOCKET);
    CHECK(!RatIsWindow(event));
    CHECK(!RatIsWindow(queue));
    /* And none of them was hurt. */
    CHECK_EQ(RatGetHandleKind(event), RAT_HANDLE_EVENT);
    CHECK_EQ(RatGetHandleKind(queue), RAT_HANDLE_MESSAGE_QUEUE);
    CHECK_EQ(RatGetHandleKind(window), RAT_HANDLE_WINDOW);
    CHECK(RatIsWindow(window));
}

TEST(noOtherNumberNamesALiveObject)
{
    /* The thread's own queue came with the window. */
    RatHandle live[4] = {newEvent(), newQueue(), makeWindow(0), 0};
    REQUIRE_OK(RatGetThreadMessageQueue(&live[3]));
    for (int i = 0; i < 4; i++) {
        for (int bit = 0; bit < 64; bit++) {
            RatHandle other = live[i] ^ (UINT64_C(1) << bit);
            if (other == live[0] || other == live[1] || other == live[2] || other == live[3])
                continue;
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
    RatHandle handles[3] = {newEvent(), newQueue(), makeWindow(0)};
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
    RatHandle foreign[3];
    REQUIRE(read(ends[0], foreign, sizeof foreign) == (ssize_t)sizeof foreign);
    int state;
    REQUIRE(waitpid(child, &state, 0) == child && state == 0);

    /* The same objects in the same places, so that only the process tells them apart. */
    RatHandle own[3] = {newEvent(), newQueue(), makeWindow(0)};
    for (int i = 0; i < 3; i++) {
        CHECK(foreign[i] != own[i]);
        refusedByAll(foreign[i], 0);
        CHECK_EQ(RatGetHandleKind(foreign[i]), RAT_HANDLE_NONE);
    }
}

TEST(afterForkTheParentsHandlesAreInvalidAndTheChildStartsAnew)
{
    RatHandle handles[5] = {newEvent(), newQueue(), makeWindow(0), newPipe(), newSocket()};
    pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        alarm(TEST_SECONDS);
        for (int i = 0; i < 5; i++) {
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
        RatPipe reader = RAT_INVALID_HANDLE, writer = RAT_INVALID_HANDLE;
        if (RatCreatePipe(&reader, &writer) != RAT_IPC_OK) _exit(8);
        _exit(0);
    }
    int state = 0;
    REQUIRE(waitpid(child, &state, 0) == child);
    CHECK_EQ(state, 0);
    /* The parent noticed nothing. */
    for (int i = 0; i < 5; i++) CHECK_STATUS(RatCloseHandle(handles[i]), RAT_IPC_OK);
}

TEST(everyReferenceIsClosedOnce)
{
    RatHandle handles[4] = {newEvent(), newQueue(), newPipe(), newSocket()};
    for (int i = 0; i < 4; i++) {
        CHECK_STATUS(RatRetainHandle(handles[i]), RAT_IPC_OK);
        CHECK_STATUS(RatRetainHandle(handles[i]), RAT_IPC_OK);
        CHECK_STATUS(RatCloseHandle(handles[i]), RAT_IPC_OK);
        RatIpcStatus (*const closes[4])(RatHandle) = {closeEvent, closeQueue, closePipe, closeSocket};
        CHECK_STATUS(closes[i](handles[i]), RAT_IPC_OK);
        CHECK(RatGetHandleKind(handles[i]) != RAT_HANDLE_NONE);
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
    RatHandle handles[5] = {RAT_INVALID_HANDLE, UINT64_MAX, newEvent(), newQueue(), makeWindow(0)};
    for (int i = 0; i < 5; i++) {
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
        CHECK_EQ(size, 77);
    }
    CHECK_STATUS(RatDispatchMessage(NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetCurrentMessage(NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetFocus(NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetThreadMessageQueue(NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateEvent(true, true, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateMessageQueue(0, NULL), RAT_IPC_ERR_INVALID_ARG);
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
    CHECK_STATUS(RatSetWindowLong(window, RAT_GWL_STYLE, 0, &value), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetWindowLong(window, RAT_GWLP_WNDPROC, 0, &value), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(value, 5);
    CHECK_STATUS(RatSetTimer(window, 0, 10, NULL, NULL), RAT_IPC_ERR_INVALID_ARG);
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

static intptr_t tryAllFromHere(void* context)
{
    RatWindow window = *(RatWindow*)context;
    for (int i = 0; i < FUNCTIONS; i++) {
        if (!(functions[i].takes & WINDOW)) continue;
        /* These do not touch the window itself. */
        if (functions[i].call == post || functions[i].call == retain) continue;
        if (functions[i].takes & PIPE && functions[i].call != closeAny) continue;
        inRow(functions[i].name);
        CHECK_STATUS(functions[i].call(window), RAT_IPC_ERR_WRONG_THREAD);
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
    Thread thread;
    start(&thread, tryAllFromHere, &window);
    join(&thread);
    CHECK_EQ(loggedCount, before);
    CHECK(RatIsWindow(window));
}
