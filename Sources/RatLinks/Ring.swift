internal import RatSystem
internal import Synchronization

/// The memory of one link: three rings of bytes, each with one process that writes and one that reads.
///
///     0     ring 0 (posts, to the owner)      +0 written   +64 read   +128 the reader sleeps
///     256   ring 1 (calls, to the owner)      +192 the writer waits for room
///     512   ring 2 (answers, to the visitor)
///     768   whether the owner takes posts
///     832   1: the visitor wants to be told when there is a message
///     4096  the bytes of ring 0, then those of 1 and 2
///
/// The other process may write anything anywhere at any moment. So of the memory each side trusts what it has
/// checked after copying it, and keeps its own position to itself: the word in the memory is for the other.
@safe final class LinkMemory: @unchecked Sendable {
    // Sendable: everything shared is atomic, or bytes that the positions hand over.
    enum RingNumber: Int, CaseIterable {
        case posts
        case calls
        case answers

        /// Powers of two.
        var capacity: Int {
            switch self {
            case .posts: 1 << 18
            case .calls, .answers: 1 << 16
            }
        }

        fileprivate var dataOffset: Int {
            Self.allCases.prefix(rawValue).reduce(LinkMemory.headSize) { $0 + $1.capacity }
        }
    }

    private static let headSize = 4096
    static let byteCount = RingNumber.allCases.reduce(headSize) { $0 + $1.capacity }

    private let base: UnsafeMutableRawPointer

    /// Maps the file, which must have that size.
    init(_ file: borrowing OpenFile) throws(Errno) {
        let mapped = try unsafe SharedMapping.map(
            file,
            isWritable: true,
            offset: 0,
            byteCount: Self.byteCount
        )
        guard let address = unsafe mapped else { throw .noMemory }
        unsafe base = address
    }

    deinit {
        try? unsafe SharedMapping.unmap(base, byteCount: Self.byteCount)
    }

    /// New memory for a link, to be mapped by both processes.
    static func makeFile() throws(Errno) -> OpenFile {
        let file = try OpenFile.memory()
        try file.reserve(byteCount: byteCount)
        try file.sealSize()
        return file
    }

    fileprivate func word(_ ring: RingNumber, _ place: Int) -> SharedWord {
        unsafe SharedWord(unsafeAt: base + 256 * ring.rawValue + 64 * place)
    }

    fileprivate func bytes(_ ring: RingNumber) -> UnsafeMutableRawPointer {
        unsafe base + ring.dataOffset
    }

    /// An `Admission`.
    var admission: SharedWord { unsafe SharedWord(unsafeAt: base + 768) }

    /// Whether the visitor wants to be told when there is a message to retrieve.
    var watch: SharedWord { unsafe SharedWord(unsafeAt: base + 832) }
}

/// Whether a queue takes posts, as its owner tells visitors. The numbers are the protocol's.
enum Admission {
    static let open: UInt64 = 0
    /// It is full.
    static let stalled: UInt64 = 1
    /// It has ended.
    static let closed: UInt64 = 2
}

/// How the reader of a ring sleeps, as it tells the writer. The numbers are the protocol's.
enum Sleep {
    static let none: UInt64 = 0
    /// It wants a bell.
    static let untilBell: UInt64 = 1
    /// It wants to be woken, on the word that says what was written.
    static let onRing: UInt64 = 2
}

/// What a ring says of the other side: it broke the protocol.
struct RingIsBroken: Error {}

/// The writing side of a ring. One thread at a time.
@safe struct RingWriter {
    private let written: SharedWord
    private let read: SharedWord
    private let sleeps: SharedWord
    private let waits: SharedWord
    private let bytes: UnsafeMutableRawPointer
    let capacity: Int
    /// What was written and is not shown yet, and what is shown.
    private var position: UInt64 = 0

    init(_ memory: LinkMemory, _ ring: LinkMemory.RingNumber) {
        written = memory.word(ring, 0)
        read = memory.word(ring, 1)
        sleeps = memory.word(ring, 2)
        waits = memory.word(ring, 3)
        unsafe bytes = memory.bytes(ring)
        capacity = ring.capacity
    }

    /// How many bytes can be written now.
    func room() throws(RingIsBroken) -> Int {
        let inUse = position &- read.load()
        guard inUse <= UInt64(capacity) else { throw RingIsBroken() }
        return capacity - Int(inUse)
    }

