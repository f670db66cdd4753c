#if GDI

internal import CRat
internal import CRatGDI
internal import RatGDI
internal import Testing

/// Random calls with numbers that programs get wrong. Whatever they answer, nothing may trap, and nothing may be
/// written outside of the target's clip.
@Suite struct DrawingFuzzTests {
    private struct Numbers {
        private var state: UInt64

        init(seed: UInt64) { state = seed }

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }

        mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

        /// Mostly near the board, sometimes as far as numbers go.
        mutating func coordinate() -> Int32 {
            switch below(12) {
            case 0: [Int32.min, Int32.max, -1, 0, 1 << 27, -(1 << 27), 40000, -40000][below(8)]
            case 1: Int32(truncatingIfNeeded: next())
            default: Int32(below(60)) - 15
            }
        }

        mutating func rect() -> RatRect {
            RatRect(
                left: coordinate(),
                top: coordinate(),
                right: coordinate(),
                bottom: coordinate()
            )
        }

        mutating func point() -> RatPoint { RatPoint(x: coordinate(), y: coordinate()) }
    }

    private static let texts = [
        "", "Hello", "two words\nand\tanother & &line", "\u{E9}\u{4E2D}\u{1F600}", "&", "&&&",
        "\r\r\n\n", "a-b-c   ",
        String(repeating: "w", count: 300), "C:\\path\\to\\a\\file.txt",
    ]

    private func objects() -> [RatGdiObject] {
        var objects: [RatGdiObject] = [
            0, 1, red, nullBrush, 0x0B02_0000_0000_0000, 0x0B03_0000_0000_0000,
            0x0D00_0002_0000_0002,
            0x0D00_000C_0000_0005, UInt64.max,
        ]
        var made: RatGdiObject = 0
        for style in 0...6 as ClosedRange<UInt32> {
            for width in [1, 2, 7] as [Int32] {
                unsafe RatGdiCreatePen(style, width, 0xFF, &made)
                objects.append(made)
            }
        }
        for hatch in 0...5 as ClosedRange<UInt32> {
            unsafe RatGdiCreateHatchBrush(hatch, 0xFF00, &made)
            objects.append(made)
        }
        unsafe RatGdiCreateBitmap(5, 3, true, &made)
        objects.append(made)
        unsafe RatGdiCreatePatternBrush(made, &made)
        objects.append(made)
        for height in [0, 1, 9, -30] as [Int32] {
            var font = unsafe RatGdiFont()
            unsafe font.size = unsafe UInt32(MemoryLayout<RatGdiFont>.size)
            unsafe font.height = height
            unsafe font.flags = UInt32(bitPattern: height) & 31
            unsafe RatGdiCreateFont(&font, &made)
            objects.append(made)
        }
        return objects
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func noCallTrapsOrWritesOutsideOfTheClip(seed: UInt64) {
        var numbers = Numbers(seed: seed)
        let limits = [rect(3, 2, 20, 9), rect(3, 9, 8, 20), rect(12, 9, 28, 22)]
        let board = Board(32, 24, clip: limits)
        var memory: RatGdiObject = 0
        unsafe RatGdiCreateContext(nil, &memory)
        let objects = objects()
        defer { for object in objects + [memory] { RatGdiClose(object) } }
        let contexts = [
            board.context, board.context, memory, objects[numbers.below(objects.count)],
        ]
        for _ in 0..<6000 {
            call(&numbers, contexts[numbers.below(4)], contexts, objects)
        }
        for y in 0..<24 {
            for x in 0..<32 {
                let isInside = limits.contains {
                    x >= $0.left && x < $0.right && y >= $0.top && y < $0.bottom
                }
                #expect(isInside || board[x, y] == 0xFFFF_FFFF, "\(x), \(y)")
            }
        }
    }

    private func call(
        _ numbers: inout Numbers,
        _ context: RatGdiObject,
        _ contexts: [RatGdiObject],
        _ objects: [RatGdiObject]
    ) {
        var area = numbers.rect()
        var other = numbers.rect()
        let object = objects[numbers.below(objects.count)]
        let text = Self.texts[numbers.below(Self.texts.count)]
        let size = numbers.below(text.utf8.count + 1)
        switch numbers.below(30) {
        case 0, 1, 2: RatGdiSelect(context, object, nil)
        case 3: RatGdiSave(context, nil)
        case 4: RatGdiRestore(context, Int32(numbers.below(5)) - 2)
        case 5:
            RatGdiSetAttribute(
                context,
                UInt32(numbers.below(10)),
                UInt32(numbers.below(32)),
                nil
            )
        case 6:
            RatGdiSetPoint(
                context,
                UInt32(numbers.below(5)),
                numbers.coordinate(),
                numbers.coordinate(),
                nil
            )
        case 7: unsafe RatGdiClip(context, UInt32(numbers.below(7)), &area, numbers.below(2))
        case 8: RatGdiClip(context, 5, nil, 0)
        case 9: RatGdiSetPixel(context, area.left, area.top, 0xFF)
        case 10, 11: RatGdiLineTo(context, area.left, area.top)
        case 12, 13:
            let points = (0..<numbers.below(6)).map { _ in numbers.point() }
            unsafe RatGdiPolygon(context, points, points.count)
            unsafe RatGdiPolyline(context, points, points.count)
        case 14: unsafe RatGdiRectangle(context, &area)
        case 15: unsafe RatGdiRoundRect(context, &area, numbers.coordinate(), numbers.coordinate())
        case 16: unsafe RatGdiEllipse(context, &area)
        case 17, 18:
            var (start, end) = (numbers.point(), numbers.point())
            unsafe RatGdiArc(context, UInt32(numbers.below(4)), &area, &start, &end)
        case 19: unsafe RatGdiFillRect(context, &area, object)
        case 20: unsafe RatGdiFrameRect(context, &area, object)
        case 21: unsafe RatGdiFocusRect(context, &area)
        case 22: unsafe RatGdiPatBlt(context, &area, UInt32(numbers.below(256)) << 16)
        case 23, 24:
            unsafe RatGdiBlt(
                context,
                &area,
                contexts[numbers.below(4)],
                &other,
                UInt32(numbers.below(256)) << 16
            )
        case 25:
            unsafe RatGdiTextOut(
                context,
                area.left,
                area.top,
                UInt32(numbers.below(8)),
                &other,
                text,
                size,
                nil
            )
        case 26, 27:
            let format = UInt32(truncatingIfNeeded: numbers.next()) & 0x3E_FFFF
            unsafe RatGdiDrawText(context, text, size, &area, format, nil)
        case 28:
            var measured = RatPoint()
            unsafe RatGdiMeasureText(context, text, size, area.left, nil, nil, &measured)
        default:
            var box = RatRect()
            unsafe RatGdiGetClipBox(context, &box, nil)
        }
    }
}

#endif
