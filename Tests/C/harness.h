/* A small test harness. A test is a claim that holds:
 *
 *     TEST(aClosedEventIsNoHandle)
 *     {
 *         CHECK_STATUS(RatSetEvent(ev), RAT_IPC_ERR_INVALID_HANDLE);
 *     }
 *
 * Each runs in a process of its own, so that none sees what another left behind, a crash fails one
 * test alone, and a hang ends after TEST_SECONDS. A failed CHECK prints both values and goes on; a
 * failed REQUIRE ends the test. Both may be used on any thread.
 */
#ifndef HARNESS_H
#define HARNESS_H

#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Longer than every deadline in a test, so that the test itself says what did not happen. */
#define TEST_SECONDS 30

/* A deadline that only a failure reaches, in milliseconds. */
#define SOON 10000

#define TEST(name)                                                                                 \
    static void name(void);                                                                        \
    __attribute__((constructor)) static void register_##name(void)                                 \
    {                                                                                              \
        registerTest(#name, name);                                                                 \
    }                                                                                              \
    static void name(void)

#define CHECK(condition) checkTrue((condition), #condition, __FILE__, __LINE__)
#define REQUIRE(condition) requireTrue((condition), #condition, __FILE__, __LINE__)
/* Compares integers and handles, up to 64 bits of either sign. */
#define CHECK_EQ(actual, expected)                                                                 \
    checkEqual((int64_t)(actual), (int64_t)(expected), #actual, #expected, __FILE__, __LINE__)
#define CHECK_STR(actual, expected) checkString((actual), (expected), #actual, __FILE__, __LINE__)
#define CHECK_STATUS(actual, expected)                                                             \
    checkStatus((int)(actual), (int)(expected), #actual, __FILE__, __LINE__)
#define REQUIRE_OK(call)                                                                           \
    requireTrue(checkStatus((int)(call), 0, #call, __FILE__, __LINE__), #call, __FILE__, __LINE__)

void registerTest(const char* name, void (*body)(void));
bool checkTrue(bool holds, const char* text, const char* file, int line);
void requireTrue(bool holds, const char* text, const char* file, int line);
bool checkEqual(int64_t actual, int64_t expected, const char* actualText, const char* expectedText,
                const char* file, int line);
bool checkString(const char* actual, const char* expected, const char* text, const char* file,
                 int line);
bool checkStatus(int actual, int expected, const char* text, const char* file, int line);

/* Names the row of a table that the following checks are about; NULL ends that. Per thread. */
void inRow(const char* row);

#endif /* HARNESS_H */
