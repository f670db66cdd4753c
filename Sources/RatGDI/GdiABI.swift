// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

#if GDI

public import CRat
public import CRatGDI
internal import Glibc

// Contexts, objects and their states: one function per declaration in rat-gdi.h, in its order.

/// Runs a call and turns what it throws into a status.
@inline(__always) func status(_ body: () throws(DrawingError) -> Void) -> RatStatus {
    do throws(DrawingError) {
        try body()
        return RAT_IPC_OK
    } catch {
        return error.status
    }
}

/// The same for a call that draws with a context.
@inline(__always) func onCanvas(
    _ context: RatGdiObject,
    _ body: (inout Canvas) throws(DrawingError) -> Void
) -> RatStatus {
    status { () throws(DrawingError) in try Objects.context(context).withCanvas(body) }
}

/// The same for a call that makes an object.
private func made(
    _ out: UnsafeMutablePointer<RatGdiObject>?,
    _ body: () throws(DrawingError) -> DrawingObject
) -> RatStatus {
    guard let out = unsafe out else { return RAT_IPC_ERR_INVALID_ARG }
    unsafe out.pointee = 0
    return status { () throws(DrawingError) in
        let handle = try Objects.insert(try body())
        unsafe out.pointee = handle
    }
}

/// Boxes of a C program's; `nil` if there are none where there should be.
private func boxes(_ rects: UnsafePointer<RatRect>?, _ count: Int) -> [Box]? {
    guard (0...1 << 16).contains(count) else { return nil }
    guard count > 0 else { return [] }
    guard let rects = unsafe rects else { return nil }
    return unsafe UnsafeBufferPointer(start: rects, count: count).map { Box($0) }
}

@c @implementation
public func RatGdiCreateContext(
    _ target: UnsafePointer<RatGdiTarget>?,
    _ outContext: UnsafeMutablePointer<RatGdiObject>?
) -> RatStatus {
    unsafe made(outContext) { () throws(DrawingError) in
        guard let target = unsafe target?.pointee else { return .context(DeviceContext(Canvas())) }
        guard unsafe target.size == UInt32(MemoryLayout<RatGdiTarget>.size),
            let pixels = unsafe Pixels(target.pixels)
        else { throw .invalidArgument }
        var clip: Clip?
        if unsafe target.clip != nil {
            guard let parts = unsafe boxes(target.clip, Int(target.clipCount)) else {
                throw .invalidArgument
            }
            clip = Clip(disjoint: parts)
        }
        return .context(DeviceContext(Canvas(pixels: pixels, clip: clip)))
    }
}

@c @implementation
public func RatGdiClose(_ object: RatGdiObject) -> RatStatus {
    status { () throws(DrawingError) in try Objects.close(object) }
}

@c @implementation
public func RatGdiDescribe(
    _ object: RatGdiObject,
    _ outDescription: UnsafeMutablePointer<RatGdiDescription>?
) -> RatStatus {
    guard let out = unsafe outDescription,
        unsafe out.pointee.size == UInt32(MemoryLayout<RatGdiDescription>.size)
    else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(DrawingError) in
        var told = unsafe RatGdiDescription()
        unsafe told.size = unsafe UInt32(MemoryLayout<RatGdiDescription>.size)
        if let fill = Fill(number: object) {
            unsafe told.describe(fill)
        } else if object == contextPen {
            unsafe told.kind = UInt32(RAT_GDI_PEN)
            unsafe told.width = 1
        } else {
            switch try Objects.find(object) {
            case .pen(let pen):
                unsafe told.kind = UInt32(RAT_GDI_PEN)
                unsafe told.style = pen.style.rawValue
                unsafe told.width = Int32(pen.width)
                unsafe told.color = pen.color
            case .brush(let fill): unsafe told.describe(fill)
            case .context(let context):
                let request = try context.withCanvas { $0.state.font.request }
                unsafe told.describe(request)
                unsafe told.kind = UInt32(RAT_GDI_CONTEXT)
            case .font(let font): unsafe told.describe(font.request)
            case .bitmap(let bitmap):
                unsafe told.kind = UInt32(RAT_GDI_BITMAP)
                unsafe told.pixels = bitmap.pixels.shown
            }
        }
        unsafe out.pointee = told
    }
}

