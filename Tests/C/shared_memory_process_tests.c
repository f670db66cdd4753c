/* Shared memory between processes. A servant is another process of this program that does what it
 * is told over a pair of pipes, until it is killed or they close. */
#define _GNU_SOURCE
#include "shared_memory.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SIZE = 10000, LAST = RAT_SHM_UNLINK_ON_LAST_CLOSE };

typedef enum { CREATE, CREATE_LAST, OPEN, CLOSE, UNLINK, WRITE, CHURN } Order;

typedef struct {
    pid_t process;
    int orders, answers;
} Servant;

/* The servant's side. One object at a time. */
static RatIpcStatus obey(Order order)
{
    static RatSharedMemory shm;
    void* address = NULL;
    size_t size = 0;
    RatIpcStatus status;
    switch (order) {
    case CREATE: return RatCreateSharedMemory("thing", SIZE, &shm);
    case CREATE_LAST: return RatCreateSharedMemoryEx("thing", SIZE, LAST, &shm);
    case OPEN: return RatOpenSharedMemory("thing", &shm);
    case CLOSE: return RatCloseSharedMemory(shm);
    case UNLINK: return RatUnlinkSharedMemory("thing");
    case WRITE:
        status = RatMapSharedMemory(shm, &address, &size);
        if (status != RAT_IPC_OK) return status;
        memset(address, 'w', size);
        return RatUnmapSharedMemory(address, size);
    case CHURN: /* until killed */
        for (uint32_t i = 0;; i++) {
            if (RatCreateSharedMemoryEx("thing", SIZE, i % 2 ? LAST : 0, &shm) != RAT_IPC_OK)
                continue;
            RatCloseSharedMemory(shm);
            if (i % 2 == 0) RatUnlinkSharedMemory("thing");
        }
    }
    return RAT_IPC_ERR_UNKNOWN;
}

/* Before main(), so that the harness need not know of servants. */
__attribute__((constructor)) static void serve(void)
{
    if (!getenv("RAT_TEST_SERVANT")) return;
    unsigned char order;
    while (read(STDIN_FILENO, &order, 1) == 1) {
        unsigned char answer = (unsigned char)obey((Order)order);
        if (write(STDOUT_FILENO, &answer, 1) != 1) break;
    }
    _exit(0);
}

static Servant hire(void)
{
    int orders[2], answers[2];
    REQUIRE(pipe2(orders, O_CLOEXEC) == 0 && pipe2(answers, O_CLOEXEC) == 0);
    pid_t process = fork();
    if (process == 0) {
        dup2(orders[0], STDIN_FILENO);
        dup2(answers[1], STDOUT_FILENO);
        setenv("RAT_TEST_SERVANT", "1", 1);
        execl("/proc/self/exe", "servant", (char*)NULL);
        _exit(127);
    }
    REQUIRE(process > 0);
    close(orders[0]);
    close(answers[1]);
    return (Servant){process, orders[1], answers[0]};
}

static void tell(const Servant* servant, Order order)
{
    unsigned char byte = (unsigned char)order;
    REQUIRE(write(servant->orders, &byte, 1) == 1);
}

static RatIpcStatus hear(const Servant* servant)
{
    unsigned char answer;
    REQUIRE(read(servant->answers, &answer, 1) == 1);
    return (RatIpcStatus)answer;
}

static RatIpcStatus ask(const Servant* servant, Order order)
{
    tell(servant, order);
    return hear(servant);
}

static void killServant(Servant* servant)
{
    kill(servant->process, SIGKILL);
    REQUIRE(waitpid(servant->process, NULL, 0) == servant->process);
    close(servant->orders);
    close(servant->answers);
}

TEST(twoProcessesShareTheMemoryOfAName)
{
    ownDirectory();
    char* memory = mapMemory(createMemory("/thing", SIZE, 0));
    Servant servant = hire();
    CHECK_STATUS(ask(&servant, CREATE), RAT_IPC_ERR_ALREADY_EXISTS);
    CHECK_STATUS(ask(&servant, OPEN), RAT_IPC_OK);
    CHECK_STATUS(ask(&servant, WRITE), RAT_IPC_OK);
    CHECK_EQ(memory[0], 'w');
    CHECK_EQ(memory[SIZE - 1], 'w');
    CHECK_STATUS(ask(&servant, UNLINK), RAT_IPC_OK);
    CHECK_STATUS(probe("thing"), RAT_IPC_ERR_NOT_FOUND);
    memory[0] = 'x';
    killServant(&servant);
}

