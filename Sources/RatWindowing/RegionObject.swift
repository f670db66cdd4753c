package import RatCore
internal import RatSystem

/// The memory of a region that has a handle. Begins with the header that all records begin with.
struct RegionRecord: ObjectRecord, ~Copyable {
    var header: ObjectHeader
    /// Guarded by `header.lock`.
    var region = Region.empty

    init() {
        header = ObjectHeader(kind: RegionObject.kind)
    }
}

/// Regions with handles, for C programs and in messages. Any thread may use them.
package enum RegionObject {
    private static let pool = StablePool<RegionRecord>(recordsPerSlab: 64)

    static let kind = ObjectKind(Behavior.self, isWaitable: false)

    private enum Behavior: ObjectBehavior {
        static func recycle(_ object: ObjectReference) {
            let reference = record(object)
            reference.record.region = .empty
            pool.giveBack(reference)
        }
    }

    /// A new one, to be closed with `Objects.close`.
    package static func create(_ region: Region) throws(RatError) -> Handle {
        let reference = unsafe pool.take { memory in
            unsafe memory.initialize(to: RegionRecord())
        }
        reference.record.region = region
        do throws(RatError) {
            return try Objects.publish(reference, as: .region)
        } catch {
            pool.giveBack(reference)
            throw error
        }
    }

    package static func region(_ handle: Handle) throws(RatError) -> Region {
        guard handle.isOfKind(.region) else { throw .invalidHandle }
        return try Objects.withLocked(handle) { record($0).record.region }
    }

    package static func set(_ handle: Handle, _ region: Region) throws(RatError) {
        guard handle.isOfKind(.region) else { throw .invalidHandle }
        // The memory of the old one is freed when the lock is.
        _ = try Objects.withLocked(handle) { object in
            let old = record(object).record.region
            record(object).record.region = region
            return old
        }
    }

    /// The object must be a region.
    private static func record(_ object: ObjectReference) -> StableReference<RegionRecord> {
        unsafe StableReference(unsafe: object.raw.assumingMemoryBound(to: RegionRecord.self))
    }
}
