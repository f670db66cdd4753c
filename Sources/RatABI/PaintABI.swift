// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import RatCore
internal import RatDisplay
internal import RatWindowing

// One function per declaration in ratpaint.h, in its order.

/// More rectangles than that are refused: no screen has so many pixels.
private let maximumRectCount = 1 << 24

@c @implementation
public func RatCreateRegion(
    _ rects: UnsafePointer<RatRect>?,
    _ count: Int,
    _ outRegion: UnsafeMutablePointer<RatRegion>?
) -> RatStatus {
    unsafe handleStatus(outRegion) { () throws(RatError) in
        try RegionObject.create(unsafe makeRegion(rects, count))
    }
}

@c @implementation
public func RatCloseRegion(_ region: RatRegion) -> RatStatus {
    closeStatus(region, .region)
}

@c @implementation
public func RatSetRegion(
    _ region: RatRegion,
    _ rects: UnsafePointer<RatRect>?,
    _ count: Int
) -> RatStatus {
    status { () throws(RatError) in
        try RegionObject.set(Handle(rawValue: region), unsafe makeRegion(rects, count))
    }
}

@c @implementation
public func RatCombineRegions(
    _ target: RatRegion,
    _ first: RatRegion,
    _ second: RatRegion,
    _ mode: UInt32
) -> RatStatus {
    status { () throws(RatError) in
        guard (UInt32(RAT_RGN_AND)...UInt32(RAT_RGN_COPY)).contains(mode) else {
            throw .invalidArgument
        }
        let first = try RegionObject.region(Handle(rawValue: first))
        let result: Region
        if mode == UInt32(RAT_RGN_COPY) {
            result = first
        } else {
            let second = try RegionObject.region(Handle(rawValue: second))
            switch mode {
            case UInt32(RAT_RGN_AND): result = first.intersection(second)
            case UInt32(RAT_RGN_OR): result = first.union(second)
            case UInt32(RAT_RGN_XOR): result = first.symmetricDifference(second)
            default: result = first.subtracting(second)
            }
        }
        try RegionObject.set(Handle(rawValue: target), result)
    }
}

@c @implementation
public func RatOffsetRegion(_ region: RatRegion, _ dx: Int32, _ dy: Int32) -> RatStatus {
    status { () throws(RatError) in
        let handle = Handle(rawValue: region)
        let moved = try RegionObject.region(handle).offset(by: Point(x: dx, y: dy))
        try RegionObject.set(handle, moved)
    }
}

@c @implementation
public func RatGetRegionBounds(
    _ region: RatRegion,
    _ outBounds: UnsafeMutablePointer<RatRect>?
) -> RatStatus {
    guard let outBounds = unsafe outBounds else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let found = try RegionObject.region(Handle(rawValue: region))
        unsafe outBounds.pointee = RatRect(found.bounds)
    }
}

@c @implementation
public func RatGetRegionRects(
    _ region: RatRegion,
    _ rects: UnsafeMutablePointer<RatRect>?,
    _ capacity: Int,
    _ outCount: UnsafeMutablePointer<Int>?
) -> RatStatus {
    guard let outCount = unsafe outCount, unsafe rects != nil || capacity == 0 else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    return status { () throws(RatError) in
        let found = try RegionObject.region(Handle(rawValue: region)).rectangles
        unsafe outCount.pointee = found.count
        // Capacities above half the address space arrive as negative numbers, and are large enough.
        guard capacity < 0 || capacity >= found.count else { throw .bufferTooSmall }
        guard let rects = unsafe rects else { return }
        for (index, rect) in found.enumerated() { unsafe rects[index] = RatRect(rect) }
    }
}

@c @implementation
public func RatRegionContainsPoint(
    _ region: RatRegion,
    _ x: Int32,
    _ y: Int32,
    _ outContains: UnsafeMutablePointer<Bool>?
) -> RatStatus {
    guard let outContains = unsafe outContains else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let found = try RegionObject.region(Handle(rawValue: region))
        unsafe outContains.pointee = found.contains(Point(x: x, y: y))
    }
}

@c @implementation
public func RatRegionContainsRect(
    _ region: RatRegion,
    _ rect: UnsafePointer<RatRect>?,
    _ outCoverage: UnsafeMutablePointer<UInt32>?
) -> RatStatus {
    guard let outCoverage = unsafe outCoverage, let rect = unsafe rect else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    return status { () throws(RatError) in
        let found = try RegionObject.region(Handle(rawValue: region))
        unsafe outCoverage.pointee =
            switch unsafe found.coverage(of: Rect(rect.pointee)) {
            case .none: UInt32(RAT_COVERS_NONE)
            case .part: UInt32(RAT_COVERS_PART)
            case .all: UInt32(RAT_COVERS_ALL)
            }
    }
}

@c @implementation
public func RatEqualRegions(
    _ first: RatRegion,
    _ second: RatRegion,
    _ outEqual: UnsafeMutablePointer<Bool>?
) -> RatStatus {
    guard let outEqual = unsafe outEqual else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        let first = try RegionObject.region(Handle(rawValue: first))
        unsafe outEqual.pointee = try first == RegionObject.region(Handle(rawValue: second))
    }
}

