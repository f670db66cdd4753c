// The states of events, semaphores and mutexes that processes share, and every change of them.
//
// A state is one 64-bit word in memory that anybody may die over. These are the rules that make it
// safe:
//
// 1. Every change is one compare-and-exchange of the whole word, or one call of the kernel that
//    sets the lower half and wakes everybody who sleeps on it (`signal`). Both happen or do not;
//    nobody can be killed in the middle.
// 2. Who sleeps has set `sleepers` in the lower half before, and sleeps only while the lower half
//    is as it was then. So where `sleepers` is clear, nobody sleeps who would have to be woken.
// 3. A change that gives sleepers something to take clears `sleepers`. Therefore it is a `signal`,
//    which wakes them all: one takes, the others set `sleepers` again. Waking one only would lose
//    the signal with the one, should he be killed before he takes it.
// 4. Taking is a compare-and-exchange by the taker itself. Nothing is handed to anybody who may be
//    dead.
//
// The lower half has the form of the kernel's robust futexes: 30 bits for the number of a mutex's
// owner, bit 30 (`mark`), bit 31 (`sleepers`). The owner's number is that of its process's keeper
// thread, whose death is the process's. The upper half is different for each kind.
//
//   event        -- --set--> M- --wait, auto, or reset--> --          M: mark, S: sleepers
//                -- --sleep--> -S --set [signal]--> M-
//
//   semaphore    n:-- --release k--> n+k:-- --wait--> n+k-1:--        n: the count, the upper half
//                0:-- --sleep--> 0:-S --release k [signal]--> 0:M- --the same--> k:-- [wake]
//                0:M- --sleep that was brief before--> 0:-S
//
//   mutex        -- --wait--> o-:t,1 --wait, release by t--> o-:t,d   o: owner's keeper
//                o-:t,1 --release--> --                               t: its thread, d: depth
//                o-:t,d --sleep--> oS:t,d --release of the last [signal]--> --
//                o-:t,d --the thread or process ends--> M-
//                oS:t,d --the thread ends [signal]--> M-
//                oS:t,d --the process dies, by the kernel [wake one]--> MS
//                M-, MS --wait, told that it is abandoned--> o-:t,1, oS:t,1
//
// A release of a semaphore cannot be one call of the kernel, which knows no sums with bounds. So it
// first wakes the sleepers and leaves the mark, which says that units are coming; and adds them
// when `sleepers` is clear, by rule 2 with nobody asleep. Whoever sees the mark sleeps for some
// milliseconds at most, and sets `sleepers` in the mark's place when nothing came: the releaser was
// killed, and added nothing.
//
// The kernel wakes one sleeper only when a mutex's owner dies. Who wakes up, for whatever reason,
// and finds MS wakes all others (`SharedWord.passOn`). Should he be killed before, the kernel wakes
// the next: that is what a thread's pending word is for. It has one; of several shared mutexes in
// one wait, therefore, it sleeps on one, and looks at the others every few milliseconds.
//
// The kernel marks a mutex when the keeper dies. All threads of the process are to be killed by
// then, but one may run its last instructions on another processor. Who takes an abandoned mutex
// interrupts all processors first (`Barrier.interruptAll`); what is to be killed does not come back
// from an interrupt.

/// What to do to a state.
enum SharedStep<Outcome: Equatable>: Equatable {
    /// Nothing more.
    case finish(Outcome)
    /// Exchange the whole word for this one, and begin again if it is another by now.
    case exchange(UInt64, Outcome)
    /// The same, and wake those who sleep briefly.
    case exchangeAndWake(UInt64, Outcome)
    /// Set the lower half to 0 or to the mark and wake all, whatever it is by now. Without an
    /// outcome, begin again.
    case signal(isMarked: Bool, Outcome?)
}

/// What both halves of every state have in common.
enum SharedBits {
    static let sleepers: UInt64 = 1 << 31
    static let mark: UInt64 = 1 << 30
    static let owner: UInt64 = (1 << 30) - 1
    static let low: UInt64 = (1 << 32) - 1
}

/// What a sleeper is told.
enum SharedSleep: Equatable {
    case watched(UInt32)
    case briefly(UInt32)
    case notNow
}

/// The state of an event. Whether it resets itself is not in it: that never changes.
struct SharedEventState {
    let word: UInt64

    static func initial(isSignaled: Bool) -> UInt64 { isSignaled ? SharedBits.mark : 0 }

    var isSignaled: Bool { word & SharedBits.mark != 0 }

    func taking(isManualReset: Bool) -> SharedStep<Bool> {
        guard isSignaled else { return .finish(false) }
        return isManualReset ? .finish(true) : .exchange(word & ~SharedBits.mark, true)
    }

    /// An event that is signalled is exchanged for itself: what was written before is seen by the
    /// taker.
    func setting() -> SharedStep<Bool> {
        word & SharedBits.sleepers != 0
            ? .signal(isMarked: true, true) : .exchange(word | SharedBits.mark, true)
    }

