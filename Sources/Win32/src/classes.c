/* Window classes: what Rat does not keep of them, and A and W. */
#include "internal.h"

#include <pthread.h>

/* The styles that mean something in Rat; the others are remembered here. */
#define KNOWN_STYLES (CS_VREDRAW | CS_HREDRAW | CS_DBLCLKS | CS_GLOBALCLASS)

/* By atom, from 0xC000 up. An entry comes with the class and goes with it, and so is there while a window of the
 * class is. Entries are set under the lock, and read without. */
static Class* classes[0x4000];
static pthread_mutex_t classesLock = PTHREAD_MUTEX_INITIALIZER;

Class* classOfAtom(RatAtom atom)
{
    return atom >= 0xC000 ? __atomic_load_n(&classes[atom - 0xC000], __ATOMIC_ACQUIRE) : NULL;
}

static void freeClass(Class* class)
{
    if (class == NULL) return;
    if (!IS_INTRESOURCE(class->menuName)) free(class->menuName);
    free(class->wideMenuName);
    free(class);
}

/* WNDCLASSEXA and WNDCLASSEXW differ in nothing but what their strings are made of. */
_Static_assert(sizeof(WNDCLASSEXA) == sizeof(WNDCLASSEXW) && sizeof(WNDCLASSA) == sizeof(WNDCLASSW),
               "the two are one");

static ATOM registerClass(const WNDCLASSEXA* given, bool wide)
{
    if (given->lpfnWndProc == NULL || IS_INTRESOURCE(given->lpszClassName) || given->cbClsExtra < 0 ||
        given->cbWndExtra < 0)
        return (ATOM)failWith(ERROR_INVALID_PARAMETER);
    char *nameCopy, *menuCopy = NULL;
    const char* name = narrowName(given->lpszClassName, wide, &nameCopy);
    Class* class = calloc(1, sizeof *class);
    if (class != NULL) {
        class->procedure = namedProcedure(given->lpfnWndProc, wide);
        class->style = given->style;
        class->instance = given->hInstance != NULL ? given->hInstance : ownModule();
        class->icon = given->hIcon;
        class->cursor = given->hCursor;
        class->smallIcon = given->hIconSm;
        class->background = given->hbrBackground;
        const char* menu = narrowName(given->lpszMenuName, wide, &menuCopy);
        class->menuName = IS_INTRESOURCE(menu) || menuCopy != NULL ? (char*)(uintptr_t)menu : strdup(menu);
    }
    RatWindowClass registered = {
        .size = sizeof registered,
        .style = given->style & KNOWN_STYLES,
        .proc = windowProcedure,
        .name = name,
        .background = brushPixels(given->hbrBackground),
        .classExtra = (uint32_t)given->cbClsExtra,
        .windowExtra = (uint32_t)given->cbWndExtra,
        .cursor = shapeOf(given->hCursor),
    };
    RatAtom atom = 0;
    /* Nobody finds the class in Rat before its entry is here. */
    pthread_mutex_lock(&classesLock);
    RatStatus status = name != NULL && class != NULL ? RatRegisterClass(&registered, &atom)
                                                     : RAT_IPC_ERR_NO_RESOURCES;
    if (status == RAT_IPC_OK) __atomic_store_n(&classes[atom - 0xC000], class, __ATOMIC_RELEASE);
    pthread_mutex_unlock(&classesLock);
    if (status != RAT_IPC_OK) freeClass(class);
    free(nameCopy);
    return succeeded(status, SUBJECT_CLASS) ? atom : 0;
}

ATOM RegisterClassExA(const WNDCLASSEXA* given)
{
    if (given == NULL || given->cbSize != sizeof *given) return (ATOM)failWith(ERROR_INVALID_PARAMETER);
    return registerClass(given, false);
}

ATOM RegisterClassExW(const WNDCLASSEXW* given)
{
    if (given == NULL || given->cbSize != sizeof *given) return (ATOM)failWith(ERROR_INVALID_PARAMETER);
    return registerClass((const WNDCLASSEXA*)(const void*)given, true);
}

static ATOM registerShort(const WNDCLASSA* given, bool wide)
{
    if (given == NULL) return (ATOM)failWith(ERROR_INVALID_PARAMETER);
    WNDCLASSEXA whole = {
        .cbSize = sizeof whole,
        .style = given->style,
        .lpfnWndProc = given->lpfnWndProc,
        .cbClsExtra = given->cbClsExtra,
        .cbWndExtra = given->cbWndExtra,
        .hInstance = given->hInstance,
        .hIcon = given->hIcon,
        .hCursor = given->hCursor,
        .hbrBackground = given->hbrBackground,
        .lpszMenuName = given->lpszMenuName,
        .lpszClassName = given->lpszClassName,
    };
    return registerClass(&whole, wide);
}

ATOM RegisterClassA(const WNDCLASSA* given)
{
    return registerShort(given, false);
}

