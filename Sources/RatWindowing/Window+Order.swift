internal import RatCore
internal import RatDisplay
internal import RatSystem

/// Where a top-level window lies, as the display is told: the tree's order, of what is shown. Without a window manager
/// the server has that order; a manager is only asked for what the program asked for.
extension Window {
    /// A shown window that lies above this one.
    fileprivate struct Above {
        let surface: SurfaceID
        let queue: Handle
        /// It does so wherever this one is: it is topmost or belongs to it.
        let stays: Bool
    }

    /// Those on the same screen, the topmost first.
    private func above(_ node: NodeReference) -> [Above] {
        let all = WindowTree.withLock { node.above }
        guard !all.isEmpty else { return [] }
        let port = thread.port
        return InputDoor.withLock { door in
            all.filter { door.ports[$0.queue]?.seat == port.seat }
        }
    }

    /// Tells the display. `isLowest`: below those of other programs too.
    func showOrder(ifUnmanaged: Bool, isLowest: Bool = false) {
        guard level == .top, hasSurface, let node = reference?.record.node else { return }
        let above = above(node)
        let order: SurfaceOrder
        if isLowest {
            order = .bottom
        } else if let lowest = above.last, above.contains(where: { !$0.stays }) {
            order = .below(lowest.surface)
        } else {
            order = .top(under: above.reversed().map(\.surface))
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
    fileprivate var above: [Window.Above] {
        var above: [Window.Above] = []
        var current = record.parent?.record.firstChild
        while let sibling = current, sibling != self {
            if sibling.record.style & WindowStyle.visible != 0 {
                above.append(
                    Window.Above(
                        surface: SurfaceID(rawValue: sibling.record.handle.rawValue),
                        queue: sibling.record.queue,
                        stays: (sibling.isTopmost && !isTopmost) || sibling.isOwned(by: self)
                    )
                )
            }
            current = sibling.record.next
        }
        return above
    }
}
