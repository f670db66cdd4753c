internal import CRatLinux

/// What to wait for on a descriptor.
package struct PollInterest: Equatable, Sendable {
    package var descriptor: CInt
    /// Whether room to write is meant; else something to read, or the end.
    package var isForWriting: Bool

    package init(descriptor: CInt, isForWriting: Bool = false) {
        self.descriptor = descriptor
        self.isForWriting = isForWriting
    }
}

/// Descriptors that one thread polls together. The first place is the thread's own wake-up. An empty set
/// allocates nothing, and is not to be polled.
@safe package struct PollSet {
    private var list: [pollfd]

    /// Polls `interests`, in their order, beside the thread's own wake-up.
    package init(_ interests: [PollInterest]) {
        guard !interests.isEmpty else {
            list = []
            return
        }
        list = [pollfd(fd: -1, events: Int16(POLLIN), revents: 0)]
        list.reserveCapacity(interests.count + 1)
        for interest in interests {
            let events = interest.isForWriting ? POLLOUT : POLLIN
            list.append(pollfd(fd: interest.descriptor, events: Int16(events), revents: 0))
        }
    }

    package var isEmpty: Bool { list.isEmpty }

    /// What ends a poll from another thread; -1 for nothing.
    package mutating func setWakeUp(_ descriptor: CInt) {
        list[0].fd = descriptor
    }

    /// Waits until something is ready or `deadline` passes. A signal, or an error of the kernel, may end it
    /// early: the caller looks at its objects again whatever ended it.
    package mutating func wait(until deadline: Instant) {
        for index in list.indices { list[index].revents = 0 }
        let count = UInt32(list.count)
        unsafe list.withUnsafeMutableBufferPointer { buffer in
            guard deadline != .distantFuture else {
                _ = unsafe rat_linux_ppoll(buffer.baseAddress, count, nil)
                return
            }
            let now = deadline == .distantPast ? .distantPast : Instant.now()
            let rest = deadline > now ? deadline.nanoseconds - now.nanoseconds : 0
            var timeout = Instant(nanoseconds: rest).timespec
            _ = unsafe rat_linux_ppoll(buffer.baseAddress, count, &timeout)
        }
    }

    /// Whether the last wait found the thread's own wake-up.
    package var hasWokenUp: Bool { list[0].revents != 0 }

    /// Whether the last wait found the interest at this place ready: readable, writable, ended or failed.
    package func isReady(_ place: Int) -> Bool {
        list[place + 1].revents != 0
    }

    /// The first place that the last wait found ready.
    package var firstReady: Int? {
        list.dropFirst().firstIndex { $0.revents != 0 }.map { $0 - 1 }
    }
}
