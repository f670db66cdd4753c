import RatCore
import RatSystem
import RatTestSupport
import Testing

@testable import RatMessaging

/// A thread's own queue. Each test brings a thread, so that the queue ends with the test.
@Suite struct ThreadQueueTests {
    private static func describe(_ retrieved: ThreadQueue.Retrieved) -> String {
        switch retrieved {
        case .message(let message): "message \(message.header.message)"
        case .quit(let message): "quit \(Int(bitPattern: message.header.wparam))"
        }
    }

    private static func drain(_ queue: ThreadQueue) -> [String] {
        var all: [String] = []
        while let next = try? queue.take(until: .distantPast) { all.append(describe(next)) }
        return all
    }

    @Test func threadHasOneQueue() throws {
        let isOne = try onThreadOfItsOwn {
            let first = try ThreadQueue.current()
            return try ThreadQueue.current() === first && ThreadQueue.currentIfAny === first
                && MessageQueue.owner(of: first.handle) == ThreadRecord.current
        }
        #expect(isOne)
    }

    @Test func quitComesOnceAfterEverythingPostedWithTheLastCode() throws {
        let order = try onThreadOfItsOwn {
            let queue = try ThreadQueue.current()
            try Queue.post(Received(1), to: queue.handle)
            queue.postQuit(5)
            queue.postQuit(-6)
            try Queue.post(Received(2, priority: -4), to: queue.handle)
            let peeked = [queue.peek(), queue.peek()].compactMap { $0 }.map(Self.describe)
            let first = Self.drain(queue)
            queue.postQuit(7)
            let again = queue.peek().map(Self.describe)
            return peeked + first + [again ?? ""] + Self.drain(queue)
        }
        #expect(
            order == [
                "message 1", "message 1", "message 1", "message 2", "quit -6", "quit 7", "quit 7",
            ]
        )
    }

    @Test func otherThreadsAreRefused() throws {
        let handle = Guarded(Handle.invalid)
        let isReady = Semaphore()
        let isOver = Semaphore()
        let owner = TestThread {
            handle.withLock { $0 = (try? ThreadQueue.current().handle) ?? .invalid }
            isReady.signal()
            return isOver.wait()
        }
        #expect(isReady.wait())
        try Queue.post(Received(1), to: handle.current)
        #expect(throws: RatError.wrongThread) { try Queue.take(handle.current) }
        #expect(throws: RatError.wrongThread) { try MessageQueue.peek(handle.current) }
        #expect(throws: RatError.notSupported) { try MessageQueue.close(handle.current) }
        isOver.signal()
        #expect(try owner.join())
        // It ended with its thread.
        #expect(throws: RatError.invalidHandle) { try Queue.post(Received(1), to: handle.current) }
        #expect(MessageQueue.owner(of: handle.current) == nil)
    }

    @Test func postWakesTheThreadThatWaits() throws {
        let handle = Guarded(Handle.invalid)
        let waiter = TestThread { () -> String? in
            guard let queue = try? ThreadQueue.current() else { return nil }
            handle.withLock { $0 = queue.handle }
            return (try? queue.take(until: Patience.deadline)).map(Self.describe)
        }
        try waiter.waitUntilParked()
        try Queue.post(Received(4), to: handle.current)
        #expect(try waiter.join() == "message 4")
    }

    @Test func timerComesAfterEverythingElseAndNotBeforeItsTime() throws {
        let order = try onThreadOfItsOwn {
            let queue = try ThreadQueue.current()
            let key = Timers.Key(window: .invalid, id: 0)
            let start = Instant.now()
            _ = queue.timers.set(key, milliseconds: 10, procedure: 0, now: start)
            queue.postQuit(1)
            var order = Self.drain(queue)
            order.append(Self.describe(try queue.take(until: Patience.deadline)))
            if Instant.now() < start.advanced(byMilliseconds: 10) { order.append("too early") }
            return order
        }
        #expect(order == ["quit 1", "message \(0x0113)"])
    }

    @Test func waitWithoutMessagesTimesOut() throws {
        let error = try onThreadOfItsOwn { () -> RatError? in
            let queue = try ThreadQueue.current()
            do throws(RatError) {
                _ = try queue.take(until: Instant.now().advanced(byMilliseconds: 1))
                return nil
            } catch {
                return error
            }
        }
        #expect(error == .timedOut)
    }

    private static let numbers = UInt32(0x8000)..<0x80C8

    @Test func messagesOfADeadTargetAreDropped() throws {
        let order = try onThreadOfItsOwn {
            let queue = try ThreadQueue.current()
            let living = try Target.make(of: queue)
            let dying = try Target.make(of: queue)
            // Numbers that windows may be posted.
            for number in Self.numbers {
                let target = number % 3 == 0 ? dying : living
                let message = Received(
                    number,
                    priority: Int32(number % 8) - 4,
                    payload: pattern(Int(number & 0xFF))
                )
                try Queue.post(message, to: target)
            }
            // Half are in the lanes already, half in the inbox.
            _ = queue.peek()
            Target.destroy(dying, of: queue)
            var received: [UInt32] = []
            while case .message(let message) = try? queue.take(until: .distantPast) {
                received.append(message.header.message)
                let size = Int(message.header.message & 0xFF)
                if message.bytes != pattern(size) { received.append(0) }
            }
            let isEmpty = Wait.forOne(queue.handle, until: .distantPast, source: queue)
            return isEmpty == .timedOut ? received.sorted() : []
        }
        #expect(order == Self.numbers.filter { $0 % 3 != 0 })
    }

    @Test func postsToADeadTargetAreRefused() throws {
        let error = try onThreadOfItsOwn { () -> RatError? in
            let queue = try ThreadQueue.current()
            let target = try Target.make(of: queue)
            Target.destroy(target, of: queue)
            do throws(RatError) {
                try Queue.post(Received(1), to: target)
                return nil
            } catch {
                return error
            }
        }
        #expect(error == .invalidHandle)
    }

    @Test func pointerPositionIsStampedOnWhatIsPosted() throws {
        let position = try onThreadOfItsOwn { () -> [Int32] in
            let queue = try ThreadQueue.current()
            queue.pointerPosition = (-3, 70_000)
            try Queue.post(Received(1), to: queue.handle)
            guard case .message(let message) = try queue.take(until: .distantPast) else {
                return []
            }
            return [message.header.x, message.header.y]
        }
        #expect(position == [-3, 70_000])
    }

    @Test func pointerPositionOfAnEndedThreadIsStampedOnNothing() throws {
        try onThreadOfItsOwn { try ThreadQueue.current().pointerPosition = (1, 2) }
        // The record of the ended queue is among those that these are made of.
        let queues = try (0..<40).map { _ in try Queue.make() }
        for queue in queues {
            try Queue.post(Received(1), to: queue)
            let header = try Queue.take(queue).header
            #expect(header.x == 0 && header.y == 0)
            try MessageQueue.close(queue)
        }
    }
}
