internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// What a display says of the keyboard beside its keys.
@Suite struct LanguageTests {
    private let russian = KeyboardLanguage(0x0419)
    private let spanish = KeyboardLanguage(0x0C0A, layout: 0x040A)

    private func told(_ stage: Stage) -> [[Int]] {
        var all: [[Int]] = []
        for call in stage.taken() where call.message == WindowMessage.inputLanguageChange {
            all.append([Int(call.wparam ?? 0), call.lparam ?? 0])
        }
        return all
    }

    @Test func topLevelWindowOfTheFocusAndItsChildrenAreToldOfAnotherLanguage() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            _ = try stage.createChild(of: window)
            _ = stage.taken()
            stage.display.inject(.languageChanged(russian))
            try stage.run()
            let all = told(stage)
            #expect(all == [[204, 0x0419_0419], [204, 0x0419_0419]])
            stage.display.inject(.languageChanged(spanish))
            try stage.run()
            #expect(told(stage).first == [0, 0x040A_0C0A])
            // The same again is nothing new.
            stage.display.inject(.languageChanged(spanish))
            try stage.run()
            #expect(told(stage).isEmpty)
        }
    }

    @Test func windowIsToldWhenItGetsTheKeyboardWhatChangedMeanwhile() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.display.inject(.focusLost(stage.surface(window)))
            try stage.settle()
            _ = stage.taken()
            stage.display.inject(.languageChanged(russian))
            try stage.run()
            #expect(told(stage).isEmpty)
            stage.display.inject(.focusGained(stage.surface(window)))
            try stage.run()
            #expect(told(stage) == [[204, 0x0419_0419]])
        }
    }

    @Test func modifiersThatAreHeldAsTheKeyboardComesAreKnownWithoutAMessage() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let thread = try WindowThread.current()
            let surface = stage.surface(window)
            stage.display.inject(.focusLost(surface))
            try stage.settle()
            stage.display.inject(.focusGained(surface))
            stage.display.inject(.modifiersHeld(surface, [.shift, .capsLock]))
            try stage.run()
            #expect(thread.keyState(0x10) < 0)
            #expect(thread.keyState(0xA0) < 0)
            #expect(thread.keyState(0x14) == 1)
            #expect(!stage.taken().contains { $0.message == WindowMessage.keyDown })
        }
    }

    @Test func altThatWasLetGoUnseenOpensNoMenu() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.key(0x12, scanCode: 0x38, modifiers: [], in: window)
            try stage.run()
            _ = stage.taken()
            var event = KeyEvent(
                isDown: false,
                virtualKey: 0x12,
                scanCode: 0x38,
                modifiers: .alt
            )
            event.isMissed = true
            stage.display.inject(.key(stage.surface(window), event))
            try stage.run()
            let calls = stage.taken()
            #expect(calls.contains { $0.message == WindowMessage.keyUp })
            #expect(!calls.contains { $0.message == WindowMessage.systemCommand })
        }
    }
}
