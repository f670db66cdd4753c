/* Messages for all windows, registered numbers, copied data, what is not posted, and timers beside windows. */
#include "send_support.h"

#include <stdio.h>
#include <string.h>

static atomic_int asked;

static RatResult count(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    (void)window, (void)message, (void)lparam;
    if (wparam == 12) asked++;
    return 42;
}

static int callbacks;

static void noteReply(RatHandle target, uint32_t message, void* context, RatIpcStatus status,
                      const RatMessage* reply)
{
    (void)target, (void)message, (void)context;
    CHECK_STATUS(status, RAT_IPC_OK);
    CHECK_EQ(reply->header.lparam, 42);
    callbacks++;
}

TEST(aBroadcastReachesTheTopLevelWindowsOfAllThreads)
{
    uint32_t number;
    REQUIRE_OK(RatRegisterWindowMessage("broadcast_tests", &number));
    RatWindow mine = makeTarget(count);
    /* Neither a child nor a message-only window gets one. */
    RatWindow child, unseen;
    char name[256];
    size_t size;
    REQUIRE_OK(RatGetClassName(mine, name, sizeof name, &size));
    REQUIRE_OK(RatCreateWindow(0, name, "", RAT_WS_CHILD, 0, 0, 9, 9, mine, NULL, &child));
    REQUIRE_OK(RatCreateWindow(0, name, "", 0, 0, 0, 9, 9, RAT_HWND_MESSAGE, NULL, &unseen));
    Host host;
    startHost(&host, count);
    RatMessage msg = plain(number), reply;
    msg.header.wparam = 12;
    REQUIRE_OK(RatPostMessage(RAT_HWND_BROADCAST, &msg));
    drain();
    RatMessage barrier = plain(RAT_WM_NULL);
    while (asked < 2) REQUIRE_OK(RatSendMessage(host.window, &barrier, NULL, SOON));
    CHECK_EQ(asked, 2);
    REQUIRE_OK(RatSendMessage(RAT_HWND_BROADCAST, &msg, &reply, SOON));
    CHECK_EQ(asked, 4);
    CHECK_EQ(reply.header.lparam, 1);
    REQUIRE_OK(RatSendNotifyMessage(RAT_HWND_BROADCAST, &msg));
    REQUIRE_OK(RatSendMessage(host.window, &barrier, NULL, SOON));
    CHECK_EQ(asked, 6);
    REQUIRE_OK(RatSendMessageCallback(RAT_HWND_BROADCAST, &msg, noteReply, NULL));
    CHECK(callbacks >= 1);
    REQUIRE_OK(RatSendMessage(host.window, &barrier, NULL, SOON));
    drain();
    CHECK_EQ(callbacks, 2);
    CHECK_EQ(asked, 8);
    /* A program's own number means nothing to all. */
    msg.header.message = RAT_WM_APP;
    REQUIRE_OK(RatPostMessage(RAT_HWND_BROADCAST, &msg));
    REQUIRE_OK(RatSendMessage(RAT_HWND_BROADCAST, &msg, NULL, SOON));
    drain();
    CHECK_EQ(asked, 8);
    CHECK_STATUS(RatPostMessage(RAT_HWND_BROADCAST, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatPostMessageEx(RAT_HWND_BROADCAST, &msg, NULL, NULL), RAT_IPC_ERR_INVALID_HANDLE);
    msg.header.message = RAT_WM_SETTEXT;
    CHECK_STATUS(RatPostMessage(RAT_HWND_BROADCAST, &msg), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK(RatIsWindow(mine));
    endHost(&host);
}

TEST(aNameIsRegisteredOnce)
{
    uint32_t number = 7, again;
    CHECK_STATUS(RatRegisterWindowMessage(NULL, &number), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatRegisterWindowMessage("x", NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatRegisterWindowMessage("", &number), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatRegisterWindowMessage("\xFF", &number), RAT_IPC_ERR_INVALID_ARG);
    static char name[100001];
    memset(name, 'n', 100000);
    CHECK_STATUS(RatRegisterWindowMessage(name, &number), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(number, 7);
    name[255] = 0;
    REQUIRE_OK(RatRegisterWindowMessage(name, &number));
    CHECK(number >= 0xC000 && number <= 0xFFFF);
    REQUIRE_OK(RatRegisterWindowMessage(name, &again));
    CHECK_EQ(again, number);
}

TEST(namesCanBeUsedUp)
{
    char name[16];
    uint32_t number;
    for (int i = 0; i < 0x4000; i++) {
        snprintf(name, sizeof name, "name %d", i);
        REQUIRE_OK(RatRegisterWindowMessage(name, &number));
    }
    CHECK_EQ(number, 0xFFFF);
    CHECK_STATUS(RatRegisterWindowMessage("one more", &number), RAT_IPC_ERR_NO_RESOURCES);
    REQUIRE_OK(RatRegisterWindowMessage("name 0", &number));
    CHECK_EQ(number, 0xC000);
}

static const void* source;

static RatResult readCopy(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    (void)window, (void)wparam;
    if (message != RAT_WM_COPYDATA) return 0;
    const RatCopyData* copied = (const RatCopyData*)lparam;
    CHECK_EQ(copied->data, 17);
    CHECK_EQ(copied->size, 6);
    CHECK_STR((const char*)copied->bytes, "bytes");
    CHECK(copied->bytes != source);
    asked++;
    return 321;
}

static RatResult copyProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    if (message == RAT_WM_COPYDATA) return readCopy(window, message, wparam, lparam);
    return RatDefWindowProc(window, message, wparam, lparam);
}

static intptr_t copyTo(void* target)
{
    char bytes[] = "bytes";
    source = bytes;
    RatCopyData copied = {.data = 17, .size = sizeof bytes, .bytes = bytes};
    RatMessage msg = plain(RAT_WM_COPYDATA), reply;
    msg.header.lparam = (intptr_t)&copied;
    REQUIRE_OK(RatSendMessage(*(RatWindow*)target, &msg, &reply, SOON));
    CHECK_EQ(reply.header.lparam, 321);
    CHECK_STATUS(RatSendNotifyMessage(*(RatWindow*)target, &msg), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK_STATUS(RatSendMessageCallback(*(RatWindow*)target, &msg, noteReply, NULL),
                 RAT_IPC_ERR_NOT_SUPPORTED);
    copied.bytes = NULL;
    CHECK_STATUS(RatSendMessage(*(RatWindow*)target, &msg, NULL, SOON), RAT_IPC_ERR_INVALID_ARG);
    copied.bytes = bytes;
    copied.size = UINT32_MAX;
    CHECK_STATUS(RatSendMessage(*(RatWindow*)target, &msg, NULL, SOON), RAT_IPC_ERR_INVALID_ARG);
    msg = plain(RAT_WM_APP);
    REQUIRE_OK(RatPostMessage(*(RatWindow*)target, &msg));
    return 0;
}

TEST(copiedDataTravelsAndIsNotPosted)
{
    RatWindow window = makeWindow(0);
    drain();
    REQUIRE_OK(RatSetWindowLong(window, RAT_GWLP_WNDPROC, (intptr_t)copyProc, NULL));
    RatMessage msg = plain(RAT_WM_COPYDATA);
    CHECK_STATUS(RatPostMessage(window, &msg), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK_STATUS(RatPostMessageEx(window, &msg, NULL, NULL), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK_STATUS(RatPostMessage(threadQueue(), &msg), RAT_IPC_OK);
    Thread thread;
    start(&thread, copyTo, &window);
    pumpUntil(RAT_WM_APP);
    join(&thread);
    CHECK_EQ(asked, 1);
}

TEST(aTimerWithToleranceTicks)
{
    RatWindow window = makeWindow(0);
    uintptr_t id = 0;
    CHECK_STATUS(RatSetCoalescableTimer(window, 1, 10, NULL, 0x7FFFFFF6u, NULL),
                 RAT_IPC_ERR_INVALID_ARG);
    REQUIRE_OK(RatSetCoalescableTimer(window, 0, 10, NULL, RAT_TIMERV_NO_COALESCING, &id));
    CHECK_EQ(id, 0);
    CHECK_EQ(pumpUntil(RAT_WM_TIMER).header.wparam, 0);
    REQUIRE_OK(RatKillTimer(window, 0));
    uint64_t from = now();
    REQUIRE_OK(RatSetCoalescableTimer(window, 2, 10, NULL, 5, &id));
    CHECK_EQ(id, 2);
    CHECK_EQ(pumpUntil(RAT_WM_TIMER).header.wparam, 2);
    CHECK(now() - from >= 10000000u);
}

TEST(aWaitForObjectsEndsWithATimerAndWithAWindowsPaint)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    drain();
    RatEvent never = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateEvent(true, false, &never));
    REQUIRE_OK(RatSetTimer(window, 1, 10, NULL, NULL));
    size_t index = 7;
    CHECK_EQ(RatMsgWaitForMultipleObjects(&never, 1, SOON, RAT_QS_TIMER, 0, &index), RAT_WAIT_OK);
    CHECK_EQ(index, 1);
    RatMessage msg;
    REQUIRE_OK(RatGetMessage(threadQueue(), &msg, 0));
    CHECK_EQ(msg.header.message, RAT_WM_TIMER);
    REQUIRE_OK(RatKillTimer(window, 1));
    /* A timer does not end a wait for other kinds. */
    REQUIRE_OK(RatSetTimer(window, 2, 10, NULL, NULL));
    CHECK_EQ(RatMsgWaitForMultipleObjects(&never, 1, 30, RAT_QS_PAINT, 0, &index),
             RAT_WAIT_TIMEOUT);
    REQUIRE_OK(RatInvalidateRect(window, NULL, false));
    CHECK_EQ(RatMsgWaitForMultipleObjects(&never, 1, SOON, RAT_QS_PAINT, 0, &index), RAT_WAIT_OK);
    CHECK_EQ(index, 1);
    REQUIRE_OK(RatSetEvent(never));
    CHECK_EQ(RatMsgWaitForMultipleObjects(&never, 1, SOON, 0, 0, &index), RAT_WAIT_OK);
    CHECK_EQ(index, 0);
}
