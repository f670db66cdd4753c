/// Names a record in type-stable memory: memory that is given to records of one type once and for ever,
/// reused for them, and never returned.
///
/// That makes a stale reference harmless. Whoever holds one may lock the record, find by its handle that
/// it has been retired or names something else by now, and leave; nothing needs counting, and a look-up
/// costs no atomic write. What a field may be read or written under, the record's declaration says.
@safe @frozen public struct StableReference<Record: ~Copyable>: Equatable, @unchecked Sendable {
    // Sendable, because the pointee is never freed, and each of its fields names the lock or the thread
    // that guards it.
    /// Where the record is.
    public let unsafePointer: UnsafeMutablePointer<Record>

    /// The pointer must come from a `StablePool<Record>`, or from memory that starts with such a record.
    @inlinable public init(unsafe pointer: UnsafeMutablePointer<Record>) {
        unsafe unsafePointer = pointer
    }

    /// The record, in place.
    @inlinable public var record: Record {
        @inline(__always) unsafeAddress { unsafe UnsafePointer(unsafePointer) }
        @inline(__always) nonmutating unsafeMutableAddress { unsafe unsafePointer }
    }

    /// Whether both name one record.
    @inlinable public static func == (left: Self, right: Self) -> Bool {
        unsafe left.unsafePointer == right.unsafePointer
    }

    /// Where the record is, for layouts that begin with another record.
    @inlinable public var raw: UnsafeMutableRawPointer {
        unsafe UnsafeMutableRawPointer(unsafePointer)
    }
}

/// A supply of type-stable records. Thread-safe.
///
/// A record that comes back keeps its contents, so that its lock stays a lock for those who come late.
@safe package final class StablePool<Record: ~Copyable>: ForkParticipant, @unchecked Sendable {
    // Sendable: every field is guarded by `lock`.
    private let lock = Lock()
    private var returned: [UnsafeMutablePointer<Record>] = unsafe []
    /// All slabs, the one with room last: none is ever lost, and leak checkers can see that.
    private var slabs: [UnsafeMutablePointer<Record>] = unsafe []
    private var slabRemaining = 0
    private let slabCount: Int

    package init(recordsPerSlab: Int) {
        slabCount = recordsPerSlab
        Fork.register(self)
    }

    /// A record that was used before, or memory that `initialize` has made one.
    package func take(
        initialize: (UnsafeMutablePointer<Record>) -> Void
    ) -> StableReference<Record> {
        lock.lock()
        defer { lock.unlock() }
        if let pointer = unsafe returned.popLast() {
            return unsafe StableReference(unsafe: pointer)
        }
        if slabRemaining == 0 {
            unsafe slabs.append(UnsafeMutablePointer<Record>.allocate(capacity: slabCount))
            slabRemaining = slabCount
        }
        slabRemaining -= 1
        guard let slab = unsafe slabs.last else { fatalError("a slab with room exists") }
        unsafe initialize(slab + slabRemaining)
        return unsafe StableReference(unsafe: slab + slabRemaining)
    }

    /// Gives a record back. Its contents stay as they are until it is taken again.
    package func giveBack(_ reference: StableReference<Record>) {
        lock.lock()
        unsafe returned.append(reference.unsafePointer)
        lock.unlock()
    }

    /// Calls `body` with every record that was ever made, in use or not, without a lock.
    package func forEach(_ body: (StableReference<Record>) -> Void) {
        lock.lock()
        let slabs = unsafe self.slabs
        let remaining = slabRemaining
        lock.unlock()
        for slab in unsafe slabs.indices {
            // A slab is handed out from its end.
            let first = unsafe slab == slabs.count - 1 ? remaining : 0
            for index in first..<slabCount {
                unsafe body(StableReference(unsafe: slabs[slab] + index))
            }
        }
    }

    package func lockForFork() { lock.lock() }

    package func unlockAfterFork() { lock.unlock() }

    package func startAnewInChild() { forgetAll() }

    /// In a forked child: leaves the parent's records alone, whose locks may be held for ever, and starts
    /// with none.
    package func forgetAll() {
        lock.forceUnlocked()
        unsafe returned = []
        unsafe slabs = []
        slabRemaining = 0
    }
}
