/* Messages that are posted for later. */
#include "queue_support.h"

/* Soon, but late enough that a wait for it has to sleep. */
static uint64_t inMilliseconds(uint64_t milliseconds)
{
    return now() + milliseconds * 1000000u;
}

TEST(aDelayedMessageIsNotThereBeforeItsTime)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    uint64_t due = inMilliseconds(20);
    REQUIRE_OK(postWith(queue, 1, (RatPostOptions){.notBefore = due}, NULL));
    RatMessage msg;
    RatIpcStatus early = RatGetMessage(queue, &msg, 0);
    /* Unless this thread was kept from running for so long. */
    if (early == RAT_IPC_OK) {
        CHECK(now() >= due);
        return;
    }
    CHECK_STATUS(early, RAT_IPC_ERR_TIMEOUT);
    CHECK_STATUS(RatGetMessage(queue, &msg, SOON), RAT_IPC_OK);
    CHECK(now() >= due);
    CHECK_EQ(msg.header.message, 1);
}

/* Posts messages to a new queue, each for so many nanoseconds after one moment, and all of them
 * before that moment comes: it is farther away with each try. */
static RatMessageQueue postLater(const uint32_t* numbers, const uint64_t* delays, size_t count,
                                 uint64_t* tokens, uint64_t* outBase)
{
    for (uint64_t milliseconds = 10;; milliseconds *= 2) {
        REQUIRE(milliseconds < SOON);
        RatMessageQueue queue = queueWith((RatQueueOptions){0});
        uint64_t base = inMilliseconds(milliseconds);
        for (size_t i = 0; i < count; i++) {
            RatPostOptions options = {.notBefore = base + delays[i]};
            REQUIRE_OK(postWith(queue, numbers[i], options, tokens ? &tokens[i] : NULL));
        }
        if (outBase) *outBase = base;
        if (infoOf(queue).delayed == count) return queue;
        REQUIRE_OK(RatCloseMessageQueue(queue));
    }
}

TEST(delayedMessagesComeByTheirTimeThenByTheirPosting)
{
    const uint32_t numbers[] = {0, 1, 2, 3, 4, 5, 6};
    const uint64_t delays[] = {3, 1, 2, 1, 3, 0, 2};
    RatMessageQueue queue = postLater(numbers, delays, 7, NULL, NULL);
    const uint32_t order[] = {5, 1, 3, 2, 6, 0, 4};
    for (int i = 0; i < 7; i++) {
        RatMessage msg;
        REQUIRE_OK(RatGetMessage(queue, &msg, SOON));
        CHECK_EQ(msg.header.message, order[i]);
    }
}

TEST(manyDelayedMessagesComeInOrder)
{
    enum { COUNT = 1000 };
    uint32_t numbers[COUNT];
    uint64_t delays[COUNT], tokens[COUNT];
    for (uint32_t i = 0; i < COUNT; i++) delays[i] = numbers[i] = i * 7919 % COUNT;
    RatMessageQueue queue = postLater(numbers, delays, COUNT, tokens, NULL);
    for (uint32_t i = 0; i < COUNT; i += 3) REQUIRE_OK(RatCancelMessage(queue, tokens[i]));
    int64_t last = -1;
    for (int i = 0; i < COUNT - (COUNT + 2) / 3; i++) {
        RatMessage msg;
        REQUIRE_OK(RatGetMessage(queue, &msg, SOON));
        REQUIRE((int64_t)msg.header.message > last);
        last = msg.header.message;
    }
    RatQueueInfo info = infoOf(queue);
    CHECK_EQ(info.delayed + info.queued, 0);
}

TEST(aTimeThatHasPassedIsNoDelay)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    REQUIRE_OK(postNumber(queue, 1));
    REQUIRE_OK(postWith(queue, 2, (RatPostOptions){.notBefore = 1}, NULL));
    REQUIRE_OK(postWith(queue, 3, (RatPostOptions){.notBefore = now()}, NULL));
    REQUIRE_OK(postNumber(queue, 4));
    CHECK_TAKES(queue, 1, 2, 3, 4);
}

