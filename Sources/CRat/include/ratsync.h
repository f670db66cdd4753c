/** @file ratsync.h
 *  Events, mutexes, semaphores, timers, threads and processes, and waiting for one or for several.
 *
 *  A wait parks the calling thread once: on a futex when all that it waits for is memory, in ppoll
 *  when some of it is not. It runs no window procedure, except that a wait for the calling
 *  thread's own queue reads its display's events into that queue.
 */
#ifndef RATSYNC_H
#define RATSYNC_H

#include "ratcore.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef RatHandle RatEvent;         /**< Names an event. */
typedef RatHandle RatMutex;         /**< Names a mutex. */
typedef RatHandle RatSemaphore;     /**< Names a semaphore. */
typedef RatHandle RatWaitableTimer; /**< Names a waitable timer. */
typedef RatHandle RatThread;        /**< Names a thread. */
typedef RatHandle RatProcess;       /**< Names a process. */

/** What a thread runs; the result becomes its exit code. */
typedef uint32_t (*RatThreadProc)(void* argument);

/** Outcome of a wait. */
typedef enum {
    RAT_WAIT_OK = 0,       /**< Signalled; an auto-reset event was consumed. */
    RAT_WAIT_TIMEOUT = 1,  /**< The time passed first; nothing was consumed. */
    RAT_WAIT_FAILED = 2,   /**< Bad arguments or handles, or the object was closed meanwhile. */
    RAT_WAIT_ABANDONED = 3 /**< Signalled, and taken, because its owner died: mutexes only. */
} RatWaitResult;

/** Creates an event, unnamed and of this process.
 *
 *  @param manualReset   True: a signal stays until RatResetEvent() and releases everybody. False: it
 *                       releases one waiter, the one that has waited longest, and is consumed.
 *  @param initialState  True: signalled from the start.
 *  @param[out] out      Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                The event exists.
 *  @retval RAT_IPC_ERR_INVALID_ARG   out is NULL.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No handle or no memory is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CreateEvent without name and security.
 *  @since 0.1
 *  @see RatCloseEvent
 */
RatIpcStatus RatCreateEvent(bool manualReset, bool initialState, RatEvent* out);

/** Signals an event.
 *
 *  Makes no system call unless a waiter sleeps. Signalling a signalled event changes nothing. What
 *  the caller wrote before is seen by the threads this releases.
 *
 *  @param ev  An event.
 *  @retval RAT_IPC_OK                  Signalled, or consumed by a waiter already.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  ev names no live event.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 SetEvent; none known.
 *  @since 0.1
 *  @see RatResetEvent
 */
RatIpcStatus RatSetEvent(RatEvent ev);

/** Takes an event's signal away, if it has one.
 *
 *  @param ev  An event.
 *  @retval RAT_IPC_OK                  Not signalled any more.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  ev names no live event.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 ResetEvent; none known.
 *  @since 0.1
 *  @see RatSetEvent
 */
RatIpcStatus RatResetEvent(RatEvent ev);

/** Drops a reference to an event; the last one ends it, and waits on it then give RAT_WAIT_FAILED.
 *
 *  @param ev  An event.
 *  @retval RAT_IPC_OK                  The reference is gone.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  ev names no live event.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread, also while others wait on the event.
 *  @win32 CloseHandle, but it wakes waiters instead of leaving them.
 *  @since 0.1
 *  @see RatCreateEvent
 */
RatIpcStatus RatCloseEvent(RatEvent ev);

/** Waits until an object is signalled.
 *
 *  An event is signalled by RatSetEvent(); a queue while a message can be retrieved from it, and waiting
 *  takes none; the others as their create function says. A signal is never lost to a wait that times out
 *  at the same moment: the wait
 *  either consumes it and says so, or leaves it.
 *
 *  @param handle      An object of this header, a queue, a pipe, a socket or a completion queue;
 *                     another thread's own queue is refused.
 *  @param timeout_ms  Milliseconds on the monotonic clock; 0 only looks; UINT32_MAX and UINT64_MAX
 *                     wait for ever.
 *  @retval RAT_WAIT_OK         Signalled.
 *  @retval RAT_WAIT_TIMEOUT    The time passed first.
 *  @retval RAT_WAIT_ABANDONED  The caller owns the mutex now, whose owner ended without releasing it.
 *  @retval RAT_WAIT_FAILED     The handle names nothing that can be waited for, or was closed meanwhile.
 *  @reentrancy Runs no window procedure.
 *  @threadsafety Any thread.
 *  @win32 WaitForSingleObject; a queue can be waited for by its handle.
 *  @since 0.1
 *  @see RatWaitForMultipleObjects
 */
