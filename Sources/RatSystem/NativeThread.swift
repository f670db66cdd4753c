internal import CRatLinux

/// Threads of the system.
package enum NativeThread {
    /// Starts a detached thread. A stack of 0 bytes is the system's default; others are rounded up to what
    /// the system takes.
    package static func start(
        stackSize: Int,
        _ body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?,
        _ context: UnsafeMutableRawPointer?
    ) throws(Errno) {
        let error = unsafe rat_linux_start_thread(stackSize, body, context)
        guard error == 0 else {
            Errno.lastOfThread = error
            // pthread_create(3) says EAGAIN where memory or threads are lacking, not for "later".
            throw Errno(rawValue: error == EAGAIN ? ENOMEM : error)
        }
    }

    /// Starts a detached thread that no signal is delivered to.
    package static func startWithoutSignals(
        _ body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?,
        _ context: UnsafeMutableRawPointer?
    ) throws(Errno) {
        let error = unsafe rat_linux_start_thread_without_signals(body, context)
        guard error == 0 else {
            Errno.lastOfThread = error
            throw Errno(rawValue: error)
        }
    }
}

extension NativeThread {
    /// Starts a thread for the library's own use that no signal disturbs.
    package static func startKeeper(
        _ body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?
    ) throws(Errno) {
        let error = unsafe rat_linux_start_keeper(body, nil)
        guard error == 0 else {
            Errno.lastOfThread = error
            throw Errno(rawValue: error)
        }
    }

    /// The system's number of the calling thread.
    package static var currentID: UInt32 { rat_linux_thread_id() }
}

/// An owned descriptor of another process.
package struct ProcessDescriptor: ~Copyable {
    package let rawValue: CInt

    /// ESRCH if there is no such process, EMFILE if no descriptor is left.
    package init(processID: CInt) throws(Errno) {
        rawValue = CInt(try systemCall { rat_linux_pidfd_open(processID) })
    }

    deinit {
        _ = close(rawValue)
    }

    /// How the process ended: its exit code, or 128 plus the signal that killed it; `nil` while it runs. It
    /// stays a zombie for its parent to reap. ECHILD if it is no child of this process.
    package static func exitCode(_ descriptor: CInt) throws(Errno) -> Int32? {
        var code: CInt = 0
        let state = try systemCall { unsafe rat_linux_pidfd_exit_code(descriptor, &code) }
        return state == 0 ? nil : code
    }
}
