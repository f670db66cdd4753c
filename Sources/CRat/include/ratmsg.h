/** @file ratmsg.h
 *  Messages and the queues that carry them.
 *
 *  Lifetime of a payload. Posting copies it, so the poster's memory is free to
 *  reuse at once. A retrieved payload belongs to the library and stays readable and writable until
 *  the same thread's next successful retrieval from that queue, and at least until a running
 *  RatDispatchMessage() of that message returns. Peeking, a retrieval that finds nothing and closing
 *  the queue do not end it; after the queue is closed, the thread's next retrieval from any queue does.
 */
#ifndef RATMSG_H
#define RATMSG_H

#include "ratcore.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Names a message queue, or a window where a message's target is meant. */
typedef RatHandle RatMessageQueue;

/** Priorities of posted messages; higher ones are retrieved first. */
#define RAT_PRIORITY_LOWEST (-4)
#define RAT_PRIORITY_NORMAL 0
#define RAT_PRIORITY_HIGHEST 3

/** A larger payload is RAT_IPC_ERR_INVALID_ARG. */
#define RAT_MAX_PAYLOAD_SIZE (16u * 1024u * 1024u)

/** The head of a message. The poster fills the fields up to priority; the library sets the rest,
 *  whatever the poster left there. Zero is a good value for everything. */
typedef struct {
    uint32_t message;  /**< Message id. */
    uintptr_t wparam;  /**< First parameter; its meaning is the message's. */
    intptr_t lparam;   /**< Second parameter. */
    RatHandle sender;  /**< What the poster wrote; RAT_INVALID_HANDLE if it does not say. */
    uint32_t size;     /**< Bytes of payload, 0 if none. */
    int32_t priority;  /**< RAT_PRIORITY_LOWEST to RAT_PRIORITY_HIGHEST. */
    uint32_t flags;    /**< Set by the library; 0 on a posted message. */
    RatHandle target;  /**< The window or queue that the message was posted to. */
    uint64_t time;     /**< When it was posted, nanoseconds of CLOCK_MONOTONIC, to about 4 ms. */
    int32_t x;         /**< Pointer position then, screen pixels. */
    int32_t y;         /**< Pointer position then, screen pixels. */
    uint64_t token;    /**< Identifies a request that awaits its reply; there are none yet, so 0. */
} RatMessageHeader;

/** A message and its payload. */
typedef struct {
    RatMessageHeader header;
    void* payload; /**< header.size bytes aligned to 16; NULL when empty. */
} RatMessage;

/** Creates an unnamed queue of this process.
 *
 *  @param capacity  Most messages held at once; 0 selects 10,000; at most 2^24. Their payloads
 *                   together have 64 MiB at most.
 *  @param[out] out  Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                The queue exists and is empty.
 *  @retval RAT_IPC_ERR_INVALID_ARG   out is NULL or capacity exceeds 2^24.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No handle or no memory is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known; Win32 queues belong to threads only.
 *  @since 0.1
 *  @see RatCloseMessageQueue
 */
RatIpcStatus RatCreateMessageQueue(size_t capacity, RatMessageQueue* out);

/** Drops a reference to a queue; the last one ends it.
 *
 *  Messages still queued are freed unread. Whoever waits in it gets RAT_IPC_ERR_CANCELLED. Payloads
 *  that were retrieved keep their lifetime.
 *
 *  @param q  A queue of RatCreateMessageQueue().
 *  @retval RAT_IPC_OK                  The reference is gone.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  q names no live queue.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   q is a thread's own queue, which ends with its thread.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread, also while others post to it or wait in it.
 *  @win32 None known.
 *  @since 0.1
 *  @see RatCreateMessageQueue
 */
RatIpcStatus RatCloseMessageQueue(RatMessageQueue q);

/** Gives the calling thread's own queue, and creates it at the first call.
 *
 *  The queue of the windows of this thread. Only this thread retrieves from it; any thread posts to
 *  it. It holds up to 10,000 posted messages and ends with the thread.
 *
 *  @param[out] out  Receives the handle; nothing is owed for it.
 *  @retval RAT_IPC_OK                There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG   out is NULL.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No handle or no memory is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; each has its own.
 *  @win32 Implicit in Win32: the first user call creates it.
 *  @since 0.1
 *  @see RatGetMessage
 */
RatIpcStatus RatGetThreadMessageQueue(RatMessageQueue* out);

