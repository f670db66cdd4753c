/* Window procedures: the one that Rat calls, and how it finds and calls the program's.
 *
 * Windows' records lie in one array with a place for every handle that can be: it is reserved as a whole and takes
 * memory only where windows are. So the way to the program's procedure is a load, a comparison and a call.
 *
 * A record is written by its window's thread alone. Another thread reads `window` before and after what it
 * wants: if both are the handle it asked for, that belongs to that window.
 */
#include "internal.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/mman.h>

#define BIT(message) (UINT64_C(1) << ((message) & 63))

const uint64_t specialMessages[16] = {
    [0] = BIT(WM_CREATE) | BIT(WM_SETTEXT) | BIT(WM_GETTEXT) | BIT(WM_GETTEXTLENGTH) | BIT(WM_ERASEBKGND),
    [2] = BIT(WM_NCCREATE) | BIT(WM_NCDESTROY),
    [4] = BIT(WM_CHAR) | BIT(WM_DEADCHAR) | BIT(WM_SYSCHAR) | BIT(WM_SYSDEADCHAR),
    [15] = BIT(RAT_WM_DISPLAYLOST) | BIT(RAT_WM_REMOTEREDRAW) | BIT(MESSAGE_CALL),
};

static WindowRecord* records;

__attribute__((constructor)) static void reserveRecords(void)
{
    void* memory = mmap(NULL, sizeof(WindowRecord) * RAT_HANDLE_INDEX_COUNT, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) abort();
    records = memory;
}

static inline WindowRecord* placeOf(RatWindow window)
{
    return &records[RAT_HANDLE_INDEX(window)];
}

/* Makes the record of a window whose procedure is called for the first time. */
static bool adopt(RatWindow window)
{
    intptr_t atom = 0;
    if (RatGetClassLong(window, RAT_GCW_ATOM, &atom) != RAT_IPC_OK) return false;
    Class* class = classOfAtom((RatAtom)atom);
    if (class == NULL) return false;
    WindowRecord* record = placeOf(window);
    __atomic_store_n(&record->window, 0, __ATOMIC_RELAXED);
    atomic_thread_fence(memory_order_release);
    record->procedure = class->procedure.procedure;
    record->wide = class->procedure.wide;
    record->isHiddenByOwner = false;
    record->class = class;
    __atomic_store_n(&record->window, window, __ATOMIC_RELEASE);
    return true;
}

WindowRecord* ownRecord(RatWindow window)
{
    WindowRecord* record = placeOf(window);
    return record->window == window && window != 0 ? record : NULL;
}

bool readRecord(RatWindow window, WindowRecord* outRecord)
{
    WindowRecord* record = placeOf(window);
    if (window == 0 || __atomic_load_n(&record->window, __ATOMIC_ACQUIRE) != window) return false;
    *outRecord = *record;
    atomic_thread_fence(memory_order_acquire);
    /* What a thread leaves behind when it ends goes without a message, and its record stays. */
    return __atomic_load_n(&record->window, __ATOMIC_RELAXED) == window && RatIsWindow(window);
}

/* -- Procedures of the other strings ----------------------------------------------------------- */

/* Their numbers begin where no code can be. */
#define PROCEDURE_BASE UINT64_C(0xFFFF000000000000)
#define PROCEDURE_MAX 4096

static Procedure procedures[PROCEDURE_MAX];
static _Atomic size_t procedureCount;
static pthread_mutex_t proceduresLock = PTHREAD_MUTEX_INITIALIZER;

WNDPROC shownProcedure(Procedure procedure, bool wide)
{
    if (procedure.wide == wide || procedure.procedure == NULL) return procedure.procedure;
    pthread_mutex_lock(&proceduresLock);
    size_t count = atomic_load_explicit(&procedureCount, memory_order_relaxed), i = 0;
    while (i < count && (procedures[i].procedure != procedure.procedure || procedures[i].wide != procedure.wide))
        i++;
    if (i == count && count < PROCEDURE_MAX) {
        procedures[i] = procedure;
        atomic_store_explicit(&procedureCount, count + 1, memory_order_release);
    }
    pthread_mutex_unlock(&proceduresLock);
    return i < PROCEDURE_MAX ? (WNDPROC)(uintptr_t)(PROCEDURE_BASE + i) : NULL;
}

