/* A completion queue itself: making it, its depth, collecting, waiting for it, its end. */
#define _GNU_SOURCE
#include "completion_support.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

TEST(aCompletionQueueIsMadeOnlyOfWhatIsRight)
{
    RatCompletionQueue queue = 1;
    CHECK_STATUS(RatCreateCompletionQueue(1, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateCompletionQueue(0, &queue), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(queue, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatCreateCompletionQueue(65537, &queue), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateCompletionQueue(SIZE_MAX, &queue), RAT_IPC_ERR_INVALID_ARG);
    setenv("RAT_AIO", "threads", 1);
    CHECK_STATUS(RatCreateCompletionQueue(1, &queue), RAT_IPC_ERR_INVALID_ARG);
    setenv("RAT_AIO", "auto", 1);
    REQUIRE_OK(RatCreateCompletionQueue(65536, &queue));
    CHECK_EQ(RatGetHandleKind(queue), RAT_HANDLE_COMPLETION_QUEUE);
    REQUIRE_OK(RatCloseCompletionQueue(queue));
    CHECK_EQ(RatGetHandleKind(queue), RAT_HANDLE_NONE);
}

/* Makes io_uring a thing that this process may not have, as containers do. */
static void forbidUring(void)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_io_uring_setup, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof code / sizeof *code, code};
    REQUIRE(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
    REQUIRE(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0);
}

TEST(whereIoUringIsForbiddenItCanOnlyBeDoneWithout)
{
    forbidUring();
    RatCompletionQueue queue = 1;
    setenv("RAT_AIO", "uring", 1);
    CHECK_STATUS(RatCreateCompletionQueue(4, &queue), RAT_IPC_ERR_NOT_SUPPORTED);
    CHECK_EQ(queue, RAT_INVALID_HANDLE);
    unsetenv("RAT_AIO");
    queue = completions(4);
    Pipe pipe = makePipe();
    char byte = 0;
    readInto(queue, pipe.read, &byte, 1, 1);
    writeText(pipe.write, "x");
    expectDone(queue, 1, RAT_IPC_OK, 1);
    CHECK_EQ(byte, 'x');
}

static void createWithoutDescriptors(const char* engine)
{
    struct rlimit limit = {0, 0};
    REQUIRE(getrlimit(RLIMIT_NOFILE, &limit) == 0);
    rlim_t most = limit.rlim_max;
    setenv("RAT_AIO", engine, 1);
    /* However few there are, it is told, and what was opened on the way is closed again. */
    for (rlim_t count = 3; count < 8; count++) {
        limit.rlim_cur = count;
        REQUIRE(setrlimit(RLIMIT_NOFILE, &limit) == 0);
        RatCompletionQueue queue = 1;
        RatIpcStatus status = RatCreateCompletionQueue(4, &queue);
        if (status == RAT_IPC_OK) break;
        if (status == RAT_IPC_ERR_NOT_SUPPORTED) return; /* no io_uring here */
        CHECK_STATUS(status, RAT_IPC_ERR_NO_RESOURCES);
        CHECK_EQ(queue, RAT_INVALID_HANDLE);
    }
    limit.rlim_cur = most;
    REQUIRE(setrlimit(RLIMIT_NOFILE, &limit) == 0);
    REQUIRE_OK(RatCloseCompletionQueue(completions(4)));
}

TEST(withoutDescriptorsNoCompletionQueueIsMadeOverEpoll) { createWithoutDescriptors("epoll"); }
TEST(withoutDescriptorsNoCompletionQueueIsMadeOverUring) { createWithoutDescriptors("uring"); }

BOTH(theDepthBoundsWhatIsOutstandingAndWhatIsReady)
{
    RatCompletionQueue queue = completions(2);
    Pipe pipe = makePipe();
    char bytes[3];
    readInto(queue, pipe.read, bytes, 1, 1);
    readInto(queue, pipe.read, bytes + 1, 1, 2);
    RatSubmission refused = 7;
    CHECK_STATUS(RatQueueRead(queue, pipe.read, bytes + 2, 1, 3, &refused),
                 RAT_IPC_ERR_NO_RESOURCES);
    CHECK_EQ(refused, 0);
    expectOutstanding(queue, 2);
    writeText(pipe.write, "a");
    CHECK_EQ(RatWaitForObject(queue, SOON), RAT_WAIT_OK);
    RatCompletionQueueInfo info;
    REQUIRE_OK(RatQueryCompletionQueue(queue, &info));
    CHECK_EQ(info.depth, 2);
    CHECK_EQ(info.outstanding, 1);
    CHECK_EQ(info.ready, 1);
    CHECK_STATUS(RatQueueRead(queue, pipe.read, bytes + 2, 1, 3, NULL), RAT_IPC_ERR_NO_RESOURCES);
    expectDone(queue, 1, RAT_IPC_OK, 1);
    readInto(queue, pipe.read, bytes + 2, 1, 3);
    writeText(pipe.write, "bc");
    expectDone(queue, 2, RAT_IPC_OK, 1);
    expectDone(queue, 3, RAT_IPC_OK, 1);
    CHECK_EQ(memcmp(bytes, "abc", 3), 0);
    expectOutstanding(queue, 0);
}

BOTH(collectingWaitsNoLongerThanToldAndNeedsAPlaceToPutIt)
{
    RatCompletionQueue queue = completions(2);
    RatCompletion done = {.userTag = 77};
    CHECK_STATUS(RatGetCompletion(queue, &done, 0), RAT_IPC_ERR_TIMEOUT);
    uint64_t start = now();
    CHECK_STATUS(RatGetCompletion(queue, &done, 20), RAT_IPC_ERR_TIMEOUT);
    CHECK(now() - start >= 20000000u);
    CHECK_EQ(done.userTag, 77);
    CHECK_STATUS(RatGetCompletion(queue, NULL, 0), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatQueryCompletionQueue(queue, NULL), RAT_IPC_ERR_INVALID_ARG);
}

/* Collects one and returns its tag, or minus its status. */
static intptr_t collector(void* context)
{
    RatCompletion done;
    RatIpcStatus status = RatGetCompletion(*(RatCompletionQueue*)context, &done, RAT_INFINITE);
    return status == RAT_IPC_OK ? (intptr_t)done.userTag : -(intptr_t)status;
}

BOTH(eachCompletionGoesToOneOfThoseWhoWait)
{
    RatCompletionQueue queue = completions(8);
    Pipe pipe = makePipe();
    Thread threads[2];
    for (int i = 0; i < 2; i++) start(&threads[i], collector, &queue);
    for (int i = 0; i < 2; i++) untilAsleep(&threads[i]);
    char bytes[2];
    for (uint64_t i = 0; i < 2; i++) readInto(queue, pipe.read, bytes + i, 1, 1 << i);
    writeText(pipe.write, "xy");
    CHECK_EQ(join(&threads[0]) + join(&threads[1]), 3);
    expectOutstanding(queue, 0);
}

BOTH(aClosedQueueTellsThoseWhoWaitForIt)
{
    RatCompletionQueue queue = completions(8);
    Thread thread;
    start(&thread, collector, &queue);
    untilAsleep(&thread);
    REQUIRE_OK(RatRetainHandle(queue));
    REQUIRE_OK(RatCloseHandle(queue));
    CHECK_EQ(RatGetHandleKind(queue), RAT_HANDLE_COMPLETION_QUEUE);
    REQUIRE_OK(RatCloseHandle(queue));
    CHECK_EQ(join(&thread), -RAT_IPC_ERR_CANCELLED);
    CHECK_STATUS(RatCloseCompletionQueue(queue), RAT_IPC_ERR_INVALID_HANDLE);
}

static intptr_t waiter(void* context)
{
    return RatWaitForObject(*(RatHandle*)context, RAT_INFINITE);
}

BOTH(waitsForAClosedQueueFail)
{
    RatCompletionQueue queue = completions(8);
    Thread thread;
    start(&thread, waiter, &queue);
    untilAsleep(&thread);
    REQUIRE_OK(RatCloseCompletionQueue(queue));
    CHECK_EQ(join(&thread), RAT_WAIT_FAILED);
}

BOTH(aQueueIsSignalledWhileCompletionsAreReady)
{
    RatCompletionQueue queue = completions(8);
    Pipe pipe = makePipe();
    RatEvent event;
    REQUIRE_OK(RatCreateEvent(false, false, &event));
    CHECK_EQ(RatWaitForObject(queue, 0), RAT_WAIT_TIMEOUT);
    char byte;
    readInto(queue, pipe.read, &byte, 1, 9);
    RatHandle both[] = {event, queue};
    size_t index = 99;
    CHECK_EQ(RatWaitForMultipleObjects(both, 2, false, 0, &index), RAT_WAIT_TIMEOUT);
    writeText(pipe.write, "z");
    CHECK_EQ(RatWaitForMultipleObjects(both, 2, false, SOON, &index), RAT_WAIT_OK);
    CHECK_EQ(index, 1);
    CHECK_EQ(RatWaitForObject(queue, 0), RAT_WAIT_OK); /* a wait collects nothing */
    REQUIRE_OK(RatSetEvent(event));
    CHECK_EQ(RatWaitForMultipleObjects(both, 2, true, 0, NULL), RAT_WAIT_OK);
    expectDone(queue, 9, RAT_IPC_OK, 1);
    CHECK_EQ(RatWaitForObject(queue, 0), RAT_WAIT_TIMEOUT);
}

BOTH(aForkedChildStartsWithoutQueuesAndMakesItsOwn)
{
    RatCompletionQueue queue = completions(8);
    Pipe pipe = makePipe();
    char byte = 0;
    /* The library's thread has done it all once: a fork while it makes something for the first time
     * would leave that half made in the child, as with every thread. */
    readInto(queue, pipe.read, &byte, 1, 0);
    writeText(pipe.write, "w");
    expectDone(queue, 0, RAT_IPC_OK, 1);
    readInto(queue, pipe.read, &byte, 1, 1);
    pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        RatCompletion done;
        if (RatGetCompletion(queue, &done, 0) != RAT_IPC_ERR_INVALID_HANDLE) _exit(1);
        RatCompletionQueue own = completions(2);
        Pipe ownPipe = makePipe();
        readInto(own, ownPipe.read, &byte, 1, 5);
        writeText(ownPipe.write, "c");
        expectDone(own, 5, RAT_IPC_OK, 1);
        _exit(byte == 'c' ? 0 : 2);
    }
    int state = -1;
    REQUIRE(waitpid(child, &state, 0) == child);
    CHECK(WIFEXITED(state) && WEXITSTATUS(state) == 0);
    writeText(pipe.write, "p");
    expectDone(queue, 1, RAT_IPC_OK, 1);
    CHECK_EQ(byte, 'p');
}