ATOM RegisterClassW(const WNDCLASSW* given)
{
    return registerShort((const WNDCLASSA*)(const void*)given, true);
}

static BOOL unregister(const void* name, bool wide)
{
    char* copy;
    const char* narrow = narrowName(name, wide, &copy);
    if (narrow == NULL) return failWith(ERROR_CLASS_DOES_NOT_EXIST);
    RatAtom atom = 0;
    RatWindowClass info = { .size = sizeof info };
    Class* class = NULL;
    pthread_mutex_lock(&classesLock);
    RatStatus status = RatGetClassInfo(narrow, &info, &atom);
    if (status == RAT_IPC_OK) status = RatUnregisterClass(narrow);
    if (status == RAT_IPC_OK) {
        class = classOfAtom(atom);
        __atomic_store_n(&classes[atom - 0xC000], NULL, __ATOMIC_RELEASE);
    }
    pthread_mutex_unlock(&classesLock);
    freeClass(class);
    free(copy);
    return succeeded(status, SUBJECT_CLASS);
}

BOOL UnregisterClassA(LPCSTR name, HINSTANCE instance)
{
    (void)instance;
    return unregister(name, false);
}

BOOL UnregisterClassW(LPCWSTR name, HINSTANCE instance)
{
    (void)instance;
    return unregister(name, true);
}

/* -- What a class is --------------------------------------------------------------------------- */

/* Under the lock. */
static const void* shownMenu(Class* class, bool wide)
{
    if (IS_INTRESOURCE(class->menuName) || !wide) return class->menuName;
    if (class->wideMenuName == NULL) class->wideMenuName = wideCopy(class->menuName);
    return class->wideMenuName;
}

static ATOM classInfo(const void* name, WNDCLASSEXA* out, bool wide)
{
    char* copy;
    const char* narrow = narrowName(name, wide, &copy);
    if (out == NULL || narrow == NULL) {
        free(copy);
        return (ATOM)failWith(out == NULL ? ERROR_INVALID_PARAMETER : ERROR_CLASS_DOES_NOT_EXIST);
    }
    RatAtom atom = 0;
    RatWindowClass info = { .size = sizeof info };
    pthread_mutex_lock(&classesLock);
    RatStatus status = RatGetClassInfo(narrow, &info, &atom);
    Class* class = status == RAT_IPC_OK ? classOfAtom(atom) : NULL;
    if (class != NULL) {
        out->style = class->style;
        out->lpfnWndProc = shownProcedure(class->procedure, wide);
        out->cbClsExtra = (int)info.classExtra;
        out->cbWndExtra = (int)info.windowExtra;
        out->hInstance = class->instance;
        out->hIcon = class->icon;
        out->hCursor = class->cursor;
        out->hbrBackground = class->background;
        out->lpszMenuName = shownMenu(class, wide);
        out->lpszClassName = name;
        out->hIconSm = class->smallIcon;
    }
    pthread_mutex_unlock(&classesLock);
    free(copy);
    if (class == NULL && status == RAT_IPC_OK) status = RAT_IPC_ERR_NOT_FOUND;
    return succeeded(status, SUBJECT_CLASS) ? atom : 0;
}

static BOOL classInfoShort(const void* name, WNDCLASSA* out, bool wide)
{
    WNDCLASSEXA whole;
    if (out == NULL) return failWith(ERROR_INVALID_PARAMETER);
    if (classInfo(name, &whole, wide) == 0) return FALSE;
    out->style = whole.style;
    out->lpfnWndProc = whole.lpfnWndProc;
    out->cbClsExtra = whole.cbClsExtra;
    out->cbWndExtra = whole.cbWndExtra;
    out->hInstance = whole.hInstance;
    out->hIcon = whole.hIcon;
    out->hCursor = whole.hCursor;
    out->hbrBackground = whole.hbrBackground;
    out->lpszMenuName = whole.lpszMenuName;
    out->lpszClassName = whole.lpszClassName;
    return TRUE;
}

BOOL GetClassInfoA(HINSTANCE instance, LPCSTR name, LPWNDCLASSA out)
{
    (void)instance;
    return classInfoShort(name, out, false);
}

BOOL GetClassInfoW(HINSTANCE instance, LPCWSTR name, LPWNDCLASSW out)
{
    (void)instance;
    return classInfoShort(name, (WNDCLASSA*)(void*)out, true);
}

BOOL GetClassInfoExA(HINSTANCE instance, LPCSTR name, LPWNDCLASSEXA out)
{
    (void)instance;
    return classInfo(name, out, false);
}

BOOL GetClassInfoExW(HINSTANCE instance, LPCWSTR name, LPWNDCLASSEXW out)
{
    (void)instance;
    return classInfo(name, (WNDCLASSEXA*)(void*)out, true);
}

/* Class names have at most 255 bytes. */
int GetClassNameA(HWND window, LPSTR buffer, int size)
{
    char name[256];
    size_t needed;
    if (buffer == NULL || size <= 0) return failWith(ERROR_INVALID_PARAMETER);
    if (!succeeded(RatGetClassName(handleOf(window), name, sizeof name, &needed), SUBJECT_WINDOW)) return 0;
    return (int)copyCut(buffer, (size_t)size, name);
}

