internal import RatDisplay
internal import RatWindowing

/// The pixels of a window while it is drawn on: 0xAARRGGBB with colours multiplied by alpha. Only what lies
/// in `clip` is shown; elsewhere the pixels hold anything. What is drawn outside the window is cut off.
///
/// Lent to the body of `Window.paint(_:)` or `Window.draw(_:)`, and cannot be kept: it is not copyable.
public struct Canvas: ~Copyable {
    /// The client area, in pixels.
    public let width: Int
    /// The client area, in pixels.
    public let height: Int
    private let paint: Paint

    init(_ paint: Paint) {
        self.paint = paint
        width = Int(paint.width)
        height = Int(paint.height)
    }

    /// What is shown of the canvas: areas that do not overlap, from top to bottom, from left to right.
    public var clip: [Area] {
        guard let rects = unsafe paint.clip else { return [] }
        return (0..<Int(paint.clipCount)).map { unsafe Area(rects[$0]) }
    }

    /// The smallest area around `clip`.
    public var clipBounds: Area { Area(paint.rect) }

    /// Whether the background was not erased yet, though it is to be.
    public var isToBeErased: Bool { paint.erase != 0 }

    /// Fills a rectangle with a colour.
    public func fill(x: Int, y: Int, width: Int, height: Int, _ color: UInt32) {
        let columns = Canvas.cut(x, width, to: self.width)
        let rows = Canvas.cut(y, height, to: self.height)
        guard let pixels = unsafe paint.pixels else { return }
        for row in rows {
            let start = unsafe pixels + row * (paint.stride / 4) + columns.lowerBound
            unsafe start.update(repeating: color, count: columns.count)
        }
    }

    /// What of a stretch lies between 0 and `bound`.
    private static func cut(_ start: Int, _ length: Int, to bound: Int) -> Range<Int> {
        let (sum, isTooFar) = start.addingReportingOverflow(max(length, 0))
        let lower = min(max(start, 0), bound)
        return lower..<max(lower, min(isTooFar ? bound : sum, bound))
    }

    /// Lends all pixels, row by row, and the number of pixels from one row to the next.
    public func withUnsafeMutablePixels<Value>(
        _ body: (UnsafeMutableBufferPointer<UInt32>, _ rowStride: Int) -> Value
    ) -> Value {
        let stride = paint.stride / 4
        let count = unsafe paint.pixels == nil ? 0 : stride * (height - 1) + width
        let pixels = unsafe UnsafeMutableBufferPointer(start: paint.pixels, count: count)
        return unsafe body(pixels, stride)
    }
}

/// A rectangle of pixels.
public struct Area: Equatable, Sendable {
    /// The leftmost column.
    public var x: Int
    /// The topmost row.
    public var y: Int
    /// In pixels.
    public var width: Int
    /// In pixels.
    public var height: Int

    /// An area; one without width or height has no pixels.
    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    init(_ rect: Rect) {
        self.init(
            x: Int(rect.left),
            y: Int(rect.top),
            width: Int(rect.right) - Int(rect.left),
            height: Int(rect.bottom) - Int(rect.top)
        )
    }

    /// Cut to what coordinates can say.
    var rect: Rect {
        func edge(_ start: Int, _ length: Int) -> Int32 {
            let (sum, isTooFar) = start.addingReportingOverflow(max(length, 0))
            return Int32(clamping: isTooFar ? Int.max : sum)
        }
        return Rect(
            left: Int32(clamping: x),
            top: Int32(clamping: y),
            right: edge(x, width),
            bottom: edge(y, height)
        )
    }
}
