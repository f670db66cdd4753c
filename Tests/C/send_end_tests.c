/* How sends end that nobody answers: deadlines, closed queues, destroyed windows, ended threads. */
#include "send_support.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

TEST(aRequestThatNobodyBeganIsWithdrawn)
{
    RatMessageQueue queue = newQueue();
    RatMessage msg = plain(ASK), reply;
    char big[100] = {0};
    msg.header.size = sizeof big;
    msg.payload = big;
    uint64_t before = now();
    CHECK_STATUS(RatSendMessage(queue, &msg, &reply, 20), RAT_IPC_ERR_TIMEOUT);
    CHECK(now() - before >= 20u * 1000000u);
    CHECK_EQ(requestsIn(queue), 0);
    CHECK_STATUS(RatGetMessage(queue, &msg, 0), RAT_IPC_ERR_TIMEOUT);
    /* No time at all: it is not even sent. */
    CHECK_STATUS(RatSendMessage(queue, &msg, &reply, 0), RAT_IPC_ERR_TIMEOUT);
    CHECK_EQ(requestsIn(queue), 0);
}

static RatResult neverCalled(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    (void)window, (void)message, (void)wparam, (void)lparam;
    CHECK(!"called");
    return 0;
}

TEST(aMessageToAWindowThatGaveUpInTimeIsNeverSeen)
{
    RatWindow window = makeTarget(neverCalled);
    Sender sender = {0};
    launchSender(&sender, window, ASK, 20);
    CHECK_STATUS(endSender(&sender), RAT_IPC_ERR_TIMEOUT);
    CHECK_EQ(requestsIn(threadQueue()), 0);
    drain();
}

