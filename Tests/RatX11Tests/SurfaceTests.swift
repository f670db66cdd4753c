#if X11

import RatDisplay
import RatX11
import RatX11TestSupport
import Testing

@Suite struct SurfaceTests {
    private let id = SurfaceID(rawValue: 7)
    private let place = Rect(left: 100, top: 50, right: 400, bottom: 250)

    private func options(position: Point? = Point(x: 100, y: 50)) -> SurfaceOptions {
        let size = Size(width: 300, height: 200)
        return SurfaceOptions(position: position, size: size, title: "täst ☃", className: "Kind")
    }

    @Test func showingExposesTheWholeContentAndTakesTheFocusWhereNobodyManagesWindows() throws {
        let stage = try Stage()
        try stage.display.createSurface(id, options())
        let before = try stage.events()
        try stage.display.setVisible(true, of: id)
        let after = try stage.events()
        #expect(before == [])
        let content = Rect(left: 0, top: 0, right: 300, bottom: 200)
        #expect(after.contains(.exposed(id, content)))
        #expect(after.contains(.focusGained(id)))
        #expect(after.contains(.modifiersHeld(id, [])))
        #expect(after.count == 3, "\(after)")
    }

    @Test func surfaceThatLosesTheKeyboardToAnotherDisplaysSaysToWhich() throws {
        let stage = try Stage()
        let first = try stage.showSurface(0x0D00_0000_0001)
        let other = try X11Display.open(stage.server.displayName)
        let second = SurfaceID(rawValue: 0x0D00_0000_0002)
        try other.createSurface(second, options())
        try other.setVisible(true, of: second)
        for _ in 0..<2 {
            try other.synchronize()
            other.pump()
        }
        let events = try stage.events()
        #expect(events.contains(.focusLost(first)))
        #expect(events.contains(.focusElsewhere(second)))
        while other.nextEvent() != nil {}
        try other.findFocus()
        other.pump()
        #expect(other.nextEvent() == .focusGained(second))
        // Nobody else's window is named by it.
        try stage.display.findFocus()
        #expect(!(try stage.events().contains(.focusGained(first))))
        try stage.display.destroySurface(first)
        try other.destroySurface(second)
    }

    @Test func surfaceWithoutAPositionReportsTheOneItGot() throws {
        let stage = try Stage()
        try stage.display.createSurface(id, options(position: nil))
        try stage.display.setVisible(true, of: id)
        let content = Rect(left: 0, top: 0, right: 300, bottom: 200)
        let events = try stage.events()
        #expect(events.contains(.configured(id, content: content, state: .normal)))
    }

