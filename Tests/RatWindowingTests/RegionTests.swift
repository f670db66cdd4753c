internal import RatDisplay
internal import RatTestSupport
internal import RatWindowing
internal import Testing

@Suite struct RegionTests {
    /// Cells of one pixel, and cells as large as coordinates allow.
    private static let grids = [
        Grid(columns: [0, 1, 2], rows: [0, 1, 2, 3]),
        Grid(columns: [.min, -7, 0, 1, .max], rows: [.min, .max - 1, .max]),
    ]

    @Test(arguments: grids)
    func theSamePixelsAreTheSameValueHoweverTheyWerePutTogether(_ grid: Grid) {
        var random = SeededRandom(seed: 1)
        for bits in grid.sets {
            let region = grid.region(bits)
            #expect(grid.bits(region) == bits && fault(of: region) == nil)
            let cells = grid.cells.filter { bits >> $0 & 1 != 0 }.shuffled(using: &random)
            #expect(cells.reduce(.empty) { $0.union(grid.rect($1)) } == region)
            let others = grid.cells.filter { bits >> $0 & 1 == 0 }.shuffled(using: &random)
            #expect(others.reduce(Region(grid.bounds)) { $0.subtracting(grid.rect($1)) } == region)
        }
    }

    @Test(arguments: grids)
    func operationsDoToRegionsWhatTheyDoToTheirPixels(_ grid: Grid) {
        let regions = grid.sets.map(grid.region)
        for operation in Region.Operation.allCases {
            var wrong: [(Int, Int)] = []
            for first in grid.sets {
                for second in grid.sets {
                    let result = operation.run(regions[first], regions[second])
                    let model = operation.run(first, second)
                    if result != regions[model] { wrong.append((first, second)) }
                }
            }
            #expect(wrong.isEmpty, "\(operation)")
        }
    }

