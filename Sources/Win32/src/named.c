/* Events, mutexes and semaphores, with names and without, and file mappings.
 *
 * A named object lies in shared memory of its name, which goes with the last handle of any process, as Win32's names
 * do, also when that process was killed. Memory is new and zero first; `kind` is written last, when the object is
 * whole, and whoever opens it waits for that.
 */
#include "internal.h"

#include <pthread.h>
#include <stdio.h>
#include <time.h>

typedef struct {
    _Alignas(RAT_SHARED_OBJECT_SIZE) unsigned char object[RAT_SHARED_OBJECT_SIZE];
    uint32_t kind; /* A RatHandleKind; 0 while it is being made. */
} Shared;

/* A handle and the memory behind it. */
typedef struct Named {
    RatHandle handle;
    RatSharedMemory memory;
    void* address;
    size_t size;
    struct Named* next;
} Named;

static Named* named;
static pthread_mutex_t namedLock = PTHREAD_MUTEX_INITIALIZER;

/* Rat's name of a Win32 name: behind a prefix of ours; the spaces of names of sessions are one here, and what Rat
 * does not take in a name is '!'. False if it is no name. */
static bool sharedName(char out[256], const char* name)
{
    if (strncmp(name, "Global\\", 7) == 0) name += 7;
    else if (strncmp(name, "Local\\", 6) == 0) name += 6;
    int length = snprintf(out, 256, "win32.%s", name);
    if (*name == 0 || length < 0 || length >= 256) return false;
    for (char* at = out; *at != 0; at++)
        if (*at == '/' || *at == '\\') *at = '!';
    return true;
}

void forgetNamed(RatHandle handle)
{
    pthread_mutex_lock(&namedLock);
    Named** at = &named;
    while (*at != NULL && (*at)->handle != handle) at = &(*at)->next;
    Named* gone = *at;
    if (gone != NULL) *at = gone->next;
    pthread_mutex_unlock(&namedLock);
    if (gone == NULL) return;
    RatUnmapSharedMemory(gone->address, gone->size);
    RatCloseSharedMemory(gone->memory);
    free(gone);
}

typedef struct {
    RatHandleKind kind;
    bool flag; /* An event's manual reset; whether a mutex is owned. */
    bool state;
    uint32_t count;
    uint32_t maximum;
} ObjectWish;

static RatStatus createUnnamed(const ObjectWish* wish, RatHandle* out)
{
    switch (wish->kind) {
    case RAT_HANDLE_EVENT: return RatCreateEvent(wish->flag, wish->state, out);
    case RAT_HANDLE_MUTEX: return RatCreateMutex(wish->flag, out);
    default: return RatCreateSemaphore(wish->count, wish->maximum, out);
    }
}

static RatStatus place(const ObjectWish* wish, Shared* shared, RatHandle* out)
{
    switch (wish->kind) {
    case RAT_HANDLE_EVENT: return RatPlaceEvent(shared->object, wish->flag, wish->state, out);
    case RAT_HANDLE_MUTEX: return RatPlaceMutex(shared->object, wish->flag, out);
    default: return RatPlaceSemaphore(shared->object, wish->count, wish->maximum, out);
    }
}

static RatStatus attach(RatHandleKind kind, Shared* shared, RatHandle* out)
{
    /* Whoever makes it needs microseconds, unless it was killed just then. */
    for (int i = 0; __atomic_load_n(&shared->kind, __ATOMIC_ACQUIRE) == 0; i++) {
        if (i == 5000) return RAT_IPC_ERR_TIMEOUT;
        nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
    }
    if (shared->kind != (uint32_t)kind) return RAT_IPC_ERR_INVALID_HANDLE;
    switch (kind) {
    case RAT_HANDLE_EVENT: return RatAttachEvent(shared->object, out);
    case RAT_HANDLE_MUTEX: return RatAttachMutex(shared->object, out);
    default: return RatAttachSemaphore(shared->object, out);
    }
}

