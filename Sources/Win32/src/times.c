/* Clocks. */
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

VOID GetSystemTimeAsFileTime(LPFILETIME time)
{
    uint64_t now = nanoseconds(CLOCK_REALTIME) / 100u + UNIX_EPOCH;
    time->dwLowDateTime = (DWORD)now;
    time->dwHighDateTime = (DWORD)(now >> 32);
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

VOID GetSystemTime(LPSYSTEMTIME time)
{
    struct timespec now;
    struct tm parts;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    toSystemTime(&parts, now.tv_nsec, time);
}

VOID GetLocalTime(LPSYSTEMTIME time)
{
    struct timespec now;
    struct tm parts;
    clock_gettime(CLOCK_REALTIME, &now);
    localtime_r(&now.tv_sec, &parts);
    toSystemTime(&parts, now.tv_nsec, time);
}
