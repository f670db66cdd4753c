#if GDI

internal import CRat
internal import CRatGDI
internal import RatGDI
internal import Testing

@Suite struct RefusalTests {
    private typealias Call = @Sendable (RatGdiObject) -> RatStatus

    /// Every function that takes a context, called with what is right but for that.
    private static let calls: [(String, Call)] = [
        ("Select", { RatGdiSelect($0, black, nil) }),
        (
            "GetSelected",
            { context in
                var out: RatGdiObject = 0
                return unsafe RatGdiGetSelected(context, 1, &out)
            }
        ),
        ("Save", { RatGdiSave($0, nil) }),
        ("Restore", { RatGdiRestore($0, -1) }),
        ("SetAttribute", { RatGdiSetAttribute($0, 0, 0, nil) }),
        (
            "GetAttribute",
            { context in
                var out: UInt32 = 0
                return unsafe RatGdiGetAttribute(context, 0, &out)
            }
        ),
        ("SetPoint", { RatGdiSetPoint($0, 0, 0, 0, nil) }),
        (
            "GetPoint",
            { context in
                var out = RatPoint()
                return unsafe RatGdiGetPoint(context, 0, &out)
            }
        ),
        ("Clip", { RatGdiClip($0, 5, nil, 0) }),
        (
            "GetClipBox",
            { context in
                var out = RatRect()
                return unsafe RatGdiGetClipBox(context, &out, nil)
            }
        ),
        ("SetPixel", { RatGdiSetPixel($0, 0, 0, 0) }),
        (
            "GetPixel",
            { context in
                var out: UInt32 = 0
                return unsafe RatGdiGetPixel(context, 0, 0, &out)
            }
        ),
        ("LineTo", { RatGdiLineTo($0, 1, 1) }),
        ("Polyline", { unsafe RatGdiPolyline($0, [RatPoint(), RatPoint()], 2) }),
        ("Polygon", { unsafe RatGdiPolygon($0, [RatPoint(), RatPoint()], 2) }),
        (
            "Rectangle",
            { context in
                var area = rect(0, 0, 1, 1)
                return unsafe RatGdiRectangle(context, &area)
            }
        ),
        (
            "RoundRect",
            { context in
                var area = rect(0, 0, 1, 1)
                return unsafe RatGdiRoundRect(context, &area, 1, 1)
            }
        ),
        (
            "Ellipse",
            { context in
                var area = rect(0, 0, 1, 1)
                return unsafe RatGdiEllipse(context, &area)
            }
        ),
        (
            "Arc",
            { context in
                var (area, point) = (rect(0, 0, 1, 1), RatPoint())
                var other = point
                return unsafe RatGdiArc(context, 0, &area, &point, &other)
            }
        ),
        (
            "FillRect",
            { context in
                var area = rect(0, 0, 1, 1)
                return unsafe RatGdiFillRect(context, &area, black)
            }
        ),
        (
            "FrameRect",
            { context in
                var area = rect(0, 0, 1, 1)
                return unsafe RatGdiFrameRect(context, &area, black)
            }
        ),
        (
            "FocusRect",
            { context in
                var area = rect(0, 0, 1, 1)
                return unsafe RatGdiFocusRect(context, &area)
            }
        ),
        (
            "PatBlt",
            { context in
                var area = rect(0, 0, 1, 1)
                return unsafe RatGdiPatBlt(context, &area, 0xF0_0021)
            }
        ),
        (
            "Blt",
            { context in
                let board = Board(1, 1)
                var (area, other) = (rect(0, 0, 1, 1), rect(0, 0, 1, 1))
                return unsafe RatGdiBlt(context, &area, board.context, &other, 0xCC_0020)
            }
        ),
        (
            "Blt from",
            { context in
                let board = Board(1, 1)
                var (area, other) = (rect(0, 0, 1, 1), rect(0, 0, 1, 1))
                return unsafe RatGdiBlt(board.context, &area, context, &other, 0xCC_0020)
            }
        ),
        (
            "DrawPixels",
            { context in
                var (area, other, pixels) = unsafe (
                    rect(0, 0, 1, 1), rect(0, 0, 1, 1), RatGdiPixels()
                )
                return unsafe RatGdiDrawPixels(context, &area, &pixels, &other, 0xCC_0020)
            }
        ),
        ("TextOut", { unsafe RatGdiTextOut($0, 0, 0, 0, nil, "a", 1, nil) }),
        (
            "MeasureText",
            { context in
                var out = RatPoint();
                return unsafe RatGdiMeasureText(context, "a", 1, 0, nil, nil, &out)
            }
        ),
        (
            "DrawText",
            { context in
                var area = rect(0, 0, 1, 1);
                return unsafe RatGdiDrawText(context, "a", 1, &area, 0, nil)
            }
        ),
        (
            "GetTextMetrics",
            { context in
                var out = RatGdiTextMetrics()
                out.size = UInt32(MemoryLayout<RatGdiTextMetrics>.size)
                return unsafe RatGdiGetTextMetrics(context, &out)
            }
        ),
        ("Close", { RatGdiClose($0) }),
    ]

