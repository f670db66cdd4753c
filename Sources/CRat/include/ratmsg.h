/** @file ratmsg.h
 *  Messages and the queues that carry them.
 *
 *  Post returns at once; send waits for the answer. A plain queue is one of
 *  RatCreateMessageQueue(): any thread retrieves from it, and each message goes to exactly one. A
 *  thread's own queue is retrieved from by that thread alone, and holds what its windows get.
 *
 *  Order. A retrieval first takes what was sent, then what was posted: by priority, first-in
 *  first-out within one. What one thread posts to one target in one priority is never reordered. On a
 *  thread's own queue a pending quit, input, WM_PAINT and WM_TIMER follow, in this order.
 *
 *  Lifetime of a payload. Posting and sending copy it, so the caller's memory is free to reuse at
 *  once. A retrieved payload belongs to the library and stays readable and writable until the same
 *  thread's next successful retrieval from that queue, and at least until a running
 *  RatDispatchMessage() of that message returns; RatRetainMessage() keeps it longer. Peeking, a
 *  retrieval that finds nothing and closing the queue do not end it; after the queue is closed, the
 *  thread's next retrieval from any queue does.
 */
#ifndef RATMSG_H
#define RATMSG_H

#include "ratcore.h"
#include "ratsync.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Names a message queue, or a window where a message's target is meant. */
typedef RatHandle RatMessageQueue;

/** What a window procedure or a message procedure answers. */
typedef intptr_t RatResult;

/** Priorities of posted messages; higher ones are retrieved first. */
#define RAT_PRIORITY_LOWEST (-4)
#define RAT_PRIORITY_NORMAL 0
#define RAT_PRIORITY_HIGHEST 3

/** A larger payload is RAT_IPC_ERR_INVALID_ARG. */
#define RAT_MAX_PAYLOAD_SIZE (16u * 1024u * 1024u)

/** In the place of a target: all top-level windows of this process, hidden, disabled and owned ones too. For
 *  RatPostMessage() and the ways of sending, but not for RatPostMessageEx(). As in Win32, a number from
 *  RAT_WM_USER up to 0xBFFF, which means something to one class of windows only, reaches nobody, and that is no
 *  failure. Each window has the whole timeout; the reply says 1 whatever they answered, or did not; a callback is
 *  called once for each. What could not be posted to some of them fails, and the others have it. */
#define RAT_HWND_BROADCAST ((RatHandle)0xFFFF)

/** Bits of a retrieved message's flags. */
#define RAT_MESSAGE_SENT 0x1u    /**< It was sent, not posted. */
#define RAT_MESSAGE_REQUEST 0x2u /**< Its sender wants a reply: RatReplyMessage(). */

/** The head of a message. The poster fills the fields up to priority; the library sets the rest,
 *  whatever the poster left there. Zero is a good value for everything. */
typedef struct {
    uint32_t message;  /**< Message id. */
    uintptr_t wparam;  /**< First parameter; its meaning is the message's. */
    intptr_t lparam;   /**< Second parameter. */
    RatHandle sender;  /**< What the poster wrote; RAT_INVALID_HANDLE if it does not say. */
    uint32_t size;     /**< Bytes of payload, 0 if none. */
    int32_t priority;  /**< RAT_PRIORITY_LOWEST to RAT_PRIORITY_HIGHEST. */
    uint32_t flags;    /**< RAT_MESSAGE_*; 0 on a posted message. */
    uint32_t origin;   /**< 0: this process. Else which other one, for RatGetMessageSender(). */
    RatHandle target;  /**< The window or queue that the message was posted to. */
    uint64_t time;     /**< When it was posted, nanoseconds of CLOCK_MONOTONIC, to about 4 ms. */
    int32_t x;         /**< Pointer position then, screen pixels. */
    int32_t y;         /**< Pointer position then, screen pixels. */
    uint64_t token;    /**< Identifies a request that awaits its reply; else 0. */
} RatMessageHeader;

/** A message and its payload. */
typedef struct {
    RatMessageHeader header;
    void* payload; /**< header.size bytes aligned to 16; NULL when empty. */
} RatMessage;

/** What posting does when the queue is full. */
typedef enum {
    RAT_OVERFLOW_REFUSE = 0,      /**< RAT_IPC_ERR_NO_RESOURCES. */
    RAT_OVERFLOW_WAIT = 1,        /**< Wait for room, as long as the queue's options say. */
    RAT_OVERFLOW_DROP_OLDEST = 2, /**< Drop the oldest message of the lowest priority there is, and so on
                                       until there is room, if none of them is of a higher one than the
                                       new message; else drop none and refuse. Messages whose time has
                                       not come stay. */
    RAT_OVERFLOW_COALESCE = 3     /**< Take the place of the newest queued message of the same key and
                                       target; refuse where there is none. */
} RatOverflowPolicy;

/** How a queue is to be. Set size to sizeof(RatQueueOptions), and the rest to zero or to your choice. */
typedef struct {
    uint32_t size;            /**< sizeof(RatQueueOptions). */
    uint32_t overflow;        /**< A RatOverflowPolicy. */
    size_t capacity;          /**< Most messages queued at once; 0 selects 10,000; at most 2^24. */
    size_t byteBudget;        /**< Most bytes of payload queued at once; 0 selects 64 MiB. */
    uint32_t overflowWait_ms; /**< How long RAT_OVERFLOW_WAIT waits; RAT_INFINITE for ever. */
    uint32_t starvationLimit; /**< 0: higher priorities always first. n: a message that is the first of
                                   its priority is retrieved after at most n + 7 others. */
    uint32_t overflowMessage; /**< 0: none. Else a message of this number is retrieved, ahead of posted
                                   ones, when the queue begins to overflow (wparam 1) and when it is
                                   down to half its capacity again (wparam 0); lparam is how many posts
                                   met a full queue so far. Its target is the queue. */
} RatQueueOptions;

