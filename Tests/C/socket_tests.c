/* Sockets: what each function gives when nothing has to be waited for. */
#define _GNU_SOURCE
#include "socket_support.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char* name;
    int domain, type;
} connecting[] = {
    {"unix stream", AF_UNIX, SOCK_STREAM},
    {"unix seqpacket", AF_UNIX, SOCK_SEQPACKET},
    {"IPv4 stream", AF_INET, SOCK_STREAM},
    {"IPv6 stream", AF_INET6, SOCK_STREAM},
};

TEST(aConnectionCarriesBytesBothWaysUntilItsEnd)
{
    for (int i = 0; i < 4; i++) {
        inRow(connecting[i].name);
        Connection c = connected(connecting[i].domain, connecting[i].type);
        CHECK_EQ(RatGetHandleKind(c.client), RAT_HANDLE_SOCKET);
        CHECK_EQ(RatGetHandleKind(c.server), RAT_HANDLE_SOCKET);
        sendText(c.client, "there");
        CHECK_EQ(RatWaitForObject(c.server, SOON), RAT_WAIT_OK);
        expectRecv(c.server, "there");
        sendText(c.server, "and back");
        expectRecv(c.client, "and back");
        CHECK_EQ(RatWaitForObject(c.client, 0), RAT_WAIT_TIMEOUT);
        CHECK_STATUS(RatCloseSocket(c.server), RAT_IPC_OK);
        CHECK_EQ(RatWaitForObject(c.client, SOON), RAT_WAIT_OK);
        expectRecv(c.client, "");
        CHECK_STATUS(RatCloseSocket(c.client), RAT_IPC_OK);
        CHECK_STATUS(RatCloseSocket(c.client), RAT_IPC_ERR_INVALID_HANDLE);
        CHECK_STATUS(RatCloseSocket(c.listener), RAT_IPC_OK);
    }
}

TEST(aSeqpacketKeepsTheBoundsOfMessages)
{
    Connection c = connected(AF_UNIX, SOCK_SEQPACKET);
    sendText(c.client, "one");
    sendText(c.client, "two");
    expectRecv(c.server, "one");
    expectRecv(c.server, "two");
}

TEST(aDatagramThatIsTooLongStaysAndTellsItsLength)
{
    int domains[3] = {AF_UNIX, AF_INET, AF_INET6};
    for (int i = 0; i < 3; i++) {
        Address address;
        RatSocket receiver = bound(domains[i], SOCK_DGRAM, &address);
        RatSocket sender = makeSocket(domains[i], SOCK_DGRAM);
        REQUIRE_OK(RatConnectSocket(sender, &address.of, address.size));
        sendText(sender, "twelve bytes");
        char small[4] = "abc";
        size_t count = 99;
        CHECK_STATUS(RatRecvSocket(receiver, small, 3, &count), RAT_IPC_ERR_BUFFER_TOO_SMALL);
        CHECK_EQ(count, 12);
        CHECK_STR(small, "abc");
        CHECK_STATUS(RatRecvSocketEx(receiver, NULL, 0, 0, &count), RAT_IPC_ERR_BUFFER_TOO_SMALL);
        CHECK_EQ(count, 12);
        expectRecv(receiver, "twelve bytes");
        CHECK_STATUS(RatRecvSocketEx(receiver, small, 3, 0, &count), RAT_IPC_ERR_TIMEOUT);
        CHECK_EQ(count, 0);
        /* An empty one is a datagram, too. */
        CHECK_STATUS(RatSendSocket(sender, NULL, 0, &count), RAT_IPC_OK);
        CHECK_EQ(RatWaitForObject(receiver, SOON), RAT_WAIT_OK);
        CHECK_STATUS(RatRecvSocketEx(receiver, NULL, 0, SOON, &count), RAT_IPC_OK);
        CHECK_EQ(RatWaitForObject(receiver, 0), RAT_WAIT_TIMEOUT);
        static char tooLong[8 << 20];
        CHECK_STATUS(RatSendSocket(sender, tooLong, sizeof tooLong, &count),
                     RAT_IPC_ERR_BUFFER_TOO_SMALL);
        CHECK_EQ(count, 0);
    }
}

