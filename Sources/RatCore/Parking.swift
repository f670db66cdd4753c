internal import RatSystem

/// One thread's parking for one round of a wait: a node for each object, the descriptors to poll, the
/// timers to mind. Made before the wait is opened; `unlinkAll` ends it.
@safe struct Parking: ~Copyable {
    let thread: ThreadReference
    private let nodes: UnsafeMutablePointer<WaitNode>
    let count: Int
    /// Objects that the kernel signals; entered until `unlinkAll`.
    private var polled: [(index: Int, object: ObjectReference)] = []
    private var interests: [PollInterest] = []
    /// Objects in memory that processes share.
    var shared = SharedParking()
    /// When an object will be signalled by itself.
    private var timerDeadline = Instant.distantFuture

    /// The nodes are plain memory to the end: none owns anything.
    init(_ thread: ThreadReference, count: Int, mode: WaitNode.Mode) {
        self.thread = thread
        self.count = count
        if count <= ThreadRecord.spareNodeCount, let spare = unsafe thread.record.spareNodes {
            unsafe nodes = spare
            unsafe thread.record.spareNodes = nil
        } else {
            let capacity = max(count, ThreadRecord.spareNodeCount)
            unsafe nodes = UnsafeMutablePointer<WaitNode>.allocate(capacity: capacity)
        }
        for index in 0..<count {
            unsafe (nodes + index).initialize(
                to: WaitNode(thread: thread, index: index, mode: mode)
            )
        }
    }

    deinit {
        if count <= ThreadRecord.spareNodeCount, unsafe thread.record.spareNodes == nil {
            unsafe thread.record.spareNodes = nodes
        } else {
            unsafe nodes.deallocate()
        }
    }

    /// Links a node, or decides the wait at once. `false` if the wait needs no further nodes.
    mutating func link(_ index: Int, to handle: Handle) -> Bool {
        guard let object = HandleTable.lookup(handle) else {
            _ = thread.decideOwnWait(.failed(UInt32(index)))
            return false
        }
        object.record.lock.lock()
        defer { object.record.lock.unlock() }
        guard object.record.handle == handle, unsafe object.record.kind.isWaitable else {
            _ = thread.decideOwnWait(.failed(UInt32(index)))
            return false
        }
        if unsafe !object.record.kind.isPlain, let signal = unsafe object.record.kind.shared {
            return linkShared(index, object, signal)
        }
        if unsafe !object.record.kind.isPolled,
            unsafe object.record.kind.behavior.isSignaled(object, thread)
        {
            // An object before this one may have given its signal meanwhile; then this one keeps its own.
            if thread.decideOwnWait(.granted(UInt32(index))),
                unsafe !object.record.kind.behavior.consume(object, thread)
            {
                thread.correctOwnWait(.abandoned(UInt32(index)))
            }
            return false
        }
        append(index, object)
        return true
    }

    /// Takes every signal if all are there, else links a node to each object that lacks one. `nil` to park.
    ///
    /// Locks are taken in the order of addresses, so that two waits for all cannot block each other.
    mutating func takeAll(_ handles: [Handle]) -> WaitOutcome? {
        var objects: [(index: Int, object: ObjectReference)] = []
        for (index, handle) in handles.enumerated() {
            guard let object = HandleTable.lookup(handle) else { return .failed(index) }
            objects.append((index, object))
        }
        if let outcome = pollAll(handles) { return outcome }
        objects.sort { unsafe UInt(bitPattern: $0.object.raw) < UInt(bitPattern: $1.object.raw) }
        // Two handles of one record: at most one of them is alive.
        for place in objects.indices.dropLast()
        where objects[place].object == objects[place + 1].object {
            return .failed(objects[place].index)
        }
        for (_, object) in objects { object.record.lock.lock() }
        defer { for (_, object) in objects.reversed() { object.record.lock.unlock() } }
        for (index, object) in objects
        where unsafe object.record.handle != handles[index] || !object.record.kind.isWaitable {
            return .failed(index)
        }
        let hasShared = objects.contains { unsafe !$0.object.record.kind.isPlain }
        if hasShared, let index = firstSharedTwice(objects) { return .failed(index) }
        var isComplete = interests.isEmpty
        for (index, object) in objects where unsafe !object.record.kind.isPolled {
            if unsafe !object.record.kind.behavior.isSignaled(object, thread) {
                isComplete = false
                append(index, object)
            }
        }
        guard isComplete else { return nil }
        var dead: Int?
        switch hasShared ? takeShared(objects) : .all(nil) {
        case .all(let index): dead = index
        // Another process was faster.
        case .none:
            decideAgain()
            return nil
        case .exhausted(let index): return .failed(index)
        }
        for (index, object) in objects where unsafe object.record.kind.isPlain {
            if unsafe !object.record.kind.behavior.consume(object, thread) {
                dead = min(dead ?? index, index)
            }
        }
        return dead.map { .abandoned($0) } ?? .signaled(0)
    }

