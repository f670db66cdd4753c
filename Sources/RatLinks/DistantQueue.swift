internal import RatCore
internal import RatMessaging
internal import RatSystem
internal import Synchronization

/// The memory of one handle to a queue of another process. Begins with the header that all records begin with.
struct DistantQueueRecord: ObjectRecord, ~Copyable {
    var header: ObjectHeader
    /// Set before the handle can be found, and the same until the record is recycled.
    var visitor: Visitor?
    var byteBudget = 0
    /// Whether the queue holds a message, as far as is known, and whether the owner was asked to tell. Guarded by the
    /// object's lock.
    var mayHold = false
    var isAsking = false

    init() {
        header = ObjectHeader(kind: DistantQueue.kind)
    }
}

/// Queues of other processes, by the handles that this process has to them: every call becomes a frame, and waits
/// for the answer where there is one.
enum DistantQueue: DistantQueues {
    private static let pool = StablePool<DistantQueueRecord>(recordsPerSlab: 16)

    static let kind = ObjectKind(Behavior.self)

    private enum Behavior: ObjectBehavior {
        /// A wait ends when there is something to retrieve, and when there never will be: retrieving tells.
        static func isSignaled(_ object: ObjectReference, _: ThreadReference) -> Bool {
            let queue = queue(object)
            guard !queue.record.mayHold, let visitor = queue.record.visitor, !visitor.isEnded else {
                return true
            }
            if !queue.record.isAsking {
                queue.record.isAsking = true
                visitor.watch()
            }
            return false
        }

        /// Those inside wait for answers: the end of the connection ends their waits.
        static func interrupt(_ object: ObjectReference) {
            queue(object).record.visitor?.shutDown()
        }

        static func recycle(_ object: ObjectReference) {
            let queue = queue(object)
            if let visitor = queue.record.visitor.take() { Port.shared.order(.leave(visitor)) }
            queue.record.mayHold = false
            queue.record.isAsking = false
            pool.giveBack(queue)
        }
    }

    /// A handle to the queue at the other end, to be closed with `Objects.close`.
    static func insert(_ visitor: Visitor, byteBudget: Int) throws(RatError) -> Handle {
        let queue = unsafe pool.take { memory in
            unsafe memory.initialize(to: DistantQueueRecord())
        }
        queue.record.visitor = visitor
        queue.record.byteBudget = byteBudget
        do throws(RatError) {
            let handle = try Objects.publish(queue, as: .distantQueue)
            visitor.handle.store(handle.rawValue, ordering: .relaxed)
            try join(visitor, handle)
            return handle
        } catch {
            queue.record.visitor = nil
            pool.giveBack(queue)
            throw error
        }
    }

    private static func join(_ visitor: Visitor, _ handle: Handle) throws(RatError) {
        do throws(RatError) {
            try Port.shared.join(visitor)
        } catch {
            try? Objects.close(handle)
            throw error
        }
    }

    private static func queue(
        _ object: ObjectReference
    ) -> StableReference<DistantQueueRecord> {
        unsafe StableReference(unsafe: object.raw.assumingMemoryBound(to: DistantQueueRecord.self))
    }

    /// Runs `body` inside the queue.
    private static func visit<Value>(
        _ handle: Handle,
        _ body: (Visitor, Int) throws(RatError) -> Value
    ) throws(RatError) -> Value {
        let object = try Objects.enter(handle)
        defer { Objects.leave(object) }
        let record = queue(object)
        guard let visitor = record.record.visitor else { throw .invalidHandle }
        return try body(visitor, record.record.byteBudget)
    }

