/* The environment, the current directory, and who and where the program is. Paths are Linux's. */
#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <pthread.h>
#include <pwd.h>
#include <unistd.h>

/* Guards the environment against our own threads; what calls setenv() itself is not held up. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Gives a text as most of Win32's functions do: its length without the 0 where it fits, else, with nothing written but
 * maybe a 0, the room that it needs. */
static DWORD give(const char* text, void* buffer, DWORD size, bool wide)
{
    size_t length = wide ? wideLengthOf(text) : strlen(text);
    if (buffer == NULL || length >= size) return (DWORD)length + 1;
    if (wide) wideInto(buffer, size, text);
    else memcpy(buffer, text, length + 1);
    return (DWORD)length;
}

static DWORD getVariable(const void* given, void* buffer, DWORD size, bool wide)
{
    char* copy;
    const char* name = narrowText(given, wide, &copy);
    char* value = NULL;
    bool isThere = false;
    pthread_mutex_lock(&lock);
    const char* found = name != NULL ? getenv(name) : NULL;
    isThere = found != NULL;
    if (isThere) value = strdup(found);
    pthread_mutex_unlock(&lock);
    free(copy);
    if (value == NULL) return (DWORD)failWith(isThere ? ERROR_NOT_ENOUGH_MEMORY : ERROR_ENVVAR_NOT_FOUND);
    /* An empty value has the length 0, which is no failure. */
    thread.lastError = ERROR_SUCCESS;
    DWORD length = give(value, buffer, size, wide);
    free(value);
    return length;
}

DWORD GetEnvironmentVariableA(LPCSTR name, LPSTR buffer, DWORD size)
{
    return getVariable(name, buffer, size, false);
}

DWORD GetEnvironmentVariableW(LPCWSTR name, LPWSTR buffer, DWORD size)
{
    return getVariable(name, buffer, size, true);
}

static BOOL setVariable(const void* givenName, const void* givenValue, bool wide)
{
    char *nameCopy, *valueCopy;
    const char* name = narrowText(givenName, wide, &nameCopy);
    const char* value = narrowText(givenValue, wide, &valueCopy);
    DWORD error = ERROR_SUCCESS;
    if (givenName == NULL) {
        error = ERROR_ENVVAR_NOT_FOUND;
    } else if (name == NULL || (givenValue != NULL && value == NULL)) {
        error = ERROR_NOT_ENOUGH_MEMORY;
    } else {
        pthread_mutex_lock(&lock);
        if ((value != NULL ? setenv(name, value, 1) : unsetenv(name)) != 0)
            error = errno == ENOMEM ? ERROR_NOT_ENOUGH_MEMORY : ERROR_INVALID_PARAMETER;
        pthread_mutex_unlock(&lock);
    }
    free(nameCopy);
    free(valueCopy);
    return error == ERROR_SUCCESS || failWith(error);
}

BOOL SetEnvironmentVariableA(LPCSTR name, LPCSTR value)
{
    return setVariable(name, value, false);
}

BOOL SetEnvironmentVariableW(LPCWSTR name, LPCWSTR value)
{
    return setVariable(name, value, true);
}

/* -- %NAME% ------------------------------------------------------------------------------------ */

typedef struct {
    char* text;
    size_t length;
    size_t room;
    bool isFull; /* No memory is left. */
} Growing;

static void add(Growing* to, const char* text, size_t length)
{
    if (!to->isFull && to->length + length + 1 > to->room) {
        size_t room = (to->length + length + 1) * 2;
        char* more = realloc(to->text, room);
        to->isFull = more == NULL;
        if (more != NULL) to->text = more, to->room = room;
    }
    if (to->isFull) return;
    memcpy(to->text + to->length, text, length);
    to->length += length;
    to->text[to->length] = 0;
}

/* With what is no variable left as it stands; to be freed. NULL if no memory is left. */
static char* expand(const char* from)
{
    Growing to = { .text = NULL };
    add(&to, "", 0);
    while (*from != 0) {
        const char* end = *from == '%' ? strchr(from + 1, '%') : NULL;
        char* name = end != NULL ? strndup(from + 1, (size_t)(end - from - 1)) : NULL;
        pthread_mutex_lock(&lock);
        const char* value = name != NULL ? getenv(name) : NULL;
        if (value != NULL) add(&to, value, strlen(value));
        pthread_mutex_unlock(&lock);
        free(name);
        if (value != NULL) {
            from = end + 1;
        } else {
            size_t plain = 1 + strcspn(from + 1, "%");
            add(&to, from, plain);
            from += plain;
        }
    }
    if (!to.isFull) return to.text;
    free(to.text);
    return NULL;
}