BOTH(noHandleThatIsNoneIsTakenForACompletionQueue)
{
    RatCompletionQueue closed = completions(1), queue = completions(4);
    REQUIRE_OK(RatCloseCompletionQueue(closed));
    RatEvent event;
    REQUIRE_OK(RatCreateEvent(true, true, &event));
    Pipe pipe = makePipe();
    Address address = abstractAddress("nobody");
    RatSocket socket = makeSocket(AF_UNIX, SOCK_STREAM);
    RatMessageQueue messages;
    REQUIRE_OK(RatCreateMessageQueue(4, &messages));
    RatHandle wrong[] = {0, closed, event, pipe.read, ~0ull, 12345};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char row[16] = {(char)('0' + i)};
        inRow(row);
        RatHandle h = wrong[i];
        char byte;
        RatMessage msg;
        RatCompletion done;
        RatCompletionQueueInfo info;
        const RatIpcStatus bad = RAT_IPC_ERR_INVALID_HANDLE;
        CHECK_STATUS(RatCloseCompletionQueue(h), bad);
        CHECK_STATUS(RatQueueRead(h, pipe.read, &byte, 1, 0, NULL), bad);
        CHECK_STATUS(RatQueueWrite(h, pipe.write, &byte, 1, 0, NULL), bad);
        CHECK_STATUS(RatQueueAccept(h, socket, 0, NULL), bad);
        CHECK_STATUS(RatQueueConnect(h, socket, &address.of, address.size, 0, NULL), bad);
        CHECK_STATUS(RatQueueWait(h, messages, 0, 0, NULL), bad);
        CHECK_STATUS(RatQueueReceiveMessage(h, messages, &msg, 0, NULL), bad);
        CHECK_STATUS(RatCancelSubmission(h, 1), bad);
        CHECK_STATUS(RatGetCompletion(h, &done, 0), bad);
        CHECK_STATUS(RatQueryCompletionQueue(h, &info), bad);
        CHECK_STATUS(RatBindCompletionQueue(h, messages, 1), bad);
        CHECK_STATUS(RatBindCompletionQueue(h, 0, 0), bad);
        if (h == event || h == pipe.read) continue;
        CHECK_STATUS(RatQueueRead(queue, h, &byte, 1, 0, NULL), bad);
        CHECK_STATUS(RatQueueWrite(queue, h, &byte, 1, 0, NULL), bad);
        CHECK_STATUS(RatQueueAccept(queue, h, 0, NULL), bad);
        CHECK_STATUS(RatQueueConnect(queue, h, &address.of, address.size, 0, NULL), bad);
        CHECK_STATUS(RatQueueWait(queue, h, 0, 0, NULL), bad);
        CHECK_STATUS(RatQueueReceiveMessage(queue, h, &msg, 0, NULL), bad);
        if (h != 0) CHECK_STATUS(RatBindCompletionQueue(queue, h, 1), bad);
    }
    expectOutstanding(queue, 0);
}
