internal import RatCore
internal import RatSystem
internal import Synchronization

extension StableReference where Record == ThreadRecord {
    private static var blockingBit: UInt { 1 }

    /// Says what the thread, the calling one, is about to wait for.
    func setEdge(_ request: RequestReference, _ isBlocking: Bool) {
        let address = unsafe UInt(bitPattern: request.raw)
        // Ordered before the look at what others wait for: of two that close a cycle, one sees the other.
        record.sendEdge.store(
            address | (isBlocking ? Self.blockingBit : 0),
            ordering: .sequentiallyConsistent
        )
    }

    /// The request that the thread waits for, and whether it serves nobody meanwhile. It may be over.
    var edge: (request: RequestReference, isBlocking: Bool)? {
        let edge = record.sendEdge.load(ordering: .sequentiallyConsistent)
        guard
            let pointer = unsafe UnsafeMutablePointer<RequestRecord>(
                bitPattern: edge & ~Self.blockingBit
            )
        else { return nil }
        return (unsafe RequestReference(unsafe: pointer), edge & Self.blockingBit != 0)
    }
}

extension StableReference where Record == QueueRecord {
    /// Whether the thread that owns the queue waits for a reply and serves nobody meanwhile.
    var isOwnerBlocking: Bool { record.owner?.edge?.isBlocking ?? false }
}

/// Finds sends that could only wait for themselves.
///
/// A sent message is *retrieved* from a plain queue, or *handled inside* a retrieval of the thread that owns
/// its target. A thread that waits for a reply retrieves nothing, but handles what is sent to its windows,
/// unless it was told to block. So a wait is stuck if everybody who could serve it waits in such a way, and
/// the chain of these waits leads back to the one who asks.
package enum DeadlockSearch {
    /// What the calling thread's last deadlock would have closed.
    package static var lastReport: String? {
        guard let report = ThreadRecord.currentIfAny?.record.deadlockReport, !report.isEmpty else {
            return nil
        }
        return report
    }

    /// One search at a time, so that of several threads that close a cycle exactly one finds it.
    private static let lock = Mutex<Void>(())

    private struct Search {
        let asker: ThreadReference
        let isAskerBlocking: Bool
        var reachesAsker = false
        var visited: [ThreadReference] = []
        var report: [String] = []
    }

    /// Throws `.deadlock`, and keeps a report, if the calling thread's send could only wait for itself.
    static func check(
        _ thread: ThreadReference,
        _ queue: QueueReference,
        _ target: Handle,
        _ isCall: Bool,
        _ isBlocking: Bool
    ) throws(RatError) {
        var search = Search(asker: thread, isAskerBlocking: isBlocking)
        guard let request = thread.edge?.request else { return }
        let isDeadlock = lock.withLock { _ in
            isStuck(request, queue, thread.systemID, &search) && search.reachesAsker
        }
        guard isDeadlock else { return }
        thread.record.deadlockReport = search.report.joined(separator: "\n")
        throw .deadlock
    }

    /// Whether nobody can serve a request that waits in `queue`, as things stand.
    private static func isStuck(
        _ request: RequestReference,
        _ queue: QueueReference,
        _ waiterID: UInt32,
        _ search: inout Search
    ) -> Bool {
        let (target, number) = (request.record.target, request.record.message)
        let isCall = request.record.isCall
        let servers = servers(of: queue)
        guard !servers.isEmpty else { return false }
        search.report.append(
            line(waiterID, number, target, servers: servers.map(\.id))
        )
        for server in servers {
            if server.thread == search.asker {
                if isCall && !search.isAskerBlocking { return false }
                search.reachesAsker = true
                continue
            }
            if search.visited.contains(server.thread) { continue }
            guard let edge = waitingRequest(of: server.thread) else { return false }
            if isCall && !edge.isBlocking { return false }
            search.visited.append(server.thread)
            guard isStuck(edge.request, edge.queue, server.id, &search) else { return false }
        }
        return true
    }

    /// Who could serve what is sent to the queue; nobody if that is not known.
    private static func servers(of queue: QueueReference) -> [Retrievers.Entry] {
        queue.record.target.header.lock.lock()
        defer { queue.record.target.header.lock.unlock() }
        if let owner = queue.record.owner {
            return [
                Retrievers.Entry(
                    thread: owner,
                    serial: owner.serial,
                    id: queue.record.ownerID
                )
            ]
        }
        return queue.record.retrievers.living
    }

    /// What a thread waits for, if it still does.
    private static func waitingRequest(
        of thread: ThreadReference
    ) -> (request: RequestReference, queue: QueueReference, isBlocking: Bool)? {
        guard let edge = thread.edge else { return nil }
        edge.request.record.lock.lock()
        defer { edge.request.record.lock.unlock() }
        guard edge.request.record.sender == thread, !edge.request.state.isDecided,
            edge.request.record.token.load(ordering: .relaxed) != 0,
            let queue = edge.request.queue
        else { return nil }
        return (edge.request, queue, edge.isBlocking)
    }

    private static func line(
        _ waiter: UInt32,
        _ number: UInt32,
        _ target: Handle,
        servers: [UInt32]
    ) -> String {
        let kind = target.isOfKind(.window) ? "window" : "queue"
        let names = servers.map { "thread \($0)" }.joined(separator: " or ")
        return "thread \(waiter) waits for a reply to message 0x\(hex(number)) from \(kind) "
            + "0x\(hex(target.rawValue)), which only \(names) can give"
    }

    private static func hex(_ number: some BinaryInteger) -> String { String(number, radix: 16) }
}
