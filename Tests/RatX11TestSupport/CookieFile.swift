#if X11

internal import Glibc

/// A file with an authorisation that nobody else knows. Removed with this object.
package final class CookieFile {
    package let path: String

    package init() throws {
        var name = Array("/tmp/rat-cookie-XXXXXX".utf8CString)
        let file = unsafe mkstemp(&name)
        guard file >= 0 else { throw ChildProcess.Failure("no file for a cookie") }
        defer { close(file) }
        path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // For every address and display: each text is 16 bits of length, the higher byte first, and bytes.
        let kind = Array("MIT-MAGIC-COOKIE-1".utf8)
        let cookie = (0..<16).map { _ in UInt8.random(in: 0...255) }
        let entry: [UInt8] =
            [0xFF, 0xFF, 0, 0, 0, 0, 0, UInt8(kind.count)] + kind + [0, UInt8(cookie.count)]
            + cookie
        let written = unsafe write(file, entry, entry.count)
        guard written == entry.count else { throw ChildProcess.Failure("no room for a cookie") }
    }

    deinit {
        _ = unsafe unlink(path)
    }
}

#endif
