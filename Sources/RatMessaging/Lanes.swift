internal import RatCore

/// Priorities of posted messages, as lanes of a queue: the higher the number, the sooner.
enum Lane {
    static let count = 8
    private static let lowestPriority: Int32 = -4

    /// `nil` if there is no such priority.
    @inline(__always) static func index(priority: Int32) -> Int? {
        let index = Int(priority) &- Int(lowestPriority)
        return index >= 0 && index < count ? index : nil
    }

    static func priority(index: Int) -> Int32 { Int32(index) + lowestPriority }
}

/// The posted messages that can be retrieved, in the order of retrieval: a pure structure, guarded as what
/// contains it.
///
/// Invariants: bit n of `inUse` says whether lane n holds something. Where `index` is active, it holds
/// exactly the cells of the lanes.
struct Lanes: ~Copyable {
    private var strips: InlineArray<8, CellStrip> = InlineArray(repeating: CellStrip())
    private(set) var inUse: UInt32 = 0
    private(set) var count = 0
    private var index = TargetIndex()

    /// How often the first of a lane may be passed over; 0 for as often as it happens.
    var starvationLimit: UInt32 = 0
    private var passedOver: InlineArray<8, UInt32> = InlineArray(repeating: 0)

    /// Searching so many cells one by one is as fast as making an index.
    private static let countWithoutIndex = 32
    /// So many cells are moved to the end of a strip, where they need no chunk of their own.
    private static let countToMove = 8

    /// Appends to a lane what `fill` puts into the cell.
    @inline(__always) mutating func append(
        to lane: Int,
        _ thread: ThreadReference,
        fill: (CellReference) -> Void
    ) {
        let cell = strips[lane].append(thread)
        inUse |= 1 << UInt32(lane)
        count &+= 1
        fill(cell)
        if index.isActive { index.append(cell) }
    }

    /// Takes over a strip of one lane.
    mutating func append(_ strip: inout CellStrip, lane: Int, _ thread: ThreadReference) {
        if index.isActive || (!strips[lane].isEmpty && strip.count <= Self.countToMove) {
            return move(&strip, thread)
        }
        inUse |= 1 << UInt32(lane)
        count &+= strip.count
        strips[lane].append(strip)
        strip = CellStrip()
    }

    /// Takes over a strip of any lanes, cell by cell.
    mutating func move(_ strip: inout CellStrip, _ thread: ThreadReference) {
        var cell = strip.firstCell
        while let current = cell {
            append(to: Int(current.cell.lane), thread) { $0.fill(movingFrom: current) }
            cell = strip.cell(after: current)
        }
        strip.removeAll(thread)
    }

    /// The next message, if there is one. Mutating, like its steps, because that is done in place: where it
    /// only reads, the compiler reads a copy of all lanes.
    @inline(__always) mutating func first() -> CellReference? {
        guard inUse != 0 else { return nil }
        return strips[nextLane(of: inUse)].firstCell
    }

    /// The next message that the filter lets through.
    @inline(__always) mutating func first(_ filter: MessageFilter) -> CellReference? {
        guard filter.isFor(QueueStatus.posted) else { return nil }
        if count > Self.countWithoutIndex, let target = filter.onlyTarget {
            if !index.isActive { makeIndex() }
            return firstIndexed(target, filter)
        }
        return firstSearched(filter)
    }

    private mutating func firstSearched(_ filter: MessageFilter) -> CellReference? {
        var remaining = inUse
        while remaining != 0 {
            let lane = nextLane(of: remaining)
            remaining &= ~(1 << UInt32(lane))
            if let cell = strips[lane].first(where: { filter.admits($0) }) { return cell }
        }
        return nil
    }

    @inline(__always) private mutating func firstIndexed(
        _ target: Handle,
        _ filter: MessageFilter
    ) -> CellReference? {
        var remaining = inUse
        while remaining != 0 {
            let lane = nextLane(of: remaining)
            remaining &= ~(1 << UInt32(lane))
            var cell = index.first(of: target, lane)
            while let current = cell {
                if filter.admits(number: current.cell.message) { return current }
                cell = current.cell.nextOfTarget
            }
        }
        return nil
    }

