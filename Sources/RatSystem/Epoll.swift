internal import CRatLinux

/// What a descriptor is watched for, or has been found to be.
package struct PollEvents: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Something to read, or the end.
    package static var readable: PollEvents { PollEvents(rawValue: 0x001) }
    /// Room to write.
    package static var writable: PollEvents { PollEvents(rawValue: 0x004) }
    /// An error or the end, which is reported without being asked for.
    package static var ended: PollEvents { PollEvents(rawValue: 0x018) }
}

/// An owned set of descriptors that the kernel watches.
package struct EpollSet: ~Copyable {
    private let rawValue: CInt

    package init() throws(Errno) {
        rawValue = try systemCall { rat_linux_epoll_create() }
    }

    deinit {
        _ = close(rawValue)
    }

    /// Its own number.
    package var descriptor: CInt { rawValue }

    /// Watches a descriptor that the set does not have yet.
    package func add(_ descriptor: CInt, for events: PollEvents) throws(Errno) {
        _ = try systemCall {
            rat_linux_epoll_control(rawValue, EPOLL_CTL_ADD, descriptor, events.rawValue)
        }
    }

    /// Changes what a descriptor of the set is watched for.
    package func change(_ descriptor: CInt, to events: PollEvents) {
        // Fails for descriptors that are closed, or not in the set.
        _ = rat_linux_epoll_control(rawValue, EPOLL_CTL_MOD, descriptor, events.rawValue)
    }

    package func remove(_ descriptor: CInt) {
        _ = rat_linux_epoll_control(rawValue, EPOLL_CTL_DEL, descriptor, 0)
    }

    /// Waits until a descriptor is ready or `deadline` passes, and says which are. A signal may end
    /// it early.
    package func wait(until deadline: Instant, _ body: (CInt, PollEvents) -> Void) {
        let capacity = 64
        unsafe withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: capacity) { list in
            let count = unsafe epoll_wait(
                rawValue,
                list.baseAddress,
                CInt(capacity),
                milliseconds(until: deadline)
            )
            guard count > 0 else { return }
            for index in 0..<Int(count) {
                let events = unsafe PollEvents(rawValue: list[index].events)
                let descriptor = unsafe rat_linux_epoll_descriptor(list[index])
                body(descriptor, events)
            }
        }
    }

    /// Rounded up, so that nobody is woken before it is time.
    private func milliseconds(until deadline: Instant) -> CInt {
        guard deadline != .distantFuture else { return -1 }
        guard deadline != .distantPast else { return 0 }
        let now = Instant.now()
        guard deadline > now else { return 0 }
        let rest = (deadline.nanoseconds - now.nanoseconds + 999_999) / 1_000_000
        return CInt(clamping: rest)
    }
}
