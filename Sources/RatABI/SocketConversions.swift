internal import CRat
internal import RatCore
internal import RatIPC
internal import RatSystem

// Buffers, counts and addresses between the C interface and the engine.

/// A timeout as the engine has it.
func patience(_ timeout: UInt32) -> Patience {
    .until(Instant(timeoutMilliseconds: UInt64(timeout)))
}

/// Runs a call that fills a buffer. What it leaves in its count is told when it succeeds, and when the
/// buffer was too small.
@inline(__always) func readStatus(
    _ buffer: UnsafeMutableRawPointer?,
    _ size: Int,
    _ count: UnsafeMutablePointer<Int>?,
    _ body: (UnsafeMutableRawBufferPointer, inout Int) throws(RatError) -> Void
) -> RatIpcStatus {
    guard let count = unsafe count else { return RAT_IPC_ERR_INVALID_ARG }
    unsafe count.pointee = 0
    // A size_t above SSIZE_MAX arrives as a negative number; no buffer is that large.
    guard size >= 0, unsafe buffer != nil || size == 0 else { return RAT_IPC_ERR_INVALID_ARG }
    var length = 0
    do throws(RatError) {
        try unsafe body(UnsafeMutableRawBufferPointer(start: buffer, count: size), &length)
        unsafe count.pointee = length
        return RAT_IPC_OK
    } catch {
        if error == .bufferTooSmall { unsafe count.pointee = length }
        return RatIpcStatus(error)
    }
}

/// Runs a call that takes bytes and says how many it took.
@inline(__always) func writeStatus(
    _ bytes: UnsafeRawPointer?,
    _ size: Int,
    _ count: UnsafeMutablePointer<Int>?,
    _ body: (UnsafeRawBufferPointer) throws(RatError) -> Int
) -> RatIpcStatus {
    guard let count = unsafe count else { return RAT_IPC_ERR_INVALID_ARG }
    unsafe count.pointee = 0
    guard size >= 0, unsafe bytes != nil || size == 0 else { return RAT_IPC_ERR_INVALID_ARG }
    do throws(RatError) {
        let taken = try unsafe body(UnsafeRawBufferPointer(start: bytes, count: size))
        unsafe count.pointee = taken
        return RAT_IPC_OK
    } catch {
        return RatIpcStatus(error)
    }
}

/// A copy of an address that a caller gave.
func socketAddress(
    _ address: UnsafeRawPointer?,
    _ size: Int
) throws(RatError) -> SocketAddress {
    guard let address = unsafe address, (0...SocketAddress.maximumSize).contains(size),
        let copy = unsafe SocketAddress(UnsafeRawBufferPointer(start: address, count: size))
    else { throw .invalidArgument }
    return copy
}

/// How long an address the caller can take, or `nil` if the arguments are wrong.
func addressRoom(_ address: UnsafeMutableRawPointer?, _ size: UnsafeMutablePointer<Int>?) -> Int? {
    guard let size = unsafe size, unsafe address != nil || size.pointee == 0 else { return nil }
    return unsafe size.pointee < 0 ? Int.max : size.pointee
}

/// Runs a call that gives an address, and tells it.
func addressStatus(
    _ address: UnsafeMutableRawPointer?,
    _ size: UnsafeMutablePointer<Int>?,
    _ body: () throws(RatError) -> SocketAddress
) -> RatIpcStatus {
    guard unsafe addressRoom(address, size) != nil else { return RAT_IPC_ERR_INVALID_ARG }
    do throws(RatError) {
        let found = try body()
        return unsafe tell(found, address, size)
    } catch {
        return RatIpcStatus(error)
    }
}

/// Copies an address to the caller's memory, whose arguments were checked; its size is told in any case.
func tell(
    _ found: SocketAddress,
    _ address: UnsafeMutableRawPointer?,
    _ size: UnsafeMutablePointer<Int>?
) -> RatIpcStatus {
    guard let room = unsafe addressRoom(address, size) else { return RAT_IPC_ERR_INVALID_ARG }
    unsafe size?.pointee = found.size
    guard found.size <= room else { return RAT_IPC_ERR_BUFFER_TOO_SMALL }
    unsafe found.withBytes { bytes in
        if unsafe !bytes.isEmpty, let source = bytes.baseAddress {
            unsafe address?.copyMemory(from: source, byteCount: bytes.count)
        }
    }
    return RAT_IPC_OK
}
