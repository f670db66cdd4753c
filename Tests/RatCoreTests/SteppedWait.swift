import RatIPC
import RatSystem
import RatTestSupport

@testable import RatCore

/// A wait of no thread at all: the steps of `Wait`, one at a time, when the test says so.
final class SteppedWait {
    private enum Place {
        case linking(Int)
        case lookingAtAll
        case awake
        case parked
        case reopened
        case unlinking(Int)
        case done(WaitOutcome)
    }

    private static let pool = StablePool<ThreadRecord>(recordsPerSlab: 16)
    private let thread = unsafe SteppedWait.pool.take { memory in
        unsafe memory.initialize(to: ThreadRecord())
    }
    private let handles: [Handle]
    private let isForAll: Bool
    private var parking: Parking
    private var linked = 0
    private var place: Place
    private var wasLate = false
    /// Whether the deadline has passed.
    var isLate = false

    init(for handles: [Handle], isForAll: Bool = false) {
        self.handles = handles
        self.isForAll = isForAll
        place = isForAll ? .lookingAtAll : .linking(0)
        parking = Self.makeParking(thread, handles.count, isForAll)
    }

    deinit {
        parking.unlinkAll()
        Self.pool.giveBack(thread)
    }

    private static func makeParking(
        _ thread: ThreadReference,
        _ count: Int,
        _ isForAll: Bool
    ) -> Parking {
        Parking(thread, count: count, mode: isForAll ? .looksAgain : .takesSignal)
    }

    var outcome: WaitOutcome? {
        if case .done(let outcome) = place { return outcome }
        return nil
    }

    var isLinkedAnywhere: Bool {
        handles.indices.contains { parking.isLinked($0) }
    }

    /// A parked thread goes on when its word has changed or its deadline has passed, as futexes do.
    var canStep: Bool {
        switch place {
        case .done: false
        case .parked: isLate || thread.waitState != .parkedOnFutex
        default: true
        }
    }

    func step() {
        switch place {
        case .linking(let index):
            if index == 0 { thread.beginWait() }
            let isToGoOn = parking.link(index, to: handles[index])
            if isToGoOn { linked = index + 1 }
            place = isToGoOn && linked < handles.count ? .linking(linked) : .awake
        case .lookingAtAll:
            parking = Self.makeParking(thread, handles.count, isForAll)
            thread.beginWait()
            if let outcome = parking.takeAll(handles) {
                place = .done(outcome)
            } else {
                linked = handles.count
                wasLate = isLate
                place = wasLate ? .unlinking(0) : .awake
            }
        case .awake:
            guard thread.waitState.isUndecided else {
                place = linked > 0 ? .unlinking(0) : .done(Wait.outcome(of: thread.waitState))
                return
            }
            if thread.decideOwnWait(.parkedOnFutex) { place = .parked }
        case .parked:
            thread.reopen(from: .parkedOnFutex)
            place = .reopened
        case .reopened:
            if isLate { _ = thread.decideOwnWait(.withdrawn) }
            place = .awake
        case .unlinking(let index):
            parking.unlink(index)
            place = index + 1 < linked ? .unlinking(index + 1) : afterUnlinking()
        case .done:
            break
        }
    }

    private func afterUnlinking() -> Place {
        if !isForAll || thread.waitState.isFailed {
            return .done(Wait.outcome(of: thread.waitState))
        }
        return wasLate ? .done(.timedOut) : .lookingAtAll
    }
}

/// An event, and how many of its sets were not merged into a signal that was there already.
final class CountedEvent {
    let handle: Handle
    private(set) var signals = 0
    private(set) var isClosed = false

    init() throws {
        handle = try Event.create(isManualReset: false, isSignaled: false)
    }

    deinit {
        if !isClosed { try? Objects.close(handle) }
    }

    var isSignaled: Bool {
        let isSignaled = try? Objects.withLocked(handle) { object in
            unsafe object.record.kind.behavior.isSignaled(object, ThreadRecord.current)
        }
        return isSignaled ?? false
    }

    func set() {
        if !isClosed && !isSignaled { signals += 1 }
        try? Event.set(handle)
    }

    func close() {
        isClosed = true
        try? Objects.close(handle)
    }
}

extension Choices {
    /// Takes all steps of all waits and every action once, in one of the orders there are.
    mutating func interleave(_ waits: [SteppedWait], _ actions: [() -> Void]) {
        var pending = actions
        while true {
            let ready = waits.filter(\.canStep)
            let count = ready.count + pending.count
            if count == 0 { return }
            let choice = count == 1 ? 0 : choose(among: count)
            if choice < ready.count {
                ready[choice].step()
            } else {
                pending.remove(at: choice - ready.count)()
            }
        }
    }
}
