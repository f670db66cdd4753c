#if X11

internal import CRatXCB
internal import Glibc

/// The input extension: pointer events that tell which device they are of, and the axes of wheels that turn
/// smoothly. Its buttons and moves come in the place of the core ones; crossings stay core.
struct InputDevices {
    /// By which its events are known.
    let number: UInt8
    let connection: Connection

    /// `nil` if the server has no such extension, or one too old to tell of wheels.
    init?(_ connection: Connection) {
        guard connection.capabilities.contains(.smoothScrolling),
            let data = unsafe rat_xcb_input_data(connection.raw),
            unsafe data.pointee.present != 0
        else { return nil }
        connection.noteRequest()
        let cookie = unsafe xcb_input_xi_query_version(connection.raw, 2, 1)
        guard let reply = unsafe xcb_input_xi_query_version_reply(connection.raw, cookie, nil)
        else { return nil }
        defer { unsafe free(reply) }
        let version = unsafe (reply.pointee.major_version, reply.pointee.minor_version)
        guard version >= (2, 1) else { return nil }
        number = unsafe data.pointee.major_opcode
        self.connection = connection
        select(
            connection.root,
            [
                (UInt16(XCB_INPUT_DEVICE_ALL.rawValue), XCB_INPUT_XI_EVENT_MASK_HIERARCHY.rawValue),
                (
                    UInt16(XCB_INPUT_DEVICE_ALL_MASTER.rawValue),
                    XCB_INPUT_XI_EVENT_MASK_DEVICE_CHANGED.rawValue
                ),
            ]
        )
    }

    /// Has the window's pointer events told by the extension.
    func watch(_ window: xcb_window_t) {
        let all = UInt16(XCB_INPUT_DEVICE_ALL_MASTER.rawValue)
        select(window, [(all, Self.pointerEvents)])
    }

    static let pointerEvents: UInt32 =
        XCB_INPUT_XI_EVENT_MASK_BUTTON_PRESS.rawValue
        | XCB_INPUT_XI_EVENT_MASK_BUTTON_RELEASE.rawValue
        | XCB_INPUT_XI_EVENT_MASK_MOTION.rawValue

    /// Has what the pointer does told even while somebody else has grabbed it, as no more than that it does something;
    /// or not any more.
    func watchPointer(_ isOn: Bool) {
        var events = XCB_INPUT_XI_EVENT_MASK_DEVICE_CHANGED.rawValue
        if isOn {
            events |=
                XCB_INPUT_XI_EVENT_MASK_RAW_MOTION.rawValue
                | XCB_INPUT_XI_EVENT_MASK_RAW_BUTTON_RELEASE.rawValue
        }
        select(connection.root, [(UInt16(XCB_INPUT_DEVICE_ALL_MASTER.rawValue), events)])
    }

    /// Waits for the replies: which buttons are held, a bit for each.
    func heldButtons() -> UInt32? {
        connection.noteRequest()
        let raw = unsafe connection.raw
        let question = unsafe xcb_input_xi_get_client_pointer(raw, 0)
        guard let pointer = unsafe xcb_input_xi_get_client_pointer_reply(raw, question, nil)
        else { return nil }
        defer { unsafe free(pointer) }
        let device = unsafe pointer.pointee.deviceid
        let cookie = unsafe xcb_input_xi_query_pointer(raw, connection.root, device)
        guard let reply = unsafe xcb_input_xi_query_pointer_reply(raw, cookie, nil) else {
            return nil
        }
        defer { unsafe free(reply) }
        guard unsafe reply.pointee.buttons_len > 0,
            let words = unsafe xcb_input_xi_query_pointer_buttons(reply)
        else { return nil }
        return unsafe words.pointee
    }

    private func select(_ window: xcb_window_t, _ masks: [(device: UInt16, events: UInt32)]) {
        // Each is its head, which says that one word follows, and that word.
        var words: [UInt32] = []
        for mask in masks {
            let head = xcb_input_event_mask_t(deviceid: mask.device, mask_len: 1)
            words.append(unsafe unsafeBitCast(head, to: UInt32.self))
            words.append(mask.events)
        }
        unsafe words.withUnsafeBytes { bytes in
            let first = unsafe bytes.assumingMemoryBound(to: xcb_input_event_mask_t.self)
            let count = UInt16(masks.count)
            unsafe xcb_input_xi_select_events(connection.raw, window, count, first.baseAddress)
        }
        connection.noteRequest()
    }

