internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

@Suite struct ParentingTests {
    // As Wine 8.0 showed.
    @Test func aVisibleChildIsHiddenMovedAndShownAgain() async throws {
        try await Stage.run { stage in
            let old = try stage.show()
            let new = try stage.show(at: Point(x: 400, y: 60))
            let first = try stage.createChild(of: new)
            let child = try stage.createChild(of: old)
            try stage.settle()
            #expect(try stage.setParent(child, new) == old)
            expectSequence(
                stage.taken(),
                .showWindow(0, 0).of(child),
                .changing,
                .eraseBackground.of(old),
                .changed,
                .changing,
                .childActivate,
                .changed,
                .move(0, words(10, 20)),
                .showWindow(1, 0),
                .changing,
                .nonClientPaint.of(child),
                .eraseBackground.of(child),
                .changed
            )
            #expect(try WindowTree.related(to: new, .child) == child)
            #expect(try WindowTree.related(to: child, .next) == first)
            #expect(try WindowTree.outerRect(of: child).origin == Point(x: 410, y: 80))
            #expect(WindowTree.isShown(child))
        }
    }

    @Test func aWindowCannotBePutIntoItselfOrWhatIsInIt() async throws {
        try await Stage.run { stage in
            let top = try stage.create()
            let child = try stage.createChild(of: top)
            let grandchild = try stage.createChild(of: child)
            _ = stage.taken()
            for parent in [child, grandchild] {
                #expect(throws: RatError.invalidArgument) { try stage.setParent(child, parent) }
            }
            #expect(throws: RatError.invalidArgument) { try stage.setParent(top, grandchild) }
            #expect(throws: RatError.invalidHandle) {
                try stage.setParent(child, Handle(rawValue: 77))
            }
            expectSequence(stage.taken())
            #expect(try WindowTree.parent(of: child) == top)
        }
    }

    @Test func ownersAndParentsTogetherMakeNoCircle() async throws {
        try await Stage.run { stage in
            let owner = try stage.create()
            let owned = try stage.create(parent: owner)
            let child = try stage.createChild(of: owned)
            #expect(throws: RatError.invalidArgument) { try stage.setParent(owner, owned) }
            #expect(throws: RatError.invalidArgument) { try stage.setParent(owner, child) }
            // A child keeps its owner for when it is none any more.
            let other = try stage.create()
            _ = try stage.setParent(owned, other)
            #expect(throws: RatError.invalidArgument) { try stage.setParent(owner, owned) }
            #expect(throws: RatError.invalidArgument) {
                try Window.find(other).setLong(-8, Int(bitPattern: UInt(child.rawValue)))
            }
            #expect(try WindowTree.ancestor(of: child, .rootOwner) == other)
        }
    }

    @Test func aChildBecomesATopLevelWindowAndBack() async throws {
        try await Stage.run { stage in
            let top = try stage.show()
            let child = try stage.createChild(of: top)
            let desktop = try WindowTree.desktop()
            #expect(stage.display.content(of: stage.surface(child)) == nil)
            #expect(try stage.setParent(child, .invalid) == top)
            #expect(try WindowTree.ancestor(of: child, .parent) == desktop)
            #expect(
                stage.display.content(of: stage.surface(child))
                    == Rect(left: 10, top: 20, right: 60, bottom: 60)
            )
            #expect(try stage.setParent(child, top) == desktop)
            #expect(stage.display.content(of: stage.surface(child)) == nil)
            #expect(WindowTree.isShown(child))
            _ = try stage.setParent(child, WindowTree.messageOnlyParent)
            #expect(!WindowTree.isShown(child))
            try Window.find(top).destroy()
            #expect(Window.exists(child))
        }
    }

    @Test func aParentThatEndsMeanwhileIsRefused() async throws {
        try await Stage.run { stage in
            let (old, new) = (try stage.show(), try stage.show())
            let child = try stage.createChild(of: old)
            stage.respond = { call in
                if call.message == Step.showWindow.message, Window.exists(new) {
                    try Window.find(new).destroy()
                }
                return nil
            }
            #expect(throws: RatError.invalidHandle) { try stage.setParent(child, new) }
            #expect(try WindowTree.parent(of: child) == old)
        }
    }

    @Test func nothingIsPutIntoAWindowInItsLastMessage() async throws {
        try await Stage.run { stage in
            let (dying, child) = (try stage.create(), try stage.createChild(of: stage.create()))
            var refusals = 0
            stage.respond = { call in
                guard call.message == Step.nonClientDestroy.message, call.window == dying else {
                    return nil
                }
                #expect(throws: RatError.invalidHandle) { try stage.setParent(child, dying) }
                #expect(throws: RatError.invalidHandle) { try stage.createChild(of: dying) }
                refusals += 1
                return nil
            }
            try Window.find(dying).destroy()
            #expect(refusals == 1)
            #expect(Window.exists(child))
        }
    }
}
