internal import RatCore
internal import RatIPC

/// A signal that threads wait for.
public final class Event: Waitable {
    /// What a signal does.
    public enum Reset: Sendable {
        /// It releases one waiter, the one that has waited longest, and is gone.
        case automatic
        /// It releases everybody, until `reset()`.
        case manual
    }

    /// What the library knows the event by.
    public let handle: WaitHandle

    /// An event, signalled from the start or not.
    public init(_ reset: Reset = .automatic, isSignaled: Bool = false) throws(RatError) {
        handle = WaitHandle(
            try call { () throws(RatCore.RatError) in
                try RatIPC.Event.create(isManualReset: reset == .manual, isSignaled: isSignaled)
            }
        )
    }

    deinit {
        // Nobody else has the handle, so it is open until here.
        try? Objects.close(handle.engine)
    }

    /// Signals the event.
    public func set() {
        try? RatIPC.Event.set(handle.engine)
    }

    /// Takes the signal away.
    public func reset() {
        try? RatIPC.Event.reset(handle.engine)
    }
}
