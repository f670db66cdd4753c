/// The pixels of one window: 32 bits each in the machine's byte order, 0xAARRGGBB with colours
/// multiplied by alpha. All zero at first. Confined to the thread that made it.
@safe package final class PixelStore {
    package let size: Size
    /// Bytes from one row to the next.
    package let stride: Int
    /// `stride * size.height` bytes; owned, so no longer valid than this object.
    package let unsafeBase: UnsafeMutablePointer<UInt32>

    /// `nil` if there is no memory for it.
    package init?(size: Size) {
        let width = Int(max(size.width, 0))
        let height = Int(max(size.height, 0))
        self.size = Size(width: Int32(width), height: Int32(height))
        stride = width * MemoryLayout<UInt32>.stride
        let (count, overflow) = width.multipliedReportingOverflow(by: height)
        // 2^29 pixels are 2 GiB: more than any display shows, less than what allocation traps on.
        guard !overflow, count <= 1 << 29 else { return nil }
        unsafe unsafeBase = UnsafeMutablePointer<UInt32>.allocate(capacity: max(count, 1))
        unsafe unsafeBase.initialize(repeating: 0, count: max(count, 1))
    }

    deinit {
        unsafe unsafeBase.deallocate()
    }

    /// Fills a rectangle, which is cut to the store.
    package func fill(_ rect: Rect, with pixel: UInt32) {
        let part = rect.intersection(Rect(origin: Point(x: 0, y: 0), size: size))
        guard !part.isEmpty else { return }
        for y in part.top..<part.bottom {
            let row = unsafe unsafeBase + Int(y) * Int(size.width) + Int(part.left)
            unsafe row.update(repeating: pixel, count: Int(part.size.width))
        }
    }

    /// Copies the part that both stores have from `source`.
    package func copy(from source: PixelStore) {
        copy(Rect(origin: Point(x: 0, y: 0), size: size), from: source)
    }

    /// Copies a rectangle, cut to what both stores have, from the same place of `source`.
    package func copy(_ rect: Rect, from source: PixelStore) {
        let bounds = Rect(origin: Point(x: 0, y: 0), size: size)
        let part = rect.intersection(bounds)
            .intersection(Rect(origin: Point(x: 0, y: 0), size: source.size))
        for y in part.top..<max(part.top, part.bottom) {
            let from = unsafe source.unsafeBase + Int(y) * Int(source.size.width) + Int(part.left)
            let to = unsafe unsafeBase + Int(y) * Int(size.width) + Int(part.left)
            unsafe to.update(from: from, count: Int(part.size.width))
        }
    }

    /// Copies to a rectangle, cut to what both stores have, when the source's top left corner lies at
    /// `origin` of this one.
    package func copy(_ rect: Rect, from source: PixelStore, at origin: Point) {
        let part = rect.intersection(Rect(origin: Point(x: 0, y: 0), size: size))
            .intersection(Rect(origin: origin, size: source.size))
        for y in part.top..<max(part.top, part.bottom) {
            let row = Int(y &- origin.y) * Int(source.size.width) + Int(part.left &- origin.x)
            let from = unsafe source.unsafeBase + row
            let to = unsafe unsafeBase + Int(y) * Int(size.width) + Int(part.left)
            unsafe to.update(from: from, count: Int(part.size.width))
        }
    }

    /// Moves a rectangle by `delta`, as far as it lies in the store before and after. What it leaves stays.
    package func move(_ rect: Rect, by delta: Point) {
        let bounds = Rect(origin: Point(x: 0, y: 0), size: size)
        let back = Point(x: 0 &- delta.x, y: 0 &- delta.y)
        let part = rect.intersection(bounds).offset(by: delta).intersection(bounds)
        guard !part.isEmpty else { return }
        let source = part.offset(by: back)
        // Rows that are still to be moved must not be written over.
        for step in 0..<part.size.height {
            let row = delta.y > 0 ? part.size.height - 1 - step : step
            let from = unsafe address(source.left, source.top + row)
            unsafe address(part.left, part.top + row)
                .update(from: from, count: Int(part.size.width))
        }
    }

    /// Where a pixel is, which must lie in the store, or at the end of one that is empty.
    package func address(_ x: Int32, _ y: Int32) -> UnsafeMutablePointer<UInt32> {
        unsafe unsafeBase + Int(y) * Int(size.width) + Int(x)
    }

    /// `nil` outside the store.
    package func pixel(at point: Point) -> UInt32? {
        guard (0..<size.width).contains(point.x), (0..<size.height).contains(point.y) else {
            return nil
        }
        return unsafe unsafeBase[Int(point.y) * Int(size.width) + Int(point.x)]
    }
}
