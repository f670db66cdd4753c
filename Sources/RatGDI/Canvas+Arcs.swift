#if GDI

internal import Glibc

/// A part of an ellipse.
enum ArcKind: UInt32 {
    case arc, chord, pie
}

extension Canvas {
    /// From the ray through `start` counterclockwise to the ray through `end`, both from the centre.
    func arc(_ kind: ArcKind, _ box: Box, from start: Spot, to end: Spot) {
        let box = box.ordered
        guard box.width > 1, box.height > 1 else { return }
        let sector = Sector(box, start, end)
        let shape = RoundShape(box: box, cornerWidth: box.width, cornerHeight: box.height)
        let from = sector.point(at: sector.first)
        let to = sector.point(at: sector.last)
        if kind != .arc, let brush = paint(of: state.brush) {
            var mask = SpanMask(bounds)
            for span in shape.spans(within: bounds) {
                for x in max(
                    span.left,
                    bounds.left
                )..<max(
                    span.left,
                    bounds.left,
                    min(span.right, bounds.right)
                ) {
                    let isInside =
                        kind == .pie
                        ? sector.contains(x, span.y)
                        : sector.isBeyondChord(x, span.y, from, to)
                    if isInside { mask.insert(span.y, x, x + 1) }
                }
            }
            fill(mask.spans, brush, state.mix)
        }
        strokeArc(shape, sector)
        switch kind {
        case .arc: break
        case .chord: stroke([to, from])
        case .pie: stroke([to, sector.middle, from])
        }
    }

    private func strokeArc(_ shape: RoundShape, _ sector: Sector) {
        guard let pen = penPaint else { return }
        let width = state.pen.width
        var runs = shape.outline(within: bounds)
        if width > 1 {
            let outer = shape.box.inset(by: -(width / 2))
            let inner = outer.inset(by: width)
            let around = RoundShape(
                box: outer,
                cornerWidth: outer.width,
                cornerHeight: outer.height
            )
            let within = RoundShape(
                box: inner,
                cornerWidth: inner.width,
                cornerHeight: inner.height
            )
            runs = around.spans(within: bounds, without: within)
        }
        var mask = SpanMask(bounds)
        for run in runs {
            let left = max(run.left, bounds.left)
            for x in left..<max(left, min(run.right, bounds.right)) where sector.contains(x, run.y)
            {
                mask.insert(run.y, x, x + 1)
            }
        }
        fill(mask.spans, pen, state.mix)
    }
}

/// What is between two rays, counterclockwise from the first.
private struct Sector {
    let middle: Spot
    let first: Double
    let last: Double
    private let x: Double
    private let y: Double
    private let halfWidth: Double
    private let halfHeight: Double

    init(_ box: Box, _ start: Spot, _ end: Spot) {
        x = Double(box.left + box.right - 1) / 2
        y = Double(box.top + box.bottom - 1) / 2
        halfWidth = Double(box.width - 1) / 2
        halfHeight = Double(box.height - 1) / 2
        middle = Spot(x: (box.left + box.right - 1) / 2, y: (box.top + box.bottom - 1) / 2)
        first = atan2(y - Double(start.y), Double(start.x) - x)
        let turn = atan2(y - Double(end.y), Double(end.x) - x)
        last = turn > first ? turn : turn + 2 * .pi
    }

    /// Whether a pixel is between the rays.
    func contains(_ column: Int, _ row: Int) -> Bool {
        var turn = atan2(y - Double(row), Double(column) - x)
        if turn < first { turn += 2 * .pi }
        return turn <= last
    }

    /// The ellipse's point in a direction.
    func point(at turn: Double) -> Spot {
        let across = cos(turn) / halfWidth
        let up = sin(turn) / halfHeight
        let distance = 1 / (across * across + up * up).squareRoot()
        return Spot(
            x: Int((x + distance * cos(turn)).rounded()),
            y: Int((y - distance * sin(turn)).rounded())
        )
    }

    /// Whether a pixel is on the arc's side of the line between its ends.
    func isBeyondChord(_ column: Int, _ row: Int, _ from: Spot, _ to: Spot) -> Bool {
        if from == to { return last - first > .pi }
        return (column - from.x) * (to.y - from.y) - (row - from.y) * (to.x - from.x) <= 0
    }
}

#endif
