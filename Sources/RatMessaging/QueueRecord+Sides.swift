package import RatCore
package import RatSystem
internal import Synchronization

/// The steps of posting and retrieving. Each says which lock it is called under.
extension StableReference where Record == QueueRecord {
    // MARK: - Posting side: under the header's lock

    /// Why a post through the inbox has to be refused, or `nil`.
    @inline(__always) func refusal(
        of target: Handle,
        by queueHandle: Handle,
        size: Int
    ) -> RatError? {
        // A window that died meanwhile is out of the table before its messages are purged from here.
        guard record.target.header.handle == queueHandle, queueHandle != .invalid,
            target == queueHandle || HandleTable.lookup(target) != nil
        else { return .invalidHandle }
        let posted =
            record.posted.load(ordering: .relaxed)
            &+ record.ownPosted.load(ordering: .acquiring)
        if posted &- record.takenSeen >= record.capacity {
            record.takenSeen = record.taken.load(ordering: .acquiring)
            if posted &- record.takenSeen >= record.capacity { return .noResources }
        }
        if size > 0 {
            let queued = record.postedBytes &- record.takenBytes.load(ordering: .acquiring)
            if queued &+ UInt64(size) > UInt64(Payload.queueBudget) { return .noResources }
        }
        return nil
    }

    /// Counts an entry that was appended, and says whom to wake after unlocking.
    @inline(__always) func didAppend(lane: Int, size: Int) -> ThreadReference? {
        record.posted.store(record.posted.load(ordering: .relaxed) &+ 1, ordering: .releasing)
        record.postedBytes &+= UInt64(size)
        let bit: UInt32 = 1 << UInt32(lane)
        let lanes = record.inboxLanes.load(ordering: .relaxed)
        // Written once for many messages, so the retrieving side keeps it in its cache.
        if lanes & bit == 0 { record.inboxLanes.store(lanes | bit, ordering: .releasing) }
        if !record.target.header.waiters.isEmpty { record.target.header.waiters.grantAll() }
        return record.getters.isEmpty ? nil : record.getters.offerSignal().wake
    }

    /// Moves the inbox to the lanes. Under the header's lock and on the retrieving side.
    func pullLocked() {
        let lanes = record.inboxLanes.load(ordering: .relaxed)
        guard lanes != 0 else { return }
        record.inboxLanes.store(0, ordering: .relaxed)
        let isOneLane = lanes & (lanes &- 1) == 0
        let lane = Int(lanes.trailingZeroBitCount)
        if isOneLane, record.lanes[lane].count == 0 {
            swap(&record.inbox, &record.lanes[lane])
        } else {
            while record.inbox.count > 0 {
                let priority = unsafe record.inbox.unsafeEntry(at: 0).pointee.message.header
                    .priority
                record.inbox.moveFirst(to: &record.lanes[Lane.index(priority: priority) ?? 0])
            }
        }
        record.lanesInUse |= lanes
    }

    /// Fills in the head of an entry that was just appended.
    @inline(__always) func fillHead(
        of entry: UnsafeMutablePointer<MessageEntry>,
        from message: UnsafePointer<Message>,
        to target: Handle,
        _ lane: Int,
        _ size: Int,
        _ time: UInt64
    ) {
        unsafe entry.pointee.message.header = message.pointee.header
        let position = record.pointerPosition.load(ordering: .relaxed)
        unsafe entry.pointee.message.header.stamp(target: target, time: time, position: position)
        // What was checked is what is queued, whatever the poster's memory says by now.
        unsafe entry.pointee.message.header.size = UInt32(size)
        unsafe entry.pointee.message.header.priority = Lane.priority(index: lane)
    }

    // MARK: - Retrieving side: on the owning thread, or under `takeLock`

    /// The lane to take the next message from, or `nil` if nothing is queued.
    @inline(__always) func nextLane() -> Int? {
        let inbox = record.inboxLanes.load(ordering: .acquiring)
        // The inbox matters only where it has something of a higher priority than the lanes.
        if inbox > record.lanesInUse {
            record.target.header.lock.lock()
            pullLocked()
            record.target.header.lock.unlock()
        }
        guard record.lanesInUse != 0 else { return nil }
        return 31 &- record.lanesInUse.leadingZeroBitCount
    }

    /// Takes the next message; `false` if there is none. Its payload becomes the thread's to hold.
    ///
    /// Its target lives: a window is ended by the thread that retrieves, and purged from here then.
    @inline(__always) func takeFromLanes(
        by thread: ThreadReference,
        into message: UnsafeMutablePointer<Message>
    ) -> Bool {
        guard let lane = nextLane() else { return false }
        let entry = unsafe record.lanes[lane].unsafeEntry(at: 0)
        if unsafe thread.record.holdSlot != nil {
            PayloadHolds.ifAny(thread)?.replace(record.takeHandle)
        }
        unsafe message.pointee = entry.pointee.message
        let size = unsafe entry.pointee.message.header.size
        if size > 0 {
            unsafe message.pointee.unsafePayload =
                PayloadHolds.ofThread(thread).keep(entry, from: record.takeHandle)
            let bytes = record.takenBytes.load(ordering: .relaxed) &+ UInt64(size)
            record.takenBytes.store(bytes, ordering: .releasing)
        }
        record.lanes[lane].removeFirst()
        if record.lanes[lane].count == 0 { record.lanesInUse &= ~(1 << UInt32(lane)) }
        record.taken.store(record.taken.load(ordering: .relaxed) &+ 1, ordering: .releasing)
        return true
    }

