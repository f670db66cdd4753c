#if GDI

internal import CRat
internal import CRatGDI
internal import RatGDI
internal import Testing

@Suite struct ObjectTests {
    private func pen(_ color: UInt32, width: Int32 = 1) -> RatGdiObject {
        var pen: RatGdiObject = 0
        #expect(unsafe RatGdiCreatePen(0, width, color, &pen) == RAT_IPC_OK)
        return pen
    }

    @Test func closedHandleIsDeadAndStaysDeadWhenItsPlaceIsUsedAgain() {
        let first = pen(1)
        #expect(RatGdiClose(first) == RAT_IPC_OK)
        #expect(RatGdiClose(first) == RAT_IPC_ERR_INVALID_HANDLE)
        // More than rest before a place is used again.
        for _ in 0..<3000 {
            let other = pen(2)
            #expect(other != first)
            #expect(RatGdiClose(first) == RAT_IPC_ERR_INVALID_HANDLE)
            #expect(RatGdiClose(other) == RAT_IPC_OK)
        }
    }

    @Test func handleOfAnotherKindIsRefused() {
        let board = Board(4, 4)
        let pen = pen(1)
        defer { RatGdiClose(pen) }
        var area = rect(0, 0, 4, 4)
        #expect(unsafe RatGdiFillRect(board.context, &area, pen) == RAT_IPC_ERR_INVALID_HANDLE)
        #expect(unsafe RatGdiFillRect(pen, &area, red) == RAT_IPC_ERR_INVALID_HANDLE)
        #expect(unsafe RatGdiFillRect(0, &area, red) == RAT_IPC_ERR_INVALID_HANDLE)
        // The same place and generation under another kind.
        let asBrush = pen ^ (1 ^ 2) << 33
        unsafe #expect(RatGdiFillRect(board.context, &area, asBrush) == RAT_IPC_ERR_INVALID_HANDLE)
        #expect(
            RatGdiSelect(board.context, board.context, nil) == RAT_IPC_ERR_INVALID_HANDLE
        )
    }

    @Test func selectionGivesThePreviousObject() {
        let board = Board(4, 4)
        let pen = pen(0xFF)
        defer { RatGdiClose(pen) }
        var before: RatGdiObject = 0
        #expect(unsafe RatGdiSelect(board.context, pen, &before) == RAT_IPC_OK)
        #expect(before == 0x0D00_0002_0000_0000)
        #expect(unsafe RatGdiSelect(board.context, red, &before) == RAT_IPC_OK)
        #expect(before == 0x0B00_0000_00FF_FFFF)
        #expect(unsafe RatGdiSelect(board.context, black, &before) == RAT_IPC_OK)
        #expect(before == red)
        var selected: RatGdiObject = 0
        #expect(unsafe RatGdiGetSelected(board.context, 1, &selected) == RAT_IPC_OK)
        #expect(selected == pen)
        #expect(unsafe RatGdiGetSelected(board.context, 7, &selected) == RAT_IPC_OK)
        #expect(selected == 0)
        #expect(unsafe RatGdiGetSelected(board.context, 8, &selected) == RAT_IPC_ERR_INVALID_ARG)
    }

    @Test func closedPenIsDrawnWithWhileItIsSelected() {
        let board = Board(4, 1)
        let pen = pen(0xFF0000)
        RatGdiSelect(board.context, pen, nil)
        #expect(RatGdiClose(pen) == RAT_IPC_OK)
        #expect(RatGdiLineTo(board.context, 3, 0) == RAT_IPC_OK)
        #expect(board.rows == ["rrr."])
        #expect(RatGdiSelect(board.context, pen, nil) == RAT_IPC_ERR_INVALID_HANDLE)
    }

    @Test func bitmapIsSelectedIntoOneContextAtATime() {
        var first: RatGdiObject = 0
        var second: RatGdiObject = 0
        var bitmap: RatGdiObject = 0
        unsafe RatGdiCreateContext(nil, &first)
        unsafe RatGdiCreateContext(nil, &second)
        unsafe #expect(RatGdiCreateBitmap(8, 8, false, &bitmap) == RAT_IPC_OK)
        var before: RatGdiObject = 0
        unsafe #expect(RatGdiSelect(first, bitmap, &before) == RAT_IPC_OK)
        #expect(RatGdiSelect(first, bitmap, nil) == RAT_IPC_OK)
        #expect(RatGdiSelect(second, bitmap, nil) == RAT_IPC_ERR_ACCESS_DENIED)
        let board = Board(1, 1)
        #expect(RatGdiSelect(board.context, bitmap, nil) == RAT_IPC_ERR_ACCESS_DENIED)
        #expect(RatGdiSelect(first, before, nil) == RAT_IPC_OK)
        #expect(RatGdiSelect(second, bitmap, nil) == RAT_IPC_OK)
        // A context that goes gives it back.
        #expect(RatGdiClose(second) == RAT_IPC_OK)
        #expect(RatGdiSelect(first, bitmap, nil) == RAT_IPC_OK)
        RatGdiClose(first)
        RatGdiClose(bitmap)
    }

    @Test func restoredStateIsAllOfIt() {
        let board = Board(8, 8)
        var level: Int32 = 0
        #expect(unsafe RatGdiSave(board.context, &level) == RAT_IPC_OK)
        #expect(level == 1)
        RatGdiSave(board.context, nil)
        let pen = pen(0xFF)
        RatGdiSelect(board.context, pen, nil)
        RatGdiClose(pen)
        RatGdiSetAttribute(board.context, 0, 0x123456, nil)
        RatGdiSetPoint(board.context, 3, 5, 6, nil)
        var part = rect(2, 2, 4, 4)
        unsafe RatGdiClip(board.context, 1, &part, 1)
        #expect(RatGdiRestore(board.context, 3) == RAT_IPC_ERR_INVALID_ARG)
        #expect(RatGdiRestore(board.context, 0) == RAT_IPC_ERR_INVALID_ARG)
        #expect(RatGdiRestore(board.context, 1) == RAT_IPC_OK)
        #expect(RatGdiRestore(board.context, -1) == RAT_IPC_ERR_INVALID_ARG)
        var color: UInt32 = 1
        unsafe RatGdiGetAttribute(board.context, 0, &color)
        #expect(color == 0)
        var point = RatPoint(x: 1, y: 1)
        unsafe RatGdiGetPoint(board.context, 3, &point)
        #expect(point.x == 0 && point.y == 0)
        var box = rect(0, 0, 0, 0)
        unsafe RatGdiGetClipBox(board.context, &box, nil)
        #expect(box.right == 8 && box.bottom == 8)
    }

    @Test func attributesTakeWhatTheyAreFor() {
        let board = Board(1, 1)
        for (attribute, good, bad) in [
            (2, [1, 2], [0, 3]), (3, [0, 31], [32]), (4, [1, 16], [0, 17]), (5, [1, 2], [0, 3]),
            (6, [1, 4], [0, 5]),
        ] as [(UInt32, [UInt32], [UInt32])] {
            for value in good {
                #expect(
                    RatGdiSetAttribute(board.context, attribute, value, nil) == RAT_IPC_OK
                )
                var told: UInt32 = 99
                unsafe RatGdiGetAttribute(board.context, attribute, &told)
                #expect(told == value)
            }
            for value in bad {
                #expect(
                    RatGdiSetAttribute(board.context, attribute, value, nil)
                        == RAT_IPC_ERR_INVALID_ARG
                )
            }
        }
        #expect(RatGdiSetAttribute(board.context, 9, 0, nil) == RAT_IPC_ERR_INVALID_ARG)
    }

    @Test func badTargetsAreRefused() {
        var made: RatGdiObject = 1
        var target = unsafe RatGdiTarget()
        #expect(unsafe RatGdiCreateContext(&target, &made) == RAT_IPC_ERR_INVALID_ARG)
        #expect(made == 0)
        unsafe target.size = unsafe UInt32(MemoryLayout<RatGdiTarget>.size)
        #expect(unsafe RatGdiCreateContext(&target, nil) == RAT_IPC_ERR_INVALID_ARG)
        var pixel: UInt32 = 0
        unsafe withUnsafeMutablePointer(to: &pixel) { pixel in
            for (stride, width, height) in [(3, 1, 1), (4, 2, 2), (4, -1, 1), (4, 1, Int32.max)]
                as [(Int, Int32, Int32)]
            {
                unsafe target.pixels = RatGdiPixels(
                    pixels: pixel,
                    stride: stride,
                    width: width,
                    height: height
                )
                #expect(unsafe RatGdiCreateContext(&target, &made) == RAT_IPC_ERR_INVALID_ARG)
            }
        }
        // Nothing to draw on is no mistake: a window can have no pixels.
        unsafe target.pixels = RatGdiPixels(pixels: nil, stride: 0, width: 0, height: 0)
        #expect(unsafe RatGdiCreateContext(&target, &made) == RAT_IPC_OK)
        #expect(RatGdiSetPixel(made, 0, 0, 0) == RAT_IPC_OK)
        var area = rect(0, 0, 10, 10)
        #expect(unsafe RatGdiEllipse(made, &area) == RAT_IPC_OK)
        #expect(RatGdiClose(made) == RAT_IPC_OK)
    }
}

#endif