/* Memory of a name, which is made if there is none; without a name it is new. */
static RatStatus makeMemory(const char* path, uint64_t size, RatSharedMemory* out, bool* existed)
{
    RatStatus status;
    do {
        *existed = false;
        status = RatCreateSharedMemoryEx(path, size, RAT_SHM_UNLINK_ON_LAST_CLOSE, out);
        if (status != RAT_IPC_ERR_ALREADY_EXISTS) return status;
        *existed = true;
        status = RatOpenSharedMemory(path, out);
        /* It was there, and its last handle has closed since. */
    } while (status == RAT_IPC_ERR_NOT_FOUND);
    return status;
}

/* Opens the object of a name, or makes it if `wish` says how. *existed tells which. */
static RatStatus openNamed(const char* name, RatHandleKind kind, const ObjectWish* wish, RatHandle* out,
                           bool* existed)
{
    char path[256];
    if (!sharedName(path, name)) return RAT_IPC_ERR_INVALID_ARG;
    Named* entry = calloc(1, sizeof *entry);
    if (entry == NULL) return RAT_IPC_ERR_NO_RESOURCES;
    *existed = true;
    RatStatus status = wish != NULL ? makeMemory(path, sizeof(Shared), &entry->memory, existed)
                                    : RatOpenSharedMemory(path, &entry->memory);
    if (status == RAT_IPC_OK) {
        status = RatMapSharedMemory(entry->memory, &entry->address, &entry->size);
        if (status != RAT_IPC_OK) RatCloseSharedMemory(entry->memory);
    }
    if (status == RAT_IPC_OK) {
        Shared* shared = entry->address;
        if (entry->size != sizeof(Shared)) status = RAT_IPC_ERR_INVALID_HANDLE;
        else status = *existed ? attach(kind, shared, out) : place(wish, shared, out);
        if (status == RAT_IPC_OK && !*existed)
            __atomic_store_n(&shared->kind, (uint32_t)kind, __ATOMIC_RELEASE);
        if (status != RAT_IPC_OK) {
            RatUnmapSharedMemory(entry->address, entry->size);
            RatCloseSharedMemory(entry->memory);
        }
    }
    if (status != RAT_IPC_OK) {
        free(entry);
        return status;
    }
    entry->handle = *out;
    pthread_mutex_lock(&namedLock);
    entry->next = named;
    named = entry;
    pthread_mutex_unlock(&namedLock);
    return RAT_IPC_OK;
}

/* A name that exists gives its object and ERROR_ALREADY_EXISTS; a new object clears the error. */
static HANDLE create(const char* name, const ObjectWish* wish)
{
    RatHandle handle = 0;
    bool existed = false;
    RatStatus status = name == NULL || *name == 0 ? createUnnamed(wish, &handle)
                                                  : openNamed(name, wish->kind, wish, &handle, &existed);
    if (!succeeded(status, SUBJECT_NAME)) return NULL;
    thread.lastError = existed ? ERROR_ALREADY_EXISTS : ERROR_SUCCESS;
    return objectOf(handle);
}

static HANDLE createWide(const WCHAR* name, const ObjectWish* wish)
{
    char* copy = narrowCopy(name);
    HANDLE object = NULL;
    if (name != NULL && copy == NULL) failWith(ERROR_NOT_ENOUGH_MEMORY);
    else object = create(copy, wish);
    free(copy);
    return object;
}

static HANDLE open(const char* name, RatHandleKind kind)
{
    RatHandle handle = 0;
    bool existed;
    RatStatus status =
        name == NULL ? RAT_IPC_ERR_INVALID_ARG : openNamed(name, kind, NULL, &handle, &existed);
    return succeeded(status, SUBJECT_NAME) ? objectOf(handle) : NULL;
}

static HANDLE openWide(const WCHAR* name, RatHandleKind kind)
{
    char* copy = narrowCopy(name);
    HANDLE object = open(copy, kind);
    free(copy);
    return object;
}

