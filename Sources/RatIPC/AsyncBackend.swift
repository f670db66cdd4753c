internal import RatSystem

/// What a backend is asked to do. Buffers stay where they are until the end is reported.
@safe enum AsyncOperation {
    /// Says when the descriptor is ready.
    case poll(CInt, PollEvents)
    case receive(CInt, UnsafeMutableRawBufferPointer)
    case send(CInt, UnsafeRawBufferPointer)
    case accept(CInt)
}

/// The kernel's way of doing several things at a time. Used by the reactor's thread alone, but for
/// `wakeUp`.
///
/// Every operation that was begun ends once, in a `wait`, whether it was cancelled or not: with a
/// count, or with an errno below zero, which is ECANCELED for one that was cancelled in time.
protocol AsyncBackend: AnyObject {
    /// Whether it does more than poll.
    var transfersData: Bool { get }
    /// Begins an operation, of which there is no other with that number.
    func start(_ operation: AsyncOperation, number: UInt64)
    /// Asks for the early end of an operation that has not ended.
    func cancel(number: UInt64)
    /// Waits until an operation ends, `wakeUp` is called or `deadline` passes. May return for no
    /// reason. `didEnd` must not call the backend.
    func wait(until deadline: Instant, _ didEnd: (_ number: UInt64, _ result: Int) -> Void)
    /// Ends a wait, or the next one. Any thread.
    func wakeUp()
}

/// Which backend a process uses.
package enum AsyncEngine: Sendable {
    /// io_uring where the kernel allows it, else epoll.
    case automatic
    case uring
    case epoll
}
