// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import RatCore
internal import RatIPC
internal import RatLinks
internal import RatMessaging
internal import RatSystem

// One function per declaration in ratname.h, in its order.

@c @implementation
public func RatCreateNamedMessageQueue(
    _ name: UnsafePointer<CChar>?,
    _ capacity: Int,
    _ out: UnsafeMutablePointer<RatMessageQueue>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in
        // Sizes above half the address space arrive as negative numbers.
        guard capacity >= 0 else { throw .invalidArgument }
        return try NamedQueue.create(
            unsafe ObjectName(name),
            QueueOptions(capacity: capacity)
        )
    }
}

@c @implementation
public func RatCreateNamedMessageQueueEx(
    _ name: UnsafePointer<CChar>?,
    _ options: UnsafePointer<RatQueueOptions>?,
    _ out: UnsafeMutablePointer<RatMessageQueue>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in
        try NamedQueue.create(unsafe ObjectName(name), unsafe QueueOptions(options))
    }
}

@c @implementation
public func RatOpenNamedMessageQueue(
    _ name: UnsafePointer<CChar>?,
    _ out: UnsafeMutablePointer<RatMessageQueue>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in
        try NamedQueue.open(unsafe ObjectName(name))
    }
}

@c @implementation
public func RatUnlinkMessageQueue(_ name: UnsafePointer<CChar>?) -> RatIpcStatus {
    status { () throws(RatError) in try NamedQueue.unlink(unsafe ObjectName(name)) }
}

@c @implementation
public func RatGetMessageSender(
    _ msg: UnsafePointer<RatMessage>?,
    _ outProcess: UnsafeMutablePointer<UInt32>?,
    _ outUser: UnsafeMutablePointer<UInt32>?
) -> RatIpcStatus {
    guard let msg = unsafe msg, unsafe outProcess != nil || outUser != nil else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    let origin = unsafe msg.pointee.header.origin
    let peer = Peers.peer(origin)
    guard origin == 0 || peer != nil else { return RAT_IPC_ERR_NOT_FOUND }
    unsafe outProcess?.pointee = peer?.process ?? Process.id
    unsafe outUser?.pointee = peer?.user ?? Process.effectiveUser
    return RAT_IPC_OK
}
