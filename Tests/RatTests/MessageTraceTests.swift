internal import Rat
internal import RatWindowingTestSupport
internal import Synchronization
internal import Testing

/// The process has one listener, and other tests run beside: so all of it is one test, which looks at a number of
/// its own.
@Suite struct MessageTraceTests {
    @Test func aTraceTellsWhatBecomesOfMessagesUntilItIsStopped() async throws {
        let number = try Message.register("a message of the trace's tests")
        let events = Mutex<[MessageTrace.Event]>([])
        expect(.invalidArgument) { try MessageTrace.start("WM_NONE") { _ in } }
        try MessageTrace.start("\(number)") { event in events.withLock { $0.append(event) } }
        defer { MessageTrace.stop() }
        try await onThread {
            let windowClass = try makeClass { window, message in
                guard message.number == number else { return nil }
                if message.wparam == 0 { _ = try? window.send(Message(number, wparam: 1)) }
                MessageLoop.quit()
                return 3
            }
            let window = try Window(windowClass, title: "", style: .overlapped)
            try window.target.post(Message(number))
            _ = try MessageLoop.run()
            MessageTrace.stop()
            try window.send(Message(number, wparam: 1))
        }
        let told = events.withLock { $0 }
        #expect(told.map(\.kind) == [.post, .dispatch, .send, .endOfCall, .endOfCall])
        #expect(told.map(\.depth) == [0, 0, 1, 1, 0])
        #expect(told.map(\.message.wparam) == [0, 0, 1, 1, 0])
        #expect(told.last?.result == 3)
    }
}
