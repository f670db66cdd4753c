/* Addresses and sockets for tests; all on this machine. */
#ifndef SOCKET_SUPPORT_H
#define SOCKET_SUPPORT_H

#include "support.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

typedef struct {
    union {
        struct sockaddr any;
        struct sockaddr_un local;
        struct sockaddr_in ipv4;
        struct sockaddr_in6 ipv6;
        struct sockaddr_storage room;
    } of;
    size_t size;
} Address;

/* A path in a directory of the test's own, which is made at the first call. */
const char* pathFor(const char* name);
Address pathAddress(const char* path);
Address abstractAddress(const char* name);
Address loopback(int domain);

RatSocket makeSocket(int domain, int type);
/* A socket bound to an address, of which the address is told. */
RatSocket bound(int domain, int type, Address* address);
/* The same, listening. */
RatSocket listening(int domain, int type, int backlog, Address* address);
Address nameOf(RatSocket socket);

/* Two sockets that are connected with each other. */
typedef struct {
    RatSocket listener, client, server;
} Connection;
Connection connected(int domain, int type);

void sendText(RatSocket socket, const char* text);
/* Receives once and compares. */
void expectRecv(RatSocket socket, const char* text);

#endif /* SOCKET_SUPPORT_H */