RatWaitResult RatWaitForObject(RatHandle handle, uint64_t timeout_ms);

/** Waits until one of several objects is signalled, or all of them are.
 *
 *  Waiting for all consumes nothing until everything can be consumed at once.
 *
 *  @param handles     count handles, each once; see RatWaitForObject(). Read before the call parks.
 *  @param count       1 to 10,000.
 *  @param waitAll     True: all of them at one moment. False: any; the lowest signalled one wins.
 *  @param timeout_ms  As in RatWaitForObject().
 *  @param[out] index  Receives the position of the object that ended the wait (RAT_WAIT_OK without
 *                     waitAll), or of the offending handle (RAT_WAIT_FAILED because of one). May be
 *                     NULL.
 *  @retval RAT_WAIT_OK       Signalled.
 *  @retval RAT_WAIT_TIMEOUT  The time passed first; nothing was consumed.
 *  @retval RAT_WAIT_ABANDONED  As RAT_WAIT_OK, with an abandoned mutex among what was taken.
 *  @retval RAT_WAIT_FAILED   count is 0 or too large, handles is NULL, a handle is bad or there twice,
 *                            or an object was closed meanwhile.
 *  @reentrancy Runs no window procedure.
 *  @threadsafety Any thread.
 *  @win32 WaitForMultipleObjects with 10,000 in the place of 64.
 *  @since 0.1
 *  @see RatWaitForObject
 */
RatWaitResult RatWaitForMultipleObjects(const RatHandle* handles, size_t count, bool waitAll,
                                        uint64_t timeout_ms, size_t* index);

/* -- Mutexes ----------------------------------------------------------------------------------- */

/** Creates a mutex, unnamed and of this process.
 *
 *  A mutex is signalled while nobody owns it, or the waiting thread does: waiting for it is locking it,
 *  and every wait that ended with RAT_WAIT_OK owes one RatReleaseMutex(). A thread that ends while it
 *  owns a mutex abandons it: the next wait gives RAT_WAIT_ABANDONED, and owns it.
 *
 *  @param initiallyOwned  True: owned by the calling thread, once.
 *  @param[out] out        Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                The mutex exists.
 *  @retval RAT_IPC_ERR_INVALID_ARG   out is NULL.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No handle or no memory is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CreateMutex without name and security.
 *  @since 0.1
 *  @see RatCloseMutex
 */
RatIpcStatus RatCreateMutex(bool initiallyOwned, RatMutex* out);

/** Gives up one of the calling thread's acquisitions of a mutex.
 *
 *  With the last one the mutex goes to the thread that has waited longest. Makes no system call unless a
 *  waiter sleeps.
 *
 *  @param mutex  A mutex.
 *  @retval RAT_IPC_OK                  Released.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  mutex names no live mutex.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    The calling thread does not own it.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The owning thread.
 *  @win32 ReleaseMutex; none known.
 *  @since 0.1
 *  @see RatCreateMutex
 */
RatIpcStatus RatReleaseMutex(RatMutex mutex);

/** Drops a reference to a mutex; the last one ends it, and waits on it then give RAT_WAIT_FAILED.
 *
 *  @param mutex  A mutex.
 *  @retval RAT_IPC_OK                  The reference is gone.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  It names no live mutex.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread, also while others wait on it.
 *  @win32 CloseHandle, but it wakes waiters instead of leaving them.
 *  @since 0.1
 *  @see RatCreateMutex
 */
RatIpcStatus RatCloseMutex(RatMutex mutex);

/* -- Semaphores -------------------------------------------------------------------------------- */

