package import RatCore
internal import RatSystem

/// One running call of a procedure. Lives in the call; linked to the one it is nested in.
@safe package struct CallFrame {
    package let target: Handle
    package let message: UInt32
    package let wparam: UInt
    package let lparam: Int
    /// The message, where there is one; `nil` for what the library calls a window with.
    package let given: UnsafePointer<Message>?
    /// Whether its head is complete, as of one that travelled; not so where sending is a call.
    package let isWhole: Bool
    package let outer: UnsafeMutableRawPointer?

    package init(
        target: Handle,
        message: UInt32,
        wparam: UInt,
        lparam: Int,
        given: UnsafePointer<Message>?,
        isWhole: Bool,
        outer: UnsafeMutableRawPointer?
    ) {
        self.target = target
        self.message = message
        self.wparam = wparam
        self.lparam = lparam
        unsafe self.given = given
        self.isWhole = isWhole
        unsafe self.outer = outer
    }

    /// The message that the calling thread's running procedure handles, whole.
    package static func currentMessage() throws(RatError) -> Message {
        guard let thread = ThreadRecord.currentIfAny,
            let slot = unsafe thread.record.frameSlot
        else { throw .notFound }
        let frame = unsafe slot.assumingMemoryBound(to: CallFrame.self).pointee
        if let given = unsafe frame.given {
            return unsafe frame.isWhole
                ? given.pointee : given.pointee.stamped(for: frame.target)
        }
        let header = MessageHeader(
            message: frame.message,
            wparam: frame.wparam,
            lparam: frame.lparam
        )
        return Message(header).stamped(for: frame.target)
    }

    /// Whether who made the message waits for this call, and so what its parameters point to is there: the
    /// library itself, who sends by a call, or a sender that waits for the reply. Others may be gone.
    package var isAwaited: Bool {
        guard isWhole, let header = unsafe given?.pointee.header else { return true }
        return header.flags & MessageFlags.sent != 0 && !RequestTable.wantsCall(header.token)
            && Sending.isAwaited(header.token)
    }

    /// Whether the calling thread's running procedure handles this message, and the memory that its second
    /// parameter points to is there: the sender's, who waits, or what travels with the message.
    package static func isBelieved(_ message: UInt32, _ lparam: Int) -> Bool {
        guard let thread = ThreadRecord.currentIfAny, let slot = unsafe thread.record.frameSlot
        else { return false }
        let frame = unsafe slot.assumingMemoryBound(to: CallFrame.self).pointee
        guard frame.message == message, frame.lparam == lparam else { return false }
        if frame.isAwaited { return true }
        let payload = unsafe frame.given?.pointee.unsafePayload
        return unsafe lparam != 0 && payload == UnsafeMutableRawPointer(bitPattern: lparam)
    }

    /// Whether another thread has sent the message.
    package var isFromElsewhere: Bool {
        guard isWhole, let header = unsafe given?.pointee.header else { return false }
        return header.flags & MessageFlags.sent != 0
    }

    /// The head of the innermost message in progress on the calling thread that was posted, or made when it was
    /// retrieved.
    package static var posted: MessageHeader? {
        guard let thread = ThreadRecord.currentIfAny else { return nil }
        var slot = unsafe thread.record.frameSlot
        while let current = unsafe slot {
            let frame = unsafe current.assumingMemoryBound(to: CallFrame.self).pointee
            if frame.isWhole, let header = unsafe frame.given?.pointee.header,
                header.flags & MessageFlags.sent == 0
            {
                return header
            }
            unsafe slot = frame.outer
        }
        return nil
    }

    /// The head of the innermost message in progress on the calling thread that was sent from elsewhere.
    static var currentSent: MessageHeader? {
        guard let thread = ThreadRecord.currentIfAny else { return nil }
        var slot = unsafe thread.record.frameSlot
        while let current = unsafe slot {
            let frame = unsafe current.assumingMemoryBound(to: CallFrame.self).pointee
            if frame.isWhole, let header = unsafe frame.given?.pointee.header,
                header.flags & MessageFlags.sent != 0
            {
                return header
            }
            unsafe slot = frame.outer
        }
        return nil
    }
}

