internal import RatCore

/// The threads that have ever retrieved from one queue, as far as they live: who could answer what is sent
/// to it, and make room in it. Guarded by the queue's lock.
struct Retrievers {
    struct Entry {
        let thread: ThreadReference
        /// Tells the thread from others that have used its record.
        let serial: UInt64
        /// The system's number of it.
        let id: UInt32

        var isAlive: Bool { thread.serial == serial }
    }

    private var entries: [Entry] = []
    /// There are more than are worth remembering, so nobody is the only one.
    private(set) var areMany = false

    private static let limit = 4

    /// What stands for a task where a thread's serial is meant. No thread has it.
    static let task = UInt64.max

    /// A task retrieves: on a thread of many, and on another one next time.
    mutating func addTask() { areMany = true }

    mutating func add(_ thread: ThreadReference) {
        guard !areMany, !entries.contains(where: { $0.serial == thread.serial }) else { return }
        entries.removeAll { !$0.isAlive }
        guard entries.count < Self.limit else {
            areMany = true
            return
        }
        entries.append(Entry(thread: thread, serial: thread.serial, id: thread.systemID))
    }

    /// Those who live; empty if they are many, or none is known.
    var living: [Entry] { areMany ? [] : entries.filter(\.isAlive) }

    /// Whether nobody knows who might retrieve.
    var areUnknown: Bool { areMany || !contains { _ in true } }

    /// Whether one who lives is as wanted.
    func contains(where isWanted: (ThreadReference) -> Bool) -> Bool {
        entries.contains { $0.isAlive && isWanted($0.thread) }
    }

    /// Whether the thread is the only one that has ever retrieved.
    func isOnly(_ thread: ThreadReference) -> Bool {
        let living = living
        return living.count == 1 && living[0].serial == thread.serial
    }

    mutating func removeAll() {
        entries = []
        areMany = false
    }
}
