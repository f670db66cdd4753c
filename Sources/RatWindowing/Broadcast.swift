package import RatCore
package import RatMessaging
package import RatSystem

/// Messages for all top-level windows of the process, in the place of one target.
///
/// Hidden, disabled and owned windows get them too; children and message-only windows do not. As in Win32, a
/// number that means something to one class of windows only, WM_USER up to 0xBFFF, reaches nobody.
package enum Broadcast {
    /// What names them all. No handle of a window is so small.
    package static let target = Handle(rawValue: 0xFFFF)

    /// Whether a call that failed was meant for all windows.
    package static func isMeant(by handle: Handle, _ error: RatError) -> Bool {
        handle == target && error == .invalidHandle
    }

    /// Posts it to each, and fails as the first of them that could not take it; the others have it.
    package static func post(_ message: UnsafePointer<Message>) throws(RatError) {
        try unsafe forEach(message) { window throws(RatError) in
            try unsafe MessageQueue.post(message, to: window)
        }
    }

    /// Sends it to one after the other. Who does not answer in time, or not at all, does not keep the others
    /// from it.
    package static func send(
        _ message: UnsafePointer<Message>,
        until deadline: () -> Instant,
        isBlocking: Bool,
        reply: UnsafeMutablePointer<Message>?
    ) throws(RatError) {
        try unsafe forEach(message, ignoresFailures: true) { window throws(RatError) in
            try unsafe Sending.send(
                message,
                to: window,
                until: deadline(),
                isBlocking: isBlocking,
                reply: nil
            )
        }
        unsafe reply?.pointee = Message(MessageHeader(message: 0, lparam: 1))
    }

    package static func notify(_ message: UnsafePointer<Message>) throws(RatError) {
        try unsafe forEach(message) { window throws(RatError) in
            try unsafe Sending.notify(message, to: window)
        }
    }

    /// `callback` is called once for each window.
    package static func send(
        _ message: UnsafePointer<Message>,
        context: UnsafeMutableRawPointer?,
        callback: SendCallback
    ) throws(RatError) {
        try unsafe forEach(message) { window throws(RatError) in
            try unsafe Sending.send(message, to: window, context: context, callback: callback)
        }
    }

    private static func forEach(
        _ message: UnsafePointer<Message>,
        ignoresFailures: Bool = false,
        _ body: (Handle) throws(RatError) -> Void
    ) throws(RatError) {
        let header = unsafe message.pointee.header
        guard header.message < 0x0400 || RegisteredMessages.numbers.contains(header.message) else {
            return
        }
        var failure: RatError?
        for window in try WindowTree.topLevel(of: nil) {
            do throws(RatError) {
                try body(window)
            } catch {
                // One that has died meanwhile is none of those that are there.
                if error != .invalidHandle { failure = failure ?? error }
            }
        }
        if let failure, !ignoresFailures { throw failure }
    }
}
