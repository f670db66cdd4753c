/* Posting, getting, sending and dispatching, once they have run for a while, ask nothing of the system: no
 * memory, and no call unless a thread sleeps. */
#include "counting.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROUNDS = 3000, BATCH = 100 };

static RatMessageQueue queue;
static RatWindow window;
static char bytes[64];
static size_t handled;

static void makeQueue(void)
{
    REQUIRE_OK(RatCreateMessageQueue(0, &queue));
}

static RatMessage sized(uint32_t number, uint32_t size)
{
    RatMessage msg = plain(number);
    msg.header.size = size;
    msg.payload = size ? bytes : NULL;
    return msg;
}

static void post(RatHandle target, uint32_t number, uint32_t size)
{
    RatMessage msg = sized(number, size);
    REQUIRE(RatPostMessage(target, &msg) == RAT_IPC_OK);
}

static RatMessage get(void)
{
    RatMessage msg;
    REQUIRE(RatGetMessage(queue, &msg, 0) == RAT_IPC_OK);
    return msg;
}

static void expectNoMemory(void)
{
    size_t allocations, frees;
    stopCountingMemory(&allocations, &frees);
    CHECK_EQ(allocations, 0);
    CHECK_EQ(frees, 0);
}

/* Runs a step until all that it needs is there, and then without leave to ask for more. */
static void expectNothingAsked(void (*step)(void))
{
    for (int i = 0; i < ROUNDS; i++) step();
    forbidCalls();
    startCountingMemory();
    for (int i = 0; i < ROUNDS; i++) step();
    expectNoMemory();
    int last, calls = forbiddenCalls(&last);
    if (!CHECK_EQ(calls, 0)) CHECK_EQ(last, 0);
}

TEST(whatIsAskedOfTheSystemIsCounted)
{
    startCountingMemory();
    void* volatile memory = malloc(10);
    free(memory);
    memory = aligned_alloc(64, 64);
    free(memory);
    /* The library's own. */
    REQUIRE_OK(RatCreateMessageQueue(0, &queue));
    post(queue, 1, 64);
    size_t allocations, frees;
    stopCountingMemory(&allocations, &frees);
    CHECK(allocations > 2);
    CHECK(frees >= 2);
    forbidCalls();
    CHECK(getppid() != 0);
    int last;
    CHECK_EQ(forbiddenCalls(&last), 1);
}

/* MARK: Posting and getting */

static void postAndGet(void)
{
    post(queue, 1, 0);
    get();
}

static void postAndGetBytes(void)
{
    post(queue, 1, 64);
    CHECK(get().payload != NULL);
}

static void postAndGetManyOfAllPriorities(void)
{
    for (int i = 0; i < BATCH; i++) {
        RatMessage msg = sized(1, i % 3 ? 64 : 0);
        msg.header.priority = i % 8 + RAT_PRIORITY_LOWEST;
        REQUIRE(RatPostMessage(queue, &msg) == RAT_IPC_OK);
    }
    for (int i = 0; i < BATCH; i++) get();
}

TEST(postAndGetAskNothing)
{
    makeQueue();
    expectNothingAsked(postAndGet);
}

TEST(postAndGetOfAPayloadAskNothing)
{
    makeQueue();
    expectNothingAsked(postAndGetBytes);
}

TEST(postAndGetOfManyAskNothing)
{
    makeQueue();
    expectNothingAsked(postAndGetManyOfAllPriorities);
}

TEST(postAndGetOnTheThreadsOwnQueueAskNothing)
{
    queue = threadQueue();
    expectNothingAsked(postAndGet);
}

TEST(postAndGetOfAPayloadOnTheThreadsOwnQueueAskNothing)
{
    queue = threadQueue();
    expectNothingAsked(postAndGetBytes);
}

TEST(postAndGetOfManyOnTheThreadsOwnQueueAskNothing)
{
    queue = threadQueue();
    expectNothingAsked(postAndGetManyOfAllPriorities);
}

/* MARK: Dispatching */

static bool countHandled(RatWindow target, uint32_t message, uintptr_t wparam, intptr_t lparam,
                         RatResult* result)
{
    (void)target;
    (void)wparam;
    (void)lparam;
    handled += message == RAT_WM_USER;
    *result = 7;
    return message == RAT_WM_USER;
}

static void makeCountingWindow(void)
{
    queue = threadQueue();
    onMessage = countHandled;
    window = makeWindow(0);
    drain();
}

static RatResult countInQueue(RatMessageQueue target, const RatMessage* message, void* context)
{
    (void)target;
    (void)context;
    handled += message->header.message == RAT_WM_USER;
    return 7;
}

