public import RatSystem

/// How every record that a handle can name begins.
///
/// A record is retired under its own lock: its handle becomes 0, its slot in the table is freed, its
/// waiters are told. Whoever finds the handle it came for under the lock therefore has a live object for
/// as long as it holds the lock. Who needs the object for longer, inside a system call, enters it: a
/// retired object is recycled when the last one has left.
@usableFromInline package struct ObjectHeader: ~Copyable {
    /// How many closes are owed. Guarded by `lock`. First, because the thread sanitizer takes a change of
    /// any field of a record for one of its first word, and those who come late only ever lock it.
    package var references: Int32 = 1
    @usableFromInline package let lock = Lock()
    /// 0 once retired. Guarded by `lock`; set before the object can be found.
    @usableFromInline package var handle = Handle.invalid
    /// How many threads are inside, beyond the lock. Guarded by `lock`.
    package var visitors: Int32 = 0
    /// Who waits for the object. Guarded by `lock`.
    package var waiters = WaiterList()
    /// What kind of object it is. Set when the record is made, the same for its whole memory.
    package unowned(unsafe) let kind: ObjectKind

    package init(kind: ObjectKind) {
        unsafe self.kind = kind
    }
}

@usableFromInline package typealias ObjectReference = StableReference<ObjectHeader>

/// A record that begins with an `ObjectHeader`, and can be seen as one.
@usableFromInline package protocol ObjectRecord: ~Copyable {}

extension StableReference where Record: ObjectRecord & ~Copyable {
    @inlinable package var asObject: ObjectReference {
        unsafe StableReference<ObjectHeader>(unsafe: raw.assumingMemoryBound(to: ObjectHeader.self))
    }
}

/// What the objects of one kind do. Everything here is called under the object's lock, but for `recycle`.
///
/// Static functions of a type that is never made: a kind keeps the type alone, and calling through it
/// counts no references, as calling a closure in a field would.
package protocol ObjectBehavior: SendableMetatype {
    /// Whether a wait of the thread for the object would be over.
    static func isSignaled(_ object: ObjectReference, _ thread: ThreadReference) -> Bool
    /// Takes the signal for the thread, if it is one that a wait consumes. `false` if it came from an owner
    /// that died.
    static func consume(_ object: ObjectReference, _ thread: ThreadReference) -> Bool
    /// What the kernel signals the object by, instead of `isSignaled`; asked where `isPolled`.
    static func pollInterest(_ object: ObjectReference) -> PollInterest?
    /// When the object will be signalled by itself; asked where `isTimed`.
    static func nextDeadline(_ object: ObjectReference) -> Instant
    /// Ends the system calls of those who are inside a retired object.
    static func interrupt(_ object: ObjectReference)
    /// Frees what a retired object holds, and gives the record back to its pool. Called without the lock,
    /// when nobody is inside.
    static func recycle(_ object: ObjectReference)
}

extension ObjectBehavior {
    package static func isSignaled(_: ObjectReference, _: ThreadReference) -> Bool { false }
    package static func consume(_: ObjectReference, _: ThreadReference) -> Bool { true }
    package static func pollInterest(_: ObjectReference) -> PollInterest? { nil }
    package static func nextDeadline(_: ObjectReference) -> Instant { .distantFuture }
    package static func interrupt(_: ObjectReference) {}
}

/// What the objects of one kind have in common. One immortal instance per kind, kept in a global.
package final class ObjectKind: Sendable {
    package let behavior: any ObjectBehavior.Type
    /// Whether handles of it can be retained and closed; windows live as long as their owner says.
    package let isShared: Bool
    /// Whether it can be waited for.
    package let isWaitable: Bool
    /// Whether `isSignaled` and `consume` are all there is to a wait.
    package let isPlain: Bool
    /// How the object is dealt with if its state lies in shared memory, instead of `consume`.
    package let shared: SharedSignal?
    /// Whether the kernel signals it.
    package let isPolled: Bool
    /// Whether time signals it.
    package let isTimed: Bool

    package init(
        _ behavior: any ObjectBehavior.Type,
        isShared: Bool = true,
        isWaitable: Bool = true,
        isPolled: Bool = false,
        isTimed: Bool = false,
        shared: SharedSignal? = nil
    ) {
        self.behavior = behavior
        self.isShared = isShared
        self.isWaitable = isWaitable
        self.isPolled = isPolled
        self.isTimed = isTimed
        self.shared = shared
        isPlain = shared == nil && !isPolled
    }
}

