/* Posts that wait for room in a full queue. */
#include "queue_support.h"

static RatMessageQueue waiting(size_t capacity, size_t byteBudget, uint32_t milliseconds)
{
    return queueWith((RatQueueOptions){.overflow = RAT_OVERFLOW_WAIT,
                                       .capacity = capacity,
                                       .byteBudget = byteBudget,
                                       .overflowWait_ms = milliseconds});
}

/* A thread that posts one message. */
typedef struct {
    RatMessageQueue queue;
    uint32_t number;
    size_t size;
    Thread thread;
} Poster;

static intptr_t postOne(void* context)
{
    Poster* poster = context;
    return (intptr_t)postBytes(poster->queue, poster->number, poster->size);
}

static void startPoster(Poster* poster, RatMessageQueue queue, uint32_t number, size_t size)
{
    *poster = (Poster){.queue = queue, .number = number, .size = size};
    start(&poster->thread, postOne, poster);
    untilAsleep(&poster->thread);
}

TEST(aPostWaitsUntilAnotherThreadMakesRoom)
{
    RatMessageQueue queue = waiting(1, 0, RAT_INFINITE);
    REQUIRE_OK(postNumber(queue, 1));
    Poster poster;
    startPoster(&poster, queue, 2, 0);
    CHECK_EQ(infoOf(queue).queued, 1);
    CHECK_EQ(takeNumber(queue), 1);
    CHECK_EQ(join(&poster.thread), RAT_IPC_OK);
    CHECK_TAKES(queue, 2);
    RatQueueInfo info = infoOf(queue);
    CHECK_EQ(info.refused, 0);
    CHECK_EQ(info.posted, 2);
}

TEST(aPostWaitsForItsBytes)
{
    RatMessageQueue queue = waiting(0, 1000, SOON);
    REQUIRE_OK(postBytes(queue, 1, 300));
    REQUIRE_OK(postBytes(queue, 2, 700));
    Poster poster;
    startPoster(&poster, queue, 3, 1000);
    CHECK_EQ(takeNumber(queue), 1); /* too little room */
    untilAsleep(&poster.thread);
    CHECK_EQ(infoOf(queue).queued, 1);
    CHECK_EQ(takeNumber(queue), 2);
    CHECK_EQ(join(&poster.thread), RAT_IPC_OK);
    CHECK_TAKES(queue, 3);
}

TEST(aPostThatOthersWaitBehindNeedsNoBytesToGoOn)
{
    /* One waits for more bytes than there will be; that keeps nobody else waiting. */
    RatMessageQueue queue = waiting(2, 1000, RAT_INFINITE);
    REQUIRE_OK(postBytes(queue, 1, 10));
    REQUIRE_OK(postBytes(queue, 2, 500));
    Poster large, small;
    startPoster(&large, queue, 3, 1000);
    startPoster(&small, queue, 4, 0);
    CHECK_EQ(takeNumber(queue), 1);
    CHECK_EQ(join(&small.thread), RAT_IPC_OK);
    CHECK_EQ(takeNumber(queue), 2);
    CHECK_EQ(join(&large.thread), RAT_IPC_OK);
    CHECK_TAKES(queue, 4, 3);
}

TEST(aPostThatFindsNoRoomInTimeIsCountedAsRefused)
{
    RatMessageQueue queue = waiting(1, 0, 20);
    REQUIRE_OK(postNumber(queue, 1));
    uint64_t before = now();
    CHECK_STATUS(postNumber(queue, 2), RAT_IPC_ERR_TIMEOUT);
    CHECK(now() - before >= 20000000u);
    RatQueueInfo info = infoOf(queue);
    CHECK_EQ(info.refused, 1);
    CHECK_EQ(info.posted, 1);
    CHECK_TAKES(queue, 1);
}

TEST(aWaitForRoomOfNoTimeEndsAtOnce)
{
    RatMessageQueue queue = waiting(1, 0, 0);
    REQUIRE_OK(postNumber(queue, 1));
    CHECK_STATUS(postNumber(queue, 2), RAT_IPC_ERR_TIMEOUT);
    CHECK_TAKES(queue, 1);
}

TEST(closingAQueueCancelsThePostsThatWaitForRoom)
{
    RatMessageQueue queue = waiting(1, 100, RAT_INFINITE);
    REQUIRE_OK(postBytes(queue, 1, 100));
    Poster posters[3];
    for (uint32_t i = 0; i < 3; i++) startPoster(&posters[i], queue, 2, i * 50);
    CHECK_STATUS(RatCloseMessageQueue(queue), RAT_IPC_OK);
    for (int i = 0; i < 3; i++) CHECK_EQ(join(&posters[i].thread), RAT_IPC_ERR_CANCELLED);
}