int GetClassNameW(HWND window, LPWSTR buffer, int size)
{
    char name[256];
    size_t needed;
    if (buffer == NULL || size <= 0) return failWith(ERROR_INVALID_PARAMETER);
    if (!succeeded(RatGetClassName(handleOf(window), name, sizeof name, &needed), SUBJECT_WINDOW)) return 0;
    return (int)wideInto(buffer, (size_t)size, name);
}

/* -- Numbers of a class ------------------------------------------------------------------------ */

static const Numbers classNumbers = {
    RatReadClassExtra, RatWriteClassExtra, RatGetClassLong, RatSetClassLong,
};

/* The place of a number that is not in Rat; NULL if it is there. */
static uintptr_t* ownNumber(Class* class, int index)
{
    switch (index) {
    case GCLP_HBRBACKGROUND: return (uintptr_t*)(void*)&class->background;
    case GCLP_HCURSOR: return (uintptr_t*)(void*)&class->cursor;
    case GCLP_HICON: return (uintptr_t*)(void*)&class->icon;
    case GCLP_HICONSM: return (uintptr_t*)(void*)&class->smallIcon;
    case GCLP_HMODULE: return (uintptr_t*)(void*)&class->instance;
    default: return NULL;
    }
}

static ULONG_PTR classLong(HWND window, int index, bool sets, LONG_PTR value, bool wide, size_t bytes)
{
    WindowRecord record;
    bool known = readRecord(handleOf(window), &record);
    LongCall c = longCall(&classNumbers, window, index, sets, value, bytes);
    if (known && index < 0) {
        Class* class = record.class;
        uintptr_t* number = ownNumber(class, index);
        if (number != NULL) {
            uintptr_t old = *number;
            if (!sets) return old;
            *number = (uintptr_t)value;
            /* What Rat has of it. */
            if (index == GCLP_HBRBACKGROUND) {
                c.index = RAT_GCL_BACKGROUND;
                c.value = (intptr_t)brushPixels((HBRUSH)value);
            } else if (index == GCLP_HCURSOR) {
                c.index = RAT_GCLP_HCURSOR;
                c.value = shapeOf((HCURSOR)value);
            } else {
                return old;
            }
            return succeeded(callOwner(c.window, &c.call), SUBJECT_WINDOW) ? old : 0;
        }
        switch (index) {
        case GCLP_WNDPROC: {
            Procedure old = class->procedure;
            if (sets && value == 0) return (ULONG_PTR)failWith(ERROR_INVALID_PARAMETER);
            if (sets) class->procedure = namedProcedure((WNDPROC)value, wide);
            return (ULONG_PTR)shownProcedure(old, wide);
        }
        case GCL_STYLE: {
            UINT old = class->style;
            if (!sets) return old;
            c.value = value & KNOWN_STYLES;
            if (!succeeded(callOwner(c.window, &c.call), SUBJECT_WINDOW)) return 0;
            class->style = (UINT)value;
            return old;
        }
        case GCLP_MENUNAME:
            if (sets) return (ULONG_PTR)failWith(ERROR_INVALID_INDEX);
            pthread_mutex_lock(&classesLock);
            value = (LONG_PTR)shownMenu(class, wide);
            pthread_mutex_unlock(&classesLock);
            return (ULONG_PTR)value;
        default: break;
        }
    }
    return (ULONG_PTR)finishLong(&c);
}

DWORD GetClassLongA(HWND window, int index)
{
    return (DWORD)classLong(window, index, false, 0, false, 4);
}

DWORD GetClassLongW(HWND window, int index)
{
    return (DWORD)classLong(window, index, false, 0, true, 4);
}

ULONG_PTR GetClassLongPtrA(HWND window, int index)
{
    return classLong(window, index, false, 0, false, 8);
}

ULONG_PTR GetClassLongPtrW(HWND window, int index)
{
    return classLong(window, index, false, 0, true, 8);
}

DWORD SetClassLongA(HWND window, int index, LONG value)
{
    return (DWORD)classLong(window, index, true, value, false, 4);
}

DWORD SetClassLongW(HWND window, int index, LONG value)
{
    return (DWORD)classLong(window, index, true, value, true, 4);
}

ULONG_PTR SetClassLongPtrA(HWND window, int index, LONG_PTR value)
{
    return classLong(window, index, true, value, false, 8);
}

ULONG_PTR SetClassLongPtrW(HWND window, int index, LONG_PTR value)
{
    return classLong(window, index, true, value, true, 8);
}

WORD GetClassWord(HWND window, int index)
{
    return (WORD)classLong(window, index, false, 0, false, 2);
}

WORD SetClassWord(HWND window, int index, WORD value)
{
    return (WORD)classLong(window, index, true, value, false, 2);
}
