/* Taking the place of a queued message. */
#include "queue_support.h"

#include <string.h>

static RatIpcStatus replace(RatMessageQueue target, uint32_t number, uint64_t key,
                            uint64_t* outToken)
{
    return postWith(target, number, (RatPostOptions){.flags = RAT_POST_REPLACE, .key = key},
                    outToken);
}

static RatIpcStatus replaceWithBytes(RatMessageQueue target, uint32_t number, size_t size)
{
    RatPostOptions options = {.size = sizeof options, .flags = RAT_POST_REPLACE, .key = 1};
    char bytes[2000];
    memset(bytes, (int)number, sizeof bytes);
    RatMessage msg = plain(number);
    msg.header.size = (uint32_t)size;
    msg.payload = bytes;
    return RatPostMessageEx(target, &msg, &options, NULL);
}

TEST(malformedPostOptionsAreRefused)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    const RatPostOptions options[] = {{.size = 0},
                                      {.size = sizeof options[0] - 1},
                                      {.size = sizeof options[0] + 1},
                                      {.size = sizeof options[0], .flags = 2},
                                      {.size = sizeof options[0], .flags = UINT32_MAX}};
    RatMessage msg = plain(1);
    for (size_t i = 0; i < 5; i++) {
        uint64_t token = 77;
        CHECK_STATUS(RatPostMessageEx(queue, &msg, &options[i], &token), RAT_IPC_ERR_INVALID_ARG);
        CHECK_EQ(token, 77);
    }
    CHECK_STATUS(RatPostMessageEx(queue, NULL, NULL, NULL), RAT_IPC_ERR_INVALID_ARG);
    msg.header.priority = 4;
    CHECK_STATUS(RatPostMessageEx(queue, &msg, NULL, NULL), RAT_IPC_ERR_INVALID_ARG);
    msg = plain(1);
    msg.header.size = 1;
    CHECK_STATUS(RatPostMessageEx(queue, &msg, NULL, NULL), RAT_IPC_ERR_INVALID_ARG);
    msg.header.size = 1u << 30;
    msg.payload = &msg;
    CHECK_STATUS(RatPostMessageEx(queue, &msg, NULL, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(infoOf(queue).posted, 0);
}

TEST(aMessageOfTheSameKeyTakesThePlace)
{
    RatMessageQueue queues[2] = {queueWith((RatQueueOptions){0}), threadQueue()};
    for (int i = 0; i < 2; i++) {
        REQUIRE_OK(replace(queues[i], 1, 10, NULL));
        REQUIRE_OK(replace(queues[i], 2, 11, NULL));
        REQUIRE_OK(postNumber(queues[i], 3));
        REQUIRE_OK(replace(queues[i], 4, 10, NULL));
        REQUIRE_OK(replace(queues[i], 5, 10, NULL));
        CHECK_EQ(infoOf(queues[i]).replaced, 2);
        CHECK_TAKES(queues[i], 5, 2, 3);
        /* It is gone, so there is nothing to replace. */
        REQUIRE_OK(replace(queues[i], 6, 10, NULL));
        CHECK_EQ(infoOf(queues[i]).replaced, 2);
        CHECK_TAKES(queues[i], 6);
    }
}

TEST(aMessageIsReplacedAlsoWhereItWasLookedAt)
{
    RatMessageQueue queues[2] = {queueWith((RatQueueOptions){0}), threadQueue()};
    for (int i = 0; i < 2; i++) {
        REQUIRE_OK(replace(queues[i], 1, 10, NULL));
        REQUIRE_OK(postNumber(queues[i], 2));
        RatMessage msg;
        REQUIRE_OK(RatPeekMessage(queues[i], &msg));
        REQUIRE_OK(replace(queues[i], 3, 10, NULL));
        CHECK_TAKES(queues[i], 3, 2);
    }
}

TEST(zeroIsAKeyToo)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    REQUIRE_OK(replace(queue, 1, 0, NULL));
    REQUIRE_OK(replace(queue, 2, 0, NULL));
    CHECK_TAKES(queue, 2);
}

TEST(aReplacementHasThePriorityOfWhatItReplaces)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    RatPostOptions options = {.size = sizeof options, .flags = RAT_POST_REPLACE, .key = 1};
    RatMessage msg = plain(1);
    msg.header.priority = 2;
    REQUIRE_OK(RatPostMessageEx(queue, &msg, &options, NULL));
    REQUIRE_OK(postUrgent(queue, 2, 1));
    msg = plain(3);
    msg.header.priority = -3;
    REQUIRE_OK(RatPostMessageEx(queue, &msg, &options, NULL));
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_EQ(msg.header.message, 3);
    CHECK_EQ(msg.header.priority, 2);
    CHECK_TAKES(queue, 2);
}

TEST(onlyWhatWasPostedToBeReplacedIs)
{
    const uint32_t policies[] = {RAT_OVERFLOW_REFUSE, RAT_OVERFLOW_COALESCE};
    for (int i = 0; i < 2; i++) {
        RatMessageQueue queue = queueWith((RatQueueOptions){.overflow = policies[i]});
        REQUIRE_OK(postWith(queue, 1, (RatPostOptions){.key = 10}, NULL));
        REQUIRE_OK(postNumber(queue, 10));
        REQUIRE_OK(replace(queue, 3, 10, NULL));
        REQUIRE_OK(postWith(queue, 4, (RatPostOptions){.key = 10}, NULL));
        REQUIRE_OK(replace(queue, 5, 10, NULL));
        CHECK_EQ(infoOf(queue).replaced, 1);
        CHECK_TAKES(queue, 1, 10, 5, 4);
    }
}