TEST(aDatagramSaysWhoSentIt)
{
    Address to, from;
    RatSocket receiver = bound(AF_INET, SOCK_DGRAM, &to);
    RatSocket sender = bound(AF_INET, SOCK_DGRAM, &from);
    size_t count = 99;
    CHECK_STATUS(RatSendSocketTo(sender, "hello", 5, &to.of, to.size, &count), RAT_IPC_OK);
    CHECK_EQ(count, 5);
    char buffer[8] = "";
    Address found;
    memset(&found, 0, sizeof found);
    found.size = 3;
    CHECK_STATUS(RatRecvSocketFrom(receiver, buffer, 8, &found.of, &found.size, &count),
                 RAT_IPC_ERR_BUFFER_TOO_SMALL);
    CHECK_EQ(found.size, from.size);
    CHECK_EQ(count, 5);
    CHECK_STATUS(RatRecvSocketFrom(receiver, buffer, 8, &found.of, &found.size, &count),
                 RAT_IPC_OK);
    CHECK_EQ(count, 5);
    CHECK_STR(buffer, "hello");
    CHECK_EQ(found.size, from.size);
    CHECK(memcmp(&found.of, &from.of, from.size) == 0);

    /* Who has no address is told as none. */
    Address local;
    RatSocket named = bound(AF_UNIX, SOCK_DGRAM, &local);
    RatSocket nameless = makeSocket(AF_UNIX, SOCK_DGRAM);
    CHECK_STATUS(RatSendSocketTo(nameless, "x", 1, &local.of, local.size, &count), RAT_IPC_OK);
    found.size = 0;
    CHECK_STATUS(RatRecvSocketFrom(named, buffer, 8, NULL, &found.size, &count), RAT_IPC_OK);
    CHECK_EQ(found.size, 0);
}

TEST(aStreamHasOnePeerWhateverTheAddress)
{
    Connection c = connected(AF_UNIX, SOCK_STREAM);
    Address any = loopback(AF_UNIX);
    size_t count = 99, size = sizeof any.of;
    CHECK_STATUS(RatSendSocketTo(c.client, "x", 1, &any.of, any.size, &count), RAT_IPC_OK);
    char byte = 0;
    CHECK_STATUS(RatRecvSocketFrom(c.server, &byte, 1, &any.of, &size, &count), RAT_IPC_OK);
    CHECK_EQ(byte, 'x');
    CHECK_EQ(size, 0);
}

TEST(aSocketTellsItsNameAndItsPeers)
{
    Connection c = connected(AF_INET6, SOCK_STREAM);
    Address own = nameOf(c.listener), peer, room;
    memset(&peer, 0, sizeof peer);
    peer.size = sizeof peer.of;
    CHECK_STATUS(RatGetSocketPeerName(c.client, &peer.of, &peer.size), RAT_IPC_OK);
    CHECK_EQ(peer.size, own.size);
    CHECK(memcmp(&peer.of, &own.of, own.size) == 0);
    size_t size = 0;
    CHECK_STATUS(RatGetSocketName(c.client, NULL, &size), RAT_IPC_ERR_BUFFER_TOO_SMALL);
    CHECK_EQ(size, sizeof(struct sockaddr_in6));
    memset(&room, 0x55, sizeof room);
    size = 5;
    CHECK_STATUS(RatGetSocketPeerName(c.client, &room.of, &size), RAT_IPC_ERR_BUFFER_TOO_SMALL);
    CHECK_EQ(size, sizeof(struct sockaddr_in6));
    CHECK_EQ(((char*)&room.of)[0], 0x55);
    size = SIZE_MAX;
    CHECK_STATUS(RatGetSocketName(c.client, &room.of, &size), RAT_IPC_OK);
    CHECK_STATUS(RatGetSocketPeerName(c.listener, &room.of, &size), RAT_IPC_ERR_NOT_CONNECTED);
}

