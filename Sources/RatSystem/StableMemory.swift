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

/// A supply of type-stable records. Thread-safe, and for ever: pools are kept in globals.
///
/// A record that comes back keeps its contents, so that its lock stays a lock for those who come late.
@safe public struct StablePool<Record: ~Copyable>: Sendable {
    @usableFromInline let memory: StableMemory

    /// A pool that makes so many records at once.
    @inlinable public init(recordsPerSlab: Int) {
        memory = StableMemory(
            byteCount: MemoryLayout<Record>.size,
            alignment: MemoryLayout<Record>.alignment,
            placesPerSlab: recordsPerSlab
        )
    }

    /// A record that was used before, or memory that `initialize` has made one.
    @inlinable public func take(
        initialize: (UnsafeMutablePointer<Record>) -> Void
    ) -> StableReference<Record> {
        let place = unsafe memory.take { place in
            unsafe initialize(place.assumingMemoryBound(to: Record.self))
        }
        return unsafe StableReference(unsafe: place.assumingMemoryBound(to: Record.self))
    }

    /// Takes a record back, to be given out again.
    @inlinable public func giveBack(_ reference: StableReference<Record>) {
        unsafe memory.giveBack(reference.raw)
    }

    /// Calls `body` with every record that was ever made, in use or not, without a lock.
    @inlinable public func forEach(_ body: (StableReference<Record>) -> Void) {
        unsafe memory.forEach { place in
            unsafe body(StableReference(unsafe: place.assumingMemoryBound(to: Record.self)))
        }
    }

    /// In a forked child: leaves the parent's records alone, whose locks may be held for ever, and starts
    /// with none.
    package func forgetAll() {
        memory.startAnewInChild()
    }
}

/// What a pool of records is when their type is left aside: places of one size.
///
/// A place is the record and, behind it, the link of a place that is not in use. Nobody reads or writes
/// more than the record of a place that he has given back. Each has cache lines of its own, because
/// neighbours are used by different threads.
@safe @usableFromInline final class StableMemory: ForkParticipant, @unchecked Sendable {
    // Sendable: every variable is guarded by `lock`.
    private let lock = Lock()
    /// The place that came back last.
    private var firstFree: UnsafeMutableRawPointer?
    /// All slabs, the one with room last: none is ever lost, and leak checkers can see that.
    private var slabs: [UnsafeMutableRawPointer] = unsafe []
    /// How many places of the last slab were never given out.
    private var remaining = 0
    private let linkOffset: Int
    private let stride: Int
    private let placesPerSlab: Int

    private static let cacheLine = 64

    @usableFromInline init(byteCount: Int, alignment: Int, placesPerSlab: Int) {
        precondition(alignment <= Self.cacheLine, "a record is aligned to a cache line at most")
        linkOffset = (byteCount + 7) & ~7
        stride = (linkOffset + 8 + Self.cacheLine - 1) & ~(Self.cacheLine - 1)
        self.placesPerSlab = placesPerSlab
        unsafe firstFree = nil
        Fork.register(self)
    }

    @usableFromInline func take(
        initialize: (UnsafeMutableRawPointer) -> Void
    ) -> UnsafeMutableRawPointer {
        lock.lock()
        if let place = unsafe firstFree {
            unsafe firstFree = unsafe link(of: place).pointee
            lock.unlock()
            return unsafe place
        }
        let place = unsafe unusedPlace()
        // Under the lock, because `forEach` takes it for a record from now on.
        unsafe initialize(place)
        lock.unlock()
        return unsafe place
    }

    @usableFromInline func giveBack(_ place: UnsafeMutableRawPointer) {
        lock.lock()
        unsafe link(of: place).pointee = firstFree
        unsafe firstFree = place
        lock.unlock()
    }

    @usableFromInline func forEach(_ body: (UnsafeMutableRawPointer) -> Void) {
        lock.lock()
        let slabs = unsafe self.slabs
        let remaining = self.remaining
        lock.unlock()
        for slab in unsafe slabs.indices {
            // A slab is handed out from its end.
            let first = unsafe slab == slabs.count - 1 ? remaining : 0
            for index in first..<placesPerSlab { unsafe body(slabs[slab] + index * stride) }
        }
    }

    @usableFromInline func lockForFork() { lock.lock() }

    @usableFromInline func unlockAfterFork() { lock.unlock() }

    @usableFromInline func startAnewInChild() {
        lock.forceUnlocked()
        unsafe firstFree = nil
        unsafe slabs = []
        remaining = 0
    }

    /// Under the lock.
    @inline(never) private func unusedPlace() -> UnsafeMutableRawPointer {
        if remaining == 0 {
            let slab = UnsafeMutableRawPointer.allocate(
                byteCount: placesPerSlab * stride,
                alignment: Self.cacheLine
            )
            unsafe slabs.append(slab)
            remaining = placesPerSlab
        }
        remaining -= 1
        guard let slab = unsafe slabs.last else { fatalError("a slab with room exists") }
        return unsafe slab + remaining * stride
    }

    private func link(
        of place: UnsafeMutableRawPointer
    ) -> UnsafeMutablePointer<UnsafeMutableRawPointer?> {
        unsafe (place + linkOffset).assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
    }
}
