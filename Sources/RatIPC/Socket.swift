package import RatCore
package import RatSystem

/// Sockets, local and of the network. Domains, types and addresses are the system's.
package enum Socket {
    /// A new socket, to be closed with `close`.
    package static func create(domain: CInt, type: CInt) throws(RatError) -> Handle {
        let kind = SocketType(type)
        guard
            [SocketDomain.unix, SocketDomain.ipv4, SocketDomain.ipv6].contains(domain),
            [SocketType.stream, SocketType.datagram, SocketType.messages].contains(kind.base)
        else { throw .notSupported }
        let result = SocketCalls.make(domain: domain, type: kind.base)
        guard let descriptor = result.count else { throw RatError(result.record()) }
        let role: EndpointRole = kind.base == SocketType.stream ? .stream : .datagrams
        if domain != SocketDomain.unix, role == .stream {
            // A server that starts again is not kept from its port by its last connections.
            _ = SocketOption.reuseAddress.set(1, on: CInt(descriptor))
        }
        let socket = try Endpoint.create(CInt(descriptor), role: role, domain: domain)
        if kind.isNonblocking {
            try Endpoint.setFlags(socket, mask: .nonblocking, to: .nonblocking)
        }
        return socket
    }

    /// Gives the socket its address. A path that this made goes away with the socket.
    package static func bind(_ socket: Handle, to address: SocketAddress) throws(RatError) {
        try Visit.run(socket, .socket) { visit throws(RatError) in
            let result = SocketCalls.bind(visit.descriptor, to: address)
            guard result.count != nil else { throw visit.failure(result) }
            guard let path = address.path.flatMap(BoundPath.init) else { return }
            let isKept = visit.withLocked { endpoint in
                guard endpoint.record.header.handle == socket else { return false }
                endpoint.record.boundPath = path
                return true
            }
            if !isKept { path.remove() }
        }
    }

    package static func listen(_ socket: Handle, backlog: CInt) throws(RatError) {
        try Visit.run(socket, .socket) { visit throws(RatError) in
            let result = SocketCalls.listen(visit.descriptor, backlog: backlog)
            guard result.count != nil else { throw visit.failure(result) }
            visit.withLocked { $0.record.isListening = true }
        }
    }

    /// The next connection, as a new socket.
    ///
    /// The kernel has no way to accept without sleeping but a flag of the open file; it is set at the first
    /// accept that must not sleep, and stays.
    package static func accept(
        _ socket: Handle,
        _ patience: Patience = .asFlagged
    ) throws(RatError) -> Handle {
        try Visit.run(socket, .socket, patience) { visit throws(RatError) in
            if !visit.isPatient { visit.makeListenerNonblocking() }
            while true {
                let result = SocketCalls.accept(visit.descriptor)
                if let client = result.count {
                    let domain = visit.endpoint.record.domain
                    return try Endpoint.create(CInt(client), role: visit.role, domain: domain)
                }
                switch result.error {
                case .interrupted: try visit.checkAfterSignal()
                case .wouldBlock: _ = try visit.sleep(for: .readable)
                // A connection that ended before it was taken is no failure of this call.
                case .connectionAborted, .protocolError: try visit.checkAfterSignal()
                default: throw visit.failure(result)
                }
            }
        }
    }

    // MARK: - Transfer

    /// Sends all of a stream's bytes, or one datagram to the peer.
    package static func send(
        _ socket: Handle,
        _ bytes: UnsafeRawBufferPointer
    ) throws(RatError) -> Int {
        try Visit.run(socket, .socket) { visit throws(RatError) in
            if visit.role == .stream { return try unsafe visit.send(bytes) }
            try unsafe visit.sendDatagram(bytes, to: nil)
            return bytes.count
        }
    }

    package static func send(
        _ socket: Handle,
        _ bytes: UnsafeRawBufferPointer,
        to address: SocketAddress
    ) throws(RatError) -> Int {
        try Visit.run(socket, .socket) { visit throws(RatError) in
            // A stream has one peer, whatever the address.
            if visit.role == .stream { return try unsafe visit.send(bytes) }
            try unsafe visit.sendDatagram(bytes, to: address)
            return bytes.count
        }
    }

    /// Receives what there is of a stream, 0 at its end, or one datagram. `length` is how much; or, when
    /// the buffer is too small, how much would be needed.
    package static func receive(
        _ socket: Handle,
        into buffer: UnsafeMutableRawBufferPointer,
        length: inout Int,
        _ patience: Patience = .asFlagged
    ) throws(RatError) {
        length = try Visit.run(socket, .socket, patience) { visit throws(RatError) in
            if visit.role == .stream { return try unsafe visit.receive(buffer) }
            var sender = SocketAddress()
            try unsafe visit.receiveDatagram(
                buffer,
                from: &sender,
                addressRoom: SocketAddress.maximumSize,
                length: &length
            )
            return length
        }
    }

    /// The same, and who sent it; `addressRoom` is how long an address the caller can take.
    package static func receive(
        _ socket: Handle,
        into buffer: UnsafeMutableRawBufferPointer,
        from address: inout SocketAddress,
        addressRoom: Int,
        length: inout Int
    ) throws(RatError) {
        length = try Visit.run(socket, .socket) { visit throws(RatError) in
            if visit.role == .stream { return try unsafe visit.receive(buffer) }
            try unsafe visit.receiveDatagram(
                buffer,
                from: &address,
                addressRoom: addressRoom,
                length: &length
            )
            return length
        }
    }

    // MARK: - The rest

    package static func shutDown(
        _ socket: Handle,
        _ direction: ShutDirection
    ) throws(RatError) {
        try control(socket) { SocketCalls.shutDown($0, direction) }
    }

    package static func name(_ socket: Handle) throws(RatError) -> SocketAddress {
        var address = SocketAddress()
        try control(socket) { SocketCalls.name($0, into: &address) }
        return address
    }

    package static func peerName(_ socket: Handle) throws(RatError) -> SocketAddress {
        var address = SocketAddress()
        try control(socket) { SocketCalls.peerName($0, into: &address) }
        return address
    }

    package static func setOption(
        _ socket: Handle,
        _ option: SocketOption,
        to value: CInt
    ) throws(RatError) {
        try control(socket) { option.set(value, on: $0) }
    }

    package static func option(
        _ socket: Handle,
        _ option: SocketOption
    ) throws(RatError) -> CInt {
        var value: CInt = 0
        try control(socket) { option.get(&value, of: $0) }
        return value
    }

    package static func close(_ socket: Handle) throws(RatError) {
        try Endpoint.close(socket, kind: .socket)
    }

    /// Runs a call that never sleeps.
    private static func control(
        _ socket: Handle,
        _ call: (CInt) -> CallResult
    ) throws(RatError) {
        try Visit.run(socket, .socket) { visit throws(RatError) in
            let result = call(visit.descriptor)
            guard result.count != nil else { throw visit.failure(result) }
        }
    }
}

extension Visit {
    fileprivate func makeListenerNonblocking() {
        withLocked { endpoint in
            // Elsewhere accept fails at once.
            guard endpoint.record.isListening, !endpoint.record.hasKernelNonblocking else { return }
            endpoint.record.hasKernelNonblocking = true
            SocketCalls.setNonblocking(descriptor, true)
        }
    }
}
