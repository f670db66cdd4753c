#if X11

internal import CRatXCB
internal import Glibc
internal import RatDisplay

/// The value of a window's property, in its 32-bit items.
typealias PropertyItems = [UInt32]

extension Connection {
    // MARK: Windows

    /// Waits for the server: nothing else would tell that it has no room for the window.
    func createWindow(
        x: Int16,
        y: Int16,
        width: UInt16,
        height: UInt16,
        background: UInt32,
        isManaged: Bool
    ) throws(DisplayError) -> xcb_window_t {
        let window = unsafe xcb_generate_id(raw)
        // Gravity NorthWest: what is shown stays until it is painted over, and growing exposes the new
        // strips only. They have the background until then; without one they would show what was on
        // the screen before.
        let mask: UInt32 =
            XCB_CW_BACK_PIXEL.rawValue | XCB_CW_BIT_GRAVITY.rawValue
            | XCB_CW_OVERRIDE_REDIRECT.rawValue | XCB_CW_EVENT_MASK.rawValue
        var values: [UInt32] = [
            background & 0xFFFFFF, XCB_GRAVITY_NORTH_WEST.rawValue, isManaged ? 0 : 1,
            Self.surfaceEvents,
        ]
        let cookie = unsafe xcb_create_window_checked(
            raw,
            depth,
            window,
            root,
            x,
            y,
            width,
            height,
            0,
            UInt16(XCB_WINDOW_CLASS_INPUT_OUTPUT.rawValue),
            visual,
            mask,
            &values
        )
        noteRequest()
        if let error = unsafe xcb_request_check(raw, cookie) {
            unsafe free(error)
            throw .noResources
        }
        return window
    }

    private static let surfaceEvents: UInt32 =
        XCB_EVENT_MASK_KEY_PRESS.rawValue | XCB_EVENT_MASK_KEY_RELEASE.rawValue
        | XCB_EVENT_MASK_BUTTON_PRESS.rawValue | XCB_EVENT_MASK_BUTTON_RELEASE.rawValue
        | XCB_EVENT_MASK_POINTER_MOTION.rawValue | XCB_EVENT_MASK_ENTER_WINDOW.rawValue
        | XCB_EVENT_MASK_LEAVE_WINDOW.rawValue | XCB_EVENT_MASK_FOCUS_CHANGE.rawValue
        | XCB_EVENT_MASK_EXPOSURE.rawValue | XCB_EVENT_MASK_STRUCTURE_NOTIFY.rawValue
        | XCB_EVENT_MASK_PROPERTY_CHANGE.rawValue | XCB_EVENT_MASK_KEYMAP_STATE.rawValue

    /// A window for properties only, which ends with the one that it is in.
    func createHolder(in parent: xcb_window_t) -> xcb_window_t {
        let window = unsafe xcb_generate_id(raw)
        let kind = UInt16(XCB_WINDOW_CLASS_INPUT_ONLY.rawValue)
        unsafe xcb_create_window(raw, 0, window, parent, -1, -1, 1, 1, 0, kind, 0, 0, nil)
        noteRequest()
        return window
    }

    func destroy(_ window: xcb_window_t) {
        unsafe xcb_destroy_window(raw, window)
        noteRequest()
    }

    func map(_ window: xcb_window_t) {
        unsafe xcb_map_window(raw, window)
        noteRequest()
    }

    func unmap(_ window: xcb_window_t) {
        unsafe xcb_unmap_window(raw, window)
        noteRequest()
    }

    func change(_ window: xcb_window_t, mask: UInt32, _ values: [UInt32]) {
        var values = values
        unsafe xcb_change_window_attributes(raw, window, mask, &values)
        noteRequest()
    }

    /// Moves and resizes; gives the sequence number of the request.
    func configure(
        _ window: xcb_window_t,
        x: Int16,
        y: Int16,
        width: UInt16,
        height: UInt16
    ) -> UInt32 {
        let mask: UInt32 =
            XCB_CONFIG_WINDOW_X.rawValue | XCB_CONFIG_WINDOW_Y.rawValue
            | XCB_CONFIG_WINDOW_WIDTH.rawValue | XCB_CONFIG_WINDOW_HEIGHT.rawValue
        var values = [
            UInt32(bitPattern: Int32(x)), UInt32(bitPattern: Int32(y)), UInt32(width),
            UInt32(height),
        ]
        let cookie = unsafe xcb_configure_window(raw, window, UInt16(mask), &values)
        noteRequest()
        return cookie.sequence
    }

