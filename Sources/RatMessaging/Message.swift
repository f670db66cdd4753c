package import RatCore
internal import RatSystem
internal import Synchronization

/// A message's head. Field for field the C interface's `RatMessageHeader`, which says what each means.
package struct MessageHeader: Sendable {
    package var message: UInt32
    package var wparam: UInt
    package var lparam: Int
    package var sender: Handle
    package var size: UInt32
    package var priority: Int32
    package var flags: UInt32
    package var origin: UInt32
    package var target: Handle
    package var time: UInt64
    package var x: Int32
    package var y: Int32
    package var token: UInt64

    package init(
        message: UInt32,
        wparam: UInt = 0,
        lparam: Int = 0,
        target: Handle = .invalid,
        time: UInt64 = 0
    ) {
        self.message = message
        self.wparam = wparam
        self.lparam = lparam
        sender = .invalid
        size = 0
        priority = 0
        flags = 0
        origin = 0
        self.target = target
        self.time = time
        x = 0
        y = 0
        token = 0
    }
}

/// A message. Field for field the C interface's `RatMessage`.
@safe @usableFromInline package struct Message {
    package var header: MessageHeader
    /// `header.size` bytes, aligned to 16. Whose they are and until when, each function says.
    package var unsafePayload: UnsafeMutableRawPointer?

    package init(_ header: MessageHeader) {
        self.header = header
        unsafe unsafePayload = nil
    }
}

/// Bits of a header's `flags`; the C interface's.
package enum MessageFlags {
    /// It was sent, not posted.
    package static let sent: UInt32 = 1
    /// Its sender wants a reply.
    package static let request: UInt32 = 2
}

/// Message numbers that the queues themselves know.
package enum QueueMessage {
    package static let copyData: UInt32 = 0x004A
    package static let quit: UInt32 = 0x0012
    package static let timer: UInt32 = 0x0113
}

/// Bounds of payloads.
package enum Payload {
    /// Larger ones are refused.
    package static let maximumSize = 16 << 20
    /// What a queue holds at most, of all its messages together, unless its owner says otherwise.
    package static let defaultBudget = 64 << 20
    /// Up to this size a payload travels inside the node of its message. Beyond it an allocation is made;
    /// a larger node would cost every sent message without a payload.
    package static let inlineSize = 64
    static let alignment = 16
}

extension MessageHeader {
    /// Sets what the library says and the poster does not.
    @inline(__always) mutating func stamp(target: Handle, time: UInt64, position: UInt64) {
        self.target = target
        self.time = time
        flags = 0
        origin = 0
        token = 0
        x = Int32(truncatingIfNeeded: position)
        y = Int32(truncatingIfNeeded: position >> 32)
    }
}

extension Message {
    /// As the calling thread gets it, where sending is a call.
    func stamped(for target: Handle) -> Message {
        var stamped = self
        let queue = ThreadQueue.currentIfAny?.queue
        stamped.header.stamp(
            target: target,
            time: Instant.nowCoarse().nanoseconds,
            position: queue?.record.pointerPosition.load(ordering: .relaxed) ?? 0
        )
        return stamped
    }
}

extension UnsafePointer<Message> {
    /// How many bytes of payload the message has, if what it says of them can be.
    @inline(__always) func checkedSize() throws(RatError) -> Int {
        let size = unsafe Int(pointee.header.size)
        guard size <= Payload.maximumSize else { throw .invalidArgument }
        guard unsafe size == 0 || pointee.unsafePayload != nil else { throw .invalidArgument }
        return size
    }

    /// Refuses what points to memory of a sender who will not wait: such a message is only sent to windows.
    @inline(__always) func checkMayArriveLater(at target: Handle) throws(RatError) {
        guard unsafe PointerMessages.has(pointee.header.message, pointee.header.wparam) else {
            return
        }
        if target.isOfKind(.window) { throw .notSupported }
    }
}
