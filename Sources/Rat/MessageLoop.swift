internal import RatCore
internal import RatMessaging
internal import RatRuntime
internal import RatSystem
internal import RatWindowing

/// The calling thread's message loop.
public enum MessageLoop {
    /// Retrieves, translates and dispatches messages until `quit(_:)`, and gives its exit code. Sleeps while
    /// there is nothing to do.
    ///
    /// It keeps its thread: on the main one, what tasks have to do on the main actor waits until it ends. Tasks
    /// reach windows by `Window.Target` instead.
    public static func run() throws(RatError) -> Int32 {
        while true {
            if let exitCode = try step(until: .distantFuture, nil) { return exitCode }
        }
    }

    /// The same, where some keys are commands of a window: it gets `.command(id:)` for them.
    public static func run(
        _ accelerators: AcceleratorTable,
        for window: Window
    ) throws(RatError) -> Int32 {
        while true {
            let exitCode = try step(until: .distantFuture) { message in
                accelerators.translate(message, for: window)
            }
            if let exitCode { return exitCode }
        }
    }

    /// Retrieves, translates and dispatches what there is, and returns: the exit code after a `quit(_:)`. For
    /// programs whose loop is another.
    public static func runPending() throws(RatError) -> Int32? {
        do throws(RatError) {
            while true {
                if let exitCode = try step(until: .distantPast, nil) { return exitCode }
            }
        } catch {
            guard error.code == .timedOut else { throw error }
            return nil
        }
    }

    /// Takes a message and has it handled, by `handles` if that does so. The exit code, if it is a quit.
    private static func step(
        until deadline: Instant,
        _ handles: ((borrowing RatMessaging.Message) -> Bool)?
    ) throws(RatError) -> Int32? {
        let retrieved = try call { () throws(RatCore.RatError) in
            try ThreadQueue.current().take(until: deadline)
        }
        switch retrieved {
        case .quit(let message):
            return Int32(truncatingIfNeeded: message.header.wparam)
        case .message(let message):
            if handles?(message) == true { return nil }
            _ = WindowThread.currentIfAny?.translate(message)
            // A message whose window died meanwhile has nobody to go to.
            try? Dispatch.run(message)
            return nil
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