static void postGetAndDispatch(void)
{
    for (uint32_t size = 0; size <= 64; size += 64) {
        post(window ? window : queue, RAT_WM_USER, size);
        RatMessage msg = get();
        REQUIRE(RatDispatchMessage(&msg) == RAT_IPC_OK);
    }
}

TEST(postGetAndDispatchToAWindowAskNothing)
{
    makeCountingWindow();
    expectNothingAsked(postGetAndDispatch);
    CHECK_EQ(handled, 4 * ROUNDS);
}

TEST(postGetAndDispatchToAProcedureOfTheThreadsOwnQueueAskNothing)
{
    queue = threadQueue();
    REQUIRE_OK(RatSetMessageProc(queue, countInQueue, NULL));
    expectNothingAsked(postGetAndDispatch);
    CHECK_EQ(handled, 4 * ROUNDS);
}

TEST(postGetAndDispatchToAProcedureOfAQueueAskNothing)
{
    makeQueue();
    REQUIRE_OK(RatSetMessageProc(queue, countInQueue, NULL));
    expectNothingAsked(postGetAndDispatch);
    CHECK_EQ(handled, 4 * ROUNDS);
}

static void sendToOwnWindow(void)
{
    for (uint32_t size = 0; size <= 64; size += 64) {
        RatMessage msg = sized(RAT_WM_USER, size), reply;
        REQUIRE(RatSendMessage(window, &msg, &reply, RAT_INFINITE) == RAT_IPC_OK);
        CHECK_EQ(reply.header.lparam, 7);
    }
}

TEST(sendToAWindowOfTheSameThreadAsksNothing)
{
    makeCountingWindow();
    expectNothingAsked(sendToOwnWindow);
    CHECK_EQ(handled, 4 * ROUNDS);
}

/* MARK: Looking */

static void getThroughARange(void)
{
    post(queue, 700, 64);
    RatMessageFilter filter = {.size = sizeof filter, .first = 700, .last = 800};
    RatMessage msg;
    REQUIRE(RatGetMessageEx(queue, &msg, &filter, 0) == RAT_IPC_OK);
    CHECK_EQ(msg.header.message, 700);
}

static void getForAWindow(void)
{
    post(window, RAT_WM_USER, 0);
    RatMessageFilter filter = {.size = sizeof filter, .target = window};
    RatMessage msg;
    REQUIRE(RatGetMessageEx(queue, &msg, &filter, 0) == RAT_IPC_OK);
    CHECK_EQ(msg.header.target, window);
}

TEST(aGetThroughARangeAsksNothing)
{
    makeQueue();
    for (uint32_t i = 0; i < 10; i++) post(queue, i, 0);
    expectNothingAsked(getThroughARange);
}

TEST(aGetForOneOfManyTargetsAsksNothing)
{
    makeCountingWindow();
    /* More than are searched one by one. */
    for (uint32_t i = 0; i < 1000; i++) post(queue, i, 0);
    expectNothingAsked(getForAWindow);
}

static void peek(void)
{
    RatMessage msg;
    REQUIRE(RatPeekMessage(queue, &msg) == RAT_IPC_OK);
    CHECK_EQ(msg.header.size, 64);
    RatMessageFilter filter = {.size = sizeof filter, .first = 9, .last = 9};
    CHECK_STATUS(RatPeekMessageEx(queue, &msg, &filter, RAT_PM_REMOVE), RAT_IPC_ERR_NOT_FOUND);
}

TEST(aPeekAsksNothing)
{
    makeQueue();
    post(queue, 1, 64);
    expectNothingAsked(peek);
}

TEST(aPeekOnTheThreadsOwnQueueAsksNothing)
{
    queue = threadQueue();
    post(queue, 1, 64);
    expectNothingAsked(peek);
}

static void ask(void)
{
    RatQueueInfo info = {.size = sizeof info};
    REQUIRE(RatGetQueueInfo(queue, &info) == RAT_IPC_OK);
    CHECK_EQ(info.queued, 1);
}

TEST(queueInfoAsksNothing)
{
    makeQueue();
    post(queue, 1, 64);
    expectNothingAsked(ask);
}

static void askForStatus(void)
{
    uint32_t status;
    REQUIRE(RatGetQueueStatus(RAT_QS_ALLINPUT, &status) == RAT_IPC_OK);
    CHECK_EQ(status >> 16, RAT_QS_POSTMESSAGE);
}

TEST(queueStatusAsksNothing)
{
    queue = threadQueue();
    post(queue, 1, 0);
    expectNothingAsked(askForStatus);
}

static void getInto(void)
{
    char room[64];
    size_t size;
    RatMessage msg;
    post(queue, 1, 64);
    REQUIRE(RatGetMessageInto(queue, &msg, room, sizeof room, &size, 0) == RAT_IPC_OK);
}

