// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import RatCore
internal import RatMessaging
internal import RatRuntime
internal import RatSystem

// One function per declaration in ratmsg.h, in its order.

@c @implementation
public func RatCreateMessageQueue(
    _ capacity: Int,
    _ out: UnsafeMutablePointer<RatMessageQueue>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in
        // Sizes above half the address space arrive as negative numbers.
        guard capacity >= 0 else { throw .invalidArgument }
        return try MessageQueue.create(capacity: capacity)
    }
}

@c @implementation
public func RatCloseMessageQueue(_ q: RatMessageQueue) -> RatIpcStatus {
    status { () throws(RatError) in try MessageQueue.close(Handle(rawValue: q)) }
}

@c @implementation
public func RatGetThreadMessageQueue(
    _ out: UnsafeMutablePointer<RatMessageQueue>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in try ThreadQueue.current().handle }
}

@c @implementation
public func RatPostMessage(
    _ target: RatMessageQueue,
    _ msg: UnsafePointer<RatMessage>?
) -> RatIpcStatus {
    guard let msg = unsafe msg else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        try unsafe MessageQueue.post(msg.engine, to: Handle(rawValue: target))
    }
}

@c @implementation
public func RatGetMessage(
    _ q: RatMessageQueue,
    _ outMsg: UnsafeMutablePointer<RatMessage>?,
    _ timeout_ms: Int32
) -> RatIpcStatus {
    guard let outMsg = unsafe outMsg else { return RAT_IPC_ERR_INVALID_ARG }
    do throws(RatError) {
        let deadline = Instant(signedTimeoutMilliseconds: timeout_ms)
        let isQuit = try unsafe Queues.take(
            from: Handle(rawValue: q),
            until: deadline,
            into: outMsg.engine
        )
        return isQuit ? RAT_IPC_QUIT : RAT_IPC_OK
    } catch {
        return RatIpcStatus(error)
    }
}

@c @implementation
public func RatPeekMessage(
    _ q: RatMessageQueue,
    _ outMsg: UnsafeMutablePointer<RatMessage>?
) -> RatIpcStatus {
    guard let outMsg = unsafe outMsg else { return RAT_IPC_ERR_INVALID_ARG }
    do throws(RatError) {
        return unsafe outMsg.fill(try Queues.peek(Handle(rawValue: q)))
    } catch {
        return RatIpcStatus(error)
    }
}

@c @implementation
public func RatDispatchMessage(_ msg: UnsafePointer<RatMessage>?) -> RatIpcStatus {
    guard let msg = unsafe msg else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in try unsafe Dispatch.run(msg.engine) }
}

@c @implementation
public func RatPostQuitMessage(_ exitCode: Int32) -> RatIpcStatus {
    status { () throws(RatError) in try ThreadQueue.current().postQuit(exitCode) }
}
