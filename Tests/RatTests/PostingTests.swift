internal import Rat
internal import RatWindowingTestSupport
internal import Testing

@Suite struct PostingTests {
    private func numbers(of queue: MessageQueue) throws -> [UInt32] {
        var numbers: [UInt32] = []
        while let message = try queue.next(timeout: .zero) { numbers.append(message.number) }
        return numbers
    }

    // MARK: - A full queue

    @Test func aFullQueueDropsItsOldest() throws {
        let queue = try MessageQueue(MessageQueue.Options(capacity: 2, overflow: .dropOldest))
        for number in 1...4 as ClosedRange<UInt32> { try queue.post(Message(number)) }
        #expect(try queue.info.dropped == 2)
        #expect(try numbers(of: queue) == [3, 4])
    }

    @Test func aFullQueueCoalesces() throws {
        let queue = try MessageQueue(MessageQueue.Options(capacity: 2, overflow: .coalesce))
        try queue.post(Message(1, lparam: 1))
        try queue.post(Message(2))
        try queue.post(Message(1, lparam: 2))
        expect(.noResources) { try queue.post(Message(3)) }
        #expect(try queue.next(timeout: .zero) == Message(1, lparam: 2))
        #expect(try queue.info.replaced == 1 && queue.info.refused == 1)
    }

    @Test func aPosterWaitsForRoom() throws {
        let queue = try MessageQueue(MessageQueue.Options(capacity: 1, overflow: .wait()))
        let thread = try OtherThread {
            for number in 1...1000 as ClosedRange<UInt32> { try? queue.post(Message(number)) }
        }
        for number in 1...1000 as ClosedRange<UInt32> {
            #expect(try queue.next(timeout: .seconds(60))?.number == number)
        }
        thread.join()
    }

    @Test func waitingForRoomEndsWithItsTimeout() throws {
        let options = MessageQueue.Options(capacity: 1, overflow: .wait(.milliseconds(1)))
        let queue = try MessageQueue(options)
        try queue.post(Message(1))
        expect(.timedOut) { try queue.post(Message(2)) }
        expect(.timedOut) { try queue.post(Message(2), timeout: .milliseconds(1)) }
        expect(.noResources) { try queue.post(Message(2), timeout: .zero) }
        #expect(try numbers(of: queue) == [1])
    }

    @Test func bytesHaveABudget() throws {
        var options = MessageQueue.Options()
        options.byteBudget = 100
        let queue = try MessageQueue(options)
        try queue.post(Message(1, payload: [UInt8](repeating: 0, count: 90)))
        expect(.noResources) { try queue.post(2, SIMD16<UInt8>()) }
        try queue.post(Message(3))
        #expect(try queue.info.queuedBytes == 90)
    }

    @Test func theOwnerIsToldOfOverflow() throws {
        var options = MessageQueue.Options(capacity: 2)
        options.overflowMessage = 99
        let queue = try MessageQueue(options)
        for number in 1...3 as ClosedRange<UInt32> { try? queue.post(Message(number)) }
        #expect(try queue.info.isOverflowing)
        #expect(try queue.next(timeout: .zero) == Message(99, wparam: 1, lparam: 1))
        #expect(try queue.next(timeout: .zero)?.number == 1)
        #expect(try queue.next(timeout: .zero) == Message(99, wparam: 0, lparam: 1))
        #expect(try numbers(of: queue) == [2])
    }

    @Test func noPriorityStarvesWhereTheOwnerSaysSo() throws {
        var options = MessageQueue.Options()
        options.starvationLimit = 3
        let queue = try MessageQueue(options)
        try queue.post(Message(1, priority: -4))
        for _ in 0..<50 { try queue.post(Message(2, priority: 3)) }
        let place = try #require(try numbers(of: queue).firstIndex(of: 1))
        #expect(place <= 3 + 7)
    }

