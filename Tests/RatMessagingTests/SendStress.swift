import RatCore
import RatSystem
import RatTestSupport
import Synchronization

@testable import RatMessaging

/// Threads that send each other everything there is to send, at windows and plain queues that come and go.
final class SendStress: Sendable {
    static let workers = 8
    let end: Instant
    let windows = Guarded([Handle](repeating: .invalid, count: workers))
    let queues: Guarded<[Handle]>
    /// Requests that somebody has retrieved and somebody else may answer.
    let held = Guarded<[Held]>([])
    let callbacks = Guarded<[Callback]>([])
    private let violations = Guarded<[String]>([])
    /// What each worker is doing, for when it hangs.
    private let doings = Guarded([String](repeating: "nothing", count: workers))
    let sends = Atomic<Int>(0)
    /// Workers whose callbacks are still to come.
    let unfinished = Atomic<Int>(workers)

    struct Held {
        let token: UInt64
        let wparam: UInt
    }

    /// One send with a call to come.
    final class Callback: Sendable {
        let thread = ThreadRecord.current.serial
        let calls = Atomic<Int>(0)
        let strangeCalls = Atomic<Int>(0)
    }

    init(until end: Instant) throws {
        self.end = end
        queues = Guarded(try (0..<4).map { _ in try Queue.make() })
    }

    func doing(_ place: Int, _ what: String) { doings.withLock { $0[place] = what } }

    func note(_ violation: String) { violations.withLock { $0.append(violation) } }

    /// What went wrong.
    func run() throws -> [String] {
        let threads = (0..<Self.workers).map { place in
            TestThread { self.work(place) }
        }
        for (place, thread) in threads.enumerated() {
            if (try? thread.join(after: end)) != nil { continue }
            let waits = doings.current.enumerated().map { "\($0): \($1)" }
            return ["\(place) hangs"] + waits + violations.current
        }
        for callback in callbacks.current {
            let calls = callback.calls.load(ordering: .relaxed)
            if calls > 1 { note("a callback ran \(calls) times") }
            if callback.strangeCalls.load(ordering: .relaxed) > 0 { note("a stranger's callback") }
        }
        // On a thread that ends: one that goes on keeps a request for its next send.
        try onThreadOfItsOwn { try self.endQueues() }
        return violations.current
    }

    private func endQueues() throws {
        for queue in queues.current {
            while (try? Queue.take(queue)) != nil {}
            let left = try MessageQueue.info(queue).requests
            if left != 0 { note("\(left) requests are left") }
            try MessageQueue.close(queue)
        }
    }

    /// Lives one life after another, each on a thread of its own.
    private func work(_ place: Int) {
        var life: UInt64 = 0
        repeat {
            life += 1
            let seed = UInt64(place) << 32 | life
            let isOver = TestThread { () -> Bool in
                let worker = SendStressWorker(self, place, seed: seed)
                return worker?.live() ?? true
            }
            guard let isOver = try? isOver.join() else {
                return note("\(place) hangs: \(doings.current[place])")
            }
            if isOver { return }
        } while true
    }
}