TEST(whatAKilledCreatorLeavesIsUsable)
{
    ownDirectory();
    Servant servant = hire();
    CHECK_STATUS(ask(&servant, CREATE), RAT_IPC_OK);
    CHECK_STATUS(ask(&servant, WRITE), RAT_IPC_OK);
    killServant(&servant);
    RatSharedMemory shm = openMemory("thing");
    uint64_t size = 0;
    CHECK_STATUS(RatGetSharedMemorySize(shm, &size), RAT_IPC_OK);
    CHECK_EQ(size, SIZE);
    char* memory = mapMemory(shm);
    CHECK_EQ(memory[SIZE - 1], 'w');
    memory[0] = 'x';
    CHECK_STATUS(RatUnlinkSharedMemory("thing"), RAT_IPC_OK);
}

TEST(ofTwoWhoCreateOneNameExactlyOneWins)
{
    ownDirectory();
    Servant servants[2] = {hire(), hire()};
    for (int round = 0; round < 200; round++) {
        Order order = round % 2 ? CREATE : CREATE_LAST;
        for (int i = 0; i < 2; i++) tell(&servants[i], order);
        RatIpcStatus status[2] = {hear(&servants[0]), hear(&servants[1])};
        int loser = status[0] == RAT_IPC_OK;
        CHECK_STATUS(status[!loser], RAT_IPC_OK);
        CHECK_STATUS(status[loser], RAT_IPC_ERR_ALREADY_EXISTS);
        /* The loser opens what the winner made. */
        CHECK_STATUS(ask(&servants[loser], OPEN), RAT_IPC_OK);
        CHECK_STATUS(ask(&servants[!loser], CLOSE), RAT_IPC_OK);
        CHECK_STATUS(ask(&servants[loser], WRITE), RAT_IPC_OK);
        CHECK_STATUS(ask(&servants[loser], CLOSE), RAT_IPC_OK);
        CHECK_STATUS(probe("thing"), order == CREATE ? RAT_IPC_OK : RAT_IPC_ERR_NOT_FOUND);
        if (order == CREATE) CHECK_STATUS(RatUnlinkSharedMemory("thing"), RAT_IPC_OK);
    }
    for (int i = 0; i < 2; i++) killServant(&servants[i]);
}

TEST(anObjectForItsHoldersGoesWithTheLastOfAnyProcess)
{
    ownDirectory();
    Servant servant = hire();
    RatSharedMemory shm = createMemory("thing", SIZE, LAST);
    CHECK_STATUS(ask(&servant, OPEN), RAT_IPC_OK);
    CHECK_STATUS(RatCloseSharedMemory(shm), RAT_IPC_OK);
    CHECK_STATUS(probe("thing"), RAT_IPC_OK);
    CHECK_STATUS(ask(&servant, WRITE), RAT_IPC_OK);
    CHECK_STATUS(ask(&servant, CLOSE), RAT_IPC_OK);
    CHECK_STATUS(probe("thing"), RAT_IPC_ERR_NOT_FOUND);
    killServant(&servant);
}

TEST(anObjectWhoseHoldersWereKilledIsNotThere)
{
    ownDirectory();
    for (int round = 0; round < 4; round++) {
        Servant servant = hire();
        CHECK_STATUS(ask(&servant, CREATE_LAST), RAT_IPC_OK);
        CHECK_STATUS(ask(&servant, WRITE), RAT_IPC_OK);
        CHECK_STATUS(probe("thing"), RAT_IPC_OK);
        RatSharedMemory shm = round == 3 ? openMemory("thing") : RAT_INVALID_HANDLE;
        killServant(&servant);
        char path[128];
        snprintf(path, sizeof path, "%s/m/thing", getenv("RAT_SHM_DIR"));
        CHECK_EQ(access(path, F_OK), 0);
        switch (round) {
        case 0: CHECK_STATUS(probe("thing"), RAT_IPC_ERR_NOT_FOUND); break;
        case 1: CHECK_STATUS(RatUnlinkSharedMemory("thing"), RAT_IPC_ERR_NOT_FOUND); break;
        case 2:
            shm = createMemory("thing", SIZE, LAST);
            CHECK_EQ(*mapMemory(shm), 0);
            CHECK_STATUS(RatCloseSharedMemory(shm), RAT_IPC_OK);
            break;
        case 3: /* One holder is left, and is the last. */
            CHECK_STATUS(probe("thing"), RAT_IPC_OK);
            CHECK_EQ(*mapMemory(shm), 'w');
            CHECK_STATUS(RatCloseSharedMemory(shm), RAT_IPC_OK);
        }
        CHECK_EQ(access(path, F_OK), -1);
    }
}

