/* Reading and writing files, and where in them. */
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

static uint64_t offsetOf(const OVERLAPPED* overlapped)
{
    return (uint64_t)overlapped->OffsetHigh << 32 | overlapped->Offset;
}

/* With a place to read from, which becomes the file's place too, the end of the file is an error. */
BOOL ReadFile(HANDLE handle, LPVOID buffer, DWORD size, LPDWORD outRead, LPOVERLAPPED overlapped)
{
    DWORD error = ERROR_SUCCESS;
    size_t done = 0;
    if (outRead != NULL) *outRead = 0;
    File* file = holdFile(handle, CAN_READ);
    if (file == NULL) return FALSE;
    int descriptor = descriptorOf(file);
    if (overlapped != NULL && lseek(descriptor, (off_t)offsetOf(overlapped), SEEK_SET) < 0) error = errorOfErrno(errno);
    while (done < size && error == ERROR_SUCCESS) {
        ssize_t got = read(descriptor, (char*)buffer + done, size - done);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) error = errorOfErrno(errno);
        if (got <= 0) break;
        done += (size_t)got;
        struct stat status;
        /* A terminal or a pipe gives what there is. */
        if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) break;
    }
    letGoFile(file);
    if (outRead != NULL) *outRead = (DWORD)done;
    if (error == ERROR_SUCCESS && overlapped != NULL && done == 0 && size > 0) error = ERROR_HANDLE_EOF;
    return error == ERROR_SUCCESS || failWith(error);
}

/* Writes all, without the signal that a pipe nobody reads from would raise. */
static DWORD writeAll(int descriptor, const char* bytes, size_t size, size_t* done)
{
    sigset_t pipeAlone, before, pending;
    DWORD error = ERROR_SUCCESS;
    sigemptyset(&pipeAlone);
    sigaddset(&pipeAlone, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipeAlone, &before);
    while (*done < size && error == ERROR_SUCCESS) {
        ssize_t written = write(descriptor, bytes + *done, size - *done);
        if (written >= 0) *done += (size_t)written;
        else if (errno != EINTR) error = errorOfErrno(errno);
    }
    if (error == ERROR_NO_DATA && sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1 &&
        sigismember(&before, SIGPIPE) == 0)
        sigtimedwait(&pipeAlone, NULL, &(struct timespec){ 0, 0 });
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error;
}

BOOL WriteFile(HANDLE handle, LPCVOID buffer, DWORD size, LPDWORD outWritten, LPOVERLAPPED overlapped)
{
    DWORD error = ERROR_SUCCESS;
    size_t done = 0;
    if (outWritten != NULL) *outWritten = 0;
    File* file = holdFile(handle, CAN_WRITE);
    if (file == NULL) return FALSE;
    int descriptor = descriptorOf(file);
    bool isAtEnd = overlapped != NULL && offsetOf(overlapped) == UINT64_MAX;
    if (overlapped != NULL &&
        lseek(descriptor, isAtEnd ? 0 : (off_t)offsetOf(overlapped), isAtEnd ? SEEK_END : SEEK_SET) < 0)
        error = errorOfErrno(errno);
    if (error == ERROR_SUCCESS) error = writeAll(descriptor, buffer, size, &done);
    letGoFile(file);
    if (outWritten != NULL) *outWritten = (DWORD)done;
    return error == ERROR_SUCCESS || failWith(error);
}

/* -- Places and sizes -------------------------------------------------------------------------- */

BOOL SetFilePointerEx(HANDLE handle, LARGE_INTEGER distance, PLARGE_INTEGER outPlace, DWORD from)
{
    static const int whences[] = { SEEK_SET, SEEK_CUR, SEEK_END };
    File* file = holdFile(handle, 0);
    if (file == NULL) return FALSE;
    off_t place = -1;
    DWORD error = ERROR_INVALID_PARAMETER;
    if (from < ARRAYSIZE(whences)) {
        place = lseek(descriptorOf(file), (off_t)distance.QuadPart, whences[from]);
        error = errno == EINVAL ? ERROR_NEGATIVE_SEEK : errno == ESPIPE ? ERROR_INVALID_HANDLE : errorOfErrno(errno);
    }
    letGoFile(file);
    if (place < 0) return failWith(error);
    if (outPlace != NULL) outPlace->QuadPart = place;
    return TRUE;
}

/* A low half of -1 is told from a failure by the error. */
DWORD SetFilePointer(HANDLE handle, LONG distance, PLONG high, DWORD from)
{
    LARGE_INTEGER whole = { .QuadPart = distance }, place;
    if (high != NULL) whole.QuadPart = (LONGLONG)((uint64_t)(uint32_t)*high << 32 | (uint32_t)distance);
    if (!SetFilePointerEx(handle, whole, &place, from)) return INVALID_SET_FILE_POINTER;
    if (high == NULL && place.QuadPart > UINT32_MAX) {
        failWith(ERROR_INVALID_PARAMETER);
        return INVALID_SET_FILE_POINTER;
    }
    if (high != NULL) *high = place.u.HighPart;
    if (place.u.LowPart == INVALID_SET_FILE_POINTER) thread.lastError = ERROR_SUCCESS;
    return place.u.LowPart;
}

BOOL GetFileSizeEx(HANDLE handle, PLARGE_INTEGER size)
{
    struct stat status;
    if (size == NULL) return failWith(ERROR_INVALID_PARAMETER);
    File* file = holdFile(handle, 0);
    if (file == NULL) return FALSE;
    int result = fstat(descriptorOf(file), &status);
    DWORD error = errorOfErrno(errno);
    letGoFile(file);
    if (result != 0) return failWith(error);
    size->QuadPart = status.st_size;
    return TRUE;
}

DWORD GetFileSize(HANDLE handle, LPDWORD high)
{
    LARGE_INTEGER size;
    if (!GetFileSizeEx(handle, &size)) return INVALID_FILE_SIZE;
    if (high != NULL) *high = (DWORD)size.u.HighPart;
    if (size.u.LowPart == INVALID_FILE_SIZE) thread.lastError = ERROR_SUCCESS;
    return size.u.LowPart;
}

/* The file ends where the handle is. */
BOOL SetEndOfFile(HANDLE handle)
{
    File* file = holdFile(handle, CAN_WRITE);
    if (file == NULL) return FALSE;
    off_t place = lseek(descriptorOf(file), 0, SEEK_CUR);
    bool isDone = place >= 0 && ftruncate(descriptorOf(file), place) == 0;
    DWORD error = errorOfErrno(errno);
    letGoFile(file);
    return isDone || failWith(error);
}

BOOL FlushFileBuffers(HANDLE handle)
{
    File* file = holdFile(handle, CAN_WRITE);
    if (file == NULL) return FALSE;
    /* What is no disk's keeps nothing back. */
    bool isDone = fsync(descriptorOf(file)) == 0 || errno == EINVAL || errno == EROFS;
    DWORD error = errorOfErrno(errno);
    letGoFile(file);
    return isDone || failWith(error);
}

DWORD GetFileType(HANDLE handle)
{
    struct stat status;
    File* file = holdFile(handle, 0);
    if (file == NULL) return FILE_TYPE_UNKNOWN;
    int result = fstat(descriptorOf(file), &status);
    letGoFile(file);
    thread.lastError = ERROR_SUCCESS;
    if (result != 0) return FILE_TYPE_UNKNOWN;
    if (S_ISREG(status.st_mode)) return FILE_TYPE_DISK;
    return S_ISCHR(status.st_mode) ? FILE_TYPE_CHAR : S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode)
                                                          ? FILE_TYPE_PIPE : FILE_TYPE_UNKNOWN;
}
