/* Waits for objects, and messages, through a completion queue. */
#define _GNU_SOURCE
#include "completion_support.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void waitFor(RatCompletionQueue queue, RatHandle object, uint32_t timeout, uint64_t tag)
{
    REQUIRE_OK(RatQueueWait(queue, object, timeout, tag, NULL));
}

BOTH(aWaitTakesTheSignalOfAnEvent)
{
    RatCompletionQueue queue = completions(8);
    RatEvent event, manual;
    REQUIRE_OK(RatCreateEvent(false, true, &event));
    REQUIRE_OK(RatCreateEvent(true, false, &manual));
    waitFor(queue, event, RAT_INFINITE, 1);
    expectDone(queue, 1, RAT_IPC_OK, 0);
    CHECK_EQ(RatWaitForObject(event, 0), RAT_WAIT_TIMEOUT);
    waitFor(queue, event, RAT_INFINITE, 2);
    waitFor(queue, event, RAT_INFINITE, 3);
    expectOutstanding(queue, 2);
    REQUIRE_OK(RatSetEvent(event));
    expectDone(queue, 2, RAT_IPC_OK, 0);
    expectOutstanding(queue, 1);
    REQUIRE_OK(RatSetEvent(event));
    expectDone(queue, 3, RAT_IPC_OK, 0);
    waitFor(queue, manual, RAT_INFINITE, 4);
    waitFor(queue, manual, RAT_INFINITE, 5);
    REQUIRE_OK(RatSetEvent(manual));
    CHECK_EQ(collect(queue).userTag + collect(queue).userTag, 4 + 5);
    CHECK_EQ(RatWaitForObject(manual, 0), RAT_WAIT_OK);
}

static intptr_t waiter(void* context)
{
    return RatWaitForObject(*(RatHandle*)context, RAT_INFINITE);
}

BOTH(aWaitTakesItsTurnAmongThreads)
{
    RatCompletionQueue queue = completions(8);
    RatEvent event;
    REQUIRE_OK(RatCreateEvent(false, false, &event));
    Thread thread;
    start(&thread, waiter, &event);
    untilAsleep(&thread);
    RatSubmission submission;
    REQUIRE_OK(RatQueueWait(queue, event, RAT_INFINITE, 1, &submission));
    expectOutstanding(queue, 1);
    REQUIRE_OK(RatSetEvent(event));
    CHECK_EQ(join(&thread), RAT_WAIT_OK);
    expectOutstanding(queue, 1);
    REQUIRE_OK(RatSetEvent(event));
    expectDone(queue, 1, RAT_IPC_OK, 0);
}

BOTH(noSignalIsLostToACancelOrATimeout)
{
    RatCompletionQueue queue = completions(8);
    RatEvent event;
    REQUIRE_OK(RatCreateEvent(false, false, &event));
    for (int i = 0; i < 2000; i++) {
        RatSubmission submission;
        REQUIRE_OK(RatQueueWait(queue, event, i % 3 == 0 ? 1 : RAT_INFINITE, 1, &submission));
        REQUIRE_OK(RatSetEvent(event));
        RatIpcStatus status =
            i % 3 == 0 ? RAT_IPC_ERR_NOT_FOUND : RatCancelSubmission(queue, submission);
        RatCompletion done = collect(queue);
        if (status == RAT_IPC_OK) CHECK_STATUS(done.status, RAT_IPC_ERR_CANCELLED);
        /* Either the wait has taken the signal, or it is still there. */
        CHECK_EQ(RatWaitForObject(event, 0),
                 done.status == RAT_IPC_OK ? RAT_WAIT_TIMEOUT : RAT_WAIT_OK);
    }
}

