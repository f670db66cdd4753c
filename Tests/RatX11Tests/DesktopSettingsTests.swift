#if X11

import RatDisplay
import RatX11TestSupport
import Testing

@testable import RatX11

/// What a settings manager publishes, and what becomes of it.
@Suite struct DesktopSettingsTests {
    /// A setting as it is published: a number, a text, or a colour.
    private enum Value {
        case number(Int32)
        case text(String)
        case colour
    }

    private func property(_ settings: [(String, Value)], isBigEndian: Bool = false) -> [UInt8] {
        func number(_ value: UInt32, _ count: Int) -> [UInt8] {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
            return isBigEndian ? bytes.reversed() : bytes
        }
        func text(_ text: String, _ lengthSize: Int) -> [UInt8] {
            let bytes = Array(text.utf8)
            let padding = [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
            return number(UInt32(bytes.count), lengthSize) + bytes + padding
        }
        var result: [UInt8] = [isBigEndian ? 1 : 0, 0, 0, 0] + number(5, 4)
        result += number(UInt32(settings.count), 4)
        for (name, value) in settings {
            let serial = number(1, 4)
            switch value {
            case .number(let value):
                result += [0, 0] + text(name, 2) + serial
                result += number(UInt32(bitPattern: value), 4)
            case .text(let value): result += [1, 0] + text(name, 2) + serial + text(value, 4)
            case .colour:
                result += [2, 0] + text(name, 2) + serial + [UInt8](repeating: 9, count: 8)
            }
        }
        return result
    }

    private var usual: [(String, Value)] {
        [
            ("Gtk/CursorThemeName", .text("Adwaita")), ("Rat/Colour", .colour),
            ("Net/DoubleClickTime", .number(300)), ("Xft/DPI", .number(120 * 1024)),
            ("Net/DoubleClickDistance", .number(7)),
        ]
    }

    @Test(arguments: [false, true])
    func settingsAreReadInEitherOrderOfBytes(_ isBigEndian: Bool) {
        let settings = DesktopSettings(property(usual, isBigEndian: isBigEndian))
        #expect(settings.doubleClickMilliseconds == 300)
        #expect(settings.doubleClickDistance == 7)
        #expect(settings.density == 122_880)
    }

    @Test func settingsThatEndEarlyOrGoWrongAreReadAsFarAsTheyGo() {
        let whole = property(usual)
        for index in whole.indices {
            _ = DesktopSettings(Array(whole.prefix(index)))
            for wrong: UInt8 in [0, 0x7F, 0xFF] {
                var bytes = whole
                bytes[index] = wrong
                _ = DesktopSettings(bytes)
            }
        }
        #expect(DesktopSettings([]) == DesktopSettings())
        #expect(DesktopSettings([2, 0, 0, 0]) == DesktopSettings())
    }

    @Test(arguments: [Int32.min, -1, 0, 5001, .max])
    func doubleClickThatNobodyCanMeanCountsForNothing(_ time: Int32) {
        let settings = DesktopSettings(property([("Net/DoubleClickTime", .number(time))]))
        #expect(settings.doubleClickMilliseconds == nil)
    }

    @Test func managerThatComesChangesItsMindAndGoesIsFollowed() throws {
        let stage = try Stage()
        _ = try stage.showSurface()
        let manager = stage.injector.publishSettings(property(usual))
        let came = try stage.events()
        #expect(came.contains(.doubleClickChanged(milliseconds: 300, distance: 7)))
        #expect(came.contains(.densityChanged(120)))
        #expect(stage.display.density == 120)
        let less = property([("Net/DoubleClickTime", .number(800))])
        _ = stage.injector.publishSettings(less, on: manager)
        let changed = try stage.events()
        #expect(changed.contains(.doubleClickChanged(milliseconds: 800, distance: nil)))
        #expect(changed.contains(.densityChanged(96)))
        stage.injector.destroy(manager)
        let gone = try stage.events()
        #expect(gone == [.doubleClickChanged(milliseconds: nil, distance: nil)])
    }

    @Test func densityOfTheResourcesGoesBeforeThatOfTheSettings() throws {
        let stage = try Stage()
        stage.injector.setResources("Xft.dpi:\t144\n")
        #expect(try stage.events() == [.densityChanged(144)])
        _ = stage.injector.publishSettings(property(usual))
        #expect(try stage.events() == [.doubleClickChanged(milliseconds: 300, distance: 7)])
        stage.injector.setResources("")
        #expect(try stage.events() == [.densityChanged(120)])
    }

    @Test func settingsThatAreThereAtTheStartAreTold() throws {
        let server = try XServer()
        let injector = try Injector(server)
        _ = injector.publishSettings(property(usual))
        injector.roundTrip()
        let display = try X11Display.open(server.displayName)
        #expect(display.density == 120)
        #expect(display.nextEvent() == .doubleClickChanged(milliseconds: 300, distance: 7))
    }
}

#endif