    func resetting() -> SharedStep<Bool> {
        isSignaled ? .exchange(word & ~SharedBits.mark, true) : .finish(true)
    }

    func sleeping() -> SharedStep<SharedSleep> {
        guard !isSignaled else { return .finish(.notNow) }
        return sleepersSet(word)
    }
}

/// Sets the bit, if it is not set.
private func sleepersSet(_ word: UInt64) -> SharedStep<SharedSleep> {
    let new = word | SharedBits.sleepers
    let sleep = SharedSleep.watched(UInt32(truncatingIfNeeded: new))
    return new == word ? .finish(sleep) : .exchange(new, sleep)
}

/// The state of a semaphore. Its maximum never changes.
struct SharedSemaphoreState {
    let word: UInt64

    static func initial(count: UInt32) -> UInt64 { UInt64(count) << 32 }

    var count: UInt32 { UInt32(truncatingIfNeeded: word >> 32) }

    func taking() -> SharedStep<Bool> {
        count > 0 ? .exchange(word &- (1 << 32), true) : .finish(false)
    }

    /// The count before; `nil` if the sum would exceed the maximum.
    func releasing(_ units: UInt32, maximum: UInt32) -> SharedStep<UInt32?> {
        guard count <= maximum, units <= maximum - count else { return .finish(nil) }
        guard word & SharedBits.sleepers == 0 else { return .signal(isMarked: true, nil) }
        let new = UInt64(count + units) << 32
        return word & SharedBits.mark == 0
            ? .exchange(new, .some(count)) : .exchangeAndWake(new, .some(count))
    }

    func sleeping(hasSleptBriefly: Bool) -> SharedStep<SharedSleep> {
        guard count == 0 else { return .finish(.notNow) }
        guard word & SharedBits.mark == 0 || hasSleptBriefly else {
            return .finish(.briefly(UInt32(truncatingIfNeeded: word)))
        }
        return sleepersSet(word & ~SharedBits.mark)
    }
}

/// The state of a mutex.
struct SharedMutexState {
    /// Who may own a mutex: a thread of the system, and the keeper of its process.
    struct Owner: Equatable {
        let keeper: UInt32
        let thread: UInt32
    }

    /// What came of trying to lock.
    enum Taking: Equatable {
        case taken
        case takenFromTheDead
        case owned
        case exhausted
    }

    /// Numbers of threads have 22 bits, which leaves 10 for the depth.
    private static let depthBits: UInt64 = 10
    static let maximumDepth: UInt64 = (1 << depthBits) - 1

    let word: UInt64

    static func initial(owner: Owner?) -> UInt64 { owner.map { owned(0, $0) } ?? 0 }

    private var isFree: Bool { word & SharedBits.owner == 0 }
    private var depth: UInt64 { word >> 32 & Self.maximumDepth }

    func isOwned(by owner: Owner) -> Bool {
        word & SharedBits.owner == UInt64(owner.keeper)
            && word >> (32 + Self.depthBits) == UInt64(owner.thread)
    }

    func canBeTaken(by owner: Owner) -> Bool { isFree || isOwned(by: owner) }

    func taking(_ owner: Owner) -> SharedStep<Taking> {
        if isFree {
            let isDead = word & SharedBits.mark != 0
            return .exchange(Self.owned(word, owner), isDead ? .takenFromTheDead : .taken)
        }
        guard isOwned(by: owner) else { return .finish(.owned) }
        guard depth < Self.maximumDepth else { return .finish(.exhausted) }
        return .exchange(word + (1 << 32), .taken)
    }

    /// `false` if it is another's.
    func releasing(_ owner: Owner) -> SharedStep<Bool> {
        guard !isFree, isOwned(by: owner) else { return .finish(false) }
        if depth > 1 { return .exchange(word - (1 << 32), true) }
        return word & SharedBits.sleepers != 0 ? .signal(isMarked: false, true) : .exchange(0, true)
    }

    /// The owner ends. `false` if it is another's.
    func abandoning(_ owner: Owner) -> SharedStep<Bool> {
        guard !isFree, isOwned(by: owner) else { return .finish(false) }
        return word & SharedBits.sleepers != 0
            ? .signal(isMarked: true, true) : .exchange(SharedBits.mark, true)
    }

    func sleeping(_ owner: Owner) -> SharedStep<SharedSleep> {
        canBeTaken(by: owner) ? .finish(.notNow) : sleepersSet(word)
    }

    /// What the kernel does when the keeper dies; here for tests.
    func dying() -> UInt64 {
        word & ~SharedBits.low | word & SharedBits.sleepers | SharedBits.mark
    }

    private static func owned(_ word: UInt64, _ owner: Owner) -> UInt64 {
        (UInt64(owner.thread) << depthBits | 1) << 32
            | word & SharedBits.sleepers | UInt64(owner.keeper)
    }
}
