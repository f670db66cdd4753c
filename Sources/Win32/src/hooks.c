/* Hooks.
 *
 * Where a hook is told what Rat and Win32 have alike, Rat calls the program's procedure itself. Kinds that are told
 * a message or a creation go through one of the functions below instead: Rat's hooks have no context, so each such
 * hook has a function of its own, which knows its number.
 */
#include "internal.h"

#include <pthread.h>

#define SLOTS 64

typedef struct {
    HOOKPROC procedure; /* NULL while the slot is free. */
    RatHook hook;
    int kind;
    bool wide;
    DWORD thread; /* Whose hook it is; 0 for all threads. */
} Slot;

static Slot slots[SLOTS];
static pthread_mutex_t slotsLock = PTHREAD_MUTEX_INITIALIZER;

/* A call of such a hook: what Rat told, and what the program's procedure was shown. In a frame of the call. */
typedef struct HookFrame {
    int kind;
    LPARAM told;
    LPARAM shown;
    struct HookFrame* outer;
} HookFrame;

/* What a procedure has changed goes to Rat, before the next hook and after the last. */
static void writeBack(const HookFrame* frame)
{
    if (frame->kind == WH_CBT) {
        const CBT_CREATEWNDA* shown = (const CBT_CREATEWNDA*)frame->shown;
        RatCreateHook* told = (RatCreateHook*)frame->told;
        told->creation->x = shown->lpcs->x;
        told->creation->y = shown->lpcs->y;
        told->creation->width = shown->lpcs->cx;
        told->creation->height = shown->lpcs->cy;
        told->insertAfter = handleOf(shown->hwndInsertAfter);
        return;
    }
    const MSG* shown = (const MSG*)frame->shown;
    RatMessage* told = (RatMessage*)frame->told;
    told->header.message = shown->message;
    told->header.wparam = shown->wParam;
    told->header.lparam = shown->lParam;
    if (told->header.target != thread.queue || shown->hwnd != NULL)
        told->header.target = shown->hwnd != NULL ? handleOf(shown->hwnd) : thread.queue;
}

/* What the next hooks have changed. */
static void readAgain(const HookFrame* frame)
{
    if (frame->kind == WH_CBT) {
        CBT_CREATEWNDA* shown = (CBT_CREATEWNDA*)frame->shown;
        const RatCreateHook* told = (const RatCreateHook*)frame->told;
        shown->lpcs->x = told->creation->x;
        shown->lpcs->y = told->creation->y;
        shown->lpcs->cx = told->creation->width;
        shown->lpcs->cy = told->creation->height;
        shown->hwndInsertAfter = objectOf(told->insertAfter);
    } else {
        toMsg((const RatMessage*)frame->told, (MSG*)frame->shown);
    }
}

static LRESULT callShown(const Slot* slot, int code, WPARAM wparam, LPARAM told, void* shown)
{
    HookFrame frame = { slot->kind, told, (LPARAM)shown, thread.hooks };
    thread.hooks = &frame;
    LRESULT result = slot->procedure(code, wparam, (LPARAM)shown);
    thread.hooks = frame.outer;
    writeBack(&frame);
    return result;
}

static RatResult runSlot(const Slot* place, int code, WPARAM wparam, LPARAM lparam)
{
    pthread_mutex_lock(&slotsLock);
    Slot slot = *place;
    pthread_mutex_unlock(&slotsLock);
    /* Removed meanwhile by another thread. */
    if (slot.procedure == NULL) return RatCallNextHook(code, wparam, lparam);
    if (slot.kind == WH_CBT) {
        if (code != HCBT_CREATEWND) return slot.procedure(code, wparam, lparam);
        const RatCreateHook* told = (const RatCreateHook*)lparam;
        Creation creation;
        tellCreation(&creation, told->creation, creationOf((RatWindow)wparam), slot.wide);
        CBT_CREATEWNDA shown = { &creation.told.narrow, objectOf(told->insertAfter) };
        LRESULT result = callShown(&slot, code, wparam, lparam, &shown);
        freeCreation(&creation);
        return result;
    }
    MSG shown;
    toMsg((const RatMessage*)lparam, &shown);
    return callShown(&slot, code, wparam, lparam, &shown);
}

