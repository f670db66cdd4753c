/* What the library calls back: procedures that do anything, but rarely much. */
#include "procedures.h"

void act(Fuzz* f, RatWindow subject)
{
    if (f->isQuiet || f->depth >= MOST_NESTED || !oneIn(f, 10)) return;
    RatWindow outer = f->subject;
    if (subject) f->subject = subject;
    for (uint32_t count = below(f, 3); count > 0; count--) makeCall(f);
    f->subject = outer;
}

/* Ends the window, what it is in, or what is in it. */
static void endSomething(Fuzz* f, RatWindow window)
{
    RatWindow victim = window;
    if (oneIn(f, 3)) RatGetParent(window, &victim);
    if (oneIn(f, 3)) RatGetWindow(window, RAT_GW_CHILD, &victim);
    RatDestroyWindow(victim);
}

/* Changes what a message points to, as a procedure may. */
static void changeStruct(Fuzz* f, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    if (!lparam) return;
    switch (message) {
    case RAT_WM_WINDOWPOSCHANGING: {
        RatWindowPos* position = (RatWindowPos*)lparam;
        position->x = coordinate(f);
        position->width = width(f);
        position->height = height(f);
        position->insertAfter = some(f, WINDOWS);
        position->flags = (uint32_t)bits(f);
        break;
    }
    case RAT_WM_GETMINMAXINFO: {
        RatMinMaxInfo* limits = (RatMinMaxInfo*)lparam;
        limits->maxSize.x = coordinate(f);
        limits->maxSize.y = height(f);
        limits->minTrack.x = coordinate(f);
        limits->minTrack.y = height(f);
        limits->maxTrack = point(f);
        break;
    }
    case RAT_WM_NCCALCSIZE:
        if (wparam) {
            ((RatSizeCalculation*)lparam)->rect = rect(f);
        } else {
            *(RatRect*)lparam = rect(f);
        }
        break;
    case RAT_WM_STYLECHANGING: ((RatStyleStruct*)lparam)->newStyle = style(f); break;
    default: break;
    }
}

/* What the procedure answers by itself; false: what the default does. */
static bool answers(Fuzz* f, uint32_t message, RatResult* answer)
{
    switch (message) {
    case RAT_WM_NCCREATE:
        *answer = 0;
        return oneIn(f, 20);
    case RAT_WM_CREATE:
        *answer = -1;
        return oneIn(f, 12);
    case RAT_WM_GETTEXT:
    case RAT_WM_GETTEXTLENGTH: *answer = oneIn(f, 2) ? (RatResult)bits(f) : (RatResult)below(f, 9);
        return oneIn(f, 8);
    case RAT_WM_NCHITTEST: *answer = (RatResult)below(f, 22) - 2; return oneIn(f, 4);
    case RAT_WM_MOUSEACTIVATE: *answer = (RatResult)below(f, 6); return oneIn(f, 4);
    default:
        *answer = oneIn(f, 2) ? (RatResult)bits(f) : (RatResult)below(f, 3);
        return oneIn(f, 40);
    }
}

static void paintSomething(Fuzz* f, RatWindow window)
{
    RatPaint paint;
    if (RatBeginPaint(window, &paint) != RAT_IPC_OK) return;
    act(f, window);
    RatEndPaint(window, &paint);
}

RatResult fuzzProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    Fuzz* f = self;
    if (!f || f->isQuiet) return RatDefWindowProc(window, message, wparam, lparam);
    act(f, window);
    if (oneIn(f, 400)) endSomething(f, window);
    RatResult answer = 0;
    if (answers(f, message, &answer)) return answer;
    if (message == RAT_WM_PAINT && oneIn(f, 2)) {
        paintSomething(f, window);
        return 0;
    }
    answer = RatDefWindowProc(window, message, wparam, lparam);
    if (oneIn(f, 8)) changeStruct(f, message, wparam, lparam);
    if (oneIn(f, 8)) act(f, window);
    return answer;
}

RatResult otherProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    return RatCallWindowProc(fuzzProc, window, message, wparam, lparam);
}

RatResult fuzzSubclass(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam,
                       uintptr_t id, uintptr_t data)
{
    (void)data;
    Fuzz* f = self;
    if (!f || f->isQuiet) return RatDefSubclassProc(window, message, wparam, lparam);
    act(f, window);
    if (oneIn(f, 40)) RatRemoveWindowSubclass(window, fuzzSubclass, id);
    RatResult answer = oneIn(f, 20) ? 0 : RatDefSubclassProc(window, message, wparam, lparam);
    return oneIn(f, 40) ? RatDefSubclassProc(window, message, wparam, lparam) : answer;
}

RatResult fuzzMessageProc(RatMessageQueue queue, const RatMessage* message, void* context)
{
    (void)context;
    Fuzz* f = self;
    if (!f) return 0;
    if (oneIn(f, 8)) RatReplyMessage(message, NULL);
    if (oneIn(f, 50)) RatCloseMessageQueue(queue);
    act(f, RAT_INVALID_HANDLE);
    return (RatResult)below(f, 3);
}

RatResult fuzzHook(int32_t code, uintptr_t wparam, intptr_t lparam)
{
    Fuzz* f = self;
    if (!f || f->isQuiet) return RatCallNextHook(code, wparam, lparam);
    act(f, RAT_INVALID_HANDLE);
    if (oneIn(f, 20)) return (RatResult)below(f, 3);
    return RatCallNextHook(code, wparam, lparam);
}

void fuzzTimer(RatWindow window, uint32_t message, uintptr_t id, uint64_t time)
{
    (void)message, (void)time;
    Fuzz* f = self;
    if (!f) return;
    if (oneIn(f, 4)) RatKillTimer(window, id);
    act(f, window);
}

void fuzzReply(RatHandle target, uint32_t message, void* context, RatIpcStatus status,
               const RatMessage* reply)
{
    (void)target, (void)message, (void)context;
    if ((status == RAT_IPC_OK) != (reply != NULL)) complain("a callback", "no reply, or one too many");
    if (self) act(self, RAT_INVALID_HANDLE);
}

void fuzzTrace(const RatTraceEvent* event, void* context)
{
    (void)context;
    if (event->kind < RAT_TRACE_POST || event->kind > RAT_TRACE_FAIL)
        complain("a traced event", "it is of no kind");
    if (self) act(self, RAT_INVALID_HANDLE);
}

bool fuzzEnumWindow(RatWindow window, intptr_t param)
{
    (void)param;
    Fuzz* f = self;
    act(f, window);
    return !oneIn(f, 30);
}

bool fuzzEnumProp(RatWindow window, const char* name, uintptr_t value, intptr_t param)
{
    (void)value, (void)param;
    Fuzz* f = self;
    if (name[0] == 0) complain("a property", "it has no name");
    act(f, window);
    return !oneIn(f, 30);
}
