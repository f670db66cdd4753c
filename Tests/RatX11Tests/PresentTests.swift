#if X11

import RatDisplay
import RatX11
import RatX11TestSupport
import Testing

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

    @Test func presentedPixelsAreOnTheScreenExactly() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        let pixels = try pattern(stage.display, Size(width: 300, height: 200))
        try stage.display.present(pixels, [Rect(left: 0, top: 0, right: 300, bottom: 200)], on: id)
        try stage.display.synchronize()
        let seen = stage.injector.pixels(of: try stage.window(), size: pixels.size)
        #expect(seen == content(pixels))
    }

    @Test func imageLargerThanOneRequestIsPresentedWhole() throws {
        let stage = try Stage()
        let size = Size(width: 800, height: 600)
        let id = try stage.showSurface(at: Point(x: 0, y: 0), size: size)
        let pixels = try pattern(stage.display, size)
        try stage.display.present(pixels, [Rect(left: 0, top: 0, right: 800, bottom: 600)], on: id)
        try stage.display.synchronize()
        let seen = stage.injector.pixels(of: try stage.window(), size: size)
        #expect(seen == content(pixels))
    }

    @Test func onlyTheGivenPartsAreShownAndPartsOutsideAreCutOff() throws {
        let stage = try Stage()
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

    @Test func pixelsMayChangeAsSoonAsTheyArePresented() throws {
        let stage = try Stage()
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

    @Test func screenWithoutThreeBytesOfColourIsRefused() throws {
        let server = try XServer(screen: "320x200x16")
        #expect(throws: DisplayError.notSupported) { try X11Display.open(server.displayName) }
    }
}

#endif
