/* Pipes. */
#define _GNU_SOURCE
#include "support.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
    RatPipe reader, writer;
} Ends;

static Ends makePipe(void)
{
    Ends ends = {7, 7};
    REQUIRE_OK(RatCreatePipe(&ends.reader, &ends.writer));
    return ends;
}

static void writeText(RatPipe pipe, const char* text)
{
    size_t written = 99;
    REQUIRE_OK(RatWritePipe(pipe, text, strlen(text), &written));
    CHECK_EQ(written, strlen(text));
}

static void expectText(RatPipe pipe, const char* text)
{
    char buffer[64] = "";
    size_t count = 99;
    CHECK_STATUS(RatReadPipeEx(pipe, buffer, sizeof buffer - 1, SOON, &count), RAT_IPC_OK);
    CHECK_EQ(count, strlen(text));
    CHECK_STR(buffer, text);
}

/* Makes a pipe full: the next write would have to wait. */
static size_t fill(RatPipe writer)
{
    static char block[4096];
    size_t total = 0, written;
    REQUIRE_OK(RatSetHandleFlags(writer, RAT_HANDLE_NONBLOCK, RAT_HANDLE_NONBLOCK));
    while (RatWritePipe(writer, block, sizeof block, &written) == RAT_IPC_OK) total += written;
    CHECK_STATUS(RatWritePipe(writer, block, 1, &written), RAT_IPC_ERR_WOULD_BLOCK);
    CHECK_EQ(written, 0);
    REQUIRE_OK(RatSetHandleFlags(writer, RAT_HANDLE_NONBLOCK, 0));
    return total;
}

TEST(whatIsWrittenToAPipeIsReadInItsOrder)
{
    Ends ends = makePipe();
    CHECK_EQ(RatGetHandleKind(ends.reader), RAT_HANDLE_PIPE);
    CHECK_EQ(RatGetHandleKind(ends.writer), RAT_HANDLE_PIPE);
    writeText(ends.writer, "one ");
    writeText(ends.writer, "two");
    expectText(ends.reader, "one two");
    CHECK_STATUS(RatClosePipe(ends.reader), RAT_IPC_OK);
    CHECK_STATUS(RatClosePipe(ends.writer), RAT_IPC_OK);
    CHECK_STATUS(RatClosePipe(ends.writer), RAT_IPC_ERR_INVALID_HANDLE);
}

TEST(aPipesOtherEndIsDenied)
{
    Ends ends = makePipe();
    char byte = 0;
    size_t count = 99;
    CHECK_STATUS(RatReadPipe(ends.writer, &byte, 1, &count), RAT_IPC_ERR_ACCESS_DENIED);
    CHECK_EQ(count, 0);
    count = 99;
    CHECK_STATUS(RatReadPipeEx(ends.writer, &byte, 1, 0, &count), RAT_IPC_ERR_ACCESS_DENIED);
    CHECK_EQ(count, 0);
    count = 99;
    CHECK_STATUS(RatWritePipe(ends.reader, &byte, 1, &count), RAT_IPC_ERR_ACCESS_DENIED);
    CHECK_EQ(count, 0);
    CHECK_STATUS(RatReadPipe(ends.writer, NULL, 0, &count), RAT_IPC_ERR_ACCESS_DENIED);
}

