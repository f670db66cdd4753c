#if X11

internal import RatDisplay

/// Events translated and not yet taken, oldest first.
struct EventQueue {
    private var events: [DisplayEvent] = []
    private var head = 0
    /// Where the events of the present drain begin.
    private var drain = 0
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

    mutating func beginDrain() {
        drain = events.count
    }

    /// Adds an event. A move of the pointer replaces a move right before it: nobody misses where the
    /// pointer was, and a slow reader must not lag behind it.
    mutating func append(_ event: DisplayEvent) {
        log?.append(event)
        if events.count > max(drain, head), let last = events.last, event.supersedes(last) {
            events[events.count - 1] = event
        } else {
            events.append(event)
        }
    }

    mutating func removeFirst() -> DisplayEvent? {
        guard !isEmpty else { return nil }
        defer {
            head += 1
            if isEmpty {
                events.removeAll(keepingCapacity: true)
                head = 0
                drain = 0
            }
        }
        return events[head]
    }
}

extension DisplayEvent {
    fileprivate func supersedes(_ older: DisplayEvent) -> Bool {
        guard case .pointer(let id, let move) = self, case .moved = move.action,
            case .pointer(let olderID, let olderMove) = older, case .moved = olderMove.action
        else { return false }
        // With other modifiers it says more than where the pointer is.
        return id == olderID && move.modifiers == olderMove.modifiers
    }
}

#endif
