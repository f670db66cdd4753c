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

/** Names one end of a pipe. */
typedef RatHandle RatPipe;

/** Names a socket. */
typedef RatHandle RatSocket;

/** @name Flags of a handle
 *  Both are off at first. @{ */
#define RAT_HANDLE_NONBLOCK 0x1u /**< Calls that would have to wait give RAT_IPC_ERR_WOULD_BLOCK. */
#define RAT_HANDLE_INHERIT 0x2u  /**< The descriptor stays open in a program started by exec. */
/** @} */

/** What RatSetSocketOption() sets. Every value is an int; switches are 0 or not. */
typedef enum {
    RAT_SOCKET_REUSE_ADDRESS = 1,  /**< Switch, SO_REUSEADDR. On for streams of the network. */
    RAT_SOCKET_REUSE_PORT = 2,     /**< Switch, SO_REUSEPORT. */
    RAT_SOCKET_KEEP_ALIVE = 3,     /**< Switch, SO_KEEPALIVE. */
    RAT_SOCKET_NO_DELAY = 4,       /**< Switch, TCP_NODELAY. */
    RAT_SOCKET_SEND_BUFFER = 5,    /**< Bytes, SO_SNDBUF; the system doubles what it is given. */
    RAT_SOCKET_RECEIVE_BUFFER = 6, /**< Bytes, SO_RCVBUF; the system doubles what it is given. */
    RAT_SOCKET_BROADCAST = 7,      /**< Switch, SO_BROADCAST. */
    RAT_SOCKET_IPV6_ONLY = 8,      /**< Switch, IPV6_V6ONLY. */
    RAT_SOCKET_LINGER = 9,         /**< Seconds, SO_LINGER; negative for off. */
    RAT_SOCKET_ERROR = 10          /**< The errno that waits to be told, SO_ERROR; only to be read,
                                        which takes it. */
} RatSocketOption;

/** Which directions of a socket RatShutdownSocket() ends; the numbers are SHUT_RD and its like. */
typedef enum {
    RAT_SHUTDOWN_RECEIVE = 0, /**< Nothing more is received. */
    RAT_SHUTDOWN_SEND = 1,    /**< Nothing more is sent; the peer comes to the end. */
    RAT_SHUTDOWN_BOTH = 2     /**< Both. */
} RatShutdownHow;

/** Sets flags of a handle.
 *
 *  Calls that are under way keep the way they began. The kernel's own flag O_NONBLOCK stays as it
 *  is: what another process does with the same socket does not change.
 *
 *  @param handle  A pipe's end or a socket.
 *  @param mask    Which flags to change: RAT_HANDLE_* or'ed.
 *  @param flags   What they become: those in here are set, the others cleared. Flags outside mask
 *                 are ignored.
 *  @retval RAT_IPC_OK                  Set.
 *  @retval RAT_IPC_ERR_INVALID_ARG     mask or flags has an unknown bit.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  handle names nothing.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   It is neither a pipe's end nor a socket.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 SetHandleInformation, with non-blocking as a flag, too.
 *  @since 0.1
 *  @see RatGetHandleFlags
 */
RatIpcStatus RatSetHandleFlags(RatHandle handle, uint32_t mask, uint32_t flags);

/** Tells the flags of a handle.
 *
 *  @param handle    A pipe's end or a socket.
 *  @param[out] out  Receives RAT_HANDLE_* or'ed.
 *  @retval RAT_IPC_OK                  Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG     out is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  handle names nothing.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   It is neither a pipe's end nor a socket.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetHandleInformation; none known.
 *  @since 0.1
 *  @see RatSetHandleFlags
 */
RatIpcStatus RatGetHandleFlags(RatHandle handle, uint32_t* out);