    /// Puts it above or below a sibling, or all of them.
    func stack(_ window: xcb_window_t, _ mode: xcb_stack_mode_t, beside sibling: xcb_window_t?) {
        var mask = XCB_CONFIG_WINDOW_STACK_MODE.rawValue
        var values = [mode.rawValue]
        if let sibling {
            mask |= XCB_CONFIG_WINDOW_SIBLING.rawValue
            values.insert(sibling, at: 0)
        }
        unsafe xcb_configure_window(raw, window, UInt16(mask), &values)
        noteRequest()
    }

    /// ICCCM 4.1.5: windows in frames are no siblings, so that who manages them is asked by an event.
    func sendRestack(_ window: xcb_window_t, below sibling: xcb_window_t) {
        var event = xcb_configure_request_event_t()
        event.response_type = UInt8(XCB_CONFIGURE_REQUEST)
        event.stack_mode = UInt8(XCB_STACK_MODE_BELOW.rawValue)
        event.parent = root
        event.window = window
        event.sibling = sibling
        event.value_mask = UInt16(
            XCB_CONFIG_WINDOW_STACK_MODE.rawValue | XCB_CONFIG_WINDOW_SIBLING.rawValue
        )
        unsafe withUnsafeBytes(of: event) { unsafe sendToManager($0) }
    }

    func setInputFocus(_ window: xcb_window_t, time: xcb_timestamp_t) {
        let revert = UInt8(XCB_INPUT_FOCUS_PARENT.rawValue)
        unsafe xcb_set_input_focus(raw, revert, window, time)
        noteRequest()
    }

    // MARK: Messages

    /// Sends a message as window managers expect it: to the root, for whoever manages windows.
    func sendToManager(about window: xcb_window_t, _ type: Atom, _ data: ClientData) {
        var event = xcb_client_message_event_t()
        event.response_type = UInt8(XCB_CLIENT_MESSAGE)
        event.format = 32
        event.window = window
        event.type = atoms[type]
        unsafe event.data.data32 = data
        unsafe withUnsafeBytes(of: event) { unsafe sendToManager($0) }
    }

    /// ICCCM 4.1.4: tells a window manager of a withdrawal that it may not see otherwise.
    func sendWithdrawal(of window: xcb_window_t) {
        var event = xcb_unmap_notify_event_t()
        event.response_type = UInt8(XCB_UNMAP_NOTIFY)
        event.event = root
        event.window = window
        unsafe withUnsafeBytes(of: event) { unsafe sendToManager($0) }
    }

    /// Sends one event; a shorter structure is padded to the 32 bytes that xcb reads.
    private func sendToManager(_ event: UnsafeRawBufferPointer) {
        var bytes = [CChar](repeating: 0, count: 32)
        unsafe bytes.withUnsafeMutableBytes { unsafe $0.copyMemory(from: event) }
        let mask: UInt32 =
            XCB_EVENT_MASK_SUBSTRUCTURE_REDIRECT.rawValue
            | XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY.rawValue
        unsafe xcb_send_event(raw, 0, root, mask, &bytes)
        noteRequest()
    }

    // MARK: Properties

    func setProperty(_ window: xcb_window_t, _ name: Atom, _ type: Atom, items: PropertyItems) {
        unsafe items.withUnsafeBytes { bytes in
            unsafe setProperty(window, name, type, format: 32, bytes, count: items.count)
        }
    }

    func setProperty(_ window: xcb_window_t, _ name: Atom, _ type: Atom, bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { buffer in
            unsafe setProperty(window, name, type, format: 8, buffer, count: bytes.count)
        }
    }

    private func setProperty(
        _ window: xcb_window_t,
        _ name: Atom,
        _ type: Atom,
        format: UInt8,
        _ bytes: UnsafeRawBufferPointer,
        count: Int
    ) {
        let mode = UInt8(XCB_PROP_MODE_REPLACE.rawValue)
        unsafe xcb_change_property(
            raw,
            mode,
            window,
            atoms[name],
            atoms[type],
            format,
            UInt32(count),
            bytes.baseAddress
        )
        noteRequest()
    }

    func deleteProperty(_ window: xcb_window_t, _ name: Atom) {
        unsafe xcb_delete_property(raw, window, atoms[name])
        noteRequest()
    }

    func askProperty(_ window: xcb_window_t, _ name: Atom) -> xcb_get_property_cookie_t {
        noteRequest()
        let any = xcb_atom_t(XCB_GET_PROPERTY_TYPE_ANY.rawValue)
        // No property that is read here has more items than this.
        return unsafe xcb_get_property(raw, 0, window, atoms[name], any, 0, 1024)
    }

