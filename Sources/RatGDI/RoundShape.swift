#if GDI

/// A rectangle with corners that are quarters of an ellipse; an ellipse where they are as large as it. Has one run
/// of pixels in each row.
struct RoundShape {
    let box: Box
    let cornerWidth: Int
    let cornerHeight: Int

    init(box: Box, cornerWidth: Int, cornerHeight: Int) {
        self.box = box
        self.cornerWidth = min(max(abs(cornerWidth), 1), max(box.width, 1))
        self.cornerHeight = min(max(abs(cornerHeight), 1), max(box.height, 1))
    }

    /// The run of a row; empty above and below.
    func run(_ y: Int) -> (left: Int, right: Int) {
        guard y >= box.top, y < box.bottom else { return (box.left, box.left) }
        // How far the row's middle is from the corner ellipse's, doubled.
        let down = 2 * (y - box.top) + 1
        let up = 2 * (box.bottom - y) - 1
        let away = cornerHeight - min(down, up)
        guard away > 0 else { return (box.left, box.right) }
        let whole = min(isEllipse ? ellipseInset(away) : cornerInset(away), (box.width - 1) / 2)
        return (box.left + whole, box.right - whole)
    }

    private var isEllipse: Bool { cornerWidth == box.width && cornerHeight == box.height }

    /// How far from the side a row begins that is `away`, doubled, from the middle: the pixels that Windows takes.
    private func ellipseInset(_ away: Int) -> Int {
        let height = Double(cornerHeight * (cornerHeight - 1))
        let part = 1 - Double(away * away) / height
        let reach = (Double(cornerWidth * cornerWidth - 1) * max(part, 0)).squareRoot()
        return (cornerWidth - Int(reach.rounded(.down))) / 2
    }

    /// The same of a rounded corner: the pixels whose centres are inside.
    private func cornerInset(_ away: Int) -> Int {
        let ratio = Double(away) / Double(cornerHeight)
        let half = Double(cornerWidth) / 2
        return Int((half - half * (1 - ratio * ratio).squareRoot() + 0.5).rounded(.down))
    }

    /// The runs of the rows that are in a box.
    func spans(within limit: Box) -> [Span] {
        let top = max(box.top, limit.top)
        return (top..<max(top, min(box.bottom, limit.bottom))).map { y in
            let run = run(y)
            return Span(y: y, left: run.left, right: run.right)
        }
    }

    /// The same without what is in `inner`: one run or two in each row.
    func spans(within limit: Box, without inner: RoundShape) -> [Span] {
        spans(within: limit).flatMap { span -> [Span] in
            let hole = inner.run(span.y)
            guard hole.left < hole.right, !inner.box.isEmpty else { return [span] }
            return [
                Span(y: span.y, left: span.left, right: min(hole.left, span.right)),
                Span(y: span.y, left: max(hole.right, span.left), right: span.right),
            ].filter { $0.left < $0.right }
        }
    }

    /// Its outermost pixels, of which each touches the next at least at a corner.
    func outline(within limit: Box) -> [Span] {
        spans(within: limit).flatMap { span -> [Span] in
            let above = run(span.y - 1)
            let below = run(span.y + 1)
            let isEdge = above.left >= above.right || below.left >= below.right
            let left = isEdge ? span.right : max(span.left + 1, above.left, below.left)
            let right = isEdge ? span.left : min(span.right - 1, above.right, below.right)
            guard left < right else { return [span] }
            return [
                Span(y: span.y, left: span.left, right: left),
                Span(y: span.y, left: right, right: span.right),
            ]
        }
    }
}

#endif
