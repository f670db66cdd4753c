import RatCore
import RatSystem
import RatTestSupport
import Testing

@testable import RatMessaging

/// Full queues, priorities that wait, and who waits for either.
@Suite struct OverflowTests {
    private static func make(
        _ policy: OverflowPolicy,
        capacity: Int,
        _ change: (inout QueueOptions) -> Void = { _ in }
    ) throws -> Handle {
        var options = QueueOptions(capacity: capacity)
        options.policy = policy
        change(&options)
        return try MessageQueue.create(options)
    }

    // MARK: - Coalescing

    private static func post(
        _ number: UInt32,
        key: UInt64,
        _ priority: Int32 = 0,
        to queue: Handle
    ) throws(RatError) -> UInt64 {
        var options = PostOptions()
        options.key = key
        options.wantsToken = true
        return try Queue.post(Received(number, priority: priority), to: queue, options)
    }

    @Test func messageCoalescesWithTheNewestOfItsKeyThatIsStillThere() throws {
        let queue = try Self.make(.coalesce, capacity: 3)
        _ = try Self.post(1, key: 7, to: queue)
        _ = try Self.post(2, key: 7, to: queue)
        let newest = try Self.post(3, key: 7, to: queue)
        try MessageQueue.cancel(newest, of: queue)
        _ = try Self.post(4, key: 8, to: queue)
        // 2 is the newest of key 7 by now.
        _ = try Self.post(5, key: 7, to: queue)
        #expect(throws: RatError.noResources) { try Self.post(6, key: 9, to: queue) }
        #expect(Queue.drain(queue).map(\.number) == [1, 5, 4])
        try MessageQueue.close(queue)
    }

    @Test func coalescingFindsOlderMessagesWhenTheNewestWasRetrieved() throws {
        let queue = try Self.make(.coalesce, capacity: 2)
        _ = try Self.post(1, key: 7, -1, to: queue)
        _ = try Self.post(2, key: 7, 3, to: queue)
        #expect(try Queue.take(queue).header.message == 2)
        _ = try Self.post(3, key: 8, to: queue)
        _ = try Self.post(4, key: 7, to: queue)
        #expect(Queue.drain(queue).map(\.number) == [3, 4])
        try MessageQueue.close(queue)
    }

    @Test func replacingPostLeavesAloneWhatWasNotPostedToBeReplaced() throws {
        let queue = try Self.make(.coalesce, capacity: 10)
        _ = try Self.post(1, key: 7, to: queue)
        var options = PostOptions()
        options.key = 7
        options.replaces = true
        for number in UInt32(2)...3 { _ = try Queue.post(Received(number), to: queue, options) }
        #expect(Queue.drain(queue).map(\.number) == [1, 3])
        try MessageQueue.close(queue)
    }

    // MARK: - Dropping

