import RatCore
import RatSystem

@testable import RatMessaging

/// A queue done the simple way: a list that every step looks through.
struct QueueModel {
    struct Entry {
        var message: Received
        var target: Handle
        var token: UInt64 = 0
        /// Of a message that was posted to be replaced.
        var key: UInt64?
        /// When its time comes, if it has not.
        var due: UInt64?
    }

    /// What can be retrieved, and behind it, in the order of posting, what cannot yet.
    private(set) var entries: [Entry] = []
    private(set) var info = QueueInfo()

    init(capacity: Int) {
        info.capacity = capacity
        info.byteBudget = Payload.defaultBudget
    }

    var isFull: Bool { entries.count == info.capacity }
    var nextDue: UInt64 { entries.compactMap(\.due).min() ?? .max }

    /// Where the next message is.
    func next(_ filter: MessageFilter = .all) -> Entry? {
        place(filter).map { entries[$0] }
    }

    private func place(_ filter: MessageFilter) -> Int? {
        entries.indices.filter {
            entries[$0].due == nil && filter.admits(number: entries[$0].message.number)
                && filter.admits(target: entries[$0].target)
                && filter.isFor(QueueStatus.posted)
        }.max {
            // The first of equal ones is the greatest.
            (entries[$0].message.priority, -$0) < (entries[$1].message.priority, -$1)
        }
    }

    /// `false` if the queue is full.
    mutating func post(_ entry: Entry) -> Bool {
        if let key = entry.key, let place = place(key: key, entry.target) {
            info.posted += 1
            info.replaced += 1
            if entry.due == nil, entries[place].due == nil {
                let priority = entries[place].message.priority
                entries[place] = entry
                entries[place].message.priority = priority
            } else {
                entries.remove(at: place)
                entries.append(entry)
            }
            return true
        }
        guard !isFull else {
            info.refused += 1
            info.isOverflowing = true
            return false
        }
        info.posted += 1
        entries.append(entry)
        return true
    }

    private func place(key: UInt64, _ target: Handle) -> Int? {
        entries.firstIndex { $0.key == key && $0.target == target }
    }

    mutating func take(_ filter: MessageFilter = .all) -> Entry? {
        guard let place = place(filter) else { return nil }
        info.retrieved += 1
        return entries.remove(at: place)
    }

    mutating func cancel(_ token: UInt64) -> Bool {
        guard let place = entries.firstIndex(where: { $0.token == token }) else { return false }
        info.cancelled += 1
        entries.remove(at: place)
        return true
    }

    mutating func purge(_ target: Handle) {
        let count = entries.count
        entries.removeAll { $0.target == target }
        info.discarded += UInt64(count - entries.count)
    }

    /// What is due by then can be retrieved, behind everything of its priority.
    mutating func promoteDue(at now: UInt64) {
        let due = entries.filter { ($0.due ?? .max) <= now }.enumerated().sorted {
            ($0.element.due ?? 0, $0.offset) < ($1.element.due ?? 0, $1.offset)
        }
        entries.removeAll { ($0.due ?? .max) <= now }
        for (_, var entry) in due {
            entry.due = nil
            entries.append(entry)
        }
    }

    /// The counters, with what follows from the entries.
    var expectedInfo: QueueInfo {
        var info = info
        info.delayed = entries.count { $0.due != nil }
        info.queued = entries.count - info.delayed
        info.queuedBytes = entries.reduce(0) { $0 + $1.message.payload.count }
        return info
    }
}

extension QueueInfo {
    /// Whether every message that was accepted is accounted for.
    var isBalanced: Bool {
        posted == retrieved + dropped + replaced + cancelled + discarded + UInt64(queued)
            + UInt64(delayed)
    }
}
