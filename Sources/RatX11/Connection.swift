#if X11

internal import CRatXCB
internal import Glibc
internal import RatDisplay

/// One connection to an X server: the only road to it.
///
/// Requests go out at the next flush, and only replies are waited for. Every call that writes or waits
/// may read events off the socket into xcb's own queue, where no poll of the descriptor sees them;
/// `hasUnsent` tells the pump that such a call has been made. Confined to the thread that opened it.
@safe final class Connection {
    let raw: OpaquePointer
    let root: xcb_window_t
    let screenNumber: CInt
    /// xcb's, as long as the connection.
    let unsafeScreen: UnsafeMutablePointer<xcb_screen_t>
    /// Of the root, when the connection was opened.
    let screen: Size
    let visual: xcb_visualid_t
    let depth: UInt8
    /// Whether pixels must be turned round on the way: the server's byte order is not ours.
    let swapsBytes: Bool
    /// The largest request in bytes.
    let largestRequest: Int
    let atoms: AtomTable
    /// For pixels; draws without GraphicsExposures.
    let graphics: xcb_gcontext_t
    /// What may be used of the server's, if it has it.
    let capabilities: Capabilities

    /// Whether a request was made since the last flush.
    private(set) var hasUnsent = false

    /// One that is not for windows hears nothing of the root.
    init(
        _ name: String?,
        _ capabilities: Capabilities,
        isForWindows: Bool = true
    ) throws(DisplayError) {
        self.capabilities = capabilities
        // xcb offers no way to write without raising SIGPIPE on a dead server.
        _ = rat_xcb_block_sigpipe()
        var number: CInt = 0
        guard let raw = unsafe Self.connect(name, &number) else { throw .noResources }
        do throws(DisplayError) {
            try Self.check(unsafe xcb_connection_has_error(raw), of: name)
            let screen = try unsafe Self.screen(of: raw, number: number)
            try unsafe Self.checkVisual(of: screen, raw)
            root = unsafe screen.pointee.root
            screenNumber = number
            unsafe unsafeScreen = screen
            self.screen = unsafe Size(
                width: Int32(screen.pointee.width_in_pixels),
                height: Int32(screen.pointee.height_in_pixels)
            )
            visual = unsafe screen.pointee.root_visual
            depth = unsafe screen.pointee.root_depth
            swapsBytes = unsafe Self.swapsBytes(raw)
            largestRequest = unsafe Int(xcb_get_maximum_request_length(raw)) * 4
            atoms = unsafe AtomTable(raw)
            graphics = unsafe xcb_generate_id(raw)
            guard unsafe xcb_connection_has_error(raw) == 0 else { throw .notConnected }
        } catch {
            unsafe xcb_disconnect(raw)
            throw error
        }
        unsafe self.raw = raw
        makeGraphics()
        if isForWindows { watchRoot() }
    }

    deinit {
        unsafe xcb_disconnect(raw)
    }

    /// Whether the connection is lost. What xcb still holds then can no longer be read.
    var isBroken: Bool { unsafe xcb_connection_has_error(raw) != 0 }

    var descriptor: CInt { unsafe xcb_get_file_descriptor(raw) }

    /// Whether it goes through a local socket, which alone carries descriptors.
    var isLocal: Bool {
        var address = sockaddr()
        var length = socklen_t(MemoryLayout<sockaddr>.size)
        guard unsafe getsockname(descriptor, &address, &length) == 0 else { return false }
        return CInt(address.sa_family) == AF_UNIX
    }

    func flush() {
        hasUnsent = false
        _ = unsafe xcb_flush(raw)
    }

    /// Waits until the server has worked off every request.
    func synchronize() {
        // Any question will do that costs the server nothing.
        _ = inputFocus()
    }

    /// To be called by whoever makes a request or waits for a reply without the wrappers here.
    func noteRequest() {
        hasUnsent = true
    }

    // MARK: Opening