/** Posts a message to a queue or to a window, and returns at once.
 *
 *  The payload is copied. Messages that one thread posts to one target in one priority are retrieved
 *  in the order they were posted. A window's messages go to the queue of the thread that owns it;
 *  those still queued when the window dies are dropped.
 *
 *  @param target  A queue or a window of this process.
 *  @param msg     Copied with its payload. Reserved message numbers are ordinary messages, but that
 *                 RAT_WM_QUIT ends the loop of a thread whose own queue it comes from.
 *  @retval RAT_IPC_OK                  Queued.
 *  @retval RAT_IPC_ERR_INVALID_ARG     msg is NULL, its priority is out of range, its size is over
 *                                      RAT_MAX_PAYLOAD_SIZE or it has a size and no payload.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  target names no live queue or window.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    The queue is full, of messages or of 64 MiB of payload; nothing
 *                                      was queued.
 *  @reentrancy Calls nothing back; may be called from a window procedure.
 *  @threadsafety Any thread.
 *  @win32 PostMessage and PostThreadMessage; the header's x and y are the target thread's last known
 *         pointer position.
 *  @since 0.1
 *  @see RatGetMessage
 */
RatIpcStatus RatPostMessage(RatMessageQueue target, const RatMessage* msg);

/** Takes the next message, waiting for one if there is none.
 *
 *  On a thread's own queue the order is: posted messages by priority, first-in first-out within one;
 *  then a pending quit; then input; then WM_PAINT; then WM_TIMER. On an unnamed queue there are posted
 *  messages only, and each goes to exactly one of the threads that ask.
 *
 *  @param q            A queue; a thread's own queue only on that thread.
 *  @param[out] outMsg  Receives the message. On RAT_IPC_QUIT its wparam is the exit code.
 *  @param timeout_ms   Milliseconds on the monotonic clock; negative waits for ever; 0 not at all.
 *  @retval RAT_IPC_OK                  A message.
 *  @retval RAT_IPC_QUIT                RAT_WM_QUIT was retrieved: leave the loop.
 *  @retval RAT_IPC_ERR_TIMEOUT         None came in time.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outMsg is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  q names no live queue.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    q is another thread's own queue.
 *  @retval RAT_IPC_ERR_CANCELLED       The queue was closed while this call waited.
 *  @reentrancy Runs window procedures on a thread's own queue (activation, size and focus messages
 *              that the display caused are sent from here); may be called from one.
 *  @threadsafety Any thread for unnamed queues, from several at once too.
 *  @win32 GetMessage, with a timeout and without a filter.
 *  @since 0.1
 *  @see RatPeekMessage
 */
RatIpcStatus RatGetMessage(RatMessageQueue q, RatMessage* outMsg, int32_t timeout_ms);

/** Looks at the next message and leaves it in the queue. Never waits.
 *
 *  @param q            As in RatGetMessage().
 *  @param[out] outMsg  Receives the message; its payload may be read until anyone retrieves it or this
 *                     thread peeks again.
 *  @retval RAT_IPC_OK                  A message that the next RatGetMessage() gives, unless one of a
 *                                      higher priority comes first.
 *  @retval RAT_IPC_QUIT                A quit is next.
 *  @retval RAT_IPC_ERR_NOT_FOUND       There is none.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outMsg is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  q names no live queue.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    q is another thread's own queue.
 *  @reentrancy As RatGetMessage().
 *  @threadsafety As RatGetMessage(). Where several threads retrieve from one queue, what is seen here
 *                may be another's before this one gets it.
 *  @win32 PeekMessage with PM_NOREMOVE.
 *  @since 0.1
 *  @see RatGetMessage
 */
RatIpcStatus RatPeekMessage(RatMessageQueue q, RatMessage* outMsg);

/** Runs the window procedure that a message is meant for, on this thread.
 *
 *  @param msg  A message as it was retrieved; header.target says whose it is.
 *  @retval RAT_IPC_OK                The procedure, or the timer procedure, has run.
 *  @retval RAT_IPC_ERR_INVALID_ARG   msg is NULL.
 *  @retval RAT_IPC_ERR_NOT_FOUND     There is no one to run: the target is a queue, 0, or a window that
 *                                    died meanwhile.
 *  @retval RAT_IPC_ERR_WRONG_THREAD  The window belongs to another thread.
 *  @reentrancy Runs a window procedure, which may do anything, also destroy the window.
 *  @threadsafety The window's own thread.
 *  @win32 DispatchMessage, which returns the procedure's result instead.
 *  @since 0.1
 *  @see RatGetMessage
 */
RatIpcStatus RatDispatchMessage(const RatMessage* msg);

/** Asks the calling thread's message loop to end.
 *
 *  A flag, not an entry: it comes out after every posted message, also later ones, and a second call
 *  replaces the exit code.
 *
 *  @param exitCode  Becomes wparam of RAT_WM_QUIT, sign-extended.
 *  @retval RAT_IPC_OK                Pending.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  The thread had no queue and none could be made.
 *  @reentrancy Calls nothing back; usually called from a window procedure on RAT_WM_DESTROY.
 *  @threadsafety Any thread; ends its own loop only.
 *  @win32 PostQuitMessage; none known.
 *  @since 0.1
 *  @see RatGetMessage
 */
RatIpcStatus RatPostQuitMessage(int32_t exitCode);

#ifdef __cplusplus
}
#endif
#endif /* RATMSG_H */
