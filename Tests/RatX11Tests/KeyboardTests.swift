#if X11

import RatDisplay
import RatX11
import RatX11TestSupport
import Testing

@Suite struct KeyboardTests {
    /// X's key codes: the kernel's plus 8.
    private enum Key {
        static let tab: UInt8 = 23
        static let e: UInt8 = 26
        static let o: UInt8 = 32
        static let control: UInt8 = 37
        static let h: UInt8 = 43
        static let l: UInt8 = 46
        static let apostrophe: UInt8 = 48
        static let shift: UInt8 = 50
        static let alt: UInt8 = 64
        static let capsLock: UInt8 = 66
        static let numLock: UInt8 = 77
        static let keypad7: UInt8 = 79
        static let rightShift: UInt8 = 62
        static let q: UInt8 = 24
        static let y: UInt8 = 29
        static let home: UInt8 = 110
    }

    private func keys(_ events: [DisplayEvent]) -> [KeyEvent] {
        events.compactMap { if case .key(_, let key) = $0 { key } else { nil } }
    }

    private func text(_ keys: [KeyEvent]) -> String {
        let scalars = keys.filter { $0.isDown && $0.character != 0 }
            .compactMap { Unicode.Scalar($0.character) }
        return String(String.UnicodeScalarView(scalars))
    }

