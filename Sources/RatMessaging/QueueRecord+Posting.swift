internal import RatCore
internal import RatSystem
internal import Synchronization

/// The steps of posting. All but the first are called under the queue's lock.
extension StableReference where Record == QueueRecord {
    /// Appends a message of the owning thread to the lanes, without a lock; `false` if it has to go the
    /// common way. It must when there is anything beside the lanes, or when the queue is nearly full.
    ///
    /// The count is raised before the other side's is read, so that a queue never holds more than its
    /// capacity: for a poster to miss the raise, it and a thousand more would have to post within the time
    /// that a store takes to become visible.
    @inline(__always) func appendOwn(
        _ message: UnsafePointer<Message>,
        to target: Handle,
        _ lane: Int,
        _ time: UInt64,
        _ thread: ThreadReference
    ) -> Bool {
        guard record.attention.load(ordering: .acquiring) == 0 else { return false }
        let own = record.ownPosted.load(ordering: .relaxed)
        let gone =
            record.withheld.load(ordering: .relaxed) &+ record.taken.load(ordering: .relaxed)
        let limit = UInt64(record.options.capacity) &+ gone &- own
        // Not raised to no end: others would see a queue as full that has one place left.
        guard record.posted.load(ordering: .acquiring) &+ Self.margin < limit else { return false }
        record.ownPosted.store(own &+ 1, ordering: .releasing)
        guard record.posted.load(ordering: .acquiring) &+ Self.margin < limit else {
            record.ownPosted.store(own, ordering: .releasing)
            return false
        }
        let position = record.pointerPosition.load(ordering: .relaxed)
        record.lanes.append(to: lane, thread) { cell in
            unsafe cell.fill(
                from: message,
                target: target,
                lane: lane,
                time: time,
                position: position
            )
        }
        return true
    }

    /// Posts a message without a payload, if that is all there is to do; `false` if it has to go the common
    /// way.
    @inline(__always) func postPlain(
        _ message: UnsafePointer<Message>,
        to target: Handle,
        _ queueHandle: Handle,
        _ lane: Int,
        _ time: UInt64,
        _ thread: ThreadReference
    ) -> Bool {
        let position = record.pointerPosition.load(ordering: .relaxed)
        record.target.header.lock.lock()
        guard admission(of: target, by: queueHandle, size: 0) == .admitted,
            record.options.policy != .coalesce
        else {
            record.target.header.lock.unlock()
            return false
        }
        unsafe record.inbox.append(thread).fill(
            from: message,
            target: target,
            lane: lane,
            time: time,
            position: position
        )
        didAppendToInbox(lane)
        let wake = wakeForPost()
        record.target.header.lock.unlock()
        wake?.wake()
        return true
    }

    private static var margin: UInt64 { 1024 }

    /// Whether the queue takes a message for `target`.
    enum Admission {
        case admitted
        case full
        /// There is no such target.
        case gone
    }

    @inline(__always) func admission(
        of target: Handle,
        by queueHandle: Handle,
        size: Int
    ) -> Admission {
        // A window that died meanwhile is out of the table before its messages are purged from here.
        guard record.target.header.handle == queueHandle, queueHandle != .invalid,
            target == queueHandle || HandleTable.lookup(target) != nil
        else { return .gone }
        return isFull(size) ? .full : .admitted
    }

    /// Whether there is no room for a message with so many bytes.
    @inline(__always) func isFull(_ size: Int) -> Bool {
        let arrived =
            record.posted.load(ordering: .relaxed)
            &+ record.ownPosted.load(ordering: .acquiring)
            &- record.withheld.load(ordering: .relaxed)
            &+ UInt64(record.delayed.count)
        let capacity = UInt64(record.options.capacity)
        if arrived &- record.takenSeen >= capacity {
            record.takenSeen = record.taken.load(ordering: .acquiring)
            if arrived &- record.takenSeen >= capacity { return true }
        }
        return size > 0 && !hasRoom(forBytes: size)
    }

