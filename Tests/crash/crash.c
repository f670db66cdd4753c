/* Kills processes in the middle of what they do with a named queue, and looks what becomes of the
 * others, and of the messages.
 *
 * usage: crash KILLS [SEED]
 *
 * The seed chooses what is done; when the system lets each process run, it does not choose.
 *
 * A round lets workers loose on the queue, kills one of them, sometimes two, at a random moment,
 * and has the others come to rest. If the owner lives, everything that was accepted must have
 * arrived, but what a killed visitor was just taking. If it was killed, everybody must have been
 * told, and the name must be free for the next. */
#define _GNU_SOURCE
#include "crash.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    /* Rounds in one directory, with processes that live on unless they are killed. */
    ROUNDS_TOGETHER = 40,
    MOST_STUCK = 3,
    NOBODY = SLOTS,
};

static uint32_t kills;
static uint64_t accepted, arrived;
/* The latest news of an owner's end, in nanoseconds after it. */
static uint64_t latestNews;
/* How many were killed while they may have taken something, in this round and in the one before:
 * the owner learns of it within a round. */
static uint32_t excuses, earlierExcuses;
/* What was counted already in this era; what was taken and noted by nobody. */
static uint32_t lost, duplicated, unwanted;
static int64_t taken;

static uint32_t anyOf(Crew crew)
{
    uint32_t slot;
    do slot = below(SLOTS);
    while (!(crew & ONLY(slot)));
    return slot;
}

/* -- Eras -------------------------------------------------------------------------------------- */

/* Faults that the records show, but those that were counted before in this era. */
static void countFaults(Balance sum)
{
    const uint32_t again = sum.duplicated - duplicated;
    if (sum.duplicated > duplicated)
        complainOf(DUPLICATED, again, "%u messages came more than once", again);
    if (sum.unwanted > unwanted)
        complain(WRONG, "%u came that were refused or cancelled", sum.unwanted - unwanted);
    duplicated = sum.duplicated;
    unwanted = sum.unwanted;
}

static void endEra(void)
{
    const Balance sum = balance();
    countFaults(sum);
    accepted += sum.accepted;
    arrived += sum.arrivals;
    memset(stage->records, 0, stage->recordCount * sizeof stage->records[0]);
    memset(stage->streams, 0, stage->streamCount * sizeof stage->streams[0]);
    atomic_store(&stage->recordCount, 0);
    atomic_store(&stage->streamCount, 0);
    excuses = earlierExcuses = lost = duplicated = unwanted = 0;
    taken = 0;
    stage->era++;
    stage->owner = NOBODY;
}

/* Ends everything, and begins anew elsewhere. */
static void moveOn(void)
{
    killAll(hired());
    endEra();
    changeDirectory();
    for (size_t i = 0; i < SIDE_NAMES; i++) atomic_store(&stage->holders[i], 0);
}

static void fillSlots(void)
{
    for (uint32_t i = 0; i < SLOTS; i++)
        if (!(hired() & ONLY(i))) hire(i);
}

/* -- Kills ------------------------------------------------------------------------------------- */

static void spin(uint64_t nanoseconds)
{
    const uint64_t end = now() + nanoseconds;
    while (now() < end) {}
}

/* A length that is as often short as long. */
static uint64_t anyMoment(uint32_t magnitudes)
{
    const uint64_t most = (uint64_t)1000 << below(magnitudes);
    return most + below((uint32_t)most);
}

/* Gives a worker an order, and returns when it has begun. */
static void see(uint32_t slot, Order order)
{
    const uint64_t latest = now() + MILLISECONDS(PATIENCE);
    const uint32_t before = atomic_load(&stage->slots[slot].begun);
    tell(slot, order);
    while (atomic_load(&stage->slots[slot].begun) == before && now() < latest) {}
}

/* Returns at a random moment of what a worker does: after some time, after some calls, or in a
 * call of some kind. */
static void untilMoment(uint32_t slot)
{
    Slot* victim = &stage->slots[slot];
    const uint64_t latest = now() + MILLISECONDS(20);
    const unsigned long operations = atomic_load(&victim->operations) + below(1000);
    const Step step = CREATING + below(ANSWERING - CREATING + 1);
    switch (below(3)) {
    case 0: spin(anyMoment(15)); break;
    case 1:
        while (atomic_load(&victim->operations) < operations && now() < latest) sched_yield();
        break;
    default:
        while (atomic_load(&victim->step) != step && now() < latest) {}
        spin(below(50000));
        break;
    }
}

