internal import RatCore
internal import RatSystem

// Bytes and datagrams, in and out. A stream costs one system call per call here; a call into the kernel
// sleeps there, unless a deadline or the non-blocking flag forbids it: then it is made without sleeping,
// and the sleep, if any, is a poll.
//
// Whatever the handle says, a call may find that the kernel does not let it sleep, because somebody made
// the open file non-blocking; that is why every call here can deal with it.

extension Visit {
    /// Receives into `buffer`: what there is of a stream, or one datagram.
    @inline(__always) func receive(
        _ buffer: UnsafeMutableRawBufferPointer
    ) throws(RatError) -> Int {
        // Nothing can be told from reading nothing.
        if unsafe buffer.isEmpty { return 0 }
        while true {
            let result = unsafe SocketCalls.receive(descriptor, buffer, isBlocking: isPatient)
            if let count = result.count {
                settleConnection()
                // The end, or what a close looks like.
                if count == 0, !isAlive { throw .cancelled }
                return count
            }
            switch result.error {
            case .interrupted: try checkAfterSignal()
            case .wouldBlock: _ = try sleep(for: .readable)
            default: throw failure(result)
            }
        }
    }

    /// Receives one datagram; one that is too long for `buffer` stays, and `length` says how long it is.
    ///
    /// The look at it and the taking are one step to the other threads, so that none takes a datagram that
    /// another has measured.
    func receiveDatagram(
        _ buffer: UnsafeMutableRawBufferPointer,
        from address: inout SocketAddress,
        addressRoom: Int,
        length: inout Int
    ) throws(RatError) {
        while true {
            endpoint.record.taking.lock()
            var result = SocketCalls.peekDatagram(descriptor, from: &address)
            let isTooLong =
                result.count.map { $0 > buffer.count || address.size > addressRoom } ?? false
            if result.count != nil, !isTooLong {
                result = unsafe SocketCalls.receiveDatagram(
                    descriptor,
                    buffer,
                    from: &address,
                    isBlocking: false
                )
            }
            endpoint.record.taking.unlock()
            if let count = result.count {
                if count == 0, !isAlive { throw .cancelled }
                length = count
                // Another process that has the socket, too, may have come between.
                if isTooLong || count > buffer.count { throw .bufferTooSmall }
                return
            }
            switch result.error {
            case .interrupted: try checkAfterSignal()
            case .wouldBlock:
                if try sleep(for: .readable).isEnded {
                    guard isAlive else { throw .cancelled }
                    if try !hasDatagram() {
                        length = 0
                        return
                    }
                }
            default: throw failure(result)
            }
        }
    }

    /// Whether a datagram lies there: those that came before a shutdown can still be taken.
    private func hasDatagram() throws(RatError) -> Bool {
        var sender = SocketAddress()
        let result = SocketCalls.peekDatagram(descriptor, from: &sender)
        guard result.count == nil, result.error != .wouldBlock, result.error != .interrupted else {
            return result.count != nil || result.error == .interrupted
        }
        throw failure(result)
    }

    /// Sends all of a stream's bytes, or as many as there is room for if the call may not sleep.
    @inline(__always) func send(_ bytes: UnsafeRawBufferPointer) throws(RatError) -> Int {
        if unsafe bytes.isEmpty { return 0 }
        var sent = 0
        while true {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[sent...])
            let result = unsafe SocketCalls.send(descriptor, rest, isBlocking: isPatient)
            if let count = result.count {
                settleConnection()
                sent += count
                if sent == bytes.count { return sent }
                // The kernel was interrupted, or takes no more than some 2 GiB in one call.
                continue
            }
            switch result.error {
            case .interrupted: try checkAfterSignal()
            case .wouldBlock:
                if sent > 0, deadline == .distantPast { return sent }
                _ = try sleep(for: .writable)
            default: throw failure(result)
            }
        }
    }

    /// Sends one datagram whole, to `address` or to the peer.
    func sendDatagram(
        _ bytes: UnsafeRawBufferPointer,
        to address: SocketAddress?
    ) throws(RatError) {
        while true {
            // Not sleeping in the kernel: a full Unix receiver is not woken for by a shutdown of this end.
            let result =
                if let address {
                    unsafe SocketCalls.send(descriptor, bytes, to: address, isBlocking: false)
                } else {
                    unsafe SocketCalls.send(descriptor, bytes, isBlocking: false)
                }
            if result.count != nil { return }
            switch result.error {
            case .interrupted: try checkAfterSignal()
            case .wouldBlock:
                if address == nil {
                    _ = try sleep(for: .writable)
                } else {
                    // No poll tells when a receiver that this socket is not connected to has room.
                    _ = try sleep(for: .hungUp, atMost: Self.fullReceiverSlice)
                }
            default: throw failure(result)
            }
        }
    }

    private static var fullReceiverSlice: UInt64 { 10 }
}
