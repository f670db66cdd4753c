/* Clocks, and what they show. */
#define _GNU_SOURCE
#include "internal.h"

#include <time.h>

static uint64_t nanoseconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* The clock of messages' times too. */
ULONGLONG GetTickCount64(VOID)
{
    return nanoseconds(CLOCK_MONOTONIC) / 1000000u;
}

DWORD GetTickCount(VOID)
{
    return (DWORD)GetTickCount64();
}

/* Windows' usual 10 MHz: programs multiply the count by a million, which would overflow soon with nanoseconds. */
BOOL QueryPerformanceCounter(LARGE_INTEGER* count)
{
    if (count == NULL) return failWith(ERROR_INVALID_PARAMETER);
    count->QuadPart = (LONGLONG)(nanoseconds(CLOCK_MONOTONIC) / 100u);
    return TRUE;
}

BOOL QueryPerformanceFrequency(LARGE_INTEGER* frequency)
{
    if (frequency == NULL) return failWith(ERROR_INVALID_PARAMETER);
    frequency->QuadPart = 10000000;
    return TRUE;
}

/* 100 ns from 1 January 1601 to 1 January 1970. */
#define UNIX_EPOCH UINT64_C(116444736000000000)

/* A FILETIME is a number that lies in two halves. */
static uint64_t countOf(const FILETIME* time)
{
    return (uint64_t)time->dwHighDateTime << 32 | time->dwLowDateTime;
}

static FILETIME fileTimeOf(uint64_t count)
{
    return (FILETIME){ (DWORD)count, (DWORD)(count >> 32) };
}

#define TICKS_PER_SECOND 10000000u

VOID GetSystemTimeAsFileTime(LPFILETIME time)
{
    if (time != NULL) *time = fileTimeOf(nanoseconds(CLOCK_REALTIME) / 100u + UNIX_EPOCH);
}

static void toSystemTime(const struct tm* from, long nanosecond, LPSYSTEMTIME to)
{
    to->wYear = (WORD)(from->tm_year + 1900);
    to->wMonth = (WORD)(from->tm_mon + 1);
    to->wDayOfWeek = (WORD)from->tm_wday;
    to->wDay = (WORD)from->tm_mday;
    to->wHour = (WORD)from->tm_hour;
    to->wMinute = (WORD)from->tm_min;
    to->wSecond = (WORD)from->tm_sec;
    to->wMilliseconds = (WORD)(nanosecond / 1000000);
}

VOID GetSystemTimePreciseAsFileTime(LPFILETIME time)
{
    GetSystemTimeAsFileTime(time);
}

VOID GetSystemTime(LPSYSTEMTIME time)
{
    struct timespec now;
    struct tm parts;
    if (time == NULL) return;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    toSystemTime(&parts, now.tv_nsec, time);
}

VOID GetLocalTime(LPSYSTEMTIME time)
{
    struct timespec now;
    struct tm parts;
    if (time == NULL) return;
    clock_gettime(CLOCK_REALTIME, &now);
    localtime_r(&now.tv_sec, &parts);
    toSystemTime(&parts, now.tv_nsec, time);
}

/* -- Between the two, and between zones -------------------------------------------------------- */

LONG CompareFileTime(const FILETIME* a, const FILETIME* b)
{
    if (a == NULL || b == NULL) return (a != NULL) - (b != NULL);
    uint64_t left = countOf(a), right = countOf(b);
    return left < right ? -1 : left > right;
}

BOOL FileTimeToSystemTime(const FILETIME* time, LPSYSTEMTIME out)
{
    if (time == NULL || out == NULL || (int64_t)countOf(time) < 0) return failWith(ERROR_INVALID_PARAMETER);
    uint64_t count = countOf(time);
    time_t seconds = (time_t)(count / TICKS_PER_SECOND) - (time_t)(UNIX_EPOCH / TICKS_PER_SECOND);
    struct tm parts;
    if (gmtime_r(&seconds, &parts) == NULL) return failWith(ERROR_INVALID_PARAMETER);
    toSystemTime(&parts, (long)(count % TICKS_PER_SECOND) * 100, out);
    return TRUE;
}

static int daysOf(int month, int year)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && isLeap);
}

/* The day of the week is not looked at. */
BOOL SystemTimeToFileTime(const SYSTEMTIME* time, LPFILETIME out)
{
    if (time == NULL || out == NULL || time->wYear < 1601 || time->wYear > 30827 || time->wMonth < 1 ||
        time->wMonth > 12 || time->wDay < 1 || time->wDay > daysOf(time->wMonth, time->wYear) ||
        time->wHour > 23 || time->wMinute > 59 || time->wSecond > 59 || time->wMilliseconds > 999)
        return failWith(ERROR_INVALID_PARAMETER);
    struct tm parts = { .tm_year = time->wYear - 1900, .tm_mon = time->wMonth - 1, .tm_mday = time->wDay,
                        .tm_hour = time->wHour, .tm_min = time->wMinute, .tm_sec = time->wSecond };
    int64_t seconds = (int64_t)timegm(&parts) + (int64_t)(UNIX_EPOCH / TICKS_PER_SECOND);
    *out = fileTimeOf((uint64_t)seconds * TICKS_PER_SECOND + time->wMilliseconds * 10000u);
    return TRUE;
}

/* How far the zone of the system is from UTC today: Win32 takes today's for all times. */
static int64_t zoneOffset(void)
{
    time_t now = time(NULL);
    struct tm parts;
    return localtime_r(&now, &parts) != NULL ? (int64_t)parts.tm_gmtoff * TICKS_PER_SECOND : 0;
}

BOOL FileTimeToLocalFileTime(const FILETIME* time, LPFILETIME out)
{
    if (time == NULL || out == NULL) return failWith(ERROR_INVALID_PARAMETER);
    *out = fileTimeOf(countOf(time) + (uint64_t)zoneOffset());
    return TRUE;
}

BOOL LocalFileTimeToFileTime(const FILETIME* time, LPFILETIME out)
{
    if (time == NULL || out == NULL) return failWith(ERROR_INVALID_PARAMETER);
    *out = fileTimeOf(countOf(time) - (uint64_t)zoneOffset());
    return TRUE;
}
