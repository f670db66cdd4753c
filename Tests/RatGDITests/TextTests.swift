#if GDI

internal import CRat
internal import CRatGDI
internal import RatGDI
internal import Testing

@Suite struct TextTests {
    private func size(_ board: Board, _ text: String) -> RatPoint {
        var size = RatPoint()
        #expect(
            unsafe RatGdiMeasureText(board.context, text, text.utf8.count, 0, nil, nil, &size)
                == RAT_IPC_OK
        )
        return size
    }

    private func draw(_ board: Board, _ text: String, _ box: inout RatRect, _ format: UInt32)
        -> Int32
    {
        var height: Int32 = 0
        #expect(
            unsafe RatGdiDrawText(board.context, text, text.utf8.count, &box, format, &height)
                == RAT_IPC_OK
        )
        return height
    }

    private func font(_ height: Int32, flags: UInt32 = 0, weight: Int32 = 0) -> RatGdiObject {
        var wanted = unsafe RatGdiFont()
        unsafe wanted.size = unsafe UInt32(MemoryLayout<RatGdiFont>.size)
        unsafe wanted.height = height
        unsafe wanted.weight = weight
        unsafe wanted.flags = flags
        var font: RatGdiObject = 0
        #expect(unsafe RatGdiCreateFont(&wanted, &font) == RAT_IPC_OK)
        return font
    }

    @Test func textIsInkWithinWhatWasMeasured() throws {
        let board = Board(200, 60)
        let size = size(board, "Hello")
        #expect(unsafe RatGdiTextOut(board.context, 20, 10, 0, nil, "Hello", 5, nil) == RAT_IPC_OK)
        let ink = try #require(board.ink)
        #expect(ink.left >= 19 && ink.right <= 21 + size.x)
        #expect(ink.top >= 10 && ink.bottom <= 10 + size.y)
        #expect(ink.right - ink.left > size.x / 2 && ink.bottom - ink.top >= size.y / 2)
        for y in 0..<60 { for x in 0..<200 { #expect(board[x, y] >> 24 == 0xFF) } }
    }

    @Test func heightAboveZeroIsTheLinesAndBelowTheLetters() {
        let board = Board(1, 1)
        var metrics = RatGdiTextMetrics()
        metrics.size = UInt32(MemoryLayout<RatGdiTextMetrics>.size)
        for height in [8, 16, 33, 100] as [Int32] {
            let lines = font(height)
            RatGdiSelect(board.context, lines, nil)
            #expect(unsafe RatGdiGetTextMetrics(board.context, &metrics) == RAT_IPC_OK)
            #expect(metrics.height == height)
            #expect(metrics.ascent + metrics.descent == height)
            let letters = font(-height)
            RatGdiSelect(board.context, letters, nil)
            unsafe RatGdiGetTextMetrics(board.context, &metrics)
            #expect(metrics.height - metrics.internalLeading == height)
            #expect(metrics.height > height)
            RatGdiClose(lines)
            RatGdiClose(letters)
        }
    }

    @Test func alignmentSaysWhatOfTheTextIsAtThePoint() throws {
        func ink(_ align: UInt32) throws -> RatRect {
            let board = Board(200, 100)
            RatGdiSetAttribute(board.context, 3, align, nil)
            unsafe RatGdiTextOut(board.context, 100, 50, 0, nil, "HHH", 3, nil)
            return try #require(board.ink)
        }
        let size = size(Board(1, 1), "HHH")
        let left = try ink(0)
        #expect(try ink(2).left == left.left - size.x)
        #expect(try ink(6).left == left.left - size.x / 2)
        #expect(try ink(8).top == left.top - size.y)
        #expect(try ink(24).bottom == 50)
    }

    @Test func currentPositionMovesWithTheText() {
        let board = Board(200, 30)
        RatGdiSetAttribute(board.context, 3, 1, nil)
        RatGdiSetPoint(board.context, 3, 10, 5, nil)
        unsafe RatGdiTextOut(board.context, 0, 0, 0, nil, "ab", 2, nil)
        var position = RatPoint()
        unsafe RatGdiGetPoint(board.context, 3, &position)
        #expect(position.x == 10 + size(board, "ab").x && position.y == 5)
    }

    @Test func opaqueTextCoversWhatIsBehindItAndTransparentDoesNot() {
        let board = Board(60, 30)
        var all = rect(0, 0, 60, 30)
        unsafe RatGdiFillRect(board.context, &all, red)
        RatGdiSetAttribute(board.context, 1, 0xFFFFFF, nil)
        unsafe RatGdiTextOut(board.context, 5, 5, 0, nil, " ", 1, nil)
        #expect(board[5, 5] == 0xFFFF_FFFF)
        unsafe RatGdiFillRect(board.context, &all, red)
        RatGdiSetAttribute(board.context, 2, 1, nil)
        unsafe RatGdiTextOut(board.context, 5, 5, 0, nil, " ", 1, nil)
        #expect(board[5, 5] == 0xFFFF_0000)
    }

    @Test func clippedTextStaysInItsRectangle() throws {
        let board = Board(100, 40)
        var part = rect(12, 8, 20, 14)
        unsafe RatGdiTextOut(board.context, 5, 5, 4, &part, "WWWWWW", 6, nil)
        let ink = try #require(board.ink)
        #expect(ink.left >= 12 && ink.top >= 8 && ink.right <= 20 && ink.bottom <= 14)
    }

    @Test func advancesPlaceCharactersAndNotBytes() throws {
        let board = Board(200, 30)
        // "é" has two bytes, whose advances are added up.
        let advances: [Int32] = [60, 40, 0]
        unsafe RatGdiTextOut(board.context, 0, 0, 0, nil, "\u{E9}I", 3, advances)
        let ink = try #require(board.ink)
        #expect(ink.right > 100 && ink.right < 120)
    }

    @Test func wordsAreBrokenIntoLinesThatFit() {
        let board = Board(400, 400)
        let line = size(board, "word word").x
        var box = rect(0, 0, line, 0)
        let height = draw(board, "word word word word", &box, 0x410)
        #expect(height == 2 * size(board, "w").y)
        #expect(box.right == line && box.bottom == height)
        // One word that does not fit stays whole.
        box = rect(0, 0, 10, 0)
        #expect(draw(board, "unbreakable", &box, 0x410) == size(board, "w").y)
        #expect(box.right == size(board, "unbreakable").x)
    }

    @Test func lineEndsAreOneEach() {
        let board = Board(10, 10)
        let height = size(board, "w").y
        for (text, lines) in [
            ("a\nb", 2), ("a\r\nb", 2), ("a\rb", 2), ("a\n\nb", 3), ("a\n", 1), ("", 0),
        ] {
            var box = rect(0, 0, 100, 0)
            #expect(
                draw(board, text, &box, 0x400) == Int32(lines) * height,
                "\(text.debugDescription)"
            )
        }
    }

    @Test func prefixIsNoCharacterAndUnderlinesTheNext() throws {
        let board = Board(100, 40)
        let plain = size(board, "Yes").x
        var box = rect(0, 0, 0, 0)
        _ = draw(board, "&Yes", &box, 0x420)
        #expect(box.right == plain)
        box = rect(0, 0, 0, 0)
        _ = draw(board, "&Yes", &box, 0xC20)
        #expect(box.right == size(board, "&Yes").x)
        box = rect(0, 0, 0, 0)
        _ = draw(board, "A&&B", &box, 0x420)
        #expect(box.right == size(board, "A&B").x)
        box = rect(0, 0, 100, 40)
        _ = draw(board, "& ", &box, 0x20)
        let ink = try #require(board.ink)
        #expect(ink.bottom - ink.top == 1)
    }

    @Test func tooLongLinesEndInDots() {
        let board = Board(300, 40)
        let whole = size(board, "A long line of text").x
        var box = rect(0, 0, whole - 10, 0)
        _ = draw(board, "A long line of text", &box, 0x8420)
        #expect(box.right <= whole - 10)
        #expect(box.right > whole / 2)
    }

    @Test func tabsGoToTheNextStop() throws {
        let board = Board(10, 10)
        var metrics = RatGdiTextMetrics()
        metrics.size = UInt32(MemoryLayout<RatGdiTextMetrics>.size)
        unsafe RatGdiGetTextMetrics(board.context, &metrics)
        var box = rect(0, 0, 0, 0)
        _ = draw(board, "a\tb", &box, 0x440)
        #expect(box.right == 8 * metrics.averageWidth + size(board, "b").x)
        // With a size of the stops there is no measuring: its bits are the ones that would ask for it.
        for stop in [4, 6] as [Int32] {
            let drawn = Board(200, 40)
            box = rect(0, 0, 200, 40)
            _ = draw(drawn, "\tI", &box, 0xE0 | UInt32(stop) << 8)
            #expect(try #require(drawn.ink).left >= stop * metrics.averageWidth)
            #expect(
                try #require(drawn.ink).right <= stop * metrics.averageWidth + size(board, "I").x
            )
        }
    }

    @Test func malformedTextIsMeasuredAndDrawn() {
        let board = Board(100, 40)
        let bytes: [CChar] = [0x41, -1, -64, -128, -16, -97]
        var size = RatPoint()
        var extents = [Int32](repeating: -1, count: 6)
        var fit = 0
        #expect(
            unsafe RatGdiMeasureText(board.context, bytes, 6, 1 << 20, &extents, &fit, &size)
                == RAT_IPC_OK
        )
        #expect(fit == 6 && extents[5] == size.x && extents == extents.sorted())
        #expect(unsafe RatGdiTextOut(board.context, 0, 0, 0, nil, bytes, 6, nil) == RAT_IPC_OK)
    }

    @Test func fittingBytesAreThoseOfWholeCharacters() {
        let board = Board(1, 1)
        let text = "a\u{E9}b"
        let narrow = size(board, "a").x
        var measured = RatPoint()
        var fit = 0
        unsafe RatGdiMeasureText(board.context, text, 4, narrow, nil, &fit, &measured)
        #expect(fit == 1)
        unsafe RatGdiMeasureText(
            board.context,
            text,
            4,
            size(board, "a\u{E9}").x,
            nil,
            &fit,
            &measured
        )
        #expect(fit == 3)
        unsafe RatGdiMeasureText(board.context, text, 4, -1, nil, &fit, &measured)
        #expect(fit == 0)
    }

    @Test func fixedFontIsFixedAndBoldIsWider() {
        let board = Board(1, 1)
        let fixed = font(16, flags: 8)
        let bold = font(16, weight: 700)
        let plain = font(16)
        defer { for font in [fixed, bold, plain] { RatGdiClose(font) } }
        RatGdiSelect(board.context, fixed, nil)
        #expect(size(board, "iiii").x == size(board, "WWWW").x)
        RatGdiSelect(board.context, plain, nil)
        let width = size(board, "wide").x
        RatGdiSelect(board.context, bold, nil)
        #expect(size(board, "wide").x > width)
    }

    @Test func contextTellsTheFontThatItHasSelectedAlsoWhenThatIsClosed() {
        let board = Board(1, 1)
        let font = font(-20, flags: 1, weight: 700)
        RatGdiSelect(board.context, font, nil)
        RatGdiClose(font)
        var told = unsafe RatGdiDescription()
        unsafe told.size = unsafe UInt32(MemoryLayout<RatGdiDescription>.size)
        #expect(unsafe RatGdiDescribe(board.context, &told) == RAT_IPC_OK)
        let answer = unsafe [
            Int(told.kind), Int(told.fontHeight), Int(told.fontWeight), Int(told.fontFlags),
        ]
        #expect(answer == [3, -20, 700, 1])
    }

    @Test func textIsDrawnUprightWhereRowsGoUpwards() throws {
        var context: RatGdiObject = 0
        var bitmap: RatGdiObject = 0
        unsafe RatGdiCreateContext(nil, &context)
        unsafe RatGdiCreateBitmap(40, 24, true, &bitmap)
        RatGdiSelect(context, bitmap, nil)
        defer { for object in [context, bitmap] { RatGdiClose(object) } }
        var all = rect(0, 0, 40, 24)
        unsafe RatGdiPatBlt(context, &all, 0x00FF_0062)
        let board = Board(40, 24)
        for target in [context, board.context] {
            unsafe RatGdiTextOut(target, 4, 2, 0, nil, "Lg", 2, nil)
        }
        for y in 0..<24 as Range<Int32> {
            for x in 0..<40 as Range<Int32> {
                var color: UInt32 = 0
                unsafe RatGdiGetPixel(context, x, y, &color)
                #expect(color == board[Int(x), Int(y)] & 0xFF_FFFF)
            }
        }
    }
}

#endif
