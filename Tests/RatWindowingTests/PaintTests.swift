internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

private let red: UInt32 = 0xFFFF_0000
private let blue: UInt32 = 0xFF00_00FF

@Suite struct PaintTests {
    private static func rect(_ left: Int32, _ top: Int32, _ right: Int32, _ bottom: Int32) -> Rect {
        Rect(left: left, top: top, right: right, bottom: bottom)
    }

    /// Paints all that needs it in one colour, and gives what that was.
    @discardableResult
    private static func paint(_ window: Handle, _ color: UInt32) throws -> Rect {
        let engine = try Window.find(window)
        let paint = try engine.beginPaint()
        fill(paint, color)
        try engine.endPaint()
        return paint.rect
    }

    private static func fill(_ paint: Paint, _ color: UInt32) {
        guard let pixels = unsafe paint.pixels else { return }
        for y in paint.rect.top..<paint.rect.bottom {
            for x in paint.rect.left..<paint.rect.right {
                unsafe pixels[Int(y) * (paint.stride / 4) + Int(x)] = color
            }
        }
    }

    /// The paint message comes once, and its window needs painting.
    private static func expectPaint(_ stage: Stage, _ window: Handle) throws {
        let header = try #require(try stage.next()).header
        #expect((header.message, header.target) == (Step.paint.message, window))
    }

    private static func pixel(_ stage: Stage, _ window: Handle, _ x: Int32, _ y: Int32) -> UInt32? {
        stage.display.shownPixel(at: Point(x: x, y: y), of: stage.surface(window))
    }