/** Lends the descriptor behind a handle.
 *
 *  For what the library has no call for: options, ancillary data, event loops of others. The
 *  descriptor stays the handle's, which closes it. It is a socket and blocks, with a pipe too.
 *
 *  @param handle      A pipe's end or a socket.
 *  @param[out] outFd  Receives the descriptor, valid until the handle is closed; -1 after a
 *                     failure. The caller must not close it.
 *  @retval RAT_IPC_OK                  Lent.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outFd is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  handle names nothing.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   It is neither a pipe's end nor a socket.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; keeping the handle open meanwhile is the caller's business.
 *  @win32 None known; the handle is the object there.
 *  @since 0.1
 *  @see RatSetHandleFlags
 */
RatIpcStatus RatGetHandleDescriptor(RatHandle handle, int* outFd);

/** Creates a pipe: bytes written at one end are read at the other.
 *
 *  A wait on the read end is for something to read or the end; on the write end, for room or for
 *  nobody being left to read.
 *
 *  @param[out] outRead   Receives the end to read from; the caller owes one close.
 *  @param[out] outWrite  Receives the end to write to; the caller owes one close.
 *  @retval RAT_IPC_OK                Created.
 *  @retval RAT_IPC_ERR_INVALID_ARG   outRead or outWrite is NULL, or they are one.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No descriptor, handle or memory is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CreatePipe, without a size to suggest.
 *  @since 0.1
 *  @see RatClosePipe
 */
RatIpcStatus RatCreatePipe(RatPipe* outRead, RatPipe* outWrite);

/** Reads bytes from a pipe.
 *
 *  Waits until there is one, then takes what there is, up to size. At the end, when every write end
 *  is closed and everything is read, it gives RAT_IPC_OK and 0 bytes.
 *
 *  @param pipe       A read end.
 *  @param[out] buf   Receives the bytes; NULL if size is 0.
 *  @param size       How many at most, up to SSIZE_MAX. 0 reads nothing and does not wait.
 *  @param[out] read  Receives how many; 0 after a failure.
 *  @retval RAT_IPC_OK                   Read, or the end.
 *  @retval RAT_IPC_ERR_INVALID_ARG      read is NULL, buf is where size is not 0, or size is too
 *                                       large.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE   pipe names no pipe.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED    It is a write end.
 *  @retval RAT_IPC_ERR_WOULD_BLOCK      RAT_HANDLE_NONBLOCK is set, and there is nothing.
 *  @retval RAT_IPC_ERR_CANCELLED        The handle was closed meanwhile.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. Of several that read, each byte goes to one.
 *  @win32 ReadFile, but the end is no failure.
 *  @since 0.1
 *  @see RatWritePipe
 */
RatIpcStatus RatReadPipe(RatPipe pipe, void* buf, size_t size, size_t* read);

/** Reads bytes from a pipe, and waits no longer than told.
 *
 *  Else as RatReadPipe(). The time counts whatever RAT_HANDLE_NONBLOCK says.
 *
 *  @param pipe        A read end.
 *  @param[out] buf    Receives the bytes; NULL if size is 0.
 *  @param size        How many at most, up to SSIZE_MAX. 0 reads nothing and does not wait.
 *  @param timeout_ms  Milliseconds on the monotonic clock; 0 does not wait, UINT32_MAX waits for
 *                     ever.
 *  @param[out] read   Receives how many; 0 after a failure.
 *  @retval RAT_IPC_OK                   Read, or the end.
 *  @retval RAT_IPC_ERR_INVALID_ARG      read is NULL, buf is where size is not 0, or size is too
 *                                       large.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE   pipe names no pipe.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED    It is a write end.
 *  @retval RAT_IPC_ERR_TIMEOUT          The time passed first.
 *  @retval RAT_IPC_ERR_CANCELLED        The handle was closed meanwhile.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. Of several that read, each byte goes to one.
 *  @win32 ReadFile, with a time.
 *  @since 0.1
 *  @see RatReadPipe
 */
RatIpcStatus RatReadPipeEx(RatPipe pipe, void* buf, size_t size, uint32_t timeout_ms, size_t* read);

