internal import RatCore
internal import RatMessaging

/// What becomes of messages, told to the program as it happens.
///
/// The environment's `RAT_TRACE=messages` prints the same.
public enum MessageTrace {
    /// What happened.
    public enum Kind: UInt32, Sendable {
        /// A message is posted.
        case post = 1
        /// A message is sent: to a handler of this thread, which is called now, or to another thread's.
        case send = 2
        /// A handler is called with what was retrieved, or sent by another thread.
        case dispatch = 3
        /// It has returned, or the reply from another thread is there.
        case endOfCall = 4
        /// What was posted was refused, or what was sent to another thread was not answered: `result` is the
        /// status of the C interface.
        case failure = 5
    }

    /// One thing that happened.
    public struct Event: Sendable {
        /// What it was.
        public let kind: Kind
        /// Which message.
        public let message: Message
        /// Names the window or queue among those of the process; the C interface's handle.
        public let target: UInt64
        /// What was answered, at the end of a call.
        public let result: Int
        /// The system's number of the thread.
        public let thread: UInt32
        /// How many procedures of the thread are running around it.
        public let depth: Int
    }

    /// Has `body` called with what becomes of messages, on the threads where it happens, in the place of what was
    /// called before.
    ///
    /// `filter` is a list such as `WM_SIZE,WM_APP..0xBFFF,!WM_TIMER`; "" is everything.
    public static func start(
        _ filter: String = "",
        _ body: @escaping @Sendable (Event) -> Void
    ) throws(RatError) {
        try call { () throws(RatCore.RatError) in
            try unsafe Trace.listen(filter) { event in
                body(Event(unsafe event.pointee))
            }
        }
    }

    /// Ends the calls.
    public static func stop() {
        // An empty filter is one.
        unsafe try? Trace.listen("", nil)
    }
}

extension Message {
    /// What the message's number is called: `WM_SIZE`, or what it was registered as; `nil` if it has no name.
    public var name: String? {
        unsafe MessageNames.name(of: number).map { unsafe String(cString: $0) }
    }

    /// The number that this name stands for in the whole process, 0xC000 to 0xFFFF. Names are 1 to 255 bytes, and
    /// compared without regard to ASCII case.
    public static func register(_ name: String) throws(RatError) -> UInt32 {
        try call { () throws(RatCore.RatError) in try RegisteredMessages.register(name) }
    }
}
