package import RatSystem

/// How a wait ended.
package enum WaitOutcome: Equatable, Sendable {
    /// The object at this place was signalled; for a wait for all, 0.
    case signaled(Int)
    /// The same, by the death of its owner; for a wait for all, the first such object.
    case abandoned(Int)
    case timedOut
    /// The object at this place does not exist, or was closed meanwhile; `nil` where the arguments are to
    /// blame.
    case failed(Int?)
}

/// What a wait looks after beside its objects: the display of the waiting thread.
package protocol WaitSource: AnyObject {
    /// Readable when there is something to look at; `nil` if nothing comes from outside.
    var descriptor: CInt? { get }
    /// When to look again in any case.
    var nextDeadline: Instant { get }
    /// Reads what has arrived, which may signal the thread's own queue. Runs no application code.
    func refresh()
    /// The last call before sleeping on `descriptor`; `false` to look again instead.
    func prepareToSleep() -> Bool
}

/// Waiting for objects, one mechanism for one and for many: link a node into each object's waiters, park
/// once, unlink.
package enum Wait {
    package static let maximumCount = 10_000

    /// Waits until an object is signalled, and takes its signal. Who has just refreshed the source says so, and
    /// saves the system call.
    package static func forOne(
        _ handle: Handle,
        until deadline: Instant,
        source: (any WaitSource)?,
        isRefreshed: Bool = false
    ) -> WaitOutcome {
        let thread = ThreadRecord.current
        var isRefreshed = isRefreshed
        while true {
            if !isRefreshed { source?.refresh() }
            isRefreshed = false
            let look = takeSignal(handle, for: thread)
            if let outcome = look.outcome(0) { return outcome }
            if look == .isPolled { return forAny([handle], until: deadline, source: source) }
            guard deadline != .distantPast else { return .timedOut }
            // Not an array: a wait for one allocates nothing.
            let one = CollectionOfOne(handle)
            if let outcome = parkForAny(one, thread, until: deadline, source) { return outcome }
        }
    }

    /// Waits until any of the objects is signalled, and takes its signal. Looks at them in order, so the
    /// lowest one that is signalled wins.
    package static func forAny(
        _ handles: [Handle],
        until deadline: Instant,
        source: (any WaitSource)?
    ) -> WaitOutcome {
        if let failure = check(handles) { return failure }
        let thread = ThreadRecord.current
        while true {
            source?.refresh()
            // Looking first costs one pass and saves the nodes where something is signalled, which is common.
            if let outcome = lookAtAll(handles, for: thread) { return outcome }
            guard deadline != .distantPast else { return .timedOut }
            if let outcome = parkForAny(handles, thread, until: deadline, source) {
                return outcome
            }
        }
    }

    /// Waits until all of the objects are signalled at one moment, and takes all their signals then.
    package static func forAll(
        _ handles: [Handle],
        until deadline: Instant,
        source: (any WaitSource)?
    ) -> WaitOutcome {
        if let failure = check(handles) { return failure }
        let thread = ThreadRecord.current
        while true {
            source?.refresh()
            var parking = Parking(thread, count: handles.count, mode: .looksAgain)
            thread.beginWait()
            if let outcome = parking.takeAll(handles) {
                parking.unlinkAll()
                return outcome
            }
            let isLate = deadline == .distantPast || Instant.now() >= deadline
            if !isLate { parking.park(until: deadline, source: source) }
            parking.unlinkAll()
            if thread.waitState.isFailed { return outcome(of: thread.waitState) }
            if isLate { return .timedOut }
        }
    }

    // MARK: - Steps

    enum Look: Equatable {
        case taken
        case takenFromTheDead
        case unsignaled
        /// The kernel has to be asked.
        case isPolled
        case gone

        func outcome(_ index: Int) -> WaitOutcome? {
            switch self {
            case .taken: .signaled(index)
            case .takenFromTheDead: .abandoned(index)
            case .gone: .failed(index)
            case .unsignaled, .isPolled: nil
            }
        }
    }

    /// Parks until something ends the wait for any of the objects. `nil` to look at them again, because
    /// what their signals depend on has changed.
    private static func parkForAny(
        _ handles: some Collection<Handle>,
        _ thread: ThreadReference,
        until deadline: Instant,
        _ source: (any WaitSource)?
    ) -> WaitOutcome? {
        var parking = Parking(thread, count: handles.count, mode: .takesSignal)
        thread.beginWait()
        for (index, handle) in handles.enumerated() {
            guard parking.link(index, to: handle) else { break }
        }
        parking.park(until: deadline, source: source)
        parking.unlinkAll()
        return thread.waitState == .poked ? nil : outcome(of: thread.waitState)
    }

    private static func check(_ handles: [Handle]) -> WaitOutcome? {
        guard !handles.isEmpty, handles.count <= maximumCount else { return .failed(nil) }
        if handles.count <= 16 {
            for index in handles.indices {
                for earlier in 0..<index where handles[earlier] == handles[index] {
                    return .failed(index)
                }
            }
            return nil
        }
        return firstRepeated(handles).map { .failed($0) }
    }

    /// The place of the first handle that an earlier one equals. The handles' places in their table are
    /// dense, and differ while both objects live: they do as hashes as they are.
    private static func firstRepeated(_ handles: [Handle]) -> Int? {
        let slotBits = Int.bitWidth - handles.count.leadingZeroBitCount + 1
        let mask = 1 << slotBits - 1
        // The position of a handle, plus one; 0 where there is none. Half of them stay so at least.
        var slots = [UInt16](repeating: 0, count: mask + 1)
        for (index, handle) in handles.enumerated() {
            var slot = handle.index & mask
            while slots[slot] != 0 {
                if handles[Int(slots[slot]) - 1] == handle { return index }
                slot = (slot + 1) & mask
            }
            slots[slot] = UInt16(index + 1)
        }
        return nil
    }

    private static func takeSignal(_ handle: Handle, for thread: ThreadReference) -> Look {
        guard let object = HandleTable.lookup(handle) else { return .gone }
        object.record.lock.lock()
        defer { object.record.lock.unlock() }
        guard object.record.handle == handle, unsafe object.record.kind.isWaitable else {
            return .gone
        }
        guard unsafe object.record.kind.isPlain else { return takeSpecially(object, for: thread) }
        let behavior = unsafe object.record.kind.behavior
        guard behavior.isSignaled(object, thread) else { return .unsignaled }
        return behavior.consume(object, thread) ? .taken : .takenFromTheDead
    }

    /// The same for an object whose signal is not in this process's memory.
    private static func takeSpecially(
        _ object: ObjectReference,
        for thread: ThreadReference
    ) -> Look {
        guard let shared = unsafe object.record.kind.shared else { return .isPolled }
        return switch shared.take(object, thread) {
        case .taken: .taken
        case .takenFromTheDead: .takenFromTheDead
        case .unsignaled: .unsignaled
        case .exhausted: .gone
        }
    }

    /// One pass over the objects, with one call of the kernel for all that it signals.
    private static func lookAtAll(
        _ handles: [Handle],
        for thread: ThreadReference
    ) -> WaitOutcome? {
        var polled: [(index: Int, object: ObjectReference)] = []
        defer { for (_, object) in polled { Objects.leave(object) } }
        var interests: [PollInterest] = []
        for (index, handle) in handles.enumerated() {
            guard let object = HandleTable.lookup(handle) else { return .failed(index) }
            guard unsafe object.record.kind.isPolled else { continue }
            guard let entered = try? Objects.enter(handle),
                let interest = unsafe entered.record.kind.behavior.pollInterest(entered)
            else { return .failed(index) }
            polled.append((index, entered))
            interests.append(interest)
        }
        var polls = PollSet(interests)
        if !polls.isEmpty { polls.wait(until: .distantPast) }
        var place = 0
        for (index, handle) in handles.enumerated() {
            if place < polled.count, polled[place].index == index {
                if polls.isReady(place) { return .signaled(index) }
                place += 1
            } else if let outcome = takeSignal(handle, for: thread).outcome(index) {
                return outcome
            }
        }
        return nil
    }

    static func outcome(of state: WaitState) -> WaitOutcome {
        if state.isGranted { return .signaled(state.index) }
        if state.isAbandoned { return .abandoned(state.index) }
        if state.isFailed { return .failed(state.index) }
        return .timedOut
    }
}
