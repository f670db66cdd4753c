/** @file ratshared.h
 *  Events, mutexes and semaphores that processes share: in memory that they map, or by name.
 *
 *  Their handles are events, mutexes and semaphores like others: RatSetEvent(), RatResetEvent(),
 *  RatReleaseMutex(), RatReleaseSemaphore(), the close functions and all waits of ratsync.h take
 *  them, also mixed with objects of other kinds. What differs:
 *
 *  - A process may be killed at any instruction. A mutex that one of its threads owned is abandoned
 *    then: the next wait, also one that sleeps already, gives RAT_WAIT_ABANDONED. A signal is not
 *    lost to a waiter that is killed before it took it, and nobody sleeps on because a signaller
 *    was killed.
 *  - There is no order among waiters: whoever is first to look takes the signal. A semaphore's unit
 *    counts towards its maximum until a waiter has taken it.
 *  - Waiting for all of several shared objects takes one after another and gives back if one is
 *    missing: others may see a part of them taken for a moment. What a process took that is killed
 *    in that moment goes with it, unless it is a mutex. Two handles to one object are refused
 *    there, with RAT_WAIT_FAILED.
 *  - A thread can own a mutex 1,023 times; another wait for it is RAT_WAIT_FAILED.
 *  - Closing the last handle by which a thread of this process locked a mutex abandons the mutex.
 *  - Operations that find nobody asleep make no system call. Closing a handle does not end waits in
 *    other processes, nor by other handles.
 *
 *  Waits sleep without looking up, with these exceptions, in which they look every 5 ms: kernels
 *  before 5.16; more than 127 shared objects in one wait, or waited for together with descriptors
 *  in one process; several shared mutexes in one wait; and a semaphore whose releaser was killed in
 *  the middle, once.
 *
 *  Processes must be in one PID namespace, and the memory in ordinary pages of a file that does not
 *  become shorter. Who can write to the memory can break the synchronization, but not harm the
 *  memory of others. A process with a shared
 *  mutex, or with a wait for shared objects and descriptors together, has a thread of the library's
 *  that sleeps.
 */
#ifndef RATSHARED_H
#define RATSHARED_H

#include "ratsync.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What an object takes in memory, in bytes; its alignment too. */
#define RAT_SHARED_OBJECT_SIZE 64

/* -- In memory of the caller's ---------------------------------------------------------------- */

/** Makes an event of memory that processes share.
 *
 *  What the memory held before is gone; no process may use an object there meanwhile. Others get at
 *  the object with RatAttachEvent(). It ends with the memory: closing handles leaves it.
 *
 *  @param memory        RAT_SHARED_OBJECT_SIZE bytes in a shared mapping that can be written to
 *                       (RatMapSharedMemory(), or mmap with MAP_SHARED), at a multiple of that
 *                       size. They may be unmapped while the handle lives.
 *  @param manualReset   As in RatCreateEvent().
 *  @param initialState  True: signalled from the start.
 *  @param[out] out  Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                The event exists.
 *  @retval RAT_IPC_ERR_INVALID_ARG   memory or out is NULL, or memory is not aligned, not mapped,
 *                                    not shared or not writable.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No handle, mapping or memory is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known; there only named objects are shared.
 *  @since 0.1
 *  @see RatAttachEvent, RatCloseEvent
 */
RatIpcStatus RatPlaceEvent(void* memory, bool manualReset, bool initialState, RatEvent* out);

/** Makes a mutex of memory that processes share.
 *
 *  What the memory held before is gone; no process may use an object there meanwhile. Others get at
 *  the object with RatAttachMutex(). It ends with the memory: closing handles leaves it.
 *
 *  @param memory          RAT_SHARED_OBJECT_SIZE bytes in a shared mapping that can be written to
 *                         (RatMapSharedMemory(), or mmap with MAP_SHARED), at a multiple of that
 *                         size. They may be unmapped while the handle lives.
 *  @param initiallyOwned  True: owned by the calling thread, once.
 *  @param[out] out  Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                The mutex exists.
 *  @retval RAT_IPC_ERR_INVALID_ARG   memory or out is NULL, or memory is not aligned, not mapped,
 *                                    not shared or not writable.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No handle, mapping or memory is left; or this process has
 *                                    2,000 shared mutexes.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known; there only named objects are shared.
 *  @since 0.1
 *  @see RatAttachMutex, RatCloseMutex
 */
