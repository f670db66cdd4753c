internal import RatCore
internal import RatMessaging
internal import RatSystem
internal import Synchronization

/// The part of a window that the hot paths read: whose it is and what to call. Type-stable memory.
@safe struct WindowRecord: ObjectRecord, ~Copyable {
    var target: TargetRecord
    /// The owning thread, the only one that reads what follows. Atomic, because who comes late with another
    /// thread's handle reads it while the record gets its next window; that is never the reader's own.
    private let threadAddress: Atomic<UInt>
    var procedure: WindowProcedure
    /// The rest of the window; retained while the window lives.
    var window: Unmanaged<Window>?
    /// Its place in the tree; the same for the record's whole memory.
    let node: NodeReference

    init(
        target: consuming TargetRecord,
        thread: ThreadReference,
        procedure: @escaping WindowProcedure,
        node: NodeReference
    ) {
        self.target = target
        unsafe threadAddress = Atomic(UInt(bitPattern: thread.raw))
        self.procedure = procedure
        unsafe window = nil
        self.node = node
    }

    var thread: ThreadReference {
        @inline(__always) get {
            let address = threadAddress.load(ordering: .relaxed)
            // It was made from a reference, so it is none but that.
            return unsafe ThreadReference(
                unsafe: UnsafeMutablePointer(bitPattern: address).unsafelyUnwrapped
            )
        }
        nonmutating set {
            unsafe threadAddress.store(UInt(bitPattern: newValue.raw), ordering: .relaxed)
        }
    }

    private static let pool = StablePool<WindowRecord>(recordsPerSlab: 64)

    private static let kind = ObjectKind(Behavior.self, isShared: false, isWaitable: false)

    /// Records are recycled by their windows.
    private enum Behavior: ObjectBehavior {
        static func recycle(_: ObjectReference) {}
    }

    private static let dispatch: DispatchFunction = { record, thread, target, given, isWhole, out in
        let window = unsafe WindowReference(
            unsafe: record.assumingMemoryBound(to: WindowRecord.self)
        )
        // A window is ended by its own thread only, so it lives if this is it.
        guard unsafe window.record.thread.raw == thread else {
            return RatError.wrongThread.rawValue
        }
        let message = unsafe given.assumingMemoryBound(to: Message.self)
        unsafe out.pointee = window.call(
            Handle(rawValue: target),
            message.pointee.header.message,
            message.pointee.header.wparam,
            message.pointee.header.lparam,
            given: message,
            isWhole
        )
        return 0
    }

    private static let containment: ContainmentFunction = { inner, outer in
        WindowReference.isInside(Handle(rawValue: inner), Handle(rawValue: outer))
    }

    /// A record with a handle under which it can be found.
    static func make(
        for window: Window,
        of threadQueue: ThreadQueue,
        thread: ThreadReference
    ) throws(RatError) -> (WindowReference, Handle) {
        let procedure = window.windowClass.procedure
        let reference = takeRecord(of: threadQueue.queue, thread, procedure)
        reference.record.target.header.lock.lock()
        defer { reference.record.target.header.lock.unlock() }
        reference.record.target.queue = threadQueue.queue
        reference.record.target.queueHandle = threadQueue.handle
        reference.record.thread = thread
        reference.record.procedure = procedure
        do throws(RatError) {
            let handle = try HandleTable.insert(reference.asObject, kind: .window)
            unsafe reference.record.window = Unmanaged.passRetained(window)
            return (reference, handle)
        } catch {
            pool.giveBack(reference)
            throw error
        }
    }

    private static func takeRecord(
        of queue: QueueReference,
        _ thread: ThreadReference,
        _ procedure: @escaping WindowProcedure
    ) -> WindowReference {
        unsafe pool.take { memory in
            let node = UnsafeMutablePointer<WindowNode>.allocate(capacity: 1)
            // A record begins with its target.
            let target = unsafe TargetReference(
                unsafe: UnsafeMutableRawPointer(memory).assumingMemoryBound(to: TargetRecord.self)
            )
            unsafe node.initialize(to: WindowNode(of: target))
            unsafe memory.initialize(
                to: WindowRecord(
                    target: TargetRecord(
                        kind: kind,
                        dispatch: dispatch,
                        containment: containment,
                        queue: queue
                    ),
                    thread: thread,
                    procedure: procedure,
                    node: NodeReference(unsafe: node)
                )
            )
        }
    }

    /// The thread of the roots: none that runs. Compared, and never looked into.
    private static let nobody = unsafe ThreadReference(
        unsafe: UnsafeMutablePointer<ThreadRecord>.allocate(capacity: 1)
    )

    /// The record of a root of the tree: a window of no thread, which takes no messages.
    static func makeRoot(_ queue: QueueReference) throws(RatError) -> WindowReference {
        let reference = takeRecord(of: queue, nobody) { _, _, _, _ in 0 }
        reference.record.target.header.lock.lock()
        defer { reference.record.target.header.lock.unlock() }
        reference.record.target.queue = queue
        reference.record.thread = nobody
        do throws(RatError) {
            let handle = try HandleTable.insert(reference.asObject, kind: .window)
            // No queue has that handle, so nothing can be posted to it.
            reference.record.target.queueHandle = handle
            return reference
        } catch {
            pool.giveBack(reference)
            throw error
        }
    }

    /// Ends a root that came second.
    static func retireRoot(_ reference: WindowReference) {
        reference.record.target.header.lock.lock()
        Objects.retireLocked(reference.asObject)
        reference.record.target.header.lock.unlock()
        pool.giveBack(reference)
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

    /// Whether one of the calling thread's windows is in another one.
    static func isInside(_ inner: Handle, _ outer: Handle) -> Bool {
        guard let inner = try? find(inner), let outer = try? find(outer) else { return false }
        return WindowTree.withLock { inner.record.node.isInside(outer.record.node) }
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
            let result =
                Watch.has(Watch.calls)
                ? unsafe Self.callWatched(pointer.pointee, procedure)
                : procedure(handle.rawValue, message, wparam, lparam)
            unsafe thread.record.frameSlot = pointer.pointee.outer
            return result
        }
    }
}