TEST(aBegunRequestRunsToItsEndAndItsReplyIsDropped)
{
    RatMessageQueue queue = newQueue();
    Sender sender = {0};
    RatMessage request;
    /* With more time, until the message is retrieved before it is withdrawn. */
    for (uint32_t time = 50;; time *= 2) {
        launchSender(&sender, queue, ASK, time);
        RatIpcStatus status = RatGetMessage(queue, &request, (int32_t)time);
        CHECK_STATUS(endSender(&sender), RAT_IPC_ERR_TIMEOUT);
        if (status == RAT_IPC_OK) break;
        REQUIRE(time < SOON);
    }
    CHECK_STATUS(answerWith(&request, 5), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(answerWith(&request, 5), RAT_IPC_ERR_NOT_FOUND);
    CHECK_EQ(requestsIn(queue), 0);
}

static Sender impatient;
static int runs;

static RatResult outliveTheSender(RatWindow window, uint32_t message, uintptr_t wparam,
                                  intptr_t lparam)
{
    (void)window, (void)message, (void)wparam, (void)lparam;
    CHECK_STATUS(endSender(&impatient), RAT_IPC_ERR_TIMEOUT);
    CHECK_EQ(RatInSendMessage(), RAT_ISMEX_SEND | RAT_ISMEX_REPLIED);
    RatMessage current;
    REQUIRE_OK(RatGetCurrentMessage(&current));
    CHECK_STATUS(answerWith(&current, 1), RAT_IPC_ERR_NOT_FOUND);
    runs++;
    return 7;
}

TEST(aBegunProcedureRunsToItsEndAfterItsSenderGaveUp)
{
    RatWindow window = makeTarget(outliveTheSender);
    for (uint32_t time = 50; runs == 0; time *= 2) {
        RatMessage msg;
        launchSender(&impatient, window, ASK, time);
        CHECK_STATUS(RatGetMessage(threadQueue(), &msg, (int32_t)time), RAT_IPC_ERR_TIMEOUT);
        if (runs == 0) CHECK_STATUS(endSender(&impatient), RAT_IPC_ERR_TIMEOUT);
        REQUIRE(time < SOON);
    }
    CHECK_EQ(runs, 1);
}

enum { MANY = 100 };

TEST(closingAQueueEndsAHundredSendsAtOnce)
{
    static Sender senders[MANY];
    RatMessageQueue queue = newQueue();
    for (int i = 0; i < MANY; i++) startSender(&senders[i], queue, ASK, RAT_INFINITE);
    CHECK_EQ(requestsIn(queue), MANY);
    RatMessage request;
    for (int i = 0; i < MANY / 2; i++) request = takeRequest(queue);
    REQUIRE_OK(RatCloseMessageQueue(queue));
    for (int i = 0; i < MANY; i++)
        CHECK_STATUS(endSender(&senders[i]), RAT_IPC_ERR_NOT_CONNECTED);
    CHECK_STATUS(answerWith(&request, 1), RAT_IPC_ERR_NOT_FOUND);
}

TEST(destroyingAWindowEndsWhatWasSentToItAndNothingElse)
{
    RatWindow window = makeTarget(neverCalled);
    Sender sender = {0}, toQueue = {0};
    startSender(&sender, window, ASK, RAT_INFINITE);
    startSender(&toQueue, threadQueue(), ASK_ALSO, RAT_INFINITE);
    REQUIRE_OK(RatDestroyWindow(window));
    CHECK_STATUS(endSender(&sender), RAT_IPC_ERR_NOT_CONNECTED);
    RatMessage request = takeRequest(threadQueue());
    CHECK_EQ(request.header.message, ASK_ALSO);
    CHECK_STATUS(answerWith(&request, 3), RAT_IPC_OK);
    CHECK_STATUS(endSender(&toQueue), RAT_IPC_OK);
}

static RatResult destroyItself(RatWindow window, uint32_t message, uintptr_t wparam,
                               intptr_t lparam)
{
    (void)message, (void)wparam, (void)lparam;
    REQUIRE_OK(RatDestroyWindow(window));
    return 12;
}

TEST(aWindowThatDestroysItselfStillAnswers)
{
    Host host;
    startHost(&host, destroyItself);
    RatMessage msg = plain(ASK), reply;
    CHECK_STATUS(RatSendMessage(host.window, &msg, &reply, SOON), RAT_IPC_OK);
    CHECK_EQ(reply.header.lparam, 12);
    CHECK_STATUS(RatSendMessage(host.window, &msg, &reply, SOON), RAT_IPC_ERR_INVALID_HANDLE);
    endHost(&host);
}

/* A thread that has a window, or takes a request from a queue, and ends when it is told. */
static struct {
    RatMessageQueue queue;
    RatWindow window;
    RatEvent ready, end;
} ending;

static intptr_t endWithoutAWord(void* context)
{
    (void)context;
    if (ending.queue) {
        takeRequest(ending.queue);
    } else {
        ending.window = makeTarget(neverCalled);
    }
    REQUIRE_OK(RatSetEvent(ending.ready));
    REQUIRE(RatWaitForObject(ending.end, SOON) == RAT_WAIT_OK);
    return 0;
}

TEST(aReceiverThatEndsConnectsNobodyToItsWindow)
{
    ending.ready = newEvent(true, false);
    ending.end = newEvent(true, false);
    Thread receiver;
    start(&receiver, endWithoutAWord, NULL);
    REQUIRE(RatWaitForObject(ending.ready, SOON) == RAT_WAIT_OK);
    Sender sender = {0};
    startSender(&sender, ending.window, ASK, RAT_INFINITE);
    REQUIRE_OK(RatSetEvent(ending.end));
    CHECK_STATUS(endSender(&sender), RAT_IPC_ERR_NOT_CONNECTED);
    join(&receiver);
}

TEST(aReceiverThatEndsAnswersNoneOfTheRequestsThatItRetrieved)
{
    ending.ready = newEvent(true, false);
    ending.end = newEvent(true, false);
    ending.queue = newQueue();
    Sender sender = {0}, later = {0};
    startSender(&sender, ending.queue, ASK, RAT_INFINITE);
    startSender(&later, ending.queue, ASK_ALSO, RAT_INFINITE);
    Thread receiver;
    start(&receiver, endWithoutAWord, NULL);
    REQUIRE_OK(RatSetEvent(ending.end));
    CHECK_STATUS(endSender(&sender), RAT_IPC_ERR_NOT_CONNECTED);
    join(&receiver);
    /* The other waits for whoever retrieves it. */
    RatMessage request = takeRequest(ending.queue);
    CHECK_STATUS(answerWith(&request, 4), RAT_IPC_OK);
    CHECK_STATUS(endSender(&later), RAT_IPC_OK);
}

static int toldInChild;

static void tellInChild(RatHandle target, uint32_t message, void* context, RatIpcStatus status,
                        const RatMessage* reply)
{
    (void)target, (void)message, (void)context;
    if (status == RAT_IPC_OK && reply->header.lparam == 9) toldInChild++;
}

/* What works in the child, as bits. */
static int tryInChild(const RatMessage* parents)
{
    RatMessageQueue queue;
    RatMessage msg = plain(ASK), request;
    int works = answerWith(parents, 8) == RAT_IPC_ERR_NOT_FOUND ? 1 : 0;
    if (RatCreateMessageQueue(0, &queue) == RAT_IPC_OK) works |= 2;
    if (RatSendMessageCallback(queue, &msg, tellInChild, NULL) == RAT_IPC_OK) works |= 4;
    if (RatGetMessage(queue, &request, 0) == RAT_IPC_OK) works |= 8;
    if (answerWith(parents, 8) == RAT_IPC_ERR_NOT_FOUND) works |= 16;
    if (answerWith(&request, 9) == RAT_IPC_OK) works |= 32;
    drain();
    msg = plain(ASK);
    if (RatSendMessage(queue, &msg, NULL, RAT_INFINITE) == RAT_IPC_ERR_DEADLOCK) works |= 64;
    return toldInChild == 1 ? works : 0;
}

TEST(aForkedChildSendsAnewAndKnowsNoRequestOfItsParent)
{
    RatMessageQueue queue = newQueue();
    Sender sender = {0};
    startSender(&sender, queue, ASK, RAT_INFINITE);
    RatMessage request = takeRequest(queue);
    pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) _exit(tryInChild(&request));
    int state = 0;
    REQUIRE(waitpid(child, &state, 0) == child);
    CHECK(WIFEXITED(state));
    CHECK_EQ(WEXITSTATUS(state), 127);
    CHECK_STATUS(answerWith(&request, 10), RAT_IPC_OK);
    CHECK_STATUS(endSender(&sender), RAT_IPC_OK);
    CHECK_EQ(sender.reply.header.lparam, 10);
}

