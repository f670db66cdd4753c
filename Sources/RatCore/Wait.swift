package import RatSystem

/// How a wait ended.
package enum WaitOutcome: Equatable, Sendable {
    /// The object at this place was signalled; for a wait for all, 0.
    case signaled(Int)
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

    /// Waits until an object is signalled, and takes its signal.
    package static func forOne(
        _ handle: Handle,
        until deadline: Instant,
        source: (any WaitSource)?
    ) -> WaitOutcome {
        source?.refresh()
        return switch takeSignal(handle) {
        case .taken: .signaled(0)
        case .gone: .failed(0)
        case .unsignaled:
            deadline == .distantPast
                ? .timedOut : forAny([handle], until: deadline, source: source)
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
        source?.refresh()
        // Looking first costs one pass and saves the nodes where something is signalled, which is common.
        for (index, handle) in handles.enumerated() {
            switch takeSignal(handle) {
            case .taken: return .signaled(index)
            case .unsignaled: continue
            case .gone: return .failed(index)
            }
        }
        guard deadline != .distantPast else { return .timedOut }
        let thread = ThreadRecord.current
        return unsafe withNodes(count: handles.count, of: thread, mode: .takesSignal) { nodes in
            thread.beginWait()
            var linked = 0
            for (index, handle) in handles.enumerated() {
                guard unsafe link(nodes + index, index, to: handle, or: thread) else { break }
                linked += 1
            }
            park(thread, until: deadline, source: source)
            for index in 0..<linked { unsafe unlink(nodes + index) }
            return outcome(of: thread.waitState)
        }
    }

    /// Waits until all of the objects are signalled at one moment, and takes all their signals then.
    package static func forAll(
        _ handles: [Handle],
        until deadline: Instant,
        source: (any WaitSource)?
    ) -> WaitOutcome {
        if let failure = check(handles) { return failure }
        // Locks are taken in the order of addresses, so that two waits for all cannot block each other.
        var objects: [(place: Int, object: ObjectReference)] = []
        for (index, handle) in handles.enumerated() {
            guard let object = HandleTable.lookup(handle) else { return .failed(index) }
            objects.append((index, object))
        }
        objects.sort { unsafe UInt(bitPattern: $0.object.raw) < UInt(bitPattern: $1.object.raw) }
        let thread = ThreadRecord.current
        return unsafe withNodes(count: handles.count, of: thread, mode: .looksAgain) { nodes in
            while true {
                source?.refresh()
                thread.beginWait()
                if let outcome = unsafe takeAll(objects, handles, or: nodes) { return outcome }
                let isLate = deadline == .distantPast || Instant.now() >= deadline
                if !isLate {
                    park(thread, until: deadline, source: source)
                }
                for (place, _) in objects { unsafe unlink(nodes + place) }
                if thread.waitState.isFailed { return outcome(of: thread.waitState) }
                if isLate { return .timedOut }
            }
        }
    }

    // MARK: - Steps (internal, so that the tests can take them one at a time in every order)

    private enum Look {
        case taken
        case unsignaled
        case gone
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
        var seen = Set<Handle>(minimumCapacity: handles.count)
        for (index, handle) in handles.enumerated() where !seen.insert(handle).inserted {
            return .failed(index)
        }
        return nil
    }

    private static func takeSignal(_ handle: Handle) -> Look {
        guard let object = HandleTable.lookup(handle) else { return .gone }
        object.record.lock.lock()
        defer { object.record.lock.unlock() }
        guard object.record.handle == handle else { return .gone }
        guard unsafe object.record.kind.isSignaled(object) else { return .unsignaled }
        unsafe object.record.kind.consume(object)
        return .taken
    }

    /// Links a node, or decides the wait at once. `false` if the wait needs no further nodes.
    static func link(
        _ node: UnsafeMutablePointer<WaitNode>,
        _ index: Int,
        to handle: Handle,
        or thread: ThreadReference
    ) -> Bool {
        guard let object = HandleTable.lookup(handle) else {
            _ = thread.decideOwnWait(.failed(UInt32(index)))
            return false
        }
        object.record.lock.lock()
        defer { object.record.lock.unlock() }
        guard object.record.handle == handle else {
            _ = thread.decideOwnWait(.failed(UInt32(index)))
            return false
        }
        guard unsafe object.record.kind.isSignaled(object) else {
            unsafe node.pointee.object = object
            unsafe object.record.waiters.unsafeAppend(node)
            return true
        }
        // An object before this one may have given its signal meanwhile; then this one keeps its own.
        if thread.decideOwnWait(.granted(UInt32(index))) {
            unsafe object.record.kind.consume(object)
        }
        return false
    }

    static func unlink(_ node: UnsafeMutablePointer<WaitNode>) {
        // The record may be another object's by now; then the node was unlinked when the old one was
        // retired, under the lock that is the record's for ever.
        guard let object = unsafe node.pointee.object else { return }
        object.record.lock.lock()
        unsafe object.record.waiters.unsafeRemove(node)
        object.record.lock.unlock()
    }

    /// Takes every signal if all are there, else links a node to each object that lacks one. `nil` to park.
    static func takeAll(
        _ objects: [(place: Int, object: ObjectReference)],
        _ handles: [Handle],
        or nodes: UnsafeMutablePointer<WaitNode>
    ) -> WaitOutcome? {
        for (_, object) in objects { object.record.lock.lock() }
        defer { for (_, object) in objects.reversed() { object.record.lock.unlock() } }
        for (place, object) in objects where object.record.handle != handles[place] {
            return .failed(place)
        }
        var isComplete = true
        for (place, object) in objects where unsafe !object.record.kind.isSignaled(object) {
            isComplete = false
            unsafe nodes[place].object = object
            unsafe object.record.waiters.unsafeAppend(nodes + place)
        }
        guard isComplete else { return nil }
        for (_, object) in objects { unsafe object.record.kind.consume(object) }
        return .signaled(0)
    }

    /// Sleeps until the wait is decided, by a signal or by the deadline.
    private static func park(
        _ thread: ThreadReference,
        until deadline: Instant,
        source: (any WaitSource)?
    ) {
        while thread.waitState.isUndecided {
            guard let source else {
                thread.sleep(until: deadline, descriptor: nil)
                if deadline <= Instant.now() { _ = thread.decideOwnWait(.withdrawn) }
                continue
            }
            // What the source finds signals the thread's own queue, and so decides the wait.
            source.refresh()
            let next = min(deadline, source.nextDeadline)
            if thread.waitState.isUndecided, source.prepareToSleep() {
                thread.sleep(until: next, descriptor: source.descriptor)
            }
            if deadline <= Instant.now() { _ = thread.decideOwnWait(.withdrawn) }
        }
    }

    static func outcome(of state: WaitState) -> WaitOutcome {
        if state.isGranted { return .signaled(state.index) }
        if state.isFailed { return .failed(state.index) }
        return .timedOut
    }

    /// Nodes on the stack while they are few. They are plain memory to the end: no node owns anything.
    private static func withNodes(
        count: Int,
        of thread: ThreadReference,
        mode: WaitNode.Mode,
        _ body: (UnsafeMutablePointer<WaitNode>) -> WaitOutcome
    ) -> WaitOutcome {
        unsafe withUnsafeTemporaryAllocation(of: WaitNode.self, capacity: count) { buffer in
            guard let base = buffer.baseAddress else { return .failed(nil) }
            for index in 0..<count {
                unsafe (base + index).initialize(
                    to: WaitNode(thread: thread, index: index, mode: mode)
                )
            }
            return unsafe body(base)
        }
    }
}
