/* ratmsg.h. Whatever may wait does so for a millisecond at most. */
#include "procedures.h"

#include <string.h>

/* -- Queues ---------------------------------------------------------------------------------------- */

static RatQueueOptions options(Fuzz* f)
{
    RatQueueOptions options = {
        .size = sizeOr(f, sizeof options),
        .overflow = below(f, oneIn(f, 20) ? 9 : 4),
        .capacity = oneIn(f, 20) ? SIZE_MAX - below(f, 2) : 1 + below(f, 50),
        .byteBudget = oneIn(f, 20) ? SIZE_MAX : 200000,
        .overflowWait_ms = moment(f),
        .starvationLimit = below(f, 3),
        .overflowMessage = oneIn(f, 2) ? 0 : RAT_WM_APP,
    };
    return options;
}

static void createQueue(Fuzz* f)
{
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    RatCreateMessageQueue(oneIn(f, 20) ? SIZE_MAX : below(f, 50), oneIn(f, 30) ? NULL : &queue);
    keep(f, QUEUES, queue);
}

static void createQueueEx(Fuzz* f)
{
    RatQueueOptions how = options(f);
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    RatCreateMessageQueueEx(oneIn(f, 10) ? NULL : &how, oneIn(f, 30) ? NULL : &queue);
    keep(f, QUEUES, queue);
}

static void closeQueue(Fuzz* f) { RatCloseMessageQueue(some(f, QUEUES)); }

static void threadQueue(Fuzz* f)
{
    RatMessageQueue queue;
    RatGetThreadMessageQueue(oneIn(f, 30) ? NULL : &queue);
}

static void createThreadQueue(Fuzz* f)
{
    RatQueueOptions how = options(f);
    RatMessageQueue queue;
    RatCreateThreadMessageQueue(&how, &queue);
}

static void queueInfo(Fuzz* f)
{
    RatQueueInfo info;
    info.size = sizeOr(f, sizeof info);
    if (RatGetQueueInfo(some(f, QUEUES), oneIn(f, 30) ? NULL : &info) != RAT_IPC_OK) return;
    if (info.posted != info.retrieved + info.dropped + info.replaced + info.cancelled +
                           info.discarded + info.queued + info.delayed)
        complain("RatGetQueueInfo", "the messages do not add up");
}

static void setMessageProc(Fuzz* f)
{
    RatSetMessageProc(some(f, QUEUES), oneIn(f, 3) ? NULL : fuzzMessageProc, NULL);
}

/* -- Posting --------------------------------------------------------------------------------------- */

static RatHandle target(Fuzz* f) { return some(f, oneIn(f, 3) ? QUEUES : WINDOWS); }

static void post(Fuzz* f)
{
    RatMessage message;
    fillToPost(f, &message);
    RatPostMessage(target(f), oneIn(f, 40) ? NULL : &message);
}

static void postEx(Fuzz* f)
{
    RatMessage message;
    fillToPost(f, &message);
    RatPostOptions how = {
        .size = sizeOr(f, sizeof how),
        .flags = flags(f, RAT_POST_REPLACE),
        .timeout_ms = moment(f),
        .notBefore = oneIn(f, 4) ? (oneIn(f, 8) ? bits(f) : RatGetMessageTime() + 100000) : 0,
        .key = below(f, 3),
    };
    uint64_t token = 0;
    RatPostMessageEx(target(f), oneIn(f, 40) ? NULL : &message, oneIn(f, 8) ? NULL : &how,
                     oneIn(f, 2) ? &token : NULL);
    if (token) ONE_OF(f, f->tokens) = token;
}

static void cancel(Fuzz* f)
{
    RatCancelMessage(target(f), oneIn(f, 8) ? bits(f) : ONE_OF(f, f->tokens));
}

/* -- Retrieving ------------------------------------------------------------------------------------ */

static RatMessageFilter filter(Fuzz* f)
{
    RatMessageFilter filter = {
        .size = sizeOr(f, sizeof filter),
        .classes = oneIn(f, 2) ? 0 : flags(f, RAT_QS_ALLINPUT),
        .target = oneIn(f, 2) ? RAT_INVALID_HANDLE : some(f, oneIn(f, 4) ? QUEUES : WINDOWS),
        .first = oneIn(f, 2) ? 0 : below(f, 0x500),
        .last = oneIn(f, 2) ? 0 : (uint32_t)bits(f),
    };
    return filter;
}