@c @implementation
public func RatInvalidateRegion(
    _ window: RatWindow,
    _ region: RatRegion,
    _ erase: Bool
) -> RatStatus {
    redraw(window, region, nil, erase ? [.invalidate, .erase] : .invalidate)
}

@c @implementation
public func RatValidateRect(_ window: RatWindow, _ rect: UnsafePointer<RatRect>?) -> RatStatus {
    unsafe redraw(window, 0, Rect(rect), .validate)
}

@c @implementation
public func RatValidateRegion(_ window: RatWindow, _ region: RatRegion) -> RatStatus {
    redraw(window, region, nil, .validate)
}

@c @implementation
public func RatRedrawWindow(
    _ window: RatWindow,
    _ rect: UnsafePointer<RatRect>?,
    _ region: RatRegion,
    _ flags: UInt32
) -> RatStatus {
    guard flags & ~RedrawFlags.all.rawValue == 0 else { return RAT_IPC_ERR_INVALID_ARG }
    return unsafe redraw(window, region, Rect(rect), RedrawFlags(rawValue: flags))
}

private func redraw(
    _ window: RatWindow,
    _ region: RatRegion,
    _ rect: Rect?,
    _ flags: RedrawFlags
) -> RatStatus {
    status { () throws(RatError) in
        let handle = Handle(rawValue: window)
        guard Window.exists(handle) else { throw .invalidHandle }
        let part = region == 0 ? nil : try RegionObject.region(Handle(rawValue: region))
        try Window.redraw(handle, part ?? rect.map { Region($0) }, flags)
    }
}

@c @implementation
public func RatGetUpdateRect(
    _ window: RatWindow,
    _ outRect: UnsafeMutablePointer<RatRect>?,
    _ erase: Bool
) -> RatStatus {
    guard let outRect = unsafe outRect else { return RAT_IPC_ERR_INVALID_ARG }
    return windowStatus(window) { window in
        unsafe outRect.pointee = RatRect(window.updateRegion(erases: erase).bounds)
    }
}

@c @implementation
public func RatGetUpdateRegion(
    _ window: RatWindow,
    _ region: RatRegion,
    _ erase: Bool
) -> RatStatus {
    windowStatus(window) { window throws(RatError) in
        let target = Handle(rawValue: region)
        _ = try RegionObject.region(target)
        try RegionObject.set(target, window.updateRegion(erases: erase))
    }
}

@c @implementation
public func RatExcludeUpdateRegion(_ window: RatWindow, _ region: RatRegion) -> RatStatus {
    windowStatus(window) { window throws(RatError) in
        let target = Handle(rawValue: region)
        let remaining = try RegionObject.region(target)
            .subtracting(window.updateRegion(erases: false))
        try RegionObject.set(target, remaining)
    }
}

@c @implementation
public func RatGetWindowPixels(
    _ window: RatWindow,
    _ region: RatRegion,
    _ flags: UInt32,
    _ outPaint: UnsafeMutablePointer<RatPaint>?
) -> RatStatus {
    let how = Window.Lending(rawValue: flags)
    guard let outPaint = unsafe outPaint, Window.Lending.all.isSuperset(of: how) else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    return windowStatus(window) { window throws(RatError) in
        let part = region == 0 ? nil : try RegionObject.region(Handle(rawValue: region))
        unsafe outPaint.engine.pointee = try window.lendPixels(part, how)
    }
}

@c @implementation
public func RatReleaseWindowPixels(
    _ window: RatWindow,
    _ paint: UnsafePointer<RatPaint>?
) -> RatStatus {
    guard let token = unsafe paint?.pointee.token else { return RAT_IPC_ERR_INVALID_ARG }
    return windowStatus(window) { window throws(RatError) in try window.releasePixels(token) }
}

@c @implementation
public func RatScrollWindowEx(
    _ window: RatWindow,
    _ dx: Int32,
    _ dy: Int32,
    _ rect: UnsafePointer<RatRect>?,
    _ clip: UnsafePointer<RatRect>?,
    _ updateRegion: RatRegion,
    _ outRect: UnsafeMutablePointer<RatRect>?,
    _ flags: UInt32
) -> RatStatus {
    guard flags & ~ScrollFlags.all.rawValue == 0 else { return RAT_IPC_ERR_INVALID_ARG }
    let (rect, clip) = unsafe (Rect(rect), Rect(clip))
    return windowStatus(window) { window throws(RatError) in
        let target = Handle(rawValue: updateRegion)
        if updateRegion != 0 { _ = try RegionObject.region(target) }
        let result = window.scroll(
            by: Point(x: dx, y: dy),
            rect,
            clip,
            ScrollFlags(rawValue: flags)
        )
        unsafe outRect?.pointee = RatRect(result.uncovered)
        if updateRegion != 0 { try RegionObject.set(target, result.region) }
    }
}

/// The region of a program's rectangles.
private func makeRegion(
    _ rects: UnsafePointer<RatRect>?,
    _ count: Int
) throws(RatError) -> Region {
    guard count != 0 else { return .empty }
    guard (1...maximumRectCount).contains(count), let rects = unsafe rects else {
        throw .invalidArgument
    }
    if count == 1 { return unsafe Region(Rect(rects.pointee)) }
    return Region((0..<count).map { unsafe Rect(rects[$0]) })
}
