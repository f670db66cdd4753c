#if X11

internal import CRatXCB
internal import Glibc
internal import RatDisplay

/// A property of any kind, whole.
struct WholeProperty {
    let type: xcb_atom_t
    let format: UInt8
    var data: [UInt8]

    /// The numbers in it, if it consists of such.
    var items: [UInt32] {
        guard format == 32 else { return [] }
        return unsafe data.withUnsafeBytes { bytes in
            (0..<bytes.count / 4).map {
                unsafe bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)
            }
        }
    }
}

extension Connection {
    /// A window that is never seen, for what is said by properties.
    func createHiddenWindow(events: UInt32 = 0) -> xcb_window_t {
        let window = unsafe xcb_generate_id(raw)
        var values = [events]
        unsafe xcb_create_window(
            raw,
            0,
            window,
            root,
            -1,
            -1,
            1,
            1,
            0,
            UInt16(XCB_WINDOW_CLASS_INPUT_ONLY.rawValue),
            0,
            XCB_CW_EVENT_MASK.rawValue,
            &values
        )
        noteRequest()
        return window
    }

    /// Asks to be told by XFixes whenever somebody takes or leaves a selection. The number of that event; `nil` if the
    /// server has no XFixes.
    func watchSelection(_ selection: xcb_atom_t, for window: xcb_window_t) -> UInt8? {
        guard capabilities.contains(.selections), let fixes = unsafe rat_xcb_fixes_data(raw),
            unsafe fixes.pointee.present != 0
        else { return nil }
        let version = unsafe xcb_xfixes_query_version(raw, 1, 0)
        let mask: UInt32 =
            XCB_XFIXES_SELECTION_EVENT_MASK_SET_SELECTION_OWNER.rawValue
            | XCB_XFIXES_SELECTION_EVENT_MASK_SELECTION_WINDOW_DESTROY.rawValue
            | XCB_XFIXES_SELECTION_EVENT_MASK_SELECTION_CLIENT_CLOSE.rawValue
        unsafe xcb_xfixes_select_selection_input(raw, window, selection, mask)
        noteRequest()
        guard let reply = unsafe xcb_xfixes_query_version_reply(raw, version, nil) else {
            return nil
        }
        unsafe free(reply)
        return unsafe fixes.pointee.first_event
    }

    /// Who has a selection; 0 if nobody has.
    func owner(of selection: xcb_atom_t) -> xcb_window_t {
        noteRequest()
        let cookie = unsafe xcb_get_selection_owner(raw, selection)
        guard let reply = unsafe xcb_get_selection_owner_reply(raw, cookie, nil) else { return 0 }
        defer { unsafe free(reply) }
        return unsafe reply.pointee.owner
    }

    /// Reads a property in pieces and deletes it, with the last one. `nil` if there is none; throws where it is larger
    /// than `most` bytes.
    func takeProperty(
        _ window: xcb_window_t,
        _ name: xcb_atom_t,
        most: Int
    ) throws(ExchangeError) -> WholeProperty? {
        let any = xcb_atom_t(XCB_GET_PROPERTY_TYPE_ANY.rawValue)
        let piece = UInt32(1 << 18)
        var whole: WholeProperty?
        while true {
            noteRequest()
            let place = UInt32((whole?.data.count ?? 0) / 4)
            let cookie = unsafe xcb_get_property(raw, 1, window, name, any, place, piece)
            guard let reply = unsafe xcb_get_property_reply(raw, cookie, nil) else { return nil }
            defer { unsafe free(reply) }
            let (type, format) = unsafe (reply.pointee.type, reply.pointee.format)
            guard type != 0 else { return nil }
            if whole == nil { whole = WholeProperty(type: type, format: format, data: []) }
            // Between two pieces its owner may write something else.
            guard whole?.type == type, whole?.format == format else { return nil }
            let count = unsafe Int(xcb_get_property_value_length(reply))
            let left = unsafe Int(reply.pointee.bytes_after)
            guard (whole?.data.count ?? 0) + count + left <= most else { throw .tooLarge }
            let bytes = unsafe UnsafeRawBufferPointer(
                start: xcb_get_property_value(reply),
                count: count
            )
            unsafe whole?.data.append(contentsOf: bytes)
            if left == 0 { return whole }
            guard count > 0, count % 4 == 0 else { return nil }
        }
    }

    /// Writes a property of somebody's window, whatever becomes of it.
    func writeProperty(
        _ window: xcb_window_t,
        _ name: xcb_atom_t,
        type: xcb_atom_t,
        _ data: ArraySlice<UInt8>
    ) {
        let replace = UInt8(XCB_PROP_MODE_REPLACE.rawValue)
        unsafe data.withUnsafeBytes { bytes in
            let (start, count) = (bytes.baseAddress, UInt32(bytes.count))
            unsafe xcb_change_property(raw, replace, window, name, type, 8, count, start)
        }
        noteRequest()
    }

    func writeProperty(
        _ window: xcb_window_t,
        _ name: xcb_atom_t,
        type: xcb_atom_t,
        items: [UInt32]
    ) {
        let replace = UInt8(XCB_PROP_MODE_REPLACE.rawValue)
        unsafe items.withUnsafeBytes { bytes in
            let (start, count) = (bytes.baseAddress, UInt32(items.count))
            unsafe xcb_change_property(raw, replace, window, name, type, 32, count, start)
        }
        noteRequest()
    }

    /// Tells who asked for a selection that the answer is there; 0 for a property says that there is none.
    func answer(_ request: SelectionRequest, property: xcb_atom_t) {
        var event = xcb_selection_notify_event_t()
        event.response_type = UInt8(XCB_SELECTION_NOTIFY)
        event.time = request.time
        event.requestor = request.requestor
        event.selection = request.selection
        event.target = request.target
        event.property = property
        var bytes = [CChar](repeating: 0, count: 32)
        unsafe withUnsafeBytes(of: event) { event in
            unsafe bytes.withUnsafeMutableBytes { unsafe $0.copyMemory(from: event) }
        }
        unsafe xcb_send_event(raw, 0, request.requestor, 0, &bytes)
        noteRequest()
    }
}

/// What another program asks for.
struct SelectionRequest {
    let time: xcb_timestamp_t
    let requestor: xcb_window_t
    let selection: xcb_atom_t
    let target: xcb_atom_t
    /// Where the answer goes. Programs of old leave it to the target's name.
    let property: xcb_atom_t

    init(_ event: xcb_selection_request_event_t) {
        time = event.time
        requestor = event.requestor
        selection = event.selection
        target = event.target
        property = event.property != 0 ? event.property : event.target
    }
}

#endif
