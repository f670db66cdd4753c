/** @file rattrace.h
 *  Tracing: what becomes of messages, for whoever looks for a mistake.
 *
 *  The environment's RAT_TRACE=messages[,filter] prints every post, send, dispatch and return to standard error,
 *  each with its thread, indented as calls are nested:
 *
 *      rat 8123.004711 4242 post WM_APP+1(0x2, 0x0) to window 0x1000600100003
 *      rat 8123.004790 4242 dispatch WM_APP+1(0x2, 0x0) to window 0x1000600100003
 *      rat 8123.004795 4242   send WM_SETTEXT(0x0, 0x5581) to window 0x1000600100003
 *      rat 8123.004801 4242   return WM_SETTEXT from window 0x1000600100003: 1
 *      rat 8123.004803 4242 return WM_APP+1 from window 0x1000600100003: 0
 *
 *  A filter is a list of messages, such as WM_SIZE,WM_USER..0x4FF,!WM_TIMER: names, with or without the WM_, or
 *  numbers, WM_USER and WM_APP also with a + and a number; two of them for a range; a ! before what is left out.
 *  Numbers are decimal or begin with 0x.
 *  Without any that is not left out, everything else is traced.
 */
#ifndef RATTRACE_H
#define RATTRACE_H

#include "ratcore.h"
#include "ratmsg.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a traced event is. */
typedef enum {
    RAT_TRACE_POST = 1,     /**< A message is posted. */
    RAT_TRACE_SEND = 2,     /**< It is sent: to a procedure of this thread, which is called now, or to another's. */
    RAT_TRACE_DISPATCH = 3, /**< A procedure is called with what was retrieved, or sent by another thread. */
    RAT_TRACE_RETURN = 4,   /**< It has returned; or the reply to what was sent to another thread is there. */
    RAT_TRACE_FAIL = 5      /**< What was posted was refused, or what was sent to another thread was not answered. */
} RatTraceKind;

/** A traced event. */
typedef struct {
    uint32_t kind;    /**< A RatTraceKind. */
    uint32_t message; /**< Message id. */
    RatHandle target; /**< A window or a queue. */
    uintptr_t wparam;
    intptr_t lparam;
    RatResult result; /**< RAT_TRACE_RETURN: what was answered. RAT_TRACE_FAIL: the RatStatus. Else 0. */
    uint64_t time;    /**< Nanoseconds of CLOCK_MONOTONIC. */
    uint32_t thread;  /**< The system's number of the thread. */
    uint32_t depth;   /**< How many procedures of that thread are running around it. */
} RatTraceEvent;

/** Is told of a traced event, on the thread where it happens. event is valid during the call; context is what
 *  RatTraceMessages() was given. What it posts and sends itself is not traced. */
typedef void (*RatTraceCallback)(const RatTraceEvent* event, void* context);

/** Has a function called with what becomes of messages.
 *
 *  It takes the place of the function before it. What the environment asks for is printed besides. Off, tracing
 *  costs a branch that is never taken.
 *
 *  @param callback  NULL ends the calls; others that are running go on to their end.
 *  @param context   Handed to it; the library does not look at it. Must live as long as calls may be running.
 *  @param filter    Which messages; copied. NULL or "" for all.
 *  @retval RAT_IPC_OK               Done.
 *  @retval RAT_IPC_ERR_INVALID_ARG  filter is none; nothing has changed.
 *  @reentrancy Calls nothing back. May be called from the callback.
 *  @threadsafety Any thread; the callback is called on any, and on several at once.
 *  @win32 None known; Spy++ watches from outside.
 *  @since 0.1
 *  @see RatGetMessageName
 */
RatStatus RatTraceMessages(RatTraceCallback callback, void* context, const char* filter);

/** Tells the name of a message.
 *
 *  @param message  Message id.
 *  @return The name, such as "WM_SIZE", or what RatRegisterWindowMessage() was given first for the number;
 *          NULL where there is none. The library's; valid as long as the process lives.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known.
 *  @since 0.1
 *  @see RatTraceMessages
 */
const char* RatGetMessageName(uint32_t message);

/* Recording, and comparing with what was expected
 *
 * A sequence says which messages are expected, in their order:
 *
 *     WM_NCCREATE WM_NCCALCSIZE WM_CREATE [WM_SIZE] WM_MOVE(0, 10:20) ...
 *
 *     WM_SIZE          a call with that message, sent or dispatched: by name or number, as filters are written; also
 *                      "Named" for a registered one, and _ for any
 *     WM_SIZE(0, 7)    its parameters: numbers, in decimals or after 0x; _ for any; 300:200 for the halves of the low
 *                      32 bits, the low one first; the second parameter may be left out
 *     WM_CLOSE=0       its answer
 *     WM_SIZE@1        its window or queue: the first of the targets that are given
 *     send WM_SIZE     its kind: send, dispatch, post, return or fail. The last three are looked at where a sequence
 *                      names one of them, and passed over elsewhere
 *     WM_A|WM_B        one or the other
 *     [WM_A WM_B]      all in brackets, or nothing of it
 *     {WM_A WM_B}      in any order; some of them may be in brackets; ten at most
 *     WM_A*            any number of it
 *     ...              any number of anything
 */

/** How RatMatchMessages() and RatExpectMessages() compare. */
typedef enum {
    RAT_MATCH_EXACTLY = 0, /**< These messages and no others. */
    RAT_MATCH_IN_ORDER = 1 /**< These, in this order; others may come before, between and after them. */
} RatMatchFlags;

