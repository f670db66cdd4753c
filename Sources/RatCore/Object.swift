package import RatSystem

/// How every record that a handle can name begins.
///
/// A record is retired under its own lock: its handle becomes 0, its slot in the table is freed, its
/// waiters are told. Whoever finds the handle it came for under the lock therefore has a live object for
/// as long as it holds the lock.
package struct ObjectHeader: ~Copyable {
    package let lock = Lock()
    /// How many closes are owed. Guarded by `lock`.
    package var references: Int32 = 1
    /// 0 once retired. Guarded by `lock`; set before the object can be found.
    package var handle = Handle.invalid
    /// Who waits for the object. Guarded by `lock`.
    package var waiters = WaiterList()
    /// What kind of object it is. Set when the record is made, the same for its whole memory.
    package unowned(unsafe) let kind: ObjectKind

    package init(kind: ObjectKind) {
        unsafe self.kind = kind
    }
}

package typealias ObjectReference = StableReference<ObjectHeader>

/// What the objects of one kind have in common. One immortal instance per kind, kept in a global.
package final class ObjectKind: Sendable {
    /// Whether handles of it can be retained and closed; windows live as long as their owner says.
    package let isShared: Bool
    /// Whether a wait for the object would be over. Called under the object's lock.
    package let isSignaled: @Sendable (ObjectReference) -> Bool
    /// Takes the signal, if it is one that a wait consumes. Called under the object's lock.
    package let consume: @Sendable (ObjectReference) -> Void
    /// Frees what a retired object holds, and gives the record back to its pool. Called without the lock, by
    /// the thread that retired it.
    package let recycle: @Sendable (ObjectReference) -> Void

    package init(
        isShared: Bool,
        isSignaled: @escaping @Sendable (ObjectReference) -> Bool,
        consume: @escaping @Sendable (ObjectReference) -> Void,
        recycle: @escaping @Sendable (ObjectReference) -> Void
    ) {
        self.isShared = isShared
        self.isSignaled = isSignaled
        self.consume = consume
        self.recycle = recycle
    }
}

/// References to objects, whatever their kind.
package enum Objects {
    /// Runs `body` with the object locked, if `handle` names a live one.
    @inline(__always) package static func withLocked<Value>(
        _ handle: Handle,
        _ body: (ObjectReference) -> Value
    ) throws(RatError) -> Value {
        guard let object = HandleTable.lookup(handle) else { throw .invalidHandle }
        object.record.lock.lock()
        defer { object.record.lock.unlock() }
        guard object.record.handle == handle else { throw .invalidHandle }
        return body(object)
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
        var isRetired = false
        if object.record.handle != handle {
            failure = .invalidHandle
        } else if unsafe !object.record.kind.isShared {
            failure = .notSupported
        } else {
            failure = nil
            object.record.references -= 1
            if object.record.references == 0 {
                retireLocked(object)
                isRetired = true
            }
        }
        object.record.lock.unlock()
        if isRetired { unsafe object.record.kind.recycle(object) }
        if let failure { throw failure }
    }

    /// Ends an object: its handle is dead and its waiters fail. The caller holds its lock, and recycles it
    /// after unlocking.
    package static func retireLocked(_ object: ObjectReference) {
        HandleTable.remove(object.record.handle)
        object.record.handle = .invalid
        object.record.waiters.failAll()
    }
}
