#if X11

import RatDisplay
import RatX11
import RatX11TestSupport
import Testing

@Suite struct WindowManagerTests {
    @Test func closeIsRequestedByAMessage() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        let delete = stage.injector.atom("WM_DELETE_WINDOW")
        stage.injector.send("WM_PROTOCOLS", [delete, 1], about: try stage.window())
        #expect(try stage.events() == [.closeRequested(id)])
    }

    @Test func pumpAnswersAPing() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        let window = try stage.window()
        _ = stage.injector.messages()
        let data = [stage.injector.atom("_NET_WM_PING"), 4711, window]
        stage.injector.send("WM_PROTOCOLS", data, about: window)
        #expect(try stage.events() == [])
        let answers = stage.injector.messages()
        #expect(answers.map(\.window) == [stage.injector.rootWindow])
        #expect(answers.map(\.type) == [stage.injector.atom("WM_PROTOCOLS")])
        #expect(answers.map(\.data) == [data + [0, 0]])
    }

    @Test func offeredFocusIsTaken() throws {
        let stage = try Stage()
        let first = try stage.showSurface(1, title: "first")
        _ = try stage.showSurface(2, title: "second")
        let take = stage.injector.atom("WM_TAKE_FOCUS")
        stage.injector.send("WM_PROTOCOLS", [take, 0], about: try stage.window(titled: "first"))
        #expect(try stage.events().contains(.focusGained(first)))
    }

    @Test func messageWithoutMeaningIsIgnored() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        let window = try stage.window()
        stage.injector.send("WM_PROTOCOLS", [0, 1], about: window)
        stage.injector.send("_RAT_UNHEARD_OF", [1, 2, 3], about: window)
        #expect(try stage.events() == [])
    }

    @Test func managedWindowGetsTheKeyboardAndIsWhereItWasToBe() throws {
        let stage = try Stage(manager: openbox)
        let id = SurfaceID(rawValue: 3)
        let events = try show(id, stage)
        #expect(!events.contains { $0.moves(id, awayFrom: content) }, "\(events)")
        #expect(stage.injector.origin(of: try stage.window()) == content.origin)
    }

    @Test func windowHasAFrameOnlyIfItIsToHaveOne() throws {
        let stage = try Stage(manager: openbox)
        _ = try show(SurfaceID(rawValue: 3), stage)
        let framed = stage.injector.words(try stage.window(), "_NET_FRAME_EXTENTS")
        try stage.display.destroySurface(SurfaceID(rawValue: 3))
        try stage.display.synchronize()
        _ = try show(SurfaceID(rawValue: 4), stage, isFramed: false)
        let window = try stage.window()
        #expect(framed.count == 4 && framed[2] > 10)
        #expect(stage.injector.words(window, "_NET_FRAME_EXTENTS") == [0, 0, 0, 0])
        #expect(stage.injector.origin(of: window) == content.origin)
    }

    @Test func managerMaximizesMinimizesAndRestores() throws {
        let stage = try Stage(manager: openbox)
        let id = try showManaged(stage)
        let window = try stage.window()
        let states = ["VERT", "HORZ"].map { stage.injector.atom("_NET_WM_STATE_MAXIMIZED_\($0)") }
        let add: UInt32 = 1
        let remove: UInt32 = 0
        stage.injector.send("_NET_WM_STATE", [add] + states, about: window, toRoot: true)
        stage.injector.roundTrip()
        let maximized = try stage.events { $0.last { $0.isConfigured }?.state == .maximized }
        #expect(maximized.contains { $0.state == .maximized })
        stage.injector.send("_NET_WM_STATE", [remove] + states, about: window, toRoot: true)
        stage.injector.roundTrip()
        _ = try stage.events { $0.last { $0.isConfigured }?.state == .normal }
        let iconic: UInt32 = 3
        stage.injector.send("WM_CHANGE_STATE", [iconic], about: window, toRoot: true)
        stage.injector.roundTrip()
        let minimized = try stage.events {
            $0.contains { $0.state == .minimized } && $0.contains(.focusLost(id))
        }
        #expect(minimized.contains { $0.state == .minimized })
        try stage.display.requestFocus(id)
        _ = try stage.events { $0.last { $0.isConfigured }?.state == .normal }
    }

    @Test func hidingAndShowingAgainKeepsThePlaceUnderAManager() throws {
        let stage = try Stage(manager: openbox)
        let id = try showManaged(stage)
        try stage.display.setVisible(false, of: id)
        let hidden = try stage.events { $0.contains(.focusLost(id)) }
        try stage.display.setVisible(true, of: id)
        let shown = try stage.events { $0.contains(.focusGained(id)) }
        let events = hidden + shown
        #expect(!events.contains { $0.moves(id, awayFrom: content) }, "\(events)")
        #expect(stage.injector.origin(of: try stage.window()) == content.origin)
    }

    @Test func windowOutlivesItsManagerAndStaysInPlace() throws {
        let stage = try Stage(manager: openbox)
        let id = try showManaged(stage)
        let window = try stage.window()
        stage.endManager()
        let moved = Rect(left: 5, top: 6, right: 105, bottom: 106)
        let left = try stage.events()
        stage.injector.configure(window, moved)
        let events = try stage.events()
        #expect(!left.contains { $0.moves(id, awayFrom: content) }, "\(left)")
        #expect(events.contains(.configured(id, content: moved, state: .normal)))
    }

    @Test func managerClosesAndGetsItsPingAnswered() throws {
        let stage = try Stage(manager: openbox)
        let id = try showManaged(stage)
        let window = try stage.window()
        stage.injector.send("_NET_CLOSE_WINDOW", [0, 2], about: window, toRoot: true)
        stage.injector.roundTrip()
        _ = try stage.events { $0.contains(.closeRequested(id)) }
    }

    @Test func managedWindowMovesToWhereItIsAskedTo() throws {
        let stage = try Stage(manager: openbox)
        let id = try showManaged(stage)
        let content = Rect(left: 40, top: 60, right: 240, bottom: 160)
        try stage.display.setContent(content, of: id)
        _ = try stage.events {
            $0.contains { if case .exposed = $0 { true } else { false } }
                || stage.injector.origin(of: (try? stage.window()) ?? 0) == content.origin
        }
        #expect(stage.injector.origin(of: try stage.window()) == content.origin)
    }

    @Test(arguments: [
        (SurfaceKind.normal, ["NORMAL"]), (.dialog, ["DIALOG", "NORMAL"]),
        (.tool, ["UTILITY", "NORMAL"]), (.popup, ["POPUP_MENU"]),
    ])
    func managerLearnsWhatASurfaceIsForAndWhoseItIs(kind: SurfaceKind, types: [String]) throws {
        let stage = try Stage()
        let other = try X11Display.open(stage.server.displayName)
        // The cases run side by side, and the table of owners is the process's.
        let number: UInt64 =
            switch kind {
            case .normal: 1
            case .dialog: 2
            case .tool: 3
            case .popup: 4
            }
        let owner = SurfaceID(rawValue: 0x0F00_0000_0000 + number)
        var options = SurfaceOptions(
            position: content.origin,
            size: content.size,
            title: "owner",
            className: "RatTest"
        )
        try other.createSurface(owner, options)
        try other.synchronize()
        options.title = "surface"
        options.traits.kind = kind
        options.traits.owner = owner
        options.traits.takesFocus = false
        options.traits.isListed = kind != .tool
        options.isAbove = true
        try stage.display.createSurface(SurfaceID(rawValue: 2), options)
        try stage.display.synchronize()
        let look = stage.injector
        let window = try stage.window()
        #expect(
            look.words(window, "_NET_WM_WINDOW_TYPE")
                == types.map { look.atom("_NET_WM_WINDOW_TYPE_\($0)") }
        )
        #expect(look.words(window, "WM_TRANSIENT_FOR") == [try stage.window(titled: "owner")])
        #expect(look.words(window, "WM_HINTS").prefix(2) == [3, 0])
        #expect(!look.words(window, "WM_PROTOCOLS").contains(look.atom("WM_TAKE_FOCUS")))
        let states = look.words(window, "_NET_WM_STATE")
        #expect(states.contains(look.atom("_NET_WM_STATE_ABOVE")))
        #expect(states.contains(look.atom("_NET_WM_STATE_SKIP_TASKBAR")) == (kind == .tool))
        try other.destroySurface(owner)
    }

    @Test func popupIsWhereItWantsToBeAndLeavesTheKeyboardAlone() throws {
        let stage = try Stage(manager: openbox)
        let id = try showManaged(stage)
        let popup = SurfaceID(rawValue: 9)
        var options = SurfaceOptions(
            position: Point(x: 700, y: 550),
            size: Size(width: 90, height: 40),
            title: "popup",
            className: "RatTest",
            isFramed: false
        )
        options.traits.kind = .popup
        options.traits.owner = id
        options.traits.takesFocus = false
        try stage.display.createSurface(popup, options)
        try stage.display.setVisible(true, of: popup)
        let whole = Rect(left: 0, top: 0, right: 90, bottom: 40)
        let events = try stage.events { $0.contains(.exposed(popup, whole)) }
        #expect(!events.contains(.focusLost(id)))
        #expect(!events.contains { $0.moves(popup, awayFrom: .empty) }, "\(events)")
        #expect(stage.injector.origin(of: try stage.window(titled: "popup")) == options.position)
        try stage.display.destroySurface(popup)
    }

    @Test func surfaceCoversTheScreenAndGetsItsPlaceBack() throws {
        for manager in [openbox, nil] {
            let stage = try Stage(manager: manager)
            let id = try showManaged(stage)
            let screen = Rect(left: 0, top: 0, right: 800, bottom: 600)
            try stage.display.setFullscreen(true, of: id)
            let covering = try stage.events {
                $0.contains(.fullscreen(id, true)) && $0.last { $0.isConfigured }?.place == screen
            }
            #expect(covering.last { $0.isConfigured }?.place == screen)
            try stage.display.setFullscreen(false, of: id)
            let back = try stage.events {
                $0.contains(.fullscreen(id, false)) && $0.last { $0.isConfigured }?.place == content
            }
            #expect(back.last { $0.isConfigured }?.place == content)
        }
    }

    @Test func hiddenSurfaceCoversTheScreenWhenItIsShown() throws {
        for manager in [openbox, nil] {
            let stage = try Stage(manager: manager)
            let id = try showManaged(stage)
            try stage.display.setVisible(false, of: id)
            _ = try stage.events { $0.contains(.focusLost(id)) }
            try stage.display.setFullscreen(true, of: id)
            try stage.display.setVisible(true, of: id)
            _ = try stage.events { $0.contains(.fullscreen(id, true)) }
        }
    }

    @Test func managerHearsOfWindowsThatAreToStayAbove() throws {
        let stage = try Stage(manager: openbox)
        let id = try showManaged(stage)
        let window = try stage.window()
        let above = stage.injector.atom("_NET_WM_STATE_ABOVE")
        for isAbove in [true, false] {
            try stage.display.setAbove(isAbove, of: id)
            try stage.display.synchronize()
            try stage.injector.waitForAnswer()
            let states = stage.injector.words(window, "_NET_WM_STATE")
            #expect(states.contains(above) == isAbove)
        }
    }

    @Test func iconsAreToldWithTheirSizes() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        let icons = [
            IconImage(size: Size(width: 2, height: 1), pixels: [0xFF00_0001, 2]),
            IconImage(size: Size(width: 1, height: 1), pixels: [3]),
        ]
        try stage.display.setIcons(icons, of: id)
        try stage.display.synchronize()
        let words = stage.injector.words(try stage.window(), "_NET_WM_ICON")
        #expect(words == [2, 1, 0xFF00_0001, 2, 1, 1, 3])
        let huge = IconImage(
            size: Size(width: 2048, height: 2048),
            pixels: Array(repeating: 0, count: 1 << 22)
        )
        #expect(throws: DisplayError.notSupported) {
            try stage.display.setIcons([huge, huge], of: id)
        }
    }

    @Test func surfaceShownWithoutActivatingDoesNotTakeTheKeyboard() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        let second = SurfaceID(rawValue: 2)
        let options = SurfaceOptions(
            position: Point(x: 0, y: 0),
            size: Size(width: 50, height: 50),
            title: "second",
            className: "RatTest"
        )
        try stage.display.createSurface(second, options)
        try stage.display.setVisible(true, activates: false, of: second)
        let events = try stage.events()
        #expect(!events.contains(.focusGained(second)))
        #expect(!events.contains(.focusLost(id)))
    }

    @Test func managerThatRefusesAPlaceSaysWhereTheWindowStays() throws {
        let stage = try Stage(manager: Managers.i3)
        let id = SurfaceID(rawValue: 3)
        let shown = try show(id, stage)
        try stage.display.synchronize()
        try stage.injector.waitForAnswer()
        let all = shown + (try stage.events())
        let place = try #require(all.last { $0.isConfigured }?.place)
        #expect(place.size != content.size)
        try stage.display.setContent(Rect(left: 50, top: 60, right: 250, bottom: 160), of: id)
        let after = try stage.events { $0.contains { $0.isConfigured } }
        #expect(after.last { $0.isConfigured }?.place == place)
    }

    private let openbox = Managers.openbox
    private let content = Rect(left: 200, top: 150, right: 460, bottom: 360)

    /// Shows a surface and waits for the keyboard, which a manager gives when it has framed it.
    private func show(
        _ id: SurfaceID,
        _ stage: Stage,
        isFramed: Bool = true
    ) throws -> [DisplayEvent] {
        let options = SurfaceOptions(
            position: content.origin,
            size: content.size,
            title: "surface",
            className: "RatTest",
            isFramed: isFramed
        )
        try stage.display.createSurface(id, options)
        try stage.display.setVisible(true, of: id)
        return try stage.events { $0.contains(.focusGained(id)) }
    }

    private func showManaged(_ stage: Stage) throws -> SurfaceID {
        let id = SurfaceID(rawValue: 3)
        _ = try show(id, stage)
        return id
    }
}

extension DisplayEvent {
    fileprivate var state: SurfaceState? {
        if case .configured(_, _, let state) = self { state } else { nil }
    }

    fileprivate var place: Rect? {
        if case .configured(_, let content, _) = self { content } else { nil }
    }

    fileprivate var isConfigured: Bool { state != nil }

    fileprivate func moves(_ id: SurfaceID, awayFrom content: Rect) -> Bool {
        if case .configured(id, let place, _) = self { place != content } else { false }
    }
}

#endif
