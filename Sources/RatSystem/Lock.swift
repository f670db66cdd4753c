internal import CRatLinux
public import Synchronization

/// A small lock for short critical sections: 4 bytes, no system call unless two threads meet.
///
/// It is a word of memory, so a record can hold it and outlive its contents: a thread that comes late
/// may lock a record that has been retired since, look, and leave. Its memory must outlive every call:
/// unlocking looks at it once more when another may have it already. No application code runs under it,
/// and it is not recursive. Not for memory that processes share.
///
/// The lower half of the word says whether it is held, the upper one whether somebody may sleep on it:
///
///     free --lock--> held --lock by another--> held, awaited
///     held --unlock--> free
///     held, awaited --unlock--> free, awaited --by the unlocker--> free [wake one]
///
/// Unlocking is a plain store and a load, where an exchange would cost as much again as the lock. The
/// processor may load before others see the store, so an unlocker U and a thread W that goes to sleep
/// could miss each other:
///
///     U: held = 0; if awaited: awaited = 0, wake one
///     W: awaited = 1; barrier on all processors; if held: sleep while held and awaited
///
/// They do not. If U loads before W's barrier, then U's store, which comes first in U, is seen after the
/// barrier: W finds the lock free, or held by another, for whom the same is true. If U loads after it, it
/// sees W's mark, or one who cleared it since and wakes a sleeper in any case. Whoever is woken marks the
/// word again before he takes it or sleeps, so no mark is missing while threads sleep; and a sleep that
/// comes after the clearing does not begin, because the kernel compares the word. Where the kernel has no
/// such barrier, the unlocker has one of its own between store and load. `LockModelTests` goes through all
/// of it.
@frozen public struct Lock: ~Copyable {
    @usableFromInline let word = Atomic<UInt32>(0)
    private static let free: UInt32 = 0
    private static let held: UInt32 = 1
    private static let awaited: UInt32 = 1 << 16

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
        ProcessBarrier.settle()
        let isAwaited = unsafe withUnsafePointer(to: word) { word in
            // The halves, the lower one first, as on all machines that this builds for.
            let halves = unsafe UnsafeRawPointer(word).assumingMemoryBound(to: Atomic<UInt16>.self)
            unsafe halves[0].store(0, ordering: .releasing)
            ProcessBarrier.order()
            return unsafe halves[1].load(ordering: .relaxed) != 0
        }
        if isAwaited { wakeOne() }
    }

    /// Takes the lock if nobody has it.
    package func tryLock() -> Bool { takeIfFree() }

    /// For a process that was forked while another thread held it.
    package func forceUnlocked() {
        word.store(Lock.free, ordering: .releasing)
    }

    @inline(never) @usableFromInline func lockSlowly() {
        // The holder is inside for some tens of nanoseconds, unless it was preempted.
        // Every look takes the holder's line of the cache away from it, so the looks become rare: while one
        // waits, the other goes in and out at the speed of its own cache.
        var pauses = 1
        for _ in 0..<Lock.looks {
            if takeIfFree() { return }
            for _ in 0..<pauses { rat_linux_pause() }
            if pauses < 32 { pauses *= 2 }
        }
        while true {
            _ = word.bitwiseOr(Lock.awaited, ordering: .sequentiallyConsistent)
            let isOrdered = ProcessBarrier.run()
            if takeIfFree() { return }
            let recheck = isOrdered ? .distantFuture : Instant.now().advanced(byMilliseconds: 1)
            _ = Futex.wait(on: word, while: Lock.held | Lock.awaited, until: recheck)
        }
    }

    private func takeIfFree() -> Bool {
        let current = word.load(ordering: .relaxed)
        return current & Lock.held == 0
            && word.compareExchange(
                expected: current,
                desired: current | Lock.held,
                ordering: .acquiring
            ).exchanged
    }

    @inline(never) @usableFromInline func wakeOne() {
        _ = word.bitwiseAnd(~Lock.awaited, ordering: .relaxed)
        Futex.wake(word)
    }

    /// Spinning on one processor only keeps the holder from running.
    private static let looks = Processors.count > 1 ? 12 : 0
}

/// The processors that this process may run on, by the affinity that its first thread has when it is
/// first asked for.
package enum Processors {
    package static let count = max(1, Int(rat_linux_processor_count()))
}
