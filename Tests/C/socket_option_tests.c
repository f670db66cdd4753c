/* Sockets: options, addresses of all kinds, and running out of descriptors. */
#define _GNU_SOURCE
#include "socket_support.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

TEST(anOptionIsAsItWasSet)
{
    static const struct {
        const char* name;
        RatSocketOption option;
        int domain, type, value, told;
    } options[] = {
        {"reuse address", RAT_SOCKET_REUSE_ADDRESS, AF_INET, SOCK_DGRAM, 1, 1},
        {"reuse port", RAT_SOCKET_REUSE_PORT, AF_INET, SOCK_STREAM, 1, 1},
        {"keep alive", RAT_SOCKET_KEEP_ALIVE, AF_INET6, SOCK_STREAM, 1, 1},
        {"no delay", RAT_SOCKET_NO_DELAY, AF_INET, SOCK_STREAM, 1, 1},
        {"send buffer", RAT_SOCKET_SEND_BUFFER, AF_UNIX, SOCK_STREAM, 32768, 65536},
        {"receive buffer", RAT_SOCKET_RECEIVE_BUFFER, AF_INET, SOCK_DGRAM, 32768, 65536},
        {"broadcast", RAT_SOCKET_BROADCAST, AF_INET, SOCK_DGRAM, 1, 1},
        {"IPv6 only", RAT_SOCKET_IPV6_ONLY, AF_INET6, SOCK_STREAM, 1, 1},
        {"linger", RAT_SOCKET_LINGER, AF_INET, SOCK_STREAM, 5, 5},
        {"no linger", RAT_SOCKET_LINGER, AF_INET, SOCK_STREAM, -1, -1},
        {"linger for no time", RAT_SOCKET_LINGER, AF_INET, SOCK_STREAM, 0, 0},
    };
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        inRow(options[i].name);
        RatSocket socket = makeSocket(options[i].domain, options[i].type);
        int value = 99;
        CHECK_STATUS(RatSetSocketOption(socket, options[i].option, options[i].value), RAT_IPC_OK);
        CHECK_STATUS(RatGetSocketOption(socket, options[i].option, &value), RAT_IPC_OK);
        CHECK_EQ(value, options[i].told);
        CHECK_STATUS(RatCloseSocket(socket), RAT_IPC_OK);
        CHECK_STATUS(RatSetSocketOption(socket, options[i].option, 1), RAT_IPC_ERR_INVALID_HANDLE);
    }
    inRow(NULL);
    int value = 99;
    CHECK_STATUS(RatGetSocketOption(makeSocket(AF_INET, SOCK_STREAM), RAT_SOCKET_REUSE_ADDRESS,
                                    &value), RAT_IPC_OK);
    CHECK_EQ(value, 1);
    RatSocket local = makeSocket(AF_UNIX, SOCK_STREAM);
    CHECK_STATUS(RatSetSocketOption(local, RAT_SOCKET_NO_DELAY, 1), RAT_IPC_ERR_NOT_SUPPORTED);
    value = 99;
    CHECK_STATUS(RatGetSocketOption(local, RAT_SOCKET_NO_DELAY, &value), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK_EQ(value, 99);
}

TEST(anErrorThatWaitsIsToldOnce)
{
    Address nobody;
    CHECK_STATUS(RatCloseSocket(bound(AF_INET, SOCK_DGRAM, &nobody)), RAT_IPC_OK);
    RatSocket sender = makeSocket(AF_INET, SOCK_DGRAM);
    REQUIRE_OK(RatConnectSocket(sender, &nobody.of, nobody.size));
    sendText(sender, "x");
    CHECK_EQ(RatWaitForObject(sender, SOON), RAT_WAIT_OK);
    int value = 99;
    CHECK_STATUS(RatGetSocketOption(sender, RAT_SOCKET_ERROR, &value), RAT_IPC_OK);
    CHECK_EQ(value, ECONNREFUSED);
    CHECK_STATUS(RatGetSocketOption(sender, RAT_SOCKET_ERROR, &value), RAT_IPC_OK);
    CHECK_EQ(value, 0);
}

TEST(aServerListensOnEveryAddressAndAgainOnItsPort)
{
    int domains[2] = {AF_INET, AF_INET6};
    for (int i = 0; i < 2; i++) {
        Address every = loopback(domains[i]);
        if (domains[i] == AF_INET)
            every.of.ipv4.sin_addr.s_addr = htonl(INADDR_ANY);
        else
            every.of.ipv6.sin6_addr = in6addr_any;
        for (int round = 0; round < 3; round++) {
            RatSocket listener = makeSocket(domains[i], SOCK_STREAM), server = 7;
            REQUIRE_OK(RatBindSocket(listener, &every.of, every.size));
            REQUIRE_OK(RatListenSocket(listener, -1));
            every = nameOf(listener); /* the same port from then on */
            Address target = loopback(domains[i]);
            target.of.ipv4.sin_port = every.of.ipv4.sin_port; /* where sin6_port is, too */
            RatSocket client = makeSocket(domains[i], SOCK_STREAM);
            REQUIRE_OK(RatConnectSocket(client, &target.of, target.size));
            REQUIRE_OK(RatAcceptSocket(listener, &server));
            sendText(client, "here");
            expectRecv(server, "here");
            /* The server ends first, which keeps its port busy for a while. */
            CHECK_STATUS(RatCloseSocket(server), RAT_IPC_OK);
            CHECK_STATUS(RatCloseSocket(listener), RAT_IPC_OK);
            expectRecv(client, "");
            CHECK_STATUS(RatCloseSocket(client), RAT_IPC_OK);
        }
    }
}

static intptr_t acceptOne(void* context)
{
    RatSocket client = 7;
    return RatAcceptSocket(*(RatSocket*)context, &client);
}

TEST(aNameIsFreeAsSoonAsItsSocketIsClosedThoughOthersWereInside)
{
    char path[128];
    strcpy(path, pathFor("socket"));
    for (int i = 0; i < 20; i++) {
        Address address = pathAddress(path);
        RatSocket listener = makeSocket(AF_UNIX, SOCK_STREAM);
        REQUIRE_OK(RatBindSocket(listener, &address.of, address.size));
        REQUIRE_OK(RatListenSocket(listener, 1));
        Thread thread;
        start(&thread, acceptOne, &listener);
        untilAsleep(&thread);
        CHECK_STATUS(RatCloseSocket(listener), RAT_IPC_OK);
        CHECK(access(path, F_OK) != 0);
        CHECK_STATUS(join(&thread), RAT_IPC_ERR_CANCELLED);
    }
}

TEST(withoutDescriptorsAConnectionWaitsToBeAccepted)
{
    Address address;
    RatSocket listener = listening(AF_UNIX, SOCK_STREAM, 4, &address), server = 7, more = 7;
    RatSocket client = makeSocket(AF_UNIX, SOCK_STREAM);
    REQUIRE_OK(RatConnectSocket(client, &address.of, address.size));
    int last = useUpDescriptors();
    for (int i = 0; i < 100; i++) {
        CHECK_STATUS(RatAcceptSocket(listener, &server), RAT_IPC_ERR_NO_RESOURCES);
        CHECK_EQ(server, RAT_INVALID_HANDLE);
        CHECK_STATUS(RatCreateSocket(AF_INET, SOCK_STREAM, &more), RAT_IPC_ERR_NO_RESOURCES);
        CHECK_EQ(more, RAT_INVALID_HANDLE);
    }
    close(last);
    CHECK_STATUS(RatAcceptSocket(listener, &server), RAT_IPC_OK);
    sendText(client, "patient");
    expectRecv(server, "patient");
}
