#if X11

internal import CRatXCB
internal import RatDisplay

/// Brings pixels to the server.
///
/// What one call presents is shown by one request, so that nobody ever sees half of it. The pixels wait for
/// that request in one of two buffers that are shared with the server, the other of which it may still be
/// reading; or, without shared memory, in a pixmap to which they went in pieces. Only a frame of more
/// than `mostBytes` is shown in bands. Confined to the thread of the connection.
final class Presenter {
    private let connection: Connection
    /// The number of the event that says the server has read a buffer; `nil` without shared memory.
    let completionEvents: UInt8?

    private(set) var isShared: Bool
    private var buffers: [SharedBuffer] = []

    /// As much as a frame of 5,792 by 5,792 pixels.
    private static let mostBytes = 128 << 20
    /// The most rectangles that one request shows.
    private static let mostRects = 1024

    init(_ connection: Connection) {
        self.connection = connection
        completionEvents = connection.sharedMemoryEvents()
        isShared = completionEvents != nil
    }

    /// Shows parts of `pixels` at the same place of the window. They have been copied when this returns.
    func present(_ pixels: PixelStore, _ rects: [Rect], on window: xcb_window_t) {
        let edge = Int32(Int16.max)
        let bounds = Rect(origin: Point(x: 0, y: 0), size: pixels.size)
            .intersection(Rect(left: 0, top: 0, right: edge, bottom: edge))
        let parts = rects.map { $0.intersection(bounds) }.filter { !$0.isEmpty }
        for first in stride(from: 0, to: parts.count, by: Self.mostRects) {
            let frame = Array(parts[first..<min(first + Self.mostRects, parts.count)])
            present(Frame(pixels, frame, window))
        }
    }

    /// What the server has read may be written to again.
    func noteCompletion(of segment: UInt32, _ sequence: UInt32) {
        for buffer in buffers where buffer.segment == segment && buffer.reader == sequence {
            buffer.reader = nil
        }
    }

    /// What one request is to show.
    private struct Frame {
        let pixels: PixelStore
        /// Within the pixels and what X can express; none is empty.
        let rects: [Rect]
        let bounds: Rect
        let window: xcb_window_t

        init(_ pixels: PixelStore, _ rects: [Rect], _ window: xcb_window_t) {
            self.pixels = pixels
            self.rects = rects
            self.window = window
            bounds = rects.reduce(.empty) { $0.union($1) }
        }

        var byteCount: Int { Int(bounds.size.width) * Int(bounds.size.height) * 4 }

        /// A part that has the height of `band`.
        func cut(to band: Rect) -> Frame {
            Frame(pixels, rects.map { $0.intersection(band) }.filter { !$0.isEmpty }, window)
        }
    }

    private func present(_ frame: Frame) {
        guard frame.byteCount <= Self.mostBytes else {
            for band in frame.bounds.pieces(ofAtMost: Self.mostBytes / 4) {
                present(frame.cut(to: band))
            }
            return
        }
        guard !frame.rects.isEmpty else { return }
        if let buffer = freeBuffer(frame.byteCount) {
            share(frame, buffer)
        } else {
            send(frame)
        }
    }

    // MARK: Shared memory

    private func share(_ frame: Frame, _ buffer: SharedBuffer) {
        let bounds = frame.bounds
        let pitch = Int(bounds.size.width)
        for rect in frame.rects {
            let offset = Int(rect.top - bounds.top) * pitch + Int(rect.left - bounds.left)
            let base = unsafe buffer.unsafeBase + offset
            unsafe frame.pixels.copy(
                rect,
                to: base,
                pitch: pitch,
                isSwapping: connection.swapsBytes
            )
        }
        withClip(frame) {
            buffer.reader = connection.putShared(frame.window, bounds, buffer.segment)
        }
    }

