#if X11

import RatDisplay
import RatX11
import RatX11TestSupport
import Testing

/// How pixels get to the server.
enum Way: CaseIterable {
    case sharedMemory
    case requests

    var capabilities: Capabilities {
        self == .sharedMemory ? .all : Capabilities(without: "shm")
    }
}

@Suite struct PresentTests {
    private func pattern(_ display: X11Display, _ size: Size) throws -> PixelStore {
        let pixels = try display.makePixels(size: size)
        for y in 0..<size.height {
            for x in 0..<size.width {
                let value = UInt32(x) &* 2_654_435_761 ^ UInt32(y) &* 40503
                pixels.fill(
                    Rect(left: x, top: y, right: x + 1, bottom: y + 1),
                    with: 0xFF00_0000 | value & 0xFFFFFF
                )
            }
        }
        return pixels
    }

    private func content(_ pixels: PixelStore) -> [UInt32] {
        let count = Int(pixels.size.width) * Int(pixels.size.height)
        return (0..<count).map { unsafe pixels.unsafeBase[$0] & 0xFFFFFF }
    }

    @Test(arguments: Way.allCases)
    func presentedPixelsAreOnTheScreenExactly(_ way: Way) throws {
        let stage = try Stage(using: way.capabilities)
        let id = try stage.showSurface()
        let pixels = try pattern(stage.display, Size(width: 300, height: 200))
        try stage.display.present(pixels, [Rect(left: 0, top: 0, right: 300, bottom: 200)], on: id)
        try stage.display.synchronize()
        let seen = stage.injector.pixels(of: try stage.window(), size: pixels.size)
        #expect(seen == content(pixels))
    }

    @Test(arguments: Way.allCases)
    func imageLargerThanOneRequestIsPresentedWhole(_ way: Way) throws {
        let stage = try Stage(using: way.capabilities)
        let size = Size(width: 800, height: 600)
        let id = try stage.showSurface(at: Point(x: 0, y: 0), size: size)
        let pixels = try pattern(stage.display, size)
        try stage.display.present(pixels, [Rect(left: 0, top: 0, right: 800, bottom: 600)], on: id)
        try stage.display.synchronize()
        let seen = stage.injector.pixels(of: try stage.window(), size: size)
        #expect(seen == content(pixels))
    }

    @Test(arguments: Way.allCases)
    func onlyTheGivenPartsAreShownAndPartsOutsideAreCutOff(_ way: Way) throws {
        let stage = try Stage(using: way.capabilities)
        let id = try stage.showSurface()
        let size = Size(width: 300, height: 200)
        let all = Rect(left: 0, top: 0, right: 300, bottom: 200)
        let base = try stage.display.makePixels(size: size)
        try stage.display.present(base, [all], on: id)
        let pixels = try pattern(stage.display, size)
        let part = Rect(left: 11, top: 13, right: 97, bottom: 60)
        let outside = Rect(left: 290, top: 190, right: 999, bottom: 999)
        try stage.display.present(pixels, [part, outside, .empty], on: id)
        try stage.display.synchronize()
        let seen = stage.injector.pixels(of: try stage.window(), size: size)
        let parts = [part, outside.intersection(all)]
        for part in parts {
            for y in part.top..<part.bottom {
                let row = unsafe pixels.unsafeBase + Int(y) * 300 + Int(part.left)
                for x in part.left..<part.right {
                    unsafe base.unsafeBase[Int(y) * 300 + Int(x)] = row[Int(x - part.left)]
                }
            }
        }
        #expect(seen == content(base))
    }

    @Test(arguments: Way.allCases)
    func pixelsMayChangeAsSoonAsTheyArePresented(_ way: Way) throws {
        let stage = try Stage(using: way.capabilities)
        let size = Size(width: 800, height: 600)
        let id = try stage.showSurface(at: Point(x: 0, y: 0), size: size)
        let pixels = try pattern(stage.display, size)
        let expected = content(pixels)
        let all = Rect(left: 0, top: 0, right: 800, bottom: 600)
        try stage.display.present(pixels, [all], on: id)
        pixels.fill(all, with: 0)
        try stage.display.synchronize()
        #expect(stage.injector.pixels(of: try stage.window(), size: size) == expected)
    }

    @Test(arguments: Way.allCases)
    func frameIsSeenWholeOrNotAtAll(_ way: Way) throws {
        let stage = try Stage(using: way.capabilities)
        let size = Size(width: 700, height: 500)
        let id = try stage.showSurface(at: Point(x: 0, y: 0), size: size)
        let pixels = try stage.display.makePixels(size: size)
        let all = Rect(left: 0, top: 0, right: 700, bottom: 500)
        let window = try stage.window()
        let watcher = try Watcher(stage.server, window, size)
        // Apart from each other, so that no request of the core protocol could show both.
        let corners = [
            Rect(left: 0, top: 0, right: 30, bottom: 30),
            Rect(left: 600, top: 400, right: 700, bottom: 500),
        ]
        try stage.display.present(pixels, [all], on: id)
        try stage.display.synchronize()
        watcher.start()
        var frame: UInt32 = 0
        while watcher.looks < 100, frame < 100_000 {
            frame += 1
            pixels.fill(all, with: frame)
            try stage.display.present(pixels, [all], on: id)
            pixels.fill(all, with: frame + 1000)
            try stage.display.present(pixels, corners, on: id)
        }
        try stage.display.synchronize()
        let torn = watcher.stop()
        #expect(watcher.looks >= 100)
        #expect(torn == 0)
    }

