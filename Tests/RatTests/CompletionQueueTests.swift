internal import Rat
internal import Testing

@Suite struct CompletionQueueTests {
    @Test func aReadSuspendsUntilThereIsSomething() async throws {
        let queue = try CompletionQueue()
        let (reader, writer) = try Pipe.make()
        async let bytes = queue.read(reader, upTo: 10)
        try await queue.write([1, 2, 3], to: writer)
        #expect(try await bytes == [1, 2, 3])
        writer.close()
        #expect(try await queue.read(reader, upTo: 10) == [])
    }

    @Test func aCancelledTaskEndsItsRead() async throws {
        let queue = try CompletionQueue()
        let (reader, writer) = try Pipe.make()
        for _ in 0..<100 {
            let task = Task { try await queue.read(reader, upTo: 10) }
            task.cancel()
            let error = await #expect(throws: RatError.self) { try await task.value }
            #expect(error?.code == .cancelled)
        }
        try await queue.write([4], to: writer)
        #expect(try await queue.read(reader, upTo: 10) == [4])
    }

    @Test func connectionsAreMadeAndTaken() async throws {
        let queue = try CompletionQueue()
        let listener = try Socket(.ipv4)
        try listener.bind(to: .loopback(port: 0))
        try listener.listen()
        let client = try Socket(.ipv4)
        async let accepted = queue.accept(from: listener)
        let port = try #require(listener.port)
        try await queue.connect(client, to: .loopback(port: port))
        let server = try await accepted
        try await queue.send([7, 8], through: client)
        #expect(try await queue.receive(from: server, upTo: 100) == [7, 8])
    }

    @Test func waitsTakeSignalsAndEndInTime() async throws {
        let queue = try CompletionQueue()
        let event = try Event()
        #expect(try await !queue.wait(for: event, timeout: .milliseconds(1)))
        async let isSignaled = queue.wait(for: event)
        event.set()
        #expect(try await isSignaled)
        let mutex = try WaitableMutex()
        await #expect(throws: RatError.self) { _ = try await queue.wait(for: mutex) }
    }

    @Test func moreThanTheDepthIsRefused() async throws {
        let queue = try CompletionQueue(depth: 1)
        let (first, second) = (try Event(), try Event(isSignaled: true))
        let task = Task {
            while true {
                // Refused where the other wait was there first.
                if let isSignaled = try? await queue.wait(for: first) { return isSignaled }
                await Task.yield()
            }
        }
        // Until the task has got so far: one wait after the other has room.
        while (try? await queue.wait(for: second)) == true {
            second.set()
            await Task.yield()
        }
        let error = await #expect(throws: RatError.self) { try await queue.wait(for: second) }
        #expect(error?.code == .noResources)
        first.set()
        #expect(await task.value)
    }
}