    @Test func optionsOutOfRangeAreRefused() {
        var options = MessageQueue.Options()
        options.starvationLimit = -1
        expect(.invalidArgument) { try MessageQueue(options) }
        options = MessageQueue.Options()
        options.byteBudget = -1
        expect(.invalidArgument) { try MessageQueue(options) }
        for timeout in [.seconds(Int64.max), .seconds(Int64.min), .zero] as [Duration] {
            #expect(throws: Never.self) {
                try MessageQueue(MessageQueue.Options(overflow: .wait(timeout)))
            }
        }
    }

    // MARK: - Time, keys and tokens

    @Test func aMessageComesWhenItsTimeHas() throws {
        let queue = try MessageQueue()
        try queue.post(Message(1), after: .milliseconds(2))
        try queue.post(Message(2), after: .seconds(3600))
        #expect(try queue.info.delayed == 2)
        #expect(try queue.next(timeout: .seconds(60))?.number == 1)
        #expect(try queue.next(timeout: .zero) == nil)
    }

    @Test func aMessageReplacesThatOfItsKey() throws {
        let queue = try MessageQueue()
        try queue.post(Message(1), replacing: 7)
        try queue.post(Message(2))
        try queue.post(Message(3), replacing: 7)
        try queue.post(Message(4), replacing: 8)
        #expect(try numbers(of: queue) == [3, 2, 4])
        #expect(try queue.info.replaced == 1)
    }

    @Test func aMessageIsTakenBackWhileItIsQueued() throws {
        let queue = try MessageQueue()
        let posted = try (1...4 as ClosedRange<UInt32>).map {
            try queue.post(Message($0), after: $0 == 2 ? .seconds(3600) : .zero, replacing: nil)
        }
        #expect(posted[1].cancel() && posted[2].cancel())
        #expect(!posted[2].cancel())
        #expect(try numbers(of: queue) == [1, 4])
        #expect(!posted[0].cancel())
        #expect(try queue.info.cancelled == 2)
        queue.close()
        #expect(!posted[3].cancel())
    }

    // MARK: - Retrieving

    @Test func aFilterLeavesTheRest() throws {
        let queue = try MessageQueue()
        for number in 1...5 as ClosedRange<UInt32> { try queue.post(Message(number)) }
        try queue.notify(Message(6))
        #expect(try queue.next(matching: .number(3), timeout: .zero)?.number == 3)
        #expect(try queue.next(matching: .posted, timeout: .zero)?.number == 1)
        let late = MessageFilter(numbers: 4...9, origin: .posted)
        #expect(try queue.peek(matching: late)?.number == 4)
        #expect(try queue.receive(matching: .sent, timeout: .zero)?.number == 6)
        #expect(try queue.receive(matching: .sent, timeout: .milliseconds(1)) == nil)
        #expect(try numbers(of: queue) == [2, 4, 5])
    }

    @Test func peekingTakesNothing() throws {
        let queue = try MessageQueue()
        #expect(try queue.peek() == nil)
        try queue.post(Message(1, payload: [1, 2]))
        #expect(try queue.peek() == Message(1, payload: [1, 2]))
        #expect(try queue.next(timeout: .zero) == Message(1, payload: [1, 2]))
    }

    @Test func theCountsAddUp() throws {
        let queue = try MessageQueue(MessageQueue.Options(capacity: 3, overflow: .dropOldest))
        for number in 1...5 as ClosedRange<UInt32> { try queue.post(Message(number)) }
        try queue.post(Message(6)).cancel()
        _ = try queue.next(timeout: .zero)
        let info = try queue.info
        let counted = info.retrieved + info.dropped + info.replaced + info.cancelled
        #expect(info.posted == counted + UInt64(info.queued + info.delayed))
        #expect(info.capacity == 3 && info.byteBudget == 64 << 20)
    }

    @Test func aClosedQueueRefusesEverything() throws {
        let queue = try MessageQueue()
        queue.close()
        queue.close()
        expect(.invalidHandle) { try queue.post(Message(1)) }
        expect(.invalidHandle) { try queue.next(timeout: .zero) }
        expect(.invalidHandle) { try queue.peek() }
        expect(.invalidHandle) { try queue.info }
        expect(.invalidHandle) { try queue.send(Message(1), timeout: nil) }
    }
}
