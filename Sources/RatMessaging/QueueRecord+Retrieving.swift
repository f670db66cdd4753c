internal import RatCore
internal import RatSystem
internal import Synchronization

/// The steps of retrieving: on the owning thread, or under `takeLock`.
extension StableReference where Record == QueueRecord {
    /// What a retrieval wants.
    @safe struct Wish {
        var filter = MessageFilter.all
        var isRemoving = true
        /// Where the payload goes, if not to the thread's holds, and how much room is there.
        var buffer: UnsafeMutableRawPointer?
        var room: Int?

        init(filter: MessageFilter = .all, isRemoving: Bool = true) {
            self.filter = filter
            self.isRemoving = isRemoving
            unsafe buffer = nil
        }
    }

    enum Outcome {
        case none
        case found
        /// The next message is there, and its payload larger than the room for it; only its head was given.
        case tooLarge
    }

    /// Takes the next message, if it is in the lanes, where all that is needed is here.
    ///
    /// Its target lives: a window is ended by the thread that retrieves, and purged from here then.
    @inline(__always) func takePlain(
        by thread: ThreadReference,
        into message: UnsafeMutablePointer<Message>
    ) -> Bool {
        // What is beside the lanes matters only where it comes before what is in them.
        guard record.attention.load(ordering: .acquiring) <= record.lanes.inUse,
            let cell = record.lanes.first()
        else { return false }
        unsafe take(cell, by: thread, into: message)
        return true
    }

    /// Takes the next message that a filter lets through, if it is in the lanes and there is nothing else.
    @inline(__always) func takePlain(
        _ filter: MessageFilter,
        by thread: ThreadReference,
        into message: UnsafeMutablePointer<Message>
    ) -> Bool {
        guard record.attention.load(ordering: .acquiring) == 0,
            let cell = record.lanes.first(filter)
        else { return false }
        unsafe take(cell, by: thread, into: message)
        return true
    }

    @inline(__always) private func take(
        _ cell: CellReference,
        by thread: ThreadReference,
        into message: UnsafeMutablePointer<Message>
    ) {
        if let node = cell.node {
            record.lanes.remove(cell, thread)
            let size = node.size
            unsafe deliver(node, to: thread, into: message)
            didTake(size)
        } else {
            unsafe cell.read(into: message)
            record.lanes.remove(cell, thread)
            Holds.replace(record.takeHandle, thread)
            didTake(0)
        }
    }

    /// Looks at everything there is: sent messages, the queue's own, posted ones.
    @inline(never) func find(
        _ wish: Wish,
        by thread: ThreadReference,
        into message: UnsafeMutablePointer<Message>
    ) -> Outcome {
        record.target.header.lock.lock()
        if record.isNoting(Attention.delayed) { promoteDue() }
        pull(thread)
        if record.isNoting(Attention.requests),
            let outcome = unsafe findRequest(wish, by: thread, into: message)
        {
            return outcome
        }
        if record.isNoting(Attention.overflow), unsafe findNotice(wish, into: message) {
            record.target.header.lock.unlock()
            return .found
        }
        guard let cell = record.lanes.first(wish.filter) else {
            record.target.header.lock.unlock()
            return .none
        }
        if let node = cell.node {
            if let outcome = unsafe look(at: node, wish, by: thread, into: message) {
                record.target.header.lock.unlock()
                return outcome
            }
            untrack(node)
        } else {
            unsafe cell.read(into: message)
            guard wish.isRemoving else {
                record.target.header.lock.unlock()
                return .found
            }
        }
        let node = cell.node
        record.lanes.remove(cell, thread)
        endOverflowIfOver(taking: 1)
        record.target.header.lock.unlock()
        let size = node?.size ?? 0
        if let node {
            unsafe hand(node, wish, to: thread, into: message)
        } else {
            Holds.replace(record.takeHandle, thread)
        }
        didTake(size)
        return .found
    }

    /// Moves the inbox to the lanes. Under the lock.
    func pull(_ thread: ThreadReference) {
        let bits = record.attention.load(ordering: .relaxed)
        let lanes = bits & Attention.lanes
        guard lanes != 0 else { return }
        record.unnote(Attention.lanes)
        // What was in the inbox may have been taken back.
        guard !record.inbox.isEmpty else { return }
        if bits & Attention.tracked != 0 {
            var cell = record.inbox.firstCell
            while let current = cell {
                current.node?.node.place = .lanes
                cell = record.inbox.cell(after: current)
            }
        }
        if lanes & (lanes &- 1) == 0 {
            record.lanes.append(&record.inbox, lane: lanes.trailingZeroBitCount, thread)
        } else {
            record.lanes.move(&record.inbox, thread)
        }
    }

