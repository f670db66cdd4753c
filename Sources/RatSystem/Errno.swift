internal import CRatLinux

/// An operating-system error number.
package struct Errno: Error, Equatable, Sendable {
    package let rawValue: CInt

    package init(rawValue: CInt) {
        self.rawValue = rawValue
    }

    package static let interrupted = Errno(rawValue: EINTR)
    package static let wouldBlock = Errno(rawValue: EAGAIN)
    package static let timedOut = Errno(rawValue: ETIMEDOUT)

    /// The errno behind the calling thread's last failed system call, kept until the next one fails.
    package static var lastOfThread: CInt {
        get { rat_linux_get_last_errno() }
        set { rat_linux_set_last_errno(newValue) }
    }
}

/// Runs one system call, again while a signal interrupts it.
///
/// Every call into the kernel goes through here, so `errno` is read exactly once, right after the call
/// that set it. Not inlined: nothing may run between the two.
@inline(never)
package func systemCall<Value: FixedWidthInteger>(_ call: () -> Value) throws(Errno) -> Value {
    while true {
        let value = call()
        if value != -1 { return value }
        let error = Errno(rawValue: rat_linux_errno())
        guard error == .interrupted else {
            Errno.lastOfThread = error.rawValue
            throw error
        }
    }
}
