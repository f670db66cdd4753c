package import RatCore
internal import RatDisplay
internal import RatMessaging
internal import RatSystem

/// The windows of the process: top-level ones below the desktop, message-only ones below a root of their
/// own, children below their parents.
///
/// One lock guards the links and what other threads may ask. No application code runs under it, nor is
/// anything else locked meanwhile. A window is in the tree from before its first message until after its
/// last one. All that is in a top-level window belongs to that window's thread; what it owns may be others'.
package enum WindowTree {
    /// Stands for the root of the message-only windows where a parent is asked for.
    package static let messageOnlyParent = Handle(rawValue: UInt64(bitPattern: -3))

    /// Sendable: every field is guarded by `lock`. A forked child starts without windows.
    private final class State: ForkParticipant, @unchecked Sendable {
        let lock = Lock()
        var desktop: NodeReference?
        var messages: NodeReference?

        init() {
            Fork.register(self)
        }

        func lockForFork() { lock.lock() }
        func unlockAfterFork() { lock.unlock() }

        func startAnewInChild() {
            desktop = nil
            messages = nil
            lock.unlock()
        }
    }

    private static let state = State()

    static func withLock<Value>(
        _ body: () throws(RatError) -> Value
    ) throws(RatError) -> Value {
        state.lock.lock()
        defer { state.lock.unlock() }
        return try body()
    }

    static func withLock<Value>(_ body: () -> Value) -> Value {
        state.lock.lock()
        defer { state.lock.unlock() }
        return body()
    }

    // MARK: - Looking up

    /// Calls `body` under the lock with the place of a window, of any thread, or of a root.
    static func read<Value>(
        _ handle: Handle,
        _ body: (NodeReference) throws(RatError) -> Value
    ) throws(RatError) -> Value {
        let node = try node(of: handle)
        return try withLock { () throws(RatError) in
            guard node.record.handle == handle else { throw .invalidHandle }
            return try body(node)
        }
    }

    /// The place that a window had a moment ago. Whether it still has it, its handle tells under the lock.
    static func node(of handle: Handle) throws(RatError) -> NodeReference {
        guard handle.isOfKind(.window), let object = HandleTable.lookup(handle) else {
            throw .invalidHandle
        }
        // The slot may be another object's by now; only the record itself can tell.
        object.record.lock.lock()
        let isWindow = object.record.handle == handle
        object.record.lock.unlock()
        guard isWindow else { throw .invalidHandle }
        return unsafe WindowReference(
            unsafe: object.raw.assumingMemoryBound(to: WindowRecord.self)
        ).record.node
    }

    // MARK: - Roots

    /// The roots, made with the first window or question.
    static func roots() throws(RatError) -> (desktop: NodeReference, messages: NodeReference) {
        if let roots = existingRoots { return roots }
        let queue = try ThreadQueue.current().queue
        let desktop = try WindowRecord.makeRoot(queue)
        let messages = try WindowRecord.makeRoot(queue)
        let isFirst = withLock {
            guard state.desktop == nil else { return false }
            for root in [desktop, messages] {
                root.record.node.record.handle = root.record.target.header.handle
            }
            desktop.record.node.record.style = WindowStyle.visible
            state.desktop = desktop.record.node
            state.messages = messages.record.node
            return true
        }
        if !isFirst {
            WindowRecord.retireRoot(desktop)
            WindowRecord.retireRoot(messages)
        }
        guard let roots = existingRoots else { throw .unknown }
        return roots
    }

    private static var existingRoots: (desktop: NodeReference, messages: NodeReference)? {
        withLock {
            guard let desktop = state.desktop, let messages = state.messages else { return nil }
            return (desktop, messages)
        }
    }

    /// The calling thread's windows below the desktop, the topmost first.
    static func topLevelWindows(of thread: ThreadReference) -> [Window] {
        withLock {
            var found: [Window] = []
            state.desktop?.forEachChild { node in
                if let window = node.window(of: thread) { found.append(window) }
            }
            return found
        }
    }

    /// All of the calling thread's windows, each after what is in it.
    static func allWindows(of thread: ThreadReference) -> [Window] {
        withLock {
            var found: [Window] = []
            for root in [state.desktop, state.messages] {
                root?.forEachDescendant { node in
                    if let window = node.window(of: thread) { found.append(window) }
                }
            }
            return found.reversed()
        }
    }

    /// The window that all top-level windows are in. No thread's.
    package static func desktop() throws(RatError) -> Handle {
        let desktop = try roots().desktop
        return withLock { desktop.record.handle }
    }

    // MARK: - Coming and going

    /// Where a new window goes.
    struct Place {
        let parent: NodeReference
        let owner: NodeReference?
        /// The owner's when the place was found: on its own thread it may end before the place is taken.
        var ownerHandle = Handle.invalid
        let level: WindowLevel
    }

    /// The place of a window that `thread` creates with that style and parent.
    static func place(
        style: UInt32,
        parent given: Handle,
        of thread: ThreadReference
    ) throws(RatError) -> Place {
        let roots = try roots()
        let isChild = style & (WindowStyle.child | WindowStyle.popup) == WindowStyle.child
        if given == messageOnlyParent {
            return Place(parent: roots.messages, owner: nil, level: .messageOnly)
        }
        if given == .invalid {
            guard !isChild else { throw .invalidArgument }
            return Place(parent: roots.desktop, owner: nil, level: .top)
        }
        return try read(given) { node throws(RatError) in
            if node == roots.messages {
                return Place(parent: node, owner: nil, level: .messageOnly)
            }
            if node == roots.desktop { return Place(parent: node, owner: nil, level: .top) }
            if isChild {
                try node.requireOpen(to: thread)
                return Place(parent: node, owner: nil, level: .child)
            }
            try node.topLevel.requireOpen()
            let owner = node.topLevel
            return Place(
                parent: roots.desktop,
                owner: owner,
                ownerHandle: owner.record.handle,
                level: .top
            )
        }
    }

    /// Puts a window that has just got its handle in its place: a child below its siblings, others on top.
    static func add(
        _ window: Window,
        at place: Place,
        isTopmost: Bool
    ) throws(RatError) {
        guard let reference = window.reference else { return }
        let node = reference.record.node
        try withLock { () throws(RatError) in
            if let owner = place.owner {
                guard owner.record.handle == place.ownerHandle else { throw .invalidHandle }
                try owner.requireOpen()
            }
            node.record.handle = window.handle
            unsafe node.record.window = Unmanaged.passUnretained(window)
            node.record.thread = window.thread.thread
            node.record.queue = window.thread.threadQueue.handle
            node.record.isClosed = false
            // What a topmost window owns is topmost.
            let isTopmost = isTopmost || place.owner?.isTopmost == true
            node.record.exStyle = isTopmost ? ExtendedStyle.topmost : 0
            window.describe(to: node)
            if place.level == .child {
                node.insert(into: place.parent, below: place.parent.record.lastChild)
            } else {
                node.insertOnTop(of: place.parent)
            }
            node.setOwner(place.owner)
        }
    }

    /// Takes a window out that nothing is in any more. What it owned has no owner from then on. Gives those of
    /// that which belong to other threads, and their queues.
    static func remove(_ node: NodeReference) -> [(handle: Handle, queue: Handle)] {
        withLock {
            node.record.handle = .invalid
            unsafe node.record.window = nil
            node.removeFromParent()
            node.setOwner(nil)
            var others: [(Handle, Handle)] = []
            while let owned = node.record.firstOwned {
                owned.setOwner(nil)
                if owned.record.thread != node.record.thread {
                    others.append((owned.record.handle, owned.record.queue))
                }
            }
            return others
        }
    }
}

/// Which root a window is below, and whether directly.
enum WindowLevel {
    /// Below the desktop: it has a surface.
    case top
    case child
    /// Below the root of message-only windows: never seen.
    case messageOnly
}

extension StableReference where Record == WindowNode {
    /// Refuses another thread's window, and one that takes no more children. Under the lock.
    func requireOpen(to thread: ThreadReference) throws(RatError) {
        guard record.thread == thread else { throw .wrongThread }
        try requireOpen()
    }

    /// Refuses one that takes no more children or owned windows. Under the lock.
    func requireOpen() throws(RatError) {
        guard !record.isClosed else { throw .invalidHandle }
    }

    /// The window, if it is the calling thread's. Under the lock; the window ends on its thread only.
    func window(of thread: ThreadReference) -> Window? {
        guard record.thread == thread, record.handle != .invalid else { return nil }
        return unsafe record.window?.takeUnretainedValue()
    }
}
