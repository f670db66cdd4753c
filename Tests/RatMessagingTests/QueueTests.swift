import RatCore
import RatSystem
import RatTestSupport
import Testing

@testable import RatMessaging

@Suite struct QueueTests {
    @Test func higherPriorityComesFirstAndWithinOneTheOldest() throws {
        let queue = try Queue.make()
        for round in UInt(0)..<3 {
            for priority in [Int32(0), -4, 3, 1, -1, 2, -3, -2] {
                try Queue.post(Received(1, wparam: round, priority: priority), to: queue)
            }
        }
        let order = Queue.drain(queue)
        #expect(order.map(\.priority) == (-4...3).reversed().flatMap { [$0, $0, $0] })
        #expect(order.map(\.wparam) == (0..<8).flatMap { _ in [UInt(0), 1, 2] })
        try MessageQueue.close(queue)
    }

    @Test func urgentMessageOvertakesWhatIsAlreadyBeingRetrieved() throws {
        let queue = try Queue.make()
        for number in UInt32(1)...3 { try Queue.post(Received(number), to: queue) }
        #expect(try Queue.take(queue).header.message == 1)
        try Queue.post(Received(9, priority: 3), to: queue)
        try Queue.post(Received(4), to: queue)
        try Queue.post(Received(8, priority: -1), to: queue)
        #expect(Queue.drain(queue).map(\.number) == [9, 2, 3, 4, 8])
        try MessageQueue.close(queue)
    }

    @Test func capacityIsExact() throws {
        let queue = try Queue.make(capacity: 3)
        for number in UInt32(1)...3 { try Queue.post(Received(number), to: queue) }
        for _ in 0..<2 {
            #expect(throws: RatError.noResources) { try Queue.post(Received(4), to: queue) }
        }
        #expect(try Queue.take(queue).header.message == 1)
        try Queue.post(Received(5), to: queue)
        #expect(throws: RatError.noResources) { try Queue.post(Received(6), to: queue) }
        #expect(Queue.drain(queue).map(\.number) == [2, 3, 5])
        try MessageQueue.close(queue)
    }

    @Test func capacityZeroIsTenThousand() throws {
        let queue = try Queue.make()
        for number in UInt32(1)...10_000 { try Queue.post(Received(number), to: queue) }
        #expect(throws: RatError.noResources) { try Queue.post(Received(0), to: queue) }
        #expect(Queue.drain(queue).map(\.number) == Array(1...10_000))
        try MessageQueue.close(queue)
    }

    @Test func capacityHasABound() throws {
        #expect(throws: RatError.invalidArgument) { try Queue.make(capacity: 1 << 24 + 1) }
        try MessageQueue.close(try Queue.make(capacity: 1 << 24))
    }

    @Test func badArgumentsAreRefusedBeforeHandles() throws {
        var message = Message(MessageHeader(message: 1))
        message.header.size = 1
        #expect(throws: RatError.invalidArgument) {
            try MessageQueue.post(message, to: .invalid)
        }
        for priority in [Int32.min, -5, 4, .max] {
            message = Message(MessageHeader(message: 1))
            message.header.priority = priority
            #expect(throws: RatError.invalidArgument) {
                try MessageQueue.post(message, to: .invalid)
            }
        }
        #expect(throws: RatError.invalidHandle) { try Queue.post(Received(1), to: .invalid) }
    }

    @Test func libraryWritesTheFieldsThatAreItsOwn() throws {
        let queue = try Queue.make()
        var message = Message(MessageHeader(message: 7, wparam: 8, lparam: -9, time: 1))
        message.header.sender = Handle(rawValue: 10)
        message.header.flags = 11
        message.header.target = Handle(rawValue: 12)
        message.header.token = 13
        message.header.x = 14
        message.header.y = 15
        let before = Instant.nowCoarse().nanoseconds
        try MessageQueue.post(message, to: queue)
        let header = try Queue.take(queue).header
        #expect(header.message == 7 && header.wparam == 8 && header.lparam == -9)
        #expect(header.sender == Handle(rawValue: 10))
        #expect(header.flags == 0 && header.token == 0 && header.x == 0 && header.y == 0)
        #expect(header.target == queue)
        #expect((before...Instant.now().nanoseconds).contains(header.time))
        try MessageQueue.close(queue)
    }

    @Test func peekShowsWhatTheNextRetrievalTakes() throws {
        let queue = try Queue.make()
        #expect(throws: RatError.notFound) { try MessageQueue.peek(queue) }
        let sent = Received(3, wparam: 4, priority: -2, payload: pattern(70))
        try Queue.post(sent, to: queue)
        for _ in 0..<2 { #expect(Received(try MessageQueue.peek(queue)) == sent) }
        try Queue.post(Received(5), to: queue)
        #expect(try MessageQueue.peek(queue).header.message == 5)
        #expect(Queue.drain(queue) == [Received(5), sent])
        #expect(throws: RatError.notFound) { try MessageQueue.peek(queue) }
        try MessageQueue.close(queue)
    }

    @Test func emptyQueueTimesOut() throws {
        let queue = try Queue.make()
        #expect(throws: RatError.timedOut) { try Queue.take(queue) }
        let deadline = Instant.now().advanced(byMilliseconds: 1)
        #expect(throws: RatError.timedOut) {
            try MessageQueue.take(from: queue, until: deadline)
        }
        #expect(Instant.now() >= deadline)
        try MessageQueue.close(queue)
    }

    @Test func queueIsSignaledWhileSomethingIsQueued() throws {
        let queue = try Queue.make()
        #expect(Wait.forOne(queue, until: .distantPast, source: nil) == .timedOut)
        try Queue.post(Received(1), to: queue)
        for _ in 0..<2 {
            #expect(Wait.forOne(queue, until: .distantPast, source: nil) == .signaled(0))
        }
        _ = try Queue.take(queue)
        #expect(Wait.forOne(queue, until: .distantPast, source: nil) == .timedOut)
        let waiter = TestThread { Wait.forOne(queue, until: Patience.deadline, source: nil) }
        try waiter.waitUntilParked()
        try Queue.post(Received(2), to: queue)
        #expect(try waiter.join() == .signaled(0))
        #expect(Queue.drain(queue) == [Received(2)])
        try MessageQueue.close(queue)
    }

    @Test func closedQueueIsRefused() throws {
        let queue = try Queue.make()
        try Queue.post(Received(1, payload: pattern(100)), to: queue)
        try MessageQueue.close(queue)
        #expect(throws: RatError.invalidHandle) { try Queue.post(Received(2), to: queue) }
        #expect(throws: RatError.invalidHandle) { try Queue.take(queue) }
        #expect(throws: RatError.invalidHandle) { try MessageQueue.peek(queue) }
        #expect(throws: RatError.invalidHandle) { try MessageQueue.close(queue) }
        // The record's next queue starts empty.
        let next = try Queue.make(capacity: 1)
        #expect(throws: RatError.timedOut) { try Queue.take(next) }
        try Queue.post(Received(3), to: next)
        #expect(throws: RatError.noResources) { try Queue.post(Received(4), to: next) }
        try MessageQueue.close(next)
    }
}
