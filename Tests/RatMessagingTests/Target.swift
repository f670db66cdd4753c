import RatCore
import RatSystem
import RatTestSupport

@testable import RatMessaging

/// Targets as windows are: something that belongs to a queue and has a procedure.
enum Target {
    typealias Procedure = @Sendable (borrowing Message) throws -> Void

    private static let pool = StablePool<TargetRecord>(recordsPerSlab: 16)
    private static let procedures = Guarded<[Handle: Procedure]>([:])
    private static let outers = Guarded<[Handle: Handle]>([:])
    private static let kind = ObjectKind(Behavior.self, isShared: false)

    private enum Behavior: ObjectBehavior {
        static func recycle(_: ObjectReference) {}
    }

    private static let dispatch: DispatchFunction = { _, _, target, message, isWhole, _ in
        let target = Handle(rawValue: target)
        let given = unsafe message.load(as: Message.self)
        let message = isWhole ? given : given.stamped(for: target)
        guard let procedure = procedures.withLock({ $0[target] }) else {
            return RatError.notFound.rawValue
        }
        do {
            try procedure(message)
            return 0
        } catch {
            return RatError.unknown.rawValue
        }
    }

    private static let containment: ContainmentFunction = { inner, outer in
        var current = Handle(rawValue: inner)
        while let next = outers.withLock({ $0[current] }) {
            if next.rawValue == outer { return true }
            current = next
        }
        return false
    }

    /// A target that dispatch finds. Its messages go to `queue`, the calling thread's own if there is one.
    static func make(
        of queue: ThreadQueue? = nil,
        in outer: Handle? = nil,
        _ procedure: @escaping Procedure = { _ in }
    ) throws -> Handle {
        let queueRecord = queue?.queue ?? MessageQueue.makeRecord(QueueOptions(capacity: 1))
        let target = unsafe pool.take { memory in
            unsafe memory.initialize(
                to: TargetRecord(
                    kind: kind,
                    dispatch: dispatch,
                    containment: containment,
                    queue: queueRecord
                )
            )
        }
        target.record.queue = queueRecord
        target.record.queueHandle = queue?.handle ?? .invalid
        let object = unsafe StableReference<ObjectHeader>(
            unsafe: target.raw.assumingMemoryBound(to: ObjectHeader.self)
        )
        let handle = try HandleTable.insert(object, kind: .window)
        procedures.withLock { $0[handle] = procedure }
        if let outer {
            outers.withLock { $0[handle] = outer }
            TargetReference.find(outer)?.record.holdsTargets = true
        }
        return handle
    }

    /// Ends a target, and with it what is queued for it.
    static func destroy(_ handle: Handle, of queue: ThreadQueue) {
        guard let object = HandleTable.lookup(handle) else { return }
        object.record.lock.lock()
        Objects.retireLocked(object)
        object.record.lock.unlock()
        queue.queue.purge(handle)
    }

    static func dispatch(_ message: Message, to target: Handle) throws {
        var message = message
        message.header.target = target
        try Dispatch.run(message)
    }

    /// To the target that another message was for.
    static func dispatch(_ message: Message, to other: borrowing Message) throws {
        try dispatch(message, to: other.header.target)
    }
}
