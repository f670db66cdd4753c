/* Files that are read and written through handles.
 *
 * A file's handle is a number of this table, above those of Rat's objects. Who may open a file beside whom is watched
 * among the handles of this process; other processes are not asked. A call holds its file, so that another thread's
 * CloseHandle() takes effect when the call is over.
 */
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_HANDLE UINT64_C(0x0E00000000000000)
#define FILES 4096

struct File {
    uint32_t generation;
    uint32_t holds; /* Its handle's, and one for each call; 0 while the place is free. */
    bool isOpen;    /* Its handle is good. */
    int descriptor;
    uint32_t access; /* CAN_*. */
    uint32_t share;  /* What others may. */
    dev_t device;
    ino_t inode;
    char* deletes; /* What is deleted with the handle; NULL for nothing. */
};

/* All under the lock; of a file that is held, what does not change may be read without. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static File files[FILES];
static HANDLE standard[3];

DWORD errorOfErrno(int error)
{
    switch (error) {
    case ENOENT: return ERROR_FILE_NOT_FOUND;
    case ENOTDIR:
    case ELOOP: return ERROR_PATH_NOT_FOUND;
    case EMFILE:
    case ENFILE: return ERROR_TOO_MANY_OPEN_FILES;
    case EACCES:
    case EPERM:
    case EISDIR:
    case EROFS:
    case ETXTBSY:
    case EBUSY: return ERROR_ACCESS_DENIED;
    case ENOMEM: return ERROR_NOT_ENOUGH_MEMORY;
    case EEXIST: return ERROR_FILE_EXISTS;
    case EINVAL: return ERROR_INVALID_PARAMETER;
    case EPIPE: return ERROR_NO_DATA;
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return ERROR_DISK_FULL;
    case ENOTEMPTY: return ERROR_DIR_NOT_EMPTY;
    case EXDEV: return ERROR_NOT_SAME_DEVICE;
    case ENAMETOOLONG: return ERROR_FILENAME_EXCED_RANGE;
    case EFAULT: return ERROR_NOACCESS;
    default: return ERROR_GEN_FAILURE;
    }
}

char* linuxPath(const void* given, bool wide)
{
    char* copy;
    const char* text = given != NULL ? narrowText(given, wide, &copy) : NULL;
    if (given == NULL) return nullWith(ERROR_PATH_NOT_FOUND);
    char* path = text != NULL && copy == NULL ? strdup(text) : copy;
    if (path == NULL) return nullWith(ERROR_NOT_ENOUGH_MEMORY);
    for (char* at = path; *at != 0; at++)
        if (*at == '\\') *at = '/';
    /* Linux knows no drives. */
    if (*path != 0 && !(path[0] != '/' && path[1] == ':')) return path;
    free(path);
    return nullWith(ERROR_PATH_NOT_FOUND);
}

DWORD errorOfPath(const char* path, int error)
{
    struct stat status;
    const char* slash = strrchr(path, '/');
    if (error != ENOENT || slash == NULL || slash == path) return errorOfErrno(error);
    char* directory = strndup(path, (size_t)(slash - path));
    bool isThere = directory != NULL && stat(directory, &status) == 0;
    free(directory);
    return isThere ? ERROR_FILE_NOT_FOUND : ERROR_PATH_NOT_FOUND;
}

/* -- The table --------------------------------------------------------------------------------- */

static HANDLE handleOfFile(const File* file)
{
    return objectOf(FILE_HANDLE | (uint64_t)file->generation << 16 | (uint64_t)(file - files));
}

/* Under the lock. NULL if it is none. */
static File* fileOf(HANDLE handle)
{
    uint64_t number = handleOf(handle);
    size_t i = number & 0xFFFF;
    if (number >> 56 != FILE_HANDLE >> 56 || i >= FILES) return NULL;
    return files[i].isOpen && handleOfFile(&files[i]) == handle ? &files[i] : NULL;
}

int descriptorOf(const File* file)
{
    return file->descriptor;
}

bool isFileHandle(HANDLE handle)
{
    return handleOf(handle) >> 56 == FILE_HANDLE >> 56;
}

