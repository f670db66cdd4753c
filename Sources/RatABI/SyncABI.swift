// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
public import CRat
internal import RatCore
internal import RatIPC
internal import RatRuntime
internal import RatSystem

// One function per declaration in ratsync.h, in its order.

@c @implementation
public func RatCreateEvent(
    _ manualReset: Bool,
    _ initialState: Bool,
    _ out: UnsafeMutablePointer<RatEvent>?
) -> RatIpcStatus {
    unsafe handleStatus(out) { () throws(RatError) in
        try Event.create(isManualReset: manualReset, isSignaled: initialState)
    }
}

@c @implementation
public func RatSetEvent(_ ev: RatEvent) -> RatIpcStatus {
    status { () throws(RatError) in try Event.set(Handle(rawValue: ev)) }
}

@c @implementation
public func RatResetEvent(_ ev: RatEvent) -> RatIpcStatus {
    status { () throws(RatError) in try Event.reset(Handle(rawValue: ev)) }
}

@c @implementation
public func RatCloseEvent(_ ev: RatEvent) -> RatIpcStatus {
    status { () throws(RatError) in try Event.close(Handle(rawValue: ev)) }
}

@c @implementation
public func RatWaitForObject(_ handle: RatHandle, _ timeout_ms: UInt64) -> RatWaitResult {
    let deadline = Instant(timeoutMilliseconds: timeout_ms)
    return result(Waiting.forOne(Handle(rawValue: handle), until: deadline), nil)
}

@c @implementation
public func RatWaitForMultipleObjects(
    _ handles: UnsafePointer<RatHandle>?,
    _ count: Int,
    _ waitAll: Bool,
    _ timeout_ms: UInt64,
    _ index: UnsafeMutablePointer<Int>?
) -> RatWaitResult {
    guard let handles = unsafe handles, (1...Wait.maximumCount).contains(count) else {
        return RAT_WAIT_FAILED
    }
    let list = unsafe UnsafeBufferPointer(start: handles, count: count).map(Handle.init(rawValue:))
    let deadline = Instant(timeoutMilliseconds: timeout_ms)
    let outcome = Waiting.forMany(list, isForAll: waitAll, until: deadline)
    if waitAll, case .signaled = outcome { return RAT_WAIT_OK }
    return unsafe result(outcome, index)
}

private func result(
    _ outcome: WaitOutcome,
    _ index: UnsafeMutablePointer<Int>?
) -> RatWaitResult {
    switch outcome {
    case .signaled(let place):
        unsafe index?.pointee = place
        return RAT_WAIT_OK
    case .timedOut:
        return RAT_WAIT_TIMEOUT
    case .failed(let place):
        if let place { unsafe index?.pointee = place }
        return RAT_WAIT_FAILED
    }
}
