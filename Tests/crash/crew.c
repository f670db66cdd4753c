/* The crew: workers are hired, told what to do, heard, and killed. */
#define _GNU_SOURCE
#include "crash.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* The test's ends of the pipes. Its own, and a child's as they were at the fork: what is shared
 * may tell of those who were hired since. */
static struct {
    bool isOpen;
    int orders, answers;
} lines[SLOTS];

/* What the test itself needs, and cannot go on without. */
static void need(bool holds, const char* what)
{
    if (holds) return;
    fprintf(stderr, "crash: %s: %s\n", what, strerror(errno));
    exit(2);
}

void hire(uint32_t slot)
{
    Slot* place = &stage->slots[slot];
    int orders[2], answers[2];
    need(pipe2(orders, O_CLOEXEC) == 0 && pipe2(answers, O_CLOEXEC) == 0, "pipe");
    place->life++;
    place->handles = 0;
    place->seed = below(UINT32_MAX);
    atomic_store(&place->isCondemned, false);
    atomic_store(&place->isTaking, false);
    atomic_store(&place->isIdle, true);
    atomic_store(&place->hasCreated, false);
    atomic_store(&place->step, STARTING);
    fflush(NULL);
    const pid_t test = getpid(), process = fork();
    need(process >= 0, "fork");
    if (process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != test) _exit(1);
        /* Nor does it keep what belongs to the others. */
        for (uint32_t i = 0; i < SLOTS; i++) {
            if (!lines[i].isOpen) continue;
            close(lines[i].orders);
            close(lines[i].answers);
        }
        close(orders[1]);
        close(answers[0]);
        work(slot, orders[0], answers[1]);
    }
    close(orders[0]);
    close(answers[1]);
    lines[slot].isOpen = true;
    lines[slot].orders = orders[1];
    lines[slot].answers = answers[0];
    atomic_store(&place->process, process);
}

Crew hired(void)
{
    Crew crew = 0;
    for (uint32_t i = 0; i < SLOTS; i++)
        if (atomic_load(&stage->slots[i].process) != 0) crew |= ONLY(i);
    return crew;
}

void tell(uint32_t slot, Order order)
{
    const int64_t number = order;
    need(write(lines[slot].orders, &number, sizeof number) == sizeof number, "write");
}

/* Waits for the end of one, and forgets it. How it ended. */
static int bury(uint32_t slot)
{
    int state = 0;
    need(waitpid(atomic_load(&stage->slots[slot].process), &state, 0) > 0, "waitpid");
    close(lines[slot].orders);
    close(lines[slot].answers);
    lines[slot].isOpen = false;
    atomic_store(&stage->slots[slot].process, 0);
    return state;
}

/* Reads what a worker has answered. Whether it has; if not, it is dead. */
static bool readAnswer(uint32_t slot, int64_t* answer)
{
    if (read(lines[slot].answers, answer, sizeof *answer) == sizeof *answer) return true;
    const Step step = atomic_load(&stage->slots[slot].step);
    const int state = bury(slot);
    complain(WRONG, "worker %u died by itself, of %s %d, while %s", slot,
             WIFSIGNALED(state) ? "signal" : "status",
             WIFSIGNALED(state) ? WTERMSIG(state) : WEXITSTATUS(state), stepNames[step]);
    return false;
}

bool hear(Crew crew, int64_t answers[SLOTS])
{
    const uint64_t deadline = now() + MILLISECONDS(PATIENCE);
    bool isWell = true;
    while (crew != 0) {
        struct pollfd ready[SLOTS];
        for (uint32_t i = 0; i < SLOTS; i++)
            ready[i] = (struct pollfd){.fd = crew & ONLY(i) ? lines[i].answers : -1,
                                       .events = POLLIN};
        const uint64_t time = now();
        const int left = time < deadline ? (int)((deadline - time) / 1000000) + 1 : 0;
        if (left == 0 || poll(ready, SLOTS, left) == 0) break;
        for (uint32_t i = 0; i < SLOTS; i++) {
            if (!ready[i].revents) continue;
            isWell = readAnswer(i, &answers[i]) && isWell;
            crew &= ~ONLY(i);
        }
    }
    for (uint32_t i = 0; i < SLOTS; i++)
        if (crew & ONLY(i))
            complain(STUCK, "worker %u, %s, is still %s", i,
                     i == stage->owner ? "the owner" : "a visitor",
                     stepNames[atomic_load(&stage->slots[i].step)]);
    return isWell && crew == 0;
}

void killAll(Crew crew)
{
    for (uint32_t i = 0; i < SLOTS; i++)
        if (crew & ONLY(i)) kill(atomic_load(&stage->slots[i].process), SIGKILL);
    for (uint32_t i = 0; i < SLOTS; i++)
        if (crew & ONLY(i)) bury(i);
}
