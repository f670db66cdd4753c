/* Sending to queues: plain ones, and threads' own with and without a procedure. */
#include "send_support.h"

#include <stdlib.h>
#include <string.h>

static intptr_t askWithPayload(void* context)
{
    RatMessageQueue queue = *(RatMessageQueue*)context;
    const uint32_t sizes[] = {0, 1, 64, 65, 1u << 20};
    unsigned char* payload = malloc(1 << 20);
    REQUIRE(payload != NULL);
    for (size_t i = 0; i < 5; i++) {
        memset(payload, (int)i + 1, sizes[i]);
        RatMessage msg = asking(ASK, i), reply;
        msg.header.size = sizes[i];
        msg.header.priority = RAT_PRIORITY_LOWEST;
        msg.payload = sizes[i] ? payload : NULL;
        REQUIRE_OK(RatSendMessage(queue, &msg, &reply, SOON));
        CHECK_EQ(reply.header.message, 1000 + i);
        CHECK_EQ(reply.header.wparam, i);
        CHECK_EQ(reply.header.lparam, -5);
        CHECK_EQ(reply.header.size, sizes[i]);
        CHECK_EQ(reply.header.token, 0);
        CHECK((reply.payload == NULL) == (sizes[i] == 0));
        if (reply.payload) {
            CHECK_EQ((uintptr_t)reply.payload % 16, 0);
            CHECK(memchr(reply.payload, 0, sizes[i]) == NULL);
            CHECK_EQ(((unsigned char*)reply.payload)[sizes[i] - 1], i + 101);
        }
    }
    free(payload);
    return 0;
}

TEST(aPlainQueueGetsRequestsAndItsRepliesGoBackWhole)
{
    RatMessageQueue queue = newQueue();
    Thread thread;
    start(&thread, askWithPayload, &queue);
    for (size_t i = 0; i < 5; i++) {
        RatMessage request = takeRequest(queue);
        CHECK_EQ(request.header.message, ASK);
        CHECK_EQ(request.header.wparam, i);
        CHECK_EQ(request.header.target, queue);
        unsigned char* bytes = request.payload;
        for (uint32_t k = 0; k < request.header.size; k++) bytes[k] = (unsigned char)(bytes[k] + 100);
        RatMessage reply = plain(1000 + (uint32_t)i);
        reply.header.wparam = i;
        reply.header.lparam = -5;
        reply.header.token = 99;
        reply.header.size = request.header.size;
        reply.payload = request.payload;
        CHECK_STATUS(RatReplyMessage(&request, &reply), RAT_IPC_OK);
    }
    join(&thread);
    CHECK_EQ(requestsIn(queue), 0);
}

TEST(requestsComeAheadOfPostedMessagesAndAFullQueueTakesThem)
{
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateMessageQueue(1, &queue));
    RatMessage msg = plain(5);
    msg.header.priority = RAT_PRIORITY_HIGHEST;
    REQUIRE_OK(RatPostMessage(queue, &msg));
    CHECK_STATUS(RatPostMessage(queue, &msg), RAT_IPC_ERR_NO_RESOURCES);
    Sender senders[3] = {0};
    for (int i = 0; i < 3; i++) startSender(&senders[i], queue, ASK + (uint32_t)i, RAT_INFINITE);
    REQUIRE_OK(RatSendNotifyMessage(queue, &msg));
    CHECK_EQ(requestsIn(queue), 4);
    for (uint32_t i = 0; i < 3; i++) {
        RatMessage request = takeRequest(queue);
        CHECK_EQ(request.header.message, ASK + i);
        CHECK_STATUS(answerWith(&request, (intptr_t)i), RAT_IPC_OK);
    }
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_EQ(msg.header.flags, RAT_MESSAGE_SENT);
    CHECK_EQ(msg.header.token, 0);
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_EQ(msg.header.flags, 0);
    for (int i = 0; i < 3; i++) {
        CHECK_STATUS(endSender(&senders[i]), RAT_IPC_OK);
        CHECK_EQ(senders[i].reply.header.lparam, i);
    }
}

