/* What the processes of the crash test share. The test's own process keeps the rounds, kills,
 * and never calls the library, so that it can fork at any time. Workers use the library: one of
 * them owns the queue, the others visit it. What they do is noted in memory that all of them
 * share, where it stays when one of them is killed. */
#ifndef CRASH_H
#define CRASH_H

#include <rat.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* The queue that everything is about. */
#define NAME "crash"

enum {
    /* Workers that live at once. */
    SLOTS = 6,
    /* Names that workers create, open and unlink besides. The first ones are never unlinked. */
    SIDE_NAMES = 4,
    KEPT_SIDE_NAMES = 2,
    MOST_RECORDS = 1 << 19,
    MOST_STREAMS = 1 << 13,
    MOST_HANDLES = 3,
    LARGEST_PAYLOAD = 300 * 1024,
    /* A queue's byte budget is this and its era: so a visitor knows which queue it has. */
    FIRST_BUDGET = 4 << 20,
    /* A deadline that only a failure reaches, in milliseconds: who misses it is stuck. */
    PATIENCE = 20000,
    /* The owner's own, which is over before the test's. */
    OWNERS_PATIENCE = 15000,
    /* How late a visitor may learn that the owner was killed, in milliseconds: on a loaded machine
     * many times as long as it takes. */
    LATEST_NEWS = 2000,
};

/* -- What went wrong --------------------------------------------------------------------------- */

typedef enum { LOST, DUPLICATED, DISORDERED, TORN, STUCK, WRONG, FAULTS } Fault;

/* Counts faults and says what they were. Any process. */
#define complain(fault, ...) complainOf((fault), 1, __VA_ARGS__)
__attribute__((format(printf, 3, 4))) void complainOf(Fault fault, uint32_t count,
                                                      const char* format, ...);

/* -- What workers do --------------------------------------------------------------------------- */

typedef enum {
    STARTING,
    AWAITING,
    CREATING,
    OPENING,
    CLOSING,
    POSTING,
    POSTING_WITH_OPTIONS,
    CANCELLING,
    SENDING,
    NOTIFYING,
    TAKING,
    LOOKING,
    ASKING_INFO,
    UNLINKING,
    ANSWERING,
    SETTLING,
    MOURNING,
    STEPS
} Step;

/* What a visitor does most. */
typedef enum { POSTER, ASKER, TAKER, OPENER, ANYTHING, MOODS } Mood;

/* What the owner does with what comes: all at once; slowly; only what is sent, until it is to
 * stop. */
typedef enum { EAGER, SLOW, DEAF, MANNERS } Manner;

typedef enum {
    CREATE, /* Create the queue; is answered with a status. */
    OWN,    /* Retrieve and answer; is answered when all is settled: 1 if it is. */
    VISIT,  /* Use the queue until it is to stop or the owner is dead; is answered at the end. */
    SEEK,   /* Open the queue as soon as there is one; is answered when that was done. */
    PROBE   /* Create all side names, which are free; is answered with how many were. */
} Order;

typedef struct {
    _Atomic pid_t process; /* 0: nobody. */
    uint32_t life; /* How many have had the slot before. */
    uint32_t seed;
    uint32_t mood; /* A Mood or a Manner. */
    atomic_uint step;
    atomic_ulong operations;
    /* Orders that it has begun to carry out. */
    atomic_uint begun;
    /* It is going to be killed. */
    atomic_bool isCondemned;
    /* It has asked for a message, and has not noted what it got. */
    atomic_bool isTaking;
    /* It has stopped. */
    atomic_bool isIdle;
    /* It has a socket in the runtime directory, or is about to. */
    atomic_bool hasCreated;
    /* How many handles it has to the queue, when it has stopped. */
    uint32_t handles;
    /* When the last of its handles said that the owner is gone. */
    uint64_t toldAt;
} Slot;

/* -- What is posted and sent ------------------------------------------------------------------- */

/* How a message goes. */
typedef enum {
    PLAIN,
    URGENT,
    OPTIONS,
    REPLACING,
    DELAYED,
    ENDING, /* The owner's, for visitors that wait for a message. */
    REQUEST,
    NOTICE,
    FORMS
} Form;

static inline bool isPosted(uint32_t form)
{
    return form < REQUEST;
}

typedef enum {
    UNUSED,
    UNDER_WAY, /* Its sender was in the call, or died there. */
    REFUSED,
    DOUBTFUL, /* Its sender was not told what became of it. */
    ACCEPTED,
    CANCELLED
} State;

typedef struct {
    uint32_t stream, sequence, size;
    uint8_t form;
    _Atomic uint8_t state, arrivals;
} Record;

