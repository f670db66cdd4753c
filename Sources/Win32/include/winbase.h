/** @file winbase.h
 *  kernel32, as far as message programs use it: threads, waiting, locks, memory, strings.
 */
#ifndef RAT_WINBASE_H
#define RAT_WINBASE_H

#include "windef.h"
#include "winerror.h"

RAT_BEGIN_C

#define INFINITE 0xFFFFFFFF
#define WAIT_OBJECT_0 STATUS_WAIT_0
#define WAIT_ABANDONED STATUS_ABANDONED_WAIT_0
#define WAIT_ABANDONED_0 STATUS_ABANDONED_WAIT_0
#define WAIT_IO_COMPLETION STATUS_USER_APC
#define WAIT_FAILED ((DWORD)0xFFFFFFFF)
#define STILL_ACTIVE STATUS_PENDING
#define INVALID_HANDLE_VALUE ((HANDLE)(LONG_PTR)-1)

typedef struct _SECURITY_ATTRIBUTES {
    DWORD nLength;
    LPVOID lpSecurityDescriptor;
    BOOL bInheritHandle;
} SECURITY_ATTRIBUTES, *PSECURITY_ATTRIBUTES, *LPSECURITY_ATTRIBUTES;

typedef struct _SYSTEMTIME {
    WORD wYear;
    WORD wMonth;
    WORD wDayOfWeek;
    WORD wDay;
    WORD wHour;
    WORD wMinute;
    WORD wSecond;
    WORD wMilliseconds;
} SYSTEMTIME, *PSYSTEMTIME, *LPSYSTEMTIME;

typedef RTL_CRITICAL_SECTION CRITICAL_SECTION;
typedef PRTL_CRITICAL_SECTION PCRITICAL_SECTION, LPCRITICAL_SECTION;
typedef RTL_SRWLOCK SRWLOCK, *PSRWLOCK;
#define SRWLOCK_INIT RTL_SRWLOCK_INIT
typedef RTL_CONDITION_VARIABLE CONDITION_VARIABLE, *PCONDITION_VARIABLE;
#define CONDITION_VARIABLE_INIT RTL_CONDITION_VARIABLE_INIT
#define CONDITION_VARIABLE_LOCKMODE_SHARED 0x1
typedef RTL_RUN_ONCE INIT_ONCE, *PINIT_ONCE, *LPINIT_ONCE;
#define INIT_ONCE_STATIC_INIT RTL_RUN_ONCE_INIT
#define INIT_ONCE_CHECK_ONLY 0x1
#define INIT_ONCE_ASYNC 0x2
#define INIT_ONCE_INIT_FAILED 0x4

typedef DWORD(WINAPI* PTHREAD_START_ROUTINE)(LPVOID parameter);
typedef PTHREAD_START_ROUTINE LPTHREAD_START_ROUTINE;
typedef VOID(NTAPI* PAPCFUNC)(ULONG_PTR data);
typedef VOID(WINAPI* PTIMERAPCROUTINE)(LPVOID argument, DWORD timerLow, DWORD timerHigh);
typedef BOOL(WINAPI* PINIT_ONCE_FN)(PINIT_ONCE once, PVOID parameter, PVOID* context);

/* -- Errors and the process -------------------------------------------------------------------- */

RAT_WIN32(DWORD, GetLastError, (VOID));
RAT_WIN32(VOID, SetLastError, (DWORD error));
#define FORMAT_MESSAGE_ALLOCATE_BUFFER 0x00000100
#define FORMAT_MESSAGE_IGNORE_INSERTS 0x00000200
#define FORMAT_MESSAGE_FROM_STRING 0x00000400
#define FORMAT_MESSAGE_FROM_SYSTEM 0x00001000
#define FORMAT_MESSAGE_ARGUMENT_ARRAY 0x00002000
#define FORMAT_MESSAGE_MAX_WIDTH_MASK 0x000000FF
RAT_WIN32(DWORD, FormatMessageA,
          (DWORD flags, LPCVOID source, DWORD message, DWORD language, LPSTR buffer, DWORD size,
           va_list* arguments));
RAT_WIN32(DWORD, FormatMessageW,
          (DWORD flags, LPCVOID source, DWORD message, DWORD language, LPWSTR buffer, DWORD size,
           va_list* arguments));
#define FormatMessage RAT_AW(FormatMessage)
RAT_WIN32(VOID, OutputDebugStringA, (LPCSTR text));
RAT_WIN32(VOID, OutputDebugStringW, (LPCWSTR text));
#define OutputDebugString RAT_AW(OutputDebugString)
RAT_WIN32(BOOL, IsDebuggerPresent, (VOID));
RAT_WIN32(VOID, DebugBreak, (VOID));

RAT_WIN32(HMODULE, GetModuleHandleA, (LPCSTR name));
RAT_WIN32(HMODULE, GetModuleHandleW, (LPCWSTR name));
#define GetModuleHandle RAT_AW(GetModuleHandle)
RAT_WIN32(DWORD, GetModuleFileNameA, (HMODULE module, LPSTR buffer, DWORD size));
RAT_WIN32(DWORD, GetModuleFileNameW, (HMODULE module, LPWSTR buffer, DWORD size));
#define GetModuleFileName RAT_AW(GetModuleFileName)
/* Of the program, of what it loads, and of Win32's own libraries, which are one here. */
RAT_WIN32(HMODULE, LoadLibraryA, (LPCSTR name));
RAT_WIN32(HMODULE, LoadLibraryW, (LPCWSTR name));
#define LoadLibrary RAT_AW(LoadLibrary)
RAT_WIN32(BOOL, FreeLibrary, (HMODULE module));
RAT_WIN32_NORETURN(FreeLibraryAndExitThread, (HMODULE module, DWORD code));
RAT_WIN32(BOOL, DisableThreadLibraryCalls, (HMODULE module));
RAT_WIN32(FARPROC, GetProcAddress, (HMODULE module, LPCSTR name));
RAT_WIN32(LPSTR, GetCommandLineA, (VOID));
RAT_WIN32(LPWSTR, GetCommandLineW, (VOID));
#define GetCommandLine RAT_AW(GetCommandLine)
RAT_WIN32_NORETURN(ExitProcess, (UINT code));
RAT_WIN32(HANDLE, GetCurrentProcess, (VOID));
RAT_WIN32(DWORD, GetCurrentProcessId, (VOID));
RAT_WIN32(HANDLE, OpenProcess, (DWORD access, BOOL inherit, DWORD process));
RAT_WIN32(BOOL, GetExitCodeProcess, (HANDLE process, LPDWORD code));

