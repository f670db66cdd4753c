internal import Glibc
package import RatSystem

/// How long a test waits for what has to happen. Only a failure waits so long.
package enum Patience {
    package static let seconds = 60

    package static var deadline: Instant {
        Instant.now().advanced(byMilliseconds: UInt64(seconds) * 1000)
    }

    /// Gives way until `condition` holds; `false` if it never came to that.
    package static func until(_ condition: () -> Bool) -> Bool {
        let deadline = deadline
        while !condition() {
            guard Instant.now() < deadline else { return false }
            sched_yield()
        }
        return true
    }
}
