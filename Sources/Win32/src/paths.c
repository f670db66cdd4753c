/* Files by their names: what they are, and moving and deleting them. Backslashes are taken for slashes. */
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

static DWORD attributesOf(const char* path)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        failWith(errorOfPath(path, errno));
        return INVALID_FILE_ATTRIBUTES;
    }
    const char* name = strrchr(path, '/');
    name = name != NULL ? name + 1 : path;
    DWORD attributes = S_ISDIR(status.st_mode) ? FILE_ATTRIBUTE_DIRECTORY : 0;
    if (name[0] == '.' && strcmp(name, ".") != 0 && strcmp(name, "..") != 0) attributes |= FILE_ATTRIBUTE_HIDDEN;
    if (!S_ISDIR(status.st_mode) && (status.st_mode & 0222) == 0) attributes |= FILE_ATTRIBUTE_READONLY;
    return attributes != 0 ? attributes : FILE_ATTRIBUTE_NORMAL;
}

static DWORD getAttributes(const void* name, bool wide)
{
    char* path = linuxPath(name, wide);
    DWORD attributes = path != NULL ? attributesOf(path) : INVALID_FILE_ATTRIBUTES;
    free(path);
    return attributes;
}

DWORD GetFileAttributesA(LPCSTR name)
{
    return getAttributes(name, false);
}

DWORD GetFileAttributesW(LPCWSTR name)
{
    return getAttributes(name, true);
}

/* What is done to one path: 0, or -1 and errno. */
typedef int (*PathCall)(const char* path);

static BOOL onPath(const void* name, bool wide, PathCall call, bool deletes)
{
    char* path = linuxPath(name, wide);
    if (path == NULL) return FALSE;
    DWORD error = ERROR_SUCCESS;
    if (deletes && !mayDelete(path)) error = ERROR_SHARING_VIOLATION;
    else if (call(path) != 0) error = errorOfPath(path, errno);
    free(path);
    return error == ERROR_SUCCESS || failWith(error);
}

static int makeDirectory(const char* path)
{
    return mkdir(path, 0777);
}

BOOL DeleteFileA(LPCSTR name)
{
    return onPath(name, false, unlink, true);
}

BOOL DeleteFileW(LPCWSTR name)
{
    return onPath(name, true, unlink, true);
}

static BOOL created(BOOL isDone)
{
    /* A directory that is there has an error of its own. */
    return isDone || failWith(thread.lastError == ERROR_FILE_EXISTS ? ERROR_ALREADY_EXISTS : thread.lastError);
}

BOOL CreateDirectoryA(LPCSTR name, LPSECURITY_ATTRIBUTES security)
{
    (void)security;
    return created(onPath(name, false, makeDirectory, false));
}

BOOL CreateDirectoryW(LPCWSTR name, LPSECURITY_ATTRIBUTES security)
{
    (void)security;
    return created(onPath(name, true, makeDirectory, false));
}

static BOOL removeDirectory(const void* name, bool wide)
{
    struct stat status;
    char* path = linuxPath(name, wide);
    if (path == NULL) return FALSE;
    DWORD error = ERROR_SUCCESS;
    if (lstat(path, &status) == 0 && !S_ISDIR(status.st_mode)) error = ERROR_DIRECTORY;
    else if (rmdir(path) != 0) error = errorOfPath(path, errno);
    free(path);
    return error == ERROR_SUCCESS || failWith(error);
}

BOOL RemoveDirectoryA(LPCSTR name)
{
    return removeDirectory(name, false);
}

BOOL RemoveDirectoryW(LPCWSTR name)
{
    return removeDirectory(name, true);
}

/* -- Copying and moving ------------------------------------------------------------------------ */

