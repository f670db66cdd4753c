import RatIPC
import RatSystem
import RatTestSupport
import Testing

@testable import RatCore

/// Waits of real threads.
@Suite struct WaitTests {
    private func makeEvent(manual: Bool = false, signaled: Bool = false) throws -> Handle {
        try Event.create(isManualReset: manual, isSignaled: signaled)
    }

    /// Whether an event is signalled; takes the signal of an automatic one.
    private func take(_ handle: Handle) -> Bool {
        Wait.forOne(handle, until: .distantPast, source: nil) == .signaled(0)
    }

    /// A thread that is parked in a wait for any, or for all.
    private func parked(
        on handles: [Handle],
        forAll isForAll: Bool = false
    ) throws -> TestThread<WaitOutcome> {
        let thread = TestThread {
            isForAll
                ? Wait.forAll(handles, until: Patience.deadline, source: nil)
                : Wait.forAny(handles, until: Patience.deadline, source: nil)
        }
        try thread.waitUntilParked()
        return thread
    }

    @Test func automaticEventReleasesTheOneThatHasWaitedLongest() throws {
        let event = try makeEvent()
        defer { try? Objects.close(event) }
        let waiters = try (0..<6).map { _ in try parked(on: [event]) }
        for released in waiters.indices {
            try Event.set(event)
            #expect(try waiters[released].join() == .signaled(0))
            for other in waiters[(released + 1)...] {
                #expect(other.record.waitState == .parkedOnFutex)
            }
        }
        #expect(!take(event))
    }