    func hasRoom(forBytes size: Int) -> Bool {
        let queued = record.postedBytes &- record.takenBytes.load(ordering: .acquiring)
        return queued &+ UInt64(size) <= UInt64(record.options.byteBudget)
    }

    /// Appends a message that was admitted, and says whom to wake after unlocking.
    func append(
        _ node: NodeReference,
        size: Int,
        _ thread: ThreadReference
    ) -> ThreadReference? {
        record.postedBytes &+= UInt64(size)
        appendToInbox(node, thread)
        return wakeForPost()
    }

    private func appendToInbox(_ node: NodeReference, _ thread: ThreadReference) {
        node.node.place = .inbox
        record.inbox.append(thread).fill(from: node)
        didAppendToInbox(Int(node.node.lane))
    }

    @inline(__always) private func didAppendToInbox(_ lane: Int) {
        record.posted.store(record.posted.load(ordering: .relaxed) &+ 1, ordering: .releasing)
        record.note(1 << UInt32(lane))
    }

    @inline(__always) private func wakeForPost() -> ThreadReference? {
        if !record.target.header.waiters.isEmpty { wakeWaiters(for: QueueStatus.posted) }
        return record.getters.isEmpty ? nil : record.getters.offerSignal().wake
    }

    /// Ends the waits for the queue as an object that `reason` is one for.
    func wakeWaiters(for reason: UInt32) {
        guard record.owner == nil || record.wakeMask & reason != 0 else { return }
        record.target.header.waiters.grantAll()
    }

    /// Queues a message that was admitted, as the options say, and says whom to wake after unlocking.
    func enqueue(
        _ node: NodeReference,
        _ size: Int,
        _ options: PostOptions,
        _ thread: ThreadReference
    ) -> ThreadReference? {
        if options.wantsToken { node.node.token = TrackedMessages.makeToken() }
        record.tracked.add(node)
        if node.node.isTracked { record.note(Attention.tracked) }
        guard options.notBefore > Instant.now().nanoseconds else {
            return append(node, size: size, thread)
        }
        record.postedBytes &+= UInt64(size)
        node.node.place = .delayed
        node.node.due = options.notBefore
        record.delayed.insert(node)
        record.note(Attention.delayed)
        // Who waits does so until the first of them is due, which this one may be.
        record.getters.pokeAll()
        record.target.header.waiters.pokeAll()
        return nil
    }

    /// Moves messages whose time has come to the inbox.
    func promoteDue(at now: UInt64 = Instant.now().nanoseconds) {
        let thread = ThreadRecord.current
        while record.delayed.nextDue <= now, let node = record.delayed.popFirst() {
            appendToInbox(node, thread)
        }
        if record.delayed.count == 0 { record.unnote(Attention.delayed) }
    }

    // MARK: - Taking back

    /// Takes a tracked message out of wherever it is.
    func withdraw(_ node: NodeReference, _ thread: ThreadReference) {
        record.postedBytes &-= UInt64(node.size)
        switch node.node.place {
        case .inbox:
            if let cell = node.node.cell { record.inbox.remove(cell, thread) }
            withhold(1)
        case .lanes:
            if let cell = node.node.cell { record.lanes.remove(cell, thread) }
            withhold(1)
        case .delayed:
            record.delayed.remove(node)
            if record.delayed.count == 0 { record.unnote(Attention.delayed) }
            record.tally.neverPosted += 1
        case .nowhere: break
        }
        untrack(node)
        endOverflowIfOver()
        wakePosters()
    }

    /// Puts a message in the place of a tracked one, which is the caller's then. What each of them waits for
    /// decides whether it is the same place. Says whom to wake after unlocking.
    func replace(
        _ old: NodeReference,
        with node: NodeReference,
        _ size: Int,
        _ options: PostOptions,
        _ thread: ThreadReference
    ) -> ThreadReference? {
        record.tally.replaced += 1
        let isLater = options.notBefore > Instant.now().nanoseconds
        guard !isLater, old.node.place != .delayed else {
            withdraw(old, thread)
            return enqueue(node, size, options, thread)
        }
        record.postedBytes = record.postedBytes &- UInt64(old.size) &+ UInt64(size)
        if size < old.size { wakeAllPosters() }
        node.node.place = old.node.place
        node.node.lane = old.node.lane
        node.node.message.header.priority = old.node.message.header.priority
        // The same target and lane: only what is there is another.
        old.node.cell?.fill(from: node)
        record.posted.store(record.posted.load(ordering: .relaxed) &+ 1, ordering: .releasing)
        withhold(1)
        record.tracked.remove(old)
        if options.wantsToken { node.node.token = TrackedMessages.makeToken() }
        record.tracked.add(node)
        return wakeForPost()
    }