/* -- The environment and the machine ----------------------------------------------------------- */

/* Paths are Linux's. */
RAT_WIN32(DWORD, GetEnvironmentVariableA, (LPCSTR name, LPSTR buffer, DWORD size));
RAT_WIN32(DWORD, GetEnvironmentVariableW, (LPCWSTR name, LPWSTR buffer, DWORD size));
#define GetEnvironmentVariable RAT_AW(GetEnvironmentVariable)
RAT_WIN32(BOOL, SetEnvironmentVariableA, (LPCSTR name, LPCSTR value));
RAT_WIN32(BOOL, SetEnvironmentVariableW, (LPCWSTR name, LPCWSTR value));
#define SetEnvironmentVariable RAT_AW(SetEnvironmentVariable)
RAT_WIN32(DWORD, ExpandEnvironmentStringsA, (LPCSTR text, LPSTR buffer, DWORD size));
RAT_WIN32(DWORD, ExpandEnvironmentStringsW, (LPCWSTR text, LPWSTR buffer, DWORD size));
#define ExpandEnvironmentStrings RAT_AW(ExpandEnvironmentStrings)
RAT_WIN32(DWORD, GetTempPathA, (DWORD size, LPSTR buffer));
RAT_WIN32(DWORD, GetTempPathW, (DWORD size, LPWSTR buffer));
#define GetTempPath RAT_AW(GetTempPath)
RAT_WIN32(DWORD, GetCurrentDirectoryA, (DWORD size, LPSTR buffer));
RAT_WIN32(DWORD, GetCurrentDirectoryW, (DWORD size, LPWSTR buffer));
#define GetCurrentDirectory RAT_AW(GetCurrentDirectory)
RAT_WIN32(BOOL, SetCurrentDirectoryA, (LPCSTR path));
RAT_WIN32(BOOL, SetCurrentDirectoryW, (LPCWSTR path));
#define SetCurrentDirectory RAT_AW(SetCurrentDirectory)
#define MAX_COMPUTERNAME_LENGTH 15
#define UNLEN 256
RAT_WIN32(BOOL, GetComputerNameA, (LPSTR buffer, LPDWORD size));
RAT_WIN32(BOOL, GetComputerNameW, (LPWSTR buffer, LPDWORD size));
#define GetComputerName RAT_AW(GetComputerName)
RAT_WIN32(BOOL, GetUserNameA, (LPSTR buffer, LPDWORD size));
RAT_WIN32(BOOL, GetUserNameW, (LPWSTR buffer, LPDWORD size));
#define GetUserName RAT_AW(GetUserName)

#define PROCESSOR_ARCHITECTURE_INTEL 0
#define PROCESSOR_ARCHITECTURE_AMD64 9
#define PROCESSOR_ARCHITECTURE_ARM64 12
#define PROCESSOR_AMD_X8664 8664

typedef struct _SYSTEM_INFO {
    __extension__ union {
        DWORD dwOemId;
        __extension__ struct {
            WORD wProcessorArchitecture;
            WORD wReserved;
        };
    };
    DWORD dwPageSize;
    LPVOID lpMinimumApplicationAddress;
    LPVOID lpMaximumApplicationAddress;
    DWORD_PTR dwActiveProcessorMask;
    DWORD dwNumberOfProcessors;
    DWORD dwProcessorType;
    DWORD dwAllocationGranularity;
    WORD wProcessorLevel;
    WORD wProcessorRevision;
} SYSTEM_INFO, *LPSYSTEM_INFO;

typedef struct _MEMORYSTATUSEX {
    DWORD dwLength;
    DWORD dwMemoryLoad;
    DWORDLONG ullTotalPhys;
    DWORDLONG ullAvailPhys;
    DWORDLONG ullTotalPageFile;
    DWORDLONG ullAvailPageFile;
    DWORDLONG ullTotalVirtual;
    DWORDLONG ullAvailVirtual;
    DWORDLONG ullAvailExtendedVirtual;
} MEMORYSTATUSEX, *LPMEMORYSTATUSEX;

RAT_WIN32(VOID, GetSystemInfo, (LPSYSTEM_INFO info));
RAT_WIN32(VOID, GetNativeSystemInfo, (LPSYSTEM_INFO info));
RAT_WIN32(BOOL, GlobalMemoryStatusEx, (LPMEMORYSTATUSEX status));

typedef struct _OSVERSIONINFOA {
    DWORD dwOSVersionInfoSize;
    DWORD dwMajorVersion;
    DWORD dwMinorVersion;
    DWORD dwBuildNumber;
    DWORD dwPlatformId;
    CHAR szCSDVersion[128];
} OSVERSIONINFOA, *POSVERSIONINFOA, *LPOSVERSIONINFOA;

