/* Displays that are not there. None of this needs an X server. */
#define _GNU_SOURCE
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

TEST(theHeadlessDisplayIsAlwaysThere)
{
    CHECK_STATUS(RatAttachDisplay("headless"), RAT_IPC_OK);
    CHECK_STATUS(RatAttachDisplay("headless"), RAT_IPC_OK);
    makeWindow(RAT_WS_VISIBLE);
    drain();
}

TEST(withoutAnyVariableTheDisplayIsHeadless)
{
    unsetenv("RAT_DISPLAY");
    unsetenv("DISPLAY");
    CHECK_STATUS(RatAttachDisplay(NULL), RAT_IPC_OK);
    makeWindow(0);
}

TEST(anUnknownDisplayInTheVariableIsRefused)
{
    setenv("RAT_DISPLAY", "paper", 1);
    CHECK_STATUS(RatAttachDisplay(NULL), RAT_IPC_ERR_INVALID_ARG);
}

TEST(withoutAServerNothingIsConnected)
{
    CHECK_STATUS(RatAttachDisplay("x11::59000"), RAT_IPC_ERR_NOT_CONNECTED);
    CHECK_STATUS(RatAttachDisplay("x11:no such display"), RAT_IPC_ERR_NOT_CONNECTED);
    setenv("DISPLAY", ":59000", 1);
    CHECK_STATUS(RatAttachDisplay("x11"), RAT_IPC_ERR_NOT_CONNECTED);
    CHECK_STATUS(RatAttachDisplay("auto"), RAT_IPC_ERR_NOT_CONNECTED);
    unsetenv("DISPLAY");
    CHECK_STATUS(RatAttachDisplay("x11"), RAT_IPC_ERR_NOT_CONNECTED);

    /* A window asks for the display itself, and says so when there is none. */
    setenv("RAT_DISPLAY", "x11::59000", 1);
    RatWindow window = 5;
    CHECK_STATUS(tryWindow(RAT_WS_VISIBLE, &window), RAT_IPC_ERR_NOT_CONNECTED);
    CHECK_EQ(window, RAT_INVALID_HANDLE);

    /* And a failure chooses nothing: another display still can be. */
    CHECK_STATUS(RatAttachDisplay("headless"), RAT_IPC_OK);
    makeWindow(RAT_WS_VISIBLE);
}

/* A server at :N that answers each connection with so many bytes and hangs up. */
typedef struct {
    int listener;
    const unsigned char* answer;
    size_t size;
} BadServer;

static intptr_t serveBadly(void* context)
{
    BadServer* server = context;
    for (;;) {
        int client = accept(server->listener, NULL, NULL);
        if (client < 0) return 0;
        unsigned char request[4096];
        /* The request has to be read, or hanging up throws the answer away. */
        if (server->size > 0 && read(client, request, sizeof request) > 0)
            REQUIRE(write(client, server->answer, server->size) == (ssize_t)server->size);
        close(client);
    }
}

/* Ends it, also when nobody ever called. */
static void stopBadServer(BadServer* server, Thread* thread)
{
    shutdown(server->listener, SHUT_RDWR);
    join(thread);
    close(server->listener);
}

/* Starts it under an abstract name, which leaves nothing behind; gives "x11::N". */
static void startBadServer(BadServer* server, Thread* thread, char* name, size_t size)
{
    struct sockaddr_un address;
    memset(&address, 0, sizeof address);
    address.sun_family = AF_UNIX;
    int number = 20000 + (int)(getpid() % 30000);
    int length = snprintf(address.sun_path + 1, sizeof address.sun_path - 1, "/tmp/.X11-unix/X%d",
                          number);
    snprintf(name, size, "x11::%d", number);
    server->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    REQUIRE(server->listener >= 0);
    REQUIRE(bind(server->listener, (struct sockaddr*)&address,
                 (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)length)) == 0);
    REQUIRE(listen(server->listener, 1) == 0);
    start(thread, serveBadly, server);
}

TEST(aServerThatRefusesDeniesAccess)
{
    /* The protocol's refusal: 0, length of the reason, version 11.0, its words, the reason. */
    static const unsigned char refusal[] = {0, 4, 11, 0, 0, 0, 1, 0, 'N', 'o', '!', '\n'};
    BadServer server = {-1, refusal, sizeof refusal};
    Thread thread;
    char name[32];
    startBadServer(&server, &thread, name, sizeof name);
    CHECK_STATUS(RatAttachDisplay(name), RAT_IPC_ERR_ACCESS_DENIED);
    stopBadServer(&server, &thread);
}

TEST(aFullServerHasNoResources)
{
    static const char reason[] = "Maximum number of clients reached";
    unsigned char refusal[8 + sizeof reason] = {0, sizeof reason - 1, 11, 0, 0, 0, 9, 0};
    memcpy(refusal + 8, reason, sizeof reason);
    BadServer server = {-1, refusal, sizeof refusal};
    Thread thread;
    char name[32];
    startBadServer(&server, &thread, name, sizeof name);
    CHECK_STATUS(RatAttachDisplay(name), RAT_IPC_ERR_NO_RESOURCES);
    stopBadServer(&server, &thread);
}

TEST(aServerThatHangsUpIsNotConnected)
{
    BadServer server = {-1, NULL, 0};
    Thread thread;
    char name[32];
    startBadServer(&server, &thread, name, sizeof name);
    CHECK_STATUS(RatAttachDisplay(name), RAT_IPC_ERR_NOT_CONNECTED);
    stopBadServer(&server, &thread);
}
