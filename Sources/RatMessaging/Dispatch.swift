package import RatCore
internal import RatSystem

/// Handles the messages of a queue: the queue, the message, the context. The C interface's.
package typealias MessageProcedure =
    @convention(c) (
        UInt64, UnsafeRawPointer, UnsafeMutableRawPointer?
    ) -> Int

/// Running the procedure that a message is meant for.
package enum Dispatch {
    package static func run(_ message: Message) throws(RatError) {
        try unsafe withUnsafePointer(to: message) { pointer throws(RatError) in
            try unsafe run(pointer)
        }
    }

    /// The same for a message in memory.
    package static func run(_ message: UnsafePointer<Message>) throws(RatError) {
        _ = try unsafe answer(message)
    }

    /// Runs it, and gives what the procedure answered; a timer's answers nothing.
    @inline(__always)
    package static func answer(_ message: UnsafePointer<Message>) throws(RatError) -> Int {
        // Procedures follow the payload of what they are given.
        _ = try unsafe message.checkedSize()
        if unsafe message.pointee.header.message == QueueMessage.timer,
            unsafe message.pointee.header.lparam != 0
        {
            // The timer may have been stopped since; then its procedure is not to be called any more.
            guard let procedure = unsafe timerProcedure(of: message.pointee) else {
                throw .notFound
            }
            guard ThreadRecord.current.hasStack else { throw .noResources }
            let header = unsafe message.pointee.header
            let window = header.target.isOfKind(.window) ? header.target.rawValue : 0
            if Trace.isOn { unsafe Trace.note(.dispatch, message, to: header.target) }
            procedure(window, header.message, header.wparam, header.time)
            if Trace.isOn { Trace.note(.endOfCall, header.message, 0, 0, to: header.target) }
            return 0
        }
        let token = unsafe message.pointee.header.token
        let handle = unsafe message.pointee.header.target
        guard let target = TargetReference.find(handle) else {
            if token != 0 { Sending.fail(token, .notFound) }
            throw .notFound
        }
        let thread = ThreadRecord.current
        var held: NodeReference?
        if let payload = unsafe message.pointee.unsafePayload {
            held = unsafe Holds.beginDispatch(of: payload, thread)
        }
        var result = 0
        let error = unsafe target.dispatch(handle, message, isWhole: true, thread, &result)
        if let held { Holds.endDispatch(of: held, thread) }
        if token != 0 { finish(token, error, result) }
        if let error { throw error }
        return result
    }

    /// Handles a sent message inside a retrieval, or a completion that waits for its call.
    static func handle(_ node: NodeReference, _ thread: ThreadReference) {
        if node.isCompletion, let request = node.node.request {
            NodePool.giveBack(node, thread)
            return Sending.runCompletion(request, thread)
        }
        let token = node.node.message.header.token
        let handle = node.node.message.header.target
        guard let target = TargetReference.find(handle) else {
            if token != 0 { Sending.fail(token, .notConnected) }
            return NodePool.discard(node, thread)
        }
        let hasPayload = node.size > 0
        if hasPayload { Holds.keepDuringCall(node, thread) }
        var result = 0
        let error = unsafe target.dispatch(
            handle,
            node.messagePointer,
            isWhole: true,
            thread,
            &result
        )
        let isKept = error == nil || error == .noResources
        if token != 0 { finish(token, isKept ? error : .notConnected, result) }
        if hasPayload {
            Holds.endDispatch(of: node, thread)
        } else {
            NodePool.giveBack(node, thread)
        }
    }

    /// Answers a request with what its procedure gave. Nobody waits if the procedure has answered it, or if
    /// its sender gave up.
    private static func finish(_ token: UInt64, _ error: RatError?, _ result: Int) {
        switch error {
        case nil:
            unsafe withUnsafePointer(to: Message(result: result)) { reply in
                try? unsafe Sending.reply(to: token, reply)
            }
        // The right thread may still dispatch it.
        case .wrongThread: break
        case .some(let error): Sending.fail(token, error)
        }
    }

    package typealias TimerProcedure = @convention(c) (UInt64, UInt32, UInt, UInt64) -> Void

    /// The procedure that a timer message names, if that timer runs on this thread with it: anybody can post
    /// a message that looks like a timer's, and its parameter must not become a call.
    private static func timerProcedure(of message: borrowing Message) -> TimerProcedure? {
        let header = message.header
        let window = header.target.isOfKind(.window) ? header.target : .invalid
        let address = UInt(bitPattern: header.lparam)
        guard let threadQueue = ThreadQueue.currentIfAny,
            threadQueue.timers.has(
                Timers.Key(window: window, id: header.wparam),
                procedure: address
            )
        else { return nil }
        return unsafe unsafeBitCast(address, to: TimerProcedure.self)
    }
}