typedef struct _OSVERSIONINFOW {
    DWORD dwOSVersionInfoSize;
    DWORD dwMajorVersion;
    DWORD dwMinorVersion;
    DWORD dwBuildNumber;
    DWORD dwPlatformId;
    WCHAR szCSDVersion[128];
} OSVERSIONINFOW, *POSVERSIONINFOW, *LPOSVERSIONINFOW;

#define OSVERSIONINFO RAT_AW(OSVERSIONINFO)
#define LPOSVERSIONINFO RAT_AW(LPOSVERSIONINFO)
#define VER_PLATFORM_WIN32s 0
#define VER_PLATFORM_WIN32_WINDOWS 1
#define VER_PLATFORM_WIN32_NT 2
/* What Windows 8 and later tell programs that name no later version: 6.2, build 9200. */
RAT_WIN32(DWORD, GetVersion, (VOID));
RAT_WIN32(BOOL, GetVersionExA, (LPOSVERSIONINFOA info));
RAT_WIN32(BOOL, GetVersionExW, (LPOSVERSIONINFOW info));
#define GetVersionEx RAT_AW(GetVersionEx)
RAT_WIN32(int, MulDiv, (int number, int numerator, int denominator));

/* -- Threads ----------------------------------------------------------------------------------- */

#define CREATE_SUSPENDED 0x00000004
#define STACK_SIZE_PARAM_IS_A_RESERVATION 0x00010000
#define TLS_OUT_OF_INDEXES ((DWORD)0xFFFFFFFF)
#define TLS_MINIMUM_AVAILABLE 64

RAT_WIN32(HANDLE, CreateThread,
          (LPSECURITY_ATTRIBUTES security, SIZE_T stackSize, LPTHREAD_START_ROUTINE start,
           LPVOID parameter, DWORD flags, LPDWORD thread));
RAT_WIN32(DWORD, ResumeThread, (HANDLE thread));
RAT_WIN32_NORETURN(ExitThread, (DWORD code));
RAT_WIN32(BOOL, GetExitCodeThread, (HANDLE thread, LPDWORD code));
RAT_WIN32(HANDLE, GetCurrentThread, (VOID));
RAT_WIN32(DWORD, GetCurrentThreadId, (VOID));
RAT_WIN32(DWORD, GetThreadId, (HANDLE thread));
#define THREAD_PRIORITY_IDLE (-15)
#define THREAD_PRIORITY_LOWEST (-2)
#define THREAD_PRIORITY_BELOW_NORMAL (-1)
#define THREAD_PRIORITY_NORMAL 0
#define THREAD_PRIORITY_ABOVE_NORMAL 1
#define THREAD_PRIORITY_HIGHEST 2
#define THREAD_PRIORITY_TIME_CRITICAL 15
#define THREAD_PRIORITY_ERROR_RETURN MAXLONG
RAT_WIN32(BOOL, SetThreadPriority, (HANDLE thread, int priority));
RAT_WIN32(int, GetThreadPriority, (HANDLE thread));
RAT_WIN32(BOOL, SwitchToThread, (VOID));
RAT_WIN32(VOID, Sleep, (DWORD milliseconds));
RAT_WIN32(DWORD, SleepEx, (DWORD milliseconds, BOOL alertable));
RAT_WIN32(DWORD, QueueUserAPC, (PAPCFUNC function, HANDLE thread, ULONG_PTR data));
RAT_WIN32(DWORD, TlsAlloc, (VOID));
RAT_WIN32(BOOL, TlsFree, (DWORD index));
RAT_WIN32(LPVOID, TlsGetValue, (DWORD index));
RAT_WIN32(BOOL, TlsSetValue, (DWORD index, LPVOID value));

/* -- Objects and waiting ----------------------------------------------------------------------- */

RAT_WIN32(BOOL, CloseHandle, (HANDLE object));
RAT_WIN32(BOOL, DuplicateHandle,
          (HANDLE sourceProcess, HANDLE source, HANDLE targetProcess, LPHANDLE target, DWORD access,
           BOOL inherit, DWORD options));
RAT_WIN32(DWORD, WaitForSingleObject, (HANDLE object, DWORD milliseconds));
RAT_WIN32(DWORD, WaitForSingleObjectEx, (HANDLE object, DWORD milliseconds, BOOL alertable));
RAT_WIN32(DWORD, WaitForMultipleObjects,
          (DWORD count, const HANDLE* objects, BOOL all, DWORD milliseconds));
RAT_WIN32(DWORD, WaitForMultipleObjectsEx,
          (DWORD count, const HANDLE* objects, BOOL all, DWORD milliseconds, BOOL alertable));
RAT_WIN32(DWORD, SignalObjectAndWait,
          (HANDLE signalled, HANDLE object, DWORD milliseconds, BOOL alertable));

RAT_WIN32(HANDLE, CreateEventA,
          (LPSECURITY_ATTRIBUTES security, BOOL manualReset, BOOL initialState, LPCSTR name));
RAT_WIN32(HANDLE, CreateEventW,
          (LPSECURITY_ATTRIBUTES security, BOOL manualReset, BOOL initialState, LPCWSTR name));
#define CreateEvent RAT_AW(CreateEvent)
RAT_WIN32(HANDLE, OpenEventA, (DWORD access, BOOL inherit, LPCSTR name));
RAT_WIN32(HANDLE, OpenEventW, (DWORD access, BOOL inherit, LPCWSTR name));
#define OpenEvent RAT_AW(OpenEvent)
RAT_WIN32(BOOL, SetEvent, (HANDLE event));
RAT_WIN32(BOOL, ResetEvent, (HANDLE event));

