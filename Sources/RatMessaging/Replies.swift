package import RatCore
internal import RatSystem
internal import Synchronization

/// What becomes of what was sent: replies, failures, and the calls of those who did not wait.
extension Sending {
    // MARK: - Who is being answered

    /// How the innermost message of another thread that is in progress on this one was sent.
    package enum InProgress {
        case none
        case send(isReplied: Bool)
        case notify
        case callback(isReplied: Bool)
    }

    package static var inProgress: InProgress {
        guard let header = CallFrame.currentSent else { return .none }
        guard header.flags & MessageFlags.request != 0 else { return .notify }
        let isReplied = !isAwaited(header.token)
        return RequestTable.wantsCall(header.token)
            ? .callback(isReplied: isReplied) : .send(isReplied: isReplied)
    }

    /// Whether a request that was begun has its sender still waiting.
    static func isAwaited(_ token: UInt64) -> Bool {
        guard let request = RequestTable.lookup(token) else { return false }
        request.record.lock.lock()
        defer { request.record.lock.unlock() }
        return request.record.token.load(ordering: .relaxed) == token && request.state == .started
    }

    // MARK: - Replies

    /// Answers a request, which any thread may do, once.
    package static func reply(
        to token: UInt64,
        _ reply: UnsafePointer<Message>?
    ) throws(RatError) {
        let size = try unsafe reply?.checkedSize() ?? 0
        guard let request = RequestTable.lookup(token), let queue = request.queue else {
            throw .notFound
        }
        let thread = ThreadRecord.current
        let node = NodePool.take(thread)
        if let reply = unsafe reply {
            unsafe node.fill(from: reply, size, target: .invalid, nil)
        } else {
            node.node.message = Message(MessageHeader(message: 0))
        }
        queue.record.target.header.lock.lock()
        let afterwards = queue.answer(request, token, node)
        queue.record.target.header.lock.unlock()
        BegunRequests.forget(token, thread)
        switch afterwards {
        case nil, .recycle:
            NodePool.discard(node, thread)
            afterwards?.perform()
            throw .notFound
        case .some(let afterwards): afterwards.perform()
        }
    }

    /// Ends a request without an answer.
    package static func fail(_ token: UInt64, _ error: RatError) {
        guard let request = RequestTable.lookup(token), let queue = request.queue else { return }
        queue.record.target.header.lock.lock()
        let afterwards = queue.fail(request, error, of: token)
        queue.record.target.header.lock.unlock()
        afterwards.perform()
    }

    /// Has a decided request's function called inside a retrieval of its sender; at once for a task.
    static func deliverCompletion(_ request: RequestReference) {
        let thread = ThreadRecord.current
        guard let queue = request.record.completion.queue else {
            return runCompletion(request, thread)
        }
        let node = NodePool.take(thread)
        node.node.message = Message(MessageHeader(message: request.record.message))
        node.node.message.header.target = request.record.target
        node.node.request = request
        queue.record.target.header.lock.lock()
        let isAlive = queue.record.target.header.handle == request.record.completion.queueHandle
        let wake = isAlive ? queue.appendSent(node, isCall: true) : nil
        queue.record.target.header.lock.unlock()
        wake?.wake()
        if !isAlive {
            NodePool.discard(node, thread)
            endCompletion(request, thread)
        }
    }

    /// Calls the function of a request that was sent with one.
    static func runCompletion(_ request: RequestReference, _ thread: ThreadReference) {
        let (target, number) = (request.record.target.rawValue, request.record.message)
        let context = unsafe request.record.completion.context
        request.record.lock.lock()
        let (node, failure) = (request.record.reply, request.record.failure)
        request.record.reply = nil
        request.record.lock.unlock()
        let callback = unsafe request.record.completion.callback
        RequestTable.giveBack(request, thread)
        if let node {
            unsafe withUnsafePointer(to: node.node.message) { reply in
                unsafe callback?(target, number, context, 0, UnsafeRawPointer(reply))
            }
            NodePool.discard(node, thread)
        } else {
            unsafe callback?(target, number, context, failure, nil)
        }
    }

    /// Drops what nobody will be called with.
    static func endCompletion(_ request: RequestReference, _ thread: ThreadReference) {
        if let reply = request.record.reply {
            request.record.reply = nil
            NodePool.discard(reply, thread)
        }
        RequestTable.giveBack(request, thread)
    }
}

/// The reply that a thread got last: its payload lives until the next send.
enum LastReply {
    static func keep(_ node: NodeReference, _ thread: ThreadReference) {
        guard node.size > 0 else { return NodePool.giveBack(node, thread) }
        // A send that was made while this one waited has left one.
        end(take(thread), thread)
        unsafe thread.record.lastReply = node.raw
        guard !thread.record.keepsReply else { return }
        thread.record.keepsReply = true
        thread.callAtExit { thread in
            thread.record.keepsReply = false
            end(take(thread), thread)
        }
    }

    /// The last reply, for `end`.
    @inline(__always) static func take(_ thread: ThreadReference) -> NodeReference? {
        guard let node = unsafe NodeReference(thread.record.lastReply) else { return nil }
        unsafe thread.record.lastReply = nil
        return node
    }

    @inline(__always) static func end(_ node: NodeReference?, _ thread: ThreadReference) {
        if let node { NodePool.discard(node, thread) }
    }
}

extension Message {
    /// What a procedure's result is as a reply.
    init(result: Int) {
        self.init(MessageHeader(message: 0, lparam: result))
    }
}

extension UnsafeMutablePointer where Pointee == Message {
    /// The same in memory. Field by field: to make it elsewhere and copy it would read what was just written in
    /// other pieces, which the processor waits for.
    @inline(__always) func becomeReply(_ result: Int) {
        unsafe pointee.header.message = 0
        unsafe pointee.header.wparam = 0
        unsafe pointee.header.lparam = result
        unsafe pointee.header.sender = .invalid
        unsafe pointee.header.size = 0
        unsafe pointee.header.priority = 0
        unsafe pointee.header.flags = 0
        unsafe pointee.header.origin = 0
        unsafe pointee.header.target = .invalid
        unsafe pointee.header.time = 0
        unsafe pointee.header.x = 0
        unsafe pointee.header.y = 0
        unsafe pointee.header.token = 0
        unsafe pointee.unsafePayload = nil
    }
}