    /// Where a message is only looked at, or is too large: gives what there is to give. `nil` to take it.
    private func look(
        at node: NodeReference,
        _ wish: Wish,
        by thread: ThreadReference,
        into message: UnsafeMutablePointer<Message>
    ) -> Outcome? {
        if let room = wish.room, node.size > room {
            unsafe message.pointee = node.node.message
            unsafe message.pointee.unsafePayload = nil
            return .tooLarge
        }
        guard !wish.isRemoving else { return nil }
        unsafe message.pointee = node.node.message
        unsafe message.pointee.unsafePayload = PeekBuffer.copy(of: node, for: thread)
        return .found
    }

    /// Gives a message that was taken out, and ends the life of the thread's payload before it.
    private func hand(
        _ node: NodeReference,
        _ wish: Wish,
        to thread: ThreadReference,
        into message: UnsafeMutablePointer<Message>
    ) {
        guard wish.room != nil else {
            return unsafe deliver(node, to: thread, into: message)
        }
        Holds.replace(record.takeHandle, thread)
        unsafe message.pointee = node.node.message
        if let payload = unsafe node.node.message.unsafePayload, let buffer = unsafe wish.buffer {
            unsafe buffer.copyMemory(from: payload, byteCount: node.size)
            unsafe message.pointee.unsafePayload = buffer
        }
        NodePool.discard(node, thread)
    }

    @inline(__always) private func deliver(
        _ node: NodeReference,
        to thread: ThreadReference,
        into message: UnsafeMutablePointer<Message>
    ) {
        Holds.replace(record.takeHandle, thread)
        unsafe message.pointee = node.node.message
        if node.node.message.header.size == 0 {
            NodePool.giveBack(node, thread)
        } else {
            Holds.keep(node, from: record.takeHandle, thread)
        }
    }

    @inline(__always) private func didTake(_ size: Int) {
        if size > 0 {
            let bytes = record.takenBytes.load(ordering: .relaxed) &+ UInt64(size)
            record.takenBytes.store(bytes, ordering: .releasing)
        }
        record.taken.store(record.taken.load(ordering: .relaxed) &+ 1, ordering: .releasing)
        // A poster that begins to wait at this moment sees what was taken: see `waitForRoom`.
        ProcessBarrier.order()
        if record.isNoting(Attention.room) { makeRoomKnown() }
    }

    @inline(never) private func makeRoomKnown() {
        record.target.header.lock.lock()
        wakePosters()
        record.target.header.lock.unlock()
    }

    // MARK: - What is not posted; under the lock

    /// The queue's own message about its overflow, if there is one to give.
    private func findNotice(_ wish: Wish, into message: UnsafeMutablePointer<Message>) -> Bool {
        guard hasNotice else {
            if !record.isOverflowing { record.unnote(Attention.overflow) }
            return false
        }
        let header = MessageHeader(
            message: record.options.overflowMessage,
            // Beginnings and ends in turn.
            wparam: UInt(1 - record.noticesTold & 1),
            lparam: Int(clamping: record.tally.metFull),
            target: record.target.header.handle,
            time: Instant.nowCoarse().nanoseconds
        )
        guard wish.filter.isFor(QueueStatus.posted), wish.filter.admits(header) else {
            return false
        }
        unsafe message.pointee = Message(header)
        if wish.isRemoving { record.noticesTold &+= 1 }
        return true
    }

    /// Whether the owner is to be told of overflow. Under the lock.
    var hasNotice: Bool {
        // A retrieval that had begun before the queue overflowed did not look whether it is over.
        endOverflowIfOver()
        return record.noticesMade.load(ordering: .relaxed) != record.noticesTold
    }

    /// The next sent message that is to be retrieved. Unlocks the queue if there is one.
    private func findRequest(
        _ wish: Wish,
        by thread: ThreadReference,
        into message: UnsafeMutablePointer<Message>
    ) -> Outcome? {
        guard wish.filter.isFor(QueueStatus.sendMessage),
            let node = record.requests.first(where: {
                wish.filter.admits($0.node.message.header)
            })
        else { return nil }
        if let outcome = unsafe look(at: node, wish, by: thread, into: message) {
            record.target.header.lock.unlock()
            // It has not begun, so nobody can reply to it yet.
            unsafe message.pointee.header.token = 0
            return outcome
        }
        record.requests.remove(node)
        didRemoveSent(node)
        let request = node.node.request
        if let request { begin(request, by: thread) }
        record.target.header.lock.unlock()
        if request != nil { BegunRequests.remember(node.node.message.header.token, thread) }
        unsafe hand(node, wish, to: thread, into: message)
        return .found
    }
}
