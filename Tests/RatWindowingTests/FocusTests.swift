internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

@Suite struct FocusTests {
    @Test func theFocusMovesBetweenTwoWindowsInWin32sOrder() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            try WindowThread.current().takeFocus(a)
            expectSequence(
                stage.taken(),
                .nonClientActivate(0).of(b),
                .activate(0, a.parameter).of(b),
                .nonClientActivate(1).of(a),
                .activate(1, b.parameter).of(a),
                .killFocus(UInt(a.rawValue)).of(b),
                .setFocus(UInt(b.rawValue)).of(a)
            )
            // What the display tells is what the thread has done already.
            expectSequence(try stage.ran())
        }
    }

    @Test func insideKillFocusTheNewWindowHasTheFocus() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            var focus = Handle.invalid
            stage.respond = { call in
                guard call.message == Step.killFocus.message else { return nil }
                focus = try WindowThread.current().focusHandle
                return 0
            }
            #expect(try WindowThread.current().focusHandle == b)
            try WindowThread.current().takeFocus(a)
            #expect(focus == a)
        }
    }

    @Test func theProgramCanTakeTheFocusAwayFromAll() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            try WindowThread.current().takeFocus(.invalid)
            expectSequence(try stage.ran(), .killFocus(0).of(window))
            #expect(try WindowThread.current().focusHandle == .invalid)
        }
    }

    @Test func disabledAndMinimisedWindowsCannotTakeTheFocusNorCanWhatIsInThem() async throws {
        try await Stage.run { stage in
            let thread = try WindowThread.current()
            for style in [0x08CF_0000, 0x20CF_0000] as [UInt32] {
                let window = try stage.create(style: style)
                let child = try stage.createChild(of: window)
                for handle in [window, child] {
                    #expect(throws: RatError.invalidArgument) {
                        try thread.takeFocus(handle)
                    }
                }
            }
            #expect(thread.focusHandle == .invalid)
        }
    }

    @Test func aHiddenWindowCanTakeTheFocusAsInWine() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            try WindowThread.current().takeFocus(window)
            #expect(try WindowThread.current().focusHandle == window)
            #expect(try WindowThread.current().activeHandle == window)
        }
    }

    @Test func anotherProgramTakesTheKeyboardAndGivesItBack() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.display.inject(.focusLost(stage.surface(window)))
            expectSequence(
                try stage.ran(),
                .cancelMode.of(window),
                .nonClientActivate(0),
                .activate(0, 0),
                .activateApp(0),
                .killFocus(0)
            )
            stage.display.inject(.focusGained(stage.surface(window)))
            expectSequence(
                try stage.ran(),
                .activateApp(1),
                .nonClientActivate(1),
                .activate(1, 0),
                .setFocus(0)
            )
        }
    }

    @Test func theApplicationStaysActiveWhenTheDisplayMovesTheFocusWithinIt() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            stage.display.inject(.focusLost(stage.surface(b)))
            stage.display.inject(.focusGained(stage.surface(a)))
            expectSequence(
                try stage.ran(),
                .nonClientActivate(0).of(b),
                .activate(0, a.parameter).of(b),
                .nonClientActivate(1).of(a),
                .activate(1, b.parameter).of(a),
                .killFocus(UInt(a.rawValue)).of(b),
                .setFocus(UInt(b.rawValue)).of(a)
            )
        }
    }

    @Test func hidingTheActiveWindowEndsItsActivation() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            try Window.find(window).show(false)
            expectSequence(
                try stage.ran(),
                .showWindow(0, 0),
                .changing,
                .changed,
                .nonClientActivate(0),
                .activate(0, 0),
                .activateApp(0),
                .killFocus(0)
            )
            try Window.find(window).show(true)
            expectSequence(
                try stage.ran(),
                .showWindow(1, 0),
                .changing,
                .activateApp(1),
                .nonClientActivate(1),
                .activate(1, 0),
                .setFocus(0),
                .nonClientPaint,
                .eraseBackground,
                .changed,
                .paint
            )
        }
    }

    @Test func destroyingTheActiveWindowEndsItsActivationFirst() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            try Window.find(window).destroy()
            expectSequence(
                try stage.ran(),
                .changing,
                .changed,
                .nonClientActivate(0),
                .activate(0, 0),
                .activateApp(0),
                .killFocus(0),
                .destroy,
                .nonClientDestroy
            )
        }
    }

    @Test func aWindowThatGoesLeavesTheKeyboardToTheOneBelow() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            try Window.find(b).destroy()
            expectSequence(
                try stage.ran().filter { $0.window == a },
                .nonClientActivate(1, b.parameter),
                .activate(1, b.parameter),
                .setFocus(UInt(b.rawValue))
            )
            #expect(try WindowThread.current().focusHandle == a)
        }
    }

    @Test func aWindowThatSwallowsItsActivationGetsTheFocusAfterItAsInWine() async throws {
        try await Stage.run { stage in
            stage.respond = { $0.message == Step.activate.message ? 0 : nil }
            let window = try stage.show()
            #expect(try WindowThread.current().focusHandle == window)
        }
    }

    @Test func theFocusOfAChildLeavesOutItsFrameWhereThatSwallowsTheActivation() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            let child = try stage.createChild(of: a)
            try stage.settle()
            stage.respond = { $0.message == Step.activate.message ? 0 : nil }
            try WindowThread.current().takeFocus(child)
            expectSequence(
                stage.taken().filter { $0.message == 7 || $0.message == 8 },
                .killFocus(UInt(child.rawValue)).of(b),
                .setFocus(UInt(b.rawValue)).of(child)
            )
        }
    }

    @Test func keysHeldWhileTheKeyboardIsElsewhereAreForgotten() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.key(0x41, in: window)
            try stage.settle()
            stage.display.inject(.focusLost(stage.surface(window)))
            try stage.settle()
            stage.display.inject(.focusGained(stage.surface(window)))
            try stage.settle()
            stage.key(0x41, in: window)
            expectSequence(try stage.ran(), .keyDown(0x41, 1))
        }
    }
}

extension Handle {
    /// The handle as `lparam` holds it.
    var parameter: Int { Int(truncatingIfNeeded: rawValue) }
}
