/* Mutexes: who owns one, how often, and what becomes of it when its owner ends. */
#include "sync_support.h"

#include <string.h>

TEST(aFreeMutexIsTakenByAWaitAndOwesARelease)
{
    RatMutex mutex = newMutex(false);
    CHECK_EQ(RatGetHandleKind(mutex), RAT_HANDLE_MUTEX);
    CHECK_EQ(RatWaitForObject(mutex, 0), RAT_WAIT_OK);
    CHECK_EQ(lookFromElsewhere(mutex), RAT_WAIT_TIMEOUT);
    CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_OK);
    CHECK_EQ(lookFromElsewhere(mutex), RAT_WAIT_OK);
    CHECK_STATUS(RatCloseMutex(mutex), RAT_IPC_OK);
    CHECK_STATUS(RatCloseMutex(mutex), RAT_IPC_ERR_INVALID_HANDLE);
}

TEST(aMutexCanBeOwnedFromTheStart)
{
    RatMutex mutex = newMutex(true);
    CHECK_EQ(lookFromElsewhere(mutex), RAT_WAIT_TIMEOUT);
    CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_OK);
    CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_ERR_WRONG_THREAD);
    CHECK_EQ(lookFromElsewhere(mutex), RAT_WAIT_OK);
    CHECK_STATUS(RatCreateMutex(true, NULL), RAT_IPC_ERR_INVALID_ARG);
}

TEST(itsOwnerTakesAMutexAgainAndOwesAsManyReleases)
{
    RatMutex mutex = newMutex(true);
    RatHandle both[2] = {mutex, newEvent(true, true)};
    for (int i = 0; i < 998; i++) CHECK_EQ(RatWaitForObject(mutex, 0), RAT_WAIT_OK);
    CHECK_EQ(RatWaitForMultipleObjects(both, 2, true, 0, NULL), RAT_WAIT_OK);
    for (int i = 0; i < 999; i++) CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_OK);
    CHECK_EQ(lookFromElsewhere(mutex), RAT_WAIT_TIMEOUT);
    CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_OK);
    CHECK_EQ(lookFromElsewhere(mutex), RAT_WAIT_OK);
}

TEST(onlyItsOwnerReleasesAMutex)
{
    RatMutex mutex = newMutex(false);
    CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_ERR_WRONG_THREAD);
    Owner owner;
    own(&owner, mutex, 1, 1);
    CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_ERR_WRONG_THREAD);
    CHECK_EQ(RatWaitForObject(mutex, 0), RAT_WAIT_TIMEOUT); /* it is the other's still */
    endOwner(&owner);
    CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_ERR_WRONG_THREAD);
    CHECK_EQ(RatWaitForObject(mutex, 0), RAT_WAIT_OK);
}

TEST(aReferenceMoreKeepsAMutex)
{
    RatMutex mutex = newMutex(true);
    CHECK_STATUS(RatRetainHandle(mutex), RAT_IPC_OK);
    CHECK_STATUS(RatCloseMutex(mutex), RAT_IPC_OK);
    CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_OK);
    CHECK_STATUS(RatCloseHandle(mutex), RAT_IPC_OK);
    CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_ERR_INVALID_HANDLE);
}

/* Waits for the mutex, tells its place, gives it back. */
typedef struct {
    RatMutex mutex;
    int* order;
    int place;
    Thread thread;
} Turn;

static intptr_t takeTurn(void* context)
{
    Turn* turn = context;
    CHECK_EQ(RatWaitForObject(turn->mutex, SOON), RAT_WAIT_OK);
    turn->place = (*turn->order)++; /* guarded by the mutex */
    CHECK_STATUS(RatReleaseMutex(turn->mutex), RAT_IPC_OK);
    return 0;
}

TEST(aReleaseHandsTheMutexToWhoHasWaitedLongest)
{
    enum { COUNT = 6 };
    int order = 0;
    RatMutex mutex = newMutex(true);
    Turn turns[COUNT];
    for (int i = 0; i < COUNT; i++) {
        turns[i] = (Turn){.mutex = mutex, .order = &order, .place = -1};
        start(&turns[i].thread, takeTurn, &turns[i]);
        untilAsleep(&turns[i].thread);
    }
    CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_OK);
    for (int i = 0; i < COUNT; i++) {
        join(&turns[i].thread);
        CHECK_EQ(turns[i].place, i);
    }
}

TEST(aReleaseHandsOverThoughTheReleaserWantsItBackAtOnce)
{
    int order = 0;
    RatMutex mutex = newMutex(true);
    Turn turn = {.mutex = mutex, .order = &order, .place = -1};
    start(&turn.thread, takeTurn, &turn);
    untilAsleep(&turn.thread);
    CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_OK);
    CHECK_EQ(RatWaitForObject(mutex, SOON), RAT_WAIT_OK);
    CHECK_EQ(order++, 1); /* the waiter was first */
    join(&turn.thread);
    CHECK_EQ(turn.place, 0);
}

