internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

@Suite struct TreeTests {
    /// The children of a window as `RatGetWindow` walks them.
    private static func children(of parent: Handle) throws -> [Handle] {
        var found: [Handle] = []
        var next = try WindowTree.related(to: parent, .child)
        while next != .invalid {
            found.append(next)
            next = try WindowTree.related(to: next, .next)
        }
        return found
    }

    private static func restack(
        _ window: Handle,
        _ after: Handle,
        flags: UInt32 = 0x13
    ) throws {
        var position = WindowPosition(flags: flags)
        position.insertAfter = after.rawValue
        try Window.find(window).setPosition(position)
    }

    private static let bottom = Handle(rawValue: 1)
    private static let topmost = Handle(rawValue: .max)
    private static let notTopmost = Handle(rawValue: .max - 1)

    // As Wine 8.0 showed, with Windows' documentation for the names.
    @Test func parentsOwnersAndAncestorsAreToldApart() async throws {
        try await Stage.run { stage in
            let desktop = try WindowTree.desktop()
            let main = try stage.create(style: 0x8000_0000)
            let child = try stage.createChild(of: main)
            let grandchild = try stage.createChild(of: child)
            let owned = try stage.create(style: 0x8000_0000, parent: grandchild)
            let inner = try stage.createChild(of: owned)
            let ownedByOwned = try stage.create(style: 0x8000_0000, parent: owned)
            let overlapped = try stage.create(parent: owned)
            let rows: [(Handle, Handle, Handle, Handle, Handle, Handle)] = [
                // window, parent, ancestor, root, root owner, owner
                (main, .invalid, desktop, main, main, .invalid),
                (child, main, main, main, main, .invalid),
                (grandchild, child, child, main, main, .invalid),
                (owned, main, desktop, owned, main, main),
                (inner, owned, owned, owned, main, .invalid),
                (ownedByOwned, owned, desktop, ownedByOwned, main, owned),
                (overlapped, .invalid, desktop, overlapped, main, owned),
                (desktop, .invalid, .invalid, .invalid, .invalid, .invalid),
            ]
            for (window, parent, ancestor, root, rootOwner, owner) in rows {
                #expect(try WindowTree.parent(of: window) == parent)
                #expect(try WindowTree.ancestor(of: window, .parent) == ancestor)
                #expect(try WindowTree.ancestor(of: window, .root) == root)
                #expect(try WindowTree.ancestor(of: window, .rootOwner) == rootOwner)
                #expect(try WindowTree.related(to: window, .owner) == owner)
            }
            #expect(WindowTree.isChild(grandchild, of: main))
            #expect(!WindowTree.isChild(main, of: main))
            #expect(!WindowTree.isChild(owned, of: main))
            #expect(!WindowTree.isChild(main, of: desktop))
            try Window.find(main).destroy()
            #expect(throws: RatError.invalidHandle) { try WindowTree.parent(of: inner) }
            #expect(!WindowTree.isChild(grandchild, of: main))
        }
    }

    @Test func newChildrenGoBelowAndNewTopLevelWindowsOnTop() async throws {
        try await Stage.run { stage in
            let first = try stage.create()
            let second = try stage.create()
            #expect(try WindowTree.topLevel(of: stage.queue.handle) == [second, first])
            let children = try (0..<4).map { _ in try stage.createChild(of: first) }
            #expect(try Self.children(of: first) == children)
            for child in children {
                #expect(try WindowTree.related(to: child, .first) == children[0])
                #expect(try WindowTree.related(to: child, .last) == children[3])
            }
            #expect(try WindowTree.related(to: children[2], .previous) == children[1])
            #expect(try WindowTree.related(to: children[0], .previous) == .invalid)
        }
    }

    // As Wine 8.0 showed.
    @Test func siblingsAreRestacked() async throws {
        try await Stage.run { stage in
            let parent = try stage.create()
            let other = try stage.createChild(of: stage.create())
            let windows = try (0..<4).map { _ in try stage.createChild(of: parent) }
            let (a, b, c, d) = (windows[0], windows[1], windows[2], windows[3])
            try Self.restack(c, .invalid)
            #expect(try Self.children(of: parent) == [c, a, b, d])
            try Self.restack(a, Self.bottom)
            #expect(try Self.children(of: parent) == [c, b, d, a])
            try Self.restack(c, d)
            #expect(try Self.children(of: parent) == [b, d, c, a])
            try Self.restack(a, b)
            #expect(try Self.children(of: parent) == [b, a, d, c])
            // Another window's child is no place, and no failure; a dead window is.
            try Self.restack(a, other)
            try Window.find(other).destroy()
            #expect(throws: RatError.invalidHandle) { try Self.restack(a, other) }
            try Self.restack(d, Self.bottom, flags: 0x17)
            #expect(try Self.children(of: parent) == [b, a, d, c])
        }
    }

