#if GDI

/// A line of text as it is drawn: its characters, and how far each takes the next one to the right.
struct TextLine {
    struct Character {
        var scalar: Unicode.Scalar
        var advance: Int
        /// Bytes of the text up to and with this one.
        var end: Int
    }

    private(set) var characters: [Character] = []
    private(set) var width = 0

    /// Reads UTF-8; each byte that cannot be read becomes U+FFFD. `advances` has one for each byte, if any.
    init(_ bytes: UnsafeRawBufferPointer, _ font: FoundFont, advances: UnsafePointer<Int32>? = nil)
    {
        characters.reserveCapacity(bytes.count)
        var start = 0
        while start < bytes.count {
            let (scalar, size) = unsafe Self.scalar(bytes, at: start)
            var advance = 0
            if let advances = unsafe advances {
                for index in start..<start + size { advance += unsafe bounded(advances[index]) }
            } else {
                advance = font.glyph(scalar).advance
            }
            start += size
            append(Character(scalar: scalar, advance: advance, end: start))
        }
    }

    init() {}

    mutating func append(_ character: Character) {
        characters.append(character)
        width += character.advance
    }

    private static func scalar(
        _ bytes: UnsafeRawBufferPointer,
        at start: Int
    ) -> (Unicode.Scalar, Int) {
        let first = unsafe bytes[start]
        if first < 0x80 { return (Unicode.Scalar(first), 1) }
        let more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC2 ? 1 : 0
        let least: [UInt32] = [0, 0x80, 0x800, 0x10000]
        guard more > 0, first < 0xF5, start + more < bytes.count else { return ("\u{FFFD}", 1) }
        var value = UInt32(first) & (0x3F >> UInt32(more))
        for index in 1...more {
            let byte = unsafe bytes[start + index]
            guard byte & 0xC0 == 0x80 else { return ("\u{FFFD}", 1) }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        guard value >= least[more], let scalar = Unicode.Scalar(value) else {
            return ("\u{FFFD}", 1)
        }
        return (scalar, more + 1)
    }
}

#endif
