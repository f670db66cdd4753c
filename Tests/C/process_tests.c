/* Processes as objects, and waits that mix them with everything else. */
#define _GNU_SOURCE
#include "sync_support.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* A child that ends with that code when its descriptor is written to. */
static pid_t forkEnding(int code, int* trigger)
{
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        alarm(TEST_SECONDS);
        close(ends[1]);
        char byte;
        _exit(read(ends[0], &byte, 1) == 1 ? code : 99);
    }
    close(ends[0]);
    *trigger = ends[1];
    return child;
}

static void pull(int trigger)
{
    REQUIRE(write(trigger, "x", 1) == 1);
    close(trigger);
}

TEST(aProcessIsSignalledWhenItExitsAndTellsHow)
{
    static const int codes[] = {0, 7, 255};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        int trigger;
        pid_t child = forkEnding(codes[i], &trigger);
        RatProcess process = newProcess(child);
        CHECK_EQ(RatGetHandleKind(process), RAT_HANDLE_PROCESS);
        int32_t code = 77;
        CHECK_EQ(RatWaitForObject(process, 0), RAT_WAIT_TIMEOUT);
        CHECK_EQ(RatWaitForObject(process, 20), RAT_WAIT_TIMEOUT);
        CHECK_STATUS(RatGetProcessExitCode(process, &code), RAT_IPC_ERR_WOULD_BLOCK);
        CHECK_EQ(code, 77);
        Parked waiters[2];
        for (int w = 0; w < 2; w++) parkOne(&waiters[w], process);
        pull(trigger);
        for (int w = 0; w < 2; w++) CHECK_EQ(unpark(&waiters[w]), RAT_WAIT_OK);
        CHECK_EQ(RatWaitForObject(process, SOON), RAT_WAIT_OK);
        for (int again = 0; again < 2; again++) {
            CHECK_STATUS(RatGetProcessExitCode(process, &code), RAT_IPC_OK);
            CHECK_EQ(code, codes[i]);
        }
        /* It was left to its parent. */
        int state = 0;
        CHECK_EQ(waitpid(child, &state, WNOHANG), child);
        CHECK_EQ(WEXITSTATUS(state), codes[i]);
        code = 77;
        CHECK_STATUS(RatGetProcessExitCode(process, &code), RAT_IPC_ERR_NOT_SUPPORTED);
        CHECK_EQ(code, 77);
        CHECK_EQ(RatWaitForObject(process, 0), RAT_WAIT_OK);
        CHECK_STATUS(RatCloseProcess(process), RAT_IPC_OK);
        CHECK_STATUS(RatCloseProcess(process), RAT_IPC_ERR_INVALID_HANDLE);
        CHECK_STATUS(RatGetProcessExitCode(process, &code), RAT_IPC_ERR_INVALID_HANDLE);
        CHECK_STATUS(RatGetProcessExitCode(process, NULL), RAT_IPC_ERR_INVALID_ARG);
    }
}

TEST(aKilledProcessTellsItsSignal)
{
    pid_t child = forkSleeper();
    RatProcess process = newProcess(child);
    Parked parked;
    parkOne(&parked, process);
    REQUIRE(kill(child, SIGKILL) == 0);
    CHECK_EQ(unpark(&parked), RAT_WAIT_OK);
    int32_t code = 77;
    CHECK_STATUS(RatGetProcessExitCode(process, &code), RAT_IPC_OK);
    CHECK_EQ(code, 128 + SIGKILL);
    REQUIRE(waitpid(child, NULL, 0) == child);
}

TEST(onlyAChildTellsHowItEnded)
{
    const pid_t others[] = {getppid(), getpid()};
    for (int i = 0; i < 2; i++) {
        RatProcess process = newProcess(others[i]);
        int32_t code = 77;
        CHECK_STATUS(RatGetProcessExitCode(process, &code), RAT_IPC_ERR_NOT_SUPPORTED);
        CHECK_EQ(code, 77);
        CHECK_EQ(RatWaitForObject(process, 0), RAT_WAIT_TIMEOUT);
        CHECK_STATUS(RatCloseProcess(process), RAT_IPC_OK);
    }
}

