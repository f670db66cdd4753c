package import RatCore
package import RatSystem

/// A message that was taken out of a queue and belongs, with its payload, to whoever has it: to no thread, so
/// it may be handed on, and no later retrieval ends it.
///
/// Sendable: the node is its own alone, and nobody writes to it.
@safe package struct TakenMessage: ~Copyable, @unchecked Sendable {
    package let header: MessageHeader
    /// Carries the payload, if there is one.
    private let node: NodeReference?

    /// Takes over what the calling thread has just retrieved.
    init(_ message: Message, _ thread: ThreadReference) {
        header = message.header
        if let payload = unsafe message.unsafePayload {
            node = unsafe Holds.giveUp(payload, thread)
        } else {
            node = nil
        }
        // Whoever has it answers it, so it does not end with this thread.
        if header.token != 0 { BegunRequests.forget(header.token, thread) }
    }

    /// Takes over what came from another process.
    init(_ header: MessageHeader, _ node: DistantNode) {
        self.header = header
        self.node = node.node
    }

    deinit {
        if let node { NodePool.discard(node, ThreadRecord.current) }
    }

    /// The payload, for as long as the message is held.
    package var unsafePayload: UnsafeRawBufferPointer {
        let bytes = unsafe node?.node.message.unsafePayload
        return unsafe UnsafeRawBufferPointer(start: bytes, count: Int(header.size))
    }
}

extension MessageQueue {
    /// Takes the next message of an unnamed queue that a filter lets through, waiting until `deadline`.
    package static func takeOwned(
        from handle: Handle,
        _ filter: MessageFilter,
        until deadline: Instant
    ) throws(RatError) -> TakenMessage {
        if handle.isOfKind(.distantQueue) {
            return try Distant.takeOwned(from: handle, filter, until: deadline)
        }
        var message = Message(MessageHeader(message: 0))
        if filter.isPicky {
            let wish = QueueReference.Wish(filter: filter)
            _ = try unsafe find(wish, in: handle, until: deadline, into: &message)
        } else {
            try unsafe take(from: handle, until: deadline, into: &message)
        }
        return TakenMessage(message, ThreadRecord.current)
    }

    /// Takes the next message of an unnamed queue for a task, if there is one.
    package static func takeForTask(from handle: Handle) throws(RatError) -> TakenMessage? {
        if handle.isOfKind(.distantQueue) {
            do throws(RatError) {
                return try Distant.takeOwned(from: handle, .all, until: .distantPast)
            } catch {
                if error == .timedOut { return nil }
                throw error
            }
        }
        let queue = try find(handle)
        let thread = ThreadRecord.current
        var message = Message(MessageHeader(message: 0))
        queue.record.takeLock.lock()
        guard queue.record.takeHandle == handle, queue.record.owner == nil else {
            let error = queue.record.takeHandle == handle ? RatError.wrongThread : .invalidHandle
            queue.record.takeLock.unlock()
            throw error
        }
        if queue.record.lastRetriever != Retrievers.task { queue.addTask() }
        let isFound =
            unsafe queue.takePlain(by: thread, into: &message)
            || queue.find(.init(), by: thread, into: &message) == .found
        queue.record.takeLock.unlock()
        return isFound ? TakenMessage(message, thread) : nil
    }
}

extension StableReference where Record == QueueRecord {
    @inline(never) func addTask() {
        record.lastRetriever = Retrievers.task
        record.target.header.lock.lock()
        record.retrievers.addTask()
        record.target.header.lock.unlock()
    }
}
