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
        let edge = Int32(Int16.max)
        let part = rect.intersection(Rect(origin: Point(x: 0, y: 0), size: pixels.size))
            .intersection(Rect(left: 0, top: 0, right: edge, bottom: edge))
        guard !part.isEmpty else { return }
        for piece in part.pieces(ofAtMost: pixelsPerRequest) {
            presentPiece(pixels, piece, on: window)
        }
    }

    private func presentPiece(_ pixels: PixelStore, _ piece: Rect, on window: xcb_window_t) {
        let width = Int(piece.size.width)
        let pitch = Int(pixels.size.width)
        let count = width * Int(piece.size.height)
        let first = unsafe pixels.unsafeBase + Int(piece.top) * pitch + Int(piece.left)
        if width == pitch, !swapsBytes {
            let source = unsafe UnsafeBufferPointer(start: first, count: count)
            unsafe put(UnsafeRawBufferPointer(source), piece, on: window)
            return
        }
        // A request has no stride: the rows are brought together.
        let packed = unsafe [UInt32](unsafeUninitializedCapacity: count) { buffer, filled in
            guard let base = buffer.baseAddress else { return }
            for row in 0..<Int(piece.size.height) {
                unsafe (base + row * width).initialize(from: first + row * pitch, count: width)
            }
            filled = count
            guard swapsBytes else { return }
            for index in 0..<count { unsafe base[index] = base[index].byteSwapped }
        }
        unsafe packed.withUnsafeBytes { unsafe put($0, piece, on: window) }
    }

    private func put(_ bytes: UnsafeRawBufferPointer, _ piece: Rect, on window: xcb_window_t) {
        unsafe putImage(
            window,
            x: Int16(piece.left),
            y: Int16(piece.top),
            width: UInt16(piece.size.width),
            height: UInt16(piece.size.height),
            bytes
        )
    }
}

extension Rect {
    /// Cuts a rectangle that is not empty into pieces of no more pixels than `limit`: whole rows as long
    /// as one fits, for those lie together in memory.
    func pieces(ofAtMost limit: Int) -> [Rect] {
        let columns = Int32(min(Int(size.width), max(1, limit)))
        let rows = Int32(min(Int(size.height), max(1, limit / Int(columns))))
        return stride(from: top, to: bottom, by: Int(rows)).flatMap { top in
            stride(from: left, to: right, by: Int(columns)).map { left in
                Rect(
                    left: left,
                    top: top,
                    right: min(left + columns, right),
                    bottom: min(top + rows, bottom)
                )
            }
        }
    }
}

#endif
