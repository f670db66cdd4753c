#if X11

import RatDisplay
import RatX11TestSupport
import Testing

@testable import RatX11

/// Properties that strangers leave on the root, on their windows and on ours: much too large, of the wrong kind, or
/// nonsense.
@Suite struct BadPropertyTests {
    private static let megabyte = 1 << 20

    /// A key reaches the surface: the display lives and is up to date.
    private func expectKey(_ stage: Stage, _ id: SurfaceID) throws {
        // The key A.
        stage.injector.tap(38)
        let keys = try stage.events().compactMap { event -> UInt8? in
            if case .key(id, let key) = event { key.virtualKey } else { nil }
        }
        #expect(keys == [0x41, 0x41])
    }

    @Test func resourcesOfAMegabyteAreReadAsFarAsIsSane() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        let padding = String(repeating: "a: b\n", count: Self.megabyte / 5)
        stage.injector.setResources("Xft.dpi: 120\n" + padding)
        #expect(try stage.events() == [.densityChanged(120)])
        stage.injector.setResources(padding + "Xft.dpi: 144\n")
        #expect(try stage.events() == [.densityChanged(96)])
        try expectKey(stage, id)
    }

    @Test func settingsOfAMegabyteAreReadAsFarAsTheyGo() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        // As many settings as a number can say, and most of a megabyte of nothing.
        let head: [UInt8] = [0, 0, 0, 0, 1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]
        let bytes = head + [UInt8](repeating: 0, count: Self.megabyte)
        let owner = stage.injector.publishSettings(bytes)
        _ = try stage.events()
        try expectKey(stage, id)
        _ = stage.injector.publishSettings([], on: owner)
        _ = try stage.events()
        try expectKey(stage, id)
    }

    @Test func stateOfAHundredThousandAtomsHarmsNobody() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        let window = try stage.window()
        for name in ["_NET_WM_STATE", "WM_STATE"] {
            stage.injector.setWords(
                window,
                name,
                [UInt32](repeating: 0xFFFF_FFFF, count: 100_000)
            )
        }
        _ = try stage.events()
        try expectKey(stage, id)
    }

    @Test func propertiesOfTheWrongKindMeanNothing() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        let window = try stage.window()
        // Bytes where words are looked for, and words where bytes are.
        stage.injector.setBytes(window, "_NET_WM_STATE", [1, 2, 3])
        stage.injector.setBytes(window, "WM_STATE", [3, 0, 0, 0])
        let root = stage.injector.rootWindow
        stage.injector.setWords(root, "RESOURCE_MANAGER", [1, 2, 3])
        stage.injector.setBytes(root, "_NET_WORKAREA", [1])
        stage.injector.setBytes(root, "_NET_SUPPORTING_WM_CHECK", [1, 2])
        stage.injector.setWords(root, "_NET_SUPPORTED", [0, 0xFFFF_FFFF])
        let events = try stage.events()
        #expect(!events.contains { if case .configured = $0 { true } else { false } }, "\(events)")
        #expect(stage.display.density == 96)
        try expectKey(stage, id)
        try stage.display.requestFocus(id)
        try expectKey(stage, id)
    }

    @Test func namesOfAKeyboardThatNobodyHasLeaveTheOneThereWas() throws {
        let stage = try Stage(using: Capabilities(without: "xkb"))
        let id = try stage.showSurface()
        let root = stage.injector.rootWindow
        let texts = ["nonsense\0none\0xx\0yy\0zz\0", "\0\0\0\0\0", "", "evdev", "\u{FFFD}\0\0\0\0"]
        for text in texts {
            stage.injector.setBytes(root, "_XKB_RULES_NAMES", Array(text.utf8))
            _ = try stage.events()
            try expectKey(stage, id)
        }
    }
}

#endif
