import RatCore
import RatSystem
import RatTestSupport
import Testing

@testable import RatMessaging

/// A queue beside a list that does the same the simple way.
@Suite struct QueueModelTests {
    enum Sort: CaseIterable, Sendable {
        case threadQueue
        case unnamed
    }

    @Test(arguments: Sort.allCases, [UInt64(1), 2, 3, 4])
    func tenThousandStepsGiveWhatANaiveListGives(sort: Sort, seed: UInt64) throws {
        let failure = try onThreadOfItsOwn {
            let run = try ModelRun(sort, seed: seed)
            return try run.run(steps: 10_000)
        }
        #expect(failure == nil)
    }
}

/// One run of both, step by step.
private final class ModelRun {
    private static let capacity = 150
    /// Far from any clock: what is due then is so when a step says.
    private static let later: UInt64 = 1 << 62

    private let handle: Handle
    private let queue: QueueReference
    private let threadQueue: ThreadQueue?
    private var random: SeededRandom
    private var targets: [Handle]
    private var model = QueueModel(capacity: capacity)
    private var tokens: [UInt64] = []
    private var clock = later
    private var step: UInt32 = 1000

    init(_ sort: QueueModelTests.Sort, seed: UInt64) throws {
        random = SeededRandom(seed: seed)
        switch sort {
        case .threadQueue:
            let own = try ThreadQueue.make(QueueOptions(capacity: Self.capacity))
            threadQueue = own
            handle = own.handle
            queue = own.queue
            targets = try [handle, Target.make(of: own), Target.make(of: own)]
        case .unnamed:
            threadQueue = nil
            handle = try Queue.make(capacity: Self.capacity)
            queue = try MessageQueue.find(handle)
            targets = [handle]
        }
    }

    /// What differed first, or `nil`.
    func run(steps: Int) throws -> String? {
        for number in 0..<steps {
            step += 1
            // Phases in which posting or taking is likelier, so that the queue grows and empties.
            let isGrowing = number / 700 % 2 == 0
            let choice = Int.random(in: 0..<100, using: &random)
            let isSame: Bool
            switch choice {
            case 0..<(isGrowing ? 50 : 20): isSame = try post()
            case 50..<65: isSame = cancel()
            case 65..<75: isSame = look()
            case 75..<76: isSame = try destroy()
            case 76..<80: isSame = passTime()
            default: isSame = take()
            }
            guard isSame else { return "choice \(choice) in step \(number)" }
            let info = try MessageQueue.info(handle)
            var expected = model.expectedInfo
            // Half an emptying ends it, when somebody looks.
            expected.isOverflowing = info.isOverflowing
            guard info == expected, info.isBalanced else { return "\(info) in step \(number)" }
            guard queue.record.delayed.nextDue == model.nextDue else {
                return "nextDue in step \(number)"
            }
        }
        if threadQueue == nil { try MessageQueue.close(handle) }
        return nil
    }

    private func post() throws -> Bool {
        let sizes = [0, 0, 0, 1, 40, 64, 65, 300]
        let size = sizes.randomElement(using: &random) ?? 0
        let message = Received(
            step,
            wparam: UInt(step) &* 3,
            priority: Int32.random(in: -4...3, using: &random),
            payload: pattern(size, seed: UInt8(truncatingIfNeeded: step))
        )
        let target = targets.randomElement(using: &random) ?? handle
        var entry = QueueModel.Entry(message: message, target: target)
        guard Bool.random(using: &random) else {
            return try isAccepted(entry) { try Queue.post(message, to: target) }
        }
        var options = PostOptions()
        options.wantsToken = Bool.random(using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            options.replaces = true
            options.key = UInt64.random(in: 1...3, using: &random)
            entry.key = options.key
        // A key alone has nothing replaced here.
        case 1: options.key = 2
        default: break
        }
        switch Int.random(in: 0..<5, using: &random) {
        case 0: options.notBefore = 1
        case 1:
            options.notBefore = clock + UInt64.random(in: 1...5, using: &random)
            entry.due = options.notBefore
        default: break
        }
        return try isAccepted(entry) {
            let token = try Queue.post(message, to: target, options)
            if options.wantsToken { tokens.append(token) }
            return token
        }
    }

    /// Posts to both. Whether both take it, or neither.
    private func isAccepted(_ entry: QueueModel.Entry, _ post: () throws -> UInt64) throws -> Bool {
        var entry = entry
        do {
            entry.token = try post()
            return model.post(entry)
        } catch RatError.noResources {
            return !model.post(entry)
        }
    }

    private func isAccepted(_ entry: QueueModel.Entry, _ post: () throws -> Void) throws -> Bool {
        try isAccepted(entry) {
            try post()
            return 0
        }
    }

    private func cancel() -> Bool {
        guard let token = tokens.randomElement(using: &random),
            let target = targets.randomElement(using: &random)
        else { return true }
        // The token counts with the target that it was posted to.
        let isThere = model.entries.contains { $0.token == token && $0.target == target }
        let isCancelled = (try? MessageQueue.cancel(token, of: target)) != nil
        if tokens.count > 40 { tokens.removeFirst(20) }
        return isCancelled == isThere && (!isThere || model.cancel(token))
    }

    private func filter() -> MessageFilter {
        var filter = MessageFilter()
        if Bool.random(using: &random) { return filter }
        if let target = targets.randomElement(using: &random), target != handle {
            filter.target = .window(target)
        } else if Bool.random(using: &random) {
            filter.target = .queue
        }
        if Bool.random(using: &random) {
            let first = step - UInt32.random(in: 0..<300, using: &random)
            filter.range = first...(first + UInt32.random(in: 0..<200, using: &random))
        }
        let classes = [QueueStatus.all, QueueStatus.posted, QueueStatus.input]
        filter.classes = classes.randomElement(using: &random) ?? QueueStatus.all
        return filter
    }

    private func take() -> Bool {
        let filter = filter()
        var message = Message(MessageHeader(message: 0))
        let found = try? unsafe Retrieval.take(
            from: handle,
            filter,
            until: .distantPast,
            into: &message
        )
        return isSame(found, message, model.take(filter))
    }

    private func look() -> Bool {
        let filter = filter()
        var message = Message(MessageHeader(message: 0))
        let found = try? unsafe Retrieval.peek(handle, filter, into: &message)
        return isSame(found, message, model.next(filter))
    }

    private func isSame(
        _ found: ThreadQueue.Found?,
        _ message: Message,
        _ expected: QueueModel.Entry?
    ) -> Bool {
        guard let expected else { return found == nil }
        return found == .message && Received(message) == expected.message
            && message.header.target == expected.target
    }

    private func destroy() throws -> Bool {
        guard let threadQueue else { return true }
        let index = Int.random(in: 1..<targets.count, using: &random)
        let dead = targets[index]
        Target.destroy(dead, of: threadQueue)
        model.purge(dead)
        targets[index] = try Target.make(of: threadQueue)
        return true
    }

    private func passTime() -> Bool {
        clock += UInt64.random(in: 0...3, using: &random)
        queue.record.target.header.lock.lock()
        queue.promoteDue(at: clock)
        queue.record.target.header.lock.unlock()
        model.promoteDue(at: clock)
        return true
    }
}
