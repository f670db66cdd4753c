/* Somebody floods a window with events. Nothing else waits longer for that than for a part of the flood: told by
 * what comes before what, and by how often the thread retrieves until it comes, not by a clock. */
#define _GNU_SOURCE
#include "atoms.h"
#include "person.h"
#include "support.h"

#include <sched.h>
#include <stdlib.h>

enum { FLOOD = 20000, MOST_IN_A_READ = 512, BATCH = 500, AHEAD = 8, MARKS = 200 };

static RatWindow window;
static xcb_connection_t* person;

static void show(void)
{
    window = makeWindow(RAT_WS_POPUP | RAT_WS_VISIBLE);
    pumpUntil(RAT_WM_PAINT);
    person = comeTo(NULL);
    xcb_set_input_focus(person, XCB_INPUT_FOCUS_PARENT, serversWindow(window), XCB_CURRENT_TIME);
    movePointer(person, 60, 60);
    arrive(person);
    pumpUntil(RAT_WM_MOUSEMOVE);
    drain();
    loggedCount = 0;
}

/* What makes no message, as often as it says, and a key after it. All of it has arrived at the window's connection. */
static void flood(int count)
{
    const xcb_atom_t name = atomOf(person, "_RAT_FLOOD");
    const xcb_window_t native = serversWindow(window);
    for (int i = 0; i < count; i++)
        xcb_change_property(person, XCB_PROP_MODE_REPLACE, native, name, XCB_ATOM_CARDINAL, 32, 1, &i);
    pressKey(person, KEY_A, true);
    pressKey(person, KEY_A, false);
    arrive(person);
}

static intptr_t ask(void* unused)
{
    (void)unused;
    RatMessage question = plain(RAT_WM_APP + 1);
    return RatSendMessage(window, &question, NULL, SOON);
}

/* Retrieves until the key comes; gives how often. */
static int untilKey(void)
{
    const uint64_t deadline = now() + (uint64_t)SOON * 1000000;
    for (int retrievals = 1;; retrievals++) {
        RatMessage msg;
        REQUIRE(now() < deadline);
        const RatStatus status = RatGetMessage(threadQueue(), &msg, 0);
        REQUIRE(status == RAT_IPC_OK || status == RAT_IPC_ERR_TIMEOUT);
        if (status != RAT_IPC_OK) continue;
        RatDispatchMessage(&msg);
        if (msg.header.message == RAT_WM_KEYDOWN) return retrievals;
    }
}

static void checkOrder(bool hidesEvents)
{
    show();
    flood(FLOOD);
    /* A reply that the program waits for has xcb read all that comes before it. */
    RatNativeWindow native = {.size = sizeof native};
    REQUIRE_OK(RatGetNativeWindow(window, &native));
    if (hidesEvents) arrive(native.connection);
    REQUIRE_OK(RatSetTimer(window, 1, 1, NULL, NULL));
    const uint64_t due = now() + 20000000;
    Thread asker;
    start(&asker, ask, NULL);
    untilAsleep(&asker);
    while (now() < due) sched_yield();
    RatMessage post = plain(RAT_WM_APP);
    REQUIRE_OK(RatPostMessage(window, &post));
    const int retrievals = untilKey();
    /* All has been read then: a retrieval for each part of the flood, and for each message. */
    if (hidesEvents) CHECK(retrievals <= FLOOD / MOST_IN_A_READ + 20);
    CHECK_STATUS(join(&asker), RAT_IPC_OK);
    const int sent = findLogged(RAT_WM_APP + 1, 0), posted = findLogged(RAT_WM_APP, 0);
    const int timed = findLogged(RAT_WM_TIMER, 0), key = findLogged(RAT_WM_KEYDOWN, 0);
    CHECK(sent >= 0 && sent < posted && posted < timed && timed < key);
}

TEST(aFloodKeepsNeitherSendsNorPostsNorTimersWaiting) { checkOrder(false); }

TEST(aFloodThatAReplyHasReadKeepsNothingWaitingEither) { checkOrder(true); }

/* -- A flood that does not end ------------------------------------------------------------------- */

/* Marks that have arrived at the window's connection, and marks that the window was told of. */
static atomic_int arrived, told;

/* A mark is a key, between moves; at most so many are under way as a server holds for a slow client. */
static intptr_t floodOn(void* unused)
{
    (void)unused;
    for (int mark = 1; mark <= MARKS; mark++) {
        for (int i = 0; i < BATCH; i++) movePointer(person, 20 + i % 180, 30 + i % 80);
        pressKey(person, KEY_A, true);
        pressKey(person, KEY_A, false);
        arrive(person);
        arrived = mark;
        while (mark - told > AHEAD) sched_yield();
    }
    return 0;
}

static bool countKeys(RatWindow target, uint32_t message, uintptr_t wparam, intptr_t lparam, RatResult* result)
{
    (void)target, (void)wparam, (void)lparam, (void)result;
    if (message == RAT_WM_KEYDOWN) told++;
    return false;
}

/* A mark that has arrived is told after a few retrievals: a move, a press and a release for each mark under way,
 * and those that find nothing because they only read. */
TEST(noKeyWaitsForAFloodThatDoesNotEndWhileRepliesAreWaitedFor)
{
    show();
    onMessage = countKeys;
    RatNativeWindow native = {.size = sizeof native};
    REQUIRE_OK(RatGetNativeWindow(window, &native));
    Thread flooder;
    start(&flooder, floodOn, NULL);
    int waiting = 0, most = 0, mark = 0;
    while (told < MARKS) {
        RatMessage msg;
        if (waiting == 0) mark = arrived;
        arrive(native.connection);
        const RatStatus status = RatGetMessage(threadQueue(), &msg, 0);
        REQUIRE(status == RAT_IPC_OK || status == RAT_IPC_ERR_TIMEOUT);
        if (status == RAT_IPC_OK) RatDispatchMessage(&msg);
        waiting = told < mark ? waiting + 1 : 0;
        if (waiting > most) most = waiting;
    }
    join(&flooder);
    CHECK(most <= (AHEAD + 2) * 6);
}
