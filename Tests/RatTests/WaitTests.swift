internal import Rat
internal import RatWindowingTestSupport
internal import Testing

@Suite struct WaitTests {
    @Test func anyGivesThePlaceOfTheFirstThatIsSignalled() throws {
        let objects: [any Waitable] = [
            try Event(), try MessageQueue(), try Semaphore(1), try WaitableTimer(),
            try WaitableMutex(),
        ]
        #expect(try Wait.any(objects, timeout: .zero) == .signaled(2))
        #expect(try Wait.any(objects, timeout: .zero) == .signaled(4))
        #expect(try Wait.any(Array(objects.dropLast()), timeout: .zero) == .timedOut)
    }

    @Test func allTakesNothingUntilItCanTakeAll() throws {
        let (event, semaphore) = (try Event(isSignaled: true), try Semaphore())
        #expect(try Wait.all([event, semaphore], timeout: .milliseconds(1)) == .timedOut)
        try semaphore.release()
        #expect(try Wait.all([event, semaphore]) == .signaled(0))
        #expect(!event.wait(timeout: .zero))
        #expect(!semaphore.wait(timeout: .zero))
    }

    @Test func noObjectAndTheSameTwiceAreRefused() throws {
        let event = try Event(isSignaled: true)
        for objects in [[], [event, event]] {
            expect(.invalidArgument) { try Wait.any(objects, timeout: .zero) }
            #expect(throws: RatError.self) { try Wait.all(objects, timeout: .zero) }
        }
        #expect(event.wait(timeout: .zero))
    }

    @Test func aMutexIsItsOwners() throws {
        let mutex = try WaitableMutex(isOwned: true)
        #expect(mutex.lock() == .acquired)
        try mutex.unlock()
        try mutex.unlock()
        expect(.wrongThread) { try mutex.unlock() }
        #expect(mutex.withLock { 5 } == 5)
        #expect(throws: RatError.self) { try mutex.unlock() }
    }

    @Test func aSemaphoreCountsToItsMaximum() throws {
        let semaphore = try Semaphore(1, maximum: 3)
        #expect(try semaphore.release(2) == 1)
        for (count, code) in [(1, RatError.Code.noResources), (0, .invalidArgument)] {
            let error = #expect(throws: RatError.self) { try semaphore.release(count) }
            #expect(error?.code == code)
        }
        for _ in 0..<3 { #expect(semaphore.wait(timeout: .zero)) }
        #expect(!semaphore.wait(timeout: .zero))
        for (count, maximum) in [(-1, 1), (2, 1), (0, 0), (0, 1 << 32)] {
            #expect(throws: RatError.self) { try Semaphore(count, maximum: maximum) }
        }
    }

    @Test func aTimerIsSignalledWhenItIsDue() throws {
        let timer = try WaitableTimer()
        #expect(!timer.wait(timeout: .zero))
        let start = ContinuousClock.now
        timer.set(after: .milliseconds(10), every: .milliseconds(5))
        #expect(timer.wait())
        #expect(timer.wait())
        #expect(ContinuousClock.now - start >= .milliseconds(15))
        timer.cancel()
        #expect(!timer.wait(timeout: .milliseconds(10)))
        timer.set(after: .zero)
        #expect(timer.wait(timeout: .zero))
        timer.set(after: .seconds(Int64.max))
        #expect(!timer.wait(timeout: .zero))
    }
}
