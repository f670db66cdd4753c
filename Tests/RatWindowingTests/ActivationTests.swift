internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

@Suite struct ActivationTests {
    @Test func theOldWindowIsStillActiveWhileItIsTold() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            var seen: [Handle] = []
            stage.respond = { call in
                if [Step.nonClientActivate, .activate].contains(where: {
                    $0.message == call.message
                }) {
                    seen.append(try WindowThread.current().activeHandle)
                }
                return nil
            }
            let previous = try WindowThread.current().setActive(a)
            #expect(previous == b)
            #expect(seen == [b, b, a, a])
        }
    }

    @Test func theActiveWindowAgainIsToldNothing() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            #expect(try WindowThread.current().setActive(window) == window)
            expectSequence(try stage.ran())
        }
    }

    @Test func aChildCannotBeActiveAndChangesNothing() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            let child = try stage.createChild(of: a)
            try stage.settle()
            #expect(try WindowThread.current().setActive(child) == b)
            expectSequence(stage.taken())
        }
    }

    @Test func withNoActiveWindowTheApplicationIsNotActiveAsInWine() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            try WindowThread.current().setActive(.invalid)
            expectSequence(
                stage.taken(),
                .nonClientActivate(0, 0).of(b),
                .activate(0, 0).of(b),
                .activateApp(0).of(b),
                .activateApp(0).of(a),
                .killFocus(0).of(b)
            )
            #expect(try WindowThread.current().activeHandle == .invalid)
            try WindowThread.current().setActive(a)
            expectSequence(
                stage.taken(),
                .activateApp(1).of(b),
                .activateApp(1).of(a),
                .nonClientActivate(1, 0).of(a),
                .activate(1, 0).of(a),
                .setFocus(0).of(a)
            )
        }
    }

    @Test func theActiveWindowLiesOnTopAndItsOwnerRemembersIt() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            let owned = try stage.create(style: 0x9000_0000, parent: a)
            try stage.settle()
            let last = { (window: Handle) in try WindowTree.related(to: window, .lastActivePopup) }
            let order = { try WindowTree.topLevel(of: stage.queue.handle) }
            #expect(try order() == [owned, b, a])
            #expect(try last(a) == owned)
            #expect(try last(b) == b)
            try WindowThread.current().setActive(a)
            #expect(try order() == [owned, a, b])
            #expect(try last(a) == a)
            #expect(try last(owned) == owned)
            try WindowThread.setForeground(b)
            #expect(try order() == [b, owned, a])
            try WindowThread.current().setActive(owned)
            #expect(try last(a) == owned)
            try Window.find(owned).destroy()
            #expect(try last(a) == a)
        }
    }

    @Test func showingActivatesBetweenThePositionsTwoMessages() async throws {
        try await Stage.run { stage in
            let a = try stage.show()
            let b = try stage.create()
            try stage.settle()
            try Window.find(b).show(true)
            expectSequence(
                stage.taken(),
                .showWindow(1, 0).of(b),
                .changing.of(b),
                .nonClientActivate(0, b.parameter).of(a),
                .activate(0, b.parameter).of(a),
                .nonClientActivate(1, a.parameter).of(b),
                .activate(1, a.parameter).of(b),
                .killFocus(UInt(b.rawValue)).of(a),
                .setFocus(UInt(a.rawValue)).of(b),
                .nonClientPaint(1).of(b),
                .eraseBackground.of(b),
                .changed.of(b),
                .size.of(b),
                .move.of(b)
            )
        }
    }

    @Test func whatIsShownWithoutActivatingDoesNotTakeTheFocus() async throws {
        try await Stage.run { stage in
            let a = try stage.show()
            for command in [ShowCommand.noActivate, .showNoActivate] {
                let b = try stage.create(style: 0x8000_0000, parent: a)
                try Window.find(b).show(command)
                // Also when the display has had its say.
                for _ in 0..<2 {
                    #expect(try WindowThread.current().activeHandle == a)
                    #expect(try WindowThread.current().focusHandle == a)
                    try stage.settle()
                }
            }
        }
    }

    @Test func hidingAnOwnedWindowActivatesItsOwner() async throws {
        try await Stage.run { stage in
            let (a, _) = (try stage.show(), try stage.show())
            let owned = try stage.create(style: 0x9000_0000, parent: a)
            try stage.settle()
            try Window.find(owned).show(false)
            expectSequence(
                stage.taken(),
                .showWindow(0, 0),
                .changing,
                .changed,
                .nonClientActivate(0, a.parameter).of(owned),
                .activate(0, a.parameter).of(owned),
                .nonClientActivate(1, owned.parameter).of(a),
                .activate(1, owned.parameter).of(a),
                .killFocus(UInt(a.rawValue)).of(owned),
                .setFocus(UInt(owned.rawValue)).of(a)
            )
        }
    }

    @Test func theNextWindowBelowBecomesActiveAndAfterTheLowestTheTopmost() async throws {
        try await Stage.run { stage in
            let windows = try (0..<3).map { _ in try stage.show() }
            let thread = try WindowThread.current()
            try Window.find(windows[2]).destroy()
            #expect(thread.activeHandle == windows[1])
            let lowest = try Window.find(windows[0])
            let noOrder = WindowPosition(insertAfter: 1, .empty, flags: 0x13)
            try thread.setActive(lowest.handle)
            try lowest.setPosition(noOrder)
            try lowest.show(false)
            #expect(thread.activeHandle == windows[1])
        }
    }

    @Test func disabledWindowsAreNotActivatedInTheirTurn() async throws {
        try await Stage.run { stage in
            let windows = try (0..<3).map { _ in try stage.show() }
            _ = try Window.find(windows[1]).enable(false)
            try Window.find(windows[2]).show(false)
            #expect(try WindowThread.current().activeHandle == windows[0])
        }
    }

    @Test func minimisingByThatCommandActivatesTheNextWindow() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            try Window.find(b).show(ShowCommand.minimize)
            #expect(try WindowThread.current().activeHandle == a)
        }
    }

    @Test func theOnlyWindowStaysActiveWhileItIsMinimisedAndHasTheFocusAgainAfterItAsInWine()
        async throws
    {
        try await Stage.run { stage in
            let window = try stage.show()
            try Window.find(window).show(ShowCommand.minimize)
            #expect(try WindowThread.current().activeHandle == window)
            #expect(try WindowThread.current().focusHandle == .invalid)
            try stage.settle()
            try Window.find(window).show(ShowCommand.restore)
            expectSequence(
                stage.taken().filter { $0.message <= Step.setFocus.message && $0.message > 5 },
                .setFocus(0),
                .activate(1, 0)
            )
        }
    }

    @Test func disablingTheActiveWindowLeavesItActiveWithoutAFocus() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            _ = try Window.find(window).enable(false)
            expectSequence(stage.taken(), .cancelMode, .killFocus(0), .enable(0))
            #expect(try WindowThread.current().activeHandle == window)
            #expect(try WindowThread.current().focusHandle == .invalid)
        }
    }

    @Test func whoActivatesAnotherWindowWhileItIsActivatedHasTheLastWord() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            let c = try stage.show()
            stage.respond = { call in
                guard call.message == Step.activate.message, call.window == a,
                    call.wparam == 1
                else { return nil }
                try WindowThread.current().setActive(b)
                return 0
            }
            try WindowThread.current().setActive(a)
            #expect(try WindowThread.current().activeHandle == b)
            #expect(try WindowThread.current().focusHandle == b)
            _ = c
        }
    }

    @Test(arguments: [Step.nonClientActivate, .activate, .setFocus, .killFocus, .activateApp])
    func aWindowMayDestroyItselfOrTheOtherInEveryMessageOfIt(_ step: Step) async throws {
        for destroysOther in [false, true] {
            try await Stage.run { stage in
                let (a, b) = (try stage.show(), try stage.show())
                let child = try stage.createChild(of: a)
                stage.respond = { call in
                    guard call.message == step.message, let window = call.window else {
                        return nil
                    }
                    let victim = destroysOther ? (window == b ? a : b) : window
                    try stage.perform(on: victim) { $0.destroy() }
                    return nil
                }
                try stage.perform(on: child) { window in
                    _ = try? WindowThread.current().takeFocus(window.handle)
                }
                try stage.perform(on: b) { window in
                    _ = try? WindowThread.current().setActive(window.handle)
                }
                _ = try? WindowThread.current().setActive(.invalid)
                try stage.run()
                for handle in [
                    try WindowThread.current().activeHandle,
                    try WindowThread.current().focusHandle,
                ] where handle != .invalid {
                    #expect(Window.exists(handle))
                }
            }
        }
    }

    @Test func aWindowOfAnotherThreadIsAskedToBecomeTheForegroundOne() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            #expect(try WindowThread.current().activeHandle == b)
            let other = try OtherThread { try? WindowThread.setForeground(a) }
            other.join()
            #expect(try WindowThread.current().activeHandle == b)
            try stage.run()
            #expect(try WindowThread.current().activeHandle == a)
        }
    }

    @Test func threadThatMissedTheLastWordAboutTheKeyboardAsksForIt() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let thread = try WindowThread.current()
            // An older word, which the display does not mean any more.
            stage.display.inject(.focusLost(stage.surface(window)))
            try stage.settle()
            #expect(thread.activeHandle == .invalid)
            stage.display.inject(.focusElsewhere(stage.surface(window)))
            try stage.settle()
            // What it has asked is answered when the display is read again.
            try stage.settle()
            #expect(thread.activeHandle == window)
            #expect(thread.focusHandle == window)
        }
    }
}
