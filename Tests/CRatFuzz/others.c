/* ratcore.h, the objects of ratsync.h as handles among others, and hooks. */
#include "procedures.h"

/* -- Handles --------------------------------------------------------------------------------------- */

static void handleKind(Fuzz* f) { RatGetHandleKind(oneIn(f, 2) ? anything(f) : bits(f)); }
static void retainHandle(Fuzz* f) { RatRetainHandle(some(f, (Kind)below(f, HANDLE_KINDS))); }
static void closeHandle(Fuzz* f) { RatCloseHandle(some(f, (Kind)below(f, HANDLE_KINDS))); }

static void explain(Fuzz* f)
{
    RatIpcStatus status = (RatIpcStatus)below(f, 40);
    if (!RatStatusName(status) || !RatStatusMessage(status)) complain("a status", "it has no text");
}

/* -- Objects --------------------------------------------------------------------------------------- */

static void createWaitable(Fuzz* f)
{
    RatHandle made = RAT_INVALID_HANDLE;
    RatHandle* out = oneIn(f, 30) ? NULL : &made;
    switch (below(f, 4)) {
    case 0: RatCreateEvent(oneIn(f, 2), oneIn(f, 2), out); break;
    case 1: RatCreateMutex(oneIn(f, 2), out); break;
    case 2: RatCreateSemaphore(below(f, 3), below(f, 4), out); break;
    default: RatCreateWaitableTimer(oneIn(f, 2), out); break;
    }
    keep(f, WAITABLES, made);
}

static void changeWaitable(Fuzz* f)
{
    RatHandle handle = some(f, WAITABLES);
    uint32_t previous;
    RatSetEvent(handle);
    RatResetEvent(handle);
    RatReleaseMutex(handle);
    RatReleaseSemaphore(handle, oneIn(f, 8) ? UINT32_MAX : below(f, 3), &previous);
    RatSetWaitableTimer(handle, oneIn(f, 4) ? bits(f) : 1, oneIn(f, 4) ? bits(f) : 0);
    RatCancelWaitableTimer(handle);
}

static void closeWaitable(Fuzz* f)
{
    RatHandle handle = some(f, WAITABLES);
    switch (below(f, 4)) {
    case 0: RatCloseEvent(handle); break;
    case 1: RatCloseMutex(handle); break;
    case 2: RatCloseSemaphore(handle); break;
    default: RatCloseWaitableTimer(handle); break;
    }
}

static void waitForObject(Fuzz* f)
{
    RatWaitForObject(some(f, oneIn(f, 3) ? QUEUES : WAITABLES), moment(f));
}

static void waitForObjects(Fuzz* f)
{
    RatHandle handles[4] = {some(f, WAITABLES), some(f, WAITABLES), some(f, QUEUES), anything(f)};
    size_t index, count = oneIn(f, 20) ? SIZE_MAX : below(f, 5);
    RatWaitForMultipleObjects(oneIn(f, 30) ? NULL : handles, count, oneIn(f, 3), moment(f),
                              oneIn(f, 2) ? NULL : &index);
}

/* -- Hooks ----------------------------------------------------------------------------------------- */

static void setHook(Fuzz* f)
{
    static const int32_t kinds[] = {
        RAT_WH_MSGFILTER, RAT_WH_KEYBOARD, RAT_WH_GETMESSAGE,   RAT_WH_CALLWNDPROC,
        RAT_WH_CBT,       RAT_WH_MOUSE,    RAT_WH_FOREGROUNDIDLE, RAT_WH_CALLWNDPROCRET,
        RAT_WH_KEYBOARD_LL, RAT_WH_MOUSE_LL,
    };
    RatHandle whose = oneIn(f, 2) ? f->queue : oneIn(f, 3) ? RAT_INVALID_HANDLE : some(f, QUEUES);
    RatHook hook = 0;
    RatSetHook(oneIn(f, 10) ? (int32_t)below(f, 20) - 3 : ONE_OF(f, kinds),
               oneIn(f, 30) ? NULL : fuzzHook, whose, &hook);
    keep(f, HOOKS, hook);
}

static void unhook(Fuzz* f) { RatUnhook(oneIn(f, 8) ? bits(f) : some(f, HOOKS)); }

static void callNextHook(Fuzz* f) { RatCallNextHook((int32_t)below(f, 12), bits(f), 0); }

static void callMsgFilter(Fuzz* f)
{
    RatMessage message;
    fillToPost(f, &message);
    RatCallMsgFilter(oneIn(f, 30) ? NULL : &message, (int32_t)bits(f));
}

static void lastErrno(Fuzz* f)
{
    (void)f;
    RatGetLastErrno();
}

const FuzzCall otherCalls[] = {
    {"RatGetHandleKind", 3, handleKind},
    {"RatRetainHandle", 3, retainHandle},
    {"RatCloseHandle", 4, closeHandle},
    {"RatStatusName", 1, explain},
    {"RatGetLastErrno", 1, lastErrno},
    {"RatCreateEvent", 4, createWaitable},
    {"RatSetEvent", 4, changeWaitable},
    {"RatCloseEvent", 3, closeWaitable},
    {"RatWaitForObject", 4, waitForObject},
    {"RatWaitForMultipleObjects", 3, waitForObjects},
    {"RatSetHook", 2, setHook},
    {"RatUnhook", 2, unhook},
    {"RatCallNextHook", 2, callNextHook},
    {"RatCallMsgFilter", 2, callMsgFilter},
    {NULL, 0, NULL},
};
