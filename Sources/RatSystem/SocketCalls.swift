internal import CRatLinux

/// The system calls on sockets. Each runs once and is not retried: a signal shows as `Errno.interrupted`.
package enum SocketCalls {
    /// Two connected stream sockets, of which the first can only read and the second only write.
    package static func makeOneWayPair() -> (read: CInt, write: CInt, failure: CallResult?) {
        var ends: (CInt, CInt) = (-1, -1)
        let result = unsafe withUnsafeMutableBytes(of: &ends) { bytes in
            let pointer = unsafe bytes.assumingMemoryBound(to: CInt.self).baseAddress
            return attempt { unsafe Int(rat_linux_stream_pair(pointer)) }
        }
        guard result.count != nil else { return (-1, -1, result) }
        // Shuts the other end's way back, too. Fails for sockets without a peer only.
        _ = shutdown(ends.0, CInt(SHUT_WR))
        return (ends.0, ends.1, nil)
    }

    package static func make(domain: CInt, type: CInt) -> CallResult {
        attempt { Int(rat_linux_socket(domain, type)) }
    }

    /// A descriptor is gone even when close reports EINTR, so there is no retry.
    package static func closeDescriptor(_ descriptor: CInt) {
        _ = close(descriptor)
    }

    package static func bind(_ descriptor: CInt, to address: SocketAddress) -> CallResult {
        unsafe address.withBytes { bytes in
            attempt {
                unsafe Int(rat_linux_bind(descriptor, bytes.baseAddress, bytes.count))
            }
        }
    }

    package static func connect(_ descriptor: CInt, to address: SocketAddress) -> CallResult {
        unsafe address.withBytes { bytes in
            attempt {
                unsafe Int(rat_linux_connect(descriptor, bytes.baseAddress, bytes.count))
            }
        }
    }

    package static func listen(_ descriptor: CInt, backlog: CInt) -> CallResult {
        attempt { Int(CRatLinux.listen(descriptor, backlog)) }
    }

    package static func accept(_ descriptor: CInt) -> CallResult {
        attempt { Int(rat_linux_accept(descriptor)) }
    }

    /// Ends one direction or both, and wakes whoever sleeps in a call on the socket.
    package static func shutDown(_ descriptor: CInt, _ direction: ShutDirection) -> CallResult {
        attempt { Int(shutdown(descriptor, direction.rawValue)) }
    }

    /// Sends without ever raising SIGPIPE.
    @inline(__always) package static func send(
        _ descriptor: CInt,
        _ bytes: UnsafeRawBufferPointer,
        isBlocking: Bool
    ) -> CallResult {
        let flags = CInt(MSG_NOSIGNAL) | (isBlocking ? 0 : CInt(MSG_DONTWAIT))
        return attempt {
            unsafe rat_linux_send(descriptor, bytes.baseAddress, bytes.count, flags)
        }
    }

    package static func send(
        _ descriptor: CInt,
        _ bytes: UnsafeRawBufferPointer,
        to address: SocketAddress,
        isBlocking: Bool
    ) -> CallResult {
        let flags = isBlocking ? 0 : CInt(MSG_DONTWAIT)
        return unsafe address.withBytes { target in
            attempt {
                unsafe rat_linux_sendto(
                    descriptor,
                    bytes.baseAddress,
                    bytes.count,
                    flags,
                    target.baseAddress,
                    target.count
                )
            }
        }
    }

    @inline(__always) package static func receive(
        _ descriptor: CInt,
        _ buffer: UnsafeMutableRawBufferPointer,
        isBlocking: Bool
    ) -> CallResult {
        let flags = isBlocking ? 0 : CInt(MSG_DONTWAIT)
        let result = attempt {
            unsafe rat_linux_recv(descriptor, buffer.baseAddress, buffer.count, flags)
        }
        guard isBeyondAddresses(result, buffer.count) else { return result }
        return attempt {
            unsafe rat_linux_recv(descriptor, buffer.baseAddress, modestSize, flags)
        }
    }

    /// Whether a call failed because a size that nobody means reaches beyond the process's addresses from where
    /// the buffer is. The kernel takes such sizes or refuses them as the stack happens to lie; with a
    /// modest size it is the same call.
    private static func isBeyondAddresses(_ result: CallResult, _ count: Int) -> Bool {
        result.rawValue == -Int(EFAULT) && count > modestSize
    }

    /// More than any datagram has.
    private static let modestSize = 1 << 20

    /// Takes a datagram and says how long it was, which may be more than the buffer took.
    package static func receiveDatagram(
        _ descriptor: CInt,
        _ buffer: UnsafeMutableRawBufferPointer,
        from address: inout SocketAddress,
        isBlocking: Bool
    ) -> CallResult {
        let flags = CInt(MSG_TRUNC) | (isBlocking ? 0 : CInt(MSG_DONTWAIT))
        let result = unsafe address.fill { sender, size in
            unsafe rat_linux_recvfrom(
                descriptor,
                buffer.baseAddress,
                buffer.count,
                flags,
                sender,
                size
            )
        }
        guard isBeyondAddresses(result, buffer.count) else { return result }
        return unsafe address.fill { sender, size in
            unsafe rat_linux_recvfrom(
                descriptor,
                buffer.baseAddress,
                modestSize,
                flags,
                sender,
                size
            )
        }
    }

    /// How long the next datagram is and who sent it; it stays.
    package static func peekDatagram(
        _ descriptor: CInt,
        from address: inout SocketAddress
    ) -> CallResult {
        let flags = CInt(MSG_PEEK) | CInt(MSG_TRUNC) | CInt(MSG_DONTWAIT)
        return unsafe address.fill { sender, size in
            unsafe rat_linux_recvfrom(descriptor, nil, 0, flags, sender, size)
        }
    }

    package static func name(_ descriptor: CInt, into address: inout SocketAddress) -> CallResult {
        unsafe address.fill { name, size in
            unsafe Int(rat_linux_getsockname(descriptor, name, size))
        }
    }

    package static func peerName(
        _ descriptor: CInt,
        into address: inout SocketAddress
    ) -> CallResult {
        unsafe address.fill { name, size in
            unsafe Int(rat_linux_getpeername(descriptor, name, size))
        }
    }

    /// Whether calls on the open file return instead of waiting.
    package static func setNonblocking(_ descriptor: CInt, _ isOn: Bool) {
        // Neither fails on an open descriptor.
        let flags = rat_linux_get_status_flags(descriptor)
        _ = rat_linux_set_status_flags(descriptor, isOn ? flags | O_NONBLOCK : flags & ~O_NONBLOCK)
    }

    /// Whether a program that this process becomes, or starts, gets the descriptor.
    package static func setInherited(_ descriptor: CInt, _ isInherited: Bool) {
        _ = rat_linux_set_close_on_exec(descriptor, isInherited ? 0 : 1)
    }
}

