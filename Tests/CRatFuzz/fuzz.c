/* The fuzz itself: rounds of three threads, and what has to hold between and after them. */
#define _GNU_SOURCE
#include "handles.h"
#include "procedures.h"

#include <inttypes.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    /* Each is a life of each thread. */
    ROUNDS = 60,
    /* Calls between two looks at what only the library can tell; RAT_FUZZ_LOOK says otherwise. */
    LOOK = 500,
    /* More top-level windows than one thread ever has. */
    MOST_LISTED = 4096,
    /* A few for each life. */
    LEAST_CALLS = ROUNDS * FUZZ_THREADS * 4,
    /* What one third may use more than the one before, in bytes: pools that grow once. */
    MARGIN = 512 * 1024,
};

_Thread_local Fuzz* self;
struct Handles handles;
struct Texts texts;

static FuzzPlan plan;
static uint64_t callsPerLook;
static Fuzz fuzzes[FUZZ_THREADS];
static pthread_barrier_t standstill;
/* How many threads have come to the middle of their lives. */
static _Atomic(int) arrived;

/* -- Calls ----------------------------------------------------------------------------------------- */

static const FuzzCall* const tables[] = {
    windowCalls, classCalls,   positionCalls, treeCalls,  inputCalls,
    paintCalls,  messageCalls, traceCalls, otherCalls, clipCalls,
};
static const FuzzCall* calls[512];
static int upTo[512];
static int callCount, weights;

/* Puts all calls into one list, each with the weights up to its own. */
static void listCalls(void)
{
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        for (const FuzzCall* call = tables[i]; call->name; call++) {
            if (callCount == 512) abort();
            weights += call->weight;
            upTo[callCount] = weights;
            calls[callCount++] = call;
        }
    }
}

static const FuzzCall* chosen(Fuzz* f)
{
    int number = (int)below(f, (uint32_t)weights);
    int first = 0, last = callCount - 1;
    while (first < last) {
        int middle = (first + last) / 2;
        if (number < upTo[middle]) {
            last = middle;
        } else {
            first = middle + 1;
        }
    }
    return calls[first];
}

void makeCall(Fuzz* f)
{
    const FuzzCall* call = chosen(f);
    f->calls++;
    f->running[f->depth++] = call->name;
    call->make(f);
    f->running[--f->depth] = NULL;
    f->before = call->name;
}

/* -- Failures -------------------------------------------------------------------------------------- */

static pthread_mutex_t reporting = PTHREAD_MUTEX_INITIALIZER;
/* Written under `reporting`. */
static char report[4096];
static int failures;

void complain(const char* what, const char* detail)
{
    pthread_mutex_lock(&reporting);
    size_t used = strlen(report);
    snprintf(report + used, sizeof report - used, "    fuzz: %s: %s%s%s\n", what, detail,
             self && self->before ? ", after " : "", self && self->before ? self->before : "");
    fputs(report + used, stderr);
    failures++;
    pthread_mutex_unlock(&reporting);
}

static void complainIf(const char* what, const char* fault)
{
    if (fault) complain(what, fault);
}

const char* fuzzReport(void)
{
    return report;
}

static void say(const char* words)
{
    if (write(2, words, strlen(words)) < 0) return;
}

/* Tells what each thread was doing when the process was killed. */
static void tell(int number)
{
    for (int i = 0; i < FUZZ_THREADS; i++) {
        say(&fuzzes[i] == self ? "    fuzz: here: " : "    fuzz: a thread: ");
        for (int depth = 0; depth <= MOST_NESTED && fuzzes[i].running[depth]; depth++) {
            say(fuzzes[i].running[depth]);
            say(" ");
        }
        say("\n");
    }
    signal(number, SIG_DFL);
    raise(number);
}

/* Not where somebody else has more to say, as a sanitizer has. */
static void watchFor(int number)
{
    struct sigaction before;
    if (sigaction(number, NULL, &before) == 0 && before.sa_handler == SIG_DFL) signal(number, tell);
}

/* -- A thread's life ------------------------------------------------------------------------------- */

typedef struct {
    size_t count;
    RatWindow windows[MOST_LISTED];
} List;

static bool collect(RatWindow window, intptr_t param)
{
    List* list = (List*)param;
    list->windows[list->count++] = window;
    return list->count < MOST_LISTED;
}

/* Those below the other root have no list, and other threads' come and go meanwhile: after each that ends
 * the search begins again. */
