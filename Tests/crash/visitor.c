/* A visitor: it opens the queue a few times, does what its mood says until it is to stop, and
 * goes on with the same handles when it is asked again. When the owner is killed, every handle
 * must say so. */
#define _GNU_SOURCE
#include "crash.h"

#include <sched.h>

enum { BUFFER_SIZE = 64 * 1024 };

typedef struct {
    RatMessageQueue queue; /* RAT_INVALID_HANDLE: not open. */
    uint32_t stream;
    /* What can be taken back. */
    uint64_t token;
    uint32_t tokensRecord;
} Door;

static Door doors[MOST_HANDLES];
/* A call has said that the owner is gone. */
static bool isOwnerGone;
/* Many of its payloads are large. */
static bool isHeavy;

/* -- Statuses ---------------------------------------------------------------------------------- */

/* Looks at the status of a call. Whether it is one of those that say that all is well. */
static bool judge(const char* call, RatIpcStatus status, RatIpcStatus other, RatIpcStatus another)
{
    if (status == RAT_IPC_OK || status == other || status == another) return true;
    if (status == RAT_IPC_ERR_NOT_CONNECTED && atomic_load(&stage->isOwnerCondemned)) {
        isOwnerGone = true;
        self->toldAt = now();
    } else {
        refuse(call, status);
    }
    return false;
}

/* -- Doors ------------------------------------------------------------------------------------- */

static void closeDoor(Door* door)
{
    enter(CLOSING);
    const RatIpcStatus status = RatCloseMessageQueue(door->queue);
    if (status != RAT_IPC_OK) refuse("RatCloseMessageQueue", status);
    door->queue = RAT_INVALID_HANDLE;
}

static void openDoor(Door* door)
{
    const uint32_t stream = beginStream(selfNumber);
    if (stream == UINT32_MAX) return;
    enter(OPENING);
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    RatIpcStatus status = RatOpenNamedMessageQueue(NAME, &queue);
    if (status != RAT_IPC_OK) {
        if (status == RAT_IPC_ERR_NOT_FOUND && atomic_load(&stage->isOwnerCondemned))
            isOwnerGone = true;
        else refuse("RatOpenNamedMessageQueue", status);
        return;
    }
    *door = (Door){.queue = queue, .stream = stream};
    enter(ASKING_INFO);
    RatQueueInfo info = {.size = sizeof info};
    status = RatGetQueueInfo(queue, &info);
    if (!judge("RatGetQueueInfo", status, RAT_IPC_OK, RAT_IPC_OK)) return;
    if (info.byteBudget != FIRST_BUDGET + stage->era) {
        /* Another visitor may have it for a moment when the owner is dead. */
        if (!atomic_load(&stage->isOwnerCondemned))
            complain(WRONG, "the name led to a queue of %zu bytes", info.byteBudget);
        closeDoor(door);
    }
}

/* An open door; NULL if there is none. */
static Door* anyDoor(void)
{
    Door* door = &doors[below(MOST_HANDLES)];
    if (door->queue == RAT_INVALID_HANDLE) openDoor(door);
    return door->queue == RAT_INVALID_HANDLE || isOwnerGone ? NULL : door;
}

static void reopen(Door* door)
{
    closeDoor(door);
    openDoor(door);
}

/* -- Posting and sending ----------------------------------------------------------------------- */

static uint32_t anySize(void)
{
    const uint32_t kind = below(isHeavy ? 10 : 200);
    if (kind == 0) return below(LARGEST_PAYLOAD + 1);
    if (kind < 3) return below(64 * 1024);
    return below(201);
}

/* What the status of a post means for its message. A call that gave up because the owner did not
 * answer does not know; one that had no room did not post. */
static void settle(uint32_t record, RatIpcStatus status, uint64_t start)
{
    const bool isLate = now() - start > MILLISECONDS(4000);
    if (status == RAT_IPC_OK) setState(record, ACCEPTED);
    else if (status == RAT_IPC_ERR_NO_RESOURCES) setState(record, REFUSED);
    else if (status == RAT_IPC_ERR_TIMEOUT && !isLate) setState(record, REFUSED);
    else setState(record, DOUBTFUL);
    if (status == RAT_IPC_ERR_TIMEOUT && isLate)
        complain(STUCK, "a post of worker %u waited for %u ms", selfNumber,
                 (unsigned)((now() - start) / 1000000));
}

static void post(Door* door, Form form)
{
    RatMessage message;
    uint32_t record;
    if (!beginMessage(door->stream, form, anySize(), &message, &record)) return;
    enter(POSTING);
    const uint64_t start = now();
    const RatIpcStatus status = RatPostMessage(door->queue, &message);
    settle(record, status, start);
    judge("RatPostMessage", status, RAT_IPC_ERR_NO_RESOURCES, RAT_IPC_ERR_TIMEOUT);
}

