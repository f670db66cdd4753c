import RatCore
import RatSystem
import RatTestSupport
import Testing

@testable import RatMessaging

/// Everything that queues do, by many threads at once: each message comes once or is accounted for.
@Suite(.serialized) struct QueueStormTests {
    @Test(arguments: [OverflowPolicy.refuse, .wait, .dropOldest, .coalesce])
    func sixteenProducersAndFourConsumersLoseNothing(policy: OverflowPolicy) throws {
        let deadline = Storm.deadline(parts: 4)
        var round = UInt64(policy.rawValue) << 32
        repeat {
            let failure = try Self.runRound(policy, seed: round)
            #expect(failure == nil)
            if failure != nil { return }
            round += 1
        } while Instant.now() < deadline
    }

    private static func runRound(_ policy: OverflowPolicy, seed: UInt64) throws -> String? {
        var options = QueueOptions(capacity: seed % 2 == 0 ? 48 : 1000)
        options.policy = policy
        options.starvationLimit = seed % 3 == 0 ? 5 : 0
        let queue = try MessageQueue.create(options)
        // What takes the place of another comes when that would have.
        let isInOrder = policy != .coalesce
        let consumers = (0..<4).map { number in
            TestThread { consume(queue, seed: seed &+ number, isInOrder: isInOrder) }
        }
        let producers = (0..<16).map { number in
            TestThread { () -> Ledger in
                var random = SeededRandom(seed: seed &* 16 &+ UInt64(number))
                var ledger = Ledger(number)
                for _ in 0..<400 {
                    let waits = policy == .wait || Bool.random(using: &random)
                    ledger.post(
                        to: queue,
                        deadline: waits ? Patience.deadline : .distantPast,
                        &random
                    )
                }
                return ledger
            }
        }
        let ledgers = try producers.map { try $0.join() }
        var ends = PostOptions()
        ends.deadline = Patience.deadline
        for number in UInt64(0)..<4 {
            ends.key = 1 << 32 | number
            _ = try Queue.post(Received(Storm.end, priority: 3), to: queue, ends)
        }
        var receipts = try consumers.map { try $0.join() }
        // What they left behind.
        var rest = Receipts()
        while let message = try? Queue.take(queue) { rest.note(message, isInOrder: false) }
        receipts.append(rest)
        var info = try MessageQueue.info(queue)
        // The ends are in no book.
        info.posted -= 4
        info.retrieved -= 4
        try MessageQueue.close(queue)
        return Storm.audit(ledgers, receipts, info) { ledger, serial in
            policy == .dropOldest || policy == .coalesce || ledger.replaceable.contains(serial)
        }
    }

    private static func consume(_ queue: Handle, seed: UInt64, isInOrder: Bool) -> Receipts {
        var random = SeededRandom(seed: ~seed)
        var receipts = Receipts()
        var message = Message(MessageHeader(message: 0))
        while true {
            let filter = Storm.filter(&random)
            let waits = filter.letsAllThrough
            let found = try? unsafe Retrieval.take(
                from: queue,
                filter,
                until: waits ? Patience.deadline : .distantPast,
                into: &message
            )
            if found == nil, waits { return receipts }
            guard found != nil else { continue }
            if message.header.message == Storm.end { return receipts }
            receipts.note(message, isInOrder: isInOrder)
        }
    }

    // MARK: - Windows that come and go

    @Test func windowsThatComeAndGoLoseOnlyTheirOwnMessages() throws {
        let deadline = Storm.deadline(parts: 1)
        var round: UInt64 = 0
        repeat {
            let failure = try Self.runRoundOfWindows(seed: round)
            #expect(failure == nil)
            if failure != nil { return }
            round += 1
        } while Instant.now() < deadline
    }

