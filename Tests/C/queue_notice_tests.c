/* The message that tells a queue's owner of its overflow. */
#include "queue_support.h"

enum { NOTICE = 5000 };

static RatMessageQueue telling(uint32_t policy, size_t capacity)
{
    return queueWith((RatQueueOptions){
        .overflow = policy, .capacity = capacity, .overflowMessage = NOTICE});
}

/* Expects that the next message is the notice, with these parameters. */
static void checkNotice(RatMessageQueue queue, uintptr_t wparam, intptr_t lparam)
{
    RatMessage msg;
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_EQ(msg.header.message, NOTICE);
    CHECK_EQ(msg.header.wparam, wparam);
    CHECK_EQ(msg.header.lparam, lparam);
    CHECK_EQ(msg.header.target, queue);
    CHECK_EQ(msg.header.flags, 0);
    CHECK(msg.payload == NULL);
}

TEST(overflowIsToldWhenItBeginsAndWhenItEnds)
{
    RatMessageQueue queue = telling(RAT_OVERFLOW_REFUSE, 4);
    for (uint32_t i = 1; i <= 4; i++) REQUIRE_OK(postUrgent(queue, i, RAT_PRIORITY_HIGHEST));
    CHECK_EQ(infoOf(queue).overflowing, 0);
    CHECK_STATUS(postNumber(queue, 5), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_STATUS(postNumber(queue, 5), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_EQ(infoOf(queue).overflowing, 1);
    checkNotice(queue, 1, 2);
    CHECK_EQ(takeNumber(queue), 1);
    CHECK_EQ(infoOf(queue).overflowing, 1);
    CHECK_EQ(takeNumber(queue), 2);
    CHECK_EQ(infoOf(queue).overflowing, 0); /* half empty */
    checkNotice(queue, 0, 2);
    CHECK_TAKES(queue, 3, 4);
}

TEST(aSecondOverflowIsToldAgain)
{
    RatMessageQueue queue = telling(RAT_OVERFLOW_REFUSE, 1);
    for (intptr_t round = 1; round <= 3; round++) {
        REQUIRE_OK(postNumber(queue, 1));
        CHECK_STATUS(postNumber(queue, 2), RAT_IPC_ERR_NO_RESOURCES);
        checkNotice(queue, 1, round);
        CHECK_EQ(takeNumber(queue), 1);
        checkNotice(queue, 0, round);
        CHECK_EQ(takeNumber(queue), -RAT_IPC_ERR_TIMEOUT);
    }
}

TEST(everyPolicyTellsOfOverflow)
{
    for (uint32_t policy = RAT_OVERFLOW_REFUSE; policy <= RAT_OVERFLOW_COALESCE; policy++) {
        RatMessageQueue queue = telling(policy, 1);
        REQUIRE_OK(postNumber(queue, 1));
        postNumber(queue, policy == RAT_OVERFLOW_COALESCE ? 1 : 2);
        checkNotice(queue, 1, 1);
        CHECK_EQ(takeNumber(queue), policy == RAT_OVERFLOW_DROP_OLDEST ? 2 : 1);
        checkNotice(queue, 0, 1);
    }
}

TEST(withoutAMessageNumberOverflowIsNotTold)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){.capacity = 1});
    REQUIRE_OK(postNumber(queue, 1));
    CHECK_STATUS(postNumber(queue, 2), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_EQ(infoOf(queue).overflowing, 1);
    CHECK_TAKES(queue, 1);
    CHECK_EQ(infoOf(queue).overflowing, 0);
}

TEST(aNoticeIsNoPostedMessage)
{
    RatMessageQueue queue = telling(RAT_OVERFLOW_REFUSE, 1);
    REQUIRE_OK(postNumber(queue, 1));
    CHECK_STATUS(postNumber(queue, 2), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_EQ(infoOf(queue).queued, 1);
    checkNotice(queue, 1, 1);
    RatQueueInfo info = infoOf(queue);
    CHECK_EQ(info.posted, 1);
    CHECK_EQ(info.retrieved, 0);
}

TEST(aNoticeIsLookedAtAndFilteredAsOtherMessagesAre)
{
    RatMessageQueue queue = telling(RAT_OVERFLOW_REFUSE, 1);
    REQUIRE_OK(postNumber(queue, 1));
    CHECK_STATUS(postNumber(queue, 2), RAT_IPC_ERR_NO_RESOURCES);
    RatMessage msg;
    REQUIRE_OK(RatPeekMessage(queue, &msg));
    CHECK_EQ(msg.header.message, NOTICE);
    CHECK_EQ(takeFiltered(queue, (RatMessageFilter){.first = 1, .last = 1}), 1);
    /* It is told that the overflow began before it is told that it ended. */
    checkNotice(queue, 1, 1);
    checkNotice(queue, 0, 1);
    CHECK_EQ(takeNumber(queue), -RAT_IPC_ERR_TIMEOUT);
}

TEST(anEndOfOverflowSignalsTheQueue)
{
    RatMessageQueue queue = telling(RAT_OVERFLOW_REFUSE, 1);
    REQUIRE_OK(postNumber(queue, 1));
    CHECK_STATUS(postNumber(queue, 2), RAT_IPC_ERR_NO_RESOURCES);
    checkNotice(queue, 1, 1);
    CHECK_EQ(takeNumber(queue), 1);
    CHECK_EQ(RatWaitForObject(queue, 0), RAT_WAIT_OK);
    checkNotice(queue, 0, 1);
    CHECK_EQ(RatWaitForObject(queue, 0), RAT_WAIT_TIMEOUT);
}

static intptr_t getNotice(void* queue)
{
    RatMessageFilter filter = {.size = sizeof filter, .first = NOTICE, .last = NOTICE};
    RatMessage msg;
    RatIpcStatus status = RatGetMessageEx(*(RatMessageQueue*)queue, &msg, &filter, -1);
    return status == RAT_IPC_OK ? (intptr_t)msg.header.wparam : -(intptr_t)status;
}

TEST(whoWaitsForTheNoticeAloneIsWoken)
{
    RatMessageQueue queue = telling(RAT_OVERFLOW_REFUSE, 1);
    REQUIRE_OK(postNumber(queue, 1));
    Thread thread;
    start(&thread, getNotice, &queue);
    untilAsleep(&thread);
    CHECK_STATUS(postNumber(queue, 2), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_EQ(join(&thread), 1);
    start(&thread, getNotice, &queue);
    untilAsleep(&thread);
    CHECK_EQ(takeNumber(queue), 1);
    CHECK_EQ(join(&thread), 0);
}

static intptr_t postOne(void* queue)
{
    return postNumber(*(RatMessageQueue*)queue, 2);
}

TEST(anOverflowOfAThreadsQueueIsNewToItsThread)
{
    RatMessageQueue queue = threadQueueWith(
        (RatQueueOptions){.capacity = 1, .overflowMessage = NOTICE});
    REQUIRE_OK(postNumber(queue, 1));
    RatMessage msg;
    REQUIRE_OK(RatPeekMessage(queue, &msg));
    CHECK_STATUS(RatWaitMessage(0), RAT_IPC_ERR_TIMEOUT);
    CHECK_EQ(onThread(postOne, &queue), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_STATUS(RatWaitMessage(SOON), RAT_IPC_OK);
    checkNotice(queue, 1, 1);
    CHECK_STATUS(RatWaitMessage(0), RAT_IPC_ERR_TIMEOUT);
    CHECK_EQ(takeNumber(queue), 1);
    CHECK_STATUS(RatWaitMessage(0), RAT_IPC_OK);
    checkNotice(queue, 0, 1);
}