#define SLOT(n)                                                                                        \
    static RatResult slot##n(int32_t code, uintptr_t wparam, intptr_t lparam)                          \
    {                                                                                                  \
        return runSlot(&slots[0##n], code, wparam, lparam);                                            \
    }
#define EIGHT(n) SLOT(n##0) SLOT(n##1) SLOT(n##2) SLOT(n##3) SLOT(n##4) SLOT(n##5) SLOT(n##6) SLOT(n##7)
EIGHT(0) EIGHT(1) EIGHT(2) EIGHT(3) EIGHT(4) EIGHT(5) EIGHT(6) EIGHT(7)
#define NAMES(n) slot##n##0, slot##n##1, slot##n##2, slot##n##3, slot##n##4, slot##n##5, slot##n##6, slot##n##7

/* By their octal numbers. */
static const RatHookProc slotProcedures[SLOTS] = {
    NAMES(0), NAMES(1), NAMES(2), NAMES(3), NAMES(4), NAMES(5), NAMES(6), NAMES(7),
};

void endHooksOfThread(DWORD id)
{
    pthread_mutex_lock(&slotsLock);
    for (size_t i = 0; i < SLOTS; i++)
        if (slots[i].procedure != NULL && slots[i].thread == id) slots[i].procedure = NULL;
    pthread_mutex_unlock(&slotsLock);
}

static RatStatus setShownHook(int kind, HOOKPROC procedure, RatMessageQueue queue, DWORD id, bool wide,
                              RatHook* out)
{
    pthread_mutex_lock(&slotsLock);
    size_t i = 0;
    while (i < SLOTS && slots[i].procedure != NULL) i++;
    RatStatus status = RAT_IPC_ERR_NO_RESOURCES;
    if (i < SLOTS) {
        slots[i] = (Slot){ procedure, 0, kind, wide, id };
        status = RatSetHook(kind, slotProcedures[i], queue, out);
        if (status == RAT_IPC_OK) slots[i].hook = *out;
        else slots[i].procedure = NULL;
    }
    pthread_mutex_unlock(&slotsLock);
    return status;
}

static HHOOK setHook(int kind, HOOKPROC procedure, DWORD id, bool wide)
{
    RatHook hook = 0;
    RatMessageQueue queue = 0;
    if (procedure == NULL) return nullWith(ERROR_INVALID_FILTER_PROC);
    if (id != 0) {
        queue = id == GetCurrentThreadId() ? ownQueue() : queueOfThread(id);
        if (queue == 0) return nullWith(ERROR_INVALID_PARAMETER);
    }
    RatStatus status = kind == WH_GETMESSAGE || kind == WH_MSGFILTER || kind == WH_CBT
                           ? setShownHook(kind, procedure, queue, id, wide, &hook)
                           : RatSetHook(kind, procedure, queue, &hook);
    return succeeded(status, SUBJECT_HOOK) ? objectOf(hook) : NULL;
}

HHOOK SetWindowsHookExA(int kind, HOOKPROC procedure, HINSTANCE module, DWORD id)
{
    (void)module;
    return setHook(kind, procedure, id, false);
}

HHOOK SetWindowsHookExW(int kind, HOOKPROC procedure, HINSTANCE module, DWORD id)
{
    (void)module;
    return setHook(kind, procedure, id, true);
}

BOOL UnhookWindowsHookEx(HHOOK handle)
{
    RatHook hook = handleOf(handle);
    RatStatus status = RatUnhook(hook);
    pthread_mutex_lock(&slotsLock);
    for (size_t i = 0; i < SLOTS; i++)
        if (status == RAT_IPC_OK && slots[i].hook == hook) slots[i].procedure = NULL, slots[i].hook = 0;
    pthread_mutex_unlock(&slotsLock);
    return succeeded(status, SUBJECT_HOOK);
}

LRESULT CallNextHookEx(HHOOK handle, int code, WPARAM wparam, LPARAM lparam)
{
    (void)handle;
    const HookFrame* frame = thread.hooks;
    if (frame == NULL || frame->shown != lparam) return RatCallNextHook(code, wparam, lparam);
    writeBack(frame);
    LRESULT result = RatCallNextHook(code, wparam, frame->told);
    readAgain(frame);
    return result;
}

static BOOL callFilter(LPMSG msg, int code)
{
    if (msg == NULL) return FALSE;
    RatMessage message;
    fromMsg(msg, &message);
    if (message.header.target == 0) message.header.target = ownQueue();
    bool handled = RatCallMsgFilter(&message, code);
    toMsg(&message, msg);
    return handled;
}

BOOL CallMsgFilterA(LPMSG msg, int code)
{
    return callFilter(msg, code);
}

BOOL CallMsgFilterW(LPMSG msg, int code)
{
    return callFilter(msg, code);
}
