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
/// exactly the nodes of the lanes.
struct Lanes: ~Copyable {
    private var lists: InlineArray<8, NodeList> = InlineArray(repeating: NodeList())
    private(set) var inUse: UInt32 = 0
    private(set) var count = 0
    private var index = TargetIndex()

    /// How often the first of a lane may be passed over; 0 for as often as it happens.
    var starvationLimit: UInt32 = 0
    private var passedOver: InlineArray<8, UInt32> = InlineArray(repeating: 0)

    /// Searching so many nodes one by one is as fast as making an index.
    private static let countWithoutIndex = 32

    /// Appends a node to the lane that it names.
    @inline(__always) mutating func append(_ node: NodeReference) {
        let lane = Int(node.node.lane)
        lists[lane].append(node)
        inUse |= 1 << UInt32(lane)
        count &+= 1
        if index.isActive { index.append(node) }
    }

    /// Takes over a row of `count` nodes of one lane.
    mutating func append(_ row: NodeList, count rowCount: Int, lane: Int) {
        guard lists[lane].isEmpty, !index.isActive else {
            var node = row.first
            while let current = node {
                node = current.node.next
                append(current)
            }
            return
        }
        lists[lane] = row
        inUse |= 1 << UInt32(lane)
        count &+= rowCount
    }

    /// The next message, if there is one. Mutating, like its steps, because that is done in place: where it
    /// only reads, the compiler reads a copy of all lanes.
    @inline(__always) mutating func first() -> NodeReference? {
        guard inUse != 0 else { return nil }
        return lists[nextLane(of: inUse)].first
    }

    /// The next message that the filter lets through.
    mutating func first(_ filter: MessageFilter) -> NodeReference? {
        guard filter.isFor(QueueStatus.posted) else { return nil }
        if count > Self.countWithoutIndex, let target = filter.onlyTarget {
            if !index.isActive { makeIndex() }
            return firstIndexed(target, filter)
        }
        var remaining = inUse
        while remaining != 0 {
            let lane = nextLane(of: remaining)
            remaining &= ~(1 << UInt32(lane))
            if let node = lists[lane].first(where: { filter.admits($0.node.message.header) }) {
                return node
            }
        }
        return nil
    }

    private mutating func firstIndexed(_ target: Handle, _ filter: MessageFilter) -> NodeReference?
    {
        var remaining = inUse
        while remaining != 0 {
            let lane = nextLane(of: remaining)
            remaining &= ~(1 << UInt32(lane))
            var node = index.first(of: target, lane)
            while let current = node {
                if filter.admits(number: current.node.message.header.message) { return current }
                node = current.node.nextOfTarget
            }
        }
        return nil
    }

    /// Takes out a node that is in the lanes.
    @inline(__always) mutating func remove(_ node: NodeReference) {
        let lane = Int(node.node.lane)
        if starvationLimit != 0 { countPassing(by: lane, isFirst: lists[lane].first == node) }
        lists[lane].remove(node)
        if lists[lane].isEmpty { inUse &= ~(1 << UInt32(lane)) }
        count &-= 1
        if index.isActive { removeFromIndex(node) }
    }

    /// Puts a node in the place of another of the same target, whose lane becomes its own.
    mutating func substitute(_ new: NodeReference, for old: NodeReference) {
        new.node.lane = old.node.lane
        lists[Int(old.node.lane)].substitute(new, for: old)
        if index.isActive { index.substitute(new, for: old) }
    }

    /// The message that goes where one has to: the first of the lowest priority, if that is not above
    /// `lane`.
    func firstToDrop(below lane: Int) -> NodeReference? {
        guard inUse != 0, inUse.trailingZeroBitCount <= lane else { return nil }
        return lists[inUse.trailingZeroBitCount].first
    }

    /// Whether dropping from the first on, up to `lane`, comes to what is enough: so many messages, with so
    /// many bytes.
    func hasToDrop(below lane: Int, isEnough: (_ count: Int, _ bytes: Int) -> Bool) -> Bool {
        var (count, bytes) = (0, 0)
        for lower in 0...lane {
            var node = lists[lower].first
            while let current = node {
                count += 1
                bytes += current.size
                if isEnough(count, bytes) { return true }
                node = current.node.next
            }
        }
        return false
    }

    /// Takes out all nodes, or those of one target, and hands each to `body`.
    mutating func removeAll(of target: Handle? = nil, _ body: (NodeReference) -> Void) {
        if let target, index.isActive {
            for lane in 0..<Lane.count {
                while let node = index.first(of: target, lane) {
                    remove(node)
                    body(node)
                }
            }
            return
        }
        for lane in 0..<Lane.count {
            var node = lists[lane].first
            while let current = node {
                node = current.node.next
                guard target == nil || current.node.message.header.target == target else {
                    continue
                }
                remove(current)
                body(current)
            }
        }
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
            var node = lists[lane].first
            while let current = node {
                index.append(current)
                node = current.node.next
            }
        }
    }

    @inline(never) private mutating func removeFromIndex(_ node: NodeReference) {
        index.remove(node)
        if count == 0 { index.deactivate() }
    }
}