static void postSome(Door* door)
{
    for (uint32_t count = 1 + below(16); count > 0 && !isOwnerGone; count--) post(door, PLAIN);
}

static void postUrgent(Door* door)
{
    post(door, URGENT);
}

static void postWith(Door* door, Form form, RatPostOptions options)
{
    RatMessage message;
    uint32_t record;
    uint64_t token = 0;
    if (!beginMessage(door->stream, form, anySize(), &message, &record)) return;
    enter(POSTING_WITH_OPTIONS);
    options.size = sizeof options;
    const uint64_t start = now();
    const RatIpcStatus status = RatPostMessageEx(door->queue, &message, &options,
                                                 below(2) ? &token : NULL);
    settle(record, status, options.timeout_ms == RAT_INFINITE ? now() : start);
    judge("RatPostMessageEx", status, RAT_IPC_ERR_NO_RESOURCES,
          options.timeout_ms == RAT_INFINITE ? RAT_IPC_OK : RAT_IPC_ERR_TIMEOUT);
    if (status == RAT_IPC_OK && token != 0) {
        door->token = token;
        door->tokensRecord = record;
    }
}

static void postWithOptions(Door* door)
{
    static const uint64_t waits[] = {0, 2, RAT_INFINITE};
    postWith(door, OPTIONS, (RatPostOptions){.timeout_ms = waits[below(3)]});
}

static void postReplacing(Door* door)
{
    postWith(door, REPLACING,
             (RatPostOptions){.flags = RAT_POST_REPLACE, .key = 1000 + door->stream});
}

static void postDelayed(Door* door)
{
    postWith(door, DELAYED, (RatPostOptions){.notBefore = now() + MILLISECONDS(1 + below(4))});
}

static void cancel(Door* door)
{
    if (door->token == 0) return;
    enter(CANCELLING);
    setState(door->tokensRecord, DOUBTFUL);
    const RatIpcStatus status = RatCancelMessage(door->queue, door->token);
    if (status == RAT_IPC_OK) setState(door->tokensRecord, CANCELLED);
    if (status == RAT_IPC_ERR_NOT_FOUND) setState(door->tokensRecord, ACCEPTED);
    door->token = 0;
    judge("RatCancelMessage", status, RAT_IPC_ERR_NOT_FOUND, RAT_IPC_OK);
}

static void sendOne(Door* door)
{
    static const uint32_t waits[] = {1, 20, RAT_INFINITE, RAT_INFINITE};
    RatMessage message, reply;
    uint32_t record;
    if (!beginMessage(door->stream, REQUEST, anySize(), &message, &record)) return;
    enter(SENDING);
    const uint32_t wait = waits[below(4)];
    const uintptr_t number = message.header.wparam;
    const RatIpcStatus status = RatSendMessage(door->queue, &message, &reply, wait);
    setState(record, status == RAT_IPC_OK ? ACCEPTED : DOUBTFUL);
    if (!judge("RatSendMessage", status,
               wait == RAT_INFINITE ? RAT_IPC_OK : RAT_IPC_ERR_TIMEOUT, RAT_IPC_OK))
        return;
    if (status == RAT_IPC_OK && !isReply(&reply, number))
        complain(TORN, "the reply to request %llx is another's", (unsigned long long)number);
}

static void notify(Door* door)
{
    RatMessage message;
    uint32_t record;
    if (!beginMessage(door->stream, NOTICE, anySize(), &message, &record)) return;
    enter(NOTIFYING);
    const RatIpcStatus status = RatSendNotifyMessage(door->queue, &message);
    setState(record, status == RAT_IPC_OK ? ACCEPTED : DOUBTFUL);
    judge("RatSendNotifyMessage", status, RAT_IPC_OK, RAT_IPC_OK);
}

/* -- Retrieving -------------------------------------------------------------------------------- */

/* Takes one in one of the ways there are. */
static RatIpcStatus takeSomehow(RatMessageQueue queue, RatMessage* message)
{
    static _Alignas(16) unsigned char buffer[BUFFER_SIZE];
    static const int32_t waits[] = {0, 2, -1, -1};
    const int32_t wait = waits[below(4)];
    RatMessageFilter filter = {.size = sizeof filter};
    filter.first = filter.last = RAT_WM_APP + below(DELAYED + 1);
    switch (below(6)) {
    case 0: return RatPeekMessageEx(queue, message, NULL, RAT_PM_REMOVE);
    case 1: return RatPeekMessageEx(queue, message, &filter, RAT_PM_REMOVE);
    /* What ends a wait for ever would not come through the filter. */
    case 2: return RatGetMessageEx(queue, message, &filter, wait < 0 ? 1 : wait);
    case 3: return RatGetMessageInto(queue, message, buffer, below(BUFFER_SIZE), NULL, wait);
    default: return RatGetMessage(queue, message, wait);
    }
}

