/* A worker: it does as it is ordered until it is killed. */
#define _GNU_SOURCE
#include "crash.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

Slot* self;
uint32_t selfNumber;
pid_t selfProcess;

const char* const stepNames[STEPS] = {
    "starting",      "awaiting orders",       "creating",    "opening",   "closing",
    "posting",       "posting with options",  "cancelling",  "sending",   "notifying",
    "taking",        "looking",               "asking info", "unlinking", "answering",
    "settling",      "mourning",
};

void refuse(const char* call, RatIpcStatus status)
{
    complain(status == RAT_IPC_ERR_TIMEOUT ? STUCK : WRONG, "worker %u, life %u: %s gave %s",
             selfNumber, self->life, call, RatStatusName(status));
}

static uint32_t openSockets(void)
{
    DIR* files = opendir("/proc/self/fd");
    uint32_t count = 0;
    if (files == NULL) return 0;
    for (struct dirent* file; (file = readdir(files)) != NULL;) {
        char what[16] = "";
        if (readlinkat(dirfd(files), file->d_name, what, sizeof what - 1) < 0) continue;
        count += strncmp(what, "socket:", 7) == 0;
    }
    closedir(files);
    return count;
}

static uint32_t socketsBefore;

bool hasConnections(uint32_t count)
{
    /* Who has created something listens. */
    return openSockets() == socketsBefore + atomic_load(&self->hasCreated) + count;
}

static int64_t carryOut(Order order)
{
    switch (order) {
    case CREATE: return createMain();
    case OWN: return own();
    case VISIT: visit(); return 0;
    case SEEK: seek(); return 0;
    case PROBE: return probeSideNames();
    }
    return 0;
}

_Noreturn void work(uint32_t slot, int orders, int answers)
{
    selfNumber = slot;
    selfProcess = getpid();
    self = &stage->slots[slot];
    seedRandom(self->seed);
    socketsBefore = openSockets();
    for (;;) {
        int64_t order = 0, answer = 0;
        enter(AWAITING);
        /* Without the test there is nothing left to do. */
        if (read(orders, &order, sizeof order) != sizeof order) _exit(1);
        atomic_fetch_add(&self->begun, 1);
        answer = carryOut((Order)order);
        enter(AWAITING);
        if (write(answers, &answer, sizeof answer) != sizeof answer) _exit(1);
    }
}
