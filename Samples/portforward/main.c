/* Carries connections to another port: one window, one completion queue, one thread.
 *
 *     cc main.c $(pkg-config --cflags --libs rat) -o portforward
 *     ./portforward 8080 example.org 80
 *
 * It listens on this machine only. Every read, write, accept and connect is submitted to the queue,
 * whose completions are posted to the window; the window's title and the output show what went
 * through. Closing the window or an interrupt ends it. Without a screen: RAT_DISPLAY=headless.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <rat.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* A link has at most one operation for each direction; and there is the accept. */
enum { MOST_LINKS = 500, DEPTH = 2 * MOST_LINKS + 1, BUFFER = 64 * 1024 };
enum { DONE = RAT_WM_USER, TICK = 1 };

typedef enum { READING, WRITING } Step;

/* One direction of a link. Its address is the tag of what it submits. */
typedef struct {
    struct Link* link;
    RatSocket from, to;
    Step step;
    char buffer[BUFFER];
} Direction;

typedef struct Link {
    struct Link *next, **place;
    RatSocket client, server;
    bool isConnected, isFailed;
    int outstanding; /* what was submitted and is not done: only then may the link go */
    Direction there, back;
} Link;

static RatCompletionQueue completions;
static RatSocket listener;
static struct sockaddr_in target;
static Link* links;
static unsigned linkCount;
static unsigned long long bytesThere, bytesBack;

/* Closes the sockets; what is outstanding on them is done soon, as cancelled. */
static void fail(Link* link)
{
    if (link->isFailed) return;
    link->isFailed = true;
    RatCloseSocket(link->client);
    RatCloseSocket(link->server);
}

static void removeIfDone(Link* link)
{
    if (link->outstanding > 0) return;
    fail(link);
    *link->place = link->next;
    if (link->next) link->next->place = link->place;
    linkCount--;
    free(link);
}

/* Counts a submission that was made, or gives the link up. */
static void submitted(Link* link, RatStatus status)
{
    if (status == RAT_IPC_OK)
        link->outstanding++;
    else
        fail(link);
}

static void readMore(Direction* way)
{
    way->step = READING;
    submitted(way->link, RatQueueRead(completions, way->from, way->buffer, BUFFER,
                                      (uint64_t)(uintptr_t)way, NULL));
}

static void acceptNext(void)
{
    RatStatus status = RatQueueAccept(completions, listener, 0, NULL);
    if (status != RAT_IPC_OK) fprintf(stderr, "portforward: %s\n", RatStatusMessage(status));
}

static void accepted(const RatCompletion* done)
{
    if (done->status == RAT_IPC_ERR_CANCELLED) return;
    if (done->status != RAT_IPC_OK) {
        fprintf(stderr, "portforward: no connection: %s\n", RatStatusMessage(done->status));
        acceptNext();
        return;
    }
    Link* link = linkCount < MOST_LINKS ? calloc(1, sizeof *link) : NULL;
    if (!link || RatCreateSocket(AF_INET, SOCK_STREAM, &link->server) != RAT_IPC_OK) {
        RatCloseSocket(done->misc);
        free(link);
        acceptNext();
        return;
    }
    link->client = done->misc;
    link->there.link = link->back.link = link;
    link->there.from = link->back.to = link->client;
    link->there.to = link->back.from = link->server;
    link->place = &links;
    link->next = links;
    if (links) links->place = &link->next;
    links = link;
    linkCount++;
    submitted(link, RatQueueConnect(completions, link->server, &target, sizeof target,
                                    (uint64_t)(uintptr_t)&link->there, NULL));
    removeIfDone(link);
    acceptNext();
}

/* One step of one direction is done: what comes after it. */
static void stepDone(Direction* way, const RatCompletion* done)
{
    Link* link = way->link;
    link->outstanding--;
    if (link->isFailed) {
        /* Only its last operations are waited for. */
    } else if (done->status != RAT_IPC_OK) {
        if (!link->isConnected)
            fprintf(stderr, "portforward: no target: %s\n", RatStatusMessage(done->status));
        fail(link);
    } else if (!link->isConnected) {
        link->isConnected = true;
        readMore(&link->there);
        readMore(&link->back);
    } else if (way->step == WRITING) {
        *(way == &link->there ? &bytesThere : &bytesBack) += done->bytesTransferred;
        readMore(way);
    } else if (done->bytesTransferred > 0) {
        way->step = WRITING;
        submitted(link, RatQueueWrite(completions, way->to, way->buffer, done->bytesTransferred,
                                      (uint64_t)(uintptr_t)way, NULL));
    } else {
        /* The end of this direction; the other may go on. */
        RatShutdownSocket(way->to, RAT_SHUTDOWN_SEND);
    }
    removeIfDone(link);
}

static void show(RatWindow window)
{
    static char shown[128];
    char text[sizeof shown];
    snprintf(text, sizeof text, "%u open, %llu bytes there, %llu back", linkCount, bytesThere,
             bytesBack);
    if (strcmp(text, shown) == 0) return;
    memcpy(shown, text, sizeof shown);
    RatSetWindowText(window, text);
    puts(text);
    fflush(stdout);
}