/** Writes bytes to a pipe.
 *
 *  Returns when all are written; with RAT_HANDLE_NONBLOCK, when what there is room for is.
 *
 *  @param pipe          A write end.
 *  @param buf           The bytes; NULL if size is 0.
 *  @param size          How many, up to SSIZE_MAX. 0 writes nothing.
 *  @param[out] written  Receives how many; 0 after a failure, though some may have been written.
 *  @retval RAT_IPC_OK                   Written.
 *  @retval RAT_IPC_ERR_INVALID_ARG      written is NULL, buf is where size is not 0, or size is too
 *                                       large.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE   pipe names no pipe.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED    It is a read end.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED    Every read end is closed.
 *  @retval RAT_IPC_ERR_WOULD_BLOCK      RAT_HANDLE_NONBLOCK is set, and there is no room.
 *  @retval RAT_IPC_ERR_CANCELLED        The handle was closed meanwhile.
 *  @retval RAT_IPC_ERR_NO_RESOURCES     The system has no memory left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. What several write at once may mingle.
 *  @win32 WriteFile; none known.
 *  @since 0.1
 *  @see RatReadPipe
 */
RatIpcStatus RatWritePipe(RatPipe pipe, const void* buf, size_t size, size_t* written);

/** Drops a reference to one end of a pipe; the last one closes it.
 *
 *  Calls that sleep on it in other threads give RAT_IPC_ERR_CANCELLED, waits on it RAT_WAIT_FAILED.
 *  What was written can still be read at the other end.
 *
 *  @param pipe  Either end.
 *  @retval RAT_IPC_OK                  The reference is gone.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  pipe names no pipe.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread, also while others use the pipe.
 *  @win32 CloseHandle, but it ends the calls of others.
 *  @since 0.1
 *  @see RatCreatePipe
 */
RatIpcStatus RatClosePipe(RatPipe pipe);

/** Creates a socket.
 *
 *  A wait on a socket is for something to receive or the end; on one that listens, for a
 *  connection; on one whose non-blocking connect is under way, for that to be over.
 *
 *  @param domain    AF_UNIX, AF_INET or AF_INET6.
 *  @param type      SOCK_STREAM, SOCK_DGRAM or SOCK_SEQPACKET; SOCK_NONBLOCK may be or'ed in and
 *                   sets RAT_HANDLE_NONBLOCK, SOCK_CLOEXEC may be and is always on.
 *  @param[out] out  Receives the handle; the caller owes one close.
 *  @retval RAT_IPC_OK                 Created.
 *  @retval RAT_IPC_ERR_INVALID_ARG    out is NULL.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED  Another domain or type, or a pair that the system does not
 *                                     have.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED  The system forbids this process such sockets.
 *  @retval RAT_IPC_ERR_NO_RESOURCES   No descriptor, handle or memory is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 socket, with a handle like all others.
 *  @since 0.1
 *  @see RatCloseSocket
 */
RatIpcStatus RatCreateSocket(int domain, int type, RatSocket* out);

/** Gives a socket its address.
 *
 *  An AF_UNIX path is made, and removed when the socket is closed, unless something else has taken
 *  its place. A name that begins with NUL is of the abstract space and leaves nothing behind.
 *
 *  @param sock     A socket without an address.
 *  @param addr     A struct sockaddr_un, sockaddr_in or sockaddr_in6.
 *  @param addrlen  Its size in bytes: 2 to 128.
 *  @retval RAT_IPC_OK                  Bound.
 *  @retval RAT_IPC_ERR_INVALID_ARG     addr is NULL, addrlen is out of range, the address is none
 *                                      of the socket's domain, or the socket has one already.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  sock names no socket.
 *  @retval RAT_IPC_ERR_ALREADY_EXISTS  The address is taken.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED   The port or the directory is not for this user.
 *  @retval RAT_IPC_ERR_NOT_FOUND       No directory of that name, or no such address on this
 *                                      machine.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   The address is of another domain.
 *  @retval RAT_IPC_ERR_CANCELLED       The handle was closed meanwhile.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 bind; paths are removed.
 *  @since 0.1
 *  @see RatGetSocketName
 */
