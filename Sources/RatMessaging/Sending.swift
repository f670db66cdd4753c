package import RatCore
package import RatSystem
internal import Synchronization

/// Sending: messages whose sender waits, or wants a call, or wants nothing.
package enum Sending {
    /// Sends a message and waits for the reply, whose payload lives until the thread's next send.
    ///
    /// While it waits, the thread handles what is sent to its own windows, unless `isBlocking`. The deadline is
    /// asked for only where there is something to wait for.
    package static func send(
        _ message: UnsafePointer<Message>,
        to handle: Handle,
        until deadline: @autoclosure () -> Instant,
        isBlocking: Bool = false,
        reply: UnsafeMutablePointer<Message>?
    ) throws(RatError) {
        let size = try unsafe message.checkedSize()
        guard let target = TargetReference.find(handle) else {
            return try unsafe Distant.send(message, size, handle, deadline(), isBlocking, reply)
        }
        let thread = ThreadRecord.current
        if isDirect(handle, target, thread) {
            // What is sent on may be the last reply: it lives until the call is over.
            let last = LastReply.take(thread)
            var result = 0
            let error = unsafe call(target, handle, message, thread, &result)
            LastReply.end(last, thread)
            if let error { throw error }
            unsafe reply?.becomeReply(result)
            return
        }
        do throws(RatError) {
            try unsafe request(message, size, target, handle, deadline, isBlocking, reply, thread)
        } catch {
            if Trace.isOn { unsafe Trace.noteFailure(error, of: message, to: handle) }
            throw error
        }
    }

    /// Sends a message to another thread, or to a queue, and waits for the reply.
    @inline(never) private static func request(
        _ message: UnsafePointer<Message>,
        _ size: Int,
        _ target: TargetReference,
        _ handle: Handle,
        _ deadline: () -> Instant,
        _ isBlocking: Bool,
        _ reply: UnsafeMutablePointer<Message>?,
        _ thread: ThreadReference
    ) throws(RatError) {
        let deadline = deadline()
        guard deadline != .distantPast else { throw .timedOut }
        // What is sent here meanwhile is handled.
        guard thread.hasStack else { throw .noResources }
        let queue = target.record.queue
        let copied = try unsafe CopyData.taken(from: message, for: handle)
        if Trace.isOn { unsafe Trace.note(.send, message, to: handle) }
        guard let request = RequestTable.take(thread, for: queue) else { throw .noResources }
        let node = unsafe makeNode(message, size, handle, queue, thread)
        copied?.move(into: node)
        LastReply.end(LastReply.take(thread), thread)
        let isCall = prepare(request, node, handle, queue)
        // While an inner send waits, the outer one's wait is not what keeps the thread.
        let outer = thread.edge
        defer { thread.endEdge(outer) }
        thread.edge = SendEdge(request, isBlocking: isBlocking)
        if !isCall || isBlocking || queue.isOwnerBlocking {
            do throws(RatError) {
                try DeadlockSearch.check(thread, queue, outer: outer)
            } catch {
                abandon(node, thread)
                throw error
            }
        }
        try enqueue(node, target, handle, isCall, thread)
        guard wait(for: request, queue, until: deadline, isBlocking, thread) else {
            throw .timedOut
        }
        let number = unsafe message.pointee.header.message
        try unsafe collect(request, reply, thread) { result in
            guard Trace.isOn else { return }
            Trace.note(.endOfCall, number, 0, 0, to: handle, result: result)
        }
    }

    /// Sends a message that nobody waits for.
    package static func notify(
        _ message: UnsafePointer<Message>,
        to handle: Handle,
        origin: UInt32 = 0
    ) throws(RatError) {
        let size = try unsafe message.checkedSize()
        guard let target = TargetReference.find(handle) else {
            return try unsafe Distant.queues(handle).notify(message, size, to: handle)
        }
        let thread = ThreadRecord.current
        let queue = target.record.queue
        if isDirect(handle, target, thread) {
            var result = 0
            if let error = unsafe call(target, handle, message, thread, &result) { throw error }
            return
        }
        try unsafe message.checkMayArriveLater(at: handle)
        if Trace.isOn { unsafe Trace.note(.send, message, to: handle) }
        let node = unsafe makeNode(message, size, handle, queue, thread)
        node.node.message.header.origin = origin
        try enqueue(node, target, handle, queue.handlesInside(handle), thread)
    }

    /// Sends a message, and has `callback` called with the reply inside a later retrieval of this thread.
    package static func send(
        _ message: UnsafePointer<Message>,
        to handle: Handle,
        context: UnsafeMutableRawPointer?,
        callback: SendCallback
    ) throws(RatError) {
        let size = try unsafe message.checkedSize()
        guard let target = TargetReference.find(handle) else {
            let own = try ThreadQueue.current()
            var completion = RequestRecord.Completion()
            unsafe completion.callback = callback
            unsafe completion.context = context
            completion.queue = own.queue
            completion.queueHandle = own.handle
            _ = try unsafe Distant.begin(message, size, handle, completion)
            return
        }
        let thread = ThreadRecord.current
        if isDirect(handle, target, thread) {
            let number = unsafe message.pointee.header.message
            var result = 0
            if let error = unsafe call(target, handle, message, thread, &result) { throw error }
            unsafe withUnsafePointer(to: Message(result: result)) { reply in
                unsafe callback(handle.rawValue, number, context, 0, UnsafeRawPointer(reply))
            }
            return
        }
        let own = try ThreadQueue.current()
        var completion = RequestRecord.Completion()
        unsafe completion.callback = callback
        unsafe completion.context = context
        completion.queue = own.queue
        completion.queueHandle = own.handle
        _ = try unsafe send(message, size, target, handle, completion, thread)
    }

    /// Sends a message for a task: `callback` is called with the reply, by whoever gives it, on that thread.
    /// The token to withdraw it by, which may be over already.
    package static func sendForTask(
        _ message: UnsafePointer<Message>,
        to handle: Handle,
        context: UnsafeMutableRawPointer?,
        callback: SendCallback,
        origin: UInt32 = 0
    ) throws(RatError) -> UInt64 {
        let size = try unsafe message.checkedSize()
        var completion = RequestRecord.Completion()
        unsafe completion.callback = callback
        unsafe completion.context = context
        guard let target = TargetReference.find(handle) else {
            return try unsafe Distant.begin(message, size, handle, completion)
        }
        let thread = ThreadRecord.current
        return try unsafe send(message, size, target, handle, completion, thread, origin)
    }

    /// Sends a message whose sender goes on. The request's token.
    private static func send(
        _ message: UnsafePointer<Message>,
        _ size: Int,
        _ target: TargetReference,
        _ handle: Handle,
        _ completion: RequestRecord.Completion,
        _ thread: ThreadReference,
        _ origin: UInt32 = 0
    ) throws(RatError) -> UInt64 {
        try unsafe message.checkMayArriveLater(at: handle)
        if Trace.isOn { unsafe Trace.note(.send, message, to: handle) }
        let queue = target.record.queue
        guard let request = RequestTable.take(thread, for: queue, wantsCall: true) else {
            throw .noResources
        }
        let token = request.record.token.load(ordering: .relaxed)
        let node = unsafe makeNode(message, size, handle, queue, thread)
        request.record.completion = completion
        let isCall = prepare(request, node, handle, queue)
        node.node.message.header.origin = origin
        try enqueue(node, target, handle, isCall, thread)
        return token
    }

    /// Gives up a message that `sendForTask` has sent; `false` if its function was called, or is about to be.
    /// To be called once for a token.
    package static func giveUp(_ token: UInt64) -> Bool {
        guard let request = RequestTable.lookup(token), let queue = request.queue else {
            return false
        }
        return !queue.giveUp(request, token)
    }

    // MARK: - Steps

    /// Whether sending is a call of a procedure on this thread.
    @inline(__always) private static func isDirect(
        _ handle: Handle,
        _ target: TargetReference,
        _ thread: ThreadReference
    ) -> Bool {
        target.record.queueHandle == thread.record.ownQueueHandle
            && thread.record.ownQueueHandle != .invalid
            && target.record.queue.handlesInside(handle)
    }

    @inline(__always) private static func call(
        _ target: TargetReference,
        _ handle: Handle,
        _ message: UnsafePointer<Message>,
        _ thread: ThreadReference,
        _ result: UnsafeMutablePointer<Int>
    ) -> RatError? {
        let error = unsafe target.dispatch(handle, message, isWhole: false, thread, result)
        return error == .notFound ? .invalidHandle : error
    }

    private static func makeNode(
        _ message: UnsafePointer<Message>,
        _ size: Int,
        _ handle: Handle,
        _ queue: QueueReference,
        _ thread: ThreadReference
    ) -> NodeReference {
        let node = NodePool.take(thread)
        unsafe node.fill(from: message, size, target: handle, queue)
        node.node.message.header.flags = MessageFlags.sent
        return node
    }

    /// Makes a request ready for its queue. Whether it is handled inside a retrieval.
    private static func prepare(
        _ request: RequestReference,
        _ node: NodeReference,
        _ handle: Handle,
        _ queue: QueueReference
    ) -> Bool {
        node.node.request = request
        node.node.message.header.flags = MessageFlags.sent | MessageFlags.request
        node.node.message.header.token = request.record.token.load(ordering: .relaxed)
        let isCall = queue.handlesInside(handle)
        // A search for deadlocks that comes late may look at what the record was before.
        request.record.lock.lock()
        request.record.node = node
        request.record.target = handle
        request.record.message = node.node.message.header.message
        request.record.isCall = isCall
        request.record.lock.unlock()
        return isCall
    }

    /// Gives back what does not become a sent message.
    private static func abandon(_ node: NodeReference, _ thread: ThreadReference) {
        if let request = node.node.request { RequestTable.giveBack(request, thread) }
        NodePool.discard(node, thread)
    }

    /// Hands a message over to its queue, or gives back all of it.
    private static func enqueue(
        _ node: NodeReference,
        _ target: TargetReference,
        _ handle: Handle,
        _ isCall: Bool,
        _ thread: ThreadReference
    ) throws(RatError) {
        let queue = target.record.queue
        let queueHandle = target.record.queueHandle
        queue.record.target.header.lock.lock()
        // A full queue takes what is sent all the same.
        let isGone = queue.admission(of: handle, by: queueHandle, size: 0) == .gone
        guard !isGone, queue.record.sentCount < QueueReference.maximumSent else {
            queue.record.target.header.lock.unlock()
            abandon(node, thread)
            throw isGone ? .invalidHandle : .noResources
        }
        let wake = queue.appendSent(node, isCall: isCall)
        queue.record.target.header.lock.unlock()
        wake?.wake()
    }

    /// Waits until the request is decided; `false` if the sender gives it up.
    static func wait(
        for request: RequestReference,
        _ queue: QueueReference,
        until deadline: Instant,
        _ isBlocking: Bool,
        _ thread: ThreadReference,
        near: (any NearReader)? = nil
    ) -> Bool {
        near?.beginNear()
        defer { near?.endNear() }
        let own = isBlocking ? nil : ThreadQueue.currentIfAny
        var place = WaitNode(thread: thread, index: 1, mode: .takesSignal)
        return unsafe withUnsafeMutablePointer(to: &place) { place in
            while true {
                // However much is sent here, the wait ends when it is over.
                let isServing = own?.handleCall() ?? false
                if request.state.isDecided { return true }
                if deadline != .distantFuture, deadline <= Instant.now() {
                    return queue.giveUp(request, request.record.token.load(ordering: .relaxed))
                }
                if isServing { continue }
                thread.beginWait()
                request.record.lock.lock()
                request.record.isSenderWaiting = !request.state.isDecided
                let isWaiting = request.record.isSenderWaiting
                request.record.lock.unlock()
                guard isWaiting else { continue }
                unsafe own?.beginServing(place)
                while thread.waitState.isUndecided {
                    if let near {
                        thread.sleep(until: deadline, near: near)
                    } else {
                        thread.sleep(until: deadline)
                    }
                    if deadline != .distantFuture, deadline <= Instant.now() {
                        _ = thread.decideOwnWait(.withdrawn)
                    }
                }
                unsafe own?.endServing(place)
                request.record.lock.lock()
                request.record.isSenderWaiting = false
                request.record.lock.unlock()
            }
        }
    }

    /// Gives the sender what became of its request, which is over.
    static func collect(
        _ request: RequestReference,
        _ reply: UnsafeMutablePointer<Message>?,
        _ thread: ThreadReference,
        _ note: (Int) -> Void
    ) throws(RatError) {
        // Who decided it may still be inside its lock.
        request.record.lock.lock()
        let (node, failure) = (request.record.reply, request.record.failure)
        request.record.reply = nil
        request.record.lock.unlock()
        RequestTable.giveBack(request, thread)
        guard let node else { throw RatError(rawValue: failure) ?? .unknown }
        note(node.node.message.header.lparam)
        guard let reply = unsafe reply else { return NodePool.discard(node, thread) }
        unsafe reply.pointee = node.node.message
        LastReply.keep(node, thread)
    }
}
