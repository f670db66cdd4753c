/* Message queues: order, payloads, limits, and what ends a wait. */
#include "support.h"

#include <stdlib.h>
#include <string.h>

static RatMessageQueue makeQueue(size_t capacity)
{
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateMessageQueue(capacity, &queue));
    return queue;
}

static RatIpcStatus postSized(RatMessageQueue queue, uint32_t number, void* payload, size_t size)
{
    RatMessage msg = plain(number);
    msg.header.size = (uint32_t)size;
    msg.payload = payload;
    return RatPostMessage(queue, &msg);
}

TEST(whatIsPostedIsRetrieved)
{
    RatMessageQueue queue = makeQueue(0);
    uint64_t before = now();
    RatMessage in = {.header = {.message = 100,
                                .wparam = UINTPTR_MAX,
                                .lparam = INTPTR_MIN,
                                .sender = 0x1234,
                                .priority = 2}};
    RatMessage out;
    memset(&out, 0xEE, sizeof out);
    REQUIRE_OK(RatPostMessage(queue, &in));
    REQUIRE_OK(RatGetMessage(queue, &out, 0));
    CHECK_EQ(out.header.message, 100);
    CHECK_EQ(out.header.wparam, UINTPTR_MAX);
    CHECK_EQ(out.header.lparam, INTPTR_MIN);
    CHECK_EQ(out.header.sender, 0x1234);
    CHECK_EQ(out.header.priority, 2);
    CHECK_EQ(out.header.size, 0);
    CHECK_EQ(out.header.flags, 0);
    CHECK_EQ(out.header.target, queue);
    CHECK_EQ(out.header.token, 0);
    CHECK(out.payload == NULL);
    /* The clock is a coarse one: it may lag by a tick. */
    CHECK(out.header.time + 20000000u >= before && out.header.time <= now());
}

TEST(theLibrarySetsWhatIsTheLibrarys)
{
    RatMessageQueue queue = makeQueue(0);
    RatMessage msg;
    memset(&msg, 0xEE, sizeof msg);
    msg.header.size = 0; /* then payload is ignored */
    msg.header.priority = 0;
    REQUIRE_OK(RatPostMessage(queue, &msg));
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_EQ(msg.header.flags, 0);
    CHECK_EQ(msg.header.target, queue);
    CHECK_EQ(msg.header.token, 0);
    CHECK(msg.header.time <= now());
    CHECK(msg.payload == NULL);
}

TEST(messagesOfOnePriorityComeInOrderAndHigherOnesFirst)
{
    RatMessageQueue queue = makeQueue(0);
    for (uint32_t i = 0; i < 64; i++) {
        RatMessage msg = plain(i);
        msg.header.priority = (int32_t)(i % 8) + RAT_PRIORITY_LOWEST;
        REQUIRE_OK(RatPostMessage(queue, &msg));
    }
    for (int priority = RAT_PRIORITY_HIGHEST; priority >= RAT_PRIORITY_LOWEST; priority--) {
        for (int i = 0; i < 8; i++) {
            RatMessage msg;
            REQUIRE_OK(RatGetMessage(queue, &msg, 0));
            CHECK_EQ(msg.header.priority, priority);
            CHECK_EQ(msg.header.message, i * 8 + priority - RAT_PRIORITY_LOWEST);
        }
    }
}

TEST(aPriorityOutOfRangeIsRefused)
{
    RatMessageQueue queue = makeQueue(0);
    const int32_t outside[] = {-5, 4, INT32_MAX, INT32_MIN};
    for (int i = 0; i < 4; i++) {
        RatMessage msg = plain(1);
        msg.header.priority = outside[i];
        CHECK_STATUS(RatPostMessage(queue, &msg), RAT_IPC_ERR_INVALID_ARG);
    }
    RatMessage msg;
    CHECK_STATUS(RatPeekMessage(queue, &msg), RAT_IPC_ERR_NOT_FOUND);
}

TEST(aReservedNumberIsAnOrdinaryMessageOnAQueue)
{
    RatMessageQueue queue = makeQueue(0);
    RatMessage msg = plain(RAT_WM_QUIT);
    REQUIRE_OK(RatPostMessage(queue, &msg));
    CHECK_STATUS(RatGetMessage(queue, &msg, 0), RAT_IPC_OK);
    CHECK_EQ(msg.header.message, RAT_WM_QUIT);
}

