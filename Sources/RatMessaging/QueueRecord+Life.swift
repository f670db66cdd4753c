package import RatCore
package import RatSystem
internal import Synchronization

/// What a queue holds, and its end.
extension StableReference where Record == QueueRecord {
    /// Whether a wait for the queue as an object is over. Under the lock.
    var isSignaled: Bool {
        if record.isNoting(Attention.delayed) { promoteDue() }
        guard record.owner != nil else {
            return record.isHoldingPosted || record.isNoting(Attention.requests) || hasNotice
        }
        // Only the owning thread waits for its own queue, so only it gets here.
        return unsafe record.threadQueue?._withUnsafeGuaranteedRef { $0.isAwake } ?? false
    }

    /// Under the lock.
    var info: QueueInfo {
        endOverflowIfOver()
        var info = QueueInfo()
        let (options, tally) = (record.options, record.tally)
        info.policy = options.policy
        info.capacity = options.capacity
        info.byteBudget = options.byteBudget
        let taken = record.taken.load(ordering: .acquiring)
        let arrivals = record.arrivals
        let withheld = record.withheld.load(ordering: .relaxed)
        info.queued = Int(clamping: Int64(bitPattern: arrivals &- withheld &- taken))
        info.delayed = record.delayed.count
        info.queuedBytes = Int(
            clamping: record.postedBytes &- record.takenBytes.load(ordering: .acquiring)
        )
        info.requests = record.sentCount
        info.posted = arrivals &+ UInt64(record.delayed.count) &+ tally.neverPosted
        info.retrieved = taken
        info.refused = tally.refused
        info.dropped = tally.dropped
        info.replaced = tally.replaced
        info.cancelled = tally.cancelled
        info.discarded = tally.discarded
        info.isOverflowing = record.isOverflowing
        return info
    }

    /// Drops what is queued for a target that has just been taken out of the table, on the owning thread.
    package func purge(_ target: Handle) {
        let thread = ThreadRecord.current
        func discard(_ node: NodeReference) {
            record.postedBytes &-= UInt64(node.size)
            untrack(node)
            NodePool.discard(node, thread)
        }
        record.target.header.lock.lock()
        pull(thread)
        let (posted, delayed) = (record.lanes.count, record.delayed.count)
        record.lanes.removeAll(of: target, thread, discard)
        record.delayed.removeAll(
            where: { $0.node.message.header.target == target },
            discard
        )
        let purged = UInt64(posted - record.lanes.count)
        let neverPosted = UInt64(delayed - record.delayed.count)
        withhold(purged)
        record.tally.neverPosted += neverPosted
        record.tally.discarded += purged + neverPosted
        if record.delayed.count == 0 { record.unnote(Attention.delayed) }
        endOverflowIfOver()
        wakeAllPosters()
        record.target.header.lock.unlock()
        failSent(to: target)
    }

    /// Makes a retired record as good as new. Under both locks.
    func forgetAll() {
        record.attention.store(0, ordering: .relaxed)
        record.posted.store(0, ordering: .relaxed)
        record.withheld.store(0, ordering: .relaxed)
        record.ownPosted.store(0, ordering: .relaxed)
        record.taken.store(0, ordering: .relaxed)
        record.takenBytes.store(0, ordering: .relaxed)
        record.seen = QueueRecord.Arrivals()
        record.seenAll = QueueRecord.Arrivals()
        record.pointerPosition.store(0, ordering: .relaxed)
        record.postedBytes = 0
        record.takenSeen = 0
        record.tracked.removeAll()
        record.retrievers.removeAll()
        record.isServed = false
        record.near = nil
        record.tally = QueueRecord.Tally()
        record.noticesMade.store(0, ordering: .relaxed)
        record.noticesTold = 0
        record.sent.store(0, ordering: .relaxed)
        record.isOverflowing = false
        unsafe record.procedure = nil
        unsafe record.procedureContext = nil
        record.wakeMask = QueueStatus.all
        record.wakesForNewOnly = false
        record.plainRetrievals = 0
        record.lastRetriever = 0
        record.owner = nil
        record.ownerID = 0
        unsafe record.threadQueue = nil
    }
}
