/* Waitable timers, measured against CLOCK_MONOTONIC. A wait may end late on a busy machine, so what
 * is claimed of every wait is that it does not end early; lateness is judged by the median. */
#include "sync_support.h"

#include <stdlib.h>
#include <unistd.h>

#define MILLISECOND UINT64_C(1000000)
#define HOUR (UINT64_C(3600000) * MILLISECOND)

TEST(aTimerIsNotSetWhenItIsCreated)
{
    RatWaitableTimer timer = newTimer(false);
    CHECK_EQ(RatGetHandleKind(timer), RAT_HANDLE_TIMER);
    CHECK_EQ(RatWaitForObject(timer, 0), RAT_WAIT_TIMEOUT);
    CHECK_EQ(RatWaitForObject(timer, 20), RAT_WAIT_TIMEOUT);
    CHECK_STATUS(RatCancelWaitableTimer(timer), RAT_IPC_OK);
    CHECK_STATUS(RatCloseWaitableTimer(timer), RAT_IPC_OK);
    CHECK_STATUS(RatSetWaitableTimer(timer, 0, 0), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatCancelWaitableTimer(timer), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatCloseWaitableTimer(timer), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatCreateWaitableTimer(false, NULL), RAT_IPC_ERR_INVALID_ARG);
}

TEST(aTimerIsSignalledWhenItIsDueAndNotBefore)
{
    for (int manual = 0; manual < 2; manual++) {
        RatWaitableTimer timer = newTimer(manual);
        uint64_t before = now();
        CHECK_STATUS(RatSetWaitableTimer(timer, 30 * MILLISECOND, 0), RAT_IPC_OK);
        CHECK_EQ(RatWaitForObject(timer, SOON), RAT_WAIT_OK);
        CHECK(now() - before >= 30 * MILLISECOND);
        for (int i = 0; i < 3; i++)
            CHECK_EQ(RatWaitForObject(timer, 0), manual ? RAT_WAIT_OK : RAT_WAIT_TIMEOUT);
        CHECK_STATUS(RatSetWaitableTimer(timer, HOUR, 0), RAT_IPC_OK);
        CHECK_EQ(RatWaitForObject(timer, 0), RAT_WAIT_TIMEOUT); /* setting took the signal away */
    }
}

TEST(aTimerThatIsDueBeforeTheTimeoutEndsTheWait)
{
    RatWaitableTimer timer = newTimer(false);
    RatHandle handles[2] = {newEvent(false, true), timer};
    for (int i = 0; i < 5; i++) {
        /* The timer is due some microseconds before the wait gives up. */
        REQUIRE_OK(RatSetWaitableTimer(timer, 10 * MILLISECOND, 0));
        CHECK_EQ(RatWaitForObject(timer, 10), RAT_WAIT_OK);
        REQUIRE_OK(RatSetWaitableTimer(timer, 10 * MILLISECOND, 0));
        CHECK_EQ(RatWaitForMultipleObjects(handles, 2, true, 10, NULL), RAT_WAIT_OK);
        RatSetEvent(handles[0]);
    }
}

TEST(aWaitThatGivesUpLeavesTheTimerToTheNext)
{
    RatWaitableTimer timer = newTimer(false);
    uint64_t before = now();
    REQUIRE_OK(RatSetWaitableTimer(timer, 200 * MILLISECOND, 0));
    RatWaitResult early = RatWaitForObject(timer, 1);
    if (now() - before < 200 * MILLISECOND) CHECK_EQ(early, RAT_WAIT_TIMEOUT);
    if (early == RAT_WAIT_TIMEOUT) CHECK_EQ(RatWaitForObject(timer, SOON), RAT_WAIT_OK);
    CHECK(now() - before >= 200 * MILLISECOND);
}

TEST(dueAtOnceIsSignalledAtOnce)
{
    RatWaitableTimer timer = newTimer(false);
    for (int i = 0; i < 3; i++) {
        REQUIRE_OK(RatSetWaitableTimer(timer, 0, 0));
        CHECK_EQ(RatWaitForObject(timer, 0), RAT_WAIT_OK);
        CHECK_EQ(RatWaitForObject(timer, 0), RAT_WAIT_TIMEOUT);
    }
}

