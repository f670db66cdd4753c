#if GDI

/// Pixels that are gathered, so that each is painted once however often it was covered: runs by row, within a box.
struct SpanMask {
    private let box: Box
    private var rows: [[(left: Int, right: Int)]]

    init(_ box: Box) {
        self.box = box
        rows = Array(repeating: [], count: max(box.height, 0))
    }

    mutating func insert(_ y: Int, _ left: Int, _ right: Int) {
        guard y >= box.top, y < box.bottom else { return }
        let left = max(left, box.left)
        let right = min(right, box.right)
        if left < right { rows[y - box.top].append((left, right)) }
    }

    /// The runs, joined, from top to bottom.
    var spans: [Span] {
        var spans: [Span] = []
        for (index, row) in rows.enumerated() where !row.isEmpty {
            var last: Span?
            for run in row.sorted(by: { $0.left < $1.left }) {
                if let before = last, run.left <= before.right {
                    last?.right = max(before.right, run.right)
                } else {
                    if let last { spans.append(last) }
                    last = Span(y: index + box.top, left: run.left, right: run.right)
                }
            }
            if let last { spans.append(last) }
        }
        return spans
    }

    /// What a round pen covers on its way.
    mutating func insertLine(_ a: Spot, _ b: Spot, _ width: Int) {
        let low = width / 2
        let high = width - low
        insertDisc(a, width)
        insertDisc(b, width)
        if a.y == b.y {
            for y in a.y - low..<a.y + high { insert(y, min(a.x, b.x), max(a.x, b.x)) }
        } else if a.x == b.x {
            let first = max(min(a.y, b.y), box.top)
            for y in first..<max(first, min(max(a.y, b.y), box.bottom)) {
                insert(y, a.x - low, a.x + high)
            }
        } else {
            insertBar(a, b, width)
        }
    }

    /// The pen where it stands.
    private mutating func insertDisc(_ center: Spot, _ width: Int) {
        let corner = Spot(x: center.x - width / 2, y: center.y - width / 2)
        let disc = RoundShape(
            box: Box(
                left: corner.x,
                top: corner.y,
                right: corner.x + width,
                bottom: corner.y + width
            ),
            cornerWidth: width,
            cornerHeight: width
        )
        let first = max(disc.box.top, box.top)
        for y in first..<max(first, min(disc.box.bottom, box.bottom)) {
            let run = disc.run(y)
            insert(y, run.left, run.right)
        }
    }

    /// A slanting line of some width, without its ends.
    private mutating func insertBar(_ a: Spot, _ b: Spot, _ width: Int) {
        let dx = Double(b.x - a.x)
        let dy = Double(b.y - a.y)
        let scale = Double(width) / 2 / (dx * dx + dy * dy).squareRoot()
        let across = (x: -dy * scale, y: dx * scale)
        let corners = [
            (Double(a.x) + across.x, Double(a.y) + across.y),
            (Double(b.x) + across.x, Double(b.y) + across.y),
            (Double(b.x) - across.x, Double(b.y) - across.y),
            (Double(a.x) - across.x, Double(a.y) - across.y),
        ]
        let first = max(box.top, min(a.y, b.y) - width)
        let end = max(first, min(box.bottom, max(a.y, b.y) + width))
        for y in first..<end {
            var least = Double.infinity
            var most = -Double.infinity
            for index in corners.indices {
                let (x0, y0) = corners[index]
                let (x1, y1) = corners[(index + 1) % 4]
                guard min(y0, y1) <= Double(y), Double(y) <= max(y0, y1), y0 != y1 else { continue }
                let x = x0 + (x1 - x0) * (Double(y) - y0) / (y1 - y0)
                least = min(least, x)
                most = max(most, x)
            }
            if least <= most { insert(y, Int(least.rounded(.up)), Int(most.rounded(.down)) + 1) }
        }
    }
}

#endif
