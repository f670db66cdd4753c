package import RatCore
package import RatSystem

// Pipes and sockets for callers that have arrays in the place of buffers.

extension Pipe {
    package static func read(
        _ pipe: Handle,
        upTo count: Int,
        _ patience: Patience
    ) throws(RatError) -> [UInt8] {
        try unsafe bytes(upTo: count) { (buffer) throws(RatError) in
            try unsafe read(pipe, into: buffer, patience)
        }
    }

    package static func write(_ pipe: Handle, _ bytes: [UInt8]) throws(RatError) -> Int {
        try unsafe count(bytes) { (buffer) throws(RatError) in try unsafe write(pipe, buffer) }
    }
}

extension Socket {
    package static func receive(
        _ socket: Handle,
        upTo count: Int,
        _ patience: Patience
    ) throws(RatError) -> [UInt8] {
        try unsafe bytes(upTo: count) { (buffer) throws(RatError) in
            var length = 0
            try unsafe receive(socket, into: buffer, length: &length, patience)
            return length
        }
    }

    package static func send(_ socket: Handle, _ bytes: [UInt8]) throws(RatError) -> Int {
        try unsafe count(bytes) { (buffer) throws(RatError) in try unsafe send(socket, buffer) }
    }

    package static func send(
        _ socket: Handle,
        _ bytes: [UInt8],
        to address: SocketAddress
    ) throws(RatError) -> Int {
        try unsafe count(bytes) { (buffer) throws(RatError) in
            try unsafe send(socket, buffer, to: address)
        }
    }
}

/// Runs a read, which says how many bytes it left in the buffer.
private func bytes(
    upTo count: Int,
    _ read: (UnsafeMutableRawBufferPointer) throws(RatError) -> Int
) throws(RatError) -> [UInt8] {
    precondition(count >= 0, "a number of bytes is not negative")
    var failure: RatError?
    let found = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        do throws(RatError) {
            let room = unsafe UnsafeMutableRawBufferPointer(
                start: buffer.baseAddress,
                count: count
            )
            filled = try unsafe read(room)
        } catch {
            failure = error
        }
    }
    if let failure { throw failure }
    return found
}

/// Runs a write, which says how many of the bytes it took.
private func count(
    _ bytes: [UInt8],
    _ write: (UnsafeRawBufferPointer) throws(RatError) -> Int
) throws(RatError) -> Int {
    var failure: RatError?
    let taken = unsafe bytes.withUnsafeBytes { buffer in
        do throws(RatError) {
            return try unsafe write(buffer)
        } catch {
            failure = error
            return 0
        }
    }
    if let failure { throw failure }
    return taken
}