/* What was sent by one handle. */
typedef struct {
    uint32_t slot, life;
    pid_t process;
    uint32_t sequences[FORMS]; /* By lane. */
} Stream;

typedef struct {
    Slot slots[SLOTS];
    /* Of which queue of the name all is: a number for each owner. Its byte budget says it. */
    uint32_t era;
    uint32_t round, owner;
    pid_t ownersProcess;
    atomic_bool isToStop;
    /* The owner is going to be killed; it was. */
    atomic_bool isOwnerCondemned, isOwnerDead;
    /* Who has a side name: its slot and life, from NOBODY on. */
    _Atomic uint64_t holders[SIDE_NAMES];
    /* The queue's book when the owner had settled. */
    RatQueueInfo book;
    atomic_uint faults[FAULTS], lines[FAULTS];
    /* Of this era. */
    atomic_uint streamCount, recordCount;
    Stream streams[MOST_STREAMS];
    Record records[MOST_RECORDS];
} Stage;

extern Stage* stage;

/* Nanoseconds of CLOCK_MONOTONIC. */
uint64_t now(void);
#define MILLISECONDS(count) ((uint64_t)(count) * 1000000u)

/* -- The ledger -------------------------------------------------------------------------------- */

/* A number below count; each process has its own sequence of them. */
uint32_t below(uint32_t count);
void seedRandom(uint64_t seed);

/* The next stream of a worker; UINT32_MAX if there is no room for it in this era. */
uint32_t beginStream(uint32_t slot);

/* A message of a new record that says everything about it; false if there is no room in this era.
 * Its payload is good until the next. */
bool beginMessage(uint32_t stream, Form form, uint32_t size, RatMessage* out, uint32_t* outRecord);
void setState(uint32_t record, State state);

/* Checks a message; its record, or UINT32_MAX if it is torn. */
uint32_t examine(const RatMessage* message);
/* The same, and notes that it has arrived here. */
uint32_t receive(const RatMessage* message);

/* What the owner answers to a request; its payload is good until the next message. */
void makeReply(const RatMessage* request, RatMessage* out);
bool isReply(const RatMessage* reply, uintptr_t request);

typedef struct {
    uint32_t accepted, arrivals;
    /* Of posted ones. */
    uint32_t posted, unsure, cancelled, retrieved;
    /* What was accepted and has not arrived; of it what a later one may have replaced. */
    uint32_t missing, replaceable;
    /* The same of what was sent. */
    uint32_t unheard;
    uint32_t duplicated;
    /* What arrived though it was refused or cancelled. */
    uint32_t unwanted;
} Balance;

/* What the records say, while nobody adds to them. */
Balance balance(void);
/* How much of it the book of the queue does not explain: what was retrieved and noted by nobody, or
 * replaced. */
uint32_t missingOf(const Balance* sum, const RatQueueInfo* book);
/* Names what is missing and was not replaced, a few of them. */
void nameMissing(void);

/* -- The crew, for the test's own process ------------------------------------------------------ */

/* A set of workers, as bits. */
typedef uint32_t Crew;
#define ONLY(slot) ((Crew)1 << (slot))

/* Has a worker in the slot, with a life of its own. */
void hire(uint32_t slot);
Crew hired(void);
void tell(uint32_t slot, Order order);
/* Waits until all of them have answered; a fault, and false, if one does not in time, or is
 * dead. */
bool hear(Crew crew, int64_t answers[SLOTS]);
/* Kills them; returns when they are gone. */
void killAll(Crew crew);

/* -- The runtime directory --------------------------------------------------------------------- */

/* Makes one that is empty, and removes the one before. It goes when the test ends. */
void changeDirectory(void);
/* Expects that of names only the owner's is there, and no socket of a dead process. */
void checkDirectory(void);

/* -- Workers ----------------------------------------------------------------------------------- */

/* What a worker does all its life. */
_Noreturn void work(uint32_t slot, int orders, int answers);

/* Of the process's own worker. */
extern Slot* self;
extern uint32_t selfNumber;
extern pid_t selfProcess;

static inline void enter(Step step)
{
    atomic_store(&self->step, step);
    atomic_fetch_add_explicit(&self->operations, 1, memory_order_relaxed);
}

/* Whether the process has so many connections, besides what it had when it was hired. */
bool hasConnections(uint32_t count);

/* Says what a call must not give. */
void refuse(const char* call, RatIpcStatus status);

RatIpcStatus createMain(void);
/* Retrieves and answers until everything is settled. */
bool own(void);
void visit(void);
void seek(void);

/* Does something with the side names. */
void useSideNames(void);
void closeSideNames(void);
int64_t probeSideNames(void);

extern const char* const stepNames[STEPS];

#endif /* CRASH_H */