/** What a queue holds and what became of its messages. Set size before the call.
 *
 *  At any moment: posted = retrieved + dropped + replaced + cancelled + discarded + queued + delayed. */
typedef struct {
    uint32_t size;        /**< sizeof(RatQueueInfo). */
    uint32_t overflow;    /**< The RatOverflowPolicy. */
    size_t capacity;      /**< Most messages queued and delayed at once. */
    size_t byteBudget;    /**< Most bytes of payload queued at once. */
    size_t queued;        /**< Posted messages that can be retrieved. */
    size_t delayed;       /**< Posted messages whose time has not come. */
    size_t queuedBytes;   /**< Bytes of payload of both. */
    size_t requests;      /**< Sent messages that nobody has retrieved yet. */
    uint64_t posted;      /**< Posts that were accepted, ever. */
    uint64_t retrieved;   /**< Posted messages that were retrieved, ever. */
    uint64_t refused;     /**< Posts that were refused because the queue was full, ever. */
    uint64_t dropped;     /**< Messages dropped by RAT_OVERFLOW_DROP_OLDEST, ever. */
    uint64_t replaced;    /**< Messages whose place another of their key took, ever. */
    uint64_t cancelled;   /**< Messages cancelled while queued, ever. */
    uint64_t discarded;   /**< Messages that went with their window, ever. */
    uint32_t overflowing; /**< 1 from a post that met a full queue until it is half empty, else 0. */
} RatQueueInfo;

/** Handles the messages of a queue: those that RatDispatchMessage() is given, and on a thread's own queue
 *  those that are sent to the queue itself. Its result is the lparam of a reply. context is what
 *  RatSetMessageProc() was given. */
typedef RatResult (*RatMessageProc)(RatMessageQueue queue, const RatMessage* message, void* context);

/** Creates an unnamed queue of this process.
 *
 *  @param capacity  Most messages held at once; 0 selects 10,000; at most 2^24. Their payloads
 *                   together have 64 MiB at most. A post that meets a full queue is refused.
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

/** Creates an unnamed queue of this process, as the options say.
 *
 *  @param options   Read during the call. NULL selects every default.
 *  @param[out] out  Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                The queue exists and is empty.
 *  @retval RAT_IPC_ERR_INVALID_ARG   out is NULL, options->size is none that the library knows, the
 *                                    policy is unknown, or the capacity exceeds 2^24.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No handle or no memory is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known; a Win32 queue refuses beyond 10,000 messages.
 *  @since 0.1
 *  @see RatCloseMessageQueue
 */
RatIpcStatus RatCreateMessageQueueEx(const RatQueueOptions* options, RatMessageQueue* out);

/** Drops a reference to a queue; the last one ends it.
 *
 *  Messages still queued are freed unread. Who waits to retrieve, or for room, gets
 *  RAT_IPC_ERR_CANCELLED; who has sent to it and waits for the reply gets RAT_IPC_ERR_NOT_CONNECTED,
 *  at once, also where the request was retrieved already. Payloads that were retrieved keep their
 *  lifetime.
 *
 *  @param q  A queue of RatCreateMessageQueue().
 *  @retval RAT_IPC_OK                  The reference is gone.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  q names no live queue.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   q is a thread's own queue, which ends with its thread.
 *  @reentrancy Calls nothing back; may be called from the queue's own message procedure.
 *  @threadsafety Any thread, also while others post to it or wait in it.
 *  @win32 None known.
 *  @since 0.1
 *  @see RatCreateMessageQueue
 */
RatIpcStatus RatCloseMessageQueue(RatMessageQueue q);

/** Gives the calling thread's own queue, and creates it at the first call.
 *
 *  The queue of the windows of this thread. Only this thread retrieves from it; any thread posts to
 *  it. It holds up to 10,000 posted messages, refuses more, and ends with the thread.
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

/** Creates the calling thread's own queue, as the options say.
 *
 *  To be called before the thread's first window and its first RatGetThreadMessageQueue(), which
 *  create the queue too.
 *
 *  @param options   Read during the call. NULL selects every default.
 *  @param[out] out  Receives the handle; nothing is owed for it.
 *  @retval RAT_IPC_OK                  The queue exists and is empty.
 *  @retval RAT_IPC_ERR_INVALID_ARG     As in RatCreateMessageQueueEx().
 *  @retval RAT_IPC_ERR_ALREADY_EXISTS  The thread has its queue.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    No handle or no memory is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; each has its own.
 *  @win32 None known.
 *  @since 0.1
 *  @see RatGetThreadMessageQueue
 */
RatIpcStatus RatCreateThreadMessageQueue(const RatQueueOptions* options, RatMessageQueue* out);

/** Tells what a queue holds and what became of its messages.
 *
 *  One consistent picture: the equation at RatQueueInfo holds in it, but for posts and retrievals that
 *  the owning thread makes while another thread asks, which may be counted on one side only.
 *
 *  @param q            A queue of this process.
 *  @param[in,out] info  Its size says how much the caller knows; the rest is filled in.
 *  @retval RAT_IPC_OK                  Filled in.
 *  @retval RAT_IPC_ERR_INVALID_ARG     info is NULL or its size is none that the library knows.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  q names no live queue.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known.
 *  @since 0.1
 *  @see RatCreateMessageQueueEx
 */