RAT_WIN32(HANDLE, CreateMutexA, (LPSECURITY_ATTRIBUTES security, BOOL owned, LPCSTR name));
RAT_WIN32(HANDLE, CreateMutexW, (LPSECURITY_ATTRIBUTES security, BOOL owned, LPCWSTR name));
#define CreateMutex RAT_AW(CreateMutex)
RAT_WIN32(HANDLE, OpenMutexA, (DWORD access, BOOL inherit, LPCSTR name));
RAT_WIN32(HANDLE, OpenMutexW, (DWORD access, BOOL inherit, LPCWSTR name));
#define OpenMutex RAT_AW(OpenMutex)
RAT_WIN32(BOOL, ReleaseMutex, (HANDLE mutex));

RAT_WIN32(HANDLE, CreateSemaphoreA,
          (LPSECURITY_ATTRIBUTES security, LONG initialCount, LONG maximumCount, LPCSTR name));
RAT_WIN32(HANDLE, CreateSemaphoreW,
          (LPSECURITY_ATTRIBUTES security, LONG initialCount, LONG maximumCount, LPCWSTR name));
#define CreateSemaphore RAT_AW(CreateSemaphore)
RAT_WIN32(HANDLE, OpenSemaphoreA, (DWORD access, BOOL inherit, LPCSTR name));
RAT_WIN32(HANDLE, OpenSemaphoreW, (DWORD access, BOOL inherit, LPCWSTR name));
#define OpenSemaphore RAT_AW(OpenSemaphore)
RAT_WIN32(BOOL, ReleaseSemaphore, (HANDLE semaphore, LONG count, LPLONG previous));

/* Without names. */
RAT_WIN32(HANDLE, CreateWaitableTimerA,
          (LPSECURITY_ATTRIBUTES security, BOOL manualReset, LPCSTR name));
RAT_WIN32(HANDLE, CreateWaitableTimerW,
          (LPSECURITY_ATTRIBUTES security, BOOL manualReset, LPCWSTR name));
#define CreateWaitableTimer RAT_AW(CreateWaitableTimer)
RAT_WIN32(BOOL, SetWaitableTimer,
          (HANDLE timer, const LARGE_INTEGER* due, LONG period, PTIMERAPCROUTINE routine,
           LPVOID argument, BOOL resume));
RAT_WIN32(BOOL, CancelWaitableTimer, (HANDLE timer));

#define FILE_MAP_COPY SECTION_QUERY
#define FILE_MAP_WRITE SECTION_MAP_WRITE
#define FILE_MAP_READ SECTION_MAP_READ
#define FILE_MAP_ALL_ACCESS SECTION_ALL_ACCESS
RAT_WIN32(HANDLE, CreateFileMappingA,
          (HANDLE file, LPSECURITY_ATTRIBUTES security, DWORD protection, DWORD sizeHigh,
           DWORD sizeLow, LPCSTR name));
RAT_WIN32(HANDLE, CreateFileMappingW,
          (HANDLE file, LPSECURITY_ATTRIBUTES security, DWORD protection, DWORD sizeHigh,
           DWORD sizeLow, LPCWSTR name));
#define CreateFileMapping RAT_AW(CreateFileMapping)
RAT_WIN32(HANDLE, OpenFileMappingA, (DWORD access, BOOL inherit, LPCSTR name));
RAT_WIN32(HANDLE, OpenFileMappingW, (DWORD access, BOOL inherit, LPCWSTR name));
#define OpenFileMapping RAT_AW(OpenFileMapping)
RAT_WIN32(LPVOID, MapViewOfFile,
          (HANDLE mapping, DWORD access, DWORD offsetHigh, DWORD offsetLow, SIZE_T size));
RAT_WIN32(BOOL, UnmapViewOfFile, (LPCVOID address));

/* -- Work for other threads -------------------------------------------------------------------- */

#define WT_EXECUTEDEFAULT 0x00000000
#define WT_EXECUTEINIOTHREAD 0x00000001
#define WT_EXECUTEONLYONCE 0x00000008
#define WT_EXECUTELONGFUNCTION 0x00000010
#define WT_EXECUTEINTIMERTHREAD 0x00000020
#define WT_EXECUTEINPERSISTENTTHREAD 0x00000080
typedef VOID(NTAPI* WAITORTIMERCALLBACK)(PVOID parameter, BOOLEAN timerOrWait);

RAT_WIN32(BOOL, QueueUserWorkItem,
          (LPTHREAD_START_ROUTINE function, PVOID context, ULONG flags));
RAT_WIN32(HANDLE, CreateTimerQueue, (VOID));
RAT_WIN32(BOOL, DeleteTimerQueue, (HANDLE queue));
RAT_WIN32(BOOL, DeleteTimerQueueEx, (HANDLE queue, HANDLE completion));
RAT_WIN32(BOOL, CreateTimerQueueTimer,
          (PHANDLE timer, HANDLE queue, WAITORTIMERCALLBACK function, PVOID parameter, DWORD due,
           DWORD period, ULONG flags));
RAT_WIN32(BOOL, ChangeTimerQueueTimer, (HANDLE queue, HANDLE timer, ULONG due, ULONG period));
RAT_WIN32(BOOL, DeleteTimerQueueTimer, (HANDLE queue, HANDLE timer, HANDLE completion));

/* -- Files ------------------------------------------------------------------------------------- */

