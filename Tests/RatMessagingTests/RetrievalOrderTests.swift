import RatCore
import RatSystem
import RatTestSupport
import Testing

@testable import RatMessaging

/// The order of retrieval from a thread's own queue and the status bits, for everything that can be there at
/// once and every kind of retrieval.
@Suite struct RetrievalOrderTests {
    /// What there is, in the order in which it is retrieved.
    private enum Kind: Int, CaseIterable {
        case call
        case request
        case high
        case low
        case quit
        case key
        case mouseMove
        case paint
        case timer

        /// What it counts as in a status.
        var status: UInt32 {
            switch self {
            case .call, .request: QueueStatus.sendMessage
            case .high, .low, .quit: QueueStatus.postMessage | QueueStatus.allPostMessage
            case .key: QueueStatus.key
            case .mouseMove: QueueStatus.mouseMove
            case .paint: QueueStatus.paint
            case .timer: QueueStatus.timer
            }
        }

        var number: UInt32 {
            switch self {
            case .call, .request, .high, .low: 0x500 + UInt32(rawValue)
            case .quit: QueueMessage.quit
            case .key: FakeSource.key
            case .mouseMove: FakeSource.mouseMove
            case .paint: FakeSource.paint
            case .timer: QueueMessage.timer
            }
        }

        var isInput: Bool { self == .key || self == .mouseMove }

        static func bits(_ kinds: [Kind]) -> UInt32 { kinds.reduce(0) { $0 | $1.status } }
    }

    /// Each kind of its own, all but one, all, and none.
    private static let filters: [UInt32] = {
        let bits = [
            QueueStatus.sendMessage, QueueStatus.postMessage, QueueStatus.key,
            QueueStatus.mouseMove, QueueStatus.paint, QueueStatus.timer,
        ]
        let one = bits.map { $0 == QueueStatus.postMessage ? QueueStatus.posted : $0 }
        return one + one.map { QueueStatus.all & ~$0 } + [QueueStatus.all, 0]
    }()

    /// A thread's queue with all that messages come from.
    private struct Scene {
        let queue: ThreadQueue
        let source = FakeSource()
        let window: Handle
        let calls = Guarded(0)
        private let timer = Timers.Key(window: Shelf.window(1), id: 1)

        init() throws {
            queue = try ThreadQueue.current()
            queue.source = source
            let calls = calls
            window = try Target.make(of: queue) { _ in calls.withLock { $0 += 1 } }
            _ = queue.takeStatus(QueueStatus.all)
        }

        func bring(_ kind: Kind) throws {
            switch kind {
            case .call: send(kind.number, to: window, isCall: true)
            case .request: send(kind.number, to: queue.handle, isCall: false)
            case .high: try Queue.post(Received(kind.number, priority: 3), to: queue.handle)
            case .low: try Queue.post(Received(kind.number, priority: -4), to: window)
            case .quit: queue.postQuit(7)
            case .key, .mouseMove: source.comes(kind.number)
            case .paint: source.invalidate()
            case .timer:
                // Due now, and then not for as long as the machine has run.
                let now = Instant.now().nanoseconds
                // A timer's longest period is as long.
                let period = UInt32(Int32(clamping: now / 1_000_000))
                let start = Instant(nanoseconds: now - UInt64(period) * 1_000_000)
                _ = queue.timers.set(timer, milliseconds: period, procedure: 0, now: start)
            }
        }

        /// Queues what another thread would send.
        private func send(_ number: UInt32, to target: Handle, isCall: Bool) {
            let node = NodePool.take(ThreadRecord.current)
            let message = Message(MessageHeader(message: number))
            unsafe withUnsafePointer(to: message) { pointer in
                unsafe node.fill(from: pointer, 0, target: target, nil)
            }
            node.node.message.header.flags = MessageFlags.sent
            queue.queue.record.target.header.lock.lock()
            _ = queue.queue.appendSent(node, isCall: isCall)
            queue.queue.record.target.header.lock.unlock()
        }

