// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import RatCore
internal import RatIPC
internal import RatSystem

// The section "Pipes and sockets" of ratipc.h, in its order.

// MARK: - Handles

@c @implementation
public func RatSetHandleFlags(
    _ handle: RatHandle,
    _ mask: UInt32,
    _ flags: UInt32
) -> RatIpcStatus {
    status { () throws(RatError) in
        try Endpoint.setFlags(
            Handle(rawValue: handle),
            mask: Endpoint.Flags(rawValue: mask),
            to: Endpoint.Flags(rawValue: flags)
        )
    }
}

@c @implementation
public func RatGetHandleFlags(
    _ handle: RatHandle,
    _ out: UnsafeMutablePointer<UInt32>?
) -> RatIpcStatus {
    guard let out = unsafe out else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let flags = try Endpoint.flags(Handle(rawValue: handle))
        unsafe out.pointee = flags.rawValue
    }
}

@c @implementation
public func RatGetHandleDescriptor(
    _ handle: RatHandle,
    _ outFd: UnsafeMutablePointer<CInt>?
) -> RatIpcStatus {
    guard let outFd = unsafe outFd else { return RAT_IPC_ERR_INVALID_ARG }
    unsafe outFd.pointee = -1
    return status { () throws(RatError) in
        let descriptor = try Endpoint.descriptor(Handle(rawValue: handle))
        unsafe outFd.pointee = descriptor
    }
}

// MARK: - Pipes

@c @implementation
public func RatCreatePipe(
    _ outRead: UnsafeMutablePointer<RatPipe>?,
    _ outWrite: UnsafeMutablePointer<RatPipe>?
) -> RatIpcStatus {
    unsafe outRead?.pointee = 0
    unsafe outWrite?.pointee = 0
    guard let outRead = unsafe outRead, let outWrite = unsafe outWrite,
        unsafe outRead != outWrite
    else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let (reader, writer) = try Pipe.create()
        unsafe outRead.pointee = reader.rawValue
        unsafe outWrite.pointee = writer.rawValue
    }
}

@c @implementation
public func RatReadPipe(
    _ pipe: RatPipe,
    _ buf: UnsafeMutableRawPointer?,
    _ size: Int,
    _ read: UnsafeMutablePointer<Int>?
) -> RatIpcStatus {
    unsafe readStatus(buf, size, read) { (buffer, count) throws(RatError) in
        count = try unsafe Pipe.read(Handle(rawValue: pipe), into: buffer)
    }
}

@c @implementation
public func RatReadPipeEx(
    _ pipe: RatPipe,
    _ buf: UnsafeMutableRawPointer?,
    _ size: Int,
    _ timeout_ms: UInt32,
    _ read: UnsafeMutablePointer<Int>?
) -> RatIpcStatus {
    unsafe readStatus(buf, size, read) { (buffer, count) throws(RatError) in
        count = try unsafe Pipe.read(Handle(rawValue: pipe), into: buffer, patience(timeout_ms))
    }
}

@c @implementation
public func RatWritePipe(
    _ pipe: RatPipe,
    _ buf: UnsafeRawPointer?,
    _ size: Int,
    _ written: UnsafeMutablePointer<Int>?
) -> RatIpcStatus {
    unsafe writeStatus(buf, size, written) { (bytes) throws(RatError) in
        try unsafe Pipe.write(Handle(rawValue: pipe), bytes)
    }
}

@c @implementation
public func RatClosePipe(_ pipe: RatPipe) -> RatIpcStatus {
    status { () throws(RatError) in try Pipe.close(Handle(rawValue: pipe)) }
}

// MARK: - Sockets

@c @implementation
public func RatCreateSocket(
    _ domain: CInt,
    _ type: CInt,
    _ out: UnsafeMutablePointer<RatSocket>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in
        try Socket.create(domain: domain, type: type)
    }
}

@c @implementation
public func RatBindSocket(
    _ sock: RatSocket,
    _ addr: UnsafeRawPointer?,
    _ addrlen: Int
) -> RatIpcStatus {
    status { () throws(RatError) in
        let address = try unsafe socketAddress(addr, addrlen)
        try Socket.bind(Handle(rawValue: sock), to: address)
    }
}

@c @implementation
public func RatListenSocket(_ sock: RatSocket, _ backlog: CInt) -> RatIpcStatus {
    status { () throws(RatError) in
        try Socket.listen(Handle(rawValue: sock), backlog: backlog)
    }
}

@c @implementation
public func RatAcceptSocket(
    _ sock: RatSocket,
    _ outClient: UnsafeMutablePointer<RatSocket>?
) -> RatIpcStatus {
    unsafe handleStatus(outClient) { () throws(RatError) in
        try Socket.accept(Handle(rawValue: sock))
    }
}

@c @implementation
public func RatAcceptSocketEx(
    _ sock: RatSocket,
    _ timeout_ms: UInt32,
    _ out: UnsafeMutablePointer<RatSocket>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in
        try Socket.accept(Handle(rawValue: sock), patience(timeout_ms))
    }
}

@c @implementation
public func RatConnectSocket(
    _ sock: RatSocket,
    _ addr: UnsafeRawPointer?,
    _ addrlen: Int
) -> RatIpcStatus {
    status { () throws(RatError) in
        let address = try unsafe socketAddress(addr, addrlen)
        try Socket.connect(Handle(rawValue: sock), to: address)
    }
}