TEST(aFilterPassesRequestsOverAndAPeekBeginsNone)
{
    RatMessageQueue queue = newQueue();
    Sender sender = {0};
    startSender(&sender, queue, ASK, RAT_INFINITE);
    RatMessage msg;
    REQUIRE_OK(RatPeekMessage(queue, &msg));
    CHECK_EQ(msg.header.message, ASK);
    CHECK_STATUS(RatReplyMessage(&msg, NULL), RAT_IPC_ERR_NOT_FOUND);
    RatMessageFilter filter = {.size = sizeof filter, .classes = RAT_QS_POSTMESSAGE};
    CHECK_STATUS(RatGetMessageEx(queue, &msg, &filter, 0), RAT_IPC_ERR_TIMEOUT);
    filter.classes = RAT_QS_SENDMESSAGE;
    filter.first = filter.last = ASK_ALSO;
    CHECK_STATUS(RatGetMessageEx(queue, &msg, &filter, 0), RAT_IPC_ERR_TIMEOUT);
    filter.first = filter.last = ASK;
    REQUIRE_OK(RatGetMessageEx(queue, &msg, &filter, 0));
    CHECK_STATUS(RatReplyMessage(&msg, NULL), RAT_IPC_OK);
    CHECK_STATUS(endSender(&sender), RAT_IPC_OK);
    CHECK_EQ(sender.reply.header.lparam, 0);
    CHECK_EQ(sender.reply.header.size, 0);
}

static intptr_t answerElsewhere(void* context)
{
    CHECK_STATUS(answerWith(context, 31), RAT_IPC_OK);
    return 0;
}

