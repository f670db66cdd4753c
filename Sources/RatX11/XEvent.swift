#if X11

internal import CRatXCB
internal import RatDisplay

/// The 32-bit words of a client message.
typealias ClientData = (UInt32, UInt32, UInt32, UInt32, UInt32)

/// An X event as a value, without what nobody asks for.
enum XEvent {
    /// What key and pointer events have in common.
    struct Input {
        var window: xcb_window_t
        var time: xcb_timestamp_t
        /// Modifiers, buttons 1 to 5 and the keyboard group, before the event.
        var state: UInt16
        var position = Point(x: 0, y: 0)
        var screenPosition = Point(x: 0, y: 0)
        /// Sent by another client instead of a device.
        var isSynthetic = false
        /// The device, where the input extension tells it.
        var device: UInt16 = 0
        /// A bit for each button that is held, by its number, where the input extension tells all of them.
        var buttons: UInt32?
        /// Made up by the server for what an axis tells too.
        var isEmulated = false
    }

    case key(Input, code: UInt8, isDown: Bool)
    case button(Input, number: UInt8, isDown: Bool)
    case motion(Input)
    case entered(Input, isMove: Bool)
    /// A device's axes count something else.
    case turned(Input, Turn)
    /// There are other devices, or another one moves the pointer.
    case devicesChanged
    /// The pointer has moved or a button went up, wherever that was and whoever was told.
    case pointerStirred
    case left(Input, mode: UInt8, detail: UInt8)
    case focus(xcb_window_t, mode: UInt8, detail: UInt8, isIn: Bool)
    case exposed(xcb_window_t, Rect)
    /// `sequence` is of the last request that the server had seen when it made the event.
    case configured(xcb_window_t, Rect, isSynthetic: Bool, sequence: UInt32)
    case mapped(xcb_window_t)
    case unmapped(xcb_window_t)
    case reparented(xcb_window_t, parent: xcb_window_t)
    case destroyed(xcb_window_t)
    case property(xcb_window_t, name: xcb_atom_t, time: xcb_timestamp_t)
    case message(xcb_window_t, type: xcb_atom_t, ClientData)
    case keyboardState(KeyboardState)
    /// Told after the keyboard or the pointer has come.
    case keysHeld(HeldKeys)
    case keyboardMapping
    /// The server has read what the request of that number was to show from a shared segment.
    case shown(segment: UInt32, sequence: UInt32)
    case error(ServerError)
    /// An event that nothing depends on.
    case other
}

extension XEvent {
    /// Whether it is input that another client made up.
    var isSentInput: Bool {
        switch self {
        case .key(let input, _, _), .button(let input, _, _), .motion(let input):
            input.isSynthetic
        default: false
        }
    }

    /// The numbers of the extensions' events; `nil` for what the server lacks.
    struct Numbers {
        var keyboard: UInt8?
        /// Of completed requests with shared memory.
        var completion: UInt8?
        /// By which the input extension marks its events, which all have one number.
        var devices: UInt8?
    }

    /// Reads what xcb returned.
    init(_ event: UnsafePointer<xcb_generic_event_t>, _ numbers: Numbers) {
        let raw = unsafe UnsafeRawPointer(event)
        let type = unsafe event.pointee.response_type
        let isSynthetic = type & 0x80 != 0
        guard !isSynthetic || Self.maySend(type & 0x7F) else {
            self = .other
            return
        }
        switch CInt(type & 0x7F) {
        case 0:
            self = .error(ServerError(unsafe raw.load(as: xcb_generic_error_t.self)))
        case XCB_KEY_PRESS, XCB_KEY_RELEASE:
            let it = unsafe raw.load(as: xcb_key_press_event_t.self)
            var input = Input(window: it.event, time: it.time, state: it.state)
            input.isSynthetic = isSynthetic
            self = .key(input, code: it.detail, isDown: type & 0x7F == XCB_KEY_PRESS)
        case XCB_BUTTON_PRESS, XCB_BUTTON_RELEASE:
            let it = unsafe raw.load(as: xcb_button_press_event_t.self)
            let isDown = type & 0x7F == XCB_BUTTON_PRESS
            self = .button(Input(it, isSynthetic), number: it.detail, isDown: isDown)
        case XCB_MOTION_NOTIFY:
            // The three pointer events have the same layout up to the state.
            let it = unsafe raw.load(as: xcb_button_press_event_t.self)
            self = .motion(Input(it, isSynthetic))
        case XCB_ENTER_NOTIFY:
            let it = unsafe raw.load(as: xcb_enter_notify_event_t.self)
            let input = Input(unsafe raw.load(as: xcb_button_press_event_t.self), false)
            self = .entered(input, isMove: UInt32(it.mode) == XCB_NOTIFY_MODE_NORMAL.rawValue)
        case XCB_LEAVE_NOTIFY:
            let it = unsafe raw.load(as: xcb_leave_notify_event_t.self)
            let input = Input(unsafe raw.load(as: xcb_button_press_event_t.self), false)
            self = .left(input, mode: it.mode, detail: it.detail)
        case XCB_FOCUS_IN, XCB_FOCUS_OUT:
            let it = unsafe raw.load(as: xcb_focus_in_event_t.self)
            let isIn = type & 0x7F == XCB_FOCUS_IN
            self = .focus(it.event, mode: it.mode, detail: it.detail, isIn: isIn)
        case XCB_KEYMAP_NOTIFY:
            self = .keysHeld(HeldKeys(unsafe raw.loadUnaligned(as: SIMD32<UInt8>.self)))
        case XCB_EXPOSE:
            let it = unsafe raw.load(as: xcb_expose_event_t.self)
            let size = Size(width: Int32(it.width), height: Int32(it.height))
            let origin = Point(x: Int32(it.x), y: Int32(it.y))
            self = .exposed(it.window, Rect(origin: origin, size: size))
        default:
            unsafe self.init(structure: raw, type, numbers)
        }
    }

