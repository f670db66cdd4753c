internal import RatCore
internal import RatSystem
internal import Synchronization

/// The waits that posting and retrieving make for each other.
extension StableReference where Record == QueueRecord {
    // MARK: - For messages

    /// Sleeps until a message comes, the queue is closed or the deadline passes. At once `.poked` where one is
    /// there already.
    func waitForPost(
        _ handle: Handle,
        _ thread: ThreadReference,
        until deadline: Instant,
        near: (any NearReader)?
    ) throws(RatError) -> WaitState {
        var node = WaitNode(thread: thread, index: 0, mode: .takesSignal)
        return try unsafe withUnsafeMutablePointer(to: &node) { node throws(RatError) in
            thread.beginWait()
            record.target.header.lock.lock()
            guard record.target.header.handle == handle else {
                record.target.header.lock.unlock()
                throw .cancelled
            }
            if isSignaled {
                record.target.header.lock.unlock()
                return .poked
            }
            unsafe record.getters.unsafeAppend(node)
            record.target.header.lock.unlock()
            return unsafe sleep(node, thread, until: deadline, near)
        }
    }

    /// Sleeps until a message comes that `look` finds, the queue is closed or the deadline passes; `nil` if it
    /// found one. It looks after everybody was asked to tell of what comes, so that it misses nothing; and it
    /// is told of everything, because nobody else knows what it looks for.
    func waitForMatch(
        _ handle: Handle,
        _ thread: ThreadReference,
        until deadline: Instant,
        near: (any NearReader)?,
        _ look: () -> Bool
    ) throws(RatError) -> WaitState? {
        var node = WaitNode(thread: thread, index: 0, mode: .looksAgain)
        return try unsafe withUnsafeMutablePointer(to: &node) { node throws(RatError) in
            thread.beginWait()
            record.target.header.lock.lock()
            guard record.target.header.handle == handle else {
                record.target.header.lock.unlock()
                throw .cancelled
            }
            unsafe record.getters.unsafeAppend(node)
            record.target.header.lock.unlock()
            let isFound = look()
            let end = isFound ? .distantPast : deadline
            let state = unsafe sleep(node, thread, until: end, near)
            return isFound ? nil : state
        }
    }

    /// Sleeps, linked among the getters, and unlinks.
    private func sleep(
        _ node: UnsafeMutablePointer<WaitNode>,
        _ thread: ThreadReference,
        until deadline: Instant,
        _ near: (any NearReader)?
    ) -> WaitState {
        record.target.header.lock.lock()
        let due = Instant(nanoseconds: record.delayed.nextDue)
        record.target.header.lock.unlock()
        while deadline != .distantPast, thread.waitState.isUndecided {
            if let near {
                thread.sleep(until: min(deadline, due), near: near)
            } else {
                thread.sleep(until: min(deadline, due))
            }
            guard min(deadline, due) != .distantFuture else { continue }
            let now = Instant.now()
            if deadline <= now {
                _ = thread.decideOwnWait(.withdrawn)
            } else if due <= now {
                _ = thread.decideOwnWait(.poked)
            }
        }
        record.target.header.lock.lock()
        unsafe record.getters.unsafeRemove(node)
        record.target.header.lock.unlock()
        return thread.waitState
    }

    /// Who reads what other processes post; `nil` if none do.
    var near: (any NearReader)? {
        record.target.header.lock.lock()
        defer { record.target.header.lock.unlock() }
        return record.near
    }

    /// Gives the signal that a getter got to another, because the getter left its message where it was.
    func passOnSignal() {
        record.target.header.lock.lock()
        let wake = record.getters.offerSignal().wake
        record.target.header.lock.unlock()
        wake?.wake()
    }

    // MARK: - For room

    /// Sleeps until there may be room, until the queue is closed, or until the deadline passes. Called under
    /// the lock of a full queue, which it frees.
    ///
    /// A retrieval says that there is room only if it sees that somebody waits for it. It writes what it
    /// took and then reads that, as the frequent side of a `ProcessBarrier`; here, between saying that this
    /// thread waits and looking at what was taken, is the rare one.
    func waitForRoom(
        _ size: Int,
        _ thread: ThreadReference,
        until deadline: Instant
    ) -> WaitState {
        // Who needs bytes may not be helped by what is taken, and must not keep others from being woken.
        let mode = size > 0 ? WaitNode.Mode.looksAgain : .takesSignal
        var node = WaitNode(thread: thread, index: 0, mode: mode)
        return unsafe withUnsafeMutablePointer(to: &node) { node in
            thread.beginWait()
            unsafe record.posters.unsafeAppend(node)
            record.note(Attention.room)
            record.target.header.lock.unlock()
            let isOrdered = ProcessBarrier.run()
            record.target.header.lock.lock()
            if !isFull(size) { _ = thread.decideOwnWait(.poked) }
            record.target.header.lock.unlock()
            while thread.waitState.isUndecided {
                let now = Instant.now()
                // Without the barrier, looking again every tick takes its place.
                let tick = isOrdered ? deadline : now.advanced(byMilliseconds: 4)
                thread.sleep(until: min(deadline, tick))
                if deadline <= Instant.now() {
                    _ = thread.decideOwnWait(.withdrawn)
                } else if !isOrdered {
                    _ = thread.decideOwnWait(.poked)
                }
            }
            record.target.header.lock.lock()
            unsafe record.posters.unsafeRemove(node)
            if record.posters.isEmpty { record.unnote(Attention.room) }
            record.target.header.lock.unlock()
            return thread.waitState
        }
    }
}

extension MessageFilter {
    /// Whether some messages are not let through.
    var isPicky: Bool {
        target != .any || !isForEveryNumber
            || !isFor(QueueStatus.posted) || !isFor(QueueStatus.sendMessage)
    }
}
