/* What becomes of a post that meets a full queue, under each policy that does not wait. */
#include "queue_support.h"

static RatMessageQueue dropping(size_t capacity, size_t byteBudget)
{
    return queueWith((RatQueueOptions){.overflow = RAT_OVERFLOW_DROP_OLDEST,
                                       .capacity = capacity,
                                       .byteBudget = byteBudget});
}

static RatMessageQueue coalescing(size_t capacity)
{
    return queueWith(
        (RatQueueOptions){.overflow = RAT_OVERFLOW_COALESCE, .capacity = capacity});
}

TEST(aRefusedPostIsCountedAndLeavesNothing)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){.capacity = 1, .byteBudget = 100});
    CHECK_STATUS(postBytes(queue, 1, 101), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_STATUS(postBytes(queue, 2, 100), RAT_IPC_OK);
    CHECK_STATUS(postNumber(queue, 3), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_STATUS(postWith(queue, 4, (RatPostOptions){0}, NULL), RAT_IPC_ERR_NO_RESOURCES);
    RatQueueInfo info = infoOf(queue);
    CHECK_EQ(info.refused, 3);
    CHECK_EQ(info.posted, 1);
    CHECK_EQ(info.queuedBytes, 100);
    CHECK_TAKES(queue, 2);
}

TEST(aFullQueueDropsItsOldestMessage)
{
    RatMessageQueue queue = dropping(3, 0);
    for (uint32_t i = 1; i <= 5; i++) CHECK_STATUS(postNumber(queue, i), RAT_IPC_OK);
    RatQueueInfo info = infoOf(queue);
    CHECK_EQ(info.dropped, 2);
    CHECK_EQ(info.refused, 0);
    CHECK_EQ(info.posted, 5);
    CHECK_TAKES(queue, 3, 4, 5);
}

TEST(theLeastUrgentMessagesAreDroppedFirst)
{
    RatMessageQueue queue = dropping(4, 0);
    REQUIRE_OK(postUrgent(queue, 1, 2));
    REQUIRE_OK(postUrgent(queue, 2, -1));
    REQUIRE_OK(postUrgent(queue, 3, -1));
    REQUIRE_OK(postUrgent(queue, 4, 0));
    CHECK_STATUS(postUrgent(queue, 5, 3), RAT_IPC_OK);  /* 2 goes */
    CHECK_STATUS(postUrgent(queue, 6, -1), RAT_IPC_OK); /* 3 goes */
    CHECK_STATUS(postUrgent(queue, 7, 0), RAT_IPC_OK);  /* 6 goes */
    CHECK_STATUS(postUrgent(queue, 8, 0), RAT_IPC_OK);  /* 4 goes */
    CHECK_EQ(infoOf(queue).dropped, 4);
    CHECK_TAKES(queue, 5, 1, 7, 8);
}

TEST(aMoreUrgentMessageIsNeverDropped)
{
    RatMessageQueue queue = dropping(2, 0);
    REQUIRE_OK(postUrgent(queue, 1, 1));
    REQUIRE_OK(postUrgent(queue, 2, 1));
    CHECK_STATUS(postUrgent(queue, 3, 0), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_STATUS(postUrgent(queue, 4, -4), RAT_IPC_ERR_NO_RESOURCES);
    RatQueueInfo info = infoOf(queue);
    CHECK_EQ(info.dropped, 0);
    CHECK_EQ(info.refused, 2);
    CHECK_TAKES(queue, 1, 2);
}

TEST(asManyAreDroppedAsTheBytesOfTheNewOneNeed)
{
    RatMessageQueue queue = dropping(0, 1000);
    for (uint32_t i = 1; i <= 10; i++) REQUIRE_OK(postBytes(queue, i, 100));
    CHECK_STATUS(postBytes(queue, 11, 250), RAT_IPC_OK);
    RatQueueInfo info = infoOf(queue);
    CHECK_EQ(info.dropped, 3);
    CHECK_EQ(info.queuedBytes, 950);
    CHECK_EQ(takeNumber(queue), 4);
}

TEST(nothingIsDroppedForAPayloadThatWouldNotFitAnyway)
{
    RatMessageQueue queue = dropping(0, 1000);
    REQUIRE_OK(postUrgent(queue, 1, -4));
    REQUIRE_OK(postBytes(queue, 2, 100));
    CHECK_STATUS(postBytes(queue, 3, 1001), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_EQ(infoOf(queue).dropped, 0);
    CHECK_TAKES(queue, 2, 1);
}

TEST(nothingIsDroppedWhereOnlyMoreUrgentBytesWouldMakeRoom)
{
    RatMessageQueue queue = dropping(0, 1000);
    REQUIRE_OK(postBytes(queue, 1, 100));
    RatMessage urgent = plain(2);
    char bytes[900] = {0};
    urgent.header.priority = 1;
    urgent.header.size = sizeof bytes;
    urgent.payload = bytes;
    REQUIRE_OK(RatPostMessage(queue, &urgent));
    CHECK_STATUS(postBytes(queue, 3, 101), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_EQ(infoOf(queue).dropped, 0);
    CHECK_TAKES(queue, 2, 1);
}

TEST(theTokenOfADroppedMessageCancelsNothing)
{
    RatMessageQueue queue = dropping(1, 0);
    uint64_t token = 0;
    REQUIRE_OK(postWith(queue, 1, (RatPostOptions){0}, &token));
    REQUIRE_OK(postNumber(queue, 2));
    CHECK_STATUS(RatCancelMessage(queue, token), RAT_IPC_ERR_NOT_FOUND);
    CHECK_TAKES(queue, 2);
}

TEST(aThreadsQueueDropsForItsOwnThreadToo)
{
    RatMessageQueue queue = threadQueueWith(
        (RatQueueOptions){.overflow = RAT_OVERFLOW_DROP_OLDEST, .capacity = 2});
    for (uint32_t i = 1; i <= 4; i++) CHECK_STATUS(postNumber(queue, i), RAT_IPC_OK);
    CHECK_TAKES(queue, 3, 4);
}

TEST(aFullQueueCoalescesByMessageNumber)
{
    RatMessageQueue queue = coalescing(3);
    REQUIRE_OK(postBytes(queue, 1, 8));
    REQUIRE_OK(postNumber(queue, 2));
    REQUIRE_OK(postNumber(queue, 3));
    CHECK_STATUS(postBytes(queue, 1, 100), RAT_IPC_OK);
    RatQueueInfo info = infoOf(queue);
    CHECK_EQ(info.replaced, 1);
    CHECK_EQ(info.queued, 3);
    CHECK_EQ(info.queuedBytes, 100);
    RatMessage msg;
    REQUIRE_OK(RatGetMessage(queue, &msg, 0)); /* the new one, where the old one was */
    CHECK_EQ(msg.header.message, 1);
    CHECK_EQ(msg.header.size, 100);
    CHECK(isIntact(&msg));
    CHECK_TAKES(queue, 2, 3);
}

TEST(aQueueWithRoomDoesNotCoalesce)
{
    RatMessageQueue queue = coalescing(3);
    for (int i = 0; i < 3; i++) CHECK_STATUS(postNumber(queue, 1), RAT_IPC_OK);
    CHECK_EQ(infoOf(queue).replaced, 0);
    CHECK_TAKES(queue, 1, 1, 1);
}

TEST(aFullQueueWithoutAnEqualMessageRefuses)
{
    RatMessageQueue queue = coalescing(2);
    REQUIRE_OK(postNumber(queue, 1));
    REQUIRE_OK(postNumber(queue, 2));
    CHECK_STATUS(postNumber(queue, 3), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_STATUS(postWith(queue, 1, (RatPostOptions){.key = 9}, NULL), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_EQ(infoOf(queue).refused, 2);
    CHECK_TAKES(queue, 1, 2);
}

TEST(aFullQueueCoalescesByKeyWhateverTheNumber)
{
    RatMessageQueue queue = coalescing(2);
    REQUIRE_OK(postWith(queue, 1, (RatPostOptions){.key = 50}, NULL));
    REQUIRE_OK(postNumber(queue, 2));
    CHECK_STATUS(postWith(queue, 3, (RatPostOptions){.key = 50}, NULL), RAT_IPC_OK);
    CHECK_STATUS(postNumber(queue, 50), RAT_IPC_OK); /* its number is its key */
    CHECK_TAKES(queue, 50, 2);
}

TEST(theNewestOfSeveralEqualMessagesGivesItsPlace)
{
    RatMessageQueue queue = coalescing(3);
    for (uintptr_t i = 1; i <= 4; i++) {
        RatMessage msg = plain(i == 3 ? 8 : 7);
        msg.header.wparam = i;
        CHECK_STATUS(RatPostMessage(queue, &msg), RAT_IPC_OK);
    }
    const uintptr_t left[] = {1, 4, 3};
    for (int i = 0; i < 3; i++) {
        RatMessage msg;
        REQUIRE_OK(RatGetMessage(queue, &msg, 0));
        CHECK_EQ(msg.header.wparam, left[i]);
    }
}

TEST(anOlderEqualMessageCoalescesWhenTheNewestIsGone)
{
    RatMessageQueue queue = coalescing(3);
    uint64_t token = 0;
    REQUIRE_OK(postNumber(queue, 1));
    REQUIRE_OK(postNumber(queue, 1));
    REQUIRE_OK(postWith(queue, 1, (RatPostOptions){0}, &token));
    REQUIRE_OK(RatCancelMessage(queue, token));
    REQUIRE_OK(postNumber(queue, 2));
    CHECK_STATUS(postNumber(queue, 1), RAT_IPC_OK); /* in the place of the second */
    CHECK_EQ(takeNumber(queue), 1);                 /* the first goes its way */
    REQUIRE_OK(postNumber(queue, 3));
    CHECK_STATUS(postNumber(queue, 1), RAT_IPC_OK);
    CHECK_EQ(infoOf(queue).replaced, 2);
    CHECK_TAKES(queue, 1, 2, 3);
}

TEST(messagesOfDifferentWindowsDoNotCoalesce)
{
    RatMessageQueue queue = threadQueueWith(
        (RatQueueOptions){.overflow = RAT_OVERFLOW_COALESCE, .capacity = 2});
    RatWindow windows[3] = {makeWindow(0), makeWindow(0), makeWindow(0)};
    REQUIRE_OK(postNumber(windows[0], RAT_WM_APP));
    REQUIRE_OK(postNumber(windows[1], RAT_WM_APP));
    CHECK_STATUS(postNumber(windows[2], RAT_WM_APP), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_STATUS(postNumber(queue, RAT_WM_APP), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_STATUS(postNumber(windows[1], RAT_WM_APP), RAT_IPC_OK);
    for (int i = 0; i < 2; i++) {
        RatMessage msg;
        REQUIRE_OK(RatGetMessage(queue, &msg, 0));
        CHECK_EQ(msg.header.target, windows[i]);
    }
}

TEST(whatAThreadPostsToItselfCoalescesToo)
{
    enum { CAPACITY = 3000 };
    RatMessageQueue queue = threadQueueWith(
        (RatQueueOptions){.overflow = RAT_OVERFLOW_COALESCE, .capacity = CAPACITY});
    for (uint32_t i = 0; i < CAPACITY; i++) REQUIRE_OK(postNumber(queue, RAT_WM_APP + i));
    CHECK_STATUS(postNumber(queue, RAT_WM_APP + CAPACITY), RAT_IPC_ERR_NO_RESOURCES);
    for (uint32_t i = 0; i < CAPACITY; i++)
        REQUIRE(postNumber(queue, RAT_WM_APP + i) == RAT_IPC_OK);
    for (uint32_t i = 0; i < CAPACITY; i++) REQUIRE(takeNumber(queue) == RAT_WM_APP + i);
    CHECK_EQ(infoOf(queue).replaced, CAPACITY);
}
