internal import Rat
internal import RatWindowingTestSupport
internal import Testing

@Suite struct WindowSendingTests {
    private static let double = Message.app

    /// A window on a thread of its own, which doubles what it is sent until it is told to quit.
    private func withDoubler(
        _ body: @escaping @Sendable (Window.Target) async throws -> Void
    ) async throws {
        let (targets, hands) = AsyncStream.makeStream(of: Window.Target.self)
        async let thread: Void = onThread {
            defer { hands.finish() }
            let windowClass = try makeClass { _, message in
                switch message.number {
                case Self.double: return message.lparam * 2
                case Self.double + 1:
                    MessageLoop.quit()
                    return 0
                default: return nil
                }
            }
            let window = try Window(windowClass, title: "doubler")
            hands.yield(window.target)
            _ = try MessageLoop.run()
            window.destroy()
        }
        for await target in targets {
            try await body(target)
            try await target.send(Message(Self.double + 1))
            break
        }
        try await thread
    }

    @Test func threadsJoinTheirInputAndSeparateIt() async throws {
        try await withDoubler { target in
            try await onThread {
                let window = try Window(makeClass(), title: "joins")
                expect(.accessDenied) { try window.target.separateInput(from: target) }
                expect(.accessDenied) { try window.target.joinInput(with: window.target) }
                try window.target.joinInput(with: target)
                try window.target.separateInput(from: target)
                expect(.accessDenied) { try window.target.separateInput(from: target) }
                window.destroy()
                expect(.invalidHandle) { try window.target.joinInput(with: target) }
            }
        }
    }

    @Test func aTaskGetsTheAnswerOfAnotherThreadsWindow() async throws {
        try await withDoubler { target in
            for number in 0..<200 {
                let answer = try await target.send(Message(Self.double, lparam: number))
                #expect(answer == number * 2)
            }
        }
    }

    @Test func manyTasksAtOnceEachGetTheirOwnAnswer() async throws {
        try await withDoubler { target in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        try await target.send(Message(Self.double, lparam: number)) == number * 2
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test func aTaskThatIsCancelledWaitsNoLonger() async throws {
        let (targets, hands) = AsyncStream.makeStream(of: Window.Target.self)
        let isOver = try Event()
        async let thread: Void = onThread {
            defer { hands.finish() }
            let window = try Window(makeClass(), title: "never retrieves")
            hands.yield(window.target)
            _ = isOver.wait()
            window.destroy()
        }
        for await target in targets {
            let task = Task {
                await outcome { () async throws(RatError) in
                    try await target.send(Message(Self.double))
                }
            }
            task.cancel()
            #expect(await task.value == .cancelled)
            isOver.set()
            break
        }
        try await thread
    }

    @Test func sendingOnTheWindowsOwnThreadRunsItsHandlerAtOnce() async throws {
        try await onThread {
            var sent: [Int] = []
            let windowClass = try makeClass { _, message in
                guard message.number == Self.double else { return nil }
                sent.append(message.lparam)
                return message.lparam * 2
            }
            let window = try Window(windowClass, title: "direct")
            #expect(try window.send(Message(Self.double, lparam: 21)) == 42)
            #expect(sent == [21])
            #expect(try window.target.send(Message(Self.double, lparam: 4), timeout: .zero) == 8)
            window.destroy()
            expect(.invalidHandle) { try window.send(Message(Self.double)) }
            expect(.invalidHandle) { try window.target.notify(Message(Self.double)) }
        }
    }

    @Test func noticesAreHandledInTheirOrder() async throws {
        try await onThread {
            var seen: [Int] = []
            let windowClass = try makeClass { _, message in
                guard message.number == Self.double else { return nil }
                seen.append(message.lparam)
                return 0
            }
            let window = try Window(windowClass, title: "told")
            for number in 1...3 { try window.target.notify(Message(Self.double, lparam: number)) }
            #expect(seen == [1, 2, 3])
            window.destroy()
        }
    }
}

/// Why the body failed; `nil` if it did not.
private func outcome(_ body: () async throws(RatError) -> Int) async -> RatError.Code? {
    do throws(RatError) {
        _ = try await body()
        return nil
    } catch {
        return error.code
    }
}
