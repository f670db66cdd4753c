/* Memory by pages: reserved as a whole, and given to use page by page.
 *
 * What is reserved is kept in a list, as its release names its beginning alone. Pages that are reserved, or taken out of
 * use, can be neither read nor written, and take no memory.
 */
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct Reservation {
    char* begin;
    size_t size;
    struct Reservation* next;
} Reservation;

static Reservation* reservations;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* Of the list, and of what is done to its pages. */

/* What mmap() calls a protection; -1 for none that there is. */
static int protectionOf(DWORD protection)
{
    switch (protection) {
    case PAGE_NOACCESS: return PROT_NONE;
    case PAGE_READONLY: return PROT_READ;
    case PAGE_READWRITE: return PROT_READ | PROT_WRITE;
    case PAGE_EXECUTE: return PROT_EXEC;
    case PAGE_EXECUTE_READ: return PROT_READ | PROT_EXEC;
    case PAGE_EXECUTE_READWRITE: return PROT_READ | PROT_WRITE | PROT_EXEC;
    default: return -1;
    }
}

/* The pages that a range touches; false if it is none. */
static bool pagesOf(const void* address, size_t size, char** begin, size_t* length)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), first = (uintptr_t)address & ~(page - 1);
    if (size == 0 || size > PTRDIFF_MAX - page || (uintptr_t)address > UINTPTR_MAX - size - page) return false;
    *begin = (char*)first;
    *length = (((uintptr_t)address + size + page - 1) & ~(page - 1)) - first;
    return true;
}

/* Under the lock. The reservation that all of the range lies in; NULL if it lies in none. */
static Reservation** reservationOf(const char* begin, size_t length)
{
    for (Reservation** at = &reservations; *at != NULL; at = &(*at)->next)
        if (begin >= (*at)->begin && begin + length <= (*at)->begin + (*at)->size) return at;
    return NULL;
}

static void* reserve(char* wish, size_t length)
{
    Reservation* made = malloc(sizeof *made);
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | (wish != NULL ? MAP_FIXED_NOREPLACE : 0);
    void* begin = made != NULL ? mmap(wish, length, PROT_NONE, flags, -1, 0) : MAP_FAILED;
    if (begin == MAP_FAILED) {
        free(made);
        return nullWith(made != NULL && errno == EEXIST ? ERROR_INVALID_ADDRESS : ERROR_NOT_ENOUGH_MEMORY);
    }
    *made = (Reservation){ begin, length, reservations };
    reservations = made;
    return begin;
}

LPVOID VirtualAlloc(LPVOID address, SIZE_T size, DWORD kind, DWORD protection)
{
    char* begin = NULL;
    size_t length = 0;
    int mode = protectionOf(protection);
    bool reserves = (kind & MEM_RESERVE) != 0, commits = (kind & MEM_COMMIT) != 0;
    if ((kind & ~(DWORD)(MEM_RESERVE | MEM_COMMIT | MEM_TOP_DOWN)) != 0 || (!reserves && !commits) || mode < 0 ||
        !pagesOf(address, size, &begin, &length))
        return nullWith(ERROR_INVALID_PARAMETER);
    pthread_mutex_lock(&lock);
    /* Nowhere in particular to be used is also somewhere to be reserved. */
    if (reserves || address == NULL) begin = reserve(begin, length);
    else if (reservationOf(begin, length) == NULL) begin = nullWith(ERROR_INVALID_ADDRESS);
    if (begin != NULL && commits && mprotect(begin, length, mode) != 0) begin = nullWith(ERROR_NOT_ENOUGH_MEMORY);
    pthread_mutex_unlock(&lock);
    return begin;
}

/* Under the lock. */
static DWORD release(const void* address)
{
    Reservation** at = &reservations;
    while (*at != NULL && (*at)->begin != address) at = &(*at)->next;
    Reservation* gone = *at;
    if (gone == NULL) return ERROR_INVALID_ADDRESS;
    *at = gone->next;
    munmap(gone->begin, gone->size);
    free(gone);
    return ERROR_SUCCESS;
}

/* Under the lock. Maps anew what is taken out of use, so that its contents are gone. */
static DWORD decommit(const void* address, size_t size)
{
    char* begin = (char*)(uintptr_t)address;
    size_t length = 0;
    if (size == 0) {
        Reservation** whole = reservationOf(begin, 1);
        if (whole == NULL || (*whole)->begin != begin) return ERROR_INVALID_ADDRESS;
        length = (*whole)->size;
    } else if (!pagesOf(address, size, &begin, &length)) {
        return ERROR_INVALID_PARAMETER;
    }
    if (reservationOf(begin, length) == NULL) return ERROR_INVALID_ADDRESS;
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED;
    return mmap(begin, length, PROT_NONE, flags, -1, 0) != MAP_FAILED ? ERROR_SUCCESS : ERROR_NOT_ENOUGH_MEMORY;
}

BOOL VirtualFree(LPVOID address, SIZE_T size, DWORD kind)
{
    DWORD error = ERROR_INVALID_PARAMETER;
    pthread_mutex_lock(&lock);
    if (address == NULL) error = ERROR_INVALID_PARAMETER;
    else if (kind == MEM_RELEASE && size == 0) error = release(address);
    else if (kind == MEM_DECOMMIT) error = decommit(address, size);
    pthread_mutex_unlock(&lock);
    return error == ERROR_SUCCESS || failWith(error);
}
