/* Semaphores: a count that waits take from. */
#include "sync_support.h"

TEST(aSemaphoresCountsHaveARange)
{
    static const struct {
        uint32_t initial, maximum;
        RatIpcStatus status;
    } rows[] = {
        {0, 0, RAT_IPC_ERR_INVALID_ARG},
        {1, 0, RAT_IPC_ERR_INVALID_ARG},
        {2, 1, RAT_IPC_ERR_INVALID_ARG},
        {UINT32_MAX, UINT32_MAX - 1, RAT_IPC_ERR_INVALID_ARG},
        {0, 1, RAT_IPC_OK},
        {1, 1, RAT_IPC_OK},
        {0, UINT32_MAX, RAT_IPC_OK},
        {UINT32_MAX, UINT32_MAX, RAT_IPC_OK},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        RatSemaphore semaphore = 1;
        RatIpcStatus status = RatCreateSemaphore(rows[i].initial, rows[i].maximum, &semaphore);
        CHECK_STATUS(status, rows[i].status);
        CHECK_EQ(RatGetHandleKind(semaphore),
                 rows[i].status ? RAT_HANDLE_NONE : RAT_HANDLE_SEMAPHORE);
        if (rows[i].status) CHECK_EQ(semaphore, RAT_INVALID_HANDLE);
    }
    CHECK_STATUS(RatCreateSemaphore(0, 1, NULL), RAT_IPC_ERR_INVALID_ARG);
}

TEST(eachWaitTakesOneFromASemaphore)
{
    RatSemaphore semaphore = newSemaphore(3, 3);
    for (int i = 0; i < 3; i++) CHECK_EQ(RatWaitForObject(semaphore, 0), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(semaphore, 0), RAT_WAIT_TIMEOUT);
    CHECK_EQ(RatWaitForObject(semaphore, 20), RAT_WAIT_TIMEOUT);
    uint32_t previous = 77;
    CHECK_STATUS(RatReleaseSemaphore(semaphore, 2, &previous), RAT_IPC_OK);
    CHECK_EQ(previous, 0);
    CHECK_STATUS(RatReleaseSemaphore(semaphore, 1, &previous), RAT_IPC_OK);
    CHECK_EQ(previous, 2);
    CHECK_EQ(RatWaitForObject(semaphore, 0), RAT_WAIT_OK);
    CHECK_STATUS(RatReleaseSemaphore(semaphore, 1, NULL), RAT_IPC_OK);
    CHECK_STATUS(RatCloseSemaphore(semaphore), RAT_IPC_OK);
    CHECK_STATUS(RatReleaseSemaphore(semaphore, 1, NULL), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatCloseSemaphore(semaphore), RAT_IPC_ERR_INVALID_HANDLE);
}

