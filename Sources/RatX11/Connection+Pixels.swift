#if X11

internal import CRatXCB
internal import Glibc
internal import RatDisplay

extension Connection {
    // MARK: Shared memory

    /// The number of the event of a completed request, if memory can be shared with the server. Waits.
    func sharedMemoryEvents() -> UInt8? {
        guard capabilities.contains(.sharedMemory), isLocal,
            let data = unsafe rat_xcb_shm_data(raw), unsafe data.pointee.present != 0
        else { return nil }
        noteRequest()
        let cookie = unsafe xcb_shm_query_version(raw)
        guard let reply = unsafe xcb_shm_query_version_reply(raw, cookie, nil) else { return nil }
        defer { unsafe free(reply) }
        // From 1.2 on a segment is a descriptor; those before have names that containers do not share.
        let (major, minor) = unsafe (reply.pointee.major_version, reply.pointee.minor_version)
        guard (major, minor) >= (1, 2) else { return nil }
        return unsafe data.pointee.first_event + UInt8(XCB_SHM_COMPLETION)
    }

    /// Shares a file with the server and closes our descriptor of it. Waits; `nil` if the server refuses.
    func attach(_ file: CInt) -> UInt32? {
        let segment = unsafe xcb_generate_id(raw)
        noteRequest()
        let readOnly: UInt8 = 1
        let cookie = unsafe xcb_shm_attach_fd_checked(raw, segment, file, readOnly)
        if let error = unsafe xcb_request_check(raw, cookie) {
            unsafe free(error)
            return nil
        }
        return isBroken ? nil : segment
    }

    func detach(_ segment: UInt32) {
        unsafe xcb_shm_detach(raw, segment)
        noteRequest()
    }

    /// Shows pixels that lie in a segment from its first byte on; gives the number of the request.
    func putShared(_ window: xcb_window_t, _ rect: Rect, _ segment: UInt32) -> UInt32 {
        let width = UInt16(rect.size.width)
        let height = UInt16(rect.size.height)
        let tellsCompletion: UInt8 = 1
        let cookie = unsafe xcb_shm_put_image(
            raw,
            window,
            graphics,
            width,
            height,
            0,
            0,
            width,
            height,
            Int16(rect.left),
            Int16(rect.top),
            depth,
            UInt8(XCB_IMAGE_FORMAT_Z_PIXMAP.rawValue),
            tellsCompletion,
            segment,
            0
        )
        noteRequest()
        return cookie.sequence
    }

    // MARK: Requests

    /// `bytes` hold the rectangle's pixels without gaps.
    func putImage(_ drawable: xcb_drawable_t, _ rect: Rect, _ bytes: UnsafeRawBufferPointer) {
        unsafe xcb_put_image(
            raw,
            UInt8(XCB_IMAGE_FORMAT_Z_PIXMAP.rawValue),
            drawable,
            graphics,
            UInt16(rect.size.width),
            UInt16(rect.size.height),
            Int16(rect.left),
            Int16(rect.top),
            0,
            depth,
            UInt32(bytes.count),
            bytes.assumingMemoryBound(to: UInt8.self).baseAddress
        )
        noteRequest()
    }

    /// Shows the background from a place to the window's right and lower edges.
    func clear(_ window: xcb_window_t, from place: Point) {
        let exposes: UInt8 = 0
        let (x, y) = (Int16(clamping: place.x), Int16(clamping: place.y))
        unsafe xcb_clear_area(raw, exposes, window, x, y, 0, 0)
        noteRequest()
    }

    func makePixmap(_ size: Size) -> xcb_pixmap_t {
        let pixmap = unsafe xcb_generate_id(raw)
        let (width, height) = (UInt16(size.width), UInt16(size.height))
        unsafe xcb_create_pixmap(raw, depth, pixmap, root, width, height)
        noteRequest()
        return pixmap
    }

    func freePixmap(_ pixmap: xcb_pixmap_t) {
        unsafe xcb_free_pixmap(raw, pixmap)
        noteRequest()
    }

    /// Shows a whole pixmap of the rectangle's size.
    func copyArea(_ pixmap: xcb_pixmap_t, to window: xcb_window_t, _ rect: Rect) {
        unsafe xcb_copy_area(
            raw,
            pixmap,
            window,
            graphics,
            0,
            0,
            Int16(rect.left),
            Int16(rect.top),
            UInt16(rect.size.width),
            UInt16(rect.size.height)
        )
        noteRequest()
    }

    // MARK: Clip

    /// Limits what is drawn from now on.
    func setClip(_ rects: [Rect]) {
        let parts = rects.map { rect in
            xcb_rectangle_t(
                x: Int16(rect.left),
                y: Int16(rect.top),
                width: UInt16(rect.size.width),
                height: UInt16(rect.size.height)
            )
        }
        let order = UInt8(XCB_CLIP_ORDERING_UNSORTED.rawValue)
        unsafe parts.withUnsafeBufferPointer { parts in
            _ = unsafe xcb_set_clip_rectangles(
                raw,
                order,
                graphics,
                0,
                0,
                UInt32(parts.count),
                parts.baseAddress
            )
        }
        noteRequest()
    }

    func clearClip() {
        var none: [UInt32] = [XCB_PIXMAP_NONE.rawValue]
        unsafe xcb_change_gc(raw, graphics, XCB_GC_CLIP_MASK.rawValue, &none)
        noteRequest()
    }
}

#endif
