import RatCore
import RatSystem
import RatTestSupport
import Testing

@testable import RatMessaging

/// Sends that could only wait for themselves, and those that only look so.
@Suite struct DeadlockTests {
    /// A thread that is known to retrieve from a queue of its own, and goes on when it is told.
    private struct Member<Value: Sendable> {
        let queue: Handle
        let thread: TestThread<Value>
        private let turn: Semaphore

        init(_ queue: Handle, _ body: @escaping @Sendable () -> Value) throws {
            let (isReady, turn) = (Semaphore(), Semaphore())
            self.queue = queue
            self.turn = turn
            thread = TestThread {
                Send.becomeRetriever(of: queue)
                isReady.signal()
                _ = turn.wait()
                return body()
            }
            guard isReady.wait() else { throw TestThread<Value>.Failure.neverParked }
        }

        /// Has it go on until it waits.
        func goOnUntilParked() throws {
            turn.signal()
            try thread.waitUntilParked()
        }

        func goOn() { turn.signal() }
    }

    @Test(arguments: [1, 2, 5])
    func whoClosesACycleIsToldAndTheOthersAreServed(count: Int) throws {
        let queues = try (0..<count).map { _ in try Queue.make() }
        let others = try (0..<count - 1).map { place in
            try Member(queues[place]) { () -> Send.Outcome in
                let outcome = Send.send(1, to: queues[place + 1])
                _ = Send.serve(queues[place], place)
                return outcome
            }
        }
        let closer = try Member(queues[count - 1]) { () -> (Send.Outcome, String, Bool) in
            let outcome = Send.send(0x0ABC, to: queues[0])
            let report = DeadlockSearch.lastReport ?? ""
            return (outcome, report, count == 1 || Send.serve(queues[count - 1], count - 1))
        }
        for other in others { try other.goOnUntilParked() }
        closer.goOn()
        let (outcome, report, isServed) = try closer.thread.join()
        #expect(outcome == .failure(.deadlock))
        #expect(report.split(separator: "\n").count == count)
        #expect(report.contains("0xabc"))
        #expect(isServed)
        // The first one's queue is sent to by nobody.
        if let first = others.first { try send(1, to: first.queue) }
        for (place, other) in others.enumerated() {
            #expect(try other.thread.join() == .success(place + 1))
        }
        for queue in queues { try MessageQueue.close(queue) }
    }

    private func send(_ number: UInt32, to queue: Handle) throws {
        let outcome = try onThreadOfItsOwn { Send.send(number, to: queue) }
        #expect(outcome == .success(0))
    }

    @Test func ofTwoThatCloseACycleAtOnceOneIsToldAndTheOtherServed() throws {
        let rounds = 400
        let queues = [try Queue.make(), try Queue.make()]
        let (arrived, go) = (Semaphore(), [Semaphore(), Semaphore()])
        let members = (0..<2).map { place in
            TestThread { () -> [Bool] in
                let (own, other) = (queues[place], queues[1 - place])
                Send.becomeRetriever(of: own)
                return (0..<rounds).compactMap { _ in
                    arrived.signal()
                    guard go[place].wait() else { return nil }
                    switch Send.send(1, to: other) {
                    case .success:
                        return Send.serve(own) ? false : nil
                    case .failure(let error):
                        guard error == .deadlock, Send.serve(own) else { return nil }
                        return (try? Send.send(2, to: other).get()) == nil ? nil : true
                    }
                }
            }
        }
        for _ in 0..<rounds {
            for _ in 0..<2 { #expect(arrived.wait()) }
            for one in go { one.signal() }
        }
        let wasDeadlock = try members.map { try $0.join() }
        try #require(wasDeadlock.allSatisfy { $0.count == rounds })
        #expect(zip(wasDeadlock[0], wasDeadlock[1]).allSatisfy { $0 != $1 })
        for queue in queues { try MessageQueue.close(queue) }
    }

    @Test func chainThatEndsAtAThreadAtWorkIsNoDeadlock() throws {
        let queues = try (0..<3).map { _ in try Queue.make() }
        let last = try Member(queues[2]) { Send.serve(queues[2], 3) }
        let middle = try Member(queues[1]) { () -> Send.Outcome in
            let outcome = Send.send(1, to: queues[2])
            return Send.serve(queues[1], 2) ? outcome : .failure(.unknown)
        }
        let first = try Member(queues[0]) { Send.send(1, to: queues[1]) }
        try middle.goOnUntilParked()
        try first.goOnUntilParked()
        last.goOn()
        #expect(try last.thread.join())
        #expect(try middle.thread.join() == .success(3))
        #expect(try first.thread.join() == .success(2))
        for queue in queues { try MessageQueue.close(queue) }
    }

    @Test(arguments: [1, 5])
    func queueThatAnotherThreadRetrievesFromIsWaitedFor(count: Int) throws {
        let shared = try Queue.make()
        let helpers = try (0..<count).map { _ in try Member(shared) { Send.serve(shared, 7) } }
        let asker = try Member(shared) { Send.send(1, to: shared) }
        try asker.goOnUntilParked()
        helpers[0].goOn()
        #expect(try asker.thread.join() == .success(7))
        #expect(try helpers[0].thread.join())
        // The others find it closed.
        try MessageQueue.close(shared)
        for helper in helpers.dropFirst() {
            helper.goOn()
            #expect(try !helper.thread.join())
        }
    }

    @Test func retrieverThatHasEndedIsNobodyToWaitFor() throws {
        let queue = try Queue.make()
        try onThreadOfItsOwn { Send.becomeRetriever(of: queue) }
        let outcome = try onThreadOfItsOwn { () -> Send.Outcome in
            Send.becomeRetriever(of: queue)
            return Send.send(1, to: queue)
        }
        #expect(outcome == .failure(.deadlock))
        try MessageQueue.close(queue)
    }

    @Test func queueThatNobodyHasRetrievedFromIsWaitedFor() throws {
        let queue = try Queue.make()
        let asker = TestThread { Send.send(1, to: queue) }
        try asker.waitUntilParked()
        #expect(Send.serve(queue, 4))
        #expect(try asker.join() == .success(4))
        try MessageQueue.close(queue)
    }

    @Test func serverThatRepliesAndThenSendsIsInNoCycle() throws {
        let laps = 3_000
        let queues = try (0..<3).map { _ in try Queue.make() }
        let members = try (0..<3).map { place in
            try Member(queues[place]) { () -> Int in
                for lap in 0..<laps {
                    guard place == 0 && lap == 0 || Send.serve(queues[place]) else { return lap }
                    guard case .success = Send.send(1, to: queues[(place + 1) % 3]) else {
                        return lap
                    }
                }
                // The last message of the third goes to the first.
                return place > 0 || Send.serve(queues[0]) ? laps : 0
            }
        }
        for member in members { member.goOn() }
        for member in members { #expect(try member.thread.join() == laps) }
        for queue in queues { try MessageQueue.close(queue) }
    }
}