/* The thread's own queue, most often. */
static RatMessageQueue source(Fuzz* f) { return oneIn(f, 4) ? some(f, QUEUES) : f->queue; }

static void handle(Fuzz* f, RatMessage* message)
{
    if (message->header.token && oneIn(f, 3)) {
        ONE_OF(f, f->requests) = *message;
        return;
    }
    f->last = *message;
    RatTranslateMessage(message);
    RatDispatchMessage(message);
}

static void get(Fuzz* f)
{
    RatMessage message;
    RatMessageQueue queue = source(f);
    for (uint32_t count = 1 + below(f, 12); count > 0; count--) {
        if (RatGetMessage(queue, oneIn(f, 60) ? NULL : &message, (int32_t)moment(f)) != RAT_IPC_OK)
            return;
        handle(f, &message);
    }
}

static void getEx(Fuzz* f)
{
    RatMessage message;
    RatMessageFilter which = filter(f);
    if (RatGetMessageEx(source(f), &message, oneIn(f, 8) ? NULL : &which, (int32_t)moment(f)) ==
        RAT_IPC_OK)
        handle(f, &message);
}

static void getInto(Fuzz* f)
{
    RatMessage message;
    _Alignas(16) char buffer[200];
    size_t room = below(f, sizeof buffer + 1), size;
    if (RatGetMessageInto(source(f), &message, oneIn(f, 20) ? NULL : buffer, room,
                          oneIn(f, 2) ? NULL : &size, (int32_t)moment(f)) == RAT_IPC_OK)
        RatDispatchMessage(&message);
}

static void peek(Fuzz* f)
{
    RatMessage message;
    RatPeekMessage(source(f), oneIn(f, 30) ? NULL : &message);
}

static void peekEx(Fuzz* f)
{
    RatMessage message;
    RatMessageFilter which = filter(f);
    uint32_t how = flags(f, RAT_PM_REMOVE);
    if (RatPeekMessageEx(source(f), &message, oneIn(f, 4) ? NULL : &which, how) == RAT_IPC_OK &&
        how == RAT_PM_REMOVE)
        handle(f, &message);
}

static void release(Fuzz* f)
{
    RatMessage message = f->retained;
    memset(&f->retained, 0, sizeof f->retained);
    if (message.payload) RatReleaseMessage(&message);
}

static void retain(Fuzz* f)
{
    RatMessage message;
    if (RatGetMessage(f->queue, &message, 0) != RAT_IPC_OK) return;
    if (RatRetainMessage(&message) == RAT_IPC_OK && message.payload) {
        release(f);
        f->retained = message;
    }
    handle(f, &message);
}

static void waitMessage(Fuzz* f) { RatWaitMessage(moment(f)); }

static void queueStatus(Fuzz* f)
{
    uint32_t status;
    RatGetQueueStatus(flags(f, RAT_QS_ALLINPUT), oneIn(f, 30) ? NULL : &status);
}

static void messageWait(Fuzz* f)
{
    RatHandle handles[3] = {some(f, WAITABLES), some(f, WAITABLES), anything(f)};
    size_t index, count = oneIn(f, 20) ? SIZE_MAX : below(f, 4);
    RatMsgWaitForMultipleObjects(oneIn(f, 30) ? NULL : handles, count, moment(f),
                                 flags(f, RAT_QS_ALLINPUT),
                                 flags(f, RAT_MWMO_WAITALL | RAT_MWMO_INPUTAVAILABLE), &index);
}

static void dispatch(Fuzz* f)
{
    RatMessage message;
    Block* block = fill(f, &message);
    message.header.target = target(f);
    message.header.token = oneIn(f, 8) ? bits(f) : 0;
    RatDispatchMessage(oneIn(f, 40) ? NULL : &message);
    drop(f, block, false);
}

static void dispatchEx(Fuzz* f)
{
    RatMessage message;
    Block* block = fill(f, &message);
    message.header.target = target(f);
    RatResult result;
    RatDispatchMessageEx(oneIn(f, 40) ? NULL : &message, oneIn(f, 8) ? NULL : &result);
    drop(f, block, false);
}

static void translate(Fuzz* f)
{
    RatMessage message;
    fillToPost(f, &message);
    message.header.message = RAT_WM_KEYDOWN + below(f, 8);
    RatTranslateMessage(oneIn(f, 40) ? NULL : &message);
}

