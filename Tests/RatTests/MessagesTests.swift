internal import Rat
internal import RatWindowingTestSupport
internal import Synchronization
internal import Testing

@Suite struct MessagesTests {
    @Test func whatIsQueuedComesInItsOrder() async throws {
        let queue = try MessageQueue()
        for number in 1...100 as ClosedRange<UInt32> {
            try queue.post(number, UInt64(number) * 3)
        }
        var numbers: [UInt32] = []
        for await message in queue.messages {
            #expect(message.value() == UInt64(message.number) * 3)
            numbers.append(message.number)
            if numbers.count == 100 { break }
        }
        #expect(numbers == Array(1...100))
    }

    @Test func aTaskThatWaitsIsResumedByEachPost() async throws {
        let (there, back) = (try MessageQueue(), try MessageQueue())
        let echo = Task {
            for await message in there.messages { try back.post(message) }
        }
        var replies = back.messages.makeAsyncIterator()
        for number in 1...2000 as ClosedRange<UInt32> {
            try there.post(Message(number))
            #expect(await replies.next() == Message(number))
        }
        there.close()
        try await echo.value
    }

    @Test func aThreadResumesATask() async throws {
        let queue = try MessageQueue()
        let thread = try OtherThread {
            for number in 1...1000 as ClosedRange<UInt32> { try? queue.post(Message(number)) }
        }
        var messages = queue.messages.makeAsyncIterator()
        for number in 1...1000 as ClosedRange<UInt32> {
            #expect(await messages.next()?.number == number)
        }
        thread.join()
    }

    @Test func aTaskOfAnActorIteratesThere() async throws {
        let queue = try MessageQueue()
        let consumer = Task { @MainActor in
            for await message in queue.messages {
                MainActor.assertIsolated()
                return message.number
            }
            return 0
        }
        try queue.post(Message(7))
        #expect(await consumer.value == 7)
    }

    @Test func theNextMessageIsTheMostUrgentOne() async throws {
        let queue = try MessageQueue()
        try queue.post(Message(1))
        try queue.post(Message(2, priority: 3))
        var messages = queue.messages.makeAsyncIterator()
        #expect(await messages.next()?.number == 2)
        #expect(await messages.next()?.number == 1)
    }

    @Test func aDelayedMessageResumesATask() async throws {
        let queue = try MessageQueue()
        var messages = queue.messages.makeAsyncIterator()
        try queue.post(Message(1), after: .milliseconds(2))
        #expect(await messages.next()?.number == 1)
        // Also one that comes when the task is suspended already.
        let consumer = Task { await firstMessage(of: queue) }
        for _ in 0..<100 { await Task.yield() }
        try queue.post(Message(2), after: .milliseconds(2))
        #expect(await consumer.value?.number == 2)
    }

