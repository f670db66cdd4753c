/* GetLastError: one table says which of Win32's codes a status of Rat is, by what the call was about. */
#define _GNU_SOURCE
#include "internal.h"

#include <stdio.h>

#define STATUS_COUNT (RAT_IPC_ERR_WRONG_THREAD + 1)

/* 0 means that the code of SUBJECT_OBJECT is right for the others too. */
static const DWORD codes[STATUS_COUNT][SUBJECT_COUNT] = {
    [RAT_IPC_ERR_UNKNOWN] = { ERROR_GEN_FAILURE },
    [RAT_IPC_ERR_NOT_FOUND] = { ERROR_NOT_FOUND,
                                [SUBJECT_CLASS] = ERROR_CLASS_DOES_NOT_EXIST,
                                [SUBJECT_HOTKEY] = ERROR_HOTKEY_NOT_REGISTERED,
                                [SUBJECT_NAME] = ERROR_FILE_NOT_FOUND },
    [RAT_IPC_ERR_ACCESS_DENIED] = { ERROR_ACCESS_DENIED,
                                    [SUBJECT_CLASS] = ERROR_CLASS_HAS_WINDOWS },
    [RAT_IPC_ERR_NO_RESOURCES] = { ERROR_NOT_ENOUGH_MEMORY,
                                   [SUBJECT_POST] = ERROR_NOT_ENOUGH_QUOTA,
                                   [SUBJECT_THREAD] = ERROR_NOT_ENOUGH_QUOTA },
    [RAT_IPC_ERR_INVALID_ARG] = { ERROR_INVALID_PARAMETER,
                                  [SUBJECT_HOOK] = ERROR_INVALID_HOOK_FILTER },
    [RAT_IPC_ERR_ALREADY_EXISTS] = { ERROR_ALREADY_EXISTS,
                                     [SUBJECT_CLASS] = ERROR_CLASS_ALREADY_EXISTS,
                                     [SUBJECT_HOTKEY] = ERROR_HOTKEY_ALREADY_REGISTERED },
    [RAT_IPC_ERR_NOT_CONNECTED] = { ERROR_NO_SYSTEM_RESOURCES,
                                    [SUBJECT_POST] = ERROR_INVALID_WINDOW_HANDLE },
    [RAT_IPC_ERR_BUFFER_TOO_SMALL] = { ERROR_INSUFFICIENT_BUFFER },
    [RAT_IPC_ERR_TIMEOUT] = { ERROR_TIMEOUT },
    [RAT_IPC_ERR_INVALID_HANDLE] = { ERROR_INVALID_HANDLE,
                                     [SUBJECT_WINDOW] = ERROR_INVALID_WINDOW_HANDLE,
                                     [SUBJECT_CLASS] = ERROR_INVALID_WINDOW_HANDLE,
                                     [SUBJECT_POST] = ERROR_INVALID_WINDOW_HANDLE,
                                     [SUBJECT_THREAD] = ERROR_INVALID_THREAD_ID,
                                     [SUBJECT_HOOK] = ERROR_INVALID_HOOK_HANDLE,
                                     [SUBJECT_ACCELERATOR] = ERROR_INVALID_ACCEL_HANDLE,
                                     [SUBJECT_DEFERRED] = ERROR_INVALID_DWP_HANDLE,
                                     [SUBJECT_HOTKEY] = ERROR_INVALID_WINDOW_HANDLE,
                                     [SUBJECT_CLIPBOARD] = ERROR_INVALID_WINDOW_HANDLE },
    [RAT_IPC_QUIT] = { ERROR_OPERATION_ABORTED },
    [RAT_IPC_ERR_DEADLOCK] = { ERROR_POSSIBLE_DEADLOCK },
    [RAT_IPC_ERR_CANCELLED] = { ERROR_CANCELLED },
    [RAT_IPC_ERR_NOT_SUPPORTED] = { ERROR_NOT_SUPPORTED,
                                    [SUBJECT_POST] = ERROR_MESSAGE_SYNC_ONLY },
    [RAT_IPC_ERR_WOULD_BLOCK] = { ERROR_BUSY },
    [RAT_IPC_ERR_WRONG_THREAD] = { ERROR_NOT_OWNER,
                                   [SUBJECT_WINDOW] = ERROR_ACCESS_DENIED,
                                   [SUBJECT_CLASS] = ERROR_ACCESS_DENIED,
                                   [SUBJECT_DEFERRED] = ERROR_ACCESS_DENIED,
                                   [SUBJECT_HOTKEY] = ERROR_WINDOW_OF_OTHER_THREAD,
                                   [SUBJECT_CLIPBOARD] = ERROR_CLIPBOARD_NOT_OPEN },
};

bool succeeded(RatStatus status, Subject subject)
{
    if (LIKELY(status == RAT_IPC_OK)) return true;
    DWORD code = ERROR_GEN_FAILURE;
    if ((unsigned)status < STATUS_COUNT) {
        code = codes[status][subject];
        if (code == 0) code = codes[status][SUBJECT_OBJECT];
    }
    thread.lastError = code;
    return false;
}

