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

/// Waiting for descriptors to become ready.
package enum Poll {
    /// Waits until one of two descriptors is readable or has failed, or until `deadline`. A signal may end
    /// it early.
    package static func waitReadable(_ first: CInt, _ second: CInt, until deadline: Instant) {
        var descriptors = (
            pollfd(fd: first, events: Int16(POLLIN), revents: 0),
            pollfd(fd: second, events: Int16(POLLIN), revents: 0)
        )
        let now = deadline == .distantFuture ? .distantPast : Instant.now()
        var timeout = Instant(
            nanoseconds: deadline > now ? deadline.nanoseconds - now.nanoseconds : 0
        ).timespec
        let isBounded = deadline != .distantFuture
        unsafe withUnsafeMutableBytes(of: &descriptors) { bytes in
            unsafe withUnsafeMutablePointer(to: &timeout) { timeout in
                let list = unsafe bytes.assumingMemoryBound(to: pollfd.self)
                // EINTR is an early end, and the caller looks again whatever ended it. Other errors
                // (ENOMEM, EINVAL beyond RLIMIT_NOFILE) are early ends too: a busy wait, not a lost wake.
                _ = unsafe rat_linux_ppoll(list.baseAddress, 2, isBounded ? timeout : nil)
            }
        }
    }
}
