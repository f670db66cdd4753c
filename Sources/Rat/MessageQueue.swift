internal import RatCore
internal import RatMessaging
internal import RatRuntime

/// A queue of messages, inside this process or with a name that others open. Any thread or task posts to it, any takes
/// from it, and each message goes to one of them: requests first, then what was posted, by priority and in its order.
///
/// What posting does when the queue is full is the queue's option; nothing is lost silently.
public final class MessageQueue: Waitable {
    /// What the library knows the queue by. A wait for it ends while it holds a message.
    public let handle: WaitHandle

    /// Owns a handle.
    init(_ handle: Handle) {
        self.handle = WaitHandle(handle)
    }

    /// An empty queue.
    public convenience init(_ options: Options) throws(RatError) {
        let options = try options.engine()
        self.init(
            try call { () throws(RatCore.RatError) in
                try RatMessaging.MessageQueue.create(options)
            }
        )
    }

    /// An empty queue for up to `capacity` messages, which refuses more; 0 selects 10,000, the most is 2^24.
    public convenience init(capacity: Int = 0) throws(RatError) {
        try self.init(Options(capacity: capacity))
    }

    deinit {
        close()
    }

    /// Closes the queue for everybody; what it holds is dropped. Who waits for a message or for room gets
    /// `.cancelled`, who waits for a reply `.notConnected`, and `messages` ends. Whatever is called later throws
    /// `.invalidHandle`.
    ///
    /// A queue that nobody has any more closes by itself.
    public func close() {
        // It may be closed already.
        try? RatMessaging.MessageQueue.close(handle.engine)
    }

    /// What the queue holds, and what became of its messages.
    public var info: Info {
        get throws(RatError) {
            Info(
                try call { () throws(RatCore.RatError) in
                    try RatMessaging.MessageQueue.info(handle.engine)
                }
            )
        }
    }
}
