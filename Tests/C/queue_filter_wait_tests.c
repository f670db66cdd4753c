/* Waiting for what a filter lets through, and filtering deep queues. */
#include "queue_support.h"

#include <stdatomic.h>
#include <stdlib.h>

/* A thread that waits for one message number. */
typedef struct {
    RatMessageQueue queue;
    uint32_t number;
    int32_t timeout;
    Thread thread;
} Getter;

static intptr_t getOne(void* context)
{
    Getter* getter = context;
    RatMessageFilter filter = {
        .size = sizeof filter, .first = getter->number, .last = getter->number};
    RatMessage msg;
    RatIpcStatus status = RatGetMessageEx(getter->queue, &msg, &filter, getter->timeout);
    return status == RAT_IPC_OK ? (intptr_t)msg.header.message : -(intptr_t)status;
}

static void startGetter(Getter* getter, RatMessageQueue queue, uint32_t number, int32_t timeout)
{
    *getter = (Getter){.queue = queue, .number = number, .timeout = timeout};
    start(&getter->thread, getOne, getter);
    untilAsleep(&getter->thread);
}

TEST(aFilteredRetrievalSleepsOnThroughWhatItDoesNotWant)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    REQUIRE_OK(postNumber(queue, 1));
    Getter getter;
    startGetter(&getter, queue, 3, -1);
    for (uint32_t i = 0; i < 5; i++) {
        REQUIRE_OK(postNumber(queue, 2));
        untilAsleep(&getter.thread);
    }
    REQUIRE_OK(postNumber(queue, 3));
    CHECK_EQ(join(&getter.thread), 3);
    CHECK_TAKES(queue, 1, 2, 2, 2, 2, 2);
}

TEST(aFilteredRetrievalEndsInTimeWhateverElseIsThere)
{
    RatMessageQueue queues[2] = {queueWith((RatQueueOptions){0}), threadQueue()};
    for (int i = 0; i < 2; i++) {
        REQUIRE_OK(postNumber(queues[i], 1));
        RatMessageFilter filter = {.size = sizeof filter, .first = 2, .last = 2};
        RatMessage msg;
        uint64_t before = now();
        CHECK_STATUS(RatGetMessageEx(queues[i], &msg, &filter, 20), RAT_IPC_ERR_TIMEOUT);
        CHECK(now() - before >= 20000000u);
        CHECK_TAKES(queues[i], 1);
    }
}

typedef struct {
    RatMessageQueue queue;
    atomic_bool isOver;
    Thread thread;
} Flood;

static intptr_t flood(void* context)
{
    Flood* flood = context;
    while (!atomic_load(&flood->isOver)) postNumber(flood->queue, 1);
    return 0;
}

TEST(aFilteredRetrievalEndsInTimeHoweverMuchElseComes)
{
    RatQueueOptions options = {.capacity = 4, .overflow = RAT_OVERFLOW_DROP_OLDEST};
    RatMessageQueue queues[2] = {queueWith(options), threadQueueWith(options)};
    for (int i = 0; i < 2; i++) {
        Flood posts = {.queue = queues[i]};
        start(&posts.thread, flood, &posts);
        RatMessageFilter filter = {.size = sizeof filter, .first = 2, .last = 2};
        RatMessage msg;
        CHECK_STATUS(RatGetMessageEx(queues[i], &msg, &filter, 50), RAT_IPC_ERR_TIMEOUT);
        atomic_store(&posts.isOver, true);
        CHECK_EQ(join(&posts.thread), 0);
    }
}

TEST(closingAQueueCancelsTheFilteredRetrievals)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    Getter getters[2];
    for (uint32_t i = 0; i < 2; i++) startGetter(&getters[i], queue, i + 1, -1);
    REQUIRE_OK(RatCloseMessageQueue(queue));
    for (int i = 0; i < 2; i++)
        CHECK_EQ(join(&getters[i].thread), -RAT_IPC_ERR_CANCELLED);
}

TEST(eachFilteredGetterGetsItsOwn)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    Getter getters[6];
    for (uint32_t i = 0; i < 6; i++) startGetter(&getters[i], queue, i + 1, -1);
    for (uint32_t i = 6; i > 0; i--) REQUIRE_OK(postNumber(queue, i));
    for (int i = 0; i < 6; i++) CHECK_EQ(join(&getters[i].thread), i + 1);
    CHECK_EQ(infoOf(queue).retrieved, 6);
}

TEST(filteredAndOtherGettersShareOneQueue)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    Getter filtered[2];
    Thread other;
    startGetter(&filtered[0], queue, 7, -1);
    start(&other, getNumber, &queue);
    untilAsleep(&other);
    startGetter(&filtered[1], queue, 8, -1);
    /* Only one may take this, and it is taken. */
    REQUIRE_OK(postNumber(queue, 9));
    CHECK_EQ(join(&other), 9);
    REQUIRE_OK(postNumber(queue, 8));
    CHECK_EQ(join(&filtered[1].thread), 8);
    REQUIRE_OK(postNumber(queue, 7));
    CHECK_EQ(join(&filtered[0].thread), 7);
}

static intptr_t getIntoNothing(void* queue)
{
    RatMessage msg;
    return (intptr_t)RatGetMessageInto(*(RatMessageQueue*)queue, &msg, NULL, 0, NULL, -1);
}

