internal import CRatLinux
public import Synchronization

/// A small lock for short critical sections: 4 bytes, no system call unless two threads meet.
///
/// It is a word of memory, so a record can hold it and outlive its contents: a thread that comes late
/// may lock a record that has been retired since, look, and leave. No application code runs under it,
/// and it is not recursive.
///
///     free --lock--> held --lock by another--> contended --unlock--> free [wake one]
@frozen public struct Lock: ~Copyable {
    @usableFromInline let word = Atomic<UInt32>(0)
    private static let free: UInt32 = 0
    private static let held: UInt32 = 1
    private static let contended: UInt32 = 2

    /// A free lock.
    @inlinable public init() {}

    /// Takes the lock, waiting for it.
    @inlinable @inline(__always) public func lock() {
        let (exchanged, _) = word.compareExchange(
            expected: 0,
            desired: 1,
            ordering: .acquiring
        )
        if !exchanged { lockSlowly() }
    }

    /// Frees the lock, which the calling thread holds.
    @inlinable @inline(__always) public func unlock() {
        if word.exchange(0, ordering: .releasing) == 2 { wakeOne() }
    }

    /// For a process that was forked while another thread held it.
    package func forceUnlocked() {
        word.store(Lock.free, ordering: .releasing)
    }

    @inline(never) @usableFromInline func lockSlowly() {
        // The holder is inside for some tens of nanoseconds, unless it was preempted.
        for _ in 0..<Lock.spins {
            if word.load(ordering: .relaxed) == Lock.free,
                word.compareExchange(
                    expected: Lock.free,
                    desired: Lock.held,
                    ordering: .acquiring
                ).exchanged
            {
                return
            }
            rat_linux_pause()
        }
        while word.exchange(Lock.contended, ordering: .acquiring) != Lock.free {
            _ = Futex.wait(on: word, while: Lock.contended, until: .distantFuture)
        }
    }

    @inline(never) @usableFromInline func wakeOne() {
        Futex.wake(word)
    }

    /// Spinning on one processor only keeps the holder from running.
    private static let spins = Processors.count > 1 ? 100 : 0
}

/// The processors that this process may run on, by the affinity that its first thread has when it is
/// first asked for.
package enum Processors {
    package static let count = max(1, Int(rat_linux_processor_count()))
}
