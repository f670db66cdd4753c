package import RatDisplay
internal import RatSystem

// What of a window can be seen, on the surface of the top-level window that it lies on.
//
// All of it reads a thread's own windows, on that thread, and nothing of their top-level window's siblings.
// These links and places are written by that thread alone, so it needs no lock to read them.

/// Which part of a window is meant.
enum WindowArea {
    case client
    case whole
}

/// What else of the windows is left out of what can be seen.
struct Clipping: OptionSet {
    let rawValue: UInt32

    /// What is in the window.
    static let children = Clipping(rawValue: 1)
    /// What lies above it in its parent.
    static let siblings = Clipping(rawValue: 2)

    init(rawValue: UInt32) { self.rawValue = rawValue }

    /// What a window's style asks for.
    init(style: UInt32) {
        self = []
        if style & WindowStyle.clipChildren != 0 { insert(.children) }
        if style & WindowStyle.clipSiblings != 0 { insert(.siblings) }
    }
}

extension StableReference where Record == WindowNode {
    /// Where the origin of the coordinates of `frame` and `client` lies on the surface.
    var containerOrigin: Point {
        var origin = Point(x: 0, y: 0)
        var node = self
        while let parent = node.record.parent, !parent.isRoot {
            origin.x &+= parent.record.client.left
            origin.y &+= parent.record.client.top
            node = parent
        }
        return Point(
            x: origin.x &- node.record.frame.left,
            y: origin.y &- node.record.frame.top
        )
    }

    /// Whether others cannot be seen through it, where it is visible.
    private var covers: Bool { record.exStyle & ExtendedStyle.transparent == 0 }

    /// What can be seen of it, if it is shown, on the surface, and within a part of that.
    func visibleRegion(_ area: WindowArea, _ clipping: Clipping, within part: Rect) -> Region {
        let container = containerOrigin
        let rect = area == .client ? record.client : record.frame
        let bound = boundOnSurface(rect.offset(by: container), container).intersection(part)
        guard !bound.isEmpty else { return .empty }
        var covered: [Rect] = []
        if clipping.contains(.children), record.firstChild != nil {
            let origin = container.offset(by: record.client.origin)
            forEachChild(touching: bound.offset(by: origin.negated)) { child in
                if child.covers { covered.append(child.record.frame.offset(by: origin)) }
            }
        }
        addCovering(clipping.contains(.siblings), bound, container, to: &covered)
        return covered.isEmpty ? Region(bound) : Region(bound).subtracting(Region(covered))
    }

    /// What of a rectangle on the surface lies in the client areas of all ancestors.
    private func boundOnSurface(_ rect: Rect, _ container: Point) -> Rect {
        var bound = rect
        var origin = container
        var node = self
        while let parent = node.record.parent, !parent.isRoot {
            bound = bound.intersection(Rect(origin: origin, size: parent.record.client.size))
            origin = origin.offset(by: parent.record.client.origin.negated)
            node = parent
        }
        return bound
    }

    /// Adds what lies above the window, and above those that it is in.
    private func addCovering(
        _ clipsSiblings: Bool,
        _ bound: Rect,
        _ container: Point,
        to covered: inout [Rect]
    ) {
        var clips = clipsSiblings
        var origin = container
        var node = self
        while let parent = node.record.parent, !parent.isRoot {
            if clips, parent.record.childCount > 1 {
                parent.forEachChild(touching: bound.offset(by: origin.negated)) { sibling in
                    if sibling.record.order < node.record.order, sibling.covers {
                        covered.append(sibling.record.frame.offset(by: origin))
                    }
                }
            }
            clips = parent.record.style & WindowStyle.clipSiblings != 0
            origin = origin.offset(by: parent.record.client.origin.negated)
            node = parent
        }
    }
}

extension Rect {
    static let everywhere = Rect(left: .min, top: .min, right: .max, bottom: .max)
}

extension Point {
    var negated: Point { Point(x: 0 &- x, y: 0 &- y) }

    package func offset(by delta: Point) -> Point { Point(x: x &+ delta.x, y: y &+ delta.y) }
}

extension Window {
    /// Whether any pixel of it can be on a display.
    package var isSeen: Bool {
        guard var node = reference?.record.node else { return false }
        while node.record.style & WindowStyle.visible != 0 {
            guard let parent = node.record.parent, !parent.isRoot else {
                return node.record.style & WindowStyle.minimized == 0
                    && node.window(of: thread.thread)?.hasSurface ?? false
            }
            node = parent
        }
        return false
    }

    /// Where the client area begins on the surface.
    package var clientOriginOnSurface: Point {
        guard let node = reference?.record.node else { return Point(x: 0, y: 0) }
        return node.containerOrigin.offset(by: client.origin)
    }

    /// The outer rectangle in client coordinates.
    var windowBounds: Rect { frame.offset(by: client.origin.negated) }

    /// What of it can be seen, on the surface.
    func visibleRegion(_ area: WindowArea, _ clipping: Clipping) -> Region {
        guard isSeen, let node = reference?.record.node else { return .empty }
        return node.visibleRegion(area, clipping, within: Rect.everywhere)
    }

    /// What can be seen of a part that is given on the surface.
    func visibleRegion(of part: Region, _ area: WindowArea, _ clipping: Clipping) -> Region {
        guard !part.isEmpty, isSeen, let node = reference?.record.node else { return .empty }
        return node.visibleRegion(area, clipping, within: part.bounds).intersection(part)
    }
}
