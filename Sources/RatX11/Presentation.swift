#if X11

internal import CRatXCB
internal import RatDisplay

extension Connection {
    /// The most pixels that one request carries. A server keeps a buffer of the largest request that a
    /// client ever sent, so what it would take at most is not what it should be given.
    private var pixelsPerRequest: Int {
        let header = MemoryLayout<xcb_put_image_request_t>.size + 4
        return (min(largestRequest, 1 << 20) - header) / MemoryLayout<UInt32>.size
    }

    /// Shows a part of `pixels` at the same place of the window. xcb has copied or written the pixels
    /// when this returns.
    func present(_ pixels: PixelStore, _ rect: Rect, on window: xcb_window_t) {
        let part = rect.intersection(Rect(origin: Point(x: 0, y: 0), size: pixels.size))
        guard !part.isEmpty, part.right <= Int32(Int16.max), part.bottom <= Int32(Int16.max)
        else { return }
        // No row is too long: 2^15 pixels are half of what every server must take.
        let rows = Int32(max(1, pixelsPerRequest / Int(part.size.width)))
        for top in stride(from: part.top, to: part.bottom, by: Int(rows)) {
            var band = part
            band.top = top
            band.bottom = min(top + rows, part.bottom)
            presentBand(pixels, band, on: window)
        }
    }

    private func presentBand(_ pixels: PixelStore, _ band: Rect, on window: xcb_window_t) {
        let width = Int(band.size.width)
        let pitch = Int(pixels.size.width)
        let count = width * Int(band.size.height)
        let first = unsafe pixels.unsafeBase + Int(band.top) * pitch + Int(band.left)
        if width == pitch, !swapsBytes {
            let source = unsafe UnsafeBufferPointer(start: first, count: count)
            unsafe put(UnsafeRawBufferPointer(source), band, on: window)
            return
        }
        // A request has no stride: the rows are brought together.
        let packed = unsafe [UInt32](unsafeUninitializedCapacity: count) { buffer, filled in
            for row in 0..<Int(band.size.height) {
                let source = unsafe UnsafeBufferPointer(start: first + row * pitch, count: width)
                for column in 0..<width {
                    let pixel = unsafe source[column]
                    unsafe buffer[row * width + column] = swapsBytes ? pixel.byteSwapped : pixel
                }
            }
            filled = count
        }
        unsafe packed.withUnsafeBytes { unsafe put($0, band, on: window) }
    }

    private func put(_ bytes: UnsafeRawBufferPointer, _ band: Rect, on window: xcb_window_t) {
        unsafe putImage(
            window,
            x: Int16(band.left),
            y: Int16(band.top),
            width: UInt16(band.size.width),
            height: UInt16(band.size.height),
            bytes
        )
    }
}

#endif
