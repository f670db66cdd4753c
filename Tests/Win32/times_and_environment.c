/* Times in their forms, the environment, numbers, and what a module has. */
#include <windows.h>
#include <stdio.h>
#include <string.h>

static void said(const char* what, long long value)
{
    printf("%s: %lld error %u\n", what, value, (unsigned)GetLastError());
    SetLastError(0);
}

static void date(WORD year, WORD month, WORD day, WORD hour, WORD minute, WORD second, WORD millisecond)
{
    SYSTEMTIME time = { year, month, 0, day, hour, minute, second, millisecond }, back;
    FILETIME file = { 0, 0 };
    printf("%d-%d-%d: %d", year, month, day, SystemTimeToFileTime(&time, &file));
    printf(" %08x%08x", (unsigned)file.dwHighDateTime, (unsigned)file.dwLowDateTime);
    if (FileTimeToSystemTime(&file, &back))
        printf(" %d-%d-%d %d %d:%d:%d.%d", back.wYear, back.wMonth, back.wDay, back.wDayOfWeek, back.wHour, back.wMinute,
               back.wSecond, back.wMilliseconds);
    printf(" error %u\n", (unsigned)GetLastError());
    SetLastError(0);
}

int main(void)
{
    FILETIME early = { 1, 2 }, late = { 0, 3 }, bad = { 0, 0x80000000 }, now, local, back;
    SYSTEMTIME time;
    char text[64];
    WCHAR wide[64];
    DWORD size;
    HMODULE module;
    LARGE_INTEGER frequency;

    printf("times\n");
    date(1601, 1, 1, 0, 0, 0, 0);
    date(1970, 1, 1, 0, 0, 0, 0);
    date(2000, 2, 29, 23, 59, 59, 999);
    date(2024, 12, 31, 12, 30, 15, 250);
    date(9999, 12, 31, 0, 0, 0, 0);
    date(2024, 13, 1, 0, 0, 0, 0);
    date(2024, 1, 0, 0, 0, 0, 0);
    date(2024, 1, 1, 24, 0, 0, 0);
    date(1600, 1, 1, 0, 0, 0, 0);
    printf("compare %d %d %d\n", (int)CompareFileTime(&early, &late), (int)CompareFileTime(&late, &early),
           (int)CompareFileTime(&late, &late));
    said("too late", FileTimeToSystemTime(&bad, &time));
    GetSystemTimeAsFileTime(&now);
    said("local", FileTimeToLocalFileTime(&now, &local));
    said("and back", LocalFileTimeToFileTime(&local, &back) && CompareFileTime(&now, &back) == 0);
    GetSystemTime(&time);
    SystemTimeToFileTime(&time, &back);
    said("the same clock", back.dwHighDateTime == now.dwHighDateTime);

    printf("environment\n");
    said("none", GetEnvironmentVariableA("RAT_TEST_NONE", text, sizeof text));
    said("set", SetEnvironmentVariableA("RAT_TEST_ONE", "a value"));
    said("get", GetEnvironmentVariableA("RAT_TEST_ONE", text, sizeof text));
    printf("%s\n", text);
    said("small", GetEnvironmentVariableA("RAT_TEST_ONE", text, 7));
    said("exact", GetEnvironmentVariableA("RAT_TEST_ONE", text, 8));
    said("no buffer", GetEnvironmentVariableA("RAT_TEST_ONE", NULL, 0));
    said("wide", GetEnvironmentVariableW((const WCHAR[]){ 'R', 'A', 'T', '_', 'T', 'E', 'S', 'T', '_', 'O', 'N', 'E', 0 }, wide, 64));
    said("expand", ExpandEnvironmentStringsA("<%RAT_TEST_ONE%> %RAT_TEST_NONE% 5% %", text, sizeof text));
    printf("%s\n", text);
    printf("needs %u\n", (unsigned)ExpandEnvironmentStringsA("%RAT_TEST_ONE%", NULL, 0));
    SetLastError(0);
    said("empty", SetEnvironmentVariableA("RAT_TEST_ONE", ""));
    said("remove", SetEnvironmentVariableA("RAT_TEST_ONE", NULL));
    said("gone", GetEnvironmentVariableA("RAT_TEST_ONE", text, sizeof text));
    said("remove again", SetEnvironmentVariableA("RAT_TEST_ONE", NULL));
    said("bad name", SetEnvironmentVariableA("RAT=TEST", "x"));
    said("no name", SetEnvironmentVariableA(NULL, "x"));
    size = GetTempPathA(0, NULL);
    said("temporary", size > 1 && GetTempPathA(3, text) == size && size < 64 && GetTempPathA(64, text) == size - 1);
    size = GetCurrentDirectoryA(0, NULL);
    said("directory", size > 1);
    said("no directory", SetCurrentDirectoryA("rat-no-such-directory"));
    size = 0;
    said("user", GetUserNameA(NULL, &size));
    said("size", size > 1);
    size = 64;
    said("user", GetUserNameA(text, &size) && size == strlen(text) + 1);
    size = 1;
    said("computer", GetComputerNameA(text, &size));
    size = 64;
    said("computer", GetComputerNameA(text, &size) && size == strlen(text));

    printf("numbers\n");
    printf("%d %d %d %d %d %d %d\n", MulDiv(10, 7, 4), MulDiv(-10, 7, 4), MulDiv(1, 1, 2), MulDiv(1, 1, 0),
           MulDiv(2000000000, 2, 1), MulDiv(2000000000, 2000000000, 2000000000), MulDiv(5, 1, -2));
    QueryPerformanceFrequency(&frequency);
    said("frequency", frequency.QuadPart >= 1000000);

    printf("modules\n");
    module = GetModuleHandleA("kernel32.dll");
    said("system", module != NULL && module == LoadLibraryA("KERNEL32"));
    said("function", GetProcAddress(module, "GetTickCount64") != NULL);
    said("no function", GetProcAddress(module, "GetRatCount") != NULL);
    said("case matters", GetProcAddress(module, "gettickcount64") != NULL);
    module = LoadLibraryA("user32.dll");
    SetLastError(0);
    said("user32", GetProcAddress(module, "CreateWindowExW") != NULL);
    module = GetModuleHandleA("kernel32");
    said("called", ((DWORD(WINAPI*)(void))(void*)GetProcAddress(module, "GetCurrentThreadId"))() == GetCurrentThreadId());
    said("no module", LoadLibraryA("rat-no-such-library") != NULL);
    said("no module", GetModuleHandleA("rat-no-such-library") != NULL);
    said("free", FreeLibrary(module));
    said("free nothing", FreeLibrary((HMODULE)(ULONG_PTR)0x12340000));
    said("file of nothing", GetModuleFileNameA((HMODULE)(ULONG_PTR)0x12340000, text, sizeof text));
    return 0;
}
