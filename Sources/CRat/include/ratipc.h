/** @file ratipc.h
 *  Pipes, sockets and shared memory: the kernel's own means, behind handles.
 */
#ifndef RATIPC_H
#define RATIPC_H

#include "ratcore.h"

#ifdef __cplusplus
extern "C" {
#endif

/* -- Pipes and sockets ------------------------------------------------------------------------- */

/* -- Shared memory ------------------------------------------------------------------------------
 *
 * Memory that several processes map. A name is 1 to 255 bytes of any kind but NUL and '/'; one '/'
 * before them changes nothing ("/foo" and "foo" are one name), and "." and ".." are names like any
 * other. A name belongs to the user: objects are files that nobody else may open, kept in
 * /dev/shm/rat-UID, or in the directory that RAT_SHM_DIR names (an absolute path; made if only its
 * last part is missing). That directory must be the user's own, no link, and writable by nobody
 * else; otherwise every call here that takes a name gives RAT_IPC_ERR_ACCESS_DENIED. Where there is
 * no place to keep objects, creating gives the status of the errno behind it: RAT_IPC_ERR_NOT_FOUND
 * without /dev/shm, RAT_IPC_ERR_ACCESS_DENIED where it cannot be written; RatGetLastErrno() tells.
 *
 * The memory outlives its creator: a named object stays until RatUnlinkSharedMemory(), or until its
 * last handle closes if it was created so, or until the machine restarts. Handles are meant for one
 * process; between processes the name travels, and the other side opens it.
 */

/** Names shared memory. */
typedef RatHandle RatSharedMemory;

/** For RatCreateSharedMemoryEx(): the name goes when the last handle of any process closes, also
 *  when the last process that had one is killed. */
#define RAT_SHM_UNLINK_ON_LAST_CLOSE 0x1u

/** For RatMapSharedMemoryEx(): the mapping can be read. */
#define RAT_MAP_READ 0x1u
/** For RatMapSharedMemoryEx(): the mapping can be written to, and read. */
#define RAT_MAP_WRITE 0x2u

/** Creates named shared memory, all zero.
 *
 *  Of any number of processes and threads that create one name at once, exactly one succeeds, and
 *  nobody opens an object before it is whole. The memory is taken from the system here, all of it:
 *  what is mapped later is there. A creator that is killed leaves all or nothing.
 *
 *  @param name      The name, as above.
 *  @param size      Bytes; not 0. RatMapSharedMemory() tells exactly this number.
 *  @param[out] out  Receives the handle; the caller owes one close. The object stays after it.
 *  @retval RAT_IPC_OK                  The object exists; the handle permits writing.
 *  @retval RAT_IPC_ERR_INVALID_ARG     name or out is NULL, name is no name, size is 0, or
 *                                      RAT_SHM_DIR is no absolute path.
 *  @retval RAT_IPC_ERR_ALREADY_EXISTS  The name is taken.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    There is not so much memory, or no descriptor or handle.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED   The directory is not safe or cannot be written to.
 *  @retval RAT_IPC_ERR_NOT_FOUND       There is no directory to keep it in, or no /proc.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   The file system of RAT_SHM_DIR cannot keep it.
 *  @retval RAT_IPC_ERR_TIMEOUT         A dead object of the name is in the way, and for 5 seconds a
 *                                      stopped process kept it from being removed.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CreateFileMapping with a name, but the object stays until it is unlinked, as in POSIX,
 *         and a name that is taken is a failure.
 *  @since 0.1
 *  @see RatCloseSharedMemory, RatUnlinkSharedMemory
 */
RatIpcStatus RatCreateSharedMemory(const char* name, size_t size, RatSharedMemory* out);

/** Creates shared memory, all zero, with or without a name.
 *
 *  See RatCreateSharedMemory(). Memory without a name goes with its last handle and mapping; its
 *  size is sealed, so that no process that gets hold of it can take it away under another.
 *
 *  With RAT_SHM_UNLINK_ON_LAST_CLOSE the name goes when the last handle of any process closes.
 *  Mappings do not count as handles; they stay usable. An object whose holders were all killed is
 *  treated as not there by everybody who looks for the name, and its memory is freed then.
 *  Each handle to such an object takes two descriptors. A child that was forked and neither execs nor
 *  ends keeps the handles of a parent that was killed.
 *
 *  @param name      The name, or NULL for memory without one.
 *  @param size      Bytes; not 0.
 *  @param flags     0 or RAT_SHM_UNLINK_ON_LAST_CLOSE, which says nothing new about memory without
 *                   a name.
 *  @param[out] out  Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                  The object exists; the handle permits writing.
 *  @retval RAT_IPC_ERR_INVALID_ARG     out is NULL, name is no name, size is 0, a flag is unknown,
 *                                      or RAT_SHM_DIR is no absolute path.
 *  @retval RAT_IPC_ERR_ALREADY_EXISTS  The name is taken.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    There is not so much memory, or no descriptor or handle.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED   The directory is not safe or cannot be written to.
 *  @retval RAT_IPC_ERR_NOT_FOUND       There is no directory to keep it in, or no /proc.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   The file system of RAT_SHM_DIR cannot keep it.
 *  @retval RAT_IPC_ERR_TIMEOUT         As in RatCreateSharedMemory().
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CreateFileMapping: with RAT_SHM_UNLINK_ON_LAST_CLOSE names live as long as there, but
 *         that a view alone does not keep one.
 *  @since 0.1
 *  @see RatCloseSharedMemory
 */
RatIpcStatus RatCreateSharedMemoryEx(const char* name, size_t size, uint32_t flags,
                                     RatSharedMemory* out);

/** Opens the shared memory of a name.
 *
 *  If the user may only read the object, its handle can only map it for reading.
 *
 *  @param name      The name, as it was created.
 *  @param[out] out  Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                 Open.
 *  @retval RAT_IPC_ERR_INVALID_ARG    name or out is NULL, name is no name, or RAT_SHM_DIR is no
 *                                     absolute path.
 *  @retval RAT_IPC_ERR_NOT_FOUND      There is none of the name, or its last handle is closing.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED  The user may not even read it, or the directory is not safe.
 *  @retval RAT_IPC_ERR_NO_RESOURCES   No descriptor or handle is left.
 *  @retval RAT_IPC_ERR_TIMEOUT        A dead object has the name, and for 5 seconds a stopped
 *                                     process kept it from being removed.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 OpenFileMapping with the most access that there is.
 *  @since 0.1
 *  @see RatCreateSharedMemory, RatCloseSharedMemory
 */
RatIpcStatus RatOpenSharedMemory(const char* name, RatSharedMemory* out);

/** Maps shared memory, all of it.
 *
 *  For reading and writing, or only for reading if the handle permits no more; writing into such a
 *  mapping is a SIGSEGV. Each call gives a mapping of its own, which stays until
 *  RatUnmapSharedMemory(), also after the handle is closed and the name unlinked. Other processes
 *  see what is written at once, and in no promised order: synchronization is the caller's. A forked
 *  child has its parent's mappings.
 *
 *  @param shm           Shared memory.
 *  @param[out] outAddr  Receives the address, aligned to a page.
 *  @param[out] outSize  Receives the size asked for at creation.
 *  @retval RAT_IPC_OK                  Mapped; the caller owes one RatUnmapSharedMemory().
 *  @retval RAT_IPC_ERR_INVALID_ARG     outAddr or outSize is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  shm names no live shared memory.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    No address space is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 MapViewOfFile, which needs the access to be said.
 *  @since 0.1
 *  @see RatUnmapSharedMemory
 */
RatIpcStatus RatMapSharedMemory(RatSharedMemory shm, void** outAddr, size_t* outSize);

/** Maps a part of shared memory, for what is asked for.
 *
 *  See RatMapSharedMemory().
 *
 *  @param shm           Shared memory.
 *  @param access        RAT_MAP_READ, RAT_MAP_WRITE or both; writing implies reading.
 *  @param offset        Where the part begins: a multiple of the page size, less than the size of
 *                       the memory.
 *  @param size          Bytes, not beyond the end; 0 for all that follows.
 *  @param[out] outAddr  Receives the address, aligned to a page.
 *  @param[out] outSize  Receives the size of the mapping.
 *  @retval RAT_IPC_OK                  Mapped; the caller owes one RatUnmapSharedMemory().
 *  @retval RAT_IPC_ERR_INVALID_ARG     outAddr or outSize is NULL, access is 0 or unknown, or the
 *                                      part is not inside the memory.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  shm names no live shared memory.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED   Writing is asked for, and the handle permits only reading.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    No address space is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 MapViewOfFile; offsets are multiples of the page size instead of 64 KiB.
 *  @since 0.1
 *  @see RatUnmapSharedMemory
 */
RatIpcStatus RatMapSharedMemoryEx(RatSharedMemory shm, uint32_t access, uint64_t offset,
                                  size_t size, void** outAddr, size_t* outSize);

/** Ends a mapping, all of it.
 *
 *  @param addr  What a map function gave; invalid afterwards.
 *  @param size  The size that it gave with it.
 *  @retval RAT_IPC_OK               Not mapped any more.
 *  @retval RAT_IPC_ERR_INVALID_ARG  There is no mapping of this address with this size, or not any
 *                                   more. Nothing was unmapped.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. Nobody may use the memory any more.
 *  @win32 UnmapViewOfFile, which takes no size.
 *  @since 0.1
 *  @see RatMapSharedMemory
 */
RatIpcStatus RatUnmapSharedMemory(void* addr, size_t size);

/** Tells how large shared memory is.
 *
 *  @param shm           Shared memory.
 *  @param[out] outSize  Receives the size asked for at creation, in bytes.
 *  @retval RAT_IPC_OK                  Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outSize is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  shm names no live shared memory.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known; Win32 has no such function.
 *  @since 0.1
 *  @see RatMapSharedMemory
 */
RatIpcStatus RatGetSharedMemorySize(RatSharedMemory shm, uint64_t* outSize);

/** Drops a reference to shared memory, and ends the handle with the last one.
 *
 *  Mappings stay. So does the object if it has a name, unless it was created with
 *  RAT_SHM_UNLINK_ON_LAST_CLOSE and no process has a handle to it any more: then the name is free
 *  when this returns. That can take 5 seconds if a process was stopped in the middle of removing
 *  another; after them the name stays, and names nothing.
 *
 *  @param shm  Shared memory.
 *  @retval RAT_IPC_OK                  The reference is gone.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  shm names no live shared memory.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CloseHandle; none known.
 *  @since 0.1
 *  @see RatCreateSharedMemory, RatUnlinkSharedMemory
 */
RatIpcStatus RatCloseSharedMemory(RatSharedMemory shm);

/** Takes the name of shared memory away.
 *
 *  The name is free at once. Handles and mappings stay usable; the memory is freed with the last of
 *  them. Of several who unlink one object at once, exactly one succeeds.
 *
 *  @param name  The name, as it was created.
 *  @retval RAT_IPC_OK                 The name is free.
 *  @retval RAT_IPC_ERR_INVALID_ARG    name is NULL or no name, or RAT_SHM_DIR is no absolute path.
 *  @retval RAT_IPC_ERR_NOT_FOUND      There is no object of the name.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED  The directory is not safe or cannot be written to.
 *  @retval RAT_IPC_ERR_NO_RESOURCES   No descriptor is left.
 *  @retval RAT_IPC_ERR_TIMEOUT        For 5 seconds a stopped process kept names from being
 *                                     removed.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 None known; there names go with the last handle.
 *  @since 0.1
 *  @see RatCreateSharedMemory
 */
RatIpcStatus RatUnlinkSharedMemory(const char* name);

#ifdef __cplusplus
}
#endif
#endif /* RATIPC_H */
