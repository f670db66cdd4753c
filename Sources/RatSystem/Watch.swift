public import CRatLinux

/// What the process is watched for, in one word: bit 0 is tracing, bit n + 2 says that hooks of Win32's kind n
/// are set anywhere in it.
///
/// What is watched tests its bits and goes on; everything else is behind that branch. A thread that did not
/// set a bit sees it a moment later.
@usableFromInline package enum Watch {
    @inlinable package static var trace: UInt32 {
        @inline(__always) get { 1 }
    }
    /// Whatever looks at calls of procedures: the trace, and the hooks before and after them.
    @inlinable package static var calls: UInt32 {
        @inline(__always) get { trace | hooks(ofKind: 4) | hooks(ofKind: 12) }
    }

    @inlinable @inline(__always) package static func hooks(ofKind kind: Int32) -> UInt32 {
        1 << UInt32(truncatingIfNeeded: kind &+ 2)
    }

    @inlinable @inline(__always) package static func has(_ bits: UInt32) -> Bool {
        rat_linux_get_watch() & bits != 0
    }

    /// Sets those of the bits of `mask` that are in `bits`, and clears the others.
    package static func set(_ bits: UInt32, of mask: UInt32) {
        rat_linux_set_watch(bits, mask)
    }
}

/// Where the library writes what a person asked to see.
package enum StandardError {
    /// Writes a line in one piece, so that those of several threads do not mix.
    package static func write(line: String) {
        var bytes = Array(line.utf8)
        bytes.append(0x0A)
        // A closed standard error: nobody looks.
        _ = unsafe bytes.withUnsafeBytes { bytes in
            unsafe rat_linux_write_error(bytes.baseAddress, bytes.count)
        }
    }
}
