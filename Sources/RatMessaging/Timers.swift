package import RatCore
package import RatSystem

/// The timers of one thread: which is due next, and when. A pure value; clocks are its callers'.
///
/// A heap of due times names the timers, which lie still beside it; so what moves in the heap is small, and
/// nothing is looked up by key but the timer that is set or stopped. Setting, stopping and firing cost the
/// logarithm of the number of timers, to the base four; ending a window costs its own timers' end.
package struct Timers {
    package struct Key: Hashable, Sendable {
        /// The window that the timer belongs to, or `.invalid` for the thread's own.
        package var window: Handle
        package var id: UInt

        package init(window: Handle, id: UInt) {
            self.window = window
            self.id = id
        }
    }

    package struct Timer: Equatable, Sendable {
        package var key: Key
        /// The address of the timer's procedure, 0 for none.
        package var procedure: UInt
        var period: UInt32
        /// By how many milliseconds it may come late.
        var tolerance: UInt32
    }

    /// Shorter periods count as this, longer ones as the other.
    package static let minimumPeriod: UInt32 = 10
    package static let maximumPeriod = UInt32(Int32.max)
    package static let maximumTolerance: UInt32 = 0x7FFF_FFF5

    /// A timer's place in memory.
    private typealias Slot = Int32
    private static let none: Slot = -1

    private struct Entry {
        var due: Instant
        /// Orders timers that are due at one moment: the one set or fired first goes first.
        var turn: UInt64
        var slot: Slot

        static func isSooner(_ left: Self, _ right: Self) -> Bool {
            left.due < right.due || left.due == right.due && left.turn < right.turn
        }
    }

    private struct Record {
        var timer: Timer
        var place: Int
        /// Its neighbours among the timers of its window; `next` also links free slots.
        var previous: Slot
        var next: Slot
    }

    private var heap: [Entry] = []
    private var records: [Record] = []
    private var firstFree = Timers.none
    private var slots: [Key: Slot] = [:]
    /// The timer of each window that was set last.
    private var firstOfWindow: [Handle: Slot] = [:]
    private var turns: UInt64 = 0
    private var nextThreadID: UInt = 1

    package init() {}

    package var nextDue: Instant { heap.first?.due ?? .distantFuture }

    /// When a timer is due first after a moment. Costs as many steps as are due at it already.
    package func nextDue(after moment: Instant) -> Instant {
        var next = Instant.distantFuture
        forEach(upTo: moment, due: { _ in true }, later: { next = min(next, $0.due) })
        return next
    }

    /// Starts a timer, or restarts the one of that key. Without a window, an id that names no timer is
    /// replaced by a new one. Returns the id.
    package mutating func set(
        _ key: Key,
        milliseconds: UInt32,
        tolerance: UInt32 = 0,
        procedure: UInt,
        now: Instant
    ) -> UInt {
        var key = key
        if key.window == .invalid, slots[key] == nil {
            repeat {
                key.id = nextThreadID
                nextThreadID = nextThreadID == .max ? 1 : nextThreadID + 1
            } while slots[key] != nil
        }
        let timer = Timer(
            key: key,
            procedure: procedure,
            period: min(max(milliseconds, Self.minimumPeriod), Self.maximumPeriod),
            tolerance: tolerance
        )
        let slot = slots[key] ?? add(timer)
        records[Int(slot)].timer = timer
        start(slot, now: now)
        return key.id
    }

    /// Stops a timer; `false` if there is none.
    package mutating func kill(_ key: Key) -> Bool {
        guard let slot = slots.removeValue(forKey: key) else { return false }
        unlink(slot)
        remove(slot)
        return true
    }

    /// Stops the timers of a window.
    package mutating func killAll(of window: Handle) {
        var slot = firstOfWindow.removeValue(forKey: window) ?? Self.none
        while slot != Self.none {
            let next = records[Int(slot)].next
            slots[records[Int(slot)].timer.key] = nil
            remove(slot)
            slot = next
        }
    }

    /// The timer that is due first, if one is due.
    package func due(at now: Instant) -> Timer? {
        guard let first = heap.first, first.due <= now else { return nil }
        return records[Int(first.slot)].timer
    }

    /// The timer that is due first of those that `isWanted`, if one is due.
    package func due(at now: Instant, where isWanted: (Key) -> Bool) -> Timer? {
        var found: Entry?
        forEach(
            upTo: now,
            due: { entry in
                // What is below it comes later.
                if let found, Entry.isSooner(found, entry) { return false }
                guard isWanted(records[Int(entry.slot)].timer.key) else { return true }
                found = entry
                return false
            },
            later: { _ in }
        )
        return found.map { records[Int($0.slot)].timer }
    }

    /// Counts a timer as fired: it is due again one period from now, however late it was.
    package mutating func fire(_ key: Key, now: Instant) {
        guard let slot = slots[key] else { return }
        start(slot, now: now)
    }

    /// Whether a timer of this key runs with this procedure.
    package func has(_ key: Key, procedure: UInt) -> Bool {
        slots[key].map { records[Int($0)].timer.procedure == procedure } ?? false
    }

    /// The moment up to `tolerance` milliseconds after another one that most timers would choose: the one
    /// whose number has most zero bits at its end. So those that may come late come together.
    static func chosen(from due: Instant, tolerance: UInt32) -> Instant {
        guard tolerance > 0 else { return due }
        let last = due.advanced(byMilliseconds: UInt64(tolerance)).nanoseconds
        guard last > due.nanoseconds else { return due }
        // Of all numbers after `due`, up to `last`, only this one ends in so many zeros.
        let bits = UInt64.bitWidth - 1 - (due.nanoseconds ^ last).leadingZeroBitCount
        return Instant(nanoseconds: (last >> UInt64(bits)) << UInt64(bits))
    }

    // MARK: - Timers in memory

    /// A slot for a timer that runs not yet.
    private mutating func add(_ timer: Timer) -> Slot {
        let record = Record(timer: timer, place: heap.count, previous: Self.none, next: Self.none)
        let slot: Slot
        if firstFree == Self.none {
            slot = Slot(records.count)
            records.append(record)
        } else {
            slot = firstFree
            firstFree = records[Int(slot)].next
            records[Int(slot)] = record
        }
        slots[timer.key] = slot
        if timer.key.window != .invalid { link(slot, timer.key.window) }
        heap.append(Entry(due: .distantFuture, turn: 0, slot: slot))
        return slot
    }

    private mutating func link(_ slot: Slot, _ window: Handle) {
        let next = firstOfWindow.updateValue(slot, forKey: window) ?? Self.none
        records[Int(slot)].next = next
        if next != Self.none { records[Int(next)].previous = slot }
    }

    private mutating func unlink(_ slot: Slot) {
        let record = records[Int(slot)]
        guard record.timer.key.window != .invalid else { return }
        if record.next != Self.none { records[Int(record.next)].previous = record.previous }
        if record.previous != Self.none {
            records[Int(record.previous)].next = record.next
        } else {
            firstOfWindow[record.timer.key.window] = record.next == Self.none ? nil : record.next
        }
    }

    /// Takes a timer that is in no table any more out of the heap, and frees its slot.
    private mutating func remove(_ slot: Slot) {
        let place = records[Int(slot)].place
        records[Int(slot)].next = firstFree
        firstFree = slot
        let last = heap.removeLast()
        guard place < heap.count else { return }
        put(last, at: place)
        sift(from: place)
    }

    private mutating func start(_ slot: Slot, now: Instant) {
        let record = records[Int(slot)]
        let due = now.advanced(byMilliseconds: UInt64(record.timer.period))
        turns += 1
        heap[record.place].turn = turns
        heap[record.place].due = Self.chosen(from: due, tolerance: record.timer.tolerance)
        sift(from: record.place)
    }

    // MARK: - Heap

    /// Goes through the heap from the top: `due` says of what is due whether to look at what is below it,
    /// `later` is told of the first on each way that is due after the moment.
    private func forEach(
        upTo moment: Instant,
        due isToGoOn: (Entry) -> Bool,
        later: (Entry) -> Void
    ) {
        guard let first = heap.first else { return }
        // Nothing is due as a rule; then nothing is allocated.
        guard first.due <= moment else { return later(first) }
        var pending = [0]
        while let place = pending.popLast() {
            guard heap[place].due <= moment else {
                later(heap[place])
                continue
            }
            guard isToGoOn(heap[place]) else { continue }
            let children = place * 4 + 1
            pending.append(contentsOf: children..<max(children, min(children + 4, heap.count)))
        }
    }

    private mutating func put(_ entry: Entry, at place: Int) {
        heap[place] = entry
        records[Int(entry.slot)].place = place
    }

    /// Moves an entry that has changed to where it belongs.
    private mutating func sift(from start: Int) {
        let entry = heap[start]
        var place = start
        while place > 0, Entry.isSooner(entry, heap[(place - 1) / 4]) {
            put(heap[(place - 1) / 4], at: place)
            place = (place - 1) / 4
        }
        while true {
            let children = place * 4 + 1
            guard children < heap.count else { break }
            var soonest = children
            for child in (children + 1)..<max(children + 1, min(children + 4, heap.count))
            where Entry.isSooner(heap[child], heap[soonest]) {
                soonest = child
            }
            guard Entry.isSooner(heap[soonest], entry) else { break }
            put(heap[soonest], at: place)
            place = soonest
        }
        put(entry, at: place)
    }
}
