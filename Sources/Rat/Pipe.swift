internal import RatCore
internal import RatIPC
internal import RatRuntime

/// One end of a pipe: bytes written at one end are read at the other. Closes itself.
public final class Pipe: Sendable {
    let handle: Handle

    private init(_ handle: Handle) {
        self.handle = handle
    }

    deinit {
        // Nobody else has the handle; `close()` may have been before.
        try? RatIPC.Pipe.close(handle)
    }

    /// Makes a pipe.
    public static func make() throws(RatError) -> (reader: Pipe, writer: Pipe) {
        let (reader, writer) = try call { () throws(RatCore.RatError) in
            try RatIPC.Pipe.create()
        }
        return (Pipe(reader), Pipe(writer))
    }

    /// Waits for bytes and reads what there is, at most `count`; none at the end, when nobody writes any
    /// more. Throws `timedOut` if the timeout passed first.
    public func read(upTo count: Int, timeout: Duration? = nil) throws(RatError) -> [UInt8] {
        try call { () throws(RatCore.RatError) in
            try RatIPC.Pipe.read(handle, upTo: count, .until(deadline(timeout)))
        }
    }

    /// Writes all of the bytes, waiting for room.
    public func write(_ bytes: [UInt8]) throws(RatError) {
        try call { () throws(RatCore.RatError) in
            _ = try RatIPC.Pipe.write(handle, bytes)
        }
    }

    /// Waits until there is something to read or, at the other end, room to write; `false` if the timeout
    /// passed first, or this end was closed. Takes nothing.
    public func wait(timeout: Duration? = nil) -> Bool {
        Waiting.forOne(handle, until: deadline(timeout)) == .signaled(0)
    }

    /// Closes this end now. Calls that sleep on it in other threads throw `cancelled`.
    public func close() {
        try? RatIPC.Pipe.close(handle)
    }
}
