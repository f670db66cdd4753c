/* The life of retrieved payloads: copied out, kept, let go. */
#include "queue_support.h"

#include <stdlib.h>
#include <string.h>

TEST(aMessageIsCopiedIntoTheCallersBuffer)
{
    RatMessageQueue queues[2] = {queueWith((RatQueueOptions){0}), threadQueue()};
    const size_t sizes[] = {1, 63, 64, 65, 5000};
    for (int i = 0; i < 2; i++) {
        for (size_t j = 0; j < 5; j++) {
            REQUIRE_OK(postBytes(queues[i], (uint32_t)j + 1, sizes[j]));
            RatMessage msg;
            char* buffer = malloc(sizes[j]);
            size_t size = 0;
            REQUIRE_OK(RatGetMessageInto(queues[i], &msg, buffer, sizes[j], &size, 0));
            CHECK_EQ(size, sizes[j]);
            CHECK_EQ(msg.header.size, sizes[j]);
            CHECK_EQ(msg.header.message, j + 1);
            CHECK(msg.payload == buffer);
            CHECK(isIntact(&msg));
            free(buffer);
        }
        CHECK_EQ(infoOf(queues[i]).queuedBytes, 0);
    }
}

TEST(aBufferThatIsTooSmallLeavesTheMessageAndTellsItsSize)
{
    RatMessageQueue queues[2] = {queueWith((RatQueueOptions){0}), threadQueue()};
    for (int i = 0; i < 2; i++) {
        REQUIRE_OK(postBytes(queues[i], 1, 100));
        REQUIRE_OK(postBytes(queues[i], 2, 10));
        RatMessage msg = plain(99);
        char buffer[99];
        memset(buffer, 7, sizeof buffer);
        size_t size = 0;
        CHECK_STATUS(RatGetMessageInto(queues[i], &msg, buffer, sizeof buffer, &size, -1),
                     RAT_IPC_ERR_BUFFER_TOO_SMALL);
        CHECK_EQ(size, 100);
        CHECK_EQ(msg.header.message, 99);
        CHECK_EQ(buffer[0], 7);
        CHECK_STATUS(RatGetMessageInto(queues[i], &msg, NULL, 0, NULL, 0),
                     RAT_IPC_ERR_BUFFER_TOO_SMALL);
        REQUIRE_OK(RatGetMessage(queues[i], &msg, 0));
        CHECK_EQ(msg.header.message, 1);
        CHECK(isIntact(&msg));
        REQUIRE_OK(RatGetMessageInto(queues[i], &msg, buffer, sizeof buffer, &size, 0));
        CHECK_EQ(size, 10);
        CHECK_EQ(buffer[10], 7);
    }
}

TEST(anEmptyMessageNeedsNoBuffer)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    for (int i = 0; i < 2; i++) {
        REQUIRE_OK(postNumber(queue, 1));
        RatMessage msg;
        char buffer[1];
        size_t size = 9;
        REQUIRE_OK(RatGetMessageInto(queue, &msg, i ? buffer : NULL, i ? 1 : 0, &size, 0));
        CHECK_EQ(size, 0);
        CHECK(msg.payload == NULL);
    }
}

TEST(aRetrievalIntoABufferFailsAsOthersDo)
{
    RatMessageQueue queues[2] = {queueWith((RatQueueOptions){0}), threadQueue()};
    for (int i = 0; i < 2; i++) {
        RatMessage msg = plain(99);
        char buffer[4];
        size_t size = 9;
        CHECK_STATUS(RatGetMessageInto(queues[i], &msg, buffer, 4, &size, 0), RAT_IPC_ERR_TIMEOUT);
        CHECK_STATUS(RatGetMessageInto(queues[i], NULL, buffer, 4, &size, 0),
                     RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatGetMessageInto(queues[i], &msg, NULL, 4, &size, 0),
                     RAT_IPC_ERR_INVALID_ARG);
        CHECK_EQ(size, 9);
        CHECK_EQ(msg.header.message, 99);
        REQUIRE_OK(postNumber(queues[i], 1));
        /* More than there is memory; only what the message has is written. */
        REQUIRE_OK(RatGetMessageInto(queues[i], &msg, buffer, SIZE_MAX, &size, 0));
    }
    REQUIRE_OK(RatPostQuitMessage(3));
    RatMessage msg;
    size_t size = 9;
    CHECK_STATUS(RatGetMessageInto(queues[1], &msg, NULL, 0, &size, SOON), RAT_IPC_QUIT);
    CHECK_EQ(msg.header.wparam, 3);
    CHECK_EQ(size, 0);
}

