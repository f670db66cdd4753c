internal import Rat
internal import Testing

@Suite struct KeyboardTests {
    @Test func anAcceleratorIsACommand() async throws {
        try await onThread {
            var commands: [UInt16] = []
            let windowClass = try makeClass { window, message in
                switch message.kind {
                case .focusGained:
                    Hands.press(0x1B, character: 0)
                    Hands.press(0x41, character: 0x61)
                case .command(let id):
                    commands.append(id)
                    if id == 2 { MessageLoop.quit(3) }
                default: break
                }
                return nil
            }
            let window = try Window(windowClass, title: "keys")
            let table = try AcceleratorTable([
                AcceleratorTable.Key(.escape, command: 1),
                AcceleratorTable.Key(.escape, .control, command: 9),
                AcceleratorTable.Key(typing: 0x61, command: 2),
            ])
            #expect(try MessageLoop.run(table, for: window) == 3)
            #expect(commands == [1, 2])
            expect(.invalidArgument) { try AcceleratorTable([]) }
        }
    }

    @Test func theKeysAreThoseOfTheMessageRetrieved() async throws {
        try await onThread {
            var wasDown: [Bool] = []
            let windowClass = try makeClass { _, message in
                switch message.kind {
                case .focusGained: Hands.press(0x41, character: 0x61)
                case .keyDown: wasDown.append(Keyboard.isDown(VirtualKey(rawValue: 0x41)))
                case .character: MessageLoop.quit()
                default: break
                }
                return nil
            }
            _ = try Window(windowClass, title: "keys")
            #expect(!Keyboard.isDown(.shift) && !Keyboard.isOn(.capsLock))
            _ = try MessageLoop.run()
            #expect(wasDown == [true])
        }
    }

    @Test func keysAreNamedByWhatStandsOnThem() {
        #expect(VirtualKey.character("a")?.rawValue == 0x41)
        #expect(VirtualKey.character("7")?.rawValue == 0x37)
        #expect(VirtualKey.character("é") == nil && VirtualKey.character("+") == nil)
        #expect(VirtualKey.function(1).rawValue == 0x70 && VirtualKey.function(24).rawValue == 0x87)
    }

    // Hot keys are the process's: so in one of its own.
    @Test func aHotKeyIsOneWindows() async throws {
        await #expect(processExitsWith: .success) {
            try await onThread {
                var pressed: [Int] = []
                let windowClass = try makeClass { _, message in
                    if case .hotKey(let id) = message.kind {
                        pressed.append(id)
                        MessageLoop.quit()
                    }
                    return nil
                }
                let window = try Window(windowClass, title: "hot")
                try window.registerHotKey(4, .function(5), .control)
                expect(.alreadyExists) { try window.registerHotKey(5, .function(5), .control) }
                expect(.invalidArgument) { try window.registerHotKey(.max, .enter) }
                Input.send([.keyDown(.control), .keyDown(.function(5)), .keyUp(.function(5))])
                _ = try MessageLoop.run()
                precondition(pressed == [4], "\(pressed)")
                window.unregisterHotKey(4)
                try window.registerHotKey(5, .function(5), .control)
            }
        }
    }

    @Test func whatIsPendingIsHandledWithoutWaiting() async throws {
        try await onThread {
            var count = 0
            let windowClass = try makeClass { _, message in
                guard message.number == Message.app else { return nil }
                count += 1
                return 0
            }
            let window = try Window(windowClass, title: "", style: .overlapped)
            #expect(try MessageLoop.runPending() == nil)
            for _ in 0..<3 { try window.target.post(Message(Message.app)) }
            #expect(try MessageLoop.runPending() == nil)
            #expect(count == 3)
            MessageLoop.quit(8)
            #expect(try MessageLoop.runPending() == 8)
            #expect(Window.focused == nil)
            try window.trackMouse(leave: true, hover: .milliseconds(400))
            window.destroy()
            expect(.invalidHandle) { try window.trackMouse() }
        }
    }
}