#define CREATE_NEW 1
#define CREATE_ALWAYS 2
#define OPEN_EXISTING 3
#define OPEN_ALWAYS 4
#define TRUNCATE_EXISTING 5
#define FILE_FLAG_WRITE_THROUGH 0x80000000
#define FILE_FLAG_OVERLAPPED 0x40000000
#define FILE_FLAG_RANDOM_ACCESS 0x10000000
#define FILE_FLAG_SEQUENTIAL_SCAN 0x08000000
#define FILE_FLAG_DELETE_ON_CLOSE 0x04000000
#define FILE_BEGIN 0
#define FILE_CURRENT 1
#define FILE_END 2
#define INVALID_FILE_SIZE ((DWORD)0xFFFFFFFF)
#define INVALID_SET_FILE_POINTER ((DWORD)0xFFFFFFFF)
#define INVALID_FILE_ATTRIBUTES ((DWORD)0xFFFFFFFF)
#define FILE_TYPE_UNKNOWN 0x0000
#define FILE_TYPE_DISK 0x0001
#define FILE_TYPE_CHAR 0x0002
#define FILE_TYPE_PIPE 0x0003
#define STD_INPUT_HANDLE ((DWORD)-10)
#define STD_OUTPUT_HANDLE ((DWORD)-11)
#define STD_ERROR_HANDLE ((DWORD)-12)
#define MOVEFILE_REPLACE_EXISTING 0x00000001
#define MOVEFILE_COPY_ALLOWED 0x00000002
#define MOVEFILE_WRITE_THROUGH 0x00000008

typedef struct _OVERLAPPED {
    ULONG_PTR Internal;
    ULONG_PTR InternalHigh;
    __extension__ union {
        __extension__ struct {
            DWORD Offset;
            DWORD OffsetHigh;
        };
        PVOID Pointer;
    };
    HANDLE hEvent;
} OVERLAPPED, *LPOVERLAPPED;

/* One call after the other: FILE_FLAG_OVERLAPPED is refused. Paths are Linux's; a backslash is a
 * slash. Sharing is watched within this process. */
RAT_WIN32(HANDLE, CreateFileA,
          (LPCSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security,
           DWORD disposition, DWORD flags, HANDLE model));
RAT_WIN32(HANDLE, CreateFileW,
          (LPCWSTR name, DWORD access, DWORD share, LPSECURITY_ATTRIBUTES security,
           DWORD disposition, DWORD flags, HANDLE model));
#define CreateFile RAT_AW(CreateFile)
RAT_WIN32(BOOL, ReadFile,
          (HANDLE file, LPVOID buffer, DWORD size, LPDWORD read, LPOVERLAPPED overlapped));
RAT_WIN32(BOOL, WriteFile,
          (HANDLE file, LPCVOID buffer, DWORD size, LPDWORD written, LPOVERLAPPED overlapped));
RAT_WIN32(DWORD, SetFilePointer, (HANDLE file, LONG distance, PLONG high, DWORD from));
RAT_WIN32(BOOL, SetFilePointerEx,
          (HANDLE file, LARGE_INTEGER distance, PLARGE_INTEGER place, DWORD from));
RAT_WIN32(DWORD, GetFileSize, (HANDLE file, LPDWORD high));
RAT_WIN32(BOOL, GetFileSizeEx, (HANDLE file, PLARGE_INTEGER size));
RAT_WIN32(BOOL, SetEndOfFile, (HANDLE file));
RAT_WIN32(BOOL, FlushFileBuffers, (HANDLE file));
RAT_WIN32(DWORD, GetFileType, (HANDLE file));
RAT_WIN32(HANDLE, GetStdHandle, (DWORD which));
RAT_WIN32(DWORD, GetFileAttributesA, (LPCSTR name));
RAT_WIN32(DWORD, GetFileAttributesW, (LPCWSTR name));
#define GetFileAttributes RAT_AW(GetFileAttributes)
RAT_WIN32(BOOL, DeleteFileA, (LPCSTR name));
RAT_WIN32(BOOL, DeleteFileW, (LPCWSTR name));
#define DeleteFile RAT_AW(DeleteFile)
RAT_WIN32(BOOL, CreateDirectoryA, (LPCSTR name, LPSECURITY_ATTRIBUTES security));
RAT_WIN32(BOOL, CreateDirectoryW, (LPCWSTR name, LPSECURITY_ATTRIBUTES security));
#define CreateDirectory RAT_AW(CreateDirectory)
RAT_WIN32(BOOL, RemoveDirectoryA, (LPCSTR name));
RAT_WIN32(BOOL, RemoveDirectoryW, (LPCWSTR name));
#define RemoveDirectory RAT_AW(RemoveDirectory)
RAT_WIN32(BOOL, CopyFileA, (LPCSTR from, LPCSTR to, BOOL failIfExists));
RAT_WIN32(BOOL, CopyFileW, (LPCWSTR from, LPCWSTR to, BOOL failIfExists));
#define CopyFile RAT_AW(CopyFile)
RAT_WIN32(BOOL, MoveFileA, (LPCSTR from, LPCSTR to));
RAT_WIN32(BOOL, MoveFileW, (LPCWSTR from, LPCWSTR to));
#define MoveFile RAT_AW(MoveFile)
RAT_WIN32(BOOL, MoveFileExA, (LPCSTR from, LPCSTR to, DWORD flags));
RAT_WIN32(BOOL, MoveFileExW, (LPCWSTR from, LPCWSTR to, DWORD flags));
#define MoveFileEx RAT_AW(MoveFileEx)

typedef struct _WIN32_FIND_DATAA {
    DWORD dwFileAttributes;
    FILETIME ftCreationTime;
    FILETIME ftLastAccessTime;
    FILETIME ftLastWriteTime;
    DWORD nFileSizeHigh;
    DWORD nFileSizeLow;
    DWORD dwReserved0;
    DWORD dwReserved1;
    CHAR cFileName[MAX_PATH];
    CHAR cAlternateFileName[14];
} WIN32_FIND_DATAA, *PWIN32_FIND_DATAA, *LPWIN32_FIND_DATAA;

