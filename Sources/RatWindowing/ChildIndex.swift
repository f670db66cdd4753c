internal import RatDisplay
internal import RatSystem

/// Finds the children that lie in a part of their parent, among many. Each is noted in the cells that it
/// touches of one grid: there is one for each power of two, and a child's is the finest whose cells are no
/// smaller than the child, so these are four at most. Hidden ones have grids of their own. What has no area is
/// noted nowhere.
///
/// Made and changed under the tree's lock: made by any thread, changed by that of the children alone, so that
/// one may read what is in it without.
final class ChildIndex {
    /// Below that it is not worth it.
    static let leastCount = 17

    private var cells: [UInt64: [NodeReference]] = [:]
    /// How many children are in each grid, and the numbers of those that have any, as bits.
    private var counts = [Int](repeating: 0, count: Grid.count)
    private var used: UInt64 = 0

    init(of parent: NodeReference) {
        parent.forEachChild { insert($0) }
    }

    /// Notes a child as its node tells.
    func insert(_ child: NodeReference) {
        guard let grid = Grid(of: child), let span = Span(child.record.frame, in: grid) else {
            return
        }
        counts[grid.number] += 1
        used |= 1 << UInt64(grid.number)
        span.forEachCell { row, column in
            cells[grid.key(row, column), default: []].append(child)
        }
    }

    /// Forgets a child, whose node still tells what it told when it was noted.
    func remove(_ child: NodeReference) {
        guard let grid = Grid(of: child), let span = Span(child.record.frame, in: grid) else {
            return
        }
        counts[grid.number] -= 1
        if counts[grid.number] == 0 { used &= ~(1 << UInt64(grid.number)) }
        span.forEachCell { row, column in
            let key = grid.key(row, column)
            cells[key]?.removeFirst(child)
            if cells[key]?.isEmpty == true { cells[key] = nil }
        }
    }

    /// Calls `body` once with every child that has pixels in `rect`, in any order; with hidden ones too if
    /// asked to. It must not move any. `false` if that would take longer than to look at all of them.
    func forEach(
        touching rect: Rect,
        withHidden: Bool,
        atMost mostCells: Int,
        _ body: (NodeReference) -> Void
    ) -> Bool {
        var cellCount = 0
        forEachGrid(withHidden) { cellCount += Span(rect, in: $0)?.count ?? 0 }
        guard cellCount <= mostCells else { return false }
        forEachGrid(withHidden) { grid in
            guard let span = Span(rect, in: grid) else { return }
            span.forEachCell { row, column in
                for child in cells[grid.key(row, column)] ?? [] {
                    let frame = child.record.frame
                    // In one of the cells that both touch, the first.
                    guard let noted = Span(frame, in: grid),
                        row == max(noted.rows.lowerBound, span.rows.lowerBound),
                        column == max(noted.columns.lowerBound, span.columns.lowerBound),
                        !frame.intersection(rect).isEmpty
                    else { continue }
                    body(child)
                }
            }
        }
        return true
    }

    /// Calls `body` with the grids that have children.
    private func forEachGrid(_ withHidden: Bool, _ body: (Grid) -> Void) {
        var numbers = withHidden ? used : used & Grid.visible
        while numbers != 0 {
            body(Grid(number: numbers.trailingZeroBitCount))
            numbers &= numbers - 1
        }
    }

    private struct Grid {
        static let count = 64
        /// The numbers of those for visible children, as bits.
        static let visible: UInt64 = 0x5555_5555_5555_5555
        /// Cells are no smaller than 16 by 16.
        private static let leastBits: Int32 = 4

        let number: Int

        init(number: Int) {
            self.number = number
        }

        /// The one that a child is to be noted in; `nil` for one without area.
        init?(of child: NodeReference) {
            let frame = child.record.frame
            guard !frame.isEmpty else { return nil }
            let width = Int64(frame.right) - Int64(frame.left)
            let height = Int64(frame.bottom) - Int64(frame.top)
            let bits = Int64.bitWidth - (max(width, height) - 1).leadingZeroBitCount
            let isVisible = child.record.style & WindowStyle.visible != 0
            number = min(max(bits, Int(Grid.leastBits)), 31) * 2 + (isVisible ? 0 : 1)
        }

        /// Its cells have two to the power of that many pixels on a side.
        var bits: Int32 { Int32(truncatingIfNeeded: number >> 1) }

        /// A row and a column have 28 bits at most.
        func key(_ row: Int32, _ column: Int32) -> UInt64 {
            let mask: UInt32 = 1 << 28 - 1
            return UInt64(number) << 56 | UInt64(UInt32(bitPattern: row) & mask) << 28
                | UInt64(UInt32(bitPattern: column) & mask)
        }
    }

    /// The cells of a grid that a rectangle touches.
    private struct Span {
        let columns: ClosedRange<Int32>
        let rows: ClosedRange<Int32>

        init?(_ rect: Rect, in grid: Grid) {
            guard !rect.isEmpty else { return nil }
            columns = rect.left >> grid.bits...(rect.right - 1) >> grid.bits
            rows = rect.top >> grid.bits...(rect.bottom - 1) >> grid.bits
        }

        var count: Int {
            (Int(columns.upperBound) - Int(columns.lowerBound) + 1)
                * (Int(rows.upperBound) - Int(rows.lowerBound) + 1)
        }

        func forEachCell(_ body: (_ row: Int32, _ column: Int32) -> Void) {
            for row in rows {
                for column in columns { body(row, column) }
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
    /// The index of the children where there are many. Under the tree's lock.
    private var index: ChildIndex? {
        guard record.childCount >= ChildIndex.leastCount else { return nil }
        let index = record.childIndex ?? ChildIndex(of: self)
        record.childIndex = index
        return index
    }

    /// Calls `body` once with each visible child that has pixels in `rect`, in client coordinates, in any
    /// order. It must not move any. On the thread of the children, without the tree's lock.
    func forEachChild(touching rect: Rect, _ body: (NodeReference) -> Void) {
        let isCrowded = record.childCount >= ChildIndex.leastCount
        let index = isCrowded ? WindowTree.withLock { self.index } : nil
        forEachChild(touching: rect, by: index, withHidden: false, body)
    }

    /// The children at a point of the client area, the topmost first. Under the tree's lock.
    func children(at point: Point, withHidden: Bool = false) -> [NodeReference] {
        let rect = Rect(origin: point, size: Size(width: 1, height: 1))
        var found: [NodeReference] = []
        forEachChild(touching: rect, by: index, withHidden: withHidden) { found.append($0) }
        if found.count > 1 { found.sort { $0.record.order < $1.record.order } }
        return found
    }

    private func forEachChild(
        touching rect: Rect,
        by index: ChildIndex?,
        withHidden: Bool,
        _ body: (NodeReference) -> Void
    ) {
        let isDone =
            index?.forEach(
                touching: rect,
                withHidden: withHidden,
                atMost: record.childCount,
                body
            ) ?? false
        guard !isDone else { return }
        forEachChild { child in
            let isMeant = withHidden || child.record.style & WindowStyle.visible != 0
            if isMeant, !child.record.frame.intersection(rect).isEmpty { body(child) }
        }
    }
}
