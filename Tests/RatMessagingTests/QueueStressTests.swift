import RatCore
import RatSystem
import RatTestSupport
import Testing

@testable import RatMessaging

/// Many threads at once; for the thread sanitizer as much as for what is expected.
@Suite struct QueueStressTests {
    private static let producers = 4
    private static let messages = 4_000

    /// Posts numbered messages in all priorities, and tries again where the queue is full.
    private static func produce(
        _ producer: Int,
        to queue: Handle
    ) -> TestThread<Bool> {
        TestThread {
            var random = SeededRandom(seed: UInt64(producer))
            for number in 0..<messages {
                let size = [0, 8, 64, 100].randomElement(using: &random) ?? 0
                let message = Received(
                    UInt32(producer),
                    wparam: UInt(number),
                    priority: Int32.random(in: -4...3, using: &random),
                    payload: pattern(size, seed: UInt8(producer))
                )
                let isPosted = Patience.until { (try? Queue.post(message, to: queue)) != nil }
                guard isPosted else { return false }
            }
            return true
        }
    }

    /// Whether what one thread received of each producer in each priority is in order, and whole.
    private static func isInOrder(_ received: [Received]) -> Bool {
        var last: [UInt64: UInt] = [:]
        for message in received {
            let lane = UInt64(message.number) << 8 | UInt64(message.priority + 4)
            if let before = last[lane], before >= message.wparam { return false }
            last[lane] = message.wparam
            let expected = pattern(message.payload.count, seed: UInt8(message.number))
            if message.payload != expected { return false }
        }
        return true
    }

    /// Whether everything was received exactly once.
    private static func isComplete(_ received: [Received]) -> Bool {
        let all = Set(received.map { UInt64($0.number) << 32 | UInt64($0.wparam) })
        return received.count == producers * messages && all.count == received.count
    }

    @Test(arguments: [0, 16])
    func unnamedQueueDeliversEverythingOnceAndInOrder(capacity: Int) throws {
        let queue = try Queue.make(capacity: capacity)
        let consumers = (0..<2).map { _ in
            TestThread { () -> [Received] in
                var received: [Received] = []
                while true {
                    do throws(RatError) {
                        let message = try MessageQueue.take(
                            from: queue,
                            until: Patience.deadline
                        )
                        // The end: one for each consumer, behind everything else.
                        if message.header.message == 99 { return received }
                        received.append(Received(message))
                    } catch {
                        return []
                    }
                }
            }
        }
        let producers = (0..<Self.producers).map { Self.produce($0, to: queue) }
        for producer in producers { #expect(try producer.join()) }
        for _ in 0..<2 {
            let end = Received(99, priority: -4)
            #expect(Patience.until { (try? Queue.post(end, to: queue)) != nil })
        }
        let received = try consumers.map { try $0.join() }
        for one in received { #expect(Self.isInOrder(one)) }
        #expect(Self.isComplete(received.flatMap { $0 }))
        try MessageQueue.close(queue)
    }

    @Test func threadQueueDeliversEverythingOnceAndInOrder() throws {
        let handle = Guarded(Handle.invalid)
        let isReady = Semaphore()
        let consumer = TestThread { () -> [Received] in
            guard let queue = try? ThreadQueue.current() else { return [] }
            handle.withLock { $0 = queue.handle }
            isReady.signal()
            var received: [Received] = []
            while received.count < Self.producers * Self.messages {
                guard case .message(let message) = try? queue.take(until: Patience.deadline)
                else { break }
                received.append(Received(message))
            }
            return received
        }
        #expect(isReady.wait())
        let producers = (0..<Self.producers).map { Self.produce($0, to: handle.current) }
        for producer in producers { #expect(try producer.join()) }
        let received = try consumer.join()
        #expect(Self.isInOrder(received))
        #expect(Self.isComplete(received))
    }

    @Test func queuesAreClosedWhileOthersPostAndRetrieve() throws {
        let current = Guarded(try Queue.make())
        let isOver = Guarded(false)
        let posters = (0..<2).map { number in
            TestThread {
                while !isOver.current {
                    let message = Received(UInt32(number), payload: pattern(80))
                    try? Queue.post(message, to: current.current)
                }
            }
        }
        let getters = (0..<2).map { _ in
            TestThread { () -> Int in
                var strange = 0
                while !isOver.current {
                    let deadline = Instant.now().advanced(byMilliseconds: 1)
                    do throws(RatError) {
                        let queue = current.current
                        let message = try MessageQueue.take(from: queue, until: deadline)
                        if message.bytes != pattern(80) { strange += 1 }
                    } catch {
                        let isExpected =
                            error == .invalidHandle || error == .cancelled || error == .timedOut
                        if !isExpected { strange += 1 }
                    }
                }
                return strange
            }
        }
        for _ in 0..<500 {
            let next = try Queue.make()
            let old = current.withLock { queue in
                defer { queue = next }
                return queue
            }
            try MessageQueue.close(old)
        }
        isOver.withLock { $0 = true }
        for getter in getters { #expect(try getter.join() == 0) }
        for poster in posters { try poster.join() }
        try MessageQueue.close(current.current)
    }

    @Test func threadsComeAndGoWhileOthersPostToTheirQueues() throws {
        let handle = Guarded(Handle.invalid)
        let isOver = Guarded(false)
        let posters = (0..<2).map { _ in
            TestThread {
                while !isOver.current {
                    try? Queue.post(Received(1, payload: pattern(70)), to: handle.current)
                }
            }
        }
        for _ in 0..<100 {
            let isServed = try onThreadOfItsOwn {
                let queue = try ThreadQueue.current()
                handle.withLock { $0 = queue.handle }
                guard case .message(let message) = try queue.take(until: Patience.deadline)
                else { return false }
                return message.bytes == pattern(70)
            }
            #expect(isServed)
        }
        isOver.withLock { $0 = true }
        for poster in posters { try poster.join() }
    }
}
