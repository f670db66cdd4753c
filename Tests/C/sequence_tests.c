/* Recording messages, and comparing them with what was expected. */
#include "send_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char report[65536];

/* The calling thread's report; "" if there is none. */
static const char* reported(void)
{
    report[0] = 0;
    RatGetMatchReport(report, sizeof report, NULL);
    return report;
}

/* Expects what was recorded to be that sequence, with one window. */
static void expectMessages(const char* sequence, RatWindow window)
{
    if (!CHECK_STATUS(RatExpectMessages(sequence, &window, 1, RAT_MATCH_EXACTLY), RAT_IPC_OK))
        fprintf(stderr, "%s\n", reported());
}

TEST(aRecordingIsComparedWithASequence)
{
    registerTestClass();
    REQUIRE_OK(RatStartRecording(RAT_INVALID_HANDLE, NULL));
    RatWindow window = makeWindow(0);
    expectMessages("WM_GETMINMAXINFO WM_NCCREATE=1 WM_NCCALCSIZE@1 WM_CREATE=0", window);
    REQUIRE_OK(RatMoveWindow(window, -5, 7, 200, 100));
    expectMessages("WM_WINDOWPOSCHANGING [WM_GETMINMAXINFO] WM_WINDOWPOSCHANGED WM_MOVE(_, -5:7)",
                   window);
    expectMessages("", window);
    REQUIRE_OK(RatDestroyWindow(window));
    expectMessages("... WM_DESTROY WM_NCDESTROY", window);
    CHECK_STR(reported(), "");
    REQUIRE_OK(RatStopRecording());
    CHECK_STATUS(RatExpectMessages("", NULL, 0, 0), RAT_IPC_ERR_INVALID_ARG);
}

/* Answers and asks further. */
static RatResult answerAll(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    (void)lparam;
    if (message == ASK) {
        RatMessage msg = asking(ASK_ALSO, wparam);
        REQUIRE_OK(RatSendMessage(window, &msg, NULL, 0));
    }
    return (RatResult)wparam * 2;
}

TEST(aRecordingKnowsKindsAnswersAndWindows)
{
    RatWindow window = makeTarget(answerAll), other = makeTarget(answerAll);
    drain();
    REQUIRE_OK(RatStartRecording(RAT_INVALID_HANDLE, "WM_USER..0xBFFF"));
    RatMessage msg = asking(ASK, 5);
    REQUIRE_OK(RatPostMessage(window, &msg));
    drain();
    msg = asking(ASK_LAST, 1);
    REQUIRE_OK(RatSendMessage(other, &msg, NULL, 0));
    RatTraceEvent events[16];
    size_t count = 0;
    CHECK_STATUS(RatTakeRecording(events, 5, &count), RAT_IPC_ERR_BUFFER_TOO_SMALL);
    CHECK_EQ(count, 7);
    REQUIRE_OK(RatTakeRecording(events, 16, &count));
    const RatHandle windows[] = {window, other};
    static const char* const right[] = {
        "dispatch WM_APP+1(5)=10@1 send WM_APP+2=10 WM_APP+3(0x1)@2",
        "WM_APP+1 WM_APP+2 WM_APP+3",
        "post WM_APP+1@1 dispatch WM_APP+1 _ WM_APP+3",
        "WM_APP+1 WM_APP+2 return WM_APP+2=10 return WM_APP+1 WM_APP+3 return WM_APP+3=2",
        "32769 {WM_APP+3 [WM_APP+9] 0x8002}",
        "[WM_APP WM_APP+1] WM_APP+1|WM_APP WM_APP+2* WM_APP+3",
        "_*",
        "... WM_APP+3",
    };
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        inRow(right[i]);
        CHECK_STATUS(RatMatchMessages(events, count, right[i], windows, 2, 0), RAT_IPC_OK);
        CHECK_STR(reported(), "");
    }
    static const char* const wrong[] = {
        "",
        "WM_APP+1 WM_APP+2",
        "WM_APP+1 WM_APP+2 WM_APP+3 WM_APP+3",
        "WM_APP+1@2 WM_APP+2 WM_APP+3",
        "WM_APP+1=11 WM_APP+2 WM_APP+3",
        "WM_APP+1(6) WM_APP+2 WM_APP+3",
        "send WM_APP+1 WM_APP+2 WM_APP+3",
        "WM_APP+1 post WM_APP+1 WM_APP+2 WM_APP+3",
        "{WM_APP+3 WM_APP+9 0x8002} WM_APP+1",
        "... WM_APP+2",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        inRow(wrong[i]);
        CHECK_STATUS(RatMatchMessages(events, count, wrong[i], windows, 2, 0),
                     RAT_IPC_ERR_NOT_FOUND);
        CHECK(strstr(reported(), "WM_APP+1(0x5, 0x0)=10 to @1") != NULL);
    }
    inRow(NULL);
    CHECK_STATUS(RatMatchMessages(events, count, "WM_APP+1 WM_APP+3", NULL, 0, RAT_MATCH_IN_ORDER),
                 RAT_IPC_OK);
    CHECK_STATUS(RatMatchMessages(events, count, "WM_APP+3 WM_APP+1", NULL, 0, RAT_MATCH_IN_ORDER),
                 RAT_IPC_ERR_NOT_FOUND);
}