    @Test func ownMoveAndResizeIsNotReported() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        let smaller = Rect(left: 10, top: 20, right: 110, bottom: 90)
        try stage.display.setContent(smaller, of: id)
        let events = try stage.events()
        #expect(!events.contains { if case .configured = $0 { true } else { false } }, "\(events)")
        let window = try stage.window()
        #expect(stage.injector.pixels(of: window, size: smaller.size).count == 7000)
    }

    @Test func foreignMoveAndResizeIsReportedOnceAsItEnded() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        let window = try stage.window()
        let end = Rect(left: 5, top: 6, right: 405, bottom: 306)
        stage.injector.configure(window, Rect(left: 1, top: 2, right: 90, bottom: 90))
        stage.injector.configure(window, end)
        let events = try stage.events()
        let configured = events.filter { if case .configured = $0 { true } else { false } }
        #expect(configured == [.configured(id, content: end, state: .normal)])
    }

    @Test func newsThatAnOwnRequestOverrulesIsNotReported() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        let window = try stage.window()
        stage.injector.configure(window, Rect(left: 1, top: 2, right: 90, bottom: 90))
        stage.injector.roundTrip()
        try stage.display.setContent(place, of: id)
        let events = try stage.events()
        #expect(!events.contains { if case .configured = $0 { true } else { false } }, "\(events)")
    }

    @Test func growingExposesOnlyWhatIsNewAndShrinkingNothing() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        var rect = place
        rect.right += 50
        try stage.display.setContent(rect, of: id)
        let grown = try stage.events()
        try stage.display.setContent(place, of: id)
        let shrunk = try stage.events()
        #expect(grown == [.exposed(id, Rect(left: 300, top: 0, right: 350, bottom: 200))])
        #expect(shrunk == [])
    }

    @Test func surfaceDestroyedBySomebodyElseIsDead() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        stage.injector.destroy(try stage.window())
        let events = try stage.events()
        #expect(events.contains(.destroyed(id)))
        #expect(throws: DisplayError.noSuchSurface) { try stage.display.setTitle("x", of: id) }
        #expect(throws: DisplayError.noSuchSurface) { try stage.display.destroySurface(id) }
    }

    @Test func destroyedSurfaceTellsNothingMore() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        stage.injector.configure(try stage.window(), place.offset(by: Point(x: 9, y: 9)))
        stage.injector.roundTrip()
        try stage.display.destroySurface(id)
        #expect(try stage.events() == [])
        #expect(stage.injector.window(titled: "surface") == nil)
    }

    @Test func hidingAndShowingAgainExposesEverything() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        try stage.display.setVisible(false, of: id)
        let hidden = try stage.events()
        try stage.display.setVisible(true, of: id)
        let shown = try stage.events()
        #expect(hidden.contains(.focusLost(id)))
        #expect(shown.contains(.exposed(id, Rect(left: 0, top: 0, right: 300, bottom: 200))))
        #expect(shown.contains(.focusGained(id)))
    }

    @Test func requestedFocusMovesFromOneSurfaceToTheOther() throws {
        let stage = try Stage()
        let first = try stage.showSurface(1, title: "first")
        let second = try stage.showSurface(2, title: "second")
        try stage.display.requestFocus(first)
        let events = try stage.events()
        #expect(events.contains(.focusLost(second)))
        #expect(events.contains(.focusGained(first)))
        #expect(stage.injector.focusedWindow() == (try stage.window(titled: "first")))
    }

    /// The server says nothing to whoever asks for the keyboard too late.
    @Test func surfaceThatIsNotGivenTheKeyboardIsToldSo() throws {
        let stage = try Stage()
        let first = try stage.showSurface(1, title: "first")
        let second = try stage.showSurface(2, title: "second")
        // Another program moves it, and the display hears of no time after that.
        stage.injector.focus(try stage.window(titled: "first"))
        #expect(try stage.events().contains(.focusGained(first)))
        stage.injector.waitForAnotherTime()
        stage.injector.focus(stage.injector.rootWindow)
        _ = try stage.events()
        try stage.display.requestFocus(second)
        let events = try stage.events()
        #expect(events.contains(.focusLost(second)))
        #expect(!events.contains(.focusGained(second)))
        #expect(stage.injector.focusedWindow() == stage.injector.rootWindow)
    }

    @Test func timeThatOneDisplayWasToldServesAllOfTheSeat() throws {
        let stage = try Stage()
        let first = try stage.showSurface(1, title: "first")
        let other = try X11Display.open(stage.server.displayName)
        let second = SurfaceID(rawValue: 2)
        try other.createSurface(second, options())
        try other.setVisible(true, of: second)
        try other.synchronize()
        other.pump()
        // The first one has the keyboard from a moment that the other has heard nothing of.
        stage.injector.waitForAnotherTime()
        stage.injector.focus(try stage.window(titled: "first"))
        stage.injector.tap(26)
        #expect(try stage.events().contains(.focusGained(first)))
        try other.requestFocus(second)
        for _ in 0..<3 {
            try other.synchronize()
            other.pump()
        }
        var events: [DisplayEvent] = []
        while let event = other.nextEvent() { events.append(event) }
        #expect(events.contains(.focusGained(second)))
        #expect(try stage.events().contains(.focusLost(first)))
    }

    @Test func windowManagersLearnWhatTheConventionsAskFor() throws {
        let stage = try Stage()
        var options = options()
        options.traits.isResizable = false
        options.traits.isFramed = false
        try stage.display.createSurface(id, options)
        try stage.display.synchronize()
        let look = stage.injector
        let window = try stage.window(titled: "t\u{FFFD}st ?")
        #expect(look.text(window, "_NET_WM_NAME") == "täst ☃")
        #expect(look.text(window, "WM_CLASS") == "Kind\0Kind\0")
        #expect(look.words(window, "_NET_WM_PID").count == 1)
        #expect(!look.text(window, "WM_CLIENT_MACHINE").isEmpty)
        #expect(
            look.words(window, "WM_PROTOCOLS")
                == [
                    "WM_DELETE_WINDOW", "WM_TAKE_FOCUS", "_NET_WM_PING", "_NET_WM_SYNC_REQUEST",
                ].map { look.atom($0) }
        )
        #expect(
            look.words(window, "_NET_WM_WINDOW_TYPE")
                == [look.atom("_NET_WM_WINDOW_TYPE_NORMAL")]
        )
        #expect(look.words(window, "WM_HINTS").prefix(3) == [3, 1, 1])
        #expect(look.words(window, "_MOTIF_WM_HINTS") == [2, 0, 0, 0, 0])
        let hints = look.words(window, "WM_NORMAL_HINTS")
        #expect(hints.count == 18)
        #expect(hints[5...8] == [300, 200, 300, 200])
    }

    @Test func fixedSizeFollowsTheSizeThatIsAskedFor() throws {
        let stage = try Stage()
        var options = options()
        options.traits.isResizable = false
        options.title = "surface"
        try stage.display.createSurface(id, options)
        try stage.display.setContent(Rect(left: 0, top: 0, right: 50, bottom: 60), of: id)
        try stage.display.synchronize()
        let hints = stage.injector.words(try stage.window(), "WM_NORMAL_HINTS")
        #expect(hints[5...8] == [50, 60, 50, 60])
    }

    @Test func sizesThatXCannotExpressAreMadeExpressible() throws {
        let stage = try Stage()
        var options = options()
        options.size = Size(width: 0, height: -5)
        options.position = Point(x: Int32.min, y: Int32.max)
        try stage.display.createSurface(id, options)
        try stage.display.setVisible(true, of: id)
        let events = try stage.events()
        #expect(!events.contains { if case .configured = $0 { true } else { false } }, "\(events)")
    }

    @Test func requestOnAnUnknownSurfaceFails() throws {
        let stage = try Stage()
        #expect(throws: DisplayError.noSuchSurface) { try stage.display.requestFocus(id) }
        #expect(throws: DisplayError.noSuchSurface) {
            try stage.display.setVisible(true, of: id)
        }
    }
}

#endif
