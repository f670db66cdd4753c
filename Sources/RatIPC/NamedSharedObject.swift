package import RatCore
internal import RatSystem

/// Shared objects with names: each in a small file of its own beside the named memory, private to
/// the user, and there until it is unlinked.
package enum NamedSharedObject {
    /// A new object of that name. It gets the name when it is whole; of several creators one
    /// succeeds.
    package static func create(
        _ name: ObjectName,
        _ initial: SharedObject.Initial
    ) throws(RatError) -> Handle {
        try initial.check()
        let place = try SharedMemoryPlace(of: name, in: .synchronization, isCreating: true)
        try place.checkIsFree()
        let file = try place.makeFile(goesWithLastHandle: false)
        try fileCall { () throws(Errno) in try file.reserve(byteCount: SharedBlock.byteCount) }
        let handle = try unsafe withMapped(file) { address throws(RatError) in
            try unsafe SharedObject.place(initial, at: address)
        }
        do throws(RatError) {
            try place.publish(file)
        } catch {
            try? Objects.close(handle)
            throw error
        }
        return handle
    }

    /// A handle to the object of that name, if it is of that kind.
    package static func open(
        _ name: ObjectName,
        _ kind: HandleKind
    ) throws(RatError) -> Handle {
        let place = try SharedMemoryPlace(of: name, in: .synchronization, isCreating: false)
        let opened = try place.open()
        guard opened.isWritable else {
            throw .accessDenied
        }
        return try unsafe withMapped(opened.file) { address throws(RatError) in
            try unsafe SharedObject.attach(kind, at: address)
        }
    }

    package static func unlink(_ name: ObjectName) throws(RatError) {
        try SharedMemoryPlace(of: name, in: .synchronization, isCreating: false).unlink()
    }

    /// The object's own view of the memory outlives this mapping.
    private static func withMapped(
        _ file: borrowing OpenFile,
        _ body: (UnsafeMutableRawPointer) throws(RatError) -> Handle
    ) throws(RatError) -> Handle {
        let mapped = try unsafe fileCall { () throws(Errno) in
            try unsafe SharedMapping.map(
                file,
                isWritable: true,
                offset: 0,
                byteCount: SharedBlock.byteCount
            )
        }
        guard let address = unsafe mapped else { throw .unknown }
        defer { try? unsafe SharedMapping.unmap(address, byteCount: SharedBlock.byteCount) }
        return try unsafe body(address)
    }
}