BOTH(aWaitEndsWhenItsTimePasses)
{
    RatCompletionQueue queue = completions(8);
    RatEvent event;
    REQUIRE_OK(RatCreateEvent(false, false, &event));
    Pipe pipe = makePipe();
    waitFor(queue, event, 0, 1);
    expectDone(queue, 1, RAT_IPC_ERR_TIMEOUT, 0);
    waitFor(queue, pipe.read, 0, 2);
    expectDone(queue, 2, RAT_IPC_ERR_TIMEOUT, 0);
    uint64_t begin = now();
    waitFor(queue, event, 20, 3);
    expectDone(queue, 3, RAT_IPC_ERR_TIMEOUT, 0);
    CHECK(now() - begin >= 20000000u);
    begin = now();
    waitFor(queue, pipe.read, 20, 4);
    expectDone(queue, 4, RAT_IPC_ERR_TIMEOUT, 0);
    CHECK(now() - begin >= 20000000u);
    REQUIRE_OK(RatSetEvent(event));
    writeText(pipe.write, "x");
    waitFor(queue, event, 0, 5);
    expectDone(queue, 5, RAT_IPC_OK, 0);
    waitFor(queue, pipe.read, 0, 6);
    expectDone(queue, 6, RAT_IPC_OK, 0);
}

BOTH(semaphoresReleaseAsManyWaitsAsTheyCount)
{
    RatCompletionQueue queue = completions(8);
    RatSemaphore semaphore;
    REQUIRE_OK(RatCreateSemaphore(1, 10, &semaphore));
    for (uint64_t i = 0; i < 4; i++) waitFor(queue, semaphore, RAT_INFINITE, i);
    expectDone(queue, 0, RAT_IPC_OK, 0);
    expectOutstanding(queue, 3);
    REQUIRE_OK(RatReleaseSemaphore(semaphore, 5, NULL));
    uint64_t tags = 0;
    for (uint64_t i = 1; i < 4; i++) tags += collect(queue).userTag;
    CHECK_EQ(tags, 1 + 2 + 3);
    uint32_t previous = 99;
    REQUIRE_OK(RatReleaseSemaphore(semaphore, 1, &previous));
    CHECK_EQ(previous, 2);
}

BOTH(timersCompleteWaitsWhenTheyAreDue)
{
    RatCompletionQueue queue = completions(8);
    RatWaitableTimer timer;
    REQUIRE_OK(RatCreateWaitableTimer(false, &timer));
    waitFor(queue, timer, RAT_INFINITE, 1);
    expectOutstanding(queue, 1);
    uint64_t begin = now();
    REQUIRE_OK(RatSetWaitableTimer(timer, 20000000u, 0));
    expectDone(queue, 1, RAT_IPC_OK, 0);
    CHECK(now() - begin >= 20000000u);
    /* Set anew while it is waited for: the new time counts. */
    REQUIRE_OK(RatSetWaitableTimer(timer, (uint64_t)SOON * 2000000u, 0));
    waitFor(queue, timer, RAT_INFINITE, 2);
    REQUIRE_OK(RatSetWaitableTimer(timer, 0, 0));
    expectDone(queue, 2, RAT_IPC_OK, 0);
    waitFor(queue, timer, 10, 3);
    expectDone(queue, 3, RAT_IPC_ERR_TIMEOUT, 0);
}

static uint32_t quick(void* argument)
{
    return (uint32_t)(uintptr_t)argument;
}

BOTH(endsOfThreadsAndProcessesCompleteWaits)
{
    RatCompletionQueue queue = completions(8);
    RatThread thread;
    REQUIRE_OK(RatCreateThread(quick, NULL, 0, &thread));
    waitFor(queue, thread, RAT_INFINITE, 1);
    expectDone(queue, 1, RAT_IPC_OK, 0);
    int hold[2];
    REQUIRE(pipe(hold) == 0);
    pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        char byte;
        close(hold[1]);
        _exit(read(hold[0], &byte, 1) == 0 ? 0 : 1);
    }
    RatProcess process;
    REQUIRE_OK(RatOpenProcess((uint32_t)child, &process));
    waitFor(queue, process, RAT_INFINITE, 2);
    expectOutstanding(queue, 1);
    close(hold[1]);
    expectDone(queue, 2, RAT_IPC_OK, 0);
    waitpid(child, NULL, 0);
}

