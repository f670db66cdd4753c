internal import RatCore
internal import RatSystem
internal import Synchronization

/// Answers one call that waits for the reactor.
final class Ticket: Sendable {
    private let word = Atomic<UInt32>(0)

    /// The reactor's last step: the caller goes on.
    func settle(_ answer: Bool) {
        word.store(answer ? 1 : 2, ordering: .releasing)
        Futex.wake(word)
    }

    /// Sleeps until the answer is there.
    func answer() -> Bool {
        while true {
            let value = word.load(ordering: .acquiring)
            if value != 0 { return value == 1 }
            _ = Futex.wait(on: word, while: 0, until: .distantFuture)
        }
    }
}

/// The one thread that does what was submitted, for all completion queues of the process.
///
/// Other threads only put orders into its inbox; so there are no two opinions on where a submission
/// stands, and no lock is held while something is done. It runs no application code, lets no signal
/// in, and never ends: completions become messages while nobody asks.
///
/// Invariants:
/// - A submission is in `live` from the order that starts it to its completion.
/// - Of the submissions of one line, the first alone is started; so they are done in order.
/// - A submission in phase `backend` has one operation there, and ends when that has.
/// - The inbox's lock is taken under objects' locks, and nothing is taken under it.
@safe final class Reactor: @unchecked Sendable {
    // Sendable: the inbox is guarded by its lock; what is below it belongs to the reactor's thread.
    enum Order {
        case start(Submission)
        /// The wait of its node has ended.
        case notice(Submission, WaitState)
        case cancel(UInt64, queue: Handle, Ticket)
        case endAll(queue: Handle, Ticket)
        case deliver(CompletionQueueReference, Handle)
    }

    private let inboxLock = Lock()
    // Guarded by `inboxLock`.
    private var inbox: [Order] = []
    private var isWoken = false
    private var lastNumber: UInt64 = 0

    // The thread's own.
    let backend: any AsyncBackend
    var live: [UInt64: Submission] = [:]
    var lines: [Submission.Line: Fifo<Submission>] = [:]
    /// The first of their lines by now, to be started.
    var next = Fifo<Submission>()
    /// When to look after a submission that nothing else may tell of.
    var deadlines: [UInt64: Instant] = [:]
    var earliest = Instant.distantFuture
    /// Queues that are being closed: how many submissions they still have, and who waits.
    var closing: [Handle: (remaining: Int, tickets: [Ticket])] = [:]
    /// Bound queues whose target was full: when to try again, and how long to wait the time after.
    var stuck: [Handle: (queue: CompletionQueueReference, next: Instant, pause: UInt64)] = [:]

    private init(_ backend: any AsyncBackend) {
        self.backend = backend
    }

    // MARK: - One per process

    /// The process's reactor. In a forked child there is none: the thread is the parent's, and so is
    /// what it does.
    @safe private final class Holder: ForkParticipant, @unchecked Sendable {
        // Sendable: `reactor` is guarded by `lock`.
        let lock = Lock()
        /// Retained for ever, in a child too, where nobody uses it.
        var reactor: Unmanaged<Reactor>?

        init() {
            unsafe reactor = nil
            Fork.register(self)
        }

        func lockForFork() { lock.lock() }
        func unlockAfterFork() { lock.unlock() }

        func startAnewInChild() {
            unsafe reactor = nil
            lock.unlock()
        }
    }

    private static let holder = Holder()

    /// The reactor, started with that engine if it does not run yet.
    static func started(_ engine: AsyncEngine) throws(RatError) -> Reactor {
        holder.lock.lock()
        defer { holder.lock.unlock() }
        if let reactor = unsafe holder.reactor { return unsafe reactor.takeUnretainedValue() }
        do throws(Errno) {
            let reactor = Reactor(try makeBackend(engine))
            try unsafe NativeThread.startWithoutSignals(
                body,
                Unmanaged.passUnretained(reactor).toOpaque()
            )
            unsafe holder.reactor = Unmanaged.passRetained(reactor)
            return reactor
        } catch {
            // EAGAIN: no more threads.
            throw error == .wouldBlock ? .noResources : RatError(error)
        }
    }

    /// The reactor, which runs while there is a queue.
    static func running() throws(RatError) -> Reactor {
        holder.lock.lock()
        defer { holder.lock.unlock() }
        guard let reactor = unsafe holder.reactor else { throw .invalidHandle }
        return unsafe reactor.takeUnretainedValue()
    }

    private static func makeBackend(_ engine: AsyncEngine) throws(Errno) -> any AsyncBackend {
        switch engine {
        case .epoll: return try EpollBackend()
        case .uring: return try makeUring()
        case .automatic:
            do throws(Errno) {
                return try makeUring()
            } catch {
                return try EpollBackend()
            }
        }
    }

    /// What the kernel lacks or forbids is not supported, whatever it says.
    private static func makeUring() throws(Errno) -> UringBackend {
        do throws(Errno) {
            return try UringBackend()
        } catch {
            let shortages: [Errno] = [.noMemory, .noDescriptor, .noDescriptorAnywhere]
            throw shortages.contains(error) ? error : .notSupported
        }
    }