TEST(aSizeThatNoPayloadHasIsRefused)
{
    RatMessageQueue queues[2] = {queueWith((RatQueueOptions){0}), threadQueue()};
    const uint32_t sizes[] = {RAT_MAX_PAYLOAD_SIZE + 1, 1u << 30, UINT32_MAX};
    char byte = 1;
    for (int i = 0; i < 2; i++) {
        RatMessage msg = plain(1);
        msg.payload = &byte;
        for (int j = 0; j < 3; j++) {
            msg.header.size = sizes[j];
            CHECK_STATUS(RatPostMessage(queues[i], &msg), RAT_IPC_ERR_INVALID_ARG);
        }
        msg.header.size = 1;
        msg.payload = NULL;
        CHECK_STATUS(RatPostMessage(queues[i], &msg), RAT_IPC_ERR_INVALID_ARG);
        msg.header.size = 0;
        msg.payload = &byte; /* not looked at */
        CHECK_STATUS(RatPostMessage(queues[i], &msg), RAT_IPC_OK);
        REQUIRE_OK(RatGetMessage(queues[i], &msg, 0));
        CHECK(msg.payload == NULL);
        CHECK_STATUS(RatPostMessage(queues[i], NULL), RAT_IPC_ERR_INVALID_ARG);
    }
}

TEST(aPayloadEndsWithTheNextRetrievalFromItsQueueOnly)
{
    RatMessageQueue first = queueWith((RatQueueOptions){0}), second = threadQueue();
    const size_t sizes[] = {10, 1000};
    for (int i = 0; i < 2; i++) {
        REQUIRE_OK(postBytes(first, 1, sizes[i]));
        REQUIRE_OK(postBytes(second, 2, sizes[i]));
        RatMessage one, two, other;
        REQUIRE_OK(RatGetMessage(first, &one, 0));
        REQUIRE_OK(RatGetMessage(second, &two, 0));
        CHECK(isIntact(&one) && isIntact(&two));
        CHECK_STATUS(RatGetMessage(first, &other, 0), RAT_IPC_ERR_TIMEOUT);
        CHECK_STATUS(RatGetMessage(first, &other, 1), RAT_IPC_ERR_TIMEOUT);
        REQUIRE_OK(postBytes(first, 3, sizes[i]));
        REQUIRE_OK(RatPeekMessage(first, &other));
        CHECK(isIntact(&other));
        CHECK_STATUS(RatGetMessageInto(first, &other, NULL, 0, NULL, 0),
                     RAT_IPC_ERR_BUFFER_TOO_SMALL);
        CHECK(isIntact(&one) && isIntact(&two));
        CHECK_STATUS(RatRetainMessage(&one), RAT_IPC_OK);
        CHECK_STATUS(RatReleaseMessage(&one), RAT_IPC_OK);
        CHECK(isIntact(&one));
        REQUIRE_OK(RatGetMessage(first, &other, 0));
        CHECK_STATUS(RatRetainMessage(&one), RAT_IPC_ERR_NOT_FOUND);
        CHECK(isIntact(&two));
    }
}

TEST(anEmptyMessageEndsThePayloadBeforeItToo)
{
    RatMessageQueue queues[2] = {queueWith((RatQueueOptions){0}), threadQueue()};
    for (int i = 0; i < 2; i++) {
        RatMessage msg, empty;
        REQUIRE_OK(postBytes(queues[i], 1, 100));
        REQUIRE_OK(postNumber(queues[i], 2));
        REQUIRE_OK(RatGetMessage(queues[i], &msg, 0));
        REQUIRE_OK(RatGetMessage(queues[i], &empty, 0));
        CHECK_STATUS(RatRetainMessage(&msg), RAT_IPC_ERR_NOT_FOUND);
    }
}

TEST(aRetainedPayloadOutlivesRetrievalsAndTheQueue)
{
    const size_t sizes[] = {10, 64, 65, 100000};
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    RatMessage kept[4], other;
    for (uint32_t i = 0; i < 4; i++) {
        REQUIRE_OK(postBytes(queue, i + 1, sizes[i]));
        REQUIRE_OK(RatGetMessage(queue, &kept[i], 0));
        REQUIRE_OK(RatRetainMessage(&kept[i]));
    }
    for (uint32_t i = 0; i < 500; i++) {
        REQUIRE_OK(postBytes(queue, 200, sizes[i % 4]));
        REQUIRE_OK(RatGetMessage(queue, &other, 0));
    }
    REQUIRE_OK(RatCloseMessageQueue(queue));
    for (int i = 0; i < 4; i++) {
        CHECK(isIntact(&kept[i]));
        REQUIRE_OK(RatRetainMessage(&kept[i])); /* once more, though it is nobody's else */
        REQUIRE_OK(RatReleaseMessage(&kept[i]));
        CHECK(isIntact(&kept[i]));
        REQUIRE_OK(RatReleaseMessage(&kept[i]));
        CHECK_STATUS(RatReleaseMessage(&kept[i]), RAT_IPC_ERR_NOT_FOUND);
    }
}