RatIpcStatus RatBindSocket(RatSocket sock, const void* addr, size_t addrlen);

/** Lets a socket take connections.
 *
 *  @param sock     A bound stream or seqpacket socket.
 *  @param backlog  How many connections may wait to be accepted; negative for as many as the system
 *                  allows, which is the most in any case.
 *  @retval RAT_IPC_OK                  Listening.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  sock names no socket.
 *  @retval RAT_IPC_ERR_INVALID_ARG     The socket has no address, or is connected.
 *  @retval RAT_IPC_ERR_ALREADY_EXISTS  Another socket listens there.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   It is a socket for datagrams.
 *  @retval RAT_IPC_ERR_CANCELLED       The handle was closed meanwhile.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 listen; none known.
 *  @since 0.1
 *  @see RatAcceptSocket
 */
RatIpcStatus RatListenSocket(RatSocket sock, int backlog);

/** Takes the next connection.
 *
 *  Waits until there is one. The new socket has no flags, whatever the listening one has.
 *
 *  @param sock            A listening socket.
 *  @param[out] outClient  Receives the connected socket; the caller owes one close.
 *  @retval RAT_IPC_OK                  Accepted.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outClient is NULL, or the socket does not listen.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  sock names no socket.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   It is a socket for datagrams.
 *  @retval RAT_IPC_ERR_WOULD_BLOCK     RAT_HANDLE_NONBLOCK is set, and there is none.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    No descriptor, handle or memory is left; the connection
 *                                      waits on unless it was the handle that lacked.
 *  @retval RAT_IPC_ERR_CANCELLED       The handle was closed meanwhile.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. Of several that accept, each connection goes to one.
 *  @win32 accept; the peer's address is RatGetSocketPeerName()'s to tell.
 *  @since 0.1
 *  @see RatListenSocket
 */
RatIpcStatus RatAcceptSocket(RatSocket sock, RatSocket* outClient);

/** Takes the next connection, and waits no longer than told.
 *
 *  Else as RatAcceptSocket(). The time counts whatever RAT_HANDLE_NONBLOCK says.
 *
 *  @param sock        A listening socket.
 *  @param timeout_ms  Milliseconds on the monotonic clock; 0 does not wait, UINT32_MAX waits for
 *                     ever.
 *  @param[out] out    Receives the connected socket; the caller owes one close.
 *  @retval RAT_IPC_OK                  Accepted.
 *  @retval RAT_IPC_ERR_INVALID_ARG     out is NULL, or the socket does not listen.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  sock names no socket.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   It is a socket for datagrams.
 *  @retval RAT_IPC_ERR_TIMEOUT         The time passed first.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    As with RatAcceptSocket().
 *  @retval RAT_IPC_ERR_CANCELLED       The handle was closed meanwhile.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. Of several that accept, each connection goes to one.
 *  @win32 accept, with a time.
 *  @since 0.1
 *  @see RatAcceptSocket
 */
RatIpcStatus RatAcceptSocketEx(RatSocket sock, uint32_t timeout_ms, RatSocket* out);