static void endMessageOnly(Fuzz* f)
{
    RatWindow window = RAT_INVALID_HANDLE;
    for (;;) {
        RatWindow next = RAT_INVALID_HANDLE;
        RatStatus status = RatFindWindowEx(RAT_HWND_MESSAGE, window, NULL, NULL, &next);
        if (status == RAT_IPC_ERR_NOT_FOUND) return;
        RatMessageQueue queue = RAT_INVALID_HANDLE;
        RatGetWindowThread(next, &queue);
        bool isOwn = queue == f->queue;
        if (isOwn) RatDestroyWindow(next);
        window = isOwn || status != RAT_IPC_OK ? RAT_INVALID_HANDLE : next;
    }
}

/* Destroys what the thread still has, with procedures that do what they should. */
static void endWindows(Fuzz* f)
{
    f->isQuiet = true;
    for (int place = 0; place < FUZZ_THREADS; place++) {
        for (uint32_t slot = 0; slot < slotCount(HOOKS); slot++)
            RatUnhook(atomic_load(&handles.live[place][HOOKS][slot]));
    }
    /* No memory of each thread's own: it would be part of the small stacks that other tests have. */
    List* list = calloc(1, sizeof *list);
    if (!list) abort();
    RatEnumThreadWindows(f->queue, collect, (intptr_t)list);
    for (size_t i = 0; i < list->count; i++) RatDestroyWindow(list->windows[i]);
    free(list);
    endMessageOnly(f);
    RatMessage message;
    while (RatGetMessage(f->queue, &message, 0) != RAT_IPC_ERR_TIMEOUT) {}
    for (uint32_t slot = 0; slot < slotCount(WINDOWS); slot++) {
        RatWindow window = atomic_load(&handles.live[f->place][WINDOWS][slot]);
        RatMessageQueue queue = RAT_INVALID_HANDLE;
        RatGetWindowThread(window, &queue);
        if (queue && queue == f->queue) complain("a window", "it outlives its destruction");
    }
}

/* Ends what is the thread's, but is no window. */
static void endNumbers(Fuzz* f)
{
    for (int i = 0; i < 4; i++) {
        RatEndDeferWindowPos(f->deferred[i]);
        RatDestroyAcceleratorTable(f->accelerators[i]);
    }
    if (f->retained.payload) RatReleaseMessage(&f->retained);
}

/* Does nothing while the main thread looks. Until all threads are there, what they send is served: who sets
 * the focus among joined threads waits for the others as long as it takes. */
static void standStill(Fuzz* f)
{
    f->isQuiet = true;
    atomic_fetch_add(&arrived, 1);
    RatMessage message;
    while (atomic_load(&arrived) < FUZZ_THREADS) RatPeekMessage(f->queue, &message);
    pthread_barrier_wait(&standstill);
    pthread_barrier_wait(&standstill);
    f->isQuiet = false;
}

static void* live(void* context)
{
    Fuzz* f = context;
    self = f;
    f->isQuiet = false;
    if (RatGetThreadMessageQueue(&f->queue) != RAT_IPC_OK) abort();
    atomic_store(&handles.own[f->place], f->queue);
    /* Some end early, and leave the others to go on without them. */
    uint64_t share = plan.calls / ROUNDS / FUZZ_THREADS, middle = f->calls + share / 3;
    uint64_t end = f->calls + share / 2 + below(f, (uint32_t)share + 1);
    for (uint64_t next = f->calls + callsPerLook, paused = 0; f->calls < end;) {
        makeCall(f);
        if (!paused && f->calls >= middle) {
            paused = 1;
            standStill(f);
        }
        if (f->calls < next) continue;
        next = f->calls + callsPerLook;
        if (plan.treeFault) complainIf("the tree", plan.treeFault());
        if (plan.threadFault) complainIf("a thread's windows", plan.threadFault());
    }
    if (oneIn(f, 2)) endWindows(f);
    f->isQuiet = true;
    endNumbers(f);
    self = NULL;
    return NULL;
}

/* -- A round --------------------------------------------------------------------------------------- */

/* While the threads stand still. */
static void lookAtTree(void)
{
    complainIf("the tree", treeFaultOutside());
    for (int place = 0; place < FUZZ_THREADS; place++) {
        for (uint32_t slot = 0; slot < slotCount(WINDOWS); slot++) {
            RatWindow window = atomic_load(&handles.live[place][WINDOWS][slot]);
            if (RatIsWindow(window) && !isInTree(window)) complain("the tree", "a window is missing");
        }
    }
}

