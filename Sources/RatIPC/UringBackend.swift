internal import RatSystem

/// Polls and transfers with io_uring. The number of an operation is its tag.
final class UringBackend: AsyncBackend {
    private var ring: Uring
    private let wake: EventDescriptor
    private var isWakeWatched = false
    /// What a cancel was sent for and that has not ended. A cancel may miss what the kernel has
    /// between two places at that moment; then it is sent again.
    private var cancelling: Set<UInt64> = []

    /// The tag of no submission; their numbers start at 1 and never get so far.
    private static let wakeTag = UInt64.max
    /// Set in the tag of a cancel, beside the number of what it is for.
    private static let cancelBit: UInt64 = 1 << 63
    private static let entries: UInt32 = 256

    let transfersData = true

    init() throws(Errno) {
        ring = try Uring(entries: Self.entries)
        wake = try EventDescriptor()
    }

    func start(_ operation: AsyncOperation, number: UInt64) {
        switch operation {
        case .poll(let descriptor, let events): ring.poll(descriptor, for: events, tag: number)
        case .receive(let descriptor, let buffer):
            unsafe ring.receive(descriptor, buffer, tag: number)
        case .send(let descriptor, let bytes): unsafe ring.send(descriptor, bytes, tag: number)
        case .accept(let descriptor): ring.accept(descriptor, tag: number)
        }
    }

    func cancel(number: UInt64) {
        cancelling.insert(number)
        ring.cancel(number, tag: number | Self.cancelBit)
    }

    func wait(until deadline: Instant, _ didEnd: (_ number: UInt64, _ result: Int) -> Void) {
        if !isWakeWatched {
            ring.poll(wake.rawValue, for: .readable, tag: Self.wakeTag)
            isWakeWatched = true
        }
        var missed: [UInt64] = []
        ring.wait(until: deadline) { tag, result in
            if tag == Self.wakeTag {
                wake.drain()
                isWakeWatched = false
            } else if tag & Self.cancelBit == 0 {
                cancelling.remove(tag)
                didEnd(tag, result)
            } else if result < 0 {
                missed.append(tag & ~Self.cancelBit)
            }
        }
        for number in missed where cancelling.contains(number) { cancel(number: number) }
    }

    func wakeUp() {
        EventDescriptor.signal(wake.rawValue)
    }
}