TEST(aDeadlockIsToldWithItsChain)
{
    char text[512];
    size_t size = 99;
    CHECK_STATUS(RatGetDeadlockReport(text, sizeof text, &size), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatGetDeadlockReport(NULL, 1, &size), RAT_IPC_ERR_INVALID_ARG);
    RatMessageQueue queue = newQueue();
    RatMessage msg = plain(0x0ABC);
    CHECK_STATUS(RatGetMessage(queue, &msg, 0), RAT_IPC_ERR_TIMEOUT);
    msg = plain(0x0ABC);
    CHECK_STATUS(RatSendMessage(queue, &msg, NULL, RAT_INFINITE), RAT_IPC_ERR_DEADLOCK);
    CHECK_EQ(requestsIn(queue), 0);
    CHECK_STATUS(RatGetDeadlockReport(NULL, 0, &size), RAT_IPC_ERR_BUFFER_TOO_SMALL);
    memset(text, 'x', sizeof text);
    CHECK_STATUS(RatGetDeadlockReport(text, size - 1, NULL), RAT_IPC_ERR_BUFFER_TOO_SMALL);
    CHECK_EQ(text[0], 'x');
    CHECK_STATUS(RatGetDeadlockReport(text, size, &size), RAT_IPC_OK);
    CHECK_EQ(strlen(text) + 1, size);
    CHECK(strstr(text, "0xabc") != NULL);
}