TEST(aNumberThatIsNoProcessIsRefused)
{
    pid_t dead = forkSleeper();
    killAndReap(dead);
    const struct {
        uint32_t pid;
        RatIpcStatus status;
    } rows[] = {
        {0, RAT_IPC_ERR_INVALID_ARG},
        {UINT32_MAX, RAT_IPC_ERR_INVALID_ARG},
        {(uint32_t)INT32_MAX + 1, RAT_IPC_ERR_INVALID_ARG},
        {INT32_MAX, RAT_IPC_ERR_NOT_FOUND},
        {(uint32_t)dead, RAT_IPC_ERR_NOT_FOUND},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        RatProcess process = 1;
        CHECK_STATUS(RatOpenProcess(rows[i].pid, &process), rows[i].status);
        CHECK_EQ(process, RAT_INVALID_HANDLE);
    }
    CHECK_STATUS(RatOpenProcess((uint32_t)getpid(), NULL), RAT_IPC_ERR_INVALID_ARG);
}

TEST(aProcessThatEndedCanBeOpenedUntilItIsReaped)
{
    pid_t child = forkSleeper();
    REQUIRE(kill(child, SIGTERM) == 0);
    siginfo_t info;
    REQUIRE(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT) == 0);
    RatProcess process = newProcess(child);
    int32_t code = 77;
    CHECK_EQ(RatWaitForObject(process, 0), RAT_WAIT_OK);
    CHECK_STATUS(RatGetProcessExitCode(process, &code), RAT_IPC_OK);
    CHECK_EQ(code, 128 + SIGTERM);
    REQUIRE(waitpid(child, NULL, 0) == child);
}

TEST(withoutADescriptorLeftAProcessIsNotOpenedAndWaitsGoOn)
{
    pid_t child = forkSleeper();
    RatProcess process = newProcess(child);
    struct rlimit limit;
    REQUIRE(getrlimit(RLIMIT_NOFILE, &limit) == 0);
    limit.rlim_cur = 64;
    REQUIRE(setrlimit(RLIMIT_NOFILE, &limit) == 0);
    RatProcess opened[64];
    int count = 0;
    RatIpcStatus status;
    while ((status = RatOpenProcess((uint32_t)child, &opened[count])) == RAT_IPC_OK) count++;
    CHECK_STATUS(status, RAT_IPC_ERR_NO_RESOURCES);
    CHECK_EQ(opened[count], RAT_INVALID_HANDLE);
    CHECK(count > 0);
    CHECK(RatGetLastErrno() != 0);

    /* What a thread wakes up by in ppoll is a descriptor too; without it a wait still ends. */
    RatEvent event = newEvent(false, false);
    RatHandle handles[2] = {process, event};
    /* untilAsleep() reads a file, so it has to do without. */
    CHECK_EQ(RatWaitForMultipleObjects(handles, 2, false, 30, NULL), RAT_WAIT_TIMEOUT);
    RatSetEvent(event);
    size_t index = 99;
    CHECK_EQ(RatWaitForMultipleObjects(handles, 2, false, SOON, &index), RAT_WAIT_OK);
    CHECK_EQ(index, 1);
    REQUIRE(kill(child, SIGKILL) == 0);
    CHECK_EQ(RatWaitForObject(process, SOON), RAT_WAIT_OK);

    /* One closed is one to open. */
    REQUIRE_OK(RatCloseProcess(opened[0]));
    CHECK_STATUS(RatOpenProcess((uint32_t)child, &opened[0]), RAT_IPC_OK);
    REQUIRE(waitpid(child, NULL, 0) == child);
}

TEST(closingAProcessGivesItsDescriptorBackAndLetsItRun)
{
    pid_t child = forkSleeper();
    for (int i = 0; i < 5000; i++) REQUIRE_OK(RatCloseProcess(newProcess(child)));
    RatProcess process = newProcess(child);
    Parked one;
    parkOne(&one, process);
    CHECK_STATUS(RatCloseProcess(process), RAT_IPC_OK);
    CHECK_EQ(unpark(&one), RAT_WAIT_FAILED);
    CHECK_EQ(kill(child, 0), 0);
    killAndReap(child);
}

enum { PROCESS, EVENT, TIMER, MUTEX, QUEUE, SEMAPHORE, KINDS };

/* One of each kind, none signalled; the child and the mutex's owner are the caller's to end. */
typedef struct {
    RatHandle handles[KINDS];
    pid_t child;
    Owner owner;
} Mixture;

static void mix(Mixture* mixture)
{
    mixture->child = forkSleeper();
    mixture->handles[PROCESS] = newProcess(mixture->child);
    mixture->handles[EVENT] = newEvent(false, false);
    mixture->handles[TIMER] = newTimer(false);
    mixture->handles[MUTEX] = newMutex(false);
    mixture->handles[QUEUE] = newQueue();
    mixture->handles[SEMAPHORE] = newSemaphore(0, 1);
    own(&mixture->owner, mixture->handles[MUTEX], 1, 1);
}

