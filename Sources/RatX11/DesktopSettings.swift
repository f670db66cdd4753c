#if X11

internal import RatDisplay

/// The desktop's settings, as a settings manager publishes them (XSETTINGS 0.5): of all that there are, those that
/// mean something here.
struct DesktopSettings: Equatable {
    /// Between the presses of a double click.
    var doubleClickMilliseconds: UInt32?
    /// How far apart these may be, in pixels.
    var doubleClickDistance: UInt32?
    /// 1024ths of dots an inch.
    var density: UInt32?

    init() {}

    /// Reads the property. One that is cut off, or of another version, says what it says up to there.
    init(_ bytes: [UInt8]) {
        var reader = Reader(bytes)
        guard let order = reader.byte(), order <= 1 else { return }
        reader.isBigEndian = order == 1
        reader.skip(7)
        guard let count = reader.number(4) else { return }
        for _ in 0..<count {
            guard let kind = reader.byte(), let name = reader.name() else { return }
            reader.skip(4)
            switch kind {
            case 0:
                guard let value = reader.number(4) else { return }
                take(name, Int32(bitPattern: value))
            case 1:
                guard let length = reader.number(4) else { return }
                reader.skip(Int(length), padded: true)
            case 2: reader.skip(8)
            default: return
            }
        }
    }

    private mutating func take(_ name: String, _ value: Int32) {
        // What no person chooses is a mistake of somebody's.
        guard value > 0 else { return }
        switch name {
        case "Net/DoubleClickTime" where value <= 5000: doubleClickMilliseconds = UInt32(value)
        case "Net/DoubleClickDistance" where value <= 1000: doubleClickDistance = UInt32(value)
        case "Xft/DPI": density = UInt32(value)
        default: break
        }
    }

    /// Reads from the left, and never beyond the end.
    private struct Reader {
        private let bytes: [UInt8]
        private var at = 0
        var isBigEndian = false

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
        }

        mutating func byte() -> UInt8? {
            guard at < bytes.count else { return nil }
            defer { at += 1 }
            return bytes[at]
        }

        mutating func number(_ count: Int) -> UInt32? {
            guard at + count <= bytes.count else { return nil }
            defer { at += count }
            let part = bytes[at..<at + count]
            let ordered = isBigEndian ? Array(part) : part.reversed()
            return ordered.reduce(0) { $0 << 8 | UInt32($1) }
        }

        /// After a byte that means nothing, the length and as many bytes, filled up to four.
        mutating func name() -> String? {
            skip(1)
            guard let length = number(2), at + Int(length) <= bytes.count else { return nil }
            defer { skip(Int(length), padded: true) }
            return String(decoding: bytes[at..<at + Int(length)], as: UTF8.self)
        }

        mutating func skip(_ count: Int, padded: Bool = false) {
            at = min(bytes.count, at + (padded ? (count + 3) / 4 * 4 : count))
        }
    }
}

#endif
