/* Queues that other processes find by name. What is claimed of a sender or an opener is done by a
 * servant, which is another process. */
#define _GNU_SOURCE
#include "named_queue_support.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define MEBIBYTE (1u << 20)
#define MILLISECONDS(count) ((uint64_t)(count) * 1000000u)

/* Far more than a queue of a few messages and a connection hold. */
enum { MANY = 1000000 };

/* -- Names and arguments ----------------------------------------------------------------------- */

TEST(aNameIsOneTo255BytesWithoutASlashButALeadingOne)
{
    static char long255[256], slashed255[257], long256[257], slashed256[258];
    memset(long255, 'n', 255);
    memset(long256, 'n', 256);
    snprintf(slashed255, sizeof slashed255, "/%s", long255);
    snprintf(slashed256, sizeof slashed256, "/%s", long256);
    static const struct {
        const char *row, *name, *same; /* same: another way to write it, NULL if it is no name. */
    } rows[] = {
        {"one letter", "a", "/a"},
        {"a slash before it", "/b", "b"},
        {"one dot", ".", "/."},
        {"two dots", "..", "/.."},
        {"spaces and control characters", " \n\t", "/ \n\t"},
        {"bytes that are no UTF-8", "\xFF\xFE", "/\xFF\xFE"},
        {"255 bytes", long255, slashed255},
        {"empty", "", NULL},
        {"only a slash", "/", NULL},
        {"two slashes before it", "//a", NULL},
        {"a slash inside", "a/b", NULL},
        {"a slash at the end", "a/", NULL},
        {"a way up", "../a", NULL},
        {"256 bytes", long256, NULL},
        {"256 bytes after a slash", slashed256, NULL},
    };
    ownRuntime();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        inRow(rows[i].row);
        const char* name = rows[i].name;
        RatMessageQueue queue = 1, again = 1;
        if (!rows[i].same) {
            CHECK_STATUS(RatCreateNamedMessageQueue(name, 0, &queue), RAT_IPC_ERR_INVALID_ARG);
            CHECK_EQ(queue, RAT_INVALID_HANDLE);
            CHECK_STATUS(RatOpenNamedMessageQueue(name, &again), RAT_IPC_ERR_INVALID_ARG);
            CHECK_EQ(again, RAT_INVALID_HANDLE);
            CHECK_STATUS(RatUnlinkMessageQueue(name), RAT_IPC_ERR_INVALID_ARG);
            continue;
        }
        CHECK_STATUS(findQueue(name), RAT_IPC_ERR_NOT_FOUND);
        CHECK_STATUS(RatCreateNamedMessageQueue(name, 0, &queue), RAT_IPC_OK);
        CHECK_EQ(RatGetHandleKind(queue), RAT_HANDLE_MESSAGE_QUEUE);
        CHECK_STATUS(RatCreateNamedMessageQueue(rows[i].same, 0, &again),
                     RAT_IPC_ERR_ALREADY_EXISTS);
        CHECK_EQ(again, RAT_INVALID_HANDLE);
        CHECK_STATUS(findQueue(rows[i].same), RAT_IPC_OK);
        CHECK_STATUS(RatCloseMessageQueue(queue), RAT_IPC_OK);
        CHECK_STATUS(findQueue(name), RAT_IPC_ERR_NOT_FOUND);
    }
    inRow(NULL);
}

