/* Reads, writes, accepts and connects through a completion queue. */
#define _GNU_SOURCE
#include "completion_support.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

BOTH(aReadWaitsForSomethingAndTakesWhatThereIs)
{
    RatCompletionQueue queue = completions(8);
    Pipe pipe = makePipe();
    char bytes[16] = {0};
    readInto(queue, pipe.read, bytes, sizeof bytes, 4);
    expectOutstanding(queue, 1);
    writeText(pipe.write, "hello");
    expectDone(queue, 4, RAT_IPC_OK, 5);
    CHECK_STR(bytes, "hello");
    writeText(pipe.write, "there already");
    readInto(queue, pipe.read, bytes, 5, 5);
    expectDone(queue, 5, RAT_IPC_OK, 5);
    CHECK_EQ(memcmp(bytes, "there", 5), 0);
}

BOTH(readsOfNothingAndAtTheEndGiveNothing)
{
    RatCompletionQueue queue = completions(8);
    Pipe pipe = makePipe();
    REQUIRE_OK(RatQueueRead(queue, pipe.read, NULL, 0, 1, NULL));
    expectDone(queue, 1, RAT_IPC_OK, 0);
    REQUIRE_OK(RatQueueWrite(queue, pipe.write, NULL, 0, 2, NULL));
    expectDone(queue, 2, RAT_IPC_OK, 0);
    char byte;
    readInto(queue, pipe.read, &byte, 1, 3);
    REQUIRE_OK(RatClosePipe(pipe.write));
    expectDone(queue, 3, RAT_IPC_OK, 0);
}

