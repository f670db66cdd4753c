/* Numbers that windows keep, and properties. */
#include "internal.h"

static RatStatus runLong(OwnerCall* call)
{
    LongCall* c = (LongCall*)call;
    if (c->bytes != 0) {
        c->old = 0;
        RatStatus status = c->numbers->read(c->window, (size_t)c->index, &c->old, c->bytes);
        if (status == RAT_IPC_OK && c->sets)
            status = c->numbers->write(c->window, (size_t)c->index, &c->value, c->bytes);
        return status;
    }
    return c->sets ? c->numbers->set(c->window, c->index, c->value, &c->old)
                   : c->numbers->get(c->window, c->index, &c->old);
}

LongCall longCall(const Numbers* numbers, HWND window, int index, bool sets, LONG_PTR value, size_t bytes)
{
    return (LongCall){ .call = { .run = runLong }, .numbers = numbers, .window = handleOf(window),
                       .index = index, .sets = sets, .value = value, .bytes = index >= 0 ? bytes : 0 };
}

LONG_PTR finishLong(LongCall* c)
{
    RatStatus status = callOwner(c->window, &c->call);
    if (status == RAT_IPC_ERR_INVALID_ARG) return failWith(ERROR_INVALID_INDEX);
    return succeeded(status, SUBJECT_WINDOW) ? c->old : 0;
}

static const Numbers windowNumbers = {
    RatReadWindowExtra, RatWriteWindowExtra, RatGetWindowLong, RatSetWindowLong,
};

static LONG_PTR getLong(HWND window, int index, bool wide, size_t bytes)
{
    LongCall c = longCall(&windowNumbers, window, index, false, 0, bytes);
    WindowRecord record;
    if (UNLIKELY(index == GWLP_WNDPROC || index == GWLP_HINSTANCE) && readRecord(c.window, &record)) {
        if (index == GWLP_HINSTANCE) return (LONG_PTR)record.class->instance;
        return (LONG_PTR)shownProcedure((Procedure){ record.procedure, record.wide }, wide);
    }
    return finishLong(&c);
}

/* The new procedure of a window that has a record, then the old one. */
typedef struct {
    OwnerCall call;
    RatWindow window;
    Procedure procedure;
} ProcedureCall;

static RatStatus runProcedure(OwnerCall* call)
{
    ProcedureCall* c = (ProcedureCall*)call;
    WindowRecord* record = ownRecord(c->window);
    if (record == NULL) return RatIsWindow(c->window) ? RAT_IPC_ERR_WRONG_THREAD : RAT_IPC_ERR_INVALID_HANDLE;
    intptr_t ignored;
    /* Only the window's own thread may. */
    RatStatus status = RatGetWindowLong(c->window, RAT_GWLP_WNDPROC, &ignored);
    if (status != RAT_IPC_OK) return status;
    Procedure old = { record->procedure, record->wide };
    record->procedure = c->procedure.procedure;
    record->wide = c->procedure.wide;
    c->procedure = old;
    return RAT_IPC_OK;
}

static LONG_PTR setLong(HWND window, int index, LONG_PTR value, bool wide, size_t bytes)
{
    if (index != GWLP_WNDPROC) {
        LongCall c = longCall(&windowNumbers, window, index, true, value, bytes);
        return finishLong(&c);
    }
    ProcedureCall c = { .call = { .run = runProcedure }, .window = handleOf(window),
                        .procedure = namedProcedure((WNDPROC)value, wide) };
    if (c.procedure.procedure == NULL) return failWith(ERROR_INVALID_PARAMETER);
    if (!succeeded(callOwner(c.window, &c.call), SUBJECT_WINDOW)) return 0;
    return (LONG_PTR)shownProcedure(c.procedure, wide);
}

LONG GetWindowLongA(HWND window, int index)
{
    return (LONG)getLong(window, index, false, 4);
}

LONG GetWindowLongW(HWND window, int index)
{
    return (LONG)getLong(window, index, true, 4);
}

LONG_PTR GetWindowLongPtrA(HWND window, int index)
{
    return getLong(window, index, false, 8);
}

LONG_PTR GetWindowLongPtrW(HWND window, int index)
{
    return getLong(window, index, true, 8);
}

LONG SetWindowLongA(HWND window, int index, LONG value)
{
    return (LONG)setLong(window, index, value, false, 4);
}

LONG SetWindowLongW(HWND window, int index, LONG value)
{
    return (LONG)setLong(window, index, value, true, 4);
}

LONG_PTR SetWindowLongPtrA(HWND window, int index, LONG_PTR value)
{
    return setLong(window, index, value, false, 8);
}

LONG_PTR SetWindowLongPtrW(HWND window, int index, LONG_PTR value)
{
    return setLong(window, index, value, true, 8);
}

WORD GetWindowWord(HWND window, int index)
{
    return (WORD)getLong(window, index, false, 2);
}

WORD SetWindowWord(HWND window, int index, WORD value)
{
    return (WORD)setLong(window, index, value, false, 2);
}

