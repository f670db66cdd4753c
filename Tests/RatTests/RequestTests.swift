internal import Rat
internal import RatWindowingTestSupport
internal import Testing

@Suite struct RequestTests {
    private struct Question: Equatable { var left: Int, right: Int }

    /// Answers the sums of questions until the queue is closed.
    private func adder(_ queue: MessageQueue) throws -> OtherThread {
        try OtherThread {
            while let message = try? queue.next() {
                guard let question = message.value(as: Question.self) else { continue }
                try? message.request?.reply(question.left + question.right)
            }
        }
    }

    @Test func aRequestIsAnsweredWithAValue() throws {
        let queue = try MessageQueue()
        let thread = try adder(queue)
        for number in 0..<1000 {
            let reply = try queue.send(1, Question(left: number, right: 5), timeout: .seconds(60))
            #expect(reply.value() == number + 5)
        }
        queue.close()
        thread.join()
    }

    @Test func aTaskSendsWithoutAThread() async throws {
        let queue = try MessageQueue()
        let thread = try adder(queue)
        // More of them than there are threads to block.
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<1000 {
                group.addTask {
                    try await queue.send(1, Question(left: number, right: 7)).value() == number + 7
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
        queue.close()
        thread.join()
    }

    @Test func tasksAnswerTasks() async throws {
        let queue = try MessageQueue()
        let server = Task {
            for await message in queue.messages {
                try message.request?.reply(Message(message.number + 1, payload: message.payload))
            }
        }
        for size in [0, 1, 64, 65, 100_000] {
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
            let reply = try await queue.send(Message(5, payload: bytes))
            #expect(reply == Message(6, payload: bytes))
        }
        queue.close()
        try await server.value
    }

    @Test func aRetrievedRequestKnowsThatItIsOne() async throws {
        let queue = try MessageQueue()
        try queue.post(Message(1))
        try queue.notify(Message(2))
        async let reply = queue.send(Message(3))
        var messages = queue.messages.makeAsyncIterator()
        var isRequest: [UInt32: Bool] = [:]
        while isRequest.count < 3, let message = await messages.next() {
            isRequest[message.number] = message.isRequest
            try message.request?.reply()
        }
        #expect(isRequest == [1: false, 2: false, 3: true])
        #expect(try await reply == Message(0))
    }

    @Test func replyingTwiceThrows() async throws {
        let queue = try MessageQueue()
        async let reply = queue.send(Message(1))
        let request = try #require(await firstMessage(of: queue)?.request)
        try request.reply(1)
        expect(.notFound) { try request.reply(2) }
        #expect(try await reply.value() == 1)
        expect(.notFound) { try request.reply(3) }
    }

    @Test func aRequestThatNobodyKeepsFails() async throws {
        let queue = try MessageQueue()
        let sender = Task { try await queue.send(Message(1)) }
        #expect(await firstMessage(of: queue)?.isRequest == true)
        await expect(.notConnected) { try await sender.value }
    }

    @Test func closingTheQueueFailsWhatWasSentToIt() async throws {
        let queue = try MessageQueue()
        let senders = (0..<2).map { _ in Task { try await queue.send(Message(1)) } }
        let begun = await firstMessage(of: queue)
        while try queue.info.requests == 0 { await Task.yield() }
        queue.close()
        for sender in senders { await expect(.notConnected) { try await sender.value } }
        expect(.notFound) { try begun?.request?.reply() }
        await expect(.invalidHandle) { try await queue.send(Message(3)) }
    }

    @Test func aRequestOutlivesTheThreadThatRetrievedIt() async throws {
        let (queue, handOver) = (try MessageQueue(), Handed<Request>())
        async let reply = queue.send(Message(1))
        try await onFreshThread { handOver.value = try queue.next()?.request }
        try #require(handOver.value).reply(9)
        #expect(try await reply.value() == 9)
    }

    @Test func aRequestThatTimesOutIsWithdrawn() throws {
        let queue = try MessageQueue()
        expect(.timedOut) { try queue.send(Message(1), timeout: .milliseconds(1)) }
        #expect(try queue.info.requests == 0)
        #expect(try queue.next(timeout: .zero) == nil)
    }

    @Test func aSendThatOnlyTheSenderCouldAnswerIsADeadlock() throws {
        let queue = try MessageQueue()
        #expect(try queue.next(timeout: .zero) == nil)
        let error = expect(.deadlock) { try queue.send(Message(0x8001), timeout: nil) }
        #expect(error?.report?.contains("8001") == true)
        #expect(error?.description.contains("deadlock") == true)
        #expect(try queue.info.requests == 0)
    }

    @Test func whereTasksRetrieveThereIsNoDeadlock() async throws {
        let queue = try MessageQueue()
        let server = Task {
            for await message in queue.messages { try message.request?.reply() }
        }
        for _ in 0..<100 { _ = try await queue.send(Message(1)) }
        try await onFreshThread {
            // It has retrieved, and still is not the only one.
            _ = try queue.next(matching: .number(5), timeout: .zero)
            _ = try queue.send(Message(1), timeout: nil)
        }
        queue.close()
        try await server.value
    }

    // MARK: - Cancellation

    @Test func aCancelledTaskSendsNothing() async throws {
        let queue = try MessageQueue()
        let sender = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return try await queue.send(Message(1))
        }
        await expect(.cancelled) { try await sender.value }
        #expect(try queue.info.requests == 0)
    }

    @Test func cancellationWithdrawsARequestThatNobodyHasBegun() async throws {
        let queue = try MessageQueue()
        let sender = Task { try await queue.send(Message(1)) }
        while try queue.info.requests == 0 { await Task.yield() }
        sender.cancel()
        await expect(.cancelled) { try await sender.value }
        #expect(try queue.info.requests == 0)
        #expect(try queue.next(timeout: .zero) == nil)
    }

    @Test func cancellationDropsTheReplyToARequestThatWasBegun() async throws {
        let queue = try MessageQueue()
        let sender = Task { try await queue.send(Message(1)) }
        let message = await firstMessage(of: queue)
        sender.cancel()
        await expect(.cancelled) { try await sender.value }
        expect(.notFound) { try message?.request?.reply() }
    }

    @Test func aReplyThatMeetsACancellationComesOrNot() async throws {
        let queue = try MessageQueue()
        let server = Task {
            for await message in queue.messages {
                // Its sender may have given up.
                try? message.request?.reply(message.number)
            }
        }
        var cancelled = 0
        for round in 0..<5000 as Range<UInt32> {
            let sender = Task { try await queue.send(Message(round)) }
            for _ in 0..<(round % 5) { await Task.yield() }
            sender.cancel()
            switch await sender.result {
            case .success(let reply): #expect(reply.value() == round)
            case .failure(let error):
                #expect((error as? RatError)?.code == .cancelled)
                cancelled += 1
            }
        }
        #expect(cancelled > 0)
        #expect(try queue.info.requests == 0)
        #expect(try await queue.send(Message(1)).value() == UInt32(1))
        queue.close()
        await server.value
    }

    private func firstMessage(of queue: MessageQueue) async -> Message? {
        for await message in queue.messages { return message }
        return nil
    }
}
