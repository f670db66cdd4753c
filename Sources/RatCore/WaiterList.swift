internal import RatSystem

/// One thread's place in the waiters of one object. Lives in the waiting call; linked and unlinked under
/// the object's lock.
@safe package struct WaitNode: ~Copyable {
    /// What the object's signal does for the waiter.
    package enum Mode: Sendable {
        /// Ends the wait and is consumed by it.
        case takesSignal
        /// Makes the waiter look again; nothing is consumed for it.
        case looksAgain
    }

    var next: UnsafeMutablePointer<WaitNode>?
    var previous: UnsafeMutablePointer<WaitNode>?
    /// Guarded by the object's lock, and by the wait's decision: who is told of a grant may read it.
    package fileprivate(set) var isLinked = false
    /// Whose waiters it was linked into last; the waiting thread's own.
    var object: ObjectReference?
    package let thread: ThreadReference
    package let index: UInt32
    package let mode: Mode

    package init(thread: ThreadReference, index: Int, mode: Mode) {
        unsafe next = nil
        unsafe previous = nil
        self.thread = thread
        self.index = UInt32(truncatingIfNeeded: index)
        self.mode = mode
    }
}

/// The threads that wait for one object, the one that has waited longest first. Guarded by the object's
/// lock. Raw links, because the nodes live on the stacks of those who wait.
@safe package struct WaiterList: ~Copyable {
    private var first: UnsafeMutablePointer<WaitNode>?
    private var last: UnsafeMutablePointer<WaitNode>?

    package init() {
        unsafe first = nil
        unsafe last = nil
    }

    package var isEmpty: Bool { unsafe first == nil }

    /// The node must stay where it is until it is unlinked.
    package mutating func unsafeAppend(_ node: UnsafeMutablePointer<WaitNode>) {
        unsafe node.pointee.next = nil
        unsafe node.pointee.previous = last
        unsafe node.pointee.isLinked = true
        if let last = unsafe last {
            unsafe last.pointee.next = node
        } else {
            unsafe first = node
        }
        unsafe last = node
    }

    package mutating func unsafeRemove(_ node: UnsafeMutablePointer<WaitNode>) {
        guard unsafe node.pointee.isLinked else { return }
        if let previous = unsafe node.pointee.previous {
            unsafe previous.pointee.next = node.pointee.next
        } else {
            unsafe first = node.pointee.next
        }
        if let next = unsafe node.pointee.next {
            unsafe next.pointee.previous = node.pointee.previous
        } else {
            unsafe last = node.pointee.previous
        }
        unsafe node.pointee.isLinked = false
    }

    /// What became of an offered signal.
    package struct Offer {
        /// Who took it.
        package var taker: ThreadReference?
        /// Whether the taker sleeps and is to be woken, after unlocking.
        package var needsWake: Bool

        package var isTaken: Bool { taker != nil }
        package var wake: ThreadReference? { needsWake ? taker : nil }
    }

    /// Offers one signal: everybody who looks again is told until somebody takes it.
    package mutating func offerSignal(isAbandoned: Bool = false) -> Offer {
        while let node = unsafe first {
            // The node is its thread's again as soon as the wait is decided: read and unlink before that.
            let (thread, index, mode) = unsafe (
                node.pointee.thread, node.pointee.index, node.pointee.mode
            )
            unsafe unsafeRemove(node)
            let state: WaitState = isAbandoned ? .abandoned(index) : .granted(index)
            let (isDecided, needsWake) = thread.decideWait(state)
            guard isDecided else { continue }
            switch mode {
            case .takesSignal: return Offer(taker: thread, needsWake: needsWake)
            case .looksAgain: if needsWake { thread.wake() }
            }
        }
        return Offer(taker: nil, needsWake: false)
    }

    /// Has everybody look at the object again.
    package mutating func pokeAll() {
        while let node = unsafe first {
            let thread = unsafe node.pointee.thread
            unsafe unsafeRemove(node)
            if thread.decideWait(.poked).needsWake { thread.wake() }
        }
    }

    /// Ends everybody's wait: the signal stays, so nobody takes it from another.
    package mutating func grantAll() {
        while let node = unsafe first {
            let (thread, index) = unsafe (node.pointee.thread, node.pointee.index)
            unsafe unsafeRemove(node)
            if thread.decideWait(.granted(index)).needsWake { thread.wake() }
        }
    }

    /// Ends everybody's wait because the object is gone.
    package mutating func failAll() {
        while let node = unsafe first {
            let (thread, index) = unsafe (node.pointee.thread, node.pointee.index)
            unsafe unsafeRemove(node)
            if thread.decideWait(.failed(index)).needsWake { thread.wake() }
        }
    }
}
