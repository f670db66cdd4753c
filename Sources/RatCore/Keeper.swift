package import RatSystem
internal import Synchronization

/// The thread of a process that has objects in shared memory and needs it: asleep from its start to
/// the end of the process, but where it wakes others.
///
/// It does two things that nobody else can:
/// - Its number stands in the mutexes that threads of this process own, and they are in its robust
///   list. So the kernel marks them when the process dies, however it dies. (A thread that ends
///   alone gives up its mutexes itself. The threads' own lists are the C library's, which fixes
///   where an entry lies.)
/// - It sleeps on shared words for threads that sleep in a poll, which the kernel lets nobody do at
///   once, and wakes them by their own descriptors. So a signal costs its sender nothing more, and
///   reaches the poll whoever is killed in between.
package enum Keeper {
    /// Sendable: every field is guarded by `lock`, but for the two words.
    private final class State: ForkParticipant, @unchecked Sendable {
        let lock = Lock()
        var robust = RobustList()
        var watches: [Watch] = []
        var nextWatch: UInt64 = 0
        var isStarted = false
        /// 0 until it runs.
        let threadID = Atomic<UInt32>(0)
        /// Changed when there is something new to watch.
        let changes = Atomic<UInt32>(0)

        init() {
            Fork.register(self)
        }

        func lockForFork() { lock.lock() }

        func unlockAfterFork() { lock.unlock() }

        /// A child has no keeper.
        func startAnewInChild() {
            robust.removeAll()
            watches = []
            isStarted = false
            threadID.store(0, ordering: .relaxed)
            lock.forceUnlocked()
        }
    }

    private struct Watch {
        let number: UInt64
        let thread: ThreadReference
        let words: SharedWordSet
        let robust: SharedWord?
        var isPoked = false
    }

    private static let state = State()

    // MARK: - Robust words

    /// Begins to keep a word; the number to put into it. `nil` if there are too many, or no thread.
    package static func keep(_ word: SharedWord) -> UInt32? {
        guard let threadID = started() else { return nil }
        state.lock.lock()
        defer { state.lock.unlock() }
        return state.robust.append(word) ? threadID : nil
    }

    package static func release(_ word: SharedWord) {
        state.lock.lock()
        state.robust.remove(word)
        state.lock.unlock()
    }

    // MARK: - Words for those who poll

    /// Has the thread poked when one of the words changes, until `unwatch`. `nil` if nobody can.
    static func watch(
        _ words: SharedWordSet,
        _ robust: SharedWord?,
        for thread: ThreadReference
    ) -> UInt64? {
        guard started() != nil else { return nil }
        state.lock.lock()
        state.nextWatch += 1
        let number = state.nextWatch
        state.watches.append(
            Watch(number: number, thread: thread, words: words, robust: robust)
        )
        state.lock.unlock()
        state.changes.add(1, ordering: .releasing)
        Futex.wake(state.changes)
        return number
    }

    static func unwatch(_ number: UInt64) {
        state.lock.lock()
        // Its words may go now: the keeper looks at them under the lock only, and a sleep on what
        // is not there any more ends at once.
        state.watches.removeAll { $0.number == number }
        state.lock.unlock()
    }

    // MARK: - The thread

    private static func started() -> UInt32? {
        let running = state.threadID.load(ordering: .acquiring)
        if running != 0 { return running }
        state.lock.lock()
        if !state.isStarted {
            state.isStarted =
                (try? unsafe NativeThread.startKeeper { _ in
                    Keeper.run()
                    return nil
                }) != nil
        }
        let isStarted = state.isStarted
        state.lock.unlock()
        guard isStarted else { return nil }
        while state.threadID.load(ordering: .acquiring) == 0 {
            _ = Futex.wait(on: state.threadID, while: 0, until: .distantFuture)
        }
        return state.threadID.load(ordering: .acquiring)
    }

    private static func run() {
        state.lock.lock()
        state.robust.register()
        state.lock.unlock()
        Barrier.join()
        state.threadID.store(NativeThread.currentID, ordering: .releasing)
        Futex.wake(state.threadID, count: .max)
        while true {
            let changes = state.changes.load(ordering: .acquiring)
            let (words, robust) = collect()
            words.wait(beside: state.changes, while: changes, until: .distantFuture)
            pokeThoseWithChanges(robust)
        }
    }

    /// What to sleep on, for all who poll; and whether one of them is a word that the kernel wakes
    /// one sleeper on. There can be one such only: those who poll for others look themselves now
    /// and then.
    private static func collect() -> (words: SharedWordSet, robust: SharedWord?) {
        state.lock.lock()
        defer { state.lock.unlock() }
        var all = SharedWordSet()
        var robust: SharedWord?
        for watch in state.watches where !watch.isPoked {
            if let word = watch.robust {
                if robust == nil {
                    robust = word
                    word.beginPending()
                } else if robust != word {
                    all.appendUnwatched()
                    continue
                }
            }
            all.append(contentsOf: watch.words)
        }
        return (all, robust)
    }

    private static func pokeThoseWithChanges(_ robust: SharedWord?) {
        state.lock.lock()
        defer { state.lock.unlock() }
        for index in state.watches.indices {
            let watch = state.watches[index]
            guard watch.words.hasChanged || watch.words.needsRecheck else { continue }
            // Its words are there: it cannot leave before `unwatch` has the lock.
            if let robust, watch.robust == robust { robust.passOn() }
            state.watches[index].isPoked = true
            _ = watch.thread.decideWait(.poked)
        }
        if robust != nil { SharedWord.endPending() }
    }
}
