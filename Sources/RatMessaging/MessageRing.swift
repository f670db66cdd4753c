internal import RatSystem

/// One queued message with the room for a small payload.
struct MessageEntry {
    var message: Message
    var inlinePayload: (SIMD16<UInt8>, SIMD16<UInt8>, SIMD16<UInt8>, SIMD16<UInt8>)
}

/// A ring of queued messages that grows as needed. Owns the payloads in it.
///
/// Raw memory, so that appending and taking are two copies and no more: entries are trivial values.
@safe struct MessageRing: ~Copyable {
    private var base: UnsafeMutablePointer<MessageEntry>?
    private var capacity = 0
    private var head = 0
    private(set) var count = 0

    private static let firstCapacity = 64

    init() {
        unsafe base = nil
    }

    deinit {
        unsafe base?.deallocate()
    }

    /// Appends room for one entry and returns it, to be filled before anything else happens to the ring.
    @inline(__always) mutating func unsafeAppendSlot() -> UnsafeMutablePointer<MessageEntry> {
        if count == capacity { grow() }
        let slot = unsafe slot(count)
        count &+= 1
        return unsafe slot
    }

    /// The entry at `index` from the front.
    @inline(__always) func unsafeEntry(at index: Int) -> UnsafeMutablePointer<MessageEntry> {
        unsafe slot(index)
    }

    /// Drops the first entry, whose payload is the caller's by now. Its memory stays readable until the
    /// next append.
    @inline(__always) mutating func removeFirst() {
        head = (head &+ 1) & (capacity &- 1)
        count &-= 1
    }

    /// Drops the entries for which `isUnwanted` says so, with their payloads; returns their number and bytes.
    mutating func removeAll(
        where isUnwanted: (UnsafeMutablePointer<MessageEntry>) -> Bool
    ) -> (count: Int, bytes: Int) {
        var kept = 0
        var removed = (count: 0, bytes: 0)
        for index in 0..<count {
            let entry = unsafe slot(index)
            if unsafe isUnwanted(entry) {
                removed.count += 1
                removed.bytes += unsafe Int(entry.pointee.message.header.size)
                unsafe entry.pointee.freePayload()
            } else {
                if kept != index { unsafe slot(kept).pointee = entry.pointee }
                kept += 1
            }
        }
        count = kept
        return removed
    }

    /// Moves the first entry to the end of another ring.
    mutating func moveFirst(to other: inout MessageRing) {
        unsafe other.unsafeAppendSlot().pointee = slot(0).pointee
        removeFirst()
    }

    @inline(__always) private func slot(_ index: Int) -> UnsafeMutablePointer<MessageEntry> {
        // There is an entry, so there is memory.
        unsafe base.unsafelyUnwrapped + ((head &+ index) & (capacity &- 1))
    }

    @inline(never) private mutating func grow() {
        let newCapacity = max(Self.firstCapacity, capacity * 2)
        let newBase = UnsafeMutablePointer<MessageEntry>.allocate(capacity: newCapacity)
        for index in 0..<count { unsafe (newBase + index).initialize(to: slot(index).pointee) }
        unsafe base?.deallocate()
        unsafe base = newBase
        capacity = newCapacity
        head = 0
    }
}

extension MessageEntry {
    /// Frees a payload that does not travel inside the entry.
    mutating func freePayload() {
        if message.header.size > Payload.inlineSize { unsafe message.unsafePayload?.deallocate() }
    }
}
