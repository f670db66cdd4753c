package import RatCore
package import RatSystem

/// The memory of one thread that was started here.
@safe struct ThreadObjectRecord: ObjectRecord, ~Copyable {
    var header: ObjectHeader
    // Guarded by `header.lock`.
    var exitCode: UInt32?
    // Set before the thread starts, read by it alone.
    var procedure: ThreadObject.Procedure?
    var argument: UnsafeMutableRawPointer?
    var ownHandle = Handle.invalid
    // Used by the thread alone.
    var result: UInt32 = 0

    init() {
        header = ObjectHeader(kind: ThreadObject.kind)
        unsafe argument = nil
    }
}

/// Threads as objects: signalled from their end on, when they have given up their mutexes, windows and queue.
///
/// A running thread visits its own object, so that the record is there at its end though every handle was
/// closed.
package enum ThreadObject {
    package typealias Procedure = @convention(c) (UnsafeMutableRawPointer?) -> UInt32

    private static let pool = StablePool<ThreadObjectRecord>(recordsPerSlab: 32)

    static let kind = ObjectKind(Behavior.self)

    private enum Behavior: ObjectBehavior {
        static func isSignaled(_ object: ObjectReference, _: ThreadReference) -> Bool {
            thread(object).record.exitCode != nil
        }

        static func recycle(_ object: ObjectReference) { pool.giveBack(thread(object)) }
    }

    /// Starts a thread. The handle is to be closed with `Objects.close`, which lets the thread run on.
    package static func start(
        stackSize: Int,
        _ procedure: @escaping Procedure,
        _ argument: UnsafeMutableRawPointer?
    ) throws(RatError) -> Handle {
        let thread = unsafe pool.take { memory in
            unsafe memory.initialize(to: ThreadObjectRecord())
        }
        thread.record.header.visitors = 1
        thread.record.exitCode = nil
        unsafe thread.record.procedure = unsafe procedure
        unsafe thread.record.argument = argument
        thread.record.result = 0
        let handle: Handle
        do throws(RatError) {
            handle = try Objects.publish(thread, as: .thread)
        } catch {
            thread.record.header.visitors = 0
            pool.giveBack(thread)
            throw error
        }
        thread.record.ownHandle = handle
        do throws(Errno) {
            try unsafe NativeThread.start(stackSize: stackSize, run, thread.raw)
        } catch {
            Objects.leave(thread.asObject)
            try Objects.close(handle)
            throw RatError(error)
        }
        return handle
    }

    /// Waits for the thread's end and gives what its procedure returned.
    package static func join(
        _ handle: Handle,
        until deadline: Instant
    ) throws(RatError) -> UInt32 {
        guard handle.isOfKind(.thread) else { throw .invalidHandle }
        if ThreadRecord.current.record.ownHandle == handle { throw .deadlock }
        // Visited, so that what it returned can be read though the handle is closed meanwhile.
        let object = try Objects.enter(handle)
        defer { Objects.leave(object) }
        switch Wait.forOne(handle, until: deadline, source: nil) {
        case .timedOut: throw .timedOut
        case .failed: throw .cancelled
        case .signaled, .abandoned: break
        }
        object.record.lock.lock()
        defer { object.record.lock.unlock() }
        return thread(object).record.exitCode ?? 0
    }

    private static let run:
        @convention(c) (UnsafeMutableRawPointer?) ->
            UnsafeMutableRawPointer? = { context in
                guard let context = unsafe context else { return nil }
                let thread = unsafe StableReference<ThreadObjectRecord>(
                    unsafe: context.assumingMemoryBound(to: ThreadObjectRecord.self)
                )
                // The first handler runs last: what else the thread has is gone by then.
                let record = ThreadRecord.current
                record.callAtExit { _ in finish(thread) }
                record.record.ownHandle = thread.record.ownHandle
                if let procedure = unsafe thread.record.procedure {
                    thread.record.result = unsafe procedure(thread.record.argument)
                }
                return nil
            }

    private static func finish(_ thread: StableReference<ThreadObjectRecord>) {
        ThreadRecord.current.record.ownHandle = .invalid
        thread.record.header.lock.lock()
        thread.record.exitCode = thread.record.result
        thread.record.header.waiters.grantAll()
        thread.record.header.lock.unlock()
        Objects.leave(thread.asObject)
    }

    /// The object must be a thread.
    private static func thread(_ object: ObjectReference) -> StableReference<ThreadObjectRecord> {
        unsafe StableReference(unsafe: object.raw.assumingMemoryBound(to: ThreadObjectRecord.self))
    }
}