TEST(aMessageThatOneGetterCannotTakeIsAnothers)
{
    /* The first to be woken has too little room; the message must not be lost on it. */
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    Thread small, other;
    start(&small, getIntoNothing, &queue);
    untilAsleep(&small);
    start(&other, getNumber, &queue);
    untilAsleep(&other);
    REQUIRE_OK(postBytes(queue, 5, 100));
    CHECK_EQ(join(&small), RAT_IPC_ERR_BUFFER_TOO_SMALL);
    CHECK_EQ(join(&other), 5);
}

TEST(aThreadsFilteredWaitSleepsOnThroughWhatItDoesNotWant)
{
    RatMessageQueue queue = threadQueue();
    REQUIRE_OK(postNumber(queue, 1));
    uint64_t due = now() + 5000000u;
    RatPostOptions options = {.notBefore = due};
    REQUIRE_OK(postWith(queue, 2, options, NULL));
    options.notBefore = due + 5000000u;
    REQUIRE_OK(postWith(queue, 3, options, NULL));
    RatMessageFilter filter = {.size = sizeof filter, .first = 3, .last = 3};
    RatMessage msg;
    REQUIRE_OK(RatGetMessageEx(queue, &msg, &filter, SOON));
    CHECK_EQ(msg.header.message, 3);
    CHECK_TAKES(queue, 1, 2);
}

enum { WINDOWS = 1000, MESSAGES = 10000 };

/* What the queue must hold: for each message its window, and whether it is still there. */
static struct {
    RatWindow window;
    int32_t priority;
    bool isThere;
} books[MESSAGES];

/* The next message of a window, or of any, as the books have it; -1 if there is none. Message i has
 * the number RAT_WM_APP + i. */
static int64_t expected(RatWindow window)
{
    int64_t best = -1;
    for (int i = 0; i < MESSAGES; i++)
        if (books[i].isThere && (!window || books[i].window == window) &&
            (best < 0 || books[i].priority > books[best].priority))
            best = i;
    return best;
}

static void checkNext(RatMessageQueue queue, RatWindow window)
{
    int64_t next = expected(window);
    RatMessageFilter filter = {.target = window};
    REQUIRE(takeFiltered(queue, filter) == (next < 0 ? -RAT_IPC_ERR_TIMEOUT : RAT_WM_APP + next));
    if (next >= 0) books[next].isThere = false;
}

static void fill(RatWindow* windows, int priorities)
{
    for (int i = 0; i < MESSAGES; i++) {
        books[i].window = windows[i * 7919 % WINDOWS];
        books[i].priority = i / 3 % priorities;
        books[i].isThere = true;
        REQUIRE_OK(postUrgent(books[i].window, RAT_WM_APP + (uint32_t)i, books[i].priority));
    }
}

static RatWindow* manyWindows(void)
{
    RatWindow* windows = malloc(WINDOWS * sizeof *windows);
    for (int i = 0; i < WINDOWS; i++) windows[i] = makeWindow(0);
    drain();
    return windows;
}

TEST(aDeepQueueGivesEachWindowItsMessagesInOrder)
{
    RatWindow* windows = manyWindows();
    RatMessageQueue queue = threadQueue();
    for (int priorities = 1; priorities <= 3; priorities += 2) {
        fill(windows, priorities);
        for (int i = WINDOWS - 1; i >= 0; i -= 9)
            for (int j = 0; j < 3; j++) checkNext(queue, windows[i]);
        int left = (int)infoOf(queue).queued;
        for (int i = 0; i < left; i++) checkNext(queue, RAT_INVALID_HANDLE);
        CHECK_EQ(infoOf(queue).queued, 0);
    }
    free(windows);
}

TEST(aDeepQueueIsRightInEveryMixture)
{
    RatWindow* windows = manyWindows();
    RatMessageQueue queue = threadQueue();
    fill(windows, 3);
    uint32_t seed = 1;
    for (int step = 0; step < 3000; step++) {
        seed = seed * 1664525u + 1013904223u;
        RatWindow* window = &windows[(seed >> 8) % WINDOWS];
        switch ((seed >> 24) % 8) {
        case 0: checkNext(queue, RAT_INVALID_HANDLE); break;
        case 1:
            if (step % 4 != 0) break;
            REQUIRE_OK(RatDestroyWindow(*window));
            for (int i = 0; i < MESSAGES; i++)
                if (books[i].window == *window) books[i].isThere = false;
            *window = makeWindow(0);
            break;
        case 2: {
            /* What was taken comes again, as the last of its priority: the books are in order of
             * posting, so only the very last may. */
            if (books[MESSAGES - 1].isThere) break;
            books[MESSAGES - 1].window = *window;
            books[MESSAGES - 1].isThere = true;
            REQUIRE_OK(
                postUrgent(*window, RAT_WM_APP + MESSAGES - 1, books[MESSAGES - 1].priority));
            break;
        }
        default: checkNext(queue, *window);
        }
    }
    int64_t left = 0;
    for (int i = 0; i < MESSAGES; i++) left += books[i].isThere;
    CHECK_EQ(infoOf(queue).queued, left);
    while (expected(RAT_INVALID_HANDLE) >= 0) checkNext(queue, RAT_INVALID_HANDLE);
    CHECK_EQ(infoOf(queue).queued, 0);
    free(windows);
}