Procedure namedProcedure(WNDPROC shown, bool wide)
{
    uint64_t number = (uint64_t)(uintptr_t)shown;
    if (LIKELY(number < PROCEDURE_BASE)) return (Procedure){ shown, wide };
    size_t i = (size_t)(number - PROCEDURE_BASE);
    if (i >= atomic_load_explicit(&procedureCount, memory_order_acquire)) return (Procedure){ NULL, wide };
    return procedures[i];
}

/* -- Creation ---------------------------------------------------------------------------------- */

CreationFrame* creationOf(RatWindow window)
{
    CreationFrame* frame = thread.creations;
    if (frame != NULL && frame->window == 0) frame->window = window;
    return frame != NULL && frame->window == window ? frame : NULL;
}

/* One of the two strings: as given, if that is of the right width or a number, else a copy that is. */
static const void* toldString(Creation* creation, int which, const char* narrow, const CreationFrame* frame,
                              const void* given, bool wide)
{
    if (frame != NULL && (IS_INTRESOURCE(given) || frame->wide == wide)) return given;
    if (!wide) return narrow;
    return creation->copies[which] = wideCopy(narrow);
}

void tellCreation(Creation* creation, const RatCreateStruct* original, const CreationFrame* frame, bool wide)
{
    CREATESTRUCTA* told = &creation->told.narrow;
    creation->copies[0] = creation->copies[1] = NULL;
    told->lpCreateParams = original->param;
    told->hInstance = frame != NULL ? frame->instance : ownModule();
    told->hMenu = (HMENU)original->id;
    told->hwndParent = objectOf(original->parent);
    told->cy = original->height;
    told->cx = original->width;
    told->y = original->y;
    told->x = original->x;
    told->style = (LONG)original->style;
    told->dwExStyle = original->exStyle;
    told->lpszName = toldString(creation, 0, original->title, frame, frame != NULL ? frame->title : NULL, wide);
    told->lpszClass =
        toldString(creation, 1, original->className, frame, frame != NULL ? frame->className : NULL, wide);
}

void freeCreation(Creation* creation)
{
    free(creation->copies[0]);
    free(creation->copies[1]);
}

static LRESULT callCreation(const WindowRecord* record, RatWindow window, UINT message, WPARAM wparam,
                            const RatCreateStruct* original)
{
    CreationFrame* frame = creationOf(window);
    CreationFrame own = { .window = window, .instance = ownModule(), .outer = thread.creations };
    Creation creation;
    tellCreation(&creation, original, frame, record->wide);
    /* A window that was not made by CreateWindowEx() has a frame for as long as it is told. */
    if (frame == NULL) thread.creations = frame = &own;
    frame->original = original;
    LRESULT result = record->procedure((HWND)objectOf(window), message, wparam, (LPARAM)&creation.told);
    frame->original = NULL;
    if (frame == &own) thread.creations = own.outer;
    freeCreation(&creation);
    return result;
}

/* -- Text -------------------------------------------------------------------------------------- */

/* What the text of the window is, by WM_GETTEXT to a procedure; to be freed. */
static void* textOf(Procedure procedure, HWND window)
{
    size_t units = (size_t)procedure.procedure(window, WM_GETTEXTLENGTH, 0, 0) + 1;
    size_t size = units * (procedure.wide ? sizeof(WCHAR) : 1);
    void* text = calloc(1, size);
    if (text != NULL) procedure.procedure(window, WM_GETTEXT, units, (LPARAM)text);
    return text;
}

/* WM_GETTEXT where the procedure takes the other strings. */
static LRESULT getText(Procedure procedure, HWND window, WPARAM size, LPARAM buffer)
{
    if (size == 0 || buffer == 0) return 0;
    /* A character has at most three bytes for each of its units, and at least half a unit for each byte. */
    size_t room = procedure.wide ? size : size * 3;
    void* text = calloc(room, procedure.wide ? sizeof(WCHAR) : 1);
    if (text == NULL) return 0;
    procedure.procedure(window, WM_GETTEXT, room, (LPARAM)text);
    size_t length = procedure.wide ? narrowInto((char*)buffer, size, text) : wideInto((WCHAR*)buffer, size, text);
    free(text);
    return (LRESULT)length;
}

