/* What keeps a retrieved payload alive without retaining it: dispatches; and until when that of a
 * closed queue stays. */
#include "queue_support.h"

static RatMessage inner;

/* Retrieves the next message of its queue while it handles this one, and dispatches it too. */
static RatResult retrieveInside(RatMessageQueue queue, const RatMessage* msg, void* context)
{
    int* calls = context;
    ++*calls;
    CHECK(isIntact(msg));
    RatMessage next;
    if (RatGetMessage(queue, &next, 0) == RAT_IPC_OK) {
        if (next.header.message == 3) inner = next;
        REQUIRE_OK(RatDispatchMessage(&next));
    }
    CHECK(isIntact(msg));
    return 0;
}

TEST(aPayloadOutlivesItsDispatch)
{
    RatMessageQueue queues[2] = {queueWith((RatQueueOptions){0}), threadQueue()};
    const size_t sizes[] = {10, 1000};
    for (int i = 0; i < 4; i++) {
        RatMessageQueue queue = queues[i / 2];
        int calls = 0;
        REQUIRE_OK(RatSetMessageProc(queue, retrieveInside, &calls));
        for (uint32_t j = 1; j <= 3; j++) REQUIRE_OK(postBytes(queue, j, sizes[i % 2]));
        RatMessage msg;
        REQUIRE_OK(RatGetMessage(queue, &msg, 0));
        REQUIRE_OK(RatDispatchMessage(&msg));
        CHECK_EQ(calls, 3);
        /* The dispatch is over, and others were retrieved: it is gone, and the last one is not. */
        CHECK_STATUS(RatRetainMessage(&msg), RAT_IPC_ERR_NOT_FOUND);
        CHECK(isIntact(&inner));
        CHECK_STATUS(RatRetainMessage(&inner), RAT_IPC_OK);
        CHECK_STATUS(RatReleaseMessage(&inner), RAT_IPC_OK);
        REQUIRE_OK(RatSetMessageProc(queue, NULL, NULL));
    }
}

static RatResult closeInside(RatMessageQueue queue, const RatMessage* msg, void* context)
{
    RatMessageQueue other = *(RatMessageQueue*)context;
    REQUIRE_OK(RatCloseMessageQueue(queue));
    CHECK_EQ(takeNumber(other), 9);
    CHECK(isIntact(msg));
    return 0;
}

TEST(aPayloadOutlivesAQueueThatIsClosedWhileItIsDispatched)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    RatMessageQueue other = queueWith((RatQueueOptions){0});
    REQUIRE_OK(RatSetMessageProc(queue, closeInside, &other));
    REQUIRE_OK(postBytes(queue, 1, 1000));
    REQUIRE_OK(postNumber(other, 9));
    RatMessage msg;
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_STATUS(RatDispatchMessage(&msg), RAT_IPC_OK);
    CHECK_STATUS(RatRetainMessage(&msg), RAT_IPC_ERR_NOT_FOUND);
}

TEST(aClosedQueuesPayloadStaysUntilTheNextRetrievalFromAny)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    RatMessageQueue other = queueWith((RatQueueOptions){0});
    RatMessage msg, next;
    REQUIRE_OK(postBytes(queue, 1, 100));
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    REQUIRE_OK(RatCloseMessageQueue(queue));
    CHECK_STATUS(RatGetMessage(other, &next, 0), RAT_IPC_ERR_TIMEOUT);
    CHECK(isIntact(&msg));
    CHECK_STATUS(RatRetainMessage(&msg), RAT_IPC_OK);
    CHECK_STATUS(RatReleaseMessage(&msg), RAT_IPC_OK);
    REQUIRE_OK(postNumber(other, 2));
    REQUIRE_OK(RatGetMessage(other, &next, 0));
    CHECK_STATUS(RatRetainMessage(&msg), RAT_IPC_ERR_NOT_FOUND);
}

static uint32_t handled;

static bool retrieveInWindow(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam,
                             RatResult* result)
{
    (void)window, (void)wparam, (void)lparam, (void)result;
    if (message != RAT_WM_APP) return false;
    RatMessage current, next;
    REQUIRE_OK(RatGetCurrentMessage(&current));
    REQUIRE_OK(RatGetMessage(threadQueue(), &next, 0));
    CHECK_EQ(next.header.message, RAT_WM_APP + 1);
    CHECK(isIntact(&current));
    handled++;
    return true;
}

TEST(aWindowProcedureMayRetrieveWhileItReadsItsPayload)
{
    RatWindow window = makeWindow(0);
    drain();
    onMessage = retrieveInWindow;
    for (uint32_t i = 0; i < 2; i++) REQUIRE_OK(postBytes(window, RAT_WM_APP + i, 500));
    RatMessage msg;
    REQUIRE_OK(RatGetMessage(threadQueue(), &msg, 0));
    REQUIRE_OK(RatDispatchMessage(&msg));
    CHECK_EQ(handled, 1);
}
