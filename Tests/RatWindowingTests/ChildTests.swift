internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// Children and owned windows as they come and go. The orders are as Wine 8.0 showed them.
@Suite struct ChildTests {
    @Test func theParentIsToldOfAChildBeforeItIsShown() async throws {
        try await Stage.run { stage in
            let parent = try stage.show()
            let child = try stage.createChild(of: parent, identifier: 18)
            let number = Int(truncatingIfNeeded: child.rawValue)
            expectSequence(
                stage.taken(),
                .nonClientCreate(0).of(child),
                .nonClientCalculateSize(0).of(child),
                .create.of(child),
                .size(0, words(50, 40)).of(child),
                .move(0, words(10, 20)).of(child),
                .parentNotify(18 << 16 | 1, number).of(parent),
                .showWindow(1, 0).of(child),
                .changing.of(child),
                .nonClientPaint(1).of(child),
                .eraseBackground.of(child),
                .changed.of(child)
            )
            try Window.find(child).destroy()
            expectSequence(
                stage.taken(),
                .parentNotify(18 << 16 | 2, number).of(parent),
                .showWindow(0, 0).of(child),
                .changing.of(child),
                .eraseBackground.of(parent),
                .changed.of(child),
                .destroy.of(child),
                .nonClientDestroy.of(child)
            )
        }
    }

    @Test func whoForbidsItIsNotAnnounced() async throws {
        try await Stage.run { stage in
            let parent = try stage.create()
            let silent = try stage.createChild(of: parent, style: 0x4000_0000, exStyle: 4)
            let popup = try stage.create(style: 0xC000_0000, parent: parent)
            try Window.find(silent).destroy()
            try Window.find(popup).destroy()
            #expect(!stage.taken().contains { $0.message == Step.parentNotify.message })
        }
    }

    @Test func aChildInAHiddenParentChangesItsStyleOnly() async throws {
        try await Stage.run { stage in
            let parent = try stage.create()
            let child = try stage.createChild(of: parent)
            #expect(stage.taken().last?.message == Step.showWindow.message)
            #expect(try !Window.find(child).isShown)
            try Window.find(parent).show(true)
            #expect(try Window.find(child).isShown)
            _ = stage.taken()
            try Window.find(child).show(false)
            expectSequence(
                stage.taken(),
                .showWindow(0, 0),
                .changing,
                .eraseBackground.of(parent),
                .changed
            )
        }
    }

    @Test func theFirstClientAreaIsAskedForOnTheScreen() async throws {
        try await Stage.run { stage in
            let parent = try stage.create()
            var asked = Rect.empty
            stage.respond = { call in
                guard call.message == Step.nonClientCalculateSize.message,
                    let rect = unsafe UnsafeMutablePointer<Rect>(bitPattern: call.lparam ?? 0)
                else { return nil }
                asked = unsafe rect.pointee
                unsafe rect.pointee.left += 3
                return 0
            }
            let child = try stage.createChild(of: parent)
            #expect(asked == Rect(left: 110, top: 70, right: 160, bottom: 110))
            #expect(try Window.find(child).clientRect.size == Size(width: 47, height: 40))
            expectSequence(
                Array(stage.taken().suffix(4)),
                .size(0, words(47, 40)),
                .move(0, words(13, 20)),
                .parentNotify,
                .showWindow
            )
        }
    }

    @Test func aRefusedChildTakesWhatIsInItAlongAndIsNotAnnounced() async throws {
        try await Stage.run { stage in
            let parent = try stage.create()
            var inner = Handle.invalid
            stage.respond = { call in
                guard call.message == Step.create.message, inner == .invalid,
                    let window = call.window
                else { return nil }
                inner = Handle(rawValue: 1)
                inner = try stage.createChild(of: window)
                return -1
            }
            _ = stage.taken()
            #expect(throws: RatError.cancelled) { try stage.createChild(of: parent) }
            let calls = stage.taken()
            let ends = Array(calls.suffix(2))
            expectSequence(ends, .nonClientDestroy.of(inner), .nonClientDestroy)
            #expect(!calls.contains { $0.window == parent })
            #expect(!calls.contains { $0.message == Step.destroy.message })
            #expect(try WindowTree.descendants(of: parent).isEmpty)
        }
    }

    @Test func placesAndSizesLeftOpenAreNothingForAChild() async throws {
        try await Stage.run { stage in
            let child = try stage.createChild(of: stage.create(), at: nil, size: nil)
            #expect(try WindowTree.outerRect(of: child).size == Size(width: 0, height: 0))
            #expect(try WindowTree.outerRect(of: child).origin == Point(x: 100, y: 50))
        }
    }