extension MessageQueue {
    @safe private struct Handler {
        var procedure: MessageProcedure?
        var context: UnsafeMutableRawPointer?
    }

    /// What handles the messages of a queue; `nil` if there is no such queue.
    @inline(__always) private static func handler(
        of handle: Handle,
        _ thread: ThreadReference
    ) -> Handler? {
        // Only the owning thread sets its queue's, so it needs no lock to read it.
        if handle == thread.record.ownQueueHandle, let own = unsafe thread.record.ownQueue {
            let queue = unsafe QueueReference(
                unsafe: own.assumingMemoryBound(to: QueueRecord.self)
            )
            return unsafe Handler(
                procedure: queue.record.procedure,
                context: queue.record.procedureContext
            )
        }
        return try? withQueue(handle) { queue in
            unsafe Handler(
                procedure: queue.record.procedure,
                context: queue.record.procedureContext
            )
        }
    }

    /// Runs the procedure that was set on a queue.
    static let dispatch: DispatchFunction = { _, thread, target, message, isWhole, result in
        let handle = Handle(rawValue: target)
        let thread = unsafe ThreadReference(
            unsafe: thread.assumingMemoryBound(to: ThreadRecord.self)
        )
        guard let handler = handler(of: handle, thread), let procedure = unsafe handler.procedure
        else { return RatError.notFound.rawValue }
        var message = unsafe message.assumingMemoryBound(to: Message.self)
        if isWhole {
            unsafe result.pointee = call(
                procedure,
                handler.context,
                handle,
                message,
                thread,
                .dispatch
            )
        } else {
            unsafe withUnsafePointer(to: message.pointee.stamped(for: handle)) { message in
                unsafe result.pointee = call(
                    procedure,
                    handler.context,
                    handle,
                    message,
                    thread,
                    .send
                )
            }
        }
        return 0
    }

    @inline(__always) private static func call(
        _ procedure: MessageProcedure,
        _ context: UnsafeMutableRawPointer?,
        _ handle: Handle,
        _ message: UnsafePointer<Message>,
        _ thread: ThreadReference,
        _ kind: TraceKind
    ) -> Int {
        let header = unsafe message.pointee.header
        var frame = unsafe CallFrame(
            target: handle,
            message: header.message,
            wparam: header.wparam,
            lparam: header.lparam,
            given: message,
            isWhole: true,
            outer: thread.record.frameSlot
        )
        return unsafe withUnsafeMutablePointer(to: &frame) { pointer in
            if Trace.isOn { unsafe Trace.note(kind, message, to: handle) }
            unsafe thread.record.frameSlot = UnsafeMutableRawPointer(pointer)
            let result = unsafe procedure(handle.rawValue, UnsafeRawPointer(message), context)
            unsafe thread.record.frameSlot = pointer.pointee.outer
            if Trace.isOn {
                Trace.note(.endOfCall, header.message, 0, 0, to: handle, result: result)
            }
            return result
        }
    }
}

extension StableReference where Record == QueueRecord {
    /// Whether what is sent to a target of this queue is handled inside a retrieval of its owner.
    @inline(__always) func handlesInside(_ target: Handle) -> Bool {
        target.isOfKind(.window) || isHandledInside(target)
    }

    /// The same of the queue itself.
    private func isHandledInside(_ target: Handle) -> Bool {
        // Only the owning thread sets its queue's procedure, so it needs no lock to read it.
        if target == ThreadRecord.currentIfAny?.record.ownQueueHandle {
            return unsafe record.procedure != nil
        }
        record.target.header.lock.lock()
        defer { record.target.header.lock.unlock() }
        return unsafe record.owner != nil && record.procedure != nil
    }
}
