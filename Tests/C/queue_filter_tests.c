/* Retrieving what a filter lets through. */
#include "queue_support.h"

/* Filters that must be refused, each for one reason. */
static const struct {
    const char* reason;
    RatMessageFilter filter;
} malformed[] = {
    {"no size", {.size = 0}},
    {"a size too small", {.size = sizeof(RatMessageFilter) - 1}},
    {"a size too large", {.size = sizeof(RatMessageFilter) + 1}},
    {"an unknown class", {.size = sizeof(RatMessageFilter), .classes = 0x200}},
    {"classes of all ones", {.size = sizeof(RatMessageFilter), .classes = UINT32_MAX}},
    {"a range upside down", {.size = sizeof(RatMessageFilter), .first = 2, .last = 1}},
    {"a range with a first alone", {.size = sizeof(RatMessageFilter), .first = 1}},
};

TEST(malformedFiltersAreRefused)
{
    RatMessageQueue queues[2] = {queueWith((RatQueueOptions){0}), threadQueue()};
    for (int i = 0; i < 2; i++) {
        REQUIRE_OK(postNumber(queues[i], 1));
        RatMessage msg;
        for (size_t j = 0; j < sizeof malformed / sizeof malformed[0]; j++) {
            inRow(malformed[j].reason);
            const RatMessageFilter* filter = &malformed[j].filter;
            CHECK_STATUS(RatGetMessageEx(queues[i], &msg, filter, -1), RAT_IPC_ERR_INVALID_ARG);
            CHECK_STATUS(RatPeekMessageEx(queues[i], &msg, filter, RAT_PM_REMOVE),
                         RAT_IPC_ERR_INVALID_ARG);
        }
        inRow(NULL);
        CHECK_STATUS(RatGetMessageEx(queues[i], NULL, NULL, 0), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatPeekMessageEx(queues[i], NULL, NULL, 0), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatPeekMessageEx(queues[i], &msg, NULL, 2), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatPeekMessageEx(queues[i], &msg, NULL, UINT32_MAX),
                     RAT_IPC_ERR_INVALID_ARG);
        CHECK_TAKES(queues[i], 1);
    }
}

static intptr_t makeForeignWindow(void* out)
{
    RatWindow* windows = out;
    windows[0] = makeWindow(0);
    RatMessage msg;
    while (RatGetMessage(threadQueue(), &msg, SOON) == RAT_IPC_OK) {}
    return 0;
}

TEST(aFiltersTargetMustLiveAndBeTheThreads)
{
    RatWindow dead = makeWindow(0);
    REQUIRE_OK(RatDestroyWindow(dead));
    RatMessageQueue closed = queueWith((RatQueueOptions){0});
    REQUIRE_OK(RatCloseMessageQueue(closed));
    RatEvent event;
    REQUIRE_OK(RatCreateEvent(false, false, &event));
    RatWindow foreign = RAT_INVALID_HANDLE;
    Thread thread;
    start(&thread, makeForeignWindow, &foreign);
    untilAsleep(&thread);
    REQUIRE(RatIsWindow(foreign));
    RatMessageQueue queues[2] = {queueWith((RatQueueOptions){0}), threadQueue()};
    const RatHandle targets[] = {dead, closed, event, foreign, 12345};
    for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 5; j++) {
            RatMessageFilter filter = {.size = sizeof filter, .target = targets[j]};
            RatMessage msg;
            CHECK_STATUS(RatGetMessageEx(queues[i], &msg, &filter, 0),
                         RAT_IPC_ERR_INVALID_HANDLE);
            CHECK_STATUS(RatPeekMessageEx(queues[i], &msg, &filter, 0),
                         RAT_IPC_ERR_INVALID_HANDLE);
        }
    }
    RatMessage quit = plain(RAT_WM_QUIT);
    REQUIRE_OK(RatPostMessage(foreign, &quit));
    join(&thread);
}

