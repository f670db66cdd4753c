internal import Rat
internal import Testing

@Suite struct WindowPositionTests {
    /// A parent of 300 by 200 at (100, 50), and two children in it.
    private static func makeFamily(
        _ windowClass: WindowClass
    ) throws -> (parent: Window, first: Window, second: Window) {
        let parent = try Window(
            windowClass,
            title: "",
            position: (100, 50),
            width: 300,
            height: 200
        )
        func child(_ x: Int) throws -> Window {
            try Window(
                windowClass,
                title: "",
                style: [.child, .visible],
                parent: parent,
                position: (x, 20),
                width: 30,
                height: 40
            )
        }
        return (parent, try child(10), try child(20))
    }

    @Test func aWindowGoesWhereItIsPut() async throws {
        try await onThread {
            let (parent, first, second) = try Self.makeFamily(makeClass())
            #expect(first.frame == Area(x: 110, y: 70, width: 30, height: 40))
            try first.move(x: 1, y: 2)
            try first.resize(width: 3, height: 4)
            #expect(first.frame == Area(x: 101, y: 52, width: 3, height: 4))
            try second.order(.top)
            #expect(parent.target.children == [second.target, first.target])
            try second.order(.below(first))
            #expect(parent.target.children == [first.target, second.target])
            try first.order(.bottom)
            #expect(parent.target.children == [second.target, first.target])
            try first.place(Window.Placement(size: (5, 6), order: .top, isVisible: false))
            #expect(!first.target.isVisible && first.clientSize == (5, 6))
            try Window.place([
                (first, Window.Placement(position: (7, 8), isVisible: true)),
                (second, Window.Placement(position: (9, 10), size: (11, 12))),
            ])
            #expect(first.target.isVisible)
            #expect(first.frame == Area(x: 107, y: 58, width: 5, height: 6))
            #expect(second.frame == Area(x: 109, y: 60, width: 11, height: 12))
            second.destroy()
            expect(.invalidHandle) { try Window.place([(second, Window.Placement())]) }
        }
    }

    @Test func topmostWindowsStayAboveTheOthers() async throws {
        try await onThread {
            let windowClass = try makeClass()
            let low = try Window(windowClass, title: "", extendedStyle: .topmost)
            let high = try Window(windowClass, title: "")
            #expect(low.extendedStyle.contains(.topmost))
            try low.order(.notTopmost)
            #expect(!low.extendedStyle.contains(.topmost))
            try high.order(.topmost)
            #expect(high.extendedStyle.contains(.topmost))
        }
    }

    @Test func theHandlerLimitsAndAltersWhatIsAskedFor() async throws {
        try await onThread {
            var seen: [Window.Placement?] = []
            var changed: (width: Int, height: Int)?
            let windowClass = try makeClass { _, message in
                switch message.kind {
                case .positionChanging:
                    seen.append(message.placement)
                    message.alterPlacement(position: (70, 80))
                case .positionChanged: changed = message.placement?.size
                case .sizeLimits: message.limitSize(minimum: (120, 110), maximum: (400, 300))
                default: break
                }
                return nil
            }
            let window = try Window(windowClass, title: "", style: .overlapped, width: 5, height: 5)
            #expect(window.frame == Area(x: 0, y: 0, width: 120, height: 110))
            seen = []
            try window.resize(width: 1000, height: 150)
            #expect(seen.count == 1 && seen[0]?.position == nil)
            #expect(seen[0]?.size ?? (0, 0) == (1000, 150))
            #expect(changed ?? (0, 0) == (400, 150))
            #expect(window.frame == Area(x: 70, y: 80, width: 400, height: 150))
            // What nobody sends is not looked at.
            let made = Message(0x0046, lparam: 8)
            made.alterPlacement(position: (1, 1))
            #expect(made.placement == nil)
        }
    }

    @Test func aWindowIsMinimisedMaximisedAndRestored() async throws {
        try await onThread {
            let (window, _, _) = try Self.makeFamily(makeClass())
            #expect(window.state == .normal)
            try window.show(.maximized)
            #expect(window.state == .maximized && window.style.contains(.maximized))
            #expect(window.normalFrame == Area(x: 100, y: 50, width: 300, height: 200))
            try window.show(.minimized)
            #expect(window.state == .minimized)
            try window.restore()
            #expect(window.state == .maximized)
            try window.show(.normal)
            #expect(window.state == .normal)
        }
    }

    @Test func aDisabledWindowGetsNoInput() async throws {
        try await onThread {
            let (window, child, _) = try Self.makeFamily(makeClass())
            try child.focus()
            child.isEnabled = false
            #expect(!child.isEnabled && !child.target.isEnabled && !child.hasFocus)
            #expect(window.isEnabled)
            child.isEnabled = true
            #expect(child.isEnabled)
        }
    }

    @Test func pointsAreConvertedAndLiedOn() async throws {
        try await onThread {
            let (parent, first, second) = try Self.makeFamily(makeClass())
            #expect(try first.convert(x: 1, y: 2, to: nil) == (111, 72))
            #expect(try first.convert(x: 1, y: 2, to: parent) == (11, 22))
            #expect(try second.convertFromScreen(x: 111, y: 72) == (-9, 2))
            // Both lie there; the first one is above.
            #expect(parent.target.child(at: (25, 25)) == first.target)
            first.isEnabled = false
            #expect(parent.target.child(at: (25, 25), skipping: .disabled) == second.target)
            #expect(parent.target.child(at: (0, 0)) == parent.target)
            #expect(parent.target.child(at: (-1, 0)) == nil)
            #expect(Window.Target.at(x: .min, y: .max) == nil)
            first.destroy()
            expect(.invalidHandle) { try first.convert(x: 0, y: 0, to: nil) }
        }
    }
}
