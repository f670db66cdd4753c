internal import CRatLinux
package import Synchronization

/// Sleeping on a word of this process's memory.
package enum Futex {
    /// Sleeps while `word` is `expected`, until woken or until `deadline`. May wake for no reason.
    /// `false` if the deadline passed.
    package static func wait(
        on word: borrowing Atomic<UInt32>,
        while expected: UInt32,
        until deadline: Instant
    ) -> Bool {
        let result =
            if deadline == .distantFuture {
                unsafe rat_linux_futex_wait(address(of: word), expected, nil)
            } else {
                unsafe withUnsafePointer(to: deadline.timespec) {
                    unsafe rat_linux_futex_wait(address(of: word), expected, $0)
                }
            }
        guard result == -1 else { return true }
        let error = rat_linux_errno()
        switch error {
        case ETIMEDOUT: return false
        // EAGAIN: the word has changed already. EINTR: a signal; the caller looks again.
        case EAGAIN, EINTR: return true
        default: fatalError("futex wait failed with errno \(error)")
        }
    }

    /// Looks at `word` while it is `expected`, until `deadline`, and never sleeps. Whether it still is.
    package static func spin(
        on word: borrowing Atomic<UInt32>,
        while expected: UInt32,
        until deadline: Instant
    ) -> Bool {
        repeat {
            // To read the clock costs as much as a pause.
            for _ in 0..<8 {
                guard word.load(ordering: .acquiring) == expected else { return false }
                rat_linux_pause()
            }
        } while Instant.now() < deadline
        return true
    }

    package static func wake(_ word: borrowing Atomic<UInt32>, count: CInt = 1) {
        _ = unsafe rat_linux_futex_wake(address(of: word), count)
    }

    /// Where the word is, for lists of words.
    static func number(of word: borrowing Atomic<UInt32>) -> UInt {
        UInt(bitPattern: unsafe address(of: word))
    }

    private static func address(of word: borrowing Atomic<UInt32>) -> UnsafeRawPointer {
        // An atomic has a stable address and consists of its value alone.
        unsafe withUnsafePointer(to: word) { unsafe UnsafeRawPointer($0) }
    }
}
