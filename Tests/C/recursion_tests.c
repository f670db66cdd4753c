/* Procedures that call themselves without end: the thread is told that its stack is nearly used up, and the
 * program goes on. */
#include "send_support.h"

enum { SMALL_STACK = 80 * 1024, LARGE_STACK = 64 << 20 };

/* What the deepest call was told, and how deep it was. */
static _Thread_local RatStatus deepest;
static _Thread_local int depth, most;
static _Thread_local int limit;

/* Does something that calls the procedure again. */
static RatStatus (*again)(RatWindow window);

static RatResult recurse(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    /* What is begun here has this message in the middle of it. */
    if (message == RAT_WM_NCDESTROY || message == RAT_WM_DESTROY || depth >= limit)
        return RatDefWindowProc(window, message, wparam, lparam);
    depth++;
    most = depth;
    RatStatus status = again(window);
    depth--;
    if (status == RAT_IPC_OK) return RatDefWindowProc(window, message, wparam, lparam);
    /* Once is enough: each call on the way back has more messages, in which it could begin anew. */
    if (limit != 0) deepest = status;
    limit = 0;
    return RatDefWindowProc(window, message, wparam, lparam);
}

static RatStatus sendAgain(RatWindow window)
{
    RatMessage msg = asking(ASK, 0);
    return RatSendMessage(window, &msg, NULL, RAT_INFINITE);
}

static RatStatus dispatchAgain(RatWindow window)
{
    RatMessage msg = asking(ASK, 0);
    msg.header.target = window;
    return RatDispatchMessage(&msg);
}

static RatStatus moveAgain(RatWindow window)
{
    return RatSetWindowPos(window, 0, depth % 2, 0, 9, 9, RAT_SWP_NOZORDER | RAT_SWP_NOACTIVATE);
}

static RatStatus resizeAgain(RatWindow window)
{
    return RatMoveWindow(window, 0, 0, 20 + depth % 2, 9);
}

static RatStatus createAgain(RatWindow window)
{
    RatWindow child;
    return RatCreateWindow(0, "Recursive", "", RAT_WS_CHILD, 0, 0, 9, 9, window, NULL, &child);
}

static RatStatus hideAgain(RatWindow window)
{
    return RatShowWindow(window, RAT_SW_HIDE);
}

static RatStatus renameAgain(RatWindow window)
{
    return RatSetWindowText(window, "again");
}

static RatStatus styleAgain(RatWindow window)
{
    return RatSetWindowLong(window, RAT_GWL_EXSTYLE, 0x20 * (depth % 2), NULL);
}

static RatStatus disableAgain(RatWindow window)
{
    return RatEnableWindow(window, false, NULL);
}

/* Sends, creates, moves and so on from inside itself, until it is refused. Gives how deep it came. */
static uint32_t runAway(void* argument)
{
    (void)argument;
    RatWindow window = RAT_INVALID_HANDLE;
    limit = 0;
    REQUIRE_OK(RatCreateWindow(0, "Recursive", "", RAT_WS_CHILD | RAT_WS_VISIBLE, 0, 0, 9, 9,
                               RAT_HWND_MESSAGE, NULL, &window));
    limit = INT32_MAX;
    deepest = RAT_IPC_OK;
    depth = 0;
    most = 0;
    RatStatus outermost = again(window);
    CHECK(outermost == RAT_IPC_OK || outermost == RAT_IPC_ERR_NO_RESOURCES);
    CHECK_STATUS(deepest, RAT_IPC_ERR_NO_RESOURCES);
    CHECK_EQ(depth, 0);
    /* Everything works as before. */
    limit = 0;
    CHECK_STATUS(again(window), RAT_IPC_OK);
    CHECK_STATUS(RatDestroyWindow(window), RAT_IPC_OK);
    CHECK(!RatIsWindow(window));
    return (uint32_t)most;
}

