/// A position in pixels.
package struct Point: Equatable, Sendable {
    package var x: Int32
    package var y: Int32

    package init(x: Int32, y: Int32) {
        self.x = x
        self.y = y
    }
}

/// An extent in pixels; never negative.
package struct Size: Equatable, Sendable {
    package var width: Int32
    package var height: Int32

    package init(width: Int32, height: Int32) {
        self.width = width
        self.height = height
    }

    package var isEmpty: Bool { width <= 0 || height <= 0 }
}

/// A rectangle in pixels. Its right and bottom edges lie just outside it.
package struct Rect: Equatable, Sendable {
    package var left: Int32
    package var top: Int32
    package var right: Int32
    package var bottom: Int32

    package init(left: Int32, top: Int32, right: Int32, bottom: Int32) {
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom
    }

    package init(origin: Point, size: Size) {
        self.init(
            left: origin.x,
            top: origin.y,
            right: origin.x &+ size.width,
            bottom: origin.y &+ size.height
        )
    }

    package static let empty = Rect(left: 0, top: 0, right: 0, bottom: 0)

    package var origin: Point { Point(x: left, y: top) }
    package var size: Size { Size(width: right &- left, height: bottom &- top) }
    package var isEmpty: Bool { left >= right || top >= bottom }

    /// What both cover; `.empty` if nothing.
    package func intersection(_ other: Rect) -> Rect {
        let common = Rect(
            left: max(left, other.left),
            top: max(top, other.top),
            right: min(right, other.right),
            bottom: min(bottom, other.bottom)
        )
        return common.isEmpty ? .empty : common
    }

    /// The smallest rectangle that holds both; an empty one adds nothing.
    package func union(_ other: Rect) -> Rect {
        if isEmpty { return other }
        if other.isEmpty { return self }
        return Rect(
            left: min(left, other.left),
            top: min(top, other.top),
            right: max(right, other.right),
            bottom: max(bottom, other.bottom)
        )
    }

    package func offset(by delta: Point) -> Rect {
        Rect(
            left: left &+ delta.x,
            top: top &+ delta.y,
            right: right &+ delta.x,
            bottom: bottom &+ delta.y
        )
    }
}