TEST(aReportSaysWhatCameAndWhatWasExpected)
{
    RatWindow window = makeTarget(answerAll);
    drain();
    REQUIRE_OK(RatStartRecording(window, "WM_APP..0xBFFF"));
    RatMessage msg = asking(ASK, 5);
    REQUIRE_OK(RatSendMessage(window, &msg, NULL, 0));
    CHECK_STATUS(RatExpectMessages("WM_APP+1 [WM_SIZE(0, 7:_)] WM_MOVE@1", &window, 1, 0),
                 RAT_IPC_ERR_NOT_FOUND);
    CHECK_STR(reported(),
              "send WM_APP+2(0x5, 0x0)=10 to @1 came, where WM_SIZE(0x0, 7:_) or WM_MOVE to @1 was "
              "expected\n"
              "    0  send WM_APP+1(0x5, 0x0)=10 to @1\n"
              ">   1    send WM_APP+2(0x5, 0x0)=10 to @1");
    size_t size = 0;
    CHECK_STATUS(RatGetMatchReport(NULL, 0, &size), RAT_IPC_ERR_BUFFER_TOO_SMALL);
    CHECK_EQ(size, strlen(report) + 1);
    CHECK_STATUS(RatGetMatchReport(NULL, 1, &size), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatExpectMessages("WM_SIZE", NULL, 0, RAT_MATCH_IN_ORDER), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STR(reported(), "WM_SIZE was expected, and did not come\n>     nothing more");
    CHECK_STATUS(RatExpectMessages("", NULL, 0, 0), RAT_IPC_OK);
    CHECK_STATUS(RatGetMatchReport(report, sizeof report, &size), RAT_IPC_ERR_NOT_FOUND);
}

TEST(aReportPointsAtWhatIsNearlyRight)
{
    const RatHandle windows[] = {0x1000, 0x2000};
    const RatTraceEvent events[] = {
        {.kind = RAT_TRACE_SEND, .message = RAT_WM_SIZE, .target = 0x1000, .lparam = 0x00C8FFFF},
        {.kind = RAT_TRACE_SEND, .message = RAT_WM_CLOSE, .target = 0x2000},
        {.kind = RAT_TRACE_SEND, .message = RAT_WM_USER, .target = 0x2000},
    };
    static const struct {
        const char *sequence, *line;
    } rows[] = {
        {"WM_SIZE(_, -1:300)@2",
         "send WM_SIZE(0x0, 0xc8ffff) to @1 came, where WM_SIZE(_, -1:300) to @2 was expected; it is to @1, not "
         "to @2 and lparam is -1:200, not -1:300\n"},
        {"dispatch WM_SIZE",
         "send WM_SIZE(0x0, 0xc8ffff) to @1 came, where dispatch WM_SIZE was expected; it is a send, not a "
         "dispatch\n"},
        {"... WM_CLOSE(7) ...",
         "WM_CLOSE(0x7, _) was expected, and did not come; something like it did, where wparam is 0x0, not 0x7\n"
         "    0  send WM_SIZE(0x0, 0xc8ffff) to @1\n>   1  "},
        {"... WM_CLOSE", "send WM_USER(0x0, 0x0) to @2 came, where nothing more was expected\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        inRow(rows[i].sequence);
        CHECK_STATUS(RatMatchMessages(events, 3, rows[i].sequence, windows, 2, 0), RAT_IPC_ERR_NOT_FOUND);
        reported();
        report[strlen(rows[i].line)] = 0;
        CHECK_STR(report, rows[i].line);
    }
    inRow(NULL);
    CHECK_STATUS(RatMatchMessages(events, 3, "WM_SIZE@3", windows, 2, 0), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STR(reported(), "no sequence: at byte 8: of the windows that are given, @2 is the last");
}

TEST(whatIsNoSequenceIsRefusedAndSaysWhere)
{
    REQUIRE_OK(RatStartRecording(RAT_INVALID_HANDLE, NULL));
    static const struct {
        const char *text, *complaint;
    } rows[] = {
        {"WM_NOSUCH", "at byte 0: 'WM_NOSUCH' is no message"},
        {"WM_SIZE WM_SIZE(", "at byte 16: a number is meant"},
        {"WM_SIZE(0", "at byte 9: ')' is missing"},
        {"WM_SIZE(0,0,0)", "at byte 11: ')' is missing"},
        {"WM_SIZE(0x)", "at byte 8: a number is meant"},
        {"WM_SIZE(99999999999999999999)", "at byte 8: a number is meant"},
        {"WM_SIZE(0, 65536:0)", "at byte 11: halves have 16 bits"},
        {"WM_SIZE@1", "at byte 8: @1 is the first of the windows that are given, and none is"},
        {"[WM_SIZE", "at byte 0: '[' is not closed"},
        {"WM_SIZE]", "at byte 7: ']' closes nothing"},
        {"{WM_SIZE", "at byte 0: '{' is not closed"},
        {"{[WM_SIZE WM_MOVE]}", "at byte 10: one message is meant in these brackets"},
        {"{_ _ _ _ _ _ _ _ _ _ _}", "at byte 21: more than 10 in any order"},
        {"..", "at byte 2: three dots are meant"},
        {"post", "at byte 4: a message is meant, not 'the end'"},
        {"WM_SIZE|", "at byte 8: a message is meant, not 'the end'"},
        {"\"", "at byte 0: a message is meant, not 'the end'"},
        {"\"\"", "at byte 0: no name of a registered message"},
        {"\xFF", NULL},
        {"*", "at byte 0: a message is meant, not '*'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        inRow(rows[i].text);
        CHECK_STATUS(RatExpectMessages(rows[i].text, NULL, 0, 0), RAT_IPC_ERR_INVALID_ARG);
        if (!rows[i].complaint) continue;
        static char expected[256];
        snprintf(expected, sizeof expected, "no sequence: %s", rows[i].complaint);
        CHECK_STR(reported(), expected);
    }
    inRow(NULL);
    size_t count;
    RatHandle none = RAT_INVALID_HANDLE;
    CHECK_STATUS(RatExpectMessages(NULL, NULL, 0, 0), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatExpectMessages("", NULL, 1, 0), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatExpectMessages("", &none, SIZE_MAX, 0), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatExpectMessages("", NULL, 0, 2), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatMatchMessages(NULL, 1, "", NULL, 0, 0), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatMatchMessages(NULL, 0, "", NULL, 0, 0), RAT_IPC_OK);
    CHECK_STATUS(RatTakeRecording(NULL, 1, &count), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatTakeRecording(NULL, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatStartRecording(RAT_INVALID_HANDLE, "WM_NOSUCH"), RAT_IPC_ERR_INVALID_ARG);
    char* nested = malloc(70002);
    REQUIRE(nested != NULL);
    memset(nested, '[', 70001);
    nested[70001] = 0;
    CHECK_STATUS(RatExpectMessages(nested, NULL, 0, 0), RAT_IPC_ERR_INVALID_ARG);
    nested[60000] = 0;
    CHECK_STATUS(RatExpectMessages(nested, NULL, 0, 0), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STR(reported(), "no sequence: at byte 33: too many brackets");
    free(nested);
}

static intptr_t recordElsewhere(void* window)
{
    size_t count = 5;
    CHECK_STATUS(RatTakeRecording(NULL, 0, &count), RAT_IPC_ERR_INVALID_ARG);
    REQUIRE_OK(RatStartRecording(RAT_INVALID_HANDLE, NULL));
    RatMessage msg = plain(RAT_WM_APP);
    REQUIRE_OK(RatPostMessage(*(RatWindow*)window, &msg));
    CHECK_STATUS(RatExpectMessages("post WM_APP", NULL, 0, 0), RAT_IPC_OK);
    return 0; /* and end, with the recording */
}

static intptr_t failToMatch(void* context)
{
    (void)context;
    CHECK_STATUS(RatMatchMessages(NULL, 0, "_", NULL, 0, 0), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatGetMatchReport(NULL, 0, NULL), RAT_IPC_ERR_BUFFER_TOO_SMALL);
    return 0;
}

static intptr_t haveNoReport(void* context)
{
    (void)context;
    CHECK_STATUS(RatGetMatchReport(NULL, 0, NULL), RAT_IPC_ERR_NOT_FOUND);
    return 0;
}

/* What the library knows of a thread is the next one's when that has ended. */
TEST(aNewThreadHasNoReportOfAnEarlierOne)
{
    for (int i = 0; i < 3; i++) {
        onThread(failToMatch, NULL);
        onThread(haveNoReport, NULL);
    }
}

TEST(eachThreadRecordsItsOwn)
{
    RatWindow window = makeWindow(0);
    drain();
    REQUIRE_OK(RatStartRecording(RAT_INVALID_HANDLE, "WM_APP"));
    onThread(recordElsewhere, &window);
    CHECK_STATUS(RatExpectMessages("", NULL, 0, 0), RAT_IPC_OK);
    drain();
    CHECK_STATUS(RatExpectMessages("dispatch WM_APP", NULL, 0, 0), RAT_IPC_OK);
}

TEST(aRecordingThatNobodyLooksAtSaysThatItIsNotWhole)
{
    enum { KEPT = 65536 };
    RatWindow window = makeTarget(answerAll);
    drain();
    REQUIRE_OK(RatStartRecording(window, NULL));
    RatMessage msg = asking(ASK_LAST, 5);
    for (int i = 0; i < KEPT / 2; i++) REQUIRE_OK(RatSendMessage(window, &msg, NULL, 0));
    RatTraceEvent* events = calloc(KEPT, sizeof *events);
    size_t count = 0;
    REQUIRE_OK(RatTakeRecording(events, KEPT, &count));
    CHECK_EQ(count, KEPT);
    CHECK_STATUS(RatMatchMessages(events, count, "WM_APP+3*", NULL, 0, 0), RAT_IPC_OK);
    CHECK_STATUS(RatMatchMessages(events, count, "... WM_APP+3 ... WM_APP+2", NULL, 0, 0),
                 RAT_IPC_ERR_NOT_FOUND);
    for (int i = 0; i <= KEPT / 2; i++) REQUIRE_OK(RatSendMessage(window, &msg, NULL, 0));
    CHECK_STATUS(RatExpectMessages("WM_APP+3*", NULL, 0, 0), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_STATUS(RatExpectMessages("", NULL, 0, 0), RAT_IPC_OK);
    free(events);
}

TEST(aMatchWithManyChoicesTakesNoTimeOutOfProportion)
{
    RatTraceEvent events[2000];
    for (int i = 0; i < 2000; i++)
        events[i] = (RatTraceEvent){.kind = RAT_TRACE_SEND, .message = RAT_WM_SIZE};
    static char sequence[4096];
    for (int i = 0; i < 300; i++) strcat(sequence, "... [_ _] ");
    strcat(sequence, "WM_MOVE");
    uint64_t start = now();
    CHECK_STATUS(RatMatchMessages(events, 2000, sequence, NULL, 0, 0), RAT_IPC_ERR_NOT_FOUND);
    CHECK(now() - start < (uint64_t)SOON * 1000000u);
}