    @Test func eachMessageGoesToOneConsumerInItsOrder() async throws {
        let (producers, count) = (4, 5000)
        let queue = try MessageQueue(MessageQueue.Options(capacity: 100, overflow: .wait()))
        // Threads of their own, because posting blocks them.
        let posters = (0..<producers).map { producer in
            Task {
                try await onFreshThread {
                    for place in 0..<count { try queue.post(UInt32(producer), place) }
                }
            }
        }
        let taken = try await withThrowingTaskGroup(of: [[Int]].self) { group in
            for _ in 0..<3 {
                group.addTask {
                    var places = [[Int]](repeating: [], count: producers)
                    for await message in queue.messages {
                        guard message.number != Message.app else { break }
                        places[Int(message.number)].append(message.value() ?? -1)
                    }
                    return places
                }
            }
            for poster in posters { try await poster.value }
            for _ in 0..<3 { try queue.post(Message(Message.app, priority: -4)) }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for producer in 0..<producers {
            for places in taken {
                #expect(places[producer] == places[producer].sorted())
            }
            #expect(taken.flatMap { $0[producer] }.sorted() == Array(0..<count))
        }
    }

    // MARK: - Ends

    @Test func closingTheQueueEndsEveryIteration() async throws {
        for _ in 0..<500 {
            let queue = try MessageQueue()
            await withTaskGroup(of: Message?.self) { group in
                for _ in 0..<3 { group.addTask { await firstMessage(of: queue) } }
                await Task.yield()
                queue.close()
                for await message in group { #expect(message == nil) }
            }
            #expect(await firstMessage(of: queue) == nil)
        }
    }

    @Test func aCancelledTaskTakesNothing() async throws {
        let queue = try MessageQueue()
        try queue.post(Message(1))
        let consumer = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return await firstMessage(of: queue)
        }
        #expect(await consumer.value == nil)
        #expect(try queue.info.queued == 1)
    }

    @Test func cancellationLeavesNothingBehind() async throws {
        for round in 0..<1000 {
            var queue: MessageQueue? = try MessageQueue()
            weak let remains = queue
            // A message to come keeps an alarm set.
            if round.isMultiple(of: 2) { try queue?.post(Message(1), after: .seconds(3600)) }
            let consumer = Task { [queue] in
                guard let queue else { return Message?.none }
                return await firstMessage(of: queue)
            }
            for _ in 0..<(round % 5) { await Task.yield() }
            consumer.cancel()
            #expect(await consumer.value == nil)
            queue = nil
            // The task's own memory goes a moment after its value is there.
            while remains != nil { await Task.yield() }
        }
    }

    @Test func aMessageThatMeetsACancellationGoesToAnother() async throws {
        let queue = try MessageQueue()
        for round in 0..<3000 as Range<UInt32> {
            let fickle = Task { await firstMessage(of: queue) }
            for _ in 0..<(round % 4) { await Task.yield() }
            let patient = Task { await firstMessage(of: queue) }
            for _ in 0..<(round % 3) { await Task.yield() }
            let post = Task { try queue.post(Message(round)) }
            fickle.cancel()
            try await post.value
            if let message = await fickle.value {
                #expect(message.number == round)
                try queue.post(Message(round))
            }
            #expect(await patient.value?.number == round)
            #expect(try queue.info.queued == 0)
        }
    }

    @Test func aMessageThatMeetsACancellationGoesToAThread() async throws {
        let queue = try MessageQueue()
        for round in 0..<1000 as Range<UInt32> {
            let fickle = Task { await firstMessage(of: queue) }
            for _ in 0..<(round % 4) { await Task.yield() }
            let number = Atomic<UInt32>(.max)
            let thread = try OtherThread {
                let message = try? queue.next(timeout: .seconds(60))
                number.store(message?.number ?? .max, ordering: .relaxed)
            }
            try queue.post(Message(round))
            fickle.cancel()
            if await fickle.value != nil { try queue.post(Message(round)) }
            thread.join()
            #expect(number.load(ordering: .relaxed) == round)
        }
    }

    // MARK: - Executors

    /// An application's executor, which looks at the queue that its task waits for.
    private final class CuriousExecutor: TaskExecutor {
        private let jobs = Mutex<[UnownedJob]>([])
        private let wakeUps: MessageQueue
        private let watched: MessageQueue

        init(watching queue: MessageQueue) throws {
            wakeUps = try MessageQueue()
            watched = queue
        }

        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            // Whoever resumes the task must not hold the queue's lock: this takes it.
            _ = try? watched.info
            jobs.withLock { $0.append(job) }
            try? wakeUps.post(Message(1))
        }

        func run() {
            while (try? wakeUps.next()) != nil {
                let job = jobs.withLock { $0.removeFirst() }
                unsafe job.runSynchronously(on: asUnownedTaskExecutor())
            }
        }

        func stop() { wakeUps.close() }
    }

    @Test func noCodeOfTheApplicationRunsUnderTheQueuesLock() async throws {
        let (queue, replies) = (try MessageQueue(), try MessageQueue())
        let executor = try CuriousExecutor(watching: queue)
        let thread = try OtherThread { executor.run() }
        let echo = Task(executorPreference: executor) {
            for await message in queue.messages { try? replies.post(message) }
        }
        var messages = replies.messages.makeAsyncIterator()
        for number in 1...200 as ClosedRange<UInt32> {
            try queue.post(Message(number))
            #expect(await messages.next()?.number == number)
        }
        queue.close()
        await echo.value
        executor.stop()
        thread.join()
    }
}

private func firstMessage(of queue: MessageQueue) async -> Message? {
    for await message in queue.messages { return message }
    return nil
}
