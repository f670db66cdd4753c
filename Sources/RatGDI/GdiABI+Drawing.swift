// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

#if GDI

public import CRat
public import CRatGDI

// What draws: one function per declaration in rat-gdi.h, in its order.

/// Texts and polygons that are longer are refused.
private let maximumCount = 1 << 20

/// The same as `onCanvas` for a call with a rectangle.
@inline(__always) private func onCanvas(
    _ context: RatGdiObject,
    _ rect: UnsafePointer<RatRect>?,
    _ body: (inout Canvas, Box) throws(DrawingError) -> Void
) -> RatStatus {
    guard let rect = unsafe rect else { return RAT_IPC_ERR_INVALID_ARG }
    let box = unsafe Box(rect.pointee)
    return onCanvas(context) { canvas throws(DrawingError) in try body(&canvas, canvas.device(box))
    }
}

@c @implementation
public func RatGdiSetPixel(
    _ context: RatGdiObject,
    _ x: Int32,
    _ y: Int32,
    _ color: UInt32
) -> RatStatus {
    onCanvas(context) { canvas throws(DrawingError) in
        let spot = canvas.device(Spot(x: bounded(x), y: bounded(y)))
        guard canvas.isVisible(spot) else { return }
        canvas.setPixel(spot.x, spot.y, color | opaque, .copy)
    }
}

@c @implementation
public func RatGdiGetPixel(
    _ context: RatGdiObject,
    _ x: Int32,
    _ y: Int32,
    _ outColor: UnsafeMutablePointer<UInt32>?
) -> RatStatus {
    guard let out = unsafe outColor else { return RAT_IPC_ERR_INVALID_ARG }
    return onCanvas(context) { canvas throws(DrawingError) in
        let spot = canvas.device(Spot(x: bounded(x), y: bounded(y)))
        guard canvas.isVisible(spot) else { throw .notFound }
        unsafe out.pointee = canvas.pixels.row(spot.y)[spot.x] & 0xFF_FFFF
    }
}

@c @implementation
public func RatGdiLineTo(_ context: RatGdiObject, _ x: Int32, _ y: Int32) -> RatStatus {
    onCanvas(context) { canvas throws(DrawingError) in
        let end = Spot(x: bounded(x), y: bounded(y))
        canvas.strokeLine(canvas.device(canvas.state.position), canvas.device(end))
        canvas.state.position = end
    }
}

/// Points of a C program's, in its coordinates.
private func spots(_ points: UnsafePointer<RatPoint>?, _ count: Int) throws(DrawingError) -> [Spot]
{
    guard let points = unsafe points, (2...maximumCount).contains(count) else {
        throw .invalidArgument
    }
    return unsafe UnsafeBufferPointer(start: points, count: count).map { Spot($0) }
}

@c @implementation
public func RatGdiPolyline(
    _ context: RatGdiObject,
    _ points: UnsafePointer<RatPoint>?,
    _ count: Int
) -> RatStatus {
    onCanvas(context) { canvas throws(DrawingError) in
        canvas.stroke(try unsafe spots(points, count).map { canvas.device($0) })
    }
}

@c @implementation
public func RatGdiPolygon(
    _ context: RatGdiObject,
    _ points: UnsafePointer<RatPoint>?,
    _ count: Int
) -> RatStatus {
    onCanvas(context) { canvas throws(DrawingError) in
        canvas.polygon(try unsafe spots(points, count).map { canvas.device($0) })
    }
}

@c @implementation
public func RatGdiRectangle(_ context: RatGdiObject, _ rect: UnsafePointer<RatRect>?) -> RatStatus {
    unsafe onCanvas(context, rect) { canvas, box throws(DrawingError) in canvas.rectangle(box) }
}

@c @implementation
public func RatGdiRoundRect(
    _ context: RatGdiObject,
    _ rect: UnsafePointer<RatRect>?,
    _ width: Int32,
    _ height: Int32
) -> RatStatus {
    unsafe onCanvas(context, rect) { canvas, box throws(DrawingError) in
        canvas.shape(box, cornerWidth: bounded(width), cornerHeight: bounded(height))
    }
}

@c @implementation
public func RatGdiEllipse(_ context: RatGdiObject, _ rect: UnsafePointer<RatRect>?) -> RatStatus {
    unsafe onCanvas(context, rect) { canvas, box throws(DrawingError) in
        guard abs(box.width) > 1, abs(box.height) > 1 else { return }
        canvas.shape(box, cornerWidth: box.width, cornerHeight: box.height)
    }
}

