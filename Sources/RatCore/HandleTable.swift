public import RatSystem
public import Synchronization

/// The process's table from handles to objects.
///
/// Invariants:
/// - The table is one reserved range of 2^20 entries; it is never moved, so readers need no lock.
/// - An entry's `handle` is 0 while it is free. A reader that sees the full handle it looks for then
///   reads `object`. Should the slot be reused between the two reads, the reader gets a wrong but live
///   record; therefore whoever looks up checks the record's own handle under the record's lock, or is
///   the only thread that could have retired it.
/// - The first slot is never used, so that 0 finds nothing: a free slot's number is 0 too, and its object
///   stays behind.
/// - Generations start at a random number per process, so that a handle kept from a dead process is
///   unlikely to name something in one that reuses its number.
@usableFromInline package enum HandleTable {
    @usableFromInline struct Entry: ~Copyable {
        @usableFromInline let handle = Atomic<UInt64>(0)
        @usableFromInline let object = Atomic<UInt>(0)
        // Guarded by `allocator.lock`.
        var generation: UInt32 = 0
        var nextFree: UInt32 = 0
    }

    private static let firstSlot: UInt32 = 1
    private static let capacity = 1 << Int(Handle.indexBits)
    /// Free slots are left alone until there are so many, to keep numbers from coming back soon.
    private static let restingSlots = 1024
    private static let allocator = Allocator()

    /// Hands out slots. Sendable: every field is guarded by `lock`.
    private final class Allocator: ForkParticipant, @unchecked Sendable {
        let lock = Lock()
        var process: UInt32 = 0
        var firstGeneration: UInt32 = 0
        var used = HandleTable.firstSlot
        var firstFree: UInt32 = 0
        var lastFree: UInt32 = 0
        var freeCount = 0

        init() {
            Fork.register(self)
        }

        func lockForFork() { lock.lock() }

        func unlockAfterFork() { lock.unlock() }

        func startAnewInChild() {
            HandleTable.forgetParent()
            process = 0
            used = HandleTable.firstSlot
            freeCount = 0
            lock.unlock()
        }
    }

    /// The object that a handle names, or `nil`. Lock-free, wait-free, writes nothing. For what the answer
    /// is worth, see the invariants.
    @inlinable @inline(__always) package static func lookup(
        _ handle: Handle
    ) -> ObjectReference? {
        let base = HandleTableWord.value
        guard base != 0 else { return nil }
        let entry = unsafe entry(handle.index, at: base)
        guard unsafe entry.pointee.handle.load(ordering: .acquiring) == handle.rawValue,
            let object = unsafe UnsafeMutablePointer<ObjectHeader>(
                bitPattern: entry.pointee.object.load(ordering: .relaxed)
            )
        else { return nil }
        return unsafe StableReference(unsafe: object)
    }

    /// Gives an object a handle, under which it can be found from then on. The caller has set up the
    /// object but for `header.handle`, which this sets.
    package static func insert(
        _ object: ObjectReference,
        kind: HandleKind
    ) throws(RatError) -> Handle {
        allocator.lock.lock()
        defer { allocator.lock.unlock() }
        let base = try preparedBase()
        let index: UInt32
        if allocator.freeCount > restingSlots
            || (allocator.used == capacity && allocator.freeCount > 0)
        {
            index = allocator.firstFree
            allocator.firstFree = unsafe entry(Int(index), at: base).pointee.nextFree
            allocator.freeCount -= 1
        } else if allocator.used < capacity {
            index = allocator.used
            allocator.used += 1
            unsafe entry(Int(index), at: base).pointee.generation = allocator.firstGeneration
        } else {
            throw .noResources
        }
        let entry = unsafe entry(Int(index), at: base)
        let handle = unsafe Handle(
            process: allocator.process,
            kind: kind,
            generation: entry.pointee.generation,
            index: index
        )
        object.record.handle = handle
        unsafe entry.pointee.object.store(UInt(bitPattern: object.raw), ordering: .relaxed)
        unsafe entry.pointee.handle.store(handle.rawValue, ordering: .releasing)
        return handle
    }

    /// Frees the slot of a live handle. The caller holds the object's lock, so that it happens once.
    package static func remove(_ handle: Handle) {
        allocator.lock.lock()
        defer { allocator.lock.unlock() }
        let base = HandleTableWord.value
        let slot = UInt32(handle.index)
        let freed = unsafe entry(handle.index, at: base)
        unsafe freed.pointee.handle.store(0, ordering: .relaxed)
        unsafe freed.pointee.generation = (freed.pointee.generation &+ 1) & 0x1FFFF
        if allocator.freeCount == 0 {
            allocator.firstFree = slot
        } else {
            unsafe entry(Int(allocator.lastFree), at: base).pointee.nextFree = slot
        }
        allocator.lastFree = slot
        allocator.freeCount += 1
    }

    /// How many handles name something, for tests that look for what was left behind.
    package static var liveCount: Int {
        allocator.lock.lock()
        defer { allocator.lock.unlock() }
        return Int(allocator.used - firstSlot) - allocator.freeCount
    }

    /// The table's memory, made at the first use and anew in a forked child.
    private static func preparedBase() throws(RatError) -> UInt {
        let base = HandleTableWord.value
        if base != 0, allocator.process != 0 { return base }
        if base == 0 {
            let byteCount = capacity * MemoryLayout<Entry>.stride
            guard let memory = unsafe ReservedMemory.reserve(byteCount: byteCount) else {
                throw .noResources
            }
            HandleTableWord.value = UInt(bitPattern: memory)
        }
        allocator.process = Process.id
        allocator.firstGeneration = UInt32(truncatingIfNeeded: Process.randomNumber()) & 0x1FFFF
        return HandleTableWord.value
    }

    /// In a forked child: the parent's handles name nothing here, and the table starts anew. The parent's
    /// objects stay where they are, unreachable; the memory is the kernel's to share.
    private static func forgetParent() {
        let base = HandleTableWord.value
        if let memory = unsafe UnsafeMutableRawPointer(bitPattern: base) {
            unsafe ReservedMemory.clear(
                memory,
                byteCount: capacity * MemoryLayout<Entry>.stride
            )
        }
        ThreadRecord.forgetParent()
    }

    @inlinable @inline(__always) static func entry(
        _ index: Int,
        at base: UInt
    ) -> UnsafeMutablePointer<Entry> {
        let address = base &+ UInt(bitPattern: index &* MemoryLayout<Entry>.stride)
        return unsafe UnsafeMutablePointer<Entry>(bitPattern: address).unsafelyUnwrapped
    }
}
