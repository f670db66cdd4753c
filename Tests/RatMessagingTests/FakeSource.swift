import RatCore
import RatTestSupport

@testable import RatMessaging

/// A display that a test fills by hand.
final class FakeSource: MessageSource {
    static let key: UInt32 = 0x0100
    static let mouseMove: UInt32 = 0x0200
    static let paint: UInt32 = 0x000F

    let descriptor: CInt? = nil
    let hasSent = false
    private var inputs: [UInt32] = []
    private(set) var needsPaint = false
    var fresh: UInt32 = 0

    func refresh() {}

    func prepareToSleep() -> Bool { true }

    func deliverSent() {}

    var pending: UInt32 {
        inputs.reduce(needsPaint ? QueueStatus.paint : 0) { $0 | Self.kind(of: $1) }
    }

    private static func kind(of number: UInt32) -> UInt32 {
        number == key ? QueueStatus.key : QueueStatus.mouseMove
    }

    func comes(_ number: UInt32) {
        inputs.append(number)
        fresh |= Self.kind(of: number)
    }

    func invalidate() {
        needsPaint = true
        fresh |= QueueStatus.paint
    }

    func validate() {
        needsPaint = false
    }

    func nextInput(_ filter: MessageFilter, isRemoving: Bool) -> Message? {
        let place = inputs.firstIndex {
            filter.isFor(Self.kind(of: $0)) && filter.admits(number: $0)
        }
        guard let place else { return nil }
        defer { if isRemoving { inputs.remove(at: place) } }
        return Message(MessageHeader(message: inputs[place]))
    }

    func nextPaint(_ filter: MessageFilter) -> Message? {
        guard needsPaint, filter.admits(number: Self.paint) else { return nil }
        return Message(MessageHeader(message: Self.paint))
    }
}

/// A thread that sends for a test, one message after another.
final class Courier: Sendable {
    private struct Order: Sendable {
        var number: UInt32
        var target: Handle
    }

    private let order = Guarded<Order?>(nil)
    private let called = Semaphore()
    private let done = Semaphore()
    private let thread: TestThread<Void>

    init() {
        let (order, called, done) = (order, called, done)
        thread = TestThread {
            while called.wait(), let next = order.current {
                let message = Message(MessageHeader(message: next.number))
                try? unsafe withUnsafePointer(to: message) { pointer in
                    try unsafe Sending.notify(pointer, to: next.target)
                }
                done.signal()
            }
        }
    }

    /// Sends without waiting for what comes of it.
    func notify(_ number: UInt32, to target: Handle) {
        order.withLock { $0 = Order(number: number, target: target) }
        called.signal()
        _ = done.wait()
    }

    func end() throws {
        order.withLock { $0 = nil }
        called.signal()
        try thread.join()
    }
}
