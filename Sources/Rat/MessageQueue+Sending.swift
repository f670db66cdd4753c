internal import RatCore
internal import RatMessaging
internal import RatSystem

extension MessageQueue {
    /// Sends a message and waits for the reply, with `nil` for ever. Blocks the thread.
    ///
    /// It is retrieved ahead of what is posted, and a full queue takes it all the same. A request that nobody
    /// has retrieved in time is withdrawn. Throws `.timedOut`; `.notConnected` if the queue was closed or nobody
    /// who had the request has replied; `.deadlock` if only the calling thread could reply.
    @available(*, noasync, message: "await send(_:) instead, which blocks no thread")
    public func send(_ message: Message, timeout: Duration?) throws(RatError) -> Message {
        let target = handle.engine
        return try unsafe message.withEngine { message throws(RatCore.RatError) in
            var reply = RatMessaging.Message(MessageHeader(message: 0))
            let end = deadline(timeout)
            try unsafe Sending.send(message, to: target, until: end, reply: &reply)
            return Message(reply)
        }
    }

    /// Sends a message that carries a value. As `send(_:timeout:)`.
    @available(*, noasync, message: "await send(_:_:) instead, which blocks no thread")
    public func send<Value: BitwiseCopyable>(
        _ number: UInt32,
        _ value: Value,
        timeout: Duration?
    ) throws(RatError) -> Message {
        try send(Message(number, value), timeout: timeout)
    }

    /// Sends a message and suspends the task until the reply is there. Blocks no thread.
    ///
    /// As `send(_:timeout:)`. Where the task is cancelled it throws `.cancelled` at once: a request that nobody
    /// has retrieved is withdrawn, and the reply to any other is dropped.
    public func send(_ message: Message) async throws(RatError) -> Message {
        // The queue is not closed for want of an owner while somebody waits for its reply.
        defer { withExtendedLifetime(self) {} }
        return try await PendingReply.send(message, to: handle.engine)
    }

    /// Sends a message that carries a value. As `send(_:)`.
    public func send<Value: BitwiseCopyable>(
        _ number: UInt32,
        _ value: Value
    ) async throws(RatError) -> Message {
        try await send(Message(number, value))
    }

    /// Sends a message without waiting for anything: it is retrieved ahead of what is posted.
    public func notify(_ message: Message) throws(RatError) {
        let target = handle.engine
        try unsafe message.withEngine { message throws(RatCore.RatError) in
            try unsafe Sending.notify(message, to: target)
        }
    }
}
