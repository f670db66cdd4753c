// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import Glibc
internal import RatCore
internal import RatIPC

// One function per declaration in the part of ratipc.h about shared memory, in its order.

@c @implementation
public func RatCreateSharedMemory(
    _ name: UnsafePointer<CChar>?,
    _ size: Int,
    _ out: UnsafeMutablePointer<RatSharedMemory>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in
        try SharedMemory.create(unsafe ObjectName(name), size: size)
    }
}

@c @implementation
public func RatCreateSharedMemoryEx(
    _ name: UnsafePointer<CChar>?,
    _ size: Int,
    _ flags: UInt32,
    _ out: UnsafeMutablePointer<RatSharedMemory>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in
        guard flags & ~RAT_SHM_UNLINK_ON_LAST_CLOSE == 0 else { throw .invalidArgument }
        return try SharedMemory.create(
            unsafe name == nil ? nil : ObjectName(name),
            size: size,
            goesWithLastHandle: flags & RAT_SHM_UNLINK_ON_LAST_CLOSE != 0
        )
    }
}

@c @implementation
public func RatOpenSharedMemory(
    _ name: UnsafePointer<CChar>?,
    _ out: UnsafeMutablePointer<RatSharedMemory>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in
        try SharedMemory.open(unsafe ObjectName(name))
    }
}

@c @implementation
public func RatMapSharedMemory(
    _ shm: RatSharedMemory,
    _ outAddr: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    _ outSize: UnsafeMutablePointer<Int>?
) -> RatIpcStatus {
    unsafe mappingStatus(outAddr, outSize) { () throws(RatError) in
        try SharedMemory.map(Handle(rawValue: shm))
    }
}

@c @implementation
public func RatMapSharedMemoryEx(
    _ shm: RatSharedMemory,
    _ access: UInt32,
    _ offset: UInt64,
    _ size: Int,
    _ outAddr: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    _ outSize: UnsafeMutablePointer<Int>?
) -> RatIpcStatus {
    unsafe mappingStatus(outAddr, outSize) { () throws(RatError) in
        guard access != 0, access & ~(RAT_MAP_READ | RAT_MAP_WRITE) == 0,
            let offset = Int(exactly: offset)
        else { throw .invalidArgument }
        return try SharedMemory.map(
            Handle(rawValue: shm),
            access: access & RAT_MAP_WRITE != 0 ? .write : .read,
            offset: offset,
            size: size
        )
    }
}

@c @implementation
public func RatUnmapSharedMemory(_ addr: UnsafeMutableRawPointer?, _ size: Int) -> RatIpcStatus {
    guard let addr = unsafe addr else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        try unsafe SharedMemory.unmap(addr, byteCount: size)
    }
}

@c @implementation
public func RatGetSharedMemorySize(
    _ shm: RatSharedMemory,
    _ outSize: UnsafeMutablePointer<UInt64>?
) -> RatIpcStatus {
    guard let outSize = unsafe outSize else { return RAT_IPC_ERR_INVALID_ARG }
    return status { () throws(RatError) in
        unsafe outSize.pointee = UInt64(try SharedMemory.size(of: Handle(rawValue: shm)))
    }
}

@c @implementation
public func RatCloseSharedMemory(_ shm: RatSharedMemory) -> RatIpcStatus {
    status { () throws(RatError) in try SharedMemory.close(Handle(rawValue: shm)) }
}

@c @implementation
public func RatUnlinkSharedMemory(_ name: UnsafePointer<CChar>?) -> RatIpcStatus {
    status { () throws(RatError) in try SharedMemory.unlink(unsafe ObjectName(name)) }
}

private func mappingStatus(
    _ outAddr: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    _ outSize: UnsafeMutablePointer<Int>?,
    _ body: () throws(RatError) -> SharedMemory.Mapping
) -> RatIpcStatus {
    guard let outAddr = unsafe outAddr, let outSize = unsafe outSize else {
        return RAT_IPC_ERR_INVALID_ARG
    }
    return status { () throws(RatError) in
        let mapping = try body()
        unsafe outAddr.pointee = mapping.unsafeAddress
        unsafe outSize.pointee = mapping.byteCount
    }
}

extension ObjectName {
    /// The name that a C program wrote; NULL is none.
    init(_ text: UnsafePointer<CChar>?) throws(RatError) {
        guard let text = unsafe text else { throw .invalidArgument }
        // As far as to see that it is too long, also with a slash before it.
        let size = unsafe strnlen(text, ObjectName.maximumSize + 2)
        let bytes = unsafe UnsafeRawBufferPointer(start: text, count: size)
        try unsafe self.init(bytes)
    }
}
