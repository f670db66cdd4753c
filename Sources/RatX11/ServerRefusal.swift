#if X11

internal import CRatXCB
internal import Glibc
internal import RatDisplay

/// Why a server did not let us in, which xcb keeps to itself.
///
/// A server that is full says so to whoever connects, before it looks at who that is; one that is not full
/// asks for an authorisation. So knocking again without one tells the two apart, and from a server
/// that is not there. Done after a failure only, and on local sockets: they answer at once or never.
enum ServerRefusal {
    /// What a connection to the display of this name, or to what DISPLAY names, failed with.
    static func reason(_ name: String?) -> DisplayError {
        guard let number = displayNumber(name) else { return .notConnected }
        // The abstract name first, as xcb does: it cannot be left over from a dead server.
        let path = "/tmp/.X11-unix/X\(number)"
        guard let answer = knock("\0" + path) ?? knock(path) else { return .notConnected }
        // The first byte says whether it worked, the second how long the reason is, which lies after
        // eight bytes.
        guard answer.count >= 8, answer[0] == 0 else { return .notConnected }
        let reason = String(decoding: answer.dropFirst(8).prefix(Int(answer[1])), as: UTF8.self)
        return reason.hasPrefix("Maximum number of clients") ? .noResources : .accessDenied
    }

    /// `nil` for no display, or one that is not reached by a local socket.
    private static func displayNumber(_ name: String?) -> CInt? {
        var host: UnsafeMutablePointer<CChar>?
        var number: CInt = 0
        let isDisplay =
            if let name {
                unsafe name.withCString { unsafe xcb_parse_display($0, &host, &number, nil) }
            } else {
                unsafe xcb_parse_display(nil, &host, &number, nil)
            }
        guard isDisplay != 0 else { return nil }
        defer { unsafe free(host) }
        guard let host = unsafe host else { return nil }
        let text = unsafe String(cString: host)
        return text.isEmpty || text == "unix" ? number : nil
    }

    /// Asks for a connection without any authorisation. `nil` if nobody listens.
    private static func knock(_ path: String) -> [UInt8]? {
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let socket = socket(AF_UNIX, kind, 0)
        guard socket >= 0 else { return nil }
        defer { close(socket) }
        // A server that has stopped, or accepts nobody, costs this much and no more.
        var limit = timeval(tv_sec: 1, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        unsafe setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        unsafe setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
        guard connect(socket, to: path) else { return nil }
        let order: UInt8 = UInt16(littleEndian: 1) == 1 ? 0x6C : 0x42
        // Protocol 11.0, names and data of the authorisation empty.
        let version: [UInt8] = order == 0x6C ? [11, 0] : [0, 11]
        let hello = [order, 0] + version + [UInt8](repeating: 0, count: 8)
        guard
            unsafe hello.withUnsafeBytes({ bytes in
                unsafe send(socket, bytes.baseAddress, bytes.count, CInt(MSG_NOSIGNAL))
            }) == hello.count
        else { return [] }
        return read(socket)
    }

    /// A path that begins with a zero is an abstract name.
    private static func connect(_ socket: CInt, to path: String) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard bytes.count < room else { return false }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let length = MemoryLayout<sa_family_t>.size + bytes.count + (bytes.first == 0 ? 0 : 1)
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(socket, $0, socklen_t(length)) == 0
            }
        }
    }

    /// As much as a refusal can be: 8 bytes, and 255 of the reason.
    private static func read(_ socket: CInt) -> [UInt8] {
        var answer: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 264)
        while answer.count < 264, answer.count < 8 || answer.count < 8 + Int(answer[1]) {
            let count = unsafe recv(socket, &part, part.count, 0)
            guard count > 0 else { break }
            answer += part.prefix(count)
        }
        return answer
    }
}

#endif
