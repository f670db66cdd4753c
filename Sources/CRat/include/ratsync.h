/** @file ratsync.h
 *  Events, and waiting for one object or for several.
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

/** Names an event. */
typedef RatHandle RatEvent;

/** Outcome of a wait. */
typedef enum {
    RAT_WAIT_OK = 0,       /**< Signalled; an auto-reset event was consumed. */
    RAT_WAIT_TIMEOUT = 1,  /**< The time passed first; nothing was consumed. */
    RAT_WAIT_FAILED = 2,   /**< Bad arguments or handles, or the object was closed meanwhile. */
    RAT_WAIT_ABANDONED = 3 /**< Signalled because its owner died. Events and queues never give it. */
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
 *  An event is signalled by RatSetEvent(), a queue while a message can be retrieved from it; waiting
 *  takes no message. A signal is never lost to a wait that times out at the same moment: the wait
 *  either consumes it and says so, or leaves it.
 *
 *  @param handle      An event or a queue. Another thread's own queue is refused.
 *  @param timeout_ms  Milliseconds on the monotonic clock; 0 only looks; UINT32_MAX and UINT64_MAX
 *                     wait for ever.
 *  @retval RAT_WAIT_OK       Signalled.
 *  @retval RAT_WAIT_TIMEOUT  The time passed first.
 *  @retval RAT_WAIT_FAILED   The handle names nothing that can be waited for, or was closed meanwhile.
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

#ifdef __cplusplus
}
#endif
#endif /* RATSYNC_H */