/** Creates a semaphore, unnamed and of this process.
 *
 *  Signalled while its count is above 0; a wait that ends takes one from it.
 *
 *  @param initialCount  0 to maximumCount.
 *  @param maximumCount  At least 1.
 *  @param[out] out      Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                The semaphore exists.
 *  @retval RAT_IPC_ERR_INVALID_ARG   out is NULL, or a count is out of range.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No handle or no memory is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CreateSemaphore without name and security.
 *  @since 0.1
 *  @see RatCloseSemaphore
 */
RatIpcStatus RatCreateSemaphore(uint32_t initialCount, uint32_t maximumCount, RatSemaphore* out);

/** Adds to a semaphore's count, which releases as many waiters.
 *
 *  @param semaphore          A semaphore.
 *  @param count              At least 1.
 *  @param[out] outPrevious   Receives the count before; may be NULL.
 *  @retval RAT_IPC_OK                  Added.
 *  @retval RAT_IPC_ERR_INVALID_ARG     count is 0.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  semaphore names no live semaphore.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    The count would exceed the maximum; nothing was added.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 ReleaseSemaphore; none known.
 *  @since 0.1
 *  @see RatCreateSemaphore
 */
RatIpcStatus RatReleaseSemaphore(RatSemaphore semaphore, uint32_t count, uint32_t* outPrevious);

/** Drops a reference to a semaphore; the last one ends it, and waits on it then give RAT_WAIT_FAILED.
 *
 *  @param semaphore  A semaphore.
 *  @retval RAT_IPC_OK                  The reference is gone.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  It names no live semaphore.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread, also while others wait on it.
 *  @win32 CloseHandle, but it wakes waiters instead of leaving them.
 *  @since 0.1
 *  @see RatCreateSemaphore
 */
RatIpcStatus RatCloseSemaphore(RatSemaphore semaphore);

/* -- Waitable timers ---------------------------------------------------------------------------- */

/** Creates a timer that can be waited for. It is not set.
 *
 *  @param manualReset  True: once due it stays signalled until it is set anew. False: a wait that ends
 *                      resets it, to the next period if it has one.
 *  @param[out] out     Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                The timer exists.
 *  @retval RAT_IPC_ERR_INVALID_ARG   out is NULL.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No handle or no memory is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CreateWaitableTimer without name and security.
 *  @since 0.1
 *  @see RatCloseWaitableTimer
 */
RatIpcStatus RatCreateWaitableTimer(bool manualReset, RatWaitableTimer* out);

/** Sets a timer, and takes its signal away.
 *
 *  A periodic timer is due at its first time plus whole periods: it does not drift. Periods that passed
 *  while nobody waited count as one.
 *
 *  @param timer      A timer.
 *  @param due_ns     Nanoseconds from now on the monotonic clock; 0 for at once.
 *  @param period_ns  Nanoseconds between signals; 0 for one signal only.
 *  @retval RAT_IPC_OK                  Set.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  timer names no live timer.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread, also while others wait on it.
 *  @win32 SetWaitableTimer in nanoseconds, without completion routines.
 *  @since 0.1
 *  @see RatCancelWaitableTimer
 */
RatIpcStatus RatSetWaitableTimer(RatWaitableTimer timer, uint64_t due_ns, uint64_t period_ns);

/** Stops a timer, and takes its signal away.
 *
 *  @param timer  A timer.
 *  @retval RAT_IPC_OK                  Not set any more.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  timer names no live timer.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CancelWaitableTimer, which leaves the signal.
 *  @since 0.1
 *  @see RatSetWaitableTimer
 */
RatIpcStatus RatCancelWaitableTimer(RatWaitableTimer timer);

/** Drops a reference to a timer; the last one ends it, and waits on it then give RAT_WAIT_FAILED.
 *
 *  @param timer  A timer.
 *  @retval RAT_IPC_OK                  The reference is gone.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  It names no live timer.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread, also while others wait on it.
 *  @win32 CloseHandle, but it wakes waiters instead of leaving them.
 *  @since 0.1
 *  @see RatCreateWaitableTimer
 */
RatIpcStatus RatCloseWaitableTimer(RatWaitableTimer timer);

