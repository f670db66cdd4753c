/* Sending to a thread's own queue, where a procedure may handle it or the thread retrieve it. */
#include "send_support.h"

static int called;

static RatResult answerNumber(RatMessageQueue queue, const RatMessage* message, void* context)
{
    CHECK_EQ(message->header.target, queue);
    CHECK(context == &called);
    called++;
    return (RatResult)message->header.message + 1;
}

TEST(aThreadsQueueWithoutProcedureGetsRequestsToRetrieve)
{
    RatMessageQueue queue = threadQueue();
    Sender sender = {0};
    startSender(&sender, queue, ASK, RAT_INFINITE);
    CHECK_EQ(requestsIn(queue), 1);
    RatMessage request = takeRequest(queue);
    CHECK_EQ(request.header.target, queue);
    CHECK_STATUS(answerWith(&request, 6), RAT_IPC_OK);
    CHECK_STATUS(endSender(&sender), RAT_IPC_OK);
    CHECK_EQ(sender.reply.header.lparam, 6);
}

TEST(aThreadsQueueWithAProcedureHandlesInsideARetrieval)
{
    RatMessageQueue queue = threadQueue();
    REQUIRE_OK(RatSetMessageProc(queue, answerNumber, &called));
    Sender sender = {0};
    startSender(&sender, queue, ASK, RAT_INFINITE);
    RatMessage msg;
    CHECK_STATUS(RatGetMessage(queue, &msg, 0), RAT_IPC_ERR_TIMEOUT);
    CHECK_STATUS(endSender(&sender), RAT_IPC_OK);
    CHECK_EQ(sender.reply.header.lparam, ASK + 1);
    /* A direct call. */
    RatMessage reply;
    msg = plain(ASK_ALSO);
    CHECK_STATUS(RatSendMessage(queue, &msg, &reply, 0), RAT_IPC_OK);
    CHECK_EQ(reply.header.lparam, ASK_ALSO + 1);
    CHECK_EQ(called, 2);
}

TEST(whatWasSentGoesWhereTheProcedureThatIsThereNowLooks)
{
    RatMessageQueue queue = threadQueue();
    RatMessage msg, notice = plain(9);
    Sender first = {0}, second = {0};
    startSender(&first, queue, ASK, RAT_INFINITE);
    REQUIRE_OK(RatSetMessageProc(queue, answerNumber, &called));
    CHECK_STATUS(RatGetMessage(queue, &msg, 0), RAT_IPC_ERR_TIMEOUT);
    CHECK_STATUS(endSender(&first), RAT_IPC_OK);
    CHECK_EQ(called, 1);

    startSender(&second, queue, ASK_ALSO, RAT_INFINITE);
    REQUIRE_OK(RatSetMessageProc(queue, NULL, NULL));
    msg = takeRequest(queue);
    CHECK_EQ(msg.header.message, ASK_ALSO);
    CHECK_STATUS(answerWith(&msg, 8), RAT_IPC_OK);
    CHECK_STATUS(endSender(&second), RAT_IPC_OK);
    CHECK_EQ(called, 1);
    CHECK_EQ(requestsIn(queue), 0);
    CHECK_STATUS(RatSendMessage(queue, &notice, NULL, RAT_INFINITE), RAT_IPC_ERR_DEADLOCK);
}

static intptr_t setForAnother(void* context)
{
    CHECK_STATUS(RatSetMessageProc(*(RatMessageQueue*)context, answerNumber, NULL),
                 RAT_IPC_ERR_WRONG_THREAD);
    return 0;
}

TEST(onlyItsThreadSetsTheProcedureOfAThreadsQueue)
{
    RatMessageQueue queue = threadQueue();
    onThread(setForAnother, &queue);
}

TEST(aRequestThatAFilterLeavesKeepsNobodyBusy)
{
    RatMessageQueue queue = threadQueue();
    Sender sender = {0};
    startSender(&sender, queue, ASK, RAT_INFINITE);
    uint32_t status = 0;
    REQUIRE_OK(RatGetQueueStatus(RAT_QS_SENDMESSAGE, &status));
    CHECK_EQ(status, RAT_QS_SENDMESSAGE | RAT_QS_SENDMESSAGE << 16);
    REQUIRE_OK(RatGetQueueStatus(RAT_QS_SENDMESSAGE, &status));
    CHECK_EQ(status, RAT_QS_SENDMESSAGE << 16);
    RatMessage msg;
    RatMessageFilter filter = {.size = sizeof filter, .first = 1, .last = 1};
    CHECK_STATUS(RatGetMessageEx(queue, &msg, &filter, 0), RAT_IPC_ERR_TIMEOUT);
    CHECK_STATUS(RatWaitMessage(0), RAT_IPC_ERR_TIMEOUT);
    msg = takeRequest(queue);
    CHECK_STATUS(RatReplyMessage(&msg, NULL), RAT_IPC_OK);
    CHECK_STATUS(endSender(&sender), RAT_IPC_OK);
}

static intptr_t leaveBegun(void* context)
{
    RatMessageQueue* out = context;
    out[0] = threadQueue();
    REQUIRE_OK(RatSetEvent(out[1]));
    takeRequest(out[0]);
    return 0;
}

TEST(aThreadThatEndsAnswersNoneOfItsRequestsBegunOrNot)
{
    RatMessageQueue shared[2] = {RAT_INVALID_HANDLE, newEvent(true, false)};
    Thread receiver;
    start(&receiver, leaveBegun, shared);
    REQUIRE(RatWaitForObject(shared[1], SOON) == RAT_WAIT_OK);
    Sender begun = {0};
    launchSender(&begun, shared[0], ASK, RAT_INFINITE);
    CHECK_STATUS(endSender(&begun), RAT_IPC_ERR_NOT_CONNECTED);
    join(&receiver);
    RatMessage msg = plain(ASK);
    CHECK_STATUS(RatSendMessage(shared[0], &msg, NULL, RAT_INFINITE), RAT_IPC_ERR_INVALID_HANDLE);
}
