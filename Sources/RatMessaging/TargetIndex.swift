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
        var first: CellReference?
        var last: CellReference?
    }

    private var slots: UnsafeMutablePointer<Slot>?
    /// How many slots there are: 0, or a power of two.
    private var capacity = 0
    private var used = 0
    /// Where the last search ended.
    private var lastPlace = 0
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

    mutating func first(of target: Handle, _ lane: Int) -> CellReference? {
        let slot = unsafe slot(target, lane)
        return unsafe slot.pointee.age == age ? slot.pointee.first : nil
    }

    /// Appends a cell, which is the newest of its lane.
    mutating func append(_ cell: CellReference) {
        if used * 2 >= capacity { grow() }
        let (target, lane) = (cell.cell.target, Int(cell.cell.lane))
        let slot = unsafe slot(target, lane)
        if unsafe slot.pointee.age != age {
            unsafe slot.pointee = Slot(age: age, target: target.rawValue, lane: lane)
            used += 1
        }
        cell.cell.nextOfTarget = nil
        if let last = unsafe slot.pointee.last {
            last.cell.nextOfTarget = cell
        } else {
            unsafe slot.pointee.first = cell
        }
        unsafe slot.pointee.last = cell
    }

    /// Takes out a cell: at once if it is the first of its chain, or else after a walk to it.
    @inline(__always) mutating func remove(_ cell: CellReference) {
        let slot = unsafe slot(cell.cell.target, Int(cell.cell.lane))
        let next = cell.cell.nextOfTarget
        if unsafe slot.pointee.first == cell {
            unsafe slot.pointee.first = next
            if next == nil { unsafe slot.pointee.last = nil }
            return
        }
        unsafe removeLater(cell, slot)
    }

    @inline(never)
    private func removeLater(_ cell: CellReference, _ slot: UnsafeMutablePointer<Slot>) {
        let next = cell.cell.nextOfTarget
        var previous = unsafe slot.pointee.first
        while let current = previous, current.cell.nextOfTarget != cell {
            previous = current.cell.nextOfTarget
        }
        previous?.cell.nextOfTarget = next
        if next == nil { unsafe slot.pointee.last = previous }
    }

    /// The slot of a chain, or the free one where it would be. At least half of them are free.
    @inline(__always)
    private mutating func slot(_ target: Handle, _ lane: Int) -> UnsafeMutablePointer<Slot> {
        // Active, so there are slots. What was found is taken out next, and then the next of its window.
        let last = unsafe slots.unsafelyUnwrapped + lastPlace
        if unsafe last.pointee.target == target.rawValue && last.pointee.lane == lane
            && last.pointee.age == age
        {
            return unsafe last
        }
        return unsafe search(target, lane)
    }

    @inline(__always)
    private mutating func search(_ target: Handle, _ lane: Int) -> UnsafeMutablePointer<Slot> {
        let mask = capacity - 1
        // Places in the handle table are dense, and most messages of one lane.
        var place = (target.index &+ lane &* 40503) & mask
        while true {
            let slot = unsafe slots.unsafelyUnwrapped + place
            if unsafe slot.pointee.age != age
                || (slot.pointee.target == target.rawValue && slot.pointee.lane == lane)
            {
                lastPlace = place
                return unsafe slot
            }
            place = (place + 1) & mask
        }
    }

    private mutating func makeSlots(_ count: Int) {
        unsafe slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
        unsafe slots?.initialize(repeating: Slot(), count: count)
        capacity = count
        lastPlace = 0
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
