/* What the tests of sending share: threads that have a window, and threads that are in a send. */
#ifndef SEND_SUPPORT_H
#define SEND_SUPPORT_H

#include "sync_support.h"

/* A message number of the tests, and a message with parameters. */
enum { ASK = RAT_WM_APP + 1, ASK_ALSO, ASK_LAST, END_HOST = RAT_WM_APP + 100 };
RatMessage asking(uint32_t number, uintptr_t wparam);

/* What windows of makeTarget() answer. Any thread calls it, each for its own windows. */
typedef RatResult (*Answering)(RatWindow window, uint32_t message, uintptr_t wparam,
                               intptr_t lparam);

/* A window of the calling thread whose messages from RAT_WM_APP on are answered so. Each thread
 * has one way of answering. */
RatWindow makeTarget(Answering answer);

/* A thread with a window that retrieves and dispatches until it is told to end. */
typedef struct {
    Answering answer;
    RatWindow window;
    RatMessageQueue queue;
    RatEvent ready;
    Thread thread;
} Host;

void startHost(Host* host, Answering answer);
/* Has it end when everything before is handled. */
void endHost(Host* host);

/* A thread that sends one message. */
typedef struct {
    RatHandle target;
    RatMessage message;
    uint32_t timeout, flags;
    RatIpcStatus status;
    RatMessage reply;
    Thread thread;
} Sender;

/* Starts it. */
void launchSender(Sender* sender, RatHandle target, uint32_t number, uint32_t timeout);
/* Starts one that nobody answers before, and returns when it sleeps in the send. */
void startSender(Sender* sender, RatHandle target, uint32_t number, uint32_t timeout);
/* What the send gave. */
RatIpcStatus endSender(Sender* sender);

/* Takes the request that is next in a plain queue. */
RatMessage takeRequest(RatMessageQueue queue);
/* Answers a request with a number. */
RatIpcStatus answerWith(const RatMessage* request, intptr_t result);

/* How many sent messages a queue holds. */
size_t requestsIn(RatMessageQueue queue);

#endif /* SEND_SUPPORT_H */
