package import RatCore
package import RatSystem
internal import Synchronization

/// What can be done to queues of other processes, by handles to them. Whoever reaches other processes does it.
package protocol DistantQueues: SendableMetatype {
    static func post(
        _ message: UnsafePointer<Message>,
        _ size: Int,
        to handle: Handle
    ) throws(RatError)

    static func post(
        _ message: UnsafePointer<Message>,
        _ size: Int,
        to handle: Handle,
        _ options: PostOptions
    ) throws(RatError) -> UInt64

    static func notify(
        _ message: UnsafePointer<Message>,
        _ size: Int,
        to handle: Handle
    ) throws(RatError)

    static func cancel(_ token: UInt64, of handle: Handle) throws(RatError)

    static func info(_ handle: Handle) throws(RatError) -> QueueInfo

    /// Asks for a message, and keeps to the deadline. Its node is the caller's; `nil` for one that is too large, of
    /// which the head is given.
    static func take(
        _ wish: DistantWish,
        from handle: Handle
    ) throws(RatError) -> (header: MessageHeader, node: DistantNode?)

    /// A queue of this process that others could reach ends: nothing can be put into it any more. No lock is held.
    static func willEnd(_ handle: Handle)

    /// It has ended, and nothing waits in it any more. No lock is held.
    static func didEnd(_ handle: Handle)

    /// Keeps what requests to the queue wait in, until `leave`.
    static func enter(_ handle: Handle) throws(RatError) -> DistantVisit
}

/// What a retrieval from another process's queue wants.
package struct DistantWish: Sendable {
    package var filter = MessageFilter.all
    package var isRemoving = true
    /// How large a payload may be.
    package var room: Int?
    package var deadline = Instant.distantPast

    package init() {}
}

/// A message that came from another process, with its payload. Whoever has it passes it on or discards it, once.
@safe package struct DistantNode: @unchecked Sendable {
    // Sendable: the node is its owner's alone.
    let node: NodeReference

    init(_ node: NodeReference) {
        self.node = node
    }

    /// One with that head, and room for a payload of so many bytes, which are to be filled in.
    package init(_ header: MessageHeader, size: Int) {
        node = NodePool.take(ThreadRecord.current)
        node.node.request = nil
        node.node.token = 0
        node.node.message.header = header
        node.node.message.header.size = UInt32(size)
        unsafe node.node.message.unsafePayload = nil
        if size > Payload.inlineSize {
            unsafe node.node.message.unsafePayload = PayloadBuffers.make(size)
        } else if size > 0 {
            unsafe node.node.message.unsafePayload = node.inlineBytes
        }
    }

    package var size: Int { node.size }

    /// The head as it is to be seen, but for the size, which stays.
    package var header: MessageHeader {
        get { node.node.message.header }
        nonmutating set {
            let size = node.node.message.header.size
            node.node.message.header = newValue
            node.node.message.header.size = size
        }
    }

    /// Where the payload is; there must be one.
    package var unsafePayload: UnsafeMutableRawPointer {
        unsafe node.node.message.unsafePayload.unsafelyUnwrapped
    }

    /// Runs `body` with the message.
    package func withMessage<Value>(
        _ body: (UnsafePointer<Message>) throws(RatError) -> Value
    ) throws(RatError) -> Value {
        try unsafe body(node.messagePointer)
    }

    /// The payload as numbers.
    package var words: [UInt64] {
        guard let payload = unsafe node.node.message.unsafePayload else { return [] }
        return (0..<node.size / 8).map { index in
            unsafe payload.load(fromByteOffset: 8 * index, as: UInt64.self)
        }
    }

    /// Drops it.
    package func discard() { NodePool.discard(node, ThreadRecord.current) }
}