RatIpcStatus RatGetQueueInfo(RatMessageQueue q, RatQueueInfo* info);

/** Sets the procedure that handles a queue's messages.
 *
 *  RatDispatchMessage() calls it for messages whose target is the queue, and replies to a request with
 *  its result. On a thread's own queue a message that another thread sends to the queue itself is
 *  handled by it inside the owner's retrieval, as windows' are; without it that message is retrieved.
 *
 *  @param q        A queue of this process; a thread's own queue only on that thread.
 *  @param proc     Called on the thread that dispatches. NULL takes the procedure away.
 *  @param context  Handed to it; the library does not look at it. Must live until another procedure
 *                  is set, or the queue is closed, and no call is running any more.
 *  @retval RAT_IPC_OK                  Set.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  q names no live queue.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    q is another thread's own queue.
 *  @reentrancy Calls nothing back. The procedure may call anything, also close its own queue.
 *  @threadsafety Any thread for unnamed queues.
 *  @win32 None known.
 *  @since 0.1
 *  @see RatDispatchMessage
 */
RatIpcStatus RatSetMessageProc(RatMessageQueue q, RatMessageProc proc, void* context);

/** Posts a message to a queue or to a window, and returns at once.
 *
 *  The payload is copied. Messages that one thread posts to one target in one priority are retrieved
 *  in the order they were posted. A window's messages go to the queue of the thread that owns it;
 *  those still queued when the window dies are discarded. A full queue does what its owner chose; a
 *  thread that posts to its own full queue is refused where another would wait, and so is one that
 *  alone has ever retrieved from it.
 *
 *  Windows are not posted what Win32 defines to carry pointers, such as RAT_WM_SETTEXT or RAT_WM_COPYDATA: the
 *  memory could be gone when it arrives. Send it, and wait. Nor is it sent to another thread's window without
 *  waiting.
 *
 *  @param target  A queue or a window of this process, or RAT_HWND_BROADCAST.
 *  @param msg     Copied with its payload. Reserved message numbers are ordinary messages to queues, but that
 *                 RAT_WM_QUIT ends the loop of a thread whose own queue it comes from.
 *  @retval RAT_IPC_OK                  Queued.
 *  @retval RAT_IPC_ERR_INVALID_ARG     msg is NULL, its priority is out of range, its size is over
 *                                      RAT_MAX_PAYLOAD_SIZE or it has a size and no payload.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  target names no live queue or window.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    The queue is full, of messages or of bytes, or no memory is left;
 *                                      nothing was queued.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   target is a window, and the message carries pointers.
 *  @retval RAT_IPC_ERR_TIMEOUT         RAT_OVERFLOW_WAIT: there was no room in time.
 *  @retval RAT_IPC_ERR_CANCELLED       RAT_OVERFLOW_WAIT: the queue was closed while this call waited.
 *  @reentrancy Calls nothing back; may be called from a window procedure.
 *  @threadsafety Any thread.
 *  @win32 PostMessage and PostThreadMessage; the header's x and y are the target thread's last known
 *         pointer position.
 *  @since 0.1
 *  @see RatGetMessage
 */
RatIpcStatus RatPostMessage(RatMessageQueue target, const RatMessage* msg);

/** Bits of RatPostOptions. */
#define RAT_POST_REPLACE 0x1u /**< Take the place of a queued message of the same key and target. */

/** How RatPostMessageEx() posts. Set size to sizeof(RatPostOptions), and the rest to zero or to your
 *  choice. */
typedef struct {
    uint32_t size;       /**< sizeof(RatPostOptions). */
    uint32_t flags;      /**< RAT_POST_*. */
    uint64_t timeout_ms; /**< How long to wait for room: 0 not at all, RAT_INFINITE for ever. */
    uint64_t notBefore;  /**< Nanoseconds of CLOCK_MONOTONIC before which the message is not retrieved;
                              0 for at once. It then queues behind those that are there. */
    uint64_t key;        /**< What RAT_POST_REPLACE and RAT_OVERFLOW_COALESCE compare. A message without
                              RAT_POST_REPLACE and of key 0 has its message number as its key. */
} RatPostOptions;

/** Posts a message with a deadline for room, a time, a key, and a token to cancel it by.
 *
 *  With RAT_POST_REPLACE, a message of the same key and target that is still queued and was posted with
 *  that bit too gives its place to this one, with its priority: its content and payload are gone, its
 *  token cancels nothing any more. Where either has a time in the future, the old one is taken out and
 *  this one queues by its own time and priority instead. A replacement needs no room.
 *
 *  @param target         A queue or a window of this process.
 *  @param msg            As in RatPostMessage().
 *  @param options        Read during the call. NULL selects every default, and so never waits.
 *  @param[out] outToken  Receives a number that RatCancelMessage() takes. May be NULL; a message that
 *                        is posted without asking for one costs less to retrieve.
 *  @retval RAT_IPC_OK                  Queued.
 *  @retval RAT_IPC_ERR_INVALID_ARG     As in RatPostMessage(), or options are malformed.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  target names no live queue or window.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    The queue is full and the call was not to wait, or only the calling
 *                                      thread could make room, or no memory is left.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   As in RatPostMessage().
 *  @retval RAT_IPC_ERR_TIMEOUT         There was no room in time; nothing was queued.
 *  @retval RAT_IPC_ERR_CANCELLED       The queue was closed while this call waited.
 *  @reentrancy Calls nothing back; messages sent to the calling thread wait while it waits for room.
 *  @threadsafety Any thread.
 *  @win32 None known.
 *  @since 0.1
 *  @see RatCancelMessage
 */
