/* Priorities: their order, and the bound on how long a lower one waits. */
#include "queue_support.h"

enum { PRIORITIES = 8 };

static RatMessageQueue fair(uint32_t limit)
{
    return queueWith((RatQueueOptions){.starvationLimit = limit, .capacity = 1u << 20});
}

static int32_t takePriority(RatMessageQueue queue)
{
    RatMessage msg;
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    return msg.header.priority;
}

TEST(withoutALimitALowPriorityWaitsForEveryHigherOne)
{
    RatMessageQueue queue = fair(0);
    REQUIRE_OK(postUrgent(queue, 1, RAT_PRIORITY_LOWEST));
    for (int i = 0; i < 1000; i++) {
        REQUIRE_OK(postUrgent(queue, 2, RAT_PRIORITY_LOWEST + 1));
        REQUIRE_OK(postUrgent(queue, 2, RAT_PRIORITY_LOWEST + 1));
        REQUIRE(takeNumber(queue) == 2);
    }
    for (int i = 0; i < 1000; i++) REQUIRE(takeNumber(queue) == 2);
    CHECK_TAKES(queue, 1);
}

/* Retrieves while every priority is kept filled, and gives how many others came at most while a
 * message was the first of its priority. */
static uint32_t longestWait(RatMessageQueue queue, int rounds)
{
    uint32_t waited[PRIORITIES] = {0}, longest = 0, order[PRIORITIES] = {0};
    uint32_t posted[PRIORITIES] = {0};
    for (int i = 0; i < PRIORITIES; i++)
        for (int j = 0; j < 3; j++)
            REQUIRE_OK(postUrgent(queue, RAT_WM_APP + posted[i]++, i + RAT_PRIORITY_LOWEST));
    for (int round = 0; round < rounds; round++) {
        RatMessage msg;
        REQUIRE_OK(RatGetMessage(queue, &msg, 0));
        int taken = msg.header.priority - RAT_PRIORITY_LOWEST;
        REQUIRE(msg.header.message == RAT_WM_APP + order[taken]++);
        for (int i = 0; i < PRIORITIES; i++) waited[i] += i != taken;
        if (waited[taken] > longest) longest = waited[taken];
        waited[taken] = 0;
        REQUIRE_OK(postUrgent(queue, RAT_WM_APP + posted[taken]++, msg.header.priority));
    }
    for (int i = 0; i < PRIORITIES; i++)
        if (waited[i] > longest) longest = waited[i];
    return longest;
}

TEST(theLimitBoundsHowLongTheFirstOfAPriorityWaits)
{
    const uint32_t limits[] = {1, 2, 3, 5, 8, 20, 100};
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        RatMessageQueue queue = fair(limits[i]);
        uint32_t longest = longestWait(queue, 5000);
        CHECK(longest <= limits[i] + 7);
        CHECK(longest >= limits[i]); /* it is not simply their turn */
        REQUIRE_OK(RatCloseMessageQueue(queue));
    }
    RatMessageQueue queue = fair(0);
    CHECK_EQ(longestWait(queue, 5000), 5000);
}

TEST(theLimitHoldsOnAThreadsOwnQueueToo)
{
    RatMessageQueue queue = threadQueueWith((RatQueueOptions){.starvationLimit = 4});
    CHECK(longestWait(queue, 5000) <= 4 + 7);
}

TEST(theLimitHoldsForAMessageThatIsPostedLater)
{
    RatMessageQueue queue = fair(5);
    for (int i = 0; i < 100; i++) REQUIRE_OK(postUrgent(queue, 1, RAT_PRIORITY_HIGHEST));
    CHECK_EQ(takeNumber(queue), 1);
    REQUIRE_OK(postUrgent(queue, 2, RAT_PRIORITY_LOWEST));
    int others = 0;
    while (takeNumber(queue) == 1) others++;
    CHECK_EQ(others, 5); /* nobody else is waiting */
}

TEST(theLimitHoldsForWhatIsPeekedAtFirst)
{
    RatMessageQueue queue = fair(2);
    for (int i = 0; i < 8; i++) REQUIRE_OK(postUrgent(queue, 1, 0));
    REQUIRE_OK(postUrgent(queue, 2, -1));
    for (int i = 0; i < 3; i++) {
        RatMessage msg;
        REQUIRE_OK(RatPeekMessage(queue, &msg));
        uint32_t seen = msg.header.message;
        CHECK_EQ(seen, i < 2 ? 1 : 2);
        CHECK_EQ(takeNumber(queue), seen);
    }
}

TEST(theLimitHoldsForFilteredRetrievals)
{
    RatMessageQueue queue = fair(3);
    REQUIRE_OK(postUrgent(queue, 2, RAT_PRIORITY_LOWEST));
    for (int i = 0; i < 20; i++) REQUIRE_OK(postUrgent(queue, 1, 0));
    RatMessageFilter both = {.first = 1, .last = 2};
    for (int i = 0; i < 3; i++) CHECK_EQ(takeFiltered(queue, both), 1);
    CHECK_EQ(takeFiltered(queue, both), 2);
}

TEST(aMessageThatAFilterKeepsOutIsNextWhenItMayBe)
{
    RatMessageQueue queue = fair(3);
    REQUIRE_OK(postUrgent(queue, 2, RAT_PRIORITY_LOWEST));
    for (int i = 0; i < 20; i++) REQUIRE_OK(postUrgent(queue, 1, 0));
    for (int i = 0; i < 10; i++)
        CHECK_EQ(takeFiltered(queue, (RatMessageFilter){.first = 1, .last = 1}), 1);
    CHECK_EQ(takeNumber(queue), 2);
}

TEST(theLimitHoldsAmongTrackedMessages)
{
    RatMessageQueue queue = fair(3);
    uint64_t token = 0;
    REQUIRE_OK(postUrgent(queue, 2, RAT_PRIORITY_LOWEST));
    for (int i = 0; i < 20; i++) REQUIRE_OK(postWith(queue, 1, (RatPostOptions){0}, &token));
    for (int i = 0; i < 3; i++) CHECK_EQ(takePriority(queue), 0);
    CHECK_EQ(takePriority(queue), RAT_PRIORITY_LOWEST);
}

TEST(aLimitOfAllOnesChangesNothing)
{
    RatMessageQueue queue = fair(UINT32_MAX);
    REQUIRE_OK(postUrgent(queue, 2, RAT_PRIORITY_LOWEST));
    for (int i = 0; i < 100; i++) REQUIRE_OK(postUrgent(queue, 1, 0));
    for (int i = 0; i < 100; i++) CHECK_EQ(takeNumber(queue), 1);
    CHECK_TAKES(queue, 2);
}

TEST(anUrgentMessageThatComesLaterGoesFirst)
{
    RatMessageQueue queues[2] = {fair(0), threadQueue()};
    for (int i = 0; i < 2; i++) {
        REQUIRE_OK(postUrgent(queues[i], 1, 0));
        REQUIRE_OK(postUrgent(queues[i], 2, 0));
        CHECK_EQ(takeNumber(queues[i]), 1);
        REQUIRE_OK(postUrgent(queues[i], 3, 1));
        REQUIRE_OK(postUrgent(queues[i], 4, -1));
        CHECK_TAKES(queues[i], 3, 2, 4);
    }
}