/// A call's stay at a queue of another process.
@safe package struct DistantVisit {
    /// Where the calling process's requests wait for their answers.
    package let outbox: Outbox
    /// Reads the answers.
    let near: any NearReader
    package let sends: @Sendable (UnsafePointer<Message>, Int, UInt64) throws(RatError) -> Void
    package let withdraws: @Sendable (UInt64) -> Void
    package let leave: @Sendable () -> Void

    package init(
        outbox: Outbox,
        near: any NearReader,
        sends: @escaping @Sendable (UnsafePointer<Message>, Int, UInt64) throws(RatError) -> Void,
        withdraws: @escaping @Sendable (UInt64) -> Void,
        leave: @escaping @Sendable () -> Void
    ) {
        self.outbox = outbox
        self.near = near
        unsafe self.sends = unsafe sends
        self.withdraws = withdraws
        self.leave = leave
    }
}

/// Messages to and from queues of other processes, as far as this process is concerned.
package enum Distant {
    /// Set once, before there is a handle to such a queue.
    nonisolated(unsafe) private static var implementation: (any DistantQueues.Type)?

    /// Has queues of other processes reached that way.
    package static func reach(by implementation: any DistantQueues.Type) {
        unsafe self.implementation = implementation
    }

    static func queues(_ handle: Handle) throws(RatError) -> any DistantQueues.Type {
        guard handle.isOfKind(.distantQueue), HandleTable.lookup(handle) != nil,
            let implementation = unsafe implementation
        else { throw .invalidHandle }
        return implementation
    }

    static func willEnd(_ handle: Handle) { unsafe implementation?.willEnd(handle) }

    static func didEnd(_ handle: Handle) { unsafe implementation?.didEnd(handle) }

    // MARK: - Sending

    /// Sends a message and waits for the reply, as `Sending.send` does.
    static func send(
        _ message: UnsafePointer<Message>,
        _ size: Int,
        _ handle: Handle,
        _ deadline: Instant,
        _ isBlocking: Bool,
        _ reply: UnsafeMutablePointer<Message>?
    ) throws(RatError) {
        let visit = try queues(handle).enter(handle)
        defer { visit.leave() }
        guard deadline != .distantPast else { throw .timedOut }
        let thread = ThreadRecord.current
        guard thread.hasStack else { throw .noResources }
        if Trace.isOn { unsafe Trace.note(.send, message, to: handle) }
        let request = try visit.outbox.open(nil, handle, unsafe message.pointee.header.message)
        let token = request.record.token.load(ordering: .relaxed)
        LastReply.end(LastReply.take(thread), thread)
        let outer = thread.edge
        defer { thread.endEdge(outer) }
        thread.edge = SendEdge(request, isBlocking: isBlocking)
        do throws(RatError) {
            try unsafe visit.sends(message, size, token)
        } catch {
            visit.outbox.drop(request, token)
            throw error
        }
        guard
            Sending.wait(
                for: request,
                visit.outbox.queue,
                until: deadline,
                isBlocking,
                thread,
                near: visit.near
            )
        else {
            visit.withdraws(token)
            visit.outbox.end(request, token)
            throw .timedOut
        }
        let number = unsafe message.pointee.header.message
        try unsafe Sending.collect(request, reply, thread) { result in
            guard Trace.isOn else { return }
            Trace.note(.endOfCall, number, 0, 0, to: handle, result: result)
        }
    }

    /// Sends a message whose sender goes on. The request's token.
    static func begin(
        _ message: UnsafePointer<Message>,
        _ size: Int,
        _ handle: Handle,
        _ completion: RequestRecord.Completion
    ) throws(RatError) -> UInt64 {
        let visit = try queues(handle).enter(handle)
        defer { visit.leave() }
        if Trace.isOn { unsafe Trace.note(.send, message, to: handle) }
        let number = unsafe message.pointee.header.message
        let request = try visit.outbox.open(completion, handle, number)
        let token = request.record.token.load(ordering: .relaxed)
        do throws(RatError) {
            try unsafe visit.sends(message, size, token)
        } catch {
            visit.outbox.drop(request, token)
            throw error
        }
        return token
    }

    // MARK: - Retrieving

    /// Takes a message that belongs to no thread.
    static func takeOwned(
        from handle: Handle,
        _ filter: MessageFilter,
        until deadline: Instant
    ) throws(RatError) -> TakenMessage {
        var wish = DistantWish()
        wish.filter = filter
        wish.deadline = deadline
        let (header, node) = try queues(handle).take(wish, from: handle)
        // There is always one where no room was said.
        guard let node else { throw .unknown }
        return TakenMessage(header, node)
    }

    /// Has what is known of a queue be as new as it can be, for a look that does not wait.
    package static func refresh(_ handle: Handle) {
        guard handle.isOfKind(.distantQueue) else { return }
        var wish = DistantWish()
        wish.isRemoving = false
        // What it found is what the look will find.
        (try? queues(handle).take(wish, from: handle))?.node?.discard()
    }

    /// Takes or looks at a message, as retrievals from this process's queues do.
    static func take(
        _ wish: QueueReference.Wish,
        _ handle: Handle,
        _ deadline: Instant,
        _ message: UnsafeMutablePointer<Message>
    ) throws(RatError) -> Retrieval.Found {
        var distant = DistantWish()
        distant.filter = wish.filter
        distant.isRemoving = wish.isRemoving
        distant.room = wish.room
        distant.deadline = deadline
        let thread = ThreadRecord.current
        let (header, taken) = try queues(handle).take(distant, from: handle)
        unsafe message.pointee = Message(header)
        guard let node = taken?.node else { return .tooLarge }
        let payload = unsafe node.node.message.unsafePayload
        unsafe message.pointee.unsafePayload = payload
        if !wish.isRemoving {
            unsafe message.pointee.unsafePayload = PeekBuffer.copy(of: node, for: thread)
            NodePool.discard(node, thread)
        } else if wish.room != nil {
            Holds.replace(handle, thread)
            unsafe message.pointee.unsafePayload = nil
            if let payload = unsafe payload, let buffer = unsafe wish.buffer {
                unsafe buffer.copyMemory(from: payload, byteCount: node.size)
                unsafe message.pointee.unsafePayload = buffer
            }
            NodePool.discard(node, thread)
        } else {
            Holds.replace(handle, thread)
            if node.size > 0 {
                Holds.keep(node, from: handle, thread)
            } else {
                NodePool.giveBack(node, thread)
            }
        }
        return .message
    }
}