RatIpcStatus RatPostMessageEx(RatMessageQueue target, const RatMessage* msg,
                              const RatPostOptions* options, uint64_t* outToken);

/** Takes a posted message back, if it is still queued.
 *
 *  @param target  The queue or window it was posted to.
 *  @param token   Of RatPostMessageEx().
 *  @retval RAT_IPC_OK                  The message will not be retrieved.
 *  @retval RAT_IPC_ERR_NOT_FOUND       It was retrieved, replaced, dropped or cancelled before, or the
 *                                      token is none of that target's queue.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  target names no live queue or window.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known.
 *  @since 0.1
 *  @see RatPostMessageEx
 */
RatIpcStatus RatCancelMessage(RatMessageQueue target, uint64_t token);

/** Takes the next message, waiting for one if there is none.
 *
 *  On a thread's own queue, what other threads send to its windows is handled inside this call: their
 *  procedures run, and nothing is retrieved for it. On an unnamed queue each message goes to exactly
 *  one of the threads that ask; a sent one has RAT_MESSAGE_SENT in its flags.
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
 *  @retval RAT_IPC_ERR_NO_RESOURCES    The stack is nearly used up, and on a thread's own queue this may run
 *                                      procedures.
 *  @reentrancy Runs window procedures on a thread's own queue: for messages that other threads send, and
 *              for activation, size and focus that the display caused. May be called from one.
 *  @threadsafety Any thread for unnamed queues, from several at once too.
 *  @win32 GetMessage, with a timeout and without a filter.
 *  @since 0.1
 *  @see RatPeekMessage
 */
RatIpcStatus RatGetMessage(RatMessageQueue q, RatMessage* outMsg, int32_t timeout_ms);

/** Kinds of what a thread's own queue holds, as bits. Win32's numbers. */
#define RAT_QS_KEY 0x0001u         /**< Keys. */
#define RAT_QS_MOUSEMOVE 0x0002u   /**< Pointer moves. */
#define RAT_QS_MOUSEBUTTON 0x0004u /**< Pointer buttons and the wheel. */
#define RAT_QS_POSTMESSAGE 0x0008u /**< Posted messages, and a pending quit. */
#define RAT_QS_TIMER 0x0010u       /**< Timers that are due. */
#define RAT_QS_PAINT 0x0020u       /**< Windows that need painting. */
#define RAT_QS_SENDMESSAGE 0x0040u /**< Messages that other threads send. */
#define RAT_QS_HOTKEY 0x0080u      /**< Hot keys; they are posted, so what looks for these finds them too. */
#define RAT_QS_ALLPOSTMESSAGE 0x0100u /**< As RAT_QS_POSTMESSAGE; only a retrieval of every message
                                           number ends its being new. */
#define RAT_QS_MOUSE (RAT_QS_MOUSEMOVE | RAT_QS_MOUSEBUTTON)
#define RAT_QS_INPUT (RAT_QS_MOUSE | RAT_QS_KEY)
#define RAT_QS_ALLEVENTS \
    (RAT_QS_INPUT | RAT_QS_POSTMESSAGE | RAT_QS_TIMER | RAT_QS_PAINT | RAT_QS_HOTKEY)
#define RAT_QS_ALLINPUT (RAT_QS_ALLEVENTS | RAT_QS_SENDMESSAGE)

/** As a filter's target on a thread's own queue: messages of no window. */
#define RAT_THREAD_MESSAGES ((RatHandle)-1)

/** Which messages to retrieve. Set size to sizeof(RatMessageFilter); zero elsewhere lets everything
 *  through. What other threads send to a thread's windows is handled whatever the filter says, and so
 *  is a pending quit retrieved whatever its range and target are. */
typedef struct {
    uint32_t size;    /**< sizeof(RatMessageFilter). */
    uint32_t classes; /**< RAT_QS_*; 0 for all. On an unnamed queue RAT_QS_SENDMESSAGE and
                           RAT_QS_POSTMESSAGE count. */
    RatHandle target; /**< 0: any. A window: it and its children, on all levels. A queue, or
                           RAT_THREAD_MESSAGES: messages of no window. */
    uint32_t first;   /**< Least message number. */
    uint32_t last;    /**< Greatest message number; with first = last = 0, all. */
} RatMessageFilter;

/** Takes the next message that a filter lets through, waiting for one if there is none.
 *
 *  Messages that it does not let through stay where they are.
 *
 *  @param q            As in RatGetMessage().
 *  @param[out] outMsg  As in RatGetMessage().
 *  @param filter       Read during the call. NULL lets everything through.
 *  @param timeout_ms   As in RatGetMessage().
 *  @retval RAT_IPC_OK                  A message.
 *  @retval RAT_IPC_QUIT                RAT_WM_QUIT was retrieved: leave the loop.
 *  @retval RAT_IPC_ERR_TIMEOUT         None came in time.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outMsg is NULL, or the filter is malformed: its size is none that
 *                                      the library knows, a class is unknown, or first is over last.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  q names no live queue, or filter->target neither a live window of
 *                                      the thread nor a live queue.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    q is another thread's own queue.
 *  @retval RAT_IPC_ERR_CANCELLED       The queue was closed while this call waited.
 *  @reentrancy As RatGetMessage().
 *  @threadsafety As RatGetMessage().
 *  @win32 GetMessage, with a timeout.
 *  @since 0.1
 *  @see RatPeekMessageEx
 */
RatIpcStatus RatGetMessageEx(RatMessageQueue q, RatMessage* outMsg, const RatMessageFilter* filter,
                             int32_t timeout_ms);

