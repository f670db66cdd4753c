internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

@Suite struct TranslationTests {
    @Test func theTextOfAKeyComesBeforeItsRelease() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.key(0x41, scanCode: 0x1E, symbol: 0x61, character: 0x61, in: window)
            stage.key(
                0x41,
                isDown: false,
                scanCode: 0x1E,
                symbol: 0x61,
                character: 0x61,
                in: window
            )
            let lparam = 1 | 0x1E << 16
            expectSequence(
                try stage.ran(),
                .keyDown(0x41, lparam),
                .character(0x61, lparam),
                .keyUp(0x41)
            )
        }
    }

    @Test func textComesBehindWhatIsPostedAlready() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.type("a", key: 0x41, in: window)
            let key = try #require(try stage.next())
            #expect(key.header.message == Step.keyDown.message)
            try stage.post(0x8000, to: window)
            expectSequence(try stage.ran(), .character(0x61), .app, .keyUp)
        }
    }

    @Test func aCharacterBeyondTheFirstPlaneIsTwoUnits() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.type("😀", key: 0x41, in: window)
            expectSequence(
                try stage.ran(),
                .keyDown,
                .character(0xD83D),
                .character(0xDE00),
                .keyUp
            )
        }
    }

    @Test(arguments: [(0x0D, 0x0D), (0x08, 0x08), (0x09, 0x09), (0x1B, 0x1B)] as [(UInt8, UInt)])
    func keysWithoutALetterTypeTheirControlCharacter(key: UInt8, unit: UInt) async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.key(key, symbol: 0xFF00 + UInt32(key), character: UInt32(key), in: window)
            expectSequence(try stage.ran(), .keyDown(UInt(key)), .character(unit))
        }
    }

    @Test func deleteAndFunctionKeysTypeNothing() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.key(0x2E, symbol: 0xFFFF, character: 0x7F, in: window)
            stage.key(0x71, symbol: 0xFFBF, in: window)
            expectSequence(try stage.ran(), .keyDown(0x2E), .keyDown(0x71))
        }
    }

    @Test(
        arguments: [
            (0x41, false, 0x01), (0x5A, false, 0x1A), (0x41, true, 0x01), (0x08, false, 0x7F),
            (0x0D, false, 0x0A), (0x20, false, 0x20), (0x1B, false, 0x1B), (0x03, false, 0x03),
            (0xDB, false, 0x1B), (0xDC, false, 0x1C), (0xDD, false, 0x1D), (0x32, true, 0x00),
            (0x36, true, 0x1E), (0xBD, true, 0x1F), (0x32, false, nil), (0x31, false, nil),
            (0xDB, true, nil), (0x09, false, nil), (0x70, false, nil),
        ] as [(UInt8, Bool, UInt?)]
    )
    func controlTypesWin32sTable(key: UInt8, isShifted: Bool, unit: UInt?) async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let modifiers: Modifiers = isShifted ? [.control, .shift] : .control
            stage.key(key, symbol: 0x61, character: 0x61, modifiers: modifiers, in: window)
            let units = try stage.ran().filter { $0.message == Step.character.message }
            #expect(units.map(\.wparam) == (unit.map { [$0] } ?? []))
        }
    }

    @Test func altGrTypesWhatTheLayoutSays() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.key(
                0x45,
                symbol: 0x20AC,
                character: 0x20AC,
                modifiers: [.control, .level3],
                in: window
            )
            expectSequence(try stage.ran(), .keyDown(0x45), .character(0x20AC))
        }
    }

    @Test func systemKeysTypeSystemCharacters() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.key(0x58, symbol: 0x78, character: 0x78, modifiers: .alt, in: window)
            let lparam = 1 | 1 << 29
            expectSequence(
                try stage.ran(),
                .systemKeyDown(0x58, lparam),
                .systemCharacter(0x78, lparam),
                .systemCommand(0xF100, 0x78)
            )
        }
    }

    @Test func aPostedKeyTypesWhatItWouldOnAUsualKeyboard() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            for key in [0x41, 0x35, 0x20, 0x0D, 0x70, 0xBA] as [UInt] {
                try stage.post(Step.keyDown.message, key, 1, to: window)
            }
            let units = try stage.ran().filter { $0.message == Step.character.message }
            #expect(units.map(\.wparam) == [0x61, 0x35, 0x20, 0x0D, 0x3B])
        }
    }

    @Test func onlyKeyPressesAreTranslated() async throws {
        try await Stage.run { stage in
            _ = try stage.show()
            let thread = try WindowThread.current()
            for (step, isPress) in [
                (Step.keyDown, true), (.systemKeyDown, true), (.keyUp, false),
                (.systemKeyUp, false), (.character, false), (.app, false),
            ] {
                let header = MessageHeader(message: step.message, wparam: 0x70)
                #expect(thread.translate(Message(header)) == isPress)
            }
        }
    }

    // MARK: - Sequences

    private static let acute: UInt32 = 0xFE51
    private static let eWithAcute: UInt16 = 0xE9

    /// A window on a display where the acute accent is dead, and shows as U+00B4.
    private static func withDeadKey(
        _ body: @Sendable (Stage, ScriptedDisplay, Handle) throws -> Void
    ) async throws {
        try await Stage.run { stage in
            let scripted = ScriptedDisplay(stage.display)
            scripted.compositions[acute] = .pending(dead: 0xB4)
            stage.backend = scripted
            try body(stage, scripted, stage.show())
        }
    }

    @Test func aDeadKeyAndALetterTypeOneCharacter() async throws {
        try await Self.withDeadKey { stage, scripted, window in
            scripted.compositions[0x65] = .composed([Self.eWithAcute])
            stage.key(0xDE, symbol: Self.acute, in: window)
            stage.key(0x45, symbol: 0x65, character: 0x65, in: window)
            expectSequence(
                try stage.ran(),
                .keyDown(0xDE),
                .deadCharacter(0xB4),
                .keyDown(0x45),
                .character(0xE9)
            )
        }
    }

    @Test func aSequenceThatCannotBeCompletedTypesBothKeys() async throws {
        try await Self.withDeadKey { stage, scripted, window in
            scripted.compositions[0x78] = .cancelled
            stage.key(0xDE, symbol: Self.acute, in: window)
            stage.key(0x58, symbol: 0x78, character: 0x78, in: window)
            expectSequence(
                try stage.ran(),
                .keyDown(0xDE),
                .deadCharacter(0xB4),
                .keyDown(0x58),
                .character(0xB4),
                .character(0x78)
            )
        }
    }

    @Test func shiftBetweenADeadKeyAndTheNextOneChangesNothing() async throws {
        try await Self.withDeadKey { stage, scripted, window in
            scripted.compositions[0x21] = .cancelled
            stage.key(0xDE, symbol: Self.acute, in: window)
            stage.key(0x10, symbol: 0xFFE1, in: window)
            stage.key(0x31, symbol: 0x21, character: 0x21, modifiers: .shift, in: window)
            expectSequence(
                try stage.ran(),
                .keyDown(0xDE),
                .deadCharacter(0xB4),
                .keyDown(0x10),
                .keyDown(0x31),
                .character(0xB4),
                .character(0x21)
            )
        }
    }

    @Test func aSequenceThatShowsNothingTypesNothingUntilItIsComplete() async throws {
        try await Self.withDeadKey { stage, scripted, window in
            scripted.compositions[0xFF20] = .pending(dead: 0)
            scripted.compositions[0x65] = .composed([0x20AC, 0x21])
            stage.key(0x5D, symbol: 0xFF20, in: window)
            stage.key(0x45, symbol: 0x65, character: 0x65, in: window)
            expectSequence(
                try stage.ran(),
                .keyDown(0x5D),
                .keyDown(0x45),
                .character(0x20AC),
                .character(0x21)
            )
        }
    }

    @Test func aDeadKeyWithAltIsASystemDeadCharacter() async throws {
        try await Self.withDeadKey { stage, _, window in
            stage.key(0xDE, symbol: Self.acute, modifiers: .alt, in: window)
            expectSequence(try stage.ran(), .systemKeyDown(0xDE), .systemDeadCharacter(0xB4))
        }
    }

    @Test func theFocusMayMoveWithinTheProgramBetweenADeadKeyAndItsLetterAsInWine() async throws {
        try await Self.withDeadKey { stage, scripted, window in
            scripted.compositions[0x65] = .composed([Self.eWithAcute])
            let child = try stage.createChild(of: window)
            let other = try stage.show()
            try stage.settle()
            for focus in [child, other] {
                try WindowThread.current().takeFocus(window)
                try stage.settle()
                stage.key(0xDE, symbol: Self.acute, in: window)
                try stage.settle()
                try WindowThread.current().takeFocus(focus)
                try stage.settle()
                stage.key(0x45, symbol: 0x65, character: 0x65, in: window)
                expectSequence(
                    try stage.ran(),
                    .keyDown(0x45).of(focus),
                    .character(0xE9).of(focus)
                )
            }
            #expect(scripted.resetCount == 0)
        }
    }

    @Test func losingTheKeyboardForgetsTheSequence() async throws {
        try await Self.withDeadKey { stage, scripted, window in
            scripted.compositions[0x78] = .cancelled
            stage.key(0xDE, symbol: Self.acute, in: window)
            try stage.settle()
            stage.display.inject(.focusLost(stage.surface(window)))
            try stage.settle()
            #expect(scripted.resetCount == 1)
            stage.display.inject(.focusGained(stage.surface(window)))
            try stage.settle()
            stage.key(0x58, symbol: 0x78, character: 0x78, in: window)
            expectSequence(try stage.ran(), .keyDown(0x58), .character(0x78))
        }
    }
}