BOOL failWith(DWORD error)
{
    thread.lastError = error;
    return FALSE;
}

DWORD GetLastError(VOID)
{
    return thread.lastError;
}

VOID SetLastError(DWORD error)
{
    thread.lastError = error;
}

/* How bad it is, nobody has ever been told. */
VOID SetLastErrorEx(DWORD error, DWORD kind)
{
    (void)kind;
    thread.lastError = error;
}

/* Sentences of our own for the codes that the library gives. */
static const struct {
    DWORD code;
    const char* text;
} texts[] = {
    { ERROR_SUCCESS, "The call has done its work." },
    { ERROR_INVALID_FUNCTION, "There is no such function." },
    { ERROR_FILE_NOT_FOUND, "Nothing has that name." },
    { ERROR_PATH_NOT_FOUND, "There is no such path." },
    { ERROR_ACCESS_DENIED, "You may not do this." },
    { ERROR_INVALID_HANDLE, "The handle names no object of that kind." },
    { ERROR_NOT_ENOUGH_MEMORY, "Memory or handles are used up." },
    { ERROR_GEN_FAILURE, "The system failed in a way that has no name." },
    { ERROR_NOT_SAME_DEVICE, "That is on another disk." },
    { ERROR_NO_MORE_FILES, "There are no more files." },
    { ERROR_SHARING_VIOLATION, "Another handle does not share the file." },
    { ERROR_HANDLE_EOF, "The file has ended." },
    { ERROR_FILE_EXISTS, "There is a file of that name." },
    { ERROR_NOT_SUPPORTED, "This cannot be done here." },
    { ERROR_INVALID_PARAMETER, "A parameter is wrong." },
    { ERROR_BUFFER_OVERFLOW, "The name is longer than the buffer." },
    { ERROR_DISK_FULL, "The disk is full." },
    { ERROR_INSUFFICIENT_BUFFER, "The buffer is too small." },
    { ERROR_INVALID_NAME, "That is no name." },
    { ERROR_MOD_NOT_FOUND, "There is no such module." },
    { ERROR_PROC_NOT_FOUND, "The module has no such function." },
    { ERROR_NEGATIVE_SEEK, "There is no place before the file's beginning." },
    { ERROR_DIR_NOT_EMPTY, "The directory is not empty." },
    { ERROR_NOT_LOCKED, "The memory is not locked." },
    { ERROR_BUSY, "It is in use." },
    { ERROR_ALREADY_EXISTS, "Something has that name already." },
    { ERROR_ENVVAR_NOT_FOUND, "There is no environment variable of that name." },
    { ERROR_FILENAME_EXCED_RANGE, "The name is too long." },
    { ERROR_NO_DATA, "Nobody reads at the other end." },
    { ERROR_MORE_DATA, "There is more than fits." },
    { WAIT_TIMEOUT, "The time of the wait has passed." },
    { ERROR_DIRECTORY, "That is no directory." },
    { ERROR_NOT_OWNER, "The calling thread does not own it." },
    { ERROR_TOO_MANY_POSTS, "The semaphore would count beyond its maximum." },
    { ERROR_MR_MID_NOT_FOUND, "There is no text for that number." },
    { ERROR_INVALID_ADDRESS, "The address is not one of those." },
    { ERROR_IO_PENDING, "It goes on, and ends later." },
    { ERROR_NOACCESS, "There is no memory at that address." },
    { ERROR_INVALID_FLAGS, "A flag is wrong." },
    { ERROR_NO_UNICODE_TRANSLATION, "The text is malformed." },
    { ERROR_POSSIBLE_DEADLOCK, "Waiting could only have waited for itself." },
    { ERROR_MESSAGE_SYNC_ONLY, "The message carries pointers: it can be sent, and waited for." },
    { ERROR_NOT_FOUND, "There is none." },
    { ERROR_CANCELLED, "It was refused or called off." },
    { ERROR_INVALID_WINDOW_HANDLE, "The handle names no window." },
    { ERROR_INVALID_ACCEL_HANDLE, "The handle names no accelerators." },
    { ERROR_INVALID_HOOK_HANDLE, "The handle names no hook." },
    { ERROR_INVALID_DWP_HANDLE, "The handle names no deferred positions." },
    { ERROR_TLW_WITH_WSCHILD, "A child window needs a parent." },
    { ERROR_CANNOT_FIND_WND_CLASS, "There is no window class of that name." },
    { ERROR_WINDOW_OF_OTHER_THREAD, "The window is another thread's." },
    { ERROR_HOTKEY_ALREADY_REGISTERED, "Somebody has that hot key." },
    { ERROR_CLASS_ALREADY_EXISTS, "There is a window class of that name." },
    { ERROR_CLASS_DOES_NOT_EXIST, "There is no window class of that name." },
    { ERROR_CLASS_HAS_WINDOWS, "Windows of the class exist." },
    { ERROR_INVALID_INDEX, "There is no such index." },
    { ERROR_CLIPBOARD_NOT_OPEN, "The thread has not opened the clipboard." },
    { ERROR_HOTKEY_NOT_REGISTERED, "There is no such hot key." },
    { ERROR_CONTROL_ID_NOT_FOUND, "No child has that number." },
    { ERROR_DC_NOT_FOUND, "The handle names no device context." },
    { ERROR_INVALID_HOOK_FILTER, "There is no such kind of hook." },
    { ERROR_INVALID_FILTER_PROC, "The hook has no procedure." },
    { ERROR_INVALID_MSGBOX_STYLE, "There is no such kind of message box." },
    { ERROR_INVALID_SPI_VALUE, "There is no such setting." },
    { ERROR_INVALID_THREAD_ID, "No thread of that number has a message queue." },
    { ERROR_NO_SYSTEM_RESOURCES, "There is no display, or it is lost." },
    { ERROR_TIMEOUT, "The time given passed first." },
    { ERROR_INVALID_MONITOR_HANDLE, "The handle names no monitor." },
    { ERROR_RESOURCE_NAME_NOT_FOUND, "There is no such resource." },
    { ERROR_NOT_ENOUGH_QUOTA, "The message queue is full." },
};