static uint32_t runAwayOnAThread(size_t stackSize)
{
    RatThread thread = RAT_INVALID_HANDLE;
    uint32_t deep = 0;
    REQUIRE_OK(RatCreateThread(runAway, NULL, stackSize, &thread));
    REQUIRE_OK(RatJoinThread(thread, RAT_INFINITE, &deep));
    REQUIRE_OK(RatCloseThread(thread));
    return deep;
}

static const struct {
    const char* name;
    RatStatus (*again)(RatWindow window);
} ways[] = {
    {"send", sendAgain},     {"dispatch", dispatchAgain}, {"move", moveAgain},
    {"resize", resizeAgain}, {"create", createAgain},     {"hide", hideAgain},
    {"rename", renameAgain}, {"style", styleAgain},       {"disable", disableAgain},
};

static void registerRecursive(void)
{
    REQUIRE_OK(RatAttachDisplay("headless"));
    RatWindowClass given = {.size = sizeof given, .proc = recurse, .name = "Recursive"};
    REQUIRE_OK(RatRegisterClass(&given, NULL));
}

TEST(aProcedureWithoutEndIsRefusedOnTheFirstThread)
{
    registerRecursive();
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        inRow(ways[i].name);
        again = ways[i].again;
        CHECK(runAway(NULL) > 100);
    }
}

TEST(aProcedureWithoutEndIsRefusedOnAnyStack)
{
    registerRecursive();
    static const size_t sizes[] = {0, SMALL_STACK, 256 * 1024, 1 << 20};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        inRow(ways[i].name);
        again = ways[i].again;
        for (size_t size = 0; size < sizeof sizes / sizeof sizes[0]; size++)
            CHECK(runAwayOnAThread(sizes[size]) > 2);
    }
}

TEST(aLargeStackLetsProceduresNestTenThousandDeep)
{
    registerRecursive();
    again = sendAgain;
    CHECK(runAwayOnAThread(LARGE_STACK) > 10000);
}

static RatResult sendAcross(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    (void)window, (void)message, (void)lparam;
    /* To the other one's window, and so on. */
    RatMessage msg = asking(ASK, wparam);
    RatWindow* both = (RatWindow*)wparam;
    RatWindow other = both[0] == window ? both[1] : both[0];
    RatMessage reply;
    RatStatus status = RatSendMessage(other, &msg, &reply, RAT_INFINITE);
    if (status == RAT_IPC_OK) return reply.header.lparam;
    return status;
}

TEST(threadsThatAskEachOtherWithoutEndAreRefused)
{
    Host first, second;
    startHost(&first, sendAcross);
    startHost(&second, sendAcross);
    RatWindow both[] = {first.window, second.window};
    RatMessage msg = asking(ASK, (uintptr_t)both), reply;
    CHECK_STATUS(RatSendMessage(first.window, &msg, &reply, RAT_INFINITE), RAT_IPC_OK);
    /* What the deepest of them was told. */
    CHECK_EQ(reply.header.lparam, RAT_IPC_ERR_NO_RESOURCES);
    endHost(&first);
    endHost(&second);
}

static RatResult handleAgain(RatMessageQueue queue, const RatMessage* msg, void* context)
{
    (void)context;
    RatMessage next = {.header = msg->header};
    next.header.target = queue;
    depth++;
    deepest = RatDispatchMessage(&next);
    if (deepest == RAT_IPC_OK) return 0;
    if (most == 0) most = (int)deepest;
    return 0;
}

TEST(aQueuesProcedureWithoutEndIsRefused)
{
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateMessageQueue(0, &queue));
    REQUIRE_OK(RatSetMessageProc(queue, handleAgain, NULL));
    RatMessage msg = asking(ASK, 0);
    msg.header.target = queue;
    CHECK_STATUS(RatDispatchMessage(&msg), RAT_IPC_OK);
    CHECK_STATUS(most, RAT_IPC_ERR_NO_RESOURCES);
    CHECK(depth > 100);
    REQUIRE_OK(RatCloseMessageQueue(queue));
}
