/* How queues are created, and what they tell of themselves. */
#include "queue_support.h"

#include <string.h>

/* Options that must be refused, each for one reason. */
static const struct {
    const char* reason;
    RatQueueOptions options;
} malformed[] = {
    {"no size", {.size = 0}},
    {"a size too small", {.size = sizeof(RatQueueOptions) - 1}},
    {"a size too large", {.size = sizeof(RatQueueOptions) + 1}},
    {"a size of all ones", {.size = UINT32_MAX}},
    {"an unknown policy", {.size = sizeof(RatQueueOptions), .overflow = 4}},
    {"a policy of all ones", {.size = sizeof(RatQueueOptions), .overflow = UINT32_MAX}},
    {"too large a capacity", {.size = sizeof(RatQueueOptions), .capacity = (1u << 24) + 1}},
    {"half the address space", {.size = sizeof(RatQueueOptions), .capacity = SIZE_MAX / 2 + 1}},
    {"all of it", {.size = sizeof(RatQueueOptions), .capacity = SIZE_MAX}},
};

TEST(malformedQueueOptionsAreRefused)
{
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++) {
        inRow(malformed[i].reason);
        RatMessageQueue queue = 5;
        CHECK_STATUS(RatCreateMessageQueueEx(&malformed[i].options, &queue),
                     RAT_IPC_ERR_INVALID_ARG);
        CHECK_EQ(queue, RAT_INVALID_HANDLE);
        queue = 5;
        CHECK_STATUS(RatCreateThreadMessageQueue(&malformed[i].options, &queue),
                     RAT_IPC_ERR_INVALID_ARG);
        CHECK_EQ(queue, RAT_INVALID_HANDLE);
    }
    inRow(NULL);
    CHECK_STATUS(RatCreateMessageQueueEx(NULL, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateThreadMessageQueue(NULL, NULL), RAT_IPC_ERR_INVALID_ARG);
    /* None of these made the thread's queue. */
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    CHECK_STATUS(RatCreateThreadMessageQueue(NULL, &queue), RAT_IPC_OK);
}

TEST(zeroAndNoOptionsSelectTheDefaults)
{
    RatMessageQueue queues[2] = {queueWith((RatQueueOptions){0}), RAT_INVALID_HANDLE};
    REQUIRE_OK(RatCreateMessageQueueEx(NULL, &queues[1]));
    for (int i = 0; i < 2; i++) {
        RatQueueInfo info = infoOf(queues[i]);
        CHECK_EQ(info.overflow, RAT_OVERFLOW_REFUSE);
        CHECK_EQ(info.capacity, 10000);
        CHECK_EQ(info.byteBudget, 64 << 20);
        RatQueueInfo empty = {.size = sizeof empty,
                              .capacity = info.capacity,
                              .byteBudget = info.byteBudget};
        CHECK(memcmp(&info, &empty, sizeof info) == 0);
    }
}

TEST(aQueueIsAsItsOptionsSay)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){
        .overflow = RAT_OVERFLOW_COALESCE, .capacity = 1u << 24, .byteBudget = 12345});
    RatQueueInfo info = infoOf(queue);
    CHECK_EQ(info.overflow, RAT_OVERFLOW_COALESCE);
    CHECK_EQ(info.capacity, 1u << 24);
    CHECK_EQ(info.byteBudget, 12345);
}

TEST(aByteBudgetMayBeAsLargeAsASizeCanSay)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){.byteBudget = SIZE_MAX});
    CHECK_STATUS(postBytes(queue, 1, 1000), RAT_IPC_OK);
    CHECK_EQ(infoOf(queue).queuedBytes, 1000);
}

TEST(aThreadsQueueIsCreatedOnce)
{
    RatQueueOptions options = {.size = sizeof options, .capacity = 3};
    RatMessageQueue queue = RAT_INVALID_HANDLE, again = 5;
    REQUIRE_OK(RatCreateThreadMessageQueue(&options, &queue));
    CHECK_EQ(threadQueue(), queue);
    CHECK_EQ(infoOf(queue).capacity, 3);
    CHECK_STATUS(RatCreateThreadMessageQueue(&options, &again), RAT_IPC_ERR_ALREADY_EXISTS);
    CHECK_EQ(again, RAT_INVALID_HANDLE);
    for (uint32_t i = 0; i < 3; i++) CHECK_STATUS(postNumber(queue, i), RAT_IPC_OK);
    CHECK_STATUS(postNumber(queue, 3), RAT_IPC_ERR_NO_RESOURCES);
}

TEST(aThreadsQueueThatAWindowMadeIsNotCreatedAgain)
{
    makeWindow(0);
    RatMessageQueue queue = 5;
    CHECK_STATUS(RatCreateThreadMessageQueue(NULL, &queue), RAT_IPC_ERR_ALREADY_EXISTS);
    CHECK_EQ(queue, RAT_INVALID_HANDLE);
}

static intptr_t createOwn(void* capacity)
{
    RatMessageQueue queue = threadQueueWith((RatQueueOptions){.capacity = *(size_t*)capacity});
    return (intptr_t)infoOf(queue).capacity;
}

