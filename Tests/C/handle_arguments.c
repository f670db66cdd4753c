/* Every function that takes a handle beside its first one, and those of completion queues: each called
 * with that handle in doubt and everything else in order. */
#define _GNU_SOURCE
#include "handle_functions.h"

#include "sync_support.h"

#include <netinet/in.h>

/* -- Windows beside windows ------------------------------------------------------------------------- */

/* Calls a function with a window of this thread that nothing else knows. */
static RatIpcStatus beside(RatHandle h, RatIpcStatus (*call)(RatWindow own, RatHandle h))
{
    RatWindow own = makeWindow(0);
    RatIpcStatus status = call(own, h);
    REQUIRE_OK(RatDestroyWindow(own));
    return status;
}

static RatIpcStatus endIfMade(RatIpcStatus status, RatWindow made)
{
    if (status == RAT_IPC_OK) RatDestroyWindow(made);
    return status;
}
static RatIpcStatus createIn(RatHandle h)
{
    registerTestClass();
    RatWindow made;
    RatIpcStatus status = RatCreateWindow(0, "Test", "", RAT_WS_POPUP, 0, 0, 9, 9, h, NULL, &made);
    return endIfMade(status, made);
}
static RatIpcStatus createExIn(RatHandle h)
{
    registerTestClass();
    RatWindowCreation creation = {.size = sizeof creation, .className = "Test",
                                  .style = RAT_WS_POPUP, .width = 9, .height = 9, .parent = h};
    RatWindow made;
    RatIpcStatus status = RatCreateWindowEx(&creation, &made);
    return endIfMade(status, made);
}
static RatIpcStatus parentOf(RatWindow own, RatHandle h) { return RatSetParent(own, h, NULL); }
static RatIpcStatus setParentTo(RatHandle h) { return beside(h, parentOf); }
static RatIpcStatus ownerOf(RatWindow own, RatHandle h)
{
    return RatSetWindowLong(own, RAT_GWLP_HWNDPARENT, (intptr_t)h, NULL);
}
static RatIpcStatus setOwnerTo(RatHandle h) { return beside(h, ownerOf); }

/* Places in the order, and no handles. */
static bool isPlace(RatHandle h)
{
    return h == RAT_HWND_BOTTOM || h == RAT_HWND_TOPMOST || h == RAT_HWND_NOTOPMOST;
}
static RatIpcStatus positionBelow(RatWindow own, RatHandle h)
{
    return RatSetWindowPos(own, h, 0, 0, 0, 0, RAT_SWP_NOMOVE | RAT_SWP_NOSIZE);
}
static RatIpcStatus setPosBelow(RatHandle h)
{
    return isPlace(h) ? RAT_IPC_ERR_INVALID_HANDLE : beside(h, positionBelow);
}
static RatIpcStatus deferredBelow(RatWindow own, RatHandle h)
{
    RatDeferredPos deferred;
    REQUIRE_OK(RatBeginDeferWindowPos(1, &deferred));
    uint32_t flags = RAT_SWP_NOMOVE | RAT_SWP_NOSIZE;
    RatIpcStatus status = RatDeferWindowPos(deferred, own, h, 0, 0, 0, 0, flags);
    RatIpcStatus end = RatEndDeferWindowPos(deferred);
    return status == RAT_IPC_OK ? end : status;
}
static RatIpcStatus deferBelow(RatHandle h)
{
    return isPlace(h) ? RAT_IPC_ERR_INVALID_HANDLE : beside(h, deferredBelow);
}
static RatIpcStatus mapPointsTo(RatHandle h)
{
    RatPoint point = {0, 0};
    return RatMapWindowPoints(RAT_INVALID_HANDLE, h, &point, 1);
}
static RatIpcStatus findAfter(RatHandle h)
{
    RatWindow found;
    RatIpcStatus status =
        RatFindWindowEx(RAT_INVALID_HANDLE, h, NULL, "none such", &found);
    return status == RAT_IPC_ERR_NOT_FOUND ? RAT_IPC_OK : status;
}

