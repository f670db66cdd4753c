internal import RatCore
internal import RatDisplay
internal import RatMessaging

// How a window ends. In this order, each step running application code:
//
//     PARENTNOTIFY to the parent of a child
//     it is hidden; what it owns is destroyed completely; focus and activation go elsewhere
//     DESTROY to it and to all that is in it, each before what is in it
//     NCDESTROY to all that is in it and to it, each after what is in it; its handle dies with that
//
// Invariants: `life` only ever goes forward. Each window gets DESTROY at most once and NCDESTROY once,
// as its last message, however destructions nest. Nothing can be put into a window that is `ending`.

extension Window {
    /// Destroys the window with all it owns and all that is in it. Runs procedures.
    ///
    /// May be called from any message of any window, also while the window is being created. `false` if a hook
    /// refused, and the window is as it was; what its owner takes with it cannot be refused.
    @discardableResult
    package func destroy(isOwnersEnd: Bool = false) -> Bool {
        guard exists, life == .creating || life == .alive else { return true }
        let isRefused = isKeptByHooks
        guard exists, life == .creating || life == .alive else { return true }
        if isRefused, !isOwnersEnd { return false }
        destroyForGood()
        return true
    }

    private func destroyForGood() {
        life = .dying
        notifyParent(WindowMessage.destroy)
        guard exists else { return }
        hideForGood()
        guard exists else { return }
        destroyOwned()
        guard exists else { return }
        thread.letGo(self)
        thread.dropCapture(in: self)
        sendDestroy()
        finishDestruction()
    }

    private func destroyOwned() {
        for owned in ownedWindows where owned.exists { owned.destroy(isOwnersEnd: true) }
    }

    /// WM_DESTROY to the window and what is in it. What is created or taken out meanwhile is looked at when
    /// its turn comes.
    private func sendDestroy() {
        var pending: [Window] = [self]
        while let window = pending.popLast() {
            guard window.exists, window.isInside(orIs: self) else { continue }
            if window.life != .ending { window.life = .dying }
            if !window.isDestroySent {
                window.isDestroySent = true
                Clipboard.shared.ownerIsGoing(window)
                guard window.exists else { continue }
                window.send(WindowMessage.destroy)
            }
            if window.exists { pending.append(contentsOf: window.children.reversed()) }
        }
    }

    /// The end of every window: the surfaces go, then the last messages come, then all is retired.
    func finishDestruction() {
        var pending: [(window: Window, isExpanded: Bool)] = [(self, false)]
        while let (window, isExpanded) = pending.popLast() {
            guard window.exists else { continue }
            if window.isEndSent {
                // This runs inside the window's last message, and what it is in ends before that does.
                window.retire()
                continue
            }
            guard isExpanded else {
                window.life = .ending
                pending.append((window, true))
                pending.append(contentsOf: window.children.reversed().map { ($0, false) })
                continue
            }
            // A window that is refused while it is created may have taken the focus by then. The focus of what has
            // had its WM_DESTROY ends without a word, as in Wine.
            if !window.isDestroySent || thread.activeHandle == window.handle {
                thread.letGo(window)
                guard window.exists else { continue }
            }
            window.destroySurface()
            window.sendEnd()
            window.retire()
        }
    }

    /// Tells the parent that a child has come or is going, unless its style forbids.
    func notifyParent(_ message: UInt32) {
        guard style & (WindowStyle.child | WindowStyle.popup) == WindowStyle.child,
            exStyle & ExtendedStyle.noParentNotify == 0,
            let parent
        else { return }
        parent.send(
            WindowMessage.parentNotify,
            Words.pack(
                low: UInt16(message),
                high: UInt16(truncatingIfNeeded: identifier)
            ),
            Int(truncatingIfNeeded: handle.rawValue)
        )
    }

    /// The display has no part in the window any more. A lost display has ended its surfaces by itself.
    func destroySurface() {
        guard hasSurface else { return }
        hasSurface = false
        thread.askedFor.remove(surface)
        try? thread.display.destroySurface(surface)
        thread.followCapture()
    }
}
