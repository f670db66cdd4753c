package import RatCore
package import RatSystem
internal import Synchronization

/// Where a thread's queue gets what nobody posts: the windows of the thread, and their display.
package protocol MessageSource: AnyObject {
    /// Readable when the display has something to read.
    var descriptor: CInt? { get }
    /// Reads what the display has sent. Runs no application code.
    func refresh()
    /// The last call before sleeping on `descriptor`; `false` to look again instead.
    func prepareToSleep() -> Bool
    /// Facts that become calls of window procedures inside the retrieval, as sent messages do.
    var hasSent: Bool { get }
    /// Makes one such call.
    func deliverSent()
    var hasInput: Bool { get }
    /// The next input message; it stays unless `isRemoving`. May call window procedures.
    func nextInput(isRemoving: Bool) -> Message?
    var hasPaint: Bool { get }
    /// A paint message for a window that needs painting. It comes again until the window is painted.
    func nextPaint() -> Message?
}

/// A thread's own queue: what the thread's messages come from beside the posted ones, in which order.
///
/// Used by its thread only. The order of retrieval is: facts that are sent; posted messages; quit; input;
/// paint; timers.
package final class ThreadQueue: WaitSource {
    package let handle: Handle
    package let queue: QueueReference
    private let thread: ThreadReference
    /// The exit code of a pending quit.
    private var quitCode: Int32?
    package var timers = Timers()
    /// Set by the windows of the thread.
    package var source: (any MessageSource)?
    /// Retrievals since the display was looked at last.
    private var retrievals = 0

    /// With posted messages at hand the display waits for so many retrievals at most: reading it costs a
    /// system call, taking a posted message some nanoseconds.
    private static let retrievalsPerRefresh = 32

    /// The calling thread's, made at the first call.
    package static func current() throws(RatError) -> ThreadQueue {
        if let existing = currentIfAny { return existing }
        let thread = ThreadRecord.current
        let threadQueue = try ThreadQueue(thread)
        unsafe thread.record.queueSlot = Unmanaged.passRetained(threadQueue).toOpaque()
        thread.callAtExit { thread in
            guard let slot = unsafe thread.record.queueSlot else { return }
            let threadQueue = unsafe Unmanaged<ThreadQueue>.fromOpaque(slot).takeRetainedValue()
            unsafe thread.record.queueSlot = nil
            threadQueue.retire()
        }
        return threadQueue
    }

    package static var currentIfAny: ThreadQueue? {
        guard let thread = ThreadRecord.currentIfAny,
            let slot = unsafe thread.record.queueSlot
        else { return nil }
        return unsafe Unmanaged<ThreadQueue>.fromOpaque(slot).takeUnretainedValue()
    }

    private init(_ thread: ThreadReference) throws(RatError) {
        self.thread = thread
        queue = MessageQueue.makeRecord(capacity: MessageQueue.defaultCapacity)
        queue.record.owner = thread
        handle = try MessageQueue.publish(queue)
        unsafe queue.record.threadQueue = Unmanaged.passUnretained(self)
    }

    private func retire() {
        source = nil
        queue.record.target.header.lock.lock()
        Objects.retireLocked(queue.asObject)
        unsafe queue.record.threadQueue = nil
        queue.record.target.header.lock.unlock()
        MessageQueue.recycle(queue)
    }

    /// Where the pointer was seen last, on the screen. Stamped on what is posted to the thread.
    package var pointerPosition: (x: Int32, y: Int32) {
        get {
            let packed = queue.record.pointerPosition.load(ordering: .relaxed)
            return (Int32(truncatingIfNeeded: packed), Int32(truncatingIfNeeded: packed >> 32))
        }
        set {
            let low = UInt64(UInt32(bitPattern: newValue.x))
            let high = UInt64(UInt32(bitPattern: newValue.y))
            queue.record.pointerPosition.store(high << 32 | low, ordering: .relaxed)
        }
    }

    package func postQuit(_ exitCode: Int32) {
        quitCode = exitCode
    }

    // MARK: - Retrieving

    /// What a retrieval gives.
    package enum Retrieved {
        case message(Message)
        /// Leave the loop: a pending quit, or a quit message that was posted.
        case quit(Message)
    }

    /// Takes the next message, waiting until `deadline` for one. May call window procedures.
    package func take(until deadline: Instant) throws(RatError) -> Retrieved {
        while true {
            if let found = next(isRemoving: true) { return found }
            guard deadline != .distantPast else { throw .timedOut }
            if try !waitForMore(until: deadline) { throw .timedOut }
        }
    }

    /// Looks at the next message and leaves it. May call window procedures.
    package func peek() -> Retrieved? {
        next(isRemoving: false)
    }

    /// Whether something other than posted messages can be retrieved.
    package var hasPending: Bool {
        if quitCode != nil || timers.nextDue <= Instant.now() { return true }
        guard let source else { return false }
        return source.hasSent || source.hasInput || source.hasPaint
    }

    private func next(isRemoving: Bool) -> Retrieved? {
        if let source {
            retrievals += 1
            if retrievals >= Self.retrievalsPerRefresh { lookAtDisplay(source) }
        }
        while true {
            let posted =
                isRemoving ? queue.takeFromLanes(by: thread) : queue.peekLanes(by: thread)
            if let posted {
                return posted.header.message == QueueMessage.quit
                    ? .quit(posted) : .message(posted)
            }
            if let exitCode = quitCode {
                if isRemoving { quitCode = nil }
                return .quit(quitMessage(exitCode))
            }
            if let source, lookAtDisplay(source) { continue }
            break
        }
        if let message = source?.nextInput(isRemoving: isRemoving) {
            if isRemoving { didRetrieve() }
            return .message(message)
        }
        if let message = source?.nextPaint() {
            if isRemoving { didRetrieve() }
            return .message(message)
        }
        return nextTimer(isRemoving: isRemoving)
    }

    private func quitMessage(_ exitCode: Int32) -> Message {
        let header = MessageHeader(
            message: QueueMessage.quit,
            wparam: UInt(bitPattern: Int(exitCode)),
            target: handle,
            time: Instant.nowCoarse().nanoseconds
        )
        return Message(header)
    }

    /// Reads the display and makes the calls that follow from it. Whether it made any, and so something may
    /// have been posted.
    @discardableResult private func lookAtDisplay(_ source: any MessageSource) -> Bool {
        retrievals = 0
        source.refresh()
        guard source.hasSent else { return false }
        while source.hasSent { source.deliverSent() }
        return true
    }

    private func nextTimer(isRemoving: Bool) -> Retrieved? {
        guard timers.nextDue != .distantFuture else { return nil }
        let now = Instant.now()
        guard let timer = timers.due(at: now) else { return nil }
        if isRemoving {
            timers.fire(timer.key, now: now)
            didRetrieve()
        }
        var header = MessageHeader(
            message: QueueMessage.timer,
            wparam: timer.key.id,
            lparam: Int(bitPattern: timer.procedure),
            target: timer.key.window == .invalid ? handle : timer.key.window
        )
        header.stamp(
            target: header.target,
            time: now.nanoseconds,
            position: queue.record.pointerPosition.load(ordering: .relaxed)
        )
        return .message(Message(header))
    }

    /// A successful retrieval ends the life of the payload before it.
    private func didRetrieve() {
        guard unsafe thread.record.holdSlot != nil else { return }
        PayloadHolds.ifAny(thread)?.replace(handle)
    }

    // MARK: - Waiting

    /// Sleeps until there may be more to retrieve; `false` if the deadline passed first.
    private func waitForMore(until deadline: Instant) throws(RatError) -> Bool {
        switch Wait.forOne(handle, until: deadline, source: self) {
        case .signaled, .abandoned: true
        case .timedOut: false
        case .failed: throw .cancelled
        }
    }

    package var descriptor: CInt? { source?.descriptor }

    package var nextDeadline: Instant { timers.nextDue }

    package func refresh() {
        source?.refresh()
        guard hasPending else { return }
        queue.record.target.header.lock.lock()
        queue.record.target.header.waiters.grantAll()
        queue.record.target.header.lock.unlock()
    }

    package func prepareToSleep() -> Bool {
        source?.prepareToSleep() ?? true
    }
}
