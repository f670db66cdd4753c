/* What no program should do to windows, and some do all the same. */
#define _GNU_SOURCE
#include "support.h"

#include <stdlib.h>
#include <string.h>

/* -- Names ------------------------------------------------------------------------------------------ */

static char long100000[100001];

static void fillLong(void)
{
    memset(long100000, 'x', sizeof long100000 - 1);
}

TEST(aClassNameOfNoneOrOfAHundredThousandBytesNamesNoClass)
{
    fillLong();
    registerTestClass();
    const char* names[] = {"", long100000};
    for (int i = 0; i < 2; i++) {
        RatWindowClass class = {.size = sizeof class, .proc = loggingProc, .name = names[i]};
        RatAtom atom = 77;
        RatWindow window = 5;
        RatWindowCreation creation = {.size = sizeof creation, .className = names[i]};
        CHECK_STATUS(RatRegisterClass(&class, &atom), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatUnregisterClass(names[i]), RAT_IPC_ERR_NOT_FOUND);
        CHECK_STATUS(RatGetClassInfo(names[i], &class, &atom), RAT_IPC_ERR_NOT_FOUND);
        CHECK_EQ(atom, 77);
        CHECK_STATUS(RatCreateWindow(0, names[i], "", 0, 0, 0, 9, 9, 0, NULL, &window),
                     RAT_IPC_ERR_NOT_FOUND);
        CHECK_EQ(window, RAT_INVALID_HANDLE);
        CHECK_STATUS(RatCreateWindowEx(&creation, &window), RAT_IPC_ERR_NOT_FOUND);
        CHECK_STATUS(RatFindWindow(names[i], NULL, &window), RAT_IPC_ERR_NOT_FOUND);
        CHECK_STATUS(RatFindWindowEx(0, 0, names[i], NULL, &window), RAT_IPC_ERR_NOT_FOUND);
    }
}

TEST(otherNamesOfNoneOrOfAHundredThousandBytesAreRefused)
{
    fillLong();
    RatWindow window = makeWindow(0);
    const char* names[] = {"", long100000};
    for (int i = 0; i < 2; i++) {
        uintptr_t value = 77;
        uint32_t number = 77;
        CHECK_STATUS(RatSetProp(window, names[i], 1), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatGetProp(window, names[i], &value), RAT_IPC_ERR_INVALID_ARG);
        CHECK_STATUS(RatRemoveProp(window, names[i], &value), RAT_IPC_ERR_INVALID_ARG);
        CHECK_EQ(value, 77);
        CHECK_STATUS(RatRegisterWindowMessage(names[i], &number), RAT_IPC_ERR_INVALID_ARG);
        CHECK_EQ(number, 77);
    }
}

TEST(aTextOfAHundredThousandBytesIsKeptWhole)
{
    fillLong();
    RatWindow window = makeWindow(0), found = 5;
    size_t size = 0;
    char* copy = malloc(sizeof long100000);
    REQUIRE(copy != NULL);
    CHECK_STATUS(RatSetWindowText(window, long100000), RAT_IPC_OK);
    CHECK_STATUS(RatGetWindowText(window, copy, sizeof long100000, &size), RAT_IPC_OK);
    CHECK_EQ(size, sizeof long100000);
    CHECK(memcmp(copy, long100000, sizeof long100000) == 0);
    CHECK_STATUS(RatFindWindow(NULL, long100000, &found), RAT_IPC_OK);
    CHECK_EQ(found, window);
    free(copy);
}

