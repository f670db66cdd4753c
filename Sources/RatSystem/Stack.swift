public import CRatLinux

/// The calling thread's stack, which grows downwards.
@usableFromInline package enum Stack {
    /// How far it has come.
    @inlinable package static var position: UInt {
        @inline(__always) get { rat_linux_stack_position() }
    }

    /// The lowest address that it may come to, and how large it is; `nil` if the system does not say. Reads
    /// files of the system for a process's first thread.
    package static var bounds: (lowest: UInt, size: UInt)? {
        var lowest: UInt = 0
        var size = 0
        guard unsafe rat_linux_stack_bounds(&lowest, &size) == 0 else { return nil }
        return (lowest, UInt(bitPattern: size))
    }
}