    /// Looks at the next message.
    func peekLanes(
        by thread: ThreadReference,
        into message: UnsafeMutablePointer<Message>
    ) -> Bool {
        guard let lane = nextLane() else { return false }
        let entry = unsafe record.lanes[lane].unsafeEntry(at: 0)
        unsafe message.pointee = entry.pointee.message
        if unsafe entry.pointee.message.header.size > 0 {
            unsafe message.pointee.unsafePayload = PayloadHolds.ofThread(thread).show(entry)
        }
        return true
    }

    /// Appends a message of the owning thread to the lanes, without a lock; `nil` if it has to go the common
    /// way. It must when the inbox holds something older, or when the queue is nearly full.
    ///
    /// The count is raised before the other side's is read, so that a queue never holds more than its
    /// capacity: for a poster to miss the raise, it and a thousand more would have to post within the time
    /// that a store takes to become visible.
    @inline(__always) func unsafeAppendOwn(
        lane: Int,
        size: Int
    ) -> UnsafeMutablePointer<MessageEntry>? {
        guard size == 0, record.inboxLanes.load(ordering: .acquiring) == 0 else { return nil }
        let own = record.ownPosted.load(ordering: .relaxed)
        record.ownPosted.store(own &+ 1, ordering: .releasing)
        let posted = record.posted.load(ordering: .acquiring)
        let queued = posted &+ own &- record.taken.load(ordering: .relaxed)
        guard queued &+ Self.margin < record.capacity else {
            record.ownPosted.store(own, ordering: .releasing)
            return nil
        }
        record.lanesInUse |= 1 << UInt32(lane)
        return unsafe record.lanes[lane].unsafeAppendSlot()
    }

    private static var margin: UInt64 { 1024 }

    /// Drops what is queued for a target that has just been taken out of the table.
    package func purge(_ target: Handle) {
        record.target.header.lock.lock()
        pullLocked()
        record.target.header.lock.unlock()
        for lane in 0..<Lane.count where record.lanes[lane].count > 0 {
            let removed = unsafe record.lanes[lane].removeAll { entry in
                unsafe entry.pointee.message.header.target == target
            }
            let taken = record.taken.load(ordering: .relaxed) &+ UInt64(removed.count)
            record.taken.store(taken, ordering: .releasing)
            let bytes = record.takenBytes.load(ordering: .relaxed) &+ UInt64(removed.bytes)
            record.takenBytes.store(bytes, ordering: .releasing)
            if record.lanes[lane].count == 0 { record.lanesInUse &= ~(1 << UInt32(lane)) }
        }
    }

    // MARK: - Retrieving where any thread may

    func takeShared(
        _ handle: Handle,
        by thread: ThreadReference,
        into message: UnsafeMutablePointer<Message>
    ) throws(RatError) -> Bool {
        record.takeLock.lock()
        defer { record.takeLock.unlock() }
        guard record.takeHandle == handle else { throw .invalidHandle }
        guard record.owner == nil else { throw .wrongThread }
        return unsafe takeFromLanes(by: thread, into: message)
    }

    /// Sleeps until a message is posted, the queue is closed or the deadline passes.
    func waitForPost(
        _ handle: Handle,
        _ thread: ThreadReference,
        until deadline: Instant
    ) throws(RatError) -> WaitState {
        try unsafe withUnsafeTemporaryAllocation(of: WaitNode.self, capacity: 1) {
            buffer throws(RatError) in
            guard let node = buffer.baseAddress else { throw .noResources }
            unsafe node.initialize(to: WaitNode(thread: thread, index: 0, mode: .takesSignal))
            thread.beginWait()
            record.target.header.lock.lock()
            guard record.target.header.handle == handle else {
                record.target.header.lock.unlock()
                throw .cancelled
            }
            if record.isHolding {
                record.target.header.lock.unlock()
                return .granted(0)
            }
            unsafe record.getters.unsafeAppend(node)
            record.target.header.lock.unlock()
            while thread.waitState.isUndecided {
                thread.sleep(until: deadline)
                if deadline <= Instant.now() { _ = thread.decideOwnWait(.withdrawn) }
            }
            record.target.header.lock.lock()
            unsafe record.getters.unsafeRemove(node)
            record.target.header.lock.unlock()
            return thread.waitState
        }
    }
}