    /// Asks the kernel about the objects that it signals, and keeps those that are not ready for the park.
    private mutating func pollAll(_ handles: [Handle]) -> WaitOutcome? {
        var unready: [(index: Int, object: ObjectReference)] = []
        var asked: [PollInterest] = []
        for (index, handle) in handles.enumerated() {
            guard let object = HandleTable.lookup(handle),
                unsafe object.record.kind.isPolled
            else { continue }
            guard let entered = try? Objects.enter(handle),
                let interest = unsafe entered.record.kind.behavior.pollInterest(entered)
            else {
                for (_, object) in unready { Objects.leave(object) }
                return .failed(index)
            }
            unready.append((index, entered))
            asked.append(interest)
        }
        guard !asked.isEmpty else { return nil }
        var polls = PollSet(asked)
        polls.wait(until: .distantPast)
        for (place, (index, object)) in unready.enumerated() {
            if polls.isReady(place) {
                Objects.leave(object)
            } else {
                object.record.lock.lock()
                let isAlive = object.record.handle == handles[index]
                if isAlive { linkNode(index, object) }
                object.record.lock.unlock()
                polled.append((index, object))
                interests.append(asked[place])
                if !isAlive { _ = thread.decideOwnWait(.failed(UInt32(index))) }
            }
        }
        return nil
    }

    /// Sleeps until the wait is decided: by a signal, a descriptor, a timer or the deadline. The source was
    /// refreshed before the nodes were linked: what it found then, linking has seen.
    mutating func park(until deadline: Instant, source: (any WaitSource)?) {
        let place = interests.count
        let sourceDescriptor = source?.descriptor
        if let sourceDescriptor { interests.append(PollInterest(descriptor: sourceDescriptor)) }
        var polls = PollSet(interests)
        var hasSlept = false
        while thread.waitState.isUndecided {
            if hasSlept, let source {
                // What the source finds signals the thread's own queue, and so decides the wait.
                source.refresh()
                guard thread.waitState.isUndecided else { return }
            }
            hasSlept = true
            let next = min(deadline, timerDeadline, source?.nextDeadline ?? .distantFuture)
            if source?.prepareToSleep() ?? true {
                sleep(until: next, &polls)
            }
            decideByPolls(polls, upTo: place)
            if !shared.isEmpty, deadline > Instant.now(), shared.mustLookAgain {
                return decideAgain()
            }
            guard next != .distantFuture, thread.waitState.isUndecided else { continue }
            let now = Instant.now()
            // A timer first: one that is due by the deadline is looked at before the wait is given up.
            if timerDeadline <= now {
                _ = thread.decideOwnWait(.poked)
            } else if deadline <= now {
                _ = thread.decideOwnWait(.withdrawn)
            }
            // A display that was lost has no descriptor any more: polling it would never sleep.
            if source?.descriptor != sourceDescriptor { return decideAgain() }
        }
    }

    private func sleep(until deadline: Instant, _ polls: inout PollSet) {
        switch (shared.isEmpty, polls.isEmpty) {
        case (true, true): thread.sleep(until: deadline)
        case (true, false): thread.sleep(until: deadline, polling: &polls)
        case (false, true): shared.sleep(thread, until: deadline)
        case (false, false): shared.sleep(thread, until: deadline, polling: &polls)
        }
    }

    private func decideAgain() {
        _ = thread.decideOwnWait(.poked)
    }

    private func decideByPolls(_ polls: PollSet, upTo place: Int) {
        guard let ready = polls.firstReady, ready < place else { return }
        _ = thread.decideOwnWait(.granted(UInt32(polled[ready].index)))
    }

    /// Unlinks what is linked and leaves what was entered.
    mutating func unlinkAll() {
        for index in 0..<count { unlink(index) }
        for (_, object) in polled { Objects.leave(object) }
        polled = []
        if !shared.isEmpty { shared.leaveAll(thread) }
    }

    /// A step of `unlinkAll`, so that tests can take others between.
    func unlink(_ index: Int) {
        // The record may be another object's by now; then the node was unlinked when the old one was
        // retired, under the lock that is the record's for ever.
        guard let object = unsafe nodes[index].object else { return }
        object.record.lock.lock()
        unsafe object.record.waiters.unsafeRemove(nodes + index)
        object.record.lock.unlock()
    }

    func isLinked(_ index: Int) -> Bool { unsafe nodes[index].isLinked }

    /// Under the object's lock.
    private mutating func append(_ index: Int, _ object: ObjectReference) {
        if unsafe !object.record.kind.isPlain,
            let signal = unsafe object.record.kind.shared,
            !shared.add(object, signal, thread)
        {
            return decideAgain()
        }
        if unsafe object.record.kind.isPolled,
            let interest = unsafe object.record.kind.behavior.pollInterest(object)
        {
            object.record.visitors += 1
            polled.append((index, object))
            interests.append(interest)
        }
        if unsafe object.record.kind.isTimed {
            let next = unsafe object.record.kind.behavior.nextDeadline(object)
            timerDeadline = min(timerDeadline, next)
        }
        linkNode(index, object)
    }

    func linkNode(_ index: Int, _ object: ObjectReference) {
        unsafe nodes[index].object = object
        unsafe object.record.waiters.unsafeAppend(nodes + index)
    }
}
