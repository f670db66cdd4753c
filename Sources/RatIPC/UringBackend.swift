internal import RatSystem

/// Polls and transfers with io_uring. The number of an operation is its tag.
final class UringBackend: AsyncBackend {
    private var ring: Uring
    private let wake: EventDescriptor
    private var isWakeWatched = false

    /// Tags of what is not a submission's; numbers of those start at 1 and never get so far.
    private static let wakeTag = UInt64.max
    private static let cancelTag = UInt64.max - 1
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
        ring.cancel(number, tag: Self.cancelTag)
    }

    func wait(until deadline: Instant, _ didEnd: (_ number: UInt64, _ result: Int) -> Void) {
        if !isWakeWatched {
            ring.poll(wake.rawValue, for: .readable, tag: Self.wakeTag)
            isWakeWatched = true
        }
        ring.wait(until: deadline) { tag, result in
            switch tag {
            case Self.wakeTag:
                wake.drain()
                isWakeWatched = false
            // What was cancelled answers for itself.
            case Self.cancelTag: break
            default: didEnd(tag, result)
            }
        }
    }

    func wakeUp() {
        EventDescriptor.signal(wake.rawValue)
    }
}
