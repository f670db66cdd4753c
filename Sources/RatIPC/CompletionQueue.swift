package import RatCore
package import RatSystem

/// What came of one submission. Field for field the C interface's `RatCompletion`.
package struct Completion: Sendable {
    package var userTag: UInt64
    /// 0, or the raw value of a `RatError`.
    package var status: UInt32
    package var bytesTransferred: Int
    package var misc: UInt64
}

extension Completion {
    /// Of something that failed before it was submitted.
    package init(_ userTag: UInt64, _ failure: RatError) {
        self.init(userTag: userTag, status: failure.rawValue, bytesTransferred: 0, misc: 0)
    }
}

/// The memory of one completion queue. Begins with the header that all records begin with.
///
/// Invariant: a submission is `outstanding` from the moment it is handed to the reactor until its
/// completion is in `ready`, and has entered the queue for as long. Both together never exceed
/// `depth`.
///
/// The locks, in the order in which they are taken: `delivery`; the header's; the reactor's.
struct CompletionQueueRecord: ObjectRecord, ~Copyable {
    var header: ObjectHeader
    // Guarded by `header.lock`.
    var depth = 0
    /// Whether the first of what is ready is being handed on, and counts no more.
    var isHandingOn = false
    var outstanding = 0
    var ready = Fifo<Completion>()
    var binding: CompletionQueue.Delivery?
    /// Threads that wait in a call for a completion. Those that wait for the queue as an object are
    /// in the header's.
    var getters = WaiterList()
    /// Buffers that the queue keeps for its users, by who may look at each.
    var kept: [UInt: KeptBuffer] = [:]
    /// Held while completions become messages, so that an unbinding ends that.
    let delivery = Lock()

    init() {
        header = ObjectHeader(kind: CompletionQueue.kind)
    }
}

