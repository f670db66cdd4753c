#if X11

internal import CRatXCB
internal import CRatXTest
internal import Glibc
package import RatDisplay

/// A second client: it does what a person, a window manager or another program would, and looks at the
/// result from outside.
///
/// Everything asked for has reached the target's connection when `roundTrip` has returned: the server
/// works off one client's requests in order, and sends the events that they cause before the reply.
@safe package final class Injector {
    private let raw: OpaquePointer
    private let root: xcb_window_t

    package init(_ server: XServer) throws {
        guard let raw = unsafe server.displayName.withCString({ unsafe xcb_connect($0, nil) }),
            unsafe xcb_connection_has_error(raw) == 0
        else { throw ChildProcess.Failure("cannot connect to \(server.displayName)") }
        unsafe self.raw = raw
        root = unsafe xcb_setup_roots_iterator(xcb_get_setup(raw)).data.pointee.root
        watchRoot()
    }

    deinit {
        unsafe xcb_disconnect(raw)
    }

    package func roundTrip() {
        let cookie = unsafe xcb_get_input_focus(raw)
        unsafe free(xcb_get_input_focus_reply(raw, cookie, nil))
    }

    // MARK: As a person

    package func key(_ code: UInt8, isDown: Bool) {
        fake(isDown ? XCB_KEY_PRESS : XCB_KEY_RELEASE, code)
    }

    /// Presses and releases a key.
    package func tap(_ code: UInt8) {
        key(code, isDown: true)
        key(code, isDown: false)
    }

    package func button(_ number: UInt8, isDown: Bool) {
        fake(isDown ? XCB_BUTTON_PRESS : XCB_BUTTON_RELEASE, number)
    }

    package func click(_ number: UInt8) {
        button(number, isDown: true)
        button(number, isDown: false)
    }

    package func movePointer(x: Int16, y: Int16) {
        fake(XCB_MOTION_NOTIFY, 0, x: x, y: y)
    }

    private func fake(_ type: CInt, _ detail: UInt8, x: Int16 = 0, y: Int16 = 0) {
        unsafe xcb_test_fake_input(raw, UInt8(type), detail, 0, root, x, y, 0)
    }

    // MARK: As another program

    /// Takes the keyboard, as a window manager does while a person chooses among windows. Says whether it could.
    package func grabKeyboard() -> Bool {
        let mode = UInt8(XCB_GRAB_MODE_ASYNC.rawValue)
        let cookie = unsafe xcb_grab_keyboard(raw, 0, root, 0, mode, mode)
        guard let reply = unsafe xcb_grab_keyboard_reply(raw, cookie, nil) else { return false }
        defer { unsafe free(reply) }
        return unsafe reply.pointee.status == UInt8(XCB_GRAB_STATUS_SUCCESS.rawValue)
    }

    /// Whether nobody has the pointer; it is let go at once unless it is to be kept.
    package func canGrabPointer(keeps: Bool = false) -> Bool {
        let mode = UInt8(XCB_GRAB_MODE_ASYNC.rawValue)
        let cookie = unsafe xcb_grab_pointer(raw, 0, root, 0, mode, mode, 0, 0, 0)
        guard let reply = unsafe xcb_grab_pointer_reply(raw, cookie, nil) else { return false }
        defer { unsafe free(reply) }
        let isFree = unsafe reply.pointee.status == UInt8(XCB_GRAB_STATUS_SUCCESS.rawValue)
        if isFree, !keeps { unsafe xcb_ungrab_pointer(raw, 0) }
        roundTrip()
        return isFree
    }

    package func ungrabPointer() {
        unsafe xcb_ungrab_pointer(raw, 0)
    }

    package func giveKeyboardToNobody() {
        unsafe xcb_set_input_focus(raw, UInt8(XCB_INPUT_FOCUS_NONE.rawValue), 0, 0)
    }

    package func unmap(_ window: UInt32) {
        unsafe xcb_unmap_window(raw, window)
    }

    package func ungrabKeyboard() {
        unsafe xcb_ungrab_keyboard(raw, 0)
    }

    /// Moves the keyboard, now.
    package func focus(_ window: UInt32) {
        unsafe xcb_set_input_focus(raw, UInt8(XCB_INPUT_FOCUS_PARENT.rawValue), window, 0)
    }

    /// Returns when the server's clock, which counts milliseconds, shows another time.
    package func waitForAnotherTime() {
        let window = unsafe xcb_generate_id(raw)
        var mask: UInt32 = XCB_EVENT_MASK_PROPERTY_CHANGE.rawValue
        let kind = UInt16(XCB_WINDOW_CLASS_INPUT_OUTPUT.rawValue)
        let events = XCB_CW_EVENT_MASK.rawValue
        unsafe xcb_create_window(raw, 0, window, root, 0, 0, 9, 9, 0, kind, 0, events, &mask)
        defer { unsafe xcb_destroy_window(raw, window) }
        var times: Set<UInt32> = []
        while times.count < 2 {
            setWords(window, "_RAT_TIME", [])
            roundTrip()
            while let event = unsafe xcb_poll_for_queued_event(raw) {
                defer { unsafe free(event) }
                guard unsafe event.pointee.response_type == XCB_PROPERTY_NOTIFY else { continue }
                let it = unsafe UnsafeRawPointer(event).load(as: xcb_property_notify_event_t.self)
                if it.window == window { times.insert(it.time) }
            }
        }
    }

    package func configure(_ window: UInt32, _ rect: Rect) {
        let values = [rect.left, rect.top, rect.size.width, rect.size.height]
        var words = values.map { UInt32(bitPattern: $0) }
        unsafe xcb_configure_window(raw, window, 0xF, &words)
    }

    package func destroy(_ window: UInt32) {
        unsafe xcb_destroy_window(raw, window)
    }

    /// Sends a client message: to the window, or to the root about it as a manager expects.
    package func send(
        _ type: String,
        _ data: [UInt32],
        about window: UInt32,
        toRoot: Bool = false
    ) {
        var event = xcb_client_message_event_t()
        event.response_type = UInt8(XCB_CLIENT_MESSAGE)
        event.format = 32
        event.window = window
        event.type = atom(type)
        let words = data + [UInt32](repeating: 0, count: 5 - data.count)
        unsafe event.data.data32 = (words[0], words[1], words[2], words[3], words[4])
        let managers: UInt32 = 1 << 19 | 1 << 20
        unsafe withUnsafePointer(to: event) {
            unsafe $0.withMemoryRebound(to: CChar.self, capacity: 32) {
                let target = toRoot ? root : window
                _ = unsafe xcb_send_event(raw, 0, target, toRoot ? managers : 0, $0)
            }
        }
    }

    /// Sends an event that only the server may make: a number of the protocol, and a window wherever one can
    /// stand in it.
    package func forge(_ type: UInt8, about window: UInt32) {
        var words = [UInt32](repeating: window, count: 8)
        words[0] = UInt32(type)
        unsafe words.withUnsafeBytes { bytes in
            let event = unsafe bytes.assumingMemoryBound(to: CChar.self).baseAddress
            _ = unsafe xcb_send_event(raw, 0, window, 0, event)
        }
    }

    /// Sends a key press, as a program does that plays a person without the server's help.
    package func sendKey(_ code: UInt8, state: UInt16 = 0, time: UInt32 = 0, to window: UInt32) {
        var event = xcb_key_press_event_t()
        event.response_type = UInt8(XCB_KEY_PRESS)
        event.detail = code
        event.time = time
        event.root = root
        event.event = window
        event.state = state
        event.same_screen = 1
        unsafe withUnsafePointer(to: event) {
            unsafe $0.withMemoryRebound(to: CChar.self, capacity: 32) {
                _ = unsafe xcb_send_event(raw, 0, window, 0, $0)
            }
        }
    }

    package func atom(_ name: String) -> UInt32 {
        let cookie = unsafe xcb_intern_atom(raw, 0, UInt16(name.utf8.count), name)
        guard let reply = unsafe xcb_intern_atom_reply(raw, cookie, nil) else { return 0 }
        defer { unsafe free(reply) }
        return unsafe reply.pointee.atom
    }

    /// Sets a property of any window, the root among them.
    package func setWords(_ window: UInt32, _ property: String, _ words: [UInt32]) {
        let mode = UInt8(XCB_PROP_MODE_REPLACE.rawValue)
        let (name, count) = (atom(property), UInt32(words.count))
        unsafe xcb_change_property(raw, mode, window, name, atom("CARDINAL"), 32, count, words)
    }

    package func setBytes(_ window: UInt32, _ property: String, _ bytes: [UInt8]) {
        let mode = UInt8(XCB_PROP_MODE_REPLACE.rawValue)
        let (name, count) = (atom(property), UInt32(bytes.count))
        unsafe xcb_change_property(raw, mode, window, name, atom("STRING"), 8, count, bytes)
    }

    // MARK: As a person's settings

    package func setResources(_ text: String) {
        let bytes = Array(text.utf8)
        let mode = UInt8(XCB_PROP_MODE_REPLACE.rawValue)
        let count = UInt32(bytes.count)
        let name = atom("RESOURCE_MANAGER")
        unsafe xcb_change_property(raw, mode, root, name, atom("STRING"), 8, count, bytes)
    }

    package func setWorkArea(_ words: [UInt32]) {
        let mode = UInt8(XCB_PROP_MODE_REPLACE.rawValue)
        let count = UInt32(words.count)
        let name = atom("_NET_WORKAREA")
        unsafe xcb_change_property(raw, mode, root, name, atom("CARDINAL"), 32, count, words)
    }

    /// As a tool for the screen's settings does.
    package func setScreenSize(_ width: UInt16, _ height: UInt16) {
        // The server takes a size only when no output shows more than that.
        let resources = unsafe xcb_randr_get_screen_resources_reply(
            raw,
            xcb_randr_get_screen_resources(raw, root),
            nil
        )
        if let resources = unsafe resources {
            defer { unsafe free(resources) }
            let count = unsafe Int(xcb_randr_get_screen_resources_crtcs_length(resources))
            for index in 0..<count {
                let crtc = unsafe xcb_randr_get_screen_resources_crtcs(resources)[index]
                let cookie = unsafe xcb_randr_set_crtc_config(raw, crtc, 0, 0, 0, 0, 0, 1, 0, nil)
                unsafe free(xcb_randr_set_crtc_config_reply(raw, cookie, nil))
            }
        }
        unsafe xcb_randr_set_screen_size(raw, root, width, height, 170, 130)
    }

    /// As a settings manager does: owns the selection, says so to all, and has the settings on its window, which is
    /// given back.
    package func publishSettings(_ bytes: [UInt8], on old: UInt32? = nil) -> UInt32 {
        let window = unsafe old ?? xcb_generate_id(raw)
        let mode = UInt8(XCB_PROP_MODE_REPLACE.rawValue)
        let name = atom("_XSETTINGS_SETTINGS")
        if old == nil {
            let kind = UInt16(XCB_WINDOW_CLASS_INPUT_OUTPUT.rawValue)
            unsafe xcb_create_window(raw, 0, window, root, 0, 0, 9, 9, 0, kind, 0, 0, nil)
        }
        unsafe xcb_change_property(
            raw,
            mode,
            window,
            name,
            name,
            8,
            UInt32(bytes.count),
            bytes
        )
        if old == nil {
            let selection = atom("_XSETTINGS_S0")
            unsafe xcb_set_selection_owner(raw, window, selection, 0)
            var event = xcb_client_message_event_t()
            event.response_type = UInt8(XCB_CLIENT_MESSAGE)
            event.format = 32
            event.window = root
            event.type = atom("MANAGER")
            unsafe event.data.data32 = (0, selection, window, 0, 0)
            unsafe withUnsafePointer(to: event) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 32) {
                    _ = unsafe xcb_send_event(
                        raw,
                        0,
                        root,
                        XCB_EVENT_MASK_STRUCTURE_NOTIFY.rawValue,
                        $0
                    )
                }
            }
        }
        return window
    }

    // MARK: As a manager

    /// A window of its own, which is not shown.
    package func makeWindow() -> UInt32 {
        let window = unsafe xcb_generate_id(raw)
        let kind = UInt16(XCB_WINDOW_CLASS_INPUT_OUTPUT.rawValue)
        unsafe xcb_create_window(raw, 0, window, root, 0, 0, 9, 9, 0, kind, 0, 0, nil)
        return window
    }

    package func setWords(_ window: UInt32, _ name: String, _ type: String, _ words: [UInt32]) {
        let mode = UInt8(XCB_PROP_MODE_REPLACE.rawValue)
        let count = UInt32(words.count)
        unsafe xcb_change_property(raw, mode, window, atom(name), atom(type), 32, count, words)
    }

    /// As a manager does: messages about windows go to whoever listens so on the root.
    private func watchRoot() {
        var mask: UInt32 =
            XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY.rawValue
            | XCB_EVENT_MASK_PROPERTY_CHANGE.rawValue
        unsafe xcb_change_window_attributes(raw, root, XCB_CW_EVENT_MASK.rawValue, &mask)
    }

    /// The client messages that reached the root: the window, the type and the data of each.
    package func messages() -> [(window: UInt32, type: UInt32, data: [UInt32])] {
        roundTrip()
        var result: [(window: UInt32, type: UInt32, data: [UInt32])] = []
        while let event = unsafe xcb_poll_for_queued_event(raw) {
            defer { unsafe free(event) }
            guard unsafe event.pointee.response_type & 0x7F == XCB_CLIENT_MESSAGE else { continue }
            let it = unsafe UnsafeRawPointer(event).load(as: xcb_client_message_event_t.self)
            let data = unsafe it.data.data32
            result.append((it.window, it.type, [data.0, data.1, data.2, data.3, data.4]))
        }
        return result
    }

    /// Waits until a window manager has taken over. Ends by the deadline of the test only.
    package func waitForManager() throws {
        let deadline = Deadline()
        while !deadline.isOver {
            if let owner = words(root, "_NET_SUPPORTING_WM_CHECK").first,
                words(owner, "_NET_SUPPORTING_WM_CHECK") == [owner]
            {
                return
            }
            var entry = unsafe pollfd(
                fd: xcb_get_file_descriptor(raw),
                events: Int16(POLLIN),
                revents: 0
            )
            while let event = unsafe xcb_poll_for_queued_event(raw) { unsafe free(event) }
            unsafe poll(&entry, 1, 100)
        }
        throw ChildProcess.Failure("no window manager has taken over")
    }

    /// Waits until the manager has worked off what it was sent before: it answers in order. EWMH has a manager
    /// tell the frame of a window that is not even shown.
    package func waitForAnswer() throws {
        let window = unsafe xcb_generate_id(raw)
        var mask: UInt32 = XCB_EVENT_MASK_PROPERTY_CHANGE.rawValue
        let inputOutput = UInt16(XCB_WINDOW_CLASS_INPUT_OUTPUT.rawValue)
        let events = XCB_CW_EVENT_MASK.rawValue
        unsafe xcb_create_window(raw, 0, window, root, 0, 0, 9, 9, 0, inputOutput, 0, events, &mask)
        defer { unsafe xcb_destroy_window(raw, window) }
        let deadline = Deadline()
        while !deadline.isOver {
            // Not once: i3 may read a message while it writes, and sleep over it until the next one comes.
            send("_NET_REQUEST_FRAME_EXTENTS", [], about: window, toRoot: true)
            if words(window, "_NET_FRAME_EXTENTS").count == 4 { return }
            var entry = unsafe pollfd(
                fd: xcb_get_file_descriptor(raw),
                events: Int16(POLLIN),
                revents: 0
            )
            while let event = unsafe xcb_poll_for_queued_event(raw) { unsafe free(event) }
            unsafe poll(&entry, 1, 100)
        }
        throw ChildProcess.Failure("the window manager does not answer")
    }

    // MARK: Looking

    /// Where the window's content is on the screen.
    package func origin(of window: UInt32) -> Point? {
        let cookie = unsafe xcb_translate_coordinates(raw, window, root, 0, 0)
        guard let reply = unsafe xcb_translate_coordinates_reply(raw, cookie, nil) else {
            return nil
        }
        defer { unsafe free(reply) }
        return unsafe Point(x: Int32(reply.pointee.dst_x), y: Int32(reply.pointee.dst_y))
    }

    /// Titles in the order in which the windows lie on the screen, the lowest first, in frames or without.
    package func stack(of titles: [String]) -> [String] {
        children(of: root).compactMap { child in
            titles.first { title in search(child) { text($0, "WM_NAME") == title } != nil }
        }
    }

    package var rootWindow: UInt32 { root }

    /// The window with this WM_NAME, wherever a manager has put it.
    package func window(titled title: String) -> UInt32? {
        search(root) { text($0, "WM_NAME") == title }
    }

    private func search(_ window: UInt32, _ matches: (UInt32) -> Bool) -> UInt32? {
        if matches(window) { return window }
        for child in children(of: window) {
            if let found = search(child, matches) { return found }
        }
        return nil
    }

    /// What is directly in a window, the lowest first.
    package func children(of window: UInt32) -> [UInt32] {
        let cookie = unsafe xcb_query_tree(raw, window)
        guard let reply = unsafe xcb_query_tree_reply(raw, cookie, nil) else { return [] }
        defer { unsafe free(reply) }
        guard let first = unsafe xcb_query_tree_children(reply) else { return [] }
        let count = unsafe Int(xcb_query_tree_children_length(reply))
        return unsafe Array(UnsafeBufferPointer(start: first, count: count))
    }

    package func bytes(_ window: UInt32, _ property: String) -> [UInt8] {
        let cookie = unsafe xcb_get_property(raw, 0, window, atom(property), 0, 0, 1024)
        guard let reply = unsafe xcb_get_property_reply(raw, cookie, nil) else { return [] }
        defer { unsafe free(reply) }
        guard let value = unsafe xcb_get_property_value(reply) else { return [] }
        let count = unsafe Int(xcb_get_property_value_length(reply))
        return unsafe Array(UnsafeRawBufferPointer(start: value, count: count))
    }

    package func text(_ window: UInt32, _ property: String) -> String {
        String(decoding: bytes(window, property), as: UTF8.self)
    }

    package func words(_ window: UInt32, _ property: String) -> [UInt32] {
        let bytes = bytes(window, property)
        return unsafe bytes.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count - 3, by: 4).map {
                unsafe bytes.load(fromByteOffset: $0, as: UInt32.self)
            }
        }
    }

    /// What the pointer looks like: a fingerprint of its image, and whether any of it can be seen.
    package func pointerImage() -> (hash: Int, isSeen: Bool) {
        unsafe free(
            xcb_xfixes_query_version_reply(raw, xcb_xfixes_query_version(raw, 4, 0), nil)
        )
        let cookie = unsafe xcb_xfixes_get_cursor_image(raw)
        guard let reply = unsafe xcb_xfixes_get_cursor_image_reply(raw, cookie, nil) else {
            return (0, false)
        }
        defer { unsafe free(reply) }
        let count = unsafe Int(xcb_xfixes_get_cursor_image_cursor_image_length(reply))
        guard let first = unsafe xcb_xfixes_get_cursor_image_cursor_image(reply) else {
            return (0, false)
        }
        let pixels = unsafe Array(UnsafeBufferPointer(start: first, count: count))
        var hasher = Hasher()
        hasher.combine(pixels)
        hasher.combine(unsafe reply.pointee.xhot)
        return (hasher.finalize(), pixels.contains { $0 >> 24 != 0 })
    }

    /// The value of a counter of the server's; `nil` if there is no such counter.
    package func counter(_ counter: UInt32) -> Int64? {
        unsafe free(xcb_sync_initialize_reply(raw, xcb_sync_initialize(raw, 3, 1), nil))
        let cookie = unsafe xcb_sync_query_counter(raw, counter)
        guard let reply = unsafe xcb_sync_query_counter_reply(raw, cookie, nil) else { return nil }
        defer { unsafe free(reply) }
        let value = unsafe reply.pointee.counter_value
        return Int64(value.hi) << 32 | Int64(value.lo)
    }

    package func focusedWindow() -> UInt32 {
        let cookie = unsafe xcb_get_input_focus(raw)
        guard let reply = unsafe xcb_get_input_focus_reply(raw, cookie, nil) else { return 0 }
        defer { unsafe free(reply) }
        return unsafe reply.pointee.focus
    }

    /// The pixels of a window, row by row, without what fills the place of alpha.
    package func pixels(of window: UInt32, size: Size) -> [UInt32] {
        pixels(of: window, size: size, at: nil)
    }

    /// The pixels at some places of a window, all of one moment.
    package func pixels(of window: UInt32, size: Size, at places: [Point]?) -> [UInt32] {
        let format = UInt8(XCB_IMAGE_FORMAT_Z_PIXMAP.rawValue)
        let width = UInt16(size.width)
        let height = UInt16(size.height)
        let cookie = unsafe xcb_get_image(raw, format, window, 0, 0, width, height, ~0)
        guard let reply = unsafe xcb_get_image_reply(raw, cookie, nil) else { return [] }
        defer { unsafe free(reply) }
        guard let data = unsafe xcb_get_image_data(reply) else { return [] }
        let count = unsafe Int(xcb_get_image_data_length(reply)) / 4
        let bytes = UnsafeRawPointer(data)
        let indices = places.map { places in
            places.map { Int($0.y) * Int(size.width) + Int($0.x) }.filter { $0 < count }
        }
        return (indices ?? Array(0..<count)).map {
            unsafe bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self) & 0xFFFFFF
        }
    }
}

#endif
