internal import Synchronization

/// Memory for payloads that do not travel inside a node.
///
/// Large ones are kept for the next of their size, 8 MiB at most in all: memory that the system has just given, or was
/// just given back to, costs more than copying a payload into it. What is kept lies in slots that one exchange fills or
/// empties, so that any thread may, and so may a child that was forked in between.
enum PayloadBuffers {
    /// Sizes up to a power of two each, and how many of them are kept.
    private static let kept = [(17, 4), (18, 4), (19, 3), (20, 3), (21, 1)]
    private static let leastKept = 1 << 16
    /// Four for each size; not all are used.
    private static let slots = InlineArray<20, Atomic<UInt>> { _ in Atomic(0) }

    static func make(_ size: Int) -> UnsafeMutableRawPointer {
        guard let place = place(of: size) else { return unsafe allocate(size) }
        for slot in place.slots where slots[slot].load(ordering: .relaxed) != 0 {
            let address = slots[slot].exchange(0, ordering: .acquiring)
            if let buffer = unsafe UnsafeMutableRawPointer(bitPattern: address) {
                return unsafe buffer
            }
        }
        return unsafe allocate(place.capacity)
    }

    /// Takes back what was made for at least so many bytes.
    static func free(_ buffer: UnsafeMutableRawPointer, _ size: Int) {
        if let place = place(of: size) {
            let address = UInt(bitPattern: buffer)
            for slot in place.slots where slots[slot].load(ordering: .relaxed) == 0 {
                let isKept = slots[slot].compareExchange(
                    expected: 0,
                    desired: address,
                    ordering: .releasing
                ).exchanged
                if isKept { return }
            }
        }
        unsafe buffer.deallocate()
    }

    private static func allocate(_ size: Int) -> UnsafeMutableRawPointer {
        .allocate(byteCount: size, alignment: Payload.alignment)
    }

    private static func place(of size: Int) -> (slots: Range<Int>, capacity: Int)? {
        guard size > leastKept, size <= 1 << 21 else { return nil }
        let exponent = Int.bitWidth - (size - 1).leadingZeroBitCount
        let (_, count) = kept[exponent - 17]
        let first = 4 * (exponent - 17)
        return (first..<first + count, 1 << exponent)
    }
}
