import RatSystem
import RatTestSupport

@testable import RatCore

/// Objects that are nothing but what all objects are.
enum Fake {
    static let recycled = Guarded<[ObjectReference]>([])
    private static let pool = StablePool<ObjectHeader>(recordsPerSlab: 16)

    static let shared = ObjectKind(Recycled.self)
    static let unshared = ObjectKind(Forgotten.self, isShared: false)

    private enum Recycled: ObjectBehavior {
        static func recycle(_ object: ObjectReference) { recycled.withLock { $0.append(object) } }
    }

    private enum Forgotten: ObjectBehavior {
        static func recycle(_: ObjectReference) {}
    }

    /// A record with a handle. Never reused, so that tests may compare records.
    static func insert(_ kind: ObjectKind = shared) throws -> (object: ObjectReference, Handle) {
        let object = unsafe pool.take { memory in
            unsafe memory.initialize(to: ObjectHeader(kind: kind))
        }
        return (object, try HandleTable.insert(object, kind: .event))
    }
}
