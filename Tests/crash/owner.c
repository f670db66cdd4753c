/* The owner of the queue: it takes what is posted, as its manner is, answers requests, some of them
 * late, and when all is to stop, has everything that was accepted come. */
#define _GNU_SOURCE
#include "crash.h"

/* Requests that are answered later. */
enum { MOST_KEPT = 8 };

static RatMessageQueue queue;
static RatMessage kept[MOST_KEPT];
static uint32_t keptCount;
/* What it posts to itself. */
static uint32_t ownStream, ownEra;

RatIpcStatus createMain(void)
{
    const RatQueueOptions options = {
        .size = sizeof options,
        .capacity = 16 + below(500),
        .byteBudget = FIRST_BUDGET + stage->era,
        .overflow = below(4) ? RAT_OVERFLOW_REFUSE : RAT_OVERFLOW_WAIT,
        .overflowWait_ms = below(2) ? 5 : RAT_INFINITE,
    };
    enter(CREATING);
    atomic_store(&self->hasCreated, true);
    RatMessageQueue made = RAT_INVALID_HANDLE;
    const RatIpcStatus status = RatCreateNamedMessageQueueEx(NAME, &options, &made);
    if (status == RAT_IPC_OK) {
        queue = made;
        keptCount = 0;
    }
    return status;
}

static void answer(const RatMessage* request)
{
    RatMessage reply;
    makeReply(request, &reply);
    enter(ANSWERING);
    const RatIpcStatus status = RatReplyMessage(request, &reply);
    /* Its sender may have given up, or be dead. */
    if (status != RAT_IPC_OK && status != RAT_IPC_ERR_NOT_FOUND) refuse("RatReplyMessage", status);
}

static void answerKept(void)
{
    while (keptCount > 0) answer(&kept[--keptCount]);
}

/* Takes the next message through a filter, or NULL, and does with it what is to be done. Whether
 * there was one. */
static bool takeOne(const RatMessageFilter* filter, int32_t wait)
{
    RatMessage message;
    enter(TAKING);
    const RatIpcStatus status = RatGetMessageEx(queue, &message, filter, wait);
    if (status != RAT_IPC_OK) {
        if (status != RAT_IPC_ERR_TIMEOUT) refuse("RatGetMessageEx of the owner", status);
        return false;
    }
    const uint32_t record = receive(&message);
    const bool isRequest = message.header.flags & RAT_MESSAGE_REQUEST;
    const bool isSent = message.header.flags & RAT_MESSAGE_SENT;
    if (record != UINT32_MAX) {
        const uint32_t form = stage->records[record].form;
        if (isRequest != (form == REQUEST) || isSent == isPosted(form))
            complain(TORN, "a message of form %u has the flags %u", form, message.header.flags);
    }
    if (!isRequest) return true;
    if (keptCount < MOST_KEPT && below(4) == 0) kept[keptCount++] = message;
    else answer(&message);
    return true;
}

/* -- Settling ---------------------------------------------------------------------------------- */

static bool areAllIdle(void)
{
    for (uint32_t i = 0; i < SLOTS; i++) {
        Slot* slot = &stage->slots[i];
        if (slot != self && slot->process != 0 && !atomic_load(&slot->isIdle)) return false;
    }
    return true;
}

/* Has those come back who wait for a message. */
static void wakeTakers(void)
{
    if (ownEra != stage->era) {
        ownStream = beginStream(selfNumber);
        ownEra = stage->era;
    }
    for (uint32_t i = 0; i < SLOTS; i++) {
        const Slot* slot = &stage->slots[i];
        if (slot == self || slot->process == 0 || !atomic_load(&slot->isTaking)) continue;
        RatMessage message;
        uint32_t record;
        if (ownStream == UINT32_MAX) return;
        if (!beginMessage(ownStream, ENDING, 0, &message, &record)) return;
        enter(POSTING);
        /* So it does not wait, whatever the queue's policy is. */
        const RatIpcStatus status = RatPostMessageEx(queue, &message, NULL, NULL);
        setState(record, status == RAT_IPC_OK ? ACCEPTED : REFUSED);
        if (status != RAT_IPC_OK && status != RAT_IPC_ERR_NO_RESOURCES)
            refuse("RatPostMessageEx of the owner", status);
    }
}

/* Whether nobody is connected but those who have handles. */
static bool areTheDeadGone(void)
{
    uint32_t handles = 0;
    for (uint32_t i = 0; i < SLOTS; i++) {
        const Slot* slot = &stage->slots[i];
        if (slot != self && slot->process != 0) handles += slot->handles;
    }
    return hasConnections(handles);
}

/* Whether the queue is empty, and everything that was accepted came to it and left it. What the
 * dead have left in their connections may take a moment longer than they. */
static bool isSettled(void)
{
    RatQueueInfo info = {.size = sizeof info};
    enter(ASKING_INFO);
    const RatIpcStatus status = RatGetQueueInfo(queue, &info);
    if (status != RAT_IPC_OK) refuse("RatGetQueueInfo of the owner", status);
    const Balance sum = balance();
    stage->book = info;
    const bool isEmpty = info.queued == 0 && info.delayed == 0 && info.requests == 0;
    return isEmpty && missingOf(&sum, &info) == 0;
}

static bool settleAll(void)
{
    const uint64_t deadline = now() + MILLISECONDS(OWNERS_PATIENCE);
    while (now() < deadline) {
        while (takeOne(NULL, 0)) {}
        answerKept();
        enter(SETTLING);
        if (!areAllIdle()) wakeTakers();
        else if (isSettled() && areTheDeadGone()) return true;
        if (takeOne(NULL, 1)) answerKept();
    }
    /* For the test, which says what is missing. */
    isSettled();
    return false;
}

bool own(void)
{
    const RatMessageFilter sentOnly = {.size = sizeof sentOnly, .classes = RAT_QS_SENDMESSAGE};
    while (!atomic_load(&stage->isToStop)) {
        switch ((Manner)self->mood) {
        case EAGER: takeOne(NULL, 5); break;
        case SLOW:
            for (uint32_t count = below(20); count > 0; count--) takeOne(NULL, 0);
            takeOne(&sentOnly, 1);
            break;
        default: takeOne(&sentOnly, 2); break;
        }
        if (below(8) == 0) answerKept();
    }
    return settleAll();
}
