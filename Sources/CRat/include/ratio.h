/** @file ratio.h
 *  Completion queues: reads, writes, accepts, connects and waits that go on by themselves.
 *
 *  What is submitted is done by one thread of the library, with io_uring where the kernel allows
 *  it and with epoll elsewhere, with one behaviour; the environment variable RAT_AIO chooses:
 *  uring, epoll or auto. The first completion queue of the process starts it. What came of a
 *  submission is collected with RatGetCompletion(), or posted as a message.
 *
 *  - Every submission completes exactly once, and counts against the depth of its queue until its
 *    completion is collected. Buffers stay the submission's until then.
 *  - Submissions that read from one object (accepts and received messages too) are done one after
 *    the other, in the order in which they were submitted, and so are those that write to it
 *    (connects too), also from different completion queues. Direct calls on the object compete
 *    with them.
 *  - Closing the object completes its submissions with RAT_IPC_ERR_CANCELLED. Its descriptor is
 *    closed when the last of them has ended, which may be a moment after the close returns.
 *  - A handle's RAT_HANDLE_NONBLOCK does not matter to submissions.
 */
#ifndef RATIO_H
#define RATIO_H

#include "ratcore.h"
#include "ratipc.h"
#include "ratmsg.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef RatHandle RatCompletionQueue; /**< Names a completion queue. */
typedef uint64_t RatSubmission;       /**< Names a submission; never 0, and never used again. */

/** What came of one submission. */
typedef struct {
    uint64_t userTag;        /**< What the submitter gave. */
    RatIpcStatus status;     /**< RAT_IPC_OK, or why it failed. */
    size_t bytesTransferred; /**< Read, written or received, also where status is a failure; for a
                                  datagram that is too long, its size. */
    uint64_t misc;           /**< Of an accept: the client's socket, which the collector has to
                                  close. Else 0. */
} RatCompletion;

/** What a completion queue holds. */
typedef struct {
    size_t depth;       /**< The most submissions that are outstanding or not collected. */
    size_t outstanding; /**< Submitted, and not complete. */
    size_t ready;       /**< Complete, and not collected or posted. */
} RatCompletionQueueInfo;

/** Creates a completion queue.
 *
 *  It is signalled while completions are ready, so RatWaitForObject() and its like take it;
 *  waiting collects none. The first queue of a process starts the thread that serves all of them;
 *  RAT_AIO is read then.
 *
 *  @param depth     1 to 65,536: the most submissions that are outstanding or not collected.
 *  @param[out] out  Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                 The queue exists.
 *  @retval RAT_IPC_ERR_INVALID_ARG    out is NULL, depth is out of range, or RAT_AIO is none of
 *                                     uring, epoll and auto.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED  RAT_AIO demands io_uring, and the kernel lacks or forbids it.
 *  @retval RAT_IPC_ERR_NO_RESOURCES   No handle, descriptor, thread or memory is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. After fork() the child starts with no queue and may create its own.
 *  @win32 CreateIoCompletionPort without a file; the depth is a bound here, and the number of
 *    threads none.
 *  @since 0.1
 *  @see RatCloseCompletionQueue
 */
RatIpcStatus RatCreateCompletionQueue(size_t depth, RatCompletionQueue* out);

/** Drops a reference to a completion queue; the last one ends it.
 *
 *  Everything outstanding is cancelled, and completions that nobody collected are dropped; the
 *  sockets of accepts among the latter are closed. When this returns, no buffer of a submission
 *  is touched any more. Calls that wait for a completion give RAT_IPC_ERR_CANCELLED, and waits
 *  for the queue RAT_WAIT_FAILED. Messages that were posted already stay where they are.
 *
 *  @param cq  A completion queue.
 *  @retval RAT_IPC_OK                  The reference is gone.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  cq names no live completion queue.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. Waits for the library's thread, which waits for nobody.
 *  @win32 CloseHandle, which leaves the operations of files going.
 *  @since 0.1
 *  @see RatCreateCompletionQueue
 */
