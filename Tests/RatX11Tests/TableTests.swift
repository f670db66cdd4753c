#if X11

import RatDisplay
import Testing

@testable import RatX11

/// Clocks, tables and compose sequences: no server needed.
@Suite struct TableTests {
    private let millisecond: UInt64 = 1_000_000

    @Test func timesOfALocalServerAreOfOurClock() {
        var clock = ServerClock()
        let now = 123_456_789 * millisecond
        #expect(clock.nanoseconds(of: 123_456_780, now: now) == 123_456_780 * millisecond)
        #expect(clock.nanoseconds(of: 123_456_785, now: now) == 123_456_785 * millisecond)
        #expect(clock.nanoseconds(of: 0, now: now) == now)
    }

    @Test func timesOfAnotherClockAreSetAgainstOursAtTheFirstEvent() {
        var clock = ServerClock()
        let now = 123_456_789 * millisecond
        #expect(clock.nanoseconds(of: 1000, now: now) == now)
        #expect(clock.nanoseconds(of: 1500, now: now + 999) == now + 500 * millisecond)
    }

    @Test func timesGoOnWhenTheServersCountWraps() {
        var clock = ServerClock()
        let now = ((1 << 32) + 5) * millisecond
        #expect(clock.nanoseconds(of: UInt32.max, now: now) == ((1 << 32) - 1) * millisecond)
        #expect(clock.nanoseconds(of: 4, now: now) == ((1 << 32) + 4) * millisecond)
    }

    @Test func timeFromTheFutureSetsTheClockAnew() {
        var clock = ServerClock()
        let now = 100_000 * millisecond
        _ = clock.nanoseconds(of: 100_000, now: now)
        #expect(clock.nanoseconds(of: 200_000, now: now) == now)
        #expect(clock.nanoseconds(of: 200_001, now: now) == now + millisecond)
    }

    @Test(arguments: [
        ("ESC", UInt8(0), UInt8(0x01), false), ("AC01", 0, 0x1E, false),
        ("KPDL", 0, 0x53, false), ("NMLK", 0, 0x45, true), ("PAUS", 0, 0x45, false),
        ("KPEN", 0, 0x1C, true), ("RTSH", 0, 0x36, false), ("LSGT", 0, 0x56, false),
        ("I172", 38, 0x1E, false), ("I158", 166, 0x6A, true), ("I999", 199, 0x6C, false),
        ("I255", 255, 0, false), ("I000", 3, 0, false),
    ])
    func scanCodeComesFromTheNameElseFromTheKeyCode(
        name: String,
        keyCode: UInt8,
        code: UInt8,
        isExtended: Bool
    ) {
        let scan = KeyTables.scanCode(name: name, keyCode: keyCode)
        #expect(scan == ScanCode(code: code, isExtended: isExtended))
    }

    @Test func virtualKeyOfASymbolWithoutMeaningIsThatOfThePlace() {
        let symbols = KeyTables.Symbols(typed: 0x100_2603, base: 0x100_2603, latin: 0)
        let scan = ScanCode(code: 0x1E, isExtended: false)
        #expect(KeyTables.virtualKey(symbols, scan, control: false) == 0x41)
    }

    @Test func pauseWithControlIsBreak() throws {
        let keyboard = try Keyboard(nil)
        let pause: UInt8 = 127
        let plain = keyboard.meaning(ofKey: pause, core: 0, isSynthetic: false)
        let control = keyboard.meaning(ofKey: pause, core: 4, isSynthetic: false)
        #expect(plain.virtualKey == 0x13)
        #expect(control.virtualKey == 0x03)
    }

    @Test(arguments: [false, true])
    func pixelsAreTurnedRoundForAServerOfTheOtherByteOrder(_ isSwapping: Bool) throws {
        let pixels = try #require(PixelStore(size: Size(width: 3, height: 3)))
        for place in 0..<9 { unsafe pixels.unsafeBase[place] = 0xFF01_0203 + UInt32(place) }
        var copied = [UInt32](repeating: 7, count: 8)
        let part = Rect(left: 1, top: 1, right: 3, bottom: 3)
        unsafe copied.withUnsafeMutableBufferPointer { copied in
            guard let base = copied.baseAddress else { return }
            unsafe pixels.copy(part, to: base, pitch: 3, isSwapping: isSwapping)
        }
        // Two pixels of each row, and what lies between the rows as it was.
        let expected: [UInt32] =
            isSwapping
            ? [0x0702_01FF, 0x0802_01FF, 7, 0x0A02_01FF, 0x0B02_01FF, 7, 7, 7]
            : [0xFF01_0207, 0xFF01_0208, 7, 0xFF01_020A, 0xFF01_020B, 7, 7, 7]
        #expect(copied == expected)
    }

    @Test func pixelsAreTurnedRoundWhereTheOrdersDiffer() {
        let isLittle = UInt16(littleEndian: 1) == 1
        #expect(Connection.swapsBytes(order: 0) == !isLittle)
        #expect(Connection.swapsBytes(order: 1) == isLittle)
    }

    @Test(arguments: [1, 2, 5, 6, 7, 13, 41, 42, 1000])
    func piecesCoverARectangleOnceAndKeepTheLimit(limit: Int) {
        let rect = Rect(left: 3, top: 2, right: 9, bottom: 9)
        var covered: [Int] = Array(repeating: 0, count: 100)
        for piece in rect.pieces(ofAtMost: limit) {
            #expect(piece.size.width * piece.size.height <= limit)
            for y in piece.top..<piece.bottom {
                for x in piece.left..<piece.right { covered[Int(y) * 10 + Int(x)] += 1 }
            }
        }
        for y in 0..<10 {
            for x in 0..<10 {
                let isInside = (3..<9).contains(x) && (2..<9).contains(y)
                #expect(covered[y * 10 + x] == (isInside ? 1 : 0))
            }
        }
    }

    @Test(arguments: ["", "C", "en_US.UTF-8", "de_DE.UTF-8", "xx_YY.nothing", "POSIX"])
    func everyLocaleComposes(locale: String) {
        let composer = Composer(locale: locale)
        let acute: UInt32 = 0xFE51
        let multi: UInt32 = 0xFF20
        let e: UInt32 = 0x65
        #expect(composer.feed(acute) == .pending(dead: 0xB4))
        #expect(composer.feed(e) == .composed([0xE9]))
        #expect(composer.feed(multi) == .pending(dead: 0))
        composer.reset()
        #expect(composer.feed(e) == .passThrough)
    }
}

#endif
