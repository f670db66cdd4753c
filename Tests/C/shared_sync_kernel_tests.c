/* Shared objects, and what threads share, on kernels that cannot do all that is wished for. */
#define _GNU_SOURCE
#include "shared_sync.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Has the process's later system calls of that number fail, as a kernel without them does. */
static void withoutCall(unsigned number, int error)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned)error),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof code / sizeof *code, code};
    REQUIRE(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
    REQUIRE(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0);
}

/* The same everywhere, and unknown to older headers. */
enum { FUTEX_WAITV = 449, TRIPS = 50 };

static void answer(char* page)
{
    RatEvent there = attachEvent(page, 0), back = attachEvent(page, 1);
    for (int i = 0; i < TRIPS; i++) {
        REQUIRE(RatWaitForObject(there, SOON) == RAT_WAIT_OK);
        REQUIRE_OK(RatSetEvent(back));
    }
}

static void lockAndWait(char* page)
{
    REQUIRE(RatWaitForObject(attachMutex(page, 2), SOON) == RAT_WAIT_OK);
    REQUIRE_OK(RatSetEvent(attachEvent(page, 1)));
    for (;;) pause();
}

/* What works everywhere: signals, with descriptors too, and the death of an owner. */
static void checkBasics(void)
{
    char* page = sharedPage();
    RatEvent there = placeEvent(page, 0, false, false), back = placeEvent(page, 1, false, false);
    RatMutex mutex = placeMutex(page, 2);
    RatPipe reading, writing;
    REQUIRE_OK(RatCreatePipe(&reading, &writing));
    CHECK_EQ(RatWaitForObject(back, 20), RAT_WAIT_TIMEOUT);
    pid_t child = inChild(answer, page);
    for (int i = 0; i < TRIPS; i++) {
        RatHandle handles[2] = {reading, back};
        REQUIRE_OK(RatSetEvent(there));
        REQUIRE(RatWaitForMultipleObjects(handles + i % 2, 2 - i % 2u, false, SOON, NULL)
                == RAT_WAIT_OK);
    }
    CHECK(childPassed(child));
    child = inChild(lockAndWait, page);
    REQUIRE(RatWaitForObject(back, SOON) == RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(mutex, 20), RAT_WAIT_TIMEOUT);
    killChild(child);
    CHECK_EQ(RatWaitForObject(mutex, SOON), RAT_WAIT_ABANDONED);
}

TEST(sharedObjectsWorkWhereTheKernelWaitsForOneWordOnly)
{
    withoutCall(FUTEX_WAITV, ENOSYS);
    checkBasics();
}

TEST(sharedObjectsWorkWhereSystemCallsAreForbidden)
{
    withoutCall(FUTEX_WAITV, EPERM);
    withoutCall(SYS_membarrier, EPERM);
    checkBasics();
}

enum { COUNTERS = 4, COUNTS = 50000 };

static intptr_t countUp(void* semaphore)
{
    RatSemaphore counted = *(RatSemaphore*)semaphore;
    for (int i = 0; i < COUNTS; i++) REQUIRE_OK(RatReleaseSemaphore(counted, 1, NULL));
    return 0;
}

TEST(threadsShareAnObjectWhereBarriersAreForbiddenLater)
{
    RatSemaphore semaphore;
    uint32_t previous = 0;
    Thread threads[COUNTERS];
    REQUIRE_OK(RatCreateSemaphore(0, COUNTERS * COUNTS + 1, &semaphore));
    withoutCall(SYS_membarrier, EPERM);
    for (int i = 0; i < COUNTERS; i++) start(&threads[i], countUp, &semaphore);
    for (int i = 0; i < COUNTERS; i++) join(&threads[i]);
    REQUIRE_OK(RatReleaseSemaphore(semaphore, 1, &previous));
    CHECK_EQ(previous, COUNTERS * COUNTS);
}
