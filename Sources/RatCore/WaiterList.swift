internal import RatSystem

/// Waits for objects without a thread of its own: told of what ends its wait, in the place of a
/// wake-up.
package protocol WaitObserver: AnyObject, Sendable {
    /// The wait has ended: granted or abandoned, where it has taken the signal; poked, to look
    /// again; failed, because the object is gone. Called under the object's lock, by whoever
    /// signals the object; so it may take no lock of an object, and none that is held while one is
    /// taken.
    func waitDidEnd(_ state: WaitState)
}

/// One thread's place in the waiters of one object. Lives in the waiting call; linked and unlinked
/// under the object's lock.
///
/// Or an observer's place, which has no word to decide by: an observer waits exactly as long as its
/// node is linked, so whoever unlinks the node, under the object's lock, has ended the wait. An
/// observer has a node for each object, in memory of its own, and is never the taker of a mutex,
/// which would need a thread.
@safe @usableFromInline package struct WaitNode: ~Copyable {
    /// What the object's signal does for the waiter.
    package enum Mode: Sendable {
        /// Ends the wait and is consumed by it.
        case takesSignal
        /// Makes the waiter look again; nothing is consumed for it.
        case looksAgain
    }

    var next: UnsafeMutablePointer<WaitNode>?
    var previous: UnsafeMutablePointer<WaitNode>?
    /// Guarded by the object's lock, and by the wait's decision: who is told of a grant may read
    /// it.
    package fileprivate(set) var isLinked = false
    /// Whose waiters it was linked into last; the waiting thread's own.
    var object: ObjectReference?
    /// `nil` for an observer's place.
    package let thread: ThreadReference?
    /// Outlives its place, and is not owned by it.
    unowned(unsafe) let observer: (any WaitObserver)?
    package let index: UInt32
    package let mode: Mode

    package init(thread: ThreadReference, index: Int, mode: Mode) {
        unsafe next = nil
        unsafe previous = nil
        self.thread = thread
        unsafe observer = nil
        self.index = UInt32(truncatingIfNeeded: index)
        self.mode = mode
    }

    /// A place of an observer, which must outlive it.
    package init(unsafeObserver: any WaitObserver) {
        unsafe next = nil
        unsafe previous = nil
        thread = nil
        unsafe observer = unsafeObserver
        index = 0
        mode = .takesSignal
    }

    /// Ends the wait of whoever waits here, unless something else has; who is still to be woken.
    /// The node is not linked any more, and not this side's to read afterwards.
    fileprivate borrowing func end(
        _ state: (UInt32) -> WaitState
    ) -> (isDecided: Bool, needsWake: Bool) {
        if let observer = unsafe observer {
            observer.waitDidEnd(state(0))
            return (true, false)
        }
        return thread?.decideWait(state(index)) ?? (false, false)
    }
}

/// The threads that wait for one object, the one that has waited longest first. Guarded by the
/// object's lock. Raw links, because the nodes live on the stacks of those who wait.
@safe @usableFromInline package struct WaiterList: ~Copyable {
    @usableFromInline private(set) var first: UnsafeMutablePointer<WaitNode>?
    private var last: UnsafeMutablePointer<WaitNode>?

    package init() {
        unsafe first = nil
        unsafe last = nil
    }

    @inlinable package var isEmpty: Bool { unsafe first == nil }

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
        package var isTaken: Bool
        /// Who took it, if it was a thread.
        package var taker: ThreadReference?
        /// Whether the taker sleeps and is to be woken, after unlocking.
        package var needsWake: Bool

        package var wake: ThreadReference? { needsWake ? taker : nil }
    }

    /// Offers one signal: everybody who looks again is told until somebody takes it.
    package mutating func offerSignal(isAbandoned: Bool = false) -> Offer {
        while let node = unsafe first {
            let (thread, mode) = unsafe (node.pointee.thread, node.pointee.mode)
            let (isDecided, needsWake) = unsafe endFirst(node) { index in
                isAbandoned ? .abandoned(index) : .granted(index)
            }
            guard isDecided else { continue }
            switch mode {
            case .takesSignal: return Offer(isTaken: true, taker: thread, needsWake: needsWake)
            case .looksAgain: if needsWake { thread?.wake() }
            }
        }
        return Offer(isTaken: false, taker: nil, needsWake: false)
    }

    /// Has everybody look at the object again.
    package mutating func pokeAll() {
        endAll { _ in .poked }
    }

    /// Ends everybody's wait: the signal stays, so nobody takes it from another.
    package mutating func grantAll() {
        endAll { index in .granted(index) }
    }

    /// Ends everybody's wait because the object is gone.
    package mutating func failAll() {
        endAll { index in .failed(index) }
    }

    private mutating func endAll(_ state: (UInt32) -> WaitState) {
        while let node = unsafe first {
            let thread = unsafe node.pointee.thread
            if unsafe endFirst(node, state).needsWake { thread?.wake() }
        }
    }

    /// The node is its owner's again as soon as the wait is decided, so it is unlinked before that.
    private mutating func endFirst(
        _ node: UnsafeMutablePointer<WaitNode>,
        _ state: (UInt32) -> WaitState
    ) -> (isDecided: Bool, needsWake: Bool) {
        unsafe unsafeRemove(node)
        return unsafe node.pointee.end(state)
    }
}
