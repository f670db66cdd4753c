// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import RatCore
internal import RatMessaging
internal import RatRuntime
internal import RatSystem
internal import RatWindowing

// One function per declaration in ratmsg.h, in its order: queues, posting, retrieving. The rest is in
// MsgABI+Sending.swift.

// MARK: - Queues

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
public func RatCreateMessageQueueEx(
    _ options: UnsafePointer<RatQueueOptions>?,
    _ out: UnsafeMutablePointer<RatMessageQueue>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in
        try MessageQueue.create(unsafe QueueOptions(options))
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
public func RatCreateThreadMessageQueue(
    _ options: UnsafePointer<RatQueueOptions>?,
    _ out: UnsafeMutablePointer<RatMessageQueue>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in
        try ThreadQueue.make(unsafe QueueOptions(options)).handle
    }
}

@c @implementation
public func RatGetQueueInfo(
    _ q: RatMessageQueue,
    _ info: UnsafeMutablePointer<RatQueueInfo>?
) -> RatIpcStatus {
    guard let info = unsafe info,
        unsafe info.pointee.size == UInt32(MemoryLayout<RatQueueInfo>.size)
    else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        unsafe info.pointee = RatQueueInfo(try MessageQueue.info(Handle(rawValue: q)))
    }
}

@c @implementation
public func RatSetMessageProc(
    _ q: RatMessageQueue,
    _ proc: RatMessageProc?,
    _ context: UnsafeMutableRawPointer?
) -> RatIpcStatus {
    status { () throws(RatError) in
        try unsafe MessageQueue.setProcedure(
            // The same function: the two message structs are laid out alike.
            unsafeBitCast(proc, to: MessageProcedure?.self),
            context: context,
            of: Handle(rawValue: q)
        )
    }
}

// MARK: - Posting

@c @implementation
public func RatPostMessage(
    _ target: RatMessageQueue,
    _ msg: UnsafePointer<RatMessage>?
) -> RatIpcStatus {
    guard let msg = unsafe msg else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let handle = Handle(rawValue: target)
        do throws(RatError) {
            try unsafe MessageQueue.post(msg.engine, to: handle)
        } catch {
            guard Broadcast.isMeant(by: handle, error) else { throw error }
            try unsafe Broadcast.post(msg.engine)
        }
    }
}

@c @implementation
public func RatPostMessageEx(
    _ target: RatMessageQueue,
    _ msg: UnsafePointer<RatMessage>?,
    _ options: UnsafePointer<RatPostOptions>?,
    _ outToken: UnsafeMutablePointer<UInt64>?
) -> RatIpcStatus {
    guard let msg = unsafe msg else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        var options = try unsafe PostOptions(options)
        options.wantsToken = unsafe outToken != nil
        let token = try unsafe MessageQueue.post(msg.engine, to: Handle(rawValue: target), options)
        unsafe outToken?.pointee = token
    }
}

@c @implementation
public func RatCancelMessage(_ target: RatMessageQueue, _ token: UInt64) -> RatIpcStatus {
    status { () throws(RatError) in
        try MessageQueue.cancel(token, of: Handle(rawValue: target))
    }
}

// MARK: - Retrieving

@c @implementation
public func RatGetMessage(
    _ q: RatMessageQueue,
    _ outMsg: UnsafeMutablePointer<RatMessage>?,
    _ timeout_ms: Int32
) -> RatIpcStatus {
    guard let outMsg = unsafe outMsg else { return RAT_IPC_ERR_INVALID_ARG }
    do throws(RatError) {
        let isQuit = try unsafe Retrieval.take(
            from: Handle(rawValue: q),
            until: Instant(signedTimeoutMilliseconds: timeout_ms),
            into: outMsg.engine
        )
        return isQuit ? RAT_IPC_QUIT : RAT_IPC_OK
    } catch {
        return RatIpcStatus(error)
    }
}

