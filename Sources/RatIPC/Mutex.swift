package import RatCore
internal import RatSystem

/// The memory of one mutex.
struct MutexRecord: ObjectRecord, ~Copyable {
    var header: ObjectHeader
    // Guarded by `header.lock`.
    var owner: ThreadReference?
    /// How many releases the owner owes.
    var depth: UInt64 = 0
    /// The last owner died with it; the next one is told.
    var isAbandoned = false

    init() {
        header = ObjectHeader(kind: Mutex.kind)
    }
}

/// Mutexes: owned by a thread, recursive, abandoned when the owner ends without releasing.
///
///     free --wait--> owned(thread, 1) --wait by the owner--> owned(thread, n + 1)
///     owned(thread, n + 1) --release--> owned(thread, n)
///     owned(thread, 1) --release, nobody waiting--> free
///     owned(thread, 1) --release, waiters---------> owned(the oldest, 1)
///     owned(thread, n) --the thread ends----------> abandoned, and free
package enum Mutex {
    private static let pool = StablePool<MutexRecord>(recordsPerSlab: 64)

    static let kind = ObjectKind(Behavior.self)

    private enum Behavior: ObjectBehavior {
        static func isSignaled(_ object: ObjectReference, _ thread: ThreadReference) -> Bool {
            noteUse(by: thread)
            let mutex = mutex(object)
            return mutex.record.owner == nil || mutex.record.owner == thread
        }

        static func consume(_ object: ObjectReference, _ thread: ThreadReference) -> Bool {
            let mutex = mutex(object)
            mutex.record.owner = thread
            mutex.record.depth += 1
            defer { mutex.record.isAbandoned = false }
            return !mutex.record.isAbandoned
        }

        static func recycle(_ object: ObjectReference) { pool.giveBack(mutex(object)) }
    }

    /// A new mutex, free or owned by the calling thread, to be closed with `Objects.close`.
    package static func create(isOwned: Bool) throws(RatError) -> Handle {
        let mutex = unsafe pool.take { memory in unsafe memory.initialize(to: MutexRecord()) }
        mutex.record.owner = isOwned ? ThreadRecord.current : nil
        mutex.record.depth = isOwned ? 1 : 0
        mutex.record.isAbandoned = false
        if isOwned { noteUse(by: ThreadRecord.current) }
        do throws(RatError) {
            return try Objects.publish(mutex, as: .mutex)
        } catch {
            pool.giveBack(mutex)
            throw error
        }
    }

    /// Gives back one of the calling thread's acquisitions.
    package static func release(_ handle: Handle) throws(RatError) {
        guard handle.isOfKind(.mutex) else { throw .invalidHandle }
        let thread = ThreadRecord.current
        let result = try Objects.withLocked(handle) {
            object -> Result<ThreadReference?, RatError> in
            guard unsafe object.record.kind.isPlain else {
                let isReleased = SharedObject.releaseMutex(object, thread)
                return isReleased ? .success(nil) : .failure(.wrongThread)
            }
            let mutex = mutex(object)
            guard mutex.record.owner == thread else { return .failure(.wrongThread) }
            mutex.record.depth -= 1
            guard mutex.record.depth == 0 else { return .success(nil) }
            return .success(handOver(mutex, isAbandoned: false))
        }
        try result.get()?.wake()
    }

    /// Makes the oldest waiter the owner, or nobody. Under the mutex's lock; whom to wake.
    private static func handOver(
        _ mutex: StableReference<MutexRecord>,
        isAbandoned: Bool
    ) -> ThreadReference? {
        mutex.record.owner = nil
        mutex.record.depth = 0
        mutex.record.isAbandoned = isAbandoned
        let offer = mutex.record.header.waiters.offerSignal(isAbandoned: isAbandoned)
        if let taker = offer.taker {
            mutex.record.owner = taker
            mutex.record.depth = 1
            mutex.record.isAbandoned = false
        }
        return offer.wake
    }

    /// A thread that may come to own a mutex gives it up when it ends.
    private static func noteUse(by thread: ThreadReference) {
        guard !thread.record.hasUsedMutexes else { return }
        thread.record.hasUsedMutexes = true
        thread.callAtExit { thread in
            thread.record.hasUsedMutexes = false
            abandonAll(of: thread)
        }
    }

    /// Looks at every mutex there is: threads end rarely, and locking then keeps no list.
    private static func abandonAll(of thread: ThreadReference) {
        pool.forEach { mutex in
            mutex.record.header.lock.lock()
            let isOwned = mutex.record.header.handle != .invalid && mutex.record.owner == thread
            let wake = isOwned ? handOver(mutex, isAbandoned: true) : nil
            mutex.record.header.lock.unlock()
            wake?.wake()
        }
    }

    /// The object must be a mutex.
    private static func mutex(_ object: ObjectReference) -> StableReference<MutexRecord> {
        unsafe StableReference(unsafe: object.raw.assumingMemoryBound(to: MutexRecord.self))
    }
}
