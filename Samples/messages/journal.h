/* The journal: what the window was told, in words. Knows nothing of drawing. */
#ifndef JOURNAL_H
#define JOURNAL_H

#include <rat.h>
#include <stdio.h>

typedef enum {
    KIND_KEY,    /* keys pressed and released */
    KIND_TEXT,   /* characters typed */
    KIND_MOUSE,  /* movement and buttons */
    KIND_WHEEL,  /* wheel notches */
    KIND_TIMER,  /* timer ticks */
    KIND_POSTED, /* messages of this program, and their payload */
    KIND_WINDOW, /* size, place, focus, activation, life and death */
    KIND_PAINT,  /* counted, but not listed: listing a paint would call for the next one */
    KINDS
} Kind;

/* The name of a kind, for people. */
extern const char* const kindNames[KINDS];

/* One line of the list. */
typedef struct {
    Kind kind;
    double seconds; /* since the program started */
    uint32_t message;
    const char* name;
    uintptr_t wparam;
    intptr_t lparam;
    unsigned times; /* how often in a row, for what comes in floods */
    char detail[160];
} Entry;

enum { JOURNAL_SIZE = 256 };

typedef struct {
    Entry entries[JOURNAL_SIZE]; /* a ring */
    unsigned long total;         /* lines ever written; the newest is entries[(total - 1) % SIZE] */
    unsigned long counts[KINDS]; /* messages, by kind */
    uint64_t start;              /* nanoseconds of CLOCK_MONOTONIC */
    FILE* trace;                 /* one line a message; NULL for none */
} Journal;

void journalOpen(Journal* journal, FILE* trace);

/* Writes down a message that the window procedure was called with. True if the list changed. */
bool journalAdd(Journal* journal, uint32_t message, uintptr_t wparam, intptr_t lparam);

#endif /* JOURNAL_H */
