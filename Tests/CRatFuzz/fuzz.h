/* What the parts of the fuzz share. */
#ifndef FUZZ_H
#define FUZZ_H

#include "CRatFuzz.h"

#include <rat.h>
#include <stddef.h>

enum { FUZZ_THREADS = 3, MOST_NESTED = 3 };

/* What there is to name by a handle. The rest are numbers that name something without being handles. */
typedef enum { WINDOWS, QUEUES, REGIONS, WAITABLES, HANDLE_KINDS, HOOKS = HANDLE_KINDS, KINDS } Kind;

/* The memory that the struct of a message lies in: zeros, but for what the call has set. */
typedef struct Block {
    struct Block* next;
    unsigned char bytes[512];
} Block;

/* One thread's part. Used by that thread only. */
typedef struct {
    uint64_t state;
    int place;
    /* How many random calls are running in one another, and which. */
    int depth;
    const char* volatile running[MOST_NESTED + 1];
    /* The call that ended last. */
    const char* before;
    /* Procedures do no more than the default. */
    bool isQuiet;
    /* Whom the running procedure is called for: picked more often than others. */
    RatWindow subject;
    RatMessageQueue queue;
    uint64_t calls;
    /* Numbers that calls gave, for others to take. */
    uint64_t tokens[4];
    RatMessage requests[4];
    RatDeferredPos deferred[4];
    RatAcceleratorTable accelerators[4];
    uintptr_t timers[8];
    RatPaint paint;
    RatWindow painted;
    RatMessage retained;
    RatMessage last;
    /* Blocks of sends that were given up: their receivers may still be writing. */
    Block* lost;
} Fuzz;

/* The calling thread's; NULL on others. */
extern _Thread_local Fuzz* self;

/* One function of the library, called in some way. */
typedef struct {
    const char* name;
    int weight;
    void (*make)(Fuzz*);
} FuzzCall;

extern const FuzzCall windowCalls[], classCalls[], positionCalls[], treeCalls[], inputCalls[],
    paintCalls[], messageCalls[], traceCalls[], otherCalls[], clipCalls[];

/* Makes one random call. */
void makeCall(Fuzz* f);

/* What procedures and callbacks of all sorts do: now and then a few calls. */
void act(Fuzz* f, RatWindow subject);

/* -- Random values: values.c ---------------------------------------------------------------------- */

uint64_t bits(Fuzz* f);
uint32_t below(Fuzz* f, uint32_t count);
bool oneIn(Fuzz* f, uint32_t count);
#define ONE_OF(f, array) ((array)[below((f), (uint32_t)(sizeof(array) / sizeof((array)[0])))])

/* A handle of that kind, most often. */
RatHandle some(Fuzz* f, Kind kind);
/* A handle of any kind. */
RatHandle anything(Fuzz* f);
/* The own queue of some thread, this one or another. */
RatMessageQueue ownQueue(Fuzz* f);
/* A live window of this thread's, or 0. */
RatWindow ownWindow(Fuzz* f);
/* Remembers what was made, in the place of another, which is ended. */
void keep(Fuzz* f, Kind kind, uint64_t handle);

/* 0, 1, milliseconds to wait at most. */
uint32_t moment(Fuzz* f);
/* Numbers at the ends of what there is. */
int32_t extremeNumber(Fuzz* f);
/* Around what windows have, and the extremes. */
int32_t coordinate(Fuzz* f);
/* Widths of windows; heights are never huge, because pixels of both are. */
int32_t width(Fuzz* f);
int32_t height(Fuzz* f);
RatRect rect(Fuzz* f);
/* NULL, or a rectangle in `place`. */
const RatRect* maybe(Fuzz* f, RatRect* place);
RatPoint point(Fuzz* f);
uint32_t style(Fuzz* f);
const char* className(Fuzz* f);
const char* text(Fuzz* f);
const char* shortName(Fuzz* f);
uint32_t messageNumber(Fuzz* f);
/* A size of a struct: right, but rarely. */
uint32_t sizeOr(Fuzz* f, size_t size);
/* Flags among those, and rarely others. */
uint32_t flags(Fuzz* f, uint32_t among);

/* A message whose pointer, if its number means one, is to a block; NULL where it means none. */
Block* fill(Fuzz* f, RatMessage* message);
/* The same to be posted: a pointer of such a message leads nowhere. */
void fillToPost(Fuzz* f, RatMessage* message);
/* Frees the block, or keeps it till the end where the receiver may still have it. */
void drop(Fuzz* f, Block* block, bool mayBeUsed);

/* -- Failures: fuzz.c ------------------------------------------------------------------------------ */

/* Prints what does not hold; remembered. */
void complain(const char* what, const char* detail);

/* -- The tree, as the interface shows it: trees.c -------------------------------------------------- */

/* What is wrong with it, or NULL. Nobody else may be doing anything. */
const char* treeFaultOutside(void);
/* All live windows that the fuzz knows are to be found. */
bool isInTree(RatWindow window);

#endif /* FUZZ_H */
