#if X11

internal import CRatXCB
internal import RatDisplay

/// The modifiers and the group in effect, as the server's masks.
struct KeyboardState: Equatable {
    var modifiers: UInt32
    var group: UInt32

    /// What the state of a core event says; with XKB in use it tells the effective state.
    init(core: UInt16) {
        modifiers = UInt32(core & 0xFF)
        group = UInt32(core >> 13 & 3)
    }

    init(_ event: xcb_xkb_state_notify_event_t) {
        modifiers = UInt32(event.mods)
        group = UInt32(event.group)
    }
}

/// A context of libxkbcommon that prints nothing: what fails has a fallback here.
func makeKeyboardContext() -> OpaquePointer? {
    guard let context = unsafe xkb_context_new(XKB_CONTEXT_NO_FLAGS) else { return nil }
    unsafe xkb_context_set_log_level(context, XKB_LOG_LEVEL_CRITICAL)
    return unsafe context
}

/// What a key means at a moment.
struct KeyMeaning: Equatable {
    var virtualKey: UInt8
    var scan: ScanCode
    var symbol: UInt32
    var character: UInt32
    /// Selects the third level, as the right Alt of most layouts does.
    var isAltGr = false
}

/// The server's keyboard layout and its state.
///
/// Layout changes arrive in storms (one synthetic character can cause a dozen), so a change only marks
/// the layout as stale, and `refresh` fetches it when the next key needs it. A layout that cannot be
/// fetched leaves the one before in force until one can; at the start, that is the standard layout.
@safe final class Keyboard {
    /// The number of the extension's event; `nil` if the server lacks the extension.
    let events: UInt8?

    private let connection: Connection?
    private let context: OpaquePointer
    private var layout: Layout
    private var isStale = false
    /// `nil` until the server tells it for this layout; core events tell the same.
    private var state: KeyboardState?

    /// With no connection, the standard layout as libxkbcommon's defaults name it.
    init(_ connection: Connection?) throws(DisplayError) {
        guard let context = unsafe makeKeyboardContext() else {
            throw .noResources
        }
        unsafe self.context = context
        self.connection = connection
        events = connection.flatMap { Self.setUp($0) }
        let fetched = unsafe Self.fetch(events == nil ? nil : connection, context)
        guard let keymap = unsafe fetched ?? Self.standard(context),
            let layout = unsafe Layout(keymap)
        else {
            unsafe xkb_context_unref(context)
            throw .notSupported
        }
        self.layout = layout
    }

    deinit {
        unsafe xkb_context_unref(context)
    }

    /// Records a state that the server told. It holds for the keys after it.
    func update(_ state: KeyboardState) {
        self.state = state
    }

    /// Records that the layout has changed.
    func markStale() {
        isStale = true
    }

    /// Fetches the layout if it has changed. Waits for replies.
    func refresh() {
        guard isStale, let connection, events != nil else { return }
        connection.noteRequest()
        guard let keymap = unsafe Self.fetch(connection, context),
            let layout = unsafe Layout(keymap)
        else { return }
        self.layout = layout
        isStale = false
        // The masks known are of the old layout. Those of the next event are not, and unlike what the
        // server could be asked for they are as old as that event.
        state = nil
    }

    /// What a key means. A synthetic event has its own state, which may differ from the keyboard's.
    func meaning(ofKey code: UInt8, core: UInt16, isSynthetic: Bool) -> KeyMeaning {
        let state = isSynthetic ? nil : state
        return layout.meaning(ofKey: code, state ?? KeyboardState(core: core))
    }

    func modifiers(core: UInt16) -> Modifiers {
        layout.modifiers(UInt32(core & 0xFF))
    }

    // MARK: Server

    /// Turns the extension on; gives the number of its event.
    private static func setUp(_ connection: Connection) -> UInt8? {
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

    private static func fetch(
        _ connection: Connection?,
        _ context: OpaquePointer
    ) -> OpaquePointer? {
        guard let connection else { return nil }
        let device = unsafe xkb_x11_get_core_keyboard_device_id(connection.raw)
        guard device >= 0 else { return nil }
        return unsafe xkb_x11_keymap_new_from_device(
            context,
            connection.raw,
            device,
            XKB_KEYMAP_COMPILE_NO_FLAGS
        )
    }

    private static func standard(_ context: OpaquePointer) -> OpaquePointer? {
        unsafe xkb_keymap_new_from_names(context, nil, XKB_KEYMAP_COMPILE_NO_FLAGS)
    }
}

#endif
