/* Waiting for messages: RatWaitMessage() and RatMsgWaitForMultipleObjects(). */
#define _GNU_SOURCE
#include "queue_support.h"

#include <sys/resource.h>

static RatWaitResult waitFor(uint32_t mask, uint32_t flags, uint64_t milliseconds)
{
    return RatMsgWaitForMultipleObjects(NULL, 0, milliseconds, mask, flags, NULL);
}

static RatEvent newEvent(bool isSet)
{
    RatEvent event = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateEvent(true, isSet, &event));
    return event;
}

/* How often the calling thread has gone to sleep by itself. */
static long sleeps(void)
{
    struct rusage usage;
    REQUIRE(getrusage(RUSAGE_THREAD, &usage) == 0);
    return usage.ru_nvcsw;
}

TEST(aWaitForMessagesTakesAsLongAsItWasGiven)
{
    CHECK_STATUS(RatWaitMessage(0), RAT_IPC_ERR_TIMEOUT);
    uint64_t before = now();
    CHECK_STATUS(RatWaitMessage(20), RAT_IPC_ERR_TIMEOUT);
    CHECK_EQ(waitFor(RAT_QS_ALLINPUT, 0, 20), RAT_WAIT_TIMEOUT);
    CHECK(now() - before >= 40000000u);
}

TEST(aWaitForMessagesIsForNewOnes)
{
    /* The kit's program 512. */
    RatMessageQueue queue = threadQueue();
    REQUIRE_OK(postNumber(queue, 1));
    CHECK_STATUS(RatWaitMessage(SOON), RAT_IPC_OK);
    CHECK_STATUS(RatWaitMessage(SOON), RAT_IPC_OK); /* a wait does not look */
    RatMessage msg;
    REQUIRE_OK(RatPeekMessage(queue, &msg));
    CHECK_STATUS(RatWaitMessage(0), RAT_IPC_ERR_TIMEOUT);
    REQUIRE_OK(postNumber(queue, 2));
    CHECK_STATUS(RatWaitMessage(SOON), RAT_IPC_OK);
    uint32_t status;
    REQUIRE_OK(RatGetQueueStatus(RAT_QS_POSTMESSAGE | RAT_QS_ALLPOSTMESSAGE, &status));
    CHECK_STATUS(RatWaitMessage(0), RAT_IPC_ERR_TIMEOUT);
    CHECK_TAKES(queue, 1, 2);
}

static intptr_t waitThenTake(void* queue)
{
    *(RatMessageQueue*)queue = threadQueue();
    REQUIRE_OK(RatWaitMessage(UINT64_MAX));
    return (intptr_t)takeNumber(threadQueue());
}

TEST(aPostEndsTheWaitForMessages)
{
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    Thread thread;
    start(&thread, waitThenTake, &queue);
    untilAsleep(&thread);
    REQUIRE_OK(postNumber(queue, 5));
    CHECK_EQ(join(&thread), 5);
}

TEST(withInputAvailableWhatWasSeenEndsTheWaitToo)
{
    /* The kit's program 515. */
    RatWindow window = makeWindow(0);
    drain();
    REQUIRE_OK(postNumber(window, RAT_WM_APP));
    CHECK_EQ(waitFor(RAT_QS_ALLINPUT, 0, SOON), RAT_WAIT_OK);
    RatMessage msg;
    REQUIRE_OK(RatPeekMessage(threadQueue(), &msg));
    CHECK_EQ(waitFor(RAT_QS_ALLINPUT, 0, 10), RAT_WAIT_TIMEOUT);
    for (int i = 0; i < 2; i++)
        CHECK_EQ(waitFor(RAT_QS_ALLINPUT, RAT_MWMO_INPUTAVAILABLE, SOON), RAT_WAIT_OK);
    CHECK_EQ(waitFor(RAT_QS_ALLINPUT, 0, 10), RAT_WAIT_TIMEOUT);
    REQUIRE_OK(postNumber(window, RAT_WM_APP + 1));
    CHECK_EQ(waitFor(RAT_QS_ALLINPUT, 0, SOON), RAT_WAIT_OK);
    CHECK_TAKES(threadQueue(), RAT_WM_APP, RAT_WM_APP + 1);
    CHECK_EQ(waitFor(RAT_QS_ALLINPUT, RAT_MWMO_INPUTAVAILABLE, 10), RAT_WAIT_TIMEOUT);
    CHECK_EQ(waitFor(RAT_QS_ALLINPUT, 0, 10), RAT_WAIT_TIMEOUT);
}

static intptr_t sendOne(void* window)
{
    RatMessage msg = plain(RAT_WM_APP), reply;
    RatIpcStatus status = RatSendMessage(*(RatWindow*)window, &msg, &reply, SOON);
    return status == RAT_IPC_OK ? (intptr_t)reply.header.lparam : -(intptr_t)status;
}

