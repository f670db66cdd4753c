internal import RatCore
internal import RatDisplay
internal import RatSystem

/// Where a top-level window lies, as the display is told: the tree's order, of what is shown. Without a window manager
/// the server has that order; a manager is only asked for what the program asked for.
extension Window {
    /// What of the shown windows lies above this one, the topmost first.
    fileprivate struct Above {
        var surfaces: [SurfaceID] = []
        /// All of them stay above it wherever it is: they are topmost or belong to it.
        var isOnlyWhatStays = true
    }

    /// Tells the display. `isLowest`: below those of other programs too.
    func showOrder(ifUnmanaged: Bool, isLowest: Bool = false) {
        guard level == .top, hasSurface, let node = reference?.record.node else { return }
        let above = WindowTree.withLock { node.above }
        let order: SurfaceOrder
        if isLowest {
            order = .bottom
        } else if above.isOnlyWhatStays {
            order = .top(under: above.surfaces.reversed())
        } else {
            order = above.surfaces.last.map { SurfaceOrder.below($0) } ?? .top(under: [])
        }
        // A display that is lost meanwhile says so itself.
        try? display.setOrder(order, ifUnmanaged: ifUnmanaged, of: surface)
        // What it owns has come along, and lies above it.
        guard case .below = order else { return }
        for owned in ownedWindows where owned.isVisible && owned.level == .top {
            owned.showOrder(ifUnmanaged: ifUnmanaged)
        }
    }
}

extension StableReference where Record == WindowNode {
    /// Under the tree's lock.
    fileprivate var above: Window.Above {
        var above = Window.Above()
        var current = record.parent?.record.firstChild
        while let sibling = current, sibling != self {
            if sibling.record.style & WindowStyle.visible != 0 {
                above.surfaces.append(SurfaceID(rawValue: sibling.record.handle.rawValue))
                let stays = (sibling.isTopmost && !isTopmost) || sibling.isOwned(by: self)
                if !stays { above.isOnlyWhatStays = false }
            }
            current = sibling.record.next
        }
        return above
    }
}