@c @implementation
public func RatGetMessageEx(
    _ q: RatMessageQueue,
    _ outMsg: UnsafeMutablePointer<RatMessage>?,
    _ filter: UnsafePointer<RatMessageFilter>?,
    _ timeout_ms: Int32
) -> RatIpcStatus {
    guard let outMsg = unsafe outMsg else { return RAT_IPC_ERR_INVALID_ARG }
    return foundStatus { () throws(RatError) in
        try unsafe Retrieval.take(
            from: Handle(rawValue: q),
            MessageFilter(filter),
            until: Instant(signedTimeoutMilliseconds: timeout_ms),
            into: outMsg.engine
        )
    }
}

@c @implementation
public func RatGetMessageInto(
    _ q: RatMessageQueue,
    _ outMsg: UnsafeMutablePointer<RatMessage>?,
    _ buffer: UnsafeMutableRawPointer?,
    _ size: Int,
    _ outSize: UnsafeMutablePointer<Int>?,
    _ timeout_ms: Int32
) -> RatIpcStatus {
    guard let outMsg = unsafe outMsg, unsafe buffer != nil || size == 0 else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    var message = Message(MessageHeader(message: 0))
    let result = foundStatus { () throws(RatError) in
        try unsafe Retrieval.take(
            from: Handle(rawValue: q),
            into: &message,
            buffer: buffer,
            // Sizes above half the address space arrive as negative numbers; no payload is that large.
            room: size < 0 ? .max : size,
            until: Instant(signedTimeoutMilliseconds: timeout_ms)
        )
    }
    switch result {
    case RAT_IPC_OK, RAT_IPC_QUIT: unsafe outMsg.engine.pointee = message
    case RAT_IPC_ERR_BUFFER_TOO_SMALL: break
    default: return result
    }
    unsafe outSize?.pointee = Int(message.header.size)
    return result
}

@c @implementation
public func RatPeekMessage(
    _ q: RatMessageQueue,
    _ outMsg: UnsafeMutablePointer<RatMessage>?
) -> RatIpcStatus {
    guard let outMsg = unsafe outMsg else { return RAT_IPC_ERR_INVALID_ARG }
    return foundStatus { () throws(RatError) in
        try unsafe Retrieval.peek(Handle(rawValue: q), into: outMsg.engine)
    }
}

@c @implementation
public func RatPeekMessageEx(
    _ q: RatMessageQueue,
    _ outMsg: UnsafeMutablePointer<RatMessage>?,
    _ filter: UnsafePointer<RatMessageFilter>?,
    _ flags: UInt32
) -> RatIpcStatus {
    guard let outMsg = unsafe outMsg, flags & ~RAT_PM_REMOVE == 0 else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    return foundStatus { () throws(RatError) in
        let filter = try unsafe MessageFilter(filter)
        let q = Handle(rawValue: q)
        guard flags & RAT_PM_REMOVE != 0 else {
            return try unsafe Retrieval.peek(q, filter, into: outMsg.engine)
        }
        do throws(RatError) {
            return try unsafe Retrieval.take(
                from: q,
                filter,
                until: .distantPast,
                into: outMsg.engine
            )
        } catch {
            throw error == .timedOut ? .notFound : error
        }
    }
}

@c @implementation
public func RatRetainMessage(_ msg: UnsafePointer<RatMessage>?) -> RatIpcStatus {
    guard let msg = unsafe msg else { return RAT_IPC_ERR_INVALID_ARG }
    guard unsafe msg.pointee.header.size > 0 else { return RAT_IPC_OK }
    return status { () throws(RatError) in
        try unsafe RetainedPayloads.retain(msg.pointee.payload)
    }
}

@c @implementation
public func RatReleaseMessage(_ msg: UnsafePointer<RatMessage>?) -> RatIpcStatus {
    guard let msg = unsafe msg else { return RAT_IPC_ERR_INVALID_ARG }
    guard unsafe msg.pointee.header.size > 0 else { return RAT_IPC_OK }
    return status { () throws(RatError) in
        try unsafe RetainedPayloads.release(msg.pointee.payload)
    }
}

