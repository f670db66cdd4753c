/* Sends that wait for nothing: with a function to call, and without. */
#include "send_support.h"

#include <stdlib.h>
#include <string.h>

/* What a function was called with. */
typedef struct {
    int calls;
    RatHandle target;
    uint32_t message;
    RatIpcStatus status;
    intptr_t result;
    char payload[100];
    pthread_t thread;
} Told;

static void tell(RatHandle target, uint32_t message, void* context, RatIpcStatus status,
                 const RatMessage* reply)
{
    Told* told = context;
    told->calls++;
    told->target = target;
    told->message = message;
    told->status = status;
    told->thread = pthread_self();
    CHECK((reply != NULL) == (status == RAT_IPC_OK));
    if (!reply) return;
    told->result = reply->header.lparam;
    if (reply->header.size) memcpy(told->payload, reply->payload, reply->header.size);
}

static RatResult plusOne(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    (void)window, (void)message, (void)lparam;
    return (RatResult)wparam + 1;
}

TEST(aCallbackRunsOnceOnItsThreadInTheRetrievalThatFollowsTheReply)
{
    RatMessageQueue queue = newQueue();
    Told told = {0};
    RatMessage msg = plain(ASK);
    REQUIRE_OK(RatSendMessageCallback(queue, &msg, tell, &told));
    RatMessage request = takeRequest(queue);
    CHECK_STATUS(RatGetMessage(threadQueue(), &msg, 0), RAT_IPC_ERR_TIMEOUT);
    CHECK_EQ(told.calls, 0);
    RatMessage reply = plain(0);
    char payload[100] = "a reply beyond what travels inside";
    reply.header.lparam = 17;
    reply.header.size = sizeof payload;
    reply.payload = payload;
    CHECK_STATUS(RatReplyMessage(&request, &reply), RAT_IPC_OK);
    CHECK_STATUS(RatReplyMessage(&request, &reply), RAT_IPC_ERR_NOT_FOUND);
    CHECK_EQ(told.calls, 0);
    /* It waits for its call, but is no message that waits. */
    CHECK_EQ(requestsIn(threadQueue()), 0);
    CHECK_STATUS(RatWaitMessage(SOON), RAT_IPC_OK);
    CHECK_STATUS(RatGetMessage(threadQueue(), &msg, 0), RAT_IPC_ERR_TIMEOUT);
    CHECK_STATUS(RatGetMessage(threadQueue(), &msg, 0), RAT_IPC_ERR_TIMEOUT);
    CHECK_EQ(told.calls, 1);
    CHECK_EQ(told.target, queue);
    CHECK_EQ(told.message, ASK);
    CHECK_STATUS(told.status, RAT_IPC_OK);
    CHECK_EQ(told.result, 17);
    CHECK_STR(told.payload, payload);
    CHECK(pthread_equal(told.thread, pthread_self()));
}

TEST(aCallbackToAWindowOfItsThreadRunsBeforeTheSendReturns)
{
    RatWindow window = makeTarget(plusOne);
    Told told = {0};
    RatMessage msg = asking(ASK, 5);
    CHECK_STATUS(RatSendMessageCallback(window, &msg, tell, &told), RAT_IPC_OK);
    CHECK_EQ(told.calls, 1);
    CHECK_EQ(told.result, 6);
    CHECK_EQ(told.target, window);
}

TEST(aCallbackComesWhileItsThreadWaitsInAnotherSend)
{
    Host host;
    startHost(&host, plusOne);
    Told told = {0};
    RatMessage msg = asking(ASK, 1), reply;
    REQUIRE_OK(RatSendMessageCallback(host.window, &msg, tell, &told));
    /* Handled after the first, so the first is answered by then. */
    CHECK_STATUS(RatSendMessage(host.window, &msg, &reply, RAT_INFINITE), RAT_IPC_OK);
    RatGetMessage(threadQueue(), &msg, 0);
    CHECK_EQ(told.calls, 1);
    CHECK_EQ(told.result, 2);
    endHost(&host);
}

