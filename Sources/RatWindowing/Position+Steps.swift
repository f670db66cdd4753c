internal import RatCore
internal import RatDisplay
internal import RatSystem

/// The parts of taking a new position.
extension Window {
    /// Takes over the outer rectangle, and asks the procedure what of it is client area if its size is new.
    /// The position's flags say afterwards what became of the client area.
    func calculateClient(_ position: inout WindowPosition, at rect: Rect) {
        let oldClient = client
        let newClient: Rect
        if !position.has(PositionFlag.noSize) || position.has(PositionFlag.frameChanged) {
            let answer = askForClient(&position, at: rect)
            guard exists else { return }
            // An icon shows nothing of it.
            newClient =
                state == .minimized
                ? Rect(origin: rect.origin, size: Size(width: 0, height: 0))
                : clientPart(answer, of: rect)
        } else {
            let delta = Point(x: rect.left &- frame.left, y: rect.top &- frame.top)
            newClient = client.offset(by: delta)
        }
        if frame != rect { frame = rect }
        if client != newClient { client = newClient }
        position.set(PositionFlag.noClientSize, newClient.size == oldClient.size)
        position.set(PositionFlag.noClientMove, newClient.origin == oldClient.origin)
    }

    private func askForClient(_ position: inout WindowPosition, at rect: Rect) -> Rect {
        unsafe withUnsafeMutablePointer(to: &position) { position in
            var calculation = unsafe SizeCalculation(
                new: rect,
                oldOuter: frame,
                oldClient: client,
                position: position
            )
            let answer = send(WindowMessage.nonClientCalculateSize, 1, telling: &calculation)
            // WVR_HREDRAW and WVR_VREDRAW: for a new width or height nothing is kept. Nor is anything where what
            // stays right would not be at the top left: WVR_ALIGNBOTTOM, WVR_ALIGNRIGHT, WVR_VALIDRECTS.
            let redraws =
                (answer & 0x0100 != 0 && rect.size.width != frame.size.width)
                || (answer & 0x0200 != 0 && rect.size.height != frame.size.height)
                || answer & 0x04C0 != 0
            if redraws { unsafe position.pointee.flags |= PositionFlag.noCopyBits }
            return calculation.new
        }
    }

    /// Moves the window among its siblings. What a topmost window owns is topmost too.
    func reorder(_ position: WindowPosition) {
        guard !position.has(PositionFlag.noOrder), let node = reference?.record.node else { return }
        let after = position.insertAfter
        leaveDirtyOrder()
        defer { enterDirtyOrder() }
        thread.layout &+= 1
        let keepsOwners = level == .top && !position.has(PositionFlag.noOwnerOrder)
        let other = try? WindowTree.node(of: Handle(rawValue: after))
        WindowTree.withLock {
            guard let parent = node.record.parent else { return }
            let sibling = node.sibling(other, after)
            // In one step with the places: topmost windows lie above all others at any time.
            switch after {
            case WindowOrder.topmost: node.makeTopmost(withOwned: keepsOwners)
            case WindowOrder.notTopmost, WindowOrder.bottom:
                node.makeOrdinary(withGroup: keepsOwners)
            default: break
            }
            node.leaveSiblings()
            let lowest = node.lowestAbove(in: parent)
            switch after {
            case WindowOrder.bottom: node.insert(into: parent, below: parent.record.lastChild)
            case WindowOrder.top, WindowOrder.topmost, WindowOrder.notTopmost:
                node.insert(into: parent, below: lowest)
            default:
                node.insert(into: parent, below: node.allowed(below: sibling, lowest, parent))
            }
            if keepsOwners { node.keepAboveOwner() }
        }
    }

    /// Puts a top-level window above the others of its kind, without a word.
    func raise(onDisplay: Bool) {
        guard level == .top, let node = reference?.record.node else { return }
        if !WindowTree.withLock({ node.isOnTop }) {
            reorder(WindowPosition(flags: PositionFlag.noChange))
        }
        if onDisplay, isVisible { showOrder(ifUnmanaged: true) }
    }

    func setSurfaceVisible(_ position: WindowPosition) {
        guard hasSurface, position.has(PositionFlag.show | PositionFlag.hide) else { return }
        if position.has(PositionFlag.show) {
            if !isSurfaceShown { showSurface(position) }
        } else {
            isSurfaceShown = false
            // A display that is lost meanwhile says so itself.
            _ = try? display.setVisible(false, activates: false, of: surface)
        }
        thread.followCapture()
    }

