internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatSystem
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

@Suite struct KeyTests {
    private static let wasDown = 1 << 30
    private static let isUp = 1 << 31
    private static let alt = 1 << 29

    @Test func aKeyTellsScanCodeExtensionAndWhetherItWasDown() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            for isDown in [true, true, false, true] {
                stage.key(0x26, isDown: isDown, scanCode: 0x48, isExtended: true, in: window)
            }
            let base = 1 | 0x48 << 16 | 1 << 24
            expectSequence(
                try stage.ran(),
                .keyDown(0x26, base),
                .keyDown(0x26, base | Self.wasDown),
                .keyUp(0x26, base | Self.wasDown | Self.isUp),
                .keyDown(0x26, base)
            )
        }
    }

    @Test func keysWithAltAreSystemKeysUntilAltGoesUp() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.key(0x12, in: window)
            stage.key(0x58, modifiers: .alt, in: window)
            stage.key(0x58, isDown: false, modifiers: .alt, in: window)
            stage.key(0x12, isDown: false, modifiers: .alt, in: window)
            expectSequence(
                try stage.ran(),
                .systemKeyDown(0x12, 1 | Self.alt),
                .systemKeyDown(0x58, 1 | Self.alt),
                .systemKeyUp(0x58, 1 | Self.alt | Self.wasDown | Self.isUp),
                .keyUp(0x12, 1 | Self.wasDown | Self.isUp)
            )
        }
    }

    @Test func altAloneIsASystemKeyDownAndUp() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.key(0x12, in: window)
            stage.key(0x12, isDown: false, modifiers: .alt, in: window)
            expectSequence(
                try stage.ran(),
                .systemKeyDown(0x12, 1 | Self.alt),
                .systemKeyUp(0x12, 1 | Self.wasDown | Self.isUp),
                .systemCommand(0xF100, 0)
            )
        }
    }

    @Test func f10IsASystemKeyWithoutAlt() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.key(0x79, in: window)
            stage.key(0x79, isDown: false, in: window)
            expectSequence(
                try stage.ran(),
                .systemKeyDown(0x79, 1),
                .systemKeyUp(0x79, 1 | Self.wasDown | Self.isUp),
                .systemCommand(0xF100, 0)
            )
        }
    }

    @Test func altWithControlMakesPlainKeys() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.key(0x58, modifiers: [.alt, .control], in: window)
            stage.key(0x58, isDown: false, modifiers: [.alt, .control], in: window)
            expectSequence(try stage.ran(), .keyDown(0x58, 1), .keyUp(0x58))
        }
    }

    /// AltGr as displays tell it: the left Control and the right Alt, in that order both ways.
    @Test func altGrMakesPlainKeysWithTheTextOfItsLevel() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let both: Modifiers = [.control, .alt, .level3]
            func key(
                _ key: UInt8,
                isDown: Bool,
                _ modifiers: Modifiers,
                isExtended: Bool = false,
                types character: UInt32 = 0
            ) {
                stage.key(
                    key,
                    isDown: isDown,
                    isExtended: isExtended,
                    symbol: character,
                    character: character,
                    modifiers: modifiers,
                    in: window
                )
            }
            key(0x11, isDown: true, [])
            key(0x12, isDown: true, .control, isExtended: true)
            key(0x51, isDown: true, both, types: 0x40)
            key(0x51, isDown: false, both, types: 0x40)
            key(0x11, isDown: false, both)
            key(0x12, isDown: false, [.alt, .level3], isExtended: true)
            expectSequence(
                try stage.ran(),
                .keyDown(0x11),
                .keyDown(0x12),
                .keyDown(0x51),
                .character(0x40),
                .keyUp(0x51),
                .systemKeyUp(0x11),
                .keyUp(0x12)
            )
            #expect(try WindowThread.current().keyState(0xA3) >= 0)
            #expect(try WindowThread.current().keyState(0xA5) >= 0)
        }
    }

    @Test func withoutAFocusKeysGoToTheActiveWindowAsSystemKeys() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            try WindowThread.current().takeFocus(.invalid)
            _ = stage.taken()
            stage.key(0x41, in: window)
            stage.key(0x41, isDown: false, in: window)
            expectSequence(
                try stage.ran(),
                .systemKeyDown(0x41, 1).of(window),
                .systemKeyUp(0x41, 1 | Self.wasDown | Self.isUp).of(window)
            )
        }
    }

    @Test func keysGoToTheFocusWhereverTheDisplaySawThem() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            stage.key(0x41, in: a)
            expectSequence(try stage.ran(), .keyDown(0x41).of(b))
        }
    }

    @Test func aLookAtAKeyChangesNothing() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.key(0x41, time: 7, in: window)
            for _ in 0..<3 {
                guard case .message(let message)? = try stage.queue.peek() else {
                    Issue.record("a key is there to be seen")
                    return
                }
                #expect(message.header.lparam == 1)
                #expect(message.header.time == 7)
            }
            expectSequence(try stage.ran(), .keyDown(0x41, 1))
        }
    }

    @Test func postedMessagesComeBeforeInputBeforePaintBeforeTimers() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            _ = try stage.setTimer(window, 3, at: .distantPast)
            try Window.find(window).invalidate(
                Rect(left: 0, top: 0, right: 9, bottom: 9),
                erases: false
            )
            stage.key(0x41, in: window)
            try stage.post(0x8000, to: window)
            expectSequence(try stage.ran(), .app, .keyDown, .paint, .timer(3, 0))
        }
    }

    @Test func quitComesAfterEveryPostedMessageAndBeforeInput() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let queue = try stage.queue
            stage.key(0x41, in: window)
            queue.postQuit(1)
            queue.postQuit(2)
            try stage.post(0x8000, to: window)
            var order: [String] = []
            for _ in 0..<3 {
                switch try queue.take(until: .distantPast) {
                case .message(let message): order.append(String(message.header.message, radix: 16))
                case .quit(let quit): order.append("quit \(quit.header.wparam)")
                }
            }
            #expect(order == ["8000", "quit 2", "100"])
        }
    }
}