    @Test func typedTextArrivesWithKeysModifiersAndScanCodes() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        stage.injector.key(Key.shift, isDown: true)
        stage.injector.tap(Key.h)
        stage.injector.key(Key.shift, isDown: false)
        for key in [Key.e, Key.l, Key.l, Key.o] { stage.injector.tap(key) }
        let keys = keys(try stage.events())
        #expect(text(keys) == "Hello")
        #expect(
            keys.map(\.virtualKey) == [
                0x10, 0x48, 0x48, 0x10, 0x45, 0x45, 0x4C, 0x4C, 0x4C, 0x4C, 0x4F, 0x4F,
            ]
        )
        #expect(keys.prefix(4).map(\.isDown) == [true, true, false, false])
        // Before the event: Shift does not hold yet when it goes down, and still when it goes up.
        #expect(keys.prefix(5).map(\.modifiers) == [[], .shift, .shift, .shift, []])
        #expect(keys.prefix(2).map(\.scanCode) == [0x2A, 0x23])
        #expect(keys.allSatisfy { !$0.isExtended })
    }

    @Test func timesAreOfTheMonotonicClockAndDoNotGoBack() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        let before = monotonicNanoseconds()
        for _ in 0..<3 { stage.injector.tap(Key.e) }
        let times = keys(try stage.events()).map(\.time)
        let after = monotonicNanoseconds()
        #expect(times == times.sorted())
        // A millisecond is what X rounds to.
        #expect(times.allSatisfy { $0 + 1_000_000 >= before && $0 <= after })
    }

    @Test func controlIsLeftAsideInTheCharacter() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        stage.injector.key(Key.control, isDown: true)
        stage.injector.tap(Key.e)
        stage.injector.key(Key.control, isDown: false)
        let key = keys(try stage.events())[1]
        #expect(key.character == 0x65)
        #expect(key.virtualKey == 0x45)
        #expect(key.modifiers == .control)
    }

    @Test func altIsFoundWhereverTheLayoutPutsIt() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        stage.injector.key(Key.alt, isDown: true)
        stage.injector.tap(Key.e)
        stage.injector.key(Key.alt, isDown: false)
        let keys = keys(try stage.events())
        #expect(keys.map(\.virtualKey) == [0x12, 0x45, 0x45, 0x12])
        #expect(keys[1].modifiers == .alt)
    }

    @Test func capsLockMakesCapitalsWithoutShift() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        stage.injector.tap(Key.capsLock)
        stage.injector.tap(Key.e)
        let keys = keys(try stage.events())
        #expect(text(keys) == "E")
        #expect(keys[0].virtualKey == 0x14)
        #expect(keys[2].modifiers == .capsLock)
    }

    @Test func keypadIsNavigationUntilNumLockMakesItDigits() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        stage.injector.tap(Key.keypad7)
        stage.injector.tap(Key.numLock)
        stage.injector.tap(Key.keypad7)
        stage.injector.tap(Key.home)
        let keys = keys(try stage.events()).filter(\.isDown)
        #expect(keys.map(\.virtualKey) == [0x24, 0x90, 0x67, 0x24])
        #expect(keys.map(\.scanCode) == [0x47, 0x45, 0x47, 0x47])
        #expect(keys.map(\.isExtended) == [false, true, false, true])
        #expect(keys[2].character == 0x37)
        #expect(keys[2].modifiers == .numLock)
    }

    @Test func keyGoesUpAsWhatItWentDownAs() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        stage.injector.key(Key.keypad7, isDown: true)
        stage.injector.tap(Key.numLock)
        stage.injector.key(Key.keypad7, isDown: false)
        let keys = keys(try stage.events())
        #expect(keys.map(\.virtualKey) == [0x24, 0x90, 0x90, 0x24])
    }

    @Test func leftAndRightDifferInTheScanCodeOnly() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        stage.injector.tap(Key.rightShift)
        let key = keys(try stage.events())[0]
        #expect(key.virtualKey == 0x10)
        #expect(key.scanCode == 0x36)
        #expect(!key.isExtended)
    }

    @Test func shiftTabIsStillTab() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        stage.injector.key(Key.shift, isDown: true)
        stage.injector.tap(Key.tab)
        stage.injector.key(Key.shift, isDown: false)
        let key = keys(try stage.events())[1]
        #expect(key.virtualKey == 0x09)
        #expect(key.character == 0x09)
    }

    @Test func heldKeyRepeatsAsPressesWithoutReleasesBetween() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        stage.injector.key(Key.e, isDown: true)
        stage.injector.roundTrip()
        let held = keys(try stage.events { keys($0).count >= 3 })
        stage.injector.key(Key.e, isDown: false)
        let released = keys(try stage.events())
        #expect(held.allSatisfy { $0.isDown && $0.virtualKey == 0x45 })
        #expect(released.last?.isDown == false)
        #expect(released.dropLast().allSatisfy { $0.isDown })
    }

    @Test func changedLayoutHoldsFromTheNextKeyOn() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        stage.injector.tap(Key.y)
        let us = keys(try stage.events())
        try stage.server.run(["setxkbmap", "de"])
        stage.injector.tap(Key.y)
        let german = keys(try stage.events())
        try stage.server.run(["setxkbmap", "fr"])
        stage.injector.tap(Key.q)
        stage.injector.tap(10)
        let french = keys(try stage.events()).filter(\.isDown)
        #expect(text(us) == "y")
        #expect(text(german) == "z")
        #expect(german[0].virtualKey == 0x5A)
        #expect(german[0].scanCode == 0x15)
        #expect(text(french) == "a&")
        #expect(french.map(\.virtualKey) == [0x41, 0x31])
    }

    @Test func layoutWithoutLatinLettersHasTheKeysOfTheUSLayout() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        try stage.server.run(["setxkbmap", "ru"])
        stage.injector.tap(Key.q)
        let key = keys(try stage.events())[0]
        #expect(key.character == 0x439)
        #expect(key.virtualKey == 0x51)
    }

    @Test func deadKeyComposesWithTheNextKey() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        try stage.server.run(["setxkbmap", "us", "-variant", "intl"])
        stage.injector.tap(Key.apostrophe)
        stage.injector.tap(Key.e)
        let symbols = keys(try stage.events()).filter(\.isDown).map(\.symbol)
        let compositions = symbols.map { stage.display.compose($0) }
        #expect(compositions == [.pending(dead: 0xB4), .composed([0xE9])])
    }

    @Test func deadKeyThatLeadsNowhereIsCancelledAndForgottenOnReset() throws {
        let stage = try Stage()
        let acute: UInt32 = 0xFE51
        let h: UInt32 = 0x68
        let e: UInt32 = 0x65
        let shift: UInt32 = 0xFFE1
        #expect(stage.display.compose(acute) == .pending(dead: 0xB4))
        #expect(stage.display.compose(shift) == .passThrough)
        #expect(stage.display.compose(h) == .cancelled)
        #expect(stage.display.compose(e) == .passThrough)
        #expect(stage.display.compose(acute) == .pending(dead: 0xB4))
        stage.display.resetCompose()
        #expect(stage.display.compose(e) == .passThrough)
    }
}

#endif
