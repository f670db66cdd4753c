package import RatCore
package import RatDisplay
internal import RatSystem

/// What of a window lies at a point, as WM_NCHITTEST tells it. The numbers are Win32's.
enum HitTest {
    static let error = -2
    static let transparent = -1
    static let nowhere = 0
    static let client = 1
    static let caption = 2
    static let border = 18
}

/// What `childAt` looks over; the bits are Win32's.
package enum ChildSearch {
    package static let all: UInt32 = 0
    package static let skipInvisible: UInt32 = 1
    package static let skipDisabled: UInt32 = 2
    package static let skipTransparent: UInt32 = 4
}

extension WindowTree {
    // MARK: - Coordinates

    /// What to add to client coordinates of a window for those of the screen; nothing for `.invalid`.
    package static func clientOrigin(of handle: Handle) throws(RatError) -> Point {
        guard handle != .invalid else { return Point(x: 0, y: 0) }
        return try read(handle) { node throws(RatError) in node.clientOrigin }
    }

    // MARK: - Points

    /// The child at a point of a window's client area, the window itself if there is none; `.invalid`
    /// outside.
    package static func childAt(
        _ point: Point,
        of handle: Handle,
        skipping: UInt32
    ) throws(RatError) -> Handle {
        try read(handle) { node throws(RatError) in
            let size = node.record.client.size
            let bounds = Rect(origin: Point(x: 0, y: 0), size: size)
            guard node.isRoot || bounds.contains(point) else { return .invalid }
            let skipsHidden = skipping & ChildSearch.skipInvisible != 0
            for child in node.children(at: point, withHidden: !skipsHidden) {
                let isSkipped =
                    (skipping & ChildSearch.skipDisabled != 0
                        && child.record.style & WindowStyle.disabled != 0)
                    || (skipping & ChildSearch.skipTransparent != 0
                        && child.record.exStyle & ExtendedStyle.transparent != 0)
                if !isSkipped { return child.record.handle }
            }
            return node.record.handle
        }
    }

    /// The visible windows at a point of the screen, the one that is seen first: what is in a window before
    /// the window. Disabled children are looked through, with all that is in them.
    static func candidates(at point: Point) -> [(handle: Handle, thread: ThreadReference?)] {
        guard let desktop = try? roots().desktop else { return [] }
        return withLock {
            var found: [(Handle, ThreadReference?)] = []
            // The next one last: with the point in the coordinates of its frame, or `nil` where what is in it has
            // had its turn.
            var pending: [(node: NodeReference, point: Point?)] = []
            func addChildren(of node: NodeReference, at point: Point) {
                for child in node.children(at: point).reversed() { pending.append((child, point)) }
            }
            addChildren(of: desktop, at: point)
            while let (node, point) = pending.popLast() {
                let isDisabled = node.record.style & WindowStyle.disabled != 0
                if let point, !isDisabled, node.record.firstChild != nil,
                    node.record.client.contains(point)
                {
                    pending.append((node, nil))
                    addChildren(of: node, at: point.offset(by: node.record.client.origin.negated))
                } else if !isDisabled || node.record.parent == desktop {
                    found.append((node.record.handle, node.record.thread))
                }
            }
            return found
        }
    }

    /// The queue of the thread of the visible top-level window at a point of the screen.
    static func queue(at point: Point) -> Handle? {
        guard let desktop = try? roots().desktop else { return nil }
        return withLock { desktop.children(at: point).first?.record.queue }
    }

    /// The window at a point of the screen; `.invalid` if there is none. Asks the calling thread's procedures
    /// whether they are transparent there; other threads' windows are not.
    package static func windowAt(_ point: Point) -> Handle {
        for (handle, thread) in candidates(at: point) {
            guard thread != nil, thread == ThreadRecord.currentIfAny else {
                if Window.exists(handle) { return handle }
                continue
            }
            guard let window = try? Window.find(handle) else { continue }
            // A disabled window has the place, and is not asked.
            guard window.isEnabled else { return handle }
            let answer = window.send(WindowMessage.hitTest, 0, Words.pack(point.x, point.y))
            if answer != HitTest.transparent, window.exists { return handle }
        }
        return .invalid
    }
}

extension Window {
    /// What lies at a point of the screen, by default.
    func hitTest(_ point: Point) -> Int {
        let origin = parentOrigin
        if client.offset(by: origin).contains(point) { return HitTest.client }
        return frame.offset(by: origin).contains(point) ? HitTest.border : HitTest.nowhere
    }
}

extension Rect {
    func contains(_ point: Point) -> Bool {
        (left..<max(left, right)).contains(point.x) && (top..<max(top, bottom)).contains(point.y)
    }
}
