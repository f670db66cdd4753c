import RatCore
import RatMessaging
import RatSystem
import RatTestSupport
import RatWindowing
import Synchronization

/// Threads whose windows come and go, and which do to each other's windows all that may be done.
///
/// What each window is told by others follows rules, so that whoever sees the half of a change sees that it
/// breaks one: windows are square, properties are multiples of 7, texts are one letter many times, what one
/// thread posts to one window is numbered.
final class WindowStorm: Sendable {
    static let threads = 2
    static let windowsEach = 24
    static let className = "Storm"
    static let posted: UInt32 = 0x8000
    static let sent: UInt32 = 0x8001
    let end: Instant
    /// Each thread's windows, the dead among them.
    let windows = Guarded(
        [[Handle]](repeating: [Handle](repeating: .invalid, count: windowsEach), count: threads)
    )
    private let violations = Guarded<[String]>([])
    private let steps = Atomic<Int>(0)
    /// Memory of sends that were given up, by its addresses: their receivers may still be writing.
    private let kept = Guarded<[UInt]>([])

    init(until end: Instant) {
        self.end = end
    }

    func note(_ violation: String) { violations.withLock { $0.append(violation) } }

    func keep(_ buffer: UnsafeMutablePointer<CChar>) {
        kept.withLock { $0.append(UInt(bitPattern: buffer)) }
    }

    /// What went wrong.
    func run() -> [String] {
        do {
            _ = try WindowClassTable.register(
                name: Self.className,
                WindowClassTraits(style: 0, procedure: stormProcedure, background: 0xFF00_00FF)
            )
            let threads = (0..<Self.threads).map { place in TestThread { self.work(place) } }
            for thread in threads { try thread.join(after: end) }
            try WindowClassTable.unregister(name: Self.className)
        } catch {
            note("\(error)")
        }
        for address in kept.current {
            unsafe UnsafeMutablePointer<CChar>(bitPattern: address)?.deallocate()
        }
        if steps.load(ordering: .relaxed) < 1000 { note("only few steps") }
        return violations.current
    }

    /// Lives one life after another, each on a thread of its own, whose windows end with it.
    private func work(_ place: Int) {
        var life: UInt64 = 0
        repeat {
            life += 1
            let seed = UInt64(place) << 32 | life
            let thread = TestThread { () -> Int in
                let worker = WindowStormWorker(self, place, seed: seed)
                return worker.live()
            }
            guard let count = try? thread.join() else { return note("\(place) hangs") }
            steps.add(count, ordering: .relaxed)
        } while Instant.now() < end
    }
}

private let stormProcedure: WindowProcedure = { window, message, wparam, lparam in
    let handle = Handle(rawValue: window)
    guard let worker = WindowStormWorker.current else { return 0 }
    return worker.handle(message, wparam, lparam, for: handle)
}
