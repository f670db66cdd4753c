#if X11

internal import CRatXCB
internal import Glibc

/// What is asked of a server about its keyboard.
enum KeyboardServer {
    /// Turns the extension on; gives the number of its event.
    static func setUp(_ connection: Connection) -> UInt8? {
        guard connection.capabilities.contains(.keyboard) else { return nil }
        var event: UInt8 = 0
        guard
            unsafe xkb_x11_setup_xkb_extension(
                connection.raw,
                UInt16(XKB_X11_MIN_MAJOR_XKB_VERSION),
                UInt16(XKB_X11_MIN_MINOR_XKB_VERSION),
                XKB_X11_SETUP_XKB_EXTENSION_NO_FLAGS,
                nil,
                nil,
                &event,
                nil
            ) != 0
        else { return nil }
        let device = UInt16(XCB_XKB_ID_USE_CORE_KBD.rawValue)
        // A held key repeats as presses only: a release between would be indistinguishable from a
        // real one until the next press arrives.
        let repeats = XCB_XKB_PER_CLIENT_FLAG_DETECTABLE_AUTO_REPEAT.rawValue
        unsafe xcb_xkb_per_client_flags_unchecked(
            connection.raw,
            device,
            repeats,
            repeats,
            0,
            0,
            0
        )
        let changes = UInt16(
            XCB_XKB_EVENT_TYPE_NEW_KEYBOARD_NOTIFY.rawValue
                | XCB_XKB_EVENT_TYPE_MAP_NOTIFY.rawValue
                | XCB_XKB_EVENT_TYPE_STATE_NOTIFY.rawValue
        )
        let parts: UInt16 = 0xFF
        unsafe xcb_xkb_select_events(
            connection.raw,
            device,
            changes,
            0,
            changes,
            parts,
            parts,
            nil
        )
        connection.noteRequest()
        return event
    }

    /// The keymap as the server has it; `nil` if it is none for libxkbcommon.
    static func keymap(_ connection: Connection, _ context: OpaquePointer) -> OpaquePointer? {
        let device = unsafe xkb_x11_get_core_keyboard_device_id(connection.raw)
        guard device >= 0 else { return nil }
        return unsafe xkb_x11_keymap_new_from_device(
            context,
            connection.raw,
            device,
            XKB_KEYMAP_COMPILE_NO_FLAGS
        )
    }

    /// The keymap of the names that whoever has set the keyboard up left on the root; `nil` if there are none.
    static func namedKeymap(_ connection: Connection, _ context: OpaquePointer) -> OpaquePointer? {
        let names = connection.bytes(connection.root, .xkbRulesNames)
            .split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard names.count >= 5 else { return nil }
        // They are borrowed for the call only.
        let copies = unsafe names.prefix(5).map { unsafe strdup($0) }
        defer { unsafe copies.forEach { unsafe free($0) } }
        var rules = unsafe xkb_rule_names(
            rules: copies[0],
            model: copies[1],
            layout: copies[2],
            variant: copies[3],
            options: copies[4]
        )
        return unsafe xkb_keymap_new_from_names(context, &rules, XKB_KEYMAP_COMPILE_NO_FLAGS)
    }

    static func standardKeymap(_ context: OpaquePointer) -> OpaquePointer? {
        unsafe xkb_keymap_new_from_names(context, nil, XKB_KEYMAP_COMPILE_NO_FLAGS)
    }
}

#endif