RatIpcStatus RatPlaceMutex(void* memory, bool initiallyOwned, RatMutex* out);

/** Makes a semaphore of memory that processes share.
 *
 *  What the memory held before is gone; no process may use an object there meanwhile. Others get at
 *  the object with RatAttachSemaphore(). It ends with the memory: closing handles leaves it.
 *
 *  @param memory        RAT_SHARED_OBJECT_SIZE bytes in a shared mapping that can be written to
 *                       (RatMapSharedMemory(), or mmap with MAP_SHARED), at a multiple of that
 *                       size. They may be unmapped while the handle lives.
 *  @param initialCount  0 to maximumCount.
 *  @param maximumCount  At least 1.
 *  @param[out] out  Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                The semaphore exists.
 *  @retval RAT_IPC_ERR_INVALID_ARG   memory or out is NULL, or memory is not aligned, not mapped,
 *                                    not shared or not writable; or a count is out of range.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No handle, mapping or memory is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known; there only named objects are shared.
 *  @since 0.1
 *  @see RatAttachSemaphore, RatCloseSemaphore
 */
RatIpcStatus RatPlaceSemaphore(void* memory, uint32_t initialCount, uint32_t maximumCount,
                               RatSemaphore* out);

/** Gives a handle to an event that is in shared memory.
 *
 *  @param memory  Where RatPlaceEvent() made the event, as this process maps it. May be unmapped
 *                 while the handle lives.
 *  @param[out] out  Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                Attached.
 *  @retval RAT_IPC_ERR_INVALID_ARG   memory or out is NULL, or memory is not aligned, not mapped,
 *                                    not shared or not writable; or what is there is no event, or
 *                                    of another version.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No handle, mapping or memory is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known; there only named objects are shared.
 *  @since 0.1
 *  @see RatPlaceEvent, RatCloseEvent
 */
RatIpcStatus RatAttachEvent(void* memory, RatEvent* out);

/** Gives a handle to a mutex that is in shared memory.
 *
 *  @param memory  Where RatPlaceMutex() made the mutex, as this process maps it. May be unmapped
 *                 while the handle lives.
 *  @param[out] out  Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                Attached.
 *  @retval RAT_IPC_ERR_INVALID_ARG   memory or out is NULL, or memory is not aligned, not mapped,
 *                                    not shared or not writable; or what is there is no mutex, or
 *                                    of another version.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No handle, mapping or memory is left; or this process has
 *                                    2,000 shared mutexes.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known; there only named objects are shared.
 *  @since 0.1
 *  @see RatPlaceMutex, RatCloseMutex
 */
RatIpcStatus RatAttachMutex(void* memory, RatMutex* out);

/** Gives a handle to a semaphore that is in shared memory.
 *
 *  @param memory  Where RatPlaceSemaphore() made the semaphore, as this process maps it. May be
 *                 unmapped while the handle lives.
 *  @param[out] out  Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                Attached.
 *  @retval RAT_IPC_ERR_INVALID_ARG   memory or out is NULL, or memory is not aligned, not mapped,
 *                                    not shared or not writable; or what is there is no semaphore,
 *                                    or of another version.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No handle, mapping or memory is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known; there only named objects are shared.
 *  @since 0.1
 *  @see RatPlaceSemaphore, RatCloseSemaphore
 */
RatIpcStatus RatAttachSemaphore(void* memory, RatSemaphore* out);

/* -- By name ----------------------------------------------------------------------------------- */

/* Names are as for shared memory, in a space of their own that events, mutexes and semaphores have
 * in common, private to the user: files of 64 bytes in the same directory, for which see
 * RatCreateSharedMemory(). An object stays until it is unlinked, also after its creator ended. */