/* Ends what outlives threads, and sees that the rest has ended with them. */
static void clean(void)
{
    RatTraceMessages(NULL, NULL, NULL);
    for (int place = 0; place < FUZZ_THREADS; place++) {
        for (int kind = 0; kind < KINDS; kind++) {
            for (uint32_t slot = 0; slot < slotCount((Kind)kind); slot++) {
                uint64_t handle = atomic_exchange(&handles.live[place][kind][slot], 0);
                if (kind != WINDOWS) endHandle((Kind)kind, handle);
                if (kind < HANDLE_KINDS && RatGetHandleKind(handle) != RAT_HANDLE_NONE)
                    complain("a handle", "it outlives its thread or its last close");
            }
        }
    }
    for (int i = 0; i < DEAD_COUNT; i++) {
        uint64_t handle = atomic_load(&handles.dead[i]);
        if (RatGetHandleKind(handle) != RAT_HANDLE_NONE) complain("a handle", "it lives on");
    }
    for (int place = 0; place < FUZZ_THREADS; place++) {
        for (Block *block = fuzzes[place].lost, *next; block; block = next) {
            next = block->next;
            free(block);
        }
        fuzzes[place].lost = NULL;
    }
}

static void registerClasses(void)
{
    static const char* const names[] = {"FuzzA", "FuzzB", "FuzzC", "FuzzD"};
    static const uint32_t styles[] = {RAT_CS_DBLCLKS, RAT_CS_HREDRAW | RAT_CS_VREDRAW, 0, 0};
    for (int i = 0; i < 4; i++) {
        RatWindowClass class = {.size = sizeof class, .style = styles[i], .proc = fuzzProc,
                                .name = names[i], .background = i % 2 ? 0xFF808080u : 0,
                                .classExtra = 8, .windowExtra = 64};
        RatRegisterClass(&class, NULL);
    }
}

static void runRound(void)
{
    registerClasses();
    atomic_store(&arrived, 0);
    pthread_t threads[FUZZ_THREADS];
    for (int i = 0; i < FUZZ_THREADS; i++) {
        if (pthread_create(&threads[i], NULL, live, &fuzzes[i]) != 0) abort();
    }
    pthread_barrier_wait(&standstill);
    lookAtTree();
    pthread_barrier_wait(&standstill);
    for (int i = 0; i < FUZZ_THREADS; i++) pthread_join(threads[i], NULL);
    clean();
    complainIf("the tree", treeFaultOutside());
}

/* -- The whole ------------------------------------------------------------------------------------- */

static uint64_t wish(const char* name, uint64_t otherwise)
{
    const char* text = getenv(name);
    return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

static void prepareTexts(void)
{
    memset(texts.long256, 'a', sizeof texts.long256 - 1);
    memset(texts.long100000, 'b', sizeof texts.long100000 - 1);
    size_t size = (1u << 20) + 2;
    texts.tooLong = calloc(1, size);
    if (!texts.tooLong) abort();
    memset(texts.tooLong, 'c', size - 1);
}

static size_t memoryInUse(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

bool runFuzz(FuzzPlan given)
{
    plan = given;
    plan.seed = wish("RAT_FUZZ_SEED", plan.seed);
    plan.calls = wish("RAT_FUZZ_CALLS", plan.calls);
    if (plan.calls < LEAST_CALLS) plan.calls = LEAST_CALLS;
    callsPerLook = wish("RAT_FUZZ_LOOK", LOOK);
    fprintf(stderr, "fuzz: RAT_FUZZ_SEED=%" PRIu64 " RAT_FUZZ_CALLS=%" PRIu64 "\n", plan.seed, plan.calls);
    listCalls();
    prepareTexts();
    static const int deadly[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGALRM};
    for (size_t i = 0; i < sizeof deadly / sizeof deadly[0]; i++) watchFor(deadly[i]);
    if (pthread_barrier_init(&standstill, NULL, FUZZ_THREADS + 1) != 0) abort();
    for (int i = 0; i < FUZZ_THREADS; i++) {
        fuzzes[i].place = i;
        fuzzes[i].state = plan.seed * 1000003 + (uint64_t)i;
    }
    /* The roots come with the first question and stay. */
    RatWindow desktop;
    RatGetDesktopWindow(&desktop);
    int64_t before = plan.liveObjects ? plan.liveObjects() : 0;
    size_t inUse[3];
    for (int third = 0; third < 3; third++) {
        for (int round = 0; round < ROUNDS / 3; round++) {
            runRound();
            if (plan.liveObjects && plan.liveObjects() != before) {
                complain("objects", "some are left");
                before = plan.liveObjects();
            }
        }
        inUse[third] = memoryInUse();
    }
    if (plan.measuresMemory && inUse[2] > inUse[1] + MARGIN) {
        char numbers[100];
        snprintf(numbers, sizeof numbers, "%zu, %zu, %zu bytes are in use after each third", inUse[0],
                 inUse[1], inUse[2]);
        complain("memory", numbers);
    }
    pthread_barrier_destroy(&standstill);
    free(texts.tooLong);
    return failures == 0;
}
