#if X11

internal import CRatXCB
internal import Glibc
internal import RatDisplay

/// The compose sequence being typed, by the table of the locale. Without a table every key passes.
@safe final class Composer {
    private let context: OpaquePointer?
    private let table: OpaquePointer?
    private let state: OpaquePointer?

    /// `locale` is as in the environment; empty for the C locale.
    init(locale: String) {
        unsafe context = makeKeyboardContext()
        var table: OpaquePointer?
        // A locale that libX11's data does not list has no table; nearly all share that of en_US.
        for name in [locale, "C", "en_US.UTF-8"] where !name.isEmpty {
            guard let context = unsafe context, unsafe table == nil else { break }
            unsafe table = name.withCString {
                unsafe xkb_compose_table_new_from_locale(
                    context,
                    $0,
                    XKB_COMPOSE_COMPILE_NO_FLAGS
                )
            }
        }
        unsafe self.table = table
        unsafe state = table.flatMap {
            unsafe xkb_compose_state_new($0, XKB_COMPOSE_STATE_NO_FLAGS)
        }
    }

    deinit {
        unsafe xkb_compose_state_unref(state)
        unsafe xkb_compose_table_unref(table)
        unsafe xkb_context_unref(context)
    }

    /// The locale for text: LC_ALL, else LC_CTYPE, else LANG.
    static func environmentLocale() -> String {
        for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
            if let value = unsafe getenv(name), unsafe value.pointee != 0 {
                return unsafe String(cString: value)
            }
        }
        return "C"
    }

    func feed(_ symbol: UInt32) -> Composition {
        guard let state = unsafe state else { return .passThrough }
        // Modifiers have no part in sequences and do not interrupt them.
        guard unsafe xkb_compose_state_feed(state, symbol) == XKB_COMPOSE_FEED_ACCEPTED else {
            return .passThrough
        }
        switch unsafe xkb_compose_state_get_status(state) {
        case XKB_COMPOSE_COMPOSING:
            return .pending(dead: KeyTables.spacing(ofDead: symbol))
        case XKB_COMPOSE_COMPOSED:
            defer { reset() }
            return unsafe .composed(result(of: state))
        case XKB_COMPOSE_CANCELLED:
            reset()
            return .cancelled
        default:
            return .passThrough
        }
    }

    func reset() {
        guard let state = unsafe state else { return }
        unsafe xkb_compose_state_reset(state)
    }

    private func result(of state: OpaquePointer) -> [UInt16] {
        // The longest result that libxkbcommon keeps is 256 bytes, and its end.
        var bytes = [CChar](repeating: 0, count: 257)
        let count = unsafe xkb_compose_state_get_utf8(state, &bytes, bytes.count)
        if count > 0 {
            let text = bytes.prefix(Int(count)).map { UInt8(bitPattern: $0) }
            return Array(String(decoding: text, as: UTF8.self).utf16)
        }
        let scalar = unsafe xkb_keysym_to_utf32(xkb_compose_state_get_one_sym(state))
        guard let scalar = Unicode.Scalar(scalar), scalar.value != 0 else { return [] }
        return Array(String(Character(scalar)).utf16)
    }
}

#endif
