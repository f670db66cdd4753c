import RatTestSupport
import Testing

@testable import RatSystem

@Suite struct StablePoolTests {
    private struct Record: ~Copyable {
        var owner = 0
        var uses = 0
    }

    /// Pools are for ever, as their records are.
    private static let pools = Guarded<[StablePool<Record>]>([])

    private static let forgotten = Guarded<StableReference<Record>?>(nil)

    private func makePool(_ recordsPerSlab: Int) -> StablePool<Record> {
        let pool = StablePool<Record>(recordsPerSlab: recordsPerSlab)
        Self.pools.withLock { $0.append(pool) }
        return pool
    }

    private func take(from pool: StablePool<Record>) -> StableReference<Record> {
        unsafe pool.take { memory in unsafe memory.initialize(to: Record()) }
    }

    @Test func recordThatCameBackIsGivenOutAgainWithItsContents() {
        let pool = makePool(4)
        let first = take(from: pool)
        first.record.uses = 7
        pool.giveBack(first)
        var isInitialized = false
        let second = unsafe pool.take { memory in
            isInitialized = true
            unsafe memory.initialize(to: Record())
        }
        #expect(second == first)
        #expect(second.record.uses == 7)
        #expect(!isInitialized)
    }

    @Test func recordsInUseAreNeverTheSame() {
        let pool = makePool(4)
        var seen = Set<UInt>()
        for _ in 0..<13 {
            let address = unsafe UInt(bitPattern: take(from: pool).raw)
            #expect(seen.insert(address).inserted)
        }
    }

    @Test func noRecordHasTwoOwners() throws {
        let pool = makePool(3)
        let threads = (1...4).map { owner in
            TestThread {
                var random = SeededRandom(seed: UInt64(owner))
                var mine: [StableReference<Record>] = []
                var strangers = 0
                for _ in 0..<5_000 {
                    if mine.count < 5, Bool.random(using: &random) {
                        let record = take(from: pool)
                        if record.record.owner != 0 { strangers += 1 }
                        record.record.owner = owner
                        mine.append(record)
                    } else if let record = mine.popLast() {
                        if record.record.owner != owner { strangers += 1 }
                        record.record.owner = 0
                        pool.giveBack(record)
                    }
                }
                return strangers
            }
        }
        for thread in threads { #expect(try thread.join() == 0) }
    }

    @Test func poolThatForgetsItsRecordsStartsWithNone() {
        let pool = makePool(2)
        // Still known here, while the pool forgets it.
        Self.forgotten.withLock { $0 = take(from: pool) }
        let first = Self.forgotten.current
        if let first { pool.giveBack(first) }
        pool.forgetAll()
        #expect(take(from: pool) != first)
    }

    @Test func everyRecordThatWasEverMadeIsGoneThroughOnce() {
        let pool = makePool(3)
        let made = (0..<7).map { _ in unsafe UInt(bitPattern: take(from: pool).raw) }
        pool.giveBack(take(from: pool))
        var seen: [UInt] = []
        pool.forEach { record in unsafe seen.append(UInt(bitPattern: record.raw)) }
        #expect(seen.count == 8)
        #expect(Set(seen).isSuperset(of: made) && Set(seen).count == 8)
    }

    @Test func recordsHaveCacheLinesOfTheirOwn() {
        let pool = makePool(5)
        for _ in 0..<11 {
            let address = unsafe UInt(bitPattern: take(from: pool).raw)
            #expect(address % 64 == 0)
        }
    }
}
