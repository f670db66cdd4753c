internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

@Suite struct PointerTests {
    @Test func aButtonMessageTellsWhatIsHeldAfterIt() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.point(.pressed(.left), in: window)
            stage.point(.pressed(.right), in: window, modifiers: [.shift, .control])
            stage.point(.pressed(.middle), in: window)
            stage.point(.released(.left), in: window)
            stage.point(.moved, in: window)
            stage.point(.released(.right), in: window)
            stage.point(.released(.middle), in: window)
            expectSequence(
                try stage.ran().withoutQuestions,
                .leftDown(0x01),
                .rightDown(0x0F),
                .middleDown(0x13),
                .leftUp(0x12),
                .mouseMove(0x12),
                .rightUp(0x10),
                .middleUp(0)
            )
        }
    }

    @Test func theExtraButtonsAreToldApartInTheHighHalf() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.point(.pressed(.x1), in: window)
            stage.point(.pressed(.x2), in: window)
            stage.point(.released(.x1), in: window)
            stage.point(.released(.x2), in: window)
            expectSequence(
                try stage.ran().withoutQuestions,
                .extraDown(halves(low: 0x20, high: 1)),
                .extraDown(halves(low: 0x60, high: 2)),
                .extraUp(halves(low: 0x40, high: 1)),
                .extraUp(halves(low: 0, high: 2))
            )
        }
    }

    @Test func positionsAreSignedHalvesInTheClientArea() async throws {
        try await Stage.run { stage in
            stage.respond = { call in
                guard call.message == Step.nonClientCalculateSize.message,
                    let rect = unsafe UnsafeMutablePointer<Rect>(bitPattern: call.lparam ?? 0)
                else { return nil }
                unsafe rect.pointee.left += 10
                unsafe rect.pointee.top += 20
                return 0
            }
            let window = try stage.show()
            stage.point(.pressed(.left), in: window, at: 12, 25)
            expectSequence(try stage.ran().withoutQuestions, .leftDown(1, words(2, 5)))
            try WindowThread.current().setCapture(window)
            stage.point(.moved, in: window, at: -3, -40)
            expectSequence(
                try stage.ran().withoutQuestions,
                .mouseMove(1, words(-13, -60))
            )
        }
    }

    @Test func theWheelIsSignedAndTellsThePlaceOnTheScreen() async throws {
        try await Stage.run { stage in
            let window = try stage.show(at: Point(x: 100, y: -50))
            stage.point(.pressed(.left), in: window)
            stage.point(.wheel(vertical: -120, horizontal: 0), in: window, at: 7, 8)
            stage.point(
                .wheel(vertical: 0, horizontal: 240),
                in: window,
                at: 7,
                8,
                modifiers: .shift
            )
            expectSequence(
                try stage.ran().withoutQuestions,
                .leftDown,
                .wheel(halves(low: 0x01, high: -120), words(107, -42)),
                .horizontalWheel(halves(low: 0x05, high: 240), words(107, -42))
            )
        }
    }

    @Test func messagesCarryTheirTimeAndThePlaceOnTheScreen() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.point(.moved, in: window, at: 1, 2, time: 77)
            let header = try #require(try stage.next()).header
            #expect(header.time == 77_000_000)
            #expect((header.x, header.y) == (101, 52))
            #expect(header.target == window)
            // What is posted afterwards says where the pointer was last.
            try stage.post(0x8000, to: window)
            let posted = try #require(try stage.next()).header
            #expect((posted.x, posted.y) == (101, 52))
        }
    }

    // MARK: - Double clicks

    /// The messages of presses at these times and places.
    private static func presses(
        style: UInt32 = 8,
        _ presses: (button: PointerButton, x: Int32, time: UInt64)...
    ) async throws -> [UInt32] {
        let presses = presses
        let result = Calls()
        try await Stage.run { stage in
            let window = try stage.show(className: stage.register(style: style))
            for press in presses {
                stage.click(press.button, in: window, at: press.x, time: press.time)
            }
            result.messages = try stage.ran().withoutQuestions.map(\.message)
        }
        return result.messages.filter {
            ![Step.leftUp, .rightUp, .extraUp].map(\.message).contains($0)
        }
    }

    /// Written on the stage's thread, read when that has ended.
    private final class Calls: @unchecked Sendable {
        var messages: [UInt32] = []
    }

    private static let down = Step.leftDown.message
    private static let double = Step.leftDouble.message

    @Test func theSecondOfTwoQuickPressesIsADoubleClickAndTheThirdIsNot() async throws {
        let messages = try await Self.presses((.left, 5, 0), (.left, 6, 500), (.left, 5, 600))
        #expect(messages == [Self.down, Self.double, Self.down])
    }

    @Test func fourQuickPressesAreTwoDoubleClicks() async throws {
        let messages = try await Self.presses(
            (.left, 5, 0),
            (.left, 5, 100),
            (.left, 5, 200),
            (.left, 5, 300)
        )
        #expect(messages == [Self.down, Self.double, Self.down, Self.double])
    }

    @Test func aClassWithoutTheStyleGetsNoDoubleClicks() async throws {
        let messages = try await Self.presses(style: 0, (.left, 5, 0), (.left, 5, 100))
        #expect(messages == [Self.down, Self.down])
    }

    @Test func slowPressesAreSingle() async throws {
        let messages = try await Self.presses((.left, 5, 0), (.left, 5, 501), (.left, 5, 1001))
        #expect(messages == [Self.down, Self.down, Self.double])
    }

    @Test func pressesFarApartAreSingle() async throws {
        let messages = try await Self.presses((.left, 5, 0), (.left, 7, 100))
        #expect(messages == [Self.down, Self.down])
    }

    @Test func pressesOfTwoButtonsAreSingle() async throws {
        let messages = try await Self.presses((.left, 5, 0), (.right, 5, 100), (.left, 5, 200))
        #expect(messages == [Self.down, Step.rightDown.message, Self.down])
    }

    @Test func theExtraButtonsDoubleClickEachForItself() async throws {
        let messages = try await Self.presses((.x1, 5, 0), (.x2, 5, 100), (.x2, 5, 200))
        let down = Step.extraDown.message
        #expect(messages == [down, down, Step.extraDouble.message])
    }

    @Test func pressesInTwoWindowsAreSingle() async throws {
        try await Stage.run { stage in
            let name = try stage.register(style: 8)
            let (a, b) = (try stage.show(className: name), try stage.show(className: name))
            stage.respond = { $0.message == Step.mouseActivate.message ? 3 : nil }
            stage.click(in: a, time: 0)
            stage.click(in: b, time: 100)
            expectSequence(
                try stage.ran().withoutQuestions,
                .leftDown.of(a),
                .leftUp.of(a),
                .leftDown.of(b),
                .leftUp.of(b)
            )
        }
    }

    // MARK: - Moves

    @Test func movesWithNothingBetweenThemAreOne() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            for place in 1...5 as ClosedRange<Int32> {
                stage.point(.moved, in: window, at: place, place)
            }
            expectSequence(try stage.ran().withoutQuestions, .mouseMove(0, words(5, 5)))
        }
    }

    @Test func movesThatTheThreadWantsToKeepStayApart() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            try Input.keepMoves(true)
            #expect(Input.keepsMoves)
            for place in 1...5 as ClosedRange<Int32> {
                stage.point(.moved, in: window, at: place, place)
            }
            expectSequence(
                try stage.ran().withoutQuestions,
                .mouseMove(0, words(1, 1)),
                .mouseMove(0, words(2, 2)),
                .mouseMove(0, words(3, 3)),
                .mouseMove(0, words(4, 4)),
                .mouseMove(0, words(5, 5))
            )
            try Input.keepMoves(false)
            for place in 6...9 as ClosedRange<Int32> {
                stage.point(.moved, in: window, at: place, place)
            }
            expectSequence(try stage.ran().withoutQuestions, .mouseMove(0, words(9, 9)))
        }
    }

    @Test func movesWithAnythingBetweenThemStayApart() async throws {
        try await Stage.run { stage in
            let (a, b) = (try stage.show(), try stage.show())
            stage.respond = { $0.message == Step.mouseActivate.message ? 3 : nil }
            stage.point(.moved, in: a, at: 1, 1)
            stage.point(.pressed(.left), in: a, at: 1, 1)
            stage.point(.moved, in: a, at: 2, 2)
            stage.key(0x41, in: b)
            stage.point(.moved, in: a, at: 3, 3)
            stage.point(.moved, in: b, at: 4, 4)
            stage.point(.moved, in: a, at: 5, 5)
            expectSequence(
                try stage.ran().withoutQuestions,
                .mouseMove(0, words(1, 1)).of(a),
                .leftDown.of(a),
                .mouseMove(1, words(2, 2)).of(a),
                .keyDown.of(b),
                .mouseMove(1, words(3, 3)).of(a),
                .mouseMove(1, words(4, 4)).of(b),
                .mouseMove(1, words(5, 5)).of(a)
            )
        }
    }

    @Test func aMoveThatWasRetrievedIsNotChangedByTheNext() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.point(.moved, in: window, at: 1, 1)
            expectSequence(try stage.ran().withoutQuestions, .mouseMove(0, words(1, 1)))
            stage.point(.moved, in: window, at: 2, 2)
            expectSequence(try stage.ran().withoutQuestions, .mouseMove(0, words(2, 2)))
        }
    }
}