/// Where requests to one queue of another process wait for their answers: a queue of this process that nobody
/// can find, in which each is begun from the start.
package struct Outbox: Sendable {
    let queue: QueueReference

    /// To be ended with `close`.
    package init() throws(RatError) {
        queue = MessageQueue.makeRecord(try QueueOptions().checked())
    }

    /// What was asked and not answered fails; nothing can be asked any more.
    package func fail() { queue.failSent() }

    /// After the last use.
    package func close() { MessageQueue.recycle(queue) }

    /// A request of the calling thread that is under way.
    func open(
        _ completion: RequestRecord.Completion?,
        _ target: Handle,
        _ message: UInt32
    ) throws(RatError) -> RequestReference {
        let thread = ThreadRecord.current
        guard let request = RequestTable.take(thread, for: queue, wantsCall: completion != nil)
        else { throw .noResources }
        if let completion { request.record.completion = completion }
        request.record.lock.lock()
        request.record.target = target
        request.record.message = message
        request.record.isCall = false
        request.record.lock.unlock()
        queue.record.target.header.lock.lock()
        queue.begin(request, by: thread)
        queue.record.target.header.lock.unlock()
        return request
    }

    /// Takes back a request that did not get under way, or waits for its end to be collected.
    func drop(_ request: RequestReference, _ token: UInt64) {
        if queue.giveUp(request, token) {
            // It was failed meanwhile, and nobody else collects that; a call that is wanted is made.
            if unsafe request.record.completion.callback == nil {
                RequestTable.giveBack(request, ThreadRecord.current)
            }
        } else {
            end(request, token)
        }
    }

    /// Ends a request that was given up. An answer that comes later finds nobody.
    func end(_ request: RequestReference, _ token: UInt64) {
        queue.record.target.header.lock.lock()
        let afterwards = queue.fail(request, .timedOut, of: token)
        queue.record.target.header.lock.unlock()
        afterwards.perform()
    }

    // MARK: - For who reaches other processes

    /// Asks for something, and waits for the answer, serving nobody. The answer's node, which is the caller's.
    package func ask(
        _ target: Handle,
        near: any NearReader,
        until deadline: Instant,
        _ transmit: (UInt64) throws(RatError) -> Void,
        late: (UInt64) -> Void
    ) throws(RatError) -> (header: MessageHeader, node: DistantNode) {
        let thread = ThreadRecord.current
        let request = try open(nil, target, 0)
        let token = request.record.token.load(ordering: .relaxed)
        do throws(RatError) {
            try transmit(token)
        } catch {
            drop(request, token)
            throw error
        }
        guard
            Sending.wait(for: request, queue, until: deadline, true, thread, near: near)
        else {
            late(token)
            end(request, token)
            throw .timedOut
        }
        request.record.lock.lock()
        let (node, failure) = (request.record.reply, request.record.failure)
        request.record.reply = nil
        request.record.lock.unlock()
        RequestTable.giveBack(request, thread)
        guard let node else { throw RatError(rawValue: failure) ?? .unknown }
        return (node.node.message.header, DistantNode(node))
    }

    /// An answer has come, whose node it takes over; not if nobody waits for it, which is `false`.
    package func answer(_ token: UInt64, _ answer: DistantNode) -> Bool {
        guard let request = RequestTable.lookup(token), request.queue == queue else { return false }
        queue.record.target.header.lock.lock()
        let afterwards = queue.answer(request, token, answer.node)
        queue.record.target.header.lock.unlock()
        switch afterwards {
        case nil: return false
        case .recycle:
            afterwards?.perform()
            return false
        case .some(let afterwards):
            afterwards.perform()
            return true
        }
    }

    /// The other side could not do what was asked.
    package func fail(_ token: UInt64, _ error: RatError) {
        guard let request = RequestTable.lookup(token), request.queue == queue else { return }
        queue.record.target.header.lock.lock()
        let afterwards = queue.fail(request, error, of: token)
        queue.record.target.header.lock.unlock()
        afterwards.perform()
    }
}