/// References to objects, whatever their kind.
@usableFromInline package enum Objects {
    /// Runs `body` with the object locked, if `handle` names a live one.
    @inlinable @inline(__always) package static func withLocked<Value>(
        _ handle: Handle,
        _ body: (ObjectReference) -> Value
    ) throws(RatError) -> Value {
        guard let object = HandleTable.lookup(handle) else { throw .invalidHandle }
        object.record.lock.lock()
        defer { object.record.lock.unlock() }
        guard object.record.handle == handle else { throw .invalidHandle }
        return body(object)
    }

    /// Makes an object, set up but for its header, known by a handle that owes one close.
    ///
    /// Nobody finds it before it is in the table, but who comes late for the record's last object may be
    /// looking at the header; hence the lock.
    @inlinable package static func publish<Record: ObjectRecord & ~Copyable>(
        _ reference: StableReference<Record>,
        as kind: HandleKind
    ) throws(RatError) -> Handle {
        try publish(reference.asObject, as: kind)
    }

    @usableFromInline static func publish(
        _ object: ObjectReference,
        as kind: HandleKind
    ) throws(RatError) -> Handle {
        object.record.lock.lock()
        defer { object.record.lock.unlock() }
        object.record.references = 1
        return try HandleTable.insert(object, kind: kind)
    }

    package static func retain(_ handle: Handle) throws(RatError) {
        let failure = try withLocked(handle) { object -> RatError? in
            guard unsafe object.record.kind.isShared else { return .notSupported }
            guard object.record.references < .max else { return .noResources }
            object.record.references += 1
            return nil
        }
        if let failure { throw failure }
    }

    /// Drops a reference, and retires the object with the last one.
    package static func close(_ handle: Handle) throws(RatError) {
        guard let object = HandleTable.lookup(handle) else { throw .invalidHandle }
        object.record.lock.lock()
        let failure: RatError?
        var isUnused = false
        if object.record.handle != handle {
            failure = .invalidHandle
        } else if unsafe !object.record.kind.isShared {
            failure = .notSupported
        } else {
            failure = nil
            object.record.references -= 1
            if object.record.references == 0 {
                retireLocked(object)
                isUnused = object.record.visitors == 0
            }
        }
        object.record.lock.unlock()
        if isUnused { unsafe object.record.kind.behavior.recycle(object) }
        if let failure { throw failure }
    }

    /// Ends an object: its handle is dead, its waiters fail, those inside are interrupted. The caller holds
    /// its lock, and recycles it after unlocking if nobody is inside.
    package static func retireLocked(_ object: ObjectReference) {
        HandleTable.remove(object.record.handle)
        object.record.handle = .invalid
        object.record.waiters.failAll()
        if object.record.visitors > 0 { unsafe object.record.kind.behavior.interrupt(object) }
    }

    /// Keeps the object's memory and descriptor as they are until `leave`.
    package static func enter(_ handle: Handle) throws(RatError) -> ObjectReference {
        try withLocked(handle) { object in
            object.record.visitors += 1
            return object
        }
    }

    /// Ends what `enter` began. Says whether the object is still alive.
    @discardableResult package static func leave(_ object: ObjectReference) -> Bool {
        object.record.lock.lock()
        object.record.visitors -= 1
        let isAlive = object.record.handle != .invalid
        let isUnused = !isAlive && object.record.visitors == 0
        object.record.lock.unlock()
        if isUnused { unsafe object.record.kind.behavior.recycle(object) }
        return isAlive
    }
}
