#if X11

internal import CRatXCB
internal import RatDisplay

/// Pointer events as the input extension tells them.
extension XEvent {
    /// What a device counts beside where the pointer is.
    struct Turn {
        var values: [ScrollValue]
        /// Whether the pointer has moved by it too.
        var isMove: Bool
        /// The number of the last request that the server had seen.
        var sequence: UInt32
    }

    init(device raw: UnsafeRawPointer) {
        let head = unsafe raw.load(as: xcb_ge_generic_event_t.self)
        switch CInt(head.event_type) {
        case XCB_INPUT_BUTTON_PRESS, XCB_INPUT_BUTTON_RELEASE, XCB_INPUT_MOTION:
            // A whole event has this much at least; xcb has put a word of its own behind the first 32 bytes.
            let fixed = MemoryLayout<xcb_input_button_press_event_t>.size
            let size = 36 + Int(head.length) * 4
            guard size >= fixed else {
                self = .other
                return
            }
            let it = unsafe raw.load(as: xcb_input_button_press_event_t.self)
            self.init(it, unsafe DeviceBytes(raw + fixed, count: size - fixed))
        case XCB_INPUT_RAW_MOTION, XCB_INPUT_RAW_BUTTON_RELEASE:
            self = .pointerStirred
        case XCB_INPUT_DEVICE_CHANGED, XCB_INPUT_HIERARCHY:
            self = .devicesChanged
        default:
            self = .other
        }
    }

    private init(_ it: xcb_input_button_press_event_t, _ lists: DeviceBytes) {
        var input = Input(window: it.event, time: it.time, state: 0)
        // Buttons 1 to 5 have bits in the state of core events, where button 1 is the eighth.
        input.buttons = it.buttons_len > 0 ? lists.word(0) : nil
        input.state =
            UInt16(truncatingIfNeeded: it.mods.effective & 0xFF)
            | UInt16((input.buttons ?? 0) >> 1 & 0x1F) << 8 | UInt16(it.group.effective & 3) << 13
        input.position = Point(x: it.event_x >> 16, y: it.event_y >> 16)
        input.screenPosition = Point(x: it.root_x >> 16, y: it.root_y >> 16)
        input.device = it.sourceid
        input.isEmulated = it.flags & XCB_INPUT_POINTER_EVENT_FLAGS_POINTER_EMULATED.rawValue != 0
        guard CInt(it.event_type) == XCB_INPUT_MOTION else {
            let isDown = CInt(it.event_type) == XCB_INPUT_BUTTON_PRESS
            let number = UInt8(exactly: it.detail) ?? 0
            self = .button(input, number: number, isDown: isDown)
            return
        }
        let turn = lists.turn(it)
        self = turn.values.isEmpty ? .motion(input) : .turned(input, turn)
    }
}

extension DeviceBytes {
    /// The values after the mask that says whose they are; the first two are where the pointer is.
    fileprivate func turn(_ it: xcb_input_button_press_event_t) -> XEvent.Turn {
        var turn = XEvent.Turn(values: [], isMove: false, sequence: it.full_sequence)
        let masks = Int(it.buttons_len) * 4
        var at = masks + Int(it.valuators_len) * 4
        for index in 0..<Int(it.valuators_len) {
            guard let mask = word(masks + index * 4) else { break }
            for bit in 0..<32 where mask >> UInt32(bit) & 1 != 0 {
                guard let value = fixed(at), let number = UInt16(exactly: index * 32 + bit) else {
                    return turn
                }
                at += 8
                if number < 2 {
                    turn.isMove = true
                } else {
                    turn.values.append(ScrollValue(number: number, value: value))
                }
            }
        }
        return turn
    }
}

#endif