RatIpcStatus RatCloseCompletionQueue(RatCompletionQueue cq);

/** Submits a read from a pipe or a socket.
 *
 *  Completes as soon as there is something, with what there is; with 0 bytes at the end of a
 *  stream, and at once where size is 0. A datagram that is longer than the buffer stays, and
 *  completes with RAT_IPC_ERR_BUFFER_TOO_SMALL. Other failures are those of RatReadPipe() and
 *  RatRecvSocket().
 *
 *  @param cq        A completion queue.
 *  @param object    A pipe's end to read from, or a socket.
 *  @param buf       Receives the bytes, until the completion; NULL only where size is 0.
 *  @param size      Bytes.
 *  @param userTag   Comes back in the completion; the library does not look at it.
 *  @param[out] out  Receives the submission's name, for RatCancelSubmission(), 0 after a failure;
 *                   may be NULL. Another thread may collect the completion before it is written.
 *  @retval RAT_IPC_OK                  Submitted.
 *  @retval RAT_IPC_ERR_INVALID_ARG     buf is NULL and size is not 0, or size is above half the
 *                                      address space.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  cq or object names nothing live.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   object is neither a pipe nor a socket.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED   It is a pipe's end to write to.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    As many as the queue's depth are outstanding or not
 *                                      collected.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 ReadFile with OVERLAPPED; the tag takes the place of the structure.
 *  @since 0.1
 *  @see RatQueueWrite
 */
RatIpcStatus RatQueueRead(RatCompletionQueue cq, RatHandle object, void* buf, size_t size,
                          uint64_t userTag, RatSubmission* out);

/** Submits a write to a pipe or a socket.
 *
 *  Completes when all is written, or one datagram is sent. After a failure or a cancel
 *  bytesTransferred tells how many bytes of a stream went out. Failures are those of
 *  RatWritePipe() and RatSendSocket(); no SIGPIPE is raised.
 *
 *  @param cq        A completion queue.
 *  @param object    A pipe's end to write to, or a connected socket.
 *  @param buf       The bytes, which must not change until the completion; NULL only where size is
 *                   0.
 *  @param size      Bytes.
 *  @param userTag   Comes back in the completion; the library does not look at it.
 *  @param[out] out  Receives the submission's name, for RatCancelSubmission(), 0 after a failure;
 *                   may be NULL. Another thread may collect the completion before it is written.
 *  @retval RAT_IPC_OK                  Submitted.
 *  @retval RAT_IPC_ERR_INVALID_ARG     buf is NULL and size is not 0, or size is above half the
 *                                      address space.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  cq or object names nothing live.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   object is neither a pipe nor a socket.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED   It is a pipe's end to read from.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    As many as the queue's depth are outstanding or not
 *                                      collected.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 WriteFile with OVERLAPPED; writes to one object go out in order.
 *  @since 0.1
 *  @see RatQueueRead
 */
RatIpcStatus RatQueueWrite(RatCompletionQueue cq, RatHandle object, const void* buf, size_t size,
                           uint64_t userTag, RatSubmission* out);

/** Submits an accept of one connection.
 *
 *  The completion's misc is the client's socket, as RatAcceptSocket() gives it. A socket that
 *  does not listen completes with RAT_IPC_ERR_INVALID_ARG.
 *
 *  @param cq        A completion queue.
 *  @param sock      A socket that listens.
 *  @param userTag   Comes back in the completion; the library does not look at it.
 *  @param[out] out  Receives the submission's name, for RatCancelSubmission(), 0 after a failure;
 *                   may be NULL. Another thread may collect the completion before it is written.
 *  @retval RAT_IPC_OK                  Submitted.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  cq or sock names nothing live, or sock is no socket.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    As many as the queue's depth are outstanding or not
 *                                      collected.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 AcceptEx, which wants the socket made before.
 *  @since 0.1
 *  @see RatAcceptSocket
 */
RatIpcStatus RatQueueAccept(RatCompletionQueue cq, RatSocket sock, uint64_t userTag,
                            RatSubmission* out);

