import Testing

@testable import RatIPC

/// Plays every order in which the steps of several processes can follow each other, with deaths in
/// between.
///
/// A process does one thing to the word at a time, as `SharedState` says; its sleep and its
/// wake-ups are the kernel's. States that were seen before are not played again.
struct SharedStateModel {
    /// What one process does.
    enum Role: Hashable {
        /// Waits for the object once; a mutex it then releases.
        case waiter
        /// The same, but gives up if it has to sleep for long.
        case impatient
        /// Signals the object once.
        case signaller
    }

    /// Where a process stands.
    enum Place: Hashable {
        /// About to look, having slept briefly or not.
        case looking(Bool)
        /// Saw this word, and will act on it.
        case acting(UInt64, Bool)
        /// Saw nothing to take, and will announce its sleep.
        case drowsy(Bool)
        /// Saw this word, and will set the bit.
        case announcing(UInt64, Bool)
        /// Calls the kernel to sleep while the lower half is this.
        case lying(UInt32, isBrief: Bool)
        case asleep(UInt32, isBrief: Bool)
        /// Woken, or tired of sleeping; passes on what it may have been woken for alone, and then
        /// looks again or leaves.
        case rising(hasSlept: Bool, isLeaving: Bool)
        /// Owes a wake-up of those who sleep briefly.
        case waking
        /// Has what it came for; with a mutex, has to release.
        case holding
        case done
        case dead
    }

    struct Process: Hashable {
        let role: Role
        var place: Place
        let mayDie: Bool

        var isAsleep: Bool {
            if case .asleep = place { true } else { false }
        }

        /// Whether the kernel is to wake another should it die.
        var isPending: Bool {
            switch place {
            case .lying, .asleep, .rising: true
            default: false
            }
        }

        mutating func wake() {
            if isAsleep { place = .rising(hasSlept: false, isLeaving: false) }
        }
    }

    struct World: Hashable {
        var word: UInt64
        var processes: [Process]
        var taken = 0
        var signalled = 0
    }

    enum Object {
        case event(isManualReset: Bool)
        case semaphore(maximum: UInt32)
        case mutex
    }

    /// Plays it all; says how many worlds there were.
    @discardableResult func play(_ object: Object, _ start: World) -> Int {
        var seen: Set<World> = [start]
        var open = [start]
        while let world = open.popLast() {
            let next = self.next(object, world)
            check(object, world, isLast: next.isEmpty)
            for one in next where seen.insert(one).inserted { open.append(one) }
        }
        return seen.count
    }

    func world(_ word: UInt64, _ roles: [Role], mayDie: Int) -> World {
        let processes = roles.enumerated().map { index, role in
            Process(role: role, place: .looking(false), mayDie: index < mayDie)
        }
        return World(word: word, processes: processes)
    }

    // MARK: - Claims

    /// Whether there is something to take for somebody who sleeps.
    func isSignaled(_ object: Object, _ word: UInt64) -> Bool {
        switch object {
        case .event: SharedEventState(word: word).isSignaled
        case .semaphore: SharedSemaphoreState(word: word).count > 0
        case .mutex: word & SharedBits.owner == 0
        }
    }

