#define _GNU_SOURCE
#include "ways.h"

#include "bench.h"
#include "boost.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* -- Ours -------------------------------------------------------------------------------------- */

static const char queueName[] = "benchmark";

static void createQueue(Line* line)
{
    RatQueueOptions options = {.size = sizeof options,
                               .overflow = RAT_OVERFLOW_WAIT,
                               .overflowWait_ms = RAT_INFINITE,
                               .capacity = line->capacity};
    RatIpcStatus status = RatCreateNamedMessageQueueEx(queueName, &options, &line->queue);
    BENCH_CHECK(status == RAT_IPC_OK);
}

static void openQueue(Line* line)
{
    BENCH_CHECK(RatOpenNamedMessageQueue(queueName, &line->queue) == RAT_IPC_OK);
}

static void postMessage(Line* line, int direction, const void* bytes)
{
    (void)direction;
    RatMessage msg = {.header = {.message = RAT_WM_USER, .size = (uint32_t)line->size},
                      .payload = (void*)bytes};
    BENCH_CHECK(RatPostMessage(line->queue, &msg) == RAT_IPC_OK);
}

static const void* getMessage(Line* line, int direction)
{
    RatMessage msg;
    (void)direction;
    BENCH_CHECK(RatGetMessage(line->queue, &msg, -1) == RAT_IPC_OK);
    BENCH_CHECK(msg.header.size == line->size);
    return msg.payload;
}

static void askByMessage(Line* line)
{
    RatMessage msg = {.header = {.message = RAT_WM_USER, .wparam = 7}}, reply;
    BENCH_CHECK(RatSendMessage(line->queue, &msg, &reply, RAT_INFINITE) == RAT_IPC_OK);
    BENCH_CHECK(reply.header.lparam == 8);
}

static void takeMessage(Line* line)
{
    BENCH_CHECK(RatGetMessage(line->queue, &line->request, -1) == RAT_IPC_OK);
}

static void replyToMessage(Line* line)
{
    RatMessage reply = {.header = {.lparam = (intptr_t)line->request.header.wparam + 1}};
    BENCH_CHECK(RatReplyMessage(&line->request, &reply) == RAT_IPC_OK);
}

const Way ours = {.create = createQueue,
                  .open = openQueue,
                  .send = postMessage,
                  .receive = getMessage,
                  .ask = askByMessage,
                  .take = takeMessage,
                  .reply = replyToMessage};

/* -- Peers that only send and receive: a request is a message each way ------------------------- */

/* What they receive, and what is in their requests. */
static char buffer[MEBIBYTE];

static void askPlainly(Line* line)
{
    line->way->send(line, THERE, buffer);
    line->way->receive(line, BACK);
}

static void takePlainly(Line* line) { line->way->receive(line, THERE); }
static void replyPlainly(Line* line) { line->way->send(line, BACK, buffer); }

/* Boost. */

static void prepareBoost(Line* line)
{
    for (int i = 0; i < 2; i++) line->boost[i] = boostCreate(line->capacity, line->size);
}

static void clearBoost(Line* line)
{
    for (int i = 0; i < 2; i++) boostDestroy(line->boost[i]);
}

static void sendByBoost(Line* line, int direction, const void* bytes)
{
    boostSend(line->boost[direction], bytes, line->size);
}

static const void* receiveByBoost(Line* line, int direction)
{
    BENCH_CHECK(boostReceive(line->boost[direction], buffer, sizeof buffer) == line->size);
    return buffer;
}

const Way boostQueues = {.prepare = prepareBoost,
                         .clear = clearBoost,
                         .send = sendByBoost,
                         .receive = receiveByBoost,
                         .ask = askPlainly,
                         .take = takePlainly,
                         .reply = replyPlainly};

/* POSIX. */

static void preparePosix(Line* line)
{
    /* As many messages as Linux lets anybody's queue hold. */
    struct mq_attr attributes = {.mq_maxmsg = 10, .mq_msgsize = (long)line->size};
    char name[64];
    snprintf(name, sizeof name, "/rat-benchmark-%d", (int)getpid());
    for (int i = 0; i < 2; i++) {
        line->posix[i] = mq_open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600, &attributes);
        BENCH_CHECK(line->posix[i] >= 0);
        mq_unlink(name);
    }
}

static void clearPosix(Line* line)
{
    for (int i = 0; i < 2; i++) mq_close(line->posix[i]);
}

static void sendByPosix(Line* line, int direction, const void* bytes)
{
    BENCH_CHECK(mq_send(line->posix[direction], bytes, line->size, 0) == 0);
}

static const void* receiveByPosix(Line* line, int direction)
{
    ssize_t length = mq_receive(line->posix[direction], buffer, sizeof buffer, NULL);
    BENCH_CHECK(length == (ssize_t)line->size);
    return buffer;
}

const Way posixQueues = {.prepare = preparePosix,
                         .clear = clearPosix,
                         .send = sendByPosix,
                         .receive = receiveByPosix,
                         .ask = askPlainly,
                         .take = takePlainly,
                         .reply = replyPlainly};

/* Sockets. */