@c @implementation
public func RatConnectSocketEx(
    _ sock: RatSocket,
    _ addr: UnsafeRawPointer?,
    _ addrlen: Int,
    _ timeout_ms: UInt32
) -> RatIpcStatus {
    status { () throws(RatError) in
        let address = try unsafe socketAddress(addr, addrlen)
        try Socket.connect(Handle(rawValue: sock), to: address, patience(timeout_ms))
    }
}

@c @implementation
public func RatSendSocket(
    _ sock: RatSocket,
    _ buf: UnsafeRawPointer?,
    _ len: Int,
    _ sent: UnsafeMutablePointer<Int>?
) -> RatIpcStatus {
    unsafe writeStatus(buf, len, sent) { (bytes) throws(RatError) in
        try unsafe Socket.send(Handle(rawValue: sock), bytes)
    }
}

@c @implementation
public func RatSendSocketTo(
    _ sock: RatSocket,
    _ buf: UnsafeRawPointer?,
    _ len: Int,
    _ addr: UnsafeRawPointer?,
    _ addrlen: Int,
    _ sent: UnsafeMutablePointer<Int>?
) -> RatIpcStatus {
    unsafe writeStatus(buf, len, sent) { (bytes) throws(RatError) in
        let address = try unsafe socketAddress(addr, addrlen)
        return try unsafe Socket.send(Handle(rawValue: sock), bytes, to: address)
    }
}

@c @implementation
public func RatRecvSocket(
    _ sock: RatSocket,
    _ buf: UnsafeMutableRawPointer?,
    _ len: Int,
    _ recvd: UnsafeMutablePointer<Int>?
) -> RatIpcStatus {
    unsafe readStatus(buf, len, recvd) { (buffer, count) throws(RatError) in
        try unsafe Socket.receive(Handle(rawValue: sock), into: buffer, length: &count)
    }
}

@c @implementation
public func RatRecvSocketEx(
    _ sock: RatSocket,
    _ buf: UnsafeMutableRawPointer?,
    _ len: Int,
    _ timeout_ms: UInt32,
    _ recvd: UnsafeMutablePointer<Int>?
) -> RatIpcStatus {
    unsafe readStatus(buf, len, recvd) { (buffer, count) throws(RatError) in
        try unsafe Socket.receive(
            Handle(rawValue: sock),
            into: buffer,
            length: &count,
            patience(timeout_ms)
        )
    }
}

@c @implementation
public func RatRecvSocketFrom(
    _ sock: RatSocket,
    _ buf: UnsafeMutableRawPointer?,
    _ len: Int,
    _ addr: UnsafeMutableRawPointer?,
    _ addrlen: UnsafeMutablePointer<Int>?,
    _ recvd: UnsafeMutablePointer<Int>?
) -> RatIpcStatus {
    guard unsafe recvd != nil, let room = unsafe addressRoom(addr, addrlen) else {
        unsafe recvd?.pointee = 0
        return RAT_IPC_ERR_INVALID_ARG
    }
    var address = SocketAddress()
    let result = unsafe readStatus(buf, len, recvd) { (buffer, count) throws(RatError) in
        try unsafe Socket.receive(
            Handle(rawValue: sock),
            into: buffer,
            from: &address,
            addressRoom: room,
            length: &count
        )
    }
    if result == RAT_IPC_OK { return unsafe tell(address, addr, addrlen) }
    if result == RAT_IPC_ERR_BUFFER_TOO_SMALL { unsafe addrlen?.pointee = address.size }
    return result
}

@c @implementation
public func RatShutdownSocket(_ sock: RatSocket, _ how: RatShutdownHow) -> RatIpcStatus {
    guard let direction = ShutDirection(rawValue: CInt(truncatingIfNeeded: how.rawValue)) else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    return status { () throws(RatError) in
        try Socket.shutDown(Handle(rawValue: sock), direction)
    }
}

@c @implementation
public func RatGetSocketName(
    _ sock: RatSocket,
    _ addr: UnsafeMutableRawPointer?,
    _ size: UnsafeMutablePointer<Int>?
) -> RatIpcStatus {
    unsafe addressStatus(addr, size) { () throws(RatError) in
        try Socket.name(Handle(rawValue: sock))
    }
}

@c @implementation
public func RatGetSocketPeerName(
    _ sock: RatSocket,
    _ addr: UnsafeMutableRawPointer?,
    _ size: UnsafeMutablePointer<Int>?
) -> RatIpcStatus {
    unsafe addressStatus(addr, size) { () throws(RatError) in
        try Socket.peerName(Handle(rawValue: sock))
    }
}

@c @implementation
public func RatSetSocketOption(
    _ sock: RatSocket,
    _ option: RatSocketOption,
    _ value: CInt
) -> RatIpcStatus {
    guard let option = SocketOption(rawValue: option.rawValue), option != .error else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    return status { () throws(RatError) in
        try Socket.setOption(Handle(rawValue: sock), option, to: value)
    }
}

@c @implementation
public func RatGetSocketOption(
    _ sock: RatSocket,
    _ option: RatSocketOption,
    _ value: UnsafeMutablePointer<CInt>?
) -> RatIpcStatus {
    guard let value = unsafe value, let option = SocketOption(rawValue: option.rawValue) else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    return status { () throws(RatError) in
        let found = try Socket.option(Handle(rawValue: sock), option)
        unsafe value.pointee = found
    }
}

@c @implementation
public func RatCloseSocket(_ sock: RatSocket) -> RatIpcStatus {
    status { () throws(RatError) in try Socket.close(Handle(rawValue: sock)) }
}
