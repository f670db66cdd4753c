internal import RatDisplay
internal import Testing

@Suite struct PixelTests {
    private static func store(_ width: Int32, _ height: Int32) throws -> PixelStore {
        try #require(PixelStore(size: Size(width: width, height: height)))
    }

    @Test func fillingIsCutToTheStore() throws {
        let store = try Self.store(4, 3)
        store.fill(Rect(left: -5, top: 1, right: 2, bottom: 90), with: 7)
        store.fill(Rect(left: 9, top: 9, right: 20, bottom: 20), with: 8)
        let values = (0..<3).map { y in (0..<4).map { x in store.pixel(at: Point(x: x, y: y)) } }
        #expect(values == [[0, 0, 0, 0], [7, 7, 0, 0], [7, 7, 0, 0]])
        #expect(store.pixel(at: Point(x: 4, y: 0)) == nil)
        #expect(store.pixel(at: Point(x: 0, y: -1)) == nil)
    }

    @Test func copyingTakesWhatBothHave() throws {
        let (small, large) = (try Self.store(2, 2), try Self.store(3, 4))
        small.fill(Rect(left: 0, top: 0, right: 2, bottom: 2), with: 5)
        large.copy(from: small)
        #expect(large.pixel(at: Point(x: 1, y: 1)) == 5)
        #expect(large.pixel(at: Point(x: 2, y: 1)) == 0)
        large.fill(Rect(left: 0, top: 0, right: 3, bottom: 4), with: 6)
        small.copy(Rect(left: 1, top: 0, right: 9, bottom: 9), from: large)
        #expect(small.pixel(at: Point(x: 0, y: 0)) == 5)
        #expect(small.pixel(at: Point(x: 1, y: 1)) == 6)
    }

    @Test func whatNoMemoryHoldsIsRefused() {
        #expect(PixelStore(size: Size(width: .max, height: .max)) == nil)
        #expect(PixelStore(size: Size(width: 32_768, height: 16_385)) == nil)
    }

    @Test func aSizeBelowNothingIsNothing() throws {
        let store = try Self.store(-4, 3)
        #expect(store.size == Size(width: 0, height: 3))
        #expect(store.pixel(at: Point(x: 0, y: 0)) == nil)
    }

    @Test func rectanglesMeetAndJoin() {
        let a = Rect(left: 0, top: 0, right: 10, bottom: 10)
        let b = Rect(left: 5, top: 8, right: 20, bottom: 9)
        #expect(a.intersection(b) == Rect(left: 5, top: 8, right: 10, bottom: 9))
        #expect(a.union(b) == Rect(left: 0, top: 0, right: 20, bottom: 10))
        #expect(a.union(.empty) == a)
        #expect(Rect.empty.union(a) == a)
        // Edges that only touch have nothing in common.
        #expect(a.intersection(Rect(left: 10, top: 0, right: 20, bottom: 10)) == .empty)
        #expect(a.offset(by: Point(x: -3, y: 4)) == Rect(left: -3, top: 4, right: 7, bottom: 14))
    }
}
