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
    package var source: (any MessageSource)? {
        didSet { queue.record.plainRetrievals = 0 }
    }

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
        thread.record.ownQueueHandle = handle
        unsafe thread.record.ownQueue = queue.raw
        unsafe queue.record.threadQueue = Unmanaged.passUnretained(self)
    }

    private func retire() {
        source = nil
        thread.record.ownQueueHandle = .invalid
        unsafe thread.record.ownQueue = nil
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

    /// Takes the next message of the calling thread's own queue, waiting until `deadline` for one; `true` if
    /// it is a quit. May call window procedures.
    ///
    /// While messages are posted, this is all there is to a retrieval.
    @inline(__always) package static func take(
        of thread: ThreadReference,
        until deadline: Instant,
        into message: UnsafeMutablePointer<Message>
    ) throws(RatError) -> Bool {
        if let raw = unsafe thread.record.ownQueue {
            let queue = unsafe QueueReference(
                unsafe: raw.assumingMemoryBound(to: QueueRecord.self)
            )
            if queue.record.plainRetrievals > 0,
                unsafe queue.takeFromLanes(by: thread, into: message)
            {
                queue.record.plainRetrievals &-= 1
                return unsafe message.pointee.header.message == QueueMessage.quit
            }
        }
        return try unsafe current().take(until: deadline, into: message)
    }

    /// The same, by value.
    package func take(until deadline: Instant) throws(RatError) -> Retrieved {
        var message = Message(MessageHeader(message: 0))
        let isQuit = try unsafe take(until: deadline, into: &message)
        return isQuit ? .quit(message) : .message(message)
    }

    private func take(
        until deadline: Instant,
        into message: UnsafeMutablePointer<Message>
    ) throws(RatError) -> Bool {
        while true {
            if let isQuit = unsafe next(isRemoving: true, into: message) { return isQuit }
            guard deadline != .distantPast else { throw .timedOut }
            if try !waitForMore(until: deadline) { throw .timedOut }
        }
    }

    /// Looks at the next message and leaves it. May call window procedures.
    package func peek() -> Retrieved? {
        var message = Message(MessageHeader(message: 0))
        guard let isQuit = unsafe next(isRemoving: false, into: &message) else { return nil }
        return isQuit ? .quit(message) : .message(message)
    }

    /// Whether something other than posted messages can be retrieved.
    package var hasPending: Bool {
        if quitCode != nil || timers.nextDue <= Instant.now() { return true }
        guard let source else { return false }
        return source.hasSent || source.hasInput || source.hasPaint
    }

    /// Whether the next message is a quit; `nil` if there is none.
    private func next(
        isRemoving: Bool,
        into message: UnsafeMutablePointer<Message>
    ) -> Bool? {
        if let source {
            // However many are posted, the display is read now and then.
            if queue.record.plainRetrievals <= 0 { lookAtDisplay(source) }
            queue.record.plainRetrievals -= 1
        } else {
            queue.record.plainRetrievals = .max
        }
        while true {
            let isPosted =
                isRemoving
                ? unsafe queue.takeFromLanes(by: thread, into: message)
                : unsafe queue.peekLanes(by: thread, into: message)
            if isPosted { return unsafe message.pointee.header.message == QueueMessage.quit }
            if let exitCode = quitCode {
                if isRemoving { quitCode = nil }
                unsafe message.pointee = quitMessage(exitCode)
                return true
            }
            if let source, lookAtDisplay(source) { continue }
            break
        }
        let found =
            source?.nextInput(isRemoving: isRemoving) ?? source?.nextPaint()
            ?? nextTimer(isRemoving: isRemoving)
        guard let found else { return nil }
        if isRemoving { didRetrieve() }
        unsafe message.pointee = found
        return false
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
        queue.record.plainRetrievals = Self.retrievalsPerRefresh
        source.refresh()
        guard source.hasSent else { return false }
        while source.hasSent { source.deliverSent() }
        return true
    }

    private func nextTimer(isRemoving: Bool) -> Message? {
        guard timers.nextDue != .distantFuture else { return nil }
        let now = Instant.now()
        guard let timer = timers.due(at: now) else { return nil }
        if isRemoving { timers.fire(timer.key, now: now) }
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
        return Message(header)
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