        /// Takes a message, or looks at it.
        func next(_ filter: MessageFilter, isRemoving: Bool) -> UInt32? {
            var message = Message(MessageHeader(message: 0))
            do throws(RatError) {
                let wish = QueueReference.Wish(filter: filter, isRemoving: isRemoving)
                let found = try unsafe queue.find(wish, until: .distantPast, into: &message)
                let isQuit = message.header.message == QueueMessage.quit
                guard found == (isQuit ? .quit : .message) else { return nil }
            } catch {
                return nil
            }
            if isRemoving {
                // Painted, and rung for the last time.
                if message.header.message == FakeSource.paint { source.validate() }
                if message.header.message == QueueMessage.timer { _ = queue.timers.kill(timer) }
            }
            return message.header.message
        }
    }

    /// What a retrieval through the filter gives of these, in this order. What is sent to windows is handled
    /// inside it.
    private static func retrieved(_ kinds: [Kind], _ classes: UInt32) -> [Kind] {
        kinds.filter { $0 != .call && $0.status & classes != 0 }
    }

    /// What of these bits is new still, after a retrieval of messages of any number through the filter.
    private static func stillNew(_ new: UInt32, _ classes: UInt32) -> UInt32 {
        var new = new & ~QueueStatus.sendMessage
        if classes & QueueStatus.posted != 0 { new &= ~(QueueStatus.posted | QueueStatus.timer) }
        if classes & QueueStatus.timer != 0 { new &= ~QueueStatus.timer }
        if classes & QueueStatus.input != 0 { new &= ~QueueStatus.input }
        if classes & QueueStatus.paint != 0 { new &= ~QueueStatus.paint }
        return new
    }

    private static func eachScene(
        _ check: @escaping @Sendable (SceneRun) -> String?
    ) throws -> String? {
        try onThreadOfItsOwn {
            let scene = try Scene()
            for bits in 0..<(1 << Kind.allCases.count) {
                let kinds = Kind.allCases.filter { bits & 1 << $0.rawValue != 0 }
                for classes in filters {
                    // From the last to the first, so that no order of arrival helps; but input is retrieved as
                    // it comes.
                    for kind in kinds.reversed() where !kind.isInput { try scene.bring(kind) }
                    for kind in kinds where kind.isInput { try scene.bring(kind) }
                    let run = SceneRun(scene: scene, kinds: kinds, classes: classes)
                    if let failure = check(run) { return "\(kinds), \(classes): \(failure)" }
                    while scene.next(.all, isRemoving: true) != nil {}
                    _ = scene.queue.takeStatus(QueueStatus.all)
                }
            }
            return nil
        }
    }

    private struct SceneRun {
        let scene: Scene
        let kinds: [Kind]
        let classes: UInt32
    }

    @Test func everyMixtureComesInOrderThroughEveryFilter() throws {
        let failure = try Self.eachScene { run in
            let (scene, filter) = (run.scene, MessageFilter(classes: run.classes))
            let expected = Self.retrieved(run.kinds, run.classes)
            let before = scene.calls.current
            for kind in expected {
                guard scene.next(filter, isRemoving: false) == kind.number else {
                    return "peek of \(kind)"
                }
                guard scene.next(filter, isRemoving: true) == kind.number else {
                    return "take of \(kind)"
                }
            }
            guard scene.next(filter, isRemoving: true) == nil else { return "more than there is" }
            let calls = scene.calls.current - before
            guard calls == (run.kinds.contains(.call) ? 1 : 0) else { return "\(calls) calls" }
            let rest = run.kinds.filter { $0 != .call && !expected.contains($0) }
            for kind in rest {
                guard scene.next(.all, isRemoving: true) == kind.number else {
                    return "\(kind), which the filter left"
                }
            }
            return nil
        }
        #expect(failure == nil)
    }

    @Test func whatThereIsAndWhatOfItIsNewFollowsFromTheLastRetrieval() throws {
        let failure = try Self.eachScene { run in
            let scene = run.scene
            _ = scene.next(MessageFilter(classes: run.classes), isRemoving: false)
            let status = scene.queue.takeStatus(QueueStatus.all)
            let pending = Kind.bits(run.kinds.filter { $0 != .call })
            guard status.pending == pending else { return "pending \(status.pending)" }
            let new = Self.stillNew(Kind.bits(run.kinds), run.classes)
            guard status.new == new else { return "new \(status.new), not \(new)" }
            return nil
        }
        #expect(failure == nil)
    }