    /// Whether clients may send such an event to others. Messages are made for that, a window manager tells
    /// so where it has put a window (ICCCM 4.1.5), and tools play a person. The others state what the server
    /// has done: from anybody else they are false.
    private static func maySend(_ type: UInt8) -> Bool {
        switch CInt(type) {
        case XCB_KEY_PRESS, XCB_KEY_RELEASE, XCB_BUTTON_PRESS, XCB_BUTTON_RELEASE,
            XCB_MOTION_NOTIFY, XCB_CONFIGURE_NOTIFY, XCB_CLIENT_MESSAGE:
            true
        default: false
        }
    }

    private init(structure raw: UnsafeRawPointer, _ type: UInt8, _ numbers: Numbers) {
        switch CInt(type & 0x7F) {
        case XCB_CONFIGURE_NOTIFY:
            let it = unsafe raw.load(as: xcb_configure_notify_event_t.self)
            let generic = unsafe raw.load(as: xcb_generic_event_t.self)
            let size = Size(width: Int32(it.width), height: Int32(it.height))
            let origin = Point(x: Int32(it.x), y: Int32(it.y))
            self = .configured(
                it.window,
                Rect(origin: origin, size: size),
                isSynthetic: type & 0x80 != 0,
                sequence: generic.full_sequence
            )
        case XCB_MAP_NOTIFY:
            self = .mapped(unsafe raw.load(as: xcb_map_notify_event_t.self).window)
        case XCB_UNMAP_NOTIFY:
            self = .unmapped(unsafe raw.load(as: xcb_unmap_notify_event_t.self).window)
        case XCB_REPARENT_NOTIFY:
            let it = unsafe raw.load(as: xcb_reparent_notify_event_t.self)
            self = .reparented(it.window, parent: it.parent)
        case XCB_DESTROY_NOTIFY:
            self = .destroyed(unsafe raw.load(as: xcb_destroy_notify_event_t.self).window)
        case XCB_PROPERTY_NOTIFY:
            let it = unsafe raw.load(as: xcb_property_notify_event_t.self)
            self = .property(it.window, name: it.atom, time: it.time)
        case XCB_CLIENT_MESSAGE:
            let it = unsafe raw.load(as: xcb_client_message_event_t.self)
            guard it.format == 32 else {
                self = .other
                return
            }
            self = unsafe .message(it.window, type: it.type, it.data.data32)
        case XCB_MAPPING_NOTIFY:
            let it = unsafe raw.load(as: xcb_mapping_notify_event_t.self)
            // The server applies a new order of the buttons by itself.
            self = UInt32(it.request) == XCB_MAPPING_POINTER.rawValue ? .other : .keyboardMapping
        case let number where number == numbers.keyboard.map { CInt($0) }:
            unsafe self.init(keyboard: raw)
        case XCB_GE_GENERIC:
            let head = unsafe raw.load(as: xcb_ge_generic_event_t.self)
            if head.`extension` == numbers.devices {
                unsafe self.init(device: raw)
            } else {
                self = .other
            }
        case let number where number == numbers.completion.map { CInt($0) }:
            let it = unsafe raw.load(as: xcb_shm_completion_event_t.self)
            let generic = unsafe raw.load(as: xcb_generic_event_t.self)
            self = .shown(segment: it.shmseg, sequence: generic.full_sequence)
        default:
            self = .other
        }
    }

    private init(keyboard raw: UnsafeRawPointer) {
        let it = unsafe raw.load(as: xcb_xkb_state_notify_event_t.self)
        switch UInt32(it.xkbType) {
        case UInt32(XCB_XKB_STATE_NOTIFY):
            self = .keyboardState(KeyboardState(it))
        case UInt32(XCB_XKB_NEW_KEYBOARD_NOTIFY), UInt32(XCB_XKB_MAP_NOTIFY):
            self = .keyboardMapping
        default:
            self = .other
        }
    }
}

extension XEvent.Input {
    fileprivate init(_ it: xcb_button_press_event_t, _ isSynthetic: Bool) {
        self.init(window: it.event, time: it.time, state: it.state)
        self.isSynthetic = isSynthetic
        position = Point(x: Int32(it.event_x), y: Int32(it.event_y))
        screenPosition = Point(x: Int32(it.root_x), y: Int32(it.root_y))
    }
}

#endif