/** Connects a socket; one for datagrams only chooses its peer.
 *
 *  Waits until the connection is made or refused. With RAT_HANDLE_NONBLOCK it gives
 *  RAT_IPC_ERR_WOULD_BLOCK instead. In the network the attempt then goes on: a wait on the socket
 *  tells when it is over, and calling this again tells how, once.
 *
 *  @param sock     A socket that is not connected.
 *  @param addr     The peer's address, as in RatBindSocket().
 *  @param addrlen  Its size in bytes: 2 to 128.
 *  @retval RAT_IPC_OK                  Connected.
 *  @retval RAT_IPC_ERR_INVALID_ARG     addr is NULL, addrlen is out of range, the address is none
 *                                      of the socket's domain, or the socket listens.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  sock names no socket.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED   Refused or unreachable.
 *  @retval RAT_IPC_ERR_NOT_FOUND       There is no such path.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED   The path is not for this user.
 *  @retval RAT_IPC_ERR_ALREADY_EXISTS  It is connected, or another thread is connecting it.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   The address is of another domain.
 *  @retval RAT_IPC_ERR_WOULD_BLOCK     RAT_HANDLE_NONBLOCK is set, and it takes time.
 *  @retval RAT_IPC_ERR_TIMEOUT         The system gave up.
 *  @retval RAT_IPC_ERR_CANCELLED       The handle was closed meanwhile.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 connect; none known.
 *  @since 0.1
 *  @see RatAcceptSocket
 */
RatIpcStatus RatConnectSocket(RatSocket sock, const void* addr, size_t addrlen);

/** Connects a socket, and waits no longer than told.
 *
 *  Else as RatConnectSocket(). The time counts whatever RAT_HANDLE_NONBLOCK says. An attempt in the
 *  network goes on when the time has passed; another call with the same address resumes it.
 *
 *  @param sock        A socket that is not connected.
 *  @param addr        The peer's address, as in RatBindSocket().
 *  @param addrlen     Its size in bytes: 2 to 128.
 *  @param timeout_ms  Milliseconds on the monotonic clock; 0 does not wait, UINT32_MAX waits for
 *                     ever.
 *  @retval RAT_IPC_OK                  Connected.
 *  @retval RAT_IPC_ERR_INVALID_ARG     As with RatConnectSocket().
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  sock names no socket.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED   Refused or unreachable.
 *  @retval RAT_IPC_ERR_NOT_FOUND       There is no such path.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED   The path is not for this user.
 *  @retval RAT_IPC_ERR_ALREADY_EXISTS  It is connected, or another thread is connecting it.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   The address is of another domain.
 *  @retval RAT_IPC_ERR_TIMEOUT         The time passed first, or the system gave up.
 *  @retval RAT_IPC_ERR_CANCELLED       The handle was closed meanwhile.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 connect, with a time.
 *  @since 0.1
 *  @see RatConnectSocket
 */
RatIpcStatus RatConnectSocketEx(RatSocket sock, const void* addr, size_t addrlen,
                                uint32_t timeout_ms);

/** Sends bytes, or one datagram, to a socket's peer.
 *
 *  On a stream it returns when all is sent; with RAT_HANDLE_NONBLOCK, when what there is room for
 *  is. A datagram is sent whole or not at all.
 *
 *  @param sock       A connected socket.
 *  @param buf        The bytes; NULL if len is 0.
 *  @param len        How many, up to SSIZE_MAX. 0 does nothing on a stream, and is an empty
 *                    datagram.
 *  @param[out] sent  Receives how many; 0 after a failure, though some of a stream may have been
 *                    sent.
 *  @retval RAT_IPC_OK                    Sent.
 *  @retval RAT_IPC_ERR_INVALID_ARG       sent is NULL, buf is where len is not 0, or len is too
 *                                        large.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE    sock names no socket.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED     There is no peer, or not any more, or sending was shut
 *                                        down.
 *  @retval RAT_IPC_ERR_BUFFER_TOO_SMALL  The datagram is longer than the socket can send.
 *  @retval RAT_IPC_ERR_WOULD_BLOCK       RAT_HANDLE_NONBLOCK is set, and there is no room.
 *  @retval RAT_IPC_ERR_NO_RESOURCES      The system has no memory left.
 *  @retval RAT_IPC_ERR_CANCELLED         The handle was closed meanwhile.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. What several send on a stream at once may mingle.
 *  @win32 send; none known.
 *  @since 0.1
 *  @see RatRecvSocket
 */
RatIpcStatus RatSendSocket(RatSocket sock, const void* buf, size_t len, size_t* sent);

