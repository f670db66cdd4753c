package import RatDisplay

/// A set of pixels, as a value: what of a window needs painting, or what of it is not hidden.
///
/// Its rectangles lie in bands, as in X: a set is cut at every row where it changes, and each of
/// the pieces into its runs.
///
///     +---+  +---+          +---+  +---+
///     |   |  |   |          |   |  |   |
///     |   +--+   |          +---+--+---+
///     |          |    ->    |          |
///     |      +---+          +------+---+
///     |      |              |      |
///     +------+              +------+
///
/// 1. No rectangle is empty.
/// 2. Rectangles of one band have the same top and bottom, go from left to right and do not touch.
/// 3. Bands go downwards and do not overlap. Where two of them touch, their runs differ.
/// 4. `bounds` is the smallest rectangle around all, and `.empty` where there are none.
/// 5. `many` has all of them if there are at least two, else none: such a region owns no memory.
///
/// By 1 to 3 a band is as many equal rows as follow each other, and its rectangles are the longest
/// runs in them: the pixels alone decide them. So regions with the same pixels are equal values.
///
/// Edges are compared and never added up, so any rectangle will do; one that is empty or inverted
/// has no pixels.
package struct Region: Equatable, Sendable {
    package let bounds: Rect
    private let many: [Rect]

    package static let empty = Region(.empty)

    package init(_ rect: Rect) {
        bounds = rect.isEmpty ? .empty : rect
        many = []
    }

    /// What at least one of the rectangles covers.
    package init(_ rects: [Rect]) {
        self.init(rects[...])
    }

    private init(_ rects: ArraySlice<Rect>) {
        if rects.count > 1 {
            let middle = rects.startIndex + rects.count / 2
            self = Region(rects[..<middle]).union(Region(rects[middle...]))
        } else {
            self.init(rects.first ?? .empty)
        }
    }

    /// The region of rectangles that keep rules 1 to 3.
    init(banded rects: [Rect]) {
        bounds = rects.reduce(.empty) { $0.union($1) }
        many = rects.count > 1 ? rects : []
    }

    package var isEmpty: Bool { bounds.isEmpty }

    /// Whether it is one rectangle, or none.
    var isPlain: Bool { many.isEmpty }

    package func contains(_ point: Point) -> Bool {
        let index = rectangles.indexAfterAll { rect in
            rect.bottom <= point.y || (rect.top <= point.y && rect.right <= point.x)
        }
        guard index < rectangles.endIndex else { return false }
        let rect = rectangles[index]
        return rect.top <= point.y && rect.left <= point.x
    }

    /// How much of a rectangle lies in a region.
    package enum Coverage: Sendable {
        case none
        case part
        case all
    }

    /// An empty rectangle is covered by any region: no pixel of it is missing.
    package func coverage(of rect: Rect) -> Coverage {
        guard !rect.isEmpty else { return .all }
        // The rows down to here are covered from side to side.
        var reached = rect.top
        for piece in bands(across: rect) where piece.left < rect.right && rect.left < piece.right {
            let goesOn = piece.top <= reached
            guard goesOn, piece.left <= rect.left, rect.right <= piece.right else { return .part }
            reached = piece.bottom
        }
        if reached == rect.top { return .none }
        return reached < rect.bottom ? .part : .all
    }

    /// The region moved by `delta`. What would leave the coordinates is cut off.
    package func offset(by delta: Point) -> Region {
        let movable = Rect(
            left: delta.x < 0 ? .min - delta.x : .min,
            top: delta.y < 0 ? .min - delta.y : .min,
            right: delta.x > 0 ? .max - delta.x : .max,
            bottom: delta.y > 0 ? .max - delta.y : .max
        )
        let part = intersection(movable)
        guard !part.isPlain else { return Region(part.bounds.offset(by: delta)) }
        return Region(banded: part.many.map { $0.offset(by: delta) })
    }
}

extension Region {
    /// From top to bottom, and from left to right within a band.
    package var rectangles: Rectangles {
        Rectangles(region: self, indices: 0..<(isPlain ? (isEmpty ? 0 : 1) : many.count))
    }

    /// The bands that have rows in common with a rectangle.
    package func bands(across rect: Rect) -> Rectangles {
        let rectangles = rectangles
        let start = rectangles.indexAfterAll { $0.bottom <= rect.top }
        let end = rectangles[start...].indexAfterAll { $0.top < rect.bottom }
        return rectangles[start..<end]
    }

    package struct Rectangles: RandomAccessCollection, Sendable {
        fileprivate let region: Region
        package let indices: Range<Int>

        package var startIndex: Int { indices.lowerBound }
        package var endIndex: Int { indices.upperBound }

        package subscript(position: Int) -> Rect {
            precondition(indices.contains(position), "no such rectangle")
            return region.isPlain ? region.bounds : region.many[position]
        }

        package subscript(range: Range<Int>) -> Rectangles {
            precondition(range.clamped(to: indices) == range, "no such rectangles")
            return Rectangles(region: region, indices: range)
        }

        /// The index after all that `goesBefore` is true of, if those are at the start.
        fileprivate func indexAfterAll(_ goesBefore: (Rect) -> Bool) -> Int {
            var (low, high) = (startIndex, endIndex)
            while low < high {
                let middle = low + (high - low) / 2
                if goesBefore(self[middle]) { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }
}
