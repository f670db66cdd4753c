import RatCore
import RatSystem
import RatTestSupport
import Testing

@testable import RatMessaging

/// Threads that wait in a retrieval.
@Suite struct GetterTests {
    private typealias Outcome = Result<Received, RatError>

    private func getter(_ queue: Handle) -> TestThread<Outcome> {
        TestThread {
            Outcome { () throws(RatError) in
                Received(try MessageQueue.take(from: queue, until: Patience.deadline))
            }
        }
    }

    @Test func eachMessageGoesToOneOfTheThreadsThatWait() throws {
        let queue = try Queue.make()
        let getters = try (0..<4).map { _ in
            let getter = getter(queue)
            try getter.waitUntilParked()
            return getter
        }
        for number in UInt32(0)..<4 {
            try Queue.post(Received(number, payload: pattern(20)), to: queue)
        }
        let received = try getters.map { try $0.join().get() }
        #expect(received.map(\.number).sorted() == [0, 1, 2, 3])
        #expect(received.allSatisfy { $0.payload == pattern(20) })
        try MessageQueue.close(queue)
    }

    @Test func closeCancelsThoseWhoWait() throws {
        let queue = try Queue.make()
        let getters = (0..<3).map { _ in getter(queue) }
        for getter in getters { try getter.waitUntilParked() }
        try MessageQueue.close(queue)
        for getter in getters { #expect(try getter.join() == .failure(.cancelled)) }
    }

    @Test func closeRightAfterAPostCancelsOrDeliversButNeverDeniesTheQueue() throws {
        for _ in 0..<300 {
            let queue = try Queue.make()
            let getter = getter(queue)
            try getter.waitUntilParked()
            try Queue.post(Received(1), to: queue)
            try MessageQueue.close(queue)
            let outcome = try getter.join()
            #expect(outcome == .success(Received(1)) || outcome == .failure(.cancelled))
        }
    }

    @Test func messageStolenFromAWaiterHasItWaitOn() throws {
        let queue = try Queue.make()
        let getter = getter(queue)
        for number in UInt32(0)..<50 {
            try getter.waitUntilParked()
            try Queue.post(Received(number), to: queue)
            if (try? Queue.take(queue)) == nil { break }
            if number == 49 { try Queue.post(Received(99), to: queue) }
        }
        #expect(throws: Never.self) { try getter.join().get() }
        try MessageQueue.close(queue)
    }

    @Test func tinyDeadlinesLoseNoMessage() throws {
        let queue = try Queue.make()
        let rounds = UInt32(2_000)
        let received = Guarded(0)
        let isOver = Guarded(false)
        let getters = (0..<2).map { seed in
            TestThread {
                var random = SeededRandom(seed: UInt64(seed))
                while !isOver.current {
                    let patience = UInt64.random(in: 1...60_000, using: &random)
                    let deadline = Instant(nanoseconds: Instant.now().nanoseconds + patience)
                    if (try? MessageQueue.take(from: queue, until: deadline)) != nil {
                        received.withLock { $0 += 1 }
                    }
                }
            }
        }
        for round in 1...rounds {
            try Queue.post(Received(round), to: queue)
            guard Patience.until({ received.current >= Int(round) }) else { break }
        }
        isOver.withLock { $0 = true }
        for getter in getters { try getter.join() }
        #expect(received.current == Int(rounds))
        try MessageQueue.close(queue)
    }
}
