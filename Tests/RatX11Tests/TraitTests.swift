#if X11

import RatDisplay
import RatX11
import RatX11TestSupport
import Testing

/// What a window manager learns of a surface, from its beginning and later.
@Suite struct TraitTests {
    private let content = Rect(left: 200, top: 150, right: 460, bottom: 360)

    private func options(_ title: String = "surface") -> SurfaceOptions {
        SurfaceOptions(
            position: content.origin,
            size: content.size,
            title: title,
            className: "RatTest"
        )
    }

    @Test func managerLearnsTheSizesThatAPersonMayChoose() throws {
        let stage = try Stage()
        let id = SurfaceID(rawValue: 1)
        var options = options()
        options.traits.minimumSize = Size(width: 120, height: 80)
        options.traits.maximumSize = Size(width: 900, height: 32_767)
        try stage.display.createSurface(id, options)
        #expect(try limits(stage) == [120, 80, 900, 32_767])
        options.traits.isResizable = false
        try stage.display.setTraits(options.traits, of: id)
        #expect(try limits(stage) == [260, 210, 260, 210])
        options.traits.isResizable = true
        options.traits.maximumSize = Size(width: 10, height: 10)
        try stage.display.setTraits(options.traits, of: id)
        #expect(try limits(stage) == [120, 80, 120, 80])
        try stage.display.setTraits(SurfaceTraits(), of: id)
        #expect(try limits(stage) == [])
    }

    /// The least and the most of WM_NORMAL_HINTS, as far as its flags say that they count.
    private func limits(_ stage: Stage) throws -> [UInt32] {
        try stage.display.synchronize()
        let words = stage.injector.words(try stage.window(), "WM_NORMAL_HINTS")
        try #require(words.count == 18)
        let least = words[0] & 1 << 4 != 0 ? Array(words[5...6]) : []
        let most = words[0] & 1 << 5 != 0 ? Array(words[7...8]) : []
        return least + most
    }

    @Test func managerKeepsAPersonToTheLimits() throws {
        let stage = try Stage(manager: Managers.openbox)
        let id = SurfaceID(rawValue: 1)
        var options = options()
        options.traits.minimumSize = Size(width: 120, height: 80)
        try stage.display.createSurface(id, options)
        try stage.display.setVisible(true, of: id)
        _ = try stage.events { $0.contains(.focusGained(id)) }
        // As a pager does on a person's behalf: the flags say that width and height are new.
        let data: [UInt32] = [3 << 10 | 2 << 12, 0, 0, 50, 50]
        stage.injector.send("_NET_MOVERESIZE_WINDOW", data, about: try stage.window(), toRoot: true)
        stage.injector.roundTrip()
        let events = try stage.events { $0.contains { $0.place != nil } }
        #expect(events.compactMap(\.place).last?.size == Size(width: 120, height: 80))
    }

    @Test func changedTraitsReachTheManagerAndAreTakenBack() throws {
        let stage = try Stage()
        let owner = SurfaceID(rawValue: 0x0E00_0000_0001)
        let id = SurfaceID(rawValue: 2)
        try stage.display.createSurface(owner, options("owner"))
        try stage.display.createSurface(id, options())
        try stage.display.setVisible(true, of: id)
        let before = try properties(stage)
        var traits = SurfaceTraits()
        traits.kind = .dialog
        traits.owner = owner
        traits.isFramed = false
        traits.isEnabled = false
        try stage.display.setTraits(traits, of: id)
        let changed = try properties(stage)
        let ownerWindow = try stage.window(titled: "owner")
        #expect(changed["WM_TRANSIENT_FOR"] == [ownerWindow])
        #expect(changed["_MOTIF_WM_HINTS"] == [2, 0, 0, 0, 0])
        #expect(changed["WM_HINTS"]?.prefix(2) == [3, 0])
        let dialog = stage.injector.atom("_NET_WM_WINDOW_TYPE_DIALOG")
        #expect(changed["_NET_WM_WINDOW_TYPE"]?.first == dialog)
        // It is offered the keyboard all the same, so that it can say who is to have it.
        let take = stage.injector.atom("WM_TAKE_FOCUS")
        #expect(changed["WM_PROTOCOLS"]?.contains(take) == true)
        traits.takesFocus = false
        try stage.display.setTraits(traits, of: id)
        #expect(try properties(stage)["WM_PROTOCOLS"]?.contains(take) == false)
        try stage.display.setTraits(SurfaceTraits(), of: id)
        #expect(try properties(stage) == before)
        try stage.display.destroySurface(owner)
    }

