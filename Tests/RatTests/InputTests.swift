internal import Rat
internal import Testing

@Suite struct InputTests {
    // The foreground goes to the next window of the process: so in one of its own.
    @Test func theFocusAndTheActivationGoWhereTheProgramPutsThem() async throws {
        await #expect(processExitsWith: .success) {
            try await onThread {
                let first = try Window(makeClass(), title: "first")
                let second = try Window(makeClass(), title: "second")
                #expect(second.hasFocus && second.isActive)
                try first.focus()
                #expect(first.hasFocus && first.isActive)
                #expect(!second.hasFocus && !second.isActive)
                try second.activate()
                #expect(second.hasFocus)
                second.destroy()
                #expect(first.hasFocus)
                #expect(!second.hasFocus && !second.isActive)
                expect(.invalidHandle) { try second.focus() }
            }
        }
    }

    // The pointer and the foreground are the process': so in one of its own.
    @Test func whatAProgramSendsComesAsMessages() async throws {
        await #expect(processExitsWith: .success) {
            try await onThread {
                var kinds: [Message.Kind] = []
                let windowClass = try makeClass { _, message in
                    if message.kind != .other { kinds.append(message.kind) }
                    return nil
                }
                let window = try Window(windowClass, title: "sent to", position: (100, 50))
                try window.captureMouse()
                kinds = []
                Input.send([
                    .move(x: 110, y: 70), .moveBy(x: 1, y: 1), .press(.left), .release(.left),
                    .wheel(-120), .keyDown(VirtualKey(rawValue: 0x42)),
                    .keyUp(VirtualKey(rawValue: 0x42)), .text("é"),
                ])
                // A timer comes when no input is left.
                let closing = try makeClass { _, message in
                    if case .timer = message.kind { MessageLoop.quit(0) }
                    return nil
                }
                let timed = try Window(closing, title: "ends it", style: [])
                try timed.setTimer(1, every: .milliseconds(10))
                _ = try MessageLoop.run()
                let expected: [Message.Kind] = [
                    .mouseMove(x: 11, y: 21), .leftButtonDown(x: 11, y: 21),
                    .leftButtonUp(x: 11, y: 21), .wheel(delta: -120),
                    .keyDown(VirtualKey(rawValue: 0x42), isRepeat: false), .character(0x62),
                    .keyUp(VirtualKey(rawValue: 0x42)),
                    .keyDown(VirtualKey(rawValue: 0xE7), isRepeat: false), .character(0xE9),
                    .keyUp(VirtualKey(rawValue: 0xE7)),
                ]
                let seen = kinds.filter { expected.contains($0) }
                precondition(seen == expected, "\(kinds)")
            }
        }
    }
}
