internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatMessaging
internal import RatSystem
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// Procedures that destroy themselves, what they are in, what is in them, or others, in every message of
/// everything that can be done with windows. Whatever they do, the tree holds, and each window has one end.
@Suite struct VictimTests {
    /// Who is destroyed, seen from the window that has the message.
    enum Victim: CaseIterable {
        case itself, parent, child, sibling, owned, all
    }

    /// Windows of every kind, related to each other.
    struct Family {
        let top: Handle
        let child: Handle
        let inner: Handle
        let sibling: Handle
        let owned: Handle
        let other: Handle

        init(_ stage: Stage, className: String) throws {
            func make(_ style: UInt32, in parent: Handle, _ x: Int32) throws -> Handle {
                try stage.create(
                    className: className,
                    style: style,
                    at: Point(x: x, y: x),
                    size: Size(width: 60, height: 50),
                    parent: parent
                )
            }
            other = try make(0x10CF_0000, in: .invalid, 300)
            top = try make(0x12CF_0000, in: .invalid, 100)
            child = try make(0x5000_0000, in: top, 5)
            inner = try make(0x5400_0000, in: child, 2)
            sibling = try make(0x5000_0000, in: top, 20)
            owned = try make(0x9000_0000, in: top, 130)
        }

        var all: [Handle] { [top, child, inner, sibling, owned, other] }

        func victims(_ victim: Victim, of window: Handle) -> [Handle] {
            let found: Handle? =
                switch victim {
                case .itself: window
                case .parent:
                    try? WindowTree.parent(of: window)
                case .child: try? WindowTree.related(to: window, .child)
                case .sibling: window == sibling ? child : sibling
                case .owned: owned
                case .all: nil
                }
            return victim == .all ? all : found.map { [$0] } ?? []
        }
    }

    /// What is done with them.
    enum Deed: CaseIterable {
        case createChild, createTop, createOwned, createMinimized, createMaximized
        case hideChild, showChild, hideTop, showTop
        case move, resize, restack, restackTop, topmost, deferred, changeFrame
        case minimize, minimizeChild, maximizeChild, placeAgain
        case setParent, makeTopLevel
        case disable, enable
        case focus, activate, deactivate, capture
        case paint, paintNow, eraseNow, scroll
        case text, style, exStyle
        case mouse, wheel, key, configure
        case close, destroyTop, destroyChild, destroyOwned

        func perform(_ stage: Stage, _ family: Family, className: String) throws {
            let thread = try WindowThread.current()
            func act(on window: Handle, _ body: (Window) throws(RatError) -> Void) {
                guard let window = try? Window.find(window) else { return }
                // What is gone meanwhile makes some calls fail.
                try? body(window)
            }
            func create(_ style: UInt32, in parent: Handle) {
                _ = try? stage.create(
                    className: className,
                    style: style,
                    size: Size(width: 30, height: 30),
                    parent: parent
                )
            }
            func position(_ window: Handle, _ flags: UInt32, after: UInt64 = 0, _ size: Int32) {
                let rect = Rect(
                    origin: Point(x: 9, y: 7),
                    size: Size(width: size, height: size)
                )
                act(on: window) { window throws(RatError) in
                    try window.setPosition(WindowPosition(insertAfter: after, rect, flags: flags))
                }
            }
            func show(_ window: Handle, _ command: ShowCommand) {
                act(on: window) { window throws(RatError) in try window.show(command) }
            }
            func change(_ window: Handle, _ index: Int32, _ value: Int) {
                act(on: window) { window throws(RatError) in
                    _ = try window.setLong(index, value)
                }
            }
            switch self {
            case .createChild: create(0x5400_0000, in: family.child)
            case .createTop: create(0x10CF_0000, in: .invalid)
            case .createOwned: create(0x9000_0000, in: family.top)
            case .createMinimized: create(0x7000_0000, in: family.top)
            case .createMaximized: create(0x5100_0000, in: family.top)
            case .hideChild: show(family.child, .hide)
            case .showChild:
                show(family.child, .hide)
                show(family.child, .show)
            case .hideTop: show(family.top, .hide)
            case .showTop:
                show(family.top, .hide)
                show(family.top, .show)
            case .move: position(family.child, 0x15, 0)
            case .resize: position(family.top, 0x14, 90)
            case .restack: position(family.sibling, 0x13, after: family.child.rawValue, 0)
            case .restackTop: position(family.other, 0x03, 0)
            case .topmost:
                position(family.top, 0x13, after: .max, 0)
                position(family.top, 0x13, after: .max - 1, 0)
            case .deferred:
                let batch = thread.beginDeferring()
                for window in [family.child, family.sibling, family.top] {
                    act(on: window) { window throws(RatError) in
                        let rect = Rect(left: 3, top: 3, right: 70, bottom: 70)
                        try thread.deferPosition(
                            WindowPosition(insertAfter: 0, rect, flags: 0x14),
                            of: window,
                            to: batch
                        )
                    }
                }
                try? thread.endDeferring(batch)
            case .changeFrame: position(family.child, 0x37, 0)
            case .minimize:
                show(family.top, .minimize)
                show(family.top, .restore)
            case .minimizeChild:
                show(family.child, .minimize)
                show(family.child, .restore)
            case .maximizeChild:
                show(family.child, .maximized)
                show(family.child, .restore)
            case .placeAgain:
                act(on: family.child) { window throws(RatError) in
                    var placement = window.placement
                    placement.command = .minimized
                    placement.normal = Rect(left: 1, top: 1, right: 30, bottom: 30)
                    try window.setPlacement(placement)
                }
            case .setParent: _ = try? stage.setParent(family.child, family.other)
            case .makeTopLevel: _ = try? stage.setParent(family.child, .invalid)
            case .disable: act(on: family.top) { _ = $0.enable(false) }
            case .enable:
                act(on: family.child) { _ = $0.enable(false) }
                act(on: family.child) { _ = $0.enable(true) }
            case .focus:
                for window in [family.inner, family.sibling, family.other] {
                    act(on: window) { window throws(RatError) in try thread.takeFocus(window.handle)
                    }
                }
            case .activate:
                for window in [family.owned, family.other, family.top] {
                    act(on: window) { window throws(RatError) in try thread.setActive(window.handle)
                    }
                }
            case .deactivate: _ = try? thread.setActive(.invalid)
            case .capture:
                act(on: family.inner) { window throws(RatError) in
                    try thread.setCapture(window.handle)
                }
                act(on: family.other) { window throws(RatError) in
                    try thread.setCapture(window.handle)
                }
            case .paint:
                act(on: family.top) { $0.redraw(nil, [.invalidate, .erase, .frame, .allChildren]) }
            case .paintNow:
                act(on: family.top) {
                    $0.redraw(
                        nil,
                        [.invalidate, .erase, .frame, .allChildren, .updateNow]
                    )
                }
            case .eraseNow:
                act(on: family.child) {
                    $0.redraw(nil, [.invalidate, .erase, .frame, .allChildren, .eraseNow])
                }
            case .scroll:
                act(on: family.top) {
                    let flags: ScrollFlags = [.children, .invalidate, .erase]
                    _ = $0.scroll(by: Point(x: 4, y: 3), nil, nil, flags)
                }
            case .text: act(on: family.top) { $0.requestText("new") }
            case .style: change(family.child, WindowLong.style, 0x4600_0000)
            case .exStyle: change(family.child, WindowLong.exStyle, 0x20)
            case .mouse:
                stage.point(.moved, in: family.top, at: 7, 7)
                stage.click(in: family.top, at: 7, 7, time: 9)
            case .wheel:
                stage.point(.wheel(vertical: 120, horizontal: 0), in: family.top, at: 7, 7)
            case .key: stage.type("a", key: 0x41, in: family.top)
            case .configure:
                let content = Rect(left: 90, top: 91, right: 400, bottom: 300)
                stage.display.inject(
                    .configured(stage.surface(family.top), content: content, state: .maximized)
                )
            case .close: stage.display.inject(.closeRequested(stage.surface(family.top)))
            case .destroyTop: act(on: family.top) { $0.destroy() }
            case .destroyChild: act(on: family.child) { $0.destroy() }
            case .destroyOwned: act(on: family.owned) { $0.destroy() }
            }
            try stage.run()
        }
    }

