internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// What comes before a message of the mouse.
@Suite struct MouseTests {
    private static let client = 1

    /// As `lparam` of WM_SETCURSOR and WM_MOUSEACTIVATE.
    private static func about(_ part: Int, _ step: Step) -> Int {
        words(part, Int(step.message))
    }

    @Test func aPressInAnInactiveWindowGoesThroughAllItsStepsAsInWine() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            let child = try stage.createChild(of: a)
            let inner = try stage.createChild(
                of: child,
                at: Point(x: 5, y: 5),
                size: Size(width: 20, height: 20)
            )
            try stage.settle()
            // (20, 30) of a is (10, 10) of the child and (5, 5) of what is in that.
            stage.point(.pressed(.left), in: a, at: 20, 30)
            let cursor = Self.about(Self.client, .leftDown)
            let me = UInt(inner.rawValue)
            expectSequence(
                try stage.ran(),
                .hitTest(0, words(120, 80)).of(inner),
                .parentNotify(0x201, words(10, 10)).of(child),
                .parentNotify(0x201, words(20, 30)).of(a),
                .mouseActivate(UInt(a.rawValue), cursor).of(inner),
                .mouseActivate(UInt(a.rawValue), cursor).of(child),
                .mouseActivate(UInt(a.rawValue), cursor).of(a),
                .nonClientActivate(0, a.parameter).of(b),
                .activate(0, a.parameter).of(b),
                .nonClientActivate(1, b.parameter).of(a),
                .activate(2, b.parameter).of(a),
                .killFocus(UInt(a.rawValue)).of(b),
                .setFocus(UInt(b.rawValue)).of(a),
                .setCursor(me, cursor).of(inner),
                .setCursor(me, cursor).of(child),
                .setCursor(me, cursor).of(a),
                .leftDown(1, words(5, 5)).of(inner)
            )
        }
    }

    @Test func theActiveWindowItselfIsNotAskedWhetherAPressActivates() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.point(.pressed(.left), in: window)
            expectSequence(try stage.ran(), .hitTest, .setCursor, .leftDown)
        }
    }

    @Test(arguments: [(1, true, true), (2, true, false), (3, false, true), (4, false, false)])
    func theAnswerSaysWhetherAPressActivatesAndWhetherItIsTold(
        _ answer: Int,
        _ activates: Bool,
        _ isTold: Bool
    ) async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            stage.respond = { $0.message == Step.mouseActivate.message ? answer : nil }
            stage.click(in: a, time: 0)
            let calls = try stage.ran()
            #expect(calls.contains { $0.message == Step.leftDown.message } == isTold)
            #expect(calls.contains { $0.message == Step.leftUp.message })
            #expect(try WindowThread.current().activeHandle == (activates ? a : b))
        }
    }

    @Test func aTransparentWindowLeavesTheMouseToWhatIsBehindIt() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let child = try stage.createChild(of: window)
            try stage.settle()
            stage.respond = { call in
                call.message == Step.hitTest.message && call.window == child ? -1 : nil
            }
            stage.point(.moved, in: window, at: 20, 30)
            expectSequence(
                try stage.ran(),
                .hitTest.of(child),
                .hitTest.of(window),
                .setCursor.of(window),
                .mouseMove(0, words(20, 30)).of(window)
            )
        }
    }

    @Test func aDisabledChildLeavesTheMouseToItsParent() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            _ = try stage.createChild(of: window, style: 0x5800_0000)
            try stage.settle()
            stage.point(.moved, in: window, at: 20, 30)
            expectSequence(
                try stage.ran(),
                .hitTest.of(window),
                .setCursor.of(window),
                .mouseMove.of(window)
            )
        }
    }

    @Test func aDisabledTopLevelWindowIsAskedForACursorAndNothingElse() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            _ = try Window.find(window).enable(false)
            try stage.settle()
            stage.point(.moved, in: window)
            stage.point(.pressed(.left), in: window)
            expectSequence(
                try stage.ran(),
                .setCursor(UInt(window.rawValue), Self.about(-2, .mouseMove)),
                .setCursor(UInt(window.rawValue), Self.about(-2, .leftDown))
            )
        }
    }

    @Test func aPressOnADisabledOwnerBringsThePopupThatIsInTheWay() async throws {
        try await Stage.run { stage in
            let owner = try stage.show()
            let popup = try stage.create(style: 0x9000_0000, parent: owner)
            let other = try stage.show()
            _ = try Window.find(owner).enable(false)
            #expect(try WindowThread.current().activeHandle == other)
            stage.point(.pressed(.left), in: owner, at: 280, 190)
            try stage.run()
            #expect(try WindowThread.current().activeHandle == popup)
        }
    }

    @Test func outsideOfTheClientAreaTheMessagesTellThePartAndThePlaceOnTheScreen() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.respond = { $0.message == Step.hitTest.message ? 18 : nil }
            stage.point(.moved, in: window)
            stage.click(in: window, time: 0)
            stage.click(in: window, time: 100)
            expectSequence(
                try stage.ran().withoutQuestions,
                .nonClientMove(18, words(105, 55)),
                .nonClientLeftDown(18, words(105, 55)),
                .nonClientLeftUp(18, words(105, 55)),
                // Without the class's style: that is about client areas.
                .nonClientLeftDouble(18, words(105, 55)),
                .nonClientLeftUp(18, words(105, 55))
            )
        }
    }

    @Test func aPressOnACaptionActivatesByTheDefaultProcedureAndAsksToMove() async throws {
        try await Stage.run { stage in
            let (a, _) = (try stage.show(), try stage.show())
            stage.respond = { $0.message == Step.hitTest.message ? 2 : nil }
            stage.point(.pressed(.left), in: a)
            let calls = try stage.ran().filter { $0.window == a }
            expectSequence(
                calls,
                .hitTest,
                .mouseActivate,
                .setCursor,
                .nonClientLeftDown(2, words(105, 55)),
                .nonClientActivate(1),
                .activate(2),
                .setFocus,
                .systemCommand(0xF012, words(105, 55))
            )
        }
    }

    @Test(arguments: [-2, 0])
    func nobodyGetsAPressOnNothing(_ part: Int) async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.respond = { $0.message == Step.hitTest.message ? part : nil }
            stage.click(in: window, time: 0)
            expectSequence(try stage.ran(), .hitTest, .setCursor, .hitTest, .setCursor)
        }
    }

    @Test func theWheelGoesToWhatLiesUnderThePointerAndOnToItsParent() async throws {
        try await Stage.run { stage in
            let (a, _) = (try stage.show(), try stage.show())
            let child = try stage.createChild(of: a)
            try stage.settle()
            stage.point(.wheel(vertical: 120, horizontal: 0), in: a, at: 20, 30)
            expectSequence(
                try stage.ran().withoutQuestions,
                .wheel(halves(low: 0, high: 120), words(120, 80)).of(child),
                .wheel(halves(low: 0, high: 120), words(120, 80)).of(a)
            )
        }
    }

    @Test func theWheelOverNobodyIsTheFocusAndAsksNothing() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let child = try stage.createChild(of: window)
            try WindowThread.current().takeFocus(child)
            try stage.settle()
            stage.respond = { $0.message == Step.wheel.message ? 0 : nil }
            stage.point(.wheel(vertical: 120, horizontal: 0), in: window, at: -50, -20)
            expectSequence(
                try stage.ran(),
                .wheel(halves(low: 0, high: 120), words(50, 30)).of(child)
            )
        }
    }

    @Test func theRightButtonsReleaseAsksForAMenuOnTheScreen() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let child = try stage.createChild(of: window)
            try stage.settle()
            stage.point(.released(.right), in: window, at: 20, 30)
            expectSequence(
                try stage.ran().filter { $0.message == Step.contextMenu.message },
                .contextMenu(UInt(child.rawValue), words(120, 80)).of(child),
                .contextMenu(UInt(child.rawValue), words(120, 80)).of(window)
            )
        }
    }

    @Test func anExtraButtonsReleaseIsACommandByDefault() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.point(.released(.x1), in: window)
            expectSequence(
                try stage.ran().filter { $0.message == Step.appCommand.message },
                .appCommand(UInt(window.rawValue), 0x8001_0000)
            )
        }
    }

    @Test func aStyleKeepsParentsFromBeingToldOfPresses() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            _ = try stage.createChild(of: window, exStyle: 4)
            try stage.settle()
            stage.point(.pressed(.left), in: window, at: 20, 30)
            #expect(try !stage.ran().contains { $0.message == Step.parentNotify.message })
        }
    }

    @Test func aLookAsksWhereItIsAndChangesNothing() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            stage.point(.pressed(.left), in: a)
            for _ in 0..<2 {
                guard case .message(let message)? = try stage.queue.peek() else {
                    Issue.record("a press is there to be seen")
                    return
                }
                #expect(message.header.message == Step.leftDown.message)
                #expect(message.header.target == a)
                expectSequence(stage.taken(), .hitTest.of(a))
            }
            #expect(try WindowThread.current().activeHandle == b)
        }
    }

    @Test(arguments: [Step.hitTest, .parentNotify, .mouseActivate, .setCursor])
    func windowsMayEndInEveryQuestion(_ step: Step) async throws {
        for endsTop in [false, true] {
            try await Stage.run { stage in
                let (a, _) = (try stage.show(), try stage.show())
                let child = try stage.createChild(of: a)
                try stage.settle()
                stage.respond = { call in
                    guard call.message == step.message else { return nil }
                    try stage.perform(on: endsTop ? a : child) { $0.destroy() }
                    return nil
                }
                stage.click(in: a, at: 20, 30, time: 0)
                let calls = try stage.ran()
                #expect(!calls.contains { $0.window == child && $0.message == 0x201 })
                #expect(!Window.exists(child))
            }
        }
    }

    @Test func whoRetrievesInsideOfAQuestionTakesTheEventAway() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.point(.pressed(.left), in: window)
            stage.point(.released(.left), in: window)
            var depth = 0
            stage.respond = { call in
                guard call.message == Step.hitTest.message, depth == 0 else { return nil }
                depth += 1
                while let message = try stage.next() { try stage.dispatch(message) }
                return nil
            }
            expectSequence(try stage.ran().withoutQuestions, .leftDown, .leftUp)
        }
    }
}
