/** @file ratname.h
 *  Message queues that other processes find by name.
 *
 *  One process creates a queue of a name, others of the same user open it. The same user is the
 *  same effective user id; root is no exception, in neither direction.
 *
 *  What an opened handle does. It posts and sends, with all functions of ratmsg.h that take a
 *  queue as their target, cancels by token, and is asked for info. It retrieves: RatGetMessage(),
 *  RatPeekMessage(), their Ex forms and RatGetMessageInto(). Each message goes to exactly one of
 *  all who ask, in whatever process. What differs from a queue of the own process:
 *
 *  - The queue lives with the handles of the process that created it. When the last of those
 *    closes, or that process ends or is killed, all calls by opened handles give
 *    RAT_IPC_ERR_NOT_CONNECTED, also those that wait, and the name is free at once. The opened
 *    handles are still to be closed; closing them changes nothing for others.
 *  - Each opened handle has a connection, which holds 256 KiB beyond what the queue holds.
 *    RatPostMessage() gives RAT_IPC_ERR_NO_RESOURCES when both are full. What it accepted arrives,
 *    also if the poster exits or is killed at once. A payload beyond 128 KiB goes in parts: a post
 *    that has begun waits for the owner to read on, while the queue is full also longer than 5 s.
 *  - RatPostMessageEx() has all its options and waits for the owner's answer, 5 seconds at most
 *    beyond its timeout; then it gives RAT_IPC_ERR_TIMEOUT.
 *  - What it retrieves is what was posted. Sent messages are for the process that created the queue.
 *  - A wait for it ends when there is something to retrieve, for all who wait by this handle, and
 *    when the queue has ended: retrieving tells. A wait of 0 asks the owner, as retrieving does.
 *  - RatSetMessageProc() gives RAT_IPC_ERR_NOT_SUPPORTED.
 *  - wparam and lparam are copied as they are: a pointer means nothing in another process, and a
 *    handle names nothing there. header.sender is cleared unless it is a handle of the sending
 *    process. Who really sent is what RatGetMessageSender() tells. What a message says is the
 *    sender's word; a receiver looks before it believes.
 *
 *  Names. A name is 1 to 255 bytes of any kind but NUL and '/'; one '/' before them changes nothing
 *  ("/foo" and "foo" are one name), and "." and ".." are names like any other. Queues and shared
 *  memory have a space of names each.
 *
 *  The runtime directory. Names are kept in $RAT_RUNTIME_DIR, else in $XDG_RUNTIME_DIR/rat, else in
 *  /tmp/rat-UID; creating makes the directory if only its last part is missing. It must be the
 *  user's own, no link, and writable by nobody else; otherwise every call here that takes a name
 *  gives RAT_IPC_ERR_ACCESS_DENIED. A path that is not absolute is RAT_IPC_ERR_INVALID_ARG. What a
 *  killed process left there is in nobody's way, and goes when its name is created again.
 *
 *  Not there yet: queues for other users (access control lists), handles that travel in messages,
 *  windows of other processes as targets, queues that outlive their creator, and the search for
 *  deadlocks between processes: a cycle of sends between processes ends by its timeouts.
 */
#ifndef RATNAME_H
#define RATNAME_H

#include "ratmsg.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Creates a queue that other processes of the user can open by its name.
 *
 *  Of any number of processes and threads that create one name at once, exactly one succeeds. For
 *  this process it is a queue as RatCreateMessageQueue() makes them. Its name goes with its last
 *  handle here, or with RatUnlinkMessageQueue().
 *
 *  @param name      The name, as above. Copied.
 *  @param capacity  As in RatCreateMessageQueue(). What waits in connections does not count.
 *  @param[out] out  Receives the handle; the caller owes one RatCloseMessageQueue().
 *  @retval RAT_IPC_OK                  The queue exists and is empty, and others can open it.
 *  @retval RAT_IPC_ERR_INVALID_ARG     name or out is NULL, name is no name, capacity exceeds 2^24,
 *                                      or the runtime directory is no absolute path.
 *  @retval RAT_IPC_ERR_ALREADY_EXISTS  A living process has a queue of the name, this one included.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED   The runtime directory is not safe or cannot be written to.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    No handle, descriptor, thread or memory is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known; Win32 queues belong to threads only. The nearest is CreateMailslot.
 *  @since 0.1
 *  @see RatOpenNamedMessageQueue, RatUnlinkMessageQueue
 */
RatIpcStatus RatCreateNamedMessageQueue(const char* name, size_t capacity, RatMessageQueue* out);

