/* Pipes and sockets. The peer makes the system calls itself, on the same descriptors. */
#define _GNU_SOURCE
#include "bench.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <rat.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { ALONE = 20000, TRIPS = 2000, BLOCK = 64 * 1024, BLOCKS = 1000 };

/* A way to send bytes: pipes and sockets, through the library and past it. */
typedef struct {
    void (*send)(RatHandle handle, int descriptor, const void* bytes, size_t size);
    size_t (*receive)(RatHandle handle, int descriptor, void* buffer, size_t size);
} Way;

typedef struct {
    RatHandle handle;
    int descriptor;
} End;

/* There: from one thread to the other. Back: the answer. A socket's two ends serve both. */
typedef struct {
    End there[2], back[2];
    const Way *ours, *way;
    bool onOneProcessor;
} Line;

static void pipeSend(RatHandle handle, int descriptor, const void* bytes, size_t size)
{
    size_t written;
    (void)descriptor;
    if (RatWritePipe(handle, bytes, size, &written) != RAT_IPC_OK || written != size) abort();
}

static size_t pipeReceive(RatHandle handle, int descriptor, void* buffer, size_t size)
{
    size_t count;
    (void)descriptor;
    if (RatReadPipe(handle, buffer, size, &count) != RAT_IPC_OK || count == 0) abort();
    return count;
}

static void socketSend(RatHandle handle, int descriptor, const void* bytes, size_t size)
{
    size_t sent;
    (void)descriptor;
    if (RatSendSocket(handle, bytes, size, &sent) != RAT_IPC_OK || sent != size) abort();
}

static size_t socketReceive(RatHandle handle, int descriptor, void* buffer, size_t size)
{
    size_t count;
    (void)descriptor;
    if (RatRecvSocket(handle, buffer, size, &count) != RAT_IPC_OK || count == 0) abort();
    return count;
}

static void rawSend(RatHandle handle, int descriptor, const void* bytes, size_t size)
{
    (void)handle;
    if (send(descriptor, bytes, size, MSG_NOSIGNAL) != (ssize_t)size) abort();
}

static size_t rawReceive(RatHandle handle, int descriptor, void* buffer, size_t size)
{
    (void)handle;
    ssize_t count = recv(descriptor, buffer, size, 0);
    if (count <= 0) abort();
    return (size_t)count;
}

static const Way pipeWay = {pipeSend, pipeReceive};
static const Way socketWay = {socketSend, socketReceive};
static const Way rawWay = {rawSend, rawReceive};

/* -- Measures ---------------------------------------------------------------------------------- */

static void sendByte(const Way* way, const End* end)
{
    way->send(end->handle, end->descriptor, "", 1);
}

static void receiveByte(const Way* way, const End* end)
{
    char byte;
    way->receive(end->handle, end->descriptor, &byte, 1);
}

static void sendBytes(void* context)
{
    Line* line = context;
    for (int i = 0; i < TRIPS; i++) {
        sendByte(line->way, &line->there[0]);
        receiveByte(line->way, &line->back[1]);
    }
}

static void answerBytes(void* context)
{
    Line* line = context;
    for (int i = 0; i < TRIPS; i++) {
        receiveByte(line->way, &line->there[1]);
        sendByte(line->way, &line->back[0]);
    }
}

static void sendBlocks(void* context)
{
    static char block[BLOCK];
    Line* line = context;
    for (int i = 0; i < BLOCKS; i++) {
        line->way->send(line->there[0].handle, line->there[0].descriptor, block, BLOCK);
    }
}

static void receiveBlocks(void* context)
{
    static char block[BLOCK];
    Line* line = context;
    const End* end = &line->there[1];
    for (size_t rest = (size_t)BLOCKS * BLOCK; rest > 0;) {
        rest -= line->way->receive(end->handle, end->descriptor, block, BLOCK);
    }
}

static double alone(Line* line, const Way* way)
{
    uint64_t from = benchNow();
    for (int i = 0; i < ALONE; i++) {
        sendByte(way, &line->there[0]);
        receiveByte(way, &line->there[1]);
    }
    return (double)(benchNow() - from) / ALONE;
}

static double trips(Line* line, const Way* way)
{
    line->way = way;
    return benchTogether(sendBytes, answerBytes, line, line->onOneProcessor) / TRIPS;
}

