import RatCore
import RatSystem
import RatTestSupport

@testable import RatMessaging

/// The calls of the tests of sending, short.
enum Send {
    typealias Outcome = Result<Int, RatError>

    /// Sends without payload; the reply's lparam.
    static func send(
        _ number: UInt32,
        _ wparam: UInt = 0,
        to target: Handle,
        until deadline: Instant = Patience.deadline,
        isBlocking: Bool = false
    ) -> Outcome {
        Outcome { () throws(RatError) in
            let message = Message(MessageHeader(message: number, wparam: wparam))
            var reply = Message(MessageHeader(message: 0))
            try unsafe withUnsafePointer(to: message) { message throws(RatError) in
                try unsafe Sending.send(
                    message,
                    to: target,
                    until: deadline,
                    isBlocking: isBlocking,
                    reply: &reply
                )
            }
            return reply.header.lparam
        }
    }

    static func notify(_ number: UInt32, _ wparam: UInt = 0, to target: Handle) throws(RatError) {
        let message = Message(MessageHeader(message: number, wparam: wparam))
        try unsafe withUnsafePointer(to: message) { message throws(RatError) in
            try unsafe Sending.notify(message, to: target)
        }
    }

    /// Answers a request with a number, and so many bytes. Whether somebody waited for it.
    @discardableResult static func reply(
        _ request: Message,
        _ result: Int,
        size: Int = 0
    ) -> Bool {
        var bytes = pattern(size)
        return unsafe bytes.withUnsafeMutableBytes { bytes in
            var reply = Message(result: result)
            reply.header.size = UInt32(size)
            unsafe reply.unsafePayload = size > 0 ? bytes.baseAddress : nil
            return unsafe (try? Sending.reply(to: request.header.token, &reply)) != nil
        }
    }

    /// Retrieves the next message and answers it with `result`. Whether somebody waited for it.
    static func serve(_ queue: Handle, _ result: Int = 0) -> Bool {
        guard let request = try? MessageQueue.take(from: queue, until: Patience.deadline) else {
            return false
        }
        return reply(request, result)
    }

    /// Makes the calling thread one that retrieves from a queue; there is nothing in it.
    static func becomeRetriever(of queue: Handle) {
        _ = try? Queue.take(queue)
    }
}
