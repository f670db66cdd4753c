internal import RatCore
internal import RatIPC

/// Memory that several processes map. Closes by itself; the object of a name stays until it is
/// unlinked, unless it was created for its holders only.
///
/// A name is 1 to 255 bytes of UTF-8 without NUL and without `/`, but for one at the start that
/// changes nothing. It belongs to the user.
public final class SharedMemory: Sendable {
    /// When an object gives its name up.
    public enum Lifetime: Sendable {
        /// When it is unlinked, by whomever.
        case untilUnlinked
        /// When nobody has it open any more in any process.
        case whileOpen
    }

    private let handle: Handle
    /// In bytes, as it was created.
    public let size: Int

    /// New memory of a name that is free, all zero.
    public init(
        named name: String,
        size: Int,
        lifetime: Lifetime = .untilUnlinked
    ) throws(RatError) {
        handle = try call { () throws(RatCore.RatError) in
            try RatIPC.SharedMemory.create(
                ObjectName(name.utf8),
                size: size,
                goesWithLastHandle: lifetime == .whileOpen
            )
        }
        self.size = size
    }

    /// New memory without a name, all zero.
    public init(size: Int) throws(RatError) {
        handle = try call { () throws(RatCore.RatError) in
            try RatIPC.SharedMemory.create(nil, size: size)
        }
        self.size = size
    }

    /// The memory of that name; `.notFound` if there is none.
    public init(opening name: String) throws(RatError) {
        let handle = try call { () throws(RatCore.RatError) in
            try RatIPC.SharedMemory.open(ObjectName(name.utf8))
        }
        self.handle = handle
        // Nobody else has the handle, so it is open.
        size = (try? RatIPC.SharedMemory.size(of: handle)) ?? 0
    }

    deinit {
        // Nobody else has the handle, so it is open until here.
        try? RatIPC.SharedMemory.close(handle)
    }

    /// Takes a name away. Whoever has the memory open keeps it.
    public static func unlink(_ name: String) throws(RatError) {
        try call { () throws(RatCore.RatError) in
            try RatIPC.SharedMemory.unlink(ObjectName(name.utf8))
        }
    }

    /// Maps `size` bytes from an `offset` in whole pages, to the end without a size. To write,
    /// `isWritable`; `.accessDenied` if the user may only read the memory.
    public func map(
        isWritable: Bool = true,
        offset: Int = 0,
        size: Int? = nil
    ) throws(RatError) -> SharedMemoryMapping {
        // The engine's 0 is the whole rest.
        guard size != 0 else { throw RatError(.invalidArgument) }
        return SharedMemoryMapping(
            try call { () throws(RatCore.RatError) in
                try RatIPC.SharedMemory.map(
                    handle,
                    access: isWritable ? .write : .read,
                    offset: offset,
                    size: size ?? 0
                )
            }
        )
    }
}

/// Shared memory as a part of this process's. Outlives the `SharedMemory` it came from, and unmaps
/// itself.
///
/// Other processes may write to it at any time, also while it is lent: agree with them on who may
/// when, and copy what you check before you use it.
@safe public struct SharedMemoryMapping: ~Copyable, @unchecked Sendable {
    // Sendable: the mapping is this value's alone, and who writes when is the program's to agree
    // on, with other processes as with other threads.
    private let mapping: RatIPC.SharedMemory.Mapping

    init(_ mapping: RatIPC.SharedMemory.Mapping) {
        self.mapping = mapping
    }

    deinit {
        // It is mapped until here, since nobody else knows of it.
        try? unsafe RatIPC.SharedMemory.unmap(
            mapping.unsafeAddress,
            byteCount: mapping.byteCount
        )
    }

    /// In bytes.
    public var byteCount: Int { mapping.byteCount }

    /// Whether it may be written to.
    public var isWritable: Bool { mapping.isWritable }

    /// Lends the bytes for reading.
    public borrowing func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let bytes = unsafe UnsafeRawBufferPointer(
            start: mapping.unsafeAddress,
            count: mapping.byteCount
        )
        return try unsafe body(bytes.bytes)
    }

    /// Lends the bytes for writing. Traps if the mapping is for reading only.
    public mutating func withMutableBytes<Result: ~Copyable, Failure: Error>(
        _ body: (inout MutableRawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(isWritable, "This mapping is for reading only.")
        let bytes = unsafe UnsafeMutableRawBufferPointer(
            start: mapping.unsafeAddress,
            count: mapping.byteCount
        )
        var span = unsafe bytes.mutableBytes
        return try body(&span)
    }

    /// Lends the memory itself, for atomics and the like. It must not be used after `body`, nor be
    /// written to unless `isWritable`.
    public borrowing func withUnsafeBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let bytes = unsafe UnsafeMutableRawBufferPointer(
            start: mapping.unsafeAddress,
            count: mapping.byteCount
        )
        return try unsafe body(bytes)
    }
}
