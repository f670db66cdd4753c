internal import RatCore
internal import RatSystem
internal import Synchronization

/// What a thread waits for, as a word: the address of its request, and whether it serves nobody meanwhile.
/// While a procedure runs inside a wait, that wait stays the word until the procedure sends.
struct SendEdge: Equatable {
    let rawValue: UInt

    private static var blockingBit: UInt { 1 }

    init(rawValue: UInt) {
        self.rawValue = rawValue
    }

    init(_ request: RequestReference, isBlocking: Bool) {
        let address = unsafe UInt(bitPattern: request.raw)
        rawValue = address | (isBlocking ? Self.blockingBit : 0)
    }

    var isBlocking: Bool { rawValue & Self.blockingBit != 0 }

    var request: RequestReference? {
        // It was made from a reference, so it is none but that.
        unsafe UnsafeMutablePointer<RequestRecord>(bitPattern: rawValue & ~Self.blockingBit)
            .map { unsafe RequestReference(unsafe: $0) }
    }
}

extension StableReference where Record == ThreadRecord {
    /// What the thread waits for. The wait may be over. Set by the thread itself, before it looks at what
    /// others wait for: of two that close a cycle, one sees the other.
    var edge: SendEdge {
        get { SendEdge(rawValue: record.sendEdge.load(ordering: .sequentiallyConsistent)) }
        nonmutating set {
            record.sendEdge.store(newValue.rawValue, ordering: .sequentiallyConsistent)
        }
    }

    /// Says that the wait is over, which need not be known to others in any order.
    func endEdge(_ outer: SendEdge) {
        record.sendEdge.store(outer.rawValue, ordering: .releasing)
    }

    /// Whether it waits for no reply.
    fileprivate var isFree: Bool { edge.request == nil }
}

extension StableReference where Record == QueueRecord {
    /// Whether the thread that owns the queue waits for a reply and serves nobody meanwhile.
    var isOwnerBlocking: Bool {
        record.target.header.lock.lock()
        defer { record.target.header.lock.unlock() }
        return record.owner?.edge.isBlocking ?? false
    }

    /// Whether somebody who waits for nothing could serve what is sent to the queue, or nobody knows who
    /// could.
    fileprivate func mayBeServed(besides asker: ThreadReference) -> Bool {
        record.target.header.lock.lock()
        defer { record.target.header.lock.unlock() }
        if let owner = record.owner { return owner != asker && owner.isFree }
        return record.retrievers.areUnknown
            || record.retrievers.contains { $0 != asker && $0.isFree }
    }

    /// Who could serve what is sent to the queue; nobody if that is not known.
    fileprivate var servers: [Retrievers.Entry] {
        record.target.header.lock.lock()
        defer { record.target.header.lock.unlock() }
        guard let owner = record.owner else { return record.retrievers.living }
        return [Retrievers.Entry(thread: owner, serial: owner.serial, id: record.ownerID)]
    }
}

