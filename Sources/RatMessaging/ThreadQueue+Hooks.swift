internal import RatCore
internal import RatSystem

/// What of retrieving hooks see.
extension ThreadQueue {
    /// Shows a retrieved message to the hooks, which may make another one of it.
    @inline(never) func hooked(
        _ found: Found,
        _ wish: QueueReference.Wish,
        _ message: UnsafeMutablePointer<Message>
    ) -> Found {
        // Of a message whose payload is too large there is nothing but the head, and it comes again.
        guard found != .tooLarge, Hooks.has(.getMessage) else { return found }
        _ = Hooks.call(
            .getMessage,
            HookCode.action,
            wish.isRemoving ? 1 : 0,
            Int(bitPattern: message)
        )
        return unsafe message.pointee.isPostedQuit ? .quit : .message
    }

    /// Tells the hooks that the thread, which has the active window, is about to wait. Whether any were told.
    @inline(never) func tellIdle() -> Bool {
        guard source?.isForeground == true, Hooks.has(.foregroundIdle) else { return false }
        _ = Hooks.call(.foregroundIdle, HookCode.action, 0, 0)
        return true
    }

    /// Asks the filter hooks of the calling thread about a message that a loop of its own has retrieved.
    package static func callFilter(_ message: UnsafeMutablePointer<Message>, code: Int32) -> Bool {
        Hooks.call(.messageFilter, code, 0, Int(bitPattern: message)) != 0
    }
}
