#if X11

import RatDisplay
import RatX11
import RatX11TestSupport
import Testing

@Suite struct PointerShapeTests {
    @Test func eachShapeIsSeenOverTheSurfaceOnly() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        stage.injector.movePointer(x: 150, y: 100)
        stage.injector.roundTrip()
        var seen: [Int: PointerShape] = [:]
        // Themes let these two move, and the server tells no image of a cursor that does.
        let moving: [PointerShape] = [.wait, .progress]
        for shape in PointerShape.allCases where !moving.contains(shape) {
            try stage.display.setPointer(shape, of: id)
            try stage.display.synchronize()
            let image = stage.injector.pointerImage()
            #expect(image.isSeen)
            #expect(seen[image.hash] == nil, "\(shape) looks like \(seen[image.hash] ?? shape)")
            seen[image.hash] = shape
        }
        stage.injector.movePointer(x: 700, y: 500)
        stage.injector.roundTrip()
        #expect(seen[stage.injector.pointerImage().hash] != .help)
    }

    @Test func newSurfaceHasAnArrow() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        stage.injector.movePointer(x: 150, y: 100)
        stage.injector.roundTrip()
        let first = stage.injector.pointerImage()
        try stage.display.setPointer(.text, of: id)
        try stage.display.setPointer(.arrow, of: id)
        try stage.display.synchronize()
        #expect(stage.injector.pointerImage() == first)
    }

    @Test func noShapeHidesThePointer() throws {
        let stage = try Stage()
        let id = try stage.showSurface()
        stage.injector.movePointer(x: 150, y: 100)
        try stage.display.setPointer(nil, of: id)
        try stage.display.synchronize()
        stage.injector.roundTrip()
        #expect(!stage.injector.pointerImage().isSeen)
        try stage.display.setPointer(.arrow, of: id)
        try stage.display.synchronize()
        #expect(stage.injector.pointerImage().isSeen)
    }
}

#endif