/** Begins to record what becomes of messages on the calling thread.
 *
 *  What was recorded before is forgotten. At most 65,536 events are kept. The thread gets a queue if it has none.
 *  While any thread records, the trace is on for all of them, at its cost.
 *
 *  @param target  The window or queue whose messages are recorded; 0 for all.
 *  @param filter  Which messages, as RatTraceMessages() takes it; copied. NULL or "" for all.
 *  @retval RAT_IPC_OK                  Done.
 *  @retval RAT_IPC_ERR_INVALID_ARG     filter is none.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  target is no window or queue.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    No queue could be made for the thread.
 *  @reentrancy Calls nothing back. May be called from a window procedure.
 *  @threadsafety Any thread; each records its own.
 *  @win32 None known.
 *  @since 0.1
 *  @see RatStopRecording
 */
RatStatus RatStartRecording(RatHandle target, const char* filter);

/** Ends what RatStartRecording() began, and forgets what was recorded.
 *
 *  A thread that ends does the same.
 *
 *  @retval RAT_IPC_OK  Done, or there was nothing to end.
 *  @reentrancy Calls nothing back. May be called from a window procedure.
 *  @threadsafety Any thread; for its own recording.
 *  @win32 None known.
 *  @since 0.1
 *  @see RatStartRecording
 */
RatStatus RatStopRecording(void);

/** Takes what the calling thread has recorded.
 *
 *  The recording goes on, from nothing.
 *
 *  @param events    Out: the events, in their order. May be NULL if capacity is 0.
 *  @param capacity  How many there is room for.
 *  @param outCount  Out: how many there are. Not NULL.
 *  @retval RAT_IPC_OK                    Taken.
 *  @retval RAT_IPC_ERR_BUFFER_TOO_SMALL  There is too little room; outCount says how much is needed, and nothing was
 *                                        taken.
 *  @retval RAT_IPC_ERR_NO_RESOURCES      More had come than is kept; it is forgotten.
 *  @retval RAT_IPC_ERR_INVALID_ARG       A pointer is NULL, or the thread records nothing.
 *  @reentrancy Calls nothing back. May be called from a window procedure.
 *  @threadsafety Any thread; for its own recording.
 *  @win32 None known.
 *  @since 0.1
 *  @see RatExpectMessages
 */
RatStatus RatTakeRecording(RatTraceEvent* events, size_t capacity, size_t* outCount);

/** Compares what the calling thread has recorded with a sequence, and forgets it.
 *
 *  So each call looks at what has come since the one before it. Where something else came, RatGetMatchReport() tells
 *  what, and what was expected.
 *
 *  @param sequence     The messages that are expected; at most 65,536 bytes.
 *  @param targets      What the sequence calls @1, @2 and so on. May be NULL if targetCount is 0.
 *  @param targetCount  How many.
 *  @param flags        RatMatchFlags.
 *  @retval RAT_IPC_OK                The messages are what was expected.
 *  @retval RAT_IPC_ERR_NOT_FOUND     They are not.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  More had come than is kept.
 *  @retval RAT_IPC_ERR_INVALID_ARG   sequence is none, as the report tells; the thread records nothing; a pointer is
 *                                    NULL; or flags are unknown. What was recorded is kept.
 *  @reentrancy Calls nothing back. May be called from a window procedure.
 *  @threadsafety Any thread; for its own recording.
 *  @win32 None known.
 *  @since 0.1
 *  @see RatStartRecording
 */
RatStatus RatExpectMessages(const char* sequence, const RatHandle* targets, size_t targetCount, uint32_t flags);

/** Compares events with a sequence.
 *
 *  For events that RatTakeRecording() gave, or a program has collected by itself. As RatExpectMessages().
 *
 *  @param events       The events, in their order. May be NULL if count is 0.
 *  @param count        How many.
 *  @param sequence     The messages that are expected; at most 65,536 bytes.
 *  @param targets      What the sequence calls @1, @2 and so on. May be NULL if targetCount is 0.
 *  @param targetCount  How many.
 *  @param flags        RatMatchFlags.
 *  @retval RAT_IPC_OK               The messages are what was expected.
 *  @retval RAT_IPC_ERR_NOT_FOUND    They are not, as the report tells.
 *  @retval RAT_IPC_ERR_INVALID_ARG  sequence is none, as the report tells; a pointer is NULL; or flags are unknown.
 *  @reentrancy Calls nothing back. May be called from a window procedure.
 *  @threadsafety Any thread.
 *  @win32 None known.
 *  @since 0.1
 *  @see RatGetMatchReport
 */
RatStatus RatMatchMessages(const RatTraceEvent* events, size_t count, const char* sequence, const RatHandle* targets,
                           size_t targetCount, uint32_t flags);

/** Tells why the calling thread's last comparison failed.
 *
 *  A text for a person to read: what came, what was expected, and all that was compared, with the place marked.
 *
 *  @param buffer   Out: UTF-8 with its NUL. May be NULL if size is 0.
 *  @param size     Room in buffer, in bytes.
 *  @param outSize  Out, nullable: the size of the text with its NUL.
 *  @retval RAT_IPC_OK                    Copied.
 *  @retval RAT_IPC_ERR_BUFFER_TOO_SMALL  size does not suffice; outSize says what does. Nothing is copied.
 *  @retval RAT_IPC_ERR_NOT_FOUND         The thread has compared nothing, or the last comparison did not fail.
 *  @retval RAT_IPC_ERR_INVALID_ARG       buffer is NULL and size is not 0.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; for its own comparisons.
 *  @win32 None known.
 *  @since 0.1
 *  @see RatExpectMessages
 */
RatStatus RatGetMatchReport(char* buffer, size_t size, size_t* outSize);

#ifdef __cplusplus
}
#endif
#endif /* RATTRACE_H */
