/* Sending to windows: of the calling thread, of others, nested, in rings. */
#include "send_support.h"

#include <string.h>

static void* seenPayload;
static uint32_t seenFlags;
static uint64_t seenToken;
static int calls;

static RatResult lookAtCurrent(RatWindow window, uint32_t message, uintptr_t wparam,
                               intptr_t lparam)
{
    (void)message;
    RatMessage current;
    REQUIRE_OK(RatGetCurrentMessage(&current));
    CHECK_EQ(current.header.target, window);
    seenPayload = current.payload;
    seenFlags = current.header.flags;
    seenToken = current.header.token;
    calls++;
    return (RatResult)wparam * 10 + lparam;
}

TEST(aSendToAWindowOfTheSameThreadIsADirectCall)
{
    RatWindow window = makeTarget(lookAtCurrent);
    char payload[8] = "payload";
    RatMessage msg = asking(ASK, 4), reply;
    msg.header.lparam = 2;
    msg.header.size = sizeof payload;
    msg.header.token = 77;
    msg.header.flags = 77;
    msg.payload = payload;
    memset(&reply, 0xAB, sizeof reply);
    /* Whatever the time is. */
    CHECK_STATUS(RatSendMessage(window, &msg, &reply, 0), RAT_IPC_OK);
    CHECK_EQ(reply.header.lparam, 42);
    CHECK_EQ(reply.header.size, 0);
    CHECK(reply.payload == NULL);
    CHECK(seenPayload == payload);
    CHECK_EQ(seenToken, 0);
    CHECK_EQ(seenFlags & ~RAT_MESSAGE_SENT, 0);
    CHECK_STATUS(RatSendMessage(window, &msg, NULL, RAT_INFINITE), RAT_IPC_OK);
    CHECK_STATUS(RatSendMessageEx(window, &msg, NULL, 0, RAT_SMTO_BLOCK), RAT_IPC_OK);
    CHECK_STATUS(RatSendNotifyMessage(window, &msg), RAT_IPC_OK);
    CHECK_EQ(calls, 4);
    CHECK_STATUS(RatDestroyWindow(window), RAT_IPC_OK);
    CHECK_STATUS(RatSendMessage(window, &msg, &reply, 0), RAT_IPC_ERR_INVALID_HANDLE);
}

TEST(aSendToAWindowOfAnotherThreadRunsThereWithACopyOfThePayload)
{
    Host host;
    startHost(&host, lookAtCurrent);
    static char payload[1 << 20];
    const uint32_t sizes[] = {0, 64, 65, sizeof payload};
    for (size_t i = 0; i < 4; i++) {
        RatMessage msg = asking(ASK, i), reply;
        msg.header.lparam = 5;
        msg.header.size = sizes[i];
        msg.payload = payload;
        CHECK_STATUS(RatSendMessage(host.window, &msg, &reply, SOON), RAT_IPC_OK);
        CHECK_EQ(reply.header.lparam, (intptr_t)i * 10 + 5);
        CHECK(seenPayload != payload);
        CHECK((seenPayload == NULL) == (sizes[i] == 0));
        CHECK_EQ(seenFlags, RAT_MESSAGE_SENT | RAT_MESSAGE_REQUEST);
        CHECK(seenToken != 0);
    }
    RatMessage msg = asking(ASK, 1);
    CHECK_STATUS(RatSendMessage(host.window, &msg, NULL, SOON), RAT_IPC_OK);
    CHECK_EQ(calls, 5);
    CHECK_EQ(requestsIn(host.queue), 0);
    endHost(&host);
}

static uint32_t order[8];
static int ordered;

static RatResult noteOrder(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    (void)window, (void)wparam, (void)lparam;
    order[ordered++] = message;
    return 3;
}

