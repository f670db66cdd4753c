internal import RatCore
internal import RatIPC
internal import RatRuntime

/// A mutex that can be waited for together with other objects.
///
/// It belongs to the thread that took it, which may take it again and releases it as often. A thread that
/// ends while it owns one abandons it: the next owner is told. Where nothing else is waited for, the standard
/// library's `Mutex` is the better choice.
public final class WaitableMutex: Waitable {
    /// How taking the mutex ended.
    public enum Acquisition: Equatable, Sendable {
        /// The calling thread owns it.
        case acquired
        /// The same, but the last owner ended without releasing it: what it guards may be half changed.
        case abandoned
        /// The timeout passed first.
        case timedOut
    }

    /// What the library knows the mutex by.
    public let handle: WaitHandle

    /// A mutex, free or owned by the calling thread.
    public init(isOwned: Bool = false) throws(RatError) {
        handle = WaitHandle(
            try call { () throws(RatCore.RatError) in try Mutex.create(isOwned: isOwned) }
        )
    }

    deinit {
        // Nobody else has the handle, so it is open until here.
        try? Objects.close(handle.engine)
    }

    /// Takes the mutex, waiting for it; without a timeout for ever. Blocks the thread. Each acquisition owes
    /// one `unlock()`.
    public func lock(timeout: Duration? = nil) -> Acquisition {
        switch Waiting.forOne(handle.engine, until: deadline(timeout)) {
        case .signaled: .acquired
        case .abandoned: .abandoned
        case .timedOut, .failed: .timedOut
        }
    }

    /// Gives up one of the calling thread's acquisitions. With the last one the mutex goes to the thread that
    /// has waited longest. Throws `.wrongThread` if the calling thread does not own it.
    public func unlock() throws(RatError) {
        try call { () throws(RatCore.RatError) in try Mutex.release(handle.engine) }
    }

    /// Runs `body` while the calling thread owns the mutex.
    public func withLock<Value, Failure: Error>(
        _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        _ = lock()
        // The thread owns it, unless `body` has released more than it took.
        defer { try? unlock() }
        return try body()
    }
}
