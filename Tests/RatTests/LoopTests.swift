internal import Rat
internal import RatWindowingTestSupport
internal import Testing

@Suite struct LoopTests {
    @Test func theLoopRunsUntilTheWindowIsClosed() async throws {
        try await onThread {
            let windowClass = try makeClass { window, message in
                switch message.kind {
                case .focusGained: Hands.close()
                case .destroy: MessageLoop.quit(7)
                default: break
                }
                return nil
            }
            _ = try Window(windowClass, title: "closed")
            #expect(try MessageLoop.run() == 7)
        }
    }

    @Test func quitWaitsForWhatIsPosted() async throws {
        try await onThread {
            var numbers: [UInt32] = []
            let windowClass = try makeClass { _, message in
                if message.number >= Message.app { numbers.append(message.number) }
                return nil
            }
            let window = try Window(windowClass, title: "quits")
            MessageLoop.quit(1)
            try window.target.post(Message(Message.app))
            MessageLoop.quit(2)
            try window.target.post(Message(Message.app + 1))
            #expect(try MessageLoop.run() == 2)
            #expect(numbers == [Message.app, Message.app + 1])
        }
    }

    @Test func anotherThreadPostsToAWindowWithAPayload() async throws {
        try await onThread {
            var received: [Message] = []
            let windowClass = try makeClass { _, message in
                guard message.number == Message.app else { return nil }
                received.append(message)
                if received.count == 3 { MessageLoop.quit() }
                return 0
            }
            let target = try Window(windowClass, title: "target").target
            let sent = [0, 64, 100_000].map { size in
                Message(
                    Message.app,
                    wparam: UInt(size),
                    lparam: -size,
                    payload: (0..<size).map { UInt8(truncatingIfNeeded: $0) }
                )
            }
            let thread = try OtherThread {
                for message in sent { try? target.post(message) }
            }
            #expect(try MessageLoop.run() == 0)
            thread.join()
            #expect(received == sent)
        }
    }

    @Test func keysArriveAsKeysAndAsText() async throws {
        try await onThread {
            var kinds: [Message.Kind] = []
            let windowClass = try makeClass { _, message in
                switch message.kind {
                case .focusGained:
                    Hands.press(0x41, character: 0x61)
                    Hands.press(0x41, character: 0x61)
                    Hands.press(0x1B, character: 0)
                case .keyDown(.escape, _):
                    MessageLoop.quit()
                case .keyDown, .character:
                    kinds.append(message.kind)
                default: break
                }
                return nil
            }
            _ = try Window(windowClass, title: "keys")
            _ = try MessageLoop.run()
            let key = VirtualKey(rawValue: 0x41)
            #expect(
                kinds == [
                    .keyDown(key, isRepeat: false), .character(0x61),
                    .keyDown(key, isRepeat: true), .character(0x61), .character(0x1B),
                ]
            )
        }
    }

    @Test func timersComeUntilTheyAreStopped() async throws {
        try await onThread {
            var count = 0
            let windowClass = try makeClass { window, message in
                guard message.kind == .timer(id: 4) else { return nil }
                count += 1
                if count == 2 {
                    window.killTimer(4)
                    MessageLoop.quit()
                }
                return 0
            }
            let window = try Window(windowClass, title: "timed", style: .overlapped)
            try window.setTimer(0, every: .seconds(60), tolerance: .seconds(1))
            window.killTimer(0)
            try window.setTimer(4, every: .milliseconds(10))
            _ = try MessageLoop.run()
            #expect(count == 2)
        }
    }

    @Test func theLossOfTheDisplayIsAMessage() async throws {
        try await onThread {
            var isLost = false
            let windowClass = try makeClass { window, message in
                switch message.kind {
                case .focusGained: Hands.loseDisplay()
                case .displayLost:
                    isLost = true
                    MessageLoop.quit()
                    return 0
                default: break
                }
                return nil
            }
            let window = try Window(windowClass, title: "lost")
            _ = try MessageLoop.run()
            #expect(isLost && window.exists)
            expect(.notConnected) { try window.show(false) }
        }
    }
}
