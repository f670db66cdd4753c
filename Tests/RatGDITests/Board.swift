#if GDI

internal import CRat
internal import CRatGDI
internal import RatGDI
internal import Testing

/// Pixels of one's own with a context over them, told as rows of letters.
@safe final class Board {
    let width: Int
    let height: Int
    let context: RatGdiObject
    private let memory: UnsafeMutableBufferPointer<UInt32>

    /// White, and limited to `clip` if there is one.
    init(_ width: Int, _ height: Int, clip: [RatRect]? = nil) {
        self.width = width
        self.height = height
        unsafe memory = .allocate(capacity: width * height)
        unsafe memory.initialize(repeating: 0xFFFF_FFFF)
        var target = unsafe RatGdiTarget()
        unsafe target.size = unsafe UInt32(MemoryLayout<RatGdiTarget>.size)
        unsafe target.pixels = RatGdiPixels(
            pixels: memory.baseAddress,
            stride: width * 4,
            width: Int32(width),
            height: Int32(height)
        )
        var made: RatGdiObject = 0
        let rects = clip ?? []
        let status = unsafe rects.withUnsafeBufferPointer { rects in
            if clip != nil {
                unsafe target.clip = rects.baseAddress
                unsafe target.clipCount = UInt32(rects.count)
            }
            return unsafe RatGdiCreateContext(&target, &made)
        }
        precondition(status == RAT_IPC_OK)
        context = made
    }

    deinit {
        RatGdiClose(context)
        unsafe memory.deallocate()
    }

    subscript(_ x: Int, _ y: Int) -> UInt32 { unsafe memory[y * width + x] }

    /// A letter for each pixel.
    var rows: [String] {
        (0..<height).map { y in
            String((0..<width).map { x in Self.letter(self[x, y]) })
        }
    }

    private static func letter(_ pixel: UInt32) -> Character {
        switch pixel {
        case 0xFFFF_FFFF: "."
        case 0xFF00_0000: "#"
        case 0xFFFF_0000: "r"
        case 0xFF00_00FF: "b"
        case 0xFF00_FF00: "g"
        default: "?"
        }
    }

    /// The smallest rectangle around what is not white.
    var ink: RatRect? {
        var ink: RatRect?
        for y in 0..<height {
            for x in 0..<width where self[x, y] != 0xFFFF_FFFF {
                let (x, y) = (Int32(x), Int32(y))
                guard let found = ink else {
                    ink = RatRect(left: x, top: y, right: x + 1, bottom: y + 1)
                    continue
                }
                ink = RatRect(
                    left: min(found.left, x),
                    top: min(found.top, y),
                    right: max(found.right, x + 1),
                    bottom: max(found.bottom, y + 1)
                )
            }
        }
        return ink
    }
}

func rect(_ left: Int32, _ top: Int32, _ right: Int32, _ bottom: Int32) -> RatRect {
    RatRect(left: left, top: top, right: right, bottom: bottom)
}

let black: RatGdiObject = 0x0B00_0000_0000_0000
let red: RatGdiObject = 0x0B00_0000_00FF_0000
let blue: RatGdiObject = 0x0B00_0000_0000_00FF
let nullBrush: RatGdiObject = 0x0B01_0000_0000_0000

#endif
