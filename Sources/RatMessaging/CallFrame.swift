public import RatCore
internal import RatSystem

/// One running call of a procedure. Lives in the call; linked to the one it is nested in.
@safe @usableFromInline package struct CallFrame {
    @usableFromInline package let target: Handle
    @usableFromInline package let message: UInt32
    @usableFromInline package let wparam: UInt
    @usableFromInline package let lparam: Int
    /// The message, where there is one; `nil` for what the library calls a window with.
    @usableFromInline package let given: UnsafePointer<Message>?
    /// Whether its head is complete, as of one that travelled; not so where sending is a call.
    @usableFromInline package let isWhole: Bool
    @usableFromInline package let outer: UnsafeMutableRawPointer?

    @inlinable @inline(__always) package init(
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
    package static var posted: MessageHeader? { innermost(isSent: false) }

    /// The head of the innermost message in progress on the calling thread that was sent from elsewhere.
    static var currentSent: MessageHeader? { innermost(isSent: true) }

    private static func innermost(isSent: Bool) -> MessageHeader? {
        guard let thread = ThreadRecord.currentIfAny else { return nil }
        var slot = unsafe thread.record.frameSlot
        while let current = unsafe slot {
            let frame = unsafe current.assumingMemoryBound(to: CallFrame.self).pointee
            if frame.isWhole, let header = unsafe frame.given?.pointee.header,
                (header.flags & MessageFlags.sent != 0) == isSent
            {
                return header
            }
            unsafe slot = frame.outer
        }
        return nil
    }
}
