/* Sockets: calls that sleep, and what ends their sleep. */
#define _GNU_SOURCE
#include "socket_support.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOT = 8 << 20 };

/* A call for a thread to make. */
typedef struct {
    RatSocket socket;
    Address address;
    uint32_t timeout;
} Call;

static intptr_t acceptOne(void* context)
{
    Call* call = context;
    RatSocket client = 7;
    RatIpcStatus status = call->timeout ? RatAcceptSocketEx(call->socket, call->timeout, &client)
                                        : RatAcceptSocket(call->socket, &client);
    if (status != RAT_IPC_OK) CHECK_EQ(client, RAT_INVALID_HANDLE);
    return status;
}

static intptr_t connectIt(void* context)
{
    Call* call = context;
    return call->timeout ? RatConnectSocketEx(call->socket, &call->address.of, call->address.size,
                                              call->timeout)
                         : RatConnectSocket(call->socket, &call->address.of, call->address.size);
}

static intptr_t receiveOne(void* context)
{
    Call* call = context;
    char byte;
    size_t count = 99;
    RatIpcStatus status = call->timeout
                              ? RatRecvSocketEx(call->socket, &byte, 1, call->timeout, &count)
                              : RatRecvSocket(call->socket, &byte, 1, &count);
    if (status != RAT_IPC_OK) CHECK_EQ(count, 0);
    return status;
}

static intptr_t sendALot(void* context)
{
    Call* call = context;
    char* block = calloc(1, LOT);
    size_t count = 99;
    RatIpcStatus status = RatSendSocket(call->socket, block, LOT, &count);
    CHECK_EQ(count, status == RAT_IPC_OK ? LOT : 0);
    free(block);
    return status;
}

/* Sends datagrams until one fails; waits where there is no room. */
static intptr_t sendDatagrams(void* context)
{
    Call* call = context;
    char block[1000] = "";
    size_t count;
    RatIpcStatus status;
    do status = call->address.size ? RatSendSocketTo(call->socket, block, sizeof block,
                                                     &call->address.of, call->address.size, &count)
                                   : RatSendSocket(call->socket, block, sizeof block, &count);
    while (status == RAT_IPC_OK);
    return status;
}

/* Closes the socket that a call sleeps on, and expects it to be cancelled. */
static void expectCancelled(const char* row, intptr_t (*body)(void*), Call call)
{
    inRow(row);
    Thread thread;
    start(&thread, body, &call);
    untilAsleep(&thread);
    CHECK_STATUS(RatCloseSocket(call.socket), RAT_IPC_OK);
    CHECK_STATUS(join(&thread), RAT_IPC_ERR_CANCELLED);
    inRow(NULL);
}

/* A listener to which no connection can be made any more until one is accepted. */
static RatSocket fullListener(int domain, Address* address, RatSocket clients[16], int* count)
{
    RatSocket listener = listening(domain, SOCK_STREAM, 0, address);
    for (*count = 0; *count < 16; ++*count) {
        clients[*count] = makeSocket(domain, SOCK_STREAM);
        RatIpcStatus status =
            RatConnectSocketEx(clients[*count], &address->of, address->size, 200);
        if (status == RAT_IPC_OK) continue;
        CHECK_STATUS(status, RAT_IPC_ERR_TIMEOUT);
        return listener;
    }
    REQUIRE(!"full");
    return listener;
}

