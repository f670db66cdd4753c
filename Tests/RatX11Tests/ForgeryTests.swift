#if X11

import RatDisplay
import RatX11
import RatX11TestSupport
import Testing

/// What other clients send as if the server had said it.
@Suite struct ForgeryTests {
    /// The events of the protocol that state what the server has done: focus, crossings, exposure, life and
    /// place of windows, properties, keyboards.
    @Test(arguments: [7, 8, 9, 10, 11, 12, 15, 16, 17, 18, 19, 21, 24, 28, 34, 85] as [UInt8])
    func whatOnlyTheServerKnowsIsNotBelieved(_ type: UInt8) throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        stage.injector.forge(type, about: try stage.window())
        #expect(try stage.events() == [])
        stage.injector.tap(26)
        let keys = try stage.events().filter { if case .key(id, _) = $0 { true } else { false } }
        #expect(keys.count == 2)
    }

    @Test func sentKeyCountsUnlessItIsNotToBe() throws {
        for (capabilities, count) in [
            (Capabilities.all, 1), (Capabilities(without: "sendevent"), 0),
        ] {
            let stage = try Stage(using: capabilities)
            _ = try stage.showSurface()
            stage.injector.sendKey(26, state: 1, to: try stage.window())
            let keys = try stage.events().compactMap { event -> KeyEvent? in
                if case .key(_, let key) = event { key } else { nil }
            }
            #expect(keys.count == count)
            #expect(keys.allSatisfy { $0.character == 0x45 && $0.modifiers == .shift })
        }
    }

    @Test func timeOfASentKeyIsOurs() throws {
        let stage = try Stage()
        let id = try stage.showSurface(1, title: "first")
        let window = try stage.window(titled: "first")
        let before = monotonicNanoseconds()
        for time in [1, 0x7FFF_FFFF, 0xFFFF_FFFF] as [UInt32] {
            stage.injector.sendKey(26, time: time, to: window)
        }
        stage.injector.tap(26)
        let times = try stage.events().compactMap { event -> UInt64? in
            if case .key(_, let key) = event { key.time } else { nil }
        }
        let after = monotonicNanoseconds()
        #expect(times.count == 5)
        #expect(times.allSatisfy { $0 + 1_000_000 >= before && $0 <= after })
        // A time from the future would make the server ignore what asks for the focus.
        _ = try stage.showSurface(2, title: "second")
        try stage.display.requestFocus(id)
        #expect(try stage.events().contains(.focusGained(id)))
    }

    @Test func pingAboutAnotherWindowIsNotAnswered() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        let window = try stage.window()
        _ = stage.injector.messages()
        let data = [stage.injector.atom("_NET_WM_PING"), 4711, window + 1]
        stage.injector.send("WM_PROTOCOLS", data, about: window)
        #expect(try stage.events() == [])
        #expect(stage.injector.messages().isEmpty)
    }

    @Test func requestsOnADestroyedWindowFailOnlyWhenThatIsKnown() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        stage.injector.destroy(try stage.window())
        stage.injector.roundTrip()
        let rect = Rect(left: 0, top: 0, right: 30, bottom: 40)
        try stage.display.setTitle("gone", of: id)
        try stage.display.setContent(rect, of: id)
        try stage.display.setVisible(false, of: id)
        try stage.display.setVisible(true, of: id)
        try stage.display.requestFocus(id)
        let events = try stage.events()
        #expect(events.filter { $0 == .destroyed(id) }.count == 1)
        #expect(throws: DisplayError.noSuchSurface) { try stage.display.setTitle("", of: id) }
        let other = try stage.showSurface(2)
        try stage.display.requestFocus(other)
    }
}

#endif
