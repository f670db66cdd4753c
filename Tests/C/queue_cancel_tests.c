/* Taking posted messages back. */
#include "queue_support.h"

static uint64_t postForToken(RatMessageQueue target, uint32_t number)
{
    uint64_t token = 0;
    REQUIRE_OK(postWith(target, number, (RatPostOptions){0}, &token));
    CHECK(token != 0);
    return token;
}

TEST(aCancelledMessageIsNotRetrieved)
{
    RatMessageQueue queues[2] = {queueWith((RatQueueOptions){0}), threadQueue()};
    for (int i = 0; i < 2; i++) {
        uint64_t tokens[5];
        for (uint32_t j = 0; j < 5; j++) tokens[j] = postForToken(queues[i], j);
        CHECK_STATUS(RatCancelMessage(queues[i], tokens[0]), RAT_IPC_OK);
        CHECK_EQ(takeNumber(queues[i]), 1);
        CHECK_STATUS(RatCancelMessage(queues[i], tokens[3]), RAT_IPC_OK);
        REQUIRE_OK(postNumber(queues[i], 5));
        CHECK_STATUS(RatCancelMessage(queues[i], tokens[4]), RAT_IPC_OK);
        CHECK_EQ(infoOf(queues[i]).cancelled, 3);
        CHECK_TAKES(queues[i], 2, 5);
        CHECK_EQ(RatWaitForObject(queues[i], 0), RAT_WAIT_TIMEOUT);
    }
}

TEST(aMessageIsCancelledOnce)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    uint64_t token = postForToken(queue, 1);
    CHECK_STATUS(RatCancelMessage(queue, token), RAT_IPC_OK);
    CHECK_STATUS(RatCancelMessage(queue, token), RAT_IPC_ERR_NOT_FOUND);
    CHECK_EQ(infoOf(queue).cancelled, 1);
}

TEST(aRetrievedMessageIsNotCancelled)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    uint64_t token = postForToken(queue, 1);
    CHECK_EQ(takeNumber(queue), 1);
    CHECK_STATUS(RatCancelMessage(queue, token), RAT_IPC_ERR_NOT_FOUND);
    CHECK_EQ(infoOf(queue).cancelled, 0);
}

TEST(aNumberThatIsNoTokenCancelsNothing)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    RatMessageQueue other = queueWith((RatQueueOptions){0});
    REQUIRE_OK(postNumber(queue, 1));
    uint64_t token = postForToken(queue, 2);
    CHECK_STATUS(RatCancelMessage(queue, 0), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatCancelMessage(queue, UINT64_MAX), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatCancelMessage(other, token), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatCancelMessage(threadQueue(), token), RAT_IPC_ERR_NOT_FOUND);
    CHECK_TAKES(queue, 1, 2);
}

TEST(aWindowsMessageIsCancelledByTheWindow)
{
    RatWindow window = makeWindow(0), other = makeWindow(0);
    uint64_t token = postForToken(window, 8);
    CHECK_STATUS(RatCancelMessage(other, token), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatCancelMessage(window, token), RAT_IPC_OK);
    token = postForToken(window, 2);
    REQUIRE_OK(RatDestroyWindow(window));
    CHECK_STATUS(RatCancelMessage(window, token), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatCancelMessage(threadQueue(), token), RAT_IPC_ERR_NOT_FOUND);
    RatQueueInfo info = infoOf(threadQueue());
    CHECK_EQ(info.cancelled, 1);
    CHECK_EQ(info.discarded, 1);
}

TEST(cancellingFreesTheBytes)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){.byteBudget = 1000});
    char bytes[1000] = {0};
    RatMessage msg = plain(1);
    msg.header.size = sizeof bytes;
    msg.payload = bytes;
    for (int i = 0; i < 10; i++) {
        uint64_t token = 0;
        REQUIRE_OK(RatPostMessageEx(queue, &msg, NULL, &token));
        CHECK_STATUS(RatPostMessage(queue, &msg), RAT_IPC_ERR_NO_RESOURCES);
        REQUIRE_OK(RatCancelMessage(queue, token));
        CHECK_EQ(infoOf(queue).queuedBytes, 0);
    }
}

TEST(cancelledMessagesDisturbNoOtherPriority)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    uint64_t tokens[8];
    for (int32_t i = 0; i < 8; i++) {
        RatMessage msg = plain((uint32_t)i);
        msg.header.priority = i + RAT_PRIORITY_LOWEST;
        REQUIRE_OK(RatPostMessageEx(queue, &msg, NULL, &tokens[i]));
    }
    for (int i = 1; i < 8; i += 2) REQUIRE_OK(RatCancelMessage(queue, tokens[i]));
    REQUIRE_OK(postUrgent(queue, 9, -3));
    CHECK_EQ(takeNumber(queue), 6);
    REQUIRE_OK(RatCancelMessage(queue, tokens[4]));
    CHECK_TAKES(queue, 2, 9, 0);
}

/* A thread that retrieves until it meets message 0, and counts. */
static intptr_t countTaken(void* context)
{
    RatMessageQueue queue = *(RatMessageQueue*)context;
    intptr_t count = 0;
    for (;;) {
        RatMessage msg;
        REQUIRE_OK(RatGetMessage(queue, &msg, SOON));
        if (msg.header.message == 0) return count;
        count++;
    }
}

enum { RACES = 20000 };

TEST(ofCancellingAndRetrievingExactlyOneWins)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    Thread thread;
    start(&thread, countTaken, &queue);
    intptr_t cancelled = 0;
    for (int i = 0; i < RACES; i++) {
        uint64_t token = 0;
        REQUIRE_OK(postWith(queue, 1, (RatPostOptions){.timeout_ms = SOON}, &token));
        RatIpcStatus status = RatCancelMessage(queue, token);
        REQUIRE(status == RAT_IPC_OK || status == RAT_IPC_ERR_NOT_FOUND);
        cancelled += status == RAT_IPC_OK;
    }
    REQUIRE_OK(postWith(queue, 0, (RatPostOptions){.timeout_ms = SOON}, NULL));
    CHECK_EQ(cancelled + join(&thread), RACES);
    RatQueueInfo info = infoOf(queue);
    CHECK_EQ(info.cancelled, cancelled);
    CHECK_EQ(info.retrieved, RACES - cancelled + 1);
}

static intptr_t cancelAll(void* context)
{
    uint64_t* tokens = context;
    RatMessageQueue queue = tokens[0];
    intptr_t count = 0;
    for (int i = 1; i <= 2000; i++) count += RatCancelMessage(queue, tokens[i]) == RAT_IPC_OK;
    return count;
}

TEST(ofTwoThatCancelExactlyOneWins)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    uint64_t tokens[2001] = {queue};
    for (int i = 1; i <= 2000; i++) tokens[i] = postForToken(queue, 1);
    Thread threads[2];
    for (int i = 0; i < 2; i++) start(&threads[i], cancelAll, tokens);
    CHECK_EQ(join(&threads[0]) + join(&threads[1]), 2000);
    CHECK_EQ(takeNumber(queue), -RAT_IPC_ERR_TIMEOUT);
}
