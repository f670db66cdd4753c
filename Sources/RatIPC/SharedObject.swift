package import RatCore
internal import RatSystem

/// The memory of one handle to a shared object.
struct SharedObjectRecord: ObjectRecord, ~Copyable {
    var header: ObjectHeader
    // Set before the handle can be found, and the same until the record is recycled.
    var block: SharedBlock?
    var traits = SharedTraits(kind: .event, identity: 0)
    /// The number of this process in mutexes.
    var keeper: UInt32 = 0
    // Guarded by `header.lock`.
    /// Who locked a mutex by this handle last, and how often it was locked and not released by it.
    var holder: UInt32 = 0
    var holds = 0

    init() {
        header = ObjectHeader(kind: SharedObject.kind)
    }
}

/// Events, semaphores and mutexes whose state lies in memory that processes share. What each state
/// means is in `SharedState`; here are the handles to them.
package enum SharedObject {
    private static let pool = StablePool<SharedObjectRecord>(recordsPerSlab: 64)

    static let kind = ObjectKind(
        Behavior.self,
        shared: SharedSignal(
            word: { object in shared(object).word },
            take: { object, thread in take(shared(object), thread) },
            giveBack: { object, thread, taking in giveBack(shared(object), thread, taking) },
            prepareSleep: { object, thread, hasSleptBriefly in
                prepareSleep(shared(object), thread, hasSleptBriefly)
            },
            isRobust: { object in shared(object).record.traits.kind == .mutex },
            order: { object in
                let traits = shared(object).record.traits
                return (traits.kind == .mutex ? 0 : 1, traits.identity)
            }
        )
    )

    private enum Behavior: ObjectBehavior {
        static func isSignaled(_ object: ObjectReference, _ thread: ThreadReference) -> Bool {
            SharedObject.isSignaled(shared(object), thread)
        }

        static func recycle(_ object: ObjectReference) {
            SharedObject.recycle(shared(object))
        }
    }

    // MARK: - Handles

    /// How a new object begins.
    package enum Initial: Sendable {
        case event(isManualReset: Bool, isSignaled: Bool)
        case semaphore(count: UInt32, maximum: UInt32)
        case mutex(isOwned: Bool)

        var traits: SharedTraits {
            switch self {
            case .event(let isManualReset, _):
                SharedTraits(kind: .event, isManualReset: isManualReset)
            case .semaphore(_, let maximum): SharedTraits(kind: .semaphore, maximum: maximum)
            case .mutex: SharedTraits(kind: .mutex)
            }
        }

        func check() throws(RatError) {
            if case .semaphore(let count, let maximum) = self {
                guard maximum > 0, count <= maximum else { throw .invalidArgument }
            }
        }
    }

    /// Makes memory an object. The handle is to be closed with `Objects.close`.
    package static func place(
        _ initial: Initial,
        at address: UnsafeMutableRawPointer
    ) throws(RatError) -> Handle {
        try initial.check()
        let block = try unsafe SharedBlock(placing: initial.traits, at: address)
        let thread = ThreadRecord.current
        return try insert(block) { object in
            let state =
                switch initial {
                case .event(_, let isSignaled): SharedEventState.initial(isSignaled: isSignaled)
                case .semaphore(let count, _): SharedSemaphoreState.initial(count: count)
                case .mutex(let isOwned):
                    SharedMutexState.initial(owner: isOwned ? object.owner(thread) : nil)
                }
            if case .mutex(isOwned: true) = initial { noteHold(object, thread) }
            object.record.block?.publish(state: state)
        }
    }

    /// A handle to the object of that kind in the memory.
    package static func attach(
        _ kind: HandleKind,
        at address: UnsafeMutableRawPointer
    ) throws(RatError) -> Handle {
        let kind: SharedTraits.Kind =
            switch kind {
            case .event: .event
            case .semaphore: .semaphore
            case .mutex: .mutex
            default: throw .invalidArgument
            }
        let block = try unsafe SharedBlock(attachingTo: address, kind: kind)
        return try insert(block) { _ in }
    }

    private static func insert(
        _ block: consuming SharedBlock,
        _ prepare: (StableReference<SharedObjectRecord>) -> Void
    ) throws(RatError) -> Handle {
        let traits = block.traits
        let word = block.word
        var keeper: UInt32 = 0
        if traits.kind == .mutex {
            guard let number = Keeper.keep(word) else { throw .noResources }
            keeper = number
        }
        let object = unsafe pool.take { memory in
            unsafe memory.initialize(to: SharedObjectRecord())
        }
        object.record.traits = traits
        object.record.block = consume block
        object.record.keeper = keeper
        object.record.holder = 0
        object.record.holds = 0
        prepare(object)
        do throws(RatError) {
            return try Objects.publish(object, as: traits.kind.handleKind)
        } catch {
            recycle(object)
            throw error
        }
    }

    private static func recycle(_ object: StableReference<SharedObjectRecord>) {
        if object.record.traits.kind == .mutex {
            // Without the handle nobody here would mark it when the process dies.
            let owner = SharedMutexState.Owner(
                keeper: object.record.keeper,
                thread: object.record.holder
            )
            if object.record.holds > 0 {
                _ = object.word.run { SharedMutexState(word: $0).abandoning(owner) }
            }
            Keeper.release(object.word)
        }
        object.record.block = nil
        pool.giveBack(object)
    }

    // MARK: - Signals, under the object's lock

    static func set(_ object: ObjectReference) {
        _ = shared(object).word.run { SharedEventState(word: $0).setting() }
    }

    static func reset(_ object: ObjectReference) {
        _ = shared(object).word.run { SharedEventState(word: $0).resetting() }
    }

    /// The count before; `nil` if the sum would exceed the maximum.
    static func releaseSemaphore(_ object: ObjectReference, by units: UInt32) -> UInt32? {
        let maximum = shared(object).record.traits.maximum
        return shared(object).word.run {
            SharedSemaphoreState(word: $0).releasing(units, maximum: maximum)
        }
    }

    /// `false` if the thread does not own it.
    static func releaseMutex(_ object: ObjectReference, _ thread: ThreadReference) -> Bool {
        let object = shared(object)
        let owner = object.owner(thread)
        let isReleased = object.word.run { SharedMutexState(word: $0).releasing(owner) }
        if isReleased, object.record.holds > 0 { object.record.holds -= 1 }
        return isReleased
    }

    // MARK: - Waits, under the object's lock

    private static func isSignaled(
        _ object: StableReference<SharedObjectRecord>,
        _ thread: ThreadReference
    ) -> Bool {
        let word = object.word.load()
        return switch object.record.traits.kind {
        case .event: SharedEventState(word: word).isSignaled
        case .semaphore: SharedSemaphoreState(word: word).count > 0
        case .mutex: SharedMutexState(word: word).canBeTaken(by: object.owner(thread))
        }
    }

    private static func take(
        _ object: StableReference<SharedObjectRecord>,
        _ thread: ThreadReference
    ) -> SharedSignal.Taking {
        switch object.record.traits.kind {
        case .event:
            let isManualReset = object.record.traits.isManualReset
            let isTaken = object.word.run {
                SharedEventState(word: $0).taking(isManualReset: isManualReset)
            }
            return isTaken ? .taken : .unsignaled
        case .semaphore:
            return object.word.run { SharedSemaphoreState(word: $0).taking() }
                ? .taken : .unsignaled
        case .mutex:
            let owner = object.owner(thread)
            let taking = object.word.run { SharedMutexState(word: $0).taking(owner) }
            switch taking {
            case .owned: return .unsignaled
            case .exhausted: return .exhausted
            case .taken:
                noteHold(object, thread)
                return .taken
            case .takenFromTheDead:
                Barrier.interruptAll()
                noteHold(object, thread)
                return .takenFromTheDead
            }
        }
    }

    private static func giveBack(
        _ object: StableReference<SharedObjectRecord>,
        _ thread: ThreadReference,
        _ taking: SharedSignal.Taking
    ) {
        switch object.record.traits.kind {
        case .event:
            if !object.record.traits.isManualReset { set(object.asObject) }
        case .semaphore:
            // Others may have filled it up meanwhile: the unit is given back in any case.
            _ = object.word.run { SharedSemaphoreState(word: $0).releasing(1, maximum: .max) }
        case .mutex:
            guard taking == .takenFromTheDead else {
                _ = releaseMutex(object.asObject, thread)
                return
            }
            let owner = object.owner(thread)
            object.record.holds = 0
            _ = object.word.run { SharedMutexState(word: $0).abandoning(owner) }
        }
    }

    private static func prepareSleep(
        _ object: StableReference<SharedObjectRecord>,
        _ thread: ThreadReference,
        _ hasSleptBriefly: Bool
    ) -> SharedSignal.Sleep {
        let sleep =
            switch object.record.traits.kind {
            case .event: object.word.run { SharedEventState(word: $0).sleeping() }
            case .semaphore:
                object.word.run {
                    SharedSemaphoreState(word: $0).sleeping(hasSleptBriefly: hasSleptBriefly)
                }
            case .mutex:
                object.word.run { SharedMutexState(word: $0).sleeping(object.owner(thread)) }
            }
        return switch sleep {
        case .watched(let value): .watched(while: value)
        case .briefly(let value): .briefly(while: value)
        case .notNow: .notNow
        }
    }

    // MARK: - Owners

    private static func noteHold(
        _ object: StableReference<SharedObjectRecord>,
        _ thread: ThreadReference
    ) {
        let holder = thread.systemID
        object.record.holds = object.record.holder == holder ? object.record.holds + 1 : 1
        object.record.holder = holder
        guard !thread.record.hasUsedSharedMutexes else { return }
        thread.record.hasUsedSharedMutexes = true
        thread.callAtExit { thread in
            thread.record.hasUsedSharedMutexes = false
            abandonAll(of: thread)
        }
    }

    /// Looks at every shared mutex there is a handle to: threads end rarely.
    private static func abandonAll(of thread: ThreadReference) {
        pool.forEach { object in
            object.record.header.lock.lock()
            defer { object.record.header.lock.unlock() }
            guard object.record.header.handle != .invalid, object.record.traits.kind == .mutex
            else { return }
            let owner = object.owner(thread)
            let isAbandoned = object.word.run { SharedMutexState(word: $0).abandoning(owner) }
            if isAbandoned { object.record.holds = 0 }
        }
    }

    /// The object must be shared.
    private static func shared(_ object: ObjectReference) -> StableReference<SharedObjectRecord> {
        unsafe StableReference(unsafe: object.raw.assumingMemoryBound(to: SharedObjectRecord.self))
    }
}

extension StableReference where Record == SharedObjectRecord {
    /// The state.
    fileprivate var word: SharedWord {
        guard let word = record.block?.word else {
            fatalError("an object that lives has its memory")
        }
        return word
    }

    /// The thread, which is of this process, as an owner.
    fileprivate func owner(_ thread: ThreadReference) -> SharedMutexState.Owner {
        SharedMutexState.Owner(keeper: record.keeper, thread: thread.systemID)
    }
}

extension SharedWord {
    /// Does what the rule says about the state, until it is done.
    func run<Outcome>(_ rule: (UInt64) -> SharedStep<Outcome>) -> Outcome {
        while true {
            let state = load()
            switch rule(state) {
            case .finish(let outcome): return outcome
            case .exchange(let new, let outcome): if exchange(state, for: new) { return outcome }
            case .exchangeAndWake(let new, let outcome):
                if exchange(state, for: new) {
                    wakeAll()
                    return outcome
                }
            case .signal(let isMarked, let outcome):
                setLowAndWake(isMarked: isMarked)
                if let outcome { return outcome }
            }
        }
    }
}
