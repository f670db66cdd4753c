internal import RatCore
internal import RatMessaging
internal import RatSystem
internal import RatWindowing

extension Window {
    /// Has the window handle a message now, and gives its answer. Runs the handler inside this call.
    @discardableResult
    public func send(_ message: Message) throws(RatError) -> Int {
        try target.sendAndWait(message, timeout: nil)
    }
}

extension Window.Target {
    /// All top-level windows of the process, to post, send and notify what means the same to all of them: Win32's
    /// messages and registered ones. Others reach nobody. The answer is 1; tasks send to one window only.
    public static var all: Window.Target { Window.Target(handle: Broadcast.target) }

    /// Has the window's thread handle a message, and suspends the task until it has. The handler's answer.
    /// Blocks no thread.
    ///
    /// The thread handles it when it next retrieves, or waits for an answer itself, ahead of all that is posted.
    /// Where the task is cancelled this throws `.cancelled` at once: a message that was not begun is withdrawn,
    /// and the answer to any other is dropped. Throws `.invalidHandle` if there is no such window,
    /// `.notConnected` if it went before it answered.
    @discardableResult
    public func send(_ message: Message) async throws(RatError) -> Int {
        try await PendingReply.send(message, to: handle).lparam
    }

    /// Has the window's thread handle a message, and waits for its answer, with `nil` for ever. Blocks the
    /// thread, which meanwhile handles what is sent to its own windows.
    ///
    /// On the window's own thread this runs the handler. Throws `.timedOut`, and what the other form throws.
    @available(*, noasync, message: "await send(_:) instead, which blocks no thread")
    @discardableResult
    public func send(_ message: Message, timeout: Duration?) throws(RatError) -> Int {
        try sendAndWait(message, timeout: timeout)
    }

    /// Has the window's thread handle a message, without waiting for it.
    public func notify(_ message: Message) throws(RatError) {
        let target = handle
        try unsafe message.withEngine { message throws(RatCore.RatError) in
            do throws(RatCore.RatError) {
                try unsafe Sending.notify(message, to: target)
            } catch {
                guard Broadcast.isMeant(by: target, error) else { throw error }
                try unsafe Broadcast.notify(message)
            }
        }
    }

    func sendAndWait(_ message: Message, timeout: Duration?) throws(RatError) -> Int {
        let target = handle
        return try unsafe message.withEngine { message throws(RatCore.RatError) in
            var reply = RatMessaging.Message(MessageHeader(message: 0))
            do throws(RatCore.RatError) {
                let end = deadline(timeout)
                try unsafe Sending.send(message, to: target, until: end, reply: &reply)
            } catch {
                guard Broadcast.isMeant(by: target, error) else { throw error }
                try unsafe Broadcast.send(
                    message,
                    until: { deadline(timeout) },
                    isBlocking: false,
                    reply: &reply
                )
            }
            return reply.header.lparam
        }
    }
}
