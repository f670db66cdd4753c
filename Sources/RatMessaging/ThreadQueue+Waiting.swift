internal import RatCore
package import RatSystem
internal import Synchronization

/// What a thread's queue holds by kind, what of it is new, and waiting for it.
///
/// New is what came since the thread last looked. For posted messages that follows from how many have come;
/// and for what is sent; for timers from which were due when they were last noted. What the display has
/// caused to be sent is new until it is handled.
extension ThreadQueue {
    // MARK: - Status

    /// What there is, by kind: `QueueStatus` bits.
    package var pending: UInt32 {
        var pending = sentStatus | (source?.pending ?? 0)
        if queue.record.isHoldingPosted || quitCode != nil || queue.hasNotice {
            pending |= QueueStatus.postMessage | QueueStatus.allPostMessage
            if hotKeysPosted != hotKeysGone { pending |= QueueStatus.hotKey }
        } else {
            hotKeysGone = hotKeysPosted
        }
        if timers.nextDue <= Instant.now() { pending |= QueueStatus.timer }
        return pending
    }

    /// What of it is new.
    private var new: UInt32 {
        noteTimers()
        var new = fresh | (source?.fresh ?? 0)
        if queue.record.sent.load(ordering: .acquiring) != seenSent || source?.hasSent == true {
            new |= sentStatus
        }
        if queue.record.noticesMade.load(ordering: .acquiring) != seenNotices {
            new |= QueueStatus.postMessage | QueueStatus.allPostMessage
        }
        let arrived = queue.record.arrived
        if arrived != queue.record.seen { new |= QueueStatus.postMessage }
        if arrived != queue.record.seenAll { new |= QueueStatus.allPostMessage }
        return new
    }

    private var sentStatus: UInt32 {
        isServing || queue.record.isNoting(Attention.requests) ? QueueStatus.sendMessage : 0
    }

    /// Whether the next retrieval has calls to make.
    private var isServing: Bool {
        queue.record.isNoting(Attention.calls) || source?.hasSent == true
    }

    private func noteTimers() {
        guard timers.nextDue != .distantFuture else { return }
        let now = Instant.now()
        guard timers.nextDue(after: timersNoted) <= now else { return }
        timersNoted = now
        // A plain retrieval would not end their being new.
        queue.record.plainRetrievals = 0
        fresh |= QueueStatus.timer
    }

    /// A hot key was posted here. Messages do not say by themselves that they are one.
    package func noteHotKey() {
        hotKeysPosted &+= 1
        // A plain retrieval would not end its being new.
        queue.record.plainRetrievals = 0
        fresh |= QueueStatus.hotKey
    }

    /// What is new and what there is, of the kinds asked about; these are not new any more.
    package func takeStatus(_ kinds: UInt32) -> (new: UInt32, pending: UInt32) {
        source?.refresh(readsDisplay: true)
        queue.record.target.header.lock.lock()
        if queue.record.isNoting(Attention.delayed) { queue.promoteDue() }
        let status = (new & kinds, pending & kinds)
        let arrived = queue.record.arrived
        let sent = queue.record.sent.load(ordering: .relaxed)
        let notices = queue.record.noticesMade.load(ordering: .relaxed)
        queue.record.target.header.lock.unlock()
        fresh &= ~kinds
        source?.look(at: kinds)
        if kinds & QueueStatus.sendMessage != 0 { seenSent = sent }
        if kinds & QueueStatus.posted != 0 { seenNotices = notices }
        if kinds & QueueStatus.postMessage != 0 { queue.record.seen = arrived }
        if kinds & QueueStatus.allPostMessage != 0 { queue.record.seenAll = arrived }
        return status
    }