static void take(Door* door)
{
    RatMessage message;
    enter(TAKING);
    atomic_store(&self->isTaking, true);
    const RatIpcStatus status = takeSomehow(door->queue, &message);
    if (status == RAT_IPC_OK) receive(&message);
    atomic_store(&self->isTaking, false);
    if (status == RAT_IPC_ERR_BUFFER_TOO_SMALL) return;
    judge("a retrieval", status, RAT_IPC_ERR_TIMEOUT, RAT_IPC_ERR_NOT_FOUND);
}

static void takeSome(Door* door)
{
    for (uint32_t count = 1 + below(16); count > 0 && !isOwnerGone; count--) {
        take(door);
        if (atomic_load(&stage->isToStop)) break;
    }
}

static void look(Door* door)
{
    RatMessage message;
    enter(LOOKING);
    const RatIpcStatus status = RatPeekMessage(door->queue, &message);
    if (status == RAT_IPC_OK) examine(&message);
    judge("RatPeekMessage", status, RAT_IPC_ERR_NOT_FOUND, RAT_IPC_OK);
}

static void askInfo(Door* door)
{
    RatQueueInfo info = {.size = sizeof info};
    enter(ASKING_INFO);
    const RatIpcStatus status = RatGetQueueInfo(door->queue, &info);
    if (!judge("RatGetQueueInfo", status, RAT_IPC_OK, RAT_IPC_OK)) return;
    if (info.byteBudget != FIRST_BUDGET + stage->era)
        complain(WRONG, "a handle led to another queue: %zu bytes", info.byteBudget);
    if (info.posted != info.retrieved + info.dropped + info.replaced + info.cancelled +
                           info.discarded + info.queued + info.delayed)
        complain(WRONG, "the equation of the queue's book does not hold");
}

/* -- Names ------------------------------------------------------------------------------------- */

/* The name is taken while the owner lives. */
static void tryToCreate(Door* door)
{
    (void)door;
    enter(CREATING);
    atomic_store(&self->hasCreated, true);
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    const RatIpcStatus status = RatCreateNamedMessageQueue(NAME, 0, &queue);
    if (status != RAT_IPC_OK) {
        if (status != RAT_IPC_ERR_ALREADY_EXISTS) refuse("RatCreateNamedMessageQueue", status);
        return;
    }
    if (!atomic_load(&stage->isOwnerCondemned)) complain(WRONG, "the name has two owners");
    enter(CLOSING);
    RatCloseMessageQueue(queue);
}

static void useNames(Door* door)
{
    (void)door;
    useSideNames();
}

/* -- A visit ----------------------------------------------------------------------------------- */

static const struct {
    void (*make)(Door* door);
    uint32_t weights[MOODS]; /* POSTER, ASKER, TAKER, OPENER, ANYTHING */
} deeds[] = {
    {postSome, {20, 4, 1, 2, 4}},       {postUrgent, {5, 1, 0, 1, 2}},
    {postWithOptions, {5, 2, 1, 1, 3}}, {postReplacing, {3, 1, 0, 0, 2}},
    {postDelayed, {2, 1, 0, 0, 2}},     {cancel, {3, 1, 0, 0, 2}},
    {sendOne, {1, 10, 0, 1, 3}},        {notify, {1, 5, 0, 1, 2}},
    {takeSome, {0, 2, 20, 1, 4}},       {look, {1, 1, 4, 0, 2}},
    {askInfo, {1, 3, 1, 1, 2}},         {reopen, {1, 1, 1, 20, 2}},
    {tryToCreate, {0, 0, 0, 2, 1}},     {useNames, {0, 0, 0, 20, 3}},
};
enum { DEEDS = sizeof deeds / sizeof deeds[0] };

static void doSomething(void)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < DEEDS; i++) sum += deeds[i].weights[self->mood];
    uint32_t choice = below(sum);
    size_t deed = 0;
    while (choice >= deeds[deed].weights[self->mood]) choice -= deeds[deed++].weights[self->mood];
    Door* door = anyDoor();
    if (door) deeds[deed].make(door);
}

/* -- When the owner is gone -------------------------------------------------------------------- */

