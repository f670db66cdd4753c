/* Another program with a clipboard, as bare as X lets it be: a connection of its own, on a thread where it owns the
 * clipboard, so that a test can have it do what no decent program does. */
#ifndef CLIPBOARD_PEER_H
#define CLIPBOARD_PEER_H

#include "atoms.h"
#include "support.h"

#include <xcb/xcb.h>

/* What an owner does when it is asked for something. */
typedef enum {
    PEER_ANSWERS,           /* All of it, in one property. */
    PEER_SENDS_PIECES,      /* By INCR, in pieces of pieceSize bytes and of other sizes. */
    PEER_HANGS,             /* Nothing. */
    PEER_HANGS_AT_DATA,     /* It says what it has, and then nothing. */
    PEER_HANGS_IN_PIECES,   /* By INCR, and nothing after the first piece. */
    PEER_ENDS_THE_SERVER,   /* It says what it has, and kills the server when it is asked for it. */
    PEER_DIES_AT_DATA,      /* It says what it has, and is gone when it is asked for it. */
    PEER_DIES_IN_PIECES,    /* It is gone after the first piece. */
    PEER_CLAIMS_4_GIB,      /* By INCR, of a size that is refused at once. */
    PEER_SENDS_FOR_EVER,    /* By INCR, pieces without an end. */
    PEER_IS_TOO_LARGE,      /* In one property of more than 256 MiB. */
    PEER_REFUSES,           /* It says what it has, and that it has it not. */
    PEER_SENDS_NONSENSE,    /* What it has is no list of atoms; and its answers name properties that are not there. */
} PeerManner;

typedef struct {
    PeerManner manner;
    const char* target; /* "UTF8_STRING" if NULL. */
    const char* type;   /* The same as the target if NULL. */
    const uint8_t* data;
    size_t size, pieceSize;
    atomic_int asked, listed; /* How often it was asked for data, and for what it has. */
    /* The peer's own. */
    xcb_connection_t* connection;
    xcb_window_t window;
    Thread thread;
    atomic_bool isGone, isEnded;
} Peer;

/* Returns when it owns the clipboard. */
void startPeer(Peer* peer);
void endPeer(Peer* peer);
/* Returns when it was asked what it has. */
void untilListed(Peer* peer);

/* A clipboard manager: asks for the text of who asks it to keep something. */
typedef struct {
    char text[64];
    xcb_connection_t* connection;
    xcb_window_t window;
    Thread thread;
} Manager;

/* Returns when it is there. It ends with the process. */
void startManager(Manager* manager);

/* A program that pastes, without a thread. */
typedef struct {
    xcb_connection_t* connection;
    xcb_window_t window;
} Paster;

void openPaster(Paster* paster);
void closePaster(Paster* paster);
/* Asks for a target; returns whether there is an answer with a property. */
bool ask(Paster* paster, const char* target, const char* property);
/* Sends the question and waits for nothing. */
void askOnly(Paster* paster, const char* target, const char* property);
bool awaitAnswer(Paster* paster);
/* Takes what a property holds, piece by piece if it comes so. To be freed; *size says how much. NULL if there is
 * none, or if the next piece does not come. */
uint8_t* take(Paster* paster, const char* property, size_t* size, char type[64]);

#endif /* CLIPBOARD_PEER_H */