    private static func runRoundOfWindows(seed: UInt64) throws -> String? {
        let targets = Guarded<[Handle]>([])
        let isReady = Semaphore()
        let owner = TestThread { () -> (Receipts, QueueInfo, String?) in
            do {
                return try own(targets, isReady, seed: seed)
            } catch {
                return (Receipts(), QueueInfo(), "\(error)")
            }
        }
        guard isReady.wait() else { return "no owner" }
        let producers = (0..<8).map { number in
            TestThread { () -> (Ledger, [Handle]) in
                var random = SeededRandom(seed: seed &* 8 &+ UInt64(number))
                var ledger = Ledger(number)
                // By serial, where it went.
                var addresses: [Handle] = []
                for _ in 0..<400 {
                    let choice = Int.random(in: 0..<9, using: &random)
                    let target = targets.withLock { $0[choice] }
                    let waits = Bool.random(using: &random)
                    ledger.post(
                        to: target,
                        deadline: waits ? Patience.deadline : .distantPast,
                        &random
                    )
                    // A window may die before a post to it, or while that waits.
                    if ledger.failure == .invalidHandle || ledger.failure == .cancelled {
                        ledger.failure = nil
                    }
                    addresses.append(target)
                }
                return (ledger, addresses)
            }
        }
        let books = try producers.map { try $0.join() }
        var options = PostOptions()
        options.deadline = Patience.deadline
        let queue = targets.withLock { $0[8] }
        _ = try Queue.post(Received(Storm.end, priority: -4), to: queue, options)
        var (receipts, info, failure) = try owner.join()
        if let failure { return failure }
        info.posted -= 1
        info.retrieved -= 1
        // Who waited in vain is counted as refused, and had another answer.
        info.refused = books.reduce(0) { $0 + $1.0.refusals }
        let addresses = Dictionary(uniqueKeysWithValues: books.map { ($0.0.producer, $0.1) })
        return Storm.audit(books.map(\.0), [receipts], info) { ledger, serial in
            // To a window that is gone, or replaced.
            ledger.replaceable.contains(serial)
                || addresses[ledger.producer].map { HandleTable.lookup($0[serial]) == nil } ?? false
        }
    }

    /// Retrieves, while its windows die and others come, until the end.
    private static func own(
        _ targets: Guarded<[Handle]>,
        _ isReady: Semaphore,
        seed: UInt64
    ) throws -> (Receipts, QueueInfo, String?) {
        var random = SeededRandom(seed: ~seed)
        let queue = try ThreadQueue.make(QueueOptions(capacity: seed % 2 == 0 ? 40 : 2000))
        var windows = try (0..<8).map { _ in try Target.make(of: queue) }
        func publish() {
            let all = windows + [queue.handle]
            targets.withLock { $0 = all }
        }
        publish()
        isReady.signal()
        var receipts = Receipts()
        var message = Message(MessageHeader(message: 0))
        while true {
            if Int.random(in: 0..<50, using: &random) == 0 {
                let choice = Int.random(in: 0..<8, using: &random)
                Target.destroy(windows[choice], of: queue)
                windows[choice] = try Target.make(of: queue)
                publish()
            }
            var filter = Storm.filter(&random)
            if Int.random(in: 0..<3, using: &random) == 0 {
                filter.target = windows.randomElement(using: &random).map { .window($0) } ?? .any
            }
            let waits = filter.letsAllThrough
            let found = try? unsafe Retrieval.take(
                from: queue.handle,
                filter,
                until: waits ? Patience.deadline : .distantPast,
                into: &message
            )
            if found == nil, waits { return (receipts, QueueInfo(), "no end") }
            guard found != nil else { continue }
            if message.header.message == Storm.end { break }
            let target = message.header.target
            guard target == queue.handle || windows.contains(target) else {
                return (receipts, QueueInfo(), "a message to a dead window")
            }
            receipts.note(message, isInOrder: true)
        }
        while case .message(let rest)? = try? queue.take(until: .distantPast) {
            receipts.note(rest, isInOrder: true)
        }
        return (receipts, try MessageQueue.info(queue.handle), nil)
    }
}