TEST(closingASocketCancelsTheCallsThatSleepOnIt)
{
    int before = openDescriptors();
    int domains[3] = {AF_UNIX, AF_INET, AF_INET6};
    const uint32_t timeouts[3] = {0, SOON, RAT_INFINITE};
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
            Address a;
            uint32_t t = timeouts[j];
            expectCancelled("accept", acceptOne,
                            (Call){listening(domains[i], SOCK_STREAM, 1, &a), a, t});
            expectCancelled("datagram", receiveOne,
                            (Call){bound(domains[i], SOCK_DGRAM, &a), a, t});
            expectCancelled("unbound", receiveOne,
                            (Call){makeSocket(domains[i], SOCK_DGRAM), a, t});
            Connection c = connected(domains[i], SOCK_STREAM);
            expectCancelled("stream", receiveOne, (Call){c.client, a, t});
            RatCloseSocket(c.server);
            RatCloseSocket(c.listener);
        }
        Connection c = connected(domains[i], SOCK_STREAM);
        expectCancelled("send", sendALot, (Call){c.client, {.size = 0}, 0});
        RatCloseSocket(c.server);
        RatCloseSocket(c.listener);
    }
    Connection c = connected(AF_UNIX, SOCK_SEQPACKET);
    expectCancelled("seqpacket", receiveOne, (Call){c.client, {.size = 0}, 0});
    RatCloseSocket(c.server);
    RatCloseSocket(c.listener);
    CHECK_EQ(openDescriptors(), before);
}

TEST(closingASocketCancelsASendToAFullReceiver)
{
    Address address;
    RatSocket receiver = bound(AF_UNIX, SOCK_DGRAM, &address);
    RatSocket peer = makeSocket(AF_UNIX, SOCK_DGRAM);
    REQUIRE_OK(RatConnectSocket(peer, &address.of, address.size));
    expectCancelled("connected", sendDatagrams, (Call){peer, {.size = 0}, 0});
    expectCancelled("addressed", sendDatagrams,
                    (Call){makeSocket(AF_UNIX, SOCK_DGRAM), address, 0});
    Connection c = connected(AF_UNIX, SOCK_SEQPACKET);
    expectCancelled("seqpacket", sendDatagrams, (Call){c.client, {.size = 0}, 0});
    RatCloseSocket(receiver);
}

TEST(aSendToAFullReceiverGoesOnWhenThereIsRoom)
{
    for (int addressed = 0; addressed < 2; addressed++) {
        Address address;
        RatSocket receiver = bound(AF_UNIX, SOCK_DGRAM, &address);
        Call call = {makeSocket(AF_UNIX, SOCK_DGRAM), address, 0};
        if (!addressed) {
            REQUIRE_OK(RatConnectSocket(call.socket, &address.of, address.size));
            call.address.size = 0;
        }
        Thread thread;
        start(&thread, sendDatagrams, &call);
        untilAsleep(&thread);
        startStorm(&thread);
        char block[1000];
        size_t count;
        for (int i = 0; i < 500; i++) {
            REQUIRE_OK(RatRecvSocketEx(receiver, block, sizeof block, SOON, &count));
            CHECK_EQ(count, sizeof block);
        }
        stopStorm();
        CHECK_STATUS(RatCloseSocket(receiver), RAT_IPC_OK);
        CHECK_STATUS(join(&thread), RAT_IPC_ERR_NOT_CONNECTED);
    }
}

TEST(closingASocketCancelsItsConnect)
{
    int domains[2] = {AF_UNIX, AF_INET};
    for (int i = 0; i < 2; i++) {
        Address address;
        RatSocket clients[16];
        int count;
        fullListener(domains[i], &address, clients, &count);
        const uint32_t timeouts[3] = {0, SOON, RAT_INFINITE};
        for (int j = 0; j < 3; j++)
            expectCancelled("connect", connectIt,
                            (Call){makeSocket(domains[i], SOCK_STREAM), address, timeouts[j]});
    }
}

