#if GDI

internal import CRatGDI
internal import Synchronization

/// What a handle names. Pens, brushes and fonts never change.
enum DrawingObject: Sendable {
    case pen(Pen)
    case brush(Fill)
    case context(DeviceContext)
    case font(Font)
    case bitmap(Bitmap)

    var kind: UInt64 {
        switch self {
        case .pen: 1
        case .brush: 2
        case .context: 3
        case .font: 6
        case .bitmap: 7
        }
    }
}

/// The handles: a mark in the top 27 bits that no handle of Rat has, kind (4 bits), generation (17), index (16).
/// A closed object's place is used again last of all, and under the next generation. Generation 0 is of what is
/// always there.
struct ObjectTable: ~Copyable {
    static let mark: UInt64 = 0x0D00_0000_0000_0000
    private static let maximum = 1 << 16
    private static let generations: UInt64 = 1 << 17

    private struct Slot {
        var generation: UInt64
        var object: DrawingObject?
        var nextFree = -1
    }

    private var slots: [Slot]
    private let stockCount: Int
    private var firstFree = -1
    private var lastFree = -1
    private var freeCount = 0
    /// So many places rest before one is used again.
    private static let resting = 1024

    init(stock: [DrawingObject]) {
        slots = stock.map { Slot(generation: 0, object: $0) }
        stockCount = stock.count
    }

    mutating func insert(_ object: DrawingObject) throws(DrawingError) -> UInt64 {
        var index = firstFree
        if freeCount <= Self.resting, slots.count < Self.maximum {
            index = slots.count
            slots.append(Slot(generation: 1, object: nil))
        } else {
            guard index >= 0 else { throw .noResources }
            firstFree = slots[index].nextFree
            if firstFree < 0 { lastFree = -1 }
            freeCount -= 1
        }
        slots[index].object = object
        return Self.mark | object.kind << 33 | slots[index].generation << 16 | UInt64(index)
    }

    func find(_ handle: UInt64) throws(DrawingError) -> DrawingObject {
        let index = Int(handle & 0xFFFF)
        guard index < slots.count, let object = slots[index].object,
            handle == Self.mark | object.kind << 33 | slots[index].generation << 16 | UInt64(index)
        else { throw .invalidHandle }
        return object
    }

    /// Gives back what the handle named, to be let go outside of the table's lock.
    mutating func remove(_ handle: UInt64) throws(DrawingError) -> DrawingObject? {
        let object = try find(handle)
        let index = Int(handle & 0xFFFF)
        guard index >= stockCount else { return nil }
        slots[index].object = nil
        slots[index].generation = max((slots[index].generation + 1) % Self.generations, 1)
        slots[index].nextFree = -1
        if lastFree >= 0 { slots[lastFree].nextFree = index } else { firstFree = index }
        lastFree = index
        freeCount += 1
        return object
    }
}

/// The objects of the process. The lock is held for a look only, never while something is drawn.
enum Objects {
    private static let table = Mutex(
        ObjectTable(stock: [
            .pen(Pen(style: .solid, width: 1, color: 0)),
            .pen(Pen(style: .solid, width: 1, color: 0xFF_FFFF)),
            .pen(Pen(style: .none, width: 1, color: 0)),
            .font(.system), .font(.dialog), .font(.fixed),
            .bitmap(.empty),
        ])
    )

    static func insert(_ object: DrawingObject) throws(DrawingError) -> UInt64 {
        try table.withLock { table throws(DrawingError) in try table.insert(object) }
    }

    static func find(_ handle: UInt64) throws(DrawingError) -> DrawingObject {
        try table.withLock { table throws(DrawingError) in try table.find(handle) }
    }

    static func close(_ handle: UInt64) throws(DrawingError) {
        if Fill(number: handle) != nil || handle == contextPen { return }
        _ = try table.withLock { table throws(DrawingError) in try table.remove(handle) }
    }

    static func context(_ handle: UInt64) throws(DrawingError) -> DeviceContext {
        guard case .context(let context) = try find(handle) else { throw .invalidHandle }
        return context
    }

    static func bitmap(_ handle: UInt64) throws(DrawingError) -> Bitmap {
        guard case .bitmap(let bitmap) = try find(handle) else { throw .invalidHandle }
        return bitmap
    }

    static func fill(_ handle: UInt64) throws(DrawingError) -> Fill {
        if let fill = Fill(number: handle) { return fill }
        guard case .brush(let fill) = try find(handle) else { throw .invalidHandle }
        return fill
    }
}

/// Those of `rat-gdi.h`.
let blackPen = ObjectTable.mark | 1 << 33
let systemFont = ObjectTable.mark | 6 << 33 | 3
let emptyBitmap = ObjectTable.mark | 7 << 33 | 6
let contextPen: UInt64 = 0x0B03_0000_0000_0000
let whiteBrush: UInt64 = 0x0B00_0000_00FF_FFFF

#endif
