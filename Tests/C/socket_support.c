#define _GNU_SOURCE
#include "socket_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char directory[64];
static char lastPath[128];

static void removeDirectory(void)
{
    rmdir(directory);
}

const char* pathFor(const char* name)
{
    if (!directory[0]) {
        strcpy(directory, "/tmp/rat-test-XXXXXX");
        REQUIRE(mkdtemp(directory) != NULL);
        atexit(removeDirectory);
    }
    snprintf(lastPath, sizeof lastPath, "%s/%s", directory, name);
    return lastPath;
}

Address pathAddress(const char* path)
{
    Address address;
    memset(&address, 0, sizeof address);
    address.of.local.sun_family = AF_UNIX;
    REQUIRE(strlen(path) < sizeof address.of.local.sun_path);
    strcpy(address.of.local.sun_path, path);
    address.size = offsetof(struct sockaddr_un, sun_path) + strlen(path) + 1;
    return address;
}

Address abstractAddress(const char* name)
{
    Address address;
    memset(&address, 0, sizeof address);
    address.of.local.sun_family = AF_UNIX;
    int length = snprintf(address.of.local.sun_path + 1, sizeof address.of.local.sun_path - 1,
                          "rat-test-%d-%s", (int)getpid(), name);
    address.size = offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)length;
    return address;
}

Address loopback(int domain)
{
    Address address;
    memset(&address, 0, sizeof address);
    if (domain == AF_UNIX) {
        static int count;
        char name[16];
        snprintf(name, sizeof name, "%d", count++);
        return abstractAddress(name);
    }
    if (domain == AF_INET) {
        address.of.ipv4.sin_family = AF_INET;
        address.of.ipv4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.size = sizeof address.of.ipv4;
    } else {
        address.of.ipv6.sin6_family = AF_INET6;
        address.of.ipv6.sin6_addr = in6addr_loopback;
        address.size = sizeof address.of.ipv6;
    }
    return address;
}

RatSocket makeSocket(int domain, int type)
{
    RatSocket made = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateSocket(domain, type, &made));
    return made;
}

Address nameOf(RatSocket socket)
{
    Address address;
    memset(&address, 0, sizeof address);
    address.size = sizeof address.of;
    REQUIRE_OK(RatGetSocketName(socket, &address.of, &address.size));
    return address;
}

RatSocket bound(int domain, int type, Address* address)
{
    RatSocket made = makeSocket(domain, type);
    *address = loopback(domain);
    REQUIRE_OK(RatBindSocket(made, &address->of, address->size));
    *address = nameOf(made);
    return made;
}

RatSocket listening(int domain, int type, int backlog, Address* address)
{
    RatSocket made = bound(domain, type, address);
    REQUIRE_OK(RatListenSocket(made, backlog));
    return made;
}

Connection connected(int domain, int type)
{
    Address address;
    Connection made = {listening(domain, type, 4, &address), makeSocket(domain, type), 7};
    REQUIRE_OK(RatConnectSocketEx(made.client, &address.of, address.size, SOON));
    REQUIRE_OK(RatAcceptSocketEx(made.listener, SOON, &made.server));
    return made;
}

void sendText(RatSocket socket, const char* text)
{
    size_t sent = 99;
    CHECK_STATUS(RatSendSocket(socket, text, strlen(text), &sent), RAT_IPC_OK);
    CHECK_EQ(sent, strlen(text));
}

void expectRecv(RatSocket socket, const char* text)
{
    char buffer[128] = "";
    size_t count = 99;
    CHECK_STATUS(RatRecvSocketEx(socket, buffer, sizeof buffer - 1, SOON, &count), RAT_IPC_OK);
    CHECK_EQ(count, strlen(text));
    CHECK_STR(buffer, text);
}