/** Takes the next message and copies its payload to the caller's memory.
 *
 *  @param q             As in RatGetMessage().
 *  @param[out] outMsg   Receives the message; its payload is buffer, or NULL if it is empty.
 *  @param buffer        Receives header.size bytes; the caller's. May be NULL if size is 0.
 *  @param size          Bytes of room in it.
 *  @param[out] outSize  Receives the size of the payload, also where the buffer is too small. May be
 *                       NULL.
 *  @param timeout_ms    As in RatGetMessage().
 *  @retval RAT_IPC_OK                    A message.
 *  @retval RAT_IPC_QUIT                  RAT_WM_QUIT was retrieved: leave the loop.
 *  @retval RAT_IPC_ERR_BUFFER_TOO_SMALL  The next message's payload is larger; it stays queued.
 *  @retval RAT_IPC_ERR_TIMEOUT           None came in time.
 *  @retval RAT_IPC_ERR_INVALID_ARG       outMsg is NULL, or buffer is NULL and size is not 0.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE    q names no live queue.
 *  @retval RAT_IPC_ERR_WRONG_THREAD      q is another thread's own queue.
 *  @retval RAT_IPC_ERR_CANCELLED         The queue was closed while this call waited.
 *  @reentrancy As RatGetMessage().
 *  @threadsafety As RatGetMessage().
 *  @win32 None known.
 *  @since 0.1
 *  @see RatGetMessage
 */
RatIpcStatus RatGetMessageInto(RatMessageQueue q, RatMessage* outMsg, void* buffer, size_t size,
                               size_t* outSize, int32_t timeout_ms);

/** Looks at the next message and leaves it in the queue. Never waits.
 *
 *  @param q            As in RatGetMessage().
 *  @param[out] outMsg  Receives the message; its payload is a copy, which may be read until this thread
 *                     peeks again.
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

/** Bits of RatPeekMessageEx(). */
#define RAT_PM_NOREMOVE 0x0u /**< Leave the message in the queue. */
#define RAT_PM_REMOVE 0x1u   /**< Take it, as RatGetMessage() does. */

/** Looks at, or takes, the next message that a filter lets through. Never waits.
 *
 *  @param q            As in RatGetMessage().
 *  @param[out] outMsg  As in RatPeekMessage(); with RAT_PM_REMOVE as in RatGetMessage().
 *  @param filter       Read during the call. NULL lets everything through.
 *  @param flags        RAT_PM_NOREMOVE or RAT_PM_REMOVE.
 *  @retval RAT_IPC_OK                  A message.
 *  @retval RAT_IPC_QUIT                A quit is next, or was taken.
 *  @retval RAT_IPC_ERR_NOT_FOUND       There is none that the filter lets through.
 *  @retval RAT_IPC_ERR_INVALID_ARG     As in RatGetMessageEx(), or a flag is unknown.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  As in RatGetMessageEx().
 *  @retval RAT_IPC_ERR_WRONG_THREAD    q is another thread's own queue.
 *  @reentrancy As RatGetMessage().
 *  @threadsafety As RatPeekMessage().
 *  @win32 PeekMessage; its PM_QS_* bits are filter->classes.
 *  @since 0.1
 *  @see RatGetMessageEx
 */
RatIpcStatus RatPeekMessageEx(RatMessageQueue q, RatMessage* outMsg, const RatMessageFilter* filter,
                              uint32_t flags);

/** Keeps a retrieved message's payload beyond its lifetime.
 *
 *  @param msg  A message as the calling thread retrieved it; its payload still lives. A message without
 *              payload has nothing to keep, and that is fine.
 *  @retval RAT_IPC_OK               The payload stays until it is released as often as it was retained.
 *  @retval RAT_IPC_ERR_INVALID_ARG  msg is NULL.
 *  @retval RAT_IPC_ERR_NOT_FOUND    The payload is none that the thread retrieved, or one that is gone.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The thread that retrieved it, or any if it is retained already.
 *  @win32 None known.
 *  @since 0.1
 *  @see RatReleaseMessage
 */
RatIpcStatus RatRetainMessage(const RatMessage* msg);

/** Ends what one RatRetainMessage() began.
 *
 *  @param msg  The message that was retained, or a copy of its structure.
 *  @retval RAT_IPC_OK               Done; with the last release the payload is gone, unless its lifetime
 *                                   without retaining still runs.
 *  @retval RAT_IPC_ERR_INVALID_ARG  msg is NULL.
 *  @retval RAT_IPC_ERR_NOT_FOUND    The payload is not retained.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known.
 *  @since 0.1
 *  @see RatRetainMessage
 */
RatIpcStatus RatReleaseMessage(const RatMessage* msg);

/** Waits until something new comes to the calling thread's own queue.
 *
 *  What was there when the thread last retrieved, peeked or asked RatGetQueueStatus() is not new. What
 *  other threads send ends the wait, and is handled by the next retrieval.
 *
 *  @param timeout_ms  Milliseconds on the monotonic clock; UINT32_MAX and UINT64_MAX wait for ever.
 *  @retval RAT_IPC_OK                There is something new.
 *  @retval RAT_IPC_ERR_TIMEOUT       Nothing came in time.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  The thread had no queue and none could be made.
 *  @reentrancy Runs no window procedure.
 *  @threadsafety Any thread; each waits for its own queue.
 *  @win32 WaitMessage, with a timeout.
 *  @since 0.1
 *  @see RatMsgWaitForMultipleObjects
 */
RatIpcStatus RatWaitMessage(uint64_t timeout_ms);

