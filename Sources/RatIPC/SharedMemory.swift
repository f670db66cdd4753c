package import RatCore
internal import RatSystem

/// The memory of one handle to shared memory. Begins with the header that all records begin with.
struct SharedMemoryRecord: ObjectRecord, ~Copyable {
    var header: ObjectHeader
    // Set before the handle can be found, and the same until the record is recycled.
    var file = OpenFile()
    var size = 0
    var isWritable = false
    /// Where its name is, if it goes with the last handle.
    var place: SharedMemoryPlace?

    init() {
        header = ObjectHeader(kind: SharedMemory.kind)
    }
}

/// Memory that several processes map: a file in memory, with a name or without.
package enum SharedMemory {
    /// What is mapped, until `unmap`.
    @safe package struct Mapping {
        package let unsafeAddress: UnsafeMutableRawPointer
        package let byteCount: Int
        package let isWritable: Bool
    }

    /// What a mapping is for.
    package enum Access: Sendable {
        case read
        /// Reading too.
        case write
        /// Writing, if the object may be written to.
        case mostThereIs
    }

    private static let pool = StablePool<SharedMemoryRecord>(recordsPerSlab: 64)

    static let kind = ObjectKind(Behavior.self, isWaitable: false)

    private enum Behavior: ObjectBehavior {
        static func recycle(_ object: ObjectReference) {
            let memory = memory(object)
            if let place = memory.record.place.take() { place.leave(memory.record.file) }
            memory.record.file = OpenFile()
            pool.giveBack(memory)
        }
    }

    /// New memory, all zero and all there, to be closed with `close`. Without a name it is this
    /// process's to hand on.
    package static func create(
        _ name: ObjectName?,
        size: Int,
        goesWithLastHandle: Bool = false
    ) throws(RatError) -> Handle {
        // Sizes above half the address space arrive as negative numbers.
        guard size > 0 else { throw size == 0 ? .invalidArgument : .noResources }
        guard let name else {
            let file = try fileCall { () throws(Errno) in try OpenFile.memory() }
            try reserve(file, size: size)
            try fileCall { () throws(Errno) in try file.sealSize() }
            return try insert(file, size: size, isWritable: true).handle
        }
        let place = try SharedMemoryPlace(of: name, isCreating: true)
        // Asked first too, so that a name that is taken does not cost the memory.
        try place.checkIsFree()
        let file = try place.makeFile(goesWithLastHandle: goesWithLastHandle)
        try reserve(file, size: size)
        let (handle, memory) = try insert(file, size: size, isWritable: true)
        do throws(RatError) {
            try place.publish(memory.record.file)
        } catch {
            try? Objects.close(handle)
            throw error
        }
        // Nobody knows the handle yet.
        if goesWithLastHandle { memory.record.place = .some(place) }
        return handle
    }

    /// The memory of that name, to be closed with `close`.
    package static func open(_ name: ObjectName) throws(RatError) -> Handle {
        let place = try SharedMemoryPlace(of: name, isCreating: false)
        let opened = try place.open()
        let goesWithLastHandle = opened.goesWithLastHandle
        let (handle, memory) = try insert(
            opened.file,
            size: opened.size,
            isWritable: opened.isWritable
        )
        if goesWithLastHandle { memory.record.place = .some(place) }
        return handle
    }

    package static func unlink(_ name: ObjectName) throws(RatError) {
        try SharedMemoryPlace(of: name, isCreating: false).unlink()
    }

    package static func close(_ handle: Handle) throws(RatError) {
        guard handle.isOfKind(.sharedMemory) else { throw .invalidHandle }
        try Objects.close(handle)
    }

    /// The size asked for at creation.
    package static func size(of handle: Handle) throws(RatError) -> Int {
        guard handle.isOfKind(.sharedMemory) else { throw .invalidHandle }
        return try Objects.withLocked(handle) { memory($0).record.size }
    }

    /// Maps a part of the memory, from an `offset` in whole pages; 0 for the size means to the end.
    package static func map(
        _ handle: Handle,
        access: Access = .mostThereIs,
        offset: Int = 0,
        size: Int = 0
    ) throws(RatError) -> Mapping {
        guard offset >= 0, offset % SharedMapping.pageSize == 0, size >= 0 else {
            throw .invalidArgument
        }
        guard handle.isOfKind(.sharedMemory) else { throw .invalidHandle }
        let object = try Objects.enter(handle)
        defer { Objects.leave(object) }
        let memory = memory(object)
        let rest = memory.record.size - offset
        guard rest > 0, size <= rest else { throw .invalidArgument }
        let isWritable =
            switch access {
            case .read: false
            case .write: true
            case .mostThereIs: memory.record.isWritable
            }
        guard !isWritable || memory.record.isWritable else { throw .accessDenied }

        let byteCount = size == 0 ? rest : size
        let mapped = try unsafe fileCall { () throws(Errno) in
            try unsafe SharedMapping.map(
                memory.record.file,
                isWritable: isWritable,
                offset: offset,
                byteCount: byteCount
            )
        }
        guard let address = unsafe mapped else { throw .unknown }
        unsafe Mappings.ofProcess.add(address, byteCount: byteCount)
        return unsafe Mapping(
            unsafeAddress: address,
            byteCount: byteCount,
            isWritable: isWritable
        )
    }

    /// Ends a mapping that `map` gave, all of it.
    package static func unmap(
        _ address: UnsafeMutableRawPointer,
        byteCount: Int
    ) throws(RatError) {
        try unsafe Mappings.ofProcess.remove(address, byteCount: byteCount)
        try fileCall { () throws(Errno) in
            try unsafe SharedMapping.unmap(address, byteCount: byteCount)
        }
    }

    /// Gives the file its size and its memory, or says at once that there is not so much: what is
    /// mapped later never turns out not to be there.
    private static func reserve(_ file: borrowing OpenFile, size: Int) throws(RatError) {
        let wanted = UInt64(size)
        let isScarce = try fileCall { () throws(Errno) in
            try wanted > file.freeByteCount() || wanted > SystemLimits.fileSize
        }
        // Both limits end the process instead of the call, if they are reached inside: one by a
        // signal, the other because the kernel kills programs before it runs out of memory.
        let isLarge = wanted > 64 << 20
        if isScarce || isLarge && wanted > SystemLimits.availableMemory ?? .max {
            Errno.lastOfThread = (isScarce ? Errno.noSpace : Errno.noMemory).rawValue
            throw .noResources
        }
        try fileCall { () throws(Errno) in try file.reserve(byteCount: size) }
    }

    private static func insert(
        _ file: consuming OpenFile,
        size: Int,
        isWritable: Bool
    ) throws(RatError) -> (handle: Handle, memory: StableReference<SharedMemoryRecord>) {
        let memory = unsafe pool.take { memory in
            unsafe memory.initialize(to: SharedMemoryRecord())
        }
        memory.record.file = file
        memory.record.size = size
        memory.record.isWritable = isWritable
        do throws(RatError) {
            return (try Objects.publish(memory, as: .sharedMemory), memory)
        } catch {
            memory.record.file = OpenFile()
            pool.giveBack(memory)
            throw error
        }
    }

    /// The object must be shared memory.
    private static func memory(_ object: ObjectReference) -> StableReference<SharedMemoryRecord> {
        unsafe StableReference(unsafe: object.raw.assumingMemoryBound(to: SharedMemoryRecord.self))
    }
}

/// Runs calls into the kernel and turns what they throw into the library's error.
func fileCall<Value: ~Copyable>(
    _ body: () throws(Errno) -> Value
) throws(RatError) -> Value {
    do throws(Errno) {
        return try body()
    } catch {
        throw RatError(error)
    }
}
