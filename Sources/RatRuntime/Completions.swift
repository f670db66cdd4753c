package import RatCore
internal import RatIPC
package import RatMessaging
package import RatSystem

/// Completion queues joined with what they do not know: the environment, and messages.
package enum Completions {
    /// A new queue, with the engine that the environment names.
    package static func create(depth: Int) throws(RatError) -> Handle {
        let engine: AsyncEngine =
            switch Environment.value("RAT_AIO") ?? "" {
            case "", "auto": .automatic
            case "uring": .uring
            case "epoll": .epoll
            default: throw .invalidArgument
            }
        return try CompletionQueue.create(depth: depth, engine: engine)
    }

    /// Waits for any object but those that a thread alone can wait for: mutexes, and threads' own
    /// queues.
    package static func wait(
        _ completions: Handle,
        _ object: Handle,
        until timeout: Instant,
        userTag: UInt64
    ) throws(RatError) -> UInt64 {
        if MessageQueue.owner(of: object) != nil { throw .notSupported }
        return try CompletionQueue.wait(completions, object, until: timeout, userTag: userTag)
    }

    /// Receives a message from an unnamed queue into `message`, which must stay until the
    /// completion.
    ///
    /// The payload is a copy that the completion queue keeps for `message`: until that is submitted
    /// again, or the completion queue ends. A thread's holds would not do, for any thread may
    /// collect the completion.
    package static func receive(
        _ completions: Handle,
        from queue: Handle,
        into message: UnsafeMutablePointer<Message>,
        userTag: UInt64
    ) throws(RatError) -> UInt64 {
        guard queue.isOfKind(.messageQueue) else { throw .invalidHandle }
        if MessageQueue.owner(of: queue) != nil { throw .wrongThread }
        let slot = unsafe MessageSlot(message)
        CompletionQueue.keep(nil, for: slot.address, in: completions)
        return try CompletionQueue.take(completions, from: queue, userTag: userTag) {
            () throws(RatError) in
            var found: Message
            do throws(RatError) {
                found = try MessageQueue.take(from: queue, until: .distantPast)
            } catch {
                if error == .timedOut { return nil }
                throw error == .invalidHandle ? .cancelled : error
            }
            if let payload = unsafe found.unsafePayload {
                let bytes = unsafe UnsafeRawBufferPointer(
                    start: payload,
                    count: Int(found.header.size)
                )
                let copy = unsafe KeptBuffer(copying: bytes)
                CompletionQueue.keep(copy, for: slot.address, in: completions)
                unsafe found.unsafePayload = copy.unsafePointer
                MessageQueue.releasePayload(of: queue)
            }
            unsafe slot.pointer.pointee = found
            return Int(found.header.size)
        }
    }

    /// Where a message goes.
    @safe private struct MessageSlot: @unchecked Sendable {
        // Sendable: the caller lends it to the submission, which alone writes to it.
        let pointer: UnsafeMutablePointer<Message>

        init(_ pointer: UnsafeMutablePointer<Message>) {
            unsafe self.pointer = pointer
        }

        var address: UInt { unsafe UInt(bitPattern: pointer) }
    }

    /// Has every completion posted to a window or a queue, as a message with that number.
    package static func bind(
        _ completions: Handle,
        to target: Handle,
        message: UInt32
    ) throws(RatError) {
        guard target != .invalid else { return try CompletionQueue.bind(completions, to: nil) }
        guard target.isOfKind(.window) || target.isOfKind(.messageQueue),
            HandleTable.lookup(target) != nil
        else { throw .invalidHandle }
        try CompletionQueue.bind(
            completions,
            to: { completion throws(RatError) in
                try post(completion, to: target, message: message)
            }
        )
    }

    private static func post(
        _ completion: Completion,
        to target: Handle,
        message: UInt32
    ) throws(RatError) {
        var header = MessageHeader(
            message: message,
            wparam: UInt(completion.userTag),
            lparam: Int(completion.status)
        )
        header.size = UInt32(MemoryLayout<Completion>.size)
        var posted = Message(header)
        try unsafe withUnsafePointer(to: completion) { bytes throws(RatError) in
            // A post copies, and writes nothing.
            unsafe posted.unsafePayload = UnsafeMutableRawPointer(mutating: bytes)
            try MessageQueue.post(posted, to: target)
        }
    }
}
