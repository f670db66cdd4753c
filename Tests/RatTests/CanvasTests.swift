internal import Rat
internal import Testing

@Suite struct CanvasTests {
    private static let red: UInt32 = 0xFFFF_0000
    private static let blue: UInt32 = 0xFF00_00FF

    /// What a window of 30 by 20 with a blue background shows after it was painted so.
    private static func expectPixels(
        _ expected: [(x: Int32, y: Int32, color: UInt32)],
        sourceLocation: SourceLocation = #_sourceLocation,
        after paint: @escaping @Sendable (borrowing Canvas) -> Void
    ) async throws {
        let expected = expected
        try await onThread {
            let windowClass = try makeClass(background: Self.blue) { window, message in
                guard message.kind == .paint else { return nil }
                try? window.paint { canvas in paint(canvas) }
                MessageLoop.quit()
                return 0
            }
            _ = try Window(windowClass, title: "canvas", width: 30, height: 20)
            _ = try MessageLoop.run()
            for pixel in expected {
                #expect(
                    Hands.shownPixel(x: pixel.x, y: pixel.y) == pixel.color,
                    sourceLocation: sourceLocation
                )
            }
        }
    }

    /// A blue window of 30 by 20 that has the focus, and nothing to be painted.
    private static func makePainted() throws -> Window {
        let window = try Window(
            makeClass(background: blue),
            title: "painted",
            width: 30,
            height: 20
        )
        // The display gives it the focus first.
        MessageLoop.quit()
        _ = try MessageLoop.run()
        window.update()
        return window
    }

    @Test func whatIsDrawnIsShownOverTheBackground() async throws {
        try await Self.expectPixels([
            (4, 5, Self.blue), (5, 5, Self.red), (14, 8, Self.red), (15, 8, Self.blue),
            (14, 9, Self.blue),
        ]) { canvas in
            canvas.fill(x: 5, y: 5, width: 10, height: 4, Self.red)
        }
    }

    @Test func whatLiesOutsideIsCutOff() async throws {
        try await Self.expectPixels([
            (0, 0, Self.red), (29, 0, Self.red), (0, 1, Self.blue), (29, 19, Self.red),
            (28, 19, Self.blue),
        ]) { canvas in
            canvas.fill(x: -10, y: -10, width: .max, height: 11, Self.red)
            canvas.fill(x: 29, y: 19, width: .max, height: .max, Self.red)
            for (x, y) in [(30, 0), (0, 20), (-5, 0), (.min, .min), (.max, .max)] {
                canvas.fill(x: x, y: y, width: 5, height: 5, Self.red)
            }
            canvas.fill(x: 3, y: 3, width: -2, height: 4, Self.red)
        }
    }

    @Test func allPixelsCanBeLent() async throws {
        try await Self.expectPixels([(7, 2, Self.red), (8, 2, Self.blue)]) { canvas in
            unsafe canvas.withUnsafeMutablePixels { pixels, rowStride in
                unsafe pixels[2 * rowStride + 7] = Self.red
            }
        }
    }

    @Test func aWindowDestroyedWhileItIsPaintedCanStillBeDrawnOn() async throws {
        try await onThread {
            let window = try Window(makeClass(), title: "destroyed", width: 30, height: 20)
            var size = (width: 0, height: 0)
            try window.paint { canvas in
                window.destroy()
                canvas.fill(x: 0, y: 0, width: 30, height: 20, Self.red)
                size = (canvas.width, canvas.height)
            }
            #expect(size == (30, 20))
            #expect(!window.exists)
        }
    }

    @Test func onlyTheClipOfAPaintIsShown() async throws {
        try await onThread {
            let window = try Self.makePainted()
            #expect(window.invalidAreas.isEmpty)
            window.invalidate(Area(x: 2, y: 3, width: 4, height: 5), erases: false)
            window.invalidate(Area(x: 20, y: 3, width: 100, height: 5), erases: false)
            let areas = [
                Area(x: 2, y: 3, width: 4, height: 5), Area(x: 20, y: 3, width: 10, height: 5),
            ]
            #expect(window.invalidAreas == areas)
            var clip: [Area] = []
            try window.paint { canvas in
                clip = canvas.clip
                canvas.fill(x: 0, y: 0, width: 30, height: 20, Self.red)
            }
            #expect(clip == areas && window.invalidAreas.isEmpty)
            #expect(Hands.shownPixel(x: 2, y: 3) == Self.red)
            #expect(Hands.shownPixel(x: 6, y: 3) == Self.blue)
            #expect(Hands.shownPixel(x: 29, y: 7) == Self.red)
            #expect(Hands.shownPixel(x: 29, y: 8) == Self.blue)
        }
    }

    @Test func aWindowIsDrawnOnAndScrolledOutsideOfPaints() async throws {
        try await onThread {
            let window = try Self.makePainted()
            try window.draw { $0.fill(x: 1, y: 1, width: 1, height: 1, Self.red) }
            #expect(Hands.shownPixel(x: 1, y: 1) == Self.red)
            window.scroll(x: 5, y: 0)
            #expect(Hands.shownPixel(x: 6, y: 1) == Self.red)
            #expect(window.invalidAreas == [Area(x: 0, y: 0, width: 5, height: 20)])
            window.validate()
            #expect(window.invalidAreas.isEmpty)
            window.invalidate(Area(x: .min, y: .min, width: .max, height: .max))
            window.validate(Area(x: 5, y: 5, width: -3, height: 9))
            try window.draw { canvas in
                window.destroy()
                canvas.fill(x: 0, y: 0, width: 30, height: 20, Self.red)
            }
            #expect(window.invalidAreas.isEmpty)
        }
    }

    @Test func aPaintWithinAPaintIsRefused() async throws {
        try await onThread {
            let window = try Window(makeClass(), title: "twice")
            var error: RatError?
            try window.paint { _ in error = expect(.alreadyExists) { try window.paint { _ in } } }
            #expect(error != nil)
        }
    }
}