/* -- Regions ---------------------------------------------------------------------------------------- */

static RatIpcStatus withOwnRegion(RatHandle h, RatIpcStatus (*call)(RatRegion own, RatHandle h))
{
    RatRegion own = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateRegion(NULL, 0, &own));
    RatIpcStatus status = call(own, h);
    REQUIRE_OK(RatCloseRegion(own));
    return status;
}
static RatIpcStatus first(RatRegion own, RatHandle h)
{
    return RatCombineRegions(own, h, own, RAT_RGN_OR);
}
static RatIpcStatus second(RatRegion own, RatHandle h)
{
    return RatCombineRegions(own, own, h, RAT_RGN_OR);
}
static RatIpcStatus equal(RatRegion own, RatHandle h)
{
    bool answer;
    return RatEqualRegions(own, h, &answer);
}
static RatIpcStatus combineFirst(RatHandle h) { return withOwnRegion(h, first); }
static RatIpcStatus combineSecond(RatHandle h) { return withOwnRegion(h, second); }
static RatIpcStatus equalSecond(RatHandle h) { return withOwnRegion(h, equal); }

static RatIpcStatus invalidated(RatWindow own, RatHandle h)
{
    return RatInvalidateRegion(own, h, false);
}
static RatIpcStatus redrawn(RatWindow own, RatHandle h)
{
    return RatRedrawWindow(own, NULL, h, RAT_RDW_INVALIDATE);
}
static RatIpcStatus updated(RatWindow own, RatHandle h)
{
    return RatGetUpdateRegion(own, h, false);
}
static RatIpcStatus lent(RatWindow own, RatHandle h)
{
    RatPaint paint;
    return RatGetWindowPixels(own, h, 0, &paint);
}
static RatIpcStatus scrolled(RatWindow own, RatHandle h)
{
    return RatScrollWindowEx(own, 1, 1, NULL, NULL, h, NULL, RAT_SW_INVALIDATE);
}
static RatIpcStatus invalidateIn(RatHandle h) { return beside(h, invalidated); }
static RatIpcStatus validateIn(RatHandle h) { return beside(h, RatValidateRegion); }
static RatIpcStatus redrawIn(RatHandle h) { return beside(h, redrawn); }
static RatIpcStatus getUpdateIn(RatHandle h) { return beside(h, updated); }
static RatIpcStatus excludeFrom(RatHandle h) { return beside(h, RatExcludeUpdateRegion); }
static RatIpcStatus lendIn(RatHandle h) { return beside(h, lent); }
static RatIpcStatus scrollInto(RatHandle h) { return beside(h, scrolled); }

/* -- Threads, by their own queues ------------------------------------------------------------------- */

static RatIpcStatus attachFrom(RatHandle h) { return RatAttachThreadInput(h, threadQueue(), true); }
static RatIpcStatus attachTo(RatHandle h) { return RatAttachThreadInput(threadQueue(), h, true); }

/* -- What is named by a number that is no handle ---------------------------------------------------- */

static RatIpcStatus endDefer(RatHandle h) { return RatEndDeferWindowPos(h); }
static RatIpcStatus deferTo(RatWindow own, RatHandle h)
{
    return RatDeferWindowPos(h, own, RAT_HWND_TOP, 0, 0, 0, 0, 0);
}
static RatIpcStatus deferIn(RatHandle h) { return beside(h, deferTo); }
static RatIpcStatus copyAccelerators(RatHandle h)
{
    return RatCopyAcceleratorTable(h, NULL, 0, NULL);
}
static RatIpcStatus destroyAccelerators(RatHandle h) { return RatDestroyAcceleratorTable(h); }
static RatIpcStatus translated(RatWindow own, RatHandle h)
{
    RatMessage msg = plain(RAT_WM_KEYDOWN);
    return RatTranslateAccelerator(own, h, &msg);
}
static RatIpcStatus translateWith(RatHandle h) { return beside(h, translated); }

/* -- Completion queues ------------------------------------------------------------------------------ */