/// Handles the messages of a queue: the queue, the message, the context. The C interface's.
package typealias MessageProcedure =
    @convention(c) (
        UInt64, UnsafeRawPointer, UnsafeMutableRawPointer?
    ) -> Int

/// Running the procedure that a message is meant for.
package enum Dispatch {
    @discardableResult
    package static func run(_ message: Message) throws(RatError) -> Int {
        try unsafe withUnsafePointer(to: message) { pointer throws(RatError) in
            try unsafe run(pointer)
        }
    }

    /// The same for a message in memory. Gives what the procedure answered; a timer's answers nothing.
    @discardableResult
    package static func run(_ message: UnsafePointer<Message>) throws(RatError) -> Int {
        if unsafe message.pointee.header.message == QueueMessage.timer,
            unsafe message.pointee.header.lparam != 0
        {
            // The timer may have been stopped since; then its procedure is not to be called any more.
            guard let procedure = unsafe timerProcedure(of: message.pointee) else {
                throw .notFound
            }
            let header = unsafe message.pointee.header
            let window = header.target.isOfKind(.window) ? header.target.rawValue : 0
            procedure(window, header.message, header.wparam, header.time)
            return 0
        }
        let token = unsafe message.pointee.header.token
        let handle = unsafe message.pointee.header.target.rawValue
        guard let target = TargetReference.find(Handle(rawValue: handle)) else {
            if token != 0 { Sending.fail(token, .notFound) }
            throw .notFound
        }
        var result = 0
        let error: UInt32
        if let payload = unsafe message.pointee.unsafePayload,
            let thread = ThreadRecord.currentIfAny,
            let node = unsafe Holds.beginDispatch(of: payload, thread)
        {
            error = unsafe target.record.dispatch(handle, UnsafeRawPointer(message), true, &result)
            Holds.endDispatch(of: node, thread)
        } else {
            error = unsafe target.record.dispatch(handle, UnsafeRawPointer(message), true, &result)
        }
        if token != 0 { finish(token, error, result) }
        guard error == 0 else { throw RatError(rawValue: error) ?? .unknown }
        return result
    }

    /// Handles a sent message inside a retrieval, or a completion that waits for its call.
    static func handle(_ node: NodeReference, _ thread: ThreadReference) {
        if node.isCompletion, let request = node.node.request {
            NodePool.giveBack(node, thread)
            return Sending.runCompletion(request, thread)
        }
        let token = node.node.message.header.token
        guard let target = TargetReference.find(node.node.message.header.target) else {
            if token != 0 { Sending.fail(token, .notConnected) }
            return NodePool.discard(node, thread)
        }
        let hasPayload = node.size > 0
        if hasPayload { Holds.keepDuringCall(node, thread) }
        var result = 0
        let error = unsafe target.record.dispatch(
            node.node.message.header.target.rawValue,
            node.messageBytes,
            true,
            &result
        )
        if token != 0 { finish(token, error == 0 ? 0 : RatError.notConnected.rawValue, result) }
        if hasPayload {
            Holds.endDispatch(of: node, thread)
        } else {
            NodePool.giveBack(node, thread)
        }
    }

    /// Answers a request with what its procedure gave. Nobody waits if the procedure has answered it, or if
    /// its sender gave up.
    private static func finish(_ token: UInt64, _ error: UInt32, _ result: Int) {
        switch RatError(rawValue: error) {
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
    static let dispatch: DispatchFunction = { target, message, isWhole, result in
        let handle = Handle(rawValue: target)
        let thread = ThreadRecord.current
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
    func handlesInside(_ target: Handle) -> Bool {
        if target.isOfKind(.window) { return true }
        // Only the owning thread sets its queue's procedure, so it needs no lock to read it.
        if target == ThreadRecord.currentIfAny?.record.ownQueueHandle {
            return unsafe record.procedure != nil
        }
        record.target.header.lock.lock()
        defer { record.target.header.lock.unlock() }
        return unsafe record.owner != nil && record.procedure != nil
    }
}
