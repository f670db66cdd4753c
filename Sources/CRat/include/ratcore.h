/** @file ratcore.h
 *  Handles and status: what every other header leans on.
 *
 *  Every function of the library is implemented in Swift, one
 *  `@c @implementation` per declaration here, so the compiler refuses any drift
 *  between these headers and the code.
 *
 *  Rules that hold for every function, and are therefore not repeated at each:
 *  - NULL where an output or a required input pointer belongs, a size out of
 *    range and an unknown enumerator give RAT_IPC_ERR_INVALID_ARG. Arguments are
 *    checked before handles. No argument crashes the library.
 *  - After a failure, handle outputs are RAT_INVALID_HANDLE and other outputs
 *    are untouched unless the function says otherwise.
 *  - A handle that is 0, closed, of the wrong kind or of another process gives
 *    RAT_IPC_ERR_INVALID_HANDLE; none is ever taken for a live object.
 *  - No call raises SIGPIPE, returns early because of a signal, or is
 *    async-signal-safe. After fork() the parent's handles are invalid in the
 *    child, which starts with an empty library; a child of a process with
 *    several threads may only do what POSIX allows it, which is to exec.
 */
#ifndef RATCORE_H
#define RATCORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Names an object: its kind, its place, how often that place was used, and the
 *  process that owns it. Compare for equality; look no further into it than RAT_HANDLE_INDEX() does. */
typedef uint64_t RatHandle;

/** Never names an object. */
#define RAT_INVALID_HANDLE ((RatHandle)0)

/** The place of an object in this process, for tables that a program keeps beside the library's: no two
 *  objects that live at once have the same, and all are below RAT_HANDLE_INDEX_COUNT. A handle that is gone can
 *  have the place of one that lives, so keep the handle too, and compare. */
#define RAT_HANDLE_INDEX(handle) ((uint32_t)((handle) & (RAT_HANDLE_INDEX_COUNT - 1u)))
#define RAT_HANDLE_INDEX_COUNT 0x100000u

/** Waits for ever where a timeout is taken; fits 32 and 64 bit parameters. */
#define RAT_INFINITE UINT32_MAX

/** Result of every fallible call. The numbers never change meaning. */
typedef enum {
    RAT_IPC_OK = 0,                   /**< Done. */
    RAT_IPC_ERR_UNKNOWN = 1,          /**< The system failed in a way no other status names. */
    RAT_IPC_ERR_NOT_FOUND = 2,        /**< There is none: no such name, no message, no class. */
    RAT_IPC_ERR_ACCESS_DENIED = 3,    /**< It exists and you may not. */
    RAT_IPC_ERR_NO_RESOURCES = 4,     /**< Full: memory, descriptors, stack, or the capacity asked for. */
    RAT_IPC_ERR_INVALID_ARG = 5,      /**< An argument is NULL, out of range or contradictory. */
    RAT_IPC_ERR_ALREADY_EXISTS = 6,   /**< The name is taken. */
    RAT_IPC_ERR_NOT_CONNECTED = 7,    /**< The other side is gone: peer, receiver, display. */
    RAT_IPC_ERR_BUFFER_TOO_SMALL = 8, /**< The size output says what is needed. */
    RAT_IPC_ERR_TIMEOUT = 9,          /**< The time given passed first. */
    RAT_IPC_ERR_INVALID_HANDLE = 10,  /**< 0, stale, foreign, or of the wrong kind. */
    RAT_IPC_QUIT = 11,                /**< A quit message was retrieved: ends the loop, no failure. */
    RAT_IPC_ERR_DEADLOCK = 12,        /**< Waiting could only wait for itself. */
    RAT_IPC_ERR_CANCELLED = 13,       /**< Closed or cancelled while in progress. */
    RAT_IPC_ERR_NOT_SUPPORTED = 14,   /**< This system or this build cannot do it. */
    RAT_IPC_ERR_WOULD_BLOCK = 15,     /**< Non-blocking, and nothing could be done now. */
    RAT_IPC_ERR_WRONG_THREAD = 16     /**< Only the owning thread may do it. */
} RatIpcStatus;

/** The same type, for calls that are not about IPC. */
typedef RatIpcStatus RatStatus;

