internal import RatCore
internal import RatIPC
internal import RatSystem

/// A timer that can be waited for, alone or together with other objects. Nothing runs while it does.
public final class WaitableTimer: Waitable {
    /// What the library knows the timer by.
    public let handle: WaitHandle

    /// A timer that is not set. With automatic reset a wait that ends takes the signal; with manual reset it
    /// stays until the timer is set anew.
    public init(_ reset: Event.Reset = .automatic) throws(RatError) {
        handle = WaitHandle(
            try call { () throws(RatCore.RatError) in
                try RatIPC.WaitableTimer.create(isManualReset: reset == .manual)
            }
        )
    }

    deinit {
        // Nobody else has the handle, so it is open until here.
        try? Objects.close(handle.engine)
    }

    /// Sets the timer, and takes its signal away. It is due after `delay`, at once if that is not positive,
    /// and with a period at every whole period after that: it does not drift. Periods that passed while
    /// nobody waited count as one.
    public func set(after delay: Duration, every period: Duration? = nil) {
        let due = delay > .zero ? deadline(delay) : Instant.now()
        // A period too short to tell is one all the same.
        let nanoseconds = period.map { $0 > .zero ? max($0.nanoseconds, 1) : 0 } ?? 0
        try? RatIPC.WaitableTimer.set(handle.engine, due: due, periodNanoseconds: nanoseconds)
    }

    /// Stops the timer, and takes its signal away.
    public func cancel() {
        try? RatIPC.WaitableTimer.set(handle.engine, due: .distantFuture, periodNanoseconds: 0)
    }
}
