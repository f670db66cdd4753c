internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

@Suite struct CloseTests {
    @Test func theCloseButtonBecomesAPostedCommandThatDestroysByDefault() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            _ = stage.taken()
            stage.display.inject(.closeRequested(stage.surface(window)))
            let message = try #require(try stage.next())
            #expect(message.header.message == Step.systemCommand.message)
            #expect(stage.taken().isEmpty)
            try stage.dispatch(message)
            expectSequence(
                stage.taken(),
                .systemCommand(0xF060, 0),
                .close(0, 0),
                .destroy,
                .nonClientDestroy
            )
            #expect(!Window.exists(window))
        }
    }

    @Test func aProcedureThatSwallowsCloseKeepsItsWindow() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            _ = stage.taken()
            stage.respond = { $0.message == Step.close.message ? 0 : nil }
            stage.display.inject(.closeRequested(stage.surface(window)))
            expectSequence(try stage.ran(), .systemCommand, .close)
            #expect(Window.exists(window))
        }
    }

    @Test func altF4Closes() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.respond = { $0.message == Step.close.message ? 0 : nil }
            stage.key(0x73, modifiers: .alt, in: window)
            expectSequence(
                try stage.ran(),
                .systemKeyDown(0x73, 1 | 1 << 29),
                .systemCommand(0xF060),
                .close
            )
        }
    }

    @Test func aDisabledWindowIgnoresCloseAndPointerAndGetsKeysAsInWine() async throws {
        try await Stage.run { stage in
            let window = try stage.create(style: 0x18CF_0000)
            try stage.settle()
            stage.display.inject(.closeRequested(stage.surface(window)))
            stage.key(0x41, in: window)
            stage.point(.moved, in: window)
            stage.click(in: window, time: 0)
            expectSequence(try stage.ran().withoutQuestions, .keyDown(0x41))
            #expect(Window.exists(window))
        }
    }

    @Test func aSurfaceThatSomebodyElseDestroyedTakesItsWindowAlong() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            _ = stage.taken()
            stage.display.inject(.destroyed(stage.surface(window)))
            expectSequence(try stage.ran(), .destroy, .nonClientDestroy)
            #expect(!Window.exists(window))
        }
    }

    @Test func aCommandThatTheFullQueueCannotTakeIsSent() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            var posted = 0
            while posted < 20_000, (try? stage.post(0x8000, to: window)) != nil { posted += 1 }
            #expect(posted == 10_000)
            _ = stage.taken()
            stage.display.inject(.closeRequested(stage.surface(window)))
            // Looks leave the queue full, and the display is looked at every so often.
            for _ in 0..<100 where Window.exists(window) { _ = try stage.queue.peek() }
            expectSequence(stage.taken(), .systemCommand, .close, .destroy, .nonClientDestroy)
        }
    }
}
