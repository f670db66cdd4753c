// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import RatCore
internal import RatMessaging
internal import RatSystem
internal import RatWindowing

// The rest of ratmsg.h, in its order.

@c @implementation
public func RatSendMessage(
    _ target: RatMessageQueue,
    _ msg: UnsafePointer<RatMessage>?,
    _ outReply: UnsafeMutablePointer<RatMessage>?,
    _ timeout_ms: UInt32
) -> RatIpcStatus {
    unsafe RatSendMessageEx(target, msg, outReply, timeout_ms, RAT_SMTO_NORMAL)
}

@c @implementation
public func RatSendMessageEx(
    _ target: RatMessageQueue,
    _ msg: UnsafePointer<RatMessage>?,
    _ outReply: UnsafeMutablePointer<RatMessage>?,
    _ timeout_ms: UInt32,
    _ flags: UInt32
) -> RatIpcStatus {
    guard let msg = unsafe msg, flags & ~RAT_SMTO_BLOCK == 0 else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let handle = Handle(rawValue: target)
        let isBlocking = flags & RAT_SMTO_BLOCK != 0
        do throws(RatError) {
            try unsafe Sending.send(
                msg.engine,
                to: handle,
                until: Instant(timeoutMilliseconds: UInt64(timeout_ms)),
                isBlocking: isBlocking,
                reply: outReply?.engine
            )
        } catch {
            guard Broadcast.isMeant(by: handle, error) else { throw error }
            try unsafe Broadcast.send(
                msg.engine,
                until: { Instant(timeoutMilliseconds: UInt64(timeout_ms)) },
                isBlocking: isBlocking,
                reply: outReply?.engine
            )
        }
    }
}

@c @implementation
public func RatSendNotifyMessage(
    _ target: RatMessageQueue,
    _ msg: UnsafePointer<RatMessage>?
) -> RatIpcStatus {
    guard let msg = unsafe msg else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let handle = Handle(rawValue: target)
        do throws(RatError) {
            try unsafe Sending.notify(msg.engine, to: handle)
        } catch {
            guard Broadcast.isMeant(by: handle, error) else { throw error }
            try unsafe Broadcast.notify(msg.engine)
        }
    }
}

@c @implementation
public func RatSendMessageCallback(
    _ target: RatMessageQueue,
    _ msg: UnsafePointer<RatMessage>?,
    _ callback: RatSendCallback?,
    _ context: UnsafeMutableRawPointer?
) -> RatIpcStatus {
    guard let msg = unsafe msg, let callback = unsafe callback else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    return status { () throws(RatError) in
        let handle = Handle(rawValue: target)
        // The same function: statuses are their numbers, the message structs are laid out alike.
        let callback = unsafe unsafeBitCast(callback, to: SendCallback.self)
        do throws(RatError) {
            try unsafe Sending.send(msg.engine, to: handle, context: context, callback: callback)
        } catch {
            guard Broadcast.isMeant(by: handle, error) else { throw error }
            try unsafe Broadcast.send(msg.engine, context: context, callback: callback)
        }
    }
}

@c @implementation
public func RatReplyMessage(
    _ request: UnsafePointer<RatMessage>?,
    _ reply: UnsafePointer<RatMessage>?
) -> RatIpcStatus {
    guard let request = unsafe request else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        try unsafe Sending.reply(to: request.pointee.header.token, reply?.engine)
    }
}

@c @implementation
public func RatInSendMessage() -> UInt32 {
    switch Sending.inProgress {
    case .none: RAT_ISMEX_NOSEND
    case .send(let isReplied): RAT_ISMEX_SEND | (isReplied ? RAT_ISMEX_REPLIED : 0)
    case .notify: RAT_ISMEX_NOTIFY
    case .callback(let isReplied): RAT_ISMEX_CALLBACK | (isReplied ? RAT_ISMEX_REPLIED : 0)
    }
}

@c @implementation
public func RatRegisterWindowMessage(
    _ name: UnsafePointer<CChar>?,
    _ outMessage: UnsafeMutablePointer<UInt32>?
) -> RatIpcStatus {
    guard let name = unsafe name, let outMessage = unsafe outMessage,
        let text = unsafe String(name, maximumSize: RegisteredMessages.maximumNameSize)
    else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        unsafe outMessage.pointee = try RegisteredMessages.register(text)
    }
}

@c @implementation
public func RatGetDeadlockReport(
    _ buffer: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ outSize: UnsafeMutablePointer<Int>?
) -> RatIpcStatus {
    unsafe reportStatus(DeadlockSearch.lastReport, buffer, size, outSize)
}