BOTH(readinessOfPipesSocketsAndQueuesCompletesWaits)
{
    RatCompletionQueue queue = completions(8), other = completions(8);
    Pipe pipe = makePipe();
    waitFor(queue, pipe.write, RAT_INFINITE, 1);
    expectDone(queue, 1, RAT_IPC_OK, 0);
    waitFor(queue, pipe.read, RAT_INFINITE, 2);
    waitFor(queue, pipe.read, RAT_INFINITE, 2);
    expectOutstanding(queue, 2);
    writeText(pipe.write, "x");
    expectDone(queue, 2, RAT_IPC_OK, 0);
    expectDone(queue, 2, RAT_IPC_OK, 0);
    RatMessageQueue messages;
    REQUIRE_OK(RatCreateMessageQueue(4, &messages));
    waitFor(queue, messages, RAT_INFINITE, 3);
    expectOutstanding(queue, 1);
    RatMessage msg = plain(1);
    REQUIRE_OK(RatPostMessage(messages, &msg));
    expectDone(queue, 3, RAT_IPC_OK, 0);
    REQUIRE_OK(RatGetMessage(messages, &msg, 0)); /* it was not taken */
    waitFor(queue, other, RAT_INFINITE, 4);
    waitFor(other, queue, RAT_INFINITE, 5);
    expectOutstanding(other, 1);
    waitFor(other, pipe.read, RAT_INFINITE, 6);
    /* Each is a reason for the other. */
    expectDone(queue, 4, RAT_IPC_OK, 0);
}

BOTH(whatAThreadAloneCanWaitForIsRefused)
{
    RatCompletionQueue queue = completions(8);
    RatMutex mutex;
    REQUIRE_OK(RatCreateMutex(false, &mutex));
    CHECK_STATUS(RatQueueWait(queue, mutex, 0, 0, NULL), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK_STATUS(RatQueueWait(queue, threadQueue(), 0, 0, NULL), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK_STATUS(RatQueueWait(queue, makeWindow(0), 0, 0, NULL), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK_STATUS(RatQueueWait(queue, queue, 0, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
    RatMessage msg;
    CHECK_STATUS(RatQueueReceiveMessage(queue, threadQueue(), &msg, 0, NULL),
                 RAT_IPC_ERR_WRONG_THREAD);
    CHECK_STATUS(RatQueueReceiveMessage(queue, mutex, &msg, 0, NULL), RAT_IPC_ERR_INVALID_HANDLE);
    RatMessageQueue messages;
    REQUIRE_OK(RatCreateMessageQueue(4, &messages));
    CHECK_STATUS(RatQueueReceiveMessage(queue, messages, NULL, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
    expectOutstanding(queue, 0);
}

BOTH(messagesAreReceivedInOrderWithPayloadsOfTheirOwn)
{
    enum { MESSAGES = 200, SIZE = 1000 };
    RatCompletionQueue queue = completions(MESSAGES);
    RatMessageQueue messages;
    REQUIRE_OK(RatCreateMessageQueue(0, &messages));
    static RatMessage received[MESSAGES];
    for (uint64_t i = 0; i < MESSAGES / 2; i++)
        REQUIRE_OK(RatQueueReceiveMessage(queue, messages, &received[i], i, NULL));
    expectOutstanding(queue, MESSAGES / 2);
    static char payload[SIZE];
    for (uint32_t i = 0; i < MESSAGES; i++) {
        memset(payload, (int)i, sizeof payload);
        RatMessage msg = plain(i);
        /* None, a small one, a large one. */
        msg.header.size = i % 3 == 0 ? 0 : i % 3 == 1 ? 8 : SIZE;
        msg.payload = payload;
        REQUIRE_OK(RatPostMessage(messages, &msg));
    }
    for (uint64_t i = MESSAGES / 2; i < MESSAGES; i++)
        REQUIRE_OK(RatQueueReceiveMessage(queue, messages, &received[i], i, NULL));
    for (uint32_t i = 0; i < MESSAGES; i++)
        expectDone(queue, i, RAT_IPC_OK, i % 3 == 0 ? 0 : i % 3 == 1 ? 8 : SIZE);
    REQUIRE_OK(RatCloseMessageQueue(messages));
    for (uint32_t i = 0; i < MESSAGES; i++) {
        CHECK_EQ(received[i].header.message, i);
        CHECK_EQ(received[i].payload == NULL, i % 3 == 0);
        for (size_t k = 0; k < received[i].header.size; k++)
            REQUIRE(((unsigned char*)received[i].payload)[k] == (unsigned char)i);
    }
    REQUIRE_OK(RatCloseCompletionQueue(queue));
}
