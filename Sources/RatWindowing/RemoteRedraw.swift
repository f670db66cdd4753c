package import RatCore
internal import RatDisplay
internal import RatMessaging

// Marking the windows of other threads. It is sent to the window, since its update region is its thread's: the
// flags are in wparam, the rectangles in the payload, and lparam says whether there are any to go by. The
// default procedure does it. Nothing in the message is a pointer, so whoever sends one can but have something
// painted once more, or later.

extension Window {
    /// `redraw` for a window of any thread. For another thread's it is done within that one's next retrieval,
    /// which ends its wait for one.
    package static func redraw(
        _ handle: Handle,
        _ region: Region?,
        _ flags: RedrawFlags
    ) throws(RatError) {
        do throws(RatError) {
            try find(handle).redraw(region, flags)
        } catch {
            guard error == .wrongThread else { throw error }
            // The roots are no thread's.
            let isRoot = try WindowTree.read(handle) { node throws(RatError) in node.isRoot }
            guard !isRoot else { throw error }
            try sendRedraw(to: handle, region, flags)
        }
    }

    private static func sendRedraw(
        to handle: Handle,
        _ region: Region?,
        _ flags: RedrawFlags
    ) throws(RatError) {
        var header = MessageHeader(
            message: WindowMessage.remoteRedraw,
            wparam: UInt(flags.rawValue),
            lparam: region == nil ? 0 : 1
        )
        var rects = region.map { Array($0.rectangles) } ?? []
        if rects.count * MemoryLayout<Rect>.stride > Payload.maximumSize {
            rects = region.map { [$0.bounds] } ?? []
        }
        header.size = UInt32(rects.count * MemoryLayout<Rect>.stride)
        var message = Message(header)
        do {
            try unsafe rects.withUnsafeMutableBytes { bytes in
                unsafe message.unsafePayload = bytes.baseAddress
                try unsafe withUnsafePointer(to: message) { pointer in
                    try unsafe Sending.notify(pointer, to: handle)
                }
            }
        } catch {
            throw error as? RatError ?? .unknown
        }
    }

    /// Does what another thread has asked for.
    func redrawAsSent(_ wparam: UInt, _ lparam: Int) {
        let flags = RedrawFlags(rawValue: UInt32(truncatingIfNeeded: wparam))
            .intersection(.all)
        guard lparam != 0 else { return redraw(nil, flags) }
        guard let message = try? CallFrame.currentMessage(),
            message.header.message == WindowMessage.remoteRedraw
        else { return }
        let size = Int(message.header.size)
        let payload = unsafe UnsafeRawBufferPointer(start: message.unsafePayload, count: size)
        let stride = MemoryLayout<Rect>.stride
        let rects = (0..<size / stride).map { index in
            unsafe payload.loadUnaligned(fromByteOffset: index * stride, as: Rect.self)
        }
        redraw(Region(rects), flags)
    }
}
