package import RatCore
package import RatSystem

// Making a connection. The kernel goes on making one that was interrupted or ran out of time, and a further
// call tells how it stands:
//
//     idle ----connect----> connected                  [done at once, or slept]
//     idle ----connect----> pending                    [non-blocking, or too late]
//     pending --connect---> pending | connected | failed
//
// A pending connection's end is what a wait on the socket is for.

extension Socket {
    /// Connects the socket; for datagrams, chooses the peer.
    package static func connect(
        _ socket: Handle,
        to address: SocketAddress,
        _ patience: Patience = .asFlagged
    ) throws(RatError) {
        try Visit.run(socket, .socket, patience) { visit throws(RatError) in
            let wasPending = try visit.beginConnecting()
            do throws(RatError) {
                try visit.connect(to: address, wasPending: wasPending)
                visit.endConnecting(isPending: false)
            } catch {
                let isPending = error == visit.giveUp && visit.isMakingConnection
                visit.endConnecting(isPending: isPending)
                throw error
            }
        }
    }
}

extension Visit {
    /// A Unix listener whose backlog is full wakes nobody when this end is shut down; so the kernel lets
    /// go of the call after so many milliseconds, to look.
    private static var fullBacklogSlice: UInt64 { 20 }

    /// One call at a time, because it changes how the kernel treats the socket meanwhile. Says whether a
    /// connection is pending.
    fileprivate func beginConnecting() throws(RatError) -> Bool {
        let wasPending = withLocked { endpoint -> Bool? in
            guard !endpoint.record.isConnecting else { return nil }
            endpoint.record.isConnecting = true
            return endpoint.record.hasConnectPending
        }
        guard let wasPending else { throw .alreadyExists }
        return wasPending
    }

    fileprivate func endConnecting(isPending: Bool) {
        withLocked { endpoint in
            endpoint.record.isConnecting = false
            endpoint.record.hasConnectPending = isPending
        }
    }

    /// Whether the kernel goes on by itself when a call gives up: it does in the network only.
    fileprivate var isMakingConnection: Bool {
        role == .stream && endpoint.record.domain != SocketDomain.unix
    }

    fileprivate func connect(
        to address: SocketAddress,
        wasPending: Bool
    ) throws(RatError) {
        var isPending = wasPending
        var slice: UInt64 = 0
        defer { if slice > 0 { SocketOption.setSendTimeout(0, on: descriptor) } }
        while true {
            let result: CallResult
            if deadline == .distantPast {
                SocketCalls.setNonblocking(descriptor, true)
                result = SocketCalls.connect(descriptor, to: address)
                SocketCalls.setNonblocking(descriptor, false)
            } else {
                let next = nextSlice()
                if next != slice { SocketOption.setSendTimeout(Int(next), on: descriptor) }
                slice = next
                result = SocketCalls.connect(descriptor, to: address)
            }
            if result.count != nil { return }
            switch result.error {
            case .alreadyConnected where isPending: return
            case .interrupted:
                isPending = true
                try checkAfterSignal()
            case .inProgress, .alreadyStarted:
                isPending = true
                _ = try sleep(for: .writable)
            case .wouldBlock:
                guard isAlive else { throw .cancelled }
                if deadline == .distantPast { throw giveUp }
                try checkAfterSignal()
            default: throw failure(result)
            }
        }
    }

    /// How many milliseconds the next call may sleep, at least one.
    private func nextSlice() -> UInt64 {
        guard deadline != .distantFuture else { return Self.fullBacklogSlice }
        let now = Instant.now()
        guard deadline > now else { return 1 }
        return min(Self.fullBacklogSlice, (deadline.nanoseconds - now.nanoseconds) / 1_000_000 + 1)
    }
}
