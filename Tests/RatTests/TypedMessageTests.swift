internal import Rat
internal import Testing

@Suite struct TypedMessageTests {
    private struct Reading: Equatable {
        var sensor: UInt16
        var value: Double
        var isNew: Bool
    }

    /// Larger than what travels inside a queue's entry.
    private struct Large: Equatable {
        var rows: (SIMD64<UInt8>, SIMD64<UInt8>)

        static func == (left: Large, right: Large) -> Bool { left.rows == right.rows }
    }

    private func roundTrip<Value: BitwiseCopyable & Equatable>(_ value: Value) throws {
        let queue = try MessageQueue()
        try queue.post(1, value, priority: 2)
        try queue.post(Message(2, value))
        #expect(try queue.receive(timeout: .zero)?.value() == value)
        let message = try queue.next(timeout: .zero)
        #expect(message?.value() == value)
        #expect(message?.payload.count == MemoryLayout<Value>.size)
    }

    @Test func aValueArrivesAsItWasPosted() throws {
        try roundTrip(UInt8(7))
        try roundTrip(-5)
        try roundTrip(2.5)
        try roundTrip(SIMD4<Float>(1, 2, 3, 4))
        try roundTrip(Reading(sensor: 3, value: 0.1, isNew: true))
        try roundTrip(Large(rows: (SIMD64(repeating: 1), SIMD64(repeating: 2))))
    }

    @Test func aValueOfAnotherSizeIsNone() throws {
        let queue = try MessageQueue()
        try queue.post(1, 5 as Int32)
        #expect(try queue.peek()?.value(as: Int16.self) == nil)
        #expect(try queue.peek()?.value(as: Int64.self) == nil)
        #expect(try queue.peek()?.value(as: UInt32.self) == 5)
        #expect(Message(1).value(as: Int.self) == nil)
    }

    @Test(arguments: [0, 1, 64, 65, 1 << 20])
    func bytesAreReadWhereTheyLie(_ size: Int) throws {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let queue = try MessageQueue()
        try queue.post(9, bytes: unsafe bytes.span.bytes, priority: -1)
        guard let message = try queue.receive(timeout: .zero) else {
            Issue.record("nothing came")
            return
        }
        #expect(message.number == 9 && message.priority == -1)
        let isEqual = unsafe message.payload.withUnsafeBytes { unsafe $0.elementsEqual(bytes) }
        #expect(isEqual)
    }

    // That no span of a payload outlives its message is the compiler's to say: `return message.payload`
    // where `message` ends is an error: it escapes its scope.
    @Test func aMessageOutlivesLaterOnesAndItsQueue() throws {
        let queue = try MessageQueue()
        try queue.post(1, 11)
        try queue.post(2, SIMD64<UInt16>(repeating: 22))
        guard let first = try queue.receive(timeout: .zero),
            let second = try queue.receive(timeout: .zero)
        else {
            Issue.record("nothing came")
            return
        }
        try queue.post(3, 33)
        _ = try queue.next(timeout: .zero)
        queue.close()
        #expect(first.value() == 11)
        #expect(second.value() == SIMD64<UInt16>(repeating: 22))
    }

    @Test func aMessageIsReadByAnotherTask() async throws {
        let queue = try MessageQueue()
        try queue.post(1, SIMD64<UInt16>(repeating: 5))
        let read: @Sendable (consuming ReceivedMessage) async -> SIMD64<UInt16>? = { message in
            await Task.yield()
            return message.value()
        }
        guard let message = try queue.receive(timeout: .zero) else {
            Issue.record("nothing came")
            return
        }
        #expect(await read(message) == SIMD64<UInt16>(repeating: 5))
    }

    @Test func bytesOverTheMaximumAreRefused() throws {
        let queue = try MessageQueue()
        let bytes = [UInt8](repeating: 0, count: 16 << 20 + 1)
        expect(.invalidArgument) { try queue.post(1, bytes: unsafe bytes.span.bytes) }
        expect(.invalidArgument) { try queue.post(1, 5, priority: 4) }
    }

    @Test func messagesAreEqualIfTheySayTheSame() {
        #expect(Message(1, payload: [1]) == Message(1, payload: [1]))
        for other in [
            Message(2, payload: [1]), Message(1, wparam: 1, payload: [1]),
            Message(1, lparam: 1, payload: [1]), Message(1, priority: 1, payload: [1]),
            Message(1, payload: [2]),
        ] { #expect(other != Message(1, payload: [1])) }
    }
}
