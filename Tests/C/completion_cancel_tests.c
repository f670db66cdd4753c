/* What ends submissions early: a cancel, the end of the object, the end of the queue. */
#define _GNU_SOURCE
#include "completion_support.h"

#include <stdlib.h>
#include <string.h>

BOTH(aCancelledReadCompletesSoAndTakesNothing)
{
    RatCompletionQueue queue = completions(8), other = completions(8);
    Pipe pipe = makePipe();
    char bytes[8] = {0};
    RatSubmission submission = readInto(queue, pipe.read, bytes, sizeof bytes, 1);
    CHECK_STATUS(RatCancelSubmission(other, submission), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatCancelSubmission(queue, submission + 1), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatCancelSubmission(queue, 0), RAT_IPC_ERR_NOT_FOUND);
    REQUIRE_OK(RatCancelSubmission(queue, submission));
    expectDone(queue, 1, RAT_IPC_ERR_CANCELLED, 0);
    CHECK_STATUS(RatCancelSubmission(queue, submission), RAT_IPC_ERR_NOT_FOUND);
    writeText(pipe.write, "kept");
    readInto(queue, pipe.read, bytes, sizeof bytes, 2);
    expectDone(queue, 2, RAT_IPC_OK, 4);
    CHECK_STR(bytes, "kept");
}

BOTH(whatIsDoneCannotBeCancelled)
{
    RatCompletionQueue queue = completions(8);
    Pipe pipe = makePipe();
    char byte = 0;
    RatSubmission submission = readInto(queue, pipe.read, &byte, 1, 1);
    writeText(pipe.write, "x");
    CHECK_EQ(RatWaitForObject(queue, SOON), RAT_WAIT_OK);
    CHECK_STATUS(RatCancelSubmission(queue, submission), RAT_IPC_ERR_NOT_FOUND);
    expectDone(queue, 1, RAT_IPC_OK, 1);
}

BOTH(aCancelWhileItGetsDoneSaysWhichOfTheTwoItWas)
{
    RatCompletionQueue queue = completions(8);
    Pipe pipe = makePipe();
    size_t taken = 0;
    enum { ROUNDS = 2000 };
    for (int i = 0; i < ROUNDS; i++) {
        char byte = 0;
        RatSubmission submission = readInto(queue, pipe.read, &byte, 1, 1);
        writeText(pipe.write, "x");
        RatIpcStatus status = RatCancelSubmission(queue, submission);
        RatCompletion done = collect(queue);
        if (status == RAT_IPC_OK) {
            CHECK_STATUS(done.status, RAT_IPC_ERR_CANCELLED);
            CHECK_EQ(byte, 0);
        } else {
            CHECK_STATUS(status, RAT_IPC_ERR_NOT_FOUND);
            CHECK_STATUS(done.status, RAT_IPC_OK);
            taken += 1;
        }
    }
    /* No byte is lost, none comes twice. */
    REQUIRE_OK(RatClosePipe(pipe.write));
    static char rest[ROUNDS];
    for (;;) {
        size_t count = 0;
        REQUIRE_OK(RatReadPipe(pipe.read, rest, sizeof rest, &count));
        if (count == 0) break;
        taken += count;
    }
    CHECK_EQ(taken, ROUNDS);
}

BOTH(oneOfALineIsCancelledAndTheOthersKeepTheirOrder)
{
    RatCompletionQueue queue = completions(8);
    Pipe pipe = makePipe();
    char bytes[4] = {0};
    RatSubmission submissions[4];
    for (uint64_t i = 0; i < 4; i++)
        submissions[i] = readInto(queue, pipe.read, bytes + i, 1, i);
    REQUIRE_OK(RatCancelSubmission(queue, submissions[2]));
    expectDone(queue, 2, RAT_IPC_ERR_CANCELLED, 0);
    REQUIRE_OK(RatCancelSubmission(queue, submissions[0]));
    expectDone(queue, 0, RAT_IPC_ERR_CANCELLED, 0);
    writeText(pipe.write, "bd");
    expectDone(queue, 1, RAT_IPC_OK, 1);
    expectDone(queue, 3, RAT_IPC_OK, 1);
    CHECK_EQ(memcmp(bytes, "\0b\0d", 4), 0);
}