/** Creates an event with a name.
 *
 *  Of several who create one name at once, exactly one succeeds.
 *
 *  @param name          1 to 255 bytes without a slash; one slash before them changes nothing.
 *  @param manualReset   As in RatCreateEvent().
 *  @param initialState  True: signalled from the start.
 *  @param[out] out  Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                  It exists, and has the name.
 *  @retval RAT_IPC_ERR_INVALID_ARG     name or out is NULL, name is no name, or RAT_SHM_DIR is no
 *                                      absolute path.
 *  @retval RAT_IPC_ERR_ALREADY_EXISTS  An event, mutex or semaphore has the name.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    No room, descriptor, handle or mapping is left.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED   The directory or the object is not safe, or may not be
 *                                      written to.
 *  @retval RAT_IPC_ERR_TIMEOUT         For 5 seconds a stopped process kept a dead name from being
 *                                      removed.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CreateEvent with a name, but it opens nothing that exists, and the name outlives the
 *         handles.
 *  @since 0.1
 *  @see RatOpenNamedEvent, RatUnlinkNamedObject, RatCloseEvent
 */
RatIpcStatus RatCreateNamedEvent(const char* name, bool manualReset, bool initialState,
                                 RatEvent* out);

/** Creates a mutex with a name.
 *
 *  Of several who create one name at once, exactly one succeeds.
 *
 *  @param name            1 to 255 bytes without a slash; one slash before them changes nothing.
 *  @param initiallyOwned  True: owned by the calling thread, once.
 *  @param[out] out  Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                  It exists, and has the name.
 *  @retval RAT_IPC_ERR_INVALID_ARG     name or out is NULL, name is no name, or RAT_SHM_DIR is no
 *                                      absolute path.
 *  @retval RAT_IPC_ERR_ALREADY_EXISTS  An event, mutex or semaphore has the name.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    No room, descriptor, handle or mapping is left; or this
 *                                      process has 2,000 shared mutexes.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED   The directory or the object is not safe, or may not be
 *                                      written to.
 *  @retval RAT_IPC_ERR_TIMEOUT         For 5 seconds a stopped process kept a dead name from being
 *                                      removed.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CreateMutex with a name, but it opens nothing that exists, and the name outlives the
 *         handles.
 *  @since 0.1
 *  @see RatOpenNamedMutex, RatUnlinkNamedObject, RatCloseMutex
 */
RatIpcStatus RatCreateNamedMutex(const char* name, bool initiallyOwned, RatMutex* out);

/** Creates a semaphore with a name.
 *
 *  Of several who create one name at once, exactly one succeeds.
 *
 *  @param name          1 to 255 bytes without a slash; one slash before them changes nothing.
 *  @param initialCount  0 to maximumCount.
 *  @param maximumCount  At least 1.
 *  @param[out] out  Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                  It exists, and has the name.
 *  @retval RAT_IPC_ERR_INVALID_ARG     name or out is NULL, name is no name, a count is out of
 *                                      range, or RAT_SHM_DIR is no absolute path.
 *  @retval RAT_IPC_ERR_ALREADY_EXISTS  An event, mutex or semaphore has the name.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    No room, descriptor, handle or mapping is left.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED   The directory or the object is not safe, or may not be
 *                                      written to.
 *  @retval RAT_IPC_ERR_TIMEOUT         For 5 seconds a stopped process kept a dead name from being
 *                                      removed.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CreateSemaphore with a name, but it opens nothing that exists, and the name outlives the
 *         handles.
 *  @since 0.1
 *  @see RatOpenNamedSemaphore, RatUnlinkNamedObject, RatCloseSemaphore
 */
RatIpcStatus RatCreateNamedSemaphore(const char* name, uint32_t initialCount, uint32_t maximumCount,
                                     RatSemaphore* out);

