package import RatDisplay

extension Region {
    /// What becomes of two sets of pixels. None makes a pixel that neither has.
    package enum Operation: CaseIterable, Sendable {
        case union
        case intersection
        case difference
        case symmetricDifference

        /// Whether the result has a pixel that is, or is not, in the first and in the second.
        @inline(__always)
        package func keeps(_ isInFirst: Bool, _ isInSecond: Bool) -> Bool {
            switch self {
            case .union: isInFirst || isInSecond
            case .intersection: isInFirst && isInSecond
            case .difference: isInFirst && !isInSecond
            case .symmetricDifference: isInFirst != isInSecond
            }
        }
    }

    /// The one sweep, over rectangles that keep rules 1 to 3.
    package static func combine(
        _ first: some RectList,
        _ second: some RectList,
        _ operation: Operation
    ) -> Region {
        var result = BandBuilder()
        sweep(first, Bands(of: first), second, Bands(of: second)) { top, bottom, band, other in
            let (runs, others) = (Runs(of: band, in: first), Runs(of: other, in: second))
            sweep(first, runs, second, others) { left, right, run, other in
                guard operation.keeps(run != nil, other != nil) else { return }
                result.add(Rect(left: left, top: top, right: right, bottom: bottom))
            }
            result.endBand()
        }
        return Region(banded: result.rects)
    }
}

/// What a sweep reads: a region's rectangles, or in tests such as count how often they are read.
package protocol RectList: RandomAccessCollection where Element == Rect, Index == Int {}

extension Region.Rectangles: RectList {}

/// Intervals of one axis in order, none of them empty and no two overlapping, seen one at a time.
/// After the last comes an empty one at the very end of the axis, so that being through needs no
/// case of its own.
///
/// They do not own the list that they are in, and so are copied without counting references.
private protocol Intervals {
    var start: Int32 { get }
    var end: Int32 { get }
    mutating func advance(in rects: some RectList)
}

/// Cuts an axis wherever an interval of either list begins or ends. Gives the pieces that lie in
/// some interval, in order, each with the intervals that it lies in.
@inline(__always)
private func sweep<Kind: Intervals>(
    _ firstList: some RectList,
    _ first: Kind,
    _ secondList: some RectList,
    _ second: Kind,
    _ body: (_ start: Int32, _ end: Int32, _ first: Kind?, _ second: Kind?) -> Void
) {
    var (first, second) = (first, second)
    var position = min(first.start, second.start)
    // Both intervals end beyond the position here, so every turn comes to a further edge.
    while position < .max {
        let isInFirst = first.start <= position
        let isInSecond = second.start <= position
        let end = min(
            isInFirst ? first.end : first.start,
            isInSecond ? second.end : second.start
        )
        if isInFirst || isInSecond {
            body(position, end, isInFirst ? first : nil, isInSecond ? second : nil)
        }
        if first.end == end { first.advance(in: firstList) }
        if second.end == end { second.advance(in: secondList) }
        position = end
    }
}

/// The bands of a list, as intervals of rows.
private struct Bands: Intervals {
    private(set) var start = Int32.max
    private(set) var end = Int32.max
    /// The rectangles of this band.
    private(set) var indices: Range<Int>

    init(of rects: some RectList) {
        indices = rects.startIndex..<rects.startIndex
        advance(in: rects)
    }

    mutating func advance(in rects: some RectList) {
        let first = indices.upperBound
        guard first < rects.endIndex else {
            (start, end) = (.max, .max)
            return
        }
        (start, end) = (rects[first].top, rects[first].bottom)
        var next = first + 1
        while next < rects.endIndex && rects[next].top == start { next += 1 }
        indices = first..<next
    }
}

/// The rectangles of one band, as intervals of columns.
private struct Runs: Intervals {
    private(set) var start = Int32.max
    private(set) var end = Int32.max
    private var indices = 0..<0

    init(of band: Bands?, in rects: some RectList) {
        guard let band else { return }
        indices = band.indices
        advance(in: rects)
    }

    mutating func advance(in rects: some RectList) {
        if let index = indices.popFirst() {
            (start, end) = (rects[index].left, rects[index].right)
        } else {
            (start, end) = (.max, .max)
        }
    }
}

/// Puts rules 2 and 3 into force on pieces that come in order.
private struct BandBuilder {
    private(set) var rects: [Rect] = []
    /// Where the band that is being made begins, and the one above it.
    private var band = 0
    private var above = 0

    /// Adds a piece of the band, joined to the one on its left if they touch.
    mutating func add(_ rect: Rect) {
        let last = rects.count - 1
        if last >= band && rects[last].right == rect.left {
            rects[last].right = rect.right
        } else {
            rects.append(rect)
        }
    }

    /// Ends the band, joined to the one above if they touch and have the same runs.
    mutating func endBand() {
        guard band < rects.count else { return }
        if goesOn {
            let bottom = rects[band].bottom
            for index in above..<band { rects[index].bottom = bottom }
            rects.removeSubrange(band...)
        } else {
            above = band
            band = rects.count
        }
    }

    private var goesOn: Bool {
        let count = band - above
        guard count == rects.count - band, rects[above].bottom == rects[band].top else {
            return false
        }
        return (0..<count).allSatisfy { index in
            rects[above + index].left == rects[band + index].left
                && rects[above + index].right == rects[band + index].right
        }
    }
}