TEST(whenItsTimeComesAMessageQueuesBehindThoseThatAreThere)
{
    const uint32_t number = 1;
    const uint64_t delay = 0;
    uint64_t due = 0;
    RatMessageQueue queue = postLater(&number, &delay, 1, NULL, &due);
    REQUIRE_OK(postNumber(queue, 2));
    while (now() < due) continue;
    CHECK_TAKES(queue, 2, 1);
}

TEST(aDelayedMessageKeepsItsPriorityAndPayload)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    RatMessage msg = plain(1);
    char text[100] = "for later";
    msg.header.priority = 3;
    msg.header.size = sizeof text;
    msg.payload = text;
    RatPostOptions options = {.size = sizeof options, .notBefore = inMilliseconds(1)};
    REQUIRE_OK(RatPostMessageEx(queue, &msg, &options, NULL));
    text[0] = 'F';
    REQUIRE_OK(postNumber(queue, 2));
    while (now() < options.notBefore) {}
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_EQ(msg.header.message, 1);
    CHECK_EQ(msg.header.priority, 3);
    CHECK_STR(msg.payload, "for later");
}

TEST(aDelayedMessageTakesUpRoom)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){.capacity = 2, .byteBudget = 100});
    uint64_t token = 0;
    REQUIRE_OK(postWith(queue, 1, (RatPostOptions){.notBefore = NEVER}, &token));
    REQUIRE_OK(postWith(queue, 2, (RatPostOptions){.notBefore = UINT64_MAX}, NULL));
    CHECK_STATUS(postNumber(queue, 3), RAT_IPC_ERR_NO_RESOURCES);
    REQUIRE_OK(RatCancelMessage(queue, token));
    CHECK_STATUS(RatCancelMessage(queue, token), RAT_IPC_ERR_NOT_FOUND);
    RatQueueInfo info = infoOf(queue);
    CHECK_EQ(info.delayed, 1);
    CHECK_EQ(info.cancelled, 1);
    CHECK_EQ(info.posted, 2);
    REQUIRE_OK(postBytes(queue, 3, 100));
    CHECK_TAKES(queue, 3);
}

TEST(aRetrievalThatWaitsIsWokenWhenAMessageIsDue)
{
    RatMessageQueue queues[2] = {queueWith((RatQueueOptions){0}), threadQueue()};
    for (int i = 0; i < 2; i++) {
        uint64_t due = inMilliseconds(10);
        REQUIRE_OK(postWith(queues[i], 1, (RatPostOptions){.notBefore = due}, NULL));
        RatMessage msg;
        REQUIRE_OK(RatGetMessage(queues[i], &msg, SOON));
        CHECK(now() >= due);
    }
}

TEST(aFilteredRetrievalThatWaitsIsWokenWhenAMessageIsDue)
{
    RatMessageQueue queues[2] = {queueWith((RatQueueOptions){0}), threadQueue()};
    for (int i = 0; i < 2; i++) {
        REQUIRE_OK(postWith(queues[i], 1, (RatPostOptions){.notBefore = inMilliseconds(5)}, NULL));
        REQUIRE_OK(postWith(queues[i], 2, (RatPostOptions){.notBefore = inMilliseconds(9)}, NULL));
        RatMessageFilter filter = {.size = sizeof filter, .first = 2, .last = 2};
        RatMessage msg;
        REQUIRE_OK(RatGetMessageEx(queues[i], &msg, &filter, SOON));
        CHECK_EQ(msg.header.message, 2);
        CHECK_TAKES(queues[i], 1);
    }
}

TEST(aMessageThatIsDueEarlierWakesWhoWaitsForALaterOne)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    REQUIRE_OK(postWith(queue, 1, (RatPostOptions){.notBefore = NEVER}, NULL));
    Thread thread;
    start(&thread, getNumber, &queue);
    untilAsleep(&thread);
    REQUIRE_OK(postWith(queue, 2, (RatPostOptions){.notBefore = inMilliseconds(5)}, NULL));
    CHECK_EQ(join(&thread), 2);
}

