package import RatCore
package import RatSystem

/// The timers of one thread: which is due next, and when. A pure value; clocks are its callers'.
///
/// A heap by due time, with a map from key to place. Setting, killing and firing cost the logarithm of
/// their number, to the base four.
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
        var period: UInt64
        var due: Instant
        /// Orders timers that are due at one moment: the one set or fired first goes first.
        var turn: UInt64
    }

    /// Shorter periods count as this.
    package static let minimumPeriod: UInt32 = 10

    private var heap: [Timer] = []
    private var places: [Key: Int] = [:]
    private var turns: UInt64 = 0
    private var nextThreadID: UInt = 1

    package init() {}

    package var nextDue: Instant { heap.first?.due ?? .distantFuture }

    /// When a timer is due first after a moment. Quick unless some are due at it already.
    package func nextDue(after moment: Instant) -> Instant {
        guard let first = heap.first else { return .distantFuture }
        if first.due > moment { return first.due }
        return heap.lazy.map(\.due).filter { $0 > moment }.min() ?? .distantFuture
    }

    /// Starts a timer, or restarts the one of that key. Without a window, an id that names no timer is
    /// replaced by a new one. Returns the id.
    package mutating func set(
        _ key: Key,
        milliseconds: UInt32,
        procedure: UInt,
        now: Instant
    ) -> UInt {
        var key = key
        if key.window == .invalid, places[key] == nil {
            repeat {
                key.id = nextThreadID
                nextThreadID = nextThreadID == .max ? 1 : nextThreadID + 1
            } while places[key] != nil
        }
        let milliseconds = min(max(milliseconds, Self.minimumPeriod), UInt32(Int32.max))
        turns += 1
        let timer = Timer(
            key: key,
            procedure: procedure,
            period: UInt64(milliseconds),
            due: now.advanced(byMilliseconds: UInt64(milliseconds)),
            turn: turns
        )
        if let place = places[key] {
            heap[place] = timer
            siftDown(from: siftUp(from: place))
        } else {
            heap.append(timer)
            places[key] = heap.count - 1
            _ = siftUp(from: heap.count - 1)
        }
        return key.id
    }

    /// Stops a timer; `false` if there is none.
    package mutating func kill(_ key: Key) -> Bool {
        guard let place = places.removeValue(forKey: key) else { return false }
        let last = heap.removeLast()
        guard place < heap.count else { return true }
        heap[place] = last
        places[last.key] = place
        siftDown(from: siftUp(from: place))
        return true
    }

    /// Stops the timers of a window.
    package mutating func killAll(of window: Handle) {
        for key in heap.map(\.key) where key.window == window { _ = kill(key) }
    }

    /// The timer that is due first, if one is due.
    package func due(at now: Instant) -> Timer? {
        guard let first = heap.first, first.due <= now else { return nil }
        return first
    }

    /// The timer that is due first of those that `isWanted`, if one is due.
    package func due(at now: Instant, where isWanted: (Key) -> Bool) -> Timer? {
        guard let first = due(at: now) else { return nil }
        if isWanted(first.key) { return first }
        return heap.filter { $0.due <= now && isWanted($0.key) }.min {
            ($0.due, $0.turn) < ($1.due, $1.turn)
        }
    }

    /// Counts a timer as fired: it is due again one period from now, however late it was.
    package mutating func fire(_ key: Key, now: Instant) {
        guard let place = places[key] else { return }
        turns += 1
        heap[place].turn = turns
        heap[place].due = now.advanced(byMilliseconds: heap[place].period)
        siftDown(from: place)
    }

    /// Whether a timer of this key runs with this procedure.
    package func has(_ key: Key, procedure: UInt) -> Bool {
        places[key].map { heap[$0].procedure == procedure } ?? false
    }

    // MARK: - Heap

    private func isSooner(_ left: Int, _ right: Int) -> Bool {
        (heap[left].due, heap[left].turn) < (heap[right].due, heap[right].turn)
    }

    private mutating func exchange(_ left: Int, _ right: Int) {
        heap.swapAt(left, right)
        places[heap[left].key] = left
        places[heap[right].key] = right
    }

    private mutating func siftUp(from start: Int) -> Int {
        var place = start
        while place > 0, isSooner(place, (place - 1) / 4) {
            exchange(place, (place - 1) / 4)
            place = (place - 1) / 4
        }
        return place
    }

    private mutating func siftDown(from start: Int) {
        var place = start
        while true {
            var soonest = place
            for child in (place * 4 + 1)..<(place * 4 + 5)
            where child < heap.count && isSooner(child, soonest) {
                soonest = child
            }
            guard soonest != place else { return }
            exchange(place, soonest)
            place = soonest
        }
    }
}
