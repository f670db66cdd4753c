#define _GNU_SOURCE
#include "harness.h"

#include <rat.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_TESTS = 1024 };

static struct {
    const char* name;
    void (*body)(void);
} tests[MOST_TESTS];
static size_t testCount;

static atomic_bool failed;
static _Thread_local const char* row;

void registerTest(const char* name, void (*body)(void))
{
    if (testCount == MOST_TESTS) abort();
    /* Of two of one name, one would never run. */
    for (size_t i = 0; i < testCount; i++) {
        if (strcmp(tests[i].name, name) != 0) continue;
        fprintf(stderr, "two tests are named %s\n", name);
        exit(2);
    }
    tests[testCount].name = name;
    tests[testCount++].body = body;
}

void inRow(const char* newRow)
{
    row = newRow;
}

/* Starts the line that tells of a failure. */
static void fail(const char* file, int line)
{
    atomic_store(&failed, true);
    const char* slash = strrchr(file, '/');
    fprintf(stderr, "    %s:%d: %s%s", slash ? slash + 1 : file, line, row ? row : "",
            row ? ": " : "");
}

bool checkTrue(bool holds, const char* text, const char* file, int line)
{
    if (!holds) {
        fail(file, line);
        fprintf(stderr, "not true: %s\n", text);
    }
    return holds;
}

void requireTrue(bool holds, const char* text, const char* file, int line)
{
    if (checkTrue(holds, text, file, line)) return;
    fflush(NULL);
    _exit(1);
}

bool checkEqual(int64_t actual, int64_t expected, const char* actualText, const char* expectedText,
                const char* file, int line)
{
    if (actual == expected) return true;
    fail(file, line);
    fprintf(stderr, "%s is %" PRId64 " (0x%" PRIx64 "), not %s: %" PRId64 " (0x%" PRIx64 ")\n",
            actualText, actual, (uint64_t)actual, expectedText, expected, (uint64_t)expected);
    return false;
}

bool checkString(const char* actual, const char* expected, const char* text, const char* file,
                 int line)
{
    if (actual && strcmp(actual, expected) == 0) return true;
    fail(file, line);
    fprintf(stderr, "%s is \"%s\", not \"%s\"\n", text, actual ? actual : "(NULL)", expected);
    return false;
}

bool checkStatus(int actual, int expected, const char* text, const char* file, int line)
{
    if (actual == expected) return true;
    fail(file, line);
    fprintf(stderr, "%s gives %s (%d), not %s (%d)\n", text, RatStatusName((RatIpcStatus)actual),
            actual, RatStatusName((RatIpcStatus)expected), expected);
    return false;
}

/* Runs one test in this process. */
static int runOne(const char* name)
{
    for (size_t i = 0; i < testCount; i++) {
        if (strcmp(tests[i].name, name) != 0) continue;
        tests[i].body();
        fflush(NULL);
        return atomic_load(&failed) ? 1 : 0;
    }
    fprintf(stderr, "no test is named %s\n", name);
    return 2;
}

/* Runs one test in a new process and tells whether it passed. */
static bool spawn(const char* program, const char* name)
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        /* Kills the test if it hangs; it outlives exec. */
        alarm(TEST_SECONDS);
        execl("/proc/self/exe", program, name, (char*)NULL);
        _exit(127);
    }
    int state = 0;
    if (child < 0 || waitpid(child, &state, 0) != child) {
        perror("harness");
        exit(2);
    }
    if (WIFEXITED(state) && WEXITSTATUS(state) == 0) return true;
    if (WIFSIGNALED(state) && WTERMSIG(state) == SIGALRM)
        fprintf(stderr, "FAILED %s: hung for %d s\n", name, TEST_SECONDS);
    else if (WIFSIGNALED(state))
        fprintf(stderr, "FAILED %s: died of signal %d (%s)\n", name, WTERMSIG(state),
                strsignal(WTERMSIG(state)));
    else
        fprintf(stderr, "FAILED %s\n", name);
    return false;
}

static int byName(const void* left, const void* right)
{
    return strcmp(*(const char* const*)left, *(const char* const*)right);
}

/* With the name of a test: that test, here. With --list: the names. Else all of them. */
int main(int argc, char** argv)
{
    if (argc == 2 && strcmp(argv[1], "--list") != 0) return runOne(argv[1]);

    const char* names[MOST_TESTS];
    for (size_t i = 0; i < testCount; i++) names[i] = tests[i].name;
    qsort(names, testCount, sizeof names[0], byName);
    if (argc == 2) {
        for (size_t i = 0; i < testCount; i++) puts(names[i]);
        return 0;
    }

    /* Tests choose their display themselves; none may depend on where they are run. */
    unsetenv("DISPLAY");
    setenv("RAT_DISPLAY", "headless", 1);
    size_t passed = 0;
    for (size_t i = 0; i < testCount; i++) passed += spawn(argv[0], names[i]);
    printf("%zu passed, %zu failed\n", passed, testCount - passed);
    return passed == testCount && testCount > 0 ? 0 : 1;
}
