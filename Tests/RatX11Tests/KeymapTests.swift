#if X11

import CRatXCB
import RatDisplay
import RatX11TestSupport
import Testing

@testable import RatX11

/// Keys that others see, keymaps that change or cannot be had, and languages.
@Suite struct KeymapTests {
    private enum Key {
        static let e: UInt8 = 26
        static let shift: UInt8 = 50
        static let alt: UInt8 = 64
        static let capsLock: UInt8 = 66
        static let y: UInt8 = 29
    }

    private let withoutExtension = Capabilities.all.subtracting(.keyboard)

    private func keys(_ events: [DisplayEvent]) -> [KeyEvent] {
        events.compactMap { if case .key(_, let key) = $0 { key } else { nil } }
    }

    private func languages(_ events: [DisplayEvent]) -> [KeyboardLanguage] {
        events.compactMap { if case .languageChanged(let new) = $0 { new } else { nil } }
    }

    @Test func keysThatGoUpWhileAnotherHasTheKeyboardAreTold() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        stage.injector.key(Key.alt, isDown: true)
        stage.injector.key(Key.e, isDown: true)
        _ = try stage.events()
        #expect(stage.injector.grabKeyboard())
        stage.injector.key(Key.alt, isDown: false)
        stage.injector.key(Key.e, isDown: false)
        stage.injector.ungrabKeyboard()
        let events = try stage.events()
        let missed = keys(events).filter { !$0.isDown }
        #expect(missed.map(\.virtualKey) == [0x45, 0x12])
        #expect(missed.map(\.modifiers) == [.alt, .alt])
        #expect(missed.map(\.scanCode) == [0x12, 0x38])
        #expect(missed.allSatisfy { $0.isMissed })
        #expect(!events.contains { if case .focusLost = $0 { true } else { false } })
        stage.injector.tap(Key.e)
        let after = keys(try stage.events())
        #expect(after.map(\.isDown) == [true, false])
        #expect(after.allSatisfy { $0.modifiers == [] && !$0.isMissed })
    }

    @Test func whatIsHeldWhenTheKeyboardComesIsToldWithoutAKey() throws {
        let stage = try Stage()
        let id = SurfaceID(rawValue: 1)
        stage.injector.tap(Key.capsLock)
        stage.injector.key(Key.shift, isDown: true)
        stage.injector.roundTrip()
        let options = SurfaceOptions(
            position: Point(x: 0, y: 0),
            size: Size(width: 90, height: 90),
            title: "surface",
            className: "RatTest"
        )
        try stage.display.createSurface(id, options)
        try stage.display.setVisible(true, of: id)
        let events = try stage.events()
        #expect(events.contains(.focusGained(id)))
        #expect(events.contains(.modifiersHeld(id, [.shift, .capsLock])))
        #expect(keys(events).isEmpty)
        stage.injector.key(Key.shift, isDown: false)
        let released = keys(try stage.events())
        #expect(released.map(\.virtualKey) == [0x10])
    }

    @Test func keyThatRepeatsDoesNotGoUpWithoutTheExtensionEither() throws {
        let stage = try Stage(using: withoutExtension)
        _ = try stage.showSurface()
        stage.injector.key(Key.e, isDown: true)
        stage.injector.roundTrip()
        let held = keys(try stage.events { keys($0).count >= 5 })
        stage.injector.key(Key.e, isDown: false)
        let released = keys(try stage.events())
        #expect(held.allSatisfy { $0.isDown && $0.virtualKey == 0x45 })
        #expect(released.last?.isDown == false)
        #expect(released.dropLast().allSatisfy { $0.isDown })
    }

    @Test func releaseThatNothingFollowsIsToldWithoutTheExtensionToo() throws {
        let stage = try Stage(using: withoutExtension)
        _ = try stage.showSurface()
        stage.injector.key(Key.e, isDown: true)
        stage.injector.key(Key.e, isDown: false)
        stage.injector.roundTrip()
        let events = keys(try stage.events { keys($0).contains { !$0.isDown } })
        #expect(events.map(\.isDown) == [true, false])
    }

    @Test func layoutIsThatOfTheServersNamesWithoutTheExtension() throws {
        let stage = try Stage(using: withoutExtension)
        _ = try stage.showSurface()
        stage.injector.tap(Key.y)
        let first = keys(try stage.events())
        try stage.server.run(["setxkbmap", "de"])
        stage.injector.tap(Key.y)
        let second = keys(try stage.events())
        #expect(first.first?.character == 0x79)
        #expect(second.first?.character == 0x7A)
        #expect(stage.display.language == KeyboardLanguage(0x0407))
    }

    @Test func languageIsToldWhenTheLayoutOrTheGroupChanges() throws {
        let stage = try Stage()
        #expect(stage.display.language == .usual)
        _ = try stage.showSurface()
        // Nobody presses a key: it is found when there is nothing else to do.
        try stage.server.run(["setxkbmap", "de"])
        let german = try stage.events { !languages($0).isEmpty }
        #expect(languages(german) == [KeyboardLanguage(0x0407)])
        let groups = ["setxkbmap", "-layout", "us,ru", "-option", "grp:caps_toggle"]
        try stage.server.run(groups)
        let both = try stage.events { languages($0).last == .usual }
        #expect(languages(both) == [.usual])
        stage.injector.tap(Key.capsLock)
        let russian = try stage.events()
        #expect(languages(russian) == [KeyboardLanguage(0x0419)])
        #expect(stage.display.language == KeyboardLanguage(0x0419))
        stage.injector.tap(Key.capsLock)
        let usual = try stage.events()
        #expect(languages(usual) == [.usual])
    }

    @Test func stormOfChangesIsOneFetchWhenTheNextKeyComes() throws {
        let context = try unsafe #require(makeKeyboardContext())
        defer { unsafe xkb_context_unref(context) }
        var fetches = 0
        let keyboard = try Keyboard(nil) {
            fetches += 1
            return unsafe KeyboardServer.standardKeymap(context).flatMap { unsafe Layout($0) }
        }
        for _ in 0..<1000 { keyboard.markStale() }
        #expect(fetches == 0)
        keyboard.refresh()
        keyboard.refresh()
        #expect(fetches == 1)
    }

    @Test func keymapThatCannotBeHadLeavesTheOneBeforeAndIsNotTriedForEver() throws {
        var tries = 0
        let keyboard = try Keyboard(nil) {
            tries += 1
            return nil
        }
        let before = keyboard.meaning(ofKey: Key.y, core: 0, isSynthetic: false)
        #expect(before.character == 0x79)
        keyboard.markStale()
        for _ in 0..<9 { keyboard.refresh() }
        #expect(tries == 3)
        #expect(keyboard.meaning(ofKey: Key.y, core: 0, isSynthetic: false) == before)
        keyboard.markStale()
        #expect(!keyboard.refresh())
        #expect(tries == 4)
    }

    @Test func languagesAreKnownByTheNamesOfLayouts() {
        let known: [(String, UInt16, UInt16)] = [
            ("English (US)", 0x409, 0x409), ("English (UK)", 0x809, 0x809),
            ("English (Dvorak)", 0x409, 0x409), ("German (no dead keys)", 0x407, 0x407),
            ("German (Switzerland)", 0x807, 0x807), ("Spanish", 0xC0A, 0x40A),
            ("Greek (polytonic)", 0x408, 0x408), ("Klingon", 0x409, 0x409), ("", 0x409, 0x409),
        ]
        for (name, language, layout) in known {
            #expect(
                Languages.language(ofLayout: name) == KeyboardLanguage(language, layout: layout),
                "\(name)"
            )
        }
    }
}

#endif
