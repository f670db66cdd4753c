internal import RatCore
internal import RatDisplay
internal import RatHeadless
internal import RatTestSupport
internal import RatWindowing
internal import RatWindowingTestSupport
internal import Testing

/// Random changes to a few windows, each of which fills all it is lent with its own pattern, against what
/// should be seen: at each pixel that of the topmost window there.
@Suite struct PaintModelTests {
    @Test(arguments: 0..<12)
    func whateverIsDoneTheSurfaceShowsWhatItShould(seed: Int) async throws {
        try await Stage.run { stage in
            let model = try PaintModel(stage, seed: UInt64(seed))
            for step in 0..<600 {
                try model.change()
                if step % 6 == 0 {
                    try stage.run()
                    if let fault = model.fault() {
                        Issue.record("step \(step): \(fault)")
                        return
                    }
                }
            }
            #expect(model.paints > 60)
        }
    }
}

private final class PaintModel {
    private final class Pane {
        let window: Window
        let number: UInt32
        /// How many pixels around the client area are not.
        let border: Int32
        /// How far the pattern has been scrolled.
        var offset = Point(x: 0, y: 0)

        init(_ window: Window, _ number: UInt32, border: Int32) {
            self.window = window
            self.number = number
            self.border = border
        }

        func pixel(_ x: Int32, _ y: Int32) -> UInt32 {
            let column = UInt32(bitPattern: x &- offset.x) & 0xFF
            let row = UInt32(bitPattern: y &- offset.y) & 0xFF
            return 0xFF00_0000 | number << 16 | column << 8 | row
        }

        var framePixel: UInt32 { 0xEE00_0000 | number }
    }

    private static let size = Size(width: 64, height: 48)

    private let stage: Stage
    private var random: SeededRandom
    private let className: String
    private var panes: [Pane] = []
    private var top: Pane?
    private var lastNumber: UInt32 = 0
    /// Whether windows have frames, and clip their children. Where they do not, a parent may paint over a frame
    /// that was painted before it, as in Win32.
    private let haveFrames: Bool
    /// The border of the window that is being created.
    private var newBorder: Int32 = 0
    private(set) var paints = 0
    private var lateFault: String?

    init(_ stage: Stage, seed: UInt64) throws {
        self.stage = stage
        random = SeededRandom(seed: seed)
        haveFrames = seed % 2 == 0
        className = try stage.register(style: UInt32.random(in: 0...3, using: &random))
        stage.respond = { [unowned self] call in try respond(call) }
        try add(in: nil)
    }

    // MARK: - Changing

    private func number(_ range: ClosedRange<Int32>) -> Int32 { .random(in: range, using: &random) }

    private func randomRect() -> Rect {
        Rect(
            origin: Point(x: number(-10...55), y: number(-10...40)),
            size: Size(width: number(0...40), height: number(0...35))
        )
    }

    private func add(in parent: Window?) throws {
        lastNumber += 1
        newBorder = parent == nil || !haveFrames ? 0 : number(0...2)
        let clips: UInt32 = haveFrames || Bool.random(using: &random) ? 0x0200_0000 : 0
        let kind: UInt32 = parent == nil ? 0x9000_0000 : 0x5400_0000
        let rect =
            parent == nil ? Rect(origin: Point(x: 5, y: 5), size: Self.size) : randomRect()
        let handle = try stage.create(
            className: className,
            style: kind | clips,
            at: rect.origin,
            size: rect.size,
            parent: parent?.handle ?? .invalid
        )
        let pane = Pane(try Window.find(handle), lastNumber, border: newBorder)
        panes.append(pane)
        if parent == nil { top = pane }
        // It was marked before anybody knew its pattern.
        pane.window.redraw(nil, [.invalidate, .frame])
    }

    /// Does one thing to one of them.
    func change() throws {
        panes.removeAll { !$0.window.exists }
        guard let pane = panes.randomElement(using: &random) else { return }
        let window = pane.window
        let isTop = pane === top
        switch number(0...13) {
        case 0 where panes.count < 9: try add(in: window)
        case 1 where !isTop && panes.count > 4: window.destroy()
        case 2...4 where !isTop:
            let rect = randomRect()
            var flags: UInt32 = 0x14
            if Bool.random(using: &random) { flags |= PositionFlag.noSize }
            if Bool.random(using: &random) { flags |= PositionFlag.deferErase }
            try window.setPosition(WindowPosition(insertAfter: 0, rect, flags: flags))
        case 5 where isTop:
            let rect = Rect(
                origin: Point(x: 5, y: 5),
                size: Size(width: number(20...64), height: number(20...48))
            )
            try window.setPosition(WindowPosition(insertAfter: 0, rect, flags: 0x14))
        case 6, 7: try window.restack(UInt64(Bool.random(using: &random) ? 0 : 1))
        case 8 where !isTop: try window.show(!window.isVisible)
        case 9, 10: scroll(pane)
        case 11 where !isTop:
            let other = panes.randomElement(using: &random)?.window ?? window
            if !other.isInside(orIs: window) {
                _ = try stage.setParent(window.handle, other.handle)
            }
        case 12: window.redraw(Region(randomRect()), [.invalidate, .erase])
        default: window.redraw(nil, [.invalidate, .frame, .allChildren, .updateNow])
        }
    }