    private func properties(_ stage: Stage) throws -> [String: [UInt32]] {
        try stage.display.synchronize()
        let window = try stage.window()
        let names = [
            "WM_TRANSIENT_FOR", "_MOTIF_WM_HINTS", "WM_HINTS", "_NET_WM_WINDOW_TYPE",
            "WM_PROTOCOLS",
        ]
        return Dictionary(
            uniqueKeysWithValues: names.map { ($0, stage.injector.words(window, $0)) }
        )
    }

    @Test func shownSurfaceLeavesTheListsAndComesBack() throws {
        let stage = try Stage(manager: Managers.openbox)
        let id = SurfaceID(rawValue: 1)
        try stage.display.createSurface(id, options())
        try stage.display.setVisible(true, of: id)
        _ = try stage.events { $0.contains(.focusGained(id)) }
        var traits = SurfaceTraits()
        for isListed in [false, true] {
            traits.isListed = isListed
            try stage.display.setTraits(traits, of: id)
            try stage.display.synchronize()
            try stage.injector.waitForAnswer()
            let states = stage.injector.words(try stage.window(), "_NET_WM_STATE")
            for name in ["_NET_WM_STATE_SKIP_TASKBAR", "_NET_WM_STATE_SKIP_PAGER"] {
                #expect(states.contains(stage.injector.atom(name)) != isListed)
            }
        }
    }

    @Test func surfaceBecomesAPopupWhenItIsShownNext() throws {
        let stage = try Stage(manager: Managers.openbox)
        let id = SurfaceID(rawValue: 1)
        try stage.display.createSurface(id, options())
        try stage.display.setVisible(true, of: id)
        _ = try stage.events { $0.contains(.focusGained(id)) }
        var traits = SurfaceTraits()
        traits.kind = .popup
        traits.takesFocus = false
        try stage.display.setTraits(traits, of: id)
        try stage.display.synchronize()
        try stage.injector.waitForAnswer()
        #expect(stage.injector.words(try stage.window(), "_NET_FRAME_EXTENTS").contains { $0 > 0 })
        try stage.display.setVisible(false, of: id)
        try stage.display.synchronize()
        try stage.injector.waitForAnswer()
        _ = try stage.events()
        try stage.display.setVisible(true, of: id)
        try stage.display.synchronize()
        try stage.injector.waitForAnswer()
        #expect(stage.injector.origin(of: try stage.window()) == content.origin)
    }

    @Test(arguments: [nil, Managers.openbox])
    func disabledSurfaceIsOfferedTheKeyboardAndDoesNotTakeIt(_ manager: [String]?) throws {
        let stage = try Stage(manager: manager)
        let id = SurfaceID(rawValue: 1)
        try stage.display.createSurface(id, options())
        try stage.display.setVisible(true, of: id)
        _ = try stage.events { $0.contains(.focusGained(id)) }
        let second = SurfaceID(rawValue: 2)
        try stage.display.createSurface(second, options("second"))
        try stage.display.setVisible(true, of: second)
        _ = try stage.events { $0.contains(.focusGained(second)) }
        var traits = SurfaceTraits()
        traits.isEnabled = false
        try stage.display.setTraits(traits, of: id)
        try stage.display.synchronize()
        let window = try stage.window()
        if manager == nil {
            let take = stage.injector.atom("WM_TAKE_FOCUS")
            stage.injector.send("WM_PROTOCOLS", [take, 0], about: window)
        } else {
            try stage.injector.waitForAnswer()
            stage.injector.send("_NET_ACTIVE_WINDOW", [2, 0], about: window, toRoot: true)
        }
        stage.injector.roundTrip()
        let events = try stage.events { $0.contains(.focusOffered(id)) }
        #expect(!events.contains(.focusGained(id)))
        #expect(stage.injector.focusedWindow() == (try stage.window(titled: "second")))
    }
}

extension DisplayEvent {
    fileprivate var place: Rect? {
        if case .configured(_, let content, _) = self { content } else { nil }
    }
}

#endif
