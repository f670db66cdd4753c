#if X11

internal import CRatXCB
internal import Glibc

/// Atoms by names that are not known before, and the other way round; a round trip for those not seen lately.
struct AtomNames {
    private let connection: Connection
    private var numbers: [String: xcb_atom_t] = [:]
    private var names: [xcb_atom_t: String] = [:]

    /// Other programs choose the names, so that there is an end to what is remembered.
    private static let most = 4096

    init(_ connection: Connection) {
        self.connection = connection
    }

    /// 0 where the server does not answer.
    mutating func atom(_ name: String) -> xcb_atom_t {
        if let known = numbers[name] { return known }
        let raw = unsafe connection.raw
        connection.noteRequest()
        let cookie = unsafe name.withCString {
            unsafe xcb_intern_atom(raw, 0, UInt16(name.utf8.count), $0)
        }
        guard let reply = unsafe xcb_intern_atom_reply(raw, cookie, nil) else { return 0 }
        defer { unsafe free(reply) }
        remember(name, unsafe reply.pointee.atom)
        return unsafe reply.pointee.atom
    }

    /// Asks for all before it waits for the first. "" for what is no atom, or is none of UTF-8.
    mutating func names(of atoms: [xcb_atom_t]) -> [String] {
        let raw = unsafe connection.raw
        let asked = Set(atoms).filter { names[$0] == nil }
        connection.noteRequest()
        let cookies = asked.map { ($0, unsafe xcb_get_atom_name(raw, $0)) }
        var told: [xcb_atom_t: String] = [:]
        for (atom, cookie) in cookies {
            guard let reply = unsafe xcb_get_atom_name_reply(raw, cookie, nil) else { continue }
            defer { unsafe free(reply) }
            let bytes = unsafe UnsafeRawBufferPointer(
                start: xcb_get_atom_name_name(reply),
                count: Int(xcb_get_atom_name_name_length(reply))
            )
            guard let name = unsafe String(validating: bytes, as: UTF8.self) else { continue }
            told[atom] = name
        }
        let found = atoms.map { names[$0] ?? told[$0] ?? "" }
        for (atom, name) in told { remember(name, atom) }
        return found
    }

    private mutating func remember(_ name: String, _ atom: xcb_atom_t) {
        if names.count >= Self.most {
            numbers = [:]
            names = [:]
        }
        numbers[name] = atom
        names[atom] = name
    }
}

#endif