static RatResult forwardProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    switch (message) {
    case DONE: {
        RatMessage current;
        RatCompletion done;
        if (RatGetCurrentMessage(&current) != RAT_IPC_OK) return 0;
        if (current.header.size != sizeof done) return 0;
        memcpy(&done, current.payload, sizeof done);
        if (done.userTag == 0)
            accepted(&done);
        else
            stepDone((Direction*)(uintptr_t)done.userTag, &done);
        return 0;
    }
    case RAT_WM_TIMER: show(window); return 0;
    case RAT_WM_DESTROY:
        show(window);
        RatPostQuitMessage(0);
        return 0;
    }
    return RatDefWindowProc(window, message, wparam, lparam);
}

/* Turns the first interrupt into a click on the close button. */
static uint32_t awaitInterrupt(void* context)
{
    sigset_t signals;
    int signal;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigwait(&signals, &signal);
    RatMessage close = {.header = {.message = RAT_WM_CLOSE}};
    RatPostMessage(*(RatWindow*)context, &close);
    return 0;
}

/* 65536 if it is no port. */
static unsigned port(const char* text, bool mayBeAny)
{
    char* end;
    unsigned long number = strtoul(text, &end, 10);
    bool isGood = *text && !*end && number <= 65535 && (number > 0 || mayBeAny);
    return isGood ? (unsigned)number : 65536;
}

static RatStatus listenOn(unsigned number)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)number),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    size_t size = sizeof address;
    RatStatus status = RatCreateSocket(AF_INET, SOCK_STREAM, &listener);
    if (status == RAT_IPC_OK) status = RatBindSocket(listener, &address, sizeof address);
    if (status == RAT_IPC_OK) status = RatListenSocket(listener, 64);
    if (status == RAT_IPC_OK) status = RatGetSocketName(listener, &address, &size);
    if (status == RAT_IPC_OK) {
        printf("listening on 127.0.0.1:%u\n", ntohs(address.sin_port));
        fflush(stdout);
    }
    return status;
}

/* False, with a word of explanation, if the host has no address. */
static bool findTarget(const char* host, unsigned number)
{
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found;
    int error = getaddrinfo(host, NULL, &hints, &found);
    if (error) {
        fprintf(stderr, "portforward: %s: %s\n", host, gai_strerror(error));
        return false;
    }
    memcpy(&target, found->ai_addr, sizeof target);
    target.sin_port = htons((uint16_t)number);
    freeaddrinfo(found);
    return true;
}

static RatStatus openWindow(RatWindow* window)
{
    RatWindowClass class = {.size = sizeof class, .proc = forwardProc, .name = "Forward"};
    RatStatus status = RatRegisterClass(&class, NULL);
    if (status == RAT_IPC_OK)
        status = RatCreateWindow(0, "Forward", "portforward",
                                 RAT_WS_OVERLAPPEDWINDOW | RAT_WS_VISIBLE, RAT_CW_USEDEFAULT, 0,
                                 420, 60, RAT_INVALID_HANDLE, NULL, window);
    if (status == RAT_IPC_OK) status = RatSetTimer(*window, TICK, 500, NULL, NULL);
    return status;
}

int main(int argc, char** argv)
{
    unsigned from = argc == 4 ? port(argv[1], true) : 65536;
    unsigned to = argc == 4 ? port(argv[3], false) : 65536;
    if (from > 65535 || to > 65535) {
        fprintf(stderr, "usage: portforward LISTEN_PORT TARGET_HOST TARGET_PORT\n");
        return 2;
    }
    if (!findTarget(argv[2], to)) return 1;

    /* Blocked in every thread, and taken by the one that asks for them. */
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);

    RatWindow window = RAT_INVALID_HANDLE;
    RatMessageQueue queue;
    RatThread interrupts;
    RatStatus status = openWindow(&window);
    if (status == RAT_IPC_OK) status = RatGetThreadMessageQueue(&queue);
    if (status == RAT_IPC_OK) status = RatCreateCompletionQueue(DEPTH, &completions);
    if (status == RAT_IPC_OK) status = RatBindCompletionQueue(completions, window, DONE);
    if (status == RAT_IPC_OK) status = RatCreateThread(awaitInterrupt, &window, 0, &interrupts);
    if (status == RAT_IPC_OK) status = listenOn(from);
    if (status != RAT_IPC_OK) {
        fprintf(stderr, "portforward: %s\n", RatStatusMessage(status));
        return 1;
    }
    acceptNext();

    RatMessage msg;
    while ((status = RatGetMessage(queue, &msg, -1)) == RAT_IPC_OK) RatDispatchMessage(&msg);

    /* From here on nothing is outstanding, so the buffers may go. */
    RatCloseCompletionQueue(completions);
    RatCloseSocket(listener);
    while (links) {
        links->outstanding = 0;
        removeIfDone(links);
    }
    return status == RAT_IPC_QUIT ? (int)msg.header.wparam : 1;
}
