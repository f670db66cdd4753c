package import RatCore
package import RatSystem

/// Retrieving from an unnamed queue.
extension MessageQueue {
    /// Takes the next message, waiting until `deadline` for one.
    package static func take(
        from handle: Handle,
        until deadline: @autoclosure () -> Instant,
        into message: UnsafeMutablePointer<Message>
    ) throws(RatError) {
        let queue = try find(handle)
        let thread = ThreadRecord.current
        queue.record.takeLock.lock()
        try queue.checkRetriever(handle, thread)
        let isFound =
            unsafe queue.takePlain(by: thread, into: message)
            || queue.find(.init(), by: thread, into: message) == .found
        queue.record.takeLock.unlock()
        if isFound { return }
        _ = try unsafe takeLater(queue, handle, .init(), until: deadline(), into: message, thread)
    }

    /// The same, by value.
    package static func take(
        from handle: Handle,
        until deadline: Instant
    ) throws(RatError) -> Message {
        var message = Message(MessageHeader(message: 0))
        try unsafe take(from: handle, until: deadline, into: &message)
        return message
    }

    /// Takes or looks at the next message that the wish is for, waiting until `deadline` for one. `.tooLarge`
    /// leaves it.
    static func find(
        _ wish: QueueReference.Wish,
        in handle: Handle,
        until deadline: Instant,
        into message: UnsafeMutablePointer<Message>
    ) throws(RatError) -> QueueReference.Outcome {
        let queue = try find(handle)
        let thread = ThreadRecord.current
        queue.record.takeLock.lock()
        try queue.checkRetriever(handle, thread)
        let outcome = unsafe queue.find(wish, by: thread, into: message)
        queue.record.takeLock.unlock()
        if outcome != .none { return outcome }
        return try unsafe takeLater(queue, handle, wish, until: deadline, into: message, thread)
    }

    private static func takeLater(
        _ queue: QueueReference,
        _ handle: Handle,
        _ wish: QueueReference.Wish,
        until deadline: Instant,
        into message: UnsafeMutablePointer<Message>,
        _ thread: ThreadReference
    ) throws(RatError) -> QueueReference.Outcome {
        func look() -> QueueReference.Outcome {
            queue.record.takeLock.lock()
            defer { queue.record.takeLock.unlock() }
            guard queue.record.takeHandle == handle else { return .none }
            return unsafe queue.find(wish, by: thread, into: message)
        }
        let near = queue.near
        if let near, near.readNear() {
            near.passNear()
            let outcome = look()
            if outcome != .none { return outcome }
        }
        guard deadline != .distantPast else { throw .timedOut }
        near?.beginNear()
        defer { near?.endNear() }
        while true {
            var outcome = QueueReference.Outcome.none
            let state: WaitState?
            if wish.filter.isPicky {
                state = try queue.waitForMatch(handle, thread, until: deadline, near: near) {
                    outcome = look()
                    return outcome != .none
                }
            } else {
                state = try queue.waitForPost(handle, thread, until: deadline, near: near)
            }
            if state?.isFailed == true { throw .cancelled }
            // A message may have come between the deadline and here.
            if state != nil { outcome = look() }
            if outcome == .tooLarge, state?.isGranted == true { queue.passOnSignal() }
            if outcome != .none { return outcome }
            if state == .withdrawn { throw .timedOut }
            // What else comes does not make the wait longer.
            if deadline != .distantFuture, deadline <= Instant.now() { throw .timedOut }
        }
    }

    /// Frees the payload that the calling thread took from the queue last, before it takes another.
    package static func releasePayload(of handle: Handle) {
        guard let thread = ThreadRecord.currentIfAny else { return }
        Holds.replace(handle, thread)
    }
}

extension StableReference where Record == QueueRecord {
    /// Refuses who may not retrieve, with `takeLock` freed; else counts the thread among those who do. Under
    /// `takeLock`.
    @inline(__always) func checkRetriever(
        _ handle: Handle,
        _ thread: ThreadReference
    ) throws(RatError) {
        guard record.takeHandle == handle, record.owner == nil else {
            let error = record.takeHandle == handle ? RatError.wrongThread : .invalidHandle
            record.takeLock.unlock()
            throw error
        }
        if record.lastRetriever != thread.serial { addRetriever(thread) }
    }

    @inline(never) private func addRetriever(_ thread: ThreadReference) {
        record.lastRetriever = thread.serial
        record.target.header.lock.lock()
        record.retrievers.add(thread)
        record.target.header.lock.unlock()
    }
}
