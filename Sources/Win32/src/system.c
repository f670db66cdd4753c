/* The machine: its processors, its memory, the version it says it has; and arithmetic. */
#define _GNU_SOURCE
#include "internal.h"

#include <sched.h>
#include <stdio.h>
#include <unistd.h>

VOID GetSystemInfo(LPSYSTEM_INFO info)
{
    cpu_set_t allowed;
    if (info == NULL) return;
    memset(info, 0, sizeof *info);
#if defined(__x86_64__)
    info->wProcessorArchitecture = PROCESSOR_ARCHITECTURE_AMD64;
    info->dwProcessorType = PROCESSOR_AMD_X8664;
#else
    info->wProcessorArchitecture = PROCESSOR_ARCHITECTURE_ARM64;
#endif
    info->dwPageSize = (DWORD)sysconf(_SC_PAGESIZE);
    info->dwAllocationGranularity = info->dwPageSize;
    info->lpMinimumApplicationAddress = (LPVOID)0x10000;
    info->lpMaximumApplicationAddress = (LPVOID)0x7FFFFFFEFFFF;
    info->dwNumberOfProcessors = (DWORD)sysconf(_SC_NPROCESSORS_ONLN);
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0)
        for (int i = 0; i < 64; i++)
            if (CPU_ISSET(i, &allowed)) info->dwActiveProcessorMask |= (DWORD_PTR)1 << i;
}

VOID GetNativeSystemInfo(LPSYSTEM_INFO info)
{
    GetSystemInfo(info);
}

/* A line of /proc/meminfo in bytes; 0 if it is not there. */
static uint64_t bytesOf(const char* text, const char* name)
{
    unsigned long long kilobytes = 0;
    const char* line = strstr(text, name);
    if (line != NULL) sscanf(line + strlen(name), ": %llu", &kilobytes);
    return kilobytes * 1024;
}

BOOL GlobalMemoryStatusEx(LPMEMORYSTATUSEX status)
{
    char text[4096];
    if (status == NULL || status->dwLength != sizeof *status) return failWith(ERROR_INVALID_PARAMETER);
    FILE* file = fopen("/proc/meminfo", "re");
    size_t length = file != NULL ? fread(text, 1, sizeof text - 1, file) : 0;
    if (file != NULL) fclose(file);
    text[length] = 0;
    status->ullTotalPhys = bytesOf(text, "MemTotal");
    status->ullAvailPhys = bytesOf(text, "MemAvailable");
    status->ullTotalPageFile = status->ullTotalPhys + bytesOf(text, "SwapTotal");
    status->ullAvailPageFile = status->ullAvailPhys + bytesOf(text, "SwapFree");
    status->ullTotalVirtual = 0x7FFFFFFE0000;
    status->ullAvailVirtual = status->ullTotalVirtual;
    status->ullAvailExtendedVirtual = 0;
    uint64_t used = status->ullTotalPhys - status->ullAvailPhys;
    status->dwMemoryLoad = status->ullTotalPhys != 0 ? (DWORD)(used * 100 / status->ullTotalPhys) : 0;
    return TRUE;
}

/* What Windows 8 and later tell programs that do not say which of them they know. */
#define MAJOR 6
#define MINOR 2
#define BUILD 9200

DWORD GetVersion(VOID)
{
    return MAJOR | MINOR << 8 | (DWORD)BUILD << 16;
}

BOOL GetVersionExA(LPOSVERSIONINFOA info)
{
    if (info == NULL || info->dwOSVersionInfoSize != sizeof *info) return failWith(ERROR_INSUFFICIENT_BUFFER);
    *info = (OSVERSIONINFOA){ sizeof *info, MAJOR, MINOR, BUILD, VER_PLATFORM_WIN32_NT, "" };
    return TRUE;
}

BOOL GetVersionExW(LPOSVERSIONINFOW info)
{
    if (info == NULL || info->dwOSVersionInfoSize != sizeof *info) return failWith(ERROR_INSUFFICIENT_BUFFER);
    *info = (OSVERSIONINFOW){ sizeof *info, MAJOR, MINOR, BUILD, VER_PLATFORM_WIN32_NT, { 0 } };
    return TRUE;
}

/* Rounded to the nearest, halves away from 0; -1 for a result that has no place in 32 bits, and for a divisor of 0. */
int MulDiv(int number, int numerator, int denominator)
{
    if (denominator == 0) return -1;
    int64_t product = (int64_t)number * numerator, divisor = denominator;
    if (divisor < 0) product = -product, divisor = -divisor;
    int64_t result = product >= 0 ? (product + divisor / 2) / divisor : -((-product + divisor / 2) / divisor);
    return result > INT32_MAX || result < INT32_MIN ? -1 : (int)result;
}