TEST(noArrayIsAsLargeAsHalfTheMemory)
{
    RatWindow window = makeWindow(0);
    RatPoint point = {7, 8};
    RatRect rect = {0, 0, 1, 1};
    RatRegion region = 5;
    RatMessageQueue queue = 5;
    CHECK_STATUS(RatMapWindowPoints(window, 0, &point, SIZE_MAX), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(point.x, 7);
    CHECK_STATUS(RatCreateRegion(&rect, SIZE_MAX, &region), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(region, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatCreateMessageQueue(SIZE_MAX, &queue), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatWriteWindowExtra(window, 0, &point, SIZE_MAX), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatReadWindowExtra(window, 0, &point, SIZE_MAX), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatReadWindowExtra(window, SIZE_MAX, &point, 1), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(RatWaitForMultipleObjects(&window, SIZE_MAX, false, 0, NULL), RAT_WAIT_FAILED);
    CHECK_EQ(RatMsgWaitForMultipleObjects(&window, SIZE_MAX, 0, 0, 0, NULL), RAT_WAIT_FAILED);
}

/* -- Circles ---------------------------------------------------------------------------------------- */

enum { LINKS = 200 };

/* Each in the one before, or owned by it. */
static void makeChain(RatWindow chain[LINKS], uint32_t style)
{
    chain[0] = makeWindow(0);
    for (int i = 1; i < LINKS; i++)
        REQUIRE_OK(RatCreateWindow(0, "Test", "", style, 0, 0, 9, 9, chain[i - 1], NULL, &chain[i]));
}

TEST(noWindowComesToBeInItselfHoweverFarDown)
{
    RatWindow chain[LINKS];
    makeChain(chain, RAT_WS_CHILD);
    for (int i = 0; i < LINKS; i += 7) {
        for (int below = i; below < LINKS; below += 31)
            CHECK_STATUS(RatSetParent(chain[i], chain[below], NULL), RAT_IPC_ERR_INVALID_ARG);
        if (i == 0) continue;
        CHECK_STATUS(RatSetWindowLong(chain[i], RAT_GWLP_HWNDPARENT, (intptr_t)chain[LINKS - 1], NULL),
                     RAT_IPC_ERR_INVALID_ARG);
    }
    for (int i = 1; i < LINKS; i++) {
        RatWindow parent = RAT_INVALID_HANDLE;
        CHECK_STATUS(RatGetParent(chain[i], &parent), RAT_IPC_OK);
        CHECK_EQ(parent, chain[i - 1]);
    }
}

TEST(noWindowComesToOwnItselfHoweverFarUp)
{
    RatWindow chain[LINKS];
    makeChain(chain, RAT_WS_POPUP);
    for (int i = 0; i < LINKS; i += 7)
        CHECK_STATUS(RatSetWindowLong(chain[i], RAT_GWLP_HWNDPARENT, (intptr_t)chain[LINKS - 1], NULL),
                     RAT_IPC_ERR_INVALID_ARG);
    for (int i = 1; i < LINKS; i++) {
        RatWindow owner = RAT_INVALID_HANDLE;
        CHECK_STATUS(RatGetWindow(chain[i], RAT_GW_OWNER, &owner), RAT_IPC_OK);
        CHECK_EQ(owner, chain[i - 1]);
    }
}

TEST(noWindowIsInWhatItOwns)
{
    RatWindow owner = makeWindow(0), owned, inside;
    REQUIRE_OK(RatCreateWindow(0, "Test", "", RAT_WS_POPUP, 0, 0, 9, 9, owner, NULL, &owned));
    REQUIRE_OK(RatCreateWindow(0, "Test", "", RAT_WS_CHILD, 0, 0, 9, 9, owned, NULL, &inside));
    CHECK_STATUS(RatSetParent(owner, owned, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetParent(owner, inside, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatDestroyWindow(owner), RAT_IPC_OK);
    CHECK(!RatIsWindow(inside));
}

/* -- Threads that die ------------------------------------------------------------------------------- */

enum { POSTERS = 200 };

static intptr_t postAndDie(void* context)
{
    RatMessage msg = plain(RAT_WM_APP);
    msg.header.size = sizeof msg;
    msg.payload = &msg; /* in memory that dies with the thread */
    CHECK_STATUS(RatPostMessage(*(RatHandle*)context, &msg), RAT_IPC_OK);
    return 0;
}

TEST(whatAThreadPostsArrivesThoughItDiesAtOnce)
{
    RatHandle targets[] = {makeWindow(0), threadQueue()};
    for (int i = 0; i < POSTERS; i++) {
        Thread thread;
        start(&thread, postAndDie, &targets[i % 2]);
        join(&thread);
    }
    for (int i = 0; i < POSTERS; i++) {
        RatMessage msg;
        REQUIRE_OK(RatGetMessage(threadQueue(), &msg, SOON));
        CHECK_EQ(msg.header.target, targets[i % 2]);
        CHECK_EQ(msg.header.size, sizeof msg);
        CHECK_EQ(((RatMessage*)msg.payload)->header.message, RAT_WM_APP);
    }
}

static pthread_key_t lastWords;
static RatHandle heir;
static atomic_int wordsSaid;
static RatWindow afterlife;

/* Runs as the thread ends, after the library has taken leave of it once. */
static void sayLastWords(void* count)
{
    /* Once more, later than whatever the first time has brought about. */
    if (count == (void*)1) pthread_setspecific(lastWords, (void*)2);
    RatMessage msg = plain(RAT_WM_APP + 1);
    CHECK_STATUS(RatPostMessage(heir, &msg), RAT_IPC_OK);
    CHECK_STATUS(RatSendNotifyMessage(heir, &msg), RAT_IPC_OK);
    CHECK_STATUS(tryWindow(0, &afterlife), RAT_IPC_OK);
    CHECK_STATUS(RatPostMessage(afterlife, &msg), RAT_IPC_OK);
    CHECK(RatIsWindow(afterlife));
    wordsSaid++;
}

static intptr_t dieTalking(void* context)
{
    (void)context;
    (void)threadQueue();
    (void)makeWindow(0);
    pthread_setspecific(lastWords, (void*)1);
    return 0;
}

TEST(aThreadMayPostAndMakeWindowsWhileItDies)
{
    REQUIRE(pthread_key_create(&lastWords, sayLastWords) == 0);
    registerTestClass();
    REQUIRE_OK(RatCreateMessageQueue(0, &heir));
    for (int i = 0; i < 50; i++) {
        Thread thread;
        start(&thread, dieTalking, NULL);
        join(&thread);
        CHECK(!RatIsWindow(afterlife));
    }
    CHECK_EQ(wordsSaid, 100);
    RatQueueInfo info = {.size = sizeof info};
    REQUIRE_OK(RatGetQueueInfo(heir, &info));
    CHECK_EQ(info.posted, 100);
    CHECK_STATUS(RatUnregisterClass("Test"), RAT_IPC_OK); /* no window of it is left */
}

static bool exitInside(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam,
                       RatResult* result)
{
    (void)window, (void)wparam, (void)lparam, (void)result;
    if (message == RAT_WM_APP) pthread_exit(NULL);
    return false;
}

static intptr_t dieInProcedure(void* context)
{
    (void)context;
    RatMessage msg = plain(RAT_WM_APP);
    RatSendMessage(makeWindow(0), &msg, NULL, 0);
    return 1;
}

static intptr_t lookForMessage(void* context)
{
    (void)context;
    (void)threadQueue();
    RatMessage msg;
    CHECK_STATUS(RatGetCurrentMessage(&msg), RAT_IPC_ERR_NOT_FOUND);
    CHECK_EQ(RatInSendMessage(), RAT_ISMEX_NOSEND);
    return 0;
}

TEST(aThreadThatEndsInsideAProcedureLeavesNothingToTheNext)
{
    onMessage = exitInside;
    for (int i = 0; i < 20; i++) {
        Thread thread;
        start(&thread, dieInProcedure, NULL);
        join(&thread);
        start(&thread, lookForMessage, NULL);
        join(&thread);
    }
    CHECK_STATUS(RatUnregisterClass("Test"), RAT_IPC_OK);
}