/* Without the sentence's end, which every one of Win32's has, as "\r\n". */
static const char* textOf(DWORD code)
{
    for (size_t i = 0; i < ARRAYSIZE(texts); i++)
        if (texts[i].code == code) return texts[i].text;
    return NULL;
}

/* The text that is asked for, to be freed; NULL, and the error, if there is none. Inserts are left as they stand:
 * what the system's texts have none of, and FORMAT_MESSAGE_IGNORE_INSERTS must be given for a text of one's own. */
static char* messageText(DWORD flags, const void* source, DWORD message, bool wide)
{
    if ((flags & FORMAT_MESSAGE_FROM_STRING) != 0) {
        if (source == NULL || (flags & FORMAT_MESSAGE_IGNORE_INSERTS) == 0) {
            failWith(ERROR_INVALID_PARAMETER);
            return NULL;
        }
        char* text = wide ? narrowCopy(source) : strdup(source);
        if (text == NULL) failWith(ERROR_NOT_ENOUGH_MEMORY);
        return text;
    }
    const char* sentence = (flags & FORMAT_MESSAGE_FROM_SYSTEM) != 0 ? textOf(message) : NULL;
    char* text = NULL;
    if (sentence == NULL) {
        failWith(ERROR_MR_MID_NOT_FOUND);
    } else if (asprintf(&text, "%s%s", sentence,
                        (flags & FORMAT_MESSAGE_MAX_WIDTH_MASK) != 0 ? " " : "\r\n") < 0) {
        text = NULL;
        failWith(ERROR_NOT_ENOUGH_MEMORY);
    }
    return text;
}

DWORD FormatMessageA(DWORD flags, LPCVOID source, DWORD message, DWORD language, LPSTR buffer,
                     DWORD size, va_list* arguments)
{
    (void)language, (void)arguments;
    if (buffer == NULL) return (DWORD)failWith(ERROR_INVALID_PARAMETER);
    char* text = messageText(flags, source, message, false);
    if (text == NULL) return 0;
    size_t length = strlen(text);
    if ((flags & FORMAT_MESSAGE_ALLOCATE_BUFFER) != 0) {
        size_t room = length + 1 > size ? length + 1 : size;
        char* memory = LocalAlloc(LMEM_FIXED, room);
        *(LPSTR*)(void*)buffer = memory;
        if (memory == NULL) length = 0;
        else memcpy(memory, text, length + 1);
    } else if (length >= size) {
        length = 0;
        failWith(ERROR_INSUFFICIENT_BUFFER);
    } else {
        memcpy(buffer, text, length + 1);
    }
    free(text);
    return (DWORD)length;
}

DWORD FormatMessageW(DWORD flags, LPCVOID source, DWORD message, DWORD language, LPWSTR buffer,
                     DWORD size, va_list* arguments)
{
    (void)language, (void)arguments;
    if (buffer == NULL) return (DWORD)failWith(ERROR_INVALID_PARAMETER);
    char* text = messageText(flags, source, message, true);
    if (text == NULL) return 0;
    size_t length = wideLengthOf(text);
    if ((flags & FORMAT_MESSAGE_ALLOCATE_BUFFER) != 0) {
        size_t room = length + 1 > size ? length + 1 : size;
        WCHAR* memory = LocalAlloc(LMEM_FIXED, room * sizeof(WCHAR));
        *(LPWSTR*)(void*)buffer = memory;
        if (memory == NULL) length = 0;
        else wideInto(memory, room, text);
    } else if (length >= size) {
        length = 0;
        failWith(ERROR_INSUFFICIENT_BUFFER);
    } else {
        wideInto(buffer, size, text);
    }
    free(text);
    return (DWORD)length;
}
