internal import RatCore
internal import RatMessaging
internal import RatRuntime

/// A queue of messages inside this process. Any thread posts to it, any thread takes from it, and each
/// message goes to one of them.
///
/// Posting fails with `.noResources` when the queue is full; nothing is lost silently.
public final class MessageQueue: Waitable {
    /// What the library knows the queue by. A wait for it ends while it holds a message.
    public let handle: WaitHandle

    /// An empty queue for up to `capacity` messages; 0 selects 10,000, the most is 2^24.
    public init(capacity: Int = 0) throws(RatError) {
        guard capacity >= 0 else { throw RatError(.invalidArgument) }
        handle = WaitHandle(
            try call { () throws(RatCore.RatError) in
                try RatMessaging.MessageQueue.create(capacity: capacity)
            }
        )
    }

    deinit {
        // Nobody else has the handle, so it is open until here.
        try? RatMessaging.MessageQueue.close(handle.engine)
    }

    /// Appends a copy of the message, behind those of its priority.
    public func post(_ message: Message) throws(RatError) {
        try message.post(to: handle.engine)
    }

    /// Takes the next message, waiting for one; `nil` if none came before the timeout. Without a timeout it
    /// waits for ever. Blocks the thread.
    public func next(timeout: Duration? = nil) throws(RatError) -> Message? {
        do throws(RatCore.RatError) {
            let end = deadline(timeout)
            return Message(try RatMessaging.MessageQueue.take(from: handle.engine, until: end))
        } catch {
            if error == .timedOut { return nil }
            throw RatError(error)
        }
    }
}