HANDLE CreateEventA(LPSECURITY_ATTRIBUTES security, BOOL manualReset, BOOL initialState, LPCSTR name)
{
    (void)security;
    return create(name, &(ObjectWish){ .kind = RAT_HANDLE_EVENT, .flag = manualReset, .state = initialState });
}

HANDLE CreateEventW(LPSECURITY_ATTRIBUTES security, BOOL manualReset, BOOL initialState, LPCWSTR name)
{
    (void)security;
    return createWide(name,
                      &(ObjectWish){ .kind = RAT_HANDLE_EVENT, .flag = manualReset, .state = initialState });
}

HANDLE OpenEventA(DWORD access, BOOL inherit, LPCSTR name)
{
    (void)access, (void)inherit;
    return open(name, RAT_HANDLE_EVENT);
}

HANDLE OpenEventW(DWORD access, BOOL inherit, LPCWSTR name)
{
    (void)access, (void)inherit;
    return openWide(name, RAT_HANDLE_EVENT);
}

HANDLE CreateMutexA(LPSECURITY_ATTRIBUTES security, BOOL owned, LPCSTR name)
{
    (void)security;
    return create(name, &(ObjectWish){ .kind = RAT_HANDLE_MUTEX, .flag = owned });
}

HANDLE CreateMutexW(LPSECURITY_ATTRIBUTES security, BOOL owned, LPCWSTR name)
{
    (void)security;
    return createWide(name, &(ObjectWish){ .kind = RAT_HANDLE_MUTEX, .flag = owned });
}

HANDLE OpenMutexA(DWORD access, BOOL inherit, LPCSTR name)
{
    (void)access, (void)inherit;
    return open(name, RAT_HANDLE_MUTEX);
}

HANDLE OpenMutexW(DWORD access, BOOL inherit, LPCWSTR name)
{
    (void)access, (void)inherit;
    return openWide(name, RAT_HANDLE_MUTEX);
}

/* Says whether the counts are possible. */
static bool areCounts(LONG initial, LONG maximum)
{
    return (initial >= 0 && maximum > 0 && initial <= maximum) || failWith(ERROR_INVALID_PARAMETER);
}

HANDLE CreateSemaphoreA(LPSECURITY_ATTRIBUTES security, LONG initial, LONG maximum, LPCSTR name)
{
    (void)security;
    if (!areCounts(initial, maximum)) return NULL;
    return create(name, &(ObjectWish){ .kind = RAT_HANDLE_SEMAPHORE, .count = (uint32_t)initial,
                                       .maximum = (uint32_t)maximum });
}

HANDLE CreateSemaphoreW(LPSECURITY_ATTRIBUTES security, LONG initial, LONG maximum, LPCWSTR name)
{
    (void)security;
    if (!areCounts(initial, maximum)) return NULL;
    return createWide(name, &(ObjectWish){ .kind = RAT_HANDLE_SEMAPHORE, .count = (uint32_t)initial,
                                           .maximum = (uint32_t)maximum });
}

HANDLE OpenSemaphoreA(DWORD access, BOOL inherit, LPCSTR name)
{
    (void)access, (void)inherit;
    return open(name, RAT_HANDLE_SEMAPHORE);
}

HANDLE OpenSemaphoreW(DWORD access, BOOL inherit, LPCWSTR name)
{
    (void)access, (void)inherit;
    return openWide(name, RAT_HANDLE_SEMAPHORE);
}

/* -- File mappings ----------------------------------------------------------------------------- */