/* -- Threads and processes ---------------------------------------------------------------------- */

/** Starts a thread.
 *
 *  The handle is signalled from the end of the thread on, when its windows, its queue and its mutexes are
 *  given up. Closing it lets the thread run on.
 *
 *  @param proc       Runs on the thread; what it returns is the exit code.
 *  @param argument   Handed to proc.
 *  @param stackSize  Bytes; 0 for the default of the system, less than the least for that.
 *  @param[out] out   Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                The thread runs.
 *  @retval RAT_IPC_ERR_INVALID_ARG   proc or out is NULL, or stackSize is more than can be.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No thread, handle or memory is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CreateThread, never suspended.
 *  @since 0.1
 *  @see RatJoinThread
 */
RatIpcStatus RatCreateThread(RatThreadProc proc, void* argument, size_t stackSize, RatThread* out);

/** Waits for the end of a thread and tells its exit code.
 *
 *  @param thread            A thread of RatCreateThread().
 *  @param timeout_ms        As in RatWaitForObject().
 *  @param[out] outExitCode  Receives the exit code; may be NULL.
 *  @retval RAT_IPC_OK                  It has ended.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  thread names no live thread object.
 *  @retval RAT_IPC_ERR_TIMEOUT         It runs still.
 *  @retval RAT_IPC_ERR_DEADLOCK        It is the calling thread.
 *  @retval RAT_IPC_ERR_CANCELLED       The handle was closed meanwhile.
 *  @reentrancy Runs no window procedure.
 *  @threadsafety Any thread.
 *  @win32 WaitForSingleObject and GetExitCodeThread in one.
 *  @since 0.1
 *  @see RatCreateThread
 */
RatIpcStatus RatJoinThread(RatThread thread, uint64_t timeout_ms, uint32_t* outExitCode);

/** Drops a reference to a thread; the last one ends it, and waits on it then give RAT_WAIT_FAILED.
 *
 *  The thread runs on.
 *
 *  @param thread  A thread.
 *  @retval RAT_IPC_OK                  The reference is gone.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  It names no live thread.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread, also while others wait on it.
 *  @win32 CloseHandle, but it wakes waiters instead of leaving them.
 *  @since 0.1
 *  @see RatCreateThread
 */
RatIpcStatus RatCloseThread(RatThread thread);

/** Gives a handle to a running process; it is signalled from the end of the process on.
 *
 *  @param pid       A process id.
 *  @param[out] out  Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                 There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG    out is NULL, or pid is no process id.
 *  @retval RAT_IPC_ERR_NOT_FOUND      There is no such process.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED  The kernel is older than 5.3.
 *  @retval RAT_IPC_ERR_NO_RESOURCES   No handle, descriptor or memory is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 OpenProcess, without rights.
 *  @since 0.1
 *  @see RatCloseProcess
 */
RatIpcStatus RatOpenProcess(uint32_t pid, RatProcess* out);

/** Tells how a child of this process ended. It stays for its parent to reap.
 *
 *  @param process           A process of RatOpenProcess().
 *  @param[out] outExitCode  Receives the exit code, or 128 plus the signal that killed it.
 *  @retval RAT_IPC_OK                  It has ended.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outExitCode is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  process names no live process object.
 *  @retval RAT_IPC_ERR_WOULD_BLOCK     It runs still.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   It is no child of this process, or was reaped already.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetExitCodeProcess, for children only: Linux tells nobody else.
 *  @since 0.1
 *  @see RatOpenProcess
 */
RatIpcStatus RatGetProcessExitCode(RatProcess process, int32_t* outExitCode);

/** Drops a reference to a process; the last one ends it, and waits on it then give RAT_WAIT_FAILED.
 *
 *  The process runs on.
 *
 *  @param process  A process.
 *  @retval RAT_IPC_OK                  The reference is gone.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  It names no live process.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread, also while others wait on it.
 *  @win32 CloseHandle, but it wakes waiters instead of leaving them.
 *  @since 0.1
 *  @see RatOpenProcess
 */
RatIpcStatus RatCloseProcess(RatProcess process);

#ifdef __cplusplus
}
#endif
#endif /* RATSYNC_H */
