package import RatCore
internal import RatSystem

/// The memory of one semaphore.
struct SemaphoreRecord: ObjectRecord, ~Copyable {
    var header: ObjectHeader
    // Guarded by `header.lock`.
    var count: UInt32 = 0
    var maximum: UInt32 = 0

    init() {
        header = ObjectHeader(kind: Semaphore.kind)
    }
}

/// Semaphores: a count that waits take from, one each, and that never exceeds its maximum.
package enum Semaphore {
    private static let pool = StablePool<SemaphoreRecord>(recordsPerSlab: 64)

    static let kind = ObjectKind(Behavior.self)

    private enum Behavior: ObjectBehavior {
        static func isSignaled(_ object: ObjectReference, _: ThreadReference) -> Bool {
            semaphore(object).record.count > 0
        }

        static func consume(_ object: ObjectReference, _: ThreadReference) -> Bool {
            semaphore(object).record.count -= 1
            return true
        }

        static func recycle(_ object: ObjectReference) { pool.giveBack(semaphore(object)) }
    }

    /// A new semaphore, to be closed with `Objects.close`.
    package static func create(count: UInt32, maximum: UInt32) throws(RatError) -> Handle {
        guard maximum > 0, count <= maximum else { throw .invalidArgument }
        let semaphore = unsafe pool.take { memory in
            unsafe memory.initialize(to: SemaphoreRecord())
        }
        semaphore.record.count = count
        semaphore.record.maximum = maximum
        do throws(RatError) {
            return try Objects.publish(semaphore, as: .semaphore)
        } catch {
            pool.giveBack(semaphore)
            throw error
        }
    }

    /// Adds to the count, which releases as many waiters. Gives the count before.
    package static func release(_ handle: Handle, by count: UInt32) throws(RatError) -> UInt32 {
        guard handle.isOfKind(.semaphore) else { throw .invalidHandle }
        let result = try Objects.withLocked(handle) { object -> Result<UInt32, RatError> in
            guard unsafe object.record.kind.isPlain else {
                let previous = SharedObject.releaseSemaphore(object, by: count)
                return previous.map { .success($0) } ?? .failure(.noResources)
            }
            let semaphore = semaphore(object)
            let previous = semaphore.record.count
            guard count <= semaphore.record.maximum - previous else {
                return .failure(.noResources)
            }
            semaphore.record.count += count
            // Those that only look again must find the count; whoever takes takes it away.
            while semaphore.record.count > 0 {
                let offer = semaphore.record.header.waiters.offerSignal()
                guard offer.isTaken else { break }
                semaphore.record.count -= 1
                offer.wake?.wake()
            }
            return .success(previous)
        }
        return try result.get()
    }

    /// The object must be a semaphore.
    private static func semaphore(_ object: ObjectReference) -> StableReference<SemaphoreRecord> {
        unsafe StableReference(unsafe: object.raw.assumingMemoryBound(to: SemaphoreRecord.self))
    }
}
