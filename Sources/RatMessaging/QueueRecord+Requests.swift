internal import RatCore
internal import RatSystem
internal import Synchronization

/// Sent messages in a queue. All under the queue's lock, but where said otherwise.
extension StableReference where Record == QueueRecord {
    /// How many sent messages a queue holds at most.
    static var maximumSent: Int { 1 << 20 }

    /// Appends a sent message, and wakes who is to take it.
    func appendSent(_ node: NodeReference, isCall: Bool) -> ThreadReference? {
        if !node.isCompletion { record.sentCount += 1 }
        if isCall {
            record.calls.append(node)
            record.note(Attention.calls)
            record.servers.grantAll()
        } else {
            record.requests.append(node)
            record.note(Attention.requests)
        }
        // Counted when it is noted: a retrieval reads the count without the lock, and takes what is counted for seen
        // once it has handled what is noted.
        record.sent.store(record.sent.load(ordering: .relaxed) &+ 1, ordering: .releasing)
        if !record.target.header.waiters.isEmpty { wakeWaiters(for: QueueStatus.sendMessage) }
        return record.getters.isEmpty ? nil : record.getters.offerSignal().wake
    }

    /// Counts a sent message that was taken out.
    func didRemoveSent(_ node: NodeReference) {
        if !node.isCompletion { record.sentCount -= 1 }
        if record.requests.isEmpty { record.unnote(Attention.requests) }
        if record.calls.isEmpty { record.unnote(Attention.calls) }
    }

    /// The next message to handle inside a retrieval. Takes the lock itself.
    func takeCall(_ thread: ThreadReference) -> NodeReference? {
        guard record.isNoting(Attention.calls) else { return nil }
        record.target.header.lock.lock()
        defer { record.target.header.lock.unlock() }
        guard let node = record.calls.popFirst() else { return nil }
        didRemoveSent(node)
        if !node.isCompletion, let request = node.node.request { begin(request, by: thread) }
        return node
    }

    /// Has what was sent to the queue itself, a thread's own, wait where it is handled by what that has for
    /// messages now.
    func moveSent(toCalls isCall: Bool) {
        let own = record.target.header.handle
        var node = isCall ? record.requests.first : record.calls.first
        while let current = node {
            node = current.node.next
            guard current.node.message.header.target == own, !current.isCompletion else { continue }
            if isCall {
                record.requests.remove(current)
                record.calls.append(current)
            } else {
                record.calls.remove(current)
                record.requests.append(current)
            }
            guard let request = current.node.request else { continue }
            request.record.lock.lock()
            request.record.isCall = isCall
            request.record.lock.unlock()
        }
        record.unnote(Attention.calls | Attention.requests)
        if !record.calls.isEmpty { record.note(Attention.calls) }
        if !record.requests.isEmpty { record.note(Attention.requests) }
    }

    /// Counts a request as begun by a thread.
    func begin(_ request: RequestReference, by thread: ThreadReference) {
        request.record.node = nil
        request.record.lock.lock()
        request.record.receiver = thread.serial
        request.record.receiverEdge = thread.edge
        _ = request.change { $0.begin() }
        request.record.lock.unlock()
        request.record.previous = nil
        request.record.next = record.begun
        record.begun?.record.previous = request
        record.begun = request
        request.record.isLinked = true
    }

    private func unlinkBegun(_ request: RequestReference) {
        guard request.record.isLinked else { return }
        request.record.isLinked = false
        let (previous, next) = (request.record.previous, request.record.next)
        if let previous { previous.record.next = next } else { record.begun = next }
        next?.record.previous = previous
    }

    // MARK: - Ends

    /// What remains to be done when a request has been decided, without the lock.
    enum Afterwards {
        case nothing
        case wake(ThreadReference)
        /// The sender wants a call.
        case complete(RequestReference)
        /// Its sender has given up.
        case recycle(RequestReference)
        /// Its sender has ended, and is not called with the reply.
        case drop(RequestReference)

        func perform() {
            switch self {
            case .nothing: break
            case .wake(let thread): thread.wake()
            case .complete(let request): Sending.deliverCompletion(request)
            case .recycle(let request): RequestTable.giveBack(request, ThreadRecord.current)
            case .drop(let request): Sending.endCompletion(request, ThreadRecord.current)
            }
        }
    }

    /// Answers a request with a node that is its sender's then; `nil` if nobody waits for that.
    func answer(_ request: RequestReference, _ token: UInt64, _ reply: NodeReference) -> Afterwards?
    {
        request.record.lock.lock()
        defer { request.record.lock.unlock() }
        guard request.record.token.load(ordering: .relaxed) == token, request.state.isOpen else {
            return nil
        }
        unlinkBegun(request)
        guard request.change({ $0.reply() }) else { return .recycle(request) }
        request.record.reply = reply
        return afterDecision(of: request)
    }