/** What a handle names. */
typedef enum {
    RAT_HANDLE_NONE = 0,          /**< Nothing that lives in this process. */
    RAT_HANDLE_EVENT = 1,         /**< An event of RatCreateEvent(). */
    RAT_HANDLE_MESSAGE_QUEUE = 2, /**< A message queue. */
    RAT_HANDLE_WINDOW = 3,        /**< A window. */
    RAT_HANDLE_MUTEX = 4,         /**< A mutex. */
    RAT_HANDLE_SEMAPHORE = 5,     /**< A semaphore. */
    RAT_HANDLE_TIMER = 6,         /**< A waitable timer. */
    RAT_HANDLE_THREAD = 7,        /**< A thread of RatCreateThread(). */
    RAT_HANDLE_PROCESS = 8,       /**< A process of RatOpenProcess(). */
    RAT_HANDLE_PIPE = 9,          /**< One end of a pipe. */
    RAT_HANDLE_SOCKET = 10,       /**< A socket. */
    RAT_HANDLE_SHARED_MEMORY = 11, /**< Shared memory. */
    RAT_HANDLE_COMPLETION_QUEUE = 12, /**< A completion queue. */
    RAT_HANDLE_REGION = 16            /**< A region. */
} RatHandleKind;

/** Names a status as it is spelled here.
 *
 *  @param status  Any value.
 *  @return A static string such as "RAT_IPC_ERR_TIMEOUT"; "RAT_IPC_ERR_?" for a number that is no
 *          status. Never NULL; owned by the library.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known; Win32 has no such function.
 *  @since 0.1
 *  @see RatStatusMessage
 */
const char* RatStatusName(RatIpcStatus status);

/** Explains a status in one English sentence for a person.
 *
 *  @param status  Any value.
 *  @return A static string, the same text for one status always. Never NULL; owned by the library.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 FormatMessage, without the buffer.
 *  @since 0.1
 *  @see RatStatusName
 */
const char* RatStatusMessage(RatIpcStatus status);

/** Tells the errno behind the calling thread's last failure that the system caused.
 *
 *  Successes and failures that the library decided alone leave it as it was.
 *
 *  @return The errno; 0 when no call of this thread failed in the system yet.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; each sees its own.
 *  @win32 GetLastError, for the system's share of it only.
 *  @since 0.1
 *  @see RatStatusMessage
 */
int RatGetLastErrno(void);

/** Tells what a handle names.
 *
 *  @param handle  Any value.
 *  @return The kind; RAT_HANDLE_NONE for every value that names no live object of this process.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. The answer may be old by the time it arrives.
 *  @win32 None known; Win32 has no such function.
 *  @since 0.1
 *  @see RatIsWindow
 */
RatHandleKind RatGetHandleKind(RatHandle handle);

/** Adds a reference to the object that a handle names.
 *
 *  Each reference is dropped by one RatCloseHandle() or by the close function of its kind.
 *
 *  @param handle  An object of ratsync.h, an unnamed queue, or another object that its creator closes.
 *  @retval RAT_IPC_OK                  One more close is owed.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  The handle names nothing.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   Windows and thread queues live as long as their owner says.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    2^31 references are out already.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 DuplicateHandle, but the number stays the same.
 *  @since 0.1
 *  @see RatCloseHandle
 */
RatIpcStatus RatRetainHandle(RatHandle handle);

/** Drops a reference to the object that a handle names, and ends the object with the last one.
 *
 *  Whoever waits on the object then is woken with an error, and messages still queued are freed.
 *  For a window it is RatDestroyWindow().
 *
 *  @param handle  A handle of any kind.
 *  @retval RAT_IPC_OK                  The reference is gone.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  The handle names nothing.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is a window of another thread.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   It is a thread's own queue, which ends with its thread.
 *  @reentrancy Runs window procedures when the handle is a window's, else calls nothing back.
 *  @threadsafety Any thread; windows on their own thread.
 *  @win32 CloseHandle; windows are accepted too.
 *  @since 0.1
 *  @see RatRetainHandle
 */
RatIpcStatus RatCloseHandle(RatHandle handle);

#ifdef __cplusplus
}
#endif
#endif /* RATCORE_H */
