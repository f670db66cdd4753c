#if X11

import CRatXCB
import RatDisplay
import RatX11TestSupport
import Testing

@testable import RatX11

/// Caps Lock, Num Lock and Scroll Lock, whoever switches them.
@Suite struct LockTests {
    private static let capsLock: UInt8 = 66
    private static let numLock: UInt8 = 77

    private func locks(_ events: [DisplayEvent]) -> [Modifiers] {
        events.compactMap { if case .locksChanged(let locks) = $0 { locks } else { nil } }
    }

    @Test func locksThatAreSwitchedElsewhereAreToldAtOnce() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        #expect(stage.injector.grabKeyboard())
        _ = try stage.events()
        stage.injector.tap(Self.capsLock)
        #expect(locks(try stage.events()).last == .capsLock)
        stage.injector.tap(Self.numLock)
        #expect(locks(try stage.events()).last == [.capsLock, .numLock])
        stage.injector.tap(Self.capsLock)
        #expect(locks(try stage.events()).last == .numLock)
    }

    @Test func whoHasTheKeyHearsOfTheLockAfterTheKey() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        for isOn in [true, false] {
            stage.injector.key(Self.capsLock, isDown: true)
            #expect(locks(try stage.events()).isEmpty)
            stage.injector.key(Self.capsLock, isDown: false)
            let events = try stage.events()
            #expect(locks(events) == [isOn ? .capsLock : []])
            guard case .key(id, let key) = events.first else {
                Issue.record("the key comes first")
                return
            }
            #expect(!key.isDown)
        }
    }

    @Test func scrollLockIsKnownWhereTheLayoutHasAModifierForIt() throws {
        let layout = try #require(Self.layout(with: "modifier_map Mod3 { Scroll_Lock };"))
        let mod3 = XCB_MOD_MASK_3.rawValue
        #expect(layout.modifiers(0) == .tellsScrollLock)
        #expect(layout.modifiers(mod3) == [.tellsScrollLock, .scrollLock])
        let usual = try #require(Self.layout(with: ""))
        #expect(usual.modifiers(mod3) == [])
    }

    /// The usual layout with something more among its symbols.
    private static func layout(with symbols: String) -> Layout? {
        let text = """
            xkb_keymap {
            xkb_keycodes { include "evdev+aliases(qwerty)" };
            xkb_types { include "complete" };
            xkb_compat { include "complete" };
            xkb_symbols { include "pc+us+inet(evdev)" \(symbols) };
            };
            """
        guard let context = unsafe makeKeyboardContext() else { return nil }
        defer { unsafe xkb_context_unref(context) }
        let keymap = unsafe xkb_keymap_new_from_string(
            context,
            text,
            XKB_KEYMAP_FORMAT_TEXT_V1,
            XKB_KEYMAP_COMPILE_NO_FLAGS
        )
        return unsafe keymap.flatMap { unsafe Layout($0) }
    }
}

#endif