static bool answer66(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam,
                     RatResult* result)
{
    (void)window, (void)wparam, (void)lparam;
    *result = 66;
    return message == RAT_WM_APP;
}

TEST(whatIsSentEndsTheWaitAndIsHandledByTheNextRetrieval)
{
    /* The kit's program 517. */
    RatWindow window = makeWindow(0);
    drain();
    onMessage = answer66;
    loggedCount = 0;
    const uint32_t flags[] = {0, RAT_MWMO_INPUTAVAILABLE};
    for (int i = 0; i < 2; i++) {
        RatEvent never = newEvent(false);
        size_t index = 99;
        Thread thread;
        start(&thread, sendOne, &window);
        CHECK_EQ(RatMsgWaitForMultipleObjects(&never, 1, SOON, RAT_QS_ALLINPUT, flags[i], &index),
                 RAT_WAIT_OK);
        CHECK_EQ(index, 1);
        CHECK_EQ(loggedCount, i);
        RatMessage msg;
        CHECK_STATUS(RatPeekMessage(threadQueue(), &msg), RAT_IPC_ERR_NOT_FOUND);
        CHECK_EQ(loggedCount, i + 1);
        CHECK_EQ(join(&thread), 66);
    }
}

TEST(theMaskSaysWhatEndsTheWait)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    drain();
    REQUIRE_OK(postNumber(window, RAT_WM_APP));
    const uint32_t flags[] = {0, RAT_MWMO_INPUTAVAILABLE};
    for (int i = 0; i < 2; i++) {
        CHECK_EQ(waitFor(RAT_QS_ALLINPUT & ~(uint32_t)RAT_QS_POSTMESSAGE, flags[i], 5),
                 RAT_WAIT_TIMEOUT);
        CHECK_EQ(waitFor(RAT_QS_PAINT, flags[i], 5), RAT_WAIT_TIMEOUT);
        CHECK_EQ(waitFor(0, flags[i], 5), RAT_WAIT_TIMEOUT);
        CHECK_EQ(waitFor(RAT_QS_POSTMESSAGE, flags[i], SOON), RAT_WAIT_OK);
        CHECK_EQ(waitFor(RAT_QS_ALLPOSTMESSAGE, flags[i], SOON), RAT_WAIT_OK);
    }
    REQUIRE_OK(RatInvalidateRect(window, NULL, false));
    CHECK_EQ(waitFor(RAT_QS_PAINT, 0, SOON), RAT_WAIT_OK);
    CHECK_EQ(waitFor(RAT_QS_INPUT | RAT_QS_TIMER, RAT_MWMO_INPUTAVAILABLE, 5), RAT_WAIT_TIMEOUT);
}

TEST(aWaitForSomethingElseSleepsWhateverIsThere)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    drain();
    RatMessageQueue queue = threadQueue();
    REQUIRE_OK(postNumber(queue, 1));
    REQUIRE_OK(RatInvalidateRect(window, NULL, false));
    REQUIRE_OK(RatSetTimer(window, 1, 10, NULL, NULL));
    CHECK_EQ(waitFor(RAT_QS_TIMER, 0, SOON), RAT_WAIT_OK);
    RatEvent never = newEvent(false);
    const uint32_t flags[] = {0, RAT_MWMO_INPUTAVAILABLE, RAT_MWMO_WAITALL};
    for (int i = 0; i < 3; i++) {
        long before = sleeps();
        CHECK_EQ(RatMsgWaitForMultipleObjects(&never, 1, 50, RAT_QS_KEY, flags[i], NULL),
                 RAT_WAIT_TIMEOUT);
        /* Once, and not for every timer, nor again and again for what is there. */
        CHECK(sleeps() - before < 4);
    }
}

TEST(aSleepingWaitIsNotWokenByWhatItIsNotFor)
{
    RatMessageQueue queue = threadQueue();
    RatMessageFilter filter = {.size = sizeof filter, .first = 2, .last = 2};
    RatMessage msg;
    for (int i = 0; i < 10; i++) REQUIRE_OK(postNumber(queue, 1));
    long before = sleeps();
    CHECK_STATUS(RatGetMessageEx(queue, &msg, &filter, 50), RAT_IPC_ERR_TIMEOUT);
    CHECK(sleeps() - before < 4);
}

TEST(theLowestSignalledPlaceWinsAndTheQueuesIsLast)
{
    RatMessageQueue queue = threadQueue();
    RatEvent events[3] = {newEvent(false), newEvent(false), newEvent(false)};
    REQUIRE_OK(postNumber(queue, 1));
    size_t index = 99;
    CHECK_EQ(RatMsgWaitForMultipleObjects(events, 3, SOON, RAT_QS_ALLINPUT, 0, &index),
             RAT_WAIT_OK);
    CHECK_EQ(index, 3);
    for (size_t i = 3; i-- > 0;) {
        REQUIRE_OK(RatSetEvent(events[i]));
        CHECK_EQ(RatMsgWaitForMultipleObjects(events, 3, SOON, RAT_QS_ALLINPUT, 0, &index),
                 RAT_WAIT_OK);
        CHECK_EQ(index, i);
    }
    index = 99;
    CHECK_EQ(RatMsgWaitForMultipleObjects(NULL, 0, SOON, RAT_QS_ALLINPUT, 0, &index),
             RAT_WAIT_OK);
    CHECK_EQ(index, 0);
    CHECK_EQ(RatMsgWaitForMultipleObjects(events, 3, SOON, 0, 0, NULL), RAT_WAIT_OK);
}