TEST(aPipesArgumentsAreCheckedBeforeItsHandle)
{
    Ends ends = makePipe();
    RatHandle handles[4] = {RAT_INVALID_HANDLE, UINT64_MAX, ends.reader, ends.writer};
    char byte = 0;
    for (int i = 0; i < 4; i++) {
        size_t count = 99;
        CHECK_STATUS(RatReadPipe(handles[i], &byte, 1, NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatReadPipe(handles[i], NULL, 1, &count), RAT_IPC_ERR_INVALID_ARG);
        CHECK_EQ(count, 0);
        CHECK_STATUS(RatReadPipeEx(handles[i], &byte, 1, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatReadPipeEx(handles[i], NULL, 1, 0, &count), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatWritePipe(handles[i], &byte, 1, NULL), RAT_IPC_ERR_INVALID_ARG);
        count = 99;
        CHECK_STATUS(RatWritePipe(handles[i], NULL, 1, &count), RAT_IPC_ERR_INVALID_ARG);
        CHECK_EQ(count, 0);
        CHECK_STATUS(RatWritePipe(handles[i], &byte, SIZE_MAX, &count), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatReadPipe(handles[i], &byte, SIZE_MAX, &count), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatReadPipeEx(handles[i], &byte, SIZE_MAX, 0, &count),
                     RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatSetHandleFlags(handles[i], 4, 0), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatSetHandleFlags(handles[i], 1, UINT32_MAX), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatGetHandleFlags(handles[i], NULL), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatGetHandleDescriptor(handles[i], NULL), RAT_IPC_ERR_INVALID_ARG);
    }
    RatPipe end = 7;
    CHECK_STATUS(RatCreatePipe(NULL, &end), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(end, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatCreatePipe(&end, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreatePipe(&end, &end), RAT_IPC_ERR_INVALID_ARG);
}

TEST(nothingIsReadAndWrittenAtOnce)
{
    Ends ends = makePipe();
    size_t count = 99;
    CHECK_STATUS(RatWritePipe(ends.writer, NULL, 0, &count), RAT_IPC_OK);
    CHECK_EQ(count, 0);
    count = 99;
    CHECK_STATUS(RatReadPipe(ends.reader, NULL, 0, &count), RAT_IPC_OK);
    CHECK_EQ(count, 0);
}

TEST(aPipesEndIsZeroBytesAfterAllThatWasWritten)
{
    Ends ends = makePipe();
    writeText(ends.writer, "last");
    CHECK_STATUS(RatClosePipe(ends.writer), RAT_IPC_OK);
    expectText(ends.reader, "last");
    for (int i = 0; i < 2; i++) {
        expectText(ends.reader, "");
        CHECK_EQ(RatWaitForObject(ends.reader, 0), RAT_WAIT_OK);
    }
}

TEST(writingWhereNobodyReadsIsAStatusAndNoSignal)
{
    Ends ends = makePipe();
    writeText(ends.writer, "unread");
    CHECK_STATUS(RatClosePipe(ends.reader), RAT_IPC_OK);
    CHECK_EQ(RatWaitForObject(ends.writer, 0), RAT_WAIT_OK);
    for (int i = 0; i < 3; i++) {
        size_t written = 99;
        CHECK_STATUS(RatWritePipe(ends.writer, "x", 1, &written), RAT_IPC_ERR_NOT_CONNECTED);
        CHECK_EQ(written, 0);
    }
    CHECK(RatGetLastErrno() != 0);
}

TEST(aNonBlockingPipeSaysWhenItWouldWait)
{
    Ends ends = makePipe();
    uint32_t flags = 99;
    CHECK_STATUS(RatGetHandleFlags(ends.reader, &flags), RAT_IPC_OK);
    CHECK_EQ(flags, 0);
    CHECK_STATUS(RatSetHandleFlags(ends.reader, RAT_HANDLE_NONBLOCK, 3), RAT_IPC_OK);
    CHECK_STATUS(RatGetHandleFlags(ends.reader, &flags), RAT_IPC_OK);
    CHECK_EQ(flags, RAT_HANDLE_NONBLOCK);
    char buffer[8];
    size_t count = 99;
    CHECK_STATUS(RatReadPipe(ends.reader, buffer, 8, &count), RAT_IPC_ERR_WOULD_BLOCK);
    CHECK_EQ(count, 0);
    CHECK_EQ(RatGetLastErrno(), 0);
    /* A time given counts all the same. */
    CHECK_STATUS(RatReadPipeEx(ends.reader, buffer, 8, 5, &count), RAT_IPC_ERR_TIMEOUT);
    writeText(ends.writer, "now");
    CHECK_STATUS(RatReadPipe(ends.reader, buffer, 8, &count), RAT_IPC_OK);
    CHECK_EQ(count, 3);

    static char block[1 << 20];
    REQUIRE_OK(RatSetHandleFlags(ends.writer, RAT_HANDLE_NONBLOCK, RAT_HANDLE_NONBLOCK));
    CHECK_STATUS(RatWritePipe(ends.writer, block, sizeof block, &count), RAT_IPC_OK);
    CHECK(count > 0 && count < sizeof block);
}

TEST(aPipesDescriptorIsInheritedOnlyWhenAskedFor)
{
    Ends ends = makePipe();
    int descriptor = -7;
    REQUIRE_OK(RatGetHandleDescriptor(ends.reader, &descriptor));
    CHECK_EQ(fcntl(descriptor, F_GETFD), FD_CLOEXEC);
    CHECK_EQ(fcntl(descriptor, F_GETFL) & O_NONBLOCK, 0);
    CHECK_STATUS(RatSetHandleFlags(ends.reader, 2, RAT_HANDLE_INHERIT), RAT_IPC_OK);
    CHECK_EQ(fcntl(descriptor, F_GETFD), 0);
    uint32_t flags = 99;
    CHECK_STATUS(RatGetHandleFlags(ends.reader, &flags), RAT_IPC_OK);
    CHECK_EQ(flags, RAT_HANDLE_INHERIT);
    CHECK_STATUS(RatSetHandleFlags(ends.reader, 2, 0), RAT_IPC_OK);
    CHECK_EQ(fcntl(descriptor, F_GETFD), FD_CLOEXEC);
}

TEST(whatHasNoDescriptorHasNoFlags)
{
    RatEvent event = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateEvent(true, true, &event));
    RatHandle handles[3] = {event, threadQueue(), makeWindow(0)};
    for (int i = 0; i < 3; i++) {
        uint32_t flags = 99;
        int descriptor = 99;
        CHECK_STATUS(RatSetHandleFlags(handles[i], 1, 1), RAT_IPC_ERR_NOT_SUPPORTED);
        CHECK_STATUS(RatGetHandleFlags(handles[i], &flags), RAT_IPC_ERR_NOT_SUPPORTED);
        CHECK_STATUS(RatGetHandleDescriptor(handles[i], &descriptor), RAT_IPC_ERR_NOT_SUPPORTED);
        CHECK_EQ(flags, 99);
        CHECK_EQ(descriptor, -1);
    }
}

/* -- Calls that sleep -------------------------------------------------------------------------- */

static intptr_t readOne(void* pipe)
{
    char byte;
    size_t count = 99;
    RatIpcStatus status = RatReadPipe(*(RatPipe*)pipe, &byte, 1, &count);
    if (status != RAT_IPC_OK) CHECK_EQ(count, 0);
    return status;
}

static intptr_t readOneInTime(void* pipe)
{
    char byte;
    size_t count = 99;
    return RatReadPipeEx(*(RatPipe*)pipe, &byte, 1, SOON, &count);
}

enum { LOT = 4 << 20 };

static intptr_t writeALot(void* pipe)
{
    char* block = calloc(1, LOT);
    for (size_t i = 0; i < LOT; i++) block[i] = (char)(i * 31 >> 3);
    size_t count = 99;
    RatIpcStatus status = RatWritePipe(*(RatPipe*)pipe, block, LOT, &count);
    CHECK_EQ(count, status == RAT_IPC_OK ? LOT : 0);
    free(block);
    return status;
}

TEST(closingAPipeCancelsTheCallsThatSleepOnIt)
{
    int before = openDescriptors();
    Ends ends = makePipe(), full = makePipe();
    fill(full.writer);
    Thread threads[4];
    start(&threads[0], readOne, &ends.reader);
    start(&threads[1], readOneInTime, &ends.reader);
    start(&threads[2], readOne, &ends.reader);
    start(&threads[3], writeALot, &full.writer);
    for (int i = 0; i < 4; i++) untilAsleep(&threads[i]);
    CHECK_STATUS(RatClosePipe(ends.reader), RAT_IPC_OK);
    CHECK_STATUS(RatClosePipe(full.writer), RAT_IPC_OK);
    for (int i = 0; i < 4; i++) CHECK_STATUS(join(&threads[i]), RAT_IPC_ERR_CANCELLED);
    CHECK_STATUS(RatClosePipe(ends.writer), RAT_IPC_OK);
    CHECK_STATUS(RatClosePipe(full.reader), RAT_IPC_OK);
    CHECK_EQ(openDescriptors(), before);
}

TEST(aRetainedPipeOutlivesItsFirstClose)
{
    Ends ends = makePipe();
    REQUIRE_OK(RatRetainHandle(ends.reader));
    Thread thread;
    start(&thread, readOne, &ends.reader);
    untilAsleep(&thread);
    CHECK_STATUS(RatClosePipe(ends.reader), RAT_IPC_OK);
    writeText(ends.writer, "x");
    CHECK_STATUS(join(&thread), RAT_IPC_OK);
    CHECK_STATUS(RatCloseHandle(ends.reader), RAT_IPC_OK);
    CHECK_STATUS(RatClosePipe(ends.reader), RAT_IPC_ERR_INVALID_HANDLE);
}

/* Reads to the end and checks what writeALot() wrote. */
static void expectALot(RatPipe reader)
{
    static char buffer[70000];
    size_t total = 0, count;
    while (total < LOT) {
        REQUIRE_OK(RatReadPipeEx(reader, buffer, sizeof buffer, SOON, &count));
        REQUIRE(count > 0);
        for (size_t i = 0; i < count; i++)
            REQUIRE(buffer[i] == (char)((total + i) * 31 >> 3));
        total += count;
    }
    CHECK_EQ(total, LOT);
}

TEST(aWriteReturnsWhenAllIsWritten)
{
    Ends ends = makePipe();
    Thread thread;
    start(&thread, writeALot, &ends.writer);
    untilAsleep(&thread);
    expectALot(ends.reader);
    CHECK_STATUS(join(&thread), RAT_IPC_OK);
}

TEST(aStormOfSignalsIsNotSeenInAWrite)
{
    Ends ends = makePipe();
    Thread thread;
    start(&thread, writeALot, &ends.writer);
    untilAsleep(&thread);
    startStorm(&thread);
    expectALot(ends.reader);
    stopStorm();
    CHECK_STATUS(join(&thread), RAT_IPC_OK);
}

TEST(aStormOfSignalsIsNotSeenInARead)
{
    Ends ends = makePipe();
    for (int timed = 0; timed < 2; timed++) {
        Thread thread;
        start(&thread, timed ? readOneInTime : readOne, &ends.reader);
        untilAsleep(&thread);
        startStorm(&thread);
        stopStorm();
        writeText(ends.writer, "x");
        CHECK_STATUS(join(&thread), RAT_IPC_OK);
    }
}

TEST(aReadKeepsItsTimeInAStormOfSignals)
{
    Ends ends = makePipe();
    char byte;
    size_t count = 99;
    startStorm(NULL);
    uint64_t before = now();
    CHECK_STATUS(RatReadPipeEx(ends.reader, &byte, 1, 50, &count), RAT_IPC_ERR_TIMEOUT);
    uint64_t taken = now() - before;
    stopStorm();
    CHECK_EQ(count, 0);
    CHECK(taken >= 50000000u);
    CHECK(taken < (uint64_t)SOON * 1000000u);
    CHECK_STATUS(RatReadPipeEx(ends.reader, &byte, 1, 0, &count), RAT_IPC_ERR_TIMEOUT);
}

TEST(aReaderThatIsKilledEndsAWrite)
{
    Ends ends = makePipe();
    int reader;
    REQUIRE_OK(RatGetHandleDescriptor(ends.reader, &reader));
    pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        /* Only raw descriptors here: reads a little, then waits to be killed. */
        char buffer[1000];
        for (int i = 0; i < 100; i++)
            if (read(reader, buffer, sizeof buffer) <= 0) _exit(1);
        raise(SIGSTOP);
        _exit(2);
    }
    CHECK_STATUS(RatClosePipe(ends.reader), RAT_IPC_OK);
    Thread thread;
    start(&thread, writeALot, &ends.writer);
    int state = 0;
    REQUIRE(waitpid(child, &state, WUNTRACED) == child && WIFSTOPPED(state));
    untilAsleep(&thread);
    REQUIRE(kill(child, SIGKILL) == 0);
    CHECK_STATUS(join(&thread), RAT_IPC_ERR_NOT_CONNECTED);
    REQUIRE(waitpid(child, &state, 0) == child);
}

TEST(withoutDescriptorsNoPipeIsMadeAndNothingLeaks)
{
    Ends ends = makePipe();
    int last = useUpDescriptors();
    for (int room = 0; room < 2; room++) {
        if (room) close(last);
        for (int i = 0; i < 100; i++) {
            RatPipe reader = 7, writer = 7;
            CHECK_STATUS(RatCreatePipe(&reader, &writer), RAT_IPC_ERR_NO_RESOURCES);
            CHECK_EQ(reader, RAT_INVALID_HANDLE);
            CHECK_EQ(writer, RAT_INVALID_HANDLE);
        }
        CHECK_EQ(RatGetLastErrno(), EMFILE);
    }
    /* The one that was free is free still, and only that one. */
    CHECK_EQ(dup(0), last);
    CHECK_EQ(dup(0), -1);
    writeText(ends.writer, "still");
    expectText(ends.reader, "still");
}