static const struct sockaddr_in nowhere = {.sin_family = AF_INET};

static RatIpcStatus closeCompletions(RatHandle h) { return RatCloseCompletionQueue(h); }
static RatIpcStatus readOf(RatHandle h, RatHandle object)
{
    return RatQueueRead(h, object, NULL, 0, 0, NULL);
}
static RatIpcStatus writeOf(RatHandle h, RatHandle object)
{
    return RatQueueWrite(h, object, NULL, 0, 0, NULL);
}
static RatIpcStatus acceptOf(RatHandle h, RatHandle sock) { return RatQueueAccept(h, sock, 0, NULL); }
static RatIpcStatus connectOf(RatHandle h, RatHandle sock)
{
    return RatQueueConnect(h, sock, &nowhere, sizeof nowhere, 0, NULL);
}
static RatIpcStatus waitOf(RatHandle h, RatHandle object)
{
    return RatQueueWait(h, object, 0, 0, NULL);
}
static RatIpcStatus receiveOf(RatHandle h, RatHandle queue)
{
    static RatMessage msg;
    return RatQueueReceiveMessage(h, queue, &msg, 0, NULL);
}
static RatIpcStatus bindOf(RatHandle h, RatHandle target)
{
    return RatBindCompletionQueue(h, target, RAT_WM_APP);
}

/* With the completion queue in doubt, and with what is beside it. What is of the wrong kind to be read or
 * waited for is another failure. */
static RatIpcStatus ofDoubtful(RatHandle h, RatIpcStatus (*call)(RatHandle, RatHandle))
{
    RatEvent event = newEvent(false, false);
    RatIpcStatus status = call(h, event);
    REQUIRE_OK(RatCloseEvent(event));
    return status;
}
static RatIpcStatus besideOwn(RatHandle h, RatIpcStatus (*call)(RatHandle, RatHandle))
{
    RatCompletionQueue own = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateCompletionQueue(4, &own));
    RatIpcStatus status = call(own, h);
    REQUIRE_OK(RatCloseCompletionQueue(own));
    bool isOfNoUse = status == RAT_IPC_ERR_NOT_SUPPORTED && RatGetHandleKind(h) != RAT_HANDLE_NONE;
    return isOfNoUse ? RAT_IPC_ERR_INVALID_HANDLE : status;
}
static RatIpcStatus queueRead(RatHandle h) { return ofDoubtful(h, readOf); }
static RatIpcStatus queueReadOf(RatHandle h) { return besideOwn(h, readOf); }
static RatIpcStatus queueWrite(RatHandle h) { return ofDoubtful(h, writeOf); }
static RatIpcStatus queueWriteOf(RatHandle h) { return besideOwn(h, writeOf); }
static RatIpcStatus queueAccept(RatHandle h) { return ofDoubtful(h, acceptOf); }
static RatIpcStatus queueAcceptOf(RatHandle h) { return besideOwn(h, acceptOf); }
static RatIpcStatus queueConnect(RatHandle h) { return ofDoubtful(h, connectOf); }
static RatIpcStatus queueConnectOf(RatHandle h) { return besideOwn(h, connectOf); }
static RatIpcStatus queueWait(RatHandle h) { return ofDoubtful(h, waitOf); }
static RatIpcStatus queueWaitOf(RatHandle h) { return besideOwn(h, waitOf); }
static RatIpcStatus queueReceive(RatHandle h) { return ofDoubtful(h, receiveOf); }
static RatIpcStatus queueReceiveOf(RatHandle h) { return besideOwn(h, receiveOf); }
static RatIpcStatus bindQueue(RatHandle h) { return ofDoubtful(h, bindOf); }
static RatIpcStatus bindQueueTo(RatHandle h) { return besideOwn(h, bindOf); }
static RatIpcStatus cancelSubmission(RatHandle h) { return RatCancelSubmission(h, 1); }
static RatIpcStatus getCompletion(RatHandle h)
{
    RatCompletion completion;
    return RatGetCompletion(h, &completion, 0);
}
static RatIpcStatus queryCompletions(RatHandle h)
{
    RatCompletionQueueInfo info;
    return RatQueryCompletionQueue(h, &info);
}