@Suite struct RegionTests {
    @Test func regionsAreCombined() {
        let wide = Region(Area(x: 0, y: 0, width: 30, height: 10))
        let tall = Region(Area(x: 0, y: 0, width: 10, height: 30))
        #expect(wide.intersection(tall) == Region(Area(x: 0, y: 0, width: 10, height: 10)))
        #expect(wide.subtracting(tall).areas == [Area(x: 10, y: 0, width: 20, height: 10)])
        #expect(wide.union(tall).bounds == Area(x: 0, y: 0, width: 30, height: 30))
        #expect(
            wide.symmetricDifference(tall)
                == Region([
                    Area(x: 10, y: 0, width: 20, height: 10),
                    Area(x: 0, y: 10, width: 10, height: 20),
                ])
        )
        #expect(wide.offset(x: 5, y: 6).bounds == Area(x: 5, y: 6, width: 30, height: 10))
        #expect(wide.contains(x: 29, y: 9) && !wide.contains(x: 30, y: 9))
        #expect(!wide.contains(x: .max, y: 0))
        #expect(Region().isEmpty && Region(Area(x: 0, y: 0, width: -1, height: 5)).isEmpty)
    }

    @Test func aRegionIsInvalidatedAndValidated() async throws {
        try await onThread {
            let window = try Window(makeClass(), title: "", width: 40, height: 40)
            window.validate()
            let corner = Region(Area(x: 0, y: 0, width: 10, height: 10))
            let shape = Region(Area(x: 0, y: 0, width: 20, height: 20)).subtracting(corner)
            window.invalidate(shape)
            #expect(window.invalidRegion == shape)
            window.validate(Region(Area(x: 10, y: 0, width: 10, height: 20)))
            #expect(window.invalidAreas == [Area(x: 0, y: 10, width: 10, height: 10)])
        }
    }
}
