#if X11

/// How many dots an inch has, as X programs agree on it: `Xft.dpi` among the server's resources.
enum Density {
    /// What programs draw for where nobody says otherwise.
    static let ordinary: UInt32 = 96

    /// As the resources say it; read anew each time, for what Xlib remembers of them is that of its start.
    static func read(_ connection: Connection) -> UInt32 {
        parse(connection.bytes(connection.root, .resourceManager))
    }

    /// Of resources, one a line: a name, a colon, a value with blanks before it.
    static func parse(_ resources: [UInt8]) -> UInt32 {
        let text = String(decoding: resources, as: UTF8.self)
        for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("Xft.dpi:") {
            let value = line.dropFirst(8).drop { $0 == " " || $0 == "\t" }
            // Some write it with a fraction.
            let whole = value.prefix { $0.isASCII && $0.isNumber }
            guard let density = UInt32(whole), sane.contains(density) else { continue }
            return density
        }
        return ordinary
    }

    /// Beyond these somebody has made a mistake, and windows would be nothing or everything.
    private static let sane: ClosedRange<UInt32> = 24...1536
}

#endif