static intptr_t retrieveInEveryForm(void* context)
{
    RatMessageQueue queue = *(RatMessageQueue*)context;
    RatMessage msg;
    CHECK_STATUS(RatGetMessage(queue, &msg, -1), RAT_IPC_ERR_WRONG_THREAD);
    CHECK_STATUS(RatGetMessageEx(queue, &msg, NULL, -1), RAT_IPC_ERR_WRONG_THREAD);
    CHECK_STATUS(RatGetMessageInto(queue, &msg, NULL, 0, NULL, -1), RAT_IPC_ERR_WRONG_THREAD);
    CHECK_STATUS(RatPeekMessage(queue, &msg), RAT_IPC_ERR_WRONG_THREAD);
    CHECK_STATUS(RatPeekMessageEx(queue, &msg, NULL, RAT_PM_REMOVE), RAT_IPC_ERR_WRONG_THREAD);
    CHECK_STATUS(RatSetMessageProc(queue, NULL, NULL), RAT_IPC_ERR_WRONG_THREAD);
    CHECK_STATUS(RatCloseMessageQueue(queue), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK_EQ(RatWaitForObject(queue, 0), RAT_WAIT_FAILED);
    CHECK_EQ(infoOf(queue).queued, 1); /* which anyone may ask */
    return 0;
}

TEST(noFormOfRetrievalIsForAnotherThreadsQueue)
{
    RatMessageQueue queue = threadQueue();
    REQUIRE_OK(postNumber(queue, 1));
    onThread(retrieveInEveryForm, &queue);
    CHECK_TAKES(queue, 1);
}

TEST(aRangeLetsItsNumbersThrough)
{
    RatMessageQueue queues[2] = {queueWith((RatQueueOptions){0}), threadQueue()};
    for (int i = 0; i < 2; i++) {
        const uint32_t numbers[] = {5, 1, 9, UINT32_MAX, 0, 5, 6};
        for (int j = 0; j < 7; j++) REQUIRE_OK(postNumber(queues[i], numbers[j]));
        RatMessageFilter five = {.first = 5, .last = 6};
        CHECK_EQ(takeFiltered(queues[i], five), 5);
        CHECK_EQ(takeFiltered(queues[i], five), 5);
        CHECK_EQ(takeFiltered(queues[i], five), 6);
        CHECK_EQ(takeFiltered(queues[i], five), -RAT_IPC_ERR_TIMEOUT);
        RatMessageFilter most = {.first = UINT32_MAX, .last = UINT32_MAX};
        CHECK_EQ(takeFiltered(queues[i], most), UINT32_MAX);
        CHECK_EQ(takeFiltered(queues[i], (RatMessageFilter){.last = 1}), 1);
        /* What was not let through has stayed in order. */
        CHECK_TAKES(queues[i], 9, 0);
    }
}

TEST(aFilterRespectsPriorities)
{
    RatMessageQueue queue = queueWith((RatQueueOptions){0});
    REQUIRE_OK(postUrgent(queue, 1, 3));
    REQUIRE_OK(postUrgent(queue, 2, -1));
    REQUIRE_OK(postUrgent(queue, 3, 1));
    CHECK_EQ(takeFiltered(queue, (RatMessageFilter){.first = 2, .last = 3}), 3);
    CHECK_TAKES(queue, 1, 2);
}

TEST(peekingThroughAFilterLeavesOrTakesAsItsFlagSays)
{
    RatMessageQueue queues[2] = {queueWith((RatQueueOptions){0}), threadQueue()};
    for (int i = 0; i < 2; i++) {
        for (uint32_t j = 1; j <= 3; j++) REQUIRE_OK(postNumber(queues[i], j));
        RatMessageFilter two = {.size = sizeof two, .first = 2, .last = 2};
        RatMessage msg;
        for (int j = 0; j < 2; j++) {
            REQUIRE_OK(RatPeekMessageEx(queues[i], &msg, &two, RAT_PM_NOREMOVE));
            CHECK_EQ(msg.header.message, 2);
        }
        REQUIRE_OK(RatPeekMessageEx(queues[i], &msg, &two, RAT_PM_REMOVE));
        CHECK_EQ(msg.header.message, 2);
        CHECK_STATUS(RatPeekMessageEx(queues[i], &msg, &two, RAT_PM_REMOVE),
                     RAT_IPC_ERR_NOT_FOUND);
        CHECK_STATUS(RatPeekMessageEx(queues[i], &msg, &two, RAT_PM_NOREMOVE),
                     RAT_IPC_ERR_NOT_FOUND);
        REQUIRE_OK(RatPeekMessageEx(queues[i], &msg, NULL, RAT_PM_REMOVE));
        CHECK_EQ(msg.header.message, 1);
        CHECK_TAKES(queues[i], 3);
    }
}

TEST(aWindowsFilterLetsThatWindowsMessagesThrough)
{
    RatWindow first = makeWindow(0), second = makeWindow(0);
    RatMessageQueue queue = threadQueue();
    drain();
    REQUIRE_OK(postNumber(first, 8));
    REQUIRE_OK(postNumber(second, 2));
    REQUIRE_OK(postNumber(queue, 3));
    REQUIRE_OK(postNumber(first, 4));
    RatMessageFilter filter = {.target = second};
    CHECK_EQ(takeFiltered(queue, filter), 2);
    CHECK_EQ(takeFiltered(queue, filter), -RAT_IPC_ERR_TIMEOUT);
    filter = (RatMessageFilter){.target = first, .first = 4, .last = 4};
    CHECK_EQ(takeFiltered(queue, filter), 4);
    CHECK_TAKES(queue, 8, 3);
}

TEST(aWindowsFilterLetsWhatIsInItThrough)
{
    RatWindow top = makeWindow(0), other = makeWindow(0), child, grandchild;
    REQUIRE_OK(RatCreateWindow(0, "Test", "", RAT_WS_CHILD, 0, 0, 9, 9, top, NULL, &child));
    REQUIRE_OK(
        RatCreateWindow(0, "Test", "", RAT_WS_CHILD, 0, 0, 9, 9, child, NULL, &grandchild));
    RatMessageQueue queue = threadQueue();
    drain();
    REQUIRE_OK(postNumber(other, 8));
    REQUIRE_OK(postNumber(grandchild, 2));
    REQUIRE_OK(postNumber(queue, 3));
    REQUIRE_OK(postNumber(top, 4));
    REQUIRE_OK(postNumber(child, 5));
    CHECK_EQ(takeFiltered(queue, (RatMessageFilter){.target = grandchild}), 2);
    CHECK_EQ(takeFiltered(queue, (RatMessageFilter){.target = grandchild}), -RAT_IPC_ERR_TIMEOUT);
    RatMessageFilter filter = {.size = sizeof filter, .target = top};
    RatMessage msg;
    REQUIRE_OK(RatPeekMessageEx(queue, &msg, &filter, RAT_PM_NOREMOVE));
    CHECK_EQ(msg.header.message, 4);
    CHECK_EQ(takeFiltered(queue, filter), 4);
    CHECK_EQ(takeFiltered(queue, filter), 5);
    CHECK_EQ(takeFiltered(queue, filter), -RAT_IPC_ERR_TIMEOUT);
    CHECK_TAKES(queue, 8, 3);
}

TEST(threadMessagesAreThoseOfNoWindow)
{
    RatWindow window = makeWindow(0);
    RatMessageQueue queue = threadQueue();
    drain();
    const RatHandle targets[] = {RAT_THREAD_MESSAGES, queue};
    for (int i = 0; i < 2; i++) {
        REQUIRE_OK(postNumber(window, 8));
        REQUIRE_OK(postNumber(queue, 2));
        RatMessageFilter filter = {.target = targets[i]};
        CHECK_EQ(takeFiltered(queue, filter), 2);
        CHECK_EQ(takeFiltered(queue, filter), -RAT_IPC_ERR_TIMEOUT);
        CHECK_TAKES(queue, 8);
    }
    RatMessageQueue unnamed = queueWith((RatQueueOptions){0});
    REQUIRE_OK(postNumber(unnamed, 3));
    CHECK_EQ(takeFiltered(unnamed, (RatMessageFilter){.target = RAT_THREAD_MESSAGES}), 3);
}

TEST(aQuitIsRetrievedWhateverTheRangeAndTheTarget)
{
    RatWindow window = makeWindow(0);
    RatMessageQueue queue = threadQueue();
    drain();
    RatMessageFilter filters[] = {{.first = 5, .last = 5},
                                  {.target = window},
                                  {.target = RAT_THREAD_MESSAGES, .first = 5, .last = 5},
                                  {.classes = RAT_QS_POSTMESSAGE},
                                  {.classes = RAT_QS_ALLPOSTMESSAGE}};
    for (int i = 0; i < 5; i++) {
        filters[i].size = sizeof filters[i];
        REQUIRE_OK(RatPostQuitMessage(i));
        RatMessage msg;
        CHECK_STATUS(RatPeekMessageEx(queue, &msg, &filters[i], RAT_PM_NOREMOVE), RAT_IPC_QUIT);
        CHECK_STATUS(RatGetMessageEx(queue, &msg, &filters[i], SOON), RAT_IPC_QUIT);
        CHECK_EQ(msg.header.wparam, i);
        CHECK_STATUS(RatGetMessageEx(queue, &msg, &filters[i], 0), RAT_IPC_ERR_TIMEOUT);
    }
    REQUIRE_OK(RatPostQuitMessage(7));
    CHECK_EQ(takeFiltered(queue, (RatMessageFilter){.classes = RAT_QS_PAINT}),
             -RAT_IPC_ERR_TIMEOUT);
    CHECK_EQ(takeNumber(queue), -RAT_IPC_QUIT);
}

TEST(classesLetTheirKindsThrough)
{
    /* The kit's program 107: input, paint and sent do not retrieve what is posted. */
    RatWindow window = makeWindow(0);
    RatMessageQueue queue = threadQueue();
    drain();
    REQUIRE_OK(postNumber(window, 8));
    REQUIRE_OK(postNumber(window, 2));
    REQUIRE_OK(RatSetTimer(window, 77, 10, NULL, NULL));
    /* Until it is due. */
    CHECK_EQ(RatMsgWaitForMultipleObjects(NULL, 0, SOON, RAT_QS_TIMER, RAT_MWMO_INPUTAVAILABLE,
                                          NULL),
             RAT_WAIT_OK);
    const uint32_t others[] = {RAT_QS_INPUT, RAT_QS_PAINT, RAT_QS_SENDMESSAGE, RAT_QS_KEY};
    for (int i = 0; i < 4; i++)
        CHECK_EQ(takeFiltered(queue, (RatMessageFilter){.classes = others[i]}),
                 -RAT_IPC_ERR_TIMEOUT);
    RatMessageFilter posted = {.classes = RAT_QS_POSTMESSAGE | RAT_QS_HOTKEY | RAT_QS_TIMER};
    CHECK_EQ(takeFiltered(queue, posted), 8);
    CHECK_EQ(takeFiltered(queue, (RatMessageFilter){.classes = RAT_QS_TIMER}), RAT_WM_TIMER);
    CHECK_EQ(takeFiltered(queue, posted), 2);
    REQUIRE_OK(RatKillTimer(window, 77));
}

TEST(paintMessagesAreOfAClassOfTheirOwn)
{
    RatWindow window = makeWindow(RAT_WS_VISIBLE);
    RatMessageQueue queue = threadQueue();
    drain();
    REQUIRE_OK(RatInvalidateRect(window, NULL, false));
    REQUIRE_OK(postNumber(window, 8));
    CHECK_EQ(takeFiltered(queue, (RatMessageFilter){.classes = RAT_QS_PAINT}), RAT_WM_PAINT);
    CHECK_EQ(takeFiltered(queue, (RatMessageFilter){.classes = RAT_QS_POSTMESSAGE}), 8);
    CHECK_EQ(takeFiltered(queue, (RatMessageFilter){.classes = RAT_QS_POSTMESSAGE}),
             -RAT_IPC_ERR_TIMEOUT);
    CHECK_EQ(takeNumber(queue), RAT_WM_PAINT);
}
