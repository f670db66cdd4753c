internal import RatCore
internal import RatMessaging
internal import RatSystem
internal import RatWindowing

extension Window.Target {
    /// All top-level windows of the process, for `post`, `send` and `notify` of messages that mean the same to
    /// all: Win32's, and registered ones. Others reach nobody.
    public static var all: Window.Target { Window.Target(handle: Broadcast.target) }

    /// Sends a message and waits for the answer, with `nil` for ever. Blocks the thread; a window of the calling
    /// thread is called at once.
    ///
    /// It is handled ahead of what is posted. Throws `.timedOut`; `.notConnected` if the window ends first.
    @available(*, noasync, message: "await send(_:) instead, which blocks no thread")
    @discardableResult
    public func send(_ message: Message, timeout: Duration?) throws(RatError) -> Int {
        let handle = handle
        return try unsafe message.withEngine { message throws(RatCore.RatError) in
            var reply = RatMessaging.Message(MessageHeader(message: 0))
            do throws(RatCore.RatError) {
                try unsafe Sending.send(
                    message,
                    to: handle,
                    until: deadline(timeout),
                    reply: &reply
                )
            } catch {
                guard Broadcast.isMeant(by: handle, error) else { throw error }
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

    /// Sends a message and suspends the task until the answer is there. Blocks no thread.
    ///
    /// As `send(_:timeout:)`, but for `all`. Where the task is cancelled it throws `.cancelled` at once: what the
    /// window has not begun is withdrawn, and any other answer is dropped.
    @discardableResult
    public func send(_ message: Message) async throws(RatError) -> Int {
        let (target, reply) = (handle, PendingReply())
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                reply.send(message, to: target, continuation)
            }
        } onCancel: {
            reply.cancel()
        }
        return try outcome.get().lparam
    }

    /// Sends a message without waiting for anything: it is handled ahead of what is posted.
    public func notify(_ message: Message) throws(RatError) {
        let handle = handle
        try unsafe message.withEngine { message throws(RatCore.RatError) in
            do throws(RatCore.RatError) {
                try unsafe Sending.notify(message, to: handle)
            } catch {
                guard Broadcast.isMeant(by: handle, error) else { throw error }
                try unsafe Broadcast.notify(message)
            }
        }
    }

    /// Sends Win32's WM_COPYDATA: bytes, with a number that says what they are. Blocks the thread.
    ///
    /// A window made in Swift finds the number and the bytes in `Message.copiedData`.
    @available(*, noasync, message: "post or send a message with a payload instead")
    @discardableResult
    public func copy(
        _ bytes: [UInt8],
        as data: UInt,
        timeout: Duration?
    ) throws(RatError) -> Int {
        guard let size = UInt32(exactly: bytes.count) else { throw RatError(.invalidArgument) }
        return try unsafe bytes.span.bytes.withUnsafeBytes { bytes throws(RatError) in
            let copied = unsafe CopyData(data: data, size: size, bytes: bytes.baseAddress)
            return try unsafe withUnsafePointer(to: copied) { pointer throws(RatError) in
                let number = QueueMessage.copyData
                return try send(
                    Message(number, lparam: Int(bitPattern: pointer)),
                    timeout: timeout
                )
            }
        }
    }
}

extension Message {
    /// What WM_COPYDATA carries, while it is handled; `nil` for other messages, and for those whose sender does not
    /// wait.
    public var copiedData: (data: UInt, bytes: [UInt8])? {
        guard number == QueueMessage.copyData, CallFrame.isBelieved(number, lparam),
            let copied = unsafe UnsafePointer<CopyData>(bitPattern: lparam)?.pointee
        else { return nil }
        let bytes = unsafe UnsafeRawBufferPointer(
            start: copied.bytes,
            count: copied.bytes == nil ? 0 : Int(copied.size)
        )
        return unsafe (copied.data, Array(bytes))
    }
}
