// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

public import CRat
internal import RatCore
internal import RatIPC
internal import RatSystem

// One function per declaration in ratshared.h, in its order.

// MARK: - In memory of the caller's

@c @implementation
public func RatPlaceEvent(
    _ memory: UnsafeMutableRawPointer?,
    _ manualReset: Bool,
    _ initialState: Bool,
    _ out: UnsafeMutablePointer<RatEvent>?
) -> RatIpcStatus {
    unsafe place(
        .event(isManualReset: manualReset, isSignaled: initialState),
        memory,
        out
    )
}

@c @implementation
public func RatPlaceMutex(
    _ memory: UnsafeMutableRawPointer?,
    _ initiallyOwned: Bool,
    _ out: UnsafeMutablePointer<RatMutex>?
) -> RatIpcStatus {
    unsafe place(.mutex(isOwned: initiallyOwned), memory, out)
}

@c @implementation
public func RatPlaceSemaphore(
    _ memory: UnsafeMutableRawPointer?,
    _ initialCount: UInt32,
    _ maximumCount: UInt32,
    _ out: UnsafeMutablePointer<RatSemaphore>?
) -> RatIpcStatus {
    unsafe place(.semaphore(count: initialCount, maximum: maximumCount), memory, out)
}

@c @implementation
public func RatAttachEvent(
    _ memory: UnsafeMutableRawPointer?,
    _ out: UnsafeMutablePointer<RatEvent>?
) -> RatIpcStatus {
    unsafe attach(.event, memory, out)
}

@c @implementation
public func RatAttachMutex(
    _ memory: UnsafeMutableRawPointer?,
    _ out: UnsafeMutablePointer<RatMutex>?
) -> RatIpcStatus {
    unsafe attach(.mutex, memory, out)
}

@c @implementation
public func RatAttachSemaphore(
    _ memory: UnsafeMutableRawPointer?,
    _ out: UnsafeMutablePointer<RatSemaphore>?
) -> RatIpcStatus {
    unsafe attach(.semaphore, memory, out)
}

// MARK: - By name

@c @implementation
public func RatCreateNamedEvent(
    _ name: UnsafePointer<CChar>?,
    _ manualReset: Bool,
    _ initialState: Bool,
    _ out: UnsafeMutablePointer<RatEvent>?
) -> RatIpcStatus {
    unsafe create(.event(isManualReset: manualReset, isSignaled: initialState), name, out)
}

@c @implementation
public func RatCreateNamedMutex(
    _ name: UnsafePointer<CChar>?,
    _ initiallyOwned: Bool,
    _ out: UnsafeMutablePointer<RatMutex>?
) -> RatIpcStatus {
    unsafe create(.mutex(isOwned: initiallyOwned), name, out)
}

@c @implementation
public func RatCreateNamedSemaphore(
    _ name: UnsafePointer<CChar>?,
    _ initialCount: UInt32,
    _ maximumCount: UInt32,
    _ out: UnsafeMutablePointer<RatSemaphore>?
) -> RatIpcStatus {
    unsafe create(.semaphore(count: initialCount, maximum: maximumCount), name, out)
}

@c @implementation
public func RatOpenNamedEvent(
    _ name: UnsafePointer<CChar>?,
    _ out: UnsafeMutablePointer<RatEvent>?
) -> RatIpcStatus {
    unsafe open(.event, name, out)
}

@c @implementation
public func RatOpenNamedMutex(
    _ name: UnsafePointer<CChar>?,
    _ out: UnsafeMutablePointer<RatMutex>?
) -> RatIpcStatus {
    unsafe open(.mutex, name, out)
}

@c @implementation
public func RatOpenNamedSemaphore(
    _ name: UnsafePointer<CChar>?,
    _ out: UnsafeMutablePointer<RatSemaphore>?
) -> RatIpcStatus {
    unsafe open(.semaphore, name, out)
}

@c @implementation
public func RatUnlinkNamedObject(_ name: UnsafePointer<CChar>?) -> RatIpcStatus {
    status { () throws(RatError) in try NamedSharedObject.unlink(unsafe ObjectName(name)) }
}

// MARK: - Steps

private func place(
    _ initial: SharedObject.Initial,
    _ memory: UnsafeMutableRawPointer?,
    _ out: UnsafeMutablePointer<RatHandle>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in
        guard let memory = unsafe memory else { throw .invalidArgument }
        return try unsafe SharedObject.place(initial, at: memory)
    }
}

private func attach(
    _ kind: HandleKind,
    _ memory: UnsafeMutableRawPointer?,
    _ out: UnsafeMutablePointer<RatHandle>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in
        guard let memory = unsafe memory else { throw .invalidArgument }
        return try unsafe SharedObject.attach(kind, at: memory)
    }
}

private func create(
    _ initial: SharedObject.Initial,
    _ name: UnsafePointer<CChar>?,
    _ out: UnsafeMutablePointer<RatHandle>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in
        try NamedSharedObject.create(unsafe ObjectName(name), initial)
    }
}

private func open(
    _ kind: HandleKind,
    _ name: UnsafePointer<CChar>?,
    _ out: UnsafeMutablePointer<RatHandle>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in
        try NamedSharedObject.open(unsafe ObjectName(name), kind)
    }
}