static HANDLE createMapping(HANDLE file, DWORD protection, DWORD high, DWORD low, const char* name)
{
    char path[256];
    RatSharedMemory memory = 0;
    bool hasName = name != NULL && *name != 0, existed = false;
    /* Files are not there, only memory. */
    if (file != INVALID_HANDLE_VALUE) return nullWith(ERROR_INVALID_HANDLE);
    uint64_t size = (uint64_t)high << 32 | low;
    if ((protection & 0xFF) == 0 || (hasName && !sharedName(path, name)))
        return nullWith(ERROR_INVALID_PARAMETER);
    RatStatus status;
    if (size == 0 && hasName) {
        existed = true;
        status = RatOpenSharedMemory(path, &memory);
        if (status == RAT_IPC_ERR_NOT_FOUND) status = RAT_IPC_ERR_INVALID_ARG;
    } else {
        status = makeMemory(hasName ? path : NULL, size, &memory, &existed);
    }
    if (!succeeded(status, SUBJECT_NAME)) return NULL;
    thread.lastError = existed ? ERROR_ALREADY_EXISTS : ERROR_SUCCESS;
    return objectOf(memory);
}

HANDLE CreateFileMappingA(HANDLE file, LPSECURITY_ATTRIBUTES security, DWORD protection, DWORD high, DWORD low,
                          LPCSTR name)
{
    (void)security;
    return createMapping(file, protection, high, low, name);
}

HANDLE CreateFileMappingW(HANDLE file, LPSECURITY_ATTRIBUTES security, DWORD protection, DWORD high, DWORD low,
                          LPCWSTR name)
{
    (void)security;
    char* copy = narrowCopy(name);
    HANDLE mapping = NULL;
    if (name != NULL && copy == NULL) failWith(ERROR_NOT_ENOUGH_MEMORY);
    else mapping = createMapping(file, protection, high, low, copy);
    free(copy);
    return mapping;
}

HANDLE OpenFileMappingA(DWORD access, BOOL inherit, LPCSTR name)
{
    (void)access, (void)inherit;
    char path[256];
    RatSharedMemory memory = 0;
    RatStatus status = name == NULL || !sharedName(path, name) ? RAT_IPC_ERR_INVALID_ARG
                                                               : RatOpenSharedMemory(path, &memory);
    return succeeded(status, SUBJECT_NAME) ? objectOf(memory) : NULL;
}

HANDLE OpenFileMappingW(DWORD access, BOOL inherit, LPCWSTR name)
{
    char* copy = narrowCopy(name);
    HANDLE mapping = OpenFileMappingA(access, inherit, copy);
    free(copy);
    return mapping;
}

/* Views by their addresses: Rat wants to know the size of what it unmaps. */
typedef struct View {
    void* address;
    size_t size;
    struct View* next;
} View;

static View* views;

LPVOID MapViewOfFile(HANDLE mapping, DWORD access, DWORD high, DWORD low, SIZE_T size)
{
    View* view = calloc(1, sizeof *view);
    if (view == NULL) return nullWith(ERROR_NOT_ENOUGH_MEMORY);
    uint32_t wanted = (access & FILE_MAP_WRITE) != 0 ? RAT_MAP_WRITE | RAT_MAP_READ
                      : (access & (FILE_MAP_READ | FILE_MAP_COPY)) != 0 ? RAT_MAP_READ : 0;
    RatStatus status = RatMapSharedMemoryEx(handleOf(mapping), wanted, (uint64_t)high << 32 | low, size,
                                            &view->address, &view->size);
    if (!succeeded(status, SUBJECT_OBJECT)) {
        free(view);
        return NULL;
    }
    pthread_mutex_lock(&namedLock);
    view->next = views;
    views = view;
    pthread_mutex_unlock(&namedLock);
    return view->address;
}

BOOL UnmapViewOfFile(LPCVOID address)
{
    pthread_mutex_lock(&namedLock);
    View** at = &views;
    while (*at != NULL && (*at)->address != address) at = &(*at)->next;
    View* view = *at;
    if (view != NULL) *at = view->next;
    pthread_mutex_unlock(&namedLock);
    if (view == NULL) return failWith(ERROR_INVALID_ADDRESS);
    RatStatus status = RatUnmapSharedMemory(view->address, view->size);
    free(view);
    return succeeded(status, SUBJECT_OBJECT);
}