TEST(timesThatNoClockWillShowAreNever)
{
    static const uint64_t never[] = {UINT64_MAX, UINT64_MAX - 1, UINT64_MAX / 2};
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++) {
        RatWaitableTimer timer = newTimer(false);
        REQUIRE_OK(RatSetWaitableTimer(timer, never[i], never[i]));
        CHECK_EQ(RatWaitForObject(timer, 0), RAT_WAIT_TIMEOUT);
        CHECK_EQ(RatWaitForObject(timer, 10), RAT_WAIT_TIMEOUT);
        REQUIRE_OK(RatSetWaitableTimer(timer, 0, never[i]));
        CHECK_EQ(RatWaitForObject(timer, 0), RAT_WAIT_OK);
        CHECK_EQ(RatWaitForObject(timer, 10), RAT_WAIT_TIMEOUT);
        /* A wait for ever sleeps, and can be ended. */
        RatHandle handles[2] = {timer, newEvent(false, false)};
        Parked parked;
        park(&parked, false, 2, handles, UINT64_MAX);
        RatSetEvent(handles[1]);
        CHECK_EQ(unpark(&parked), RAT_WAIT_OK);
        CHECK_EQ(parked.index, 1);
    }
}

TEST(aPeriodicTimerIsDueAtItsFirstTimePlusWholePeriods)
{
    enum { ROUNDS = 40 };
    const uint64_t first = 7 * MILLISECOND, period = 2 * MILLISECOND;
    RatWaitableTimer timer = newTimer(false);
    uint64_t before = now();
    REQUIRE_OK(RatSetWaitableTimer(timer, first, period));
    for (uint64_t k = 0; k < ROUNDS; k++) {
        REQUIRE(RatWaitForObject(timer, SOON) == RAT_WAIT_OK);
        CHECK(now() >= before + first + k * period);
    }
}

static int ascending(const void* left, const void* right)
{
    uint64_t a = *(const uint64_t*)left, b = *(const uint64_t*)right;
    return (a > b) - (a < b);
}

TEST(latenessOfTheWaiterDoesNotMoveAPeriodicTimer)
{
    enum { ROUNDS = 15 };
    const uint64_t period = 16 * MILLISECOND;
    uint64_t phases[ROUNDS];
    RatWaitableTimer timer = newTimer(false);
    REQUIRE_OK(RatSetWaitableTimer(timer, period, period));
    uint64_t start = now();
    uint64_t taken = 0;
    for (int i = 0; i < ROUNDS; i++) {
        REQUIRE(RatWaitForObject(timer, SOON) == RAT_WAIT_OK);
        phases[i] = (now() - start) % period;
        /* Be late for the next one by half a period, and take it then. Were the timer due a period
         * after it was taken, the following wait would end half a period out of step. */
        uint64_t late = now() - (now() - start) % period + period * 3 / 2;
        while (now() < late) continue;
        taken += RatWaitForObject(timer, 0) == RAT_WAIT_OK;
        CHECK_EQ(RatWaitForObject(timer, 0), RAT_WAIT_TIMEOUT);
    }
    qsort(phases, ROUNDS, sizeof phases[0], ascending);
    CHECK(phases[ROUNDS / 2] < period / 4);
    CHECK_EQ(taken, ROUNDS);
}

TEST(periodsThatNobodyWaitedForCountAsOne)
{
    RatWaitableTimer timer = newTimer(false);
    uint64_t start = now();
    REQUIRE_OK(RatSetWaitableTimer(timer, 0, 50 * MILLISECOND));
    while (now() - start < 130 * MILLISECOND) continue;
    CHECK_EQ(RatWaitForObject(timer, 0), RAT_WAIT_OK);
    uint64_t taken = now();
    RatWaitResult again = RatWaitForObject(timer, 0);
    /* On a busy machine the next period may have come meanwhile. */
    if (now() - start < 150 * MILLISECOND) CHECK_EQ(again, RAT_WAIT_TIMEOUT);
    CHECK(taken - start >= 130 * MILLISECOND);
}