/** Tells what the calling thread's own queue holds, by kind, and what of it is new.
 *
 *  @param flags           RAT_QS_*: what to ask about. Asking ends its being new.
 *  @param[out] outStatus  Receives RAT_QS_* in two halves: below what is new since the thread last
 *                         retrieved, peeked or asked; above, shifted left by 16, what is there.
 *  @retval RAT_IPC_OK                Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG   outStatus is NULL or flags has an unknown bit.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  The thread had no queue and none could be made.
 *  @reentrancy Runs no window procedure.
 *  @threadsafety Any thread; each asks about its own queue.
 *  @win32 GetQueueStatus.
 *  @since 0.1
 *  @see RatWaitMessage
 */
RatIpcStatus RatGetQueueStatus(uint32_t flags, uint32_t* outStatus);

/** Bits of RatMsgWaitForMultipleObjects(). Win32's numbers. */
#define RAT_MWMO_WAITALL 0x1u        /**< All objects and the queue, at one moment. */
#define RAT_MWMO_INPUTAVAILABLE 0x4u /**< What is there counts, not only what is new. */

/** Waits for objects, or for something in the calling thread's own queue.
 *
 *  @param handles     count handles as in RatWaitForMultipleObjects(). May be NULL if count is 0.
 *  @param count       0 to 9,999.
 *  @param timeout_ms  As in RatWaitForObject().
 *  @param wakeMask    RAT_QS_*: what of the queue ends the wait; 0 for nothing.
 *  @param flags       RAT_MWMO_*.
 *  @param[out] index  As in RatWaitForMultipleObjects(); count if the queue ended the wait. May be NULL.
 *  @retval RAT_WAIT_OK         An object is signalled, and index says which; or the queue has something.
 *  @retval RAT_WAIT_TIMEOUT    The time passed first; nothing was consumed.
 *  @retval RAT_WAIT_ABANDONED  As RAT_WAIT_OK, with an abandoned mutex among what was taken.
 *  @retval RAT_WAIT_FAILED     As in RatWaitForMultipleObjects(), the mask or the flags have an unknown
 *                              bit, or the thread had no queue and none could be made.
 *  @reentrancy Runs no window procedure: what is sent to the thread is handled by its next retrieval.
 *  @threadsafety Any thread; each looks at its own queue.
 *  @win32 MsgWaitForMultipleObjectsEx with 9,999 in the place of 63; MWMO_ALERTABLE has no equal.
 *  @since 0.1
 *  @see RatWaitForMultipleObjects
 */
RatWaitResult RatMsgWaitForMultipleObjects(const RatHandle* handles, size_t count,
                                           uint64_t timeout_ms, uint32_t wakeMask, uint32_t flags,
                                           size_t* index);

/** Runs the procedure that a message is meant for, on this thread.
 *
 *  The procedure of the window that header.target names, or the one that RatSetMessageProc() gave to
 *  the queue. A request is replied to with the procedure's result as lparam, unless the procedure did it.
 *
 *  @param msg  A message as it was retrieved.
 *  @retval RAT_IPC_OK                The procedure, or the timer procedure, has run.
 *  @retval RAT_IPC_ERR_INVALID_ARG   msg is NULL, or its size is not 0 and its payload is NULL.
 *  @retval RAT_IPC_ERR_NOT_FOUND     There is no one to run: the target is a queue without procedure, 0,
 *                                    or a window that died meanwhile. The sender of a request gets the
 *                                    same.
 *  @retval RAT_IPC_ERR_WRONG_THREAD  The window belongs to another thread.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  The stack is nearly used up. The sender of a request gets the same.
 *  @reentrancy Runs a procedure, which may do anything, also destroy the window or close the queue.
 *  @threadsafety The window's own thread; any for a queue's procedure.
 *  @win32 DispatchMessage, which returns the procedure's result instead.
 *  @since 0.1
 *  @see RatGetMessage
 */
RatIpcStatus RatDispatchMessage(const RatMessage* msg);

/** Runs the procedure that a message is meant for, and tells what it answered.
 *
 *  As RatDispatchMessage().
 *
 *  @param msg             A message as it was retrieved.
 *  @param[out] outResult  Receives the procedure's result, 0 from a timer's; may be NULL.
 *  @retval RAT_IPC_OK                The procedure, or the timer procedure, has run.
 *  @retval RAT_IPC_ERR_INVALID_ARG   As of RatDispatchMessage(), as are the other failures.
 *  @retval RAT_IPC_ERR_NOT_FOUND     As of RatDispatchMessage().
 *  @retval RAT_IPC_ERR_WRONG_THREAD  As of RatDispatchMessage().
 *  @reentrancy As RatDispatchMessage().
 *  @threadsafety As RatDispatchMessage().
 *  @win32 DispatchMessage; none known.
 *  @since 0.1
 *  @see RatDispatchMessage
 */
RatIpcStatus RatDispatchMessageEx(const RatMessage* msg, RatResult* outResult);