extension RatGdiDescription {
    mutating func describe(_ fill: Fill) {
        unsafe kind = UInt32(RAT_GDI_BRUSH)
        switch fill {
        case .none: unsafe style = UInt32(RAT_GDI_BRUSH_NULL)
        case .solid(let color): unsafe self.color = color
        case .contextColor: unsafe color = 0xFF_FFFF
        case .hatch(let hatch, let color):
            unsafe style = UInt32(RAT_GDI_BRUSH_HATCHED)
            unsafe self.hatch = hatch
            unsafe self.color = color
        case .pattern: unsafe style = UInt32(RAT_GDI_BRUSH_PATTERN)
        }
    }

    mutating func describe(_ request: Font.Request) {
        unsafe kind = UInt32(RAT_GDI_FONT)
        unsafe fontHeight = Int32(request.height)
        unsafe fontWeight = Int32(request.weight)
        unsafe fontFlags = request.flags
        var face = request.face
        while face.utf8.count > 63 { face.removeLast() }
        unsafe withUnsafeMutableBytes(of: &fontFace) { unsafe $0.copyBytes(from: face.utf8) }
    }
}

@c @implementation
public func RatGdiSelect(
    _ context: RatGdiObject,
    _ object: RatGdiObject,
    _ outPrevious: UnsafeMutablePointer<RatGdiObject>?
) -> RatStatus {
    onCanvas(context) { canvas throws(DrawingError) in
        let previous: UInt64
        if let fill = Fill(number: object) {
            previous = canvas.state.brushHandle
            canvas.state.brush = fill
            canvas.state.brushHandle = object
        } else if object == contextPen {
            previous = canvas.state.penHandle
            canvas.state.pen = Pen(style: .solid, width: 1, color: 0, isContexts: true)
            canvas.state.penHandle = object
        } else {
            switch try Objects.find(object) {
            case .pen(let pen):
                previous = canvas.state.penHandle
                canvas.state.pen = pen
                canvas.state.penHandle = object
            case .brush(let fill):
                previous = canvas.state.brushHandle
                canvas.state.brush = fill
                canvas.state.brushHandle = object
            case .font(let font):
                previous = canvas.state.fontHandle
                canvas.state.font = font
                canvas.state.fontHandle = object
            case .bitmap(let bitmap):
                guard canvas.bitmap != nil else { throw .accessDenied }
                previous = canvas.bitmapHandle
                if bitmap !== canvas.bitmap { try canvas.select(bitmap, object) }
            case .context: throw .invalidHandle
            }
        }
        unsafe outPrevious?.pointee = previous
    }
}

@c @implementation
public func RatGdiGetSelected(
    _ context: RatGdiObject,
    _ kind: UInt32,
    _ outObject: UnsafeMutablePointer<RatGdiObject>?
) -> RatStatus {
    guard let out = unsafe outObject else { return RAT_IPC_ERR_INVALID_ARG }
    return onCanvas(context) { canvas throws(DrawingError) in
        switch kind {
        case UInt32(RAT_GDI_PEN): unsafe out.pointee = canvas.state.penHandle
        case UInt32(RAT_GDI_BRUSH): unsafe out.pointee = canvas.state.brushHandle
        case UInt32(RAT_GDI_FONT): unsafe out.pointee = canvas.state.fontHandle
        case UInt32(RAT_GDI_BITMAP): unsafe out.pointee = canvas.bitmapHandle
        default: throw .invalidArgument
        }
    }
}

@c @implementation
public func RatGdiSave(
    _ context: RatGdiObject,
    _ outLevel: UnsafeMutablePointer<Int32>?
) -> RatStatus {
    onCanvas(context) { canvas throws(DrawingError) in
        let level = try canvas.save()
        unsafe outLevel?.pointee = Int32(level)
    }
}

