package import RatCore

/// Memory that is freed with its last reference, for those who keep no buffer of their own.
@safe package final class KeptBuffer: @unchecked Sendable {
    // Sendable: the pointer is a constant; what it points to is used by one side at a time, the reactor
    // until the completion.
    package let unsafePointer: UnsafeMutableRawPointer
    private let size: Int

    /// Aligned as payloads are, with undefined contents.
    package init(size: Int) {
        self.size = size
        unsafe unsafePointer = .allocate(byteCount: max(1, size), alignment: 16)
    }

    /// A copy of those bytes.
    package convenience init(copying bytes: UnsafeRawBufferPointer) {
        self.init(size: bytes.count)
        unsafe all.copyMemory(from: bytes)
    }

    /// The same of an array.
    package convenience init(_ bytes: [UInt8]) {
        self.init(size: bytes.count)
        unsafe all.copyBytes(from: bytes)
    }

    deinit {
        unsafe unsafePointer.deallocate()
    }

    /// The first so many bytes.
    package func bytes(_ count: Int) -> [UInt8] {
        unsafe Array(UnsafeRawBufferPointer(rebasing: all[..<min(count, size)]))
    }

    fileprivate var all: UnsafeMutableRawBufferPointer {
        unsafe UnsafeMutableRawBufferPointer(start: unsafePointer, count: size)
    }
}

extension CompletionQueue {
    /// The buffer is the caller's to keep until the completion.
    package static func read(
        _ queue: Handle,
        _ object: Handle,
        into buffer: KeptBuffer,
        userTag: UInt64
    ) throws(RatError) -> UInt64 {
        try unsafe read(queue, object, into: buffer.all, userTag: userTag)
    }

    /// The buffer is the caller's to keep until the completion.
    package static func write(
        _ queue: Handle,
        _ object: Handle,
        _ buffer: KeptBuffer,
        userTag: UInt64
    ) throws(RatError) -> UInt64 {
        let bytes = unsafe UnsafeRawBufferPointer(buffer.all)
        return try unsafe write(queue, object, bytes, userTag: userTag)
    }
}