static void connectPair(Line* line, int type)
{
    BENCH_CHECK(socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, line->sockets) == 0);
}

static void prepareSockets(Line* line) { connectPair(line, SOCK_SEQPACKET); }

static void clearSockets(Line* line)
{
    for (int i = 0; i < 2; i++) close(line->sockets[i]);
}

static void sendBySocket(Line* line, int direction, const void* bytes)
{
    ssize_t length = send(line->sockets[direction], bytes, line->size, MSG_NOSIGNAL);
    BENCH_CHECK(length == (ssize_t)line->size);
}

static const void* receiveBySocket(Line* line, int direction)
{
    ssize_t length = recv(line->sockets[!direction], buffer, sizeof buffer, 0);
    BENCH_CHECK(length == (ssize_t)line->size);
    return buffer;
}

const Way packetSockets = {.prepare = prepareSockets,
                           .clear = clearSockets,
                           .send = sendBySocket,
                           .receive = receiveBySocket,
                           .ask = askPlainly,
                           .take = takePlainly,
                           .reply = replyPlainly};

/* -- sd-bus, from one process to the other without a broker ------------------------------------ */

static void prepareBus(Line* line) { connectPair(line, SOCK_STREAM); }

static void startBus(Line* line)
{
    bool isServer = line->number == 0;
    int descriptor = line->sockets[isServer ? 1 : 0];
    sd_id128_t id = {.bytes = {1}};
    BENCH_CHECK(sd_bus_new(&line->bus) >= 0);
    BENCH_CHECK(sd_bus_set_fd(line->bus, descriptor, descriptor) >= 0);
    if (isServer) BENCH_CHECK(sd_bus_set_server(line->bus, 1, id) >= 0);
    BENCH_CHECK(sd_bus_start(line->bus) >= 0);
}

static void sendByBus(Line* line, int direction, const void* bytes)
{
    sd_bus_message* msg = NULL;
    uint64_t unsent = 0;
    (void)direction;
    BENCH_CHECK(sd_bus_message_new_signal(line->bus, &msg, "/", "org.rat.Benchmark", "Sent") >= 0);
    BENCH_CHECK(sd_bus_message_append_array(msg, 'y', bytes, line->size) >= 0);
    BENCH_CHECK(sd_bus_send(line->bus, msg, NULL) >= 0);
    sd_bus_message_unref(msg);
    /* It keeps what the socket has no room for, in a list that it never waits for by itself. */
    BENCH_CHECK(sd_bus_get_n_queued_write(line->bus, &unsent) >= 0);
    if (unsent > 0) BENCH_CHECK(sd_bus_flush(line->bus) >= 0);
}

static const void* receiveByBus(Line* line, int direction)
{
    static sd_bus_message* msg;
    const void* bytes = NULL;
    size_t size = 0;
    (void)direction;
    msg = sd_bus_message_unref(msg);
    while (msg == NULL) {
        int state = sd_bus_process(line->bus, &msg);
        BENCH_CHECK(state >= 0);
        if (state == 0) BENCH_CHECK(sd_bus_wait(line->bus, UINT64_MAX) >= 0);
    }
    BENCH_CHECK(sd_bus_message_read_array(msg, 'y', &bytes, &size) > 0 && size == line->size);
    return bytes;
}

const Way busSignals = {.prepare = prepareBus,
                        .clear = clearSockets,
                        .create = startBus,
                        .open = startBus,
                        .send = sendByBus,
                        .receive = receiveByBus};

/* -- Words and the futex call ------------------------------------------------------------------ */

enum { EMPTY, FULL, SLEEPS };

/* Wakes the other process only if it sleeps. */
static void raiseWord(Line* line, int direction)
{
    _Atomic uint32_t* word = line->shared->words[direction];
    if (atomic_exchange(word, FULL) != SLEEPS) return;
    syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0);
}

static bool isFull(_Atomic uint32_t* word)
{
    return atomic_load_explicit(word, memory_order_acquire) == FULL;
}

static void awaitWord(Line* line, int direction)
{
    _Atomic uint32_t* word = line->shared->words[direction];
    uint64_t end = line->look > 0 ? benchNow() + line->look : 0;
    while (line->look > 0 && !isFull(word) && benchNow() < end) {
        for (int i = 0; i < 16 && !isFull(word); i++) __builtin_ia32_pause();
    }
    uint32_t expected = EMPTY;
    if (!isFull(word) && atomic_compare_exchange_strong(word, &expected, SLEEPS)) {
        while (!isFull(word)) syscall(SYS_futex, word, FUTEX_WAIT, SLEEPS, NULL, NULL, 0);
    }
    atomic_store_explicit(word, EMPTY, memory_order_relaxed);
}

static void askByFutex(Line* line)
{
    raiseWord(line, THERE);
    awaitWord(line, BACK);
}

static void takeByFutex(Line* line) { awaitWord(line, THERE); }
static void replyByFutex(Line* line) { raiseWord(line, BACK); }

const Way futexWords = {.ask = askByFutex, .take = takeByFutex, .reply = replyByFutex};
