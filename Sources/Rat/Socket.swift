internal import RatCore
internal import RatIPC
internal import RatRuntime
internal import RatSystem

/// A socket: a connection, a place where connections arrive, or one for datagrams. Closes itself, and
/// removes the path that it was bound to.
public final class Socket: Sendable {
    /// What a socket is for.
    public enum Kind: Sendable {
        /// Bytes, in order.
        case stream
        /// Datagrams, each whole, which may get lost in the network.
        case datagrams
        /// A connection that keeps the bounds of messages. Local only.
        case messages
    }

    /// What kind of addresses a socket has.
    public enum Domain: Sendable {
        /// On this machine.
        case local
        /// The Internet, version 4.
        case ipv4
        /// The Internet, version 6.
        case ipv6
    }

    let handle: Handle

    init(_ handle: Handle) {
        self.handle = handle
    }

    /// A socket without an address.
    public init(_ domain: Domain, _ kind: Kind = .stream) throws(RatError) {
        let domain =
            switch domain {
            case .local: SocketDomain.unix
            case .ipv4: SocketDomain.ipv4
            case .ipv6: SocketDomain.ipv6
            }
        let type =
            switch kind {
            case .stream: SocketType.stream
            case .datagrams: SocketType.datagram
            case .messages: SocketType.messages
            }
        handle = try call { () throws(RatCore.RatError) in
            try RatIPC.Socket.create(domain: domain, type: type)
        }
    }

    deinit {
        // Nobody else has the handle; `close()` may have been before.
        try? RatIPC.Socket.close(handle)
    }

    // MARK: - Connections

    /// Gives the socket its address. A path is made, and removed when the socket closes.
    public func bind(to address: SocketAddress) throws(RatError) {
        try call { () throws(RatCore.RatError) in
            try RatIPC.Socket.bind(handle, to: address.engine())
        }
    }

    /// Lets the socket take connections; `backlog` of them may wait, or as many as the system allows.
    public func listen(backlog: Int32? = nil) throws(RatError) {
        try call { () throws(RatCore.RatError) in
            try RatIPC.Socket.listen(handle, backlog: backlog ?? -1)
        }
    }

    /// Waits for the next connection. Throws `timedOut` if the timeout passed first.
    public func accept(timeout: Duration? = nil) throws(RatError) -> Socket {
        Socket(
            try call { () throws(RatCore.RatError) in
                try RatIPC.Socket.accept(handle, .until(deadline(timeout)))
            }
        )
    }

    /// Connects the socket; one for datagrams only chooses its peer. Throws `timedOut` if the timeout passed
    /// first.
    public func connect(to address: SocketAddress, timeout: Duration? = nil) throws(RatError) {
        try call { () throws(RatCore.RatError) in
            try RatIPC.Socket.connect(handle, to: address.engine(), .until(deadline(timeout)))
        }
    }

    /// The port that the socket has, if it is one of the Internet.
    public var port: UInt16? {
        (try? RatIPC.Socket.name(handle))?.port
    }

    // MARK: - Transfer

    /// Sends all of the bytes, or one datagram, to the peer, waiting for room.
    public func send(_ bytes: [UInt8]) throws(RatError) {
        try call { () throws(RatCore.RatError) in
            _ = try RatIPC.Socket.send(handle, bytes)
        }
    }

    /// Sends one datagram to an address.
    public func send(_ bytes: [UInt8], to address: SocketAddress) throws(RatError) {
        try call { () throws(RatCore.RatError) in
            _ = try RatIPC.Socket.send(handle, bytes, to: address.engine())
        }
    }

    /// Waits for bytes and receives what there is, at most `count`, none at the end; or one datagram, where
    /// one that is longer than `count` stays and `bufferTooSmall` is thrown. Throws `timedOut` if the
    /// timeout passed first.
    public func receive(upTo count: Int, timeout: Duration? = nil) throws(RatError) -> [UInt8] {
        try call { () throws(RatCore.RatError) in
            try RatIPC.Socket.receive(handle, upTo: count, .until(deadline(timeout)))
        }
    }

    /// Tells the peer that nothing more will be sent. Receiving goes on.
    public func finishSending() throws(RatError) {
        try call { () throws(RatCore.RatError) in
            try RatIPC.Socket.shutDown(handle, .sending)
        }
    }

    /// Waits until there is something to receive or, where the socket listens, a connection; `false` if the
    /// timeout passed first, or the socket was closed. Takes nothing.
    public func wait(timeout: Duration? = nil) -> Bool {
        Waiting.forOne(handle, until: deadline(timeout)) == .signaled(0)
    }

    /// Closes the socket now. Calls that sleep on it in other threads throw `cancelled`.
    public func close() {
        try? RatIPC.Socket.close(handle)
    }
}
