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
    RAT_TRACE_POST = 1,     /**< A message is posted, and may yet be refused by a full queue. */
    RAT_TRACE_SEND = 2,     /**< It is sent: to a procedure of this thread, which is called now, or to another's. */
    RAT_TRACE_DISPATCH = 3, /**< A procedure is called with what was retrieved, or sent by another thread. */
    RAT_TRACE_RETURN = 4    /**< It has returned; or the reply to what was sent to another thread is there. */
} RatTraceKind;

/** A traced event. */
typedef struct {
    uint32_t kind;    /**< A RatTraceKind. */
    uint32_t message; /**< Message id. */
    RatHandle target; /**< A window or a queue. */
    uintptr_t wparam;
    intptr_t lparam;
    RatResult result; /**< RAT_TRACE_RETURN: what was answered; else 0. */
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

#ifdef __cplusplus
}
#endif
#endif /* RATTRACE_H */
