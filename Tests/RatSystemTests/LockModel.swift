/// What threads that take and free one lock do, one memory access at a time, with the store buffer that
/// lets a thread look at the mark before others see that the lock is free. The steps are those of `Lock`.
struct LockModel: Hashable {
    /// What stands between an unlock's store and its load.
    enum Order {
        /// A sleeper's barrier on all processors.
        case processBarrier
        /// A fence in each unlock; the sleeper has no barrier but his own.
        case fences
        /// Nothing: what must not work.
        case none
    }

    enum Place: UInt8 {
        case locking
        case marking
        case atBarrier
        case looking
        case takingFree
        case takingAwaited
        case goingToSleep
        case asleep
        case inside
        case ordering
        case lookingAtMark
        case clearing
        case waking
        case done
    }

    struct Thread: Hashable {
        var place = Place.locking
        /// How often it will take the lock once more.
        var rounds: UInt8
        /// Whether others do not see yet that it has freed the lock.
        var isBuffered = false
    }

    var isHeld = false
    var isAwaited = false
    var threads: [Thread]

    init(rounds: [UInt8]) {
        threads = rounds.map { Thread(rounds: $0) }
    }

    var isDone: Bool { threads.allSatisfy { $0.place == .done } }

    var insideCount: Int { threads.count { $0.place == .inside } }

    /// All that can come next.
    func successors(_ order: Order) -> [LockModel] {
        var all: [LockModel] = []
        for index in threads.indices {
            if threads[index].isBuffered {
                var next = self
                next.drain(index)
                all.append(next)
            }
            all += stepped(index, order)
        }
        return all
    }

    private mutating func drain(_ index: Int) {
        guard threads[index].isBuffered else { return }
        threads[index].isBuffered = false
        isHeld = false
    }

    private func stepped(_ index: Int, _ order: Order) -> [LockModel] {
        var next = self
        switch threads[index].place {
        case .locking: return locking(index)
        case .marking:
            next.drain(index)
            next.isAwaited = true
            next.threads[index].place = .atBarrier
        case .atBarrier:
            if order == .processBarrier { for other in threads.indices { next.drain(other) } }
            next.threads[index].place = .looking
        case .looking:
            let free: Place = isAwaited ? .takingAwaited : .takingFree
            next.threads[index].place = isHeld ? .goingToSleep : free
        case .takingFree, .takingAwaited:
            let isUnchanged = !isHeld && isAwaited == (threads[index].place == .takingAwaited)
            if isUnchanged { next.isHeld = true }
            next.threads[index].place = isUnchanged ? .inside : .goingToSleep
        case .goingToSleep:
            // The kernel compares the word and puts the thread to sleep in one step.
            next.threads[index].place = isHeld && isAwaited ? .asleep : .marking
        case .asleep, .done: return []
        case .inside:
            next.threads[index].isBuffered = true
            next.threads[index].place = .ordering
        case .ordering:
            if order == .fences { next.drain(index) }
            next.threads[index].place = .lookingAtMark
        case .lookingAtMark:
            if isAwaited { next.threads[index].place = .clearing } else { next.finish(index) }
        case .clearing:
            next.drain(index)
            next.isAwaited = false
            next.threads[index].place = .waking
        case .waking: return wakingOne(index)
        }
        return [next]
    }

    /// At once, or while it looks for a while, which leaves the mark as it is; or not.
    private func locking(_ index: Int) -> [LockModel] {
        var next = self
        next.drain(index)
        var taken = next
        taken.isHeld = true
        taken.threads[index].place = .inside
        next.threads[index].place = .marking
        if next.isHeld { return [next] }
        return next.isAwaited ? [taken, next] : [taken]
    }

    private mutating func finish(_ index: Int) {
        threads[index].rounds -= 1
        threads[index].place = threads[index].rounds == 0 ? .done : .locking
    }

    /// Nobody says which of the sleepers it is.
    private func wakingOne(_ index: Int) -> [LockModel] {
        var next = self
        next.finish(index)
        let sleepers = threads.indices.filter { threads[$0].place == .asleep }
        guard !sleepers.isEmpty else { return [next] }
        return sleepers.map { sleeper in
            var woken = next
            woken.threads[sleeper].place = .marking
            return woken
        }
    }
}
