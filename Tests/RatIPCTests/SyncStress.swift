internal import RatCore
internal import RatIPC
internal import RatSystem
internal import Synchronization

/// Threads that create, signal, wait for, and close objects of all kinds at random, and what must hold
/// meanwhile.
///
/// Some objects are kept to the end. What a wait takes from them is accounted for: a mutex's owner writes
/// to plain memory, which the thread sanitizer watches; a semaphore's tokens wander, and none may be lost or
/// made; every death of an owner is told once. The others come and go, also while threads wait for them.
final class SyncStress: Sendable {
    static let threadCount = 8
    static let tokens = 6

    /// A mutex, and what it guards. Sendable: `owner` and `depth` are used by who owns the mutex.
    final class Kept: @unchecked Sendable {
        let mutex: Handle
        var owner = 0
        var depth = 0

        init() throws {
            mutex = try RatIPC.Mutex.create(isOwned: false)
        }
    }

    let deadline: Instant
    let kept: [Kept]
    let semaphores: [Handle]
    /// Objects that anybody may close; each place always holds a handle, perhaps a stale one.
    let passing: [Atomic64]
    let deaths = Atomic<Int>(0)
    let deathsTold = Atomic<Int>(0)
    let waits = Atomic<Int>(0)
    /// What should not have happened.
    let violations = Synchronization.Mutex<[String]>([])

    /// One atomic number, in a class so that an array can hold it.
    final class Atomic64: Sendable {
        let value = Atomic<UInt64>(0)
    }

    init(until deadline: Instant) throws {
        self.deadline = deadline
        kept = try (0..<4).map { _ in try Kept() }
        semaphores = try (0..<3).map { place in
            let count = place == 0 ? SyncStress.tokens : 0
            return try Semaphore.create(
                count: UInt32(count),
                maximum: UInt32(SyncStress.tokens)
            )
        }
        passing = (0..<24).map { _ in Atomic64() }
    }

    func violated(_ what: String) {
        violations.withLock { $0.append(what) }
    }

    /// Starts a thread of the library that runs `body`.
    static func start(_ body: @escaping @Sendable () -> Void) throws(RatError) -> Handle {
        let context = unsafe Unmanaged.passRetained(Body(body))
        do throws(RatError) {
            return try unsafe ThreadObject.start(
                stackSize: 0,
                { context in
                    guard let context = unsafe context else { return 1 }
                    unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
                    return 0
                },
                context.toOpaque()
            )
        } catch {
            unsafe context.release()
            throw error
        }
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Runs to the deadline, and gives what did not hold.
    func run() throws -> [String] {
        let threads = try (1...SyncStress.threadCount).map { number in
            try SyncStress.start {
                var worker = SyncStressWorker(self, number)
                worker.run()
            }
        }
        for thread in threads {
            let end = deadline.advanced(byMilliseconds: 60_000)
            _ = try ThreadObject.join(thread, until: end)
            try Objects.close(thread)
        }
        settle()
        return violations.withLock { $0 }
    }

    /// What must hold when everybody has ended.
    private func settle() {
        for place in passing {
            try? Objects.close(Handle(rawValue: place.value.load(ordering: .relaxed)))
        }
        var count = 0
        for semaphore in semaphores {
            while Wait.forOne(semaphore, until: .distantPast, source: nil) == .signaled(0) {
                count += 1
            }
        }
        if count != SyncStress.tokens { violated("\(count) tokens are left") }
        for kept in kept {
            switch Wait.forOne(kept.mutex, until: .distantPast, source: nil) {
            case .signaled: break
            case .abandoned: deathsTold.add(1, ordering: .relaxed)
            case .timedOut, .failed: violated("a mutex has an owner at the end")
            }
        }
        let (died, told) = (
            deaths.load(ordering: .relaxed), deathsTold.load(ordering: .relaxed)
        )
        if died != told { violated("\(died) owners died, and \(told) deaths were told") }
    }
}