@c @implementation
public func RatGdiArc(
    _ context: RatGdiObject,
    _ kind: UInt32,
    _ rect: UnsafePointer<RatRect>?,
    _ start: UnsafePointer<RatPoint>?,
    _ end: UnsafePointer<RatPoint>?
) -> RatStatus {
    guard let start = unsafe start, let end = unsafe end, let kind = ArcKind(rawValue: kind) else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    let from = unsafe Spot(start.pointee)
    let to = unsafe Spot(end.pointee)
    return unsafe onCanvas(context, rect) { canvas, box throws(DrawingError) in
        canvas.arc(kind, box, from: canvas.device(from), to: canvas.device(to))
    }
}

@c @implementation
public func RatGdiFillRect(
    _ context: RatGdiObject,
    _ rect: UnsafePointer<RatRect>?,
    _ brush: RatGdiObject
) -> RatStatus {
    unsafe onCanvas(context, rect) { canvas, box throws(DrawingError) in
        guard let paint = canvas.paint(of: try Objects.fill(brush)) else { return }
        canvas.fill(box, paint, .copy)
    }
}

@c @implementation
public func RatGdiFrameRect(
    _ context: RatGdiObject,
    _ rect: UnsafePointer<RatRect>?,
    _ brush: RatGdiObject
) -> RatStatus {
    unsafe onCanvas(context, rect) { canvas, box throws(DrawingError) in
        guard let paint = canvas.paint(of: try Objects.fill(brush)) else { return }
        canvas.frame(box, paint, .copy)
    }
}

@c @implementation
public func RatGdiFocusRect(_ context: RatGdiObject, _ rect: UnsafePointer<RatRect>?) -> RatStatus {
    unsafe onCanvas(context, rect) { canvas, box throws(DrawingError) in canvas.focus(box) }
}

@c @implementation
public func RatGdiPatBlt(
    _ context: RatGdiObject,
    _ rect: UnsafePointer<RatRect>?,
    _ operation: UInt32
) -> RatStatus {
    unsafe onCanvas(context, rect) { canvas, box throws(DrawingError) in
        let operation = RasterOperation(operation)
        guard !operation.needsSource else { throw .invalidArgument }
        canvas.fill(box, by: operation)
    }
}

@c @implementation
public func RatGdiBlt(
    _ context: RatGdiObject,
    _ rect: UnsafePointer<RatRect>?,
    _ source: RatGdiObject,
    _ sourceRect: UnsafePointer<RatRect>?,
    _ operation: UInt32
) -> RatStatus {
    guard let rect = unsafe rect, let sourceRect = unsafe sourceRect else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    let target = unsafe Box(rect.pointee)
    let origin = unsafe Box(sourceRect.pointee)
    return status { () throws(DrawingError) in
        let context = try Objects.context(context)
        try context.withCanvas(and: Objects.context(source)) {
            canvas,
            source throws(DrawingError) in
            canvas.copy(
                source.pixels,
                source.device(origin),
                to: canvas.device(target),
                by: RasterOperation(operation)
            )
        }
    }
}

@c @implementation
public func RatGdiDrawPixels(
    _ context: RatGdiObject,
    _ rect: UnsafePointer<RatRect>?,
    _ pixels: UnsafePointer<RatGdiPixels>?,
    _ sourceRect: UnsafePointer<RatRect>?,
    _ operation: UInt32
) -> RatStatus {
    guard let given = unsafe pixels?.pointee, let source = unsafe Pixels(given),
        let sourceRect = unsafe sourceRect
    else { return RAT_IPC_ERR_INVALID_ARG }
    let origin = unsafe Box(sourceRect.pointee)
    return unsafe onCanvas(context, rect) { canvas, box throws(DrawingError) in
        canvas.copy(source, origin, to: box, by: RasterOperation(operation))
    }
}

/// The bytes of a C program's text.
private func bytes(
    _ text: UnsafePointer<CChar>?,
    _ size: Int
) throws(DrawingError) -> UnsafeRawBufferPointer {
    guard unsafe text != nil || size == 0, (0...maximumCount).contains(size) else {
        throw .invalidArgument
    }
    return unsafe UnsafeRawBufferPointer(start: text, count: size)
}