    @Test func askingTellsAndEndsTheNewnessOfTheKindsAskedAbout() throws {
        let failure = try Self.eachScene { run in
            let queue = run.scene.queue
            let all = Kind.bits(run.kinds)
            let status = queue.takeStatus(run.classes)
            guard status == (all & run.classes, all & run.classes) else { return "\(status)" }
            let rest = all & ~run.classes
            let later = queue.takeStatus(QueueStatus.all)
            guard later == (rest, all) else { return "then \(later), not \(rest)" }
            return nil
        }
        #expect(failure == nil)
    }

    @Test func whatComesAfterARetrievalIsNew() throws {
        let failure = try Self.eachScene { run in
            let scene = run.scene
            _ = scene.next(.all, isRemoving: false)
            // Everything comes once more, in the state that the filter's number says; timers start anew.
            let again = Kind.allCases[Int(run.classes) % Kind.allCases.count]
            guard (try? scene.bring(again)) != nil else { return "nothing came" }
            let new = scene.queue.takeStatus(QueueStatus.all).new
            // A timer that is set again is due at the moment it was due at before, or later.
            if again == .timer { return nil }
            return new == again.status ? nil : "new \(new) after \(again)"
        }
        #expect(failure == nil)
    }

    @Test func onlyARetrievalOfEveryNumberEndsTheNewnessOfAllPosts() throws {
        let news = try onThreadOfItsOwn {
            let queue = try ThreadQueue.current()
            var news: [UInt32] = []
            for range in [UInt32(1)...2, 0...UInt32.max] {
                try Queue.post(Received(1), to: queue.handle)
                var message = Message(MessageHeader(message: 0))
                let filter = MessageFilter(range: range)
                _ = try unsafe Retrieval.take(
                    from: queue.handle,
                    filter,
                    until: .distantPast,
                    into: &message
                )
                news.append(queue.takeStatus(QueueStatus.all).new)
            }
            return news
        }
        #expect(news == [QueueStatus.allPostMessage, 0])
    }

    @Test func aPlainRetrievalEndsTheNewnessOfAPendingQuit() throws {
        let new = try onThreadOfItsOwn {
            let queue = try ThreadQueue.current()
            for number in UInt32(1)...3 { try Queue.post(Received(number), to: queue.handle) }
            _ = try queue.take(until: .distantPast)
            queue.postQuit(1)
            _ = try queue.take(until: .distantPast)
            return queue.takeStatus(QueueStatus.all).new
        }
        #expect(new == 0)
    }

    @Test func quitComesThroughEveryRangeAndTarget() throws {
        let codes = try onThreadOfItsOwn {
            let queue = try ThreadQueue.current()
            let window = try Target.make(of: queue)
            var codes: [Int] = []
            for target in [MessageFilter.Target.any, .queue, .window(window)] {
                try Queue.post(Received(1), to: queue.handle)
                queue.postQuit(5)
                var message = Message(MessageHeader(message: 0))
                let found = try unsafe Retrieval.take(
                    from: queue.handle,
                    MessageFilter(target: target, range: 700...800),
                    until: .distantPast,
                    into: &message
                )
                codes.append(found == .quit ? Int(bitPattern: message.header.wparam) : 0)
            }
            return codes
        }
        #expect(codes == [5, 5, 5])
    }

    /// It would never park if what it is not for counted as new again and again.
    @Test func threadSleepsWhileWhatItIsNotForIsThere() throws {
        let handle = Guarded(Handle.invalid)
        let isReady = Semaphore()
        let isFilled = Semaphore()
        let waiter = TestThread { () -> UInt32 in
            guard let queue = try? ThreadQueue.current() else { return 0 }
            handle.withLock { $0 = queue.handle }
            isReady.signal()
            _ = isFilled.wait()
            var message = Message(MessageHeader(message: 0))
            _ = try? unsafe Retrieval.take(
                from: queue.handle,
                MessageFilter(range: 700...800),
                until: Patience.deadline,
                into: &message
            )
            return message.header.message
        }
        #expect(isReady.wait())
        let sent = Message(MessageHeader(message: 1))
        try unsafe withUnsafePointer(to: sent) { pointer in
            try unsafe Sending.notify(pointer, to: handle.current)
        }
        try Queue.post(Received(2), to: handle.current)
        isFilled.signal()
        try waiter.waitUntilParked()
        try Queue.post(Received(701), to: handle.current)
        #expect(try waiter.join() == 701)
    }
}
