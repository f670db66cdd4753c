internal import RatCore
internal import RatMessaging
internal import RatRuntime
internal import RatSystem
internal import RatWindowing

/// The calling thread's message loop.
public enum MessageLoop {
    /// Retrieves, translates and dispatches messages until `quit(_:)`, and gives its exit code. Sleeps while
    /// there is nothing to do.
    public static func run() throws(RatError) -> Int32 {
        let queue = try call { () throws(RatCore.RatError) in try ThreadQueue.current() }
        while true {
            let retrieved = try call { () throws(RatCore.RatError) in
                try queue.take(until: .distantFuture)
            }
            switch retrieved {
            case .quit(let message):
                return Int32(truncatingIfNeeded: message.header.wparam)
            case .message(let message):
                _ = WindowThread.currentIfAny?.translate(message)
                // A message whose window died meanwhile has nobody to go to.
                try? Dispatch.run(message)
            }
        }
    }

    /// Ends the loop of the calling thread, after every message that is posted.
    public static func quit(_ exitCode: Int32 = 0) {
        // Without a queue the thread has no loop to end.
        try? ThreadQueue.current().postQuit(exitCode)
    }
}

/// The display of the process.
public enum Display {
    /// Chooses it: "x11", "x11::1", "headless" or "auto". Without this call the first window does, by the
    /// variable RAT_DISPLAY.
    public static func attach(_ name: String) throws(RatError) {
        try call { () throws(RatCore.RatError) in try Displays.attach(name) }
    }
}