/* One of the calls that may wait; its status. */
static RatIpcStatus callSomehow(Door* door)
{
    RatMessage message = {.header = {.message = RAT_WM_NULL}};
    RatQueueInfo info = {.size = sizeof info};
    RatIpcStatus status;
    switch (below(4)) {
    case 0:
        status = RatGetMessage(door->queue, &message, -1);
        if (status == RAT_IPC_OK) receive(&message);
        return status;
    case 1: return RatSendMessage(door->queue, &message, NULL, RAT_INFINITE);
    case 2: return RatPostMessage(door->queue, &message);
    default: return RatGetQueueInfo(door->queue, &info);
    }
}

static void checkThatAllFails(RatMessageQueue queue)
{
    RatMessage message = {.header = {.message = RAT_WM_NULL}};
    RatQueueInfo info = {.size = sizeof info};
    const RatPostOptions patient = {.size = sizeof patient, .timeout_ms = RAT_INFINITE};
    const struct {
        const char* call;
        RatIpcStatus status;
    } rows[] = {
        {"RatPostMessage", RatPostMessage(queue, &message)},
        {"RatPostMessageEx", RatPostMessageEx(queue, &message, NULL, NULL)},
        {"RatPostMessageEx, waiting", RatPostMessageEx(queue, &message, &patient, NULL)},
        {"RatSendMessage", RatSendMessage(queue, &message, NULL, RAT_INFINITE)},
        {"RatSendNotifyMessage", RatSendNotifyMessage(queue, &message)},
        {"RatGetMessage", RatGetMessage(queue, &message, 0)},
        {"RatGetMessage, waiting", RatGetMessage(queue, &message, -1)},
        {"RatPeekMessage", RatPeekMessage(queue, &message)},
        {"RatCancelMessage", RatCancelMessage(queue, 1)},
        {"RatGetQueueInfo", RatGetQueueInfo(queue, &info)},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].status != RAT_IPC_ERR_NOT_CONNECTED)
            complain(WRONG, "%s after the owner's end: %s", rows[i].call,
                     RatStatusName(rows[i].status));
}

/* Has every handle say that the owner is gone. */
static void mourn(void)
{
    enter(MOURNING);
    for (size_t i = 0; i < MOST_HANDLES; i++) {
        if (doors[i].queue == RAT_INVALID_HANDLE) continue;
        RatIpcStatus status;
        /* A connection takes posts until its owner's death is known here. */
        do status = callSomehow(&doors[i]);
        while (status == RAT_IPC_OK || status == RAT_IPC_ERR_NO_RESOURCES ||
               status == RAT_IPC_ERR_TIMEOUT);
        self->toldAt = now();
        if (status != RAT_IPC_ERR_NOT_CONNECTED) refuse("a call after the owner's end", status);
    }
    for (size_t i = 0; i < MOST_HANDLES; i++) {
        if (doors[i].queue == RAT_INVALID_HANDLE) continue;
        checkThatAllFails(doors[i].queue);
        closeDoor(&doors[i]);
    }
}

/* Nothing is left of the connections. */
static void checkThatNoneIsConnected(void)
{
    const uint64_t deadline = now() + MILLISECONDS(OWNERS_PATIENCE);
    while (!hasConnections(0)) {
        if (now() > deadline) {
            complain(STUCK, "worker %u has connections that it has closed", selfNumber);
            return;
        }
        sched_yield();
    }
}

void visit(void)
{
    uint32_t handles = 0;
    isOwnerGone = false;
    isHeavy = below(4) == 0;
    self->toldAt = 0;
    while (!atomic_load(&stage->isToStop) && !isOwnerGone && !atomic_load(&stage->isOwnerDead))
        doSomething();
    if (isOwnerGone || atomic_load(&stage->isOwnerDead)) {
        mourn();
        closeSideNames();
        checkThatNoneIsConnected();
        return;
    }
    enter(SETTLING);
    closeSideNames();
    /* What was sent by a handle before has come when this is answered. */
    for (size_t i = 0; i < MOST_HANDLES; i++) {
        if (doors[i].queue == RAT_INVALID_HANDLE) continue;
        askInfo(&doors[i]);
        handles++;
    }
    self->handles = handles;
    atomic_store(&self->isIdle, true);
}

void seek(void)
{
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    RatIpcStatus status;
    do {
        enter(OPENING);
        status = RatOpenNamedMessageQueue(NAME, &queue);
    } while (status == RAT_IPC_ERR_NOT_FOUND);
    if (status != RAT_IPC_OK) {
        refuse("RatOpenNamedMessageQueue", status);
        return;
    }
    enter(CLOSING);
    status = RatCloseMessageQueue(queue);
    if (status != RAT_IPC_OK) refuse("RatCloseMessageQueue", status);
}