TEST(anAbandonedMutexTellsItsNextOwnerOnce)
{
    static const struct {
        const char* name;
        int acquisitions, releases;
    } rows[] = {{"once", 1, 0}, {"recursively", 5, 0}, {"in part released", 5, 4}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        inRow(rows[i].name);
        RatMutex mutex = newMutex(false);
        Owner owner;
        own(&owner, mutex, rows[i].acquisitions, rows[i].releases);
        endOwner(&owner);
        CHECK_EQ(RatWaitForObject(mutex, 0), RAT_WAIT_ABANDONED);
        CHECK_EQ(lookFromElsewhere(mutex), RAT_WAIT_TIMEOUT); /* it was taken */
        CHECK_EQ(RatWaitForObject(mutex, 0), RAT_WAIT_OK);
        CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_OK);
        CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_OK);
        CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_ERR_WRONG_THREAD);
        CHECK_EQ(lookFromElsewhere(mutex), RAT_WAIT_OK);
    }
}

TEST(aMutexThatWasReleasedIsNotAbandoned)
{
    RatMutex mutex = newMutex(false);
    Owner owner;
    own(&owner, mutex, 3, 3);
    endOwner(&owner);
    CHECK_EQ(RatWaitForObject(mutex, 0), RAT_WAIT_OK);
}

TEST(aParkedWaiterIsToldAtOnceThatTheOwnerEnded)
{
    RatMutex mutex = newMutex(false);
    Owner owner;
    own(&owner, mutex, 2, 0);
    Parked first, second;
    parkOne(&first, mutex);
    parkOne(&second, mutex);
    endOwner(&owner);
    CHECK_EQ(unpark(&first), RAT_WAIT_ABANDONED);
    /* The first ended as its owner too, and so on. */
    CHECK_EQ(unpark(&second), RAT_WAIT_ABANDONED);
    CHECK_EQ(RatWaitForObject(mutex, 0), RAT_WAIT_ABANDONED);
    CHECK_EQ(RatWaitForObject(mutex, 0), RAT_WAIT_OK);
}

TEST(waitsForSeveralTellOfAnAbandonedMutexAmongThem)
{
    for (int all = 0; all < 2; all++) {
        inRow(all ? "all" : "any");
        RatMutex mutex = newMutex(false);
        RatHandle handles[3] = {newEvent(false, all), mutex, newEvent(false, all)};
        Owner owner;
        own(&owner, mutex, 1, 0);
        endOwner(&owner);
        size_t index = 99;
        CHECK_EQ(RatWaitForMultipleObjects(handles, 3, all, 0, &index), RAT_WAIT_ABANDONED);
        CHECK_EQ(index, 1);
        if (all) CHECK_EQ(RatWaitForObject(handles[2], 0), RAT_WAIT_TIMEOUT); /* taken as well */
        CHECK_STATUS(RatReleaseMutex(mutex), RAT_IPC_OK);
        CHECK_EQ(RatWaitForObject(mutex, 0), RAT_WAIT_OK);
    }
}

TEST(parkedWaitsForSeveralTellOfAMutexThatIsAbandonedMeanwhile)
{
    for (int all = 0; all < 2; all++) {
        inRow(all ? "all" : "any");
        RatMutex mutex = newMutex(false);
        RatHandle handles[3] = {newEvent(true, all), mutex, newEvent(true, all)};
        Owner owner;
        own(&owner, mutex, 1, 0);
        Parked parked;
        park(&parked, all, 3, handles, SOON);
        endOwner(&owner);
        CHECK_EQ(unpark(&parked), RAT_WAIT_ABANDONED);
        CHECK_EQ(parked.index, 1);
    }
}

TEST(anAbandonedMutexThatIsNotWhatAWaitTookKeepsItsMark)
{
    RatMutex mutex = newMutex(false);
    RatHandle handles[2] = {newEvent(false, true), mutex};
    Owner owner;
    own(&owner, mutex, 1, 0);
    endOwner(&owner);
    size_t index = 99;
    CHECK_EQ(RatWaitForMultipleObjects(handles, 2, false, 0, &index), RAT_WAIT_OK);
    CHECK_EQ(index, 0);
    CHECK_EQ(RatWaitForMultipleObjects(handles, 2, true, 0, NULL), RAT_WAIT_TIMEOUT);
    CHECK_EQ(RatWaitForObject(mutex, 0), RAT_WAIT_ABANDONED);
}

enum { MANY = 200 };

