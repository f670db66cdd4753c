internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// Windows that come, go and move while the pointer rests.
@Suite struct RestingPointerTests {
    /// A window with the pointer at (15, 25) of it, retrieved.
    private static func withPointer(
        _ body: @Sendable (Stage, Handle) throws -> Void
    ) async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.point(.moved, in: window, at: 15, 25)
            try stage.settle()
            try body(stage, window)
        }
    }

    private static func track(_ window: Handle) throws {
        try WindowThread.current().track(Window.find(window), 2, hoverMilliseconds: 10)
    }

    /// What the mouse has led to since.
    private static func mouse(_ stage: Stage) throws -> [Step] {
        let numbers = [Step.setCursor, .mouseMove, .nonClientMove, .mouseLeave].map(\.message)
        return try stage.ran().filter { numbers.contains($0.message) }
    }

    @Test func aChildThatIsShownUnderThePointerHasItAndTheCursorIsSet() async throws {
        try await Self.withPointer { stage, window in
            try Self.track(window)
            let child = try stage.createChild(of: window)
            let cursor = words(1, Int(Step.mouseMove.message))
            expectSequence(
                try Self.mouse(stage),
                .setCursor(UInt(child.rawValue), cursor).of(child),
                .setCursor(UInt(child.rawValue), cursor).of(window),
                .mouseMove(0, words(5, 5)).of(child),
                .mouseLeave(0, 0).of(window)
            )
            // It is told once.
            #expect(try Self.mouse(stage).isEmpty)
        }
    }

    @Test(arguments: ["hide", "destroy", "move", "shrink", "put below"])
    func aChildThatGoesLeavesThePointerToWhatIsThere(_ how: String) async throws {
        try await Self.withPointer { stage, window in
            let other = try stage.createChild(of: window, at: Point(x: 14, y: 24))
            let child = try stage.createChild(of: window)
            try Window.find(child).show(true)
            try Window.find(child).setPosition(
                WindowPosition(flags: PositionFlag.noMove | PositionFlag.noSize)
            )
            try stage.settle()
            try Self.track(child)
            let rect = Rect(origin: Point(x: 100, y: 100), size: Size(width: 2, height: 2))
            try stage.perform(on: child) { child in
                switch how {
                case "hide": try child.show(false)
                case "destroy": child.destroy()
                case "move":
                    try child.setPosition(
                        WindowPosition(insertAfter: 0, rect, flags: PositionFlag.noSize)
                    )
                case "shrink":
                    try child.setPosition(
                        WindowPosition(insertAfter: 0, rect, flags: PositionFlag.noMove)
                    )
                default:
                    let keeps = PositionFlag.noMove | PositionFlag.noSize
                    try child.setPosition(
                        WindowPosition(insertAfter: WindowOrder.bottom, rect, flags: keeps)
                    )
                }
            }
            let steps = try Self.mouse(stage).filter { $0.message != Step.setCursor.message }
            let move = Step.mouseMove(0, words(1, 1)).of(other)
            if how == "destroy" {
                expectSequence(steps, move)
            } else {
                expectSequence(steps, move, .mouseLeave(0, 0).of(child))
            }
        }
    }

    @Test func aWindowThatMovesUnderThePointerIsToldWhereItIsInIt() async throws {
        try await Self.withPointer { stage, window in
            try Window.find(window).move(
                to: Point(x: 95, y: 47),
                size: Size(width: 300, height: 200)
            )
            expectSequence(
                try Self.mouse(stage),
                .setCursor,
                .mouseMove(0, words(20, 28)).of(window)
            )
        }
    }

    @Test func aWindowThatMovesAwayIsToldNothingUntilTheDisplaySaysSo() async throws {
        try await Self.withPointer { stage, window in
            try Self.track(window)
            try Window.find(window).move(
                to: Point(x: 500, y: 400),
                size: Size(width: 300, height: 200)
            )
            #expect(try Self.mouse(stage).isEmpty)
            stage.display.inject(.pointerLeft(stage.surface(window)))
            expectSequence(try Self.mouse(stage), .mouseLeave(0, 0).of(window))
        }
    }

    @Test func whatChangesElsewhereSaysNothingOfThePointer() async throws {
        try await Self.withPointer { stage, window in
            let child = try stage.createChild(of: window, at: Point(x: 100, y: 100))
            try Window.find(child).show(false)
            _ = try stage.show(at: Point(x: 500, y: 400))
            #expect(try Self.mouse(stage).isEmpty)
        }
    }

    @Test func aProgramThatChangesSomethingAtEachMoveIsNotToldForEver() async throws {
        try await Self.withPointer { stage, window in
            let child = try stage.createChild(of: window)
            var width: Int32 = 50
            stage.respond = { call in
                guard call.message == Step.mouseMove.message else { return nil }
                width += 1
                try stage.perform(on: child) { child in
                    try child.move(
                        to: Point(x: 10, y: 20),
                        size: Size(width: width, height: 40)
                    )
                }
                return 0
            }
            #expect(try Self.mouse(stage).count { $0.message == Step.mouseMove.message } == 1)
        }
    }

    @Test func whoLeavesThePointerToACaptureHearsOfItAtItsEnd() async throws {
        try await Self.withPointer { stage, window in
            let thread = try WindowThread.current()
            try Self.track(window)
            try thread.setCapture(window)
            stage.display.inject(.pointerLeft(stage.surface(window)))
            #expect(try Self.mouse(stage).isEmpty)
            try thread.setCapture(.invalid)
            expectSequence(try Self.mouse(stage), .mouseLeave(0, 0).of(window))
        }
    }

    @Test func whoHasThePointerBackBeforeTheCaptureEndsHasNotLostIt() async throws {
        try await Self.withPointer { stage, window in
            let thread = try WindowThread.current()
            try Self.track(window)
            try thread.setCapture(window)
            stage.display.inject(.pointerLeft(stage.surface(window)))
            try stage.settle()
            stage.point(.moved, in: window, at: 16, 25)
            try stage.settle()
            try thread.setCapture(.invalid)
            #expect(try Self.mouse(stage).isEmpty)
        }
    }

    @Test func theWindowUnderThePointerHasItWhenTheCaptureEnds() async throws {
        try await Self.withPointer { stage, window in
            let child = try stage.createChild(of: window, at: Point(x: 100, y: 100))
            let thread = try WindowThread.current()
            try thread.setCapture(child)
            stage.point(.moved, in: window, at: 16, 25)
            try stage.settle()
            try thread.setCapture(.invalid)
            expectSequence(
                try Self.mouse(stage),
                .setCursor,
                .mouseMove(0, words(16, 25)).of(window)
            )
        }
    }
}