/** Submits the making of a connection.
 *
 *  Completes when it stands or has failed, as RatConnectSocket() does. After a cancel a socket of
 *  the network goes on connecting, as after a call that ran out of time.
 *
 *  @param cq        A completion queue.
 *  @param sock      A socket.
 *  @param addr      A struct sockaddr of the socket's family; copied.
 *  @param addrlen   Its size in bytes.
 *  @param userTag   Comes back in the completion; the library does not look at it.
 *  @param[out] out  Receives the submission's name, for RatCancelSubmission(), 0 after a failure;
 *                   may be NULL. Another thread may collect the completion before it is written.
 *  @retval RAT_IPC_OK                  Submitted.
 *  @retval RAT_IPC_ERR_INVALID_ARG     addr is NULL, or addrlen is no size of an address.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  cq or sock names nothing live, or sock is no socket.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    As many as the queue's depth are outstanding or not
 *                                      collected.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 ConnectEx; none known.
 *  @since 0.1
 *  @see RatConnectSocket
 */
RatIpcStatus RatQueueConnect(RatCompletionQueue cq, RatSocket sock, const void* addr,
                             size_t addrlen, uint64_t userTag, RatSubmission* out);

/** Submits a wait for an object.
 *
 *  Completes when the object is signalled, whose signal is consumed as RatWaitForObject() would;
 *  with RAT_IPC_ERR_TIMEOUT when the time passes first, and RAT_IPC_ERR_CANCELLED when the object
 *  is closed. It takes its turn among the threads that wait for the object, and needs no thread
 *  of its own. Closing the completion queue while a signal is on its way loses that signal.
 *
 *  @param cq          A completion queue.
 *  @param waitable    An event, a semaphore, a timer, a thread, a process, a pipe, a socket, an
 *                     unnamed message queue, or another completion queue. A mutex cannot be waited
 *                     for, as its owner is a thread; nor can a thread's own queue, which that
 *                     thread alone looks after.
 *  @param timeout_ms  Milliseconds on the monotonic clock, from now; 0 only looks; UINT32_MAX waits
 *                     for ever.
 *  @param userTag     Comes back in the completion; the library does not look at it.
 *  @param[out] out    Receives the submission's name, for RatCancelSubmission(), 0 after a failure;
 *                     may be NULL. Another thread may collect the completion before it is written.
 *  @retval RAT_IPC_OK                  Submitted.
 *  @retval RAT_IPC_ERR_INVALID_ARG     waitable is cq itself.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  cq or waitable names nothing live.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   waitable is a mutex, a thread's own queue, or nothing that
 *                                      can be waited for.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    As many as the queue's depth are outstanding or not
 *                                      collected.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 RegisterWaitForSingleObject, with a completion in the place of the callback.
 *  @since 0.1
 *  @see RatWaitForObject
 */
RatIpcStatus RatQueueWait(RatCompletionQueue cq, RatHandle waitable, uint32_t timeout_ms,
                          uint64_t userTag, RatSubmission* out);

/** Submits the retrieval of one message.
 *
 *  Completes when a message was taken, with the size of its payload as bytesTransferred. The
 *  payload is a copy that stays until outMsg is submitted to the same completion queue again, or
 *  that is closed; so it outlives its collection, and outMsg is best used again and again. Other
 *  retrievals from the queue compete with this one.
 *
 *  @param cq           A completion queue.
 *  @param queue        An unnamed message queue.
 *  @param[out] outMsg  Receives the message, until the completion.
 *  @param userTag      Comes back in the completion; the library does not look at it.
 *  @param[out] out     Receives the submission's name, for RatCancelSubmission(), 0 after a
 *                      failure; may be NULL. Another thread may collect the completion before it is
 *                      written.
 *  @retval RAT_IPC_OK                  Submitted.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outMsg is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  cq names no live completion queue, or queue no live message
 *                                      queue.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    queue is a thread's own, from which that thread alone
 *                                      retrieves.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    As many as the queue's depth are outstanding or not
 *                                      collected.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known; Win32's threads alone get messages.
 *  @since 0.1
 *  @see RatGetMessage
 */
