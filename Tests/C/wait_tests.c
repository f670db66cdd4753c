/* Waiting for several objects at once. */
#include "support.h"

#include <stdlib.h>

static RatEvent event(bool manual, bool initial)
{
    RatEvent made = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateEvent(manual, initial, &made));
    return made;
}

TEST(anyTakesTheLowestSignalledAndLeavesTheRest)
{
    RatHandle handles[3] = {event(false, false), event(false, true), event(false, true)};
    size_t index = 99;
    CHECK_EQ(RatWaitForMultipleObjects(handles, 3, false, 0, &index), RAT_WAIT_OK);
    CHECK_EQ(index, 1);
    CHECK_EQ(RatWaitForMultipleObjects(handles, 3, false, 0, &index), RAT_WAIT_OK);
    CHECK_EQ(index, 2);
    CHECK_EQ(RatWaitForMultipleObjects(handles, 3, false, 0, NULL), RAT_WAIT_TIMEOUT);
}

TEST(allTakesNothingUntilItCanTakeAll)
{
    RatHandle handles[3] = {event(false, true), event(true, true), event(false, false)};
    CHECK_EQ(RatWaitForMultipleObjects(handles, 3, true, 0, NULL), RAT_WAIT_TIMEOUT);
    CHECK_EQ(RatWaitForMultipleObjects(handles, 3, true, 20, NULL), RAT_WAIT_TIMEOUT);
    CHECK_EQ(RatWaitForObject(handles[0], 0), RAT_WAIT_OK); /* it was not consumed */
    RatSetEvent(handles[0]);
    RatSetEvent(handles[2]);
    CHECK_EQ(RatWaitForMultipleObjects(handles, 3, true, 0, NULL), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(handles[0], 0), RAT_WAIT_TIMEOUT);
    CHECK_EQ(RatWaitForObject(handles[1], 0), RAT_WAIT_OK); /* manual */
    CHECK_EQ(RatWaitForObject(handles[2], 0), RAT_WAIT_TIMEOUT);
}

TEST(whatCannotBeWaitedForIsTold)
{
    RatHandle good = event(false, true);
    RatHandle bad[3] = {good, 1234567, event(false, false)};
    size_t index = 99;
    CHECK_EQ(RatWaitForMultipleObjects(bad, 3, false, 0, &index), RAT_WAIT_FAILED);
    CHECK_EQ(index, 1);
    RatHandle twice[3] = {good, bad[2], good};
    index = 99;
    CHECK_EQ(RatWaitForMultipleObjects(twice, 3, false, 0, &index), RAT_WAIT_FAILED);
    CHECK_EQ(index, 2);
    CHECK_EQ(RatWaitForMultipleObjects(&good, 0, false, 0, &index), RAT_WAIT_FAILED);
    CHECK_EQ(RatWaitForMultipleObjects(&good, 10001, false, 0, &index), RAT_WAIT_FAILED);
    CHECK_EQ(RatWaitForMultipleObjects(&good, SIZE_MAX, true, 0, &index), RAT_WAIT_FAILED);
    CHECK_EQ(RatWaitForObject(good, 0), RAT_WAIT_OK); /* no failure consumed it */
}

TEST(aHandleThatIsThereTwiceIsToldHoweverManyThereAre)
{
    enum { MOST = 1025 };
    RatHandle handles[MOST];
    for (size_t i = 0; i < MOST; i++) handles[i] = event(false, true);
    for (size_t count = 2; count <= MOST; count++) {
        RatHandle last = handles[count - 1];
        size_t index = 0, earlier = count / 2 - 1;
        handles[count - 1] = handles[earlier];
        CHECK_EQ(RatWaitForMultipleObjects(handles, count, false, 0, &index), RAT_WAIT_FAILED);
        CHECK_EQ(index, count - 1);
        handles[count - 1] = last;
    }
    CHECK_EQ(RatWaitForMultipleObjects(handles, MOST, true, 0, NULL), RAT_WAIT_OK);
    /* Neither handle of one place in the library's table hides the other. */
    RatHandle likely[20];
    for (size_t i = 0; i < 20; i++) likely[i] = handles[0] + (i << 20);
    size_t index = 99;
    CHECK_EQ(RatWaitForMultipleObjects(likely, 20, false, 0, &index), RAT_WAIT_FAILED);
    CHECK_EQ(index, 1);
}

