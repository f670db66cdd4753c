import RatTestSupport
import Synchronization
import Testing

@testable import RatSystem

@Suite struct FutexTests {
    private final class Word: Sendable {
        let value = Atomic<UInt32>(0)

        func sleep(until deadline: Instant) -> Bool {
            Futex.wait(on: value, while: 0, until: deadline)
        }
    }

    @Test func sleepOnAWordThatHasChangedEndsAtOnce() {
        let word = Word()
        word.value.store(1, ordering: .relaxed)
        #expect(word.sleep(until: .distantFuture))
    }

    @Test func sleepEndsWhenItsDeadlinePasses() {
        let word = Word()
        #expect(!word.sleep(until: .distantPast))
        #expect(!word.sleep(until: Instant.now()))
        let soon = Instant.now().advanced(byMilliseconds: 1)
        // It may wake for no reason before.
        while word.sleep(until: soon) {}
        #expect(Instant.now() >= soon)
    }

    @Test func sleeperIsWoken() throws {
        let word = Word()
        let sleeper = TestThread {
            while word.value.load(ordering: .acquiring) == 0 {
                guard word.sleep(until: Patience.deadline) else {
                    return false
                }
            }
            return true
        }
        try sleeper.waitUntilAsleep()
        word.value.store(1, ordering: .releasing)
        Futex.wake(word.value)
        #expect(try sleeper.join())
    }

    @Test func lookAtAWordEndsWhenItChangesOrTheDeadlinePasses() throws {
        let word = Word()
        let soon = Instant.now().advanced(byNanoseconds: 10_000)
        let isOpen = Futex.spin(on: word.value, while: 0, until: soon)
        #expect(isOpen && Instant.now() >= soon)
        let looker = TestThread { Futex.spin(on: word.value, while: 0, until: Patience.deadline) }
        word.value.store(1, ordering: .releasing)
        #expect(try looker.join() == false)
    }
}