    @Test func whatIsInvalidGrowsWithinTheClientArea() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let engine = try Window.find(window)
            engine.invalidate(Self.rect(10, 20, 30, 40), erases: false)
            engine.invalidate(Self.rect(50, 5, 900, 25), erases: false)
            try Self.expectPaint(stage, window)
            #expect(
                Array(engine.updateRegion(erases: false).rectangles) == [
                    Self.rect(50, 5, 300, 20), Self.rect(10, 20, 30, 25),
                    Self.rect(50, 20, 300, 25), Self.rect(10, 25, 30, 40),
                ]
            )
            #expect(try Self.paint(window, red) == Self.rect(10, 5, 300, 40))
            #expect(try stage.next() == nil)
        }
    }

    @Test func thePaintMessageComesUntilTheWindowIsPainted() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            stage.respond = { $0.message == Step.paint.message ? 0 : nil }
            try Window.find(window).invalidate(Self.rect(0, 0, 9, 9), erases: false)
            for _ in 0..<3 {
                try Self.expectPaint(stage, window)
                try stage.post(0x8000, to: window)
                let posted = try #require(try stage.next())
                #expect(posted.header.message == Step.app.message)
            }
            try Self.paint(window, red)
            #expect(try stage.next() == nil)
        }
    }

    @Test func theDefaultProcedureErasesShowsAndValidates() async throws {
        try await Stage.run { stage in
            let window = try stage.show(className: stage.register(background: blue))
            #expect(Self.pixel(stage, window, 0, 0) == blue)
            #expect(Self.pixel(stage, window, 299, 199) == blue)
            try Window.find(window).invalidate(Self.rect(0, 0, 9, 9), erases: false)
            // Nothing to erase, so nothing is asked.
            expectSequence(try stage.ran(), .paint)
            #expect(try !Window.find(window).needsPaint)
        }
    }

    @Test func whoPaintsLearnsWhetherTheBackgroundIsStillToBeErased() async throws {
        try await Stage.run { stage in
            for (background, answer, erase) in [
                (0, nil, 1), (blue, nil, 0), (0, 1, 0), (blue, 0, 1),
            ]
                as [(UInt32, Int?, UInt32)]
            {
                stage.respond = { $0.message == Step.eraseBackground.message ? answer : nil }
                let name = try stage.register(background: background)
                let window = try stage.create(className: name, style: 0x10CF_0000)
                let engine = try Window.find(window)
                let paint = try engine.beginPaint()
                #expect(paint.erase == erase)
                try engine.endPaint()
                engine.destroy()
            }
        }
    }

    @Test func whatWasPaintedStaysWhereNothingIsPaintedOverIt() async throws {
        try await Stage.run { stage in
            let window = try stage.create(style: 0x10CF_0000)
            try Self.paint(window, red)
            let engine = try Window.find(window)
            engine.invalidate(Self.rect(10, 10, 20, 20), erases: false)
            try Self.paint(window, blue)
            #expect(Self.pixel(stage, window, 9, 9) == red)
            #expect(Self.pixel(stage, window, 10, 10) == blue)
            let paint = try engine.beginPaint()
            #expect(paint.rect.isEmpty && paint.clipCount == 0)
            try engine.endPaint()
            let lent = try engine.lendPixels(nil, [])
            #expect(unsafe lent.pixels?[0] == red)
            try engine.releasePixels(lent.token)
        }
    }

    @Test func onlyTheNewStripNeedsPaintingAfterGrowth() async throws {
        try await Stage.run { stage in
            let window = try stage.create(style: 0x10CF_0000)
            try Self.paint(window, red)
            try stage.settle()
            let engine = try Window.find(window)
            try engine.move(to: Point(x: 100, y: 50), size: Size(width: 320, height: 200))
            expectSequence(
                stage.taken(),
                .changing,
                .getMinMaxInfo,
                .nonClientCalculateSize,
                .nonClientPaint,
                .eraseBackground,
                .changed,
                .size(0, words(320, 200))
            )
            #expect(try Self.paint(window, blue) == Self.rect(300, 0, 320, 200))
            #expect(Self.pixel(stage, window, 299, 0) == red)
            #expect(Self.pixel(stage, window, 300, 0) == blue)
            try engine.move(to: Point(x: 100, y: 50), size: Size(width: 320, height: 230))
            #expect(try Self.paint(window, red) == Self.rect(0, 200, 320, 230))
            #expect(Self.pixel(stage, window, 319, 0) == blue)
        }
    }

    @Test func shrinkingAndMovingNeedNoPainting() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let engine = try Window.find(window)
            try engine.move(to: Point(x: 0, y: 0), size: Size(width: 200, height: 100))
            expectSequence(
                try stage.ran(),
                .changing,
                .getMinMaxInfo,
                .nonClientCalculateSize,
                .changed,
                .move(0, words(0, 0)),
                .size(0, words(200, 100))
            )
        }
    }

    @Test(
        arguments: [
            (1, 300, 201, true), (1, 301, 200, false), (2, 301, 200, true),
            (2, 300, 201, false), (3, 299, 200, true), (3, 300, 199, true),
        ]
            as [(UInt32, Int32, Int32, Bool)]
    )
    func aClassMayAskForEverythingAfterANewSize(
        style: UInt32,
        width: Int32,
        height: Int32,
        redraws: Bool
    ) async throws {
        try await Stage.run { stage in
            let window = try stage.show(className: stage.register(style: style))
            let engine = try Window.find(window)
            try engine.move(to: Point(x: 100, y: 50), size: Size(width: width, height: height))
            let all = Self.rect(0, 0, width, height)
            #expect(try (Self.paint(window, red) == all) == redraws)
        }
    }

    @Test func aHiddenWindowTakesNoMarkAndHidingDropsIt() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            let engine = try Window.find(window)
            engine.invalidate(Self.rect(0, 0, 9, 9), erases: true)
            #expect(!engine.needsPaint)
            try engine.show(true)
            #expect(engine.needsPaint)
            try engine.show(false)
            #expect(!engine.needsPaint)
            engine.updateNow()
            let isPainted = stage.taken().contains { $0.message == Step.paint.message }
            #expect(!isPainted)
        }
    }

    @Test func updatingPaintsAtOnceIfAnythingNeedsIt() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let engine = try Window.find(window)
            engine.updateNow()
            expectSequence(stage.taken())
            engine.invalidate(Self.rect(0, 0, 9, 9), erases: false)
            engine.updateNow()
            expectSequence(stage.taken(), .paint(0, 0))
        }
    }

    @Test func aPaintIsBegunAndEndedOnce() async throws {
        try await Stage.run { stage in
            let engine = try Window.find(stage.show())
            #expect(throws: RatError.invalidArgument) { try engine.endPaint() }
            _ = try engine.beginPaint()
            #expect(throws: RatError.alreadyExists) { try engine.beginPaint() }
            try engine.endPaint()
            #expect(throws: RatError.invalidArgument) { try engine.endPaint() }
        }
    }

    @Test func whatIsInvalidatedDuringAPaintIsPaintedAgain() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let engine = try Window.find(window)
            engine.invalidate(Self.rect(0, 0, 9, 9), erases: false)
            _ = try engine.beginPaint()
            engine.invalidate(Self.rect(2, 2, 4, 4), erases: false)
            try engine.endPaint()
            try Self.expectPaint(stage, window)
        }
    }

    @Test func aNewSizeDuringAPaintLosesNothing() async throws {
        try await Stage.run { stage in
            let window = try stage.create(style: 0x10CF_0000)
            let engine = try Window.find(window)
            let paint = try engine.beginPaint()
            Self.fill(paint, red)
            try engine.move(to: Point(x: 100, y: 50), size: Size(width: 320, height: 200))
            try engine.endPaint()
            try stage.run()
            #expect(Self.pixel(stage, window, 5, 5) == red)
        }
    }

    // MARK: - Exposure

    private static func onScriptedDisplay(
        _ body: @Sendable (Stage, ScriptedDisplay, Handle) throws -> Void
    ) async throws {
        try await Stage.run { stage in
            let scripted = ScriptedDisplay(stage.display)
            stage.backend = scripted
            try body(stage, scripted, stage.show())
        }
    }

    @Test func whatTheDisplayLostIsShownAgainWithoutPainting() async throws {
        try await Self.onScriptedDisplay { stage, scripted, window in
            let before = scripted.presented.count
            stage.display.inject(.exposed(stage.surface(window), Self.rect(290, 0, 310, 10)))
            expectSequence(try stage.ran())
            #expect(Array(scripted.presented[before...]) == [Self.rect(290, 0, 300, 10)])
        }
    }

    @Test func whatIsToBePaintedAnywayIsNotShownBefore() async throws {
        try await Self.onScriptedDisplay { stage, scripted, window in
            try Window.find(window).invalidate(Self.rect(0, 0, 10, 10), erases: false)
            let before = scripted.presented.count
            stage.display.inject(.exposed(stage.surface(window), Self.rect(5, 5, 20, 20)))
            try Self.expectPaint(stage, window)
            #expect(
                Array(scripted.presented[before...]) == [
                    Self.rect(10, 5, 20, 10), Self.rect(5, 10, 20, 20),
                ]
            )
            #expect(try Self.paint(window, red) == Self.rect(0, 0, 10, 10))
        }
    }

    @Test func whatWasNeverPaintedIsPaintedWhenTheDisplayAsksForIt() async throws {
        try await Stage.run { stage in
            stage.respond = { call in
                guard call.message == Step.paint.message else { return nil }
                return 0
            }
            let window = try stage.create(style: 0x10CF_0000)
            stage.display.inject(.exposed(stage.surface(window), Self.rect(0, 0, 10, 10)))
            while let message = try stage.next(), message.header.message != Step.paint.message {}
            #expect(try Window.find(window).needsPaint)
        }
    }
}