static LRESULT getTextLength(Procedure procedure, HWND window)
{
    void* text = textOf(procedure, window);
    if (text == NULL) return 0;
    size_t length = procedure.wide ? narrowLength(text) : wideLengthOf(text);
    free(text);
    return (LRESULT)length;
}

/* A UTF-16 unit for a procedure that takes bytes: one call for each byte, once the character is whole. */
static LRESULT callWithBytes(Procedure procedure, HWND window, UINT message, WPARAM unit, LPARAM lparam)
{
    WCHAR units[3] = { (WCHAR)unit, 0, 0 };
    if ((unit & 0xFC00) == 0xD800) {
        thread.highSurrogate = (WCHAR)unit;
        return 0;
    }
    if ((unit & 0xFC00) == 0xDC00 && thread.highSurrogate != 0) {
        units[0] = thread.highSurrogate;
        units[1] = (WCHAR)unit;
    }
    thread.highSurrogate = 0;
    char bytes[8];
    size_t count = narrowInto(bytes, sizeof bytes, units);
    LRESULT result = 0;
    for (size_t i = 0; i < count; i++)
        result = procedure.procedure(window, message, (unsigned char)bytes[i], lparam);
    return result;
}

LRESULT callProcedure(Procedure procedure, HWND window, UINT message, WPARAM wparam, LPARAM lparam, bool wide)
{
    if (procedure.procedure == NULL) return 0;
    if (LIKELY(procedure.wide == wide || !isSpecial(message)))
        return procedure.procedure(window, message, wparam, lparam);
    switch (message) {
    case WM_NCCREATE:
    case WM_CREATE: {
        if (lparam == 0) break;
        CreateStruct told = *(const CreateStruct*)lparam;
        void *name = NULL, *class = NULL;
        if (!IS_INTRESOURCE(told.narrow.lpszName))
            told.narrow.lpszName = name =
                wide ? (void*)narrowCopy(told.wide.lpszName) : (void*)wideCopy(told.narrow.lpszName);
        if (!IS_INTRESOURCE(told.narrow.lpszClass))
            told.narrow.lpszClass = class =
                wide ? (void*)narrowCopy(told.wide.lpszClass) : (void*)wideCopy(told.narrow.lpszClass);
        LRESULT result = procedure.procedure(window, message, wparam, (LPARAM)&told);
        free(name);
        free(class);
        return result;
    }
    case WM_SETTEXT: {
        if (lparam == 0) break;
        void* text = wide ? (void*)narrowCopy((const WCHAR*)lparam) : (void*)wideCopy((const char*)lparam);
        LRESULT result = text != NULL ? procedure.procedure(window, message, wparam, (LPARAM)text) : 0;
        free(text);
        return result;
    }
    case WM_GETTEXT: return getText(procedure, window, wparam, lparam);
    case WM_GETTEXTLENGTH: return getTextLength(procedure, window);
    case WM_CHAR:
    case WM_DEADCHAR:
    case WM_SYSCHAR:
    case WM_SYSDEADCHAR:
        if (!procedure.wide && (wparam & 0xFFFF) >= 0x80)
            return callWithBytes(procedure, window, message, wparam & 0xFFFF, lparam);
        break;
    default: break;
    }
    return procedure.procedure(window, message, wparam, lparam);
}

LRESULT CallWindowProcA(WNDPROC procedure, HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    return callProcedure(namedProcedure(procedure, false), window, message, wparam, lparam, false);
}

LRESULT CallWindowProcW(WNDPROC procedure, HWND window, UINT message, WPARAM wparam, LPARAM lparam)
{
    return callProcedure(namedProcedure(procedure, true), window, message, wparam, lparam, true);
}

/* -- What Rat calls ---------------------------------------------------------------------------- */

/* What the sender of the message in progress says its text is: a FORM_*, or 0. */
static RatHandle formOf(RatWindow window, UINT message)
{
    RatMessage current;
    if (RatGetCurrentMessage(&current) != RAT_IPC_OK || current.header.message != message ||
        current.header.target != window)
        return 0;
    RatHandle form = current.header.sender;
    return form == FORM_CALL && (current.header.flags & RAT_MESSAGE_SENT) == 0 ? 0 : form;
}

