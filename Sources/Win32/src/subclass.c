/* Procedures put before a window's own, with a number each: comctl32's subclassing.
 *
 * Over SetWindowLongPtr(), as comctl32 does it: the first one puts a procedure of ours before what the window has, and
 * the last one that goes takes it away. Where a program has put one of its own before ours since, ours stays, and
 * passes on. A chain belongs to its window's thread, the only one that may call these functions.
 */
#include "internal.h"

#include <commctrl.h>

typedef struct Link {
    SUBCLASSPROC procedure; /* NULL: taken away while a message was on its way. */
    UINT_PTR id;
    DWORD_PTR data;
    struct Link* next;
} Link;

typedef struct {
    Link* first; /* The last one put there. */
    WNDPROC before;
    unsigned depth; /* How many messages are on their way. */
    bool wide;
    bool isOver; /* The window is gone. */
} Chain;

/* A message on its way: what comes next. In a frame of the call. */
typedef struct SubclassFrame {
    RatWindow window;
    Chain* chain;
    const Link* next;
    struct SubclassFrame* outer;
} SubclassFrame;

static const char propertyName[] = "rat-win32.subclasses";

static Chain* chainOf(HWND window)
{
    uintptr_t value = 0;
    return RatGetProp(handleOf(window), propertyName, &value) == RAT_IPC_OK ? (Chain*)value : NULL;
}

static Link** placeOf(Chain* chain, SUBCLASSPROC procedure, UINT_PTR id)
{
    Link** at = &chain->first;
    while (*at != NULL && ((*at)->procedure != procedure || (*at)->id != id)) at = &(*at)->next;
    return at;
}

typedef LONG_PTR (*GetLong)(HWND window, int index);
typedef LONG_PTR (*SetLong)(HWND window, int index, LONG_PTR value);

static WNDPROC procedureOf(HWND window, const Chain* chain)
{
    GetLong get = chain->wide ? GetWindowLongPtrW : GetWindowLongPtrA;
    return (WNDPROC)get(window, GWLP_WNDPROC);
}

static bool setProcedure(HWND window, const Chain* chain, WNDPROC procedure)
{
    SetLong set = chain->wide ? SetWindowLongPtrW : SetWindowLongPtrA;
    return set(window, GWLP_WNDPROC, (LONG_PTR)procedure) != 0;
}

static LRESULT CALLBACK callChain(HWND window, UINT message, WPARAM wparam, LPARAM lparam);

/* Frees what was taken away, once no message is on its way any more, and the chain with its last link. */
static void sweep(HWND window, Chain* chain)
{
    if (chain->depth > 0) return;
    for (Link** at = &chain->first; *at != NULL;) {
        Link* link = *at;
        if (link->procedure != NULL && !chain->isOver) {
            at = &link->next;
            continue;
        }
        *at = link->next;
        free(link);
    }
    if (chain->first != NULL) return;
    if (!chain->isOver) {
        if (procedureOf(window, chain) != callChain) return;
        setProcedure(window, chain, chain->before);
        RatRemoveProp(handleOf(window), propertyName, NULL);
    }
    free(chain);
}

static LRESULT callNext(SubclassFrame* frame, UINT message, WPARAM wparam, LPARAM lparam)
{
    HWND window = objectOf(frame->window);
    const Link *now = frame->next, *link = now;
    while (link != NULL && link->procedure == NULL) link = link->next;
    if (link == NULL) {
        if (frame->chain->wide) return CallWindowProcW(frame->chain->before, window, message, wparam, lparam);
        return CallWindowProcA(frame->chain->before, window, message, wparam, lparam);
    }
    frame->next = link->next;
    LRESULT result = link->procedure(window, message, wparam, lparam, link->id, link->data);
    /* It may pass on more than one message. */
    frame->next = now;
    return result;
}

static LRESULT CALLBACK callChain(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    Chain* chain = chainOf(window);
    if (chain == NULL) return 0;
    SubclassFrame frame = { handleOf(window), chain, chain->first, thread.subclasses };
    thread.subclasses = &frame;
    chain->depth++;
    LRESULT result = callNext(&frame, message, wparam, lparam);
    chain->depth--;
    thread.subclasses = frame.outer;
    if (message == WM_NCDESTROY) chain->isOver = true;
    sweep(window, chain);
    return result;
}

static bool isOwn(HWND window)
{
    return GetWindowThreadProcessId(window, NULL) == GetCurrentThreadId();
}

BOOL SetWindowSubclass(HWND window, SUBCLASSPROC procedure, UINT_PTR id, DWORD_PTR data)
{
    if (procedure == NULL || !isOwn(window)) return FALSE;
    Chain* chain = chainOf(window);
    Link* link = chain != NULL ? *placeOf(chain, procedure, id) : NULL;
    if (link != NULL) {
        link->data = data;
        return TRUE;
    }
    link = malloc(sizeof *link);
    if (link == NULL) return failWith(ERROR_NOT_ENOUGH_MEMORY);
    if (chain == NULL) {
        chain = calloc(1, sizeof *chain);
        if (chain == NULL || RatSetProp(handleOf(window), propertyName, (uintptr_t)chain) != RAT_IPC_OK) {
            free(chain);
            free(link);
            return failWith(ERROR_NOT_ENOUGH_MEMORY);
        }
        chain->wide = IsWindowUnicode(window);
        chain->before = procedureOf(window, chain);
        /* A window of a class that is not Win32's. */
        if (!setProcedure(window, chain, callChain)) {
            RatRemoveProp(handleOf(window), propertyName, NULL);
            free(chain);
            free(link);
            return FALSE;
        }
    }
    *link = (Link){ procedure, id, data, chain->first };
    chain->first = link;
    return TRUE;
}

BOOL GetWindowSubclass(HWND window, SUBCLASSPROC procedure, UINT_PTR id, DWORD_PTR* outData)
{
    Chain* chain = procedure != NULL && isOwn(window) ? chainOf(window) : NULL;
    const Link* link = chain != NULL ? *placeOf(chain, procedure, id) : NULL;
    if (outData != NULL) *outData = link != NULL ? link->data : 0;
    return link != NULL;
}

BOOL RemoveWindowSubclass(HWND window, SUBCLASSPROC procedure, UINT_PTR id)
{
    Chain* chain = procedure != NULL && isOwn(window) ? chainOf(window) : NULL;
    Link* link = chain != NULL ? *placeOf(chain, procedure, id) : NULL;
    if (link == NULL) return FALSE;
    link->procedure = NULL;
    sweep(window, chain);
    return TRUE;
}

LRESULT DefSubclassProc(HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    SubclassFrame* frame = thread.subclasses;
    while (frame != NULL && frame->window != handleOf(window)) frame = frame->outer;
    return frame != NULL ? callNext(frame, message, wparam, lparam) : 0;
}
