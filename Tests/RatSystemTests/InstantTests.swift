import Testing

@testable import RatSystem

@Suite struct InstantTests {
    @Test func momentsAreOrderedByTheirNanoseconds() {
        #expect(Instant.distantPast < Instant(nanoseconds: 1))
        #expect(Instant(nanoseconds: 1) < Instant.distantFuture)
        #expect(Instant(nanoseconds: 5) == Instant(nanoseconds: 5))
    }

    private typealias Case = (start: UInt64, milliseconds: UInt64, end: UInt64)
    private static let cases: [Case] = [
        (0, 0, 0),
        (0, 1, 1_000_000),
        (7, 3, 3_000_007),
        (.max, 0, .max),
        (.max, 1, .max),
        (18_446_744_073_708_551_615, 1, .max),
        (18_446_744_073_708_551_614, 1, .max - 1),
        (0, .max, .max),
        (0, 18_446_744_073_710, .max),
        (0, 18_446_744_073_709, 18_446_744_073_709_000_000),
        (.max, .max, .max),
    ]

    @Test(arguments: cases)
    func advancingEndsAtTheDistantFuture(start: UInt64, milliseconds: UInt64, end: UInt64) {
        let moment = Instant(nanoseconds: start).advanced(byMilliseconds: milliseconds)
        #expect(moment == Instant(nanoseconds: end))
    }

    @Test func clockNeverGoesBack() {
        var last = Instant.now()
        for _ in 0..<10_000 {
            let now = Instant.now()
            #expect(now >= last)
            last = now
        }
    }

    @Test func coarseClockIsAtMostATickBehind() {
        let before = Instant.now()
        let coarse = Instant.nowCoarse()
        #expect(coarse <= Instant.now())
        #expect(coarse.advanced(byMilliseconds: 20) >= before)
    }
}
