internal import RatCore

/// The messages of a queue by their targets: for each target and lane a chain, oldest first.
///
/// A hash table with open addressing. Emptied at once by starting a new age: a slot of an older one counts
/// as free. Chains that run empty keep their slot until the table is made anew.
@safe struct TargetIndex: ~Copyable {
    @safe private struct Slot {
        var age: UInt64 = 0
        var target: UInt64 = 0
        var lane = 0
        var first: NodeReference?
        var last: NodeReference?
    }

    private var slots: UnsafeMutablePointer<Slot>?
    /// How many slots there are: 0, or a power of two.
    private var capacity = 0
    private var used = 0
    private var age: UInt64 = 1
    private(set) var isActive = false

    private static let firstCapacity = 256

    init() {
        unsafe slots = nil
    }

    deinit {
        unsafe slots?.deallocate()
    }

    /// Begins with no messages.
    mutating func activate() {
        isActive = true
        age += 1
        used = 0
        if capacity == 0 { makeSlots(Self.firstCapacity) }
    }

    mutating func deactivate() {
        isActive = false
    }

    func first(of target: Handle, _ lane: Int) -> NodeReference? {
        let slot = unsafe slot(target, lane)
        return unsafe slot.pointee.age == age ? slot.pointee.first : nil
    }

    /// Appends a node, which is the newest of its lane.
    mutating func append(_ node: NodeReference) {
        if used * 2 >= capacity { grow() }
        let target = node.node.message.header.target
        let slot = unsafe slot(target, Int(node.node.lane))
        if unsafe slot.pointee.age != age {
            unsafe slot.pointee = Slot(
                age: age,
                target: target.rawValue,
                lane: Int(node.node.lane)
            )
            used += 1
        }
        node.node.nextOfTarget = nil
        node.node.previousOfTarget = unsafe slot.pointee.last
        if let last = unsafe slot.pointee.last {
            last.node.nextOfTarget = node
        } else {
            unsafe slot.pointee.first = node
        }
        unsafe slot.pointee.last = node
    }

    mutating func remove(_ node: NodeReference) {
        let (previous, next) = (node.node.previousOfTarget, node.node.nextOfTarget)
        if let previous { previous.node.nextOfTarget = next }
        if let next { next.node.previousOfTarget = previous }
        guard previous == nil || next == nil else { return }
        let slot = unsafe slot(node.node.message.header.target, Int(node.node.lane))
        if previous == nil { unsafe slot.pointee.first = next }
        if next == nil { unsafe slot.pointee.last = previous }
    }

    /// Puts a node in the place of another of the same target and lane.
    mutating func substitute(_ new: NodeReference, for old: NodeReference) {
        let (previous, next) = (old.node.previousOfTarget, old.node.nextOfTarget)
        (new.node.previousOfTarget, new.node.nextOfTarget) = (previous, next)
        if let previous { previous.node.nextOfTarget = new }
        if let next { next.node.previousOfTarget = new }
        guard previous == nil || next == nil else { return }
        let slot = unsafe slot(new.node.message.header.target, Int(new.node.lane))
        if previous == nil { unsafe slot.pointee.first = new }
        if next == nil { unsafe slot.pointee.last = new }
    }

    /// The slot of a chain, or the free one where it would be. At least half of them are free.
    private func slot(_ target: Handle, _ lane: Int) -> UnsafeMutablePointer<Slot> {
        let mask = capacity - 1
        // Places in the handle table are dense; the lanes of one target lie side by side.
        var place = (target.index &* 8 &+ lane) & mask
        while true {
            // Active, so there are slots.
            let slot = unsafe slots.unsafelyUnwrapped + place
            if unsafe slot.pointee.age != age
                || (slot.pointee.target == target.rawValue && slot.pointee.lane == lane)
            {
                return unsafe slot
            }
            place = (place + 1) & mask
        }
    }

    private mutating func makeSlots(_ count: Int) {
        unsafe slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
        unsafe slots?.initialize(repeating: Slot(), count: count)
        capacity = count
    }

    /// Makes the table anew with room for the chains that are not empty, twice over.
    private mutating func grow() {
        let (oldSlots, oldCapacity, oldAge) = unsafe (slots, capacity, age)
        var living = 0
        for place in 0..<oldCapacity where unsafe isLiving(oldSlots, place, oldAge) { living += 1 }
        var newCapacity = Self.firstCapacity
        while newCapacity < living * 4 + 4 { newCapacity *= 2 }
        makeSlots(newCapacity)
        used = living
        for place in 0..<oldCapacity where unsafe isLiving(oldSlots, place, oldAge) {
            let old = unsafe oldSlots.unsafelyUnwrapped[place]
            unsafe slot(Handle(rawValue: old.target), old.lane).pointee = old
        }
        unsafe oldSlots?.deallocate()
    }

    private func isLiving(
        _ slots: UnsafeMutablePointer<Slot>?,
        _ place: Int,
        _ age: UInt64
    ) -> Bool {
        guard let slot = unsafe slots.map({ unsafe $0 + place }) else { return false }
        return unsafe slot.pointee.age == age && slot.pointee.first != nil
    }
}