typedef struct _WIN32_FIND_DATAW {
    DWORD dwFileAttributes;
    FILETIME ftCreationTime;
    FILETIME ftLastAccessTime;
    FILETIME ftLastWriteTime;
    DWORD nFileSizeHigh;
    DWORD nFileSizeLow;
    DWORD dwReserved0;
    DWORD dwReserved1;
    WCHAR cFileName[MAX_PATH];
    WCHAR cAlternateFileName[14];
} WIN32_FIND_DATAW, *PWIN32_FIND_DATAW, *LPWIN32_FIND_DATAW;

#define WIN32_FIND_DATA RAT_AW(WIN32_FIND_DATA)
#define PWIN32_FIND_DATA RAT_AW(PWIN32_FIND_DATA)
#define LPWIN32_FIND_DATA RAT_AW(LPWIN32_FIND_DATA)
RAT_WIN32(HANDLE, FindFirstFileA, (LPCSTR name, LPWIN32_FIND_DATAA data));
RAT_WIN32(HANDLE, FindFirstFileW, (LPCWSTR name, LPWIN32_FIND_DATAW data));
#define FindFirstFile RAT_AW(FindFirstFile)
RAT_WIN32(BOOL, FindNextFileA, (HANDLE search, LPWIN32_FIND_DATAA data));
RAT_WIN32(BOOL, FindNextFileW, (HANDLE search, LPWIN32_FIND_DATAW data));
#define FindNextFile RAT_AW(FindNextFile)
RAT_WIN32(BOOL, FindClose, (HANDLE search));

/* Settings in .ini files. A name without a directory is in the user's directory of settings. */
RAT_WIN32(DWORD, GetPrivateProfileStringA,
          (LPCSTR section, LPCSTR key, LPCSTR otherwise, LPSTR buffer, DWORD size, LPCSTR file));
RAT_WIN32(DWORD, GetPrivateProfileStringW,
          (LPCWSTR section, LPCWSTR key, LPCWSTR otherwise, LPWSTR buffer, DWORD size,
           LPCWSTR file));
#define GetPrivateProfileString RAT_AW(GetPrivateProfileString)
RAT_WIN32(UINT, GetPrivateProfileIntA, (LPCSTR section, LPCSTR key, INT otherwise, LPCSTR file));
RAT_WIN32(UINT, GetPrivateProfileIntW,
          (LPCWSTR section, LPCWSTR key, INT otherwise, LPCWSTR file));
#define GetPrivateProfileInt RAT_AW(GetPrivateProfileInt)
RAT_WIN32(BOOL, WritePrivateProfileStringA,
          (LPCSTR section, LPCSTR key, LPCSTR value, LPCSTR file));
RAT_WIN32(BOOL, WritePrivateProfileStringW,
          (LPCWSTR section, LPCWSTR key, LPCWSTR value, LPCWSTR file));
#define WritePrivateProfileString RAT_AW(WritePrivateProfileString)

/* -- Locks in memory --------------------------------------------------------------------------- */

RAT_WIN32(VOID, InitializeCriticalSection, (LPCRITICAL_SECTION section));
RAT_WIN32(BOOL, InitializeCriticalSectionAndSpinCount, (LPCRITICAL_SECTION section, DWORD spins));
RAT_WIN32(BOOL, InitializeCriticalSectionEx,
          (LPCRITICAL_SECTION section, DWORD spins, DWORD flags));
RAT_WIN32(DWORD, SetCriticalSectionSpinCount, (LPCRITICAL_SECTION section, DWORD spins));
RAT_WIN32(VOID, EnterCriticalSection, (LPCRITICAL_SECTION section));
RAT_WIN32(BOOL, TryEnterCriticalSection, (LPCRITICAL_SECTION section));
RAT_WIN32(VOID, LeaveCriticalSection, (LPCRITICAL_SECTION section));
RAT_WIN32(VOID, DeleteCriticalSection, (LPCRITICAL_SECTION section));

RAT_WIN32(VOID, InitializeSRWLock, (PSRWLOCK lock));
RAT_WIN32(VOID, AcquireSRWLockExclusive, (PSRWLOCK lock));
RAT_WIN32(VOID, AcquireSRWLockShared, (PSRWLOCK lock));
RAT_WIN32(BOOLEAN, TryAcquireSRWLockExclusive, (PSRWLOCK lock));
RAT_WIN32(BOOLEAN, TryAcquireSRWLockShared, (PSRWLOCK lock));
RAT_WIN32(VOID, ReleaseSRWLockExclusive, (PSRWLOCK lock));
RAT_WIN32(VOID, ReleaseSRWLockShared, (PSRWLOCK lock));

RAT_WIN32(VOID, InitializeConditionVariable, (PCONDITION_VARIABLE condition));
RAT_WIN32(BOOL, SleepConditionVariableCS,
          (PCONDITION_VARIABLE condition, PCRITICAL_SECTION section, DWORD milliseconds));
RAT_WIN32(BOOL, SleepConditionVariableSRW,
          (PCONDITION_VARIABLE condition, PSRWLOCK lock, DWORD milliseconds, ULONG flags));
RAT_WIN32(VOID, WakeConditionVariable, (PCONDITION_VARIABLE condition));
RAT_WIN32(VOID, WakeAllConditionVariable, (PCONDITION_VARIABLE condition));

RAT_WIN32(VOID, InitOnceInitialize, (PINIT_ONCE once));
RAT_WIN32(BOOL, InitOnceExecuteOnce,
          (PINIT_ONCE once, PINIT_ONCE_FN function, PVOID parameter, LPVOID* context));
