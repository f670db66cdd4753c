/* The process: its command line, its end, and what it tells a debugger. */
#define _GNU_SOURCE
#include "internal.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

/* -- The command line -------------------------------------------------------------------------- */

static char* commandLine;
static WCHAR* wideCommandLine;
static pthread_once_t commandLineOnce = PTHREAD_ONCE_INIT;

/* Adds an argument such that CommandLineToArgv's rules give it back: in quotes where it has blanks or quotes, with a
 * backslash before each quote and before each backslash that stands in front of one. */
static size_t addArgument(char* to, const char* argument)
{
    size_t length = 0;
    bool quotes = *argument == 0 || strpbrk(argument, " \t\"") != NULL;
    size_t backslashes = 0;
    if (quotes) to[length++] = '"';
    for (const char* at = argument; *at != 0; at++) {
        if (*at == '"') {
            for (size_t i = 0; i <= backslashes; i++) to[length++] = '\\';
        }
        backslashes = *at == '\\' ? backslashes + 1 : 0;
        to[length++] = *at;
    }
    if (quotes) {
        for (size_t i = 0; i < backslashes; i++) to[length++] = '\\';
        to[length++] = '"';
    }
    return length;
}

static void makeCommandLine(void)
{
    char* arguments = NULL;
    size_t size = 0, length = 0;
    int file = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    for (ssize_t got = 1; file >= 0 && got > 0; size += (size_t)got) {
        char* more = realloc(arguments, size + 4096 + 1);
        if (more == NULL) break;
        arguments = more;
        got = read(file, arguments + size, 4096);
        if (got < 0) got = 0;
    }
    if (file >= 0) close(file);
    /* An argument at most doubles, and takes two quotes and a blank besides; the shortest takes one byte. */
    char* line = arguments != NULL ? malloc(size * 4 + 4) : NULL;
    if (line != NULL) {
        arguments[size] = 0;
        for (size_t at = 0; at < size; at += strlen(arguments + at) + 1) {
            if (at > 0) line[length++] = ' ';
            length += addArgument(line + length, arguments + at);
        }
        line[length] = 0;
    }
    free(arguments);
    commandLine = line != NULL ? line : strdup("");
    wideCommandLine = wideCopy(commandLine);
}

LPSTR GetCommandLineA(VOID)
{
    pthread_once(&commandLineOnce, makeCommandLine);
    return commandLine;
}

LPWSTR GetCommandLineW(VOID)
{
    pthread_once(&commandLineOnce, makeCommandLine);
    return wideCommandLine;
}

/* -- Processes, and their end ------------------------------------------------------------------ */

DWORD GetCurrentProcessId(VOID)
{
    return (DWORD)getpid();
}

/* Writes out a stream that nobody is writing to. */
static void flush(FILE* stream)
{
    if (ftrylockfile(stream) != 0) return;
    fflush_unlocked(stream);
    funlockfile(stream);
}

/* Other threads do not go on, and what programs have registered with atexit() does not run: they return from main()
 * for that. */
VOID ExitProcess(UINT code)
{
    /* To flush all streams would wait for a thread that reads from standard input, maybe for ever. */
    if (ftrylockfile(stdin) == 0) {
        funlockfile(stdin);
        fflush(NULL);
    } else {
        flush(stdout);
        flush(stderr);
    }
    _exit((int)code);
}

HANDLE OpenProcess(DWORD access, BOOL inherit, DWORD id)
{
    (void)access, (void)inherit;
    RatProcess process = 0;
    RatStatus status = RatOpenProcess(id, &process);
    if (status == RAT_IPC_ERR_NOT_FOUND) status = RAT_IPC_ERR_INVALID_ARG;
    return succeeded(status, SUBJECT_OBJECT) ? objectOf(process) : NULL;
}

BOOL GetExitCodeProcess(HANDLE object, LPDWORD code)
{
    int32_t exitCode = (int32_t)STILL_ACTIVE;
    if (code == NULL) return failWith(ERROR_INVALID_PARAMETER);
    if (object != GetCurrentProcess()) {
        RatStatus status = RatGetProcessExitCode(handleOf(object), &exitCode);
        if (status == RAT_IPC_ERR_WOULD_BLOCK) exitCode = (int32_t)STILL_ACTIVE;
        else if (!succeeded(status, SUBJECT_OBJECT)) return FALSE;
    }
    *code = (DWORD)exitCode;
    return TRUE;
}

/* -- Debugging --------------------------------------------------------------------------------- */

/* Standard error is the debugger's window here. */
VOID OutputDebugStringA(LPCSTR text)
{
    if (text != NULL) fputs(text, stderr);
}

VOID OutputDebugStringW(LPCWSTR text)
{
    char* copy = narrowCopy(text);
    OutputDebugStringA(copy);
    free(copy);
}

BOOL IsDebuggerPresent(VOID)
{
    char line[256];
    int tracer = 0;
    FILE* status = fopen("/proc/self/status", "re");
    while (status != NULL && fgets(line, sizeof line, status) != NULL)
        if (sscanf(line, "TracerPid: %d", &tracer) == 1) break;
    if (status != NULL) fclose(status);
    return tracer != 0;
}

VOID DebugBreak(VOID)
{
    raise(SIGTRAP);
}