File* holdFile(HANDLE handle, uint32_t access)
{
    pthread_mutex_lock(&lock);
    File* file = fileOf(handle);
    bool may = file != NULL && (file->access & access) == access;
    if (may) file->holds++;
    pthread_mutex_unlock(&lock);
    if (may) return file;
    return nullWith(file != NULL ? ERROR_ACCESS_DENIED : ERROR_INVALID_HANDLE);
}

void letGoFile(File* file)
{
    pthread_mutex_lock(&lock);
    bool isLast = --file->holds == 0;
    int descriptor = file->descriptor;
    char* deletes = file->deletes;
    if (isLast) file->deletes = NULL;
    pthread_mutex_unlock(&lock);
    if (!isLast) return;
    if (deletes != NULL) unlink(deletes);
    free(deletes);
    if (descriptor > STDERR_FILENO) close(descriptor);
}

BOOL closeFile(HANDLE handle)
{
    pthread_mutex_lock(&lock);
    File* file = fileOf(handle);
    if (file != NULL) {
        file->isOpen = false;
        file->generation++;
    }
    pthread_mutex_unlock(&lock);
    if (file == NULL) return failWith(ERROR_INVALID_HANDLE);
    letGoFile(file);
    return TRUE;
}

/* Under the lock. Whether the open handles of a file, and one with these rights, leave each other be. */
static bool sharesWell(const struct stat* status, uint32_t access, uint32_t share)
{
    if (!S_ISREG(status->st_mode)) return true;
    for (size_t i = 0; i < FILES; i++) {
        const File* file = &files[i];
        if (file->holds == 0 || file->inode != status->st_ino || file->device != status->st_dev) continue;
        if ((file->access & ~share) != 0 || (access & ~file->share) != 0) return false;
    }
    return true;
}

bool mayDelete(const char* path)
{
    struct stat status;
    if (lstat(path, &status) != 0) return true;
    pthread_mutex_lock(&lock);
    bool may = sharesWell(&status, CAN_DELETE, CAN_READ | CAN_WRITE | CAN_DELETE);
    pthread_mutex_unlock(&lock);
    return may;
}

/* Takes over the descriptor, and what it deletes. INVALID_HANDLE_VALUE and the error if it cannot. */
static HANDLE addFile(int descriptor, uint32_t access, uint32_t share, char* deletes, bool truncates)
{
    struct stat status;
    DWORD error = ERROR_SUCCESS;
    HANDLE handle = INVALID_HANDLE_VALUE;
    if (fstat(descriptor, &status) != 0) error = errorOfErrno(errno);
    else if (S_ISDIR(status.st_mode)) error = ERROR_ACCESS_DENIED;
    pthread_mutex_lock(&lock);
    size_t i = 0;
    while (i < FILES && files[i].holds > 0) i++;
    if (error == ERROR_SUCCESS && i == FILES) error = ERROR_TOO_MANY_OPEN_FILES;
    if (error == ERROR_SUCCESS && !sharesWell(&status, access, share)) error = ERROR_SHARING_VIOLATION;
    if (error == ERROR_SUCCESS && truncates && ftruncate(descriptor, 0) != 0 && S_ISREG(status.st_mode))
        error = errorOfErrno(errno);
    if (error == ERROR_SUCCESS) {
        files[i] = (File){ files[i].generation, 1, true, descriptor, access, share, status.st_dev, status.st_ino, deletes };
        handle = handleOfFile(&files[i]);
    }
    pthread_mutex_unlock(&lock);
    if (error == ERROR_SUCCESS) return handle;
    if (descriptor > STDERR_FILENO) close(descriptor);
    free(deletes);
    failWith(error);
    return INVALID_HANDLE_VALUE;
}

/* -- Opening ----------------------------------------------------------------------------------- */

typedef struct {
    DWORD access;
    DWORD share;
    DWORD disposition;
    DWORD flags;
} Opening;