/** Sends one datagram to an address.
 *
 *  On a stream the address is ignored, and it is RatSendSocket().
 *
 *  @param sock       A socket for datagrams.
 *  @param buf        The bytes; NULL if len is 0.
 *  @param len        How many, up to SSIZE_MAX.
 *  @param addr       The receiver's address, as in RatBindSocket().
 *  @param addrlen    Its size in bytes: 2 to 128.
 *  @param[out] sent  Receives how many; 0 after a failure.
 *  @retval RAT_IPC_OK                    Sent.
 *  @retval RAT_IPC_ERR_INVALID_ARG       sent or addr is NULL, buf is where len is not 0, or len or
 *                                        addrlen is out of range.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE    sock names no socket.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED     Nobody receives there.
 *  @retval RAT_IPC_ERR_NOT_FOUND         There is no such path.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED     The path, or broadcasting, is not allowed.
 *  @retval RAT_IPC_ERR_ALREADY_EXISTS    The socket is connected and cannot send elsewhere.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED     The address is of another domain.
 *  @retval RAT_IPC_ERR_BUFFER_TOO_SMALL  The datagram is longer than the socket can send.
 *  @retval RAT_IPC_ERR_WOULD_BLOCK       RAT_HANDLE_NONBLOCK is set, and the receiver has no room.
 *  @retval RAT_IPC_ERR_NO_RESOURCES      The system has no memory left.
 *  @retval RAT_IPC_ERR_CANCELLED         The handle was closed meanwhile.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 sendto; none known.
 *  @since 0.1
 *  @see RatRecvSocketFrom
 */
RatIpcStatus RatSendSocketTo(RatSocket sock, const void* buf, size_t len, const void* addr,
                             size_t addrlen, size_t* sent);

/** Receives bytes, or one datagram.
 *
 *  Waits until there is something. Of a stream it takes what there is, up to len; at its end it
 *  gives RAT_IPC_OK and 0 bytes. A datagram that is longer than len stays, and recvd says how long
 *  it is; so 0 for len asks for the length of the next one.
 *
 *  @param sock        A connected socket, or one for datagrams.
 *  @param[out] buf    Receives the bytes; NULL if len is 0.
 *  @param len         How many at most, up to SSIZE_MAX. 0 receives nothing of a stream and does
 *                     not wait.
 *  @param[out] recvd  Receives how many; the datagram's length with RAT_IPC_ERR_BUFFER_TOO_SMALL, 0
 *                     after other failures.
 *  @retval RAT_IPC_OK                    Received, or the end.
 *  @retval RAT_IPC_ERR_INVALID_ARG       recvd is NULL, buf is where len is not 0, or len is too
 *                                        large.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE    sock names no socket.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED     There is no peer, or it broke the connection off.
 *  @retval RAT_IPC_ERR_BUFFER_TOO_SMALL  The datagram is longer than len.
 *  @retval RAT_IPC_ERR_WOULD_BLOCK       RAT_HANDLE_NONBLOCK is set, and there is nothing.
 *  @retval RAT_IPC_ERR_CANCELLED         The handle was closed meanwhile.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. Of several that receive, each byte or datagram goes to one.
 *  @win32 recv, but a datagram is never cut off.
 *  @since 0.1
 *  @see RatSendSocket
 */
RatIpcStatus RatRecvSocket(RatSocket sock, void* buf, size_t len, size_t* recvd);