/* Kills them; when that was done. */
static uint64_t murder(Crew victims)
{
    for (uint32_t i = 0; i < SLOTS; i++) {
        if (!(victims & ONLY(i))) continue;
        atomic_store(&stage->slots[i].isCondemned, true);
        if (i == stage->owner) atomic_store(&stage->isOwnerCondemned, true);
        kills++;
    }
    killAll(victims);
    const uint64_t time = now();
    for (uint32_t i = 0; i < SLOTS; i++) {
        if (!(victims & ONLY(i))) continue;
        excuses += atomic_load(&stage->slots[i].isTaking);
        atomic_store(&stage->slots[i].hasCreated, false);
    }
    return time;
}

/* -- The next owner ---------------------------------------------------------------------------- */

/* Kills some that are just creating the queue. */
static void killCreators(Crew candidates)
{
    while (below(3) == 0) {
        const uint32_t slot = anyOf(candidates);
        see(slot, CREATE);
        spin(anyMoment(10));
        murder(ONLY(slot));
        hire(slot);
    }
}

/* Has one of several create the queue, while others look for it. Whether all is well. */
static bool findOwner(void)
{
    fillSlots();
    stage->owner = NOBODY;
    Crew seekers = 0, candidates = 0;
    for (uint32_t count = below(3); count > 0; count--) seekers |= ONLY(below(SLOTS));
    const Crew others = hired() & ~seekers;
    for (uint32_t i = 0; i < SLOTS; i++)
        if (seekers & ONLY(i)) tell(i, SEEK);
    killCreators(others);
    for (uint32_t count = 1 + below(3); count > 0; count--) candidates |= ONLY(anyOf(others));
    for (uint32_t i = 0; i < SLOTS; i++)
        if (candidates & ONLY(i)) tell(i, CREATE);
    int64_t answers[SLOTS];
    if (!hear(candidates, answers)) return false;
    uint32_t winners = 0;
    for (uint32_t i = 0; i < SLOTS; i++) {
        if (!(candidates & ONLY(i))) continue;
        if (answers[i] == RAT_IPC_OK) {
            winners++;
            stage->owner = i;
            stage->ownersProcess = atomic_load(&stage->slots[i].process);
        } else if (answers[i] != RAT_IPC_ERR_ALREADY_EXISTS) {
            complain(WRONG, "a create gave status %d", (int)answers[i]);
        }
    }
    if (winners != 1) complain(WRONG, "a create had %u winners", winners);
    return hear(seekers, answers) && winners == 1;
}

/* Has a worker use all side names, which must be free, so that what the dead left of them goes
 * too. */
static bool probe(uint32_t slot)
{
    int64_t answers[SLOTS];
    tell(slot, PROBE);
    if (!hear(ONLY(slot), answers)) return false;
    if (answers[slot] != SIDE_NAMES)
        complain(WRONG, "%d of %d side names are free", (int)answers[slot], SIDE_NAMES);
    checkDirectory();
    return true;
}

/* -- Accounts ---------------------------------------------------------------------------------- */

/* The owner lives and has settled: where is everything that was accepted? */
static void audit(bool isSettled)
{
    const Balance sum = balance();
    const RatQueueInfo* book = &stage->book;
    const uint32_t missing = missingOf(&sum, book);
    if (missing > lost) {
        complainOf(LOST, missing - lost, "%u messages", missing - lost);
        nameMissing();
        lost = missing;
    }
    /* Retrieved, and noted by nobody: that is with those who were killed while they took it. */
    const int64_t gone = (int64_t)book->retrieved - sum.retrieved;
    const uint32_t allowed = excuses + earlierExcuses;
    if (gone < taken || gone > taken + allowed)
        complain(WRONG, "%d were retrieved and did not arrive, of which %u may be with the dead",
                 (int)(gone - taken), allowed);
    taken = gone;
    earlierExcuses = excuses;
    excuses = 0;
    if (book->posted > sum.posted + sum.unsure || book->cancelled < sum.cancelled)
        complain(WRONG, "the book has %u posted and %u cancelled, not %u to %u and %u",
                 (unsigned)book->posted, (unsigned)book->cancelled, sum.posted,
                 sum.posted + sum.unsure, sum.cancelled);
    if (!isSettled)
        complain(STUCK, "of %u posted messages %u came to the queue, which holds %zu; or somebody "
                 "is still connected", sum.posted, (unsigned)book->posted, book->queued);
    countFaults(sum);
}

/* -- Rounds ------------------------------------------------------------------------------------ */

