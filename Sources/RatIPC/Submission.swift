package import RatCore
package import RatSystem

/// What a submission is for. Buffers are the caller's, and stay until the completion.
@safe enum Work {
    case read(UnsafeMutableRawBufferPointer)
    case write(UnsafeRawBufferPointer)
    case accept
    case connect(SocketAddress)
    /// Until the object is signalled, whose signal is taken.
    case wait
    /// Until the kernel says that the object is ready.
    case poll(PollInterest)
    /// Until the object is signalled and something could be taken from it.
    case take(CompletionQueue.Taking)
}

/// One thing that was asked for, from its submission to its completion.
///
/// Everything that changes is the reactor's thread's alone. Sendable, because it gets there through
/// the reactor's inbox, whose lock orders what was written before; `waitDidEnd` reads constants
/// only.
@safe final class Submission: WaitObserver, @unchecked Sendable {
    let queue: CompletionQueueReference
    let queueHandle: Handle
    let userTag: UInt64
    let work: Work
    /// Entered until the end.
    let object: ObjectReference
    let handle: Handle
    /// When a wait gives up.
    let timeout: Instant
    private let reactor: Reactor
    /// Its place in the object's waiters, where it learns of the object's end at least.
    let unsafeNode: UnsafeMutablePointer<WaitNode>
    /// Names it; set before anybody else knows it.
    var number: UInt64 = 0

    // The reactor's.
    var machine = SubmissionStateMachine()
    var transferred = 0
    var misc: UInt64 = 0
    var phase = Phase.idle
    /// The timeout has passed, and the end of the operation was asked for.
    var isLate = false
    /// The backend's own transfer would not do: the reactor makes it when the descriptor is ready.
    var isHandled = false
    /// What is in the backend is a poll for the reactor's own transfer.
    var isPolling = false
    var cancellers: [Ticket] = []

    /// What the submission waits for.
    enum Phase {
        /// For nothing, or its turn.
        case idle
        case backend
        /// The object's signal, by its node.
        case signal
        /// Another try at that time; there is nothing that would tell sooner.
        case retry(Instant)
    }

    init(
        queue: CompletionQueueReference,
        queueHandle: Handle,
        userTag: UInt64,
        work: Work,
        object: ObjectReference,
        handle: Handle,
        timeout: Instant,
        reactor: Reactor
    ) {
        self.queue = queue
        self.queueHandle = queueHandle
        self.userTag = userTag
        self.work = work
        self.object = object
        self.handle = handle
        self.timeout = timeout
        self.reactor = reactor
        unsafe unsafeNode = .allocate(capacity: 1)
        unsafe unsafeNode.initialize(to: WaitNode(unsafeObserver: self))
    }

    deinit {
        // It is plain memory, and linked nowhere.
        unsafe unsafeNode.deallocate()
    }

    func waitDidEnd(_ state: WaitState) {
        reactor.notice(self, state)
    }

    // MARK: - The object's lock

    /// Runs `body` under the object's lock if the object lives.
    func withObjectLocked<Value>(_ body: () -> Value) -> Value? {
        object.record.lock.lock()
        defer { object.record.lock.unlock() }
        return object.record.handle == handle ? body() : nil
    }

    /// Under the object's lock.
    func linkNode() {
        unsafe object.record.waiters.unsafeAppend(unsafeNode)
    }

    /// Ends the node's wait; `false` if that has ended already, so that a notice of it is on its
    /// way.
    @discardableResult func unlinkNode() -> Bool {
        object.record.lock.lock()
        defer { object.record.lock.unlock() }
        let wasLinked = unsafe unsafeNode.pointee.isLinked
        unsafe object.record.waiters.unsafeRemove(unsafeNode)
        return wasLinked
    }

    /// The submissions that wait for the same thing of the same object are served one after the
    /// other.
    var line: Line? {
        switch work {
        case .read, .accept, .take: Line(handle: handle, isForWriting: false)
        case .write, .connect: Line(handle: handle, isForWriting: true)
        case .wait, .poll: nil
        }
    }

    struct Line: Hashable {
        let handle: Handle
        let isForWriting: Bool
    }
}

