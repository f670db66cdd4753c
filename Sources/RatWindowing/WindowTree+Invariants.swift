internal import RatCore
internal import RatMessaging
internal import RatSystem

/// What must always hold, for tests that try to break it.
extension WindowTree {
    /// What is wrong with the tree; `nil` if nothing is.
    package static func inconsistency() -> String? {
        guard let roots = try? roots() else { return nil }
        return withLock {
            var pending = [roots.desktop, roots.messages]
            var seen = 0
            while let node = pending.popLast() {
                seen += 1
                // More than there are handles: links lead in a circle.
                guard seen <= 1 << 20 else { return "the tree has no end" }
                if let wrong = node.inconsistency { return wrong }
                node.forEachChild { pending.append($0) }
            }
            var sibling = roots.desktop.record.firstChild
            var isBelowTopmost = false
            while let node = sibling {
                if isBelowTopmost, node.isTopmost { return "a topmost window lies below others" }
                isBelowTopmost = isBelowTopmost || !node.isTopmost
                sibling = node.record.next
            }
            return nil
        }
    }
}

extension WindowThread {
    /// What is wrong with what the thread knows of its windows to paint; `nil` if nothing is.
    package func paintInconsistency() -> String? {
        guard !dirtyRoots.hasDead else { return "a dead window is to be painted" }
        for window in WindowTree.allWindows(of: thread) {
            let isDue = !window.update.isEmpty || window.marks.isInternal
            guard window.isDirty == isDue else {
                return "a window is not where it is to be painted"
            }
            let inside = window.descendants.filter(\.isDirty).count
            guard window.dirtyInside == inside + (isDue ? 1 : 0) else {
                return "what is to be painted inside is miscounted"
            }
            let found = window.firstDirty { $0.isVisible }
            let expected = ([window] + window.descendants).first {
                $0.isDirty && $0.isShownIn(window)
            }
            guard (found == nil) == (expected == nil) else { return "a window is not found" }
        }
        return nil
    }
}

extension Window {
    fileprivate func isShownIn(_ outer: Window) -> Bool {
        var window = self
        while window.isVisible {
            guard window !== outer, let parent = window.parent else { return true }
            window = parent
        }
        return false
    }
}

extension StableReference where Record == WindowNode {
    fileprivate var inconsistency: String? {
        guard HandleTable.lookup(record.handle) != nil else { return "a dead window has a place" }
        var previous: NodeReference?
        var count = 0
        var child = record.firstChild
        while let node = child {
            count += 1
            if let previous, previous.record.order >= node.record.order {
                return "siblings are numbered in another order"
            }
            guard node.record.parent == self else { return "a child has another parent" }
            guard node.record.previous == previous else { return "siblings do not know each other" }
            if !isRoot, node.record.thread != record.thread { return "a child of another thread" }
            previous = node
            child = node.record.next
        }
        guard record.childCount == count else { return "the children are miscounted" }
        guard record.lastChild == previous else { return "the last child is another" }
        guard record.target.record.holdsTargets == (previous != nil) else {
            return "a window does not know whether anything is in it"
        }
        var owned = record.firstOwned
        var before: NodeReference?
        while let node = owned {
            guard node.record.owner == self, node.record.previousOwned == before else {
                return "an owned window does not know its owner"
            }
            before = node
            owned = node.record.nextOwned
        }
        if let owner = record.owner, owner.record.handle == .invalid { return "a dead owner" }
        return nil
    }
}
