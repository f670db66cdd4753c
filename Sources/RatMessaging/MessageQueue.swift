package import RatCore
package import RatSystem
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
        guard handle.isOfKind(.messageQueue) else { throw .invalidHandle }
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
        try withQueue(handle) { $0.info }
    }

    /// Sets what handles the messages of a queue; `nil` for nothing.
    package static func setProcedure(
        _ procedure: MessageProcedure?,
        context: UnsafeMutableRawPointer?,
        of handle: Handle
    ) throws(RatError) {
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
        guard let target = TargetReference.find(handle) else { throw .invalidHandle }
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
        try queue.post(node, size, to: handle, queueHandle, thread)
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
        guard let target = TargetReference.find(handle) else { throw .invalidHandle }
        try unsafe message.checkMayArriveLater(at: handle)
        if Trace.isOn { unsafe Trace.note(.post, message, to: handle) }
        let queue = target.record.queue
        let thread = ThreadRecord.current
        let node = NodePool.take(thread)
        unsafe node.fill(from: message, size, target: handle, queue)
        node.node.lane = UInt8(truncatingIfNeeded: lane)
        let queueHandle = target.record.queueHandle
        return try queue.postSlowly(node, size, to: handle, queueHandle, options, thread)
    }

    /// Takes a posted message back.
    package static func cancel(_ token: UInt64, of handle: Handle) throws(RatError) {
        guard let target = TargetReference.find(handle) else { throw .invalidHandle }
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

    // MARK: - Retrieving from an unnamed queue

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
        guard deadline != .distantPast else { throw .timedOut }
        func look() -> QueueReference.Outcome {
            queue.record.takeLock.lock()
            defer { queue.record.takeLock.unlock() }
            guard queue.record.takeHandle == handle else { return .none }
            return unsafe queue.find(wish, by: thread, into: message)
        }
        while true {
            var outcome = QueueReference.Outcome.none
            let state: WaitState?
            if wish.filter.isPicky {
                state = try queue.waitForMatch(handle, thread, until: deadline) {
                    outcome = look()
                    return outcome != .none
                }
            } else {
                state = try queue.waitForPost(handle, thread, until: deadline)
            }
            if state?.isFailed == true { throw .cancelled }
            // A message may have come between the deadline and here.
            if state != nil { outcome = look() }
            if outcome == .tooLarge, state?.isGranted == true { queue.passOnSignal() }
            if outcome != .none { return outcome }
            if state == .withdrawn { throw .timedOut }
        }
    }

    /// Frees the payload that the calling thread took from the queue last, before it takes another.
    package static func releasePayload(of handle: Handle) {
        guard let thread = ThreadRecord.currentIfAny else { return }
        Holds.replace(handle, thread)
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
    }

    /// The object must be a queue.
    static func queue(_ object: ObjectReference) -> QueueReference {
        unsafe StableReference(unsafe: object.raw.assumingMemoryBound(to: QueueRecord.self))
    }
}

extension QueueOptions {
    /// The options with their defaults filled in.
    func checked() throws(RatError) -> QueueOptions {
        guard capacity <= Self.maximumCapacity else { throw .invalidArgument }
        var options = self
        if capacity == 0 { options.capacity = Self.defaultCapacity }
        if byteBudget == 0 { options.byteBudget = Payload.defaultBudget }
        return options
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

    /// Whether a wait for the queue as an object is over. Under the lock.
    var isSignaled: Bool {
        if record.isNoting(Attention.delayed) { promoteDue() }
        guard record.owner != nil else {
            return record.isHoldingPosted || record.isNoting(Attention.requests) || hasNotice
        }
        // Only the owning thread waits for its own queue, so only it gets here.
        return unsafe record.threadQueue?._withUnsafeGuaranteedRef { $0.isAwake } ?? false
    }

    /// Under the lock.
    var info: QueueInfo {
        endOverflowIfOver()
        var info = QueueInfo()
        let (options, tally) = (record.options, record.tally)
        info.policy = options.policy
        info.capacity = options.capacity
        info.byteBudget = options.byteBudget
        let taken = record.taken.load(ordering: .acquiring)
        let arrivals = record.arrivals
        let withheld = record.withheld.load(ordering: .relaxed)
        info.queued = Int(clamping: Int64(bitPattern: arrivals &- withheld &- taken))
        info.delayed = record.delayed.count
        info.queuedBytes = Int(
            clamping: record.postedBytes &- record.takenBytes.load(ordering: .acquiring)
        )
        info.requests = record.sentCount
        info.posted = arrivals &+ UInt64(record.delayed.count) &+ tally.neverPosted
        info.retrieved = taken
        info.refused = tally.refused
        info.dropped = tally.dropped
        info.replaced = tally.replaced
        info.cancelled = tally.cancelled
        info.discarded = tally.discarded
        info.isOverflowing = record.isOverflowing
        return info
    }

    /// Drops what is queued for a target that has just been taken out of the table, on the owning thread.
    package func purge(_ target: Handle) {
        let thread = ThreadRecord.current
        func discard(_ node: NodeReference) {
            record.postedBytes &-= UInt64(node.size)
            untrack(node)
            NodePool.discard(node, thread)
        }
        record.target.header.lock.lock()
        pull(thread)
        let (posted, delayed) = (record.lanes.count, record.delayed.count)
        record.lanes.removeAll(of: target, thread, discard)
        record.delayed.removeAll(
            where: { $0.node.message.header.target == target },
            discard
        )
        let purged = UInt64(posted - record.lanes.count)
        let neverPosted = UInt64(delayed - record.delayed.count)
        withhold(purged)
        record.tally.neverPosted += neverPosted
        record.tally.discarded += purged + neverPosted
        if record.delayed.count == 0 { record.unnote(Attention.delayed) }
        endOverflowIfOver()
        wakeAllPosters()
        record.target.header.lock.unlock()
        failSent(to: target)
    }

    /// Makes a retired record as good as new. Under both locks.
    func forgetAll() {
        record.attention.store(0, ordering: .relaxed)
        record.posted.store(0, ordering: .relaxed)
        record.withheld.store(0, ordering: .relaxed)
        record.ownPosted.store(0, ordering: .relaxed)
        record.taken.store(0, ordering: .relaxed)
        record.takenBytes.store(0, ordering: .relaxed)
        record.seen = QueueRecord.Arrivals()
        record.seenAll = QueueRecord.Arrivals()
        record.pointerPosition.store(0, ordering: .relaxed)
        record.postedBytes = 0
        record.takenSeen = 0
        record.tracked.removeAll()
        record.retrievers.removeAll()
        record.tally = QueueRecord.Tally()
        record.noticesMade.store(0, ordering: .relaxed)
        record.noticesTold = 0
        record.sent.store(0, ordering: .relaxed)
        record.isOverflowing = false
        unsafe record.procedure = nil
        unsafe record.procedureContext = nil
        record.wakeMask = QueueStatus.all
        record.wakesForNewOnly = false
        record.plainRetrievals = 0
        record.lastRetriever = 0
        record.owner = nil
        record.ownerID = 0
        unsafe record.threadQueue = nil
    }
}