/** Asks the calling thread's message loop to end.
 *
 *  A flag, not an entry: it comes out after every posted message, also later ones, and a second call
 *  replaces the exit code. A full queue does not keep it out.
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

/** Sends a message to a queue or to a window, and waits for the reply.
 *
 *  To a window of the calling thread, and to its own queue if that has a procedure, this is a direct
 *  call. To a window of another thread the message is handled inside that thread's next retrieval, ahead
 *  of what is posted. From a plain queue it is retrieved, ahead of what is posted, by whoever asks, and
 *  answered with RatReplyMessage(). A full queue takes it all the same. While the caller waits it handles
 *  what is sent to its own windows, so that mutual sends end.
 *
 *  RAT_WM_COPYDATA to another thread's window travels with the bytes that it points to, so they stay valid
 *  for the procedure whatever becomes of the sender. Other pointers are the sender's memory, which must stay until
 *  the procedure has returned.
 *
 *  A request that nobody has begun when the time is over is withdrawn. One that was begun runs to its
 *  end, and its reply is dropped.
 *
 *  @param target         A queue or a window of this process, or RAT_HWND_BROADCAST.
 *  @param msg            Copied with its payload, but for a direct call; priority is not looked at.
 *  @param[out] outReply  Receives the reply: from a window or a procedure its result as lparam. The
 *                        reply's payload is the library's, and valid until the calling thread's next
 *                        send. May be NULL; the call waits all the same.
 *  @param timeout_ms     Milliseconds on the monotonic clock; RAT_INFINITE for ever; 0 is
 *                        RAT_IPC_ERR_TIMEOUT without sending, but for a direct call.
 *  @retval RAT_IPC_OK                  Answered.
 *  @retval RAT_IPC_ERR_TIMEOUT         No reply came in time.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED   The receiver ended, the queue was closed, or the window was
 *                                      destroyed before it was called.
 *  @retval RAT_IPC_ERR_DEADLOCK        Waiting could only wait for itself: the calling thread alone
 *                                      retrieves from that queue, or who does waits, through others or
 *                                      not, for the calling thread. RatGetDeadlockReport() names them.
 *  @retval RAT_IPC_ERR_NOT_FOUND       It was dispatched where no procedure is.
 *  @retval RAT_IPC_ERR_INVALID_ARG     As in RatPostMessage(); or RAT_WM_COPYDATA points to more than
 *                                      RAT_MAX_PAYLOAD_SIZE less 32 bytes, or to NULL and a size.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  target names no live queue or window.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    As in RatSendMessageCallback(); or the stack of a thread that would run
 *                                      procedures for it is nearly used up.
 *  @reentrancy Runs window procedures of the calling thread.
 *  @threadsafety Any thread.
 *  @win32 SendMessage and SendMessageTimeout with a status of its own, and queues as targets.
 *  @since 0.1
 *  @see RatReplyMessage
 */
RatIpcStatus RatSendMessage(RatMessageQueue target, const RatMessage* msg, RatMessage* outReply,
                            uint32_t timeout_ms);

/** Bits of RatSendMessageEx(). Win32's numbers. */
#define RAT_SMTO_NORMAL 0x0u /**< Handle what is sent to the caller while it waits. */
#define RAT_SMTO_BLOCK 0x1u  /**< Do not: what is sent to the caller waits until this call is over. */

/** Sends a message and waits for the reply, with flags.
 *
 *  @param target         As in RatSendMessage().
 *  @param msg            As in RatSendMessage().
 *  @param[out] outReply  As in RatSendMessage().
 *  @param timeout_ms     As in RatSendMessage().
 *  @param flags          RAT_SMTO_*.
 *  @retval RAT_IPC_OK                  Answered.
 *  @retval RAT_IPC_ERR_INVALID_ARG     As in RatSendMessage(), or a flag is unknown.
 *  @retval RAT_IPC_ERR_TIMEOUT         As in RatSendMessage(), as are the other failures.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED   As in RatSendMessage().
 *  @retval RAT_IPC_ERR_DEADLOCK        As in RatSendMessage().
 *  @retval RAT_IPC_ERR_NOT_FOUND       As in RatSendMessage().
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  As in RatSendMessage().
 *  @retval RAT_IPC_ERR_NO_RESOURCES    No memory is left.
 *  @reentrancy Runs window procedures of the calling thread unless RAT_SMTO_BLOCK is given.
 *  @threadsafety Any thread.
 *  @win32 SendMessageTimeout; SMTO_ABORTIFHUNG and its like have no equal.
 *  @since 0.1
 *  @see RatSendMessage
 */
RatIpcStatus RatSendMessageEx(RatMessageQueue target, const RatMessage* msg, RatMessage* outReply,
                              uint32_t timeout_ms, uint32_t flags);

/** Sends a message without waiting for it to be handled.
 *
 *  To a window of the calling thread this is a direct call. Elsewhere it is handled as what is sent is:
 *  ahead of what is posted. Its result goes nowhere.
 *
 *  @param target  A queue or a window of this process, or RAT_HWND_BROADCAST.
 *  @param msg     Copied with its payload, but for a direct call.
 *  @retval RAT_IPC_OK                  Sent.
 *  @retval RAT_IPC_ERR_INVALID_ARG     As in RatPostMessage().
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   target is another thread's window, and the message carries pointers.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  target names no live queue or window.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    No memory is left, or a million sent messages wait there already.
 *  @reentrancy Runs the procedure of a window of the calling thread; nothing else.
 *  @threadsafety Any thread.
 *  @win32 SendNotifyMessage.
 *  @since 0.1
 *  @see RatSendMessage
 */
RatIpcStatus RatSendNotifyMessage(RatMessageQueue target, const RatMessage* msg);

/** Called when a message of RatSendMessageCallback() was answered, or never will be. status is
 *  RAT_IPC_OK, RAT_IPC_ERR_NOT_CONNECTED or RAT_IPC_ERR_NOT_FOUND, as RatSendMessage() would say. reply
 *  is NULL unless it is RAT_IPC_OK, and valid during the call. */
typedef void (*RatSendCallback)(RatHandle target, uint32_t message, void* context,
                                RatIpcStatus status, const RatMessage* reply);

