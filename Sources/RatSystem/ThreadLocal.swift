public import CRatLinux

/// One pointer per thread, read in one instruction.
@usableFromInline package enum ThreadLocal {
    @inlinable package static var pointer: UnsafeMutableRawPointer? {
        @inline(__always) get { unsafe rat_linux_get_thread_record() }
        @inline(__always) set { unsafe rat_linux_set_thread_record(newValue) }
    }

    /// Has `atExit` called on the calling thread when it ends, with `pointer`. The main thread of a process
    /// that exits does not end.
    package static func callAtExit(
        of pointer: UnsafeMutableRawPointer,
        _ key: ThreadExitKey
    ) {
        _ = unsafe pthread_setspecific(key.key, pointer)
    }
}

/// The word by which a process finds its table of handles; 0 before there is one.
@usableFromInline package enum HandleTableWord {
    @inlinable package static var value: UInt {
        @inline(__always) get { rat_linux_get_handle_table() }
        @inline(__always) set { rat_linux_set_handle_table(newValue) }
    }
}

/// A function to call as threads end.
package struct ThreadExitKey: Sendable {
    fileprivate let key: pthread_key_t

    package init(_ atExit: @convention(c) (UnsafeMutableRawPointer?) -> Void) {
        var key = pthread_key_t()
        // EAGAIN: the process has used up its 1024 keys; then threads end without being noticed, which
        // must not pass silently.
        let error = unsafe pthread_key_create(&key, atExit)
        guard error == 0 else { fatalError("no thread key is left (errno \(error))") }
        self.key = key
    }
}

/// The process, and what becomes of it.
package enum Process {
    package static var id: UInt32 { UInt32(truncatingIfNeeded: getpid()) }

    /// Whether there is a process of that number, as far as this one may know.
    package static func seemsAlive(_ process: UInt32) -> Bool {
        process != 0
            && (kill(pid_t(truncatingIfNeeded: process), 0) == 0 || rat_linux_errno() != ESRCH)
    }

    /// Whose rights the process has.
    package static var effectiveUser: UInt32 { geteuid() }

    /// A variable of the environment, unless it is not there or empty, or the program runs with
    /// more rights than its user's.
    package static func environmentVariable(_ name: String) -> PathBytes? {
        guard let value = unsafe rat_linux_environment(name), unsafe value.pointee != 0 else {
            return nil
        }
        return unsafe Array(UnsafeBufferPointer(start: value, count: strlen(value) + 1))
    }

    /// Numbers that cannot be guessed; 0 if the kernel has none, which it does not say after boot.
    package static func randomNumber() -> UInt64 {
        var number: UInt64 = 0
        _ = unsafe getrandom(&number, MemoryLayout<UInt64>.size, 0)
        return number
    }
}

/// Address space that costs memory only where it is written to.
package enum ReservedMemory {
    /// All zero; `nil` if the process may have no more address space. Never returned.
    package static func reserve(byteCount: Int) -> UnsafeMutableRawPointer? {
        unsafe rat_linux_reserve(byteCount)
    }

    /// Makes it all zero again.
    package static func clear(_ base: UnsafeMutableRawPointer, byteCount: Int) {
        _ = unsafe rat_linux_clear(base, byteCount)
    }
}