static intptr_t takeAllAndEnd(void* context)
{
    RatMutex* mutexes = context;
    for (int i = 0; i < MANY; i++) CHECK_EQ(RatWaitForObject(mutexes[i], 0), RAT_WAIT_OK);
    for (int i = 0; i < MANY; i += 2) CHECK_STATUS(RatReleaseMutex(mutexes[i]), RAT_IPC_OK);
    return 0;
}

TEST(aThreadAbandonsAllThatItOwnsAndNothingElse)
{
    RatMutex mutexes[MANY];
    for (int i = 0; i < MANY; i++) mutexes[i] = newMutex(false);
    RatMutex own = newMutex(true);
    onThread(takeAllAndEnd, mutexes);
    for (int i = 0; i < MANY; i++)
        CHECK_EQ(RatWaitForObject(mutexes[i], 0), i % 2 ? RAT_WAIT_ABANDONED : RAT_WAIT_OK);
    CHECK_STATUS(RatReleaseMutex(own), RAT_IPC_OK);
}

static intptr_t createAndEnd(void* out)
{
    return (intptr_t)RatCreateMutex(true, out);
}

TEST(aMutexThatWasOwnedFromTheStartIsAbandonedToo)
{
    RatMutex mutex = RAT_INVALID_HANDLE;
    CHECK_STATUS(onThread(createAndEnd, &mutex), RAT_IPC_OK);
    CHECK_EQ(RatWaitForObject(mutex, 0), RAT_WAIT_ABANDONED);
}

TEST(aMutexThatWasClosedWhileOwnedLeavesNothingToItsSuccessors)
{
    for (int i = 0; i < 100; i++) REQUIRE_OK(RatCloseMutex(newMutex(true)));
    RatMutex mutexes[100];
    for (int i = 0; i < 100; i++) mutexes[i] = newMutex(false);
    for (int i = 0; i < 100; i++) {
        CHECK_STATUS(RatReleaseMutex(mutexes[i]), RAT_IPC_ERR_WRONG_THREAD);
        CHECK_EQ(RatWaitForObject(mutexes[i], 0), RAT_WAIT_OK);
    }
}

typedef struct {
    RatMutex mutexes[2];
    long* count; /* plain: the mutexes guard it */
    int rounds;
    bool reversed;
    Thread thread;
} Contender;

static intptr_t contend(void* context)
{
    Contender* contender = context;
    RatHandle order[2] = {contender->mutexes[contender->reversed],
                          contender->mutexes[!contender->reversed]};
    for (int i = 0; i < contender->rounds; i++) {
        REQUIRE(RatWaitForMultipleObjects(order, 2, true, SOON, NULL) == RAT_WAIT_OK);
        long before = (*contender->count)++;
        REQUIRE(*contender->count == before + 1);
        REQUIRE(RatReleaseMutex(order[0]) == RAT_IPC_OK);
        REQUIRE(RatReleaseMutex(order[1]) == RAT_IPC_OK);
    }
    return 0;
}

TEST(waitsForTwoMutexesInEitherOrderDoNotBlockEachOther)
{
    enum { COUNT = 4, ROUNDS = 2000 };
    long count = 0;
    RatMutex mutexes[2] = {newMutex(false), newMutex(false)};
    Contender contenders[COUNT];
    for (int i = 0; i < COUNT; i++) {
        contenders[i] = (Contender){.count = &count, .rounds = ROUNDS, .reversed = i & 1};
        memcpy(contenders[i].mutexes, mutexes, sizeof mutexes);
        start(&contenders[i].thread, contend, &contenders[i]);
    }
    for (int i = 0; i < COUNT; i++) join(&contenders[i].thread);
    CHECK_EQ(count, COUNT * ROUNDS);
}

static intptr_t increment(void* context)
{
    Contender* contender = context;
    for (int i = 0; i < contender->rounds; i++) {
        REQUIRE(RatWaitForObject(contender->mutexes[0], SOON) == RAT_WAIT_OK);
        (*contender->count)++;
        REQUIRE(RatReleaseMutex(contender->mutexes[0]) == RAT_IPC_OK);
    }
    return 0;
}

TEST(aMutexNeverHasTwoOwners)
{
    enum { COUNT = 4, ROUNDS = 20000 };
    long count = 0;
    Contender contenders[COUNT];
    RatMutex mutex = newMutex(false);
    for (int i = 0; i < COUNT; i++) {
        contenders[i] = (Contender){.mutexes = {mutex}, .count = &count, .rounds = ROUNDS};
        start(&contenders[i].thread, increment, &contenders[i]);
    }
    for (int i = 0; i < COUNT; i++) join(&contenders[i].thread);
    CHECK_EQ(count, COUNT * ROUNDS);
}
