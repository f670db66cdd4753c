internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

@Suite struct CaptureTests {
    @Test func whoLosesTheMouseIsToldWhoHasIt() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            let thread = try WindowThread.current()
            var seen: [Handle] = []
            stage.respond = { call in
                guard call.message == Step.captureChanged.message else { return nil }
                seen.append(thread.captureHandle)
                return 0
            }
            #expect(try thread.setCapture(a) == .invalid)
            #expect(try thread.setCapture(b) == a)
            #expect(try thread.setCapture(.invalid) == b)
            #expect(try thread.setCapture(.invalid) == .invalid)
            expectSequence(
                stage.taken(),
                .captureChanged(0, b.parameter).of(a),
                .captureChanged(0, 0).of(b)
            )
            #expect(seen == [b, .invalid])
        }
    }

    @Test func aCapturedMouseAsksNothingAndIsToldInClientCoordinates() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let child = try stage.createChild(of: window)
            try stage.settle()
            try WindowThread.current().setCapture(child)
            stage.point(.pressed(.left), in: window, at: 200, 100)
            stage.point(.moved, in: window, at: 0, 0)
            stage.point(.released(.left), in: window, at: 0, 0)
            expectSequence(
                try stage.ran(),
                .leftDown(1, words(190, 80)).of(child),
                .mouseMove(1, words(-10, -20)).of(child),
                .leftUp(0, words(-10, -20)).of(child)
            )
        }
    }

    @Test func disablingReleasesTheMouseByTheDefaultProcedure() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let child = try stage.createChild(of: window)
            try stage.settle()
            try WindowThread.current().setCapture(child)
            _ = try Window.find(child).enable(false)
            expectSequence(stage.taken(), .cancelMode, .captureChanged(0, 0), .enable(0))
            #expect(try WindowThread.current().captureHandle == .invalid)
        }
    }

    @Test func aHiddenWindowKeepsTheMouseAndADestroyedOneLosesItSilentlyAsInWine() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let child = try stage.createChild(of: window)
            try WindowThread.current().setCapture(child)
            try Window.find(child).show(false)
            #expect(try WindowThread.current().captureHandle == child)
            try stage.settle()
            try Window.find(window).destroy()
            #expect(!stage.taken().contains { $0.message == Step.captureChanged.message })
            #expect(try WindowThread.current().captureHandle == .invalid)
        }
    }

    @Test func whoHasTheMouseAndTakesItAgainIsToldAsInWine() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            try WindowThread.current().setCapture(window)
            try WindowThread.current().setCapture(window)
            expectSequence(stage.taken(), .captureChanged(0, window.parameter))
            #expect(try WindowThread.current().captureHandle == window)
        }
    }

    @Test func aWindowMayEndInTheMessageThatTellsItsLoss() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            stage.respond = { call in
                guard call.message == Step.captureChanged.message else { return nil }
                try stage.perform(on: a) { $0.destroy() }
                try stage.perform(on: b) { $0.destroy() }
                return 0
            }
            try WindowThread.current().setCapture(a)
            try WindowThread.current().setCapture(b)
            #expect(try WindowThread.current().captureHandle == .invalid)
        }
    }

    /// WS_POPUP and WS_VISIBLE with WS_EX_NOACTIVATE: what menus are.
    private func showMenu(_ owner: Handle, _ stage: Stage) throws -> Handle {
        try stage.create(style: 0x9000_0000, exStyle: 0x0800_0000, parent: owner)
    }

    @Test func mouseOutsideOfTheProgramIsAskedForWhileAMenuIsShownAndTheMouseCaptured() async throws
    {
        try await Stage.run { stage in
            let window = try stage.show()
            let thread = try WindowThread.current()
            try thread.setCapture(window)
            #expect(stage.display.grabber == nil)
            let menu = try showMenu(window, stage)
            #expect(stage.display.grabber == stage.surface(menu))
            try thread.setCapture(.invalid)
            #expect(stage.display.grabber == nil)
            try thread.setCapture(menu)
            #expect(stage.display.grabber == stage.surface(menu))
            try Window.find(menu).show(.hide)
            #expect(stage.display.grabber == nil)
            try Window.find(menu).show(.showNoActivate)
            try thread.setCapture(window)
            #expect(stage.display.grabber == stage.surface(menu))
            try Window.find(menu).destroy()
            #expect(stage.display.grabber == nil)
            #expect(thread.captureHandle == window)
        }
    }

    @Test func menuWhoseGrabIsLostIsCancelled() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let thread = try WindowThread.current()
            let menu = try showMenu(window, stage)
            try thread.setCapture(menu)
            try stage.settle()
            stage.display.inject(.grabLost(stage.surface(menu)))
            try stage.run()
            let calls = stage.taken().filter { $0.window == menu }
            expectSequence(calls, .cancelMode.of(menu), .captureChanged(0, 0).of(menu))
            #expect(thread.captureHandle == .invalid)
            #expect(stage.display.grabber == nil)
        }
    }

    @Test func captureThatIsNotGivenUpWhenCancelledIsTakenAway() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let thread = try WindowThread.current()
            let menu = try showMenu(window, stage)
            stage.respond = { $0.message == WindowMessage.cancelMode ? 0 : nil }
            try thread.setCapture(window)
            stage.display.inject(.grabLost(stage.surface(menu)))
            try stage.run()
            #expect(thread.captureHandle == .invalid)
        }
    }

    @Test func programThatLosesTheKeyboardLosesTheMouse() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let thread = try WindowThread.current()
            try thread.setCapture(window)
            stage.display.inject(.focusLost(stage.surface(window)))
            try stage.run()
            #expect(thread.captureHandle == .invalid)
            #expect(stage.taken().contains { $0.message == WindowMessage.captureChanged })
        }
    }
}