/* Those that take a window make another one besides, which the tests of threads do not expect. */
const HandleFunction handleArguments[] = {
    {"RatCreateWindow, parent", createIn, WINDOW | NOTHING, true},
    {"RatCreateWindowEx, parent", createExIn, WINDOW | NOTHING, true},
    {"RatSetParent, parent", setParentTo, WINDOW | NOTHING, true},
    {"RatSetWindowLong, RAT_GWLP_HWNDPARENT", setOwnerTo, WINDOW | NOTHING, true},
    {"RatSetWindowPos, insertAfter", setPosBelow, WINDOW | NOTHING, true},
    {"RatDeferWindowPos, insertAfter", deferBelow, WINDOW | NOTHING, true},
    {"RatMapWindowPoints, to", mapPointsTo, WINDOW | NOTHING, true},
    {"RatFindWindowEx, after", findAfter, WINDOW | NOTHING, true},
    {"RatCombineRegions, first", combineFirst, REGION, false},
    {"RatCombineRegions, second", combineSecond, REGION, false},
    {"RatEqualRegions, second", equalSecond, REGION, false},
    {"RatInvalidateRegion, region", invalidateIn, REGION | NOTHING, false},
    {"RatValidateRegion, region", validateIn, REGION | NOTHING, false},
    {"RatRedrawWindow, region", redrawIn, REGION | NOTHING, false},
    {"RatGetUpdateRegion, region", getUpdateIn, REGION, false},
    {"RatExcludeUpdateRegion, region", excludeFrom, REGION, false},
    {"RatGetWindowPixels, region", lendIn, REGION | NOTHING, false},
    {"RatScrollWindowEx, updateRegion", scrollInto, REGION | NOTHING, false},
    {"RatAttachThreadInput, from", attachFrom, 0, true},
    {"RatAttachThreadInput, to", attachTo, 0, true},
    {"RatEndDeferWindowPos", endDefer, 0, true},
    {"RatDeferWindowPos, deferred", deferIn, 0, true},
    {"RatCopyAcceleratorTable", copyAccelerators, 0, true},
    {"RatDestroyAcceleratorTable", destroyAccelerators, 0, true},
    {"RatTranslateAccelerator, table", translateWith, 0, true},
    {"RatCloseCompletionQueue", closeCompletions, COMPLETIONS, false},
    {"RatQueueRead", queueRead, COMPLETIONS, false},
    {"RatQueueRead, object", queueReadOf, PIPE | SOCKET, false},
    {"RatQueueWrite", queueWrite, COMPLETIONS, false},
    {"RatQueueWrite, object", queueWriteOf, PIPE | SOCKET, false},
    {"RatQueueAccept", queueAccept, COMPLETIONS, false},
    {"RatQueueAccept, sock", queueAcceptOf, SOCKET, false},
    {"RatQueueConnect", queueConnect, COMPLETIONS, false},
    {"RatQueueConnect, sock", queueConnectOf, SOCKET, false},
    {"RatQueueWait", queueWait, COMPLETIONS, false},
    {"RatQueueWait, waitable", queueWaitOf, TO_WAIT_FOR, false},
    {"RatQueueReceiveMessage", queueReceive, COMPLETIONS, false},
    {"RatQueueReceiveMessage, queue", queueReceiveOf, QUEUE, false},
    {"RatCancelSubmission", cancelSubmission, COMPLETIONS, false},
    {"RatGetCompletion", getCompletion, COMPLETIONS, false},
    {"RatQueryCompletionQueue", queryCompletions, COMPLETIONS, false},
    {"RatBindCompletionQueue", bindQueue, COMPLETIONS, false},
    {"RatBindCompletionQueue, target", bindQueueTo, QUEUE | WINDOW | NOTHING, true},
};
const size_t handleArgumentCount = sizeof handleArguments / sizeof handleArguments[0];