/// Queues of completions: what was submitted is done by the reactor, and what came of it waits here
/// until somebody asks, or goes to where the queue is bound to.
package enum CompletionQueue {
    /// Hands a completion on; throws `.noResources` to be asked again a little later. Takes no lock
    /// of an object for long, and runs no application code.
    package typealias Delivery = @Sendable (Completion) throws(RatError) -> Void

    package static let maximumDepth = 1 << 16

    private static let pool = StablePool<CompletionQueueRecord>(recordsPerSlab: 16)

    static let kind = ObjectKind(Behavior.self)

    private enum Behavior: ObjectBehavior {
        static func isSignaled(_ object: ObjectReference, _: ThreadReference) -> Bool {
            !queue(object).record.ready.isEmpty
        }

        static func interrupt(_ object: ObjectReference) {
            queue(object).record.getters.failAll()
        }

        static func recycle(_ object: ObjectReference) {
            let queue = queue(object)
            // Connections that nobody will hear of.
            while let completion = queue.record.ready.popFirst() {
                if completion.misc != 0 { try? Objects.close(Handle(rawValue: completion.misc)) }
            }
            queue.record.outstanding = 0
            queue.record.binding = nil
            queue.record.kept = [:]
            pool.giveBack(queue)
        }
    }

    /// A new queue, to be closed with `close`. Starts the reactor, with that engine if it does not
    /// run yet.
    package static func create(depth: Int, engine: AsyncEngine) throws(RatError) -> Handle {
        guard (1...maximumDepth).contains(depth) else { throw .invalidArgument }
        _ = try Reactor.started(engine)
        let queue = unsafe pool.take { memory in
            unsafe memory.initialize(to: CompletionQueueRecord())
        }
        queue.record.depth = depth
        do throws(RatError) {
            return try Objects.publish(queue, as: .completionQueue)
        } catch {
            pool.giveBack(queue)
            throw error
        }
    }

    /// Drops a reference. The last one ends the queue: everything outstanding is cancelled, and no
    /// buffer of it is touched any more when this returns.
    package static func close(_ handle: Handle) throws(RatError) {
        guard handle.isOfKind(.completionQueue) else { throw .invalidHandle }
        // Entered, so that the close interrupts, and the record stays until the reactor has let go
        // of it.
        let object = try Objects.enter(handle)
        defer { Objects.leave(object) }
        try Objects.close(handle)
        object.record.lock.lock()
        let isAlive = object.record.handle == handle
        object.record.lock.unlock()
        if !isAlive { try Reactor.running().endAll(of: handle) }
    }

    /// Takes the next completion, waiting until `deadline` for one.
    package static func take(
        from handle: Handle,
        until deadline: Instant
    ) throws(RatError) -> Completion {
        guard handle.isOfKind(.completionQueue), let object = HandleTable.lookup(handle) else {
            throw .invalidHandle
        }
        let queue = queue(object)
        let thread = ThreadRecord.current
        while true {
            if let completion = try queue.takeReady(handle) { return completion }
            guard deadline != .distantPast else { throw .timedOut }
            let state = try queue.waitForCompletion(handle, thread, until: deadline)
            if state.isFailed { throw .cancelled }
            guard state.isGranted else {
                // One may have come between the deadline and here.
                if let completion = try queue.takeReady(handle) { return completion }
                throw .timedOut
            }
        }
    }

    /// What a queue holds.
    package struct Information: Sendable {
        package let depth: Int
        package let outstanding: Int
        package let ready: Int
    }

    package static func information(_ handle: Handle) throws(RatError) -> Information {
        try withQueue(handle) { queue in
            Information(
                depth: queue.record.depth,
                outstanding: queue.record.outstanding,
                ready: queue.record.ready.count
            )
        }
    }

    /// Has every completion go to `delivery` from now on, also those that are ready; or wait to be
    /// asked for again.
    package static func bind(_ handle: Handle, to delivery: Delivery?) throws(RatError) {
        guard handle.isOfKind(.completionQueue) else { throw .invalidHandle }
        let object = try Objects.enter(handle)
        defer { Objects.leave(object) }
        let queue = queue(object)
        queue.record.delivery.lock()
        object.record.lock.lock()
        queue.record.binding = delivery
        // Whoever waits in a call is not going to get anything.
        if delivery != nil { queue.record.getters.grantAll() }
        object.record.lock.unlock()
        queue.record.delivery.unlock()
        if delivery != nil { try Reactor.running().deliver(from: queue, handle) }
    }

    /// Keeps a buffer until another one is kept for the same user, or the queue ends.
    package static func keep(_ buffer: KeptBuffer?, for user: UInt, in handle: Handle) {
        _ = try? withQueue(handle) { queue in queue.record.kept[user] = buffer }
    }

    static func withQueue<Value>(
        _ handle: Handle,
        _ body: (CompletionQueueReference) -> Value
    ) throws(RatError) -> Value {
        guard handle.isOfKind(.completionQueue) else { throw .invalidHandle }
        return try Objects.withLocked(handle) { object in body(queue(object)) }
    }

    /// The object must be a completion queue.
    static func queue(_ object: ObjectReference) -> CompletionQueueReference {
        unsafe StableReference(
            unsafe: object.raw.assumingMemoryBound(to: CompletionQueueRecord.self)
        )
    }
}

typealias CompletionQueueReference = StableReference<CompletionQueueRecord>

extension StableReference where Record == CompletionQueueRecord {
    // MARK: - Taking

    /// The next completion, if there is one.
    fileprivate func takeReady(
        _ handle: Handle
    ) throws(RatError) -> Completion? {
        record.header.lock.lock()
        defer { record.header.lock.unlock() }
        guard record.header.handle == handle else { throw .invalidHandle }
        guard record.binding == nil else { throw .notSupported }
        return record.ready.popFirst()
    }

