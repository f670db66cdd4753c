package import RatCore
internal import RatSystem

/// Pipes: bytes from one end to the other.
///
/// Both ends are stream sockets, each shut in one direction, and not what pipe() makes: a write then needs
/// no signal mask to be safe from SIGPIPE, and a close can end another thread's sleeping call.
package enum Pipe {
    /// A new pipe, whose ends are closed each by `close`.
    package static func create() throws(RatError) -> (reader: Handle, writer: Handle) {
        let (read, write, failure) = SocketCalls.makeOneWayPair()
        if let failure { throw RatError(failure.record()) }
        let reader: Handle
        do throws(RatError) {
            reader = try Endpoint.create(read, role: .reader, domain: SocketDomain.unix)
        } catch {
            SocketCalls.closeDescriptor(write)
            throw error
        }
        do throws(RatError) {
            let writer = try Endpoint.create(write, role: .writer, domain: SocketDomain.unix)
            return (reader, writer)
        } catch {
            try? close(reader)
            throw error
        }
    }

    /// Reads what there is, at most the buffer's size; 0 at the end.
    package static func read(
        _ pipe: Handle,
        into buffer: UnsafeMutableRawBufferPointer,
        _ patience: Patience = .asFlagged
    ) throws(RatError) -> Int {
        try Visit.run(pipe, .pipe, patience) { visit throws(RatError) in
            guard visit.role == .reader else { throw .accessDenied }
            return try unsafe visit.receive(buffer)
        }
    }

    /// Writes all, or what there is room for where the handle does not wait.
    package static func write(
        _ pipe: Handle,
        _ bytes: UnsafeRawBufferPointer
    ) throws(RatError) -> Int {
        try Visit.run(pipe, .pipe) { visit throws(RatError) in
            guard visit.role == .writer else { throw .accessDenied }
            return try unsafe visit.send(bytes)
        }
    }

    package static func close(_ pipe: Handle) throws(RatError) {
        try Endpoint.close(pipe, kind: .pipe)
    }
}
