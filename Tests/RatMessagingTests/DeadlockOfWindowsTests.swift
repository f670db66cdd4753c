import RatCore
import RatSystem
import RatTestSupport
import Testing

@testable import RatMessaging

/// Deadlocks in which threads with windows take part.
@Suite struct DeadlockOfWindowsTests {
    /// A thread with a window, which retrieves until it is told to quit.
    private final class Owner: Sendable {
        private let made = Guarded(Handle.invalid)
        private let ready = Semaphore()
        private let turn = Semaphore()
        let thread: TestThread<Send.Outcome>

        /// Runs `first`, with the window there, when it is told; then retrieves.
        init(
            _ procedure: @escaping Target.Procedure = { _ in },
            first: @escaping @Sendable () -> Send.Outcome = { .success(0) }
        ) {
            let (made, ready, turn) = (made, ready, turn)
            thread = TestThread {
                guard let queue = try? ThreadQueue.current(),
                    let window = try? Target.make(of: queue, procedure)
                else { return .failure(.unknown) }
                made.withLock { $0 = window }
                ready.signal()
                _ = turn.wait()
                let outcome = first()
                while case .message = try? queue.take(until: Patience.deadline) {}
                Target.destroy(window, of: queue)
                return outcome
            }
        }

        var window: Handle {
            get throws {
                guard ready.wait() else { throw TestThread<Int>.Failure.neverParked }
                ready.signal()
                return made.current
            }
        }

        func goOn() { turn.signal() }

        /// Has it go on until it waits.
        func goOnUntilParked() throws {
            turn.signal()
            try thread.waitUntilParked()
        }

        func end() throws -> Send.Outcome {
            try Queue.post(Received(QueueMessage.quit), to: window)
            return try thread.join()
        }
    }

    /// A thread that retrieves a request, and sends a message of its own before it answers.
    private func serving(
        _ queue: Handle,
        with answer: Int,
        afterSending number: UInt32,
        to target: Handle
    ) -> TestThread<Send.Outcome> {
        TestThread {
            guard let request = try? MessageQueue.take(from: queue, until: Patience.deadline)
            else { return .failure(.unknown) }
            let outcome = Send.send(number, to: target)
            Send.reply(request, answer)
            return outcome
        }
    }

    @Test func windowWhoseThreadServesWhileItWaitsIsNoDeadlock() throws {
        let queue = try Queue.make()
        let owner = Owner(first: { Send.send(1, to: queue) })
        let window = try owner.window
        let other = serving(queue, with: 5, afterSending: 2, to: window)
        owner.goOn()
        #expect(try other.join() == .success(0))
        #expect(try owner.end() == .success(5))
        try MessageQueue.close(queue)
    }

    @Test func windowWhoseThreadBlocksWhileItWaitsIsADeadlock() throws {
        let queue = try Queue.make()
        let owner = Owner(first: { Send.send(1, to: queue, isBlocking: true) })
        let window = try owner.window
        let other = serving(queue, with: 5, afterSending: 2, to: window)
        owner.goOn()
        #expect(try other.join() == .failure(.deadlock))
        #expect(try owner.end() == .success(5))
        try MessageQueue.close(queue)
    }

    @Test func procedureThatSendsBackToTheQueueOfItsSenderIsADeadlock() throws {
        let queue = try Queue.make()
        let inner = Guarded<Send.Outcome?>(nil)
        let owner = Owner({ message in
            guard message.header.message == 1 else { return }
            let outcome = Send.send(2, to: queue)
            inner.withLock { $0 = outcome }
        })
        let window = try owner.window
        owner.goOn()
        let outcome = try onThreadOfItsOwn { () -> Send.Outcome in
            Send.becomeRetriever(of: queue)
            return Send.send(1, to: window)
        }
        #expect(outcome == .success(0))
        #expect(inner.current == .failure(.deadlock))
        #expect(try owner.end() == .success(0))
        try MessageQueue.close(queue)
    }

    /// One waits for a procedure, which waits for a second thread, which waits for the first.
    @Test func waitInsideAProcedureIsAPartOfTheChain() throws {
        let (mine, others) = (try Queue.make(), try Queue.make())
        let inner = Guarded<Send.Outcome?>(nil)
        let owner = Owner({ message in
            guard message.header.message == 1 else { return }
            let outcome = Send.send(2, to: others)
            inner.withLock { $0 = outcome }
        })
        let window = try owner.window
        owner.goOn()
        let second = serving(others, with: 6, afterSending: 3, to: mine)
        let first = try onThreadOfItsOwn { () -> Send.Outcome in
            Send.becomeRetriever(of: mine)
            return Send.send(1, to: window)
        }
        #expect(first == .success(0))
        #expect(try second.join() == .failure(.deadlock))
        #expect(inner.current == .success(6))
        #expect(try owner.end() == .success(0))
        for queue in [mine, others] { try MessageQueue.close(queue) }
    }

    /// While a thread waits it runs another's procedure: that sender's wait is no part of a chain, whatever
    /// the thread waited for when it began.
    @Test func procedureAtWorkInsideAWaitIsNotStuck() throws {
        let (queue, own) = (try Queue.make(), try Queue.make())
        let (isInside, mayLeave) = (Semaphore(), Semaphore())
        let owner = Owner(
            { message in
                guard message.header.message == 2 else { return }
                isInside.signal()
                _ = mayLeave.wait()
            },
            first: { Send.send(1, to: queue) }
        )
        let window = try owner.window
        // Waits for the procedure, and retrieves from its own queue afterwards.
        let client = TestThread { () -> Bool in
            Send.becomeRetriever(of: own)
            guard case .success = Send.send(2, to: window) else { return false }
            return Send.serve(own, 8)
        }
        let server = TestThread { () -> Send.Outcome in
            guard let request = try? MessageQueue.take(from: queue, until: Patience.deadline),
                isInside.wait()
            else { return .failure(.unknown) }
            // The client waits for the owner, the owner for this thread: but it is at work.
            let outcome = Send.send(3, to: own)
            Send.reply(request, 9)
            return outcome
        }
        owner.goOn()
        #expect(Patience.until { server.record.edge.request != nil })
        try server.waitUntilParked()
        mayLeave.signal()
        #expect(try server.join() == .success(8))
        #expect(try client.join())
        #expect(try owner.end() == .success(9))
        for queue in [queue, own] { try MessageQueue.close(queue) }
    }
}
