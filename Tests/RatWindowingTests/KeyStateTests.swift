internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

@Suite struct KeyStateTests {
    @Test func theStateIsThatOfTheMessageRetrieved() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let thread = try WindowThread.current()
            stage.key(0x48, in: window)
            stage.key(0x48, isDown: false, in: window)
            #expect(thread.keyState(0x48) == 0)
            _ = try stage.next()
            #expect(thread.keyState(0x48) == -127)
            _ = try stage.next()
            #expect(thread.keyState(0x48) == 1)
        }
    }

    @Test func eachSideOfAKeyIsToldApartAndTheKeyIsDownWhileEitherIs() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let thread = try WindowThread.current()
            stage.key(0x10, scanCode: 0x2A, in: window)
            stage.key(0x10, scanCode: 0x36, in: window)
            stage.key(0x11, isExtended: true, in: window)
            try stage.run()
            #expect([0x10, 0xA0, 0xA1, 0x11, 0xA3].allSatisfy { thread.keyState($0) < 0 })
            #expect(thread.keyState(0xA2) == 0)
            stage.key(0x10, isDown: false, scanCode: 0x2A, in: window)
            try stage.run()
            #expect(thread.keyState(0x10) < 0)
            #expect(thread.keyState(0xA0) >= 0)
            stage.key(0x10, isDown: false, scanCode: 0x36, in: window)
            try stage.run()
            #expect(thread.keyState(0x10) >= 0)
        }
    }

    @Test func everyPressSwitchesAKeyAndRepeatsDoNot() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let thread = try WindowThread.current()
            for isDown in [true, true, true, false] {
                stage.key(0x41, isDown: isDown, in: window)
            }
            try stage.run()
            #expect(thread.keyState(0x41) == 1)
        }
    }

    @Test func buttonsAreKeysToo() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let thread = try WindowThread.current()
            stage.point(.pressed(.left), in: window)
            try stage.run()
            #expect(thread.keyState(1) < 0)
            stage.point(.released(.left), in: window)
            try stage.run()
            #expect(thread.keyState(1) >= 0)
        }
    }

    @Test func whatAProgramSetsIsThePictureUntilKeysChangeIt() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let thread = try WindowThread.current()
            var bytes = [UInt8](repeating: 0, count: 256)
            bytes[0x10] = 0xFF
            thread.keyboardBytes = bytes
            #expect(thread.keyState(0x10) == -127)
            #expect(thread.keyboardBytes[0x10] == 0x81)
            stage.key(0x10, isDown: false, in: window)
            try stage.run()
            #expect(thread.keyState(0x10) == 1)
        }
    }

    @Test func lockedKeysAreWhatTheDisplaySays() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let thread = try WindowThread.current()
            stage.key(0x41, modifiers: [.capsLock, .shift], in: window)
            try stage.run()
            #expect(thread.keyState(0x14) == 1)
            #expect(thread.keyState(0x10) < 0)
            stage.key(0x41, isDown: false, in: window)
            try stage.run()
            #expect(thread.keyState(0x14) == 0)
        }
    }

    @Test func aKeyThatRepeatsUnreadIsOneMessageWithACount() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            for _ in 0..<4 { stage.key(0x41, in: window) }
            stage.key(0x42, in: window)
            stage.key(0x41, isDown: false, in: window)
            expectSequence(
                try stage.ran(),
                .keyDown(0x41, 1),
                .keyDown(0x41, 3 | 1 << 30),
                .keyDown(0x42, 1),
                .keyUp(0x41)
            )
        }
    }

    @Test func altAndAKeyAskForTheMenu() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.key(0x12, in: window)
            stage.key(0x58, character: 0x78, modifiers: .alt, in: window)
            expectSequence(
                try stage.ran(),
                .systemKeyDown(0x12),
                .systemKeyDown(0x58),
                .systemCharacter(0x78),
                .systemCommand(0xF100, 0x78)
            )
        }
    }

    @Test func altAndF4CloseTheTopLevelWindow() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let child = try stage.createChild(of: window)
            try WindowThread.current().takeFocus(child)
            try stage.settle()
            stage.key(0x73, modifiers: .alt, in: window)
            let calls = try stage.ran()
            expectSequence(
                Array(calls.prefix(3)),
                .systemKeyDown(0x73).of(child),
                .systemCommand(0xF060, 0).of(window),
                .close.of(window)
            )
            #expect(!Window.exists(window))
        }
    }

    @Test func theMenuKeyAsksForAMenuOfTheFocus() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.key(0x5D, in: window)
            stage.key(0x5D, isDown: false, in: window)
            expectSequence(
                try stage.ran(),
                .keyDown(0x5D),
                .keyUp(0x5D),
                .contextMenu(UInt(window.rawValue), -1)
            )
        }
    }

    // MARK: - Accelerators

    private static func translate(
        _ table: UInt64,
        _ window: Handle,
        _ message: Step,
        _ key: UInt
    ) throws -> Bool {
        let header = MessageHeader(message: message.message, wparam: key, lparam: 1)
        return try Accelerators.translate(Message(header), for: Window.find(window), table)
    }

    private static func hold(_ keys: UInt8...) throws {
        var bytes = [UInt8](repeating: 0, count: 256)
        for key in keys { bytes[Int(key)] = 0x80 }
        try WindowThread.current().keyboardBytes = bytes
    }

    @Test func anAcceleratorIsACommandWithExactlyItsModifiersAsInWine() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let table = try Accelerators.create([
                Accelerator(flags: 0x09, key: 0x53, command: 100),
                Accelerator(flags: 0x00, key: 0x71, command: 101),
                Accelerator(flags: 0x11, key: 0x58, command: 102),
                Accelerator(flags: 0x10, key: 0x7A, command: 103),
            ])
            try Self.hold(0x11)
            #expect(try Self.translate(table, window, .keyDown, 0x53))
            #expect(try !Self.translate(table, window, .keyUp, 0x53))
            try Self.hold(0x11, 0x10)
            #expect(try !Self.translate(table, window, .keyDown, 0x53))
            try Self.hold()
            #expect(try !Self.translate(table, window, .keyDown, 0x53))
            #expect(try Self.translate(table, window, .character, 0x71))
            #expect(try !Self.translate(table, window, .character, 0x51))
            #expect(try !Self.translate(table, window, .systemKeyDown, 0x58))
            try Self.hold(0x12)
            #expect(try Self.translate(table, window, .systemKeyDown, 0x58))
            #expect(try Self.translate(table, window, .systemCharacter, 0x7A))
            expectSequence(
                stage.taken(),
                .command(0x1_0064, 0),
                .command(0x1_0065, 0),
                .command(0x1_0066, 0),
                .command(0x1_0067, 0)
            )
            try Accelerators.destroy(table)
            #expect(throws: RatError.invalidHandle) { try Accelerators.destroy(table) }
            #expect(throws: RatError.invalidHandle) {
                try Self.translate(table, window, .keyDown, 0x53)
            }
        }
    }

    // MARK: - Hot keys

    /// One process-wide table: the tests use keys of their own.
    @Test func aHotKeyIsAMessageAndNoKeyAndItsReleaseIsAKey() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            try HotKeys.register(a, 5, modifiers: 2, key: 0xC1)
            stage.key(0xC1, modifiers: .control, in: b)
            #expect(try stage.queue.takeStatus(0x80).pending == 0x80)
            stage.key(0xC1, modifiers: .control, in: b)
            stage.key(0xC1, isDown: false, modifiers: .control, in: b)
            stage.key(0xC1, modifiers: [.control, .shift], in: b)
            expectSequence(
                try stage.ran(),
                .hotKey(5, 0xC1_0002).of(a),
                .hotKey(5, 0xC1_0002).of(a),
                .keyUp(0xC1).of(b),
                .keyDown(0xC1).of(b)
            )
        }
    }

    @Test func aHotKeyThatIsNotToRepeatComesOnce() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            try HotKeys.register(window, 1, modifiers: 0x4000, key: 0xC2)
            for isDown in [true, true, false, true] {
                stage.key(0xC2, isDown: isDown, in: window)
            }
            expectSequence(
                try stage.ran(),
                .hotKey(1, 0xC2_0000),
                .hotKey(1, 0xC2_0000),
                .keyUp(0xC2)
            )
        }
    }

    @Test func aHotKeyIsPostedAndSoOvertakesInputAsWineDoes() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            try HotKeys.register(window, 5, modifiers: 2, key: 0xC6)
            try stage.post(Step.app.message, to: window)
            stage.key(0x41, in: window)
            stage.key(0xC6, modifiers: .control, in: window)
            // Reads the display, as a retrieval does.
            let queue = try stage.queue
            #expect(queue.takeStatus(0x89).new == 0x89)
            try stage.post(Step.app.message + 1, to: window)
            #expect(queue.takeStatus(0x80).pending == 0x80)
            expectSequence(
                try stage.ran(),
                .app,
                .hotKey(5, 0xC6_0002),
                Step(Step.app.message + 1),
                .keyDown(0x41)
            )
            #expect(queue.takeStatus(0x80).pending == 0)
        }
    }

    @Test func aKeyIsOneWindowsUntilItLetsGoOrEnds() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            try HotKeys.register(a, 1, modifiers: 1, key: 0xC3)
            #expect(throws: RatError.alreadyExists) {
                try HotKeys.register(b, 1, modifiers: 0x4001, key: 0xC3)
            }
            try HotKeys.register(a, 1, modifiers: 1, key: 0xC4)
            try HotKeys.register(b, 1, modifiers: 1, key: 0xC3)
            #expect(throws: RatError.notFound) { try HotKeys.unregister(b, 2) }
            try HotKeys.unregister(b, 1)
            try Window.find(a).destroy()
            try HotKeys.register(b, 1, modifiers: 1, key: 0xC4)
        }
    }

    @Test func aThreadsHotKeyIsToldToItsQueue() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            try HotKeys.register(.invalid, 7, modifiers: 0, key: 0xC5)
            stage.key(0xC5, in: window)
            let message = try #require(try stage.next())
            #expect(message.header.message == Step.hotKey.message)
            #expect(message.header.wparam == 7)
            #expect(try message.header.target == stage.queue.handle)
        }
    }
}
