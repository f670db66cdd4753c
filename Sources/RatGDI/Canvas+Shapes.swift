#if GDI

extension Canvas {
    /// `box` is in pixels, here and below.
    func rectangle(_ box: Box) {
        shape(box, cornerWidth: 0, cornerHeight: 0)
    }

    /// A rectangle, or one with rounded corners: the pen's line, and the brush within.
    func shape(_ box: Box, cornerWidth: Int, cornerHeight: Int) {
        let box = box.ordered
        guard !box.isEmpty else { return }
        let isRound = min(abs(cornerWidth), abs(cornerHeight)) > 1
        let width = state.pen.width
        guard let pen = penPaint else {
            return fillInside(box, isRound, cornerWidth, cornerHeight)
        }
        let outer: Box
        if state.pen.style == .insideFrame || width == 1 {
            outer = box
        } else {
            outer = Box(
                left: box.left - width / 2,
                top: box.top - width / 2,
                right: box.right - 1 + (width + 1) / 2,
                bottom: box.bottom - 1 + (width + 1) / 2
            )
        }
        let inner = outer.inset(by: width)
        guard isRound else {
            if let brush = paint(of: state.brush) { fill(inner, brush, state.mix) }
            // Dashes go around, and a wide pen leaves round corners.
            guard state.pen.dashes.isEmpty, width == 1 || state.pen.style == .insideFrame else {
                return stroke(around(box))
            }
            for part in outer.subtracting(inner.isEmpty ? .empty : inner) {
                fill(part, pen, state.mix)
            }
            return
        }
        let growth = outer.width - box.width
        let outline = RoundShape(
            box: outer,
            cornerWidth: abs(cornerWidth) + growth,
            cornerHeight: abs(cornerHeight) + growth
        )
        if width == 1 {
            let line = outline.outline(within: bounds)
            if let brush = paint(of: state.brush) {
                fill(outline.spans(within: bounds).subtracting(line), brush, state.mix)
            }
            fill(line, pen, state.mix)
        } else {
            let within = RoundShape(
                box: inner,
                cornerWidth: max(outline.cornerWidth - 2 * width, 1),
                cornerHeight: max(outline.cornerHeight - 2 * width, 1)
            )
            if let brush = paint(of: state.brush), !inner.isEmpty {
                fill(within.spans(within: bounds), brush, state.mix)
            }
            fill(outline.spans(within: bounds, without: within), pen, state.mix)
        }
    }

    /// What there is without a line: of a rectangle Win32 leaves the last row and column free.
    private func fillInside(_ box: Box, _ isRound: Bool, _ cornerWidth: Int, _ cornerHeight: Int) {
        guard let brush = paint(of: state.brush) else { return }
        if isRound {
            let shape = RoundShape(box: box, cornerWidth: cornerWidth, cornerHeight: cornerHeight)
            fill(shape.spans(within: bounds), brush, state.mix)
        } else {
            let inner = Box(
                left: box.left,
                top: box.top,
                right: box.right - 1,
                bottom: box.bottom - 1
            )
            fill(inner, brush, state.mix)
        }
    }

    private func around(_ box: Box) -> [Spot] {
        let first = Spot(x: box.left, y: box.top)
        return [
            first, Spot(x: box.right - 1, y: box.top), Spot(x: box.right - 1, y: box.bottom - 1),
            Spot(x: box.left, y: box.bottom - 1), first,
        ]
    }

    /// The outermost pixels of a box.
    func frame(_ box: Box, _ paint: Paint, _ mix: Mix) {
        guard !box.isEmpty else { return }
        let inner = box.inset(by: 1)
        for part in box.subtracting(inner.isEmpty ? .empty : inner) { fill(part, paint, mix) }
    }

    /// Every second of them, inverted.
    func focus(_ box: Box) {
        guard !box.isEmpty else { return }
        let edges = box.subtracting(box.inset(by: 1).isEmpty ? .empty : box.inset(by: 1))
        for edge in edges {
            for limit in clip.boxes {
                let part = edge.intersection(limit)
                guard !part.isEmpty else { continue }
                for y in part.top..<part.bottom {
                    for x in part.left..<part.right where (x + y - box.left - box.top) & 1 == 0 {
                        setPixel(x, y, 0, .invert)
                    }
                }
            }
        }
    }

    /// Points are in pixels.
    func polygon(_ points: [Spot]) {
        if let brush = paint(of: state.brush) {
            fill(polygonSpans(points), brush, state.mix)
        }
        stroke(points + [points[0]])
    }

    /// What is inside, by the fill mode, in rows that cut the edges halfway between their ends' rows.
    private func polygonSpans(_ points: [Spot]) -> [Span] {
        var crossings: [[(x: Int, winding: Int)]] = Array(
            repeating: [],
            count: max(bounds.height, 0)
        )
        for index in points.indices {
            let a = points[index]
            let b = points[(index + 1) % points.count]
            guard a.y != b.y else { continue }
            let (upper, lower, winding) = a.y < b.y ? (a, b, 1) : (b, a, -1)
            let first = max(upper.y, bounds.top)
            let end = min(lower.y, bounds.bottom)
            guard first < end else { continue }
            let height = lower.y - upper.y
            for y in first..<end {
                let along = (y - upper.y) * (lower.x - upper.x)
                // Rounded up: a pixel is inside from the edge on.
                let x = upper.x + (along >= 0 ? (along + height - 1) / height : along / height)
                crossings[y - bounds.top].append((x, winding))
            }
        }
        var mask = SpanMask(bounds)
        for (row, found) in crossings.enumerated() where found.count > 1 {
            var winding = 0
            let sorted = found.sorted { $0.x < $1.x }
            for index in 0..<sorted.count - 1 {
                winding += state.fillMode == 2 ? sorted[index].winding : 1
                let isInside = state.fillMode == 2 ? winding != 0 : winding % 2 != 0
                if isInside { mask.insert(row + bounds.top, sorted[index].x, sorted[index + 1].x) }
            }
        }
        return mask.spans
    }
}

extension [Span] {
    /// What of runs is not in others: both by rows, one in each row of the first.
    func subtracting(_ others: [Span]) -> [Span] {
        var result: [Span] = []
        var index = others.startIndex
        for span in self {
            var left = span.left
            while index < others.endIndex, others[index].y <= span.y {
                if others[index].y == span.y {
                    if others[index].left > left {
                        result.append(Span(y: span.y, left: left, right: others[index].left))
                    }
                    left = Swift.max(left, others[index].right)
                }
                index += 1
            }
            if left < span.right { result.append(Span(y: span.y, left: left, right: span.right)) }
        }
        return result
    }
}

#endif