    /// Waits for the reply. Empty if there is no such window or property.
    func items(_ cookie: xcb_get_property_cookie_t) -> PropertyItems {
        guard let reply = unsafe xcb_get_property_reply(raw, cookie, nil) else { return [] }
        defer { unsafe free(reply) }
        guard unsafe reply.pointee.format == 32, let value = unsafe xcb_get_property_value(reply)
        else { return [] }
        let count = unsafe Int(xcb_get_property_value_length(reply)) / 4
        return (0..<count).map { unsafe value.load(fromByteOffset: $0 * 4, as: UInt32.self) }
    }

    /// Waits for the reply. The whole of a property of bytes, up to a size that no honest one has.
    func bytes(_ window: xcb_window_t, _ name: Atom) -> [UInt8] {
        noteRequest()
        let any = xcb_atom_t(XCB_GET_PROPERTY_TYPE_ANY.rawValue)
        let cookie = unsafe xcb_get_property(raw, 0, window, atoms[name], any, 0, 1 << 16)
        guard let reply = unsafe xcb_get_property_reply(raw, cookie, nil) else { return [] }
        defer { unsafe free(reply) }
        guard unsafe reply.pointee.format == 8, let value = unsafe xcb_get_property_value(reply)
        else { return [] }
        let count = unsafe Int(xcb_get_property_value_length(reply))
        return unsafe Array(UnsafeRawBufferPointer(start: value, count: count))
    }

    // MARK: Devices

    /// Waits for the reply: which modifiers and buttons are held or locked, and the group, as core events say it.
    func deviceState() -> UInt16? {
        noteRequest()
        let cookie = unsafe xcb_query_pointer(raw, root)
        guard let reply = unsafe xcb_query_pointer_reply(raw, cookie, nil) else { return nil }
        defer { unsafe free(reply) }
        return unsafe reply.pointee.mask
    }

    /// Waits for the reply: where in a window the pointer is, and whether one of its first three buttons is held.
    func pointer(in window: xcb_window_t) -> (place: Point, isPressed: Bool)? {
        guard let found = askPointer(window) else { return nil }
        let buttons =
            XCB_BUTTON_MASK_1.rawValue | XCB_BUTTON_MASK_2.rawValue | XCB_BUTTON_MASK_3.rawValue
        return (found.place, UInt32(found.state) & buttons != 0)
    }

    /// Waits for the replies: the window that the pointer is in, of those that satisfy `isOurs`, however deep it lies in
    /// the frames of others; and what is held, as core events say it.
    func pointerPlace(
        _ isOurs: (xcb_window_t) -> Bool
    ) -> (window: xcb_window_t?, state: UInt16)? {
        var state: UInt16 = 0
        var window = root
        // Managers put a window into two frames, or three.
        for _ in 0..<8 {
            // The window may be gone by now.
            guard let found = askPointer(window) else { return nil }
            state = found.state
            window = found.child
            if window == 0 { break }
            if isOurs(window) { return (window, state) }
        }
        return (nil, state)
    }

    private func askPointer(
        _ window: xcb_window_t
    ) -> (child: xcb_window_t, place: Point, state: UInt16)? {
        noteRequest()
        let cookie = unsafe xcb_query_pointer(raw, window)
        guard let reply = unsafe xcb_query_pointer_reply(raw, cookie, nil) else { return nil }
        defer { unsafe free(reply) }
        let place = unsafe Point(x: Int32(reply.pointee.win_x), y: Int32(reply.pointee.win_y))
        return unsafe (reply.pointee.child, place, reply.pointee.mask)
    }

    /// Waits for the reply: the window that has the keyboard, or one of the protocol's words for none.
    func inputFocus() -> xcb_window_t? {
        noteRequest()
        let cookie = unsafe xcb_get_input_focus(raw)
        guard let reply = unsafe xcb_get_input_focus_reply(raw, cookie, nil) else { return nil }
        defer { unsafe free(reply) }
        return unsafe reply.pointee.focus
    }

    // MARK: Places

    func askOrigin(of window: xcb_window_t) -> xcb_translate_coordinates_cookie_t {
        noteRequest()
        return unsafe xcb_translate_coordinates(raw, window, root, 0, 0)
    }

    /// Waits for the reply; `nil` if the window is gone.
    func origin(_ cookie: xcb_translate_coordinates_cookie_t) -> (x: Int16, y: Int16)? {
        guard let reply = unsafe xcb_translate_coordinates_reply(raw, cookie, nil) else {
            return nil
        }
        defer { unsafe free(reply) }
        return unsafe (reply.pointee.dst_x, reply.pointee.dst_y)
    }
}

#endif
