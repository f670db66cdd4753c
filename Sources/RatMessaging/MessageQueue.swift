package import RatCore
internal import RatSystem
internal import Synchronization

/// Queues of messages inside this process: what any of them does. A thread's own queue adds to it what
/// `ThreadQueue` says.
package enum MessageQueue {
    private static let pool = StablePool<QueueRecord>(recordsPerSlab: 16)

    static let kind = ObjectKind(Behavior.self, isTimed: true)

    private enum Behavior: ObjectBehavior {
        static func isSignaled(_ object: ObjectReference, _: ThreadReference) -> Bool {
            queue(object).isSignaled
        }

        static func nextDeadline(_ object: ObjectReference) -> Instant {
            Instant(nanoseconds: queue(object).record.delayed.nextDue)
        }

        static func recycle(_ object: ObjectReference) {
            MessageQueue.recycle(queue(object))
        }
    }

    /// A new unnamed queue, to be closed with `close`.
    package static func create(_ options: QueueOptions) throws(RatError) -> Handle {
        let queue = makeRecord(try options.checked())
        return try publish(queue)
    }

    package static func create(capacity: Int) throws(RatError) -> Handle {
        try create(QueueOptions(capacity: capacity))
    }

    package static func close(_ handle: Handle) throws(RatError) {
        guard handle.isOfKind(.messageQueue) || handle.isOfKind(.distantQueue) else {
            throw .invalidHandle
        }
        if owner(of: handle) != nil { throw .notSupported }
        try Objects.close(handle)
    }

    /// The thread whose own queue the handle names; `nil` for unnamed queues and what is no queue.
    package static func owner(of handle: Handle) -> ThreadReference? {
        try? withQueue(handle) { queue in queue.record.owner }
    }

    /// Runs `body` with the queue locked, if the handle names a live one.
    static func withQueue<Value>(
        _ handle: Handle,
        _ body: (QueueReference) -> Value
    ) throws(RatError) -> Value {
        guard handle.isOfKind(.messageQueue) else { throw .invalidHandle }
        return try Objects.withLocked(handle) { object in body(queue(object)) }
    }

    package static func info(_ handle: Handle) throws(RatError) -> QueueInfo {
        if handle.isOfKind(.distantQueue) { return try Distant.queues(handle).info(handle) }
        return try withQueue(handle) { $0.info }
    }

    /// Sets what handles the messages of a queue; `nil` for nothing.
    package static func setProcedure(
        _ procedure: MessageProcedure?,
        context: UnsafeMutableRawPointer?,
        of handle: Handle
    ) throws(RatError) {
        if handle.isOfKind(.distantQueue) { throw .notSupported }
        let isOthers = try withQueue(handle) { queue in
            if let owner = queue.record.owner, owner != ThreadRecord.currentIfAny { return true }
            unsafe queue.record.procedure = unsafe procedure
            unsafe queue.record.procedureContext = context
            if queue.record.owner != nil { unsafe queue.moveSent(toCalls: procedure != nil) }
            return false
        }
        if isOthers { throw .wrongThread }
    }

    // MARK: - Posting

    /// Posts a copy of a message to a queue or a window.
    package static func post(_ message: Message, to handle: Handle) throws(RatError) {
        try unsafe withUnsafePointer(to: message) { pointer throws(RatError) in
            try unsafe post(pointer, to: handle)
        }
    }

    /// The same for a message in memory.
    package static func post(
        _ message: UnsafePointer<Message>,
        to handle: Handle
    ) throws(RatError) {
        guard let lane = unsafe Lane.index(priority: message.pointee.header.priority) else {
            throw .invalidArgument
        }
        let size = try unsafe message.checkedSize()
        guard let target = TargetReference.find(handle) else {
            return try unsafe Distant.queues(handle).post(message, size, to: handle)
        }
        try unsafe message.checkMayArriveLater(at: handle)
        if Trace.isOn { unsafe Trace.note(.post, message, to: handle) }
        let queue = target.record.queue
        let queueHandle = target.record.queueHandle
        let thread = ThreadRecord.current
        if size == 0 {
            let time = Instant.nowCoarse().nanoseconds
            // What a thread posts to itself needs neither lock nor wake-up.
            if thread.record.ownQueueHandle == queueHandle,
                unsafe queue.appendOwn(message, to: handle, lane, time, thread)
            {
                return
            }
            if unsafe queue.postPlain(message, to: handle, queueHandle, lane, time, thread) {
                return
            }
        }
        let node = NodePool.take(thread)
        unsafe node.fill(from: message, size, target: handle, queue)
        node.node.lane = UInt8(truncatingIfNeeded: lane)
        do throws(RatError) {
            try queue.post(node, size, to: handle, queueHandle, thread)
        } catch {
            if Trace.isOn { unsafe Trace.noteFailure(error, of: message, to: handle) }
            throw error
        }
    }

    /// Posts with more to say about how. The token to cancel it by, if one is wanted.
    package static func post(
        _ message: UnsafePointer<Message>,
        to handle: Handle,
        _ options: PostOptions
    ) throws(RatError) -> UInt64 {
        guard let lane = unsafe Lane.index(priority: message.pointee.header.priority) else {
            throw .invalidArgument
        }
        let size = try unsafe message.checkedSize()
        guard let target = TargetReference.find(handle) else {
            return try unsafe Distant.queues(handle).post(message, size, to: handle, options)
        }
        try unsafe message.checkMayArriveLater(at: handle)
        if Trace.isOn { unsafe Trace.note(.post, message, to: handle) }
        let queue = target.record.queue
        let thread = ThreadRecord.current
        let node = NodePool.take(thread)
        unsafe node.fill(from: message, size, target: handle, queue)
        node.node.message.header.origin = options.origin
        node.node.lane = UInt8(truncatingIfNeeded: lane)
        let queueHandle = target.record.queueHandle
        do throws(RatError) {
            return try queue.postSlowly(node, size, to: handle, queueHandle, options, thread)
        } catch {
            if Trace.isOn { unsafe Trace.noteFailure(error, of: message, to: handle) }
            throw error
        }
    }

    /// Takes a posted message back.
    package static func cancel(_ token: UInt64, of handle: Handle) throws(RatError) {
        guard let target = TargetReference.find(handle) else {
            return try Distant.queues(handle).cancel(token, of: handle)
        }
        let queue = target.record.queue
        let queueHandle = target.record.queueHandle
        queue.record.target.header.lock.lock()
        guard queue.record.target.header.handle == queueHandle, queueHandle != .invalid else {
            queue.record.target.header.lock.unlock()
            throw .invalidHandle
        }
        guard let node = queue.record.tracked.node(token: token),
            node.node.message.header.target == handle
        else {
            queue.record.target.header.lock.unlock()
            throw .notFound
        }
        let thread = ThreadRecord.current
        queue.withdraw(node, thread)
        queue.record.tally.cancelled += 1
        queue.record.target.header.lock.unlock()
        NodePool.discard(node, thread)
    }

    static func find(_ handle: Handle) throws(RatError) -> QueueReference {
        guard handle.isOfKind(.messageQueue), let object = HandleTable.lookup(handle) else {
            throw .invalidHandle
        }
        return queue(object)
    }

    // MARK: - Life of a record

    static func makeRecord(_ options: QueueOptions) -> QueueReference {
        Trace.readEnvironment()
        let queue = unsafe pool.take { memory in
            unsafe memory.initialize(to: QueueRecord(itself: StableReference(unsafe: memory)))
        }
        queue.record.target.header.references = 1
        queue.record.options = options
        queue.record.lanes.starvationLimit = options.starvationLimit
        queue.record.tracked.coalesces = options.policy == .coalesce
        if options.policy == .dropOldest || options.policy == .coalesce
            || options.starvationLimit != 0
        {
            queue.record.note(Attention.always)
        }
        return queue
    }

    static func publish(_ queue: QueueReference) throws(RatError) -> Handle {
        // Nobody finds the queue before it is in the table, but a late comer may hold the record's locks.
        queue.record.takeLock.lock()
        queue.record.target.header.lock.lock()
        defer {
            queue.record.target.header.lock.unlock()
            queue.record.takeLock.unlock()
        }
        do throws(RatError) {
            let handle = try HandleTable.insert(queue.asObject, kind: .messageQueue)
            queue.record.target.queueHandle = handle
            queue.record.takeHandle = handle
            return handle
        } catch {
            pool.giveBack(queue)
            throw error
        }
    }

    /// Frees what a retired queue still holds. New posts see that its handle is gone.
    static func recycle(_ queue: QueueReference) {
        let (handle, isServed) = (queue.record.takeHandle, queue.record.isServed)
        if isServed { Distant.willEnd(handle) }
        queue.failSent()
        let thread = ThreadRecord.current
        queue.record.takeLock.lock()
        queue.record.takeHandle = .invalid
        queue.record.target.header.lock.lock()
        queue.record.getters.failAll()
        queue.record.posters.failAll()
        queue.pull(thread)
        func discard(_ node: NodeReference) {
            node.node.isTracked = false
            NodePool.discard(node, thread)
        }
        queue.record.lanes.removeAll(thread, discard)
        queue.record.delayed.removeAll(where: { _ in true }, discard)
        queue.forgetAll()
        queue.record.target.header.lock.unlock()
        queue.record.takeLock.unlock()
        pool.giveBack(queue)
        // By now nothing that waited here is linked any more.
        if isServed { Distant.didEnd(handle) }
    }

    /// The object must be a queue.
    static func queue(_ object: ObjectReference) -> QueueReference {
        unsafe StableReference(unsafe: object.raw.assumingMemoryBound(to: QueueRecord.self))
    }
}
