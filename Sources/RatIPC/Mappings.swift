internal import RatCore
internal import RatSystem

/// Which memory of the process is mapped shared memory, so that nothing else is ever unmapped.
///
/// A forked child has its parent's mappings, and may unmap them.
final class Mappings: ForkParticipant, @unchecked Sendable {
    // Sendable: `sizes` is guarded by `lock`.
    private let lock = Lock()
    private var sizes: [UInt: Int] = [:]

    static let ofProcess = Mappings()

    private init() {
        Fork.register(self)
    }

    func lockForFork() { lock.lock() }
    func unlockAfterFork() { lock.unlock() }
    func startAnewInChild() { lock.unlock() }

    func add(_ address: UnsafeMutableRawPointer, byteCount: Int) {
        lock.lock()
        sizes[UInt(bitPattern: address)] = byteCount
        lock.unlock()
    }

    /// Forgets a mapping, if there is one of exactly that place and size. It is the caller's then.
    func remove(_ address: UnsafeMutableRawPointer, byteCount: Int) throws(RatError) {
        lock.lock()
        defer { lock.unlock() }
        let place = UInt(bitPattern: address)
        guard sizes[place] == byteCount else { throw .invalidArgument }
        sizes[place] = nil
    }
}
