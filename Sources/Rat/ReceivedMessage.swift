internal import RatMessaging

/// A message as it lies in the library's memory, read there and not copied.
///
/// It has one owner and goes when that lets go of it. Its payload is borrowed: the compiler lets no span of it
/// outlive it, whatever is retrieved meanwhile.
public struct ReceivedMessage: ~Copyable, Sendable {
    private let taken: TakenMessage
    /// What to answer, if its sender waits for a reply.
    public let request: Request?

    init(_ taken: consuming TakenMessage) {
        request = Request(taken.header)
        self.taken = taken
    }

    /// The message's number.
    public var number: UInt32 { taken.header.message }
    /// First parameter.
    public var wparam: UInt { taken.header.wparam }
    /// Second parameter.
    public var lparam: Int { taken.header.lparam }
    /// The engine's number of the process that it came from.
    var origin: UInt32 { taken.header.origin }
    /// -4 to 3.
    public var priority: Int { Int(taken.header.priority) }
    /// Whether its sender waits for a reply.
    public var isRequest: Bool { request != nil }

    /// What else it carries, where it lies. Aligned to 16 bytes.
    public var payload: RawSpan {
        @_lifetime(borrow self)
        get {
            let bytes = unsafe RawSpan(_unsafeBytes: taken.unsafePayload)
            // The memory is the message's own, and goes with it.
            return unsafe _overrideLifetime(bytes, borrowing: self)
        }
    }

    /// The value that the message carries; `nil` if what it carries has another size. See
    /// `Message.value(as:)`.
    public func value<Value: BitwiseCopyable>(as type: Value.Type = Value.self) -> Value? {
        payload.value(as: type)
    }
}
