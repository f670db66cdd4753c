/* What a thread's queue holds by kind, and what of it is new. */
#include "queue_support.h"

enum { POSTED = RAT_QS_POSTMESSAGE | RAT_QS_ALLPOSTMESSAGE };

/* The lower half is what is new, the upper what is there. */
static uint32_t status(uint32_t kinds)
{
    uint32_t status = 0xEEEEEEEE;
    REQUIRE_OK(RatGetQueueStatus(kinds, &status));
    return status;
}

#define CHECK_STATUS_BITS(kinds, new, there)                                                       \
    CHECK_EQ(status(kinds), (uint32_t)(new) | (uint32_t)(there) << 16)

TEST(aStatusThatMakesNoSenseIsRefused)
{
    uint32_t status = 77;
    CHECK_STATUS(RatGetQueueStatus(RAT_QS_ALLINPUT, NULL), RAT_IPC_ERR_INVALID_ARG);
    const uint32_t unknown[] = {0x200, 0x8000, 0x10000, UINT32_MAX};
    for (int i = 0; i < 4; i++)
        CHECK_STATUS(RatGetQueueStatus(unknown[i], &status), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(status, 77);
}

TEST(anEmptyQueueHasNoStatus)
{
    CHECK_EQ(status(RAT_QS_ALLINPUT | RAT_QS_ALLPOSTMESSAGE), 0);
    CHECK_EQ(status(0), 0);
}

TEST(aPostedMessageIsNewUntilAsked)
{
    RatMessageQueue queue = threadQueue();
    REQUIRE_OK(postNumber(queue, 1));
    CHECK_STATUS_BITS(RAT_QS_KEY | RAT_QS_SENDMESSAGE, 0, 0); /* another kind */
    CHECK_STATUS_BITS(POSTED, POSTED, POSTED);
    CHECK_STATUS_BITS(POSTED, 0, POSTED);
    REQUIRE_OK(postNumber(queue, 2));
    CHECK_STATUS_BITS(RAT_QS_POSTMESSAGE, RAT_QS_POSTMESSAGE, RAT_QS_POSTMESSAGE);
    CHECK_STATUS_BITS(POSTED, RAT_QS_ALLPOSTMESSAGE, POSTED);
    CHECK_TAKES(queue, 1, 2);
    CHECK_STATUS_BITS(POSTED, 0, 0);
}

TEST(lookingAndRetrievingEndWhatIsNew)
{
    RatMessageQueue queue = threadQueue();
    RatMessage msg;
    for (uint32_t i = 1; i <= 3; i++) REQUIRE_OK(postNumber(queue, i));
    REQUIRE_OK(RatPeekMessage(queue, &msg));
    CHECK_STATUS_BITS(POSTED, 0, POSTED);
    REQUIRE_OK(postNumber(queue, 4));
    CHECK_EQ(takeNumber(queue), 1);
    CHECK_STATUS_BITS(POSTED, 0, POSTED);
    /* A retrieval of some numbers has not looked at all of them. */
    REQUIRE_OK(postNumber(queue, 5));
    CHECK_EQ(takeFiltered(queue, (RatMessageFilter){.first = 2, .last = 2}), 2);
    CHECK_STATUS_BITS(POSTED, RAT_QS_ALLPOSTMESSAGE, POSTED);
    /* One of another kind has not looked at any. */
    REQUIRE_OK(postNumber(queue, 6));
    CHECK_EQ(takeFiltered(queue, (RatMessageFilter){.classes = RAT_QS_PAINT}),
             -RAT_IPC_ERR_TIMEOUT);
    CHECK_STATUS_BITS(POSTED, POSTED, POSTED);
}

TEST(aPendingQuitIsAPostedMessage)
{
    RatMessageQueue queue = threadQueue();
    REQUIRE_OK(RatPostQuitMessage(1));
    CHECK_STATUS_BITS(POSTED, POSTED, POSTED);
    CHECK_STATUS_BITS(POSTED, 0, POSTED);
    CHECK_EQ(takeNumber(queue), -RAT_IPC_QUIT);
    CHECK_STATUS_BITS(POSTED, 0, 0);
}

TEST(aDelayedMessageIsNotThereForTheStatus)
{
    REQUIRE_OK(postWith(threadQueue(), 1, (RatPostOptions){.notBefore = NEVER}, NULL));
    CHECK_STATUS_BITS(POSTED, 0, 0);
    REQUIRE_OK(postWith(threadQueue(), 2, (RatPostOptions){.notBefore = now() + 1000}, NULL));
    CHECK_STATUS(RatWaitMessage(SOON), RAT_IPC_OK);
    CHECK_STATUS_BITS(POSTED, POSTED, POSTED);
}

TEST(aCancelledMessageIsNotThereForTheStatus)
{
    uint64_t token = 0;
    REQUIRE_OK(postWith(threadQueue(), 1, (RatPostOptions){0}, &token));
    REQUIRE_OK(RatCancelMessage(threadQueue(), token));
    CHECK_EQ(status(POSTED) >> 16, 0);
}

TEST(aDueTimerIsNewOncePerPeriod)
{
    RatMessageQueue queue = threadQueue();
    uintptr_t id = 0;
    REQUIRE_OK(RatSetTimer(RAT_INVALID_HANDLE, 0, 10, NULL, &id));
    CHECK_EQ(RatMsgWaitForMultipleObjects(NULL, 0, SOON, RAT_QS_TIMER, 0, NULL), RAT_WAIT_OK);
    CHECK_STATUS_BITS(RAT_QS_TIMER, RAT_QS_TIMER, RAT_QS_TIMER);
    CHECK_STATUS_BITS(RAT_QS_TIMER, 0, RAT_QS_TIMER);
    RatMessage msg;
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_EQ(msg.header.message, RAT_WM_TIMER);
    CHECK_EQ(RatMsgWaitForMultipleObjects(NULL, 0, SOON, RAT_QS_TIMER, 0, NULL), RAT_WAIT_OK);
    CHECK_STATUS_BITS(RAT_QS_TIMER, RAT_QS_TIMER, RAT_QS_TIMER);
    REQUIRE_OK(RatKillTimer(RAT_INVALID_HANDLE, id));
    CHECK_STATUS_BITS(RAT_QS_TIMER, 0, 0);
}

TEST(aNeedForPaintIsNewOnceAndThereUntilItIsPainted)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    drain();
    CHECK_STATUS_BITS(RAT_QS_PAINT, 0, 0);
    REQUIRE_OK(RatInvalidateRect(window, NULL, false));
    CHECK_STATUS_BITS(RAT_QS_PAINT, RAT_QS_PAINT, RAT_QS_PAINT);
    CHECK_STATUS_BITS(RAT_QS_PAINT, 0, RAT_QS_PAINT);
    REQUIRE_OK(RatInvalidateRect(window, NULL, false));
    RatMessage msg;
    REQUIRE_OK(RatPeekMessage(threadQueue(), &msg));
    CHECK_EQ(msg.header.message, RAT_WM_PAINT);
    CHECK_STATUS_BITS(RAT_QS_PAINT, 0, RAT_QS_PAINT);
    drain();
    CHECK_STATUS_BITS(RAT_QS_PAINT, 0, 0);
}