TEST(anOpenThatMeetsTheLastCloseGetsAllOrNothing)
{
    ownDirectory();
    Servant servants[2] = {hire(), hire()};
    for (int round = 0; round < 300; round++) {
        RatSharedMemory shm = createMemory("thing", SIZE, LAST);
        for (int i = 0; i < 2; i++) tell(&servants[i], OPEN);
        CHECK_STATUS(RatCloseSharedMemory(shm), RAT_IPC_OK);
        RatIpcStatus status[2] = {hear(&servants[0]), hear(&servants[1])};
        bool isOpen = false;
        for (int i = 0; i < 2; i++) {
            CHECK(status[i] == RAT_IPC_OK || status[i] == RAT_IPC_ERR_NOT_FOUND);
            if (status[i] == RAT_IPC_OK) isOpen = true;
        }
        CHECK_STATUS(probe("thing"), isOpen ? RAT_IPC_OK : RAT_IPC_ERR_NOT_FOUND);
        for (int i = 0; i < 2; i++)
            if (status[i] == RAT_IPC_OK) tell(&servants[i], CLOSE);
        for (int i = 0; i < 2; i++)
            if (status[i] == RAT_IPC_OK) CHECK_STATUS(hear(&servants[i]), RAT_IPC_OK);
        CHECK_STATUS(probe("thing"), RAT_IPC_ERR_NOT_FOUND);
    }
    for (int i = 0; i < 2; i++) killServant(&servants[i]);
}

TEST(aCreatorKilledAtAnyMomentLeavesAllOrNothing)
{
    ownDirectory();
    for (int round = 0; round < 60; round++) {
        Servant servants[2] = {hire(), hire()};
        for (int i = 0; i < 2; i++) tell(&servants[i], CHURN);
        /* What is seen meanwhile is whole. */
        for (int i = 0; i < 20 + round; i++) {
            RatSharedMemory shm = RAT_INVALID_HANDLE;
            RatIpcStatus status = RatOpenSharedMemory("thing", &shm);
            if (status != RAT_IPC_OK) {
                CHECK_STATUS(status, RAT_IPC_ERR_NOT_FOUND);
                continue;
            }
            mapMemory(shm)[SIZE - 1] = 'x';
            uint64_t size = 0;
            CHECK_STATUS(RatGetSharedMemorySize(shm, &size), RAT_IPC_OK);
            CHECK_EQ(size, SIZE);
            CHECK_STATUS(RatCloseSharedMemory(shm), RAT_IPC_OK);
        }
        for (int i = 0; i < 2; i++) killServant(&servants[i]);
        RatIpcStatus status = RatUnlinkSharedMemory("thing");
        CHECK(status == RAT_IPC_OK || status == RAT_IPC_ERR_NOT_FOUND);
        RatSharedMemory shm = createMemory("thing", SIZE, LAST);
        CHECK_STATUS(RatCloseSharedMemory(shm), RAT_IPC_OK);
    }
}

static intptr_t closeIt(void* shm)
{
    return (intptr_t)RatCloseSharedMemory(*(RatSharedMemory*)shm);
}

TEST(aProcessStoppedWhileItRemovesANameCostsOthersFiveSecondsAtMost)
{
    const char* directory = ownDirectory();
    char path[128];
    RatSharedMemory last = createMemory("last", SIZE, LAST);
    snprintf(path, sizeof path, "%s/m", directory);
    int stopped = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    REQUIRE(stopped >= 0 && flock(stopped, LOCK_EX) == 0);
    uint64_t before = now();
    createMemory("thing", SIZE, 0);
    CHECK_STATUS(probe("thing"), RAT_IPC_OK);
    CHECK(now() - before < UINT64_C(4000000000));
    Thread closer;
    start(&closer, closeIt, &last);
    CHECK_STATUS(RatUnlinkSharedMemory("thing"), RAT_IPC_ERR_TIMEOUT);
    CHECK(now() - before >= UINT64_C(5000000000));
    CHECK_STATUS(join(&closer), RAT_IPC_OK);
    REQUIRE(close(stopped) == 0);
    CHECK_STATUS(RatUnlinkSharedMemory("thing"), RAT_IPC_OK);
    CHECK_STATUS(probe("last"), RAT_IPC_ERR_NOT_FOUND);
}

TEST(aForkedChildHasTheMappingsAndNotTheHandles)
{
    ownDirectory();
    RatSharedMemory shm = createMemory("thing", SIZE, LAST);
    char* memory = mapMemory(shm);
    pid_t child = fork();
    if (child == 0) {
        CHECK_STATUS(RatCloseSharedMemory(shm), RAT_IPC_ERR_INVALID_HANDLE);
        memory[0] = 'c';
        CHECK_STATUS(RatUnmapSharedMemory(memory, SIZE), RAT_IPC_OK);
        CHECK_EQ(mapMemory(openMemory("thing"))[0], 'c');
        RatSharedMemory own = createMemory("own", SIZE, 0);
        _exit(own == RAT_INVALID_HANDLE || RatCloseSharedMemory(own) != RAT_IPC_OK);
    }
    int state = 0;
    REQUIRE(child > 0 && waitpid(child, &state, 0) == child);
    CHECK(WIFEXITED(state) && WEXITSTATUS(state) == 0);
    CHECK_EQ(memory[0], 'c');
    CHECK_STATUS(RatCloseSharedMemory(shm), RAT_IPC_OK);
    CHECK_STATUS(probe("thing"), RAT_IPC_ERR_NOT_FOUND);
}