/* 0, or errno. What was begun and could not be finished is taken away again. */
static int copy(const char* from, const char* to, bool replaces)
{
    struct stat status;
    int source = open(from, O_RDONLY | O_CLOEXEC), error = source < 0 ? errno : 0, target = -1;
    if (error == 0 && fstat(source, &status) != 0) error = errno;
    if (error == 0 && S_ISDIR(status.st_mode)) error = EACCES;
    if (error == 0) {
        target = open(to, O_WRONLY | O_CREAT | O_CLOEXEC | (replaces ? O_TRUNC : O_EXCL), status.st_mode & 0777);
        if (target < 0) error = errno;
    }
    ssize_t sent = 1;
    while (error == 0 && sent > 0) {
        sent = sendfile(target, source, NULL, 1 << 20);
        if (sent < 0 && errno != EINTR) error = errno;
    }
    if (target >= 0) close(target);
    if (source >= 0) close(source);
    if (target >= 0 && error != 0) unlink(to);
    return error;
}

/* 0, or errno; EEXIST if something has the name that may not be replaced. */
static int move(const char* from, const char* to, bool replaces, bool copies)
{
    int error = renameat2(AT_FDCWD, from, AT_FDCWD, to, replaces ? 0 : RENAME_NOREPLACE) == 0 ? 0 : errno;
    if (error != EXDEV || !copies) return error;
    error = copy(from, to, replaces);
    if (error == 0 && unlink(from) != 0) error = errno;
    return error;
}

/* Says of two paths, of which the second may be what is not there. */
static DWORD errorOfPaths(const char* from, const char* to, int error)
{
    struct stat status;
    return errorOfPath(lstat(from, &status) != 0 ? from : to, error);
}

static BOOL copyFile(const void* given, const void* givenTarget, BOOL keeps, bool wide)
{
    char *from = linuxPath(given, wide), *to = from != NULL ? linuxPath(givenTarget, wide) : NULL;
    DWORD error = ERROR_SUCCESS;
    if (to != NULL && !keeps && !mayDelete(to)) error = ERROR_SHARING_VIOLATION;
    if (to != NULL && error == ERROR_SUCCESS) {
        int result = copy(from, to, !keeps);
        if (result != 0) error = errorOfPaths(from, to, result);
    }
    bool isDone = to != NULL && error == ERROR_SUCCESS;
    free(from);
    free(to);
    if (error != ERROR_SUCCESS) failWith(error);
    return isDone;
}

BOOL CopyFileA(LPCSTR from, LPCSTR to, BOOL keeps)
{
    return copyFile(from, to, keeps, false);
}

BOOL CopyFileW(LPCWSTR from, LPCWSTR to, BOOL keeps)
{
    return copyFile(from, to, keeps, true);
}

static BOOL moveFile(const void* given, const void* givenTarget, DWORD flags, bool wide)
{
    DWORD error = ERROR_SUCCESS, known = MOVEFILE_REPLACE_EXISTING | MOVEFILE_COPY_ALLOWED | MOVEFILE_WRITE_THROUGH;
    if ((flags & ~known) != 0) return failWith(ERROR_INVALID_PARAMETER);
    char *from = linuxPath(given, wide), *to = from != NULL ? linuxPath(givenTarget, wide) : NULL;
    if (to != NULL && (!mayDelete(from) || !mayDelete(to))) error = ERROR_SHARING_VIOLATION;
    if (to != NULL && error == ERROR_SUCCESS) {
        int result = move(from, to, (flags & MOVEFILE_REPLACE_EXISTING) != 0, (flags & MOVEFILE_COPY_ALLOWED) != 0);
        if (result == EEXIST) error = ERROR_ALREADY_EXISTS;
        else if (result != 0) error = errorOfPaths(from, to, result);
    }
    bool isDone = to != NULL && error == ERROR_SUCCESS;
    free(from);
    free(to);
    if (error != ERROR_SUCCESS) failWith(error);
    return isDone;
}

BOOL MoveFileA(LPCSTR from, LPCSTR to)
{
    return moveFile(from, to, MOVEFILE_COPY_ALLOWED, false);
}

BOOL MoveFileW(LPCWSTR from, LPCWSTR to)
{
    return moveFile(from, to, MOVEFILE_COPY_ALLOWED, true);
}

BOOL MoveFileExA(LPCSTR from, LPCSTR to, DWORD flags)
{
    return moveFile(from, to, flags, false);
}

BOOL MoveFileExW(LPCWSTR from, LPCWSTR to, DWORD flags)
{
    return moveFile(from, to, flags, true);
}
