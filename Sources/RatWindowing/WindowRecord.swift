internal import RatCore
internal import RatMessaging
internal import RatSystem

/// The part of a window that the hot paths read: whose it is and what to call. Type-stable memory.
@safe struct WindowRecord: ObjectRecord, ~Copyable {
    var target: TargetRecord
    /// The owning thread, the only one that reads what follows.
    var thread: ThreadReference
    var procedure: WindowProcedure
    /// The rest of the window; retained while the window lives.
    var window: Unmanaged<Window>?

    private static let pool = StablePool<WindowRecord>(recordsPerSlab: 64)

    private static let kind = ObjectKind(Behavior.self, isShared: false, isWaitable: false)

    /// Records are recycled by their windows.
    private enum Behavior: ObjectBehavior {
        static func recycle(_: ObjectReference) {}
    }

    private static let dispatch: DispatchFunction = { target, message, isWhole, result in
        unsafe WindowReference.dispatch(
            Handle(rawValue: target),
            message.assumingMemoryBound(to: Message.self),
            isWhole,
            result
        )
    }

    /// A record with a handle under which it can be found.
    static func make(
        for window: Window,
        of threadQueue: ThreadQueue,
        thread: ThreadReference
    ) throws(RatError) -> (WindowReference, Handle) {
        let reference = unsafe pool.take { memory in
            unsafe memory.initialize(
                to: WindowRecord(
                    target: TargetRecord(
                        kind: kind,
                        dispatch: dispatch,
                        queue: threadQueue.queue
                    ),
                    thread: thread,
                    procedure: window.windowClass.procedure,
                    window: nil
                )
            )
        }
        reference.record.target.header.lock.lock()
        defer { reference.record.target.header.lock.unlock() }
        reference.record.target.queue = threadQueue.queue
        reference.record.target.queueHandle = threadQueue.handle
        reference.record.thread = thread
        reference.record.procedure = window.windowClass.procedure
        do throws(RatError) {
            let handle = try HandleTable.insert(reference.asObject, kind: .window)
            unsafe reference.record.window = Unmanaged.passRetained(window)
            return (reference, handle)
        } catch {
            pool.giveBack(reference)
            throw error
        }
    }

    /// Ends a window: its handle is dead, what is queued for it is dropped.
    static func retire(_ reference: WindowReference, of threadQueue: ThreadQueue) {
        let handle = reference.record.target.header.handle
        reference.record.target.header.lock.lock()
        Objects.retireLocked(reference.asObject)
        reference.record.target.header.lock.unlock()
        threadQueue.queue.purge(handle)
        let window = unsafe reference.record.window
        unsafe reference.record.window = nil
        unsafe window?.release()
        pool.giveBack(reference)
    }
}

typealias WindowReference = StableReference<WindowRecord>

extension StableReference where Record == WindowRecord {
    /// The window of the calling thread that a handle names. What it gives stays true until application
    /// code runs: only this thread can end the window.
    @inline(__always) static func find(_ handle: Handle) throws(RatError) -> WindowReference {
        guard handle.isOfKind(.window), let object = HandleTable.lookup(handle) else {
            throw .invalidHandle
        }
        let reference = unsafe WindowReference(
            unsafe: object.raw.assumingMemoryBound(to: WindowRecord.self)
        )
        guard let thread = ThreadRecord.currentIfAny, reference.record.thread == thread else {
            throw .wrongThread
        }
        return reference
    }

    /// Runs the procedure of the window that a message is for.
    @inline(__always) static func dispatch(
        _ handle: Handle,
        _ message: UnsafePointer<Message>,
        _ isWhole: Bool,
        _ result: UnsafeMutablePointer<Int>
    ) -> UInt32 {
        do throws(RatError) {
            let window = try find(handle)
            unsafe result.pointee = window.call(
                handle,
                message.pointee.header.message,
                message.pointee.header.wparam,
                message.pointee.header.lparam,
                given: message,
                isWhole
            )
            return 0
        } catch {
            return (error == .invalidHandle ? .notFound : error).rawValue
        }
    }

    /// Runs the window's procedure. Afterwards the window may be gone.
    @inline(__always) func call(
        _ handle: Handle,
        _ message: UInt32,
        _ wparam: UInt,
        _ lparam: Int,
        given: UnsafePointer<Message>? = nil,
        _ isWhole: Bool = false
    ) -> Int {
        let thread = record.thread
        let procedure = record.procedure
        var frame = unsafe CallFrame(
            target: handle,
            message: message,
            wparam: wparam,
            lparam: lparam,
            given: given,
            isWhole: isWhole,
            outer: thread.record.frameSlot
        )
        return unsafe withUnsafeMutablePointer(to: &frame) { pointer in
            unsafe thread.record.frameSlot = UnsafeMutableRawPointer(pointer)
            let result = procedure(handle.rawValue, message, wparam, lparam)
            unsafe thread.record.frameSlot = pointer.pointee.outer
            return result
        }
    }
}
