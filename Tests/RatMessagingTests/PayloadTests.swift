import RatCore
import RatSystem
import RatTestSupport
import Testing

@testable import RatMessaging

/// Payloads: what arrives, and until when it may be read. The address sanitizer has its say here.
@Suite struct PayloadTests {
    @Test(arguments: [1, 2, 15, 16, 63, 64, 65, 66, 4096, 1 << 20, 16 << 20])
    func payloadArrivesWholeAndAligned(size: Int) throws {
        let queue = try Queue.make()
        var sent = [UInt8](repeating: 0xA5, count: size)
        sent[size - 1] = 7
        sent[size / 2] = 9
        try Queue.post(Received(1, payload: sent), to: queue)
        let message = try Queue.take(queue)
        #expect(message.header.size == UInt32(size))
        let isWhole = message.bytes == sent
        #expect(isWhole)
        let address = unsafe UInt(bitPattern: message.unsafePayload)
        #expect(address % 16 == 0 && address != 0)
        try MessageQueue.close(queue)
    }

    @Test func emptyPayloadIsNothing() throws {
        let queue = try Queue.make()
        var message = Message(MessageHeader(message: 1))
        var byte: UInt8 = 0
        unsafe withUnsafeMutableBytes(of: &byte) { unsafe message.unsafePayload = $0.baseAddress }
        try MessageQueue.post(message, to: queue)
        let received = try Queue.take(queue)
        #expect(unsafe received.unsafePayload == nil)
        try MessageQueue.close(queue)
    }

    @Test func payloadOverTheMaximumIsRefused() throws {
        let queue = try Queue.make()
        let tooLarge = Received(1, payload: [UInt8](repeating: 0, count: (16 << 20) + 1))
        #expect(throws: RatError.invalidArgument) { try Queue.post(tooLarge, to: queue) }
        #expect(Queue.drain(queue).isEmpty)
        try MessageQueue.close(queue)
    }

    @Test func byteBudgetIsExactAndComesBackWithRetrieval() throws {
        let queue = try Queue.make()
        let quarter = Received(1, payload: [UInt8](repeating: 1, count: 16 << 20))
        for _ in 0..<4 { try Queue.post(quarter, to: queue) }
        let byte = Received(2, payload: [3])
        #expect(throws: RatError.noResources) { try Queue.post(byte, to: queue) }
        // What has no payload needs none of it.
        try Queue.post(Received(4), to: queue)
        _ = try Queue.take(queue)
        try Queue.post(byte, to: queue)
        #expect(throws: RatError.noResources) { try Queue.post(quarter, to: queue) }
        for _ in 0..<3 { _ = try Queue.take(queue) }
        #expect(Queue.drain(queue) == [Received(4), byte])
        for _ in 0..<4 { try Queue.post(quarter, to: queue) }
        try MessageQueue.close(queue)
    }

    @Test(arguments: [8, 200])
    func payloadLivesUntilTheNextRetrievalFromThatQueue(size: Int) throws {
        let queue = try Queue.make()
        let other = try Queue.make()
        for seed in UInt8(1)...2 {
            try Queue.post(Received(1, payload: pattern(size, seed: seed)), to: queue)
        }
        try Queue.post(Received(2, payload: pattern(size, seed: 3)), to: other)
        let message = try Queue.take(queue)
        // None of these is a successful retrieval from that queue.
        let fromOther = try Queue.take(other)
        _ = try MessageQueue.peek(queue)
        #expect(throws: RatError.timedOut) { try Queue.take(other) }
        try onThreadOfItsOwn {
            let second = try Queue.take(queue)
            #expect(second.bytes == pattern(size, seed: 2))
        }
        #expect(throws: RatError.timedOut) { try Queue.take(queue) }
        try MessageQueue.close(queue)
        #expect(message.bytes == pattern(size, seed: 1))
        #expect(fromOther.bytes == pattern(size, seed: 3))
        try MessageQueue.close(other)
        #expect(message.bytes == pattern(size, seed: 1))
    }

    @Test func payloadMayBeWrittenTo() throws {
        let queue = try Queue.make()
        try Queue.post(Received(1, payload: pattern(64)), to: queue)
        let message = try Queue.take(queue)
        unsafe message.unsafePayload?.initializeMemory(as: UInt8.self, repeating: 5, count: 64)
        try Queue.post(Received(2, payload: pattern(64)), to: queue)
        #expect(message.bytes == [UInt8](repeating: 5, count: 64))
        #expect(try Queue.take(queue).bytes == pattern(64))
        try MessageQueue.close(queue)
    }

    @Test(arguments: [8, 200])
    func payloadSurvivesADispatchThatRetrieves(size: Int) throws {
        let queue = try Queue.make()
        for seed in UInt8(1)...3 {
            try Queue.post(Received(1, payload: pattern(size, seed: seed)), to: queue)
        }
        let depths = Guarded<[Int]>([])
        let target = try Target.make { message in
            let before = message.bytes
            if let next = try? Queue.take(queue) { try Target.dispatch(next, to: message) }
            depths.withLock { $0.append(message.bytes == before ? 1 : 0) }
        }
        let first = try Queue.take(queue)
        try Target.dispatch(first, to: target)
        #expect(depths.current == [1, 1, 1])
        // Each nested retrieval replaced one before it: only the last is held still.
        #expect(Queue.drain(queue).isEmpty)
        try MessageQueue.close(queue)
    }

    @Test func payloadOfAPeekedMessageMayBeRetrievedWhileItIsDispatched() throws {
        let queue = try Queue.make()
        for seed in UInt8(1)...2 {
            try Queue.post(Received(1, payload: pattern(200, seed: seed)), to: queue)
        }
        let target = try Target.make { _ in _ = try Queue.take(queue) }
        // The peeked message is not held; the procedure's retrieval makes it so.
        try Target.dispatch(try MessageQueue.peek(queue), to: target)
        let isSafe = Guarded(false)
        let second = try Queue.take(queue)
        try Queue.post(Received(1, payload: pattern(200, seed: 3)), to: queue)
        let reader = try Target.make { message in
            _ = try Queue.take(queue)
            isSafe.withLock { $0 = message.bytes == pattern(200, seed: 2) }
        }
        try Target.dispatch(second, to: reader)
        #expect(isSafe.current)
        try MessageQueue.close(queue)
    }

    @Test func payloadHeldByAPeekedDispatchIsStillKeptByTheNextOne() throws {
        let queue = try Queue.make()
        try Queue.post(Received(1, payload: pattern(200, seed: 1)), to: queue)
        let taken = Guarded<MessageHeader?>(nil)
        let address = Guarded<UInt>(0)
        let target = try Target.make { _ in
            let message = try Queue.take(queue)
            taken.withLock { $0 = message.header }
            address.withLock { $0 = unsafe UInt(bitPattern: message.unsafePayload) }
        }
        try Target.dispatch(try MessageQueue.peek(queue), to: target)
        var message = Message(try #require(taken.current))
        unsafe message.unsafePayload = UnsafeMutableRawPointer(bitPattern: address.current)
        try Queue.post(Received(1, payload: pattern(200, seed: 2)), to: queue)
        let isKept = Guarded(false)
        let reader = try Target.make { message in
            _ = try Queue.take(queue)
            isKept.withLock { $0 = message.bytes == pattern(200, seed: 1) }
        }
        try Target.dispatch(message, to: reader)
        #expect(isKept.current)
        try MessageQueue.close(queue)
    }
}