    // As Wine 8.0 showed.
    @Test func topmostWindowsStayAboveTheOthers() async throws {
        try await Stage.run { stage in
            let style: UInt32 = 0x8000_0000
            let high = try stage.create(style: style, exStyle: 8)
            let low = try stage.create(style: style)
            let lower = try stage.create(style: style)
            let order = { try WindowTree.topLevel(of: stage.queue.handle) }
            #expect(try order() == [high, lower, low])
            try Self.restack(low, .invalid)
            #expect(try order() == [high, low, lower])
            try Self.restack(lower, Self.topmost)
            #expect(try order() == [lower, high, low])
            #expect(try WindowTree.exStyle(of: lower) & 8 != 0)
            try Self.restack(lower, Self.notTopmost)
            #expect(try order() == [high, lower, low])
            #expect(try WindowTree.exStyle(of: lower) & 8 == 0)
            // Not even below a topmost one.
            try Self.restack(low, high)
            #expect(try order() == [high, low, lower])
            try Self.restack(high, low)
            #expect(try order() == [high, low, lower])
            try Self.restack(high, Self.bottom)
            #expect(try order() == [low, lower, high])
        }
    }

    // As Windows' documentation of SetWindowPos says.
    @Test func whatATopmostWindowOwnsIsTopmost() async throws {
        try await Stage.run { stage in
            let style: UInt32 = 0x8000_0000
            let owner = try stage.create(style: style)
            let a = try stage.create(style: style, parent: owner)
            let stranger = try stage.create(style: style)
            let order = { try WindowTree.topLevel(of: stage.queue.handle) }
            try Self.restack(owner, Self.topmost)
            #expect(try order() == [a, owner, stranger])
            let b = try stage.create(style: style, parent: owner)
            #expect(try order() == [b, a, owner, stranger])
            for window in [owner, a, b] { #expect(try WindowTree.exStyle(of: window) & 8 != 0) }
            let c = try stage.create(style: style)
            #expect(try order() == [b, a, owner, c, stranger])
            _ = try Window.find(c).setLong(-8, Int(bitPattern: UInt(a.rawValue)))
            #expect(try WindowTree.exStyle(of: c) & 8 != 0)
            #expect(try order() == [c, b, a, owner, stranger])
            try Self.restack(stranger, .invalid)
            #expect(try order() == [c, b, a, owner, stranger])
            try Self.restack(a, Self.notTopmost)
            #expect(try order() == [c, a, b, owner, stranger])
            for window in [owner, a, b, c] {
                #expect(try WindowTree.exStyle(of: window) & 8 == 0)
                #expect(try Window.find(window).extendedStyleBits & 8 == 0)
            }
            try Self.restack(stranger, .invalid)
            #expect(try order() == [stranger, c, a, b, owner])
            // Others stay where they are, also among what goes.
            try Self.restack(owner, Self.topmost)
            let high = try stage.create(style: style, exStyle: 8)
            try Self.restack(c, .invalid)
            #expect(try order() == [c, high, a, b, owner, stranger])
            try Self.restack(b, Self.notTopmost)
            #expect(try order() == [high, b, c, a, owner, stranger])
        }
    }

    // As Wine 8.0 showed.
    @Test func ownedWindowsStayAboveTheirOwner() async throws {
        try await Stage.run { stage in
            let style: UInt32 = 0x8000_0000
            let owner = try stage.create(style: style)
            let a = try stage.create(style: style, parent: owner)
            let b = try stage.create(style: style, parent: a)
            let stranger = try stage.create(style: style)
            let order = { try WindowTree.topLevel(of: stage.queue.handle) }
            #expect(try order() == [stranger, b, a, owner])
            try Self.restack(owner, .invalid)
            #expect(try order() == [b, a, owner, stranger])
            try Self.restack(a, Self.bottom)
            #expect(try order() == [b, a, owner, stranger])
            try Self.restack(owner, Self.bottom)
            #expect(try order() == [b, a, stranger, owner])
        }
    }

    @Test func enumerationIsOfOneMomentAndEachBeforeWhatIsInIt() async throws {
        try await Stage.run { stage in
            let root = try stage.create()
            let a = try stage.createChild(of: root)
            let b = try stage.createChild(of: root)
            let a1 = try stage.createChild(of: a)
            let a2 = try stage.createChild(of: a)
            let b1 = try stage.createChild(of: b)
            _ = try stage.create(style: 0x8000_0000, parent: root)
            #expect(try WindowTree.descendants(of: root) == [a, a1, a2, b, b1])
            #expect(try WindowTree.descendants(of: b1).isEmpty)
        }
    }

    @Test func windowsAreFoundByClassAndText() async throws {
        try await Stage.run { stage in
            let (one, two) = (try stage.register(), try stage.register())
            let atom = try WindowClassTable.atom(of: .name(one))
            let first = try stage.create(className: one, title: "Ein Titel")
            let second = try stage.create(className: two, title: "Ein Titel")
            let inner = try stage.create(
                className: one,
                title: "Inner",
                style: 0x4000_0000,
                parent: first
            )
            func find(_ atom: UInt16?, _ text: String?, in parent: Handle = .invalid) throws
                -> Handle
            {
                try WindowTree.find(in: parent, after: .invalid, atom: atom, text: text)
            }
            #expect(try find(atom, nil) == first)
            #expect(try find(atom, "eIN tITEL") == first)
            #expect(throws: RatError.notFound) { try find(atom, "Ein") }
            #expect(throws: RatError.notFound) { try find(atom, "Inner") }
            #expect(try find(atom, "Inner", in: first) == inner)
            let third = try stage.create(className: one, title: "x")
            #expect(try find(atom, nil) == third)
            #expect(
                try WindowTree.find(in: .invalid, after: third, atom: atom, text: nil) == first
            )
            #expect(throws: RatError.invalidHandle) {
                try WindowTree.find(in: .invalid, after: inner, atom: nil, text: nil)
            }
            try Window.find(second).setText("Neu")
            #expect(throws: RatError.notFound) { try find(nil, "Nichts davon") }
            try Window.find(third).destroy()
            #expect(throws: RatError.invalidHandle) { try find(nil, nil, in: third) }
        }
    }

    @Test func messageOnlyWindowsAreNeitherSeenNorEnumerated() async throws {
        try await Stage.run { stage in
            // A text that no other test's window has: message-only windows of all threads are found.
            let only = try stage.create(
                title: "hidden message-only",
                style: 0,
                parent: WindowTree.messageOnlyParent
            )
            #expect(try !WindowThread.current().hasDisplay)
            #expect(try WindowTree.topLevel(of: nil).contains(only) == false)
            try Window.find(only).show(true)
            #expect(!WindowTree.isShown(only))
            let child = try stage.createChild(of: only)
            #expect(!WindowTree.isShown(child))
            #expect(try WindowTree.ancestor(of: child, .root) == only)
            _ = stage.taken()
            try stage.post(0x8000, 1, 2, to: only)
            expectSequence(try stage.ran(), .app(1, 2).of(only))
            let parent = try WindowTree.ancestor(of: only, .parent)
            #expect(throws: RatError.wrongThread) { try Window.find(parent) }
            #expect(throws: RatError.invalidHandle) { try stage.post(0x8000, to: parent) }
            #expect(
                try WindowTree.find(
                    in: parent,
                    after: .invalid,
                    atom: nil,
                    text: "hidden message-only"
                ) == only
            )
        }
    }

    @Test func anotherThreadMayLookAtTheTreeAndNotChangeIt() async throws {
        try await Stage.run { stage in
            let parent = try stage.create()
            let child = try stage.createChild(of: parent)
            let queue = try stage.queue.handle
            let thread = try OtherThread {
                #expect((try? WindowTree.parent(of: child)) == parent)
                #expect((try? WindowTree.descendants(of: parent)) == [child])
                #expect((try? WindowTree.topLevel(of: queue)) == [parent])
                #expect((try? WindowTree.queue(of: child)) == queue)
                #expect(WindowTree.isChild(child, of: parent))
                #expect(
                    (try? WindowTree.outerRect(of: child))
                        == Rect(left: 110, top: 70, right: 160, bottom: 110)
                )
                #expect(throws: RatError.wrongThread) { try WindowTree.placeChild(in: parent) }
            }
            thread.join()
        }
    }

    @Test func tenThousandChildrenAreAsQuickAsOneEach() async throws {
        try await Stage.run { stage in
            let name = try stage.register()
            let parent = try stage.create(className: name)
            stage.respond = { call in call.message == Step.nonClientCreate.message ? 1 : 0 }
            var windows: [Handle] = []
            for _ in 0..<10_000 {
                windows.append(
                    try stage.create(className: name, style: 0x4000_0000, parent: parent)
                )
            }
            #expect(try WindowTree.descendants(of: parent) == windows)
            for window in windows.shuffled() { try Self.restack(window, .invalid) }
            try Window.find(parent).destroy()
            #expect(windows.allSatisfy { !Window.exists($0) })
        }
    }
}