TEST(aCallbackIsToldThatNobodyWillAnswer)
{
    RatMessageQueue queue = newQueue();
    Told closed = {0}, begun = {0}, lost = {0};
    RatMessage msg = plain(ASK);
    REQUIRE_OK(RatSendMessageCallback(queue, &msg, tell, &begun));
    REQUIRE_OK(RatSendMessageCallback(queue, &msg, tell, &lost));
    REQUIRE_OK(RatSendMessageCallback(queue, &msg, tell, &closed));
    takeRequest(queue);
    RatMessage request = takeRequest(queue);
    CHECK_STATUS(RatDispatchMessage(&request), RAT_IPC_ERR_NOT_FOUND);
    REQUIRE_OK(RatCloseMessageQueue(queue));
    drain();
    CHECK_EQ(closed.calls + begun.calls + lost.calls, 3);
    CHECK_STATUS(closed.status, RAT_IPC_ERR_NOT_CONNECTED);
    CHECK_STATUS(begun.status, RAT_IPC_ERR_NOT_CONNECTED);
    CHECK_STATUS(lost.status, RAT_IPC_ERR_NOT_FOUND);
}

enum { MANY = 100000 };
static int outstanding, strange;
static unsigned char isTold[MANY];

static void count(RatHandle target, uint32_t message, void* context, RatIpcStatus status,
                  const RatMessage* reply)
{
    (void)target, (void)message;
    uintptr_t place = (uintptr_t)context;
    if (status != RAT_IPC_OK || reply->header.lparam != (intptr_t)place * 3 || isTold[place]++)
        strange++;
    outstanding--;
}

static RatMessage* requests;

static intptr_t takeAllAndAnswer(void* context)
{
    RatMessageQueue queue = *(RatMessageQueue*)context;
    for (int i = 0; i < MANY; i++) REQUIRE_OK(RatGetMessage(queue, &requests[i], SOON));
    for (int i = 0; i < MANY; i++)
        REQUIRE_OK(answerWith(&requests[i], (intptr_t)requests[i].header.wparam * 3));
    return 0;
}

TEST(aHundredThousandOutstandingSendsAreAllAnswered)
{
    RatMessageQueue queue = newQueue();
    requests = calloc(MANY, sizeof *requests);
    REQUIRE(requests != NULL);
    for (uintptr_t i = 0; i < MANY; i++) {
        RatMessage msg = asking(ASK, i);
        REQUIRE_OK(RatSendMessageCallback(queue, &msg, count, (void*)i));
        outstanding++;
    }
    CHECK_EQ(requestsIn(queue), MANY);
    onThread(takeAllAndAnswer, &queue);
    CHECK_EQ(requestsIn(queue), 0);
    CHECK_EQ(outstanding, MANY);
    drain();
    CHECK_EQ(outstanding, 0);
    CHECK_EQ(strange, 0);
    free(requests);
}

static Told never[3];

static intptr_t endBeforeItsCallbacks(void* context)
{
    RatMessage msg = plain(ASK);
    for (int i = 0; i < 3; i++)
        REQUIRE_OK(RatSendMessageCallback(*(RatMessageQueue*)context, &msg, tell, &never[i]));
    RatMessage request = takeRequest(*(RatMessageQueue*)context);
    /* Answered, and never called. */
    CHECK_STATUS(answerWith(&request, 1), RAT_IPC_OK);
    return 0;
}

TEST(aThreadThatEndsIsCalledNoMoreAndItsMessagesStay)
{
    RatMessageQueue queue = newQueue();
    onThread(endBeforeItsCallbacks, &queue);
    RatMessage request = takeRequest(queue);
    CHECK_STATUS(answerWith(&request, 1), RAT_IPC_OK);
    REQUIRE_OK(RatCloseMessageQueue(queue));
    drain();
    CHECK_EQ(never[0].calls + never[1].calls + never[2].calls, 0);
}

static int notices;
static uint32_t kinds[16];

static RatResult noteKind(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    (void)wparam, (void)lparam;
    kinds[notices++] = RatInSendMessage();
    RatMessage inner = plain(ASK_LAST), current;
    REQUIRE_OK(RatGetCurrentMessage(&current));
    if (message == ASK_LAST) return 0;
    /* A message of the thread's own, inside it. */
    REQUIRE_OK(RatSendMessage(window, &inner, NULL, RAT_INFINITE));
    if (message == ASK_ALSO) {
        CHECK_STATUS(answerWith(&current, 21), RAT_IPC_OK);
        kinds[notices++] = RatInSendMessage();
        CHECK_STATUS(answerWith(&current, 22), RAT_IPC_ERR_NOT_FOUND);
    }
    return 20;
}