/* Lets all of them loose, the victim last. */
static void start(uint32_t victim)
{
    atomic_store(&stage->isToStop, false);
    atomic_store(&stage->isOwnerCondemned, false);
    atomic_store(&stage->isOwnerDead, false);
    for (uint32_t i = 0; i < SLOTS; i++) {
        stage->slots[i].mood = below(i == stage->owner ? MANNERS : MOODS);
        atomic_store(&stage->slots[i].isIdle, false);
    }
    for (uint32_t i = 0; i < SLOTS; i++)
        if (i != victim) tell(i, i == stage->owner ? OWN : VISIT);
    see(victim, victim == stage->owner ? OWN : VISIT);
}

static Crew chooseVictims(void)
{
    const bool isFull = stage->recordCount > MOST_RECORDS / 4 * 3 ||
                        stage->streamCount > MOST_STREAMS / 4 * 3;
    Crew victims = ONLY(isFull || below(5) == 0 ? stage->owner : below(SLOTS));
    if (below(6) == 0) victims |= ONLY(below(SLOTS));
    return victims;
}

/* The owner is dead, and all visitors are to know it. */
static bool endOfOwner(Crew visitors, uint64_t time)
{
    int64_t answers[SLOTS];
    atomic_store(&stage->isOwnerDead, true);
    if (!hear(visitors, answers)) return false;
    for (uint32_t i = 0; i < SLOTS; i++) {
        const uint64_t told = visitors & ONLY(i) ? stage->slots[i].toldAt : 0;
        if (told > time && told - time > latestNews) latestNews = told - time;
        if (told > time + MILLISECONDS(LATEST_NEWS))
            complain(STUCK, "visitor %u was told of the owner's end after %u ms", i,
                     (unsigned)((told - time) / 1000000));
    }
    endEra();
    return findOwner() && probe(stage->owner);
}

/* The owner lives, and all visitors are to come to rest. */
static bool rest(Crew visitors)
{
    int64_t answers[SLOTS];
    atomic_store(&stage->isToStop, true);
    const bool areWell = hear(visitors | ONLY(stage->owner), answers);
    if (!(hired() & ONLY(stage->owner))) return false;
    audit(answers[stage->owner]);
    if (!areWell || !answers[stage->owner]) return false;
    fillSlots();
    return probe(below(SLOTS));
}

static bool playRound(void)
{
    if (stage->owner == NOBODY && !(findOwner() && probe(stage->owner))) return false;
    const Crew victims = chooseVictims();
    const uint32_t victim = anyOf(victims);
    start(victim);
    untilMoment(victim);
    const uint64_t time = murder(victims);
    const Crew visitors = hired() & ~ONLY(stage->owner);
    return victims & ONLY(stage->owner) ? endOfOwner(visitors, time) : rest(visitors);
}

int main(int count, char** arguments)
{
    if (count < 2 || count > 3) {
        fprintf(stderr, "usage: crash KILLS [SEED]\n");
        return 2;
    }
    const uint32_t wanted = (uint32_t)strtoul(arguments[1], NULL, 0);
    const uint64_t chosen = count > 2 ? strtoull(arguments[2], NULL, 0) : now() % 1000000;
    printf("crash: seed %llu\n", (unsigned long long)chosen);
    seedRandom(chosen);
    stage = mmap(NULL, sizeof *stage, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (stage == MAP_FAILED) {
        perror("crash: mmap");
        return 2;
    }
    stage->owner = NOBODY;
    stage->era = 1;
    signal(SIGPIPE, SIG_IGN);
    changeDirectory();
    for (; kills < wanted && atomic_load(&stage->faults[STUCK]) < MOST_STUCK; stage->round++)
        if (!playRound() || stage->round % ROUNDS_TOGETHER == ROUNDS_TOGETHER - 1) moveOn();
    moveOn();

    uint32_t faults = 0;
    for (size_t i = 0; i < FAULTS; i++) faults += atomic_load(&stage->faults[i]);
    printf("crash: %u kills, %llu messages accepted, %llu arrived, %u lost, %u duplicated, "
           "%u disordered, %u torn, %u stuck, %u wrong; not connected after at most %.1f ms\n",
           kills, (unsigned long long)accepted, (unsigned long long)arrived, stage->faults[LOST],
           stage->faults[DUPLICATED], stage->faults[DISORDERED], stage->faults[TORN],
           stage->faults[STUCK], stage->faults[WRONG], (double)latestNews / 1e6);
    return faults == 0 ? 0 : 1;
}