extension CompletionQueue {
    /// Takes something from a signalled object: how many bytes, or `nil` if there is nothing after
    /// all.
    package typealias Taking = @Sendable () throws(RatError) -> Int?

    package static func read(
        _ queue: Handle,
        _ object: Handle,
        into buffer: UnsafeMutableRawBufferPointer,
        userTag: UInt64
    ) throws(RatError) -> UInt64 {
        try submit(queue, object, userTag) { entered throws(RatError) in
            let endpoint = try endpoint(entered, object)
            guard endpoint.record.role != .writer else { throw .accessDenied }
            return unsafe .read(buffer)
        }
    }

    package static func write(
        _ queue: Handle,
        _ object: Handle,
        _ bytes: UnsafeRawBufferPointer,
        userTag: UInt64
    ) throws(RatError) -> UInt64 {
        try submit(queue, object, userTag) { entered throws(RatError) in
            let endpoint = try endpoint(entered, object)
            guard endpoint.record.role != .reader else { throw .accessDenied }
            return unsafe .write(bytes)
        }
    }

    package static func accept(
        _ queue: Handle,
        _ socket: Handle,
        userTag: UInt64
    ) throws(RatError) -> UInt64 {
        guard socket.isOfKind(.socket) else { throw .invalidHandle }
        return try submit(queue, socket, userTag) { _ in .accept }
    }

    package static func connect(
        _ queue: Handle,
        _ socket: Handle,
        to address: SocketAddress,
        userTag: UInt64
    ) throws(RatError) -> UInt64 {
        guard socket.isOfKind(.socket) else { throw .invalidHandle }
        return try submit(queue, socket, userTag) { _ in .connect(address) }
    }

    /// Waits for an object as a thread would. Not for a mutex, which a thread owns.
    package static func wait(
        _ queue: Handle,
        _ object: Handle,
        until timeout: Instant,
        userTag: UInt64
    ) throws(RatError) -> UInt64 {
        guard object != queue else { throw .invalidArgument }
        return try submit(queue, object, userTag, timeout) { entered throws(RatError) in
            guard !object.isOfKind(.mutex), unsafe entered.record.kind.isWaitable else {
                throw .notSupported
            }
            guard let interest = unsafe entered.record.kind.behavior.pollInterest(entered) else {
                return .wait
            }
            return .poll(interest)
        }
    }

    /// Has `taking` called on the reactor's thread when the object is signalled, until it takes
    /// something.
    package static func take(
        _ queue: Handle,
        from object: Handle,
        userTag: UInt64,
        _ taking: @escaping Taking
    ) throws(RatError) -> UInt64 {
        try submit(queue, object, userTag) { _ in .take(taking) }
    }

    /// Ends a submission early. Its completion says so; unless it was done before: `.notFound`.
    package static func cancel(_ queue: Handle, _ number: UInt64) throws(RatError) {
        try withQueue(queue) { _ in }
        try Reactor.running().cancel(number, of: queue)
    }

    private static func submit(
        _ queueHandle: Handle,
        _ handle: Handle,
        _ userTag: UInt64,
        _ timeout: Instant = .distantFuture,
        _ work: (ObjectReference) throws(RatError) -> Work
    ) throws(RatError) -> UInt64 {
        guard queueHandle.isOfKind(.completionQueue),
            let queue = HandleTable.lookup(queueHandle)
        else { throw .invalidHandle }
        let object = try Objects.enter(handle)
        do throws(RatError) {
            let reactor = try Reactor.running()
            let submission = Submission(
                queue: self.queue(queue),
                queueHandle: queueHandle,
                userTag: userTag,
                work: try work(object),
                object: object,
                handle: handle,
                timeout: timeout,
                reactor: reactor
            )
            return try self.queue(queue).submit(submission, to: reactor)
        } catch {
            Objects.leave(object)
            throw error
        }
    }

    private static func endpoint(
        _ object: ObjectReference,
        _ handle: Handle
    ) throws(RatError) -> StableReference<EndpointRecord> {
        guard handle.isOfKind(.pipe) || handle.isOfKind(.socket) else { throw .notSupported }
        return Endpoint.endpoint(object)
    }
}
