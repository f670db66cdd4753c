internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// The counts and orders are as Wine 8.0 showed them.
@Suite struct PositionTests {
    private static func rect(_ x: Int32, _ y: Int32, _ width: Int32, _ height: Int32) -> Rect {
        Rect(origin: Point(x: x, y: y), size: Size(width: width, height: height))
    }

    private static func set(
        _ window: Handle,
        _ rect: Rect,
        _ flags: UInt32,
        after: UInt64 = 0
    ) throws {
        let position = WindowPosition(insertAfter: after, rect, flags: flags | 0x10)
        try Window.find(window).setPosition(position)
    }

    @Test func everyFlagDoesItsPart() async throws {
        try await Stage.run { stage in
            let parent = try stage.create(style: 0x8000_0000)
            _ = try stage.createChild(of: parent, style: 0x4000_0000)
            let child = try stage.createChild(
                of: parent,
                style: 0x4000_0000,
                at: Point(x: 10, y: 10)
            )
            let rows: [(UInt64, Rect, UInt32, Rect, Bool, [Step])] = [
                (
                    0, Self.rect(11, 12, 51, 41), 4, Self.rect(11, 12, 51, 41), false,
                    [.changing, .nonClientCalculateSize, .changed, .move, .size]
                ),
                (
                    0, Self.rect(21, 22, 1, 1), 5, Self.rect(21, 22, 51, 41), false,
                    [.changing, .changed, .move]
                ),
                (
                    0, Self.rect(1, 1, 52, 42), 6, Self.rect(21, 22, 52, 42), false,
                    [.changing, .nonClientCalculateSize, .changed, .size]
                ),
                (0, Self.rect(1, 1, 1, 1), 7, Self.rect(21, 22, 52, 42), false, [.changing]),
                (
                    0, Self.rect(1, 1, 1, 1), 3, Self.rect(21, 22, 52, 42), true,
                    [.changing, .changed]
                ),
                (
                    1, Self.rect(31, 32, 53, 43), 0, Self.rect(31, 32, 53, 43), false,
                    [.changing, .nonClientCalculateSize, .changed, .move, .size]
                ),
                (1, Self.rect(31, 32, 53, 43), 0, Self.rect(31, 32, 53, 43), false, [.changing]),
                (
                    0, Self.rect(41, 42, 54, 44), 0x404, Self.rect(41, 42, 54, 44), false,
                    [.nonClientCalculateSize, .changed, .move, .size]
                ),
                (
                    0, Self.rect(41, 42, 54, 44), 0x24, Self.rect(41, 42, 54, 44), false,
                    [.changing, .nonClientCalculateSize, .changed]
                ),
                (
                    0, Self.rect(43, 44, 0, 0), 6, Self.rect(41, 42, 0, 0), false,
                    [.changing, .nonClientCalculateSize, .changed, .size]
                ),
                (0, Self.rect(43, 44, -5, -5), 6, Self.rect(41, 42, 0, 0), false, [.changing]),
            ]
            for (after, rect, flags, expected, isOnTop, steps) in rows {
                _ = stage.taken()
                try Self.set(child, rect, flags, after: after)
                #expect(mismatch(stage.taken(), steps) == nil, "with flags \(flags)")
                #expect(
                    try WindowTree.outerRect(of: child)
                        == expected.offset(by: Point(x: 100, y: 50))
                )
                #expect(try (WindowTree.related(to: parent, .child) == child) == isOnTop)
            }
        }
    }

    @Test func theProcedureMakesOfAPositionWhatItLikes() async throws {
        try await Stage.run { stage in
            let child = try stage.createChild(of: stage.create(), style: 0x4000_0000)
            stage.respond = { call in
                guard call.message == Step.changing.message,
                    let position = unsafe UnsafeMutablePointer<WindowPosition>(
                        bitPattern: call.lparam ?? 0
                    )
                else { return nil }
                unsafe position.pointee.x = 77
                unsafe position.pointee.flags |= 1
                return 0
            }
            _ = stage.taken()
            try Self.set(child, Self.rect(1, 2, 3, 4), 4)
            expectSequence(stage.taken(), .changing, .changed, .move(0, words(77, 2)))
            #expect(try WindowTree.clientSize(of: child) == Size(width: 50, height: 40))
        }
    }

    @Test func whoSwallowsTheNewsHearsOfNeitherMoveNorSize() async throws {
        try await Stage.run { stage in
            let child = try stage.createChild(of: stage.create(), style: 0x4000_0000)
            stage.respond = { $0.message == Step.changed.message ? 0 : nil }
            _ = stage.taken()
            try Self.set(child, Self.rect(1, 2, 3, 4), 4)
            expectSequence(stage.taken(), .changing, .nonClientCalculateSize, .changed)
        }
    }

    @Test func aFlagShowsAndHidesWithoutShowwindow() async throws {
        try await Stage.run { stage in
            let window = try stage.create(style: 0x8000_0000)
            let rows: [(UInt32, Rect, Bool, [Step])] = [
                (0x47, .empty, true, [.changing, .nonClientPaint, .eraseBackground, .changed]),
                (0x47, .empty, true, [.changing]),
                (0x87, .empty, false, [.changing, .changed]),
                (0x87, .empty, false, [.changing]),
                (
                    0x45, Self.rect(120, 130, 0, 0), true,
                    [.changing, .nonClientPaint, .eraseBackground, .changed, .move]
                ),
                (0x85, Self.rect(160, 170, 0, 0), false, [.changing, .changed, .move]),
            ]
            for (flags, rect, isVisible, steps) in rows {
                _ = stage.taken()
                try Self.set(window, rect, flags)
                #expect(mismatch(stage.taken(), steps) == nil, "with flags \(flags)")
                #expect(WindowTree.isShown(window) == isVisible)
            }
        }
    }

    @Test func aSizeableWindowKeepsItsLimits() async throws {
        try await Stage.run { stage in
            let sizeable = try stage.create(style: 0x8004_0000)
            let plain = try stage.create(style: 0x8000_0000)
            stage.respond = { call in
                guard call.message == Step.getMinMaxInfo.message,
                    let points = unsafe UnsafeMutablePointer<Point>(bitPattern: call.lparam ?? 0)
                else { return nil }
                unsafe points[3] = Point(x: 150, y: 120)
                unsafe points[4] = Point(x: 400, y: 300)
                return 0
            }
            for (asked, expected) in [
                (Size(width: 260, height: 210), Size(width: 260, height: 210)),
                (Size(width: 50, height: 210), Size(width: 150, height: 210)),
                (Size(width: 700, height: 10), Size(width: 400, height: 120)),
            ] {
                let rect = Rect(origin: Point(x: 0, y: 0), size: asked)
                try Self.set(sizeable, rect, 6)
                #expect(try WindowTree.outerRect(of: sizeable).size == expected)
                try Self.set(plain, rect, 6)
                #expect(try WindowTree.outerRect(of: plain).size == asked)
            }
            let created = try stage.create(size: Size(width: 1, height: 1000))
            #expect(
                try WindowTree.outerRect(of: created).size == Size(width: 150, height: 300)
            )
        }
    }

    @Test func childrenMoveWithTheirParentWithoutAWord() async throws {
        try await Stage.run { stage in
            let parent = try stage.show()
            let child = try stage.createChild(of: parent)
            try stage.settle()
            try Window.find(parent).move(
                to: Point(x: 150, y: 130),
                size: Size(width: 15, height: 15)
            )
            #expect(!stage.taken().contains { $0.window == child })
            #expect(
                try WindowTree.outerRect(of: child)
                    == Rect(left: 160, top: 150, right: 210, bottom: 190)
            )
        }
    }

    @Test func collectedPositionsAreTakenAtTheEndAndJoined() async throws {
        try await Stage.run { stage in
            let parent = try stage.create()
            let a = try stage.createChild(of: parent, style: 0x4000_0000)
            let b = try stage.createChild(of: parent, style: 0x4000_0000)
            let gone = try stage.createChild(of: parent, style: 0x4000_0000)
            let thread = try WindowThread.current()
            let batch = thread.beginDeferring()
            func add(_ window: Handle, _ rect: Rect, _ flags: UInt32) throws {
                let position = WindowPosition(insertAfter: 0, rect, flags: flags)
                try thread.deferPosition(position, of: Window.find(window), to: batch)
            }
            try add(a, Self.rect(1, 1, 61, 51), 0x14)
            try add(gone, Self.rect(1, 1, 61, 51), 0x14)
            try add(b, Self.rect(2, 2, 62, 52), 0x14)
            try add(a, Self.rect(3, 3, 0, 0), 0x15)
            try Window.find(gone).destroy()
            _ = stage.taken()
            try thread.endDeferring(batch)
            expectSequence(
                stage.taken(),
                .changing.of(a),
                .nonClientCalculateSize.of(a),
                .changed.of(a),
                .move(0, words(3, 3)).of(a),
                .size(0, words(61, 51)).of(a),
                .changing.of(b),
                .nonClientCalculateSize.of(b),
                .changed.of(b),
                .move.of(b),
                .size.of(b)
            )
            #expect(throws: RatError.invalidHandle) { try thread.endDeferring(batch) }
            #expect(throws: RatError.invalidHandle) { try add(a, .empty, 0x14) }
        }
    }
}