    @Test(arguments: Deed.allCases)
    func theTreeHoldsWhateverIsDestroyedInWhichMessage(_ deed: Deed) async throws {
        try await Stage.run { stage in
            let name = try stage.register(style: 3, background: 0xFF00_00FF)
            for victim in Victim.allCases {
                var message = 0
                while try Self.strike(victim, inMessage: message, of: deed, stage, name) {
                    message += 1
                }
                #expect(message > 0, "nothing was told of \(deed)")
            }
        }
    }

    /// `false` if there are no so many messages.
    private static func strike(
        _ victim: Victim,
        inMessage number: Int,
        of deed: Deed,
        _ stage: Stage,
        _ className: String
    ) throws -> Bool {
        let family = try Family(stage, className: className)
        try stage.settle()
        var count = 0
        stage.respond = { call in
            defer { count += 1 }
            guard count == number, let window = call.window else { return nil }
            for window in family.victims(victim, of: window) {
                (try? Window.find(window))?.destroy()
            }
            return nil
        }
        let place = Comment(rawValue: "\(deed), \(victim) destroyed in message \(number)")
        try deed.perform(stage, family, className: className)
        let hasStruck = count > number
        try check(place)
        stage.respond = { _ in nil }
        // What remains ends too, and everything ends once.
        for window in try WindowTree.topLevel(of: stage.queue.handle) {
            (try? Window.find(window))?.destroy()
        }
        try stage.run()
        try check(place)
        #expect(try WindowTree.topLevel(of: stage.queue.handle).isEmpty, place)
        #expect(family.all.allSatisfy { !Window.exists($0) }, place)
        checkEnds(stage.taken(), place)
        return hasStruck
    }

    private static func check(_ place: Comment) throws {
        let thread = try WindowThread.current()
        #expect(WindowTree.inconsistency() == nil, place)
        #expect(thread.paintInconsistency() == nil, place)
        for window in [thread.focusHandle, thread.activeHandle, thread.captureHandle] {
            #expect(window == .invalid || Window.exists(window), place)
        }
    }

    /// WM_DESTROY comes once at most, and WM_NCDESTROY once, as the last message.
    private static func checkEnds(_ calls: [Step], _ place: Comment) {
        var ended: Set<Handle> = []
        var destroyed: Set<Handle> = []
        for call in calls {
            guard let window = call.window else { continue }
            #expect(!ended.contains(window), "\(call) after the end; \(place)")
            if call.message == Step.destroy.message {
                #expect(destroyed.insert(window).inserted, "WM_DESTROY again; \(place)")
            }
            if call.message == Step.nonClientDestroy.message { ended.insert(window) }
        }
        let called = Set(calls.compactMap(\.window))
        #expect(called == ended, "a window had no end; \(place)")
    }
}