TEST(aPeriodOfANanosecondIsSignalledAlways)
{
    RatWaitableTimer timer = newTimer(false);
    REQUIRE_OK(RatSetWaitableTimer(timer, 1, 1));
    for (int i = 0; i < 20000; i++) REQUIRE(RatWaitForObject(timer, SOON) == RAT_WAIT_OK);
    RatHandle handles[2] = {newEvent(true, true), timer};
    for (int i = 0; i < 1000; i++)
        REQUIRE(RatWaitForMultipleObjects(handles, 2, true, SOON, NULL) == RAT_WAIT_OK);
    handles[0] = newEvent(true, false);
    for (int i = 0; i < 1000; i++)
        REQUIRE(RatWaitForMultipleObjects(handles, 2, false, SOON, NULL) == RAT_WAIT_OK);
}

TEST(anAutomaticTimerReleasesOneWaiterAndAManualOneAll)
{
    for (int manual = 0; manual < 2; manual++) {
        inRow(manual ? "manual" : "automatic");
        RatWaitableTimer timer = newTimer(manual);
        RatEvent stop = newEvent(true, false);
        RatHandle handles[2] = {timer, stop};
        Parked waiters[3];
        for (int i = 0; i < 3; i++) park(&waiters[i], false, 2, handles, SOON);
        uint64_t before = now();
        REQUIRE_OK(RatSetWaitableTimer(timer, 20 * MILLISECOND, 0));
        while (now() - before < 60 * MILLISECOND) continue;
        if (manual)
            for (int i = 0; i < 3; i++) CHECK_EQ(unpark(&waiters[i]), RAT_WAIT_OK);
        RatSetEvent(stop);
        int released = 0;
        for (int i = 0; i < 3; i++) {
            if (!manual) CHECK_EQ(unpark(&waiters[i]), RAT_WAIT_OK);
            released += waiters[i].index == 0;
            if (waiters[i].index == 0) CHECK(waiters[i].endedAt >= before + 20 * MILLISECOND);
        }
        CHECK_EQ(released, manual ? 3 : 1);
    }
}

TEST(settingATimerEarlierWakesWhoSleepsUntilTheOldTime)
{
    RatWaitableTimer timer = newTimer(false);
    REQUIRE_OK(RatSetWaitableTimer(timer, HOUR, 0));
    Parked parked;
    parkOne(&parked, timer);
    uint64_t before = now();
    REQUIRE_OK(RatSetWaitableTimer(timer, 10 * MILLISECOND, 0));
    CHECK_EQ(unpark(&parked), RAT_WAIT_OK);
    CHECK(parked.endedAt - before >= 10 * MILLISECOND);
}

TEST(settingATimerWakesWhoWaitsForOneThatWasNotSet)
{
    RatWaitableTimer timer = newTimer(false);
    RatHandle handles[2] = {newEvent(false, false), timer};
    Parked one, any, all;
    for (int i = 0; i < 10; i++) {
        park(&any, false, 2, handles, SOON);
        REQUIRE_OK(RatSetWaitableTimer(timer, 0, 0));
        CHECK_EQ(unpark(&any), RAT_WAIT_OK);
        CHECK_EQ(any.index, 1);
        parkOne(&one, timer);
        REQUIRE_OK(RatSetWaitableTimer(timer, 1, 0));
        CHECK_EQ(unpark(&one), RAT_WAIT_OK);
        RatSetEvent(handles[0]);
        park(&all, true, 2, handles, SOON);
        REQUIRE_OK(RatSetWaitableTimer(timer, 0, 0));
        CHECK_EQ(unpark(&all), RAT_WAIT_OK);
    }
}

TEST(settingATimerLaterLetsSleepersSleep)
{
    RatWaitableTimer timer = newTimer(false);
    uint64_t before = now();
    REQUIRE_OK(RatSetWaitableTimer(timer, 300 * MILLISECOND, 0));
    Parked parked;
    parkOne(&parked, timer);
    REQUIRE(now() - before < 300 * MILLISECOND);
    uint64_t again = now();
    REQUIRE_OK(RatSetWaitableTimer(timer, 400 * MILLISECOND, 0));
    CHECK_EQ(unpark(&parked), RAT_WAIT_OK);
    CHECK(parked.endedAt - again >= 400 * MILLISECOND);
}