/* The length with the 0, whether it fits or not. */
static DWORD expandInto(const void* given, void* buffer, DWORD size, bool wide)
{
    char* copy;
    if (given == NULL) return (DWORD)failWith(ERROR_INVALID_PARAMETER);
    const char* from = narrowText(given, wide, &copy);
    char* text = from != NULL ? expand(from) : NULL;
    free(copy);
    if (text == NULL) return (DWORD)failWith(ERROR_NOT_ENOUGH_MEMORY);
    size_t length = wide ? wideLengthOf(text) : strlen(text);
    give(text, buffer, size, wide);
    free(text);
    return (DWORD)length + 1;
}

DWORD ExpandEnvironmentStringsA(LPCSTR text, LPSTR buffer, DWORD size)
{
    return expandInto(text, buffer, size, false);
}

DWORD ExpandEnvironmentStringsW(LPCWSTR text, LPWSTR buffer, DWORD size)
{
    return expandInto(text, buffer, size, true);
}

/* -- Directories ------------------------------------------------------------------------------- */

/* With a slash at its end, as Win32's has a backslash. */
static DWORD temporary(void* buffer, DWORD size, bool wide)
{
    char path[4096];
    pthread_mutex_lock(&lock);
    const char* set = getenv("TMPDIR");
    if (set == NULL || *set != '/' || strlen(set) >= sizeof path - 1) set = "/tmp";
    strcpy(path, set);
    pthread_mutex_unlock(&lock);
    if (path[strlen(path) - 1] != '/') strcat(path, "/");
    return give(path, buffer, size, wide);
}

DWORD GetTempPathA(DWORD size, LPSTR buffer)
{
    return temporary(buffer, size, false);
}

DWORD GetTempPathW(DWORD size, LPWSTR buffer)
{
    return temporary(buffer, size, true);
}

static DWORD currentDirectory(void* buffer, DWORD size, bool wide)
{
    char path[4096];
    if (getcwd(path, sizeof path) == NULL) return (DWORD)failWith(ERROR_PATH_NOT_FOUND);
    return give(path, buffer, size, wide);
}

DWORD GetCurrentDirectoryA(DWORD size, LPSTR buffer)
{
    return currentDirectory(buffer, size, false);
}

DWORD GetCurrentDirectoryW(DWORD size, LPWSTR buffer)
{
    return currentDirectory(buffer, size, true);
}

static BOOL changeDirectory(const void* given, bool wide)
{
    char* copy;
    if (given == NULL) return failWith(ERROR_INVALID_PARAMETER);
    const char* path = narrowText(given, wide, &copy);
    int result = path != NULL ? chdir(path) : -1;
    int error = errno;
    free(copy);
    if (result == 0) return TRUE;
    return failWith(path == NULL ? ERROR_NOT_ENOUGH_MEMORY
                                 : error == EACCES ? ERROR_ACCESS_DENIED
                                 : error == ENOTDIR ? ERROR_DIRECTORY : ERROR_FILE_NOT_FOUND);
}

BOOL SetCurrentDirectoryA(LPCSTR path)
{
    return changeDirectory(path, false);
}

BOOL SetCurrentDirectoryW(LPCWSTR path)
{
    return changeDirectory(path, true);
}

/* -- Names ------------------------------------------------------------------------------------- */

/* *size is the buffer's before, and afterwards the length, or the room that is needed. */
static BOOL giveName(const char* name, void* buffer, LPDWORD size, bool wide, DWORD tooSmall, bool counts0)
{
    DWORD length = give(name, buffer, *size, wide);
    bool fits = buffer != NULL && length < *size;
    *size = length + (fits && counts0);
    return fits || failWith(tooSmall);
}

static BOOL computerName(void* buffer, LPDWORD size, bool wide)
{
    char name[256] = "";
    if (size == NULL) return failWith(ERROR_INVALID_PARAMETER);
    gethostname(name, sizeof name - 1);
    name[strcspn(name, ".")] = 0;
    return giveName(name, buffer, size, wide, ERROR_BUFFER_OVERFLOW, false);
}

BOOL GetComputerNameA(LPSTR buffer, LPDWORD size)
{
    return computerName(buffer, size, false);
}

BOOL GetComputerNameW(LPWSTR buffer, LPDWORD size)
{
    return computerName(buffer, size, true);
}

static BOOL userName(void* buffer, LPDWORD size, bool wide)
{
    char memory[4096];
    struct passwd entry, *found = NULL;
    if (size == NULL) return failWith(ERROR_INVALID_PARAMETER);
    if (getpwuid_r(getuid(), &entry, memory, sizeof memory, &found) != 0 || found == NULL)
        return failWith(ERROR_NOT_FOUND);
    return giveName(found->pw_name, buffer, size, wide, ERROR_INSUFFICIENT_BUFFER, true);
}

BOOL GetUserNameA(LPSTR buffer, LPDWORD size)
{
    return userName(buffer, size, false);
}

BOOL GetUserNameW(LPWSTR buffer, LPDWORD size)
{
    return userName(buffer, size, true);
}