/** Creates a queue of a name, as the options say.
 *
 *  See RatCreateNamedMessageQueue(). The options hold for what other processes post, too; with
 *  RAT_OVERFLOW_WAIT it is the poster that waits.
 *
 *  @param name      The name, as above. Copied.
 *  @param options   Read during the call. NULL selects every default.
 *  @param[out] out  Receives the handle; the caller owes one RatCloseMessageQueue().
 *  @retval RAT_IPC_OK                  The queue exists and is empty, and others can open it.
 *  @retval RAT_IPC_ERR_INVALID_ARG     name or out is NULL, name is no name, the options are as
 *                                      RatCreateMessageQueueEx() refuses them, or the runtime
 *                                      directory is no absolute path.
 *  @retval RAT_IPC_ERR_ALREADY_EXISTS  As in RatCreateNamedMessageQueue().
 *  @retval RAT_IPC_ERR_ACCESS_DENIED   As in RatCreateNamedMessageQueue().
 *  @retval RAT_IPC_ERR_NO_RESOURCES    As in RatCreateNamedMessageQueue().
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known.
 *  @since 0.1
 *  @see RatCreateNamedMessageQueue
 */
RatIpcStatus RatCreateNamedMessageQueueEx(const char* name, const RatQueueOptions* options,
                                          RatMessageQueue* out);

/** Opens the queue of a name.
 *
 *  In the process that created it, this gives that queue's own handle once more, and one more close
 *  is owed. In another one each call gives a handle and a connection of its own; what one thread
 *  posts by one handle arrives in order, as far as it is posted by one of the functions:
 *  RatPostMessageEx() has a way of its own, on which its messages may overtake those of
 *  RatPostMessage().
 *
 *  @param name      The name, as it was created.
 *  @param[out] out  Receives the handle; the caller owes one RatCloseMessageQueue().
 *  @retval RAT_IPC_OK                 Open.
 *  @retval RAT_IPC_ERR_INVALID_ARG    name or out is NULL, name is no name, or the runtime
 *                                     directory is no absolute path.
 *  @retval RAT_IPC_ERR_NOT_FOUND      There is no queue of the name, or its owner is dead.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED  It is another user's, or the runtime directory is not safe.
 *  @retval RAT_IPC_ERR_TIMEOUT        Its owner lives, and did not answer for 5 seconds: it is
 *                                     stopped.
 *  @retval RAT_IPC_ERR_NO_RESOURCES   No handle, descriptor, thread or memory is left, here or
 *                                     there.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known; the nearest is CreateFile with the name of a mailslot.
 *  @since 0.1
 *  @see RatCreateNamedMessageQueue
 */
RatIpcStatus RatOpenNamedMessageQueue(const char* name, RatMessageQueue* out);

/** Takes the name of a queue away.
 *
 *  The name is free at once, for any process of the user, and nobody opens this queue any more. The
 *  queue goes on for those who have it. Of several who unlink one queue at once, exactly one
 *  succeeds.
 *
 *  @param name  The name, as it was created. It need not have been this process.
 *  @retval RAT_IPC_OK                 The name is free.
 *  @retval RAT_IPC_ERR_INVALID_ARG    name is NULL or no name, or the runtime directory is no
 *                                     absolute path.
 *  @retval RAT_IPC_ERR_NOT_FOUND      There is no queue of the name, or its owner is dead.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED  The runtime directory is not safe or cannot be written to.
 *  @retval RAT_IPC_ERR_NO_RESOURCES   No descriptor is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known.
 *  @since 0.1
 *  @see RatCreateNamedMessageQueue
 */
RatIpcStatus RatUnlinkMessageQueue(const char* name);

/** Tells which process a message came from, and whose it is.
 *
 *  The system says so, not the sender. It speaks of the process as it was when the connection was
 *  made: by now it may have ended, and another may have its number. For a message that this process
 *  posted or sent itself, it is this process. What is retrieved from another process's queue came
 *  from that process, whoever put it there.
 *
 *  @param msg              A message as it was retrieved or is handled, or a copy of it:
 *                          header.origin says it. 0, as in a message that the program makes itself,
 *                          is this process.
 *  @param[out] outProcess  Receives the process id. May be NULL.
 *  @param[out] outUser     Receives the effective user id. May be NULL, but not both.
 *  @retval RAT_IPC_OK               Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG  msg is NULL, or both outputs are.
 *  @retval RAT_IPC_ERR_NOT_FOUND    header.origin is no number that the library gave.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known for messages; the nearest is GetNamedPipeClientProcessId.
 *  @since 0.1
 *  @see RatOpenNamedMessageQueue
 */
RatIpcStatus RatGetMessageSender(const RatMessage* msg, uint32_t* outProcess, uint32_t* outUser);

#ifdef __cplusplus
}
#endif
#endif /* RATNAME_H */
