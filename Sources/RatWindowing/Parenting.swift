package import RatCore
package import RatDisplay
internal import RatSystem

extension Window {
    /// Puts the window into another, on top there, at the same place of the other's client area; `.invalid`
    /// makes it a top-level window. Gives what it was in. Runs the procedure.
    ///
    /// A visible window is hidden for it and shown again. Styles and owner stay as they are.
    package func setParent(
        _ given: Handle,
        openDisplay: () throws(RatError) -> any DisplayBackend
    ) throws(RatError) -> Handle {
        guard life == .creating || life == .alive else { throw .cancelled }
        let target = try newParent(given)
        if target.level == .top, !thread.hasDisplay { try thread.attach(openDisplay()) }
        let old = try WindowTree.ancestor(of: handle, .parent)
        let wasVisible = isVisible
        if wasVisible { try show(false) }
        // What application code has done meanwhile may forbid it.
        guard exists, life == .creating || life == .alive else { throw .cancelled }
        let (parent, level) = try newParent(given)
        let origin = frame.origin
        try enter(parent, as: level)
        try setPosition(
            WindowPosition(
                insertAfter: WindowOrder.top,
                Rect(origin: origin, size: Size(width: 0, height: 0)),
                flags: PositionFlag.noSize
            )
        )
        if wasVisible, exists { try show(true) }
        return old
    }

    private func newParent(
        _ given: Handle
    ) throws(RatError) -> (node: NodeReference, level: WindowLevel) {
        let roots = try WindowTree.roots()
        if given == .invalid { return (roots.desktop, .top) }
        if given == WindowTree.messageOnlyParent { return (roots.messages, .messageOnly) }
        guard let own = reference?.record.node else { throw .invalidHandle }
        return try WindowTree.read(given) { node throws(RatError) in
            if node == roots.desktop { return (node, .top) }
            if node == roots.messages { return (node, .messageOnly) }
            try node.requireOpen(to: thread.thread)
            guard !node.depends(on: own) else { throw .invalidArgument }
            return (node, .child)
        }
    }

    /// Takes the place, where the window does not move on the screen. It is hidden.
    private func enter(_ parent: NodeReference, as newLevel: WindowLevel) throws(RatError) {
        guard let node = reference?.record.node else { throw .invalidHandle }
        dropUpdates()
        leaveDirtyOrder()
        let delta = WindowTree.withLock {
            let old = node.parentOrigin
            node.removeFromParent()
            node.insertOnTop(of: parent)
            let new = node.parentOrigin
            return Point(x: old.x &- new.x, y: old.y &- new.y)
        }
        frame = frame.offset(by: delta)
        client = client.offset(by: delta)
        guard newLevel != level else { return }
        destroySurface()
        level = newLevel
        pixels = nil
        if newLevel == .top { try openSurface(at: frame.origin, title: title) }
    }
}
