#include "send_support.h"

#include <string.h>

static _Thread_local Answering answering;

RatMessage asking(uint32_t number, uintptr_t wparam)
{
    RatMessage msg = plain(number);
    msg.header.wparam = wparam;
    return msg;
}

static RatResult targetProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    if (message >= RAT_WM_APP && answering) return answering(window, message, wparam, lparam);
    return RatDefWindowProc(window, message, wparam, lparam);
}

RatWindow makeTarget(Answering answer)
{
    RatWindowClass class = {.size = sizeof class, .proc = targetProc, .name = "Target"};
    RatStatus status = RatRegisterClass(&class, NULL);
    REQUIRE(status == RAT_IPC_OK || status == RAT_IPC_ERR_ALREADY_EXISTS);
    answering = answer;
    RatWindow window = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateWindow(0, "Target", "", 0, 0, 0, 9, 9, RAT_INVALID_HANDLE, NULL, &window));
    return window;
}

static intptr_t host(void* context)
{
    Host* self = context;
    self->window = makeTarget(self->answer);
    self->queue = threadQueue();
    REQUIRE_OK(RatSetEvent(self->ready));
    RatMessage msg;
    for (;;) {
        REQUIRE_OK(RatGetMessage(self->queue, &msg, -1));
        if (msg.header.message == END_HOST) return 0;
        RatDispatchMessage(&msg);
    }
}

void startHost(Host* self, Answering answer)
{
    self->answer = answer;
    self->ready = newEvent(true, false);
    start(&self->thread, host, self);
    REQUIRE(RatWaitForObject(self->ready, SOON) == RAT_WAIT_OK);
}

void endHost(Host* self)
{
    RatMessage msg = plain(END_HOST);
    REQUIRE_OK(RatPostMessage(self->queue, &msg));
    join(&self->thread);
    REQUIRE_OK(RatCloseEvent(self->ready));
}

static intptr_t send(void* context)
{
    Sender* self = context;
    self->status = RatSendMessageEx(self->target, &self->message, &self->reply, self->timeout,
                                    self->flags);
    return 0;
}

void launchSender(Sender* self, RatHandle target, uint32_t number, uint32_t timeout)
{
    self->target = target;
    self->message = plain(number);
    self->timeout = timeout;
    start(&self->thread, send, self);
}

void startSender(Sender* self, RatHandle target, uint32_t number, uint32_t timeout)
{
    launchSender(self, target, number, timeout);
    untilAsleep(&self->thread);
}

RatIpcStatus endSender(Sender* self)
{
    join(&self->thread);
    return self->status;
}

RatMessage takeRequest(RatMessageQueue queue)
{
    RatMessage msg;
    REQUIRE_OK(RatGetMessage(queue, &msg, SOON));
    CHECK_EQ(msg.header.flags, RAT_MESSAGE_SENT | RAT_MESSAGE_REQUEST);
    CHECK(msg.header.token != 0);
    return msg;
}

RatIpcStatus answerWith(const RatMessage* request, intptr_t result)
{
    RatMessage reply = plain(0);
    reply.header.lparam = result;
    return RatReplyMessage(request, &reply);
}

size_t requestsIn(RatMessageQueue queue)
{
    RatQueueInfo info = {.size = sizeof info};
    REQUIRE_OK(RatGetQueueInfo(queue, &info));
    return info.requests;
}
