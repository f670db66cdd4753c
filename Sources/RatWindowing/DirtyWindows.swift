internal import RatCore
internal import RatDisplay
internal import RatMessaging
internal import RatSystem

// Which windows have something to paint.
//
// Each window counts them among itself and what is in it, so that one is found by going down from a
// top-level window, past all where there are none. In a parent, `firstDirtyChild` says how far there are
// none: painting 10,000 children in their order passes each once.

extension WindowThread {
    func addDirty(_ window: Window) {
        guard !window.isDirty, let node = window.reference?.record.node else { return }
        window.isDirty = true
        notePaint()
        var current = node
        while let inner = current.window(of: thread) {
            inner.dirtyInside += 1
            guard let parent = current.record.parent, !parent.isRoot,
                let outer = parent.window(of: thread)
            else {
                if inner.dirtyInside == 1 { dirtyRoots.append(inner) }
                return
            }
            if inner.dirtyInside == 1 { outer.noteDirty(current) }
            current = parent
        }
    }

    func removeDirty(_ window: Window) {
        guard window.isDirty, let node = window.reference?.record.node else { return }
        window.isDirty = false
        var current = node
        while let inner = current.window(of: thread) {
            inner.dirtyInside -= 1
            guard let parent = current.record.parent, !parent.isRoot else {
                if inner.dirtyInside == 0 { dirtyRoots.remove(inner) }
                return
            }
            current = parent
        }
    }

    /// The window to paint next, of those that the filter lets through: what it is in is painted before it,
    /// what lies above it in its parent too, and what can be seen through comes last.
    func nextToPaint(_ filter: MessageFilter) -> Window? {
        guard !dirtyRoots.isEmpty else { return nil }
        for root in dirtyRoots.fromTheTop() where root.hasSurface {
            let found = root.firstDirty { $0.needsPaint && filter.admits(target: $0.handle) }
            if let found { return found }
        }
        return nil
    }

    /// A number for a walk over the windows.
    func makeVisit() -> UInt64 {
        visits += 1
        return visits
    }
}

extension Window {
    /// One of the children has something to paint in it, and had not.
    fileprivate func noteDirty(_ child: NodeReference) {
        if dirtyInside == (isDirty ? 1 : 0) {
            firstDirtyChild = child
        } else if let first = firstDirtyChild, first.record.order > child.record.order {
            firstDirtyChild = child
        }
    }

    /// The window leaves its place among its siblings.
    func leaveDirtyOrder() {
        if level == .top {
            thread.dirtyRoots.reorder()
        } else if let parent, parent.firstDirtyChild == reference?.record.node {
            parent.firstDirtyChild = nil
        }
    }

    /// The window has got another place among its siblings.
    func enterDirtyOrder() {
        if level == .top {
            thread.dirtyRoots.reorder()
        } else if dirtyInside > 0 {
            parent?.firstDirtyChild = nil
        }
    }

    /// The first window of those with something to paint, of this and what is in it, that `accepts` is true of.
    /// What is in a window is looked at if `descends` says so.
    func firstDirty(
        descends: (Window) -> Bool = { _ in true },
        where accepts: (Window) -> Bool
    ) -> Window? {
        guard dirtyInside > 0, isVisible, let node = reference?.record.node else { return nil }
        var hasTransparent = false
        let found = node.firstDirty(of: self, descends) { window in
            guard window === self || window.exStyle & ExtendedStyle.transparent == 0 else {
                hasTransparent = true
                return false
            }
            return accepts(window)
        }
        return hasTransparent && found == nil
            ? node.firstDirty(of: self, descends, accepts) : found
    }

    /// Where to begin to look among the children.
    fileprivate func startOfDirty(in node: NodeReference) -> NodeReference? {
        var child = firstDirtyChild.flatMap { $0.record.parent == node ? $0 : nil }
        child = child ?? node.record.firstChild
        while let current = child, current.window(of: thread.thread)?.dirtyInside == 0 {
            child = current.record.next
        }
        firstDirtyChild = child
        return child
    }
}

extension StableReference where Record == WindowNode {
    /// In the order of `forEachDescendant`, the window itself first.
    fileprivate func firstDirty(
        of root: Window,
        _ descends: (Window) -> Bool,
        _ accepts: (Window) -> Bool
    ) -> Window? {
        var current = self
        while true {
            if let window = current.window(of: root.thread.thread), window.dirtyInside > 0,
                window.isVisible
            {
                if window.isDirty, accepts(window) { return window }
                if window.dirtyInside > (window.isDirty ? 1 : 0), descends(window),
                    let child = window.startOfDirty(in: current)
                {
                    current = child
                    continue
                }
            }
            while current != self, current.record.next == nil {
                guard let parent = current.record.parent else { return nil }
                current = parent
            }
            guard current != self, let next = current.record.next else { return nil }
            current = next
        }
    }
}

/// The top-level windows with something to paint in them.
struct DirtyRoots {
    private var windows: [Window] = []
    /// The lowest first.
    private var isSorted = true

    var isEmpty: Bool { windows.isEmpty }
    /// Never; for tests.
    var hasDead: Bool { windows.contains { !$0.exists } }

    mutating func append(_ window: Window) {
        windows.append(window)
        isSorted = windows.count == 1
    }

    mutating func remove(_ window: Window) {
        if let place = windows.lastIndex(where: { $0 === window }) { windows.remove(at: place) }
    }

    /// Their order has changed.
    mutating func reorder() { isSorted = windows.count < 2 }

    mutating func fromTheTop() -> ReversedCollection<[Window]> {
        if !isSorted {
            // The order among the windows of one thread is that thread's, the numbers for it are not.
            let orders = WindowTree.withLock {
                windows.map { $0.reference?.record.node.record.order ?? .max }
            }
            windows = zip(windows, orders).sorted { $0.1 > $1.1 }.map(\.0)
            isSorted = true
        }
        return windows.reversed()
    }
}