    /// Gives what became of its state, if that is another than the normal one.
    @discardableResult
    func showSurface(_ position: WindowPosition) -> StateAnswer? {
        let activates = !position.has(PositionFlag.noActivate)
        // What is shown gets the keyboard by that.
        if activates { thread.askedFor.insert(surface) }
        isSurfaceShown = true
        // A manager finds its own place for what is shown.
        showOrder(ifUnmanaged: true)
        return try? display.setVisible(true, activates: activates, of: surface)
    }

    /// A child is told, a top-level window activated; the display activates what it shows by itself.
    func activate(_ position: WindowPosition) {
        guard !position.has(PositionFlag.noActivate | PositionFlag.hide) else { return }
        if style & (WindowStyle.child | WindowStyle.popup) == WindowStyle.child {
            send(WindowMessage.childActivate)
        } else if level == .top, isVisible, thread.activeHandle != handle {
            thread.takeForeground(handle, asksDisplay: !position.has(PositionFlag.show))
        }
    }
}

/// Restacking. All of it is called under the tree's lock.
extension StableReference where Record == WindowNode {
    /// `other`, if it still has that handle and is a sibling.
    func sibling(_ other: NodeReference?, _ handle: UInt64) -> NodeReference? {
        guard let other, other.record.handle.rawValue == handle,
            other.record.parent == record.parent
        else { return nil }
        return other
    }

    /// Where a window that is to go below a sibling can go: topmost windows lie above all others.
    func allowed(
        below sibling: NodeReference?,
        _ lowestTopmost: NodeReference?,
        _ parent: NodeReference
    ) -> NodeReference? {
        guard let sibling else { return lowestTopmost }
        guard parent.isRoot else { return sibling }
        if isTopmost, !sibling.isTopmost {
            var last: NodeReference?
            var node = parent.record.firstChild
            while let current = node, current.isTopmost {
                last = current
                node = current.record.next
            }
            return last
        }
        return !isTopmost && sibling.isTopmost ? lowestTopmost : sibling
    }

    /// Makes the window one that stays above others, with those of its siblings that it owns.
    func makeTopmost(withOwned: Bool) {
        let group = withOwned ? [self] + ownedSiblings : [self]
        for node in group { node.record.exStyle |= ExtendedStyle.topmost }
    }

    /// Ends that, with what owns it and what those own, which go on top of the others.
    func makeOrdinary(withGroup: Bool) {
        guard isTopmost, let parent = record.parent else { return }
        var first = self
        while withGroup, let owner = first.record.owner { first = owner }
        var changed: [NodeReference] = []
        var sibling = parent.record.firstChild
        while let node = sibling, node.isTopmost {
            sibling = node.record.next
            if node == self || (withGroup && (node == first || node.isOwned(by: first))) {
                changed.append(node)
            }
        }
        // All out first: where the others' top is can be seen only when no place is wrong.
        for node in changed {
            node.record.exStyle &= ~ExtendedStyle.topmost
            node.leaveSiblings()
        }
        // The lowest first, so that they keep their order.
        for node in changed.reversed() { node.insertOnTop(of: parent) }
    }

    /// What the window owns, and what that owns, but for what was put into other windows.
    private var ownedSiblings: [NodeReference] {
        var found: [NodeReference] = []
        var pending = [self]
        while let node = pending.popLast() {
            var owned = node.record.firstOwned
            while let current = owned {
                if current.record.parent == record.parent { found.append(current) }
                pending.append(current)
                owned = current.record.nextOwned
            }
        }
        return found
    }

    /// Moves the window above its owner, and what it owns above itself, where that is not so. A window that
    /// is not topmost stays below those that are.
    func keepAboveOwner() {
        guard let parent = record.parent else { return }
        if let owner = record.owner, owner.record.parent == parent,
            isTopmost || !owner.isTopmost, owner.record.order < record.order
        {
            leaveSiblings()
            insert(into: parent, below: owner.record.previous)
        }
        let lower = ownedSiblings.filter { owned in
            owned.record.order > record.order && (owned.isTopmost || !isTopmost)
        }
        for node in lower.sorted(by: { $0.record.order < $1.record.order }) {
            node.leaveSiblings()
            node.insert(into: parent, below: record.previous)
        }
    }

    /// Whether `owner` owns the window, or what owns it.
    func isOwned(by owner: NodeReference) -> Bool {
        var node = record.owner
        while let current = node {
            if current == owner { return true }
            node = current.record.owner
        }
        return false
    }
}
