#if X11

import RatDisplay
import RatX11TestSupport
import Testing

@testable import RatX11

@Suite struct ScreenTests {
    @Test func densityIsReadAtFirstAndWheneverItChanges() throws {
        let stage = try Stage()
        #expect(stage.display.density == 96)
        stage.injector.setResources("Xft.antialias: 1\nXft.dpi:\t144\n")
        #expect(try stage.events() == [.densityChanged(144)])
        #expect(stage.display.density == 144)
        stage.injector.setResources("Xft.dpi: 144\n")
        #expect(try stage.events() == [])
        let other = try X11Display.open(stage.server.displayName)
        #expect(other.density == 144)
        stage.injector.setResources("")
        #expect(try stage.events() == [.densityChanged(96)])
    }

    @Test(
        arguments: [
            ("", 96), ("Xft.dpi: 120", 120), ("a: b\nXft.dpi:\t 192.5\n", 192), ("Xft.dpi:", 96),
            ("Xft.dpi: -5", 96), ("Xft.dpi: 0", 96), ("Xft.dpi: 99999999999999", 96),
            ("Xft.dpi: 1000000\nXft.dpi: 110", 110), ("myXft.dpi: 300", 96), ("\u{0}\u{FFFD}", 96),
        ] as [(String, UInt32)]
    )
    func densityOfOddResourcesIsStillOne(resources: String, density: UInt32) {
        #expect(Density.parse(Array(resources.utf8)) == density)
    }

    @Test func anotherSizeOfTheScreenIsTold() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        #expect(stage.display.screen == Size(width: 800, height: 600))
        stage.injector.setScreenSize(640, 480)
        let events = try stage.events()
        #expect(events.contains(.screenChanged(Size(width: 640, height: 480))))
        #expect(stage.display.screen == Size(width: 640, height: 480))
        try stage.display.setFullscreen(true, of: id)
        _ = try stage.events {
            $0.contains {
                if case .configured(_, let content, _) = $0 {
                    content.size == Size(width: 640, height: 480)
                } else {
                    false
                }
            }
        }
    }

    @Test func anotherWorkAreaIsTold() throws {
        let stage = try Stage()
        stage.injector.setWorkArea([0, 0, 800, 560])
        #expect(try stage.events() == [.workAreaChanged])
    }
}

#endif
