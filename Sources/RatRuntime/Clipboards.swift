internal import Glibc
internal import RatCore
internal import RatDisplay
internal import RatSystem
package import RatWindowing
internal import Synchronization

#if X11
internal import RatX11
#endif

/// The process's clipboard, joined with that of the display that the process has chosen.
package enum Clipboards {
    /// When joining was tried last, for which choice of a display, and by which process: a child has not tried.
    private struct Attempt {
        var process: pid_t
        var choices: UInt64
        var time: Instant
    }

    private static let last = Mutex<Attempt?>(nil)
    /// How long a display that cannot be reached is left alone.
    private static let pause: UInt64 = 1_000

    /// Without a display that other programs share it is this process's alone.
    package static var shared: Clipboard {
        let clipboard = Clipboard.shared
        if !clipboard.isJoined, isTimeToTry() {
            clipboard.join { Displays.openExchange(for: $0) }
        }
        return clipboard
    }

    /// A choice is tried at once, and again now and then: its server may be started later.
    private static func isTimeToTry() -> Bool {
        let (now, choices, process) = (Instant.now(), Displays.choicesMade, getpid())
        return last.withLock { last in
            if let tried = last, tried.choices == choices, tried.process == process,
                now < tried.time.advanced(byMilliseconds: pause)
            {
                return false
            }
            last = Attempt(process: process, choices: choices, time: now)
            return true
        }
    }
}
