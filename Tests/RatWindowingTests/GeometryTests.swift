internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

@Suite struct GeometryTests {
    private static let place = Rect(left: 100, top: 50, right: 400, bottom: 250)

    @Test func aWindowIsToldOfItsNewPlaceAndThenOfItsNewSize() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            _ = stage.taken()
            let engine = try Window.find(window)
            try engine.move(to: Point(x: -7, y: 8), size: Size(width: 30, height: 20))
            expectSequence(
                stage.taken(),
                .changing,
                .getMinMaxInfo,
                .nonClientCalculateSize(1),
                .changed,
                .move(0, words(-7, 8)),
                .size(0, words(30, 20))
            )
            #expect(engine.outerRect == Rect(left: -7, top: 8, right: 23, bottom: 28))
            #expect(engine.clientRect == Rect(left: 0, top: 0, right: 30, bottom: 20))
            #expect(stage.display.content(of: stage.surface(window)) == engine.outerRect)
        }
    }

    @Test func onlyWhatChangedIsTold() async throws {
        try await Stage.run { stage in
            let engine = try Window.find(stage.create())
            _ = stage.taken()
            try engine.move(to: Self.place.origin, size: Self.place.size)
            expectSequence(stage.taken(), .changing, .getMinMaxInfo)
            try engine.move(to: Point(x: 0, y: 0), size: Self.place.size)
            expectSequence(stage.taken(), .changing, .getMinMaxInfo, .changed, .move(0, 0))
            try engine.move(to: Point(x: 0, y: 0), size: Size(width: 1, height: 2))
            expectSequence(
                stage.taken(),
                .changing,
                .getMinMaxInfo,
                .nonClientCalculateSize,
                .changed,
                .size(0, words(1, 2))
            )
        }
    }

    @Test func whatTheDisplayRepeatsIsNotToldAgain() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            _ = stage.taken()
            stage.display.inject(
                .configured(stage.surface(window), content: Self.place, state: .normal)
            )
            expectSequence(try stage.ran())
        }
    }

    @Test func theWindowManagersStatesAreKindsOfSize() async throws {
        try await Stage.run { stage in
            let window = try stage.create()
            let surface = stage.surface(window)
            _ = stage.taken()
            let screen = Rect(left: 0, top: 0, right: 800, bottom: 600)
            stage.display.inject(.configured(surface, content: screen, state: .maximized))
            expectSequence(
                try stage.ran(),
                .nonClientCalculateSize,
                .changed,
                .move(0, 0),
                .size(2, words(800, 600))
            )
            stage.display.inject(.configured(surface, content: screen, state: .minimized))
            expectSequence(
                try stage.ran(),
                .nonClientCalculateSize,
                .changed,
                .move(0, words(-32_000, -32_000)),
                .size(1, 0)
            )
            // What a minimised surface becomes is nobody's affair until it is restored.
            stage.display.inject(.configured(surface, content: Self.place, state: .minimized))
            expectSequence(try stage.ran())
            stage.display.inject(.configured(surface, content: Self.place, state: .normal))
            expectSequence(
                try stage.ran(),
                .nonClientCalculateSize,
                .changed,
                .move(0, words(100, 50)),
                .size(0, words(300, 200))
            )
        }
    }

    @Test func aWindowWithoutAPlaceIsToldTheDisplaysChoice() async throws {
        try await Stage.run { stage in
            _ = try stage.create()
            let window = try stage.create(at: nil)
            let second = try stage.create(at: nil)
            _ = stage.taken()
            expectSequence(
                try stage.ran(),
                .changed.of(second),
                .move(0, words(26, 26)).of(second)
            )
            #expect(try Window.find(window).outerRect.origin == Point(x: 0, y: 0))
        }
    }

    @Test func aSizeOutOfRangeIsRefused() async throws {
        try await Stage.run { stage in
            let engine = try Window.find(stage.create())
            for size in [Size(width: -1, height: 0), Size(width: 0, height: 32_768)] {
                #expect(throws: RatError.invalidArgument) {
                    try engine.move(to: Point(x: 0, y: 0), size: size)
                }
            }
            #expect(engine.outerRect == Self.place)
        }
    }
}
