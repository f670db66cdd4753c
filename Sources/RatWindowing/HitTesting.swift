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
            var child = node.record.firstChild
            while let current = child {
                let style = current.record.style
                let isSkipped =
                    (skipping & ChildSearch.skipInvisible != 0
                        && style & WindowStyle.visible == 0)
                    || (skipping & ChildSearch.skipDisabled != 0
                        && style & WindowStyle.disabled != 0)
                    || (skipping & ChildSearch.skipTransparent != 0
                        && current.record.exStyle & ExtendedStyle.transparent != 0)
                if !isSkipped, current.record.frame.contains(point) { return current.record.handle }
                child = current.record.next
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
            var current = desktop.record.firstChild
            // Where `current`'s parent has its client area.
            var origin = Point(x: 0, y: 0)
            var isAfter = false
            while let node = current {
                let frame = node.record.frame.offset(by: origin)
                let client = node.record.client.offset(by: origin)
                let style = node.record.style
                let isDisabled = style & WindowStyle.disabled != 0
                let isTop = node.record.parent == desktop
                let isHere =
                    style & WindowStyle.visible != 0 && frame.contains(point)
                    && (isTop || !isDisabled)
                if !isAfter, isHere, !isDisabled, client.contains(point),
                    let child = node.record.firstChild
                {
                    origin = client.origin
                    current = child
                    continue
                }
                if isHere { found.append((node.record.handle, node.record.thread)) }
                if let next = node.record.next {
                    current = next
                    isAfter = false
                    continue
                }
                guard let parent = node.record.parent, parent != desktop else { break }
                current = parent
                isAfter = true
                origin.x &-= parent.record.client.left
                origin.y &-= parent.record.client.top
            }
            return found
        }
    }

    /// The queue of the thread of the visible top-level window at a point of the screen.
    static func queue(at point: Point) -> Handle? {
        guard let desktop = try? roots().desktop else { return nil }
        return withLock {
            var current = desktop.record.firstChild
            while let node = current {
                if node.record.style & WindowStyle.visible != 0, node.record.frame.contains(point) {
                    return node.record.queue
                }
                current = node.record.next
            }
            return nil
        }
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