TEST(aWaitForAllNeedsTheObjectsAndTheQueue)
{
    RatMessageQueue queue = threadQueue();
    RatEvent events[2] = {newEvent(true), RAT_INVALID_HANDLE};
    REQUIRE_OK(RatCreateEvent(false, false, &events[1]));
    uint32_t all = RAT_MWMO_WAITALL;
    CHECK_EQ(RatMsgWaitForMultipleObjects(events, 2, 5, RAT_QS_ALLINPUT, all, NULL),
             RAT_WAIT_TIMEOUT);
    REQUIRE_OK(RatSetEvent(events[1]));
    CHECK_EQ(RatMsgWaitForMultipleObjects(events, 2, 5, RAT_QS_ALLINPUT, all, NULL),
             RAT_WAIT_TIMEOUT); /* and took nothing */
    REQUIRE_OK(postNumber(queue, 1));
    CHECK_EQ(RatMsgWaitForMultipleObjects(events, 2, 5, RAT_QS_PAINT, all, NULL),
             RAT_WAIT_TIMEOUT);
    CHECK_EQ(RatMsgWaitForMultipleObjects(events, 2, SOON, RAT_QS_ALLINPUT, all, NULL),
             RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(events[1], 0), RAT_WAIT_TIMEOUT);
    REQUIRE_OK(RatSetEvent(events[1]));
    RatMessage msg;
    REQUIRE_OK(RatPeekMessage(queue, &msg));
    CHECK_EQ(RatMsgWaitForMultipleObjects(events, 2, 5, RAT_QS_ALLINPUT, all, NULL),
             RAT_WAIT_TIMEOUT);
    CHECK_EQ(RatMsgWaitForMultipleObjects(events, 2, SOON, RAT_QS_ALLINPUT,
                                          all | RAT_MWMO_INPUTAVAILABLE, NULL),
             RAT_WAIT_OK);
}

TEST(aWaitForMessagesThatMakesNoSenseFails)
{
    RatEvent event = newEvent(true), closed = newEvent(true);
    REQUIRE_OK(RatCloseEvent(closed));
    RatHandle twice[2] = {event, event}, stale[2] = {event, closed};
    CHECK_EQ(RatMsgWaitForMultipleObjects(NULL, 1, 0, 0, 0, NULL), RAT_WAIT_FAILED);
    CHECK_EQ(RatMsgWaitForMultipleObjects(&event, 10000, 0, 0, 0, NULL), RAT_WAIT_FAILED);
    CHECK_EQ(RatMsgWaitForMultipleObjects(&event, SIZE_MAX, 0, 0, 0, NULL), RAT_WAIT_FAILED);
    CHECK_EQ(RatMsgWaitForMultipleObjects(&event, 1, 0, 0x200, 0, NULL), RAT_WAIT_FAILED);
    CHECK_EQ(RatMsgWaitForMultipleObjects(&event, 1, 0, UINT32_MAX, 0, NULL), RAT_WAIT_FAILED);
    CHECK_EQ(RatMsgWaitForMultipleObjects(&event, 1, 0, 0, 2, NULL), RAT_WAIT_FAILED);
    CHECK_EQ(RatMsgWaitForMultipleObjects(&event, 1, 0, 0, UINT32_MAX, NULL), RAT_WAIT_FAILED);
    CHECK_EQ(RatMsgWaitForMultipleObjects(twice, 2, 0, 0, 0, NULL), RAT_WAIT_FAILED);
    size_t index = 99;
    CHECK_EQ(RatMsgWaitForMultipleObjects(stale, 2, 0, 0, RAT_MWMO_WAITALL, &index),
             RAT_WAIT_FAILED);
    CHECK_EQ(index, 1);
    CHECK_EQ(RatMsgWaitForMultipleObjects(&event, 1, 0, 0, 0, NULL), RAT_WAIT_OK);
}

TEST(anObjectEndsTheWaitForMessages)
{
    RatEvent never = newEvent(false);
    RatWaitableTimer timer = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateWaitableTimer(false, &timer));
    REQUIRE_OK(RatSetWaitableTimer(timer, 5000000u, 0));
    RatHandle both[2] = {never, timer};
    size_t index = 99;
    CHECK_EQ(RatMsgWaitForMultipleObjects(both, 2, SOON, RAT_QS_ALLINPUT, 0, &index), RAT_WAIT_OK);
    CHECK_EQ(index, 1);
}
