#if X11

internal import CRatXCB
internal import Glibc

/// Memory that the server has mapped too. Owned: unmapped on both sides with this object.
@safe final class SharedBuffer {
    /// The server's name for it.
    let segment: UInt32
    /// In bytes.
    let capacity: Int
    /// `capacity` bytes; no longer valid than this object.
    let unsafeBase: UnsafeMutablePointer<UInt32>
    /// The number of the request that the server reads it for, and has not said to be through with.
    var reader: UInt32?

    private let connection: Connection

    /// Waits for the server. `nil` if there is no memory, or the server does not take it.
    init?(_ connection: Connection, _ byteCount: Int) {
        // Windows are resized by and by: room for more spares a new buffer at every step.
        let capacity = max(byteCount + byteCount / 2, 1 << 16)
        let file = rat_xcb_make_file()
        guard file >= 0 else { return nil }
        // Taken now: what is missing later would be a signal instead of an error.
        guard posix_fallocate(file, 0, off_t(capacity)) == 0,
            let base = unsafe mmap(nil, capacity, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0),
            unsafe base != MAP_FAILED
        else {
            close(file)
            return nil
        }
        // Takes over the descriptor.
        guard let segment = connection.attach(file) else {
            unsafe munmap(base, capacity)
            return nil
        }
        self.connection = connection
        self.segment = segment
        self.capacity = capacity
        unsafe unsafeBase = base.bindMemory(to: UInt32.self, capacity: capacity / 4)
    }

    deinit {
        connection.detach(segment)
        unsafe munmap(unsafeBase, capacity)
    }
}

#endif