@c @implementation
public func RatGdiTextOut(
    _ context: RatGdiObject,
    _ x: Int32,
    _ y: Int32,
    _ options: UInt32,
    _ rect: UnsafePointer<RatRect>?,
    _ text: UnsafePointer<CChar>?,
    _ size: Int,
    _ advances: UnsafePointer<Int32>?
) -> RatStatus {
    onCanvas(context) { canvas throws(DrawingError) in
        let known = UInt32(RAT_GDI_ETO_OPAQUE) | UInt32(RAT_GDI_ETO_CLIPPED)
        guard options & ~known == 0 else { throw .invalidArgument }
        let text = try unsafe bytes(text, size)
        let box = unsafe rect.map { unsafe canvas.device(Box($0.pointee)) }
        try canvas.state.font.withFound { font throws(DrawingError) in
            canvas.textOut(
                unsafe TextLine(text, font, advances: advances),
                font,
                at: Spot(x: bounded(x), y: bounded(y)),
                fills: options & UInt32(RAT_GDI_ETO_OPAQUE) != 0,
                limit: options & UInt32(RAT_GDI_ETO_CLIPPED) != 0 ? box : nil,
                box: box
            )
        }
    }
}

@c @implementation
public func RatGdiMeasureText(
    _ context: RatGdiObject,
    _ text: UnsafePointer<CChar>?,
    _ size: Int,
    _ limit: Int32,
    _ extents: UnsafeMutablePointer<Int32>?,
    _ outFit: UnsafeMutablePointer<Int>?,
    _ outSize: UnsafeMutablePointer<RatPoint>?
) -> RatStatus {
    guard let out = unsafe outSize else { return RAT_IPC_ERR_INVALID_ARG }
    return onCanvas(context) { canvas throws(DrawingError) in
        let text = try unsafe bytes(text, size)
        try canvas.state.font.withFound { font throws(DrawingError) in
            let line = unsafe TextLine(text, font)
            var width = 0
            var fit = 0
            var byte = 0
            for character in line.characters {
                width += character.advance
                if width <= Int(limit) { fit = character.end }
                while byte < character.end {
                    unsafe extents?[byte] = Int32(clamping: width)
                    byte += 1
                }
            }
            unsafe outFit?.pointee = fit
            unsafe out.pointee = RatPoint(Spot(x: width, y: font.metrics.height))
        }
    }
}

@c @implementation
public func RatGdiDrawText(
    _ context: RatGdiObject,
    _ text: UnsafePointer<CChar>?,
    _ size: Int,
    _ rect: UnsafeMutablePointer<RatRect>?,
    _ format: UInt32,
    _ outHeight: UnsafeMutablePointer<Int32>?
) -> RatStatus {
    guard let rect = unsafe rect else { return RAT_IPC_ERR_INVALID_ARG }
    return onCanvas(context) { canvas throws(DrawingError) in
        let format = TextFormat(rawValue: format)
        guard format.cleaned.rawValue & ~TextFormat.known == 0 else { throw .invalidArgument }
        let text = try unsafe bytes(text, size)
        var box = unsafe Box(rect.pointee)
        try canvas.state.font.withFound { font throws(DrawingError) in
            let height = unsafe canvas.drawText(text, font, format, in: &box)
            unsafe outHeight?.pointee = Int32(clamping: height)
        }
        if format.cleaned.contains(.calcRect) { unsafe rect.pointee = RatRect(box) }
    }
}

@c @implementation
public func RatGdiGetTextMetrics(
    _ context: RatGdiObject,
    _ outMetrics: UnsafeMutablePointer<RatGdiTextMetrics>?
) -> RatStatus {
    guard let out = unsafe outMetrics,
        unsafe out.pointee.size == UInt32(MemoryLayout<RatGdiTextMetrics>.size)
    else { return RAT_IPC_ERR_INVALID_ARG }
    return onCanvas(context) { canvas throws(DrawingError) in
        try canvas.state.font.withFound { font throws(DrawingError) in
            let metrics = font.metrics
            unsafe out.pointee.height = Int32(metrics.height)
            unsafe out.pointee.ascent = Int32(metrics.ascent)
            unsafe out.pointee.descent = Int32(metrics.descent)
            unsafe out.pointee.internalLeading = Int32(metrics.internalLeading)
            unsafe out.pointee.externalLeading = Int32(metrics.externalLeading)
            unsafe out.pointee.averageWidth = Int32(metrics.averageWidth)
            unsafe out.pointee.maximumWidth = Int32(metrics.maximumWidth)
            unsafe out.pointee.isFixed = font.isFixed ? 1 : 0
        }
    }
}

#endif