    @Test func manualEventReleasesEverybodyAndStaysSignaled() throws {
        let event = try makeEvent(manual: true)
        defer { try? Objects.close(event) }
        let waiters = try (0..<6).map { _ in try parked(on: [event]) }
        try Event.set(event)
        for waiter in waiters { #expect(try waiter.join() == .signaled(0)) }
        #expect(take(event))
        #expect(take(event))
    }

    @Test func waitForAllTakesNothingUntilEverythingIsThere() throws {
        let events = try (0..<2).map { _ in try makeEvent() }
        defer { for event in events { try? Objects.close(event) } }
        let waiter = try parked(on: events, forAll: true)
        try Event.set(events[0])
        // It looks, finds that the other one is missing, and sleeps again without the signal.
        try waiter.waitUntilParked()
        #expect(take(events[0]))
        try Event.set(events[1])
        try waiter.waitUntilParked()
        try Event.set(events[0])
        #expect(try waiter.join() == .signaled(0))
        #expect(!take(events[0]))
        #expect(!take(events[1]))
    }

    @Test func waitForAllTakesAutomaticSignalsAndLeavesManualOnes() throws {
        let events = [try makeEvent(signaled: true), try makeEvent(manual: true, signaled: true)]
        defer { for event in events { try? Objects.close(event) } }
        #expect(Wait.forAll(events, until: .distantPast, source: nil) == .signaled(0))
        #expect(Wait.forAll(events, until: .distantPast, source: nil) == .timedOut)
        #expect(!take(events[0]))
        #expect(take(events[1]))
    }

    @Test func lowestSignaledObjectWins() throws {
        let events = try (0..<20).map { index in try makeEvent(signaled: index % 3 == 2) }
        defer { for event in events { try? Objects.close(event) } }
        var order: [WaitOutcome] = []
        for _ in 0..<7 { order.append(Wait.forAny(events, until: .distantPast, source: nil)) }
        #expect(order == [2, 5, 8, 11, 14, 17].map { .signaled($0) } + [.timedOut])
    }

    @Test(arguments: [false, true])
    func countOutOfRangeIsRefused(isForAll: Bool) throws {
        let event = try makeEvent(signaled: true)
        defer { try? Objects.close(event) }
        let wait = isForAll ? Wait.forAll : Wait.forAny
        #expect(wait([], .distantPast, nil) == .failed(nil))
        let many = [Handle](repeating: event, count: 10_001)
        #expect(wait(many, .distantPast, nil) == .failed(nil))
        #expect(take(event))
    }

    @Test(arguments: [false, true], [3, 40])
    func handleThatIsThereTwiceIsRefused(isForAll: Bool, count: Int) throws {
        var events = try (0..<count).map { _ in try makeEvent(signaled: true) }
        defer { for event in events { try? Objects.close(event) } }
        let wait = isForAll ? Wait.forAll : Wait.forAny
        #expect(wait(events + [events[1]], .distantPast, nil) == .failed(count))
        #expect(take(events[0]))
        events.append(try makeEvent())
    }

    @Test(arguments: [false, true])
    func deadHandleIsNamed(isForAll: Bool) throws {
        let events = try (0..<3).map { _ in try makeEvent() }
        try Objects.close(events[1])
        defer { for event in [events[0], events[2]] { try? Objects.close(event) } }
        let wait = isForAll ? Wait.forAll : Wait.forAny
        #expect(wait(events, Patience.deadline, nil) == .failed(1))
        #expect(Wait.forOne(events[1], until: Patience.deadline, source: nil) == .failed(0))
    }

    @Test(arguments: [false, true])
    func closeEndsTheWaitAndIsNamed(isForAll: Bool) throws {
        let events = try (0..<3).map { _ in try makeEvent() }
        defer { for event in [events[0], events[1]] { try? Objects.close(event) } }
        let waiter = try parked(on: events, forAll: isForAll)
        try Objects.close(events[2])
        #expect(try waiter.join() == .failed(2))
    }

    @Test func tenThousandObjectsAreWaitedFor() throws {
        let events = try (0..<10_000).map { _ in try makeEvent() }
        defer { for event in events { try? Objects.close(event) } }
        let any = try parked(on: events)
        try Event.set(events[9_999])
        #expect(try any.join() == .signaled(9_999))
        let all = try parked(on: events, forAll: true)
        for event in events { try Event.set(event) }
        #expect(try all.join() == .signaled(0))
        #expect(Wait.forAny(events, until: .distantPast, source: nil) == .timedOut)
    }

    @Test func waitEndsAtItsDeadlineAndTakesNothing() throws {
        let events = try (0..<2).map { _ in try makeEvent() }
        defer { for event in events { try? Objects.close(event) } }
        let deadline = Instant.now().advanced(byMilliseconds: 1)
        #expect(Wait.forOne(events[0], until: deadline, source: nil) == .timedOut)
        #expect(Wait.forAny(events, until: deadline, source: nil) == .timedOut)
        #expect(Instant.now() >= deadline)
        try Event.set(events[1])
        #expect(Wait.forAll(events, until: deadline, source: nil) == .timedOut)
        #expect(take(events[1]))
    }

    @Test func deadlinesLoseNoSignal() throws {
        let event = try makeEvent()
        defer { try? Objects.close(event) }
        let rounds = 3_000
        let taken = Guarded(0)
        let isOver = Guarded(false)
        let waiters = (0..<2).map { seed in
            TestThread {
                var random = SeededRandom(seed: UInt64(seed))
                while !isOver.current {
                    let patience = UInt64.random(in: 1...60_000, using: &random)
                    let deadline = Instant(nanoseconds: Instant.now().nanoseconds + patience)
                    let outcome =
                        Bool.random(using: &random)
                        ? Wait.forAny([event], until: deadline, source: nil)
                        : Wait.forAll([event], until: deadline, source: nil)
                    if outcome == .signaled(0) { taken.withLock { $0 += 1 } }
                }
            }
        }
        var isComplete = true
        for round in 1...rounds where isComplete {
            try Event.set(event)
            isComplete = Patience.until { taken.current >= round }
            #expect(taken.current == round)
        }
        isOver.withLock { $0 = true }
        for waiter in waiters { try waiter.join() }
        #expect(taken.current == rounds)
        #expect(!take(event))
    }
}