RAT_WIN32(BOOL, InitOnceBeginInitialize,
          (LPINIT_ONCE once, DWORD flags, BOOL* pending, LPVOID* context));
RAT_WIN32(BOOL, InitOnceComplete, (LPINIT_ONCE once, DWORD flags, LPVOID context));

RAT_END_C

#include "ratinterlocked.h"

RAT_BEGIN_C

/* -- Time -------------------------------------------------------------------------------------- */

RAT_WIN32(DWORD, GetTickCount, (VOID));
RAT_WIN32(ULONGLONG, GetTickCount64, (VOID));
RAT_WIN32(BOOL, QueryPerformanceCounter, (LARGE_INTEGER* count));
RAT_WIN32(BOOL, QueryPerformanceFrequency, (LARGE_INTEGER* frequency));
RAT_WIN32(VOID, GetSystemTimeAsFileTime, (LPFILETIME time));
RAT_WIN32(VOID, GetSystemTime, (LPSYSTEMTIME time));
RAT_WIN32(VOID, GetLocalTime, (LPSYSTEMTIME time));
RAT_WIN32(VOID, GetSystemTimePreciseAsFileTime, (LPFILETIME time));
RAT_WIN32(LONG, CompareFileTime, (const FILETIME* a, const FILETIME* b));
RAT_WIN32(BOOL, FileTimeToSystemTime, (const FILETIME* time, LPSYSTEMTIME out));
RAT_WIN32(BOOL, SystemTimeToFileTime, (const SYSTEMTIME* time, LPFILETIME out));
RAT_WIN32(BOOL, FileTimeToLocalFileTime, (const FILETIME* time, LPFILETIME out));
RAT_WIN32(BOOL, LocalFileTimeToFileTime, (const FILETIME* time, LPFILETIME out));

/* -- Memory ------------------------------------------------------------------------------------ */

#define LMEM_FIXED 0x0000
#define LMEM_MOVEABLE 0x0002
#define LMEM_ZEROINIT 0x0040
#define LMEM_INVALID_HANDLE 0x8000
#define LHND (LMEM_MOVEABLE | LMEM_ZEROINIT)
#define LPTR (LMEM_FIXED | LMEM_ZEROINIT)
#define NONZEROLHND LMEM_MOVEABLE
#define NONZEROLPTR LMEM_FIXED
#define GMEM_FIXED 0x0000
#define GMEM_MOVEABLE 0x0002
#define GMEM_ZEROINIT 0x0040
#define GMEM_SHARE 0x2000
#define GMEM_DDESHARE 0x2000
#define GMEM_INVALID_HANDLE 0x8000
#define GHND (GMEM_MOVEABLE | GMEM_ZEROINIT)
#define GPTR (GMEM_FIXED | GMEM_ZEROINIT)

RAT_WIN32(HANDLE, GetProcessHeap, (VOID));
RAT_WIN32(HANDLE, HeapCreate, (DWORD flags, SIZE_T initialSize, SIZE_T maximumSize));
RAT_WIN32(BOOL, HeapDestroy, (HANDLE heap));
RAT_WIN32(LPVOID, HeapAlloc, (HANDLE heap, DWORD flags, SIZE_T size));
RAT_WIN32(LPVOID, HeapReAlloc, (HANDLE heap, DWORD flags, LPVOID memory, SIZE_T size));
RAT_WIN32(BOOL, HeapFree, (HANDLE heap, DWORD flags, LPVOID memory));
RAT_WIN32(SIZE_T, HeapSize, (HANDLE heap, DWORD flags, LPCVOID memory));
RAT_WIN32(HLOCAL, LocalAlloc, (UINT flags, SIZE_T size));
RAT_WIN32(HLOCAL, LocalReAlloc, (HLOCAL memory, SIZE_T size, UINT flags));
RAT_WIN32(HLOCAL, LocalFree, (HLOCAL memory));
RAT_WIN32(LPVOID, LocalLock, (HLOCAL memory));
RAT_WIN32(BOOL, LocalUnlock, (HLOCAL memory));
RAT_WIN32(SIZE_T, LocalSize, (HLOCAL memory));
RAT_WIN32(HLOCAL, LocalHandle, (LPCVOID memory));
RAT_WIN32(HGLOBAL, GlobalAlloc, (UINT flags, SIZE_T size));
RAT_WIN32(HGLOBAL, GlobalReAlloc, (HGLOBAL memory, SIZE_T size, UINT flags));
RAT_WIN32(HGLOBAL, GlobalFree, (HGLOBAL memory));
RAT_WIN32(LPVOID, GlobalLock, (HGLOBAL memory));
RAT_WIN32(BOOL, GlobalUnlock, (HGLOBAL memory));
RAT_WIN32(SIZE_T, GlobalSize, (HGLOBAL memory));
RAT_WIN32(HGLOBAL, GlobalHandle, (LPCVOID memory));
RAT_WIN32(LPVOID, VirtualAlloc, (LPVOID address, SIZE_T size, DWORD kind, DWORD protection));
RAT_WIN32(BOOL, VirtualFree, (LPVOID address, SIZE_T size, DWORD kind));
#define MoveMemory RtlMoveMemory
#define CopyMemory RtlCopyMemory
#define FillMemory RtlFillMemory
#define ZeroMemory RtlZeroMemory
#define SecureZeroMemory RtlSecureZeroMemory
FORCEINLINE PVOID RtlSecureZeroMemory(PVOID memory, SIZE_T size)
{
    volatile char* bytes = (volatile char*)memory;
    while (size--) *bytes++ = 0;
    return memory;
}

