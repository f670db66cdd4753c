package import RatCore
package import RatSystem

/// Retrieval by handle, from unnamed queues and from the calling thread's own.
package enum Retrieval {
    package typealias Found = ThreadQueue.Found

    /// Takes the next message, waiting until `deadline` for one; `true` if it is a quit. The deadline is asked for
    /// only if there is none: reading the clock costs more than a message that is there.
    @inline(__always) package static func take(
        from handle: Handle,
        until deadline: @autoclosure () -> Instant,
        into message: UnsafeMutablePointer<Message>
    ) throws(RatError) -> Bool {
        // The thread's own queue first: it is what message loops ask for.
        if let thread = ThreadRecord.currentIfAny, handle == thread.record.ownQueueHandle,
            handle != .invalid
        {
            return try unsafe ThreadQueue.take(of: thread, until: deadline(), into: message)
        }
        if handle.isOfKind(.distantQueue) {
            _ = try unsafe Distant.take(.init(), handle, deadline(), message)
            return false
        }
        try unsafe MessageQueue.take(from: handle, until: deadline(), into: message)
        return false
    }

    /// Takes the next message that a filter lets through.
    package static func take(
        from handle: Handle,
        _ filter: MessageFilter,
        until deadline: @autoclosure () -> Instant,
        into message: UnsafeMutablePointer<Message>
    ) throws(RatError) -> Found {
        if let thread = ThreadRecord.currentIfAny, handle == thread.record.ownQueueHandle,
            handle != .invalid
        {
            return try unsafe ThreadQueue.take(filter, of: thread, until: deadline(), into: message)
        }
        return try unsafe find(.init(filter: filter), handle, deadline(), message)
    }

    /// Takes the next message, with its payload copied to `buffer`. `.tooLarge` leaves it.
    package static func take(
        from handle: Handle,
        into message: UnsafeMutablePointer<Message>,
        buffer: UnsafeMutableRawPointer?,
        room: Int,
        until deadline: Instant
    ) throws(RatError) -> Found {
        var wish = QueueReference.Wish()
        unsafe wish.buffer = buffer
        wish.room = room
        return try unsafe find(wish, handle, deadline, message)
    }

    /// Looks at the next message that a filter lets through.
    package static func peek(
        _ handle: Handle,
        _ filter: MessageFilter = .all,
        into message: UnsafeMutablePointer<Message>
    ) throws(RatError) -> Found {
        do throws(RatError) {
            let wish = QueueReference.Wish(filter: filter, isRemoving: false)
            return try unsafe find(wish, handle, .distantPast, message)
        } catch {
            throw error == .timedOut ? .notFound : error
        }
    }

    private static func find(
        _ wish: QueueReference.Wish,
        _ handle: Handle,
        _ deadline: Instant,
        _ message: UnsafeMutablePointer<Message>
    ) throws(RatError) -> Found {
        if let own = ThreadQueue.currentIfAny, own.handle == handle {
            return try unsafe own.find(wish, until: deadline, into: message)
        }
        if handle.isOfKind(.distantQueue) {
            return try unsafe Distant.take(wish, handle, deadline, message)
        }
        let outcome = try unsafe MessageQueue.find(wish, in: handle, until: deadline, into: message)
        return outcome == .tooLarge ? .tooLarge : .message
    }
}

extension ThreadQueue {
    /// What a retrieval gave, with it.
    package enum Retrieved {
        case message(Message)
        case quit(Message)
    }

    /// Takes the next message, by value.
    package func take(until deadline: Instant) throws(RatError) -> Retrieved {
        var message = Message(MessageHeader(message: 0))
        let isQuit = try unsafe Self.take(of: thread, until: deadline, into: &message)
        return isQuit ? .quit(message) : .message(message)
    }

    /// Looks at the next message and leaves it.
    package func peek() -> Retrieved? {
        var message = Message(MessageHeader(message: 0))
        let wish = QueueReference.Wish(isRemoving: false)
        switch try? unsafe find(wish, until: .distantPast, into: &message) {
        case .message: return .message(message)
        case .quit: return .quit(message)
        case nil, .some(.none), .tooLarge: return nil
        }
    }
}
