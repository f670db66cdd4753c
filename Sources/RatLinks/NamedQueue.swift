package import RatCore
package import RatIPC
package import RatMessaging
internal import RatSystem

/// Queues that other processes of the same user find by their names.
package enum NamedQueue {
    /// Once, before there is a handle to such a queue.
    private static let reach: Void = Distant.reach(by: DistantQueue.self)

    /// A new queue of that name, to be closed with `MessageQueue.close`. Of several creators one succeeds.
    package static func create(
        _ name: ObjectName,
        _ options: QueueOptions
    ) throws(RatError) -> Handle {
        Self.reach
        let options = try options.checked()
        let handle = try MessageQueue.create(options)
        do throws(RatError) {
            try Port.shared.serve(handle, name, options)
            try MessageQueue.serve(handle)
        } catch {
            try? MessageQueue.close(handle)
            throw error
        }
        return handle
    }

    /// The queue of that name. In the process that has it, its own handle once more.
    package static func open(_ name: ObjectName) throws(RatError) -> Handle {
        let socket = try QueueNames(of: name, isCreating: false).find()
        let peer = try QueueNames.call { () throws(Errno) in try socket.peer() }
        guard peer.user == Process.effectiveUser else { throw .accessDenied }
        if peer.process == Process.id, let queue = Port.shared.queue(of: name) {
            try Objects.retain(queue.handle)
            return queue.handle
        }
        return try connect(to: name, by: socket, of: peer)
    }

    /// A handle to the queue of that name, whose owner is at the other end.
    static func connect(
        to name: ObjectName,
        by socket: consuming PacketSocket,
        of peer: PacketSocket.Peer
    ) throws(RatError) -> Handle {
        Self.reach
        guard Hello.ask(for: name, by: socket) else { throw .notFound }
        let deadline = Instant.now().advanced(byMilliseconds: Visitor.patience)
        var answer = Hello.Answer()
        var file = OpenFile()
        var hasCome = false
        while !hasCome {
            switch unsafe withUnsafeMutableBytes(of: &answer, { unsafe socket.receive(into: $0) }) {
            case .bytes(let count, let carried):
                guard count == Hello.Answer.byteCount, answer.isOfThisProtocol else {
                    throw .accessDenied
                }
                file = carried
                hasCome = true
            case .end: throw .notFound
            case .nothingYet:
                let finding = SocketCalls.poll(socket.rawValue, for: .readable, until: deadline)
                if finding.isLate { throw .timedOut }
            }
        }
        if answer.status != 0 { throw RatError(rawValue: answer.status) ?? .unknown }
        guard file.hasSealedSize(),
            try QueueNames.call({ () throws(Errno) in try file.facts() }).size
                == LinkMemory.byteCount
        else { throw .accessDenied }
        let memory = try QueueNames.call { () throws(Errno) in try LinkMemory(file) }
        let visitor = try Visitor(socket, memory, peer, overflowWait: answer.overflowWait)
        return try DistantQueue.insert(visitor, byteBudget: Int(clamping: answer.byteBudget))
    }

    package static func unlink(_ name: ObjectName) throws(RatError) {
        try QueueNames(of: name, isCreating: false).unlink()
    }
}