    /// Sleeps until there is a completion, the queue is closed or bound, or the deadline passes.
    fileprivate func waitForCompletion(
        _ handle: Handle,
        _ thread: ThreadReference,
        until deadline: Instant
    ) throws(RatError) -> WaitState {
        try unsafe withUnsafeTemporaryAllocation(of: WaitNode.self, capacity: 1) {
            buffer throws(RatError) in
            guard let node = buffer.baseAddress else { throw .noResources }
            unsafe node.initialize(to: WaitNode(thread: thread, index: 0, mode: .takesSignal))
            thread.beginWait()
            record.header.lock.lock()
            guard record.header.handle == handle else {
                record.header.lock.unlock()
                throw .cancelled
            }
            if !record.ready.isEmpty || record.binding != nil {
                record.header.lock.unlock()
                return .granted(0)
            }
            unsafe record.getters.unsafeAppend(node)
            record.header.lock.unlock()
            while thread.waitState.isUndecided {
                thread.sleep(until: deadline)
                if deadline <= Instant.now() { _ = thread.decideOwnWait(.withdrawn) }
            }
            record.header.lock.lock()
            unsafe record.getters.unsafeRemove(node)
            record.header.lock.unlock()
            return thread.waitState
        }
    }

    // MARK: - The reactor's side

    /// Hands a submission to the reactor, if the queue lives and has room for it. One step to a
    /// close, so that the close comes to the reactor behind all that was submitted before it.
    func submit(_ submission: Submission, to reactor: Reactor) throws(RatError) -> UInt64 {
        record.header.lock.lock()
        defer { record.header.lock.unlock() }
        guard record.header.handle == submission.queueHandle else { throw .invalidHandle }
        // What is being handed on does not count: who gets it may submit the next at once.
        let waiting = record.ready.count - (record.isHandingOn ? 1 : 0)
        guard record.outstanding + waiting < record.depth else { throw .noResources }
        record.outstanding += 1
        record.header.visitors += 1
        return reactor.submit(submission)
    }

    /// Makes a submission's completion ready, and leaves the queue in its place. `false` if the
    /// queue is closed, where nobody will ever see it.
    func complete(_ completion: Completion, of handle: Handle) -> (isKept: Bool, isBound: Bool) {
        record.header.lock.lock()
        let isAlive = record.header.handle == handle
        var wake: ThreadReference?
        record.outstanding -= 1
        if isAlive {
            record.ready.append(completion)
            record.header.waiters.grantAll()
            if record.binding == nil { wake = record.getters.offerSignal().wake }
        }
        let isBound = record.binding != nil
        record.header.lock.unlock()
        wake?.wake()
        Objects.leave(asObject)
        return (isAlive, isAlive && isBound)
    }

    /// What became of handing on what is ready.
    enum DeliveryOutcome {
        case done
        /// The target is full: again, a little later.
        case isFull
    }

    /// Hands on what is ready, in its order, until the target is full. A queue whose target is gone
    /// is bound no more.
    func deliverReady(of handle: Handle) -> DeliveryOutcome {
        record.delivery.lock()
        defer { record.delivery.unlock() }
        while true {
            record.header.lock.lock()
            let binding = record.header.handle == handle ? record.binding : nil
            let next = record.ready.first
            record.isHandingOn = binding != nil && next != nil
            record.header.lock.unlock()
            guard let binding, let next else { return .done }
            do throws(RatError) {
                try binding(next)
            } catch {
                record.header.lock.lock()
                record.isHandingOn = false
                record.header.lock.unlock()
                if error == .noResources { return .isFull }
                unbind(handle)
                return .done
            }
            record.header.lock.lock()
            // Only this side takes from a bound queue.
            record.isHandingOn = false
            if record.header.handle == handle { _ = record.ready.popFirst() }
            record.header.lock.unlock()
        }
    }

    private func unbind(_ handle: Handle) {
        record.header.lock.lock()
        defer { record.header.lock.unlock() }
        guard record.header.handle == handle else { return }
        record.binding = nil
        for _ in 0..<record.ready.count { record.getters.offerSignal().wake?.wake() }
    }
}
