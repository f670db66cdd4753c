/* Completions that become messages. */
#define _GNU_SOURCE
#include "completion_support.h"

#include <string.h>

enum { DONE = RAT_WM_USER + 5 };

static RatMessage next(RatMessageQueue queue)
{
    RatMessage msg;
    REQUIRE_OK(RatGetMessage(queue, &msg, SOON));
    return msg;
}

static void expectMessage(RatMessage msg, RatHandle target, uint64_t tag, RatIpcStatus status)
{
    CHECK_EQ(msg.header.message, DONE);
    CHECK_EQ(msg.header.target, target);
    CHECK_EQ(msg.header.wparam, tag);
    CHECK_EQ(msg.header.lparam, status);
    REQUIRE(msg.header.size == sizeof(RatCompletion));
    RatCompletion done;
    memcpy(&done, msg.payload, sizeof done);
    CHECK_EQ(done.userTag, tag);
    CHECK_STATUS(done.status, status);
    CHECK_EQ(done.misc, 0);
}

BOTH(completionsOfABoundQueueBecomeMessages)
{
    RatCompletionQueue queue = completions(8);
    RatMessageQueue messages;
    REQUIRE_OK(RatCreateMessageQueue(0, &messages));
    Pipe pipe = makePipe();
    char bytes[4];
    /* What is ready already, too. */
    writeText(pipe.write, "a");
    readInto(queue, pipe.read, bytes, 1, 1);
    CHECK_EQ(RatWaitForObject(queue, SOON), RAT_WAIT_OK);
    REQUIRE_OK(RatBindCompletionQueue(queue, messages, DONE));
    expectMessage(next(messages), messages, 1, RAT_IPC_OK);
    RatSubmission submission = readInto(queue, pipe.read, bytes, 4, 2);
    writeText(pipe.write, "bcd");
    RatMessage msg = next(messages);
    expectMessage(msg, messages, 2, RAT_IPC_OK);
    CHECK_EQ(((RatCompletion*)msg.payload)->bytesTransferred, 3);
    submission = readInto(queue, pipe.read, bytes, 4, 3);
    REQUIRE_OK(RatCancelSubmission(queue, submission));
    expectMessage(next(messages), messages, 3, RAT_IPC_ERR_CANCELLED);
    RatCompletion done;
    CHECK_STATUS(RatGetCompletion(queue, &done, 0), RAT_IPC_ERR_NOT_SUPPORTED);
    expectOutstanding(queue, 0);
}

BOTH(anUnboundQueueIsCollectedFromAgain)
{
    RatCompletionQueue queue = completions(8);
    RatMessageQueue messages;
    REQUIRE_OK(RatCreateMessageQueue(0, &messages));
    REQUIRE_OK(RatBindCompletionQueue(queue, messages, DONE));
    REQUIRE_OK(RatBindCompletionQueue(queue, 0, 0));
    REQUIRE_OK(RatBindCompletionQueue(queue, 0, 0));
    Pipe pipe = makePipe();
    char byte;
    readInto(queue, pipe.read, &byte, 1, 1);
    writeText(pipe.write, "x");
    expectDone(queue, 1, RAT_IPC_OK, 1);
    RatMessage msg;
    CHECK_STATUS(RatGetMessage(messages, &msg, 0), RAT_IPC_ERR_TIMEOUT);
}

static RatCompletion seen;
static bool note(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam,
                 RatResult* result)
{
    if (message != DONE) return false;
    RatMessage current;
    REQUIRE_OK(RatGetCurrentMessage(&current));
    expectMessage(current, window, wparam, (RatIpcStatus)lparam);
    memcpy(&seen, current.payload, sizeof seen);
    *result = 0;
    return true;
}

BOTH(aWindowIsToldOfCompletions)
{
    RatWindow window = makeWindow(0);
    onMessage = note;
    RatCompletionQueue queue = completions(8);
    REQUIRE_OK(RatBindCompletionQueue(queue, window, DONE));
    Pipe pipe = makePipe();
    char bytes[8] = {0};
    readInto(queue, pipe.read, bytes, sizeof bytes, 0x123456789ABCDEFu);
    writeText(pipe.write, "window");
    pumpUntil(DONE);
    CHECK_EQ(seen.userTag, 0x123456789ABCDEFu);
    CHECK_EQ(seen.bytesTransferred, 6);
    CHECK_STR(bytes, "window");
}

BOTH(aFullTargetLosesNothingAndKeepsTheOrder)
{
    enum { READS = 100 };
    RatCompletionQueue queue = completions(READS);
    RatMessageQueue messages;
    REQUIRE_OK(RatCreateMessageQueue(3, &messages));
    REQUIRE_OK(RatBindCompletionQueue(queue, messages, DONE));
    Pipe pipe = makePipe();
    static char bytes[READS], sent[READS + 1];
    memset(sent, 'x', READS);
    for (uint64_t i = 0; i < READS; i++) readInto(queue, pipe.read, bytes + i, 1, i);
    writeText(pipe.write, sent);
    /* The target is full, and the rest waits. */
    RatCompletionQueueInfo info;
    do {
        REQUIRE_OK(RatQueryCompletionQueue(queue, &info));
    } while (info.outstanding > 0);
    CHECK(info.ready >= READS - 3);
    CHECK_EQ(RatWaitForObject(queue, 0), RAT_WAIT_OK);
    for (uint64_t i = 0; i < READS; i++) expectMessage(next(messages), messages, i, RAT_IPC_OK);
    RatMessage msg;
    CHECK_STATUS(RatGetMessage(messages, &msg, 0), RAT_IPC_ERR_TIMEOUT);
}

BOTH(whatATargetThatIsGoneDidNotTakeCanBeCollected)
{
    RatCompletionQueue queue = completions(8);
    RatMessageQueue messages;
    REQUIRE_OK(RatCreateMessageQueue(1, &messages));
    REQUIRE_OK(RatBindCompletionQueue(queue, messages, DONE));
    Pipe pipe = makePipe();
    char bytes[3];
    for (uint64_t i = 0; i < 3; i++) readInto(queue, pipe.read, bytes + i, 1, i);
    writeText(pipe.write, "x");
    CHECK_EQ(RatWaitForObject(messages, SOON), RAT_WAIT_OK);
    REQUIRE_OK(RatCloseMessageQueue(messages));
    writeText(pipe.write, "yz");
    RatCompletion done;
    uint64_t deadline = now() + (uint64_t)SOON * 1000000u;
    RatIpcStatus status;
    /* Until the library's thread has found the target gone. */
    while ((status = RatGetCompletion(queue, &done, SOON)) == RAT_IPC_ERR_NOT_SUPPORTED)
        REQUIRE(now() < deadline);
    REQUIRE_OK(status);
    CHECK_EQ(done.userTag, 1);
    expectDone(queue, 2, RAT_IPC_OK, 1);
}

BOTH(onlyWindowsAndQueuesAreBoundTo)
{
    RatCompletionQueue queue = completions(8);
    RatEvent event;
    REQUIRE_OK(RatCreateEvent(true, true, &event));
    CHECK_STATUS(RatBindCompletionQueue(queue, event, DONE), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatBindCompletionQueue(queue, queue, DONE), RAT_IPC_ERR_INVALID_HANDLE);
    REQUIRE_OK(RatBindCompletionQueue(queue, threadQueue(), DONE));
    Pipe pipe = makePipe();
    REQUIRE_OK(RatQueueWait(queue, pipe.write, RAT_INFINITE, 8, NULL));
    RatMessage msg = pumpUntil(DONE);
    CHECK_EQ(msg.header.wparam, 8);
}