    func check(_ object: Object, _ world: World, isLast: Bool) {
        let inside = world.processes.count { $0.place == .holding }
        if case .mutex = object { #expect(inside <= 1) }
        if case .semaphore(let maximum) = object {
            #expect(SharedSemaphoreState(word: world.word).count <= maximum)
        }
        guard isLast else { return }
        // Nothing can happen any more but that brief sleeps end, which `next` plays: who sleeps
        // now, sleeps for ever.
        let sleeps = world.processes.contains { $0.isAsleep }
        #expect(!sleeps || !isSignaled(object, world.word), "asleep beside a signal: \(world)")
        switch object {
        case .event(isManualReset: false):
            #expect(world.taken <= world.signalled)
        case .semaphore:
            let left = Int(SharedSemaphoreState(word: world.word).count)
            #expect(world.taken + left == world.signalled)
        case .mutex:
            // Whoever owned it is gone or has released.
            #expect(isSignaled(object, world.word))
        default: break
        }
    }

    // MARK: - Steps

    func next(_ object: Object, _ world: World) -> [World] {
        var result: [World] = []
        for index in world.processes.indices {
            if let next = step(object, world, index) { result.append(next) }
            let process = world.processes[index]
            if process.role == .impatient, process.isAsleep {
                var next = world
                next.processes[index].place = .rising(hasSlept: false, isLeaving: true)
                result.append(next)
            }
            if process.mayDie, process.place != .done, process.place != .dead {
                result += deaths(object, world, index)
            }
        }
        return result
    }

    /// A world for each sleeper that the kernel may choose.
    func deaths(_ object: Object, _ world: World, _ index: Int) -> [World] {
        var world = world
        let isPending = world.processes[index].isPending
        world.processes[index].place = .dead
        guard case .mutex = object else { return [world] }
        let owner = world.word & SharedBits.owner
        var isWaking = isPending && owner == 0
        if owner == UInt64(index + 1) {
            isWaking = world.word & SharedBits.sleepers != 0
            world.word = SharedMutexState(word: world.word).dying()
        }
        let sleepers = world.processes.indices.filter { world.processes[$0].isAsleep }
        guard isWaking, !sleepers.isEmpty else { return [world] }
        return sleepers.map { sleeper in
            var next = world
            next.processes[sleeper].wake()
            return next
        }
    }

    func wakeAll(_ world: inout World) {
        for index in world.processes.indices { world.processes[index].wake() }
    }

    func step(_ object: Object, _ world: World, _ index: Int) -> World? {
        var world = world
        switch world.processes[index].place {
        case .done, .dead: return nil
        case .looking(let hasSlept):
            world.processes[index].place = .acting(world.word, hasSlept)
        case .acting(let seen, let hasSlept):
            act(object, &world, index, seen, hasSlept)
        case .drowsy(let hasSlept):
            world.processes[index].place = .announcing(world.word, hasSlept)
        case .announcing(let seen, let hasSlept):
            announce(object, &world, index, seen, hasSlept)
        case .lying(let value, let isBrief):
            let isSame = UInt32(truncatingIfNeeded: world.word) == value
            world.processes[index].place =
                isSame
                ? .asleep(value, isBrief: isBrief) : .rising(hasSlept: false, isLeaving: false)
        case .asleep(_, let isBrief):
            guard isBrief else { return nil }
            world.processes[index].place = .rising(hasSlept: true, isLeaving: false)
        case .rising(let hasSlept, let isLeaving):
            passOn(object, &world)
            world.processes[index].place = isLeaving ? .done : .looking(hasSlept)
        case .waking:
            wakeAll(&world)
            world.processes[index].place = .done
        case .holding:
            let owner = owner(index)
            apply(SharedMutexState(word: world.word).releasing(owner), world.word, &world, index) {
                isReleased,
                world in
                #expect(isReleased)
                world.processes[index].place = .done
            }
        }
        return world
    }

    /// Who has slept wakes the others where the kernel may have woken it alone.
    func passOn(_ object: Object, _ world: inout World) {
        guard case .mutex = object, world.word & SharedBits.owner == 0,
            world.word & SharedBits.sleepers != 0
        else { return }
        wakeAll(&world)
    }

    func owner(_ index: Int) -> SharedMutexState.Owner {
        SharedMutexState.Owner(keeper: UInt32(index + 1), thread: UInt32(index + 100))
    }

    /// Does what a rule says to the word, if it still is what was seen; else looks again.
    func apply<Outcome>(
        _ step: SharedStep<Outcome>,
        _ seen: UInt64,
        _ world: inout World,
        _ index: Int,
        _ finish: (Outcome, inout World) -> Void
    ) {
        switch step {
        case .finish(let outcome): finish(outcome, &world)
        case .exchange(let new, let outcome), .exchangeAndWake(let new, let outcome):
            guard world.word == seen else {
                world.processes[index].place = .looking(false)
                return
            }
            world.word = new
            finish(outcome, &world)
            if case .exchangeAndWake = step { world.processes[index].place = .waking }
        case .signal(let isMarked, let outcome):
            world.word = world.word & ~SharedBits.low | (isMarked ? SharedBits.mark : 0)
            wakeAll(&world)
            if let outcome {
                finish(outcome, &world)
            } else {
                world.processes[index].place = .looking(false)
            }
        }
    }

    func act(
        _ object: Object,
        _ world: inout World,
        _ index: Int,
        _ seen: UInt64,
        _ hasSlept: Bool
    ) {
        let isWaiter = world.processes[index].role != .signaller
        let end = { (isTaken: Bool, world: inout World) in
            world.taken += isTaken ? 1 : 0
            world.processes[index].place = isTaken ? .done : .drowsy(hasSlept)
        }
        let signalled = { (_: Bool, world: inout World) in
            world.signalled += 1
            world.processes[index].place = .done
        }
        switch object {
        case .event(let isManualReset):
            let state = SharedEventState(word: seen)
            if isWaiter {
                let taking = state.taking(isManualReset: isManualReset)
                apply(taking, seen, &world, index, end)
            } else {
                apply(state.setting(), seen, &world, index, signalled)
            }
        case .semaphore(let maximum):
            let state = SharedSemaphoreState(word: seen)
            if isWaiter {
                apply(state.taking(), seen, &world, index, end)
            } else {
                apply(state.releasing(1, maximum: maximum), seen, &world, index) {
                    signalled(true, &$1)
                    if $0 == nil { $1.signalled -= 1 }
                }
            }
        case .mutex:
            let taking = SharedMutexState(word: seen).taking(owner(index))
            apply(taking, seen, &world, index) {
                $1.processes[index].place = $0 == .owned ? .drowsy(hasSlept) : .holding
            }
        }
    }

    func announce(
        _ object: Object,
        _ world: inout World,
        _ index: Int,
        _ seen: UInt64,
        _ hasSlept: Bool
    ) {
        let step =
            switch object {
            case .event: SharedEventState(word: seen).sleeping()
            case .semaphore: SharedSemaphoreState(word: seen).sleeping(hasSleptBriefly: hasSlept)
            case .mutex: SharedMutexState(word: seen).sleeping(owner(index))
            }
        apply(step, seen, &world, index) { sleep, world in
            world.processes[index].place =
                switch sleep {
                case .watched(let value): .lying(value, isBrief: false)
                case .briefly(let value): .lying(value, isBrief: true)
                case .notNow: .looking(false)
                }
        }
    }
}