@c @implementation
public func RatWaitMessage(_ timeout_ms: UInt64) -> RatIpcStatus {
    let outcome = Waiting.forMessages(
        [],
        isForAll: false,
        kinds: QueueStatus.all,
        onlyNew: true,
        until: Instant(timeoutMilliseconds: timeout_ms)
    )
    return switch outcome {
    case .signaled, .abandoned: RAT_IPC_OK
    case .timedOut: RAT_IPC_ERR_TIMEOUT
    case .failed: RAT_IPC_ERR_NO_RESOURCES
    }
}

@c @implementation
public func RatGetQueueStatus(
    _ flags: UInt32,
    _ outStatus: UnsafeMutablePointer<UInt32>?
) -> RatIpcStatus {
    guard let outStatus = unsafe outStatus, flags & ~QueueStatus.all == 0 else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    return status { () throws(RatError) in
        let status = try ThreadQueue.current().takeStatus(flags)
        unsafe outStatus.pointee = status.new | status.pending << 16
    }
}

@c @implementation
public func RatMsgWaitForMultipleObjects(
    _ handles: UnsafePointer<RatHandle>?,
    _ count: Int,
    _ timeout_ms: UInt64,
    _ wakeMask: UInt32,
    _ flags: UInt32,
    _ index: UnsafeMutablePointer<Int>?
) -> RatWaitResult {
    guard (0..<Wait.maximumCount).contains(count), unsafe handles != nil || count == 0,
        wakeMask & ~QueueStatus.all == 0,
        flags & ~(RAT_MWMO_WAITALL | RAT_MWMO_INPUTAVAILABLE) == 0
    else { return RAT_WAIT_FAILED }
    let list = unsafe UnsafeBufferPointer(start: handles, count: count).map(Handle.init(rawValue:))
    let isForAll = flags & RAT_MWMO_WAITALL != 0
    let outcome = Waiting.forMessages(
        list,
        isForAll: isForAll,
        kinds: wakeMask,
        onlyNew: flags & RAT_MWMO_INPUTAVAILABLE == 0,
        until: Instant(timeoutMilliseconds: timeout_ms)
    )
    if isForAll, case .signaled = outcome { return RAT_WAIT_OK }
    return unsafe result(outcome, index)
}

@c @implementation
public func RatDispatchMessage(_ msg: UnsafePointer<RatMessage>?) -> RatIpcStatus {
    guard let msg = unsafe msg else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in try unsafe Dispatch.run(msg.engine) }
}

@c @implementation
public func RatDispatchMessageEx(
    _ msg: UnsafePointer<RatMessage>?,
    _ outResult: UnsafeMutablePointer<RatResult>?
) -> RatIpcStatus {
    guard let msg = unsafe msg else { return RAT_IPC_ERR_INVALID_ARG }
    do throws(RatError) {
        let result = try unsafe Dispatch.answer(msg.engine)
        unsafe outResult?.pointee = result
        return RAT_IPC_OK
    } catch {
        return RatIpcStatus(error)
    }
}

@c @implementation
public func RatPostQuitMessage(_ exitCode: Int32) -> RatIpcStatus {
    status { () throws(RatError) in try ThreadQueue.current().postQuit(exitCode) }
}

/// Runs a retrieval and says what it found.
private func foundStatus(_ body: () throws(RatError) -> Retrieval.Found) -> RatIpcStatus {
    do throws(RatError) {
        switch try body() {
        case .message: return RAT_IPC_OK
        case .quit: return RAT_IPC_QUIT
        case .tooLarge: return RAT_IPC_ERR_BUFFER_TOO_SMALL
        case .none: return RAT_IPC_ERR_NOT_FOUND
        }
    } catch {
        return RatIpcStatus(error)
    }
}
