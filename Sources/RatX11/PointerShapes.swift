#if X11

internal import CRatXCB
internal import RatDisplay

/// The server's cursors for the shapes of the pointer, each made when it is first shown. They end with
/// the connection.
@safe final class PointerShapes {
    private let connection: Connection
    /// Knows the theme of the person at the screen; `nil` before it is needed, or where it cannot be had.
    private var theme: OpaquePointer?
    private var isThemeOpen = false
    private var cursors: [PointerShape: xcb_cursor_t] = [:]
    private var nothing: xcb_cursor_t?

    init(_ connection: Connection) {
        self.connection = connection
    }

    deinit {
        if let theme = unsafe theme { unsafe xcb_cursor_context_free(theme) }
    }

    /// Shows a shape over a window; none hides the pointer. May wait for the server.
    func show(_ shape: PointerShape?, over window: xcb_window_t) {
        let cursor = shape.map { number(of: $0) } ?? hidden()
        connection.change(window, mask: XCB_CW_CURSOR.rawValue, [cursor])
    }

    /// 0, what is shown below the window, for a shape that neither the theme nor the server has.
    private func number(of shape: PointerShape) -> xcb_cursor_t {
        if let known = cursors[shape] { return known }
        openTheme()
        connection.noteRequest()
        var cursor: xcb_cursor_t = 0
        if let theme = unsafe theme {
            for name in Self.names(shape) where cursor == 0 {
                cursor = unsafe name.withCString { unsafe xcb_cursor_load_cursor(theme, $0) }
            }
        }
        cursors[shape] = cursor
        return cursor
    }

    private func openTheme() {
        guard !isThemeOpen else { return }
        isThemeOpen = true
        connection.noteRequest()
        var context: OpaquePointer?
        let screen = unsafe connection.unsafeScreen
        guard unsafe xcb_cursor_context_new(connection.raw, screen, &context) == 0 else { return }
        // It does not look whether it got the replies that it loads cursors by.
        guard !connection.isBroken else { return unsafe xcb_cursor_context_free(context) }
        unsafe theme = context
    }

    private func hidden() -> xcb_cursor_t {
        if let nothing { return nothing }
        let cursor = connection.makeEmptyCursor()
        nothing = cursor
        return cursor
    }

    /// Names that themes have for a shape, the most common first; the last one is the server's own.
    private static func names(_ shape: PointerShape) -> [String] {
        switch shape {
        case .arrow: ["left_ptr", "default"]
        case .text: ["text", "xterm"]
        case .wait: ["wait", "watch"]
        case .cross: ["crosshair", "cross"]
        case .upArrow: ["up-arrow", "sb_up_arrow"]
        case .sizeDown: ["nwse-resize", "size_fdiag", "bd_double_arrow", "bottom_right_corner"]
        case .sizeUp: ["nesw-resize", "size_bdiag", "fd_double_arrow", "bottom_left_corner"]
        case .sizeHorizontally: ["ew-resize", "size_hor", "sb_h_double_arrow"]
        case .sizeVertically: ["ns-resize", "size_ver", "sb_v_double_arrow"]
        case .move: ["all-scroll", "size_all", "fleur"]
        case .notAllowed: ["not-allowed", "crossed_circle", "X_cursor"]
        case .hand: ["pointer", "pointing_hand", "hand2"]
        case .progress: ["progress", "left_ptr_watch", "half-busy", "coffee_mug"]
        case .help: ["help", "whats_this", "question_arrow"]
        }
    }
}

extension Connection {
    /// A cursor without a pixel.
    fileprivate func makeEmptyCursor() -> xcb_cursor_t {
        let pixmap = unsafe xcb_generate_id(raw)
        let context = unsafe xcb_generate_id(raw)
        let cursor = unsafe xcb_generate_id(raw)
        unsafe xcb_create_pixmap(raw, 1, pixmap, root, 1, 1)
        var clear: [UInt32] = [0]
        unsafe xcb_create_gc(raw, context, pixmap, XCB_GC_FOREGROUND.rawValue, &clear)
        var whole = xcb_rectangle_t(x: 0, y: 0, width: 1, height: 1)
        unsafe xcb_poly_fill_rectangle(raw, pixmap, context, 1, &whole)
        unsafe xcb_create_cursor(raw, cursor, pixmap, pixmap, 0, 0, 0, 0, 0, 0, 0, 0)
        unsafe xcb_free_gc(raw, context)
        unsafe xcb_free_pixmap(raw, pixmap)
        noteRequest()
        return cursor
    }
}

#endif