/** Receives bytes, or one datagram, and waits no longer than told.
 *
 *  Else as RatRecvSocket(). The time counts whatever RAT_HANDLE_NONBLOCK says.
 *
 *  @param sock        A connected socket, or one for datagrams.
 *  @param[out] buf    Receives the bytes; NULL if len is 0.
 *  @param len         How many at most, up to SSIZE_MAX. 0 receives nothing of a stream and does
 *                     not wait.
 *  @param timeout_ms  Milliseconds on the monotonic clock; 0 does not wait, UINT32_MAX waits for
 *                     ever.
 *  @param[out] recvd  Receives how many; the datagram's length with RAT_IPC_ERR_BUFFER_TOO_SMALL, 0
 *                     after other failures.
 *  @retval RAT_IPC_OK                    Received, or the end.
 *  @retval RAT_IPC_ERR_INVALID_ARG       recvd is NULL, buf is where len is not 0, or len is too
 *                                        large.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE    sock names no socket.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED     There is no peer, or it broke the connection off.
 *  @retval RAT_IPC_ERR_BUFFER_TOO_SMALL  The datagram is longer than len.
 *  @retval RAT_IPC_ERR_TIMEOUT           The time passed first.
 *  @retval RAT_IPC_ERR_CANCELLED         The handle was closed meanwhile.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. Of several that receive, each byte or datagram goes to one.
 *  @win32 recv, with a time.
 *  @since 0.1
 *  @see RatRecvSocket
 */
RatIpcStatus RatRecvSocketEx(RatSocket sock, void* buf, size_t len, uint32_t timeout_ms,
                             size_t* recvd);

/** Receives one datagram and tells who sent it.
 *
 *  Else as RatRecvSocket(). On a stream, and with a sender that has no address, the address is
 *  empty.
 *
 *  @param sock             A socket.
 *  @param[out] buf         Receives the bytes; NULL if len is 0.
 *  @param len              How many at most, up to SSIZE_MAX.
 *  @param[out] addr        Receives the sender's address; NULL if *addrlen is 0.
 *  @param[in,out] addrlen  In: the room at addr in bytes; 128 suffices for all. Out: the address's
 *                          size, 0 for none. With RAT_IPC_ERR_BUFFER_TOO_SMALL the size needed;
 *                          untouched after other failures.
 *  @param[out] recvd       Receives how many; the datagram's length with
 *                          RAT_IPC_ERR_BUFFER_TOO_SMALL, 0 after other failures.
 *  @retval RAT_IPC_OK                    Received, or the end.
 *  @retval RAT_IPC_ERR_INVALID_ARG       addrlen or recvd is NULL, addr is where *addrlen is not 0,
 *                                        or buf is where len is not 0.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE    sock names no socket.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED     There is no peer, or it broke the connection off.
 *  @retval RAT_IPC_ERR_BUFFER_TOO_SMALL  The datagram is longer than len, or the address than
 *                                        *addrlen; the datagram stays.
 *  @retval RAT_IPC_ERR_WOULD_BLOCK       RAT_HANDLE_NONBLOCK is set, and there is nothing.
 *  @retval RAT_IPC_ERR_CANCELLED         The handle was closed meanwhile.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. Of several that receive, each datagram goes to one.
 *  @win32 recvfrom, but a datagram is never cut off.
 *  @since 0.1
 *  @see RatSendSocketTo
 */
RatIpcStatus RatRecvSocketFrom(RatSocket sock, void* buf, size_t len, void* addr, size_t* addrlen,
                               size_t* recvd);

/** Ends one direction of a socket's connection, or both.
 *
 *  Calls that sleep on the socket in that direction return: receiving ones with what is the end.
 *  The handle stays open.
 *
 *  @param sock  A connected socket.
 *  @param how   RAT_SHUTDOWN_RECEIVE, RAT_SHUTDOWN_SEND or RAT_SHUTDOWN_BOTH.
 *  @retval RAT_IPC_OK                  Ended.
 *  @retval RAT_IPC_ERR_INVALID_ARG     how is none of them.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  sock names no socket.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED   It has no peer, and is not AF_UNIX; both ends of it are shut all
 *                                      the same, as far as the system goes along.
 *  @retval RAT_IPC_ERR_CANCELLED       The handle was closed meanwhile.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 shutdown; none known.
 *  @since 0.1
 *  @see RatCloseSocket
 */
RatIpcStatus RatShutdownSocket(RatSocket sock, RatShutdownHow how);