/** Opens the event of a name.
 *
 *  @param name  The name, as it was created.
 *  @param[out] out  Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                 Open.
 *  @retval RAT_IPC_ERR_INVALID_ARG    name or out is NULL, name is no name, RAT_SHM_DIR is no
 *                                     absolute path, or the object is no event.
 *  @retval RAT_IPC_ERR_NOT_FOUND      No event, mutex or semaphore has the name.
 *  @retval RAT_IPC_ERR_NO_RESOURCES   No descriptor, handle or mapping is left.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED  The directory or the object is not safe, or may not be
 *                                     written to.
 *  @retval RAT_IPC_ERR_TIMEOUT        For 5 seconds a stopped process kept a dead name from being
 *                                     removed.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 OpenEvent with all access.
 *  @since 0.1
 *  @see RatCreateNamedEvent, RatCloseEvent
 */
RatIpcStatus RatOpenNamedEvent(const char* name, RatEvent* out);

/** Opens the mutex of a name.
 *
 *  @param name  The name, as it was created.
 *  @param[out] out  Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                 Open.
 *  @retval RAT_IPC_ERR_INVALID_ARG    name or out is NULL, name is no name, RAT_SHM_DIR is no
 *                                     absolute path, or the object is no mutex.
 *  @retval RAT_IPC_ERR_NOT_FOUND      No event, mutex or semaphore has the name.
 *  @retval RAT_IPC_ERR_NO_RESOURCES   No descriptor, handle or mapping is left; or this process has
 *                                     2,000 shared mutexes.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED  The directory or the object is not safe, or may not be
 *                                     written to.
 *  @retval RAT_IPC_ERR_TIMEOUT        For 5 seconds a stopped process kept a dead name from being
 *                                     removed.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 OpenMutex with all access.
 *  @since 0.1
 *  @see RatCreateNamedMutex, RatCloseMutex
 */
RatIpcStatus RatOpenNamedMutex(const char* name, RatMutex* out);

/** Opens the semaphore of a name.
 *
 *  @param name  The name, as it was created.
 *  @param[out] out  Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                 Open.
 *  @retval RAT_IPC_ERR_INVALID_ARG    name or out is NULL, name is no name, RAT_SHM_DIR is no
 *                                     absolute path, or the object is no semaphore.
 *  @retval RAT_IPC_ERR_NOT_FOUND      No event, mutex or semaphore has the name.
 *  @retval RAT_IPC_ERR_NO_RESOURCES   No descriptor, handle or mapping is left.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED  The directory or the object is not safe, or may not be
 *                                     written to.
 *  @retval RAT_IPC_ERR_TIMEOUT        For 5 seconds a stopped process kept a dead name from being
 *                                     removed.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 OpenSemaphore with all access.
 *  @since 0.1
 *  @see RatCreateNamedSemaphore, RatCloseSemaphore
 */
RatIpcStatus RatOpenNamedSemaphore(const char* name, RatSemaphore* out);

/** Takes the name of an event, a mutex or a semaphore away.
 *
 *  The name is free at once; handles stay usable. Of several who unlink one object at once, exactly
 *  one succeeds.
 *
 *  @param name  The name, as it was created.
 *  @retval RAT_IPC_OK                 The name is free.
 *  @retval RAT_IPC_ERR_INVALID_ARG    name is NULL or no name, or RAT_SHM_DIR is no absolute path.
 *  @retval RAT_IPC_ERR_NOT_FOUND      No event, mutex or semaphore has the name.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED  The directory is not safe or cannot be written to.
 *  @retval RAT_IPC_ERR_NO_RESOURCES   No descriptor is left.
 *  @retval RAT_IPC_ERR_TIMEOUT        For 5 seconds a stopped process kept names from being
 *                                     removed.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known; there names go with the last handle.
 *  @since 0.1
 *  @see RatCreateNamedEvent, RatCreateNamedMutex, RatCreateNamedSemaphore
 */
RatIpcStatus RatUnlinkNamedObject(const char* name);

#ifdef __cplusplus
}
#endif
#endif /* RATSHARED_H */
