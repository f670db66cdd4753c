#if GDI

internal import CRat
internal import CRatGDI
internal import RatGDI
internal import Testing

@Suite struct ShapeTests {
    @Test func rectangleLeavesOutItsRightAndBottom() {
        let board = Board(8, 5)
        RatGdiSelect(board.context, red, nil)
        var area = rect(1, 1, 7, 4)
        #expect(unsafe RatGdiRectangle(board.context, &area) == RAT_IPC_OK)
        #expect(board.rows == ["........", ".######.", ".#rrrr#.", ".######.", "........"])
    }

    @Test func lineLeavesOutItsLastPixelAndMovesThePosition() {
        let board = Board(6, 3)
        RatGdiSetPoint(board.context, 3, 1, 1, nil)
        RatGdiLineTo(board.context, 4, 1)
        #expect(board.rows == ["......", ".###..", "......"])
        RatGdiLineTo(board.context, 4, 3)
        #expect(board.rows == ["......", ".####.", "....#."])
        var position = RatPoint()
        unsafe RatGdiGetPoint(board.context, 3, &position)
        #expect(position.x == 4 && position.y == 3)
    }

    @Test func nothingIsDrawnOutsideOfTheTargetsClip() {
        let board = Board(6, 4, clip: [rect(1, 1, 3, 3), rect(4, 1, 5, 3)])
        var area = rect(-100, -100, 100, 100)
        unsafe RatGdiFillRect(board.context, &area, red)
        let expected = ["......", ".rr.r.", ".rr.r.", "......"]
        #expect(board.rows == expected)
        RatGdiSelect(board.context, blue, nil)
        for y in 0..<4 as Range<Int32> {
            for x in 0..<6 as Range<Int32> { RatGdiSetPixel(board.context, x, y, 0xFF0000) }
        }
        #expect(board.rows == expected)
        // A limit of the program's is taken away; the target's stays.
        #expect(RatGdiClip(board.context, 5, nil, 0) == RAT_IPC_OK)
        unsafe RatGdiPatBlt(board.context, &area, 0x00F0_0021)
        #expect(board.rows == ["......", ".bb.b.", ".bb.b.", "......"])
        var color: UInt32 = 0
        #expect(unsafe RatGdiGetPixel(board.context, 1, 1, &color) == RAT_IPC_OK)
        #expect(color == 0xFF)
        #expect(unsafe RatGdiGetPixel(board.context, 3, 1, &color) == RAT_IPC_ERR_NOT_FOUND)
    }

    @Test func nullBrushAndPenLeaveWhatIsThere() {
        let board = Board(5, 4)
        RatGdiSelect(board.context, nullBrush, nil)
        var area = rect(0, 0, 5, 4)
        unsafe RatGdiRectangle(board.context, &area)
        #expect(board.rows == ["#####", "#...#", "#...#", "#####"])
        RatGdiSelect(board.context, 0x0D00_0002_0000_0002, nil)
        unsafe RatGdiEllipse(board.context, &area)
        #expect(board.rows == ["#####", "#...#", "#...#", "#####"])
    }

    @Test func allRasterOperationsAreTheirTruthTables() {
        for table in 0..<256 as Range<UInt32> {
            let target = Board(1, 1)
            let source = Board(1, 1)
            RatGdiSetPixel(target.context, 0, 0, 0x0F0F0F)
            RatGdiSetPixel(source.context, 0, 0, 0x333333)
            RatGdiSelect(target.context, 0x0B00_0000_0000_0000 | 0x555555, nil)
            var area = rect(0, 0, 1, 1)
            #expect(
                unsafe RatGdiBlt(target.context, &area, source.context, &area, table << 16)
                    == RAT_IPC_OK
            )
            var expected: UInt32 = 0
            for bit in 0..<24 as Range<UInt32> {
                let entry =
                    (0x555555 >> bit & 1) << 2 | (0x333333 >> bit & 1) << 1 | (0x0F0F0F >> bit & 1)
                expected |= (table >> entry & 1) << bit
            }
            #expect(target[0, 0] == 0xFF00_0000 | expected, "operation \(table)")
        }
    }

    @Test func copyWithinOneContextReadsBeforeItWrites() {
        let board = Board(6, 1)
        RatGdiSetPixel(board.context, 0, 0, 0xFF0000)
        RatGdiSetPixel(board.context, 1, 0, 0x0000FF)
        for (from, to) in [
            (rect(0, 0, 4, 1), rect(1, 0, 5, 1)), (rect(1, 0, 6, 1), rect(0, 0, 5, 1)),
        ] {
            var (from, to) = (from, to)
            unsafe RatGdiBlt(board.context, &to, board.context, &from, 0x00CC_0020)
        }
        #expect(board.rows == ["rb...."])
        var (from, mirrored) = (rect(0, 0, 6, 1), rect(6, 0, 0, 1))
        unsafe RatGdiBlt(board.context, &mirrored, board.context, &from, 0x00CC_0020)
        #expect(board.rows == ["....br"])
    }

    @Test func pixelsFromMemoryBecomeOpaque() {
        let board = Board(3, 1)
        var memory: [UInt32] = [0x0000_00FF, 0x00FF_0000]
        unsafe memory.withUnsafeMutableBufferPointer { memory in
            var pixels = unsafe RatGdiPixels(
                pixels: memory.baseAddress,
                stride: 8,
                width: 2,
                height: 1
            )
            var area = rect(0, 0, 3, 1)
            #expect(
                unsafe RatGdiDrawPixels(board.context, &area, &pixels, &area, 0x00CC_0020)
                    == RAT_IPC_OK
            )
        }
        #expect(board.rows == ["br."])
    }

    @Test func chordsAndPiesAreFilledOnTheSideOfTheirArc() {
        // From the right counterclockwise over the top to the left.
        for kind in [1, 2] as [UInt32] {
            let board = Board(21, 21)
            RatGdiSelect(board.context, red, nil)
            var area = rect(0, 0, 21, 21)
            var (start, end) = (RatPoint(x: 20, y: 10), RatPoint(x: 0, y: 10))
            unsafe RatGdiArc(board.context, kind, &area, &start, &end)
            #expect(board[10, 5] == 0xFFFF_0000)
            #expect(board[10, 0] == 0xFF00_0000)
            #expect(board[10, 15] == 0xFFFF_FFFF)
            #expect(board[10, 20] == 0xFFFF_FFFF)
        }
    }

    @Test func hatchesAndPatternsBeginAtTheBrushOrigin() {
        let board = Board(9, 2)
        var brush: RatGdiObject = 0
        unsafe RatGdiCreateHatchBrush(1, 0, &brush)
        defer { RatGdiClose(brush) }
        RatGdiSetPoint(board.context, 2, 3, 0, nil)
        var area = rect(0, 0, 9, 2)
        unsafe RatGdiFillRect(board.context, &area, brush)
        #expect(board.rows == [".......#.", ".......#."])
        #expect(unsafe RatGdiCreateHatchBrush(6, 0, &brush) == RAT_IPC_ERR_INVALID_ARG)
    }
}

#endif
