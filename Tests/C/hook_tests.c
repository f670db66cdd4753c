/* Hooks through the C interface. */
#include "send_support.h"

#include <string.h>

static char trail[256];

static void mark(const char* text)
{
    if (strlen(trail) + strlen(text) < sizeof trail) strcat(trail, text);
}

static RatResult first(int32_t code, uintptr_t wparam, intptr_t lparam)
{
    mark("1");
    return RatCallNextHook(code, wparam, lparam);
}

static RatResult second(int32_t code, uintptr_t wparam, intptr_t lparam)
{
    mark("2");
    return RatCallNextHook(code, wparam, lparam);
}

static RatHook setHook(int32_t kind, RatHookProc proc)
{
    RatHook hook = 0;
    REQUIRE_OK(RatSetHook(kind, proc, threadQueue(), &hook));
    CHECK(hook != 0);
    return hook;
}

TEST(aHookThatIsNoneIsRefused)
{
    RatHook hook = 77;
    RatMessageQueue plainQueue = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateMessageQueue(0, &plainQueue));
    CHECK_STATUS(RatSetHook(RAT_WH_GETMESSAGE, NULL, threadQueue(), &hook), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(hook, 0);
    CHECK_STATUS(RatSetHook(1000, first, threadQueue(), &hook), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetHook(-2, first, threadQueue(), &hook), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetHook(INT32_MIN, first, threadQueue(), &hook), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetHook(RAT_WH_KEYBOARD_LL, first, 0, &hook), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK_STATUS(RatSetHook(RAT_WH_MOUSE_LL, first, 0, &hook), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK_STATUS(RatSetHook(0, first, 0, &hook), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK_STATUS(RatSetHook(RAT_WH_CBT, first, plainQueue, &hook), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatUnhook(0), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatUnhook(12345), RAT_IPC_ERR_INVALID_HANDLE);
    hook = setHook(RAT_WH_GETMESSAGE, first);
    CHECK_STATUS(RatUnhook(hook), RAT_IPC_OK);
    CHECK_STATUS(RatUnhook(hook), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_EQ(RatCallNextHook(0, 0, 0), 0);
    CHECK(!RatCallMsgFilter(NULL, 0));
    REQUIRE_OK(RatSetHook(RAT_WH_GETMESSAGE, first, 0, NULL));
}

/* As the kit's program about hooks that change what is retrieved. */
static RatWindow changed;

static RatResult change(int32_t code, uintptr_t wparam, intptr_t lparam)
{
    RatMessage* msg = (RatMessage*)lparam;
    if (code == RAT_HC_ACTION && wparam == RAT_PM_REMOVE) {
        if (msg->header.message == RAT_WM_APP + 1) {
            msg->header.message = RAT_WM_APP + 11;
            msg->header.wparam += 100;
            msg->header.lparam = -1;
        } else if (msg->header.message == RAT_WM_APP + 2) {
            msg->header.target = changed;
        } else if (msg->header.message == RAT_WM_APP + 3) {
            msg->header.message = RAT_WM_NULL;
        }
    }
    return RatCallNextHook(code, wparam, lparam);
}

TEST(aRetrievalHookChangesWhatIsRetrieved)
{
    RatWindow window = makeWindow(0);
    changed = makeWindow(0);
    drain();
    RatHook hook = setHook(RAT_WH_GETMESSAGE, change);
    for (uint32_t i = 1; i <= 4; i++) {
        RatMessage msg = plain(RAT_WM_APP + i);
        msg.header.wparam = i;
        REQUIRE_OK(RatPostMessage(window, &msg));
    }
    RatMessage msg;
    REQUIRE_OK(RatGetMessage(threadQueue(), &msg, 0));
    CHECK_EQ(msg.header.message, RAT_WM_APP + 11);
    CHECK_EQ(msg.header.wparam, 101);
    CHECK_EQ(msg.header.lparam, -1);
    REQUIRE_OK(RatGetMessage(threadQueue(), &msg, 0));
    CHECK_EQ(msg.header.target, changed);
    REQUIRE_OK(RatGetMessage(threadQueue(), &msg, 0));
    CHECK_EQ(msg.header.message, RAT_WM_NULL);
    REQUIRE_OK(RatUnhook(hook));
    REQUIRE_OK(RatGetMessage(threadQueue(), &msg, 0));
    CHECK_EQ(msg.header.message, RAT_WM_APP + 4);
}

static RatHook ownHook;

static RatResult removeOwn(int32_t code, uintptr_t wparam, intptr_t lparam)
{
    mark("x");
    CHECK_STATUS(RatUnhook(ownHook), RAT_IPC_OK);
    return RatCallNextHook(code, wparam, lparam);
}

TEST(theYoungestHookComesFirstAndMayRemoveItself)
{
    RatWindow window = makeWindow(0);
    RatMessage msg = plain(RAT_WM_APP);
    setHook(RAT_WH_CALLWNDPROC, first);
    ownHook = setHook(RAT_WH_CALLWNDPROC, removeOwn);
    setHook(RAT_WH_CALLWNDPROC, second);
    REQUIRE_OK(RatSendMessage(window, &msg, NULL, 0));
    REQUIRE_OK(RatSendMessage(window, &msg, NULL, 0));
    CHECK_STR(trail, "2x121");
    /* A hook is not called for what is posted. */
    REQUIRE_OK(RatPostMessage(window, &msg));
    drain();
    CHECK_STR(trail, "2x121");
}

static RatCallHook seenCall;
static RatReturnHook seenReturn;
static uintptr_t seenOwn[2];

static RatResult beforeCall(int32_t code, uintptr_t wparam, intptr_t lparam)
{
    const RatCallHook* call = (const RatCallHook*)lparam;
    if (call->message == ASK) seenCall = *call, seenOwn[0] = wparam;
    return RatCallNextHook(code, wparam, lparam);
}

static RatResult afterCall(int32_t code, uintptr_t wparam, intptr_t lparam)
{
    const RatReturnHook* end = (const RatReturnHook*)lparam;
    if (end->message == ASK) seenReturn = *end, seenOwn[1] = wparam;
    return RatCallNextHook(code, wparam, lparam);
}

static RatResult answer(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    (void)window, (void)message;
    return (RatResult)wparam * 10 + lparam;
}

TEST(aHookOfAnotherThreadRunsThereAndEndsWithIt)
{
    Host host;
    startHost(&host, answer);
    RatHook before, after;
    REQUIRE_OK(RatSetHook(RAT_WH_CALLWNDPROC, beforeCall, host.queue, &before));
    REQUIRE_OK(RatSetHook(RAT_WH_CALLWNDPROCRET, afterCall, host.queue, &after));
    seenOwn[0] = seenOwn[1] = 9;
    RatMessage msg = asking(ASK, 4), reply;
    msg.header.lparam = 2;
    REQUIRE_OK(RatSendMessage(host.window, &msg, &reply, SOON));
    CHECK_EQ(seenOwn[0], 0);
    CHECK_EQ(seenOwn[1], 0);
    CHECK_EQ(seenCall.window, host.window);
    CHECK_EQ(seenCall.wparam, 4);
    CHECK_EQ(seenCall.lparam, 2);
    CHECK_EQ(seenReturn.window, host.window);
    CHECK_EQ(seenReturn.result, 42);
    CHECK_EQ(reply.header.lparam, 42);
    CHECK_STATUS(RatUnhook(before), RAT_IPC_OK);
    endHost(&host);
    CHECK_STATUS(RatUnhook(after), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatSetHook(RAT_WH_CBT, first, host.queue, NULL), RAT_IPC_ERR_INVALID_HANDLE);
}

static int32_t refused;

static RatResult refuse(int32_t code, uintptr_t wparam, intptr_t lparam)
{
    if (code == refused) return 1;
    return RatCallNextHook(code, wparam, lparam);
}

TEST(aHookOfTheProcessRefusesWhatHappensToWindows)
{
    registerTestClass();
    RatWindow window = makeWindow(RAT_WS_VISIBLE), other;
    drain();
    REQUIRE_OK(RatSetHook(RAT_WH_CBT, refuse, RAT_INVALID_HANDLE, NULL));
    refused = RAT_HCBT_CREATEWND;
    loggedCount = 0;
    CHECK_STATUS(tryWindow(0, &other), RAT_IPC_ERR_CANCELLED);
    CHECK_EQ(loggedCount, 0);
    refused = RAT_HCBT_DESTROYWND;
    CHECK_STATUS(RatDestroyWindow(window), RAT_IPC_ERR_CANCELLED);
    CHECK(RatIsWindow(window));
    CHECK_EQ(loggedCount, 0);
    refused = RAT_HCBT_SETFOCUS;
    RatWindow focus;
    REQUIRE_OK(RatGetFocus(&focus));
    CHECK_STATUS(RatSetFocus(focus == window ? RAT_INVALID_HANDLE : window),
                 RAT_IPC_ERR_CANCELLED);
    refused = -1;
    CHECK_STATUS(RatDestroyWindow(window), RAT_IPC_OK);
    CHECK(!RatIsWindow(window));
}