static intptr_t notify(void* target)
{
    RatMessage msg = plain(RAT_WM_APP);
    return (intptr_t)RatSendNotifyMessage(*(RatHandle*)target, &msg);
}

/* Has another thread send a notice, and returns when it is there. */
static void sendFromElsewhere(RatHandle target)
{
    CHECK_EQ(onThread(notify, &target), RAT_IPC_OK);
}

TEST(whatIsSentIsNewUntilAskedAndThereUntilARetrieval)
{
    /* The kit's program 505. */
    RatWindow window = makeWindow(0);
    drain();
    loggedCount = 0;
    uint32_t both = RAT_QS_SENDMESSAGE | RAT_QS_POSTMESSAGE;
    CHECK_STATUS_BITS(both, 0, 0);
    sendFromElsewhere(window);
    CHECK_STATUS_BITS(both, RAT_QS_SENDMESSAGE, RAT_QS_SENDMESSAGE);
    CHECK_STATUS_BITS(both, 0, RAT_QS_SENDMESSAGE);
    CHECK_EQ(loggedCount, 0);
    RatMessage msg;
    CHECK_STATUS(RatPeekMessage(threadQueue(), &msg), RAT_IPC_ERR_NOT_FOUND);
    CHECK_EQ(findLogged(RAT_WM_APP, 0), 0);
    CHECK_STATUS_BITS(both, 0, 0);
    sendFromElsewhere(window);
    CHECK_STATUS_BITS(both, RAT_QS_SENDMESSAGE, RAT_QS_SENDMESSAGE);
}

TEST(whatIsSentToTheQueueItselfIsThereUntilItIsRetrieved)
{
    RatMessageQueue queue = threadQueue();
    sendFromElsewhere(queue);
    CHECK_STATUS_BITS(RAT_QS_SENDMESSAGE, RAT_QS_SENDMESSAGE, RAT_QS_SENDMESSAGE);
    RatMessage msg;
    REQUIRE_OK(RatPeekMessage(queue, &msg));
    CHECK_EQ(msg.header.flags, RAT_MESSAGE_SENT);
    CHECK_STATUS_BITS(RAT_QS_SENDMESSAGE, 0, RAT_QS_SENDMESSAGE);
    CHECK_EQ(takeNumber(queue), RAT_WM_APP);
    CHECK_STATUS_BITS(RAT_QS_SENDMESSAGE, 0, 0);
}

TEST(aRetrievalThatDoesNotWantWhatIsSentSleepsOn)
{
    RatMessageQueue queue = threadQueue();
    sendFromElsewhere(queue);
    RatMessageFilter filter = {.size = sizeof filter, .classes = RAT_QS_POSTMESSAGE};
    RatMessage msg;
    CHECK_STATUS(RatGetMessageEx(queue, &msg, &filter, 20), RAT_IPC_ERR_TIMEOUT);
    filter = (RatMessageFilter){.size = sizeof filter, .first = 5, .last = 5};
    CHECK_STATUS(RatGetMessageEx(queue, &msg, &filter, 20), RAT_IPC_ERR_TIMEOUT);
    CHECK_EQ(takeNumber(queue), RAT_WM_APP);
}