TEST(aGetIntoTheCallersMemoryAsksNothing)
{
    makeQueue();
    expectNothingAsked(getInto);
}

static void retain(void)
{
    post(queue, 1, 64);
    post(queue, 1, 64);
    RatMessage msg = get();
    REQUIRE(RatRetainMessage(&msg) == RAT_IPC_OK);
    get();
    REQUIRE(RatReleaseMessage(&msg) == RAT_IPC_OK);
}

TEST(retainAndReleaseAskNothing)
{
    makeQueue();
    expectNothingAsked(retain);
}

/* MARK: Taking back */

static void cancel(void)
{
    uint64_t tokens[BATCH];
    RatMessage msg = sized(1, 64);
    for (int i = 0; i < BATCH; i++)
        REQUIRE(RatPostMessageEx(queue, &msg, NULL, &tokens[i]) == RAT_IPC_OK);
    for (int i = 0; i < BATCH; i++) REQUIRE(RatCancelMessage(queue, tokens[i]) == RAT_IPC_OK);
}

TEST(aCancelAsksNothing)
{
    makeQueue();
    expectNothingAsked(cancel);
}

static void replace(void)
{
    RatPostOptions options = {.size = sizeof options, .flags = RAT_POST_REPLACE};
    for (int i = 0; i < BATCH; i++) {
        options.key = (uint64_t)i % 7;
        RatMessage msg = sized(1, i % 2 ? 64 : 0);
        REQUIRE(RatPostMessageEx(queue, &msg, &options, NULL) == RAT_IPC_OK);
    }
    for (int i = 0; i < 7; i++) get();
}

TEST(aReplacementAsksNothing)
{
    makeQueue();
    expectNothingAsked(replace);
}

static void delay(void)
{
    uint64_t tokens[BATCH];
    RatPostOptions options = {.size = sizeof options, .notBefore = UINT64_MAX / 2};
    RatMessage msg = sized(1, 64);
    for (int i = 0; i < BATCH; i++)
        REQUIRE(RatPostMessageEx(queue, &msg, &options, &tokens[i]) == RAT_IPC_OK);
    for (int i = 0; i < BATCH; i++) REQUIRE(RatCancelMessage(queue, tokens[i]) == RAT_IPC_OK);
}

TEST(aDelayAsksNothing)
{
    makeQueue();
    expectNothingAsked(delay);
}

/* MARK: Between threads */

static atomic_bool isReady;

static intptr_t answerRequests(void* context)
{
    (void)context;
    RatMessage msg;
    while (RatGetMessage(queue, &msg, SOON) == RAT_IPC_OK) {
        RatMessage reply = sized(2, 64);
        REQUIRE(RatReplyMessage(&msg, &reply) == RAT_IPC_OK);
        if (msg.header.message == 99) return 1;
    }
    return 0;
}

static void sendAndExpect(RatHandle target, uint32_t number, uint32_t size)
{
    RatMessage msg = sized(number, 64), reply;
    REQUIRE(RatSendMessage(target, &msg, &reply, SOON) == RAT_IPC_OK);
    CHECK_EQ(reply.header.size, size);
}

TEST(sendAndReplyBetweenThreadsAskForNoMemory)
{
    makeQueue();
    Thread other;
    start(&other, answerRequests, NULL);
    for (int i = 0; i < ROUNDS; i++) sendAndExpect(queue, 1, 64);
    startCountingMemory();
    for (int i = 0; i < ROUNDS; i++) sendAndExpect(queue, 1, 64);
    expectNoMemory();
    sendAndExpect(queue, 99, 64);
    CHECK_EQ(join(&other), 1);
}

static intptr_t ownWindow(void* context)
{
    (void)context;
    makeCountingWindow();
    atomic_store(&isReady, true);
    RatMessage msg;
    while (RatGetMessage(queue, &msg, SOON) == RAT_IPC_OK)
        if (msg.header.message == 99) return 1;
    return 0;
}

TEST(sendToAWindowOfAnotherThreadAsksForNoMemory)
{
    Thread other;
    start(&other, ownWindow, NULL);
    uint64_t deadline = now() + (uint64_t)SOON * 1000000u;
    while (!atomic_load(&isReady)) REQUIRE(now() < deadline);
    for (int i = 0; i < ROUNDS; i++) sendAndExpect(window, RAT_WM_USER, 0);
    startCountingMemory();
    for (int i = 0; i < ROUNDS; i++) sendAndExpect(window, RAT_WM_USER, 0);
    expectNoMemory();
    post(queue, 99, 0);
    CHECK_EQ(join(&other), 1);
}