TEST(namedQueuesRefuseBadArguments)
{
    ownRuntime();
    RatMessageQueue queue = 1;
    CHECK_STATUS(RatCreateNamedMessageQueue(NULL, 0, &queue), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(queue, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatCreateNamedMessageQueue(NAME, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateNamedMessageQueue(NAME, (1u << 24) + 1, &queue), RAT_IPC_ERR_INVALID_ARG);
    RatQueueOptions options = {.size = sizeof options};
    CHECK_STATUS(RatCreateNamedMessageQueueEx(NULL, &options, &queue), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateNamedMessageQueueEx(NAME, &options, NULL), RAT_IPC_ERR_INVALID_ARG);
    options.size = 3;
    CHECK_STATUS(RatCreateNamedMessageQueueEx(NAME, &options, &queue), RAT_IPC_ERR_INVALID_ARG);
    options = (RatQueueOptions){.size = sizeof options, .overflow = 99};
    CHECK_STATUS(RatCreateNamedMessageQueueEx(NAME, &options, &queue), RAT_IPC_ERR_INVALID_ARG);
    options = (RatQueueOptions){.size = sizeof options, .capacity = (1u << 24) + 1};
    CHECK_STATUS(RatCreateNamedMessageQueueEx(NAME, &options, &queue), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatOpenNamedMessageQueue(NULL, &queue), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatOpenNamedMessageQueue(NAME, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatUnlinkMessageQueue(NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(findQueue(NAME), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatUnlinkMessageQueue(NAME), RAT_IPC_ERR_NOT_FOUND);
    REQUIRE_OK(RatCreateNamedMessageQueueEx(NAME, NULL, &queue));
    CHECK_EQ(infoOf(queue).capacity, 10000);

    RatMessage msg = {0};
    uint32_t process = 77, user = 77;
    CHECK_STATUS(RatGetMessageSender(NULL, &process, &user), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetMessageSender(&msg, NULL, NULL), RAT_IPC_ERR_INVALID_ARG);
    /* Nothing says that it came from elsewhere. */
    REQUIRE_OK(RatGetMessageSender(&msg, &process, &user));
    CHECK_EQ(process, getpid());
    CHECK_EQ(user, geteuid());
}

TEST(aNameBelongsToOneQueueAtATime)
{
    ownRuntime();
    RatMessageQueue queue = createQueue(NAME), other = 1;
    CHECK_STATUS(RatCreateNamedMessageQueue(NAME, 0, &other), RAT_IPC_ERR_ALREADY_EXISTS);
    CHECK_EQ(other, RAT_INVALID_HANDLE);
    other = createQueue("other");
    CHECK(other != queue);
    CHECK_STATUS(RatCloseMessageQueue(queue), RAT_IPC_OK);
    CHECK_STATUS(RatPostMessage(queue, &(RatMessage){0}), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatGetMessage(queue, &(RatMessage){0}, 0), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatCloseMessageQueue(queue), RAT_IPC_ERR_INVALID_HANDLE);
    RatMessageQueue next = createQueue(NAME);
    CHECK(next != queue);
    CHECK_STATUS(findQueue("other"), RAT_IPC_OK);
}

TEST(theCreatingProcessOpensItsOwnHandleOnceMore)
{
    ownRuntime();
    RatMessageQueue queue = createQueue(NAME), opened = openQueue("/" NAME);
    CHECK_EQ(opened, queue);
    CHECK_STATUS(postNumber(opened, 1), RAT_IPC_OK);
    CHECK_STATUS(RatCloseMessageQueue(queue), RAT_IPC_OK);
    CHECK_EQ(takeNumber(opened), 1);
    CHECK_STATUS(findQueue(NAME), RAT_IPC_OK);
    CHECK_STATUS(RatCloseMessageQueue(opened), RAT_IPC_OK);
    CHECK_STATUS(findQueue(NAME), RAT_IPC_ERR_NOT_FOUND);
    CHECK_EQ(RatGetHandleKind(opened), RAT_HANDLE_NONE);
}

static RatResult addOne(RatMessageQueue queue, const RatMessage* message, void* context)
{
    uint32_t process = 0;
    CHECK_EQ(*(RatMessageQueue*)context, queue);
    CHECK_STATUS(RatGetMessageSender(message, &process, NULL), RAT_IPC_OK);
    return message->header.lparam + (RatResult)process;
}

TEST(toItsOwnerANamedQueueIsAQueueLikeOthers)
{
    ownRuntime();
    RatMessageQueue queue = createQueueWith(NAME, (RatQueueOptions){.capacity = 3});
    CHECK_EQ(RatWaitForObject(queue, 0), RAT_WAIT_TIMEOUT);
    for (uint32_t i = 1; i <= 3; i++) CHECK_STATUS(postNumber(queue, i), RAT_IPC_OK);
    CHECK_STATUS(postNumber(queue, 4), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_EQ(RatWaitForObject(queue, 0), RAT_WAIT_OK);
    CHECK_TAKES(queue, 1, 2, 3);
    REQUIRE_OK(RatSetMessageProc(queue, addOne, &queue));
    RatMessage msg = plain(5);
    msg.header.lparam = 1;
    REQUIRE_OK(RatPostMessage(queue, &msg));
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    RatResult result = 0;
    CHECK_STATUS(RatDispatchMessageEx(&msg, &result), RAT_IPC_OK);
    CHECK_EQ(result, 1 + getpid());
}

/* -- The runtime directory --------------------------------------------------------------------- */

static void checkAllRefuse(const char* row, RatIpcStatus expected)
{
    inRow(row);
    RatMessageQueue queue = 1;
    CHECK_STATUS(RatCreateNamedMessageQueue(NAME, 0, &queue), expected);
    CHECK_EQ(queue, RAT_INVALID_HANDLE);
    queue = 1;
    CHECK_STATUS(RatOpenNamedMessageQueue(NAME, &queue), expected);
    CHECK_EQ(queue, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatUnlinkMessageQueue(NAME), expected);
    inRow(NULL);
}

TEST(aRuntimeDirectoryThatIsNotSafeIsRefused)
{
    const char* directory = ownRuntime();
    char path[128], link[128];
    snprintf(path, sizeof path, "%s/real", directory);
    snprintf(link, sizeof link, "%s/link", directory);
    REQUIRE(mkdir(path, 0700) == 0 && symlink(path, link) == 0);
    setenv("RAT_RUNTIME_DIR", path, 1);
    static const struct {
        const char* row;
        mode_t mode;
    } rows[] = {{"all may write", 0777}, {"others may write", 0702}, {"the group may write", 0720},
                {"all may write, sticky", 01777}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        REQUIRE(chmod(path, rows[i].mode) == 0);
        checkAllRefuse(rows[i].row, RAT_IPC_ERR_ACCESS_DENIED);
    }
    REQUIRE(chmod(path, 0700) == 0);
    if (geteuid() == 0) {
        REQUIRE(chown(path, 65534, (gid_t)-1) == 0);
        checkAllRefuse("another user's", RAT_IPC_ERR_ACCESS_DENIED);
        REQUIRE(chown(path, 0, (gid_t)-1) == 0);
    }
    setenv("RAT_RUNTIME_DIR", link, 1);
    checkAllRefuse("a link", RAT_IPC_ERR_ACCESS_DENIED);
    setenv("RAT_RUNTIME_DIR", "tmp/rat", 1);
    checkAllRefuse("a relative path", RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(filesBelow(path), 0);

    setenv("RAT_RUNTIME_DIR", path, 1);
    REQUIRE(chmod(path, 0755) == 0);
    RatMessageQueue queue = createQueue(NAME);
    CHECK_STATUS(RatCloseMessageQueue(queue), RAT_IPC_OK);
}

TEST(theRuntimeDirectoryIsMadeByWhoCreatesAndByNobodyElse)
{
    char path[128];
    snprintf(path, sizeof path, "%s/sub", ownRuntime());
    setenv("RAT_RUNTIME_DIR", path, 1);
    CHECK_STATUS(findQueue(NAME), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatUnlinkMessageQueue(NAME), RAT_IPC_ERR_NOT_FOUND);
    CHECK_EQ(access(path, F_OK), -1);
    createQueue(NAME);
    struct stat facts;
    REQUIRE(stat(path, &facts) == 0);
    CHECK_EQ(facts.st_mode & 07777, 0700);
}

TEST(withoutARuntimeDirectoryNamedItIsRatBelowThatOfTheSession)
{
    char path[128];
    const char* directory = ownRuntime();
    unsetenv("RAT_RUNTIME_DIR");
    setenv("XDG_RUNTIME_DIR", directory, 1);
    RatMessageQueue queue = createQueue(NAME);
    snprintf(path, sizeof path, "%s/rat", directory);
    CHECK_EQ(access(path, F_OK), 0);
    CHECK_STATUS(findQueue(NAME), RAT_IPC_OK);
    CHECK_STATUS(RatCloseMessageQueue(queue), RAT_IPC_OK);
}

static void beNobodyAndTry(void* context)
{
    (void)context;
    await();
    REQUIRE(setresgid(65534, 65534, 65534) == 0 && setresuid(65534, 65534, 65534) == 0);
    RatMessageQueue queue = 1;
    report(RatOpenNamedMessageQueue(NAME, &queue));
    report(RatCreateNamedMessageQueue("another", 0, &queue));
    report(RatUnlinkMessageQueue(NAME));
}

TEST(anotherUserIsRefused)
{
    if (geteuid() != 0) return; /* Nobody else can be another user. */
    const char* directory = ownRuntime();
    Servant servant = hire(beNobodyAndTry, NULL);
    createQueue(NAME);
    REQUIRE(chmod(directory, 0755) == 0);
    tell(&servant, 1);
    for (int i = 0; i < 3; i++) CHECK_STATUS(hear(&servant), RAT_IPC_ERR_ACCESS_DENIED);
    release(&servant);
    CHECK_STATUS(findQueue(NAME), RAT_IPC_OK);
}

/* -- Posting ----------------------------------------------------------------------------------- */

static const size_t sizes[] = {0,   1,    15,   16,   17,   63,    64,    65,
                               255, 1000, 4095, 4096, 4097, 65535, 65536, 0};
enum { SIZES = sizeof sizes / sizeof sizes[0], IN_ORDER = 20 * SIZES };

static void postInOrder(void* context)
{
    (void)context;
    await();
    RatMessageQueue queue = openQueue(NAME);
    for (uint32_t i = 0; i < IN_ORDER; i++) REQUIRE_OK(postBytes(queue, i, sizes[i % SIZES]));
    REQUIRE_OK(postBytes(queue, IN_ORDER, 16 * MEBIBYTE));
    REQUIRE_OK(postBytes(queue, IN_ORDER + 1, 1));
    RatMessage msg = plain(1);
    msg.header.size = RAT_MAX_PAYLOAD_SIZE + 1;
    msg.payload = &msg;
    REQUIRE(RatPostMessage(queue, &msg) == RAT_IPC_ERR_INVALID_ARG);
    msg.header.size = 1;
    msg.payload = NULL;
    REQUIRE(RatPostMessage(queue, &msg) == RAT_IPC_ERR_INVALID_ARG);
    msg = plain(1);
    msg.header.priority = RAT_PRIORITY_HIGHEST + 1;
    REQUIRE(RatPostMessage(queue, &msg) == RAT_IPC_ERR_INVALID_ARG);
    REQUIRE(RatPostMessage(queue, NULL) == RAT_IPC_ERR_INVALID_ARG);
    REQUIRE_OK(RatCloseMessageQueue(queue));
    REQUIRE(RatPostMessage(queue, &msg) == RAT_IPC_ERR_INVALID_ARG);
    REQUIRE(postNumber(queue, 1) == RAT_IPC_ERR_INVALID_HANDLE);
}

TEST(whatAnotherProcessPostsArrivesWholeAndInOrder)
{
    ownRuntime();
    Servant servant = hire(postInOrder, NULL);
    RatMessageQueue queue = createQueue(NAME);
    tell(&servant, 1);
    for (uint32_t i = 0; i <= IN_ORDER + 1; i++) {
        RatMessage msg;
        REQUIRE_OK(RatGetMessage(queue, &msg, SOON));
        REQUIRE(msg.header.message == i);
        size_t size = i < IN_ORDER ? sizes[i % SIZES] : i == IN_ORDER ? 16 * MEBIBYTE : 1;
        REQUIRE(msg.header.size == size);
        CHECK((msg.payload == NULL) == (size == 0));
        CHECK_EQ((uintptr_t)msg.payload % 16, 0);
        CHECK(isIntact(&msg));
    }
    release(&servant);
    CHECK_EQ(takeNumber(queue), -RAT_IPC_ERR_TIMEOUT);
}

static void postHeaders(void* own)
{
    await();
    RatMessageQueue queue = openQueue(NAME);
    *(RatHandle*)own = queue;
    RatMessage msg = {.header = {.message = UINT32_MAX,
                                 .wparam = UINTPTR_MAX,
                                 .lparam = INTPTR_MIN,
                                 .sender = queue,
                                 .flags = UINT32_MAX,
                                 .target = 77,
                                 .time = 77,
                                 .token = 77}};
    REQUIRE_OK(RatPostMessage(queue, &msg));
    msg.header.sender = 12345;
    REQUIRE_OK(RatPostMessage(queue, &msg));
    report(0);
    msg.header.sender = (RatHandle)await(); /* The receiver's own handle. */
    REQUIRE_OK(RatPostMessage(queue, &msg));
    await();
}

TEST(aHeaderCrossesAndTheLibraryFillsInItsPart)
{
    ownRuntime();
    RatHandle* own = shareMemory(sizeof *own);
    Servant servant = hire(postHeaders, own);
    RatMessageQueue queue = createQueue(NAME);
    /* time is known to about 4 ms. */
    uint64_t before = now() - MILLISECONDS(20);
    tell(&servant, 1);
    hear(&servant);
    tell(&servant, (int64_t)queue);
    for (int i = 0; i < 3; i++) {
        RatMessage msg;
        REQUIRE_OK(RatGetMessage(queue, &msg, SOON));
        CHECK_EQ(msg.header.message, UINT32_MAX);
        CHECK_EQ(msg.header.wparam, UINTPTR_MAX);
        CHECK_EQ(msg.header.lparam, INTPTR_MIN);
        CHECK_EQ(msg.header.sender, i == 0 ? *own : RAT_INVALID_HANDLE);
        CHECK_EQ(msg.header.flags, 0);
        CHECK_EQ(msg.header.target, queue);
        CHECK_EQ(msg.header.token, 0);
        CHECK(msg.header.time >= before && msg.header.time <= now());
    }
    /* And that handle is none here. */
    CHECK(*own != queue);
    CHECK_EQ(RatGetHandleKind(*own), RAT_HANDLE_NONE);
    CHECK_STATUS(postNumber(*own, 1), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_EQ(takeNumber(*own), -RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatCloseMessageQueue(*own), RAT_IPC_ERR_INVALID_HANDLE);
    tell(&servant, 1);
    release(&servant);
}

static void untilQueued(RatMessageQueue queue, size_t count)
{
    uint64_t deadline = now() + MILLISECONDS(SOON);
    while (infoOf(queue).queued != count) {
        REQUIRE(now() < deadline);
        sched_yield();
    }
}

static void postPriorities(void* context)
{
    (void)context;
    await();
    RatMessageQueue queue = openQueue(NAME);
    for (uint32_t i = 0; i < 3; i++)
        for (int32_t priority = RAT_PRIORITY_LOWEST; priority <= RAT_PRIORITY_HIGHEST; priority++)
            REQUIRE_OK(postUrgent(queue, (uint32_t)(10 * (priority + 5)) + i, priority));
}

TEST(prioritiesCross)
{
    ownRuntime();
    Servant servant = hire(postPriorities, NULL);
    RatMessageQueue queue = createQueue(NAME);
    tell(&servant, 1);
    untilQueued(queue, 24);
    for (uint32_t priority = 8; priority >= 1; priority--)
        for (uint32_t i = 0; i < 3; i++) CHECK_EQ(takeNumber(queue), 10 * priority + i);
    release(&servant);
}

static void postUntilFull(void* context)
{
    (void)context;
    int64_t size = await();
    RatMessageQueue queue = openQueue(NAME);
    uint32_t accepted = 0;
    RatIpcStatus status = RAT_IPC_OK;
    while (accepted < MANY && (status = postBytes(queue, accepted, (size_t)size)) == RAT_IPC_OK)
        accepted++;
    REQUIRE(status == RAT_IPC_ERR_NO_RESOURCES);
    report(accepted);
}

TEST(whatAFullQueueAndConnectionAcceptedArrivesAndTheRestIsRefused)
{
    static const size_t payloads[] = {0, 100, 5000};
    ownRuntime();
    Servant servants[3];
    for (int i = 0; i < 3; i++) servants[i] = hire(postUntilFull, NULL);
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateNamedMessageQueue(NAME, 10, &queue));
    for (int i = 0; i < 3; i++) {
        int64_t accepted = ask(&servants[i], (int64_t)payloads[i]);
        CHECK(accepted >= 10 && accepted < MANY);
        release(&servants[i]);
        for (int64_t k = 0; k < accepted; k++) {
            RatMessage msg;
            REQUIRE_OK(RatGetMessage(queue, &msg, SOON));
            REQUIRE(msg.header.message == (uint32_t)k && msg.header.size == payloads[i]);
            REQUIRE(isIntact(&msg));
        }
        CHECK_EQ(takeNumber(queue), -RAT_IPC_ERR_TIMEOUT);
    }
}

enum { LAST_POSTS = 500 };

static void postAndEnd(void* context)
{
    (void)context;
    bool isToDie = await();
    RatMessageQueue queue = openQueue(NAME);
    for (uint32_t i = 0; i < LAST_POSTS; i++) REQUIRE_OK(postBytes(queue, i, i));
    if (isToDie) die();
}

TEST(whatAProcessPostedArrivesThoughItExitsOrIsKilledAtOnce)
{
    enum { ROUNDS = 20 };
    ownRuntime();
    Servant servants[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) servants[i] = hire(postAndEnd, NULL);
    RatMessageQueue queue = createQueue(NAME);
    for (int i = 0; i < ROUNDS; i++) {
        tell(&servants[i], i % 2);
        /* The process is gone, and then it is looked. */
        if (i % 2) mourn(&servants[i]);
        else release(&servants[i]);
        for (uint32_t k = 0; k < LAST_POSTS; k++) {
            RatMessage msg;
            REQUIRE_OK(RatGetMessage(queue, &msg, SOON));
            REQUIRE(msg.header.message == k && msg.header.size == k && isIntact(&msg));
        }
        CHECK_EQ(takeNumber(queue), -RAT_IPC_ERR_TIMEOUT);
    }
}

/* Posts numbers from the one it is told on; the counter is the first that was not accepted yet. */
static void postForever(void* counter)
{
    uint32_t next = (uint32_t)await();
    RatMessageQueue queue = openQueue(NAME);
    for (;;)
        if (postBytes(queue, next, next % 3000) == RAT_IPC_OK)
            atomic_store((_Atomic uint32_t*)counter, ++next);
}

TEST(aProcessKilledWhileItPostsLeavesNothingHalf)
{
    enum { ROUNDS = 30 };
    ownRuntime();
    _Atomic uint32_t* counters = shareMemory(ROUNDS * sizeof *counters);
    Servant servants[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) servants[i] = hire(postForever, &counters[i]);
    RatMessageQueue queue = createQueueWith(NAME, (RatQueueOptions){.capacity = 50});
    uint32_t last = UINT32_MAX;
    for (uint32_t i = 0; i < ROUNDS; i++) {
        uint32_t first = i * MANY, wanted = first + 10 + 37 * i;
        tell(&servants[i], first);
        bool isAlive = true;
        for (uint32_t next = first; isAlive || next < wanted;) {
            RatMessage msg;
            REQUIRE_OK(RatGetMessage(queue, &msg, SOON));
            REQUIRE(msg.header.size == msg.header.message % 3000 && isIntact(&msg));
            /* The last of the one before may have been accepted and not counted. */
            if (msg.header.message == last) continue;
            REQUIRE(msg.header.message == next);
            next++;
            if (!isAlive || next < wanted) continue;
            killServant(&servants[i]);
            isAlive = false;
            wanted = last = atomic_load(&counters[i]);
            if (last < next) last = UINT32_MAX; /* It is here already. */
        }
    }
}

static void postWithOptions(void* context)
{
    (void)context;
    await();
    RatMessageQueue queue = openQueue(NAME);
    uint64_t token = 0, other = 0;
    RatPostOptions none = {0}, soon = {.timeout_ms = 50}, ever = {.timeout_ms = RAT_INFINITE};
    RatPostOptions replace = {.flags = RAT_POST_REPLACE, .key = 7};
    RatPostOptions bad = {.flags = 0x80};
    REQUIRE(postWith(queue, 1, bad, NULL) == RAT_IPC_ERR_INVALID_ARG);

    /* Cancelling. */
    REQUIRE_OK(postWith(queue, 1, none, &token));
    REQUIRE_OK(postWith(queue, 2, none, &other));
    REQUIRE(token != 0 && other != 0 && token != other);
    REQUIRE_OK(RatCancelMessage(queue, token));
    REQUIRE(RatCancelMessage(queue, token) == RAT_IPC_ERR_NOT_FOUND);
    report(0);
    await();
    REQUIRE(RatCancelMessage(queue, other) == RAT_IPC_ERR_NOT_FOUND);

    /* Replacing. */
    REQUIRE_OK(postWith(queue, 3, replace, NULL));
    REQUIRE_OK(postWith(queue, 4, none, NULL));
    REQUIRE_OK(postWith(queue, 5, replace, NULL));
    report(0);
    await();

    /* A full queue of 2. */
    REQUIRE_OK(postWith(queue, 6, none, NULL));
    REQUIRE_OK(postWith(queue, 7, none, NULL));
    REQUIRE(postWith(queue, 8, none, NULL) == RAT_IPC_ERR_NO_RESOURCES);
    REQUIRE(RatPostMessageEx(queue, &(RatMessage){0}, NULL, NULL) == RAT_IPC_ERR_NO_RESOURCES);
    uint64_t before = now();
    REQUIRE(postWith(queue, 8, soon, NULL) == RAT_IPC_ERR_TIMEOUT);
    REQUIRE(now() - before >= MILLISECONDS(49));
    report(0);
    REQUIRE_OK(postWith(queue, 9, ever, NULL));
    report(0);
}

TEST(theOptionsOfAPostCross)
{
    ownRuntime();
    Servant servant = hire(postWithOptions, NULL);
    RatMessageQueue queue = createQueueWith(NAME, (RatQueueOptions){.capacity = 2});
    tell(&servant, 1);
    hear(&servant);
    CHECK_TAKES(queue, 2);
    CHECK_EQ(infoOf(queue).cancelled, 1);
    tell(&servant, 1);
    hear(&servant);
    CHECK_EQ(infoOf(queue).replaced, 1);
    CHECK_TAKES(queue, 5, 4);
    tell(&servant, 1);
    hear(&servant);
    untilServantSleeps(&servant);
    CHECK_EQ(infoOf(queue).queued, 2);
    CHECK_EQ(takeNumber(queue), 6);
    hear(&servant); /* There was room for it. */
    CHECK_TAKES(queue, 7, 9);
    release(&servant);
}

static void postLater(void* context)
{
    (void)context;
    await();
    RatMessageQueue queue = openQueue(NAME);
    REQUIRE_OK(postWith(queue, 1, (RatPostOptions){.notBefore = NEVER}, NULL));
    REQUIRE_OK(postWith(queue, 2, (RatPostOptions){.notBefore = now() + MILLISECONDS(500)}, NULL));
    REQUIRE_OK(postWith(queue, 3, (RatPostOptions){0}, NULL));
    report(0);
}

TEST(aMessageOfAnotherProcessComesAtItsTime)
{
    ownRuntime();
    Servant servant = hire(postLater, NULL);
    RatMessageQueue queue = createQueue(NAME);
    uint64_t before = now();
    ask(&servant, 1);
    CHECK_EQ(awaitNumber(queue), 3);
    CHECK_EQ(awaitNumber(queue), 2);
    CHECK(now() - before >= MILLISECONDS(500));
    CHECK_EQ(takeNumber(queue), -RAT_IPC_ERR_TIMEOUT);
    CHECK_EQ(infoOf(queue).delayed, 1);
    release(&servant);
}

/* -- Sending ----------------------------------------------------------------------------------- */

static const uint32_t payloads[] = {0, 1, 64, 65, 4096, MEBIBYTE, 16 * MEBIBYTE};
enum { PAYLOADS = sizeof payloads / sizeof payloads[0] };

static void sendPayloads(void* context)
{
    (void)context;
    await();
    RatMessageQueue queue = openQueue(NAME);
    unsigned char* bytes = malloc(16 * MEBIBYTE);
    REQUIRE(bytes != NULL);
    for (size_t i = 0; i < PAYLOADS; i++) {
        uint32_t size = payloads[i], back = payloads[PAYLOADS - 1 - i];
        memset(bytes, (int)i + 1, size);
        RatMessage msg = asking(ASK, i), reply;
        msg.header.size = size;
        msg.payload = size ? bytes : NULL;
        REQUIRE_OK(RatSendMessageEx(queue, &msg, &reply, SOON, i % 2 ? RAT_SMTO_BLOCK : 0));
        REQUIRE(reply.header.message == 0x100 + i && reply.header.wparam == i);
        REQUIRE(reply.header.lparam == -5 && reply.header.size == back);
        REQUIRE((reply.payload == NULL) == (back == 0));
        REQUIRE((uintptr_t)reply.payload % 16 == 0);
        REQUIRE(isIntact(&reply));
    }
    free(bytes);
    REQUIRE_OK(RatSendMessage(queue, &(RatMessage){0}, NULL, SOON)); /* No reply wanted. */
    REQUIRE(RatSendMessage(queue, &(RatMessage){0}, NULL, 0) == RAT_IPC_ERR_TIMEOUT);
    REQUIRE(RatSendMessage(queue, NULL, NULL, SOON) == RAT_IPC_ERR_INVALID_ARG);
    REQUIRE(RatSendMessageEx(queue, &(RatMessage){0}, NULL, 0, 0x80) == RAT_IPC_ERR_INVALID_ARG);
    report(0);
}

TEST(aSendAndItsReplyCrossWithTheirPayloads)
{
    ownRuntime();
    Servant servant = hire(sendPayloads, NULL);
    RatMessageQueue queue = createQueue(NAME);
    unsigned char* bytes = malloc(16 * MEBIBYTE);
    REQUIRE(bytes != NULL);
    tell(&servant, 1);
    for (size_t i = 0; i < PAYLOADS; i++) {
        RatMessage request = takeRequest(queue), reply = plain(0x100 + (uint32_t)i);
        CHECK_EQ(request.header.message, ASK);
        CHECK_EQ(request.header.wparam, i);
        CHECK_EQ(request.header.target, queue);
        REQUIRE(request.header.size == payloads[i]);
        const unsigned char* got = request.payload;
        for (uint32_t k = 0; k < payloads[i]; k++) REQUIRE(got[k] == i + 1);
        reply.header.wparam = i;
        reply.header.lparam = -5;
        reply.header.size = payloads[PAYLOADS - 1 - i];
        reply.payload = reply.header.size ? bytes : NULL;
        memset(bytes, (int)i, reply.header.size);
        CHECK_STATUS(RatReplyMessage(&request, &reply), RAT_IPC_OK);
        CHECK_STATUS(RatReplyMessage(&request, &reply), RAT_IPC_ERR_NOT_FOUND);
    }
    RatMessage request = takeRequest(queue);
    CHECK_STATUS(RatReplyMessage(&request, NULL), RAT_IPC_OK);
    hear(&servant);
    CHECK_EQ(takeNumber(queue), -RAT_IPC_ERR_TIMEOUT);
    free(bytes);
    release(&servant);
}

static RatResult answerTwice(RatMessageQueue queue, const RatMessage* message, void* context)
{
    (void)queue, (void)context;
    return message->header.lparam * 2;
}

static void sendTwo(void* context)
{
    (void)context;
    await();
    RatMessageQueue queue = openQueue(NAME);
    RatMessage msg = plain(ASK), reply;
    msg.header.lparam = 21;
    REQUIRE_OK(RatSendMessage(queue, &msg, &reply, SOON));
    REQUIRE(reply.header.lparam == 42);
    report(0);
    REQUIRE(RatSendMessage(queue, &msg, &reply, SOON) == RAT_IPC_ERR_NOT_FOUND);
    report(0);
}

TEST(theProcedureOfTheQueueAnswersAndWithoutItNobodyIsFound)
{
    ownRuntime();
    Servant servant = hire(sendTwo, NULL);
    RatMessageQueue queue = createQueue(NAME);
    REQUIRE_OK(RatSetMessageProc(queue, answerTwice, NULL));
    tell(&servant, 1);
    RatMessage request = takeRequest(queue);
    CHECK_STATUS(RatDispatchMessage(&request), RAT_IPC_OK);
    hear(&servant);
    REQUIRE_OK(RatSetMessageProc(queue, NULL, NULL));
    request = takeRequest(queue);
    CHECK_STATUS(RatDispatchMessage(&request), RAT_IPC_ERR_NOT_FOUND);
    hear(&servant);
    release(&servant);
}

static void sendImpatiently(void* context)
{
    (void)context;
    await();
    RatMessageQueue queue = openQueue(NAME);
    RatMessage reply, msg = plain(ASK);
    uint64_t before = now();
    REQUIRE(RatSendMessage(queue, &msg, &reply, 50) == RAT_IPC_ERR_TIMEOUT);
    REQUIRE(now() - before >= MILLISECONDS(49));
    report(0);
    await();
    /* Taken, and not answered in time. */
    REQUIRE(RatSendMessage(queue, &(RatMessage){.header = {.message = ASK_ALSO}}, &reply, 1000) ==
            RAT_IPC_ERR_TIMEOUT);
    report(0);
    await();
    REQUIRE_OK(RatSendMessage(queue, &(RatMessage){.header = {.message = ASK_LAST}}, &reply, SOON));
    REQUIRE(reply.header.lparam == 3);
}

TEST(aSendThatTimesOutIsWithdrawnAndALateReplyDisturbsNobody)
{
    ownRuntime();
    Servant servant = hire(sendImpatiently, NULL);
    RatMessageQueue queue = createQueue(NAME);
    ask(&servant, 1);
    untilRequests(queue, 0);
    CHECK_EQ(takeNumber(queue), -RAT_IPC_ERR_TIMEOUT);
    tell(&servant, 1);
    RatMessage late = takeRequest(queue);
    CHECK_EQ(late.header.message, ASK_ALSO);
    hear(&servant);
    RatIpcStatus status = answerWith(&late, 2);
    CHECK(status == RAT_IPC_OK || status == RAT_IPC_ERR_NOT_FOUND);
    tell(&servant, 1);
    RatMessage request = takeRequest(queue);
    CHECK_EQ(request.header.message, ASK_LAST);
    CHECK_STATUS(answerWith(&late, 4), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(answerWith(&request, 3), RAT_IPC_OK);
    release(&servant);
}

/* What a callback was told. */
typedef struct {
    int calls;
    RatHandle target;
    uint32_t message;
    RatIpcStatus status;
    intptr_t result;
} Told;

static void hearBack(RatHandle target, uint32_t message, void* context, RatIpcStatus status,
                     const RatMessage* reply)
{
    Told* told = context;
    told->calls++;
    told->target = target;
    told->message = message;
    told->status = status;
    REQUIRE((reply != NULL) == (status == RAT_IPC_OK));
    if (reply) told->result = reply->header.lparam;
}

/* Returns when a reply, or the news that there will be none, has been heard. */
static void hearSoon(const Told* told)
{
    RatMessage msg;
    uint64_t deadline = now() + MILLISECONDS(SOON);
    while (told->calls == 0) {
        REQUIRE(now() < deadline);
        REQUIRE_OK(RatWaitMessage(SOON));
        REQUIRE(RatGetMessage(threadQueue(), &msg, 0) == RAT_IPC_ERR_TIMEOUT);
    }
    REQUIRE(told->calls == 1);
}

static void sendWithCallback(void* context)
{
    (void)context;
    await();
    RatMessageQueue queue = openQueue(NAME);
    RatMessage msg = plain(ASK);
    Told told = {0}, never = {0};
    REQUIRE(RatSendMessageCallback(queue, &msg, NULL, NULL) == RAT_IPC_ERR_INVALID_ARG);
    REQUIRE_OK(RatSendMessageCallback(queue, &msg, hearBack, &told));
    hearSoon(&told);
    REQUIRE(told.target == queue && told.message == ASK);
    REQUIRE(told.status == RAT_IPC_OK && told.result == 17);
    REQUIRE_OK(RatSendMessageCallback(queue, &msg, hearBack, &never));
    report(0);
    hearSoon(&never);
    REQUIRE(never.status == RAT_IPC_ERR_NOT_CONNECTED);
    report(0);
}

TEST(aCallbackHearsTheReplyOfAnotherProcessAndThatItIsGone)
{
    ownRuntime();
    Servant servant = hire(sendWithCallback, NULL);
    RatMessageQueue queue = createQueue(NAME);
    tell(&servant, 1);
    RatMessage request = takeRequest(queue);
    CHECK_STATUS(answerWith(&request, 17), RAT_IPC_OK);
    hear(&servant);
    untilRequests(queue, 1);
    CHECK_STATUS(RatCloseMessageQueue(queue), RAT_IPC_OK);
    hear(&servant);
    release(&servant);
}

static void notify(void* context)
{
    (void)context;
    await();
    RatMessageQueue queue = openQueue(NAME);
    for (uint32_t i = 0; i < 2; i++) REQUIRE_OK(postNumber(queue, i));
    RatMessage msg = plain(ASK);
    char payload[3000];
    memset(payload, ASK & 0xFF, sizeof payload);
    msg.header.size = sizeof payload;
    msg.payload = payload;
    REQUIRE_OK(RatSendNotifyMessage(queue, &msg));
}

TEST(aNotificationOfAnotherProcessIsSentAndAFullQueueTakesIt)
{
    ownRuntime();
    Servant servant = hire(notify, NULL);
    RatMessageQueue queue = createQueueWith(NAME, (RatQueueOptions){.capacity = 2});
    tell(&servant, 1);
    release(&servant);
    untilRequests(queue, 1);
    RatMessage msg;
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    CHECK_EQ(msg.header.message, ASK);
    CHECK_EQ(msg.header.flags, RAT_MESSAGE_SENT);
    CHECK_EQ(msg.header.token, 0);
    CHECK_EQ(msg.header.size, 3000);
    CHECK(isIntact(&msg));
    CHECK_STATUS(RatReplyMessage(&msg, NULL), RAT_IPC_ERR_NOT_FOUND);
    CHECK_EQ(awaitNumber(queue), 0);
    CHECK_EQ(awaitNumber(queue), 1);
}

enum { THREADS = 8, SENDS = 200 };

static intptr_t sendMany(void* queue)
{
    for (uintptr_t i = 0; i < SENDS; i++) {
        RatMessage msg = asking(ASK, i), reply;
        msg.header.lparam = (intptr_t)pthread_self();
        REQUIRE_OK(RatSendMessage(*(RatMessageQueue*)queue, &msg, &reply, SOON));
        REQUIRE(reply.header.wparam == i + 1 && reply.header.lparam == msg.header.lparam);
    }
    return 0;
}

static void sendFromManyThreads(void* context)
{
    (void)context;
    await();
    RatMessageQueue queue = openQueue(NAME);
    Thread threads[THREADS];
    for (int i = 0; i < THREADS; i++) start(&threads[i], sendMany, &queue);
    for (int i = 0; i < THREADS; i++) join(&threads[i]);
}

TEST(manyThreadsOfAProcessSendAtOnceByOneHandle)
{
    ownRuntime();
    Servant servants[2];
    for (int i = 0; i < 2; i++) servants[i] = hire(sendFromManyThreads, NULL);
    RatMessageQueue queue = createQueue(NAME);
    for (int i = 0; i < 2; i++) tell(&servants[i], 1);
    for (int i = 0; i < 2 * THREADS * SENDS; i++) {
        RatMessage request = takeRequest(queue), reply = plain(0);
        reply.header.wparam = request.header.wparam + 1;
        reply.header.lparam = request.header.lparam;
        REQUIRE_OK(RatReplyMessage(&request, &reply));
    }
    for (int i = 0; i < 2; i++) release(&servants[i]);
    CHECK_EQ(takeNumber(queue), -RAT_IPC_ERR_TIMEOUT);
}

/* -- The owner's end --------------------------------------------------------------------------- */

typedef enum { SEND_TAKEN, SEND_WAITING, GET, POST, CALLS } Blocked;
typedef enum { KILLED, EXITS, CLOSES, ENDS } End;

/* Owns a queue with room for one message, until it is told how to end. */
static void ownAndEnd(void* blocked)
{
    RatMessageQueue queue = createQueueWith(NAME, (RatQueueOptions){.capacity = 1});
    report(0);
    if (*(Blocked*)blocked == SEND_TAKEN) {
        takeRequest(queue);
        report(0);
    }
    if (await() == EXITS) return;
    REQUIRE_OK(RatCloseMessageQueue(queue));
    report(0);
    await();
}

static void blockIn(void* blocked)
{
    await();
    RatMessageQueue queue = openQueue(NAME);
    RatMessage msg = plain(ASK);
    if (*(Blocked*)blocked == POST) REQUIRE_OK(postWith(queue, 1, (RatPostOptions){0}, NULL));
    report(0);
    switch (*(Blocked*)blocked) {
    case SEND_TAKEN:
    case SEND_WAITING: report(RatSendMessage(queue, &msg, NULL, RAT_INFINITE)); break;
    case GET: report(RatGetMessage(queue, &msg, -1)); break;
    case POST:
        report(postWith(queue, 2, (RatPostOptions){.timeout_ms = RAT_INFINITE}, NULL));
        break;
    case CALLS: break;
    }
    /* Nor does anything else go any more; but the handle is closed as ever. */
    RatQueueInfo info = {.size = sizeof info};
    const RatIpcStatus gone = RAT_IPC_ERR_NOT_CONNECTED;
    REQUIRE(postNumber(queue, 1) == gone);
    REQUIRE(postWith(queue, 1, (RatPostOptions){0}, NULL) == gone);
    REQUIRE(RatSendMessage(queue, &msg, NULL, SOON) == gone);
    REQUIRE(RatSendNotifyMessage(queue, &msg) == gone);
    REQUIRE(RatGetMessage(queue, &msg, 0) == gone);
    REQUIRE(RatGetMessage(queue, &msg, -1) == gone);
    REQUIRE(RatPeekMessage(queue, &msg) == gone);
    REQUIRE(RatCancelMessage(queue, 1) == gone);
    REQUIRE(RatGetQueueInfo(queue, &info) == gone);
    REQUIRE_OK(RatCloseMessageQueue(queue));
    REQUIRE(postNumber(queue, 1) == RAT_IPC_ERR_INVALID_HANDLE);
    report(0);
}

/* Finds the name free. */
static void succeed(void* context)
{
    (void)context;
    await();
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    RatIpcStatus status = findQueue(NAME);
    if (status != RAT_IPC_ERR_NOT_FOUND) status = RAT_IPC_ERR_UNKNOWN;
    else status = RatCreateNamedMessageQueue(NAME, 0, &queue);
    report(status);
}

TEST(whenTheOwnerEndsWhoWaitsIsToldAtOnceAndTheNameIsFree)
{
    static const char* const rows[CALLS][ENDS] = {
        {"taken send, killed", "taken send, exits", "taken send, closes"},
        {"waiting send, killed", "waiting send, exits", "waiting send, closes"},
        {"get, killed", "get, exits", "get, closes"},
        {"post, killed", "post, exits", "post, closes"},
    };
    ownRuntime();
    /* The test itself does not use the library, and so may go on to fork. */
    for (Blocked blocked = SEND_TAKEN; blocked < CALLS; blocked++) {
        for (End end = KILLED; end < ENDS; end++) {
            inRow(rows[blocked][end]);
            Servant owner = hire(ownAndEnd, &blocked);
            Servant caller = hire(blockIn, &blocked), successor = hire(succeed, NULL);
            hear(&owner);
            ask(&caller, 1);
            if (blocked == SEND_TAKEN) hear(&owner);
            untilServantSleeps(&caller);
            if (end == KILLED) killServant(&owner);
            else tell(&owner, end);
            if (end == EXITS) release(&owner);
            if (end == CLOSES) hear(&owner);
            CHECK_STATUS(ask(&successor, 1), RAT_IPC_OK);
            CHECK_STATUS(hear(&caller), RAT_IPC_ERR_NOT_CONNECTED);
            hear(&caller);
            release(&caller);
            release(&successor);
            if (end != CLOSES) continue;
            tell(&owner, 1);
            release(&owner);
        }
    }
    inRow(NULL);
}

static void ownAndWait(void* name)
{
    createQueue(name);
    report(0);
    await();
}

static void createAndClose(void* name)
{
    RatMessageQueue queue = createQueue(name);
    report(0);
    await();
    REQUIRE_OK(RatCloseMessageQueue(queue));
    report(0);
    await();
}

TEST(whatAKilledOwnerLeavesGoesWhenItsNameIsCreatedAgain)
{
    const char* directory = ownRuntime();
    size_t alive = 0;
    for (int round = 0; round < 5; round++) {
        Servant owner = hire(ownAndWait, NAME);
        hear(&owner);
        /* As many as when nobody had been killed yet. */
        if (round == 0) alive = filesBelow(directory);
        else CHECK_EQ(filesBelow(directory), alive);
        killServant(&owner);
    }
    Servant last = hire(createAndClose, NAME);
    hear(&last);
    CHECK_EQ(filesBelow(directory), alive);
    ask(&last, 1);
    size_t closed = filesBelow(directory);
    tell(&last, 1);
    release(&last);
    CHECK(filesBelow(directory) <= closed);

    /* Without any killing there is as little left. */
    size_t left = filesBelow(directory);
    const char* other = ownRuntime();
    Servant only = hire(createAndClose, NAME);
    hear(&only);
    CHECK_EQ(filesBelow(other), alive);
    ask(&only, 1);
    tell(&only, 1);
    release(&only);
    CHECK_EQ(filesBelow(other), left);
}

static void openAndPost(void* status)
{
    await();
    RatMessageQueue queue = openQueue(NAME);
    report(0);
    await();
    *(RatIpcStatus*)status = postWith(queue, 1, (RatPostOptions){.timeout_ms = 1}, NULL);
    report(0);
}

TEST(anOwnerThatIsStoppedCostsOthersFiveSeconds)
{
    ownRuntime();
    RatIpcStatus* status = shareMemory(sizeof *status);
    Servant owner = hire(ownAndWait, NAME), poster = hire(openAndPost, status);
    hear(&owner);
    ask(&poster, 1);
    int state = 0;
    REQUIRE(kill(owner.process, SIGSTOP) == 0);
    REQUIRE(waitpid(owner.process, &state, WUNTRACED) == owner.process && WIFSTOPPED(state));
    tell(&poster, 1);
    uint64_t before = now();
    CHECK_STATUS(findQueue(NAME), RAT_IPC_ERR_TIMEOUT);
    CHECK(now() - before >= MILLISECONDS(4900));
    hear(&poster);
    CHECK_STATUS(*status, RAT_IPC_ERR_TIMEOUT);
    release(&poster);
    RatMessageQueue queue = 1;
    CHECK_STATUS(RatCreateNamedMessageQueue(NAME, 0, &queue), RAT_IPC_ERR_ALREADY_EXISTS);
    REQUIRE(kill(owner.process, SIGCONT) == 0);
    CHECK_STATUS(findQueue(NAME), RAT_IPC_OK);
    killServant(&owner);
    CHECK_STATUS(findQueue(NAME), RAT_IPC_ERR_NOT_FOUND);
}

/* -- Unlinking --------------------------------------------------------------------------------- */

static void unlinkAndGoOn(void* context)
{
    (void)context;
    await();
    RatMessageQueue queue = openQueue(NAME);
    REQUIRE_OK(RatUnlinkMessageQueue("/" NAME));
    REQUIRE(RatUnlinkMessageQueue(NAME) == RAT_IPC_ERR_NOT_FOUND);
    REQUIRE(findQueue(NAME) == RAT_IPC_ERR_NOT_FOUND);
    REQUIRE_OK(postNumber(queue, 1));
    report(0);
    await();
    REQUIRE_OK(postNumber(queue, 2));
    RatMessageQueue next = openQueue(NAME);
    REQUIRE(next != queue);
    REQUIRE_OK(postNumber(next, 3));
    report(0);
    await();
    REQUIRE(postNumber(queue, 4) == RAT_IPC_ERR_NOT_CONNECTED);
    REQUIRE_OK(postNumber(next, 5));
    REQUIRE_OK(findQueue(NAME));
}

TEST(unlinkingTakesTheNameAndLeavesTheQueue)
{
    ownRuntime();
    Servant servant = hire(unlinkAndGoOn, NULL);
    RatMessageQueue queue = createQueue(NAME);
    ask(&servant, 1);
    CHECK_STATUS(findQueue(NAME), RAT_IPC_ERR_NOT_FOUND);
    CHECK_EQ(awaitNumber(queue), 1);
    RatMessageQueue next = createQueue(NAME);
    CHECK(next != queue);
    CHECK_EQ(openQueue(NAME), next);
    CHECK_STATUS(RatCloseMessageQueue(next), RAT_IPC_OK); /* It was opened too. */
    ask(&servant, 1);
    CHECK_EQ(awaitNumber(queue), 2);
    CHECK_EQ(awaitNumber(next), 3);
    /* The first goes, and the name is not its own any more. */
    CHECK_STATUS(RatCloseMessageQueue(queue), RAT_IPC_OK);
    tell(&servant, 1);
    CHECK_EQ(awaitNumber(next), 5);
    release(&servant);
}

/* -- What an opener can do --------------------------------------------------------------------- */

enum { SHARED_OUT = 3000 };

static void consume(void* counts)
{
    await();
    RatMessageQueue queue = openQueue(NAME);
    report(0);
    int64_t sum = 0;
    RatMessage msg;
    for (;;) {
        REQUIRE_OK(RatGetMessage(queue, &msg, SOON));
        REQUIRE(isIntact(&msg));
        if (msg.header.message >= SHARED_OUT) break;
        sum += msg.header.message;
        atomic_fetch_add((_Atomic int*)counts + msg.header.message, 1);
    }
    report(sum);
}

TEST(ofSeveralProcessesThatRetrieveEachMessageGoesToOne)
{
    ownRuntime();
    _Atomic int* counts = shareMemory(SHARED_OUT * sizeof *counts);
    Servant servants[3];
    for (int i = 0; i < 3; i++) servants[i] = hire(consume, counts);
    RatMessageQueue queue = createQueue(NAME);
    for (int i = 0; i < 3; i++) ask(&servants[i], 1);
    for (uint32_t i = 0; i < SHARED_OUT; i++) REQUIRE_OK(postBytes(queue, i, i % 300));
    /* Each ends at one of these, which come last. */
    for (uint32_t i = 0; i < 3; i++) REQUIRE_OK(postNumber(queue, SHARED_OUT + i));
    int64_t sum = 0;
    for (int i = 0; i < 3; i++) sum += hear(&servants[i]);
    CHECK_EQ(sum, (int64_t)SHARED_OUT * (SHARED_OUT - 1) / 2);
    for (int i = 0; i < SHARED_OUT; i++) REQUIRE(atomic_load(&counts[i]) == 1);
    for (int i = 0; i < 3; i++) release(&servants[i]);
    CHECK_EQ(takeNumber(queue), -RAT_IPC_ERR_TIMEOUT);
}

static void lookAndTake(void* owner)
{
    await();
    RatMessageQueue queue = openQueue(NAME);
    RatMessage msg;
    char buffer[1000];
    size_t size = 0;
    /* Looking leaves it. */
    for (int i = 0; i < 2; i++) {
        REQUIRE_OK(RatPeekMessage(queue, &msg));
        REQUIRE(msg.header.message == 1 && msg.header.size == 1000 && isIntact(&msg));
        REQUIRE_OK(RatPeekMessageEx(queue, &msg, NULL, RAT_PM_NOREMOVE));
        REQUIRE(msg.header.message == 1 && isIntact(&msg));
    }
    /* So does a buffer that is too small. */
    REQUIRE(RatGetMessageInto(queue, &msg, buffer, 999, &size, 0) == RAT_IPC_ERR_BUFFER_TOO_SMALL);
    REQUIRE(size == 1000);
    REQUIRE_OK(RatGetMessageInto(queue, &msg, buffer, sizeof buffer, &size, 0));
    REQUIRE(size == 1000 && msg.payload == buffer && isIntact(&msg) && msg.header.message == 1);
    /* The owner sent it. */
    uint32_t process = 0, user = 0;
    REQUIRE_OK(RatGetMessageSender(&msg, &process, &user));
    REQUIRE(process == *(uint32_t*)owner && user == geteuid());
    /* Filters. */
    RatMessageFilter filter = {.size = sizeof filter, .first = 3, .last = 4};
    REQUIRE_OK(RatPeekMessageEx(queue, &msg, &filter, RAT_PM_NOREMOVE));
    REQUIRE(msg.header.message == 3);
    REQUIRE_OK(RatPeekMessageEx(queue, &msg, &filter, RAT_PM_REMOVE));
    REQUIRE(msg.header.message == 3);
    REQUIRE(takeFiltered(queue, filter) == 4);
    REQUIRE(takeFiltered(queue, filter) == -RAT_IPC_ERR_TIMEOUT);
    REQUIRE(RatPeekMessageEx(queue, &msg, &filter, RAT_PM_REMOVE) == RAT_IPC_ERR_NOT_FOUND);
    REQUIRE(RatPeekMessageEx(queue, &msg, &filter, 0x80) == RAT_IPC_ERR_INVALID_ARG);
    filter.first = 9;
    REQUIRE(RatGetMessageEx(queue, &msg, &filter, 0) == RAT_IPC_ERR_INVALID_ARG);
    /* What was not let through is still there. */
    REQUIRE_OK(RatGetMessage(queue, &msg, 0));
    REQUIRE(msg.header.message == 2 && msg.header.size == 70000 && isIntact(&msg));
    REQUIRE((uintptr_t)msg.payload % 16 == 0);
    uint64_t before = now();
    RatMessage none;
    REQUIRE(RatGetMessage(queue, &none, 50) == RAT_IPC_ERR_TIMEOUT);
    REQUIRE(now() - before >= MILLISECONDS(49));
    REQUIRE(RatPeekMessage(queue, &none) == RAT_IPC_ERR_NOT_FOUND);
    REQUIRE(isIntact(&msg));
    REQUIRE(RatGetMessage(queue, NULL, 0) == RAT_IPC_ERR_INVALID_ARG);
    report(0);
    /* And it waits for what comes. */
    REQUIRE_OK(RatGetMessage(queue, &msg, -1));
    report(msg.header.message);
}

TEST(anOpenerLooksAndTakesAsTheOwnerDoes)
{
    ownRuntime();
    uint32_t* owner = shareMemory(sizeof *owner);
    *owner = (uint32_t)getpid();
    Servant servant = hire(lookAndTake, owner);
    RatMessageQueue queue = createQueue(NAME);
    REQUIRE_OK(postBytes(queue, 1, 1000));
    REQUIRE_OK(postBytes(queue, 2, 70000));
    REQUIRE_OK(postNumber(queue, 3));
    REQUIRE_OK(postNumber(queue, 4));
    ask(&servant, 1);
    CHECK_EQ(infoOf(queue).retrieved, 4);
    untilServantSleeps(&servant);
    REQUIRE_OK(postNumber(queue, 5));
    CHECK_EQ(hear(&servant), 5);
    release(&servant);
    CHECK_EQ(takeNumber(queue), -RAT_IPC_ERR_TIMEOUT);
}

static void askInfo(void* context)
{
    (void)context;
    await();
    RatMessageQueue queue = openQueue(NAME);
    REQUIRE(RatGetHandleKind(queue) == RAT_HANDLE_MESSAGE_QUEUE);
    RatMessage msg = plain(1);
    char payload[100] = {0};
    msg.header.size = sizeof payload;
    msg.payload = payload;
    /* This waits until the owner has it. */
    for (int i = 0; i < 3; i++) REQUIRE_OK(RatPostMessageEx(queue, &msg, NULL, NULL));
    RatQueueInfo info = {.size = sizeof info};
    REQUIRE_OK(RatGetQueueInfo(queue, &info));
    REQUIRE(info.capacity == 17 && info.byteBudget == 4096 && info.queued == 4);
    REQUIRE(info.overflow == RAT_OVERFLOW_DROP_OLDEST);
    REQUIRE(info.queuedBytes == 300 && info.posted == 4 && info.retrieved == 0);
    info.size = 3;
    REQUIRE(RatGetQueueInfo(queue, &info) == RAT_IPC_ERR_INVALID_ARG);
    REQUIRE(RatGetQueueInfo(queue, NULL) == RAT_IPC_ERR_INVALID_ARG);
    /* What an opened handle cannot do. */
    REQUIRE(RatSetMessageProc(queue, answerTwice, NULL) == RAT_IPC_ERR_NOT_SUPPORTED);
    report(0);
}

TEST(anOpenerIsToldWhatTheQueueHoldsAndWhatItCannotDo)
{
    ownRuntime();
    Servant servant = hire(askInfo, NULL);
    RatQueueOptions options = {
        .overflow = RAT_OVERFLOW_DROP_OLDEST, .capacity = 17, .byteBudget = 4096};
    RatMessageQueue queue = createQueueWith(NAME, options);
    REQUIRE_OK(postNumber(queue, 1));
    ask(&servant, 1);
    CHECK_EQ(infoOf(queue).queued, 4);
    release(&servant);
}

static void closeUnderAWait(void* context)
{
    (void)context;
    await();
    RatMessageQueue queue = openQueue(NAME), other = openQueue(NAME);
    REQUIRE(queue != other);
    Thread getter;
    Sender sender = {0};
    start(&getter, getNumber, &queue);
    untilAsleep(&getter);
    startSender(&sender, queue, ASK, RAT_INFINITE);
    REQUIRE_OK(RatCloseMessageQueue(queue));
    REQUIRE(join(&getter) == -RAT_IPC_ERR_CANCELLED);
    REQUIRE(endSender(&sender) == RAT_IPC_ERR_NOT_CONNECTED);
    REQUIRE_OK(postNumber(other, 1));
    /* Retaining works as for other handles. */
    REQUIRE_OK(RatRetainHandle(other));
    REQUIRE_OK(RatCloseHandle(other));
    REQUIRE_OK(postNumber(other, 2));
    REQUIRE_OK(RatCloseHandle(other));
    REQUIRE(postNumber(other, 3) == RAT_IPC_ERR_INVALID_HANDLE);
}

TEST(anOpenersCloseEndsItsOwnWaitsAndNothingElse)
{
    ownRuntime();
    Servant servant = hire(closeUnderAWait, NULL);
    RatMessageQueue queue = createQueue(NAME);
    tell(&servant, 1);
    release(&servant);
    CHECK_EQ(awaitNumber(queue), 1);
    CHECK_EQ(awaitNumber(queue), 2);
    CHECK_STATUS(findQueue(NAME), RAT_IPC_OK);
}

static void fillWithBytes(void* context)
{
    (void)context;
    await();
    RatMessageQueue queue = openQueue(NAME);
    char payload[900] = {0};
    RatMessage msg = plain(1);
    msg.header.size = sizeof payload;
    msg.payload = payload;
    REQUIRE_OK(RatPostMessageEx(queue, &msg, NULL, NULL));
    report(0);
    RatPostOptions forEver = {.size = sizeof forEver, .timeout_ms = RAT_INFINITE};
    report(RatPostMessageEx(queue, &msg, &forEver, NULL));
}

static void askInfoOnce(void* context)
{
    (void)context;
    await();
    RatQueueInfo info = {.size = sizeof info};
    report(RatGetQueueInfo(openQueue(NAME), &info));
}

TEST(whoWaitsForRoomForBytesKeepsNobodyElseWaiting)
{
    ownRuntime();
    Servant poster = hire(fillWithBytes, NULL), other = hire(askInfoOnce, NULL);
    RatMessageQueue queue =
        createQueueWith(NAME, (RatQueueOptions){.capacity = 100, .byteBudget = 1000});
    ask(&poster, 1);
    untilServantSleeps(&poster);
    CHECK_STATUS(ask(&other, 1), RAT_IPC_OK);
    CHECK_EQ(awaitNumber(queue), 1);
    CHECK_STATUS(hear(&poster), RAT_IPC_OK);
    release(&poster);
    release(&other);
}

/* -- Waits ------------------------------------------------------------------------------------- */

static intptr_t waitForIt(void* queue)
{
    return RatWaitForObject(*(RatMessageQueue*)queue, RAT_INFINITE);
}

static void waitAndTake(void* context)
{
    (void)context;
    await();
    RatMessageQueue queue = openQueue(NAME);
    REQUIRE(RatWaitForObject(queue, 0) == RAT_WAIT_TIMEOUT);
    REQUIRE(RatWaitForObject(queue, 5) == RAT_WAIT_TIMEOUT);
    report(0);
    /* A wait takes nothing, and one that finds something does not wait. */
    REQUIRE(RatWaitForObject(queue, RAT_INFINITE) == RAT_WAIT_OK);
    REQUIRE(RatWaitForObject(queue, 0) == RAT_WAIT_OK);
    REQUIRE(takeNumber(queue) == 1);
    REQUIRE(RatWaitForObject(queue, 0) == RAT_WAIT_TIMEOUT);
    report(0);
    /* Beside others, by several threads, and by a completion queue. */
    Thread threads[3];
    for (int i = 0; i < 3; i++) start(&threads[i], waitForIt, &queue);
    RatEvent event;
    RatCompletionQueue completions;
    REQUIRE_OK(RatCreateEvent(true, false, &event));
    REQUIRE_OK(RatCreateCompletionQueue(4, &completions));
    REQUIRE_OK(RatQueueWait(completions, queue, RAT_INFINITE, 5, NULL));
    RatHandle handles[] = {event, queue};
    size_t index = 0;
    REQUIRE(RatWaitForMultipleObjects(handles, 2, false, SOON, &index) == RAT_WAIT_OK && index == 1);
    for (int i = 0; i < 3; i++) REQUIRE(join(&threads[i]) == RAT_WAIT_OK);
    RatCompletion done;
    REQUIRE_OK(RatGetCompletion(completions, &done, SOON));
    REQUIRE(done.status == RAT_IPC_OK && done.userTag == 5);
    REQUIRE(takeNumber(queue) == 2);
    report(0);
    /* One who waits for the other end is told that there is none. */
    REQUIRE(RatWaitForObject(queue, RAT_INFINITE) == RAT_WAIT_OK);
    REQUIRE(takeNumber(queue) == -RAT_IPC_ERR_NOT_CONNECTED);
    REQUIRE(RatWaitForObject(queue, 0) == RAT_WAIT_OK);
    report(0);
    await();
    /* Its own close is another matter. */
    queue = openQueue(NAME);
    start(&threads[0], waitForIt, &queue);
    untilAsleep(&threads[0]);
    REQUIRE_OK(RatCloseMessageQueue(queue));
    REQUIRE(join(&threads[0]) == RAT_WAIT_FAILED);
    REQUIRE(RatWaitForObject(queue, 0) == RAT_WAIT_FAILED);
}

TEST(anOpenerWaitsForTheQueueAsForAnyObject)
{
    ownRuntime();
    Servant servant = hire(waitAndTake, NULL);
    RatMessageQueue queue = createQueue(NAME);
    ask(&servant, 1);
    untilServantSleeps(&servant);
    REQUIRE_OK(postNumber(queue, 1));
    hear(&servant);
    untilServantSleeps(&servant);
    REQUIRE_OK(postNumber(queue, 2));
    hear(&servant);
    untilServantSleeps(&servant);
    REQUIRE_OK(RatCloseMessageQueue(queue));
    hear(&servant);
    queue = createQueue(NAME);
    tell(&servant, 1);
    release(&servant);
}

/* -- Who sent it ------------------------------------------------------------------------------- */

static void postAndSend(void* context)
{
    (void)context;
    await();
    RatMessageQueue queue = openQueue(NAME);
    REQUIRE_OK(postNumber(queue, 1));
    REQUIRE_OK(RatSendMessage(queue, &(RatMessage){0}, NULL, SOON));
    report(0);
    await();
}

static void checkSender(const RatMessage* msg, pid_t expected)
{
    uint32_t process = 0, user = 77;
    RatMessage copy = *msg;
    CHECK_STATUS(RatGetMessageSender(msg, &process, &user), RAT_IPC_OK);
    CHECK_EQ(process, expected);
    CHECK_EQ(user, geteuid());
    process = user = 77;
    CHECK_STATUS(RatGetMessageSender(&copy, &process, NULL), RAT_IPC_OK);
    CHECK_EQ(process, expected);
    CHECK_STATUS(RatGetMessageSender(&copy, NULL, &user), RAT_IPC_OK);
    CHECK_EQ(user, geteuid());
    CHECK_STATUS(RatGetMessageSender(&copy, NULL, NULL), RAT_IPC_ERR_INVALID_ARG);
    copy.header.origin = 0x7FFFFFFF;
    CHECK_STATUS(RatGetMessageSender(&copy, &process, NULL), RAT_IPC_ERR_NOT_FOUND);
}

TEST(aReceiverIsToldWhichProcessAMessageCameFrom)
{
    ownRuntime();
    Servant servants[2];
    for (int i = 0; i < 2; i++) servants[i] = hire(postAndSend, NULL);
    RatMessageQueue queue = createQueue(NAME);
    for (int i = 0; i < 2; i++) {
        RatMessage msg;
        tell(&servants[i], 1);
        for (int k = 0; k < 2; k++) {
            REQUIRE_OK(RatGetMessage(queue, &msg, SOON));
            checkSender(&msg, servants[i].process);
            if (msg.header.flags & RAT_MESSAGE_REQUEST)
                CHECK_STATUS(RatReplyMessage(&msg, NULL), RAT_IPC_OK);
        }
        hear(&servants[i]);
        REQUIRE_OK(postNumber(queue, 2));
        REQUIRE_OK(RatGetMessage(queue, &msg, 0));
        checkSender(&msg, getpid());
    }
    for (int i = 0; i < 2; i++) {
        tell(&servants[i], 1);
        release(&servants[i]);
    }
}

/* -- Races ------------------------------------------------------------------------------------- */

typedef enum { CREATE, OPEN_IT, CLOSE_IT, TRY_POST } Order;

static void race(void* context)
{
    (void)context;
    RatMessageQueue queue = RAT_INVALID_HANDLE;
    for (;;) {
        switch ((Order)await()) {
        case CREATE: report(RatCreateNamedMessageQueue(NAME, 0, &queue)); break;
        case OPEN_IT: report(RatOpenNamedMessageQueue(NAME, &queue)); break;
        case CLOSE_IT: report(RatCloseMessageQueue(queue)); break;
        case TRY_POST: report(postNumber(queue, 1)); break;
        }
    }
}

TEST(ofTwoWhoCreateOneQueueExactlyOneWins)
{
    ownRuntime();
    Servant servants[2] = {hire(race, NULL), hire(race, NULL)};
    for (int round = 0; round < 200; round++) {
        for (int i = 0; i < 2; i++) tell(&servants[i], CREATE);
        RatIpcStatus status[2];
        for (int i = 0; i < 2; i++) status[i] = (RatIpcStatus)hear(&servants[i]);
        int loser = status[0] == RAT_IPC_OK;
        CHECK_STATUS(status[!loser], RAT_IPC_OK);
        CHECK_STATUS(status[loser], RAT_IPC_ERR_ALREADY_EXISTS);
        /* The loser opens what the winner made. */
        CHECK_STATUS(ask(&servants[loser], OPEN_IT), RAT_IPC_OK);
        CHECK_STATUS(ask(&servants[loser], TRY_POST), RAT_IPC_OK);
        CHECK_STATUS(ask(&servants[!loser], CLOSE_IT), RAT_IPC_OK);
        CHECK_STATUS(ask(&servants[loser], TRY_POST), RAT_IPC_ERR_NOT_CONNECTED);
        CHECK_STATUS(ask(&servants[loser], CLOSE_IT), RAT_IPC_OK);
    }
    for (int i = 0; i < 2; i++) killServant(&servants[i]);
}

/* Both take over a dead owner's name at once. */
TEST(ofTwoWhoTakeOverADeadOwnersNameExactlyOneWins)
{
    enum { ROUNDS = 30 };
    ownRuntime();
    Servant servants[2] = {hire(race, NULL), hire(race, NULL)};
    for (int round = 0; round < ROUNDS; round++) {
        Servant owner = hire(ownAndWait, NAME);
        hear(&owner);
        killServant(&owner);
        for (int i = 0; i < 2; i++) tell(&servants[i], CREATE);
        RatIpcStatus status[2];
        for (int i = 0; i < 2; i++) status[i] = (RatIpcStatus)hear(&servants[i]);
        int loser = status[0] == RAT_IPC_OK;
        CHECK_STATUS(status[!loser], RAT_IPC_OK);
        CHECK_STATUS(status[loser], RAT_IPC_ERR_ALREADY_EXISTS);
        CHECK_STATUS(ask(&servants[!loser], CLOSE_IT), RAT_IPC_OK);
    }
    for (int i = 0; i < 2; i++) killServant(&servants[i]);
}