    private static let body:
        @convention(c) (UnsafeMutableRawPointer?) ->
            UnsafeMutableRawPointer? = { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<Reactor>.fromOpaque(context).takeUnretainedValue().run()
            }

    // MARK: - From any thread

    /// Takes a submission over; its number.
    func submit(_ submission: Submission) -> UInt64 {
        inboxLock.lock()
        lastNumber += 1
        submission.number = lastNumber
        let number = lastNumber
        appendLocked(.start(submission))
        return number
    }

    func notice(_ submission: Submission, _ state: WaitState) {
        order(.notice(submission, state))
    }

    func cancel(_ number: UInt64, of queue: Handle) throws(RatError) {
        let ticket = Ticket()
        order(.cancel(number, queue: queue, ticket))
        guard ticket.answer() else { throw .notFound }
    }

    /// Cancels everything of a closed queue and returns when all of it has ended.
    func endAll(of queue: Handle) {
        let ticket = Ticket()
        order(.endAll(queue: queue, ticket))
        _ = ticket.answer()
    }

    /// Has a bound queue's completions handed on. The caller has entered the queue; so has the
    /// order.
    func deliver(from queue: CompletionQueueReference, _ handle: Handle) {
        queue.record.header.lock.lock()
        queue.record.header.visitors += 1
        queue.record.header.lock.unlock()
        order(.deliver(queue, handle))
    }

    private func order(_ order: Order) {
        inboxLock.lock()
        appendLocked(order)
    }

    /// Unlocks. Wakes the thread for the first order of several.
    private func appendLocked(_ order: Order) {
        inbox.append(order)
        let isToBeWoken = !isWoken
        isWoken = true
        inboxLock.unlock()
        if isToBeWoken { backend.wakeUp() }
    }

    // MARK: - The thread

    private func run() -> Never {
        var ended: [(number: UInt64, result: Int)] = []
        while true {
            for order in takeOrders() { carryOut(order) }
            startNext()
            lookAtClock()
            // What was done just now may have made somebody ready, or ordered something.
            backend.wait(until: next.isEmpty ? nextLook : .distantPast) { number, result in
                ended.append((number, result))
            }
            for (number, result) in ended { didEnd(number, result) }
            ended.removeAll(keepingCapacity: true)
        }
    }

    private func takeOrders() -> [Order] {
        inboxLock.lock()
        defer { inboxLock.unlock() }
        isWoken = false
        guard !inbox.isEmpty else { return [] }
        let orders = inbox
        inbox = []
        return orders
    }

    private func carryOut(_ order: Order) {
        switch order {
        case .start(let submission): enroll(submission)
        case .notice(let submission, let state): didNotice(submission, state)
        case .cancel(let number, let queue, let ticket):
            guard let submission = live[number], submission.queueHandle == queue else {
                return ticket.settle(false)
            }
            submission.cancellers.append(ticket)
            stop(submission)
        case .endAll(let queue, let ticket):
            // Two closes may have met, of which each drops a reference.
            if let tickets = closing[queue]?.tickets {
                closing[queue]?.tickets = tickets + [ticket]
                return
            }
            let submissions = live.values.filter { $0.queueHandle == queue }
            stuck[queue] = nil
            guard !submissions.isEmpty else { return ticket.settle(true) }
            closing[queue] = (submissions.count, [ticket])
            for submission in submissions { stop(submission) }
        case .deliver(let queue, let handle):
            deliver(from: queue, handle, pause: Self.firstPause)
            Objects.leave(queue.asObject)
        }
    }

    private func startNext() {
        while let submission = next.popFirst() { begin(submission) }
    }

    // MARK: - The clock

    /// A full target is asked again after 1 ms, then twice as long each time.
    private static let firstPause: UInt64 = 1
    private static let longestPause: UInt64 = 64

    private var nextLook: Instant {
        stuck.values.reduce(earliest) { min($0, $1.next) }
    }

    private func lookAtClock() {
        guard nextLook != .distantFuture else { return }
        let now = Instant.now()
        if earliest <= now {
            let due = deadlines.filter { $0.value <= now }.keys.sorted()
            for number in due { deadlines[number] = nil }
            earliest = deadlines.values.min() ?? .distantFuture
            for number in due { if let submission = live[number] { isDue(submission, now) } }
        }
        for (handle, target) in stuck where target.next <= now {
            stuck[handle] = nil
            deliver(from: target.queue, handle, pause: min(Self.longestPause, target.pause * 2))
        }
    }

    /// Hands on what is ready in a bound queue, and remembers it if the target is full.
    func deliver(from queue: CompletionQueueReference, _ handle: Handle, pause: UInt64) {
        guard queue.deliverReady(of: handle) == .isFull else { return }
        let next = Instant.now().advanced(byMilliseconds: pause)
        stuck[handle] = (queue, next, pause)
    }

    /// Hands on what has become ready. Behind what a full target has not taken, it waits for its
    /// turn.
    func deliverMore(from queue: CompletionQueueReference, _ handle: Handle) {
        guard stuck[handle] == nil else { return }
        deliver(from: queue, handle, pause: Self.firstPause)
    }

    func setDeadline(_ deadline: Instant, of submission: Submission) {
        guard deadline != .distantFuture else { return }
        deadlines[submission.number] = deadline
        earliest = min(earliest, deadline)
    }
}
