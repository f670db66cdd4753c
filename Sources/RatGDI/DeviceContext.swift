#if GDI

internal import CRatGDI
internal import Synchronization

/// A context, which one thread at a time draws with.
final class DeviceContext: Sendable {
    private let canvas: Mutex<Canvas>

    init(_ canvas: Canvas) {
        self.canvas = Mutex(canvas)
    }

    deinit {
        canvas.withLock { $0.bitmap?.giveBack() }
    }

    func withCanvas<R>(_ body: (inout Canvas) throws(DrawingError) -> R) throws(DrawingError) -> R {
        try canvas.withLock { canvas throws(DrawingError) in try body(&canvas) }
    }

    /// This one's canvas and another's, in an order that all threads keep.
    func withCanvas(
        and other: DeviceContext,
        _ body: (inout Canvas, Canvas) throws(DrawingError) -> Void
    ) throws(DrawingError) {
        if self === other {
            try withCanvas { canvas throws(DrawingError) in try body(&canvas, canvas) }
        } else if ObjectIdentifier(self) < ObjectIdentifier(other) {
            try withCanvas { canvas throws(DrawingError) in
                try other.withCanvas { other throws(DrawingError) in try body(&canvas, other) }
            }
        } else {
            try other.withCanvas { other throws(DrawingError) in
                try self.withCanvas { canvas throws(DrawingError) in try body(&canvas, other) }
            }
        }
    }
}

/// What a context draws with: all that is noted by `save`.
struct DrawingState: Sendable {
    var pen = Pen(style: .solid, width: 1, color: 0)
    var penHandle = blackPen
    var brush = Fill.solid(0xFF_FFFF)
    var brushHandle = whiteBrush
    var font = Font.system
    var fontHandle = systemFont

    var textColor: UInt32 = 0
    var backgroundColor: UInt32 = 0xFF_FFFF
    var backgroundMode: UInt32 = 2
    var textAlign: UInt32 = 0
    var mixNumber: UInt32 = 13
    var fillMode: UInt32 = 1
    var stretchMode: UInt32 = 1
    var brushColor: UInt32 = 0xFF_FFFF
    var penColor: UInt32 = 0

    var viewportOrigin = Spot.zero
    var windowOrigin = Spot.zero
    var brushOrigin = Spot.zero
    var position = Spot.zero

    /// The program's own limit, in pixels. Changed by `Canvas.limit(to:)` alone.
    var limit: Clip?

    var isOpaque: Bool { backgroundMode == 2 }
    var mix: Mix { Mix(mixNumber - 1) }
    /// From coordinates to pixels.
    var shift: Spot { viewportOrigin - windowOrigin }
}

/// Where a context draws, and with what.
struct Canvas: Sendable {
    private(set) var pixels: Pixels
    /// The target's own limit.
    private var targetClip: Clip
    /// What may be drawn on in the end, and the box around it.
    private(set) var clip: Clip
    private(set) var bounds: Box

    /// What is selected, for a context of memory.
    private(set) var bitmap: Bitmap?
    private(set) var bitmapHandle: UInt64 = 0

    var state = DrawingState()
    private var saved: [DrawingState] = []

    init(pixels: Pixels, clip: Clip?) {
        self.pixels = pixels
        let whole = Clip(pixels.box)
        targetClip = clip.map { $0.intersection(whole) } ?? whole
        self.clip = targetClip
        bounds = targetClip.bounds
    }

    /// A context of memory.
    init() {
        self.init(pixels: Bitmap.empty.pixels, clip: nil)
        bitmap = .empty
        bitmapHandle = emptyBitmap
    }

    /// Sets the program's own limit; `nil` takes it away.
    mutating func limit(to limit: Clip?) {
        state.limit = limit
        limitClip()
    }

    private mutating func limitClip() {
        clip = state.limit.map { targetClip.intersection($0) } ?? targetClip
        bounds = clip.bounds
    }

    mutating func select(_ bitmap: Bitmap, _ handle: UInt64) throws(DrawingError) {
        guard bitmap.take() else { throw .accessDenied }
        self.bitmap?.giveBack()
        self.bitmap = bitmap
        bitmapHandle = handle
        pixels = bitmap.pixels
        targetClip = Clip(pixels.box)
        limitClip()
    }

    mutating func save() throws(DrawingError) -> Int {
        guard saved.count < 1 << 16 else { throw .noResources }
        saved.append(state)
        return saved.count
    }

    mutating func restore(_ level: Int) throws(DrawingError) {
        let index = level < 0 ? saved.count + level : level - 1
        guard saved.indices.contains(index) else { throw .invalidArgument }
        state = saved[index]
        saved.removeSubrange(index...)
        limitClip()
    }

    /// A rectangle of the program's as pixels.
    func device(_ box: Box) -> Box { box.offset(by: state.shift) }
    func device(_ spot: Spot) -> Spot { spot + state.shift }
}

#endif