BOTH(everyKindOfSubmissionCanBeCancelled)
{
    RatCompletionQueue queue = completions(16);
    Pipe pipe = makePipe();
    Address address;
    RatSocket listener = listening(AF_INET, SOCK_STREAM, 4, &address);
    Address path = pathAddress(pathFor("full"));
    RatSocket full = makeSocket(AF_UNIX, SOCK_STREAM), first = makeSocket(AF_UNIX, SOCK_STREAM),
              second = makeSocket(AF_UNIX, SOCK_STREAM);
    REQUIRE_OK(RatBindSocket(full, &path.of, path.size));
    REQUIRE_OK(RatListenSocket(full, 0));
    REQUIRE_OK(RatConnectSocket(first, &path.of, path.size));
    RatEvent event;
    REQUIRE_OK(RatCreateEvent(false, false, &event));
    RatWaitableTimer timer;
    REQUIRE_OK(RatCreateWaitableTimer(false, &timer));
    REQUIRE_OK(RatSetWaitableTimer(timer, (uint64_t)SOON * 1000000u, 0));
    RatMessageQueue messages;
    REQUIRE_OK(RatCreateMessageQueue(4, &messages));
    RatMessage msg;
    RatSubmission all[7];
    REQUIRE_OK(RatQueueAccept(queue, listener, 0, &all[0]));
    REQUIRE_OK(RatQueueConnect(queue, second, &path.of, path.size, 1, &all[1]));
    REQUIRE_OK(RatQueueWait(queue, event, SOON, 2, &all[2]));
    REQUIRE_OK(RatQueueWait(queue, timer, RAT_INFINITE, 3, &all[3]));
    REQUIRE_OK(RatQueueWait(queue, pipe.read, SOON, 4, &all[4]));
    REQUIRE_OK(RatQueueReceiveMessage(queue, messages, &msg, 5, &all[5]));
    REQUIRE_OK(RatQueueWait(queue, completions(1), RAT_INFINITE, 6, &all[6]));
    expectOutstanding(queue, 7);
    for (uint64_t i = 0; i < 7; i++) {
        REQUIRE_OK(RatCancelSubmission(queue, all[i]));
        expectDone(queue, i, RAT_IPC_ERR_CANCELLED, 0);
    }
    /* Nothing of them is left behind: what they waited for goes to others. */
    REQUIRE_OK(RatSetEvent(event));
    CHECK_EQ(RatWaitForObject(event, 0), RAT_WAIT_OK);
    msg = plain(1);
    REQUIRE_OK(RatPostMessage(messages, &msg));
    REQUIRE_OK(RatGetMessage(messages, &msg, 0));
}

BOTH(aCancelledWriteTellsHowMuchWentOut)
{
    enum { SIZE = 4 << 20 };
    RatCompletionQueue queue = completions(8);
    Pipe pipe = makePipe();
    char* bytes = calloc(1, SIZE);
    REQUIRE(bytes != NULL);
    RatSubmission submission;
    REQUIRE_OK(RatQueueWrite(queue, pipe.write, bytes, SIZE, 1, &submission));
    /* Some of it has come over. */
    CHECK_EQ(RatWaitForObject(pipe.read, SOON), RAT_WAIT_OK);
    REQUIRE_OK(RatCancelSubmission(queue, submission));
    RatCompletion done = collect(queue);
    CHECK_STATUS(done.status, RAT_IPC_ERR_CANCELLED);
    REQUIRE_OK(RatClosePipe(pipe.write));
    size_t sum = 0, count = 0;
    do {
        REQUIRE_OK(RatReadPipe(pipe.read, bytes, SIZE, &count));
        sum += count;
    } while (count > 0);
    CHECK_EQ(done.bytesTransferred, sum);
    free(bytes);
}

BOTH(closingTheObjectCancelsWhatIsOutstanding)
{
    RatCompletionQueue queue = completions(16);
    Pipe pipe = makePipe();
    char bytes[4];
    for (uint64_t i = 0; i < 4; i++) readInto(queue, pipe.read, bytes + i, 1, i);
    REQUIRE_OK(RatClosePipe(pipe.read));
    for (uint64_t i = 0; i < 4; i++) {
        RatCompletion done = collect(queue);
        CHECK_STATUS(done.status, RAT_IPC_ERR_CANCELLED);
        CHECK(done.userTag < 4);
    }
    /* The end is told to the other side, too. */
    REQUIRE_OK(RatQueueWrite(queue, pipe.write, "x", 1, 9, NULL));
    expectDone(queue, 9, RAT_IPC_ERR_NOT_CONNECTED, 0);

    RatEvent event;
    REQUIRE_OK(RatCreateEvent(false, false, &event));
    REQUIRE_OK(RatQueueWait(queue, event, RAT_INFINITE, 1, NULL));
    REQUIRE_OK(RatCloseEvent(event));
    expectDone(queue, 1, RAT_IPC_ERR_CANCELLED, 0);

    RatMessageQueue messages;
    RatMessage msg;
    REQUIRE_OK(RatCreateMessageQueue(4, &messages));
    REQUIRE_OK(RatQueueReceiveMessage(queue, messages, &msg, 2, NULL));
    REQUIRE_OK(RatCloseMessageQueue(messages));
    expectDone(queue, 2, RAT_IPC_ERR_CANCELLED, 0);

    Address address;
    RatSocket listener = listening(AF_INET, SOCK_STREAM, 4, &address);
    REQUIRE_OK(RatQueueAccept(queue, listener, 3, NULL));
    REQUIRE_OK(RatQueueWait(queue, listener, RAT_INFINITE, 3, NULL));
    expectOutstanding(queue, 2);
    REQUIRE_OK(RatCloseSocket(listener));
    expectDone(queue, 3, RAT_IPC_ERR_CANCELLED, 0);
    expectDone(queue, 3, RAT_IPC_ERR_CANCELLED, 0);
}