/* -- Names in the file system ------------------------------------------------------------------ */

static bool exists(const char* path)
{
    struct stat information;
    return lstat(path, &information) == 0;
}

TEST(aPathThatWasBoundIsRemovedWithTheSocket)
{
    const char* path = pathFor("socket");
    Address address = pathAddress(path);
    for (int round = 0; round < 2; round++) {
        RatSocket listener = makeSocket(AF_UNIX, SOCK_STREAM);
        REQUIRE_OK(RatBindSocket(listener, &address.of, address.size));
        REQUIRE_OK(RatListenSocket(listener, 1));
        CHECK(exists(path));
        RatSocket other = makeSocket(AF_UNIX, SOCK_STREAM), client = other, server = 7;
        CHECK_STATUS(RatBindSocket(other, &address.of, address.size), RAT_IPC_ERR_ALREADY_EXISTS);
        REQUIRE_OK(RatConnectSocket(client, &address.of, address.size));
        REQUIRE_OK(RatAcceptSocket(listener, &server));
        CHECK_STATUS(RatCloseSocket(server), RAT_IPC_OK);
        CHECK_STATUS(RatCloseSocket(client), RAT_IPC_OK);
        CHECK(exists(path));
        CHECK_STATUS(RatCloseSocket(listener), RAT_IPC_OK);
        CHECK(!exists(path));
    }
}

TEST(aPathThatSomebodyElseHasTakenStays)
{
    const char* path = pathFor("socket");
    Address address = pathAddress(path);
    RatSocket first = makeSocket(AF_UNIX, SOCK_STREAM), second = makeSocket(AF_UNIX, SOCK_STREAM);
    REQUIRE_OK(RatBindSocket(first, &address.of, address.size));
    REQUIRE(unlink(path) == 0);
    REQUIRE_OK(RatBindSocket(second, &address.of, address.size));
    CHECK_STATUS(RatCloseSocket(first), RAT_IPC_OK);
    CHECK(exists(path));
    CHECK_STATUS(RatCloseSocket(second), RAT_IPC_OK);
    CHECK(!exists(path));
}

TEST(aRelativePathIsRemovedFromAnotherDirectory)
{
    char path[128];
    strcpy(path, pathFor("socket"));
    char* slash = strrchr(path, '/');
    *slash = 0;
    REQUIRE(chdir(path) == 0);
    *slash = '/';
    Address address = pathAddress("socket");
    RatSocket socket = makeSocket(AF_UNIX, SOCK_DGRAM);
    REQUIRE_OK(RatBindSocket(socket, &address.of, address.size));
    CHECK(exists(path));
    REQUIRE(chdir("/") == 0);
    CHECK_STATUS(RatCloseSocket(socket), RAT_IPC_OK);
    CHECK(!exists(path));
}

/* -- Refusals ---------------------------------------------------------------------------------- */

TEST(onlyTheNamedDomainsAndTypesAreSockets)
{
    const int wrong[][2] = {{AF_NETLINK, SOCK_DGRAM}, {AF_PACKET, SOCK_DGRAM}, {-1, SOCK_STREAM},
                            {AF_INET, SOCK_RAW},      {AF_UNIX, 0},            {AF_INET, INT32_MIN},
                            {AF_INET, 1 << 25 | 1},   {AF_INET6, SOCK_SEQPACKET}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        RatSocket socket = 7;
        CHECK_STATUS(RatCreateSocket(wrong[i][0], wrong[i][1], &socket), RAT_IPC_ERR_NOT_SUPPORTED);
        CHECK_EQ(socket, RAT_INVALID_HANDLE);
    }
    CHECK_STATUS(RatCreateSocket(AF_UNIX, SOCK_STREAM, NULL), RAT_IPC_ERR_INVALID_ARG);
    uint32_t flags = 99;
    int descriptor = -1;
    RatSocket socket = makeSocket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC);
    CHECK_STATUS(RatGetHandleFlags(socket, &flags), RAT_IPC_OK);
    CHECK_EQ(flags, RAT_HANDLE_NONBLOCK);
    REQUIRE_OK(RatGetHandleDescriptor(socket, &descriptor));
    CHECK_EQ(fcntl(descriptor, F_GETFD), FD_CLOEXEC);
    CHECK_EQ(fcntl(descriptor, F_GETFL) & O_NONBLOCK, 0);
}

