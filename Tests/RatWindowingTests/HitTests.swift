internal import RatCore
internal import RatDisplay
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// The answers are as Wine 8.0 gave them.
@Suite struct HitTests {
    private static let all: UInt32 = 0

    @Test func childrenAreFoundAtPoints() async throws {
        try await Stage.run { stage in
            let parent = try stage.create(style: 0x8000_0000)
            func make(_ style: UInt32, _ rect: Rect, ex: UInt32 = 0) throws -> Handle {
                try stage.createChild(
                    of: parent,
                    style: 0x4000_0000 | style,
                    at: rect.origin,
                    size: rect.size,
                    exStyle: ex
                )
            }
            let hidden = try make(0, Rect(left: 0, top: 0, right: 50, bottom: 50))
            let disabled = try make(0x1800_0000, Rect(left: 25, top: 25, right: 75, bottom: 75))
            let clear = try make(
                0x1000_0000,
                Rect(left: 60, top: 60, right: 110, bottom: 110),
                ex: 0x20
            )
            let plain = try make(0x1000_0000, Rect(left: 40, top: 40, right: 140, bottom: 140))
            // x = y, all, visible, enabled, opaque, all three
            let rows: [(Int32, Handle, Handle, Handle, Handle, Handle)] = [
                (10, hidden, parent, hidden, hidden, parent),
                (30, hidden, disabled, hidden, hidden, parent),
                (55, disabled, disabled, plain, disabled, plain),
                (65, disabled, disabled, clear, disabled, plain),
                (100, clear, clear, clear, plain, plain),
                (130, plain, plain, plain, plain, plain),
                (199, parent, parent, parent, parent, parent),
                (200, .invalid, .invalid, .invalid, .invalid, .invalid),
                (-1, .invalid, .invalid, .invalid, .invalid, .invalid),
            ]
            for (at, all, visible, enabled, opaque, strict) in rows {
                let point = Point(x: at, y: at)
                for (flags, expected) in [
                    (0, all), (1, visible), (2, enabled), (4, opaque), (7, strict),
                ] as [(UInt32, Handle)] {
                    let found = try WindowTree.childAt(point, of: parent, skipping: flags)
                    #expect(found == expected, "at \(at) with \(flags)")
                }
            }
        }
    }

    @Test func theWindowAtAPointIsTheOneThatIsNotTransparentThere() async throws {
        try await Stage.run { stage in
            let top = try stage.create(
                style: 0x9000_0000,
                at: Point(x: 5_000, y: 5_000),
                size: Size(width: 200, height: 200)
            )
            func child(_ parent: Handle, _ style: UInt32, _ rect: Rect) throws -> Handle {
                try stage.createChild(
                    of: parent,
                    style: 0x4000_0000 | style,
                    at: rect.origin,
                    size: rect.size
                )
            }
            let low = try child(top, 0x1000_0000, Rect(left: 0, top: 0, right: 150, bottom: 150))
            let disabled = try child(
                low,
                0x1800_0000,
                Rect(left: 0, top: 0, right: 50, bottom: 50)
            )
            let over = try child(
                low,
                0x1000_0000,
                Rect(left: 50, top: 0, right: 100, bottom: 50)
            )
            let under = try child(
                low,
                0x1000_0000,
                Rect(left: 50, top: 0, right: 130, bottom: 80)
            )
            _ = try child(low, 0, Rect(left: 0, top: 100, right: 50, bottom: 150))
            _ = try child(disabled, 0x1000_0000, Rect(left: 0, top: 0, right: 20, bottom: 20))
            var transparent = Handle.invalid
            stage.respond = { call in
                call.message == Step.hitTest.message && call.window == transparent ? -1 : nil
            }
            func at(_ x: Int32, _ y: Int32) -> Handle {
                WindowTree.windowAt(Point(x: 5_000 + x, y: 5_000 + y))
            }
            #expect(at(10, 10) == low)
            #expect(at(60, 10) == over)
            #expect(at(10, 110) == low)
            #expect(at(180, 180) == top)
            transparent = over
            _ = stage.taken()
            #expect(at(60, 10) == under)
            let place = words(5_060, 5_010)
            expectSequence(
                stage.taken(),
                .hitTest(0, place).of(over),
                .hitTest(0, place).of(under)
            )
            transparent = under
            #expect(at(60, 60) == low)
            transparent = low
            #expect(at(10, 10) == top)
            transparent = top
            #expect(at(180, 180) == .invalid)
            transparent = .invalid
            _ = try Window.find(top).enable(false)
            _ = stage.taken()
            #expect(at(180, 180) == top)
            expectSequence(stage.taken())
        }
    }

    @Test func aWindowThatGoesWhenItIsAskedIsNotThere() async throws {
        try await Stage.run { stage in
            let place = Point(x: 6_000, y: 6_000)
            let under = try stage.create(style: 0x9000_0000, at: place)
            let over = try stage.create(style: 0x9000_0000, at: place)
            stage.respond = { call in
                if call.message == Step.hitTest.message, call.window == over {
                    try Window.find(over).destroy()
                }
                return nil
            }
            #expect(WindowTree.windowAt(place) == under)
        }
    }

    @Test func coordinatesAreThoseOfTheClientArea() async throws {
        try await Stage.run { stage in
            let top = try stage.create()
            stage.respond = { call in
                guard call.message == Step.nonClientCalculateSize.message,
                    let rect = unsafe UnsafeMutablePointer<Rect>(bitPattern: call.lparam ?? 0)
                else { return nil }
                unsafe rect.pointee.top += 5
                return 0
            }
            let child = try stage.createChild(of: top)
            let grandchild = try stage.createChild(of: child, at: Point(x: 1, y: 2))
            #expect(try WindowTree.clientOrigin(of: top) == Point(x: 100, y: 50))
            #expect(try WindowTree.clientOrigin(of: child) == Point(x: 110, y: 75))
            #expect(try WindowTree.clientOrigin(of: grandchild) == Point(x: 111, y: 82))
            #expect(try WindowTree.clientOrigin(of: .invalid) == Point(x: 0, y: 0))
            #expect(try WindowTree.clientOrigin(of: WindowTree.desktop()) == Point(x: 0, y: 0))
            let answers = [(110, 74), (110, 70), (110, 75), (109, 75)].map { x, y in
                Window.defaultProcedure(child, Step.hitTest.message, 0, words(x, y))
            }
            #expect(answers == [18, 18, 1, 0])
        }
    }

    /// Another thread may make the index, and use it while the windows move.
    @Test func anotherThreadMayAskWhileTheyMove() async throws {
        try await Stage.run { stage in
            let name = try stage.register()
            let place = Point(x: 9_000, y: 8_000)
            let parent = try stage.create(className: name, style: 0x9000_0000, at: place)
            let children = try (0..<100).map { number in
                try stage.create(
                    className: name,
                    style: 0x5000_0000,
                    at: Point(x: Int32(number), y: 0),
                    size: Size(width: 10, height: 10),
                    parent: parent
                )
            }
            let asking = try OtherThread {
                for number in 0..<2_000 {
                    let point = Point(x: Int32(number % 120), y: 5)
                    let found = try? WindowTree.childAt(point, of: parent, skipping: 1)
                    #expect(found != .invalid)
                }
            }
            for round in 0..<10 as Range<Int32> {
                for (number, child) in children.enumerated() {
                    let origin = Point(x: Int32(number), y: round % 7)
                    try Window.find(child).move(to: origin, size: Size(width: 10, height: 10))
                }
                try stage.settle()
            }
            asking.join()
        }
    }
}