/// Which directions of a socket end. The numbers are the system's.
package enum ShutDirection: CInt {
    case receiving = 0
    case sending = 1
    case both = 2
}

/// What a socket does that a poll may ask for.
package enum Readiness {
    /// Something to read, or the end.
    case readable
    /// Room to write, or nobody to read it.
    case writable
    /// The end, both ways.
    case hungUp
}

/// What a poll of one descriptor found.
package struct PollFinding {
    /// The deadline passed.
    package let isLate: Bool
    /// The other side writes no more, or reading was shut down.
    package let isEnded: Bool
}

extension SocketCalls {
    /// Sleeps until the descriptor is ready, a signal arrives or the deadline passes.
    package static func poll(
        _ descriptor: CInt,
        for readiness: Readiness,
        until deadline: Instant
    ) -> PollFinding {
        let events: Int16 =
            switch readiness {
            case .readable: Int16(POLLIN) | Int16(RAT_LINUX_POLLRDHUP)
            case .writable: Int16(POLLOUT)
            case .hungUp: 0
            }
        var entry = pollfd(fd: descriptor, events: events, revents: 0)
        let count: Int
        if deadline == .distantFuture {
            count = unsafe rat_linux_ppoll(&entry, 1, nil)
        } else {
            let now = deadline == .distantPast ? deadline : Instant.now()
            let rest = deadline > now ? deadline.nanoseconds - now.nanoseconds : 0
            var timeout = Instant(nanoseconds: rest).timespec
            count = unsafe rat_linux_ppoll(&entry, 1, &timeout)
        }
        // After a signal the deadline is looked at too: a storm of them must not outlast it.
        let isLate = count <= 0 && (deadline == .distantPast || Instant.now() >= deadline)
        return PollFinding(isLate: isLate, isEnded: entry.revents & Int16(RAT_LINUX_POLLRDHUP) != 0)
    }
}
