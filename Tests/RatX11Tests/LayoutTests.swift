#if X11

import RatDisplay
import RatX11
import RatX11TestSupport
import Testing

/// Keyboards of some countries, typed on as their people do.
@Suite struct LayoutTests {
    /// A key code, and what is held with it.
    struct Press: Sendable {
        var code: UInt8
        var shift = false
        var altGr = false
    }

    struct National: Sendable, CustomStringConvertible {
        let name: String
        let presses: [Press]
        let text: String
        /// Of the keys that have names of their own there, from 0Ch, 0Dh, 1Ah, 1Bh, 27h, 28h, 29h, 2Bh, 33h to
        /// 35h and 56h on.
        let virtualKeys: [UInt8]

        var description: String { name }
    }

    private static let national: [National] = [
        National(
            name: "de",
            presses: [
                Press(code: 34), Press(code: 47, shift: true), Press(code: 20),
                Press(code: 24, altGr: true), Press(code: 26, altGr: true),
                Press(code: 16, altGr: true), Press(code: 29), Press(code: 21), Press(code: 26),
                Press(code: 49), Press(code: 38),
            ],
            text: "üÖß@€{zéâ",
            virtualKeys: [
                0xDB, 0xDD, 0xBA, 0xBB, 0xC0, 0xDE, 0xDC, 0xBF, 0xBC, 0xBE, 0xBD, 0xE2,
            ]
        ),
        National(
            name: "fr",
            presses: [
                Press(code: 11), Press(code: 11, shift: true), Press(code: 19, altGr: true),
                Press(code: 24), Press(code: 47), Press(code: 48), Press(code: 34), Press(code: 26),
            ],
            text: "é2@amùê",
            virtualKeys: [
                0xDB, 0xBB, 0xDD, 0xBA, 0x4D, 0xC0, 0xDE, 0xDC, 0xBE, 0xBF, 0xDF, 0xE2,
            ]
        ),
        National(
            name: "es",
            presses: [
                Press(code: 47), Press(code: 51), Press(code: 21), Press(code: 11, altGr: true),
                Press(code: 48), Press(code: 38), Press(code: 34), Press(code: 26),
            ],
            text: "ñç¡@áè",
            virtualKeys: [
                0xDB, 0xDD, 0xBA, 0xBB, 0xC0, 0xDE, 0xDC, 0xBF, 0xBC, 0xBE, 0xBD, 0xE2,
            ]
        ),
        National(
            name: "it",
            presses: [
                Press(code: 34), Press(code: 34, shift: true), Press(code: 47), Press(code: 48),
                Press(code: 51), Press(code: 21), Press(code: 47, altGr: true),
            ],
            text: "èéòàùì@",
            virtualKeys: [
                0xDB, 0xDD, 0xBA, 0xBB, 0xC0, 0xDE, 0xDC, 0xBF, 0xBC, 0xBE, 0xBD, 0xE2,
            ]
        ),
        National(
            name: "gb",
            presses: [
                Press(code: 12, shift: true), Press(code: 13, altGr: true), Press(code: 51),
                Press(code: 11, shift: true), Press(code: 48, shift: true), Press(code: 94),
            ],
            text: "£€#\"@\\",
            virtualKeys: [
                0xBD, 0xBB, 0xDB, 0xDD, 0xBA, 0xC0, 0xDF, 0xDE, 0xBC, 0xBE, 0xBF, 0xDC,
            ]
        ),
    ]

    private static let codes: [UInt8] = [20, 21, 34, 35, 47, 48, 49, 51, 59, 60, 61, 94]
    private static let shift: UInt8 = 50
    private static let altGr: UInt8 = 108

    private func keys(_ stage: Stage) throws -> [KeyEvent] {
        try stage.events().compactMap { if case .key(_, let key) = $0 { key } else { nil } }
    }

    private func press(_ press: Press, _ stage: Stage) {
        if press.shift { stage.injector.key(Self.shift, isDown: true) }
        if press.altGr { stage.injector.key(Self.altGr, isDown: true) }
        stage.injector.tap(press.code)
        if press.altGr { stage.injector.key(Self.altGr, isDown: false) }
        if press.shift { stage.injector.key(Self.shift, isDown: false) }
    }

    @Test(arguments: national)
    func nationalKeyboardTypesItsText(_ national: National) throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        try stage.server.run(["setxkbmap", national.name])
        for press in national.presses { self.press(press, stage) }
        var text: [UInt16] = []
        for key in try keys(stage) where key.isDown && key.symbol != 0 {
            switch stage.display.compose(key.symbol) {
            case .composed(let units): text += units
            case .passThrough:
                if let scalar = Unicode.Scalar(key.character), key.character != 0 {
                    text += Array(String(scalar).utf16)
                }
            case .pending, .cancelled: break
            }
        }
        #expect(String(decoding: text, as: UTF16.self) == national.text)
    }

    @Test(arguments: national)
    func nationalKeysHaveTheNamesThatWin32GivesThem(_ national: National) throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        try stage.server.run(["setxkbmap", national.name])
        for code in Self.codes { stage.injector.tap(code) }
        let found = try keys(stage).filter(\.isDown).map(\.virtualKey)
        #expect(found == national.virtualKeys)
    }

    @Test func altGrIsTheLeftControlAndTheRightAlt() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        try stage.server.run(["setxkbmap", "de"])
        press(Press(code: 24, altGr: true), stage)
        let keys = try keys(stage)
        #expect(keys.map(\.virtualKey) == [0x11, 0x12, 0x51, 0x51, 0x11, 0x12])
        #expect(keys.map(\.isDown) == [true, true, true, false, false, false])
        #expect(keys.map(\.scanCode) == [0x1D, 0x38, 0x10, 0x10, 0x1D, 0x38])
        #expect(keys.map(\.isExtended) == [false, true, false, false, false, true])
        let both: Modifiers = [.control, .alt, .level3]
        #expect(keys.map(\.modifiers) == [[], .control, both, both, both, [.alt, .level3]])
    }

    @Test func altOnTheRightOfAnAmericanKeyboardIsOnlyThat() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        stage.injector.tap(Self.altGr)
        let keys = try keys(stage)
        #expect(keys.map(\.virtualKey) == [0x12, 0x12])
        #expect(keys.map(\.isExtended) == [true, true])
    }

    @Test func composeKeyBeginsASequenceThatShowsNothing() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        try stage.server.run(["setxkbmap", "us", "-option", "compose:ralt"])
        for code in [Self.altGr, 48, 26] { stage.injector.tap(code) }
        let compositions = try keys(stage).filter(\.isDown).map {
            stage.display.compose($0.symbol)
        }
        #expect(compositions == [.pending(dead: 0), .pending(dead: 0), .composed([0xE9])])
    }
}

#endif