TEST(aProcedureKnowsHowItsMessageWasSent)
{
    CHECK_EQ(RatInSendMessage(), RAT_ISMEX_NOSEND);
    Host host;
    Told told = {0};
    startHost(&host, noteKind);
    RatMessage msg = plain(ASK), early = plain(ASK_ALSO), reply;
    REQUIRE_OK(RatPostMessage(host.window, &msg));
    endHost(&host);
    CHECK_EQ(notices, 2);
    startHost(&host, noteKind);
    CHECK_STATUS(RatSendMessage(host.window, &msg, &reply, SOON), RAT_IPC_OK);
    CHECK_EQ(reply.header.lparam, 20);
    REQUIRE_OK(RatSendNotifyMessage(host.window, &msg));
    REQUIRE_OK(RatSendMessageCallback(host.window, &early, tell, &told));
    CHECK_STATUS(RatSendMessage(host.window, &early, &reply, SOON), RAT_IPC_OK);
    CHECK_EQ(reply.header.lparam, 21);
    endHost(&host);
    const uint32_t expected[] = {RAT_ISMEX_NOSEND,
                                 RAT_ISMEX_NOSEND,
                                 RAT_ISMEX_SEND,
                                 RAT_ISMEX_SEND,
                                 RAT_ISMEX_NOTIFY,
                                 RAT_ISMEX_NOTIFY,
                                 RAT_ISMEX_CALLBACK,
                                 RAT_ISMEX_CALLBACK,
                                 RAT_ISMEX_CALLBACK | RAT_ISMEX_REPLIED,
                                 RAT_ISMEX_SEND,
                                 RAT_ISMEX_SEND,
                                 RAT_ISMEX_SEND | RAT_ISMEX_REPLIED};
    CHECK_EQ(notices, 12);
    for (int i = 0; i < 12; i++) CHECK_EQ(kinds[i], expected[i]);
    drain();
    CHECK_EQ(told.calls, 1);
    CHECK_EQ(told.result, 21);
}

TEST(sendsThatMakeNoSenseAreRefused)
{
    RatMessageQueue queue = newQueue();
    RatMessage msg = plain(ASK), bad = plain(ASK), large = plain(ASK), reply;
    bad.header.size = 1;
    large.header.size = 1u << 30;
    large.payload = &large;
    const RatMessage* wrong[] = {NULL, &bad, &large};
    for (int i = 0; i < 3; i++) {
        CHECK_STATUS(RatSendMessage(queue, wrong[i], &reply, SOON), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatSendMessageEx(queue, wrong[i], &reply, SOON, 0), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatSendNotifyMessage(queue, wrong[i]), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatSendMessageCallback(queue, wrong[i], tell, &reply),
                     RAT_IPC_ERR_INVALID_ARG);
    }
    CHECK_STATUS(RatSendMessageEx(queue, &msg, &reply, SOON, 2), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSendMessageCallback(queue, &msg, NULL, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatDispatchMessage(NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(requestsIn(queue), 0);
    const RatHandle strangers[] = {RAT_INVALID_HANDLE, UINT64_MAX, queue ^ 1, newEvent(true, true)};
    for (int i = 0; i < 4; i++) {
        CHECK_STATUS(RatSendMessage(strangers[i], &msg, &reply, 0), RAT_IPC_ERR_INVALID_HANDLE);
        CHECK_STATUS(RatSendNotifyMessage(strangers[i], &msg), RAT_IPC_ERR_INVALID_HANDLE);
        CHECK_STATUS(RatSendMessageCallback(strangers[i], &msg, tell, NULL),
                     RAT_IPC_ERR_INVALID_HANDLE);
        CHECK_STATUS(RatSetMessageProc(strangers[i], NULL, NULL), RAT_IPC_ERR_INVALID_HANDLE);
    }
}
