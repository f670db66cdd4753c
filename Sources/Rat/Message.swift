internal import RatCore
internal import RatMessaging

/// A message: a number, two parameters whose meaning is the number's, and perhaps some bytes.
///
/// Two messages are equal if they say the same; whether they are requests makes no difference.
public struct Message: Sendable {
    /// The message's number.
    public var number: UInt32
    /// First parameter.
    public var wparam: UInt
    /// Second parameter.
    public var lparam: Int
    /// -4 to 3; higher ones are retrieved first.
    public var priority: Int
    /// What else it carries; copied when it is posted.
    public var payload: [UInt8]
    /// What to answer, if this message was retrieved and its sender waits for a reply.
    public private(set) var request: Request?
    /// The engine's number of the process that it came from.
    private(set) var origin: UInt32 = 0

    /// A message to post. Numbers from `Message.app` on are the program's own.
    public init(
        _ number: UInt32,
        wparam: UInt = 0,
        lparam: Int = 0,
        priority: Int = 0,
        payload: [UInt8] = []
    ) {
        self.number = number
        self.wparam = wparam
        self.lparam = lparam
        self.priority = priority
        self.payload = payload
    }

    /// A message that carries a value, for `value(as:)`.
    public init<Value: BitwiseCopyable>(_ number: UInt32, _ value: Value, priority: Int = 0) {
        let payload = unsafe withUnsafeBytes(of: value) { unsafe [UInt8]($0) }
        self.init(number, priority: priority, payload: payload)
    }

    /// The first number for a program's own messages.
    public static let app: UInt32 = 0x8000

    /// Whether its sender waits for a reply.
    public var isRequest: Bool { request != nil }

    /// The value that the message carries; `nil` if what it carries has another size.
    ///
    /// The size is all that is checked: the message's number has to say which type it is. So ask for types
    /// like `Bool` and enumerations, of which not all bytes are values, only where you know the poster.
    public func value<Value: BitwiseCopyable>(as type: Value.Type = Value.self) -> Value? {
        unsafe payload.span.bytes.value(as: type)
    }
}

extension Message: Equatable {
    /// Whether both say the same.
    public static func == (left: Message, right: Message) -> Bool {
        left.number == right.number && left.wparam == right.wparam && left.lparam == right.lparam
            && left.priority == right.priority && left.payload == right.payload
    }
}

extension RawSpan {
    /// The value of exactly these bytes.
    func value<Value: BitwiseCopyable>(as type: Value.Type) -> Value? {
        guard byteCount == MemoryLayout<Value>.size else { return nil }
        return unsafe unsafeLoadUnaligned(as: type)
    }
}

// MARK: - The engine's message

extension Message {
    /// A copy of the engine's, of which no request is to be answered here.
    init(_ message: borrowing RatMessaging.Message) {
        self.init(message.header)
        if let bytes = unsafe message.unsafePayload {
            payload = unsafe Array(
                UnsafeRawBufferPointer(start: bytes, count: Int(message.header.size))
            )
        }
    }

    /// A copy of one that was taken out of a queue.
    init(_ message: consuming TakenMessage) {
        self.init(message.header)
        payload = unsafe Array(message.unsafePayload)
        request = Request(message.header)
    }

    private init(_ header: MessageHeader) {
        self.init(
            header.message,
            wparam: header.wparam,
            lparam: header.lparam,
            priority: Int(header.priority)
        )
        origin = header.origin
    }

    /// Posts a copy of it to a queue or window.
    func post(to target: Handle) throws(RatError) {
        try unsafe withEngine { message throws(RatCore.RatError) in
            try unsafe RatMessaging.MessageQueue.post(message, to: target)
        }
    }

    /// Runs a call of the engine with the message, which lives as long as the call.
    func withEngine<Value>(
        _ body: (UnsafePointer<RatMessaging.Message>) throws(RatCore.RatError) -> Value
    ) throws(RatError) -> Value {
        var header = MessageHeader(message: number, wparam: wparam, lparam: lparam)
        header.priority = Int32(clamping: priority)
        return try unsafe header.withMessage(carrying: payload.span.bytes, body)
    }
}

extension MessageHeader {
    /// Runs a call of the engine with a message of this head. The engine copies what it keeps.
    func withMessage<Value>(
        carrying payload: RawSpan,
        _ body: (UnsafePointer<RatMessaging.Message>) throws(RatCore.RatError) -> Value
    ) throws(RatError) -> Value {
        guard payload.byteCount <= Payload.maximumSize else { throw RatError(.invalidArgument) }
        var message = RatMessaging.Message(self)
        message.header.size = UInt32(payload.byteCount)
        return try call { () throws(RatCore.RatError) in
            try unsafe payload.withUnsafeBytes { bytes throws(RatCore.RatError) in
                unsafe message.unsafePayload = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
                return try unsafe body(&message)
            }
        }
    }
}