TEST(eachThreadCreatesAQueueOfItsOwn)
{
    for (size_t capacity = 1; capacity < 4; capacity++) {
        CHECK_EQ(onThread(createOwn, &capacity), capacity);
    }
    CHECK_EQ(infoOf(threadQueue()).capacity, 10000);
}

TEST(queueInfoWantsItsSize)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    const uint32_t sizes[] = {0, sizeof(RatQueueInfo) - 1, sizeof(RatQueueInfo) + 1, UINT32_MAX};
    for (size_t i = 0; i < 4; i++) {
        RatQueueInfo info = {.size = sizes[i], .capacity = 77};
        CHECK_STATUS(RatGetQueueInfo(queue, &info), RAT_IPC_ERR_INVALID_ARG);
        CHECK_EQ(info.capacity, 77);
    }
    CHECK_STATUS(RatGetQueueInfo(queue, NULL), RAT_IPC_ERR_INVALID_ARG);
}

TEST(queueInfoCountsWhatIsQueuedAndItsBytes)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){.capacity = 3});
    REQUIRE_OK(postBytes(queue, 1, 10));
    REQUIRE_OK(postBytes(queue, 2, 1000));
    REQUIRE_OK(postWith(queue, 3, (RatPostOptions){.notBefore = NEVER}, NULL));
    CHECK_STATUS(postNumber(queue, 4), RAT_IPC_ERR_NO_RESOURCES);
    RatQueueInfo info = infoOf(queue);
    CHECK_EQ(info.queued, 2);
    CHECK_EQ(info.delayed, 1);
    CHECK_EQ(info.queuedBytes, 1010);
    CHECK_EQ(info.posted, 3);
    CHECK_EQ(info.refused, 1);
    CHECK_EQ(info.retrieved, 0);
    CHECK_EQ(takeNumber(queue), 1);
    info = infoOf(queue);
    CHECK_EQ(info.queued, 1);
    CHECK_EQ(info.queuedBytes, 1000);
    CHECK_EQ(info.retrieved, 1);
}

TEST(lookingDoesNotCountAsRetrieving)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    REQUIRE_OK(postBytes(queue, 1, 10));
    RatMessage msg;
    REQUIRE_OK(RatPeekMessage(queue, &msg));
    CHECK_STATUS(RatGetMessageInto(queue, &msg, NULL, 0, NULL, 0), RAT_IPC_ERR_BUFFER_TOO_SMALL);
    RatQueueInfo info = infoOf(queue);
    CHECK_EQ(info.retrieved, 0);
    CHECK_EQ(info.queuedBytes, 10);
}

/* One step of a mixture, from a small generator with a fixed start. */
static uint32_t next(uint32_t* seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void mixUp(RatMessageQueue queue, uint32_t seed)
{
    uint64_t tokens[64] = {0};
    RatMessage msg;
    for (int step = 0; step < 5000; step++) {
        uint32_t number = next(&seed) % 8;
        uint64_t* token = &tokens[next(&seed) % 64];
        RatPostOptions options = {.key = next(&seed) % 3};
        switch (next(&seed) % 10) {
        case 0: postNumber(queue, number); break;
        case 1: postUrgent(queue, number, (int32_t)number - 4); break;
        case 2: postBytes(queue, number, next(&seed) % 200); break;
        case 3: postWith(queue, number, options, token); break;
        case 4:
            options.notBefore = now() + next(&seed) % 100000;
            postWith(queue, number, options, token);
            break;
        case 5:
            options.flags = RAT_POST_REPLACE;
            postWith(queue, number, options, token);
            break;
        case 6: RatCancelMessage(queue, *token); break;
        case 7: RatPeekMessage(queue, &msg); break;
        case 8: takeFiltered(queue, (RatMessageFilter){.first = number, .last = number + 1}); break;
        default: takeNumber(queue);
        }
        RatQueueInfo info = infoOf(queue);
        REQUIRE(info.queued + info.delayed <= info.capacity);
        REQUIRE(info.queuedBytes <= info.byteBudget);
    }
    while (takeNumber(queue) >= 0) {}
    RatQueueInfo info = infoOf(queue);
    CHECK_EQ(info.queued, 0);
    CHECK_EQ(info.queuedBytes, 0);
    CHECK(info.refused > 0 && info.replaced > 0 && info.cancelled > 0);
}

TEST(queueInfosEquationHoldsInEveryMixtureUnderEveryPolicy)
{
    for (uint32_t policy = RAT_OVERFLOW_REFUSE; policy <= RAT_OVERFLOW_COALESCE; policy++) {
        for (uint32_t limit = 0; limit < 2; limit++) {
            RatMessageQueue queue = queueWith((RatQueueOptions){.overflow = policy,
                                                                .capacity = 24,
                                                                .byteBudget = 1000,
                                                                .starvationLimit = limit * 3,
                                                                .overflowMessage = limit * 99});
            mixUp(queue, policy * 2 + limit);
        }
    }
}

TEST(queueInfosEquationHoldsOnAThreadsOwnQueueToo)
{
    RatMessageQueue queue = threadQueueWith((RatQueueOptions){.capacity = 24, .byteBudget = 1000});
    mixUp(queue, 7);
}
