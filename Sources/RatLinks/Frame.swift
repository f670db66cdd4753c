internal import RatCore
internal import RatMessaging

/// What travels through a ring: a head of 128 bytes, then `size` bytes of payload.
///
/// Plain numbers only: whatever the other side wrote is a value, which is checked where it is used.
struct Frame {
    /// The numbers are the protocol's.
    enum Kind: UInt32 {
        // To the owner, in the ring of posts.
        case post = 1
        // To the owner, in the ring of calls. Each but the last two is answered.
        case postWithOptions = 2
        case send = 3
        case take = 4
        case peek = 5
        case info = 6
        case cancel = 7
        case notify = 8
        case withdraw = 9
        // To the visitor.
        case answer = 16
    }

    static let headSize = 128
    /// The token of the answer to a watch; no request has it.
    static let watchToken = UInt64.max

    var kind: UInt32
    /// Of an answer: 0, or a `RatError`.
    var status: UInt32 = 0
    /// The visitor's number of a call.
    var token: UInt64 = 0
    var message: UInt32 = 0
    var priority: Int32 = 0
    var wparam: UInt64 = 0
    var lparam: Int64 = 0
    var sender: UInt64 = 0
    /// Bytes of payload.
    var size: UInt32 = 0
    var flags: UInt32 = 0
    var time: UInt64 = 0
    var x: Int32 = 0
    var y: Int32 = 0
    /// What a kind needs beside the message.
    var extra: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0, 0)
    private var unused: UInt64 = 0

    init(_ kind: Kind, token: UInt64 = 0) {
        self.kind = kind.rawValue
        self.token = token
    }

    /// Fills in a message, whose payload was checked to have that size.
    mutating func carry(_ header: MessageHeader, size: Int) {
        message = header.message
        priority = header.priority
        wparam = UInt64(header.wparam)
        lparam = Int64(header.lparam)
        sender = header.sender.rawValue
        self.size = UInt32(size)
        flags = header.flags
        time = header.time
        x = header.x
        y = header.y
    }

    /// The message, without its payload.
    var header: MessageHeader {
        var header = MessageHeader(
            message: message,
            wparam: UInt(wparam),
            lparam: Int(lparam),
            time: time
        )
        header.priority = priority
        header.sender = Handle(rawValue: sender)
        header.size = size
        header.flags = flags
        header.x = x
        header.y = y
        return header
    }
}
