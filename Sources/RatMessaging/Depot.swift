internal import RatSystem

/// Where blocks of memory wait for a thread that needs one. Their second words link them there, whatever
/// those are otherwise.
@safe final class Depot: ForkParticipant, @unchecked Sendable {
    // Sendable: every field is guarded by `lock`.
    private let lock = Lock()
    private let limit: Int
    private var first: UnsafeMutableRawPointer?
    private var blocks = 0
    private static let link = MemoryLayout<UInt>.stride

    /// A depot that keeps so many blocks at most.
    init(limit: Int) {
        self.limit = limit
        unsafe first = nil
        Fork.register(self)
    }

    func lockForFork() { lock.lock() }

    func unlockAfterFork() { lock.unlock() }

    func startAnewInChild() { lock.unlock() }

    var count: Int {
        lock.lock()
        defer { lock.unlock() }
        return blocks
    }

    func take() -> UnsafeMutableRawPointer? {
        lock.lock()
        defer { lock.unlock() }
        guard let block = unsafe first else { return nil }
        unsafe first = block.load(
            fromByteOffset: Self.link,
            as: UnsafeMutableRawPointer?.self
        )
        blocks -= 1
        return unsafe block
    }

    /// `false` if there are enough; then the block is still the caller's.
    func keep(_ block: UnsafeMutableRawPointer) -> Bool {
        lock.lock()
        defer { lock.unlock() }
        guard blocks < limit else { return false }
        unsafe block.storeBytes(
            of: first,
            toByteOffset: Self.link,
            as: UnsafeMutableRawPointer?.self
        )
        unsafe first = block
        blocks += 1
        return true
    }
}