/* -- Strings ----------------------------------------------------------------------------------- */

RAT_WIN32(int, lstrlenA, (LPCSTR text));
RAT_WIN32(int, lstrlenW, (LPCWSTR text));
#define lstrlen RAT_AW(lstrlen)
RAT_WIN32(LPSTR, lstrcpyA, (LPSTR to, LPCSTR from));
RAT_WIN32(LPWSTR, lstrcpyW, (LPWSTR to, LPCWSTR from));
#define lstrcpy RAT_AW(lstrcpy)
RAT_WIN32(LPSTR, lstrcpynA, (LPSTR to, LPCSTR from, int size));
RAT_WIN32(LPWSTR, lstrcpynW, (LPWSTR to, LPCWSTR from, int size));
#define lstrcpyn RAT_AW(lstrcpyn)
RAT_WIN32(LPSTR, lstrcatA, (LPSTR to, LPCSTR from));
RAT_WIN32(LPWSTR, lstrcatW, (LPWSTR to, LPCWSTR from));
#define lstrcat RAT_AW(lstrcat)
RAT_WIN32(int, lstrcmpA, (LPCSTR a, LPCSTR b));
RAT_WIN32(int, lstrcmpW, (LPCWSTR a, LPCWSTR b));
#define lstrcmp RAT_AW(lstrcmp)
RAT_WIN32(int, lstrcmpiA, (LPCSTR a, LPCSTR b));
RAT_WIN32(int, lstrcmpiW, (LPCWSTR a, LPCWSTR b));
#define lstrcmpi RAT_AW(lstrcmpi)

#define NORM_IGNORECASE 0x00000001
#define LINGUISTIC_IGNORECASE 0x00000010
#define SORT_STRINGSORT 0x00001000
#define NORM_LINGUISTIC_CASING 0x08000000
#define CSTR_LESS_THAN 1
#define CSTR_EQUAL 2
#define CSTR_GREATER_THAN 3
RAT_WIN32(int, CompareStringA,
          (LCID locale, DWORD flags, LPCSTR a, int aLength, LPCSTR b, int bLength));
RAT_WIN32(int, CompareStringW,
          (LCID locale, DWORD flags, LPCWSTR a, int aLength, LPCWSTR b, int bLength));
#define CompareString RAT_AW(CompareString)
RAT_WIN32(int, CompareStringOrdinal,
          (LPCWSTR a, int aLength, LPCWSTR b, int bLength, BOOL ignoreCase));

#define CP_ACP 0
#define CP_OEMCP 1
#define CP_THREAD_ACP 3
#define CP_UTF8 65001
#define MB_PRECOMPOSED 0x00000001
#define MB_ERR_INVALID_CHARS 0x00000008
#define WC_ERR_INVALID_CHARS 0x00000080
/* Every code page that there is is UTF-8. */
RAT_WIN32(int, MultiByteToWideChar,
          (UINT codePage, DWORD flags, LPCSTR from, int fromSize, LPWSTR to, int toSize));
RAT_WIN32(int, WideCharToMultiByte,
          (UINT codePage, DWORD flags, LPCWSTR from, int fromSize, LPSTR to, int toSize,
           LPCSTR defaultChar, LPBOOL usedDefault));
RAT_WIN32(UINT, GetACP, (VOID));

/* -- Atoms ------------------------------------------------------------------------------------- */

#define MAXINTATOM 0xC000
#define INVALID_ATOM ((ATOM)0)
/* The global ones are this process's too. */
RAT_WIN32(ATOM, GlobalAddAtomA, (LPCSTR name));
RAT_WIN32(ATOM, GlobalAddAtomW, (LPCWSTR name));
#define GlobalAddAtom RAT_AW(GlobalAddAtom)
RAT_WIN32(ATOM, GlobalFindAtomA, (LPCSTR name));
RAT_WIN32(ATOM, GlobalFindAtomW, (LPCWSTR name));
#define GlobalFindAtom RAT_AW(GlobalFindAtom)
RAT_WIN32(ATOM, GlobalDeleteAtom, (ATOM atom));
RAT_WIN32(UINT, GlobalGetAtomNameA, (ATOM atom, LPSTR buffer, int size));
RAT_WIN32(UINT, GlobalGetAtomNameW, (ATOM atom, LPWSTR buffer, int size));
#define GlobalGetAtomName RAT_AW(GlobalGetAtomName)
RAT_WIN32(BOOL, InitAtomTable, (DWORD size));
RAT_WIN32(ATOM, AddAtomA, (LPCSTR name));
RAT_WIN32(ATOM, AddAtomW, (LPCWSTR name));
#define AddAtom RAT_AW(AddAtom)
RAT_WIN32(ATOM, FindAtomA, (LPCSTR name));
RAT_WIN32(ATOM, FindAtomW, (LPCWSTR name));
#define FindAtom RAT_AW(FindAtom)
RAT_WIN32(ATOM, DeleteAtom, (ATOM atom));
RAT_WIN32(UINT, GetAtomNameA, (ATOM atom, LPSTR buffer, int size));
RAT_WIN32(UINT, GetAtomNameW, (ATOM atom, LPWSTR buffer, int size));
#define GetAtomName RAT_AW(GetAtomName)

/* -- Where programs begin ---------------------------------------------------------------------- */

/* The program's. A program without main() gets one that calls whichever of the two it has. */
RAT_WIN32(int, WinMain, (HINSTANCE instance, HINSTANCE previous, LPSTR commandLine, int show));
RAT_WIN32(int, wWinMain, (HINSTANCE instance, HINSTANCE previous, LPWSTR commandLine, int show));

RAT_END_C

#endif /* RAT_WINBASE_H */
