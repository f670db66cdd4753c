import Glibc
import RatCore
import RatIPC
import RatMessaging
import RatSystem
import RatTestSupport

@testable import RatLinks

/// The calls of the tests, short.
enum Place {
    private static let serial = Guarded(0)

    /// A name that no other test has.
    static func newName() throws -> ObjectName {
        _ = RuntimeDirectory.path
        let number = serial.withLock { serial in
            serial += 1
            return serial
        }
        return try ObjectName(Array("queue-\(getpid())-\(number)".utf8))
    }

    static func make(
        _ name: ObjectName,
        _ options: QueueOptions = QueueOptions()
    ) throws -> Handle {
        try NamedQueue.create(name, options)
    }

    /// Opens a queue of this process as another process would.
    static func visit(_ name: ObjectName) throws -> Handle {
        let socket = try QueueNames(of: name, isCreating: false).find()
        let peer = try socket.peer()
        return try NamedQueue.connect(to: name, by: socket, of: peer)
    }

    static func message(_ number: UInt32, _ wparam: UInt = 0) -> Message {
        Message(MessageHeader(message: number, wparam: wparam))
    }

    static func post(_ number: UInt32, _ wparam: UInt = 0, to queue: Handle) throws(RatError) {
        try MessageQueue.post(message(number, wparam), to: queue)
    }

    /// Posts bytes that tell their number.
    static func post(_ number: UInt32, size: Int, to queue: Handle) throws {
        var bytes = pattern(size, number)
        try unsafe bytes.withUnsafeMutableBytes { bytes in
            var message = message(number)
            message.header.size = UInt32(size)
            unsafe message.unsafePayload = bytes.baseAddress
            try MessageQueue.post(message, to: queue)
        }
    }

    static func pattern(_ size: Int, _ number: UInt32) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ Int(number)) }
    }

    /// The next message within the tests' patience, with its payload.
    static func take(
        _ queue: Handle,
        until deadline: Instant = Patience.deadline
    ) throws(RatError) -> (header: MessageHeader, payload: [UInt8]) {
        var message = Message(MessageHeader(message: 0))
        _ = try unsafe Retrieval.take(from: queue, .all, until: deadline, into: &message)
        let bytes = unsafe UnsafeRawBufferPointer(
            start: message.unsafePayload,
            count: Int(message.header.size)
        )
        return (message.header, unsafe Array(bytes))
    }

    /// Sends, and gives what came back.
    static func send(_ wparam: UInt, to queue: Handle) throws(RatError) -> UInt {
        var reply = Message(MessageHeader(message: 0))
        try unsafe withUnsafePointer(to: message(1, wparam)) { pointer throws(RatError) in
            try unsafe Sending.send(
                pointer,
                to: queue,
                until: Patience.deadline,
                isBlocking: false,
                reply: &reply
            )
        }
        return reply.header.wparam
    }
}
