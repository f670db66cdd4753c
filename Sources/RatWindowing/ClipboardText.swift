/// Text as it lies on the clipboard: what ends with a 0 and has lines that end with CR LF, as programs of Win32 have
/// it, and the plain UTF-8 of others.
///
/// What is malformed becomes U+FFFD. All sizes are the caller's to bound.
package enum ClipboardText {
    /// UTF-16 up to a 0, as UTF-8 with a 0.
    static func narrowed(_ wide: [UInt8]) -> [UInt8] {
        var narrow = Array(String(decoding: units(of: wide), as: UTF16.self).utf8)
        narrow.append(0)
        return narrow
    }

    /// UTF-8 up to a 0, as UTF-16 with a 0.
    static func widened(_ narrow: [UInt8]) -> [UInt8] {
        var wide: [UInt8] = []
        wide.reserveCapacity(narrow.count * 2 + 2)
        for unit in String(decoding: text(of: narrow), as: UTF8.self).utf16 {
            wide.append(UInt8(truncatingIfNeeded: unit))
            wide.append(UInt8(truncatingIfNeeded: unit >> 8))
        }
        wide += [0, 0]
        return wide
    }

    /// A text of one of the formats as another one.
    static func converted(_ data: [UInt8], from source: UInt32, to format: UInt32) -> [UInt8] {
        switch (source == ClipboardFormat.unicodeText, format == ClipboardFormat.unicodeText) {
        case (true, false): narrowed(data)
        case (false, true): widened(data)
        default: data
        }
    }

    /// For other programs: without its 0, and each CR LF a line feed.
    package static func exported(_ data: [UInt8], from source: UInt32) -> [UInt8] {
        let isWide = source == ClipboardFormat.unicodeText
        let narrow = isWide ? narrowed(data) : data
        var plain: [UInt8] = []
        let text = text(of: narrow)
        plain.reserveCapacity(text.count)
        for byte in text {
            if byte == lineFeed, plain.last == carriageReturn { plain.removeLast() }
            plain.append(byte)
        }
        return plain
    }

    /// Of other programs, as UTF-16 with a 0: each line feed is CR LF.
    package static func imported(_ plain: [UInt8]) -> [UInt8] {
        var lines: [UInt8] = []
        lines.reserveCapacity(plain.count + plain.count / 32)
        for byte in plain {
            if byte == lineFeed, lines.last != carriageReturn { lines.append(carriageReturn) }
            lines.append(byte)
        }
        return widened(lines)
    }

    private static let lineFeed: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D

    private static func text(of narrow: [UInt8]) -> ArraySlice<UInt8> {
        narrow.prefix { $0 != 0 }
    }

    private static func units(of wide: [UInt8]) -> [UInt16] {
        var units: [UInt16] = []
        units.reserveCapacity(wide.count / 2)
        var place = 0
        while place + 1 < wide.count {
            let unit = UInt16(wide[place]) | UInt16(wide[place + 1]) << 8
            if unit == 0 { break }
            units.append(unit)
            place += 2
        }
        return units
    }
}
