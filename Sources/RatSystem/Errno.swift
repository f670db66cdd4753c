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
    package static let inProgress = Errno(rawValue: EINPROGRESS)
    package static let alreadyStarted = Errno(rawValue: EALREADY)
    package static let alreadyConnected = Errno(rawValue: EISCONN)
    package static let connectionRefused = Errno(rawValue: ECONNREFUSED)
    package static let connectionAborted = Errno(rawValue: ECONNABORTED)
    package static let protocolError = Errno(rawValue: EPROTO)
    package static let notSupported = Errno(rawValue: EOPNOTSUPP)
    package static let cancelled = Errno(rawValue: ECANCELED)
    package static let noDescriptor = Errno(rawValue: EMFILE)
    package static let noDescriptorAnywhere = Errno(rawValue: ENFILE)

    package static let notFound = Errno(rawValue: ENOENT)
    package static let exists = Errno(rawValue: EEXIST)
    package static let accessDenied = Errno(rawValue: EACCES)
    package static let readOnly = Errno(rawValue: EROFS)
    package static let invalidArgument = Errno(rawValue: EINVAL)
    package static let noSpace = Errno(rawValue: ENOSPC)
    package static let noMemory = Errno(rawValue: ENOMEM)
    package static let isDirectory = Errno(rawValue: EISDIR)
    package static let notDirectory = Errno(rawValue: ENOTDIR)
    package static let tooManyLinks = Errno(rawValue: ELOOP)

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

/// The same for a call that may fail with `expected` in the course of things: `nil` then, and the thread's
/// last errno stays.
package func systemCall<Value: FixedWidthInteger>(
    orNilIf expected: Errno,
    _ call: () -> Value
) throws(Errno) -> Value? {
    let before = Errno.lastOfThread
    do throws(Errno) {
        return try systemCall(call)
    } catch {
        guard error == expected else { throw error }
        Errno.lastOfThread = before
        return nil
    }
}

/// What one system call gave: a count, or why it failed.
package struct CallResult {
    /// The count, or the errno below zero.
    package let rawValue: Int

    @inline(__always) package var count: Int? { rawValue >= 0 ? rawValue : nil }

    package var error: Errno { Errno(rawValue: CInt(truncatingIfNeeded: -rawValue)) }

    /// The failure, kept as the thread's last one.
    package func record() -> Errno {
        let error = error
        Errno.lastOfThread = error.rawValue
        return error
    }
}

/// Runs one system call once, for callers that try something else before they call it a failure.
@inline(never)
func attempt(_ call: () -> Int) -> CallResult {
    let value = call()
    return CallResult(rawValue: value != -1 ? value : -Int(rat_linux_errno()))
}