TEST(aConnectToAFullListenerTakesTheTimeItIsGiven)
{
    int domains[2] = {AF_UNIX, AF_INET};
    for (int i = 0; i < 2; i++) {
        Address address;
        RatSocket clients[16], server;
        int count;
        RatSocket listener = fullListener(domains[i], &address, clients, &count);
        RatSocket client = makeSocket(domains[i], SOCK_STREAM);
        startStorm(NULL);
        uint64_t before = now();
        CHECK_STATUS(RatConnectSocketEx(client, &address.of, address.size, 50),
                     RAT_IPC_ERR_TIMEOUT);
        CHECK(now() - before >= 50000000u);
        CHECK_STATUS(RatConnectSocketEx(client, &address.of, address.size, 0), RAT_IPC_ERR_TIMEOUT);
        stopStorm();
        REQUIRE_OK(
            RatSetHandleFlags(client, RAT_HANDLE_NONBLOCK, RAT_HANDLE_NONBLOCK));
        CHECK_STATUS(RatConnectSocket(client, &address.of, address.size), RAT_IPC_ERR_WOULD_BLOCK);
        REQUIRE_OK(RatSetHandleFlags(client, RAT_HANDLE_NONBLOCK, 0));

        /* With room again it is made. */
        Call call = {client, address, SOON};
        Thread thread;
        start(&thread, connectIt, &call);
        untilAsleep(&thread);
        startStorm(&thread);
        for (int j = 0; j <= count; j++)
            if (RatAcceptSocketEx(listener, SOON, &server) != RAT_IPC_OK) CHECK(!"accepted");
        stopStorm();
        CHECK_STATUS(join(&thread), RAT_IPC_OK);
        sendText(client, "made");
    }
}

TEST(aNonBlockingConnectIsWaitedForOnTheSocket)
{
    Address address;
    RatSocket clients[16], server;
    int count;
    RatSocket listener = fullListener(AF_INET, &address, clients, &count);
    RatSocket client = makeSocket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK);
    CHECK_STATUS(RatConnectSocket(client, &address.of, address.size), RAT_IPC_ERR_WOULD_BLOCK);
    CHECK_EQ(RatWaitForObject(client, 20), RAT_WAIT_TIMEOUT);
    CHECK_STATUS(RatConnectSocket(client, &address.of, address.size), RAT_IPC_ERR_WOULD_BLOCK);
    /* Those that were made, the one that was given up but goes on, and this one. */
    for (int i = 0; i < count + 2; i++) REQUIRE_OK(RatAcceptSocketEx(listener, SOON, &server));
    CHECK_EQ(RatWaitForObject(client, SOON), RAT_WAIT_OK);
    CHECK_STATUS(RatConnectSocket(client, &address.of, address.size), RAT_IPC_OK);
    CHECK_STATUS(RatConnectSocket(client, &address.of, address.size), RAT_IPC_ERR_ALREADY_EXISTS);
    CHECK_EQ(RatWaitForObject(client, 0), RAT_WAIT_TIMEOUT);

    /* One that is refused ends, too; and what is sent after one that was made settles it. */
    Address nobody;
    CHECK_STATUS(RatCloseSocket(listening(AF_INET, SOCK_STREAM, 1, &nobody)), RAT_IPC_OK);
    RatSocket refused = makeSocket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK);
    RatIpcStatus status = RatConnectSocket(refused, &nobody.of, nobody.size);
    if (status == RAT_IPC_ERR_WOULD_BLOCK) {
        CHECK_EQ(RatWaitForObject(refused, SOON), RAT_WAIT_OK);
        status = RatConnectSocket(refused, &nobody.of, nobody.size);
    }
    CHECK_STATUS(status, RAT_IPC_ERR_NOT_CONNECTED);
    RatSocket other = makeSocket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK);
    status = RatConnectSocket(other, &address.of, address.size);
    CHECK(status == RAT_IPC_OK || status == RAT_IPC_ERR_WOULD_BLOCK);
    if (status != RAT_IPC_OK) CHECK_EQ(RatWaitForObject(other, SOON), RAT_WAIT_OK);
    sendText(other, "x");
    CHECK_EQ(RatWaitForObject(other, 0), RAT_WAIT_TIMEOUT);
}

