#if GDI

internal import CRat

/// Where coordinates end: sums and products of what is within do not overflow.
private let farthest = 1 << 27

/// A coordinate as drawing takes it.
@inline(__always) func bounded(_ coordinate: Int32) -> Int { bounded(Int(coordinate)) }
@inline(__always) func bounded(_ coordinate: Int) -> Int {
    min(max(coordinate, -farthest), farthest)
}

struct Spot: Equatable, Sendable {
    var x: Int
    var y: Int

    static let zero = Spot(x: 0, y: 0)

    static func + (a: Spot, b: Spot) -> Spot { Spot(x: a.x + b.x, y: a.y + b.y) }
    static func - (a: Spot, b: Spot) -> Spot { Spot(x: a.x - b.x, y: a.y - b.y) }
}

extension Spot {
    init(_ point: RatPoint) {
        self.init(x: bounded(point.x), y: bounded(point.y))
    }
}

extension RatPoint {
    init(_ spot: Spot) {
        self.init(x: Int32(clamping: spot.x), y: Int32(clamping: spot.y))
    }
}

/// A rectangle of pixels; `right` and `bottom` lie just outside it.
struct Box: Equatable, Sendable {
    var left: Int
    var top: Int
    var right: Int
    var bottom: Int

    static let empty = Box(left: 0, top: 0, right: 0, bottom: 0)

    var width: Int { right - left }
    var height: Int { bottom - top }
    var isEmpty: Bool { left >= right || top >= bottom }

    /// The same with its corners in order.
    var ordered: Box {
        Box(
            left: min(left, right),
            top: min(top, bottom),
            right: max(left, right),
            bottom: max(top, bottom)
        )
    }

    func offset(by spot: Spot) -> Box {
        Box(
            left: left + spot.x,
            top: top + spot.y,
            right: right + spot.x,
            bottom: bottom + spot.y
        )
    }

    func inset(by amount: Int) -> Box {
        Box(
            left: left + amount,
            top: top + amount,
            right: right - amount,
            bottom: bottom - amount
        )
    }

    /// Empty where the two have nothing in common.
    @inline(__always)
    func intersection(_ other: Box) -> Box {
        Box(
            left: max(left, other.left),
            top: max(top, other.top),
            right: min(right, other.right),
            bottom: min(bottom, other.bottom)
        )
    }

    func contains(_ spot: Spot) -> Bool {
        spot.x >= left && spot.x < right && spot.y >= top && spot.y < bottom
    }

    /// What of this is not in `other`: at most four boxes.
    func subtracting(_ other: Box) -> [Box] {
        let common = intersection(other)
        guard !common.isEmpty else { return [self] }
        let parts = [
            Box(left: left, top: top, right: right, bottom: common.top),
            Box(left: left, top: common.top, right: common.left, bottom: common.bottom),
            Box(left: common.right, top: common.top, right: right, bottom: common.bottom),
            Box(left: left, top: common.bottom, right: right, bottom: bottom),
        ]
        return parts.filter { !$0.isEmpty }
    }
}

extension Box {
    init(_ rect: RatRect) {
        self.init(
            left: bounded(rect.left),
            top: bounded(rect.top),
            right: bounded(rect.right),
            bottom: bounded(rect.bottom)
        )
    }
}

extension RatRect {
    init(_ box: Box) {
        self.init(
            left: Int32(clamping: box.left),
            top: Int32(clamping: box.top),
            right: Int32(clamping: box.right),
            bottom: Int32(clamping: box.bottom)
        )
    }
}

/// What may be drawn on: boxes that do not overlap.
struct Clip: Equatable, Sendable {
    private(set) var boxes: [Box]

    init(_ box: Box) {
        boxes = box.isEmpty ? [] : [box]
    }

    /// All of them together; they may overlap.
    init(union parts: [Box]) {
        let parts = parts.filter { !$0.isEmpty }
        guard !Self.isOrdered(parts) else {
            boxes = parts
            return
        }
        boxes = []
        for part in parts {
            var rest = [part]
            for box in boxes { rest = rest.flatMap { $0.subtracting(box) } }
            boxes += rest
        }
    }

    /// Whether boxes go from top to bottom and from left to right, as a region's do: then none overlap.
    static func isOrdered(_ boxes: [Box]) -> Bool {
        zip(boxes, boxes.dropFirst()).allSatisfy { a, b in
            b.top >= a.bottom || (b.top == a.top && b.bottom == a.bottom && b.left >= a.right)
        }
    }

    /// Boxes that are known not to overlap.
    init(disjoint parts: [Box]) {
        boxes = parts.filter { !$0.isEmpty }
    }

    var bounds: Box {
        guard var bounds = boxes.first else { return .empty }
        for box in boxes.dropFirst() {
            bounds.left = min(bounds.left, box.left)
            bounds.top = min(bounds.top, box.top)
            bounds.right = max(bounds.right, box.right)
            bounds.bottom = max(bounds.bottom, box.bottom)
        }
        return bounds
    }

    func intersection(_ other: Clip) -> Clip {
        Clip(disjoint: boxes.flatMap { box in other.boxes.map { box.intersection($0) } })
    }

    func subtracting(_ other: Clip) -> Clip {
        var rest = boxes
        for box in other.boxes { rest = rest.flatMap { $0.subtracting(box) } }
        return Clip(disjoint: rest)
    }
}

#endif
