package import RatCore

/// A message's head. Field for field the C interface's `RatMessageHeader`, which says what each means.
package struct MessageHeader: Sendable {
    package var message: UInt32
    package var wparam: UInt
    package var lparam: Int
    package var sender: Handle
    package var size: UInt32
    package var priority: Int32
    package var flags: UInt32
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
        self.target = target
        self.time = time
        x = 0
        y = 0
        token = 0
    }
}

/// A message. Field for field the C interface's `RatMessage`.
@safe package struct Message {
    package var header: MessageHeader
    /// `header.size` bytes, aligned to 16. Whose they are and until when, each function says.
    package var unsafePayload: UnsafeMutableRawPointer?

    package init(_ header: MessageHeader) {
        self.header = header
        unsafe unsafePayload = nil
    }
}

/// Priorities of posted messages, as lanes of a queue: the higher the number, the sooner.
enum Lane {
    static let count = 8
    static let normal = 4
    private static let lowestPriority: Int32 = -4

    /// `nil` if there is no such priority.
    static func index(priority: Int32) -> Int? {
        let index = Int(priority) - Int(lowestPriority)
        return index >= 0 && index < count ? index : nil
    }

    static func priority(index: Int) -> Int32 { Int32(index) + lowestPriority }
}

/// Message numbers that the queues themselves know.
package enum QueueMessage {
    package static let quit: UInt32 = 0x0012
    package static let timer: UInt32 = 0x0113
}

/// Bounds of payloads.
package enum Payload {
    /// Larger ones are refused.
    package static let maximumSize = 16 << 20
    /// What a queue holds at most, of all its messages together.
    static let queueBudget = 64 << 20
    /// Up to this size a payload travels inside the queue's own memory.
    static let inlineSize = 64
    static let alignment = 16
}