// MARK: - For visitors from other processes

extension MessageQueue {
    /// Posts what another process did. The node is the queue's then, also if there is no such queue any more; with
    /// `.noResources` it stays the caller's.
    package static func post(
        _ message: DistantNode,
        to handle: Handle,
        _ options: PostOptions
    ) throws(RatError) -> UInt64 {
        let thread = ThreadRecord.current
        let node = message.node
        guard let lane = Lane.index(priority: message.header.priority),
            let target = TargetReference.find(handle)
        else {
            NodePool.discard(node, thread)
            throw .invalidHandle
        }
        let queue = target.record.queue
        node.node.message.header.stamp(
            target: handle,
            time: Instant.nowCoarse().nanoseconds,
            position: queue.record.pointerPosition.load(ordering: .relaxed)
        )
        node.node.message.header.origin = options.origin
        node.node.lane = UInt8(truncatingIfNeeded: lane)
        if Trace.isOn { unsafe Trace.note(.post, node.messagePointer, to: handle) }
        var options = options
        options.keepsRefused = true
        return try queue.postSlowly(node, node.size, to: handle, handle, options, thread)
    }

    /// Has threads that wait for the queue's messages read what others write. `nil` if there is nothing of that kind.
    package static func setNear(_ near: (any NearReader)?, of handle: Handle) {
        try? withQueue(handle) { $0.record.near = near }
    }