    private static func payload(
        _ message: UnsafePointer<Message>,
        _ size: Int
    ) -> UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(
            start: size > 0 ? message.pointee.unsafePayload : nil,
            count: size
        )
    }

    /// A frame with a message.
    private static func frame(
        _ kind: Frame.Kind,
        _ message: UnsafePointer<Message>,
        _ size: Int,
        _ token: UInt64 = 0
    ) -> Frame {
        var frame = Frame(kind, token: token)
        unsafe frame.carry(message.pointee.header, size: size)
        return frame
    }

    // MARK: - Posting

    static func post(
        _ message: UnsafePointer<Message>,
        _ size: Int,
        to handle: Handle
    ) throws(RatError) {
        try visit(handle) { visitor, byteBudget throws(RatError) in
            guard size <= byteBudget else { throw .noResources }
            try unsafe visitor.post(frame(.post, message, size), payload(message, size))
        }
    }

    static func post(
        _ message: UnsafePointer<Message>,
        _ size: Int,
        to handle: Handle,
        _ options: PostOptions
    ) throws(RatError) -> UInt64 {
        try visit(handle) { visitor, byteBudget throws(RatError) in
            guard size <= byteBudget else { throw .noResources }
            var frame = unsafe frame(.postWithOptions, message, size)
            frame.extra.0 = options.deadline.nanoseconds
            frame.extra.1 = options.notBefore
            frame.extra.2 = options.key ?? 0
            frame.extra.3 =
                (options.key != nil ? 1 : 0) | (options.replaces ? 2 : 0)
                | (options.wantsToken ? 4 : 0)
            let bytes = unsafe payload(message, size)
            let (header, node) = try unsafe ask(visitor, handle, options.deadline, frame, bytes)
            node.discard()
            return header.token
        }
    }

    static func cancel(_ token: UInt64, of handle: Handle) throws(RatError) {
        try visit(handle) { visitor, _ throws(RatError) in
            var frame = Frame(.cancel)
            frame.extra.0 = token
            try ask(visitor, handle, .distantPast, frame).node.discard()
        }
    }

    static func info(_ handle: Handle) throws(RatError) -> QueueInfo {
        try visit(handle) { visitor, _ throws(RatError) in
            let (_, node) = try ask(visitor, handle, .distantPast, Frame(.info))
            let words = node.words
            node.discard()
            guard words.count == InfoWords.count else { throw .notConnected }
            return InfoWords(words: words).info
        }
    }

    /// Asks, and gives the owner some time beyond the deadline.
    private static func ask(
        _ visitor: Visitor,
        _ handle: Handle,
        _ deadline: Instant,
        _ frame: Frame
    ) throws(RatError) -> (header: MessageHeader, node: DistantNode) {
        let nothing = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
        return try unsafe ask(visitor, handle, deadline, frame, nothing)
    }

    private static func ask(
        _ visitor: Visitor,
        _ handle: Handle,
        _ deadline: Instant,
        _ frame: Frame,
        _ payload: UnsafeRawBufferPointer
    ) throws(RatError) -> (header: MessageHeader, node: DistantNode) {
        let end = max(deadline, Instant.now()).advanced(byMilliseconds: Visitor.patience)
        return try visitor.outbox.ask(
            handle,
            near: visitor,
            until: end,
            { token throws(RatError) in
                var frame = frame
                frame.token = token
                try unsafe visitor.call(frame, payload)
            },
            late: { token in
                try? visitor.call(Frame(.withdraw, token: token))
            }
        )
    }

    // MARK: - Retrieving

    /// The owner says that there is a message, or there is nobody left to say so.
    static func mayHold(_ handle: Handle) {
        try? Objects.withLocked(handle) { object in
            let queue = queue(object)
            queue.record.isAsking = false
            queue.record.mayHold = true
            object.record.waiters.grantAll()
        }
    }

    /// What a retrieval has found; whether there is more is to be asked anew.
    private static func note(_ handle: Handle, holds: Bool) {
        try? Objects.withLocked(handle) { queue($0).record.mayHold = holds }
    }

    static func take(
        _ wish: DistantWish,
        from handle: Handle
    ) throws(RatError) -> (header: MessageHeader, node: DistantNode?) {
        try visit(handle) { visitor, _ throws(RatError) in
            if wish.isRemoving, wish.room == nil, let stray = visitor.takeStray() {
                return (stray.header, stray)
            }
            if case .window = wish.filter.target { throw .timedOut }
            var frame = Frame(wish.isRemoving ? .take : .peek)
            frame.extra.0 = wish.deadline.nanoseconds
            frame.extra.1 = UInt64(wish.filter.classes)
            frame.extra.2 =
                UInt64(wish.filter.range.lowerBound) << 32 | UInt64(wish.filter.range.upperBound)
            frame.extra.3 = wish.room.map { UInt64($0) } ?? .max
            let (header, node): (MessageHeader, DistantNode)
            do throws(RatError) {
                (header, node) = try ask(visitor, handle, wish.deadline, frame)
                note(handle, holds: !wish.isRemoving)
            } catch {
                note(handle, holds: error == .notConnected)
                // By its own process, or by the queue's.
                let isClosed = error == .notConnected && HandleTable.lookup(handle) == nil
                throw isClosed ? .cancelled : error
            }
            var seen = header
            guard header.token & Visitor.tooLarge != 0 else { return (seen, node) }
            node.discard()
            guard wish.room != nil else {
                // Nobody asked for a head alone.
                visitor.shutDown()
                throw .notConnected
            }
            seen.size = UInt32(truncatingIfNeeded: header.token)
            seen.token = 0
            return (seen, nil)
        }
    }

    // MARK: - Sending

    static func notify(
        _ message: UnsafePointer<Message>,
        _ size: Int,
        to handle: Handle
    ) throws(RatError) {
        try visit(handle) { visitor, _ throws(RatError) in
            try unsafe visitor.call(frame(.notify, message, size), payload(message, size))
        }
    }

    static func enter(_ handle: Handle) throws(RatError) -> DistantVisit {
        let object = try Objects.enter(handle)
        guard let visitor = queue(object).record.visitor else {
            Objects.leave(object)
            throw .invalidHandle
        }
        return unsafe DistantVisit(
            outbox: visitor.outbox,
            near: visitor,
            sends: { message, size, token throws(RatError) in
                try unsafe visitor.call(frame(.send, message, size, token), payload(message, size))
            },
            withdraws: { token in
                try? visitor.call(Frame(.withdraw, token: token))
            },
            leave: { Objects.leave(object) }
        )
    }

    static func willEnd(_ handle: Handle) { Port.shared.willEnd(handle) }

    static func didEnd(_ handle: Handle) { Port.shared.didEnd(handle) }
}
