/* Waiting for pipes and sockets, among themselves and with objects of memory. */
#define _GNU_SOURCE
#include "socket_support.h"

#include <string.h>

enum { READER, WRITER, LISTENER, DATAGRAMS, STREAM, EVENT, QUEUE, OBJECTS };

/* One of each, none of them signalled, and what signals them. */
typedef struct {
    RatHandle objects[OBJECTS];
    RatPipe feeder, drain;
    RatSocket peer, sender;
    Address listenerAddress;
} Mix;

static Mix makeMix(void)
{
    Mix mix;
    memset(&mix, 0, sizeof mix);
    REQUIRE_OK(RatCreatePipe(&mix.objects[READER], &mix.feeder));
    REQUIRE_OK(RatCreatePipe(&mix.drain, &mix.objects[WRITER]));
    static char block[4096];
    size_t count;
    REQUIRE_OK(RatSetHandleFlags(mix.objects[WRITER], RAT_HANDLE_NONBLOCK, RAT_HANDLE_NONBLOCK));
    while (RatWritePipe(mix.objects[WRITER], block, sizeof block, &count) == RAT_IPC_OK) continue;
    mix.objects[LISTENER] = listening(AF_INET, SOCK_STREAM, 4, &mix.listenerAddress);
    Address address;
    mix.objects[DATAGRAMS] = bound(AF_INET, SOCK_DGRAM, &address);
    mix.sender = makeSocket(AF_INET, SOCK_DGRAM);
    REQUIRE_OK(RatConnectSocket(mix.sender, &address.of, address.size));
    Connection c = connected(AF_UNIX, SOCK_STREAM);
    mix.objects[STREAM] = c.client;
    mix.peer = c.server;
    REQUIRE_OK(RatCreateEvent(false, false, &mix.objects[EVENT]));
    mix.objects[QUEUE] = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateMessageQueue(4, &mix.objects[QUEUE]));
    return mix;
}

static void signalOne(Mix* mix, int which)
{
    static char block[65536];
    size_t count;
    RatMessage msg = plain(RAT_WM_APP);
    RatSocket client;
    switch (which) {
    case READER: REQUIRE_OK(RatWritePipe(mix->feeder, "x", 1, &count)); break;
    case WRITER:
        while (RatReadPipeEx(mix->drain, block, sizeof block, 0, &count) == RAT_IPC_OK) continue;
        break;
    case LISTENER:
        client = makeSocket(AF_INET, SOCK_STREAM);
        REQUIRE_OK(RatConnectSocket(client, &mix->listenerAddress.of, mix->listenerAddress.size));
        break;
    case DATAGRAMS: sendText(mix->sender, "x"); break;
    case STREAM: REQUIRE_OK(RatCloseSocket(mix->peer)); break;
    case EVENT: REQUIRE_OK(RatSetEvent(mix->objects[EVENT])); break;
    case QUEUE: REQUIRE_OK(RatPostMessage(mix->objects[QUEUE], &msg)); break;
    }
}

static intptr_t waitForAny(void* context)
{
    Mix* mix = context;
    size_t index = 99;
    RatWaitResult result =
        RatWaitForMultipleObjects(mix->objects, OBJECTS, false, SOON, &index);
    return result == RAT_WAIT_OK ? (intptr_t)index : -(intptr_t)result;
}

static intptr_t waitForAll(void* context)
{
    Mix* mix = context;
    return RatWaitForMultipleObjects(mix->objects, OBJECTS, true, SOON, NULL);
}

TEST(aWaitForAnyEndsWithWhateverComesFirst)
{
    for (int which = 0; which < OBJECTS; which++) {
        Mix mix = makeMix();
        CHECK_EQ(RatWaitForMultipleObjects(mix.objects, OBJECTS, false, 0, NULL), RAT_WAIT_TIMEOUT);
        Thread thread;
        start(&thread, waitForAny, &mix);
        untilAsleep(&thread);
        signalOne(&mix, which);
        CHECK_EQ(join(&thread), which);
    }
}

