#if X11

import RatDisplay
import RatX11
import RatX11TestSupport
import Testing

/// States that programs ask for, and what managers make of them.
@Suite struct StateTests {
    private let content = Rect(left: 200, top: 150, right: 460, bottom: 360)
    private let screen = Rect(left: 0, top: 0, right: 800, bottom: 600)
    private let id = SurfaceID(rawValue: 3)

    private func create(_ stage: Stage) throws {
        let options = SurfaceOptions(
            position: content.origin,
            size: content.size,
            title: "surface",
            className: "RatTest"
        )
        try stage.display.createSurface(id, options)
    }

    private func show(_ stage: Stage) throws {
        try create(stage)
        try stage.display.setVisible(true, of: id)
        _ = try stage.events { $0.contains(.focusGained(id)) }
    }

    /// Shows a surface that a manager of ours has taken over. Gives its window.
    private func show(_ stage: Stage, _ manager: Pretender) throws -> UInt32 {
        try create(stage)
        try stage.display.setVisible(true, of: id)
        _ = try stage.events()
        let window = try stage.window()
        manager.adopt(window)
        _ = try stage.events()
        return window
    }

    private func settle(_ stage: Stage) throws -> [DisplayEvent] {
        try stage.display.synchronize()
        try stage.injector.waitForAnswer()
        return try stage.events()
    }

    private func configured(_ events: [DisplayEvent]) -> [(content: Rect, state: SurfaceState)] {
        events.compactMap { event in
            if case .configured(_, let content, let state) = event { (content, state) } else { nil }
        }
    }

