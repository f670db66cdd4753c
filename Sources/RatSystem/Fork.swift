internal import CRatLinux

/// State of the process that its threads share under a lock, and that a forked child must find whole.
///
/// Only the forking thread lives on in the child. What another thread was changing would stay half
/// changed there, and its lock held for ever; so the forking thread holds all these locks over the fork.
@usableFromInline package protocol ForkParticipant: AnyObject, Sendable {
    /// Before the fork: takes the lock. No thread may hold two participants' locks.
    func lockForFork()
    /// In the parent: frees the lock.
    func unlockAfterFork()
    /// In the child: forgets what was the parent's, and frees the lock.
    func startAnewInChild()
}

/// Who takes part in forks.
package enum Fork {
    /// Sendable: every field is guarded by `lock`.
    private final class Registry: @unchecked Sendable {
        let lock = Lock()
        var participants: [any ForkParticipant] = []

        init() {
            // Fails without memory only; then children have nothing that works, and nothing else changes.
            _ = pthread_atfork(
                {
                    registry.lock.lock()
                    for participant in registry.participants { participant.lockForFork() }
                },
                {
                    for participant in registry.participants { participant.unlockAfterFork() }
                    registry.lock.unlock()
                },
                {
                    for participant in registry.participants { participant.startAnewInChild() }
                    registry.lock.unlock()
                }
            )
        }
    }

    private static let registry = Registry()

    /// Has an object take part in every fork from now on. It lives as long as the process.
    package static func register(_ participant: any ForkParticipant) {
        registry.lock.lock()
        registry.participants.append(participant)
        registry.lock.unlock()
    }
}