/// Finds sends that could only wait for themselves.
///
/// What is sent to a plain queue waits for the threads that have retrieved from it, what is sent elsewhere for
/// the thread that owns its target. A thread that waits for a reply retrieves nothing, but handles what is sent
/// to its windows, unless it was told to block; what it was handling when it began to wait, it goes on with only
/// afterwards. So a wait is stuck if everybody who could serve it waits in such a way, and the chain of these
/// waits leads back to the one who asks.
package enum DeadlockSearch {
    /// What the calling thread's last deadlock would have closed.
    package static var lastReport: String? {
        guard let report = ThreadRecord.currentIfAny?.record.deadlockReport, !report.isEmpty else {
            return nil
        }
        return report
    }

    /// Held while a search goes on: of several threads that close a cycle exactly one finds it, because
    /// that one does not wait any more when the others search.
    private final class Turn: ForkParticipant {
        let lock = Lock()

        init() {
            Fork.register(self)
        }

        func lockForFork() { lock.lock() }

        func unlockAfterFork() { lock.unlock() }

        func startAnewInChild() { lock.unlock() }
    }

    private static let turn = Turn()

    /// One wait of the chain, as it was when it was looked at.
    private struct Wait {
        let edge: SendEdge
        let token: UInt64
        let queue: QueueReference
        let target: Handle
        let message: UInt32
        let isCall: Bool
        let isBegun: Bool
        /// Who began it, and what that thread was waiting for then.
        let receiver: UInt64
        let receiverEdge: SendEdge
    }

    private struct Search {
        let asker: ThreadReference
        var reachesAsker = false
        var visited: [(thread: ThreadReference, token: UInt64)] = []
        var links: [(waiter: UInt32, wait: Wait, servers: [UInt32])] = []
    }

    /// Throws `.deadlock`, and keeps a report, if the calling thread's send could only wait for itself. Its
    /// wait, which it has said, is `outer` again then.
    static func check(
        _ thread: ThreadReference,
        _ queue: QueueReference,
        outer: SendEdge
    ) throws(RatError) {
        if queue.mayBeServed(besides: thread) { return }
        turn.lock.lock()
        let search = findCycle(thread)
        if search != nil { thread.edge = outer }
        turn.lock.unlock()
        guard let search else { return }
        thread.record.deadlockReport = search.links.map(line).joined(separator: "\n")
        throw .deadlock
    }

    private static func findCycle(_ thread: ThreadReference) -> Search? {
        while true {
            var search = Search(asker: thread)
            guard let wait = wait(of: thread),
                isStuck(wait, of: thread.systemID, isAskerBlocking: wait.edge.isBlocking, &search),
                search.reachesAsker
            else { return nil }
            // They were looked at one after another. Those that still are, were all at one moment.
            let isTrue = search.visited.allSatisfy { visited in
                self.wait(of: visited.thread)?.token == visited.token
            }
            if isTrue { return search }
        }
    }

    /// Whether nobody can serve a wait, as things stand.
    private static func isStuck(
        _ wait: Wait,
        of waiter: UInt32,
        isAskerBlocking: Bool,
        _ search: inout Search
    ) -> Bool {
        let servers = wait.queue.servers
        guard !servers.isEmpty else { return false }
        search.links.append((waiter, wait, servers.map(\.id)))
        let isCallToCome = wait.isCall && !wait.isBegun
        for server in servers {
            if server.thread == search.asker {
                if isCallToCome && !isAskerBlocking { return false }
                search.reachesAsker = true
                continue
            }
            guard let next = self.wait(of: server.thread) else { return false }
            if isCallToCome && !next.edge.isBlocking { return false }
            // It has not begun to wait since, so it is at work on what it began.
            if wait.isBegun, wait.receiver == server.serial, wait.receiverEdge == next.edge {
                return false
            }
            if search.visited.contains(where: { $0.thread == server.thread }) { continue }
            search.visited.append((server.thread, next.token))
            guard isStuck(next, of: server.id, isAskerBlocking: isAskerBlocking, &search) else {
                return false
            }
        }
        return true
    }

    /// What a thread waits for, if it still does.
    private static func wait(of thread: ThreadReference) -> Wait? {
        let edge = thread.edge
        guard let request = edge.request else { return nil }
        request.record.lock.lock()
        defer { request.record.lock.unlock() }
        // If it is the thread's wait still, the record is what it was made for that.
        let token = request.record.token.load(ordering: .relaxed)
        guard thread.edge == edge, token != 0, !request.state.isDecided, let queue = request.queue
        else { return nil }
        return Wait(
            edge: edge,
            token: token,
            queue: queue,
            target: request.record.target,
            message: request.record.message,
            isCall: request.record.isCall,
            isBegun: request.state == .started,
            receiver: request.record.receiver,
            receiverEdge: request.record.receiverEdge
        )
    }

    private static func line(waiter: UInt32, wait: Wait, servers: [UInt32]) -> String {
        let kind = wait.target.isOfKind(.window) ? "window" : "queue"
        let names = servers.map { "thread \($0)" }.joined(separator: " or ")
        return "thread \(waiter) waits for a reply to message 0x\(hex(wait.message)) from \(kind) "
            + "0x\(hex(wait.target.rawValue)), which only \(names) can give"
    }

    private static func hex(_ number: some BinaryInteger) -> String { String(number, radix: 16) }
}