    /// Asks for the axes of all devices, and waits for the reply, with the number of the request.
    func axes() -> (axes: [UInt16: [ScrollAxis]], request: UInt32)? {
        connection.noteRequest()
        let all = UInt16(XCB_INPUT_DEVICE_ALL.rawValue)
        let cookie = unsafe xcb_input_xi_query_device(connection.raw, all)
        guard let reply = unsafe xcb_input_xi_query_device_reply(connection.raw, cookie, nil)
        else { return nil }
        defer { unsafe free(reply) }
        let head = MemoryLayout<xcb_input_xi_query_device_reply_t>.size
        let length = unsafe Int(reply.pointee.length) * 4
        let bytes = unsafe DeviceBytes(UnsafeRawPointer(reply) + head, count: length)
        let count = unsafe Int(reply.pointee.num_infos)
        return (Self.axes(bytes, count: count), cookie.sequence)
    }

    /// Reads the devices of a reply. What does not fit into it is left out.
    static func axes(_ words: DeviceBytes, count: Int) -> [UInt16: [ScrollAxis]] {
        var result: [UInt16: [ScrollAxis]] = [:]
        var at = 0
        for _ in 0..<count {
            guard let device = words.short(at), let classes = words.short(at + 6),
                let name = words.short(at + 8)
            else { break }
            at += 12 + (Int(name) + 3) / 4 * 4
            var axes: [ScrollAxis] = []
            var values: [UInt16: Double] = [:]
            for _ in 0..<classes {
                guard let type = words.short(at), let length = words.short(at + 2), length > 0
                else { break }
                if type == scroll, let axis = words.scrollAxis(at) { axes.append(axis) }
                if type == valuator, let number = words.short(at + 6),
                    let value = words.fixed(at + 28)
                {
                    values[number] = value
                }
                at += Int(length) * 4
            }
            for index in axes.indices { axes[index].last = values[axes[index].number] }
            if !axes.isEmpty { result[device] = axes }
        }
        return result
    }

    private static let valuator = UInt16(XCB_INPUT_DEVICE_CLASS_TYPE_VALUATOR.rawValue)
    private static let scroll = UInt16(XCB_INPUT_DEVICE_CLASS_TYPE_SCROLL.rawValue)
}

/// What the input extension has sent, read as far as it goes. Valid while that is.
@safe struct DeviceBytes {
    private let bytes: UnsafeRawBufferPointer

    init(_ start: UnsafeRawPointer, count: Int) {
        unsafe bytes = UnsafeRawBufferPointer(start: start, count: count)
    }

    func short(_ at: Int) -> UInt16? {
        load(at, as: UInt16.self)
    }

    func word(_ at: Int) -> UInt32? {
        load(at, as: UInt32.self)
    }

    /// 32 bits before the point, with a sign, and 32 after it.
    func fixed(_ at: Int) -> Double? {
        guard let whole = load(at, as: Int32.self), let part = word(at + 4) else { return nil }
        return Double(whole) + Double(part) / 4_294_967_296
    }

    func scrollAxis(_ at: Int) -> ScrollAxis? {
        guard let number = short(at + 6), let kind = short(at + 8), let step = fixed(at + 16),
            step != 0
        else { return nil }
        let vertical = UInt16(XCB_INPUT_SCROLL_TYPE_VERTICAL.rawValue)
        return ScrollAxis(number: number, isVertical: kind == vertical, increment: step)
    }

    private func load<Number: FixedWidthInteger & BitwiseCopyable>(
        _ at: Int,
        as type: Number.Type
    ) -> Number? {
        guard at >= 0, unsafe at + MemoryLayout<Number>.size <= bytes.count else { return nil }
        return unsafe bytes.loadUnaligned(fromByteOffset: at, as: type)
    }
}

#endif