RatIpcStatus RatQueueReceiveMessage(RatCompletionQueue cq, RatMessageQueue queue,
                                    RatMessage* outMsg, uint64_t userTag, RatSubmission* out);

/** Ends a submission early.
 *
 *  Returns when the operation has ended, which takes no longer than the library's thread takes to
 *  hear of it. A stream's write that was under way may have sent a part, which its completion
 *  tells.
 *
 *  @param cq          A completion queue.
 *  @param submission  A submission to that queue.
 *  @retval RAT_IPC_OK                  Its completion is ready, with RAT_IPC_ERR_CANCELLED.
 *  @retval RAT_IPC_ERR_NOT_FOUND       It was done before, and its completion says how; or there is
 *                                      none of that name.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  cq names no live completion queue.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CancelIoEx, which returns before the operation has ended.
 *  @since 0.1
 *  @see RatGetCompletion
 */
RatIpcStatus RatCancelSubmission(RatCompletionQueue cq, RatSubmission submission);

/** Collects the next completion, waiting for one.
 *
 *  Completions come in the order in which the library's thread found them done. Each goes to one
 *  caller.
 *
 *  @param cq          A completion queue.
 *  @param[out] out    Receives the completion; untouched on a failure.
 *  @param timeout_ms  Milliseconds on the monotonic clock; 0 only looks; UINT32_MAX and UINT64_MAX
 *                     wait for ever.
 *  @retval RAT_IPC_OK                  A completion, whatever its own status is.
 *  @retval RAT_IPC_ERR_TIMEOUT         None came in time.
 *  @retval RAT_IPC_ERR_INVALID_ARG     out is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  cq names no live completion queue.
 *  @retval RAT_IPC_ERR_CANCELLED       The queue was closed while this call waited.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   The queue is bound; it hands its completions on.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. Several may collect from one queue.
 *  @win32 GetQueuedCompletionStatus; a failed operation is a success of this call.
 *  @since 0.1
 *  @see RatBindCompletionQueue
 */
RatIpcStatus RatGetCompletion(RatCompletionQueue cq, RatCompletion* out, uint64_t timeout_ms);

/** Tells what a completion queue holds.
 *
 *  The numbers are of one moment, and may be old when they arrive.
 *
 *  @param cq        A completion queue.
 *  @param[out] out  Receives them.
 *  @retval RAT_IPC_OK                  Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG     out is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  cq names no live completion queue.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known; Win32 has no such function.
 *  @since 0.1
 *  @see RatCreateCompletionQueue
 */
RatIpcStatus RatQueryCompletionQueue(RatCompletionQueue cq, RatCompletionQueueInfo* out);

/** Has completions posted as messages, or lets them be collected again.
 *
 *  Every completion, also those that are ready, becomes a message with that number: wparam is its
 *  userTag, lparam its status, the payload the RatCompletion. They come in order. While the
 *  target is full they stay ready, count against the depth, and are tried again within 64 ms;
 *  none is lost. When the target is gone, the queue is bound no more and those that were not
 *  posted can be collected. Calls that wait in RatGetCompletion() end when the queue is bound.
 *
 *  @param cq       A completion queue.
 *  @param target   A window, an unnamed message queue or a thread's queue; 0 ends the binding,
 *                  after which nothing more is posted.
 *  @param message  The number of the messages; RAT_WM_USER and above are free.
 *  @retval RAT_IPC_OK                  Bound to target and to nothing else, or not bound.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  cq names no live completion queue, or target neither 0 nor a
 *                                      window or a queue.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. May also be called by a window procedure.
 *  @win32 None known; WSAAsyncSelect posts readiness of sockets only.
 *  @since 0.1
 *  @see RatGetCompletion
 */
RatIpcStatus RatBindCompletionQueue(RatCompletionQueue cq, RatHandle target, uint32_t message);

#ifdef __cplusplus
}
#endif
#endif /* RATIO_H */
