import RatTestSupport
import Synchronization
import Testing

@testable import RatSystem

@Suite struct LockTests {
    /// A count that only the lock under test guards. Sendable: see there.
    private final class Counter: @unchecked Sendable {
        let lock = Lock()
        var count = 0
    }

    private func expect(
        _ lock: borrowing Lock,
        is expected: UInt32,
        _ location: SourceLocation = #_sourceLocation
    ) {
        let state = lock.word.load(ordering: .relaxed)
        #expect(state == expected, sourceLocation: location)
    }

    @Test func onlyOneThreadIsInside() throws {
        let counter = Counter()
        let rounds = 50_000
        let threads = (0..<4).map { _ in
            TestThread {
                for _ in 0..<rounds {
                    counter.lock.lock()
                    counter.count += 1
                    counter.lock.unlock()
                }
            }
        }
        for thread in threads { try thread.join() }
        #expect(counter.count == 4 * rounds)
        expect(counter.lock, is: 0)
    }

    @Test func whoMeetsAHeldLockSleepsUntilItIsFree() throws {
        let counter = Counter()
        counter.lock.lock()
        let threads = (0..<3).map { _ in
            TestThread {
                counter.lock.lock()
                counter.count += 1
                counter.lock.unlock()
            }
        }
        for thread in threads { try thread.waitUntilAsleep() }
        expect(counter.lock, is: 1 << 16 | 1)
        #expect(counter.count == 0)
        counter.lock.unlock()
        for thread in threads { try thread.join() }
        #expect(counter.count == 3)
    }

    @Test func unlockingWithoutAnybodyWaitingLeavesItFree() {
        let lock = Lock()
        for _ in 0..<3 {
            lock.lock()
            expect(lock, is: 1)
            lock.unlock()
            expect(lock, is: 0)
        }
    }

    @Test func lockHeldByAThreadThatIsGoneCanBeForcedOpen() {
        let lock = Lock()
        lock.lock()
        lock.forceUnlocked()
        lock.lock()
        expect(lock, is: 1)
    }

    @Test func atLeastOneProcessorIsThere() {
        #expect(Processors.count >= 1)
    }

    @Test func barrierIsSureWhetherOrNotTheKernelHasOne() {
        #expect(ProcessBarrier.run())
    }
}
