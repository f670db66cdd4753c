#if GDI

/// What areas are filled with.
enum Fill: Sendable {
    case none
    case solid(UInt32)
    case hatch(UInt32, UInt32)
    case pattern(Pattern)
    /// The context's own colour.
    case contextColor

    final class Pattern: Sendable {
        let width: Int
        let height: Int
        let pixels: [UInt32]

        init(width: Int, height: Int, pixels: [UInt32]) {
            self.width = width
            self.height = height
            self.pixels = pixels
        }
    }

    /// The brushes that are numbers with nothing behind them: those of `rat-gdi.h`.
    init?(number: UInt64) {
        switch number {
        case 0x0B00_0000_0000_0000...0x0B00_0000_00FF_FFFF:
            self = .solid(UInt32(number & 0xFF_FFFF))
        case 0x0B01_0000_0000_0000: self = .none
        case 0x0B02_0000_0000_0000: self = .contextColor
        default: return nil
        }
    }

    /// The rows of the six hatches, 8 pixels each, the leftmost in the lowest bit.
    static let hatches: [[UInt8]] = [
        [0, 0, 0, 0xFF, 0, 0, 0, 0],
        [0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10],
        [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80],
        [0x80, 0x40, 0x20, 0x10, 0x08, 0x04, 0x02, 0x01],
        [0x10, 0x10, 0x10, 0xFF, 0x10, 0x10, 0x10, 0x10],
        [0x81, 0x42, 0x24, 0x18, 0x18, 0x24, 0x42, 0x81],
    ]
}

#endif
