internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatSystem
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

@Suite struct DisplayLossTests {
    /// Two windows that outlive their display.
    private static func afterLoss(
        _ body: @Sendable (Stage, Handle, Handle) throws -> Void
    ) async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            stage.respond = { $0.message == Step.displayLost.message ? 0 : nil }
            stage.display.inject(.lost)
            let status = UInt(RatError.notConnected.rawValue)
            expectSequence(
                try stage.ran(),
                .displayLost(status, 0).of(a),
                .displayLost(status, 0).of(b)
            )
            try body(stage, a, b)
        }
    }

    @Test func everyWindowHearsOfItOnce() async throws {
        try await Self.afterLoss { stage, _, _ in
            expectSequence(try stage.ran())
        }
    }

    @Test func byDefaultTheWindowsClose() async throws {
        try await Stage.run { stage in
            let windows = [try stage.show(), try stage.show()]
            stage.display.inject(.lost)
            let calls = try stage.ran()
            for window in windows {
                let ends = [Step.displayLost, .close, .destroy, .nonClientDestroy]
                let own = calls.filter { call in
                    call.window == window && ends.contains { $0.message == call.message }
                }
                expectSequence(own, .displayLost, .close, .destroy, .nonClientDestroy)
                #expect(!Window.exists(window))
            }
        }
    }

    private static func expectNotConnected(_ window: Handle) throws {
        let engine = try Window.find(window)
        #expect(throws: RatError.notConnected) { try engine.show(!engine.isShown) }
        #expect(throws: RatError.notConnected) {
            try engine.move(to: Point(x: 1, y: 1), size: Size(width: 10, height: 10))
        }
        #expect(throws: RatError.notConnected) { try engine.beginPaint() }
    }

    @Test func whatNeedsTheDisplayFailsFromThenOn() async throws {
        try await Self.afterLoss { stage, window, _ in
            try Self.expectNotConnected(window)
        }
    }

    @Test func theLoopAndTheWindowsLive() async throws {
        try await Self.afterLoss { stage, window, _ in
            _ = try stage.setTimer(window, 1, milliseconds: 60_000, at: .distantPast)
            try stage.post(0x8000, to: window)
            expectSequence(try stage.ran(), .app, .timer(1))
            let engine = try Window.find(window)
            engine.setText("still there")
            #expect(engine.text == "still there")
            // No paint message comes for ever to a procedure that cannot answer it.
            engine.invalidate(engine.clientRect, erases: true)
            #expect(try stage.next() == nil)
        }
    }

    @Test func anotherDisplayServesNewWindowsAndNotTheOldOnes() async throws {
        try await Self.afterLoss { stage, old, _ in
            let second = HeadlessDisplay(seat: stage.display.seat)
            stage.backend = second
            let new = try stage.create(style: 0x10CF_0000)
            try stage.settle()
            #expect(second.content(of: stage.surface(new)) != nil)
            #expect(try WindowThread.current().focusHandle == new)
            try Self.expectNotConnected(old)
            try Window.find(old).destroy()
            try Window.find(new).destroy()
            #expect(second.content(of: stage.surface(new)) == nil)
        }
    }

    @Test func aThreadWithoutWindowsIsToldByItsQueue() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            try Window.find(window).destroy()
            stage.display.inject(.lost)
            let header = try #require(try stage.next()).header
            #expect((header.message, header.target) == (0x03F0, try stage.queue.handle))
        }
    }

    @Test func whatFailsToOpenADisplayMakesNoWindow() async throws {
        try await Stage.run { stage in
            let name = try stage.register()
            let creation = unsafe WindowCreation(className: name, title: "", style: 0)
            #expect(throws: RatError.notConnected) {
                try Window.create(creation) { () throws(RatError) in throw .notConnected }
            }
            expectSequence(stage.taken())
            try stage.unregister(name)
        }
    }
}

extension Window {
    fileprivate var isShown: Bool { styleBits & WindowStyle.visible != 0 }
}