    @Test func messageThatCanNeverFitDropsNothing() throws {
        let queue = try Self.make(.dropOldest, capacity: 10) { $0.byteBudget = 100 }
        for number in UInt32(1)...3 {
            try Queue.post(Received(number, payload: pattern(30)), to: queue)
        }
        #expect(throws: RatError.noResources) {
            try Queue.post(Received(4, payload: pattern(101)), to: queue)
        }
        #expect(Queue.drain(queue).map(\.number) == [1, 2, 3])
        try MessageQueue.close(queue)
    }

    // MARK: - Starvation

    @Test func lowPriorityThatComesLateIsNotStarved() throws {
        let queue = try Self.make(.refuse, capacity: 0) { $0.starvationLimit = 4 }
        for number in UInt32(1)...100 { try Queue.post(Received(number, priority: 2), to: queue) }
        _ = try Queue.take(queue)
        // While others are at hand already.
        try Queue.post(Received(999, priority: -4), to: queue)
        let place = Queue.drain(queue).firstIndex { $0.number == 999 }
        #expect(try #require(place) <= 4 + 7)
        try MessageQueue.close(queue)
    }

    // MARK: - Waiting

    /// A thread that posts a message of one number and waits for room.
    private static func poster(_ number: UInt32, to target: Handle) -> TestThread<RatError?> {
        TestThread {
            do throws(RatError) {
                var options = PostOptions()
                options.deadline = Patience.deadline
                _ = try Queue.post(Received(number), to: target, options)
                return nil
            } catch {
                return error
            }
        }
    }

    @Test func everyoneWhoWaitsGetsInWhenADyingWindowMakesRoomForAll() throws {
        try onThreadOfItsOwn {
            let queue = try ThreadQueue.make(QueueOptions(capacity: 4))
            let window = try Target.make(of: queue)
            for number in UInt32(5)...8 { try Queue.post(Received(number), to: window) }
            let posters = (UInt32(11)...13).map { Self.poster($0, to: queue.handle) }
            for poster in posters { try poster.waitUntilParked() }
            Target.destroy(window, of: queue)
            for poster in posters { #expect(try poster.join() == nil) }
            var numbers: [UInt32] = []
            while case .message(let message)? = try? queue.take(until: .distantPast) {
                numbers.append(message.header.message)
            }
            #expect(numbers.sorted() == [11, 12, 13])
        }
    }

    @Test func whoseWindowDiesWhileItWaitsLeavesItsPlaceToTheNext() throws {
        try onThreadOfItsOwn {
            let queue = try ThreadQueue.make(QueueOptions(capacity: 2))
            let (dying, other) = (try Target.make(of: queue), try Target.make(of: queue))
            try Queue.post(Received(5), to: dying)
            try Queue.post(Received(2), to: other)
            let first = Self.poster(15, to: dying)
            try first.waitUntilParked()
            let second = Self.poster(16, to: other)
            try second.waitUntilParked()
            // The one place that becomes free is offered to the first, which has no use for it.
            Target.destroy(dying, of: queue)
            #expect(try first.join() == .cancelled)
            #expect(try second.join() == nil)
        }
    }

    @Test func whoWaitsForTheNoticeAloneIsTold() throws {
        let queue = try Self.make(.refuse, capacity: 2) { $0.overflowMessage = 777 }
        let waiter = TestThread { () -> UInt32 in
            var message = Message(MessageHeader(message: 0))
            _ = try? unsafe Retrieval.take(
                from: queue,
                MessageFilter(range: 777...777),
                until: Patience.deadline,
                into: &message
            )
            return message.header.message
        }
        try waiter.waitUntilParked()
        for number in UInt32(1)...2 { try Queue.post(Received(number), to: queue) }
        try waiter.waitUntilParked()
        #expect(throws: RatError.noResources) { try Queue.post(Received(3), to: queue) }
        #expect(try waiter.join() == 777)
        try MessageQueue.close(queue)
    }

    @Test func whoWaitsForBytesIsToldWhenAReplacementIsSmaller() throws {
        let queue = try Self.make(.refuse, capacity: 10) { $0.byteBudget = 100 }
        var options = PostOptions()
        options.replaces = true
        options.key = 1
        _ = try Queue.post(Received(1, payload: pattern(100)), to: queue, options)
        let waiter = TestThread { () -> Bool in
            var options = PostOptions()
            options.deadline = Patience.deadline
            let message = Received(2, payload: pattern(50))
            return (try? Queue.post(message, to: queue, options)) != nil
        }
        try waiter.waitUntilParked()
        _ = try Queue.post(Received(3, payload: pattern(50)), to: queue, options)
        #expect(try waiter.join())
        #expect(Queue.drain(queue).map(\.number) == [3, 2])
        try MessageQueue.close(queue)
    }

    /// What a thread posts to its own queue counts for others only when it is there.
    @Test func ownPostsThatAreRefusedTakeNoOnesPlace() throws {
        let refused = try onThreadOfItsOwn { () -> UInt64 in
            let queue = try ThreadQueue.make(QueueOptions(capacity: 8))
            let handle = queue.handle
            let isOver = Guarded(false)
            for number in UInt32(0)..<6 { try Queue.post(Received(number), to: handle) }
            // It posts and takes one by one, so there are never more than seven and its own.
            let other = TestThread { () -> Int in
                var refused = 0
                while !isOver.current {
                    if (try? Queue.post(Received(1), to: handle)) == nil { refused += 1 }
                    _ = Patience.until {
                        isOver.current || ((try? MessageQueue.info(handle))?.queued ?? 0) < 7
                    }
                }
                return refused
            }
            for _ in 0..<20_000 {
                _ = try? queue.take(until: .distantPast)
                try? Queue.post(Received(2), to: handle)
                _ = try? queue.take(until: .distantPast)
            }
            isOver.withLock { $0 = true }
            let count = try other.join()
            return UInt64(count)
        }
        #expect(refused == 0)
    }
}
