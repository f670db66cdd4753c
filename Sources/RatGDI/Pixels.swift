#if GDI

internal import CRatGDI
internal import Glibc
internal import Synchronization

/// Pixels in memory that stays while this is used: `Pixels` has no share in keeping it. `row` is what makes
/// access to it right: a column within `width` of a row within `height`.
@safe struct Pixels: @unchecked Sendable {
    private let base: UnsafeMutablePointer<UInt32>
    /// Pixels from one row to the next; negative where rows go upwards.
    private let step: Int
    let width: Int
    let height: Int

    var box: Box { Box(left: 0, top: 0, right: width, bottom: height) }

    /// `nil` if the sizes make no sense. Without pixels both sizes are 0.
    init?(_ pixels: RatGdiPixels) {
        let limit: Int32 = 1 << 24
        guard unsafe (0...limit).contains(pixels.width), unsafe (0...limit).contains(pixels.height),
            unsafe pixels.stride % 4 == 0
        else { return nil }
        guard let base = unsafe pixels.pixels, unsafe pixels.width > 0, unsafe pixels.height > 0
        else {
            unsafe self.init(base: Self.nowhere, step: 0, width: 0, height: 0)
            return
        }
        guard unsafe pixels.height == 1 || pixels.stride.magnitude >= UInt(pixels.width) * 4,
            unsafe pixels.stride.magnitude <= UInt(limit) * 4, UInt(bitPattern: base) % 4 == 0
        else { return nil }
        unsafe self.init(
            base: base,
            step: pixels.stride / 4,
            width: Int(pixels.width),
            height: Int(pixels.height)
        )
    }

    init(base: UnsafeMutablePointer<UInt32>, step: Int, width: Int, height: Int) {
        unsafe self.base = base
        self.step = step
        self.width = width
        self.height = height
    }

    /// Is never read: there are no pixels where this stands.
    private static var nowhere: UnsafeMutablePointer<UInt32> {
        unsafe UnsafeMutablePointer(bitPattern: 4).unsafelyUnwrapped
    }

    @inline(__always)
    func row(_ y: Int) -> UnsafeMutablePointer<UInt32> {
        unsafe base + y &* step
    }

    var isUpward: Bool { step < 0 }
    /// Bytes from one row to the next.
    var stride: Int { step * 4 }

    /// Where they are in memory.
    var addresses: Range<UInt> {
        guard width > 0 else { return 0..<0 }
        let first = unsafe UInt(bitPattern: row(0))
        let last = unsafe UInt(bitPattern: row(height - 1))
        return min(first, last)..<max(first, last) + UInt(width) * 4
    }

    var shown: RatGdiPixels {
        unsafe RatGdiPixels(
            pixels: width > 0 ? base : nil,
            stride: stride,
            width: Int32(width),
            height: Int32(height)
        )
    }
}

/// Pixels of one's own. Whoever draws into them holds the lock of the one context that has it selected.
@safe final class Bitmap: @unchecked Sendable {
    let pixels: Pixels
    private let memory: UnsafeMutableBufferPointer<UInt32>
    /// Whether a context has it selected. The empty one can be selected by all: nobody is shown its pixel.
    private let isTaken = Atomic(false)

    static let empty = unsafe Bitmap(width: 1, height: 1, isUpward: false).unsafelyUnwrapped

    /// `nil` if there is no memory.
    convenience init?(width: Int, height: Int, isUpward: Bool) {
        // Asked for in a way that can be refused, and that gives large ones lazily.
        guard let memory = unsafe calloc(width * height, 4) else { return nil }
        let pixels = unsafe memory.bindMemory(to: UInt32.self, capacity: width * height)
        unsafe self.init(
            width: width,
            height: height,
            isUpward: isUpward,
            memory: UnsafeMutableBufferPointer(start: pixels, count: width * height)
        )
    }

    private init(
        width: Int,
        height: Int,
        isUpward: Bool,
        memory: UnsafeMutableBufferPointer<UInt32>
    ) {
        unsafe self.memory = memory
        let base = unsafe memory.baseAddress.unsafelyUnwrapped
        unsafe pixels = Pixels(
            base: isUpward ? base + (height - 1) * width : base,
            step: isUpward ? -width : width,
            width: width,
            height: height
        )
    }

    /// Says that a context has it selected; false if one has.
    func take() -> Bool {
        self === Self.empty || !isTaken.exchange(true, ordering: .acquiring)
    }

    func giveBack() {
        isTaken.store(false, ordering: .releasing)
    }

    deinit {
        unsafe free(memory.baseAddress)
    }
}

#endif