    /// Takes out a cell that is in the lanes.
    @inline(__always) mutating func remove(_ cell: CellReference, _ thread: ThreadReference) {
        let lane = Int(cell.cell.lane)
        if starvationLimit != 0 { countPassing(by: lane, isFirst: strips[lane].firstCell == cell) }
        count &-= 1
        if index.isActive { removeFromIndex(cell) }
        strips[lane].remove(cell, thread)
        if strips[lane].isEmpty { inUse &= ~(1 << UInt32(lane)) }
    }

    /// The message that goes where one has to: the first of the lowest priority, if that is not above
    /// `lane`.
    func firstToDrop(below lane: Int) -> CellReference? {
        guard inUse != 0, inUse.trailingZeroBitCount <= lane else { return nil }
        return strips[inUse.trailingZeroBitCount].firstCell
    }

    /// Whether dropping from the first on, up to `lane`, comes to what is enough: so many messages, with so
    /// many bytes.
    func hasToDrop(below lane: Int, isEnough: (_ count: Int, _ bytes: Int) -> Bool) -> Bool {
        var (count, bytes) = (0, 0)
        for lower in 0...lane {
            var cell = strips[lower].firstCell
            while let current = cell {
                count += 1
                bytes += current.size
                if isEnough(count, bytes) { return true }
                cell = strips[lower].cell(after: current)
            }
        }
        return false
    }

    /// Takes out all messages, or those of one target, and hands those that are in nodes to `body`.
    mutating func removeAll(
        of target: Handle? = nil,
        _ thread: ThreadReference,
        _ body: (NodeReference) -> Void
    ) {
        for lane in 0..<Lane.count {
            if let target, index.isActive {
                while let cell = index.first(of: target, lane) { removeOne(cell, thread, body) }
                continue
            }
            var cell = strips[lane].firstCell
            while let current = cell {
                cell = strips[lane].cell(after: current)
                guard target == nil || current.cell.target == target else { continue }
                removeOne(current, thread, body)
            }
        }
    }

    private mutating func removeOne(
        _ cell: CellReference,
        _ thread: ThreadReference,
        _ body: (NodeReference) -> Void
    ) {
        let node = cell.node
        remove(cell, thread)
        if let node { body(node) }
    }

    // MARK: - Which lane is next

    /// Of some lanes in use, as bits.
    @inline(__always) private mutating func nextLane(of lanes: UInt32) -> Int {
        if starvationLimit != 0 { return nextFairLane(of: lanes) }
        return 31 &- lanes.leadingZeroBitCount
    }

    /// The lane that was passed over most often, if it was too often, or else the highest. So the first of
    /// a lane waits for as many as the limit says, and once for each lane that has waited longer.
    @inline(never) private mutating func nextFairLane(of lanes: UInt32) -> Int {
        var next = 31 - lanes.leadingZeroBitCount
        var most = starvationLimit - 1
        for lane in 0..<Lane.count
        where lanes & 1 << UInt32(lane) != 0 && passedOver[lane] > most {
            (next, most) = (lane, passedOver[lane])
        }
        return next
    }

    @inline(never) private mutating func countPassing(by taken: Int, isFirst: Bool) {
        for lane in 0..<Lane.count where lane != taken && inUse & 1 << UInt32(lane) != 0 {
            passedOver[lane] = passedOver[lane] &+ 1
        }
        if isFirst { passedOver[taken] = 0 }
    }

    // MARK: - Index

    @inline(never) private mutating func makeIndex() {
        index.activate()
        for lane in 0..<Lane.count {
            var cell = strips[lane].firstCell
            while let current = cell {
                index.append(current)
                cell = strips[lane].cell(after: current)
            }
        }
    }

    @inline(__always) private mutating func removeFromIndex(_ cell: CellReference) {
        index.remove(cell)
        if count == 0 { index.deactivate() }
    }
}
