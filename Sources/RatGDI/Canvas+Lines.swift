#if GDI

// Thin lines have a pixel for each step along their longer axis, the last one left out; where two pixels are as
// near, Win32 takes the one with the smaller coordinate. Wide ones are what a round pen covers.

extension Canvas {
    /// Draws lines from point to point, in pixels. Dashes go on around corners.
    func stroke(_ points: [Spot]) {
        guard let paint = penPaint, case .solid(let color) = paint else { return }
        if state.pen.width > 1 {
            var mask = SpanMask(bounds)
            for (a, b) in zip(points, points.dropFirst()) { mask.insertLine(a, b, state.pen.width) }
            fill(mask.spans, paint, state.mix)
            return
        }
        var dashes = Dashes(state.pen.dashes)
        for (a, b) in zip(points, points.dropFirst()) { thinLine(a, b, color, &dashes) }
    }

    /// Draws one line, in pixels.
    func strokeLine(_ a: Spot, _ b: Spot) {
        guard state.pen.width == 1 else { return stroke([a, b]) }
        guard let paint = penPaint, case .solid(let color) = paint else { return }
        var dashes = Dashes(state.pen.dashes)
        thinLine(a, b, color, &dashes)
    }

    private func thinLine(_ a: Spot, _ b: Spot, _ color: UInt32, _ dashes: inout Dashes) {
        let dx = abs(b.x - a.x)
        let dy = abs(b.y - a.y)
        let length = max(dx, dy)
        defer { dashes.advance(by: length) }
        guard length > 0 else { return }
        let mix = state.mix
        if dashes.isSolid, dx == 0 || dy == 0 {
            // A run of pixels, with its first and without its last.
            let box =
                dy == 0
                ? Box(
                    left: b.x > a.x ? a.x : b.x + 1,
                    top: a.y,
                    right: b.x > a.x ? b.x : a.x + 1,
                    bottom: a.y + 1
                )
                : Box(
                    left: a.x,
                    top: b.y > a.y ? a.y : b.y + 1,
                    right: a.x + 1,
                    bottom: b.y > a.y ? b.y : a.y + 1
                )
            fill(box, .solid(color), mix)
            return
        }
        let gap = state.isOpaque ? state.backgroundColor | opaque : nil
        for limit in clip.boxes {
            for step in steps(of: a, b, within: limit) {
                let spot = Self.pixel(step, a, b, dx, dy)
                guard limit.contains(spot) else { continue }
                if let color = dashes.isOn(step) ? color : gap {
                    setPixel(spot.x, spot.y, color, mix)
                }
            }
        }
    }

    /// The steps of a line whose pixels can be in a box.
    private func steps(of a: Spot, _ b: Spot, within box: Box) -> Range<Int> {
        let isWide = abs(b.x - a.x) >= abs(b.y - a.y)
        let from = isWide ? a.x : a.y
        let to = isWide ? b.x : b.y
        let low = isWide ? box.left : box.top
        let high = isWide ? box.right : box.bottom
        let first = to > from ? low - from : from - (high - 1)
        let end = to > from ? high - from : from - low + 1
        let start = max(first, 0)
        return start..<max(start, min(end, abs(to - from)))
    }

    /// The pixel of a step.
    @inline(__always)
    private static func pixel(_ step: Int, _ a: Spot, _ b: Spot, _ dx: Int, _ dy: Int) -> Spot {
        if dx >= dy {
            let tie = b.y > a.y ? 1 : 0
            let across = (2 * step * dy + dx - tie) / (2 * dx)
            return Spot(
                x: b.x > a.x ? a.x + step : a.x - step,
                y: b.y > a.y ? a.y + across : a.y - across
            )
        }
        let tie = b.x > a.x ? 1 : 0
        let across = (2 * step * dx + dy - tie) / (2 * dy)
        return Spot(
            x: b.x > a.x ? a.x + across : a.x - across,
            y: b.y > a.y ? a.y + step : a.y - step
        )
    }
}

/// Where along a line the pen is down.
private struct Dashes {
    private let lengths: [Int]
    private let period: Int
    private var start = 0

    init(_ lengths: [Int]) {
        self.lengths = lengths
        period = lengths.reduce(0, +)
    }

    var isSolid: Bool { lengths.isEmpty }

    func isOn(_ step: Int) -> Bool {
        guard !lengths.isEmpty else { return true }
        var place = (start + step) % period
        for (index, length) in lengths.enumerated() {
            if place < length { return index % 2 == 0 }
            place -= length
        }
        return true
    }

    mutating func advance(by length: Int) {
        if period > 0 { start = (start + length) % period }
    }
}

#endif