TEST(aReplacementNeedsNoRoom)
{
    for (uint32_t policy = RAT_OVERFLOW_REFUSE; policy <= RAT_OVERFLOW_COALESCE; policy++) {
        RatMessageQueue queue = queueWith(
            (RatQueueOptions){.overflow = policy, .capacity = 1, .byteBudget = 100});
        REQUIRE_OK(replaceWithBytes(queue, 1, 100));
        CHECK_STATUS(replaceWithBytes(queue, 2, 90), RAT_IPC_OK);
        CHECK_STATUS(replaceWithBytes(queue, 3, 100), RAT_IPC_OK);
        CHECK_STATUS(replaceWithBytes(queue, 4, 101), RAT_IPC_ERR_NO_RESOURCES);
        RatQueueInfo info = infoOf(queue);
        CHECK_EQ(info.queuedBytes, 100);
        CHECK_EQ(info.replaced, 2);
        CHECK_EQ(info.refused, 1);
        CHECK_EQ(info.dropped, 0);
        CHECK_TAKES(queue, 3);
    }
}

TEST(aReplacementsPayloadMayBeOfAnySize)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    const size_t sizes[] = {0, 1, 64, 65, 2000, 64, 63, 1000, 0, 65, 65, 64, 0};
    for (int looks = 0; looks < 2; looks++) {
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
            REQUIRE_OK(replaceWithBytes(queue, (uint32_t)i, sizes[i]));
            CHECK_EQ(infoOf(queue).queuedBytes, sizes[i]);
            RatMessage msg;
            if (looks == 0) continue;
            REQUIRE_OK(RatPeekMessage(queue, &msg));
            CHECK_EQ(msg.header.size, sizes[i]);
            CHECK(isIntact(&msg));
        }
        REQUIRE_OK(replaceWithBytes(queue, 200, 100));
        RatMessage msg;
        REQUIRE_OK(RatGetMessage(queue, &msg, 0));
        CHECK_EQ(msg.header.size, 100);
        CHECK(isIntact(&msg));
        CHECK_EQ(takeNumber(queue), -RAT_IPC_ERR_TIMEOUT);
    }
}

TEST(theTokenOfAReplacedMessageCancelsNothing)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    uint64_t old = 0, new = 0;
    REQUIRE_OK(replace(queue, 1, 10, &old));
    REQUIRE_OK(replace(queue, 2, 10, &new));
    CHECK(old != 0 && new != 0 && old != new);
    CHECK_STATUS(RatCancelMessage(queue, old), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatCancelMessage(queue, new), RAT_IPC_OK);
    CHECK_EQ(takeNumber(queue), -RAT_IPC_ERR_TIMEOUT);
}

TEST(aReplacementForLaterIsNotThereBeforeItsTime)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    RatPostOptions options = {.flags = RAT_POST_REPLACE, .key = 1};
    RatPostOptions later = {.flags = RAT_POST_REPLACE, .key = 1, .notBefore = NEVER};
    REQUIRE_OK(postWith(queue, 1, options, NULL));
    REQUIRE_OK(postNumber(queue, 2));
    REQUIRE_OK(postWith(queue, 3, later, NULL)); /* now, by later */
    CHECK_TAKES(queue, 2);
    REQUIRE_OK(postWith(queue, 4, later, NULL)); /* later, by later */
    CHECK_EQ(infoOf(queue).delayed, 1);
    REQUIRE_OK(postNumber(queue, 5));
    REQUIRE_OK(postWith(queue, 6, options, NULL)); /* later, by now: it queues behind */
    RatQueueInfo info = infoOf(queue);
    CHECK_EQ(info.replaced, 3);
    CHECK_EQ(info.delayed, 0);
    CHECK_TAKES(queue, 5, 6);
}

TEST(aWindowsMessageIsReplacedByItsOwnOnly)
{
    RatWindow first = makeWindow(0), second = makeWindow(0);
    RatMessageQueue queue = threadQueue();
    REQUIRE_OK(replace(first, 8, 10, NULL));
    REQUIRE_OK(replace(second, 2, 10, NULL));
    REQUIRE_OK(replace(queue, 3, 10, NULL));
    REQUIRE_OK(replace(second, 4, 10, NULL));
    CHECK_TAKES(queue, 8, 4, 3);
}

TEST(aReplacementIsFoundByTheFiltersThatFoundTheOldOne)
{
    RatWindow windows[40];
    for (uint32_t i = 0; i < 40; i++) {
        windows[i] = makeWindow(0);
        REQUIRE_OK(replace(windows[i], RAT_WM_USER + i, 1, NULL));
    }
    RatMessageQueue queue = threadQueue();
    /* So many windows that the queue looks them up. */
    CHECK_EQ(takeFiltered(queue, (RatMessageFilter){.target = windows[7]}), RAT_WM_USER + 7);
    REQUIRE_OK(replace(windows[20], RAT_WM_USER + 120, 1, NULL));
    CHECK_EQ(takeFiltered(queue, (RatMessageFilter){.target = windows[20]}), RAT_WM_USER + 120);
    CHECK_EQ(takeFiltered(queue, (RatMessageFilter){.target = windows[20]}),
             -RAT_IPC_ERR_TIMEOUT);
    REQUIRE_OK(replace(windows[0], RAT_WM_USER + 100, 1, NULL));
    CHECK_EQ(takeNumber(queue), RAT_WM_USER + 100);
    CHECK_EQ(takeNumber(queue), RAT_WM_USER + 1);
}
