internal import RatCore
internal import RatIPC
internal import RatSystem
internal import Synchronization

private typealias Mutex = RatIPC.Mutex

/// One thread of a `SyncStress`.
struct SyncStressWorker {
    private let stress: SyncStress
    private let number: Int
    private var state: UInt64

    init(_ stress: SyncStress, _ number: Int) {
        self.stress = stress
        self.number = number
        state = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
    }

    mutating func run() {
        while Instant.now() < stress.deadline {
            switch random(10) {
            case 0, 1: replace(random(stress.passing.count))
            case 2, 3: signal(somethingPassing())
            case 4: try? Objects.close(somethingPassing())
            case 5 where random(8) == 0: startOwnerThatDies()
            default: waitForSome()
            }
        }
    }

    // MARK: - Objects that come and go

    private mutating func somethingPassing() -> Handle {
        let place = stress.passing[random(stress.passing.count)]
        return Handle(rawValue: place.value.load(ordering: .relaxed))
    }

    /// Puts a new object in a place, and closes the one that was there, unless somebody has.
    private mutating func replace(_ place: Int) {
        do throws(RatError) {
            let made = try create()
            let old = stress.passing[place].value.exchange(made.rawValue, ordering: .relaxed)
            try? Objects.close(Handle(rawValue: old))
        } catch {
            stress.violated("nothing can be created: \(error)")
        }
    }

    private mutating func create() throws(RatError) -> Handle {
        switch random(16) {
        case 0...3: return try Event.create(isManualReset: false, isSignaled: random(2) == 0)
        case 4...5: return try Event.create(isManualReset: true, isSignaled: false)
        case 6...8: return try Mutex.create(isOwned: random(2) == 0)
        case 9...10: return try Semaphore.create(count: UInt32(random(2)), maximum: 3)
        case 11...13:
            let timer = try WaitableTimer.create(isManualReset: random(2) == 0)
            try WaitableTimer.set(timer, due: soon(), periodNanoseconds: UInt64(random(200_000)))
            return timer
        case 14: return try SyncStress.start {}
        default: return try ProcessObject.open(processID: Process.id)
        }
    }

    /// Whatever the object is, and whether or not it is there still.
    private mutating func signal(_ handle: Handle) {
        switch handle.kind {
        case .event: if random(4) == 0 { try? Event.reset(handle) } else { try? Event.set(handle) }
        case .mutex: try? Mutex.release(handle)
        case .semaphore: _ = try? Semaphore.release(handle, by: 1)
        case .timer:
            let due = random(4) == 0 ? Instant.distantFuture : soon()
            try? WaitableTimer.set(handle, due: due, periodNanoseconds: 0)
        case .thread: _ = try? ThreadObject.join(handle, until: soon())
        case .process: _ = try? ProcessObject.exitCode(handle)
        default: break
        }
    }

    // MARK: - Waits

    private mutating func waitForSome() {
        var handles: [Handle] = []
        for _ in 0...random(4) {
            switch random(3) {
            case 0: handles.append(stress.kept[random(stress.kept.count)].mutex)
            case 1: handles.append(stress.semaphores[random(stress.semaphores.count)])
            default: handles.append(somethingPassing())
            }
        }
        // Each once. A wait for all tells of the first owner that died, so the one that counts is in front.
        handles = handles.enumerated()
            .filter { !handles[..<$0.offset].contains($0.element) }
            .map(\.element)
        if let place = handles.firstIndex(of: mortal) { handles.swapAt(0, place) }
        let isForAll = random(2) == 0
        let end = random(4) == 0 ? Instant.distantPast : soon()
        let outcome: WaitOutcome
        if handles.count == 1 {
            outcome = Wait.forOne(handles[0], until: end, source: nil)
        } else if isForAll {
            outcome = Wait.forAll(handles, until: end, source: nil)
        } else {
            outcome = Wait.forAny(handles, until: end, source: nil)
        }
        stress.waits.add(1, ordering: .relaxed)
        switch outcome {
        case .signaled(let place):
            took(isForAll ? handles : [handles[place]])
        case .abandoned(let place):
            if !handles[place].isOfKind(.mutex) { stress.violated("what died was no mutex") }
            took(isForAll ? handles : [handles[place]])
        case .timedOut: break
        case .failed(nil): stress.violated("a wait failed for its arguments")
        case .failed(let place?): if isKept(handles[place]) { stress.violated("a kept one failed") }
        }
        if outcome == .abandoned(0), handles[0] == mortal {
            stress.deathsTold.add(1, ordering: .relaxed)
        }
    }

    /// The mutex whose owners die.
    private var mortal: Handle { stress.kept[0].mutex }

    private func isKept(_ handle: Handle) -> Bool {
        stress.semaphores.contains(handle) || stress.kept.contains { $0.mutex == handle }
    }

    /// Accounts for what a wait took, holds it for a moment, and gives it back.
    private mutating func took(_ handles: [Handle]) {
        for kept in stress.kept where handles.contains(kept.mutex) {
            if kept.depth != 0, kept.owner != number { stress.violated("a mutex has two owners") }
            kept.owner = number
            kept.depth += 1
        }
        if random(3) == 0, let again = handles.first(where: { $0.isOfKind(.mutex) }),
            Wait.forOne(again, until: .distantPast, source: nil) == .signaled(0)
        {
            try? Mutex.release(again)
        }
        for handle in handles {
            if let kept = stress.kept.first(where: { $0.mutex == handle }) {
                if kept.owner != number { stress.violated("a mutex has two owners") }
                kept.depth -= 1
                if (try? Mutex.release(handle)) == nil { stress.violated("no release") }
            } else if stress.semaphores.contains(handle) {
                let other = stress.semaphores[random(stress.semaphores.count)]
                if (try? Semaphore.release(other, by: 1)) == nil { stress.violated("no room") }
            } else if handle.isOfKind(.mutex) {
                // It may be closed by now.
                try? Mutex.release(handle)
            }
        }
    }

    // MARK: - Owners that die

    /// A thread that takes the first kept mutex and ends as its owner.
    private func startOwnerThatDies() {
        let stress = stress
        do throws(RatError) {
            let thread = try SyncStress.start {
                let end = Instant.now().advanced(byMilliseconds: 2)
                let outcome = Wait.forOne(stress.kept[0].mutex, until: end, source: nil)
                if outcome == .timedOut { return }
                if outcome == .abandoned(0) { stress.deathsTold.add(1, ordering: .relaxed) }
                if stress.kept[0].depth != 0 { stress.violated("a mutex has two owners") }
                stress.kept[0].owner = -1
                stress.deaths.add(1, ordering: .relaxed)
            }
            let end = stress.deadline.advanced(byMilliseconds: 30_000)
            _ = try ThreadObject.join(thread, until: end)
            try Objects.close(thread)
        } catch {
            stress.violated("no owner could die: \(error)")
        }
    }

    // MARK: - Chance

    private mutating func soon() -> Instant {
        Instant.now().advanced(byNanoseconds: UInt64(random(1_000_000)))
    }

    /// xorshift64: the same run of numbers for the same thread, though not the same interleaving.
    private mutating func random(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }
}
