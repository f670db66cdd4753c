#if X11

/// How many dots an inch has, as X programs agree on it: `Xft.dpi` among the server's resources.
enum Density {
    /// What programs draw for where nobody says otherwise.
    static let ordinary: UInt32 = 96

    /// As the resources say it, else as the desktop's settings do. Read anew each time, for what Xlib remembers of the
    /// resources is that of its start.
    static func read(_ connection: Connection, _ settings: DesktopSettings) -> UInt32 {
        let resources = connection.bytes(connection.root, .resourceManager)
        if let density = find(resources) { return density }
        let density = settings.density.map { ($0 + 512) / 1024 }
        return density.flatMap { sane.contains($0) ? $0 : nil } ?? ordinary
    }

    /// Of resources, one a line: a name, a colon, a value with blanks before it.
    static func parse(_ resources: [UInt8]) -> UInt32 {
        find(resources) ?? ordinary
    }

    private static func find(_ resources: [UInt8]) -> UInt32? {
        let text = String(decoding: resources, as: UTF8.self)
        for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("Xft.dpi:") {
            let value = line.dropFirst(8).drop { $0 == " " || $0 == "\t" }
            // Some write it with a fraction.
            let whole = value.prefix { $0.isASCII && $0.isNumber }
            guard let density = UInt32(whole), sane.contains(density) else { continue }
            return density
        }
        return nil
    }

    /// Beyond these somebody has made a mistake, and windows would be nothing or everything.
    private static let sane: ClosedRange<UInt32> = 24...1536
}

#endif
