/* Looking for files: by a pattern of * and ?, in one directory, without regard to case, in the order of names. */
#define _GNU_SOURCE
#include "internal.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>

typedef struct Search {
    char* directory;
    char** names; /* Those that match. */
    size_t count;
    size_t next;
    struct Search* following;
} Search;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Search* searches; /* Those that have not been closed. Under the lock, as is all of them. */

/* "*.*" is everything, as it was where each name had an extension. */
static bool matches(const char* pattern, const char* name)
{
    if (strcmp(pattern, "*.*") == 0 || strcmp(pattern, "*") == 0) return true;
    const char *star = NULL, *after = NULL;
    while (*name != 0) {
        if (*pattern == '*') {
            star = ++pattern;
            after = name;
        } else if (*pattern == '?' || (*pattern != 0 && lowerOf((unsigned char)*pattern) == lowerOf((unsigned char)*name))) {
            pattern++, name++;
        } else if (star != NULL) {
            pattern = star;
            name = ++after;
        } else {
            return false;
        }
    }
    while (*pattern == '*') pattern++;
    return *pattern == 0;
}

static int byName(const void* a, const void* b)
{
    return compareText(*(char* const*)a, *(char* const*)b, true);
}

static void freeSearch(Search* search)
{
    for (size_t i = 0; i < search->count; i++) free(search->names[i]);
    free(search->names);
    free(search->directory);
    free(search);
}

/* ERROR_SUCCESS, or why not. */
static DWORD collect(Search* search, const char* pattern)
{
    DIR* directory = opendir(search->directory);
    if (directory == NULL) return errno == ENOENT || errno == ENOTDIR ? ERROR_PATH_NOT_FOUND : errorOfErrno(errno);
    DWORD error = ERROR_SUCCESS;
    for (const struct dirent* entry; error == ERROR_SUCCESS && (entry = readdir(directory)) != NULL;) {
        if (!matches(pattern, entry->d_name)) continue;
        char** more = realloc(search->names, (search->count + 1) * sizeof *more);
        char* name = strdup(entry->d_name);
        if (more != NULL) search->names = more;
        if (more != NULL && name != NULL) search->names[search->count++] = name;
        else free(name), error = ERROR_NOT_ENOUGH_MEMORY;
    }
    closedir(directory);
    if (search->count > 0) qsort(search->names, search->count, sizeof *search->names, byName);
    return error == ERROR_SUCCESS && search->count == 0 ? ERROR_FILE_NOT_FOUND : error;
}

static FILETIME fileTimeOf(struct timespec time)
{
    uint64_t count = ((uint64_t)time.tv_sec + UINT64_C(11644473600)) * 10000000u + (uint64_t)time.tv_nsec / 100u;
    return (FILETIME){ (DWORD)count, (DWORD)(count >> 32) };
}

_Static_assert(offsetof(WIN32_FIND_DATAA, cFileName) == offsetof(WIN32_FIND_DATAW, cFileName), "they begin alike");

/* The next one that is still there. Under the lock. */
static DWORD give(Search* search, WIN32_FIND_DATAA* out, bool wide)
{
    while (search->next < search->count) {
        const char* name = search->names[search->next++];
        struct stat status;
        char* path;
        if (asprintf(&path, "%s/%s", search->directory, name) < 0) return ERROR_NOT_ENOUGH_MEMORY;
        bool isThere = stat(path, &status) == 0 || lstat(path, &status) == 0;
        memset(out, 0, wide ? sizeof(WIN32_FIND_DATAW) : sizeof(WIN32_FIND_DATAA));
        out->dwFileAttributes = GetFileAttributesA(path);
        free(path);
        if (!isThere) continue;
        if (out->dwFileAttributes == INVALID_FILE_ATTRIBUTES) out->dwFileAttributes = FILE_ATTRIBUTE_NORMAL;
        out->ftCreationTime = fileTimeOf(status.st_ctim);
        out->ftLastAccessTime = fileTimeOf(status.st_atim);
        out->ftLastWriteTime = fileTimeOf(status.st_mtim);
        uint64_t size = S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
        out->nFileSizeHigh = (DWORD)(size >> 32);
        out->nFileSizeLow = (DWORD)size;
        if (wide) wideInto(((WIN32_FIND_DATAW*)(void*)out)->cFileName, MAX_PATH, name);
        else copyCut(out->cFileName, MAX_PATH, name);
        return ERROR_SUCCESS;
    }
    return ERROR_NO_MORE_FILES;
}

static HANDLE findFirst(const void* given, WIN32_FIND_DATAA* out, bool wide)
{
    char* path = out != NULL ? linuxPath(given, wide) : nullWith(ERROR_INVALID_PARAMETER);
    if (path == NULL) return INVALID_HANDLE_VALUE;
    Search* search = calloc(1, sizeof *search);
    char* slash = strrchr(path, '/');
    const char* pattern = slash != NULL ? slash + 1 : path;
    if (search != NULL)
        search->directory = slash == NULL ? strdup(".") : slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
    DWORD error = search == NULL || search->directory == NULL ? ERROR_NOT_ENOUGH_MEMORY
                  : *pattern == 0                              ? ERROR_FILE_NOT_FOUND
                                                               : collect(search, pattern);
    free(path);
    DWORD before = thread.lastError;
    if (error == ERROR_SUCCESS) error = give(search, out, wide);
    thread.lastError = before;
    if (error != ERROR_SUCCESS) {
        if (search != NULL) freeSearch(search);
        failWith(error);
        return INVALID_HANDLE_VALUE;
    }
    pthread_mutex_lock(&lock);
    search->following = searches;
    searches = search;
    pthread_mutex_unlock(&lock);
    return search;
}

HANDLE FindFirstFileA(LPCSTR name, LPWIN32_FIND_DATAA out)
{
    return findFirst(name, out, false);
}

HANDLE FindFirstFileW(LPCWSTR name, LPWIN32_FIND_DATAW out)
{
    return findFirst(name, (WIN32_FIND_DATAA*)(void*)out, true);
}

/* Under the lock. NULL if it is none. */
static Search** placeOf(HANDLE handle)
{
    Search** at = &searches;
    while (*at != NULL && *at != handle) at = &(*at)->following;
    return *at != NULL ? at : NULL;
}

static BOOL findNext(HANDLE handle, WIN32_FIND_DATAA* out, bool wide)
{
    if (out == NULL) return failWith(ERROR_INVALID_PARAMETER);
    pthread_mutex_lock(&lock);
    Search** at = placeOf(handle);
    DWORD error = at != NULL ? give(*at, out, wide) : ERROR_INVALID_HANDLE;
    pthread_mutex_unlock(&lock);
    return error == ERROR_SUCCESS || failWith(error);
}

BOOL FindNextFileA(HANDLE search, LPWIN32_FIND_DATAA out)
{
    return findNext(search, out, false);
}

BOOL FindNextFileW(HANDLE search, LPWIN32_FIND_DATAW out)
{
    return findNext(search, (WIN32_FIND_DATAA*)(void*)out, true);
}

BOOL FindClose(HANDLE handle)
{
    pthread_mutex_lock(&lock);
    Search** at = placeOf(handle);
    Search* search = at != NULL ? *at : NULL;
    if (search != NULL) *at = search->following;
    pthread_mutex_unlock(&lock);
    if (search == NULL) return failWith(ERROR_INVALID_HANDLE);
    freeSearch(search);
    return TRUE;
}
