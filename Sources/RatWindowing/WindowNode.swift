internal import RatCore
internal import RatDisplay
internal import RatMessaging
package import RatSystem

/// A window's place among the others, and what any thread may ask of a window.
///
/// Every field is guarded by the tree's lock (`WindowTree`): siblings of other threads write the links, and
/// other threads read the rest. The window's own thread keeps what it needs often in its `Window` too, and
/// is the only one that changes it. Made with the window's record and, like that, never freed.
@safe package struct WindowNode: ~Copyable {
    /// The record that this is a part of.
    let target: TargetReference

    // Links to siblings, in z-order: `previous` lies above. Windows know each other by these alone, so that
    // taking one of many out costs the same as taking out one of two.
    var previous: NodeReference?
    var next: NodeReference?
    /// `nil` for the roots only. Written by the window's thread alone, which reads it without the lock.
    var parent: NodeReference?
    /// The topmost and the lowest child.
    var firstChild: NodeReference?
    var lastChild: NodeReference?
    var childCount = 0
    /// Its place among its siblings as a number, smaller above larger.
    var order: Int64 = 0
    /// Finds children by where they are; made when many were asked for.
    var childIndex: ChildIndex?
    /// Always a window below a root, never a child. It may be another thread's.
    var owner: NodeReference?
    /// The windows owned by this one, the youngest first.
    var firstOwned: NodeReference?
    var previousOwned: NodeReference?
    var nextOwned: NodeReference?
    /// Which of it and what it owns was active last, where nothing owns it.
    var lastActive = Handle.invalid

    /// Whose place it is; `.invalid` while it is in no tree.
    var handle = Handle.invalid
    /// `nil` for the roots. Alive while `handle` is valid: a window leaves the tree before it ends.
    var window: Unmanaged<Window>?
    var thread: ThreadReference?
    /// The queue of the window's thread.
    var queue = Handle.invalid
    /// Nothing can be put into it any more, or be owned by it.
    var isClosed = false

    var style: UInt32 = 0
    /// Whether it is topmost, only this one says; what a topmost window owns is so too, on any thread.
    var exStyle: UInt32 = 0
    var identifier: UInt = 0
    /// In the parent's client coordinates; a top-level window's on the screen.
    var frame = Rect.empty
    var client = Rect.empty

    init(of target: TargetReference) {
        self.target = target
        unsafe window = nil
    }
}

package typealias NodeReference = StableReference<WindowNode>

/// The links. All of it is called under the tree's lock.
extension StableReference where Record == WindowNode {
    var isRoot: Bool { record.parent == nil }
    /// Whether it stays above those that are not; that is for top-level windows only.
    var isTopmost: Bool { record.exStyle & ExtendedStyle.topmost != 0 }

    /// The window below a root that this one is, or is in. Not for roots.
    var topLevel: NodeReference {
        var node = self
        while let parent = node.record.parent, !parent.isRoot { node = parent }
        return node
    }

    /// The parent's client origin, on the screen.
    var parentOrigin: Point {
        var origin = Point(x: 0, y: 0)
        var ancestor = record.parent
        while let node = ancestor {
            origin.x &+= node.record.client.left
            origin.y &+= node.record.client.top
            ancestor = node.record.parent
        }
        return origin
    }

    var clientOrigin: Point {
        let origin = parentOrigin
        return Point(x: origin.x &+ record.client.left, y: origin.y &+ record.client.top)
    }

    /// Whether the window and all it is in have the style for it, up to the desktop.
    var isShown: Bool {
        var node = self
        while node.record.style & WindowStyle.visible != 0 {
            guard let parent = node.record.parent else { return true }
            node = parent
        }
        return false
    }

    /// Whether `ancestor` is what the window is in.
    func isInside(_ ancestor: NodeReference) -> Bool {
        var node = record.parent
        while let current = node {
            if current == ancestor { return true }
            node = current.record.parent
        }
        return false
    }

    /// Whether the window ends with `other`: is it, is in it, is owned by it, or by way of others. Parents and
    /// owners together make no circle.
    func depends(on other: NodeReference) -> Bool {
        var seen: Set<UInt> = []
        var pending = [self]
        while let node = pending.popLast() {
            if node == other { return true }
            guard unsafe seen.insert(UInt(bitPattern: node.raw)).inserted else { continue }
            if let parent = node.record.parent, !parent.isRoot { pending.append(parent) }
            if let owner = node.record.owner { pending.append(owner) }
        }
        return false
    }