TEST(aSocketsArgumentsAreCheckedBeforeItsHandle)
{
    RatHandle handles[3] = {RAT_INVALID_HANDLE, UINT64_MAX, makeSocket(AF_INET, SOCK_STREAM)};
    Address a = loopback(AF_INET);
    char byte = 0;
    for (int i = 0; i < 3; i++) {
        RatHandle h = handles[i];
        size_t n = 99, size = sizeof a.of;
        CHECK_STATUS(RatBindSocket(h, NULL, a.size), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatConnectSocket(h, NULL, a.size), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatConnectSocketEx(h, NULL, a.size, 0), RAT_IPC_ERR_INVALID_ARG);
        const size_t sizes[4] = {0, 1, 129, SIZE_MAX};
        for (int j = 0; j < 4; j++) {
            CHECK_STATUS(RatBindSocket(h, &a.of, sizes[j]), RAT_IPC_ERR_INVALID_ARG);
            CHECK_STATUS(RatConnectSocket(h, &a.of, sizes[j]), RAT_IPC_ERR_INVALID_ARG);
            CHECK_STATUS(RatConnectSocketEx(h, &a.of, sizes[j], 0), RAT_IPC_ERR_INVALID_ARG);
            CHECK_STATUS(RatSendSocketTo(h, &byte, 1, &a.of, sizes[j], &n),
                         RAT_IPC_ERR_INVALID_ARG);
            CHECK_EQ(n, 0);
        }
        CHECK_STATUS(RatAcceptSocket(h, NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatAcceptSocketEx(h, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatSendSocket(h, NULL, 1, &n), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatSendSocket(h, &byte, 1, NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatSendSocket(h, &byte, SIZE_MAX, &n), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatSendSocketTo(h, &byte, 1, NULL, 16, &n), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatSendSocketTo(h, &byte, 1, &a.of, a.size, NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatRecvSocket(h, NULL, 1, &n), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatRecvSocket(h, &byte, 1, NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatRecvSocket(h, &byte, SIZE_MAX, &n), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatRecvSocketEx(h, &byte, SIZE_MAX, 0, &n), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatRecvSocketFrom(h, &byte, SIZE_MAX, &a.of, &size, &n),
                     RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatRecvSocketEx(h, NULL, 1, 0, &n), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatRecvSocketEx(h, &byte, 1, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
        n = 99;
        CHECK_STATUS(RatRecvSocketFrom(h, &byte, 1, NULL, &size, &n), RAT_IPC_ERR_INVALID_ARG);
        CHECK_EQ(n, 0);
        CHECK_STATUS(RatRecvSocketFrom(h, &byte, 1, &a.of, NULL, &n), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatRecvSocketFrom(h, &byte, 1, &a.of, &size, NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatRecvSocketFrom(h, NULL, 1, &a.of, &size, &n), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatGetSocketName(h, &a.of, NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatGetSocketName(h, NULL, &size), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatGetSocketPeerName(h, &a.of, NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatGetSocketPeerName(h, NULL, &size), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatShutdownSocket(h, (RatShutdownHow)3), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatSetSocketOption(h, (RatSocketOption)0, 1), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatSetSocketOption(h, RAT_SOCKET_ERROR, 0), RAT_IPC_ERR_INVALID_ARG);
        int value = 99;
        CHECK_STATUS(RatGetSocketOption(h, (RatSocketOption)11, &value), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatGetSocketOption(h, RAT_SOCKET_LINGER, NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_EQ(value, 99);
        CHECK_EQ(size, sizeof a.of);
    }
}

TEST(aSocketThatIsNotReadyForACallSaysSo)
{
    RatSocket stream = makeSocket(AF_INET, SOCK_STREAM);
    RatSocket datagrams = makeSocket(AF_INET, SOCK_DGRAM);
    RatSocket out = 7;
    char byte = 0;
    size_t n = 99;
    CHECK_STATUS(RatAcceptSocket(stream, &out), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(out, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatAcceptSocketEx(stream, 0, &out), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatAcceptSocket(datagrams, &out), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK_STATUS(RatListenSocket(datagrams, 1), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK_STATUS(RatSendSocket(stream, &byte, 1, &n), RAT_IPC_ERR_NOT_CONNECTED);
    CHECK_EQ(n, 0);
    CHECK_STATUS(RatSendSocket(datagrams, &byte, 1, &n), RAT_IPC_ERR_NOT_CONNECTED);
    CHECK_STATUS(RatRecvSocket(stream, &byte, 1, &n), RAT_IPC_ERR_NOT_CONNECTED);
    CHECK_STATUS(RatShutdownSocket(stream, RAT_SHUTDOWN_BOTH), RAT_IPC_ERR_NOT_CONNECTED);
    CHECK_STATUS(RatListenSocket(makeSocket(AF_UNIX, SOCK_STREAM), 1), RAT_IPC_ERR_INVALID_ARG);

    Address far = loopback(AF_INET), local = loopback(AF_UNIX);
    Address path = pathAddress("/nowhere/at/all");
    far.of.ipv4.sin_addr.s_addr = htonl(0xC0000201); /* 192.0.2.1, nobody's */
    CHECK_STATUS(RatBindSocket(stream, &far.of, far.size), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatBindSocket(stream, &local.of, local.size), RAT_IPC_ERR_NOT_SUPPORTED);
    RatSocket unixStream = makeSocket(AF_UNIX, SOCK_STREAM);
    CHECK_STATUS(RatBindSocket(unixStream, &path.of, path.size), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatConnectSocket(unixStream, &path.of, path.size), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatConnectSocket(unixStream, &local.of, local.size), RAT_IPC_ERR_NOT_CONNECTED);
    CHECK_STATUS(RatConnectSocketEx(unixStream, &far.of, far.size, 0), RAT_IPC_ERR_INVALID_ARG);

    Address taken;
    RatSocket first = listening(AF_INET, SOCK_STREAM, 1, &taken);
    RatSocket second = makeSocket(AF_INET, SOCK_STREAM);
    RatIpcStatus status = RatBindSocket(second, &taken.of, taken.size);
    if (status == RAT_IPC_OK) status = RatListenSocket(second, 1);
    CHECK_STATUS(status, RAT_IPC_ERR_ALREADY_EXISTS);
    Connection c = connected(AF_INET, SOCK_STREAM);
    CHECK_STATUS(RatConnectSocket(c.client, &taken.of, taken.size), RAT_IPC_ERR_ALREADY_EXISTS);
    CHECK_STATUS(RatCloseSocket(first), RAT_IPC_OK);
    RatSocket late = makeSocket(AF_INET, SOCK_STREAM);
    CHECK_STATUS(RatConnectSocket(late, &taken.of, taken.size), RAT_IPC_ERR_NOT_CONNECTED);
    CHECK_STATUS(RatConnectSocketEx(late, &taken.of, taken.size, SOON), RAT_IPC_ERR_NOT_CONNECTED);
    CHECK_EQ(RatGetLastErrno(), ECONNREFUSED);
}
