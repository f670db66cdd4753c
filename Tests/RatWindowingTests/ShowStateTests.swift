internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// The orders are as Wine 8.0 showed them.
@Suite struct ShowStateTests {
    private static let client = Rect(left: 0, top: 0, right: 300, bottom: 200)
    private static let normal = Rect(left: 10, top: 20, right: 60, bottom: 60)

    /// The outer rectangle in the parent.
    private static func frame(_ window: Handle) throws -> Rect {
        try WindowTree.outerRect(of: window).offset(by: Point(x: -100, y: -50))
    }

    @Test func aChildIsMaximizedMinimizedAndRestored() async throws {
        try await Stage.run { stage in
            let parent = try stage.show()
            let child = try stage.createChild(of: parent)
            let window = try Window.find(child)
            try stage.settle()
            try window.show(.maximized)
            expectSequence(
                stage.taken(),
                .getMinMaxInfo,
                .changing,
                .nonClientCalculateSize(1),
                .childActivate,
                .changed,
                .move(0, words(0, 0)),
                .size(2, words(300, 200))
            )
            #expect(try Self.frame(child) == Self.client)
            try window.show(.maximized)
            expectSequence(stage.taken())
            try window.show(.minimize)
            expectSequence(
                stage.taken(),
                .changing,
                .nonClientCalculateSize(1),
                .changed,
                .move(0, words(0, 176)),
                .size(1, 0)
            )
            #expect(try Self.frame(child).size == Size(width: 160, height: 24))
            #expect(try WindowTree.clientSize(of: child) == Size(width: 0, height: 0))
            #expect(window.placement.restoresToMaximized)
            try window.show(.restore)
            expectSequence(
                Array(stage.taken().prefix(9)),
                .queryOpen,
                .getMinMaxInfo,
                .changing,
                .nonClientCalculateSize(1),
                .childActivate,
                .eraseBackground,
                .changed,
                .move(0, words(0, 0)),
                .size(2, words(300, 200))
            )
            try window.show(.normal)
            #expect(try Self.frame(child) == Self.normal)
            expectSequence(
                stage.taken(),
                .changing,
                .nonClientCalculateSize(1),
                .childActivate,
                .eraseBackground,
                .changed,
                .move(0, words(10, 20)),
                .size(0, words(50, 40))
            )
        }
    }

    @Test func aHiddenWindowIsShownByItsNewState() async throws {
        try await Stage.run { stage in
            let child = try stage.createChild(of: stage.show(), style: 0x4000_0000)
            _ = stage.taken()
            #expect(try !Window.find(child).show(.maximized))
            #expect(!stage.taken().contains { $0.message == Step.showWindow.message })
            #expect(WindowTree.isShown(child))
        }
    }

    @Test func anIconThatWillNotOpenStaysOne() async throws {
        try await Stage.run { stage in
            let window = try Window.find(stage.createChild(of: stage.show()))
            try window.show(.minimize)
            stage.respond = { $0.message == Step.queryOpen.message ? 0 : nil }
            _ = stage.taken()
            try window.show(.restore)
            expectSequence(stage.taken(), .queryOpen)
            #expect(window.placement.command == .minimized)
        }
    }