    private func scroll(_ pane: Pane) {
        let delta = Point(x: number(-6...6), y: number(-6...6))
        guard pane.window.isSeen else { return }
        // With its children: without, what they cover would be scrolled along where they are not clipped.
        pane.offset = pane.offset.offset(by: delta)
        _ = pane.window.scroll(by: delta, nil, nil, [.invalidate, .children])
    }

    // MARK: - Drawing

    private func respond(_ call: Step) throws -> Int? {
        let pane = panes.first { $0.window.handle == call.window }
        switch call.message {
        case Step.nonClientCalculateSize.message:
            let border = pane?.border ?? newBorder
            guard let rect = unsafe UnsafeMutablePointer<Rect>(bitPattern: call.lparam ?? 0) else {
                return nil
            }
            unsafe rect.pointee.left += border
            unsafe rect.pointee.top += border
            unsafe rect.pointee.right -= border
            unsafe rect.pointee.bottom -= border
            return 0
        case Step.nonClientPaint.message:
            if let pane { try drawFrame(pane) }
            return 0
        case Step.eraseBackground.message:
            return 1
        case Step.paint.message:
            guard let pane else { return 0 }
            try paint(pane)
            return 0
        default: return nil
        }
    }

    private func paint(_ pane: Pane) throws {
        paints += 1
        let paint = try pane.window.beginPaint()
        // By now its frame was painted.
        let before = copyOfSurface()
        let clip = unsafe UnsafeBufferPointer(start: paint.clip, count: Int(paint.clipCount))
        let region = Region(unsafe clip.map { $0.offset(by: pane.window.clientOriginOnSurface) })
        if let pixels = unsafe paint.pixels {
            // All of it, whatever the clip says.
            for y in 0..<paint.height {
                for x in 0..<paint.width {
                    unsafe pixels[Int(y) * paint.stride / 4 + Int(x)] = pane.pixel(x, y)
                }
            }
        }
        try pane.window.endPaint()
        guard let before, let after = top?.window.pixels, before.size == after.size else { return }
        for y in 0..<after.size.height {
            for x in 0..<after.size.width {
                let point = Point(x: x, y: y)
                if after.pixel(at: point) != before.pixel(at: point), !region.contains(point) {
                    lateFault = "pane \(pane.number) changed \(x),\(y) outside of its clip"
                }
            }
        }
    }

    private func drawFrame(_ pane: Pane) throws {
        let lent = try pane.window.lendPixels(nil, [.window, .clipSiblings])
        let border = pane.border
        if let pixels = unsafe lent.pixels, border > 0 {
            for y in 0..<lent.height {
                for x in 0..<lent.width {
                    let isInside =
                        x >= border && y >= border && x < lent.width - border
                        && y < lent.height - border
                    if !isInside {
                        unsafe pixels[Int(y) * lent.stride / 4 + Int(x)] = pane.framePixel
                    }
                }
            }
        }
        try pane.window.releasePixels(lent.token)
    }

    private func copyOfSurface() -> PixelStore? {
        guard let pixels = top?.window.pixels, let copy = PixelStore(size: pixels.size) else {
            return nil
        }
        copy.copy(from: pixels)
        return copy
    }

    // MARK: - Comparing

    /// The first pixel that is wrong.
    func fault() -> String? {
        if let lateFault { return lateFault }
        guard let top else { return nil }
        let surface = stage.surface(top.window.handle)
        for y in 0..<top.window.frame.size.height {
            for x in 0..<top.window.frame.size.width {
                let point = Point(x: x, y: y)
                let expected = pixel(of: top, x, y)
                let shown = stage.display.shownPixel(at: point, of: surface)
                if shown != expected {
                    return "at \(x),\(y) is \(hex(shown)) and not \(hex(expected))"
                }
            }
        }
        return nil
    }

    private func hex(_ pixel: UInt32?) -> String { pixel.map { String($0, radix: 16) } ?? "none" }

    /// What a place in a window's outer rectangle should show.
    private func pixel(of pane: Pane, _ x: Int32, _ y: Int32) -> UInt32 {
        let window = pane.window
        let left = x - (window.client.left - window.frame.left)
        let top = y - (window.client.top - window.frame.top)
        guard (0..<window.client.size.width).contains(left),
            (0..<window.client.size.height).contains(top)
        else { return pane.framePixel }
        for child in window.children where child.isVisible {
            let rect = child.frame
            if rect.left <= left, left < rect.right, rect.top <= top, top < rect.bottom,
                let inner = panes.first(where: { $0.window === child })
            {
                return pixel(of: inner, left - rect.left, top - rect.top)
            }
        }
        return pane.pixel(left, top)
    }
}
