internal import RatCore
internal import RatMessaging
internal import RatSystem

extension Window {
    /// Runs the procedure of a window of any thread; 0 if it is gone. On another thread it waits, and what is
    /// sent to this one is handled meanwhile.
    @discardableResult
    static func send(
        _ message: UInt32,
        _ wparam: UInt = 0,
        _ lparam: Int = 0,
        to handle: Handle
    ) -> Int {
        if let window = try? find(handle) { return window.send(message, wparam, lparam) }
        let header = MessageHeader(message: message, wparam: wparam, lparam: lparam)
        var reply = Message(MessageHeader(message: 0))
        return unsafe withUnsafePointer(to: Message(header)) { message in
            try? unsafe Sending.send(message, to: handle, until: .distantFuture, reply: &reply)
            return reply.header.lparam
        }
    }
}
