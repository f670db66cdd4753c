internal import RatCore
internal import RatRuntime

/// Something that threads wait for, alone or together with others (`Wait`): events, mutexes, semaphores,
/// timers and queues.
///
/// Only the library's own types are waitable; a type of yours that conforms cannot be waited for.
public protocol Waitable: AnyObject, Sendable {
    /// What the library knows the object by.
    var handle: WaitHandle { get }
}

extension Waitable {
    /// Waits until the object is signalled, and takes its signal; `false` if the timeout passed first.
    /// Without a timeout it waits for ever. Blocks the thread.
    ///
    /// Waiting for a queue takes no message from it. A mutex whose owner ended without releasing it is taken
    /// all the same; `WaitableMutex.lock(timeout:)` tells.
    public func wait(timeout: Duration? = nil) -> Bool {
        switch Waiting.forOne(handle.engine, until: deadline(timeout)) {
        case .signaled, .abandoned: true
        case .timedOut, .failed: false
        }
    }
}

/// What the library knows a waitable object by. It keeps nothing alive.
public struct WaitHandle: Hashable, Sendable {
    let engine: Handle

    init(_ engine: Handle) {
        self.engine = engine
    }
}