    /// A retrieval looks at what its filter is for: that is not new any more.
    func look(_ filter: MessageFilter) {
        let arrived = queue.record.arrived
        if filter.isFor(QueueStatus.posted | QueueStatus.timer) {
            noteTimers()
            fresh &= ~QueueStatus.timer
        }
        if filter.isFor(QueueStatus.posted) {
            seenNotices = queue.record.noticesMade.load(ordering: .acquiring)
            queue.record.seen = arrived
            fresh &= ~(QueueStatus.postMessage | QueueStatus.hotKey)
            if filter.isForEveryNumber {
                queue.record.seenAll = arrived
                fresh &= ~QueueStatus.allPostMessage
            }
        }
        guard let source else { return }
        var looked: UInt32 = 0
        if filter.isFor(QueueStatus.input) { looked |= QueueStatus.input }
        if filter.isFor(QueueStatus.paint) { looked |= QueueStatus.paint }
        if looked != 0 { source.look(at: looked) }
    }

    // MARK: - Waiting

    /// Whether a wait for the queue is over. Under the queue's lock.
    var isAwake: Bool {
        let status = queue.record.wakesForNewOnly ? new : pending
        return status & queue.record.wakeMask != 0
    }

    /// Runs `wait`, in which the queue counts as signalled for these kinds only.
    package func waking<Outcome>(
        for kinds: UInt32,
        onlyNew: Bool,
        _ wait: () -> Outcome
    ) -> Outcome {
        setWaking(kinds, onlyNew)
        defer { setWaking(QueueStatus.all, false) }
        return wait()
    }

    private func setWaking(_ kinds: UInt32, _ onlyNew: Bool) {
        queue.record.target.header.lock.lock()
        queue.record.wakeMask = kinds
        queue.record.wakesForNewOnly = onlyNew
        queue.record.target.header.lock.unlock()
    }

    /// Sleeps until there may be more to retrieve; `false` if the deadline passed first. To be called when the
    /// display has just been read. When this returns, that was read again, or is not what ended the wait.
    func waitForMore(_ filter: MessageFilter, until deadline: Instant) throws(RatError) -> Bool {
        var kinds = filter.classes | QueueStatus.sendMessage
        if filter.isFor(QueueStatus.posted) {
            // A retrieval of some numbers leaves posted messages new in the sense of the one, not the other.
            kinds = kinds & ~QueueStatus.allPostMessage | QueueStatus.postMessage
        }
        let outcome = waking(for: kinds, onlyNew: true) {
            Wait.forOne(handle, until: deadline, source: self, isRefreshed: true)
        }
        switch outcome {
        case .signaled, .abandoned: return true
        case .timedOut: return false
        case .failed: throw .cancelled
        }
    }

    /// Has the thread, which is about to wait for a reply, woken by what is sent to it.
    func beginServing(_ node: UnsafeMutablePointer<WaitNode>) {
        queue.record.target.header.lock.lock()
        if queue.record.isNoting(Attention.calls) {
            _ = thread.decideOwnWait(.granted(1))
        } else {
            unsafe queue.record.servers.unsafeAppend(node)
        }
        queue.record.target.header.lock.unlock()
    }

    func endServing(_ node: UnsafeMutablePointer<WaitNode>) {
        queue.record.target.header.lock.lock()
        unsafe queue.record.servers.unsafeRemove(node)
        queue.record.target.header.lock.unlock()
    }

    // MARK: - As a wait's source

    package var descriptor: CInt? { source?.descriptor }

    package var nextDeadline: Instant {
        let look = source?.nextLook ?? .distantFuture
        guard queue.record.wakeMask & QueueStatus.timer != 0 else { return look }
        let due = queue.record.wakesForNewOnly ? timers.nextDue(after: timersNoted) : timers.nextDue
        return min(look, due)
    }

    package func refresh() {
        if let source {
            source.refresh(readsDisplay: true)
            // A plain retrieval would not end its being new.
            if source.fresh != 0 { queue.record.plainRetrievals = 0 }
        }
        queue.record.target.header.lock.lock()
        if isAwake { queue.record.target.header.waiters.grantAll() }
        queue.record.target.header.lock.unlock()
    }

    package func prepareToSleep() -> Bool {
        source?.prepareToSleep() ?? true
    }
}