    /// Puts a window that has no siblings below `above`, or on top of all its siblings.
    func insert(into parent: NodeReference, below above: NodeReference?) {
        let under = above.map { $0.record.next } ?? parent.record.firstChild
        if record.parent != parent { record.parent = parent }
        record.previous = above
        record.next = under
        if let above {
            above.record.next = self
        } else {
            parent.record.firstChild = self
        }
        if let under {
            under.record.previous = self
        } else {
            parent.record.lastChild = self
        }
        parent.record.target.record.holdsTargets = true
        parent.record.childCount += 1
        setOrder(in: parent)
        parent.record.childIndex?.insert(self)
    }

    /// Numbers the window between its neighbours.
    private func setOrder(in parent: NodeReference) {
        let step: Int64 = 1 << 32
        let limit: Int64 = 1 << 62
        let above = record.previous?.record.order
        let below = record.next?.record.order
        switch (above, below) {
        case (nil, nil): record.order = 0
        case (let above?, nil): record.order = above + step
        case (nil, let below?): record.order = below - step
        case (let above?, let below?): record.order = above + (below - above) / 2
        }
        guard record.order == above || record.order.magnitude > limit else { return }
        // No number is left.
        var next = 0 - Int64(parent.record.childCount / 2) * step
        parent.forEachChild { child in
            child.record.order = next
            next += step
        }
    }

    func insertOnTop(of parent: NodeReference) {
        insert(into: parent, below: lowestAbove(in: parent))
    }

    /// What stays above the window when it goes to the top: for a top-level window the topmost ones.
    func lowestAbove(in parent: NodeReference) -> NodeReference? {
        guard parent.isRoot, !isTopmost else { return nil }
        var lowest: NodeReference?
        var sibling = parent.record.firstChild
        while let node = sibling, node.isTopmost {
            if node != self { lowest = node }
            sibling = node.record.next
        }
        return lowest
    }

    /// Whether only topmost windows lie above it, or none if it is one. Under the tree's lock.
    var isOnTop: Bool {
        guard let above = record.previous else { return true }
        return record.parent.map { lowestAbove(in: $0) == above } ?? false
    }

    /// Takes the window out of its parent.
    func removeFromParent() {
        leaveSiblings()
        record.parent = nil
    }

    /// Takes the window out from among its siblings, to be put among them elsewhere. Its parent stays: its own
    /// thread reads that without the lock, and other threads' windows take theirs along that they own.
    func leaveSiblings() {
        guard let parent = record.parent else { return }
        parent.record.childIndex?.remove(self)
        parent.record.childCount -= 1
        if let above = record.previous {
            above.record.next = record.next
        } else {
            parent.record.firstChild = record.next
        }
        if let under = record.next {
            under.record.previous = record.previous
        } else {
            parent.record.lastChild = record.previous
        }
        if parent.record.firstChild == nil {
            parent.record.target.record.holdsTargets = false
            parent.record.childIndex = nil
        }
        record.previous = nil
        record.next = nil
    }

    func setOwner(_ owner: NodeReference?) {
        if let previous = record.previousOwned {
            previous.record.nextOwned = record.nextOwned
        } else {
            record.owner?.record.firstOwned = record.nextOwned
        }
        record.nextOwned?.record.previousOwned = record.previousOwned
        record.previousOwned = nil
        record.nextOwned = nil
        record.owner = owner
        guard let owner else { return }
        record.nextOwned = owner.record.firstOwned
        owner.record.firstOwned?.record.previousOwned = self
        owner.record.firstOwned = self
    }

    /// What the window owns, the topmost sibling of it first; what was put into other windows comes last.
    var owned: [NodeReference] {
        var found: [NodeReference] = []
        var next = record.firstOwned
        while let current = next {
            found.append(current)
            next = current.record.nextOwned
        }
        guard found.count > 1 else { return found }
        func place(_ node: NodeReference) -> (Int, Int64) {
            (node.record.parent == record.parent ? 0 : 1, node.record.order)
        }
        return found.sorted { place($0) < place($1) }
    }

    /// Calls `body` with all that is in the window, each before what is in it, the topmost first.
    func forEachDescendant(_ body: (NodeReference) -> Void) {
        var current = record.firstChild
        while let node = current {
            body(node)
            current = node.record.firstChild ?? node.following(upTo: self)
        }
    }

    /// What comes after the window and all in it, in the order of `forEachDescendant`.
    private func following(upTo root: NodeReference) -> NodeReference? {
        var node = self
        while node != root {
            if let next = node.record.next { return next }
            guard let parent = node.record.parent else { return nil }
            node = parent
        }
        return nil
    }

    func forEachChild(_ body: (NodeReference) -> Void) {
        var child = record.firstChild
        while let node = child {
            body(node)
            child = node.record.next
        }
    }
}
