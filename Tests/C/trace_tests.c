/* Tracing: to a function, and to standard error. */
#define _GNU_SOURCE
#include "send_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_EVENTS = 64 };
static RatTraceEvent events[MOST_EVENTS];
static int eventCount;
static int context;
static bool postsToo;

static void note(const RatTraceEvent* event, void* given)
{
    CHECK(given == &context);
    CHECK(event->time <= now());
    if (eventCount < MOST_EVENTS) events[eventCount++] = *event;
    if (!postsToo) return;
    /* Not traced itself. */
    RatMessage msg = plain(RAT_WM_APP + 50);
    CHECK_STATUS(RatPostMessage(threadQueue(), &msg), RAT_IPC_OK);
}

static void checkEvent(int place, RatTraceKind kind, uint32_t message, RatHandle target,
                       uint32_t depth)
{
    if (!CHECK(place < eventCount)) return;
    CHECK_EQ(events[place].kind, kind);
    CHECK_EQ(events[place].message, message);
    CHECK_EQ(events[place].target, target);
    CHECK_EQ(events[place].depth, depth);
    CHECK_EQ(events[place].thread, syscall(SYS_gettid));
}

static RatResult sendOn(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    (void)lparam;
    if (message == ASK) {
        RatMessage msg = asking(ASK_ALSO, wparam), reply;
        REQUIRE_OK(RatSendMessage(window, &msg, &reply, 0));
        return reply.header.lparam + 1;
    }
    return (RatResult)wparam * 2;
}

TEST(aTraceTellsEachStepWithItsNesting)
{
    RatWindow window = makeTarget(sendOn);
    drain();
    postsToo = true;
    REQUIRE_OK(RatTraceMessages(note, &context, NULL));
    RatMessage msg = asking(ASK, 5);
    REQUIRE_OK(RatPostMessage(window, &msg));
    do REQUIRE_OK(RatGetMessage(threadQueue(), &msg, 0));
    while (msg.header.message != ASK);
    REQUIRE_OK(RatDispatchMessage(&msg));
    REQUIRE_OK(RatTraceMessages(NULL, NULL, NULL));
    REQUIRE_OK(RatSendMessage(window, &msg, NULL, 0));
    CHECK_EQ(eventCount, 5);
    checkEvent(0, RAT_TRACE_POST, ASK, window, 0);
    CHECK_EQ(events[0].wparam, 5);
    checkEvent(1, RAT_TRACE_DISPATCH, ASK, window, 0);
    checkEvent(2, RAT_TRACE_SEND, ASK_ALSO, window, 1);
    CHECK_EQ(events[2].wparam, 5);
    checkEvent(3, RAT_TRACE_RETURN, ASK_ALSO, window, 1);
    CHECK_EQ(events[3].result, 10);
    checkEvent(4, RAT_TRACE_RETURN, ASK, window, 0);
    CHECK_EQ(events[4].result, 11);
}

TEST(aTraceFollowsAMessageToAnotherThreadAndBack)
{
    Host host;
    startHost(&host, sendOn);
    RatMessage msg = asking(ASK_ALSO, 4), reply;
    REQUIRE_OK(RatTraceMessages(note, &context, "WM_APP+2"));
    REQUIRE_OK(RatSendMessage(host.window, &msg, &reply, SOON));
    REQUIRE_OK(RatTraceMessages(NULL, NULL, NULL));
    CHECK_EQ(eventCount, 4);
    checkEvent(0, RAT_TRACE_SEND, ASK_ALSO, host.window, 0);
    CHECK_EQ(events[1].kind, RAT_TRACE_DISPATCH);
    CHECK(events[1].thread != events[0].thread);
    CHECK_EQ(events[2].kind, RAT_TRACE_RETURN);
    CHECK_EQ(events[2].result, 8);
    CHECK_EQ(events[3].kind, RAT_TRACE_RETURN);
    CHECK_EQ(events[3].result, 8);
    CHECK_EQ(events[3].thread, events[0].thread);
    endHost(&host);
}

TEST(aTraceTellsWhatHasComeToNothing)
{
    RatMessageQueue idle, narrow;
    REQUIRE_OK(RatCreateMessageQueue(0, &idle));
    REQUIRE_OK(RatCreateMessageQueue(1, &narrow));
    RatMessage msg = asking(ASK, 4);
    REQUIRE_OK(RatTraceMessages(note, &context, NULL));
    CHECK_STATUS(RatSendMessage(idle, &msg, NULL, 1), RAT_IPC_ERR_TIMEOUT);
    REQUIRE_OK(RatPostMessage(narrow, &msg));
    CHECK_STATUS(RatPostMessage(narrow, &msg), RAT_IPC_ERR_NO_RESOURCES);
    REQUIRE_OK(RatTraceMessages(NULL, NULL, NULL));
    CHECK_EQ(eventCount, 5);
    checkEvent(0, RAT_TRACE_SEND, ASK, idle, 0);
    checkEvent(1, RAT_TRACE_FAIL, ASK, idle, 0);
    CHECK_EQ(events[1].result, RAT_IPC_ERR_TIMEOUT);
    checkEvent(4, RAT_TRACE_FAIL, ASK, narrow, 0);
    CHECK_EQ(events[4].result, RAT_IPC_ERR_NO_RESOURCES);
    RatCloseMessageQueue(narrow);
    RatCloseMessageQueue(idle);
}

static void tick(RatWindow window, uint32_t message, uintptr_t timer, uint64_t time)
{
    (void)window, (void)message, (void)timer, (void)time;
}

