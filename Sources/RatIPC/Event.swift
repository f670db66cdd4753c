package import RatCore
internal import RatSystem

/// The memory of one event. Begins with the header that all records begin with.
struct EventRecord: ObjectRecord, ~Copyable {
    var header: ObjectHeader
    // Guarded by `header.lock`.
    var isSignaled = false
    var isManualReset = false

    init() {
        header = ObjectHeader(kind: Event.kind)
    }
}

/// Events: a signal that threads wait for.
///
///     unsignaled --set, nobody waiting-----> signaled
///     unsignaled --set, auto, waiters------> unsignaled   [wake the oldest]
///     unsignaled --set, manual, waiters----> signaled     [wake all]
///     signaled   --wait, auto--------------> unsignaled   [satisfied]
///     signaled   --wait, manual------------> signaled     [satisfied]
///     signaled   --reset-------------------> unsignaled
package enum Event {
    private static let pool = StablePool<EventRecord>(recordsPerSlab: 64)

    static let kind = ObjectKind(Behavior.self)

    private enum Behavior: ObjectBehavior {
        static func isSignaled(_ object: ObjectReference, _: ThreadReference) -> Bool {
            event(object).record.isSignaled
        }

        static func consume(_ object: ObjectReference, _: ThreadReference) -> Bool {
            let event = event(object)
            if !event.record.isManualReset { event.record.isSignaled = false }
            return true
        }

        static func recycle(_ object: ObjectReference) { pool.giveBack(event(object)) }
    }

    /// A new event, to be closed with `Objects.close`.
    package static func create(
        isManualReset: Bool,
        isSignaled: Bool
    ) throws(RatError) -> Handle {
        let event = unsafe pool.take { memory in unsafe memory.initialize(to: EventRecord()) }
        event.record.isManualReset = isManualReset
        event.record.isSignaled = isSignaled
        do throws(RatError) {
            return try Objects.publish(event, as: .event)
        } catch {
            pool.giveBack(event)
            throw error
        }
    }

    package static func set(_ handle: Handle) throws(RatError) {
        guard handle.isOfKind(.event) else { throw .invalidHandle }
        let wake = try Objects.withLocked(handle) { object -> ThreadReference? in
            guard unsafe object.record.kind.isPlain else {
                SharedObject.set(object)
                return nil
            }
            let event = event(object)
            if event.record.isSignaled { return nil }
            if event.record.header.waiters.isEmpty {
                event.record.isSignaled = true
                return nil
            }
            if event.record.isManualReset {
                event.record.isSignaled = true
                event.record.header.waiters.grantAll()
                return nil
            }
            // The waiters that only look again must find the signal; whoever takes it takes it away.
            event.record.isSignaled = true
            let offer = event.record.header.waiters.offerSignal()
            if offer.isTaken { event.record.isSignaled = false }
            return offer.wake
        }
        wake?.wake()
    }

    package static func reset(_ handle: Handle) throws(RatError) {
        guard handle.isOfKind(.event) else { throw .invalidHandle }
        try Objects.withLocked(handle) { object in
            guard unsafe object.record.kind.isPlain else { return SharedObject.reset(object) }
            event(object).record.isSignaled = false
        }
    }

    /// The object must be an event.
    private static func event(_ object: ObjectReference) -> StableReference<EventRecord> {
        unsafe StableReference(unsafe: object.raw.assumingMemoryBound(to: EventRecord.self))
    }
}
