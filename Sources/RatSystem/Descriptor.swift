internal import CRatLinux

/// An owned `eventfd`, used to wake a thread that is blocked in a poll.
///
/// Signals coalesce: any number of signals before a drain count as one.
package struct EventDescriptor: ~Copyable {
    package let rawValue: CInt

    package init() throws(Errno) {
        rawValue = try systemCall { rat_linux_eventfd() }
    }

    deinit {
        // On Linux the descriptor is gone even when close reports EINTR, so a retry could close somebody
        // else's.
        _ = close(rawValue)
    }

    /// Makes the descriptor readable. Safe from any thread.
    package static func signal(_ descriptor: CInt) {
        // EAGAIN: the counter is saturated, so the reader is awake already.
        _ = try? systemCall { eventfd_write(descriptor, 1) }
    }

    /// Makes the descriptor unreadable.
    package func drain() {
        var count: eventfd_t = 0
        // EAGAIN: it was unreadable.
        _ = try? systemCall { unsafe eventfd_read(rawValue, &count) }
    }
}
