import RatCore
import RatSystem

@testable import RatMessaging

/// A display that a test fills by hand.
final class FakeSource: MessageSource {
    static let key: UInt32 = 0x0100
    static let mouseMove: UInt32 = 0x0200
    static let paint: UInt32 = 0x000F

    let descriptor: CInt? = nil
    let hasSent = false
    var isForeground = false
    private var inputs: [UInt32] = []
    private(set) var needsPaint = false
    private(set) var fresh: UInt32 = 0

    let hasSettledInput = false
    /// When a key comes, which nothing else tells of.
    var nextLook = Instant.distantFuture

    func refresh(readsDisplay: Bool) {
        guard nextLook <= Instant.now() else { return }
        nextLook = .distantFuture
        comes(Self.key)
    }

    func look(at kinds: UInt32) { fresh &= ~kinds }

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
