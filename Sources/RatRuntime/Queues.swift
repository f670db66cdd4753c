package import RatCore
package import RatMessaging
package import RatSystem

/// Retrieval by handle, from unnamed queues and from the calling thread's own.
package enum Queues {
    package typealias Retrieved = ThreadQueue.Retrieved

    package static func take(
        from handle: Handle,
        until deadline: Instant
    ) throws(RatError) -> Retrieved {
        // The thread's own queue first: it is what message loops ask for.
        if let own = ThreadQueue.currentIfAny, own.handle == handle {
            return try own.take(until: deadline)
        }
        return .message(try MessageQueue.take(from: handle, until: deadline))
    }

    package static func peek(_ handle: Handle) throws(RatError) -> Retrieved {
        if let own = ThreadQueue.currentIfAny, own.handle == handle {
            guard let found = own.peek() else { throw .notFound }
            return found
        }
        return .message(try MessageQueue.peek(handle))
    }
}
