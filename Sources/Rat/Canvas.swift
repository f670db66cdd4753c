internal import RatDisplay
internal import RatWindowing

/// The pixels of a window while it is being painted: 0xAARRGGBB with colours multiplied by alpha. What is
/// drawn outside the window is cut off.
///
/// Lent to the body of `Window.paint(_:)`, and cannot be kept: it is not copyable.
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
        let count = unsafe paint.pixels == nil ? 0 : stride * height
        let pixels = unsafe UnsafeMutableBufferPointer(start: paint.pixels, count: count)
        return unsafe body(pixels, stride)
    }
}