BOTH(theWrongEndAndWrongArgumentsAreRefused)
{
    RatCompletionQueue queue = completions(8);
    Pipe pipe = makePipe();
    RatEvent event;
    REQUIRE_OK(RatCreateEvent(true, true, &event));
    char byte = 0;
    CHECK_STATUS(RatQueueRead(queue, pipe.write, &byte, 1, 0, NULL), RAT_IPC_ERR_ACCESS_DENIED);
    CHECK_STATUS(RatQueueWrite(queue, pipe.read, &byte, 1, 0, NULL), RAT_IPC_ERR_ACCESS_DENIED);
    CHECK_STATUS(RatQueueRead(queue, event, &byte, 1, 0, NULL), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK_STATUS(RatQueueWrite(queue, event, &byte, 1, 0, NULL), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK_STATUS(RatQueueRead(queue, pipe.read, NULL, 1, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatQueueWrite(queue, pipe.write, NULL, 1, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatQueueRead(queue, pipe.read, &byte, SIZE_MAX, 0, NULL),
                 RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatQueueWrite(queue, pipe.write, &byte, SIZE_MAX, 0, NULL),
                 RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatQueueAccept(queue, pipe.read, 0, NULL), RAT_IPC_ERR_INVALID_HANDLE);
    Address address = abstractAddress("nobody");
    RatSocket socket = makeSocket(AF_UNIX, SOCK_STREAM);
    CHECK_STATUS(RatQueueConnect(queue, pipe.read, &address.of, address.size, 0, NULL),
                 RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatQueueConnect(queue, socket, NULL, 16, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatQueueConnect(queue, socket, &address.of, 1, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatQueueConnect(queue, socket, &address.of, 4096, 0, NULL),
                 RAT_IPC_ERR_INVALID_ARG);
    expectOutstanding(queue, 0);
}

BOTH(aWriteIsDoneWhenAllIsWritten)
{
    enum { SIZE = 4 << 20 };
    RatCompletionQueue queue = completions(8);
    Pipe pipe = makePipe();
    unsigned char* sent = malloc(SIZE);
    unsigned char* received = malloc(SIZE);
    REQUIRE(sent && received);
    for (size_t i = 0; i < SIZE; i++) sent[i] = (unsigned char)(i * 7 + (i >> 10));
    REQUIRE_OK(RatQueueWrite(queue, pipe.write, sent, SIZE, 1, NULL));
    expectOutstanding(queue, 1); /* the kernel takes less at a time */
    for (size_t place = 0; place < SIZE;) {
        size_t count = 0;
        REQUIRE_OK(RatReadPipe(pipe.read, received + place, SIZE - place, &count));
        REQUIRE(count > 0);
        place += count;
    }
    expectDone(queue, 1, RAT_IPC_OK, SIZE);
    CHECK_EQ(memcmp(sent, received, SIZE), 0);
    free(sent);
    free(received);
}

BOTH(writesToOneObjectGoOutWholeAndInOrder)
{
    enum { WRITES = 16, SIZE = 100000 };
    RatCompletionQueue queue = completions(WRITES);
    Pipe pipe = makePipe();
    unsigned char* sent = malloc(WRITES * SIZE);
    REQUIRE(sent != NULL);
    for (size_t i = 0; i < WRITES; i++) {
        memset(sent + i * SIZE, (int)i + 1, SIZE);
        REQUIRE_OK(RatQueueWrite(queue, pipe.write, sent + i * SIZE, SIZE, i, NULL));
    }
    static unsigned char bytes[SIZE];
    size_t place = 0;
    while (place < WRITES * SIZE) {
        size_t count = 0;
        REQUIRE_OK(RatReadPipe(pipe.read, bytes, sizeof bytes, &count));
        REQUIRE(count > 0);
        REQUIRE(memcmp(bytes, sent + place, count) == 0);
        place += count;
    }
    for (size_t i = 0; i < WRITES; i++) expectDone(queue, i, RAT_IPC_OK, SIZE);
    free(sent);
}

BOTH(readsOfOneObjectAreDoneInOrder)
{
    enum { READS = 1000 };
    RatCompletionQueue queue = completions(READS);
    Pipe pipe = makePipe();
    static char bytes[READS];
    for (uint64_t i = 0; i < READS; i++) readInto(queue, pipe.read, bytes + i, 1, i);
    expectOutstanding(queue, READS);
    static char sent[READS + 1];
    for (size_t i = 0; i < READS; i++) sent[i] = (char)('a' + i % 26);
    writeText(pipe.write, sent);
    for (uint64_t i = 0; i < READS; i++) expectDone(queue, i, RAT_IPC_OK, 1);
    CHECK_EQ(memcmp(bytes, sent, READS), 0);
}

BOTH(aThousandObjectsAreReadAtATime)
{
    enum { PIPES = 400 };
    RatCompletionQueue queue = completions(PIPES);
    static Pipe pipes[PIPES];
    static char bytes[PIPES];
    for (size_t i = 0; i < PIPES; i++) {
        pipes[i] = makePipe();
        readInto(queue, pipes[i].read, bytes + i, 1, i);
    }
    expectOutstanding(queue, PIPES);
    for (size_t i = PIPES; i-- > 0;) writeText(pipes[i].write, "!");
    static bool isDone[PIPES];
    for (size_t i = 0; i < PIPES; i++) {
        RatCompletion done = collect(queue);
        REQUIRE(done.userTag < PIPES && !isDone[done.userTag]);
        isDone[done.userTag] = true;
        CHECK_STATUS(done.status, RAT_IPC_OK);
        CHECK_EQ(bytes[done.userTag], '!');
    }
}

BOTH(nobodyToReadIsToldWithoutASignal)
{
    signal(SIGPIPE, SIG_DFL);
    RatCompletionQueue queue = completions(8);
    Pipe pipe = makePipe();
    REQUIRE_OK(RatClosePipe(pipe.read));
    REQUIRE_OK(RatQueueWrite(queue, pipe.write, "x", 1, 1, NULL));
    expectDone(queue, 1, RAT_IPC_ERR_NOT_CONNECTED, 0);
    RatSocket socket = makeSocket(AF_INET, SOCK_STREAM);
    char byte;
    readInto(queue, socket, &byte, 1, 2);
    expectDone(queue, 2, RAT_IPC_ERR_NOT_CONNECTED, 0);
}

static void acceptsAndConnects(int domain)
{
    RatCompletionQueue queue = completions(8);
    Address address;
    RatSocket listener = listening(domain, SOCK_STREAM, 4, &address);
    REQUIRE_OK(RatQueueAccept(queue, listener, 1, NULL));
    RatSocket client = makeSocket(domain, SOCK_STREAM);
    expectOutstanding(queue, 1);
    REQUIRE_OK(RatQueueConnect(queue, client, &address.of, address.size, 2, NULL));
    RatSocket server = RAT_INVALID_HANDLE;
    for (int i = 0; i < 2; i++) {
        RatCompletion done = collect(queue);
        CHECK_STATUS(done.status, RAT_IPC_OK);
        if (done.userTag == 1) server = done.misc;
        else CHECK_EQ(done.misc, 0);
    }
    CHECK_EQ(RatGetHandleKind(server), RAT_HANDLE_SOCKET);
    sendText(client, "over there");
    expectRecv(server, "over there");
    char bytes[8] = {0};
    readInto(queue, client, bytes, sizeof bytes, 3);
    REQUIRE_OK(RatQueueWrite(queue, server, "back", 4, 4, NULL));
    for (int i = 0; i < 2; i++) CHECK_EQ(collect(queue).bytesTransferred, 4);
    CHECK_STR(bytes, "back");
}

BOTH(connectionsAreMadeAndTakenInTheNetwork) { acceptsAndConnects(AF_INET); }
BOTH(connectionsAreMadeAndTakenOnTheMachine) { acceptsAndConnects(AF_UNIX); }

BOTH(connectionsThatNobodyTakesAreToldOf)
{
    RatCompletionQueue queue = completions(8);
    Address address;
    RatSocket listener = listening(AF_INET, SOCK_STREAM, 4, &address);
    REQUIRE_OK(RatCloseSocket(listener));
    RatSocket client = makeSocket(AF_INET, SOCK_STREAM);
    REQUIRE_OK(RatQueueConnect(queue, client, &address.of, address.size, 1, NULL));
    expectDone(queue, 1, RAT_IPC_ERR_NOT_CONNECTED, 0);
    REQUIRE_OK(RatQueueAccept(queue, client, 2, NULL));
    expectDone(queue, 2, RAT_IPC_ERR_INVALID_ARG, 0);
}

BOTH(aLocalConnectWaitsForRoomAtTheListener)
{
    RatCompletionQueue queue = completions(8);
    Address address = pathAddress(pathFor("full"));
    RatSocket listener = makeSocket(AF_UNIX, SOCK_STREAM);
    REQUIRE_OK(RatBindSocket(listener, &address.of, address.size));
    REQUIRE_OK(RatListenSocket(listener, 0));
    RatSocket clients[2] = {makeSocket(AF_UNIX, SOCK_STREAM), makeSocket(AF_UNIX, SOCK_STREAM)};
    REQUIRE_OK(RatQueueConnect(queue, clients[0], &address.of, address.size, 1, NULL));
    expectDone(queue, 1, RAT_IPC_OK, 0);
    RatSubmission second;
    REQUIRE_OK(RatQueueConnect(queue, clients[1], &address.of, address.size, 2, &second));
    expectOutstanding(queue, 1);
    RatSocket server;
    REQUIRE_OK(RatAcceptSocket(listener, &server));
    expectDone(queue, 2, RAT_IPC_OK, 0);
}

BOTH(aListenerThatWasMadeNonblockingIsAcceptedFrom)
{
    RatCompletionQueue queue = completions(8);
    Address address;
    RatSocket listener = listening(AF_INET, SOCK_STREAM, 4, &address), client;
    CHECK_STATUS(RatAcceptSocketEx(listener, 0, &client), RAT_IPC_ERR_TIMEOUT);
    REQUIRE_OK(RatQueueAccept(queue, listener, 1, NULL));
    expectOutstanding(queue, 1);
    RatSocket other = makeSocket(AF_INET, SOCK_STREAM);
    REQUIRE_OK(RatConnectSocket(other, &address.of, address.size));
    RatCompletion done = collect(queue);
    CHECK_STATUS(done.status, RAT_IPC_OK);
    CHECK_EQ(RatGetHandleKind(done.misc), RAT_HANDLE_SOCKET);
}

BOTH(datagramsKeepTheirBoundsAndTooLongOnesStay)
{
    RatCompletionQueue queue = completions(8);
    Connection pair = connected(AF_UNIX, SOCK_SEQPACKET);
    char bytes[16] = {0};
    readInto(queue, pair.server, bytes, sizeof bytes, 1);
    REQUIRE_OK(RatQueueWrite(queue, pair.client, "one", 3, 2, NULL));
    REQUIRE_OK(RatQueueWrite(queue, pair.client, "seven b", 7, 3, NULL));
    size_t sum = 0;
    for (int i = 0; i < 3; i++) sum += collect(queue).bytesTransferred;
    CHECK_EQ(sum, 3 + 3 + 7);
    CHECK_STR(bytes, "one");
    readInto(queue, pair.server, bytes, 4, 4);
    expectDone(queue, 4, RAT_IPC_ERR_BUFFER_TOO_SMALL, 7);
    readInto(queue, pair.server, bytes, 7, 5);
    expectDone(queue, 5, RAT_IPC_OK, 7);
    CHECK_STR(bytes, "seven b");
}
