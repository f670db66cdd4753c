#if GDI

/// How a pen or brush meets what is there: a table of truth over both, as Win32's R2_* are, less 1.
struct Mix: Equatable, Sendable {
    private let paintOnly: UInt32
    private let both: UInt32
    private let neither: UInt32
    private let thereOnly: UInt32

    static let copy = Mix(12)
    static let invert = Mix(5)

    init(_ table: UInt32) {
        neither = 0 &- (table & 1)
        thereOnly = 0 &- (table >> 1 & 1)
        paintOnly = 0 &- (table >> 2 & 1)
        both = 0 &- (table >> 3 & 1)
    }

    var isCopy: Bool { self == .copy }

    @inline(__always)
    func callAsFunction(_ paint: UInt32, _ there: UInt32) -> UInt32 {
        opaque
            | (paint & there & both) | (paint & ~there & paintOnly) | (~paint & there & thereOnly)
            | (~paint & ~there & neither)
    }
}

/// A raster operation of Win32: bits 16 to 23 are a table of truth over brush, source and what is there.
struct RasterOperation: Equatable, Sendable {
    let table: UInt32

    static let sourceCopy = RasterOperation(0x00CC_0020)

    init(_ operation: UInt32) {
        table = operation >> 16 & 0xFF
    }

    /// Whether the source makes a difference: somewhere in the table the entries with and without it differ.
    var needsSource: Bool { (table >> 2 ^ table) & 0x33 != 0 }
    var needsBrush: Bool { (table >> 4 ^ table) & 0x0F != 0 }

    @inline(__always)
    func callAsFunction(brush: UInt32, source: UInt32, there: UInt32) -> UInt32 {
        var result: UInt32 = 0
        var entry: UInt32 = 0
        while entry < 8 {
            let wanted: UInt32 = 0 &- (table >> entry & 1)
            let b = entry & 4 != 0 ? brush : ~brush
            let s = entry & 2 != 0 ? source : ~source
            let t = entry & 1 != 0 ? there : ~there
            result |= b & s & t & wanted
            entry += 1
        }
        return opaque | result
    }
}

/// The alpha of whatever is drawn.
let opaque: UInt32 = 0xFF00_0000

#endif