BOTH(aClosedQueueTouchesNoBufferAnyMore)
{
    enum { PIPES = 64, SIZE = 4096 };
    for (int round = 0; round < 20; round++) {
        RatCompletionQueue queue = completions(PIPES);
        Pipe pipes[PIPES];
        static unsigned char buffers[PIPES][SIZE];
        for (size_t i = 0; i < PIPES; i++) {
            pipes[i] = makePipe();
            readInto(queue, pipes[i].read, buffers[i], SIZE, i);
        }
        /* Some are getting done while the queue is closed. */
        for (size_t i = 0; i < PIPES; i += 2) writeText(pipes[i].write, "data");
        REQUIRE_OK(RatCloseCompletionQueue(queue));
        memset(buffers, 0xA5, sizeof buffers);
        for (size_t i = 0; i < PIPES; i++) writeText(pipes[i].write, "more");
        /* Another queue's submission goes through the same thread, behind what it may have left. */
        RatCompletionQueue after = completions(1);
        Pipe pipe = makePipe();
        char byte;
        readInto(after, pipe.read, &byte, 1, 1);
        writeText(pipe.write, "x");
        expectDone(after, 1, RAT_IPC_OK, 1);
        REQUIRE_OK(RatCloseCompletionQueue(after));
        for (size_t i = 0; i < PIPES; i++)
            for (size_t k = 0; k < SIZE; k++) REQUIRE(buffers[i][k] == 0xA5);
        for (size_t i = 0; i < PIPES; i++) {
            char rest[16] = {0};
            size_t count = 0;
            REQUIRE_OK(RatReadPipe(pipes[i].read, rest, sizeof rest, &count));
            CHECK(count >= 4); /* the object itself goes on */
            RatClosePipe(pipes[i].read);
            RatClosePipe(pipes[i].write);
        }
        RatClosePipe(pipe.read);
        RatClosePipe(pipe.write);
    }
}

BOTH(aClosedQueueClosesConnectionsThatNobodyCollected)
{
    RatCompletionQueue queue = completions(4);
    Address address;
    RatSocket listener = listening(AF_INET, SOCK_STREAM, 4, &address);
    REQUIRE_OK(RatQueueAccept(queue, listener, 1, NULL));
    RatSocket client = makeSocket(AF_INET, SOCK_STREAM);
    REQUIRE_OK(RatConnectSocket(client, &address.of, address.size));
    CHECK_EQ(RatWaitForObject(queue, SOON), RAT_WAIT_OK);
    REQUIRE_OK(RatCloseCompletionQueue(queue));
    char byte;
    size_t count = 1;
    REQUIRE_OK(RatRecvSocketEx(client, &byte, 1, SOON, &count));
    CHECK_EQ(count, 0);
}

typedef struct {
    RatCompletionQueue queue;
    Pipe pipe;
} Race;

static intptr_t submitter(void* context)
{
    Race* race = context;
    char byte;
    while (RatQueueRead(race->queue, race->pipe.read, &byte, 1, 1, NULL) !=
           RAT_IPC_ERR_INVALID_HANDLE) {
    }
    return 0;
}

BOTH(submissionsThatMeetTheCloseEitherEndOrAreRefused)
{
    for (int round = 0; round < 50; round++) {
        Race race = {.queue = completions(1000), .pipe = makePipe()};
        Thread threads[2];
        for (int i = 0; i < 2; i++) start(&threads[i], submitter, &race);
        CHECK_EQ(RatWaitForObject(race.queue, 0), RAT_WAIT_TIMEOUT);
        REQUIRE_OK(RatCloseCompletionQueue(race.queue));
        for (int i = 0; i < 2; i++) join(&threads[i]);
        RatClosePipe(race.pipe.read);
        RatClosePipe(race.pipe.write);
    }
}