TEST(whatIsSentRunsAheadOfWhatIsPostedAndWhateverTheFilter)
{
    RatWindow window = makeTarget(noteOrder);
    RatMessageQueue queue = threadQueue();
    RatMessage msg = plain(ASK_LAST);
    msg.header.priority = RAT_PRIORITY_HIGHEST;
    REQUIRE_OK(RatPostMessage(window, &msg));
    Sender first = {0}, second = {0};
    startSender(&first, window, ASK, RAT_INFINITE);
    CHECK_EQ(requestsIn(queue), 1);
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_EQ(msg.header.message, ASK_LAST);
    REQUIRE_OK(RatDispatchMessage(&msg));
    CHECK_STATUS(endSender(&first), RAT_IPC_OK);
    CHECK_EQ(first.reply.header.lparam, 3);
    CHECK_EQ(ordered, 2);
    CHECK_EQ(order[0], ASK);
    CHECK_EQ(order[1], ASK_LAST);

    startSender(&second, window, ASK_ALSO, RAT_INFINITE);
    RatMessageFilter filter = {.size = sizeof filter,
                               .classes = RAT_QS_TIMER,
                               .target = RAT_THREAD_MESSAGES,
                               .first = 1,
                               .last = 1};
    CHECK_STATUS(RatPeekMessageEx(queue, &msg, &filter, RAT_PM_NOREMOVE), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(endSender(&second), RAT_IPC_OK);
    CHECK_EQ(order[2], ASK_ALSO);
}

enum { RING = 10 };
static Host ring[RING];

/* Passes on to the next in the ring, wparam times; each adds one. The message's number less RAT_WM_APP says how many are in the ring. */
static RatResult passOn(RatWindow window, uint32_t message, uintptr_t wparam,
                              intptr_t lparam)
{
    if (wparam == 0) return 1;
    int place = (int)lparam, count = (int)(message - RAT_WM_APP);
    CHECK_EQ(ring[place].window, window);
    RatMessage msg = asking(message, wparam - 1), reply;
    msg.header.lparam = (place + 1) % count;
    CHECK_STATUS(RatSendMessage(ring[msg.header.lparam].window, &msg, &reply, RAT_INFINITE),
                 RAT_IPC_OK);
    return reply.header.lparam + 1;
}

TEST(sendsThatNestAroundARingAllReturn)
{
    for (int i = 0; i < RING; i++) startHost(&ring[i], passOn);
    for (int count = 2; count <= RING; count += 4) {
        RatMessage msg = asking(RAT_WM_APP + (uint32_t)count, (uintptr_t)count * 4), reply;
        CHECK_STATUS(RatSendMessage(ring[0].window, &msg, &reply, SOON), RAT_IPC_OK);
        CHECK_EQ(reply.header.lparam, count * 4 + 1);
    }
    for (int i = 0; i < RING; i++) endHost(&ring[i]);
}

static RatWindow crossing[RING];
static int crossers;

static RatResult plusOne(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    (void)window, (void)message, (void)lparam;
    return (RatResult)wparam + 1;
}

static RatEvent crossersReady, crossNow;
static atomic_int readyCount, doneCount;

/* Sends to all others, again and again, while they do the same. */
static intptr_t cross(void* context)
{
    int place = (int)(intptr_t)context;
    crossing[place] = makeTarget(plusOne);
    if (atomic_fetch_add(&readyCount, 1) + 1 == crossers) REQUIRE_OK(RatSetEvent(crossersReady));
    REQUIRE(RatWaitForObject(crossNow, SOON) == RAT_WAIT_OK);
    for (uintptr_t i = 0; i < 100; i++) {
        for (int other = 0; other < crossers; other++) {
            RatMessage msg = asking(ASK, i), reply;
            CHECK_STATUS(RatSendMessage(crossing[other], &msg, &reply, RAT_INFINITE), RAT_IPC_OK);
            CHECK_EQ(reply.header.lparam, (intptr_t)i + 1);
        }
    }
    RatMessage last = plain(ASK_LAST);
    if (atomic_fetch_add(&doneCount, 1) + 1 == crossers)
        for (int other = 0; other < crossers; other++)
            CHECK_STATUS(RatPostMessage(crossing[other], &last), RAT_IPC_OK);
    pumpUntil(ASK_LAST);
    return 0;
}

TEST(sendsThatCrossBetweenManyThreadsAllReturn)
{
    const int counts[] = {2, 5, RING};
    for (int i = 0; i < 3; i++) {
        Thread threads[RING];
        crossers = counts[i];
        atomic_store(&readyCount, 0);
        atomic_store(&doneCount, 0);
        crossersReady = newEvent(true, false);
        crossNow = newEvent(true, false);
        for (int k = 0; k < crossers; k++) start(&threads[k], cross, (void*)(intptr_t)k);
        REQUIRE(RatWaitForObject(crossersReady, SOON) == RAT_WAIT_OK);
        REQUIRE_OK(RatSetEvent(crossNow));
        for (int k = 0; k < crossers; k++) join(&threads[k]);
    }
}

TEST(aThreadThatWaitsHandlesWhatIsSentToItAndLeavesWhatIsPosted)
{
    RatWindow window = makeTarget(noteOrder);
    RatMessageQueue queue = newQueue();
    Sender other = {0};
    RatMessage posted = plain(ASK_ALSO);
    REQUIRE_OK(RatPostMessage(window, &posted));
    startSender(&other, window, ASK, RAT_INFINITE);
    /* Nobody answers this one. */
    RatMessage msg = plain(ASK);
    CHECK_STATUS(RatSendMessage(queue, &msg, NULL, 1), RAT_IPC_ERR_TIMEOUT);
    CHECK_STATUS(endSender(&other), RAT_IPC_OK);
    CHECK_EQ(ordered, 1);
    CHECK_EQ(order[0], ASK);
    REQUIRE_OK(RatGetMessage(threadQueue(), &msg, 0));
    CHECK_EQ(msg.header.message, ASK_ALSO);
}

TEST(aThreadThatWaitsBlockingHandlesNothingUntilItsNextRetrieval)
{
    RatWindow window = makeTarget(noteOrder);
    RatMessageQueue queue = newQueue();
    Sender other = {0};
    startSender(&other, window, ASK, RAT_INFINITE);
    RatMessage msg = plain(ASK);
    CHECK_STATUS(RatSendMessageEx(queue, &msg, NULL, 1, RAT_SMTO_BLOCK), RAT_IPC_ERR_TIMEOUT);
    CHECK_EQ(ordered, 0);
    CHECK_STATUS(RatGetMessage(threadQueue(), &msg, 0), RAT_IPC_ERR_TIMEOUT);
    CHECK_EQ(ordered, 1);
    CHECK_STATUS(endSender(&other), RAT_IPC_OK);
}

/* -- Many at once ------------------------------------------------------------------------------------------- */

#define SENDERS 3
#define ROUNDS 3000

static RatWindow busy;

static RatResult addSeven(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    if (message == ASK) return lparam + 7;
    return RatDefWindowProc(window, message, wparam, lparam);
}

/* Posts as often as it sends: a retrieval then finds both, and has to see a request that comes while it looks. */
static uint32_t postAndSend(void* argument)
{
    (void)argument;
    for (int i = 0; i < ROUNDS; i++) {
        RatMessage posted = asking(RAT_WM_APP, 0), sent = asking(ASK, 0), reply;
        CHECK_STATUS(RatPostMessage(busy, &posted), RAT_IPC_OK);
        sent.header.lparam = i;
        REQUIRE_OK(RatSendMessage(busy, &sent, &reply, SOON));
        CHECK_EQ(reply.header.lparam, i + 7);
    }
    RatMessage last = asking(RAT_WM_APP + 1, 0);
    CHECK_STATUS(RatPostMessage(busy, &last), RAT_IPC_OK);
    return 0;
}

TEST(whatManyThreadsSendWhileTheyPostIsAllAnswered)
{
    RatMessageQueue queue;
    RatThread threads[SENDERS];
    RatMessage msg;
    busy = makeTarget(addSeven);
    REQUIRE_OK(RatGetThreadMessageQueue(&queue));
    for (int i = 0; i < SENDERS; i++) REQUIRE_OK(RatCreateThread(postAndSend, NULL, 0, &threads[i]));
    for (int ended = 0; ended < SENDERS;) {
        REQUIRE_OK(RatGetMessage(queue, &msg, 2 * SOON));
        if (msg.header.message == RAT_WM_APP + 1) ended++;
    }
    for (int i = 0; i < SENDERS; i++) CHECK_STATUS(RatJoinThread(threads[i], SOON, NULL), RAT_IPC_OK);
}
