import RatCore
import RatSystem
import RatTestSupport

@testable import RatMessaging

/// What was retrieved, as a value: messages themselves hold raw memory.
struct Received: Equatable, Sendable {
    var number: UInt32
    var wparam: UInt = 0
    var priority: Int32 = 0
    var payload: [UInt8] = []

    init(_ number: UInt32, wparam: UInt = 0, priority: Int32 = 0, payload: [UInt8] = []) {
        self.number = number
        self.wparam = wparam
        self.priority = priority
        self.payload = payload
    }

    init(_ message: Message) {
        number = message.header.message
        wparam = message.header.wparam
        priority = message.header.priority
        payload = message.bytes
    }
}

extension Message {
    /// A copy of the payload as it is now.
    var bytes: [UInt8] {
        let bytes = unsafe UnsafeRawBufferPointer(
            start: unsafePayload,
            count: Int(header.size)
        )
        return unsafe [UInt8](bytes)
    }
}

/// The calls of the tests, short.
enum Queue {
    static func make(capacity: Int = 0) throws -> Handle {
        try MessageQueue.create(capacity: capacity)
    }

    static func post(_ message: Received, to queue: Handle) throws(RatError) {
        try withMessage(message) { copy throws(RatError) in
            try MessageQueue.post(copy, to: queue)
        }
    }

    /// Posts as the options say. The token, if one is wanted.
    static func post(
        _ message: Received,
        to queue: Handle,
        _ options: PostOptions
    ) throws(RatError) -> UInt64 {
        try withMessage(message) { copy throws(RatError) in
            try unsafe withUnsafePointer(to: copy) { pointer throws(RatError) in
                try unsafe MessageQueue.post(pointer, to: queue, options)
            }
        }
    }

    /// Runs `body` with what posting takes.
    private static func withMessage<Value>(
        _ message: Received,
        _ body: (Message) throws(RatError) -> Value
    ) throws(RatError) -> Value {
        var header = MessageHeader(message: message.number, wparam: message.wparam)
        header.priority = message.priority
        header.size = UInt32(message.payload.count)
        var payload = message.payload
        let result = unsafe payload.withUnsafeMutableBytes { bytes in
            var copy = Message(header)
            unsafe copy.unsafePayload = bytes.isEmpty ? nil : bytes.baseAddress
            return Result { () throws(RatError) in try body(copy) }
        }
        return try result.get()
    }

    /// The next message, if there is one.
    static func take(_ queue: Handle) throws(RatError) -> Message {
        try MessageQueue.take(from: queue, until: .distantPast)
    }

    static func drain(_ queue: Handle) -> [Received] {
        var all: [Received] = []
        while let message = try? take(queue) { all.append(Received(message)) }
        return all
    }
}

extension MessageQueue {
    /// A look at the next message.
    static func peek(_ handle: Handle) throws(RatError) -> Message {
        var message = Message(MessageHeader(message: 0))
        _ = try unsafe Retrieval.peek(handle, into: &message)
        return message
    }
}

/// Bytes that tell their place and `seed`.
func pattern(_ count: Int, seed: UInt8 = 0) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) &+ seed }
}
