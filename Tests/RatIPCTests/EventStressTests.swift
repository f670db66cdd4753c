import RatCore
import RatSystem
import RatTestSupport
import Testing

@testable import RatIPC

/// Many threads at once; for the thread sanitizer as much as for what is expected.
@Suite struct EventStressTests {
    @Test func eachAutomaticSignalReleasesOneOfManyThreads() throws {
        let events = try (0..<3).map { _ in
            try Event.create(isManualReset: false, isSignaled: false)
        }
        let rounds = 1_000
        let setters = events.map { event in
            let acknowledged = Semaphore()
            let setter = TestThread {
                for _ in 0..<rounds {
                    guard (try? Event.set(event)) != nil, acknowledged.wait() else { return false }
                }
                return true
            }
            return (setter, acknowledged)
        }
        let acknowledgements = setters.map(\.1)
        let taken = Guarded(0)
        let waiters = (0..<3).map { number in
            TestThread {
                // Each its own order, so that locks and nodes meet in all orders.
                let order = (0..<3).map { ($0 + number) % 3 }
                let handles = order.map { events[$0] }
                while true {
                    let outcome = Wait.forAny(handles, until: Patience.deadline, source: nil)
                    guard case .signaled(let place) = outcome else { return outcome }
                    taken.withLock { $0 += 1 }
                    acknowledgements[order[place]].signal()
                }
            }
        }
        for (setter, _) in setters { #expect(try setter.join()) }
        for event in events { try Objects.close(event) }
        for waiter in waiters {
            guard case .failed = try waiter.join() else {
                Issue.record("a wait outlived its events")
                continue
            }
        }
        #expect(taken.current == 3 * rounds)
    }

    @Test func eventsAreClosedWhileOthersUseThem() throws {
        let current = Guarded(try Event.create(isManualReset: true, isSignaled: false))
        let isOver = Guarded(false)
        let waiters = (0..<2).map { _ in
            TestThread { () -> Int in
                var strange = 0
                while !isOver.current {
                    let event = current.current
                    let deadline = Instant.now().advanced(byMilliseconds: 1)
                    let outcome = Wait.forAny([event], until: deadline, source: nil)
                    switch outcome {
                    case .signaled(0), .failed(0), .timedOut: break
                    default: strange += 1
                    }
                }
                return strange
            }
        }
        let setters = (0..<2).map { _ in
            TestThread {
                while !isOver.current {
                    let event = current.current
                    try? Event.set(event)
                    try? Event.reset(event)
                }
            }
        }
        for _ in 0..<2_000 {
            let next = try Event.create(isManualReset: true, isSignaled: false)
            let old = current.withLock { event in
                defer { event = next }
                return event
            }
            try Objects.close(old)
        }
        isOver.withLock { $0 = true }
        for waiter in waiters { #expect(try waiter.join() == 0) }
        for setter in setters { try setter.join() }
        try Objects.close(current.current)
    }

    @Test func waitsForAllInDifferentOrdersDoNotBlockEachOther() throws {
        let events = try (0..<3).map { _ in
            try Event.create(isManualReset: true, isSignaled: true)
        }
        let threads = [[0, 1, 2], [2, 1, 0], [1, 2, 0]].map { order in
            TestThread {
                let handles = order.map { events[$0] }
                return (0..<3_000).filter { _ in
                    Wait.forAll(handles, until: Patience.deadline, source: nil) == .signaled(0)
                }.count
            }
        }
        for thread in threads { #expect(try thread.join() == 3_000) }
        for event in events { try Objects.close(event) }
    }
}