TEST(aPayloadIsACopy)
{
    RatMessageQueue queue = makeQueue(0);
    const size_t sizes[] = {1, 7, 16, 31, 32, 33, 63, 64, 65, 127, 128, 129, 4095, 4096, 100000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        unsigned char* bytes = malloc(sizes[i]);
        for (size_t j = 0; j < sizes[i]; j++) bytes[j] = (unsigned char)(j * 31 + i);
        REQUIRE_OK(postSized(queue, (uint32_t)i, bytes, sizes[i]));
        memset(bytes, 0, sizes[i]);
        free(bytes);
    }
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        RatMessage msg;
        REQUIRE_OK(RatGetMessage(queue, &msg, 0));
        REQUIRE(msg.header.size == sizes[i] && msg.payload != NULL);
        CHECK_EQ((uintptr_t)msg.payload % 16, 0);
        unsigned char* bytes = msg.payload;
        for (size_t j = 0; j < sizes[i]; j++) REQUIRE(bytes[j] == (unsigned char)(j * 31 + i));
        memset(bytes, 0xAA, sizes[i]); /* it may be written to */
    }
}

TEST(aPayloadOutlivesPeeksEmptyRetrievalsAndTheQueue)
{
    RatMessageQueue queue = makeQueue(0);
    char text[100] = "still here, and too long for any message to hold within itself";
    REQUIRE_OK(postSized(queue, 1, text, sizeof text));
    RatMessage msg, other;
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_STATUS(RatPeekMessage(queue, &other), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatGetMessage(queue, &other, 0), RAT_IPC_ERR_TIMEOUT);
    CHECK_STR(msg.payload, text);
    REQUIRE_OK(postSized(queue, 2, text, 5));
    REQUIRE_OK(RatPeekMessage(queue, &other));
    CHECK_STR(msg.payload, text);
    RatMessageQueue second = makeQueue(0);
    REQUIRE_OK(postSized(second, 3, text, 6));
    REQUIRE_OK(RatGetMessage(second, &other, 0));
    CHECK_STR(msg.payload, text);
    REQUIRE_OK(RatCloseMessageQueue(queue));
    CHECK_STR(msg.payload, text);
}