    /// A buffer that nobody reads, made if need be; `nil` if there is no shared memory.
    private func freeBuffer(_ byteCount: Int) -> SharedBuffer? {
        guard isShared else { return nil }
        if buffers.count == 2, buffers.allSatisfy({ $0.reader != nil }) {
            // What has been read is told by events; this one also says so of what was never read, as
            // with a window that somebody destroyed.
            connection.synchronize()
            for buffer in buffers { buffer.reader = nil }
        }
        if let buffer = buffers.first(where: { $0.reader == nil && $0.capacity >= byteCount }) {
            return buffer
        }
        if buffers.count == 2 { buffers.removeAll { $0.reader == nil } }
        guard let buffer = SharedBuffer(connection, byteCount) else {
            // A server that cannot see our memory will not see it later.
            isShared = false
            buffers = []
            return nil
        }
        buffers.append(buffer)
        return buffer
    }

    // MARK: Requests

    /// The most pixels that one request carries. A server keeps a buffer of the largest request that a
    /// client ever sent, so what it would take at most is not what it should be given.
    private var pixelsPerRequest: Int {
        let header = MemoryLayout<xcb_put_image_request_t>.size + 4
        return (min(connection.largestRequest, 1 << 20) - header) / MemoryLayout<UInt32>.size
    }

    private func send(_ frame: Frame) {
        let bounds = frame.bounds
        let pieces = frame.rects.flatMap { $0.pieces(ofAtMost: pixelsPerRequest) }
        guard pieces.count > 1 else {
            for piece in pieces { put(frame.pixels, piece, on: frame.window, at: piece.origin) }
            return
        }
        let pixmap = connection.makePixmap(bounds.size)
        for piece in pieces {
            let place = Point(x: piece.left - bounds.left, y: piece.top - bounds.top)
            put(frame.pixels, piece, on: pixmap, at: place)
        }
        withClip(frame) { connection.copyArea(pixmap, to: frame.window, bounds) }
        connection.freePixmap(pixmap)
    }

    private func put(
        _ pixels: PixelStore,
        _ piece: Rect,
        on drawable: xcb_drawable_t,
        at place: Point
    ) {
        let width = Int(piece.size.width)
        let count = width * Int(piece.size.height)
        let rect = Rect(origin: place, size: piece.size)
        if piece.size.width == pixels.size.width, !connection.swapsBytes {
            let first = unsafe pixels.address(piece.left, piece.top)
            let source = unsafe UnsafeBufferPointer(start: first, count: count)
            unsafe connection.putImage(drawable, rect, UnsafeRawBufferPointer(source))
            return
        }
        // A request has no stride: the rows are brought together.
        let packed = unsafe [UInt32](unsafeUninitializedCapacity: count) { buffer, filled in
            guard let base = buffer.baseAddress else { return }
            unsafe pixels.copy(piece, to: base, pitch: width, isSwapping: connection.swapsBytes)
            filled = count
        }
        unsafe packed.withUnsafeBytes { unsafe connection.putImage(drawable, rect, $0) }
    }

    // MARK: Both

    /// Limits what `draw` asks for to the frame's rectangles.
    private func withClip(_ frame: Frame, _ draw: () -> Void) {
        guard frame.rects != [frame.bounds] else { return draw() }
        connection.setClip(frame.rects)
        draw()
        connection.clearClip()
    }
}

extension PixelStore {
    /// Copies a part, with the bytes of each pixel turned round for a server of the other order. `pitch` is in
    /// pixels.
    func copy(
        _ rect: Rect,
        to base: UnsafeMutablePointer<UInt32>,
        pitch: Int,
        isSwapping: Bool
    ) {
        let width = Int(rect.size.width)
        for row in 0..<Int(rect.size.height) {
            let from = unsafe address(rect.left, rect.top + Int32(row))
            let to = unsafe base + row * pitch
            if isSwapping {
                for x in 0..<width { unsafe to[x] = from[x].byteSwapped }
            } else {
                unsafe to.update(from: from, count: width)
            }
        }
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
