internal import RatCore
internal import RatMessaging

/// A request that was retrieved: somebody waits for the reply to it, from any thread or task, once.
///
/// Where nobody keeps it any more and nobody has replied, the sender gets `.notConnected`.
public final class Request: Sendable {
    private let token: UInt64

    /// `nil` for a message whose sender does not wait.
    init?(_ header: MessageHeader) {
        guard header.token != 0 else { return nil }
        token = header.token
    }

    deinit {
        // Says nothing to a sender that has its reply.
        Sending.fail(token, .notConnected)
    }

    /// Answers it, and lets the sender go on. Throws `.notFound` if it was answered already, or its sender has
    /// given up.
    public func reply(_ reply: Message = Message(0)) throws(RatError) {
        try unsafe reply.withEngine { message throws(RatCore.RatError) in
            try unsafe Sending.reply(to: token, message)
        }
    }

    /// Answers it with a value, for `value(as:)`.
    @inlinable public func reply<Value: BitwiseCopyable>(_ value: Value) throws(RatError) {
        try unsafe withUnsafeBytes(of: value) { bytes throws(RatError) in
            try unsafe reply(bytes: RawSpan(_unsafeBytes: bytes))
        }
    }

    /// Answers it with bytes, which are copied.
    public func reply(bytes: RawSpan) throws(RatError) {
        try unsafe MessageHeader(message: 0).withMessage(carrying: bytes) {
            message throws(RatCore.RatError) in
            try unsafe Sending.reply(to: token, message)
        }
    }
}