TEST(aRequestIsAnsweredOnceByWhomever)
{
    RatMessageQueue queue = newQueue();
    Sender sender = {0};
    Thread third;
    startSender(&sender, queue, ASK, RAT_INFINITE);
    RatMessage request = takeRequest(queue), bad = plain(0);
    bad.header.size = 1;
    CHECK_STATUS(RatReplyMessage(&request, &bad), RAT_IPC_ERR_INVALID_ARG);
    bad.header.size = RAT_MAX_PAYLOAD_SIZE + 1;
    bad.payload = &bad;
    CHECK_STATUS(RatReplyMessage(&request, &bad), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatReplyMessage(NULL, &bad), RAT_IPC_ERR_INVALID_ARG);
    start(&third, answerElsewhere, &request);
    join(&third);
    CHECK_STATUS(answerWith(&request, 32), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(endSender(&sender), RAT_IPC_OK);
    CHECK_EQ(sender.reply.header.lparam, 31);
    CHECK_STATUS(answerWith(&request, 33), RAT_IPC_ERR_NOT_FOUND);
}

TEST(onlyARequestCanBeAnswered)
{
    RatMessageQueue queue = newQueue();
    RatMessage msg = plain(ASK);
    msg.header.flags = RAT_MESSAGE_SENT | RAT_MESSAGE_REQUEST;
    msg.header.token = 1 << 18;
    REQUIRE_OK(RatPostMessage(queue, &msg));
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_EQ(msg.header.flags, 0);
    CHECK_EQ(msg.header.token, 0);
    CHECK_STATUS(RatReplyMessage(&msg, NULL), RAT_IPC_ERR_NOT_FOUND);
    REQUIRE_OK(RatSendNotifyMessage(queue, &msg));
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_STATUS(RatReplyMessage(&msg, NULL), RAT_IPC_ERR_NOT_FOUND);
    /* Numbers that were never given out, and the next that will be: its request is queued only. */
    Sender first = {0}, second = {0};
    startSender(&first, queue, ASK, RAT_INFINITE);
    RatMessage request = takeRequest(queue);
    startSender(&second, queue, ASK, RAT_INFINITE);
    const uint64_t tokens[] = {0, 1, UINT64_MAX, 1u << 18, (1u << 18) + 1, (1u << 18) + 2};
    for (size_t i = 0; i < 6; i++) {
        if (tokens[i] == request.header.token) continue;
        msg.header.token = tokens[i];
        CHECK_STATUS(RatReplyMessage(&msg, NULL), RAT_IPC_ERR_NOT_FOUND);
        msg.header.target = RAT_INVALID_HANDLE;
        CHECK_STATUS(RatDispatchMessage(&msg), RAT_IPC_ERR_NOT_FOUND);
    }
    CHECK_STATUS(answerWith(&request, 1), RAT_IPC_OK);
    CHECK_STATUS(endSender(&first), RAT_IPC_OK);
    request = takeRequest(queue);
    CHECK_STATUS(answerWith(&request, 2), RAT_IPC_OK);
    CHECK_STATUS(endSender(&second), RAT_IPC_OK);
}

static intptr_t keepReplies(void* context)
{
    RatMessageQueue queue = *(RatMessageQueue*)context;
    static char first[100] = "first";
    RatMessage msg = plain(ASK), reply, notice = plain(7);
    msg.header.size = sizeof first;
    msg.payload = first;
    REQUIRE_OK(RatSendMessage(queue, &msg, &reply, SOON));
    /* No send ends it but one that waits. */
    REQUIRE_OK(RatSendNotifyMessage(queue, &notice));
    REQUIRE_OK(RatPostMessage(queue, &notice));
    CHECK_STR(reply.payload, "first");
    /* It can be sent on. */
    RatMessage again = reply;
    again.header.message = ASK;
    REQUIRE_OK(RatSendMessage(queue, &again, &reply, SOON));
    CHECK_STR(reply.payload, "first");
    return 0;
}

TEST(aReplysPayloadLivesUntilTheNextSendAndCanBeSentOn)
{
    RatMessageQueue queue = newQueue();
    Thread thread;
    start(&thread, keepReplies, &queue);
    for (int answered = 0; answered < 2;) {
        RatMessage msg;
        REQUIRE_OK(RatGetMessage(queue, &msg, SOON));
        if (!(msg.header.flags & RAT_MESSAGE_REQUEST)) continue;
        CHECK_STATUS(RatReplyMessage(&msg, &msg), RAT_IPC_OK);
        answered++;
    }
    join(&thread);
}

static RatResult answerNumber(RatMessageQueue queue, const RatMessage* message, void* context)
{
    CHECK_EQ(message->header.target, queue);
    ++*(int*)context;
    return (RatResult)message->header.message + 1;
}

TEST(dispatchingARequestAnswersItWithTheProceduresResult)
{
    RatMessageQueue queue = newQueue();
    int called = 0;
    Sender sender = {0}, lost = {0};
    startSender(&lost, queue, ASK, RAT_INFINITE);
    RatMessage request = takeRequest(queue);
    CHECK_STATUS(RatDispatchMessage(&request), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(endSender(&lost), RAT_IPC_ERR_NOT_FOUND);
    REQUIRE_OK(RatSetMessageProc(queue, answerNumber, &called));
    startSender(&sender, queue, ASK, RAT_INFINITE);
    request = takeRequest(queue);
    CHECK_STATUS(RatDispatchMessage(&request), RAT_IPC_OK);
    CHECK_STATUS(endSender(&sender), RAT_IPC_OK);
    CHECK_EQ(sender.reply.header.lparam, ASK + 1);
    CHECK_EQ(called, 1);
    CHECK_STATUS(answerWith(&request, 1), RAT_IPC_ERR_NOT_FOUND);
}

static RatResult closeItself(RatMessageQueue queue, const RatMessage* message, void* context)
{
    (void)message, (void)context;
    CHECK_STATUS(RatCloseMessageQueue(queue), RAT_IPC_OK);
    return 5;
}

TEST(aMessageProcedureMayCloseItsOwnQueue)
{
    RatMessageQueue queue = newQueue();
    REQUIRE_OK(RatSetMessageProc(queue, closeItself, NULL));
    Sender sender = {0};
    startSender(&sender, queue, ASK, RAT_INFINITE);
    RatMessage request = takeRequest(queue);
    CHECK_STATUS(RatDispatchMessage(&request), RAT_IPC_OK);
    CHECK_STATUS(endSender(&sender), RAT_IPC_ERR_NOT_CONNECTED);
    CHECK_STATUS(RatDispatchMessage(&request), RAT_IPC_ERR_NOT_FOUND);
}