    @Test func eachFrameFindsABufferThatTheServerHasRead() throws {
        let stage = try Stage()
        let size = Size(width: 200, height: 100)
        let id = try stage.showSurface(size: size)
        let pixels = try stage.display.makePixels(size: size)
        let all = Rect(left: 0, top: 0, right: 200, bottom: 100)
        // Without a pump nobody hears that buffers were read; with one, most are free again.
        for frame in 1..<50 as Range<UInt32> {
            pixels.fill(all, with: frame)
            try stage.display.present(pixels, [all], on: id)
            if frame % 5 == 0 { stage.display.pump() }
        }
        try stage.display.synchronize()
        let seen = stage.injector.pixels(of: try stage.window(), size: size)
        #expect(Set(seen) == [49])
        #expect(stage.display.sharesPixels)
    }

    @Test func serverWithoutSharedMemoryIsServedByRequests() throws {
        let stage = try Stage(options: ["-extension", "MIT-SHM"])
        let size = Size(width: 300, height: 200)
        let id = try stage.showSurface()
        let pixels = try pattern(stage.display, size)
        let all = Rect(left: 0, top: 0, right: 300, bottom: 200)
        try stage.display.present(pixels, [all], on: id)
        try stage.display.synchronize()
        let seen = stage.injector.pixels(of: try stage.window(), size: size)
        #expect(seen == content(pixels))
        #expect(!stage.display.sharesPixels)
    }

    @Test(arguments: Way.allCases)
    func presentingOnAWindowThatSomebodyDestroyedHarmsNobody(_ way: Way) throws {
        let stage = try Stage(using: way.capabilities)
        let size = Size(width: 300, height: 200)
        let all = Rect(left: 0, top: 0, right: 300, bottom: 200)
        let doomed = try stage.showSurface(1, title: "doomed")
        let id = try stage.showSurface(2)
        stage.injector.destroy(try stage.window(titled: "doomed"))
        stage.injector.roundTrip()
        let pixels = try pattern(stage.display, size)
        // Nothing was read since, so the display does not know.
        for _ in 0..<5 { try stage.display.present(pixels, [all], on: doomed) }
        try stage.display.present(pixels, [all], on: id)
        try stage.display.synchronize()
        let seen = stage.injector.pixels(of: try stage.window(), size: size)
        #expect(seen == content(pixels))
        #expect(try stage.events().contains(.destroyed(doomed)))
    }

    @Test func whatGrowsShowsItsBackgroundUntilItIsPainted() throws {
        let stage = try Stage()
        let below = try stage.showSurface(1, at: Point(x: 0, y: 0), title: "below")
        let red = try stage.display.makePixels(size: Size(width: 300, height: 200))
        let all = Rect(left: 0, top: 0, right: 300, bottom: 200)
        red.fill(all, with: 0xFF0000)
        try stage.display.present(red, [all], on: below)
        let id = SurfaceID(rawValue: 2)
        let size = Size(width: 50, height: 50)
        let options = SurfaceOptions(
            position: Point(x: 0, y: 0),
            size: size,
            title: "surface",
            className: "RatTest",
            background: 0x123456
        )
        try stage.display.createSurface(id, options)
        try stage.display.setVisible(true, of: id)
        let content = try stage.display.makePixels(size: size)
        let part = Rect(left: 0, top: 0, right: 50, bottom: 50)
        content.fill(part, with: 0xABCDEF)
        try stage.display.present(content, [part], on: id)
        let larger = Rect(left: 0, top: 0, right: 120, bottom: 90)
        try stage.display.setContent(larger, of: id)
        try stage.display.synchronize()
        let seen = stage.injector.pixels(of: try stage.window(), size: larger.size)
        #expect(Set(seen) == [0xABCDEF, 0x123456])
        #expect(seen.count { $0 == 0xABCDEF } == 2500)
    }

    @Test(arguments: Way.allCases)
    func smallerFrameLeavesNothingOfALargerOneAroundIt(_ way: Way) throws {
        let stage = try Stage(using: way.capabilities)
        let id = try stage.showSurface()
        for (size, colour) in [(300, 200, 0xFF0000), (120, 150, 0xFF00), (120, 150, 0xFF)].map({
            (Size(width: $0.0, height: $0.1), $0.2 as UInt32)
        }) {
            let pixels = try stage.display.makePixels(size: size)
            let all = Rect(origin: Point(x: 0, y: 0), size: size)
            pixels.fill(all, with: colour)
            try stage.display.present(pixels, [all], on: id)
        }
        try stage.display.synchronize()
        // The window has not become smaller meanwhile.
        let whole = Size(width: 300, height: 200)
        let seen = stage.injector.pixels(of: try stage.window(), size: whole)
        #expect(Set(seen) == [0, 0xFF])
        #expect(seen.count { $0 == 0xFF } == 120 * 150)
    }

    @Test func screenWithoutThreeBytesOfColourIsRefused() throws {
        let server = try XServer(screen: "320x200x16")
        #expect(throws: DisplayError.notSupported) { try X11Display.open(server.displayName) }
    }
}

#endif
