/* rattrace.h. */
#include "procedures.h"

#include <string.h>

static void trace(Fuzz* f)
{
    static const char* const filters[] = {NULL, "", "WM_SIZE", "WM_USER..0x4FF,!WM_TIMER",
                                          "nonsense", ",,,"};
    bool ends = !oneIn(f, 3);
    const char* filter = oneIn(f, 20) ? shortName(f) : ONE_OF(f, filters);
    RatTraceMessages(ends ? NULL : fuzzTrace, NULL, filter);
}

static void messageName(Fuzz* f) { RatGetMessageName(messageNumber(f)); }

/* Puts a few words and signs together, which make sense at times. */
static const char* sequence(Fuzz* f, char text[256])
{
    static const char* const words[] = {
        "WM_SIZE", "WM_PAINT", "WM_APP+1", "0x400", "_", "...", "[", "]", "{", "}", "|", "*", "(",
        ")", "(0, 7)", "(_, 300:200)", "=0", "@1", "@9", "send", "post", "return", "\"Name\"", ",",
    };
    if (oneIn(f, 12)) return shortName(f);
    text[0] = 0;
    for (uint32_t count = below(f, 10); count > 0; count--) {
        strcat(text, ONE_OF(f, words));
        if (oneIn(f, 2)) strcat(text, " ");
    }
    return text;
}

static void startRecording(Fuzz* f)
{
    RatHandle target = oneIn(f, 2) ? RAT_INVALID_HANDLE : some(f, oneIn(f, 2) ? WINDOWS : QUEUES);
    RatStartRecording(target, oneIn(f, 2) ? NULL : shortName(f));
}

static void stopRecording(Fuzz* f)
{
    (void)f;
    RatStopRecording();
}

static void takeRecording(Fuzz* f)
{
    RatTraceEvent events[16];
    size_t count;
    RatTakeRecording(oneIn(f, 20) ? NULL : events, below(f, 17), oneIn(f, 30) ? NULL : &count);
}

static void expectMessages(Fuzz* f)
{
    char text[256];
    RatHandle targets[2] = {some(f, WINDOWS), some(f, QUEUES)};
    RatExpectMessages(sequence(f, text), oneIn(f, 20) ? NULL : targets, below(f, 3), flags(f, 1));
}

static void matchMessages(Fuzz* f)
{
    char text[256];
    RatTraceEvent events[4];
    memset(events, 0, sizeof events);
    for (int i = 0; i < 4; i++) {
        events[i].kind = below(f, 6);
        events[i].message = messageNumber(f);
        events[i].target = some(f, WINDOWS);
        events[i].depth = oneIn(f, 8) ? (uint32_t)bits(f) : below(f, 3);
    }
    RatHandle targets[2] = {some(f, WINDOWS), some(f, QUEUES)};
    RatMatchMessages(oneIn(f, 20) ? NULL : events, below(f, 5), sequence(f, text),
                     oneIn(f, 20) ? NULL : targets, below(f, 3), flags(f, 1));
}

static void matchReport(Fuzz* f)
{
    char buffer[100];
    size_t size;
    RatGetMatchReport(oneIn(f, 20) ? NULL : buffer, below(f, 101), oneIn(f, 2) ? NULL : &size);
}

const FuzzCall traceCalls[] = {
    {"RatTraceMessages", 1, trace},
    {"RatGetMessageName", 2, messageName},
    {"RatStartRecording", 1, startRecording},
    {"RatStopRecording", 1, stopRecording},
    {"RatTakeRecording", 2, takeRecording},
    {"RatExpectMessages", 2, expectMessages},
    {"RatMatchMessages", 3, matchMessages},
    {"RatGetMatchReport", 2, matchReport},
    {NULL, 0, NULL},
};