    @Test func longChainsOfOperationsKeepToTheModel() {
        var random = SeededRandom(seed: 2)
        for _ in 0..<40 {
            let grid = Grid.random(edges: 8, using: &random)
            var region = Region.empty
            var model = 0
            for _ in 0..<100 {
                let operation = Region.Operation.random(using: &random)
                let rects = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                    grid.randomRect(using: &random)
                }
                let other = Region(rects)
                let otherModel = rects.reduce(0) { $0 | grid.bits(under: $1) }
                region = operation.run(region, other)
                model = operation.run(model, otherModel)
                #expect(fault(of: region) == nil)
                #expect(grid.bits(region) == model)
            }
        }
    }

    @Test func theLawsOfSetsHold() {
        var random = SeededRandom(seed: 3)
        let all = Region(Rect(left: .min, top: .min, right: .max, bottom: .max))
        for _ in 0..<1000 {
            let (a, b, c) = (
                Region.random(using: &random), Region.random(using: &random),
                Region.random(using: &random)
            )
            #expect(a.union(b) == b.union(a))
            #expect(a.union(b).union(c) == a.union(b.union(c)))
            #expect(a.intersection(b.intersection(c)) == a.intersection(b).intersection(c))
            #expect(
                a.intersection(b.union(c)) == a.intersection(b).union(a.intersection(c))
            )
            #expect(a.union(a) == a && a.intersection(a) == a)
            #expect(a.union(Region.empty) == a && a.intersection(all) == a)
            #expect(a.subtracting(a) == .empty && a.symmetricDifference(a) == .empty)
            #expect(a.subtracting(b) == a.intersection(all.subtracting(b)))
            #expect(
                all.subtracting(a.union(b))
                    == all.subtracting(a).intersection(all.subtracting(b))
            )
            #expect(
                a.symmetricDifference(b) == a.union(b).subtracting(a.intersection(b))
            )
            #expect(a.subtracting(b).union(a.intersection(b)) == a)
        }
    }

    @Test func anEmptyOrInvertedRectangleHasNoPixels() {
        let some = Region(Rect(left: 0, top: 0, right: 9, bottom: 9))
        for rect in [
            Rect(left: 3, top: 3, right: 3, bottom: 5),
            Rect(left: 3, top: 5, right: 5, bottom: 5),
            Rect(left: 5, top: 3, right: 3, bottom: 5),
            Rect(left: .max, top: .max, right: .min, bottom: .min),
        ] {
            let region = Region(rect)
            #expect(region == .empty && region.isEmpty && region.bounds == .empty)
            #expect(region.rectangles.isEmpty)
            #expect(Region([rect, rect]) == .empty)
            #expect(some.union(rect) == some && some.subtracting(rect) == some)
            #expect(some.intersection(rect) == .empty)
            #expect(some.coverage(of: rect) == .all && region.coverage(of: rect) == .all)
        }
    }

    @Test func rectanglesComeInBandsFromTopToBottomAndLeftToRight() {
        let region = Region([
            Rect(left: 0, top: 0, right: 2, bottom: 4),
            Rect(left: 5, top: 0, right: 7, bottom: 3),
            Rect(left: 1, top: 2, right: 6, bottom: 3),
        ])
        #expect(
            Array(region.rectangles) == [
                Rect(left: 0, top: 0, right: 2, bottom: 2),
                Rect(left: 5, top: 0, right: 7, bottom: 2),
                Rect(left: 0, top: 2, right: 7, bottom: 3),
                Rect(left: 0, top: 3, right: 2, bottom: 4),
            ]
        )
        #expect(region.bounds == Rect(left: 0, top: 0, right: 7, bottom: 4))
    }

    @Test(arguments: grids)
    func aPointIsInsideWhereItsCellIs(_ grid: Grid) {
        for bits in grid.sets {
            let region = grid.region(bits)
            for cell in grid.cells {
                let rect = grid.rect(cell)
                let isInside = bits >> cell & 1 != 0
                for x in [rect.left, rect.right - 1] {
                    for y in [rect.top, rect.bottom - 1] {
                        #expect(region.contains(Point(x: x, y: y)) == isInside)
                    }
                }
            }
            #expect(!region.contains(Point(x: .max, y: 0)))
            #expect(!region.contains(Point(x: 0, y: .max)))
        }
    }

    @Test(arguments: grids)
    func aRectangleIsCoveredAsItsCellsAre(_ grid: Grid) {
        for bits in grid.sets {
            let region = grid.region(bits)
            for rect in grid.rects {
                let needed = grid.bits(under: rect)
                let expected: Region.Coverage =
                    bits & needed == needed ? .all : bits & needed == 0 ? .none : .part
                #expect(region.coverage(of: rect) == expected)
            }
        }
    }

    @Test func aRectangleThatReachesOutsideIsNotCoveredWhole() {
        let region = Region(Rect(left: 0, top: 0, right: 4, bottom: 4))
        for (x, y) in [(-1, 0), (1, 0), (0, -1), (0, 1)] as [(Int32, Int32)] {
            let rect = region.bounds.offset(by: Point(x: x, y: y))
            #expect(region.coverage(of: rect) == .part)
            let beside = region.bounds.offset(by: Point(x: 4 * x, y: 4 * y))
            #expect(region.coverage(of: beside) == .none)
        }
        let whole = Rect(left: .min, top: .min, right: .max, bottom: .max)
        #expect(region.coverage(of: whole) == .part)
        #expect(Region(whole).coverage(of: whole) == .all)
    }

    @Test func movingCutsOffWhatLeavesTheCoordinates() {
        var random = SeededRandom(seed: 4)
        for _ in 0..<1000 {
            let region = Region.random(using: &random)
            let delta = Point(x: .wild(using: &random), y: .wild(using: &random))
            let moved = region.offset(by: delta)
            func shift(_ edge: Int32, _ distance: Int32) -> Int32 {
                Int32(clamping: Int(edge) + Int(distance))
            }
            let rects = region.rectangles.map { rect in
                Rect(
                    left: shift(rect.left, delta.x),
                    top: shift(rect.top, delta.y),
                    right: shift(rect.right, delta.x),
                    bottom: shift(rect.bottom, delta.y)
                )
            }
            #expect(moved == Region(rects))
            #expect(fault(of: moved) == nil)
        }
    }

    @Test func bandsThatBecomeTheSameByMovingBecomeOne() {
        let stairs = Region([
            Rect(left: 0, top: 0, right: 10, bottom: 5),
            Rect(left: 5, top: 5, right: 10, bottom: 9),
        ])
        let moved = stairs.offset(by: Point(x: .min, y: 0)).offset(by: Point(x: -5, y: 0))
        #expect(moved == Region(Rect(left: .min, top: 0, right: .min + 5, bottom: 9)))
        #expect(stairs.offset(by: Point(x: 7, y: -3)).offset(by: Point(x: -7, y: 3)) == stairs)
    }

    @Test(arguments: Region.Operation.allCases)
    func twiceTheBandsAreTwiceTheWork(_ operation: Region.Operation) {
        func reads(bands: Int) -> Int {
            let counter = Counter()
            let ladder = ladder(bands: bands)
            let other = ladder.map { $0.offset(by: Point(x: 10, y: 2)) }
            let result = Region.combine(
                CountedRects(rects: ladder, counter: counter),
                CountedRects(rects: other, counter: counter),
                operation
            )
            #expect(result.rectangles.count >= bands)
            return counter.reads
        }
        let (small, large) = (reads(bands: 10_000), reads(bands: 20_000))
        #expect(large <= 2 * small + 100)
        // Each of the 20,000 is read three times to find its band, and twice in each of the two
        // pieces that it is cut into.
        #expect(small <= 7 * 20_000)
    }

    @Test func onlyTheBandsThatARectangleCrossesAreLookedAt() {
        let region = Region(ladder(bands: 1000))
        #expect(region.rectangles.count == 1000)
        let few = region.bands(across: Rect(left: 0, top: 399, right: 9, bottom: 409))
        #expect(few.map(\.top) == [396, 400, 404, 408])
        #expect(region.bands(across: Rect(left: 0, top: 4000, right: 9, bottom: 4001)).isEmpty)
        #expect(region.bands(across: Rect(left: 0, top: -1, right: 9, bottom: 0)).isEmpty)
    }

    /// Rectangles one below the other, in a zigzag, so that each is a band.
    private func ladder(bands: Int) -> [Rect] {
        (0..<Int32(bands)).map { band in
            Rect(left: band % 2, top: 4 * band, right: 20 + band % 2, bottom: 4 * band + 4)
        }
    }
}

private final class Counter {
    var reads = 0
}

/// Rectangles with every look at one counted.
private struct CountedRects: RectList {
    let rects: [Rect]
    let counter: Counter

    var startIndex: Int { rects.startIndex }
    var endIndex: Int { rects.endIndex }

    subscript(position: Int) -> Rect {
        counter.reads += 1
        return rects[position]
    }
}