static HANDLE openFile(const char* path, const Opening* how)
{
    bool reads = (how->access & (GENERIC_READ | GENERIC_ALL | FILE_READ_DATA)) != 0;
    bool writes = (how->access & (GENERIC_WRITE | GENERIC_ALL | FILE_WRITE_DATA | FILE_APPEND_DATA)) != 0;
    bool deletes = (how->flags & FILE_FLAG_DELETE_ON_CLOSE) != 0;
    bool appends = (how->access & (GENERIC_WRITE | GENERIC_ALL | FILE_WRITE_DATA | FILE_APPEND_DATA)) == FILE_APPEND_DATA;
    bool truncates = how->disposition == CREATE_ALWAYS || how->disposition == TRUNCATE_EXISTING;
    bool creates = how->disposition != OPEN_EXISTING && how->disposition != TRUNCATE_EXISTING;
    int mode = writes || (truncates && creates) ? (reads || !writes ? O_RDWR : O_WRONLY) : O_RDONLY;
    int flags = mode | O_CLOEXEC | O_NOCTTY | (appends ? O_APPEND : 0);
    mode_t permissions = (how->flags & FILE_ATTRIBUTE_READONLY) != 0 ? 0444 : 0666;
    int descriptor = -1;
    bool existed = true;
    if (creates) {
        descriptor = open(path, flags | O_CREAT | O_EXCL, permissions);
        existed = descriptor < 0;
    }
    if (descriptor < 0 && how->disposition != CREATE_NEW && (!creates || errno == EEXIST)) {
        descriptor = open(path, flags);
        if (descriptor < 0 && errno == ENOENT && creates) descriptor = open(path, flags | O_CREAT, permissions);
    }
    if (descriptor < 0) {
        failWith(errorOfPath(path, errno));
        return INVALID_HANDLE_VALUE;
    }
    char* gone = deletes ? strdup(path) : NULL;
    uint32_t access = (reads ? CAN_READ : 0u) | (writes ? CAN_WRITE : 0u) |
                      (deletes || (how->access & DELETE) != 0 ? CAN_DELETE : 0u);
    HANDLE handle = addFile(descriptor, access, how->share, gone, truncates && existed);
    if (handle != INVALID_HANDLE_VALUE && (how->disposition == CREATE_ALWAYS || how->disposition == OPEN_ALWAYS))
        thread.lastError = existed ? ERROR_ALREADY_EXISTS : ERROR_SUCCESS;
    return handle;
}

static HANDLE createFile(const void* name, const Opening* how, bool wide)
{
    DWORD problem = ERROR_SUCCESS;
    if (how->disposition < CREATE_NEW || how->disposition > TRUNCATE_EXISTING || (how->share & ~7u) != 0 ||
        (how->disposition == TRUNCATE_EXISTING && (how->access & (GENERIC_WRITE | GENERIC_ALL)) == 0))
        problem = ERROR_INVALID_PARAMETER;
    else if ((how->flags & FILE_FLAG_OVERLAPPED) != 0) problem = ERROR_NOT_SUPPORTED;
    char* path = problem == ERROR_SUCCESS ? linuxPath(name, wide) : nullWith(problem);
    HANDLE handle = path != NULL ? openFile(path, how) : INVALID_HANDLE_VALUE;
    free(path);
    return handle;
}

HANDLE CreateFileA(LPCSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security, DWORD disposition,
                   DWORD flags, HANDLE model)
{
    (void)security, (void)model;
    return createFile(name, &(Opening){ access, share, disposition, flags }, false);
}

HANDLE CreateFileW(LPCWSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security, DWORD disposition,
                   DWORD flags, HANDLE model)
{
    (void)security, (void)model;
    return createFile(name, &(Opening){ access, share, disposition, flags }, true);
}

/* What the program was started with; closing such a handle leaves the stream as it is. */
HANDLE GetStdHandle(DWORD which)
{
    int descriptor = which == STD_INPUT_HANDLE ? 0 : which == STD_OUTPUT_HANDLE ? 1 : which == STD_ERROR_HANDLE ? 2 : -1;
    if (descriptor < 0) {
        failWith(ERROR_INVALID_HANDLE);
        return INVALID_HANDLE_VALUE;
    }
    pthread_mutex_lock(&lock);
    HANDLE handle = fileOf(standard[descriptor]) != NULL ? standard[descriptor] : NULL;
    pthread_mutex_unlock(&lock);
    if (handle != NULL) return handle;
    handle = addFile(descriptor, descriptor == 0 ? CAN_READ : CAN_WRITE, CAN_READ | CAN_WRITE | CAN_DELETE, NULL, false);
    if (handle == INVALID_HANDLE_VALUE) return NULL;
    pthread_mutex_lock(&lock);
    standard[descriptor] = handle;
    pthread_mutex_unlock(&lock);
    return handle;
}
