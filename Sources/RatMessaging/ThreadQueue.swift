package import RatCore
package import RatSystem
internal import Synchronization

/// A thread's own queue: what the thread's messages come from beside the posted ones, in which order.
///
/// Used by its thread only. The order of retrieval is: what is sent; posted messages; quit; input; paint;
/// timers.
package final class ThreadQueue: WaitSource {
    package let handle: Handle
    package let queue: QueueReference
    let thread: ThreadReference
    /// The exit code of a pending quit.
    private(set) var quitCode: Int32?
    package var timers = Timers()
    /// What is told of the thread's messages while somebody records them.
    var recorder: TraceRecorder?
    /// What has come since the thread last looked, of what is neither posted nor the source's: bits of
    /// `QueueStatus`.
    var fresh: UInt32 = 0
    /// How many hot keys were posted, and how many of these by when nothing was.
    var hotKeysPosted: UInt64 = 0
    var hotKeysGone: UInt64 = 0
    /// How many messages had been sent here when the thread last looked, and how many notices made.
    var seenSent: UInt64 = 0
    var seenNotices: UInt64 = 0
    /// Timers that were due by then have been noted in `fresh`.
    var timersNoted = Instant.distantPast
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
        return try make(QueueOptions())
    }

    /// The calling thread's, which has none yet.
    package static func make(_ options: QueueOptions) throws(RatError) -> ThreadQueue {
        guard currentIfAny == nil else { throw .alreadyExists }
        let thread = ThreadRecord.current
        let threadQueue = try ThreadQueue(thread, options)
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

    private init(_ thread: ThreadReference, _ options: QueueOptions) throws(RatError) {
        self.thread = thread
        queue = MessageQueue.makeRecord(try options.checked())
        // A search for deadlocks that comes late may look at the record.
        queue.record.target.header.lock.lock()
        queue.record.owner = thread
        queue.record.ownerID = thread.systemID
        queue.record.target.header.lock.unlock()
        handle = try MessageQueue.publish(queue)
        thread.record.ownQueueHandle = handle
        unsafe thread.record.ownQueue = queue.raw
        unsafe queue.record.threadQueue = Unmanaged.passUnretained(self)
    }

    private func retire() {
        source = nil
        recorder = nil
        thread.record.ownQueueHandle = .invalid
        unsafe thread.record.ownQueue = nil
        queue.record.target.header.lock.lock()
        Objects.retireLocked(queue.asObject)
        unsafe queue.record.threadQueue = nil
        queue.record.target.header.lock.unlock()
        MessageQueue.recycle(queue)
        Hooks.removeAll(of: thread)
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
        // A plain retrieval would not end its being new.
        queue.record.plainRetrievals = 0
        fresh |= QueueStatus.postMessage | QueueStatus.allPostMessage
    }

    // MARK: - Retrieving

    /// What a retrieval gives.
    package enum Found {
        case none
        case message
        /// Leave the loop: a pending quit, or a quit message that was posted.
        case quit
        /// The next message is there, and its payload larger than the room for it; only its head was given.
        case tooLarge
    }

    /// Takes the next message of the calling thread's own queue, waiting until `deadline` for one; `true` if
    /// it is a quit. May call procedures.
    ///
    /// While messages are posted, this is all there is to a retrieval.
    @inline(__always) package static func take(
        of thread: ThreadReference,
        until deadline: @autoclosure () -> Instant,
        into message: UnsafeMutablePointer<Message>
    ) throws(RatError) -> Bool {
        if let raw = unsafe thread.record.ownQueue {
            let queue = unsafe QueueReference(
                unsafe: raw.assumingMemoryBound(to: QueueRecord.self)
            )
            if queue.record.plainRetrievals > 0, !HookKind.getMessage.isWatched,
                unsafe queue.takePlain(by: thread, into: message)
            {
                queue.record.plainRetrievals &-= 1
                // What others have posted since the inbox was looked at counts as new: to ask for it here
                // would cost more than all the rest.
                let ownPosted = queue.record.ownPosted.load(ordering: .relaxed)
                queue.record.seen.ownPosted = ownPosted
                queue.record.seenAll.ownPosted = ownPosted
                return unsafe message.pointee.header.message == QueueMessage.quit
            }
        }
        return try unsafe current().find(.init(), until: deadline(), into: message) == .quit
    }

    /// The same for a message that a filter lets through.
    static func take(
        _ filter: MessageFilter,
        of thread: ThreadReference,
        until deadline: @autoclosure () -> Instant,
        into message: UnsafeMutablePointer<Message>
    ) throws(RatError) -> Found {
        if let raw = unsafe thread.record.ownQueue {
            let queue = unsafe QueueReference(
                unsafe: raw.assumingMemoryBound(to: QueueRecord.self)
            )
            if queue.record.plainRetrievals > 0, !HookKind.getMessage.isWatched,
                unsafe queue.takePlain(filter, by: thread, into: message)
            {
                queue.record.plainRetrievals &-= 1
                queue.record.seen = queue.record.arrived
                if filter.isForEveryNumber { queue.record.seenAll = queue.record.seen }
                return unsafe message.pointee.isPostedQuit ? .quit : .message
            }
        }
        return try unsafe current().find(.init(filter: filter), until: deadline(), into: message)
    }

    /// Takes the next message that the wish is for, waiting until `deadline` for one.
    func find(
        _ wish: QueueReference.Wish,
        until deadline: Instant,
        into message: UnsafeMutablePointer<Message>
    ) throws(RatError) -> Found {
        guard thread.hasStack else { throw .noResources }
        var wasIdle = false
        var hasWaited = false
        while true {
            let found = unsafe next(wish, hasRead: hasWaited, into: message)
            if found != .none {
                guard HookKind.getMessage.isWatched else { return found }
                return unsafe hooked(found, wish, message)
            }
            guard deadline != .distantPast else { throw .timedOut }
            // What else comes does not make the wait longer.
            if hasWaited, deadline != .distantFuture, deadline <= Instant.now() { throw .timedOut }
            // Its hooks may have posted something.
            if !wasIdle, HookKind.foregroundIdle.isWatched, tellIdle() {
                wasIdle = true
                continue
            }
            wasIdle = false
            guard try waitForMore(wish.filter, until: deadline) else { throw .timedOut }
            hasWaited = true
        }
    }

    private func next(
        _ wish: QueueReference.Wish,
        hasRead: Bool,
        into message: UnsafeMutablePointer<Message>
    ) -> Found {
        // The display is read once in a retrieval: that is a system call.
        var hasRead = hasRead
        if let source {
            // However many are posted, the display is read now and then.
            if queue.record.plainRetrievals <= 0 { lookAtDisplay(source, &hasRead) }
            queue.record.plainRetrievals -= 1
        } else {
            queue.record.plainRetrievals = .max
        }
        var wish = wish
        while true {
            let sent = queue.record.sent.load(ordering: .acquiring)
            handleCalls()
            seenSent = max(seenSent, sent)
            wish.filter = wish.filter.refreshed
            let filter = wish.filter
            look(filter)
            switch unsafe queue.find(wish, by: thread, into: message) {
            case .found: return unsafe message.pointee.isPostedQuit ? .quit : .message
            case .tooLarge: return .tooLarge
            case .none: break
            }
            if let exitCode = quitCode,
                filter.isFor(QueueStatus.postMessage | QueueStatus.allPostMessage)
            {
                if wish.isRemoving { quitCode = nil }
                unsafe message.pointee = quitMessage(exitCode)
                return .quit
            }
            guard let source else { break }
            // Neither has input that is there already to wait for what comes after it.
            if !hasRead, !wish.filter.isPicky, source.hasSettledInput {
                source.refresh(readsDisplay: false)
                guard source.hasSent else { break }
            }
            guard lookAtDisplay(source, &hasRead) else { break }
        }
        let found =
            nextOfSource(wish) ?? nextTimer(wish.filter, isRemoving: wish.isRemoving)
        guard let found else { return .none }
        // A successful retrieval ends the life of the payload before it.
        if wish.isRemoving { Holds.replace(handle, thread) }
        unsafe message.pointee = found
        return .message
    }

    /// Handles what other threads have sent to the thread's windows, and calls what waits to be called with a
    /// reply.
    func handleCalls() {
        while handleCall() {}
    }

    /// Handles the first of it. Whether there was any.
    func handleCall() -> Bool {
        guard let node = queue.takeCall(thread) else { return false }
        Dispatch.handle(node, thread)
        return true
    }

    private func nextOfSource(_ wish: QueueReference.Wish) -> Message? {
        guard let source else { return nil }
        if wish.filter.isFor(QueueStatus.input),
            let input = source.nextInput(wish.filter, isRemoving: wish.isRemoving)
        {
            return input
        }
        return wish.filter.isFor(QueueStatus.paint) ? source.nextPaint(wish.filter) : nil
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

    /// Reads the display, if that is not done yet, and makes the calls that follow from it. Whether something may
    /// have been posted: by these, or a hot key.
    @discardableResult private func lookAtDisplay(
        _ source: any MessageSource,
        _ hasRead: inout Bool
    ) -> Bool {
        queue.record.plainRetrievals = Self.retrievalsPerRefresh
        let hotKeys = hotKeysPosted
        source.refresh(readsDisplay: !hasRead)
        hasRead = true
        guard source.hasSent else { return hotKeysPosted != hotKeys }
        while source.hasSent { source.deliverSent() }
        return true
    }

    private func nextTimer(_ filter: MessageFilter, isRemoving: Bool) -> Message? {
        guard filter.isFor(QueueStatus.timer), filter.admits(number: QueueMessage.timer),
            timers.nextDue != .distantFuture
        else { return nil }
        let now = Instant.now()
        let due =
            filter.target == .any
            ? timers.due(at: now)
            : timers.due(at: now) { key in
                filter.admits(target: key.window == .invalid ? handle : key.window)
            }
        guard let timer = due else { return nil }
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
}

extension Message {
    var isPostedQuit: Bool {
        header.message == QueueMessage.quit && header.flags & MessageFlags.sent == 0
    }
}

extension StableReference where Record == QueueRecord {
    /// Has the owning thread, if it sleeps on the queue, look at its source again. Any thread may call it.
    package func pokeOwner() {
        record.target.header.lock.lock()
        record.target.header.waiters.pokeAll()
        record.target.header.lock.unlock()
    }
}