TEST(aPayloadIsReleasedAsOftenAsItWasRetained)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    REQUIRE_OK(postBytes(queue, 1, 100));
    RatMessage msg;
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_STATUS(RatReleaseMessage(&msg), RAT_IPC_ERR_NOT_FOUND);
    for (int i = 0; i < 3; i++) REQUIRE_OK(RatRetainMessage(&msg));
    RatMessage copy = msg;
    for (int i = 0; i < 3; i++) CHECK_STATUS(RatReleaseMessage(&copy), RAT_IPC_OK);
    CHECK_STATUS(RatReleaseMessage(&msg), RAT_IPC_ERR_NOT_FOUND);
    CHECK(isIntact(&msg)); /* its life without retaining still runs */
    REQUIRE_OK(RatRetainMessage(&msg));
    REQUIRE_OK(RatReleaseMessage(&msg));
}

TEST(whatWasNotRetrievedIsNotRetained)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    char bytes[8] = {0};
    RatMessage msg = plain(1);
    CHECK_STATUS(RatRetainMessage(&msg), RAT_IPC_OK); /* empty */
    CHECK_STATUS(RatReleaseMessage(&msg), RAT_IPC_OK);
    msg.header.size = sizeof bytes;
    CHECK_STATUS(RatRetainMessage(&msg), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatReleaseMessage(&msg), RAT_IPC_ERR_NOT_FOUND);
    msg.payload = bytes;
    CHECK_STATUS(RatRetainMessage(&msg), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatReleaseMessage(&msg), RAT_IPC_ERR_NOT_FOUND);
    REQUIRE_OK(RatPostMessage(queue, &msg));
    REQUIRE_OK(RatPeekMessage(queue, &msg));
    CHECK_STATUS(RatRetainMessage(&msg), RAT_IPC_ERR_NOT_FOUND);
    REQUIRE_OK(RatGetMessageInto(queue, &msg, bytes, sizeof bytes, NULL, 0));
    CHECK_STATUS(RatRetainMessage(&msg), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatRetainMessage(NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatReleaseMessage(NULL), RAT_IPC_ERR_INVALID_ARG);
}

/* Retrieves two payloads, retains one, and ends. */
static intptr_t retainAndEnd(void* context)
{
    RatMessage* msg = context;
    RatMessageQueue queue = threadQueue();
    REQUIRE_OK(postBytes(queue, 1, msg->header.size));
    REQUIRE_OK(RatGetMessage(queue, msg, 0));
    REQUIRE_OK(RatRetainMessage(msg));
    return 0;
}

TEST(aRetainedPayloadOutlivesItsThreadAndIsReleasedByAnother)
{
    const uint32_t sizes[] = {10, 1000};
    for (int i = 0; i < 2; i++) {
        RatMessage msg = plain(0);
        msg.header.size = sizes[i];
        onThread(retainAndEnd, &msg);
        CHECK_EQ(msg.header.size, sizes[i]);
        CHECK(isIntact(&msg));
        REQUIRE_OK(RatRetainMessage(&msg));
        REQUIRE_OK(RatReleaseMessage(&msg));
        REQUIRE_OK(RatReleaseMessage(&msg));
        CHECK_STATUS(RatReleaseMessage(&msg), RAT_IPC_ERR_NOT_FOUND);
        CHECK_STATUS(RatRetainMessage(&msg), RAT_IPC_ERR_NOT_FOUND);
    }
}

static intptr_t releaseOne(void* msg)
{
    return (intptr_t)RatReleaseMessage(msg);
}

TEST(aPayloadThatAnotherThreadReleasesStaysForItsOwn)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    REQUIRE_OK(postBytes(queue, 1, 100));
    RatMessage msg;
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    REQUIRE_OK(RatRetainMessage(&msg));
    Thread thread;
    start(&thread, releaseOne, &msg);
    CHECK_EQ(join(&thread), RAT_IPC_OK);
    CHECK(isIntact(&msg));
    start(&thread, releaseOne, &msg);
    CHECK_EQ(join(&thread), RAT_IPC_ERR_NOT_FOUND);
}
