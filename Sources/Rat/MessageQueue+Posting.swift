internal import RatCore
internal import RatMessaging
internal import RatSystem

extension MessageQueue {
    /// Appends a copy of the message, behind those of its priority.
    public func post(_ message: Message) throws(RatError) {
        try message.post(to: handle.engine)
    }

    /// Posts a message that carries a value, for `value(as:)`. Copies it once, into the queue.
    @inlinable public func post<Value: BitwiseCopyable>(
        _ number: UInt32,
        _ value: Value,
        priority: Int = 0
    ) throws(RatError) {
        try unsafe withUnsafeBytes(of: value) { bytes throws(RatError) in
            let bytes = unsafe RawSpan(_unsafeBytes: bytes)
            try post(number, bytes: bytes, priority: priority)
        }
    }

    /// Posts a message that carries bytes. Copies them once, into the queue.
    public func post(_ number: UInt32, bytes: RawSpan, priority: Int = 0) throws(RatError) {
        var header = MessageHeader(message: number)
        header.priority = Int32(clamping: priority)
        try unsafe header.withMessage(carrying: bytes) { message throws(RatCore.RatError) in
            try unsafe RatMessaging.MessageQueue.post(message, to: handle.engine)
        }
    }

    /// Posts a copy of the message with more to say about how, and gives what it can be cancelled by.
    ///
    /// The message is kept back for `delay`, and then queues behind those that are there. One that is still
    /// queued, and was posted with the same `key`, gives its place to this one, which so needs no room. For
    /// room in a full queue it waits until the timeout, whatever the queue's own option, and throws
    /// `.timedOut` then; without a timeout it waits for ever. Blocks the thread while it does.
    @discardableResult
    public func post(
        _ message: Message,
        after delay: Duration = .zero,
        replacing key: UInt64? = nil,
        timeout: Duration? = .zero
    ) throws(RatError) -> PostedMessage {
        var options = PostOptions()
        options.deadline = deadline(timeout)
        options.notBefore = deadline(delay).nanoseconds
        options.key = key
        options.replaces = key != nil
        options.wantsToken = true
        return try unsafe message.withEngine { message throws(RatCore.RatError) in
            let token = try unsafe RatMessaging.MessageQueue.post(
                message,
                to: handle.engine,
                options
            )
            return PostedMessage(queue: handle.engine, token: token)
        }
    }
}

/// A message that was posted, to take it back. It keeps neither message nor queue alive.
public struct PostedMessage: Hashable, Sendable {
    let queue: Handle
    let token: UInt64

    /// Takes the message back. `false` if it is too late: it was retrieved, replaced, dropped or cancelled
    /// before, or the queue is closed.
    @discardableResult
    public func cancel() -> Bool {
        do throws(RatCore.RatError) {
            try RatMessaging.MessageQueue.cancel(token, of: queue)
            return true
        } catch {
            return false
        }
    }
}
