import RatCore
import RatSystem
import RatTestSupport
import Testing

@testable import RatMessaging

/// Payloads that are kept beyond their lifetime, and copies that peeks show. The address sanitizer has its say
/// here.
@Suite struct RetainedPayloadTests {
    /// A message's address, for another thread.
    private static func address(_ message: Message) -> UInt {
        unsafe UInt(bitPattern: message.unsafePayload)
    }

    private static func release(_ address: UInt) throws(RatError) {
        try unsafe RetainedPayloads.release(UnsafeMutableRawPointer(bitPattern: address))
    }

    private static func makeQueue(_ sizes: [Int]) throws -> Handle {
        let queue = try Queue.make()
        for (number, size) in sizes.enumerated() {
            let payload = pattern(size, seed: UInt8(number))
            try Queue.post(Received(UInt32(number), payload: payload), to: queue)
        }
        return queue
    }

    @Test(arguments: [8, 200])
    func retainedPayloadLivesUntilItIsReleasedAsOften(size: Int) throws {
        let queue = try Self.makeQueue([size, size, size])
        let message = try Queue.take(queue)
        for _ in 0..<2 { try unsafe RetainedPayloads.retain(message.unsafePayload) }
        _ = try Queue.take(queue)
        try unsafe RetainedPayloads.release(message.unsafePayload)
        _ = try Queue.take(queue)
        try MessageQueue.close(queue)
        #expect(message.bytes == pattern(size))
        try Self.release(Self.address(message))
        #expect(throws: RatError.notFound) { try Self.release(Self.address(message)) }
    }

    @Test(arguments: [8, 200])
    func releasedPayloadLivesAsLongAsItWouldHave(size: Int) throws {
        let queue = try Self.makeQueue([size, size])
        let message = try Queue.take(queue)
        try unsafe RetainedPayloads.retain(message.unsafePayload)
        try unsafe RetainedPayloads.release(message.unsafePayload)
        #expect(message.bytes == pattern(size))
        #expect(throws: RatError.notFound) { try Self.release(Self.address(message)) }
        // It may be retained again, and a later retrieval ends a life that nobody keeps.
        try unsafe RetainedPayloads.retain(message.unsafePayload)
        try unsafe RetainedPayloads.release(message.unsafePayload)
        _ = try Queue.take(queue)
        try MessageQueue.close(queue)
    }

    @Test(arguments: [8, 200])
    func payloadIsReleasedByAnotherThreadAndOutlivesItsOwn(size: Int) throws {
        let queue = try Self.makeQueue([size])
        let address = try onThreadOfItsOwn {
            let message = try Queue.take(queue)
            try unsafe RetainedPayloads.retain(message.unsafePayload)
            return Self.address(message)
        }
        var copy = Message(MessageHeader(message: 1))
        copy.header.size = UInt32(size)
        unsafe copy.unsafePayload = UnsafeMutableRawPointer(bitPattern: address)
        #expect(copy.bytes == pattern(size))
        // What is retained already may be so by any thread.
        try unsafe RetainedPayloads.retain(copy.unsafePayload)
        try Self.release(address)
        try onThreadOfItsOwn { try Self.release(address) }
        try MessageQueue.close(queue)
    }

    @Test func whatTheThreadDoesNotHoldIsNotFound() throws {
        let queue = try Self.makeQueue([80])
        let peeked = try MessageQueue.peek(queue)
        #expect(throws: RatError.notFound) {
            try unsafe RetainedPayloads.retain(peeked.unsafePayload)
        }
        let address = Self.address(try Queue.take(queue))
        _ = try onThreadOfItsOwn {
            #expect(throws: RatError.notFound) {
                try unsafe RetainedPayloads.retain(UnsafeMutableRawPointer(bitPattern: address))
            }
        }
        #expect(throws: RatError.notFound) { try unsafe RetainedPayloads.retain(nil) }
        #expect(throws: RatError.notFound) { try unsafe RetainedPayloads.release(nil) }
        try MessageQueue.close(queue)
    }

    @Test func payloadsOfManyQueuesLiveIndependently() throws {
        let queues = try (0..<20).map { try Self.makeQueue([$0 * 10 + 1, 300]) }
        let first = try queues.map { try Queue.take($0) }
        // The next retrieval from every other queue.
        for place in stride(from: 0, to: 20, by: 2) {
            #expect(try Queue.take(queues[place]).bytes == pattern(300, seed: 1))
        }
        for place in stride(from: 1, to: 20, by: 2) {
            #expect(first[place].bytes == pattern(place * 10 + 1))
        }
        for queue in queues { try MessageQueue.close(queue) }
        for place in stride(from: 1, to: 20, by: 2) {
            #expect(first[place].bytes == pattern(place * 10 + 1))
        }
        // The thread's next retrieval from any queue ends what came from closed ones.
        let other = try Self.makeQueue([5])
        _ = try Queue.take(other)
        try MessageQueue.close(other)
    }

    @Test func peekShowsACopyThatOthersRetrievalsLeaveAlone() throws {
        let sizes = [10, 300, 5000, 64]
        let queue = try Self.makeQueue(sizes)
        for (number, size) in sizes.enumerated() {
            let peeked = try MessageQueue.peek(queue)
            try onThreadOfItsOwn { _ = try Queue.take(queue) }
            let isSame = peeked.bytes == pattern(size, seed: UInt8(number))
            #expect(isSame)
            #expect(Self.address(peeked) % 16 == 0)
        }
        try MessageQueue.close(queue)
    }

    @Test func writingToAPeekedPayloadChangesNoMessage() throws {
        let queue = try Self.makeQueue([40])
        let peeked = try MessageQueue.peek(queue)
        unsafe peeked.unsafePayload?.initializeMemory(as: UInt8.self, repeating: 1, count: 40)
        #expect(try Queue.take(queue).bytes == pattern(40))
        try MessageQueue.close(queue)
    }
}