TEST(aTraceTellsOfATimersProcedure)
{
    RatMessageQueue queue = threadQueue();
    REQUIRE_OK(RatSetTimer(RAT_INVALID_HANDLE, 0, 1, tick, NULL));
    REQUIRE_OK(RatTraceMessages(note, &context, "WM_TIMER"));
    RatMessage msg;
    REQUIRE_OK(RatGetMessage(queue, &msg, RAT_INFINITE));
    RatDispatchMessage(&msg);
    REQUIRE_OK(RatTraceMessages(NULL, NULL, NULL));
    CHECK_EQ(eventCount, 2);
    checkEvent(0, RAT_TRACE_DISPATCH, RAT_WM_TIMER, queue, 0);
    checkEvent(1, RAT_TRACE_RETURN, RAT_WM_TIMER, queue, 0);
}

TEST(aFilterLetsThroughWhatItNames)
{
    RatWindow window = makeTarget(sendOn);
    static const struct {
        const char* filter;
        bool size, app, timer;
    } rows[] = {
        {NULL, true, true, true},
        {"", true, true, true},
        {"WM_SIZE", true, false, false},
        {"size,0x8001", true, true, false},
        {"RAT_WM_TIMER,32769", false, true, true},
        {"!WM_TIMER", true, true, false},
        {"WM_APP..0xBFFF", false, true, false},
        {"WM_NULL..WM_USER,!wm_size", false, false, true},
        {"WM_APP+1", false, true, false},
        {"WM_APP+0x1, WM_SIZE , !WM_TIMER", true, true, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        inRow(rows[i].filter);
        REQUIRE_OK(RatTraceMessages(note, &context, rows[i].filter));
        const uint32_t numbers[] = {RAT_WM_SIZE, RAT_WM_APP + 1, RAT_WM_TIMER};
        const bool wanted[] = {rows[i].size, rows[i].app, rows[i].timer};
        for (int n = 0; n < 3; n++) {
            eventCount = 0;
            RatMessage msg = plain(numbers[n]);
            REQUIRE_OK(RatPostMessage(window, &msg));
            CHECK_EQ(eventCount, wanted[n]);
        }
    }
    inRow(NULL);
    static const char* const none[] = {"WM_NOSUCH", "5..3", "1..2..3", "WM_SIZE+1", "!", "..",
                                       "0x", "-1",          "\xFF", "WM_APP+", "WM_APP+0x"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        inRow(none[i]);
        CHECK_STATUS(RatTraceMessages(note, &context, none[i]), RAT_IPC_ERR_INVALID_ARG);
    }
    inRow(NULL);
}

TEST(messagesHaveNames)
{
    CHECK_STR(RatGetMessageName(RAT_WM_NULL), "WM_NULL");
    CHECK_STR(RatGetMessageName(RAT_WM_SIZE), "WM_SIZE");
    CHECK_STR(RatGetMessageName(RAT_WM_DISPLAYLOST), "WM_DISPLAYLOST");
    CHECK_STR(RatGetMessageName(RAT_WM_REMOTEREDRAW), "WM_REMOTEREDRAW");
    CHECK(RatGetMessageName(4) == NULL);
    CHECK(RatGetMessageName(RAT_WM_APP) == NULL);
    CHECK(RatGetMessageName(0xFFFF) == NULL);
    CHECK(RatGetMessageName(UINT32_MAX) == NULL);
    uint32_t number;
    REQUIRE_OK(RatRegisterWindowMessage("Named", &number));
    CHECK_STR(RatGetMessageName(number), "Named");
}

/* What a process that is asked to trace writes to standard error while it posts. */
static void run(const char* wish, bool isReaderGone, char* text, size_t size)
{
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        dup2(ends[1], 2);
        close(ends[0]);
        close(ends[1]);
        setenv("RAT_TRACE", wish, 1);
        RatMessageQueue queue = threadQueue();
        RatMessage msg = plain(RAT_WM_APP + 7);
        msg.header.wparam = 0x2A;
        if (RatPostMessage(queue, &msg) != RAT_IPC_OK) _exit(1);
        msg.header.message = RAT_WM_SIZE;
        if (RatPostMessage(queue, &msg) != RAT_IPC_OK) _exit(2);
        _exit(0);
    }
    close(ends[1]);
    size_t length = 0;
    ssize_t count;
    while (!isReaderGone && (count = read(ends[0], text + length, size - 1 - length)) > 0)
        length += (size_t)count;
    text[length] = 0;
    close(ends[0]);
    int status;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK_EQ(status, 0);
}

TEST(theEnvironmentHasTheTracePrinted)
{
    static char text[4096];
    run("messages", false, text, sizeof text);
    CHECK(strstr(text, " post WM_APP+7(0x2a, 0x0) to queue 0x") != NULL);
    CHECK(strstr(text, " post WM_SIZE(0x2a, 0x0) to queue 0x") != NULL);
    CHECK(strncmp(text, "rat ", 4) == 0);
}

TEST(theEnvironmentsTraceIsFiltered)
{
    static char text[4096];
    run("messages,WM_SIZE", false, text, sizeof text);
    CHECK(strstr(text, "WM_APP") == NULL);
    CHECK(strstr(text, "WM_SIZE") != NULL);
}

TEST(aWishThatIsNoneIsSaidSoOnce)
{
    static char text[4096];
    run("message", false, text, sizeof text);
    CHECK_STR(text, "rat: RAT_TRACE=message is not messages[,filter]\n");
}

TEST(aFilterThatIsNoneSaysWhichPartOfItIs)
{
    static char text[4096];
    run("messages,WM_SIZE,WM_SIEZ", false, text, sizeof text);
    CHECK_STR(text, "rat: RAT_TRACE=messages,WM_SIZE,WM_SIEZ: 'WM_SIEZ' is no message\n");
}

TEST(aTraceThatNobodyReadsEndsNothing)
{
    static char text[16];
    run("messages", true, text, sizeof text);
}