    /// Counts messages that will not be retrieved.
    func withhold(_ count: UInt64) {
        let withheld = record.withheld.load(ordering: .relaxed)
        record.withheld.store(withheld &+ count, ordering: .releasing)
    }

    func untrack(_ node: NodeReference) {
        guard node.node.isTracked else { return }
        record.tracked.remove(node)
        if record.tracked.isEmpty { record.unnote(Attention.tracked) }
    }

    // MARK: - A full queue

    /// Notes that a post met a full queue.
    func noteOverflow() {
        record.tally.metFull += 1
        guard !record.isOverflowing else { return }
        record.isOverflowing = true
        record.note(Attention.overflow)
        makeNotice()
    }

    /// Notes that the queue overflows no more, if it is half empty once `taking` more messages are gone.
    func endOverflowIfOver(taking: UInt64 = 0) {
        guard record.isOverflowing else { return }
        let held =
            record.arrivals &- record.withheld.load(ordering: .relaxed)
            &- record.taken.load(ordering: .relaxed) &+ UInt64(record.delayed.count) &- taking
        guard held * 2 <= UInt64(record.options.capacity) else { return }
        record.isOverflowing = false
        makeNotice()
    }

    private func makeNotice() {
        guard record.options.overflowMessage != 0 else { return }
        let made = record.noticesMade.load(ordering: .relaxed)
        record.noticesMade.store(made &+ 1, ordering: .releasing)
        record.getters.pokeAll()
        wakeWaiters(for: QueueStatus.posted)
    }

    /// Drops messages until there is room for one of `lane`, and calls `body` with those that are in nodes.
    /// `false` if there would be none, and then nothing is dropped.
    func dropOldest(
        for lane: Int,
        size: Int,
        _ thread: ThreadReference,
        _ body: (NodeReference) -> Void
    ) -> Bool {
        pull(thread)
        guard couldDropEnough(for: lane, size: size) else { return false }
        while true {
            guard let oldest = record.lanes.firstToDrop(below: lane) else { return false }
            let node = oldest.node
            record.lanes.remove(oldest, thread)
            withhold(1)
            record.tally.dropped += 1
            if let node {
                record.postedBytes &-= UInt64(node.size)
                untrack(node)
                body(node)
            }
            if !isFull(size) { return true }
        }
    }

    private func couldDropEnough(for lane: Int, size: Int) -> Bool {
        let budget = UInt64(record.options.byteBudget)
        guard UInt64(size) <= budget else { return false }
        let capacity = UInt64(record.options.capacity)
        let held =
            record.arrivals &- record.withheld.load(ordering: .relaxed)
            &- record.taken.load(ordering: .acquiring) &+ UInt64(record.delayed.count)
        let bytes = record.postedBytes &- record.takenBytes.load(ordering: .acquiring)
        return record.lanes.hasToDrop(below: lane) { count, freed in
            held &- UInt64(count) < capacity && bytes &- UInt64(freed) &+ UInt64(size) <= budget
        }
    }

    /// Lets those who wait for room look again: one whom any room does, and all who need a certain one.
    func wakePosters() {
        guard !record.posters.isEmpty else { return }
        record.posters.offerSignal().wake?.wake()
        if record.posters.isEmpty { record.unnote(Attention.room) }
    }

    /// The same where there may be room for several.
    func wakeAllPosters() {
        guard !record.posters.isEmpty else { return }
        record.posters.pokeAll()
        record.unnote(Attention.room)
    }
}
