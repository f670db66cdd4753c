package import RatCore
package import RatSystem
internal import Synchronization

/// Queues of messages inside this process: what any of them does. A thread's own queue adds to it what
/// `ThreadQueue` says.
package enum MessageQueue {
    private static let pool = StablePool<QueueRecord>(recordsPerSlab: 16)
    package static let defaultCapacity = 10_000
    package static let maximumCapacity = 1 << 24

    static let kind = ObjectKind(Behavior.self)

    private enum Behavior: ObjectBehavior {
        static func isSignaled(_ object: ObjectReference, _: ThreadReference) -> Bool {
            let queue = queue(object)
            if queue.record.isHolding { return true }
            // Only the owning thread waits for its own queue, so only it gets here.
            return unsafe queue.record.threadQueue?._withUnsafeGuaranteedRef { $0.hasPending }
                ?? false
        }

        static func recycle(_ object: ObjectReference) {
            MessageQueue.recycle(queue(object))
        }
    }

    /// A new unnamed queue, to be closed with `close`.
    package static func create(capacity: Int) throws(RatError) -> Handle {
        guard capacity <= maximumCapacity else { throw .invalidArgument }
        let queue = makeRecord(capacity: capacity == 0 ? defaultCapacity : capacity)
        return try publish(queue)
    }

    package static func close(_ handle: Handle) throws(RatError) {
        guard handle.isOfKind(.messageQueue) else { throw .invalidHandle }
        if owner(of: handle) != nil { throw .notSupported }
        try Objects.close(handle)
    }

    /// The thread whose own queue the handle names; `nil` for unnamed queues and what is no queue.
    package static func owner(of handle: Handle) -> ThreadReference? {
        guard handle.isOfKind(.messageQueue), let object = HandleTable.lookup(handle) else {
            return nil
        }
        let queue = queue(object)
        object.record.lock.lock()
        defer { object.record.lock.unlock() }
        return object.record.handle == handle ? queue.record.owner : nil
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
        let size = unsafe Int(message.pointee.header.size)
        guard size <= Payload.maximumSize else { throw .invalidArgument }
        guard unsafe size == 0 || message.pointee.unsafePayload != nil else {
            throw .invalidArgument
        }
        guard handle.isOfKind(.messageQueue) || handle.isOfKind(.window),
            let object = HandleTable.lookup(handle)
        else { throw .invalidHandle }
        let target = unsafe TargetReference(
            unsafe: object.raw.assumingMemoryBound(to: TargetRecord.self)
        )
        let queue = target.record.queue
        let queueHandle = target.record.queueHandle
        let time = Instant.nowCoarse().nanoseconds
        // What a thread posts to itself needs neither lock nor wake-up.
        if let thread = ThreadRecord.currentIfAny, thread.record.ownQueueHandle == queueHandle,
            let entry = unsafe queue.unsafeAppendOwn(lane: lane, size: size)
        {
            unsafe queue.fillHead(of: entry, from: message, to: handle, lane, size, time)
            unsafe entry.pointee.message.unsafePayload = nil
            return
        }
        try unsafe postToInbox(message, of: queue, queueHandle, to: handle, lane, size, time)
    }

    private static func postToInbox(
        _ message: UnsafePointer<Message>,
        of queue: QueueReference,
        _ queueHandle: Handle,
        to handle: Handle,
        _ lane: Int,
        _ size: Int,
        _ time: UInt64
    ) throws(RatError) {
        // A large payload is copied before the lock is taken.
        let large = unsafe size > Payload.inlineSize ? copyLarge(message.pointee, size) : nil
        queue.record.target.header.lock.lock()
        if let refusal = queue.refusal(of: handle, by: queueHandle, size: size) {
            queue.record.target.header.lock.unlock()
            unsafe large?.deallocate()
            throw refusal
        }
        let entry = unsafe queue.record.inbox.unsafeAppendSlot()
        unsafe queue.fillHead(of: entry, from: message, to: handle, lane, size, time)
        unsafe entry.pointee.message.unsafePayload = large
        if size > 0, size <= Payload.inlineSize {
            unsafe entry.pointee.copyInline(message.pointee, size)
        }
        let wake = queue.didAppend(lane: lane, size: size)
        queue.record.target.header.lock.unlock()
        wake?.wake()
    }

    private static func copyLarge(_ message: Message, _ size: Int) -> UnsafeMutableRawPointer? {
        guard let payload = unsafe message.unsafePayload else { return nil }
        let copy = unsafe PayloadHolds.makeBuffer(size)
        unsafe copy.copyMemory(from: payload, byteCount: size)
        return unsafe copy
    }

    // MARK: - Retrieving from an unnamed queue

    /// Takes the next message, waiting until `deadline` for one.
    package static func take(
        from handle: Handle,
        until deadline: Instant,
        into message: UnsafeMutablePointer<Message>
    ) throws(RatError) {
        let queue = try find(handle)
        let thread = ThreadRecord.current
        if try unsafe queue.takeShared(handle, by: thread, into: message) { return }
        guard deadline != .distantPast else { throw .timedOut }
        while true {
            let state = try queue.waitForPost(handle, thread, until: deadline)
            if state.isFailed { throw .cancelled }
            // A message may have come between the deadline and here.
            do throws(RatError) {
                if try unsafe queue.takeShared(handle, by: thread, into: message) { return }
            } catch {
                // The queue was alive when the call began: if it is gone now, it was closed meanwhile.
                throw error == .invalidHandle ? .cancelled : error
            }
            guard state.isGranted else { throw .timedOut }
        }
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

    /// Frees the payload that the calling thread took from the queue last, before it takes another.
    package static func releasePayload(of handle: Handle) {
        guard let thread = ThreadRecord.currentIfAny else { return }
        PayloadHolds.ifAny(thread)?.replace(handle)
    }

    /// Looks at the next message and leaves it.
    package static func peek(_ handle: Handle) throws(RatError) -> Message {
        let queue = try find(handle)
        queue.record.takeLock.lock()
        defer { queue.record.takeLock.unlock() }
        guard queue.record.takeHandle == handle else { throw .invalidHandle }
        guard queue.record.owner == nil else { throw .wrongThread }
        var message = Message(MessageHeader(message: 0))
        guard unsafe queue.peekLanes(by: ThreadRecord.current, into: &message) else {
            throw .notFound
        }
        return message
    }

    static func find(_ handle: Handle) throws(RatError) -> QueueReference {
        guard handle.isOfKind(.messageQueue), let object = HandleTable.lookup(handle) else {
            throw .invalidHandle
        }
        return queue(object)
    }

    // MARK: - Life of a record

    static func makeRecord(capacity: Int) -> QueueReference {
        let queue = unsafe pool.take { memory in
            unsafe memory.initialize(to: QueueRecord(itself: StableReference(unsafe: memory)))
        }
        queue.record.target.header.references = 1
        queue.record.capacity = UInt64(capacity)
        queue.record.pointerPosition.store(0, ordering: .relaxed)
        queue.record.owner = nil
        queue.record.plainRetrievals = 0
        unsafe queue.record.threadQueue = nil
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
        queue.record.takeLock.lock()
        queue.record.takeHandle = .invalid
        queue.record.target.header.lock.lock()
        queue.record.getters.failAll()
        queue.pullLocked()
        queue.record.target.header.lock.unlock()
        for lane in 0..<Lane.count {
            _ = unsafe queue.record.lanes[lane].removeAll { _ in true }
            queue.record.lanes[lane] = MessageRing()
        }
        queue.record.lanesInUse = 0
        queue.record.inbox = MessageRing()
        queue.record.posted.store(0, ordering: .relaxed)
        queue.record.ownPosted.store(0, ordering: .relaxed)
        queue.record.postedBytes = 0
        queue.record.takenSeen = 0
        queue.record.taken.store(0, ordering: .relaxed)
        queue.record.takenBytes.store(0, ordering: .relaxed)
        queue.record.takeLock.unlock()
        pool.giveBack(queue)
    }

    /// The object must be a queue.
    static func queue(_ object: ObjectReference) -> QueueReference {
        unsafe StableReference(unsafe: object.raw.assumingMemoryBound(to: QueueRecord.self))
    }
}

extension MessageHeader {
    /// Sets what the library says and the poster does not.
    @inline(__always) mutating func stamp(target: Handle, time: UInt64, position: UInt64) {
        self.target = target
        self.time = time
        flags = 0
        token = 0
        x = Int32(truncatingIfNeeded: position)
        y = Int32(truncatingIfNeeded: position >> 32)
    }
}

extension MessageEntry {
    mutating func copyInline(_ source: Message, _ size: Int) {
        guard let payload = unsafe source.unsafePayload else { return }
        unsafe withUnsafeMutableBytes(of: &inlinePayload) { bytes in
            unsafe bytes.baseAddress?.copyMemory(from: payload, byteCount: size)
        }
    }
}