@c @implementation
public func RatGdiRestore(_ context: RatGdiObject, _ level: Int32) -> RatStatus {
    onCanvas(context) { canvas throws(DrawingError) in try canvas.restore(Int(level)) }
}

@c @implementation
public func RatGdiSetAttribute(
    _ context: RatGdiObject,
    _ attribute: UInt32,
    _ value: UInt32,
    _ outPrevious: UnsafeMutablePointer<UInt32>?
) -> RatStatus {
    onCanvas(context) { canvas throws(DrawingError) in
        guard let attribute = StateAttribute(rawValue: attribute), attribute.takes(value) else {
            throw .invalidArgument
        }
        unsafe outPrevious?.pointee = canvas.state[attribute]
        canvas.state[attribute] = attribute.isColor ? value & 0xFF_FFFF : value
    }
}

@c @implementation
public func RatGdiGetAttribute(
    _ context: RatGdiObject,
    _ attribute: UInt32,
    _ outValue: UnsafeMutablePointer<UInt32>?
) -> RatStatus {
    guard let out = unsafe outValue else { return RAT_IPC_ERR_INVALID_ARG }
    return onCanvas(context) { canvas throws(DrawingError) in
        guard let attribute = StateAttribute(rawValue: attribute) else { throw .invalidArgument }
        unsafe out.pointee = canvas.state[attribute]
    }
}

@c @implementation
public func RatGdiSetPoint(
    _ context: RatGdiObject,
    _ which: UInt32,
    _ x: Int32,
    _ y: Int32,
    _ outPrevious: UnsafeMutablePointer<RatPoint>?
) -> RatStatus {
    onCanvas(context) { canvas throws(DrawingError) in
        guard let which = StatePoint(rawValue: which) else { throw .invalidArgument }
        unsafe outPrevious?.pointee = RatPoint(canvas.state[which])
        canvas.state[which] = Spot(x: bounded(x), y: bounded(y))
    }
}

@c @implementation
public func RatGdiGetPoint(
    _ context: RatGdiObject,
    _ which: UInt32,
    _ outPoint: UnsafeMutablePointer<RatPoint>?
) -> RatStatus {
    guard let out = unsafe outPoint else { return RAT_IPC_ERR_INVALID_ARG }
    return onCanvas(context) { canvas throws(DrawingError) in
        guard let which = StatePoint(rawValue: which) else { throw .invalidArgument }
        unsafe out.pointee = RatPoint(canvas.state[which])
    }
}

@c @implementation
public func RatGdiClip(
    _ context: RatGdiObject,
    _ mode: UInt32,
    _ rects: UnsafePointer<RatRect>?,
    _ count: Int
) -> RatStatus {
    onCanvas(context) { canvas throws(DrawingError) in
        if mode == UInt32(RAT_GDI_CLIP_COPY), unsafe rects == nil {
            return canvas.limit(to: nil)
        }
        guard unsafe rects != nil, let given = unsafe boxes(rects, count),
            given.count <= 1 << 12 || Clip.isOrdered(given)
        else { throw .invalidArgument }
        switch mode {
        case UInt32(RAT_GDI_CLIP_COPY): canvas.limit(to: Clip(union: given))
        case UInt32(RAT_GDI_CLIP_AND):
            let part = Clip(union: given.map { canvas.device($0) })
            canvas.limit(to: canvas.state.limit.map { $0.intersection(part) } ?? part)
        case UInt32(RAT_GDI_CLIP_DIFF):
            let part = Clip(union: given.map { canvas.device($0) })
            let whole = canvas.state.limit ?? Clip(canvas.pixels.box)
            canvas.limit(to: whole.subtracting(part))
        default: throw .invalidArgument
        }
    }
}