    private static func connect(_ name: String?, _ number: inout CInt) -> OpaquePointer? {
        guard let name else { return unsafe xcb_connect(nil, &number) }
        return unsafe name.withCString { unsafe xcb_connect($0, &number) }
    }

    private static func check(_ code: CInt, of name: String?) throws(DisplayError) {
        switch code {
        case 0: return
        case XCB_CONN_ERROR: throw ServerRefusal.reason(name)
        case XCB_CONN_CLOSED_MEM_INSUFFICIENT: throw .noResources
        case XCB_CONN_CLOSED_EXT_NOTSUPPORTED: throw .notSupported
        default: throw .notConnected
        }
    }

    /// A pointer, because the lists that belong to a screen lie behind it.
    private static func screen(
        of raw: OpaquePointer,
        number: CInt
    ) throws(DisplayError) -> UnsafeMutablePointer<xcb_screen_t> {
        var screens = unsafe xcb_setup_roots_iterator(xcb_get_setup(raw))
        var left = number
        while unsafe screens.rem > 0, let screen = unsafe screens.data {
            if left == 0 { return unsafe screen }
            left -= 1
            unsafe xcb_screen_next(&screens)
        }
        throw .notConnected
    }

    /// Pixels are sent as they lie in memory, so the root's visual must be 8 bits each of red, green and
    /// blue in 32-bit words.
    private static func checkVisual(
        of screen: UnsafeMutablePointer<xcb_screen_t>,
        _ raw: OpaquePointer
    ) throws(DisplayError) {
        let depth = unsafe screen.pointee.root_depth
        let wanted = unsafe screen.pointee.root_visual
        guard depth == 24 || depth == 32, unsafe bitsPerPixel(ofDepth: depth, raw) == 32
        else { throw .notSupported }
        var depths = unsafe xcb_screen_allowed_depths_iterator(screen)
        while unsafe depths.rem > 0 {
            var visuals = unsafe xcb_depth_visuals_iterator(depths.data)
            while unsafe visuals.rem > 0, let visual = unsafe visuals.data?.pointee {
                if visual.visual_id == wanted {
                    guard UInt32(visual._class) == XCB_VISUAL_CLASS_TRUE_COLOR.rawValue,
                        visual.red_mask == 0xFF0000, visual.green_mask == 0xFF00,
                        visual.blue_mask == 0xFF
                    else { throw .notSupported }
                    return
                }
                unsafe xcb_visualtype_next(&visuals)
            }
            unsafe xcb_depth_next(&depths)
        }
        throw .notSupported
    }

    private static func bitsPerPixel(ofDepth depth: UInt8, _ raw: OpaquePointer) -> UInt8? {
        var formats = unsafe xcb_setup_pixmap_formats_iterator(xcb_get_setup(raw))
        while unsafe formats.rem > 0, let format = unsafe formats.data?.pointee {
            if format.depth == depth { return format.bits_per_pixel }
            unsafe xcb_format_next(&formats)
        }
        return nil
    }

    private static func swapsBytes(_ raw: OpaquePointer) -> Bool {
        swapsBytes(order: unsafe xcb_get_setup(raw).pointee.image_byte_order)
    }

    /// Whether a server that says this of its images reads pixels the other way round than we do.
    static func swapsBytes(order: UInt8) -> Bool {
        let isLittle = UInt32(order) == XCB_IMAGE_ORDER_LSB_FIRST.rawValue
        return isLittle != (UInt16(littleEndian: 1) == 1)
    }

    private func makeGraphics() {
        var values: [UInt32] = [0]
        unsafe xcb_create_gc(raw, graphics, root, XCB_GC_GRAPHICS_EXPOSURES.rawValue, &values)
        noteRequest()
    }

    /// The root's properties tell the server's time even while no surface gets an event, and settings; its size
    /// is the screen's.
    private func watchRoot() {
        let events =
            XCB_EVENT_MASK_PROPERTY_CHANGE.rawValue | XCB_EVENT_MASK_STRUCTURE_NOTIFY.rawValue
        change(root, mask: XCB_CW_EVENT_MASK.rawValue, [events])
    }
}

#endif