    @Test func whatCannotBeAParentSaysSo() async throws {
        try await Stage.run { stage in
            let dead = try stage.create()
            try Window.find(dead).destroy()
            _ = stage.taken()
            for style: UInt32 in [0x4000_0000, 0x8000_0000] {
                #expect(throws: RatError.invalidHandle) {
                    try stage.create(style: style, parent: dead)
                }
                #expect(throws: RatError.invalidHandle) {
                    try stage.create(style: style, parent: stage.queue.handle)
                }
            }
            expectSequence(stage.taken())
        }
    }

    @Test func destroyRunsTopDownAndTheEndBottomUp() async throws {
        try await Stage.run { stage in
            let root = try stage.create()
            let style: UInt32 = 0x4000_0000
            let a = try stage.createChild(of: root, style: style)
            let b = try stage.createChild(of: root, style: style)
            let a1 = try stage.createChild(of: a, style: style)
            let a2 = try stage.createChild(of: a, style: style)
            let b1 = try stage.createChild(of: b, style: style)
            let all = [root, a, a1, a2, b, b1]
            var aliveAtDestroy: Set<Int> = []
            stage.respond = { call in
                if call.message == Step.destroy.message {
                    aliveAtDestroy.insert(all.count(where: Window.exists))
                }
                #expect(call.window.map(Window.exists) == true)
                return nil
            }
            _ = stage.taken()
            try Window.find(root).destroy()
            let down = all.map { Step.destroy.of($0) }
            let up = [a1, a2, a, b1, b, root].map { Step.nonClientDestroy.of($0) }
            #expect(mismatch(stage.taken(), down + up) == nil)
            #expect(aliveAtDestroy == [6])
            #expect(!all.contains(where: Window.exists))
        }
    }

    @Test func ownedWindowsDieCompletelyFirst() async throws {
        try await Stage.run { stage in
            let style: UInt32 = 0x8000_0000
            let owner = try stage.show()
            let child = try stage.createChild(of: owner)
            let first = try stage.create(style: style, parent: child)
            let second = try stage.create(style: style, parent: owner)
            let nested = try stage.create(style: style, parent: second)
            try WindowThread.current().takeFocus(child)
            try stage.settle()
            try Window.find(owner).destroy()
            expectSequence(
                stage.taken(),
                .changing.of(owner),
                .changed.of(owner),
                .destroy.of(nested),
                .nonClientDestroy.of(nested),
                .destroy.of(second),
                .nonClientDestroy.of(second),
                .destroy.of(first),
                .nonClientDestroy.of(first),
                .nonClientActivate(0).of(owner),
                .activate(0, 0).of(owner),
                .activateApp(0).of(owner),
                .killFocus(0).of(child),
                .destroy.of(owner),
                .destroy.of(child),
                .nonClientDestroy.of(child),
                .nonClientDestroy.of(owner)
            )
        }
    }

    @Test func aFocusedChildThatGoesLeavesTheFocusToItsParentFirst() async throws {
        try await Stage.run { stage in
            let top = try stage.show()
            let panel = try stage.createChild(of: top)
            let child = try stage.createChild(of: panel)
            let thread = try WindowThread.current()
            try thread.takeFocus(child)
            try stage.settle()
            try Window.find(child).show(false)
            #expect(thread.focusHandle == panel)
            try Window.find(child).show(true)
            try thread.takeFocus(child)
            try stage.settle()
            try Window.find(child).destroy()
            let calls = stage.taken().filter {
                [0x0002, 0x0007, 0x0008].contains($0.message)
            }
            expectSequence(
                calls,
                .killFocus.of(child),
                .setFocus.of(panel),
                .destroy.of(child)
            )
            #expect(thread.focusHandle == panel)
        }
    }

    /// Wine destroys the parent again and again here; one time is enough.
    @Test func aParentDestroyedInItsChildsLastMessagesEndsBoth() async throws {
        for message in [Step.destroy.message, Step.nonClientDestroy.message] {
            try await Stage.run { stage in
                let parent = try stage.create()
                let child = try stage.createChild(of: parent)
                let other = try stage.createChild(of: parent)
                _ = stage.taken()
                stage.respond = { call in
                    if call.message == message, call.window == child {
                        try stage.perform(on: parent) { $0.destroy() }
                    }
                    return nil
                }
                try Window.find(child).destroy()
                let calls = stage.taken()
                for window in [parent, child, other] {
                    let own = calls.filter { $0.window == window }.map(\.message)
                    #expect(own.count { $0 == Step.destroy.message } == 1)
                    #expect(own.count { $0 == Step.nonClientDestroy.message } == 1)
                    #expect(own.last == Step.nonClientDestroy.message)
                    #expect(!Window.exists(window))
                }
            }
        }
    }

    @Test func aChildCreatedInDestroyDiesWithTheRest() async throws {
        try await Stage.run { stage in
            let parent = try stage.create()
            var late = Handle.invalid
            stage.respond = { call in
                if call.message == Step.destroy.message, call.window == parent {
                    late = try stage.createChild(of: parent)
                }
                return nil
            }
            try Window.find(parent).destroy()
            expectSequence(
                Array(stage.taken().suffix(3)),
                .destroy.of(late),
                .nonClientDestroy.of(late),
                .nonClientDestroy.of(parent)
            )
        }
    }

    @Test func aDeepTreeEndsWithoutADeepStack() async throws {
        try await Stage.run { stage in
            let name = try stage.register()
            let root = try stage.create(className: name)
            var deepest = root
            for _ in 0..<3_000 {
                deepest = try stage.create(
                    className: name,
                    style: 0x4000_0000,
                    parent: deepest
                )
            }
            try Window.find(root).destroy()
            #expect(!Window.exists(deepest))
        }
    }

    @Test func thePointersMessagesGoToTheChildUnderIt() async throws {
        try await Stage.run { stage in
            let parent = try stage.show()
            let child = try stage.createChild(of: parent)
            let inner = try stage.createChild(
                of: child,
                at: Point(x: 5, y: 5),
                size: Size(width: 9, height: 9)
            )
            try stage.settle()
            stage.point(.moved, in: parent, at: 9, 20)
            stage.point(.pressed(.left), in: parent, at: 10, 20)
            stage.point(.released(.left), in: parent, at: 16, 27)
            stage.point(.wheel(vertical: 120, horizontal: 0), in: parent, at: 16, 27)
            let calls = try stage.ran().withoutQuestions
            expectSequence(
                calls,
                .mouseMove(0, words(9, 20)).of(parent),
                .leftDown(1, words(0, 0)).of(child),
                .leftUp(0, words(1, 2)).of(inner),
                // Each leaves it to its parent.
                .wheel.of(inner),
                .wheel.of(child),
                .wheel.of(parent)
            )
            _ = try Window.find(inner).enable(false)
            _ = stage.taken()
            stage.point(.pressed(.left), in: parent, at: 16, 27, time: 5_000)
            expectSequence(try stage.ran().withoutQuestions, .leftDown(1, words(6, 7)).of(child))
        }
    }

    @Test func whatIsPaintedInAChildIsSeenOnItsParentsSurface() async throws {
        try await Stage.run { stage in
            let parent = try stage.show()
            let child = try stage.createChild(
                of: parent,
                at: Point(x: 280, y: -10),
                size: Size(width: 50, height: 40)
            )
            let red: UInt32 = 0xFFFF_0000
            var painted: [Handle] = []
            stage.respond = { call in
                guard call.message == Step.paint.message, let window = call.window else {
                    return nil
                }
                painted.append(window)
                let engine = try Window.find(window)
                let paint = try engine.beginPaint()
                if window == child, let pixels = unsafe paint.pixels {
                    let stride = paint.stride / 4
                    for index in 0..<50 * 40 {
                        unsafe pixels[index / 50 * stride + index % 50] = red
                    }
                    unsafe pixels[10 * stride] = 0xFF00_FF00
                }
                try engine.endPaint()
                return 0
            }
            try stage.run()
            #expect(painted == [child])
            let surface = stage.surface(parent)
            func pixel(_ x: Int32, _ y: Int32) -> UInt32? {
                stage.display.shownPixel(at: Point(x: x, y: y), of: surface)
            }
            #expect(pixel(280, 0) == 0xFF00_FF00)
            #expect(pixel(299, 29) == red)
            #expect(pixel(279, 0) == 0)
            #expect(pixel(299, 30) == 0)
            // The parent paints over its children, and they paint after it.
            try Window.find(parent).invalidate(
                Rect(left: 0, top: 0, right: 300, bottom: 200),
                erases: false
            )
            try stage.run()
            #expect(painted == [child, parent, child])
            #expect(pixel(299, 29) == red)
            // What a child leaves is its parent's to paint; the child keeps what could be seen of it.
            try Window.find(child).move(to: Point(x: 0, y: 0), size: Size(width: 50, height: 40))
            #expect(pixel(0, 10) == 0xFF00_FF00)
            #expect(pixel(19, 39) == red)
            #expect(try Window.find(child).updateRegion(erases: false).bounds.size.width == 50)
            painted = []
            try stage.run()
            #expect(painted == [parent, child])
            #expect(pixel(49, 39) == red)
        }
    }
}