    @Test func everyFunctionRefusesAContextThatIsNone() {
        var closed: RatGdiObject = 0
        unsafe RatGdiCreateContext(nil, &closed)
        RatGdiClose(closed)
        var pen: RatGdiObject = 0
        unsafe RatGdiCreatePen(0, 1, 0, &pen)
        defer { RatGdiClose(pen) }
        for (name, call) in Self.calls {
            for handle in [0, 1, closed, closed ^ 1 << 16, pen ^ (1 ^ 3) << 33, .max] {
                #expect(call(handle) == RAT_IPC_ERR_INVALID_HANDLE, "\(name) with \(handle)")
            }
            if name != "Close" {
                #expect(call(pen) == RAT_IPC_ERR_INVALID_HANDLE, "\(name) with a pen")
            }
        }
    }

    @Test func everyFunctionRefusesNullWhereItNeedsAPointer() {
        let board = Board(2, 2)
        let context = board.context
        let refusals: [RatStatus] = [
            RatGdiCreateContext(nil, nil), RatGdiDescribe(context, nil),
            RatGdiGetSelected(context, 1, nil),
            RatGdiGetAttribute(context, 0, nil), RatGdiGetPoint(context, 0, nil),
            RatGdiClip(context, 1, nil, 1),
            RatGdiGetClipBox(context, nil, nil), RatGdiCreatePen(0, 1, 0, nil),
            RatGdiCreateHatchBrush(0, 0, nil),
            RatGdiCreatePatternBrush(0, nil), RatGdiCreateBitmap(1, 1, false, nil),
            RatGdiCreateFont(nil, nil),
            RatGdiGetPixel(context, 0, 0, nil), RatGdiPolyline(context, nil, 2),
            RatGdiPolygon(context, nil, 2),
            RatGdiRectangle(context, nil), RatGdiRoundRect(context, nil, 1, 1),
            RatGdiEllipse(context, nil),
            RatGdiArc(context, 0, nil, nil, nil), RatGdiFillRect(context, nil, black),
            RatGdiFrameRect(context, nil, black), RatGdiFocusRect(context, nil),
            RatGdiPatBlt(context, nil, 0),
            RatGdiBlt(context, nil, context, nil, 0), RatGdiDrawPixels(context, nil, nil, nil, 0),
            RatGdiTextOut(context, 0, 0, 0, nil, nil, 1, nil),
            RatGdiMeasureText(context, nil, 0, 0, nil, nil, nil),
            RatGdiDrawText(context, nil, 0, nil, 0, nil), RatGdiGetTextMetrics(context, nil),
        ]
        for (index, status) in refusals.enumerated() {
            #expect(status == RAT_IPC_ERR_INVALID_ARG, "number \(index)")
        }
    }
}

#endif