TEST(aThreadDoesNotWaitForRoomInItsOwnQueue)
{
    RatMessageQueue queue = threadQueueWith(
        (RatQueueOptions){.overflow = RAT_OVERFLOW_WAIT, .capacity = 1,
                          .overflowWait_ms = RAT_INFINITE});
    REQUIRE_OK(postNumber(queue, 1));
    CHECK_STATUS(postNumber(queue, 2), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_STATUS(postWith(queue, 3, (RatPostOptions){.timeout_ms = RAT_INFINITE}, NULL),
                 RAT_IPC_ERR_NO_RESOURCES);
    Poster poster;
    startPoster(&poster, queue, 4, 0);
    CHECK_EQ(takeNumber(queue), 1);
    CHECK_EQ(join(&poster.thread), RAT_IPC_OK);
    CHECK_TAKES(queue, 4);
}

TEST(theOnlyThreadThatRetrievesDoesNotWaitForRoom)
{
    RatMessageQueue queue = waiting(1, 0, RAT_INFINITE);
    REQUIRE_OK(postNumber(queue, 1));
    CHECK_TAKES(queue, 1);
    REQUIRE_OK(postNumber(queue, 2));
    CHECK_STATUS(postNumber(queue, 3), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_STATUS(postWith(queue, 3, (RatPostOptions){.timeout_ms = RAT_INFINITE}, NULL),
                 RAT_IPC_ERR_NO_RESOURCES);
}

TEST(aPayloadThatNeverFitsIsNotWaitedFor)
{
    RatMessageQueue queue = waiting(0, 100, RAT_INFINITE);
    CHECK_STATUS(postBytes(queue, 1, 101), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_EQ(infoOf(queue).refused, 1);
}

TEST(aPostWithADeadlineWaitsWhateverThePolicy)
{
    for (uint32_t policy = RAT_OVERFLOW_REFUSE; policy <= RAT_OVERFLOW_COALESCE; policy++) {
        RatMessageQueue queue = queueWith((RatQueueOptions){.overflow = policy, .capacity = 1});
        REQUIRE_OK(postUrgent(queue, 1, 3)); /* nothing that may be dropped */
        CHECK_STATUS(postWith(queue, 2, (RatPostOptions){.timeout_ms = 1}, NULL),
                     RAT_IPC_ERR_TIMEOUT);
        CHECK_STATUS(postWith(queue, 2, (RatPostOptions){0}, NULL), RAT_IPC_ERR_NO_RESOURCES);
        RatMessage msg = plain(3);
        CHECK_STATUS(RatPostMessageEx(queue, &msg, NULL, NULL), RAT_IPC_ERR_NO_RESOURCES);
        CHECK_EQ(infoOf(queue).refused, 3);
        CHECK_TAKES(queue, 1);
    }
}

static intptr_t postWithin(void* queue)
{
    return postWith(*(RatMessageQueue*)queue, 2, (RatPostOptions){.timeout_ms = RAT_INFINITE},
                    NULL);
}

TEST(aCancelledMessageMakesRoom)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){.capacity = 1});
    uint64_t token = 0;
    REQUIRE_OK(postWith(queue, 1, (RatPostOptions){.notBefore = NEVER}, &token));
    Thread thread;
    start(&thread, postWithin, &queue);
    untilAsleep(&thread);
    REQUIRE_OK(RatCancelMessage(queue, token));
    CHECK_EQ(join(&thread), RAT_IPC_OK);
    CHECK_TAKES(queue, 2);
}

TEST(aDyingWindowMakesRoomForAllThatItsMessagesTookUp)
{
    RatMessageQueue queue = threadQueueWith(
        (RatQueueOptions){.overflow = RAT_OVERFLOW_WAIT, .capacity = 3,
                          .overflowWait_ms = RAT_INFINITE});
    RatWindow window = makeWindow(0);
    for (int i = 0; i < 3; i++) REQUIRE_OK(postNumber(window, RAT_WM_APP));
    Poster posters[3];
    for (uint32_t i = 0; i < 3; i++) startPoster(&posters[i], queue, i, 0);
    REQUIRE_OK(RatDestroyWindow(window));
    for (int i = 0; i < 3; i++) CHECK_EQ(join(&posters[i].thread), RAT_IPC_OK);
    RatQueueInfo info = infoOf(queue);
    CHECK_EQ(info.discarded, 3);
    CHECK_EQ(info.queued, 3);
}

typedef struct {
    RatMessageQueue queue;
    uint32_t id;
} Producer;

enum { PRODUCERS = 3, EACH = 3000 };

static intptr_t produce(void* context)
{
    Producer* producer = context;
    for (uint32_t i = 0; i < EACH; i++) {
        RatMessage msg = plain(producer->id);
        char bytes[100] = {0};
        msg.header.wparam = i;
        msg.header.size = i % 5 == 0 ? sizeof bytes : 0;
        msg.payload = bytes;
        REQUIRE_OK(RatPostMessage(producer->queue, &msg));
    }
    return 0;
}

TEST(throughAQueueThatIsAlwaysFullEverythingArrivesInOrder)
{
    RatMessageQueue queue = waiting(4, 250, RAT_INFINITE);
    Producer producers[PRODUCERS];
    Thread threads[PRODUCERS];
    for (uint32_t i = 0; i < PRODUCERS; i++) {
        producers[i] = (Producer){queue, i};
        start(&threads[i], produce, &producers[i]);
    }
    uint32_t next[PRODUCERS] = {0};
    for (int i = 0; i < PRODUCERS * EACH; i++) {
        RatMessage msg;
        REQUIRE_OK(RatGetMessage(queue, &msg, SOON));
        REQUIRE(msg.header.message < PRODUCERS);
        REQUIRE(msg.header.wparam == next[msg.header.message]);
        next[msg.header.message]++;
    }
    for (int i = 0; i < PRODUCERS; i++) join(&threads[i]);
    RatQueueInfo info = infoOf(queue);
    CHECK_EQ(info.refused, 0);
    CHECK_EQ(info.retrieved, PRODUCERS * EACH);
    CHECK_EQ(info.queuedBytes, 0);
}