static double blocks(Line* line, const Way* way)
{
    line->way = way;
    return benchTogether(sendBlocks, receiveBlocks, line, false) / BLOCKS;
}

static double ourAlone(void* context) { return alone(context, ((Line*)context)->ours); }
static double rawAlone(void* context) { return alone(context, &rawWay); }
static double ourTrips(void* context) { return trips(context, ((Line*)context)->ours); }
static double rawTrips(void* context) { return trips(context, &rawWay); }
static double ourBlocks(void* context) { return blocks(context, ((Line*)context)->ours); }
static double rawBlocks(void* context) { return blocks(context, &rawWay); }

/* -- Lines ------------------------------------------------------------------------------------- */

static End endOf(RatHandle handle)
{
    End end = {handle, -1};
    BENCH_CHECK(RatGetHandleDescriptor(handle, &end.descriptor) == RAT_IPC_OK);
    return end;
}

static void compare(const char* name, Line* line)
{
    char work[100];
    snprintf(work, sizeof work, "%s, a byte in and out, one thread", name);
    benchCompare(work, "-", ourAlone, "send, recv", rawAlone, line);
    line->onOneProcessor = false;
    snprintf(work, sizeof work, "%s, there and back, two processors", name);
    benchCompare(work, "1.05x", ourTrips, "send, recv", rawTrips, line);
    line->onOneProcessor = true;
    snprintf(work, sizeof work, "%s, there and back, one processor", name);
    benchCompare(work, "1.05x", ourTrips, "send, recv", rawTrips, line);
    snprintf(work, sizeof work, "%s, 64 KiB blocks", name);
    benchCompare(work, "1.05x", ourBlocks, "send, recv", rawBlocks, line);
}

static void comparePipes(void)
{
    Line line = {.ours = &pipeWay};
    RatPipe ends[2];
    BENCH_CHECK(RatCreatePipe(&ends[1], &ends[0]) == RAT_IPC_OK);
    for (int i = 0; i < 2; i++) line.there[i] = endOf(ends[i]);
    BENCH_CHECK(RatCreatePipe(&ends[1], &ends[0]) == RAT_IPC_OK);
    for (int i = 0; i < 2; i++) line.back[i] = endOf(ends[i]);
    compare("pipe", &line);
    for (int i = 0; i < 2; i++) {
        RatClosePipe(line.there[i].handle);
        RatClosePipe(line.back[i].handle);
    }
}

static void compareSockets(const char* name, int domain, const void* address, size_t size)
{
    Line line = {.ours = &socketWay};
    RatSocket listener, client, server;
    struct sockaddr_storage bound;
    size_t boundSize = sizeof bound;
    BENCH_CHECK(RatCreateSocket(domain, SOCK_STREAM, &listener) == RAT_IPC_OK);
    BENCH_CHECK(RatBindSocket(listener, address, size) == RAT_IPC_OK);
    BENCH_CHECK(RatListenSocket(listener, 1) == RAT_IPC_OK);
    BENCH_CHECK(RatGetSocketName(listener, &bound, &boundSize) == RAT_IPC_OK);
    BENCH_CHECK(RatCreateSocket(domain, SOCK_STREAM, &client) == RAT_IPC_OK);
    BENCH_CHECK(RatConnectSocket(client, &bound, boundSize) == RAT_IPC_OK);
    BENCH_CHECK(RatAcceptSocket(listener, &server) == RAT_IPC_OK);
    line.there[0] = line.back[1] = endOf(client);
    line.there[1] = line.back[0] = endOf(server);
    compare(name, &line);
    RatCloseSocket(client);
    RatCloseSocket(server);
    RatCloseSocket(listener);
}

int main(int argc, char** argv)
{
    benchBegin(argc, argv);
    comparePipes();

    /* In the abstract space: no file to choose a place for. */
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    int length = snprintf(local.sun_path + 1, sizeof local.sun_path - 1, "rat-benchmark-%d",
                          (int)getpid());
    compareSockets("Unix socket", AF_UNIX, &local,
                   offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)length);

    struct sockaddr_in loopback = {.sin_family = AF_INET};
    loopback.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    compareSockets("TCP on loopback", AF_INET, &loopback, sizeof loopback);
    return 0;
}