/** Sends a message without waiting, and has a function called with the reply.
 *
 *  The function runs on the calling thread, inside its next retrieval or send that follows the reply;
 *  so the thread gets a queue of its own if it has none. For a window of the calling thread both the
 *  procedure and the function run before this call returns. A thread that ends first never has it called.
 *
 *  @param target    A queue or a window of this process, or RAT_HWND_BROADCAST.
 *  @param msg       Copied with its payload, but for a direct call.
 *  @param callback  Not NULL.
 *  @param context   Handed to it; the library does not look at it.
 *  @retval RAT_IPC_OK                  Sent; the function will be called once.
 *  @retval RAT_IPC_ERR_INVALID_ARG     As in RatPostMessage(), or callback is NULL.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   As in RatSendNotifyMessage().
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  target names no live queue or window.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    No memory is left, a million sent messages wait there already, or
 *                                      262,144 requests of the process are open.
 *  @reentrancy Runs the procedure of a window of the calling thread, and then callback; nothing else.
 *  @threadsafety Any thread.
 *  @win32 SendMessageCallback; the function gets a status and the whole reply.
 *  @since 0.1
 *  @see RatSendMessage
 */
RatIpcStatus RatSendMessageCallback(RatMessageQueue target, const RatMessage* msg,
                                    RatSendCallback callback, void* context);

/** Answers a request, and lets its sender go on.
 *
 *  From inside a window procedure, answer RatGetCurrentMessage(): the sender goes on at once, and the
 *  procedure's result goes nowhere.
 *
 *  @param request  A retrieved message with RAT_MESSAGE_REQUEST in its flags, or a copy of its structure.
 *  @param reply    Copied with its payload. NULL is an empty reply.
 *  @retval RAT_IPC_OK               The sender has it.
 *  @retval RAT_IPC_ERR_INVALID_ARG  request is NULL, or reply has too large a size or a size and no
 *                                   payload.
 *  @retval RAT_IPC_ERR_NOT_FOUND    Nobody waits: it is no request, was answered before, or its sender has
 *                                   given up.
 *  @retval RAT_IPC_ERR_NO_RESOURCES No memory is left; the request is still open.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread of the process.
 *  @win32 ReplyMessage, which answers the message in progress only.
 *  @since 0.1
 *  @see RatSendMessage
 */
RatIpcStatus RatReplyMessage(const RatMessage* request, const RatMessage* reply);

/** What RatInSendMessage() answers. Win32's numbers. */
#define RAT_ISMEX_NOSEND 0x0u   /**< No message of another thread is being handled. */
#define RAT_ISMEX_SEND 0x1u     /**< RatSendMessage(): the sender waits, unless it was replied to. */
#define RAT_ISMEX_NOTIFY 0x2u   /**< RatSendNotifyMessage(). */
#define RAT_ISMEX_CALLBACK 0x4u /**< RatSendMessageCallback(). */
#define RAT_ISMEX_REPLIED 0x8u  /**< It was answered already, or its sender has given up. */

/** Tells how the message in progress on the calling thread was sent.
 *
 *  That is the innermost message of another thread among those that procedures are handling, also while
 *  a procedure inside it handles what was posted, or what the thread has sent to itself.
 *
 *  @return RAT_ISMEX_*. RAT_ISMEX_NOSEND where no procedure is handling a message of another thread.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 InSendMessageEx.
 *  @since 0.1
 *  @see RatReplyMessage
 */
uint32_t RatInSendMessage(void);

/** What lparam of RAT_WM_COPYDATA points to. The bytes are the receiver's to read during the call. */
typedef struct {
    uintptr_t data;    /**< The program's. */
    uint32_t size;     /**< Bytes. */
    const void* bytes; /**< NULL if size is 0. */
} RatCopyData;

/** Gives the number of a message that parts of a program agree on by its name.
 *
 *  The same name gives the same number, to whoever asks and as long as the process lives.
 *
 *  @param name             1 to 255 bytes of UTF-8, compared without regard to ASCII case. Copied.
 *  @param[out] outMessage  Receives the number: 0xC000 to 0xFFFF.
 *  @retval RAT_IPC_OK                There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG   A pointer is NULL, or the name is empty, too long or no UTF-8.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  All 16,384 numbers are given.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 RegisterWindowMessage, in this process; the numbers of classes are others.
 *  @since 0.1
 *  @see RatGetMessageName
 */
RatIpcStatus RatRegisterWindowMessage(const char* name, uint32_t* outMessage);

/** Tells the chain that the calling thread's last RAT_IPC_ERR_DEADLOCK would have closed.
 *
 *  One line for each wait, such as "thread 4711 waits for a reply to message 0x0401 from queue
 *  0x1234, which only thread 4712 retrieves from". For a person, not for a program to parse.
 *
 *  @param buffer        Receives the text and a NUL; the caller's. May be NULL if size is 0.
 *  @param size          Bytes of room in it.
 *  @param[out] outSize  Receives the bytes needed, with the NUL. May be NULL.
 *  @retval RAT_IPC_OK                    The text is there.
 *  @retval RAT_IPC_ERR_BUFFER_TOO_SMALL  buffer is untouched.
 *  @retval RAT_IPC_ERR_NOT_FOUND         The thread had none yet.
 *  @retval RAT_IPC_ERR_INVALID_ARG       buffer is NULL and size is not 0.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; each has its own.
 *  @win32 None known; Win32 hangs.
 *  @since 0.1
 *  @see RatSendMessage
 */
RatIpcStatus RatGetDeadlockReport(char* buffer, size_t size, size_t* outSize);

#ifdef __cplusplus
}
#endif
#endif /* RATMSG_H */