    /// Takes or looks at the next posted message for somebody who is no thread of this process, if there is one.
    /// `isWhole` is false for a message that is too large for the room, which stays.
    package static func takeForVisitor<Value>(
        from handle: Handle,
        _ wish: DistantWish,
        _ body: (_ message: Message, _ isWhole: Bool) -> Value
    ) throws(RatError) -> Value? {
        let queue = try find(handle)
        let thread = ThreadRecord.current
        var message = Message(MessageHeader(message: 0))
        var filter = wish.filter
        filter.classes &= QueueStatus.posted
        if case .window = filter.target { return nil }
        var local = QueueReference.Wish(filter: filter, isRemoving: wish.isRemoving)
        guard filter.classes != 0 else { return nil }
        queue.record.takeLock.lock()
        guard queue.record.takeHandle == handle else {
            queue.record.takeLock.unlock()
            throw .invalidHandle
        }
        if queue.record.lastRetriever != Retrievers.task { queue.addTask() }
        // Looked at first where it may be too large: what is taken is held, and nothing was copied.
        if let room = wish.room, wish.isRemoving {
            local.isRemoving = false
            let found = unsafe queue.find(local, by: thread, into: &message)
            guard found == .found else {
                queue.record.takeLock.unlock()
                return nil
            }
            if Int(message.header.size) > room {
                queue.record.takeLock.unlock()
                unsafe message.unsafePayload = nil
                return body(message, false)
            }
            local.isRemoving = true
        }
        let outcome = unsafe queue.find(local, by: thread, into: &message)
        queue.record.takeLock.unlock()
        guard outcome == .found else { return nil }
        let value = body(message, true)
        if wish.isRemoving { Holds.replace(handle, thread) }
        return value
    }

    /// Has the node's observer told when there may be a message, and says when a delayed one is due; `nil` if there
    /// is no such queue. To be followed by a look at what is there already.
    package static func watchForPost(
        _ handle: Handle,
        _ node: UnsafeMutablePointer<WaitNode>
    ) -> Instant? {
        try? withQueue(handle) { queue in
            unsafe queue.record.getters.unsafeAppend(node)
            return Instant(nanoseconds: queue.record.delayed.nextDue)
        }
    }

    /// Who was told of a message and left it where it is says so.
    package static func passOnSignal(_ handle: Handle) {
        (try? find(handle))?.passOnSignal()
    }

    /// Who was told of room tells another.
    package static func passOnRoom(_ handle: Handle) {
        try? withQueue(handle) { $0.wakePosters() }
    }

    /// Has a queue's end told of to who reaches other processes.
    package static func serve(_ handle: Handle) throws(RatError) {
        try withQueue(handle) { queue in queue.record.isServed = true }
    }

    /// Has the node's observer told when there may be room; `false` if there is, or no such queue.
    package static func watchForRoom(
        _ handle: Handle,
        _ size: Int,
        _ node: UnsafeMutablePointer<WaitNode>
    ) -> Bool {
        let isWatching: Void? = try? withQueue(handle) { queue in
            unsafe queue.record.posters.unsafeAppend(node)
            queue.record.note(Attention.room)
        }
        guard isWatching != nil else { return false }
        _ = ProcessBarrier.run()
        let isFull = try? withQueue(handle) { queue in
            let isFull = queue.isFull(size)
            if !isFull { unsafe queue.record.posters.unsafeRemove(node) }
            return isFull
        }
        return isFull ?? false
    }

    /// Ends a watch, if it goes on.
    package static func unwatch(_ handle: Handle, _ node: UnsafeMutablePointer<WaitNode>) {
        try? withQueue(handle) { queue in
            unsafe queue.record.getters.unsafeRemove(node)
        }
    }

    package static func unwatchRoom(_ handle: Handle, _ node: UnsafeMutablePointer<WaitNode>) {
        try? withQueue(handle) { queue in
            unsafe queue.record.posters.unsafeRemove(node)
            if queue.record.posters.isEmpty { queue.record.unnote(Attention.room) }
        }
    }
}