    @Test func aTopLevelWindowsStatesAreAskedOfTheDisplay() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let engine = try Window.find(window)
            let kinds = { stage.taken().filter { $0.message == Step.size.message }.map(\.wparam) }
            try engine.show(.minimize)
            #expect(kinds() == [1])
            try engine.show(.restore)
            #expect(kinds() == [0])
            try engine.show(.maximized)
            let screen = Rect(left: 0, top: 0, right: 1024, bottom: 768)
            #expect(try WindowTree.outerRect(of: window) == screen)
            #expect(kinds() == [2])
            try stage.run()
            #expect(kinds() == [])
            try engine.show(.restore)
            #expect(kinds() == [0])
            let place = Rect(left: 100, top: 50, right: 400, bottom: 250)
            #expect(try WindowTree.outerRect(of: window) == place)
            #expect(stage.display.content(of: stage.surface(window)) == place)
        }
    }

    @Test func aTopLevelWindowIsMinimizedRestoredAndMaximizedAsInWine() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let engine = try Window.find(window)
            try stage.settle()
            try engine.show(.minimize)
            expectSequence(
                try stage.ran(),
                .killFocus(0),
                .changing,
                .getMinMaxInfo,
                .nonClientCalculateSize(1),
                .changed,
                .move(0, words(-32_000, -32_000)),
                .size(1, 0)
            )
            let icon = Rect(left: -32_000, top: -32_000, right: -31_840, bottom: -31_976)
            #expect(try WindowTree.outerRect(of: window) == icon)
            #expect(engine.isVisible && !engine.isSeen)
            let place = Rect(left: 100, top: 50, right: 400, bottom: 250)
            #expect(stage.display.content(of: stage.surface(window)) == place)
            try engine.show(.restore)
            expectSequence(
                try stage.ran(),
                .queryOpen,
                .changing,
                .getMinMaxInfo,
                .nonClientCalculateSize(1),
                .nonClientPaint,
                .eraseBackground,
                .changed,
                .move(0, words(100, 50)),
                .size(0, words(300, 200)),
                .setFocus(0),
                .activate(1, 0),
                .paint
            )
            try engine.show(.maximized)
            expectSequence(
                try stage.ran(),
                .getMinMaxInfo,
                .changing,
                .getMinMaxInfo,
                .nonClientCalculateSize(1),
                .nonClientPaint,
                .eraseBackground,
                .changed,
                .move(0, 0),
                .size(2, words(1024, 768)),
                .paint
            )
            // An icon of a maximised window becomes that again, where it was.
            try engine.show(.minimize)
            try engine.show(.restore)
            let screen = Rect(left: 0, top: 0, right: 1024, bottom: 768)
            #expect(try WindowTree.outerRect(of: window) == screen)
            try engine.show(.restore)
            #expect(try WindowTree.outerRect(of: window) == place)
            #expect(stage.display.content(of: stage.surface(window)) == place)
        }
    }

    @Test func aMaximizedWindowMayHaveLessThanItsScreen() async throws {
        try await Stage.run { stage in
            let window = try stage.show()
            let engine = try Window.find(window)
            stage.respond = { call in
                guard call.message == Step.getMinMaxInfo.message else { return nil }
                let limits = unsafe UnsafeMutablePointer<SizeLimits>(bitPattern: call.lparam ?? 0)
                unsafe limits?.pointee.maximumSize = Point(x: 640, y: 480)
                unsafe limits?.pointee.maximumPosition = Point(x: 8, y: 9)
                return 0
            }
            try engine.show(.maximized)
            let given = Rect(left: 8, top: 9, right: 648, bottom: 489)
            #expect(try WindowTree.outerRect(of: window) == given)
            #expect(stage.display.content(of: stage.surface(window)) == given)
        }
    }

    @Test func aWindowIsCreatedInAState() async throws {
        try await Stage.run { stage in
            let parent = try stage.show()
            _ = stage.taken()
            let child = try stage.createChild(of: parent, style: 0x5100_0000)
            expectSequence(
                stage.taken(),
                .nonClientCreate,
                .nonClientCalculateSize(0),
                .create,
                .size(0, words(50, 40)),
                .move(0, words(10, 20)),
                .getMinMaxInfo,
                .changing,
                .nonClientCalculateSize(1),
                .changed,
                .move(0, words(0, 0)),
                .size(2, words(300, 200)),
                .parentNotify.of(parent),
                .showWindow(1, 0),
                .changing,
                .nonClientPaint,
                .eraseBackground,
                .changed
            )
            #expect(try Window.find(child).placement.normal == Self.normal)
        }
    }

    @Test func aPlacementIsTakenOver() async throws {
        try await Stage.run { stage in
            let child = try stage.createChild(of: stage.show())
            let window = try Window.find(child)
            var placement = window.placement
            #expect(placement.command == .normal)
            #expect(placement.normal == Self.normal)
            placement.command = .minimized
            placement.normal = Rect(left: 1, top: 2, right: 31, bottom: 42)
            placement.minimizedPosition = Point(x: 7, y: 8)
            placement.restoresToMaximized = true
            try window.setPlacement(placement)
            #expect(window.placement == placement)
            #expect(try Self.frame(child).origin == Point(x: 7, y: 8))
            try window.show(.restore)
            #expect(try Self.frame(child) == Self.client)
            try window.show(.normal)
            #expect(try Self.frame(child) == placement.normal)
            placement.normal.right = -1
            #expect(throws: RatError.invalidArgument) { try window.setPlacement(placement) }
        }
    }

    @Test func aDisabledWindowLosesTheFocusToNone() async throws {
        try await Stage.run { stage in
            let child = try stage.createChild(of: stage.show())
            let window = try Window.find(child)
            try WindowThread.current().takeFocus(window.handle)
            try stage.settle()
            #expect(!window.enable(false))
            expectSequence(
                stage.taken(),
                .cancelMode.of(child),
                .killFocus(0).of(child),
                .enable(0).of(child)
            )
            #expect(window.enable(false))
            expectSequence(stage.taken(), .cancelMode)
            #expect(window.enable(true))
            expectSequence(stage.taken(), .enable(1))
            #expect(!window.enable(true))
            expectSequence(stage.taken())
        }
    }
}
