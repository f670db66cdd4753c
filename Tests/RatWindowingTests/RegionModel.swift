internal import RatDisplay
internal import RatTestSupport
internal import RatWindowing
internal import Testing

/// What of the canonical form a region breaks.
func fault(of region: Region) -> String? {
    let rects = region.rectangles
    var rows: [(top: Int32, bottom: Int32, runs: [Range<Int32>])] = []
    for rect in rects {
        guard !rect.isEmpty else { return "an empty rectangle" }
        if let last = rows.last, last.top == rect.top {
            guard last.bottom == rect.bottom else { return "a band of two heights" }
            guard last.runs[last.runs.count - 1].upperBound < rect.left else {
                return "runs that touch, overlap or are out of order"
            }
            rows[rows.count - 1].runs.append(rect.left..<rect.right)
        } else {
            rows.append((rect.top, rect.bottom, [rect.left..<rect.right]))
        }
    }
    for (above, below) in zip(rows, rows.dropFirst()) {
        guard above.bottom <= below.top else { return "bands that overlap or are out of order" }
        guard above.bottom < below.top || above.runs != below.runs else {
            return "two bands that could be one"
        }
    }
    guard region.bounds == rects.reduce(.empty, { $0.union($1) }) else { return "other bounds" }
    return region.isEmpty == rects.isEmpty ? nil : "emptiness"
}

/// The model: sets of a grid's cells are the bits of a number.
struct Grid: CustomTestStringConvertible {
    let columns: [Int32]
    let rows: [Int32]

    var testDescription: String { "columns \(columns), rows \(rows)" }
    var width: Int { columns.count - 1 }
    var cells: Range<Int> { 0..<width * (rows.count - 1) }
    var sets: Range<Int> { 0..<1 << cells.count }
    var bounds: Rect { rect(columns: 0, width, rows: 0, rows.count - 1) }

    static func random(edges: Int, using random: inout SeededRandom) -> Grid {
        func axis(_ random: inout SeededRandom) -> [Int32] {
            var all: Set<Int32> = []
            while all.count < edges { all.insert(.wild(using: &random)) }
            return all.sorted()
        }
        return Grid(columns: axis(&random), rows: axis(&random))
    }

    func rect(columns left: Int, _ right: Int, rows top: Int, _ bottom: Int) -> Rect {
        Rect(left: columns[left], top: rows[top], right: columns[right], bottom: rows[bottom])
    }

    func rect(_ cell: Int) -> Rect {
        let (row, column) = cell.quotientAndRemainder(dividingBy: width)
        return rect(columns: column, column + 1, rows: row, row + 1)
    }

    func randomRect(using random: inout SeededRandom) -> Rect {
        let left = Int.random(in: 0..<width, using: &random)
        let top = Int.random(in: 0..<rows.count - 1, using: &random)
        return rect(
            columns: left,
            .random(in: left + 1...width, using: &random),
            rows: top,
            .random(in: top + 1...rows.count - 1, using: &random)
        )
    }

    /// Every rectangle of whole cells.
    var rects: [Rect] {
        var all: [Rect] = []
        for left in 0..<width {
            for right in left + 1...width {
                for top in 0..<rows.count - 1 {
                    for bottom in top + 1..<rows.count {
                        all.append(rect(columns: left, right, rows: top, bottom))
                    }
                }
            }
        }
        return all
    }

    func region(_ bits: Int) -> Region {
        Region(cells.filter { bits >> $0 & 1 != 0 }.map(rect))
    }

    func bits(under rect: Rect) -> Int {
        cells.reduce(0) { bits, cell in
            self.rect(cell).intersection(rect).isEmpty ? bits : bits | 1 << cell
        }
    }

    /// The cells of a region, if it is made of whole cells and its rectangles do not overlap.
    func bits(_ region: Region) -> Int? {
        var bits = 0
        for rect in region.rectangles {
            guard columns.contains(rect.left), columns.contains(rect.right),
                rows.contains(rect.top), rows.contains(rect.bottom)
            else { return nil }
            let new = self.bits(under: rect)
            guard bits & new == 0 else { return nil }
            bits |= new
        }
        return bits
    }
}

extension Region.Operation {
    static func random(using random: inout SeededRandom) -> Self {
        [.union, .union, .union, .intersection, .difference, .symmetricDifference]
            .randomElement(using: &random) ?? .union
    }

    func run(_ first: Region, _ second: Region) -> Region {
        switch self {
        case .union: first.union(second)
        case .intersection: first.intersection(second)
        case .difference: first.subtracting(second)
        case .symmetricDifference: first.symmetricDifference(second)
        }
    }

    func run(_ first: Int, _ second: Int) -> Int {
        switch self {
        case .union: first | second
        case .intersection: first & second
        case .difference: first & ~second
        case .symmetricDifference: first ^ second
        }
    }
}

extension Region {
    /// Up to eight rectangles anywhere, with edges that often meet.
    static func random(using random: inout SeededRandom) -> Region {
        let count = Int.random(in: 0...8, using: &random)
        return Region(
            (0..<count).map { _ in
                let x = [Int32.wild(using: &random), .wild(using: &random)].sorted()
                let y = [Int32.wild(using: &random), .wild(using: &random)].sorted()
                return Rect(left: x[0], top: y[0], right: x[1], bottom: y[1])
            }
        )
    }
}

extension Int32 {
    /// Small numbers and the largest, and now and then any.
    static func wild(using random: inout SeededRandom) -> Int32 {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: .min + .random(in: 0...2, using: &random)
        case 1: .max - .random(in: 0...2, using: &random)
        case 2: .random(in: .min ... .max, using: &random)
        default: .random(in: -6...6, using: &random)
        }
    }
}