static void signalOne(Mixture* mixture, int kind)
{
    RatMessage msg = plain(1);
    switch (kind) {
    case PROCESS: REQUIRE(kill(mixture->child, SIGKILL) == 0); break;
    case EVENT: REQUIRE_OK(RatSetEvent(mixture->handles[EVENT])); break;
    case TIMER: REQUIRE_OK(RatSetWaitableTimer(mixture->handles[TIMER], 0, 0)); break;
    case MUTEX: endOwner(&mixture->owner); break;
    case QUEUE: REQUIRE_OK(RatPostMessage(mixture->handles[QUEUE], &msg)); break;
    case SEMAPHORE: REQUIRE_OK(RatReleaseSemaphore(mixture->handles[SEMAPHORE], 1, NULL)); break;
    }
}

TEST(anyOfEveryKindIsWaitedForTogether)
{
    for (int kind = 0; kind < KINDS; kind++) {
        for (int ahead = 0; ahead < 2; ahead++) {
            Mixture mixture;
            mix(&mixture);
            Parked parked;
            if (ahead) signalOne(&mixture, kind);
            if (ahead && kind == PROCESS)
                REQUIRE(RatWaitForObject(mixture.handles[PROCESS], SOON) == RAT_WAIT_OK);
            if (ahead) {
                size_t index = 99;
                CHECK_EQ(RatWaitForMultipleObjects(mixture.handles, KINDS, false, 0, &index),
                         RAT_WAIT_OK);
                CHECK_EQ(index, kind);
            } else {
                park(&parked, false, KINDS, mixture.handles, SOON);
                signalOne(&mixture, kind);
                CHECK_EQ(unpark(&parked), RAT_WAIT_OK);
                CHECK_EQ(parked.index, kind);
            }
            if (kind != MUTEX) endOwner(&mixture.owner);
            if (kind != PROCESS) REQUIRE(kill(mixture.child, SIGKILL) == 0);
            REQUIRE(waitpid(mixture.child, NULL, 0) == mixture.child);
        }
    }
}

TEST(allOfEveryKindAreWaitedForTogether)
{
    for (int last = 0; last < KINDS; last++) {
        Mixture mixture;
        mix(&mixture);
        Parked parked;
        park(&parked, true, KINDS, mixture.handles, SOON);
        for (int i = 0; i < KINDS; i++) {
            int kind = (last + 1 + i) % KINDS;
            untilAsleep(&parked.thread); /* not yet all */
            CHECK_EQ(parked.index, 99);
            signalOne(&mixture, kind);
        }
        CHECK_EQ(unpark(&parked), RAT_WAIT_OK);
        CHECK_EQ(RatWaitForObject(mixture.handles[EVENT], 0), RAT_WAIT_TIMEOUT);
        CHECK_EQ(RatWaitForObject(mixture.handles[TIMER], 0), RAT_WAIT_TIMEOUT);
        CHECK_EQ(RatWaitForObject(mixture.handles[SEMAPHORE], 0), RAT_WAIT_TIMEOUT);
        CHECK_EQ(RatWaitForObject(mixture.handles[MUTEX], 0), RAT_WAIT_ABANDONED);
        REQUIRE(waitpid(mixture.child, NULL, 0) == mixture.child);
    }
}

TEST(aWaitForAProcessAndAnEventTakesNothingUntilBothAreThere)
{
    pid_t child = forkSleeper();
    RatHandle both[2] = {newProcess(child), newEvent(false, true)};
    CHECK_EQ(RatWaitForMultipleObjects(both, 2, true, 0, NULL), RAT_WAIT_TIMEOUT);
    CHECK_EQ(RatWaitForMultipleObjects(both, 2, true, 20, NULL), RAT_WAIT_TIMEOUT);
    CHECK_EQ(RatWaitForObject(both[1], 0), RAT_WAIT_OK);
    Parked parked;
    park(&parked, true, 2, both, SOON);
    REQUIRE(kill(child, SIGKILL) == 0);
    REQUIRE(RatWaitForObject(both[0], SOON) == RAT_WAIT_OK);
    untilAsleep(&parked.thread);
    RatSetEvent(both[1]);
    CHECK_EQ(unpark(&parked), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(both[1], 0), RAT_WAIT_TIMEOUT);
    REQUIRE(waitpid(child, NULL, 0) == child);
}