    /// Ends a request that nobody will answer. Where a token is given, only if it is begun and has that token:
    /// who gives one may have it from a message of their own making.
    func fail(
        _ request: RequestReference,
        _ error: RatError,
        of token: UInt64? = nil
    ) -> Afterwards {
        request.record.lock.lock()
        defer { request.record.lock.unlock() }
        let wasOpen = request.state.isOpen
        // A request that is decided may be its sender's again, and another's, at any moment.
        if let token, request.record.token.load(ordering: .relaxed) != token || !wasOpen {
            return .nothing
        }
        unlinkBegun(request)
        guard request.change({ $0.fail() }) else { return wasOpen ? .recycle(request) : .nothing }
        request.record.failure = error.rawValue
        return afterDecision(of: request)
    }

    /// Under the request's lock.
    private func afterDecision(of request: RequestReference) -> Afterwards {
        if unsafe request.record.completion.callback != nil { return .complete(request) }
        guard request.record.isSenderWaiting, let sender = request.record.sender,
            sender.decideWait(.granted(0)).needsWake
        else { return .nothing }
        return .wake(sender)
    }

    /// Ends the wait of a sender. Whether the request was decided before, and its end is to be collected; or
    /// it was collected already, and the record is another's. Takes the lock itself.
    func giveUp(_ request: RequestReference, _ token: UInt64) -> Bool {
        record.target.header.lock.lock()
        request.record.lock.lock()
        guard request.record.token.load(ordering: .relaxed) == token else {
            request.record.lock.unlock()
            record.target.header.lock.unlock()
            return true
        }
        let isDecided = request.change { $0.giveUp() }
        let isWithdrawn = request.state == .withdrawn
        request.record.lock.unlock()
        var node: NodeReference?
        if isWithdrawn, let queued = request.record.node {
            node = queued
            if request.record.isCall {
                record.calls.remove(queued)
            } else {
                record.requests.remove(queued)
            }
            didRemoveSent(queued)
        }
        record.target.header.lock.unlock()
        let thread = ThreadRecord.current
        if let node { NodePool.discard(node, thread) }
        if isWithdrawn { RequestTable.giveBack(request, thread) }
        return isDecided
    }

    /// Fails what was sent to a target that is gone, or all that was sent to the queue, also what was begun.
    /// Takes the lock itself.
    func failSent(to target: Handle? = nil) {
        var ends: [Afterwards] = []
        let thread = ThreadRecord.current
        record.target.header.lock.lock()
        func isMeant(_ node: NodeReference) -> Bool {
            // A completion that waits for its call has no target here.
            target == nil || node.node.message.header.target == target
        }
        func fail(_ node: NodeReference) {
            if let request = node.node.request {
                ends.append(
                    node.isCompletion ? .drop(request) : self.fail(request, .notConnected)
                )
            }
            didRemoveSent(node)
            NodePool.discard(node, thread)
        }
        var node = record.requests.first
        while let current = node {
            node = current.node.next
            guard isMeant(current) else { continue }
            record.requests.remove(current)
            fail(current)
        }
        node = record.calls.first
        while let current = node {
            node = current.node.next
            guard isMeant(current) else { continue }
            record.calls.remove(current)
            fail(current)
        }
        if target == nil {
            while let request = record.begun { ends.append(self.fail(request, .notConnected)) }
        }
        record.target.header.lock.unlock()
        for end in ends { end.perform() }
    }
}

/// The requests that a thread has retrieved from plain queues and not answered: when it ends, nobody will.
enum BegunRequests {
    static func remember(_ token: UInt64, _ thread: ThreadReference) {
        if !thread.record.keepsRequests { mindExit(of: thread) }
        if thread.record.begunRequests.count == thread.record.begunRequests.capacity {
            makeRoom(thread)
        }
        thread.record.begunRequests.append(token)
    }

    /// Drops the newest, which is the usual one to be answered. The others go when there is no room.
    static func forget(_ token: UInt64, _ thread: ThreadReference) {
        if thread.record.begunRequests.last == token { thread.record.begunRequests.removeLast() }
    }

    /// Looks through them when at least half as many were added since it last did, so each costs but a few
    /// looks, however many are open.
    private static func makeRoom(_ thread: ThreadReference) {
        thread.record.begunRequests.removeAll { !isOpen($0) }
        let (count, capacity) =
            (thread.record.begunRequests.count, thread.record.begunRequests.capacity)
        guard count * 2 >= capacity else { return }
        thread.record.begunRequests.reserveCapacity(max(64, capacity * 2))
    }

    private static func isOpen(_ token: UInt64) -> Bool {
        guard let request = RequestTable.lookup(token) else { return false }
        request.record.lock.lock()
        defer { request.record.lock.unlock() }
        return request.record.token.load(ordering: .relaxed) == token && request.state.isOpen
    }

    private static func mindExit(of thread: ThreadReference) {
        thread.record.keepsRequests = true
        thread.callAtExit { thread in
            thread.record.keepsRequests = false
            let tokens = thread.record.begunRequests
            thread.record.begunRequests = []
            for token in tokens { fail(token, of: thread.serial) }
        }
    }

    private static func fail(_ token: UInt64, of receiver: UInt64) {
        guard let request = RequestTable.lookup(token), let queue = request.queue else { return }
        queue.record.target.header.lock.lock()
        let isMine =
            request.record.token.load(ordering: .relaxed) == token
            && request.record.receiver == receiver && request.record.isLinked
        let end = isMine ? queue.fail(request, .notConnected) : .nothing
        queue.record.target.header.lock.unlock()
        end.perform()
    }
}
