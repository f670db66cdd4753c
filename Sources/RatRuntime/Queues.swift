package import RatCore
package import RatMessaging
package import RatSystem

/// Retrieval by handle, from unnamed queues and from the calling thread's own.
package enum Queues {
    package typealias Retrieved = ThreadQueue.Retrieved

    /// Takes the next message, waiting until `deadline` for one; `true` if it is a quit.
    @inline(__always) package static func take(
        from handle: Handle,
        until deadline: Instant,
        into message: UnsafeMutablePointer<Message>
    ) throws(RatError) -> Bool {
        // The thread's own queue first: it is what message loops ask for.
        if let thread = ThreadRecord.currentIfAny, handle == thread.record.ownQueueHandle,
            handle != .invalid
        {
            return try unsafe ThreadQueue.take(of: thread, until: deadline, into: message)
        }
        try unsafe MessageQueue.take(from: handle, until: deadline, into: message)
        return false
    }

    /// The same, by value.
    package static func take(
        from handle: Handle,
        until deadline: Instant
    ) throws(RatError) -> Retrieved {
        var message = Message(MessageHeader(message: 0))
        let isQuit = try unsafe take(from: handle, until: deadline, into: &message)
        return isQuit ? .quit(message) : .message(message)
    }

    package static func peek(_ handle: Handle) throws(RatError) -> Retrieved {
        if let own = ThreadQueue.currentIfAny, own.handle == handle {
            guard let found = own.peek() else { throw .notFound }
            return found
        }
        return .message(try MessageQueue.peek(handle))
    }
}