TEST(theLowestThatIsReadyWins)
{
    Mix mix = makeMix();
    for (int which = OBJECTS - 1; which >= 0; which--) {
        signalOne(&mix, which);
        /* What comes over the network's stack may take a moment. */
        CHECK_EQ(RatWaitForObject(mix.objects[which], SOON), RAT_WAIT_OK);
        if (which == EVENT) REQUIRE_OK(RatSetEvent(mix.objects[EVENT]));
        CHECK_EQ(waitForAny(&mix), which);
        if (which == EVENT) REQUIRE_OK(RatSetEvent(mix.objects[EVENT]));
    }
}

TEST(aWaitForAllEndsWithTheLast)
{
    for (int last = 0; last < OBJECTS; last++) {
        Mix mix = makeMix();
        Thread thread;
        start(&thread, waitForAll, &mix);
        for (int which = 0; which < OBJECTS; which++) {
            if (which == last) continue;
            signalOne(&mix, which);
        }
        untilAsleep(&thread);
        signalOne(&mix, last);
        CHECK_EQ(join(&thread), RAT_WAIT_OK);
        CHECK_EQ(RatWaitForObject(mix.objects[EVENT], 0), RAT_WAIT_TIMEOUT);
    }
}

TEST(closingAnyOfTheObjectsFailsTheWaits)
{
    for (int which = 0; which < OBJECTS; which++) {
        Mix mix = makeMix();
        Thread any, all;
        start(&any, waitForAny, &mix);
        start(&all, waitForAll, &mix);
        untilAsleep(&any);
        untilAsleep(&all);
        CHECK_STATUS(RatCloseHandle(mix.objects[which]), RAT_IPC_OK);
        CHECK_EQ(join(&any), -(intptr_t)RAT_WAIT_FAILED);
        CHECK_EQ(join(&all), RAT_WAIT_FAILED);
    }
}

TEST(aWaitTakesNothingFromAPipe)
{
    Mix mix = makeMix();
    signalOne(&mix, READER);
    for (int i = 0; i < 3; i++) CHECK_EQ(RatWaitForObject(mix.objects[READER], 0), RAT_WAIT_OK);
    char byte;
    size_t count;
    CHECK_STATUS(RatReadPipe(mix.objects[READER], &byte, 1, &count), RAT_IPC_OK);
    CHECK_EQ(RatWaitForObject(mix.objects[READER], 0), RAT_WAIT_TIMEOUT);
}

TEST(aWaitForASocketIsNotEndedBySignals)
{
    Mix mix = makeMix();
    startStorm(NULL);
    uint64_t before = now();
    CHECK_EQ(RatWaitForMultipleObjects(mix.objects, OBJECTS, false, 50, NULL), RAT_WAIT_TIMEOUT);
    CHECK(now() - before >= 50000000u);
    stopStorm();
}

/* -- Many threads, few handles ----------------------------------------------------------------- */

static _Atomic RatPipe sharedReader;
static atomic_bool isOver;

static intptr_t readWhateverThereIs(void* context)
{
    (void)context;
    intptr_t read = 0;
    while (!atomic_load(&isOver)) {
        char buffer[3];
        size_t count = 0;
        RatIpcStatus status =
            RatReadPipeEx(atomic_load(&sharedReader), buffer, sizeof buffer, 1, &count);
        CHECK(status == RAT_IPC_OK || status == RAT_IPC_ERR_TIMEOUT ||
              status == RAT_IPC_ERR_CANCELLED || status == RAT_IPC_ERR_INVALID_HANDLE);
        read += (intptr_t)count;
    }
    return read;
}

TEST(pipesThatAreClosedUnderTheirReadersHurtNobody)
{
    int before = openDescriptors();
    Thread threads[3];
    for (int i = 0; i < 3; i++) start(&threads[i], readWhateverThereIs, NULL);
    for (int round = 0; round < 3000; round++) {
        RatPipe reader = 7, writer = 7;
        size_t count;
        REQUIRE_OK(RatCreatePipe(&reader, &writer));
        atomic_store(&sharedReader, reader);
        REQUIRE_OK(RatWritePipe(writer, "abcdef", 6, &count));
        CHECK_STATUS(RatClosePipe(reader), RAT_IPC_OK);
        CHECK_STATUS(RatClosePipe(writer), RAT_IPC_OK);
    }
    atomic_store(&isOver, true);
    for (int i = 0; i < 3; i++) join(&threads[i]);
    CHECK_EQ(openDescriptors(), before);
}