TEST(eachOfSeveralGettersGetsADueMessage)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    Thread threads[3];
    for (int i = 0; i < 3; i++) {
        start(&threads[i], getNumber, &queue);
        untilAsleep(&threads[i]);
    }
    uint64_t due = inMilliseconds(5);
    for (uint32_t i = 0; i < 3; i++)
        REQUIRE_OK(postWith(queue, 1u << i, (RatPostOptions){.notBefore = due}, NULL));
    intptr_t sum = 0;
    for (int i = 0; i < 3; i++) sum += join(&threads[i]);
    CHECK_EQ(sum, 7);
}

TEST(aWaitForTheQueueEndsWhenAMessageIsDue)
{
    RatMessageQueue queues[2] = {queueWith((RatQueueOptions){0}), threadQueue()};
    RatEvent event;
    REQUIRE_OK(RatCreateEvent(false, false, &event));
    for (int i = 0; i < 2; i++) {
        uint64_t due = inMilliseconds(5);
        REQUIRE_OK(postWith(queues[i], 1, (RatPostOptions){.notBefore = due}, NULL));
        CHECK_EQ(RatWaitForObject(queues[i], SOON), RAT_WAIT_OK);
        CHECK(now() >= due);
        CHECK_TAKES(queues[i], 1);
        REQUIRE_OK(postWith(queues[i], 2, (RatPostOptions){.notBefore = inMilliseconds(5)}, NULL));
        RatHandle both[2] = {event, queues[i]};
        size_t index = 9;
        CHECK_EQ(RatWaitForMultipleObjects(both, 2, false, SOON, &index), RAT_WAIT_OK);
        CHECK_EQ(index, 1);
        CHECK_TAKES(queues[i], 2);
        REQUIRE_OK(postWith(queues[i], 3, (RatPostOptions){.notBefore = inMilliseconds(5)}, NULL));
        CHECK_EQ(RatWaitForMultipleObjects(&both[1], 1, true, SOON, NULL), RAT_WAIT_OK);
        CHECK_TAKES(queues[i], 3);
    }
}

TEST(aWaitForMessagesEndsWhenOneIsDue)
{
    RatMessageQueue queue = threadQueue();
    uint64_t due = inMilliseconds(5);
    REQUIRE_OK(postWith(queue, 1, (RatPostOptions){.notBefore = due}, NULL));
    CHECK_STATUS(RatWaitMessage(SOON), RAT_IPC_OK);
    CHECK(now() >= due);
    CHECK_TAKES(queue, 1);
    REQUIRE_OK(postWith(queue, 2, (RatPostOptions){.notBefore = inMilliseconds(5)}, NULL));
    CHECK_EQ(RatMsgWaitForMultipleObjects(NULL, 0, SOON, RAT_QS_POSTMESSAGE, 0, NULL),
             RAT_WAIT_OK);
    CHECK_TAKES(queue, 2);
}

TEST(aDelayedMessageGoesWithItsWindowAndItsQueue)
{
    RatWindow window = makeWindow(0);
    RatMessageQueue queue = threadQueue();
    REQUIRE_OK(postWith(window, 8, (RatPostOptions){.notBefore = NEVER}, NULL));
    REQUIRE_OK(postWith(window, 2, (RatPostOptions){.notBefore = NEVER}, NULL));
    REQUIRE_OK(postWith(queue, 3, (RatPostOptions){.notBefore = NEVER}, NULL));
    REQUIRE_OK(postNumber(window, 4));
    REQUIRE_OK(RatDestroyWindow(window));
    RatQueueInfo info = infoOf(queue);
    CHECK_EQ(info.discarded, 3);
    CHECK_EQ(info.delayed, 1);

    RatMessageQueue other = queueWith((RatQueueOptions){0});
    for (int i = 0; i < 100; i++)
        REQUIRE_OK(postWith(other, 1, (RatPostOptions){.notBefore = NEVER}, NULL));
    CHECK_STATUS(RatCloseMessageQueue(other), RAT_IPC_OK);
}