@c @implementation
public func RatGdiGetClipBox(
    _ context: RatGdiObject,
    _ outBox: UnsafeMutablePointer<RatRect>?,
    _ outCount: UnsafeMutablePointer<UInt32>?
) -> RatStatus {
    guard let out = unsafe outBox else { return RAT_IPC_ERR_INVALID_ARG }
    return onCanvas(context) { canvas throws(DrawingError) in
        let back = Spot.zero - canvas.state.shift
        let isEmpty = canvas.clip.boxes.isEmpty
        unsafe out.pointee = RatRect(isEmpty ? .empty : canvas.bounds.offset(by: back))
        unsafe outCount?.pointee = UInt32(canvas.clip.boxes.count)
    }
}

@c @implementation
public func RatGdiCreatePen(
    _ style: UInt32,
    _ width: Int32,
    _ color: UInt32,
    _ outPen: UnsafeMutablePointer<RatGdiObject>?
) -> RatStatus {
    unsafe made(outPen) { () throws(DrawingError) in
        guard let style = Pen.Style(rawValue: style) else { throw .invalidArgument }
        let width = min(max(abs(bounded(width)), 1), 1 << 15)
        return .pen(Pen(style: style, width: width, color: color & 0xFF_FFFF))
    }
}

@c @implementation
public func RatGdiCreateHatchBrush(
    _ hatch: UInt32,
    _ color: UInt32,
    _ outBrush: UnsafeMutablePointer<RatGdiObject>?
) -> RatStatus {
    unsafe made(outBrush) { () throws(DrawingError) in
        guard hatch < Fill.hatches.count else { throw .invalidArgument }
        return .brush(.hatch(hatch, color & 0xFF_FFFF))
    }
}

@c @implementation
public func RatGdiCreatePatternBrush(
    _ bitmap: RatGdiObject,
    _ outBrush: UnsafeMutablePointer<RatGdiObject>?
) -> RatStatus {
    unsafe made(outBrush) { () throws(DrawingError) in
        let bitmap = try Objects.bitmap(bitmap)
        let source = bitmap.pixels
        guard source.width * source.height <= 1 << 24 else { throw .noResources }
        var pixels: [UInt32] = []
        pixels.reserveCapacity(source.width * source.height)
        withExtendedLifetime(bitmap) {
            for y in 0..<source.height {
                let row = unsafe source.row(y)
                for x in 0..<source.width { pixels.append(unsafe row[x] | opaque) }
            }
        }
        return .brush(
            .pattern(Fill.Pattern(width: source.width, height: source.height, pixels: pixels))
        )
    }
}

@c @implementation
public func RatGdiCreateBitmap(
    _ width: Int32,
    _ height: Int32,
    _ isUpward: Bool,
    _ outBitmap: UnsafeMutablePointer<RatGdiObject>?
) -> RatStatus {
    unsafe made(outBitmap) { () throws(DrawingError) in
        guard (1...32767).contains(width), (1...32767).contains(height) else {
            throw .invalidArgument
        }
        guard let bitmap = Bitmap(width: Int(width), height: Int(height), isUpward: isUpward) else {
            throw .noResources
        }
        return .bitmap(bitmap)
    }
}

@c @implementation
public func RatGdiCreateFont(
    _ font: UnsafePointer<RatGdiFont>?,
    _ outFont: UnsafeMutablePointer<RatGdiObject>?
) -> RatStatus {
    unsafe made(outFont) { () throws(DrawingError) in
        guard let font = unsafe font?.pointee,
            unsafe font.size == UInt32(MemoryLayout<RatGdiFont>.size)
        else { throw .invalidArgument }
        var request = Font.Request()
        request.height = unsafe min(max(Int(font.height), -(1 << 14)), 1 << 14)
        request.weight = unsafe font.weight == 0 ? 400 : Int(font.weight)
        request.flags = unsafe font.flags
        if let face = unsafe font.face {
            guard unsafe strnlen(face, 256) < 256 else { throw .invalidArgument }
            request.face = unsafe String(cString: face)
        }
        return .font(Font(request))
    }
}

#endif