    @Test func managersGrantIsKnownAtOnceWithThePlaceAndToldNoMore() throws {
        let stage = try Stage(manager: Managers.openbox)
        try show(stage)
        _ = try settle(stage)
        var maximal: Rect?
        for state in [SurfaceState.maximized, .normal, .minimized, .normal, .maximized, .minimized]
        {
            let answer = try stage.display.setState(state, of: id)
            guard case .granted(let place) = answer else {
                Issue.record("\(state): \(answer)")
                return
            }
            if state == .maximized {
                #expect(place.size.width == screen.size.width && place.top > 0)
                #expect(maximal == nil || maximal == place)
                maximal = place
            }
            if state == .normal { #expect(place == content) }
            #expect(configured(try settle(stage)).isEmpty, "\(state)")
        }
    }

    @Test func managerThatMaximizesNothingIsBelieved() throws {
        let stage = try Stage(manager: Managers.i3)
        try show(stage)
        _ = try settle(stage)
        for state in [SurfaceState.maximized, .minimized] {
            #expect(try stage.display.setState(state, of: id) == .refused)
            // Its bar may have taken room meanwhile.
            #expect(configured(try settle(stage)).allSatisfy { $0.state == .normal })
        }
    }

    @Test func surfaceThatIsToBeShownMaximizedIsNotSoUnderAManagerThatMaximizesNothing() throws {
        for state in [SurfaceState.maximized, .minimized] {
            let stage = try Stage(manager: Managers.i3)
            try create(stage)
            #expect(try stage.display.setState(state, of: id) == .whenShown)
            #expect(try stage.display.setVisible(true, of: id) == .refused)
            #expect(configured(try settle(stage)).allSatisfy { $0.state == .normal })
        }
    }

    @Test(arguments: [SurfaceState.maximized, .minimized])
    func hiddenSurfaceIsShownInTheStateThatWasAskedFor(_ state: SurfaceState) throws {
        for manager in [Managers.openbox, nil] {
            let stage = try Stage(manager: manager)
            try create(stage)
            #expect(try stage.display.setState(state, of: id) == .whenShown)
            guard case .granted(let place) = try stage.display.setVisible(true, of: id) else {
                Issue.record("not granted")
                return
            }
            #expect(state == .minimized || place.size.width == screen.size.width)
            guard case .granted(let normal) = try stage.display.setState(.normal, of: id) else {
                Issue.record("not restored")
                return
            }
            // Where a window that was never there comes to be, is the manager's to say.
            #expect(normal.size == content.size)
        }
    }

    @Test func withoutAManagerTheDisplayDoesTheStatesItself() throws {
        let stage = try Stage()
        try show(stage)
        let window = try stage.window()
        #expect(try stage.display.setState(.maximized, of: id) == .granted(screen))
        #expect(configured(try stage.events()).isEmpty)
        #expect(stage.injector.origin(of: window) == screen.origin)
        #expect(try stage.display.setState(.minimized, of: id) == .granted(screen))
        #expect(try stage.events().contains(.focusLost(id)))
        #expect(try stage.display.setState(.maximized, of: id) == .granted(screen))
        #expect(try stage.events().contains(.focusGained(id)))
        #expect(try stage.display.setState(.normal, of: id) == .granted(content))
        _ = try stage.events()
        #expect(stage.injector.origin(of: window) == content.origin)
    }

    @Test func coveringTheScreenAndBeingMaximizedKeepApartWithoutAManager() throws {
        let stage = try Stage()
        try show(stage)
        try stage.display.setFullscreen(true, of: id)
        _ = try stage.events()
        #expect(try stage.display.setState(.maximized, of: id) == .granted(screen))
        #expect(try stage.display.setState(.normal, of: id) == .granted(screen))
        try stage.display.setFullscreen(false, of: id)
        _ = try stage.events()
        #expect(stage.injector.origin(of: try stage.window()) == content.origin)
    }

    @Test func managersStateIsToldOnceWithTheSizeThatBelongsToIt() throws {
        let stage = try Stage(manager: Managers.openbox)
        try show(stage)
        _ = try settle(stage)
        let window = try stage.window()
        let states = ["VERT", "HORZ"].map { stage.injector.atom("_NET_WM_STATE_MAXIMIZED_\($0)") }
        for action: UInt32 in [1, 0, 1, 0] {
            let state = action == 1 ? SurfaceState.maximized : .normal
            stage.injector.send("_NET_WM_STATE", [action] + states, about: window, toRoot: true)
            stage.injector.roundTrip()
            let events = try stage.events { configured($0).last?.state == state }
            let first = try #require(configured(events).first { $0.state == state })
            #expect(first.content.size.width == (action == 1 ? 800 : content.size.width))
        }
    }

    @Test func stateWhoseSizeIsLateIsHeldUntilItComes() throws {
        let stage = try Stage()
        let manager = try Pretender(stage)
        let window = try show(stage, manager)
        manager.say(window, "MAXIMIZED_VERT", "MAXIMIZED_HORZ")
        let held = try stage.events()
        #expect(configured(held).isEmpty)
        #expect(stage.display.nextLook != nil)
        stage.injector.configure(window, screen)
        let told = configured(try stage.events())
        #expect(told.map(\.state) == [.maximized] && told.first?.content == screen)
        #expect(stage.display.nextLook == nil)
    }

    @Test func stateWithoutAnotherSizeIsToldWhenTheManagerHasNothingMoreToDo() throws {
        let stage = try Stage()
        let manager = try Pretender(stage)
        let window = try show(stage, manager)
        manager.say(window, "MAXIMIZED_VERT", "MAXIMIZED_HORZ")
        _ = try stage.events()
        #expect(try manager.answersQuestions() >= 1)
        let told = configured(try stage.events())
        #expect(told.map(\.state) == [.maximized] && told.first?.content == content)
    }

    @Test func managerThatSaysNothingCostsABoundedTimeAndMayHaveItsWordLater() throws {
        let stage = try Stage(using: .all)
        let manager = try Pretender(stage)
        let window = try show(stage, manager)
        #expect(try stage.display.setState(.maximized, of: id) == .refused)
        // From now on it is waited for only briefly.
        #expect(try stage.display.setState(.minimized, of: id) == .refused)
        stage.injector.configure(window, screen)
        manager.say(window, "MAXIMIZED_VERT", "MAXIMIZED_HORZ")
        let told = configured(try stage.events())
        #expect(told.last?.state == .maximized && told.last?.content == screen)
    }

    @Test func stateWhoseSizeNeverComesIsToldAtTheDeadline() throws {
        let stage = try Stage(using: .all)
        let manager = try Pretender(stage)
        let window = try show(stage, manager)
        manager.say(window, "MAXIMIZED_VERT", "MAXIMIZED_HORZ")
        let told = configured(try stage.events { !configured($0).isEmpty })
        #expect(told.map(\.state) == [.maximized] && told.first?.content == content)
    }

    @Test func surfacesStateIsNotWhatItWasOnlyAskedToBe() throws {
        let stage = try Stage(using: .all)
        let manager = try Pretender(stage)
        let window = try show(stage, manager)
        #expect(try stage.display.setState(.maximized, of: id) == .refused)
        let moved = Rect(left: 5, top: 6, right: 105, bottom: 106)
        stage.injector.configure(window, moved)
        #expect(try stage.events().contains(.configured(id, content: moved, state: .normal)))
    }

    @Test func modalSurfacesAndThoseThatStayOpenSaySo() throws {
        let stage = try Stage(manager: Managers.openbox)
        try show(stage)
        let window = try stage.window()
        let modal = stage.injector.atom("_NET_WM_STATE_MODAL")
        for isModal in [true, false] {
            var traits = SurfaceTraits()
            traits.isModal = isModal
            traits.isClosable = !isModal
            try stage.display.setTraits(traits, of: id)
            _ = try settle(stage)
            #expect(stage.injector.words(window, "_NET_WM_STATE").contains(modal) == isModal)
            let hints = stage.injector.words(window, "_MOTIF_WM_HINTS")
            #expect(isModal ? hints.prefix(2) == [1, 30] : hints.isEmpty)
        }
    }
}

#endif