TEST(aWindowCannotBeWaitedFor)
{
    CHECK_EQ(RatWaitForObject(makeWindow(0), 0), RAT_WAIT_FAILED);
}

TEST(tenThousandObjectsCanBeWaitedFor)
{
    enum { COUNT = 10000 };
    RatHandle* handles = calloc(COUNT, sizeof *handles);
    REQUIRE(handles != NULL);
    for (size_t i = 0; i < COUNT; i++) handles[i] = event(false, false);
    size_t index = 0;
    CHECK_EQ(RatWaitForMultipleObjects(handles, COUNT, false, 0, NULL), RAT_WAIT_TIMEOUT);
    RatSetEvent(handles[COUNT - 1]);
    CHECK_EQ(RatWaitForMultipleObjects(handles, COUNT, false, 0, &index), RAT_WAIT_OK);
    CHECK_EQ(index, COUNT - 1);
    for (size_t i = 0; i < COUNT; i++) RatSetEvent(handles[i]);
    CHECK_EQ(RatWaitForMultipleObjects(handles, COUNT, true, 0, NULL), RAT_WAIT_OK);
    for (size_t i = 0; i < COUNT; i++) REQUIRE_OK(RatCloseEvent(handles[i]));
    free(handles);
}

TEST(aQueueIsSignalledWhileItHoldsAMessage)
{
    RatMessageQueue queue;
    REQUIRE_OK(RatCreateMessageQueue(0, &queue));
    CHECK_EQ(RatWaitForObject(queue, 0), RAT_WAIT_TIMEOUT);
    RatMessage msg = plain(1);
    REQUIRE_OK(RatPostMessage(queue, &msg));
    CHECK_EQ(RatWaitForObject(queue, 0), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(queue, 0), RAT_WAIT_OK); /* the wait took nothing */
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_EQ(RatWaitForObject(queue, 0), RAT_WAIT_TIMEOUT);
}

TEST(theThreadsOwnQueueIsSignalledByAPostAndByAQuit)
{
    RatMessageQueue queue = threadQueue();
    CHECK_EQ(RatWaitForObject(queue, 0), RAT_WAIT_TIMEOUT);
    RatMessage msg = plain(RAT_WM_APP);
    REQUIRE_OK(RatPostMessage(queue, &msg));
    CHECK_EQ(RatWaitForObject(queue, 0), RAT_WAIT_OK);
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    REQUIRE_OK(RatPostQuitMessage(0));
    CHECK_EQ(RatWaitForObject(queue, 0), RAT_WAIT_OK);
}

typedef struct {
    RatHandle handles[2];
    bool all;
    size_t index;
} Several;

static intptr_t waitForSeveral(void* context)
{
    Several* several = context;
    return (intptr_t)RatWaitForMultipleObjects(several->handles, 2, several->all, SOON,
                                               &several->index);
}

TEST(anEventAndAQueueAreWaitedForTogether)
{
    RatMessageQueue queue;
    REQUIRE_OK(RatCreateMessageQueue(0, &queue));
    Several several = {{event(false, false), queue}, false, 99};
    RatMessage msg = plain(1);
    Thread thread;

    start(&thread, waitForSeveral, &several);
    untilAsleep(&thread);
    REQUIRE_OK(RatPostMessage(queue, &msg));
    CHECK_EQ(join(&thread), RAT_WAIT_OK);
    CHECK_EQ(several.index, 1);

    several.all = true;
    start(&thread, waitForSeveral, &several);
    untilAsleep(&thread); /* the message alone is not enough */
    RatSetEvent(several.handles[0]);
    CHECK_EQ(join(&thread), RAT_WAIT_OK);
}

TEST(closingOneOfSeveralFailsTheWait)
{
    for (int all = 0; all < 2; all++) {
        Several several = {{event(false, false), event(false, false)}, all, 99};
        Thread thread;
        start(&thread, waitForSeveral, &several);
        untilAsleep(&thread);
        REQUIRE_OK(RatCloseEvent(several.handles[1]));
        CHECK_EQ(join(&thread), RAT_WAIT_FAILED);
        CHECK_EQ(several.index, 1);
    }
}

TEST(anotherThreadsQueueCannotBeWaitedFor)
{
    Several several = {{threadQueue(), event(false, true)}, false, 99};
    CHECK_EQ(onThread(waitForSeveral, &several), RAT_WAIT_FAILED);
    CHECK_EQ(several.index, 0);
}