TEST(cancellingATimerTakesItsSignalAwayAndStopsIt)
{
    for (int manual = 0; manual < 2; manual++) {
        RatWaitableTimer timer = newTimer(manual);
        REQUIRE_OK(RatSetWaitableTimer(timer, 0, 1));
        REQUIRE_OK(RatCancelWaitableTimer(timer));
        CHECK_EQ(RatWaitForObject(timer, 0), RAT_WAIT_TIMEOUT);
        CHECK_EQ(RatWaitForObject(timer, 10), RAT_WAIT_TIMEOUT);
    }
}

TEST(cancellingATimerLetsSleepersSleep)
{
    RatWaitableTimer timer = newTimer(false);
    RatHandle handles[2] = {timer, newEvent(false, false)};
    uint64_t before = now();
    REQUIRE_OK(RatSetWaitableTimer(timer, 200 * MILLISECOND, 0));
    Parked parked;
    park(&parked, false, 2, handles, SOON);
    REQUIRE_OK(RatCancelWaitableTimer(timer));
    REQUIRE(now() - before < 200 * MILLISECOND);
    while (now() - before < 250 * MILLISECOND) continue;
    untilAsleep(&parked.thread);
    RatSetEvent(handles[1]);
    CHECK_EQ(unpark(&parked), RAT_WAIT_OK);
    CHECK_EQ(parked.index, 1);
}

TEST(aTimerAndAnEventAreWaitedForTogether)
{
    for (int own = 0; own < 2; own++) {
        /* Once on a futex, once in ppoll. */
        RatWaitableTimer timer = newTimer(false);
        RatHandle handles[3] = {timer, newEvent(false, false), newQueue()};
        if (own) handles[2] = newProcess(getpid());
        Parked parked;

        REQUIRE_OK(RatSetWaitableTimer(timer, HOUR, 0));
        park(&parked, false, 3, handles, SOON);
        RatSetEvent(handles[1]);
        CHECK_EQ(unpark(&parked), RAT_WAIT_OK);
        CHECK_EQ(parked.index, 1);

        uint64_t before = now();
        REQUIRE_OK(RatSetWaitableTimer(timer, 10 * MILLISECOND, 0));
        size_t index = 99;
        CHECK_EQ(RatWaitForMultipleObjects(handles, 3, false, SOON, &index), RAT_WAIT_OK);
        CHECK_EQ(index, 0);
        CHECK(now() - before >= 10 * MILLISECOND);

        /* Both there: the lowest wins, and the other keeps its signal. */
        REQUIRE_OK(RatSetWaitableTimer(timer, 0, 0));
        RatSetEvent(handles[1]);
        CHECK_EQ(RatWaitForMultipleObjects(handles, 3, false, 0, &index), RAT_WAIT_OK);
        CHECK_EQ(index, 0);
        CHECK_EQ(RatWaitForMultipleObjects(handles, 3, false, 0, &index), RAT_WAIT_OK);
        CHECK_EQ(index, 1);
    }
}

TEST(aWaitForAllTakesATimerWithTheRest)
{
    RatWaitableTimer timer = newTimer(false);
    RatHandle handles[2] = {timer, newEvent(false, false)};
    Parked parked;
    REQUIRE_OK(RatSetWaitableTimer(timer, 0, 0));
    park(&parked, true, 2, handles, SOON);
    CHECK_EQ(RatWaitForObject(timer, 0), RAT_WAIT_OK); /* it was not taken yet */
    RatSetEvent(handles[1]);
    untilAsleep(&parked.thread);
    REQUIRE_OK(RatSetWaitableTimer(timer, 5 * MILLISECOND, 0));
    CHECK_EQ(unpark(&parked), RAT_WAIT_OK);
    for (int i = 0; i < 2; i++) CHECK_EQ(RatWaitForObject(handles[i], 0), RAT_WAIT_TIMEOUT);
}
