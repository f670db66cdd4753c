#define _GNU_SOURCE
#include "completion_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool useEngine(const char* name)
{
    setenv("RAT_AIO", name, 1);
    RatCompletionQueue queue;
    RatIpcStatus status = RatCreateCompletionQueue(1, &queue);
    if (status == RAT_IPC_ERR_NOT_SUPPORTED && strcmp(name, "uring") == 0) {
        printf("    no io_uring here\n");
        return false;
    }
    REQUIRE_OK(status);
    REQUIRE_OK(RatCloseCompletionQueue(queue));
    return true;
}

RatCompletionQueue completions(size_t depth)
{
    RatCompletionQueue queue = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateCompletionQueue(depth, &queue));
    return queue;
}

Pipe makePipe(void)
{
    Pipe pipe = {RAT_INVALID_HANDLE, RAT_INVALID_HANDLE};
    REQUIRE_OK(RatCreatePipe(&pipe.read, &pipe.write));
    return pipe;
}

RatCompletion collect(RatCompletionQueue queue)
{
    RatCompletion done;
    memset(&done, 0xEE, sizeof done);
    REQUIRE_OK(RatGetCompletion(queue, &done, SOON));
    return done;
}

void expectDone(RatCompletionQueue queue, uint64_t tag, RatIpcStatus status, size_t bytes)
{
    RatCompletion done = collect(queue);
    CHECK_EQ(done.userTag, tag);
    CHECK_STATUS(done.status, status);
    CHECK_EQ(done.bytesTransferred, bytes);
    CHECK_EQ(done.misc, 0);
}

void expectOutstanding(RatCompletionQueue queue, size_t outstanding)
{
    RatCompletionQueueInfo info;
    REQUIRE_OK(RatQueryCompletionQueue(queue, &info));
    CHECK_EQ(info.outstanding, outstanding);
    CHECK_EQ(info.ready, 0);
}

RatSubmission readInto(RatCompletionQueue queue, RatHandle object, void* buf, size_t size,
                       uint64_t tag)
{
    RatSubmission submission = 0;
    REQUIRE_OK(RatQueueRead(queue, object, buf, size, tag, &submission));
    CHECK(submission != 0);
    return submission;
}

void writeText(RatHandle pipe, const char* text)
{
    size_t written = 0;
    REQUIRE_OK(RatWritePipe(pipe, text, strlen(text), &written));
    REQUIRE(written == strlen(text));
}
