package import RatCore
package import RatSystem

/// A place among those who wait for a queue's messages, for somebody who waits without a thread.
///
/// Its observer is told of a message and takes it then, as a thread does that was woken for it. Who is told
/// and does not look must pass that on, or the message waits while others sleep.
///
/// Sendable: the node is linked, and read by others, under the queue's lock; the rest is used by the one task
/// that waits.
@safe package final class ObserverPlace: @unchecked Sendable {
    /// What a wait begins with.
    package enum Beginning {
        /// There is something to look at, so nobody will be told.
        case ready
        /// The observer will be told, but for a message that is due then.
        case waiting(due: Instant)
    }

    private let node: UnsafeMutablePointer<WaitNode>
    private var queue: QueueReference?
    /// Instead of `queue`, a queue of another process.
    private var distant: ObjectReference?
    private var handle = Handle.invalid

    package init() {
        unsafe node = .allocate(capacity: 1)
    }

    deinit {
        // Nobody is told any more: a wait that has begun was ended.
        unsafe node.deallocate()
    }

    /// Has the observer told, once. The observer must live until `end`, which is owed unless this throws.
    package func begin(
        _ handle: Handle,
        unsafeObserver: any WaitObserver
    ) throws(RatError) -> Beginning {
        if handle.isOfKind(.distantQueue) {
            return try beginAfar(handle, unsafeObserver: unsafeObserver)
        }
        let queue = try MessageQueue.find(handle)
        unsafe node.initialize(to: WaitNode(unsafeObserver: unsafeObserver))
        self.queue = queue
        self.handle = handle
        queue.record.target.header.lock.lock()
        defer { queue.record.target.header.lock.unlock() }
        guard queue.record.target.header.handle == handle else { throw .cancelled }
        if queue.isSignaled { return .ready }
        unsafe queue.record.getters.unsafeAppend(node)
        return .waiting(due: Instant(nanoseconds: queue.record.delayed.nextDue))
    }

    /// Everybody who waits there is told of a message, so nobody has to pass anything on.
    private func beginAfar(
        _ handle: Handle,
        unsafeObserver: any WaitObserver
    ) throws(RatError) -> Beginning {
        let thread = ThreadRecord.current
        unsafe node.initialize(to: WaitNode(unsafeObserver: unsafeObserver))
        return try Objects.withLocked(handle) { object in
            distant = object
            if unsafe object.record.kind.behavior.isSignaled(object, thread) { return .ready }
            unsafe object.record.waiters.unsafeAppend(node)
            return .waiting(due: .distantFuture)
        }
    }

    /// Ends the wait. With `passesOn` what it was told of goes to another, because it will not look.
    package func end(passesOn: Bool) {
        if let object = distant.take() {
            object.record.lock.lock()
            unsafe object.record.waiters.unsafeRemove(node)
            object.record.lock.unlock()
        }
        guard let queue else { return }
        self.queue = nil
        queue.record.target.header.lock.lock()
        let wasTold = unsafe !node.pointee.isLinked
        unsafe queue.record.getters.unsafeRemove(node)
        var wake: ThreadReference?
        if passesOn, wasTold, queue.record.target.header.handle == handle, queue.isSignaled {
            wake = queue.record.getters.offerSignal().wake
        }
        queue.record.target.header.lock.unlock()
        wake?.wake()
    }
}