TEST(anAcceptSaysWhenItWouldWait)
{
    Address address;
    RatSocket listener = listening(AF_UNIX, SOCK_STREAM, 4, &address), client = 7;
    CHECK_STATUS(RatAcceptSocketEx(listener, 0, &client), RAT_IPC_ERR_TIMEOUT);
    CHECK_EQ(client, RAT_INVALID_HANDLE);
    startStorm(NULL);
    uint64_t before = now();
    CHECK_STATUS(RatAcceptSocketEx(listener, 30, &client), RAT_IPC_ERR_TIMEOUT);
    CHECK(now() - before >= 30000000u);
    stopStorm();
    REQUIRE_OK(RatSetHandleFlags(listener, RAT_HANDLE_NONBLOCK, RAT_HANDLE_NONBLOCK));
    CHECK_STATUS(RatAcceptSocket(listener, &client), RAT_IPC_ERR_WOULD_BLOCK);
    REQUIRE_OK(RatSetHandleFlags(listener, RAT_HANDLE_NONBLOCK, 0));
    /* And waits again where it may. */
    Call call = {listener, address, 0};
    Thread thread;
    start(&thread, acceptOne, &call);
    untilAsleep(&thread);
    startStorm(&thread);
    stopStorm();
    REQUIRE_OK(RatConnectSocket(makeSocket(AF_UNIX, SOCK_STREAM), &address.of, address.size));
    CHECK_STATUS(join(&thread), RAT_IPC_OK);
}

TEST(aStormOfSignalsIsNotSeenInAnyCallOnASocket)
{
    Address address;
    Connection c = connected(AF_INET, SOCK_STREAM);
    RatSocket datagrams = bound(AF_INET, SOCK_DGRAM, &address);
    RatSocket sender = makeSocket(AF_INET, SOCK_DGRAM);
    REQUIRE_OK(RatConnectSocket(sender, &address.of, address.size));
    for (int timed = 0; timed < 2; timed++) {
        Call stream = {c.server, address, timed ? SOON : 0};
        Call datagram = {datagrams, address, timed ? SOON : 0};
        Thread thread;
        start(&thread, receiveOne, &stream);
        untilAsleep(&thread);
        startStorm(&thread);
        stopStorm();
        sendText(c.client, "x");
        CHECK_STATUS(join(&thread), RAT_IPC_OK);
        start(&thread, receiveOne, &datagram);
        untilAsleep(&thread);
        startStorm(&thread);
        stopStorm();
        sendText(sender, "x");
        CHECK_STATUS(join(&thread), RAT_IPC_OK);
    }
    Call lot = {c.client, address, 0};
    Thread thread;
    start(&thread, sendALot, &lot);
    untilAsleep(&thread);
    startStorm(&thread);
    static char buffer[100000];
    for (size_t total = 0, count; total < LOT; total += count)
        REQUIRE_OK(RatRecvSocketEx(c.server, buffer, sizeof buffer, SOON, &count));
    stopStorm();
    CHECK_STATUS(join(&thread), RAT_IPC_OK);
}

TEST(aShutdownIsTheEndForTheOtherSideAndForOnesOwnCalls)
{
    Connection c = connected(AF_UNIX, SOCK_STREAM);
    CHECK_STATUS(RatShutdownSocket(c.client, RAT_SHUTDOWN_SEND), RAT_IPC_OK);
    expectRecv(c.server, "");
    size_t count = 99;
    CHECK_STATUS(RatSendSocket(c.client, "x", 1, &count), RAT_IPC_ERR_NOT_CONNECTED);
    sendText(c.server, "still");
    expectRecv(c.client, "still");
    Call stream = {c.client, {.size = 0}, 0};
    Thread thread;
    start(&thread, receiveOne, &stream);
    untilAsleep(&thread);
    CHECK_STATUS(RatShutdownSocket(c.client, RAT_SHUTDOWN_RECEIVE), RAT_IPC_OK);
    CHECK_STATUS(join(&thread), RAT_IPC_OK);

    /* Datagrams that came before can still be taken; then it is the end. */
    int domains[2] = {AF_UNIX, AF_INET};
    for (int i = 0; i < 2; i++) {
        Address address;
        RatSocket receiver = bound(domains[i], SOCK_DGRAM, &address);
        RatSocket sender = makeSocket(domains[i], SOCK_DGRAM);
        REQUIRE_OK(RatSendSocketTo(sender, "x", 1, &address.of, address.size, &count));
        RatShutdownSocket(receiver, RAT_SHUTDOWN_RECEIVE);
        expectRecv(receiver, "x");
        expectRecv(receiver, "");
    }
}
