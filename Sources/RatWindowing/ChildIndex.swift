internal import RatDisplay
internal import RatSystem

/// Finds the children that lie in a part of their parent, among many: they are noted in the cells of a
/// grid that they touch. What needs too many cells is looked at each time; what has no area, never.
///
/// Only windows of a thread's own are asked for children, so it is that thread's.
final class ChildIndex {
    /// Below that it is not worth it.
    static let leastCount = 17

    private static let cellBits: Int32 = 6
    private static let mostCells: Int64 = 64

    private var cells: [UInt64: [NodeReference]] = [:]
    private var large: [NodeReference] = []

    init(of parent: NodeReference) {
        parent.forEachChild { insert($0) }
    }

    /// Notes a child at the place that its node tells.
    func insert(_ child: NodeReference) {
        guard let span = Span(child.record.frame) else { return }
        guard span.count <= Self.mostCells else { return large.append(child) }
        span.forEachKey { cells[$0, default: []].append(child) }
    }

    /// Forgets a child, whose node still tells the place it was noted at.
    func remove(_ child: NodeReference) {
        guard let span = Span(child.record.frame) else { return }
        guard span.count <= Self.mostCells else { return large.removeFirst(child) }
        span.forEachKey { key in
            cells[key]?.removeFirst(child)
            if cells[key]?.isEmpty == true { cells[key] = nil }
        }
    }

    /// Calls `body` with every child that has pixels in `rect`, with some of them more than once. It must not
    /// move any.
    func forEach(touching rect: Rect, _ body: (NodeReference) -> Void) {
        guard let span = Span(rect) else { return }
        func visit(_ children: [NodeReference]) {
            for child in children where !child.record.frame.intersection(rect).isEmpty {
                body(child)
            }
        }
        visit(large)
        if span.count > cells.count {
            for children in cells.values { visit(children) }
        } else {
            span.forEachKey { key in
                if let children = cells[key] { visit(children) }
            }
        }
    }

    /// The cells of a rectangle.
    private struct Span {
        let columns: ClosedRange<Int32>
        let rows: ClosedRange<Int32>

        init?(_ rect: Rect) {
            guard !rect.isEmpty else { return nil }
            columns = rect.left >> cellBits...(rect.right - 1) >> cellBits
            rows = rect.top >> cellBits...(rect.bottom - 1) >> cellBits
        }

        var count: Int64 {
            (Int64(columns.upperBound) - Int64(columns.lowerBound) + 1)
                * (Int64(rows.upperBound) - Int64(rows.lowerBound) + 1)
        }

        func forEachKey(_ body: (UInt64) -> Void) {
            for row in rows {
                for column in columns {
                    body(
                        UInt64(UInt32(bitPattern: row)) << 32 | UInt64(UInt32(bitPattern: column))
                    )
                }
            }
        }
    }
}

extension [NodeReference] {
    /// Takes one out; the others' order does not matter.
    fileprivate mutating func removeFirst(_ node: NodeReference) {
        guard let place = firstIndex(of: node) else { return }
        swapAt(place, count - 1)
        removeLast()
    }
}

extension StableReference where Record == WindowNode {
    /// Calls `body` with the children that have pixels in `rect`, in client coordinates, in any order and
    /// maybe more than once. It must not move any.
    func forEachChild(touching rect: Rect, _ body: (NodeReference) -> Void) {
        if record.childCount < ChildIndex.leastCount {
            forEachChild { child in
                if !child.record.frame.intersection(rect).isEmpty { body(child) }
            }
        } else {
            let index = record.childIndex ?? ChildIndex(of: self)
            record.childIndex = index
            index.forEach(touching: rect, body)
        }
    }
}