static void postQuit(Fuzz* f) { RatPostQuitMessage((int32_t)bits(f)); }

/* -- Sending --------------------------------------------------------------------------------------- */

static void send(Fuzz* f)
{
    RatMessage message, reply;
    Block* block = fill(f, &message);
    RatIpcStatus status = RatSendMessage(target(f), oneIn(f, 40) ? NULL : &message,
                                         oneIn(f, 2) ? &reply : NULL, moment(f));
    drop(f, block, status == RAT_IPC_ERR_TIMEOUT);
}

static void sendEx(Fuzz* f)
{
    RatMessage message, reply;
    Block* block = fill(f, &message);
    RatIpcStatus status = RatSendMessageEx(target(f), &message, oneIn(f, 2) ? &reply : NULL,
                                           moment(f), flags(f, RAT_SMTO_BLOCK));
    drop(f, block, status == RAT_IPC_ERR_TIMEOUT);
}

static void notify(Fuzz* f)
{
    RatMessage message;
    Block* block = fill(f, &message);
    RatSendNotifyMessage(target(f), oneIn(f, 40) ? NULL : &message);
    drop(f, block, false);
}

static void sendCallback(Fuzz* f)
{
    RatMessage message;
    Block* block = fill(f, &message);
    RatSendMessageCallback(target(f), oneIn(f, 40) ? NULL : &message,
                           oneIn(f, 30) ? NULL : fuzzReply, f);
    drop(f, block, false);
}

static void replyMessage(Fuzz* f)
{
    RatMessage reply;
    fillToPost(f, &reply);
    RatMessage* request = &ONE_OF(f, f->requests);
    RatReplyMessage(oneIn(f, 30) ? NULL : request, oneIn(f, 4) ? NULL : &reply);
}

static void inSendMessage(Fuzz* f)
{
    (void)f;
    RatInSendMessage();
}

static void registerMessage(Fuzz* f)
{
    uint32_t number = 0;
    if (RatRegisterWindowMessage(shortName(f), oneIn(f, 30) ? NULL : &number) == RAT_IPC_OK &&
        !RatGetMessageName(number))
        complain("RatGetMessageName", "a registered message has no name");
}

static void deadlockReport(Fuzz* f)
{
    char buffer[64];
    size_t size;
    RatGetDeadlockReport(oneIn(f, 8) ? NULL : buffer, below(f, sizeof buffer + 1), &size);
}

const FuzzCall messageCalls[] = {
    {"RatCreateMessageQueue", 2, createQueue},
    {"RatCreateMessageQueueEx", 3, createQueueEx},
    {"RatCloseMessageQueue", 2, closeQueue},
    {"RatGetThreadMessageQueue", 2, threadQueue},
    {"RatCreateThreadMessageQueue", 1, createThreadQueue},
    {"RatGetQueueInfo", 4, queueInfo},
    {"RatSetMessageProc", 4, setMessageProc},
    {"RatPostMessage", 24, post},
    {"RatPostMessageEx", 10, postEx},
    {"RatCancelMessage", 4, cancel},
    {"RatGetMessage", 40, get},
    {"RatGetMessageEx", 8, getEx},
    {"RatGetMessageInto", 4, getInto},
    {"RatPeekMessage", 6, peek},
    {"RatPeekMessageEx", 10, peekEx},
    {"RatRetainMessage", 4, retain},
    {"RatReleaseMessage", 3, release},
    {"RatWaitMessage", 2, waitMessage},
    {"RatGetQueueStatus", 3, queueStatus},
    {"RatMsgWaitForMultipleObjects", 2, messageWait},
    {"RatDispatchMessage", 4, dispatch},
    {"RatDispatchMessageEx", 1, dispatchEx},
    {"RatTranslateMessage", 4, translate},
    {"RatPostQuitMessage", 1, postQuit},
    {"RatSendMessage", 24, send},
    {"RatSendMessageEx", 8, sendEx},
    {"RatSendNotifyMessage", 8, notify},
    {"RatSendMessageCallback", 8, sendCallback},
    {"RatReplyMessage", 5, replyMessage},
    {"RatInSendMessage", 2, inSendMessage},
    {"RatRegisterWindowMessage", 2, registerMessage},
    {"RatGetDeadlockReport", 1, deadlockReport},
    {NULL, 0, NULL},
};
