#if X11

internal import RatDisplay

/// Events translated and not yet taken, oldest first.
struct EventQueue {
    private var events: [DisplayEvent] = []
    private var head = 0
    /// What was added since somebody looked, if anybody does.
    private var log: [DisplayEvent]?

    var isEmpty: Bool { head == events.count }

    /// Begins to keep a log.
    mutating func watch() {
        log = []
    }

    mutating func takeLog() -> [DisplayEvent] {
        guard let added = log, !added.isEmpty else { return [] }
        log = []
        return added
    }

    /// Adds an event. Every move of the pointer, too: what may stand for another is decided where it is
    /// known who wants to have them all. But the server tells twice of a move into a surface.
    mutating func append(_ event: DisplayEvent) {
        log?.append(event)
        if !isEmpty, let last = events.last, event.repeats(last) { return }
        events.append(event)
    }

    /// Takes out where a surface was and what state it had, all of it, or all but the last.
    mutating func forgetPlaces(of id: SurfaceID, keepsLast: Bool = false) {
        let places = events.indices.filter { $0 >= head && events[$0].isPlace(of: id) }
        for index in (keepsLast ? places.dropLast() : places[...]).reversed() {
            events.remove(at: index)
        }
    }

    mutating func removeFirst() -> DisplayEvent? {
        guard !isEmpty else { return nil }
        defer {
            head += 1
            if isEmpty {
                events.removeAll(keepingCapacity: true)
                head = 0
            }
        }
        return events[head]
    }
}

extension DisplayEvent {
    fileprivate func isPlace(of id: SurfaceID) -> Bool {
        if case .configured(id, _, _) = self { true } else { false }
    }

    /// Whether it is a move to where the move before it went.
    fileprivate func repeats(_ older: DisplayEvent) -> Bool {
        guard case .pointer(let id, let move) = self, move.action == .moved,
            case .pointer(id, let olderMove) = older, olderMove.action == .moved
        else { return false }
        return move.position == olderMove.position && move.modifiers == olderMove.modifiers
            && move.screenPosition == olderMove.screenPosition
    }
}

#endif
