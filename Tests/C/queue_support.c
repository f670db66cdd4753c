#define _GNU_SOURCE
#include "queue_support.h"

#include <stdlib.h>
#include <string.h>

RatMessageQueue queueWith(RatQueueOptions options)
{
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    options.size = sizeof options;
    REQUIRE_OK(RatCreateMessageQueueEx(&options, &queue));
    return queue;
}

RatMessageQueue threadQueueWith(RatQueueOptions options)
{
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    options.size = sizeof options;
    REQUIRE_OK(RatCreateThreadMessageQueue(&options, &queue));
    return queue;
}

RatIpcStatus postNumber(RatMessageQueue target, uint32_t number)
{
    return postUrgent(target, number, RAT_PRIORITY_NORMAL);
}

RatIpcStatus postUrgent(RatMessageQueue target, uint32_t number, int32_t priority)
{
    RatMessage msg = plain(number);
    msg.header.priority = priority;
    return RatPostMessage(target, &msg);
}

RatIpcStatus postBytes(RatMessageQueue target, uint32_t number, size_t size)
{
    RatMessage msg = plain(number);
    msg.header.size = (uint32_t)size;
    msg.payload = malloc(size + 1);
    memset(msg.payload, (int)(number & 0xFF), size);
    RatIpcStatus status = RatPostMessage(target, &msg);
    free(msg.payload);
    return status;
}

RatIpcStatus postWith(RatMessageQueue target, uint32_t number, RatPostOptions options,
                      uint64_t* outToken)
{
    RatMessage msg = plain(number);
    options.size = sizeof options;
    return RatPostMessageEx(target, &msg, &options, outToken);
}

int64_t takeNumber(RatMessageQueue queue)
{
    RatMessage msg;
    RatIpcStatus status = RatGetMessage(queue, &msg, 0);
    return status == RAT_IPC_OK ? (int64_t)msg.header.message : -(int64_t)status;
}

int64_t takeFiltered(RatMessageQueue queue, RatMessageFilter filter)
{
    RatMessage msg;
    filter.size = sizeof filter;
    RatIpcStatus status = RatGetMessageEx(queue, &msg, &filter, 0);
    return status == RAT_IPC_OK ? (int64_t)msg.header.message : -(int64_t)status;
}

void checkTakes(RatMessageQueue queue, const uint32_t* numbers, size_t count, const char* file,
                int line)
{
    for (size_t i = 0; i < count; i++)
        checkEqual(takeNumber(queue), numbers[i], "the message taken", "the one expected", file,
                   line);
    checkEqual(takeNumber(queue), -RAT_IPC_ERR_TIMEOUT, "what is taken last", "nothing", file,
               line);
}

bool isIntact(const RatMessage* msg)
{
    const unsigned char* bytes = msg->payload;
    for (size_t i = 0; i < msg->header.size; i++)
        if (bytes[i] != (msg->header.message & 0xFF)) return false;
    return true;
}

RatQueueInfo infoOf(RatMessageQueue queue)
{
    RatQueueInfo info = {.size = sizeof info};
    REQUIRE_OK(RatGetQueueInfo(queue, &info));
    CHECK_EQ(info.size, sizeof info);
    CHECK_EQ(info.posted, info.retrieved + info.dropped + info.replaced + info.cancelled +
                              info.discarded + info.queued + info.delayed);
    return info;
}

intptr_t getNumber(void* queue)
{
    RatMessage msg;
    RatIpcStatus status = RatGetMessage(*(RatMessageQueue*)queue, &msg, -1);
    return status == RAT_IPC_OK ? (intptr_t)msg.header.message : -(intptr_t)status;
}