/** Tells a socket's own address.
 *
 *  @param sock          A socket.
 *  @param[out] addr     Receives the address; NULL if *size is 0.
 *  @param[in,out] size  In: the room at addr in bytes; 128 suffices for all. Out: the address's
 *                       size, also with RAT_IPC_ERR_BUFFER_TOO_SMALL; untouched after other
 *                       failures.
 *  @retval RAT_IPC_OK                    Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG       size is NULL, or addr is where *size is not 0.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE    sock names no socket.
 *  @retval RAT_IPC_ERR_BUFFER_TOO_SMALL  *size does not suffice; nothing was written to addr.
 *  @retval RAT_IPC_ERR_CANCELLED         The handle was closed meanwhile.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 getsockname; none known.
 *  @since 0.1
 *  @see RatBindSocket
 */
RatIpcStatus RatGetSocketName(RatSocket sock, void* addr, size_t* size);

/** Tells the address of a socket's peer.
 *
 *  @param sock          A connected socket.
 *  @param[out] addr     Receives the address; NULL if *size is 0.
 *  @param[in,out] size  In: the room at addr in bytes; 128 suffices for all. Out: the address's
 *                       size, also with RAT_IPC_ERR_BUFFER_TOO_SMALL; untouched after other
 *                       failures.
 *  @retval RAT_IPC_OK                    Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG       size is NULL, or addr is where *size is not 0.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE    sock names no socket.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED     It has no peer.
 *  @retval RAT_IPC_ERR_BUFFER_TOO_SMALL  *size does not suffice; nothing was written to addr.
 *  @retval RAT_IPC_ERR_CANCELLED         The handle was closed meanwhile.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 getpeername; none known.
 *  @since 0.1
 *  @see RatConnectSocket
 */
RatIpcStatus RatGetSocketPeerName(RatSocket sock, void* addr, size_t* size);

/** Sets an option of a socket.
 *
 *  @param sock    A socket.
 *  @param option  Any but RAT_SOCKET_ERROR.
 *  @param value   As the option says.
 *  @retval RAT_IPC_OK                  Set.
 *  @retval RAT_IPC_ERR_INVALID_ARG     option is unknown or only to be read, or value is out of
 *                                      range or comes too late.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  sock names no socket.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   Sockets of this domain or type have no such option.
 *  @retval RAT_IPC_ERR_CANCELLED       The handle was closed meanwhile.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 setsockopt, for the usual ones.
 *  @since 0.1
 *  @see RatGetSocketOption
 */
RatIpcStatus RatSetSocketOption(RatSocket sock, RatSocketOption option, int value);

/** Tells an option of a socket.
 *
 *  @param sock        A socket.
 *  @param option      Any.
 *  @param[out] value  Receives it, as the option says.
 *  @retval RAT_IPC_OK                  Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG     value is NULL, or option is unknown.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  sock names no socket.
 *  @retval RAT_IPC_ERR_NOT_SUPPORTED   Sockets of this domain or type have no such option.
 *  @retval RAT_IPC_ERR_CANCELLED       The handle was closed meanwhile.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 getsockopt, for the usual ones.
 *  @since 0.1
 *  @see RatSetSocketOption
 */
RatIpcStatus RatGetSocketOption(RatSocket sock, RatSocketOption option, int* value);

/** Drops a reference to a socket; the last one closes it.
 *
 *  Calls that sleep on it in other threads give RAT_IPC_ERR_CANCELLED, waits on it RAT_WAIT_FAILED.
 *  Ending those calls shuts the connection down for other processes that have the socket, too.
 *
 *  @param sock  A socket.
 *  @retval RAT_IPC_OK                  The reference is gone.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  sock names no socket.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread, also while others use the socket.
 *  @win32 closesocket; none known.
 *  @since 0.1
 *  @see RatCreateSocket
 */
RatIpcStatus RatCloseSocket(RatSocket sock);

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
 *  Each handle to such an object takes two descriptors. A child that was forked and neither execs
 *  nor ends keeps the handles of a parent that was killed.
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