static LRESULT callErase(const WindowRecord* record, RatWindow window, LPARAM lparam, WPARAM wparam)
{
    /* A program that sends it itself gives a device context, and no RatPaint. */
    if (lparam == 0) return record->procedure((HWND)objectOf(window), WM_ERASEBKGND, wparam, 0);
    Dc* dc = makeDc(DC_ERASE, window);
    if (dc == NULL) return 0;
    dc->erasing = (const RatPaint*)lparam;
    dc->paint = *dc->erasing;
    LRESULT result = record->procedure((HWND)objectOf(window), WM_ERASEBKGND, (WPARAM)dc, 0);
    freeDc(dc);
    return result;
}

static RatResult handleSpecial(const WindowRecord* record, RatWindow window, UINT message, WPARAM wparam,
                               LPARAM lparam)
{
    Procedure procedure = { record->procedure, record->wide };
    HWND handle = (HWND)objectOf(window);
    switch (message) {
    case WM_NCCREATE:
    case WM_CREATE: {
        RatHandle form = formOf(window, message);
        if (form != FORM_WIDE && form != FORM_NARROW && lparam != 0)
            return callCreation(record, window, message, wparam, (const RatCreateStruct*)lparam);
        return callProcedure(procedure, handle, message, wparam, lparam, form == FORM_WIDE);
    }
    case WM_NCDESTROY: {
        LRESULT result = procedure.procedure(handle, message, wparam, lparam);
        emptyDcs(window);
        __atomic_store_n(&placeOf(window)->window, 0, __ATOMIC_RELEASE);
        return result;
    }
    case WM_ERASEBKGND: return callErase(record, window, lparam, wparam);
    case WM_SETTEXT:
    case WM_GETTEXT:
    case WM_GETTEXTLENGTH:
        /* Without a form it is UTF-8. */
        return callProcedure(procedure, handle, message, wparam, lparam, formOf(window, message) == FORM_WIDE);
    case WM_CHAR:
    case WM_DEADCHAR:
    case WM_SYSCHAR:
    case WM_SYSDEADCHAR:
        /* Without a form it is a UTF-16 unit. */
        return callProcedure(procedure, handle, message, wparam, lparam, formOf(window, message) != FORM_NARROW);
    case MESSAGE_CALL:
        if (formOf(window, message) == FORM_CALL && lparam != 0) {
            OwnerCall* call = (OwnerCall*)lparam;
            call->status = call->run(call);
            if (wparam == CALL_IS_OWNED) free(call);
        }
        return 0;
    default: return RatDefWindowProc(window, message, wparam, lparam);
    }
}

RatResult windowProcedure(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam)
{
    const WindowRecord* record = placeOf(window);
    if (UNLIKELY(record->window != window) && !adopt(window))
        return RatDefWindowProc(window, message, wparam, lparam);
    if (UNLIKELY(isSpecial(message))) return handleSpecial(record, window, message, wparam, lparam);
    return record->procedure((HWND)objectOf(window), message, wparam, lparam);
}

bool callOwnerLater(RatWindow window, OwnerCall* call)
{
    RatMessage message;
    beginMessage(&message, MESSAGE_CALL, CALL_IS_OWNED, (LPARAM)call);
    message.header.sender = FORM_CALL;
    RatStatus status = RatSendNotifyMessage(window, &message);
    if (status != RAT_IPC_OK) free(call);
    return succeeded(status, SUBJECT_WINDOW);
}

RatStatus callOwner(RatWindow window, OwnerCall* call)
{
    RatStatus status = call->run(call);
    if (LIKELY(status != RAT_IPC_ERR_WRONG_THREAD)) return status;
    RatMessage message, reply;
    beginMessage(&message, MESSAGE_CALL, 0, (LPARAM)call);
    message.header.sender = FORM_CALL;
    call->status = RAT_IPC_ERR_WRONG_THREAD;
    status = RatSendMessage(window, &message, &reply, RAT_INFINITE);
    return status == RAT_IPC_OK ? call->status : status;
}
