// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import RatCore
internal import RatIPC
internal import RatRuntime
internal import RatSystem

// One function per declaration in ratio.h, in its order.

@c @implementation
public func RatCreateCompletionQueue(
    _ depth: Int,
    _ out: UnsafeMutablePointer<RatCompletionQueue>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in try Completions.create(depth: depth) }
}

@c @implementation
public func RatCloseCompletionQueue(_ cq: RatCompletionQueue) -> RatIpcStatus {
    status { () throws(RatError) in try CompletionQueue.close(Handle(rawValue: cq)) }
}

@c @implementation
public func RatQueueRead(
    _ cq: RatCompletionQueue,
    _ object: RatHandle,
    _ buf: UnsafeMutableRawPointer?,
    _ size: Int,
    _ userTag: UInt64,
    _ out: UnsafeMutablePointer<RatSubmission>?
) -> RatIpcStatus {
    guard unsafe buf != nil || size == 0, size >= 0 else { return RAT_IPC_ERR_INVALID_ARG }
    return unsafe submissionStatus(out) { () throws(RatError) in
        try unsafe CompletionQueue.read(
            Handle(rawValue: cq),
            Handle(rawValue: object),
            into: UnsafeMutableRawBufferPointer(start: buf, count: size),
            userTag: userTag
        )
    }
}

@c @implementation
public func RatQueueWrite(
    _ cq: RatCompletionQueue,
    _ object: RatHandle,
    _ buf: UnsafeRawPointer?,
    _ size: Int,
    _ userTag: UInt64,
    _ out: UnsafeMutablePointer<RatSubmission>?
) -> RatIpcStatus {
    guard unsafe buf != nil || size == 0, size >= 0 else { return RAT_IPC_ERR_INVALID_ARG }
    return unsafe submissionStatus(out) { () throws(RatError) in
        try unsafe CompletionQueue.write(
            Handle(rawValue: cq),
            Handle(rawValue: object),
            UnsafeRawBufferPointer(start: buf, count: size),
            userTag: userTag
        )
    }
}

@c @implementation
public func RatQueueAccept(
    _ cq: RatCompletionQueue,
    _ sock: RatSocket,
    _ userTag: UInt64,
    _ out: UnsafeMutablePointer<RatSubmission>?
) -> RatIpcStatus {
    unsafe submissionStatus(out) { () throws(RatError) in
        try CompletionQueue.accept(
            Handle(rawValue: cq),
            Handle(rawValue: sock),
            userTag: userTag
        )
    }
}

@c @implementation
public func RatQueueConnect(
    _ cq: RatCompletionQueue,
    _ sock: RatSocket,
    _ addr: UnsafeRawPointer?,
    _ addrlen: Int,
    _ userTag: UInt64,
    _ out: UnsafeMutablePointer<RatSubmission>?
) -> RatIpcStatus {
    guard let addr = unsafe addr, addrlen >= 0,
        let address = unsafe SocketAddress(UnsafeRawBufferPointer(start: addr, count: addrlen))
    else { return RAT_IPC_ERR_INVALID_ARG }
    return unsafe submissionStatus(out) { () throws(RatError) in
        try CompletionQueue.connect(
            Handle(rawValue: cq),
            Handle(rawValue: sock),
            to: address,
            userTag: userTag
        )
    }
}

@c @implementation
public func RatQueueWait(
    _ cq: RatCompletionQueue,
    _ waitable: RatHandle,
    _ timeout_ms: UInt32,
    _ userTag: UInt64,
    _ out: UnsafeMutablePointer<RatSubmission>?
) -> RatIpcStatus {
    unsafe submissionStatus(out) { () throws(RatError) in
        try Completions.wait(
            Handle(rawValue: cq),
            Handle(rawValue: waitable),
            until: Instant(timeoutMilliseconds: UInt64(timeout_ms)),
            userTag: userTag
        )
    }
}

@c @implementation
public func RatQueueReceiveMessage(
    _ cq: RatCompletionQueue,
    _ queue: RatMessageQueue,
    _ outMsg: UnsafeMutablePointer<RatMessage>?,
    _ userTag: UInt64,
    _ out: UnsafeMutablePointer<RatSubmission>?
) -> RatIpcStatus {
    guard let outMsg = unsafe outMsg else { return RAT_IPC_ERR_INVALID_ARG }
    return unsafe submissionStatus(out) { () throws(RatError) in
        try unsafe Completions.receive(
            Handle(rawValue: cq),
            from: Handle(rawValue: queue),
            into: outMsg.engine,
            userTag: userTag
        )
    }
}

@c @implementation
public func RatCancelSubmission(
    _ cq: RatCompletionQueue,
    _ submission: RatSubmission
) -> RatIpcStatus {
    status { () throws(RatError) in
        try CompletionQueue.cancel(Handle(rawValue: cq), submission)
    }
}

@c @implementation
public func RatGetCompletion(
    _ cq: RatCompletionQueue,
    _ out: UnsafeMutablePointer<RatCompletion>?,
    _ timeout_ms: UInt64
) -> RatIpcStatus {
    guard let out = unsafe out else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let completion = try CompletionQueue.take(
            from: Handle(rawValue: cq),
            until: Instant(timeoutMilliseconds: timeout_ms)
        )
        unsafe out.pointee = RatCompletion(
            userTag: completion.userTag,
            status: RatIpcStatus(rawValue: completion.status),
            bytesTransferred: completion.bytesTransferred,
            misc: completion.misc
        )
    }
}

@c @implementation
public func RatQueryCompletionQueue(
    _ cq: RatCompletionQueue,
    _ out: UnsafeMutablePointer<RatCompletionQueueInfo>?
) -> RatIpcStatus {
    guard let out = unsafe out else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let information = try CompletionQueue.information(Handle(rawValue: cq))
        unsafe out.pointee = RatCompletionQueueInfo(
            depth: information.depth,
            outstanding: information.outstanding,
            ready: information.ready
        )
    }
}

@c @implementation
public func RatBindCompletionQueue(
    _ cq: RatCompletionQueue,
    _ target: RatHandle,
    _ message: UInt32
) -> RatIpcStatus {
    status { () throws(RatError) in
        try Completions.bind(
            Handle(rawValue: cq),
            to: Handle(rawValue: target),
            message: message
        )
    }
}

/// Runs a call that submits something, whose number the caller need not want. A completion may be
/// collected before the number is written.
private func submissionStatus(
    _ out: UnsafeMutablePointer<RatSubmission>?,
    _ body: () throws(RatError) -> UInt64
) -> RatIpcStatus {
    unsafe out?.pointee = 0
    return status { () throws(RatError) in
        let number = try body()
        unsafe out?.pointee = number
    }
}