    /// Copies bytes into the ring, where there must be room, without showing them.
    mutating func put(_ source: UnsafeRawBufferPointer) {
        guard let start = source.baseAddress else { return }
        let offset = Int(position & UInt64(capacity - 1))
        let first = min(source.count, capacity - offset)
        unsafe (bytes + offset).copyMemory(from: start, byteCount: first)
        if first < source.count {
            unsafe bytes.copyMemory(from: start + first, byteCount: source.count - first)
        }
        position &+= UInt64(source.count)
    }

    /// Shows what was put. Whether the reader's process is to be told; a reader that sleeps on the ring itself is.
    func show() -> Bool {
        written.store(position)
        atomicMemoryFence(ordering: .sequentiallyConsistent)
        switch sleeps.load() {
        case Sleep.none: return false
        case Sleep.onRing:
            if sleeps.exchange(Sleep.onRing, for: Sleep.none) { written.wakeAll() }
            return false
        case let sleep: return sleeps.exchange(sleep, for: Sleep.none)
        }
    }

    /// Says that the writer waits for room, from the next read on.
    func beginWaiting() {
        waits.store(1)
        atomicMemoryFence(ordering: .sequentiallyConsistent)
    }

    func endWaiting() { waits.store(0) }

    /// What a writer sleeps on, with the value that it has while nothing was read.
    var roomWord: (word: SharedWord, value: UInt32) { (read, read.low) }
}

/// The reading side of a ring. One thread only.
@safe struct RingReader {
    private let written: SharedWord
    private let read: SharedWord
    private let sleeps: SharedWord
    private let waits: SharedWord
    private let bytes: UnsafeMutableRawPointer
    private let capacity: Int
    private var position: UInt64 = 0
    /// What the writer knows of.
    private var released: UInt64 = 0
    /// How far the writer was when the reader looked last before a sleep.
    private var seen: UInt64 = 0

    init(_ memory: LinkMemory, _ ring: LinkMemory.RingNumber) {
        written = memory.word(ring, 0)
        read = memory.word(ring, 1)
        sleeps = memory.word(ring, 2)
        waits = memory.word(ring, 3)
        unsafe bytes = memory.bytes(ring)
        capacity = ring.capacity
    }

    /// How many bytes can be read now.
    func available() throws(RingIsBroken) -> Int {
        let count = written.load() &- position
        guard count <= UInt64(capacity) else { throw RingIsBroken() }
        return Int(count)
    }

    /// Copies bytes out of the ring, where so many must be.
    mutating func take(_ count: Int, to target: UnsafeMutableRawPointer) {
        let offset = Int(position & UInt64(capacity - 1))
        let first = min(count, capacity - offset)
        unsafe target.copyMemory(from: bytes + offset, byteCount: first)
        if first < count {
            unsafe (target + first).copyMemory(from: bytes, byteCount: count - first)
        }
        position &+= UInt64(count)
    }

    /// Whether so much was taken that a writer should know of it now.
    var isMuch: Bool { position &- released >= UInt64(capacity / 4) }

    /// Tells the writer of the room that was made. Whether it has waited for that, and was woken: at half the ring, so
    /// that it sleeps once for many messages.
    mutating func release() -> Bool {
        guard position != released else { return false }
        released = position
        read.store(position)
        atomicMemoryFence(ordering: .sequentiallyConsistent)
        guard waits.load() != 0, written.load() &- position <= UInt64(capacity / 2) else {
            return false
        }
        waits.store(0)
        read.wakeAll()
        return true
    }

    /// Has the writer tell of what comes. How many bytes there are already.
    mutating func beginSleeping(_ sleep: UInt64) throws(RingIsBroken) -> Int {
        sleeps.store(sleep)
        atomicMemoryFence(ordering: .sequentiallyConsistent)
        let count = try available()
        seen = position &+ UInt64(count)
        return count
    }

    /// After a sleep on the ring. What others have said of theirs stays.
    func endSleeping() { _ = sleeps.exchange(Sleep.onRing, for: Sleep.none) }

    /// What a reader sleeps on, with the value that it has while there is no more than when the sleep was announced.
    var writtenWord: (word: SharedWord, value: UInt32) {
        (written, UInt32(truncatingIfNeeded: seen))
    }
}
