internal import RatCore
internal import RatSystem
internal import Synchronization

/// Posting a node that is filled in, under the lock of the queue.
extension StableReference where Record == QueueRecord {
    /// Posts as the queue's owner has chosen.
    func post(
        _ node: NodeReference,
        _ size: Int,
        to target: Handle,
        _ queueHandle: Handle,
        _ thread: ThreadReference
    ) throws(RatError) {
        record.target.header.lock.lock()
        guard admission(of: target, by: queueHandle, size: size) == .admitted,
            record.options.policy != .coalesce
        else {
            record.target.header.lock.unlock()
            var options = PostOptions()
            if record.options.policy == .wait {
                options.deadline =
                    record.options.waitMilliseconds.map {
                        Instant.now().advanced(byMilliseconds: UInt64($0))
                    } ?? .distantFuture
            }
            _ = try postSlowly(node, size, to: target, queueHandle, options, thread)
            return
        }
        let wake = append(node, size: size, thread)
        record.target.header.lock.unlock()
        wake?.wake()
    }

    /// Posts as the options say, making room or waiting for it. The message's token.
    @inline(never) func postSlowly(
        _ node: NodeReference,
        _ size: Int,
        to target: Handle,
        _ queueHandle: Handle,
        _ options: PostOptions,
        _ thread: ThreadReference
    ) throws(RatError) -> UInt64 {
        node.node.key = options.key ?? UInt64(node.node.message.header.message)
        node.node.isReplaceable = options.replaces
        var hasMetFull = false
        var dropped = NodeList()
        while true {
            record.target.header.lock.lock()
            let admission = admission(of: target, by: queueHandle, size: size)
            if admission == .gone {
                // The place that it waited for is another's.
                if hasMetFull { wakePosters() }
                record.target.header.lock.unlock()
                discardAll(dropped, thread)
                NodePool.discard(node, thread)
                throw hasMetFull ? .cancelled : .invalidHandle
            }
            if let old = place(for: node, isFull: admission == .full),
                // What it takes the place of has made room for it, unless it is that much larger.
                size <= old.size || hasRoom(forBytes: size - old.size)
            {
                if !hasMetFull, !options.replaces || !old.node.isReplaceable { noteOverflow() }
                let wake = replace(old, with: node, size, options, thread)
                if hasMetFull { wakePosters() }
                let token = node.node.token
                record.target.header.lock.unlock()
                discardAll(dropped, thread)
                NodePool.discard(old, thread)
                wake?.wake()
                return token
            }
            if admission == .full {
                if !hasMetFull { noteOverflow() }
                let canDrop =
                    record.options.policy == .dropOldest
                    && dropOldest(for: Int(node.node.lane), size: size, thread) {
                        dropped.append($0)
                    }
                if canDrop, options.replaces {
                    // Room for it as a replacement, unless what it would replace was dropped.
                    record.target.header.lock.unlock()
                    hasMetFull = true
                    continue
                }
                if !canDrop {
                    guard options.deadline != .distantPast, canHope(for: size, thread) else {
                        throw refuse(node, options, thread, dropped)
                    }
                    hasMetFull = true
                    let state = waitForRoom(size, thread, until: options.deadline)
                    if state.isFailed || state == .withdrawn {
                        discardAll(dropped, thread)
                        NodePool.discard(node, thread)
                        countRefused(queueHandle)
                        throw state.isFailed ? .cancelled : .timedOut
                    }
                    continue
                }
            }
            let wake = enqueue(node, size, options, thread)
            let token = node.node.token
            record.target.header.lock.unlock()
            discardAll(dropped, thread)
            wake?.wake()
            return token
        }
    }

    /// The queued message whose place the new one takes.
    private func place(for node: NodeReference, isFull: Bool) -> NodeReference? {
        if node.node.isReplaceable, let old = record.tracked.replaceable(like: node) { return old }
        return isFull ? record.tracked.newest(like: node) : nil
    }

    /// Whether waiting may help: another thread can make room, and there could be enough.
    private func canHope(for size: Int, _ thread: ThreadReference) -> Bool {
        size <= record.options.byteBudget && record.owner != thread
            && !record.retrievers.isOnly(thread)
    }

    /// Counts a refusal, and frees the lock.
    private func refuse(
        _ node: NodeReference,
        _ options: PostOptions,
        _ thread: ThreadReference,
        _ dropped: NodeList
    ) -> RatError {
        record.tally.refused += 1
        record.target.header.lock.unlock()
        discardAll(dropped, thread)
        if !options.keepsRefused { NodePool.discard(node, thread) }
        return .noResources
    }

    private func countRefused(_ queueHandle: Handle) {
        record.target.header.lock.lock()
        if record.target.header.handle == queueHandle { record.tally.refused += 1 }
        record.target.header.lock.unlock()
    }

    private func discardAll(_ nodes: NodeList, _ thread: ThreadReference) {
        var node = nodes.first
        while let current = node {
            node = current.node.next
            NodePool.discard(current, thread)
        }
    }
}