TEST(aSemaphoreNeverExceedsItsMaximum)
{
    RatSemaphore semaphore = newSemaphore(1, 3);
    uint32_t previous = 77;
    CHECK_STATUS(RatReleaseSemaphore(semaphore, 3, &previous), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_STATUS(RatReleaseSemaphore(semaphore, UINT32_MAX, &previous), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_STATUS(RatReleaseSemaphore(semaphore, 0, &previous), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatReleaseSemaphore(RAT_INVALID_HANDLE, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(previous, 77); /* no failure wrote it */
    CHECK_STATUS(RatReleaseSemaphore(semaphore, 2, &previous), RAT_IPC_OK);
    CHECK_EQ(previous, 1);
    CHECK_STATUS(RatReleaseSemaphore(semaphore, 1, NULL), RAT_IPC_ERR_NO_RESOURCES);
    for (int i = 0; i < 3; i++) CHECK_EQ(RatWaitForObject(semaphore, 0), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(semaphore, 0), RAT_WAIT_TIMEOUT);

    RatSemaphore full = newSemaphore(UINT32_MAX, UINT32_MAX);
    CHECK_STATUS(RatReleaseSemaphore(full, 1, NULL), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_EQ(RatWaitForObject(full, 0), RAT_WAIT_OK);
    CHECK_STATUS(RatReleaseSemaphore(full, 1, &previous), RAT_IPC_OK);
    CHECK_EQ(previous, UINT32_MAX - 1);
}

TEST(aReleaseOfNReleasesTheNThatHaveWaitedLongest)
{
    RatSemaphore semaphore = newSemaphore(0, 10);
    Parked waiters[5];
    for (int i = 0; i < 5; i++) parkOne(&waiters[i], semaphore);
    uint32_t previous = 77;
    CHECK_STATUS(RatReleaseSemaphore(semaphore, 3, &previous), RAT_IPC_OK);
    CHECK_EQ(previous, 0);
    for (int i = 0; i < 3; i++) CHECK_EQ(unpark(&waiters[i]), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(semaphore, 0), RAT_WAIT_TIMEOUT);
    for (int i = 3; i < 5; i++) untilAsleep(&waiters[i].thread);
    /* More than there are waiters: the rest stays. */
    CHECK_STATUS(RatReleaseSemaphore(semaphore, 3, &previous), RAT_IPC_OK);
    CHECK_EQ(previous, 0);
    for (int i = 3; i < 5; i++) CHECK_EQ(unpark(&waiters[i]), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(semaphore, 0), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(semaphore, 0), RAT_WAIT_TIMEOUT);
}

TEST(aWaitForTwoSemaphoresTakesFromBothOrFromNeither)
{
    RatHandle both[2] = {newSemaphore(2, 5), newSemaphore(0, 5)};
    CHECK_EQ(RatWaitForMultipleObjects(both, 2, true, 0, NULL), RAT_WAIT_TIMEOUT);
    CHECK_EQ(RatWaitForMultipleObjects(both, 2, true, 20, NULL), RAT_WAIT_TIMEOUT);
    uint32_t previous = 77;
    CHECK_STATUS(RatReleaseSemaphore(both[0], 1, &previous), RAT_IPC_OK);
    CHECK_EQ(previous, 2); /* neither wait took from it */
    CHECK_STATUS(RatReleaseSemaphore(both[1], 2, NULL), RAT_IPC_OK);
    CHECK_EQ(RatWaitForMultipleObjects(both, 2, true, 0, NULL), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForMultipleObjects(both, 2, true, 0, NULL), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForMultipleObjects(both, 2, true, 0, NULL), RAT_WAIT_TIMEOUT);
    CHECK_EQ(RatWaitForObject(both[0], 0), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(both[0], 0), RAT_WAIT_TIMEOUT);
}

TEST(aParkedWaitForTwoSemaphoresHoldsNothingBack)
{
    RatHandle both[2] = {newSemaphore(0, 5), newSemaphore(0, 5)};
    Parked parked;
    park(&parked, true, 2, both, SOON);
    CHECK_STATUS(RatReleaseSemaphore(both[0], 1, NULL), RAT_IPC_OK);
    untilAsleep(&parked.thread);
    CHECK_EQ(RatWaitForObject(both[0], 0), RAT_WAIT_OK); /* it could be taken from under it */
    CHECK_STATUS(RatReleaseSemaphore(both[1], 1, NULL), RAT_IPC_OK);
    untilAsleep(&parked.thread);
    CHECK_STATUS(RatReleaseSemaphore(both[0], 1, NULL), RAT_IPC_OK);
    CHECK_EQ(unpark(&parked), RAT_WAIT_OK);
    for (int i = 0; i < 2; i++) CHECK_EQ(RatWaitForObject(both[i], 0), RAT_WAIT_TIMEOUT);
}

TEST(aWaitForAnyOfTwoSemaphoresTakesFromOne)
{
    RatHandle both[2] = {newSemaphore(0, 5), newSemaphore(0, 5)};
    Parked parked;
    park(&parked, false, 2, both, SOON);
    CHECK_STATUS(RatReleaseSemaphore(both[1], 2, NULL), RAT_IPC_OK);
    CHECK_EQ(unpark(&parked), RAT_WAIT_OK);
    CHECK_EQ(parked.index, 1);
    CHECK_EQ(RatWaitForObject(both[1], 0), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(both[1], 0), RAT_WAIT_TIMEOUT);
}

TEST(aReleaseServesWaitersOfEveryKind)
{
    RatSemaphore semaphore = newSemaphore(0, 10);
    RatHandle pair[2] = {semaphore, newEvent(true, true)};
    RatHandle other[2] = {newEvent(true, false), semaphore};
    Parked one, all, any;
    park(&all, true, 2, pair, SOON);
    parkOne(&one, semaphore);
    park(&any, false, 2, other, SOON);
    CHECK_STATUS(RatReleaseSemaphore(semaphore, 3, NULL), RAT_IPC_OK);
    CHECK_EQ(unpark(&all), RAT_WAIT_OK);
    CHECK_EQ(unpark(&one), RAT_WAIT_OK);
    CHECK_EQ(unpark(&any), RAT_WAIT_OK);
    CHECK_EQ(any.index, 1);
    CHECK_EQ(RatWaitForObject(semaphore, 0), RAT_WAIT_TIMEOUT);
}

/* Moves tokens from one semaphore to the other. */
typedef struct {
    RatSemaphore from, to;
    atomic_int* inside;
    int most;
    Thread thread;
} Mover;

static intptr_t move(void* context)
{
    Mover* mover = context;
    for (int i = 0; i < 5000; i++) {
        REQUIRE(RatWaitForObject(mover->from, SOON) == RAT_WAIT_OK);
        REQUIRE(atomic_fetch_add(mover->inside, 1) < mover->most);
        atomic_fetch_sub(mover->inside, 1);
        REQUIRE(RatReleaseSemaphore(mover->to, 1, NULL) == RAT_IPC_OK);
    }
    return 0;
}

TEST(noTokenIsLostOrMade)
{
    enum { TOKENS = 3 };
    RatSemaphore left = newSemaphore(TOKENS, TOKENS), right = newSemaphore(0, TOKENS);
    atomic_int inside = 0;
    Mover movers[4];
    for (int i = 0; i < 4; i++) {
        movers[i] = (Mover){.from = i & 1 ? left : right,
                            .to = i & 1 ? right : left,
                            .inside = &inside,
                            .most = TOKENS};
        start(&movers[i].thread, move, &movers[i]);
    }
    for (int i = 0; i < 4; i++) join(&movers[i].thread);
    for (int i = 0; i < TOKENS; i++) CHECK_EQ(RatWaitForObject(left, 0), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForObject(left, 0), RAT_WAIT_TIMEOUT);
    CHECK_EQ(RatWaitForObject(right, 0), RAT_WAIT_TIMEOUT);
}
