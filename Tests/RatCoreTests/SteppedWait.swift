import RatIPC
import RatSystem
import RatTestSupport

@testable import RatCore

/// A wait of no thread at all: the steps of `Wait`, one at a time, when the test says so.
@safe final class SteppedWait {
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
    private let objects: [(place: Int, object: ObjectReference)]
    private let nodes: UnsafeMutablePointer<WaitNode>
    private var linked = 0
    private var place: Place
    private var wasLate = false
    /// Whether the deadline has passed.
    var isLate = false

    init(for handles: [Handle], isForAll: Bool = false) {
        self.handles = handles
        self.isForAll = isForAll
        objects = handles.enumerated().compactMap { place, handle in
            HandleTable.lookup(handle).map { (place, $0) }
        }
        unsafe nodes = .allocate(capacity: handles.count)
        let mode: WaitNode.Mode = isForAll ? .looksAgain : .takesSignal
        for index in handles.indices {
            unsafe (nodes + index).initialize(
                to: WaitNode(thread: thread, index: index, mode: mode)
            )
        }
        place = isForAll ? .lookingAtAll : .linking(0)
    }

    deinit {
        for index in handles.indices { unsafe Wait.unlink(nodes + index) }
        unsafe nodes.deallocate()
        Self.pool.giveBack(thread)
    }

    var outcome: WaitOutcome? {
        if case .done(let outcome) = place { return outcome }
        return nil
    }

    var isLinkedAnywhere: Bool {
        handles.indices.contains { unsafe nodes[$0].isLinked }
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
            let isToGoOn = unsafe Wait.link(
                nodes + index,
                index,
                to: handles[index],
                or: thread
            )
            if isToGoOn { linked = index + 1 }
            place = isToGoOn && linked < handles.count ? .linking(linked) : .awake
        case .lookingAtAll:
            thread.beginWait()
            if let outcome = unsafe Wait.takeAll(objects, handles, or: nodes) {
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
            unsafe Wait.unlink(nodes + index)
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
        if !isClosed { try? Event.close(handle) }
    }

    var isSignaled: Bool {
        let isSignaled = try? Objects.withLocked(handle) { object in
            unsafe object.record.kind.isSignaled(object)
        }
        return isSignaled ?? false
    }

    func set() {
        if !isClosed && !isSignaled { signals += 1 }
        try? Event.set(handle)
    }

    func close() {
        isClosed = true
        try? Event.close(handle)
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