/* -- Properties -------------------------------------------------------------------------------- */

/* An atom as a name: Rat's properties have names alone. */
static const char* propertyName(const void* name, bool wide, char** copy, char number[8])
{
    const char* narrow = narrowName(name, wide, copy);
    if (!IS_INTRESOURCE(narrow)) return narrow;
    if (narrow == NULL) return NULL;
    unsigned atom = (unsigned)(uintptr_t)narrow;
    number[0] = '#';
    for (int i = 5; i > 0; i--, atom /= 10) number[i] = (char)('0' + atom % 10);
    number[6] = 0;
    return number;
}

static BOOL setProperty(HWND window, const void* name, bool wide, HANDLE value)
{
    char *copy, number[8];
    RatStatus status =
        RatSetProp(handleOf(window), propertyName(name, wide, &copy, number), (uintptr_t)value);
    free(copy);
    return succeeded(status, SUBJECT_WINDOW);
}

/* No property is no failure: GetProp answers NULL and leaves the error as it is. */
static HANDLE property(HWND window, const void* name, bool wide, bool removes)
{
    char *copy, number[8];
    uintptr_t value = 0;
    const char* narrow = propertyName(name, wide, &copy, number);
    RatStatus status = removes ? RatRemoveProp(handleOf(window), narrow, &value)
                               : RatGetProp(handleOf(window), narrow, &value);
    free(copy);
    if (status == RAT_IPC_ERR_NOT_FOUND) return NULL;
    return succeeded(status, SUBJECT_WINDOW) ? (HANDLE)value : NULL;
}

BOOL SetPropA(HWND window, LPCSTR name, HANDLE value)
{
    return setProperty(window, name, false, value);
}

BOOL SetPropW(HWND window, LPCWSTR name, HANDLE value)
{
    return setProperty(window, name, true, value);
}

HANDLE GetPropA(HWND window, LPCSTR name)
{
    return property(window, name, false, false);
}

HANDLE GetPropW(HWND window, LPCWSTR name)
{
    return property(window, name, true, false);
}

HANDLE RemovePropA(HWND window, LPCSTR name)
{
    return property(window, name, false, true);
}

HANDLE RemovePropW(HWND window, LPCWSTR name)
{
    return property(window, name, true, true);
}

typedef struct {
    PROPENUMPROCEXA narrow;
    PROPENUMPROCEXW wide;
    PROPENUMPROCA narrowShort;
    PROPENUMPROCW wideShort;
    LPARAM param;
    int last; /* What the procedure answered last. */
} PropertyEnumeration;

static bool enumerateProperty(RatWindow window, const char* name, uintptr_t value, intptr_t param)
{
    PropertyEnumeration* e = (PropertyEnumeration*)param;
    HWND handle = objectOf(window);
    if (e->narrow != NULL) {
        e->last = e->narrow(handle, (LPSTR)(uintptr_t)name, (HANDLE)value, (ULONG_PTR)e->param);
    } else if (e->narrowShort != NULL) {
        e->last = e->narrowShort(handle, name, (HANDLE)value);
    } else {
        WCHAR* wide = wideCopy(name);
        if (wide == NULL) return false;
        e->last = e->wide != NULL ? e->wide(handle, wide, (HANDLE)value, (ULONG_PTR)e->param)
                                  : e->wideShort(handle, wide, (HANDLE)value);
        free(wide);
    }
    return e->last != 0;
}

/* What the procedure answered last; -1 if it was never called. */
static int enumerateProperties(HWND window, PropertyEnumeration* e)
{
    e->last = -1;
    RatStatus status = RatEnumProps(handleOf(window), enumerateProperty, (intptr_t)e);
    if (status != RAT_IPC_ERR_CANCELLED) succeeded(status, SUBJECT_WINDOW);
    return e->last;
}

int EnumPropsA(HWND window, PROPENUMPROCA procedure)
{
    if (procedure == NULL) return failWith(ERROR_INVALID_PARAMETER) - 1;
    return enumerateProperties(window, &(PropertyEnumeration){ .narrowShort = procedure });
}

int EnumPropsW(HWND window, PROPENUMPROCW procedure)
{
    if (procedure == NULL) return failWith(ERROR_INVALID_PARAMETER) - 1;
    return enumerateProperties(window, &(PropertyEnumeration){ .wideShort = procedure });
}

int EnumPropsExA(HWND window, PROPENUMPROCEXA procedure, LPARAM param)
{
    if (procedure == NULL) return failWith(ERROR_INVALID_PARAMETER) - 1;
    return enumerateProperties(window, &(PropertyEnumeration){ .narrow = procedure, .param = param });
}

int EnumPropsExW(HWND window, PROPENUMPROCEXW procedure, LPARAM param)
{
    if (procedure == NULL) return failWith(ERROR_INVALID_PARAMETER) - 1;
    return enumerateProperties(window, &(PropertyEnumeration){ .wide = procedure, .param = param });
}