TEST(aSizeWithoutAPayloadIsRefused)
{
    RatMessageQueue queue = makeQueue(0);
    CHECK_STATUS(postSized(queue, 1, NULL, 1), RAT_IPC_ERR_INVALID_ARG);
    char byte = 0;
    CHECK_STATUS(postSized(queue, 1, &byte, UINT32_MAX), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(postSized(queue, 1, &byte, RAT_MAX_PAYLOAD_SIZE + 1), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(RatWaitForObject(queue, 0), RAT_WAIT_TIMEOUT);
}

TEST(aQueueHoldsSixtyFourMebibytesOfPayload)
{
    RatMessageQueue queue = makeQueue(0);
    char* big = calloc(1, RAT_MAX_PAYLOAD_SIZE);
    big[RAT_MAX_PAYLOAD_SIZE - 1] = 42;
    for (uint32_t i = 0; i < 4; i++)
        CHECK_STATUS(postSized(queue, i, big, RAT_MAX_PAYLOAD_SIZE), RAT_IPC_OK);
    CHECK_STATUS(postSized(queue, 4, big, RAT_MAX_PAYLOAD_SIZE), RAT_IPC_ERR_NO_RESOURCES);
    RatMessage msg;
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_EQ(msg.header.size, RAT_MAX_PAYLOAD_SIZE);
    CHECK_EQ(((char*)msg.payload)[RAT_MAX_PAYLOAD_SIZE - 1], 42);
    CHECK_STATUS(postSized(queue, 4, big, RAT_MAX_PAYLOAD_SIZE), RAT_IPC_OK);
    for (uint32_t i = 1; i < 5; i++) {
        REQUIRE_OK(RatGetMessage(queue, &msg, 0));
        CHECK_EQ(msg.header.message, i);
    }
    free(big);
}

TEST(aFullQueueRefusesAndLosesNothing)
{
    RatMessageQueue queue = makeQueue(2);
    RatMessage msg = plain(1);
    REQUIRE_OK(RatPostMessage(queue, &msg));
    msg.header.message = 2;
    REQUIRE_OK(RatPostMessage(queue, &msg));
    msg.header.message = 3;
    msg.header.priority = RAT_PRIORITY_HIGHEST;
    CHECK_STATUS(RatPostMessage(queue, &msg), RAT_IPC_ERR_NO_RESOURCES);
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_EQ(msg.header.message, 1);
    msg.header.message = 4;
    REQUIRE_OK(RatPostMessage(queue, &msg));
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_EQ(msg.header.message, 2);
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_EQ(msg.header.message, 4);
    CHECK_STATUS(RatGetMessage(queue, &msg, 0), RAT_IPC_ERR_TIMEOUT);
}

TEST(capacityIsExactAndTenThousandByDefault)
{
    RatMessageQueue queue = makeQueue(0);
    RatMessage msg = plain(1);
    for (int i = 0; i < 10000; i++) REQUIRE_OK(RatPostMessage(queue, &msg));
    CHECK_STATUS(RatPostMessage(queue, &msg), RAT_IPC_ERR_NO_RESOURCES);

    RatMessageQueue out = 5;
    CHECK_STATUS(RatCreateMessageQueue((1u << 24) + 1, &out), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(out, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatCreateMessageQueue(SIZE_MAX, &out), RAT_IPC_ERR_INVALID_ARG);
    REQUIRE_OK(RatCreateMessageQueue(1u << 24, &out));
    CHECK_STATUS(RatCloseMessageQueue(out), RAT_IPC_OK);
}

TEST(aPeekLeavesTheMessage)
{
    RatMessageQueue queue = makeQueue(0);
    RatMessage msg;
    CHECK_STATUS(RatPeekMessage(queue, &msg), RAT_IPC_ERR_NOT_FOUND);
    char text[] = "text";
    REQUIRE_OK(postSized(queue, 9, text, sizeof text));
    for (int i = 0; i < 3; i++) {
        REQUIRE_OK(RatPeekMessage(queue, &msg));
        CHECK_EQ(msg.header.message, 9);
        CHECK_STR(msg.payload, "text");
    }
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_EQ(msg.header.message, 9);
    CHECK_STATUS(RatPeekMessage(queue, &msg), RAT_IPC_ERR_NOT_FOUND);
}

TEST(aRetrievalTakesAsLongAsItWasGiven)
{
    RatMessageQueue queue = makeQueue(0);
    RatMessage msg;
    CHECK_STATUS(RatGetMessage(queue, &msg, 0), RAT_IPC_ERR_TIMEOUT);
    uint64_t before = now();
    CHECK_STATUS(RatGetMessage(queue, &msg, 30), RAT_IPC_ERR_TIMEOUT);
    CHECK(now() - before >= 30000000u);
    CHECK_STATUS(RatGetMessage(threadQueue(), &msg, 10), RAT_IPC_ERR_TIMEOUT);
}

static intptr_t getOne(void* queue)
{
    RatMessage msg;
    RatIpcStatus status = RatGetMessage(*(RatMessageQueue*)queue, &msg, -1);
    return status == RAT_IPC_OK ? (intptr_t)msg.header.message : -(intptr_t)status;
}

TEST(aPostWakesWhoWaits)
{
    RatMessageQueue queue = makeQueue(0);
    Thread thread;
    start(&thread, getOne, &queue);
    untilAsleep(&thread);
    RatMessage msg = plain(77);
    REQUIRE_OK(RatPostMessage(queue, &msg));
    CHECK_EQ(join(&thread), 77);
}

TEST(closingAQueueCancelsTheRetrievalsThatWait)
{
    RatMessageQueue queue = makeQueue(0);
    Thread threads[2];
    for (int i = 0; i < 2; i++) start(&threads[i], getOne, &queue);
    for (int i = 0; i < 2; i++) untilAsleep(&threads[i]);
    CHECK_STATUS(RatCloseMessageQueue(queue), RAT_IPC_OK);
    for (int i = 0; i < 2; i++) CHECK_EQ(join(&threads[i]), -RAT_IPC_ERR_CANCELLED);
}

typedef struct {
    RatMessageQueue queue;
    uint32_t id;
} Producer;

enum { PRODUCERS = 4, EACH = 2000 };

static intptr_t produce(void* context)
{
    Producer* producer = context;
    for (uint32_t i = 0; i < EACH; i++) {
        RatMessage msg = plain(producer->id);
        msg.header.wparam = i;
        msg.header.size = sizeof i;
        msg.payload = &i;
        REQUIRE_OK(RatPostMessage(producer->queue, &msg));
    }
    return 0;
}

TEST(everyThreadsMessagesArriveInItsOrder)
{
    RatMessageQueue queue = makeQueue(PRODUCERS * EACH);
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
        REQUIRE(*(uint32_t*)msg.payload == next[msg.header.message]);
        next[msg.header.message]++;
    }
    for (int i = 0; i < PRODUCERS; i++) join(&threads[i]);
}

static intptr_t consume(void* queue)
{
    intptr_t sum = 0;
    RatMessage msg;
    while (RatGetMessage(*(RatMessageQueue*)queue, &msg, SOON) == RAT_IPC_OK &&
           msg.header.message != 0)
        sum += (intptr_t)msg.header.message;
    return sum;
}

TEST(eachMessageGoesToExactlyOneOfThoseWhoAsk)
{
    RatMessageQueue queue = makeQueue(0);
    Thread threads[3];
    for (int i = 0; i < 3; i++) start(&threads[i], consume, &queue);
    for (uint32_t i = 1; i <= 5000; i++) {
        RatMessage msg = plain(i);
        REQUIRE_OK(RatPostMessage(queue, &msg));
    }
    RatMessage end = plain(0);
    for (int i = 0; i < 3; i++) REQUIRE_OK(RatPostMessage(queue, &end));
    intptr_t sum = 0;
    for (int i = 0; i < 3; i++) sum += join(&threads[i]);
    CHECK_EQ(sum, 5000 * 5001 / 2);
}

TEST(onlyItsThreadRetrievesFromAThreadsQueue)
{
    RatMessageQueue queue = threadQueue();
    RatMessage msg = plain(5);
    REQUIRE_OK(RatPostMessage(queue, &msg));
    CHECK_EQ(onThread(getOne, &queue), -RAT_IPC_ERR_WRONG_THREAD);
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_EQ(msg.header.message, 5);
}

static intptr_t ownQueue(void* out)
{
    RatMessageQueue first = threadQueue();
    CHECK_EQ(threadQueue(), first);
    *(RatMessageQueue*)out = first;
    return 0;
}

TEST(aThreadsQueueEndsWithItsThread)
{
    RatMessageQueue other = RAT_INVALID_HANDLE;
    onThread(ownQueue, &other);
    CHECK(other != RAT_INVALID_HANDLE && other != threadQueue());
    RatMessage msg = plain(1);
    CHECK_STATUS(RatPostMessage(other, &msg), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_EQ(RatGetHandleKind(other), RAT_HANDLE_NONE);
}

TEST(quitComesAfterEveryPostedMessageAlsoLaterOnes)
{
    RatMessageQueue queue = threadQueue();
    RatMessage msg = plain(1);
    REQUIRE_OK(RatPostMessage(queue, &msg));
    REQUIRE_OK(RatPostQuitMessage(3));
    REQUIRE_OK(RatPostQuitMessage(-7));
    msg.header.message = 2;
    msg.header.priority = RAT_PRIORITY_LOWEST;
    REQUIRE_OK(RatPostMessage(queue, &msg));

    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_EQ(msg.header.message, 1);
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_EQ(msg.header.message, 2);
    CHECK_STATUS(RatPeekMessage(queue, &msg), RAT_IPC_QUIT);
    CHECK_STATUS(RatGetMessage(queue, &msg, 0), RAT_IPC_QUIT);
    CHECK_EQ(msg.header.message, RAT_WM_QUIT);
    CHECK_EQ((intptr_t)msg.header.wparam, -7);
    CHECK_STATUS(RatGetMessage(queue, &msg, 0), RAT_IPC_ERR_TIMEOUT);
}

TEST(aMessageForAQueueHasNoOneToRun)
{
    RatMessageQueue queue = makeQueue(0);
    RatMessage msg = plain(1);
    REQUIRE_OK(RatPostMessage(queue, &msg));
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_STATUS(RatDispatchMessage(&msg), RAT_IPC_ERR_NOT_FOUND);
    msg.header.target = RAT_INVALID_HANDLE;
    CHECK_STATUS(RatDispatchMessage(&msg), RAT_IPC_ERR_NOT_FOUND);
}
